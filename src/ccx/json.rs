//! Messages as JSON, there and back.
//!
//! A message is one object. [`Object`] writes it, [`read`] packs it into a frame again:
//!
//! ```
//! use bytes::BytesMut;
//! use cti_codec::ccx::json::{self, Object, Packed};
//! use cti_codec::ccx::{Frame, Version};
//!
//! let frame = Frame::new([0, 0, 0, 4, 0, 0, 0, 5, 0, 0, 0, 7].as_slice()).unwrap();
//! let message = frame.decode(Version::V14).unwrap();
//! let object = serde_json::to_value(Object { length: frame.body().len(), message }).unwrap();
//! assert_eq!(
//!     object.to_string(),
//!     r#"{"message":"HEARTBEAT_REQ","id":5,"length":4,"fields":{"InvokeID":7}}"#
//! );
//!
//! let mut out = BytesMut::new();
//! assert_eq!(json::read(&object, Version::V14, &mut out), Ok(Packed::AsReceived(None)));
//! assert_eq!(out, *frame.bytes());
//! ```
//!
//! # The object
//!
//! | key | |
//! | --- | --- |
//! | `message` | the name of the type; left out where the type has none |
//! | `id` | the number of the type |
//! | `length` | `BodyLength`; only where the message was received |
//! | `fields` | the fields, in table order, under the guide's names |
//! | `unlisted` | `[{"id":97,"hex":"03040506"}]`: fields that the table does not list, if any |
//! | `hex` | in place of `fields`: the body of a message that has no struct |
//!
//! A field that is absent is left out. The values:
//!
//! | type | JSON |
//! | --- | --- |
//! | a code | its name in the guide, or the number where it has none |
//! | a mask | an array of the names of its bits, and a number for the bits that have none |
//! | other numbers, TIME | a number |
//! | BOOL | `true` for 1, `false` for 0, other values as a number |
//! | STRING | a string without the terminating NUL, or `{"hex":"…"}` where it is not UTF-8 |
//! | UNSPEC | `{"hex":"…"}` |
//! | NAMEDVAR | an element of `NamedVariables`: `{"name":…,"value":…}` |
//! | NAMEDARRAY | an element of `NamedArrays`: `{"index":…,"name":…,"value":…}` |
//! | other lists | an array of objects under the list's name, keyed by the guide's names |
//!
//! Read, any code may also be a number, a mask a number, and a BOOL a number.
//!
//! # What makes the bytes come back
//!
//! A frame whose floating part is in table order, and whose texts each end in NUL, comes back byte
//! for byte; one in another order comes back in table order, and a text without its NUL with one.
//! So whatever a table does not settle is shown:
//!
//! - Counts stand under their names in the guide, as they came.
//! - A reserved field of the fixed part is left out only where it has the value that the guide
//!   prescribes.
//! - A reserved floating field is shown whenever it is present, as it may just as well be absent.
//!   Only where the guide requires it is its usual state the other way round: it is left out where
//!   it is present with the prescribed value, and `null` where it is absent.
//! - `AutoWork` is a BOOL that may come in four bytes; `"AutoWorkSize":4` beside it says so.

use alloc::borrow::ToOwned;
use alloc::string::{String, ToString};
use alloc::vec::Vec;
use core::fmt;
use core::ops::RangeInclusive;
use core::slice;

use bytes::BytesMut;
use serde::{Serialize, Serializer};
use serde_json::{Map, Value as Json};
use thiserror::Error;

use super::declare::{Value, Visitor, header};
use super::error::{DecodeError, EncodeError};
use super::layout::{
    FieldRow, FixedRow, FloatingRow, GroupRow, Kind, Layout, Required, Reserved, ValueTable,
};
use super::message_type::MessageType;
use super::messages::Message;
use super::version::Version;
use super::wire::{FloatingField, Walk};
use crate::text::Text;

const MESSAGE: &str = "message";
const ID: &str = "id";
const LENGTH: &str = "length";
const FIELDS: &str = "fields";
const UNLISTED: &str = "unlisted";
const HEX: &str = "hex";
const INDEX: &str = "index";
const NAME: &str = "name";
const VALUE: &str = "value";
/// What follows a BOOL's name where its size is not the usual one.
const SIZE: &str = "Size";
/// The most that `FieldDataLength` can say.
const MAX_DATA: usize = 255;
/// Room for the header in front of a body.
const HEADER: [u8; 8] = [0; 8];

/// A message as it was received: it serializes to the object of the [module](self), `length`
/// included.
///
/// A message that was not received serializes itself, without `length`.
#[derive(Clone, Copy, PartialEq, Debug)]
pub struct Object<'a> {
    /// `BodyLength` of the frame.
    pub length: usize,
    /// The message that the frame holds.
    pub message: Message<'a>,
}

