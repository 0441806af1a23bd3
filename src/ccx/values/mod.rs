//! The constant tables of the guide.
//!
//! A **code** is a newtype over the number on the wire, with the guide's values as constants; numbers
//! that no table lists are kept. A **mask** is the same for bits that combine.
//!
//! | | codes, such as [`AgentState`] | masks, such as [`CtiService`] |
//! | --- | --- | --- |
//! | the number | `.0`, `into()`, `from` | `bits()`, `into()`, `from` |
//! | `Display` | the guide's name, or the number | the names of the bits and the number of the others, between ` \| ` |
//! | `Debug` | `AGENT_STATE_READY(3)`, `AgentState(777)` | `AgentStateMask(AGENT_LOGIN_MASK = 0x1)` |
//! | `parse` | the guide's name, the constant's name, a number | these with `\|` between them |
//! | `serde` | a string or a number, as in [JSON](super::json) | an array of them |
//! | `Default` | the value for 'none' where the table has one, else 0 | no bit |
//!
//! A constant's name omits the words of its type's name. Names in capitals or with an underscore
//! are the guide's; where the guide describes a value without naming it, the name is ours and in
//! camel case. [`VALUE_TABLES`] is an index by the guide's table numbers.

use core::fmt;

use thiserror::Error;

use crate::mhdr::layout::{Kind, ValueTable};
use crate::mhdr::prelude::{Fault, FieldRow, Number, Room, Single, Value, Writer, refuse};
use crate::mhdr::time::Utc;

pub(super) mod shared;

pub use shared::ParseValueError;

/// The line about name and number below a constant's description.
macro_rules! constant_doc {
    ($value:expr, $name:literal) => {
        concat!("\n\n", $value, ", `", $name, "` in the guide.")
    };
    ($value:expr, ours $name:literal) => {
        concat!(
            "\n\n",
            $value,
            ", shown as `",
            $name,
            "`; the guide gives no name."
        )
    };
}

/// The line about the default of a table.
macro_rules! default_doc {
    () => {
        "0: the table has nothing that means 'none'."
    };
    ($DEFAULT:ident) => {
        concat!(
            "[`",
            stringify!($DEFAULT),
            "`](Self::",
            stringify!($DEFAULT),
            ")."
        )
    };
}

/// The default of a table.
macro_rules! default_value {
    ($Name:ident) => {
        $Name(0)
    };
    ($Name:ident $DEFAULT:ident) => {
        $Name::$DEFAULT
    };
}

/// The table as data, and the items that codes and masks have in common.
macro_rules! table {
    (
        $Name:ident: $number:ident, $guide:expr, $mask:literal,
        $default:expr,
        [$($CONST:ident $value:literal $name:literal)*] [$($first:literal..=$last:literal)*]
    ) => {
        impl $Name {
            /// The table as data.
            pub const TABLE: &'static $crate::mhdr::layout::ValueTable =
                &$crate::mhdr::layout::ValueTable::new(
                    stringify!($Name),
                    $guide,
                    $mask,
                    $default,
                    &[
                        $($crate::mhdr::layout::ValueRow {
                            name: Some($name),
                            constant: Some(stringify!($CONST)),
                            first: $value,
                            last: $value,
                        },)*
                        $($crate::mhdr::layout::ValueRow {
                            name: None,
                            constant: None,
                            first: $first,
                            last: $last,
                        },)*
                    ],
                );
        }

        impl From<$number> for $Name {
            fn from(number: $number) -> Self {
                Self(number)
            }
        }

        impl From<$Name> for $number {
            fn from(value: $Name) -> Self {
                value.0
            }
        }

        impl $crate::mhdr::prelude::Number for $Name {
            const SIZE: usize = <$number>::SIZE;
            const KIND: $crate::mhdr::layout::Kind = <$number>::KIND;
            const VALUES: Option<&'static $crate::mhdr::layout::ValueTable> = Some(Self::TABLE);
            #[inline(always)]
            fn read(data: &[u8]) -> Option<Self> {
                $crate::mhdr::prelude::Number::read(data).map(Self)
            }
            fn printed(value: u32) -> Self {
                Self($crate::mhdr::prelude::Number::printed(value))
            }
            #[inline(always)]
            fn write(self, out: &mut $crate::mhdr::prelude::Room<'_>) {
                $crate::mhdr::prelude::Number::write(self.0, out);
            }
            fn value<'a>(self) -> $crate::mhdr::prelude::Value<'a> {
                $crate::mhdr::prelude::Number::value(self.0)
            }
        }
    };
}

