//! Numbers, and the fields of a fixed part.

use super::visit::Value;
use crate::mhdr::error::Fault;
use crate::mhdr::layout::{Kind, ValueTable};
use crate::mhdr::wire::Room;

/// A number of fixed size.
pub trait Number: Copy + Default + PartialEq {
    const SIZE: usize;
    const KIND: Kind;
    const VALUES: Option<&'static ValueTable>;
    /// Reads the number; `None` if the size differs.
    fn read(data: &[u8]) -> Option<Self>;
    /// Returns the value that the guide prints for a reserved field.
    fn printed(value: u32) -> Self;
    fn write(self, out: &mut Room<'_>);
    fn value<'a>(self) -> Value<'a>;
    /// Returns the value in the bits of the widest number.
    #[inline(always)]
    fn bits(self) -> u32 {
        match self.value() {
            Value::Unsigned(value) | Value::Bool { value, .. } => value,
            Value::Signed(value) => value.cast_unsigned(),
            _ => 0,
        }
    }
    /// Returns the reason to refuse the value in encoding.
    fn refusal(self) -> Option<Fault> {
        None
    }
}

macro_rules! number {
    ($type:ty, $kind:ident, $value:ident) => {
        impl Number for $type {
            const SIZE: usize = size_of::<$type>();
            const KIND: Kind = Kind::$kind;
            const VALUES: Option<&'static ValueTable> = None;
            #[inline(always)]
            fn read(data: &[u8]) -> Option<Self> {
                Some(<$type>::from_be_bytes(data.try_into().ok()?))
            }
            fn printed(value: u32) -> Self {
                value.try_into().unwrap_or_default()
            }
            #[inline(always)]
            fn write(self, out: &mut Room<'_>) {
                out.put(&self.to_be_bytes());
            }
            #[inline(always)]
            fn value<'a>(self) -> Value<'a> {
                Value::$value(self.into())
            }
        }
    };
}

number!(u8, Uchar, Unsigned);
number!(u16, Ushort, Unsigned);
number!(u32, Uint, Unsigned);
number!(i32, Int, Signed);

/// A field of the fixed part.
pub trait Fixed: Copy {
    const SIZE: usize;
    const KIND: Kind;
    const VALUES: Option<&'static ValueTable>;
    /// Reads from a place that is known to be within; a default where it is not.
    fn read_at(data: &[u8], at: usize) -> Self;
    fn write(self, out: &mut Room<'_>);
    fn value(&self) -> Value<'_>;
    fn refusal(self) -> Option<Fault>;
    /// Returns the value that the guide prints for a reserved field.
    fn printed(value: u32) -> Self;
}

impl<T: Number> Fixed for T {
    const SIZE: usize = T::SIZE;
    const KIND: Kind = T::KIND;
    const VALUES: Option<&'static ValueTable> = T::VALUES;
    #[inline(always)]
    fn read_at(data: &[u8], at: usize) -> Self {
        data.get(at..at.saturating_add(T::SIZE))
            .and_then(T::read)
            .unwrap_or_default()
    }
    #[inline(always)]
    fn write(self, out: &mut Room<'_>) {
        Number::write(self, out);
    }
    fn value(&self) -> Value<'_> {
        Number::value(*self)
    }
    #[inline(always)]
    fn refusal(self) -> Option<Fault> {
        Number::refusal(self)
    }
    #[inline(always)]
    fn printed(value: u32) -> Self {
        Number::printed(value)
    }
}

/// Eight bytes without a form, of which a guide says no more than 0.
impl Fixed for [u8; 8] {
    const SIZE: usize = 8;
    const KIND: Kind = Kind::Unspec;
    const VALUES: Option<&'static ValueTable> = None;
    fn read_at(data: &[u8], at: usize) -> Self {
        data.get(at..)
            .and_then(|rest| rest.first_chunk())
            .copied()
            .unwrap_or_default()
    }
    fn write(self, out: &mut Room<'_>) {
        out.put(&self);
    }
    fn value(&self) -> Value<'_> {
        Value::Bytes(self)
    }
    fn refusal(self) -> Option<Fault> {
        None
    }
    fn printed(_: u32) -> Self {
        [0; 8]
    }
}
