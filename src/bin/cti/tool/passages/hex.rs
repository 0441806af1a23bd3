//! Bytes in hex digits: which lines are such a passage, and what its bytes are.

use bytes::BytesMut;
use cti_codec::ccx::dump::{HexErrorKind, HexLine, HexReader, without_prefix};

use super::digits::{
    Usual, begins, first_bytes, is_last_offset, looks_like_hex, offset, plain_bars, shown_bytes,
    unclosed, zero_offset,
};
use super::{Cut, Item, Items, Look, Place, packets};

/// The most bytes of a packet: what its length can say, and headers.
const MAX_PACKET: usize = 70_000;
/// The most connections whose packets are put together.
const MAX_FLOWS: usize = 1024;
/// The fewest bytes of a packet with all its headers.
const PACKET: usize = 40;
/// The fewest bytes by which a packet is known.
const ROW: usize = 16;
/// The fewest bytes before a fault on the first line of a passage.
const FAULTY: usize = 8;

/// Reads passages of hex among other lines.
pub(crate) struct Hex<C> {
    /// All lines are hex, so that none has to look like it.
    forced: bool,
    reader: HexReader,
    /// Whether the last line belongs to a passage.
    active: bool,
    /// What stands before the rows of this passage.
    prefix: Vec<u8>,
    usual: Usual,
    /// A row of words waits for what follows: the offset at the end tells whether all of the last
    /// word is there.
    held: Option<(u64, Vec<u8>)>,
    /// Whether the passage has offsets.
    rows: bool,
    /// The digits of an offset alone, with which some dumps end.
    last_offset: usize,
    stream: C,
    /// The dump being read, as long as it may be a packet.
    packet: Option<Packet>,
    flows: Vec<Flow<C>>,
    /// The bad lines in a row, of which only the first is worth a complaint.
    bad: u64,
    /// Whether the passage has begun with what is looked for.
    in_step: bool,
    /// Whether each line so far had something whole of its own.
    one_a_line: bool,
    /// The first line of the first passage that was left.
    pub(super) left: Option<u64>,
    bytes: BytesMut,
}

/// The rows of a dump that shows a packet.
struct Packet {
    line: u64,
    bytes: Vec<u8>,
    /// Its headers are recognized. Rows may be too short to tell by the first.
    known: bool,
}

/// One direction of a connection whose packets are dumped.
struct Flow<C> {
    name: Vec<u8>,
    next: u32,
    stream: C,
}

impl<C: Cut> Hex<C> {
    pub(super) fn new(forced: bool) -> Self {
        Self {
            forced,
            reader: HexReader::new(),
            active: forced,
            prefix: Vec::new(),
            usual: Usual::default(),
            held: None,
            rows: false,
            last_offset: 0,
            stream: C::new(forced),
            packet: None,
            flows: Vec::new(),
            bad: 0,
            in_step: false,
            one_a_line: true,
            left: None,
            bytes: BytesMut::new(),
        }
    }

    /// Returns whether the next line may belong to what came before.
    pub(super) fn is_active(&self) -> bool {
        self.active
    }

    /// Returns whether the passage is a dump with offsets.
    pub(super) fn is_dump(&self) -> bool {
        self.active && self.rows
    }

    /// Takes in a line, if it is one of a passage.
    pub(super) fn line(&mut self, number: u64, line: &[u8], items: &mut Items<C::Found>) -> bool {
        let plain = plain_bars(line);
        let line = plain.as_deref().unwrap_or(line);
        if self.active && !self.forced {
            let rest = without_prefix(line, &self.prefix);
            let usual = rest.and_then(|rest| self.usual.row(rest, C::look));
            match usual.as_deref().or(rest) {
                Some(rest) if !self.ends(rest) => {
                    let text = if self.prefix.is_empty() {
                        rest
                    } else {
                        unclosed(rest)
                    };
                    return self.take(number, text, items);
                }
                _ => self.end(items),
            }
        }
        if self.active {
            let usual = self.usual.row(line, C::look);
            return self.take(number, usual.as_deref().unwrap_or(line), items);
        }
        self.begin(number, line, items)
    }

