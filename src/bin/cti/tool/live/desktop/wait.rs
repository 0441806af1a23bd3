//! The command `wait`: what has been seen, and what is waited for.

use std::io;
use std::time::Duration;

use cti_codec::ccx::{Message, Received};

use super::Desk;
use super::command::Awaited;

/// The number of events kept for `wait`.
const KEPT: usize = 1000;

/// Something that `wait` may wait for.
pub(super) enum Seen {
    Message(Received),
    Opened,
    Lost,
}

impl Desk<'_> {
    pub(super) fn see(&mut self, seen: Seen) {
        if self.seen.len() >= KEPT {
            self.seen.pop_front();
        }
        self.seen.push_back(seen);
    }

    /// Waits for a matching event, up to a time limit. Earlier events count, since they may precede
    /// the answer of their request; each is found only once.
    pub(super) async fn wait(
        &mut self,
        awaited: &Awaited,
        limit: Duration,
    ) -> io::Result<Result<String, String>> {
        // A limit beyond the range of the clock is no limit.
        let now = tokio::time::Instant::now();
        let until = now.checked_add(limit).unwrap_or(now);
        loop {
            self.catch_up().await?;
            if let Some(found) = self.find(awaited) {
                return Ok(Ok(found));
            }
            let Some((_, events)) = &mut self.session else {
                return Ok(Err("there is no session".into()));
            };
            if self.ended {
                return Ok(Err("the session is over".into()));
            }
            if tokio::time::Instant::now() >= until {
                return Ok(Err("it did not come in time".into()));
            }
            let event = tokio::select! {
                event = events.next() => event,
                () = tokio::time::sleep_until(until) => continue,
            };
            self.hear(event)?;
        }
    }

    fn find(&mut self, awaited: &Awaited) -> Option<String> {
        let agent = self.who.agent.as_str();
        let place = self.seen.iter().position(|seen| match (awaited, seen) {
            (Awaited::Message(wanted), Seen::Message(frame)) => frame.message_type() == *wanted,
            (Awaited::State(wanted), Seen::Message(frame)) => {
                matches!(frame.message(), Ok(Message::AgentStateEvent(event))
                    if event.agent_state == *wanted
                        && event.agent_id.is_none_or(|id| agent.is_empty() || id == agent))
            }
            (Awaited::Open, Seen::Opened) | (Awaited::Lost, Seen::Lost) => true,
            _ => false,
        });
        let Some(place) = place else {
            return match awaited {
                // A session that is open is open, however long.
                Awaited::Open if self.is_open() => Some("open".into()),
                _ => None,
            };
        };
        match self.seen.remove(place)? {
            Seen::Message(frame) => Some(match awaited {
                Awaited::State(state) => state.to_string(),
                _ => frame.message_type().to_string(),
            }),
            Seen::Opened => Some("open".into()),
            Seen::Lost => Some("lost".into()),
        }
    }

    fn is_open(&self) -> bool {
        let session = self.session.as_ref();
        session.is_some_and(|(client, _)| client.session(cti_codec::ccx::session::Client::is_open))
    }
}
