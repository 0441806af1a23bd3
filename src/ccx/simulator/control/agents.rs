//! Requests about agents.

use alloc::vec::Vec;

use super::Answered;
use crate::ccx::simulator::Centre;
use crate::ccx::simulator::sessions::{ConnectionId, Sessions};
use crate::ccx::{
    AgentCapacity, AgentState, AgentStateReasonCode, CcxErrorCode, ControlFailure, ForcedFlag,
    QueryAgentStateConf, QueryAgentStateCsq, QueryAgentStateReq, SetAgentStateConf,
    SetAgentStateReq, StatusCode, TextBuf,
};

impl Centre {
    pub(super) fn set_agent_state(
        &mut self,
        id: ConnectionId,
        request: &SetAgentStateReq<'_>,
        may: bool,
        out: &mut Sessions,
    ) -> Answered {
        if !may {
            return Err(CcxErrorCode::CALL_CONTROL_MASK_NOT_ON.into());
        }
        let phone = TextBuf::from(request.agent_instrument.unwrap_or_default());
        if request.agent_state == AgentState::LOGIN {
            self.login(id, request, &phone, out)?;
        } else {
            let login_id = self.named_agent(request.agent_id, [request.agent_instrument, None]);
            let login_id = login_id.ok_or(ControlFailure::INVALID_AGENT_ID_SPECIFIED)?;
            self.change_state(&login_id, request, out)?;
        }
        let conf = SetAgentStateConf {
            invoke_id: request.invoke_id,
            ..SetAgentStateConf::default()
        };
        out.send(id, &conf.into());
        Ok(())
    }

    pub(super) fn login(
        &mut self,
        id: ConnectionId,
        request: &SetAgentStateReq<'_>,
        phone: &TextBuf,
        out: &mut Sessions,
    ) -> Answered {
        let login_id = TextBuf::from(request.agent_id.unwrap_or_default());
        let agent = self
            .agents
            .get(&login_id)
            .ok_or(ControlFailure::INVALID_AGENT_ID_SPECIFIED)?;
        if request.agent_password != Some(agent.plan.password.text()) {
            return Err(ControlFailure::INVALID_PASSWORD_SPECIFIED.into());
        }
        if request.forced_flag == ForcedFlag::AUTHENTICATE_ONLY {
            return Ok(());
        }
        if !self.is_phone(phone.as_bytes()) {
            return Err(ControlFailure::INVALID_LOGON_DEVICE_SPECIFIED.into());
        }
        let forced = request.forced_flag == ForcedFlag::TRUE;
        if agent.state != AgentState::LOGOUT {
            if !forced {
                return Err(ControlFailure::SPECIFIED_AGENT_ALREADY_SIGNED_ON.into());
            }
            let reason = AgentStateReasonCode::AGT_RELOGON;
            self.set_state(&login_id, AgentState::LOGOUT, reason, None, out);
        }
        let at_phone = self.login_at(phone.as_bytes());
        let holder = out.holder(phone.as_bytes()).filter(|holder| *holder != id);
        if (at_phone.is_some() || holder.is_some()) && !forced {
            return Err(ControlFailure::SPECIFIED_EXTENSION_ALREADY_IN_USE.into());
        }
        if let Some(other) = at_phone {
            let reason = AgentStateReasonCode::AGT_RELOGON;
            self.set_state(&other, AgentState::LOGOUT, reason, None, out);
        }
        if let Some(session) = holder.and_then(|holder| out.map.get_mut(&holder)) {
            session.phone = None;
        }
        if let Some(session) = out.map.get_mut(&id)
            && session.agent_mode
            && session.phone.is_none()
        {
            session.phone = Some(phone.clone());
        }
        if let Some(agent) = self.agents.get_mut(&login_id) {
            agent.phone = Some(phone.clone());
            agent.outbound = request
                .agent_capacity
                .contains(AgentCapacity::OUTBOUND_ENABLED);
        }
        let reason = AgentStateReasonCode::AGT_LOGON;
        self.set_state(&login_id, AgentState::NOT_READY, reason, None, out);
        Ok(())
    }

    pub(super) fn change_state(
        &mut self,
        login_id: &TextBuf,
        request: &SetAgentStateReq<'_>,
        out: &mut Sessions,
    ) -> Answered {
        let Some(agent) = self.agents.get_mut(login_id) else {
            return Err(ControlFailure::INVALID_AGENT_ID_SPECIFIED.into());
        };
        let forced = request.forced_flag == ForcedFlag::TRUE;
        let (from, to) = (agent.state, request.agent_state);
        let reason = request.event_reason_code;
        let refused = Err(ControlFailure::INVALID_AGENT_WORKMODE.into());
        match crate::ccx::model::request(from, to) {
            Some(crate::ccx::model::By::Request) => {}
            Some(crate::ccx::model::By::RequestAfterCall) => {
                agent.after = to;
                self.set_state(login_id, AgentState::TALKING, reason, Some(to), out);
                return Ok(());
            }
            Some(crate::ccx::model::By::ForcedRequest) if forced => {}
            _ => return refused,
        }
        if to == AgentState::READY
            && let Some(agent) = self.agents.get_mut(login_id)
        {
            agent.after = AgentState::READY;
        }
        self.set_state(login_id, to, reason, None, out);
        self.route(out);
        Ok(())
    }

    pub(super) fn query_agent(
        &mut self,
        id: ConnectionId,
        request: &QueryAgentStateReq<'_>,
        out: &mut Sessions,
    ) -> Answered {
        let phones = [request.agent_extension, request.agent_instrument];
        let login_id = self.named_agent(request.agent_id, phones);
        let agent = login_id.and_then(|login_id| self.agents.get(&login_id));
        let agent = agent.ok_or(StatusCode::INVALID_AGENT_DATA)?;
        let phone = agent.phone.as_ref().map(TextBuf::text);
        let logged_in = agent.state != AgentState::LOGOUT;
        let csqs: Vec<QueryAgentStateCsq> = agent
            .plan
            .csqs
            .iter()
            .filter(|_| logged_in)
            .take(20)
            .map(|csq_id| QueryAgentStateCsq {
                csq_id: Some(*csq_id),
                skill_group_id: Some(0),
                skill_group_priority: Some(0),
                csq_state: Some(agent.state),
            })
            .collect();
        let conf = QueryAgentStateConf {
            invoke_id: request.invoke_id,
            agent_state: agent.state,
            agent_extension: phone,
            agent_instrument: phone,
            agent_id: Some(agent.plan.login_id.text()),
            csqs: csqs.as_slice().into(),
            ..QueryAgentStateConf::default()
        };
        out.send(id, &conf.into());
        Ok(())
    }
}
