//! An object that has been read and not yet packed: its values one after the other, not as a tree.

use alloc::string::String;
use alloc::vec::Vec;
use core::fmt;

use serde::de::{self, Deserialize, DeserializeSeed, Deserializer, MapAccess, SeqAccess, Visitor};
use serde::ser::{Serialize, SerializeMap as _, SerializeSeq as _, Serializer};

/// The maximum nesting of arrays and objects; those of a message have six levels.
const DEEPEST: usize = 64;

/// An object that was read and is yet to be encoded: any JSON, which [`pack`](Self::pack) encodes
/// as a frame if it is the object of a message.
///
/// It deserializes from any self-describing format: JSON, CBOR, a `serde_json::Value`. It keeps
/// only twelve bytes a value and the texts, at most 20 times the JSON that it is read from, so that
/// a long object costs no tree.
///
/// ```
/// use bytes::BytesMut;
/// use cti_codec::ccx::Version;
/// use cti_codec::ccx::json::{Document, Packed};
///
/// let text = r#"{"message":"HEARTBEAT_REQ","fields":{"InvokeID":7},"seen":"10:15"}"#;
/// let mut object: Document = serde_json::from_str(text)?;
/// // What is no part of the message is taken off first.
/// assert_eq!(object.text(&["seen"]), Some("10:15"));
/// object.retain(|key| key != "seen");
///
/// let mut frame = BytesMut::new();
/// assert_eq!(object.pack(Version::V14, &mut frame)?, Packed::Strict);
/// assert_eq!(frame, [0, 0, 0, 4, 0, 0, 0, 5, 0, 0, 0, 7].as_slice());
/// # Ok::<(), Box<dyn std::error::Error>>(())
/// ```
#[derive(Clone, Default)]
pub struct Document {
    /// The value and all within it, in the order in which they are written.
    tokens: Vec<Token>,
    /// All texts and keys, one after the other.
    text: String,
}

/// A value, or the key before one.
#[derive(Clone, Copy)]
enum Token {
    Null,
    Bool(bool),
    Unsigned(Halves),
    Signed(Halves),
    Float(Halves),
    /// The start and the length of a text.
    Text(u32, u32),
    /// The token after the last element.
    Array(u32),
    /// The same of the last member. Members are a key and a value each.
    Object(u32),
    /// In place of a key: the member has been removed.
    Gone,
}

/// A number of 64 bits in two halves, so that a token takes 12 bytes and not 16.
#[derive(Clone, Copy)]
struct Halves(u32, u32);

impl Halves {
    fn new(number: u64) -> Self {
        let [a, b, c, d, e, f, g, h] = number.to_be_bytes();
        Self(
            u32::from_be_bytes([a, b, c, d]),
            u32::from_be_bytes([e, f, g, h]),
        )
    }

    fn get(self) -> u64 {
        u64::from(self.0) << 32 | u64::from(self.1)
    }
}