/// Declares a table of codes: constant, value and the guide's name or, after `ours`, our name where
/// the guide has none. Reserved values follow as `_`.
macro_rules! codes {
    (
        $(#[$doc:meta])*
        $Name:ident: $number:ident = $($table:ident)? $($guide:literal)? $(, default $DEFAULT:ident)? {
            $($(#[$const_doc:meta])* $CONST:ident = $value:literal $($ours:ident)? $name:literal;)*
            $(_ = $($first:literal..=$last:literal)*;)?
        }
    ) => {
        $(#[$doc])*
        #[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
        pub struct $Name(pub $number);

        impl $Name {
            $(
                $(#[$const_doc])*
                #[doc = constant_doc!($value, $($ours)? $name)]
                pub const $CONST: Self = Self($value);
            )*

            /// Returns the name in the guide; `None` for values that are reserved or in no table.
            #[must_use]
            pub fn name(self) -> Option<&'static str> {
                Self::TABLE.name_of(self.0.into())
            }

            /// Returns the value with this name, in the guide or here: `AGENT_STATE_READY` or
            /// `READY`.
            #[must_use]
            pub fn from_name(name: &str) -> Option<Self> {
                Self::TABLE.value_of(name)?.try_into().ok().map(Self)
            }
        }

        table! {
            $Name: $number, [$(Some($guide),)? None][0], false,
            default_value!($Name $($DEFAULT)?).0 as u32,
            [$($CONST $value $name)*] [$($($first..=$last)*)?]
        }

        #[doc = default_doc!($($DEFAULT)?)]
        impl Default for $Name {
            fn default() -> Self {
                default_value!($Name $($DEFAULT)?)
            }
        }

        /// Shows the name or, without one, the number.
        impl core::fmt::Display for $Name {
            fn fmt(&self, f: &mut core::fmt::Formatter<'_>) -> core::fmt::Result {
                match self.name() {
                    Some(name) => f.pad(name),
                    None => self.0.fmt(f),
                }
            }
        }

        /// Shows name and number.
        impl core::fmt::Debug for $Name {
            fn fmt(&self, f: &mut core::fmt::Formatter<'_>) -> core::fmt::Result {
                write!(f, "{}({})", self.name().unwrap_or(stringify!($Name)), self.0)
            }
        }

        /// Reads a name, as [`from_name`](Self::from_name) does, or a number: decimal, or
        /// hexadecimal after `0x`.
        impl core::str::FromStr for $Name {
            type Err = $crate::ccx::ParseValueError;

            fn from_str(text: &str) -> Result<Self, Self::Err> {
                Self::from_name(text)
                    .or_else(|| $crate::ccx::values::shared::number(text)?.try_into().ok().map(Self))
                    .ok_or($crate::ccx::ParseValueError { table: stringify!($Name) })
            }
        }

        /// Serializes as a string with the name, or as a number.
        #[cfg(feature = "serde")]
        impl serde::Serialize for $Name {
            fn serialize<S: serde::Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
                match self.name() {
                    Some(name) => serializer.serialize_str(name),
                    None => serializer.serialize_u32(self.0.into()),
                }
            }
        }

        /// Reads either name, or a number.
        #[cfg(feature = "serde")]
        impl<'de> serde::Deserialize<'de> for $Name {
            fn deserialize<D: serde::Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
                $crate::ccx::values::shared::code(deserializer, stringify!($Name), |name| {
                    Self::from_name(name).map($number::from)
                })
                .map(Self)
            }
        }
    };
}

/// Declares a table of bits. Bits that a table lists without a name follow as `_`; `all but` names
/// the bit that excludes another one and so is not in `all()`.
macro_rules! mask {
    (
        $(#[$doc:meta])*
        $Name:ident: $number:ident = $($table:ident)? $($guide:literal)? $(, all but $EXCLUDED:ident)? {
            $($(#[$const_doc:meta])* $CONST:ident = $value:literal $name:literal;)*
            $(_ = $unnamed:literal;)?
        }
    ) => {
        $(#[$doc])*
        #[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Default)]
        pub struct $Name($number);

        impl $Name {
            $(
                $(#[$const_doc])*
                #[doc = constant_doc!(stringify!($value), $name)]
                pub const $CONST: Self = Self($value);
            )*

            #[doc = concat!(
                "All bits that the table lists",
                $(", without `", stringify!($EXCLUDED), "`, which another one excludes",)?
                "."
            )]
            #[must_use]
            pub const fn all() -> Self {
                Self((0 $(| $value)* $(| $unnamed)?) $(& !Self::$EXCLUDED.0)?)
            }

            /// Returns the mask without bits.
            #[must_use]
            pub const fn empty() -> Self {
                Self(0)
            }

            /// Returns the bits as a number.
            #[must_use]
            pub const fn bits(self) -> $number {
                self.0
            }

            /// Returns the mask with these bits, listed or not.
            #[must_use]
            pub const fn from_bits_retain(bits: $number) -> Self {
                Self(bits)
            }

            /// Returns the bit with this name, in the guide or here.
            #[must_use]
            pub fn from_name(name: &str) -> Option<Self> {
                Self::TABLE.value_of(name)?.try_into().ok().map(Self)
            }

            /// Returns whether no bit is set.
            #[must_use]
            pub const fn is_empty(self) -> bool {
                self.0 == 0
            }

            /// Returns whether all bits of the other mask are set.
            #[must_use]
            pub const fn contains(self, other: Self) -> bool {
                self.0 & other.0 == other.0
            }

            /// Returns whether any bit of the other mask is set.
            #[must_use]
            pub const fn intersects(self, other: Self) -> bool {
                self.0 & other.0 != 0
            }

            /// Returns the bits of both masks. For constants; elsewhere `|` does the same.
            #[must_use]
            pub const fn union(self, other: Self) -> Self {
                Self(self.0 | other.0)
            }

            /// Sets the bits of the other mask.
            pub const fn insert(&mut self, other: Self) {
                self.0 |= other.0;
            }

            /// Clears the bits of the other mask.
            pub const fn remove(&mut self, other: Self) {
                self.0 &= !other.0;
            }

            /// Returns the bits that are set, one by one from the lowest, listed or not.
            pub fn iter(self) -> impl Iterator<Item = Self> {
                (0..<$number>::BITS)
                    .map(|place| Self(1 << place))
                    .filter(move |bit| self.contains(*bit))
            }
        }

        table! {
            $Name: $number, [$(Some($guide),)? None][0], true,
            0,
            [$($CONST $value $name)*] [$($unnamed..=$unnamed)?]
        }

        impl core::ops::BitOr for $Name {
            type Output = Self;
            fn bitor(self, other: Self) -> Self {
                Self(self.0 | other.0)
            }
        }

        impl core::ops::BitOrAssign for $Name {
            fn bitor_assign(&mut self, other: Self) {
                self.0 |= other.0;
            }
        }

        impl core::ops::BitAnd for $Name {
            type Output = Self;
            fn bitand(self, other: Self) -> Self {
                Self(self.0 & other.0)
            }
        }

        /// Returns the bits that are set here but not in the other mask.
        impl core::ops::Sub for $Name {
            type Output = Self;
            fn sub(self, other: Self) -> Self {
                Self(self.0 & !other.0)
            }
        }

        /// Returns all bits that are not set, listed or not.
        impl core::ops::Not for $Name {
            type Output = Self;
            fn not(self) -> Self {
                Self(!self.0)
            }
        }

        /// Shows the names of the set bits, and the unnamed ones as a number.
        impl core::fmt::Display for $Name {
            fn fmt(&self, f: &mut core::fmt::Formatter<'_>) -> core::fmt::Result {
                $crate::ccx::values::shared::show_mask(Self::TABLE, self.0.into(), f)
            }
        }

        /// Shows names and number.
        impl core::fmt::Debug for $Name {
            fn fmt(&self, f: &mut core::fmt::Formatter<'_>) -> core::fmt::Result {
                write!(f, "{}({self} = {:#x})", stringify!($Name), self.0)
            }
        }

        /// Reads names, as [`from_name`](Self::from_name) does, and numbers, with `|` between them.
        impl core::str::FromStr for $Name {
            type Err = $crate::ccx::ParseValueError;

            fn from_str(text: &str) -> Result<Self, Self::Err> {
                text.split('|').map(str::trim).try_fold(Self::empty(), |mask, bit| {
                    Self::from_name(bit)
                        .or_else(|| $crate::ccx::values::shared::number(bit)?.try_into().ok().map(Self))
                        .map(|bit| mask | bit)
                        .ok_or($crate::ccx::ParseValueError { table: stringify!($Name) })
                })
            }
        }

        /// Serializes as an array of names, with a number for the unnamed bits.
        #[cfg(feature = "serde")]
        impl serde::Serialize for $Name {
            fn serialize<S: serde::Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
                $crate::ccx::values::shared::serialize_mask(Self::TABLE, self.0.into(), serializer)
            }
        }

        /// Reads an array of names and numbers, or a number.
        #[cfg(feature = "serde")]
        impl<'de> serde::Deserialize<'de> for $Name {
            fn deserialize<D: serde::Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
                $crate::ccx::values::shared::mask(deserializer, stringify!($Name), |name| {
                    Self::from_name(name).map($number::from)
                })
                .map(Self)
            }
        }
    };
}

mod agent_state;
mod agent_state_mask;
mod agent_state_reason_code;
mod audio_codec;
mod call_event_mask;
mod call_party_disposition;
mod call_type;
mod ccx_error_code;
mod ccx_status;
mod config_device_type;
mod config_end_status;
mod config_key_status;
mod config_mask;
mod connection_device_type;
mod control_failure;
mod cti_service;
mod device_type;
mod event_cause;
mod in_fields;
mod local_connection_state;
pub mod special;
mod status_code;
mod supervisory_action;
mod system_event_id;

pub use agent_state::*;
pub use agent_state_mask::*;
pub use agent_state_reason_code::*;
pub use audio_codec::*;
pub use call_event_mask::*;
pub use call_party_disposition::*;
pub use call_type::*;
pub use ccx_error_code::*;
pub use ccx_status::*;
pub use config_device_type::*;
pub use config_end_status::*;
pub use config_key_status::*;
pub use config_mask::*;
pub use connection_device_type::*;
pub use control_failure::*;
pub use cti_service::*;
pub use device_type::*;
pub use event_cause::*;
pub use in_fields::*;
pub use local_connection_state::*;
pub use status_code::*;
pub use supervisory_action::*;
pub use system_event_id::*;

/// Lists the tables, by their numbers in the guide.
macro_rules! value_tables {
    ($($($guide:literal)? $Name:ident;)*) => {
        /// Every table of constants, by the guide's numbers; tables without a number are part of a
        /// field's description.
        ///
        /// | table | type |
        /// | --- | --- |
        $(#[doc = concat!("| ", $($guide, )? " | [`", stringify!($Name), "`] |")])*
        /// | 198 | [`special`] |
        pub static VALUE_TABLES: &[&ValueTable] = &[$($Name::TABLE,)* special::TABLE];

        $($(const _: () = assert!(matches!($Name::TABLE.table, Some($guide)));)?)*
    };
}

value_tables! {
    3 AgentState;
    22 CtiService;
    23 CallEventMask;
    24 AgentStateMask;
    25 ConfigMask;
    34 ConfigKeyStatus;
    41 ConfigEndStatus;
    50 ConfigDeviceType;
    150 SupervisoryAction;
    189 DeviceType;
    190 LocalConnectionState;
    191 EventCause;
    192 SystemEventID;
    193 ConnectionDeviceType;
    194 AudioCodec;
    195 CallType;
    196 ControlFailure;
    197 CcxErrorCode;
    199 CcxStatus;
    200 CallPartyDisposition;
    201 StatusCode;
    202 AgentStateReasonCode;
    AgentCapacity;
    AgentFlags;
    AgentType;
    ConfigParam;
    ConfigType;
    ConsultType;
    EchoCancellation;
    ForcedFlag;
    LineType;
    MediaRoutingDomain;
    MemberType;
    RecordType;
    RtpBitRate;
    RtpDirection;
    RtpType;
    TeamConfigStatus;
    TeamOperation;
}

/// A BOOL: 0 is false, any other value true. Encoding refuses values over 1.
#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Default)]
pub struct Bool(pub u16);

impl Bool {
    /// 0.
    pub const FALSE: Self = Self(0);
    /// 1.
    pub const TRUE: Self = Self(1);

    /// Returns whether the value is true.
    #[must_use]
    pub const fn is_true(self) -> bool {
        self.0 != 0
    }
}

impl From<bool> for Bool {
    fn from(value: bool) -> Self {
        Self(value.into())
    }
}

impl From<Bool> for bool {
    fn from(value: Bool) -> Self {
        value.is_true()
    }
}

/// Shows `true` or `false`.
impl fmt::Display for Bool {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        self.is_true().fmt(f)
    }
}

/// Shows the number as well, like codes.
impl fmt::Debug for Bool {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{self}({})", self.0)
    }
}

/// Serializes `true` for 1, `false` for 0, and other values as a number.
#[cfg(feature = "serde")]
impl serde::Serialize for Bool {
    fn serialize<S: serde::Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        match self.0 {
            0 => serializer.serialize_bool(false),
            1 => serializer.serialize_bool(true),
            other => serializer.serialize_u16(other),
        }
    }
}

/// Reads a bool or a number.
#[cfg(feature = "serde")]
impl<'de> serde::Deserialize<'de> for Bool {
    fn deserialize<D: serde::Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        shared::boolean(deserializer)
    }
}

