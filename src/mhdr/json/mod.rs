//! Messages as JSON, there and back: the object that [`ccx::json`](crate::ccx::json) describes, for
//! any dialect.

mod error;
mod read;
mod write;

use alloc::string::String;
use core::ops::RangeInclusive;

use super::layout::{FieldRow, FixedRow, Kind, Required, Reserved};

pub use error::{JsonError, Malformed, MalformedKind};
pub use read::{Packed, read, read_strict};
pub use write::Object;

pub(crate) use write::print;

const MESSAGE: &str = "message";
const ID: &str = "id";
const LENGTH: &str = "length";
const FIELDS: &str = "fields";
const UNLISTED: &str = "unlisted";
const HEX: &str = "hex";
const INDEX: &str = "index";
const NAME: &str = "name";
const VALUE: &str = "value";
/// What follows a BOOL's name where its size is not the usual one.
const SIZE: &str = "Size";

/// What a field of the fixed part has where nothing is said of it.
fn usual(row: &FixedRow) -> i64 {
    let printed = i64::from(row.usual);
    if range(row.kind, row.size()).contains(&printed) {
        printed
    } else {
        0
    }
}

/// The value with which a floating field is there unless something else is said: the guide both
/// requires and prescribes it.
fn prescribed(row: &FieldRow) -> Option<u32> {
    match (row.required, row.reserved, row.kind.size()) {
        (Required::Yes, Some(Reserved::Number(printed)), Some(_)) => Some(printed),
        _ => None,
    }
}

/// The name under which the size of a BOOL stands, if it is not the usual one.
fn size_key(row: &FieldRow) -> String {
    [row.name, SIZE].concat()
}

/// The numbers that a type can hold.
fn range(kind: Kind, size: usize) -> RangeInclusive<i64> {
    match (kind, size) {
        (Kind::Int, _) => i32::MIN.into()..=i32::MAX.into(),
        (_, 1) => 0..=u8::MAX.into(),
        (_, 2) => 0..=u16::MAX.into(),
        _ => 0..=u32::MAX.into(),
    }
}
