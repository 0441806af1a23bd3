//! Call events.

mod arrival;
mod data;

use alloc::vec::Vec;
use core::time::Duration;

use super::Calls;
use super::call::{CallKey, Connected, Phase, Role};
use super::merge::{Merge, MergeKind};
use super::what::{Ended, Number};
use crate::ccx::model::{Change, filled};
use crate::ccx::values::{DeviceType, EventCause, RtpDirection};
use crate::ccx::{DeviceId, Message};
use crate::text::same;

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
                let calling = (event.calling_device_type, event.calling_device_id);
                let to = Connected {
                    device_type: event.connection_device_type,
                    device_id: event.connection_device_id,
                    state: event.local_connection_state,
                    device: kind_of(event.connection_device_id, [calling]),
                };
                let key = self.placed(now, event.call_id, &to, changes);
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
                let calling = (event.calling_device_type, event.calling_device_id);
                let called = (event.called_device_type, event.called_device_id);
                let to = Connected {
                    device_type: event.connection_device_type,
                    device_id: event.connection_device_id,
                    state: event.local_connection_state,
                    device: kind_of(event.connection_device_id, [calling, called]),
                };
                let key = self.placed(now, event.call_id, &to, changes);
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
                        [(event.holding_device_type, event.holding_device_id)],
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
                        [(event.retrieving_device_type, event.retrieving_device_id)],
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
                    device: kind_of(event.connection_device_id, [failing, called]),
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

    /// Applies an event that tells of a connection. Its call begins with it if it was unknown.
    #[inline(never)]
    fn placed(
        &mut self,
        now: Duration,
        call_id: u32,
        to: &Connected<'_>,
        changes: &mut Vec<Change>,
    ) -> CallKey {
        let key = match self.find(call_id, filled(to.device_id)) {
            Some(key) => key,
            None => self.start(now, call_id, changes),
        };
        self.touch(key, changes);
        self.connect(key, to, changes);
        key
    }

    #[inline]
    pub(super) fn touch(&mut self, key: CallKey, changes: &mut Vec<Change>) {
        let Some(call) = self.calls.get_mut(key) else {
            return;
        };
        call.touch(self.sequence, changes);
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
        let key = self.placed(now, call_id, to, changes);
        self.change(
            now,
            key,
            |call, changes| call.set_number(Number::Cause, cause(event_cause), changes),
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
#[inline]
fn kind_of<const N: usize>(
    connection: Option<DeviceId<'_>>,
    named: [(DeviceType, Option<DeviceId<'_>>); N],
) -> Option<DeviceType> {
    let connection = filled(connection)?.as_bytes();
    let is = |id: DeviceId<'_>| same(id.as_bytes(), connection);
    let mut named = named.into_iter();
    named
        .find(|(kind, id)| *kind != DeviceType::NONE && id.is_some_and(is))
        .map(|(kind, _)| kind)
}

fn cause(cause: EventCause) -> u32 {
    cause.0.into()
}
