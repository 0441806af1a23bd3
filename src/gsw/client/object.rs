//! How a JSON object becomes a struct and back: one table row per member.
//!
//! serde's own derive is not enough here. With `flatten` it writes a name twice when the map of
//! unknown members holds a known one, and with `alias` it refuses an object that has both
//! spellings. Rows of [`object!`] read leniently, keep all that they do not know, refuse a repeated
//! name (keeping one of two values would lose the other), and name the member in every error;
//! `serde_json` adds line and column.

use alloc::format;
use alloc::string::{String, ToString};
use core::fmt;
use core::marker::PhantomData;
use core::ops::RangeInclusive;

use jiff::Timestamp;
use jiff::civil::DateTime;
use serde::de::value::{MapAccessDeserializer, SeqAccessDeserializer};
use serde::de::{DeserializeOwned, DeserializeSeed, Error, MapAccess, SeqAccess, Visitor};
use serde::ser::SerializeMap;
use serde::{Deserialize, Deserializer, Serialize};
use serde_json::{Map, Value};

use crate::gsw::keys::KeyType;
use crate::gsw::values::{MinuteTime, TenantName};

/// Reads a member whose name has just been read. `None`: the member is there and says nothing
/// (null).
pub(in crate::gsw) trait Read<T> {
    fn read<'de, A: MapAccess<'de>>(
        name: &'static str,
        members: &mut A,
    ) -> Result<Option<T>, A::Error>;
}

/// Writes a member.
pub(in crate::gsw) trait Write<T> {
    fn write<S: SerializeMap>(
        name: &'static str,
        value: &T,
        members: &mut S,
    ) -> Result<(), S::Error>;
}

/// How a single value looks in JSON: the forms that are read and the one that is written.
pub(in crate::gsw) trait Scalar {
    /// The Rust type.
    type Value;

    /// What an error says was wanted.
    const EXPECTED: &'static str;

    /// The value, `None` where it says nothing, or what was found instead.
    fn parse(value: Value) -> Result<Option<Self::Value>, Value>;

    /// The JSON of a value, or why it may not be written.
    fn print(value: &Self::Value) -> Result<Value, &'static str>;

    /// What a member without a value is sent as.
    fn unset() -> Value {
        Value::Null
    }

    /// Reads the member of this name, or says what is wrong with it.
    fn take(name: &str, value: Value) -> Result<Option<Self::Value>, String> {
        Self::parse(value).map_err(|found| expected(name, Self::EXPECTED, &found))
    }

    /// Writes a member that is always sent, without a value as the form's word for that.
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

/// The text of an error about a member.
#[cold]
fn expected(name: &str, expected: &str, found: &Value) -> String {
    format!("{name}: expected {expected}, found {}", Found(found))
}

/// Reads any JSON value and judges it while the deserializer is still at it, so that an error gets
/// its place and not that of the object's end.
pub(in crate::gsw) struct Judged<J>(pub(in crate::gsw) J);

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
pub(in crate::gsw) struct Nested;

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

/// Describes a value in an error, cut to a length that fits a log line.
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

/// Text, kept as it is. Also the form of the open enumerations, which are made from text.
pub(in crate::gsw) struct Text<T = String>(PhantomData<T>);

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

/// Text that some writers send as a number (C04).
pub(in crate::gsw) struct TextOrNumber;

impl Scalar for TextOrNumber {
    type Value = String;

    const EXPECTED: &'static str = "text or a number";

    fn parse(value: Value) -> Result<Option<String>, Value> {
        match value {
            Value::Number(number) => Ok(Some(number.to_string())),
            other => <Text>::parse(other),
        }
    }

    fn print(value: &String) -> Result<Value, &'static str> {
        <Text>::print(value)
    }
}

/// A tenant's name or CCID: two words and emptiness mean unset, and unset has a word (C05, C06).
pub(in crate::gsw) struct Tenant;

impl Scalar for Tenant {
    type Value = String;

    const EXPECTED: &'static str = TextOrNumber::EXPECTED;

    fn parse(value: Value) -> Result<Option<String>, Value> {
        let text = TextOrNumber::parse(value)?;
        let is_unset = |text: &str| text.is_empty() || TenantName(text.into()).is_unset();
        Ok(text.filter(|text| !is_unset(text)))
    }

    fn print(value: &String) -> Result<Value, &'static str> {
        <Text>::print(value)
    }

    fn unset() -> Value {
        "Unknown".into()
    }
}

