//! Records and chains: how they come, and how they end.
use alloc::boxed::Box;
use alloc::vec::Vec;
use core::time::Duration;

use super::Desktop;
use super::event::{EndCause, Event};
use super::facts::{Facts, look, size};
use super::finish::Plan;
use super::requests::{Purpose, Request};
use super::view::{Chain, ChainId, ChainState, Record, RecordId, RecordState, RequestId, Source};
use crate::gsw::attached_data::{AttachedData, AttachedDataBuf, Pair};
use crate::gsw::keys;
use crate::gsw::messages::MessageType;
use crate::gsw::values::TextOrNumber;
use crate::text::Text;
use crate::text_buf::TextBuf;

/// A record that is here.
#[derive(Clone, Debug)]
pub(super) struct Entry {
    /// When it came, in the order of all that happened: requests from before do not mean it.
    pub(super) moment: u64,
    pub(super) data: Option<AttachedDataBuf>,
    pub(super) campaign: Option<TextBuf>,
    pub(super) group: Option<TextBuf>,
    pub(super) list: Option<TextBuf>,
    pub(super) chain: Option<i64>,
    pub(super) source: Source,
    pub(super) state: RecordState,
    pub(super) callback_noted: bool,
    pub(super) dialed: bool,
    pub(super) result_wanted: bool,
    pub(super) called_off: bool,
    pub(super) confirmed: bool,
    pub(super) since: Duration,
    /// When it was worked on last.
    pub(super) worked: u64,
    /// The last request that changes it.
    pub(super) last_change: Option<RequestId>,
    /// The final request that is under way.
    pub(super) end: Option<RequestId>,
    /// Whether the time to be ready was sent.
    pub(super) ready_told: bool,
    pub(super) ready_at: Option<Duration>,
    pub(super) remind_at: Option<Duration>,
    /// The final request that was lost with the connection.
    pub(super) lost: Option<Box<Request>>,
    pub(super) plan: Option<Box<Plan>>,
    /// Whether the log-out has processed it.
    pub(super) tried: bool,
}

/// Records of one customer.
#[derive(Clone, Debug)]
pub(super) struct Members {
    pub(super) state: ChainState,
    pub(super) was_asked: bool,
    pub(super) deadline: Option<Duration>,
    /// When we asked for it last, in the order of all that happened.
    pub(super) asked_at: u64,
    /// Whether a record was added since that may be missing in the answer.
    pub(super) added: bool,
    pub(super) handles: Vec<i64>,
}

impl Entry {
    pub(super) fn chain_id(&self, application_id: i64) -> Option<ChainId> {
        let chain_id = self.chain?;
        Some(ChainId {
            application_id,
            chain_id,
        })
    }
}

