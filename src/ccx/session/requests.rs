//! Requests without an answer yet, and those that have ended but whose answer may still come.

use alloc::collections::VecDeque;
use alloc::vec::Vec;
use core::time::Duration;

use super::event::RequestId;
use crate::ccx::MessageType;

/// The number of ended requests that are remembered for late answers.
const REMEMBERED: usize = 1024;

/// The sender of a request.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub(super) enum Purpose {
    User,
    Configuration,
    Teams,
}

#[derive(Clone, Copy, Debug)]
pub(super) struct Outstanding {
    pub(super) id: RequestId,
    pub(super) message_type: MessageType,
    pub(super) purpose: Purpose,
    /// `None` for requests for configuration, which have no `InvokeID`.
    pub(super) invoke_id: Option<u32>,
    deadline: Duration,
}

#[derive(Clone, Copy, Debug)]
struct Ended {
    id: RequestId,
    message_type: MessageType,
    purpose: Purpose,
    invoke_id: u32,
}

/// The request that an answer's `InvokeID` names.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub(super) enum Named {
    /// The request at this place.
    Outstanding(usize),
    /// A request that has ended.
    Ended(RequestId),
    /// A heartbeat.
    Heartbeat,
    Nothing,
}

#[derive(Clone, Debug, Default)]
pub(super) struct Requests {
    /// In the order sent.
    outstanding: Vec<Outstanding>,
    ended: VecDeque<Ended>,
    /// Unanswered heartbeats, oldest first.
    heartbeats: VecDeque<u32>,
    /// The latest heartbeats that were answered, or passed over by the answer to a later one.
    answered_heartbeats: VecDeque<u32>,
    last_invoke_id: u32,
}

impl Requests {
    /// Forgets everything, for a new connection.
    pub(super) fn clear(&mut self) {
        self.outstanding.clear();
        self.ended.clear();
        self.heartbeats.clear();
        self.answered_heartbeats.clear();
        self.last_invoke_id = 0;
    }

    /// Returns the next `InvokeID`: counts up, skips 0, 0xFFFFFFFF and those still in use.
    pub(super) fn next_invoke_id(&mut self) -> u32 {
        loop {
            self.last_invoke_id = self.last_invoke_id.wrapping_add(1);
            let id = self.last_invoke_id;
            if id != 0 && id != u32::MAX && self.named(id) == Named::Nothing {
                return id;
            }
        }
    }

    pub(super) fn named(&self, invoke_id: u32) -> Named {
        if let Some(at) = self
            .outstanding
            .iter()
            .position(|request| request.invoke_id == Some(invoke_id))
        {
            return Named::Outstanding(at);
        }
        if self.heartbeats.contains(&invoke_id) || self.answered_heartbeats.contains(&invoke_id) {
            return Named::Heartbeat;
        }
        match self.ended.iter().find(|ended| ended.invoke_id == invoke_id) {
            Some(ended) => Named::Ended(ended.id),
            None => Named::Nothing,
        }
    }

    pub(super) fn push(
        &mut self,
        id: RequestId,
        message_type: MessageType,
        purpose: Purpose,
        invoke_id: Option<u32>,
        deadline: Duration,
    ) {
        self.outstanding.push(Outstanding {
            id,
            message_type,
            purpose,
            invoke_id,
            deadline,
        });
    }

    /// Returns the number of outstanding requests of the user.
    pub(super) fn of_user(&self) -> usize {
        self.outstanding
            .iter()
            .filter(|request| request.purpose == Purpose::User)
            .count()
    }

    pub(super) fn get(&self, at: usize) -> Option<&Outstanding> {
        self.outstanding.get(at)
    }

    /// Returns the place of the request without an `InvokeID`; there is at most one.
    #[inline]
    pub(super) fn unnumbered(&self) -> Option<usize> {
        self.outstanding
            .iter()
            .position(|request| request.invoke_id.is_none())
    }

    pub(super) fn place_of(&self, id: RequestId) -> Option<usize> {
        self.outstanding.iter().position(|request| request.id == id)
    }

