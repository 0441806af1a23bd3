//! Call events.

use alloc::vec::Vec;
use core::time::Duration;

use super::Calls;
use super::call::{CallKey, Connected, Ended, Number, Phase, Role};
use super::data::Update;
use super::merge::{Merge, MergeKind};
use crate::ccx::messages::{
    BeginCallEvent, CallDataUpdateEvent, CallDeliveredEvent, CallEstablishedEvent, CallQueuedEvent,
    SetCallDataReq,
};
use crate::ccx::model::{Change, filled};
use crate::ccx::values::special::NULL_CALL_ID;
use crate::ccx::values::{
    ConnectionDeviceType, DeviceType, EventCause, LocalConnectionState, RtpDirection,
};
use crate::ccx::{DeviceId, Message, MessageType};

impl Calls {
    /// Applies a call event; any other message changes nothing.
    pub(in crate::ccx::model) fn event(
        &mut self,
        now: Duration,
        message: &Message<'_>,
        changes: &mut Vec<Change>,
    ) {
        match message {
            Message::BeginCallEvent(event) => self.begin(now, event, changes),
            Message::CallDataUpdateEvent(event) => self.data_update(now, event, changes),
            Message::SetCallDataReq(request) => self.set_by_server(now, request, changes),
            Message::CallDeliveredEvent(event) => self.delivered(now, event, changes),
            Message::CallEstablishedEvent(event) => self.established(now, event, changes),
            Message::CallQueuedEvent(event) => self.queued(now, event, changes),
            Message::CallServiceInitiatedEvent(event) => {
                let key = self.heard(event.call_id, event.connection_device_id, changes);
                let key = key.unwrap_or_else(|| self.start(now, event.call_id, changes));
                let calling = (event.calling_device_type, event.calling_device_id);
                self.connect(
                    key,
                    &Connected {
                        device_type: event.connection_device_type,
                        device_id: event.connection_device_id,
                        state: event.local_connection_state,
                        device: kind_of(event.connection_device_id, &[calling]),
                    },
                    changes,
                );
                self.change(
                    now,
                    key,
                    |call, changes| {
                        call.set_device(Role::Calling, calling.0, calling.1, changes);
                        call.set_number(Number::Application, event.application_id, changes);
                        call.set_number(Number::Csq, event.csq_id, changes);
                        call.set_number(Number::Cause, cause(event.event_cause), changes);
                    },
                    changes,
                );
            }
            Message::CallOriginatedEvent(event) => {
                let key = self.heard(event.call_id, event.connection_device_id, changes);
                let key = key.unwrap_or_else(|| self.start(now, event.call_id, changes));
                let calling = (event.calling_device_type, event.calling_device_id);
                let called = (event.called_device_type, event.called_device_id);
                self.connect(
                    key,
                    &Connected {
                        device_type: event.connection_device_type,
                        device_id: event.connection_device_id,
                        state: event.local_connection_state,
                        device: kind_of(event.connection_device_id, &[calling, called]),
                    },
                    changes,
                );
                self.change(
                    now,
                    key,
                    |call, changes| {
                        call.set_device(Role::Calling, calling.0, calling.1, changes);
                        call.set_device(Role::Called, called.0, called.1, changes);
                        call.set_number(Number::Application, event.application_id, changes);
                        call.set_number(Number::Csq, event.csq_id, changes);
                        call.set_number(Number::Cause, cause(event.event_cause), changes);
                    },
                    changes,
                );
            }
            Message::CallHeldEvent(event) => self.state_of(
                now,
                event.call_id,
                &Connected {
                    device_type: event.connection_device_type,
                    device_id: event.connection_device_id,
                    state: event.local_connection_state,
                    device: kind_of(
                        event.connection_device_id,
                        &[(event.holding_device_type, event.holding_device_id)],
                    ),
                },
                event.event_cause,
                changes,
            ),
            Message::CallRetrievedEvent(event) => self.state_of(
                now,
                event.call_id,
                &Connected {
                    device_type: event.connection_device_type,
                    device_id: event.connection_device_id,
                    state: event.local_connection_state,
                    device: kind_of(
                        event.connection_device_id,
                        &[(event.retrieving_device_type, event.retrieving_device_id)],
                    ),
                },
                event.event_cause,
                changes,
            ),
            Message::CallFailedEvent(event) => {
                let called = (event.called_device_type, event.called_device_id);
                let failing = (event.failing_device_type, event.failing_device_id);
                let connected = Connected {
                    device_type: event.connection_device_type,
                    device_id: event.connection_device_id,
                    state: event.local_connection_state,
                    device: kind_of(event.connection_device_id, &[failing, called]),
                };
                self.state_of(now, event.call_id, &connected, event.event_cause, changes);
                if let Some(key) = self.find(event.call_id, event.connection_device_id) {
                    self.change(
                        now,
                        key,
                        |call, changes| {
                            call.set_device(Role::Called, called.0, called.1, changes);
                        },
                        changes,
                    );
                }
            }
            Message::CallDequeuedEvent(event) => {
                let device = filled(event.connection_device_id);
                let Some(key) = self.takes_away(message, event.call_id, device, changes) else {
                    return;
                };
                self.change(
                    now,
                    key,
                    |call, changes| {
                        let all = event.csqs.iter().next().is_none();
                        let listed = |csq_id| event.csqs.iter().any(|csq| csq.csq_id == csq_id);
                        call.leave_queues(|queue| all || listed(queue.csq_id), changes);
                        call.set_number(Number::Cause, cause(event.event_cause), changes);
                    },
                    changes,
                );
            }
            Message::CallDivertedEvent(event) => {
                let device =
                    filled(event.diverting_device_id).or(filled(event.connection_device_id));
                let Some(key) = self.takes_away(message, event.call_id, device, changes) else {
                    return;
                };
                self.disconnect(key, device, changes);
                self.change(
                    now,
                    key,
                    |call, changes| {
                        call.leave_queues(|_| true, changes);
                        let called = (event.called_device_type, event.called_device_id);
                        call.set_device(Role::Called, called.0, called.1, changes);
                        call.set_number(Number::Application, event.application_id, changes);
                        call.set_number(Number::Cause, cause(event.event_cause), changes);
                    },
                    changes,
                );
            }
            Message::CallConnectionClearedEvent(event) => {
                let device =
                    filled(event.connection_device_id).or(filled(event.releasing_device_id));
                let Some(key) = self.takes_away(message, event.call_id, device, changes) else {
                    return;
                };
                self.disconnect(key, device, changes);
                self.change(
                    now,
                    key,
                    |call, changes| {
                        call.set_number(Number::Cause, cause(event.event_cause), changes);
                    },
                    changes,
                );
            }
            Message::CallClearedEvent(event) => {
                let Some(key) = self.takes_away(message, event.call_id, None, changes) else {
                    return;
                };
                self.cleared(now, key, event.event_cause, changes);
            }
            Message::EndCallEvent(event) => {
                let device = filled(event.connection_device_id);
                if let Some(key) = self.takes_away(message, event.call_id, device, changes) {
                    self.remove(now, key, Ended::Ended, changes);
                }
            }
            Message::CallConferencedEvent(event) => {
                let merge = Merge {
                    kind: MergeKind::Conference,
                    primary: (event.primary_call_id, event.primary_device_id),
                    primary_state: event.local_connection_state,
                    secondary: (event.secondary_call_id, event.secondary_device_id),
                    acting: event.controller_device_id,
                    result: None,
                    parties: event.connected_parties,
                };
                self.merge(now, &merge, changes);
            }
            Message::CallTransferredEvent(event) => {
                let merge = Merge {
                    kind: MergeKind::Transfer,
                    primary: (event.primary_call_id, event.primary_device_id),
                    primary_state: event.local_connection_state,
                    secondary: (event.secondary_call_id, event.secondary_device_id),
                    acting: event.transferring_device_id,
                    result: None,
                    parties: event.connected_parties,
                };
                self.merge(now, &merge, changes);
            }
            Message::RtpStartedEvent(event) => self.media(
                now,
                (event.call_id, event.connection_device_id),
                event.direction,
                true,
                changes,
            ),
            Message::RtpStoppedEvent(event) => self.media(
                now,
                (event.call_id, event.connection_device_id),
                event.direction,
                false,
                changes,
            ),
            _ => {}
        }
    }

