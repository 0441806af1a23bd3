//! The counts that go with lists and arrays.

use super::slot::Slot;
use super::writer::{How, Writer};
use crate::mhdr::error::Fault;
use crate::mhdr::layout::FloatingRow;

/// The number of elements that came with a list, if one did, and where. In bytes, so that it fits
/// into a list without making it larger.
#[derive(Clone, Copy)]
pub struct Announced {
    pub(super) count: [u8; 2],
    came: Came,
}

/// The origin of a count.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub enum Came {
    /// It did not.
    Not,
    /// In the fixed part, where there always is one.
    Fixed,
    /// In the floating part, where there need not be one.
    Floating,
}

impl Announced {
    pub(crate) const NONE: Self = Self {
        count: [0; 2],
        came: Came::Not,
    };

    pub(crate) const fn get(self) -> Option<u16> {
        match self.came {
            Came::Not => None,
            Came::Fixed | Came::Floating => Some(u16::from_be_bytes(self.count)),
        }
    }

    pub(crate) const fn new(count: u16, came: Came) -> Self {
        Self {
            count: count.to_be_bytes(),
            came,
        }
    }

    /// Returns whether this is a count of 0, which could have been omitted.
    pub(crate) const fn is_needless(self) -> bool {
        matches!((self.came, self.count), (Came::Floating, [0, 0]))
    }
}

/// A field that is counted by another field: a list, or an array in one field.
pub trait Counted {
    /// Takes in the number of elements that came with it.
    fn announce(&mut self, count: u16, came: Came);
    /// Returns that count.
    fn announced(&self) -> Option<u16>;
    /// Returns the value of the count: the announced number, or the number of elements; `None` if
    /// they are too many for a count.
    fn said(&self) -> Option<u16>;
    /// Returns the value of the count if it takes no counting.
    fn known(&self) -> Option<u16>;
    /// Returns whether there are no elements, and no count that says otherwise.
    fn says_nothing(&self) -> bool {
        false
    }
    /// Returns whether it is a slice, and not as received.
    fn is_built(&self) -> bool;
    /// Returns the number of elements.
    fn listed(&self) -> usize;
    /// Returns whether the list is empty, without counting.
    fn is_bare(&self) -> bool;
}

/// Returns the value of a list's count field. The names are those of the field and of the list.
#[inline(always)]
pub(crate) fn count(
    list: &impl Counted,
    name: &'static str,
    of: &'static str,
    out: &mut Writer<'_>,
) -> u16 {
    if list.says_nothing() {
        return 0;
    }
    count_some(list, name, of, out)
}

#[inline(never)]
fn count_some(
    list: &impl Counted,
    name: &'static str,
    of: &'static str,
    out: &mut Writer<'_>,
) -> u16 {
    if !out.how.ahead
        && let Some(count) = list.known()
    {
        return count;
    }
    check_count(list, name, of, out)
}

#[cold]
#[inline(never)]
fn check_count(
    list: &dyn Counted,
    name: &'static str,
    of: &'static str,
    out: &mut Writer<'_>,
) -> u16 {
    let said = list.said();
    if said.is_some() && !out.how.ahead {
        return said.unwrap_or_default();
    }
    let listed = list.listed();
    match (said, list.announced()) {
        (Some(count), Some(_)) if out.how.strict => agrees(count, listed, name, out),
        (Some(_), _) => {}
        (None, _) => {
            let (count, max) = (listed, 65_535);
            out.refuse_field(of, Fault::TooMany { count, max });
        }
    }
    said.unwrap_or_default()
}

/// Returns the value of a list's count field for display, where nothing can be refused.
pub(crate) fn shown_count(list: &impl Counted) -> u16 {
    list.said().unwrap_or_default()
}

/// Refuses a count that is not that of the list.
fn agrees(count: u16, listed: usize, name: &'static str, out: &mut Writer<'_>) {
    if usize::from(count) != listed {
        let count = count.into();
        out.refuse_field(name, Fault::CountMismatch { count, listed });
    }
}

/// Like `count`, at the place of the list, if it was not compared at the place of the count. The
/// name is not used then, since the pass that uses it compares earlier.
#[inline]
pub(super) fn agrees_late(announced: Option<u16>, listed: usize, out: &mut Writer<'_>) {
    match announced {
        Some(count) if out.how.strict && !out.how.ahead => agrees(count, listed, "", out),
        _ => {}
    }
}

/// Returns whether a count in a floating field is written.
fn is_written(list: &impl Counted, how: &How) -> bool {
    // A received count is forwarded, and a missing one is not added.
    if !how.own && !list.is_built() {
        return list.announced().is_some();
    }
    // No elements, no count.
    list.announced().is_some() || !list.is_bare()
}

/// Writes a count in a floating field, if one is due.
#[inline(never)]
pub(crate) fn write_count(list: &impl Counted, row: &'static FloatingRow, out: &mut Writer<'_>) {
    let FloatingRow::Field(field) = row else {
        return;
    };
    if is_written(list, &out.how) {
        let count = count(list, field.name, field.counts.unwrap_or_default(), out);
        Slot::write(&Some(count), row, out);
    }
}

/// Returns the value of a count in a floating field for display, or for the start of an element.
pub(crate) fn floating_count(list: &impl Counted, how: &How) -> Option<u16> {
    is_written(list, how).then(|| shown_count(list))
}
