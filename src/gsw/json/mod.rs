//! Attached data as JSON.
//!
//! A list is an object, flat as in the samples of the Service Client API: keys are members, strings
//! and integers are themselves, lists are objects, and `null` is a value that its source does not show
//! ([`Value::Hidden`]).
//!
//! Some values have no JSON notation. They are an object with one member: `{"$binary": "00ff"}` for
//! bytes in hex, `{"$string": "e9"}` for a string that is not UTF-8, `{"$unicode": "text"}` for a
//! Unicode string (`{"$unicode-hex": "e9"}` when it is not UTF-8), and
//! `{"$list": [["key", value], …]}` for a list with a key that repeats, is not UTF-8 (then it is a
//! `$string`) or starts with a dollar sign.
//!
//! All attached data survives a round trip. JSON can hold more than attached data: fractions,
//! booleans and other arrays are errors.
//!
//! Workspace has another form, an array of objects with a type for each value:
//! `[{"key": "Segment", "type": "str", "value": "gold"}]`, with the types `str`, `int` and `kvlist`.
//! It is read wherever a list is allowed, and [`write_workspace`] writes it.
//!
//! Reading a list takes up to 16 times the bytes of its text, writing one up to 20 times the bytes of
//! its keys and values.
pub(in crate::gsw) mod find;

use alloc::string::String;
use alloc::vec::Vec;
use core::fmt;

use serde::de::{self, DeserializeSeed, Deserializer, MapAccess, SeqAccess, Visitor};
use serde::ser::{Serialize, SerializeMap, SerializeSeq, Serializer};

use super::attached_data::{AttachedData, AttachedDataBuf, Limits, Pair, Value, ValueBuf};
use crate::hex::{self, Hex};
use crate::text::Text;

const BINARY: &str = "$binary";
const STRING: &str = "$string";
const UNICODE: &str = "$unicode";
const UNICODE_HEX: &str = "$unicode-hex";
const LIST: &str = "$list";

/// JSON that is not attached data.
#[derive(Debug, thiserror::Error)]
#[error("{message} at line {line} column {column}")]
pub struct JsonError {
    /// The line, counted from 1; 0 when no line is at fault.
    pub line: usize,
    /// The byte in the line, counted from 1.
    pub column: usize,
    /// The fault.
    pub message: String,
}

impl From<serde_json::Error> for JsonError {
    fn from(error: serde_json::Error) -> Self {
        use alloc::string::ToString;
        let (line, column) = (error.line(), error.column());
        let text = error.to_string();
        let place = alloc::format!(" at line {line} column {column}");
        JsonError {
            line,
            column,
            message: text.strip_suffix(place.as_str()).unwrap_or(&text).into(),
        }
    }
}

/// Reads one list from JSON text within the default [`Limits`].
///
/// # Errors
/// Reports malformed JSON, or a value that attached data cannot hold, with its place.
pub fn read(text: &[u8]) -> Result<AttachedDataBuf, JsonError> {
    read_with(text, Limits::default())
}

/// Reads one list from JSON text within the limits given.
///
/// # Errors
/// Reports malformed JSON, or a value that attached data cannot hold, with its place.
pub fn read_with(text: &[u8], limits: Limits) -> Result<AttachedDataBuf, JsonError> {
    if text.len() > limits.max_bytes {
        let message = alloc::format!("list larger than the limit of {} bytes", limits.max_bytes);
        return Err(JsonError {
            line: 0,
            column: 0,
            message,
        });
    }
    let mut json = serde_json::Deserializer::from_slice(text);
    // Every list within a list is counted, and a list has up to three levels of JSON.
    json.disable_recursion_limit();
    let list = ListSeed {
        depth: limits.depth(),
    }
    .deserialize(&mut json)?;
    json.end()?;
    Ok(list)
}

/// Writes a list as JSON text, on one line.
#[must_use]
pub fn write(data: AttachedData<'_>) -> String {
    // No part of a list fails to serialize, and writing to memory does not fail.
    serde_json::to_string(&data).unwrap_or_default()
}

/// A value that has no place in the form of Workspace.
#[derive(Clone, PartialEq, Eq, Debug, thiserror::Error)]
#[error("{}: {found} has no form in Workspace", Text::from(key))]
pub struct WorkspaceError {
    /// The key.
    pub key: String,
    /// The value found.
    pub found: &'static str,
}

