//! The lists of attached data in an input, whatever form each passage of it has.

use std::collections::BTreeMap;

use cti_codec::ccx::dump::ArrayReader;
use cti_codec::gsw::{AttachedDataBuf, json, trace};
use memchr::{memchr, memmem};
use serde::de::IgnoredAny;

use super::super::input;
use super::super::objects::{Objects, Piece};
use super::super::passages::{Cut as _, Items, Lines, Look, Only, Place, is_binary};
use super::log::{Log, traced};
use super::packed::{Packed, Rows, look};

pub(crate) use super::super::passages::Item;

/// A list that was found.
#[derive(Debug)]
pub(crate) struct Found {
    pub(crate) attribute: String,
    pub(crate) notes: Vec<String>,
    /// Pairs are lost.
    pub(crate) incomplete: bool,
    pub(crate) data: AttachedDataBuf,
}

impl Found {
    /// A list with nothing around it.
    pub(crate) fn plain(data: AttachedDataBuf) -> Self {
        Self {
            attribute: "UserData".into(),
            notes: Vec::new(),
            incomplete: false,
            data,
        }
    }
}

/// The form of an input.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub(crate) enum Form {
    Auto,
    Trace,
    Packed,
    Json,
}

/// The lists of an input that comes in pieces.
pub(crate) struct Lists {
    state: State,
    items: Items<Found>,
}

enum State {
    Start(Form),
    Packed(Packed),
    Json(Json),
    Lines(Box<Lines<Log>>),
    /// It is something else, of which has been told.
    Other,
}

impl Lists {
    /// Reads an input of a form; `explain` asks why each passage is taken or left.
    pub(crate) fn new(form: Form, explain: bool) -> Self {
        Self {
            state: State::Start(form),
            items: Items::new(explain),
        }
    }

    pub(crate) fn feed(&mut self, bytes: &[u8]) {
        if let State::Start(form) = self.state {
            self.state = start(form, bytes, &mut self.items);
        }
        let items = &mut self.items;
        match &mut self.state {
            State::Packed(packed) => packed.feed(Some(bytes), items),
            State::Lines(lines) => lines.feed(bytes, items),
            State::Json(json) => {
                if let Some((line, rest)) = json.feed(bytes, items) {
                    let mut lines = lines(None).behind(line.saturating_sub(1));
                    lines.feed(rest, items);
                    self.state = State::Lines(Box::new(lines));
                }
            }
            State::Start(_) | State::Other => {}
        }
    }

    pub(crate) fn finish(&mut self) {
        let items = &mut self.items;
        match &mut self.state {
            State::Packed(packed) => packed.feed(None, items),
            State::Lines(lines) => lines.finish(items),
            State::Json(json) => json.finish(items),
            State::Start(_) | State::Other => {}
        }
        if !items.any() {
            items.wrong("no attached data found".into());
        }
    }

    /// What has come of the bytes so far.
    pub(crate) fn next(&mut self) -> Option<Item<Found>> {
        self.items.next()
    }
}

fn lines(only: Option<Only>) -> Lines<Log> {
    Lines::new(Log::new(), only)
}

fn start(form: Form, head: &[u8], items: &mut Items<Found>) -> State {
    let begin = Place::Byte(0);
    let binary = is_binary(head);
    match form {
        Form::Trace => return State::Lines(Box::new(lines(Some(Only::Log)))),
        Form::Json => return State::Json(Json::new(true)),
        Form::Packed if binary => return State::Packed(Packed::default()),
        Form::Packed => return State::Lines(Box::new(lines(Some(Only::Hex)))),
        Form::Auto => {}
    }
    if let Some(other) = input::other(head) {
        items.wrong(other.0.into());
        return State::Other;
    }
    if binary {
        if look(head) == Look::Begins {
            items.because(begin, || {
                "bytes, as they begin with a count of pairs, a type and a key".into()
            });
            return State::Packed(Packed::default());
        }
        // A log may have a hole of NULs where it was cut while it was written to.
        let has = |sign: &[u8]| memmem::find(head, sign).is_some();
        if has(b"Attribute") || has(b"KVList") || has(b"\"GSW_") || has(b"'GSW_") {
            items.because(begin, || "text with a hole in it".into());
            return State::Lines(Box::new(lines(None)));
        }
        items.wrong(match head {
            [0, 0, 0..=0x40, _, 0, 0, ..] => {
                "no attached data found: these look like frames of Unified CCX, which decode shows"
                    .into()
            }
            _ => match cti_codec::gsw::AttachedData::unpack(head) {
                Ok(_) => return State::Packed(Packed::default()),
                Err(error) => format!(
                    "no attached data found: bytes that are neither text nor a packed list ({error})"
                ),
            },
        });
        return State::Other;
    }
    if begins_json(head) {
        items.because(begin, || "JSON, as far as it is nothing else".into());
        return State::Json(Json::new(false));
    }
    items.because(begin, || "text, which is looked at line by line".into());
    State::Lines(Box::new(lines(None)))
}

