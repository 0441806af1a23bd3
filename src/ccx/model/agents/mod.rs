//! Agents, as `AGENT_STATE_EVENT` and the answers to queries tell of them.

mod told;

use alloc::collections::{BTreeMap, BTreeSet};
use alloc::vec::Vec;
use core::time::Duration;

use told::Told;

use super::{Change, Dropped, Limits, filled, set};
use crate::ccx::messages::{
    AgentRecord, AgentStateEvent, ConfigAgentEvent, OpenConf, QueryAgentStateConf,
};
use crate::ccx::values::{AgentState, AgentStateReasonCode, RecordType};
use crate::ccx::{Text, TextBuf};

/// The key of an agent in a model.
#[derive(Clone, PartialEq, Eq, PartialOrd, Ord, Hash, Debug)]
pub enum AgentKey {
    /// `AgentID`, the login.
    Id(TextBuf),
    /// The extension, as long as its login is unknown.
    Extension(TextBuf),
}

impl AgentKey {
    /// Returns the login or the extension.
    #[must_use]
    pub fn text(&self) -> Text<'_> {
        match self {
            Self::Id(text) | Self::Extension(text) => text.text(),
        }
    }
}

/// The activity of an agent.
#[derive(Clone, Copy, PartialEq, Eq, Debug, Default)]
pub struct Status {
    /// The state; `None` while it is unknown.
    pub state: Option<AgentState>,
    /// Why; `None` where a query told the state, as its answer has no reason.
    pub reason: Option<AgentStateReasonCode>,
    /// The state that follows, where the server knows it.
    pub next: Option<AgentState>,
}

/// Since when something has been so: the time at which it was heard, and how long it had been so.
#[derive(Clone, Copy, PartialEq, Eq, Debug, Default)]
pub struct Since {
    /// The caller's time when the message came.
    pub heard: Duration,
    /// `StateDuration` of the message.
    pub before: Duration,
}

impl Since {
    /// Returns how long it has been so at a time.
    #[must_use]
    pub fn elapsed(self, now: Duration) -> Duration {
        now.saturating_sub(self.heard).saturating_add(self.before)
    }
}

/// The state of an agent with respect to a CSQ.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub struct CsqState {
    /// The CSQ.
    pub csq_id: u32,
    /// The state.
    pub state: AgentState,
    /// Whether no message named the CSQ: the agent is `BUSY_OTHER` as another CSQ was named.
    pub implied: bool,
    /// Whether a reconnect has made it doubtful.
    pub stale: bool,
}

/// An agent.
#[derive(Clone, PartialEq, Eq, Debug)]
#[non_exhaustive]
pub struct Agent {
    /// State, reason and next state.
    pub status: Status,
    /// Since when the agent has been in the state; `None` where only a query told it.
    pub since: Option<Since>,
    /// `Duration`: how many seconds the server expects the state to last.
    pub expected: Option<u32>,
    /// The states with respect to CSQs, where the server tells them one by one.
    pub csqs: Vec<CsqState>,
    /// The extension that the agent is logged in at.
    pub extension: Option<TextBuf>,
    /// The phone that the agent is logged in at.
    pub instrument: Option<TextBuf>,
    /// The signature of the client that changed the state.
    pub signature: Option<TextBuf>,
    /// The extension that the configuration gives the agent, logged in or not.
    pub configured_extension: Option<TextBuf>,
    /// Whether a reconnect has made the state doubtful, and nothing has confirmed it since.
    pub stale: bool,
    /// The number of the message with the last event.
    heard: u64,
}

impl Agent {
    const fn new() -> Self {
        Self {
            status: Status {
                state: None,
                reason: None,
                next: None,
            },
            since: None,
            expected: None,
            csqs: Vec::new(),
            extension: None,
            instrument: None,
            signature: None,
            configured_extension: None,
            stale: false,
            heard: 0,
        }
    }

    /// Returns whether the agent is logged in, as far as is known.
    #[must_use]
    pub fn is_logged_in(&self) -> bool {
        self.status
            .state
            .is_some_and(|state| state != AgentState::LOGOUT)
    }

    /// Returns the phone at which the agent is logged in: the instrument, else the extension.
    #[must_use]
    pub fn phone(&self) -> Option<&TextBuf> {
        self.instrument.as_ref().or(self.extension.as_ref())
    }

