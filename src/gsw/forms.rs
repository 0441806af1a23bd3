//! The forms of single values in the protocol's JSON neighbours, which rows of
//! [`object!`](crate::object::object) name.
use alloc::format;
use alloc::string::{String, ToString};
use core::marker::PhantomData;
use core::ops::RangeInclusive;

use jiff::Timestamp;
use jiff::civil::DateTime;
use serde::Deserializer;
use serde::de::DeserializeSeed;
use serde_json::Value;

use super::keys::KeyType;
use super::values::{MinuteTime, TenantName};
pub(in crate::gsw) use crate::object::{
    Flag, Integer, Judged, Nested, Scalar, Text, object, twice,
};

/// Text that some writers send as a number.
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

/// A tenant's name or CCID: two words and emptiness mean unset, and unset has a word.
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

/// A moment as seconds of UTC with a fraction of up to three digits, in text.
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
        // Compared before the cut to milliseconds: a time just before 1970 must not become 1970.
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
/// century.
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

/// Reads a code from a number or decimal text.
pub(in crate::gsw) fn code<'de, T, D>(name: &'static str, deserializer: D) -> Result<T, D::Error>
where
    T: for<'a> KeyType<Of<'a> = T>,
    D: Deserializer<'de>,
{
    let code = |value| {
        let code = Code::<T>::take(name, value)?;
        code.ok_or_else(|| format!("{name}: missing"))
    };
    Judged(code).deserialize(deserializer)
}
