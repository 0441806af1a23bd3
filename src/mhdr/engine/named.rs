//! Named variables and named arrays, which script authors know as expanded call context variables.

use super::list::{Element, Repeated};
use super::single::{has_nul, inner_nul};
use super::slot::Place;
use super::visit::{Show, Value};
use super::writer::{How, Refused, Writer};
use crate::mhdr::error::Fault;
use crate::mhdr::layout::{FieldRow, FloatingRow, Kind, Required, Test};
use crate::mhdr::wire::{FieldHeader, FloatingField, Room, Step, zero_in};
use crate::text::Text;

/// The `FieldDataID` of a named variable.
const NAMED_VARIABLE: u16 = 82;
/// The `FieldDataID` of a named array element.
const NAMED_ARRAY: u16 = 83;
/// The longest name that encoding writes, NUL included (guide, Tables 186 and 187).
pub(crate) const MAX_NAME: usize = 33;
/// The longest value that encoding writes, NUL included.
pub(crate) const MAX_VALUE: usize = 211;
/// The most that all named data of a message may take, `FieldDataID` and `FieldDataLength` included.
pub(crate) const MAX_TOTAL: usize = 2000;

/// A named variable of a call (guide, Table 186).
///
/// Look up a variable in a list of them by name:
///
/// ```
/// use cti_codec::ccx::{NamedVariable, Repeated};
///
/// let variables = [
///     NamedVariable { name: "user.customer".into(), value: "4711".into() },
///     NamedVariable { name: "BAResponse".into(), value: "Accept".into() },
/// ];
/// let list = Repeated::from(&variables);
/// assert_eq!(list.value("BAResponse"), Some("Accept".into()));
/// assert_eq!(list.value("baresponse"), None);
/// ```
#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Debug, Default)]
pub struct NamedVariable<'a> {
    /// The name: 32 bytes at most when encoded.
    pub name: Text<'a>,
    /// The value: 210 bytes at most when encoded.
    pub value: Text<'a>,
}

/// An element of a named array of a call (guide, Table 187).
///
/// Look up elements in a list of them, which may belong to several arrays, by name:
///
/// ```
/// use cti_codec::ccx::{NamedArray, Repeated};
///
/// let orders = [(0, "A-17"), (2, "C-3")].map(|(index, value)| NamedArray {
///     index,
///     name: "user.orders".into(),
///     value: value.into(),
/// });
/// let list = Repeated::from(&orders);
/// assert_eq!(list.value("user.orders", 2), Some("C-3".into()));
/// assert_eq!(list.values("user.orders").count(), 2);
/// ```
#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Debug, Default)]
pub struct NamedArray<'a> {
    /// The index of the element in its array, from 0 on.
    pub index: u8,
    /// The name of the array: 32 bytes at most when encoded.
    pub name: Text<'a>,
    /// The value of the element: 210 bytes at most when encoded.
    pub value: Text<'a>,
}

impl NamedVariable<'_> {
    /// The longest name in bytes that encoding writes.
    pub const MAX_NAME: usize = MAX_NAME.saturating_sub(1);
    /// The longest value in bytes that encoding writes.
    pub const MAX_VALUE: usize = MAX_VALUE.saturating_sub(1);
    /// The most bytes that all named variables and arrays of a message may take together: with
    /// each its `FieldDataID`, `FieldDataLength`, both NULs and, in an array, the index.
    pub const MAX_TOTAL: usize = MAX_TOTAL;
}

impl<'a> Repeated<'a, NamedVariable<'a>> {
    /// Returns the value of the variable with this name; of the first, if several have it. Names
    /// are compared byte by byte, as in Unified CCX.
    #[must_use]
    pub fn value(&self, name: impl AsRef<[u8]>) -> Option<Text<'a>> {
        let name = name.as_ref();
        self.iter()
            .find(|variable| variable.name == name)
            .map(|variable| variable.value)
    }
}

impl<'a> Repeated<'a, NamedArray<'a>> {
    /// Returns the value of an element of the array with this name; `None` if the message has no
    /// such element.
    #[must_use]
    pub fn value(&self, name: impl AsRef<[u8]>, index: u8) -> Option<Text<'a>> {
        let name = name.as_ref();
        self.iter()
            .find(|element| element.name == name && element.index == index)
            .map(|element| element.value)
    }

    /// Returns the elements of the array with this name, in the order of the message.
    pub fn values(&self, name: impl AsRef<[u8]>) -> impl Iterator<Item = (u8, Text<'a>)> {
        self.iter()
            .filter(move |element| element.name == name.as_ref())
            .map(|element| (element.index, element.value))
    }
}