impl Number for Bool {
    const SIZE: usize = 2;
    const KIND: Kind = Kind::Bool;
    const VALUES: Option<&'static ValueTable> = None;
    #[inline(always)]
    fn read(data: &[u8]) -> Option<Self> {
        u16::read(data).map(Self)
    }
    fn printed(value: u32) -> Self {
        Self(u16::printed(value))
    }
    #[inline(always)]
    fn write(self, out: &mut Room<'_>) {
        out.put(&self.0.to_be_bytes());
    }
    fn value<'a>(self) -> Value<'a> {
        Value::Bool {
            value: self.0.into(),
            size: 2,
        }
    }
    #[inline(always)]
    fn refusal(self) -> Option<Fault> {
        (self.0 > 1).then_some(Fault::NotBool {
            value: self.0.into(),
        })
    }
}

/// `AutoWork` of `CONFIG_CSQ_EVENT`: a BOOL for which the guide prints a size of four bytes. Both
/// sizes are decoded, and encoded again in the size received.
#[derive(Clone, Copy, PartialEq, Eq, Hash, Debug)]
pub enum AutoWork {
    /// In two bytes, like every other BOOL.
    Short(Bool),
    /// In four bytes.
    Long(u32),
}

impl AutoWork {
    /// Returns whether agents go to work state after each call of the CSQ.
    #[must_use]
    pub const fn is_true(self) -> bool {
        match self {
            Self::Short(value) => value.is_true(),
            Self::Long(value) => value != 0,
        }
    }
}