    fn is_at(&self, device: &[u8]) -> bool {
        let is =
            |kept: &Option<TextBuf>| kept.as_ref().is_some_and(|kept| kept.as_bytes() == device);
        is(&self.extension) || is(&self.instrument) || is(&self.configured_extension)
    }
}

/// The kind of change of an agent.
#[derive(Clone, PartialEq, Eq, Debug)]
#[non_exhaustive]
pub enum AgentWhat {
    /// The agent is new to the model.
    Known,
    /// The agent is gone from the configuration.
    Forgotten,
    /// State, reason or next state.
    Status {
        /// As it was.
        before: Status,
        /// As it is.
        after: Status,
    },
    /// The state with respect to a CSQ.
    Csq {
        /// The CSQ.
        csq_id: u32,
        /// As it was; `None` if it was not known.
        before: Option<AgentState>,
        /// As it is; `None` if it is not known any more.
        after: Option<AgentState>,
    },
    /// The extension.
    Extension {
        /// As it was.
        before: Option<TextBuf>,
        /// As it is.
        after: Option<TextBuf>,
    },
    /// The phone.
    Instrument {
        /// As it was.
        before: Option<TextBuf>,
        /// As it is.
        after: Option<TextBuf>,
    },
    /// State that a reconnect made doubtful is known again.
    Refreshed,
}

/// An agent, with the key that changes name it by.
#[derive(Clone, Debug)]
struct Keyed {
    key: AgentKey,
    agent: Agent,
}

/// The agents of a centre, or the one of a session in agent mode.
///
/// The state of an agent is that of the last `AGENT_STATE_EVENT`. Requests, their confirmations and
/// call events change nothing here; the answer to `QUERY_AGENT_STATE_REQ` does, and so does
/// `OPEN_CONF` in agent mode.
#[derive(Clone, Debug, Default)]
pub struct Agents {
    by_id: BTreeMap<TextBuf, Keyed>,
    by_extension: BTreeMap<TextBuf, Keyed>,
    /// Agents of the configuration without any other report.
    unheard: BTreeSet<TextBuf>,
    limits: Limits,
}

impl Agents {
    /// Creates a set without agents, with limits for its contents.
    #[must_use]
    pub fn new(limits: Limits) -> Self {
        Self {
            limits,
            ..Self::default()
        }
    }

    /// Returns the agent with this login.
    #[must_use]
    pub fn get(&self, agent_id: Text<'_>) -> Option<&Agent> {
        let kept = self.by_id.get(agent_id.as_bytes());
        kept.map(|kept| &kept.agent)
    }

    /// Returns the agent who is logged in at this extension or phone, or to whom the configuration
    /// assigns it.
    #[must_use]
    pub fn at(&self, device: Text<'_>) -> Option<(Option<Text<'_>>, &Agent)> {
        match self.id_at(device) {
            Some(id) => {
                let kept = self.by_id.get(id);
                kept.map(|kept| (Some(id.text()), &kept.agent))
            }
            None => {
                let kept = self.by_extension.get(device.as_bytes());
                kept.map(|kept| (None, &kept.agent))
            }
        }
    }

    fn id_at(&self, device: Text<'_>) -> Option<&TextBuf> {
        let device = device.as_bytes();
        let find = |is: fn(&Agent, &[u8]) -> bool| {
            let mut agents = self.by_id.iter();
            agents
                .find(|(_, kept)| is(&kept.agent, device))
                .map(|(id, _)| id)
        };
        find(|agent, device| agent.is_logged_in() && agent.is_at(device))
            .or_else(|| find(Agent::is_at))
    }

    /// Returns the agents, by their login; those with a known extension only come last.
    pub fn iter(&self) -> impl Iterator<Item = (Text<'_>, &Agent)> {
        self.by_id
            .iter()
            .chain(&self.by_extension)
            .map(|(key, kept)| (key.text(), &kept.agent))
    }

    pub(super) fn ids(&self) -> impl Iterator<Item = &TextBuf> {
        self.by_id.keys()
    }

    /// Returns the number of agents.
    #[must_use]
    pub fn len(&self) -> usize {
        self.by_id.len().saturating_add(self.by_extension.len())
    }

    /// Returns whether there are no agents.
    #[must_use]
    pub fn is_empty(&self) -> bool {
        self.len() == 0
    }

