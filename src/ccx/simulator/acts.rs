//! What a test makes happen: callers, administrators, failures.

use core::time::Duration;

use super::Simulator;
use super::plan::{AgentPlan, TeamPlan, TerminalPlan};
use super::sessions::Audience;
use crate::ccx::{
    AgentState, AgentStateReasonCode, CcxStatus, DeviceType, Message, SystemEvent, SystemEventID,
};

impl Simulator {
    /// Makes an outside caller call a given route point, or any. Returns the `CallID`; `None` if
    /// there is no such route point, or no free port.
    pub fn customer_calls(
        &mut self,
        now: Duration,
        route_point: Option<&str>,
        ani: &str,
    ) -> Option<u32> {
        self.advance(now);
        match route_point {
            Some(number) => self
                .centre
                .call_in_to(&number.into(), &ani.into(), &mut self.sessions),
            None => self.centre.customer_calls(&mut self.sessions),
        }
    }

    /// Makes the outside party of a call hang up, or its first party.
    pub fn customer_hangs_up(&mut self, now: Duration, call_id: u32) {
        self.advance(now);
        let Some(call) = self.centre.calls.get(&call_id) else {
            return;
        };
        let mut inside = call.connections.iter();
        let customer = inside
            .find(|inside| !inside.told)
            .or(call.connections.first())
            .map(|inside| inside.device.clone());
        if let Some(customer) = customer {
            self.centre.drop_out(call_id, &customer, &mut self.sessions);
        }
    }

    /// Offers an agent an outbound contact, if he is ready and has logged in for it. Returns the
    /// `CallID` of the reservation.
    pub fn offer_outbound(&mut self, now: Duration, login_id: &str) -> Option<u32> {
        self.advance(now);
        self.centre
            .offer_outbound(&login_id.into(), &mut self.sessions)
    }

    /// Adds an agent, or changes the one with the same login.
    pub fn put_agent(&mut self, now: Duration, plan: AgentPlan) {
        self.advance(now);
        self.centre.put_agent(plan, &mut self.sessions);
    }

    /// Deletes an agent.
    pub fn delete_agent(&mut self, now: Duration, login_id: &str) {
        self.advance(now);
        self.centre
            .delete_agent(&login_id.into(), &mut self.sessions);
    }

    /// Adds a team, or changes the one with the same number.
    pub fn put_team(&mut self, now: Duration, plan: TeamPlan) {
        self.advance(now);
        self.centre.put_team(plan, &mut self.sessions);
    }

    /// Adds a terminal, or changes the one with the same name.
    pub fn put_terminal(&mut self, now: Duration, plan: TerminalPlan) {
        self.advance(now);
        self.centre.put_terminal(plan, &mut self.sessions);
    }

    /// Deletes a terminal.
    pub fn delete_terminal(&mut self, now: Duration, device_name: &str) {
        self.advance(now);
        self.centre
            .delete_terminal(&device_name.into(), &mut self.sessions);
    }

    /// Takes the server offline, or online again.
    pub fn set_online(&mut self, now: Duration, online: bool) {
        self.now = self.now.max(now);
        self.centre.online = online;
        let event = SystemEvent {
            ccx_status: if online {
                CcxStatus::IN_SERVICE
            } else {
                CcxStatus::OUT_OF_SERVICE
            },
            system_event_id: if online {
                SystemEventID::CCX_ONLINE
            } else {
                SystemEventID::CCX_OFFLINE
            },
            event_device_type: DeviceType::NONE,
            ..SystemEvent::default()
        };
        self.sessions.tell(Audience::All, &event.into());
    }

    /// Takes a phone out of service, or back into service.
    pub fn set_in_service(&mut self, now: Duration, phone: &str, in_service: bool) {
        self.advance(now);
        let event = SystemEvent {
            ccx_status: CcxStatus::IN_SERVICE,
            system_event_id: if in_service {
                SystemEventID::INSTRUMENT_BACK_IN_SERVICE
            } else {
                SystemEventID::INSTRUMENT_OUT_OF_SERVICE
            },
            event_device_type: DeviceType::AGENT_DEVICE,
            event_device_id: Some(phone.into()),
            ..SystemEvent::default()
        };
        self.sessions.tell(Audience::All, &event.into());
        let Some(login_id) = self.centre.login_at(phone.as_bytes()) else {
            return;
        };
        let reason = if in_service {
            AgentStateReasonCode::AGT_PHONE_UP
        } else {
            AgentStateReasonCode::AGT_PHONE_DOWN
        };
        self.centre.set_state(
            &login_id,
            AgentState::NOT_READY,
            reason,
            None,
            &mut self.sessions,
        );
    }

    /// Sends any message to all clients: to play events that the centre does not produce.
    pub fn tell(&mut self, now: Duration, message: &Message<'_>) {
        self.advance(now);
        self.sessions.tell(Audience::All, message);
    }

    /// Stops the server: all connections are dropped. Its state stays.
    pub fn drop_all(&mut self) {
        for session in self.sessions.map.values_mut() {
            session.server.drop_connection();
        }
    }
}
