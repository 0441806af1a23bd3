//! The call that a phone left last, kept for wrap-up.

use alloc::vec::Vec;
use core::time::Duration;

use super::call::{Call, Phase};
use super::data::Data;
use super::what::{CallWhat, Ended};
use super::{Calls, View};
use crate::ccx::model::Change;
use crate::ccx::values::{AgentState, CallType, ConnectionDeviceType};
use crate::ccx::{DeviceId, TextBuf};

/// A call that is over and may still be wrapped up: `SET_CALL_DATA_REQ` and `BAD_CALL_REQ` name it
/// by its `CallID` and the last name of the connection.
#[derive(Clone, PartialEq, Debug)]
#[non_exhaustive]
pub struct LastCall {
    /// The call when the phone left it, with later updates of its data.
    pub call: Call,
    /// The kind of the connection's id.
    pub connection_device_type: ConnectionDeviceType,
    /// The last name that the phone's connection had.
    pub connection_device_id: TextBuf,
    /// When it goes, where the state of the agent is not known.
    pub(super) deadline: Option<Duration>,
}

impl Calls {
    /// Keeps a call that leaves the model, if it is the one that a phone left last.
    pub(super) fn keep_last(&mut self, now: Duration, call: &Call) {
        if matches!(call.phase, Phase::Merged(_) | Phase::Provisional) {
            return;
        }
        // A consultation that ends while its original call lives needs no wrap-up.
        let consults = call.origin.is_some_and(|origin| {
            let origin = self.calls.get(origin);
            origin.is_some_and(|origin| origin.phase == Phase::Live)
        });
        if consults {
            return;
        }
        let mut devices = call.left.clone();
        devices.extend(
            call.connections
                .iter()
                .filter(|inside| self.is_of_agent(DeviceId(inside.device_id.text())))
                .map(|inside| (inside.device_type, inside.device_id.clone())),
        );
        for (device_type, device) in devices {
            let busy = self
                .at(DeviceId(device.text()))
                .any(|other| other.key != call.key);
            let deadline = match self.agents.get(&device) {
                Some(&AgentState::TALKING | &AgentState::WORK) => None,
                Some(_) => continue,
                None => Some(now.saturating_add(self.times.left)),
            };
            if busy || self.last.len() >= self.limits.agents {
                continue;
            }
            let last = LastCall {
                call: call.clone(),
                connection_device_type: device_type,
                connection_device_id: device.clone(),
                deadline,
            };
            self.last.insert(device, last);
        }
    }

    /// Updates the data of a last call, if no live call has the `CallID`. Returns whether there was
    /// one.
    pub(super) fn update_last<'a>(
        &mut self,
        call_id: u32,
        call_type: CallType,
        message: &impl Data<'a>,
        changes: &mut Vec<Change>,
    ) -> bool {
        let mut found = false;
        for last in self.last.values_mut() {
            if last.call.call_id != call_id {
                continue;
            }
            found = true;
            last.call.set_type(call_type, changes);
            last.call.update(message, &self.limits, changes);
        }
        found
    }

    /// Forgets the last call of a phone that has entered another call.
    pub(super) fn forget_last(&mut self, device: DeviceId<'_>, changes: &mut Vec<Change>) {
        if let Some(last) = self.last.remove(device.as_bytes()) {
            changes.push(last.call.change(CallWhat::Ended(Ended::WrappedUp)));
        }
    }

    /// Forgets last calls with a `CallID` that is in use again.
    pub(super) fn forget_last_with_id(&mut self, call_id: u32, changes: &mut Vec<Change>) {
        if self.last.is_empty() {
            return;
        }
        self.last.retain(|_, last| {
            let kept = last.call.call_id != call_id;
            if !kept {
                changes.push(last.call.change(CallWhat::Ended(Ended::Replaced)));
            }
            kept
        });
    }

    pub(super) fn expire_last(&mut self, now: Duration, changes: &mut Vec<Change>) {
        self.last.retain(|_, last| {
            let kept = last.deadline.is_none_or(|deadline| deadline > now);
            if !kept {
                changes.push(last.call.change(CallWhat::Ended(Ended::WrappedUp)));
            }
            kept
        });
    }

    /// Notes the state of the agent at a phone, which determines how long its last call is kept.
    pub(in crate::ccx::model) fn agent_state(
        &mut self,
        device: DeviceId<'_>,
        state: AgentState,
        last_calls: bool,
        changes: &mut Vec<Change>,
    ) {
        let own = self.own.as_ref().is_some_and(|own| *own == device);
        let wanted = match self.view {
            View::Agent => own,
            View::Bridge => last_calls,
        };
        if !wanted {
            return;
        }
        if state == AgentState::LOGOUT {
            self.agents.remove(device.as_bytes());
        } else if let Some(known) = self.agents.get_mut(device.as_bytes()) {
            *known = state;
        } else if self.agents.len() < self.limits.agents {
            self.agents.insert(device.into(), state);
        }
        if matches!(state, AgentState::TALKING | AgentState::WORK) {
            if let Some(last) = self.last.get_mut(device.as_bytes()) {
                last.deadline = None;
            }
        } else {
            self.forget_last(device, changes);
        }
    }
}