impl Serialize for Object<'_> {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        print(&self.message, Some(self.length)).serialize(serializer)
    }
}

/// One object, as the module [`json`](self) describes it, without `length`.
impl Serialize for Message<'_> {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        print(self, None).serialize(serializer)
    }
}

fn print(message: &Message<'_>, length: Option<usize>) -> Map<String, Json> {
    let message_type = message.message_type();
    let mut object = Map::new();
    if let Some(name) = message_type.name() {
        object.insert(MESSAGE.to_owned(), name.into());
    }
    object.insert(ID.to_owned(), message_type.0.into());
    if let Some(length) = length {
        object.insert(LENGTH.to_owned(), length.into());
    }
    let layout = match (message, message_type.layout()) {
        (Message::Raw(raw), _) => {
            object.insert(HEX.to_owned(), to_hex(raw.body).into());
            return object;
        }
        (_, None) => return object,
        (_, Some(layout)) => layout,
    };
    let mut printer = Printer {
        version: length.map_or(Version::V18, |length| version(message, layout, length)),
        level: Level::new(layout.floating),
        above: Vec::new(),
        unlisted: Vec::new(),
    };
    message.visit(&mut printer);
    object.insert(FIELDS.to_owned(), printer.level.finish().into());
    if !printer.unlisted.is_empty() {
        object.insert(UNLISTED.to_owned(), printer.unlisted.into());
    }
    object
}

/// The oldest version in which the message takes this length. A message does not know which version
/// it came in, and a field of the fixed part that this version lacks is not to be shown; but every
/// version that adds such a field, or widens the ids, makes the message longer.
fn version(message: &Message<'_>, layout: &Layout, length: usize) -> Version {
    let newer = |row: &FixedRow| row.since > Version::V10 && row.reserved.is_none();
    if !layout.fixed.iter().any(newer) {
        return Version::V18;
    }
    let mut frame = BytesMut::new();
    Version::ALL
        .into_iter()
        .find(|version| {
            frame.clear();
            message.encode_as_received(*version, &mut frame).is_ok()
                && frame.len().checked_sub(HEADER.len()) == Some(length)
        })
        .unwrap_or(Version::V18)
}

