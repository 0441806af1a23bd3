//! Hex digits as people keep them: plain, or as a dump with an offset and a text column.

use alloc::vec::Vec;
use core::fmt;

use bytes::BytesMut;
use nom::branch::alt;
use nom::bytes::complete::tag;
use nom::combinator::opt;
use nom::sequence::preceded;
use nom::{IResult, Parser as _};
use thiserror::Error;

use super::{Printable, digits, is_blank, is_printable, number, pair, skip_blanks, trim_end};

/// The bytes of a row that [`HexDump`] writes.
const ROW: usize = 16;
/// The most bytes that rows which a dump leaves out may come to, so that a few characters of text
/// cannot ask for any amount of memory.
const MAX_REPEATED: usize = 1 << 20;
/// The longest row whose text column is looked for. Each group of a row may be the last one before
/// it, so that looking takes as long as this allows, however long a line is.
const MAX_SHOWN: usize = 1024;
/// The longest row that a `*` repeats.
const MAX_REPEATED_ROW: usize = 256;

/// The bytes that a text of hex digits shows. See [`HexReader`] for what is understood.
///
/// ```
/// use cti_codec::ccx::dump::read_hex;
///
/// let plain = read_hex(b"0000 0004 00000005\n0x00, 0x00, 0x00, 0x07  # a heartbeat\n");
/// assert_eq!(plain.unwrap(), [0, 0, 0, 4, 0, 0, 0, 5, 0, 0, 0, 7]);
/// ```
///
/// # Errors
/// A line cannot be read, or leaves open what it says.
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
/// Understood are digits with or without white space, `,`, `:`, `;`, `-` and `_` between the bytes,
/// with `0x` or `\x` before them, and comments after `#` or `//`; and dumps as `xxd`, `hexdump -C`,
/// `od -t x1`, tcpdump, Wireshark and the traces of Unified CCX print them, several in a text if
/// need be, with offsets in hex, or as `od` has them in octal or decimal.
///
/// An offset is told from data by its colon, or by counting up with the bytes before it. A text
/// column is told from data by repeating, character by character, what the bytes before it show,
/// whatever it looks like; by its place; or by the bars around it. An offset that does not count up
/// is an error, as bytes were lost. Rows that a dump left out for a `*` are put back.
#[derive(Clone, Debug)]
pub struct HexReader {
    /// The lines taken in.
    line: usize,
    block: Block,
    /// The dump that is being read, or was last.
    dump: Option<Dump>,
    /// What is left of [`MAX_REPEATED`].
    repeatable: usize,
}

/// What the lines are since the last empty one.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
enum Block {
    /// There were none.
    Start,
    /// Digits alone.
    Plain,
    /// Rows with an offset.
    Rows,
}

#[derive(Clone, Debug)]
struct Dump {
    /// Whether a colon follows the offsets.
    colon: bool,
    /// The offset that the next row has; unknown after a row that could not be read.
    next: Option<u64>,
    /// What the offsets are written in, once one has told.
    radix: Option<u32>,
    /// Whether the rows have a text column.
    text: bool,
    /// The bytes of the first row.
    width: usize,
    /// Where the text column began in the first row.
    column: Option<usize>,
    /// The last row, to be repeated for a `*`.
    last: Vec<u8>,
    /// A `*` stands before the next row.
    repeats: bool,
}

/// What a line was.
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
    /// What is wrong with it.
    pub kind: HexErrorKind,
}

/// What is wrong with a line of hex.
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

/// A group of digits.
#[derive(Clone, Copy)]
struct Group {
    /// Its digits.
    width: usize,
    /// Where it ends.
    end: usize,
    /// The bytes of the line up to there.
    bytes: usize,
}

/// The data of a line as far as digits go.
struct Groups {
    bytes: Vec<u8>,
    groups: Vec<Group>,
    /// Where what is no data begins; the end of the line if there is nothing.
    stop: usize,
}

impl Groups {
    /// The bytes up to the end of a group.
    fn bytes_of(&self, group: &Group) -> &[u8] {
        self.bytes.get(..group.bytes).unwrap_or_default()
    }

    /// The digits that the groups have, if all have the same.
    fn width(&self) -> Option<usize> {
        let (first, rest) = self.groups.split_first()?;
        rest.iter()
            .all(|group| group.width == first.width)
            .then_some(first.width)
    }
}

