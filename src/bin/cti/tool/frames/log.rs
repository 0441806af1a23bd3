//! Frames and messages that a server's log shows.

use std::borrow::Cow;

use cti_codec::ccx::dump::{self, TextReader, TraceReader, detect};
use memchr::{memchr, memmem};

use super::super::passages::{Bytes, Items, Near, Only, Place, Seen, Sign, Wanted};
use super::super::run::long;
use super::Found;
use super::cut::Frames;

/// Reads the rows of low-level traces and the messages in text of high-level ones.
pub(super) struct Log {
    trace: TraceReader,
    text: TextReader,
    /// The lines that the readers have counted.
    counted: u64,
    seen: Seen,
}

/// What lines have in them that no frame begins with. The first tell the most.
const SIGNS: &[Sign] = &[
    Sign::new(&["MHDR:"], "MHDR:", "but no row of a header behind it"),
    Sign::new(&["MDATA:"], "MDATA:", "but no row behind it"),
    Sign::new(
        &["{length"],
        "a message in text",
        "but no type behind its length",
    ),
    Sign::new(
        &["{ length"],
        "a message in text",
        "but no type behind its length",
    ),
    Sign::new(
        &["MsgType"],
        "MsgType",
        "but no name of a message behind it",
    ),
    Sign::new(
        &["cti_message"],
        "cti_message",
        "but no name and brackets behind it",
    ),
    Sign::new(
        &["AttributeUserData"],
        "attached data",
        "which attached_data shows",
    ),
    Sign::new(&["KVList:"], "attached data", "which attached_data shows"),
    Sign::new(&["GSW_"], "attached data", "which attached_data shows"),
    Sign::new(&["userData"], "attached data", "which attached_data shows"),
    Sign::new(&["attr_"], "attached data", "which attached_data shows"),
    Sign::new(
        &["message Event"],
        "a trace of a T-Server",
        "which is another protocol",
    ),
    Sign::new(&["JTAPI"], "a trace of JTAPI", "which is another interface"),
    Sign::new(
        &["CTIManager"],
        "a trace of CTIManager",
        "which is another interface",
    ),
    Sign::new(
        &["<Dialog"],
        "notifications of Finesse in XML",
        "which are another interface",
    ),
    Sign::new(&["<csta"], "CSTA in XML", "which is another protocol"),
    Sign::new(
        &["CSTA"],
        "a high-level trace of another product",
        "one of CSTA",
    ),
    Sign::new(
        &[" IP", " > ", "Flags ["],
        "packets without their bytes",
        "which tcpdump -X shows",
    ),
    Sign::new(
        &["%MIVR-"],
        "lines of a MIVR log",
        "but no messages in them: debugging of SS_CTI and ICD_CTI is off there",
    ),
    Sign::new(&["<html"], "a page in HTML", ""),
    Sign::new(&["<?xml"], "XML", ""),
    Sign::new(&["HTTP/1."], "HTTP", "which carries no frames"),
];

impl Wanted for Log {
    type Cut = Frames;
    const MARKERS: &'static [(Near, &'static [&'static str])] = &[
        (
            Near::Anything,
            &[
                "MHDR:",
                "MDATA:",
                "{length",
                "{ length",
                "{\u{a0}length",
                "{  length",
                "{\tlength",
                "MsgType",
                "cti_message",
            ],
        ),
        (
            Near::Digits,
            &[
                "000",
                "00\u{a0}00",
                "00 00",
                "00-00",
                "00:00",
                "00,00",
                "00_00",
                "00;00",
                "00\t00",
                "x00",
            ],
        ),
        (
            Near::Array,
            &[
                "0x0,", "0,0", "0, 0", "\\0\\", "\"\\0", "'\\0", "  \\0", " 0,\n", " 0,\r",
                "\t0,\n",
            ],
        ),
    ];

    fn is_head(_: &[u8]) -> bool {
        true
    }

    fn context(&mut self, number: u64, line: &[u8]) {
        self.traced_line(number, line);
    }

    fn is_open(&self) -> bool {
        self.trace.is_open() || self.text.is_open()
    }

    /// Gives a line to the first reader that it belongs to. Whatever a text column holds, a row that
    /// is waited for is a row and nothing else.
    fn line(
        &mut self,
        number: u64,
        line: &[u8],
        bytes: &mut Bytes<Frames>,
        items: &mut Items<Found>,
    ) {
        let line = &*with_blanks(line);
        if self.trace.expects(line) || self.text.is_open() {
            self.traced(number, line, items);
            return;
        }
        if let Some(rows) = joined(line) {
            for row in rows {
                self.traced_line(number, row);
                // They are one line.
                self.counted = number;
            }
            self.give_out(items);
            return;
        }
        // A row with its label is one, whatever array has not ended.
        if bytes.in_array() && !is_header(line) && bytes.array(number, line, items) {
            return;
        }
        let waited = bytes.in_digits();
        if (waited || !self.trace.is_open()) && bytes.digits(number, line, items) {
            return;
        }
        let taken = self.traced(number, line, items);
        if !taken && !bytes.array(number, line, items) {
            self.seen.left(number, line, items);
        }
    }

    fn log(&mut self, number: u64, line: &[u8], items: &mut Items<Found>) {
        self.traced(number, line, items);
    }

    fn pause(&mut self, _: &mut Items<Found>) {}

    fn finish(&mut self, items: &mut Items<Found>) {
        self.trace.finish();
        self.text.finish();
        self.give_out(items);
    }