impl Document {
    /// Returns the whole value.
    pub(super) fn root(&self) -> Item<'_> {
        Item {
            document: self,
            at: 0,
        }
    }

    /// Returns the text at a path of keys; `None` if there is none.
    #[must_use]
    pub fn text(&self, path: &[&str]) -> Option<&str> {
        self.item(path)?.text()
    }

    /// Returns the whole number from 0 on at a path of keys; `None` if there is none.
    #[must_use]
    pub fn number(&self, path: &[&str]) -> Option<u64> {
        match self.item(path)?.value() {
            Scalar::Unsigned(number) => Some(number),
            _ => None,
        }
    }

    /// Returns whether there is any value where the keys lead.
    #[must_use]
    pub fn has(&self, path: &[&str]) -> bool {
        self.item(path).is_some()
    }

    /// Keeps those members of the object alone whose keys pass a test.
    pub fn retain(&mut self, mut keep: impl FnMut(&str) -> bool) {
        let mut members = self.root().members();
        while let Some(member) = members.next() {
            let key = member.value.at.saturating_sub(1);
            if !keep(member.key) {
                let Members { at, end, .. } = members;
                if let Some(token) = self.tokens.get_mut(key) {
                    *token = Token::Gone;
                }
                let document = &*self;
                members = Members { document, at, end };
            }
        }
    }

    fn item(&self, path: &[&str]) -> Option<Item<'_>> {
        path.iter().try_fold(self.root(), |item, key| item.get(key))
    }

    fn push<E: de::Error>(&mut self, token: Token) -> Result<usize, E> {
        let at = self.tokens.len();
        if u32::try_from(at).is_err() {
            return Err(E::custom("the object is too large"));
        }
        self.tokens.push(token);
        Ok(at)
    }

    fn push_text<E: de::Error>(&mut self, text: &str) -> Result<(), E> {
        let start = self.text.len();
        let place = (u32::try_from(start).ok(), u32::try_from(text.len()).ok());
        let (Some(start), Some(length)) = place else {
            return Err(E::custom("the object is too large"));
        };
        self.text.push_str(text);
        self.push(Token::Text(start, length)).map(|_| ())
    }

    /// Sets where an array or object ends: here.
    fn end(&mut self, at: usize, make: fn(u32) -> Token) {
        let end = u32::try_from(self.tokens.len()).unwrap_or(u32::MAX);
        if let Some(token) = self.tokens.get_mut(at) {
            *token = make(end);
        }
    }
}

impl fmt::Debug for Document {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("Document")
            .field("values", &self.tokens.len())
            .finish_non_exhaustive()
    }
}

impl<'de> Deserialize<'de> for Document {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        let mut document = Self {
            tokens: Vec::with_capacity(64),
            text: String::with_capacity(512),
        };
        let fill = Fill {
            document: &mut document,
            depth: 0,
        };
        fill.deserialize(deserializer)?;
        Ok(document)
    }

    /// Reuses the room of the last object.
    fn deserialize_in_place<D: Deserializer<'de>>(
        deserializer: D,
        place: &mut Self,
    ) -> Result<(), D::Error> {
        place.tokens.clear();
        place.text.clear();
        let fill = Fill {
            document: place,
            depth: 0,
        };
        fill.deserialize(deserializer)
    }
}

/// Takes in a value behind those that are there.
struct Fill<'d> {
    document: &'d mut Document,
    depth: usize,
}

impl Fill<'_> {
    fn within<E: de::Error>(&mut self) -> Result<Fill<'_>, E> {
        if self.depth >= DEEPEST {
            return Err(E::custom("arrays and objects lie too deep in each other"));
        }
        Ok(Fill {
            document: self.document,
            depth: self.depth.saturating_add(1),
        })
    }
}

impl<'de> DeserializeSeed<'de> for Fill<'_> {
    type Value = ();

    fn deserialize<D: Deserializer<'de>>(self, deserializer: D) -> Result<(), D::Error> {
        deserializer.deserialize_any(self)
    }
}

