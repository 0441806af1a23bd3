//! The lists of attached data in an input, whatever form each passage of it has.

use bytes::{Buf, BytesMut};
use cti_codec::ccx::dump::{HexErrorKind, HexReader};
use cti_codec::gsw::{AttachedData, AttachedDataBuf, Limits, json, trace};
use memchr::{memchr, memmem};

use super::super::input;
use super::super::lines::{Lines, after_prefix};
use super::super::objects::{Objects, Piece};
use super::super::run::{count, long};

/// A list with where it was found.
#[derive(Debug)]
pub(super) struct Found {
    /// `:3` for a line, `#3` for the third list.
    pub(super) place: String,
    pub(super) attribute: String,
    pub(super) notes: Vec<String>,
    pub(super) data: AttachedDataBuf,
}

/// What an input holds.
#[derive(Debug)]
pub(super) enum Item {
    List(Found),
    /// A passage that cannot be read.
    Wrong(String),
    Note(String),
}

/// The form of an input.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub(super) enum Form {
    Auto,
    Trace,
    Packed,
    Json,
}

/// The lists of an input that comes in pieces.
pub(super) struct Passages {
    state: State,
    /// The lists so far.
    number: u64,
    pub(super) items: Vec<Item>,
    wrong: bool,
    seen: Option<&'static str>,
}

enum State {
    Start(Form),
    Packed(Packed),
    Hex(Box<Hex>),
    Json(Objects),
    Trace(Box<Trace>),
    Other,
}

impl Passages {
    pub(super) fn new(form: Form) -> Self {
        Self {
            state: State::Start(form),
            number: 0,
            items: Vec::new(),
            wrong: false,
            seen: None,
        }
    }

    pub(super) fn feed(&mut self, bytes: &[u8]) {
        if let State::Start(form) = self.state {
            self.start(form, bytes);
        }
        self.step(Some(bytes));
    }

    pub(super) fn finish(&mut self) {
        self.step(None);
        if self.number == 0 && !self.wrong {
            let text = match self.seen {
                Some(seen) => format!("no attached data found: {seen}"),
                None => "no attached data found".into(),
            };
            self.items.push(Item::Wrong(text));
        }
    }

    fn start(&mut self, form: Form, head: &[u8]) {
        let form = match form {
            Form::Auto => match input::other(head) {
                Some(other) => {
                    self.wrong = true;
                    self.items.push(Item::Wrong(other.0.into()));
                    self.state = State::Other;
                    return;
                }
                None => guess(head),
            },
            form => form,
        };
        if memmem::find(head, b"MHDR:").is_some() {
            self.seen = Some("there are MHDR rows, which decode shows");
        } else if memmem::find(head, b"GSW_").is_some() {
            self.seen = Some("there are GSW_ keys, but no list around them that can be read");
        }
        self.state = match form {
            Form::Json => State::Json(Objects::default()),
            Form::Packed if is_binary(head) => State::Packed(Packed::default()),
            Form::Packed => State::Hex(Box::default()),
            Form::Trace | Form::Auto => State::Trace(Box::default()),
        };
    }

    /// Takes in more, or the end.
    fn step(&mut self, bytes: Option<&[u8]>) {
        let mut found = Vec::new();
        match &mut self.state {
            State::Start(_) | State::Other => {}
            State::Packed(packed) => packed.feed(bytes, &mut found),
            State::Hex(hex) => hex.feed(bytes, &mut found),
            State::Trace(trace) => trace.feed(bytes, &mut found),
            State::Json(objects) => {
                let mut pieces = Vec::new();
                match bytes {
                    Some(bytes) => objects.feed(bytes, &mut pieces),
                    None => objects.finish(&mut pieces),
                }
                found.extend(pieces.into_iter().map(object));
            }
        }
        for mut item in found {
            match &mut item {
                Item::List(found) => {
                    self.number = self.number.saturating_add(1);
                    if found.place.is_empty() {
                        found.place = format!("#{}", self.number);
                    }
                }
                Item::Wrong(_) => self.wrong = true,
                Item::Note(_) => {}
            }
            self.items.push(item);
        }
    }
}

/// What an input looks like.
fn guess(head: &[u8]) -> Form {
    let text = head.trim_ascii_start();
    let json = match text.split_first() {
        Some((b'{', rest)) => matches!(rest.trim_ascii_start().first(), None | Some(b'"' | b'}')),
        Some((b'[', rest)) => matches!(rest.trim_ascii_start().first(), None | Some(b'{' | b']')),
        _ => false,
    };
    let line = text.split(|byte| *byte == b'\n').next().unwrap_or_default();
    // Digits alone, or a dump.
    let hex = || {
        let mut bytes = BytesMut::new();
        match HexReader::new().line(line, &mut bytes) {
            Ok(_) => bytes.len() > 1,
            Err(error) => matches!(error.kind, HexErrorKind::OddDigits | HexErrorKind::Words),
        }
    };
    if json {
        Form::Json
    } else if is_binary(head) || !line.is_empty() && hex() {
        Form::Packed
    } else {
        Form::Trace
    }
}

