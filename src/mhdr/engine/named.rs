//! Named variables and named arrays, which script authors know as expanded call context variables.

use super::list::{Element, Repeated, Stays, Within};
use super::single::{has_nul, inner_nul};
use super::slot::Place;
use super::visit::{List, Listing, Show, Value};
use super::writer::{How, LONGEST_SHORT, Writer};
use crate::mhdr::error::Fault;
use crate::mhdr::layout::{FieldRow, FloatingRow, GroupRow, Kind, Required, Test};
use crate::mhdr::wire::{
    FieldHeader, FloatingField, HIGH, MIDDLING, Room, Step, put_middling, zero_in, zeros_in,
};
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

/// Returns the place of the first NUL. A word at a time, without a call, since names are short.
#[inline(always)]
pub(crate) fn first_nul(data: &[u8]) -> Option<usize> {
    let in_word = |from: usize, word: &[u8; 8]| {
        let zero = zero_in(u64::from_le_bytes(*word)) & HIGH;
        (zero != 0).then(|| from.wrapping_add(zero.trailing_zeros() as usize / 8))
    };
    let (words, rest) = data.as_chunks();
    let mut from = 0_usize;
    for word in words {
        if let found @ Some(_) = in_word(from, word) {
            return found;
        }
        from = from.wrapping_add(8);
    }
    match data.split_last_chunk() {
        // It may overlap.
        Some((before, last)) => in_word(before.len(), last),
        None => rest.iter().position(|byte| *byte == 0),
    }
}

/// Splits `name NUL value [NUL]`. The last NUL may be missing, the first one not.
#[inline(always)]
pub(crate) fn split(data: &[u8]) -> Option<(Text<'_>, Text<'_>)> {
    let at = first_nul(data)?;
    let (name, value) = data.split_at_checked(at)?;
    let (_, value) = value.split_first()?;
    Some((Text::from(name), Text::from_wire(value)))
}

/// Returns whether there is a NUL at all; mostly it is the last byte.
pub(crate) fn admits(data: &[u8]) -> bool {
    matches!(data, [.., 0]) || has_nul(data)
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
        is_implied: false,
        test: match kind {
            Kind::NamedVar => Test::Variable,
            _ => Test::Array,
        },
    })
}

/// Index, name and value.
type Parts<'e> = (Option<u8>, &'e [u8], &'e [u8]);

/// A named variable, or an element of a named array.
trait Named {
    fn parts(&self) -> Parts<'_>;
}

impl Named for NamedVariable<'_> {
    #[inline(always)]
    fn parts(&self) -> Parts<'_> {
        (None, self.name.as_bytes(), self.value.as_bytes())
    }
}

impl Named for NamedArray<'_> {
    #[inline(always)]
    fn parts(&self) -> Parts<'_> {
        let (name, value) = (self.name.as_bytes(), self.value.as_bytes());
        (Some(self.index), name, value)
    }
}

/// Writes elements, and returns how many of them: not all, if one is refused.
#[inline(never)]
fn write_all<T: Named>(
    elements: &[T],
    rows: &'static [FloatingRow],
    out: &mut Writer<'_>,
) -> usize {
    let [FloatingRow::Field(row)] = rows else {
        return 0;
    };
    let mut rest = elements;
    loop {
        // Most names and values are short, and so within all limits but that of the whole.
        rest = write_short(rest, row, out);
        let [first, tail @ ..] = rest else {
            break;
        };
        rest = tail;
        write_any(row, first.parts(), out);
        // The rest of a long list need not be written for nothing.
        if out.is_refused() {
            break;
        }
    }
    elements.len().saturating_sub(rest.len())
}

/// Returns whether name and value are so short that they go to the stage without further questions.
#[inline(always)]
const fn is_short((_, name, value): Parts<'_>) -> bool {
    name.len() | value.len() < MIDDLING
}

/// Writes short elements, up to the first that is not, and returns the rest.
fn write_short<'e, T: Named>(
    elements: &'e [T],
    row: &'static FieldRow,
    out: &mut Writer<'_>,
) -> &'e [T] {
    match out.short() {
        FieldHeader::Narrow => write_short_as::<T, 0>(elements, row, out),
        FieldHeader::WideId => write_short_as::<T, 1>(elements, row, out),
        FieldHeader::Wide => elements,
    }
}

