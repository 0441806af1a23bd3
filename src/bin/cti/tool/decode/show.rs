//! Messages as text for people.
#![allow(
    clippy::arithmetic_side_effects,
    reason = "widths of columns, bounded by what fits into memory"
)]

use std::io::{self, Write};

use cti_codec::ccx::dump::HexDump;
use cti_codec::ccx::layout::{FieldRow, FixedRow, GroupRow, Kind, Reserved, ValueTable};
use cti_codec::ccx::special::{NULL_APPLICATION, NULL_CALL_ID, NULL_CSQ};
use cti_codec::ccx::{
    DecodeError, Finding, FloatingField, Frame, Message, NamedArray, NamedVariable, Text, Value,
    Version, Visitor,
};
use jiff::Timestamp;

use super::super::secrets::HIDDEN;

/// Writes messages, coloured or not.
pub(crate) struct Painter {
    pub(crate) color: bool,
}

/// What a line begins with, under the header of its message.
const INDENT: usize = 6;

impl Painter {
    fn paint(&self, code: &str, text: &str) -> String {
        if self.color {
            format!("\x1b[{code}m{text}\x1b[0m")
        } else {
            text.to_owned()
        }
    }

    pub(crate) fn strong(&self, text: &str) -> String {
        self.paint("1", text)
    }

    pub(crate) fn warning(&self, text: &str) -> String {
        self.paint("33", text)
    }

    pub(crate) fn faint(&self, text: &str) -> String {
        self.paint("2", text)
    }

    /// The fields of a message, or its bytes if it has no struct. Fields of the fixed part that are
    /// absent, as a log did not print them, are left out.
    pub(crate) fn message(
        &self,
        out: &mut impl Write,
        message: &Message<'_>,
        frame: &Frame,
        version: Version,
        absent: &[&str],
    ) -> io::Result<()> {
        if let Message::Raw(_) = message {
            return self.bytes(out, frame);
        }
        let mut lines = Lines {
            version,
            lines: Vec::new(),
            lists: Vec::new(),
            element: None,
            unlisted: false,
            absent,
        };
        message.visit(&mut lines);
        let width = lines
            .lines
            .iter()
            .filter(|line| line.value.is_some())
            .map(Line::name_width)
            .max()
            .unwrap_or_default();
        for line in &lines.lines {
            let name = format!("{:indent$}{}", "", line.name, indent = INDENT + line.indent);
            match &line.value {
                None => {
                    let remark = line.remark.as_deref().unwrap_or_default();
                    writeln!(out, "{}{remark}", self.paint("36", &name))?;
                }
                Some(value) => {
                    let fill = width.saturating_sub(line.name_width());
                    let name = self.paint("36", &name);
                    // What takes several lines stays in its column.
                    let column = INDENT + width + 2;
                    let mut rows = value.lines();
                    write!(
                        out,
                        "{name}{:fill$}  {}",
                        "",
                        rows.next().unwrap_or_default()
                    )?;
                    for row in rows {
                        write!(out, "\n{:column$}{row}", "")?;
                    }
                    match &line.remark {
                        Some(remark) => writeln!(out, "  {}", self.faint(remark))?,
                        None => writeln!(out)?,
                    }
                }
            }
        }
        Ok(())
    }

    /// The bytes of a frame that cannot be decoded. Their offsets are those of the error.
    pub(crate) fn undecodable(
        &self,
        out: &mut impl Write,
        error: &DecodeError,
        frame: &Frame,
        secret: bool,
    ) -> io::Result<()> {
        let text = format!(
            "cannot be decoded: {} at byte {}: {}",
            error.field, error.offset, error.kind
        );
        writeln!(out, "{:INDENT$}{}", "", self.paint("31", &text))?;
        if secret {
            let text = "bytes not shown, as there may be a password in them; --show-secrets";
            return writeln!(out, "{:INDENT$}{text}", "");
        }
        self.bytes(out, frame)
    }

    fn bytes(&self, out: &mut impl Write, frame: &Frame) -> io::Result<()> {
        for row in HexDump(frame.bytes()).to_string().lines() {
            writeln!(out, "{:INDENT$}{row}", "")?;
        }
        Ok(())
    }

