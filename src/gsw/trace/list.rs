//! A list that is being read, pair by pair.
use alloc::vec::Vec;

use super::heads::{Head, Pair, bare_value, header, pair_of};
use super::line::{Line, Quote, close, marks, open, trim_end, trim_start};
use super::pair::{Tail, split, split_bare};
use super::{Form, TraceError, TraceErrorKind};
use crate::gsw::attached_data::{AttachedDataBuf, Limits, ValueBuf};
use crate::text::Text;
use crate::text_buf::TextBuf;

/// A value may go on over so many lines.
const MAX_VALUE_LINES: usize = 32;

/// So many losses of a list are kept; all are counted.
const KEPT_LOSSES: usize = 16;

/// The effect of a line on a list.
pub(super) enum Step {
    Taken,
    /// The line is not of the list.
    Ends,
    /// The lines have to be read again: they are not the value that they seemed to be.
    Again(Vec<Vec<u8>>),
    /// The list is over the limit at this column.
    TooLarge(usize),
}

/// A list that is being read, with the lists within it that are open.
#[derive(Clone, Debug)]
pub(super) struct OpenList {
    pub(super) attribute: TextBuf,
    pub(super) form: Form,
    pub(super) start: usize,
    pub(super) printed: Option<usize>,
    /// The text before the line that begins the list.
    pub(super) lead: Vec<u8>,
    pub(super) indentation: usize,
    /// Columns from a list to its pairs; 0 where indentation is lost. Known from the first pair on.
    pub(super) step: Option<usize>,
    /// Without a line before its pairs: whether their keys are in quotes.
    pub(super) bare: Option<bool>,
    pub(super) root: AttachedDataBuf,
    nested: Vec<Nested>,
    pub(super) hidden: usize,
    pub(super) lost: Vec<TraceError>,
    pub(super) losses: usize,
    /// The length of the pairs when packed.
    pub(super) packed: usize,
    /// Bytes read, for the limit.
    pub(super) bytes: usize,
    /// Whether empty lines were passed.
    pub(super) blank: bool,
    pub(super) value: Option<OpenValue>,
}

/// A list within a list.
#[derive(Clone, Debug)]
struct Nested {
    key: Vec<u8>,
    /// The indentation of the line that opens it.
    indentation: usize,
    pairs: AttachedDataBuf,
}

/// A value that goes on over several lines.
#[derive(Clone, Debug)]
pub(super) struct OpenValue {
    pub(super) key: Vec<u8>,
    pub(super) text: Vec<u8>,
    pub(super) quote: Quote,
    pub(super) number: usize,
    pub(super) column: usize,
    pub(super) indentation: usize,
    pub(super) lines: Vec<Vec<u8>>,
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
    /// Creates the list of a line, with the pair that may be on the line.
    pub(super) fn begin(head: Head<'_>, line: &[u8], number: usize, limits: Limits) -> Self {
        let mut list = OpenList {
            attribute: Text::new(head.name).to_buf(),
            form: head.form,
            start: number,
            printed: head.printed,
            lead: head.line.lead.to_vec(),
            indentation: head.line.indentation,
            step: None,
            bare: head.bare,
            root: AttachedDataBuf::new(),
            nested: Vec::new(),
            hidden: 0,
            lost: Vec::new(),
            losses: 0,
            packed: 2,
            bytes: 0,
            blank: false,
            value: None,
        };
        if let Some((cut, key, tail)) = head.first {
            list.bytes = cut.content.len();
            list.add(&cut, line, key, tail, number, limits);
        }
        list
    }

