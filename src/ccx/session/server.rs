//! The server's side of a session.

use alloc::collections::VecDeque;
use core::time::Duration;

use bytes::Bytes;
use thiserror::Error;

use super::link::{Link, fixed_u32};
use crate::ccx::{
    CloseConf, CtiService, EncodeError, FailureConf, Fault, Frame, FrameError, HeartbeatConf,
    Message, MessageType, OpenConf, OpenReq, Peripheral, Received, StatusCode, Version,
};

/// The settings of a server's side of a connection.
#[derive(Clone, Debug)]
pub struct ServerSettings {
    /// The oldest version that the server speaks: 10.
    pub oldest: Version,
    /// The newest version that the server speaks: 18.
    pub newest: Version,
    /// Whether heartbeats are answered by themselves. If not, they come as requests.
    pub heartbeats: bool,
    /// Whether requests are held to the guide: those with a required field missing, a text too long
    /// or a reserved field changed are refused with the guide's status, and reported as a fault. If
    /// not, they come as requests.
    pub strict: bool,
    /// Whether a floating field that the message does not have is refused too. Clients of newer
    /// editions send some.
    pub refuse_unknown_fields: bool,
    /// Whether an `IdleTimeout` of 0xFFFFFFFF, which means none, is accepted. The guide does not
    /// mention it.
    pub endless_idle_timeout: bool,
    /// The maximum time until `OPEN_REQ`: 30 s.
    pub open: Duration,
    /// The maximum time for a client to drop the connection after a refusal or after `CLOSE_CONF`:
    /// 5 s.
    pub leave: Duration,
    /// The maximum number of pending events before input is refused: 1024. See
    /// [`wants_input`](Server::wants_input).
    pub max_events: usize,
    /// The maximum number of unsent bytes: 4 MiB. Beyond it, a client that does not read is
    /// dropped.
    pub max_unsent: usize,
    /// The largest body of a frame: 16,384 bytes. A larger one ends the session.
    pub max_body: u32,
}

impl Default for ServerSettings {
    fn default() -> Self {
        Self {
            oldest: Version::V10,
            newest: Version::V18,
            heartbeats: true,
            strict: true,
            refuse_unknown_fields: false,
            endless_idle_timeout: false,
            open: Duration::from_secs(30),
            leave: Duration::from_secs(5),
            max_events: 1024,
            max_unsent: 4 << 20,
            max_body: crate::ccx::FrameDecoder::DEFAULT_MAX_BODY,
        }
    }
}

/// An event at the server's side of a session.
#[derive(Clone, PartialEq, Debug)]
#[non_exhaustive]
pub enum ServerEvent {
    /// A client asks for a session, in a version that the server speaks and with data that is well
    /// formed. Answer with [`grant`](Server::grant) or [`refuse`](Server::refuse).
    OpenRequested(Received),
    /// A request in an open session, to be answered with [`send`](Server::send) or
    /// [`fail`](Server::fail), in the order in which they come.
    Request(Received),
    /// The client did not hold to the guide, and was answered as the guide says.
    Fault {
        /// The type of the message.
        message_type: MessageType,
        /// The status that it was answered with.
        status: StatusCode,
    },
    /// The session is over. Send the remaining bytes, and drop the connection.
    Ended(Ended),
}

/// Why a session ended, as its server sees it.
#[derive(Clone, Copy, PartialEq, Eq, Debug, Error)]
#[non_exhaustive]
pub enum Ended {
    /// The client closed it with `CLOSE_REQ`.
    #[error("closed by the client")]
    Closed,
    /// The client dropped the connection.
    #[error("connection lost")]
    Disconnected,
    /// Nothing came for `IdleTimeout`, or no `OPEN_REQ` in time.
    #[error("nothing came in time")]
    Idle,
    /// The client was refused, and did not drop the connection itself.
    #[error("refused, and the client did not leave")]
    Refused,
    /// The input is no frame.
    #[error("{0}")]
    NotAFrame(FrameError),
    /// The unsent bytes exceed the limit, since the client does not read.
    #[error("the client does not read")]
    Congested,
    /// The server dropped it.
    #[error("dropped by the server")]
    Dropped,
}

