//! Finds lists among the lines of a log, one line after another.
use alloc::collections::VecDeque;
use alloc::vec::Vec;

use super::heads::{bare, header, joined};
use super::list::{OpenList, Step};
use super::{Form, TraceError, TraceErrorKind, TraceList};
use crate::gsw::attached_data::Limits;
#[cfg(feature = "serde")]
use crate::gsw::json::find::{Finder, Found};

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
    #[cfg(feature = "serde")]
    json: Finder,
    ready: VecDeque<Result<TraceList, TraceError>>,
}

impl Default for Reader {
    fn default() -> Self {
        Self::new()
    }
}

impl Reader {
    /// Creates a reader with the default [`Limits`].
    #[must_use]
    pub fn new() -> Self {
        Self::with_limits(Limits::default())
    }

    /// Creates a reader with the given limits.
    #[must_use]
    pub fn with_limits(limits: Limits) -> Self {
        Reader {
            limits,
            line: 0,
            partial: Vec::new(),
            open: None,
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

    /// Keeps the beginning of a line. Beyond the limit it cannot be part of a list.
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

    /// Counts lines that are known to contain no part of a list.
    pub fn pass(&mut self, lines: usize) {
        self.line = self.line.saturating_add(lines);
    }

    /// Returns the form of an open item that may continue on the next line: a list or, for
    /// [`Form::Json`], open brackets.
    #[must_use]
    pub fn open(&self) -> Option<Form> {
        #[cfg(feature = "serde")]
        let json = self.json.is_open().then_some(Form::Json);
        #[cfg(not(feature = "serde"))]
        let json = None;
        self.open.as_ref().map(|list| list.form).or(json)
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

    /// Processes a line that belongs to no list yet.
    fn outside(&mut self, line: &[u8]) {
        if let Some(lines) = joined(line) {
            // No line of them is one of several in turn.
            lines
                .split(|byte| *byte == b'\n')
                .for_each(|line| self.one(line));
            return;
        }
        let head = header(line);
        #[cfg(feature = "serde")]
        if self.json.is_open() {
            // A bracket that has been open for long may never close, and the head of a list is not
            // within it.
            match head {
                Some(_) => self.json(Finder::give_up),
                None => return self.json_line(line),
            }
        }
        match head.or_else(|| bare(line)) {
            Some(head) => {
                self.open = Some(OpenList::begin(head, line, self.line, self.limits));
            }
            None => {
                #[cfg(feature = "serde")]
                self.json_line(line);
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
