//! Frames in text: hex dumps, and the rows of a server's low-level trace.
//!
//! Frames seldom reach you as bytes. They come as output of `xxd` or `hexdump`, as a column pasted
//! from Wireshark, or as the `MHDR:` and `MDATA:` rows of a Unified CCX log. [`HexReader`] and
//! [`TraceReader`] read such text line by line and do no input or output themselves; [`HexDump`]
//! and [`TraceRows`] write it; [`detect`] recognizes the form. [`TextReader`] reads the messages
//! that a high-level trace prints with names and values, [`ArrayReader`] byte arrays in programs.
//!
//! ```
//! use cti_codec::ccx::dump::read_hex;
//! use cti_codec::ccx::{Frame, MessageType};
//!
//! let bytes = read_hex(b"0000: 0000 0004 0000 0005 0000 0007  ............").unwrap();
//! let frame = Frame::new(bytes.as_slice()).unwrap();
//! assert_eq!(frame.message_type(), MessageType::HEARTBEAT_REQ);
//! ```

mod array;
mod hex;
mod log;
mod text;
mod trace;

use core::fmt;

use nom::IResult;
use nom::Parser as _;
use nom::bytes::complete::{take, take_while1};
use nom::combinator::{map_opt, verify};

pub use array::{Array, ArrayReader};
pub use hex::{HexDump, HexError, HexErrorKind, HexLine, HexReader, read_hex};
pub use log::{Direction, Log};
pub use text::{Left, LeftWhy, TextError, TextErrorKind, TextFields, TextMessage, TextReader};
pub use trace::{TraceError, TraceErrorKind, TraceReader, TraceRows, TracedFrame};

/// A form in which frames are kept.
#[derive(Clone, Copy, PartialEq, Eq, Hash, Debug)]
pub enum Form {
    /// The bytes themselves.
    Binary,
    /// Hex digits, plain or as a dump.
    Hex,
    /// A log with rows of a low-level trace in it.
    Trace,
}

/// Detects the form of an input from its beginning; `None` if it is other text, or empty.
///
/// Input that begins with a header of 8 bytes is binary, regardless of the texts in its frames. A
/// text with an `MHDR:` row is a trace. A stream of frames has a NUL near its beginning; other text
/// is hex if most of its lines can be read as such. A few kilobytes are enough; of a log, include
/// its first row.
///
/// ```
/// use cti_codec::ccx::dump::{Form, detect};
///
/// assert_eq!(detect(&[0, 0, 0, 4, 0, 0, 0, 5]), Some(Form::Binary));
/// assert_eq!(detect(b"0x00, 0x00, 0x00, 0x04"), Some(Form::Hex));
/// assert_eq!(detect(b"MHDR:    0000: 00 00 00 36 00 00 00 17 ...6....\n"), Some(Form::Trace));
/// assert_eq!(detect(b"Dear all"), None);
/// ```
#[must_use]
pub fn detect(head: &[u8]) -> Option<Form> {
    // No text begins like a frame, regardless of its content: a length within the limit has two
    // bytes of 0.
    if let Some([0, 0, high, _, 0, 0, kind @ ..]) = head.first_chunk::<8>()
        && *high <= 0x40
        && *kind != [0, 0]
    {
        return Some(Form::Binary);
    }
    // Then, as a log may have a hole of NULs where it was cut while it was written to.
    if head.split(|byte| *byte == b'\n').any(trace::is_header) {
        return Some(Form::Trace);
    }
    if head.contains(&0) {
        return Some(Form::Binary);
    }
    let (lines, rest) = match head.iter().rposition(|byte| *byte == b'\n') {
        Some(end) => head.split_at(end),
        None => (&[][..], head),
    };
    let mut reader = HexReader::new();
    let mut good = 0_usize;
    let mut bad = 0_usize;
    let mut count = |line: &[u8], cut: bool| {
        let mut bytes = bytes::BytesMut::new();
        let tally = match reader.line(line, &mut bytes) {
            Ok(HexLine::Empty) => return,
            Ok(_) => &mut good,
            // The head may end between two digits. Words are hex, too, if of no use.
            Err(error) if cut && error.kind == HexErrorKind::OddDigits => &mut good,
            Err(error) if error.kind == HexErrorKind::Words => &mut good,
            Err(_) => &mut bad,
        };
        *tally = tally.saturating_add(1);
    };
    lines
        .split(|byte| *byte == b'\n')
        .for_each(|line| count(line, false));
    count(rest.strip_prefix(b"\n").unwrap_or(rest), true);
    if good > bad {
        return Some(Form::Hex);
    }
    // Text contains no other control characters than these.
    head.iter()
        .any(|byte| byte.is_ascii_control() && !matches!(byte, b'\t'..=b'\r' | 0x1b))
        .then_some(Form::Binary)
}

