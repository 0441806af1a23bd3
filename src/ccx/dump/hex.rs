//! Hex digits as people keep them: plain, or as a dump with an offset and a text column.

mod dump;
mod groups;

use alloc::vec::Vec;
use core::fmt;

use bytes::BytesMut;
use thiserror::Error;

use super::{Printable, is_blank, number, skip_blanks, trim_end};
use dump::{Dump, Step, radixes};
use groups::{from, is_comment, place, plain, prefixed, take_groups, text_after};

/// The bytes of a row that [`HexDump`] writes.
const ROW: usize = 16;
/// The most bytes that rows which a dump leaves out may come to, so that a few characters of text
/// cannot ask for any amount of memory.
const MAX_REPEATED: usize = 1 << 20;
/// The longest row that a `*` repeats.
const MAX_REPEATED_ROW: usize = 256;

/// Returns the bytes of a text of hex digits. See [`HexReader`] for the forms.
///
/// ```
/// use cti_codec::ccx::dump::read_hex;
///
/// let plain = read_hex(b"0000 0004 00000005\n0x00, 0x00, 0x00, 0x07  # a heartbeat\n");
/// assert_eq!(plain.unwrap(), [0, 0, 0, 4, 0, 0, 0, 5, 0, 0, 0, 7]);
/// ```
///
/// # Errors
/// Fails if a line cannot be read, or is ambiguous.
pub fn read_hex(text: &[u8]) -> Result<Vec<u8>, HexError> {
    let mut reader = HexReader::new();
    let mut bytes = BytesMut::new();
    for line in text.split(|byte| *byte == b'\n') {
        reader.line(line, &mut bytes)?;
    }
    Ok(bytes.into())
}

/// Reads hex digits line by line.
///
/// It reads digits with or without white space, `,`, `:`, `;`, `-` and `_` between the bytes, with
/// `0x` or `\x` before them, and comments after `#` or `//`; and dumps as printed by `xxd`,
/// `hexdump -C`, `od -t x1`, tcpdump, Wireshark and the traces of Unified CCX, also several in a
/// text, with offsets in hex, or in octal or decimal as in `od`.
///
/// An offset differs from data by its colon, or by counting up with the bytes before it. A text
/// column differs from data in that it repeats, character by character, the bytes before it; by its
/// place; or by the bars around it. An offset that does not count up is an error, since bytes were
/// lost. Rows that a dump replaced by a `*` are restored.
#[derive(Clone, Debug)]
pub struct HexReader {
    /// The lines taken in.
    line: usize,
    block: Block,
    /// The dump that is being read, or was last.
    dump: Option<Dump>,
    /// The one before, with another indentation: Wireshark shows both directions of a stream so, in
    /// turn.
    aside: Option<Dump>,
    /// The rest of [`MAX_REPEATED`].
    repeatable: usize,
}

/// The lines since the last empty one.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
enum Block {
    /// None.
    Start,
    /// Digits alone.
    Plain,
    /// Rows with an offset.
    Rows,
}

/// The kind of a line.
#[derive(Clone, Copy, PartialEq, Eq, Hash, Debug)]
pub enum HexLine {
    /// It has no digits: blank, a comment, or the end of a dump.
    Empty,
    /// Digits that begin a dump, or follow an empty line: after an error, a place to go on from.
    First,
    /// Digits that follow those of the line before.
    Next,
}

/// A line of hex that cannot be read.
#[derive(Clone, Copy, PartialEq, Eq, Debug, Error)]
#[error("line {line}, column {column}: {kind}")]
pub struct HexError {
    /// The line, counted from 1.
    pub line: usize,
    /// The byte within the line, counted from 1.
    pub column: usize,
    /// The fault.
    pub kind: HexErrorKind,
}

/// The fault in a line of hex.
#[derive(Clone, Copy, PartialEq, Eq, Debug, Error)]
pub enum HexErrorKind {
    /// Something that is no hex digit, where it cannot be a text column.
    #[error("expected pairs of hex digits")]
    NotHex,
    /// Half a byte.
    #[error("an odd number of hex digits")]
    OddDigits,
    /// The offset of a row does not follow from the rows before it: bytes were lost.
    #[error("offset {found:x} where {expected:x} follows: bytes were lost, or added")]
    Offset {
        /// The offset that the row should have.
        expected: u64,
        /// The offset that it has.
        found: u64,
    },
    /// Numbers of two or more bytes in the order of the host, as od and hexdump print them if they
    /// are not told otherwise.
    #[error(
        "numbers instead of bytes, in an order that depends on the machine: use od -t x1 or hexdump -C"
    )]
    Words,
    /// A `*` that does not repeat a row up to the next offset, or repeats it too often.
    #[error("* does not stand for repeated rows here, or for too many: use hexdump -v, od -v")]
    Repeated,
}