/// An integer of any width (C09), as a number or as decimal text; empty text says nothing (C23).
pub(in crate::gsw) struct Integer;

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

/// A code of an open enumeration, or another integer that has a type of its own.
pub(in crate::gsw) struct Code<T>(PhantomData<T>);

impl<T: for<'a> KeyType<Of<'a> = T>> Scalar for Code<T> {
    type Value = T;

    const EXPECTED: &'static str = Integer::EXPECTED;

    fn parse(value: Value) -> Result<Option<T>, Value> {
        let number = Integer::parse(value)?;
        Ok(number.and_then(|number| T::read(number.into())))
    }

    fn print(value: &T) -> Result<Value, &'static str> {
        Ok(T::number(value).into())
    }
}

/// The handle of a record: an integer that is written only when it can be one.
pub(in crate::gsw) struct Handle;

impl Scalar for Handle {
    type Value = i64;

    const EXPECTED: &'static str = "a record handle";

    fn parse(value: Value) -> Result<Option<i64>, Value> {
        Integer::parse(value)
    }

    fn print(value: &i64) -> Result<Value, &'static str> {
        if *value < 1 {
            return Err("a record handle is 1 or more");
        }
        Integer::print(value)
    }
}

/// `true` or `false`.
pub(in crate::gsw) struct Flag;

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

/// A moment as seconds of UTC with a fraction of up to three digits, in text (C24).
pub(in crate::gsw) struct Moment;

impl Scalar for Moment {
    type Value = Timestamp;

    const EXPECTED: &'static str = "seconds since 1970 with milliseconds, like 1700000000.123";

    fn parse(value: Value) -> Result<Option<Timestamp>, Value> {
        let text = match &value {
            Value::Null => return Ok(None),
            Value::String(text) if text.is_empty() => return Ok(None),
            Value::String(text) => text.clone(),
            // As printed by the JSON library: the shortest decimal that gives the same number, so
            // that no arithmetic on floating point can move the millisecond.
            Value::Number(number) => number.to_string(),
            _ => return Err(value),
        };
        moment(&text).map(Some).ok_or(value)
    }

    fn print(value: &Timestamp) -> Result<Value, &'static str> {
        // Compared before the cut to milliseconds: what is just before 1970 must not pass for 1970.
        if *value < Timestamp::UNIX_EPOCH {
            return Err("a time before 1970 has no form");
        }
        let milliseconds = value.as_millisecond();
        Ok(format!("{}.{:03}", milliseconds / 1000, milliseconds % 1000).into())
    }
}

fn moment(text: &str) -> Option<Timestamp> {
    let (seconds, fraction) = text.split_once('.').unwrap_or((text, "0"));
    let scale = match fraction.len() {
        1 => 100,
        2 => 10,
        _ => 1,
    };
    let milliseconds = number(seconds, 1..=15)?
        .checked_mul(1000)?
        .checked_add(number(fraction, 1..=3)?.checked_mul(scale)?)?;
    Timestamp::from_millisecond(milliseconds.try_into().ok()?).ok()
}

/// Digits only, as many as allowed: `str::parse` alone would take a sign.
pub(in crate::gsw) fn number(text: &str, length: RangeInclusive<usize>) -> Option<u64> {
    let digits = length.contains(&text.len()) && text.bytes().all(|byte| byte.is_ascii_digit());
    if digits { text.parse().ok() } else { None }
}

/// A date and time without a zone: `MM/DD/YYYY HH:MM`, read also with a two-digit year of this
/// century (C24).
pub(in crate::gsw) struct Date;

impl Scalar for Date {
    type Value = DateTime;

    const EXPECTED: &'static str = "a date and time like 05/27/2021 10:55";

    fn parse(value: Value) -> Result<Option<DateTime>, Value> {
        match &value {
            Value::Null => Ok(None),
            Value::String(text) => match MinuteTime::parse(text) {
                Some(time) => Ok(Some(time.to_civil())),
                None => Err(value),
            },
            _ => Err(value),
        }
    }

    fn print(value: &DateTime) -> Result<Value, &'static str> {
        let time = MinuteTime::try_from(*value)
            .map_err(|_| "a date and time has whole minutes and a year from 0 to 9999")?;
        Ok(time.to_string().into())
    }
}

