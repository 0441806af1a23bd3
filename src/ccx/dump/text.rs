//! Messages that a high-level trace prints as text (guide, chapter 11), and the decoded lines of
//! sister products.

mod fields;
mod names;
mod record;

use alloc::collections::VecDeque;
use alloc::string::{String, ToString};
use alloc::vec::Vec;

use thiserror::Error;

use super::log::{Context, Log, has_time};
use super::trim_end;
use crate::ccx::{Frame, MessageType, Version};
use crate::text::Text;
use record::{Brackets, End, Start, Style};

/// The most bytes of a message in text.
const MAX_TEXT: usize = 64 * 1024;
/// The most lines of one.
const MAX_LINES: usize = 512;

/// Finds the messages that a log shows as text, among any other lines.
///
/// ```text
/// 7091923: Nov 20 10:43:59.435 EDT %MIVR-ICD_CTI-7-UNK:
/// CSOutboundMsgProcessor: got an event message:
/// { length=-1 type=END_CALL_EVENT, monitorID: 0, peripheralID: 1,
/// peripheralType: 21, connectionDeviceType: 0, connectionCallID: 16777488,
/// connectionDeviceID: 9026 }
/// ```
///
/// It reads `{ length=N type=NAME, name: value, … }` and `{length=N type=NAME,name=value,…}` over
/// one line or many, `MsgType:NAME (Name:value …)` of CTI Server and of the guide's flows, and
/// `cti_message=CTINameOfMessage [name=value, …]` of Finesse.
///
/// Printed text is ambiguous: a value with a comma and a name in it looks like two fields. A
/// message that seems to begin within another one is read as a value.
///
/// ```
/// use cti_codec::ccx::dump::TextReader;
/// use cti_codec::ccx::{Message, MessageType, Version};
///
/// let mut reader = TextReader::new();
/// reader.line(b"got {length=31 type=END_CALL_EVENT, connectionCallID: 7, connectionDeviceID: 9026 }");
/// let traced = reader.next_message().unwrap().unwrap();
/// assert_eq!(traced.message_type, Some(MessageType::END_CALL_EVENT));
/// let fields = traced.fields(Version::V14).unwrap();
/// let Message::EndCallEvent(event) = fields.frame.decode(Version::V14)? else { panic!() };
/// assert_eq!((event.call_id, event.connection_device_id), (7, Some("9026".into())));
/// # Ok::<(), cti_codec::ccx::DecodeError>(())
/// ```
#[derive(Clone, Debug, Default)]
pub struct TextReader {
    /// The lines taken in.
    line: usize,
    open: Option<Open>,
    /// The last lines before a message.
    context: Context,
    done: VecDeque<Result<TextMessage, TextError>>,
}

/// A message whose end has not come.
#[derive(Clone, Debug)]
struct Open {
    line: usize,
    lines: usize,
    style: Style,
    name: Vec<u8>,
    length: Option<u32>,
    /// The text after the name.
    text: Vec<u8>,
    brackets: Brackets,
    log: Log,
    /// The logger's prefix of the line.
    prefix: Vec<u8>,
}

/// A message that a log shows as text.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct TextMessage {
    /// The line on which it begins, counted from 1.
    pub line: usize,
    /// The type, as printed.
    pub name: String,
    /// The type, if this protocol has it.
    pub message_type: Option<MessageType>,
    /// The length of the body, if one was printed that was known.
    pub body_length: Option<u32>,
    /// The log's information about the message.
    pub log: Log,
    /// The names and values, as printed, one behind the other.
    text: Vec<u8>,
    /// The places of names and values.
    pairs: Vec<record::Pair>,
}

/// The fields of a message that was read from text.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct TextFields {
    /// The message as bytes, which decode as any frame does. They are not those that went over the
    /// wire: fields that the text does not show are absent, or have the value prescribed.
    pub frame: Frame,
    /// Values of the text that the frame does not hold.
    pub left: Vec<Left>,
    /// Fields of the fixed part that the text does not show, so that their values are made up.
    pub absent: Vec<&'static str>,
}

/// A name and a value that a frame does not hold.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct Left {
    /// The name, as printed.
    pub name: String,
    /// The value, as printed.
    pub value: String,
    /// Why it is left.
    pub why: LeftWhy,
}

/// Why a value is not in a frame.
#[derive(Clone, Copy, PartialEq, Eq, Debug, Error)]
pub enum LeftWhy {
    /// The message has no field of this name.
    #[error("the message has no such field")]
    Unknown,
    /// The log shows an object's address, or stars, in place of the value.
    #[error("the log does not show the value")]
    Hidden,
    /// The field cannot hold the value.
    #[error("the field cannot hold it")]
    Unfit,
    /// The name is given a second time, with another value.
    #[error("given twice; the first counts")]
    Twice,
    /// The version does not have the field.
    #[error("the version does not have the field")]
    NotInVersion,
}

/// A message in text that cannot be read.
#[derive(Clone, Copy, PartialEq, Eq, Debug, Error)]
#[error("line {line}: {kind}")]
pub struct TextError {
    /// The line on which it begins, counted from 1.
    pub line: usize,
    /// The fault.
    pub kind: TextErrorKind,
}

/// The fault in a message in text.
#[derive(Clone, Copy, PartialEq, Eq, Debug, Error)]
pub enum TextErrorKind {
    /// Its last brace does not come: the log ends, or another message begins.
    #[error("a message in text does not end")]
    Unfinished,
    /// It is longer than any message can be.
    #[error("a message in text is longer than {MAX_TEXT} bytes or {MAX_LINES} lines")]
    TooLong,
}

