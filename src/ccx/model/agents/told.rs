//! Changes of an agent, each told as it is made.

use alloc::vec::Vec;

use super::{Agent, AgentKey, AgentWhat, CsqState, Status};
use crate::ccx::model::{Change, Dropped, filled, set};
use crate::ccx::values::AgentState;
use crate::ccx::{Text, TextBuf};

/// Changes an agent and tells of it.
pub(super) struct Told<'c> {
    pub(super) key: &'c TextBuf,
    pub(super) by_id: bool,
    pub(super) changes: &'c mut Vec<Change>,
}

impl Told<'_> {
    pub(super) fn key(&self) -> AgentKey {
        if self.by_id {
            AgentKey::Id(self.key.clone())
        } else {
            AgentKey::Extension(self.key.clone())
        }
    }

    pub(super) fn tell(&mut self, what: AgentWhat) {
        let change = self.key().change(what);
        self.changes.push(change);
    }

    /// Tells of everything but the status of an agent that has got another key.
    pub(super) fn rest(&mut self, agent: &Agent) {
        let before = None;
        if let after @ Some(_) = agent.extension.clone() {
            self.tell(AgentWhat::Extension { before, after });
        }
        let before = None;
        if let after @ Some(_) = agent.instrument.clone() {
            self.tell(AgentWhat::Instrument { before, after });
        }
        for csq in &agent.csqs {
            self.tell(AgentWhat::Csq {
                csq_id: csq.csq_id,
                before: None,
                after: Some(csq.state),
            });
        }
    }

    pub(super) fn fresh(&mut self, agent: &mut Agent) {
        if agent.stale {
            agent.stale = false;
            self.tell(AgentWhat::Refreshed);
        }
    }

    pub(super) fn status(&mut self, agent: &mut Agent, after: Status) {
        let before = agent.status;
        if before != after {
            agent.status = after;
            self.tell(AgentWhat::Status { before, after });
        }
    }

    /// Sets a state that came without reason, next state and time.
    pub(super) fn told_state(&mut self, agent: &mut Agent, state: AgentState) {
        if agent.status.state != Some(state) {
            agent.since = None;
        }
        agent.expected = None;
        self.status(
            agent,
            Status {
                state: Some(state),
                reason: None,
                next: None,
            },
        );
    }

    pub(super) fn phone(
        &mut self,
        agent: &mut Agent,
        extension: Option<Text<'_>>,
        instrument: Option<Text<'_>>,
    ) {
        if let Some(text) = filled(extension)
            && let Some(before) = set(&mut agent.extension, text)
        {
            let after = agent.extension.clone();
            self.tell(AgentWhat::Extension { before, after });
        }
        if let Some(text) = filled(instrument)
            && let Some(before) = set(&mut agent.instrument, text)
        {
            let after = agent.instrument.clone();
            self.tell(AgentWhat::Instrument { before, after });
        }
    }

    pub(super) fn logged_out(&mut self, agent: &mut Agent) {
        if let before @ Some(_) = agent.extension.take() {
            self.tell(AgentWhat::Extension {
                before,
                after: None,
            });
        }
        if let before @ Some(_) = agent.instrument.take() {
            self.tell(AgentWhat::Instrument {
                before,
                after: None,
            });
        }
        self.retain_csqs(agent, |_| false);
    }

    pub(super) fn retain_csqs(&mut self, agent: &mut Agent, keep: impl Fn(&CsqState) -> bool) {
        agent.csqs.retain(|csq| {
            let kept = keep(csq);
            if !kept {
                self.tell(AgentWhat::Csq {
                    csq_id: csq.csq_id,
                    before: Some(csq.state),
                    after: None,
                });
            }
            kept
        });
    }

    /// Applies an event about the agent as a whole.
    pub(super) fn all_csqs(&mut self, agent: &mut Agent, state: AgentState) {
        for csq in &mut agent.csqs {
            csq.implied = false;
            csq.stale = false;
            if csq.state != state {
                let before = Some(csq.state);
                csq.state = state;
                self.tell(AgentWhat::Csq {
                    csq_id: csq.csq_id,
                    before,
                    after: Some(state),
                });
            }
        }
    }

    /// Applies an event that names only one CSQ: in all others the agent is busy with this one.
    pub(super) fn only_csq(
        &mut self,
        agent: &mut Agent,
        csq_id: u32,
        state: AgentState,
        max: usize,
    ) {
        self.csq(agent, csq_id, state, false, max);
        for at in 0..agent.csqs.len() {
            if let Some(other) = agent.csqs.get(at).map(|csq| csq.csq_id)
                && other != csq_id
            {
                self.csq(agent, other, AgentState::BUSY_OTHER, true, max);
            }
        }
    }

    pub(super) fn csq(
        &mut self,
        agent: &mut Agent,
        csq_id: u32,
        state: AgentState,
        implied: bool,
        max: usize,
    ) {
        let told = CsqState {
            csq_id,
            state,
            implied,
            stale: false,
        };
        let full = agent.csqs.len() >= max;
        let before = match agent.csqs.iter_mut().find(|csq| csq.csq_id == csq_id) {
            Some(csq) => Some(core::mem::replace(csq, told).state),
            None if full => {
                let key = self.key();
                self.changes
                    .push(Change::Dropped(Dropped::CsqOfAgent(key, csq_id)));
                return;
            }
            None => {
                agent.csqs.push(told);
                None
            }
        };
        if before != Some(state) {
            self.tell(AgentWhat::Csq {
                csq_id,
                before,
                after: Some(state),
            });
        }
    }
}
