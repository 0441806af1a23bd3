//! Reading and writing of structs as JSON objects: one table row per member.
//!
//! serde's own derive is not enough here. With `flatten` it writes a name twice when the map of
//! unknown members holds a known one, and with `alias` it refuses an object that has both
//! spellings. Rows of [`object!`] read leniently, keep all unknown members, refuse a repeated name
//! (keeping one of two values would lose the other), and name the member in every error;
//! `serde_json` adds line and column.

use alloc::boxed::Box;
use alloc::collections::BTreeSet;
use alloc::format;
use alloc::string::String;
use core::fmt;
use core::marker::PhantomData;

use serde::de::value::{MapAccessDeserializer, SeqAccessDeserializer};
use serde::de::{DeserializeOwned, DeserializeSeed, Error, MapAccess, SeqAccess, Visitor};
use serde::ser::SerializeMap;
use serde::{Deserialize, Deserializer, Serialize};
use serde_json::Value;

use crate::members::Members;

/// Reads a member whose name was just read. `None`: the member is null.
pub(crate) trait Read<T> {
    fn read<'de, A: MapAccess<'de>>(
        name: &'static str,
        members: &mut A,
    ) -> Result<Option<T>, A::Error>;
}

/// Writes a member.
pub(crate) trait Write<T> {
    fn write<S: SerializeMap>(
        name: &'static str,
        value: &T,
        members: &mut S,
    ) -> Result<(), S::Error>;
}

/// The JSON form of a single value: the forms that are read and the one that is written.
pub(crate) trait Scalar {
    /// The Rust type.
    type Value;

    /// The expected form, as errors print it.
    const EXPECTED: &'static str;

    /// Parses a value: `None` if it means 'unset'. An invalid value is returned as the error.
    fn parse(value: Value) -> Result<Option<Self::Value>, Value>;

    /// Returns the JSON of a value, or the reason why it may not be written.
    fn print(value: &Self::Value) -> Result<Value, &'static str>;

    /// Returns the JSON of a member without a value.
    fn unset() -> Value {
        Value::Null
    }

    /// Reads the member of this name, or returns the text of the error.
    fn take(name: &str, value: Value) -> Result<Option<Self::Value>, String> {
        Self::parse(value).map_err(|found| expected(name, Self::EXPECTED, &found))
    }

    /// Writes a member that is always sent; without a value, in the form's notation for that.
    fn send<S: SerializeMap>(
        name: &'static str,
        value: &Option<Self::Value>,
        members: &mut S,
    ) -> Result<(), S::Error>
    where
        Self: Sized,
    {
        match value {
            Some(value) => <Self as Write<_>>::write(name, value, members),
            None => members.serialize_entry(name, &Self::unset()),
        }
    }
}

/// Returns the text of an error about a member.
#[cold]
fn expected(name: &str, expected: &str, found: &Value) -> String {
    format!("{name}: expected {expected}, found {}", Found(found))
}

/// Reads any JSON value and judges it while the deserializer is at it, so that an error has the
/// place of the value and not that of the object's end.
pub(crate) struct Judged<J>(pub(crate) J);

impl<'de, T, J: FnOnce(Value) -> Result<T, String>> DeserializeSeed<'de> for Judged<J> {
    type Value = T;

    fn deserialize<D: Deserializer<'de>>(self, deserializer: D) -> Result<T, D::Error> {
        deserializer.deserialize_any(self)
    }
}

impl<'de, T, J: FnOnce(Value) -> Result<T, String>> Visitor<'de> for Judged<J> {
    type Value = T;

    fn expecting(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("any JSON value")
    }

    fn visit_unit<E: Error>(self) -> Result<T, E> {
        (self.0)(Value::Null).map_err(E::custom)
    }

    fn visit_bool<E: Error>(self, value: bool) -> Result<T, E> {
        (self.0)(value.into()).map_err(E::custom)
    }

    fn visit_i64<E: Error>(self, value: i64) -> Result<T, E> {
        (self.0)(value.into()).map_err(E::custom)
    }