/// Returns the place of the first NUL, searching the first bytes first, since names are short.
#[inline(always)]
pub(crate) fn first_nul(data: &[u8]) -> Option<usize> {
    let (words, rest) = data.as_chunks::<8>();
    let mut at = 0_usize;
    for word in words {
        let zero = zero_in(u64::from_le_bytes(*word));
        if zero != 0 {
            return Some(at.wrapping_add(zero.trailing_zeros() as usize / 8));
        }
        at = at.wrapping_add(8);
    }
    let in_rest = rest.iter().position(|byte| *byte == 0)?;
    Some(at.wrapping_add(in_rest))
}

/// Splits `name NUL value [NUL]`. The last NUL may be missing, the first one not.
pub(crate) fn split(data: &[u8]) -> Option<(Text<'_>, Text<'_>)> {
    let at = first_nul(data)?;
    let (name, value) = data.split_at_checked(at)?;
    Some((
        Text::from(name),
        Text::from_wire(value.get(1..).unwrap_or_default()),
    ))
}

/// Returns whether there is a NUL at all; mostly it is the last byte.
#[inline(always)]
pub(crate) fn admits(data: &[u8]) -> bool {
    matches!(data, [.., 0]) || has_nul_within(data)
}

#[cold]
#[inline(never)]
fn has_nul_within(data: &[u8]) -> bool {
    has_nul(data)
}

const fn row(id: u16, name: &'static str, kind: Kind, max: usize) -> FloatingRow {
    FloatingRow::Field(FieldRow {
        id,
        name,
        kind,
        values: None,
        array: false,
        max,
        required: Required::No,
        reserved: None,
        secret: false,
        unlike: false,
        since: 0,
        until: None,
        index: 0,
        counts: None,
        test: match kind {
            Kind::NamedVar => Test::Variable,
            _ => Test::Array,
        },
    })
}

/// Writes a named variable, or with `index` an element of a named array.
#[inline(always)]
fn write(
    rows: &'static [FloatingRow],
    index: Option<u8>,
    name: Text<'_>,
    value: Text<'_>,
    out: &mut Writer<'_>,
) -> Result<(), Refused> {
    let (name, value) = (name.as_bytes(), value.as_bytes());
    let Some(FloatingRow::Field(row)) = rows.first() else {
        return Ok(());
    };
    let strict = out.how.strict;
    let data = data_size(index, name, value);
    let named = out.named.wrapping_add(data).wrapping_add(2);
    // Fast path for data within the limits, in the form of most versions.
    if name.len() < MAX_NAME
        && value.len() < MAX_VALUE
        && named <= MAX_TOTAL
        && matches!(out.how.header, FieldHeader::Narrow)
        && let Some([to_id, to_length, to_data @ ..]) = out.room(data.wrapping_add(2))
    {
        let [_, id] = row.id.to_be_bytes();
        let [length, ..] = data.to_le_bytes();
        *to_id = id;
        *to_length = length;
        let mut room = Room::new(to_data);
        if let Some(index) = index {
            room.put(&[index]);
        }
        let in_name = room.text(name);
        let in_value = room.text(value);
        out.named = named;
        if !(in_name || in_value && strict) {
            return Ok(());
        }
        out.named = named.wrapping_sub(data).wrapping_sub(2);
    }
    write_any(row, index, name, value, out)
}

/// The general path.
#[inline(never)]
fn write_any(
    row: &'static FieldRow,
    index: Option<u8>,
    name: &[u8],
    value: &[u8],
    out: &mut Writer<'_>,
) -> Result<(), Refused> {
    let How { header, strict, .. } = out.how;
    let data = data_size(index, name, value);
    let named = out.named.saturating_add(header.size()).saturating_add(data);
    let over = name.len() >= MAX_NAME || value.len() >= MAX_VALUE || named > MAX_TOTAL;
    if strict && (over || has_nul(value)) || has_nul(name) || out.how.is_over(row.max, data) {
        return Err(refuse(row, index, name, value, out));
    }
    out.named = named;
    out.header(row.id, data);
    out.put(index.as_slice());
    for text in [name, value] {
        out.put(text);
        out.put(&[0]);
    }
    Ok(())
}

/// Returns the size of index, name and value in bytes, with both NULs.
#[inline(always)]
const fn data_size(index: Option<u8>, name: &[u8], value: &[u8]) -> usize {
    let index = if index.is_some() { 1_usize } else { 0 };
    index
        .wrapping_add(name.len())
        .wrapping_add(value.len())
        .wrapping_add(2)
}

