//! The events of a client's session.

use alloc::vec::Vec;
use core::time::Duration;

use thiserror::Error;

use super::configuration::Change;
use crate::ccx::{
    AgentState, ConfigEndStatus, ConfigKeyStatus, CtiService, DecodeError, EncodeError, Frame,
    FrameError, MessageType, Received, StatusCode, TeamConfigStatus, Version,
};

/// The id of a request of a [`Client`](super::Client). Never reused, even across connections.
#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Debug)]
pub struct RequestId(pub u64);

/// An action of the driver on the connection; carry them out in this order.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub enum Action {
    /// Connect to the address with this index, and say how it went:
    /// [`handle_connected`](super::Client::handle_connected) or
    /// [`handle_disconnected`](super::Client::handle_disconnected).
    Connect {
        /// Index into the addresses that the user gave.
        address: usize,
    },
    /// Drop the connection, or the attempt to connect. Discard unsent bytes, and hand in no more
    /// input of the old connection.
    Disconnect,
}

/// An event of a session. Each request ends with exactly one of [`Confirmed`](Self::Confirmed),
/// [`Refused`](Self::Refused) and [`Unanswered`](Self::Unanswered).
#[derive(Clone, PartialEq, Debug)]
#[non_exhaustive]
pub enum Event {
    /// A frame that was received or queued for sending, before any other event about it. Only if
    /// [`Settings::tap`](super::Settings::tap) is set.
    Tap {
        /// Whether it is the client's own.
        sent: bool,
        /// The frame.
        frame: Received,
    },
    /// The client connects to an address.
    Connecting {
        /// Index into the addresses.
        address: usize,
    },
    /// An attempt to open a session failed.
    NotOpened {
        /// The address that was tried.
        address: usize,
        /// Why.
        cause: OpenFailure,
        /// The message that refused, with its text, where one did.
        answer: Option<Received>,
        /// The client's next step.
        next: Next,
    },
    /// A session is open. Precedes all that comes of it.
    Opened {
        /// Counts the sessions of this client, from 1.
        generation: u64,
        /// Index into the addresses.
        address: usize,
        /// The version of all messages of the session.
        version: Version,
        /// The services that the session has.
        granted: CtiService,
        /// The services that were requested but not granted: their uses will fail.
        missing: CtiService,
        /// Whether the server is in service. If not, configuration is not asked for yet, and
        /// [`Online`](Self::Online) follows or the session ends.
        online: bool,
        /// `OPEN_CONF` as received, with the agent's state and devices in agent mode.
        confirmation: Received,
    },
    /// The server has come into service.
    Online,
    /// A request was confirmed.
    Confirmed {
        /// The request.
        id: RequestId,
        /// Its confirmation.
        answer: Received,
    },
    /// The server refused a request.
    Refused {
        /// The request.
        id: RequestId,
        /// `FAILURE_CONF`, `CONTROL_FAILURE_CONF`, or a confirmation whose `Status` says failure.
        answer: Received,
    },
    /// No answer comes any more, and the effect of the request is unknown.
    Unanswered {
        /// The request.
        id: RequestId,
        /// Its type.
        message_type: MessageType,
        /// Why.
        why: Unanswered,
    },
    /// An answer to a request that has ended already.
    Late {
        /// The request.
        id: RequestId,
        /// The answer.
        answer: Received,
    },
    /// An answer without a request, or of a type that does not answer its request.
    Stray(Received),
    /// An unsolicited message: call and agent events, configuration, system events. Those that
    /// change the session come here too, before their effect.
    Message(Received),
    /// A frame that does not decode. The stream goes on.
    Undecodable {
        /// The frame, in full.
        frame: Frame,
        /// The fault.
        error: DecodeError,
    },
    /// A heartbeat went out while others are unanswered.
    HeartbeatMissed {
        /// The number of unanswered requests, without the one sent.
        outstanding: usize,
    },
    /// So many events are missing here, as they were not fetched in time. Models made of them are
    /// stale. Only drivers that do not wait for a slow reader give it.
    Missed {
        /// The number of events.
        events: u64,
    },
    /// The configuration, or the teams, have changed, or could not be had.
    Configuration(ConfigurationEvent),
    /// The session is over, and its requests have ended. Models built from its events are stale
    /// until the next session has refreshed them.
    Lost {
        /// The number of the session, as in [`Opened`](Self::Opened).
        generation: u64,
        /// The address.
        address: usize,
        /// Why.
        cause: LossCause,
        /// The client's next step.
        next: Next,
    },
    /// The client has stopped by itself, and only [`start`](super::Client::start) makes it go on.
    Stopped(StopCause),
    /// The client is closed, as the user wished.
    Closed,
}

