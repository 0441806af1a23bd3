//! The messages of an open session.

use super::{Client, State};
use crate::ccx::session::download::Wish;
use crate::ccx::session::event::{ConfigurationFailure, Event, LossCause, Unanswered};
use crate::ccx::session::failover::Pause;
use crate::ccx::session::link::fixed_u32;
use crate::ccx::session::requests::{Named, Outstanding, Purpose};
use crate::ccx::{
    CcxStatus, ConfigEndStatus, ConfigKeyStatus, ConfigParam, ConfigRequestEvent,
    ConfigRequestKeyEvent, ConfigType, Frame, HeartbeatReq, Message, MessageType, Received,
    StatusCode, SystemEvent, SystemEventID, TeamConfigReq, TeamConfigStatus,
};

impl Client {
    pub(super) fn frame_while_open(&mut self, frame: Frame) {
        match frame.message_type() {
            MessageType::HEARTBEAT_CONF => {
                match frame.invoke_id().map(|id| (id, self.requests.named(id))) {
                    Some((id, Named::Heartbeat)) => self.requests.heartbeat_answered(id),
                    _ => self.stray(frame),
                }
            }
            MessageType::CLOSE_CONF if matches!(self.state, State::Closing { .. }) => {
                self.finish_close(true);
            }
            MessageType::FAILURE_CONF => self.failure_conf(frame),
            MessageType::CONTROL_FAILURE_CONF => self.answer(frame),
            MessageType::FAILURE_EVENT => self.failure_event(frame),
            MessageType::SYSTEM_EVENT => self.system_event(frame),
            MessageType::CONFIG_KEY_EVENT
            | MessageType::CONFIG_BEGIN_EVENT
            | MessageType::CONFIG_END_EVENT
            | MessageType::CONFIG_APPLICATION_EVENT
            | MessageType::CONFIG_CSQ_EVENT
            | MessageType::CONFIG_AGENT_EVENT
            | MessageType::CONFIG_DEVICE_EVENT
            | MessageType::CONFIG_TERMINAL_EVENT => self.configuration_message(frame),
            MessageType::TEAM_CONFIG_EVENT => self.team_message(frame),
            other if is_confirmation(other) => self.answer(frame),
            _ => self.tell(frame),
        }
    }

    #[inline]
    pub(super) fn received(&self, frame: Frame) -> Received {
        Received {
            frame,
            version: self.version,
        }
    }

    /// Passes on a message that has no meaning for the session.
    pub(super) fn tell(&mut self, frame: Frame) {
        let event = match frame.decodes(self.version) {
            Ok(()) => Event::Message(self.received(frame)),
            Err(error) => Event::Undecodable { frame, error },
        };
        self.events.push_back(event);
    }

    /// Passes on an answer without a request.
    pub(super) fn stray(&mut self, frame: Frame) {
        let event = match frame.decodes(self.version) {
            Ok(()) => Event::Stray(self.received(frame)),
            Err(error) => Event::Undecodable { frame, error },
        };
        self.events.push_back(event);
    }

    /// Processes an answer with an `InvokeID`: a confirmation, `FAILURE_CONF` or
    /// `CONTROL_FAILURE_CONF`.
    #[inline(never)]
    pub(super) fn answer(&mut self, frame: Frame) {
        let message_type = frame.message_type();
        let fails = is_failure(message_type);
        let fits = |request: MessageType| fails || request.confirmation() == Some(message_type);
        let named = frame
            .invoke_id()
            .map_or(Named::Nothing, |id| self.requests.named(id));
        match named {
            Named::Outstanding(at) => {
                let request = self.requests.get(at).map(|request| request.message_type);
                if request.is_some_and(fits) {
                    self.answered(at, frame);
                } else {
                    self.stray(frame);
                }
            }
            Named::Ended(id) if self.requests.ended_type(id).is_some_and(fits) => {
                let purpose = self.requests.late_answer(id);
                let event = match frame.decodes(self.version) {
                    Ok(()) if purpose != Some(Purpose::User) => {
                        Event::Message(self.received(frame))
                    }
                    Ok(()) => Event::Late {
                        id,
                        answer: self.received(frame),
                    },
                    Err(error) => Event::Undecodable { frame, error },
                };
                self.events.push_back(event);
            }
            Named::Nothing if message_type == MessageType::FAILURE_CONF => {
                match self.requests.unnumbered() {
                    Some(at) => self.answered(at, frame),
                    None => self.stray(frame),
                }
            }
            _ => self.stray(frame),
        }
    }

