//! The faults of messages, with their words.

use core::fmt;

use thiserror::Error;

use super::TypeName;
use crate::mhdr::engine::Rule;
use crate::mhdr::layout::{Kind, Reserved};

/// A fault of a message or of one of its fields.
///
/// Decoding, encoding, checking and reading JSON all name their faults with it, so that the same
/// fault has the same kind and the same words wherever you run into it. Each door has some of the
/// faults only: decoding fails for a field that it cannot read, encoding for all that the guide
/// forbids, checking lists everything.
///
/// ```
/// use cti_codec::ccx::{Body as _, Fault, QueryDeviceInfoReq, Version};
///
/// let request = QueryDeviceInfoReq::default();
/// let refusal = request.to_bytes(Version::V14).unwrap_err();
/// assert_eq!(refusal.kind, Fault::Missing);
/// // Before sending, checking says the same, and where the field would be.
/// let finding = request.check(Version::V14)[0];
/// assert_eq!(finding.kind, Fault::Missing);
/// assert_eq!(refusal.to_string(), "QUERY_DEVICE_INFO_REQ.AgentInstrument: is required");
/// assert_eq!(finding.to_string(), "QUERY_DEVICE_INFO_REQ.AgentInstrument at byte 18: is required");
/// ```
#[derive(Clone, Copy, PartialEq, Eq, Hash, Debug, Error)]
#[non_exhaustive]
pub enum Fault {
    /// The frame ends within the field.
    #[error("needs {needed} bytes, {left} left")]
    Truncated {
        /// The number of bytes that the field needs.
        needed: usize,
        /// The number of bytes left in the frame.
        left: usize,
    },
    /// A field whose size differs from that of its type. A number of the wrong size in the floating
    /// part does not fail decoding: it is unset, and kept with the unlisted fields.
    #[error("has {found} bytes, {kind} has {expected}", kind = .kind.name())]
    WrongSize {
        /// The data type.
        kind: Kind,
        /// The size of the type.
        expected: usize,
        /// The size of the data: `FieldDataLength` as received.
        found: usize,
    },
    /// A named variable or array element without the NUL that ends its name. It does not fail
    /// decoding either.
    #[error("has no NUL after the name")]
    UnterminatedName,
    /// The message is not of the requested type.
    #[error("is no {wanted}")]
    OtherType {
        /// The requested type.
        wanted: TypeName,
    },
    /// A message type that no table names.
    #[error("no table names this message type")]
    UnknownType,
    /// A message type that the guide reserves, or names without a layout.
    #[error("the guide gives this message type no layout")]
    TypeWithoutLayout,