/// Makes the object of `fields` from what a message shows.
struct Printer {
    version: Version,
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
        if usual && (row.reserved.is_some() || row.since > self.version) {
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
        object.insert(HEX.to_owned(), to_hex(field.data).into());
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

/// What a field of the fixed part has where nothing is said of it.
fn usual(row: &FixedRow) -> i64 {
    let printed = i64::from(row.reserved.unwrap_or_default());
    if range(row.kind, row.size()).contains(&printed) {
        printed
    } else {
        0
    }
}

/// The value with which a floating field is there unless something else is said: the guide both
/// requires and prescribes it.
fn prescribed(row: &FieldRow) -> Option<u32> {
    match (row.required, row.reserved, row.kind.size()) {
        (Required::Yes, Some(Reserved::Number(printed)), Some(_)) => Some(printed),
        _ => None,
    }
}

/// The name under which the size of a BOOL stands, if it is not the usual one.
fn size_key(row: &FieldRow) -> String {
    [row.name, SIZE].concat()
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
    let mut rest = value;
    let mut bits = Vec::new();
    for row in table.values {
        if let Some(name) = row.name
            && row.first != 0
            && row.first & rest == row.first
        {
            rest &= !row.first;
            bits.push(Json::from(name));
        }
    }
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
    object.insert(HEX.to_owned(), to_hex(bytes).into());
    object.into()
}

fn to_hex(bytes: &[u8]) -> String {
    bytes
        .iter()
        .flat_map(|byte| [byte >> 4, byte & 15])
        .filter_map(|digit| char::from_digit(digit.into(), 16))
        .collect()
}

fn from_hex(text: &str) -> Option<Vec<u8>> {
    let (pairs, rest) = text.as_bytes().as_chunks::<2>();
    if !rest.is_empty() {
        return None;
    }
    pairs
        .iter()
        .map(|[high, low]| {
            let high = char::from(*high).to_digit(16)?;
            let low = char::from(*low).to_digit(16)?;
            u8::try_from(high << 4 | low).ok()
        })
        .collect()
}

/// How an object was packed.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub enum Packed {
    /// As a message of one's own, which holds to the guide.
    Strict,
    /// As a frame that was received, which comes back as it came: with what
    /// [`Message::encode`] would have refused, if it would.
    AsReceived(Option<EncodeError>),
}

/// Packs an object into a frame, header included, and appends it to a buffer.
///
/// An object without `length` is a message of one's own, packed as by [`Message::encode`]: what the
/// guide forbids is refused, counts follow from the lists whatever the object says of them, and
/// reserved fields that the guide requires are filled in. A field of the fixed part that is left
/// out has its prescribed value, or 0.
///
/// An object with `length` is a frame that was received. It is packed as it came: with its counts,
/// and whatever it breaks. If the body has another length than the object says, then the object is
/// not what was received, and is packed as a message of one's own.
///
/// # Errors
/// The object is not that of a message, the guide forbids the message, or the wire cannot carry it.
/// Nothing has been appended then.
pub fn read(value: &Json, version: Version, out: &mut BytesMut) -> Result<Packed, JsonError> {
    let given = Given::read(value)?;
    if let Some(length) = given.length {
        let frame = given.pack(version, true)?;
        if frame.len().checked_sub(HEADER.len()) == Some(length) {
            let refusal = match given.strict(&frame, version, &mut BytesMut::new()) {
                Ok(()) => None,
                Err(JsonError::Refused(refusal)) => Some(refusal),
                Err(error) => return Err(error),
            };
            out.extend_from_slice(&frame);
            return Ok(Packed::AsReceived(refusal));
        }
    }
    given.strict(&given.pack(version, false)?, version, out)?;
    Ok(Packed::Strict)
}

/// Packs an object as a message of one's own, whether it says a `length` or not. See [`read`].
///
/// # Errors
/// Those of [`read`].
pub fn read_strict(value: &Json, version: Version, out: &mut BytesMut) -> Result<(), JsonError> {
    let given = Given::read(value)?;
    given.strict(&given.pack(version, false)?, version, out)
}

/// An object that is not packed.
#[derive(Clone, PartialEq, Eq, Debug, Error)]
pub enum JsonError {
    /// The object is not that of a message.
    #[error("{0}")]
    Malformed(Malformed),
    /// The object is that of a message which the guide forbids, or the wire cannot carry.
    #[error(transparent)]
    Refused(#[from] EncodeError),
}

/// Where an object is not that of a message, and why.
///
/// It shows itself as `AGENT_STATE_EVENT.CSQs[2].CSQState: must be …`.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct Malformed {
    /// The type of the message, if the object got that far.
    pub message: Option<MessageType>,
    /// The place in the object, such as `CSQs[2].CSQState`. What is under `fields` is named without
    /// that word. Empty for the object itself.
    pub path: String,
    /// What is wrong there.
    pub kind: MalformedKind,
}

impl fmt::Display for Malformed {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match (self.message, self.path.as_str()) {
            (Some(message), "") => write!(f, "{message}: {}", self.kind),
            (Some(message), path) => write!(f, "{message}.{path}: {}", self.kind),
            (None, "") => write!(f, "{}", self.kind),
            (None, path) => write!(f, "{path}: {}", self.kind),
        }
    }
}

