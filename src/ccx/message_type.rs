//! `MessageTypeID`.

use core::fmt;
use core::str::FromStr;

use super::layout::{Class, Layout, SentBy};
use super::messages;
use super::values::{ParseValueError, shared};

/// The type of a message, as the header's `MessageTypeID` gives it.
///
/// Open to types that no table lists. The constants stand beside the messages themselves:
/// `MessageType::OPEN_REQ` is declared with [`OpenReq`](super::OpenReq).
#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct MessageType(pub u32);

/// Types that the guide names without a layout, and those it calls reserved, as Cisco's CTI Server
/// guides name them.
const UNTYPED: &[(MessageType, &str)] = &[
    (MessageType(68), "SET_MSG_WAITING_IND_REQ"),
    (MessageType(69), "SET_MSG_WAITING_IND_CONF"),
    (MessageType(112), "QUERY_AGENT_STATISTICS_REQ"),
    (MessageType(113), "QUERY_AGENT_STATISTICS_CONF"),
    (MessageType(114), "QUERY_SKILL_GROUP_STATISTICS_REQ"),
    (MessageType(115), "QUERY_SKILL_GROUP_STATISTICS_CONF"),
    (MessageType(121), "EMERGENCY_CALL_REQ"),
    (MessageType(122), "EMERGENCY_CALL_CONF"),
    (MessageType(126), "AGENT_TEAM_CONFIG_REQ"),
    (MessageType(127), "AGENT_TEAM_CONFIG_CONF"),
    (MessageType(128), "AGENT_TEAM_CONFIG_EVENT"),
    (MessageType(134), "LIST_AGENT_TEAM_CONF"),
    (MessageType(211), "ROUTE_REGISTER_EVENT"),
    (MessageType(212), "ROUTE_REGISTER_REPLY_EVENT"),
    (MessageType(213), "ROUTE_REQUEST_EVENT"),
    (MessageType(214), "ROUTE_SELECT"),
    (MessageType(215), "ROUTE_END"),
];

impl MessageType {
    /// The tables of this type; `None` for types that are kept raw.
    #[must_use]
    pub fn layout(self) -> Option<&'static Layout> {
        messages::layout(self)
    }

    /// The name of the type in the guide, such as `OPEN_REQ`. Reserved types have the name that
    /// Cisco's CTI Server guides give them.
    #[must_use]
    pub fn name(self) -> Option<&'static str> {
        match self.layout() {
            Some(layout) => Some(layout.name),
            None => UNTYPED
                .iter()
                .find(|(untyped, _)| *untyped == self)
                .map(|(_, name)| *name),
        }
    }

    /// The type with this name; `parse` takes a number, too.
    #[must_use]
    pub fn from_name(name: &str) -> Option<Self> {
        messages::LAYOUTS
            .iter()
            .map(|layout| (layout.message_type, layout.name))
            .chain(UNTYPED.iter().copied())
            .find(|(_, known)| *known == name)
            .map(|(message_type, _)| message_type)
    }

    /// The class that the guide's Table 10 puts the type in.
    #[must_use]
    pub fn class(self) -> Option<Class> {
        self.layout().map(|layout| layout.class)
    }

    /// Who sends messages of this type.
    #[must_use]
    pub fn sent_by(self) -> Option<SentBy> {
        self.layout().map(|layout| layout.sent_by)
    }

    /// Whether messages of this type carry an `InvokeID`.
    #[must_use]
    pub fn has_invoke_id(self) -> bool {
        self.layout()
            .and_then(|layout| layout.fixed.first())
            .is_some_and(|row| row.name == "InvokeID")
    }

    /// The type that confirms a request of this type; `None` if this is no request.
    ///
    /// ```
    /// use cti_codec::ccx::MessageType;
    ///
    /// assert_eq!(MessageType::OPEN_REQ.confirmation(), Some(MessageType::OPEN_CONF));
    /// assert_eq!(MessageType::BEGIN_CALL_EVENT.confirmation(), None);
    /// ```
    #[must_use]
    pub fn confirmation(self) -> Option<Self> {
        self.layout().and_then(|layout| layout.confirmation)
    }

    /// The types that may come in place of the confirmation when a request of this type fails.
    ///
    /// A request with an `InvokeID` may fail with `FAILURE_CONF` or with `CONTROL_FAILURE_CONF`. The
    /// guide divides them by class, and contradicts its own error codes in doing so: be ready for
    /// either. The two configuration requests, which have no `InvokeID`, fail with `FAILURE_CONF`.
    ///
    /// ```
    /// use cti_codec::ccx::MessageType;
    ///
    /// let failures = MessageType::SNAPSHOT_CALL_REQ.failures();
    /// assert_eq!(failures, [MessageType::FAILURE_CONF, MessageType::CONTROL_FAILURE_CONF]);
    /// ```
    #[must_use]
    pub fn failures(self) -> &'static [Self] {
        match self.layout() {
            Some(layout) if layout.confirmation.is_some() && self.has_invoke_id() => {
                &[Self::FAILURE_CONF, Self::CONTROL_FAILURE_CONF]
            }
            _ if matches!(
                self,
                Self::CONFIG_REQUEST_EVENT | Self::CONFIG_REQUEST_KEY_EVENT
            ) =>
            {
                &[Self::FAILURE_CONF]
            }
            _ => &[],
        }
    }
}

/// Shows the name, or the number where there is none.
impl fmt::Display for MessageType {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self.name() {
            Some(name) => f.pad(name),
            None => self.0.fmt(f),
        }
    }
}

impl From<u32> for MessageType {
    fn from(number: u32) -> Self {
        Self(number)
    }
}

impl From<MessageType> for u32 {
    fn from(message_type: MessageType) -> Self {
        message_type.0
    }
}

/// Reads a name or a number, which is decimal, or hexadecimal after `0x`.
impl FromStr for MessageType {
    type Err = ParseValueError;

    fn from_str(text: &str) -> Result<Self, ParseValueError> {
        Self::from_name(text)
            .or_else(|| shared::number(text).map(Self))
            .ok_or(ParseValueError {
                table: "MessageType",
            })
    }
}

/// As a string with the name, or as a number.
#[cfg(feature = "serde")]
impl serde::Serialize for MessageType {
    fn serialize<S: serde::Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        match self.name() {
            Some(name) => serializer.serialize_str(name),
            None => serializer.serialize_u32(self.0),
        }
    }
}

/// From a name or a number.
#[cfg(feature = "serde")]
impl<'de> serde::Deserialize<'de> for MessageType {
    fn deserialize<D: serde::Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        shared::code(deserializer, "MessageType", |name| {
            Self::from_name(name).map(u32::from)
        })
        .map(Self)
    }
}

impl fmt::Debug for MessageType {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self.name() {
            Some(name) => write!(f, "{name}({})", self.0),
            None => write!(f, "MessageType({})", self.0),
        }
    }
}