/// Writes a list in the form of Workspace, on one line. Unicode strings become strings.
///
/// # Errors
/// The list has bytes in it, or a string that is not UTF-8.
///
/// ```
/// use cti_codec::gsw::{AttachedDataBuf, json};
///
/// let mut data = AttachedDataBuf::new();
/// data.push("Segment", "gold");
/// data.push("Attempts", 2);
/// let text = json::write_workspace(data.view())?;
/// assert_eq!(
///     text,
///     r#"[{"key":"Segment","type":"str","value":"gold"},{"key":"Attempts","type":"int","value":2}]"#
/// );
/// assert_eq!(json::read(text.as_bytes())?, data);
/// # Ok::<(), Box<dyn std::error::Error>>(())
/// ```
pub fn write_workspace(data: AttachedData<'_>) -> Result<String, WorkspaceError> {
    refuse_others(data, Limits::MAX_DEPTH.saturating_add(1))?;
    Ok(serde_json::to_string(&Entries(data)).unwrap_or_default())
}

fn refuse_others(data: AttachedData<'_>, depth: usize) -> Result<(), WorkspaceError> {
    let Some(depth) = depth.checked_sub(1) else {
        return Err(WorkspaceError {
            key: String::new(),
            found: "list nested too deep",
        });
    };
    for pair in data {
        let utf8 = |text: Text<'_>| text.to_str().is_ok();
        let fits = match pair.value {
            Value::Str(text) | Value::Unicode(text) => utf8(text),
            Value::Int(_) | Value::Hidden => true,
            Value::Binary(_) => false,
            Value::List(list) => {
                refuse_others(list, depth)?;
                true
            }
        };
        if !(fits && utf8(pair.key)) {
            return Err(WorkspaceError {
                key: pair.key.to_string_lossy().into_owned(),
                found: pair.value.type_name(),
            });
        }
    }
    Ok(())
}

/// A list in the form of Workspace, all of whose text is UTF-8.
struct Entries<'a>(AttachedData<'a>);

impl Serialize for Entries<'_> {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        serializer.collect_seq(self.0.iter().map(Entry))
    }
}

struct Entry<'a>(Pair<'a>);

impl Serialize for Entry<'_> {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        let mut entry = serializer.serialize_map(Some(3))?;
        entry.serialize_entry("key", &self.0.key.to_string_lossy())?;
        let kind = match self.0.value {
            Value::Int(_) => "int",
            Value::List(_) => "kvlist",
            _ => "str",
        };
        entry.serialize_entry("type", kind)?;
        match self.0.value {
            Value::Str(text) | Value::Unicode(text) => {
                entry.serialize_entry("value", &text.to_string_lossy())?;
            }
            Value::Int(number) => entry.serialize_entry("value", &number)?,
            Value::List(list) => entry.serialize_entry("value", &Entries(list))?,
            Value::Binary(_) | Value::Hidden => entry.serialize_entry("value", &())?,
        }
        entry.end()
    }
}

impl Serialize for AttachedDataBuf {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        self.view().serialize(serializer)
    }
}

impl Serialize for AttachedData<'_> {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        if !is_plain(self) {
            return tagged(serializer, LIST, &PairsInArray(*self));
        }
        let mut map = serializer.serialize_map(Some(self.len()))?;
        for pair in self.iter() {
            map.serialize_entry(&KeyOf(pair.key), &pair.value)?;
        }
        map.end()
    }
}

/// Returns whether an object can represent the list: keys are distinct UTF-8, and none could be
/// mistaken for one of ours.
fn is_plain(data: &AttachedData<'_>) -> bool {
    let mut keys: Vec<&[u8]> = data.iter().map(|pair| pair.key.as_bytes()).collect();
    keys.sort_unstable();
    let repeats = keys
        .windows(2)
        .any(|keys| matches!(keys, [one, other] if one == other));
    !repeats
        && data
            .iter()
            .all(|pair| pair.key.to_str().is_ok_and(|key| !key.starts_with('$')))
}

/// Serializes an object with a single member.
fn tagged<S: Serializer>(
    serializer: S,
    tag: &str,
    content: &impl Serialize,
) -> Result<S::Ok, S::Error> {
    let mut map = serializer.serialize_map(Some(1))?;
    map.serialize_entry(tag, content)?;
    map.end()
}

struct PairsInArray<'a>(AttachedData<'a>);

impl Serialize for PairsInArray<'_> {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        let mut array = serializer.serialize_seq(Some(self.0.len()))?;
        for pair in self.0 {
            array.serialize_element(&(KeyOf(pair.key), pair.value))?;
        }
        array.end()
    }
}

struct KeyOf<'a>(Text<'a>);

impl Serialize for KeyOf<'_> {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        match self.0.to_str() {
            Ok(text) => serializer.serialize_str(text),
            Err(_) => tagged(serializer, STRING, &Hex(self.0.as_bytes())),
        }
    }
}

