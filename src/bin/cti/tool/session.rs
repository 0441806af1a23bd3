//! The version of a session: from an `OPEN_REQ`, from the user, or from the frames.

use cti_codec::ccx::dump::{Left, LeftWhy, TextFields, TextMessage};
use cti_codec::ccx::{DecodeError, Frame, Message, MessageType, OpenReq, Version};

/// The version in which the frames of a session are read.
#[derive(Clone, Copy, Debug)]
pub(crate) struct Session {
    version: Version,
    /// Whether the user or a frame has determined it.
    told: bool,
}

/// A frame as read in the version that fits.
pub(crate) struct Read<'a> {
    pub(crate) version: Version,
    pub(crate) message: Result<Message<'a>, DecodeError>,
    /// A remark about the version.
    pub(crate) remark: Option<String>,
}

impl Session {
    pub(crate) fn new(version: Option<Version>) -> Self {
        Self {
            version: version.unwrap_or(Version::V14),
            told: version.is_some(),
        }
    }

    /// Decodes a frame of the session, and learns the version from it.
    pub(crate) fn read<'a>(&mut self, frame: &'a Frame) -> Read<'a> {
        if frame.message_type() == MessageType::OPEN_REQ {
            return self.open(frame);
        }
        let message = frame.decode(self.version);
        if self.told {
            return Read {
                version: self.version,
                message,
                remark: None,
            };
        }
        let other = if self.version.has_wide_ids() {
            Version::V14
        } else {
            Version::V18
        };
        let there = frame.decode(other);
        let fits = |message: &Result<Message<'_>, DecodeError>, version| {
            message.is_ok()
                && frame.floating_fields(version).next().is_some()
                && unlisted(frame, version) == 0
        };
        match (fits(&message, self.version), fits(&there, other)) {
            (true, false) => self.told = true,
            (false, true) if message.is_err() || unlisted(frame, self.version) > 0 => {
                self.version = other;
                self.told = true;
                let width = if other.has_wide_ids() {
                    "two bytes"
                } else {
                    "one byte"
                };
                return Read {
                    version: other,
                    message: there,
                    remark: Some(format!(
                        "read as version {other}, as its fields have ids of {width} \
                         and no OPEN_REQ told; --version says otherwise"
                    )),
                };
            }
            _ => {}
        }
        Read {
            version: self.version,
            message,
            remark: None,
        }
    }

    /// Reads a message that was printed as text, which does not show the width of ids; `None` for
    /// one of another protocol.
    pub(crate) fn read_text(&mut self, message: &TextMessage) -> Option<(Version, TextFields)> {
        if let Some(version) = message.requested_version() {
            self.version = version;
            self.told = true;
        }
        let fields = message.fields(self.version)?;
        let newer = |left: &Left| left.why == LeftWhy::NotInVersion;
        if !self.told && fields.left.iter().any(newer) {
            return Some((Version::V18, message.fields(Version::V18)?));
        }
        Some((self.version, fields))
    }

    /// Reads an `OPEN_REQ` in the version that it asks for; if that makes no sense, in the previous
    /// one.
    fn open<'a>(&mut self, frame: &'a Frame) -> Read<'a> {
        let before = self.version;
        let number = asked_number(frame.message_type(), frame.body());
        let known = number.and_then(Version::new);
        let remark = number.filter(|_| known.is_none()).map(|number| {
            let sister = if number > 18 {
                "; 19 and above are of the sister protocol of CTI Server, GED-188"
            } else {
                ""
            };
            format!("VersionNumber {number} is not of this protocol, which has 10 to 18{sister}")
        });
        let asked = known.unwrap_or(before);
        if known.is_some() {
            self.version = asked;
            self.told = true;
        }
        let mut read = Read {
            version: asked,
            message: frame.decode(asked),
            remark,
        };
        if asked.has_wide_ids() != before.has_wide_ids() && !makes_sense(&read.message) {
            let other = frame.decode(before);
            if makes_sense(&other) {
                read.version = before;
                read.message = other;
            }
        }
        read
    }
}

/// Returns the number of floating fields of a frame that its type does not list.
fn unlisted(frame: &Frame, version: Version) -> usize {
    let Some(layout) = frame.message_type().layout() else {
        return 0;
    };
    frame
        .floating_fields(version)
        .filter(|field| {
            !field
                .as_ref()
                .is_ok_and(|field| layout.field(field.id).is_some())
        })
        .count()
}

/// Returns the `VersionNumber` of an `OPEN_REQ`.
pub(crate) fn asked_number(message_type: MessageType, body: &[u8]) -> Option<u32> {
    if message_type != MessageType::OPEN_REQ {
        return None;
    }
    let number = body.get(4..)?.first_chunk()?;
    Some(u32::from_be_bytes(*number))
}

/// Returns whether a decoded OPEN_REQ has no fields that come of a wrong width of FieldDataID.
fn makes_sense(decoded: &Result<Message<'_>, DecodeError>) -> bool {
    matches!(decoded, Ok(Message::OpenReq(OpenReq { unlisted, .. })) if unlisted.is_empty())
}