fn is_binary(head: &[u8]) -> bool {
    head.iter()
        .any(|byte| byte.is_ascii_control() && !matches!(byte, b'\t'..=b'\r' | 0x1b))
}

fn list(place: String, data: AttachedDataBuf) -> Item {
    Item::List(Found {
        place,
        attribute: "UserData".into(),
        notes: Vec::new(),
        data,
    })
}

fn object(piece: Piece) -> Item {
    match piece {
        Piece::Object(line, text) => match json::read(&text) {
            Ok(data) => list(String::new(), data),
            Err(error) => Item::Wrong(format!("line {line}: {error}")),
        },
        Piece::Other(line, _, why) => Item::Wrong(format!("line {line}: {why}")),
    }
}

/// Packed lists one behind the other.
#[derive(Default)]
struct Packed {
    buffer: BytesMut,
    at: u64,
    /// The buffer was tried at this size, and a list is not whole.
    tried: usize,
    lost: bool,
}

impl Packed {
    fn feed(&mut self, bytes: Option<&[u8]>, found: &mut Vec<Item>) {
        if self.lost {
            self.at = self
                .at
                .saturating_add(bytes.map_or(0, |bytes| long(bytes.len())));
            if bytes.is_none() {
                let at = self.at;
                found.push(Item::Note(format!(
                    "the rest, up to byte {at}, is not read"
                )));
            }
            return;
        }
        self.buffer.extend_from_slice(bytes.unwrap_or_default());
        let limits = Limits::default();
        let ended = bytes.is_none() || self.buffer.len() > limits.max_bytes;
        if !ended && self.buffer.len() < self.tried.saturating_mul(2) {
            return;
        }
        while !self.buffer.is_empty() {
            match AttachedData::unpack_prefix(&self.buffer, limits) {
                Ok((data, after)) => {
                    let size = self.buffer.len().saturating_sub(after.len());
                    found.push(list(String::new(), data.to_buf()));
                    self.buffer.advance(size);
                    self.at = self.at.saturating_add(long(size));
                    self.tried = 0;
                }
                Err(_) if !ended => {
                    self.tried = self.buffer.len();
                    return;
                }
                Err(mut error) => {
                    let at = usize::try_from(self.at).unwrap_or(usize::MAX);
                    error.offset = error.offset.saturating_add(at);
                    found.push(Item::Wrong(error.to_string()));
                    self.at = self.at.saturating_add(long(self.buffer.len()));
                    self.buffer.clear();
                    self.lost = true;
                }
            }
        }
    }
}

/// Packed lists in hex.
#[derive(Default)]
struct Hex {
    lines: Lines,
    reader: HexReader,
    packed: Packed,
    bad: bool,
}

impl Hex {
    fn feed(&mut self, bytes: Option<&[u8]>, found: &mut Vec<Item>) {
        let mut data = BytesMut::new();
        let (reader, bad) = (&mut self.reader, &mut self.bad);
        self.lines.feed(bytes, |number, line, _| {
            if *bad {
                return;
            }
            if let Err(error) = reader.line(line, &mut data) {
                *bad = true;
                let (column, kind) = (error.column, error.kind);
                found.push(Item::Wrong(format!(
                    "line {number}, column {column}: {kind}"
                )));
            }
        });
        if !self.bad {
            self.packed.feed(Some(&data), found);
            if bytes.is_none() {
                self.packed.feed(None, found);
            }
        }
    }
}

/// Lists among the lines of a log.
#[derive(Default)]
struct Trace {
    lines: Lines,
    block: Block,
}

/// The lines from the head of a list on.
#[derive(Default)]
struct Block {
    /// Without what a logger has put before each of them.
    text: Vec<u8>,
    prefix: Vec<u8>,
    /// The line of the head.
    began: u64,
    /// How much there must be before another look is worth it.
    next_look: usize,
}

/// What stands in the head of a list.
const HEAD: &[u8] = b"Attribute";

impl Trace {
    fn feed(&mut self, bytes: Option<&[u8]>, found: &mut Vec<Item>) {
        let block = &mut self.block;
        self.lines.feed(bytes, |number, line, passed| {
            if passed > 0 {
                let passed = count(passed, "byte");
                found.push(Item::Note(format!(
                    "line {number}: the last {passed} of the line are passed over"
                )));
            }
            block.line(number, line, found);
        });
        self.block.look(bytes.is_none(), true, found);
    }
}

