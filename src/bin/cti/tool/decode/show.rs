//! Messages as text for people.
#![allow(
    clippy::arithmetic_side_effects,
    reason = "widths of columns, bounded by what fits into memory"
)]

use std::fmt::{Display, Write as _};
use std::io::{self, Write};
use std::ops::Range;

use cti_codec::ccx::dump::HexDump;
use cti_codec::ccx::layout::{FieldRow, FixedRow, GroupRow, Kind, Reserved, ValueTable};
use cti_codec::ccx::special::{NULL_APPLICATION, NULL_CALL_ID, NULL_CSQ};
use cti_codec::ccx::{
    DecodeError, Finding, Frame, List, Message, NamedArray, NamedVariable, Text, Unlisted, Value,
    Version, Visitor,
};
use jiff::Timestamp;

use super::super::secrets::HIDDEN;

/// Writes messages, coloured or not.
pub(crate) struct Painter {
    color: bool,
    /// What a message is put together in, kept for its room.
    lines: Vec<Line>,
    text: String,
    page: String,
}

/// What a line begins with, under the header of its message.
const INDENT: usize = 6;

impl Painter {
    pub(crate) fn new(color: bool) -> Self {
        Self {
            color,
            lines: Vec::new(),
            text: String::new(),
            page: String::new(),
        }
    }

    fn paint(&self, code: &str, text: &str) -> String {
        let mut painted = String::new();
        paint(&mut painted, self.color, code, text);
        painted
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

    /// The line above a message: its number, its type and the rest.
    pub(crate) fn title(
        &mut self,
        out: &mut impl Write,
        number: u64,
        title: &dyn Display,
        rest: &dyn Display,
    ) -> io::Result<()> {
        let page = &mut self.page;
        page.clear();
        let number = format_args!("{number:>4}");
        let parts: [(&str, &dyn Display, &str); 3] =
            [("2", &number, "  "), ("1", title, "  "), ("2", rest, "\n")];
        for (code, text, behind) in parts {
            if self.color {
                let _ = write!(page, "\x1b[{code}m{text}\x1b[0m{behind}");
            } else {
                let _ = write!(page, "{text}{behind}");
            }
        }
        out.write_all(page.as_bytes())
    }

    /// The fields of a message, or its bytes if it has no struct. Fields of the fixed part that are
    /// absent, as a log did not print them, are left out.
    pub(crate) fn message(
        &mut self,
        out: &mut impl Write,
        message: &Message<'_>,
        frame: &Frame,
        version: Version,
        absent: &[&str],
    ) -> io::Result<()> {
        if let Message::Raw(_) = message {
            return self.bytes(out, frame);
        }
        self.lines.clear();
        self.text.clear();
        let mut lines = Lines {
            lines: &mut self.lines,
            text: &mut self.text,
            width: 0,
            depth: 0,
            element: None,
            absent,
        };
        message.visit_in(version, &mut lines);
        let width = lines.width;
        self.page.clear();
        for line in &self.lines {
            line.put(&mut self.page, &self.text, width, self.color);
        }
        out.write_all(self.page.as_bytes())
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

fn paint(out: &mut String, color: bool, code: &str, text: &str) {
    if color {
        out.extend(["\x1b[", code, "m", text, "\x1b[0m"]);
    } else {
        out.push_str(text);
    }
}

fn blanks(out: &mut String, mut count: usize) {
    const BLANKS: &str = "                                ";
    while count > 0 {
        let some = BLANKS.get(..count).unwrap_or(BLANKS);
        out.push_str(some);
        count -= some.len();
    }
}

/// A line of a message: where its parts stand in the text.
struct Line {
    indent: usize,
    name: Range<usize>,
    /// The columns that the name takes.
    width: usize,
    /// `None` for a heading.
    value: Option<Range<usize>>,
    remark: Range<usize>,
}

impl Line {
    fn put(&self, page: &mut String, text: &str, width: usize, color: bool) {
        let part = |range: &Range<usize>| text.get(range.clone()).unwrap_or_default();
        let remark = part(&self.remark);
        if color {
            page.push_str("\x1b[36m");
        }
        blanks(page, INDENT + self.indent);
        page.push_str(part(&self.name));
        if color {
            page.push_str("\x1b[0m");
        }
        let Some(value) = &self.value else {
            page.push_str(remark);
            page.push('\n');
            return;
        };
        blanks(page, width.saturating_sub(self.width + self.indent) + 2);
        let mut value = part(value);
        // What takes several lines stays in its column.
        while let Some((row, rest)) = value.split_once('\n') {
            page.push_str(row);
            page.push('\n');
            blanks(page, INDENT + width + 2);
            value = rest;
        }
        page.push_str(value);
        if !remark.is_empty() {
            page.push_str("  ");
            paint(page, color, "2", remark);
        }
        page.push('\n');
    }
}

/// Collects the lines of a message, so that their columns can be aligned.
struct Lines<'n> {
    lines: &'n mut Vec<Line>,
    text: &'n mut String,
    /// The columns that names take.
    width: usize,
    /// The lists that have begun.
    depth: usize,
    /// The number of the element that has begun, until its first field is there.
    element: Option<usize>,
    absent: &'n [&'n str],
}

/// How far the fields of an element stand to the right of their list.
const STEP: usize = 5;

impl Lines<'_> {
    /// Begins a line with a name. What is put behind it is its value.
    fn begin(&mut self, name: &str) -> Line {
        let from = self.text.len();
        let mut width = if name.is_ascii() {
            name.len()
        } else {
            name.chars().count()
        };
        // The first field of an element stands behind its number.
        if self.depth > 0 {
            width += STEP;
            match self.element.take() {
                Some(number) => {
                    let _ = write!(self.text, "{number:>3}. ");
                    width += self.text.len().saturating_sub(from + STEP);
                }
                None => blanks(self.text, STEP),
            }
        }
        self.text.push_str(name);
        let end = self.text.len();
        Line {
            indent: self.depth.saturating_sub(1) * STEP,
            name: from..end,
            width,
            value: None,
            remark: end..end,
        }
    }

