//! Keys that know the type of their value, and the typed look-ups.
use core::fmt;
use core::marker::PhantomData;

use super::attached_data::{AttachedData, AttachedDataBuf, Value, ValueBuf};
use super::error::{LookupError, WrongType};
use crate::text::Text;

pub(super) mod sealed {
    pub trait Sealed {}
}

/// The types that keys can have.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub enum WireType {
    /// An integer.
    Int,
    /// An integer that may need 64 bits.
    Int64,
    /// A string.
    Str,
    /// A JSON number or null.
    Number,
}

/// The type of a key's value: `i64`, [`Text`], [`Value`], or one of the enumerations and types with
/// units of this module's parent.
pub trait KeyType: sealed::Sealed {
    /// The type for the lifetime of a list.
    type Of<'a>: Clone + PartialEq + fmt::Debug;
    /// The expected type, as errors print it.
    const EXPECTED: &'static str;
    /// The type in which the value is written.
    const ENCODE: WireType;
    /// The types in which the value is read.
    const DECODE: &'static [WireType];

    /// Returns the value if it has one of the types.
    fn read(value: Value<'_>) -> Option<Self::Of<'_>>;

    /// Returns the value as a list carries it; `None` for one that stands for 'not set' and is
    /// omitted.
    fn write(value: &Self::Of<'_>) -> Option<ValueBuf>;

    /// Returns the number that a range applies to.
    #[doc(hidden)]
    fn number(_: &Self::Of<'_>) -> Option<i64> {
        None
    }

    /// Returns the manual's objection to the value.
    #[doc(hidden)]
    fn problem(_: &Self::Of<'_>) -> Option<Problem> {
        None
    }

    /// Returns whether the value stands for 'not set', so that nothing is written for it.
    #[doc(hidden)]
    fn is_unset(_: &Self::Of<'_>) -> bool {
        false
    }

    /// Returns the manual's name for the value.
    #[doc(hidden)]
    fn listed(_: Self::Of<'_>) -> Option<&'static str> {
        None
    }
}

/// The manual's objection to a value of the right type.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
#[non_exhaustive]
pub enum Problem {
    /// A number outside of its range; `None` is an open end.
    OutOfRange {
        /// The least that is allowed.
        min: Option<i64>,
        /// The most that is allowed.
        max: Option<i64>,
    },
    /// A code that no table lists.
    UnlistedCode,
    /// A word that the manual does not allow.
    UnlistedWord,
    /// A word that no table lists, where others are allowed.
    OtherWord,
    /// A code where desktops get a word.
    CodeForWord,
    /// Text that is no date and time.
    NotADateTime,
}

/// A key with the type of its value.
///
/// The keys of the manuals are constants of this module. A custom field has a key like any other:
///
/// ```
/// use cti_codec::gsw::{Text, keys::Key};
///
/// const ACCOUNT: Key<Text> = Key::new("Account");
/// assert_eq!(ACCOUNT.name(), "Account");
/// ```
pub struct Key<T: KeyType> {
    name: &'static str,
    aliases: &'static [&'static str],
    pub(super) min: Option<i64>,
    pub(super) max: Option<i64>,
    value: PhantomData<fn() -> T>,
}

impl<T: KeyType> Key<T> {
    /// Creates a key for look-ups of values of this type.
    #[must_use]
    pub const fn new(name: &'static str) -> Self {
        Key {
            name,
            aliases: &[],
            min: None,
            max: None,
            value: PhantomData,
        }
    }

    /// Creates a row of the manuals' table.
    pub(super) const fn listed(
        name: &'static str,
        aliases: &'static [&'static str],
        min: Option<i64>,
        max: Option<i64>,
    ) -> Self {
        Key {
            name,
            aliases,
            min,
            max,
            value: PhantomData,
        }
    }

    /// Returns the key's usual spelling.
    #[must_use]
    pub const fn name(self) -> &'static str {
        self.name
    }

    /// Returns the manuals' other spellings, which are read but not written.
    #[must_use]
    pub const fn aliases(self) -> &'static [&'static str] {
        self.aliases
    }

    /// Reads a value of the key.
    ///
    /// # Errors
    /// Fails if the value has a type that the key does not allow.
    pub fn read(self, value: Value<'_>) -> Result<T::Of<'_>, WrongType> {
        let wrong = || WrongType {
            key: self.name,
            expected: T::EXPECTED,
            found: value.type_name(),
        };
        T::read(value).ok_or_else(wrong)
    }

    /// Returns whether the text is this key, in any spelling.
    pub(super) fn is(self, key: Text<'_>) -> bool {
        key == self.name || self.aliases.iter().any(|alias| key == **alias)
    }

    pub(super) fn is_unset(self, value: Value<'_>) -> bool {
        T::read(value).is_some_and(|value| T::is_unset(&value))
    }

    /// Returns whether a number is within the range of the key.
    pub(super) fn allows(self, number: i64) -> bool {
        self.min.is_none_or(|min| min <= number) && self.max.is_none_or(|max| number <= max)
    }

    pub(super) fn problem(self, value: Value<'_>) -> Result<Option<Problem>, WrongType> {
        let value = self.read(value)?;
        let outside = T::number(&value).is_some_and(|number| !self.allows(number));
        let range = Problem::OutOfRange {
            min: self.min,
            max: self.max,
        };
        Ok(T::problem(&value).or(outside.then_some(range)))
    }
}

