//! The rows that a low-level trace of Unified CCX has for each message (guide, chapter 11).

use alloc::collections::VecDeque;
use core::fmt;

use bytes::BytesMut;
use nom::bytes::complete::{tag, take_while_m_n};
use nom::character::complete::space0;
use nom::combinator::map_opt;
use nom::sequence::{preceded, terminated};
use nom::{IResult, Parser as _};
use thiserror::Error;

use super::log::{Context, Log};
use super::{Printable, is_blank, number, pair, skip_blanks, trim_end};
use crate::ccx::{Frame, FrameDecoder, FrameError, MessageType};

/// The most bytes that a row shows.
const ROW: usize = 16;
/// The size of a header.
const HEADER_SIZE: usize = 8;
/// The label of a header's row.
const HEADER_LABEL: &[u8] = b"MHDR:";
/// The label of the first row of a body.
const DATA_LABEL: &[u8] = b"MDATA:";

/// Finds the frames that a log shows in `MHDR:` and `MDATA:` rows, among any other lines.
///
/// ```text
/// 7091948: Nov 20 10:43:59.435 EDT %MIVR-ICD_CTI-7-UNK:writing...
/// MHDR:    0000: 00 00 00 06 00 00 00 17 ........
/// MDATA:   0000: 00 00 00 00 00 00 ......
/// ```
///
/// A row may have anything before it, such as the time that a logger prefixes. The text column does
/// not matter, as `BodyLength` tells how many bytes there are. Frames of which bytes were lost are
/// errors, and the log goes on with the next `MHDR:` row.
///
/// ```
/// use cti_codec::ccx::dump::TraceReader;
///
/// let mut reader = TraceReader::new();
/// reader.line(b"MHDR:    0000: 00 00 00 04 00 00 00 05 ........");
/// reader.line(b"MDATA:   0000: 00 00 00 07 ....");
/// let traced = reader.next_frame().unwrap().unwrap();
/// assert_eq!((traced.line, traced.frame.invoke_id()), (1, Some(7)));
/// ```
#[derive(Clone, Debug)]
pub struct TraceReader {
    /// The lines taken in.
    line: usize,
    max_body: u32,
    state: State,
    /// The lines before a frame.
    context: Context,
    /// At most two: the rest of the previous line, and the result of this line.
    done: VecDeque<Result<TracedFrame, TraceError>>,
}

/// A frame of a trace.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct TracedFrame {
    /// The line of its `MHDR:` row, counted from 1.
    pub line: usize,
    /// The text before the rows, on their line or the one above it, if that has a time.
    pub log: Option<Log>,
    /// The frame.
    pub frame: Frame,
}

/// A frame of a trace that is not whole.
#[derive(Clone, Copy, PartialEq, Eq, Debug, Error)]
#[error("line {line}: {kind}")]
pub struct TraceError {
    /// The line of its first row, counted from 1.
    pub line: usize,
    /// The fault.
    pub kind: TraceErrorKind,
}

/// The fault in a frame of a trace.
#[derive(Clone, Copy, PartialEq, Eq, Debug, Error)]
pub enum TraceErrorKind {
    /// The `MHDR:` row does not show a whole header.
    #[error("the MHDR row has {left} of 8 bytes")]
    Header {
        /// The bytes that it shows.
        left: usize,
    },
    /// There is a body and no header before it.
    #[error("an MDATA row without an MHDR row")]
    NoHeader,
    /// A body is over the limit.
    #[error(transparent)]
    TooLong(FrameError),
    /// Rows are missing at the end.
    #[error("{message} shows {left} of the {needed} bytes of its body")]
    Incomplete {
        /// The type that the header names.
        message: MessageType,
        /// `BodyLength`.
        needed: usize,
        /// The bytes that the rows show.
        left: usize,
    },
    /// Bytes are missing, or too many, before a row.
    #[error(
        "{message} shows {left} of the {needed} bytes of its body: \
         the row on line {row} is at {found:04x}, not at {expected:04x}"
    )]
    Lost {
        /// The type that the header names.
        message: MessageType,
        /// `BodyLength`.
        needed: usize,
        /// The bytes that the rows show.
        left: usize,
        /// The line of the first row that does not follow.
        row: usize,
        /// The offset that the row should have.
        expected: usize,
        /// The offset that it has.
        found: usize,
    },
    /// There are rows after the end of a body.
    #[error("a row beyond the end of the body")]
    Surplus,
}

