//! Arrays: any number of values of one type in one field.

use alloc::vec::Vec;
use core::fmt;
use core::hash::{Hash, Hasher};

use super::count::{Announced, Came, Counted, agrees_late};
use super::list::{reach, span};
use super::number::Number;
use super::slot::{Accept, Slot};
use super::visit::Show;
use super::writer::{How, Writer};
use crate::mhdr::layout::{FloatingRow, Kind, ValueTable};
use crate::mhdr::wire::{FieldHeader, FloatingField, Room, Step, Walk, Widths};

/// The numbers of one field, such as `UINT[NumSkills]` in a guide.
///
/// Decoded, it borrows the frame; to encode, it borrows a slice. Neither allocates. Numbers that came
/// in several fields with the same id, as other servers send them, are read one after the other. An
/// array without numbers is not written.
#[derive(Clone, Copy)]
pub struct Numbers<'a, T>(Inner<'a, T>);

#[derive(Clone, Copy)]
enum Inner<'a, T> {
    Built(&'a [T]),
    /// The wire from the first field on, and how much of it reaches to the end of the last one.
    Wire {
        from: &'a [u8],
        size: u32,
        id: u16,
        header: FieldHeader,
        announced: Announced,
    },
}

impl<'a, T: Number> Numbers<'a, T> {
    /// Returns the numbers, in order.
    pub fn iter(&self) -> impl Iterator<Item = T> + use<'a, T> {
        let (built, mut walk, id): (&'a [T], _, _) = match self.0 {
            Inner::Built(numbers) => (numbers, Walk::EMPTY, 0),
            Inner::Wire {
                from,
                size,
                id,
                header,
                ..
            } => (&[], Walk::new(span(from, size), header), id),
        };
        let mut data: &[u8] = &[];
        let received = core::iter::from_fn(move || {
            loop {
                if let Some((number, rest)) = data.split_at_checked(T::SIZE) {
                    data = rest;
                    return T::read(number);
                }
                let field = walk.step()?.field;
                if field.id == id && Self::admits(field) {
                    data = field.data;
                }
            }
        });
        built.iter().copied().chain(received)
    }

    /// Returns the number of elements.
    #[must_use]
    pub fn len(&self) -> usize {
        match self.0 {
            Inner::Built(numbers) => numbers.len(),
            Inner::Wire { .. } => self.iter().count(),
        }
    }

    /// Returns whether the array is empty.
    #[must_use]
    pub fn is_empty(&self) -> bool {
        self.iter().next().is_none()
    }

    /// Returns the number of elements that the message said there are, in a field of its own. See
    /// [`Repeated::announced`](super::Repeated::announced).
    #[must_use]
    pub fn announced(&self) -> Option<u16> {
        match self.0 {
            Inner::Built(_) => None,
            Inner::Wire { announced, .. } => announced.get(),
        }
    }

    fn is_needless(&self) -> bool {
        match self.0 {
            Inner::Built(_) => false,
            Inner::Wire { announced, .. } => announced.is_needless(),
        }
    }

    /// Returns whether the field is written: if there is a number in it, or if it came without one.
    fn is_there(&self) -> bool {
        match self.0 {
            Inner::Built(numbers) => !numbers.is_empty(),
            Inner::Wire { size, .. } => size != 0,
        }
    }

    /// Lets the array reach to the end of a field.
    fn reach(&mut self, step: &Step<'a>, header: FieldHeader) {
        let (from, announced) = match self.0 {
            Inner::Wire {
                from,
                size: 1..,
                announced,
                ..
            } => (from, announced),
            Inner::Wire { announced, .. } => (step.from, announced),
            Inner::Built(_) => (step.from, Announced::NONE),
        };
        self.0 = Inner::Wire {
            from,
            size: reach(from, step.after),
            id: step.field.id,
            header,
            announced,
        };
    }
}

impl<T> Default for Numbers<'_, T> {
    fn default() -> Self {
        Self(Inner::Built(&[]))
    }
}

impl<'a, T> From<&'a [T]> for Numbers<'a, T> {
    fn from(numbers: &'a [T]) -> Self {
        Self(Inner::Built(numbers))
    }
}

