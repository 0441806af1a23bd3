//! The lists of attached data in an input, whatever form each passage of it has.

use bytes::{Buf, BytesMut};
use cti_codec::ccx::dump::{HexErrorKind, HexReader};
use cti_codec::gsw::{AttachedData, AttachedDataBuf, Limits, json, trace};
use memchr::memmem;

use super::super::input;
use super::super::lines::Lines;
use super::super::objects::{Objects, Piece};
use super::super::run::{count, long};

/// A list with where it was found.
#[derive(Debug)]
pub(super) struct Found {
    /// `:3` for a line, `#3` for the third list.
    pub(super) place: String,
    pub(super) attribute: String,
    pub(super) notes: Vec<String>,
    /// Pairs are lost.
    pub(super) incomplete: bool,
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
                found.extend(pieces.into_iter().flat_map(object));
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
        incomplete: false,
        data,
    })
}

/// The lists within an object or, if there are none, the object as a list.
fn object(piece: Piece) -> Vec<Item> {
    let (line, text) = match piece {
        Piece::Object(line, text) => (line, text),
        Piece::Other(line, _, why) => return vec![Item::Wrong(format!("line {line}: {why}"))],
    };
    let within: Vec<Item> = trace::lists(&text)
        .flat_map(traced)
        .map(|item| match item {
            Item::List(found) => Item::List(Found {
                place: String::new(),
                ..found
            }),
            other => other,
        })
        .collect();
    if !within.is_empty() {
        return within;
    }
    vec![match json::read(&text) {
        Ok(data) => list(String::new(), data),
        Err(error) => Item::Wrong(format!("line {line}: {error}")),
    }]
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
    reader: trace::Reader,
}

impl Trace {
    fn feed(&mut self, bytes: Option<&[u8]>, found: &mut Vec<Item>) {
        let reader = &mut self.reader;
        self.lines.feed(bytes, |number, line, passed| {
            if passed > 0 {
                let passed = count(passed, "byte");
                found.push(Item::Note(format!(
                    "line {number}: the last {passed} of the line are passed over"
                )));
            }
            reader.line(line);
            found.extend(core::iter::from_fn(|| reader.next_list()).flat_map(traced));
        });
        match bytes {
            // The next line may take its time.
            Some(_) => reader.pause(),
            None => reader.finish(),
        }
        found.extend(core::iter::from_fn(|| reader.next_list()).flat_map(traced));
    }
}

/// A list, and what of it cannot be read.
fn traced(list: Result<trace::TraceList, trace::TraceError>) -> Vec<Item> {
    let list = match list {
        Ok(list) => list,
        Err(error) => return vec![Item::Wrong(error.to_string())],
    };
    let mut wrong: Vec<Item> = list
        .lost
        .iter()
        .map(|loss| Item::Wrong(loss.to_string()))
        .collect();
    let mut notes = Vec::new();
    let s = |count| if count == 1 { "" } else { "s" };
    if list.hidden > 0 {
        let hidden = list.hidden;
        notes.push(format!("the trace hides {hidden} value{}", s(hidden)));
    }
    if let Some(more) = list.losses.checked_sub(list.lost.len())
        && more > 0
    {
        notes.push(format!("{more} more lines like this"));
    }
    if list.converted > 0 {
        let converted = list.converted;
        notes.push(format!(
            "{converted} value{} that a list cannot hold, kept as text",
            s(converted)
        ));
    }
    if let Some(printed) = list.printed_length
        && printed != list.packed_length
        && list.hidden == 0
    {
        let packed = list.packed_length;
        notes.push(format!(
            "the trace says {printed} bytes, these pairs pack to {packed}"
        ));
        if list.data.view().is_empty() && list.losses == 0 {
            let line = list.line;
            wrong.push(Item::Wrong(format!(
                "line {line}: {printed} bytes of pairs are announced, and none is there"
            )));
        }
    }
    let empty = list.data.view().is_empty() && list.hidden == 0;
    let incomplete =
        list.losses > 0 || empty && list.printed_length.is_some_and(|length| length > 2);
    let attribute = match list.attribute.to_string() {
        none if none.is_empty() => "UserData".into(),
        name => name,
    };
    let found = Item::List(Found {
        place: format!(":{}", list.line),
        attribute,
        notes,
        incomplete,
        data: list.data,
    });
    wrong.insert(0, found);
    wrong
}
