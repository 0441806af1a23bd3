//! A frame with the version that it is read in.

use crate::ccx::{DecodeError, Frame, Message, MessageType, Version};

/// A frame as it was received, with the version of its session: what to keep, queue and hand to
/// another task, as it owns its bytes.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct Received {
    /// The frame.
    pub frame: Frame,
    /// The version to decode it in.
    pub version: Version,
}

impl Received {
    /// The type that the header names.
    #[must_use]
    pub fn message_type(&self) -> MessageType {
        self.frame.message_type()
    }

    /// Decodes the message, which borrows from the frame.
    ///
    /// # Errors
    /// It does not decode.
    pub fn message(&self) -> Result<Message<'_>, DecodeError> {
        self.frame.decode(self.version)
    }
}