impl Default for AutoWork {
    fn default() -> Self {
        Self::Short(Bool::FALSE)
    }
}

impl From<AutoWork> for bool {
    fn from(value: AutoWork) -> Self {
        value.is_true()
    }
}

/// Shows `true` or `false`.
impl fmt::Display for AutoWork {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        self.is_true().fmt(f)
    }
}

impl From<bool> for AutoWork {
    fn from(value: bool) -> Self {
        Self::Short(value.into())
    }
}

impl<'a> Single<'a> for AutoWork {
    const KIND: Kind = Kind::Bool;
    const VALUES: Option<&'static ValueTable> = None;
    fn parse(data: &'a [u8]) -> Option<Self> {
        match Bool::read(data) {
            Some(value) => Some(Self::Short(value)),
            None => u32::read(data).map(Self::Long),
        }
    }
    fn size(self) -> usize {
        match self {
            Self::Short(_) => 2,
            Self::Long(_) => 4,
        }
    }
    fn put(self, row: &'static FieldRow, out: &mut Writer<'_>) {
        if out.how.strict
            && let refusal @ Some(_) = self.refusal()
        {
            return refuse(row, refusal, self.size(), out);
        }
        match self {
            Self::Short(value) => out.number(row, value.0.to_be_bytes()),
            Self::Long(value) => out.number(row, value.to_be_bytes()),
        }
    }
    fn stays(data: &'a [u8], _: &FieldRow, strict: bool) -> bool {
        Self::parse(data).is_some_and(|value| !strict || value.refusal().is_none())
    }
    fn value(self) -> Value<'a> {
        let value = match self {
            Self::Short(value) => value.0.into(),
            Self::Long(value) => value,
        };
        Value::Bool {
            value,
            size: self.size(),
        }
    }
    fn refusal(self) -> Option<Fault> {
        match self {
            Self::Short(value) => Number::refusal(value),
            Self::Long(value) => (value > 1).then_some(Fault::NotBool { value }),
        }
    }
}

