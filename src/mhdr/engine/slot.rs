//! What a row of a floating part declares: an optional field, an array or a list.

use super::list::Announced;
use super::measure::{Measure, Refusal};
use super::single::Single;
use super::visit::Show;
use crate::mhdr::error::{EncodeErrorKind, FieldName};
use crate::mhdr::layout::{FieldRow, FloatingRow, Kind, Required, Reserved, ValueTable};
use crate::mhdr::wire::{FieldHeader, FloatingField, Step, Walk, Widths, Writer};

/// What a row of the floating part declares: an optional field, a count or a list.
pub trait Slot<'a>: Default {
    const KIND: Kind;
    const VALUES: Option<&'static ValueTable>;
    /// For a list: the rows of an element.
    const ROWS: Option<&'static [FloatingRow]> = None;
    /// Whether the field holds an array of numbers.
    const ARRAY: bool = false;
    /// What decoding begins with; a list takes the count that came with it.
    fn received(announced: Announced) -> Self;
    /// Whether the field has a size that it can have.
    fn admits(field: FloatingField<'a>) -> bool;
    /// Whether a second field of the row is one more, and not unlisted.
    const REPEATS: bool = Self::ROWS.is_some();
    /// Takes a field in, the row's first one unless it repeats; `false` if it cannot be what the
    /// row says, and stays with the unlisted ones. A list may step on over what follows and is more
    /// of it.
    fn put<W: Widths>(&mut self, step: Step<'a>, walk: &mut Walk<'a>) -> bool;
    /// Takes a field in as a member of an element.
    fn accept(&mut self, step: &Step<'a>, header: FieldHeader) -> Accept;
    fn measure(&self, row: &'static FloatingRow, measure: &mut Measure) -> Result<usize, Refusal>;
    fn write(&self, row: &'static FloatingRow, out: &mut Writer<'_>, measure: &Measure);
    fn visit(&self, row: &'static FloatingRow, show: &mut Show<'_, 'a>);
    /// Whether there is something to show.
    fn is_set(&self) -> bool;
    /// Hides a password.
    fn hide(&mut self) {}
    /// The first of its ids that it would write.
    fn first(&self, row: &'static FloatingRow, measure: &Measure) -> Option<u16>;
}

impl<'a, T: Single<'a>> Slot<'a> for Option<T> {
    const KIND: Kind = T::KIND;
    const VALUES: Option<&'static ValueTable> = T::VALUES;

    fn hide(&mut self) {
        *self = self.map(T::hidden);
    }

    #[inline(always)]
    fn received(_: Announced) -> Self {
        None
    }

    #[inline(always)]
    fn admits(field: FloatingField<'a>) -> bool {
        T::parse(field.data).is_some()
    }

    #[inline(always)]
    fn put<W: Widths>(&mut self, step: Step<'a>, _: &mut Walk<'a>) -> bool {
        match T::take(&step) {
            Some(value) => {
                *self = Some(value);
                true
            }
            None => false,
        }
    }

    fn accept(&mut self, step: &Step<'a>, _: FieldHeader) -> Accept {
        let Some(value) = T::parse(step.field.data) else {
            return Accept::Refused;
        };
        if self.is_some() {
            return Accept::Unlisted;
        }
        *self = Some(value);
        Accept::Taken
    }

    #[inline(always)]
    fn measure(&self, row: &'static FloatingRow, measure: &mut Measure) -> Result<usize, Refusal> {
        let FloatingRow::Field(row) = row else {
            return Ok(0);
        };
        match self {
            Some(_) if measure.leaves_out(row) => Ok(0),
            Some(value) => {
                if measure.strict
                    && let Some(kind) = value.refusal()
                {
                    return Err((FieldName::Listed(row.name), kind));
                }
                measure.field(row, value.size())
            }
            None if measure.own => absent(row, measure),
            None => Ok(0),
        }
    }

    #[inline(always)]
    fn write(&self, row: &'static FloatingRow, out: &mut Writer<'_>, measure: &Measure) {
        let FloatingRow::Field(row) = row else {
            return;
        };
        match self {
            Some(_) if measure.leaves_out(row) => {}
            Some(value) => {
                out.header(row.id, value.size());
                value.write(out);
            }
            None if measure.own => put_absent(row, out, measure),
            None => {}
        }
    }

    fn visit(&self, row: &'static FloatingRow, show: &mut Show<'_, 'a>) {
        if let FloatingRow::Field(row) = row {
            match self {
                Some(value) => show.field(row, value.value()),
                None => show.absent(row),
            }
        }
    }

    fn is_set(&self) -> bool {
        self.is_some()
    }

    fn first(&self, row: &'static FloatingRow, measure: &Measure) -> Option<u16> {
        match row {
            FloatingRow::Field(row) if self.is_some() && !measure.leaves_out(row) => Some(row.id),
            _ => None,
        }
    }
}

/// What became of a field that was offered to a row of an element.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub enum Accept {
    /// The row has taken it.
    Taken,
    /// The row has one already, or there is no row for it.
    Unlisted,
    /// It cannot be what the row says.
    Refused,
}

/// What became of a field that was offered to an element of a list.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub enum Place {
    /// It is a member and has been taken in.
    Taken,
    /// It begins the next element.
    Next,
    /// It is a member, and cannot be what its row says: as if it were not there.
    Passed,
    /// It is no member.
    Stranger,
}

/// A field that is unset: an error if it is required, unless the guide prescribes its value.
#[inline(always)]
fn absent(row: &FieldRow, measure: &Measure) -> Result<usize, Refusal> {
    if !matches!(row.required, Required::Yes) || !row.is_in(measure.version) {
        return Ok(0);
    }
    match (row.reserved, row.kind.size()) {
        (Some(_), Some(size)) => measure.field(row, size),
        _ if !measure.strict => Ok(0),
        _ => Err((FieldName::Listed(row.name), EncodeErrorKind::Missing)),
    }
}

/// Writes the value that the guide prescribes for a required field.
#[inline(always)]
fn put_absent(row: &FieldRow, out: &mut Writer<'_>, measure: &Measure) {
    if !matches!(row.required, Required::Yes) || !row.is_in(measure.version) {
        return;
    }
    if let (Some(Reserved::Number(value)), Some(size)) = (row.reserved, row.kind.size()) {
        out.header(row.id, size);
        let bytes = value.to_be_bytes();
        let unused = bytes.len().saturating_sub(size);
        out.put(bytes.get(unused..).unwrap_or_default());
    }
}
