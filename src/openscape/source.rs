//! Where a value is read from.
//!
//! serde's traits are generic, and a copy of them for each of 116 objects took a third of the time to
//! build this crate. Here serde reads for all of them.

use core::fmt;

use serde::de::{DeserializeSeed, Error as _, MapAccess, SeqAccess, Visitor};
use serde::{Deserialize, Deserializer};
use serde_json::value::RawValue;

use super::value::Text;

/// A value in JSON text, to be read once. Each way to read it returns `None` if the value is not
/// of that type.
pub trait Source<'a> {
    /// Reads text, borrowed if it has no escapes.
    fn text(&mut self) -> Option<Text<'a>>;

    /// Reads an integer.
    fn integer(&mut self) -> Option<i64>;

    /// Reads `true` or `false`.
    fn boolean(&mut self) -> Option<bool>;

    /// Reads any value as its text.
    fn raw(&mut self) -> Option<&'a RawValue>;

    /// Reads the members of an object, until one is refused.
    fn members(&mut self, read: &mut ReadMember<'_, 'a>) -> Option<()>;

    /// Reads the items of a list, until one is refused.
    fn items(&mut self, read: &mut ReadItem<'_, 'a>) -> Option<()>;
}

/// Reads a member of an object. `None` refuses it.
pub(super) type ReadMember<'f, 'a> = dyn FnMut(Text<'a>, &mut dyn Source<'a>) -> Option<()> + 'f;

/// Reads an item of a list. `None` refuses it.
pub(super) type ReadItem<'f, 'a> = dyn FnMut(&mut dyn Source<'a>) -> Option<()> + 'f;

/// Reads JSON text, all of it.
pub(super) fn whole<'a, T>(
    json: &'a str,
    read: impl FnOnce(&mut dyn Source<'a>) -> Option<T>,
) -> Option<T> {
    let mut deserializer = serde_json::Deserializer::from_str(json);
    let value = read(&mut Once(Some(&mut deserializer)))?;
    deserializer.end().ok()?;
    Some(value)
}

/// A deserializer that is not used up yet.
struct Once<D>(Option<D>);

impl<'a, D: Deserializer<'a>> Source<'a> for Once<D> {
    fn text(&mut self) -> Option<Text<'a>> {
        self.0.take()?.deserialize_str(Borrow).ok()
    }

    fn integer(&mut self) -> Option<i64> {
        self.0.take()?.deserialize_i64(Whole).ok()
    }

    fn boolean(&mut self) -> Option<bool> {
        bool::deserialize(self.0.take()?).ok()
    }

    fn raw(&mut self) -> Option<&'a RawValue> {
        <&RawValue>::deserialize(self.0.take()?).ok()
    }

    fn members(&mut self, read: &mut ReadMember<'_, 'a>) -> Option<()> {
        self.0.take()?.deserialize_map(Members(read)).ok()
    }

    fn items(&mut self, read: &mut ReadItem<'_, 'a>) -> Option<()> {
        self.0.take()?.deserialize_seq(Items(read)).ok()
    }
}

/// Text, or the name of a member.
struct Borrow;

impl<'a> Visitor<'a> for Borrow {
    type Value = Text<'a>;

    fn expecting(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("text")
    }

    fn visit_borrowed_str<E: serde::de::Error>(self, text: &'a str) -> Result<Text<'a>, E> {
        Ok(Text::Borrowed(text))
    }

    fn visit_str<E: serde::de::Error>(self, text: &str) -> Result<Text<'a>, E> {
        Ok(Text::Owned(text.into()))
    }
}

impl<'a> DeserializeSeed<'a> for Borrow {
    type Value = Text<'a>;

    fn deserialize<D: Deserializer<'a>>(self, deserializer: D) -> Result<Text<'a>, D::Error> {
        deserializer.deserialize_str(self)
    }
}

struct Whole;

impl Visitor<'_> for Whole {
    type Value = i64;

    fn expecting(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("an integer")
    }

    fn visit_i64<E: serde::de::Error>(self, number: i64) -> Result<i64, E> {
        Ok(number)
    }

    fn visit_u64<E: serde::de::Error>(self, number: u64) -> Result<i64, E> {
        number.try_into().map_err(E::custom)
    }
}

struct Members<'r, 'f, 'a>(&'r mut ReadMember<'f, 'a>);

impl<'a> Visitor<'a> for Members<'_, '_, 'a> {
    type Value = ();

    fn expecting(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("an object")
    }

    fn visit_map<A: MapAccess<'a>>(self, mut access: A) -> Result<(), A::Error> {
        while let Some(name) = access.next_key_seed(Borrow)? {
            let mut name = Some(name);
            access.next_value_seed(Next(&mut |value| (self.0)(name.take()?, value)))?;
        }
        Ok(())
    }
}

struct Items<'r, 'f, 'a>(&'r mut ReadItem<'f, 'a>);

impl<'a> Visitor<'a> for Items<'_, '_, 'a> {
    type Value = ();

    fn expecting(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("a list")
    }

    fn visit_seq<A: SeqAccess<'a>>(self, mut access: A) -> Result<(), A::Error> {
        while access.next_element_seed(Next(self.0))?.is_some() {}
        Ok(())
    }
}

/// Hands the next value to its reader.
struct Next<'r, 'f, 'a>(&'r mut ReadItem<'f, 'a>);

impl<'a> DeserializeSeed<'a> for Next<'_, '_, 'a> {
    type Value = ();

    fn deserialize<D: Deserializer<'a>>(self, deserializer: D) -> Result<(), D::Error> {
        (self.0)(&mut Once(Some(deserializer))).ok_or_else(|| D::Error::custom("refused"))
    }
}
