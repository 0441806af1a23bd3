//! Call results.

use alloc::string::String;
use alloc::vec::Vec;
use core::fmt;

use serde::de::{MapAccess, Visitor};
use serde::{Deserialize, Deserializer, Serialize, Serializer};
use serde_json::Value;

use crate::gsw::CallResult;
use crate::gsw::forms::{Code, Integer, Scalar, twice};

/// A call result as decimal text, the declared type of `setCallResult`'s parameter.
pub(super) struct CodeText;

impl Scalar for CodeText {
    type Value = CallResult;

    const EXPECTED: &'static str = Integer::EXPECTED;

    fn parse(value: Value) -> Result<Option<CallResult>, Value> {
        Code::parse(value)
    }

    fn print(value: &CallResult) -> Result<Value, &'static str> {
        Ok(alloc::format!("{}", value.0).into())
    }
}

/// The call results that a desktop offers, by name: the data of `getListOfCallResults`.
///
/// A site can have results of its own, and names may differ from [`CallResult::name`]. In JSON an
/// object whose members have codes as values.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct CallResults(
    /// Names and codes in the order of arrival.
    pub Vec<(String, CallResult)>,
);

impl Serialize for CallResults {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        serializer.collect_map(self.0.iter().map(|(name, result)| (name, result)))
    }
}

impl<'de> Deserialize<'de> for CallResults {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        struct Names;

        impl<'de> Visitor<'de> for Names {
            type Value = CallResults;

            fn expecting(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
                f.write_str("an object: names and codes of call results")
            }

            fn visit_map<A: MapAccess<'de>>(self, members: A) -> Result<CallResults, A::Error> {
                pairs(members).map(CallResults)
            }
        }

        deserializer.deserialize_map(Names)
    }
}

/// Reads the members of an object whose names are data. A repeated name is refused.
pub(super) fn pairs<'de, T: Deserialize<'de>, A: MapAccess<'de>>(
    mut members: A,
) -> Result<Vec<(String, T)>, A::Error> {
    let mut pairs = Vec::new();
    // A separate set, so that a hostile object with many names does not cost quadratic time.
    let mut names = alloc::collections::BTreeSet::new();
    while let Some(name) = members.next_key::<String>()? {
        if !names.insert(name.clone()) {
            return Err(twice(&name));
        }
        pairs.push((name, members.next_value()?));
    }
    Ok(pairs)
}