    fn visit_u64<E: Error>(self, value: u64) -> Result<T, E> {
        (self.0)(value.into()).map_err(E::custom)
    }

    fn visit_f64<E: Error>(self, value: f64) -> Result<T, E> {
        (self.0)(value.into()).map_err(E::custom)
    }

    fn visit_str<E: Error>(self, value: &str) -> Result<T, E> {
        (self.0)(value.into()).map_err(E::custom)
    }

    fn visit_string<E: Error>(self, value: String) -> Result<T, E> {
        (self.0)(value.into()).map_err(E::custom)
    }

    fn visit_seq<A: SeqAccess<'de>>(self, items: A) -> Result<T, A::Error> {
        (self.0)(Value::deserialize(SeqAccessDeserializer::new(items))?).map_err(A::Error::custom)
    }

    fn visit_map<A: MapAccess<'de>>(self, members: A) -> Result<T, A::Error> {
        (self.0)(Value::deserialize(MapAccessDeserializer::new(members))?).map_err(A::Error::custom)
    }
}

impl<F: Scalar> Read<F::Value> for F {
    fn read<'de, A: MapAccess<'de>>(
        name: &'static str,
        members: &mut A,
    ) -> Result<Option<F::Value>, A::Error> {
        members.next_value_seed(Judged(|value| F::take(name, value)))
    }
}

impl<F: Scalar> Write<F::Value> for F {
    fn write<S: SerializeMap>(
        name: &'static str,
        value: &F::Value,
        members: &mut S,
    ) -> Result<(), S::Error> {
        let value = Self::print(value)
            .map_err(|why| serde::ser::Error::custom(format_args!("{name}: {why}")))?;
        members.serialize_entry(name, &value)
    }
}

/// A value with a serde form of its own. Read from the stream, so that an error inside it has its
/// own place.
pub(crate) struct Nested;

impl<T: DeserializeOwned> Read<T> for Nested {
    fn read<'de, A: MapAccess<'de>>(
        _name: &'static str,
        members: &mut A,
    ) -> Result<Option<T>, A::Error> {
        members.next_value()
    }
}

impl<T: Serialize> Write<T> for Nested {
    fn write<S: SerializeMap>(
        name: &'static str,
        value: &T,
        members: &mut S,
    ) -> Result<(), S::Error> {
        members.serialize_entry(name, value)
    }
}

/// Describes a value in an error, truncated to the length of a log line.
struct Found<'a>(&'a Value);

impl fmt::Display for Found<'_> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self.0 {
            Value::Null => f.write_str("null"),
            Value::Bool(value) => write!(f, "{value}"),
            Value::Number(value) => write!(f, "the number {value}"),
            Value::String(text) => {
                let cut: String = text.chars().take(40).collect();
                let more = if cut.len() < text.len() { "…" } else { "" };
                write!(f, "the text {cut:?}{more}")
            }
            Value::Array(_) => f.write_str("a list"),
            Value::Object(_) => f.write_str("an object"),
        }
    }
}

/// Text, unchanged. Also the form of the open enumerations, which are built from text.
pub(crate) struct Text<T = String>(PhantomData<T>);

impl<T: From<String> + AsRef<str>> Scalar for Text<T> {
    type Value = T;

    const EXPECTED: &'static str = "text";

    fn parse(value: Value) -> Result<Option<T>, Value> {
        match value {
            Value::Null => Ok(None),
            Value::String(text) => Ok(Some(text.into())),
            other => Err(other),
        }
    }

    fn print(value: &T) -> Result<Value, &'static str> {
        Ok(value.as_ref().into())
    }
}

/// An integer of any width, as a number or as decimal text; empty text means 'unset'.
pub(crate) struct Integer;

impl Scalar for Integer {
    type Value = i64;

    const EXPECTED: &'static str = "an integer";