impl<'a, T, const N: usize> From<&'a [T; N]> for Numbers<'a, T> {
    fn from(numbers: &'a [T; N]) -> Self {
        Self(Inner::Built(numbers))
    }
}

impl<'a, T> From<&'a Vec<T>> for Numbers<'a, T> {
    fn from(numbers: &'a Vec<T>) -> Self {
        numbers.as_slice().into()
    }
}

/// Arrays are equal if their numbers and the counts are that go with them.
impl<T: Number> PartialEq for Numbers<'_, T> {
    fn eq(&self, other: &Self) -> bool {
        let count = |array: &Self| array.announced().map_or(array.len(), usize::from);
        self.iter().eq(other.iter())
            && self.is_there() == other.is_there()
            && count(self) == count(other)
            && self.is_needless() == other.is_needless()
    }
}

impl<T: Number + Eq> Eq for Numbers<'_, T> {}

impl<T: Number + Hash> Hash for Numbers<'_, T> {
    fn hash<H: Hasher>(&self, state: &mut H) {
        self.iter().for_each(|number| number.hash(state));
        state.write_usize(self.announced().map_or(self.len(), usize::from));
    }
}

impl<T: Number + fmt::Debug> fmt::Debug for Numbers<'_, T> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_list().entries(self.iter()).finish()
    }
}

impl<T: Number> Counted for Numbers<'_, T> {
    fn announce(&mut self, count: u16, came: Came) {
        if let Inner::Wire { announced, .. } = &mut self.0 {
            *announced = Announced::new(count, came);
        }
    }
    fn announced(&self) -> Option<u16> {
        Numbers::announced(self)
    }
    fn said(&self) -> Option<u16> {
        self.announced().or_else(|| u16::try_from(self.len()).ok())
    }
    fn known(&self) -> Option<u16> {
        self.said()
    }
    fn is_built(&self) -> bool {
        matches!(self.0, Inner::Built(_))
    }
    fn listed(&self) -> usize {
        self.len()
    }
    fn is_bare(&self) -> bool {
        self.is_empty()
    }
}

impl<'a, T: Number> Slot<'a> for Numbers<'a, T> {
    const KIND: Kind = T::KIND;
    const VALUES: Option<&'static ValueTable> = T::VALUES;
    const ARRAY: bool = true;
    const REPEATS: bool = true;

    fn received(announced: Announced) -> Self {
        Self(Inner::Wire {
            from: &[],
            size: 0,
            id: 0,
            header: FieldHeader::Narrow,
            announced,
        })
    }

    fn admits(field: FloatingField<'a>) -> bool {
        field.data.len().is_multiple_of(T::SIZE)
    }

    fn put<W: Widths>(&mut self, step: Step<'a>) -> Option<&'a [u8]> {
        if !Self::admits(step.field) {
            return None;
        }
        self.reach(&step, W::HEADER);
        Some(step.after)
    }

    fn accept(&mut self, step: &Step<'a>, header: FieldHeader) -> Accept<'a> {
        if !Self::admits(step.field) {
            return Accept::Refused;
        }
        self.reach(step, header);
        Accept::Taken(step.after)
    }

    fn write(&self, row: &'static FloatingRow, out: &mut Writer<'_>) {
        let FloatingRow::Field(row) = row else {
            return;
        };
        let count = self.len();
        if !self.is_there() || out.how.leaves_out(row) {
            return agrees_late(self.announced(), count, out);
        }
        let size = count.saturating_mul(T::SIZE);
        if let Some(refusal) = out.how.refusal(row, size) {
            return out.refuse(refusal);
        }
        out.header(row.id, size);
        for number in self.iter() {
            if let Some(room) = out.room(T::SIZE) {
                number.write(&mut Room::new(room));
            }
        }
        agrees_late(self.announced(), count, out);
    }

    fn visit(&self, row: &'static FloatingRow, show: &mut Show<'_, 'a>) {
        if let FloatingRow::Field(row) = row
            && self.is_there()
        {
            show.array(row, &mut self.iter().map(Number::value));
        }
    }

    fn is_set(&self) -> bool {
        self.is_there()
    }

    fn first(&self, row: &'static FloatingRow, how: &How) -> Option<u16> {
        match row {
            FloatingRow::Field(row) if self.is_there() && !how.leaves_out(row) => Some(row.id),
            _ => None,
        }
    }
}
