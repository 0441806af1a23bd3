//! What happens to a call, and the events that tell of it.

use alloc::format;

use super::data::{named_arrays, named_variables, said, variables};
use crate::ccx::simulator::Centre;
use crate::ccx::simulator::centre::{CentreCall, Task};
use crate::ccx::simulator::sessions::{Audience, Sessions};
use crate::ccx::special::{NULL_APPLICATION, NULL_CSQ};
use crate::ccx::{
    AgentState, BeginCallEvent, CallClearedEvent, CallConnectionClearedEvent, CallDataUpdateEvent,
    CallDeliveredEvent, CallDequeuedEvent, CallEstablishedEvent, CallFailedEvent, CallHeldEvent,
    CallOriginatedEvent, CallQueuedEvent, CallRetrievedEvent, CallServiceInitiatedEvent,
    ConnectionDeviceType, DeviceId, DeviceType, EndCallEvent, EventCause, LocalConnectionState,
    QueueCsq, RtpDirection, RtpStartedEvent, RtpStoppedEvent, TextBuf,
};

impl Centre {
    pub(in crate::ccx::simulator) fn begin(
        &self,
        call_id: u32,
        device: &TextBuf,
        out: &mut Sessions,
    ) {
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

    pub(in crate::ccx::simulator) fn initiated(
        &self,
        call_id: u32,
        device: &TextBuf,
        out: &mut Sessions,
    ) {
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

    pub(in crate::ccx::simulator) fn originated(
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
    pub(in crate::ccx::simulator) fn deliver(
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
    pub(in crate::ccx::simulator) fn establish(
        &mut self,
        call_id: u32,
        device: &TextBuf,
        out: &mut Sessions,
    ) {
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

    pub(in crate::ccx::simulator) fn media(
        &self,
        call_id: u32,
        device: &TextBuf,
        started: bool,
        out: &mut Sessions,
    ) {
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

    pub(in crate::ccx::simulator) fn hold(
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

    pub(in crate::ccx::simulator) fn retrieve(
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

    pub(in crate::ccx::simulator) fn queue(
        &mut self,
        call_id: u32,
        port: &TextBuf,
        csq_id: u32,
        out: &mut Sessions,
    ) {
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

    pub(in crate::ccx::simulator) fn dequeue(&mut self, call_id: u32, out: &mut Sessions) {
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
    pub(in crate::ccx::simulator) fn clear_connection(
        &mut self,
        call_id: u32,
        device: &TextBuf,
        event_cause: EventCause,
        out: &mut Sessions,
    ) {
        let phones = self.phones(call_id);
        let talks = self
            .call(call_id)
            .and_then(|call| call.connection(device.as_bytes()))
            .is_some_and(|inside| inside.state == LocalConnectionState::CONNECT);
        if talks {
            self.media(call_id, device, false, out);
        }
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
    pub(in crate::ccx::simulator) fn leave(&mut self, call_id: u32, device: &TextBuf) {
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
    pub(in crate::ccx::simulator) fn end(
        &mut self,
        call_id: u32,
        phones: &[TextBuf],
        out: &mut Sessions,
    ) {
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
    pub(in crate::ccx::simulator) fn clear_call(&mut self, call_id: u32, out: &mut Sessions) {
        let phones = self.phones(call_id);
        self.finish(call_id, &phones, &phones, out);
    }

    /// Ends a call for those who are left in it, and tells all who were.
    fn finish(&mut self, call_id: u32, left: &[TextBuf], phones: &[TextBuf], out: &mut Sessions) {
        for device in left {
            self.clear_connection(call_id, device, EventCause::NONE, out);
            self.after(device, out);
        }
        self.end(call_id, phones, out);
        self.route(out);
    }

    /// Sets the state of the agent at a phone that has left a call.
    pub(in crate::ccx::simulator) fn after(&mut self, device: &TextBuf, out: &mut Sessions) {
        if self.calls_at(device.as_bytes()).is_empty()
            && let Some(login_id) = self.login_at(device.as_bytes())
        {
            self.hangs_up(&login_id, out);
        }
    }

    /// Hangs up a device: a call with one remaining party is over.
    pub(in crate::ccx::simulator) fn drop_out(
        &mut self,
        call_id: u32,
        device: &TextBuf,
        out: &mut Sessions,
    ) {
        let phones = self.phones(call_id);
        self.clear_connection(call_id, device, EventCause::NONE, out);
        self.after(device, out);
        let left = self.phones(call_id);
        if left.len() <= 1 {
            self.finish(call_id, &left, &phones, out);
        }
    }

    /// Fails a call before it is answered.
    pub(in crate::ccx::simulator) fn fail(
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
    pub(in crate::ccx::simulator) fn data_update(
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
}
