//! Recognizes the width of `FieldDataID` in a frame.

use crate::ccx::{Frame, Version};

/// A version for each width.
const WIDTHS: [Version; 2] = [Version::V14, Version::V18];

/// Returns the number of floating fields that the table of the type does not list; `None` if the frame
/// does not decode in the version, or the type has no table.
fn strangers<B: AsRef<[u8]>>(frame: &Frame<B>, version: Version) -> Option<usize> {
    let layout = frame.message_type().layout()?;
    let mut strangers = 0_usize;
    for field in frame.floating_fields(version) {
        if layout.field(field.ok()?.id).is_none() {
            strangers = strangers.saturating_add(1);
        }
    }
    frame.decode(version).ok().map(|_| strangers)
}

/// Returns whether a body decodes in either width of `FieldDataID`, without fields that its table
/// does not list. A server may send such fields; but a run of heartbeats read from a wrong offset
/// is full of them, and otherwise looks like messages.
pub(super) fn decodes(frame: &[u8]) -> bool {
    Frame::new(frame).is_ok_and(|frame| {
        WIDTHS
            .into_iter()
            .any(|version| strangers(&frame, version) == Some(0))
    })
}

/// Returns whether a frame conforms to the guide without any finding, in either width.
pub(super) fn is_lawful(frame: &[u8]) -> bool {
    Frame::new(frame).is_ok_and(|frame| {
        WIDTHS
            .into_iter()
            .any(|version| frame.check(version).is_empty())
    })
}

/// Guesses the version from the width of a frame's `FieldDataID`s; `None` if both fit equally well,
/// or neither does.
pub(super) fn guess(frame: &Frame) -> Option<Version> {
    // Without a floating field, both read the same.
    let _ = frame.floating_fields(Version::V14).next()?;
    match WIDTHS.map(|version| strangers(frame, version)) {
        [Some(narrow), Some(wide)] if narrow == wide => None,
        [Some(narrow), Some(wide)] if narrow > wide => Some(Version::V18),
        [Some(_), _] => Some(Version::V14),
        [None, Some(_)] => Some(Version::V18),
        [None, None] => None,
    }
}
