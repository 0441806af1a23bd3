//! A message with a struct of its own, and a message of any type.

use alloc::vec::Vec;
use core::fmt;

use bytes::{Bytes, BytesMut};
use thiserror::Error;

use super::rule::Report;
use super::visit::{Show, Visitor};
use super::writer::{Content, Mode, Out, encode};
use crate::mhdr::check::{self, Finding};
use crate::mhdr::dialect::Dialect;
use crate::mhdr::error::{DecodeError, EncodeError, TypeName};
use crate::mhdr::frame::Frame;
use crate::mhdr::layout::Layout;
use crate::mhdr::received::Owned;

/// A message with a struct of its own. Each struct encodes and decodes by itself.
///
/// ```
/// use cti_codec::ccx::{Body as _, Frame, HeartbeatReq, Version};
///
/// let heartbeat = HeartbeatReq { invoke_id: 7, ..Default::default() };
/// let bytes = heartbeat.to_bytes(Version::V14)?;
/// let frame = Frame::new(bytes)?;
/// assert_eq!(frame.decode_as::<HeartbeatReq>(Version::V14)?, heartbeat);
/// # Ok::<(), Box<dyn std::error::Error>>(())
/// ```
pub trait Body<'a>: Copy + Default + PartialEq + fmt::Debug + Content {
    /// The versions of its dialect.
    type Version: Dialect;
    /// The same struct, borrowing from elsewhere.
    type Of<'b>: Body<'b, Version = Self::Version>;
    /// The message type.
    const TYPE: <Self::Version as Dialect>::MessageType;
    /// The tables that the struct is declared from.
    const LAYOUT: &'static Layout;
    /// Whether there are rules between its fields.
    #[doc(hidden)]
    const HAS_RULES: bool;

    /// Decodes the bytes that follow the header, which has to name the type: to be sure of that,
    /// [`Frame::decode_as`].
    ///
    /// # Errors
    /// A field is cut short.
    fn decode(body: &'a [u8], version: Self::Version) -> Result<Self, DecodeError>;

    /// Decodes into a message of any type, which is too wide to be moved about. Returns whether no
    /// field is cut short.
    #[doc(hidden)]
    fn decode_into(
        slot: &mut <Self::Version as Dialect>::Message<'a>,
        body: &'a [u8],
        version: Self::Version,
    ) -> bool;
    #[doc(hidden)]
    fn broken_rules(&self, report: &mut Report<'_>);
    #[doc(hidden)]
    fn hide_secrets(&mut self);

    #[doc(hidden)]
    fn show(&self, show: &mut Show<'_, 'a>);

    /// Passes the message's fields to a visitor, in table order, as in the newest version.
    fn visit(&self, visitor: &mut dyn Visitor<'a>) {
        self.show(&mut Show::new(visitor, Self::Version::newest().number()));
    }

    /// Returns the `InvokeID`, which matches an answer to its request; `None` if the type has none.
    #[inline]
    fn invoke_id(&self) -> Option<u32> {
        None
    }

    /// Returns the `InvokeID` for writing.
    #[inline]
    fn invoke_id_mut(&mut self) -> Option<&mut u32> {
        None
    }

    /// Appends header and body to a buffer. On error nothing is written.
    ///
    /// # Errors
    /// Fails if the guide forbids the message, or the wire cannot carry it.
    fn encode(&self, version: Self::Version, out: &mut BytesMut) -> Result<(), EncodeError> {
        encode(self, version, Mode::Strict, Out::Grow(out))?;
        Ok(())
    }

    /// Encodes into bytes of its own.
    ///
    /// # Errors
    /// Those of [`encode`](Self::encode).
    fn to_bytes(&self, version: Self::Version) -> Result<Bytes, EncodeError> {
        let mut out = BytesMut::new();
        Body::encode(self, version, &mut out)?;
        Ok(out.freeze())
    }

    /// Encodes into a message that owns its bytes.
    ///
    /// # Errors
    /// Those of [`encode`](Self::encode).
    fn to_owned_message(
        &self,
        version: Self::Version,
    ) -> Result<Owned<Self::Of<'static>>, EncodeError> {
        let bytes = self.to_bytes(version)?;
        let frame = Frame::of(Self::LAYOUT.message_type, bytes);
        Ok(Owned::of(frame, version))
    }

    /// Lists all that the guide forbids about the message, where [`encode`](Self::encode) stops at
    /// the first. Offsets are those of the frame that it would be.
    fn check(&self, version: Self::Version) -> Vec<Finding> {
        check::before_sending::<Self::Version>(
            |mode, out| encode(self, version, mode, out),
            version,
        )
    }
}

/// A request, with the type of its confirmation.
pub trait Request<'a>: Body<'a> {
    /// The message that confirms it.
    type Confirmation<'b>: Body<'b, Version = Self::Version>;

    /// Returns a confirmation with the `InvokeID` of the request, for the rest to be filled in.
    ///
    /// ```
    /// use cti_codec::ccx::{HeartbeatReq, Request as _};
    ///
    /// let request = HeartbeatReq { invoke_id: 7, ..Default::default() };
    /// assert_eq!(request.confirmation().invoke_id, 7);
    /// ```
    fn confirmation<'b>(&self) -> Self::Confirmation<'b> {
        let mut confirmation = Self::Confirmation::default();
        if let (Some(id), Some(from)) = (confirmation.invoke_id_mut(), self.invoke_id()) {
            *id = from;
        }
        confirmation
    }
}

/// A message of any type of a dialect.
pub trait AnyMessage<'a>: Copy + PartialEq + fmt::Debug + fmt::Display {
    /// The versions of the dialect.
    type Version: Dialect;

    /// Returns the number of the message's type.
    fn type_number(&self) -> u32;
    /// Returns the body of a message that has no struct.
    fn raw_body(&self) -> Option<&'a [u8]>;
    /// Creates a message that has no struct.
    fn raw(message_type: u32, body: &'a [u8]) -> Self;
    /// Decodes the bytes that follow a header.
    ///
    /// # Errors
    /// A field is cut short.
    fn decode_type(
        message_type: u32,
        body: &'a [u8],
        version: Self::Version,
    ) -> Result<Self, DecodeError>;
    /// Like [`decode_type`](Self::decode_type), but into an existing message.
    ///
    /// # Errors
    /// Fails if a field is truncated. The content of the message is then unspecified.
    fn decode_type_into(
        &mut self,
        message_type: u32,
        body: &'a [u8],
        version: Self::Version,
    ) -> Result<(), DecodeError>;
    /// Passes the message's fields to a visitor, in table order. A raw message has none.
    ///
    /// A message does not know its version: the received version determines which fields of the
    /// fixed part it cannot have; [`newest`](Dialect::newest) shows them all.
    fn visit_in(&self, version: Self::Version, visitor: &mut dyn Visitor<'a>);
    /// Returns whether there are rules between the fields of a type.
    #[doc(hidden)]
    fn has_rules(message_type: u32) -> bool;
    #[doc(hidden)]
    fn rules(&self, report: &mut Report<'_>);
    #[doc(hidden)]
    fn encode_as(
        &self,
        version: Self::Version,
        mode: Mode,
        out: Out<'_>,
    ) -> Result<usize, EncodeError>;
}

/// A message is of another type than the one that was asked for.
#[derive(Clone, Copy, PartialEq, Eq, Hash, Debug, Error)]
#[error("{found} is no {wanted}")]
pub struct OtherType {
    /// The type that was asked for.
    pub wanted: TypeName,
    /// The type that the message has.
    pub found: TypeName,
}
