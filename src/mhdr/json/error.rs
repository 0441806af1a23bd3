//! What can be wrong with an object, and where.

use alloc::borrow::ToOwned;
use alloc::string::{String, ToString};
use alloc::vec::Vec;
use core::fmt;

use serde_json::{Map, Value as Json};
use thiserror::Error;

use super::{HEX, range};
use crate::mhdr::error::{DecodeError, EncodeError, TypeName, Versions};
use crate::mhdr::layout::{Kind, ValueTable};

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

/// Where an object is not that of a message, and why.
///
/// Displays as `AGENT_STATE_EVENT.CSQs[2].CSQState: must be …`.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct Malformed {
    /// The type of the message, if the object got that far.
    pub message: Option<TypeName>,
    /// The place in the object, such as `CSQs[2].CSQState`. What is under `fields` is named without
    /// that word. Empty for the object itself.
    pub path: String,
    /// What is wrong there.
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

/// What is wrong with a place in an object.
#[derive(Clone, PartialEq, Eq, Debug, Error)]
#[non_exhaustive]
pub enum MalformedKind {
    /// A JSON value of another sort than belongs here.
    #[error("must be {expected}, is {found}")]
    WrongForm {
        /// What belongs here.
        expected: &'static str,
        /// What is here, shortened.
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
        /// What is here, shortened.
        found: String,
    },
    /// A number of bytes that the field cannot have.
    #[error("has {length} bytes, must have {expected}")]
    OtherSize {
        /// The number of bytes.
        length: usize,
        /// How many it must be.
        expected: usize,
    },
    /// A field that is longer than `FieldDataLength` can say.
    #[error("takes {length} bytes, {max} are possible")]
    TooLong {
        /// The bytes it would take, terminating NULs included.
        length: usize,
        /// The most it may take.
        max: usize,
    },
    /// A list that is longer than its count can say, or a body than its header.
    #[error("has {length} elements, {max} are possible")]
    TooMany {
        /// The elements.
        length: usize,
        /// The most that are possible.
        max: usize,
    },
    /// A NUL in the name of a named variable or array, which it would end.
    #[error("has a NUL within")]
    InnerNul,
    /// A field that the version does not have.
    #[error("{}", Versions(*.since, *.until))]
    NotInVersion {
        /// The first version that has it.
        since: u32,
        /// The last one that has it, where it was dropped.
        until: Option<u32>,
    },
    /// A `FieldDataID` over 255 in a version that writes them in one byte.
    #[error("id {id} needs two bytes, of which this version has one")]
    WideId {
        /// The `FieldDataID`.
        id: u16,
    },
    /// A field under `unlisted` that the table does list. Only a repetition of a field that the
    /// message has belongs there.
    #[error("{name} is listed, it belongs under `fields`")]
    Listed {
        /// The name of the field.
        name: &'static str,
    },
    /// An element without fields, of which nothing would be left on the wire.
    #[error("has no fields")]
    NoFields,
    /// An element that would run into the one before it, as it begins with no field that tells them
    /// apart.
    #[error("cannot be told from the element before it")]
    RunsTogether,
    /// What was packed does not decode.
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

    #[cold]
    pub(super) fn wrong_form(&self, expected: &'static str, found: &Json) -> JsonError {
        self.error(MalformedKind::WrongForm {
            expected,
            found: shortened(found),
        })
    }