    /// Processes an answer that fits the outstanding request at a place.
    pub(super) fn answered(&mut self, at: usize, frame: Frame) {
        let Some(request) = self.requests.answered(at) else {
            return;
        };
        let decoded = frame.decode(self.version);
        let Ok(message) = decoded else {
            self.tell(frame);
            self.unanswered(&request, Unanswered::Undecodable);
            return;
        };
        let outcome = outcome(&message);
        let received = Received {
            frame: frame.clone(),
            version: self.version,
        };
        if request.purpose == Purpose::User {
            let id = request.id;
            self.events.push_back(match outcome {
                Ok(()) => Event::Confirmed {
                    id,
                    answer: received,
                },
                Err(_) => Event::Refused {
                    id,
                    answer: received,
                },
            });
            return;
        }
        self.events.push_back(Event::Message(received));
        let timings = &self.settings.timings;
        match (request.purpose, outcome) {
            (Purpose::Teams, Ok(())) => {
                self.teams
                    .complete(&mut self.configuration, &mut self.events);
            }
            (Purpose::Teams, Err(failure)) => {
                self.teams
                    .failed(self.now, failure, timings, &mut self.events);
            }
            (_, Err(failure)) => {
                self.download
                    .failed(self.now, failure, timings, &mut self.events);
            }
            (_, Ok(())) => {}
        }
    }

    pub(super) fn unanswered(&mut self, request: &Outstanding, why: Unanswered) {
        let failure = match why {
            Unanswered::Undecodable => ConfigurationFailure::Undecodable,
            _ => ConfigurationFailure::TimedOut,
        };
        let timings = &self.settings.timings;
        match request.purpose {
            Purpose::User => self.events.push_back(Event::Unanswered {
                id: request.id,
                message_type: request.message_type,
                why,
            }),
            Purpose::Configuration => {
                self.download
                    .failed(self.now, failure, timings, &mut self.events);
            }
            Purpose::Teams => {
                self.teams
                    .failed(self.now, failure, timings, &mut self.events);
            }
        }
    }

    #[inline(never)]
    pub(super) fn failure_conf(&mut self, frame: Frame) {
        let status = fixed_u32(&frame, 4).map(StatusCode);
        let named = frame.invoke_id().map(|id| self.requests.named(id));
        if let State::Closing { .. } = self.state
            && !matches!(named, Some(Named::Outstanding(_) | Named::Ended(_)))
        {
            self.tell(frame);
            self.finish_close(true);
            return;
        }
        if named == Some(Named::Heartbeat) {
            self.tell(frame);
            let status = status.unwrap_or_default();
            self.lose(LossCause::HeartbeatRefused(status), Pause::Refused, true);
            return;
        }
        self.answer(frame);
        self.disowned(status);
    }

    /// Leaves a server that is not the master, or knows of no session.
    pub(super) fn disowned(&mut self, status: Option<StatusCode>) {
        if let Some(status @ (StatusCode::SESSION_NOT_OPEN | StatusCode::SERVER_NOT_MASTER)) =
            status
            && self.is_open()
        {
            self.lose(LossCause::Disowned(status), Pause::Refused, true);
        }
    }

    #[inline(never)]
    pub(super) fn failure_event(&mut self, frame: Frame) {
        let status = fixed_u32(&frame, 0).map(StatusCode);
        self.tell(frame);
        if !self.is_open() {
            return;
        }
        match status {
            Some(StatusCode::NEW_SESSION_OPENED) => {
                self.lose(LossCause::NewSessionOpened, Pause::Refused, true);
            }
            Some(StatusCode::AUTO_CONFIG_RESET) => {
                self.download.forget_keys(&mut self.configuration);
                self.restart_download();
            }
            status => self.disowned(status),
        }
    }

    pub(super) fn restart_download(&mut self) {
        self.download.restart(&self.settings.timings);
        if let Some(at) = self.requests.place_of_purpose(Purpose::Configuration) {
            self.requests.answered(at);
        }
    }

    #[inline(never)]
    pub(super) fn system_event(&mut self, frame: Frame) {
        let service = match frame.decode(self.version) {
            Ok(Message::SystemEvent(event)) => service(&event),
            _ => Service::Unchanged,
        };
        self.tell(frame);
        match (self.state, service) {
            (State::Open { offline: Some(_) }, Service::Begins) => {
                self.state = State::Open { offline: None };
                self.events.push_back(Event::Online);
                self.come_online();
            }
            (State::Open { offline: None }, Service::Ends) => {
                self.lose(LossCause::ServerOffline, Pause::Refused, true);
            }
            _ => {}
        }
    }

