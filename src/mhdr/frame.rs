//! Frames: a header and its body, cut from a stream.

use core::fmt;
use core::marker::PhantomData;

use bytes::Bytes;

use super::dialect::Dialect;
use super::engine::fault::bad_field;
use super::engine::{AnyMessage as _, Body};
use super::error::{DecodeError, Fault, FieldName, FrameError};
use super::received::{Owned, Received};
use super::wire::{FloatingField, HEADER_SIZE, Header, Walk};
use crate::text::Text;

/// A frame: header and body.
///
/// Only the length of the body is checked. `Frame` owns its bytes, which it shares with the buffer
/// that they were read into: cheap to clone, to queue and to forward. It keeps that whole buffer
/// alive, so take its [`compact`](Frame::compact) copy if you keep it for long. `Frame<&[u8]>`
/// borrows its bytes.
///
/// ```
/// use cti_codec::ccx::{Frame, Message, MessageType, Version};
///
/// let frame = Frame::new([0, 0, 0, 4, 0, 0, 0, 5, 0, 0, 0, 7].as_slice()).unwrap();
/// assert_eq!(frame.message_type(), MessageType::HEARTBEAT_REQ);
/// let Ok(Message::HeartbeatReq(heartbeat)) = frame.decode(Version::V14) else { panic!() };
/// assert_eq!(heartbeat.invoke_id, 7);
/// ```
#[derive(Clone, Copy, PartialEq, Eq, Hash)]
pub struct Frame<B, V> {
    version: PhantomData<V>,
    message_type: u32,
    bytes: B,
}

impl<B, V> Frame<B, V> {
    /// Creates a frame of verified length.
    #[inline(always)]
    pub(crate) const fn of(message_type: u32, bytes: B) -> Self {
        Self {
            version: PhantomData,
            message_type,
            bytes,
        }
    }

    /// Returns the whole frame as received, header included. Use it to forward the frame byte for
    /// byte.
    #[inline]
    #[must_use]
    pub fn bytes(&self) -> &B {
        &self.bytes
    }

    /// Returns the bytes of the whole frame and drops the frame.
    #[inline]
    #[must_use]
    pub fn into_bytes(self) -> B {
        self.bytes
    }
}

impl<B: AsRef<[u8]>, V: Dialect> Frame<B, V> {
    /// Reads a frame from exactly these bytes. To read several, use [`Frame::split`].
    ///
    /// # Errors
    /// Fails if there are fewer bytes than the header announces, or more.
    pub fn new(bytes: B) -> Result<Self, FrameError> {
        let data = bytes.as_ref();
        let header = Header::read(data);
        let needed = header.and_then(Header::frame_size);
        match (header, needed) {
            (Some(header), Some(needed)) if needed == data.len() => {
                Ok(Self::of(header.message_type, bytes))
            }
            (Some(header), Some(needed)) if needed < data.len() => Err(FrameError::TrailingBytes {
                message_type: V::name_type(header.message_type),
                frame: needed,
                trailing: data.len().saturating_sub(needed),
            }),
            _ => Err(FrameError::Incomplete {
                needed: needed.unwrap_or(HEADER_SIZE),
                left: data.len(),
            }),
        }
    }

    /// Returns the type that the header names.
    #[inline]
    #[must_use]
    pub fn message_type(&self) -> V::MessageType {
        self.message_type.into()
    }

    /// Returns the bytes after the header.
    #[inline]
    #[must_use]
    pub fn body(&self) -> &[u8] {
        self.bytes.as_ref().get(HEADER_SIZE..).unwrap_or_default()
    }

