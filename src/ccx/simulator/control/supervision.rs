//! Supervision and assistance.

use alloc::vec::Vec;

use super::Answered;
use crate::ccx::simulator::Centre;
use crate::ccx::simulator::calls::data::is_open;
use crate::ccx::simulator::sessions::{Audience, ConnectionId, Sessions};
use crate::ccx::{
    AgentState, CallType, CcxErrorCode, ConnectionDeviceType, ControlFailure, EventCause,
    LocalConnectionState, StatusCode, SuperviseCallConf, SuperviseCallReq, SupervisorAssistConf,
    SupervisorAssistEvent, SupervisorAssistReq, SupervisoryAction, TextBuf,
};

impl Centre {
    pub(super) fn supervise(
        &mut self,
        id: ConnectionId,
        request: &SuperviseCallReq<'_>,
        may: bool,
        out: &mut Sessions,
    ) -> Answered {
        if !may {
            return Err(CcxErrorCode::AGENT_NOT_ASSOCIATED.into());
        }
        let session = out.map.get(&id);
        let own = session.and_then(|session| session.phone.clone());
        let supervisor = request
            .supervisor_instrument
            .map(TextBuf::from)
            .or(own)
            .ok_or(ControlFailure::INVALID_CSTA_DEVICE_ID)?;
        let (call_id, device) = match request.supervisory_action {
            SupervisoryAction::CLEAR => {
                let call_id = if is_open(request.supervisor_call_id) {
                    request.agent_call_id
                } else {
                    request.supervisor_call_id
                };
                let call = self
                    .calls
                    .get(&call_id)
                    .ok_or(CcxErrorCode::CALL_ID_INVALID)?;
                call.connection(supervisor.as_bytes())
                    .ok_or(ControlFailure::NO_CONNECTION_TO_CLEAR)?;
                self.drop_out(call_id, &supervisor, out);
                (call_id, supervisor.clone())
            }
            action @ (SupervisoryAction::MONITOR
            | SupervisoryAction::BARGE_IN
            | SupervisoryAction::INTERCEPT) => {
                let phones = [request.agent_extension, request.agent_instrument];
                let login_id = self
                    .named_agent(request.agent_id, phones)
                    .or_else(|| {
                        let connection = request.agent_connection_device_id?;
                        self.login_at(connection.as_bytes())
                    })
                    .ok_or(StatusCode::INVALID_AGENT_DATA)?;
                let by = self.login_at(supervisor.as_bytes());
                if !by.is_some_and(|by| self.supervises(&by, &login_id)) {
                    return Err(CcxErrorCode::AGENT_NOT_ASSOCIATED.into());
                }
                let agent = self.agents.get(&login_id);
                let phone = agent
                    .and_then(|agent| agent.phone.clone())
                    .ok_or(StatusCode::AGENT_NOT_LOGGED_ON)?;
                let call_id = if is_open(request.agent_call_id) || request.agent_call_id == 0 {
                    self.call_in(phone.as_bytes(), LocalConnectionState::CONNECT)
                } else {
                    Some(request.agent_call_id)
                };
                let call_id = call_id
                    .filter(|call_id| self.calls.contains_key(call_id))
                    .ok_or(
                        CcxErrorCode::SILENT_MONITOR_OR_RECORDING_AGENT_CALL_STATE_NOT_TALKING,
                    )?;
                self.join_supervisor(call_id, &phone, &supervisor, action, out);
                (call_id, phone)
            }
            _ => return Err(CcxErrorCode::INVALID_SUPERVISORY_ACTION.into()),
        };
        let conf = SuperviseCallConf {
            invoke_id: request.invoke_id,
            call_id,
            connection_device_type: ConnectionDeviceType::STATIC,
            connection_device_id: Some(device.text().into()),
            ..SuperviseCallConf::default()
        };
        out.send(id, &conf.into());
        Ok(())
    }

    /// Returns whether the supervisor has a team with the agent.
    pub(super) fn supervises(&self, supervisor: &TextBuf, login_id: &TextBuf) -> bool {
        self.plan
            .teams
            .iter()
            .any(|team| team.supervisor == *supervisor && team.members.contains(login_id))
    }

    /// Adds a supervisor to the call, like a conference party; intercepting removes the agent.
    pub(super) fn join_supervisor(
        &mut self,
        call_id: u32,
        phone: &TextBuf,
        supervisor: &TextBuf,
        action: SupervisoryAction,
        out: &mut Sessions,
    ) {
        if let Some(login_id) = self.login_at(supervisor.as_bytes()) {
            self.talks(&login_id, false, out);
        }
        self.establish(call_id, supervisor, out);
        if action == SupervisoryAction::INTERCEPT {
            self.clear_connection(call_id, phone, EventCause::SUPERVISOR_INTERCEPT, out);
            self.after(phone, out);
        }
    }

    pub(super) fn assist(
        &mut self,
        id: ConnectionId,
        request: &SupervisorAssistReq<'_>,
        out: &mut Sessions,
    ) -> Answered {
        let phones = [request.agent_extension, request.agent_instrument];
        let session = out.map.get(&id);
        let own = session.and_then(|session| session.login_id.clone());
        let login_id = self
            .named_agent(request.agent_id, phones)
            .or(own)
            .ok_or(StatusCode::INVALID_AGENT_DATA)?;
        let agent = self.agents.get(&login_id);
        let phone = agent
            .and_then(|agent| agent.phone.clone())
            .ok_or(StatusCode::AGENT_NOT_LOGGED_ON)?;
        let supervisors: Vec<TextBuf> = self
            .plan
            .teams
            .iter()
            .filter(|team| team.members.contains(&login_id))
            .map(|team| team.supervisor.clone())
            .collect();
        let available = supervisors.iter().find_map(|supervisor| {
            let agent = self.agents.get(supervisor)?;
            let free = matches!(agent.state, AgentState::READY | AgentState::NOT_READY);
            agent.phone.clone().filter(|_| free)
        });
        let number = available.ok_or(CcxErrorCode::SUPERVISOR_UNAVAILABLE)?;
        if let Some(active) = self.call_in(phone.as_bytes(), LocalConnectionState::CONNECT) {
            self.hold(active, &phone, EventCause::SUPERVISOR_ASSIST, out);
        }
        let call_id = self.dial(&phone, &number, CallType::ASSIST, None, out);
        let session = out.map.get(&id);
        let client_id = session.map(|session| session.client_id.clone());
        let event = SupervisorAssistEvent {
            call_id: if is_open(request.call_id) {
                call_id
            } else {
                request.call_id
            },
            connection_device_type: ConnectionDeviceType::STATIC,
            connection_device_id: Some(phone.text().into()),
            client_id: Some(client_id.as_ref().map(TextBuf::text).unwrap_or_default()),
            ..SupervisorAssistEvent::default()
        };
        out.tell(Audience::Supervisors(&supervisors), &event.into());
        let conf = SupervisorAssistConf {
            invoke_id: request.invoke_id,
            call_id,
            connection_device_type: ConnectionDeviceType::STATIC,
            connection_device_id: Some(phone.text().into()),
            ..SupervisorAssistConf::default()
        };
        out.send(id, &conf.into());
        Ok(())
    }
}
