//! Errors of decoding, encoding and framing.

use core::fmt;

use thiserror::Error;

use super::layout::Kind;

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
    pub kind: DecodeErrorKind,
}

/// The fault of a field that could not be decoded.
#[derive(Clone, Copy, PartialEq, Eq, Hash, Debug, Error)]
#[non_exhaustive]
pub enum DecodeErrorKind {
    /// The frame ends within the field.
    #[error("needs {needed} bytes, {left} left")]
    Truncated {
        /// The number of bytes that the field needs.
        needed: usize,
        /// The number of bytes left in the frame.
        left: usize,
    },
    /// A number whose `FieldDataLength` differs from the size of its type.
    #[error("has {found} bytes, {kind} has {expected}", kind = .kind.name())]
    WrongSize {
        /// The data type.
        kind: Kind,
        /// The size of the type.
        expected: usize,
        /// `FieldDataLength` as received.
        found: usize,
    },
    /// A named variable or array element without the NUL that ends its name.
    #[error("has no NUL after the name")]
    UnterminatedName,
    /// The message is not of the requested type.
    #[error("is no {wanted}")]
    OtherType {
        /// The requested type.
        wanted: TypeName,
    },
}

/// The versions that have a field, as text.
pub(crate) struct Versions(pub(crate) u32, pub(crate) Option<u32>);

impl fmt::Display for Versions {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match (self.0, self.1) {
            (since, None) => write!(f, "exists from version {since} on"),
            (0, Some(until)) => write!(f, "exists up to version {until}"),
            (since, Some(until)) => write!(f, "exists from version {since} to {until}"),
        }
    }
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
    pub kind: EncodeErrorKind,
}

/// The fault of a field that cannot be encoded.
#[derive(Clone, Copy, PartialEq, Eq, Hash, Debug, Error)]
#[non_exhaustive]
pub enum EncodeErrorKind {
    /// A required field is unset.
    #[error("is required")]
    Missing,
    /// A field is longer than the guide, or `FieldDataLength`, allows.
    #[error("takes {length} bytes, {max} are allowed")]
    TooLong {
        /// The length in bytes, terminating NULs included.
        length: usize,
        /// The maximum.
        max: usize,
    },
    /// A list has more elements than the guide allows, or than its count field can express.
    #[error("has {count} elements, {max} are allowed")]
    TooMany {
        /// The number of elements in the list.
        count: usize,
        /// The maximum.
        max: usize,
    },
    /// Named variables and named array elements take too much space together.
    #[error("named data takes {length} bytes, {max} are allowed in a message")]
    TooMuchNamedData {
        /// The total length in bytes, `FieldDataID` and `FieldDataLength` included.
        length: usize,
        /// The maximum.
        max: usize,
    },
    /// A field is set that does not exist in the version.
    #[error("{}", Versions(*.since, *.until))]
    NotInVersion {
        /// The first version that has it.
        since: u32,
        /// The last version that has it, if it was dropped.
        until: Option<u32>,
    },
    /// A `FieldDataID` over 255 in a version that writes them in one byte.
    #[error("id {id} needs two bytes, of which this version has one")]
    WideId {
        /// The `FieldDataID`.
        id: u16,
    },
    /// A text, or the name or value of a named variable, contains a NUL.
    #[error("has a NUL within")]
    InnerNul,
    /// A BOOL other than 0 and 1.
    #[error("is {value}, a BOOL is 0 or 1")]
    NotBool {
        /// Its value.
        value: u32,
    },
    /// A received count differs from the received list.
    #[error("is {count}, the list has {listed} elements")]
    CountMismatch {
        /// The count as received.
        count: u16,
        /// The number of elements in the list.
        listed: usize,
    },
    /// An element of a list would merge with the one before it, since it begins with no member that
    /// separates them.
    #[error("element {index} cannot be told from the one before it")]
    RunsTogether {
        /// The index of the element.
        index: usize,
    },
    /// A field that the table lists is among the unlisted ones.
    #[error("is listed, and stands among the unlisted fields")]
    ListedTwice,
    /// A rule between the fields of the message is broken.
    #[error("{0}")]
    Rule(&'static str),
    /// The buffer has a fixed size and is too small for the message.
    #[error("the frame takes {needed} bytes, the buffer has room for {room}")]
    NoRoom {
        /// The size of the whole frame in bytes.
        needed: usize,
        /// The number of bytes left in the buffer.
        room: usize,
    },
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
