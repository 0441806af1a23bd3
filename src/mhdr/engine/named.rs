//! Named variables and named arrays: what a script's author calls expanded call context variables.

use super::list::{Element, Repeated};
use super::measure::{Measure, Refusal, refuse};
use super::single::has_nul;
use super::slot::Place;
use super::visit::{Show, Value};
use crate::mhdr::error::EncodeErrorKind;
use crate::mhdr::layout::{FieldRow, FloatingRow, Kind, Required};
use crate::mhdr::wire::{FieldHeader, FloatingField, Step, Writer};
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
/// A list of them is asked by name:
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
/// A list of them, in which the elements of several arrays may stand, is asked by name:
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
    /// The value of the variable with this name; of the first, if several have it. Names are
    /// compared byte by byte, as Unified CCX does.
    #[must_use]
    pub fn value(&self, name: impl AsRef<[u8]>) -> Option<Text<'a>> {
        let name = name.as_ref();
        self.iter()
            .find(|variable| variable.name == name)
            .map(|variable| variable.value)
    }
}

impl<'a> Repeated<'a, NamedArray<'a>> {
    /// The value of an element of the array with this name; `None` where the message has no such
    /// element.
    #[must_use]
    pub fn value(&self, name: impl AsRef<[u8]>, index: u8) -> Option<Text<'a>> {
        let name = name.as_ref();
        self.iter()
            .find(|element| element.name == name && element.index == index)
            .map(|element| element.value)
    }

    /// The elements of the array with this name, in the order of the message.
    pub fn values(&self, name: impl AsRef<[u8]>) -> impl Iterator<Item = (u8, Text<'a>)> {
        self.iter()
            .filter(move |element| element.name == name.as_ref())
            .map(|element| (element.index, element.value))
    }
}

/// Splits `name NUL value [NUL]`. The last NUL may be missing, the first one not.
pub(crate) fn split(data: &[u8]) -> Option<(Text<'_>, Text<'_>)> {
    let at = memchr::memchr(0, data)?;
    let (name, value) = data.split_at_checked(at)?;
    Some((
        Text::from(name),
        Text::from_wire(value.get(1..).unwrap_or_default()),
    ))
}

/// Whether there is a NUL at all; mostly it is the last byte.
#[inline(always)]
pub(crate) fn admits(data: &[u8]) -> bool {
    data.last() == Some(&0) || has_nul_within(data)
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
    })
}

/// Counts a name and a value towards the limits; `index` is the bytes before the name.
fn measure(
    row: &'static [FloatingRow],
    index: usize,
    name: Text<'_>,
    value: Text<'_>,
    measure: &mut Measure,
) -> Result<usize, Refusal> {
    let Some(FloatingRow::Field(row)) = row.first() else {
        return Ok(0);
    };
    let refuse = |kind| refuse(row.name, kind);
    if has_nul(name.as_bytes()) || has_nul(value.as_bytes()) && measure.strict {
        return Err(refuse(EncodeErrorKind::InnerNul));
    }
    let name = name.as_bytes().len().saturating_add(1);
    let value = value.as_bytes().len().saturating_add(1);
    if measure.strict {
        for (length, max) in [(name, MAX_NAME), (value, MAX_VALUE)] {
            if length > max {
                return Err(refuse(EncodeErrorKind::TooLong { length, max }));
            }
        }
    }
    let data = index.saturating_add(name).saturating_add(value);
    let size = measure.field(row, data)?;
    measure.named = measure.named.saturating_add(size);
    if measure.strict && measure.named > MAX_TOTAL {
        return Err(refuse(EncodeErrorKind::TooMuchNamedData {
            length: measure.named,
            max: MAX_TOTAL,
        }));
    }
    Ok(size)
}

fn put(out: &mut Writer<'_>, name: Text<'_>, value: Text<'_>) {
    out.put(name.as_bytes());
    out.put(&[0]);
    out.put(value.as_bytes());
    out.put(&[0]);
}

fn size(name: Text<'_>, value: Text<'_>) -> usize {
    name.as_bytes()
        .len()
        .saturating_add(value.as_bytes().len())
        .saturating_add(2)
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

    fn measure(&self, total: &mut Measure) -> Result<usize, Refusal> {
        measure(Self::ROWS, 0, self.name, self.value, total)
    }

    fn write(&self, out: &mut Writer<'_>, _: &Measure) {
        out.header(NAMED_VARIABLE, size(self.name, self.value));
        put(out, self.name, self.value);
    }

    fn visit(&self, rows: &'static [FloatingRow], show: &mut Show<'_, 'a>) {
        if let Some(FloatingRow::Field(row)) = rows.first() {
            show.field(row, Value::NamedVariable(*self));
        }
    }

    fn first(&self, _: &Measure) -> Option<u16> {
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

    fn measure(&self, total: &mut Measure) -> Result<usize, Refusal> {
        measure(Self::ROWS, 1, self.name, self.value, total)
    }

    fn write(&self, out: &mut Writer<'_>, _: &Measure) {
        let size = size(self.name, self.value).saturating_add(1);
        out.header(NAMED_ARRAY, size);
        out.put(&[self.index]);
        put(out, self.name, self.value);
    }

    fn visit(&self, rows: &'static [FloatingRow], show: &mut Show<'_, 'a>) {
        if let Some(FloatingRow::Field(row)) = rows.first() {
            show.field(row, Value::NamedArray(*self));
        }
    }

    fn first(&self, _: &Measure) -> Option<u16> {
        Some(NAMED_ARRAY)
    }
}
