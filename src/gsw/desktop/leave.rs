//! The log-out: clears up the agent's open records and sessions before the log-out at T-Server.
use core::time::Duration;

use super::Desktop;
use super::event::Event;
use super::requests::Purpose;
use super::view::{CampaignId, Link, LogOutState, RecordId, RecordState, Source};
use crate::gsw::messages::{
    DesktopMessage, LogOut, PreviewDialingModeOver, RecordProcessed, RecordReject,
};
use crate::text_buf::TextBuf;

/// An agent on the way out.
#[derive(Clone, Copy, Debug)]
pub(super) struct Leaving {
    /// Calls that come later are the agent's to finish.
    since: u64,
    /// The deadline, regardless of the servers.
    limit: Duration,
    /// Whether the agent was told.
    pub(super) is_over: bool,
}

impl Desktop {
    pub(super) fn leave(&mut self) {
        let since = self.next_moment();
        let limit = self.now.saturating_add(self.settings.timings.log_out);
        self.leaving = Some(Leaving {
            since,
            limit,
            is_over: false,
        });
        for entry in self.records.values_mut() {
            entry.tried = false;
        }
        for session in &mut self.sessions {
            session.over_sent = false;
            session.log_out_asked = false;
        }
    }

    pub(super) fn set_log_out(&mut self, id: CampaignId, state: LogOutState) {
        let Some(session) = self.session_mut(id) else {
            return;
        };
        if session.log_out != state {
            session.log_out = state;
            self.event(Event::LogOut {
                campaign: id,
                state,
            });
        }
    }

    /// Returns whether the agent is on the way out: the wish is told to the campaign that dials by
    /// itself, and holds for those that give records to preview.
    pub(super) fn wants_to_leave(&self) -> bool {
        let mut sessions = self.sessions.iter();
        self.leaving.is_some() || sessions.any(|session| session.log_out != LogOutState::None)
    }

    /// Returns whether a record keeps the agent of a server.
    fn has_open(&self, application: i64) -> bool {
        let leaves = self.leaving.is_some();
        let mut records = self.records_of(application);
        records.any(|(_, entry)| {
            let done_what_can = leaves && entry.tried && entry.state == RecordState::Open;
            entry.state != RecordState::Unfinished && !done_what_can
        })
    }

    /// Lets the agent go once an estimate has run out and nothing is open.
    pub(super) fn check_estimates(&mut self) {
        if self.settings.ask_again_after_estimate {
            return;
        }
        while let Some(id) = self.estimate_over() {
            self.set_log_out(id, LogOutState::Granted);
        }
    }

    fn estimate_over(&self) -> Option<CampaignId> {
        let over = self.sessions.iter().find(|session| {
            let over =
                matches!(session.log_out, LogOutState::Wait { until, .. } if until <= self.now);
            over && session.is_here() && !self.has_open(session.application)
        });
        over.map(|session| session.id)
    }

    /// Returns the time at which the next estimate runs out, or the agent is asked for again.
    pub(super) fn next_estimate(&self) -> Option<Duration> {
        let leaves = self.leaving.is_some_and(|leaving| !leaving.is_over);
        let times = self.sessions.iter().filter_map(|session| {
            let LogOutState::Wait { until, .. } = session.log_out else {
                return None;
            };
            let again = session
                .log_out_sent
                .saturating_add(self.settings.timings.log_out_again);
            if until > self.now {
                Some(until)
            } else {
                leaves.then_some(until.max(again))
            }
        });
        let limit = self.leaving.filter(|leaving| !leaving.is_over);
        let times = times.filter(|at| *at > self.now);
        times.chain(limit.map(|leaving| leaving.limit)).min()
    }

    /// Goes on with the way out as far as it can.
    pub(super) fn drive_leaving(&mut self) {
        let Some(leaving) = self.leaving.filter(|leaving| !leaving.is_over) else {
            return;
        };
        if leaving.limit <= self.now {
            return self.may_leave();
        }
        if !self.is_up {
            return;
        }
        let waits = self.end_records(leaving);
        if waits || self.end_links() || self.ask_to_leave() {
            return;
        }
        self.may_leave();
    }

    fn may_leave(&mut self) {
        if let Some(leaving) = &mut self.leaving {
            leaving.is_over = true;
        }
        let owed = self.records.len();
        self.event(Event::MayLogOut { owed });
    }

