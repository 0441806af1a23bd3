//! From the connection to `OPEN_CONF`.

use super::open::{Service, service};
use super::{Client, State};
use crate::ccx::session::event::{ConfigurationEvent, Event, OpenFailure, StopCause};
use crate::ccx::session::failover::Pause;
use crate::ccx::session::link::fixed_u32;
use bytes::{Bytes, BytesMut};

use crate::ccx::session::settings::Settings;
use crate::ccx::{
    ConfigMask, CtiService, EncodeError, Frame, Message, MessageType, OpenReq, Received, Remedy,
    StatusCode, Version,
};

impl Client {
    pub(super) fn frame_while_opening(&mut self, frame: Frame) {
        match frame.message_type() {
            MessageType::OPEN_CONF => {
                // The first request of a connection has the first InvokeID.
                if frame.invoke_id() != Some(1) {
                    let stray = self.received(frame);
                    self.events.push_back(Event::Stray(stray));
                    return;
                }
                let Some(seen) = Confirmation::of(&frame) else {
                    let received = self.received(frame);
                    self.attempt_failed(OpenFailure::NotTheProtocol, Some(received), true);
                    return;
                };
                // The session needs nothing of the floating part, in which a newer server's fixed
                // fields are taken for floating ones.
                if let Err(error) = frame.decode(self.version) {
                    let frame = frame.clone();
                    self.events.push_back(Event::Undecodable { frame, error });
                }
                let confirmation = self.received(frame);
                self.opened(seen, confirmation);
            }
            MessageType::FAILURE_CONF => match fixed_u32(&frame, 4).map(StatusCode) {
                Some(status) => self.refused(status, frame),
                None => {
                    let received = self.received(frame);
                    self.attempt_failed(OpenFailure::NotTheProtocol, Some(received), true);
                }
            },
            MessageType::FAILURE_EVENT => match fixed_u32(&frame, 0).map(StatusCode) {
                Some(status) if verdict(status) != Verdict::NoAnswer => self.refused(status, frame),
                status => {
                    if status == Some(StatusCode::AUTO_CONFIG_RESET) {
                        self.download.forget_keys(&mut self.configuration);
                    }
                    self.tell(frame);
                }
            },
            MessageType::SYSTEM_EVENT => {
                if let Ok(Message::SystemEvent(event)) = frame.decode(self.version)
                    && let State::Opening { offline, .. } = &mut self.state
                {
                    *offline = match service(&event) {
                        Service::Ends => true,
                        Service::Begins => false,
                        Service::Unchanged => *offline,
                    };
                }
                self.tell(frame);
            }
            _ => self.tell(frame),
        }
    }

    pub(super) fn refused(&mut self, status: StatusCode, frame: Frame) {
        let received = self.received(frame);
        self.attempt_failed(OpenFailure::Refused { status }, Some(received), true);
    }

    fn opened(&mut self, seen: Confirmation, confirmation: Received) {
        let State::Opening { offline, .. } = self.state else {
            return;
        };
        self.failover.opened();
        self.generation = self.generation.saturating_add(1);
        self.granted = seen.granted;
        self.opened_at = self.now;
        self.next_heartbeat = self.now.saturating_add(self.settings.timings.heartbeat);
        let agent_mode = self.services.contains(CtiService::CLIENT_EVENTS);
        let online = !offline && (seen.online || !agent_mode);
        let patience = self.now.saturating_add(self.settings.timings.offline);
        self.state = State::Open {
            offline: (!online).then_some(patience),
        };
        self.events.push_back(Event::Opened {
            generation: self.generation,
            address: self.failover.current(),
            version: self.version,
            granted: seen.granted,
            missing: without(asked(self.services, self.version), seen.granted),
            online,
            confirmation,
        });
        if online {
            self.come_online();
        }
        self.without_services();
    }

    /// Asks for data that only a server in service can give.
    pub(super) fn come_online(&mut self) {
        if self.settings.configuration
            && self.granted.contains(CtiService::CONFIG_EVENTS)
            && !self.kinds.is_empty()
        {
            self.download.start(self.now, self.kinds, self.version);
        }
        if self.settings.teams && self.granted.contains(CtiService::SUPERVISOR) {
            self.teams.start(self.now);
        }
    }

    /// Tells which parts of the configuration this session will not have.
    pub(super) fn without_services(&mut self) {
        let asked = |service| self.services.contains(service) && !self.granted.contains(service);
        let configuration = self.settings.configuration && asked(CtiService::CONFIG_EVENTS);
        let teams = self.settings.teams && asked(CtiService::SUPERVISOR);
        if configuration {
            let unavailable = ConfigurationEvent::Unavailable;
            self.events.push_back(Event::Configuration(unavailable));
        }
        if teams {
            let unavailable = ConfigurationEvent::TeamsUnavailable;
            self.events.push_back(Event::Configuration(unavailable));
        }
    }

