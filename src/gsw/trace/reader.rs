//! Finds lists among the lines of a log, one line after another.
use alloc::collections::VecDeque;
use alloc::vec::Vec;

use super::line::{Line, Quote, close, marks, open, trim_end, trim_start};
use super::pair::{Tail, Type, integer, split, split_bare, type_name};
use super::{Form, TraceError, TraceErrorKind, TraceList};
use crate::gsw::attached_data::{AttachedDataBuf, Limits, ValueBuf};
#[cfg(feature = "serde")]
use crate::gsw::json::find::{Finder, Found};
use crate::gsw::keys;
use crate::text::Text;
use crate::text_buf::TextBuf;

/// A value may go on over so many lines.
const MAX_VALUE_LINES: usize = 32;

/// So many places in a line are tried for the beginning of a pair or a list.
const TRIES: usize = 16;

/// So many losses of a list are kept; all are counted.
const KEPT_LOSSES: usize = 16;

/// Finds lists in a log that comes in pieces, for example through a pipe.
///
/// It keeps the list that is being read and the line that is not complete: no more than a few times
/// [`Limits::max_bytes`]. A list is there once the line after it has been read.
///
/// ```
/// use cti_codec::gsw::trace::Reader;
///
/// let mut reader = Reader::new();
/// reader.feed(b"\tAttributeUserData\t[34] 00 01 00 00..\n\t\t'RTarget");
/// assert!(reader.next_list().is_none());
/// reader.feed(b"AgentGroup'\t'VAG_Skill1'\n");
/// reader.finish();
/// let list = reader.next_list().ok_or("no list")??;
/// assert_eq!((list.data.view().len(), list.missing()), (1, Some(0)));
/// # Ok::<(), Box<dyn std::error::Error>>(())
/// ```
#[derive(Clone, Debug)]
pub struct Reader {
    limits: Limits,
    /// The number of the line last read.
    line: usize,
    partial: Vec<u8>,
    open: Option<OpenList>,
    /// How often a line has turned out to hold another one that begins a list.
    within: u8,
    #[cfg(feature = "serde")]
    json: Finder,
    ready: VecDeque<Result<TraceList, TraceError>>,
}

/// The lines within lines that are looked into.
const MAX_WITHIN: u8 = 4;

impl Default for Reader {
    fn default() -> Self {
        Self::new()
    }
}

impl Reader {
    /// A reader with the default [`Limits`].
    #[must_use]
    pub fn new() -> Self {
        Self::with_limits(Limits::default())
    }

    /// A reader with the limits given.
    #[must_use]
    pub fn with_limits(limits: Limits) -> Self {
        Reader {
            limits,
            line: 0,
            partial: Vec::new(),
            open: None,
            within: 0,
            #[cfg(feature = "serde")]
            json: Finder::new(limits),
            ready: VecDeque::new(),
        }
    }

    /// Takes in the next bytes of the log.
    pub fn feed(&mut self, mut bytes: &[u8]) {
        while let Some(end) = memchr::memchr(b'\n', bytes) {
            let (line, rest) = bytes.split_at(end);
            bytes = rest.get(1..).unwrap_or_default();
            if self.partial.is_empty() {
                self.line(line);
            } else {
                self.keep(line);
                let line = core::mem::take(&mut self.partial);
                self.line(&line);
                // The memory serves for the next line.
                self.partial = line;
                self.partial.clear();
            }
        }
        self.keep(bytes);
    }

    /// Keeps the beginning of a line. Beyond the limit nothing can come of it.
    fn keep(&mut self, bytes: &[u8]) {
        let room = self.limits.max_bytes.saturating_sub(self.partial.len());
        self.partial
            .extend_from_slice(bytes.get(..room).unwrap_or(bytes));
    }

    /// Takes the log as ended: the last line need not have an end.
    pub fn finish(&mut self) {
        if !self.partial.is_empty() {
            let line = core::mem::take(&mut self.partial);
            self.line(&line);
        }
        self.close();
        #[cfg(feature = "serde")]
        self.json(Finder::give_up);
    }

    /// Returns the next list that has been read to its end.
    ///
    /// # Errors
    /// The list is larger than the limit. The search goes on after it.
    pub fn next_list(&mut self) -> Option<Result<TraceList, TraceError>> {
        self.ready.pop_front()
    }

