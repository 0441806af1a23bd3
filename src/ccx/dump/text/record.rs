//! Where a message in text begins and ends, and what its pairs are.

use alloc::collections::BTreeMap;
use alloc::string::{String, ToString};
use alloc::vec::Vec;
use core::ops::Range;

use super::super::is_blank;
use super::{Direction, Log};

/// How a message is printed.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub(super) enum Style {
    /// `{ length=N type=NAME, name: value, … }`
    Braces,
    /// `MsgType:NAME (Name:value Name:value)`
    Parentheses,
    /// `MsgType: NAME Name: value Name: value`, to the end of the line.
    Line,
    /// `cti_message=CTIName [name=value, …]`
    Brackets,
}

/// The beginning of a message.
pub(super) struct Start<'a> {
    pub(super) prefix: &'a [u8],
    pub(super) style: Style,
    pub(super) name: &'a [u8],
    pub(super) length: Option<u32>,
    /// What follows the name.
    pub(super) rest: &'a [u8],
}

/// Where a message ends.
pub(super) enum End {
    /// Not yet.
    Open,
    /// At this byte of its text.
    At(usize),
}

/// Where a name and its value stand in a text.
#[derive(Clone, PartialEq, Eq, Debug)]
pub(super) struct Pair {
    pub(super) name: Range<usize>,
    pub(super) value: Range<usize>,
}

impl Style {
    /// Whether the end of the log is an end of the message.
    pub(super) const fn may_end(self) -> bool {
        matches!(self, Self::Line)
    }
}

/// Finds the beginning of a message in a line. What stands before it is a logger's.
pub(super) fn start(line: &[u8]) -> Option<Start<'_>> {
    let braces = || memchr::memchr_iter(b'{', line).find_map(|open| braces(line, open));
    braces()
        .or_else(|| labelled(line, b"MsgType", false))
        .or_else(|| labelled(line, b"cti_message", true))
}

/// `{ length=-1 type=BEGIN_CALL_EVENT,` at the place of its brace.
fn braces(line: &[u8], open: usize) -> Option<Start<'_>> {
    let prefix = line.get(..open)?;
    let rest = line.get(open..)?.strip_prefix(b"{")?.trim_ascii_start();
    let rest = strip_name(rest, b"length")?;
    let (length, rest) = word(rest)?;
    let length: i64 = core::str::from_utf8(length).ok()?.parse().ok()?;
    let rest = skip(rest);
    let rest = strip_name(rest, b"type")?;
    let (name, rest) = word(rest)?;
    Some(Start {
        prefix,
        style: Style::Braces,
        name,
        length: u32::try_from(length).ok(),
        rest: skip(rest),
    })
}

/// `MsgType:BEGIN_CALL_EVENT (`, and what is like it.
fn labelled<'a>(line: &'a [u8], label: &[u8], brackets: bool) -> Option<Start<'a>> {
    let at = memchr::memmem::find(line, label)?;
    let prefix = line.get(..at)?;
    let rest = strip_name(line.get(at..)?, label)?;
    let (name, rest) = word(rest)?;
    let rest = rest.trim_ascii_start();
    let (style, rest) = match rest.split_first() {
        Some((b'(', rest)) if !brackets => (Style::Parentheses, rest),
        Some((b'[', rest)) if brackets => (Style::Brackets, rest),
        _ if brackets => return None,
        _ => (Style::Line, rest),
    };
    Some(Start {
        prefix,
        style,
        name,
        length: None,
        rest: rest.trim_ascii_start(),
    })
}

/// What follows a name and its `=` or `:`.
fn strip_name<'a>(text: &'a [u8], name: &[u8]) -> Option<&'a [u8]> {
    let rest = text.strip_prefix(name)?.trim_ascii_start();
    let rest = rest
        .strip_prefix(b"=")
        .or_else(|| rest.strip_prefix(b":"))?;
    Some(rest.trim_ascii_start())
}