    pub(crate) fn finding(&self, out: &mut impl Write, finding: &Finding) -> io::Result<()> {
        let name = self.paint("33", finding.kind.name());
        let Finding {
            field,
            offset,
            kind,
            ..
        } = finding;
        writeln!(
            out,
            "{:INDENT$}! {name}: {field} at byte {offset}: {kind}",
            ""
        )
    }
}

/// A line of a message; a heading if it has no value.
struct Line {
    indent: usize,
    name: String,
    value: Option<String>,
    remark: Option<String>,
}

impl Line {
    fn name_width(&self) -> usize {
        self.name.chars().count() + self.indent
    }
}

/// Collects the lines of a message, so that their columns can be aligned.
struct Lines<'n> {
    version: Version,
    absent: &'n [&'n str],
    lines: Vec<Line>,
    /// The lists that have begun: where their headings stand, and how many elements there were.
    lists: Vec<(usize, usize)>,
    /// The number of the element that has begun, until its first field is there.
    element: Option<usize>,
    unlisted: bool,
}

/// How far the fields of an element stand to the right of their list.
const STEP: usize = 5;

impl Lines<'_> {
    fn add(&mut self, name: &str, value: Option<String>, remark: Option<String>) {
        // The first field of an element stands behind its number.
        let mark = match (self.element.take(), self.lists.len()) {
            (_, 0) => String::new(),
            (Some(number), _) => format!("{number:>3}. "),
            (None, _) => " ".repeat(STEP),
        };
        self.lines.push(Line {
            indent: self.lists.len().saturating_sub(1) * STEP,
            name: format!("{mark}{name}"),
            value,
            remark,
        });
    }
}

impl<'a> Visitor<'a> for Lines<'_> {
    fn fixed(&mut self, row: &'static FixedRow, value: Value<'_>) {
        if !row.is_in(self.version.number()) || self.absent.contains(&row.name) {
            return;
        }
        let remark = match (row.reserved, value) {
            (None, _) => None,
            (Some(0), Value::Bytes(bytes)) if bytes.iter().all(|byte| *byte == 0) => return,
            (Some(prescribed), value) if is(value, prescribed) => return,
            (Some(prescribed), _) => Some(format!("reserved, {prescribed} in the guide")),
        };
        let value = show(row.name, row.kind, row.values, value);
        self.add(row.name, Some(value), remark);
    }

    fn field(&mut self, row: &'static FieldRow, value: Value<'a>) {
        let remark = match (row.reserved, value) {
            (None, _) => None,
            (Some(Reserved::Empty), Value::Text(text)) if text.as_bytes().is_empty() => return,
            (Some(Reserved::Empty), _) => Some("reserved, empty in the guide".into()),
            (Some(Reserved::Number(prescribed)), value) if is(value, prescribed) => return,
            (Some(Reserved::Number(prescribed)), _) => {
                Some(format!("reserved, {prescribed} in the guide"))
            }
        };
        let shown = show(row.name, row.kind, row.values, value);
        match value {
            Value::NamedVariable(variable) => self.add(&plain(variable.name), Some(shown), remark),
            Value::NamedArray(element) => {
                let name = format!("{}[{}]", plain(element.name), element.index);
                self.add(&name, Some(shown), remark);
            }
            _ => self.add(row.name, Some(shown), remark),
        }
    }

    fn list_begins(&mut self, row: &'static GroupRow) {
        self.add(row.name, None, None);
        self.lists.push((self.lines.len() - 1, 0));
    }

    fn element_begins(&mut self) {
        if let Some((_, count)) = self.lists.last_mut() {
            *count += 1;
            self.element = Some(*count);
        }
    }

    fn element_ends(&mut self) {
        // All its fields may be reserved ones as the guide has them.
        if self.element.is_some() {
            self.add("as the guide prescribes", Some(String::new()), None);
        }
    }

    fn list_ends(&mut self) {
        if let Some((heading, count)) = self.lists.pop()
            && let Some(line) = self.lines.get_mut(heading)
        {
            line.remark = Some(format!(" ({count})"));
        }
    }

    fn unlisted(&mut self, field: FloatingField<'a>) {
        if !self.unlisted {
            self.unlisted = true;
            self.add("not in the table of the message", None, None);
        }
        let name = format!("  [{}]", field.id);
        self.add(&name, Some(bytes(field.data)), None);
    }
}

