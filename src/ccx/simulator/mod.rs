//! A simulated Unified CCX server, for tests and for first experiments.
//!
//! It runs a small centre of agents, queues, teams and calls. It answers each request of the guide,
//! enforces the guide on clients, plays callers and agents at random from a seed, and
//! [misbehaves](Fault) on demand. Like a [session](crate::ccx::session), it has no socket and no
//! clock of its own; [`Running`] puts it behind a socket.
//!
//! ```
//! use std::time::Duration;
//! use bytes::BytesMut;
//! use cti_codec::ccx::simulator::{Plan, Simulator};
//! use cti_codec::ccx::{FrameDecoder, Message, OpenReq, QueryAgentStateReq, Version};
//!
//! let now = Duration::ZERO;
//! let mut simulator = Simulator::new(Plan::default());
//! let client = simulator.connected(now);
//!
//! let mut bytes = BytesMut::new();
//! let open = OpenReq { version_number: 14, idle_timeout: 40, ..OpenReq::bridge_mode() };
//! Message::from(open).encode(Version::V14, &mut bytes)?;
//! simulator.handle_input(now, client, &bytes);
//! let mut answers = FrameDecoder::new();
//! answers.feed(&simulator.poll_transmit(now, client).unwrap());
//!
//! bytes.clear();
//! let query = QueryAgentStateReq { invoke_id: 2, agent_id: Some("agt2005".into()), ..Default::default() };
//! Message::from(query).encode(Version::V14, &mut bytes)?;
//! simulator.handle_input(now, client, &bytes);
//!
//! while let Some(bytes) = simulator.poll_transmit(now, client) {
//!     answers.feed(&bytes);
//! }
//! let names: Vec<_> = std::iter::from_fn(|| answers.next_frame().unwrap())
//!     .map(|frame| frame.message_type().to_string())
//!     .collect();
//! assert_eq!(names, ["OPEN_CONF", "QUERY_AGENT_STATE_CONF"]);
//!
//! // What the server itself believes, to compare a client with.
//! assert!(simulator.centre().agent("agt2005").unwrap().phone.is_some());
//! # Ok::<(), Box<dyn std::error::Error>>(())
//! ```
//!
//! # Scope
//!
//! - Requests of one connection are processed in order, and the state changes before the confirmation is
//!   sent. Events come before it, or after it with [`Plan::confirm_first`].
//! - A client in agent mode gets the events of all calls of its phone.
//! - Outside callers dial the route points of the applications; [`Simulator::customer_calls`] makes one
//!   do so. A number that is neither a phone nor a route point answers at once.
//! - A played agent answers, talks, and now and then transfers or confers. An agent with a client's
//!   session is left to the client.
//! - Statistics count from the start of the simulator. There is no music on hold, no recording, no work
//!   timer.

mod acts;
mod calls;
mod centre;
mod configuration;
mod control;
mod faults;
mod information;
mod opening;
mod outbound;
mod plan;
#[cfg(feature = "std")]
mod running;
mod script;
mod sessions;

use alloc::collections::BTreeMap;
use alloc::string::String;
use alloc::vec::Vec;
use core::time::Duration;

use bytes::Bytes;
use fastrand::Rng;

pub use centre::{Centre, CentreAgent, CentreCall, CentreConnection};
pub use faults::{Fault, UnknownFault};
pub use plan::{AgentPlan, ApplicationPlan, CsqPlan, Pace, Plan, TeamPlan, TerminalPlan};
#[cfg(feature = "std")]
pub use running::Running;
pub use script::Step;
pub use sessions::ConnectionId;

use faults::Outbox;
use script::Script;
use sessions::{Audience, Session, Sessions};

use super::session::{Server, ServerEvent, ServerSettings};
use super::{
    CcxStatus, ConfigEndEvent, ConfigEndStatus, DeviceType, FailureEvent, HeartbeatConf, Message,
    MessageType, Received, StatusCode, SystemEvent, SystemEventID, TextBuf, Version,
};

/// A simulated server.
#[derive(Debug)]
pub struct Simulator {
    centre: Centre,
    sessions: Sessions,
    settings: ServerSettings,
    faults: Vec<Fault>,
    outboxes: BTreeMap<ConnectionId, Outbox>,
    next: u64,
    rng: Rng,
    /// The planned faults.
    planned: Vec<(Duration, ConnectionId, Fault)>,
    flood: Option<Duration>,
    failed_once: bool,
    script: Script,
    now: Duration,
}

