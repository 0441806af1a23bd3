//! The floating part on the wire: `FieldDataID`, `FieldDataLength`, data.

use super::error::DecodeErrorKind;
use super::version::Version;
use crate::text::Text;

/// A floating field as it stands on the wire.
#[derive(Clone, Copy, PartialEq, Eq, Hash, Debug)]
pub struct FloatingField<'a> {
    /// `FieldDataID`.
    pub id: u16,
    /// The data, as long as `FieldDataLength` says: 255 bytes at most.
    pub data: &'a [u8],
}

/// A step of a walk: a field and where it lies.
#[derive(Clone, Copy, Debug)]
pub struct Step<'a> {
    pub(crate) field: FloatingField<'a>,
    /// The field's own bytes, `FieldDataID` and `FieldDataLength` included.
    wire: &'a [u8],
    /// The wire from the field's first byte on.
    pub(crate) from: &'a [u8],
    /// What follows the field.
    pub(crate) after: &'a [u8],
}

impl<'a> Step<'a> {
    /// The first field of a part of the wire; `None` if not all of it is there.
    #[inline(always)]
    pub(crate) fn read<const WIDE: bool>(from: &'a [u8]) -> Option<Self> {
        let (id, length) = if WIDE {
            let [high, low, length] = *from.first_chunk()?;
            (u16::from_be_bytes([high, low]), length)
        } else {
            let [id, length] = *from.first_chunk()?;
            (u16::from(id), length)
        };
        let size = header_size(WIDE).wrapping_add(usize::from(length));
        let (wire, after) = from.split_at_checked(size)?;
        let data = wire.get(header_size(WIDE)..)?;
        Some(Self {
            field: FloatingField { id, data },
            wire,
            from,
            after,
        })
    }

    /// The data as a text: without one terminating NUL.
    #[inline(always)]
    pub(crate) fn text(&self) -> Text<'a> {
        // The bytes of an empty field end with its length, which is 0 as well. So there is a last
        // byte in any case and none to be asked for, which takes a fifth off the time of decoding.
        let data = self.field.data;
        let size = match self.wire.last() {
            Some(0) => data.len().saturating_sub(1),
            _ => data.len(),
        };
        Text::new(data.get(..size).unwrap_or(data))
    }
}

/// Steps over floating fields, checking nothing but their bounds.
#[derive(Clone, Copy, Debug)]
pub struct Walk<'a> {
    pub(crate) rest: &'a [u8],
    pub(crate) wide: bool,
}

/// Where a walk ended before the wire did.
#[derive(Clone, Copy, Debug)]
pub struct Cut<'a> {
    /// The wire from the first byte of the broken field on.
    pub(crate) from: &'a [u8],
    /// Its `FieldDataID`, if that much is there.
    pub(crate) id: Option<u16>,
    pub(crate) kind: DecodeErrorKind,
}

impl<'a> Walk<'a> {
    /// A walk over nothing.
    pub(crate) const EMPTY: Self = Self {
        rest: &[],
        wide: false,
    };

    pub(crate) const fn new(rest: &'a [u8], version: Version) -> Self {
        Self {
            rest,
            wide: version.has_wide_ids(),
        }
    }

    /// The next field; `None` at the end and where a field is cut short, which [`Walk::cut`] tells
    /// apart.
    #[inline(always)]
    pub(crate) fn step(&mut self) -> Option<Step<'a>> {
        if self.wide {
            self.step_with::<true>()
        } else {
            self.step_with::<false>()
        }
    }

    /// The same where the width of `FieldDataID` is known already.
    #[inline(always)]
    pub(crate) fn step_with<const WIDE: bool>(&mut self) -> Option<Step<'a>> {
        let step = Step::read::<WIDE>(self.rest)?;
        self.rest = step.after;
        Some(step)
    }

    /// What is wrong with the field at which the walk stopped; `None` if it came to the end.
    #[cold]
    pub(crate) fn cut(&self) -> Option<Cut<'a>> {
        if self.rest.is_empty() {
            return None;
        }
        let header = header_size(self.wide);
        let id = match (self.rest, self.wide) {
            ([id, ..], false) => Some(u16::from(*id)),
            ([high, low, ..], true) => Some(u16::from_be_bytes([*high, *low])),
            _ => None,
        };
        let length = self
            .rest
            .get(header.saturating_sub(1))
            .copied()
            .unwrap_or_default();
        Some(Cut {
            from: self.rest,
            id,
            kind: DecodeErrorKind::Truncated {
                needed: header.saturating_add(usize::from(length)),
                left: self.rest.len(),
            },
        })
    }
}

/// The bytes of `FieldDataID` and `FieldDataLength`.
pub(crate) const fn header_size(wide: bool) -> usize {
    if wide { 3 } else { 2 }
}

/// Writes into a buffer that has been measured to have room for all that is put into it.
#[derive(Debug)]
pub struct Writer<'b> {
    rest: &'b mut [u8],
    wide: bool,
}

impl<'b> Writer<'b> {
    pub(crate) const fn new(rest: &'b mut [u8], version: Version) -> Self {
        Self {
            rest,
            wide: version.has_wide_ids(),
        }
    }

    /// The bytes that there is still room for.
    pub(crate) const fn room(&self) -> usize {
        self.rest.len()
    }

    #[inline(always)]
    pub(crate) fn put(&mut self, bytes: &[u8]) {
        // There is room; were there none, nothing would be written at all, rather than a part.
        if let Some((head, tail)) =
            core::mem::take(&mut self.rest).split_at_mut_checked(bytes.len())
        {
            head.copy_from_slice(bytes);
            self.rest = tail;
        }
    }

    /// `FieldDataID` and `FieldDataLength`, which have been measured to fit.
    #[inline(always)]
    pub(crate) fn header(&mut self, id: u16, size: usize) {
        let [high, low] = id.to_be_bytes();
        let size = u8::try_from(size).unwrap_or(u8::MAX);
        if self.wide {
            self.put(&[high, low, size]);
        } else {
            self.put(&[low, size]);
        }
    }
}
