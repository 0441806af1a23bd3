//! An object as a message.

use alloc::borrow::ToOwned;
use alloc::string::{String, ToString};
use core::slice;

use bytes::{BufMut as _, BytesMut};
use serde::de::{Deserialize as _, Deserializer};

use super::document::{Document, Item, Scalar};
use super::error::{At, Bytes, Given, JsonError, Malformed, MalformedKind, whole};
use super::{FIELDS, HEX, ID, INDEX, LENGTH, MESSAGE, NAME, SIZE, UNLISTED, VALUE};
use crate::mhdr::dialect::Dialect;
use crate::mhdr::engine::AnyMessage as _;
use crate::mhdr::engine::named::{MAX_NAME, MAX_VALUE};
use crate::mhdr::engine::visit::{prescribed, usual};
use crate::mhdr::engine::writer::{Mode, Out};
use crate::mhdr::error::{EncodeError, Fault, TypeName};
use crate::mhdr::layout::{FieldRow, FixedRow, FloatingRow, GroupRow, Kind, Layout};
use crate::mhdr::wire::{FieldHeader, HEADER_SIZE, Header, Room, Walk};

/// The way in which an object was encoded.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub enum Packed {
    /// Strictly, as a new message.
    Strict,
    /// Byte for byte, as received. Carries the error that `Message::encode` would give, if any.
    AsReceived(Option<EncodeError>),
}

/// Encodes an object as a frame, header included, and appends it to a buffer.
///
/// The object comes from any deserializer, such as a `&serde_json::Value`; from text, read a
/// [`Document`] first:
///
/// ```
/// use bytes::BytesMut;
/// use cti_codec::ccx::Version;
/// use cti_codec::ccx::json::{self, Document};
///
/// let text = r#"{"message":"HEARTBEAT_REQ","fields":{"InvokeID":7}}"#;
/// let mut frame = BytesMut::new();
/// serde_json::from_str::<Document>(text)?.pack(Version::V14, &mut frame)?;
///
/// let value: serde_json::Value = serde_json::from_str(text)?;
/// let mut again = BytesMut::new();
/// json::read(&value, Version::V14, &mut again)?;
/// assert_eq!(frame, again);
/// # Ok::<(), Box<dyn std::error::Error>>(())
/// ```
///
/// An object without `length` is a new message, encoded like `Message::encode`: values that the
/// guide forbids are refused, counts follow from the lists regardless of the object's counts, and
/// reserved fields that the guide requires are filled in. An omitted field of the fixed part has
/// its value in a struct's default: the prescribed value, the value for 'none', or 0.
///
/// An object with `length` is a received frame. It is encoded as received: with its counts, and
/// with any violations of the guide. If the length of the body differs from `length`, the object
/// was changed, and is encoded as a new message.
///
/// # Errors
/// Fails if the object does not describe a message, the guide forbids the message, or the wire
/// cannot carry it. In that case nothing is appended.
pub fn read<'de, V: Dialect>(
    object: impl Deserializer<'de>,
    version: V,
    out: &mut BytesMut,
) -> Result<Packed, JsonError> {
    document(object)?.pack(version, out)
}

/// Packs an object as a new message, whether it says a `length` or not. See [`read`].
///
/// # Errors
/// Those of [`read`].
pub fn read_strict<'de, V: Dialect>(
    object: impl Deserializer<'de>,
    version: V,
    out: &mut BytesMut,
) -> Result<(), JsonError> {
    document(object)?.pack_strict(version, out)
}

fn document<'de>(object: impl Deserializer<'de>) -> Result<Document, JsonError> {
    Document::deserialize(object).map_err(|error| {
        JsonError::Malformed(Malformed {
            message: None,
            path: String::new(),
            kind: MalformedKind::Unreadable(error.to_string()),
        })
    })
}

impl Document {
    /// Packs the object: see [`read`].
    ///
    /// # Errors
    /// Those of [`read`].
    pub fn pack<V: Dialect>(&self, version: V, out: &mut BytesMut) -> Result<Packed, JsonError> {
        let given = Object::read::<V>(self.root())?;
        if let Some(length) = given.length {
            let start = out.len();
            given.pack(version, true, out)?;
            let frame = out.get(start..).unwrap_or_default();
            if frame.len().checked_sub(HEADER_SIZE) == Some(length) {
                // Into an empty slice, since only the refusal is needed.
                let refusal = match given.strict(frame, version, Out::Slice(&mut [])) {
                    Ok(()) => None,
                    Err(JsonError::Refused(refusal)) => match refusal.kind {
                        Fault::NoRoom { .. } => None,
                        _ => Some(refusal),
                    },
                    Err(error) => {
                        out.truncate(start);
                        return Err(error);
                    }
                };
                return Ok(Packed::AsReceived(refusal));
            }
            out.truncate(start);
        }
        given.pack_strict(version, out)?;
        Ok(Packed::Strict)
    }