    pub(super) fn attempt_failed(
        &mut self,
        cause: OpenFailure,
        answer: Option<Received>,
        connected: bool,
    ) {
        let address = self.failover.current();
        self.disconnect(connected);
        let timings = &self.settings.timings;
        let mut stop = None;
        match cause {
            OpenFailure::Refused { status } => {
                match verdict(status) {
                    Verdict::OlderVersion => {
                        let rotates = self.settings.rotate_before_older;
                        self.failover.rest(self.now, Pause::Refused, timings);
                        self.failover.older(!rotates);
                        if self.failover.speaks_none(self.opens.len()) {
                            stop = Some(StopCause::NoVersionLeft);
                        } else if rotates {
                            self.failover.rotate(self.opens.len());
                        }
                    }
                    _ => self.failover.failed(self.now, Pause::Refused, timings),
                }
                match verdict(status) {
                    Verdict::OlderVersion => {}
                    Verdict::Useless if !self.settings.insist => {
                        stop = Some(StopCause::DataRefused(status));
                    }
                    Verdict::TakenOver => stop = Some(StopCause::NewSessionOpened),
                    Verdict::Useless | Verdict::NextAddress | Verdict::NoAnswer => {
                        self.failover.rotate(self.opens.len());
                    }
                }
            }
            _ => {
                self.failover.failed(self.now, Pause::Line, timings);
                self.failover.rotate(self.opens.len());
            }
        }
        if stop.is_none() && self.failover.exhausted(self.settings.rounds) {
            stop = Some(StopCause::NoAddressLeft);
        }
        let next = self.next(stop);
        self.events.push_back(Event::NotOpened {
            address,
            cause,
            answer,
            next,
        });
        self.go_on_or_stop(stop);
    }
}

/// The relevant fields of `OPEN_CONF`.
#[derive(Clone, Copy, Debug)]
struct Confirmation {
    granted: CtiService,
    online: bool,
}

impl Confirmation {
    /// Reads the fixed part; `None` if it is incomplete.
    fn of(frame: &Frame) -> Option<Self> {
        let _reserved_and_agent_state = fixed_u32(frame, 22)?;
        let online_and_reserved = fixed_u32(frame, 20)?;
        Some(Self {
            granted: CtiService::from_bits_retain(fixed_u32(frame, 4)?),
            online: online_and_reserved >> 16 != 0,
        })
    }
}

/// The consequence of a refused `OPEN_REQ`.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
enum Verdict {
    NextAddress,
    OlderVersion,
    /// Every server is configured alike and would say the same.
    Useless,
    TakenOver,
    /// A status that `OPEN_REQ` cannot earn.
    NoAnswer,
}

fn verdict(status: StatusCode) -> Verdict {
    if matches!(status, StatusCode::INVALID_CALLID | StatusCode::INVALID_CSQ) {
        return Verdict::NoAnswer;
    }
    match status.remedy() {
        Some(Remedy::AnotherVersion) => Verdict::OlderVersion,
        Some(Remedy::AnotherRequest) => Verdict::Useless,
        Some(Remedy::Nothing) => Verdict::TakenOver,
        Some(Remedy::AnotherServer | Remedy::AnotherTime) => Verdict::NextAddress,
        _ => Verdict::NoAnswer,
    }
}

/// Returns the services of one mask that are not in the other.
fn without(mut services: CtiService, others: CtiService) -> CtiService {
    services.remove(others);
    services
}

/// Returns the services that can be requested in a version.
fn asked(services: CtiService, version: Version) -> CtiService {
    if version < Version::V12 {
        without(services, CtiService::AGENT_STATE_CONTROL_ONLY)
    } else {
        services
    }
}

pub(super) fn encode_open(
    open: &OpenReq<'_>,
    version: Version,
    settings: &Settings,
) -> Result<Bytes, EncodeError> {
    let mut open = *open;
    open.invoke_id = 1;
    open.version_number = version.number();
    open.services_requested = asked(open.services_requested, version);
    if version < Version::V18 {
        open.config_msg_mask.remove(ConfigMask::TERMINAL);
    }
    if open.idle_timeout == 0 {
        open.idle_timeout = settings.timings.idle_timeout();
    }
    open.client_id = open.client_id.or(Some("".into()));
    open.client_password = open.client_password.or(Some(b""));
    let mut out = BytesMut::new();
    Message::from(open).encode(version, &mut out)?;
    Ok(out.freeze())
}