    /// Takes the log as paused: a list with as many bytes as its head says is complete, and need not
    /// wait for the line after it.
    pub fn pause(&mut self) {
        let complete = |list: &OpenList| {
            let all = list.printed == Some(list.packed) && list.packed > 2;
            all && list.hidden == 0 && list.value.is_none()
        };
        if self.partial.is_empty() && self.open.as_ref().is_some_and(complete) {
            self.close();
        }
    }

    /// Takes in one line, without its end: for a program that splits lines by itself.
    pub fn line(&mut self, line: &[u8]) {
        self.line = self.line.saturating_add(1);
        self.one(line.strip_suffix(b"\r").unwrap_or(line));
    }

    fn one(&mut self, line: &[u8]) {
        let Some(list) = &mut self.open else {
            return self.outside(line);
        };
        match list.take(line, self.line, self.limits) {
            Step::Taken => {}
            Step::TooLarge(column) => {
                let kind = TraceErrorKind::TooLarge {
                    limit: self.limits.max_bytes,
                };
                let line = self.line;
                self.open = None;
                self.ready.push_back(Err(TraceError { line, column, kind }));
            }
            Step::Ends => {
                self.close();
                self.outside(line);
            }
            Step::Again(lines) => {
                let last = self.line;
                let count = lines.len();
                for (index, line) in lines.iter().enumerate() {
                    let back = count.saturating_sub(index).saturating_sub(1);
                    self.line = last.saturating_sub(back);
                    self.one(line);
                }
            }
        }
    }

    /// A line that belongs to no list yet.
    fn outside(&mut self, line: &[u8]) {
        if self.within < MAX_WITHIN
            && let Some(lines) = joined(line)
        {
            self.within = self.within.saturating_add(1);
            lines
                .split(|byte| *byte == b'\n')
                .for_each(|line| self.one(line));
            self.within = self.within.saturating_sub(1);
            return;
        }
        let list = header(line, self.line);
        #[cfg(feature = "serde")]
        if self.json.is_open() {
            // What is open since long may never close, and the head of a list is none of it.
            match list {
                Some(_) => self.json(Finder::give_up),
                None => return self.json_line(line),
            }
        }
        let list = list.or_else(|| bare(line, self.line));
        #[cfg(feature = "serde")]
        if list.is_none() {
            return self.json_line(line);
        }
        if let Some(list) = list {
            self.open = Some(list);
            // A list without a line before its pairs, or with the first of them on that line.
            if let Some(list) = &mut self.open
                && let Some(first) = list.first.take()
            {
                // A line that is no pair of the list that it seems to begin would begin it again.
                if self.within < MAX_WITHIN {
                    self.within = self.within.saturating_add(1);
                    self.one(&first);
                    self.within = self.within.saturating_sub(1);
                } else {
                    self.open = None;
                }
            }
        }
    }

    #[cfg(feature = "serde")]
    fn json_line(&mut self, line: &[u8]) {
        let number = self.line;
        self.json(|json, found| json.line(line, number, found));
    }

    #[cfg(feature = "serde")]
    fn json(&mut self, take: impl FnOnce(&mut Finder, &mut Vec<Found>)) {
        let mut found = Vec::new();
        take(&mut self.json, &mut found);
        self.ready.extend(found.into_iter().map(|list| {
            Ok(TraceList {
                attribute: list.name.as_str().into(),
                line: list.line,
                form: Form::Json,
                printed_length: None,
                packed_length: list.data.view().measure().map_or(0, |(length, _)| length),
                hidden: list.hidden,
                lost: Vec::new(),
                losses: 0,
                converted: list.converted,
                data: list.data,
            })
        }));
    }

    /// Ends the list that is being read.
    fn close(&mut self) {
        let Some(mut list) = self.open.take() else {
            return;
        };
        if let Some(value) = list.value.take() {
            list.lose(value.number, value.column, TraceErrorKind::NotAPair);
            // The lines after a value that does not end may be pairs.
            self.open = Some(list);
            let last = self.line;
            for (index, line) in value.lines.iter().enumerate().skip(1) {
                self.line = value.number.saturating_add(index);
                self.one(line);
            }
            self.line = last;
            return self.close();
        }
        list.close_to(0);
        // A word at the end of a line is no list yet.
        if list.printed.is_none() && list.root.view().is_empty() && list.losses == 0 {
            return;
        }
        self.ready.push_back(Ok(TraceList {
            attribute: list.attribute,
            line: list.start,
            form: list.form,
            printed_length: list.printed,
            packed_length: list.packed,
            hidden: list.hidden,
            lost: list.lost,
            losses: list.losses,
            converted: 0,
            data: list.root,
        }));
    }
}

