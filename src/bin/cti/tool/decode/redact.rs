//! Stand-ins for personal data, in all output.

use std::io::Write;
use std::net::SocketAddr;
use std::sync::Arc;

use cti_codec::capture::Session;
use cti_codec::ccx::dump::Log;
use cti_codec::ccx::redact::{Originals, Redactor};
use cti_codec::ccx::{Frame, Version};

use super::Decode;

/// The personal data that are known.
pub(super) enum Redact {
    /// The input is seen for the first time.
    Learning(Box<Originals>),
    Ready(Box<Redactor>),
}

impl Default for Redact {
    fn default() -> Self {
        Self::Learning(Box::default())
    }
}

impl<W: Write> Decode<W> {
    /// Looks at a frame for the first time.
    pub(super) fn learn_frame(&mut self, frame: &[u8], version: Version) {
        if let Some(Redact::Learning(originals)) = &mut self.redact {
            originals.learn_bytes(frame, version);
        }
    }

    pub(super) fn learn_session(&mut self, session: &Session) {
        if let Some(Redact::Learning(originals)) = &mut self.redact {
            originals.learn_address(session.client.ip());
            originals.learn_address(session.server.ip());
        }
    }

    pub(super) fn learn_text(&mut self, text: &str) {
        if let Some(Redact::Learning(originals)) = &mut self.redact {
            originals.learn_text(text.as_bytes());
        }
    }

    /// All has been seen once. Gives back how many stand-ins are texts of somebody else.
    pub(super) fn choose_stand_ins(&mut self) -> usize {
        let key = self.args.redact_key.as_deref().map(str::as_bytes);
        match self.redact.take() {
            Some(Redact::Learning(originals)) => {
                let redactor = originals.redactor(key);
                let collisions = redactor.collisions();
                self.redact = Some(Redact::Ready(Box::new(redactor)));
                collisions
            }
            other => {
                self.redact = other;
                0
            }
        }
    }

    fn redactor(&self) -> Option<&Redactor> {
        match &self.redact {
            Some(Redact::Ready(redactor)) => Some(redactor),
            _ => None,
        }
    }

    /// A frame as it may be shown.
    pub(super) fn disguised(&self, frame: &Frame, version: Version) -> Frame {
        match self.redactor() {
            Some(redactor) => redactor.frame(frame, version),
            None => frame.clone(),
        }
    }

    /// The bytes of a frame whose end is missing, as they may be shown.
    pub(super) fn disguised_bytes(&self, bytes: &[u8], version: Version) -> Vec<u8> {
        match self.redactor() {
            Some(redactor) => redactor.bytes(bytes, version),
            None => bytes.to_vec(),
        }
    }

    pub(super) fn disguised_end(&self, end: SocketAddr) -> SocketAddr {
        self.redactor().map_or(end, |redactor| redactor.end(end))
    }

    pub(super) fn disguised_session(&self, session: &Arc<Session>) -> Arc<Session> {
        if self.redactor().is_none() {
            return Arc::clone(session);
        }
        Arc::new(Session {
            client: self.disguised_end(session.client),
            server: self.disguised_end(session.server),
            ..Session::clone(session)
        })
    }

    /// A text that is personal as a whole.
    pub(super) fn disguised_name(&self, name: &str) -> String {
        match self.redactor() {
            Some(redactor) => {
                String::from_utf8_lossy(&redactor.personal(name.as_bytes())).into_owned()
            }
            None => name.to_owned(),
        }
    }

    /// Returns the words of a log about a message, as they may be shown.
    pub(super) fn disguised_log(&self, log: &Log) -> Log {
        Log {
            address: log
                .address
                .as_deref()
                .map(|address| self.disguised_name(address)),
            ..log.clone()
        }
    }

    /// A text that may have something personal in it.
    pub(super) fn disguised_text(&self, text: &str) -> String {
        match self.redactor() {
            Some(redactor) => redactor.text(text).into_owned(),
            None => text.to_owned(),
        }
    }
}
