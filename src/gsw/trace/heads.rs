//! Lines that begin a list, and pairs anywhere in a line.
use alloc::vec::Vec;

use super::Form;
use super::line::{Line, Quote, close, marks, open, trim_end, trim_start};
use super::pair::{Tail, Type, integer, split, split_bare, type_name};
use crate::gsw::keys;
use crate::text::Text;

/// So many places in a line are tried for the beginning of a pair or a list.
const TRIES: usize = 16;

/// Splits a line that a tool has joined from several, if it contains a list.
pub(super) fn joined(line: &[u8]) -> Option<Vec<u8>> {
    const ENDS: [&[u8]; 4] = [b"#012", b"\\r\\n", b"\\n", b"\\012"];
    const TABS: [&[u8]; 3] = [b"#011", b"\\t", b"\\011"];
    let has = |text: &[u8]| memchr::memmem::find(line, text).is_some();
    let list = has(b"Attribute") || has(b"attr_") || has(b"KVList:") || has(b"GSW_");
    if !list || !ENDS.iter().any(|end| has(end)) {
        return None;
    }
    let mut lines = Vec::with_capacity(line.len());
    let mut rest = line;
    while let Some((first, after)) = rest.split_first() {
        let skip = |texts: &[&[u8]]| texts.iter().find_map(|text| rest.strip_prefix(*text));
        if let Some(after) = skip(&ENDS) {
            lines.push(b'\n');
            rest = after;
        } else if let Some(after) = skip(&TABS) {
            lines.push(b'\t');
            rest = after;
        } else {
            lines.push(*first);
            rest = after;
        }
    }
    // One list on one line is no reason to take a line apart.
    let several = lines.split(|byte| *byte == b'\n').filter(|line| {
        let line = Line::plain(line);
        split(line.content).is_some() || header(line.content).is_some()
    });
    if several.count() > 1 {
        Some(lines)
    } else {
        None
    }
}

/// A line that begins a list.
pub(super) struct Head<'a> {
    /// The line, cut where its content begins.
    pub(super) line: Line<'a>,
    /// The name of the attribute, or nothing.
    pub(super) name: &'a [u8],
    pub(super) form: Form,
    /// The length that is printed.
    pub(super) printed: Option<usize>,
    /// Without a line before its pairs: whether their keys are in quotes.
    pub(super) bare: Option<bool>,
    /// The first pair, if it is on the line.
    pub(super) first: Option<Pair<'a>>,
}

/// A pair in a line, and the line cut where the pair begins.
pub(super) type Pair<'a> = (Line<'a>, &'a [u8], Tail<'a>);

/// Recognizes a line that begins a list: `AttributeUserData [34] 00 01 00 00..`, or one that ends
/// in `KVList:` or names the type of a list.
pub(super) fn header(line: &[u8]) -> Option<Head<'_>> {
    // A quote about the line is that of a table's cell.
    let content = trim_end(line);
    let mut places = memchr::memmem::find_iter(content, b"Attribute").take(TRIES);
    let of_server = places.find_map(|place| {
        let line = Line::cut(content, place);
        let (name, printed) = server_header(cell(&line))?;
        Some(Head {
            line,
            name,
            form: Form::Server,
            printed: Some(printed),
            bare: None,
            first: None,
        })
    });
    of_server.or_else(|| {
        let (before, named, first) = typed_header(content)?;
        let is_name = |byte: &u8| byte.is_ascii_alphanumeric() || b"_-.'".contains(byte);
        let name = before.iter().rev().take_while(|byte| is_name(byte));
        let length = if named { name.count() } else { 0 };
        let line = Line::cut(content, before.len().saturating_sub(length));
        let name = line.content.get(..length).unwrap_or_default();
        let name = name.strip_prefix(b"Attribute").unwrap_or(name);
        let name = name.trim_ascii().strip_prefix(b"'").unwrap_or(name);
        let name = name.strip_suffix(b"'").unwrap_or(name);
        let first = split(first).map(|(key, tail)| {
            let line = Line {
                indentation: line.indentation.saturating_add(1),
                margin: content.len().saturating_sub(first.len()),
                content: first,
                ..line
            };
            (line, key, tail)
        });
        Some(Head {
            line,
            name,
            form: Form::Typed,
            printed: None,
            bare: None,
            first,
        })
    })
}

/// Returns the name and the length in `AttributeUserData [34] 00 01 00 00..`.
fn server_header(line: &[u8]) -> Option<(&[u8], usize)> {
    let rest = line.strip_prefix(b"Attribute")?;
    let end = rest.iter().position(|byte| !is_name(*byte))?;
    let (name, rest) = rest.split_at_checked(end)?;
    let rest = trim_start(rest).strip_prefix(b"[")?;
    let end = rest.iter().take(20).position(|byte| *byte == b']')?;
    let (digits, rest) = rest.split_at_checked(end)?;
    let printed = integer(digits).filter(|_| digits.iter().all(u8::is_ascii_digit))?;
    let mut preview = rest.get(1..).unwrap_or_default();
    loop {
        preview = trim_start(preview);
        preview = match preview {
            [] => break,
            [b'.', b'.', rest @ ..] => rest,
            [high, low, rest @ ..] if high.is_ascii_hexdigit() && low.is_ascii_hexdigit() => rest,
            _ => return None,
        };
    }
    let named = !name.is_empty();
    named.then_some((name, usize::try_from(printed).ok()?))
}

