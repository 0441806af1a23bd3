//! The effects of errors on requests, records and campaigns.
use super::Desktop;
use super::answers::{Origin, Outcome};
use super::event::{EndCause, Event};
use super::facts::{Facts, Situation};
use super::records::Entry;
use super::requests::{Past, Request};
use super::view::{ChainId, ChainState, Link, LogOutState, RecordId, RecordState};
use crate::gsw::error_code::ErrorCode;
use crate::gsw::messages::MessageType;

impl Desktop {
    /// Processes the refusal of a request of ours.
    pub(super) fn error(&mut self, facts: &Facts<'_>, at: usize, request: &Request) {
        let code = facts.error();
        let situation = Situation::of(code, facts.error_text());
        let named = facts.reference.is_some() && !self.ids_collide;
        self.take(at, true);
        if self.is_success(request, code, situation) {
            if let Some(id) = request.record()
                && code.is_record_gone()
                && request.is_final()
            {
                self.gone(id, request);
            }
            return self.done(request, Some(code));
        }
        self.event(Event::Refused {
            request: request.id,
            message_type: request.kind,
            error: code,
            text: facts.error_text().into(),
        });
        if code.is_record_gone()
            && named
            && let Some(id) = request.record()
        {
            self.gone(id, request);
        }
        self.refused(request, code, situation);
        self.over(request, Outcome::Refused(code, situation));
    }

    /// Returns whether an error means that the goal of the request is already reached. Applies it,
    /// except for the end of records.
    fn is_success(&mut self, request: &Request, code: ErrorCode, situation: Situation) -> bool {
        match (request.kind, code) {
            (MessageType::PreviewDialingModeStart, ErrorCode::PREVIEW_ALREADY_STARTED) => {
                self.linked(Origin::Own(request), Link::On);
                true
            }
            (MessageType::PreviewDialingModeOver, ErrorCode::PREVIEW_NOT_STARTED) => {
                self.linked(Origin::Own(request), Link::Off);
                true
            }
            (MessageType::ReadyTime, ErrorCode::DUPLICATE_REQUEST) => true,
            (MessageType::LogOut, _) if situation == Situation::NoAutoCampaign => {
                // Of a server that was left it says nothing about the new one.
                let session = request.session.and_then(|id| self.session(id));
                let here = session.filter(|one| request.application == Some(one.application));
                if let Some(id) = here.map(|session| session.id) {
                    self.set_log_out(id, LogOutState::Granted);
                }
                true
            }
            _ => code.is_record_gone() && request.is_final(),
        }
    }

    /// Ends a record that the server does not know any more, unless the handle is that of a later
    /// one.
    fn gone(&mut self, id: RecordId, request: &Request) {
        let meant = |entry: &Entry| entry.moment < request.moment;
        if self.records.get(&id).is_some_and(meant) {
            self.end_record(id, EndCause::Gone, Some(request.id));
        }
    }

    /// Applies a refusal to the state.
    fn refused(&mut self, request: &Request, code: ErrorCode, situation: Situation) {
        self.failed(request, code == ErrorCode::CHAINED_RECORDS_NOT_FOUND);
        let session = request.session;
        let here = session
            .and_then(|id| self.session(id))
            .is_some_and(|session| request.application == Some(session.application));
        let session = session.filter(|_| here);
        match code {
            ErrorCode::CAMPAIGN_GROUP_NOT_FOUND => self.want_status(),
            ErrorCode::NO_ACTIVE_CAMPAIGNS => {
                if let Some(id) = session {
                    self.drop_session(id);
                }
                self.want_status();
            }
            ErrorCode::NO_RUNNING_PREVIEW_CAMPAIGNS => {
                if let Some(id) = session {
                    self.stopped_unheard(id, false);
                }
                self.want_status();
            }
            ErrorCode::NO_RECORDS_AVAILABLE
                if request.kind == MessageType::PreviewRecordRequest =>
            {
                if let Some(id) = session {
                    self.pace(id);
                }
            }
            ErrorCode::INVALID_REQUEST if situation == Situation::StartRequired => {
                if let Some(id) = session {
                    self.unlink(id);
                }
            }
            ErrorCode::INVALID_REQUEST if request.kind == MessageType::ReadyTime => {
                if let Some(session) = session.and_then(|id| self.session_mut(id)) {
                    session.no_ready_time = true;
                }
            }
            _ => {}
        }
    }

    /// Undoes the pending state of a request without effect.
    pub(super) fn failed(&mut self, request: &Request, complete: bool) {
        if let Some(id) = request.session
            && let Some(session) = self.session(id)
        {
            let link = session.link_request == Some(request.id);
            let log_out = session.log_out_request == Some(request.id);
            match request.kind {
                MessageType::PreviewDialingModeStart if link => self.set_link(id, Link::Off),
                MessageType::PreviewDialingModeOver if link => self.set_link(id, Link::On),
                MessageType::LogOut if log_out => self.set_log_out(id, LogOutState::None),
                _ => {}
            }
        }
        if request.kind == MessageType::ChainedRecordRequest {
            let state = if complete {
                ChainState::Complete
            } else {
                ChainState::Unasked
            };
            if let Some(chain) = self.chain_asked(request) {
                self.set_chain(chain, state);
            }
            return;
        }
        let Some(id) = request.record() else {
            return;
        };
        let Some(entry) = self.records.get_mut(&id) else {
            return;
        };
        if entry.moment > request.moment {
            return;
        }
        match request.kind {
            MessageType::ReadyTime => entry.ready_told = false,
            _ if request.is_final() && entry.end == Some(request.id) => {
                // The server has it, regardless of earlier requests.
                entry.state = RecordState::Open;
                entry.end = None;
            }
            _ => {}
        }
    }

    /// Returns the chain that a request is for. Its record may have ended since.
    pub(super) fn chain_asked(&self, request: &Request) -> Option<ChainId> {
        let id = request.record()?;
        let of_record = || self.records.get(&id)?.chain;
        Some(ChainId {
            application_id: id.application_id,
            chain_id: request.chain.or_else(of_record)?,
        })
    }

    pub(super) fn late_error(&mut self, facts: &Facts<'_>, past: &Past) {
        let code = facts.error();
        let request = &past.request;
        let Some(id) = request.record() else {
            return;
        };
        // What was sent once has one answer: a second one is to another client's request.
        let is_second = past.answered && request.sent <= 1;
        let sure = request.is_final() || !self.ids_collide;
        if code.is_record_gone() {
            if !is_second && sure {
                self.gone(id, request);
            }
        } else if request.is_final()
            && let Some(entry) = self.records.get_mut(&id)
            && entry.moment < request.moment
            && entry.state == RecordState::Unfinished
        {
            entry.state = RecordState::Open;
            entry.lost = None;
        }
    }
}