/// Returns the text after a logger's prefix that resembles that of another line: the same, except
/// for numbers and the `:` and `-` that grep puts between them.
///
/// ```
/// use cti_codec::ccx::dump::without_prefix;
///
/// assert_eq!(without_prefix(b"a.log-13-0010: 00", b"a.log:9:"), Some(&b"0010: 00"[..]));
/// assert_eq!(without_prefix(b"b.log-13-0010: 00", b"a.log:9:"), None);
/// ```
#[must_use]
pub fn without_prefix<'a>(line: &'a [u8], like: &[u8]) -> Option<&'a [u8]> {
    let digits = |text: &[u8]| text.iter().take_while(|byte| byte.is_ascii_digit()).count();
    let mut rest = line;
    let mut like = like;
    loop {
        let (ours, theirs) = (digits(rest), digits(like));
        if ours > 0 && theirs > 0 {
            rest = rest.get(ours..)?;
            like = like.get(theirs..)?;
            continue;
        }
        match (like, rest) {
            ([], _) => return Some(rest),
            ([a, like_tail @ ..], [b, tail @ ..])
                if a == b || matches!((a, b), (b':' | b'-', b':' | b'-')) =>
            {
                like = like_tail;
                rest = tail;
            }
            _ => return None,
        }
    }
}

/// Removes the line ending.
fn trim_end(line: &[u8]) -> &[u8] {
    line.trim_ascii_end()
}

fn is_blank(byte: u8) -> bool {
    matches!(byte, b' ' | b'\t')
}

/// Passes over blanks.
fn skip_blanks(text: &[u8]) -> &[u8] {
    let blanks = text.iter().take_while(|byte| is_blank(**byte)).count();
    text.get(blanks..).unwrap_or_default()
}

/// Parses a run of hex digits.
fn digits(text: &[u8]) -> IResult<&[u8], &[u8]> {
    take_while1(|byte: u8| byte.is_ascii_hexdigit()).parse(text)
}

/// Parses two hex digits.
fn pair(text: &[u8]) -> IResult<&[u8], u8> {
    map_opt(
        verify(take(2_usize), |pair: &[u8]| {
            pair.iter().all(u8::is_ascii_hexdigit)
        }),
        |pair| number(pair, 16).and_then(|value| value.try_into().ok()),
    )
    .parse(text)
}

/// Returns the value of digits; `None` if it is too large, or if they do not fit the radix.
fn number(digits: &[u8], radix: u32) -> Option<u64> {
    u64::from_str_radix(core::str::from_utf8(digits).ok()?, radix).ok()
}

/// Shows bytes like a text column: a dot for those that are not printable.
struct Printable<'a>(&'a [u8]);

impl fmt::Display for Printable<'_> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        self.0.iter().try_for_each(|byte| {
            let shown = if is_printable(*byte) { *byte } else { b'.' };
            fmt::Write::write_char(f, char::from(shown))
        })
    }
}

fn is_printable(byte: u8) -> bool {
    matches!(byte, b' '..=b'~')
}
