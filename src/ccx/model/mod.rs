//! The state of a centre, derived from the messages of a session.
//!
//! A [`Model`] reads messages and keeps agents, calls and the lengths of queues. It is a pure
//! function of messages and times: it owns no socket and no clock, and can be fed from a session, a
//! capture or a log. It reports each change, with the states before and after:
//!
//! ```
//! use std::time::Duration;
//! use cti_codec::ccx::model::{AgentWhat, Change, Model, View};
//! use cti_codec::ccx::{AgentState, AgentStateEvent, Message};
//!
//! let mut model = Model::new(View::Bridge);
//! let event = Message::from(AgentStateEvent {
//!     agent_id: Some("jdoe".into()),
//!     agent_extension: Some("2006".into()),
//!     agent_state: AgentState::READY,
//!     ..Default::default()
//! });
//! let changes = model.received(Duration::from_secs(1), &event);
//! let state = changes.iter().find_map(|change| match change {
//!     Change::Agent { what: AgentWhat::Status { before, after }, .. } => Some((before.state, after.state)),
//!     _ => None,
//! });
//! assert_eq!(state, Some((None, Some(AgentState::READY))));
//! assert_eq!(model.agents.get("jdoe".into()).unwrap().extension.as_ref().unwrap(), &"2006");
//!
//! // The same again changes nothing, and allocates nothing.
//! assert_eq!(model.received(Duration::from_secs(2), &event), []);
//! ```
//!
//! Feed it the client's own messages as well ([`Model::sent`]): some answers mean nothing without
//! the request.
//!
//! # After a reconnect
//!
//! [`Model::disconnected`] marks everything as stale. Once a session is open, [`Model::recover`]
//! plans the queries and snapshots that recover missed changes, and [`Model::poll_request`] returns
//! them one by one, a few at a time. Data that no snapshot contains (the CSQs of a call, a
//! `CallType`, reasons) stays unchanged, marked as stale where it may be wrong.
//!
//! # Memory
//!
//! [`Limits`] bound the contents, whatever a server sends; dropped data is reported as
//! [`Change::Dropped`]. A text of up to 22 bytes needs no allocation.

mod agents;
mod answers;
mod calls;
mod change;
mod devices;
mod limits;
mod queues;
mod recovery;
mod transitions;

use alloc::collections::BTreeMap;
use alloc::vec::Vec;
use core::time::Duration;

pub use agents::{Agent, AgentKey, AgentWhat, Agents, CsqState, Since, Status};
pub use calls::{
    AssociatedClient, Call, CallData, CallKey, CallWhat, Calls, Connection, DataField, Ended,
    LastCall, NamedDevice, Number, Phase, Queue, Role, View,
};
pub use change::{Change, Dropped};
pub use devices::{Devices, OutOfService};
pub use limits::{Limits, Times};
pub use queues::{QueueLength, Queues};
pub use recovery::{Ask, Recovery};
pub use transitions::{By, TRANSITIONS, Transition, request};

use answers::Asked;

use super::{AgentStateEvent, Message, Text, TextBuf};

/// Agents, calls and queue lengths.
#[derive(Clone, Debug, Default)]
pub struct Model {
    /// The agents.
    pub agents: Agents,
    /// The calls.
    pub calls: Calls,
    /// The number of waiting calls, by CSQ.
    pub queues: Queues,
    /// The devices out of service.
    pub devices: Devices,
    view: View,
    times: Times,
    limits: Limits,
    /// Whether the calls that phones left last are kept in bridge mode too.
    last_calls: bool,
    asked: BTreeMap<u32, Asked>,
    recovery: Recovery,
}

impl Model {
    /// Creates an empty model. An `OPEN_REQ` that is [`sent`](Self::sent) later determines whose
    /// events will come.
    #[must_use]
    pub fn new(view: View) -> Self {
        Self::with(view, Times::default(), Limits::default())
    }

    /// Like [`new`](Self::new), with other times and limits.
    #[must_use]
    pub fn with(view: View, times: Times, limits: Limits) -> Self {
        Self {
            agents: Agents::new(limits),
            calls: Calls::new(view, times, limits),
            queues: Queues::new(limits),
            devices: Devices::new(limits),
            view,
            times,
            limits,
            ..Self::default()
        }
    }

    /// Returns whether in bridge mode the call that each agent's phone left last is kept for
    /// wrap-up, as it is in agent mode for the own one.
    pub fn keep_last_calls(&mut self, keep: bool) {
        self.last_calls = keep;
    }

    /// Processes a message of the server, at a time since an origin of your choice. Returns the
    /// changes; without changes it allocates nothing.
    pub fn received(&mut self, now: Duration, message: &Message<'_>) -> Vec<Change> {
        let mut changes = Vec::new();
        self.received_into(now, message, &mut changes);
        changes
    }