/// The lines that a tool has joined into one, if the line has a list in it.
fn joined(line: &[u8]) -> Option<Vec<u8>> {
    const ENDS: [&[u8]; 4] = [b"#012", b"\\r\\n", b"\\n", b"\\012"];
    const TABS: [&[u8]; 3] = [b"#011", b"\\t", b"\\011"];
    let has = |text: &[u8]| memchr::memmem::find(line, text).is_some();
    let list = has(b"Attribute") || has(b"attr_") || has(b"KVList:") || has(b"GSW_");
    if !list || !ENDS.iter().any(|end| has(end)) {
        return None;
    }
    let mut lines = Vec::with_capacity(line.len());
    let mut rest = line;
    while let Some((first, after)) = rest.split_first() {
        let skip = |texts: &[&[u8]]| texts.iter().find_map(|text| rest.strip_prefix(*text));
        if let Some(after) = skip(&ENDS) {
            lines.push(b'\n');
            rest = after;
        } else if let Some(after) = skip(&TABS) {
            lines.push(b'\t');
            rest = after;
        } else {
            lines.push(*first);
            rest = after;
        }
    }
    // One list on one line is no reason to take a line apart.
    let several = lines.split(|byte| *byte == b'\n').filter(|line| {
        let line = Line::plain(line);
        split(line.content).is_some() || header(line.content, 0).is_some()
    });
    if several.count() > 1 {
        Some(lines)
    } else {
        None
    }
}

/// A line that begins a list: `AttributeUserData [34] 00 01 00 00..`, or one that ends in `KVList:`
/// or names the type of a list.
fn header(line: &[u8], number: usize) -> Option<OpenList> {
    // A quote about the line is that of a table's cell.
    let content = trim_end(line);
    let mut places = memchr::memmem::find_iter(content, b"Attribute").take(TRIES);
    let of_server = places.find_map(|place| {
        let line = Line::cut(content, place);
        let (name, printed) = server_header(cell(&line))?;
        Some(OpenList::new(
            line,
            name,
            number,
            Form::Server,
            Some(printed),
        ))
    });
    of_server.or_else(|| {
        let (before, named, first) = typed_header(content)?;
        let is_name = |byte: &u8| byte.is_ascii_alphanumeric() || b"_-.'".contains(byte);
        let name = before.iter().rev().take_while(|byte| is_name(byte));
        let length = if named { name.count() } else { 0 };
        let line = Line::cut(content, before.len().saturating_sub(length));
        let name = line.content.get(..length).unwrap_or_default();
        let name = name.strip_prefix(b"Attribute").unwrap_or(name);
        let name = name.trim_ascii().strip_prefix(b"'").unwrap_or(name);
        let name = name.strip_suffix(b"'").unwrap_or(name);
        let mut list = OpenList::new(line, name, number, Form::Typed, None);
        if !first.is_empty() {
            list.first = Some(first.to_vec());
        }
        Some(list)
    })
}

/// The name and the length in `AttributeUserData [34] 00 01 00 00..`.
fn server_header(line: &[u8]) -> Option<(&[u8], usize)> {
    let rest = line.strip_prefix(b"Attribute")?;
    let end = rest.iter().position(|byte| !is_name(*byte))?;
    let (name, rest) = rest.split_at_checked(end)?;
    let rest = trim_start(rest).strip_prefix(b"[")?;
    let end = rest.iter().take(20).position(|byte| *byte == b']')?;
    let (digits, rest) = rest.split_at_checked(end)?;
    let printed = integer(digits).filter(|_| digits.iter().all(u8::is_ascii_digit))?;
    let mut preview = rest.get(1..).unwrap_or_default();
    loop {
        preview = trim_start(preview);
        preview = match preview {
            [] => break,
            [b'.', b'.', rest @ ..] => rest,
            [high, low, rest @ ..] if high.is_ascii_hexdigit() && low.is_ascii_hexdigit() => rest,
            _ => return None,
        };
    }
    let named = !name.is_empty();
    named.then_some((name, usize::try_from(printed).ok()?))
}

