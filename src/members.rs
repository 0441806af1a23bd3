//! Members of a JSON object that no table lists, kept as their text.
use alloc::borrow::{Cow, ToOwned};
use alloc::string::String;
use core::cell::RefCell;
use core::fmt;

use serde::de::{self, Deserializer, MapAccess, SeqAccess, Visitor};
use serde::ser::{SerializeMap, SerializeSeq};
use serde::{Deserialize, Serialize, Serializer};
use serde_json::{Map, Value};

/// Members of a JSON object: names and values of any kind, in their order.
///
/// They are kept as JSON text, since a tree of [`Value`]s takes up to a hundred times the memory of
/// its text.
#[derive(Clone, PartialEq, Eq, Hash, Default)]
pub struct Members {
    /// The text of the object, without its braces and without blanks.
    text: String,
}

/// A JSON object that is a part of kept text.
#[derive(Clone, Copy, PartialEq, Eq, Hash)]
pub struct ObjectText<'a> {
    /// The text between the braces.
    members: &'a str,
}

impl<'a> ObjectText<'a> {
    /// Creates the object with these members between its braces.
    pub(crate) const fn new(members: &'a str) -> Self {
        ObjectText { members }
    }

    /// Returns the members as text.
    pub(crate) const fn members(self) -> &'a str {
        self.members
    }

    /// Returns names and values as JSON.
    pub(crate) fn raw(self) -> impl Iterator<Item = (&'a str, &'a str)> {
        let mut rest = self.members;
        core::iter::from_fn(move || {
            let (name, after) = split(rest)?;
            let (value, after) = split(after.strip_prefix(':')?)?;
            rest = after.strip_prefix(',').unwrap_or(after);
            Some((name, value))
        })
    }

    /// Returns the members, in their order.
    pub fn iter(self) -> impl Iterator<Item = (Cow<'a, str>, Value)> {
        let members = self.raw();
        members.map(|(name, value)| {
            (
                unquoted(name),
                serde_json::from_str(value).unwrap_or_default(),
            )
        })
    }

    /// Returns the value of the member with this name.
    #[must_use]
    pub fn get(self, name: &str) -> Option<Value> {
        let mut members = self.raw();
        let (_, value) = members.find(|(member, _)| unquoted(member) == name)?;
        serde_json::from_str(value).ok()
    }

    /// Returns the members as a tree.
    #[must_use]
    pub fn to_map(self) -> Map<String, Value> {
        self.iter()
            .map(|(name, value)| (name.into_owned(), value))
            .collect()
    }
}

impl fmt::Debug for ObjectText<'_> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_map().entries(self.iter()).finish()
    }
}

/// Returns the text of a JSON string, without its quotes.
pub(crate) fn unquoted(name: &str) -> Cow<'_, str> {
    let inside = name
        .strip_prefix('"')
        .and_then(|name| name.strip_suffix('"'));
    match inside {
        Some(inside) if !inside.contains('\\') => Cow::Borrowed(inside),
        _ => Cow::Owned(serde_json::from_str(name).unwrap_or_default()),
    }
}

/// Splits the JSON value off the front of text without blanks, and returns it with the rest.
pub(crate) fn split(text: &str) -> Option<(&str, &str)> {
    let mut depth = 0_usize;
    let mut string = false;
    let mut escaped = false;
    for (place, byte) in text.bytes().enumerate() {
        let after = place.saturating_add(1);
        if string {
            match byte {
                _ if escaped => escaped = false,
                b'\\' => escaped = true,
                b'"' => {
                    string = false;
                    if depth == 0 {
                        return text.split_at_checked(after);
                    }
                }
                _ => {}
            }
            continue;
        }
        match byte {
            b'"' => string = true,
            b'{' | b'[' => depth = depth.saturating_add(1),
            b'}' | b']' if depth == 1 => return text.split_at_checked(after),
            b'}' | b']' if depth > 0 => depth = depth.saturating_sub(1),
            b',' | b':' | b'}' | b']' if depth == 0 => {
                return text
                    .split_at_checked(place)
                    .filter(|(value, _)| !value.is_empty());
            }
            _ => {}
        }
    }
    let whole = !text.is_empty() && depth == 0 && !string;
    whole.then_some((text, ""))
}

