//! Applying snapshots and confirmations to calls.

use alloc::vec::Vec;
use core::time::Duration;

use super::Calls;
use super::call::{CallKey, Connected, Phase, Queue};
use super::what::Ended;
use crate::ccx::messages::{SnapshotCallConf, SnapshotDeviceConf};
use crate::ccx::model::{Change, filled};
use crate::ccx::values::special::{MAX_NUM_DEVICES, NULL_CALL_ID};
use crate::ccx::values::{CallType, ConnectionDeviceType, LocalConnectionState};
use crate::ccx::{DeviceId, TextBuf};

/// A request's name for a call.
#[derive(Clone, PartialEq, Eq, PartialOrd, Ord, Debug)]
pub(in crate::ccx::model) struct CallName {
    pub call_id: u32,
    pub device_type: ConnectionDeviceType,
    pub device_id: TextBuf,
}

/// The value of a snapshot's information.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub(in crate::ccx::model) enum Worth {
    Taken,
    /// An event has come meanwhile; the snapshot may be older.
    Outdated,
}

impl Calls {
    /// Returns whether a call has left since a message; an older answer does not bring it back.
    fn gone_since(&self, call_id: u32, asked: u64) -> bool {
        let mut gone = self.gone.iter();
        gone.any(|(at, id)| *id == call_id && *at > asked)
    }

