//! The types that a row of a floating part declares: an optional field, an array or a list.

use super::count::Announced;
use super::list::Within;
use super::single::Single;
use super::visit::Show;
use super::writer::{How, Writer, refuse};
use crate::mhdr::error::Fault;
use crate::mhdr::layout::{FieldRow, FloatingRow, Kind, Required, Reserved, ValueTable};
use crate::mhdr::wire::{FieldHeader, FloatingField, Step, Widths};

/// Compares two fields. Apart, so that there is a copy for each type and not for each field.
#[inline(never)]
pub(crate) fn same<T: PartialEq>(one: &T, other: &T) -> bool {
    one == other
}

/// The type that a row of the floating part declares: an optional field, a count or a list.
pub trait Slot<'a>: Default {
    const KIND: Kind;
    const VALUES: Option<&'static ValueTable>;
    /// For a list: the rows of an element.
    const ROWS: Option<&'static [FloatingRow]> = None;
    /// Whether the field holds an array of numbers.
    const ARRAY: bool = false;
    /// Returns the initial value for decoding; a list keeps its received count.
    fn received(announced: Announced) -> Self;
    /// Returns whether the field has a size that it can have.
    fn admits(field: FloatingField<'a>) -> bool;
    /// Whether a second field of the row is one more, and not unlisted.
    const REPEATS: bool = Self::ROWS.is_some();
    /// Takes a field, the row's first one unless it repeats, and returns the bytes after it: a list
    /// may step over more of its fields. `None` if it does not fit the row, and stays with the
    /// unlisted ones.
    fn put<W: Widths>(&mut self, step: Step<'a>) -> Option<&'a [u8]>;
    /// Takes a field in as a member of an element; a list all of its fields that follow, too.
    fn accept(&mut self, step: &Step<'a>, header: FieldHeader) -> Accept<'a>;
    /// Writes the value or, if unset, the prescribed one.
    fn write(&self, row: &'static FloatingRow, out: &mut Writer<'_>);
    /// Returns whether encoding writes a field of an element unchanged, so that it may be copied; a
    /// list, `counted` by a field of its own or not, all of its fields. For arrays that is not known.
    #[inline(always)]
    fn stays(
        step: &Step<'a>,
        row: &'static FloatingRow,
        counted: bool,
        within: &mut Within<'a>,
        out: &mut Writer<'_>,
    ) -> bool {
        let _ = (step, row, counted, within, out);
        false
    }
    fn visit(&self, row: &'static FloatingRow, show: &mut Show<'_, 'a>);
    /// Returns whether there is something to show.
    fn is_set(&self) -> bool;
    /// Hides a password.
    fn hide(&mut self) {}
    /// Returns the first of its ids that it would write.
    fn first(&self, row: &'static FloatingRow, how: &How) -> Option<u16>;
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
    fn put<W: Widths>(&mut self, step: Step<'a>) -> Option<&'a [u8]> {
        *self = Some(T::take(&step)?);
        Some(step.after)
    }

    fn accept(&mut self, step: &Step<'a>, _: FieldHeader) -> Accept<'a> {
        let Some(value) = T::parse(step.field.data) else {
            return Accept::Refused;
        };
        if self.is_some() {
            return Accept::Unlisted;
        }
        *self = Some(value);
        Accept::Taken(step.after)
    }

    #[inline(always)]
    fn write(&self, row: &'static FloatingRow, out: &mut Writer<'_>) {
        let FloatingRow::Field(row) = row else {
            return;
        };
        match self {
            Some(_) if out.how.leaves_out(row) => {}
            Some(value) if out.how.lacks(row) => refuse(row, value.refusal(), value.size(), out),
            Some(value) => value.put(row, out),
            None => {
                if matches!(row.required, Required::Yes) && out.how.own {
                    absent(row, out);
                }
            }
        }
    }

    #[inline(always)]
    fn stays(
        step: &Step<'a>,
        row: &'static FloatingRow,
        _: bool,
        _: &mut Within<'a>,
        out: &mut Writer<'_>,
    ) -> bool {
        let FloatingRow::Field(row) = row else {
            return false;
        };
        !out.how.leaves_out(row)
            && !out.how.lacks(row)
            && T::stays(step.field.data, row, out.how.strict)
    }

    fn visit(&self, row: &'static FloatingRow, show: &mut Show<'_, 'a>) {
        if let FloatingRow::Field(row) = row {
            match self {
                Some(value) => show.field(row, value.value()),
                None => show.absent(row),
            }
        }
    }

    #[inline(always)]
    fn is_set(&self) -> bool {
        self.is_some()
    }

    #[inline(always)]
    fn first(&self, row: &'static FloatingRow, how: &How) -> Option<u16> {
        match row {
            FloatingRow::Field(row) if self.is_some() && !how.leaves_out(row) => Some(row.id),
            _ => None,
        }
    }
}

/// The result of offering a field to a row of an element.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub enum Accept<'a> {
    /// The row has taken it. The bytes after what it took.
    Taken(&'a [u8]),
    /// The row has one already, or there is no row for it.
    Unlisted,
    /// The field does not fit the row.
    Refused,
}

/// The result of offering a field to an element of a list.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub enum Place<'a> {
    /// It is a member and has been taken in. The bytes after what has been taken in with it.
    Taken(&'a [u8]),
    /// It begins the next element.
    Next,
    /// A member that does not fit its row: ignored.
    Passed,
    /// It is no member.
    Stranger,
}

/// Handles a required field that is unset: a fault, unless the guide prescribes its value.
#[inline(never)]
fn absent(row: &'static FieldRow, out: &mut Writer<'_>) {
    if !row.is_in(out.how.version) {
        return;
    }
    match (row.reserved, row.kind.size()) {
        (Some(Reserved::Number(value)), Some(size)) => {
            let [a, b, c, d] = value.to_be_bytes();
            match size {
                1 => out.number(row, [d]),
                2 => out.number(row, [c, d]),
                _ => out.number(row, [a, b, c, d]),
            }
        }
        _ if !out.how.strict => {}
        _ => out.refuse_field(row.name, Fault::Missing),
    }
}
