//! Frames in hex digits: which lines are such a passage, and what its bytes are.

use bytes::{Buf, BytesMut};
use cti_codec::ccx::dump::{HexErrorKind, HexLine, HexReader, without_prefix};
use cti_codec::ccx::{Frame, FrameError};

use super::packets;
use super::{HEADER, Header, Item, Items, Place, over_the_limit};

/// The most bytes of a packet: what its length can say, and headers.
const MAX_PACKET: usize = 70_000;

/// Reads passages of hex among other lines.
pub(super) struct Hex {
    /// All lines are hex, so that none has to look like it.
    forced: bool,
    reader: HexReader,
    /// Whether the last line belongs to a passage.
    active: bool,
    /// What stands before the rows of this passage.
    prefix: Vec<u8>,
    /// Whether the passage has offsets.
    rows: bool,
    stream: Cut,
    /// The dump being read, as long as it may be a packet.
    packet: Option<(u64, Vec<u8>)>,
    flows: Vec<Flow>,
    /// The bad lines in a row, of which only the first is worth a complaint.
    bad: u64,
    /// Whether the passage has begun with a header.
    in_step: bool,
    /// Whether each line so far had frames of its own.
    one_a_line: bool,
    bytes: BytesMut,
}

/// One direction of a connection whose packets are dumped.
struct Flow {
    name: Vec<u8>,
    next: u32,
    stream: Cut,
}

impl Hex {
    pub(super) fn new(forced: bool) -> Self {
        Self {
            forced,
            reader: HexReader::new(),
            active: forced,
            prefix: Vec::new(),
            rows: false,
            stream: Cut::default(),
            packet: None,
            flows: Vec::new(),
            bad: 0,
            in_step: false,
            one_a_line: true,
            bytes: BytesMut::new(),
        }
    }

    /// Whether the next line may belong to what came before.
    pub(super) fn is_active(&self) -> bool {
        self.active
    }

    /// Takes in a line, if it is one of a passage.
    pub(super) fn line(&mut self, number: u64, line: &[u8], items: &mut Items) -> bool {
        let usual = usual(line);
        let line = usual.as_deref().unwrap_or(line);
        let mut text = line;
        if self.active && !self.forced {
            match without_prefix(line, &self.prefix) {
                Some(rest) if !self.ends(rest) => {
                    text = if self.prefix.is_empty() {
                        rest
                    } else {
                        unclosed(rest)
                    };
                }
                _ => self.end(items),
            }
        }
        if !self.active {
            let Some(start) = begins(line) else {
                return false;
            };
            let (prefix, rest) = line.split_at_checked(start).unwrap_or((&[], line));
            // A line that begins like hex and goes on like another is another, unless nothing
            // stands before it.
            let blank = prefix.trim_ascii().is_empty();
            let rest = if blank { rest } else { unclosed(rest) };
            let mut reader = HexReader::new();
            if !blank && reader.line(rest, &mut BytesMut::new()).is_err() {
                return false;
            }
            self.active = true;
            self.rows = offset(rest.trim_ascii_start()).is_some();
            self.prefix = if blank { Vec::new() } else { prefix.to_vec() };
            self.reader = HexReader::new();
            self.one_a_line = true;
            self.in_step = false;
            let place = Place::Line(number);
            items.push_back(Item::Because(
                place,
                "a passage of hex digits begins".into(),
            ));
            text = if blank { line } else { rest };
        }
        self.read(number, text, items)
    }

    /// Whether a line does not belong to the passage that has begun.
    fn ends(&self, line: &[u8]) -> bool {
        let text = line.trim_ascii();
        if text.is_empty() || text == b"*" || text.starts_with(b"#") || text.starts_with(b"//") {
            return false;
        }
        let has_offset = offset(text).is_some();
        // The head of the columns of the next dump, for one.
        if self.rows && !has_offset || !self.rows && has_offset && zero_offset(text) {
            return true;
        }
        !looks_like_hex(text)
    }