    /// Finds the call that an event names, which makes it fresh and, if it was provisional, shown.
    #[inline]
    fn heard(
        &mut self,
        call_id: u32,
        device: Option<DeviceId<'_>>,
        changes: &mut Vec<Change>,
    ) -> Option<CallKey> {
        let key = self.find(call_id, filled(device))?;
        self.touch(key, changes);
        Some(key)
    }

    #[inline]
    pub(super) fn touch(&mut self, key: CallKey, changes: &mut Vec<Change>) {
        let Some(call) = self.calls.get_mut(key) else {
            return;
        };
        call.touched = self.sequence;
        call.unconfirmed = false;
        if call.phase == Phase::Provisional {
            call.phase = Phase::Live;
            call.announce(changes);
        }
        call.refresh(changes);
    }

    /// Creates a call that begins with this event.
    fn start(&mut self, now: Duration, call_id: u32, changes: &mut Vec<Change>) -> CallKey {
        self.forget_last_with_id(call_id, changes);
        self.create(now, call_id, Phase::Live, changes)
    }

    /// Finds the call of an event that only removes something: it creates none.
    fn takes_away(
        &mut self,
        message: &Message<'_>,
        call_id: u32,
        device: Option<DeviceId<'_>>,
        changes: &mut Vec<Change>,
    ) -> Option<CallKey> {
        let key = self.heard(call_id, device, changes);
        if key.is_none() {
            let message_type = message.message_type();
            changes.push(Change::UnknownCall {
                message_type,
                call_id,
            });
        }
        key
    }

