//! Errors of reading and writing attached data, with their places.
use alloc::string::String;

use crate::text::Text;

/// What errors and findings say of a key that is not there.
pub(super) const MISSING: &str = "missing";

/// What they say of a value of another type: the type of the key, and that of the value.
pub(super) struct OtherType(pub(super) &'static str, pub(super) &'static str);

impl core::fmt::Display for OtherType {
    fn fmt(&self, f: &mut core::fmt::Formatter<'_>) -> core::fmt::Result {
        let Self(expected, found) = self;
        write!(f, "{expected} expected, {found} found")
    }
}

/// Bytes that are not a list in packed form.
#[derive(Clone, PartialEq, Eq, Debug, thiserror::Error)]
#[error("byte {offset}: {}{kind}", At(key))]
pub struct UnpackError {
    /// Bytes before the place, counted from the start of the outermost list.
    pub offset: usize,
    /// The key of the pair, the innermost in nested lists; empty before the first key.
    pub key: String,
    /// The fault.
    pub kind: UnpackErrorKind,
}

/// The fault in packed bytes.
#[derive(Clone, Copy, PartialEq, Eq, Debug, thiserror::Error)]
#[non_exhaustive]
pub enum UnpackErrorKind {
    /// The bytes end too early.
    #[error("needs {needed} bytes, {left} left")]
    Truncated {
        /// Bytes that should follow.
        needed: usize,
        /// Bytes that do.
        left: usize,
    },
    /// A type byte that no type has.
    #[error("value of unknown type {code}")]
    UnknownType {
        /// The type byte.
        code: u8,
    },
    /// An integer of a size that integers do not have.
    #[error("integer of {length} bytes; 1 to 8 expected")]
    IntegerWidth {
        /// Its size in bytes.
        length: usize,
    },
    /// Bytes after the last pair, where the list should end.
    #[error("{left} bytes after the last pair of the list")]
    TrailingBytes {
        /// The number of bytes.
        left: usize,
    },
    /// A list nested deeper than [`Limits::max_depth`](super::Limits::max_depth).
    #[error("list nested deeper than the limit")]
    TooDeep,
    /// More bytes than [`Limits::max_bytes`](super::Limits::max_bytes).
    #[error("list larger than the limit of {limit} bytes")]
    TooLarge {
        /// The limit.
        limit: usize,
    },
}

/// A list that the packed form cannot carry.
#[derive(Clone, PartialEq, Eq, Debug, thiserror::Error)]
#[error("{}{kind}", At(key))]
pub struct PackError {
    /// The key of the pair; empty when the list itself is at fault.
    pub key: String,
    /// Why.
    pub kind: PackErrorKind,
}

struct At<'a>(&'a str);

impl core::fmt::Display for At<'_> {
    fn fmt(&self, f: &mut core::fmt::Formatter<'_>) -> core::fmt::Result {
        if self.0.is_empty() {
            Ok(())
        } else {
            write!(f, "{}: ", Text::from(self.0))
        }
    }
}

/// The reason why the packed form cannot carry something.
#[derive(Clone, Copy, PartialEq, Eq, Debug, thiserror::Error)]
#[non_exhaustive]
pub enum PackErrorKind {
    /// A list has more than 65,535 pairs.
    #[error("list of {count} pairs; at most 65535 can be packed")]
    TooManyPairs {
        /// The number of pairs.
        count: usize,
    },
    /// A key has more than 65,535 bytes.
    #[error("key of {length} bytes; at most 65535 can be packed")]
    KeyTooLong {
        /// The number of bytes.
        length: usize,
    },
    /// A string or binary value has more than 65,535 bytes, or a list 4 GiB.
    #[error("value of {length} bytes is too long to be packed")]
    ValueTooLong {
        /// The number of bytes.
        length: usize,
    },
    /// An integer fits neither 32 signed nor 32 unsigned bits.
    #[error("integer {number} does not fit 32 bits")]
    IntegerTooWide {
        /// The integer.
        number: i64,
    },
    /// The source of the list did not show the value.
    #[error("the value is hidden")]
    Hidden,
    /// Lists nest deeper than [`Limits::MAX_DEPTH`](super::Limits::MAX_DEPTH).
    #[error("lists nest too deep to be packed")]
    TooDeep,
}

/// A value of a type that its key does not have.
#[derive(Clone, Copy, PartialEq, Eq, Debug, thiserror::Error)]
#[error("{key}: {}", OtherType(expected, found))]
pub struct WrongType {
    /// The key.
    pub key: &'static str,
    /// The type that the key has.
    pub expected: &'static str,
    /// The type that the value has.
    pub found: &'static str,
}

/// A value that a look-up could not give.
#[derive(Clone, Copy, PartialEq, Eq, Debug, thiserror::Error)]
#[non_exhaustive]
pub enum LookupError {
    /// No pair has the key.
    #[error("{key}: {MISSING}")]
    Missing {
        /// The key.
        key: &'static str,
    },
    /// The pair has another type.
    #[error(transparent)]
    WrongType(#[from] WrongType),
}

/// A custom field whose key is not free to use (Reserved Keys).
#[derive(Clone, PartialEq, Eq, Debug, thiserror::Error)]
#[error("{}: reserved, not for custom fields", Text::from(key))]
pub struct ReservedKey {
    /// The key that was refused.
    pub key: String,
}