/// Why a message was not sent.
#[derive(Clone, Copy, PartialEq, Eq, Debug, Error)]
pub enum SendError {
    /// There is no session, or it is over.
    #[error("no session is open")]
    NotOpen,
    /// The unsent bytes exceed the limit, since the client does not read: the session has ended.
    #[error("the client does not read")]
    Congested,
    /// The guide forbids the message as it is.
    #[error(transparent)]
    Encode(#[from] EncodeError),
}

#[derive(Clone, Copy, PartialEq, Eq, Debug)]
enum State {
    /// Nothing has come yet.
    Fresh {
        until: Duration,
    },
    /// `OPEN_REQ` waits for an answer.
    Asked {
        invoke_id: u32,
    },
    Open,
    /// Refused: the client is to leave.
    Refused {
        until: Duration,
    },
    /// `CLOSE_CONF` is sent: the client is to leave.
    Closing {
        until: Duration,
    },
    Ended,
}

/// The server's side of one connection: version, opening, heartbeats, `IdleTimeout` and closing as
/// in the guide, and its errors for clients that violate it. The effects of requests in an open
/// session are up to the caller.
///
/// Does no input or output and has no clock: see the [module](super).
///
/// ```
/// use core::time::Duration;
/// use bytes::BytesMut;
/// use cti_codec::ccx::session::{Server, ServerEvent, ServerSettings};
/// use cti_codec::ccx::{CtiService, Message, OpenConf, OpenReq, Version};
///
/// let now = Duration::ZERO;
/// let mut server = Server::accept(ServerSettings::default(), now);
/// let mut bytes = BytesMut::new();
/// let open = OpenReq { version_number: 14, idle_timeout: 40, ..OpenReq::bridge_mode() };
/// Message::from(open).encode(Version::V14, &mut bytes)?;
/// server.handle_input(now, &bytes);
/// assert!(matches!(server.poll_event(), Some(ServerEvent::OpenRequested(_))));
///
/// server.grant(&OpenConf {
///     services_granted: CtiService::ALL_EVENTS,
///     unified_ccx_online: true.into(),
///     ..Default::default()
/// })?;
/// assert!(server.poll_transmit().is_some());
/// assert!(server.is_open());
/// # Ok::<(), Box<dyn core::error::Error>>(())
/// ```
#[derive(Debug)]
pub struct Server {
    settings: ServerSettings,
    link: Link,
    state: State,
    version: Version,
    /// When the client was heard last.
    heard: Duration,
    idle: Option<Duration>,
    now: Duration,
    events: VecDeque<ServerEvent>,
}

impl Server {
    /// Creates the side of a connection that was just accepted.
    #[must_use]
    pub fn accept(settings: ServerSettings, now: Duration) -> Self {
        Self {
            link: Link::new(settings.max_body),
            state: State::Fresh {
                until: now.saturating_add(settings.open),
            },
            version: Version::default(),
            heard: now,
            idle: None,
            now,
            events: VecDeque::new(),
            settings,
        }
    }

    /// Returns the version of the session; the default before `OPEN_REQ`.
    #[must_use]
    pub fn version(&self) -> Version {
        self.version
    }

    /// Returns whether a session is open.
    #[must_use]
    pub fn is_open(&self) -> bool {
        self.state == State::Open
    }

    /// Returns whether the session is over, and the connection to be dropped.
    #[must_use]
    pub fn is_ended(&self) -> bool {
        self.state == State::Ended
    }

    /// Returns whether input is wanted. While it is not, do not read from the connection: events
    /// wait for [`poll_event`](Self::poll_event), or bytes for
    /// [`poll_transmit`](Self::poll_transmit). Input that you hand in anyway is kept.
    #[must_use]
    pub fn wants_input(&self) -> bool {
        self.events.len() < self.settings.max_events
            && self.link.unsent() < self.settings.max_unsent
    }