    /// Changes a call, and sees to its time.
    #[inline]
    pub(super) fn change(
        &mut self,
        now: Duration,
        key: CallKey,
        change: impl FnOnce(&mut super::Call, &mut Vec<Change>),
        changes: &mut Vec<Change>,
    ) {
        if let Some(call) = self.calls.get_mut(key) {
            if call.phase == Phase::Provisional {
                change(call, &mut Vec::new());
            } else {
                change(call, changes);
            }
        }
        self.settle(now, key);
    }

    #[inline]
    pub(super) fn connect(&mut self, key: CallKey, to: &Connected<'_>, changes: &mut Vec<Change>) {
        let Some(call) = self.calls.get_mut(key) else {
            return;
        };
        call.connect(to, &self.limits, changes);
        let merged = matches!(call.phase, Phase::Merged(_));
        if !self.last.is_empty()
            && let Some(device) = filled(to.device_id)
            && !merged
            && self.last(device).is_some_and(|last| last.call.key != key)
        {
            self.forget_last(device, changes);
        }
    }

    pub(super) fn disconnect(
        &mut self,
        key: CallKey,
        device: Option<DeviceId<'_>>,
        changes: &mut Vec<Change>,
    ) {
        let Some(device) = device else { return };
        let of_agent = self.is_of_agent(device);
        if let Some(call) = self.calls.get_mut(key) {
            call.disconnect(device, of_agent, &self.limits, changes);
        }
    }

    fn state_of(
        &mut self,
        now: Duration,
        call_id: u32,
        to: &Connected<'_>,
        event_cause: EventCause,
        changes: &mut Vec<Change>,
    ) {
        let key = self.heard(call_id, to.device_id, changes);
        let key = key.unwrap_or_else(|| self.start(now, call_id, changes));
        self.connect(key, to, changes);
        self.change(
            now,
            key,
            |call, changes| call.set_number(Number::Cause, cause(event_cause), changes),
            changes,
        );
    }