/// An offset before the data of a row.
struct Offset<'a> {
    digits: &'a [u8],
    colon: bool,
    /// The start of the rest.
    end: usize,
}

type Fault = (usize, HexErrorKind);

impl Default for HexReader {
    fn default() -> Self {
        Self::new()
    }
}

impl HexReader {
    /// Creates a reader.
    #[must_use]
    pub const fn new() -> Self {
        Self {
            line: 0,
            block: Block::Start,
            dump: None,
            aside: None,
            repeatable: MAX_REPEATED,
        }
    }

    /// Processes the next line, with or without its line ending, and appends its bytes to a buffer:
    /// that of a [`FrameDecoder`](crate::ccx::FrameDecoder), or any other.
    ///
    /// # Errors
    /// Fails if the line cannot be read. In that case nothing is appended, and you can go on with
    /// the next line.
    pub fn line(&mut self, line: &[u8], out: &mut BytesMut) -> Result<HexLine, HexError> {
        let number = self.line.saturating_add(1);
        self.line = number;
        let before = out.len();
        self.read(trim_end(line), out).map_err(|(column, kind)| {
            // Rows for a `*` may have been filled in before the row turned out malformed.
            out.truncate(before);
            HexError {
                line: number,
                column: column.saturating_add(1),
                kind,
            }
        })
    }

    fn read(&mut self, line: &[u8], out: &mut BytesMut) -> Result<HexLine, Fault> {
        let start = match line.strip_prefix(b"\xef\xbb\xbf") {
            Some(rest) if self.line == 1 => place(line, skip_blanks(rest)),
            _ => place(line, skip_blanks(line)),
        };
        let rest = from(line, start);
        if rest.is_empty() || is_comment(rest) {
            self.block = Block::Start;
            return Ok(HexLine::Empty);
        }
        if rest == b"*" {
            match &mut self.dump {
                Some(dump) if self.block == Block::Rows && !dump.last.is_empty() => {
                    dump.repeats = true;
                    return Ok(HexLine::Empty);
                }
                _ => return Err((start, HexErrorKind::Repeated)),
            }
        }
        if let Some(offset) = self.offset(line, start)? {
            let first = self.block != Block::Rows;
            let done = self.row(line, start, &offset, out);
            if done.is_err()
                && let Some(dump) = &mut self.dump
            {
                // Its length in bytes is unknown.
                dump.next = None;
                dump.repeats = false;
            }
            self.block = Block::Rows;
            return done.map(|line| match line {
                HexLine::Next if first => HexLine::First,
                line => line,
            });
        }
        let first = core::mem::replace(&mut self.block, Block::Plain) != Block::Plain;
        plain(line, start, out)?;
        Ok(if first { HexLine::First } else { HexLine::Next })
    }

