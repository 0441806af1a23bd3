//! Errors of reading objects, with their places.

use alloc::borrow::ToOwned;
use alloc::string::{String, ToString};
use alloc::vec::Vec;
use core::fmt;

use bytes::BytesMut;
use thiserror::Error;

use super::HEX;
use super::document::{Item, Member, Members, Scalar};
use crate::mhdr::engine::visit::range;
use crate::mhdr::error::{DecodeError, EncodeError, Fault, FieldName, TypeName};
use crate::mhdr::layout::{Kind, ValueTable};
use crate::text::same;

/// Why an object cannot be encoded.
#[derive(Clone, PartialEq, Eq, Debug, Error)]
pub enum JsonError {
    /// The object is not that of a message.
    #[error("{0}")]
    Malformed(Malformed),
    /// The object is that of a message which the guide forbids, or the wire cannot carry.
    #[error(transparent)]
    Refused(#[from] EncodeError),
}

/// The place and the kind of a fault in an object.
///
/// Displays as `AGENT_STATE_EVENT.CSQs[2].CSQState: must be …`.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct Malformed {
    /// The type of the message, if the object got that far.
    pub message: Option<TypeName>,
    /// The place in the object, such as `CSQs[2].CSQState`, without the prefix `fields`. Empty for
    /// the object itself.
    pub path: String,
    /// The fault.
    pub kind: MalformedKind,
}

impl fmt::Display for Malformed {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match (self.message, self.path.as_str()) {
            (Some(message), "") => write!(f, "{message}: {}", self.kind),
            (Some(message), path) => write!(f, "{message}.{path}: {}", self.kind),
            (None, "") => write!(f, "{}", self.kind),
            (None, path) => write!(f, "{path}: {}", self.kind),
        }
    }
}

/// A fault at a place in an object.
#[derive(Clone, PartialEq, Eq, Debug, Error)]
#[non_exhaustive]
pub enum MalformedKind {
    /// A JSON value of another sort than belongs here.
    #[error("must be {expected}, is {found}")]
    WrongForm {
        /// The expected value.
        expected: &'static str,
        /// The value found, shortened.
        found: String,
    },
    /// Something that has to be here is not.
    #[error("is missing")]
    Missing,
    /// A key that the message, the element or the object does not have.
    #[error("is not known here; there are {allowed}")]
    UnknownKey {
        /// The keys that there are.
        allowed: String,
    },
    /// The name of no message type.
    #[error("no message type is named {name:?}")]
    UnknownMessage {
        /// The name.
        name: String,
    },
    /// `id` is not the number of the type that `message` names.
    #[error("is {id}, {name} has {expected}", name = .expected, expected = .expected.number)]
    OtherId {
        /// The number.
        id: u32,
        /// The type that is named.
        expected: TypeName,
    },
    /// A name that the table of the field's values does not list.
    #[error("no value of {table} is named {name:?}; there are {allowed}, and numbers")]
    UnknownName {
        /// The name.
        name: String,
        /// The name of the table, as of its type in this library.
        table: &'static str,
        /// The names that there are, or the first of them.
        allowed: String,
    },
    /// A number that the field cannot hold.
    #[error("is {given}, must be from {min} to {max}")]
    OutOfRange {
        /// The number, as given.
        given: String,
        /// The smallest that goes.
        min: i64,
        /// The largest that goes.
        max: i64,
    },
    /// Text that is not pairs of hex digits.
    #[error("must be pairs of hex digits, is {found}")]
    NotHex {
        /// The value found, shortened.
        found: String,
    },
    /// A fault that the message would have on the wire, which therefore cannot carry it. A message
    /// that the guide forbids is [`Refused`](JsonError::Refused).
    #[error(transparent)]
    Message(#[from] Fault),
    /// An element without fields, which would leave no trace on the wire.
    #[error("has no fields")]
    NoFields,
    /// A key that the object has already.
    #[error("is given twice")]
    Twice,
    /// The input is no JSON, or too deep or too long for the object of a message.
    #[error("cannot be read: {0}")]
    Unreadable(String),
    /// The encoded message does not decode.
    #[error("packs to what cannot be decoded: {0}")]
    Undecodable(DecodeError),
}

/// A place in an object, put into words only if something is wrong there.
#[derive(Clone, Copy)]
pub(super) enum At<'p> {
    Top(Option<TypeName>),
    Key(&'p At<'p>, &'p str),
    Element(&'p At<'p>, usize),
}

impl<'p> At<'p> {
    pub(super) const fn key(&'p self, key: &'p str) -> Self {
        At::Key(self, key)
    }