    fn begin(&mut self, now: Duration, event: &BeginCallEvent<'_>, changes: &mut Vec<Change>) {
        let device = filled(event.connection_device_id);
        let mut replace = false;
        let known = self.find(event.call_id, device).and_then(|key| {
            let call = self.calls.get(key)?;
            let named = device.is_some_and(|device| call.connection(device).is_some());
            let begun = match (&call.begun, device) {
                (Some(begun), Some(device)) => *begun == device,
                _ => false,
            };
            match call.phase {
                Phase::Provisional => Some((key, false)),
                Phase::Live if call.stale && named => {
                    replace = true;
                    Some((key, false))
                }
                Phase::Live if call.stale => Some((key, true)),
                // Known by other events only, by a confirmation, or by a snapshot.
                Phase::Live if call.begun.is_none() => Some((key, false)),
                Phase::Live if !begun && !call.connections.is_empty() => None,
                Phase::Live | Phase::Over | Phase::Merged(_) => Some((key, true)),
            }
        });
        let key = match known {
            Some((key, false)) => {
                self.touch(key, changes);
                key
            }
            Some((key, true)) => {
                self.remove(now, key, Ended::Replaced, changes);
                self.start(now, event.call_id, changes)
            }
            None => self.start(now, event.call_id, changes),
        };
        self.connect(
            key,
            &Connected {
                device_type: event.connection_device_type,
                device_id: device,
                state: LocalConnectionState::NONE,
                device: None,
            },
            changes,
        );
        let limits = self.limits;
        self.change(
            now,
            key,
            |call, changes| {
                call.begun = Some(device.unwrap_or_default().into());
                call.set_type(event.call_type, changes);
                call.set_number(
                    Number::Disposition,
                    event.called_party_disposition.0.into(),
                    changes,
                );
                call.update(&Update::from(event), replace, &limits, changes);
            },
            changes,
        );
    }

    fn data_update(
        &mut self,
        now: Duration,
        event: &CallDataUpdateEvent<'_>,
        changes: &mut Vec<Change>,
    ) {
        let device = filled(event.connection_device_id);
        let new_device = filled(event.new_connection_device_id).or(device);
        let new_id = match event.new_call_id {
            0 | NULL_CALL_ID => event.call_id,
            id => id,
        };
        let update = Update::from(event);
        let known = self
            .find(event.call_id, device)
            .or_else(|| self.find(new_id, new_device));
        let key = match known {
            Some(key) => key,
            None if self.update_last(event.call_id, event.call_type, &update, changes) => return,
            None => self.create(now, new_id, Phase::Provisional, changes),
        };
        let provisional = |calls: &Self| {
            let call = calls.calls.get(key);
            call.is_some_and(|call| call.phase == Phase::Provisional)
        };
        if !provisional(self) {
            self.touch(key, changes);
        }
        if let Some(other) = self.find(new_id, new_device).filter(|other| *other != key)
            && event.call_id != new_id
        {
            self.absorb(now, key, other, changes);
        }
        self.rename(key, new_id, changes);
        let limits = self.limits;
        self.change(
            now,
            key,
            |call, changes| {
                if let (Some(from), Some(to)) = (device, new_device) {
                    call.rename_device(from, event.new_connection_device_type, to, changes);
                }
                call.set_type(event.call_type, changes);
                call.set_number(Number::Campaign, event.campaign_id, changes);
                call.set_number(
                    Number::Disposition,
                    event.called_party_disposition.0.into(),
                    changes,
                );
                call.update(&update, false, &limits, changes);
            },
            changes,
        );
    }

