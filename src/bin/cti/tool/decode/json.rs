//! Frames as JSON, one object to a line.

use std::io::{self, Write};

use bytes::BytesMut;
use cti_codec::ccx::json::{self, Object};
use cti_codec::ccx::{DecodeError, Finding, Frame, Message, RawMessage, Version};
use serde_json::{Map, Value, json};

use super::super::run::hex;
use super::super::secrets;

/// Writes a frame as an object.
pub(super) fn write(
    out: &mut impl Write,
    frame: &Frame,
    version: Version,
    decoded: &Result<Message<'_>, DecodeError>,
    findings: Option<Vec<Finding>>,
    extra: Map<String, Value>,
    show_secrets: bool,
) -> io::Result<()> {
    let length = frame.body().len();
    let (message, hidden) = match decoded {
        Ok(message) if !show_secrets => secrets::hide(message),
        Ok(message) => (*message, false),
        // As a message that is not known better, so that its bytes are not lost.
        Err(_) => {
            let hidden = !show_secrets && secrets::may_hold(frame.message_type());
            let raw = RawMessage {
                message_type: frame.message_type(),
                body: if hidden { b"" } else { frame.body() },
            };
            (Message::Raw(raw), hidden)
        }
    };
    let mut object = serde_json::to_value(Object { length, message })?;
    let mut packed = BytesMut::new();
    let comes_back = hidden
        || decoded.is_err()
        || json::read(&object, version, &mut packed).is_ok() && packed.len() == frame.bytes().len();
    if let Some(object) = object.as_object_mut() {
        if !comes_back {
            // Texts without NUL, or elements that only a stranger between them keeps apart.
            // Another order of the floating fields means nothing, so it is not told.
            object.insert("body".into(), json!({ "hex": hex(frame.body()) }));
        }
        if let Err(error) = decoded {
            if hidden {
                object.insert("hex".into(), secrets::HIDDEN.into());
            }
            object.insert("error".into(), error.to_string().into());
        }
        object.extend(extra);
        if let Some(findings) = findings {
            let findings = findings.iter().map(|finding| {
                json!({
                    "name": finding.kind.name(),
                    "field": finding.field.to_string(),
                    "offset": finding.offset,
                    "text": finding.kind.to_string(),
                })
            });
            object.insert("findings".into(), findings.collect());
        }
    }
    serde_json::to_writer(&mut *out, &object)?;
    writeln!(out)
}
