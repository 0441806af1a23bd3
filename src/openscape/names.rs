//! Open enumerations: the names that the manual lists, and any others that a server sends.

use alloc::boxed::Box;
use alloc::string::ToString;
use core::fmt;

/// A value that the manual does not list, kept as received.
///
/// Only the enumerations create it, from values that none of their variants denotes, so that a
/// listed name is always its variant.
#[derive(Clone, Debug, PartialEq, Eq, Hash)]
pub struct Unlisted(pub(super) Kept);

#[derive(Clone, Debug, PartialEq, Eq, Hash)]
pub(super) enum Kept {
    Text(Box<str>),
    Number(i64),
}

impl Unlisted {
    /// Returns the text, if received as text.
    pub fn as_str(&self) -> Option<&str> {
        match &self.0 {
            Kept::Text(text) => Some(text),
            Kept::Number(_) => None,
        }
    }

    /// Returns the number, if received as a number.
    pub fn number(&self) -> Option<i64> {
        match self.0 {
            Kept::Text(_) => None,
            Kept::Number(number) => Some(number),
        }
    }
}

/// Shows the value with control characters escaped.
impl fmt::Display for Unlisted {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match &self.0 {
            Kept::Text(text) => f.pad(&text.escape_debug().to_string()),
            Kept::Number(number) => fmt::Display::fmt(number, f),
        }
    }
}

/// Declares an open enumeration: `Variant = "NAME"` or `Variant = "NAME" | number`. A value after
/// `shows` is in an example of the manual but not in its list.
macro_rules! names {
    ($(
        $(#[$meta:meta])*
        pub enum $Name:ident {
            $($(#[$doc:meta])* $Variant:ident = $text:literal $(| $number:literal)?,)*
        }
        $(shows $shown:literal;)?
    )*) => {$(
        $(#[$meta])*
        #[derive(Clone, Debug, PartialEq, Eq, Hash)]
        pub enum $Name {
            $(
                #[doc = concat!("`", $text, "`", $(", ", $number)?)]
                $(#[$doc])*
                $Variant,
            )*
            /// A value that is not listed, kept as received.
            Unlisted(Unlisted),
        }

        impl $Name {
            /// The names and numbers of the manual, in its order.
            pub const NAMES: Names = Names {
                name: stringify!($Name),
                values: &[$(($text, names!(@number $($number)?)),)*],
                shown: &[$($shown)?],
            };

            /// The variants of the manual, in its order.
            pub const LISTED: &'static [Self] = &[$(Self::$Variant,)*];

            /// Returns the name. `None` for a number without a name.
            pub fn name(&self) -> Option<&str> {
                match self {
                    $(Self::$Variant => Some($text),)*
                    Self::Unlisted(other) => other.as_str(),
                }
            }

            /// Returns the name of a variant of the manual.
            #[allow(dead_code, reason = "for the realms of the event tables")]
            pub(in crate::openscape) const fn listed_name(&self) -> &'static str {
                match self {
                    $(Self::$Variant => $text,)*
                    Self::Unlisted(_) => "",
                }
            }

            /// Returns the number, if the manual gives one or a number was received.
            pub fn number(&self) -> Option<i64> {
                match self {
                    $(Self::$Variant => names!(@number $($number)?),)*
                    Self::Unlisted(other) => other.number(),
                }
            }

            /// Returns the variant with this number.
            fn from_number(number: i64) -> Option<Self> {
                Self::LISTED.get(Self::NAMES.place_of(number)?).cloned()
            }
        }

        /// Reads a name, with or without spaces around it; an unlisted one is kept unchanged.
        impl From<&str> for $Name {
            fn from(text: &str) -> Self {
                let listed = Self::NAMES.place(text.trim());
                match listed.and_then(|place| Self::LISTED.get(place)) {
                    Some(listed) => listed.clone(),
                    None => Self::Unlisted(Unlisted(Kept::Text(text.into()))),
                }
            }
        }

        /// Shows the name.
        impl fmt::Display for $Name {
            fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
                match self {
                    Self::Unlisted(other) => fmt::Display::fmt(other, f),
                    listed => f.pad(listed.name().unwrap_or_default()),
                }
            }
        }

        impl serde::Serialize for $Name {
            fn serialize<S: serde::Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
                match self {
                    Self::Unlisted(Unlisted(Kept::Number(number))) => serializer.serialize_i64(*number),
                    text => serializer.serialize_str(text.name().unwrap_or_default()),
                }
            }
        }

        impl<'a> Value<'a> for $Name {
            type Owned = Self;
            const KIND: Kind = Kind::Name(&Self::NAMES);

            fn read(source: &mut dyn Source<'a>, reading: &Reading) -> Option<Self> {
                let name = Self::from(&*source.text()?);
                if let Self::Unlisted(other) = &name {
                    reading.take(other.as_str().map_or(0, str::len))?;
                }
                Some(name)
            }

            fn parse(raw: &'a serde_json::value::RawValue, also: &[JsonType], reading: &Reading) -> Option<Self> {
                let text = raw.get();
                if text.starts_with('"') {
                    return value::strictly(raw, reading);
                }
                if also.contains(&JsonType::List) {
                    if let Some(one) = value::only_item(raw) {
                        return one.get().starts_with('"').then(|| value::strictly(one, reading)).flatten();
                    }
                }
                let number = number::integer(text)?;
                Self::from_number(number).or_else(|| {
                    let numbered = Self::NAMES.values.iter().any(|(_, number)| number.is_some());
                    (numbered || also.contains(&JsonType::Integer))
                        .then_some(Self::Unlisted(Unlisted(Kept::Number(number))))
                })
            }

            fn write<S: serde::Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
                serde::Serialize::serialize(self, serializer)
            }

            fn into_owned(self) -> Self {
                self
            }
        }
    )*};

    (@number) => { None };
    (@number $number:literal) => { Some($number) };
}
pub(super) use names;
