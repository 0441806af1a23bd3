//! Events on their way to the user.

use std::collections::VecDeque;
use std::task::Waker;

use crate::ccx::session::Event;

/// What becomes of events that nobody fetches in time.
#[derive(Clone, Copy, PartialEq, Eq, Debug, Default)]
pub enum SlowReader {
    /// Messages are left out, and [`Event::Missed`] stands in their place with their number. What
    /// happens to the session, and answers to requests, are not.
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
    /// Nobody will fetch any more.
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

/// Whether an event may be left out: it tells of what the server said, and not of the session.
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