/// What is wrong with a place in an object.
#[derive(Clone, PartialEq, Eq, Debug, Error)]
pub enum MalformedKind {
    /// A JSON value of another sort than belongs here.
    #[error("must be {expected}, is {found}")]
    WrongForm {
        /// What belongs here.
        expected: &'static str,
        /// What is here, shortened.
        found: String,
    },
    /// Something that has to be here is not.
    #[error("is missing")]
    Missing,
    /// A key that the message, the element or the object does not have.
    #[error("is not known here; there are {allowed}")]
    UnknownKey {
        /// The keys that there are.
        allowed: String,
    },
    /// The name of no message type.
    #[error("no message type is named {name:?}")]
    UnknownMessage {
        /// The name.
        name: String,
    },
    /// `id` is not the number of the type that `message` names.
    #[error("is {id}, {name} has {expected}", name = .expected, expected = .expected.0)]
    OtherId {
        /// The number.
        id: u32,
        /// The type that is named.
        expected: MessageType,
    },
    /// A name that the table of the field's values does not list.
    #[error("no value of {table} is named {name:?}; there are {allowed}, and numbers")]
    UnknownName {
        /// The name.
        name: String,
        /// The name of the table, as of its type in this library.
        table: &'static str,
        /// The names that there are, or the first of them.
        allowed: String,
    },
    /// A number that the field cannot hold.
    #[error("is {given}, must be from {min} to {max}")]
    OutOfRange {
        /// The number, as given.
        given: String,
        /// The smallest that goes.
        min: i64,
        /// The largest that goes.
        max: i64,
    },
    /// Text that is not pairs of hex digits.
    #[error("must be pairs of hex digits, is {found}")]
    NotHex {
        /// What is here, shortened.
        found: String,
    },
    /// A number of bytes that the field cannot have.
    #[error("has {length} bytes, must have {expected}")]
    OtherSize {
        /// The number of bytes.
        length: usize,
        /// How many it must be.
        expected: usize,
    },
    /// A field that is longer than `FieldDataLength` can say.
    #[error("takes {length} bytes, {max} are possible")]
    TooLong {
        /// The bytes it would take, terminating NULs included.
        length: usize,
        /// The most it may take.
        max: usize,
    },
    /// A list that is longer than its count can say, or a body than its header.
    #[error("has {length} elements, {max} are possible")]
    TooMany {
        /// The elements.
        length: usize,
        /// The most that are possible.
        max: usize,
    },
    /// A NUL in the name of a named variable or array, which it would end.
    #[error("has a NUL within")]
    InnerNul,
    /// A field that the version does not have.
    #[error("exists from version {since} on")]
    NotInVersion {
        /// The first version that has it.
        since: Version,
    },
    /// A `FieldDataID` over 255 in a version that writes them in one byte.
    #[error("id {id} needs two bytes, which version 18 has")]
    WideId {
        /// The `FieldDataID`.
        id: u16,
    },
    /// A field under `unlisted` that the table does list. Only a repetition of a field that the
    /// message has belongs there.
    #[error("{name} is listed, it belongs under `fields`")]
    Listed {
        /// The name of the field.
        name: &'static str,
    },
    /// An element without fields, of which nothing would be left on the wire.
    #[error("has no fields")]
    NoFields,
    /// An element that would run into the one before it, as it begins with no field that tells them
    /// apart.
    #[error("cannot be told from the element before it")]
    RunsTogether,
    /// What was packed does not decode.
    #[error("packs to what cannot be decoded: {0}")]
    Undecodable(DecodeError),
}

/// A place in an object, put into words only if something is wrong there.
#[derive(Clone, Copy)]
enum At<'p> {
    Top(Option<MessageType>),
    Key(&'p At<'p>, &'p str),
    Element(&'p At<'p>, usize),
}

impl<'p> At<'p> {
    const fn key(&'p self, key: &'p str) -> Self {
        At::Key(self, key)
    }

    fn message(&self) -> Option<MessageType> {
        match self {
            At::Top(message) => *message,
            At::Key(above, _) | At::Element(above, _) => above.message(),
        }
    }

    #[cold]
    fn error(&self, kind: MalformedKind) -> JsonError {
        JsonError::Malformed(Malformed {
            message: self.message(),
            path: self.to_string(),
            kind,
        })
    }

    #[cold]
    fn wrong_form(&self, expected: &'static str, found: &Json) -> JsonError {
        self.error(MalformedKind::WrongForm {
            expected,
            found: shortened(found),
        })
    }

