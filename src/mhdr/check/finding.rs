//! The findings of checking.

use core::fmt;

use thiserror::Error;

use crate::mhdr::engine::Rule;
use crate::mhdr::error::{
    DecodeError, DecodeErrorKind, EncodeError, EncodeErrorKind, FieldName, TypeName, Versions,
};
use crate::mhdr::layout::Reserved;

/// A deviation of a message from the guide.
///
/// Displays as `CALL_QUEUED_EVENT.CSQID at byte 52: has 2 bytes, UINT has 4`. See
/// [`Frame::check`](crate::mhdr::Frame::check).
#[derive(Clone, Copy, PartialEq, Eq, Debug, Error)]
#[error("{message}.{field} at byte {offset}: {kind}")]
pub struct Finding {
    /// The type that the header names.
    pub message: TypeName,
    /// The field; for a list as a whole, the list by its name in JSON.
    pub field: FieldName,
    /// The offset of the field: bytes from the start of the frame, whose header is the first 8. For
    /// a missing field, the end of the floating part, which is the end of the frame; for a missing
    /// member of an element of a list, the start of the element.
    pub offset: usize,
    /// The fault.
    pub kind: FindingKind,
}

/// The fault in a [`Finding`].
#[derive(Clone, Copy, PartialEq, Eq, Debug, Error)]
#[non_exhaustive]
pub enum FindingKind {
    /// The message does not decode, or a field of it: a number with a size other than that of its
    /// type is unset, and kept with the unlisted fields.
    #[error("{0}")]
    Decode(DecodeErrorKind),
    /// The wire cannot carry the message. For unencoded messages only.
    #[error("{0}")]
    Encode(EncodeErrorKind),
    /// A message type that no table names.
    #[error("no table names this message type")]
    UnknownType,
    /// A message type that the guide reserves, or names without a layout.
    #[error("the guide gives this message type no layout")]
    TypeWithoutLayout,
    /// A field is longer than the guide allows.
    #[error("has {length} bytes, {max} are allowed")]
    TooLong {
        /// The length as received.
        length: usize,
        /// The maximum.
        max: usize,
    },
    /// A required field, or a required member of an element, is missing.
    #[error("is required")]
    Missing,
    /// A rule between fields is broken. The finding is at the first field with the name that the
    /// rule gives; without such a field, as if it were missing.
    #[error("{}", .0.text)]
    Rule(&'static Rule),
    /// A count differs from the length of its list.
    #[error("is {count}, the list has {listed} elements")]
    CountMismatch {
        /// The count as received.
        count: u32,
        /// The number of elements in the list.
        listed: usize,
    },
    /// A list has elements, but the floating field that counts them is missing.
    #[error("is missing, the list has {listed} elements")]
    CountMissing {
        /// The number of elements in the list.
        listed: usize,
    },
    /// A list has more elements than the guide allows. The finding is at the first excess element.
    #[error("has {count} elements, {max} are allowed")]
    TooMany {
        /// The number of elements in the list.
        count: usize,
        /// The maximum.
        max: usize,
    },
    /// A non-repeating field occurs again. Only the first occurrence is used; this one is not
    /// checked.
    #[error("stands here once more, the first one counts")]
    Repeated,
    /// The table of the message does not list the field.
    #[error("is not in the table of the message")]
    Unlisted,
    /// A reserved field has another value than the guide prescribes.
    #[error("{}", Changed(*.prescribed, *.found))]
    ReservedChanged {
        /// The value that the guide prescribes; 0 for an UNSPEC of zeros.
        prescribed: Reserved,
        /// The number received; `None` if the field is no number.
        found: Option<u32>,
    },
    /// A text, or a named variable or array element, without the NUL at its end.
    #[error("does not end in NUL")]
    NoFinalNul,
    /// A text with a NUL before its end.
    #[error("has a NUL within, at byte {at}")]
    InnerNul {
        /// The offset of the first one: bytes from the start of the frame.
        at: usize,
    },
    /// A text that is not UTF-8.
    #[error("is not UTF-8 at byte {at}")]
    NotUtf8 {
        /// The offset of the first invalid byte: bytes from the start of the frame.
        at: usize,
    },
    /// A code that its table does not list.
    #[error("is {value}, which no table lists")]
    UnlistedCode {
        /// The code.
        value: u32,
    },
    /// A mask with bits that its table does not list.
    #[error("has the bits {bits:#x}, which no table lists")]
    UnlistedBits {
        /// Those bits, without the ones that the table lists.
        bits: u32,
    },
    /// A BOOL other than 0 and 1.
    #[error("is {value}, a BOOL is 0 or 1")]
    NotBool {
        /// Its value.
        value: u32,
    },
    /// A floating field that does not exist in the version yet, or no longer.
    #[error("{}", Versions(*.since, *.until))]
    NotInVersion {
        /// The first version that has it.
        since: u32,
        /// The last version that has it, if it was dropped.
        until: Option<u32>,
    },
    /// The name of a named variable or array is too long.
    #[error("the name takes {length} bytes, {max} are allowed")]
    NameTooLong {
        /// The length in bytes, terminating NUL included.
        length: usize,
        /// The maximum.
        max: usize,
    },
    /// The value of a named variable or array element is too long.
    #[error("the value takes {length} bytes, {max} are allowed")]
    ValueTooLong {
        /// The length in bytes, terminating NUL included.
        length: usize,
        /// The maximum.
        max: usize,
    },
    /// Named variables and named array elements take too much space together. The finding is at the
    /// first excess field.
    #[error("named data takes {length} bytes, {max} are allowed in a message")]
    TooMuchNamedData {
        /// The total length in bytes, with id and length of each field.
        length: usize,
        /// The maximum.
        max: usize,
    },
    /// There are more findings than are listed, the first of them here.
    #[error("begins {count} findings more, which are not listed")]
    More {
        /// The number of further findings.
        count: usize,
    },
}

impl FindingKind {
    /// Returns the name of the kind: lower case, with hyphens. Names are stable, so scripts can
    /// match them.
    ///
    /// ```
    /// use cti_codec::ccx::FindingKind;
    ///
    /// assert_eq!(FindingKind::Missing.name(), "field-missing");
    /// ```
    #[must_use]
    pub const fn name(&self) -> &'static str {
        match self {
            Self::Decode(DecodeErrorKind::Truncated { .. }) => "truncated",
            Self::Decode(DecodeErrorKind::WrongSize { .. }) => "wrong-size",
            Self::Decode(DecodeErrorKind::UnterminatedName) => "unterminated-name",
            Self::Decode(DecodeErrorKind::OtherType { .. }) => "other-type",
            Self::Encode(_) => "not-encodable",
            Self::UnknownType => "type-unknown",
            Self::TypeWithoutLayout => "type-without-layout",
            Self::TooLong { .. } => "field-too-long",
            Self::Missing => "field-missing",
            Self::Rule(_) => "rule-broken",
            Self::CountMismatch { .. } => "count-mismatch",
            Self::CountMissing { .. } => "count-missing",
            Self::TooMany { .. } => "list-too-long",
            Self::Repeated => "field-repeated",
            Self::Unlisted => "field-unlisted",
            Self::ReservedChanged { .. } => "reserved-changed",
            Self::NoFinalNul => "final-nul-missing",
            Self::InnerNul { .. } => "inner-nul",
            Self::NotUtf8 { .. } => "not-utf8",
            Self::UnlistedCode { .. } => "code-unlisted",
            Self::UnlistedBits { .. } => "bits-unlisted",
            Self::NotBool { .. } => "not-bool",
            Self::NotInVersion { .. } => "field-newer",
            Self::NameTooLong { .. } => "name-too-long",
            Self::ValueTooLong { .. } => "value-too-long",
            Self::TooMuchNamedData { .. } => "named-data-too-long",
            Self::More { .. } => "more",
        }
    }
}

/// Shows the actual and the prescribed value of a reserved field.
struct Changed(Reserved, Option<u32>);

impl fmt::Display for Changed {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match (self.0, self.1) {
            (Reserved::Empty, _) => f.write_str("is reserved and should be empty"),
            (Reserved::Number(prescribed), Some(found)) => {
                write!(f, "is {found}, reserved as {prescribed}")
            }
            (Reserved::Number(prescribed), None) => {
                write!(
                    f,
                    "has other bytes than {prescribed}, as which it is reserved"
                )
            }
        }
    }
}

impl From<DecodeError> for Finding {
    fn from(error: DecodeError) -> Self {
        Self {
            message: error.message,
            field: error.field,
            offset: error.offset,
            kind: FindingKind::Decode(error.kind),
        }
    }
}

impl From<EncodeError> for Finding {
    fn from(error: EncodeError) -> Self {
        Self {
            message: error.message,
            field: error.field,
            offset: 0,
            kind: FindingKind::Encode(error.kind),
        }
    }
}
