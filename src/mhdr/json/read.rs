//! An object as a message.

use alloc::borrow::ToOwned;
use alloc::string::String;
use alloc::vec::Vec;

use bytes::BytesMut;
use serde_json::{Map, Value as Json};

use super::error::{At, JsonError, MalformedKind};
use super::{
    FIELDS, HEX, ID, INDEX, LENGTH, MESSAGE, NAME, SIZE, UNLISTED, VALUE, prescribed, size_key,
    usual,
};
use crate::mhdr::dialect::Dialect;
use crate::mhdr::engine::AnyMessage as _;
use crate::mhdr::engine::writer::{Mode, Out};
use crate::mhdr::error::{EncodeError, TypeName};
use crate::mhdr::layout::{FieldRow, FixedRow, FloatingRow, GroupRow, Kind, Layout};
use crate::mhdr::wire::{FieldHeader, HEADER_SIZE, Header, Room, Walk};

/// How an object was packed.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub enum Packed {
    /// Strictly, as a new message.
    Strict,
    /// Byte for byte, as received. Carries the error that `Message::encode` would give, if any.
    AsReceived(Option<EncodeError>),
}

/// Packs an object into a frame, header included, and appends it to a buffer.
///
/// An object without `length` is a new message, packed as by `Message::encode`: what the guide
/// forbids is refused, counts follow from the lists whatever the object says of them, and reserved
/// fields that the guide requires are filled in. A field of the fixed part that is left out has the
/// value that it has in a struct's default: what is prescribed, what means 'none', or 0.
///
/// An object with `length` is a frame that was received. It is packed as it came: with its counts,
/// and whatever it breaks. If the body has another length than the object says, then the object is
/// not what was received, and is packed as a new message.
///
/// # Errors
/// The object is not that of a message, the guide forbids the message, or the wire cannot carry it.
/// Nothing has been appended then.
pub fn read<V: Dialect>(value: &Json, version: V, out: &mut BytesMut) -> Result<Packed, JsonError> {
    let given = Given::read::<V>(value)?;
    if let Some(length) = given.length {
        let frame = given.pack(version, true)?;
        if frame.len().checked_sub(HEADER_SIZE) == Some(length) {
            let refusal = match given.strict(&frame, version, &mut BytesMut::new()) {
                Ok(()) => None,
                Err(JsonError::Refused(refusal)) => Some(refusal),
                Err(error) => return Err(error),
            };
            out.extend_from_slice(&frame);
            return Ok(Packed::AsReceived(refusal));
        }
    }
    given.strict(&given.pack(version, false)?, version, out)?;
    Ok(Packed::Strict)
}

/// Packs an object as a new message, whether it says a `length` or not. See [`read`].
///
/// # Errors
/// Those of [`read`].
pub fn read_strict<V: Dialect>(
    value: &Json,
    version: V,
    out: &mut BytesMut,
) -> Result<(), JsonError> {
    let given = Given::read::<V>(value)?;
    given.strict(&given.pack(version, false)?, version, out)
}

/// An object whose message type is known.
struct Given<'v> {
    message_type: TypeName,
    length: Option<usize>,
    content: Content<'v>,
}

enum Content<'v> {
    Raw(Vec<u8>),
    Fields {
        layout: &'static Layout,
        fields: &'v Map<String, Json>,
        unlisted: &'v [Json],
    },
}

