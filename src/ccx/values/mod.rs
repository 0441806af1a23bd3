//! The constant tables of the guide.
//!
//! A code is a newtype over the number on the wire: open to numbers that no table lists, with the
//! guide's values as constants and their names from `name()`. A constant's name leaves out what
//! the type says already.

use core::fmt;

use crate::mhdr::layout::{Kind, ValueTable};
use crate::mhdr::prelude::{EncodeErrorKind, Number, Single, Value, Writer};

/// Declares a table of codes: constant, value and the name in the guide.
macro_rules! codes {
    (
        $(#[$doc:meta])*
        $Name:ident: $number:ident = $($table:ident)? $($guide:literal)? {
            $($(#[$const_doc:meta])* $CONST:ident = $value:literal $name:literal;)*
            $(_ = $($first:literal..=$last:literal)*;)?
        }
    ) => {
        $(#[$doc])*
        #[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Default)]
        pub struct $Name(pub $number);

        impl $Name {
            $(
                $(#[$const_doc])*
                #[doc = concat!("\n\n`", $name, "` in the guide.")]
                pub const $CONST: Self = Self($value);
            )*

            /// The table as data.
            pub const TABLE: &'static $crate::mhdr::layout::ValueTable =
                &$crate::mhdr::layout::ValueTable {
                    name: stringify!($Name),
                    table: [$(Some($guide),)? None][0],
                    mask: false,
                    values: &[
                        $($crate::mhdr::layout::ValueRow {
                            name: Some($name),
                            first: $value,
                            last: $value,
                        },)*
                        $($($crate::mhdr::layout::ValueRow {
                            name: None,
                            first: $first,
                            last: $last,
                        },)*)?
                    ],
                };

            /// The name in the guide; `None` for values that are reserved or in no table.
            #[must_use]
            pub fn name(self) -> Option<&'static str> {
                Self::TABLE.name_of(self.0.into())
            }

            /// The value with this name in the guide.
            #[must_use]
            pub fn from_name(name: &str) -> Option<Self> {
                let value = Self::TABLE.value_of(name)?;
                value.try_into().ok().map(Self)
            }
        }

        /// Shows the name, or the number where there is none.
        impl core::fmt::Display for $Name {
            fn fmt(&self, f: &mut core::fmt::Formatter<'_>) -> core::fmt::Result {
                match self.name() {
                    Some(name) => f.write_str(name),
                    None => self.0.fmt(f),
                }
            }
        }

        impl core::fmt::Debug for $Name {
            fn fmt(&self, f: &mut core::fmt::Formatter<'_>) -> core::fmt::Result {
                match self.name() {
                    Some(name) => write!(f, "{name}({})", self.0),
                    None => write!(f, "{}({})", stringify!($Name), self.0),
                }
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
            fn write(self, out: &mut $crate::mhdr::prelude::Writer<'_>) {
                $crate::mhdr::prelude::Number::write(self.0, out);
            }
            fn value<'a>(self) -> $crate::mhdr::prelude::Value<'a> {
                $crate::mhdr::prelude::Number::value(self.0)
            }
        }
    };
}

/// Declares a table of bits.
macro_rules! mask {
    (
        $(#[$($doc:tt)*])*
        $Name:ident: $number:ident = $($table:ident)? $($guide:literal)? {
            $($(#[$($const_doc:tt)*])* $CONST:ident = $value:literal $name:literal;)*
        }
    ) => {
        bitflags::bitflags! {
            $(#[$($doc)*])*
            #[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Debug, Default)]
            pub struct $Name: $number {
                $(
                    $(#[$($const_doc)*])*
                    #[doc = concat!("\n\n`", $name, "` in the guide.")]
                    const $CONST = $value;
                )*
                // Bits that no table lists are kept.
                const _ = !0;
            }
        }

        impl $Name {
            /// The table as data.
            pub const TABLE: &'static $crate::mhdr::layout::ValueTable =
                &$crate::mhdr::layout::ValueTable {
                    name: stringify!($Name),
                    table: [$(Some($guide),)? None][0],
                    mask: true,
                    values: &[$($crate::mhdr::layout::ValueRow {
                        name: Some($name),
                        first: $value,
                        last: $value,
                    },)*],
                };
        }

        /// Shows the names of the bits that are set, and as a number those that have none.
        impl core::fmt::Display for $Name {
            fn fmt(&self, f: &mut core::fmt::Formatter<'_>) -> core::fmt::Result {
                Self::TABLE.fmt_mask(self.bits().into(), f)
            }
        }

        impl $crate::mhdr::prelude::Number for $Name {
            const SIZE: usize = <$number>::SIZE;
            const KIND: $crate::mhdr::layout::Kind = <$number>::KIND;
            const VALUES: Option<&'static $crate::mhdr::layout::ValueTable> = Some(Self::TABLE);
            #[inline(always)]
            fn read(data: &[u8]) -> Option<Self> {
                $crate::mhdr::prelude::Number::read(data).map(Self::from_bits_retain)
            }
            fn printed(value: u32) -> Self {
                Self::from_bits_retain($crate::mhdr::prelude::Number::printed(value))
            }
            #[inline(always)]
            fn write(self, out: &mut $crate::mhdr::prelude::Writer<'_>) {
                $crate::mhdr::prelude::Number::write(self.bits(), out);
            }
            fn value<'a>(self) -> $crate::mhdr::prelude::Value<'a> {
                $crate::mhdr::prelude::Number::value(self.bits())
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

/// A BOOL: 0 is false, anything else true. Encoding refuses values over 1.
#[derive(Clone, Copy, PartialEq, Eq, Hash, Debug, Default)]
pub struct Bool(pub u16);

impl Bool {
    /// 0.
    pub const FALSE: Self = Self(0);
    /// 1.
    pub const TRUE: Self = Self(1);

    /// Whether it is true.
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
    fn write(self, out: &mut Writer<'_>) {
        out.put(&self.0.to_be_bytes());
    }
    fn value<'a>(self) -> Value<'a> {
        Value::Bool {
            value: self.0.into(),
            size: 2,
        }
    }
    #[inline(always)]
    fn refusal(self) -> Option<EncodeErrorKind> {
        (self.0 > 1).then_some(EncodeErrorKind::NotBool {
            value: self.0.into(),
        })
    }
}

/// `AutoWork` of `CONFIG_CSQ_EVENT`: a BOOL for which the guide prints a size of four bytes. Both
/// sizes are decoded, and kept when encoded again.
#[derive(Clone, Copy, PartialEq, Eq, Hash, Debug)]
pub enum AutoWork {
    /// In two bytes, as every other BOOL.
    Short(Bool),
    /// In four bytes.
    Long(u32),
}

impl AutoWork {
    /// Whether agents go to work state after each call of the CSQ.
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
    fn write(self, out: &mut Writer<'_>) {
        match self {
            Self::Short(value) => out.put(&value.0.to_be_bytes()),
            Self::Long(value) => out.put(&value.to_be_bytes()),
        }
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
    fn refusal(self) -> Option<EncodeErrorKind> {
        match self {
            Self::Short(value) => Number::refusal(value),
            Self::Long(value) => (value > 1).then_some(EncodeErrorKind::NotBool { value }),
        }
    }
}

/// A TIME: unsigned seconds since 1970-01-01 00:00 UTC.
#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Debug, Default)]
pub struct Time(pub u32);

impl Time {
    /// The moment it names.
    #[must_use]
    pub fn timestamp(self) -> jiff::Timestamp {
        jiff::Timestamp::from_second(self.0.into()).unwrap_or_default()
    }
}

/// Shows date and time in UTC, such as `2026-11-21T08:00:00Z`.
impl fmt::Display for Time {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        self.timestamp().fmt(f)
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
    fn write(self, out: &mut Writer<'_>) {
        out.put(&self.0.to_be_bytes());
    }
    fn value<'a>(self) -> Value<'a> {
        Value::Unsigned(self.0)
    }
}

/// [`ConfigMask`] in two bytes, as `ConfigMsgMaskGranted` of `OPEN_CONF` has it.
#[derive(Clone, Copy, PartialEq, Eq, Hash, Debug, Default)]
pub struct ShortConfigMask(pub u16);

impl ShortConfigMask {
    /// The mask.
    #[must_use]
    pub fn mask(self) -> ConfigMask {
        ConfigMask::from_bits_retain(self.0.into())
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
    fn write(self, out: &mut Writer<'_>) {
        out.put(&self.0.to_be_bytes());
    }
    fn value<'a>(self) -> Value<'a> {
        Value::Unsigned(self.0.into())
    }
}