    /// Packs the object as a new message: see [`read_strict`].
    ///
    /// # Errors
    /// Those of [`read`].
    pub fn pack_strict<V: Dialect>(&self, version: V, out: &mut BytesMut) -> Result<(), JsonError> {
        Object::read::<V>(self.root())?.pack_strict(version, out)
    }
}

/// An object whose message type is known.
struct Object<'v> {
    message_type: TypeName,
    length: Option<usize>,
    content: Content<'v>,
}

enum Content<'v> {
    Raw(Bytes<'v>),
    Fields {
        layout: &'static Layout,
        fields: Item<'v>,
        unlisted: Option<Item<'v>>,
    },
}

/// The members of the whole object.
#[derive(Default)]
struct Top<'v> {
    message: Option<Item<'v>>,
    id: Option<Item<'v>>,
    length: Option<Item<'v>>,
    fields: Option<Item<'v>>,
    unlisted: Option<Item<'v>>,
    hex: Option<Item<'v>>,
    /// Whether there are others, or one of them twice.
    odd: bool,
}

impl<'v> Top<'v> {
    fn of(object: Item<'v>) -> Self {
        let mut top = Self::default();
        for member in object.members() {
            let place = match member.key {
                MESSAGE => &mut top.message,
                ID => &mut top.id,
                LENGTH => &mut top.length,
                FIELDS => &mut top.fields,
                UNLISTED => &mut top.unlisted,
                HEX => &mut top.hex,
                _ => {
                    top.odd = true;
                    continue;
                }
            };
            top.odd |= place.is_some();
            place.get_or_insert(member.value);
        }
        top
    }
}

impl<'v> Object<'v> {
    fn read<V: Dialect>(object: Item<'v>) -> Result<Self, JsonError> {
        let at = At::Top(None);
        at.object(object)?;
        let top = Top::of(object);
        let id = match top.id {
            Some(id) => Some(unsigned(at.key(ID).integer(id, Kind::Uint, 4)?)),
            None => None,
        };
        let message_type = match (top.message, id) {
            (Some(name), id) => named_type::<V>(name, id)?,
            (None, Some(id)) => id,
            (None, None) => return Err(at.key(MESSAGE).error(MalformedKind::Missing)),
        };
        let layout = V::layout(message_type);
        let message_type = V::name_type(message_type);
        let at = At::Top(Some(message_type));
        let length = match top.length {
            Some(length) => {
                let length = at.key(LENGTH).integer(length, Kind::Uint, 4)?;
                // No body is longer than `usize`.
                Some(usize::try_from(length).unwrap_or(usize::MAX))
            }
            None => None,
        };
        let content = match layout {
            Some(layout) => {
                if top.odd || top.hex.is_some() {
                    let keys = [MESSAGE, ID, LENGTH, FIELDS, UNLISTED];
                    Given::new(object, keys.into_iter().map(whole), &at)?;
                }
                let fields = at.there(top.fields, FIELDS)?;
                at.key(FIELDS).object(fields)?;
                if let Some(unlisted) = top.unlisted {
                    at.key(UNLISTED).array(unlisted)?;
                }
                Content::Fields {
                    layout,
                    fields,
                    unlisted: top.unlisted,
                }
            }
            None => {
                if top.odd || top.fields.is_some() || top.unlisted.is_some() {
                    let keys = [MESSAGE, ID, LENGTH, HEX];
                    Given::new(object, keys.into_iter().map(whole), &at)?;
                }
                Content::Raw(at.key(HEX).hex(at.there(top.hex, HEX)?)?)
            }
        };
        Ok(Self {
            message_type,
            length,
            content,
        })
    }

    /// Appends the frame without the guide's checks, with the given counts or those that follow
    /// from the lists; nothing on error.
    fn pack(
        &self,
        version: impl Dialect,
        as_received: bool,
        out: &mut BytesMut,
    ) -> Result<(), JsonError> {
        let start = out.len();
        let mut packer = Packer {
            version: version.number(),
            header: version.field_header(),
            as_received,
            frame: out,
        };
        let packed = self.pack_into(&mut packer, start);
        if packed.is_err() {
            out.truncate(start);
        }
        packed
    }

