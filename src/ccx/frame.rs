//! Frames: a header and the body that it announces, cut out of a stream.

use bytes::{Buf, Bytes, BytesMut};

use super::declare::bad_field;
use super::error::{DecodeError, FrameError};
use super::message_type::MessageType;
use super::messages::{self, Message};
use super::version::Version;
use super::wire::{FloatingField, Walk};

/// The size of the header, MHDR: `BodyLength` and `MessageTypeID`.
const HEADER_SIZE: usize = 8;

/// A frame as it stands on the wire: header and body.
///
/// Nothing but the length of the body has been looked at. `Frame` owns its bytes, which it shares
/// with the buffer that they were read into: cheap to clone, to keep, to queue and to send on.
/// `Frame<&[u8]>` borrows them.
///
/// ```
/// use cti_codec::ccx::{Frame, Message, MessageType, Version};
///
/// let frame = Frame::new([0, 0, 0, 4, 0, 0, 0, 5, 0, 0, 0, 7].as_slice()).unwrap();
/// assert_eq!(frame.message_type(), MessageType::HEARTBEAT_REQ);
/// let Ok(Message::HeartbeatReq(heartbeat)) = frame.decode(Version::V14) else { panic!() };
/// assert_eq!(heartbeat.invoke_id, 7);
/// ```
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub struct Frame<B = Bytes> {
    message_type: MessageType,
    bytes: B,
}

impl<B: AsRef<[u8]>> Frame<B> {
    /// A frame that fills its bytes.
    ///
    /// # Errors
    /// There are fewer bytes than the header announces. `FrameError::Incomplete` is also the error
    /// where there are more: a frame ends with its body.
    pub fn new(bytes: B) -> Result<Self, FrameError> {
        let data = bytes.as_ref();
        match Header::read(data) {
            Some(header) if header.frame_size() == Some(data.len()) => Ok(Self {
                message_type: header.message_type,
                bytes,
            }),
            header => Err(FrameError::Incomplete {
                needed: header.and_then(Header::frame_size).unwrap_or(HEADER_SIZE),
                left: data.len(),
            }),
        }
    }

    /// The type that the header names.
    #[inline]
    #[must_use]
    pub fn message_type(&self) -> MessageType {
        self.message_type
    }

    /// The bytes that follow the header.
    #[inline]
    #[must_use]
    pub fn body(&self) -> &[u8] {
        self.bytes.as_ref().get(HEADER_SIZE..).unwrap_or_default()
    }

    /// The whole frame, header included, as it came: to be sent on byte for byte.
    #[inline]
    #[must_use]
    pub fn bytes(&self) -> &B {
        &self.bytes
    }

    /// Decodes the message, which borrows from the frame.
    ///
    /// # Errors
    /// A field is cut short, or a number has the wrong size.
    #[inline]
    pub fn decode(&self, version: Version) -> Result<Message<'_>, DecodeError> {
        Message::decode_body(self.message_type, self.body(), version)
    }

    /// The floating fields in the order in which they came, without decoding them. A raw message
    /// has none.
    ///
    /// To look for one field, this is faster than decoding the message.
    #[inline]
    #[must_use]
    pub fn floating_fields(&self, version: Version) -> FloatingFields<'_> {
        let body = self.body();
        let floating = messages::fixed_size(self.message_type, version)
            .and_then(|size| body.get(size..))
            .unwrap_or_default();
        FloatingFields {
            message_type: self.message_type,
            body,
            walk: Walk::new(floating, version),
        }
    }

    /// The `InvokeID`, without decoding the message; `None` where the type has none.
    #[must_use]
    pub fn invoke_id(&self) -> Option<u32> {
        if !self.message_type.has_invoke_id() {
            return None;
        }
        self.body()
            .first_chunk()
            .map(|bytes| u32::from_be_bytes(*bytes))
    }
}

/// The floating fields of a frame, in wire order. See [`Frame::floating_fields`].
#[derive(Clone, Debug)]
pub struct FloatingFields<'a> {
    message_type: MessageType,
    body: &'a [u8],
    walk: Walk<'a>,
}