    fn end(&mut self, mut line: Line, remark: Option<Reserved>) {
        let end = self.text.len();
        line.value = Some(line.name.end..end);
        line.remark = end..end;
        match remark {
            Some(Reserved::Number(prescribed)) => {
                let _ = write!(self.text, "reserved, {prescribed} in the guide");
            }
            Some(Reserved::Empty) => self.text.push_str("reserved, empty in the guide"),
            None => {}
        }
        line.remark.end = self.text.len();
        self.width = self.width.max(line.width + line.indent);
        self.lines.push(line);
    }
}

impl<'a> Visitor<'a> for Lines<'_> {
    fn fixed(&mut self, row: &'static FixedRow, value: Value<'_>) {
        if self.absent.contains(&row.name) {
            return;
        }
        let line = self.begin(row.name);
        show(self.text, row.name, row.kind, row.values, value);
        self.end(line, row.reserved.map(Reserved::Number));
    }

    fn field(&mut self, row: &'static FieldRow, value: Value<'a>) {
        // Reserved fields that may be there or not are of interest only if they say something.
        match (row.reserved, value) {
            (Some(Reserved::Empty), Value::Text(text)) if text.is_empty() => return,
            (Some(Reserved::Number(prescribed)), value) if is(value, prescribed) => return,
            _ => {}
        }
        let line = match value {
            Value::NamedVariable(variable) => self.begin(&plain(variable.name)),
            Value::NamedArray(element) => {
                self.begin(&format!("{}[{}]", plain(element.name), element.index))
            }
            _ => self.begin(row.name),
        };
        show(self.text, row.name, row.kind, row.values, value);
        self.end(line, row.reserved);
    }

    fn list(&mut self, row: &'static GroupRow, list: List<'_, 'a>) {
        let heading = self.lines.len();
        let line = self.begin(row.name);
        self.lines.push(line);
        self.depth += 1;
        let mut count = 0;
        list.each(|element| {
            count += 1;
            self.element = Some(count);
            element.visit(self);
            // All its fields may be reserved ones as the guide has them.
            if self.element.is_some() {
                let line = self.begin("as the guide prescribes");
                self.end(line, None);
            }
        });
        self.depth -= 1;
        let from = self.text.len();
        let _ = write!(self.text, " ({count})");
        if let Some(line) = self.lines.get_mut(heading) {
            line.remark = from..self.text.len();
        }
    }

    fn unlisted(&mut self, fields: Unlisted<'a>) {
        let heading = self.begin("not in the table of the message");
        self.lines.push(heading);
        for field in &fields {
            let line = self.begin(&format!("  [{}]", field.id));
            self.text.push_str(&bytes(field.data));
            self.end(line, None);
        }
    }
}