/// What stands before the sign of a list, whether that ends in a name, and the pair that may follow
/// on the line.
fn typed_header(line: &[u8]) -> Option<(&[u8], bool, &[u8])> {
    let place = memchr::memmem::find(line, b"KVList:");
    if let Some(place) = place {
        let (before, rest) = line.split_at_checked(place)?;
        let first = trim_start(rest.strip_prefix(b"KVList:")?);
        let before = before.strip_suffix(b"T").unwrap_or(before);
        if !first.is_empty() && split(first).is_none() {
            return None;
        }
        let text = trim_end(before);
        let signs: [&[u8]; 3] = [b"=", b":", b""];
        let text = signs.iter().find_map(|sign| text.strip_suffix(*sign));
        let text = trim_end(text.unwrap_or(before));
        let any = |kind| matches!(kind, Type::List | Type::Binary);
        let name = without_type(text, any).unwrap_or(text);
        // What ends in a sign may be the lead of the line.
        let last = name.rsplit(|byte| b": \t".contains(byte)).next();
        let initial = last.and_then(<[u8]>::first);
        let is_word = initial.is_some_and(|byte| byte.is_ascii_alphabetic() || *byte == b'\'');
        let ends_well = name
            .last()
            .is_some_and(|byte| is_name(*byte) || *byte == b'\'');
        let named = name.len() < trim_end(before).len() && is_word && ends_well;
        return Some((if named { name } else { before }, named, first));
    }
    // `attr_user_data [list, size (unpacked)=1234] =`
    let before = line.strip_suffix(b"=").map_or(line, trim_end);
    let named = without_type(before, |kind| kind == Type::List)?;
    // A list of another sort ends in no sign, as any line may.
    let in_sign = before.len() < line.len() && !named.is_empty();
    in_sign.then_some((named, true, b""))
}

/// The text before the type of a list in brackets.
fn without_type(text: &[u8], is_list: impl Fn(Type) -> bool) -> Option<&[u8]> {
    let open = memchr::memrchr(b'[', text)?;
    let (before, name) = text.split_at_checked(open)?;
    let (name, rest) = type_name(name)?;
    (is_list(Type::named(name)?) && rest.is_empty()).then_some(trim_end(before))
}

/// A pair that begins a list by itself: with one of the manuals' keys.
fn bare(line: &[u8], number: usize) -> Option<OpenList> {
    let mut prefixes = ["GSW_", "GWS_"].iter();
    prefixes.find(|prefix| memchr::memmem::find(line, prefix.as_bytes()).is_some())?;
    let (cut, quoted) = match pair_of(line, None) {
        Some((cut, key, tail)) => {
            let shown = !matches!(tail, Tail::Hidden | Tail::Open(..));
            (cut, Some(key).filter(|_| shown)?)
        }
        None => {
            let place = ["GSW_", "GWS_"]
                .iter()
                .filter_map(|prefix| memchr::memmem::find(line, prefix.as_bytes()))
                .min()?;
            let cut = Line::cut(line, place);
            let (key, value) = split_bare(cut.content)?;
            (cut, Some(key).filter(|_| !value.is_empty())?)
        }
    };
    let key = Text::new(quoted);
    (keys::is_reserved(key) || keys::info(key).is_some()).then_some(())?;
    let in_quotes = open(cut.content).is_some();
    let outer = Line {
        indentation: cut.indentation,
        ..cut
    };
    let mut list = OpenList::new(outer, b"", number, Form::Bare, None);
    list.bare = Some(in_quotes);
    list.first = Some(line.to_vec());
    Some(list)
}

/// The pair in a line, and the line cut where the pair begins. The text before it is nothing or,
/// with a `lead`, like that.
fn pair_of<'a>(line: &'a [u8], lead: Option<&[u8]>) -> Option<(Line<'a>, &'a [u8], Tail<'a>)> {
    let plain = Line::plain(line);
    if open(plain.content).is_some()
        && let Some((key, tail)) = split(cell(&plain))
    {
        return Some((plain, key, tail));
    }
    let places = |quote| {
        marks(line, quote)
            .map(|(before, _)| before.len())
            .take(TRIES)
    };
    places(Quote::Single)
        .chain(places(Quote::Double))
        .find_map(|place| {
            let line = Line::cut(line, place);
            let led = match lead {
                Some(lead) => line.is_led_like(lead),
                // What begins a list may have anything before it that is no word of a sentence.
                None => line.lead.is_empty() || line.indentation > 0,
            };
            let (key, tail) = split(cell(&line)).filter(|_| led)?;
            Some((line, key, tail))
        })
}

