//! Events on their way to the user.

use std::collections::VecDeque;
use std::task::Waker;

use crate::ccx::session::Event;

/// The treatment of events that are not fetched in time.
#[derive(Clone, Copy, PartialEq, Eq, Debug, Default)]
pub enum SlowReader {
    /// Messages are dropped, and [`Event::Missed`] replaces them with their number. Events of the
    /// session, and answers to requests, are kept.
    #[default]
    Misses,
    /// Nothing is read from the connection until events are fetched, so that the server has to wait.
    /// Answers to requests wait with it: fetch events in a task of their own.
    Waits,
}

/// Events that the driver has put in and the user has not fetched.
#[derive(Debug, Default)]
pub(super) struct Queue {
    events: VecDeque<Event>,
    /// Nobody will fetch events any more.
    pub(super) abandoned: bool,
    /// Nothing will be put in any more.
    pub(super) ended: bool,
    waker: Option<Waker>,
}

impl Queue {
    pub(super) fn is_full(&self, capacity: usize) -> bool {
        self.events.len() >= capacity
    }

    pub(super) fn push(&mut self, event: Event, capacity: usize, slow: SlowReader) {
        if self.abandoned {
            return;
        }
        let left_out = slow == SlowReader::Misses
            && (self.is_full(capacity) && is_message(&event)
                || self.is_full(capacity.saturating_mul(2)));
        if !left_out {
            self.events.push_back(event);
        } else if let Some(Event::Missed { events }) = self.events.back_mut() {
            *events = events.saturating_add(1);
        } else {
            self.events.push_back(Event::Missed { events: 1 });
        }
        self.wake();
    }

    pub(super) fn pop(&mut self) -> Option<Event> {
        self.events.pop_front()
    }

    pub(super) fn wait(&mut self, waker: &Waker) {
        match &mut self.waker {
            Some(waiting) => waiting.clone_from(waker),
            None => self.waker = Some(waker.clone()),
        }
    }

    pub(super) fn wake(&mut self) {
        if let Some(waker) = self.waker.take() {
            waker.wake();
        }
    }
}

/// Returns whether an event may be dropped: it reports a message of the server, not a change of the
/// session.
fn is_message(event: &Event) -> bool {
    matches!(
        event,
        Event::Message(_)
            | Event::Tap { .. }
            | Event::Stray(_)
            | Event::Late { .. }
            | Event::Undecodable { .. }
    )
}