impl Members {
    /// Creates an empty list of members.
    #[must_use]
    pub const fn new() -> Self {
        Members {
            text: String::new(),
        }
    }

    /// Returns the members, borrowed.
    #[must_use]
    pub fn view(&self) -> ObjectText<'_> {
        ObjectText::new(&self.text)
    }

    /// Returns whether there is no member.
    #[must_use]
    pub const fn is_empty(&self) -> bool {
        self.text.is_empty()
    }

    /// Returns how many members there are.
    #[must_use]
    pub fn len(&self) -> usize {
        self.view().raw().count()
    }

    /// Returns the members, in their order.
    pub fn iter(&self) -> impl Iterator<Item = (Cow<'_, str>, Value)> {
        self.view().iter()
    }

    /// Returns the value of the member with this name.
    #[must_use]
    pub fn get(&self, name: &str) -> Option<Value> {
        self.view().get(name)
    }

    /// Sets the value of a name, in place of any present value.
    pub fn insert(&mut self, name: &str, value: impl Into<Value>) {
        self.remove(name);
        self.push(name, &value.into());
    }

    /// Removes the member with this name and returns its value.
    pub fn remove(&mut self, name: &str) -> Option<Value> {
        let value = self.get(name)?;
        let mut others = Members::new();
        for (member, value) in self.view().raw() {
            if unquoted(member) != name {
                others.add(member, value);
            }
        }
        *self = others;
        Some(value)
    }

    /// Removes all members.
    pub fn clear(&mut self) {
        self.text.clear();
    }

    fn add(&mut self, name: &str, value: &str) {
        if !self.text.is_empty() {
            self.text.push(',');
        }
        self.text.push_str(name);
        self.text.push(':');
        self.text.push_str(value);
    }

    fn push(&mut self, name: &str, value: &impl Serialize) {
        let text = |value: Result<String, _>| {
            value.unwrap_or_else(|_: serde_json::Error| "null".to_owned())
        };
        let name = text(serde_json::to_string(name));
        self.add(&name, &text(serde_json::to_string(value)));
    }

    /// Reads the value of a member whose name was just read and which is not in the list yet.
    pub(crate) fn read<'de, A: MapAccess<'de>>(
        &mut self,
        name: &str,
        members: &mut A,
    ) -> Result<(), A::Error> {
        let value = members.next_value_seed(Keep)?;
        let name = serde_json::to_string(name).map_err(de::Error::custom)?;
        self.add(&name, &value);
        Ok(())
    }

    /// Writes all members except some.
    pub(crate) fn write<S: SerializeMap>(
        &self,
        members: &mut S,
        without: &[&str],
    ) -> Result<(), S::Error> {
        for (name, value) in self.view().raw() {
            let name = unquoted(name);
            if !without.contains(&&*name) {
                members.serialize_entry(&name, &Json(value))?;
            }
        }
        Ok(())
    }
}

impl From<Map<String, Value>> for Members {
    fn from(map: Map<String, Value>) -> Self {
        let mut members = Members::new();
        for (name, value) in &map {
            members.push(name, value);
        }
        members
    }
}

impl fmt::Debug for Members {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        self.view().fmt(f)
    }
}

/// Reads any value as JSON text.
struct Keep;

impl<'de> de::DeserializeSeed<'de> for Keep {
    type Value = String;

    fn deserialize<D: Deserializer<'de>>(self, deserializer: D) -> Result<String, D::Error> {
        // The error gives line and column, which the JSON library finds again in the text.
        serde_json::to_string(&Copied::new(deserializer)).map_err(de::Error::custom)
    }
}

