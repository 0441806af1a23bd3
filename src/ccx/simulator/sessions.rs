//! The sessions of a simulated server, and the recipients of its messages.

use alloc::collections::BTreeMap;
use alloc::string::{String, ToString};
use alloc::vec::Vec;

use crate::ccx::session::Server;
use crate::ccx::{
    AgentState, AgentStateMask, CallEventMask, CcxErrorCode, ConfigMask, ControlFailure,
    ControlFailureConf, CtiService, FailureConf, Message, MessageType, StatusCode, TextBuf,
};

/// Names a connection of a simulated server.
#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Debug)]
pub struct ConnectionId(pub u64);

/// Why a request is refused.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub(super) enum Refusal {
    Status(StatusCode),
    Control(ControlFailure, CcxErrorCode),
}

impl From<StatusCode> for Refusal {
    fn from(status: StatusCode) -> Self {
        Self::Status(status)
    }
}

impl From<ControlFailure> for Refusal {
    fn from(failure: ControlFailure) -> Self {
        Self::Control(failure, CcxErrorCode::DEFAULT_ERROR_CODE)
    }
}

impl From<CcxErrorCode> for Refusal {
    fn from(code: CcxErrorCode) -> Self {
        Self::Control(ControlFailure::GENERIC_UNSPECIFIED, code)
    }
}

