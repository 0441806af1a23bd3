//! Messages written as a capture.

use std::io::{self, Write};
use std::sync::Arc;

use cti_codec::capture::{Item, Message, Session, Side, Stamp, Unreadable};
use cti_codec::ccx::redact::without_passwords;
use cti_codec::ccx::{Frame, Version};

use super::super::packets::side;
use super::Decode;

impl<W: Write> Decode<W> {
    /// Writes a message of a log or a stream, as one of a session that is made up.
    pub(super) fn packet_of(&mut self, frame: &Frame, version: Version) -> io::Result<()> {
        let frame = self.for_packet(frame, version);
        self.writer
            .message(None, side(frame.message_type()), frame.bytes());
        self.packets_out()
    }

    /// Writes a message of a capture.
    pub(super) fn packet(&mut self, message: &Message) -> io::Result<()> {
        let frame = self.for_packet(&message.frame, message.version);
        self.writer.session(&message.session);
        self.writer
            .message(message.stamp.time, message.from, frame.bytes());
        self.packets_out()
    }

    /// Writes the items between messages, without connections of other protocols.
    pub(super) fn packet_item(&mut self, item: &Item) -> io::Result<()> {
        match item {
            Item::Missing(missing) => {
                let session = self.disguised_session(&missing.session);
                self.gap(&missing.stamp, &session, missing.from, missing.bytes);
            }
            Item::Unreadable {
                stamp,
                session,
                from,
                what,
            } => {
                let shown = self.disguised_session(session);
                match what {
                    Unreadable::Partial { bytes } => {
                        let versions = &self.versions;
                        let version = versions.get(&session.number).copied();
                        let bytes = self.disguised_bytes(bytes, version.unwrap_or_default());
                        self.writer.session(&shown);
                        self.writer.message(stamp.time, *from, &bytes);
                    }
                    Unreadable::Unaligned { bytes } | Unreadable::TooLong { bytes, .. } => {
                        self.gap(stamp, &shown, *from, *bytes);
                    }
                    _ => {}
                }
            }
            Item::Closed {
                stamp,
                session,
                closed,
            } => {
                let session = self.disguised_session(session);
                self.writer.session(&session);
                self.writer.close(stamp.time, *closed);
            }
            _ => {}
        }
        self.packets_out()
    }

    fn gap(&mut self, stamp: &Stamp, session: &Arc<Session>, from: Side, bytes: u64) {
        self.writer.session(session);
        self.writer.missing(stamp.time, from, bytes);
    }

    fn for_packet(&self, frame: &Frame, version: Version) -> Frame {
        if self.args.show_secrets || self.redact.is_some() {
            frame.clone()
        } else {
            without_passwords(frame, version)
        }
    }

    fn packets_out(&mut self) -> io::Result<()> {
        let bytes = self.writer.take();
        self.out.write_all(&bytes)
    }
}
