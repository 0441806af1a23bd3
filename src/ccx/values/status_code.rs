//! `StatusCode` (guide, Table 201).

codes! {
    /// The reason why a request or session failed. Guide: Table 201.
    StatusCode: u32 = table 201, default NO_ERROR {
        /// All is well.
        NO_ERROR = 0 "E_CTI_NO_ERROR";
        /// The server does not support the requested version.
        INVALID_VERSION = 1 "E_CTI_INVALID_VERSION";
        /// Wrong message type.
        INVALID_MESSAGE_TYPE = 2 "E_CTI_INVALID_MESSAGE_TYPE";
        /// Wrong ID of a floating field.
        INVALID_FIELD = 3 "E_CTI_INVALID_FIELD";
        /// The connection has no open session.
        SESSION_NOT_OPEN = 4 "E_CTI_SESSION_NOT_OPEN";
        /// The connection already has an open session.
        SESSION_ALREADY_OPEN = 5 "E_CTI_SESSION_ALREADY_OPEN";
        /// A required floating field is missing.
        REQUIRED_DATA_MISSING = 6 "E_CTI_REQUIRED_DATA_MISSING";
        /// A reserved field of the fixed part has a wrong value, such as the peripheral ID.
        INVALID_PERIPHERAL_ID = 7 "E_CTI_INVALID_PERIPHERAL_ID";
        /// Wrong data about the agent.
        INVALID_AGENT_DATA = 8 "E_CTI_INVALID_AGENT_DATA";
        /// The agent is not logged in.
        AGENT_NOT_LOGGED_ON = 9 "E_CTI_AGENT_NOT_LOGGED_ON";
        /// Another client has the agent's phone.
        DEVICE_IN_USE = 10 "E_CTI_DEVICE_IN_USE";
        /// The client opened another session, which ends this one.
        NEW_SESSION_OPENED = 11 "E_CTI_NEW_SESSION_OPENED";
        /// Wrong call ID.
        INVALID_CALLID = 13 "E_CTI_INVALID_CALLID";
        /// Failed for an unknown reason.
        UNSPECIFIED_FAILURE = 17 "E_CTI_UNSPECIFIED_FAILURE";
        /// `IdleTimeout` is below 20 seconds, four times the shortest heartbeat interval of 5
        /// seconds.
        INVALID_TIMEOUT = 18 "E_CTI_INVALID_TIMEOUT";
        /// A floating field is too long for its type.
        INVALID_FIELD_LENGTH = 23 "E_CTI_INVALID_FIELD_LENGTH";
        /// This is a standby server; try the other one.
        SERVER_NOT_MASTER = 92 "E_CTI_SERVER_NOT_MASTER";
        /// Wrong CSQ.
        INVALID_CSQ = 93 "E_CTI_INVALID_CSQ";
        /// Trouble with JTAPI or Unified Communications Manager.
        JTAPI_CCM_PROBLEM = 94 "E_CTI_JTAPI_CCM_PROBLEM";
        /// Send `CONFIG_REQUEST_KEY_EVENT` and `CONFIG_REQUEST_EVENT` again.
        AUTO_CONFIG_RESET = 96 "E_CTI_AUTO_CONFIG_RESET";
        _ = 12..=12 14..=16 19..=22 24..=91 95..=95;
    }
}

/// The remedy for a refusal.
///
/// See [`StatusCode::remedy`].
#[derive(Clone, Copy, PartialEq, Eq, Hash, Debug)]
#[non_exhaustive]
pub enum Remedy {
    /// A new connection, to another server if there is one. The same request may succeed there, or
    /// later.
    AnotherServer,
    /// A new connection with another `VersionNumber` in `OPEN_REQ`.
    AnotherVersion,
    /// Other data in the request: another agent, password, call, CSQ or timeout. The same request
    /// would fail again, at any server.
    AnotherRequest,
    /// A change elsewhere: the agent logs in, or another client releases the phone.
    AnotherTime,
    /// Another request for the configuration.
    AnotherConfiguration,
    /// None. Another session of the same client took over; a client that reconnects by itself would
    /// in turn end that one.
    Nothing,
}

impl StatusCode {
    /// Returns the remedy once a server has refused with this status; `None` for
    /// [`NO_ERROR`](Self::NO_ERROR) and for statuses that the guide does not list.
    ///
    /// ```
    /// use cti_codec::ccx::{Remedy, StatusCode};
    ///
    /// assert_eq!(StatusCode::SERVER_NOT_MASTER.remedy(), Some(Remedy::AnotherServer));
    /// assert_eq!(StatusCode::INVALID_AGENT_DATA.remedy(), Some(Remedy::AnotherRequest));
    /// ```
    #[must_use]
    pub const fn remedy(self) -> Option<Remedy> {
        Some(match self {
            Self::SERVER_NOT_MASTER
            | Self::SESSION_NOT_OPEN
            | Self::SESSION_ALREADY_OPEN
            | Self::UNSPECIFIED_FAILURE
            | Self::JTAPI_CCM_PROBLEM => Remedy::AnotherServer,
            Self::INVALID_VERSION => Remedy::AnotherVersion,
            Self::INVALID_MESSAGE_TYPE
            | Self::INVALID_FIELD
            | Self::REQUIRED_DATA_MISSING
            | Self::INVALID_PERIPHERAL_ID
            | Self::INVALID_AGENT_DATA
            | Self::INVALID_CALLID
            | Self::INVALID_TIMEOUT
            | Self::INVALID_FIELD_LENGTH
            | Self::INVALID_CSQ => Remedy::AnotherRequest,
            Self::AGENT_NOT_LOGGED_ON | Self::DEVICE_IN_USE => Remedy::AnotherTime,
            Self::AUTO_CONFIG_RESET => Remedy::AnotherConfiguration,
            Self::NEW_SESSION_OPENED => Remedy::Nothing,
            _ => return None,
        })
    }
}