/// Returns the pairs of a message that belong to the record.
fn of_record(data: AttachedData<'_>) -> impl Iterator<Item = Pair<'_>> {
    data.iter().filter(|pair| {
        let of_message = [keys::USER_EVENT.name(), keys::REFERENCE_ID.name()];
        !of_message.iter().any(|key| pair.key == **key)
    })
}

impl Desktop {
    pub(super) fn records_of(&self, application: i64) -> impl Iterator<Item = (RecordId, &Entry)> {
        let id = |handle| RecordId {
            application_id: application,
            handle,
        };
        self.records
            .range(id(i64::MIN)..=id(i64::MAX))
            .map(|(id, entry)| (*id, entry))
    }

    pub(super) fn record_view<'s>(&'s self, id: RecordId, entry: &'s Entry) -> Record<'s> {
        let chain = entry.chain_id(id.application_id);
        let chain_state = chain.and_then(|chain| self.chains.get(&chain));
        Record {
            id,
            data: entry.data.as_ref().map(AttachedDataBuf::view),
            campaign_name: entry.campaign.as_ref().map(TextBuf::text),
            group_name: entry.group.as_ref().map(TextBuf::text),
            calling_list: entry.list.as_ref().map(TextBuf::text),
            chain,
            source: entry.source,
            state: entry.state,
            callback_noted: entry.callback_noted,
            dialed: entry.dialed,
            result_wanted: entry.result_wanted,
            called_off: entry.called_off,
            confirmed: entry.confirmed,
            since: entry.since,
            busy: entry.plan.is_some(),
            chain_state: chain_state.map_or(ChainState::Unasked, |chain| chain.state),
            ready_told: entry.ready_told,
        }
    }

    pub(super) fn chain_view<'s>(&self, id: ChainId, members: &'s Members) -> Chain<'s> {
        Chain {
            id,
            state: members.state,
            was_asked: members.was_asked,
            members: &members.handles,
        }
    }

    /// Takes in a record that came in any way. `asked` is the record whose chain was asked for.
    pub(super) fn record_event(
        &mut self,
        facts: &Facts<'_>,
        source: Source,
        asked: Option<RecordId>,
    ) -> Option<RecordId> {
        let application = facts.application.or_else(|| self.only_application());
        let (Some(application_id), Some(handle)) = (application, facts.handle) else {
            self.events.unknown(facts.data, &self.settings.limits);
            return None;
        };
        let id = RecordId {
            application_id,
            handle,
        };
        if self.is_another(id, facts) {
            // The server has started anew and counts from the beginning.
            self.end_record(id, EndCause::Gone, None);
        }
        if self.records.contains_key(&id) {
            self.refresh(id, facts, source);
        } else {
            self.new_record(id, facts, source, asked);
        }
        Some(id)
    }

    /// Returns whether the handle names another record now.
    fn is_another(&self, id: RecordId, facts: &Facts<'_>) -> bool {
        self.records.get(&id).is_some_and(|entry| {
            let chain = entry.chain.zip(facts.chain);
            let list = entry.list.as_ref().zip(facts.list);
            chain.is_some_and(|(one, other)| one != other)
                || list.is_some_and(|(one, other)| one.text() != other)
        })
    }

    fn refresh(&mut self, id: RecordId, facts: &Facts<'_>, source: Source) {
        let max = self.settings.limits.record_bytes;
        let Some(entry) = self.records.get_mut(&id) else {
            return;
        };
        entry.confirmed = true;
        if source == Source::Call {
            entry.dialed = true;
        }
        entry.result_wanted |= wants_result(facts);
        for (kept, named) in [
            (&mut entry.campaign, facts.campaign),
            (&mut entry.group, facts.group),
            (&mut entry.list, facts.list),
        ] {
            if kept.is_none() {
                *kept = named.map(TextBuf::from);
            }
        }
        if let Some(data) = &mut entry.data
            && !holds(data.view(), facts.data)
        {
            merge(data, facts.data, max);
        }
        let unchained = entry.chain.is_none();
        if unchained && facts.chain.is_some() {
            entry.chain = facts.chain;
            self.join(id, source);
        }
        self.event(Event::Again { record: id });
    }

    fn new_record(
        &mut self,
        id: RecordId,
        facts: &Facts<'_>,
        source: Source,
        asked: Option<RecordId>,
    ) {
        let limits = &self.settings.limits;
        let chain = facts
            .chain
            .or_else(|| self.records.get(&asked?)?.chain)
            .map(|chain_id| ChainId {
                application_id: id.application_id,
                chain_id,
            });
        let members = chain.and_then(|chain| self.chains.get(&chain));
        let full = self.records.len() >= limits.records;
        let long = members.is_some_and(|chain| chain.handles.len() >= limits.members);
        if full || (source == Source::Chained && long) {
            return self.over_limit(id, facts, source);
        }
        // A record names less than its chain, or than that with which it was asked for.
        let relative = members
            .and_then(|chain| chain.handles.first())
            .map(|handle| RecordId {
                application_id: id.application_id,
                handle: *handle,
            });
        let relative = relative.or(asked).and_then(|id| self.records.get(&id));
        let inherited =
            |of: fn(&Entry) -> &Option<TextBuf>| relative.and_then(|entry| of(entry).clone());
        let campaign = facts.campaign.map(TextBuf::from);
        let campaign = campaign.or_else(|| inherited(|entry| &entry.campaign));
        let group = facts.group.map(TextBuf::from);
        let group = group.or_else(|| inherited(|entry| &entry.group));
        let list = facts.list.map(TextBuf::from);
        let list = list.or_else(|| inherited(|entry| &entry.list));
        let with_data = self.records.values().filter(|entry| entry.data.is_some());
        let keeps_data =
            with_data.count() < limits.records_with_data && size(facts.data) <= limits.record_bytes;
        // The session may have the keys that the record omits.
        let session = self.session_of(
            id.application_id,
            group.as_ref().map(TextBuf::text),
            campaign.as_ref().map(TextBuf::text),
        );
        let session = session.and_then(|session| self.session(session));
        let campaign = campaign.or_else(|| session.and_then(|session| session.campaign.clone()));
        let remind_at = self
            .settings
            .timings
            .reminder
            .map(|after| self.now.saturating_add(after));
        let moment = self.next_moment();
        let entry = Entry {
            moment,
            data: keeps_data.then(|| of_record(facts.data).collect()),
            campaign,
            group,
            list,
            chain: chain.map(|chain| chain.chain_id),
            source,
            state: RecordState::Open,
            callback_noted: false,
            dialed: source == Source::Call,
            result_wanted: wants_result(facts),
            called_off: false,
            confirmed: true,
            since: self.now,
            worked: moment,
            last_change: None,
            end: None,
            ready_told: false,
            ready_at: None,
            remind_at,
            lost: None,
            plan: None,
            tried: false,
        };
        self.records.insert(id, entry);
        self.event(Event::Record { record: id, source });
        self.join(id, source);
    }

    /// Puts a record into its chain.
    pub(super) fn join(&mut self, id: RecordId, source: Source) {
        let entry = self.records.get(&id);
        let Some(chain_id) = entry.and_then(|entry| entry.chain_id(id.application_id)) else {
            return;
        };
        let chain = self.chains.entry(chain_id).or_insert_with(|| Members {
            state: ChainState::Unasked,
            was_asked: false,
            deadline: None,
            asked_at: 0,
            added: false,
            handles: Vec::new(),
        });
        let is_new_fetch = !chain.handles.is_empty() && source != Source::Chained;
        if !chain.handles.contains(&id.handle) {
            chain.handles.push(id.handle);
        }
        if is_new_fetch {
            self.set_chain(chain_id, ChainState::Unasked);
        }
    }

    pub(super) fn set_chain(&mut self, id: ChainId, state: ChainState) {
        let until = self.now.saturating_add(self.settings.timings.chain);
        let Some(chain) = self.chains.get_mut(&id) else {
            return;
        };
        let misses_one = state == ChainState::Complete && core::mem::take(&mut chain.added);
        let state = if misses_one {
            ChainState::Unasked
        } else {
            state
        };
        let changed = chain.state != state;
        chain.state = state;
        chain.was_asked |= state != ChainState::Unasked;
        chain.deadline = (state == ChainState::Asked).then_some(until);
        if changed {
            self.event(Event::Chain { chain: id, state });
        }
    }

    /// Notes that a member of a chain came, on any client's request.
    pub(super) fn chain_goes_on(&mut self, id: ChainId) {
        let state = self.chains.get(&id).map(|chain| chain.state);
        if matches!(state, Some(ChainState::Unasked | ChainState::Asked)) {
            self.set_chain(id, ChainState::Asked);
        }
    }

    /// Handles a record beyond the limit. A member of a chain is not given back, since that would
    /// end the chain.
    fn over_limit(&mut self, id: RecordId, facts: &Facts<'_>, source: Source) {
        let kind = match source {
            Source::Chained => {
                return self.event(Event::OverLimit {
                    record: id,
                    given_back: None,
                });
            }
            Source::Call => MessageType::RecordProcessed,
            _ => MessageType::RecordReject,
        };
        let mut data = AttachedDataBuf::new();
        data.push(
            keys::AGENT_REQ_TYPE.name(),
            kind.layout().value.unwrap_or_default(),
        );
        data.set(keys::APPLICATION_ID, id.application_id);
        data.set(keys::RECORD_HANDLE, id.handle);
        for (key, name) in [
            (keys::CALLING_LIST, facts.list),
            (keys::CAMPAIGN_NAME, facts.campaign),
            (keys::CAMPAIGN_GROUP_NAME, facts.group),
        ] {
            if let Some(name) = name {
                data.set(key, name);
            }
        }
        let given_back = self.enqueue(kind, data, None, Purpose::Own).ok();
        self.event(Event::OverLimit {
            record: id,
            given_back,
        });
    }

    /// Ends a record. `by` is the request whose answer ends it, if one of ours does.
    pub(super) fn end_record(&mut self, id: RecordId, why: EndCause, by: Option<RequestId>) {
        let Some(entry) = self.records.remove(&id) else {
            return;
        };
        if let Some(chain_id) = entry.chain_id(id.application_id)
            && let Some(chain) = self.chains.get_mut(&chain_id)
        {
            chain.handles.retain(|handle| *handle != id.handle);
            if chain.handles.is_empty() {
                self.chains.remove(&chain_id);
            }
        }
        if let Some(plan) = entry.plan
            && !plan.ends_by(by)
        {
            self.event(Event::Stopped {
                record: id,
                step: plan.step,
            });
        }
        self.event(Event::Ended { record: id, why });
        self.check_estimates();
    }

    /// Ends a record and, if the whole chain is meant, those of its members that `also` selects.
    pub(super) fn end_with_chain(
        &mut self,
        id: Option<RecordId>,
        chain: Option<ChainId>,
        why: EndCause,
        by: Option<RequestId>,
        also: impl Fn(&Entry) -> bool,
    ) {
        let members = chain.and_then(|chain| {
            let handles = &self.chains.get(&chain)?.handles;
            let ids = handles.iter().map(|handle| RecordId {
                application_id: chain.application_id,
                handle: *handle,
            });
            let also =
                |other: &RecordId| Some(*other) != id && self.records.get(other).is_some_and(&also);
            Some(ids.filter(also).collect::<Vec<_>>())
        });
        if let Some(id) = id {
            self.end_record(id, why, by);
        }
        for member in members.unwrap_or_default() {
            self.end_record(member, why, by);
        }
    }

    /// Ends a present record that was cancelled elsewhere.
    pub(super) fn withdrawn(&mut self, facts: &Facts<'_>) {
        let with_handle = || {
            let mut ids = self.records.keys();
            let first = ids.find(|id| Some(id.handle) == facts.handle)?;
            let alone = !ids.any(|id| Some(id.handle) == facts.handle);
            alone.then_some(first.application_id)
        };
        let application = facts.application.or_else(|| self.only_application());
        let Some(application_id) = application.or_else(with_handle) else {
            return self.events.unknown(facts.data, &self.settings.limits);
        };
        let id = facts.handle.map(|handle| RecordId {
            application_id,
            handle,
        });
        let entry = id.and_then(|id| self.records.get(&id));
        let chain = entry.and_then(|entry| entry.chain).or(facts.chain);
        let chain = chain.filter(|_| facts.record_only() != Some(true));
        let chain = chain.map(|chain_id| ChainId {
            application_id,
            chain_id,
        });
        self.end_with_chain(id, chain, EndCause::Withdrawn, None, |_| true);
    }

    /// Marks the records that a request by number or customer was about, whoever made it.
    pub(super) fn call_off(
        &mut self,
        application: i64,
        phone: Option<Text<'_>>,
        customer: Option<TextOrNumber<'_>>,
    ) {
        for (id, entry) in &mut self.records {
            let Some(data) = entry
                .data
                .as_ref()
                .filter(|_| id.application_id == application)
            else {
                continue;
            };
            let same_phone = phone.is_some() && look(data.view(), keys::PHONE) == phone;
            let same_customer =
                customer.is_some() && look(data.view(), keys::CUSTOMER_ID) == customer;
            entry.called_off |= same_phone || same_customer;
        }
    }
}

fn wants_result(facts: &Facts<'_>) -> bool {
    look(facts.data, keys::CALL_RESULT_FEEDBACK).is_some()
}

/// More pairs than this are compared and replaced as a whole.
const MOST: usize = 512;

/// Returns whether all of it is known.
fn holds(data: AttachedData<'_>, newer: AttachedData<'_>) -> bool {
    if newer.len().max(data.len()) > MOST {
        return of_record(newer).eq(data.iter());
    }
    of_record(newer).all(|pair| data.value(pair.key) == Some(pair.value))
}

/// Takes over newer values; others stay.
fn merge(data: &mut AttachedDataBuf, newer: AttachedData<'_>, max: usize) {
    if size(newer) > max {
        return;
    }
    let mut merged: AttachedDataBuf = of_record(newer).collect();
    if newer.len().max(data.view().len()) <= MOST {
        let older = data.view();
        let missing = older.iter().filter(|pair| newer.value(pair.key).is_none());
        merged.extend(missing);
    }
    if size(merged.view()) <= max {
        *data = merged;
    }
}