impl Simulator {
    /// Creates the server of a centre, whose played agents are logged in and ready.
    #[must_use]
    pub fn new(plan: Plan) -> Self {
        let rng = Rng::with_seed(plan.seed ^ 0x5eed);
        Self {
            centre: Centre::new(plan),
            sessions: Sessions::default(),
            settings: ServerSettings {
                heartbeats: false,
                ..ServerSettings::default()
            },
            faults: Vec::new(),
            outboxes: BTreeMap::new(),
            next: 0,
            rng,
            planned: Vec::new(),
            flood: None,
            failed_once: false,
            script: Script::default(),
            now: Duration::ZERO,
        }
    }

    /// Holds connections that come from now on to other settings. Heartbeats are answered in any
    /// case.
    pub fn set_settings(&mut self, settings: ServerSettings) {
        self.settings = ServerSettings {
            heartbeats: false,
            ..settings
        };
    }

    /// Misbehaves in a way, or no longer does.
    pub fn set_fault(&mut self, fault: Fault, on: bool) {
        self.faults.retain(|known| *known != fault);
        if on {
            self.faults.push(fault);
        }
        if fault == Fault::Flood {
            self.flood = on.then_some(self.now);
        }
    }

    /// Returns the state of the centre, as the ground truth of a test.
    #[must_use]
    pub fn centre(&self) -> &Centre {
        &self.centre
    }

    /// Returns the number of messages sent to all clients together, without `OPEN_CONF`.
    #[must_use]
    pub fn sent(&self) -> u64 {
        self.sessions.sent
    }

    /// Returns messages that the simulator failed to encode because they violate the guide: errors
    /// of its own, of which there should be none.
    #[must_use]
    pub fn mistakes(&self) -> &[String] {
        &self.sessions.mistakes
    }

    /// Connects a client.
    pub fn connected(&mut self, now: Duration) -> ConnectionId {
        self.advance(now);
        self.next = self.next.saturating_add(1);
        let id = ConnectionId(self.next);
        let mut settings = self.settings.clone();
        if self.has(Fault::OldVersion) {
            settings.newest = Version::V12;
        }
        let session = Session::new(Server::accept(settings, self.now));
        self.sessions.map.insert(id, session);
        self.outboxes.insert(id, Outbox::default());
        id
    }

    /// Reports that a client has dropped its connection, or that it was dropped: see
    /// [`is_ended`](Self::is_ended).
    pub fn handle_disconnected(&mut self, now: Duration, id: ConnectionId) {
        self.advance(now);
        self.sessions.map.remove(&id);
        self.outboxes.remove(&id);
        self.planned.retain(|(_, planned, _)| *planned != id);
    }

    /// Processes bytes from a client.
    pub fn handle_input(&mut self, now: Duration, id: ConnectionId, bytes: &[u8]) {
        self.advance(now);
        if let Some(session) = self.sessions.map.get_mut(&id) {
            session.server.handle_input(self.now, bytes);
        }
        self.work_off(id);
    }

    /// Returns whether input of a client is wanted: if not, leave it in the socket.
    #[must_use]
    pub fn wants_input(&self, id: ConnectionId) -> bool {
        let session = self.sessions.map.get(&id);
        session.is_some_and(|session| session.server.wants_input())
    }

    /// Runs the tasks that are due: callers call, agents answer, sessions end.
    pub fn handle_timeout(&mut self, now: Duration) {
        self.advance(now);
        let ids: Vec<ConnectionId> = self.sessions.map.keys().copied().collect();
        for id in ids {
            if let Some(session) = self.sessions.map.get_mut(&id) {
                session.server.handle_timeout(self.now);
            }
            self.work_off(id);
        }
    }

    /// Returns the time at which [`handle_timeout`](Self::handle_timeout) is due, followed by
    /// [`poll_transmit`](Self::poll_transmit) for each client.
    #[must_use]
    pub fn poll_timeout(&self) -> Option<Duration> {
        let tasks = self.centre.tasks.first().map(|(at, ..)| *at);
        let planned = self.planned.iter().map(|(at, ..)| *at);
        let sessions = self.sessions.map.values();
        let servers = sessions.filter_map(|session| session.server.poll_timeout());
        let outboxes = self.outboxes.values().filter_map(Outbox::next_due);
        let soon = tasks.into_iter().chain(self.flood).chain(planned);
        soon.chain(servers).chain(outboxes).min()
    }

    /// Returns the next bytes to send to a client.
    pub fn poll_transmit(&mut self, now: Duration, id: ConnectionId) -> Option<Bytes> {
        self.advance(now);
        let session = self.sessions.map.get_mut(&id)?;
        let outbox = self.outboxes.get_mut(&id)?;
        let version = session.server.version();
        while let Some(bytes) = session.server.poll_transmit() {
            outbox.push(self.now, bytes, version, &self.faults, &mut self.rng);
        }
        outbox.pop(self.now)
    }

