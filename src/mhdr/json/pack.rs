//! The fields of an object, row by row onto the wire.

use core::slice;

use bytes::{BufMut as _, BytesMut};

use super::document::{Item, Scalar};
use super::error::{At, Given, JsonError, MalformedKind, whole};
use super::{HEX, ID, INDEX, NAME, SIZE, VALUE};
use crate::mhdr::engine::named::{MAX_NAME, MAX_VALUE};
use crate::mhdr::engine::visit::usual;
use crate::mhdr::error::Fault;
use crate::mhdr::layout::{FieldRow, FixedRow, FloatingRow, GroupRow, Kind, Layout};
use crate::mhdr::wire::{FieldHeader, Room, Walk};

/// The keys of an object with such fields, each in two parts, in the order of the table.
#[derive(Clone)]
pub(super) struct Keys {
    fixed: slice::Iter<'static, FixedRow>,
    floating: slice::Iter<'static, FloatingRow>,
    /// The further keys of a row that has several.
    more: &'static [(&'static str, &'static str)],
    /// The row of a BOOL whose size is still to come.
    size_of: Option<&'static str>,
}

impl Keys {
    pub(super) fn new(fixed: &'static [FixedRow], floating: &'static [FloatingRow]) -> Self {
        Self {
            fixed: fixed.iter(),
            floating: floating.iter(),
            more: &[],
            size_of: None,
        }
    }
}

impl Iterator for Keys {
    type Item = (&'static str, &'static str);

    #[inline]
    fn next(&mut self) -> Option<Self::Item> {
        if let Some(row) = self.fixed.next() {
            return Some((row.name, ""));
        }
        if let Some(name) = self.size_of.take() {
            return Some((name, SIZE));
        }
        if let Some((key, more)) = self.more.split_first() {
            self.more = more;
            return Some(*key);
        }
        match self.floating.next()? {
            FloatingRow::Group(row) => Some((row.name, "")),
            FloatingRow::Field(row) => match row.kind {
                Kind::NamedVar => {
                    self.more = &[(VALUE, "")];
                    Some((NAME, ""))
                }
                Kind::NamedArray => {
                    self.more = &[(NAME, ""), (VALUE, "")];
                    Some((INDEX, ""))
                }
                Kind::Bool => {
                    self.size_of = Some(row.name);
                    Some((row.name, ""))
                }
                _ => Some((row.name, "")),
            },
        }
    }
}

/// Returns a bit for each row; there are fewer than 64.
fn bit(index: usize) -> u64 {
    u32::try_from(index)
        .ok()
        .and_then(|index| 1_u64.checked_shl(index))
        .unwrap_or_default()
}

/// Returns whether a non-repeating field was written.
fn has(rows: &[FloatingRow], written: u64, id: u16) -> bool {
    rows.iter().any(|row| {
        matches!(row, FloatingRow::Field(row) if row.id == id && written & bit(row.index) != 0)
    })
}

/// Writes a frame from an object, row by row.
pub(super) struct Packer<'b> {
    /// The number of the version.
    pub(super) version: u32,
    pub(super) header: FieldHeader,
    /// Whether counts are written as given.
    pub(super) as_received: bool,
    pub(super) frame: &'b mut BytesMut,
}

