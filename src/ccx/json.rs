//! Messages as JSON, in both directions.
//!
//! A message is one object. [`Object`] writes it, [`read`] encodes it as a frame again:
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
//! To encode text, read a [`Document`] first. It keeps no tree: reading takes at most 20 times the
//! memory of the text, writing none. Any self-describing serializer and deserializer works, such as
//! one for CBOR.
//!
//! # The object
//!
//! | key | |
//! | --- | --- |
//! | `message` | the name of the type; omitted if the type has none |
//! | `id` | the number of the type |
//! | `length` | `BodyLength`; only for received messages |
//! | `fields` | the fields, in table order, under the guide's names |
//! | `unlisted` | `[{"id":97,"hex":"03040506"}]`: fields that the table does not list, if any |
//! | `hex` | in place of `fields`: the body of a message without a struct |
//!
//! An absent field is omitted. The values:
//!
//! | type | JSON |
//! | --- | --- |
//! | a code | its name in the guide, or the number if it has none |
//! | a mask | an array of the names of its bits, with a number for the unnamed bits |
//! | other numbers, TIME | a number |
//! | BOOL | `true` for 1, `false` for 0, other values as a number |
//! | STRING | a string without the terminating NUL, or `{"hex":"…"}` where it is not UTF-8 |
//! | UNSPEC | `{"hex":"…"}` |
//! | NAMEDVAR | an element of `NamedVariables`: `{"name":…,"value":…}` |
//! | NAMEDARRAY | an element of `NamedArrays`: `{"index":…,"name":…,"value":…}` |
//! | other lists | an array of objects under the list's name, keyed by the guide's names |
//!
//! On reading, the keys may be in any order, but none twice; a code may also be a number or the
//! constant's name (`READY`), a mask a number, and a BOOL a number.
//!
//! Passwords are written in clear, so that the object can be encoded again. For people to read,
//! hide them first with [`Message::redacted`].
//!
//! # Byte-exact round trips
//!
//! A frame whose floating part is in table order, and whose texts all end in NUL, returns byte for
//! byte; a frame in another order returns in table order, and a text without its NUL with one.
//! [`Object::comes_back`](crate::mhdr::json::Object::comes_back) detects such frames. The object
//! shows everything that a table does not settle:
//!
//! - Counts appear under their names in the guide, as received.
//! - A reserved field of the fixed part is omitted only if it has the value that the guide
//!   prescribes.
//! - A reserved floating field is shown whenever it is present, since it may equally be absent.
//!   If the guide requires it, its usual state is the reverse: it is omitted if present with the
//!   prescribed value, and `null` if absent.
//! - `AutoWork` is a BOOL that may come in four bytes, which `"AutoWorkSize":4` beside it indicates.

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