    fn object<'v>(&self, value: &'v Json) -> Result<&'v Map<String, Json>, JsonError> {
        match value {
            Json::Object(object) => Ok(object),
            _ => Err(self.wrong_form("an object", value)),
        }
    }

    fn array<'v>(&self, value: &'v Json) -> Result<&'v [Json], JsonError> {
        match value {
            Json::Array(array) => Ok(array),
            _ => Err(self.wrong_form("an array", value)),
        }
    }

    fn string<'v>(&self, value: &'v Json) -> Result<&'v str, JsonError> {
        match value {
            Json::String(string) => Ok(string),
            _ => Err(self.wrong_form("a string", value)),
        }
    }

    /// A member that has to be there.
    fn member<'v>(&self, object: &'v Map<String, Json>, key: &str) -> Result<&'v Json, JsonError> {
        object
            .get(key)
            .ok_or_else(|| At::Key(self, key).error(MalformedKind::Missing))
    }

    /// A number within what so many bytes hold.
    fn integer(&self, value: &Json, kind: Kind, size: usize) -> Result<i64, JsonError> {
        let Json::Number(given) = value else {
            return Err(self.wrong_form("a number", value));
        };
        let range = range(kind, size);
        match given.as_i64() {
            Some(number) if range.contains(&number) => Ok(number),
            None if given.is_f64() => Err(self.wrong_form("a whole number", value)),
            _ => Err(self.error(MalformedKind::OutOfRange {
                given: given.to_string(),
                min: *range.start(),
                max: *range.end(),
            })),
        }
    }

    fn hex(&self, value: &Json) -> Result<Vec<u8>, JsonError> {
        from_hex(self.string(value)?).ok_or_else(|| {
            self.error(MalformedKind::NotHex {
                found: shortened(value),
            })
        })
    }

    /// `{"hex":"…"}`.
    fn bytes(&self, value: &Json) -> Result<Vec<u8>, JsonError> {
        let object = match value {
            Json::Object(object) => object,
            _ => return Err(self.wrong_form("{\"hex\":\"…\"}", value)),
        };
        self.allow(object, [(HEX, "")].into_iter())?;
        self.key(HEX).hex(self.member(object, HEX)?)
    }

    fn text(&self, value: &Json) -> Result<Vec<u8>, JsonError> {
        match value {
            Json::String(text) => Ok(text.as_bytes().to_vec()),
            Json::Object(_) => self.bytes(value),
            _ => Err(self.wrong_form("a string or {\"hex\":\"…\"}", value)),
        }
    }

    /// A number in any of its forms.
    fn number(
        &self,
        value: &Json,
        kind: Kind,
        size: usize,
        table: Option<&'static ValueTable>,
    ) -> Result<i64, JsonError> {
        match (value, table) {
            (Json::Number(_), _) => self.integer(value, kind, size),
            (Json::Bool(value), None) if kind == Kind::Bool => Ok((*value).into()),
            (Json::String(name), Some(table)) if !table.mask => self.named(name, kind, size, table),
            (Json::Array(bits), Some(table)) if table.mask => {
                bits.iter().enumerate().try_fold(0, |mask, (index, bit)| {
                    let at = At::Element(self, index);
                    Ok(mask
                        | match bit {
                            Json::String(name) => at.named(name, kind, size, table)?,
                            Json::Number(_) => at.integer(bit, kind, size)?,
                            _ => return Err(at.wrong_form("a name or a number", bit)),
                        })
                })
            }
            _ => Err(self.wrong_form(
                match table {
                    Some(table) if table.mask => "an array of names and numbers, or a number",
                    Some(_) => "a name or a number",
                    None if kind == Kind::Bool => "true, false or a number",
                    None => "a number",
                },
                value,
            )),
        }
    }

    /// The number with a name.
    fn named(
        &self,
        name: &str,
        kind: Kind,
        size: usize,
        table: &'static ValueTable,
    ) -> Result<i64, JsonError> {
        let Some(value) = table.value_of(name) else {
            return Err(self.error(MalformedKind::UnknownName {
                name: name.to_owned(),
                table: table.name,
                allowed: first_names(table),
            }));
        };
        let number = match kind {
            Kind::Int => value.cast_signed().into(),
            _ => i64::from(value),
        };
        // A table may serve a smaller field, too.
        self.integer(&number.into(), kind, size)
    }

    /// Refuses keys that are not among those allowed; these come in two parts.
    fn allow<'k>(
        &self,
        object: &Map<String, Json>,
        allowed: impl Iterator<Item = (&'k str, &'k str)> + Clone,
    ) -> Result<(), JsonError> {
        let is_allowed = |key: &str| {
            allowed
                .clone()
                .any(|(name, more)| key.strip_prefix(name) == Some(more))
        };
        match object.keys().find(|key| !is_allowed(key)) {
            None => Ok(()),
            Some(key) => Err(self.key(key).error(MalformedKind::UnknownKey {
                allowed: allowed
                    .map(|(name, more)| [name, more].concat())
                    .collect::<Vec<_>>()
                    .join(", "),
            })),
        }
    }
}

/// `CSQs[2].CSQState`.
impl fmt::Display for At<'_> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            At::Top(_) => Ok(()),
            At::Key(At::Top(_), key) => f.write_str(key),
            At::Key(above, key) => write!(f, "{above}.{key}"),
            At::Element(above, index) => write!(f, "{above}[{index}]"),
        }
    }
}

/// A JSON value for an error, which need not show all of a long one.
fn shortened(value: &Json) -> String {
    const MOST: usize = 60;
    let text = value.to_string();
    match text.char_indices().nth(MOST) {
        Some((at, _)) => [text.get(..at).unwrap_or_default(), "…"].concat(),
        None => text,
    }
}

/// The names of a table for an error, which need not show all of a long one.
#[cold]
fn first_names(table: &ValueTable) -> String {
    const MOST: usize = 16;
    let mut names = table.values.iter().filter_map(|row| row.name);
    let mut first = names.by_ref().take(MOST).collect::<Vec<_>>();
    first.extend(names.next().map(|_| "…"));
    first.join(", ")
}

/// The numbers that a type can hold.
fn range(kind: Kind, size: usize) -> RangeInclusive<i64> {
    match (kind, size) {
        (Kind::Int, _) => i32::MIN.into()..=i32::MAX.into(),
        (_, 1) => 0..=u8::MAX.into(),
        (_, 2) => 0..=u16::MAX.into(),
        _ => 0..=u32::MAX.into(),
    }
}

