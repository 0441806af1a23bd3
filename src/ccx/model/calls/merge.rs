//! Conferences and transfers: two calls become one.

use alloc::vec::Vec;
use core::mem;
use core::time::Duration;

use super::Calls;
use super::call::{CallKey, Connected, Phase};
use super::what::Ended;
use crate::ccx::messages::ConnectedParty;
use crate::ccx::model::{Change, filled};
use crate::ccx::values::special::MAX_NUM_DEVICES;
use crate::ccx::values::{ConnectionDeviceType, LocalConnectionState};
use crate::ccx::{DeviceId, Repeated, TextBuf};

/// The way in which calls merge.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub(in crate::ccx::model) enum MergeKind {
    Conference,
    Transfer,
}

/// The contents of an event or a confirmation about it.
pub(in crate::ccx::model) struct Merge<'a> {
    pub kind: MergeKind,
    pub primary: (u32, Option<DeviceId<'a>>),
    /// The state of the primary connection, afterwards.
    pub primary_state: LocalConnectionState,
    pub secondary: (u32, Option<DeviceId<'a>>),
    /// The device that brought it about.
    pub acting: Option<DeviceId<'a>>,
    /// The `CallID` that a confirmation gives.
    pub result: Option<u32>,
    pub parties: Repeated<'a, ConnectedParty<'a>>,
}

impl Merge<'_> {
    /// Returns the `CallID` of the resulting call.
    fn call_id(&self) -> u32 {
        if let Some(result) = self.result {
            return result;
        }
        let mut ids = self
            .parties
            .iter()
            .filter_map(|party| party.connected_party_call_id);
        match ids.next() {
            Some(first) if ids.all(|id| id == first) => first,
            _ => self.primary.0,
        }
    }
}

impl Calls {
    /// Applies a confirmation, which is equivalent to the event, and may come first. It changes
    /// nothing if the event has come already or the calls are not known.
    pub(in crate::ccx::model) fn merge_confirmed(
        &mut self,
        now: Duration,
        merge: &Merge<'_>,
        changes: &mut Vec<Change>,
    ) {
        let lives = |(call_id, device): (u32, Option<DeviceId<'_>>)| {
            self.find(call_id, filled(device))
                .and_then(|key| self.calls.get(key))
                .is_some_and(|call| call.phase == Phase::Live)
        };
        if lives(merge.primary) && lives(merge.secondary) {
            self.merge(now, merge, changes);
        }
    }

    pub(super) fn merge(&mut self, now: Duration, merge: &Merge<'_>, changes: &mut Vec<Change>) {
        let result = merge.call_id();
        let live = |calls: &Self, (call_id, device): (u32, Option<DeviceId<'_>>)| {
            let key = calls.find(call_id, filled(device))?;
            let call = calls.calls.get(key)?;
            (call.phase != Phase::Over).then_some(key)
        };
        let primary = live(self, merge.primary);
        let secondary = live(self, merge.secondary).filter(|key| Some(*key) != primary);
        let known = live(self, (result, merge.primary.1));
        let provisional = |key: &CallKey| {
            let call = self.calls.get(*key);
            call.is_some_and(|call| call.phase == Phase::Provisional)
        };
        let known = match (known.filter(provisional), primary) {
            // Only an update has named the result yet, and that meant the primary call.
            (Some(heard), Some(primary)) if heard != primary => {
                let call_type = self.calls.get(heard).and_then(|call| call.call_type);
                self.absorb(now, primary, heard, changes);
                if let (Some(call), Some(call_type)) = (self.calls.get_mut(primary), call_type) {
                    call.set_type(call_type, changes);
                }
                None
            }
            _ => known,
        };
        let resulting = match (known, primary) {
            // Named as primary or secondary call, or merged already.
            (Some(known), _) => known,
            (None, Some(primary)) => {
                self.rename(primary, result, changes);
                primary
            }
            (None, None) => {
                self.forget_last_with_id(result, changes);
                self.create(now, result, Phase::Live, changes)
            }
        };
        self.touch(resulting, changes);
        let moved = self.parties_of(secondary, resulting);
        for other in [primary, secondary].into_iter().flatten() {
            if other != resulting {
                self.touch(other, changes);
                self.merge_into(now, other, resulting, changes);
            }
        }
        if Some(resulting) == secondary
            && let Some(primary) = primary
        {
            self.carry_over(primary, resulting, changes);
        }
        self.set_parties(resulting, merge, &moved, changes);
        self.settle(now, resulting);
    }

    /// Returns the devices of the call that ends, in case the remaining ones are not listed.
    fn parties_of(
        &self,
        call: Option<CallKey>,
        unless: CallKey,
    ) -> Vec<(ConnectionDeviceType, TextBuf)> {
        call.filter(|key| *key != unless)
            .and_then(|key| self.calls.get(key))
            .map(|call| {
                let connections = call.connections.iter();
                connections
                    .map(|inside| (inside.device_type, inside.device_id.clone()))
                    .collect()
            })
            .unwrap_or_default()
    }