    /// Marks all states as doubtful until they are confirmed: the connection is gone.
    pub(super) fn mark_stale(&mut self) {
        let by_extension = self.by_extension.values_mut();
        for Keyed { agent, .. } in self.by_id.values_mut().chain(by_extension) {
            agent.stale = true;
            for csq in &mut agent.csqs {
                csq.stale = true;
            }
        }
    }

    /// Adds an agent of the configuration, with its extension.
    pub fn learn(
        &mut self,
        agent_id: Text<'_>,
        extension: Option<Text<'_>>,
        changes: &mut Vec<Change>,
    ) {
        let unheard = self.change(Some(agent_id), None, None, changes, |_, agent| {
            if let Some(extension) = filled(extension) {
                set(&mut agent.configured_extension, extension);
            }
            agent.status.state.is_none()
        });
        if unheard == Some(true) {
            self.unheard.insert(agent_id.into());
        }
    }

    /// Takes an agent of the configuration without any other report.
    pub(super) fn take_unheard(&mut self) -> Option<TextBuf> {
        while let Some(id) = self.unheard.pop_first() {
            let agent = self.get(id.text());
            if agent.is_some_and(|agent| agent.status.state.is_none()) {
                return Some(id);
            }
        }
        None
    }

    /// Changes the agent that a message names, who becomes known if need be. Returns `None` if it
    /// names none, or there is no room.
    fn change<T>(
        &mut self,
        agent_id: Option<Text<'_>>,
        extension: Option<Text<'_>>,
        instrument: Option<Text<'_>>,
        changes: &mut Vec<Change>,
        change: impl FnOnce(&mut Told<'_>, &mut Agent) -> T,
    ) -> Option<T> {
        let device = filled(extension).or(filled(instrument));
        let at_device;
        let id = match filled(agent_id) {
            Some(id) => Some(id.as_bytes()),
            None => {
                at_device = device.and_then(|device| self.id_at(device).cloned());
                at_device.as_ref().map(TextBuf::as_bytes)
            }
        };
        let kept = match (id, device) {
            (Some(id), device) => match find(&mut self.by_id, id) {
                Some(kept) => kept,
                None => {
                    self.add(id, device, changes)?;
                    self.by_id.get_mut(id)?
                }
            },
            (None, Some(device)) => {
                let device = device.as_bytes();
                match self.by_extension.get_mut(device) {
                    Some(kept) => kept,
                    None => {
                        self.add_by_extension(device, changes)?;
                        self.by_extension.get_mut(device)?
                    }
                }
            }
            (None, None) => return None,
        };
        let mut told = Told {
            key: &kept.key,
            changes,
        };
        Some(change(&mut told, &mut kept.agent))
    }

    fn is_full(&self) -> bool {
        self.len() >= self.limits.agents
    }

    fn add(
        &mut self,
        id: &[u8],
        device: Option<Text<'_>>,
        changes: &mut Vec<Change>,
    ) -> Option<()> {
        let full = self.is_full();
        // States received under the extension alone belong to this agent.
        let before = device.and_then(|at| self.by_extension.remove(at.as_bytes()));
        let id = TextBuf::from(id);
        if full && before.is_none() {
            changes.push(Change::Dropped(Dropped::Agent(id)));
            return None;
        }
        let key = AgentKey::Id(id.clone());
        changes.push(key.clone().change(AgentWhat::Known));
        let agent = before.map_or_else(Agent::new, |before| before.agent);
        if let (Some(at), true) = (device, agent != Agent::new()) {
            // Under the other name he is known no more.
            changes.push(AgentKey::Extension(at.into()).change(AgentWhat::Forgotten));
            changes.push(key.clone().change(AgentWhat::Status {
                before: Status::default(),
                after: agent.status,
            }));
            let mut told = Told { key: &key, changes };
            told.rest(&agent);
        }
        self.by_id.insert(id, Keyed { key, agent });
        Some(())
    }

    fn add_by_extension(&mut self, device: &[u8], changes: &mut Vec<Change>) -> Option<()> {
        let device = TextBuf::from(device);
        if self.is_full() {
            changes.push(Change::Dropped(Dropped::Agent(device)));
            return None;
        }
        let key = AgentKey::Extension(device.clone());
        changes.push(key.clone().change(AgentWhat::Known));
        let agent = Agent::new();
        self.by_extension.insert(device, Keyed { key, agent });
        Some(())
    }

    /// Applies an event. One without an agent changes nothing.
    pub(super) fn state_event(
        &mut self,
        now: Duration,
        at: u64,
        event: &AgentStateEvent<'_>,
        changes: &mut Vec<Change>,
    ) {
        let max_csqs = self.limits.csqs_per_agent;
        let (id, extension, instrument) = (
            event.agent_id,
            event.agent_extension,
            event.agent_instrument,
        );
        self.change(id, extension, instrument, changes, |told, agent| {
            told.event(agent, now, at, event, max_csqs);
        });
    }
    /// Takes the answer to a query in. `asked` is the agent of the request, since the answer to one
    /// by extension need not name him. An event that has come since the request was sent, at `sent`,
    /// goes before it: the answer may be older.
    pub(super) fn query_conf(
        &mut self,
        asked: Option<Text<'_>>,
        sent: u64,
        conf: &QueryAgentStateConf<'_>,
        changes: &mut Vec<Change>,
    ) {
        let max_csqs = self.limits.csqs_per_agent;
        let id = filled(conf.agent_id).or(asked);
        let (extension, instrument) = (conf.agent_extension, conf.agent_instrument);
        self.change(id, extension, instrument, changes, |told, agent| {
            if agent.heard <= sent {
                told.query_conf(agent, conf, max_csqs);
            }
        });
    }
    /// Applies `FAILURE_CONF` to a query, with the status for an agent who is not logged in.
    pub(super) fn not_logged_in(
        &mut self,
        agent_id: Text<'_>,
        sent: u64,
        changes: &mut Vec<Change>,
    ) {
        self.change(Some(agent_id), None, None, changes, |told, agent| {
            if agent.heard <= sent {
                told.fresh(agent);
                told.told_state(agent, AgentState::LOGOUT);
                told.logged_out(agent);
            }
        });
    }

    /// Applies the initial state of a session in agent mode.
    pub(super) fn open_conf(
        &mut self,
        asked: Option<Text<'_>>,
        conf: &OpenConf<'_>,
        changes: &mut Vec<Change>,
    ) {
        let id = filled(conf.agent_id);
        let at = filled(conf.agent_extension);
        // The texts are there only if the agent is logged in.
        let state = if id.is_none() && at.is_none() && conf.agent_instrument.is_none() {
            AgentState::LOGOUT
        } else {
            conf.agent_state
        };
        let (id, instrument) = (id.or(asked), conf.agent_instrument);
        self.change(id, at, instrument, changes, |told, agent| {
            told.fresh(agent);
            told.told_state(agent, state);
            if state == AgentState::LOGOUT {
                told.logged_out(agent);
            } else {
                told.phone(agent, at, instrument);
            }
        });
    }

    /// Agents of the configuration become known; from version 17 on it tells their states too.
    pub(super) fn configuration(
        &mut self,
        event: &ConfigAgentEvent<'_>,
        changes: &mut Vec<Change>,
    ) {
        for record in event.records.iter() {
            let Some(login_id) = filled(record.login_id) else {
                continue;
            };
            if record.record_type == Some(RecordType::DELETE) {
                self.unheard.remove(login_id.as_bytes());
                if self.by_id.remove(login_id.as_bytes()).is_some() {
                    changes.push(AgentKey::Id(login_id.into()).change(AgentWhat::Forgotten));
                }
                continue;
            }
            self.learn(login_id, record.extension, changes);
            self.seed(login_id, &record, changes);
        }
    }

    fn seed(&mut self, login_id: Text<'_>, record: &AgentRecord<'_>, changes: &mut Vec<Change>) {
        self.change(Some(login_id), None, None, changes, |told, agent| {
            // An event knows better than a record.
            if let Some(state) = record.agent_state
                && (agent.stale || agent.status.state.is_none())
            {
                told.fresh(agent);
                told.told_state(agent, state);
            }
        });
    }
}

fn find<'m>(agents: &'m mut BTreeMap<TextBuf, Keyed>, id: &[u8]) -> Option<&'m mut Keyed> {
    match TextBuf::short(id) {
        Some(id) => agents.get_mut(&id),
        None => agents.get_mut(id),
    }
}

impl AgentKey {
    pub(super) const fn change(self, what: AgentWhat) -> Change {
        Change::Agent { key: self, what }
    }
}
