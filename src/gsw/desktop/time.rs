//! The effects of time, of a lost connection and of the agent's log-out.
use alloc::boxed::Box;
use alloc::vec::Vec;
use core::time::Duration;

use super::Desktop;
use super::answers::Outcome;
use super::event::{EndCause, Event};
use super::preview::Preview;
use super::requests::{Purpose, Request, may_repeat};
use super::view::{ChainState, Link, LogOutState, RecordState, RequestId};
use crate::gsw::messages::{CampaignStatusRequest, MessageType};

/// The connection to T-Server.
#[derive(Clone, Copy, PartialEq, Eq, Hash, Debug)]
pub enum Transport {
    /// It is there.
    Up,
    /// It is lost.
    Down,
}

/// The agent at T-Server.
#[derive(Clone, Copy, PartialEq, Eq, Hash, Debug)]
pub enum Agent {
    /// The agent has logged in.
    LoggedIn,
    /// The agent has logged out.
    LoggedOut,
}

impl Desktop {
    /// Ends a request: its originator continues.
    pub(super) fn over(&mut self, request: &Request, outcome: Outcome) {
        match request.purpose {
            Purpose::Finish(id) => self.plan_goes_on(id, request, outcome),
            Purpose::Preview(id) => self.wish_goes_on(id, request, outcome),
            Purpose::User | Purpose::Leave | Purpose::Own => {}
        }
    }

    /// Runs the actions that are due.
    pub(super) fn expire(&mut self) {
        let due = |request: &&Request| request.deadline.is_some_and(|at| at <= self.now);
        let due: Vec<RequestId> = self
            .requests
            .waiting
            .iter()
            .filter(due)
            .map(|request| request.id)
            .collect();
        for id in due {
            let Some(at) = self.requests.place_of(id) else {
                continue;
            };
            if self.may_send_again(at) {
                self.transmit(at, true);
            } else {
                self.silence(at);
            }
        }
        self.expire_chains();
        self.expire_records();
        self.check_estimates();
    }

    /// Returns whether sending the request once more is safe, and of use.
    fn may_send_again(&self, at: usize) -> bool {
        let Some(request) = self.requests.waiting.get(at) else {
            return false;
        };
        let left = request.application.is_some_and(|id| self.is_left(id));
        if !may_repeat(request.kind)
            || request.sent >= self.settings.timings.tries
            || !self.is_up
            || left
            || request.moment < self.agent_left
        {
            return false;
        }
        let session = || request.session.and_then(|id| self.session(id));
        match request.kind {
            MessageType::PreviewDialingModeStart | MessageType::PreviewDialingModeOver => {
                request.session.is_none()
                    || session().is_some_and(|session| session.link_request == Some(request.id))
            }
            MessageType::LogOut => {
                request.session.is_none()
                    || session().is_some_and(|session| session.log_out_request == Some(request.id))
            }
            _ if request.known => {
                let entry = request.record().and_then(|id| self.records.get(&id));
                entry.is_some_and(|entry| {
                    let newest = request.is_final() || entry.last_change == Some(request.id);
                    entry.moment < request.moment && newest
                })
            }
            _ => true,
        }
    }

    /// Handles the silence on the request at this place.
    fn silence(&mut self, at: usize) {
        let Some(request) = self.take(at, false) else {
            return;
        };
        if request.kind == MessageType::CampaignStatusRequest {
            return self.status_over(&request);
        }
        self.event(Event::Unanswered {
            request: request.id,
            message_type: request.kind,
        });
        self.unanswered(&request);
        if request.application.is_none_or(|id| !self.is_left(id)) {
            self.want_status();
        }
        self.over(&request, Outcome::Silence);
    }

    /// Ends a request without an answer: its subject is as before, or unknown.
    fn unanswered(&mut self, request: &Request) {
        if request.kind == MessageType::LogOut {
            if let Some(id) = request.session
                && let Some(session) = self.session(id)
                && session.log_out_request == Some(request.id)
                && session.log_out == LogOutState::Asked
            {
                self.set_log_out(id, LogOutState::Unanswered);
            }
            return;
        }
        if request.kind == MessageType::ChainedRecordRequest {
            if let Some(chain) = self.chain_asked(request)
                && let Some(members) = self.chains.get(&chain)
                && members.state != ChainState::Complete
            {
                self.set_chain(chain, ChainState::Partial);
            }
            return;
        }
        if request.is_final() {
            if let Some(entry) = request.record().and_then(|id| self.records.get_mut(&id))
                && entry.end == Some(request.id)
            {
                entry.state = RecordState::Unfinished;
                entry.end = None;
            }
            return;
        }
        self.failed(request, false);
    }

    fn expire_chains(&mut self) {
        let due = |deadline: Option<Duration>| deadline.is_some_and(|at| at <= self.now);
        let chains = self.chains.iter();
        let due = chains.filter(|(_, chain)| due(chain.deadline));
        let due: Vec<_> = due.map(|(id, _)| *id).collect();
        for id in due {
            self.set_chain(id, ChainState::Partial);
        }
    }