    /// Applies a server's data in the form of the clients' request; it is equivalent to an update.
    fn set_by_server(
        &mut self,
        now: Duration,
        request: &SetCallDataReq<'_>,
        changes: &mut Vec<Change>,
    ) {
        let update = Update::from(request);
        let device = filled(request.connection_device_id);
        let Some(key) = self.heard(request.call_id, device, changes) else {
            if !self.update_last(request.call_id, request.call_type, &update, changes) {
                changes.push(Change::UnknownCall {
                    message_type: MessageType::SET_CALL_DATA_REQ,
                    call_id: request.call_id,
                });
            }
            return;
        };
        let limits = self.limits;
        self.change(
            now,
            key,
            |call, changes| {
                call.set_type(request.call_type, changes);
                call.update(&update, false, &limits, changes);
            },
            changes,
        );
    }

    fn delivered(
        &mut self,
        now: Duration,
        event: &CallDeliveredEvent<'_>,
        changes: &mut Vec<Change>,
    ) {
        let key = self.heard(event.call_id, event.connection_device_id, changes);
        let key = key.unwrap_or_else(|| self.start(now, event.call_id, changes));
        let calling = (event.calling_device_type, event.calling_device_id);
        let called = (event.called_device_type, event.called_device_id);
        let alerting = (event.alerting_device_type, event.alerting_device_id);
        let redirect = (
            event.last_redirect_device_type,
            event.last_redirect_device_id,
        );
        self.connect(
            key,
            &Connected {
                device_type: event.connection_device_type,
                device_id: event.connection_device_id,
                state: event.local_connection_state,
                device: kind_of(event.connection_device_id, &[alerting, calling, called]),
            },
            changes,
        );
        let limits = self.limits;
        self.change(
            now,
            key,
            |call, changes| {
                call.set_device(Role::Calling, calling.0, calling.1, changes);
                call.set_device(Role::Called, called.0, called.1, changes);
                call.set_device(Role::LastRedirect, redirect.0, redirect.1, changes);
                call.set_number(Number::Application, event.application_id, changes);
                call.set_number(Number::Csq, event.csq_id, changes);
                call.set_number(Number::Cause, cause(event.event_cause), changes);
                if let Some(secondary) = event.secondary_call_id {
                    call.set_number(Number::SecondaryCall, secondary, changes);
                }
                call.update(&Update::from(event), false, &limits, changes);
            },
            changes,
        );
    }

    fn established(
        &mut self,
        now: Duration,
        event: &CallEstablishedEvent<'_>,
        changes: &mut Vec<Change>,
    ) {
        let device = filled(event.connection_device_id);
        let key = match self.find_unanswered(event.call_id, device) {
            Some(key) => {
                self.touch(key, changes);
                key
            }
            None => self.start(now, event.call_id, changes),
        };
        let calling = (event.calling_device_type, event.calling_device_id);
        let called = (event.called_device_type, event.called_device_id);
        let answering = (event.answering_device_type, event.answering_device_id);
        let redirect = (
            event.last_redirect_device_type,
            event.last_redirect_device_id,
        );
        self.connect(
            key,
            &Connected {
                device_type: event.connection_device_type,
                device_id: event.connection_device_id,
                state: event.local_connection_state,
                device: kind_of(event.connection_device_id, &[answering, calling, called]),
            },
            changes,
        );
        // After a transfer or a conference the connection is the caller's.
        if answering.0 != DeviceType::NONE && filled(answering.1) != device {
            self.connect(
                key,
                &Connected {
                    device_type: ConnectionDeviceType::STATIC,
                    device_id: answering.1,
                    state: event.local_connection_state,
                    device: Some(answering.0),
                },
                changes,
            );
        }
        let dials = calling.1.filter(|id| {
            let call = self.calls.get(key);
            call.and_then(|call| call.connection(*id))
                .is_some_and(|caller| caller.state == Some(LocalConnectionState::INITIATE))
        });
        self.connect(
            key,
            &Connected {
                device_type: ConnectionDeviceType::STATIC,
                device_id: dials,
                state: LocalConnectionState::CONNECT,
                device: Some(calling.0),
            },
            changes,
        );
        self.change(
            now,
            key,
            |call, changes| {
                call.set_device(Role::Calling, calling.0, calling.1, changes);
                call.set_device(Role::Called, called.0, called.1, changes);
                call.set_device(Role::LastRedirect, redirect.0, redirect.1, changes);
                call.set_number(Number::Application, event.application_id, changes);
                call.set_number(Number::Csq, event.csq_id, changes);
                call.set_number(Number::Cause, cause(event.event_cause), changes);
                if answering.0 == DeviceType::AGENT_DEVICE {
                    call.leave_queues(|_| true, changes);
                }
            },
            changes,
        );
    }

