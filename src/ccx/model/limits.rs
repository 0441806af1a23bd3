//! The limits and times of a model.

use core::time::Duration;

/// The limits of a model. Data beyond them is dropped and reported as
/// [`Change::Dropped`](super::Change::Dropped).
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub struct Limits {
    /// Agents: 10,000.
    pub agents: usize,
    /// CSQs of an agent: 256.
    pub csqs_per_agent: usize,
    /// Calls: 20,000, and never more than 1,048,576. A new one replaces the one silent for longest.
    pub calls: usize,
    /// Connections of a call: 64.
    pub connections_per_call: usize,
    /// Queues of a call: 64.
    pub queues_per_call: usize,
    /// Named variables of a call, and elements of named arrays as many again: 256.
    pub named_per_call: usize,
    /// Associated clients of a call: 32, the latest ones.
    pub clients_per_call: usize,
    /// CSQs of which the length is kept: 1,000.
    pub queues: usize,
    /// Devices that are out of service: 10,000.
    pub devices: usize,
    /// Requests whose answers are awaited: 1,024.
    pub requests: usize,
}

impl Default for Limits {
    fn default() -> Self {
        Self {
            agents: 10_000,
            csqs_per_agent: 256,
            calls: 20_000,
            connections_per_call: 64,
            queues_per_call: 64,
            named_per_call: 256,
            clients_per_call: 32,
            queues: 1_000,
            devices: 10_000,
            requests: 1_024,
        }
    }
}

/// The waiting times of a model.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub struct Times {
    /// For an event about a call that only its data or a confirmation have named: 30 s.
    pub unconfirmed: Duration,
    /// For the `END_CALL_EVENT` of a call that is over: 30 s.
    pub over: Duration,
    /// The same in agent mode, and for a call that the own device has left: 5 s.
    pub left: Duration,
    /// For the answer to a request: 30 s. [`Model::unanswered`](super::Model::unanswered) may report
    /// earlier that none comes.
    pub answer: Duration,
}

impl Default for Times {
    fn default() -> Self {
        Self {
            unconfirmed: Duration::from_secs(30),
            over: Duration::from_secs(30),
            left: Duration::from_secs(5),
            answer: Duration::from_secs(30),
        }
    }
}