fn from_hex<E: de::Error>(text: &str) -> Result<Vec<u8>, E> {
    hex::parse(text).ok_or_else(|| E::custom("bytes in hex expected"))
}

impl Serialize for Value<'_> {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        match self {
            Value::Str(text) => KeyOf(*text).serialize(serializer),
            Value::Int(number) => serializer.serialize_i64(*number),
            Value::Binary(bytes) => tagged(serializer, BINARY, &Hex(bytes)),
            Value::List(list) => list.serialize(serializer),
            Value::Unicode(text) => match text.to_str() {
                Ok(text) => tagged(serializer, UNICODE, &text),
                Err(_) => tagged(serializer, UNICODE_HEX, &Hex(text.as_bytes())),
            },
            Value::Hidden => serializer.serialize_unit(),
        }
    }
}

impl<'de> de::Deserialize<'de> for AttachedDataBuf {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        ListSeed {
            depth: Limits::default().depth(),
        }
        .deserialize(deserializer)
    }
}

/// A list in which so many lists may still nest.
struct ListSeed {
    depth: usize,
}

impl<'de> DeserializeSeed<'de> for ListSeed {
    type Value = AttachedDataBuf;

    fn deserialize<D: Deserializer<'de>>(
        self,
        deserializer: D,
    ) -> Result<AttachedDataBuf, D::Error> {
        // One more level than lists may nest, since the outermost is not nested.
        match (ValueSeed {
            depth: self.depth.saturating_add(1),
        })
        .deserialize(deserializer)?
        {
            ValueBuf::List(list) => Ok(list),
            _ => Err(de::Error::custom("object with keys and values expected")),
        }
    }
}

#[derive(Clone, Copy)]
struct ValueSeed {
    depth: usize,
}

impl<'de> DeserializeSeed<'de> for ValueSeed {
    type Value = ValueBuf;

    fn deserialize<D: Deserializer<'de>>(self, deserializer: D) -> Result<ValueBuf, D::Error> {
        deserializer.deserialize_any(self)
    }
}

impl<'de> Visitor<'de> for ValueSeed {
    type Value = ValueBuf;

    fn expecting(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("a string, an integer or an object")
    }

    fn visit_str<E: de::Error>(self, text: &str) -> Result<ValueBuf, E> {
        Ok(text.into())
    }

    fn visit_unit<E: de::Error>(self) -> Result<ValueBuf, E> {
        Ok(ValueBuf::Hidden)
    }

    fn visit_seq<A: SeqAccess<'de>>(self, mut entries: A) -> Result<ValueBuf, A::Error> {
        let Some(depth) = self.depth.checked_sub(1) else {
            return Err(de::Error::custom("list nested deeper than the limit"));
        };
        let mut list = AttachedDataBuf::new();
        while let Some((key, value)) = entries.next_element_seed(EntrySeed { depth })? {
            list.push(key, value);
        }
        Ok(ValueBuf::List(list))
    }

    fn visit_i64<E: de::Error>(self, number: i64) -> Result<ValueBuf, E> {
        Ok(ValueBuf::Int(number))
    }

    fn visit_u64<E: de::Error>(self, number: u64) -> Result<ValueBuf, E> {
        i64::try_from(number)
            .map(ValueBuf::Int)
            .map_err(|_| E::custom("integer beyond 64 bits"))
    }

    fn visit_map<A: MapAccess<'de>>(self, mut map: A) -> Result<ValueBuf, A::Error> {
        let Some(depth) = self.depth.checked_sub(1) else {
            return Err(de::Error::custom("list nested deeper than the limit"));
        };
        let mut list = AttachedDataBuf::new();
        let mut key = map.next_key::<String>()?;
        let value = match key.as_deref() {
            Some(BINARY) => ValueBuf::Binary(from_hex(&map.next_value::<String>()?)?),
            Some(STRING) => ValueBuf::Str(from_hex(&map.next_value::<String>()?)?),
            Some(UNICODE) => ValueBuf::Unicode(map.next_value::<String>()?.into_bytes()),
            Some(UNICODE_HEX) => ValueBuf::Unicode(from_hex(&map.next_value::<String>()?)?),
            Some(LIST) => ValueBuf::List(map.next_value_seed(PairsSeed { depth })?),
            _ => {
                while let Some(name) = key {
                    if name.starts_with('$') {
                        return Err(de::Error::custom(
                            "a key that starts with $ is written within $list",
                        ));
                    }
                    let value = map.next_value_seed(ValueSeed { depth })?;
                    list.push(name, value);
                    key = map.next_key()?;
                }
                return Ok(ValueBuf::List(list));
            }
        };
        match map.next_key::<String>()? {
            None => Ok(value),
            Some(_) => Err(de::Error::custom(
                "nothing may stand beside a key that starts with $",
            )),
        }
    }
}

