//! The text forms in which servers and programs print attached data. No manual describes them; they
//! are derived from published traces.
//!
//! [`lists`] and [`Reader`] find lists in a log among any other text:
//!
//! - As T-Server and Outbound Contact Server trace them: a line with `Attribute`, a name, the length
//!   of the packed list in brackets and its first bytes; then the pairs, one to a line and indented
//!   further: the key in quotes, a string in quotes or a bare integer. `(list)` after a key opens a
//!   list, whose first pair may be on the same line.
//! - As the Platform SDK, Interaction Server and others print them: a line that ends in `KVList:` or
//!   names a list, such as `attr_user_data [list, size (unpacked)=120] =`; then pairs with their types,
//!   such as `'key' [str] = "value"`.
//! - Pairs without a line before them, if the first key is one of the manuals'.
//! - With the feature `serde`, in JSON: members called `userData`, `AttributeUserData`, `extensions`
//!   and the like, objects and arrays in the form of Workspace, and every object with a key of the
//!   manuals; in envelopes, arrays, strings that hold JSON, Python dicts, and in the middle of a line.
//!
//! A value ends at the last quote of its line, or of a later line if there is none. Each line may have
//! a prefix from a tool: the name of a file, a time, `> `. No-break spaces, typographic quotes and
//! empty lines between pairs are accepted. Where indentation is lost, the printed length decides which
//! pairs belong to a list.
//!
//! A malformed line costs its pair, and [`TraceList::lost`] reports it. Values that a filter has hidden
//! (`*`, `'****'`, `[output suppressed]`, nothing) are [`Value::Hidden`].
//!
//! [`write`](write()) writes the first of these forms. No sample shows it with binary values and Unicode
//! strings: they are written as `'key'(binary)` with bytes in hex and `'key'(unicode)` with a string,
//! so that every list has a text form.
//!
//! ```
//! use cti_codec::gsw::{keys, trace};
//!
//! let log = b"10:21:07 sent to desktop\n\
//!     \tAttributeUserData\t[34] 00 01 00 00..\n\
//!     \t\t'RTargetAgentGroup'\t'VAG_Skill1'\n\
//!     \tAttributeThisDN\t'3800'\n";
//! let list = trace::lists(log).next().ok_or("no list")??;
//! assert_eq!((list.line, list.attribute.to_string().as_str()), (2, "UserData"));
//! assert_eq!(trace::write("UserData", list.data.view())?.len(), 73);
//! # Ok::<(), Box<dyn std::error::Error>>(())
//! ```
mod heads;
mod line;
mod list;
mod pair;
mod reader;

use alloc::string::{String, ToString};
use alloc::vec::Vec;

use super::attached_data::{AttachedData, AttachedDataBuf, Limits, Pair, Value};
use super::error::{PackError, UnpackErrorKind};
use crate::text::Text;
use crate::text_buf::TextBuf;
use heads::is_name;
use line::Line;
use pair::{Tail, split};

pub use reader::Reader;

/// A list found in a log.
#[derive(Clone, PartialEq, Debug)]
#[non_exhaustive]
pub struct TraceList {
    /// The name of the attribute, without the prefix `Attribute`: `UserData`, `Reason`, …; empty if
    /// the log gives none.
    pub attribute: TextBuf,
    /// The line that the list starts on, counted from 1.
    pub line: usize,
    /// The printed form of the list.
    pub form: Form,
    /// The length of the packed list that the trace prints, where it does.
    pub printed_length: Option<usize>,
    /// The length of the pairs when packed, hidden values counted as empty.
    pub packed_length: usize,
    /// The number of hidden values. In the data they are [`Value::Hidden`].
    pub hidden: usize,
    /// The lines of the list that are no pairs, up to 16 of them.
    pub lost: Vec<TraceError>,
    /// The number of losses.
    pub losses: usize,
    /// The number of values that are text in the data because a list cannot hold them: fractions,
    /// booleans and arrays of JSON.
    pub converted: usize,
    /// The pairs.
    pub data: AttachedDataBuf,
}

impl TraceList {
    /// Returns how many bytes of the packed list the log does not show, hidden values included:
    /// 0 when all pairs are there. `None` where no length is printed, or one that is smaller than
    /// the pairs that are shown.
    #[must_use]
    pub fn missing(&self) -> Option<usize> {
        self.printed_length?.checked_sub(self.packed_length)
    }
}

