//! Calls, as events, answers and snapshots tell of them.

mod call;
mod data;
mod events;
mod last;
mod merge;
mod snapshot;
mod store;
mod what;

use alloc::collections::{BTreeMap, BTreeSet, VecDeque};
use alloc::vec::Vec;
use core::time::Duration;

pub use call::{Call, CallKey, Connection, NamedDevice, Phase, Queue, Role};
pub use data::{AssociatedClient, CallData, DataField};
pub use last::LastCall;
pub(super) use merge::{Merge, MergeKind};
pub(super) use snapshot::{CallName, Worth};
use store::Store;
pub use what::{CallWhat, Ended, Number};

use super::{Change, Limits, Times};
use crate::ccx::values::{AgentState, LocalConnectionState};
use crate::ccx::{DeviceId, TextBuf};

/// Whose events a session gets.
#[derive(Clone, Copy, PartialEq, Eq, Hash, Debug, Default)]
pub enum View {
    /// Those of all phones: bridge mode.
    #[default]
    Bridge,
    /// Those of one phone: agent mode.
    Agent,
}

/// The calls of a centre, or those of one phone.
///
/// Any event that adds something makes its call known, as clients do not get every
/// `BEGIN_CALL_EVENT`; and no call needs an `END_CALL_EVENT` to leave, as those do not all come
/// either.
#[derive(Clone, Debug, Default)]
pub struct Calls {
    view: View,
    times: Times,
    limits: Limits,
    /// The phone of a session in agent mode.
    own: Option<TextBuf>,
    calls: Store,
    deadlines: BTreeSet<(Duration, CallKey)>,
    /// The number of calls merged into others.
    merged: usize,
    /// Number of the message that is being taken in.
    sequence: u64,
    last: BTreeMap<TextBuf, LastCall>,
    /// The states of the agents at phones whose last call is kept.
    agents: BTreeMap<TextBuf, AgentState>,
    /// `CallID`s that have left, and when, as long as an answer could name one of them as new.
    gone: VecDeque<(u64, u32)>,
}

/// The most `CallID`s that are remembered in `gone`.
const GONE: usize = 64;

impl Calls {
    pub(super) fn new(view: View, times: Times, limits: Limits) -> Self {
        Self {
            view,
            times,
            limits,
            ..Self::default()
        }
    }

    /// Returns the calls, oldest first, without those of which only data is known.
    pub fn iter(&self) -> impl Iterator<Item = &Call> {
        self.calls
            .iter()
            .filter(|call| call.phase != Phase::Provisional)
    }

    /// Returns the live calls, without those that are over or merged into others.
    pub fn live(&self) -> impl Iterator<Item = &Call> {
        self.iter().filter(|call| call.phase == Phase::Live)
    }

    /// Returns the live calls of a device.
    pub fn at<'s>(&'s self, device_id: DeviceId<'s>) -> impl Iterator<Item = &'s Call> {
        self.live()
            .filter(move |call| call.connection(device_id).is_some())
    }

    /// Returns the call with this number in the model.
    #[must_use]
    pub fn get(&self, key: CallKey) -> Option<&Call> {
        self.calls.get(key)
    }

    /// Returns the calls with this `CallID`, oldest first.
    pub fn with_id(&self, call_id: u32) -> impl Iterator<Item = &Call> {
        let calls = self.calls.with_id(call_id);
        let shown: Vec<_> = calls
            .filter(|call| call.phase != Phase::Provisional)
            .collect();
        shown.into_iter().rev()
    }

    /// Returns the call that a phone left last, while its agent may still wrap it up: until the
    /// agent is in a state other than `TALKING` and `WORK`, or in another call.
    #[must_use]
    pub fn last(&self, device_id: DeviceId<'_>) -> Option<&LastCall> {
        self.last.get(device_id.as_bytes())
    }

    /// Like [`last`](Self::last), for the own phone of a session in agent mode.
    #[must_use]
    pub fn own_last(&self) -> Option<&LastCall> {
        self.last(self.own.as_ref()?.into())
    }

