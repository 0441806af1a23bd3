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

mod calls;
mod centre;
mod configuration;
mod control;
mod faults;
mod information;
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
    AgentState, CcxStatus, ConfigEndEvent, ConfigEndStatus, ConfigMask, CtiService, DeviceType,
    FailureEvent, HeartbeatConf, Message, MessageType, OpenConf, OpenReq, Received, StatusCode,
    SystemEvent, SystemEventID, Text, TextBuf, Version,
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

    fn open(&mut self, id: ConnectionId, received: &Received) {
        let Ok(Message::OpenReq(request)) = received.message() else {
            return;
        };
        if self.has(Fault::NoOpen) {
            return;
        }
        let verdict = match (self.has(Fault::NotMaster), self.has(Fault::Refuse)) {
            (true, _) => Err(StatusCode::SERVER_NOT_MASTER),
            (_, true) => Err(StatusCode::UNSPECIFIED_FAILURE),
            _ => self.admit(id, &request),
        };
        match verdict {
            Err(status) => {
                if let Some(session) = self.sessions.map.get_mut(&id) {
                    // No other answer was sent.
                    let _ = session.server.refuse(status, None);
                }
            }
            Ok((login_id, phone)) => self.grant(id, &request, login_id, phone),
        }
    }

    /// Returns the agent and the phone of a session in agent mode, if the client may have them.
    fn admit(
        &mut self,
        id: ConnectionId,
        request: &OpenReq<'_>,
    ) -> Result<(Option<TextBuf>, Option<TextBuf>), StatusCode> {
        if !request
            .services_requested
            .contains(CtiService::CLIENT_EVENTS)
        {
            return Ok((None, None));
        }
        let named_phone = filled(request.agent_instrument).or(filled(request.agent_extension));
        let phones = [request.agent_extension, request.agent_instrument];
        let login_id = match filled(request.agent_id) {
            Some(login_id) => {
                let agent = self.centre.agents.get_key_value(login_id.as_bytes());
                let (login_id, _) = agent.ok_or(StatusCode::INVALID_AGENT_DATA)?;
                Some(login_id.clone())
            }
            None => self.centre.named_agent(None, phones),
        };
        if let Some(phone) = named_phone
            && !self.centre.is_phone(phone.as_bytes())
        {
            return Err(StatusCode::INVALID_AGENT_DATA);
        }
        let at = login_id
            .as_ref()
            .and_then(|login_id| self.centre.agents.get(login_id))
            .and_then(|agent| agent.phone.clone());
        // The named agent and phone do not match.
        if let (Some(at), Some(named)) = (&at, named_phone)
            && *at != named
        {
            return Err(StatusCode::INVALID_AGENT_DATA);
        }
        let phone = named_phone.map(TextBuf::from).or(at);
        if let Some(phone) = &phone {
            let other = self.centre.login_at(phone.as_bytes());
            if other.is_some() && other != login_id {
                return Err(StatusCode::DEVICE_IN_USE);
            }
            if let Some(holder) = self.sessions.holder(phone.as_bytes())
                && holder != id
            {
                self.replace(holder, request)?;
            }
        }
        Ok((login_id, phone))
    }

    /// Ends another session on the phone, if it is the same client's.
    fn replace(&mut self, holder: ConnectionId, request: &OpenReq<'_>) -> Result<(), StatusCode> {
        let same = self.sessions.map.get(&holder).is_some_and(|session| {
            let client = request.client_id.unwrap_or_default();
            !client.is_empty() && session.client_id == client
        });
        if !same || !self.centre.plan.replace_sessions {
            return Err(StatusCode::DEVICE_IN_USE);
        }
        let event = FailureEvent {
            status: StatusCode::NEW_SESSION_OPENED,
            ..FailureEvent::default()
        };
        self.sessions.send(holder, &event.into());
        if let Some(session) = self.sessions.map.get_mut(&holder) {
            session.server.drop_connection();
        }
        Ok(())
    }

    fn grant(
        &mut self,
        id: ConnectionId,
        request: &OpenReq<'_>,
        login_id: Option<TextBuf>,
        phone: Option<TextBuf>,
    ) {
        let mut services = request.services_requested;
        if self.has(Fault::GrantLess) {
            services = services & (CtiService::CLIENT_EVENTS | CtiService::ALL_EVENTS);
        }
        if let Some(login_id) = &login_id
            && let Some(agent) = self.centre.agents.get_mut(login_id)
        {
            agent.plan.played = false;
        }
        let agent = login_id
            .as_ref()
            .and_then(|login_id| self.centre.agents.get(login_id));
        let state = agent.map_or(AgentState::LOGOUT, |agent| agent.state);
        let agent_mode = services.contains(CtiService::CLIENT_EVENTS);
        let bridge = services.contains(CtiService::ALL_EVENTS);
        let offline = self.has(Fault::StartsOffline);
        let online = self.centre.online
            && !offline
            && (agent_mode || !bridge || self.centre.plan.online_in_bridge_mode);
        let logged_in = agent_mode && state != AgentState::LOGOUT;
        let at = phone.as_ref().filter(|_| logged_in).map(TextBuf::text);
        let empty = agent_mode.then(Text::default);
        let confirmation = OpenConf {
            services_granted: services,
            unified_ccx_online: online.into(),
            agent_state: if agent_mode { state } else { AgentState(0) },
            agent_extension: at.or(empty),
            agent_instrument: at.or(empty),
            agent_id: login_id
                .as_ref()
                .filter(|_| logged_in)
                .map(TextBuf::text)
                .or(empty),
            ..OpenConf::default()
        };
        let Some(session) = self.sessions.map.get_mut(&id) else {
            return;
        };
        if let Err(error) = session.server.grant(&confirmation) {
            self.sessions.mistakes.push(alloc::format!("{error}"));
            return;
        }
        session.bridge = bridge;
        session.agent_mode = agent_mode;
        session.services = services;
        session.calls = request.call_msg_mask;
        session.agents = request.agent_state_mask;
        session.configuration = request.config_msg_mask;
        if session.server.version() < Version::V18 {
            session.configuration.remove(ConfigMask::TERMINAL);
        }
        session.client_id = request.client_id.unwrap_or_default().into();
        session.login_id = login_id.filter(|_| agent_mode);
        session.phone = phone.filter(|_| agent_mode);
        if let Some(outbox) = self.outboxes.get_mut(&id) {
            outbox.opened = Some(self.now);
        }
        let later = self.now.saturating_add(Duration::from_secs(5));
        for fault in [Fault::StartsOffline, Fault::GoesOffline, Fault::NewSession] {
            if self.has(fault) {
                self.planned.push((later, id, fault));
            }
        }
        if offline {
            self.centre.online = false;
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

    /// Makes an outside caller call a given route point, or any. Returns the `CallID`; `None` if
    /// there is no such route point, or no free port.
    pub fn customer_calls(
        &mut self,
        now: Duration,
        route_point: Option<&str>,
        ani: &str,
    ) -> Option<u32> {
        self.advance(now);
        match route_point {
            Some(number) => self
                .centre
                .call_in_to(&number.into(), &ani.into(), &mut self.sessions),
            None => self.centre.customer_calls(&mut self.sessions),
        }
    }

    /// Makes the outside party of a call hang up, or its first party.
    pub fn customer_hangs_up(&mut self, now: Duration, call_id: u32) {
        self.advance(now);
        let Some(call) = self.centre.calls.get(&call_id) else {
            return;
        };
        let mut inside = call.connections.iter();
        let customer = inside
            .find(|inside| !inside.told)
            .or(call.connections.first())
            .map(|inside| inside.device.clone());
        if let Some(customer) = customer {
            self.centre.drop_out(call_id, &customer, &mut self.sessions);
        }
    }

    /// Offers an agent an outbound contact, if he is ready and has logged in for it. Returns the
    /// `CallID` of the reservation.
    pub fn offer_outbound(&mut self, now: Duration, login_id: &str) -> Option<u32> {
        self.advance(now);
        self.centre
            .offer_outbound(&login_id.into(), &mut self.sessions)
    }

    /// Adds an agent, or changes the one with the same login.
    pub fn put_agent(&mut self, now: Duration, plan: AgentPlan) {
        self.advance(now);
        self.centre.put_agent(plan, &mut self.sessions);
    }

    /// Deletes an agent.
    pub fn delete_agent(&mut self, now: Duration, login_id: &str) {
        self.advance(now);
        self.centre
            .delete_agent(&login_id.into(), &mut self.sessions);
    }

    /// Adds a team, or changes the one with the same number.
    pub fn put_team(&mut self, now: Duration, plan: TeamPlan) {
        self.advance(now);
        self.centre.put_team(plan, &mut self.sessions);
    }

    /// Adds a terminal, or changes the one with the same name.
    pub fn put_terminal(&mut self, now: Duration, plan: TerminalPlan) {
        self.advance(now);
        self.centre.put_terminal(plan, &mut self.sessions);
    }

    /// Deletes a terminal.
    pub fn delete_terminal(&mut self, now: Duration, device_name: &str) {
        self.advance(now);
        self.centre
            .delete_terminal(&device_name.into(), &mut self.sessions);
    }

    /// Takes the server offline, or online again.
    pub fn set_online(&mut self, now: Duration, online: bool) {
        self.now = self.now.max(now);
        self.centre.online = online;
        let event = SystemEvent {
            ccx_status: if online {
                CcxStatus::IN_SERVICE
            } else {
                CcxStatus::OUT_OF_SERVICE
            },
            system_event_id: if online {
                SystemEventID::CCX_ONLINE
            } else {
                SystemEventID::CCX_OFFLINE
            },
            event_device_type: DeviceType::NONE,
            ..SystemEvent::default()
        };
        self.sessions.tell(Audience::All, &event.into());
    }

    /// Takes a phone out of service, or back into service.
    pub fn set_in_service(&mut self, now: Duration, phone: &str, in_service: bool) {
        self.advance(now);
        let event = SystemEvent {
            ccx_status: CcxStatus::IN_SERVICE,
            system_event_id: if in_service {
                SystemEventID::INSTRUMENT_BACK_IN_SERVICE
            } else {
                SystemEventID::INSTRUMENT_OUT_OF_SERVICE
            },
            event_device_type: DeviceType::AGENT_DEVICE,
            event_device_id: Some(phone.into()),
            ..SystemEvent::default()
        };
        self.sessions.tell(Audience::All, &event.into());
        let Some(login_id) = self.centre.login_at(phone.as_bytes()) else {
            return;
        };
        let reason = if in_service {
            super::AgentStateReasonCode::AGT_PHONE_UP
        } else {
            super::AgentStateReasonCode::AGT_PHONE_DOWN
        };
        self.centre.set_state(
            &login_id,
            AgentState::NOT_READY,
            reason,
            None,
            &mut self.sessions,
        );
    }

    /// Sends any message to all clients: to play events that the centre does not produce.
    pub fn tell(&mut self, now: Duration, message: &Message<'_>) {
        self.advance(now);
        self.sessions.tell(Audience::All, message);
    }

    /// Stops the server: all connections are dropped. Its state stays.
    pub fn drop_all(&mut self) {
        for session in self.sessions.map.values_mut() {
            session.server.drop_connection();
        }
    }
}

/// Returns a text that is not empty.
fn filled<T: AsRef<[u8]>>(text: Option<T>) -> Option<T> {
    text.filter(|text| !text.as_ref().is_empty())
}