impl Block {
    fn line(&mut self, number: u64, line: &[u8], found: &mut Vec<Item>) {
        if self.text.is_empty() {
            self.begin(number, line);
            return;
        }
        let content = match after_prefix(line, &self.prefix) {
            Some(content) => content,
            None if line.trim_ascii().is_empty() => b"",
            None => {
                self.look(true, false, found);
                self.begin(number, line);
                return;
            }
        };
        self.text.extend_from_slice(content.trim_ascii_end());
        self.text.push(b'\n');
        let pair = content.trim_ascii_start().starts_with(b"'");
        if !pair {
            self.look(false, false, found);
        }
    }

    fn begin(&mut self, number: u64, line: &[u8]) {
        let Some(head) = memmem::find(line, HEAD) else {
            return;
        };
        let (before, rest) = line.split_at_checked(head).unwrap_or((&[], line));
        if memchr(b'[', rest).is_none() {
            return;
        }
        // The margin belongs to the list.
        self.prefix = before.trim_ascii_end().to_vec();
        if let Some(b' ') = before.get(self.prefix.len())
            && !self.prefix.is_empty()
        {
            self.prefix.push(b' ');
        }
        self.text = line
            .get(self.prefix.len()..)
            .unwrap_or_default()
            .trim_ascii_end()
            .to_vec();
        self.text.push(b'\n');
        self.began = number;
        self.next_look = 0;
    }

    /// Looks whether the list is complete. `paused` says that the next line may take its time.
    fn look(&mut self, ended: bool, paused: bool, found: &mut Vec<Item>) {
        while !self.text.is_empty() && (ended || self.text.len() >= self.next_look) {
            let mut lists = trace::lists(&self.text);
            let next = lists.next();
            let rest = lists.remainder().len();
            let whole = match &next {
                None => true,
                // A line that does not belong to it tells that it has ended.
                Some(_) if rest > 0 || ended => true,
                Some(Ok(list)) => {
                    paused
                        && list.hidden == 0
                        && list.data.view().pack().is_ok_and(|packed| {
                            packed.len() == list.printed_length && list.printed_length > 2
                        })
                }
                Some(Err(_)) => self.text.len() > Limits::default().max_bytes.saturating_mul(4),
            };
            if !whole {
                self.next_look = self.text.len().saturating_mul(2);
                if paused {
                    self.next_look = self.text.len().saturating_add(1);
                }
                return;
            }
            match next {
                None => {}
                Some(Ok(list)) => found.push(traced(&list, self.began)),
                Some(Err(mut error)) => {
                    let line = usize::try_from(self.began).unwrap_or(usize::MAX);
                    error.line = error.line.saturating_add(line).saturating_sub(1);
                    found.push(Item::Wrong(error.to_string()));
                }
            }
            self.go_on(rest);
        }
    }

    /// Goes on with the head of a list in what is left.
    fn go_on(&mut self, rest: usize) {
        let done = self.text.len().saturating_sub(rest);
        let (before, rest) = self
            .text
            .split_at_checked(done)
            .unwrap_or((&self.text, &[]));
        let mut number = self.began.saturating_add(lines(before));
        let mut rest = rest.to_vec();
        let prefix = std::mem::take(&mut self.prefix);
        self.text.clear();
        while !rest.is_empty() {
            let end = memchr(b'\n', &rest).map_or(rest.len(), |end| end.saturating_add(1));
            let line = rest.get(..end).unwrap_or_default();
            self.begin(number, line);
            if !self.text.is_empty() {
                // The prefix is off already.
                self.text.clear();
                self.text.extend_from_slice(&rest);
                self.prefix = prefix;
                return;
            }
            rest.drain(..end);
            number = number.saturating_add(1);
        }
    }
}

fn lines(text: &[u8]) -> u64 {
    long(memchr::memchr_iter(b'\n', text).count())
}

fn traced(list: &trace::TraceList<'_>, began: u64) -> Item {
    let mut notes = Vec::new();
    let s = |count| if count == 1 { "" } else { "s" };
    if list.hidden > 0 {
        let hidden = list.hidden;
        notes.push(format!("the trace hides {hidden} value{}", s(hidden)));
    }
    match list.data.view().pack() {
        Ok(packed) if packed.len() != list.printed_length && list.hidden == 0 => {
            notes.push(format!(
                "the trace says {} bytes, these pairs pack to {}",
                list.printed_length,
                packed.len()
            ));
        }
        _ => {}
    }
    let line = began.saturating_add(long(list.line)).saturating_sub(1);
    Item::List(Found {
        place: format!(":{line}"),
        attribute: list.attribute.to_string(),
        notes,
        data: list.data.clone(),
    })
}
