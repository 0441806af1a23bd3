//! Fields of a record and updates of them.

use alloc::borrow::ToOwned;
use alloc::string::String;
use alloc::vec::Vec;
use core::fmt;

use jiff::civil::DateTime;
use serde::de::{MapAccess, Visitor};
use serde::{Deserialize, Deserializer, Serialize, Serializer};
use serde_json::{Number, Value};

use super::names::{FieldType, ValueType};
use super::record::Clock;
use super::results::pairs;
use crate::gsw::forms::{Code, Date, Flag, Nested, Scalar, Text, object};
use crate::gsw::{MinuteTime, PhoneType, SecondsFromMidnight};

object! {
    /// A field of a record, with its permitted uses (Service Client API, Field). The data of
    /// `getRecordFields` is a list of these.
    ///
    /// A sample calls the field's type `type`; that is read where `fieldType` is missing.
    #[derive(Clone, Debug, PartialEq)]
    pub struct Field {
        /// The key that an update uses. The misspelled `GWS_FROM` of a sample is read as
        /// `GSW_FROM`.
        required "name" name: String as Name;
        /// The label that the desktop shows.
        optional "displayName" display_name: Option<String> as Text;
        /// The current value.
        optional "value" value: Option<FieldValue> as AnyValue;
        /// Whether an update may contain the field.
        required "isEditable" is_editable: bool as Flag;
        /// Whether an update may not empty the field.
        required "isMandatory" is_mandatory: bool as Flag;
        /// The codes to choose from, where the field is an enumeration.
        optional "options" options: Option<FieldOptions> as Nested;
        /// The kind of data.
        optional "fieldType" | "type" field_type: Option<FieldType> as Text<_>;
        /// The JSON type that an update has to use.
        required "valueType" value_type: ValueType as Text<_>;
    }
    then Field::interpret;
}

impl Field {
    /// Only the field's type, which may follow the value, tells a time or a date from other text.
    fn interpret(mut self) -> Self {
        if let Some(FieldValue::Text(text)) = &self.value {
            let value = match self.field_type {
                Some(FieldType::Time) => {
                    SecondsFromMidnight::from_clock(text).map(FieldValue::Time)
                }
                Some(FieldType::Date) => {
                    MinuteTime::parse(text).map(|time| FieldValue::Date(time.to_civil()))
                }
                _ => None,
            };
            if value.is_some() {
                self.value = value;
            }
        }
        self
    }

    /// Returns whether `updateRecordFields` would take the value for this field, by the rules that
    /// the documentation gives: the field has to be editable, a mandatory one is not emptied, and
    /// the JSON type is the field's.
    ///
    /// A null empties a field of any type. Types that are not listed are not checked.
    pub fn check_update(&self, value: &Value) -> Result<(), UpdateRefused> {
        if !self.is_editable {
            return Err(UpdateRefused::NotEditable);
        }
        let empty = value.is_null() || value.as_str() == Some("");
        if empty && self.is_mandatory {
            return Err(UpdateRefused::Mandatory);
        }
        let fits = match self.value_type {
            ValueType::String => value.is_string(),
            ValueType::Number => value.is_number(),
            ValueType::Boolean => value.is_boolean(),
            ValueType::Unlisted(_) => true,
        };
        if fits || value.is_null() {
            return Ok(());
        }
        Err(UpdateRefused::WrongType(self.value_type.clone()))
    }
}

/// The reason why an update of a field would fail.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
pub enum UpdateRefused {
    /// The field cannot be changed.
    #[error("the field is not editable")]
    NotEditable,
    /// The field cannot be emptied.
    #[error("the field is mandatory and the value is null or empty")]
    Mandatory,
    /// The value's JSON type is not the field's, which is named here.
    #[error("the field takes a {0}")]
    WrongType(ValueType),
}

