//! The numbers of waiting calls, by CSQ.

use alloc::collections::{BTreeMap, BTreeSet};
use alloc::vec::Vec;

use super::{CallWhat, Calls, Change, Dropped, Limits};
use crate::ccx::messages::QueryQueueStatisticsConf;

/// The number of waiting calls in a CSQ, and its source.
#[derive(Clone, Copy, PartialEq, Eq, Debug, Default)]
pub struct QueueLength {
    /// The number of waiting calls.
    pub calls: u32,
    /// Whether they are the calls of the model, counted, for want of an answer to
    /// `QUERY_QUEUE_STATISTICS_REQ`: calls that queued before the session began may be missing.
    pub counted: bool,
    /// Whether a reconnect has made it doubtful.
    pub stale: bool,
}

/// The lengths of queues, by CSQ.
///
/// `QUERY_QUEUE_STATISTICS_CONF` reports them; in between each call that joins or leaves a queue
/// changes them by one. They are queried again when a call has left, as the guide advises.
#[derive(Clone, Debug, Default)]
pub struct Queues {
    lengths: BTreeMap<u32, QueueLength>,
    limits: Limits,
    /// A call has left a queue with an unknown CSQ: query the lengths.
    doubtful: bool,
    /// CSQs that a call has left since they were asked for.
    left: BTreeSet<u32>,
    /// When events have changed a length last, and how many answers they have outrun.
    changed: BTreeMap<u32, (u64, u8)>,
}

/// The number of queries for a length that changes while the answer is pending.
const TRIES: u8 = 5;

impl Queues {
    pub(super) fn new(limits: Limits) -> Self {
        Self {
            lengths: BTreeMap::new(),
            limits,
            doubtful: false,
            left: BTreeSet::new(),
            changed: BTreeMap::new(),
        }
    }

    /// Returns the number of waiting calls in a CSQ; `None` if it is unknown.
    #[must_use]
    pub fn get(&self, csq_id: u32) -> Option<QueueLength> {
        self.lengths.get(&csq_id).copied()
    }

    /// Returns the lengths, by CSQ.
    pub fn iter(&self) -> impl Iterator<Item = (u32, QueueLength)> {
        self.lengths
            .iter()
            .map(|(csq_id, length)| (*csq_id, *length))
    }

    pub(super) fn mark_stale(&mut self) {
        for length in self.lengths.values_mut() {
            length.stale = true;
        }
    }

    fn put(&mut self, csq_id: u32, after: QueueLength, changes: &mut Vec<Change>) {
        let before = self.get(csq_id);
        if before == Some(after) {
            return;
        }
        if before.is_none() && self.lengths.len() >= self.limits.queues {
            changes.push(Change::Dropped(Dropped::QueueLength(csq_id)));
            return;
        }
        self.lengths.insert(csq_id, after);
        changes.push(Change::QueueLength {
            csq_id,
            before,
            after,
        });
    }

    /// Applies the statistics of a CSQ that were requested at `sent`. If the length has changed
    /// since, the answer may be older than that, and another query follows.
    pub(super) fn told(
        &mut self,
        csq_id: u32,
        sent: u64,
        conf: &QueryQueueStatisticsConf<'_>,
        changes: &mut Vec<Change>,
    ) {
        if let Some((at, tries)) = self.changed.get_mut(&csq_id) {
            if *at > sent && *tries < TRIES {
                *tries = tries.saturating_add(1);
                self.left.insert(csq_id);
                return;
            }
            *tries = 0;
        }
        let calls = [
            conf.calls_in_priority_queue1,
            conf.calls_in_priority_queue2,
            conf.calls_in_priority_queue3,
            conf.calls_in_priority_queue4,
            conf.calls_in_priority_queue5,
            conf.calls_in_priority_queue6,
            conf.calls_in_priority_queue7,
            conf.calls_in_priority_queue8,
            conf.calls_in_priority_queue9,
            conf.calls_in_priority_queue10,
        ]
        .into_iter()
        .fold(0_u32, u32::saturating_add);
        let length = QueueLength {
            calls,
            counted: false,
            stale: false,
        };
        self.put(csq_id, length, changes);
    }

    /// Without statistics of a CSQ, counts the calls of the model.
    pub(super) fn refused(&mut self, csq_id: u32, calls: &Calls, changes: &mut Vec<Change>) {
        let waits = calls.live().filter(|call| {
            let mut queues = call.queues.iter();
            queues.any(|queue| queue.csq_id == Some(csq_id))
        });
        let length = QueueLength {
            calls: u32::try_from(waits.count()).unwrap_or(u32::MAX),
            counted: true,
            stale: false,
        };
        self.put(csq_id, length, changes);
    }

    /// Returns whether the lengths have to be queried again; reports it once.
    pub(super) fn take_doubt(&mut self) -> bool {
        core::mem::take(&mut self.doubtful)
    }

    fn touch(&mut self, csq_id: u32, at: u64) {
        // Of no more than those whose length is kept.
        if self.lengths.contains_key(&csq_id) {
            self.changed.entry(csq_id).or_default().0 = at;
        }
    }

    /// Returns a CSQ that a call has left since the last query.
    pub(super) fn take_left(&mut self) -> Option<u32> {
        self.left.pop_first()
    }

    /// Follows the changes of calls by the message with the number `at`, from a place in the list
    /// on.
    pub(super) fn follow(&mut self, at: u64, from: usize, changes: &mut Vec<Change>) {
        let is_queue = |change: &Change| {
            matches!(
                change,
                Change::Call {
                    what: CallWhat::Queue { .. },
                    ..
                }
            )
        };
        let mut rest = from;
        while let Some(next) =
            (changes.get(rest..)).and_then(|changes| changes.iter().position(is_queue))
        {
            let place = rest.saturating_add(next);
            rest = place.saturating_add(1);
            let Some(Change::Call {
                what: CallWhat::Queue { before, after },
                ..
            }) = changes.get(place)
            else {
                continue;
            };
            self.doubtful |= after.is_none() && before.is_some_and(|queue| queue.csq_id.is_none());
            let csq_of = |queue: &Option<super::Queue>| queue.and_then(|queue| queue.csq_id);
            let (before, after) = (csq_of(before), csq_of(after));
            if before == after {
                continue;
            }
            if let Some(csq_id) = before {
                let mut length = self.get(csq_id).unwrap_or(COUNTED);
                length.calls = length.calls.saturating_sub(1);
                self.put(csq_id, length, changes);
                if self.lengths.contains_key(&csq_id) {
                    self.left.insert(csq_id);
                }
                self.touch(csq_id, at);
            }
            if let Some(csq_id) = after {
                let mut length = self.get(csq_id).unwrap_or(COUNTED);
                length.calls = length.calls.saturating_add(1);
                self.put(csq_id, length, changes);
                self.touch(csq_id, at);
            }
        }
    }
}

const COUNTED: QueueLength = QueueLength {
    calls: 0,
    counted: true,
    stale: false,
};