impl<'a> FloatingFields<'a> {
    /// The data of the first field with this `FieldDataID`. Stops at a field that is cut short.
    #[inline]
    #[must_use]
    pub fn get(&self, id: u16) -> Option<&'a [u8]> {
        let mut walk = self.walk;
        while let Some(step) = walk.step() {
            if step.field.id == id {
                return Some(step.field.data);
            }
        }
        None
    }
}

impl<'a> Iterator for FloatingFields<'a> {
    type Item = Result<FloatingField<'a>, DecodeError>;

    #[inline]
    fn next(&mut self) -> Option<Self::Item> {
        if let Some(step) = self.walk.step() {
            return Some(Ok(step.field));
        }
        let cut = self.walk.cut()?;
        self.walk.rest = &[];
        let layout = self.message_type.layout()?;
        Some(Err(bad_field(
            layout, self.body, cut.from, cut.id, cut.kind,
        )))
    }
}

/// A header, not yet matched by a body.
#[derive(Clone, Copy)]
struct Header {
    body_length: u32,
    message_type: MessageType,
}

impl Header {
    #[inline(always)]
    fn read(data: &[u8]) -> Option<Self> {
        let [a, b, c, d, e, f, g, h] = *data.first_chunk::<HEADER_SIZE>()?;
        Some(Self {
            body_length: u32::from_be_bytes([a, b, c, d]),
            message_type: MessageType(u32::from_be_bytes([e, f, g, h])),
        })
    }

    #[inline(always)]
    fn frame_size(self) -> Option<usize> {
        usize::try_from(self.body_length)
            .ok()?
            .checked_add(HEADER_SIZE)
    }
}

/// Cuts a stream into frames. Does no input or output itself: it is fed what has been read.
///
/// ```
/// use cti_codec::ccx::FrameDecoder;
///
/// let mut decoder = FrameDecoder::new();
/// decoder.feed(&[0, 0, 0, 4, 0, 0]);
/// assert_eq!(decoder.next_frame(), Ok(None));
/// assert_eq!(decoder.wanted(), 2);
/// decoder.feed(&[0, 6, 0, 0, 0, 7]);
/// let frame = decoder.next_frame().unwrap().unwrap();
/// assert_eq!(frame.message_type().name(), Some("HEARTBEAT_CONF"));
/// ```
#[derive(Clone, Debug)]
pub struct FrameDecoder {
    buffer: BytesMut,
    /// What of the buffer has been given out as borrowed frames.
    taken: usize,
    max_body: u32,
    /// What is left of a body over the limit, to be passed over.
    skip: u32,
}

impl FrameDecoder {
    /// The limit of [`FrameDecoder::new`] for a body, in bytes. The largest body that the guide's
    /// tables allow has 9,477.
    pub const DEFAULT_MAX_BODY: u32 = 16_384;

    /// A decoder that takes bodies of up to [`DEFAULT_MAX_BODY`](Self::DEFAULT_MAX_BODY) bytes.
    #[must_use]
    pub fn new() -> Self {
        Self::with_max_body(Self::DEFAULT_MAX_BODY)
    }

    /// A decoder with another limit for a body.
    #[must_use]
    pub fn with_max_body(max_body: u32) -> Self {
        Self {
            buffer: BytesMut::new(),
            taken: 0,
            max_body,
            skip: 0,
        }
    }

    /// Takes in a chunk of the stream, of any size. Copies it; to spare that, read into
    /// [`buffer_mut`](Self::buffer_mut).
    pub fn feed(&mut self, chunk: &[u8]) {
        self.release();
        if self.skip != 0 {
            self.pass_over();
        }
        // What is passed over anyway is not buffered.
        let skip = self.skip_within(chunk.len());
        self.buffer
            .extend_from_slice(chunk.get(skip..).unwrap_or_default());
    }

    /// The buffer that the stream is read into: append to it, as `AsyncReadExt::read_buf` or
    /// `BufMut` do.
    ///
    /// Before reading much, ask [`wanted`](Self::wanted): it is bounded by the limit.
    pub fn buffer_mut(&mut self) -> &mut BytesMut {
        self.release();
        &mut self.buffer
    }

