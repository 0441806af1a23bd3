//! Calls of a simulated centre, and the events that they cause.

use alloc::format;
use alloc::vec::Vec;
use core::time::Duration;

use super::Centre;
use super::centre::{CentreCall, CentreConnection, Task};
use super::sessions::{Audience, Refusal, Sessions};
use crate::ccx::special::{NULL_APPLICATION, NULL_CALL_ID, NULL_CSQ};
use crate::ccx::{
    AgentState, AgentStateReasonCode, BeginCallEvent, CallClearedEvent, CallConferencedEvent,
    CallConnectionClearedEvent, CallDataUpdateEvent, CallDeliveredEvent, CallDequeuedEvent,
    CallDivertedEvent, CallEstablishedEvent, CallFailedEvent, CallHeldEvent, CallOriginatedEvent,
    CallQueuedEvent, CallRetrievedEvent, CallServiceInitiatedEvent, CallTransferredEvent, CallType,
    ConnectedParty, ConnectionDeviceType, ControlFailure, DeviceId, DeviceType, EndCallEvent,
    EventCause, LocalConnectionState, NamedArray, NamedVariable, QueueCsq, RtpDirection,
    RtpStartedEvent, RtpStoppedEvent, Text, TextBuf,
};

const UNKNOWN: &str = "Unknown";

impl Centre {
    fn call(&self, call_id: u32) -> Option<&CentreCall> {
        self.calls.get(&call_id)
    }

    /// Creates a call without parties.
    pub(super) fn new_call(&mut self, call_type: CallType, ani: &TextBuf, dialed: &TextBuf) -> u32 {
        let call_id = self.take_call_id();
        let call = CentreCall {
            ani: ani.clone(),
            dialed_number: dialed.clone(),
            ..CentreCall::new(call_id, call_type, self.now)
        };
        self.calls.insert(call_id, call);
        call_id
    }