impl<'v> Given<'v> {
    fn read<V: Dialect>(value: &'v Json) -> Result<Self, JsonError> {
        let at = At::Top(None);
        let object = at.object(value)?;
        let id = match object.get(ID) {
            Some(id) => Some(unsigned(at.key(ID).integer(id, Kind::Uint, 4)?)),
            None => None,
        };
        let message_type = match (object.get(MESSAGE), id) {
            (Some(name), id) => {
                let at = at.key(MESSAGE);
                let name = at.string(name)?;
                let message_type = V::type_named(name).ok_or_else(|| {
                    at.error(MalformedKind::UnknownMessage {
                        name: name.to_owned(),
                    })
                })?;
                match id {
                    Some(id) if id != message_type => {
                        return Err(At::Top(None).key(ID).error(MalformedKind::OtherId {
                            id,
                            expected: V::name_type(message_type),
                        }));
                    }
                    _ => message_type,
                }
            }
            (None, Some(id)) => id,
            (None, None) => return Err(at.key(MESSAGE).error(MalformedKind::Missing)),
        };
        let layout = V::layout(message_type);
        let message_type = V::name_type(message_type);
        let at = At::Top(Some(message_type));
        let length = match object.get(LENGTH) {
            Some(length) => {
                let length = at.key(LENGTH).integer(length, Kind::Uint, 4)?;
                // Where it does not fit, no body is as long.
                Some(usize::try_from(length).unwrap_or(usize::MAX))
            }
            None => None,
        };
        let content = match layout {
            Some(layout) => {
                let keys = [MESSAGE, ID, LENGTH, FIELDS, UNLISTED];
                at.allow(object, keys.into_iter().map(whole))?;
                Content::Fields {
                    layout,
                    fields: at.key(FIELDS).object(at.member(object, FIELDS)?)?,
                    unlisted: match object.get(UNLISTED) {
                        Some(unlisted) => at.key(UNLISTED).array(unlisted)?,
                        None => &[],
                    },
                }
            }
            None => {
                let keys = [MESSAGE, ID, LENGTH, HEX];
                at.allow(object, keys.into_iter().map(whole))?;
                Content::Raw(at.key(HEX).hex(at.member(object, HEX)?)?)
            }
        };
        Ok(Self {
            message_type,
            length,
            content,
        })
    }

    /// Packs the frame without the guide's checks, with the counts that are given or those that follow
    /// from the lists.
    fn pack(&self, version: impl Dialect, as_received: bool) -> Result<Vec<u8>, JsonError> {
        let at = At::Top(Some(self.message_type));
        let mut packer = Packer {
            version: version.number(),
            header: version.field_header(),
            as_received,
            frame: [0; HEADER_SIZE].to_vec(),
        };
        match &self.content {
            Content::Raw(body) => packer.frame.extend_from_slice(body),
            Content::Fields {
                layout,
                fields,
                unlisted,
            } => {
                at.allow(fields, keys(layout.fixed, layout.floating))?;
                for row in layout.fixed {
                    packer.fixed(row, fields, &at)?;
                }
                let written = packer.floating(layout.floating, fields, &at)?;
                packer.unlisted(unlisted, layout, &written, &at.key(UNLISTED))?;
            }
        }
        let mut frame = packer.frame;
        let length = frame.len().saturating_sub(HEADER_SIZE);
        let body_length = u32::try_from(length).map_err(|_| {
            at.error(MalformedKind::TooMany {
                length,
                max: usize::MAX,
            })
        })?;
        if let Some(room) = frame.first_chunk_mut() {
            let message_type = self.message_type.number;
            *room = Header {
                body_length,
                message_type,
            }
            .to_bytes();
        }
        Ok(frame)
    }

    /// Takes a packed frame apart and encodes it as the guide wants it.
    fn strict<V: Dialect>(
        &self,
        frame: &[u8],
        version: V,
        out: &mut BytesMut,
    ) -> Result<(), JsonError> {
        let body = frame.get(HEADER_SIZE..).unwrap_or_default();
        let decoded = V::Message::decode_type(self.message_type.number, body, version);
        let message = decoded.map_err(|error| {
            At::Top(Some(self.message_type)).error(MalformedKind::Undecodable(error))
        })?;
        message.encode_as(version, Mode::Strict, Out::Grow(out))?;
        Ok(())
    }
}

fn whole(key: &str) -> (&str, &str) {
    (key, "")
}

/// A number that is known to be within u32.
fn unsigned(value: i64) -> u32 {
    u32::try_from(value).unwrap_or_default()
}

/// The keys of an object with such fields, each in two parts.
fn keys(
    fixed: &'static [FixedRow],
    floating: &'static [FloatingRow],
) -> impl Iterator<Item = (&'static str, &'static str)> + Clone {
    fixed
        .iter()
        .map(|row| [Some((row.name, "")), None, None])
        .chain(floating.iter().map(|row| match row {
            FloatingRow::Group(row) => [Some((row.name, "")), None, None],
            FloatingRow::Field(row) => match row.kind {
                Kind::NamedVar => [Some((NAME, "")), Some((VALUE, "")), None],
                Kind::NamedArray => [Some((INDEX, "")), Some((NAME, "")), Some((VALUE, ""))],
                Kind::Bool => [Some((row.name, "")), Some((row.name, SIZE)), None],
                _ => [Some((row.name, "")), None, None],
            },
        }))
        .flatten()
        .flatten()
}

/// Writes a frame from an object, row by row.
struct Packer {
    /// The number of the version.
    version: u32,
    header: FieldHeader,
    /// Whether counts are written as given.
    as_received: bool,
    frame: Vec<u8>,
}