    fn look(&mut self, head: &[u8]) {
        let first = head.trim_ascii_start();
        let digits = first
            .iter()
            .take(64)
            .filter(|byte| byte.is_ascii_hexdigit() || byte.is_ascii_whitespace());
        let has = |text: &[u8]| memmem::find(head, text).is_some();
        let messages = has(b"\"message\":\"") || has(b"\"message\": \"");
        let is = if first.starts_with(b"{\"") && messages {
            Some("these are JSON objects, which encode packs")
        } else if first.len() >= 8 && digits.count() == first.len().min(64) {
            Some(
                "hex, but no frame begins in it: its first bytes are no header (00 00, a length, a message type)",
            )
        } else {
            None
        };
        self.seen.look(head, is);
    }

    fn nothing(&self, only: Option<Only>, bytes: Option<String>) -> Option<String> {
        match only {
            Some(Only::Log) => Some("no frame in MHDR rows, and no message in text".into()),
            Some(Only::Hex) => None,
            None if !self.seen.any() => None,
            None => Some(self.seen.nothing(
                "neither frames nor hex, and no MHDR rows of a trace or messages in text",
                bytes,
            )),
        }
    }
}

impl Log {
    pub(super) fn new() -> Self {
        Self {
            trace: TraceReader::new(),
            text: TextReader::new(),
            counted: 0,
            seen: Seen::new(SIGNS),
        }
    }

    /// Takes in a line of a trace, and gives out its results.
    fn traced(&mut self, number: u64, line: &[u8], items: &mut Items<Found>) -> bool {
        let taken = self.traced_line(number, line);
        self.give_out(items);
        taken
    }

    fn traced_line(&mut self, number: u64, line: &[u8]) -> bool {
        // Lines that were passed over, or that others have taken.
        let missed = number.saturating_sub(1).saturating_sub(self.counted);
        let missed = usize::try_from(missed).unwrap_or(usize::MAX);
        self.trace.pass(missed);
        self.text.pass(missed);
        self.counted = number;
        // A row with its label is one, whatever message in text has not ended.
        if self.text.is_open() && is_header(line) {
            self.text.finish();
        }
        if self.text.is_open() {
            self.trace.pass(1);
            return self.text.line(line);
        }
        if self.trace.line(line) {
            self.text.pass(1);
            return true;
        }
        self.text.line(line)
    }

    fn give_out(&mut self, items: &mut Items<Found>) {
        while let Some(message) = self.text.next_message() {
            match message {
                Ok(message) => {
                    let place = Place::Line(long(message.line));
                    items.because(place, || {
                        format!("a message that a high-level trace prints: {}", message.name)
                    });
                    items.found(place, Found::Text(Box::new(message)));
                }
                Err(error) => items.wrong(error.to_string()),
            }
        }
        while let Some(traced) = self.trace.next_frame() {
            match traced {
                Ok(traced) => {
                    let place = Place::Line(long(traced.line));
                    items.because(place, || {
                        let length = traced.frame.body().len();
                        format!("rows of a low-level trace, with all {length} bytes of the body")
                    });
                    items.found(place, Found::Frame(traced.frame, traced.log.map(Box::new)));
                }
                Err(error) => items.bad(Place::Line(long(error.line)), error.kind.to_string()),
            }
        }
    }
}

/// A line with blanks for the no-break spaces that pages and mails put in their place.
fn with_blanks(line: &[u8]) -> Cow<'_, [u8]> {
    let mut spaces = memmem::find_iter(line, NO_BREAK_SPACE).peekable();
    if spaces.peek().is_none() {
        return Cow::Borrowed(line);
    }
    let mut blanks = Vec::with_capacity(line.len());
    let mut from = 0;
    for space in spaces {
        blanks.extend_from_slice(line.get(from..space).unwrap_or_default());
        blanks.push(b' ');
        from = space.saturating_add(NO_BREAK_SPACE.len());
    }
    blanks.extend_from_slice(line.get(from..).unwrap_or_default());
    Cow::Owned(blanks)
}

const NO_BREAK_SPACE: &[u8] = "\u{a0}".as_bytes();

/// Returns whether a text has the first row of a frame in it.
pub(super) fn is_header(line: &[u8]) -> bool {
    memmem::find(line, b"MHDR:").is_some() && detect(line) == Some(dump::Form::Trace)
}

/// The rows of a frame that a logger has put into one line, with `#012`, `\\n` or blanks between
/// them. A row shows each byte with one character, so that no text can be taken for a row.
fn joined(line: &[u8]) -> Option<Vec<&[u8]>> {
    // Not a label in a text column, which comes behind a row.
    let header = Some(line).filter(|line| is_header(line));
    let header = memmem::find(header?, b"MHDR:")?;
    let data = memmem::find(line.get(header..)?, b"MDATA:")?;
    let (first, mut rest) = line.split_at_checked(header.saturating_add(data))?;
    let mut rows = vec![first];
    let mut offset = 0_usize;
    loop {
        let colon = memchr(b':', rest.strip_prefix(b"MDATA:").unwrap_or(rest))?;
        let label = if rest.starts_with(b"MDATA:") { 6 } else { 0 };
        // Sixteen bytes with a blank before each, a blank, and sixteen characters.
        let least = colon.saturating_add(label).saturating_add(1 + 48 + 1 + 16);
        offset = offset.saturating_add(16);
        let next = format!("{offset:04x}: ");
        let found = rest
            .get(least..)
            .and_then(|tail| memmem::find(tail, next.as_bytes()));
        let Some(found) = found else {
            rows.push(rest);
            return Some(rows);
        };
        let (row, tail) = rest.split_at_checked(least.saturating_add(found))?;
        rows.push(row);
        rest = tail;
    }
}