/// Returns whether an input begins as JSON does, and no log.
fn begins_json(head: &[u8]) -> bool {
    match head.trim_ascii_start().split_first() {
        Some((b'{', rest)) => matches!(rest.trim_ascii_start().first(), None | Some(b'"' | b'}')),
        Some((b'[', rest)) => matches!(rest.trim_ascii_start().first(), None | Some(b'{' | b']')),
        _ => false,
    }
}

/// Objects of JSON one behind the other, as far as there is nothing else.
struct Json {
    /// All is JSON, and each object a list.
    forced: bool,
    objects: Objects,
    /// The line of the last object.
    last: u64,
    /// The first object that was left, and why.
    left: Option<(u64, &'static str)>,
}

impl Json {
    fn new(forced: bool) -> Self {
        Self {
            forced,
            objects: Objects::default(),
            last: 0,
            left: None,
        }
    }

    /// Takes in more. From the first line on that is none of JSON, the rest is another's: that is
    /// given back, with its number.
    fn feed<'a>(&mut self, bytes: &'a [u8], items: &mut Items<Found>) -> Option<(u64, &'a [u8])> {
        let mut rest = bytes;
        let mut pieces = Vec::new();
        while !rest.is_empty() {
            let end = memchr(b'\n', rest).map_or(rest.len(), |end| end.saturating_add(1));
            let (line, behind) = rest.split_at_checked(end).unwrap_or((rest, &[]));
            self.objects.feed(line, &mut pieces);
            for piece in pieces.drain(..) {
                match piece {
                    Piece::Other(number, _, "not an object") if !self.forced => {
                        // What has been an object is not read once more.
                        let known = self.last == number;
                        return Some(if known {
                            (number.saturating_add(1), behind)
                        } else {
                            (number, rest)
                        });
                    }
                    piece => self.piece(piece, items),
                }
            }
            rest = behind;
        }
        None
    }

    fn finish(&mut self, items: &mut Items<Found>) {
        let mut pieces = Vec::new();
        self.objects.finish(&mut pieces);
        for piece in pieces {
            self.piece(piece, items);
        }
        if !items.any()
            && let Some((line, why)) = self.left
        {
            items.wrong(format!(
                "no attached data found: JSON at line {line}, {why}"
            ));
        }
    }

    /// Gives out the lists within an object or, if there are none, the object as a list.
    fn piece(&mut self, piece: Piece, items: &mut Items<Found>) {
        let (line, text) = match piece {
            Piece::Object(line, text) => (line, text),
            Piece::Other(line, _, why) => return items.wrong(format!("line {line}: {why}")),
        };
        self.last = line;
        let mut within = false;
        for list in trace::lists(&text) {
            within = true;
            traced(list, line, items);
        }
        if within {
            return;
        }
        if !self.forced {
            let mut arrays = ArrayReader::new();
            for text in text.split(|byte| *byte == b'\n') {
                arrays.line(text);
            }
            while let Some(mut array) = arrays.next_array() {
                let before = usize::try_from(line.saturating_sub(1)).unwrap_or(usize::MAX);
                array.line = array.line.saturating_add(before);
                if look(&array.bytes) == Look::Begins {
                    within = true;
                    Rows::array(&array, items);
                }
            }
            if within {
                return;
            }
            if let Some(why) = other(&text) {
                self.left.get_or_insert((line, why));
                items.because(Place::Line(line), || format!("left: JSON, {why}"));
                return;
            }
        }
        match json::read(&text) {
            Ok(data) => {
                items.because(Place::Line(line), || {
                    "an object by itself, which is a list".into()
                });
                items.found(Place::Line(line), Found::plain(data));
            }
            Err(error) => items.wrong(format!("line {line}: {error}")),
        }
    }
}

/// What an object is that is no list, by its members.
fn other(text: &[u8]) -> Option<&'static str> {
    const OF_RECORDS: [&str; 22] = [
        "level",
        "severity",
        "loglevel",
        "time",
        "timestamp",
        "@timestamp",
        "ts",
        "date",
        "msg",
        "message",
        "log",
        "logger",
        "logger_name",
        "thread",
        "thread_name",
        "caller",
        "host",
        "hostname",
        "pid",
        "service",
        "event",
        "stack_trace",
    ];
    let members: BTreeMap<String, IgnoredAny> = serde_json::from_slice(text).ok()?;
    let has = |name: &str| members.contains_key(name);
    if has("message") && (has("fields") || has("id")) || has("id") && has("hex") {
        return Some("but these are messages, which encode packs");
    }
    let known = |name: &&String| OF_RECORDS.contains(&name.to_ascii_lowercase().as_str());
    (members.keys().filter(known).count() > 1)
        .then_some("but these are records of a log without attached data")
}