impl Packer {
    fn put_number(&mut self, value: i64, size: usize) {
        let bytes = value.to_be_bytes();
        let unused = bytes.len().saturating_sub(size);
        self.frame
            .extend_from_slice(bytes.get(unused..).unwrap_or_default());
    }

    fn fixed(
        &mut self,
        row: &'static FixedRow,
        fields: &Map<String, Json>,
        at: &At<'_>,
    ) -> Result<(), JsonError> {
        let list = row.counts;
        let at_row = at.key(row.name);
        let size = row.size();
        let value = match fields.get(row.name) {
            Some(value) if row.kind.size().is_none() => {
                let bytes = at_row.bytes(value)?;
                match <[u8; 8]>::try_from(bytes.as_slice()) {
                    Ok(bytes) => i64::from_be_bytes(bytes),
                    Err(_) => {
                        return Err(at_row.error(MalformedKind::OtherSize {
                            length: bytes.len(),
                            expected: size,
                        }));
                    }
                }
            }
            Some(value) => at_row.number(value, row.kind, size, row.values)?,
            None => usual(row),
        };
        let value = match list {
            Some(list) if !self.as_received || !fields.contains_key(row.name) => {
                count(fields, list, at)?
            }
            _ => value,
        };
        if row.is_in(self.version) {
            self.put_number(value, size);
        } else if value != usual(row) {
            let (since, until) = (row.since, row.until);
            return Err(at_row.error(MalformedKind::NotInVersion { since, until }));
        }
        Ok(())
    }