    /// Like [`received`](Self::received), but appends the changes to a list. With one that you clear
    /// and use again, most changes allocate nothing either.
    pub fn received_into(
        &mut self,
        now: Duration,
        message: &Message<'_>,
        changes: &mut Vec<Change>,
    ) {
        let from = changes.len();
        let at = self.calls.step();
        match message {
            Message::AgentStateEvent(event) if self.follows_agents() => {
                self.state_at_phones(now, at, event, changes);
            }
            Message::AgentStateEvent(event) => self.agents.state_event(now, at, event, changes),
            Message::SystemEvent(event) => self.devices.system_event(now, event, changes),
            Message::ConfigAgentEvent(event) => self.agents.configuration(event, changes),
            _ => match self.answered(message) {
                Some(asked) => self.answer(now, &asked, message, changes),
                None => self.calls.event(now, message, changes),
            },
        }
        self.conclude(now, from, changes);
    }

    /// Returns whether the states of agents determine how long last calls are kept.
    fn follows_agents(&self) -> bool {
        self.last_calls || self.view == View::Agent
    }

    fn state_at_phones(
        &mut self,
        now: Duration,
        at: u64,
        event: &AgentStateEvent<'_>,
        changes: &mut Vec<Change>,
    ) {
        let before = filled(event.agent_id)
            .and_then(|id| self.agents.get(id))
            .and_then(Agent::phone)
            .cloned();
        self.agents.state_event(now, at, event, changes);
        let named = [
            filled(event.agent_extension),
            filled(event.agent_instrument),
        ];
        let kept = before.as_ref().map(TextBuf::text);
        let mut told = None;
        for device in named.into_iter().chain([kept]).flatten() {
            if told != Some(device) {
                let keep = self.last_calls;
                self.calls
                    .agent_state(device.into(), event.agent_state, keep, changes);
                told = Some(device);
            }
        }
    }

    /// Draws the conclusions from changes, from a place in the list on: lengths of queues, and
    /// further queries.
    #[inline]
    fn conclude(&mut self, now: Duration, from: usize, changes: &mut Vec<Change>) {
        let new = changes.get(from..).unwrap_or_default();
        if self.recovery.is_under_way() || new.iter().any(Queues::heed) {
            self.conclude_more(now, from, changes);
        }
    }

    #[inline(never)]
    fn conclude_more(&mut self, now: Duration, mut from: usize, changes: &mut Vec<Change>) {
        loop {
            if changes.len() != from {
                self.queues.follow(self.calls.latest(), from, changes);
                from = changes.len();
            }
            self.advance(now, changes);
            if changes.len() == from {
                return;
            }
        }
    }

    /// Tells the model that a request has ended without an answer.
    pub fn unanswered(&mut self, now: Duration, invoke_id: u32) -> Vec<Change> {
        let mut changes = Vec::new();
        if let Some(asked) = self.asked.remove(&invoke_id) {
            if asked.recovery {
                self.recovery.settled();
            }
            self.conclude(now, 0, &mut changes);
        }
        changes
    }

    /// Tells the model that the connection is gone: all that is known becomes stale.
    pub fn disconnected(&mut self) -> Vec<Change> {
        self.asked.clear();
        self.recovery = Recovery::default();
        self.agents.mark_stale();
        self.calls.mark_stale();
        self.queues.mark_stale();
        self.devices.mark_stale();
        Vec::from([Change::Stale])
    }

    /// Returns the time at which [`handle_timeout`](Self::handle_timeout) is due.
    #[must_use]
    pub fn poll_timeout(&self) -> Option<Duration> {
        let answers = self.asked.values().map(|asked| asked.until).min();
        [self.calls.poll_timeout(), answers]
            .into_iter()
            .flatten()
            .min()
    }

    /// Removes calls whose time is over, and gives up waiting for answers. Harmless if nothing is
    /// due.
    pub fn handle_timeout(&mut self, now: Duration) -> Vec<Change> {
        let mut changes = Vec::new();
        self.calls.handle_timeout(now, &mut changes);
        self.conclude(now, 0, &mut changes);
        let late = self.asked.iter().filter(|(_, asked)| asked.until <= now);
        let late: Vec<u32> = late.map(|(invoke_id, _)| *invoke_id).collect();
        for invoke_id in late {
            changes.extend(self.unanswered(now, invoke_id));
        }
        changes
    }
}

/// Returns a text that is not empty.
fn filled<T: AsRef<[u8]>>(text: Option<T>) -> Option<T> {
    text.filter(|text| !text.as_ref().is_empty())
}

/// Sets a text. Returns the previous one, if it differs.
fn set<'a>(kept: &mut Option<TextBuf>, text: impl Into<Text<'a>>) -> Option<Option<TextBuf>> {
    let text = text.into();
    match kept {
        Some(kept) if *kept == text => None,
        _ => Some(kept.replace(text.into())),
    }
}
