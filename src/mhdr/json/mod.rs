//! Messages as JSON, there and back: the object that [`ccx::json`](crate::ccx::json) describes, for
//! any dialect.

mod document;
mod error;
mod faults;
mod pack;
mod read;
mod size;
mod write;

pub use document::Document;
pub use error::{JsonError, Malformed, MalformedKind};
pub use read::{Packed, read, read_strict};
pub use write::Object;

pub(crate) use write::{write, write_element};

const MESSAGE: &str = "message";
const ID: &str = "id";
const LENGTH: &str = "length";
const FIELDS: &str = "fields";
const UNLISTED: &str = "unlisted";
const HEX: &str = "hex";
const INDEX: &str = "index";
const NAME: &str = "name";
const VALUE: &str = "value";
/// The suffix to a BOOL's name for a size other than the usual one.
const SIZE: &str = "Size";
