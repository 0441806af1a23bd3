//! `MessageTypeID`.

use core::str::FromStr;

use super::values::{ParseValueError, shared};

/// The type of a message, the header's `MessageTypeID`.
///
/// Types that no table lists are kept. The constants are declared with the messages:
/// `MessageType::OPEN_REQ` with [`OpenReq`](super::OpenReq).
#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct MessageType(pub u32);

/// Types that the guide names without a layout, and those that it reserves, under the names of
/// Cisco's CTI Server guides.
pub(super) const UNTYPED: &[(u32, &str)] = &[
    (68, "SET_MSG_WAITING_IND_REQ"),
    (69, "SET_MSG_WAITING_IND_CONF"),
    (112, "QUERY_AGENT_STATISTICS_REQ"),
    (113, "QUERY_AGENT_STATISTICS_CONF"),
    (114, "QUERY_SKILL_GROUP_STATISTICS_REQ"),
    (115, "QUERY_SKILL_GROUP_STATISTICS_CONF"),
    (121, "EMERGENCY_CALL_REQ"),
    (122, "EMERGENCY_CALL_CONF"),
    (126, "AGENT_TEAM_CONFIG_REQ"),
    (127, "AGENT_TEAM_CONFIG_CONF"),
    (128, "AGENT_TEAM_CONFIG_EVENT"),
    (134, "LIST_AGENT_TEAM_CONF"),
    (211, "ROUTE_REGISTER_EVENT"),
    (212, "ROUTE_REGISTER_REPLY_EVENT"),
    (213, "ROUTE_REQUEST_EVENT"),
    (214, "ROUTE_SELECT"),
    (215, "ROUTE_END"),
];

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

/// Serializes as a string with the name, or as a number.
#[cfg(feature = "serde")]
impl serde::Serialize for MessageType {
    fn serialize<S: serde::Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        match self.name() {
            Some(name) => serializer.serialize_str(name),
            None => serializer.serialize_u32(self.0),
        }
    }
}

/// Reads a name or a number.
#[cfg(feature = "serde")]
impl<'de> serde::Deserialize<'de> for MessageType {
    fn deserialize<D: serde::Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        shared::code(deserializer, "MessageType", |name| {
            Self::from_name(name).map(u32::from)
        })
        .map(Self)
    }
}