fn is(value: Value<'_>, number: u32) -> bool {
    match value {
        Value::Unsigned(value) | Value::Bool { value, .. } => value == number,
        Value::Signed(value) => i64::from(value) == i64::from(number),
        _ => false,
    }
}

/// Writes the value of a field, in the words of the guide where it has some.
fn show(
    out: &mut String,
    name: &str,
    kind: Kind,
    table: Option<&'static ValueTable>,
    value: Value<'_>,
) {
    match value {
        Value::Text(text) if name.ends_with("Password") && text == HIDDEN => out.push_str(HIDDEN),
        Value::Bytes(data) if name.ends_with("Password") && data == HIDDEN.as_bytes() => {
            out.push_str(HIDDEN);
        }
        Value::Unsigned(value) => match table {
            Some(table) if table.mask => mask(out, table, value),
            Some(table) => match table.name_of(value) {
                Some(name) => out.push_str(name),
                None => number(out, value),
            },
            None if kind == Kind::Time => out.push_str(&time(value)),
            None => match special(name, value) {
                Some(word) => out.push_str(word),
                None => number(out, value),
            },
        },
        Value::Signed(value) => out.push_str(itoa::Buffer::new().format(value)),
        Value::Bool { value: 0, .. } => out.push_str("false"),
        Value::Bool { value: 1, .. } => out.push_str("true"),
        Value::Bool { value, .. } => {
            out.push_str("true, as ");
            number(out, value);
        }
        Value::Text(text)
        | Value::NamedVariable(NamedVariable { value: text, .. })
        | Value::NamedArray(NamedArray { value: text, .. }) => quoted(out, text),
        Value::Bytes(data) => out.push_str(&bytes(data)),
    }
}

fn number(out: &mut String, value: u32) {
    out.push_str(itoa::Buffer::new().format(value));
}

/// A text in quotes, with escapes where it takes some.
fn quoted(out: &mut String, text: Text<'_>) {
    match text.to_str() {
        Ok(text) if text.bytes().all(is_plain) => {
            out.push('"');
            out.push_str(text);
            out.push('"');
        }
        _ => {
            let _ = write!(out, "{text:?}");
        }
    }
}

/// Returns whether a byte is a character that stands for itself within quotes.
fn is_plain(byte: u8) -> bool {
    matches!(byte, b' '..=b'~') && !matches!(byte, b'"' | b'\'' | b'\\')
}

fn mask(out: &mut String, table: &'static ValueTable, value: u32) {
    let (names, rest) = table.bits(value);
    let count = names.count() + usize::from(rest != 0);
    if count == 0 {
        return out.push_str("none");
    }
    // One to a line where they are many, as OPEN_REQ asks for a dozen kinds of events.
    let between = if count > 4 { "\n" } else { " | " };
    let (names, rest) = table.bits(value);
    let from = out.len();
    for name in names {
        if out.len() > from {
            out.push_str(between);
        }
        out.push_str(name);
    }
    if rest != 0 {
        if out.len() > from {
            out.push_str(between);
        }
        let _ = write!(out, "{rest:#x}");
    }
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