/// An object whose message type is known.
struct Given<'v> {
    message_type: MessageType,
    length: Option<usize>,
    content: Content<'v>,
}

enum Content<'v> {
    Raw(Vec<u8>),
    Fields {
        layout: &'static Layout,
        fields: &'v Map<String, Json>,
        unlisted: &'v [Json],
    },
}

impl<'v> Given<'v> {
    fn read(value: &'v Json) -> Result<Self, JsonError> {
        let at = At::Top(None);
        let object = at.object(value)?;
        let id = match object.get(ID) {
            Some(id) => Some(unsigned(at.key(ID).integer(id, Kind::Uint, 4)?)),
            None => None,
        };
        let message_type = match (object.get(MESSAGE), id) {
            (Some(name), id) => {
                let at = at.key(MESSAGE);
                let name = at.string(name)?;
                let message_type = MessageType::from_name(name).ok_or_else(|| {
                    at.error(MalformedKind::UnknownMessage {
                        name: name.to_owned(),
                    })
                })?;
                match id {
                    Some(id) if id != message_type.0 => {
                        return Err(At::Top(None).key(ID).error(MalformedKind::OtherId {
                            id,
                            expected: message_type,
                        }));
                    }
                    _ => message_type,
                }
            }
            (None, Some(id)) => MessageType(id),
            (None, None) => return Err(at.key(MESSAGE).error(MalformedKind::Missing)),
        };
        let at = At::Top(Some(message_type));
        let length = match object.get(LENGTH) {
            Some(length) => {
                let length = at.key(LENGTH).integer(length, Kind::Uint, 4)?;
                // Where it does not fit, no body is as long.
                Some(usize::try_from(length).unwrap_or(usize::MAX))
            }
            None => None,
        };
        let content = match message_type.layout() {
            Some(layout) => {
                let keys = [MESSAGE, ID, LENGTH, FIELDS, UNLISTED];
                at.allow(object, keys.into_iter().map(whole))?;
                Content::Fields {
                    layout,
                    fields: at.key(FIELDS).object(at.member(object, FIELDS)?)?,
                    unlisted: match object.get(UNLISTED) {
                        Some(unlisted) => at.key(UNLISTED).array(unlisted)?,
                        None => &[],
                    },
                }
            }
            None => {
                let keys = [MESSAGE, ID, LENGTH, HEX];
                at.allow(object, keys.into_iter().map(whole))?;
                Content::Raw(at.key(HEX).hex(at.member(object, HEX)?)?)
            }
        };
        Ok(Self {
            message_type,
            length,
            content,
        })
    }

    /// The frame, whatever the guide forbids, with the counts that are given or those that follow
    /// from the lists.
    fn pack(&self, version: Version, as_received: bool) -> Result<Vec<u8>, JsonError> {
        let at = At::Top(Some(self.message_type));
        let mut packer = Packer {
            version,
            as_received,
            frame: HEADER.to_vec(),
        };
        match &self.content {
            Content::Raw(body) => packer.frame.extend_from_slice(body),
            Content::Fields {
                layout,
                fields,
                unlisted,
            } => {
                at.allow(fields, keys(layout.fixed, layout.floating))?;
                for row in layout.fixed {
                    packer.fixed(row, fields, &at)?;
                }
                let written = packer.floating(layout.floating, fields, &at)?;
                packer.unlisted(unlisted, layout, &written, &at.key(UNLISTED))?;
            }
        }
        let mut frame = packer.frame;
        let length = frame.len().saturating_sub(HEADER.len());
        let body_length = u32::try_from(length).map_err(|_| {
            at.error(MalformedKind::TooMany {
                length,
                max: usize::MAX,
            })
        })?;
        if let Some(room) = frame.first_chunk_mut() {
            *room = header(body_length, self.message_type);
        }
        Ok(frame)
    }

    /// Takes a packed frame apart and encodes it as the guide wants it.
    fn strict(&self, frame: &[u8], version: Version, out: &mut BytesMut) -> Result<(), JsonError> {
        let body = frame.get(HEADER.len()..).unwrap_or_default();
        let message = Message::decode_body(self.message_type, body, version).map_err(|error| {
            At::Top(Some(self.message_type)).error(MalformedKind::Undecodable(error))
        })?;
        Ok(message.encode(version, out)?)
    }
}

fn whole(key: &str) -> (&str, &str) {
    (key, "")
}

/// A number that is known to be within u32.
fn unsigned(value: i64) -> u32 {
    u32::try_from(value).unwrap_or_default()
}