#[derive(Clone, Debug)]
enum State {
    /// No frame has begun.
    Idle,
    /// A frame waits for rows of its body.
    Open(Open),
    /// A frame is whole. The next offset would be one too many.
    Closed { next: usize },
    /// A frame has been given up. Its rows are passed over.
    Broken,
}

#[derive(Clone, Debug)]
struct Open {
    /// The line of the header.
    line: usize,
    log: Option<Log>,
    message: MessageType,
    /// Header and body, as far as rows have shown them.
    bytes: BytesMut,
    /// `BodyLength`.
    needed: usize,
    /// The offset that the next row has.
    next: usize,
    /// The first row that does not follow: its line, the offset it should have and the one it has.
    lost: Option<(usize, usize, usize)>,
}

impl Default for TraceReader {
    fn default() -> Self {
        Self::new()
    }
}

impl TraceReader {
    /// Creates a reader with the limit of [`FrameDecoder::new`] for a body.
    #[must_use]
    pub const fn new() -> Self {
        Self::with_max_body(FrameDecoder::DEFAULT_MAX_BODY)
    }

    /// Creates a reader with another limit for a body.
    #[must_use]
    pub const fn with_max_body(max_body: u32) -> Self {
        Self {
            line: 0,
            max_body,
            state: State::Idle,
            context: Context::new(),
            done: VecDeque::new(),
        }
    }

    /// Processes the next line, with or without its line ending, and returns whether it was a row.
    /// Then call [`next_frame`](Self::next_frame) until it returns `None`.
    pub fn line(&mut self, line: &[u8]) -> bool {
        self.line = self.line.saturating_add(1);
        let line = trim_end(line);
        // An expected row is read as such regardless of its text column: digits that callers
        // entered can look like a label.
        if let Some(row) = self.expected(line) {
            self.row(row);
            return true;
        }
        match labelled(line) {
            Some((Label::Header, row, at)) => {
                let log = self.context.log_of_rows(line.get(..at).unwrap_or_default());
                self.header(row, log);
            }
            Some((Label::Data, row, _)) => match self.state {
                State::Idle => {
                    let line = self.line;
                    self.fail(line, TraceErrorKind::NoHeader);
                }
                State::Closed { .. } => {
                    let line = self.line;
                    self.fail(line, TraceErrorKind::Surplus);
                }
                State::Open(_) => self.row(row),
                State::Broken => {}
            },
            None => {
                let taken = self.continuation(line);
                if !taken {
                    self.context.remember(line);
                }
                return taken;
            }
        }
        true
    }

    /// Counts lines that are known to belong to no trace.
    pub fn pass(&mut self, lines: usize) {
        self.line = self.line.saturating_add(lines);
        if lines > 0 {
            self.context.clear();
        }
    }

    /// Returns whether a frame waits for rows of its body.
    #[must_use]
    pub fn is_open(&self) -> bool {
        matches!(self.state, State::Open(_))
    }

    /// Returns whether a line is the very row that a frame waits for.
    #[must_use]
    pub fn expects(&self, line: &[u8]) -> bool {
        self.expected(trim_end(line)).is_some()
    }