    fn expire_records(&mut self) {
        let now = self.now;
        let mut events = Vec::new();
        for (id, entry) in &mut self.records {
            if entry.ready_at.is_some_and(|at| at <= now) {
                entry.ready_at = None;
                events.push(Event::ReadyTimeOver { record: *id });
            }
            if entry.remind_at.is_some_and(|at| at <= now) {
                entry.remind_at = None;
                events.push(Event::StillOpen { record: *id });
            }
        }
        for event in events {
            self.event(event);
        }
    }

    pub(super) fn next_deadline(&self) -> Option<Duration> {
        let requests = self.requests.waiting.iter();
        let requests = requests.filter_map(|request| request.deadline);
        let chains = self.chains.values().filter_map(|chain| chain.deadline);
        let records = self.records.values().flat_map(|entry| {
            let plan = entry.plan.as_ref().and_then(|plan| plan.until());
            [entry.ready_at, entry.remind_at, plan]
        });
        let status = self.status_at.filter(|_| self.is_up && self.is_logged_in);
        requests
            .chain(chains)
            .chain(records.flatten())
            .chain(self.next_estimate())
            .chain(self.next_wish_at())
            .chain(status)
            .min()
    }

    /// Marks the state of campaigns as uncertain: asks for it, if enabled.
    pub(super) fn want_status(&mut self) {
        if self.settings.automatic {
            let pause = self.settings.timings.status;
            let at = self.status_sent.map(|sent| sent.saturating_add(pause));
            self.status_at = Some(at.unwrap_or_default().max(self.now));
        }
    }

    fn drive_status(&mut self) {
        let due = self.status_at.is_some_and(|at| at <= self.now);
        if !due || !self.is_up || !self.is_logged_in {
            return;
        }
        let request = CampaignStatusRequest::default();
        match self.submit(&request.into(), false, Purpose::Own) {
            Ok(_) => {
                self.status_at = None;
                self.status_sent = Some(self.now);
            }
            Err(_) => {
                self.status_at = Some(self.now.saturating_add(self.settings.timings.status));
            }
        }
    }

    /// Continues with the pending wishes, as far as possible.
    pub(super) fn pump(&mut self) {
        if self.is_up {
            self.drive_status();
            self.drive_plans();
            self.drive_previews();
        }
        self.check_estimates();
        self.drive_leaving();
        self.release();
    }

    pub(super) fn transport_down(&mut self) {
        self.is_up = false;
        self.transmits.clear();
        while !self.requests.waiting.is_empty() {
            let Some(request) = self.take(0, false) else {
                break;
            };
            self.event(Event::Lost {
                request: request.id,
                message_type: request.kind,
            });
            self.unanswered(&request);
            let entry = request.record().and_then(|id| self.records.get_mut(&id));
            if let Some(entry) = entry
                && request.is_final()
                && entry.state == RecordState::Unfinished
                && entry.moment < request.moment
            {
                entry.lost = Some(Box::new(request.clone()));
            }
        }
        self.stop_plans();
        for session in &mut self.sessions {
            session.confirmed = false;
        }
        for entry in self.records.values_mut() {
            entry.confirmed = false;
        }
    }

    pub(super) fn transport_up(&mut self) {
        self.is_up = true;
        let mut lost: Vec<Request> = Vec::new();
        for entry in self.records.values_mut() {
            if let Some(request) = entry.lost.take()
                && entry.state == RecordState::Unfinished
            {
                lost.push(*request);
            }
        }
        lost.sort_by_key(|request| request.moment);
        for request in lost {
            if request.application.is_some_and(|id| self.is_left(id)) {
                continue;
            }
            let Some(content) = request.content else {
                continue;
            };
            // The reference id is in it; a purpose has ended with the loss.
            let again = self.enqueue(request.kind, content, request.session, Purpose::Own);
            if let Ok(id) = again {
                self.event(Event::SentAgain {
                    request: id,
                    message_type: request.kind,
                });
            }
        }
        self.want_status();
    }

    pub(super) fn agent_out(&mut self) {
        self.is_logged_in = false;
        self.agent_left = self.next_moment();
        self.leaving = None;
        let records: Vec<_> = self.records.keys().copied().collect();
        for id in records {
            self.end_record(id, EndCause::Left, None);
        }
        for at in 0..self.sessions.len() {
            let Some(session) = self.sessions.get_mut(at) else {
                break;
            };
            session.wish = Preview::Off;
            session.is_ending = false;
            session.confirmed = false;
            session.link_request = None;
            let id = session.id;
            self.set_link(id, Link::Off);
        }
        self.sessions.retain(super::campaign::Session::is_here);
    }

    pub(super) fn agent_in(&mut self) {
        self.is_logged_in = true;
        self.leaving = None;
        for at in 0..self.sessions.len() {
            let Some(session) = self.sessions.get_mut(at) else {
                break;
            };
            session.log_out_request = None;
            let id = session.id;
            self.set_log_out(id, LogOutState::None);
        }
        self.want_status();
    }
}