/// A word, which is not empty, and what follows it.
fn word(text: &[u8]) -> Option<(&[u8], &[u8])> {
    let length = text
        .iter()
        .take_while(|byte| byte.is_ascii_alphanumeric() || matches!(byte, b'_' | b'-'))
        .count();
    text.split_at_checked(length).filter(|_| length > 0)
}

/// Passes over blanks and commas.
fn skip(text: &[u8]) -> &[u8] {
    let count = text
        .iter()
        .take_while(|byte| byte.is_ascii_whitespace() || **byte == b',');
    text.get(count.count()..).unwrap_or_default()
}

/// Looks for the end of a message in its text, of which what is before `from` has none.
pub(super) fn end(style: Style, text: &[u8], from: usize) -> End {
    let (open, close) = match style {
        Style::Line => return End::At(text.len()),
        Style::Braces => (b'{', b'}'),
        Style::Parentheses => (b'(', b')'),
        Style::Brackets => (b'[', b']'),
    };
    // A brace that pairs follow is one of a value, unless it belongs to a list.
    let last_pair = (0..text.len()).rev().find(|index| {
        let separator = text.get(*index).is_some_and(|byte| separates(style, *byte));
        separator && name_at(style, text, *index).is_some()
    });
    let mut depth = 0_usize;
    for (index, byte) in text.iter().enumerate() {
        if *byte == open {
            depth = depth.saturating_add(1);
        } else if *byte == close {
            let last = depth == 0;
            depth = depth.saturating_sub(1);
            if last && index >= from && last_pair.is_none_or(|pair| pair < index) {
                return End::At(index);
            }
        }
    }
    // Braces that a value has opened and not closed do not keep a message open.
    let length = text.trim_ascii_end().len();
    match length.checked_sub(1) {
        Some(last) if last >= from && text.get(last) == Some(&close) && depth > 0 => {
            let rest = text.get(..last).unwrap_or_default();
            let inner = rest.iter().filter(|byte| **byte == open).count();
            let closed = rest.iter().filter(|byte| **byte == close).count();
            if inner > closed {
                End::At(last)
            } else {
                End::Open
            }
        }
        _ => End::Open,
    }
}

const fn separates(style: Style, byte: u8) -> bool {
    match style {
        Style::Braces | Style::Brackets => byte == b',',
        Style::Parentheses | Style::Line => matches!(byte, b' ' | b'\t' | b','),
    }
}

/// The name of a pair behind a separator, and where its value begins.
fn name_at(style: Style, text: &[u8], separator: usize) -> Option<(Range<usize>, usize)> {
    let behind = separator.saturating_add(1);
    let rest = text.get(behind..)?;
    if matches!(style, Style::Parentheses | Style::Line) {
        return name(style, text, behind);
    }
    let start = behind.saturating_add(rest.len().saturating_sub(rest.trim_ascii_start().len()));
    name(style, text, start)
}

/// The name of a pair at a place, and where its value begins.
fn name(style: Style, text: &[u8], start: usize) -> Option<(Range<usize>, usize)> {
    let rest = text.get(start..)?;
    let first = rest.first()?;
    if !first.is_ascii_alphabetic() && *first != b'_' {
        return None;
    }
    let mut length = rest
        .iter()
        .take_while(|byte| byte.is_ascii_alphanumeric() || **byte == b'_')
        .count();
    // The number of an element: `CsqID[0]`.
    if let Some((b'[', index)) = rest.get(length..).and_then(<[u8]>::split_first) {
        let digits = index
            .iter()
            .take_while(|byte| byte.is_ascii_digit())
            .count();
        if digits > 0 && index.get(digits) == Some(&b']') {
            length = length.saturating_add(digits).saturating_add(2);
        }
    }
    let end = start.saturating_add(length);
    let tail = text.get(end..)?;
    let blanks = match style {
        Style::Braces | Style::Brackets => tail.iter().take_while(|byte| is_blank(**byte)).count(),
        Style::Parentheses | Style::Line => 0,
    };
    let sign = tail.get(blanks)?;
    let after = end.saturating_add(blanks).saturating_add(1);
    // A time or an address is no name with a value.
    matches!(sign, b':' | b'=').then_some((start..end, after))
}

