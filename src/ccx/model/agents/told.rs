//! Changes of an agent, each told as it is made.

use alloc::vec::Vec;
use core::time::Duration;

use super::{Agent, AgentKey, AgentWhat, CsqState, Since, Status};
use crate::ccx::Text;
use crate::ccx::messages::{AgentStateEvent, QueryAgentStateConf};
use crate::ccx::model::{Change, Dropped, filled, set};
use crate::ccx::values::AgentState;
use crate::ccx::values::special::NULL_CSQ;

/// The most CSQs that a `QUERY_AGENT_STATE_CONF` lists; a full list may be cut.
const QUERY_CSQS: usize = 20;
/// `NextAgentState` in traces without a next state.
const NO_NEXT_STATE: AgentState = AgentState(0xFFFF);

/// Changes an agent and tells of it.
pub(super) struct Told<'c> {
    pub(super) key: &'c AgentKey,
    pub(super) changes: &'c mut Vec<Change>,
}

impl Told<'_> {
    pub(super) fn tell(&mut self, what: AgentWhat) {
        let change = self.key.clone().change(what);
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

    /// Applies an event, the message with the number `at`.
    pub(super) fn event(
        &mut self,
        agent: &mut Agent,
        now: Duration,
        at: u64,
        event: &AgentStateEvent<'_>,
        max_csqs: usize,
    ) {
        agent.heard = at;
        self.fresh(agent);
        let status = Status {
            state: Some(event.agent_state),
            reason: Some(event.event_reason_code),
            next: event.next_agent_state.filter(|next| *next != NO_NEXT_STATE),
        };
        if agent.status.state != status.state || agent.since.is_none() {
            agent.since = Some(Since {
                heard: now,
                before: Duration::from_secs(event.state_duration.into()),
            });
        }
        self.status(agent, status);
        agent.expected = event.duration;
        if let Some(signature) = event.cti_client_signature {
            set(&mut agent.signature, signature);
        }
        if event.agent_state == AgentState::LOGOUT {
            self.logged_out(agent);
            return;
        }
        self.phone(agent, event.agent_extension, event.agent_instrument);
        let listed = || {
            let csqs = event.csqs.iter();
            csqs.filter_map(|csq| Some((csq.csq_id?, csq.csq_state?)))
        };
        let (first, more) = if event.csqs.is_empty() {
            (None, false)
        } else {
            let mut listed = listed();
            (listed.next(), listed.next().is_some())
        };
        match first {
            // The fixed part has the only record.
            None if event.csq_id == NULL_CSQ => self.all_csqs(agent, event.agent_state),
            None => self.only_csq(agent, event.csq_id, event.csq_state, max_csqs),
            Some((csq_id, state)) if !more => self.only_csq(agent, csq_id, state, max_csqs),
            Some(_) => {
                for (csq_id, state) in listed() {
                    self.csq(agent, csq_id, state, false, max_csqs);
                }
            }
        }
    }

    /// Applies the answer to a query.
    pub(super) fn query_conf(
        &mut self,
        agent: &mut Agent,
        conf: &QueryAgentStateConf<'_>,
        max_csqs: usize,
    ) {
        self.fresh(agent);
        self.told_state(agent, conf.agent_state);
        if conf.agent_state == AgentState::LOGOUT {
            self.logged_out(agent);
            return;
        }
        self.phone(agent, conf.agent_extension, conf.agent_instrument);
        let mut listed = 0_usize;
        for csq in conf.csqs.iter() {
            listed = listed.saturating_add(1);
            if let (Some(csq_id), Some(state)) = (csq.csq_id, csq.csq_state) {
                self.csq(agent, csq_id, state, false, max_csqs);
            }
        }
        if listed < QUERY_CSQS {
            // A complete list: CSQs that it does not name are no longer the agent's.
            let named =
                |known: &CsqState| conf.csqs.iter().any(|csq| csq.csq_id == Some(known.csq_id));
            self.retain_csqs(agent, named);
        }
    }

    #[inline]
    pub(super) fn fresh(&mut self, agent: &mut Agent) {
        if agent.stale {
            agent.stale = false;
            self.tell(AgentWhat::Refreshed);
        }
    }

    #[inline]
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
                let key = self.key.clone();
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
