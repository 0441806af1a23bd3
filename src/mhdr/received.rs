//! Kept messages: frames with the version in which they were received.

use core::fmt;
use core::marker::PhantomData;

use bytes::Bytes;

use super::dialect::Dialect;
use super::engine::Body;
use super::error::DecodeError;
use super::frame::Frame;

/// A frame and the version in which it was received: a message of any type, for other tasks and
/// caches. It is cheap to clone, and returns the borrowed message on demand.
///
/// ```
/// use cti_codec::ccx::{Frame, Message, Version};
///
/// let bytes = bytes::Bytes::from_static(&[0, 0, 0, 4, 0, 0, 0, 5, 0, 0, 0, 7]);
/// let received = Frame::new(bytes).unwrap().received(Version::V14);
/// let (sender, receiver) = std::sync::mpsc::channel();
/// std::thread::spawn(move || sender.send(received));
///
/// let received = receiver.recv().unwrap();
/// assert_eq!(received.message().unwrap().invoke_id(), Some(7));
/// ```
#[derive(Clone, PartialEq, Eq, Hash, Debug)]
pub struct Received<V: Dialect> {
    /// The frame. It keeps the buffer alive that it was read into: see [`compact`](Self::compact).
    pub frame: Frame<Bytes, V>,
    /// The version of the session.
    pub version: V,
}

/// Shows the message on one line, or the type and the decode error.
impl<V: Dialect> fmt::Display for Received<V> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self.message() {
            Ok(message) => message.fmt(f),
            // The error names the type.
            Err(error) => error.fmt(f),
        }
    }
}

impl<V: Dialect> Received<V> {
    /// Returns the type that the header names.
    #[must_use]
    pub fn message_type(&self) -> V::MessageType {
        self.frame.message_type()
    }

    /// Decodes the message.
    ///
    /// # Errors
    /// Fails like [`Frame::decode`].
    #[inline]
    pub fn message(&self) -> Result<V::Message<'_>, DecodeError> {
        self.frame.decode(self.version)
    }

    /// Decodes the message as one of a given type.
    ///
    /// # Errors
    /// Fails like [`Frame::decode_as`].
    #[inline]
    pub fn get<T: Body<'static, Version = V>>(&self) -> Result<T::Of<'_>, DecodeError> {
        self.frame.decode_as::<T>(self.version)
    }

    /// Keeps it as a message of a given type, after decoding it once.
    ///
    /// # Errors
    /// Fails like [`Frame::decode_as`].
    pub fn own<T: Body<'static, Version = V>>(&self) -> Result<Owned<T>, DecodeError> {
        Owned::new(self.frame.clone(), self.version)
    }

    /// Copies the frame out of the buffer that it would keep alive.
    #[must_use]
    pub fn compact(&self) -> Self {
        Self {
            frame: self.frame.compact(),
            version: self.version,
        }
    }
}

/// A message of a known type that owns its bytes: `Send + 'static` and cheap to clone.
///
/// [`get`](Self::get) returns the struct, which borrows from it. It decodes the struct each time,
/// in some tens to hundreds of nanoseconds.
///
/// ```
/// use cti_codec::ccx::{Body as _, HeartbeatReq, Owned, Version};
///
/// let heartbeat = HeartbeatReq { invoke_id: 7, ..Default::default() };
/// let owned: Owned<HeartbeatReq> = heartbeat.to_owned_message(Version::V14).unwrap();
/// assert_eq!(owned.get(), heartbeat);
/// ```
pub struct Owned<T: Body<'static>> {
    frame: Frame<Bytes, T::Version>,
    version: T::Version,
    message: PhantomData<fn() -> T>,
}

impl<T: Body<'static>> Owned<T> {
    /// Keeps a frame with a message of the type, copied out of the buffer that it was read into.
    ///
    /// # Errors
    /// Fails like [`Frame::decode_as`].
    pub fn new(frame: Frame<Bytes, T::Version>, version: T::Version) -> Result<Self, DecodeError> {
        frame.decode_as::<T>(version)?;
        Ok(Self {
            frame: frame.compact(),
            version,
            message: PhantomData,
        })
    }

    /// Keeps a message that was just encoded.
    pub(crate) const fn of(frame: Frame<Bytes, T::Version>, version: T::Version) -> Self {
        Self {
            frame,
            version,
            message: PhantomData,
        }
    }

    /// Returns the message.
    #[inline]
    #[must_use]
    pub fn get(&self) -> T::Of<'_> {
        // It was decoded before, so this does not fail.
        T::Of::decode(self.frame.body(), self.version).unwrap_or_default()
    }

    /// Returns the frame.
    #[must_use]
    pub const fn frame(&self) -> &Frame<Bytes, T::Version> {
        &self.frame
    }

    /// Returns the version in which it was received.
    #[must_use]
    pub const fn version(&self) -> T::Version {
        self.version
    }
}

impl<T: Body<'static>> Clone for Owned<T> {
    fn clone(&self) -> Self {
        Self {
            frame: self.frame.clone(),
            version: self.version,
            message: PhantomData,
        }
    }
}

/// Compares the messages.
impl<T: Body<'static>> PartialEq for Owned<T> {
    fn eq(&self, other: &Self) -> bool {
        self.get() == other.get()
    }
}

impl<T: Body<'static>> fmt::Debug for Owned<T> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        self.get().fmt(f)
    }
}