    fn read(&mut self, number: u64, line: &[u8], items: &mut Items) -> bool {
        let mut bytes = std::mem::take(&mut self.bytes);
        bytes.clear();
        match self.reader.line(line, &mut bytes) {
            Ok(kind) => {
                self.more_bad_lines(items);
                self.data(number, kind, &bytes, items);
            }
            Err(error) => {
                // Another line behind a passage, and no row with a fault in it.
                let text = line.trim_ascii_start();
                let other = error.kind == HexErrorKind::NotHex && !zeros(text) && !self.rows;
                if other && !self.forced && self.stream.began.is_none() {
                    self.bytes = bytes;
                    self.end(items);
                    return false;
                }
                if self.bad == 0 {
                    let column = error.column.saturating_add(self.prefix.len());
                    let within = match self.stream.began {
                        Some(began) => format!(" (within the frame that begins on line {began})"),
                        None => String::new(),
                    };
                    let kind = error.kind;
                    items.push_back(Item::Wrong(format!(
                        "line {number}, column {column}: {kind}{within}"
                    )));
                }
                self.bad = self.bad.saturating_add(1);
                self.packet = None;
                // With a frame on each line, the next line is another one.
                self.stream
                    .lose(!self.one_a_line || self.stream.began.is_some());
                if error.kind == HexErrorKind::Words {
                    self.bad = 0;
                    self.active = false;
                }
            }
        }
        self.bytes = bytes;
        true
    }

    /// Takes in the bytes of a line.
    fn data(&mut self, number: u64, kind: HexLine, bytes: &[u8], items: &mut Items) {
        if bytes.is_empty() {
            return;
        }
        if kind == HexLine::First {
            self.end_packet(items);
            let fresh = Header::read(bytes).is_none_or(Header::is_plausible);
            if !fresh && packets::begins(bytes) && self.rows {
                self.packet = Some((number, Vec::new()));
            } else if fresh && bytes.len() >= HEADER {
                // Here another frame begins; the one before has lost its end.
                self.stream.end(items);
            }
        }
        if let Some((_, packet)) = &mut self.packet {
            if packet.len() < MAX_PACKET {
                packet.extend_from_slice(bytes);
            }
            return;
        }
        let alone = self.stream.began.is_none();
        if !self.forced && !self.in_step && alone {
            // What is around a frame must agree before one is taken.
            match Header::read(bytes) {
                Some(header) if header.is_plausible() => self.in_step = true,
                Some(header) if header.is_over_the_limit() => self.in_step = true,
                Some(_) => {
                    let text = "left, as no frame begins with these bytes";
                    items.push_back(Item::Because(Place::Line(number), text.into()));
                    self.stream.lose(true);
                }
                None => {}
            }
        }
        self.stream
            .feed(number, kind == HexLine::First, bytes, items);
        self.one_a_line &= alone && self.stream.began.is_none();
    }

    fn end_packet(&mut self, items: &mut Items) {
        let Some((number, packet)) = self.packet.take() else {
            return;
        };
        let Some(segment) = packets::segment(&packet) else {
            items.push_back(Item::Wrong(format!(
                "line {number}: a packet that is not TCP, or is cut"
            )));
            return;
        };
        if segment.data.is_empty() {
            return;
        }
        let length = u32::try_from(segment.data.len()).unwrap_or(u32::MAX);
        let end = segment.sequence.wrapping_add(length);
        let known = self.flows.iter_mut().find(|flow| flow.name == segment.flow);
        if let Some(flow) = known {
            if flow.next != segment.sequence {
                // It has been seen already, or what is before it has not.
                let behind = segment.sequence.wrapping_sub(flow.next);
                if behind > u32::MAX / 2 {
                    return;
                }
                flow.stream.end(items);
                items.push_back(Item::Wrong(format!(
                    "line {number}: {behind} bytes of the connection are missing before this packet"
                )));
            }
            flow.next = end;
            flow.stream.feed(number, true, segment.data, items);
            return;
        }
        let mut flow = Flow {
            name: segment.flow,
            next: end,
            stream: Cut::default(),
        };
        flow.stream.feed(number, true, segment.data, items);
        if self.flows.len() < 1024 {
            self.flows.push(flow);
        }
    }

    fn more_bad_lines(&mut self, items: &mut Items) {
        match std::mem::take(&mut self.bad) {
            0 | 1 => {}
            2 => items.push_back(Item::Wrong("the next line is no better".into())),
            bad => {
                let more = bad.saturating_sub(1);
                items.push_back(Item::Wrong(format!("the next {more} lines are no better")));
            }
        }
    }

    /// Ends the passage.
    fn end(&mut self, items: &mut Items) {
        self.active = self.forced;
        self.more_bad_lines(items);
        self.end_packet(items);
        self.stream.end(items);
        self.stream = Cut::default();
    }

