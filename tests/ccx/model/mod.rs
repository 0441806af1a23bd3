//! The models, played against the guide's flows and against single rules.
//!
//! Which rule of the protocol's behaviour is proved where: `tests/data/ccx_model_rules.md`.

mod agents;
mod answers;
mod calls;
mod devices;
#[cfg(feature = "serde")]
pub(crate) mod flows;
mod last_calls;
mod limits;
mod merging;
pub(crate) mod mirror;
mod recovery;
mod told;

use std::time::Duration;

use cti_codec::ccx::model::{Call, CallWhat, Change, Model, View};
use cti_codec::ccx::{AgentState, Message};

/// A model with a clock that goes on by a second with each message.
pub(crate) struct Play {
    pub(crate) model: Model,
    pub(crate) now: Duration,
    pub(crate) told: Vec<Change>,
    pub(crate) invoke_id: u32,
    mirror: mirror::Mirror,
}

impl Play {
    pub(crate) fn new(view: View) -> Self {
        Self {
            model: Model::new(view),
            now: Duration::ZERO,
            told: Vec::new(),
            invoke_id: 100,
            mirror: mirror::Mirror::default(),
        }
    }

    /// Agent mode, opened for this phone.
    pub(crate) fn agent(agent_id: &str, phone: &str) -> Self {
        use cti_codec::ccx::{CtiService, OpenConf, OpenReq};
        let mut play = Self::new(View::Agent);
        play.sent(OpenReq {
            services_requested: CtiService::CLIENT_EVENTS,
            agent_id: Some(agent_id.into()),
            agent_instrument: Some(phone.into()),
            ..OpenReq::default()
        });
        play.answer(OpenConf {
            agent_state: AgentState::READY,
            agent_id: Some(agent_id.into()),
            agent_instrument: Some(phone.into()),
            agent_extension: Some(phone.into()),
            ..OpenConf::default()
        });
        play
    }

    /// Whatever the model does, it says.
    #[track_caller]
    pub(crate) fn heard(&mut self, changes: &[Change]) {
        self.told.extend(changes.iter().cloned());
        self.mirror.apply(changes);
        self.mirror.is_like(&self.model);
    }

    pub(crate) fn received<'m>(&mut self, message: impl Into<Message<'m>>) -> Vec<Change> {
        self.now += Duration::from_secs(1);
        let changes = self.model.received(self.now, &message.into());
        self.heard(&changes);
        changes
    }

    pub(crate) fn sent<'m>(&mut self, message: impl Into<Message<'m>>) {
        self.invoke_id += 1;
        let mut message = message.into();
        *message.invoke_id_mut().unwrap() = self.invoke_id;
        let changes = self.model.sent(self.now, &message);
        self.heard(&changes);
    }

    /// The answer to what was sent last.
    pub(crate) fn answer<'m>(&mut self, message: impl Into<Message<'m>>) -> Vec<Change> {
        let mut message = message.into();
        *message.invoke_id_mut().unwrap() = self.invoke_id;
        self.received(message)
    }

    pub(crate) fn wait(&mut self, seconds: u64) -> Vec<Change> {
        self.now += Duration::from_secs(seconds);
        let changes = self.model.handle_timeout(self.now);
        self.heard(&changes);
        changes
    }

    pub(crate) fn call(&self, call_id: u32) -> &Call {
        let mut calls = self.model.calls.with_id(call_id);
        let call = calls.next().unwrap_or_else(|| panic!("no call {call_id}"));
        assert!(calls.next().is_none(), "two calls {call_id}");
        call
    }

    pub(crate) fn has(&self, call_id: u32) -> bool {
        self.model.calls.with_id(call_id).next().is_some()
    }

    /// The devices of a call and their states, as `2005 CONNECT`.
    pub(crate) fn parties(&self, call_id: u32) -> Vec<String> {
        parties(self.call(call_id))
    }

    pub(crate) fn state(&self, agent_id: &str) -> Option<AgentState> {
        self.model.agents.get(agent_id.into())?.status.state
    }
}

pub(crate) fn parties(call: &Call) -> Vec<String> {
    let mut parties: Vec<String> = call
        .connections
        .iter()
        .map(|inside| {
            let state = match inside.state {
                Some(state) => state.name().unwrap_or("?").replace("LCS_", ""),
                None => "-".to_owned(),
            };
            format!("{} {state}", inside.device_id)
        })
        .collect();
    parties.sort();
    parties
}

/// What changes say of calls.
pub(crate) fn of_calls(changes: &[Change]) -> Vec<&CallWhat> {
    changes
        .iter()
        .filter_map(|change| match change {
            Change::Call { what, .. } => Some(what),
            _ => None,
        })
        .collect()
}
