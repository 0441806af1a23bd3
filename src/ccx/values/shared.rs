//! Code that all tables share, so that the macros stay thin.

use alloc::string::String;
use core::fmt::{self, Write};

use thiserror::Error;

use crate::mhdr::layout::ValueTable;

/// A text that names no value of a table.
#[derive(Clone, Copy, PartialEq, Eq, Hash, Debug, Error)]
#[error("is neither a name of {table} nor a number that it can have")]
#[non_exhaustive]
pub struct ParseValueError {
    /// The name of the type that was parsed.
    pub table: &'static str,
}

/// Parses a number: decimal, or hexadecimal after `0x`.
pub(crate) fn number(text: &str) -> Option<u32> {
    let (digits, radix) = match text.strip_prefix("0x") {
        Some(digits) => (digits, 16),
        None => (text, 10),
    };
    // `from_str_radix` takes a sign.
    if digits.starts_with(['+', '-']) {
        return None;
    }
    u32::from_str_radix(digits, radix).ok()
}

/// Writes the names of a mask's bits, and the unnamed ones as a number.
pub(crate) fn show_mask(
    table: &'static ValueTable,
    value: u32,
    f: &mut fmt::Formatter<'_>,
) -> fmt::Result {
    if f.width().is_none() && f.precision().is_none() {
        return write_mask(table, value, f);
    }
    let mut text = String::new();
    write_mask(table, value, &mut text)?;
    f.pad(&text)
}

fn write_mask(table: &'static ValueTable, value: u32, out: &mut impl Write) -> fmt::Result {
    let (names, rest) = table.bits(value);
    let mut separator = "";
    for name in names {
        write!(out, "{separator}{name}")?;
        separator = " | ";
    }
    match (rest, separator) {
        (0, "") => out.write_str("0"),
        (0, _) => Ok(()),
        _ => write!(out, "{separator}{rest:#x}"),
    }
}

#[cfg(feature = "serde")]
pub(crate) use json::{boolean, code, mask, serialize_mask};

#[cfg(feature = "serde")]
mod json {
    use core::fmt;
    use core::marker::PhantomData;
    use core::ops::BitOr;

    use serde::de::{self, DeserializeSeed, Deserializer, SeqAccess, Unexpected, Visitor};
    use serde::ser::{SerializeSeq, Serializer};

    use crate::ccx::Bool;
    use crate::mhdr::layout::ValueTable;

    pub(crate) fn serialize_mask<S: Serializer>(
        table: &'static ValueTable,
        value: u32,
        serializer: S,
    ) -> Result<S::Ok, S::Error> {
        let (names, rest) = table.bits(value);
        let mut bits = serializer.serialize_seq(None)?;
        for name in names {
            bits.serialize_element(name)?;
        }
        if rest != 0 {
            bits.serialize_element(&rest)?;
        }
        bits.end()
    }

    /// A value of a table: a name or a number, or, of a mask, several of them.
    struct Named<F, N> {
        table: &'static str,
        from_name: F,
        number: PhantomData<N>,
        list: bool,
    }

    pub(crate) fn code<'de, D, N>(
        deserializer: D,
        table: &'static str,
        from_name: impl Fn(&str) -> Option<N>,
    ) -> Result<N, D::Error>
    where
        D: Deserializer<'de>,
        N: TryFrom<u64>,
    {
        deserializer.deserialize_any(Named {
            table,
            from_name,
            number: PhantomData,
            list: false,
        })
    }

    pub(crate) fn mask<'de, D, N>(
        deserializer: D,
        table: &'static str,
        from_name: impl Fn(&str) -> Option<N> + Copy,
    ) -> Result<N, D::Error>
    where
        D: Deserializer<'de>,
        N: TryFrom<u64> + BitOr<Output = N> + Default,
    {
        deserializer.deserialize_any(Bits(Named {
            table,
            from_name,
            number: PhantomData,
            list: true,
        }))
    }

    impl<'de, F: Fn(&str) -> Option<N>, N: TryFrom<u64>> Visitor<'de> for Named<F, N> {
        type Value = N;

        fn expecting(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
            let many = if self.list {
                "an array of names"
            } else {
                "a name"
            };
            write!(f, "{many} or a number of {}", self.table)
        }

        fn visit_str<E: de::Error>(self, name: &str) -> Result<N, E> {
            (self.from_name)(name).ok_or_else(|| E::invalid_value(Unexpected::Str(name), &self))
        }

        fn visit_u64<E: de::Error>(self, number: u64) -> Result<N, E> {
            N::try_from(number).map_err(|_| E::invalid_value(Unexpected::Unsigned(number), &self))
        }
    }

    impl<'de, F: Fn(&str) -> Option<N> + Copy, N: TryFrom<u64>> DeserializeSeed<'de> for &Named<F, N> {
        type Value = N;

        fn deserialize<D: Deserializer<'de>>(self, deserializer: D) -> Result<N, D::Error> {
            deserializer.deserialize_any(Named {
                list: false,
                ..*self
            })
        }
    }

    struct Bits<F, N>(Named<F, N>);

    impl<'de, F, N> Visitor<'de> for Bits<F, N>
    where
        F: Fn(&str) -> Option<N> + Copy,
        N: TryFrom<u64> + BitOr<Output = N> + Default,
    {
        type Value = N;

        fn expecting(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
            self.0.expecting(f)
        }

        fn visit_u64<E: de::Error>(self, number: u64) -> Result<N, E> {
            self.0.visit_u64(number)
        }

        fn visit_seq<A: SeqAccess<'de>>(self, mut bits: A) -> Result<N, A::Error> {
            let mut mask = N::default();
            while let Some(bit) = bits.next_element_seed(&self.0)? {
                mask = mask | bit;
            }
            Ok(mask)
        }
    }

    struct Boolean;

    pub(crate) fn boolean<'de, D: Deserializer<'de>>(deserializer: D) -> Result<Bool, D::Error> {
        deserializer.deserialize_any(Boolean)
    }

    impl Visitor<'_> for Boolean {
        type Value = Bool;

        fn expecting(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
            f.write_str("true, false or a number of two bytes")
        }

        fn visit_bool<E: de::Error>(self, value: bool) -> Result<Bool, E> {
            Ok(value.into())
        }

        fn visit_u64<E: de::Error>(self, number: u64) -> Result<Bool, E> {
            number
                .try_into()
                .map(Bool)
                .map_err(|_| E::invalid_value(Unexpected::Unsigned(number), &self))
        }
    }
}
