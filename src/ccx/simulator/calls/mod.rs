//! Calls of a simulated centre: from the caller to a queue, an agent, and whoever he consults.

pub(super) mod data;
mod events;
mod joining;

use alloc::format;
use alloc::vec::Vec;

use super::Centre;
use super::centre::{CentreCall, CentreConnection, Task};
use super::sessions::{Refusal, Sessions};
use crate::ccx::{
    AgentState, AgentStateReasonCode, CallType, ControlFailure, DeviceType, EventCause,
    LocalConnectionState, TextBuf,
};
use data::blank;

impl Centre {
    pub(in crate::ccx::simulator) fn call(&self, call_id: u32) -> Option<&CentreCall> {
        self.calls.get(&call_id)
    }

    /// Creates a call without parties.
    pub(in crate::ccx::simulator) fn new_call(
        &mut self,
        call_type: CallType,
        ani: &TextBuf,
        dialed: &TextBuf,
    ) -> u32 {
        let call_id = self.take_call_id();
        let call = CentreCall {
            ani: ani.clone(),
            dialed_number: dialed.clone(),
            ..CentreCall::new(call_id, call_type, self.now)
        };
        self.calls.insert(call_id, call);
        call_id
    }

    pub(in crate::ccx::simulator) fn put(
        &mut self,
        call_id: u32,
        device: &TextBuf,
        state: LocalConnectionState,
        told: bool,
    ) {
        let kind = self.kind(device.as_bytes());
        if let Some(call) = self.calls.get_mut(&call_id) {
            if let Some(inside) = call.connection_mut(device.as_bytes()) {
                inside.state = state;
                inside.told |= told;
            } else {
                call.connections.push(CentreConnection {
                    device: device.clone(),
                    kind,
                    state,
                    told,
                });
            }
        }
    }

    pub(in crate::ccx::simulator) fn phones(&self, call_id: u32) -> Vec<TextBuf> {
        self.call(call_id)
            .map(CentreCall::devices)
            .unwrap_or_default()
    }

    /// Sets the kind of a call and tells of it.
    pub(in crate::ccx::simulator) fn retype(
        &mut self,
        call_id: u32,
        call_type: CallType,
        device: &TextBuf,
        out: &mut Sessions,
    ) {
        let phones = self.phones(call_id);
        let Some(call) = self.calls.get_mut(&call_id) else {
            return;
        };
        call.call_type = call_type;
        let mut changed = blank(call);
        changed.call_type = call_type;
        self.data_update(call_id, &changed, device, &phones, out);
    }

    /// Answers a call that rings at a device.
    pub(in crate::ccx::simulator) fn answer(
        &mut self,
        call_id: u32,
        device: &TextBuf,
        out: &mut Sessions,
    ) -> Result<(), Refusal> {
        let call = self
            .call(call_id)
            .ok_or(ControlFailure::INVALID_CSTA_CALL_ID)?;
        let inside = call
            .connection(device.as_bytes())
            .ok_or(ControlFailure::INVALID_CSTA_CONNECTION_ID)?;
        if inside.state != LocalConnectionState::ALERTING || call.call_type == CallType::RESERVATION
        {
            return Err(ControlFailure::NO_CALL_TO_ANSWER.into());
        }
        let (of_csq, since) = (call.csq_id, call.since);
        let queued = !call.queues.is_empty();
        let played = call.played;
        self.cancel(|task| match task {
            Task::Answer(id, phone) | Task::RingOut(id, phone) => *id == call_id && phone == device,
            Task::Abandon(id) => *id == call_id,
            _ => false,
        });
        // One call at a time: the agent's active call is held.
        if let Some(active) = self.call_in(device.as_bytes(), LocalConnectionState::CONNECT) {
            self.hold(active, device, EventCause::ALTERNATE, out);
        }
        if let Some(login_id) = self.login_at(device.as_bytes()) {
            if let Some(agent) = self.agents.get_mut(&login_id) {
                agent.handled = agent.handled.saturating_add(1);
            }
            self.talks(&login_id, of_csq.is_some(), out);
        }
        if queued {
            self.retype(call_id, CallType::CCX_IN, device, out);
        }
        self.establish(call_id, device, out);
        self.dequeue(call_id, out);
        let ports: Vec<TextBuf> = self
            .phones(call_id)
            .into_iter()
            .filter(|device| self.is_port(device.as_bytes()))
            .collect();
        for port in ports {
            self.clear_connection(call_id, &port, EventCause::REDIRECTED, out);
        }
        if let Some(csq_id) = of_csq {
            let waited = self.now.saturating_sub(since);
            let counts = self.counts.entry(csq_id).or_default();
            counts.waited = counts.waited.saturating_add(waited);
            counts.longest_wait = counts.longest_wait.max(waited);
        }
        if played {
            let talk = self.about(self.plan.pace.talk);
            self.schedule(talk, Task::Talked(call_id, device.clone()));
        }
        Ok(())
    }