/// The recipients of an event.
#[derive(Clone, Copy, Debug)]
pub(super) enum Audience<'a> {
    /// All sessions, regardless of their masks.
    All,
    /// Bridge clients, and those of these phones.
    Phones(&'a [TextBuf]),
    /// Bridge clients, and the client of this agent.
    Agent {
        login_id: &'a TextBuf,
        phone: Option<&'a TextBuf>,
        state: AgentState,
        next: Option<AgentState>,
    },
    /// Clients that get updates of this kind of configuration.
    Configuration(ConfigMask),
    /// Clients that get updates of teams.
    Teams,
    /// Bridge clients, and those of these supervisors.
    Supervisors(&'a [TextBuf]),
}

/// A connection, once its session is open.
#[derive(Debug)]
pub(super) struct Session {
    pub server: Server,
    pub bridge: bool,
    pub agent_mode: bool,
    pub services: CtiService,
    pub calls: CallEventMask,
    pub agents: AgentStateMask,
    pub configuration: ConfigMask,
    pub client_id: TextBuf,
    /// The agent of a session in agent mode.
    pub login_id: Option<TextBuf>,
    /// The phone that the session holds.
    pub phone: Option<TextBuf>,
    /// Whether configuration was asked for, with a mask of 0 or another one.
    pub updates: bool,
    /// The key that the session was told last.
    pub key: Option<u64>,
    pub team_updates: bool,
}

impl Session {
    pub(super) fn new(server: Server) -> Self {
        Self {
            server,
            bridge: false,
            agent_mode: false,
            services: CtiService::empty(),
            calls: CallEventMask::empty(),
            agents: AgentStateMask::empty(),
            configuration: ConfigMask::empty(),
            client_id: TextBuf::default(),
            login_id: None,
            phone: None,
            updates: false,
            key: None,
            team_updates: false,
        }
    }

    fn gets(&self, audience: &Audience<'_>, message_type: MessageType) -> bool {
        match audience {
            Audience::All => true,
            Audience::Phones(phones) => {
                let own = self.phone.as_ref();
                let concerned =
                    self.bridge || self.agent_mode && own.is_some_and(|own| phones.contains(own));
                concerned && call_bit(message_type).is_none_or(|bit| self.calls.contains(bit))
            }
            Audience::Agent {
                login_id,
                phone,
                state,
                next,
            } => {
                let own = self.agent_mode
                    && (self.login_id.as_ref() == Some(*login_id)
                        || self.login_id.is_none()
                            && phone.is_some_and(|at| self.phone.as_ref() == Some(at)));
                (self.bridge || own) && self.agents.intersects(state_bits(*state, *next))
            }
            Audience::Configuration(kind) => {
                self.updates
                    && self.services.contains(CtiService::CONFIG_EVENTS)
                    && self.configuration.contains(*kind)
            }
            Audience::Teams => self.team_updates && self.services.contains(CtiService::SUPERVISOR),
            Audience::Supervisors(logins) => {
                self.services.contains(CtiService::SUPERVISOR)
                    && (self.bridge
                        || self
                            .login_id
                            .as_ref()
                            .is_some_and(|own| logins.contains(own)))
            }
        }
    }
}

/// Returns the bit of `CallMsgMask` that admits an event.
fn call_bit(message_type: MessageType) -> Option<CallEventMask> {
    Some(match message_type {
        MessageType::CALL_DELIVERED_EVENT => CallEventMask::CALL_DELIVERED,
        MessageType::CALL_QUEUED_EVENT => CallEventMask::CALL_QUEUED,
        MessageType::CALL_ESTABLISHED_EVENT => CallEventMask::CALL_ESTABLISHED,
        MessageType::CALL_HELD_EVENT => CallEventMask::CALL_HELD,
        MessageType::CALL_RETRIEVED_EVENT => CallEventMask::CALL_RETRIEVED,
        MessageType::CALL_CLEARED_EVENT => CallEventMask::CALL_CLEARED,
        MessageType::CALL_CONNECTION_CLEARED_EVENT => CallEventMask::CALL_CONNECTION_CLEARED,
        MessageType::CALL_ORIGINATED_EVENT => CallEventMask::CALL_ORIGINATED,
        MessageType::CALL_CONFERENCED_EVENT => CallEventMask::CALL_CONFERENCED,
        MessageType::CALL_TRANSFERRED_EVENT => CallEventMask::CALL_TRANSFERRED,
        MessageType::CALL_DIVERTED_EVENT => CallEventMask::CALL_DIVERTED,
        MessageType::CALL_SERVICE_INITIATED_EVENT => CallEventMask::CALL_SERVICE_INITIATED,
        MessageType::BEGIN_CALL_EVENT => CallEventMask::BEGIN_CALL,
        MessageType::END_CALL_EVENT => CallEventMask::END_CALL,
        MessageType::CALL_DATA_UPDATE_EVENT => CallEventMask::CALL_DATA_UPDATE,
        MessageType::CALL_FAILED_EVENT => CallEventMask::CALL_FAILED,
        MessageType::CALL_DEQUEUED_EVENT => CallEventMask::CALL_DEQUEUED,
        MessageType::RTP_STARTED_EVENT => CallEventMask::RTP_STARTED,
        MessageType::RTP_STOPPED_EVENT => CallEventMask::RTP_STOPPED,
        _ => return None,
    })
}

/// Returns the bits of `AgentStateMask`, each of which admits an event.
fn state_bits(state: AgentState, next: Option<AgentState>) -> AgentStateMask {
    match state {
        AgentState::LOGOUT => AgentStateMask::AGENT_LOGOUT,
        AgentState::NOT_READY => AgentStateMask::AGENT_NOT_READY,
        AgentState::READY => AgentStateMask::AGENT_AVAILABLE,
        AgentState::WORK => AgentStateMask::AGENT_WORK,
        AgentState::RESERVED => AgentStateMask::AGENT_RESERVED,
        AgentState::TALKING => match next {
            Some(AgentState::WORK) => {
                AgentStateMask::AGENT_TALKING | AgentStateMask::AGENT_TALKING_PENDING_WORK
            }
            Some(AgentState::NOT_READY) => {
                AgentStateMask::AGENT_TALKING | AgentStateMask::AGENT_TALKING_PENDING_NOT_READY
            }
            _ => AgentStateMask::AGENT_TALKING,
        },
        // No bit of its own: sent to every session that gets any state.
        _ => AgentStateMask::from_bits_retain(u32::MAX),
    }
}

/// All connections.
#[derive(Debug, Default)]
pub(super) struct Sessions {
    pub map: BTreeMap<ConnectionId, Session>,
    /// Whose events wait for the confirmation of its request.
    pub holding: Option<ConnectionId>,
    held: Vec<u8>,
    /// Messages that the codec refused to write: errors of the simulator itself.
    pub mistakes: Vec<String>,
    /// The number of messages sent.
    pub sent: u64,
}

impl Sessions {
    pub(super) fn tell(&mut self, audience: Audience<'_>, message: &Message<'_>) {
        let message_type = message.message_type();
        for (id, session) in &mut self.map {
            if !session.server.is_open() || !session.gets(&audience, message_type) {
                continue;
            }
            self.sent = self.sent.saturating_add(1);
            let told = if self.holding == Some(*id) {
                let mut bytes = bytes::BytesMut::new();
                let encoded = message.encode(session.server.version(), &mut bytes);
                self.held.extend_from_slice(&bytes);
                encoded.map_err(|error| error.to_string())
            } else {
                session
                    .server
                    .send(message)
                    .map_err(|error| error.to_string())
            };
            if let Err(error) = told
                && self.mistakes.len() < 100
            {
                self.mistakes.push(error);
            }
        }
    }

    pub(super) fn send(&mut self, id: ConnectionId, message: &Message<'_>) {
        let Some(session) = self.map.get_mut(&id) else {
            return;
        };
        self.sent = self.sent.saturating_add(1);
        if let Err(error) = session.server.send(message)
            && self.mistakes.len() < 100
        {
            self.mistakes.push(error.to_string());
        }
    }

    /// Sends the messages held back until a confirmation.
    pub(super) fn release(&mut self) {
        if let Some(id) = self.holding.take()
            && let Some(session) = self.map.get_mut(&id)
        {
            session.server.send_raw(&self.held);
        }
        self.held.clear();
    }

    pub(super) fn refuse(&mut self, id: ConnectionId, invoke_id: u32, refusal: Refusal) {
        match refusal {
            Refusal::Status(status) => self.send(
                id,
                &FailureConf {
                    invoke_id,
                    status,
                    ..FailureConf::default()
                }
                .into(),
            ),
            Refusal::Control(failure_code, unified_ccx_error_code) => self.send(
                id,
                &ControlFailureConf {
                    invoke_id,
                    failure_code,
                    unified_ccx_error_code,
                    ..ControlFailureConf::default()
                }
                .into(),
            ),
        }
    }

    /// Returns the open session that holds a phone.
    pub(super) fn holder(&self, phone: &[u8]) -> Option<ConnectionId> {
        let mut sessions = self.map.iter();
        let holder = sessions.find(|(_, session)| {
            let own = session.phone.as_ref();
            session.server.is_open()
                && session.agent_mode
                && own.is_some_and(|own| own.as_bytes() == phone)
        });
        holder.map(|(id, _)| *id)
    }
}
