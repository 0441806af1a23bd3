//! The text form in which servers trace attached data. No manual describes it; this is read off
//! published traces.
//!
//! A list starts with `Attribute`, a name, the length of the packed list in brackets and its first
//! bytes. Its pairs follow, one to a line and deeper indented: the key in quotes, then a string in
//! quotes or a bare integer. `(list)` after a key opens a list, whose first pair may stand on the
//! same line. A value ends at the last quote of its line. A trace may show `*` for a value, or
//! nothing.
//!
//! For binary values and Unicode strings no sample is known. They are written here as
//! `'key'(binary)` with bytes in hex and `'key'(unicode)` with a string, so that every list has a
//! text form.
//!
//! ```
//! use cti_codec::gsw::{keys, trace};
//!
//! let log = b"10:21:07 sent to desktop\n\
//!     \tAttributeUserData\t[34] 00 01 00 00..\n\
//!     \t\t'RTargetAgentGroup'\t'VAG_Skill1'\n\
//!     \tAttributeThisDN\t'3800'\n";
//! let list = trace::lists(log).next().ok_or("no list")??;
//! assert_eq!((list.line, list.attribute.to_str()?), (2, "UserData"));
//! assert_eq!(trace::write("UserData", list.data.view())?.len(), 73);
//! # Ok::<(), Box<dyn std::error::Error>>(())
//! ```
use alloc::string::{String, ToString};
use alloc::vec::Vec;

use nom::branch::alt;
use nom::bytes::complete::{tag, take_while_m_n, take_while1};
use nom::character::complete::{digit1, space0, space1};
use nom::combinator::{all_consuming, map, map_opt, opt, recognize, rest, verify};
use nom::multi::many0;
use nom::sequence::{delimited, preceded, terminated};
use nom::{IResult, Parser};

use super::attached_data::{AttachedData, AttachedDataBuf, Limits, Pair, Value, ValueBuf};
use super::error::PackError;
use crate::text::Text;

/// A list found in a trace.
#[derive(Clone, PartialEq, Debug)]
pub struct TraceList<'a> {
    /// The name of the attribute, without `Attribute` in front: `UserData`, `Reason`, …
    pub attribute: Text<'a>,
    /// The line that the list starts on, counted from 1.
    pub line: usize,
    /// The length of the packed list that the trace prints. What it hides shows as a difference
    /// from the length of [`data`](Self::data) when packed.
    pub printed_length: usize,
    /// How many values the trace hides. They stand in the data as the string `*`, or an empty one.
    pub hidden: usize,
    /// The pairs.
    pub data: AttachedDataBuf,
}

/// A list in a trace that cannot be read.
#[derive(Clone, Copy, PartialEq, Eq, Debug, thiserror::Error)]
#[error("line {line}, column {column}: {kind}")]
pub struct TraceError {
    /// The line, counted from 1.
    pub line: usize,
    /// The byte in the line, counted from 1.
    pub column: usize,
    /// What is wrong there.
    pub kind: TraceErrorKind,
}

/// What is wrong with a list in a trace.
#[derive(Clone, Copy, PartialEq, Eq, Debug, thiserror::Error)]
#[non_exhaustive]
pub enum TraceErrorKind {
    /// A line inside of a list that is not a pair.
    #[error("'key' and value expected")]
    NotAPair,
    /// A list nested deeper than [`Limits::max_depth`].
    #[error("list nested deeper than the limit")]
    TooDeep,
    /// A list longer than [`Limits::max_bytes`].
    #[error("list larger than the limit of {limit} bytes")]
    TooLarge {
        /// The limit.
        limit: usize,
    },
}

/// A list that has no text form.
#[derive(Clone, PartialEq, Eq, Debug, thiserror::Error)]
#[non_exhaustive]
pub enum TraceWriteError {
    /// A list without a length, because it cannot be packed.
    #[error(transparent)]
    Pack(#[from] PackError),
    /// A key or value that would read back as another: with a line break, or quotes in the wrong
    /// place.
    #[error("{}: cannot be told apart in a trace", Text::from(key))]
    Ambiguous {
        /// The key.
        key: String,
    },
    /// A name of an attribute that is not made of letters, digits, `_` and `-`.
    #[error("not the name of an attribute")]
    AttributeName,
}

/// Finds the lists in a log, whatever else stands in it, within the default [`Limits`].
///
/// A list that cannot be read gives an error; the search goes on after it.
pub fn lists(log: &[u8]) -> Lists<'_> {
    lists_with(log, Limits::default())
}

/// Finds the lists in a log within the limits given.
pub fn lists_with(log: &[u8], limits: Limits) -> Lists<'_> {
    Lists {
        rest: log,
        line: 0,
        limits,
    }
}

