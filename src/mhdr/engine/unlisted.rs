//! The fields of a message that no row has taken.

use alloc::vec::Vec;
use core::fmt;
use core::hash::{Hash, Hasher};

use super::fault::misfit;
use super::writer::{How, Writer};
use crate::mhdr::error::{Fault, FieldName};
use crate::mhdr::layout::{FieldRow, FloatingRow, Layout, field_row};
use crate::mhdr::wire::{FieldHeader, FloatingField, Walk};

impl How {
    /// Returns whether a field is not written as the version has no way to.
    fn leaves_out_unlisted(&self, field: &FloatingField<'_>) -> bool {
        self.fit && field.id > self.header.max_id()
    }
}

/// The floating fields of a message that its table does not list, in their order. They include
/// repetitions of non-repeating fields, and numbers with a size other than that of their type.
///
/// Decoding keeps them, encoding writes them after the listed ones.
#[derive(Clone, Copy, Default)]
pub struct Unlisted<'a>(Fields<'a>);

#[derive(Clone, Copy, Default)]
enum Fields<'a> {
    #[default]
    None,
    Built(&'a [FloatingField<'a>]),
    /// A whole floating part, listed fields included.
    Wire {
        floating: &'a [u8],
        header: FieldHeader,
        layout: &'static Layout,
    },
}

impl<'a> Unlisted<'a> {
    pub(crate) const fn from_wire(
        floating: &'a [u8],
        header: FieldHeader,
        layout: &'static Layout,
    ) -> Self {
        Self(Fields::Wire {
            floating,
            header,
            layout,
        })
    }

    /// Returns the whole floating part that the fields came in, if it has this form.
    pub(crate) fn floating(&self, form: FieldHeader) -> Option<&'a [u8]> {
        match self.0 {
            Fields::Wire {
                floating, header, ..
            } if header == form => Some(floating),
            _ => None,
        }
    }

    /// Returns the fields, in order.
    #[must_use]
    pub fn iter(&self) -> UnlistedFields<'a> {
        match self.0 {
            Fields::None => UnlistedFields {
                built: &[],
                walk: Walk::EMPTY,
                rows: &[],
                seen: 0,
            },
            Fields::Built(fields) => UnlistedFields {
                built: fields,
                walk: Walk::EMPTY,
                rows: &[],
                seen: 0,
            },
            Fields::Wire {
                floating,
                header,
                layout,
            } => UnlistedFields {
                built: &[],
                walk: Walk::new(floating, header),
                rows: layout.floating,
                seen: 0,
            },
        }
    }

    /// Returns whether there are no fields.
    #[must_use]
    pub const fn is_empty(&self) -> bool {
        match self.0 {
            Fields::None => true,
            Fields::Built(fields) => fields.is_empty(),
            // Created only for at least one field.
            Fields::Wire { .. } => false,
        }
    }

    #[inline(always)]
    pub(crate) fn write(&self, layout: &'static Layout, out: &mut Writer<'_>) {
        if !self.is_empty() {
            self.write_all(layout, out);
        }
    }

    /// Returns the fault of a field that a table lists.
    #[cold]
    fn fault_of(
        &self,
        layout: &'static Layout,
        row: &'static FieldRow,
        field: &FloatingField<'a>,
    ) -> Fault {
        let Fields::Wire {
            floating, header, ..
        } = self.0
        else {
            return Fault::Misplaced;
        };
        // Wherever it stands: JSON has it behind the field that fits.
        if !row.admits(field.data) {
            return misfit(row, field.data);
        }
        let mut walk = Walk::new(floating, header);
        while let Some(FloatingField { id, data }) = walk.step().map(|step| step.field) {
            if core::ptr::eq(data, field.data) {
                break;
            }
            // A member of a list is only here because it does not fit its row.
            let is_first = id == field.id && row.admits(data);
            if is_first && layout.floating.iter().any(|row| row.is_field(id)) {
                return Fault::Repeated;
            }
        }
        misfit(row, field.data)
    }

    #[inline(never)]
    fn write_all(&self, layout: &'static Layout, out: &mut Writer<'_>) {
        let how = out.how;
        let header = how.header;
        for field in self {
            let refusal = |kind| (FieldName::Unlisted(field.id), kind);
            if how.strict
                && let Some(row) = layout.field(field.id)
            {
                return out.refuse_field(row.name, self.fault_of(layout, row, &field));
            }
            if how.leaves_out_unlisted(&field) {
                continue;
            }
            let (length, max) = (field.data.len(), header.max_data());
            if length > max {
                return out.refuse(refusal(Fault::TooLong { length, max }));
            }
            if field.id > header.max_id() {
                return out.refuse(refusal(Fault::WideId { id: field.id }));
            }
            out.header(field.id, length);
            out.put(field.data);
        }
    }
}

impl<'a> From<&'a [FloatingField<'a>]> for Unlisted<'a> {
    fn from(fields: &'a [FloatingField<'a>]) -> Self {
        Self(Fields::Built(fields))
    }
}

impl<'a, const N: usize> From<&'a [FloatingField<'a>; N]> for Unlisted<'a> {
    fn from(fields: &'a [FloatingField<'a>; N]) -> Self {
        Self(Fields::Built(fields))
    }
}

impl<'a> From<&'a Vec<FloatingField<'a>>> for Unlisted<'a> {
    fn from(fields: &'a Vec<FloatingField<'a>>) -> Self {
        fields.as_slice().into()
    }
}

impl<'a> IntoIterator for &Unlisted<'a> {
    type Item = FloatingField<'a>;
    type IntoIter = UnlistedFields<'a>;
    fn into_iter(self) -> UnlistedFields<'a> {
        self.iter()
    }
}

impl PartialEq for Unlisted<'_> {
    fn eq(&self, other: &Self) -> bool {
        self.iter().eq(other.iter())
    }
}

impl Eq for Unlisted<'_> {}

impl Hash for Unlisted<'_> {
    fn hash<H: Hasher>(&self, state: &mut H) {
        self.iter().for_each(|field| field.hash(state));
    }
}

impl fmt::Debug for Unlisted<'_> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_list().entries(self).finish()
    }
}

/// The fields of an [`Unlisted`].
#[derive(Clone, Debug)]
pub struct UnlistedFields<'a> {
    built: &'a [FloatingField<'a>],
    walk: Walk<'a>,
    rows: &'static [FloatingRow],
    /// A bit for each row that has been met: the first field of a row is listed, others are not.
    seen: u64,
}

impl<'a> Iterator for UnlistedFields<'a> {
    type Item = FloatingField<'a>;

    fn next(&mut self) -> Option<FloatingField<'a>> {
        if let Some((first, rest)) = self.built.split_first() {
            self.built = rest;
            return Some(*first);
        }
        loop {
            let field = self.walk.step()?.field;
            let Some(index) = self.rows.iter().position(|row| row.has(field.id)) else {
                return Some(field);
            };
            // A field that its row has refused.
            if !field_row(self.rows, field.id).is_some_and(|row| row.admits(field.data)) {
                return Some(field);
            }
            if let Some(FloatingRow::Field(row)) = self.rows.get(index)
                && !row.array
            {
                let bit = u32::try_from(index)
                    .ok()
                    .and_then(|index| 1_u64.checked_shl(index))
                    .unwrap_or_default();
                if self.seen & bit != 0 {
                    return Some(field);
                }
                self.seen |= bit;
            }
        }
    }
}