/// The keys of an object with such fields, each in two parts.
fn keys(
    fixed: &'static [FixedRow],
    floating: &'static [FloatingRow],
) -> impl Iterator<Item = (&'static str, &'static str)> + Clone {
    fixed
        .iter()
        .map(|row| [Some((row.name, "")), None, None])
        .chain(floating.iter().map(|row| match row {
            FloatingRow::Group(row) => [Some((row.name, "")), None, None],
            FloatingRow::Field(row) => match row.kind {
                Kind::NamedVar => [Some((NAME, "")), Some((VALUE, "")), None],
                Kind::NamedArray => [Some((INDEX, "")), Some((NAME, "")), Some((VALUE, ""))],
                Kind::Bool => [Some((row.name, "")), Some((row.name, SIZE)), None],
                _ => [Some((row.name, "")), None, None],
            },
        }))
        .flatten()
        .flatten()
}

/// Writes a frame from an object, row by row.
struct Packer {
    version: Version,
    /// Whether counts are written as given.
    as_received: bool,
    frame: Vec<u8>,
}

impl Packer {
    fn put_number(&mut self, value: i64, size: usize) {
        let bytes = value.to_be_bytes();
        let unused = bytes.len().saturating_sub(size);
        self.frame
            .extend_from_slice(bytes.get(unused..).unwrap_or_default());
    }

    fn fixed(
        &mut self,
        row: &'static FixedRow,
        fields: &Map<String, Json>,
        at: &At<'_>,
    ) -> Result<(), JsonError> {
        let list = row.counts;
        let at_row = at.key(row.name);
        let size = row.size();
        let value = match fields.get(row.name) {
            Some(value) if row.kind.size().is_none() => {
                let bytes = at_row.bytes(value)?;
                match <[u8; 8]>::try_from(bytes.as_slice()) {
                    Ok(bytes) => i64::from_be_bytes(bytes),
                    Err(_) => {
                        return Err(at_row.error(MalformedKind::OtherSize {
                            length: bytes.len(),
                            expected: size,
                        }));
                    }
                }
            }
            Some(value) => at_row.number(value, row.kind, size, row.values)?,
            None => usual(row),
        };
        let value = match list {
            Some(list) if !self.as_received || !fields.contains_key(row.name) => {
                count(fields, list, at)?
            }
            _ => value,
        };
        if row.since <= self.version {
            self.put_number(value, size);
        } else if value != usual(row) {
            return Err(at_row.error(MalformedKind::NotInVersion { since: row.since }));
        }
        Ok(())
    }

    /// Writes the rows of a floating part, or of an element of a list; gives the ids of the fields
    /// it wrote that may stand once.
    fn floating(
        &mut self,
        rows: &'static [FloatingRow],
        fields: &Map<String, Json>,
        at: &At<'_>,
    ) -> Result<Vec<u16>, JsonError> {
        let mut written = Vec::new();
        for row in rows {
            match row {
                FloatingRow::Field(row) => {
                    if self.field(row, fields, at)? {
                        written.push(row.id);
                    }
                }
                FloatingRow::Group(row) => {
                    if let Some(list) = fields.get(row.name) {
                        self.list(row, list, &at.key(row.name))?;
                    }
                }
            }
        }
        Ok(written)
    }

    /// Writes a field, if it is there.
    fn field(
        &mut self,
        row: &'static FieldRow,
        fields: &Map<String, Json>,
        at: &At<'_>,
    ) -> Result<bool, JsonError> {
        if let Kind::NamedVar | Kind::NamedArray = row.kind {
            return self.named(row, fields, at);
        }
        let at_row = at.key(row.name);
        let value = fields.get(row.name);
        let size = match row.kind {
            Kind::Bool => Some(bool_size(row, fields, at)?),
            kind => kind.size(),
        };
        let Some(size) = size else {
            let Some(value) = value else {
                return Ok(false);
            };
            let data = match row.kind {
                Kind::String => {
                    let mut text = at_row.text(value)?;
                    text.push(0);
                    text
                }
                _ => at_row.bytes(value)?,
            };
            self.header(row.id, data.len(), &at_row)?;
            self.frame.extend_from_slice(&data);
            return Ok(true);
        };
        let printed = prescribed(row);
        let mut number = match (value, printed) {
            (Some(Json::Null), Some(_)) => None,
            (Some(value), _) => Some(at_row.number(value, row.kind, size, row.values)?),
            (None, Some(printed)) if row.since <= self.version => Some(printed.into()),
            (None, _) => None,
        };
        if let Some(list) = row.counts
            && !self.as_received
        {
            // Where neither a count nor a list is given, there is nothing to count.
            number = match count(fields, list, at)? {
                0 if number.is_none() => None,
                count => Some(count),
            };
        }
        let Some(number) = number else {
            return Ok(false);
        };
        self.header(row.id, size, &at_row)?;
        self.put_number(number, size);
        Ok(true)
    }

