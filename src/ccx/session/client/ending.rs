//! The end of a session, and the next steps.

use super::{Client, State};
use crate::ccx::session::event::{Action, Event, LossCause, Next, StopCause, Unanswered};
use crate::ccx::session::failover::Pause;
use crate::ccx::session::requests::Purpose;

impl Client {
    pub(super) fn disconnect(&mut self, connected: bool) {
        if connected {
            self.actions.push_back(Action::Disconnect);
        }
        self.link.reset();
    }

    /// Ends every request: the session is over.
    pub(super) fn lose_requests(&mut self) {
        while let Some(request) = self.requests.lose() {
            if request.purpose == Purpose::User {
                self.events.push_back(Event::Unanswered {
                    id: request.id,
                    message_type: request.message_type,
                    why: Unanswered::SessionLost,
                });
            }
        }
        self.requests.clear();
        self.download.stop();
        self.teams.stop();
    }

    pub(super) fn lose(&mut self, cause: LossCause, pause: Pause, connected: bool) {
        let address = self.failover.current();
        self.disconnect(connected);
        self.lose_requests();
        let timings = &self.settings.timings;
        let lasted = self.now.saturating_sub(self.opened_at);
        self.failover.lasted(lasted, timings);
        self.failover.failed(self.now, pause, timings);
        let stop = (cause == LossCause::NewSessionOpened).then_some(StopCause::NewSessionOpened);
        if stop.is_none() {
            self.failover.restart();
            self.failover.rotate(self.opens.len());
        }
        let next = self.next(stop);
        self.events.push_back(Event::Lost {
            generation: self.generation,
            address,
            cause,
            next,
        });
        self.go_on_or_stop(stop);
    }

    pub(super) fn finish_close(&mut self, connected: bool) {
        self.disconnect(connected);
        self.lose_requests();
        self.state = State::Idle;
        self.events.push_back(Event::Closed);
    }

    pub(super) fn next(&self, stop: Option<StopCause>) -> Next {
        match stop {
            Some(_) => Next::Stop,
            None => Next::Connect {
                address: self.failover.current(),
                at: self.failover.at().max(self.now),
            },
        }
    }

    pub(super) fn go_on_or_stop(&mut self, stop: Option<StopCause>) {
        match stop {
            Some(cause) => {
                self.state = State::Stopped;
                self.events.push_back(Event::Stopped(cause));
            }
            None => self.go_on(),
        }
    }

    /// Connects to the next address, at once or when its pause is over.
    pub(super) fn go_on(&mut self) {
        let until = self.failover.at();
        if until <= self.now {
            self.connect();
        } else {
            self.state = State::Pausing { until };
        }
    }

    pub(super) fn connect(&mut self) {
        let address = self.failover.current();
        self.state = State::Connecting {
            deadline: self.now.saturating_add(self.settings.timings.connect),
        };
        self.actions.push_back(Action::Connect { address });
        self.events.push_back(Event::Connecting { address });
    }
}