    fn pack_into(&self, packer: &mut Packer<'_>, start: usize) -> Result<(), JsonError> {
        let at = At::Top(Some(self.message_type));
        packer.frame.put_bytes(0, HEADER_SIZE);
        match self.content {
            Content::Raw(body) => body.put(packer.frame),
            Content::Fields {
                layout,
                fields,
                unlisted,
            } => {
                let keys = Keys::new(layout.fixed, layout.floating);
                let mut fields = Given::new(fields, keys, &at)?;
                for row in layout.fixed {
                    packer.fixed(row, &mut fields, &at)?;
                }
                let written = packer.floating(layout.floating, &mut fields, &at)?;
                if let Some(unlisted) = unlisted {
                    packer.unlisted(unlisted, layout, written, &at.key(UNLISTED))?;
                }
            }
        }
        let body = start.saturating_add(HEADER_SIZE);
        let length = packer.frame.len().saturating_sub(body);
        let body_length = u32::try_from(length).map_err(|_| {
            let max = u32::MAX as usize;
            at.refuse("BodyLength", Fault::TooLong { length, max })
        })?;
        let frame = packer.frame.get_mut(start..).unwrap_or_default();
        if let Some(room) = frame.first_chunk_mut() {
            let message_type = self.message_type.number;
            *room = Header {
                body_length,
                message_type,
            }
            .to_bytes();
        }
        Ok(())
    }

    /// Packs a new message.
    fn pack_strict(&self, version: impl Dialect, out: &mut BytesMut) -> Result<(), JsonError> {
        let mut frame = BytesMut::new();
        self.pack(version, false, &mut frame)?;
        self.strict(&frame, version, Out::Grow(out))
    }

    /// Takes a packed frame apart and encodes it as the guide wants it.
    fn strict<V: Dialect>(&self, frame: &[u8], version: V, out: Out<'_>) -> Result<(), JsonError> {
        let body = frame.get(HEADER_SIZE..).unwrap_or_default();
        let decoded = V::Message::decode_type(self.message_type.number, body, version);
        let message = decoded.map_err(|error| {
            At::Top(Some(self.message_type)).error(MalformedKind::Undecodable(error))
        })?;
        message.encode_as(version, Mode::Strict, out)?;
        Ok(())
    }
}

/// Returns the type with a name, which may also be given by its number.
fn named_type<V: Dialect>(name: Item<'_>, id: Option<u32>) -> Result<u32, JsonError> {
    let top = At::Top(None);
    let at = top.key(MESSAGE);
    let name = at.string(name)?;
    // Quicker than to look for the name.
    if let Some(id) = id
        && V::type_name(id) == Some(name)
    {
        return Ok(id);
    }
    let message_type = V::type_named(name).ok_or_else(|| {
        at.error(MalformedKind::UnknownMessage {
            name: name.to_owned(),
        })
    })?;
    match id {
        Some(id) if id != message_type => Err(top.key(ID).error(MalformedKind::OtherId {
            id,
            expected: V::name_type(message_type),
        })),
        _ => Ok(message_type),
    }
}

/// Converts a number that is known to be within u32.
fn unsigned(value: i64) -> u32 {
    u32::try_from(value).unwrap_or_default()
}

/// The keys of an object with such fields, each in two parts, in the order of the table.
#[derive(Clone)]
struct Keys {
    fixed: slice::Iter<'static, FixedRow>,
    floating: slice::Iter<'static, FloatingRow>,
    /// The further keys of a row that has several.
    more: &'static [(&'static str, &'static str)],
    /// The row of a BOOL whose size is still to come.
    size_of: Option<&'static str>,
}

impl Keys {
    fn new(fixed: &'static [FixedRow], floating: &'static [FloatingRow]) -> Self {
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
struct Packer<'b> {
    /// The number of the version.
    version: u32,
    header: FieldHeader,
    /// Whether counts are written as given.
    as_received: bool,
    frame: &'b mut BytesMut,
}

impl Packer<'_> {
    fn put_number(&mut self, value: i64, size: usize) {
        let bytes = value.to_be_bytes();
        let unused = bytes.len().saturating_sub(size);
        self.frame
            .extend_from_slice(bytes.get(unused..).unwrap_or_default());
    }

    fn fixed(
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
    fn floating(
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
        let printed = prescribed(row);
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

    fn unlisted(
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
