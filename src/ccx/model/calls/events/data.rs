//! Events that carry the data of a call.

use alloc::vec::Vec;
use core::time::Duration;

use super::super::Calls;
use super::super::call::{Connected, Phase};
use super::super::what::{Ended, Number};
use crate::ccx::MessageType;
use crate::ccx::messages::{BeginCallEvent, CallDataUpdateEvent, SetCallDataReq};
use crate::ccx::model::{Change, filled};
use crate::ccx::values::LocalConnectionState;
use crate::ccx::values::special::NULL_CALL_ID;

impl Calls {
    pub(super) fn begin(
        &mut self,
        now: Duration,
        event: &BeginCallEvent<'_>,
        changes: &mut Vec<Change>,
    ) {
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
                if replace {
                    call.replace(event, &limits, changes);
                } else {
                    call.update(event, &limits, changes);
                }
            },
            changes,
        );
    }

    pub(super) fn data_update(
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
        let known = self
            .find(event.call_id, device)
            .or_else(|| self.find(new_id, new_device));
        let key = match known {
            Some(key) => key,
            None if self.update_last(event.call_id, event.call_type, event, changes) => return,
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
                call.update(event, &limits, changes);
            },
            changes,
        );
    }

    /// Applies a server's data in the form of the clients' request; it is equivalent to an update.
    pub(super) fn set_by_server(
        &mut self,
        now: Duration,
        request: &SetCallDataReq<'_>,
        changes: &mut Vec<Change>,
    ) {
        let device = filled(request.connection_device_id);
        let Some(key) = self.heard(request.call_id, device, changes) else {
            if !self.update_last(request.call_id, request.call_type, request, changes) {
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
                call.update(request, &limits, changes);
            },
            changes,
        );
    }
}