    fn parse(value: Value) -> Result<Option<i64>, Value> {
        let number = match &value {
            Value::Null => return Ok(None),
            Value::String(text) if text.is_empty() => return Ok(None),
            Value::Number(number) => number.as_i64(),
            Value::String(text) => text.trim().parse().ok(),
            _ => None,
        };
        number.map(Some).ok_or(value)
    }

    fn print(value: &i64) -> Result<Value, &'static str> {
        Ok((*value).into())
    }
}

/// `true` or `false`.
pub(crate) struct Flag;

impl Scalar for Flag {
    type Value = bool;

    const EXPECTED: &'static str = "true or false";

    fn parse(value: Value) -> Result<Option<bool>, Value> {
        match value {
            Value::Null => Ok(None),
            Value::Bool(flag) => Ok(Some(flag)),
            other => Err(other),
        }
    }

    fn print(value: &bool) -> Result<Value, &'static str> {
        Ok((*value).into())
    }
}

/// Declares a struct for a JSON object and both directions of its form, one row per member:
/// `mode "name" | "unlisted spelling" field: Type as Form;`. The modes, of which the last two require
/// an `Option`:
///
/// - `required`: always read and written.
/// - `sent`: optional on reading, but always written; without a value, in the form's notation for that.
/// - `optional`: written if there is a value.
///
/// Members without a row are kept in `unlisted`, as is the null of an `optional` row. They are written
/// after the rows; if a row has written the same name, the row wins.
macro_rules! object {
    (@take required $name:literal $slot:ident $unlisted:ident) => {
        $slot
            .flatten()
            .ok_or_else(|| serde::de::Error::custom(concat!($name, ": missing")))?
    };
    (@take sent $name:literal $slot:ident $unlisted:ident) => { $slot.flatten() };
    (@take optional $name:literal $slot:ident $unlisted:ident) => {{
        if $slot.as_ref().is_some_and(Option::is_none) {
            $unlisted.insert($name, serde_json::Value::Null);
        }
        $slot.flatten()
    }};

    (@write required $name:literal $field:expr, $Form:ty, $members:ident, $written:ident) => {
        <$Form as $crate::object::Write<_>>::write($name, &$field, &mut $members)?;
    };
    (@write sent $name:literal $field:expr, $Form:ty, $members:ident, $written:ident) => {
        <$Form as $crate::object::Scalar>::send($name, &$field, &mut $members)?;
    };
    (@write optional $name:literal $field:expr, $Form:ty, $members:ident, $written:ident) => {
        match &$field {
            Some(value) => {
                <$Form as $crate::object::Write<_>>::write($name, value, &mut $members)?;
            }
            None => $written.retain(|name| *name != $name),
        }
    };

    (
        $(#[$meta:meta])*
        pub struct $Name:ident $(<$T:ident>)? $(with $fixed:literal = $value:literal)? {
            $(
                $(#[$doc:meta])*
                $mode:ident $name:literal $(| $alias:literal)* $field:ident: $Type:ty as $Form:ty;
            )*
        }
        $(then $finish:path;)?
    ) => {
        $(#[$meta])*
        pub struct $Name $(<$T>)? {
            $(
                $(#[$doc])*
                #[doc = concat!("\n\nJSON member `", $name, "`.")]
                pub $field: $Type,
            )*
            /// Members that the documentation does not list, in the order of arrival, and optional
            /// listed ones that were null. They are written after the listed ones; a listed member
            /// with a value takes precedence over one of the same name in here.
            pub unlisted: $crate::members::Members,
        }

        impl<'de $(, $T: serde::de::DeserializeOwned)?> serde::Deserialize<'de> for $Name $(<$T>)? {
            fn deserialize<D: serde::Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
                struct Visitor $(<$T>(core::marker::PhantomData<$T>))?;

                impl<'de $(, $T: serde::de::DeserializeOwned)?> serde::de::Visitor<'de> for Visitor $(<$T>)? {
                    type Value = $Name $(<$T>)?;

                    fn expecting(&self, f: &mut core::fmt::Formatter<'_>) -> core::fmt::Result {
                        f.write_str(concat!("an object: ", stringify!($Name)))
                    }

                    fn visit_map<A: serde::de::MapAccess<'de>>(self, mut members: A) -> Result<Self::Value, A::Error> {
                        $(let mut $field: Option<Option<_>> = None;)*
                        $(let mut fixed = $crate::object::Fixed::new($value);)?
                        let mut unlisted = $crate::members::Members::new();
                        let mut names = alloc::collections::BTreeSet::new();
                        while let Some(name) = members.next_key::<alloc::string::String>()? {
                            match name.as_str() {
                                $($fixed => fixed.read($fixed, &mut members)?,)?
                                $($name if $field.is_none() => {
                                    $field = Some(<$Form as $crate::object::Read<_>>::read($name, &mut members)?);
                                })*
                                $($name => return Err($crate::object::twice($name)),)*
                                _ => $crate::object::keep(&mut unlisted, &mut names, name, &mut members)?,
                            }
                        }
                        // Another spelling counts only if the right one is missing; otherwise it
                        // stays unknown.
                        $($(
                            if !matches!($field, Some(Some(_)))
                                && names.contains($alias)
                                && let Some(value) = unlisted.remove($alias)
                            {
                                $field = Some(<$Form as $crate::object::Scalar>::take($alias, value).map_err(serde::de::Error::custom)?);
                            }
                        )*)*
                        $(fixed.check::<A::Error>($fixed)?;)?
                        $(let $field = $crate::object::object!(@take $mode $name $field unlisted);)*
                        let object = $Name { $($field,)* unlisted };
                        $(let object = $finish(object);)?
                        Ok(object)
                    }
                }

                deserializer.deserialize_map(Visitor $(::<$T>(core::marker::PhantomData))?)
            }
        }

        impl $(<$T: serde::Serialize>)? serde::Serialize for $Name $(<$T>)? {
            fn serialize<S: serde::Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
                let mut members = serializer.serialize_map(None)?;
                #[allow(unused_mut, reason = "not every object has optional members")]
                let mut written: alloc::vec::Vec<&str> = alloc::vec![$($fixed,)? $($name,)*];
                $(serde::ser::SerializeMap::serialize_entry(&mut members, $fixed, $value)?;)?
                $($crate::object::object!(@write $mode $name self.$field, $Form, members, written);)*
                self.unlisted.write(&mut members, &written)?;
                serde::ser::SerializeMap::end(members)
            }
        }
    };
}
pub(crate) use object;

/// Returns the error for a repeated name in an object.
#[cold]
pub(crate) fn twice<E: Error>(name: &str) -> E {
    E::custom(format_args!("{name}: there twice"))
}

/// Keeps a member that no row describes.
pub(crate) fn keep<'de, A: MapAccess<'de>>(
    unlisted: &mut Members,
    names: &mut BTreeSet<Box<str>>,
    name: String,
    members: &mut A,
) -> Result<(), A::Error> {
    if names.contains(name.as_str()) {
        return Err(twice(&name));
    }
    unlisted.read(&name, members)?;
    names.insert(name.into());
    Ok(())
}

/// A member with a constant text and therefore no field.
pub(crate) struct Fixed {
    value: &'static str,
    seen: bool,
}

impl Fixed {
    pub(crate) fn new(value: &'static str) -> Self {
        Self { value, seen: false }
    }

    pub(crate) fn read<'de, A: MapAccess<'de>>(
        &mut self,
        name: &'static str,
        members: &mut A,
    ) -> Result<(), A::Error> {
        if core::mem::replace(&mut self.seen, true) {
            return Err(twice(name));
        }
        let value = self.value;
        members.next_value_seed(Judged(|found| match found == *value {
            true => Ok(()),
            false => Err(expected(name, value, &found)),
        }))
    }

    pub(crate) fn check<E: Error>(&self, name: &str) -> Result<(), E> {
        if self.seen {
            return Ok(());
        }
        Err(E::custom(format_args!("{name}: missing")))
    }
}