impl<'de> Visitor<'de> for Fill<'_> {
    type Value = ();

    fn expecting(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("a JSON value")
    }

    fn visit_unit<E: de::Error>(self) -> Result<(), E> {
        self.document.push(Token::Null).map(|_| ())
    }

    fn visit_none<E: de::Error>(self) -> Result<(), E> {
        self.visit_unit()
    }

    fn visit_some<D: Deserializer<'de>>(self, deserializer: D) -> Result<(), D::Error> {
        self.deserialize(deserializer)
    }

    fn visit_newtype_struct<D: Deserializer<'de>>(self, deserializer: D) -> Result<(), D::Error> {
        self.deserialize(deserializer)
    }

    fn visit_bool<E: de::Error>(self, value: bool) -> Result<(), E> {
        self.document.push(Token::Bool(value)).map(|_| ())
    }

    fn visit_u64<E: de::Error>(self, value: u64) -> Result<(), E> {
        let token = Token::Unsigned(Halves::new(value));
        self.document.push(token).map(|_| ())
    }

    fn visit_i64<E: de::Error>(self, value: i64) -> Result<(), E> {
        match u64::try_from(value) {
            Ok(value) => self.visit_u64(value),
            Err(_) => {
                let token = Token::Signed(Halves::new(value.cast_unsigned()));
                self.document.push(token).map(|_| ())
            }
        }
    }

    fn visit_f64<E: de::Error>(self, value: f64) -> Result<(), E> {
        let token = Token::Float(Halves::new(value.to_bits()));
        self.document.push(token).map(|_| ())
    }

    fn visit_str<E: de::Error>(self, value: &str) -> Result<(), E> {
        self.document.push_text(value)
    }

    fn visit_seq<A: SeqAccess<'de>>(mut self, mut list: A) -> Result<(), A::Error> {
        let at = self.document.push(Token::Array(0))?;
        while list.next_element_seed(self.within()?)?.is_some() {}
        self.document.end(at, Token::Array);
        Ok(())
    }

    fn visit_map<A: MapAccess<'de>>(mut self, mut members: A) -> Result<(), A::Error> {
        let at = self.document.push(Token::Object(0))?;
        while members.next_key_seed(Key(self.document))?.is_some() {
            members.next_value_seed(self.within()?)?;
        }
        self.document.end(at, Token::Object);
        Ok(())
    }
}

/// Takes in a key.
struct Key<'d>(&'d mut Document);

impl<'de> DeserializeSeed<'de> for Key<'_> {
    type Value = ();

    fn deserialize<D: Deserializer<'de>>(self, deserializer: D) -> Result<(), D::Error> {
        deserializer.deserialize_str(self)
    }
}

impl Visitor<'_> for Key<'_> {
    type Value = ();

    fn expecting(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("a key")
    }

    fn visit_str<E: de::Error>(self, key: &str) -> Result<(), E> {
        self.0.push_text(key)
    }
}

/// A value of a document.
#[derive(Clone, Copy)]
pub(super) struct Item<'d> {
    document: &'d Document,
    at: usize,
}

/// A scalar value.
#[derive(Clone, Copy)]
pub(super) enum Scalar<'d> {
    Null,
    Bool(bool),
    Unsigned(u64),
    /// A negative one.
    Signed(i64),
    Float(f64),
    Text(&'d str),
    Array,
    Object,
}

/// A member of an object.
#[derive(Clone, Copy)]
pub(super) struct Member<'d> {
    pub(super) key: &'d str,
    pub(super) value: Item<'d>,
}

impl<'d> Item<'d> {
    fn token(&self) -> Token {
        let token = self.document.tokens.get(self.at);
        token.copied().unwrap_or(Token::Null)
    }

    #[inline]
    pub(super) fn value(&self) -> Scalar<'d> {
        match self.token() {
            Token::Null | Token::Gone => Scalar::Null,
            Token::Bool(value) => Scalar::Bool(value),
            Token::Unsigned(halves) => Scalar::Unsigned(halves.get()),
            Token::Signed(halves) => Scalar::Signed(halves.get().cast_signed()),
            Token::Float(halves) => Scalar::Float(f64::from_bits(halves.get())),
            Token::Text(start, length) => Scalar::Text(self.slice(start, length)),
            Token::Array(_) => Scalar::Array,
            Token::Object(_) => Scalar::Object,
        }
    }

    fn slice(&self, start: u32, length: u32) -> &'d str {
        let range = usize::try_from(start).ok().and_then(|start| {
            let length = usize::try_from(length).ok()?;
            Some(start..start.checked_add(length)?)
        });
        let text = range.and_then(|range| self.document.text.get(range));
        text.unwrap_or_default()
    }

    pub(super) fn text(&self) -> Option<&'d str> {
        match self.value() {
            Scalar::Text(text) => Some(text),
            _ => None,
        }
    }

    /// Returns the token after the value.
    fn after(&self) -> usize {
        match self.token() {
            Token::Array(end) | Token::Object(end) => usize::try_from(end).unwrap_or(usize::MAX),
            _ => self.at.saturating_add(1),
        }
    }

    /// Returns the members of an object; none for another value.
    pub(super) fn members(&self) -> Members<'d> {
        let end = match self.token() {
            Token::Object(_) => self.after(),
            _ => 0,
        };
        Members {
            document: self.document,
            at: self.at.saturating_add(1),
            end,
        }
    }

    /// Returns the elements of an array; none for another value.
    pub(super) fn elements(&self) -> impl Iterator<Item = Item<'d>> + use<'d> {
        let document = self.document;
        let end = match self.token() {
            Token::Array(_) => self.after(),
            _ => 0,
        };
        let mut at = self.at.saturating_add(1);
        core::iter::from_fn(move || {
            let item = Item { document, at };
            (at < end).then(|| {
                at = item.after();
                item
            })
        })
    }

    /// Returns the value of the first member with a key.
    pub(super) fn get(&self, key: &str) -> Option<Item<'d>> {
        let mut members = self.members();
        let found = members.find(|member| member.key == key);
        found.map(|member| member.value)
    }
}

