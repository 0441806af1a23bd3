//! Rules between the fields of a message, which the guide states in its text.

use crate::ccx::declare::Refusal;
use crate::ccx::error::{EncodeErrorKind, FieldName};
use crate::ccx::values::special::NULL_CALL_ID;
use crate::ccx::values::{
    AgentState, ConnectionDeviceType, CtiService, DeviceType, ForcedFlag, RecordType, TeamOperation,
};
use crate::text::Text;

use super::{
    AnswerCallReq, ConferenceCallReq, OpenReq, QueryAgentStateReq, SetAgentStateReq,
    SuperviseCallReq, SystemEvent, TeamConfigEvent, TransferCallReq,
};

/// A rule between the fields of a message.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub struct Rule {
    /// The field that the rule binds, as the guide spells it; the first one where there are several.
    pub field: &'static str,
    /// What the rule asks.
    pub text: &'static str,
    /// Whether encoding refuses a message that breaks it. Others are only findings.
    pub binding: bool,
}

type Report<'r> = &'r mut dyn FnMut(&'static Rule);

/// Reports a rule if it is broken.
macro_rules! rule {
    ($report:ident, $holds:expr, $field:literal, $text:literal) => {
        rule!($report, $holds, $field, $text, true)
    };
    ($report:ident, $holds:expr, $field:literal, $text:literal, finding) => {
        rule!($report, $holds, $field, $text, false)
    };
    ($report:ident, $holds:expr, $field:literal, $text:literal, $binding:literal) => {
        if !$holds {
            $report(&Rule {
                field: $field,
                text: $text,
                binding: $binding,
            });
        }
    };
}

/// The first broken rule that encoding does not let pass.
pub(crate) fn refuse_broken(rules: impl FnOnce(Report<'_>)) -> Result<(), Refusal> {
    let mut first = None;
    rules(&mut |rule| {
        if rule.binding && first.is_none() {
            first = Some(rule);
        }
    });
    match first {
        Some(rule) => Err((
            FieldName::Listed(rule.field),
            EncodeErrorKind::Rule(rule.text),
        )),
        None => Ok(()),
    }
}

fn any(fields: &[Option<Text<'_>>]) -> bool {
    fields.iter().any(Option::is_some)
}

impl OpenReq<'_> {
    pub(super) fn broken_rules(&self, report: Report<'_>) {
        let services = self.services_requested;
        let agent = [self.agent_extension, self.agent_instrument, self.agent_id];
        let client_events = services.contains(CtiService::CLIENT_EVENTS);
        let all_events = services.contains(CtiService::ALL_EVENTS);
        rule!(
            report,
            !client_events || any(&agent),
            "AgentExtension",
            "agent mode (CTI_SERVICE_CLIENT_EVENTS) needs AgentExtension, AgentInstrument or AgentID"
        );
        rule!(
            report,
            !(client_events && all_events),
            "ServicesRequested",
            "CTI_SERVICE_CLIENT_EVENTS and CTI_SERVICE_ALL_EVENTS exclude each other"
        );
        rule!(
            report,
            matches!(self.idle_timeout, 20..120 | 0xFFFF_FFFF),
            "IdleTimeout",
            "must be from 20 to 119 seconds, or 0xFFFFFFFF for none"
        );
        rule!(
            report,
            !all_events || !any(&agent),
            "AgentExtension",
            "bridge mode (CTI_SERVICE_ALL_EVENTS) has no AgentExtension, AgentInstrument, AgentID",
            finding
        );
    }
}

impl QueryAgentStateReq<'_> {
    pub(super) fn broken_rules(&self, report: Report<'_>) {
        rule!(
            report,
            any(&[self.agent_extension, self.agent_instrument, self.agent_id]),
            "AgentExtension",
            "AgentExtension, AgentInstrument or AgentID is required"
        );
    }
}

impl SetAgentStateReq<'_> {
    pub(super) fn broken_rules(&self, report: Report<'_>) {
        let login = self.agent_state == AgentState::LOGIN;
        let logout = self.agent_state == AgentState::LOGOUT;
        rule!(
            report,
            !login || self.agent_password.is_some(),
            "AgentPassword",
            "is required with AGENT_STATE_LOGIN"
        );
        rule!(
            report,
            !(login || logout) || self.agent_id.is_some(),
            "AgentID",
            "is required with AGENT_STATE_LOGIN and AGENT_STATE_LOGOUT"
        );
        rule!(
            report,
            match self.forced_flag {
                ForcedFlag::FALSE => true,
                ForcedFlag::AUTHENTICATE_ONLY => login,
                _ => login || logout,
            },
            "ForcedFlag",
            "goes with AGENT_STATE_LOGIN and AGENT_STATE_LOGOUT, AuthenticateOnly with the first",
            finding
        );
    }
}

impl AnswerCallReq<'_> {
    pub(super) fn broken_rules(&self, report: Report<'_>) {
        rule!(
            report,
            any(&[self.connection_device_id, self.agent_instrument]),
            "ConnectionDeviceID",
            "ConnectionDeviceID or AgentInstrument is required"
        );
        rule!(
            report,
            self.call_id != NULL_CALL_ID
                || self.connection_device_type == ConnectionDeviceType::NONE,
            "ConnectionDeviceType",
            "is CONNECTION_ID_NONE where CallID is NULL_CALL_ID",
            finding
        );
    }
}

impl ConferenceCallReq<'_> {
    pub(super) fn broken_rules(&self, report: Report<'_>) {
        rule!(
            report,
            any(&[self.held_connection_device_id, self.dialed_number]),
            "HeldConnectionDeviceID",
            "HeldConnectionDeviceID or DialedNumber is required"
        );
    }
}

impl TransferCallReq<'_> {
    pub(super) fn broken_rules(&self, report: Report<'_>) {
        rule!(
            report,
            any(&[self.held_connection_device_id, self.dialed_number]),
            "HeldConnectionDeviceID",
            "HeldConnectionDeviceID or DialedNumber is required"
        );
    }
}

impl SuperviseCallReq<'_> {
    pub(super) fn broken_rules(&self, report: Report<'_>) {
        // A call is named by its id together with the device: the id alone is never absent, as it
        // stands in the fixed part.
        let call = self.agent_call_id != NULL_CALL_ID && self.agent_connection_device_id.is_some();
        rule!(
            report,
            call || any(&[self.agent_extension, self.agent_instrument, self.agent_id]),
            "AgentConnectionDeviceID",
            "AgentCallID with AgentConnectionDeviceID, or AgentExtension, AgentInstrument or \
             AgentID is required"
        );
    }
}

impl SystemEvent<'_> {
    pub(super) fn broken_rules(&self, report: Report<'_>) {
        rule!(
            report,
            self.event_device_id.is_some() || self.event_device_type == DeviceType::NONE,
            "EventDeviceType",
            "is DEVID_NONE where there is no EventDeviceID",
            finding
        );
    }
}

impl TeamConfigEvent<'_> {
    pub(super) fn broken_rules(&self, report: Report<'_>) {
        let removed = self.operation == TeamOperation::REMOVE_TEAM;
        rule!(
            report,
            removed || self.team_name.is_some(),
            "TeamName",
            "is required unless Operation is RemoveTeam"
        );
        rule!(
            report,
            !removed || self.team_name.is_none() && self.members.is_empty(),
            "TeamName",
            "there is no floating part where Operation is RemoveTeam"
        );
        rule!(
            report,
            self.members.iter().all(|member| matches!(
                member.record_type,
                None | Some(RecordType::ADD | RecordType::DELETE)
            )),
            "RecordType",
            "is Add or Delete",
            finding
        );
    }
}