    /// Processes bytes read from the connection.
    pub fn handle_input(&mut self, now: Duration, bytes: &[u8]) {
        self.now = self.now.max(now);
        if self.is_ended() || bytes.is_empty() {
            return;
        }
        self.heard = self.now;
        self.link.feed(bytes);
        self.advance();
    }

    /// Runs the actions that are due.
    pub fn handle_timeout(&mut self, now: Duration) {
        self.now = self.now.max(now);
        if self.poll_timeout().is_none_or(|due| due > self.now) {
            return;
        }
        match self.state {
            State::Fresh { .. } | State::Asked { .. } | State::Open => self.end(Ended::Idle),
            State::Refused { .. } => self.end(Ended::Refused),
            State::Closing { .. } => self.end(Ended::Closed),
            State::Ended => {}
        }
    }

    /// Reports that the connection was lost, or the client dropped it.
    pub fn handle_disconnected(&mut self, now: Duration) {
        self.now = self.now.max(now);
        match self.state {
            State::Ended => {}
            State::Closing { .. } => self.end(Ended::Closed),
            _ => self.end(Ended::Disconnected),
        }
    }

    /// Returns the time by which to call [`handle_timeout`](Self::handle_timeout).
    #[must_use]
    pub fn poll_timeout(&self) -> Option<Duration> {
        match self.state {
            State::Fresh { until } | State::Refused { until } | State::Closing { until } => {
                Some(until)
            }
            State::Asked { .. } | State::Open => {
                self.idle.map(|idle| self.heard.saturating_add(idle))
            }
            State::Ended => None,
        }
    }

    /// Returns the next bytes to send.
    pub fn poll_transmit(&mut self) -> Option<Bytes> {
        let bytes = self.link.transmit();
        if bytes.is_some() {
            self.advance();
        }
        bytes
    }

    /// Returns the next event.
    pub fn poll_event(&mut self) -> Option<ServerEvent> {
        let event = self.events.pop_front()?;
        self.advance();
        Some(event)
    }

    /// Opens the requested session. Fills in the `InvokeID` and, from version 14 on, the one
    /// peripheral that the guide prescribes, if none is given.
    ///
    /// # Errors
    /// Fails if no request is pending, or the confirmation violates the guide.
    pub fn grant(&mut self, confirmation: &OpenConf<'_>) -> Result<(), SendError> {
        let State::Asked { invoke_id } = self.state else {
            return Err(SendError::NotOpen);
        };
        let peripherals = [Peripheral {
            flt_peripheral_id: Some(0),
            multiline_agent_control: Some(1),
        }];
        let mut confirmation = OpenConf {
            invoke_id,
            ..*confirmation
        };
        if self.version < Version::V14 {
            confirmation.peripherals = Default::default();
        } else if confirmation.peripherals.is_empty() {
            confirmation.peripherals = (&peripherals).into();
        }
        self.link
            .encode(&confirmation.into(), self.version, false)?;
        self.state = State::Open;
        Ok(())
    }

    /// Refuses the requested session. The client has to drop the connection then; otherwise the
    /// server's side ends it.
    ///
    /// # Errors
    /// Fails if no request is pending, or the text violates the guide.
    pub fn refuse(&mut self, status: StatusCode, text: Option<&str>) -> Result<(), SendError> {
        let State::Asked { invoke_id } = self.state else {
            return Err(SendError::NotOpen);
        };
        self.put_failure(invoke_id, status, text)?;
        self.state = State::Refused {
            until: self.now.saturating_add(self.settings.leave),
        };
        Ok(())
    }

    /// Sends a confirmation or an event.
    ///
    /// # Errors
    /// Fails if no session is open, the client does not read earlier messages, or the message
    /// violates the guide.
    pub fn send(&mut self, message: &Message<'_>) -> Result<(), SendError> {
        if self.state != State::Open {
            return Err(SendError::NotOpen);
        }
        if self.link.unsent() >= self.settings.max_unsent {
            self.end(Ended::Congested);
            return Err(SendError::Congested);
        }
        self.link.encode(message, self.version, false)?;
        Ok(())
    }