/// JSON text that serializes as its value.
struct Json<'a>(&'a str);

impl Serialize for Json<'_> {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        let mut json = serde_json::Deserializer::from_str(self.0);
        json.disable_recursion_limit();
        Copied::new(&mut json).serialize(serializer)
    }
}

/// A value being read, written without intermediate storage.
struct Copied<D>(RefCell<Option<D>>);

impl<D> Copied<D> {
    fn new(deserializer: D) -> Self {
        Copied(RefCell::new(Some(deserializer)))
    }
}

impl<'de, D: Deserializer<'de>> Serialize for Copied<D> {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        let Some(deserializer) = self.0.take() else {
            return Err(serde::ser::Error::custom("written twice"));
        };
        deserializer
            .deserialize_any(Copy(serializer))
            .map_err(serde::ser::Error::custom)
    }
}

struct Copy<S>(S);

impl<'de, S: Serializer> Visitor<'de> for Copy<S> {
    type Value = S::Ok;

    fn expecting(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("any JSON value")
    }

    fn visit_unit<E: de::Error>(self) -> Result<S::Ok, E> {
        self.0.serialize_unit().map_err(E::custom)
    }

    fn visit_bool<E: de::Error>(self, value: bool) -> Result<S::Ok, E> {
        self.0.serialize_bool(value).map_err(E::custom)
    }

    fn visit_i64<E: de::Error>(self, value: i64) -> Result<S::Ok, E> {
        self.0.serialize_i64(value).map_err(E::custom)
    }

    fn visit_u64<E: de::Error>(self, value: u64) -> Result<S::Ok, E> {
        self.0.serialize_u64(value).map_err(E::custom)
    }

    fn visit_f64<E: de::Error>(self, value: f64) -> Result<S::Ok, E> {
        self.0.serialize_f64(value).map_err(E::custom)
    }

    fn visit_str<E: de::Error>(self, value: &str) -> Result<S::Ok, E> {
        self.0.serialize_str(value).map_err(E::custom)
    }

    fn visit_seq<A: SeqAccess<'de>>(self, mut items: A) -> Result<S::Ok, A::Error> {
        let mut seq = self.0.serialize_seq(None).map_err(de::Error::custom)?;
        while let Some(()) = items.next_element_seed(Item(&mut seq))? {}
        seq.end().map_err(de::Error::custom)
    }

    fn visit_map<A: MapAccess<'de>>(self, mut members: A) -> Result<S::Ok, A::Error> {
        let mut map = self.0.serialize_map(None).map_err(de::Error::custom)?;
        while let Some(name) = members.next_key::<Cow<'_, str>>()? {
            map.serialize_key(&name).map_err(de::Error::custom)?;
            members.next_value_seed(MapValue(&mut map))?;
        }
        map.end().map_err(de::Error::custom)
    }
}

struct Item<'a, S>(&'a mut S);

impl<'de, S: SerializeSeq> de::DeserializeSeed<'de> for Item<'_, S> {
    type Value = ();

    fn deserialize<D: Deserializer<'de>>(self, deserializer: D) -> Result<(), D::Error> {
        let item = Copied::new(deserializer);
        self.0.serialize_element(&item).map_err(de::Error::custom)
    }
}

struct MapValue<'a, S>(&'a mut S);

impl<'de, S: SerializeMap> de::DeserializeSeed<'de> for MapValue<'_, S> {
    type Value = ();

    fn deserialize<D: Deserializer<'de>>(self, deserializer: D) -> Result<(), D::Error> {
        let value = Copied::new(deserializer);
        self.0.serialize_value(&value).map_err(de::Error::custom)
    }
}

/// Serializes as an object.
impl Serialize for Members {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        let mut members = serializer.serialize_map(None)?;
        self.write(&mut members, &[])?;
        members.end()
    }
}

impl<'de> Deserialize<'de> for Members {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        Map::deserialize(deserializer).map(Self::from)
    }
}