/// A client's next step after a failure.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub enum Next {
    /// It connects to an address.
    Connect {
        /// Index into the addresses.
        address: usize,
        /// When; not later than now if at once.
        at: Duration,
    },
    /// It stops: [`Event::Stopped`] follows.
    Stop,
}

/// Why no session was opened.
#[derive(Clone, Copy, PartialEq, Eq, Debug, Error)]
#[non_exhaustive]
pub enum OpenFailure {
    /// The connection could not be made.
    #[error("no connection")]
    NotConnected,
    /// The connection was made and lost.
    #[error("connection lost before OPEN_CONF")]
    Lost,
    /// Neither a connection nor an answer came in time.
    #[error("no answer in time")]
    NoAnswer,
    /// The input is not the protocol.
    #[error("no answer that can be read")]
    NotTheProtocol,
    /// The server refused.
    #[error("refused: {status}")]
    Refused {
        /// `Status` of `FAILURE_CONF` or `FAILURE_EVENT`. [`StatusCode::remedy`] gives the remedy.
        status: StatusCode,
    },
}

/// Why a session ended without the user's wish.
#[derive(Clone, Copy, PartialEq, Eq, Debug, Error)]
#[non_exhaustive]
pub enum LossCause {
    /// The connection was lost.
    #[error("connection lost")]
    Disconnected,
    /// Heartbeats were not answered.
    #[error("heartbeats not answered")]
    HeartbeatsMissed,
    /// The server answered a heartbeat with `FAILURE_CONF`: it is off-line.
    #[error("heartbeat refused: {0}")]
    HeartbeatRefused(StatusCode),
    /// The server reports that it is not the master, or knows of no session.
    #[error("server says {0}")]
    Disowned(StatusCode),
    /// `SYSTEM_EVENT` says that the server no longer serves.
    #[error("server went off-line")]
    ServerOffline,
    /// The server was not in service when the session opened, and did not become so.
    #[error("server did not come on-line")]
    NeverOnline,
    /// The input is no frame.
    #[error("{0}")]
    NotAFrame(FrameError),
    /// Another session of the same client has taken over.
    #[error("another session of this client was opened")]
    NewSessionOpened,
}

/// Why a client stopped by itself.
#[derive(Clone, Copy, PartialEq, Eq, Debug, Error)]
#[non_exhaustive]
pub enum StopCause {
    /// No version is left to ask for.
    #[error("the server speaks none of the versions asked for")]
    NoVersionLeft,
    /// The server refuses the data of `OPEN_REQ`, and would again.
    #[error("OPEN_REQ refused: {0}")]
    DataRefused(StatusCode),
    /// Another session of the same client was opened; opening this one again would end that one.
    #[error("another session of this client was opened")]
    NewSessionOpened,
    /// As many rounds of the addresses as [`Settings::rounds`](super::Settings::rounds) allows have
    /// failed.
    #[error("no address answers with a session")]
    NoAddressLeft,
}

/// The reason why a request has no answer. Its effect is unknown in each case, and it is not
/// repeated.
#[derive(Clone, Copy, PartialEq, Eq, Debug, Error)]
pub enum Unanswered {
    /// Its time is over. The answer may still come, as [`Event::Late`].
    #[error("no answer in time")]
    TimedOut,
    /// The session ended.
    #[error("session lost")]
    SessionLost,
    /// The answer came, and does not decode; see the [`Event::Undecodable`] before.
    #[error("answer does not decode")]
    Undecodable,
}