/// The members of an object.
#[derive(Clone)]
pub(super) struct Members<'d> {
    document: &'d Document,
    at: usize,
    end: usize,
}

impl<'d> Iterator for Members<'d> {
    type Item = Member<'d>;

    #[inline]
    fn next(&mut self) -> Option<Member<'d>> {
        while self.at < self.end {
            let document = self.document;
            let key = Item {
                document,
                at: self.at,
            };
            let value = Item {
                document,
                at: self.at.saturating_add(1),
            };
            self.at = value.after();
            if let Token::Text(start, length) = key.token() {
                let key = key.slice(start, length);
                return Some(Member { key, value });
            }
        }
        None
    }
}

/// Writes the value as it was read.
impl Serialize for Item<'_> {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        match self.value() {
            Scalar::Null => serializer.serialize_unit(),
            Scalar::Bool(value) => serializer.serialize_bool(value),
            Scalar::Unsigned(value) => serializer.serialize_u64(value),
            Scalar::Signed(value) => serializer.serialize_i64(value),
            Scalar::Float(value) => serializer.serialize_f64(value),
            Scalar::Text(text) => serializer.serialize_str(text),
            Scalar::Array => {
                let mut list = serializer.serialize_seq(None)?;
                for element in self.elements() {
                    list.serialize_element(&element)?;
                }
                list.end()
            }
            Scalar::Object => {
                let mut object = serializer.serialize_map(None)?;
                for member in self.members() {
                    object.serialize_entry(member.key, &member.value)?;
                }
                object.end()
            }
        }
    }
}

#[cfg(test)]
mod tests {
    use super::{Document, Token};
    use alloc::format;
    use alloc::string::String;

    #[test]
    fn a_token_takes_twelve_bytes() {
        assert_eq!(size_of::<Token>(), 12);
    }

    #[test]
    fn what_is_read_is_written_again() {
        for text in [
            "null",
            r#"{"a":[],"b":{},"":[[1,-2,18446744073709551615,-9223372036854775808],{"c":"\n\u001b\"é"}]}"#,
            "[0.5,1e300,true,false]",
        ] {
            let document: Document = serde_json::from_str(text).unwrap_or_default();
            let again = serde_json::to_string(&document.root()).unwrap_or_default();
            assert_eq!(again, text.replace("1e300", "1e+300"));
        }
        let deep = format!("{}{}", "[".repeat(100), "]".repeat(100));
        let error = serde_json::from_str::<Document>(&deep).map(|_| String::new());
        assert!(error.is_err());
    }

    #[test]
    fn members_are_left_out() {
        let text = r#"{"a":{"b":"c"},"a":1,"d":2}"#;
        let mut document: Document = serde_json::from_str(text).unwrap_or_default();
        assert_eq!(document.text(&["a", "b"]), Some("c"));
        document.retain(|key| key != "a");
        assert!(!document.has(&["a"]));
        assert_eq!(document.number(&["d"]), Some(2));
    }
}
