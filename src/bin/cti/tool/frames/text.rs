//! Text with frames in it, in whatever form each passage has.

use cti_codec::ccx::Frame;
use cti_codec::ccx::dump::{self, Array, ArrayReader, TextReader, TraceReader, detect};
use memchr::{memchr, memchr_iter, memmem, memrchr};

use super::super::lines::LONGEST;
use super::super::run::{count, long};
use super::hex::Hex;
use super::{Header, Item, Items, Place};

/// The only form that is looked for.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub(crate) enum Only {
    Hex,
    Trace,
}

/// Reads text line by line.
pub(super) struct Lines {
    only: Option<Only>,
    /// The line that has begun.
    partial: Vec<u8>,
    /// The bytes of that line that were passed over.
    passed: u64,
    /// The lines taken in.
    number: u64,
    hex: Hex,
    trace: TraceReader,
    text: TextReader,
    arrays: ArrayReader,
    /// The lines that the readers of traces have counted.
    counted: u64,
    /// The lines that the reader of arrays has counted.
    in_arrays: u64,
    found: bool,
    seen: Seen,
}

/// What was seen that is no frame, to be told if there are none.
#[derive(Default)]
struct Seen {
    hex: Option<u64>,
    json: Option<u64>,
    userdata: Option<u64>,
    any: bool,
}

/// What a line with the beginning of a passage has in it.
const MARKERS: [&[u8]; 15] = [
    b"MHDR:",
    b"MDATA:",
    b"{length",
    b"{ length",
    b"MsgType",
    b"cti_message",
    b"0000",
    b"00 00",
    b"00-00",
    b"00:00",
    b"00,00",
    b"x0",
    b"\\0",
    b"0,0",
    b"0, 0",
];

impl Lines {
    pub(super) fn new(only: Option<Only>) -> Self {
        Self {
            only,
            partial: Vec::new(),
            passed: 0,
            number: 0,
            hex: Hex::new(only == Some(Only::Hex)),
            trace: TraceReader::new(),
            text: TextReader::new(),
            arrays: ArrayReader::new(),
            counted: 0,
            in_arrays: 0,
            found: false,
            seen: Seen::default(),
        }
    }

    pub(super) fn feed(&mut self, mut bytes: &[u8], items: &mut Items) {
        let mut next = [0_usize; MARKERS.len()];
        let all = bytes;
        if self.number == 0 && self.partial.is_empty() {
            self.look(bytes);
        }
        while !bytes.is_empty() {
            if self.partial.is_empty() && self.is_idle() {
                let at = all.len().saturating_sub(bytes.len());
                bytes = self.skip(all, at, &mut next);
            }
            let (line, rest) = match memchr(b'\n', bytes) {
                Some(end) => bytes
                    .split_at_checked(end.saturating_add(1))
                    .unwrap_or((bytes, &[])),
                None => {
                    self.hold(bytes);
                    if self.only == Some(Only::Hex) {
                        self.pieces(items);
                    }
                    return;
                }
            };
            bytes = rest;
            if self.partial.is_empty() {
                self.line(line, items);
            } else {
                self.hold(line);
                let line = std::mem::take(&mut self.partial);
                self.line(&line, items);
                self.partial = line;
                self.partial.clear();
            }
        }
    }

    pub(super) fn finish(&mut self, items: &mut Items) {
        if !self.partial.is_empty() {
            let line = std::mem::take(&mut self.partial);
            self.line(&line, items);
        }
        self.hex.finish(items);
        self.trace.finish();
        self.text.finish();
        self.traced(items);
        self.found = self.found || found(items);
        if !self.found {
            let text = self.nothing();
            if let Some(text) = text {
                items.push_back(Item::Wrong(text));
            }
        }
    }

    /// Whether no passage has begun that the next line may belong to.
    fn is_idle(&self) -> bool {
        self.only.is_none()
            && !self.hex.is_active()
            && !self.trace.is_open()
            && !self.text.is_open()
            && !self.arrays.is_open()
    }