    /// Returns whether to drop a connection, because all its bytes were sent.
    #[must_use]
    pub fn is_ended(&self, id: ConnectionId) -> bool {
        let session = self.sessions.map.get(&id);
        let ended = session.is_none_or(|session| session.server.is_ended());
        let outbox = self.outboxes.get(&id);
        outbox.is_none_or(|outbox| outbox.is_empty() && (ended || outbox.reset))
    }

    fn has(&self, fault: Fault) -> bool {
        self.faults.contains(&fault)
    }

    fn advance(&mut self, now: Duration) {
        self.now = self.now.max(now);
        self.centre.tick(self.now, &mut self.sessions);
        while let Some(place) = self.planned.iter().position(|(at, ..)| *at <= self.now) {
            let (_, id, fault) = self.planned.swap_remove(place);
            self.misbehave(id, fault);
        }
        if let Some(at) = self.flood
            && at <= self.now
        {
            self.flood = Some(self.now.saturating_add(Duration::from_millis(100)));
            for number in 0..100 {
                let event = SystemEvent {
                    ccx_status: CcxStatus::IN_SERVICE,
                    system_event_id: SystemEventID(9),
                    system_event_arg1: number,
                    event_device_type: DeviceType::NONE,
                    ..SystemEvent::default()
                };
                self.sessions.tell(Audience::All, &event.into());
            }
        }
    }

    fn misbehave(&mut self, id: ConnectionId, fault: Fault) {
        match fault {
            Fault::StartsOffline => self.set_online(self.now, true),
            Fault::GoesOffline => self.set_online(self.now, false),
            Fault::NewSession | Fault::ConfigReset => {
                let status = if fault == Fault::NewSession {
                    StatusCode::NEW_SESSION_OPENED
                } else {
                    StatusCode::AUTO_CONFIG_RESET
                };
                let event = FailureEvent {
                    status,
                    ..FailureEvent::default()
                };
                self.sessions.send(id, &event.into());
            }
            _ => {}
        }
    }

    fn work_off(&mut self, id: ConnectionId) {
        while let Some(event) = self
            .sessions
            .map
            .get_mut(&id)
            .and_then(|session| session.server.poll_event())
        {
            match event {
                ServerEvent::OpenRequested(received) => self.open(id, &received),
                ServerEvent::Request(received) => self.request(id, &received),
                _ => {}
            }
        }
    }

    fn request(&mut self, id: ConnectionId, received: &Received) {
        let Ok(message) = received.message() else {
            return;
        };
        let silent = self.has(Fault::Silent)
            && self.outboxes.get(&id).is_some_and(|outbox| {
                let opened = outbox.opened.unwrap_or(self.now);
                self.now.saturating_sub(opened) >= Duration::from_secs(5)
            });
        if silent {
            return;
        }
        let invoke_id = message.invoke_id().unwrap_or_default();
        match message {
            Message::HeartbeatReq(_) => {
                if self.has(Fault::RefuseHeartbeats) {
                    let status = StatusCode::UNSPECIFIED_FAILURE;
                    self.sessions.refuse(id, invoke_id, status.into());
                } else if !self.has(Fault::NoHeartbeats) {
                    let conf = HeartbeatConf {
                        invoke_id,
                        ..HeartbeatConf::default()
                    };
                    self.sessions.send(id, &conf.into());
                }
            }
            Message::ConfigRequestEvent(request)
                if !request.configuration_mask.is_empty() && self.spoils_download() =>
            {
                let status = if self.has(Fault::ConfigEmpty) {
                    ConfigEndStatus::EMPTY
                } else {
                    ConfigEndStatus::ERROR
                };
                let end = ConfigEndEvent {
                    status,
                    ..ConfigEndEvent::default()
                };
                self.sessions.send(id, &end.into());
            }
            _ if self.is_awaited(id, &message) => {}
            _ => {
                let done = self.centre.configure(id, &message, &mut self.sessions)
                    || self.centre.control(id, &message, &mut self.sessions)
                    || self.centre.inform(id, &message, &mut self.sessions);
                if !done {
                    let status = StatusCode::INVALID_MESSAGE_TYPE;
                    self.sessions.refuse(id, invoke_id, status.into());
                }
                let downloaded = message.message_type() == MessageType::CONFIG_REQUEST_EVENT;
                if downloaded && self.has(Fault::ConfigReset) {
                    let later = self.now.saturating_add(Duration::from_secs(1));
                    self.planned.push((later, id, Fault::ConfigReset));
                }
            }
        }
    }

    fn spoils_download(&mut self) -> bool {
        if self.has(Fault::ConfigEmpty) {
            return true;
        }
        self.has(Fault::ConfigError) && !core::mem::replace(&mut self.failed_once, true)
    }
}

/// Returns a text that is not empty.
fn filled<T: AsRef<[u8]>>(text: Option<T>) -> Option<T> {
    text.filter(|text| !text.as_ref().is_empty())
}