    pub(super) fn object<'v>(&self, value: &'v Json) -> Result<&'v Map<String, Json>, JsonError> {
        match value {
            Json::Object(object) => Ok(object),
            _ => Err(self.wrong_form("an object", value)),
        }
    }

    pub(super) fn array<'v>(&self, value: &'v Json) -> Result<&'v [Json], JsonError> {
        match value {
            Json::Array(array) => Ok(array),
            _ => Err(self.wrong_form("an array", value)),
        }
    }

    pub(super) fn string<'v>(&self, value: &'v Json) -> Result<&'v str, JsonError> {
        match value {
            Json::String(string) => Ok(string),
            _ => Err(self.wrong_form("a string", value)),
        }
    }

    /// A member that has to be there.
    pub(super) fn member<'v>(
        &self,
        object: &'v Map<String, Json>,
        key: &str,
    ) -> Result<&'v Json, JsonError> {
        object
            .get(key)
            .ok_or_else(|| At::Key(self, key).error(MalformedKind::Missing))
    }

    /// A number within what so many bytes hold.
    pub(super) fn integer(&self, value: &Json, kind: Kind, size: usize) -> Result<i64, JsonError> {
        let Json::Number(given) = value else {
            return Err(self.wrong_form("a number", value));
        };
        let range = range(kind, size);
        match given.as_i64() {
            Some(number) if range.contains(&number) => Ok(number),
            None if given.is_f64() => Err(self.wrong_form("a whole number", value)),
            _ => Err(self.error(MalformedKind::OutOfRange {
                given: given.to_string(),
                min: *range.start(),
                max: *range.end(),
            })),
        }
    }

    pub(super) fn hex(&self, value: &Json) -> Result<Vec<u8>, JsonError> {
        crate::hex::parse(self.string(value)?).ok_or_else(|| {
            self.error(MalformedKind::NotHex {
                found: shortened(value),
            })
        })
    }

    /// `{"hex":"…"}`.
    pub(super) fn bytes(&self, value: &Json) -> Result<Vec<u8>, JsonError> {
        let object = match value {
            Json::Object(object) => object,
            _ => return Err(self.wrong_form("{\"hex\":\"…\"}", value)),
        };
        self.allow(object, [(HEX, "")].into_iter())?;
        self.key(HEX).hex(self.member(object, HEX)?)
    }

    pub(super) fn text(&self, value: &Json) -> Result<Vec<u8>, JsonError> {
        match value {
            Json::String(text) => Ok(text.as_bytes().to_vec()),
            Json::Object(_) => self.bytes(value),
            _ => Err(self.wrong_form("a string or {\"hex\":\"…\"}", value)),
        }
    }

    /// A number in any of its forms.
    pub(super) fn number(
        &self,
        value: &Json,
        kind: Kind,
        size: usize,
        table: Option<&'static ValueTable>,
    ) -> Result<i64, JsonError> {
        match (value, table) {
            (Json::Number(_), _) => self.integer(value, kind, size),
            (Json::Bool(value), None) if kind == Kind::Bool => Ok((*value).into()),
            (Json::String(name), Some(table)) if !table.mask => self.named(name, kind, size, table),
            (Json::Array(bits), Some(table)) if table.mask => {
                bits.iter().enumerate().try_fold(0, |mask, (index, bit)| {
                    let at = At::Element(self, index);
                    Ok(mask
                        | match bit {
                            Json::String(name) => at.named(name, kind, size, table)?,
                            Json::Number(_) => at.integer(bit, kind, size)?,
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

    /// The number with a name.
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
        self.integer(&number.into(), kind, size)
    }

    /// Refuses keys that are not among those allowed; these come in two parts.
    pub(super) fn allow<'k>(
        &self,
        object: &Map<String, Json>,
        allowed: impl Iterator<Item = (&'k str, &'k str)> + Clone,
    ) -> Result<(), JsonError> {
        let is_allowed = |key: &str| {
            allowed
                .clone()
                .any(|(name, more)| key.strip_prefix(name) == Some(more))
        };
        match object.keys().find(|key| !is_allowed(key)) {
            None => Ok(()),
            Some(key) => Err(self.key(key).error(MalformedKind::UnknownKey {
                allowed: allowed
                    .map(|(name, more)| [name, more].concat())
                    .collect::<Vec<_>>()
                    .join(", "),
            })),
        }
    }
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

/// A JSON value for an error, which need not show all of a long one.
fn shortened(value: &Json) -> String {
    const MOST: usize = 60;
    let text = value.to_string();
    match text.char_indices().nth(MOST) {
        Some((at, _)) => [text.get(..at).unwrap_or_default(), "…"].concat(),
        None => text,
    }
}

/// The names of a table for an error, which need not show all of a long one.
#[cold]
fn first_names(table: &ValueTable) -> String {
    const MOST: usize = 16;
    let mut names = table.values.iter().filter_map(|row| row.name);
    let mut first = names.by_ref().take(MOST).collect::<Vec<_>>();
    first.extend(names.next().map(|_| "…"));
    first.join(", ")
}