/// The lists of a log. See [`lists`].
#[derive(Clone, Debug)]
pub struct Lists<'a> {
    rest: &'a [u8],
    /// The number of the line last taken.
    line: usize,
    limits: Limits,
}

/// A line without its end, and its indentation in columns.
#[derive(Clone, Copy)]
struct Line<'a> {
    content: &'a [u8],
    indentation: usize,
    /// Bytes before the content.
    margin: usize,
}

impl<'a> Line<'a> {
    fn new(line: &'a [u8]) -> Self {
        let content = line.trim_ascii_start();
        let margin = line.len().saturating_sub(content.len());
        let blanks = line.iter().take(margin);
        // A tab leads to the next column that is a multiple of eight.
        let indentation = blanks.fold(0, |column: usize, byte| {
            if *byte == b'\t' {
                (column | 7).saturating_add(1)
            } else {
                column.saturating_add(1)
            }
        });
        Line {
            content: content.trim_ascii_end(),
            indentation,
            margin,
        }
    }

    fn not_a_pair(&self, line: usize) -> TraceError {
        // A key that closes makes its value the culprit.
        let key = self
            .content
            .strip_prefix(b"'")
            .and_then(|key| key.iter().position(|byte| *byte == b'\''));
        let column = self
            .margin
            .saturating_add(key.map_or(1, |end| end.saturating_add(3)));
        TraceError {
            line,
            column,
            kind: TraceErrorKind::NotAPair,
        }
    }
}

impl<'a> Lists<'a> {
    /// What has not been looked at: what follows the last list, from the line that ended it.
    #[must_use]
    pub const fn remainder(&self) -> &'a [u8] {
        self.rest
    }

    fn peek(&self) -> Option<Line<'a>> {
        if self.rest.is_empty() {
            None
        } else {
            self.rest.split(|byte| *byte == b'\n').next().map(Line::new)
        }
    }

    fn take(&mut self) {
        let end = self
            .rest
            .iter()
            .position(|byte| *byte == b'\n')
            .map_or(self.rest.len(), |end| end.saturating_add(1));
        self.rest = self.rest.get(end..).unwrap_or_default();
        self.line = self.line.saturating_add(1);
    }

    fn read(
        &mut self,
        header: &Line<'a>,
        attribute: Text<'a>,
        printed_length: usize,
    ) -> Result<TraceList<'a>, TraceError> {
        let start = self.line;
        let mut lists = OpenLists {
            open: Vec::new(),
            root: AttachedDataBuf::new(),
            hidden: 0,
            packed: 2,
        };
        // The first pair tells how far lists are indented, or that indentation is lost.
        let step = self.peek().map_or(0, |first| {
            first.indentation.saturating_sub(header.indentation)
        });
        let mut bytes = 0_usize;
        while let Some(line) = self.peek() {
            if line.content.is_empty() {
                break;
            }
            let deeper = line.indentation.saturating_sub(header.indentation);
            let ends = match step {
                0 => lists.packed >= printed_length || split_pair(line.content).is_none(),
                _ => deeper == 0,
            };
            if ends {
                break;
            }
            self.take();
            bytes = bytes.saturating_add(line.content.len());
            let error = |kind| TraceError {
                line: self.line,
                column: line.margin.saturating_add(1),
                kind,
            };
            if bytes > self.limits.max_bytes {
                return Err(error(TraceErrorKind::TooLarge {
                    limit: self.limits.max_bytes,
                }));
            }
            if let Some(level) = deeper.checked_div(step) {
                lists.close_to(level.saturating_sub(1));
            }
            match lists.line(line.content, self.limits.depth()) {
                Ok(()) => {}
                Err(TraceErrorKind::NotAPair) => return Err(line.not_a_pair(self.line)),
                Err(kind) => return Err(error(kind)),
            }
        }
        lists.close_to(0);
        Ok(TraceList {
            attribute,
            line: start,
            printed_length,
            hidden: lists.hidden,
            data: lists.root,
        })
    }
}

impl<'a> Iterator for Lists<'a> {
    type Item = Result<TraceList<'a>, TraceError>;

    fn next(&mut self) -> Option<Self::Item> {
        loop {
            let line = self.peek()?;
            self.take();
            if let Ok((_, (attribute, length))) = header(line.content) {
                return Some(self.read(&line, Text::new(attribute), length));
            }
        }
    }
}

/// The lists being read, from the outermost to the innermost.
struct OpenLists {
    root: AttachedDataBuf,
    open: Vec<(Vec<u8>, AttachedDataBuf)>,
    hidden: usize,
    /// The length of what was read, when packed.
    packed: usize,
}

impl OpenLists {
    /// Closes nested lists until this many are open.
    fn close_to(&mut self, open: usize) {
        while self.open.len() > open {
            if let Some((key, list)) = self.open.pop() {
                self.innermost().push(key, list);
            }
        }
    }