    fn merge_into(
        &mut self,
        now: Duration,
        part: CallKey,
        whole: CallKey,
        changes: &mut Vec<Change>,
    ) {
        if let Some(call) = self.calls.get_mut(part) {
            if !matches!(call.phase, Phase::Merged(_)) {
                self.merged = self.merged.saturating_add(1);
            }
            call.set_phase(Phase::Merged(whole), changes);
            call.leave_queues(|_| true, changes);
        }
        self.restart(now, part);
    }

    /// The data of the primary call stays, even if the other one's `CallID` does.
    fn carry_over(&mut self, from: CallKey, to: CallKey, changes: &mut Vec<Change>) {
        let Some(call) = self.calls.get(from) else {
            return;
        };
        let (data, call_type) = (call.data.clone(), call.call_type);
        if let Some(call) = self.calls.get_mut(to) {
            if let Some(call_type) = call_type {
                call.set_type(call_type, changes);
            }
            call.replace_data(data, changes);
        }
    }

    fn set_parties(
        &mut self,
        key: CallKey,
        merge: &Merge<'_>,
        moved: &[(ConnectionDeviceType, TextBuf)],
        changes: &mut Vec<Change>,
    ) {
        let acting = filled(merge.acting);
        let leaves = |id: DeviceId<'_>| merge.kind == MergeKind::Transfer && acting == Some(id);
        let count = merge.parties.iter().count();
        if count == 0 {
            if let Some(acting) = acting
                && merge.kind == MergeKind::Transfer
            {
                self.disconnect(key, Some(acting), changes);
            }
            for (device_type, id) in moved.iter().filter(|(_, id)| !leaves(DeviceId(id.text()))) {
                self.join(key, *device_type, id.into(), changes);
            }
        } else {
            let listed = |id: DeviceId<'_>| {
                let mut parties = merge.parties.iter();
                parties.any(|party| party.connected_party_device_id == Some(id))
            };
            let gone: Vec<TextBuf> = self
                .calls
                .get(key)
                .map(|call| {
                    let connections = call.connections.iter();
                    connections
                        .map(|inside| &inside.device_id)
                        .filter(|id| {
                            // A full list may be cut.
                            !listed(DeviceId(id.text()))
                                && (count < MAX_NUM_DEVICES || leaves(DeviceId(id.text())))
                        })
                        .cloned()
                        .collect()
                })
                .unwrap_or_default();
            for id in gone {
                self.disconnect(key, Some(DeviceId(id.text())), changes);
            }
            for party in merge.parties.iter() {
                if let Some(id) = filled(party.connected_party_device_id) {
                    let device_type = party.connected_party_device_type.unwrap_or_default();
                    self.join(key, device_type, id, changes);
                }
            }
        }
        // The state is that of the primary connection, if it is still there.
        if let Some((device_type, id)) = self.calls.get(key).and_then(|call| {
            let inside = call.connection(filled(merge.primary.1)?)?;
            Some((inside.device_type, inside.device_id.clone()))
        }) {
            let to = Connected {
                device_type,
                device_id: Some(DeviceId(id.text())),
                state: merge.primary_state,
                device: None,
            };
            self.connect(key, &to, changes);
        }
    }

    /// Adds a device to the call; if it was in it before, its state stays.
    fn join(
        &mut self,
        key: CallKey,
        device_type: ConnectionDeviceType,
        id: DeviceId<'_>,
        changes: &mut Vec<Change>,
    ) {
        let inside = self
            .calls
            .get(key)
            .is_some_and(|call| call.connection(id).is_some());
        if !inside {
            let to = Connected {
                device_type,
                device_id: Some(id),
                state: LocalConnectionState::CONNECT,
                device: None,
            };
            self.connect(key, &to, changes);
        }
    }

    /// Merges a call with another one of the same `CallID`.
    pub(super) fn absorb(
        &mut self,
        now: Duration,
        key: CallKey,
        other: CallKey,
        changes: &mut Vec<Change>,
    ) {
        let Some(call) = self.calls.get_mut(other) else {
            return;
        };
        let connections = mem::take(&mut call.connections);
        let queues = mem::take(&mut call.queues);
        let data = mem::take(&mut call.data);
        self.remove(now, other, Ended::Merged, changes);
        let provisional = self
            .calls
            .get(key)
            .is_some_and(|call| call.phase == Phase::Provisional);
        if provisional {
            self.touch(key, changes);
        }
        for inside in connections {
            let known = self
                .calls
                .get(key)
                .is_some_and(|call| call.connection(DeviceId(inside.device_id.text())).is_some());
            if !known {
                let to = Connected {
                    device_type: inside.device_type,
                    device_id: Some(DeviceId(inside.device_id.text())),
                    state: inside.state.unwrap_or(LocalConnectionState::NONE),
                    device: inside.device,
                };
                self.connect(key, &to, changes);
            }
        }
        let limits = self.limits;
        if let Some(call) = self.calls.get_mut(key) {
            for queue in queues {
                call.join_queue(queue.csq_id, &limits, changes);
            }
            call.fill_data(data, &limits, changes);
        }
    }
}
