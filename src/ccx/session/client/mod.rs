//! The client: one session after the other, at one of several addresses.

mod ending;
mod input;
mod open;
mod opening;

use alloc::collections::VecDeque;
use alloc::vec::Vec;
use core::time::Duration;

use bytes::Bytes;

use self::opening::encode_open;
use super::configuration::Configuration;
use super::download::Download;
use super::event::{Action, Event, LossCause, OpenFailure, RequestError, RequestId, Unanswered};
use super::failover::{Failover, Pause};
use super::link::Link;
use super::requests::{Purpose, Requests};
use super::server::is_request;
use super::settings::Settings;
use super::teams::Teams;
use crate::ccx::{
    AgentState, CloseReq, ConfigMask, ConfigType, CtiService, EncodeError, Frame, Message,
    MessageType, OpenReq, Received, Version,
};

/// The state of a client.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
enum State {
    Idle,
    Connecting {
        deadline: Duration,
    },
    Opening {
        deadline: Duration,
        offline: bool,
    },
    /// `offline` holds until when a server that is not in service is waited for.
    Open {
        offline: Option<Duration>,
    },
    Closing {
        deadline: Duration,
    },
    Pausing {
        until: Duration,
    },
    Stopped,
}

/// The client's side of the protocol: opens a session at one of several addresses, keeps it alive,
/// ties answers to requests, keeps the configuration, and goes on to the next address where a
/// session ends.
///
/// Does no input or output and knows no clock: see the [module](super).
#[derive(Debug)]
pub struct Client {
    settings: Settings,
    /// `OPEN_REQ` in each version to try.
    opens: Vec<(Version, Bytes)>,
    services: CtiService,
    kinds: ConfigMask,
    state: State,
    failover: Failover,
    link: Link,
    requests: Requests,
    version: Version,
    granted: CtiService,
    generation: u64,
    last_id: u64,
    opened_at: Duration,
    next_heartbeat: Duration,
    /// The kind of the block of configuration that is open.
    block: Option<ConfigType>,
    download: Download,
    teams: Teams,
    configuration: Configuration,
    now: Duration,
    /// Whether input may wait until events or bytes to send have been fetched.
    held_back: bool,
    actions: VecDeque<Action>,
    events: VecDeque<Event>,
}

impl Client {
    /// Creates a client that asks for sessions with `open`. It sets `VersionNumber` to the version
    /// asked for and an `IdleTimeout` of 0 to the default for the heartbeat interval, and omits
    /// services and mask bits that a version does not have.
    ///
    /// ```
    /// use core::time::Duration;
    /// use cti_codec::ccx::OpenReq;
    /// use cti_codec::ccx::session::{Action, Client, Settings};
    ///
    /// let open = OpenReq {
    ///     agent_id: Some("jdoe".into()),
    ///     agent_instrument: Some("2006".into()),
    ///     ..OpenReq::agent_mode()
    /// };
    /// let mut client = Client::new(Settings::for_addresses(2), &open)?;
    /// client.start(Duration::ZERO);
    /// assert_eq!(client.poll_action(), Some(Action::Connect { address: 0 }));
    /// # Ok::<(), cti_codec::ccx::EncodeError>(())
    /// ```
    ///
    /// # Errors
    /// Fails if the guide forbids the request.
    pub fn new(settings: Settings, open: &OpenReq<'_>) -> Result<Self, EncodeError> {
        let mut opens = Vec::new();
        for version in &settings.versions {
            opens.push((*version, encode_open(open, *version, &settings)?));
        }
        if opens.is_empty() {
            let version = Version::default();
            opens.push((version, encode_open(open, version, &settings)?));
        }
        Ok(Self {
            opens,
            services: open.services_requested,
            kinds: open.config_msg_mask,
            state: State::Idle,
            failover: Failover::new(settings.addresses, settings.seed),
            link: Link::new(settings.max_body),
            requests: Requests::default(),
            version: Version::default(),
            granted: CtiService::default(),
            generation: 0,
            last_id: 0,
            opened_at: Duration::ZERO,
            next_heartbeat: Duration::ZERO,
            block: None,
            download: Download::new(settings.max_configuration, false),
            teams: Teams::new(settings.max_configuration),
            configuration: Configuration::default(),
            now: Duration::ZERO,
            held_back: false,
            actions: VecDeque::new(),
            events: VecDeque::new(),
            settings,
        })
    }