    /// Decodes the message, which borrows from the frame. A frame that borrows its bytes has
    /// [`into_message`](Frame::into_message), whose message outlives the frame.
    ///
    /// # Errors
    /// Fails if a field is truncated.
    #[inline(always)]
    pub fn decode(&self, version: V) -> Result<V::Message<'_>, DecodeError> {
        V::Message::decode_type(self.message_type, self.body(), version)
    }

    /// Decodes into an existing message, for loops where moving it would cost; on error its content
    /// is unspecified. See [`decode`](Self::decode).
    ///
    /// # Errors
    /// Fails like [`decode`](Self::decode).
    #[inline(always)]
    pub fn decode_into<'a>(
        &'a self,
        message: &mut V::Message<'a>,
        version: V,
    ) -> Result<(), DecodeError> {
        message.decode_type_into(self.message_type, self.body(), version)
    }

    /// Decodes the message, passes it to a function and returns the function's result.
    ///
    /// The message is never moved. It has room for the widest struct, so that moving it can take longer
    /// than decoding it.
    ///
    /// ```
    /// use cti_codec::ccx::{Frame, Message, Version};
    ///
    /// let frame = Frame::new([0, 0, 0, 4, 0, 0, 0, 5, 0, 0, 0, 7].as_slice()).unwrap();
    /// let asked = frame.decode_with(Version::V14, |message| match message {
    ///     Message::HeartbeatReq(heartbeat) => Some(heartbeat.invoke_id),
    ///     _ => None,
    /// });
    /// assert_eq!(asked, Ok(Some(7)));
    /// ```
    ///
    /// # Errors
    /// Fails like [`decode`](Self::decode).
    #[inline(always)]
    pub fn decode_with<'a, T>(
        &'a self,
        version: V,
        take: impl FnOnce(&V::Message<'a>) -> T,
    ) -> Result<T, DecodeError> {
        let mut message = V::Message::raw(self.message_type, &[]);
        message.decode_type_into(self.message_type, self.body(), version)?;
        Ok(take(&message))
    }

    /// Decodes only the fixed part, with any floating part: the rest of the message is unset. A
    /// server that refuses a version may answer in the form of another one.
    ///
    /// # Errors
    /// Fails if the fixed part is truncated.
    pub fn decode_fixed(&self, version: V) -> Result<V::Message<'_>, DecodeError> {
        let body = self.body();
        let fixed = version
            .fixed_size(self.message_type)
            .and_then(|size| body.get(..size))
            .unwrap_or(body);
        V::Message::decode_type(self.message_type, fixed, version)
    }

    /// Decodes the message as one of a given type, such as `frame.decode_as::<OpenReq>(version)`.
    ///
    /// # Errors
    /// Fails if the frame holds another type ([`Fault::OtherType`]), or a field is
    /// truncated.
    #[inline]
    pub fn decode_as<T: Body<'static, Version = V>>(
        &self,
        version: V,
    ) -> Result<T::Of<'_>, DecodeError> {
        self.must_hold::<T>()?;
        T::Of::decode(self.body(), version)
    }

    fn must_hold<T: Body<'static, Version = V>>(&self) -> Result<(), DecodeError> {
        if self.message_type == T::LAYOUT.message_type {
            return Ok(());
        }
        Err(DecodeError {
            message: V::name_type(self.message_type),
            field: FieldName::Listed("MessageTypeID"),
            offset: 4,
            kind: Fault::OtherType {
                wanted: T::LAYOUT.type_name(),
            },
        })
    }

    /// Copies the frame into memory of its own, which keeps nothing else alive.
    #[must_use]
    pub fn compact(&self) -> Frame<Bytes, V> {
        Frame::of(
            self.message_type,
            Bytes::copy_from_slice(self.bytes.as_ref()),
        )
    }

    /// Returns the floating fields in the order received, without decoding them. A raw message has
    /// none.
    ///
    /// To look up one field, this is faster than decoding the message.
    #[inline]
    #[must_use]
    pub fn floating_fields(&self, version: V) -> FloatingFields<'_, V> {
        let body = self.body();
        let floating = version
            .fixed_size(self.message_type)
            .and_then(|size| body.get(size..))
            .unwrap_or_default();
        FloatingFields {
            version: PhantomData,
            message_type: self.message_type,
            body,
            walk: Walk::new(floating, version.field_header()),
        }
    }

    /// Returns the `InvokeID`, without decoding the message; `None` if the type has none.
    #[must_use]
    pub fn invoke_id(&self) -> Option<u32> {
        if !V::layout(self.message_type)?.has_invoke_id() {
            return None;
        }
        self.body()
            .first_chunk()
            .map(|bytes| u32::from_be_bytes(*bytes))
    }
}

