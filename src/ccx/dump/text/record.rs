//! The start and the end of a message in text, and its pairs.

use alloc::collections::BTreeMap;
use alloc::vec::Vec;
use core::ops::Range;

use super::super::is_blank;

/// The printed form of a message.
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
    /// The text after the name.
    pub(super) rest: &'a [u8],
}

/// The end of a message.
pub(super) enum End {
    /// Not yet.
    Open,
    /// At this byte of its text.
    At(usize),
}

/// The places of a name and its value in a text.
#[derive(Clone, PartialEq, Eq, Debug)]
pub(super) struct Pair {
    pub(super) name: Range<usize>,
    pub(super) value: Range<usize>,
}

impl Style {
    /// Returns whether the end of the log is an end of the message.
    pub(super) const fn may_end(self) -> bool {
        matches!(self, Self::Line)
    }
}

/// Finds the start of a message in a line. The text before it is a logger's prefix.
pub(super) fn start(line: &[u8]) -> Option<Start<'_>> {
    let braces = || memchr::memchr_iter(b'{', line).find_map(|open| braces(line, open));
    braces()
        .or_else(|| labelled(line, b"MsgType", false))
        .or_else(|| labelled(line, b"cti_message", true))
}

/// Reads `{ length=-1 type=BEGIN_CALL_EVENT,` from its brace on.
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

/// Reads `MsgType:BEGIN_CALL_EVENT (`, and the like.
fn labelled<'a>(line: &'a [u8], label: &[u8], brackets: bool) -> Option<Start<'a>> {
    // Cheaper than a search for the whole label, which has to be prepared for each line.
    let first = *label.first()?;
    let at = memchr::memchr_iter(first, line)
        .find(|at| line.get(*at..).is_some_and(|rest| rest.starts_with(label)))?;
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

/// Returns the text after a name and its `=` or `:`.
fn strip_name<'a>(text: &'a [u8], name: &[u8]) -> Option<&'a [u8]> {
    let rest = text.strip_prefix(name)?.trim_ascii_start();
    let rest = rest
        .strip_prefix(b"=")
        .or_else(|| rest.strip_prefix(b":"))?;
    Some(rest.trim_ascii_start())
}

/// Splits off a word, which is not empty.
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

/// The progress through the brackets of a message.
#[derive(Clone, Copy, Debug, Default)]
pub(super) struct Brackets {
    depth: usize,
    opened: usize,
    closed: usize,
}

/// Searches for the end of a message in its text. The text before `from` was searched already.
pub(super) fn end(style: Style, text: &[u8], from: usize, seen: &mut Brackets) -> End {
    let (open, close) = match style {
        Style::Line => return End::At(text.len()),
        Style::Braces => (b'{', b'}'),
        Style::Parentheses => (b'(', b')'),
        Style::Brackets => (b'[', b']'),
    };
    // A brace that pairs follow is one of a value, unless it belongs to a list.
    let last_pair = (from..text.len()).rev().find(|index| {
        let separator = text.get(*index).is_some_and(|byte| separates(style, *byte));
        separator && name_at(style, text, *index).is_some()
    });
    for (index, byte) in text.iter().enumerate().skip(from) {
        if *byte == open {
            seen.depth = seen.depth.saturating_add(1);
            seen.opened = seen.opened.saturating_add(1);
        } else if *byte == close {
            let last = seen.depth == 0;
            seen.depth = seen.depth.saturating_sub(1);
            seen.closed = seen.closed.saturating_add(1);
            if last && (last_pair.is_none_or(|pair| pair < index) || is_bean(style, text, index)) {
                return End::At(index);
            }
        }
    }
    // Braces that a value has opened and not closed do not keep a message open.
    let length = text.trim_ascii_end().len();
    match length.checked_sub(1) {
        Some(last) if text.get(last) == Some(&close) => {
            let before = seen.closed.saturating_sub(1);
            if seen.depth > 0 && seen.opened > before {
                End::At(last)
            } else {
                End::Open
            }
        }
        _ => End::Open,
    }
}

/// Whether what Finesse prints behind each message follows a bracket.
fn is_bean(style: Style, text: &[u8], index: usize) -> bool {
    let behind = text.get(index.saturating_add(1)..).unwrap_or_default();
    style == Style::Brackets && behind.trim_ascii_start().starts_with(b"CTIMessageBean")
}

const fn separates(style: Style, byte: u8) -> bool {
    match style {
        Style::Braces | Style::Brackets => byte == b',',
        Style::Parentheses | Style::Line => matches!(byte, b' ' | b'\t' | b','),
    }
}

/// Returns the name of a pair after a separator, and the start of its value.
fn name_at(style: Style, text: &[u8], separator: usize) -> Option<(Range<usize>, usize)> {
    let behind = separator.saturating_add(1);
    let rest = text.get(behind..)?;
    if matches!(style, Style::Parentheses | Style::Line) {
        return name(style, text, behind);
    }
    let start = behind.saturating_add(rest.len().saturating_sub(rest.trim_ascii_start().len()));
    name(style, text, start)
}

/// Returns the name of a pair at a place, and the start of its value.
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

/// Returns the pairs in the text of a message.
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

/// Returns the closing place of each closed bracket.
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

/// Trims blanks, and a last comma, from a range.
fn trimmed(text: &[u8], range: Range<usize>) -> Range<usize> {
    let value = text.get(range.clone()).unwrap_or_default();
    let leading = value.len().saturating_sub(value.trim_ascii_start().len());
    let value = value.trim_ascii();
    let value = value.strip_suffix(b",").unwrap_or(value).trim_ascii_end();
    let start = range.start.saturating_add(leading);
    start..start.saturating_add(value.len())
}

/// Returns the items of a list in brackets: `[1, 2]`, `[{a: 1}, {a: 2}]`.
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