/// A TIME: unsigned seconds since 1970-01-01 00:00 UTC.
///
/// ```
/// use std::time::SystemTime;
/// use cti_codec::ccx::Time;
///
/// # #[cfg(feature = "std")] {
/// let now = Time::try_from(SystemTime::now())?;
/// assert!(SystemTime::from(now) <= SystemTime::now());
/// # }
/// assert_eq!(Time(1_795_248_000).to_string(), "2026-11-21T08:00:00Z");
/// # Ok::<(), cti_codec::ccx::TimeOutOfRange>(())
/// ```
#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Default)]
#[cfg_attr(feature = "serde", derive(serde::Serialize, serde::Deserialize))]
#[cfg_attr(feature = "serde", serde(transparent))]
pub struct Time(pub u32);

#[cfg(feature = "ccx")]
impl Time {
    /// Returns the moment as a timestamp.
    #[must_use]
    pub fn timestamp(self) -> jiff::Timestamp {
        jiff::Timestamp::from_second(self.0.into()).unwrap_or_default()
    }
}

/// A moment before 1970 or after 2106-02-07T06:28:15Z, which a [`Time`] cannot name.
#[derive(Clone, Copy, PartialEq, Eq, Hash, Debug, Error)]
#[error("is not between 1970 and February 2106")]
pub struct TimeOutOfRange;