    fn expected<'a>(&self, line: &'a [u8]) -> Option<Row<'a>> {
        let State::Open(open) = &self.state else {
            return None;
        };
        let row = Row::parse(skip_blanks(line)).filter(|_| open.next > 0)?;
        (row.offset == open.next).then_some(row)
    }

    /// Returns the next frame that is complete, or that turned out incomplete.
    pub fn next_frame(&mut self) -> Option<Result<TracedFrame, TraceError>> {
        self.done.pop_front()
    }

    /// Call this at the end of the log: a frame that still waits for rows becomes an error, which
    /// [`next_frame`](Self::next_frame) returns.
    pub fn finish(&mut self) {
        if let State::Open(open) = core::mem::replace(&mut self.state, State::Idle) {
            self.done.push_back(Err(open.error()));
        }
    }

    fn fail(&mut self, line: usize, kind: TraceErrorKind) {
        self.state = State::Broken;
        self.done.push_back(Err(TraceError { line, kind }));
    }

    fn header(&mut self, row: Row<'_>, log: Option<Log>) {
        self.finish();
        let mut bytes = BytesMut::new();
        let left = row.read(HEADER_SIZE, &mut bytes);
        let Some([a, b, c, d, e, f, g, h]) = bytes.first_chunk::<HEADER_SIZE>().copied() else {
            let line = self.line;
            return self.fail(line, TraceErrorKind::Header { left });
        };
        let body_length = u32::from_be_bytes([a, b, c, d]);
        let message = MessageType(u32::from_be_bytes([e, f, g, h]));
        let needed = usize::try_from(body_length).ok();
        let Some(needed) = needed.filter(|_| body_length <= self.max_body) else {
            let line = self.line;
            let error = FrameError::BodyTooLong {
                message_type: message.into(),
                body_length,
                max_body: self.max_body,
            };
            return self.fail(line, TraceErrorKind::TooLong(error));
        };
        self.state = State::Open(Open {
            line: self.line,
            log,
            message,
            bytes,
            needed,
            next: 0,
            lost: None,
        });
        self.close();
    }

    /// Processes a line without a label: a further row, if a frame waits for one, or a line of
    /// another kind.
    fn continuation(&mut self, line: &[u8]) -> bool {
        let (expected, end) = match &self.state {
            State::Open(open) if open.next > 0 => (open.next, open.needed),
            State::Closed { next } if *next > 0 => (*next, 0),
            _ => return false,
        };
        // A logger's prefix may end in a blank, grep's in a dash or a colon.
        let starts = line
            .iter()
            .enumerate()
            .filter(|(index, _)| match index.checked_sub(1) {
                None => true,
                Some(before) => line
                    .get(before)
                    .is_some_and(|byte| !byte.is_ascii_alphanumeric()),
            });
        // A logger's prefix can look like a row itself; the offset decides.
        let mut rows = starts.filter_map(|(index, _)| Row::parse(line.get(index..)?));
        let row = rows.find(|row| row.offset == expected);
        // A row that does not follow must look like one the more.
        let row = row.or_else(|| {
            Row::parse(skip_blanks(line))
                .filter(|row| row.offset < end && row.offset.is_multiple_of(ROW))
        });
        match (row, &self.state) {
            (Some(row), State::Open(_)) => self.row(row),
            (Some(_), State::Closed { .. }) => {
                let line = self.line;
                self.fail(line, TraceErrorKind::Surplus);
            }
            _ => return false,
        }
        true
    }

    fn row(&mut self, row: Row<'_>) {
        let State::Open(open) = &mut self.state else {
            return;
        };
        if row.offset != open.next && open.lost.is_none() {
            open.lost = Some((self.line, open.next, row.offset));
        }
        let left = open.needed.saturating_sub(row.offset);
        let read = row.read(left.min(ROW), &mut open.bytes);
        open.next = row.offset.saturating_add(read);
        self.close();
    }

    /// Gives a frame out whose rows have come to the end.
    fn close(&mut self) {
        let State::Open(open) = &mut self.state else {
            return;
        };
        if open.next < open.needed {
            return;
        }
        let closed = State::Closed { next: open.next };
        let State::Open(open) = core::mem::replace(&mut self.state, closed) else {
            return;
        };
        let line = open.line;
        let error = open.error();
        let frame = match open.lost {
            None => Frame::new(open.bytes.freeze()).ok(),
            Some(_) => None,
        };
        let log = open.log;
        self.done.push_back(match frame {
            Some(frame) => Ok(TracedFrame { line, log, frame }),
            None => Err(error),
        });
    }
}

impl Open {
    fn error(&self) -> TraceError {
        let message = self.message;
        let needed = self.needed;
        let left = self.bytes.len().saturating_sub(HEADER_SIZE);
        TraceError {
            line: self.line,
            kind: match self.lost {
                Some((row, expected, found)) => TraceErrorKind::Lost {
                    message,
                    needed,
                    left,
                    row,
                    expected,
                    found,
                },
                None => TraceErrorKind::Incomplete {
                    message,
                    needed,
                    left,
                },
            },
        }
    }
}

/// A row: an offset and the rest.
#[derive(Clone, Copy)]
struct Row<'a> {
    offset: usize,
    data: &'a [u8],
}

