//! What a centre is doing, made of the messages of a session.
//!
//! A [`Model`] takes in messages and keeps agents, calls and the lengths of queues. It is a pure
//! function of messages and times: it owns no socket and no clock, and is fed from a session, a
//! capture or a log alike. Each change is told, with before and after:
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
//! Feed it with what the client sends as well ([`Model::sent`]): some answers say nothing without
//! the request.
//!
//! # After a reconnect
//!
//! [`Model::disconnected`] marks everything as stale. Once a session is open, [`Model::recover`]
//! plans the queries and snapshots that tell what was missed, and [`Model::poll_request`] gives them
//! one by one, a few at a time. What no snapshot tells (the CSQs of a call, a `CallType`, reasons)
//! stays as it was, marked as stale where it may be wrong.
//!
//! # Memory
//!
//! [`Limits`] bound what is kept, whatever a server sends; what was left out is told as
//! [`Change::Dropped`]. A text takes no memory of its own up to 22 bytes.

mod agents;
mod calls;
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
pub use queues::{QueueLength, Queues};
pub use recovery::{Ask, Recovery};
pub use transitions::{By, TRANSITIONS, Transition, request};

use calls::{CallName, Merge, MergeKind, Worth};

use super::values::{
    AgentState, CcxErrorCode, ControlFailure, CtiService, LocalConnectionState, StatusCode,
};
use super::{DeviceId, Message, MessageType, Text, TextBuf};

/// How much a model keeps. What goes beyond is left out and told as [`Change::Dropped`].
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub struct Limits {
    /// Agents: 10,000.
    pub agents: usize,
    /// CSQs of an agent: 256.
    pub csqs_per_agent: usize,
    /// Calls: 20,000. For a new one, that one goes of which nothing has been heard for longest.
    pub calls: usize,
    /// Connections of a call: 64.
    pub connections_per_call: usize,
    /// Queues of a call: 64.
    pub queues_per_call: usize,
    /// Named variables of a call, and elements of named arrays as many again: 256.
    pub named_per_call: usize,
    /// Associated clients of a call: 32, the latest ones.
    pub clients_per_call: usize,
    /// CSQs of which the length is kept: 1,000.
    pub queues: usize,
    /// Requests whose answers are awaited: 1,024.
    pub requests: usize,
}

impl Default for Limits {
    fn default() -> Self {
        Self {
            agents: 10_000,
            csqs_per_agent: 256,
            calls: 20_000,
            connections_per_call: 64,
            queues_per_call: 64,
            named_per_call: 256,
            clients_per_call: 32,
            queues: 1_000,
            requests: 1_024,
        }
    }
}

/// How long a model waits.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub struct Times {
    /// For an event about a call that only its data or a confirmation have named: 30 s.
    pub unconfirmed: Duration,
    /// For the `END_CALL_EVENT` of a call that is over: 30 s.
    pub over: Duration,
    /// The same in agent mode, and for a call that the own device has left: 5 s.
    pub left: Duration,
    /// For the answer to a request: 30 s. [`Model::unanswered`] may tell earlier that none comes.
    pub answer: Duration,
}

impl Default for Times {
    fn default() -> Self {
        Self {
            unconfirmed: Duration::from_secs(30),
            over: Duration::from_secs(30),
            left: Duration::from_secs(5),
            answer: Duration::from_secs(30),
        }
    }
}

/// What has changed in a model.
#[derive(Clone, PartialEq, Eq, Debug)]
#[non_exhaustive]
pub enum Change {
    /// Something about an agent.
    Agent {
        /// The agent.
        key: AgentKey,
        /// What it is.
        what: AgentWhat,
    },
    /// Something about a call.
    Call {
        /// Its number in the model.
        key: CallKey,
        /// Its number on the wire, at the time of the change.
        call_id: u32,
        /// What it is.
        what: CallWhat,
    },
    /// How many calls wait in a CSQ.
    QueueLength {
        /// The CSQ.
        csq_id: u32,
        /// As it was; `None` if nothing had told it.
        before: Option<QueueLength>,
        /// As it is.
        after: QueueLength,
    },
    /// A message takes something away from a call that is not known. It changed nothing.
    UnknownCall {
        /// The type of the message.
        message_type: MessageType,
        /// The `CallID` it gives.
        call_id: u32,
    },
    /// The connection is gone: everything is stale until something tells it anew.
    Stale,
    /// All that can be asked for has been told since the session was opened.
    Recovered,
    /// A limit was reached, and something was left out.
    Dropped(Dropped),
}

