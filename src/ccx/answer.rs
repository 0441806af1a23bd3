//! The pairing of answers with requests, and accessors common to all messages.

use super::device::DeviceId;
use super::message_type::MessageType;
use super::messages::{ControlFailureConf, FailureConf};
use super::registry::Message;
use super::values::{CcxErrorCode, ControlFailure, EventCause, LocalConnectionState, StatusCode};
use super::version::Version;
use crate::mhdr::{Frame, NamedArray, NamedVariable, Repeated, Request};
use crate::text::Text;

impl MessageType {
    /// Returns the types that may replace the confirmation when a request of this type fails.
    ///
    /// A request with an `InvokeID` may fail with `FAILURE_CONF` or with `CONTROL_FAILURE_CONF`.
    /// The guide divides them by class, but its own error codes contradict that: handle both. The
    /// two configuration requests, which have no `InvokeID`, fail with `FAILURE_CONF`.
    ///
    /// ```
    /// use cti_codec::ccx::MessageType;
    ///
    /// let failures = MessageType::SNAPSHOT_CALL_REQ.failures();
    /// assert_eq!(failures, [MessageType::FAILURE_CONF, MessageType::CONTROL_FAILURE_CONF]);
    /// ```
    #[must_use]
    pub fn failures(self) -> &'static [Self] {
        match self {
            Self::CONFIG_REQUEST_EVENT | Self::CONFIG_REQUEST_KEY_EVENT => &[Self::FAILURE_CONF],
            _ if self.has_invoke_id() && self.confirmation().is_some() => {
                &[Self::FAILURE_CONF, Self::CONTROL_FAILURE_CONF]
            }
            _ => &[],
        }
    }

    /// Returns whether a message of another type may answer a request of this type: its
    /// confirmation or one of the failures.
    #[must_use]
    pub fn may_be_answered_by(self, answer: Self) -> bool {
        self.confirmation() == Some(answer) || self.failures().contains(&answer)
    }
}

/// A server's ways to refuse a request.
///
/// ```
/// use cti_codec::ccx::{AnswerCallReq, Message, Refuse as _, StatusCode};
///
/// let request = AnswerCallReq { invoke_id: 9, ..Default::default() };
/// let refusal = request.refuse(StatusCode::INVALID_CALLID);
/// assert!(Message::from(refusal).may_answer(&request.into()));
/// ```
pub trait Refuse<'a>: Request<'a, Version = Version> {
    /// Returns the `FAILURE_CONF` that answers this request.
    fn refuse(&self, status: StatusCode) -> FailureConf<'static> {
        FailureConf {
            invoke_id: self.invoke_id().unwrap_or_default(),
            status,
            ..FailureConf::default()
        }
    }

    /// Returns the `CONTROL_FAILURE_CONF` that answers this request. For requests about calls and
    /// the state of agents.
    fn refuse_control(
        &self,
        failure: ControlFailure,
        error: CcxErrorCode,
    ) -> ControlFailureConf<'static> {
        ControlFailureConf {
            invoke_id: self.invoke_id().unwrap_or_default(),
            failure_code: failure,
            unified_ccx_error_code: error,
            ..ControlFailureConf::default()
        }
    }
}

impl<'a, R: Request<'a, Version = Version>> Refuse<'a> for R {}

impl<B: AsRef<[u8]>> Frame<B, Version> {
    /// Returns the version that an `OPEN_REQ` asks for, in which to decode it; `None` for other
    /// messages. The version need not be one that the guides describe.
    ///
    /// ```
    /// use cti_codec::ccx::{Body as _, Frame, OpenReq, Version};
    ///
    /// let request = OpenReq {
    ///     version_number: 18,
    ///     idle_timeout: 60,
    ///     client_id: Some("".into()),
    ///     client_password: Some(b""),
    ///     ..Default::default()
    /// };
    /// let frame = Frame::new(request.to_bytes(Version::V18).unwrap()).unwrap();
    /// assert_eq!(frame.requested_version(), Some(Version::V18));
    /// ```
    #[must_use]
    pub fn requested_version(&self) -> Option<Version> {
        if self.message_type() != MessageType::OPEN_REQ {
            return None;
        }
        // The field after the InvokeID.
        let number = self.body().get(4..)?.first_chunk()?;
        Some(Version(u32::from_be_bytes(*number)))
    }
}

/// Accessors for fields of many messages.
impl<'a> Message<'a> {
    /// Returns whether this message may answer a request: it is the confirmation or a failure, and
    /// has the request's `InvokeID`, if any.
    #[must_use]
    pub fn may_answer(&self, request: &Message<'_>) -> bool {
        request
            .message_type()
            .may_be_answered_by(self.message_type())
            && match request.invoke_id() {
                Some(id) => self.invoke_id() == Some(id),
                None => true,
            }
    }

    /// Returns the call in question: `CallID`, or `PrimaryCallID` of a conference or a transfer.
    #[must_use]
    pub fn call_id(&self) -> Option<u32> {
        self.common()?.call_id()
    }

    /// Returns `ConnectionDeviceID`.
    #[must_use]
    pub fn connection_device_id(&self) -> Option<DeviceId<'a>> {
        self.common()?.connection_device_id()
    }

    /// Returns `AgentID`.
    #[must_use]
    pub fn agent_id(&self) -> Option<Text<'a>> {
        self.common()?.agent_id()
    }

    /// Returns `AgentExtension`.
    #[must_use]
    pub fn agent_extension(&self) -> Option<Text<'a>> {
        self.common()?.agent_extension()
    }

    /// Returns `AgentInstrument`.
    #[must_use]
    pub fn agent_instrument(&self) -> Option<Text<'a>> {
        self.common()?.agent_instrument()
    }

    /// Returns `LocalConnectionState`.
    #[must_use]
    pub fn local_connection_state(&self) -> Option<LocalConnectionState> {
        self.common()?.local_connection_state()
    }

    /// Returns `EventCause`.
    #[must_use]
    pub fn event_cause(&self) -> Option<EventCause> {
        self.common()?.event_cause()
    }

    /// Returns the named variables of the call; `None` for messages that have no such list.
    #[must_use]
    pub fn named_variables(&self) -> Option<Repeated<'a, NamedVariable<'a>>> {
        self.common()?.named_variables()
    }

    /// Returns the named arrays of the call; `None` for messages that have no such list.
    #[must_use]
    pub fn named_arrays(&self) -> Option<Repeated<'a, NamedArray<'a>>> {
        self.common()?.named_arrays()
    }

    /// Returns the call variables 1 to 10; `None` for messages that have none.
    #[must_use]
    pub fn call_variables(&self) -> Option<[Option<Text<'a>>; 10]> {
        self.common()?.call_variables()
    }
}