impl<T: KeyType> Clone for Key<T> {
    fn clone(&self) -> Self {
        *self
    }
}

impl<T: KeyType> Copy for Key<T> {}

impl<T: KeyType> fmt::Debug for Key<T> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "Key({})", self.name)
    }
}

/// The look-ups by typed keys. Of several pairs with a key the first counts; another spelling of the
/// manuals counts where the usual one is missing. Messages and checks keep to the same rule.
impl<'a> AttachedData<'a> {
    /// Returns the first value under the key, if there is one.
    ///
    /// # Errors
    /// The value is of a type that the key does not have.
    pub fn find<T: KeyType>(&self, key: Key<T>) -> Result<Option<T::Of<'a>>, WrongType> {
        let usual = self.value(key.name);
        let value = usual.or_else(|| {
            let mut others = key.aliases.iter();
            others.find_map(|alias| self.value(alias))
        });
        value.map(|value| key.read(value)).transpose()
    }

    /// Returns the first value under the key, which must be there.
    ///
    /// # Errors
    /// The key is missing, or its value is of a type that the key does not have.
    #[inline]
    pub fn get<T: KeyType>(&self, key: Key<T>) -> Result<T::Of<'a>, LookupError> {
        self.find(key)?
            .ok_or(LookupError::Missing { key: key.name() })
    }
}

impl AttachedDataBuf {
    /// Sets the value of a known key, in its usual spelling: replaces the pair that
    /// [`find`](AttachedData::find) reads, otherwise adds one at the end. A value that stands for
    /// 'not set' removes every pair with the key, in any spelling.
    pub fn set<T: KeyType>(&mut self, key: Key<T>, value: T::Of<'_>) {
        match T::write(&value) {
            Some(value) => self.put(key.name, key.aliases, value),
            None => self.retain(|pair| !key.is(pair.key)),
        }
    }
}

macro_rules! key_type {
    ($type:ident $(<$life:lifetime>)?, $expected:literal, $encode:ident from [$($decode:ident),+],
        read($read_value:ident) $read:expr, write($write_value:ident) $write:expr
        $(, number($number_value:ident) $number:expr)? $(, problem $problem:expr)?
        $(, listed $listed:expr)? $(, unset $unset:expr)?) => {
        impl sealed::Sealed for $type $(<$life>)? {}
        impl KeyType for $type $(<$life>)? {
            type Of<'a> = key_type!(@of $type $($life)?);
            const EXPECTED: &'static str = $expected;
            const ENCODE: WireType = WireType::$encode;
            const DECODE: &'static [WireType] = &[$(WireType::$decode),+];

            fn read($read_value: Value<'_>) -> Option<Self::Of<'_>> {
                $read
            }

            fn write($write_value: &Self::Of<'_>) -> Option<ValueBuf> {
                $write
            }
            $(
                fn number($number_value: &Self::Of<'_>) -> Option<i64> {
                    $number
                }
            )?
            $(
                fn problem(value: &Self::Of<'_>) -> Option<Problem> {
                    $problem(value)
                }
            )?
            $(
                fn is_unset(value: &Self::Of<'_>) -> bool {
                    $unset(value)
                }
            )?
            $(
                fn listed(value: Self::Of<'_>) -> Option<&'static str> {
                    $listed(value)
                }
            )?
        }
    };
    (@of $type:ident) => { $type };
    (@of $type:ident $life:lifetime) => { $type<'a> };
}
pub(super) use key_type;

/// Reads an integer. Some programs write each of them as decimal text.
pub(super) fn int(value: Value<'_>) -> Option<i64> {
    value.as_int().or_else(|| value.as_text()?.to_int())
}

key_type!(i64, "integer", Int from [Int, Str],
    read(value) int(value),
    write(number) Some(ValueBuf::Int(*number)),
    number(number) Some(*number));

key_type!(Text<'static>, "string", Str from [Str],
    read(value) Value::as_text(&value),
    write(text) Some(ValueBuf::from(*text)));

key_type!(Value<'static>, "value", Str from [Str, Int],
    read(value) Some(value),
    write(value) Some(value.to_buf()));