    /// Ends the ringing of an unanswered call.
    pub(in crate::ccx::simulator) fn rings_out(
        &mut self,
        call_id: u32,
        device: &TextBuf,
        out: &mut Sessions,
    ) {
        let Some(call) = self.call(call_id) else {
            return;
        };
        let rings = call
            .connection(device.as_bytes())
            .is_some_and(|inside| inside.state == LocalConnectionState::ALERTING);
        if !rings || call.call_type == CallType::RESERVATION {
            return;
        }
        if call.queues.is_empty() {
            self.drop_out(call_id, device, out);
            return;
        }
        // Back into the queue.
        self.clear_connection(call_id, device, EventCause::CALL_NOT_ANSWERED, out);
        if let Some(login_id) = self.login_at(device.as_bytes()) {
            let reason = AgentStateReasonCode::AGT_RNA;
            self.set_state(&login_id, AgentState::NOT_READY, reason, None, out);
        }
        self.route(out);
    }

    /// Makes an outside caller dial a route point.
    pub(in crate::ccx::simulator) fn customer_calls(&mut self, out: &mut Sessions) -> Option<u32> {
        let count = self.plan.applications.len();
        let place = if count == 0 {
            return None;
        } else {
            self.rng.usize(..count)
        };
        let application = self.plan.applications.get(place)?.clone();
        self.next_customer = self.next_customer.wrapping_add(1) % 10_000;
        let ani = TextBuf::from(format!("55501{:04}", self.next_customer).as_str());
        self.call_in_to(&application.route_point, &ani, out)
    }

    /// Creates a call from outside to a route point.
    pub(in crate::ccx::simulator) fn call_in_to(
        &mut self,
        route_point: &TextBuf,
        ani: &TextBuf,
        out: &mut Sessions,
    ) -> Option<u32> {
        let mut applications = self.plan.applications.iter();
        let application = applications
            .find(|known| known.route_point == *route_point)?
            .clone();
        let port = self.free_port()?;
        let call_id = self.new_call(CallType::CCX_IN, ani, &application.route_point);
        self.put(call_id, ani, LocalConnectionState::CONNECT, false);
        let digits = self.rng.u32(1000..10_000);
        if let Some(call) = self.calls.get_mut(&call_id) {
            call.played = true;
            call.application_id = Some(application.application_id);
            call.csq_id = Some(application.csq_id);
            call.digits = format!("{digits}").as_str().into();
            call.variables[0] = format!("customer {digits}").as_str().into();
            call.named_variables
                .push(("user.layout".into(), "Default".into()));
        }
        self.put(call_id, &port, LocalConnectionState::NULL, true);
        self.begin(call_id, &port, out);
        self.deliver(call_id, &port, None, out);
        self.establish(call_id, &port, out);
        self.queue(call_id, &port, application.csq_id, out);
        let patience = self.about(self.plan.pace.patience);
        self.schedule(patience, Task::Abandon(call_id));
        self.route(out);
        Some(call_id)
    }

    pub(in crate::ccx::simulator) fn free_port(&self) -> Option<TextBuf> {
        let mut ports = self.plan.cti_ports.iter();
        ports
            .find(|port| self.calls_at(port.as_bytes()).is_empty())
            .cloned()
    }

    /// Gives calls that wait to agents who are ready.
    pub(in crate::ccx::simulator) fn route(&mut self, out: &mut Sessions) {
        loop {
            let waiting = self.calls.values().find_map(|call| {
                let rings = call.connections.iter().any(|inside| {
                    inside.state == LocalConnectionState::ALERTING
                        && inside.kind != DeviceType::CTI_PORT
                });
                if rings || call.queues.is_empty() {
                    return None;
                }
                let agents = self.agents.values().filter(|agent| {
                    let serves = agent.plan.csqs.iter().any(|csq| call.queues.contains(csq));
                    serves && agent.state == AgentState::READY && agent.phone.is_some()
                });
                let agent = agents.min_by_key(|agent| agent.since)?;
                Some((
                    call.call_id,
                    agent.plan.login_id.clone(),
                    agent.phone.clone()?,
                ))
            });
            let Some((call_id, login_id, phone)) = waiting else {
                return;
            };
            self.reserve(&login_id, out);
            // The consult call from the port to the agent has a number, and no events.
            let secondary = self.take_call_id();
            self.deliver(call_id, &phone, Some(secondary), out);
        }
    }