    /// Answers a request with `FAILURE_CONF`.
    ///
    /// # Errors
    /// Those of [`send`](Self::send).
    pub fn fail(
        &mut self,
        invoke_id: u32,
        status: StatusCode,
        text: Option<&str>,
    ) -> Result<(), SendError> {
        let text = text.map(Into::into);
        self.send(
            &FailureConf {
                invoke_id,
                status,
                text,
                ..Default::default()
            }
            .into(),
        )
    }

    /// Sends bytes as they are, in any state: for servers that misbehave on purpose.
    pub fn send_raw(&mut self, bytes: &[u8]) {
        if !self.is_ended() {
            self.link.put(bytes);
        }
    }

    /// Ends the session without a message.
    pub fn drop_connection(&mut self) {
        self.end(Ended::Dropped);
    }

    fn end(&mut self, why: Ended) {
        if !self.is_ended() {
            self.state = State::Ended;
            self.events.push_back(ServerEvent::Ended(why));
        }
    }

    fn advance(&mut self) {
        while !self.is_ended() && self.wants_input() && self.link.has_frame() {
            match self.link.next_frame() {
                Ok(Some(frame)) => self.frame(frame),
                Ok(None) => return,
                Err(error) => self.end(Ended::NotAFrame(error)),
            }
        }
    }

    fn frame(&mut self, frame: Frame) {
        match self.state {
            State::Fresh { .. } if frame.message_type() == MessageType::OPEN_REQ => {
                self.asked(frame);
            }
            State::Fresh { .. } | State::Asked { .. } | State::Refused { .. } => {
                self.fault(&frame, StatusCode::SESSION_NOT_OPEN);
            }
            State::Open => self.request(frame),
            State::Closing { .. } | State::Ended => {}
        }
    }

    /// Processes a client's request for a session.
    fn asked(&mut self, frame: Frame) {
        let number = fixed_u32(&frame, 4).unwrap_or_default();
        let version = Version::new(number)
            .filter(|version| (self.settings.oldest..=self.settings.newest).contains(version));
        let Some(version) = version else {
            // The client's width of field ids is a guess.
            self.version = if number >= 18 {
                Version::V18
            } else {
                Version::V14
            };
            self.refuse_open(&frame, StatusCode::INVALID_VERSION);
            return;
        };
        self.version = version;
        let decoded = frame.decode(version);
        let Ok(Message::OpenReq(open)) = decoded else {
            self.refuse_open(&frame, StatusCode::INVALID_FIELD_LENGTH);
            return;
        };
        if let Some(status) = self.objection_to_open(&frame, &open) {
            self.refuse_open(&frame, status);
            return;
        }
        let invoke_id = open.invoke_id;
        self.idle =
            (open.idle_timeout != u32::MAX).then(|| Duration::from_secs(open.idle_timeout.into()));
        self.state = State::Asked { invoke_id };
        self.events
            .push_back(ServerEvent::OpenRequested(Received { frame, version }));
    }

    fn objection_to_open(&self, frame: &Frame, open: &OpenReq<'_>) -> Option<StatusCode> {
        let agent_mode = open.services_requested.contains(CtiService::CLIENT_EVENTS);
        if agent_mode && open.services_requested.contains(CtiService::ALL_EVENTS) {
            return Some(StatusCode::INVALID_FIELD);
        }
        let agent = open
            .agent_extension
            .or(open.agent_instrument)
            .or(open.agent_id);
        let required = open.client_id.is_some() && open.client_password.is_some();
        if !required || agent_mode && agent.is_none() {
            return Some(StatusCode::REQUIRED_DATA_MISSING);
        }
        let idle = matches!(open.idle_timeout, 20..120)
            || open.idle_timeout == u32::MAX && self.settings.endless_idle_timeout;
        if !idle {
            return Some(StatusCode::INVALID_TIMEOUT);
        }
        self.objection(frame)
    }