    /// Gives back a configuration that was saved, so that it is downloaded only if its keys say so.
    pub fn restore_configuration(&mut self, configuration: Configuration) {
        self.configuration = configuration;
        self.download = Download::new(self.settings.max_configuration, true);
    }

    /// Returns the configuration, as far as it is known.
    #[must_use]
    pub fn configuration(&self) -> &Configuration {
        &self.configuration
    }

    /// Returns whether configuration and teams are complete, or will not come in this session.
    #[must_use]
    pub fn configuration_is_settled(&self) -> bool {
        self.download.is_settled() && self.teams.is_settled()
    }

    /// Returns whether a session is open, the server in service or not, and not about to be closed.
    #[must_use]
    pub fn is_open(&self) -> bool {
        matches!(self.state, State::Open { .. })
    }

    /// Returns whether a session is open with a server that is in service.
    #[must_use]
    pub fn is_online(&self) -> bool {
        self.state == State::Open { offline: None }
    }

    /// Returns whether there is nothing to wait for: the client was closed, has stopped by itself
    /// or was never started.
    #[must_use]
    pub fn is_idle(&self) -> bool {
        matches!(self.state, State::Idle | State::Stopped)
    }

    /// Returns the version of the session; before the first, the version last asked for.
    #[must_use]
    pub fn version(&self) -> Version {
        self.version
    }

    /// Returns the services of the session.
    #[must_use]
    pub fn granted(&self) -> CtiService {
        self.granted
    }

    /// Counts the sessions, from 1.
    #[must_use]
    pub fn generation(&self) -> u64 {
        self.generation
    }

    /// Returns the number of your requests without an answer yet.
    #[must_use]
    pub fn outstanding(&self) -> usize {
        self.requests.of_user()
    }

    /// Starts, or restarts after a stop or a close. Has no effect in any other state.
    pub fn start(&mut self, now: Duration) {
        self.at(now);
        if !self.is_idle() {
            return;
        }
        if self.state == State::Stopped {
            self.failover.newest();
        }
        self.failover.restart();
        self.go_on();
    }

    /// Ends the session in an orderly way: [`Event::Closed`] tells that it is over. Without a
    /// session it is so at once.
    pub fn close(&mut self, now: Duration) {
        self.at(now);
        match self.state {
            State::Idle | State::Closing { .. } => {}
            State::Connecting { .. } | State::Opening { .. } => self.finish_close(true),
            State::Pausing { .. } | State::Stopped => self.finish_close(false),
            State::Open { .. } => {
                self.download.stop();
                self.teams.stop();
                let invoke_id = self.requests.next_invoke_id();
                let close = CloseReq {
                    invoke_id,
                    ..Default::default()
                };
                // It has no content that encoding could refuse.
                let _ = self.send(&close.into());
                self.state = State::Closing {
                    deadline: self.now.saturating_add(self.settings.timings.close),
                };
            }
        }
    }

    /// Sends a request. Fills in its `InvokeID`, if its type has one.
    ///
    /// The request ends with exactly one event that has its id, at the latest when its time is
    /// over. Requests are never repeated, nor queued while there is no session.
    ///
    /// # Errors
    /// Fails if the request was not sent.
    pub fn request(
        &mut self,
        now: Duration,
        message: &Message<'_>,
    ) -> Result<RequestId, RequestError> {
        self.request_within(now, message, self.settings.timings.request)
    }