/// The content of a line in a table's cell, without the quote that ends the cell.
fn cell<'a>(line: &Line<'a>) -> &'a [u8] {
    let in_cell = line.lead.ends_with(b"\"");
    let end = line.content.strip_suffix(b"\"").filter(|_| in_cell);
    end.map_or(line.content, trim_end)
}

pub(super) fn is_name(byte: u8) -> bool {
    byte.is_ascii_alphanumeric() || byte == b'_' || byte == b'-'
}

/// What a list makes of a line.
enum Step {
    Taken,
    /// The line is not of the list.
    Ends,
    /// The lines are to be read once more: the value that they seemed to be is none.
    Again(Vec<Vec<u8>>),
    /// The list is over the limit at this column.
    TooLarge(usize),
}

/// A list that is being read, with the lists within it that are open.
#[derive(Clone, Debug)]
struct OpenList {
    attribute: TextBuf,
    form: Form,
    start: usize,
    printed: Option<usize>,
    /// What stands before the line that begins the list.
    lead: Vec<u8>,
    indentation: usize,
    /// Columns from a list to its pairs; 0 where indentation is lost. Known from the first pair on.
    step: Option<usize>,
    /// Without a line before its pairs: whether their keys are in quotes.
    bare: Option<bool>,
    /// A line to be read as the list's first.
    first: Option<Vec<u8>>,
    root: AttachedDataBuf,
    nested: Vec<Nested>,
    hidden: usize,
    lost: Vec<TraceError>,
    losses: usize,
    /// The length of the pairs when packed.
    packed: usize,
    /// Bytes read, for the limit.
    bytes: usize,
    /// Whether empty lines were passed.
    blank: bool,
    value: Option<OpenValue>,
}

/// A list within a list.
#[derive(Clone, Debug)]
struct Nested {
    key: Vec<u8>,
    /// Where the line that opens it begins.
    indentation: usize,
    pairs: AttachedDataBuf,
}

/// A value that goes on over several lines.
#[derive(Clone, Debug)]
struct OpenValue {
    key: Vec<u8>,
    text: Vec<u8>,
    quote: Quote,
    number: usize,
    column: usize,
    indentation: usize,
    lines: Vec<Vec<u8>>,
}

impl core::fmt::Debug for Quote {
    fn fmt(&self, f: &mut core::fmt::Formatter<'_>) -> core::fmt::Result {
        f.write_str(match self {
            Quote::Single => "'",
            Quote::Double => "\"",
        })
    }
}

impl OpenList {
    fn new(
        line: Line<'_>,
        attribute: &[u8],
        start: usize,
        form: Form,
        printed: Option<usize>,
    ) -> Self {
        OpenList {
            attribute: Text::new(attribute).to_buf(),
            form,
            start,
            printed,
            lead: line.lead.to_vec(),
            indentation: line.indentation,
            step: None,
            bare: None,
            first: None,
            root: AttachedDataBuf::new(),
            nested: Vec::new(),
            hidden: 0,
            lost: Vec::new(),
            losses: 0,
            packed: 2,
            bytes: 0,
            blank: false,
            value: None,
        }
    }

    fn take(&mut self, line: &[u8], number: usize, limits: Limits) -> Step {
        let plain = Line::plain(line);
        self.bytes = self.bytes.saturating_add(plain.content.len());
        if self.bytes > limits.max_bytes {
            return Step::TooLarge(column(&plain));
        }
        if let Some(value) = self.value.take() {
            return self.go_on(value, line, number, limits);
        }
        if trim_start(line).is_empty() {
            self.blank = true;
            return Step::Taken;
        }
        match self.pair(line) {
            Some((cut, key, tail)) => {
                if !self.has_room_for(cut.indentation) {
                    return Step::Ends;
                }
                self.blank = false;
                self.add(&cut, line, key, tail, number, limits);
                Step::Taken
            }
            None => {
                let cut = self.led(line);
                let deeper = cut.indentation > self.indentation;
                let inside = match self.step {
                    // What begins like a pair is one that was spoilt, as long as pairs are missing.
                    Some(0) => open(cut.content).is_some() && self.has_room_for(cut.indentation),
                    _ => deeper && self.bare.is_none() && cut.is_led_like(&self.lead),
                };
                // After an empty line only pairs go on with a list.
                if !inside || self.blank || header(line, number).is_some() {
                    return Step::Ends;
                }
                let column = column_of_value(&cut);
                self.lose(number, column, TraceErrorKind::NotAPair);
                Step::Taken
            }
        }
    }