    /// Begins a passage with a line, if one begins there.
    fn begin(&mut self, number: u64, line: &[u8], items: &mut Items<C::Found>) -> bool {
        let mut usual = Usual::default();
        let row = usual.row(line, C::look);
        let line = row.as_deref().unwrap_or(line);
        let Some(start) = whole_packet(line).or_else(|| begins(line, C::in_digits)) else {
            return false;
        };
        let (prefix, rest) = line.split_at_checked(start).unwrap_or((&[], line));
        let behind = if row.is_none() {
            usual.row(rest, C::look)
        } else {
            None
        };
        let rest = behind.as_deref().unwrap_or(rest);
        // A line that begins like hex and goes on like another is another, unless nothing
        // stands before it.
        let blank = prefix.trim_ascii().is_empty();
        let rest = match (blank, &behind) {
            (false, _) => unclosed(rest),
            // With its indentation, by which two dumps in turn are told apart.
            (true, None) => line,
            (true, Some(_)) => rest,
        };
        let mut reader = HexReader::new();
        if let Err(error) = reader.line(rest, &mut BytesMut::new()) {
            // A line with a fault in it has some bytes before.
            let bytes = first_bytes(rest.trim_ascii_start(), PACKET);
            let half = error.kind == HexErrorKind::OddDigits
                && rest.trim_ascii_start().iter().all(u8::is_ascii_hexdigit)
                && C::look(&bytes) == Look::Begins;
            let fault = if blank {
                error.kind != HexErrorKind::NotHex || bytes.len() >= FAULTY
            } else {
                half
            };
            if !fault {
                return false;
            }
        }
        self.active = true;
        let text = rest.trim_ascii_start();
        let first = offset(text);
        self.rows = first.is_some();
        self.last_offset = match first {
            // With a colon, a dump ends in no offset.
            Some((digits, _)) if text.get(digits.len()) != Some(&b':') => digits.len(),
            _ => 0,
        };
        self.prefix = if blank { Vec::new() } else { prefix.to_vec() };
        self.usual = usual;
        self.reader = HexReader::new();
        self.one_a_line = true;
        self.in_step = false;
        items.because(Place::Line(number), || {
            if self.rows {
                "a dump begins: an offset of 0, and bytes behind it".into()
            } else {
                format!("a passage of hex digits begins, as a {} may", C::WHAT)
            }
        });
        if let Some(words) = self.usual.words {
            let order = if words.little_endian {
                "little-endian"
            } else {
                "big-endian"
            };
            let size = words.size;
            items.note(format!(
                "line {number}: words of {size} bytes, read as {order}"
            ));
        }
        self.take(number, rest, items)
    }

    /// Takes in a line; of words, the one before.
    fn take(&mut self, number: u64, line: &[u8], items: &mut Items<C::Found>) -> bool {
        let Some(words) = self.usual.words else {
            return self.read(number, line, items);
        };
        let Some((before, mut row)) = self.held.replace((number, line.to_vec())) else {
            return true;
        };
        let text = line.trim_ascii();
        if is_last_offset(text, self.last_offset) {
            let missing = padding(&row, text, words.size);
            row.truncate(row.len().saturating_sub(missing.saturating_mul(3)));
        }
        self.read(before, &row, items)
    }

    /// Returns whether a line does not belong to the passage that has begun.
    fn ends(&self, line: &[u8]) -> bool {
        let text = line.trim_ascii();
        if text.is_empty() || text == b"*" || text.starts_with(b"#") || text.starts_with(b"//") {
            return false;
        }
        let has_offset = offset(text).is_some() || is_last_offset(text, self.last_offset);
        // The head of the columns of the next dump, for one.
        if self.rows && !has_offset || !self.rows && has_offset && zero_offset(text) {
            return true;
        }
        !looks_like_hex(text)
    }