/// The same, with the first byte of a wide id or without.
#[inline(never)]
fn write_short_as<'e, T: Named, const WIDE: usize>(
    elements: &'e [T],
    row: &'static FieldRow,
    out: &mut Writer<'_>,
) -> &'e [T] {
    let [high, low] = row.id.to_be_bytes();
    let mut rest = elements;
    loop {
        let (stage, from) = out.stage();
        let mut at = from;
        // The bytes that are 0 without a fault: the stage is too short for more than 255.
        let mut zeros = 0_u8;
        while let [first, tail @ ..] = rest
            && is_short(first.parts())
            && let Some(room) = stage.get_mut(at..).and_then(<[u8]>::first_chunk_mut)
        {
            let (index, ..) = first.parts();
            zeros = zeros
                .wrapping_add(if WIDE == 1 && high == 0 { 3 } else { 2 })
                .wrapping_add(u8::from(index == Some(0)));
            at = at.wrapping_add(put::<WIDE>([high, low], first.parts(), room));
            rest = tail;
        }
        // One look at all of them, as one at each text takes longer than putting it.
        let found = stage.get(from..at).map_or(0, zeros_in);
        out.staged(at);
        out.named = out.named.saturating_add(at.wrapping_sub(from));
        let over = out.how.strict && out.named > MAX_TOTAL;
        if over || found != zeros {
            out.doubts();
        }
        match rest {
            [first, ..] if is_short(first.parts()) && !over => out.clear(),
            _ => return rest,
        }
    }
}

/// Puts a short element, and returns its size.
#[inline(always)]
fn put<const WIDE: usize>(
    [high, low]: [u8; 2],
    (index, name, value): Parts<'_>,
    room: &mut [u8; LONGEST_SHORT],
) -> usize {
    // They are this short, so that this is nothing but what the compiler does not know.
    let [name, value] = [name, value].map(|text| {
        let length = text.len() & (MIDDLING.wrapping_sub(1));
        text.get(..length).unwrap_or_default()
    });
    let data = data_size(index, name, value);
    let size = data.wrapping_add(WIDE).wrapping_add(2);
    let [length, ..] = data.to_le_bytes();
    let [first, ..] = room;
    *first = high;
    let Some([to_id, to_length, room @ ..]) = room.get_mut(WIDE..) else {
        return size;
    };
    (*to_id, *to_length) = (low, length);
    let room = match (index, room) {
        (Some(index), [to_index, room @ ..]) => {
            *to_index = index;
            room
        }
        (_, room) => room,
    };
    if let Some(room) = room.first_chunk_mut() {
        put_middling(room, name);
    }
    if let Some(room) = room
        .get_mut(name.len().wrapping_add(1)..)
        .and_then(<[u8]>::first_chunk_mut)
    {
        put_middling(room, value);
    }
    size
}