#[cfg(feature = "ccx")]
impl From<Time> for jiff::Timestamp {
    fn from(time: Time) -> Self {
        time.timestamp()
    }
}

/// Truncates to whole seconds.
#[cfg(feature = "ccx")]
impl TryFrom<jiff::Timestamp> for Time {
    type Error = TimeOutOfRange;

    fn try_from(moment: jiff::Timestamp) -> Result<Self, TimeOutOfRange> {
        match u32::try_from(moment.as_second()) {
            Ok(seconds) if moment.as_nanosecond() >= 0 => Ok(Self(seconds)),
            _ => Err(TimeOutOfRange),
        }
    }
}

#[cfg(feature = "std")]
impl From<Time> for std::time::SystemTime {
    fn from(time: Time) -> Self {
        let since = core::time::Duration::from_secs(time.0.into());
        Self::UNIX_EPOCH
            .checked_add(since)
            .unwrap_or(Self::UNIX_EPOCH)
    }
}

/// Truncates to whole seconds.
#[cfg(feature = "std")]
impl TryFrom<std::time::SystemTime> for Time {
    type Error = TimeOutOfRange;

    fn try_from(moment: std::time::SystemTime) -> Result<Self, TimeOutOfRange> {
        moment
            .duration_since(std::time::SystemTime::UNIX_EPOCH)
            .ok()
            .and_then(|since| since.as_secs().try_into().ok())
            .map(Self)
            .ok_or(TimeOutOfRange)
    }
}

