//! What has happened in the runs: what has not was not tested.

use std::collections::BTreeMap;

/// What happened.
#[derive(Clone, Default, Debug)]
pub(super) struct Seen {
    counts: BTreeMap<&'static str, u64>,
}

impl Seen {
    pub(super) fn count(&mut self, what: &'static str) {
        *self.counts.entry(what).or_default() += 1;
    }

    pub(super) fn add(&mut self, other: &Seen) {
        for (what, count) in &other.counts {
            *self.counts.entry(what).or_default() += count;
        }
    }

    /// Each thing that should happen in every twentieth run.
    pub(super) fn all(&self) -> impl Iterator<Item = (&'static str, u64)> {
        const WANTED: [&str; 22] = [
            "record delivered",
            "message lost",
            "doubled",
            "over the limit",
            "another client acts",
            "another agent acts",
            "connection lost",
            "switch-over",
            "server dead",
            "withdrawn",
            "finished",
            "gone",
            "unanswered",
            "sent again",
            "late",
            "foreign",
            "callback noted",
            "chain asked",
            "call",
            "stopped",
            "agent left",
            "record left unfinished",
        ];
        WANTED
            .iter()
            .map(|what| (*what, self.counts.get(what).copied().unwrap_or(0)))
    }
}
