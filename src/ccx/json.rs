//! Messages as JSON, there and back.
//!
//! A message is one object. [`Object`] writes it, [`read`] packs it into a frame again:
//!
//! ```
//! use bytes::BytesMut;
//! use cti_codec::ccx::json::{self, Object, Packed};
//! use cti_codec::ccx::{Frame, Version};
//!
//! let frame = Frame::new([0, 0, 0, 4, 0, 0, 0, 5, 0, 0, 0, 7].as_slice()).unwrap();
//! let message = frame.decode(Version::V14).unwrap();
//! let object = serde_json::to_value(Object { length: frame.body().len(), message }).unwrap();
//! assert_eq!(
//!     object.to_string(),
//!     r#"{"message":"HEARTBEAT_REQ","id":5,"length":4,"fields":{"InvokeID":7}}"#
//! );
//!
//! let mut out = BytesMut::new();
//! assert_eq!(json::read(&object, Version::V14, &mut out), Ok(Packed::AsReceived(None)));
//! assert_eq!(out, *frame.bytes());
//! ```
//!
//! From text, a [`Document`] is read and packed. It keeps no tree: reading takes at most 20 times the
//! memory of the text, writing none. Any serializer and deserializer will do that describes its values,
//! such as one for CBOR.
//!
//! # The object
//!
//! | key | |
//! | --- | --- |
//! | `message` | the name of the type; left out where the type has none |
//! | `id` | the number of the type |
//! | `length` | `BodyLength`; only where the message was received |
//! | `fields` | the fields, in table order, under the guide's names |
//! | `unlisted` | `[{"id":97,"hex":"03040506"}]`: fields that the table does not list, if any |
//! | `hex` | in place of `fields`: the body of a message that has no struct |
//!
//! A field that is absent is left out. The values:
//!
//! | type | JSON |
//! | --- | --- |
//! | a code | its name in the guide, or the number where it has none |
//! | a mask | an array of the names of its bits, and a number for the bits that have none |
//! | other numbers, TIME | a number |
//! | BOOL | `true` for 1, `false` for 0, other values as a number |
//! | STRING | a string without the terminating NUL, or `{"hex":"…"}` where it is not UTF-8 |
//! | UNSPEC | `{"hex":"…"}` |
//! | NAMEDVAR | an element of `NamedVariables`: `{"name":…,"value":…}` |
//! | NAMEDARRAY | an element of `NamedArrays`: `{"index":…,"name":…,"value":…}` |
//! | other lists | an array of objects under the list's name, keyed by the guide's names |
//!
//! Read, the keys may stand in any order, but none twice; a code may also be a number or the constant's
//! name (`READY`), a mask a number, and a BOOL a number.
//!
//! Passwords are written as they are, since the object is to come back. For what people read,
//! [`Message::redacted`] hides them first.
//!
//! # What makes the bytes come back
//!
//! A frame whose floating part is in table order, and whose texts each end in NUL, comes back byte
//! for byte; one in another order comes back in table order, and a text without its NUL with one:
//! [`Object::comes_back`](crate::mhdr::json::Object::comes_back) tells which do. So whatever a table does not settle is shown:
//!
//! - Counts stand under their names in the guide, as they came.
//! - A reserved field of the fixed part is left out only where it has the value that the guide
//!   prescribes.
//! - A reserved floating field is shown whenever it is present, as it may just as well be absent.
//!   Only where the guide requires it is its usual state the other way round: it is left out where
//!   it is present with the prescribed value, and `null` where it is absent.
//! - `AutoWork` is a BOOL that may come in four bytes; `"AutoWorkSize":4` beside it says so.

use serde::{Serialize, Serializer};

use super::registry::Message;
use super::version::Version;
use crate::mhdr::json::write;

pub use crate::mhdr::json::{
    Document, JsonError, Malformed, MalformedKind, Packed, read, read_strict,
};

/// A message as it was received: see [`json::Object`](crate::mhdr::json::Object).
pub type Object<'a> = crate::mhdr::json::Object<'a, Version>;

/// One object, as the module [`json`](self) describes it, without `length`.
impl Serialize for Message<'_> {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        write::<Version, S>(self, None, serializer)
    }
}
