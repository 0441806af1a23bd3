//! The findings of checking.

use thiserror::Error;

use crate::mhdr::error::{DecodeError, EncodeError, Fault, FieldName, TypeName};

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
    /// member of an element of a list, the start of the element; 0 for a message that has no bytes
    /// yet, as it cannot be encoded.
    pub offset: usize,
    /// The fault.
    pub kind: Fault,
}

impl Finding {
    /// Returns whether this is the fault that encoding refuses a message for.
    pub(super) fn says(&self, refusal: &EncodeError) -> bool {
        (self.field, self.kind) == (refusal.field, refusal.kind)
    }
}

impl From<DecodeError> for Finding {
    fn from(error: DecodeError) -> Self {
        Self {
            message: error.message,
            field: error.field,
            offset: error.offset,
            kind: error.kind,
        }
    }
}

impl From<EncodeError> for Finding {
    fn from(error: EncodeError) -> Self {
        Self {
            message: error.message,
            field: error.field,
            offset: 0,
            kind: error.kind,
        }
    }
}