/// Shows date and time in UTC, such as `2026-11-21T08:00:00Z`.
impl fmt::Display for Time {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        Utc(self.0).fmt(f)
    }
}

/// Shows the number as well, like codes.
impl fmt::Debug for Time {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{self}({})", self.0)
    }
}

impl Number for Time {
    const SIZE: usize = 4;
    const KIND: Kind = Kind::Time;
    const VALUES: Option<&'static ValueTable> = None;
    #[inline(always)]
    fn read(data: &[u8]) -> Option<Self> {
        u32::read(data).map(Self)
    }
    fn printed(value: u32) -> Self {
        Self(value)
    }
    #[inline(always)]
    fn write(self, out: &mut Room<'_>) {
        out.put(&self.0.to_be_bytes());
    }
    fn value<'a>(self) -> Value<'a> {
        Value::Unsigned(self.0)
    }
}

/// [`ConfigMask`] in two bytes, the form of `ConfigMsgMaskGranted` in `OPEN_CONF`.
#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Default)]
#[cfg_attr(feature = "serde", derive(serde::Serialize, serde::Deserialize))]
#[cfg_attr(feature = "serde", serde(into = "ConfigMask", try_from = "ConfigMask"))]
pub struct ShortConfigMask(pub u16);

impl ShortConfigMask {
    /// Returns the mask.
    #[must_use]
    pub fn mask(self) -> ConfigMask {
        ConfigMask::from_bits_retain(self.0.into())
    }
}

impl From<ShortConfigMask> for ConfigMask {
    fn from(mask: ShortConfigMask) -> Self {
        mask.mask()
    }
}

/// Fails if the mask has bits over the sixteenth.
impl TryFrom<ConfigMask> for ShortConfigMask {
    type Error = core::num::TryFromIntError;

    fn try_from(mask: ConfigMask) -> Result<Self, Self::Error> {
        mask.bits().try_into().map(Self)
    }
}

/// Displays like [`ConfigMask`].
impl fmt::Display for ShortConfigMask {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        self.mask().fmt(f)
    }
}

/// Displays like [`ConfigMask`].
impl fmt::Debug for ShortConfigMask {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        fmt::Debug::fmt(&self.mask(), f)
    }
}

impl Number for ShortConfigMask {
    const SIZE: usize = 2;
    const KIND: Kind = Kind::Ushort;
    const VALUES: Option<&'static ValueTable> = Some(ConfigMask::TABLE);
    #[inline(always)]
    fn read(data: &[u8]) -> Option<Self> {
        u16::read(data).map(Self)
    }
    fn printed(value: u32) -> Self {
        Self(u16::printed(value))
    }
    #[inline(always)]
    fn write(self, out: &mut Room<'_>) {
        out.put(&self.0.to_be_bytes());
    }
    fn value<'a>(self) -> Value<'a> {
        Value::Unsigned(self.0.into())
    }
}