fn is(value: Value<'_>, number: u32) -> bool {
    match value {
        Value::Unsigned(value) | Value::Bool { value, .. } => value == number,
        Value::Signed(value) => i64::from(value) == i64::from(number),
        _ => false,
    }
}

/// The value of a field, in the words of the guide where it has some.
fn show(name: &str, kind: Kind, table: Option<&'static ValueTable>, value: Value<'_>) -> String {
    match value {
        Value::Text(text) if name.ends_with("Password") && text == HIDDEN => HIDDEN.into(),
        Value::Bytes(data) if name.ends_with("Password") && data == HIDDEN.as_bytes() => {
            HIDDEN.into()
        }
        Value::Unsigned(value) => match table {
            Some(table) if table.mask => mask(table, value),
            Some(table) => code(table, value),
            None if kind == Kind::Time => time(value),
            None => special(name, value).map_or_else(|| value.to_string(), Into::into),
        },
        Value::Signed(value) => value.to_string(),
        Value::Bool { value: 0, .. } => "false".into(),
        Value::Bool { value: 1, .. } => "true".into(),
        Value::Bool { value, .. } => format!("true, as {value}"),
        Value::Text(text)
        | Value::NamedVariable(NamedVariable { value: text, .. })
        | Value::NamedArray(NamedArray { value: text, .. }) => format!("{text:?}"),
        Value::Bytes(data) => bytes(data),
    }
}

fn code(table: &ValueTable, value: u32) -> String {
    match table.name_of(value) {
        Some(name) => name.into(),
        None => value.to_string(),
    }
}

fn mask(table: &ValueTable, value: u32) -> String {
    let mut rest = value;
    let mut names = Vec::new();
    for row in table.values {
        if let Some(name) = row.name
            && row.first != 0
            && row.first & rest == row.first
        {
            rest &= !row.first;
            names.push(name.to_owned());
        }
    }
    if rest != 0 {
        names.push(format!("{rest:#x}"));
    }
    if names.is_empty() {
        return "none".into();
    }
    // One to a line where they are many, as OPEN_REQ asks for a dozen kinds of events.
    let separator = if names.len() > 4 { "\n" } else { " | " };
    names.join(separator)
}

fn time(value: u32) -> String {
    match Timestamp::from_second(value.into()) {
        Ok(time) if value != 0 => time.strftime("%Y-%m-%d %H:%M:%S UTC").to_string(),
        _ => value.to_string(),
    }
}

/// What stands for none, which has no table of its own.
fn special(name: &str, value: u32) -> Option<&'static str> {
    match value {
        NULL_CSQ if name == "CSQID" => Some("NULL_CSQ"),
        NULL_APPLICATION if name == "ApplicationID" => Some("NULL_APPLICATION"),
        NULL_CALL_ID if name.ends_with("CallID") => Some("NULL_CALL_ID"),
        _ => None,
    }
}

/// A name within a line, escaped as texts are, without the quotes.
fn plain(text: Text<'_>) -> String {
    let quoted = format!("{text:?}");
    quoted.trim_matches('"').to_owned()
}

/// Bytes and their text, without an offset.
fn bytes(data: &[u8]) -> String {
    let dump = HexDump(data).to_string();
    let rows: Vec<&str> = dump.lines().filter_map(|row| row.get(10..)).collect();
    match rows.as_slice() {
        [] => "no bytes".into(),
        // Alone in its column, a row needs no room for more.
        [row] => match row.split_once("   ") {
            Some((hex, text)) => format!("{hex}  {}", text.trim_start()),
            None => (*row).into(),
        },
        rows => rows.join("\n"),
    }
}
