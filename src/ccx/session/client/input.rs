//! What comes in, and goes on to the user.

use bytes::Bytes;

use super::open::is_of_centre;
use super::{Client, State};
use crate::ccx::session::event::{Event, LossCause, OpenFailure};
use crate::ccx::session::failover::Pause;
use crate::ccx::{Frame, FrameError, Received};
use core::time::Duration;

impl Client {
    /// Returns whether input is wanted. While it is not, do not read from the connection: events
    /// wait for [`poll_event`](Self::poll_event), or bytes for
    /// [`poll_transmit`](Self::poll_transmit). Input that you hand in anyway is kept.
    #[must_use]
    #[inline]
    pub fn wants_input(&self) -> bool {
        self.events.len() < self.settings.max_events
            && self.link.unsent() < self.settings.max_unsent
    }

    /// Processes bytes read from the connection.
    pub fn handle_input(&mut self, now: Duration, bytes: &[u8]) {
        self.at(now);
        if self.is_connected() && !self.is_behind() {
            self.link.feed(bytes);
            self.advance();
            self.pump();
        }
    }

    /// Returns the next bytes to send.
    pub fn poll_transmit(&mut self) -> Option<Bytes> {
        let bytes = self.link.transmit()?;
        self.resume();
        Some(bytes)
    }

    /// Returns the next event.
    #[inline]
    pub fn poll_event(&mut self) -> Option<Event> {
        if self.held_back {
            return self.poll_held_back();
        }
        self.events.pop_front()
    }

    #[cold]
    fn poll_held_back(&mut self) -> Option<Event> {
        let event = self.events.pop_front();
        self.resume();
        event
    }

    /// Goes on with input that had to wait.
    #[inline]
    fn resume(&mut self) {
        if self.held_back {
            self.advance();
            self.pump();
        }
    }

    fn advance(&mut self) {
        self.held_back = false;
        while self.link.has_input() && self.is_connected() {
            self.held_back = !self.wants_input();
            if self.held_back {
                return;
            }
            // Events of agents and calls mean nothing to the session.
            let version = self.version;
            let short = !self.settings.tap && !matches!(self.state, State::Opening { .. });
            let next = self.link.next_seen(|frame| {
                short && is_of_centre(frame.message_type()) && frame.is_whole(version)
            });
            match next {
                Ok(Some((true, frame))) => {
                    let message = Received { frame, version };
                    self.events.push_back(Event::Message(message));
                }
                Ok(Some((false, frame))) => self.frame(frame),
                Ok(None) => return,
                Err(error) => self.not_a_frame(error),
            }
        }
    }

    #[cold]
    fn not_a_frame(&mut self, error: FrameError) {
        match self.state {
            State::Opening { .. } => {
                self.attempt_failed(OpenFailure::NotTheProtocol, None, true);
            }
            State::Closing { .. } => self.finish_close(true),
            _ => self.lose(LossCause::NotAFrame(error), Pause::Line, true),
        }
    }

    // Apart from what most messages go through.
    #[inline(never)]
    fn frame(&mut self, frame: Frame) {
        if self.settings.tap {
            self.tap(false, &frame);
        }
        match self.state {
            State::Opening { .. } => self.frame_while_opening(frame),
            _ => self.frame_while_open(frame),
        }
    }
}
