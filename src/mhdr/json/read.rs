//! An object as a message.

use alloc::borrow::ToOwned;
use alloc::string::{String, ToString};

use bytes::{BufMut as _, BytesMut};
use serde::de::{Deserialize as _, Deserializer};

use super::document::{Document, Item};
use super::error::{At, Bytes, Given, JsonError, Malformed, MalformedKind, whole};
use super::pack::{Keys, Packer};
use super::{FIELDS, HEX, ID, LENGTH, MESSAGE, UNLISTED};
use crate::mhdr::dialect::Dialect;
use crate::mhdr::engine::AnyMessage as _;
use crate::mhdr::engine::writer::{Mode, Out};
use crate::mhdr::error::{EncodeError, Fault, TypeName};
use crate::mhdr::layout::{Kind, Layout};
use crate::mhdr::wire::{HEADER_SIZE, Header};

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
