//! One agent: the desktop, another client of the DN perhaps, the way to the server, and what has to be
//! true of them.

use std::collections::{BTreeMap, BTreeSet};
use std::time::Duration;

use cti_codec::gsw::desktop::{
    Desktop, EndCause, Event, Limits, Record, RecordId, RecordState, RequestId,
};
use cti_codec::gsw::simulator::{Ocs, Transmit};
use cti_codec::gsw::{AttachedData, AttachedDataBuf, MessageType, keys};

use super::seen::Seen;

/// Returns the record that a message names.
pub(super) fn record(data: AttachedData<'_>) -> Option<RecordId> {
    Some(RecordId {
        application_id: data.find(keys::APPLICATION_ID).ok()??,
        handle: data.find(keys::RECORD_HANDLE).ok()??,
    })
}

fn reference(data: AttachedData<'_>) -> Option<i64> {
    data.find(keys::REFERENCE_ID).ok()?
}

/// What is in flight, by the time of arrival.
pub(super) type Flight<T> = BTreeMap<(Duration, u64), T>;

pub(super) struct Desk {
    pub(super) dn: &'static str,
    pub(super) desktop: Desktop,
    /// Another client of the DN, with a user of its own.
    pub(super) second: Option<Desktop>,
    pub(super) to_server: Flight<AttachedDataBuf>,
    pub(super) to_desktop: Flight<Transmit>,
    /// When the last message arrives, on either way.
    pub(super) last: [Duration; 2],
    pub(super) is_up: bool,
    pub(super) up_at: Option<Duration>,
    /// The records that reached the desktop, from the server's point of view.
    delivered: BTreeSet<RecordId>,
    /// Those that were too many for the desktop: it has said so, and keeps nothing of them. And those
    /// which an error took that nobody could tell from another client's.
    dropped: BTreeSet<RecordId>,
    limits: Limits,
    /// How often each request has ended.
    requests: BTreeMap<RequestId, u32>,
    /// The reference ids that both clients have used.
    ids: [BTreeSet<i64>; 2],
    pub(super) may_log_out: Option<usize>,
}

impl Desk {
    pub(super) fn new(
        dn: &'static str,
        desktop: Desktop,
        second: Option<Desktop>,
        limits: Limits,
    ) -> Self {
        Desk {
            dn,
            desktop,
            second,
            to_server: BTreeMap::new(),
            to_desktop: BTreeMap::new(),
            last: [Duration::ZERO; 2],
            is_up: true,
            up_at: None,
            delivered: BTreeSet::new(),
            dropped: BTreeSet::new(),
            limits,
            requests: BTreeMap::new(),
            ids: [BTreeSet::new(), BTreeSet::new()],
            may_log_out: None,
        }
    }

    /// When something is due on this side.
    pub(super) fn next_due(&self) -> Option<Duration> {
        let times = [
            self.desktop.poll_timeout(),
            self.second.as_ref().and_then(Desktop::poll_timeout),
            self.to_server.keys().next().map(|(at, _)| *at),
            self.to_desktop.keys().next().map(|(at, _)| *at),
            self.up_at,
        ];
        times.into_iter().flatten().min()
    }

    pub(super) fn is_busy(&self) -> bool {
        !self.to_server.is_empty()
            || !self.to_desktop.is_empty()
            || self.desktop.outstanding().next().is_some()
    }

    /// The other client's turn, or no longer.
    pub(super) fn change_places(&mut self) {
        if let Some(second) = &mut self.second {
            std::mem::swap(&mut self.desktop, second);
        }
    }

    /// Both clients get the same.
    pub(super) fn both(&mut self, mut act: impl FnMut(&mut Desktop)) {
        act(&mut self.desktop);
        if let Some(second) = &mut self.second {
            act(second);
        }
    }

    /// Hands over what has arrived.
    pub(super) fn deliver(&mut self, now: Duration, sent: &Transmit, seen: &mut Seen) {
        let kind = MessageType::of(&sent.data).ok();
        let brings = sent.is_call
            || matches!(
                kind,
                Some(
                    MessageType::PreviewRecord
                        | MessageType::ScheduledCall
                        | MessageType::ChainedRecord
                )
            );
        if brings && let Some(id) = record(sent.data.view()) {
            seen.count("record delivered");
            self.delivered.insert(id);
        }
        if sent.is_call {
            seen.count("call");
            self.both(|desktop| {
                desktop.handle_call(now, &sent.data);
            });
            return;
        }
        // An error names no record: nobody can say whose it is if both clients use its id.
        let of_both = |id: i64| self.ids.iter().all(|used| used.contains(&id));
        let unclear =
            kind == Some(MessageType::Error) && reference(sent.data.view()).is_some_and(of_both);
        let before: Vec<RecordId> = self.desktop.records().map(|one| one.id).collect();
        self.both(|desktop| desktop.handle_input(now, &sent.data));
        if unclear {
            let desktop = &self.desktop;
            let taken = before
                .into_iter()
                .filter(|id| desktop.record(*id).is_none());
            self.dropped.extend(taken);
        }
    }