    /// Returns the guide's objection to a request, as status.
    fn objection(&self, frame: &Frame) -> Option<StatusCode> {
        let Some(layout) = frame.message_type().layout() else {
            return Some(StatusCode::INVALID_MESSAGE_TYPE);
        };
        if frame.decode(self.version).is_err() {
            return Some(StatusCode::INVALID_FIELD_LENGTH);
        }
        if !self.settings.strict {
            return None;
        }
        let fixed_part = layout.fixed_size(self.version).saturating_add(8);
        frame
            .check(self.version)
            .into_iter()
            .find_map(|finding| match finding.kind {
                Fault::TooLong { .. } => Some(StatusCode::INVALID_FIELD_LENGTH),
                Fault::Missing => Some(StatusCode::REQUIRED_DATA_MISSING),
                Fault::ReservedChanged { .. } if finding.offset < fixed_part => {
                    Some(StatusCode::INVALID_PERIPHERAL_ID)
                }
                Fault::Unlisted if self.settings.refuse_unknown_fields => {
                    Some(StatusCode::INVALID_FIELD)
                }
                _ => None,
            })
    }

    fn refuse_open(&mut self, frame: &Frame, status: StatusCode) {
        self.fault(frame, status);
        self.state = State::Refused {
            until: self.now.saturating_add(self.settings.leave),
        };
    }

    /// Answers a message that a client must not send.
    fn fault(&mut self, frame: &Frame, status: StatusCode) {
        let message_type = frame.message_type();
        let numbered = message_type.layout().is_none() || message_type.has_invoke_id();
        let invoke_id = numbered.then(|| fixed_u32(frame, 0)).flatten();
        // A message that has no answer of its own is answered with an InvokeID that no request has.
        let invoke_id = invoke_id.unwrap_or_default();
        if self.put_failure(invoke_id, status, None).is_ok() {
            self.events.push_back(ServerEvent::Fault {
                message_type,
                status,
            });
        }
    }

    fn put_failure(
        &mut self,
        invoke_id: u32,
        status: StatusCode,
        text: Option<&str>,
    ) -> Result<(), EncodeError> {
        let failure = FailureConf {
            invoke_id,
            status,
            text: text.map(Into::into),
            ..Default::default()
        };
        self.link.encode(&failure.into(), self.version, false)?;
        Ok(())
    }

    fn request(&mut self, frame: Frame) {
        let message_type = frame.message_type();
        if message_type == MessageType::OPEN_REQ {
            self.fault(&frame, StatusCode::SESSION_ALREADY_OPEN);
            return;
        }
        if !is_request(message_type) {
            self.fault(&frame, StatusCode::INVALID_MESSAGE_TYPE);
            return;
        }
        if let Some(status) = self.objection(&frame) {
            self.fault(&frame, status);
            return;
        }
        let invoke_id = frame.invoke_id().unwrap_or_default();
        match message_type {
            MessageType::HEARTBEAT_REQ if self.settings.heartbeats => {
                let answer = HeartbeatConf {
                    invoke_id,
                    ..Default::default()
                };
                // A heartbeat's answer has no content that encoding could refuse.
                let _ = self.link.encode(&answer.into(), self.version, false);
            }
            MessageType::CLOSE_REQ => {
                let answer = CloseConf {
                    invoke_id,
                    ..Default::default()
                };
                let _ = self.link.encode(&answer.into(), self.version, false);
                self.state = State::Closing {
                    until: self.now.saturating_add(self.settings.leave),
                };
            }
            _ => self.events.push_back(ServerEvent::Request(Received {
                frame,
                version: self.version,
            })),
        }
    }
}

/// Returns whether a client may send messages of a type in an open session.
pub(super) fn is_request(message_type: MessageType) -> bool {
    message_type.confirmation().is_some() || message_type == MessageType::CONFIG_REQUEST_EVENT
}