    /// Makes a phone dial.
    pub(in crate::ccx::simulator) fn dial(
        &mut self,
        phone: &TextBuf,
        number: &TextBuf,
        call_type: CallType,
        data: Option<CentreCall>,
        out: &mut Sessions,
    ) -> u32 {
        let call_id = self.new_call(call_type, phone, number);
        if let (Some(call), Some(data)) = (self.calls.get_mut(&call_id), data) {
            call.variables = data.variables;
            call.named_variables = data.named_variables;
            call.named_arrays = data.named_arrays;
            call.wrap_up = data.wrap_up;
            call.origin = data.origin;
        }
        self.put(call_id, phone, LocalConnectionState::INITIATE, true);
        self.begin(call_id, phone, out);
        self.initiated(call_id, phone, out);
        if call_type != CallType::CONSULT
            && let Some(login_id) = self.login_at(phone.as_bytes())
        {
            self.talks(&login_id, false, out);
        }
        self.originated(call_id, phone, number, out);
        if self.agent_at(number.as_bytes()).is_some() {
            if self.calls_at(number.as_bytes()).is_empty() {
                if let Some(login_id) = self.login_at(number.as_bytes()) {
                    self.reserve(&login_id, out);
                }
                self.deliver(call_id, number, None, out);
            } else {
                self.fail(call_id, phone, number, EventCause::BUSY, out);
            }
        } else if self.is_phone(number.as_bytes()) || self.is_port(number.as_bytes()) {
            self.fail(call_id, phone, number, EventCause::DEST_NOT_OBTAINABLE, out);
        } else if let Some(csq_id) = self.queue_of(number) {
            if let Some(port) = self.free_port() {
                if let Some(call) = self.calls.get_mut(&call_id) {
                    call.csq_id = Some(csq_id);
                }
                self.deliver(call_id, &port, None, out);
                self.establish(call_id, &port, out);
                self.queue(call_id, &port, csq_id, out);
                self.route(out);
            } else {
                self.fail(call_id, phone, number, EventCause::BUSY, out);
            }
        } else {
            // An outside party picks up at once.
            if call_type == CallType::AGENT_INSIDE {
                self.retype(call_id, CallType::OUT, phone, out);
            }
            self.put(call_id, number, LocalConnectionState::CONNECT, false);
            self.establish(call_id, phone, out);
        }
        call_id
    }

    pub(in crate::ccx::simulator) fn queue_of(&self, number: &TextBuf) -> Option<u32> {
        let mut applications = self.plan.applications.iter();
        let application = applications.find(|known| known.route_point == *number);
        application.map(|application| application.csq_id)
    }

    /// Ends the talk of a played agent, who hangs up or consults a colleague.
    pub(in crate::ccx::simulator) fn talked(
        &mut self,
        call_id: u32,
        phone: &TextBuf,
        out: &mut Sessions,
    ) {
        let played = self.agent_at(phone.as_bytes());
        if played.is_none_or(|agent| !agent.plan.played) {
            return;
        }
        let consults = self.rng.u8(..100) < self.plan.pace.consult_percent;
        let colleague = self
            .agents
            .values()
            .find(|agent| agent.state == AgentState::READY && agent.plan.played)
            .and_then(|agent| agent.phone.clone());
        if let Some(colleague) = colleague
            && consults
        {
            let data = self.calls.get(&call_id).cloned().map(|mut data| {
                data.origin = Some(call_id);
                data
            });
            self.hold(call_id, phone, EventCause::NONE, out);
            let consult = self.dial(phone, &colleague, CallType::CONSULT, data, out);
            let wait = self.plan.pace.answer.saturating_mul(3);
            self.schedule(wait, Task::Complete(call_id, consult, phone.clone()));
        } else {
            self.drop_out(call_id, phone, out);
        }
    }

    /// Completes the consultation of a played agent.
    pub(in crate::ccx::simulator) fn complete(
        &mut self,
        main: u32,
        consult: u32,
        phone: &TextBuf,
        out: &mut Sessions,
    ) {
        let answered = self.calls.get(&consult).is_some_and(|call| {
            let mut inside = call.connections.iter();
            call.connections.len() > 1
                && inside.all(|inside| inside.state == LocalConnectionState::CONNECT)
        });
        if !answered || !self.calls.contains_key(&main) {
            if self.calls.contains_key(&consult) {
                self.drop_out(consult, phone, out);
            }
            if self.calls.contains_key(&main) {
                self.retrieve(main, phone, EventCause::NONE, out);
                let talk = self.about(self.plan.pace.talk);
                self.schedule(talk, Task::Talked(main, phone.clone()));
            }
            return;
        }
        let colleague = self.other_party(consult, phone);
        if self.rng.bool() {
            self.transfer(main, consult, phone, out);
        } else {
            self.conference(main, consult, phone, out);
        }
        if let Some(colleague) = colleague {
            let talk = self.about(self.plan.pace.talk);
            self.schedule(talk, Task::Talked(main, colleague));
        }
    }
}