    fn innermost(&mut self) -> &mut AttachedDataBuf {
        match self.open.last_mut() {
            Some((_, list)) => list,
            None => &mut self.root,
        }
    }

    /// Takes in a line: a pair, or a list and maybe its first pair, which may be a list and so on.
    fn line(&mut self, mut line: &[u8], depth: usize) -> Result<(), TraceErrorKind> {
        loop {
            let (key, tail) = split_pair(line).ok_or(TraceErrorKind::NotAPair)?;
            let (value, length) = match tail {
                Tail::List(first) => {
                    if self.open.len() >= depth {
                        return Err(TraceErrorKind::TooDeep);
                    }
                    self.count(key, 6);
                    self.open.push((key.to_vec(), AttachedDataBuf::new()));
                    if first.is_empty() {
                        return Ok(());
                    }
                    line = first;
                    continue;
                }
                Tail::Hidden(shown) => {
                    self.hidden = self.hidden.saturating_add(1);
                    (ValueBuf::Str(shown.to_vec()), shown.len())
                }
                Tail::Str(text) => (ValueBuf::Str(text.to_vec()), text.len()),
                Tail::Unicode(text) => (ValueBuf::Unicode(text.to_vec()), text.len()),
                Tail::Int(number) => (ValueBuf::Int(number), 4),
                Tail::Binary(bytes) => {
                    let length = bytes.len();
                    (ValueBuf::Binary(bytes), length)
                }
            };
            self.count(key, length.saturating_add(2));
            self.innermost().push(key, value);
            return Ok(());
        }
    }

    /// Counts type, key and the rest of a pair.
    fn count(&mut self, key: &[u8], rest: usize) {
        self.packed = self
            .packed
            .saturating_add(3)
            .saturating_add(key.len())
            .saturating_add(rest);
    }
}