    /// Writes the rows of a floating part, or of an element of a list; gives the ids of the fields
    /// it wrote that may stand once.
    fn floating(
        &mut self,
        rows: &'static [FloatingRow],
        fields: &Map<String, Json>,
        at: &At<'_>,
    ) -> Result<Vec<u16>, JsonError> {
        let mut written = Vec::new();
        for row in rows {
            match row {
                FloatingRow::Field(row) => {
                    if self.field(row, fields, at)? {
                        written.push(row.id);
                    }
                }
                FloatingRow::Group(row) => {
                    if let Some(list) = fields.get(row.name) {
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
        fields: &Map<String, Json>,
        at: &At<'_>,
    ) -> Result<bool, JsonError> {
        if let Kind::NamedVar | Kind::NamedArray = row.kind {
            return self.named(row, fields, at);
        }
        if row.array {
            return self.array(row, fields, at);
        }
        let at_row = at.key(row.name);
        let value = fields.get(row.name);
        let size = match row.kind {
            Kind::Bool => Some(bool_size(row, fields, at)?),
            kind => kind.size(),
        };
        let Some(size) = size else {
            let Some(value) = value else {
                return Ok(false);
            };
            let data = match row.kind {
                Kind::String => {
                    let mut text = at_row.text(value)?;
                    text.push(0);
                    text
                }
                _ => at_row.bytes(value)?,
            };
            self.header(row.id, data.len(), &at_row)?;
            self.frame.extend_from_slice(&data);
            return Ok(true);
        };
        let printed = prescribed(row);
        let mut number = match (value, printed) {
            (Some(Json::Null), Some(_)) => None,
            (Some(value), _) => Some(at_row.number(value, row.kind, size, row.values)?),
            (None, Some(printed)) if row.is_in(self.version) => Some(printed.into()),
            (None, _) => None,
        };
        if let Some(list) = row.counts
            && !self.as_received
        {
            // Where neither a count nor a list is given, there is nothing to count.
            number = match count(fields, list, at)? {
                0 if number.is_none() => None,
                count => Some(count),
            };
        }
        let Some(number) = number else {
            return Ok(false);
        };
        self.header(row.id, size, &at_row)?;
        self.put_number(number, size);
        Ok(true)
    }

    /// Writes an array of numbers in one field.
    fn array(
        &mut self,
        row: &'static FieldRow,
        fields: &Map<String, Json>,
        at: &At<'_>,
    ) -> Result<bool, JsonError> {
        let (Some(value), Some(size)) = (fields.get(row.name), row.kind.size()) else {
            return Ok(false);
        };
        let at = at.key(row.name);
        let values = at.array(value)?;
        self.header(row.id, values.len().saturating_mul(size), &at)?;
        for (index, value) in values.iter().enumerate() {
            let number = At::Element(&at, index).number(value, row.kind, size, row.values)?;
            self.put_number(number, size);
        }
        Ok(true)
    }

    /// Writes a named variable or an element of a named array.
    fn named(
        &mut self,
        row: &'static FieldRow,
        fields: &Map<String, Json>,
        at: &At<'_>,
    ) -> Result<bool, JsonError> {
        let mut data = Vec::new();
        if row.kind == Kind::NamedArray {
            let index = at
                .key(INDEX)
                .integer(at.member(fields, INDEX)?, Kind::Uchar, 1)?;
            data.extend(u8::try_from(index));
        }
        let name = at.key(NAME).text(at.member(fields, NAME)?)?;
        if name.contains(&0) {
            return Err(at.key(NAME).error(MalformedKind::InnerNul));
        }
        data.extend_from_slice(&name);
        data.push(0);
        data.extend(at.key(VALUE).text(at.member(fields, VALUE)?)?);
        data.push(0);
        self.header(row.id, data.len(), at)?;
        self.frame.extend_from_slice(&data);
        Ok(true)
    }

    fn list(&mut self, row: &'static GroupRow, list: &Json, at: &At<'_>) -> Result<(), JsonError> {
        let mut before = Vec::new();
        for (index, element) in at.array(list)?.iter().enumerate() {
            let at = At::Element(at, index);
            let fields = at.object(element)?;
            at.allow(fields, keys(&[], row.rows))?;
            let start = self.frame.len();
            let written = self.floating(row.rows, fields, &at)?;
            let first = self
                .frame
                .get(start..)
                .and_then(|element| Walk::new(element, self.header).step())
                .ok_or_else(|| at.error(MalformedKind::NoFields))?
                .field
                .id;
            // An element ends where a member comes again or the first member begins.
            let apart = index == 0
                || before.contains(&first)
                || row.rows.first().is_some_and(|row| row.has(first));
            if !apart {
                return Err(at.error(MalformedKind::RunsTogether));
            }
            before = written;
        }
        Ok(())
    }

    fn unlisted(
        &mut self,
        unlisted: &[Json],
        layout: &'static Layout,
        written: &[u16],
        at: &At<'_>,
    ) -> Result<(), JsonError> {
        for (index, field) in unlisted.iter().enumerate() {
            let at = At::Element(at, index);
            let field = at.object(field)?;
            at.allow(field, [ID, HEX].into_iter().map(whole))?;
            let at_id = at.key(ID);
            let id = at_id.integer(at.member(field, ID)?, Kind::Ushort, 2)?;
            let id = u16::try_from(id).unwrap_or_default();
            let data = at.key(HEX).hex(at.member(field, HEX)?)?;
            // It would be taken for the field itself.
            if let Some(row) = layout.field(id)
                && row.admits(&data)
                && !written.contains(&id)
            {
                return Err(at_id.error(MalformedKind::Listed { name: row.name }));
            }
            self.header(id, data.len(), &at)?;
            self.frame.extend_from_slice(&data);
        }
        Ok(())
    }

    fn header(&mut self, id: u16, length: usize, at: &At<'_>) -> Result<(), JsonError> {
        let max = self.header.max_data();
        if length > max {
            return Err(at.error(MalformedKind::TooLong { length, max }));
        }
        if id > self.header.max_id() {
            return Err(at.error(MalformedKind::WideId { id }));
        }
        let start = self.frame.len();
        self.frame
            .resize(start.saturating_add(self.header.size()), 0);
        if let Some(room) = self.frame.get_mut(start..) {
            Room::new(room).header(self.header, id, length);
        }
        Ok(())
    }
}

/// The elements of a list, as a count field says them.
fn count(fields: &Map<String, Json>, list: &str, at: &At<'_>) -> Result<i64, JsonError> {
    let length = match fields.get(list) {
        Some(elements) => at.key(list).array(elements)?.len(),
        None => 0,
    };
    u16::try_from(length).map(i64::from).map_err(|_| {
        at.key(list).error(MalformedKind::TooMany {
            length,
            max: u16::MAX.into(),
        })
    })
}

/// The bytes that a BOOL takes: 2, unless the key beside it says 4.
fn bool_size(
    row: &'static FieldRow,
    fields: &Map<String, Json>,
    at: &At<'_>,
) -> Result<usize, JsonError> {
    let key = size_key(row);
    let Some(size) = fields.get(&key) else {
        return Ok(2);
    };
    at.member(fields, row.name)?;
    let at = at.key(&key);
    match at.integer(size, Kind::Uint, 4)? {
        2 => Ok(2),
        4 => Ok(4),
        _ => Err(at.wrong_form("2 or 4", size)),
    }
}