/// What a limit made a model leave out.
#[derive(Clone, PartialEq, Eq, Debug)]
#[non_exhaustive]
pub enum Dropped {
    /// An agent, by login or extension.
    Agent(TextBuf),
    /// A CSQ of an agent.
    CsqOfAgent(AgentKey, u32),
    /// A connection: the `CallID`, and the device.
    Connection(u32, TextBuf),
    /// A queue of the call with this `CallID`.
    Queue(u32),
    /// A named variable or an element of a named array: the `CallID`, and the last name left out.
    Named(u32, TextBuf),
    /// Clients that are associated with the call with this `CallID`.
    Client(u32),
    /// The length of this CSQ's queue.
    QueueLength(u32),
    /// The request with this `InvokeID`: its answer will say less than it could.
    Request(u32),
}

/// A request whose answer says more with it than without.
#[derive(Clone, Debug)]
enum Pending {
    Open {
        agent_id: Option<TextBuf>,
        device: Option<TextBuf>,
        agent_mode: bool,
    },
    NewCall {
        origin: Option<CallKey>,
    },
    Merge {
        kind: MergeKind,
        held: (u32, TextBuf),
        active: (u32, TextBuf),
        acting: TextBuf,
    },
    Login {
        device: TextBuf,
    },
    QueryAgent {
        agent_id: Option<TextBuf>,
    },
    SnapshotDevice {
        device: TextBuf,
    },
    SnapshotCall {
        name: CallName,
    },
    Statistics {
        csq_id: Option<u32>,
    },
}

/// A pending request, the number of the last message before it, and whether the recovery made it.
#[derive(Clone, Debug)]
struct Asked {
    pending: Pending,
    at: u64,
    until: Duration,
    recovery: bool,
}

/// Agents, calls and queue lengths.
#[derive(Clone, Debug, Default)]
pub struct Model {
    /// The agents.
    pub agents: Agents,
    /// The calls.
    pub calls: Calls,
    /// How many calls wait, by CSQ.
    pub queues: Queues,
    view: View,
    times: Times,
    limits: Limits,
    /// Whether the calls that phones left last are kept in bridge mode too.
    last_calls: bool,
    asked: BTreeMap<u32, Asked>,
    recovery: Recovery,
}

impl Model {
    /// A model of which nothing is known yet. An `OPEN_REQ` that is [`sent`](Self::sent) later
    /// tells whose events will come.
    #[must_use]
    pub fn new(view: View) -> Self {
        Self::with(view, Times::default(), Limits::default())
    }

    /// The same with other times and limits.
    #[must_use]
    pub fn with(view: View, times: Times, limits: Limits) -> Self {
        Self {
            agents: Agents::new(limits),
            calls: Calls::new(view, times, limits),
            queues: Queues::new(limits),
            view,
            times,
            limits,
            ..Self::default()
        }
    }

    /// Whether in bridge mode the call that each agent's phone left last is kept for wrap-up, as it
    /// is in agent mode for the own one.
    pub fn keep_last_calls(&mut self, keep: bool) {
        self.last_calls = keep;
    }