/// Declares a struct for a JSON object and both directions of its form, one row per member:
/// `mode "name" | "other spelling" field: Type as Form;`. The modes, of which the last two ask for
/// an `Option`:
///
/// - `required`: read and written always.
/// - `sent`: need not be there on reading and is always written, without a value as the form's word
///   for that.
/// - `optional`: written where there is a value.
///
/// Members without a row are kept in `other`, and so is the null of an `optional` row. They are
/// written after the rows; where a row has written the same name, the row wins.
macro_rules! object {
    (@take required $name:literal $slot:ident $other:ident) => {
        $slot
            .flatten()
            .ok_or_else(|| serde::de::Error::custom(concat!($name, ": missing")))?
    };
    (@take sent $name:literal $slot:ident $other:ident) => { $slot.flatten() };
    (@take optional $name:literal $slot:ident $other:ident) => {{
        if $slot.as_ref().is_some_and(Option::is_none) {
            $other.insert($name.into(), serde_json::Value::Null);
        }
        $slot.flatten()
    }};

    (@write required $name:literal $field:expr, $Form:ty, $members:ident, $written:ident) => {
        <$Form as $crate::gsw::client::object::Write<_>>::write($name, &$field, &mut $members)?;
    };
    (@write sent $name:literal $field:expr, $Form:ty, $members:ident, $written:ident) => {
        <$Form as $crate::gsw::client::object::Scalar>::send($name, &$field, &mut $members)?;
    };
    (@write optional $name:literal $field:expr, $Form:ty, $members:ident, $written:ident) => {
        match &$field {
            Some(value) => {
                <$Form as $crate::gsw::client::object::Write<_>>::write($name, value, &mut $members)?;
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
            /// Members that the documentation does not list, in the order of arrival, and listed
            /// ones that came as null and may be left out. They are written back after the listed
            /// ones; a listed member that has a value takes precedence over one of the same name in
            /// here.
            pub other: serde_json::Map<alloc::string::String, serde_json::Value>,
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
                        $(let mut fixed = $crate::gsw::client::object::Fixed::new($value);)?
                        let mut other = serde_json::Map::new();
                        while let Some(name) = members.next_key::<alloc::string::String>()? {
                            match name.as_str() {
                                $($fixed => fixed.read($fixed, &mut members)?,)?
                                $($name if $field.is_none() => {
                                    $field = Some(<$Form as $crate::gsw::client::object::Read<_>>::read($name, &mut members)?);
                                })*
                                $($name => return Err($crate::gsw::client::object::twice($name)),)*
                                _ => $crate::gsw::client::object::keep(&mut other, name, &mut members)?,
                            }
                        }
                        // Another spelling counts only where the right one is missing; otherwise it
                        // stays unknown.
                        $($(
                            if !matches!($field, Some(Some(_)))
                                && let Some(value) = other.shift_remove($alias)
                            {
                                $field = Some(<$Form as $crate::gsw::client::object::Scalar>::take($alias, value).map_err(serde::de::Error::custom)?);
                            }
                        )*)*
                        $(fixed.check::<A::Error>($fixed)?;)?
                        $(let $field = $crate::gsw::client::object::object!(@take $mode $name $field other);)*
                        let object = $Name { $($field,)* other };
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
                $($crate::gsw::client::object::object!(@write $mode $name self.$field, $Form, members, written);)*
                for (name, value) in self.other.iter().filter(|(name, _)| !written.contains(&name.as_str())) {
                    serde::ser::SerializeMap::serialize_entry(&mut members, name, value)?;
                }
                serde::ser::SerializeMap::end(members)
            }
        }
    };
}
pub(in crate::gsw) use object;

/// The error for a name that an object has twice.
#[cold]
pub(in crate::gsw) fn twice<E: Error>(name: &str) -> E {
    E::custom(format_args!("{name}: there twice"))
}

/// Keeps a member that no row describes.
pub(in crate::gsw) fn keep<'de, A: MapAccess<'de>>(
    other: &mut Map<String, Value>,
    name: String,
    members: &mut A,
) -> Result<(), A::Error> {
    if other.contains_key(&name) {
        return Err(twice(&name));
    }
    other.insert(name, members.next_value()?);
    Ok(())
}

/// A member that always has the same text and therefore no field.
pub(in crate::gsw) struct Fixed {
    value: &'static str,
    seen: bool,
}

impl Fixed {
    pub(in crate::gsw) fn new(value: &'static str) -> Self {
        Self { value, seen: false }
    }

    pub(in crate::gsw) fn read<'de, A: MapAccess<'de>>(
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

    pub(in crate::gsw) fn check<E: Error>(&self, name: &str) -> Result<(), E> {
        if self.seen {
            return Ok(());
        }
        Err(E::custom(format_args!("{name}: missing")))
    }
}