    fn read(&mut self, number: u64, line: &[u8], items: &mut Items<C::Found>) -> bool {
        let mut bytes = std::mem::take(&mut self.bytes);
        bytes.clear();
        match self.reader.line(line, &mut bytes) {
            Ok(kind) => {
                self.more_bad_lines(items);
                // An empty line between its rows does not end a packet.
                let goes_on = self.packet.is_some() && !zero_offset(line.trim_ascii_start());
                let kind = match kind {
                    HexLine::First if goes_on && self.rows => HexLine::Next,
                    kind => kind,
                };
                self.data(number, kind, &bytes, items);
            }
            Err(error) => {
                // Another line behind a passage, and no row with a fault in it.
                let text = line.trim_ascii_start();
                let faulty = C::in_digits(text) && first_bytes(text, FAULTY).len() == FAULTY;
                let other = matches!(error.kind, HexErrorKind::NotHex | HexErrorKind::OddDigits)
                    && !faulty
                    && !self.rows;
                if other && !self.forced && self.stream.began().is_none() {
                    self.bytes = bytes;
                    self.end(items);
                    return false;
                }
                if self.bad == 0 {
                    let column = error.column.saturating_add(self.prefix.len());
                    let within = match self.stream.began() {
                        Some(began) => {
                            format!(" (within the {} that begins on line {began})", C::WHAT)
                        }
                        None => String::new(),
                    };
                    let kind = error.kind;
                    items.wrong(format!("line {number}, column {column}: {kind}{within}"));
                }
                self.bad = self.bad.saturating_add(1);
                if self.packet.as_ref().is_some_and(|packet| !packet.known) {
                    self.rows_of_a_packet(items);
                }
                self.packet = None;
                // With something whole on each line, the next line is another one.
                self.stream
                    .lose(!self.one_a_line || self.stream.began().is_some());
            }
        }
        self.bytes = bytes;
        true
    }

    /// Takes in the bytes of a line.
    fn data(&mut self, number: u64, kind: HexLine, bytes: &[u8], items: &mut Items<C::Found>) {
        if bytes.is_empty() {
            return;
        }
        if !self.rows && packets::is_whole(bytes) {
            self.stream.end(items);
            self.segment(number, bytes, items);
            return;
        }
        if kind == HexLine::First {
            self.end_packet(items);
            let look = C::look(bytes);
            let short = bytes.len() < ROW && !self.forced;
            let fresh = matches!(look, Look::Begins | Look::TooFew);
            if self.rows
                && (packets::begins(bytes) || short)
                && (!fresh || short && look == Look::TooFew)
            {
                self.packet = Some(Packet {
                    line: number,
                    bytes: Vec::new(),
                    known: false,
                });
            } else if look == Look::Begins {
                // Here another one begins; the one before has lost its end.
                self.stream.end(items);
            }
        }
        match &mut self.packet {
            Some(packet) => {
                if packet.bytes.len() < MAX_PACKET {
                    packet.bytes.extend_from_slice(bytes);
                }
                if !packet.known && packet.bytes.len() >= ROW {
                    self.rows_of_a_packet(items);
                }
            }
            None => self.stream_data(number, kind == HexLine::First, bytes, items),
        }
    }

    /// Tells whether the rows so far are of a packet, and takes them as other bytes if not.
    fn rows_of_a_packet(&mut self, items: &mut Items<C::Found>) {
        let Some(packet) = &mut self.packet else {
            return;
        };
        let (line, fresh) = (packet.line, C::look(&packet.bytes) == Look::Begins);
        if !fresh && packet.bytes.len() >= ROW && packets::begins(&packet.bytes) {
            packet.known = true;
            items.because(Place::Line(line), || {
                "the dump is of a packet, with its headers".into()
            });
        } else if let Some(packet) = self.packet.take() {
            if fresh {
                self.stream.end(items);
            }
            self.stream_data(line, true, &packet.bytes, items);
        }
    }

    /// Takes in bytes that are no packet's.
    fn stream_data(&mut self, number: u64, first: bool, bytes: &[u8], items: &mut Items<C::Found>) {
        let alone = self.stream.began().is_none();
        if !self.forced && !self.in_step && alone {
            // What is around it must agree before anything is taken.
            match C::look(bytes) {
                Look::Begins | Look::TooLarge => self.in_step = true,
                Look::Other => {
                    items.because(Place::Line(number), || {
                        format!("left, as no {} begins with these bytes", C::WHAT)
                    });
                    self.left.get_or_insert(number);
                    self.stream.lose(true);
                }
                Look::TooFew => {}
            }
        }
        self.stream.feed(number, first, bytes, items);
        self.one_a_line &= alone && self.stream.began().is_none();
    }