    /// Like [`request`](Self::request), with a time limit of its own.
    ///
    /// # Errors
    /// Fails if the request was not sent.
    pub fn request_within(
        &mut self,
        now: Duration,
        message: &Message<'_>,
        limit: Duration,
    ) -> Result<RequestId, RequestError> {
        self.at(now);
        let State::Open { offline } = self.state else {
            return Err(RequestError::NotOpen);
        };
        let message_type = message.message_type();
        let own = matches!(
            message_type,
            MessageType::OPEN_REQ | MessageType::HEARTBEAT_REQ | MessageType::CLOSE_REQ
        );
        if own || !is_request(message_type) {
            return Err(RequestError::NotARequest(message_type));
        }
        if let Message::SetAgentStateReq(request) = message
            && set_by_server(request.agent_state)
        {
            return Err(RequestError::StateOfServer(request.agent_state));
        }
        let unnumbered = matches!(
            message_type,
            MessageType::CONFIG_REQUEST_KEY_EVENT | MessageType::CONFIG_REQUEST_EVENT
        );
        if offline.is_some() && (unnumbered || message_type == MessageType::TEAM_CONFIG_REQ) {
            return Err(RequestError::Offline);
        }
        if unnumbered && self.requests.unnumbered().is_some() {
            return Err(RequestError::ConfigurationBusy);
        }
        if self.requests.of_user() >= self.settings.window {
            return Err(RequestError::WindowFull);
        }
        if self.link.unsent() >= self.settings.max_unsent {
            return Err(RequestError::Congested);
        }
        let limit = match message_type {
            MessageType::CONFIG_REQUEST_EVENT => self.settings.timings.configuration_silence,
            _ => limit,
        };
        self.send_request(message, Purpose::User, limit)
    }

    /// Gives up waiting for a request: no event about its end comes any more. Its answer, if one
    /// comes, is late.
    pub fn cancel(&mut self, id: RequestId) {
        if let Some(at) = self.requests.place_of(id) {
            self.requests.given_up(at);
        }
    }

    /// Downloads the configuration regardless of the keys, as soon as 10 s have passed since the
    /// last request for it. Has no effect without the configuration service.
    pub fn download(&mut self, now: Duration) {
        self.at(now);
        self.download.forget_keys(&mut self.configuration);
        self.restart_download();
        self.pump();
    }

    /// Reports that the connection of [`Action::Connect`] is established.
    pub fn handle_connected(&mut self, now: Duration) {
        self.at(now);
        if !matches!(self.state, State::Connecting { .. }) || self.is_behind() {
            return;
        }
        self.link.reset();
        self.requests.clear();
        self.block = None;
        self.state = State::Opening {
            deadline: self.now.saturating_add(self.settings.timings.open),
            offline: false,
        };
        let Some((version, open)) = self.opens.get(self.failover.level()).cloned() else {
            return;
        };
        self.version = version;
        self.requests.next_invoke_id();
        self.link.put(&open);
        if self.settings.tap
            && let Ok(frame) = Frame::new(open)
        {
            self.tap(true, &frame);
        }
    }

    /// Reports that the connection could not be made, was lost, or the other side dropped it.
    pub fn handle_disconnected(&mut self, now: Duration) {
        self.at(now);
        if self.is_behind() {
            return;
        }
        match self.state {
            State::Connecting { .. } => self.attempt_failed(OpenFailure::NotConnected, None, false),
            State::Opening { .. } => self.attempt_failed(OpenFailure::Lost, None, false),
            State::Open { .. } => self.lose(LossCause::Disconnected, Pause::Line, false),
            State::Closing { .. } => self.finish_close(false),
            State::Idle | State::Pausing { .. } | State::Stopped => {}
        }
    }

