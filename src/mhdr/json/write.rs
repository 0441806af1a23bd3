//! A message as an object.

use core::cell::{Cell, RefCell};

use serde::ser::{SerializeMap as _, SerializeSeq as _};
use serde::{Serialize, Serializer};

use super::size::Sizes;
use super::{FIELDS, HEX, ID, INDEX, LENGTH, MESSAGE, NAME, SIZE, UNLISTED, VALUE};
use crate::hex::Hex;
use crate::mhdr::dialect::Dialect;
use crate::mhdr::engine::{
    AnyMessage as _, Fields, List, NamedArray, NamedVariable, Repeated, Unlisted, Value, Visitor,
};
use crate::mhdr::layout::{FieldRow, FixedRow, GroupRow, Layout, ValueTable};
use crate::mhdr::wire::FloatingField;

/// A message as it was received: it serializes to the object of [`ccx::json`](crate::ccx::json), `length`
/// included.
///
/// A message that was not received serializes itself, without `length`.
#[derive(Clone, Copy, PartialEq, Debug)]
pub struct Object<'a, V: Dialect> {
    /// `BodyLength` of the frame.
    pub length: usize,
    /// The message that the frame holds.
    pub message: V::Message<'a>,
}

impl<V: Dialect> Object<'_, V> {
    /// Returns whether [`read`](super::read) restores the frame received in this version, except
    /// for the order of the floating fields: whether each text ended in its NUL, and elements of
    /// lists are distinct by their own fields. If not, keep the body beside the object.
    #[must_use]
    pub fn comes_back(&self, version: V) -> bool {
        let message_type = self.message.type_number();
        if self.message.raw_body().is_some() || V::layout(message_type).is_none() {
            return true;
        }
        let sizes = Sizes::of(&self.message, version);
        sizes.is_whole() && sizes.length(message_type, version) == Some(self.length)
    }
}

impl<V: Dialect> Serialize for Object<'_, V> {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        write::<V, S>(&self.message, Some(self.length), serializer)
    }
}

/// Writes the object of a message, with the length of its body where it was received.
pub(crate) fn write<V: Dialect, S: Serializer>(
    message: &V::Message<'_>,
    length: Option<usize>,
    serializer: S,
) -> Result<S::Ok, S::Error> {
    let message_type = message.type_number();
    let mut object = serializer.serialize_map(None)?;
    if let Some(name) = V::type_name(message_type) {
        object.serialize_entry(MESSAGE, name)?;
    }
    object.serialize_entry(ID, &message_type)?;
    if let Some(length) = length {
        object.serialize_entry(LENGTH, &length)?;
    }
    let layout = match (message.raw_body(), V::layout(message_type)) {
        (Some(body), _) => {
            object.serialize_entry(HEX, &Hex(body))?;
            return object.end();
        }
        (_, None) => return object.end(),
        (_, Some(layout)) => layout,
    };
    let version = match length {
        Some(length) => version::<V>(message, layout, length),
        None => V::newest(),
    };
    let fields = Message::<V> {
        message,
        version,
        unlisted: Cell::default(),
    };
    object.serialize_entry(FIELDS, &fields)?;
    let unlisted = fields.unlisted.get();
    if !unlisted.is_empty() {
        object.serialize_entry(UNLISTED, &Strangers(unlisted))?;
    }
    object.end()
}

/// Returns the oldest version in which the message has this length. A message does not know its
/// version, and a field of the fixed part that this version lacks must not be shown; but every
/// version that adds such a field, or widens the ids, makes the message longer.
fn version<V: Dialect>(message: &V::Message<'_>, layout: &Layout, length: usize) -> V {
    let changes =
        |row: &FixedRow| (row.since != 0 || row.until.is_some()) && row.reserved.is_none();
    if !layout.fixed.iter().any(changes) {
        return V::newest();
    }
    let sizes = Sizes::of(message, V::newest());
    let takes = |version: &V| sizes.length(layout.message_type, *version) == Some(length);
    let mut known = V::KNOWN.iter().copied();
    known.find(takes).unwrap_or(V::newest())
}

/// The object of `fields`.
struct Message<'m, 'a, V: Dialect> {
    message: &'m V::Message<'a>,
    version: V,
    /// The items that are not among the fields, and are shown beside them.
    unlisted: Cell<Unlisted<'a>>,
}

impl<V: Dialect> Serialize for Message<'_, '_, V> {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        let mut members = Members::new(serializer.serialize_map(None)?);
        self.message.visit_in(self.version, &mut members);
        self.unlisted.set(members.unlisted);
        members.end()
    }
}

/// An element of a list.
struct Element<'e, 'a>(Fields<'e, 'a>);

impl Serialize for Element<'_, '_> {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        let mut members = Members::new(serializer.serialize_map(None)?);
        self.0.visit(&mut members);
        members.end()
    }
}

/// Writes an element of a list by itself.
pub(crate) fn write_element<'a, S: Serializer>(
    element: &impl crate::mhdr::Element<'a>,
    serializer: S,
) -> Result<S::Ok, S::Error> {
    Element(Fields::of(element)).serialize(serializer)
}

/// Serializes as the element of `NamedVariables` that it is in a message.
impl Serialize for NamedVariable<'_> {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        write_element(self, serializer)
    }
}

/// Serializes as the element of `NamedArrays` that it is in a message.
impl Serialize for NamedArray<'_> {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        write_element(self, serializer)
    }
}

/// Serializes as the array that the list is in a message.
impl<'a, T: crate::mhdr::Element<'a>> Serialize for Repeated<'a, T> {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        Elements(self.shown()).serialize(serializer)
    }
}