    /// Takes in what the client sends.
    pub fn sent(&mut self, now: Duration, message: &Message<'_>) -> Vec<Change> {
        let mut changes = Vec::new();
        let kept = |text: Option<Text<'_>>| filled(text).map(TextBuf::from);
        let text = |text: Option<Text<'_>>| TextBuf::from(text.unwrap_or_default());
        let id = |id: Option<DeviceId<'_>>| TextBuf::from(id.unwrap_or_default());
        let pending = match message {
            Message::OpenReq(request) => Pending::Open {
                agent_id: kept(request.agent_id),
                device: kept(request.agent_instrument).or(kept(request.agent_extension)),
                agent_mode: request
                    .services_requested
                    .contains(CtiService::CLIENT_EVENTS),
            },
            Message::MakeCallReq(_) => Pending::NewCall { origin: None },
            Message::ConsultCallReq(request) => Pending::NewCall {
                origin: self
                    .calls
                    .named(request.active_call_id, request.active_connection_device_id),
            },
            // Without a held call there is nothing to merge: the event says who is connected.
            Message::ConferenceCallReq(request) if filled(request.dialed_number).is_none() => {
                Pending::Merge {
                    kind: MergeKind::Conference,
                    held: (request.held_call_id, id(request.held_connection_device_id)),
                    active: (
                        request.active_call_id,
                        id(request.active_connection_device_id),
                    ),
                    acting: text(request.agent_instrument),
                }
            }
            Message::TransferCallReq(request) if filled(request.dialed_number).is_none() => {
                Pending::Merge {
                    kind: MergeKind::Transfer,
                    held: (request.held_call_id, id(request.held_connection_device_id)),
                    active: (
                        request.active_call_id,
                        id(request.active_connection_device_id),
                    ),
                    acting: text(request.agent_instrument),
                }
            }
            Message::SetAgentStateReq(request) if request.agent_state == AgentState::LOGIN => {
                Pending::Login {
                    device: text(request.agent_instrument),
                }
            }
            Message::QueryAgentStateReq(request) => Pending::QueryAgent {
                agent_id: kept(request.agent_id),
            },
            Message::SnapshotDeviceReq(request) => Pending::SnapshotDevice {
                device: text(request.agent_instrument),
            },
            Message::SnapshotCallReq(request) => Pending::SnapshotCall {
                name: CallName {
                    call_id: request.call_id,
                    device_type: request.connection_device_type,
                    device_id: id(request.connection_device_id),
                },
            },
            Message::QueryQueueStatisticsReq(request) => Pending::Statistics {
                csq_id: request.csq_id,
            },
            _ => return changes,
        };
        let Some(invoke_id) = message.invoke_id() else {
            return changes;
        };
        if self.asked.len() >= self.limits.requests
            && let Some((oldest, _)) = self.asked.pop_first()
        {
            changes.push(Change::Dropped(Dropped::Request(oldest)));
        }
        let asked = Asked {
            at: self.calls.step(),
            until: now.saturating_add(self.times.answer),
            recovery: self.recovery.claims(message),
            pending,
        };
        self.asked.insert(invoke_id, asked);
        changes
    }

    /// Takes in what the server sends, at a time since an origin of the caller's choice. Returns
    /// what has changed; nothing is allocated if that is nothing.
    pub fn received(&mut self, now: Duration, message: &Message<'_>) -> Vec<Change> {
        let mut changes = Vec::new();
        self.calls.step();
        match message {
            Message::AgentStateEvent(event) => {
                let before = filled(event.agent_id)
                    .and_then(|id| self.agents.get(id))
                    .and_then(Agent::phone)
                    .cloned();
                self.agents.state_event(now, event, &mut changes);
                let named = [
                    filled(event.agent_extension),
                    filled(event.agent_instrument),
                ];
                let kept = before.as_ref().map(TextBuf::text);
                let mut told = None;
                for device in named.into_iter().chain([kept]).flatten() {
                    if told != Some(device) {
                        let keep = self.last_calls;
                        self.calls.agent_state(
                            device.into(),
                            event.agent_state,
                            keep,
                            &mut changes,
                        );
                        told = Some(device);
                    }
                }
            }
            Message::ConfigAgentEvent(event) => self.agents.configuration(event, &mut changes),
            _ => match message
                .invoke_id()
                .and_then(|id| self.answered(id, message))
            {
                Some(asked) => self.answer(now, &asked, message, &mut changes),
                None => self.calls.event(now, message, &mut changes),
            },
        }
        self.conclude(now, &mut changes);
        changes
    }