    pub(super) fn place_of_purpose(&self, purpose: Purpose) -> Option<usize> {
        self.outstanding
            .iter()
            .position(|request| request.purpose == purpose)
    }

    /// Ends a request that was answered.
    pub(super) fn answered(&mut self, at: usize) -> Option<Outstanding> {
        (at < self.outstanding.len()).then(|| self.outstanding.remove(at))
    }

    /// Ends a request whose answer may still come.
    pub(super) fn given_up(&mut self, at: usize) -> Option<Outstanding> {
        let request = self.answered(at)?;
        if let Some(invoke_id) = request.invoke_id {
            if self.ended.len() >= REMEMBERED {
                self.ended.pop_front();
            }
            self.ended.push_back(Ended {
                id: request.id,
                message_type: request.message_type,
                purpose: request.purpose,
                invoke_id,
            });
        }
        Some(request)
    }

    /// Forgets an ended request, whose late answer has come. Says who had sent it.
    pub(super) fn late_answer(&mut self, id: RequestId) -> Option<Purpose> {
        let at = self.ended.iter().position(|ended| ended.id == id)?;
        self.ended.remove(at).map(|ended| ended.purpose)
    }

    /// Returns the type of an ended request.
    pub(super) fn ended_type(&self, id: RequestId) -> Option<MessageType> {
        self.ended
            .iter()
            .find(|ended| ended.id == id)
            .map(|ended| ended.message_type)
    }

    /// Gives up the next request whose time is over.
    pub(super) fn expire(&mut self, now: Duration) -> Option<Outstanding> {
        let at = self
            .outstanding
            .iter()
            .position(|request| request.deadline <= now)?;
        self.given_up(at)
    }

    /// Ends the oldest request: the session is over.
    pub(super) fn lose(&mut self) -> Option<Outstanding> {
        self.answered(0)
    }

    /// Gives a request more time.
    pub(super) fn renew(&mut self, at: usize, deadline: Duration) {
        if let Some(request) = self.outstanding.get_mut(at) {
            request.deadline = deadline;
        }
    }

    pub(super) fn next_deadline(&self) -> Option<Duration> {
        self.outstanding
            .iter()
            .map(|request| request.deadline)
            .min()
    }

    pub(super) fn heartbeat_sent(&mut self, invoke_id: u32) {
        self.heartbeats.push_back(invoke_id);
    }

    pub(super) fn unanswered_heartbeats(&self) -> usize {
        self.heartbeats.len()
    }

    /// Passes over the oldest unanswered heartbeat.
    pub(super) fn excuse_heartbeat(&mut self) {
        if let Some(oldest) = self.heartbeats.pop_front() {
            self.remember_heartbeat(oldest);
        }
    }

    /// Takes in an answered heartbeat, which answers all older ones too.
    pub(super) fn heartbeat_answered(&mut self, invoke_id: u32) {
        let Some(at) = self.heartbeats.iter().position(|id| *id == invoke_id) else {
            return;
        };
        for _ in 0..=at {
            self.excuse_heartbeat();
        }
    }

    fn remember_heartbeat(&mut self, invoke_id: u32) {
        if self.answered_heartbeats.len() >= 4 {
            self.answered_heartbeats.pop_front();
        }
        self.answered_heartbeats.push_back(invoke_id);
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    /// 0 and 0xFFFFFFFF stand for none, and two requests that wait have no number in common, even
    /// when all of them have been used.
    #[test]
    fn numbers_begin_anew_and_pass_over_those_in_use() {
        let mut requests = Requests {
            last_invoke_id: u32::MAX - 3,
            ..Requests::default()
        };
        let next = |requests: &mut Requests| {
            let id = requests.next_invoke_id();
            let of = RequestId(1);
            let kind = MessageType::HEARTBEAT_REQ;
            requests.push(of, kind, Purpose::User, Some(id), Duration::ZERO);
            id
        };
        let first: Vec<_> = (0..4).map(|_| next(&mut requests)).collect();
        assert_eq!(first, [u32::MAX - 2, u32::MAX - 1, 1, 2]);
        requests.last_invoke_id = u32::MAX - 3;
        assert_eq!(next(&mut requests), 3);
    }
}