/// Writes the visited fields as the members of an object.
struct Members<'a, M: serde::ser::SerializeMap> {
    map: M,
    result: Result<(), M::Error>,
    unlisted: Unlisted<'a>,
}

impl<M: serde::ser::SerializeMap> Members<'_, M> {
    fn new(map: M) -> Self {
        Self {
            map,
            result: Ok(()),
            unlisted: Unlisted::default(),
        }
    }

    fn put(&mut self, key: &(impl Serialize + ?Sized), value: &(impl Serialize + ?Sized)) {
        if self.result.is_ok() {
            self.result = self.map.serialize_entry(key, value);
        }
    }

    fn end(self) -> Result<M::Ok, M::Error> {
        self.result?;
        self.map.end()
    }
}

impl<'a, M: serde::ser::SerializeMap> Visitor<'a> for Members<'a, M> {
    fn fixed(&mut self, row: &'static FixedRow, value: Value<'_>) {
        self.put(row.name, &Shown(row.values, value));
    }

    fn field(&mut self, row: &'static FieldRow, value: Value<'a>) {
        match value {
            Value::NamedVariable(variable) => {
                self.put(NAME, &variable.name);
                self.put(VALUE, &variable.value);
            }
            Value::NamedArray(element) => {
                self.put(INDEX, &element.index);
                self.put(NAME, &element.name);
                self.put(VALUE, &element.value);
            }
            _ => self.put(row.name, &Shown(row.values, value)),
        }
        if let Value::Bool { size, .. } = value
            && Some(size) != row.kind.size()
        {
            self.put(&SizeKey(row.name), &size);
        }
    }

    fn array(&mut self, row: &'static FieldRow, values: &mut dyn Iterator<Item = Value<'a>>) {
        self.put(row.name, &Array(row.values, RefCell::new(values)));
    }

    fn list(&mut self, row: &'static GroupRow, list: List<'_, 'a>) {
        self.put(row.name, &Elements(list));
    }

    fn missing(&mut self, row: &'static FieldRow) {
        self.put(row.name, &());
    }

    fn unlisted(&mut self, fields: Unlisted<'a>) {
        self.unlisted = fields;
    }
}

/// The key for the size of a BOOL, if it is not the usual one.
struct SizeKey(&'static str);

impl Serialize for SizeKey {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        serializer.collect_str(&format_args!("{}{SIZE}", self.0))
    }
}

/// The elements of a list.
struct Elements<'l, 'a>(List<'l, 'a>);

impl Serialize for Elements<'_, '_> {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        let mut list = serializer.serialize_seq(None)?;
        let mut result = Ok(());
        self.0.each(|element| {
            if result.is_ok() {
                result = list.serialize_element(&Element(element));
            }
        });
        result?;
        list.end()
    }
}

/// The numbers of an array, which can be gone through once.
struct Array<'i, 'a>(
    Option<&'static ValueTable>,
    RefCell<&'i mut dyn Iterator<Item = Value<'a>>>,
);

impl Serialize for Array<'_, '_> {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        let mut list = serializer.serialize_seq(None)?;
        if let Ok(mut values) = self.1.try_borrow_mut() {
            for value in &mut **values {
                list.serialize_element(&Shown(self.0, value))?;
            }
        }
        list.end()
    }
}

/// The fields that the table does not list.
struct Strangers<'a>(Unlisted<'a>);

impl Serialize for Strangers<'_> {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        let mut list = serializer.serialize_seq(None)?;
        for field in &self.0 {
            list.serialize_element(&Stranger(field))?;
        }
        list.end()
    }
}

struct Stranger<'a>(FloatingField<'a>);

impl Serialize for Stranger<'_> {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        let mut object = serializer.serialize_map(Some(2))?;
        object.serialize_entry(ID, &self.0.id)?;
        object.serialize_entry(HEX, &Hex(self.0.data))?;
        object.end()
    }
}

/// A value as its table has it.
struct Shown<'a>(Option<&'static ValueTable>, Value<'a>);

impl Serialize for Shown<'_> {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        match (self.1, self.0) {
            (Value::Unsigned(value), Some(table)) if table.mask => mask(table, value, serializer),
            (Value::Unsigned(value), Some(table)) => match table.name_of(value) {
                Some(name) => serializer.serialize_str(name),
                None => serializer.serialize_u32(value),
            },
            (Value::Signed(value), Some(table)) => match table.name_of(value.cast_unsigned()) {
                Some(name) => serializer.serialize_str(name),
                None => serializer.serialize_i32(value),
            },
            (Value::Unsigned(value), None) => serializer.serialize_u32(value),
            (Value::Signed(value), None) => serializer.serialize_i32(value),
            (Value::Bool { value: 0, .. }, _) => serializer.serialize_bool(false),
            (Value::Bool { value: 1, .. }, _) => serializer.serialize_bool(true),
            (Value::Bool { value, .. }, _) => serializer.serialize_u32(value),
            (Value::Text(text), _) => text.serialize(serializer),
            (Value::Bytes(bytes), _) => {
                let mut object = serializer.serialize_map(Some(1))?;
                object.serialize_entry(HEX, &Hex(bytes))?;
                object.end()
            }
            // Elements of lists, which are objects with keys of their own.
            (Value::NamedVariable(_) | Value::NamedArray(_), _) => serializer.serialize_unit(),
        }
    }
}

fn mask<S: Serializer>(
    table: &'static ValueTable,
    value: u32,
    serializer: S,
) -> Result<S::Ok, S::Error> {
    let (names, rest) = table.bits(value);
    let mut bits = serializer.serialize_seq(None)?;
    for name in names {
        bits.serialize_element(name)?;
    }
    if rest != 0 {
        bits.serialize_element(&rest)?;
    }
    bits.end()
}