    pub(super) fn finish(&mut self, items: &mut Items) {
        self.end(items);
        for flow in &mut self.flows {
            flow.stream.end(items);
        }
    }
}

/// Cuts the bytes of a passage into frames.
#[derive(Default)]
pub(super) struct Cut {
    bytes: BytesMut,
    /// The line on which the frame that waits for more began.
    pub(super) began: Option<u64>,
    /// Whether bytes are passed over until some can begin a frame.
    lost: bool,
}

impl Cut {
    /// Takes in the bytes of a line. `first` says that a dump begins there, or a paragraph.
    pub(super) fn feed(&mut self, line: u64, first: bool, bytes: &[u8], items: &mut Items) {
        if self.lost {
            let begins = Header::read(bytes).is_some_and(Header::is_plausible);
            if !(first && begins) {
                return;
            }
            self.lost = false;
        }
        self.began.get_or_insert(line);
        self.bytes.extend_from_slice(bytes);
        while let Some(header) = Header::read(&self.bytes) {
            let place = Place::Line(self.began.unwrap_or(line));
            let size = match header.size() {
                Some(size) if header.is_possible() => size,
                _ => {
                    items.push_back(Item::Bad(place, no_frame(header)));
                    self.lose(true);
                    return;
                }
            };
            if self.bytes.len() < size {
                return;
            }
            match Frame::new(self.bytes.split_to(size).freeze()) {
                Ok(frame) => items.push_back(Item::Frame(place, frame)),
                Err(error) => items.push_back(Item::Bad(place, error.to_string())),
            }
            self.began = (!self.bytes.is_empty()).then_some(line);
        }
    }

    /// Gives up what has come of a frame, and maybe all that follows until another begins.
    fn lose(&mut self, what_follows: bool) {
        self.bytes.advance(self.bytes.len());
        self.began = None;
        self.lost |= what_follows;
    }

    /// Tells of a frame that is not whole.
    fn end(&mut self, items: &mut Items) {
        if let Some(began) = self.began {
            let left = self.bytes.len();
            let needed = Header::read(&self.bytes)
                .and_then(Header::size)
                .unwrap_or(HEADER);
            let error = FrameError::Incomplete { needed, left };
            items.push_back(Item::Bad(Place::Line(began), error.to_string()));
        }
        self.lose(false);
    }
}

fn no_frame(header: Header) -> String {
    if header.starts_as_a_frame() {
        over_the_limit(header)
    } else {
        "no frame begins here: these are other bytes, or some are missing before them".into()
    }
}

/// Where on a line a passage begins: at an offset of 0 and the bytes behind it, or at the zeros
/// that a frame begins with.
fn begins(line: &[u8]) -> Option<usize> {
    let margin = line.len().saturating_sub(line.trim_ascii_start().len());
    let text = line.get(margin..)?;
    if zero_offset(text) || zeros(text) {
        return Some(margin);
    }
    // Behind what a logger, grep or a mail has put before it.
    let head = line.get(..line.len().min(512))?;
    let mut from = margin;
    while let Some(zero) = memchr::memmem::find(head.get(from..)?, b"00") {
        let at = from.saturating_add(zero);
        let apart = at
            .checked_sub(1)
            .and_then(|before| head.get(before))
            .is_none_or(|byte| !byte.is_ascii_alphanumeric() && *byte != b'.' && *byte != b',');
        let text = line.get(at..)?;
        let before = head.get(..at)?;
        let labels = [&b"MHDR:"[..], b"MDATA:"];
        if labels
            .iter()
            .any(|label| memchr::memmem::find(before, label).is_some())
        {
            // The row of a trace.
            return None;
        }
        if apart && (zero_offset(text) || zeros(text)) {
            return Some(at);
        }
        let run = text.iter().take_while(|byte| byte.is_ascii_hexdigit());
        from = at.saturating_add(run.count());
    }
    None
}

/// A text without what closes the quotes or brackets that a logger has opened before it.
fn unclosed(text: &[u8]) -> &[u8] {
    let open = |byte: &u8| matches!(byte, b'"' | b'\'' | b')' | b']' | b';' | b',' | b'>');
    let kept = text
        .len()
        .saturating_sub(text.iter().rev().take_while(|byte| open(byte)).count());
    // A text column may end so, too.
    let digits = text.get(..kept).unwrap_or_default();
    let hex = digits.iter().all(|byte| {
        byte.is_ascii_hexdigit()
            || byte.is_ascii_whitespace()
            || matches!(byte, b':' | b'-' | b',' | b'x' | b'\\')
    });
    if hex { digits } else { text }
}