impl<'a> Row<'a> {
    fn parse(text: &'a [u8]) -> Option<Self> {
        let hex = take_while_m_n(4, 8, |byte: u8| byte.is_ascii_hexdigit());
        let offset = map_opt(hex, |digits| usize::try_from(number(digits, 16)?).ok());
        let parsed: IResult<_, _> = terminated(offset, tag(":")).parse(text);
        let (data, offset) = parsed.ok()?;
        let blank = data.first().is_some_and(|byte| is_blank(*byte));
        (blank && byte(data).is_ok()).then_some(Self { offset, data })
    }

    /// Appends up to so many bytes, and says how many there were.
    fn read(self, most: usize, out: &mut BytesMut) -> usize {
        let mut rest = self.data;
        let mut count = 0_usize;
        while count < most
            && let Ok((tail, byte)) = byte(rest)
        {
            out.extend_from_slice(&[byte]);
            count = count.saturating_add(1);
            rest = tail;
        }
        count
    }
}

/// Parses a byte of a row: two digits that stand alone.
fn byte(text: &[u8]) -> IResult<&[u8], u8> {
    let (rest, value) = preceded(space0, pair).parse(text)?;
    if rest.first().is_none_or(|byte| is_blank(*byte)) {
        Ok((rest, value))
    } else {
        Err(nom::Err::Error(nom::error::Error::new(
            text,
            nom::error::ErrorKind::Verify,
        )))
    }
}

/// The label before the first row of a header or a body.
#[derive(Clone, Copy, PartialEq, Eq)]
enum Label {
    Header,
    Data,
}

/// Finds the first label followed by a row, anywhere in the line, and returns it with the row and
/// its place.
fn labelled(line: &[u8]) -> Option<(Label, Row<'_>, usize)> {
    memchr::memchr_iter(b'M', line).find_map(|index| {
        let rest = line.get(index..)?;
        let (label, after) = match (
            rest.strip_prefix(HEADER_LABEL),
            rest.strip_prefix(DATA_LABEL),
        ) {
            (Some(after), _) => (Label::Header, after),
            (None, Some(after)) => (Label::Data, after),
            (None, None) => return None,
        };
        Some((label, Row::parse(skip_blanks(after))?, index))
    })
}

/// Returns whether a line is the first row of a frame, with its whole header.
pub(super) fn is_header(line: &[u8]) -> bool {
    matches!(labelled(line), Some((Label::Header, row, _))
        if row.read(HEADER_SIZE, &mut BytesMut::new()) == HEADER_SIZE)
}

/// Shows a frame in the rows of a low-level trace, as the guide prints them.
///
/// [`TraceReader`] reads it back, provided that the body is no longer than offsets of eight digits
/// can tell.
///
/// ```
/// use cti_codec::ccx::Frame;
/// use cti_codec::ccx::dump::TraceRows;
///
/// let frame = Frame::new([0, 0, 0, 4, 0, 0, 0, 5, 0, 0, 0, 7].as_slice()).unwrap();
/// assert_eq!(
///     TraceRows(&frame).to_string(),
///     "MHDR:    0000: 00 00 00 04 00 00 00 05 ........\n\
///      MDATA:   0000: 00 00 00 07 ....\n"
/// );
/// ```
#[derive(Clone, Copy, Debug)]
pub struct TraceRows<'a, B: AsRef<[u8]>>(pub &'a Frame<B>);

impl<B: AsRef<[u8]>> fmt::Display for TraceRows<'_, B> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let bytes = self.0.bytes().as_ref();
        let body = self.0.body();
        let header = bytes.get(..HEADER_SIZE).unwrap_or(bytes);
        row(f, "MHDR:    ", 0, header)?;
        let mut label = "MDATA:   ";
        for (offset, bytes) in (0_usize..).step_by(ROW).zip(body.chunks(ROW)) {
            row(f, label, offset, bytes)?;
            label = "";
        }
        Ok(())
    }
}

fn row(f: &mut fmt::Formatter<'_>, label: &str, offset: usize, bytes: &[u8]) -> fmt::Result {
    write!(f, "{label}{offset:04x}: ")?;
    for byte in bytes {
        write!(f, "{byte:02X} ")?;
    }
    writeln!(f, "{}", Printable(bytes))
}
