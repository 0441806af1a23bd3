//! The choice of the next address, and its time.

use alloc::vec;
use alloc::vec::Vec;
use core::time::Duration;

use super::settings::Timings;

/// The kind of failure decides the pause of an address.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub(super) enum Pause {
    /// The server said no.
    Refused,
    /// The line failed.
    Line,
}

#[derive(Clone, Copy, Default, Debug)]
struct Node {
    /// When it may be tried again.
    not_before: Duration,
    /// Failures of the line in a row.
    failures: u32,
    /// The index of the version to ask for; out of range if all were refused.
    level: usize,
}

/// The addresses with their pauses.
#[derive(Clone, Debug)]
pub(super) struct Failover {
    nodes: Vec<Node>,
    current: usize,
    /// Attempts since the last session, for the limit on rounds.
    attempts: u32,
    random: u64,
}

impl Failover {
    pub(super) fn new(addresses: usize, seed: u64) -> Self {
        Self {
            nodes: vec![Node::default(); addresses.max(1)],
            current: 0,
            attempts: 0,
            random: seed,
        }
    }

    pub(super) fn current(&self) -> usize {
        self.current
    }

    /// Returns the time from which the current address may be tried.
    pub(super) fn at(&self) -> Duration {
        self.nodes
            .get(self.current)
            .map_or(Duration::ZERO, |node| node.not_before)
    }

    /// Takes note of a failure of the current address.
    pub(super) fn failed(&mut self, now: Duration, pause: Pause, timings: &Timings) {
        self.attempts = self.attempts.saturating_add(1);
        self.rest(now, pause, timings);
    }

    /// Lets the current address rest.
    pub(super) fn rest(&mut self, now: Duration, pause: Pause, timings: &Timings) {
        let chance = self.chance(timings.jitter_percent);
        let Some(node) = self.nodes.get_mut(self.current) else {
            return;
        };
        let length = match pause {
            Pause::Refused => timings.pause_after_refusal,
            Pause::Line => {
                let doubled = timings
                    .pause_after_loss
                    .saturating_mul(1_u32.checked_shl(node.failures).unwrap_or(u32::MAX));
                node.failures = node.failures.saturating_add(1).min(31);
                doubled.min(timings.max_pause.max(timings.pause_after_loss))
            }
        };
        let extra = length
            .saturating_mul(chance)
            .checked_div(1000)
            .unwrap_or_default();
        let until = now.saturating_add(length).saturating_add(extra);
        node.not_before = node.not_before.max(until);
    }

    /// Goes on to the next address that has not refused all of so many versions.
    pub(super) fn rotate(&mut self, versions: usize) {
        for _ in 0..self.nodes.len() {
            self.current = self.current.saturating_add(1);
            if self.current >= self.nodes.len() {
                self.current = 0;
            }
            if self.level() < versions {
                return;
            }
        }
    }

    /// Returns the index of the version to ask the current address for.
    pub(super) fn level(&self) -> usize {
        self.nodes.get(self.current).map_or(0, |node| node.level)
    }

    /// Notes that the current address refused the version; with `all`, no other address will be
    /// asked for it.
    pub(super) fn older(&mut self, all: bool) {
        let level = self.level().saturating_add(1);
        for (at, node) in self.nodes.iter_mut().enumerate() {
            if all || at == self.current {
                node.level = level;
            }
        }
    }

    /// Returns whether no address is left that has not refused all of so many versions.
    pub(super) fn speaks_none(&self, versions: usize) -> bool {
        self.nodes.iter().all(|node| node.level >= versions)
    }

    /// Asks all for the newest version again.
    pub(super) fn newest(&mut self) {
        for node in &mut self.nodes {
            node.level = 0;
        }
    }

    /// Takes note that a session is open.
    pub(super) fn opened(&mut self) {
        self.attempts = 0;
    }

    /// Takes note of how long a session lasted that is now over.
    pub(super) fn lasted(&mut self, length: Duration, timings: &Timings) {
        if length >= timings.stable
            && let Some(node) = self.nodes.get_mut(self.current)
        {
            node.failures = 0;
        }
    }

    /// Returns whether all addresses have failed so many times since the last session.
    pub(super) fn exhausted(&self, rounds: Option<u32>) -> bool {
        let addresses = u32::try_from(self.nodes.len()).unwrap_or(u32::MAX);
        rounds.is_some_and(|rounds| self.attempts >= rounds.saturating_mul(addresses))
    }

    /// Begins to count rounds anew.
    pub(super) fn restart(&mut self) {
        self.attempts = 0;
    }

    /// Returns a random value from 0 to ten times the percentage, in thousandths.
    fn chance(&mut self, percent: u32) -> u32 {
        let limit = u64::from(percent).saturating_mul(10).saturating_add(1);
        u32::try_from(
            next_random(&mut self.random)
                .checked_rem(limit)
                .unwrap_or(0),
        )
        .unwrap_or(0)
    }
}

/// `SplitMix64`: enough to spread the attempts of many clients.
fn next_random(state: &mut u64) -> u64 {
    *state = state.wrapping_add(0x9e37_79b9_7f4a_7c15);
    let mut value = *state;
    value = (value ^ (value >> 30)).wrapping_mul(0xbf58_476d_1ce4_e5b9);
    value = (value ^ (value >> 27)).wrapping_mul(0x94d0_49bb_1331_11eb);
    value ^ (value >> 31)
}