    /// Ends open records, one request a chain. Returns whether answers are awaited.
    fn end_records(&mut self, leaving: Leaving) -> bool {
        while let Some((id, processed)) = self.next_to_end(leaving) {
            let application_id = Some(id.application_id);
            let record_handle = Some(id.handle);
            let message: DesktopMessage<'_> = if processed {
                RecordProcessed {
                    application_id,
                    record_handle,
                    ..Default::default()
                }
                .into()
            } else {
                RecordReject {
                    application_id,
                    record_handle,
                    ..Default::default()
                }
                .into()
            };
            if self.can_send().is_err() {
                return true;
            }
            // Better with a name missing than not at all.
            let _ = self
                .submit(&message, false, Purpose::Leave)
                .or_else(|_| self.submit(&message, true, Purpose::Leave));
            if let Some(entry) = self.records.get_mut(&id) {
                entry.tried = true;
            }
        }
        let mut records = self.records.values();
        records.any(|entry| entry.state == RecordState::Finishing || entry.plan.is_some())
    }

    /// Returns the next record to end, and whether by `RecordProcessed`: if a member of its chain
    /// was dialed or has a callback, which a reject would drop.
    fn next_to_end(&self, leaving: Leaving) -> Option<(RecordId, bool)> {
        let mut best: Option<(RecordId, u64, bool)> = None;
        for (id, entry) in &self.records {
            let later = entry.moment > leaving.since && entry.source == Source::Call;
            if entry.tried || later || entry.state == RecordState::Finishing {
                continue;
            }
            let chain = entry.chain_id(id.application_id);
            let handles = chain.and_then(|chain| self.chains.get(&chain));
            let alone = [id.handle];
            let handles = handles.map_or(&alone[..], |chain| &chain.handles);
            let members = || {
                handles.iter().filter_map(|handle| {
                    let id = RecordId {
                        handle: *handle,
                        ..*id
                    };
                    self.records.get(&id)
                })
            };
            let busy = |entry: &super::records::Entry| {
                entry.state == RecordState::Finishing || entry.plan.is_some()
            };
            if members().any(busy) {
                continue;
            }
            let processed = members().any(|entry| entry.dialed || entry.callback_noted);
            // The one worked on last, of those that were dialed if some were.
            let newer = best.is_none_or(|(other, worked, _)| {
                let same = self
                    .records
                    .get(&other)
                    .is_some_and(|other| other.chain.is_some() && other.chain == entry.chain)
                    && other.application_id == id.application_id;
                same && entry.worked > worked
            });
            if newer {
                best = Some((*id, entry.worked, processed));
            }
        }
        best.map(|(id, _, processed)| (id, processed))
    }

    /// Ends preview sessions. Returns whether answers are awaited.
    fn end_links(&mut self) -> bool {
        for at in 0..self.sessions.len() {
            let Some(session) = self.sessions.get(at) else {
                break;
            };
            if !session.is_here() || session.link != Link::On || session.over_sent {
                continue;
            }
            let id = session.id;
            let (campaign, group) = (session.campaign.clone(), session.group.clone());
            let over = PreviewDialingModeOver {
                application_id: Some(session.application),
                campaign_name: campaign.as_ref().map(TextBuf::text),
                campaign_group_name: group.as_ref().map(TextBuf::text),
                ..Default::default()
            };
            if self.can_send().is_err() {
                return true;
            }
            let _ = self.submit(&over.into(), false, Purpose::Leave);
            if let Some(session) = self.session_mut(id) {
                session.over_sent = true;
            }
        }
        let under_way = |session: &super::campaign::Session| {
            matches!(session.link, Link::Starting | Link::Ending)
        };
        self.sessions.iter().any(under_way)
    }

    /// Asks campaigns that dial by themselves. Returns whether answers are awaited.
    fn ask_to_leave(&mut self) -> bool {
        let again_after = self.settings.timings.log_out_again;
        let mut waits = false;
        for at in 0..self.sessions.len() {
            let Some(session) = self.sessions.get(at) else {
                break;
            };
            if !session.is_here() {
                continue;
            }
            let again = session.log_out_sent.saturating_add(again_after);
            let ask = match session.log_out {
                LogOutState::None => session.is_auto() && !session.log_out_asked,
                LogOutState::Wait { until, .. } => {
                    waits = true;
                    until <= self.now && again <= self.now
                }
                LogOutState::Asked => {
                    waits = true;
                    false
                }
                LogOutState::Granted | LogOutState::Unanswered => false,
            };
            if !ask {
                continue;
            }
            let id = session.id;
            let (campaign, group) = (session.campaign.clone(), session.group.clone());
            let log_out = LogOut {
                application_id: Some(session.application),
                campaign_name: campaign.as_ref().map(TextBuf::text),
                campaign_group_name: group.as_ref().map(TextBuf::text),
                ..Default::default()
            };
            if self.can_send().is_err() {
                return true;
            }
            let sent = self.submit(&log_out.into(), false, Purpose::Leave);
            waits |= sent.is_ok();
            if let Some(session) = self.session_mut(id) {
                session.log_out_asked = true;
            }
        }
        waits
    }
}