    #[inline(never)]
    pub(super) fn configuration_message(&mut self, frame: Frame) {
        let copy = frame.clone();
        let decoded = copy.decode(self.version);
        let Ok(message) = decoded else {
            if frame.message_type() != MessageType::CONFIG_KEY_EVENT {
                self.download.unreadable(&mut self.configuration);
            }
            self.tell(frame);
            return;
        };
        // Finds the request that it ends: keys answer the request for keys, and the end of a block
        // that is no update, unless more is to follow, the request for configuration.
        let unnumbered = self.requests.unnumbered();
        let asked = unnumbered
            .and_then(|at| self.requests.get(at))
            .map(|request| (request.message_type, request.purpose));
        let ends = match (&message, asked) {
            (Message::ConfigKeyEvent(_), Some((request, _))) => {
                request == MessageType::CONFIG_REQUEST_KEY_EVENT
            }
            (Message::ConfigBeginEvent(begin), _) => {
                self.block = Some(begin.config_type);
                false
            }
            (Message::ConfigEndEvent(end), asked) => {
                let of_update = self.block.take() == Some(ConfigType::UPDATE);
                let awaited =
                    asked.is_some_and(|(request, _)| request == MessageType::CONFIG_REQUEST_EVENT);
                awaited && !of_update && end.status != ConfigEndStatus::PARTIAL
            }
            _ => false,
        };
        let received = self.received(frame);
        match (unnumbered, asked) {
            (Some(at), Some((_, Purpose::User))) if ends => {
                if let Some(request) = self.requests.answered(at) {
                    let id = request.id;
                    self.events.push_back(match outcome(&message) {
                        Ok(()) => Event::Confirmed {
                            id,
                            answer: received,
                        },
                        Err(_) => Event::Refused {
                            id,
                            answer: received,
                        },
                    });
                }
            }
            (at, asked) => {
                self.events.push_back(Event::Message(received));
                match (at, asked) {
                    (Some(at), Some(_)) if ends => {
                        self.requests.answered(at);
                    }
                    (Some(at), Some((MessageType::CONFIG_REQUEST_EVENT, _))) => {
                        let silence = self.settings.timings.configuration_silence;
                        self.requests.renew(at, self.now.saturating_add(silence));
                    }
                    _ => {}
                }
            }
        }
        self.download.message(
            self.now,
            &copy,
            &message,
            &mut self.configuration,
            &self.settings.timings,
            &mut self.events,
        );
    }

    #[inline(never)]
    pub(super) fn team_message(&mut self, frame: Frame) {
        let copy = frame.clone();
        self.tell(frame);
        if let Ok(Message::TeamConfigEvent(event)) = copy.decode(self.version) {
            if let Some(at) = self.requests.place_of_purpose(Purpose::Teams) {
                let silence = self.settings.timings.configuration_answer;
                self.requests.renew(at, self.now.saturating_add(silence));
            }
            self.teams
                .message(&event, &mut self.configuration, &mut self.events);
        }
    }

    pub(super) fn heartbeat(&mut self) {
        let missed = self.requests.unanswered_heartbeats();
        if missed >= self.settings.timings.missed_heartbeats.max(1) {
            // Answers may be among the pending bytes because nobody fetches events: then the
            // connection is not at fault.
            if self.link.has_frame() {
                self.requests.excuse_heartbeat();
            } else {
                self.lose(LossCause::HeartbeatsMissed, Pause::Line, true);
                return;
            }
        }
        let invoke_id = self.requests.next_invoke_id();
        let heartbeat = HeartbeatReq {
            invoke_id,
            ..Default::default()
        };
        // It has no content that encoding could refuse.
        let _ = self.send(&heartbeat.into());
        self.requests.heartbeat_sent(invoke_id);
        let interval = self.settings.timings.heartbeat;
        let next = self.next_heartbeat.saturating_add(interval);
        // A clock that jumped does not make up for the skipped heartbeats.
        self.next_heartbeat = if next > self.now {
            next
        } else {
            self.now.saturating_add(interval)
        };
        if missed > 0 {
            self.events.push_back(Event::HeartbeatMissed {
                outstanding: missed,
            });
        }
    }

    /// Sends the requests of configuration and teams.
    #[inline]
    pub(super) fn pump(&mut self) {
        if !self.configuration_is_settled() && self.is_online() {
            self.send_wishes();
        }
    }

    #[inline(never)]
    fn send_wishes(&mut self) {
        while self.requests.unnumbered().is_none()
            && let Some(wish) = self.download.poll(self.now)
        {
            self.send_wish(wish);
        }
        if self.teams.poll(self.now) {
            self.ask_for_teams();
        }
    }

    // Apart from what each message goes through, which needs no room for a message to send.
    #[inline(never)]
    fn send_wish(&mut self, wish: Wish) {
        let timings = &self.settings.timings;
        let (limit, message): (_, Message<'_>) = match wish {
            Wish::Keys => (
                timings.configuration_answer,
                ConfigRequestKeyEvent {
                    customer_id: Some(0),
                    ..Default::default()
                }
                .into(),
            ),
            Wish::Configuration(configuration_mask) => (
                timings.configuration_silence,
                ConfigRequestEvent {
                    configuration_mask,
                    customer_id: Some(0),
                    ..Default::default()
                }
                .into(),
            ),
        };
        // They have no content that encoding could refuse.
        let _ = self.send_request(&message, Purpose::Configuration, limit);
    }