    /// Returns the phone of a session in agent mode.
    #[must_use]
    pub fn own(&self) -> Option<DeviceId<'_>> {
        self.own.as_ref().map(DeviceId::from)
    }

    /// Returns the number of calls.
    #[must_use]
    pub fn len(&self) -> usize {
        self.calls.len()
    }

    /// Returns whether there are no calls.
    #[must_use]
    pub fn is_empty(&self) -> bool {
        self.len() == 0
    }

    pub(super) fn set_own(&mut self, device: Option<DeviceId<'_>>) {
        if self.own() != device {
            self.own = device.map(TextBuf::from);
        }
    }

    /// Counts a message before it is processed; returns its number.
    pub(super) fn step(&mut self) -> u64 {
        self.sequence = self.sequence.saturating_add(1);
        self.sequence
    }

    /// Returns the number of the last message processed.
    pub(super) fn latest(&self) -> u64 {
        self.sequence
    }

    /// Marks all calls as doubtful until they are confirmed: the connection is gone.
    pub(super) fn mark_stale(&mut self) {
        for call in self.calls.iter_mut() {
            call.stale = true;
            call.found = false;
            for queue in &mut call.queues {
                queue.stale = true;
            }
        }
        for last in self.last.values_mut() {
            last.call.stale = true;
        }
        // Timers belong to the session that is over, except for calls that cannot come back.
        self.gone.clear();
    }

    /// Finds the call that an event means: several may have the same `CallID`.
    #[inline]
    fn find(&self, call_id: u32, device_id: Option<DeviceId<'_>>) -> Option<CallKey> {
        let mut calls = self.calls.with_id(call_id);
        let youngest = calls.next()?;
        if let Some(device_id) = device_id
            && let Some(second) = calls.next()
        {
            return Some(Self::find_named(youngest, second, calls, device_id).key);
        }
        Some(youngest.key)
    }

    /// Returns the youngest call that a device is in; without one, the youngest.
    #[cold]
    fn find_named<'s>(
        youngest: &'s Call,
        second: &'s Call,
        others: store::WithId<'s>,
        device_id: DeviceId<'_>,
    ) -> &'s Call {
        let mut calls = [youngest, second].into_iter().chain(others);
        calls
            .find(|call| call.connection(device_id).is_some())
            .unwrap_or(youngest)
    }

    /// Like `find`, for `CALL_ESTABLISHED_EVENT`: of several calls, the unanswered one.
    #[inline]
    fn find_unanswered(&self, call_id: u32, device_id: Option<DeviceId<'_>>) -> Option<CallKey> {
        let mut calls = self.calls.with_id(call_id);
        let youngest = calls.next()?;
        let Some(second) = calls.next() else {
            return Some(youngest.key);
        };
        let answered = |call: &Call| {
            let connected = call
                .connections
                .iter()
                .filter(|connection| connection.state == Some(LocalConnectionState::CONNECT));
            connected.count() > 1
        };
        [youngest, second]
            .into_iter()
            .chain(calls)
            .find(|call| !answered(call))
            .map(|call| call.key)
            .or_else(|| self.find(call_id, device_id))
    }

    fn create(
        &mut self,
        now: Duration,
        call_id: u32,
        phase: Phase,
        changes: &mut Vec<Change>,
    ) -> CallKey {
        if self.calls.len() >= self.limits.calls.min(store::MOST)
            && let Some(key) = self.longest_unheard()
        {
            self.remove(now, key, Ended::NoRoom, changes);
        }
        let sequence = self.sequence;
        let call = |key| Call::new(key, call_id, phase, sequence);
        let key = self.calls.insert(call);
        if phase != Phase::Provisional {
            changes.push(Change::Call {
                key,
                call_id,
                what: CallWhat::Began,
            });
        }
        key
    }

    fn longest_unheard(&self) -> Option<CallKey> {
        let calls = self.calls.iter();
        calls.min_by_key(|call| call.touched).map(|call| call.key)
    }

    /// Removes a call from the model, with the calls merged into it.
    fn remove(&mut self, now: Duration, key: CallKey, why: Ended, changes: &mut Vec<Change>) {
        let Some(call) = self.calls.remove(key) else {
            return;
        };
        if let Some(deadline) = call.deadline {
            self.deadlines.remove(&(deadline, key));
        }
        if self.gone.len() >= GONE {
            self.gone.pop_front();
        }
        self.gone.push_back((self.sequence, call.call_id));
        if matches!(call.phase, Phase::Merged(_)) {
            self.merged = self.merged.saturating_sub(1);
        }
        if call.phase != Phase::Provisional {
            changes.push(call.change(CallWhat::Ended(why)));
        }
        if self.merged > 0 {
            let parts: Vec<CallKey> = self
                .calls
                .iter()
                .filter(|part| part.phase == Phase::Merged(key))
                .map(|part| part.key)
                .collect();
            for part in parts {
                self.remove(now, part, Ended::Merged, changes);
            }
        }
        if matches!(why, Ended::Ended | Ended::NoEnd) {
            self.keep_last(now, &call);
        }
    }

    fn rename(&mut self, key: CallKey, call_id: u32, changes: &mut Vec<Change>) {
        let Some(call) = self.calls.get(key) else {
            return;
        };
        let before = call.call_id;
        if before == call_id {
            return;
        }
        self.calls.rename(key, call_id);
        if let Some(call) = self.calls.get(key)
            && call.phase != Phase::Provisional
        {
            let after = call_id;
            changes.push(call.change(CallWhat::CallId { before, after }));
        }
    }

    /// Returns whether a device's leaving a call may matter for wrap-up.
    fn is_of_agent(&self, device: DeviceId<'_>) -> bool {
        match self.view {
            View::Agent => self.own.as_ref().is_some_and(|own| *own == device),
            View::Bridge => self.agents.contains_key(device.as_bytes()),
        }
    }

    /// Sets the time at which a call leaves without an `END_CALL_EVENT`.
    #[inline]
    fn settle(&mut self, now: Duration, key: CallKey) {
        let live =
            |call: &Call| call.phase == Phase::Live && !call.unconfirmed && call.deadline.is_none();
        if self.view == View::Bridge && self.calls.get(key).is_some_and(live) {
            return;
        }
        self.settle_anew(now, key);
    }

    fn settle_anew(&mut self, now: Duration, key: CallKey) {
        let own = self.own.as_ref();
        let Some(call) = self.calls.get_mut(key) else {
            return;
        };
        let agent = self.view == View::Agent;
        let left = agent
            && match own {
                Some(own) => {
                    let inside = call
                        .connections
                        .iter()
                        .any(|inside| inside.device_id == *own);
                    !inside
                        && (call.connections.is_empty()
                            || call.left.iter().any(|(_, left)| left == own))
                }
                None => false,
            };
        let wait = match call.phase {
            Phase::Provisional => Some(self.times.unconfirmed),
            Phase::Live if call.unconfirmed => Some(self.times.unconfirmed),
            Phase::Live | Phase::Merged(_) if left => Some(self.times.left),
            Phase::Over if agent => Some(self.times.left),
            Phase::Over => Some(self.times.over),
            Phase::Merged(_) if call.connections.is_empty() => Some(self.times.over),
            Phase::Live | Phase::Merged(_) => None,
        };
        let deadline = match (wait, call.deadline) {
            (None, Some(before)) => {
                self.deadlines.remove(&(before, key));
                None
            }
            // The time runs from when it began.
            (Some(_), Some(before)) => Some(before),
            (None, None) => None,
            (Some(wait), None) => {
                let at = now.saturating_add(wait);
                self.deadlines.insert((at, key));
                Some(at)
            }
        };
        call.deadline = deadline;
    }

    /// Starts the time of a call anew, as it has come to another phase.
    fn restart(&mut self, now: Duration, key: CallKey) {
        if let Some(call) = self.calls.get_mut(key)
            && let Some(before) = call.deadline.take()
        {
            self.deadlines.remove(&(before, key));
        }
        self.settle(now, key);
    }

    pub(super) fn poll_timeout(&self) -> Option<Duration> {
        let first = self.deadlines.first().map(|(at, _)| *at);
        let last = self.last.values().filter_map(|last| last.deadline).min();
        [first, last].into_iter().flatten().min()
    }

    pub(super) fn handle_timeout(&mut self, now: Duration, changes: &mut Vec<Change>) {
        while let Some((at, key)) = self.deadlines.first().copied()
            && at <= now
        {
            let why = match self.calls.get(key) {
                Some(call) if call.unconfirmed => Ended::NeverBegan,
                _ => Ended::NoEnd,
            };
            self.remove(now, key, why, changes);
            // In case the call was not there.
            self.deadlines.remove(&(at, key));
        }
        self.expire_last(now, changes);
    }
}