    fn end_packet(&mut self, items: &mut Items<C::Found>) {
        if self.packet.as_ref().is_some_and(|packet| !packet.known) {
            self.rows_of_a_packet(items);
        }
        if let Some(packet) = self.packet.take() {
            self.segment(packet.line, &packet.bytes, items);
        }
    }

    /// Takes in a packet with its headers.
    pub(super) fn segment(&mut self, number: u64, packet: &[u8], items: &mut Items<C::Found>) {
        let Some(segment) = packets::segment(packet) else {
            items.wrong(format!(
                "line {number}: a packet that is not TCP, or is cut"
            ));
            return;
        };
        if segment.data.is_empty() {
            items.because(Place::Line(number), || {
                "the packet has nothing behind its headers".into()
            });
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
                    items.because(Place::Line(number), || {
                        "left, as the packet was sent before".into()
                    });
                    return;
                }
                flow.stream.end(items);
                items.push(Item::Wrong(format!(
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
            stream: C::new(false),
        };
        if C::look(segment.data) == Look::Other {
            items.because(Place::Line(number), || {
                format!(
                    "left, as no {} begins with what the packet carries",
                    C::WHAT
                )
            });
            self.left.get_or_insert(number);
            flow.stream.lose(true);
        }
        flow.stream.feed(number, true, segment.data, items);
        if self.flows.len() < MAX_FLOWS {
            self.flows.push(flow);
        }
    }

    fn more_bad_lines(&mut self, items: &mut Items<C::Found>) {
        match std::mem::take(&mut self.bad) {
            0 | 1 => {}
            2 => items.wrong("the next line is no better".into()),
            bad => {
                let more = bad.saturating_sub(1);
                items.wrong(format!("the next {more} lines are no better"));
            }
        }
    }

    /// Ends the passage.
    fn end(&mut self, items: &mut Items<C::Found>) {
        if let Some((number, row)) = self.held.take() {
            self.read(number, &row, items);
        }
        self.active = self.forced;
        self.more_bad_lines(items);
        self.end_packet(items);
        self.stream.end(items);
        self.stream = C::new(self.forced);
    }

    pub(super) fn finish(&mut self, items: &mut Items<C::Found>) {
        self.end(items);
        for flow in &mut self.flows {
            flow.stream.end(items);
        }
    }
}

/// How many bytes at the end of a row of words are none of the data, by the offset behind it.
fn padding(row: &[u8], end: &[u8], size: usize) -> usize {
    let Some((start, _)) = offset(row) else {
        return 0;
    };
    let bytes = shown_bytes(row.get(start.len().saturating_add(1)..).unwrap_or_default()).count();
    let number =
        |digits, radix| u64::from_str_radix(core::str::from_utf8(digits).ok()?, radix).ok();
    let padding = |radix| {
        let shown = number(end, radix)?.checked_sub(number(start, radix)?)?;
        let padding = bytes.checked_sub(usize::try_from(shown).ok()?)?;
        (padding < size).then_some(padding)
    };
    [8, 10, 16].into_iter().find_map(padding).unwrap_or(0)
}

/// Returns where on a line the digits of a whole packet begin: the line has nothing else, or they
/// stand together.
fn whole_packet(line: &[u8]) -> Option<usize> {
    let text = line.trim_ascii();
    let least = PACKET.saturating_mul(2);
    if text.len() < least {
        return None;
    }
    let digits = |byte: &u8| {
        byte.is_ascii_hexdigit() || matches!(byte, b' ' | b':' | b'-' | b'x' | b'\\' | b',')
    };
    let is_packet = |text: &[u8]| {
        packets::begins(&first_bytes(text, PACKET))
            && packets::is_whole(&first_bytes(text, MAX_PACKET))
    };
    if text.iter().all(digits) {
        let margin = line.len().saturating_sub(line.trim_ascii_start().len());
        return is_packet(text).then_some(margin);
    }
    let mut at = 0_usize;
    while let Some(rest) = line.get(at..).filter(|rest| rest.len() >= least) {
        let run = rest.iter().take_while(|byte| byte.is_ascii_hexdigit());
        let run = run.count();
        if run >= least && is_packet(rest) {
            return Some(at);
        }
        at = at.saturating_add(run).saturating_add(1);
    }
    None
}