    /// The line, cut behind a lead like that of the list.
    fn led<'a>(&self, line: &'a [u8]) -> Line<'a> {
        if self.lead.is_empty() {
            return Line::plain(line);
        }
        // The lead ends where blanks begin after as many bytes, or a few more or less.
        let around = self.lead.len().saturating_sub(4)..=self.lead.len().saturating_add(4);
        around
            .map(|end| {
                let rest = line.get(end..).unwrap_or_default();
                let blanks = rest.len().saturating_sub(trim_start(rest).len());
                Line::cut(line, end.saturating_add(blanks))
            })
            .find(|cut| cut.is_led_like(&self.lead) && !cut.lead.is_empty())
            .unwrap_or_else(|| Line::plain(line))
    }

    fn pair<'a>(&self, line: &'a [u8]) -> Option<(Line<'a>, &'a [u8], Tail<'a>)> {
        if self.bare == Some(false) {
            let cut = self.led(line);
            let (key, value) = split_bare(cut.content)?;
            return Some((cut, key, bare_value(key, value)));
        }
        pair_of(line, Some(&self.lead))
    }

    /// Whether a pair that begins at this column is one of the list's.
    fn has_room_for(&mut self, indentation: usize) -> bool {
        if self.bare.is_some() {
            // An empty line ends what has no beginning of its own.
            return indentation >= self.indentation && !self.blank;
        }
        let deeper = indentation.saturating_sub(self.indentation);
        let step = *self.step.get_or_insert(deeper);
        let complete = self.printed.is_some_and(|printed| self.packed >= printed);
        match (step, self.printed) {
            (0, Some(_)) => !complete,
            // Nothing tells where such a list ends but the lines after it.
            (0, None) => !self.blank,
            _ => deeper > 0 && !(self.blank && (complete || self.printed.is_none())),
        }
    }

    /// Adds a pair, which may open a list on the same line, whose first pair may be a list and so
    /// on.
    fn add(
        &mut self,
        cut: &Line<'_>,
        line: &[u8],
        key: &[u8],
        tail: Tail<'_>,
        number: usize,
        limits: Limits,
    ) {
        if self.step != Some(0) {
            let inside = |nested: &Nested| nested.indentation < cut.indentation;
            let open = self
                .nested
                .iter()
                .take_while(|nested| inside(nested))
                .count();
            self.close_to(open);
        }
        let (mut key, mut tail) = (key, tail);
        let mut indentation = cut.indentation;
        loop {
            let (value, length) = match tail {
                Tail::List(first) => {
                    if self.nested.len() >= limits.depth() {
                        return self.lose(number, column(cut), TraceErrorKind::TooDeep);
                    }
                    self.count(key, 6);
                    self.nested.push(Nested {
                        key: key.to_vec(),
                        indentation,
                        pairs: AttachedDataBuf::new(),
                    });
                    indentation = indentation.saturating_add(self.step.unwrap_or(0).max(1));
                    match split(first) {
                        Some((next, after)) => (key, tail) = (next, after),
                        None if first.is_empty() => return,
                        None => {
                            return self.lose(
                                number,
                                column_of_value(cut),
                                TraceErrorKind::NotAPair,
                            );
                        }
                    }
                    continue;
                }
                Tail::Open(text, quote) => {
                    let mut text = text.to_vec();
                    text.push(b'\n');
                    self.value = Some(OpenValue {
                        key: key.to_vec(),
                        text,
                        quote,
                        number,
                        column: column_of_value(cut),
                        indentation,
                        lines: alloc::vec![line.to_vec()],
                    });
                    return;
                }
                Tail::Hidden => {
                    self.hidden = self.hidden.saturating_add(1);
                    (ValueBuf::Hidden, 0)
                }
                Tail::Str(text) => (ValueBuf::Str(text.to_vec()), text.len()),
                Tail::Unicode(text) => (ValueBuf::Unicode(text.to_vec()), text.len()),
                Tail::Int(number) => (ValueBuf::Int(number), 4),
                Tail::Binary(bytes) => {
                    let length = bytes.len();
                    (ValueBuf::Binary(bytes), length)
                }
            };
            self.count(key, length.saturating_add(2));
            self.innermost().push(key, value);
            return;
        }
    }

    /// A line while a value is open: it goes on with the value or ends it, or shows that it was
    /// none.
    fn go_on(&mut self, mut value: OpenValue, line: &[u8], number: usize, limits: Limits) -> Step {
        value.lines.push(line.to_vec());
        let end = close(trim_end(line), value.quote);
        // With the pair that the value would make the list has this length.
        let with = |text: &[u8]| {
            let pair = value.key.len().saturating_add(5);
            let text = value.text.len().saturating_add(text.len());
            self.packed.saturating_add(pair).saturating_add(text)
        };
        let fits = end.is_some_and(|end| Some(with(end)) == self.printed);
        let led = self.led(line);
        let other = pair_of(line, Some(&self.lead)).is_some_and(|(cut, ..)| {
            // A pair in quotes is a pair, unless the text would be just as long as it should be.
            cut.indentation > self.indentation || self.step == Some(0)
        }) || header(line, number).is_some()
            || led.content.starts_with(b"Attribute")
            || led.content.starts_with(b"attr_");
        let too_long = value.lines.len() > MAX_VALUE_LINES;
        if (other && !fits) || too_long {
            self.lose(value.number, value.column, TraceErrorKind::NotAPair);
            value.lines.remove(0);
            return Step::Again(value.lines);
        }
        let Some(end) = end else {
            value.text.extend_from_slice(line);
            value.text.push(b'\n');
            self.value = Some(value);
            return Step::Taken;
        };
        value.text.extend_from_slice(end);
        let cut = Line {
            lead: b"",
            indentation: value.indentation,
            content: b"",
            margin: 0,
        };
        let (key, text) = (value.key, value.text);
        self.add(&cut, line, &key, Tail::Str(&text), number, limits);
        Step::Taken
    }

    fn lose(&mut self, line: usize, column: usize, kind: TraceErrorKind) {
        self.losses = self.losses.saturating_add(1);
        if self.lost.len() < KEPT_LOSSES {
            self.lost.push(TraceError { line, column, kind });
        }
    }

    /// Closes lists within the list until this many are open.
    fn close_to(&mut self, open: usize) {
        while self.nested.len() > open {
            if let Some(nested) = self.nested.pop() {
                self.innermost().push(nested.key, nested.pairs);
            }
        }
    }

    fn innermost(&mut self) -> &mut AttachedDataBuf {
        match self.nested.last_mut() {
            Some(nested) => &mut nested.pairs,
            None => &mut self.root,
        }
    }

    /// Counts type, key and the rest of a pair.
    fn count(&mut self, key: &[u8], rest: usize) {
        self.packed = self
            .packed
            .saturating_add(3)
            .saturating_add(key.len())
            .saturating_add(rest);
    }
}

