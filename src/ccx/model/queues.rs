//! The numbers of waiting calls, by CSQ.

use alloc::collections::btree_map::Entry;
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
    lengths: BTreeMap<u32, Kept>,
    limits: Limits,
    /// A call has left a queue with an unknown CSQ: query the lengths.
    doubtful: bool,
    /// CSQs that a call has left since they were asked for.
    left: BTreeSet<u32>,
}

/// A length, the number of the message that has changed it last, and how many answers such
/// messages have outrun.
#[derive(Clone, Copy, Debug)]
struct Kept {
    length: QueueLength,
    changed: u64,
    outran: u8,
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
        }
    }

    /// Returns the number of waiting calls in a CSQ; `None` if it is unknown.
    #[must_use]
    pub fn get(&self, csq_id: u32) -> Option<QueueLength> {
        self.lengths.get(&csq_id).map(|kept| kept.length)
    }

    /// Returns the lengths, by CSQ.
    pub fn iter(&self) -> impl Iterator<Item = (u32, QueueLength)> {
        self.lengths
            .iter()
            .map(|(csq_id, kept)| (*csq_id, kept.length))
    }

    pub(super) fn mark_stale(&mut self) {
        for kept in self.lengths.values_mut() {
            kept.length.stale = true;
        }
    }

    /// Changes a length, from 0 if there is none. Returns what is kept of it, if there is room.
    fn put(
        &mut self,
        csq_id: u32,
        after: impl FnOnce(QueueLength) -> QueueLength,
        changes: &mut Vec<Change>,
    ) -> Option<&mut Kept> {
        let full = self.lengths.len() >= self.limits.queues;
        let (before, kept) = match self.lengths.entry(csq_id) {
            Entry::Occupied(place) => {
                let kept = place.into_mut();
                (Some(kept.length), kept)
            }
            Entry::Vacant(_) if full => {
                changes.push(Change::Dropped(Dropped::QueueLength(csq_id)));
                return None;
            }
            Entry::Vacant(place) => {
                let kept = place.insert(Kept {
                    length: COUNTED,
                    changed: 0,
                    outran: 0,
                });
                (None, kept)
            }
        };
        let after = after(kept.length);
        if before != Some(after) {
            kept.length = after;
            changes.push(Change::QueueLength {
                csq_id,
                before,
                after,
            });
        }
        Some(kept)
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
        if let Some(kept) = self.lengths.get_mut(&csq_id) {
            if kept.changed > sent && kept.outran < TRIES {
                kept.outran = kept.outran.saturating_add(1);
                self.left.insert(csq_id);
                return;
            }
            kept.outran = 0;
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
        self.put(csq_id, |_| length, changes);
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
        self.put(csq_id, |_| length, changes);
    }

    /// Returns whether the lengths have to be queried again; reports it once.
    pub(super) fn take_doubt(&mut self) -> bool {
        core::mem::take(&mut self.doubtful)
    }

    /// Returns a CSQ that a call has left since the last query.
    pub(super) fn take_left(&mut self) -> Option<u32> {
        self.left.pop_first()
    }

    /// Returns whether lengths follow from a change.
    #[inline(always)]
    pub(super) const fn heed(change: &Change) -> bool {
        matches!(
            change,
            Change::Call {
                what: CallWhat::Queue { .. },
                ..
            }
        )
    }

    /// Follows the changes of calls by the message with the number `at`, from a place in the list
    /// on.
    pub(super) fn follow(&mut self, at: u64, from: usize, changes: &mut Vec<Change>) {
        let mut rest = from;
        while let Some(next) =
            (changes.get(rest..)).and_then(|changes| changes.iter().position(Self::heed))
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
                let less = |length: QueueLength| QueueLength {
                    calls: length.calls.saturating_sub(1),
                    ..length
                };
                if let Some(kept) = self.put(csq_id, less, changes) {
                    kept.changed = at;
                    self.left.insert(csq_id);
                }
            }
            if let Some(csq_id) = after {
                let more = |length: QueueLength| QueueLength {
                    calls: length.calls.saturating_add(1),
                    ..length
                };
                if let Some(kept) = self.put(csq_id, more, changes) {
                    kept.changed = at;
                }
            }
        }
    }
}

const COUNTED: QueueLength = QueueLength {
    calls: 0,
    counted: true,
    stale: false,
};