    pub(super) fn message(&self) -> Option<TypeName> {
        match self {
            At::Top(message) => *message,
            At::Key(above, _) | At::Element(above, _) => above.message(),
        }
    }

    #[cold]
    pub(super) fn error(&self, kind: MalformedKind) -> JsonError {
        JsonError::Malformed(Malformed {
            message: self.message(),
            path: self.to_string(),
            kind,
        })
    }

    /// A fault of the field in this place.
    #[cold]
    pub(super) fn fault(&self, fault: Fault) -> JsonError {
        self.error(MalformedKind::Message(fault))
    }

    /// A fault of a field that the object does not have in its place.
    #[cold]
    pub(super) fn refuse(&self, field: &'static str, kind: Fault) -> JsonError {
        match self.message() {
            Some(message) => JsonError::Refused(EncodeError {
                message,
                field: FieldName::Listed(field),
                kind,
            }),
            None => self.fault(kind),
        }
    }

    #[cold]
    pub(super) fn wrong_form(&self, expected: &'static str, found: Item<'_>) -> JsonError {
        self.error(MalformedKind::WrongForm {
            expected,
            found: shortened(found),
        })
    }

    pub(super) fn object(&self, value: Item<'_>) -> Result<(), JsonError> {
        match value.value() {
            Scalar::Object => Ok(()),
            _ => Err(self.wrong_form("an object", value)),
        }
    }

    pub(super) fn array(&self, value: Item<'_>) -> Result<(), JsonError> {
        match value.value() {
            Scalar::Array => Ok(()),
            _ => Err(self.wrong_form("an array", value)),
        }
    }