/// A value without quotes: a number where the key has one, otherwise a string.
fn bare_value<'a>(key: &[u8], value: &'a [u8]) -> Tail<'a> {
    use keys::WireType::{Int, Int64};
    let value = value
        .strip_suffix(b",")
        .or_else(|| value.strip_suffix(b";"))
        .unwrap_or(value);
    if let Some(text) = open(value).and_then(|(quote, inside)| close(inside, quote)) {
        return Tail::Str(text);
    }
    let info = keys::info(Text::new(key));
    let is_number = info.is_some_and(|info| matches!(info.encode, Int | Int64));
    match integer(value) {
        Some(number) if is_number || info.is_none() => Tail::Int(number),
        _ if value.is_empty() || (value.len() > 1 && value.iter().all(|byte| *byte == b'*')) => {
            Tail::Hidden
        }
        _ => Tail::Str(value),
    }
}

/// The byte where a line's content begins, counted from 1.
fn column(line: &Line<'_>) -> usize {
    line.margin.saturating_add(1)
}

/// The byte where the value begins: a key that closes makes its value the culprit.
fn column_of_value(line: &Line<'_>) -> usize {
    let key = open(line.content).and_then(|(quote, rest)| {
        let (key, _) = marks(rest, quote).next()?;
        Some(key.len().saturating_add(2))
    });
    column(line).saturating_add(key.unwrap_or(0))
}