    /// Runs the actions that are due. Harmless if there are none.
    pub fn handle_timeout(&mut self, now: Duration) {
        self.at(now);
        match self.state {
            State::Connecting { deadline } | State::Opening { deadline, .. }
                if deadline <= self.now =>
            {
                self.attempt_failed(OpenFailure::NoAnswer, None, true);
            }
            State::Pausing { until } if until <= self.now => self.connect(),
            State::Closing { deadline } if deadline <= self.now => self.finish_close(true),
            State::Open { offline } => {
                if offline.is_some_and(|until| until <= self.now) {
                    self.lose(LossCause::NeverOnline, Pause::Refused, true);
                    return;
                }
                if self.next_heartbeat <= self.now {
                    self.heartbeat();
                }
            }
            _ => {}
        }
        while let Some(request) = self.requests.expire(self.now) {
            self.unanswered(&request, Unanswered::TimedOut);
        }
        self.pump();
    }

    /// Returns the time by which to call [`handle_timeout`](Self::handle_timeout).
    #[must_use]
    pub fn poll_timeout(&self) -> Option<Duration> {
        let state = match self.state {
            State::Idle | State::Stopped => return None,
            State::Connecting { deadline }
            | State::Opening { deadline, .. }
            | State::Closing { deadline } => deadline,
            State::Pausing { until } => until,
            State::Open { offline } => {
                offline.map_or(self.next_heartbeat, |until| until.min(self.next_heartbeat))
            }
        };
        // A request of the user's for configuration comes before those that are due.
        let download = match self.requests.unnumbered() {
            None => self.download.next_deadline(),
            Some(_) => None,
        };
        let others = [
            self.requests.next_deadline(),
            download,
            self.teams.next_deadline(),
        ];
        others.into_iter().flatten().chain([state]).min()
    }

    /// Returns the driver's next action on the connection.
    pub fn poll_action(&mut self) -> Option<Action> {
        self.actions.pop_front()
    }

    #[inline]
    fn at(&mut self, now: Duration) {
        self.now = self.now.max(now);
    }

    #[inline]
    fn is_connected(&self) -> bool {
        matches!(
            self.state,
            State::Opening { .. } | State::Open { .. } | State::Closing { .. }
        )
    }

    /// Returns whether the driver has yet to drop a connection or to make one: until then its
    /// reports are about the old one.
    #[inline]
    fn is_behind(&self) -> bool {
        !self.actions.is_empty()
    }

    fn tap(&mut self, sent: bool, frame: &Frame) {
        let frame = Received {
            frame: frame.clone(),
            version: self.version,
        };
        self.events.push_back(Event::Tap { sent, frame });
    }

    fn send(&mut self, message: &Message<'_>) -> Result<(), EncodeError> {
        if let Some(frame) = self.link.encode(message, self.version, self.settings.tap)? {
            self.tap(true, &frame);
        }
        Ok(())
    }

    fn send_request(
        &mut self,
        message: &Message<'_>,
        purpose: Purpose,
        limit: Duration,
    ) -> Result<RequestId, RequestError> {
        let mut message = *message;
        let invoke_id = match message.invoke_id_mut() {
            Some(place) => {
                *place = self.requests.next_invoke_id();
                Some(*place)
            }
            None => None,
        };
        self.send(&message)?;
        self.last_id = self.last_id.saturating_add(1);
        let id = RequestId(self.last_id);
        let deadline = self.now.saturating_add(limit);
        let expects_nothing = matches!(
            message,
            Message::ConfigRequestEvent(request) if request.configuration_mask.is_empty()
        );
        if expects_nothing && purpose != Purpose::User {
            return Ok(id);
        }
        self.requests
            .push(id, message.message_type(), purpose, invoke_id, deadline);
        Ok(id)
    }
}

/// Returns whether only the server sets this agent state, so that no client may request it.
fn set_by_server(state: AgentState) -> bool {
    matches!(
        state,
        AgentState::RESERVED | AgentState::TALKING | AgentState::UNKNOWN | AgentState::BUSY_OTHER
    )
}
