//! Errors and findings as objects, for logs that are JSON.

use core::fmt::Display;

use serde::ser::SerializeMap as _;
use serde::{Serialize, Serializer};

use super::JsonError;
use crate::mhdr::check::Finding;
use crate::mhdr::error::{DecodeError, EncodeError, FieldName, FrameError, TypeName};

/// Serializes as the name, or as the number where there is none.
impl Serialize for TypeName {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        match self.name {
            Some(name) => serializer.serialize_str(name),
            None => serializer.serialize_u32(self.number),
        }
    }
}

/// Serializes as it displays.
impl Serialize for FieldName {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        serializer.collect_str(self)
    }
}

/// An object of the parts of an error.
fn parts<S: Serializer>(
    serializer: S,
    message: TypeName,
    name: Option<&str>,
    field: FieldName,
    offset: Option<usize>,
    text: &dyn Display,
) -> Result<S::Ok, S::Error> {
    let mut object = serializer.serialize_map(None)?;
    object.serialize_entry("message", &message)?;
    if let Some(name) = name {
        object.serialize_entry("name", name)?;
    }
    object.serialize_entry("field", &field)?;
    if let Some(offset) = offset {
        object.serialize_entry("offset", &offset)?;
    }
    object.serialize_entry("text", &Text(text))?;
    object.end()
}

struct Text<'t>(&'t dyn Display);

impl Serialize for Text<'_> {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        serializer.collect_str(self.0)
    }
}

/// Serializes as `{"message":…,"field":…,"offset":…,"text":…}`.
impl Serialize for DecodeError {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        let offset = Some(self.offset);
        parts(
            serializer,
            self.message,
            None,
            self.field,
            offset,
            &self.kind,
        )
    }
}

/// Serializes as `{"message":…,"field":…,"text":…}`.
impl Serialize for EncodeError {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        parts(serializer, self.message, None, self.field, None, &self.kind)
    }
}

/// Serializes as `{"message":…,"name":…,"field":…,"offset":…,"text":…}`.
impl Serialize for Finding {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        let (name, offset) = (Some(self.kind.name()), Some(self.offset));
        parts(
            serializer,
            self.message,
            name,
            self.field,
            offset,
            &self.kind,
        )
    }
}

/// Serializes as it displays.
impl Serialize for FrameError {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        serializer.collect_str(self)
    }
}

/// Serializes as it displays.
impl Serialize for JsonError {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        serializer.collect_str(self)
    }
}
