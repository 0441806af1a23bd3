//! Which width of `FieldDataID` a frame shows.

use crate::ccx::{Frame, Version};

/// A version for each width.
const WIDTHS: [Version; 2] = [Version::V14, Version::V18];

/// How many floating fields a frame has that its type does not list, read in a version; `None` where
/// it cannot be read in it, or the type has no table.
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

/// Whether a frame decodes in either width, with no field that its table does not list. A server may
/// send such fields; but a run of heartbeats read from a wrong place on is full of them, and looks
/// like messages otherwise.
pub(super) fn decodes(frame: &[u8]) -> bool {
    Frame::new(frame).is_ok_and(|frame| {
        WIDTHS
            .into_iter()
            .any(|version| strangers(&frame, version) == Some(0))
    })
}

/// Whether nothing in a frame differs from what the guide says, in one of the widths.
pub(super) fn is_lawful(frame: &[u8]) -> bool {
    Frame::new(frame).is_ok_and(|frame| {
        WIDTHS
            .into_iter()
            .any(|version| frame.check(version).is_empty())
    })
}

/// The version that a frame shows by the width of its `FieldDataID`s; `None` where both fit equally
/// well, or neither does.
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