    /// Returns the offset at the beginning of a line, if it has one.
    fn offset<'a>(&self, line: &'a [u8], start: usize) -> Result<Option<Offset<'a>>, Fault> {
        let Some((digits, rest)) = prefixed(from(line, start)) else {
            return Ok(None);
        };
        let (colon, rest) = match rest.split_first() {
            Some((b':', rest)) => (true, rest),
            _ => (false, rest),
        };
        if rest.first().is_some_and(|byte| !is_blank(*byte)) || digits.len() < 3 {
            return Ok(None);
        }
        let offset = Offset {
            digits,
            colon,
            end: place(line, rest),
        };
        let rows = self.block == Block::Rows && self.dump.as_ref().is_some_and(|dump| !dump.colon);
        if colon || rows {
            return Ok(Some(offset));
        }
        if self.block == Block::Plain {
            return Ok(None);
        }
        let data = take_groups(line, offset.end, true);
        let count = data.groups.len();
        let zero = digits.iter().all(|digit| *digit == b'0');
        // od and hexdump begin a row with seven digits, or six. They are no words of the same kind
        // as those that follow.
        let odd = !digits.len().is_multiple_of(2);
        if count > 1 && (digits.len() == 7 || zero && digits.len() == 6) {
            let words = data.width().filter(|width| *width > 2);
            if words.is_some_and(|width| width != digits.len()) {
                return Err((start, HexErrorKind::Words));
            }
        }
        let bytes = data.groups.first().is_some_and(|group| group.width == 2);
        let row_of_16 = count >= ROW && number(digits, 16).is_some_and(|offset| offset % 16 == 0);
        let follows = self.dump.as_ref().is_some_and(|dump| {
            dump.next.is_some()
                && radixes(digits.len(), false)
                    .iter()
                    .any(|radix| number(digits, *radix) == dump.next)
        });
        let is_offset = bytes && (odd || zero || row_of_16 || follows);
        Ok(is_offset.then_some(offset))
    }

    /// Goes on with the other one of two dumps, if a row has its indentation and its next offset.
    fn turn(&mut self, indentation: usize, offset: u64) -> bool {
        let away = self
            .dump
            .as_ref()
            .is_some_and(|dump| dump.indentation != indentation && !dump.repeats);
        let there = self
            .aside
            .as_ref()
            .is_some_and(|aside| aside.indentation == indentation && aside.next == Some(offset));
        if away && there {
            core::mem::swap(&mut self.dump, &mut self.aside);
        }
        away && there
    }

    /// Reads a row with an offset.
    fn row(
        &mut self,
        line: &[u8],
        start: usize,
        offset: &Offset<'_>,
        out: &mut BytesMut,
    ) -> Result<HexLine, Fault> {
        let Some(value) = number(offset.digits, 16) else {
            return Err((start, HexErrorKind::NotHex));
        };
        let turns = self.turn(start, value);
        let begins = match &mut self.dump {
            Some(dump) => {
                let repeats = core::mem::take(&mut dump.repeats);
                match dump.step(offset.digits, value) {
                    Step::Follows => turns,
                    Step::Skips(found) if repeats => {
                        let found = dump.skipped_to(offset.digits).unwrap_or(found);
                        let next = dump.next.unwrap_or(found);
                        let left_out = usize::try_from(found.saturating_sub(next)).ok();
                        let length = dump.last.len();
                        let rows = left_out
                            .filter(|left_out| *left_out <= self.repeatable)
                            .filter(|left_out| left_out.checked_rem(length) == Some(0))
                            .and_then(|left_out| left_out.checked_div(length));
                        let (Some(rows), Some(left_out)) = (rows, left_out) else {
                            return Err((start, HexErrorKind::Repeated));
                        };
                        self.repeatable = self.repeatable.saturating_sub(left_out);
                        for _ in 0..rows {
                            out.extend_from_slice(&dump.last);
                        }
                        dump.next = Some(found);
                        false
                    }
                    Step::Skips(_) if value == 0 && !repeats => true,
                    Step::Skips(found) => {
                        let expected = dump.next.unwrap_or(found);
                        return Err((start, HexErrorKind::Offset { expected, found }));
                    }
                }
            }
            None => true,
        };
        if begins && !turns {
            let begun = Dump::begin(value, offset.colon, start);
            let before = self.dump.replace(begun);
            self.aside = before.filter(|before| before.indentation != start);
        }
        let Some(dump) = &mut self.dump else {
            return Ok(HexLine::Empty);
        };
        let mut data = take_groups(line, offset.end, true);
        let count = dump.end_of_data(line, &data)?;
        let (bytes, text) = match count.checked_sub(1).and_then(|last| data.groups.get(last)) {
            Some(group) => (group.bytes, text_after(line, group).1),
            None => (0, from(line, data.stop)),
        };
        data.bytes.truncate(bytes);
        let has_text = !text.is_empty() && !is_comment(text);
        if dump.width == 0 {
            dump.width = bytes;
            dump.column = has_text.then_some(place(line, text));
        }
        dump.text |= has_text;
        dump.next = dump
            .next
            .and_then(|next| next.checked_add(u64::try_from(bytes).ok()?));
        out.extend_from_slice(&data.bytes);
        data.bytes.truncate(MAX_REPEATED_ROW);
        if data.bytes.len() == bytes {
            dump.last = data.bytes;
        } else {
            dump.last.clear();
        }
        Ok(if bytes == 0 {
            HexLine::Empty
        } else if begins {
            HexLine::First
        } else {
            HexLine::Next
        })
    }
}

/// Shows bytes as a dump like that of `hexdump -C`: rows of an offset, 16 bytes and their text.
///
/// [`HexReader`] reads it back.
///
/// ```
/// use cti_codec::ccx::dump::HexDump;
///
/// assert_eq!(
///     HexDump(b"\x00\x00\x00\x36").to_string(),
///     "00000000  00 00 00 36                                       |...6|\n"
/// );
/// ```
#[derive(Clone, Copy, Debug)]
pub struct HexDump<'a>(pub &'a [u8]);

impl fmt::Display for HexDump<'_> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        for (row, offset) in self.0.chunks(ROW).zip((0_usize..).step_by(ROW)) {
            write!(f, "{offset:08x} ")?;
            for index in 0..ROW {
                if index.is_multiple_of(8) {
                    f.write_str(" ")?;
                }
                match row.get(index) {
                    Some(byte) => write!(f, "{byte:02x} ")?,
                    None => f.write_str("   ")?,
                }
            }
            writeln!(f, " |{}|", Printable(row))?;
        }
        Ok(())
    }
}
