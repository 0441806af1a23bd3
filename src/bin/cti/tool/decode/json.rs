//! Frames as JSON, one object to a line.

use std::io::{self, Write};

use cti_codec::ccx::json::Object;
use cti_codec::ccx::{DecodeError, Finding, Frame, Message, RawMessage, Version};
use serde::ser::{Serialize, Serializer};

use super::super::escaped;
use super::super::run::hex;
use super::super::secrets::{self, HIDDEN};

/// A line: the object of the message, and the members beside it.
#[derive(serde::Serialize)]
struct Line<'a, E> {
    #[serde(flatten)]
    message: Shown<'a>,
    /// Where the bytes do not follow from the fields.
    #[serde(skip_serializing_if = "Option::is_none")]
    body: Option<Hex<'a>>,
    #[serde(skip_serializing_if = "Option::is_none")]
    error: Option<String>,
    #[serde(flatten)]
    extra: &'a E,
    #[serde(skip_serializing_if = "Option::is_none")]
    findings: Option<Vec<Found<'a>>>,
}

#[derive(serde::Serialize)]
#[serde(untagged)]
enum Shown<'a> {
    Object(&'a Object<'a>),
    /// A message that cannot be decoded, and may hold a password.
    Hidden {
        #[serde(skip_serializing_if = "Option::is_none")]
        message: Option<&'static str>,
        id: u32,
        length: usize,
        hex: &'static str,
    },
}

/// The words of a log about a message.
#[derive(Default, serde::Serialize)]
pub(super) struct LogOf {
    #[serde(skip_serializing_if = "Option::is_none")]
    pub(super) log: Option<serde_json::Map<String, serde_json::Value>>,
}

/// `{"hex":"…"}`.
#[derive(serde::Serialize)]
struct Hex<'a> {
    #[serde(serialize_with = "digits")]
    hex: &'a [u8],
}

fn digits<S: Serializer>(bytes: &[u8], serializer: S) -> Result<S::Ok, S::Error> {
    serializer.serialize_str(&hex(bytes))
}

struct Found<'a>(&'a Finding);

impl Serialize for Found<'_> {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        use serde::ser::SerializeMap as _;
        let finding = self.0;
        let mut object = serializer.serialize_map(Some(4))?;
        object.serialize_entry("name", finding.kind.name())?;
        object.serialize_entry("field", &finding.field.to_string())?;
        object.serialize_entry("offset", &finding.offset)?;
        object.serialize_entry("text", &finding.kind.to_string())?;
        object.end()
    }
}

/// Writes a frame as an object, with the members of another.
pub(super) fn write(
    out: &mut impl Write,
    frame: &Frame,
    version: Version,
    decoded: &Result<Message<'_>, DecodeError>,
    findings: Option<&[Finding]>,
    extra: &impl Serialize,
    show_secrets: bool,
) -> io::Result<()> {
    let length = frame.body().len();
    let message_type = frame.message_type();
    let may_hide = !show_secrets && secrets::may_hold(message_type);
    let mut body = None;
    let object;
    let message = match decoded {
        Ok(message) => {
            let (message, hidden) = if may_hide {
                secrets::hide(message)
            } else {
                (*message, false)
            };
            object = Object { length, message };
            if !hidden && !object.comes_back(version) {
                // Texts without NUL, or elements that only a stranger between them keeps apart.
                // Another order of the floating fields means nothing, so it is not told.
                body = Some(Hex { hex: frame.body() });
            }
            Shown::Object(&object)
        }
        Err(_) if may_hide => Shown::Hidden {
            message: message_type.name(),
            id: message_type.0,
            length,
            hex: HIDDEN,
        },
        // As a message that is not known better, so that its bytes are not lost.
        Err(_) => {
            let body = frame.body();
            let message = Message::Raw(RawMessage { message_type, body });
            object = Object { length, message };
            Shown::Object(&object)
        }
    };
    let line = Line {
        message,
        body,
        error: decoded.as_ref().err().map(ToString::to_string),
        extra,
        findings: findings.map(|findings| findings.iter().map(Found).collect()),
    };
    escaped::line(out, &line)
}
