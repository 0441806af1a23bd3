//! Groups of digits, and the text after them.

use alloc::vec::Vec;

use bytes::BytesMut;
use nom::branch::alt;
use nom::bytes::complete::tag;
use nom::combinator::opt;
use nom::sequence::preceded;
use nom::{IResult, Parser as _};

use super::super::{digits, is_blank, is_printable, pair, skip_blanks};
use super::{Fault, HexErrorKind};

/// The longest row whose text column is searched for. Any group of a row may be the last one before
/// it, so this bounds the time of the search for long lines.
const MAX_SHOWN: usize = 1024;

/// A group of digits.
#[derive(Clone, Copy)]
pub(super) struct Group {
    /// Its digits.
    pub(super) width: usize,
    /// The end of the group.
    pub(super) end: usize,
    /// The bytes of the line up to there.
    pub(super) bytes: usize,
}

/// The data of a line as far as digits go.
pub(super) struct Groups {
    pub(super) bytes: Vec<u8>,
    pub(super) groups: Vec<Group>,
    /// The start of the rest that is no data; the end of the line if there is none.
    pub(super) stop: usize,
}

impl Groups {
    /// Returns the bytes up to the end of a group.
    pub(super) fn bytes_of(&self, group: &Group) -> &[u8] {
        self.bytes.get(..group.bytes).unwrap_or_default()
    }

    /// Returns the number of digits per group, if all groups agree.
    pub(super) fn width(&self) -> Option<usize> {
        let (first, rest) = self.groups.split_first()?;
        rest.iter()
            .all(|group| group.width == first.width)
            .then_some(first.width)
    }
}

/// Reads a line that has no offset.
pub(super) fn plain(line: &[u8], start: usize, out: &mut BytesMut) -> Result<(), Fault> {
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

/// Takes groups of whole bytes off a line, up to other text. Within a row that has an offset, no
/// group is longer than the first, and only the last is shorter.
pub(super) fn take_groups(line: &[u8], start: usize, row: bool) -> Groups {
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

/// Returns digits without their prefix in many languages, and the rest.
pub(super) fn prefixed(text: &[u8]) -> Option<(&[u8], &[u8])> {
    let (rest, digits) = preceded(opt(prefix), digits).parse(text).ok()?;
    Some((digits, rest))
}

/// Parses the prefix of digits in many languages.
fn prefix(text: &[u8]) -> IResult<&[u8], &[u8]> {
    alt((tag("0x"), tag("0X"), tag("\\x"))).parse(text)
}

/// Returns the text after a group, and its distance.
pub(super) fn text_after<'a>(line: &'a [u8], group: &Group) -> (usize, &'a [u8]) {
    let tail = from(line, group.end);
    let text = skip_blanks(tail);
    (tail.len().saturating_sub(text.len()), text)
}

/// Returns whether a text shows these bytes like the text column of a dump: printable ones as
/// characters, others as a dot or as the tool's replacement. Some tools split it in the middle,
/// some put it between bars. Blanks at its end may be lost.
pub(super) fn shows(text: &[u8], bytes: &[u8]) -> bool {
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

/// Returns the place and the reason of invalid digits.
pub(super) fn stopped(line: &[u8], stop: usize) -> (usize, HexErrorKind) {
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

pub(super) fn is_comment(text: &[u8]) -> bool {
    text.starts_with(b"#") || text.starts_with(b"//")
}

/// Returns the start of the end of a line.
pub(super) fn place(line: &[u8], end: &[u8]) -> usize {
    line.len().saturating_sub(end.len())
}

pub(super) fn from(line: &[u8], start: usize) -> &[u8] {
    line.get(start..).unwrap_or_default()
}

pub(super) fn skip_while(text: &[u8], skips: impl Fn(u8) -> bool) -> &[u8] {
    let count = text.iter().take_while(|byte| skips(**byte)).count();
    from(text, count)
}