/// A form in which logs print lists.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
#[non_exhaustive]
pub enum Form {
    /// `AttributeUserData [34] 00 01 00 00..` and pairs, as T-Server and Outbound Contact Server
    /// trace it.
    Server,
    /// `KVList:` or a similar line, and pairs with their types.
    Typed,
    /// Pairs alone.
    Bare,
    /// JSON, or a Python dict.
    Json,
}

/// A line of a list that cannot be read.
#[derive(Clone, Copy, PartialEq, Eq, Debug, thiserror::Error)]
#[error("line {line}, column {column}: {kind}")]
pub struct TraceError {
    /// The line, counted from 1.
    pub line: usize,
    /// The byte in the line, counted from 1.
    pub column: usize,
    /// The fault.
    pub kind: TraceErrorKind,
}

/// The fault in a line of a list.
#[derive(Clone, Copy, PartialEq, Eq, Debug, thiserror::Error)]
#[non_exhaustive]
pub enum TraceErrorKind {
    /// A line inside of a list that is not a pair.
    #[error("'key' and value expected")]
    NotAPair,
    /// A list nested deeper than [`Limits::max_depth`].
    #[error("{}", UnpackErrorKind::TooDeep)]
    TooDeep,
    /// A list longer than [`Limits::max_bytes`].
    #[error("{}", UnpackErrorKind::TooLarge { limit: *limit })]
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

/// Finds the lists in a log, among any other text, within the default [`Limits`].
pub fn lists(log: &[u8]) -> Lists<'_> {
    lists_with(log, Limits::default())
}

/// Finds the lists in a log within the limits given.
pub fn lists_with(log: &[u8], limits: Limits) -> Lists<'_> {
    Lists {
        rest: log,
        reader: Reader::with_limits(limits),
    }
}

/// The lists of a log. See [`lists`]. An item is an error only where a list is larger than the
/// limit.
#[derive(Clone, Debug)]
pub struct Lists<'a> {
    rest: &'a [u8],
    reader: Reader,
}

impl Iterator for Lists<'_> {
    type Item = Result<TraceList, TraceError>;

    fn next(&mut self) -> Option<Self::Item> {
        loop {
            if let Some(list) = self.reader.next_list() {
                return Some(list);
            }
            if self.rest.is_empty() {
                self.reader.finish();
                return self.reader.next_list();
            }
            let end = memchr::memchr(b'\n', self.rest).unwrap_or(self.rest.len());
            let (line, rest) = self.rest.split_at(end);
            self.rest = rest.get(1..).unwrap_or_default();
            self.reader.line(line);
        }
    }
}

/// Writes a list as a server would trace it, with a line end after each line.
///
/// # Errors
/// The list cannot be packed, so that it has no length, or something in it would read back as
/// another.
pub fn write(attribute: &str, data: AttachedData<'_>) -> Result<Vec<u8>, TraceWriteError> {
    if attribute.is_empty() || !attribute.bytes().all(is_name) {
        return Err(TraceWriteError::AttributeName);
    }
    let (length, head) = data.measure()?;
    let mut out = Vec::new();
    out.extend_from_slice(b"\tAttribute");
    out.extend_from_slice(attribute.as_bytes());
    out.extend_from_slice(b"\t[");
    out.extend_from_slice(length.to_string().as_bytes());
    out.push(b']');
    for byte in head.iter().take(length) {
        write_hex(*byte, &mut out);
    }
    out.extend_from_slice(if length > 4 { b"..\n" } else { b"\n" });
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

/// Writes a pair to the end of its line, with the further lines that its lists need. Packing has
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
        Value::Hidden => out.extend_from_slice(b"\t*"),
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
    // The reader decides whether this can be written.
    let line = out
        .get(start..)
        .unwrap_or_default()
        .split(|byte| *byte == b'\n')
        .next()
        .unwrap_or_default();
    let read = split(Line::plain(line).content);
    let same_key = |key: &[u8]| pair.key.as_bytes() == key;
    let same = read.is_some_and(|(key, tail)| {
        same_key(key)
            && match (tail, pair.value) {
                (Tail::Str(text), Value::Str(value))
                | (Tail::Unicode(text), Value::Unicode(value)) => value.as_bytes() == text,
                (Tail::Int(_), Value::Int(_))
                | (Tail::Binary(_), Value::Binary(_))
                | (Tail::List(_), Value::List(_))
                | (Tail::Hidden, Value::Hidden) => true,
                _ => false,
            }
    });
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
