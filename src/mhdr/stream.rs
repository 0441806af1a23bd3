//! Cuts a stream into frames.

use core::marker::PhantomData;

use bytes::{Buf, Bytes, BytesMut};

use super::dialect::Dialect;
use super::error::FrameError;
use super::frame::Frame;
use super::wire::{HEADER_SIZE, Header};

/// The answer to a question about a frame, and the frame.
type Seen<T, V> = (T, Frame<Bytes, V>);

/// Cuts a stream into frames. It does no input or output: you feed it the bytes that you read.
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
pub struct FrameDecoder<V> {
    version: PhantomData<V>,
    buffer: BytesMut,
    /// The number of bytes of the buffer already returned as borrowed frames.
    taken: usize,
    max_body: u32,
    /// The number of bytes to skip of a body over the limit.
    skip: u32,
}

impl<V: Dialect> FrameDecoder<V> {
    /// The limit of [`FrameDecoder::new`] for a body, in bytes. The largest body in the guide's
    /// tables has 9,477.
    pub const DEFAULT_MAX_BODY: u32 = 16_384;

    /// Creates a decoder that takes bodies of up to [`DEFAULT_MAX_BODY`](Self::DEFAULT_MAX_BODY) bytes.
    #[must_use]
    pub fn new() -> Self {
        Self::with_max_body(Self::DEFAULT_MAX_BODY)
    }

    /// Creates a decoder with another limit for a body.
    #[must_use]
    pub fn with_max_body(max_body: u32) -> Self {
        Self {
            version: PhantomData,
            buffer: BytesMut::new(),
            taken: 0,
            max_body,
            skip: 0,
        }
    }

    /// Adds a chunk of the stream, of any size. Copies it; to avoid that, read into
    /// [`buffer_mut`](Self::buffer_mut).
    pub fn feed(&mut self, chunk: &[u8]) {
        self.release();
        let chunk = if self.skip == 0 {
            chunk
        } else {
            self.behind_skipped(chunk)
        };
        self.buffer.extend_from_slice(chunk);
    }

    /// Returns the buffer to read the stream into: append to it, like `AsyncReadExt::read_buf` or
    /// `BufMut` do.
    ///
    /// To size your reads, see [`wanted`](Self::wanted): it is bounded by the limit.
    pub fn buffer_mut(&mut self) -> &mut BytesMut {
        self.release();
        &mut self.buffer
    }

    /// Returns the next frame, if it is complete.
    ///
    /// It shares the buffer's memory, so keeping it keeps the whole read that it came with. To keep
    /// many, or for long, use [`Frame::compact`].
    ///
    /// # Errors
    /// Fails if the header announces a body over the limit. Call again to continue with the frame
    /// after it: the decoder skips the body without buffering it. Such a length may also mean that
    /// the stream has lost synchronization; then the next frames make no sense, so close the
    /// connection.
    #[inline]
    pub fn next_frame(&mut self) -> Result<Option<Frame<Bytes, V>>, FrameError> {
        Ok(self.next_seen(|_| ())?.map(|((), frame)| frame))
    }

    /// Like [`next_frame`](Self::next_frame), with the answer to a question about the frame, which
    /// is asked while that is still in place.
    #[inline(always)]
    pub(crate) fn next_seen<T>(
        &mut self,
        see: impl FnOnce(&Frame<&[u8], V>) -> T,
    ) -> Result<Option<Seen<T, V>>, FrameError> {
        self.release();
        let Some((header, size)) = self.next_header()? else {
            return Ok(None);
        };
        let bytes = self.buffer.get(..size).unwrap_or_default();
        let seen = see(&Frame::of(header.message_type, bytes));
        let bytes = self.buffer.split_to(size).freeze();
        Ok(Some((seen, Frame::of(header.message_type, bytes))))
    }

    /// Like [`next_frame`](Self::next_frame), but borrowed until the next call, which saves the
    /// reference count. Use it for frames that you do not keep.
    ///
    /// # Errors
    /// Fails like [`next_frame`](Self::next_frame).
    #[inline]
    pub fn next_borrowed(&mut self) -> Result<Option<Frame<&[u8], V>>, FrameError> {
        let Some((header, size)) = self.next_header()? else {
            self.release();
            return Ok(None);
        };
        let start = self.taken;
        self.taken = start.saturating_add(size);
        let bytes = self.buffer.get(start..self.taken);
        Ok(bytes.map(|bytes| Frame::of(header.message_type, bytes)))
    }

    /// Releases the bytes already returned.
    #[inline]
    fn release(&mut self) {
        if self.taken != 0 {
            self.buffer.advance(self.taken.min(self.buffer.len()));
            self.taken = 0;
        }
    }

    /// Returns the next header, if the frame is complete, and the size of the frame.
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

    /// Returns the least number of bytes to feed before [`next_frame`](Self::next_frame) can return
    /// a frame or an error; 0 if it can already.
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

    /// Returns the bytes in the buffer that were not returned yet.
    fn buffered(&self) -> &[u8] {
        self.buffer.get(self.taken..).unwrap_or_default()
    }

    /// Returns whether no bytes are left that belong to a frame to come.
    #[inline]
    pub(crate) fn is_empty(&self) -> bool {
        self.buffer.len() <= self.taken
    }

    /// Call this at the end of the stream, once [`next_frame`](Self::next_frame) returns `None`, to
    /// detect a truncated last frame.
    ///
    /// # Errors
    /// Fails if the stream ended within a frame.
    pub fn finish(&self) -> Result<(), FrameError> {
        if self.is_empty() && self.skip == 0 {
            return Ok(());
        }
        let left = self.buffered().len();
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
            message_type: V::name_type(header.message_type),
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

    /// Returns the bytes of a chunk that are not to be skipped, so that only they are buffered.
    #[cold]
    fn behind_skipped<'a>(&mut self, chunk: &'a [u8]) -> &'a [u8] {
        self.pass_over();
        let skip = self.skip_within(chunk.len());
        chunk.get(skip..).unwrap_or_default()
    }

    /// Returns how many of these bytes to skip, and deducts them from the rest to skip.
    fn skip_within(&mut self, length: usize) -> usize {
        let skipped = u32::try_from(length).unwrap_or(u32::MAX).min(self.skip);
        self.skip = self.skip.saturating_sub(skipped);
        usize::try_from(skipped).unwrap_or(usize::MAX)
    }
}

impl<V: Dialect> Default for FrameDecoder<V> {
    fn default() -> Self {
        Self::new()
    }
}