    pub(super) fn take(&mut self, line: &[u8], number: usize, limits: Limits) -> Step {
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
                    // A line that begins like a pair is a damaged one, as long as pairs are
                    // missing.
                    Some(0) => open(cut.content).is_some() && self.has_room_for(cut.indentation),
                    _ => deeper && self.bare.is_none() && cut.is_led_like(&self.lead),
                };
                // After an empty line only pairs go on with a list.
                if !inside || self.blank || header(line).is_some() {
                    return Step::Ends;
                }
                let column = column_of_value(&cut);
                self.lose(number, column, TraceErrorKind::NotAPair);
                Step::Taken
            }
        }
    }

    /// Returns the line, cut after a lead like that of the list.
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

    fn pair<'a>(&self, line: &'a [u8]) -> Option<Pair<'a>> {
        if self.bare == Some(false) {
            let cut = self.led(line);
            let (key, value) = split_bare(cut.content)?;
            return Some((cut, key, bare_value(key, value)));
        }
        pair_of(line, Some(&self.lead))
    }

    /// Returns whether a pair that begins at this column is one of the list's.
    fn has_room_for(&mut self, indentation: usize) -> bool {
        if self.bare.is_some() {
            // An empty line ends a list without a first line of its own.
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
    pub(super) fn add(
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

    /// Processes a line while a value is open: it continues the value or ends it, or shows that
    /// there was none.
    fn go_on(&mut self, mut value: OpenValue, line: &[u8], number: usize, limits: Limits) -> Step {
        value.lines.push(line.to_vec());
        // With the pair that the value would make the list has this length.
        let with = |text: &[u8]| {
            let pair = value.key.len().saturating_add(5);
            let text = value.text.len().saturating_add(text.len());
            self.packed.saturating_add(pair).saturating_add(text)
        };
        let led = self.led(line);
        let behind = line.get(led.lead.len()..).unwrap_or_default();
        // A tool sets what it puts before a line apart by a blank.
        let text = match behind.strip_prefix(b" ") {
            Some(text) if !led.lead.is_empty() => text,
            _ => behind,
        };
        let end = close(trim_end(text), value.quote).map(|end| {
            // The printed length decides which blanks are the value's own.
            let all = close(trim_end(behind), value.quote).unwrap_or(end);
            let blanks = all.len().saturating_sub(trim_start(all).len());
            (0..=blanks)
                .filter_map(|blanks| all.get(blanks..))
                .find(|text| Some(with(text)) == self.printed)
                .unwrap_or(end)
        });
        let fits = end.is_some_and(|end| Some(with(end)) == self.printed);
        let other = pair_of(line, Some(&self.lead)).is_some_and(|(cut, ..)| {
            // A pair in quotes is a pair, unless the text would be just as long as it should be.
            cut.indentation > self.indentation || self.step == Some(0)
        }) || header(line).is_some()
            || led.content.starts_with(b"Attribute")
            || led.content.starts_with(b"attr_");
        let too_long = value.lines.len() > MAX_VALUE_LINES;
        if (other && !fits) || too_long {
            self.lose(value.number, value.column, TraceErrorKind::NotAPair);
            value.lines.remove(0);
            return Step::Again(value.lines);
        }
        let Some(end) = end else {
            value.text.extend_from_slice(text);
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

    pub(super) fn lose(&mut self, line: usize, column: usize, kind: TraceErrorKind) {
        self.losses = self.losses.saturating_add(1);
        if self.lost.len() < KEPT_LOSSES {
            self.lost.push(TraceError { line, column, kind });
        }
    }

    /// Closes lists within the list until this many are open.
    pub(super) fn close_to(&mut self, open: usize) {
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

/// Returns the byte at which a line's content begins, counted from 1.
pub(super) fn column(line: &Line<'_>) -> usize {
    line.margin.saturating_add(1)
}

/// Returns the byte at which the value begins: after a closed key, the fault is in the value.
pub(super) fn column_of_value(line: &Line<'_>) -> usize {
    let key = open(line.content).and_then(|(quote, rest)| {
        let (key, _) = marks(rest, quote).next()?;
        Some(key.len().saturating_add(2))
    });
    column(line).saturating_add(key.unwrap_or(0))
}