impl TextReader {
    /// Creates a reader.
    #[must_use]
    pub fn new() -> Self {
        Self::default()
    }

    /// Processes the next line, with or without its line ending, and returns whether a message
    /// includes some of it. Then call [`next_message`](Self::next_message) until it returns `None`.
    pub fn line(&mut self, line: &[u8]) -> bool {
        self.line = self.line.saturating_add(1);
        let line = trim_end(line);
        let start = record::start(line);
        if self.open.is_some() {
            // A message begins at the beginning of a line, or behind the time of another entry.
            let fresh = start.as_ref().is_some_and(|start| {
                start.prefix.trim_ascii().is_empty() || has_time(start.prefix)
            });
            if !fresh {
                self.more(line);
                return true;
            }
            self.give_up(TextErrorKind::Unfinished);
        }
        match start {
            Some(start) => {
                self.begin(start);
                true
            }
            None => {
                self.context.remember(line);
                false
            }
        }
    }

    /// Counts lines that are known to contain no message.
    pub fn pass(&mut self, lines: usize) {
        self.line = self.line.saturating_add(lines);
        if lines > 0 {
            self.context.clear();
        }
    }

    /// Returns whether a message has begun that has not ended.
    #[must_use]
    pub const fn is_open(&self) -> bool {
        self.open.is_some()
    }

    /// Returns the next message, or one that cannot be read.
    pub fn next_message(&mut self) -> Option<Result<TextMessage, TextError>> {
        self.done.pop_front()
    }

    /// Call this at the end of the log: a message that still waits for its end becomes an error.
    pub fn finish(&mut self) {
        if let Some(open) = self.open.take() {
            if open.style.may_end() {
                self.close(open);
            } else {
                self.open = Some(open);
                self.give_up(TextErrorKind::Unfinished);
            }
        }
    }

    fn give_up(&mut self, kind: TextErrorKind) {
        if let Some(open) = self.open.take() {
            let line = open.line;
            self.done.push_back(Err(TextError { line, kind }));
        }
    }

    fn begin(&mut self, start: Start<'_>) {
        let log = self.context.log(start.prefix);
        let open = Open {
            line: self.line,
            lines: 0,
            style: start.style,
            name: start.name.to_vec(),
            length: start.length,
            text: Vec::new(),
            brackets: Brackets::default(),
            log,
            prefix: start.prefix.to_vec(),
        };
        self.open = Some(open);
        self.add(start.rest);
    }

    /// Takes in a further line of the message.
    fn more(&mut self, line: &[u8]) {
        let Some(open) = &self.open else {
            return;
        };
        let line = match super::without_prefix(line, &open.prefix) {
            Some(rest) if !open.prefix.trim_ascii().is_empty() => rest,
            _ => line,
        };
        let text = line.trim_ascii();
        self.add(text);
    }

    fn add(&mut self, text: &[u8]) {
        let Some(open) = &mut self.open else {
            return;
        };
        open.lines = open.lines.saturating_add(1);
        if open.text.len().saturating_add(text.len()) > MAX_TEXT || open.lines > MAX_LINES {
            self.give_up(TextErrorKind::TooLong);
            return;
        }
        let from = open.text.len();
        if from > 0 {
            open.text.push(b' ');
        }
        open.text.extend_from_slice(text);
        match record::end(open.style, &open.text, from, &mut open.brackets) {
            End::Open => {}
            End::At(end) => {
                open.text.truncate(end);
                if let Some(open) = self.open.take() {
                    self.close(open);
                }
            }
        }
    }

    fn close(&mut self, open: Open) {
        let pairs = record::pairs(open.style, &open.text);
        let name = String::from_utf8_lossy(&open.name).to_string();
        self.done.push_back(Ok(TextMessage {
            line: open.line,
            message_type: names::message_type(&name),
            name,
            body_length: open.length,
            log: open.log,
            text: open.text,
            pairs,
        }));
    }
}

impl TextMessage {
    /// Returns the names and values, as printed and in their order.
    pub fn pairs(&self) -> impl Iterator<Item = (Text<'_>, Text<'_>)> {
        self.pairs.iter().map(|pair| {
            let name = self.text.get(pair.name.clone()).unwrap_or_default();
            let value = self.text.get(pair.value.clone()).unwrap_or_default();
            (Text::new(name), Text::new(value))
        })
    }

    /// Returns the version that an `OPEN_REQ` asks for, if it exists.
    #[must_use]
    pub fn requested_version(&self) -> Option<Version> {
        if self.message_type != Some(MessageType::OPEN_REQ) {
            return None;
        }
        let (_, value) = self
            .pairs()
            .find(|(name, _)| names::plain(name.as_bytes()).starts_with("version"))?;
        let number: u32 = value.to_str().ok()?.trim().parse().ok()?;
        Version::new(number)
    }

    /// Reads the values as the fields of the message have them, in a version. `None` for a type
    /// that this protocol does not have.
    ///
    /// A name is matched without case and separators: against the guide's names, those that traces
    /// give to reserved fields, and the usual other ones. `null` means that a field is absent.
    #[must_use]
    pub fn fields(&self, version: Version) -> Option<TextFields> {
        let layout = self.message_type?.layout()?;
        fields::fields(layout, version, self)
    }
}