/// A row as other tools print it: of a table of Netty, or with the bits of its bytes.
fn usual(line: &[u8]) -> Option<Vec<u8>> {
    let text = line.trim_ascii();
    if let Some((digits, rest)) = text
        .strip_prefix(b"|")
        .and_then(|text| text.split_at_checked(8))
    {
        let rest = rest.strip_prefix(b"|")?;
        let offset = digits.iter().all(u8::is_ascii_hexdigit);
        return offset.then(|| [digits, b": ", rest].concat());
    }
    // Eight digits 0 or 1 for each byte, and one character.
    let (_, data) = offset(text).filter(|(digits, _)| text.get(digits.len()) == Some(&b':'))?;
    let mut bytes = Vec::new();
    let mut rest = data;
    while let Some((digits, tail)) = rest.split_at_checked(8)
        && digits.iter().all(|digit| matches!(digit, b'0' | b'1'))
        && tail.first().is_none_or(u8::is_ascii_whitespace)
    {
        let digits = core::str::from_utf8(digits).ok()?;
        bytes.push(u8::from_str_radix(digits, 2).ok()?);
        rest = tail.strip_prefix(b" ").unwrap_or(tail);
    }
    if bytes.is_empty() || rest.trim_ascii().len() > bytes.len() {
        return None;
    }
    let before = text.len().saturating_sub(data.len());
    let mut row = text.get(..before)?.to_vec();
    for byte in bytes {
        row.extend_from_slice(format!("{byte:02x} ").as_bytes());
    }
    Some(row)
}

/// The digits of an offset, and what follows it.
fn offset(text: &[u8]) -> Option<(&[u8], &[u8])> {
    let text = text.strip_prefix(b"0x").unwrap_or(text);
    let count = text.iter().take_while(|byte| byte.is_ascii_hexdigit());
    let (digits, rest) = text.split_at_checked(count.count())?;
    let (colon, rest) = match rest.strip_prefix(b":") {
        Some(rest) => (true, rest),
        None => (false, rest),
    };
    let blank = rest.first().is_some_and(u8::is_ascii_whitespace);
    let data = rest.trim_ascii_start();
    let pair = data.get(..2)?.iter().all(u8::is_ascii_hexdigit);
    let long = if colon { 3..=16 } else { 6..=16 };
    // Without a colon, what follows is bytes and not further words of the same kind.
    let bytes = colon || data.get(2).is_none_or(u8::is_ascii_whitespace) || digits.len() == 7;
    (blank && pair && bytes && long.contains(&digits.len())).then_some((digits, data))
}

fn zero_offset(text: &[u8]) -> bool {
    offset(text).is_some_and(|(digits, _)| digits.iter().all(|digit| *digit == b'0'))
}

/// Whether a text begins with the two zero bytes that a frame begins with, and goes on as hex.
fn zeros(text: &[u8]) -> bool {
    let mut digits = 0_usize;
    let mut rest = text;
    loop {
        rest = match rest {
            [b'0', b'x' | b'X', more @ ..] | [b'\\', b'x', more @ ..] => more,
            rest => rest,
        };
        match rest {
            [digit, more @ ..] if digit.is_ascii_hexdigit() => {
                if digits < 4 && *digit != b'0' {
                    return false;
                }
                digits = digits.saturating_add(1);
                rest = more;
            }
            [
                b' ' | b'\t' | b',' | b':' | b';' | b'-' | b'_' | b'\\',
                more @ ..,
            ] if digits > 0 => {
                if digits >= 16 {
                    return true;
                }
                rest = more;
            }
            _ => return digits >= 8,
        }
        if digits >= 16 {
            return true;
        }
    }
}

/// Whether a line begins as a line of hex does.
fn looks_like_hex(text: &[u8]) -> bool {
    let text = text
        .strip_prefix(b"0x")
        .or_else(|| text.strip_prefix(b"\\x"))
        .unwrap_or(text);
    let count = text.iter().take_while(|byte| byte.is_ascii_hexdigit());
    let count = count.count();
    let next = text.get(count);
    count > 0
        && next.is_none_or(|byte| {
            matches!(
                byte,
                b' ' | b'\t' | b',' | b':' | b';' | b'-' | b'_' | b'\\'
            ) || count >= 2
        })
}