/// An offset before the data of a row.
struct Offset<'a> {
    digits: &'a [u8],
    colon: bool,
    /// Where what follows begins.
    end: usize,
}

type Fault = (usize, HexErrorKind);

impl Default for HexReader {
    fn default() -> Self {
        Self::new()
    }
}

impl HexReader {
    /// A reader before its first line.
    #[must_use]
    pub const fn new() -> Self {
        Self {
            line: 0,
            block: Block::Start,
            dump: None,
            repeatable: MAX_REPEATED,
        }
    }

    /// Takes in the next line, with or without what ends it, and appends its bytes to a buffer: that
    /// of a [`FrameDecoder`](crate::ccx::FrameDecoder), or any other.
    ///
    /// # Errors
    /// The line cannot be read. Nothing has been appended; the next line can be read all the same.
    pub fn line(&mut self, line: &[u8], out: &mut BytesMut) -> Result<HexLine, HexError> {
        let number = self.line.saturating_add(1);
        self.line = number;
        let before = out.len();
        self.read(trim_end(line), out).map_err(|(column, kind)| {
            // Rows that a `*` stands for may have been filled in before the row proved bad.
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
                // How many bytes it has is not known.
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

    /// The offset that a line begins with, if it does.
    fn offset<'a>(&self, line: &'a [u8], start: usize) -> Result<Option<Offset<'a>>, Fault> {
        let Ok((rest, digits)) = preceded(opt(prefix), digits).parse(from(line, start)) else {
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
        // Seven digits, or six, are what od and hexdump begin a row with. They are not words of
        // the same kind as those that follow.
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
        let begins = match &mut self.dump {
            Some(dump) => {
                let repeats = core::mem::take(&mut dump.repeats);
                match dump.step(offset.digits, value) {
                    Step::Follows => false,
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
        if begins {
            self.dump = Some(Dump::begin(value, offset.colon));
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

/// What an offset can be written in. od has seven digits, octal or decimal; `xxd -d` has eight,
/// decimal. Others are hex, as a row that was lost could pass for a change of radix.
const fn radixes(digits: usize, colon: bool) -> &'static [u32] {
    match (digits, colon) {
        (7, false) => &[8, 10, 16],
        (8, true) => &[16, 10],
        _ => &[16],
    }
}

/// How the offset of a row goes with the rows before it.
enum Step {
    Follows,
    /// It is another one.
    Skips(u64),
}

impl Dump {
    const fn begin(offset: u64, colon: bool) -> Self {
        Self {
            colon,
            next: Some(offset),
            radix: None,
            text: false,
            width: 0,
            column: None,
            last: Vec::new(),
            repeats: false,
        }
    }

    fn step(&mut self, digits: &[u8], value: u64) -> Step {
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

    /// The offset behind repeated rows, where nothing yet has told what offsets are written in: in
    /// the first way in which it is some rows further on, which then holds for the others.
    fn skipped_to(&mut self, digits: &[u8]) -> Option<u64> {
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

    /// How many of the groups are data, and not a text column that looks like data.
    fn end_of_data(&self, line: &[u8], data: &Groups) -> Result<usize, Fault> {
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

/// Reads a line that has no offset.
fn plain(line: &[u8], start: usize, out: &mut BytesMut) -> Result<(), Fault> {
    let data = take_groups(line, start, false);
    let shown = data.groups.iter().find(|group| {
        let (gap, text) = text_after(line, group);
        gap > 1 && shows(text, data.bytes_of(group))
    });
    if let Some(group) = shown {
        out.extend_from_slice(data.bytes_of(group));
        return Ok(());
    }
    if data.stop < line.len() {
        let rest = from(line, data.stop);
        let before = line.get(..data.stop).unwrap_or_default();
        let gap = before.iter().rev().take_while(|byte| is_blank(**byte));
        let text = match gap.count() {
            0 => false,
            1 => matches!(rest.first(), Some(b'|' | b'>')),
            _ => rest.len() <= data.bytes.len().saturating_add(1),
        };
        if data.groups.is_empty() || !text && !is_comment(rest) {
            return Err(stopped(line, data.stop));
        }
    }
    out.extend_from_slice(&data.bytes);
    Ok(())
}

/// Takes groups of whole bytes off a line, up to what is none. Within a row that has an offset, no
/// group is longer than the first, and only the last is shorter.
fn take_groups(line: &[u8], start: usize, row: bool) -> Groups {
    let separates =
        |byte| is_blank(byte) || byte == b'-' || !row && matches!(byte, b',' | b':' | b';' | b'_');
    let mut found = Groups {
        bytes: Vec::new(),
        groups: Vec::new(),
        stop: start,
    };
    let mut shorter = false;
    let mut rest = from(line, start);
    loop {
        let at = skip_while(rest, separates);
        found.stop = place(line, at);
        let Ok((tail, digits)) = preceded(opt(prefix), digits).parse(at) else {
            break;
        };
        let ended = tail
            .first()
            .is_none_or(|byte| separates(*byte) || *byte == b'\\');
        let width = digits.len();
        if !ended || !width.is_multiple_of(2) {
            break;
        }
        if row && let Some(first) = found.groups.first() {
            if shorter || width > first.width {
                break;
            }
            shorter = width < first.width;
        }
        let mut digits = digits;
        while let Ok((tail, byte)) = pair(digits) {
            found.bytes.push(byte);
            digits = tail;
        }
        found.groups.push(Group {
            width,
            end: place(line, tail),
            bytes: found.bytes.len(),
        });
        rest = tail;
    }
    found
}

/// What stands before digits in many languages.
fn prefix(text: &[u8]) -> IResult<&[u8], &[u8]> {
    alt((tag("0x"), tag("0X"), tag("\\x"))).parse(text)
}

/// What follows a group, and how far from it.
fn text_after<'a>(line: &'a [u8], group: &Group) -> (usize, &'a [u8]) {
    let tail = from(line, group.end);
    let text = skip_blanks(tail);
    (tail.len().saturating_sub(text.len()), text)
}

/// Whether a text shows these bytes as the text column of a dump does: printable ones as
/// characters, others as a dot or as what the tool made of them. Some tools part it in the middle,
/// some put it between bars. Blanks at its end may have been lost.
fn shows(text: &[u8], bytes: &[u8]) -> bool {
    if bytes.len() > MAX_SHOWN {
        return false;
    }
    let text = match text {
        [b'|', text @ .., b'|'] | [b'>', text @ .., b'<'] if text.len() == bytes.len() => text,
        text => text,
    };
    let like = |text: &[u8], bytes: &[u8]| {
        let (head, tail) = bytes.split_at_checked(text.len()).unwrap_or((bytes, &[]));
        text.len() <= bytes.len()
            && tail.iter().all(|byte| *byte == b' ')
            && text.iter().zip(head).all(|(shown, byte)| {
                shown == byte
                    || *shown == b'.'
                    || !is_printable(*byte) && !shown.is_ascii_hexdigit()
            })
    };
    let parted = || {
        let (left, right) = text.split_at_checked(8)?;
        let (first, second) = bytes.split_at_checked(8)?;
        let right = right.strip_prefix(b" ")?;
        Some(like(left, first) && like(right, second))
    };
    // The blanks before a text may be its own.
    let unindented = || like(text, skip_while(bytes, |byte| byte == b' '));
    !text.is_empty() && (like(text, bytes) || unindented() || parted() == Some(true))
}

/// Where and why digits are none.
fn stopped(line: &[u8], stop: usize) -> (usize, HexErrorKind) {
    let text = from(line, stop);
    let Ok((tail, digits)) = preceded(opt(prefix), digits).parse(text) else {
        return (stop, HexErrorKind::NotHex);
    };
    let word = tail.first().is_some_and(u8::is_ascii_alphanumeric);
    if !word && !digits.len().is_multiple_of(2) {
        (stop, HexErrorKind::OddDigits)
    } else if word {
        (place(line, tail), HexErrorKind::NotHex)
    } else {
        (stop, HexErrorKind::NotHex)
    }
}

fn is_comment(text: &[u8]) -> bool {
    text.starts_with(b"#") || text.starts_with(b"//")
}

/// Where the end of a line begins.
fn place(line: &[u8], end: &[u8]) -> usize {
    line.len().saturating_sub(end.len())
}

fn from(line: &[u8], start: usize) -> &[u8] {
    line.get(start..).unwrap_or_default()
}

fn skip_while(text: &[u8], skips: impl Fn(u8) -> bool) -> &[u8] {
    let count = text.iter().take_while(|byte| skips(**byte)).count();
    from(text, count)
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
