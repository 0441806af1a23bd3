//! Messages that own their content.
use alloc::sync::Arc;
use core::fmt;

use super::{DesktopMessage, MessageError, MessageType};
use crate::gsw::attached_data::{AttachedData, AttachedDataBuf};

/// A message that owns its content, for channels, tasks and caches: `Send`, `'static`, and cheap to
/// clone. Read it as often as you like with [`get`](Self::get).
///
/// ```
/// use cti_codec::gsw::messages::{OwnedMessage, RecordProcessedAcknowledge};
/// use cti_codec::gsw::{DesktopMessage, MessageType};
///
/// let done = RecordProcessedAcknowledge { record_handle: Some(283), ..Default::default() };
/// let kept = OwnedMessage::from(&DesktopMessage::from(done));
/// let other = kept.clone();
/// std::thread::spawn(move || assert_eq!(other.get().record_handle(), Some(283)));
/// assert_eq!(kept.message_type(), MessageType::RecordProcessedAcknowledge);
/// ```
#[derive(Clone, PartialEq, Eq, Hash)]
pub struct OwnedMessage {
    message_type: MessageType,
    data: Arc<AttachedDataBuf>,
}

impl OwnedMessage {
    /// Takes ownership of a list that is a message.
    ///
    /// # Errors
    /// Fails if the list is no message of the manual, or has a value of the wrong type.
    pub fn new(data: AttachedDataBuf) -> Result<Self, MessageError> {
        let message_type = DesktopMessage::from_attached_data(&data)?.message_type();
        Ok(OwnedMessage {
            message_type,
            data: Arc::new(data),
        })
    }

    /// Returns the message, borrowed.
    #[must_use]
    pub fn get(&self) -> DesktopMessage<'_> {
        // `new` has refused every list that would fail here.
        self.message_type.read(self.data.view()).0
    }

    /// Returns the type of the message.
    #[must_use]
    pub fn message_type(&self) -> MessageType {
        self.message_type
    }

    /// Returns the list as it was received.
    #[must_use]
    pub fn data(&self) -> AttachedData<'_> {
        self.data.view()
    }
}

impl From<&DesktopMessage<'_>> for OwnedMessage {
    fn from(message: &DesktopMessage<'_>) -> Self {
        OwnedMessage {
            message_type: message.message_type(),
            data: Arc::new(message.to_attached_data_as_received()),
        }
    }
}

/// Serializes as its attached data does.
#[cfg(feature = "serde")]
impl serde::Serialize for OwnedMessage {
    fn serialize<S: serde::Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        serde::Serialize::serialize(&*self.data, serializer)
    }
}

impl fmt::Debug for OwnedMessage {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        self.get().fmt(f)
    }
}
