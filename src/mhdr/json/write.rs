//! A message as an object.

use alloc::borrow::ToOwned;
use alloc::string::{String, ToString};
use alloc::vec::Vec;
use core::slice;

use bytes::BytesMut;
use serde::{Serialize, Serializer};
use serde_json::{Map, Value as Json};

use super::{
    FIELDS, HEX, ID, INDEX, LENGTH, MESSAGE, NAME, UNLISTED, VALUE, prescribed, size_key, usual,
};
use crate::hex::Hex;
use crate::mhdr::dialect::Dialect;
use crate::mhdr::engine::writer::{Mode, Out};
use crate::mhdr::engine::{AnyMessage as _, Value, Visitor};
use crate::mhdr::layout::{FieldRow, FixedRow, FloatingRow, GroupRow, Layout, ValueTable};
use crate::mhdr::wire::{FloatingField, HEADER_SIZE};
use crate::text::Text;

/// A message as it was received: it serializes to the object of [`ccx::json`](crate::ccx::json), `length`
/// included.
///
/// A message that was not received serializes itself, without `length`.
#[derive(Clone, Copy, PartialEq, Debug)]
pub struct Object<'a, V: Dialect> {
    /// `BodyLength` of the frame.
    pub length: usize,
    /// The message that the frame holds.
    pub message: V::Message<'a>,
}

impl<V: Dialect> Serialize for Object<'_, V> {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        print::<V>(&self.message, Some(self.length)).serialize(serializer)
    }
}

/// The object of a message, with the length of its body where it was received.
pub(crate) fn print<V: Dialect>(
    message: &V::Message<'_>,
    length: Option<usize>,
) -> Map<String, Json> {
    let message_type = message.type_number();
    let mut object = Map::new();
    if let Some(name) = V::type_name(message_type) {
        object.insert(MESSAGE.to_owned(), name.into());
    }
    object.insert(ID.to_owned(), message_type.into());
    if let Some(length) = length {
        object.insert(LENGTH.to_owned(), length.into());
    }
    let layout = match (message.raw_body(), V::layout(message_type)) {
        (Some(body), _) => {
            object.insert(HEX.to_owned(), Hex(body).to_string().into());
            return object;
        }
        (_, None) => return object,
        (_, Some(layout)) => layout,
    };
    let version = match length {
        Some(length) => version::<V>(message, layout, length),
        None => V::newest(),
    };
    let mut printer = Printer {
        version: version.number(),
        level: Level::new(layout.floating),
        above: Vec::new(),
        unlisted: Vec::new(),
    };
    message.show(&mut printer);
    object.insert(FIELDS.to_owned(), printer.level.finish().into());
    if !printer.unlisted.is_empty() {
        object.insert(UNLISTED.to_owned(), printer.unlisted.into());
    }
    object
}

/// The oldest version in which the message takes this length. A message does not know which version
/// it came in, and a field of the fixed part that this version lacks is not to be shown; but every
/// version that adds such a field, or widens the ids, makes the message longer.
fn version<V: Dialect>(message: &V::Message<'_>, layout: &Layout, length: usize) -> V {
    let changes =
        |row: &FixedRow| (row.since != 0 || row.until.is_some()) && row.reserved.is_none();
    if !layout.fixed.iter().any(changes) {
        return V::newest();
    }
    let mut frame = BytesMut::new();
    let takes = |version: V| {
        frame.clear();
        message
            .encode_as(version, Mode::AsReceived, Out::Grow(&mut frame))
            .is_ok()
            && frame.len().checked_sub(HEADER_SIZE) == Some(length)
    };
    let mut takes = takes;
    let mut known = V::KNOWN.iter().copied();
    known.find(|version| takes(*version)).unwrap_or(V::newest())
}

/// Makes the object of `fields` from what a message shows.
struct Printer {
    /// The number of the version.
    version: u32,
    /// The object being made: of the message, or of an element of a list.
    level: Level,
    /// Those that it is to become a part of.
    above: Vec<Level>,
    unlisted: Vec<Json>,
}

struct Level {
    fields: Map<String, Json>,
    /// The rows not yet passed.
    rows: slice::Iter<'static, FloatingRow>,
    /// The list that has begun and not yet ended.
    list: Option<(&'static GroupRow, Vec<Json>)>,
}

impl Level {
    fn new(rows: &'static [FloatingRow]) -> Self {
        Self {
            fields: Map::new(),
            rows: rows.iter(),
            list: None,
        }
    }

    fn insert(&mut self, name: &str, value: impl Into<Json>) {
        self.fields.insert(name.to_owned(), value.into());
    }

    /// Passes the rows up to the one that is meant. Those before it are absent, which is said
    /// where their presence goes without saying.
    fn pass(&mut self, is_meant: impl Fn(&FloatingRow) -> bool) {
        while let Some(row) = self.rows.next() {
            if is_meant(row) {
                return;
            }
            if let FloatingRow::Field(row) = row
                && prescribed(row).is_some()
            {
                self.insert(row.name, Json::Null);
            }
        }
    }