/// What stands after a key.
#[derive(Clone, PartialEq)]
enum Tail<'a> {
    Str(&'a [u8]),
    Int(i64),
    Unicode(&'a [u8]),
    Binary(Vec<u8>),
    /// A list, with its first pair or nothing.
    List(&'a [u8]),
    Hidden(&'a [u8]),
}

/// `AttributeUserData [34] 00 01 00 00..`: the name and the length.
fn header(line: &[u8]) -> IResult<&[u8], (&[u8], usize)> {
    let length = map_opt(digit1, |digits| {
        core::str::from_utf8(digits).ok()?.parse().ok()
    });
    let preview = many0(preceded(space0, alt((tag(".."), hex_digits))));
    all_consuming((
        preceded(tag("Attribute"), take_while1(is_name)),
        terminated(
            preceded(space1, delimited(tag("["), length, tag("]"))),
            (preview, space0),
        ),
    ))
    .parse(line)
}

fn is_name(byte: u8) -> bool {
    byte.is_ascii_alphanumeric() || byte == b'_' || byte == b'-'
}

/// Two hexadecimal digits.
fn hex_digits(input: &[u8]) -> IResult<&[u8], &[u8]> {
    take_while_m_n(2, 2, |byte: u8| byte.is_ascii_hexdigit()).parse(input)
}

/// The key and what follows it. Keys may have quotes in them: the key ends at the first quote after
/// which the rest of the line makes sense.
fn split_pair(line: &[u8]) -> Option<(&[u8], Tail<'_>)> {
    let quoted = line.strip_prefix(b"'")?;
    let ends = quoted
        .iter()
        .enumerate()
        .filter(|(_, byte)| **byte == b'\'')
        .map(|(end, _)| end);
    let split = |end: usize| {
        let (key, after) = quoted.split_at_checked(end)?;
        let (_, tail) = all_consuming(tail).parse(after.strip_prefix(b"'")?).ok()?;
        Some((key, tail))
    };
    ends.into_iter().find_map(split)
}

fn tail(input: &[u8]) -> IResult<&[u8], Tail<'_>> {
    let first_pair = verify(rest, |pair: &[u8]| {
        pair.is_empty() || pair.starts_with(b"'")
    });
    let bytes = many0(preceded(
        space0,
        map_opt(hex_digits, |digits| {
            u8::from_str_radix(core::str::from_utf8(digits).ok()?, 16).ok()
        }),
    ));
    alt((
        map(preceded(space1, quoted), Tail::Str),
        map(delimited(space1, integer, space0), Tail::Int),
        preceded((tag("(list)"), space0), map(first_pair, Tail::List)),
        map(preceded((tag("(unicode)"), space1), quoted), Tail::Unicode),
        map(delimited(tag("(binary)"), bytes, space0), Tail::Binary),
        map(
            delimited(space0, recognize(opt(tag("*"))), space0),
            Tail::Hidden,
        ),
    ))
    .parse(input)
}

fn quoted(input: &[u8]) -> IResult<&[u8], &[u8]> {
    let inside = map_opt(rest, |text: &[u8]| text.trim_ascii_end().strip_suffix(b"'"));
    preceded(tag("'"), inside).parse(input)
}

fn integer(input: &[u8]) -> IResult<&[u8], i64> {
    let digits = recognize((opt(alt((tag("-"), tag("+")))), digit1));
    map_opt(digits, |digits| {
        core::str::from_utf8(digits).ok()?.parse().ok()
    })
    .parse(input)
}

/// Writes a list as a server would trace it, with a line end after each line.
///
/// # Errors
/// When the list cannot be packed, so that it has no length, or when something in it would read
/// back as another.
pub fn write(attribute: &str, data: AttachedData<'_>) -> Result<Vec<u8>, TraceWriteError> {
    if attribute.is_empty() || !attribute.bytes().all(is_name) {
        return Err(TraceWriteError::AttributeName);
    }
    let packed = data.pack()?;
    let mut out = Vec::new();
    out.extend_from_slice(b"\tAttribute");
    out.extend_from_slice(attribute.as_bytes());
    out.extend_from_slice(b"\t[");
    out.extend_from_slice(packed.len().to_string().as_bytes());
    out.push(b']');
    for byte in packed.iter().take(4) {
        write_hex(*byte, &mut out);
    }
    out.extend_from_slice(if packed.len() > 4 { b"..\n" } else { b"\n" });
    for pair in data {
        write_indented(&pair, 2, &mut out)?;
    }
    Ok(out)
}

fn write_hex(byte: u8, out: &mut Vec<u8>) {
    out.push(b' ');
    out.extend_from_slice(&crate::hex::digits(byte));
}

fn write_indented(
    pair: &Pair<'_>,
    indentation: usize,
    out: &mut Vec<u8>,
) -> Result<(), TraceWriteError> {
    out.resize(out.len().saturating_add(indentation), b'\t');
    write_pair(pair, indentation, out)
}

/// Writes a pair to the end of its line, and what its lists need of further lines. Packing has
/// bounded the depth.
fn write_pair(
    pair: &Pair<'_>,
    indentation: usize,
    out: &mut Vec<u8>,
) -> Result<(), TraceWriteError> {
    let start = out.len();
    out.push(b'\'');
    out.extend_from_slice(pair.key.as_bytes());
    out.push(b'\'');
    match pair.value {
        Value::Str(text) => write_quoted(b"\t", text, out),
        Value::Unicode(text) => write_quoted(b"(unicode)\t", text, out),
        Value::Int(number) => {
            out.push(b'\t');
            out.extend_from_slice(number.to_string().as_bytes());
        }
        Value::Binary(bytes) => {
            out.extend_from_slice(b"(binary)");
            for byte in bytes {
                write_hex(*byte, out);
            }
        }
        Value::List(list) => {
            out.extend_from_slice(b"(list) ");
            let inner = indentation.saturating_add(1);
            let mut pairs = list.iter();
            match pairs.next() {
                Some(first) => write_pair(&first, inner, out)?,
                None => out.push(b'\n'),
            }
            for pair in pairs {
                write_indented(&pair, inner, out)?;
            }
        }
    }
    if !matches!(pair.value, Value::List(_)) {
        out.push(b'\n');
    }
    // Reading is the judge of what can be written.
    let line = out
        .get(start..)
        .unwrap_or_default()
        .split(|byte| *byte == b'\n')
        .next()
        .unwrap_or_default();
    let same = match (split_pair(Line::new(line).content), pair.value) {
        (Some((key, Tail::Str(text))), Value::Str(value)) => {
            pair.key.as_bytes() == key && value.as_bytes() == text
        }
        (Some((key, Tail::Unicode(text))), Value::Unicode(value)) => {
            pair.key.as_bytes() == key && value.as_bytes() == text
        }
        (Some((key, Tail::Int(_))), Value::Int(_)) => pair.key.as_bytes() == key,
        (Some((key, Tail::Binary(_))), Value::Binary(_)) => pair.key.as_bytes() == key,
        (Some((key, Tail::List(_))), Value::List(_)) => pair.key.as_bytes() == key,
        _ => false,
    };
    if same {
        Ok(())
    } else {
        Err(TraceWriteError::Ambiguous {
            key: pair.key.to_string_lossy().into_owned(),
        })
    }
}

fn write_quoted(before: &[u8], text: Text<'_>, out: &mut Vec<u8>) {
    out.extend_from_slice(before);
    out.push(b'\'');
    out.extend_from_slice(text.as_bytes());
    out.push(b'\'');
}
