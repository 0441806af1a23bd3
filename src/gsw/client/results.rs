//! Call results.

use alloc::borrow::ToOwned;
use alloc::string::String;
use alloc::vec::Vec;
use core::fmt;

use serde::de::{DeserializeSeed, MapAccess, Visitor};
use serde::{Deserialize, Deserializer, Serialize, Serializer};
use serde_json::Value;

use super::object::{Integer, Judged, Scalar, twice};

/// How a call ended, by its code: the value of `GSW_CALL_RESULT` in the desktop protocol too.
///
/// The codes and names are those of the sample in `getListOfCallResults` (002), the only place where they are
/// printed together. Other codes are kept. In JSON it is a number; decimal text is read as well (C63).
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct CallResult(
    /// The code.
    pub i64,
);

macro_rules! call_results {
    ($($NAME:ident = $code:literal,)*) => {
        impl CallResult {
            $(
                #[doc = concat!("Code ", $code, ", named `", stringify!($NAME), "`.")]
                pub const $NAME: Self = Self($code);
            )*

            /// All results that have a name here.
            pub const LISTED: &'static [Self] = &[$(Self::$NAME,)*];

            /// The name of the code, `None` for one that is not listed.
            pub fn name(self) -> Option<&'static str> {
                match self.0 {
                    $($code => Some(stringify!($NAME)),)*
                    _ => None,
                }
            }

            /// The result with this name, spelled exactly.
            pub fn from_name(name: &str) -> Option<Self> {
                match name {
                    $(stringify!($NAME) => Some(Self::$NAME),)*
                    _ => None,
                }
            }
        }
    };
}

call_results! {
    OK = 0,
    GENERAL_ERROR = 3,
    SYSTEM_ERROR = 4,
    BUSY = 6,
    NO_ANSWER = 7,
    SIT_DETECTED = 8,
    ANSWERING_MACHINE = 9,
    ALL_TRUNKS_BUSY = 10,
    SIT_INVALID_NUM = 11,
    SIT_VACANT = 12,
    SIT_OPERINTERCEPT = 13,
    SIT_UNKNOWN = 14,
    SIT_NO_CIRCUIT = 15,
    SIT_REORDER = 16,
    FAXDETECTED = 17,
    ABANDONED = 21,
    DROPPED = 26,
    DROPPED_NO_ANSWER = 27,
    UNKNOWN = 28,
    SILENCE = 32,
    ANSWER = 33,
    NUTONE = 34,
    NO_DIAL_TONE = 35,
    NO_PROGRESS = 36,
    NO_RINGBACK = 37,
    NO_ESTABLISHED = 38,
    PAGER_DETECTED = 39,
    WRONG_PARTY = 40,
    DIAL_ERROR = 41,
    CALL_DROP_ERROR = 42,
    SWITCH_ERROR = 43,
    NO_FREE_PORT_ERROR = 44,
    TRANSFER_ERROR = 45,
    STALE = 46,
    AGENT_CALLBACK_ERROR = 47,
    GROUP_CALLBACK_ERROR = 48,
    DO_NOT_CALL = 51,
    CANCEL_RECORD = 52,
    WRONG_NUMBER = 53,
}

impl fmt::Display for CallResult {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self.name() {
            Some(name) => f.pad(name),
            None => fmt::Display::fmt(&self.0, f),
        }
    }
}

impl Serialize for CallResult {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        serializer.serialize_i64(self.0)
    }
}

impl<'de> Deserialize<'de> for CallResult {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        let code = |value| match Code::take("call result", value)? {
            Some(result) => Ok(result),
            None => Err("call result: missing".to_owned()),
        };
        Judged(code).deserialize(deserializer)
    }
}

/// A call result as a number.
pub(super) struct Code;

impl Scalar for Code {
    type Value = CallResult;

    const EXPECTED: &'static str = "the code of a call result";

    fn parse(value: Value) -> Result<Option<CallResult>, Value> {
        Ok(Integer::parse(value)?.map(CallResult))
    }

    fn print(value: &CallResult) -> Result<Value, &'static str> {
        Integer::print(&value.0)
    }
}

/// A call result as decimal text, the declared type of `setCallResult`'s parameter (C63).
pub(super) struct CodeText;

impl Scalar for CodeText {
    type Value = CallResult;

    const EXPECTED: &'static str = Code::EXPECTED;

    fn parse(value: Value) -> Result<Option<CallResult>, Value> {
        Code::parse(value)
    }

    fn print(value: &CallResult) -> Result<Value, &'static str> {
        Ok(alloc::format!("{}", value.0).into())
    }
}

/// The call results that a desktop offers, by name: the data of `getListOfCallResults`.
///
/// A site can have results of its own, and names may differ from [`CallResult::name`]. In JSON an object whose
/// members have codes as values.
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

/// The members of an object whose names are data. A name that comes twice is refused.
pub(super) fn pairs<'de, T: Deserialize<'de>, A: MapAccess<'de>>(
    mut members: A,
) -> Result<Vec<(String, T)>, A::Error> {
    let mut pairs = Vec::new();
    // Beside the list, so that a hostile object of many names does not cost their square.
    let mut names = alloc::collections::BTreeSet::new();
    while let Some(name) = members.next_key::<String>()? {
        if !names.insert(name.clone()) {
            return Err(twice(&name));
        }
        pairs.push((name, members.next_value()?));
    }
    Ok(pairs)
}