/// Says why a name and a value are not written.
#[cold]
fn refuse(
    row: &'static FieldRow,
    index: Option<u8>,
    name: &[u8],
    value: &[u8],
    out: &mut Writer<'_>,
) -> Refused {
    let strict = out.how.strict;
    let name_at = usize::from(index.is_some());
    let value_at = name_at.saturating_add(name.len()).saturating_add(1);
    let in_value = || inner_nul(value_at, value).filter(|_| strict);
    if let Some(fault) = inner_nul(name_at, name).or_else(in_value) {
        return out.refuse_field(row.name, fault);
    }
    let [in_name, in_value] = [name, value].map(|text| text.len().saturating_add(1));
    // As received, what the guide allows does not matter.
    let own = out.how.own;
    if own && in_name > MAX_NAME {
        let (length, max) = (in_name, MAX_NAME);
        return out.refuse_field(row.name, Fault::NameTooLong { length, max });
    }
    if own && in_value > MAX_VALUE {
        let (length, max) = (in_value, MAX_VALUE);
        return out.refuse_field(row.name, Fault::ValueTooLong { length, max });
    }
    let data = data_size(index, name, value);
    if let Some(refusal) = out.how.refusal(row, data) {
        return out.refuse(refusal);
    }
    let length = out
        .named
        .saturating_add(data)
        .saturating_add(out.how.header.size());
    let max = MAX_TOTAL;
    out.refuse_field(row.name, Fault::TooMuchNamedData { length, max })
}

/// Returns whether a name and a value are written unchanged. Counts them, too.
fn stays(data: &[u8], index: usize, out: &mut Writer<'_>) -> Option<u32> {
    let names = data.get(index..)?;
    let name = first_nul(names)?;
    let [value @ .., 0] = names.get(name.saturating_add(1)..)? else {
        return None;
    };
    if out.how.strict {
        if name >= MAX_NAME || value.len() >= MAX_VALUE || has_nul(value) {
            return None;
        }
        let size = out.how.header.size().saturating_add(data.len());
        out.named = out.named.saturating_add(size);
        if out.named > MAX_TOTAL {
            return None;
        }
    }
    Some(0)
}

impl<'a> Element<'a> for NamedVariable<'a> {
    const ROWS: &'static [FloatingRow] =
        &[row(NAMED_VARIABLE, "NamedVariable", Kind::NamedVar, 251)];

    #[inline(always)]
    fn admits(field: FloatingField<'a>) -> bool {
        admits(field.data)
    }

    fn place(&mut self, step: &Step<'a>, _: FieldHeader, started: bool) -> Place {
        if step.field.id != NAMED_VARIABLE {
            return Place::Stranger;
        }
        if started {
            return Place::Next;
        }
        let Some((name, value)) = split(step.field.data) else {
            return Place::Passed;
        };
        *self = Self { name, value };
        Place::Taken
    }

    fn write(&self, out: &mut Writer<'_>) -> Result<(), Refused> {
        write(Self::ROWS, None, self.name, self.value, out)
    }

    fn stays(field: FloatingField<'a>, out: &mut Writer<'_>) -> Option<u32> {
        if field.id != NAMED_VARIABLE {
            return None;
        }
        stays(field.data, 0, out)
    }

    fn visit(&self, rows: &'static [FloatingRow], show: &mut Show<'_, 'a>) {
        if let Some(FloatingRow::Field(row)) = rows.first() {
            show.field(row, Value::NamedVariable(*self));
        }
    }

    fn first(&self, _: &How) -> Option<u16> {
        Some(NAMED_VARIABLE)
    }
}

impl<'a> Element<'a> for NamedArray<'a> {
    const ROWS: &'static [FloatingRow] = &[row(NAMED_ARRAY, "NamedArray", Kind::NamedArray, 252)];

    #[inline(always)]
    fn admits(field: FloatingField<'a>) -> bool {
        admits(field.data.get(1..).unwrap_or_default())
    }

    fn place(&mut self, step: &Step<'a>, _: FieldHeader, started: bool) -> Place {
        if step.field.id != NAMED_ARRAY {
            return Place::Stranger;
        }
        if started {
            return Place::Next;
        }
        let Some((index, (name, value))) = step
            .field
            .data
            .split_first()
            .and_then(|(index, rest)| Some((*index, split(rest)?)))
        else {
            return Place::Passed;
        };
        *self = Self { index, name, value };
        Place::Taken
    }

    fn write(&self, out: &mut Writer<'_>) -> Result<(), Refused> {
        write(Self::ROWS, Some(self.index), self.name, self.value, out)
    }

    fn stays(field: FloatingField<'a>, out: &mut Writer<'_>) -> Option<u32> {
        if field.id != NAMED_ARRAY {
            return None;
        }
        stays(field.data, 1, out)
    }

    fn visit(&self, rows: &'static [FloatingRow], show: &mut Show<'_, 'a>) {
        if let Some(FloatingRow::Field(row)) = rows.first() {
            show.field(row, Value::NamedArray(*self));
        }
    }

    fn first(&self, _: &How) -> Option<u16> {
        Some(NAMED_ARRAY)
    }
}