/// The pairs of the text of a message.
pub(super) fn pairs(style: Style, text: &[u8]) -> Vec<Pair> {
    let mut pairs = Vec::new();
    let closing = closing(text);
    let start = text.len().saturating_sub(text.trim_ascii_start().len());
    let mut next = name(style, text, start);
    while let Some((name, from)) = next {
        let mut end = text.len();
        let mut index = from;
        next = None;
        while let Some(byte) = text.get(index) {
            // A bracket that is never closed is one of a text.
            if let Some(close) = closing.get(&index) {
                index = *close;
            } else if separates(style, *byte) {
                next = name_at(style, text, index);
                if next.is_some() {
                    end = index;
                    break;
                }
            }
            index = index.saturating_add(1);
        }
        pairs.push(Pair {
            name,
            value: trimmed(text, from..end),
        });
    }
    pairs
}

/// Where each bracket that is closed is closed.
fn closing(text: &[u8]) -> BTreeMap<usize, usize> {
    let mut open = Vec::new();
    let mut closing = BTreeMap::new();
    for (index, byte) in text.iter().enumerate() {
        match byte {
            b'[' | b'{' => open.push((index, *byte)),
            b']' | b'}' => {
                let bracket = if *byte == b']' { b'[' } else { b'{' };
                if let Some((start, _)) = open.pop_if(|(_, open)| *open == bracket) {
                    closing.insert(start, index);
                }
            }
            _ => {}
        }
    }
    closing
}

/// A range without blanks, and a last comma, around it.
fn trimmed(text: &[u8], range: Range<usize>) -> Range<usize> {
    let value = text.get(range.clone()).unwrap_or_default();
    let leading = value.len().saturating_sub(value.trim_ascii_start().len());
    let value = value.trim_ascii();
    let value = value.strip_suffix(b",").unwrap_or(value).trim_ascii_end();
    let start = range.start.saturating_add(leading);
    start..start.saturating_add(value.len())
}

/// The items of a list in brackets: `[1, 2]`, `[{a: 1}, {a: 2}]`.
pub(super) fn items(value: &[u8]) -> Option<Vec<&[u8]>> {
    let inner = value.strip_prefix(b"[")?.strip_suffix(b"]")?.trim_ascii();
    let mut items = Vec::new();
    if inner.is_empty() {
        return Some(items);
    }
    let mut depth = 0_usize;
    let mut from = 0;
    for (index, byte) in inner.iter().enumerate() {
        match byte {
            b'[' | b'{' | b'(' => depth = depth.saturating_add(1),
            b']' | b'}' | b')' => depth = depth.saturating_sub(1),
            b',' if depth == 0 => {
                items.push(inner.get(from..index)?.trim_ascii());
                from = index.saturating_add(1);
            }
            _ => {}
        }
    }
    items.push(inner.get(from..)?.trim_ascii());
    Some(items)
}

/// Whether a text has a time of day in it.
pub(super) fn has_time(text: &[u8]) -> bool {
    time(&String::from_utf8_lossy(text)).is_some()
}

/// Reads out of a line what it says about the message behind it.
pub(super) fn tell(log: &mut Log, line: &[u8]) {
    let line = String::from_utf8_lossy(line);
    if log.time.is_none() {
        log.time = time(&line);
    }
    if log.direction.is_none() {
        log.direction = direction(&line);
    }
    if log.address.is_none() {
        log.address = address(&line);
    }
}

/// The last word that tells the direction.
fn direction(line: &str) -> Option<Direction> {
    line.split(|letter: char| !letter.is_ascii_alphabetic())
        .rev()
        .find_map(|word| match word.to_ascii_lowercase().as_str() {
            "got" | "receive" | "received" | "receiving" | "recv" | "processing" | "read"
            | "reading" | "inbound" | "incoming" => Some(Direction::In),
            "sent" | "send" | "sending" | "writing" | "wrote" | "write" | "outbound"
            | "outgoing" => Some(Direction::Out),
            _ => None,
        })
}