    /// A required field, or a required member of an element, is missing.
    #[error("is required")]
    Missing,
    /// A field is longer than the guide, or `FieldDataLength`, allows; or a body than `BodyLength`.
    #[error("takes {length} bytes, {max} are allowed")]
    TooLong {
        /// The length in bytes, terminating NULs included.
        length: usize,
        /// The maximum.
        max: usize,
    },
    /// The name of a named variable or array element is too long.
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
    /// Named variables and named array elements take too much space together, from this field on.
    #[error("named data takes {length} bytes up to here, {max} are allowed in a message")]
    TooMuchNamedData {
        /// The length in bytes up to and including this field, with the id and length of each.
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
    /// A received count differs from the length of the received list.
    #[error("is {count}, the list has {listed} elements")]
    CountMismatch {
        /// The count as received.
        count: u32,
        /// The number of elements in the list.
        listed: usize,
    },
    /// A list has elements, but the floating field that counts them is missing. Encoding adds it.
    #[error("is missing, the list has {listed} elements")]
    CountMissing {
        /// The number of elements in the list.
        listed: usize,
    },
    /// A field that the version does not have yet, or no longer.
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
    /// A rule between fields is broken. A finding is at the first field with the name that the rule
    /// gives; without such a field, as if it were missing.
    #[error("{}", .0.text)]
    Rule(&'static Rule),
    /// A non-repeating field occurs again. Decoding uses the first occurrence only and keeps this
    /// one with the unlisted fields, unchecked.
    #[error("stands here once more, the first one counts")]
    Repeated,
    /// A field among the unlisted ones that the table of the message does list.
    #[error("is listed in the table, yet stands among the unlisted fields")]
    Misplaced,
    /// The table of the message does not list the field.
    #[error("is not in the table of the message")]
    Unlisted,
    /// An element of a list would merge with the one before it, since it begins with no member that
    /// separates them.
    #[error("element {index} cannot be told from the one before it")]
    RunsTogether {
        /// The index of the element.
        index: usize,
    },

    /// A text, or a named variable or array element, without the NUL at its end. Encoding adds it.
    #[error("does not end in NUL")]
    NoFinalNul,
    /// A text with a NUL before its end, or a NUL in the name or value of a named variable.
    #[error("has a NUL within, at byte {at} of its data")]
    InnerNul {
        /// The place of the first one: bytes from the start of the field's data.
        at: usize,
    },
    /// A text that is not UTF-8.
    #[error("is not UTF-8 at byte {at} of its data")]
    NotUtf8 {
        /// The place of the first invalid byte: bytes from the start of the field's data.
        at: usize,
    },
    /// A BOOL other than 0 and 1.
    #[error("is {value}, a BOOL is 0 or 1")]
    NotBool {
        /// Its value.
        value: u32,
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
    /// A reserved field has another value than the guide prescribes.
    #[error("{}", Changed(*.prescribed, *.found))]
    ReservedChanged {
        /// The value that the guide prescribes; 0 for an UNSPEC of zeros.
        prescribed: Reserved,
        /// The number received; `None` if the field is no number.
        found: Option<u32>,
    },

    /// The buffer has a fixed size and is too small for the message.
    #[error("the frame takes {needed} bytes, the buffer has room for {room}")]
    NoRoom {
        /// The size of the whole frame in bytes.
        needed: usize,
        /// The number of bytes left in the buffer.
        room: usize,
    },
    /// There are more findings than are listed, the first of them here.
    #[error("begins {count} findings more, which are not listed")]
    More {
        /// The number of further findings.
        count: usize,
    },
}

impl Fault {
    /// Returns the name of the fault: lower case, with hyphens. Names are stable, so scripts can
    /// match them.
    ///
    /// ```
    /// use cti_codec::ccx::Fault;
    ///
    /// assert_eq!(Fault::Missing.name(), "field-missing");
    /// ```
    #[must_use]
    pub const fn name(&self) -> &'static str {
        match self {
            Self::Truncated { .. } => "truncated",
            Self::WrongSize { .. } => "wrong-size",
            Self::UnterminatedName => "unterminated-name",
            Self::OtherType { .. } => "other-type",
            Self::UnknownType => "type-unknown",
            Self::TypeWithoutLayout => "type-without-layout",
            Self::Missing => "field-missing",
            Self::TooLong { .. } => "field-too-long",
            Self::NameTooLong { .. } => "name-too-long",
            Self::ValueTooLong { .. } => "value-too-long",
            Self::TooMuchNamedData { .. } => "named-data-too-long",
            Self::TooMany { .. } => "list-too-long",
            Self::CountMismatch { .. } => "count-mismatch",
            Self::CountMissing { .. } => "count-missing",
            Self::NotInVersion { .. } => "field-newer",
            Self::WideId { .. } => "id-too-wide",
            Self::Rule(_) => "rule-broken",
            Self::Repeated => "field-repeated",
            Self::Misplaced => "field-misplaced",
            Self::Unlisted => "field-unlisted",
            Self::RunsTogether { .. } => "elements-merged",
            Self::NoFinalNul => "final-nul-missing",
            Self::InnerNul { .. } => "inner-nul",
            Self::NotUtf8 { .. } => "not-utf8",
            Self::NotBool { .. } => "not-bool",
            Self::UnlistedCode { .. } => "code-unlisted",
            Self::UnlistedBits { .. } => "bits-unlisted",
            Self::ReservedChanged { .. } => "reserved-changed",
            Self::NoRoom { .. } => "no-room",
            Self::More { .. } => "more",
        }
    }
}

/// Shows the versions that have a field.
struct Versions(u32, Option<u32>);

impl fmt::Display for Versions {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match (self.0, self.1) {
            (since, None) => write!(f, "exists from version {since} on"),
            (0, Some(until)) => write!(f, "exists up to version {until}"),
            (since, Some(until)) => write!(f, "exists from version {since} to {until}"),
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
