//! Keys and values as programs print them, on one line each.
use alloc::vec::Vec;

use super::line::{Quote, close, marks, open, trim_end, trim_start};

/// The value after a key.
#[derive(Clone, PartialEq)]
pub(super) enum Tail<'a> {
    Str(&'a [u8]),
    Int(i64),
    Unicode(&'a [u8]),
    Binary(Vec<u8>),
    /// A list, with its first pair or empty.
    List(&'a [u8]),
    Hidden,
    /// A string that does not end on the line.
    Open(&'a [u8], Quote),
}

/// Words that programs print in place of a value: filters, and lists that cannot be shown.
const HIDDEN: [&[u8]; 8] = [
    b"[output suppressed]",
    b"[suppressed]",
    b"[hidden]",
    b"<hidden>",
    b"(hidden)",
    b"<suppressed>",
    b"null",
    b"<null>",
];

/// As many places in a line are tried for the end of a key: keys have few quotes in them.
const TRIES: usize = 32;

/// Splits a line that begins with a key in quotes. Keys may have quotes in them: the key ends at the
/// first quote after which the rest of the line makes sense.
pub(super) fn split(line: &[u8]) -> Option<(&[u8], Tail<'_>)> {
    let (quote, rest) = open(line)?;
    let ends = || marks(rest, quote).take(TRIES);
    let whole = ends().find_map(|(key, after)| Some((key, tail(after)?)));
    whole.or_else(|| ends().find_map(|(key, after)| Some((key, unfinished(after)?))))
}

/// Reads the value after a key and its quote, to the end of the line.
fn tail(after: &[u8]) -> Option<Tail<'_>> {
    let text = trim_start(after);
    let spaced = text.len() < after.len();
    if text.is_empty() {
        return Some(Tail::Hidden);
    }
    if is_hidden(text) {
        return Some(Tail::Hidden);
    }
    if let Some((name, rest)) = type_name(text) {
        return Type::named(name)?.value(rest);
    }
    match assigned(text) {
        Some(value) => untyped(trim_start(value)),
        None if spaced => untyped(text),
        None => None,
    }
}

/// Reads a string that begins after a key and does not end.
fn unfinished(after: &[u8]) -> Option<Tail<'_>> {
    let text = trim_start(after);
    let typed = type_name(text).filter(|(name, _)| Type::named(name) == Some(Type::Str));
    let rest = typed.map_or(text, |(_, rest)| trim_start(rest));
    let value = trim_start(assigned(rest).unwrap_or(rest));
    let spaced = value.len() < after.len();
    let (quote, text) = open(value).filter(|_| spaced)?;
    Some(Tail::Open(text, quote))
}

/// Returns the text after the sign between key and value.
fn assigned(text: &[u8]) -> Option<&[u8]> {
    let signs: [&[u8]; 4] = [b"=>", b"->", b"=", b":"];
    signs.iter().find_map(|sign| text.strip_prefix(*sign))
}

/// Reads a name in brackets, `[str]` or `(list)`, optionally followed by sizes, and returns it with
/// the text after it.
pub(super) fn type_name(text: &[u8]) -> Option<(&[u8], &[u8])> {
    let (closing, inside) = match text.split_first()? {
        (b'[', inside) => (b']', inside),
        (b'(', inside) => (b')', inside),
        _ => return None,
    };
    let end = inside.iter().take(64).position(|byte| *byte == closing)?;
    let (name, rest) = inside.split_at_checked(end)?;
    let name = name.split(|byte| *byte == b',').next().unwrap_or(name);
    let rest = rest.get(1..).unwrap_or_default();
    Some((name.trim_ascii(), rest))
}

#[derive(Clone, Copy, PartialEq, Eq)]
pub(super) enum Type {
    Str,
    Int,
    Unicode,
    Binary,
    List,
    /// A fraction or a truth value, which a list carries as text.
    Other,
}

impl Type {
    pub(super) fn named(name: &[u8]) -> Option<Self> {
        let names: [(&[&str], Type); 6] = [
            (&["str", "string", "ascii"], Type::Str),
            (
                &["int", "integer", "long", "int32", "int64", "short", "uint"],
                Type::Int,
            ),
            (
                &["unicode", "utf", "utfstr", "utf8", "wstr", "wstring"],
                Type::Unicode,
            ),
            (&["bin", "binary", "bstr", "bytes"], Type::Binary),
            (
                &["list", "lst", "kvlist", "tkvlist", "kvl", "kvcollection"],
                Type::List,
            ),
            (&["float", "double", "bool", "boolean"], Type::Other),
        ];
        names
            .iter()
            .find(|(names, _)| {
                names
                    .iter()
                    .any(|known| known.as_bytes().eq_ignore_ascii_case(name))
            })
            .map(|(_, kind)| *kind)
    }

    /// Reads a value of this type.
    fn value(self, text: &[u8]) -> Option<Tail<'_>> {
        let trimmed = trim_start(text);
        let text = trim_start(assigned(trimmed).unwrap_or(trimmed));
        if self == Type::List {
            return list(text);
        }
        // A type implies a value: without text it is empty, except in text forms in which a type
        // has brackets of its own and no text means a value that is not shown.
        if is_hidden(text) {
            return Some(Tail::Hidden);
        }
        let plain = open(text).and_then(|(quote, inside)| close(inside, quote));
        match self {
            Type::Int => match integer(plain.unwrap_or(text)) {
                Some(number) => Some(Tail::Int(number)),
                None => text.is_empty().then_some(Tail::Hidden),
            },
            Type::Binary => bytes(plain.unwrap_or(text)).map(Tail::Binary),
            Type::Unicode => quoted(text).map(Tail::Unicode),
            Type::Str if text.is_empty() => Some(Tail::Hidden),
            Type::Str => match open(text) {
                Some(_) => quoted(text).map(string),
                None => Some(string(text)),
            },
            Type::Other => Some(Tail::Str(plain.unwrap_or(text))),
            Type::List => None,
        }
    }
}