/// A time of day with the date before and the zone behind it.
fn time(line: &str) -> Option<String> {
    let bytes = line.as_bytes();
    let clock = (0..bytes.len()).find(|at| {
        let Some([a, b, b':', c, d, b':', e, f]) =
            bytes.get(*at..).and_then(|rest| rest.first_chunk::<8>())
        else {
            return false;
        };
        let before = at.checked_sub(1).and_then(|before| bytes.get(before));
        [a, b, c, d, e, f].iter().all(|byte| byte.is_ascii_digit())
            && before.is_none_or(|byte| !byte.is_ascii_digit() && *byte != b':')
    })?;
    let rest = line.get(clock..)?;
    let digits = |text: &str| text.bytes().take_while(u8::is_ascii_digit).count();
    let mut end = clock.saturating_add(8);
    if let Some(fraction) = rest.get(8..).and_then(|tail| tail.strip_prefix(['.', ','])) {
        end = end.saturating_add(1).saturating_add(digits(fraction));
    }
    // The zone: `Z`, `+02:00`, `EDT`.
    let tail = line.get(end..)?;
    let zone = tail
        .trim_start_matches(' ')
        .split(|letter: char| {
            !(letter.is_ascii_alphanumeric() || matches!(letter, '+' | '-' | ':'))
        })
        .next()
        .filter(|zone| {
            let name =
                (1..=5).contains(&zone.len()) && zone.bytes().all(|byte| byte.is_ascii_uppercase());
            let offset = zone.len() <= 6
                && zone.starts_with(['+', '-'])
                && zone
                    .bytes()
                    .skip(1)
                    .all(|byte| byte.is_ascii_digit() || byte == b':')
                && zone.len() >= 3;
            name || offset
        });
    if let Some(zone) = zone {
        let gap = tail
            .len()
            .saturating_sub(tail.trim_start_matches(' ').len());
        end = end.saturating_add(gap).saturating_add(zone.len());
    }
    // The date: `Nov 20`, `2024-11-20`, `20 Nov 2024`, `11/20/2024`.
    let before = line.get(..clock)?;
    let mut start = clock;
    let mut words = 0_usize;
    for (index, word) in before.rmatch_indices([' ', 'T']) {
        let text = line
            .get(index.saturating_add(word.len())..start)?
            .trim_matches([' ', 'T']);
        if !text.is_empty() && !is_date(text) {
            break;
        }
        words = words.saturating_add(usize::from(!text.is_empty()));
        start = index.saturating_add(word.len());
        if words > 3 {
            break;
        }
    }
    let first = line.get(..start)?.trim_matches([' ', 'T']);
    if !first.is_empty() && is_date(first) {
        start = 0;
    }
    Some(line.get(start..end)?.trim().to_string())
}

/// Whether a word is part of a date.
fn is_date(word: &str) -> bool {
    const MONTHS: [&str; 12] = [
        "Jan", "Feb", "Mar", "Apr", "May", "Jun", "Jul", "Aug", "Sep", "Oct", "Nov", "Dec",
    ];
    MONTHS
        .iter()
        .any(|month| word.starts_with(month) && word.len() <= 9)
        || word.len() <= 10
            && word.bytes().any(|byte| byte.is_ascii_digit())
            && word
                .bytes()
                .all(|byte| byte.is_ascii_digit() || matches!(byte, b'-' | b'/' | b'.'))
}

/// An IPv4 address, with its port if one follows.
fn address(line: &str) -> Option<String> {
    line.split(|letter: char| !(letter.is_ascii_digit() || matches!(letter, '.' | ':')))
        .find(|word| {
            let (host, port) = word.split_once(':').unwrap_or((word, ""));
            let mut parts = 0_usize;
            let sound = host.split('.').all(|part| {
                parts = parts.saturating_add(1);
                part.parse::<u8>().is_ok()
            });
            sound && parts == 4 && port.bytes().all(|byte| byte.is_ascii_digit())
        })
        .map(|word| word.trim_end_matches(':').to_string())
}
