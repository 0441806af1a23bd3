//! The rows of a dump: how their offsets count up, and where their data ends.

use alloc::vec::Vec;

use super::super::number;
use super::Fault;
use super::groups::{Groups, from, is_comment, shows, stopped, text_after};

#[derive(Clone, Debug)]
pub(super) struct Dump {
    /// Whether a colon follows the offsets.
    pub(super) colon: bool,
    /// The offset that the next row has; unknown after a row that could not be read.
    pub(super) next: Option<u64>,
    /// The radix of the offsets, once known.
    pub(super) radix: Option<u32>,
    /// Whether the rows have a text column.
    pub(super) text: bool,
    /// The bytes of the first row.
    pub(super) width: usize,
    /// The start of the text column in the first row.
    pub(super) column: Option<usize>,
    /// The last row, to be repeated for a `*`.
    pub(super) last: Vec<u8>,
    /// A `*` precedes the next row.
    pub(super) repeats: bool,
    /// The place of the offset in its row.
    pub(super) indentation: usize,
}

/// Returns the possible radixes of an offset. od has seven digits, octal or decimal; `xxd -d` has
/// eight, decimal. Others are hex, since a lost row could look like a change of radix.
pub(super) const fn radixes(digits: usize, colon: bool) -> &'static [u32] {
    match (digits, colon) {
        (7, false) => &[8, 10, 16],
        (8, true) => &[16, 10],
        _ => &[16],
    }
}

/// The relation of a row's offset to the rows before it.
pub(super) enum Step {
    Follows,
    /// It is another one.
    Skips(u64),
}

impl Dump {
    pub(super) const fn begin(offset: u64, colon: bool, indentation: usize) -> Self {
        Self {
            colon,
            next: Some(offset),
            radix: None,
            text: false,
            width: 0,
            column: None,
            last: Vec::new(),
            repeats: false,
            indentation,
        }
    }

    pub(super) fn step(&mut self, digits: &[u8], value: u64) -> Step {
        let Some(next) = self.next else {
            if value == 0 {
                return Step::Skips(value);
            }
            self.next = Some(value);
            return Step::Follows;
        };
        if let Some(radix) = self.radix {
            return match number(digits, radix) {
                Some(value) if value == next => Step::Follows,
                Some(value) => Step::Skips(value),
                None => Step::Skips(value),
            };
        }
        for radix in radixes(digits.len(), self.colon) {
            if number(digits, *radix) == Some(next) {
                if next != 0 {
                    self.radix = Some(*radix);
                }
                return Step::Follows;
            }
        }
        Step::Skips(value)
    }

    /// Returns the offset after repeated rows while the radix is still unknown: in the first radix
    /// in which it is some rows further on, which then applies to the others.
    pub(super) fn skipped_to(&mut self, digits: &[u8]) -> Option<u64> {
        if self.radix.is_some() {
            return None;
        }
        let length = u64::try_from(self.last.len()).ok()?;
        let next = self.next?;
        for radix in radixes(digits.len(), self.colon) {
            if let Some(offset) = number(digits, *radix)
                && let Some(left_out) = offset.checked_sub(next)
                && left_out.checked_rem(length) == Some(0)
            {
                self.radix = Some(*radix);
                return Some(offset);
            }
        }
        None
    }

    /// Returns the number of groups that are data, not a text column that looks like data.
    pub(super) fn end_of_data(&self, line: &[u8], data: &Groups) -> Result<usize, Fault> {
        let all = data.groups.len();
        let to_the_end = data.stop >= line.len();
        let shown = data.groups.iter().position(|group| {
            let (gap, text) = text_after(line, group);
            (self.text || gap > 1 || !to_the_end) && shows(text, data.bytes_of(group))
        });
        if let Some(last) = shown {
            return Ok(last.saturating_add(1));
        }
        let full = data
            .groups
            .iter()
            .position(|group| group.bytes == self.width)
            .map(|last| last.saturating_add(1));
        let rest = from(line, data.stop);
        if matches!(rest.first(), Some(b'|' | b'>')) || is_comment(rest) {
            return Ok(all);
        }
        if let Some(column) = self.column {
            let before = data.groups.iter().take_while(|group| group.end < column);
            let before = before.count();
            if before < all {
                return Ok(before);
            }
        }
        if to_the_end {
            return Ok(full.filter(|_| self.text).unwrap_or(all));
        }
        // A column that shows its bytes in a way of its own, or that was cut.
        match full {
            Some(full) => Ok(full),
            None if rest.len() <= data.bytes.len().saturating_add(1) => Ok(all),
            None => Err(stopped(line, data.stop)),
        }
    }
}