    fn finish(mut self) -> Map<String, Json> {
        self.pass(|_| false);
        self.fields
    }
}

impl<'a> Visitor<'a> for Printer {
    fn fixed(&mut self, row: &'static FixedRow, value: Value<'_>) {
        let usual = match value {
            Value::Bytes(bytes) => bytes.iter().all(|byte| *byte == 0),
            _ => number(value) == Some(usual(row)),
        };
        if usual && (row.reserved.is_some() || !row.is_in(self.version)) {
            return;
        }
        self.level.insert(row.name, print_value(row.values, value));
    }

    fn field(&mut self, row: &'static FieldRow, value: Value<'a>) {
        self.level
            .pass(|passed| matches!(passed, FloatingRow::Field(passed) if passed.id == row.id));
        match value {
            Value::NamedVariable(variable) => {
                self.level.insert(NAME, print_text(variable.name));
                self.level.insert(VALUE, print_text(variable.value));
                return;
            }
            Value::NamedArray(element) => {
                self.level.insert(INDEX, element.index);
                self.level.insert(NAME, print_text(element.name));
                self.level.insert(VALUE, print_text(element.value));
                return;
            }
            _ => {}
        }
        if prescribed(row).is_some_and(|printed| number(value) == Some(printed.into())) {
            return;
        }
        self.level.insert(row.name, print_value(row.values, value));
        if let Value::Bool { size, .. } = value
            && Some(size) != row.kind.size()
        {
            self.level.insert(&size_key(row), size);
        }
    }

    fn array(&mut self, row: &'static FieldRow, values: &mut dyn Iterator<Item = Value<'a>>) {
        self.level
            .pass(|passed| matches!(passed, FloatingRow::Field(passed) if passed.id == row.id));
        let values = values.map(|value| print_value(row.values, value));
        self.level.insert(row.name, values.collect::<Vec<_>>());
    }

    fn list_begins(&mut self, row: &'static GroupRow) {
        self.level
            .pass(|passed| matches!(passed, FloatingRow::Group(passed) if passed.name == row.name));
        self.level.list = Some((row, Vec::new()));
    }

    fn element_begins(&mut self) {
        let element = Level::new(self.level.list.as_ref().map_or(&[], |(row, _)| row.rows));
        self.above
            .push(core::mem::replace(&mut self.level, element));
    }

    fn element_ends(&mut self) {
        if let Some(above) = self.above.pop() {
            let element = core::mem::replace(&mut self.level, above).finish();
            if let Some((_, list)) = &mut self.level.list {
                list.push(element.into());
            }
        }
    }

    fn list_ends(&mut self) {
        if let Some((row, list)) = self.level.list.take() {
            self.level.insert(row.name, list);
        }
    }

    fn unlisted(&mut self, field: FloatingField<'a>) {
        let mut object = Map::new();
        object.insert(ID.to_owned(), field.id.into());
        object.insert(HEX.to_owned(), Hex(field.data).to_string().into());
        self.unlisted.push(object.into());
    }
}

/// The number that a value is, if it is one.
fn number(value: Value<'_>) -> Option<i64> {
    match value {
        Value::Unsigned(value) | Value::Bool { value, .. } => Some(value.into()),
        Value::Signed(value) => Some(value.into()),
        _ => None,
    }
}

fn print_value(table: Option<&'static ValueTable>, value: Value<'_>) -> Json {
    match (value, table) {
        (Value::Unsigned(value), Some(table)) if table.mask => print_mask(table, value),
        (Value::Unsigned(value), Some(table)) => print_code(table, value, value.into()),
        (Value::Signed(value), Some(table)) => {
            print_code(table, value.cast_unsigned(), value.into())
        }
        (Value::Unsigned(value), None) => value.into(),
        (Value::Signed(value), None) => value.into(),
        (Value::Bool { value: 0, .. }, _) => false.into(),
        (Value::Bool { value: 1, .. }, _) => true.into(),
        (Value::Bool { value, .. }, _) => value.into(),
        (Value::Text(text), _) => print_text(text),
        (Value::Bytes(bytes), _) => print_bytes(bytes),
        // Elements of lists, which are objects with keys of their own.
        (Value::NamedVariable(_) | Value::NamedArray(_), _) => Json::Null,
    }
}

fn print_code(table: &ValueTable, value: u32, number: i64) -> Json {
    match table.name_of(value) {
        Some(name) => name.into(),
        None => number.into(),
    }
}

fn print_mask(table: &ValueTable, value: u32) -> Json {
    let (names, rest) = table.bits(value);
    let mut bits = names.map(Json::from).collect::<Vec<_>>();
    if rest != 0 {
        bits.push(rest.into());
    }
    bits.into()
}

fn print_text(text: Text<'_>) -> Json {
    match text.to_str() {
        Ok(text) => text.into(),
        Err(_) => print_bytes(text.as_bytes()),
    }
}

fn print_bytes(bytes: &[u8]) -> Json {
    let mut object = Map::new();
    object.insert(HEX.to_owned(), Hex(bytes).to_string().into());
    object.into()
}