/// `{"key": "Segment", "type": "str", "value": "gold"}`, its members in any order.
struct EntrySeed {
    depth: usize,
}

impl<'de> DeserializeSeed<'de> for EntrySeed {
    type Value = (Vec<u8>, ValueBuf);

    fn deserialize<D: Deserializer<'de>>(self, deserializer: D) -> Result<Self::Value, D::Error> {
        deserializer.deserialize_map(self)
    }
}

impl<'de> Visitor<'de> for EntrySeed {
    type Value = (Vec<u8>, ValueBuf);

    fn expecting(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("an object with key, type and value")
    }

    fn visit_map<A: MapAccess<'de>>(self, mut members: A) -> Result<Self::Value, A::Error> {
        let (mut key, mut kind, mut value) = (None, None, None);
        while let Some(name) = members.next_key::<String>()? {
            match name.as_str() {
                "key" if key.is_none() => key = Some(members.next_value::<String>()?),
                "type" if kind.is_none() => kind = Some(members.next_value::<String>()?),
                "value" if value.is_none() => {
                    value = Some(members.next_value_seed(ValueSeed { depth: self.depth })?);
                }
                _ => return Err(de::Error::custom("key, type and value expected")),
            }
        }
        let (Some(key), Some(value)) = (key, value) else {
            return Err(de::Error::custom("key, type and value expected"));
        };
        let typed = match kind.as_deref() {
            None => Some(value),
            Some(kind) => of_type(kind, value),
        };
        let wrong = || de::Error::custom("value of another type than its own");
        Ok((key.into_bytes(), typed.ok_or_else(wrong)?))
    }
}

/// Returns the value if it has the type that Workspace names.
fn of_type(kind: &str, value: ValueBuf) -> Option<ValueBuf> {
    match (kind, value) {
        (_, ValueBuf::Hidden) => Some(ValueBuf::Hidden),
        ("int" | "integer" | "long", ValueBuf::Str(text)) => {
            Text::new(&text).to_int().map(ValueBuf::Int)
        }
        ("int" | "integer" | "long", value @ ValueBuf::Int(_))
        | ("str" | "string", value @ (ValueBuf::Str(_) | ValueBuf::Unicode(_)))
        | ("kvlist" | "list", value @ ValueBuf::List(_)) => Some(value),
        ("str" | "string", ValueBuf::Int(number)) => {
            Some(alloc::format!("{number}").as_str().into())
        }
        _ => None,
    }
}

/// The pairs of a `$list`.
#[derive(Clone, Copy)]
struct PairsSeed {
    depth: usize,
}

impl<'de> DeserializeSeed<'de> for PairsSeed {
    type Value = AttachedDataBuf;

    fn deserialize<D: Deserializer<'de>>(
        self,
        deserializer: D,
    ) -> Result<AttachedDataBuf, D::Error> {
        deserializer.deserialize_seq(self)
    }
}

impl<'de> Visitor<'de> for PairsSeed {
    type Value = AttachedDataBuf;

    fn expecting(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("an array of pairs")
    }

    fn visit_seq<A: SeqAccess<'de>>(self, mut pairs: A) -> Result<AttachedDataBuf, A::Error> {
        let mut list = AttachedDataBuf::new();
        while let Some((key, value)) = pairs.next_element_seed(PairSeed { depth: self.depth })? {
            list.push(key, value);
        }
        Ok(list)
    }
}

/// `["key", value]`.
struct PairSeed {
    depth: usize,
}

impl<'de> DeserializeSeed<'de> for PairSeed {
    type Value = (Vec<u8>, ValueBuf);

    fn deserialize<D: Deserializer<'de>>(self, deserializer: D) -> Result<Self::Value, D::Error> {
        deserializer.deserialize_seq(self)
    }
}

impl<'de> Visitor<'de> for PairSeed {
    type Value = (Vec<u8>, ValueBuf);

    fn expecting(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("a key and a value")
    }

    fn visit_seq<A: SeqAccess<'de>>(self, mut pair: A) -> Result<Self::Value, A::Error> {
        let short = || de::Error::custom("a key and a value expected");
        let ValueBuf::Str(key) = pair
            .next_element_seed(ValueSeed { depth: 1 })?
            .ok_or_else(short)?
        else {
            return Err(de::Error::custom("a key is a string"));
        };
        let value = pair
            .next_element_seed(ValueSeed { depth: self.depth })?
            .ok_or_else(short)?;
        match pair.next_element::<de::IgnoredAny>()? {
            None => Ok((key, value)),
            Some(_) => Err(short()),
        }
    }
}