    pub(super) fn string<'v>(&self, value: Item<'v>) -> Result<&'v str, JsonError> {
        match value.value() {
            Scalar::Text(string) => Ok(string),
            _ => Err(self.wrong_form("a string", value)),
        }
    }

    /// Returns a required member.
    pub(super) fn there<'v>(
        &self,
        value: Option<Item<'v>>,
        key: &str,
    ) -> Result<Item<'v>, JsonError> {
        value.ok_or_else(|| At::Key(self, key).error(MalformedKind::Missing))
    }

    /// Reads a number within the range of its size.
    pub(super) fn integer(
        &self,
        value: Item<'_>,
        kind: Kind,
        size: usize,
    ) -> Result<i64, JsonError> {
        let given = match value.value() {
            Scalar::Unsigned(number) => i64::try_from(number).ok(),
            Scalar::Signed(number) => Some(number),
            Scalar::Float(_) => return Err(self.wrong_form("a whole number", value)),
            _ => return Err(self.wrong_form("a number", value)),
        };
        match given {
            Some(number) => self.within(number, kind, size),
            None => Err(self.out_of_range(shortened(value), kind, size)),
        }
    }

    fn within(&self, number: i64, kind: Kind, size: usize) -> Result<i64, JsonError> {
        if range(kind, size).contains(&number) {
            Ok(number)
        } else {
            Err(self.out_of_range(number.to_string(), kind, size))
        }
    }

    #[cold]
    fn out_of_range(&self, given: String, kind: Kind, size: usize) -> JsonError {
        let range = range(kind, size);
        self.error(MalformedKind::OutOfRange {
            given,
            min: *range.start(),
            max: *range.end(),
        })
    }

    /// Reads bytes as hex digits.
    pub(super) fn hex<'v>(&self, value: Item<'v>) -> Result<Bytes<'v>, JsonError> {
        let digits = self.string(value)?;
        match crate::hex::bytes(digits) {
            Some(bytes) if bytes.clone().all(|byte| byte.is_some()) => Ok(Bytes::Hex(digits)),
            _ => Err(self.error(MalformedKind::NotHex {
                found: shortened(value),
            })),
        }
    }

    /// Reads `{"hex":"…"}`.
    pub(super) fn bytes<'v>(&self, value: Item<'v>) -> Result<Bytes<'v>, JsonError> {
        let Scalar::Object = value.value() else {
            return Err(self.wrong_form("{\"hex\":\"…\"}", value));
        };
        let mut object = Given::new(value, [HEX].into_iter().map(whole), self)?;
        let hex = self.there(object.take(HEX, ""), HEX)?;
        self.key(HEX).hex(hex)
    }

    pub(super) fn text<'v>(&self, value: Item<'v>) -> Result<Bytes<'v>, JsonError> {
        match value.value() {
            Scalar::Text(text) => Ok(Bytes::Text(text)),
            Scalar::Object => self.bytes(value),
            _ => Err(self.wrong_form("a string or {\"hex\":\"…\"}", value)),
        }
    }

    /// Reads a number in any of its forms.
    pub(super) fn number(
        &self,
        value: Item<'_>,
        kind: Kind,
        size: usize,
        table: Option<&'static ValueTable>,
    ) -> Result<i64, JsonError> {
        match (value.value(), table) {
            (Scalar::Unsigned(_) | Scalar::Signed(_) | Scalar::Float(_), _) => {
                self.integer(value, kind, size)
            }
            (Scalar::Bool(value), None) if kind == Kind::Bool => Ok(value.into()),
            (Scalar::Text(name), Some(table)) if !table.mask => self.named(name, kind, size, table),
            (Scalar::Array, Some(table)) if table.mask => {
                value
                    .elements()
                    .enumerate()
                    .try_fold(0, |mask, (index, bit)| {
                        let at = At::Element(self, index);
                        Ok(mask
                            | match bit.value() {
                                Scalar::Text(name) => at.named(name, kind, size, table)?,
                                Scalar::Unsigned(_) | Scalar::Signed(_) | Scalar::Float(_) => {
                                    at.integer(bit, kind, size)?
                                }
                                _ => return Err(at.wrong_form("a name or a number", bit)),
                            })
                    })
            }
            _ => Err(self.wrong_form(
                match table {
                    Some(table) if table.mask => "an array of names and numbers, or a number",
                    Some(_) => "a name or a number",
                    None if kind == Kind::Bool => "true, false or a number",
                    None => "a number",
                },
                value,
            )),
        }
    }

    /// Returns the number with a name.
    pub(super) fn named(
        &self,
        name: &str,
        kind: Kind,
        size: usize,
        table: &'static ValueTable,
    ) -> Result<i64, JsonError> {
        let Some(value) = table.value_of(name) else {
            return Err(self.error(MalformedKind::UnknownName {
                name: name.to_owned(),
                table: table.name,
                allowed: first_names(table),
            }));
        };
        let number = match kind {
            Kind::Int => value.cast_signed().into(),
            _ => i64::from(value),
        };
        // A table may serve a smaller field, too.
        self.within(number, kind, size)
    }
}

/// Bytes as an object gives them.
#[derive(Clone, Copy)]
pub(super) enum Bytes<'v> {
    Text(&'v str),
    /// Pairs of digits, already checked.
    Hex(&'v str),
}

impl Bytes<'_> {
    pub(super) const fn len(self) -> usize {
        match self {
            Self::Text(text) => text.len(),
            Self::Hex(digits) => digits.len() / 2,
        }
    }

    pub(super) fn put(self, out: &mut BytesMut) {
        match self {
            Self::Text(text) => out.extend_from_slice(text.as_bytes()),
            Self::Hex(digits) => {
                let bytes = crate::hex::bytes(digits).into_iter().flatten();
                out.extend(bytes.map(Option::unwrap_or_default));
            }
        }
    }

    /// Returns the place of the first NUL.
    pub(super) fn nul(self) -> Option<usize> {
        match self {
            Self::Text(text) => text.as_bytes().iter().position(|byte| *byte == 0),
            Self::Hex(digits) => crate::hex::bytes(digits)
                .into_iter()
                .flatten()
                .position(|byte| byte == Some(0)),
        }
    }
}

pub(super) fn whole(key: &str) -> (&str, &str) {
    (key, "")
}

