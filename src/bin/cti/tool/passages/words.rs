//! Dumps of words: numbers of two or more bytes, in the order of the machine that printed them.

use super::digits::row;
use super::{Look, shown_bytes};

/// How a dump shows numbers of two or more bytes: `od`, `od -x`, `hexdump` and the like as they are if
/// not told otherwise, and `xxd -e`.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub(super) struct Words {
    /// The bytes of a word.
    pub(super) size: usize,
    pub(super) little_endian: bool,
    radix: u32,
    /// The digits of a word; `None` if zeros before it are left out.
    width: Option<usize>,
    /// The rows have a colon behind the offset, and a text column.
    colon: bool,
}

impl Words {
    /// What the cells behind the first offset show; `look` says what bytes look like.
    pub(super) fn of(cells: &[u8], look: impl Fn(&[u8]) -> Look) -> Option<Self> {
        let (words, _) = split(cells, false);
        let first = words.first()?;
        let right_aligned = cells.trim_ascii_end().len() == words.len().saturating_mul(6);
        let (size, radix, width) = match first.len() {
            _ if right_aligned => (2, 10, None),
            width @ (4 | 8 | 16) => (width / 2, 16, Some(width)),
            // `od`, and what `hexdump` has for it and for `od -d`.
            6 => (2, 8, Some(6)),
            5 => (2, 10, Some(5)),
            _ => return None,
        };
        let little = Self {
            size,
            little_endian: true,
            radix,
            width,
            colon: false,
        };
        let big = Self {
            little_endian: false,
            ..little
        };
        // Most machines are little-endian. What is looked for must say that this one is not.
        let other = look(&little.bytes(cells)?) == Look::Other;
        let begins = other && look(&big.bytes(cells)?) == Look::Begins;
        Some(if begins { big } else { little })
    }

    /// What the cells behind the first offset of `xxd` show, if these are words: the text column
    /// shows their bytes from behind, or something begins if they are read so.
    pub(super) fn of_xxd(cells: &[u8], look: impl Fn(&[u8]) -> Look) -> Option<Self> {
        let (words, text) = split(cells, true);
        let width = words.first()?.len();
        let little = Self {
            size: width / 2,
            little_endian: true,
            radix: 16,
            width: Some(width),
            colon: true,
        };
        if !matches!(width, 4 | 8 | 16) || text.is_empty() {
            return None;
        }
        let bytes = little.bytes(cells)?;
        let straight: Vec<u8> = words.iter().flat_map(|word| shown_bytes(word)).collect();
        let is_text = |bytes: &[u8]| shows(text, bytes);
        (is_text(&bytes)
            && (!is_text(&straight)
                || look(&straight) == Look::Other && look(&bytes) == Look::Begins))
            .then_some(little)
    }

    /// The row with a pair of digits for each byte.
    pub(super) fn row(self, offset: &[u8], cells: &[u8]) -> Option<Vec<u8>> {
        let colon: &[u8] = if self.colon { b":" } else { b"" };
        Some(row(offset, colon, &self.bytes(cells)?))
    }

    fn bytes(self, cells: &[u8]) -> Option<Vec<u8>> {
        let (words, text) = split(cells, self.colon);
        let column = text.starts_with(b">") && text.ends_with(b"<");
        if !(self.colon || column || text.is_empty()) {
            return None;
        }
        let mut bytes = Vec::new();
        let last = words.len().checked_sub(1)?;
        for (index, word) in words.iter().enumerate() {
            // xxd shows no more of the last word than is there.
            let short = self.colon && index == last && word.len().is_multiple_of(2);
            let size = if short { word.len() / 2 } else { self.size };
            if !short && self.width.is_some_and(|width| word.len() != width) {
                return None;
            }
            let text = core::str::from_utf8(word).ok()?;
            let number = u64::from_str_radix(text, self.radix).ok()?.to_le_bytes();
            let (number, rest) = number.split_at_checked(size)?;
            if rest.iter().any(|byte| *byte != 0) {
                return None;
            }
            if self.little_endian {
                bytes.extend_from_slice(number);
            } else {
                bytes.extend(number.iter().rev());
            }
        }
        (bytes.len() <= 64).then_some(bytes)
    }
}

/// Splits a row into its words and the rest: with a column, the text that two blanks set apart.
fn split(cells: &[u8], column: bool) -> (Vec<&[u8]>, &[u8]) {
    let mut rest = cells.trim_ascii();
    let mut words: Vec<&[u8]> = Vec::new();
    while !rest.is_empty() {
        let end = rest.iter().take_while(|byte| byte.is_ascii_hexdigit());
        let (word, tail) = rest.split_at_checked(end.count()).unwrap_or((rest, &[]));
        if word.is_empty() || tail.first().is_some_and(|byte| !byte.is_ascii_whitespace()) {
            break;
        }
        words.push(word);
        rest = tail.trim_ascii_start();
        let gap = tail.len().saturating_sub(rest.len());
        let shown: usize = words.iter().map(|word| word.len() / 2).sum();
        if column && gap > 1 && rest.len() <= shown {
            break;
        }
    }
    (words, rest)
}

/// Returns whether a text column shows these bytes.
fn shows(text: &[u8], bytes: &[u8]) -> bool {
    let shown = |byte: u8| match byte {
        b' '..=b'~' => byte,
        _ => b'.',
    };
    let trimmed = bytes.iter().rev().take_while(|byte| **byte == b' ').count();
    let least = bytes.len().saturating_sub(trimmed);
    (least..=bytes.len()).contains(&text.len())
        && text
            .iter()
            .zip(bytes)
            .all(|(text, byte)| *text == shown(*byte))
}
