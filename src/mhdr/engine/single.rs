//! What a floating field that appears once may hold.

use super::number::Number;
use super::visit::Value;
use crate::mhdr::error::EncodeErrorKind;
use crate::mhdr::layout::{Kind, ValueTable};
use crate::mhdr::wire::{Step, Writer};
use crate::text::Text;

/// What a floating field that appears once may hold.
pub trait Single<'a>: Copy {
    const KIND: Kind;
    const VALUES: Option<&'static ValueTable>;
    /// `None` where a number has the wrong size.
    fn parse(data: &'a [u8]) -> Option<Self>;
    /// The same for a field that has been stepped upon.
    #[inline(always)]
    fn take(step: &Step<'a>) -> Option<Self> {
        Self::parse(step.field.data)
    }
    /// The bytes of data it takes.
    fn size(self) -> usize;
    fn write(self, out: &mut Writer<'_>);
    fn value(self) -> Value<'a>;
    fn refusal(self) -> Option<EncodeErrorKind>;
    /// The same with nothing to be read in it, where it is a password; an empty one is none.
    fn hidden(self) -> Self {
        self
    }
}

/// What stands in place of a password.
pub(crate) const HIDDEN: &str = "***";

impl<'a, T: Number> Single<'a> for T {
    const KIND: Kind = T::KIND;
    const VALUES: Option<&'static ValueTable> = T::VALUES;
    #[inline(always)]
    fn parse(data: &'a [u8]) -> Option<Self> {
        T::read(data)
    }
    #[inline(always)]
    fn size(self) -> usize {
        T::SIZE
    }
    #[inline(always)]
    fn write(self, out: &mut Writer<'_>) {
        Number::write(self, out);
    }
    fn value(self) -> Value<'a> {
        Number::value(self)
    }
    #[inline(always)]
    fn refusal(self) -> Option<EncodeErrorKind> {
        Number::refusal(self)
    }
}

impl<'a> Single<'a> for Text<'a> {
    const KIND: Kind = Kind::String;
    const VALUES: Option<&'static ValueTable> = None;
    fn hidden(self) -> Self {
        if self.is_empty() { self } else { HIDDEN.into() }
    }
    #[inline(always)]
    fn parse(data: &'a [u8]) -> Option<Self> {
        Some(Text::from_wire(data))
    }
    #[inline(always)]
    fn take(step: &Step<'a>) -> Option<Self> {
        Some(step.text())
    }
    #[inline(always)]
    fn size(self) -> usize {
        self.as_bytes().len().saturating_add(1)
    }
    #[inline(always)]
    fn write(self, out: &mut Writer<'_>) {
        out.put(self.as_bytes());
        out.put(&[0]);
    }
    fn value(self) -> Value<'a> {
        Value::Text(self)
    }
    #[inline(always)]
    fn refusal(self) -> Option<EncodeErrorKind> {
        has_nul(self.as_bytes()).then_some(EncodeErrorKind::InnerNul)
    }
}

impl<'a> Single<'a> for &'a [u8] {
    const KIND: Kind = Kind::Unspec;
    const VALUES: Option<&'static ValueTable> = None;
    fn hidden(self) -> Self {
        match self {
            [] | [0] => self,
            _ => HIDDEN.as_bytes(),
        }
    }
    #[inline(always)]
    fn parse(data: &'a [u8]) -> Option<Self> {
        Some(data)
    }
    #[inline(always)]
    fn size(self) -> usize {
        self.len()
    }
    #[inline(always)]
    fn write(self, out: &mut Writer<'_>) {
        out.put(self);
    }
    fn value(self) -> Value<'a> {
        Value::Bytes(self)
    }
    #[inline(always)]
    fn refusal(self) -> Option<EncodeErrorKind> {
        None
    }
}

/// Whether a text has a NUL in it. Eight bytes at a time, as most texts are short.
#[inline]
pub(crate) fn has_nul(text: &[u8]) -> bool {
    const LOW: u64 = u64::from_ne_bytes([1; 8]);
    const HIGH: u64 = u64::from_ne_bytes([0x80; 8]);
    let within = |word: &[u8; 8]| {
        let word = u64::from_ne_bytes(*word);
        word.wrapping_sub(LOW) & !word & HIGH != 0
    };
    match text.last_chunk::<8>() {
        // The last eight bytes may overlap the word before them.
        Some(last) => within(last) || text.as_chunks::<8>().0.iter().any(within),
        None => text.contains(&0),
    }
}
