//! Rules between the fields of a message, which the guide states in its text.

use crate::ccx::values::special::NULL_CALL_ID;
use crate::ccx::values::{
    AgentState, ConnectionDeviceType, CtiService, DeviceType, ForcedFlag, RecordType, TeamOperation,
};
use crate::mhdr::prelude::{Report, rule};

use super::{
    AnswerCallReq, ConferenceCallReq, OpenReq, QueryAgentStateReq, SetAgentStateReq,
    SuperviseCallReq, SystemEvent, TeamConfigEvent, TransferCallReq,
};

fn any<T>(fields: &[Option<T>]) -> bool {
    fields.iter().any(Option::is_some)
}

impl OpenReq<'_> {
    pub(super) fn broken_rules(&self, report: &mut Report<'_>) {
        let services = self.services_requested;
        rule!(
            report,
            report.version == self.version_number,
            "VersionNumber",
            "must be the version that the message is encoded in"
        );
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
    pub(super) fn broken_rules(&self, report: &mut Report<'_>) {
        rule!(
            report,
            any(&[self.agent_extension, self.agent_instrument, self.agent_id]),
            "AgentExtension",
            "AgentExtension, AgentInstrument or AgentID is required"
        );
    }
}

impl SetAgentStateReq<'_> {
    pub(super) fn broken_rules(&self, report: &mut Report<'_>) {
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
    pub(super) fn broken_rules(&self, report: &mut Report<'_>) {
        rule!(
            report,
            self.connection_device_id.is_some() || self.agent_instrument.is_some(),
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
    pub(super) fn broken_rules(&self, report: &mut Report<'_>) {
        rule!(
            report,
            any(&[self.held_connection_device_id, self.dialed_number]),
            "HeldConnectionDeviceID",
            "HeldConnectionDeviceID or DialedNumber is required"
        );
    }
}

impl TransferCallReq<'_> {
    pub(super) fn broken_rules(&self, report: &mut Report<'_>) {
        rule!(
            report,
            any(&[self.held_connection_device_id, self.dialed_number]),
            "HeldConnectionDeviceID",
            "HeldConnectionDeviceID or DialedNumber is required"
        );
    }
}

impl SuperviseCallReq<'_> {
    pub(super) fn broken_rules(&self, report: &mut Report<'_>) {
        // The id of a call counts only together with the device: the id alone is never absent,
        // since it is in the fixed part.
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
    pub(super) fn broken_rules(&self, report: &mut Report<'_>) {
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
    pub(super) fn broken_rules(&self, report: &mut Report<'_>) {
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
            element self.members.iter().position(|member| !matches!(
                member.record_type,
                None | Some(RecordType::ADD | RecordType::DELETE)
            )),
            "RecordType",
            "is Add or Delete",
            finding
        );
    }
}