    /// Notes that a client has sent something: the desktop, or the other one.
    pub(super) fn note_sent(&mut self, client: usize, data: AttachedData<'_>) {
        self.ids[client].extend(reference(data));
    }

    pub(super) fn note_request(&mut self, request: RequestId) {
        self.requests.entry(request).or_insert(0);
    }

    /// No handle goes to another application.
    pub(super) fn check_handle(&self, data: AttachedData<'_>) -> Result<(), String> {
        // Acknowledgements of another client's name records, too.
        match record(data).filter(|id| !self.delivered.contains(id)) {
            Some(id) => Err(format!(
                "{} goes to another application, {}",
                id.handle, id.application_id
            )),
            None => Ok(()),
        }
    }

    /// Notes an event, after which so many records have ended.
    pub(super) fn note(
        &mut self,
        event: &Event,
        ended_since: usize,
        seen: &mut Seen,
    ) -> Result<(), String> {
        let ended = match event {
            Event::Done { request, .. }
            | Event::Refused { request, .. }
            | Event::StatusOver { request, .. }
            | Event::Lost { request, .. } => Some(request),
            Event::Unanswered { request, .. } => {
                seen.count("unanswered");
                Some(request)
            }
            Event::Late { .. } => {
                seen.count("late");
                None
            }
            Event::Foreign { .. } => {
                seen.count("foreign");
                None
            }
            Event::OverLimit { record, .. } => {
                seen.count("over the limit");
                self.dropped.insert(*record);
                None
            }
            Event::CallbackNoted { .. } => {
                seen.count("callback noted");
                None
            }
            Event::Ended { why, .. } => {
                match why {
                    EndCause::Withdrawn => seen.count("withdrawn"),
                    EndCause::Gone => seen.count("gone"),
                    _ => seen.count("finished"),
                }
                None
            }
            Event::MayLogOut { owed } => {
                self.may_log_out = Some(*owed);
                let shown = self.desktop.records().count() + ended_since;
                if *owed > shown {
                    return Err(format!("{owed} records are owed and {shown} shown"));
                }
                None
            }
            _ => None,
        };
        if let Some(request) = ended {
            // What was given up before it was sent ends, too.
            let count = self.requests.entry(*request).or_insert(0);
            *count += 1;
            if *count > 1 {
                return Err(format!("{event:?}: the request ends again"));
            }
        }
        Ok(())
    }

    /// What holds at any time.
    pub(super) fn check(&self, ocs: &Ocs) -> Result<(), String> {
        let waiting = self.desktop.outstanding().count();
        let limits = &self.limits;
        if waiting > limits.outstanding || self.desktop.records().count() > limits.records {
            return Err("more is kept than the limits say".into());
        }
        let finishing = |record: Record<'_>| record.state == RecordState::Finishing;
        let waits = waiting > 0 || self.desktop.records().any(finishing);
        if waits && self.is_up && self.desktop.poll_timeout().is_none() {
            return Err("something waits without a deadline".into());
        }
        if self.to_server.is_empty() && self.to_desktop.is_empty() {
            self.check_owed(ocs)?;
        }
        Ok(())
    }

    /// What is on the desktop by the server's books is owed by the desktop's.
    pub(super) fn check_owed(&self, ocs: &Ocs) -> Result<(), String> {
        for one in ocs.on_desktop(self.dn) {
            let id = RecordId {
                application_id: one.application_id,
                handle: one.record_handle,
            };
            let known = self.delivered.contains(&id) && !self.dropped.contains(&id);
            if known && self.desktop.record(id).is_none() {
                return Err(format!("{id:?} is on the desktop and not owed"));
            }
        }
        Ok(())
    }

    /// No record is on two desktops: a handle is given to one.
    pub(super) fn check_apart(&self, other: &Desk) -> Result<(), String> {
        match self.delivered.intersection(&other.delivered).next() {
            Some(id) => Err(format!("{id:?} came to {} and {}", self.dn, other.dn)),
            None => Ok(()),
        }
    }

    /// What holds at the end.
    pub(super) fn check_end(&self, ocs: &Ocs, seen: &mut Seen) -> Result<(), String> {
        let Some(owed) = self.may_log_out else {
            return Err("the agent may not log out".into());
        };
        if owed > 0 {
            seen.count("record left unfinished");
        }
        if self.desktop.outstanding().next().is_some() {
            return Err("something is outstanding at the end".into());
        }
        if let Some((request, _)) = self.requests.iter().find(|(_, ends)| **ends != 1) {
            return Err(format!("{request:?} has not ended"));
        }
        self.check_owed(ocs)
    }
}
