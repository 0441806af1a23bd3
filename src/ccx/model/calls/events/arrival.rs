//! Events of a call that arrives somewhere: rings, is answered, waits.

use alloc::vec::Vec;
use core::time::Duration;

use super::super::Calls;
use super::super::call::{Connected, Role};
use super::super::what::Number;
use super::{cause, kind_of};
use crate::ccx::messages::{CallDeliveredEvent, CallEstablishedEvent, CallQueuedEvent};
use crate::ccx::model::{Change, filled};
use crate::ccx::values::{ConnectionDeviceType, DeviceType, LocalConnectionState};

impl Calls {
    pub(super) fn delivered(
        &mut self,
        now: Duration,
        event: &CallDeliveredEvent<'_>,
        changes: &mut Vec<Change>,
    ) {
        let calling = (event.calling_device_type, event.calling_device_id);
        let called = (event.called_device_type, event.called_device_id);
        let alerting = (event.alerting_device_type, event.alerting_device_id);
        let redirect = (
            event.last_redirect_device_type,
            event.last_redirect_device_id,
        );
        let to = Connected {
            device_type: event.connection_device_type,
            device_id: event.connection_device_id,
            state: event.local_connection_state,
            device: kind_of(event.connection_device_id, [alerting, calling, called]),
        };
        let key = self.placed(now, event.call_id, &to, changes);
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
                call.update(event, &limits, changes);
            },
            changes,
        );
    }

    pub(super) fn established(
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
                device: kind_of(event.connection_device_id, [answering, calling, called]),
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

    pub(super) fn queued(
        &mut self,
        now: Duration,
        event: &CallQueuedEvent<'_>,
        changes: &mut Vec<Change>,
    ) {
        let calling = (event.calling_device_type, event.calling_device_id);
        let called = (event.called_device_type, event.called_device_id);
        let redirect = (
            event.last_redirect_device_type,
            event.last_redirect_device_id,
        );
        let to = Connected {
            device_type: event.connection_device_type,
            device_id: event.connection_device_id,
            state: event.local_connection_state,
            device: kind_of(event.connection_device_id, [calling, called]),
        };
        let key = self.placed(now, event.call_id, &to, changes);
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
}
