//! What can go wrong, and where.

use core::fmt;

use thiserror::Error;

use super::layout::Kind;

/// The type of a message, as errors name it. Displays as the name, or the number where there is
/// none. It compares with the `MessageType` of the dialect.
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
    /// Where the field begins: bytes from the start of the frame, the header being the first 8.
    pub offset: usize,
    /// What is wrong with it.
    pub kind: DecodeErrorKind,
}

/// What is wrong with a field that could not be decoded.
#[derive(Clone, Copy, PartialEq, Eq, Hash, Debug, Error)]
#[non_exhaustive]
pub enum DecodeErrorKind {
    /// The frame ends within the field.
    #[error("needs {needed} bytes, {left} left")]
    Truncated {
        /// The bytes that the field needs.
        needed: usize,
        /// The bytes that are left in the frame.
        left: usize,
    },
    /// A number whose `FieldDataLength` is not the size of its type.
    #[error("has {found} bytes, {kind} has {expected}", kind = .kind.name())]
    WrongSize {
        /// The data type.
        kind: Kind,
        /// The size that the type has.
        expected: usize,
        /// `FieldDataLength` as it came.
        found: usize,
    },
    /// A named variable or array element without the NUL that ends its name.
    #[error("has no NUL after the name")]
    UnterminatedName,
    /// The message is of another type than the one that was asked for.
    #[error("is no {wanted}")]
    OtherType {
        /// The type that was asked for.
        wanted: TypeName,
    },
}

/// The versions that have a field, in words.
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

/// How an error names a field.
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
    /// What is wrong with it.
    pub kind: EncodeErrorKind,
}

/// What is wrong with a field that is not encoded.
#[derive(Clone, Copy, PartialEq, Eq, Hash, Debug, Error)]
#[non_exhaustive]
pub enum EncodeErrorKind {
    /// A required field is unset.
    #[error("is required")]
    Missing,
    /// A field is longer than the guide, or `FieldDataLength`, allows.
    #[error("takes {length} bytes, {max} are allowed")]
    TooLong {
        /// The bytes it would take, terminating NULs included.
        length: usize,
        /// The most it may take.
        max: usize,
    },
    /// A list has more elements than the guide allows, or than its count field can say.
    #[error("has {count} elements, {max} are allowed")]
    TooMany {
        /// The elements in the list.
        count: usize,
        /// The most it may have.
        max: usize,
    },
    /// Named variables and named array elements take too much space together.
    #[error("named data takes {length} bytes, {max} are allowed in a message")]
    TooMuchNamedData {
        /// The bytes of all of them, `FieldDataID` and `FieldDataLength` included.
        length: usize,
        /// The most they may take.
        max: usize,
    },
    /// A field is set that the version does not have.
    #[error("{}", Versions(*.since, *.until))]
    NotInVersion {
        /// The first version that has it.
        since: u32,
        /// The last one that has it, where it was dropped.
        until: Option<u32>,
    },
    /// A `FieldDataID` over 255 in a version that writes them in one byte.
    #[error("id {id} needs two bytes, of which this version has one")]
    WideId {
        /// The `FieldDataID`.
        id: u16,
    },
    /// A text, or the name or value of a named variable, that has a NUL in it.
    #[error("has a NUL within")]
    InnerNul,
    /// A BOOL other than 0 and 1.
    #[error("is {value}, a BOOL is 0 or 1")]
    NotBool {
        /// Its value.
        value: u32,
    },
    /// A count that came with a message differs from the list that came with it.
    #[error("is {count}, the list has {listed} elements")]
    CountMismatch {
        /// The count as received.
        count: u16,
        /// The elements in the list.
        listed: usize,
    },
    /// An element of a list would run into the one before it, as it begins with no member that
    /// tells them apart.
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
    /// The buffer has a fixed size and no room for the message.
    #[error("the frame takes {needed} bytes, the buffer has room for {room}")]
    NoRoom {
        /// The bytes of the whole frame.
        needed: usize,
        /// The bytes that the buffer can still take.
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
        /// The length that it announces.
        body_length: u32,
        /// The limit of the decoder.
        max_body: u32,
    },
    /// The stream ended within a frame.
    #[error("the stream ends within a frame: needs {needed} bytes, {left} left")]
    Incomplete {
        /// The bytes that the frame needs; 8 while its header is not complete.
        needed: usize,
        /// The bytes that there are.
        left: usize,
    },
    /// Bytes follow the body, where the frame should end.
    #[error("{message_type}: the frame takes {frame} bytes, {trailing} follow it")]
    TrailingBytes {
        /// The type that the header names.
        message_type: TypeName,
        /// The bytes of the frame.
        frame: usize,
        /// The bytes that follow it.
        trailing: usize,
    },
}