    /// Applies `MAKE_CALL_CONF` and `CONSULT_CALL_CONF`, which name a new call and create it unless
    /// an event has done so since the request.
    pub(in crate::ccx::model) fn confirmed(
        &mut self,
        now: Duration,
        asked: u64,
        name: (u32, ConnectionDeviceType, Option<DeviceId<'_>>),
        origin: Option<CallKey>,
        changes: &mut Vec<Change>,
    ) {
        let (call_id, device_type, device_id) = name;
        // Where the server names none, only events can tell.
        if call_id == NULL_CALL_ID {
            return;
        }
        let device_id = filled(device_id);
        let key = match self.find(call_id, device_id) {
            Some(key) if self.calls.get(key).is_some_and(|call| call.touched > asked) => key,
            _ if self.gone_since(call_id, asked) => return,
            // A known call that no message has named since is another one with the same CallID.
            Some(key) => {
                self.remove(now, key, Ended::Replaced, changes);
                self.created_by_confirmation(now, call_id, device_type, device_id, changes)
            }
            None => self.created_by_confirmation(now, call_id, device_type, device_id, changes),
        };
        if let (Some(call), Some(origin)) = (self.calls.get_mut(key), origin)
            && origin != key
        {
            call.origin = Some(origin);
            if call.call_type.is_none() {
                call.set_type(CallType::CONSULT, changes);
            }
        }
        self.settle(now, key);
    }

    fn created_by_confirmation(
        &mut self,
        now: Duration,
        call_id: u32,
        device_type: ConnectionDeviceType,
        device_id: Option<DeviceId<'_>>,
        changes: &mut Vec<Change>,
    ) -> CallKey {
        self.forget_last_with_id(call_id, changes);
        let key = self.create(now, call_id, Phase::Live, changes);
        let to = Connected {
            device_type,
            device_id,
            state: LocalConnectionState::NONE,
            device: None,
        };
        self.connect(key, &to, changes);
        if let Some(call) = self.calls.get_mut(key) {
            call.unconfirmed = true;
        }
        key
    }

    /// Returns the call that a request names, for the origin of a consultation.
    pub(in crate::ccx::model) fn named(
        &self,
        call_id: u32,
        device: Option<DeviceId<'_>>,
    ) -> Option<CallKey> {
        self.find(call_id, filled(device))
    }

    /// Applies the calls of a device. Returns those listed, to be queried one by one.
    pub(in crate::ccx::model) fn snapshot_device(
        &mut self,
        now: Duration,
        device: DeviceId<'_>,
        asked: u64,
        conf: &SnapshotDeviceConf<'_>,
        changes: &mut Vec<Change>,
    ) -> Vec<CallName> {
        let limits = self.limits;
        let mut listed = Vec::new();
        let mut keys = Vec::new();
        for call in conf.calls.iter() {
            let (Some(call_id), Some(id)) = (
                call.call_connection_call_id,
                filled(call.call_connection_device_id),
            ) else {
                continue;
            };
            if self.gone_since(call_id, asked) {
                continue;
            }
            let device_type = call.call_connection_device_type.unwrap_or_default();
            let state = call
                .call_device_connection_state
                .unwrap_or(LocalConnectionState::NONE);
            let to = Connected {
                device_type,
                device_id: Some(id),
                state,
                device: None,
            };
            let known = self.find(call_id, Some(id));
            let key = match known {
                Some(key) => key,
                None => {
                    let key = self.create(now, call_id, Phase::Live, changes);
                    self.connect(key, &to, changes);
                    key
                }
            };
            if let Some(call) = self.calls.get_mut(key) {
                call.found = true;
                let older = known.is_none() || call.touched <= asked;
                // Nothing tells the CSQ, and the snapshot of the call may not come.
                if older && state == LocalConnectionState::QUEUED && call.queues.is_empty() {
                    call.join_queue(None, &limits, changes);
                }
                if older && call.connection(id).is_some() {
                    self.connect(key, &to, changes);
                }
            }
            keys.push(key);
            listed.push(CallName {
                call_id,
                device_type,
                device_id: id.into(),
            });
        }
        // Calls that are known for sure, and are no longer there: their end was missed. Those that
        // are doubtful wait until all devices have answered.
        if keys.len() < MAX_NUM_DEVICES {
            let missed: Vec<CallKey> = self
                .calls
                .iter()
                .filter(|call| {
                    let older = call.touched <= asked && !call.stale && !call.unconfirmed;
                    let live = call.phase == Phase::Live && !keys.contains(&call.key);
                    older && live && call.connection(device).is_some()
                })
                .map(|call| call.key)
                .collect();
            for key in missed {
                self.disconnect(key, Some(device), changes);
                let empty = |call: &super::Call| call.connections.is_empty();
                if self.calls.get(key).is_some_and(empty) {
                    self.remove(now, key, Ended::Lost, changes);
                } else {
                    self.settle(now, key);
                }
            }
        }
        listed
    }

    /// Applies all contents of a snapshot of a call.
    pub(in crate::ccx::model) fn snapshot_call(
        &mut self,
        now: Duration,
        name: &CallName,
        asked: u64,
        conf: &SnapshotCallConf<'_>,
        changes: &mut Vec<Change>,
    ) -> Worth {
        let devices = || {
            conf.call_devices.iter().filter_map(|device| {
                let id =
                    filled(device.call_connection_device_id).or(filled(device.call_device_id))?;
                Some((id, device))
            })
        };
        let count = devices().count();
        let mut known = self.find(name.call_id, Some(DeviceId(name.device_id.text())));
        if self.gone_since(name.call_id, asked) {
            return Worth::Taken;
        }
        if let Some(call) = known.and_then(|key| self.calls.get(key)) {
            if call.touched > asked {
                return Worth::Outdated;
            }
            if call.phase == Phase::Over {
                return Worth::Taken;
            }
            let fits = |(id, _)| call.connection(id).is_some();
            let replaced = call.stale && !call.connections.is_empty() && !devices().any(fits);
            if count == 0 || replaced {
                let (key, why) = if count == 0 {
                    (call.key, Ended::Lost)
                } else {
                    (call.key, Ended::Replaced)
                };
                self.remove(now, key, why, changes);
                known = None;
            }
        }
        if count == 0 {
            return Worth::Taken;
        }
        let key = match known {
            Some(key) => key,
            None => self.create(now, name.call_id, Phase::Live, changes),
        };
        self.touch(key, changes);
        if count < MAX_NUM_DEVICES {
            let gone: Vec<TextBuf> = self
                .calls
                .get(key)
                .map(|call| {
                    let connections = call.connections.iter();
                    connections
                        .map(|inside| &inside.device_id)
                        .filter(|known| !devices().any(|(id, _)| **known == id))
                        .cloned()
                        .collect()
                })
                .unwrap_or_default();
            for id in gone {
                self.disconnect(key, Some(DeviceId(id.text())), changes);
            }
        }
        for (id, device) in devices() {
            let to = Connected {
                device_type: device.call_connection_device_type.unwrap_or_default(),
                device_id: Some(id),
                state: device
                    .call_device_connection_state
                    .unwrap_or(LocalConnectionState::NONE),
                device: device.call_device_type,
            };
            self.connect(key, &to, changes);
        }
        let limits = self.limits;
        self.change(
            now,
            key,
            |call, changes| {
                call.found = true;
                // 0 as ever: no snapshot tells the kind.
                call.set_type(conf.call_type, changes);
                call.replace(conf, &limits, changes);
                if !call.is_queued() {
                    call.leave_queues(|_: &Queue| true, changes);
                } else if call.queues.is_empty() {
                    call.join_queue(None, &limits, changes);
                }
            },
            changes,
        );
        Worth::Taken
    }

    /// Handles the refusal of a snapshot, because the server does not know the call by this name.
    /// Returns another name to query if events, or another device that listed the call, show that
    /// only the connection may be gone.
    pub(in crate::ccx::model) fn lost(
        &mut self,
        now: Duration,
        name: &CallName,
        asked: u64,
        listed: Option<CallName>,
        changes: &mut Vec<Change>,
    ) -> Option<CallName> {
        let key = self.find(name.call_id, Some(DeviceId(name.device_id.text())));
        let call = key.and_then(|key| self.calls.get(key))?;
        if call.phase == Phase::Over {
            return None;
        }
        let key = call.key;
        let (stale, older) = (call.stale, call.touched <= asked);
        // The one that was told of last is the most likely to be there.
        let mut connections = call.connections.iter().rev();
        let other = connections
            .find(|inside| inside.device_id != name.device_id)
            .cloned();
        if older && listed.is_none() && (stale || other.is_none()) {
            self.remove(now, key, Ended::Lost, changes);
            return None;
        }
        // This session has named the call: only the connection is missing.
        let call_id = call.call_id;
        if older {
            let gone = DeviceId(name.device_id.text());
            self.disconnect(key, Some(gone), changes);
        }
        listed.or_else(|| {
            other.map(|other| CallName {
                call_id,
                device_type: other.device_type,
                device_id: other.device_id,
            })
        })
    }

    /// Settles the calls that are still doubtful after all devices have answered: calls that can
    /// only be gone are removed, the others returned, to be queried by their own names.
    pub(in crate::ccx::model) fn doubtful(
        &mut self,
        now: Duration,
        monitored: impl Fn(&[u8]) -> bool,
        answered: impl Fn(&[u8]) -> bool,
        changes: &mut Vec<Change>,
    ) -> Vec<CallName> {
        let mut lost = Vec::new();
        let mut open = Vec::new();
        for call in self.calls.iter() {
            if !call.stale || call.found || call.phase == Phase::Over {
                continue;
            }
            let mut places = call
                .connections
                .iter()
                .map(|inside| inside.device_id.as_bytes())
                .filter(|id| monitored(id))
                .peekable();
            if places.peek().is_some() && places.all(&answered) {
                lost.push(call.key);
                continue;
            }
            let name = match (call.connections.first(), call.left.last()) {
                (Some(inside), _) => Some((inside.device_type, inside.device_id.clone())),
                (None, left) => left.cloned(),
            };
            match name {
                Some((device_type, device_id)) => open.push(CallName {
                    call_id: call.call_id,
                    device_type,
                    device_id,
                }),
                // Nothing to ask by.
                None => lost.push(call.key),
            }
        }
        for key in lost {
            self.remove(now, key, Ended::Lost, changes);
        }
        open
    }
}