/// The general path.
#[inline(never)]
fn write_any(row: &'static FieldRow, (index, name, value): Parts<'_>, out: &mut Writer<'_>) {
    let How { header, strict, .. } = out.how;
    let data = data_size(index, name, value);
    let size = header.size().saturating_add(data);
    let named = out.named.saturating_add(size);
    let over = name.len() >= MAX_NAME || value.len() >= MAX_VALUE || named > MAX_TOTAL;
    if strict && over || out.how.is_over(row.max, data) {
        return refuse(row, (index, name, value), out);
    }
    let (in_name, in_value) = match out.room(size) {
        Some(room) => {
            let mut room = Room::new(room);
            room.header(header, row.id, data);
            room.put(index.as_slice());
            (room.text(name), room.text(value))
        }
        // The longest of them.
        None => {
            out.header(row.id, data);
            out.put(index.as_slice());
            for text in [name, value] {
                out.put(text);
                out.put(&[0]);
            }
            (has_nul(name), has_nul(value))
        }
    };
    if in_name || in_value && strict {
        return refuse(row, (index, name, value), out);
    }
    out.named = named;
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
fn refuse(row: &'static FieldRow, (index, name, value): Parts<'_>, out: &mut Writer<'_>) {
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
    out.refuse_field(row.name, Fault::TooMuchNamedData { length, max });
}

/// Returns whether a name and a value are written unchanged. Counts them, too.
fn stays(data: &[u8], index: usize, out: &mut Writer<'_>) -> Stays {
    let Some([texts @ .., 0]) = data.get(index..) else {
        return Stays::No;
    };
    let Some((name, value)) =
        first_nul(texts).and_then(|at| Some((at, texts.get(at.wrapping_add(1)..)?)))
    else {
        return Stays::No;
    };
    if out.how.strict {
        let size = out.how.header.size().wrapping_add(data.len());
        out.named = out.named.saturating_add(size);
        if name >= MAX_NAME || value.len() >= MAX_VALUE || out.named > MAX_TOTAL || has_nul(value) {
            return Stays::No;
        }
    }
    Stays::Row(0)
}

impl<'a> Element<'a> for NamedVariable<'a> {
    const ROWS: &'static [FloatingRow] =
        &[row(NAMED_VARIABLE, "NamedVariable", Kind::NamedVar, 251)];

    fn admits(field: FloatingField<'a>) -> bool {
        field.id == NAMED_VARIABLE && admits(field.data)
    }

    #[inline(always)]
    fn surely_admits(field: FloatingField<'a>) -> bool {
        field.id == NAMED_VARIABLE && matches!(field.data, [.., 0])
    }

    #[inline(always)]
    fn place(&mut self, step: &Step<'a>, _: FieldHeader, started: bool) -> Place<'a> {
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
        Place::Taken(step.after)
    }

    fn write(&self, out: &mut Writer<'_>) {
        write_all(core::slice::from_ref(self), Self::ROWS, out);
    }

    fn write_all(elements: &[Self], _: &'static GroupRow, out: &mut Writer<'_>) -> usize {
        write_all(elements, Self::ROWS, out)
    }

    fn stays(step: &Step<'a>, _: &mut Within<'a>, out: &mut Writer<'_>) -> Stays {
        if step.field.id != NAMED_VARIABLE {
            return Stays::Stranger;
        }
        stays(step.field.data, 0, out)
    }

    fn visit(&self, rows: &'static [FloatingRow], show: &mut Show<'_, 'a>) {
        if let Some(FloatingRow::Field(row)) = rows.first() {
            show.field(row, Value::NamedVariable(*self));
        }
    }

    fn listing<'l>(list: &'l Repeated<'a, Self>, rows: &'static [FloatingRow]) -> List<'l, 'a> {
        let elements = Listing::Variables(*list);
        List { elements, rows }
    }

    fn first(&self, _: &How) -> Option<u16> {
        Some(NAMED_VARIABLE)
    }
}

impl<'a> Element<'a> for NamedArray<'a> {
    const ROWS: &'static [FloatingRow] = &[row(NAMED_ARRAY, "NamedArray", Kind::NamedArray, 252)];

    fn admits(field: FloatingField<'a>) -> bool {
        field.id == NAMED_ARRAY && admits(field.data.get(1..).unwrap_or_default())
    }

    #[inline(always)]
    fn surely_admits(field: FloatingField<'a>) -> bool {
        field.id == NAMED_ARRAY && matches!(field.data, [_, .., 0])
    }

    #[inline(always)]
    fn place(&mut self, step: &Step<'a>, _: FieldHeader, started: bool) -> Place<'a> {
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
        Place::Taken(step.after)
    }

    fn write(&self, out: &mut Writer<'_>) {
        write_all(core::slice::from_ref(self), Self::ROWS, out);
    }

    fn write_all(elements: &[Self], _: &'static GroupRow, out: &mut Writer<'_>) -> usize {
        write_all(elements, Self::ROWS, out)
    }

    fn stays(step: &Step<'a>, _: &mut Within<'a>, out: &mut Writer<'_>) -> Stays {
        if step.field.id != NAMED_ARRAY {
            return Stays::Stranger;
        }
        stays(step.field.data, 1, out)
    }

    fn visit(&self, rows: &'static [FloatingRow], show: &mut Show<'_, 'a>) {
        if let Some(FloatingRow::Field(row)) = rows.first() {
            show.field(row, Value::NamedArray(*self));
        }
    }

    fn listing<'l>(list: &'l Repeated<'a, Self>, rows: &'static [FloatingRow]) -> List<'l, 'a> {
        let elements = Listing::Arrays(*list);
        List { elements, rows }
    }

    fn first(&self, _: &How) -> Option<u16> {
        Some(NAMED_ARRAY)
    }
}