    pub(super) fn put(
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

    fn phones(&self, call_id: u32) -> Vec<TextBuf> {
        self.call(call_id)
            .map(CentreCall::devices)
            .unwrap_or_default()
    }

    pub(super) fn begin(&self, call_id: u32, device: &TextBuf, out: &mut Sessions) {
        let Some(call) = self.call(call_id) else {
            return;
        };
        let named = named_variables(call);
        let arrays = named_arrays(call);
        let [v1, v2, v3, v4, v5, v6, v7, v8, v9, v10] = variables(call);
        let event = BeginCallEvent {
            call_type: call.call_type,
            call_id,
            connection_device_type: ConnectionDeviceType::STATIC,
            called_party_disposition: call.disposition,
            connection_device_id: Some(device.text().into()),
            ani: said(&call.ani).map(Into::into),
            dnis: said(&call.dialed_number).map(Into::into),
            dialed_number: said(&call.dialed_number).map(Into::into),
            caller_entered_digits: said(&call.digits),
            call_variable1: v1,
            call_variable2: v2,
            call_variable3: v3,
            call_variable4: v4,
            call_variable5: v5,
            call_variable6: v6,
            call_variable7: v7,
            call_variable8: v8,
            call_variable9: v9,
            call_variable10: v10,
            call_wrapup_data: said(&call.wrap_up),
            named_variables: named.as_slice().into(),
            named_arrays: arrays.as_slice().into(),
            ..BeginCallEvent::default()
        };
        out.tell(Audience::Phones(&self.phones(call_id)), &event.into());
    }

    pub(super) fn initiated(&self, call_id: u32, device: &TextBuf, out: &mut Sessions) {
        let event = CallServiceInitiatedEvent {
            connection_device_type: ConnectionDeviceType::STATIC,
            call_id,
            application_id: NULL_APPLICATION,
            csq_id: NULL_CSQ,
            calling_device_type: self.kind(device.as_bytes()),
            local_connection_state: LocalConnectionState::INITIATE,
            event_cause: EventCause::NONE,
            connection_device_id: Some(device.text().into()),
            calling_device_id: Some(device.text().into()),
            ..CallServiceInitiatedEvent::default()
        };
        out.tell(Audience::Phones(&self.phones(call_id)), &event.into());
    }

    pub(super) fn originated(
        &self,
        call_id: u32,
        device: &TextBuf,
        called: &TextBuf,
        out: &mut Sessions,
    ) {
        let event = CallOriginatedEvent {
            connection_device_type: ConnectionDeviceType::STATIC,
            call_id,
            application_id: NULL_APPLICATION,
            csq_id: NULL_CSQ,
            calling_device_type: self.kind(device.as_bytes()),
            called_device_type: self.kind(called.as_bytes()),
            local_connection_state: LocalConnectionState::INITIATE,
            event_cause: EventCause::NONE,
            connection_device_id: Some(device.text().into()),
            calling_device_id: Some(device.text().into()),
            called_device_id: Some(called.text().into()),
            ..CallOriginatedEvent::default()
        };
        out.tell(Audience::Phones(&self.phones(call_id)), &event.into());
    }

    /// Makes a device ring.
    pub(super) fn deliver(
        &mut self,
        call_id: u32,
        device: &TextBuf,
        secondary: Option<u32>,
        out: &mut Sessions,
    ) {
        self.put(call_id, device, LocalConnectionState::ALERTING, true);
        let Some(call) = self.call(call_id) else {
            return;
        };
        let named = named_variables(call);
        let arrays = named_arrays(call);
        let [v1, v2, v3, v4, v5, v6, v7, v8, v9, v10] = variables(call);
        let kind = self.kind(device.as_bytes());
        let event = CallDeliveredEvent {
            connection_device_type: ConnectionDeviceType::STATIC,
            call_id,
            application_id: call.application_id.unwrap_or(NULL_APPLICATION),
            csq_id: call.csq_id.unwrap_or(NULL_CSQ),
            alerting_device_type: kind,
            calling_device_type: self.kind(call.ani.as_bytes()),
            called_device_type: self.kind(call.dialed_number.as_bytes()),
            last_redirect_device_type: DeviceType::NONE,
            local_connection_state: LocalConnectionState::ALERTING,
            event_cause: EventCause::NEW_CALL,
            connection_device_id: Some(device.text().into()),
            alerting_device_id: Some(device.text().into()),
            calling_device_id: Some(call.ani.text().into()),
            called_device_id: Some(call.dialed_number.text().into()),
            last_redirect_device_id: Some(DeviceId::default()),
            secondary_call_id: Some(secondary.unwrap_or(0)),
            ani: said(&call.ani).map(Into::into),
            dnis: said(&call.dialed_number).map(Into::into),
            dialed_number: said(&call.dialed_number).map(Into::into),
            caller_entered_digits: said(&call.digits),
            call_variable1: v1,
            call_variable2: v2,
            call_variable3: v3,
            call_variable4: v4,
            call_variable5: v5,
            call_variable6: v6,
            call_variable7: v7,
            call_variable8: v8,
            call_variable9: v9,
            call_variable10: v10,
            call_wrapup_data: said(&call.wrap_up),
            named_variables: named.as_slice().into(),
            named_arrays: arrays.as_slice().into(),
            ..CallDeliveredEvent::default()
        };
        out.tell(Audience::Phones(&self.phones(call_id)), &event.into());
        if kind == DeviceType::CTI_PORT {
            return;
        }
        let ring = self.plan.pace.ring;
        self.schedule(ring, Task::RingOut(call_id, device.clone()));
        let played = self.agent_at(device.as_bytes());
        if played.is_some_and(|agent| agent.plan.played) {
            let answer = self.about(self.plan.pace.answer);
            self.schedule(answer, Task::Answer(call_id, device.clone()));
        }
    }

    /// Reports that a device has answered.
    pub(super) fn establish(&mut self, call_id: u32, device: &TextBuf, out: &mut Sessions) {
        let Some(call) = self.call(call_id) else {
            return;
        };
        let (ani, dialed) = (call.ani.clone(), call.dialed_number.clone());
        let (application_id, csq_id) = (call.application_id, call.csq_id);
        self.put(call_id, device, LocalConnectionState::CONNECT, true);
        if let Some(call) = self.calls.get_mut(&call_id) {
            for inside in &mut call.connections {
                if inside.state == LocalConnectionState::INITIATE {
                    inside.state = LocalConnectionState::CONNECT;
                }
            }
        }
        let event = CallEstablishedEvent {
            connection_device_type: ConnectionDeviceType::STATIC,
            call_id,
            application_id: application_id.unwrap_or(NULL_APPLICATION),
            csq_id: csq_id.unwrap_or(NULL_CSQ),
            answering_device_type: self.kind(device.as_bytes()),
            calling_device_type: self.kind(ani.as_bytes()),
            called_device_type: self.kind(dialed.as_bytes()),
            last_redirect_device_type: DeviceType::NONE,
            local_connection_state: LocalConnectionState::CONNECT,
            event_cause: EventCause::NEW_CALL,
            connection_device_id: Some(device.text().into()),
            answering_device_id: Some(device.text().into()),
            calling_device_id: Some(ani.text().into()),
            called_device_id: Some(dialed.text().into()),
            last_redirect_device_id: Some(DeviceId::default()),
            ..CallEstablishedEvent::default()
        };
        out.tell(Audience::Phones(&self.phones(call_id)), &event.into());
        self.media(call_id, device, true, out);
    }

    fn media(&self, call_id: u32, device: &TextBuf, started: bool, out: &mut Sessions) {
        if !self.plan.rtp_events || self.agent_at(device.as_bytes()).is_none() {
            return;
        }
        let phones = self.phones(call_id);
        for direction in [RtpDirection::INPUT, RtpDirection::OUTPUT] {
            if started {
                let event = RtpStartedEvent {
                    client_port: 24_580,
                    direction,
                    packet_size: 20,
                    connection_device_type: ConnectionDeviceType::STATIC,
                    call_id,
                    connection_device_id: Some(device.text().into()),
                    client_address: Some("192.0.2.10".into()),
                    agent_extension: Some(device.text()),
                    agent_instrument: Some(device.text()),
                    ..RtpStartedEvent::default()
                };
                out.tell(Audience::Phones(&phones), &event.into());
            } else {
                let event = RtpStoppedEvent {
                    client_port: 24_580,
                    direction,
                    connection_device_type: ConnectionDeviceType::STATIC,
                    call_id,
                    connection_device_id: Some(device.text().into()),
                    client_address: Some("192.0.2.10".into()),
                    agent_extension: Some(device.text()),
                    agent_instrument: Some(device.text()),
                    ..RtpStoppedEvent::default()
                };
                out.tell(Audience::Phones(&phones), &event.into());
            }
        }
    }

    pub(super) fn hold(
        &mut self,
        call_id: u32,
        device: &TextBuf,
        event_cause: EventCause,
        out: &mut Sessions,
    ) {
        self.put(call_id, device, LocalConnectionState::HOLD, true);
        self.media(call_id, device, false, out);
        let event = CallHeldEvent {
            connection_device_type: ConnectionDeviceType::STATIC,
            call_id,
            holding_device_type: self.kind(device.as_bytes()),
            local_connection_state: LocalConnectionState::HOLD,
            event_cause,
            connection_device_id: Some(device.text().into()),
            holding_device_id: Some(device.text().into()),
            ..CallHeldEvent::default()
        };
        out.tell(Audience::Phones(&self.phones(call_id)), &event.into());
    }

    pub(super) fn retrieve(
        &mut self,
        call_id: u32,
        device: &TextBuf,
        event_cause: EventCause,
        out: &mut Sessions,
    ) {
        self.put(call_id, device, LocalConnectionState::CONNECT, true);
        let event = CallRetrievedEvent {
            connection_device_type: ConnectionDeviceType::STATIC,
            call_id,
            retrieving_device_type: self.kind(device.as_bytes()),
            local_connection_state: LocalConnectionState::CONNECT,
            event_cause,
            connection_device_id: Some(device.text().into()),
            retrieving_device_id: Some(device.text().into()),
            ..CallRetrievedEvent::default()
        };
        out.tell(Audience::Phones(&self.phones(call_id)), &event.into());
        self.media(call_id, device, true, out);
    }

    fn queue(&mut self, call_id: u32, port: &TextBuf, csq_id: u32, out: &mut Sessions) {
        self.put(call_id, port, LocalConnectionState::QUEUED, true);
        let Some(call) = self.calls.get_mut(&call_id) else {
            return;
        };
        call.queues.push(csq_id);
        let waiting = self
            .calls
            .values()
            .filter(|call| call.queues.contains(&csq_id));
        let num_queued = u16::try_from(waiting.count()).unwrap_or(u16::MAX);
        let Some(call) = self.call(call_id) else {
            return;
        };
        let csqs = [QueueCsq {
            csq_id: Some(csq_id),
            ..QueueCsq::default()
        }];
        let queue = format!("{csq_id}");
        let event = CallQueuedEvent {
            connection_device_type: ConnectionDeviceType::STATIC,
            call_id,
            application_id: call.application_id.unwrap_or(NULL_APPLICATION),
            queue_device_type: DeviceType::QUEUE,
            calling_device_type: self.kind(call.ani.as_bytes()),
            called_device_type: self.kind(call.dialed_number.as_bytes()),
            last_redirect_device_type: DeviceType::NONE,
            num_queued,
            local_connection_state: LocalConnectionState::QUEUED,
            event_cause: EventCause::NEW_CALL,
            connection_device_id: Some(port.text().into()),
            queue_device_id: Some(queue.as_str().into()),
            calling_device_id: Some(call.ani.text().into()),
            called_device_id: Some(call.dialed_number.text().into()),
            last_redirect_device_id: Some(DeviceId::default()),
            csqs: (&csqs).into(),
            ..CallQueuedEvent::default()
        };
        out.tell(Audience::Phones(&self.phones(call_id)), &event.into());
    }

    pub(super) fn dequeue(&mut self, call_id: u32, out: &mut Sessions) {
        let Some(call) = self.calls.get_mut(&call_id) else {
            return;
        };
        if call.queues.is_empty() {
            return;
        }
        call.queues.clear();
        let event = CallDequeuedEvent {
            connection_device_type: ConnectionDeviceType::NONE,
            call_id,
            application_id: NULL_APPLICATION,
            queue_device_type: DeviceType::NONE,
            local_connection_state: LocalConnectionState::NONE,
            event_cause: EventCause::NONE,
            connection_device_id: Some(DeviceId::default()),
            queue_device_id: Some(DeviceId::default()),
            ..CallDequeuedEvent::default()
        };
        out.tell(Audience::Phones(&self.phones(call_id)), &event.into());
    }

    /// Takes a device out of a call and tells of it.
    pub(super) fn clear_connection(
        &mut self,
        call_id: u32,
        device: &TextBuf,
        event_cause: EventCause,
        out: &mut Sessions,
    ) {
        let phones = self.phones(call_id);
        self.media(call_id, device, false, out);
        self.leave(call_id, device);
        let event = CallConnectionClearedEvent {
            connection_device_type: ConnectionDeviceType::STATIC,
            call_id,
            releasing_device_type: self.kind(device.as_bytes()),
            local_connection_state: LocalConnectionState::NONE,
            event_cause,
            connection_device_id: Some(device.text().into()),
            releasing_device_id: Some(device.text().into()),
            ..CallConnectionClearedEvent::default()
        };
        out.tell(Audience::Phones(&phones), &event.into());
    }

    /// Removes a device from a call, and keeps the data for its agent's wrap-up.
    fn leave(&mut self, call_id: u32, device: &TextBuf) {
        self.cancel(|task| match task {
            Task::Answer(id, phone) | Task::RingOut(id, phone) | Task::Talked(id, phone) => {
                *id == call_id && phone == device
            }
            _ => false,
        });
        let Some(call) = self.calls.get_mut(&call_id) else {
            return;
        };
        call.connections.retain(|inside| inside.device != *device);
        let call = call.clone();
        if let Some(login_id) = self.login_at(device.as_bytes())
            && let Some(agent) = self.agents.get_mut(&login_id)
            && agent.state == AgentState::TALKING
        {
            agent.last = Some(call);
        }
    }

    /// Ends a call that all parties have left.
    pub(super) fn end(&mut self, call_id: u32, phones: &[TextBuf], out: &mut Sessions) {
        self.cancel(|task| match task {
            Task::Answer(id, _)
            | Task::RingOut(id, _)
            | Task::Talked(id, _)
            | Task::Abandon(id) => *id == call_id,
            Task::Complete(main, consult, _) => *main == call_id || *consult == call_id,
            _ => false,
        });
        let Some(call) = self.calls.remove(&call_id) else {
            return;
        };
        let cleared = CallClearedEvent {
            call_id,
            local_connection_state: LocalConnectionState::NULL,
            event_cause: EventCause::CECX_DROP_HANDLED_OTHER,
            ..CallClearedEvent::default()
        };
        out.tell(Audience::Phones(phones), &cleared.into());
        let end = EndCallEvent {
            connection_device_type: ConnectionDeviceType::STATIC,
            call_id,
            connection_device_id: Some(DeviceId::default()),
            ..EndCallEvent::default()
        };
        out.tell(Audience::Phones(phones), &end.into());
        if let Some(csq_id) = call.csq_id {
            let counts = self.counts.entry(csq_id).or_default();
            counts.total = counts.total.saturating_add(1);
            if call.queues.is_empty() {
                let talked = self.now.saturating_sub(call.since);
                counts.handled = counts.handled.saturating_add(1);
                counts.talked = counts.talked.saturating_add(talked);
                counts.longest_talk = counts.longest_talk.max(talked);
            } else {
                counts.abandoned = counts.abandoned.saturating_add(1);
            }
        }
    }

    /// Ends a call for everybody in it.
    pub(super) fn clear_call(&mut self, call_id: u32, out: &mut Sessions) {
        let phones = self.phones(call_id);
        for device in &phones {
            self.clear_connection(call_id, device, EventCause::NONE, out);
            self.after(device, out);
        }
        self.end(call_id, &phones, out);
        self.route(out);
    }

    /// Sets the state of the agent at a phone that has left a call.
    pub(super) fn after(&mut self, device: &TextBuf, out: &mut Sessions) {
        if self.calls_at(device.as_bytes()).is_empty()
            && let Some(login_id) = self.login_at(device.as_bytes())
        {
            self.hangs_up(&login_id, out);
        }
    }

    /// Hangs up a device: a call with one remaining party is over.
    pub(super) fn drop_out(&mut self, call_id: u32, device: &TextBuf, out: &mut Sessions) {
        let phones = self.phones(call_id);
        self.clear_connection(call_id, device, EventCause::NONE, out);
        self.after(device, out);
        let left = self.phones(call_id);
        if left.len() > 1 {
            return;
        }
        for last in &left {
            self.clear_connection(call_id, last, EventCause::NONE, out);
            self.after(last, out);
        }
        self.end(call_id, &phones, out);
        self.route(out);
    }

    /// Fails a call before it is answered.
    pub(super) fn fail(
        &mut self,
        call_id: u32,
        device: &TextBuf,
        called: &TextBuf,
        event_cause: EventCause,
        out: &mut Sessions,
    ) {
        self.put(call_id, device, LocalConnectionState::FAIL, true);
        let event = CallFailedEvent {
            connection_device_type: ConnectionDeviceType::STATIC,
            call_id,
            failing_device_type: DeviceType::DEVICE_IDENTIFIER,
            called_device_type: DeviceType::DEVICE_IDENTIFIER,
            local_connection_state: LocalConnectionState::FAIL,
            event_cause,
            connection_device_id: Some(device.text().into()),
            failing_device_id: Some(called.text().into()),
            called_device_id: Some(called.text().into()),
            ..CallFailedEvent::default()
        };
        out.tell(Audience::Phones(&self.phones(call_id)), &event.into());
    }

    /// Reports the changes of a call's data, or all of it.
    pub(super) fn data_update(
        &self,
        call_id: u32,
        changed: &CentreCall,
        device: &TextBuf,
        phones: &[TextBuf],
        out: &mut Sessions,
    ) {
        let named = named_variables(changed);
        let arrays = named_arrays(changed);
        let [v1, v2, v3, v4, v5, v6, v7, v8, v9, v10] = variables(changed);
        let event = CallDataUpdateEvent {
            call_type: changed.call_type,
            connection_device_type: ConnectionDeviceType::STATIC,
            call_id,
            new_connection_device_type: ConnectionDeviceType::STATIC,
            new_call_id: call_id,
            called_party_disposition: changed.disposition,
            connection_device_id: Some(device.text().into()),
            new_connection_device_id: Some(device.text().into()),
            ani: said(&changed.ani).map(Into::into),
            caller_entered_digits: said(&changed.digits),
            call_variable1: v1,
            call_variable2: v2,
            call_variable3: v3,
            call_variable4: v4,
            call_variable5: v5,
            call_variable6: v6,
            call_variable7: v7,
            call_variable8: v8,
            call_variable9: v9,
            call_variable10: v10,
            call_wrapup_data: said(&changed.wrap_up),
            customer_account_number: said(&changed.account),
            named_variables: named.as_slice().into(),
            named_arrays: arrays.as_slice().into(),
            ..CallDataUpdateEvent::default()
        };
        out.tell(Audience::Phones(phones), &event.into());
    }

    /// Sets the kind of a call and tells of it.
    fn retype(&mut self, call_id: u32, call_type: CallType, device: &TextBuf, out: &mut Sessions) {
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
    pub(super) fn answer(
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
    pub(super) fn rings_out(&mut self, call_id: u32, device: &TextBuf, out: &mut Sessions) {
        let Some(call) = self.call(call_id) else {
            return;
        };
        let rings = call
            .connection(device.as_bytes())
            .is_some_and(|inside| inside.state == LocalConnectionState::ALERTING);
        if !rings || call.call_type == CallType::RESERVATION {
            return;
        }
        let (queued, called) = (!call.queues.is_empty(), call.dialed_number.clone());
        if !queued {
            self.drop_out(call_id, device, out);
            return;
        }
        // Back into the queue.
        let phones = self.phones(call_id);
        self.leave(call_id, device);
        let event = CallConnectionClearedEvent {
            connection_device_type: ConnectionDeviceType::STATIC,
            call_id,
            releasing_device_type: DeviceType::AGENT_DEVICE,
            local_connection_state: LocalConnectionState::NONE,
            event_cause: EventCause::CALL_NOT_ANSWERED,
            connection_device_id: Some(device.text().into()),
            releasing_device_id: Some(device.text().into()),
            ..CallConnectionClearedEvent::default()
        };
        let _ = called;
        out.tell(Audience::Phones(&phones), &event.into());
        if let Some(login_id) = self.login_at(device.as_bytes()) {
            let reason = AgentStateReasonCode::AGT_RNA;
            self.set_state(&login_id, AgentState::NOT_READY, reason, None, out);
        }
        self.route(out);
    }

    /// Makes an outside caller dial a route point.
    pub(super) fn customer_calls(&mut self, out: &mut Sessions) -> Option<u32> {
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
    pub(super) fn call_in_to(
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

    fn free_port(&self) -> Option<TextBuf> {
        let mut ports = self.plan.cti_ports.iter();
        ports
            .find(|port| self.calls_at(port.as_bytes()).is_empty())
            .cloned()
    }

    /// Gives calls that wait to agents who are ready.
    pub(super) fn route(&mut self, out: &mut Sessions) {
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
    pub(super) fn dial(
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

    fn queue_of(&self, number: &TextBuf) -> Option<u32> {
        let mut applications = self.plan.applications.iter();
        let application = applications.find(|known| known.route_point == *number);
        application.map(|application| application.csq_id)
    }

    /// Ends the talk of a played agent, who hangs up or consults a colleague.
    pub(super) fn talked(&mut self, call_id: u32, phone: &TextBuf, out: &mut Sessions) {
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
    pub(super) fn complete(
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

    fn other_party(&self, call_id: u32, device: &TextBuf) -> Option<TextBuf> {
        let phones = self.phones(call_id);
        phones.into_iter().find(|other| other != device)
    }

    /// Joins a held and an active call at a device, and leaves the device out.
    pub(super) fn transfer(
        &mut self,
        main: u32,
        consult: u32,
        device: &TextBuf,
        out: &mut Sessions,
    ) {
        let before = self.joined_phones(main, consult);
        let added = self.other_party(consult, device).unwrap_or_default();
        let other = self.other_party(main, device).unwrap_or_default();
        self.retype(main, CallType::TRANSFER_IN, &other, out);
        self.move_parties(main, consult, device);
        self.leave(main, device);
        let parties = self.parties(main);
        let parties = as_parties(&parties, main);
        let event = CallTransferredEvent {
            primary_device_type: ConnectionDeviceType::STATIC,
            primary_call_id: main,
            secondary_device_type: ConnectionDeviceType::STATIC,
            secondary_call_id: consult,
            transferring_device_type: self.kind(device.as_bytes()),
            transferred_device_type: self.kind(added.as_bytes()),
            local_connection_state: LocalConnectionState::CONNECT,
            event_cause: EventCause::TRANSFER,
            primary_device_id: Some(device.text().into()),
            secondary_device_id: Some(added.text().into()),
            transferring_device_id: Some(device.text().into()),
            transferred_device_id: Some(added.text().into()),
            connected_parties: parties.as_slice().into(),
            ..CallTransferredEvent::default()
        };
        out.tell(Audience::Phones(&before), &event.into());
        self.established_after(main, &other, &added, out);
        self.end_consult(consult, device, out);
    }

    /// Joins a held and an active call at a device, which stays.
    pub(super) fn conference(
        &mut self,
        main: u32,
        consult: u32,
        device: &TextBuf,
        out: &mut Sessions,
    ) {
        let before = self.joined_phones(main, consult);
        let added = self.other_party(consult, device).unwrap_or_default();
        let other = self.other_party(main, device).unwrap_or_default();
        self.retype(main, CallType::CONFERENCE, &other, out);
        self.move_parties(main, consult, device);
        self.put(main, device, LocalConnectionState::CONNECT, true);
        let parties = self.parties(main);
        let parties = as_parties(&parties, main);
        let event = CallConferencedEvent {
            primary_device_type: ConnectionDeviceType::STATIC,
            primary_call_id: main,
            secondary_device_type: ConnectionDeviceType::STATIC,
            secondary_call_id: consult,
            controller_device_type: self.kind(device.as_bytes()),
            added_party_device_type: self.kind(added.as_bytes()),
            local_connection_state: LocalConnectionState::CONNECT,
            event_cause: EventCause::KEY_CONFERENCE,
            primary_device_id: Some(device.text().into()),
            secondary_device_id: Some(added.text().into()),
            controller_device_id: Some(device.text().into()),
            added_party_device_id: Some(added.text().into()),
            connected_parties: parties.as_slice().into(),
            ..CallConferencedEvent::default()
        };
        out.tell(Audience::Phones(&before), &event.into());
        self.established_after(main, &other, &added, out);
        self.end_consult(consult, device, out);
    }

    fn joined_phones(&self, main: u32, consult: u32) -> Vec<TextBuf> {
        let mut phones = self.phones(main);
        phones.extend(self.phones(consult));
        phones
    }

    /// Moves all parties except the common device to the main call, and reports them.
    fn move_parties(&mut self, main: u32, consult: u32, device: &TextBuf) {
        let moved: Vec<CentreConnection> = self
            .calls
            .get(&consult)
            .map(|call| call.connections.clone())
            .unwrap_or_default();
        for inside in moved.into_iter().filter(|inside| inside.device != *device) {
            self.put(main, &inside.device, inside.state, true);
        }
        if let Some(call) = self.calls.get_mut(&main) {
            for inside in &mut call.connections {
                inside.told = true;
            }
        }
    }

    fn parties(&self, call_id: u32) -> Vec<TextBuf> {
        let mut phones = self.phones(call_id);
        phones.truncate(crate::ccx::special::MAX_NUM_DEVICES);
        phones
    }

    /// After calls were joined, `CALL_ESTABLISHED_EVENT` names the caller.
    fn established_after(
        &self,
        call_id: u32,
        caller: &TextBuf,
        added: &TextBuf,
        out: &mut Sessions,
    ) {
        let Some(call) = self.call(call_id) else {
            return;
        };
        // A caller who holds the call himself stays so.
        let connected = call
            .connection(caller.as_bytes())
            .is_some_and(|inside| inside.state == LocalConnectionState::CONNECT);
        if !connected {
            return;
        }
        let event = CallEstablishedEvent {
            connection_device_type: ConnectionDeviceType::STATIC,
            call_id,
            application_id: call.application_id.unwrap_or(NULL_APPLICATION),
            csq_id: call.csq_id.unwrap_or(NULL_CSQ),
            answering_device_type: DeviceType::NONE,
            calling_device_type: self.kind(caller.as_bytes()),
            called_device_type: self.kind(added.as_bytes()),
            last_redirect_device_type: DeviceType::NONE,
            local_connection_state: LocalConnectionState::CONNECT,
            event_cause: EventCause::NEW_CALL,
            connection_device_id: Some(caller.text().into()),
            answering_device_id: Some(UNKNOWN.into()),
            calling_device_id: Some(caller.text().into()),
            called_device_id: Some(added.text().into()),
            last_redirect_device_id: Some(DeviceId::default()),
            ..CallEstablishedEvent::default()
        };
        out.tell(Audience::Phones(&self.phones(call_id)), &event.into());
    }

    /// Ends a consult call that has become a part of the main one.
    fn end_consult(&mut self, consult: u32, device: &TextBuf, out: &mut Sessions) {
        let phones = self.phones(consult);
        self.clear_connection(consult, device, EventCause::NONE, out);
        self.after(device, out);
        for other in phones.iter().filter(|other| *other != device) {
            self.clear_connection(consult, other, EventCause::NONE, out);
        }
        self.end(consult, &phones, out);
    }

    /// Sends a call on to another number, without a consultation.
    pub(super) fn redirect(
        &mut self,
        call_id: u32,
        device: &TextBuf,
        number: &TextBuf,
        out: &mut Sessions,
    ) {
        let phones = self.phones(call_id);
        let event = CallDivertedEvent {
            connection_device_type: ConnectionDeviceType::STATIC,
            call_id,
            application_id: NULL_APPLICATION,
            diverting_device_type: self.kind(device.as_bytes()),
            called_device_type: self.kind(number.as_bytes()),
            local_connection_state: LocalConnectionState::NULL,
            event_cause: EventCause::REDIRECTED,
            connection_device_id: Some(device.text().into()),
            diverting_device_id: Some(device.text().into()),
            called_device_id: Some(number.text().into()),
            ..CallDivertedEvent::default()
        };
        self.leave(call_id, device);
        out.tell(Audience::Phones(&phones), &event.into());
        self.after(device, out);
        if self.agent_at(number.as_bytes()).is_some() {
            if let Some(login_id) = self.login_at(number.as_bytes()) {
                self.reserve(&login_id, out);
            }
            self.deliver(call_id, number, None, out);
        } else {
            // An outside party picks up at once.
            self.put(call_id, number, LocalConnectionState::CONNECT, true);
            self.establish(call_id, number, out);
        }
    }
}

/// Returns a call without data, for the changes.
pub(super) fn blank(call: &CentreCall) -> CentreCall {
    CentreCall {
        ani: TextBuf::default(),
        digits: TextBuf::default(),
        variables: Default::default(),
        wrap_up: TextBuf::default(),
        account: TextBuf::default(),
        named_variables: Vec::new(),
        named_arrays: Vec::new(),
        ..call.clone()
    }
}

fn as_parties(parties: &[TextBuf], call_id: u32) -> Vec<ConnectedParty<'_>> {
    let parties = parties.iter();
    parties
        .map(|device| ConnectedParty {
            connected_party_call_id: Some(call_id),
            connected_party_device_type: Some(ConnectionDeviceType::STATIC),
            connected_party_device_id: Some(device.text().into()),
        })
        .collect()
}

/// Returns a text that is not empty.
pub(super) fn said(text: &TextBuf) -> Option<Text<'_>> {
    (!text.as_bytes().is_empty()).then(|| text.text())
}

pub(super) fn variables(call: &CentreCall) -> [Option<Text<'_>>; 10] {
    call.variables.each_ref().map(said)
}

pub(super) fn named_variables(call: &CentreCall) -> Vec<NamedVariable<'_>> {
    let variables = call.named_variables.iter();
    variables
        .map(|(name, value)| NamedVariable {
            name: name.text(),
            value: value.text(),
        })
        .collect()
}

pub(super) fn named_arrays(call: &CentreCall) -> Vec<NamedArray<'_>> {
    let arrays = call.named_arrays.iter();
    arrays
        .map(|(name, index, value)| NamedArray {
            index: *index,
            name: name.text(),
            value: value.text(),
        })
        .collect()
}

/// Returns a duration in seconds.
pub(super) fn seconds(time: Duration) -> u32 {
    u32::try_from(time.as_secs()).unwrap_or(u32::MAX)
}

/// Returns whether a request leaves the `CallID` open.
pub(super) fn is_open(call_id: u32) -> bool {
    call_id == NULL_CALL_ID
}
