//! What a walk keeps of the rows of a message, or of an element of a list.

use alloc::vec::Vec;

use crate::mhdr::layout::FloatingRow;

/// Rows of a floating part and the fields found for each: those of a message, or those of one
/// element of a list.
pub(super) struct Part {
    pub(super) rows: &'static [FloatingRow],
    /// A bit for each row that a field has come of.
    pub(super) met: u64,
    /// Further state of some rows.
    pub(super) more: Vec<(usize, More)>,
    /// The index of the list whose last element may still continue: that of the last field.
    pub(super) open: Option<usize>,
    /// The row of the last field, at which the search for the next one starts.
    pub(super) last: usize,
    /// The offset of a finding about missing fields.
    pub(super) missing_at: usize,
}

/// The state of a row that counts, an array or a list.
pub(super) enum More {
    Count {
        offset: usize,
        value: u32,
    },
    /// An array of numbers in one field.
    Array {
        count: usize,
    },
    List {
        count: usize,
        /// The element that may still continue.
        open: Option<Part>,
        /// The first element over the limit.
        over: Option<usize>,
        /// Whether a member was refused, so that elements may be missing.
        refused: bool,
    },
}

impl Part {
    pub(super) const fn new(rows: &'static [FloatingRow], missing_at: usize) -> Self {
        Self {
            rows,
            met: 0,
            more: Vec::new(),
            open: None,
            last: 0,
            missing_at,
        }
    }

    /// Returns the index of the row of a field. Fields mostly come in the order of the rows.
    #[inline]
    pub(super) fn find(&self, id: u16) -> Option<usize> {
        let (before, from) = self.rows.split_at_checked(self.last)?;
        let find = |rows: &[FloatingRow]| rows.iter().position(|row| row.has(id));
        match find(from) {
            Some(index) => Some(self.last.saturating_add(index)),
            None => find(before),
        }
    }

    /// Returns whether a field has come of the row in this place.
    #[inline]
    pub(super) fn has_met(&self, index: usize) -> bool {
        self.met & bit(index) != 0
    }

    /// Returns the state of the row at this index.
    #[inline]
    pub(super) fn more(&mut self, index: usize) -> Option<&mut More> {
        self.more
            .iter_mut()
            .find(|(row, _)| *row == index)
            .map(|(_, more)| more)
    }

    /// Returns the index of a list's state.
    pub(super) fn list(&mut self, index: usize) -> usize {
        if let Some(at) = self.more.iter().position(|(row, _)| *row == index) {
            return at;
        }
        let list = More::List {
            count: 0,
            open: None,
            over: None,
            refused: false,
        };
        self.more.push((index, list));
        self.more.len().saturating_sub(1)
    }

    /// Returns whether this element ends before a member of the row in this place, which begins the
    /// next one. An array may come in several fields.
    #[inline]
    pub(super) fn ends_before(&self, index: usize) -> bool {
        let is_array =
            || matches!(self.rows.get(index), Some(FloatingRow::Field(row)) if row.array);
        index == 0 || self.has_met(index) && !is_array()
    }

    /// Returns the number of elements of the list with this name, and whether it may be too low.
    pub(super) fn listed(&self, list: &str) -> (usize, bool) {
        self.more
            .iter()
            .find_map(|(index, more)| match (self.rows.get(*index)?, more) {
                (FloatingRow::Group(row), More::List { count, refused, .. })
                    if row.name == list =>
                {
                    Some((*count, *refused))
                }
                (FloatingRow::Field(row), More::Array { count }) if row.name == list => {
                    Some((*count, false))
                }
                _ => None,
            })
            .unwrap_or_default()
    }
}

/// Returns the bit of a row.
#[inline(always)]
#[expect(
    clippy::cast_possible_truncation,
    reason = "a part has fewer than 64 rows"
)]
pub(super) const fn bit(index: usize) -> u64 {
    1_u64.wrapping_shl(index as u32)
}