    fn queued(&mut self, now: Duration, event: &CallQueuedEvent<'_>, changes: &mut Vec<Change>) {
        let key = self.heard(event.call_id, event.connection_device_id, changes);
        let key = key.unwrap_or_else(|| self.start(now, event.call_id, changes));
        let calling = (event.calling_device_type, event.calling_device_id);
        let called = (event.called_device_type, event.called_device_id);
        let redirect = (
            event.last_redirect_device_type,
            event.last_redirect_device_id,
        );
        self.connect(
            key,
            &Connected {
                device_type: event.connection_device_type,
                device_id: event.connection_device_id,
                state: event.local_connection_state,
                device: kind_of(event.connection_device_id, &[calling, called]),
            },
            changes,
        );
        let limits = self.limits;
        self.change(
            now,
            key,
            |call, changes| {
                for csq in event.csqs.iter() {
                    if csq.csq_id.is_some() {
                        call.join_queue(csq.csq_id, &limits, changes);
                    }
                }
                call.set_device(Role::Calling, calling.0, calling.1, changes);
                call.set_device(Role::Called, called.0, called.1, changes);
                call.set_device(Role::LastRedirect, redirect.0, redirect.1, changes);
                call.set_number(Number::Application, event.application_id, changes);
                call.set_number(Number::Cause, cause(event.event_cause), changes);
            },
            changes,
        );
    }

    fn cleared(
        &mut self,
        now: Duration,
        key: CallKey,
        event_cause: EventCause,
        changes: &mut Vec<Change>,
    ) {
        self.disconnect_all(key, changes);
        if let Some(call) = self.calls.get_mut(key) {
            call.leave_queues(|_| true, changes);
            call.set_number(Number::Cause, cause(event_cause), changes);
            if !matches!(call.phase, Phase::Merged(_)) {
                call.set_phase(Phase::Over, changes);
            }
        }
        self.settle(now, key);
    }

    pub(super) fn disconnect_all(&mut self, key: CallKey, changes: &mut Vec<Change>) {
        while let Some(device) = self
            .calls
            .get(key)
            .and_then(|call| call.connections.last())
            .map(|connection| connection.device_id.clone())
        {
            self.disconnect(key, Some(DeviceId(device.text())), changes);
        }
    }

    fn media(
        &mut self,
        now: Duration,
        (call_id, device): (u32, Option<DeviceId<'_>>),
        direction: RtpDirection,
        started: bool,
        changes: &mut Vec<Change>,
    ) {
        // A stream creates no call, and does not affect an unknown one.
        let (Some(device), Some(key)) = (filled(device), self.find(call_id, filled(device))) else {
            return;
        };
        let both = direction == RtpDirection::BI_DIRECTIONAL;
        let hears = (both || direction == RtpDirection::INPUT).then_some(started);
        let speaks = (both || direction == RtpDirection::OUTPUT).then_some(started);
        self.change(
            now,
            key,
            |call, changes| call.set_media(device, hears, speaks, changes),
            changes,
        );
    }
}

/// Returns the kind of a connection's device, if the event names the same device in another role.
fn kind_of(
    connection: Option<DeviceId<'_>>,
    named: &[(DeviceType, Option<DeviceId<'_>>)],
) -> Option<DeviceType> {
    let connection = filled(connection)?;
    named
        .iter()
        .find(|(kind, id)| *id == Some(connection) && *kind != DeviceType::NONE)
        .map(|(kind, _)| *kind)
}

fn cause(cause: EventCause) -> u32 {
    cause.0.into()
}