/// The members of an object, to be taken in the order of the keys in its table, each once.
pub(super) struct Given<'d> {
    object: Item<'d>,
    /// If they are in this order: the remaining ones, with the place of each among the keys. Else
    /// each is searched for.
    members: Option<Members<'d>>,
    places: [u8; Given::MOST],
    /// The number taken so far, and the place of the next key.
    taken: usize,
    place: u8,
}

impl<'d> Given<'d> {
    /// The most members of an object whose places are noted.
    const MOST: usize = 64;

    /// Takes an object, unless it has keys that are not among those allowed, or one of them twice.
    /// Those come in two parts.
    pub(super) fn new<'k>(
        object: Item<'d>,
        allowed: impl Iterator<Item = (&'k str, &'k str)> + Clone,
        at: &At<'_>,
    ) -> Result<Self, JsonError> {
        let mut in_order = true;
        let mut seen = [0_u64; 4];
        let mut places = [u8::MAX; Self::MOST];
        let mut rest = allowed.clone().enumerate();
        for (index, Member { key, .. }) in object.members().enumerate() {
            let is_it = |(_, (name, more)): &(usize, (&str, &str))| is(key, name, more);
            let mut found = rest.by_ref().find(is_it);
            if found.is_none() {
                in_order = false;
                rest = allowed.clone().enumerate();
                found = rest.by_ref().find(is_it);
            }
            let Some((place, _)) = found else {
                return Err(at.key(key).error(MalformedKind::UnknownKey {
                    allowed: allowed
                        .map(|(name, more)| [name, more].concat())
                        .collect::<Vec<_>>()
                        .join(", "),
                }));
            };
            let bit = 1_u64 << (place % 64);
            match seen.get_mut(place / 64) {
                Some(seen) if *seen & bit == 0 => *seen |= bit,
                _ => return Err(at.key(key).error(MalformedKind::Twice)),
            }
            match (places.get_mut(index), u8::try_from(place)) {
                (Some(noted), Ok(place)) => *noted = place,
                _ => in_order = false,
            }
        }
        Ok(Self {
            object,
            members: in_order.then(|| object.members()),
            places,
            taken: 0,
            place: 0,
        })
    }

    /// Takes the member with a key, given in two parts.
    #[inline]
    pub(super) fn take(&mut self, name: &str, more: &str) -> Option<Item<'d>> {
        let Some(members) = &mut self.members else {
            let mut members = self.object.members();
            let found = members.find(|member| is(member.key, name, more));
            return found.map(|member| member.value);
        };
        let place = self.place;
        self.place = place.saturating_add(1);
        if self.places.get(self.taken) != Some(&place) {
            return None;
        }
        self.taken = self.taken.saturating_add(1);
        let member = members.next()?;
        debug_assert!(is(member.key, name, more), "keys are taken in their order");
        Some(member.value)
    }

    /// Finds the member with a key, at any place.
    pub(super) fn find(&self, key: &str) -> Option<Item<'d>> {
        self.object.get(key)
    }
}

/// Returns whether a key is made of a name and what follows it, which mostly is nothing.
fn is(key: &str, name: &str, more: &str) -> bool {
    if more.is_empty() {
        return same(key.as_bytes(), name.as_bytes());
    }
    key.len() == name.len().wrapping_add(more.len()) && key.strip_prefix(name) == Some(more)
}

/// `CSQs[2].CSQState`.
impl fmt::Display for At<'_> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            At::Top(_) => Ok(()),
            At::Key(At::Top(_), key) => f.write_str(key),
            At::Key(above, key) => write!(f, "{above}.{key}"),
            At::Element(above, index) => write!(f, "{above}[{index}]"),
        }
    }
}

/// Returns a JSON value for an error, shortened.
fn shortened(value: Item<'_>) -> String {
    const MOST: usize = 60;
    let text = serde_json::to_string(&value).unwrap_or_default();
    match text.char_indices().nth(MOST) {
        Some((at, _)) => [text.get(..at).unwrap_or_default(), "…"].concat(),
        None => text,
    }
}

/// Returns the first names of a table, for an error.
#[cold]
fn first_names(table: &ValueTable) -> String {
    const MOST: usize = 16;
    let mut names = table.values.iter().filter_map(|row| row.name);
    let mut first = names.by_ref().take(MOST).collect::<Vec<_>>();
    first.extend(names.next().map(|_| "…"));
    first.join(", ")
}