    /// Passes over the lines before the next one that may begin a passage.
    fn skip<'a>(&mut self, all: &'a [u8], at: usize, next: &mut [usize]) -> &'a [u8] {
        let bytes = all.get(at..).unwrap_or_default();
        for (next, marker) in next.iter_mut().zip(MARKERS) {
            if *next <= at {
                let found = memmem::find(bytes, marker);
                *next = found.map_or(usize::MAX, |found| {
                    at.saturating_add(found).saturating_add(1)
                });
            }
        }
        let nearest = next.iter().min().copied().unwrap_or(usize::MAX);
        let before = match nearest {
            usize::MAX => bytes,
            nearest => all.get(at..nearest).unwrap_or_default(),
        };
        // The two lines before tell when a message in text was sent, and which way.
        let mut end = memrchr(b'\n', before).map_or(0, |end| end.saturating_add(1));
        for _ in 0..2 {
            let behind = before.get(..end.saturating_sub(1)).unwrap_or_default();
            end = memrchr(b'\n', behind).map_or(0, |end| end.saturating_add(1));
        }
        let passed = bytes.get(..end).unwrap_or_default();
        self.number = self
            .number
            .saturating_add(long(memchr_iter(b'\n', passed).count()));
        bytes.get(end..).unwrap_or_default()
    }

    fn hold(&mut self, bytes: &[u8]) {
        let room = LONGEST.saturating_sub(self.partial.len());
        let held = bytes.get(..room.min(bytes.len())).unwrap_or_default();
        self.partial.extend_from_slice(held);
        let passed = long(bytes.len().saturating_sub(held.len()));
        self.passed = self.passed.saturating_add(passed);
    }

    /// Of a line of hex without an end, takes what is there.
    fn pieces(&mut self, items: &mut Items) {
        if self.partial.len() < LONGEST / 2 {
            return;
        }
        let parts = self
            .partial
            .iter()
            .rposition(|byte| matches!(byte, b' ' | b','))
            .map_or(self.partial.len() & !1, |blank| blank.saturating_add(1));
        let line: Vec<u8> = self.partial.drain(..parts).collect();
        self.hex.line(self.number.saturating_add(1), &line, items);
    }

    fn line(&mut self, line: &[u8], items: &mut Items) {
        self.number = self.number.saturating_add(1);
        let number = self.number;
        if self.passed > 0 {
            let passed = count(std::mem::take(&mut self.passed), "byte");
            items.push_back(Item::Note(format!(
                "line {number}: the last {passed} of the line are passed over"
            )));
        }
        let line = line.trim_ascii_end();
        let taken = match self.only {
            Some(Only::Hex) => self.hex.line(number, line, items),
            Some(Only::Trace) => self.traced_line(line),
            None => self.any(number, line, items),
        };
        if taken {
            self.traced(items);
        }
        self.found = self.found || found(items);
    }

    /// Gives a line to the first reader that it belongs to. Whatever a text column holds, a row that
    /// is waited for is a row and nothing else.
    fn any(&mut self, number: u64, line: &[u8], items: &mut Items) -> bool {
        if self.trace.expects(line) || self.text.is_open() {
            return self.traced_line(line);
        }
        if let Some(rows) = joined(line) {
            for row in rows {
                self.traced_line(row);
                // They are one line.
                self.number = self.number.saturating_sub(1);
                self.counted = self.number;
                self.number = self.number.saturating_add(1);
            }
            return true;
        }
        if self.arrays.is_open() && self.array(line, items) {
            return true;
        }
        let waited = self.hex.is_active();
        if (waited || !self.trace.is_open()) && self.hex.line(number, line, items) {
            return true;
        }
        self.traced_line(line) || self.array(line, items)
    }

    /// Takes in a line of an array, and what has come of it.
    fn array(&mut self, line: &[u8], items: &mut Items) -> bool {
        let before = self.number.saturating_sub(1);
        let missed = before.saturating_sub(self.in_arrays);
        self.arrays
            .pass(usize::try_from(missed).unwrap_or(usize::MAX));
        self.in_arrays = self.number;
        let taken = self.arrays.line(line);
        while let Some(array) = self.arrays.next_array() {
            cut(&array, items);
        }
        taken
    }

    fn traced_line(&mut self, line: &[u8]) -> bool {
        // Lines that were passed over, or that others have taken.
        let before = self.number.saturating_sub(1);
        let missed = before.saturating_sub(self.counted);
        let missed = usize::try_from(missed).unwrap_or(usize::MAX);
        self.trace.pass(missed);
        self.text.pass(missed);
        self.counted = self.number;
        // A row with its label is one, whatever message in text has not ended.
        if self.text.is_open() && detect(line) == Some(dump::Form::Trace) {
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

    fn traced(&mut self, items: &mut Items) {
        while let Some(message) = self.text.next_message() {
            items.push_back(match message {
                Ok(message) => Item::Text(Place::Line(long(message.line)), Box::new(message)),
                Err(error) => Item::Wrong(error.to_string()),
            });
        }
        while let Some(traced) = self.trace.next_frame() {
            items.push_back(match traced {
                Ok(traced) => Item::Frame(Place::Line(long(traced.line)), traced.frame),
                Err(error) => Item::Bad(Place::Line(long(error.line)), error.kind.to_string()),
            });
        }
    }

    /// Remembers what an input looks like.
    fn look(&mut self, head: &[u8]) {
        self.seen.any |= !head.trim_ascii().is_empty();
        let first = head.trim_ascii_start();
        if first.starts_with(b"{\"") && memmem::find(head, b"\"message\"").is_some() {
            self.seen.json = Some(1);
        }
        if memmem::find(head, b"AttributeUserData").is_some()
            || memmem::find(head, b"GSW_").is_some()
        {
            self.seen.userdata = Some(1);
        }
        let digits = first
            .iter()
            .take(64)
            .filter(|byte| byte.is_ascii_hexdigit() || byte.is_ascii_whitespace());
        if first.len() >= 8 && digits.count() == first.len().min(64) {
            self.seen.hex = Some(1);
        }
    }

    /// What to say where no frame was found.
    fn nothing(&self) -> Option<String> {
        let text = match (self.only, &self.seen) {
            (Some(Only::Trace), _) => "no frame in MHDR rows",
            (Some(Only::Hex), _) => return None,
            (None, Seen { any: false, .. }) => return None,
            (None, Seen { json: Some(_), .. }) => {
                "neither frames nor hex, and no MHDR rows of a trace: these are JSON objects, which encode packs"
            }
            (
                None,
                Seen {
                    userdata: Some(_), ..
                },
            ) => {
                "neither frames nor hex, and no MHDR rows of a trace: there is attached data, which attached_data shows"
            }
            (None, Seen { hex: Some(_), .. }) => {
                "hex, but no frame begins in it: its first bytes are no header (00 00, a length, a message type)"
            }
            _ => "neither frames nor hex, and no MHDR rows of a trace",
        };
        Some(text.into())
    }
}

fn found(items: &Items) -> bool {
    items
        .iter()
        .any(|item| !matches!(item, Item::Note(_) | Item::Because(..)))
}

/// Cuts an array into frames. It is one if it has whole frames and nothing else.
fn cut(array: &Array, items: &mut Items) {
    let place = Place::Line(long(array.line));
    let mut frames = Vec::new();
    let mut rest = array.bytes.as_slice();
    while !rest.is_empty() {
        let header = Header::read(rest).filter(|header| header.is_plausible());
        let size = header.and_then(Header::size);
        let Some((frame, behind)) = size.and_then(|size| rest.split_at_checked(size)) else {
            break;
        };
        if let Ok(frame) = Frame::new(frame.to_vec().into()) {
            frames.push(frame);
        }
        rest = behind;
    }
    let bytes = count(long(array.bytes.len()), "byte");
    let known = |header: Header| header.is_plausible() && header.message_type.name().is_some();
    if rest.is_empty() {
        let text = format!("an array of {bytes}, which are whole frames");
        items.push_back(Item::Because(place, text));
        items.extend(frames.into_iter().map(|frame| Item::Frame(place, frame)));
    } else if Header::read(&array.bytes).is_some_and(known) {
        let more = if array.cut {
            ", and says that it shows not all"
        } else {
            ""
        };
        let left = count(long(rest.len()), "byte");
        items.extend(frames.into_iter().map(|frame| Item::Frame(place, frame)));
        let text = format!("an array of {bytes}{more}: the last {left} are no whole frame");
        items.push_back(Item::Bad(place, text));
    } else {
        let text = format!("an array of {bytes}, which are no frames");
        items.push_back(Item::Because(place, text));
    }
}

/// The rows of a frame that a logger has put into one line, with `#012`, `\\n` or blanks between
/// them. A row shows each byte with one character, so that no text can be taken for a row.
fn joined(line: &[u8]) -> Option<Vec<&[u8]>> {
    let header = memmem::find(line, b"MHDR:")?;
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

/// Whether a text has the first row of a frame in it.
pub(super) fn has_header_row(head: &[u8]) -> bool {
    memmem::find(head, b"MHDR:").is_some() && detect(head) == Some(dump::Form::Trace)
}