    /// The next frame, if all of it is there. It shares the buffer's memory.
    ///
    /// # Errors
    /// The header announces a body over the limit. Ask again to go on with the frame behind it:
    /// the body is passed over as it comes, and not buffered.
    #[inline]
    pub fn next_frame(&mut self) -> Result<Option<Frame>, FrameError> {
        self.release();
        let Some((header, size)) = self.next_header()? else {
            return Ok(None);
        };
        Ok(Some(Frame {
            message_type: header.message_type,
            bytes: self.buffer.split_to(size).freeze(),
        }))
    }

    /// The next frame, if all of it is there, borrowed until the next call: for who looks at a
    /// frame and does not keep it. It counts no references, which is most of what
    /// [`next_frame`](Self::next_frame) costs.
    ///
    /// # Errors
    /// Those of [`next_frame`](Self::next_frame).
    #[inline]
    pub fn next_borrowed(&mut self) -> Result<Option<Frame<&[u8]>>, FrameError> {
        let Some((header, size)) = self.next_header()? else {
            self.release();
            return Ok(None);
        };
        let start = self.taken;
        self.taken = start.saturating_add(size);
        Ok(self.buffer.get(start..self.taken).map(|bytes| Frame {
            message_type: header.message_type,
            bytes,
        }))
    }

    /// Gives back what has been taken.
    #[inline]
    fn release(&mut self) {
        if self.taken != 0 {
            self.buffer.advance(self.taken.min(self.buffer.len()));
            self.taken = 0;
        }
    }

    /// The next header, if the frame is complete, and the size of the frame.
    #[inline(always)]
    fn next_header(&mut self) -> Result<Option<(Header, usize)>, FrameError> {
        if self.skip != 0 {
            self.pass_over();
        }
        let rest = self.buffer.get(self.taken..).unwrap_or_default();
        let Some(header) = Header::read(rest) else {
            return Ok(None);
        };
        if header.body_length > self.max_body {
            return Err(self.refuse(header));
        }
        match header.frame_size() {
            Some(size) if size <= rest.len() => Ok(Some((header, size))),
            _ => Ok(None),
        }
    }

    /// How many bytes are missing at least until [`next_frame`](Self::next_frame) can give a frame
    /// or an error; 0 if it can already.
    #[must_use]
    pub fn wanted(&self) -> usize {
        let skip = usize::try_from(self.skip).unwrap_or(usize::MAX);
        let buffered = self.buffered();
        let rest = buffered.get(skip..).unwrap_or_default();
        let needed = match Header::read(rest) {
            Some(header) if header.body_length > self.max_body => 0,
            Some(header) => header.frame_size().unwrap_or(usize::MAX),
            None => HEADER_SIZE,
        };
        skip.saturating_add(needed).saturating_sub(buffered.len())
    }

    /// What is in the buffer and has not been given out.
    fn buffered(&self) -> &[u8] {
        self.buffer.get(self.taken..).unwrap_or_default()
    }

    /// To be asked when the stream has ended.
    ///
    /// # Errors
    /// It ended within a frame.
    pub fn finish(&self) -> Result<(), FrameError> {
        let left = self.buffered().len();
        if left == 0 && self.skip == 0 {
            return Ok(());
        }
        Err(FrameError::Incomplete {
            needed: left.saturating_add(self.wanted()),
            left,
        })
    }

    #[cold]
    fn refuse(&mut self, header: Header) -> FrameError {
        self.release();
        self.buffer.advance(HEADER_SIZE.min(self.buffer.len()));
        self.skip = header.body_length;
        self.pass_over();
        FrameError::BodyTooLong {
            message_type: header.message_type,
            body_length: header.body_length,
            max_body: self.max_body,
        }
    }

    #[cold]
    fn pass_over(&mut self) {
        self.release();
        let skip = self.skip_within(self.buffer.len());
        self.buffer.advance(skip);
    }

    /// How many of so many bytes are to be passed over; takes them off what is left of that.
    fn skip_within(&mut self, length: usize) -> usize {
        let skipped = u32::try_from(length).unwrap_or(u32::MAX).min(self.skip);
        self.skip = self.skip.saturating_sub(skipped);
        usize::try_from(skipped).unwrap_or(usize::MAX)
    }
}

impl Default for FrameDecoder {
    fn default() -> Self {
        Self::new()
    }
}