    /// Draws the conclusions from what has changed: lengths of queues, and what to ask next.
    fn conclude(&mut self, now: Duration, changes: &mut Vec<Change>) {
        let mut from = 0;
        loop {
            self.queues.follow(from, changes);
            from = changes.len();
            self.advance(now, changes);
            if changes.len() == from {
                return;
            }
        }
    }

    /// The request that a message answers.
    fn answered(&mut self, invoke_id: u32, message: &Message<'_>) -> Option<Asked> {
        let answers = matches!(
            message,
            Message::OpenConf(_)
                | Message::MakeCallConf(_)
                | Message::ConsultCallConf(_)
                | Message::ConferenceCallConf(_)
                | Message::TransferCallConf(_)
                | Message::SetAgentStateConf(_)
                | Message::QueryAgentStateConf(_)
                | Message::SnapshotDeviceConf(_)
                | Message::SnapshotCallConf(_)
                | Message::QueryQueueStatisticsConf(_)
                | Message::FailureConf(_)
                | Message::ControlFailureConf(_)
        );
        answers.then(|| self.asked.remove(&invoke_id)).flatten()
    }

    /// Tells the model that a request has ended without an answer.
    pub fn unanswered(&mut self, now: Duration, invoke_id: u32) -> Vec<Change> {
        let mut changes = Vec::new();
        if let Some(asked) = self.asked.remove(&invoke_id) {
            if asked.recovery {
                self.recovery.settled();
            }
            self.conclude(now, &mut changes);
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
        Vec::from([Change::Stale])
    }

    /// When [`handle_timeout`](Self::handle_timeout) is due.
    #[must_use]
    pub fn poll_timeout(&self) -> Option<Duration> {
        let answers = self.asked.values().map(|asked| asked.until).min();
        [self.calls.poll_timeout(), answers]
            .into_iter()
            .flatten()
            .min()
    }

    /// Lets calls go whose time has come, and gives up waiting for answers. Harmless when nothing is
    /// due.
    pub fn handle_timeout(&mut self, now: Duration) -> Vec<Change> {
        let mut changes = Vec::new();
        self.calls.handle_timeout(now, &mut changes);
        self.conclude(now, &mut changes);
        let late = self.asked.iter().filter(|(_, asked)| asked.until <= now);
        let late: Vec<u32> = late.map(|(invoke_id, _)| *invoke_id).collect();
        for invoke_id in late {
            changes.extend(self.unanswered(now, invoke_id));
        }
        changes
    }

    fn answer(
        &mut self,
        now: Duration,
        asked: &Asked,
        message: &Message<'_>,
        changes: &mut Vec<Change>,
    ) {
        if asked.recovery {
            self.recovery.settled();
        }
        let unknown = is_unknown(message);
        match (&asked.pending, message) {
            (
                Pending::Open {
                    agent_id,
                    device,
                    agent_mode: true,
                },
                Message::OpenConf(conf),
            ) => {
                let own = filled(conf.agent_instrument)
                    .or(filled(conf.agent_extension))
                    .or(device.as_ref().map(TextBuf::text));
                self.calls.set_own(own.map(DeviceId));
                let asked = agent_id.as_ref().map(TextBuf::text);
                self.agents.open_conf(asked, conf, changes);
                if let Some(device) = own {
                    let keep = self.last_calls;
                    self.calls
                        .agent_state(device.into(), conf.agent_state, keep, changes);
                }
            }
            (Pending::Login { device }, Message::SetAgentStateConf(_))
                if self.view == View::Agent && self.calls.own().is_none() =>
            {
                self.calls.set_own(Some(device.into()));
            }
            (Pending::NewCall { origin }, Message::MakeCallConf(conf)) => {
                let name = (
                    conf.new_call_id,
                    conf.new_connection_device_type,
                    conf.new_connection_device_id,
                );
                self.calls.confirmed(now, asked.at, name, *origin, changes);
            }
            (Pending::NewCall { origin }, Message::ConsultCallConf(conf)) => {
                let name = (
                    conf.new_call_id,
                    conf.new_connection_device_type,
                    conf.new_connection_device_id,
                );
                self.calls.confirmed(now, asked.at, name, *origin, changes);
            }
            (
                Pending::Merge {
                    kind,
                    held,
                    active,
                    acting,
                },
                Message::ConferenceCallConf(_) | Message::TransferCallConf(_),
            ) => {
                let (result, parties) = match message {
                    Message::ConferenceCallConf(conf) => (conf.new_call_id, conf.connected_parties),
                    Message::TransferCallConf(conf) => (conf.new_call_id, conf.connected_parties),
                    _ => return,
                };
                let merge = Merge {
                    kind: *kind,
                    primary: (held.0, Some((&held.1).into())),
                    primary_state: LocalConnectionState::NONE,
                    secondary: (active.0, Some((&active.1).into())),
                    acting: Some(acting.into()),
                    result: Some(result),
                    parties,
                };
                self.calls.merge_confirmed(now, &merge, changes);
            }
            (Pending::QueryAgent { agent_id }, Message::QueryAgentStateConf(conf)) => {
                let asked = agent_id.as_ref().map(TextBuf::text);
                self.agents.query_conf(asked, conf, changes);
            }
            (
                Pending::QueryAgent {
                    agent_id: Some(agent_id),
                },
                Message::FailureConf(failure),
            ) if failure.status == StatusCode::AGENT_NOT_LOGGED_ON => {
                self.agents.not_logged_in(agent_id.text(), changes);
            }
            (Pending::SnapshotDevice { device }, Message::SnapshotDeviceConf(conf)) => {
                let calls = self
                    .calls
                    .snapshot_device(now, device.into(), asked.at, conf, changes);
                if asked.recovery {
                    self.recovery.device_answered(device.clone(), calls);
                }
            }
            // A device that is not there has no calls.
            (Pending::SnapshotDevice { device }, _) if unknown && asked.recovery => {
                self.recovery.device_answered(device.clone(), Vec::new());
            }
            (Pending::SnapshotCall { name }, Message::SnapshotCallConf(conf)) => {
                let worth = self.calls.snapshot_call(now, name, asked.at, conf, changes);
                if worth == Worth::Outdated && asked.recovery {
                    self.recovery.ask_again(name.clone());
                }
            }
            (Pending::SnapshotCall { name }, _) if unknown => {
                self.calls.lost(now, name, asked.at, changes);
            }
            (Pending::Statistics { csq_id }, Message::QueryQueueStatisticsConf(conf)) => {
                if let Some(csq_id) = conf.csq_id.or(*csq_id) {
                    self.queues.told(csq_id, conf, changes);
                }
            }
            (
                Pending::Statistics {
                    csq_id: Some(csq_id),
                },
                _,
            ) => self.queues.refused(*csq_id, &self.calls, changes),
            _ => {}
        }
    }
}

/// Whether a refusal says that what was asked about is not there.
fn is_unknown(message: &Message<'_>) -> bool {
    match message {
        Message::FailureConf(failure) => failure.status == StatusCode::INVALID_CALLID,
        Message::ControlFailureConf(failure) => {
            let code = failure.failure_code;
            let ccx = failure.unified_ccx_error_code;
            code == ControlFailure::INVALID_CSTA_CALL_ID
                || code == ControlFailure::INVALID_CSTA_CONNECTION_ID
                || ccx == CcxErrorCode::CALL_ID_INVALID
                || ccx == CcxErrorCode::CALL_ID_NOT_IN_PROVIDER
        }
        _ => false,
    }
}

/// A text that says something.
fn filled<T: AsRef<[u8]>>(text: Option<T>) -> Option<T> {
    text.filter(|text| !text.as_ref().is_empty())
}

/// Sets a text. Returns what it was, if it was another one.
fn set<'a>(kept: &mut Option<TextBuf>, text: impl Into<Text<'a>>) -> Option<Option<TextBuf>> {
    let text = text.into();
    if kept.as_ref().is_some_and(|kept| *kept == text) {
        return None;
    }
    Some(kept.replace(text.into()))
}