/// Reads the head of a list: nothing, a word for one, or its first pair.
fn list(text: &[u8]) -> Option<Tail<'_>> {
    let words: [&[u8]; 4] = [b"KVList:", b"TKVList:", b"KVList", b"TKVList"];
    let named = words.iter().find_map(|word| text.strip_prefix(*word));
    let first = trim_start(named.unwrap_or(text));
    (first.is_empty() || open(first).is_some()).then_some(Tail::List(first))
}

fn untyped(text: &[u8]) -> Option<Tail<'_>> {
    if is_hidden(text) || text.is_empty() {
        return Some(Tail::Hidden);
    }
    if let Some(text) = quoted(text) {
        return Some(string(text));
    }
    if let Some(number) = integer(text) {
        return Some(Tail::Int(number));
    }
    let is_list = text.starts_with(b"KVList") || text.starts_with(b"TKVList");
    if is_list { list(text) } else { None }
}

/// Reads a string; one that a filter has replaced by stars is hidden.
fn string(text: &[u8]) -> Tail<'_> {
    if text.len() > 1 && text.iter().all(|byte| *byte == b'*') {
        Tail::Hidden
    } else {
        Tail::Str(text)
    }
}

fn is_hidden(text: &[u8]) -> bool {
    let stars = !text.is_empty() && text.iter().all(|byte| *byte == b'*');
    stars || HIDDEN.iter().any(|word| text.eq_ignore_ascii_case(word))
}

fn quoted(text: &[u8]) -> Option<&[u8]> {
    let (quote, inside) = open(text)?;
    close(inside, quote)
}

pub(super) fn integer(text: &[u8]) -> Option<i64> {
    let digits = text.strip_prefix(b"+").unwrap_or(text);
    let unsigned = digits.strip_prefix(b"-").unwrap_or(digits);
    let plain = digits.len() == text.len() || unsigned.len() == digits.len();
    let decimal = !unsigned.is_empty() && unsigned.iter().all(u8::is_ascii_digit) && plain;
    if decimal {
        core::str::from_utf8(digits).ok()?.parse().ok()
    } else {
        None
    }
}

/// Bytes in hex, with or without blanks between them.
fn bytes(text: &[u8]) -> Option<Vec<u8>> {
    let mut bytes = Vec::new();
    let mut rest = text.strip_prefix(b"0x").unwrap_or(text);
    loop {
        rest = trim_start(rest);
        let Some((&[high, low], after)) = rest.split_first_chunk::<2>() else {
            return rest.is_empty().then_some(bytes);
        };
        let digit = |digit: u8| char::from(digit).to_digit(16);
        let byte = (digit(high)? << 4) | digit(low)?;
        bytes.push(u8::try_from(byte).ok()?);
        rest = after;
    }
}

/// Splits `GSW_PHONE = 5551212`: a key without quotes, a sign and the rest.
pub(super) fn split_bare(line: &[u8]) -> Option<(&[u8], &[u8])> {
    let is_key = |byte: &u8| byte.is_ascii_alphanumeric() || b"_.-".contains(byte);
    let end = line.iter().position(|byte| !is_key(byte))?;
    let (key, after_key) = line.split_at_checked(end)?;
    let text = trim_start(after_key);
    let typed = type_name(text).filter(|(name, _)| Type::named(name).is_some());
    let rest = typed.map_or(text, |(_, rest)| trim_start(rest));
    let tab = || after_key.starts_with(b"\t").then_some(text);
    let value = assigned(rest).or_else(tab)?;
    let starts_well = key.first().is_some_and(u8::is_ascii_alphabetic);
    starts_well.then_some((key, trim_end(trim_start(value))))
}