impl Packer<'_> {
    fn put_number(&mut self, value: i64, size: usize) {
        let bytes = value.to_be_bytes();
        let unused = bytes.len().saturating_sub(size);
        self.frame
            .extend_from_slice(bytes.get(unused..).unwrap_or_default());
    }

    pub(super) fn fixed(
        &mut self,
        row: &'static FixedRow,
        fields: &mut Given<'_>,
        at: &At<'_>,
    ) -> Result<(), JsonError> {
        let at_row = at.key(row.name);
        let size = row.size();
        let given = fields.take(row.name, "");
        let value = match given {
            Some(value) if row.kind.size().is_none() => {
                let bytes = at_row.bytes(value)?;
                let (kind, expected, found) = (row.kind, size, bytes.len());
                if found != expected {
                    return Err(at_row.fault(Fault::WrongSize {
                        kind,
                        expected,
                        found,
                    }));
                }
                let mut eight = BytesMut::new();
                bytes.put(&mut eight);
                eight
                    .first_chunk()
                    .map_or(0, |bytes| i64::from_be_bytes(*bytes))
            }
            Some(value) => at_row.number(value, row.kind, size, row.values)?,
            None => usual(row),
        };
        let value = match row.counts {
            Some(list) if !self.as_received || given.is_none() => count(fields, list, at)?,
            _ => value,
        };
        if row.is_in(self.version) {
            self.put_number(value, size);
        } else if value != usual(row) {
            let (since, until) = (row.since, row.until);
            return Err(at_row.fault(Fault::NotInVersion { since, until }));
        }
        Ok(())
    }

    /// Writes the rows of a floating part, or of an element of a list; returns a bit for each
    /// non-repeating field that it wrote.
    pub(super) fn floating(
        &mut self,
        rows: &'static [FloatingRow],
        fields: &mut Given<'_>,
        at: &At<'_>,
    ) -> Result<u64, JsonError> {
        let mut written = 0;
        for row in rows {
            match row {
                FloatingRow::Field(row) => {
                    if self.field(row, fields, at)? {
                        written |= bit(row.index);
                    }
                }
                FloatingRow::Group(row) => {
                    if let Some(list) = fields.take(row.name, "") {
                        self.list(row, list, &at.key(row.name))?;
                    }
                }
            }
        }
        Ok(written)
    }

    /// Writes a field, if it is there.
    fn field(
        &mut self,
        row: &'static FieldRow,
        fields: &mut Given<'_>,
        at: &At<'_>,
    ) -> Result<bool, JsonError> {
        if let Kind::NamedVar | Kind::NamedArray = row.kind {
            return self.named(row, fields, at);
        }
        let value = fields.take(row.name, "");
        let at_row = at.key(row.name);
        if row.array {
            return self.array(row, value, &at_row);
        }
        let size = match row.kind {
            Kind::Bool => Some(bool_size(row, value, fields, at)?),
            kind => kind.size(),
        };
        let Some(size) = size else {
            let Some(value) = value else {
                return Ok(false);
            };
            let (data, end) = match row.kind {
                Kind::String => (at_row.text(value)?, 1),
                _ => (at_row.bytes(value)?, 0),
            };
            self.row_header(row, data.len().saturating_add(end), &at_row)?;
            data.put(self.frame);
            self.frame.put_bytes(0, end);
            return Ok(true);
        };
        let printed = row.implied();
        let mut number = match value {
            Some(value) if printed.is_some() && matches!(value.value(), Scalar::Null) => None,
            Some(value) => Some(at_row.number(value, row.kind, size, row.values)?),
            None if row.is_in(self.version) => printed.map(i64::from),
            None => None,
        };
        if let Some(list) = row.counts
            && !self.as_received
        {
            // Without a count or a list there is nothing to count.
            let derived = match count(fields, list, at)? {
                0 if number.is_none() => None,
                count => Some(count),
            };
            if number.is_none() && derived.is_some() && self.cannot_write(row) {
                let (since, until) = (row.since, row.until);
                return Err(at.refuse(row.name, Fault::NotInVersion { since, until }));
            }
            number = derived;
        }
        let Some(number) = number else {
            return Ok(false);
        };
        self.row_header(row, size, &at_row)?;
        self.put_number(number, size);
        Ok(true)
    }

    /// Writes an array of numbers in one field.
    fn array(
        &mut self,
        row: &'static FieldRow,
        value: Option<Item<'_>>,
        at: &At<'_>,
    ) -> Result<bool, JsonError> {
        let (Some(value), Some(size)) = (value, row.kind.size()) else {
            return Ok(false);
        };
        at.array(value)?;
        self.row_header(row, value.elements().count().saturating_mul(size), at)?;
        for (index, value) in value.elements().enumerate() {
            let number = At::Element(at, index).number(value, row.kind, size, row.values)?;
            self.put_number(number, size);
        }
        Ok(true)
    }

    /// Writes a named variable or an element of a named array.
    fn named(
        &mut self,
        row: &'static FieldRow,
        fields: &mut Given<'_>,
        at: &At<'_>,
    ) -> Result<bool, JsonError> {
        let index = if row.kind == Kind::NamedArray {
            let index = at.there(fields.take(INDEX, ""), INDEX)?;
            let index = at.key(INDEX).integer(index, Kind::Uchar, 1)?;
            u8::try_from(index).ok()
        } else {
            None
        };
        let name = at.there(fields.take(NAME, ""), NAME)?;
        let name = at.key(NAME).text(name)?;
        if let Some(in_name) = name.nul() {
            let at_byte = usize::from(index.is_some()).saturating_add(in_name);
            return Err(at.key(NAME).fault(Fault::InnerNul { at: at_byte }));
        }
        let value = at.there(fields.take(VALUE, ""), VALUE)?;
        let value = at.key(VALUE).text(value)?;
        let length = [usize::from(index.is_some()), name.len(), value.len(), 2]
            .into_iter()
            .fold(0_usize, usize::saturating_add);
        if length > self.header.max_data() && !self.as_received {
            let [in_name, in_value] = [name, value].map(|text| text.len().saturating_add(1));
            if in_name > MAX_NAME {
                let (length, max) = (in_name, MAX_NAME);
                return Err(at.key(NAME).fault(Fault::NameTooLong { length, max }));
            }
            if in_value > MAX_VALUE {
                let (length, max) = (in_value, MAX_VALUE);
                return Err(at.key(VALUE).fault(Fault::ValueTooLong { length, max }));
            }
        }
        self.row_header(row, length, at)?;
        self.frame.extend(index);
        name.put(self.frame);
        self.frame.put_u8(0);
        value.put(self.frame);
        self.frame.put_u8(0);
        Ok(true)
    }

    fn list(
        &mut self,
        row: &'static GroupRow,
        list: Item<'_>,
        list_at: &At<'_>,
    ) -> Result<(), JsonError> {
        list_at.array(list)?;
        let mut before = 0;
        for (index, element) in list.elements().enumerate() {
            let at = At::Element(list_at, index);
            at.object(element)?;
            let mut fields = Given::new(element, Keys::new(&[], row.rows), &at)?;
            let start = self.frame.len();
            let written = self.floating(row.rows, &mut fields, &at)?;
            let first = self
                .frame
                .get(start..)
                .and_then(|element| Walk::new(element, self.header).step())
                .ok_or_else(|| at.error(MalformedKind::NoFields))?
                .field
                .id;
            // An element ends where a member comes again or the first member begins.
            let apart = index == 0
                || has(row.rows, before, first)
                || row.rows.first().is_some_and(|row| row.has(first));
            if !apart {
                return Err(list_at.fault(Fault::RunsTogether { index }));
            }
            before = written;
        }
        Ok(())
    }

    pub(super) fn unlisted(
        &mut self,
        unlisted: Item<'_>,
        layout: &'static Layout,
        written: u64,
        at: &At<'_>,
    ) -> Result<(), JsonError> {
        for (index, field) in unlisted.elements().enumerate() {
            let at = At::Element(at, index);
            at.object(field)?;
            let mut field = Given::new(field, [ID, HEX].into_iter().map(whole), &at)?;
            let at_id = at.key(ID);
            let id = at_id.integer(at.there(field.take(ID, ""), ID)?, Kind::Ushort, 2)?;
            let id = u16::try_from(id).unwrap_or_default();
            let data = at.key(HEX).hex(at.there(field.take(HEX, ""), HEX)?)?;
            self.header(id, data.len(), &at)?;
            let start = self.frame.len();
            data.put(self.frame);
            // It would be taken for the field itself.
            let data = self.frame.get(start..).unwrap_or_default();
            if let Some(row) = layout.field(id)
                && row.admits(data)
                && !has(layout.floating, written, id)
            {
                return Err(at.refuse(row.name, Fault::Misplaced));
            }
        }
        Ok(())
    }

    /// Returns whether the version has no field with this id, nor a way to write one.
    const fn cannot_write(&self, row: &FieldRow) -> bool {
        row.id > self.header.max_id()
    }

    /// Writes the header of a field that a table lists.
    fn row_header(
        &mut self,
        row: &'static FieldRow,
        length: usize,
        at: &At<'_>,
    ) -> Result<(), JsonError> {
        if self.cannot_write(row) {
            let (since, until) = (row.since, row.until);
            return Err(at.fault(Fault::NotInVersion { since, until }));
        }
        let most = self.header.max_data();
        if length > most {
            // As received, what the guide allows does not matter.
            let max = if self.as_received {
                most
            } else {
                row.max.min(most)
            };
            return Err(at.fault(Fault::TooLong { length, max }));
        }
        self.header(row.id, length, at)
    }

    fn header(&mut self, id: u16, length: usize, at: &At<'_>) -> Result<(), JsonError> {
        let max = self.header.max_data();
        if length > max {
            return Err(at.fault(Fault::TooLong { length, max }));
        }
        if id > self.header.max_id() {
            return Err(at.fault(Fault::WideId { id }));
        }
        let mut header = [0; 4];
        if let Some(room) = header.get_mut(..self.header.size()) {
            Room::new(room).header(self.header, id, length);
            self.frame.extend_from_slice(room);
        }
        Ok(())
    }
}

/// Returns the number of elements of a list, for its count field.
fn count(fields: &Given<'_>, list: &str, at: &At<'_>) -> Result<i64, JsonError> {
    let length = match fields.find(list) {
        Some(elements) => {
            at.key(list).array(elements)?;
            elements.elements().count()
        }
        None => 0,
    };
    u16::try_from(length).map(i64::from).map_err(|_| {
        let max = u16::MAX.into();
        at.key(list).fault(Fault::TooMany { count: length, max })
    })
}

/// Returns the size of a BOOL: 2, unless the key beside it gives 4.
fn bool_size(
    row: &'static FieldRow,
    value: Option<Item<'_>>,
    fields: &mut Given<'_>,
    at: &At<'_>,
) -> Result<usize, JsonError> {
    let Some(size) = fields.take(row.name, SIZE) else {
        return Ok(2);
    };
    at.there(value, row.name)?;
    let key = [row.name, SIZE].concat();
    let at = at.key(&key);
    match at.integer(size, Kind::Uint, 4)? {
        2 => Ok(2),
        4 => Ok(4),
        _ => Err(at.wrong_form("2 or 4", size)),
    }
}