    /// Writes a named variable or an element of a named array.
    fn named(
        &mut self,
        row: &'static FieldRow,
        fields: &Map<String, Json>,
        at: &At<'_>,
    ) -> Result<bool, JsonError> {
        let mut data = Vec::new();
        if row.kind == Kind::NamedArray {
            let index = at
                .key(INDEX)
                .integer(at.member(fields, INDEX)?, Kind::Uchar, 1)?;
            data.extend(u8::try_from(index));
        }
        let name = at.key(NAME).text(at.member(fields, NAME)?)?;
        if name.contains(&0) {
            return Err(at.key(NAME).error(MalformedKind::InnerNul));
        }
        data.extend_from_slice(&name);
        data.push(0);
        data.extend(at.key(VALUE).text(at.member(fields, VALUE)?)?);
        data.push(0);
        self.header(row.id, data.len(), at)?;
        self.frame.extend_from_slice(&data);
        Ok(true)
    }

    fn list(&mut self, row: &'static GroupRow, list: &Json, at: &At<'_>) -> Result<(), JsonError> {
        let mut before = Vec::new();
        for (index, element) in at.array(list)?.iter().enumerate() {
            let at = At::Element(at, index);
            let fields = at.object(element)?;
            at.allow(fields, keys(&[], row.rows))?;
            let start = self.frame.len();
            let written = self.floating(row.rows, fields, &at)?;
            let first = self
                .frame
                .get(start..)
                .and_then(|element| Walk::new(element, self.version).step())
                .ok_or_else(|| at.error(MalformedKind::NoFields))?
                .field
                .id;
            // An element ends where a member comes again or the first member begins.
            let apart = index == 0
                || before.contains(&first)
                || row.rows.first().is_some_and(|row| row.has(first));
            if !apart {
                return Err(at.error(MalformedKind::RunsTogether));
            }
            before = written;
        }
        Ok(())
    }

    fn unlisted(
        &mut self,
        unlisted: &[Json],
        layout: &'static Layout,
        written: &[u16],
        at: &At<'_>,
    ) -> Result<(), JsonError> {
        for (index, field) in unlisted.iter().enumerate() {
            let at = At::Element(at, index);
            let field = at.object(field)?;
            at.allow(field, [ID, HEX].into_iter().map(whole))?;
            let at_id = at.key(ID);
            let id = at_id.integer(at.member(field, ID)?, Kind::Ushort, 2)?;
            let id = u16::try_from(id).unwrap_or_default();
            let data = at.key(HEX).hex(at.member(field, HEX)?)?;
            // It would be taken for the field itself.
            if let Some(row) = layout.field(id)
                && !written.contains(&id)
            {
                return Err(at_id.error(MalformedKind::Listed { name: row.name }));
            }
            self.header(id, data.len(), &at)?;
            self.frame.extend_from_slice(&data);
        }
        Ok(())
    }

    fn header(&mut self, id: u16, length: usize, at: &At<'_>) -> Result<(), JsonError> {
        let Ok(size) = u8::try_from(length) else {
            return Err(at.error(MalformedKind::TooLong {
                length,
                max: MAX_DATA,
            }));
        };
        let [high, low] = id.to_be_bytes();
        match (self.version.has_wide_ids(), high) {
            (true, _) => self.frame.extend_from_slice(&[high, low, size]),
            (false, 0) => self.frame.extend_from_slice(&[low, size]),
            _ => return Err(at.error(MalformedKind::WideId { id })),
        }
        Ok(())
    }
}

/// The elements of a list, as a count field says them.
fn count(fields: &Map<String, Json>, list: &str, at: &At<'_>) -> Result<i64, JsonError> {
    let length = match fields.get(list) {
        Some(elements) => at.key(list).array(elements)?.len(),
        None => 0,
    };
    u16::try_from(length).map(i64::from).map_err(|_| {
        at.key(list).error(MalformedKind::TooMany {
            length,
            max: u16::MAX.into(),
        })
    })
}

/// The bytes that a BOOL takes: 2, unless the key beside it says 4.
fn bool_size(
    row: &'static FieldRow,
    fields: &Map<String, Json>,
    at: &At<'_>,
) -> Result<usize, JsonError> {
    let key = size_key(row);
    let Some(size) = fields.get(&key) else {
        return Ok(2);
    };
    at.member(fields, row.name)?;
    let at = at.key(&key);
    match at.integer(size, Kind::Uint, 4)? {
        2 => Ok(2),
        4 => Ok(4),
        _ => Err(at.wrong_form("2 or 4", size)),
    }
}