/// Why a request was not sent. Nothing is queued for later.
#[derive(Clone, Copy, PartialEq, Eq, Debug, Error)]
pub enum RequestError {
    /// There is no open session.
    #[error("no session is open")]
    NotOpen,
    /// The server is not in service, so that it has no configuration to give.
    #[error("the server is not in service")]
    Offline,
    /// The message is no request, or one that the session sends by itself: opening, heartbeats and
    /// closing are its own.
    #[error("{0} is no request to send")]
    NotARequest(MessageType),
    /// The server alone puts an agent in this state.
    #[error("{} is no state to ask for", .0.name().unwrap_or("this"))]
    StateOfServer(AgentState),
    /// As many requests as [`Settings::window`](super::Settings::window) allows have no answer yet.
    #[error("too many requests without an answer")]
    WindowFull,
    /// A request for configuration has no `InvokeID`, so that one at a time can be outstanding, and
    /// one is.
    #[error("a request for configuration is outstanding")]
    ConfigurationBusy,
    /// Messages queued before were not sent.
    #[error("too much waits to be sent")]
    Congested,
    /// The guide forbids the message as it is.
    #[error(transparent)]
    Encode(#[from] EncodeError),
}

/// The outcome for the configuration.
#[derive(Clone, PartialEq, Eq, Debug)]
#[non_exhaustive]
pub enum ConfigurationEvent {
    /// Agents, CSQs, applications, devices and terminals are complete, and kept so from now on.
    Complete {
        /// Whether they were downloaded; if not, the keys show that nothing changed.
        downloaded: bool,
        /// The changes.
        changes: Vec<Change>,
    },
    /// The server will not give any in this session: the service was not granted, or it says so.
    Unavailable,
    /// An administrator changed something.
    Updated {
        /// The changes.
        changes: Vec<Change>,
    },
    /// It could not be downloaded. The previous one stays.
    Failed {
        /// Why.
        failure: ConfigurationFailure,
        /// The earliest time of the next attempt.
        again: Duration,
    },
    /// Teams are complete, and kept so from now on.
    TeamsComplete {
        /// The changes.
        changes: Vec<Change>,
    },
    /// The session has no teams: the service was not granted.
    TeamsUnavailable,
    /// A team changed.
    TeamUpdated {
        /// The changes.
        changes: Vec<Change>,
    },
    /// Teams could not be had. Those from before stay.
    TeamsFailed {
        /// Why.
        failure: ConfigurationFailure,
        /// The earliest time of the next attempt.
        again: Duration,
    },
    /// A message of the download came where the guide has none; it was applied, or ignored if it
    /// belongs to a download that was given up.
    OutOfPlace {
        /// Its type.
        message_type: MessageType,
        /// Whether it was applied.
        applied: bool,
    },
    /// A record was not kept, as the configuration has reached
    /// [`Settings::max_configuration`](super::Settings::max_configuration). Told once a session.
    TooLarge,
}

/// Why configuration could not be had.
#[derive(Clone, Copy, PartialEq, Eq, Debug, Error)]
#[non_exhaustive]
pub enum ConfigurationFailure {
    /// `Status` of `CONFIG_KEY_EVENT`.
    #[error("keys refused: {0}")]
    Keys(ConfigKeyStatus),
    /// `Status` of `CONFIG_END_EVENT`.
    #[error("download ended: {0}")]
    Download(ConfigEndStatus),
    /// `Status` of `TEAM_CONFIG_CONF`.
    #[error("refused: {0}")]
    Teams(TeamConfigStatus),
    /// `FAILURE_CONF` came in the place of an answer.
    #[error("refused: {0}")]
    Refused(StatusCode),
    /// Nothing came for too long.
    #[error("no answer in time")]
    TimedOut,
    /// An answer does not decode.
    #[error("answer does not decode")]
    Undecodable,
    /// The server asks to begin anew.
    #[error("the server has reset its configuration")]
    Reset,
}
