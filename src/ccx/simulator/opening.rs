//! Who is let in: `OPEN_REQ`, and what a session gets.

use core::time::Duration;

use super::faults::Fault;
use super::sessions::ConnectionId;
use super::{Simulator, filled};
use crate::ccx::{
    AgentState, ConfigMask, CtiService, FailureEvent, Message, OpenConf, OpenReq, Received,
    StatusCode, Text, TextBuf, Version,
};

impl Simulator {
    pub(super) fn open(&mut self, id: ConnectionId, received: &Received) {
        let Ok(Message::OpenReq(request)) = received.message() else {
            return;
        };
        if self.has(Fault::NoOpen) {
            return;
        }
        let verdict = match (self.has(Fault::NotMaster), self.has(Fault::Refuse)) {
            (true, _) => Err(StatusCode::SERVER_NOT_MASTER),
            (_, true) => Err(StatusCode::UNSPECIFIED_FAILURE),
            _ => self.admit(id, &request),
        };
        match verdict {
            Err(status) => {
                if let Some(session) = self.sessions.map.get_mut(&id) {
                    // No other answer was sent.
                    let _ = session.server.refuse(status, None);
                }
            }
            Ok((login_id, phone)) => self.grant(id, &request, login_id, phone),
        }
    }

    /// Returns the agent and the phone of a session in agent mode, if the client may have them.
    fn admit(
        &mut self,
        id: ConnectionId,
        request: &OpenReq<'_>,
    ) -> Result<(Option<TextBuf>, Option<TextBuf>), StatusCode> {
        if !request
            .services_requested
            .contains(CtiService::CLIENT_EVENTS)
        {
            return Ok((None, None));
        }
        let named_phone = filled(request.agent_instrument).or(filled(request.agent_extension));
        let phones = [request.agent_extension, request.agent_instrument];
        let login_id = match filled(request.agent_id) {
            Some(login_id) => {
                let agent = self.centre.agents.get_key_value(login_id.as_bytes());
                let (login_id, _) = agent.ok_or(StatusCode::INVALID_AGENT_DATA)?;
                Some(login_id.clone())
            }
            None => self.centre.named_agent(None, phones),
        };
        if let Some(phone) = named_phone
            && !self.centre.is_phone(phone.as_bytes())
        {
            return Err(StatusCode::INVALID_AGENT_DATA);
        }
        let at = login_id
            .as_ref()
            .and_then(|login_id| self.centre.agents.get(login_id))
            .and_then(|agent| agent.phone.clone());
        // The named agent and phone do not match.
        if let (Some(at), Some(named)) = (&at, named_phone)
            && *at != named
        {
            return Err(StatusCode::INVALID_AGENT_DATA);
        }
        let phone = named_phone.map(TextBuf::from).or(at);
        if let Some(phone) = &phone {
            let other = self.centre.login_at(phone.as_bytes());
            if other.is_some() && other != login_id {
                return Err(StatusCode::DEVICE_IN_USE);
            }
            if let Some(holder) = self.sessions.holder(phone.as_bytes())
                && holder != id
            {
                self.replace(holder, request)?;
            }
        }
        Ok((login_id, phone))
    }

    /// Ends another session on the phone, if it is the same client's.
    fn replace(&mut self, holder: ConnectionId, request: &OpenReq<'_>) -> Result<(), StatusCode> {
        let same = self.sessions.map.get(&holder).is_some_and(|session| {
            let client = request.client_id.unwrap_or_default();
            !client.is_empty() && session.client_id == client
        });
        if !same || !self.centre.plan.replace_sessions {
            return Err(StatusCode::DEVICE_IN_USE);
        }
        let event = FailureEvent {
            status: StatusCode::NEW_SESSION_OPENED,
            ..FailureEvent::default()
        };
        self.sessions.send(holder, &event.into());
        if let Some(session) = self.sessions.map.get_mut(&holder) {
            session.server.drop_connection();
        }
        Ok(())
    }

    fn grant(
        &mut self,
        id: ConnectionId,
        request: &OpenReq<'_>,
        login_id: Option<TextBuf>,
        phone: Option<TextBuf>,
    ) {
        let mut services = request.services_requested;
        if self.has(Fault::GrantLess) {
            services = services & (CtiService::CLIENT_EVENTS | CtiService::ALL_EVENTS);
        }
        if let Some(login_id) = &login_id
            && let Some(agent) = self.centre.agents.get_mut(login_id)
        {
            agent.plan.played = false;
        }
        let agent = login_id
            .as_ref()
            .and_then(|login_id| self.centre.agents.get(login_id));
        let state = agent.map_or(AgentState::LOGOUT, |agent| agent.state);
        let agent_mode = services.contains(CtiService::CLIENT_EVENTS);
        let bridge = services.contains(CtiService::ALL_EVENTS);
        let offline = self.has(Fault::StartsOffline);
        let online = self.centre.online
            && !offline
            && (agent_mode || !bridge || self.centre.plan.online_in_bridge_mode);
        let logged_in = agent_mode && state != AgentState::LOGOUT;
        let at = phone.as_ref().filter(|_| logged_in).map(TextBuf::text);
        let empty = agent_mode.then(Text::default);
        let confirmation = OpenConf {
            services_granted: services,
            unified_ccx_online: online.into(),
            agent_state: if agent_mode { state } else { AgentState(0) },
            agent_extension: at.or(empty),
            agent_instrument: at.or(empty),
            agent_id: login_id
                .as_ref()
                .filter(|_| logged_in)
                .map(TextBuf::text)
                .or(empty),
            ..OpenConf::default()
        };
        let Some(session) = self.sessions.map.get_mut(&id) else {
            return;
        };
        if let Err(error) = session.server.grant(&confirmation) {
            self.sessions.mistakes.push(alloc::format!("{error}"));
            return;
        }
        session.bridge = bridge;
        session.agent_mode = agent_mode;
        session.services = services;
        session.calls = request.call_msg_mask;
        session.agents = request.agent_state_mask;
        session.configuration = request.config_msg_mask;
        if session.server.version() < Version::V18 {
            session.configuration.remove(ConfigMask::TERMINAL);
        }
        session.client_id = request.client_id.unwrap_or_default().into();
        session.login_id = login_id.filter(|_| agent_mode);
        session.phone = phone.filter(|_| agent_mode);
        if let Some(outbox) = self.outboxes.get_mut(&id) {
            outbox.opened = Some(self.now);
        }
        let later = self.now.saturating_add(Duration::from_secs(5));
        for fault in [Fault::StartsOffline, Fault::GoesOffline, Fault::NewSession] {
            if self.has(fault) {
                self.planned.push((later, id, fault));
            }
        }
        if offline {
            self.centre.online = false;
        }
    }
}