/// Returns the text before the sign of a list, whether it ends in a name, and the pair that may
/// follow on the line.
fn typed_header(line: &[u8]) -> Option<(&[u8], bool, &[u8])> {
    let place = memchr::memmem::find(line, b"KVList:");
    if let Some(place) = place {
        let (before, rest) = line.split_at_checked(place)?;
        let first = trim_start(rest.strip_prefix(b"KVList:")?);
        let before = before.strip_suffix(b"T").unwrap_or(before);
        if !first.is_empty() && split(first).is_none() {
            return None;
        }
        let text = trim_end(before);
        let signs: [&[u8]; 3] = [b"=", b":", b""];
        let text = signs.iter().find_map(|sign| text.strip_suffix(*sign));
        let text = trim_end(text.unwrap_or(before));
        let any = |kind| matches!(kind, Type::List | Type::Binary);
        let name = without_type(text, any).unwrap_or(text);
        // A lead of the line may also end in a sign.
        let last = name.rsplit(|byte| b": \t".contains(byte)).next();
        let initial = last.and_then(<[u8]>::first);
        let is_word = initial.is_some_and(|byte| byte.is_ascii_alphabetic() || *byte == b'\'');
        let ends_well = name
            .last()
            .is_some_and(|byte| is_name(*byte) || *byte == b'\'');
        let named = name.len() < trim_end(before).len() && is_word && ends_well;
        return Some((if named { name } else { before }, named, first));
    }
    // `attr_user_data [list, size (unpacked)=1234] =`
    let before = line.strip_suffix(b"=").map_or(line, trim_end);
    let named = without_type(before, |kind| kind == Type::List)?;
    // A list of another sort ends in no sign, as any line may.
    let in_sign = before.len() < line.len() && !named.is_empty();
    in_sign.then_some((named, true, b""))
}

/// Returns the text before the type of a list in brackets.
fn without_type(text: &[u8], is_list: impl Fn(Type) -> bool) -> Option<&[u8]> {
    let open = memchr::memrchr(b'[', text)?;
    let (before, name) = text.split_at_checked(open)?;
    let (name, rest) = type_name(name)?;
    (is_list(Type::named(name)?) && rest.is_empty()).then_some(trim_end(before))
}

/// Recognizes a pair that begins a list by itself, with one of the manuals' keys.
pub(super) fn bare(line: &[u8]) -> Option<Head<'_>> {
    const PREFIXES: [&[u8]; 2] = [b"GSW_", b"GWS_"];
    let place = |prefix: &&[u8]| memchr::memmem::find(line, prefix);
    let place = PREFIXES.iter().filter_map(place).min()?;
    let first = pair_of(line, None);
    let first = match first {
        Some((_, _, Tail::Hidden | Tail::Open(..))) => return None,
        Some(pair) => pair,
        None => {
            let cut = Line::cut(line, place);
            let (key, value) = split_bare(cut.content)?;
            if value.is_empty() {
                return None;
            }
            (cut, key, bare_value(key, value))
        }
    };
    let (line, key, _) = &first;
    let name = Text::new(key);
    (keys::is_reserved(name) || keys::info(name).is_some()).then_some(())?;
    Some(Head {
        line: *line,
        name: b"",
        form: Form::Bare,
        printed: None,
        bare: Some(open(line.content).is_some()),
        first: Some(first),
    })
}

/// Returns the pair in a line. Before it there is no text or, with a `lead`, a similar lead.
pub(super) fn pair_of<'a>(line: &'a [u8], lead: Option<&[u8]>) -> Option<Pair<'a>> {
    let plain = Line::plain(line);
    if open(plain.content).is_some()
        && let Some((key, tail)) = split(cell(&plain))
    {
        return Some((plain, key, tail));
    }
    let places = |quote| {
        marks(line, quote)
            .map(|(before, _)| before.len())
            .take(TRIES)
    };
    places(Quote::Single)
        .chain(places(Quote::Double))
        .find_map(|place| {
            let line = Line::cut(line, place);
            let led = match lead {
                Some(lead) => line.is_led_like(lead),
                // The start of a list may follow any text that is no word of a sentence.
                None => line.lead.is_empty() || line.indentation > 0,
            };
            let (key, tail) = split(cell(&line)).filter(|_| led)?;
            Some((line, key, tail))
        })
}

/// Returns the content of a line in a table's cell, without the quote that ends the cell.
fn cell<'a>(line: &Line<'a>) -> &'a [u8] {
    let in_cell = line.lead.ends_with(b"\"");
    let end = line.content.strip_suffix(b"\"").filter(|_| in_cell);
    end.map_or(line.content, trim_end)
}

pub(super) fn is_name(byte: u8) -> bool {
    byte.is_ascii_alphanumeric() || byte == b'_' || byte == b'-'
}

/// Reads a value without quotes: a number if the key has one, otherwise a string.
pub(super) fn bare_value<'a>(key: &[u8], value: &'a [u8]) -> Tail<'a> {
    use keys::WireType::{Int, Int64};
    let value = value
        .strip_suffix(b",")
        .or_else(|| value.strip_suffix(b";"))
        .unwrap_or(value);
    if let Some(text) = open(value).and_then(|(quote, inside)| close(inside, quote)) {
        return Tail::Str(text);
    }
    let info = keys::info(Text::new(key));
    let is_number = info.is_some_and(|info| matches!(info.encode, Int | Int64));
    match integer(value) {
        Some(number) if is_number || info.is_none() => Tail::Int(number),
        _ if value.is_empty() || (value.len() > 1 && value.iter().all(|byte| *byte == b'*')) => {
            Tail::Hidden
        }
        _ => Tail::Str(value),
    }
}