impl<'a, V: Dialect> Frame<&'a [u8], V> {
    /// Cuts the first frame off some bytes, and returns it with the rest; `None` if it is
    /// incomplete.
    ///
    /// ```
    /// use cti_codec::ccx::Frame;
    ///
    /// let bytes = [0, 0, 0, 4, 0, 0, 0, 5, 0, 0, 0, 7, 0, 0, 0, 4, 0, 0];
    /// let (frame, rest) = Frame::split(&bytes).unwrap();
    /// assert_eq!(frame.invoke_id(), Some(7));
    /// assert_eq!(rest, [0, 0, 0, 4, 0, 0]);
    /// assert_eq!(Frame::split(rest), None);
    /// ```
    #[must_use]
    pub fn split(bytes: &'a [u8]) -> Option<(Self, &'a [u8])> {
        let header = Header::read(bytes)?;
        let (frame, rest) = bytes.split_at_checked(header.frame_size()?)?;
        Some((Self::of(header.message_type, frame), rest))
    }

    /// Returns the bytes after the header, for as long as the frame's own bytes live.
    #[inline]
    #[must_use]
    pub fn into_body(self) -> &'a [u8] {
        self.bytes.get(HEADER_SIZE..).unwrap_or_default()
    }

    /// Decodes the message, for as long as the frame's own bytes live.
    ///
    /// ```
    /// use cti_codec::ccx::{DecodeError, Frame, Message, Version};
    ///
    /// fn first<'a>(bytes: &'a [u8]) -> Option<Result<Message<'a>, DecodeError>> {
    ///     let (frame, _) = Frame::split(bytes)?;
    ///     Some(frame.into_message(Version::V14))
    /// }
    /// ```
    ///
    /// # Errors
    /// Fails like [`decode`](Frame::decode).
    #[inline]
    pub fn into_message(self, version: V) -> Result<V::Message<'a>, DecodeError> {
        V::Message::decode_type(self.message_type, self.into_body(), version)
    }
}

impl<V: Dialect> Frame<Bytes, V> {
    /// Keeps the version with the frame, for channels, tasks and caches.
    #[must_use]
    pub const fn received(self, version: V) -> Received<V> {
        Received {
            frame: self,
            version,
        }
    }

    /// Keeps the frame as a message of a given type, after decoding it once.
    ///
    /// # Errors
    /// Fails like [`decode_as`](Frame::decode_as).
    pub fn own<T: Body<'static, Version = V>>(self, version: V) -> Result<Owned<T>, DecodeError> {
        Owned::new(self, version)
    }
}

/// Shows the bytes as text, unless the type may carry a password.
impl<B: AsRef<[u8]>, V: Dialect> fmt::Debug for Frame<B, V> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let mut frame = f.debug_struct("Frame");
        frame.field("message_type", &self.message_type());
        let bytes = self.bytes.as_ref();
        match V::layout(self.message_type().into()) {
            Some(layout) if layout.has_secrets() => {
                frame.field("bytes", &format_args!("*** ({} bytes)", bytes.len()))
            }
            _ => frame.field("bytes", &Text::new(bytes)),
        };
        frame.finish()
    }
}

/// The floating fields of a frame, in wire order. See [`Frame::floating_fields`].
#[derive(Clone, Debug)]
pub struct FloatingFields<'a, V> {
    version: PhantomData<V>,
    message_type: u32,
    body: &'a [u8],
    walk: Walk<'a>,
}

impl<'a, V> FloatingFields<'a, V> {
    /// Returns the data of the next field with this `FieldDataID`: the first one, unless you have
    /// taken fields from the iterator. Stops at a truncated field.
    #[inline]
    #[must_use]
    pub fn get(&self, id: u16) -> Option<&'a [u8]> {
        self.walk.find(id)
    }
}

impl<'a, V: Dialect> Iterator for FloatingFields<'a, V> {
    type Item = Result<FloatingField<'a>, DecodeError>;

    #[inline]
    fn next(&mut self) -> Option<Self::Item> {
        if let Some(step) = self.walk.step() {
            return Some(Ok(step.field));
        }
        let cut = self.walk.cut()?;
        self.walk.rest = &[];
        let layout = V::layout(self.message_type)?;
        Some(Err(bad_field(
            layout, self.body, cut.from, cut.id, cut.kind,
        )))
    }
}