    #[inline(never)]
    fn ask_for_teams(&mut self) {
        let request = TeamConfigReq {
            config_param: ConfigParam::INITIAL,
            ..Default::default()
        };
        let limit = self.settings.timings.configuration_answer;
        let _ = self.send_request(&request.into(), Purpose::Teams, limit);
    }
}

/// A server's state of service, from a `SYSTEM_EVENT`.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub(super) enum Service {
    Begins,
    Ends,
    Unchanged,
}

/// Reads a `SYSTEM_EVENT`. Its id takes precedence over its status.
pub(super) fn service(event: &SystemEvent<'_>) -> Service {
    match (event.system_event_id, event.ccx_status) {
        (SystemEventID::CCX_ONLINE, _) => Service::Begins,
        (SystemEventID::CCX_OFFLINE, _) => Service::Ends,
        (
            SystemEventID::INSTRUMENT_OUT_OF_SERVICE | SystemEventID::INSTRUMENT_BACK_IN_SERVICE,
            _,
        ) => Service::Unchanged,
        (_, CcxStatus::SHUTTING_DOWN | CcxStatus::SHUTDOWN | CcxStatus::OUT_OF_SERVICE) => {
            Service::Ends
        }
        // The description of the field calls 0 good, the table of its values calls another so.
        (_, CcxStatus(0) | CcxStatus::IN_SERVICE) => Service::Begins,
        _ => Service::Unchanged,
    }
}

/// Returns whether an answer says that the request was done, or why not. In doubt it is a
/// confirmation.
fn outcome(message: &Message<'_>) -> Result<(), ConfigurationFailure> {
    match message {
        Message::FailureConf(failure) => Err(ConfigurationFailure::Refused(failure.status)),
        Message::ControlFailureConf(_) => Err(ConfigurationFailure::Refused(
            StatusCode::UNSPECIFIED_FAILURE,
        )),
        Message::TeamConfigConf(answer) if answer.status != TeamConfigStatus::SUCCESS => {
            Err(ConfigurationFailure::Teams(answer.status))
        }
        Message::ConfigKeyEvent(answer) if answer.status != ConfigKeyStatus::SUCCESS => {
            Err(ConfigurationFailure::Keys(answer.status))
        }
        Message::ConfigEndEvent(answer)
            if !matches!(
                answer.status,
                ConfigEndStatus::SUCCESS | ConfigEndStatus::EMPTY
            ) =>
        {
            Err(ConfigurationFailure::Download(answer.status))
        }
        _ => Ok(()),
    }
}

/// Returns whether a type is an answer that ends a request.
fn is_confirmation(message_type: MessageType) -> bool {
    message_type.has_invoke_id()
        && message_type
            .layout()
            .is_some_and(|layout| layout.name.ends_with("_CONF"))
}

/// Returns whether a type is an event of agents or calls, which means nothing to the session. They
/// are nearly all that comes.
#[inline]
pub(super) const fn is_of_centre(message_type: MessageType) -> bool {
    matches!(
        message_type,
        MessageType::AGENT_STATE_EVENT
            | MessageType::CALL_DELIVERED_EVENT
            | MessageType::CALL_ESTABLISHED_EVENT
            | MessageType::CALL_HELD_EVENT
            | MessageType::CALL_RETRIEVED_EVENT
            | MessageType::CALL_CLEARED_EVENT
            | MessageType::CALL_CONNECTION_CLEARED_EVENT
            | MessageType::CALL_ORIGINATED_EVENT
            | MessageType::CALL_FAILED_EVENT
            | MessageType::CALL_CONFERENCED_EVENT
            | MessageType::CALL_TRANSFERRED_EVENT
            | MessageType::CALL_DIVERTED_EVENT
            | MessageType::CALL_SERVICE_INITIATED_EVENT
            | MessageType::CALL_QUEUED_EVENT
            | MessageType::CALL_DEQUEUED_EVENT
            | MessageType::BEGIN_CALL_EVENT
            | MessageType::END_CALL_EVENT
            | MessageType::CALL_DATA_UPDATE_EVENT
            | MessageType::RTP_STARTED_EVENT
            | MessageType::RTP_STOPPED_EVENT
    )
}

fn is_failure(message_type: MessageType) -> bool {
    matches!(
        message_type,
        MessageType::FAILURE_CONF | MessageType::CONTROL_FAILURE_CONF
    )
}
