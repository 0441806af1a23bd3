//! Errors of decoding, encoding and framing.

mod fault;

use core::fmt;

use thiserror::Error;

pub use fault::Fault;

/// The type of a message in an error. Displays as the name or, without one, the number. It compares
/// with the `MessageType` of the dialect.
#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct TypeName {
    /// `MessageTypeID`.
    pub number: u32,
    /// The name in the guide.
    pub name: Option<&'static str>,
}

impl fmt::Display for TypeName {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self.name {
            Some(name) => f.pad(name),
            None => self.number.fmt(f),
        }
    }
}

impl fmt::Debug for TypeName {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self.name {
            Some(name) => write!(f, "{name}({})", self.number),
            None => write!(f, "TypeName({})", self.number),
        }
    }
}

/// A message that could not be decoded.
///
/// Displays as `OPEN_REQ.ServicesRequested at byte 24: needs 4 bytes, 2 left`.
#[derive(Clone, Copy, PartialEq, Eq, Hash, Debug, Error)]
#[error("{message}.{field} at byte {offset}: {kind}")]
pub struct DecodeError {
    /// The type that the header names.
    pub message: TypeName,
    /// The field.
    pub field: FieldName,
    /// The offset of the field: bytes from the start of the frame, whose header is the first 8.
    pub offset: usize,
    /// The fault.
    pub kind: Fault,
}

/// The name of a field in an error.
#[derive(Clone, Copy, PartialEq, Eq, Hash, Debug)]
pub enum FieldName {
    /// A field that the message's table lists, as the guide spells it.
    Listed(&'static str),
    /// A floating field that the table does not list, by its `FieldDataID`.
    Unlisted(u16),
}

impl fmt::Display for FieldName {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Listed(name) => f.write_str(name),
            Self::Unlisted(id) => write!(f, "[{id}]"),
        }
    }
}

/// A message that encoding refuses, because the guide forbids it or the wire cannot carry it.
///
/// Displays as `OPEN_REQ.ClientID: is required`. Nothing has been written.
#[derive(Clone, Copy, PartialEq, Eq, Hash, Debug, Error)]
#[error("{message}.{field}: {kind}")]
pub struct EncodeError {
    /// The type of the message.
    pub message: TypeName,
    /// The field.
    pub field: FieldName,
    /// The fault.
    pub kind: Fault,
}

/// A stream that cannot be cut into frames at this place.
#[derive(Clone, Copy, PartialEq, Eq, Hash, Debug, Error)]
#[non_exhaustive]
pub enum FrameError {
    /// A header announces a body over the limit.
    #[error("{message_type}.BodyLength at byte 0: is {body_length}, over the limit of {max_body}")]
    BodyTooLong {
        /// The type that the header names.
        message_type: TypeName,
        /// The length in the header.
        body_length: u32,
        /// The limit of the decoder.
        max_body: u32,
    },
    /// The stream ended within a frame.
    #[error("the stream ends within a frame: needs {needed} bytes, {left} left")]
    Incomplete {
        /// The number of bytes that the frame needs; 8 while its header is not complete.
        needed: usize,
        /// The number of bytes available.
        left: usize,
    },
    /// Bytes follow the body, where the frame should end.
    #[error("{message_type}: the frame takes {frame} bytes, {trailing} follow it")]
    TrailingBytes {
        /// The type that the header names.
        message_type: TypeName,
        /// The size of the frame in bytes.
        frame: usize,
        /// The number of bytes after it.
        trailing: usize,
    },
}