/// The value of a field.
///
/// The documentation declares text. Numbers and booleans are read as well and written back
/// unchanged.
#[derive(Clone, Debug, PartialEq)]
pub enum FieldValue {
    /// Text, including values of fields of type time or date that do not parse as one.
    Text(String),
    /// A number.
    Number(Number),
    /// True or false.
    Boolean(bool),
    /// The value of a field whose type is [`FieldType::Time`], written as `HH:MM`.
    Time(SecondsFromMidnight),
    /// The value of a field whose type is [`FieldType::Date`], in the record's time zone, written
    /// as `MM/DD/YYYY HH:MM`.
    Date(DateTime),
}

struct AnyValue;

impl Scalar for AnyValue {
    type Value = FieldValue;

    const EXPECTED: &'static str = "text, a number, true or false";

    fn parse(value: Value) -> Result<Option<FieldValue>, Value> {
        Ok(Some(match value {
            Value::Null => return Ok(None),
            Value::String(text) => FieldValue::Text(text),
            Value::Number(number) => FieldValue::Number(number),
            Value::Bool(flag) => FieldValue::Boolean(flag),
            other => return Err(other),
        }))
    }

    fn print(value: &FieldValue) -> Result<Value, &'static str> {
        match value {
            FieldValue::Text(text) => Ok(text.as_str().into()),
            FieldValue::Number(number) => Ok(number.clone().into()),
            FieldValue::Boolean(flag) => Ok((*flag).into()),
            FieldValue::Time(time) => Clock::print(time),
            FieldValue::Date(date) => Date::print(date),
        }
    }
}

/// The name of a field.
struct Name;

impl Scalar for Name {
    type Value = String;

    const EXPECTED: &'static str = "text";

    fn parse(value: Value) -> Result<Option<String>, Value> {
        let name: Option<String> = <Text>::parse(value)?;
        Ok(name.map(|name| match name.as_str() {
            "GWS_FROM" => "GSW_FROM".to_owned(),
            _ => name,
        }))
    }

    fn print(value: &String) -> Result<Value, &'static str> {
        <Text>::print(value)
    }
}

/// The choices of an enumerated field: codes and their labels. Declared as text, it is an object in
/// the sample.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct FieldOptions(
    /// Codes, which are text even where the field takes a number, and labels, in the order of
    /// arrival.
    pub Vec<(String, String)>,
);

impl Serialize for FieldOptions {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        serializer.collect_map(self.0.iter().map(|(code, label)| (code, label)))
    }
}

impl<'de> Deserialize<'de> for FieldOptions {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        struct Choices;

        impl<'de> Visitor<'de> for Choices {
            type Value = FieldOptions;

            fn expecting(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
                f.write_str("an object: the codes and labels of options")
            }

            fn visit_map<A: MapAccess<'de>>(self, members: A) -> Result<FieldOptions, A::Error> {
                pairs(members).map(FieldOptions)
            }
        }

        deserializer.deserialize_map(Choices)
    }
}

object! {
    /// New values for fields, by the fields' names: the argument of `updateRecordFields`, sent to
    /// the server once the record is done.
    ///
    /// The four system fields have rows; custom fields are in `unlisted`, as the JSON type that
    /// [`Field::value_type`] asks for. A null in `unlisted` empties the field of that name.
    #[derive(Clone, Debug, Default, PartialEq)]
    pub struct RecordData {
        /// Call From: the time of day from which to call, in the record's time zone.
        optional "GSW_FROM" | "GWS_FROM" from: Option<SecondsFromMidnight> as Clock;
        /// Call Until: the time of day until which to call, in the record's time zone.
        optional "GSW_UNTIL" until: Option<SecondsFromMidnight> as Clock;
        /// Phone: the number or address.
        optional "GSW_PHONE" phone: Option<String> as Text;
        /// Phone Type: a code from the field's options.
        optional "GSW_PHONE_TYPE" phone_type: Option<PhoneType> as Code<_>;
    }
}
