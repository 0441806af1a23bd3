//! The types of floating fields that appear once.

use super::number::Number;
use super::visit::Value;
use super::writer::{Writer, refuse};
use crate::mhdr::error::Fault;
use crate::mhdr::layout::{FieldRow, Kind, ValueTable};
use crate::mhdr::wire::{Step, in_word, is_zero_in, zero_in};
use crate::text::Text;

/// The type of a floating field that appears once.
pub trait Single<'a>: Copy {
    const KIND: Kind;
    const VALUES: Option<&'static ValueTable>;
    /// Parses the data; `None` if a number has the wrong size.
    fn parse(data: &'a [u8]) -> Option<Self>;
    /// Parses the data of a step.
    #[inline(always)]
    fn take(step: &Step<'a>) -> Option<Self> {
        Self::parse(step.field.data)
    }
    /// Returns the size of the data in bytes.
    fn size(self) -> usize;
    /// Writes the field, header included, unless it may not be written as it is.
    fn put(self, row: &'static FieldRow, out: &mut Writer<'_>);
    /// Returns whether encoding writes the value that is read from these bytes as the same bytes,
    /// without refusing it.
    fn stays(data: &'a [u8], row: &FieldRow, strict: bool) -> bool;
    fn value(self) -> Value<'a>;
    fn refusal(self) -> Option<Fault>;
    /// Returns the value with a password hidden; an empty one stays empty.
    fn hidden(self) -> Self {
        self
    }
}

/// The text in place of a password.
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
    fn put(self, row: &'static FieldRow, out: &mut Writer<'_>) {
        if out.how.strict
            && let refusal @ Some(_) = Number::refusal(self)
        {
            return refuse(row, refusal, T::SIZE, out);
        }
        let [a, b, c, d] = self.bits().to_be_bytes();
        match T::SIZE {
            1 => out.number(row, [d]),
            2 => out.number(row, [c, d]),
            _ => out.number(row, [a, b, c, d]),
        }
    }
    #[inline(always)]
    fn stays(data: &'a [u8], _: &FieldRow, strict: bool) -> bool {
        T::read(data).is_some_and(|value| !strict || Number::refusal(value).is_none())
    }
    fn value(self) -> Value<'a> {
        Number::value(self)
    }
    #[inline(always)]
    fn refusal(self) -> Option<Fault> {
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
    fn put(self, row: &'static FieldRow, out: &mut Writer<'_>) {
        out.text(row, self.as_bytes());
    }
    #[inline(always)]
    fn stays(data: &'a [u8], row: &FieldRow, strict: bool) -> bool {
        match data.split_last() {
            Some((0, text)) => !strict || data.len() <= row.max && !has_nul(text),
            _ => false,
        }
    }
    fn value(self) -> Value<'a> {
        Value::Text(self)
    }
    fn refusal(self) -> Option<Fault> {
        inner_nul(0, self.as_bytes())
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
    fn put(self, row: &'static FieldRow, out: &mut Writer<'_>) {
        out.bytes(row, self);
    }
    #[inline(always)]
    fn stays(data: &'a [u8], row: &FieldRow, strict: bool) -> bool {
        !strict || data.len() <= row.max
    }
    fn value(self) -> Value<'a> {
        Value::Bytes(self)
    }
    #[inline(always)]
    fn refusal(self) -> Option<Fault> {
        None
    }
}

/// Returns the fault of a text with a NUL in it, which begins at this byte of its field's data.
#[cold]
pub(super) fn inner_nul(from: usize, text: &[u8]) -> Option<Fault> {
    let at = text.iter().position(|byte| *byte == 0)?;
    Some(Fault::InnerNul {
        at: from.saturating_add(at),
    })
}

/// Returns whether a text has a NUL in it. Eight bytes at a time, as most texts are short.
pub(crate) fn has_nul(text: &[u8]) -> bool {
    let Some((_, last)) = text.split_last_chunk::<8>() else {
        return is_zero_in(zero_in(in_word(text)));
    };
    // The last one may overlap.
    let zero = |word: &[u8; 8]| is_zero_in(zero_in(u64::from_ne_bytes(*word)));
    let (words, _) = text.as_chunks::<8>();
    words.iter().any(zero) || zero(last)
}
