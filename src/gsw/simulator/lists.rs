//! Records and where they are: fetching, writing, ending.

use alloc::vec::Vec;

use super::clock::Task;
use super::command::Whose;
use super::truth::{Allotment, Draft, Forbidden, Source};
use super::{End, Group, Ocs, Record, Written};
use crate::gsw::messages::{ChainedRecord, PreviewRecord, RecordCancel, ScheduledCall};
use crate::gsw::{
    AttachedDataBuf, CallTime, ChainAttr, ContactMedia, DateTime, RecordStatus, RecordType,
    TextBuf, keys,
};

impl Ocs {
    pub(super) fn is_open(&self, place: usize) -> bool {
        self.open.contains(&place)
    }

    /// Returns the places of the records on the desktop at a DN.
    pub(super) fn open_at(&self, dn: &TextBuf) -> Vec<usize> {
        let at = |place: &&usize| {
            self.allotments
                .get(**place)
                .is_some_and(|one| one.dn == *dn)
        };
        self.open.iter().filter(at).copied().collect()
    }

    /// Returns a desktop's record with a handle.
    pub(super) fn find_open(
        &self,
        application_id: i64,
        handle: i64,
        dn: &TextBuf,
    ) -> Option<usize> {
        let is_it = |place: &&usize| {
            self.allotments.get(**place).is_some_and(|one| {
                one.application_id == application_id && one.record_handle == handle && one.dn == *dn
            })
        };
        self.open.iter().find(is_it).copied()
    }

    /// Returns the members of a chain that are on the same desktop from the same application,
    /// including itself.
    pub(super) fn chain_of(&self, place: usize) -> Vec<usize> {
        let Some((one, record)) = self.with_record(place) else {
            return Vec::new();
        };
        let fits = |other: &&usize| {
            self.with_record(**other)
                .is_some_and(|(other, other_record)| {
                    other.application_id == one.application_id
                        && other.dn == one.dn
                        && other_record.calling_list == record.calling_list
                        && other_record.chain_id == record.chain_id
                })
        };
        self.open.iter().filter(fits).copied().collect()
    }

    pub(super) fn with_record(&self, place: usize) -> Option<(&Allotment, &Record)> {
        let allotment = self.allotments.get(place)?;
        Some((allotment, self.records.get(allotment.record)?))
    }

    fn record_mut(&mut self, place: usize) -> Option<&mut Record> {
        let record = self.allotments.get(place)?.record;
        self.records.get_mut(record)
    }

    pub(super) fn set_status(&mut self, place: usize, status: RecordStatus) {
        if let Some(record) = self.record_mut(place) {
            record.status = status;
        }
    }

    /// Returns the records of an allotment's chain that are on no desktop.
    fn rest_of_chain(&self, place: usize) -> Vec<usize> {
        let Some((_, record)) = self.with_record(place) else {
            return Vec::new();
        };
        let records = self.records.iter().enumerate();
        let rest = records.filter(|(_, other)| {
            other.calling_list == record.calling_list
                && other.chain_id == record.chain_id
                && other.status != RecordStatus::RETRIEVED
        });
        rest.map(|(place, _)| place).collect()
    }

    /// Takes a record off the desktop.
    pub(super) fn close(&mut self, place: usize, end: End) {
        self.open.retain(|open| *open != place);
        if let Some(allotment) = self.allotments.get_mut(place) {
            allotment.end = Some((self.now, end));
            if end != End::Processed && allotment.draft.callback.is_some() && !end.is_by_desktop() {
                let kind = super::ComplaintKind::CallbackLost {
                    application_id: allotment.application_id,
                    record_handle: allotment.record_handle,
                };
                let dn = allotment.dn.clone();
                self.complain(&dn, kind);
            }
        }
    }

    /// Returns whether a do-not-call entry covers a record.
    fn is_forbidden(&self, record: &Record) -> bool {
        self.forbidden.iter().any(|entry| {
            let is = |one: &Option<TextBuf>, other: &TextBuf| one.as_ref() == Some(other);
            entry.until.is_none_or(|until| until > self.now)
                && (is(&entry.phone, &record.phone) || is(&entry.customer_id, &record.customer_id))
        })
    }

    /// Returns the first record of the next chain that is ready, for an agent of a group.
    pub(super) fn next_record(&self, group: usize, dn: &TextBuf) -> Option<usize> {
        let group = self.groups.get(group)?;
        let wall = self.wall();
        let ready = |record: &Record| {
            let timed = matches!(
                record.record_type,
                RecordType::CAMPAIGN_RESCHEDULED | RecordType::PERSONAL_RESCHEDULED
            );
            let mine = record.record_type != RecordType::PERSONAL_RESCHEDULED
                || record.agent.as_ref() == Some(dn);
            let rejected =
                record.record_type == RecordType::GENERAL && record.agent.as_ref() == Some(dn);
            let due = !timed || record.due().is_none_or(|due| due <= wall);
            record.status == RecordStatus::READY
                && (timed || record.record_type == RecordType::GENERAL)
                && mine
                && !rejected
                && due
                && !self.is_forbidden(record)
        };
        let lists = &group.calling_lists;
        let mut best: Option<(usize, &Record)> = None;
        for (place, record) in self.records.iter().enumerate() {
            if !lists.contains(&record.calling_list) || !ready(record) {
                continue;
            }
            let busy = self.records.iter().any(|other| {
                other.status == RecordStatus::RETRIEVED
                    && other.calling_list == record.calling_list
                    && other.chain_id == record.chain_id
            });
            if busy {
                continue;
            }
            match best {
                Some((_, first)) if first.chain_id != record.chain_id => break,
                Some((_, first)) if first.chain_n <= record.chain_n => {}
                _ => best = Some((place, record)),
            }
        }
        best.map(|(place, _)| place)
    }

    /// Fetches a record for a desktop and gives it a handle.
    fn fetch(
        &mut self,
        record: usize,
        group: usize,
        dn: &TextBuf,
        source: Source,
    ) -> Option<usize> {
        let primary = self.primary;
        self.fetch_by(primary, record, group, dn, source)
    }

    fn fetch_by(
        &mut self,
        application_id: i64,
        record: usize,
        group: usize,
        dn: &TextBuf,
        source: Source,
    ) -> Option<usize> {
        let mut applications = self.applications.iter_mut();
        let application = applications.find(|one| one.application_id == application_id)?;
        let record_handle = application.next_handle;
        application.next_handle = record_handle.saturating_add(1);
        let group_name = self.groups.get(group)?.name.clone();
        let chosen = self.records.get_mut(record)?;
        chosen.status = RecordStatus::RETRIEVED;
        let place = self.allotments.len();
        self.allotments.push(Allotment {
            application_id,
            record_handle,
            dn: dn.clone(),
            group: group_name,
            record,
            source,
            since: self.now,
            draft: Draft::default(),
            chain_asked: false,
            ready_time: None,
            end: None,
        });
        self.open.push(place);
        if let Some(time) = self.habits.stale_after {
            self.plan_in(time, Task::Stale(place));
        }
        Some(place)
    }

    /// Sends a record to preview.
    pub(super) fn preview(
        &mut self,
        record: usize,
        group: usize,
        dn: &TextBuf,
        source: Source,
        reference_id: Option<i64>,
    ) {
        let Some(place) = self.fetch(record, group, dn, source) else {
            return;
        };
        let Some((allotment, record)) = self.with_record(place) else {
            return;
        };
        let Some(group) = self.groups.get(group) else {
            return;
        };
        let mut written = Written::new(PreviewRecord {
            application_id: Some(allotment.application_id),
            attempts: Some(record.attempts),
            call_result: Some(record.call_result),
            call_time: Some(record.call_time),
            calling_list: Some(record.calling_list.text()),
            campaign_group_name: Some(group.name.text()),
            campaign_name: Some(group.campaign_name.text()),
            chain_id: Some(record.chain_id),
            cpn_digits: Some("".into()),
            from: Some(record.from),
            phone: Some(record.phone.text()),
            phone_type: Some(record.phone_type),
            record_handle: Some(allotment.record_handle),
            tz_offset: Some(record.tz_offset),
            until: Some(record.until),
            contact_media_type: Some(media(record)),
            campaign_group_description: Some(group.description.text()),
            reference_id,
            ..PreviewRecord::default()
        });
        add_fields(&mut written.data, record);
        if source == Source::Preview {
            self.answer(dn, written);
        } else {
            self.tell(dn, written);
        }
    }

    /// Delivers a call with a record to an agent.
    pub(super) fn call(&mut self, record: usize, group: usize, dn: &TextBuf) {
        let Some(place) = self.fetch(record, group, dn, Source::Call) else {
            return;
        };
        let (Some((allotment, record)), Some(group)) =
            (self.with_record(place), self.groups.get(group))
        else {
            return;
        };
        let mut data = AttachedDataBuf::new();
        data.set(keys::APPLICATION_ID, allotment.application_id);
        data.set(keys::CAMPAIGN_NAME, group.campaign_name.text());
        data.set(keys::CAMPAIGN_GROUP_NAME, group.name.text());
        data.set(keys::CALLING_LIST, record.calling_list.text());
        data.set(keys::RECORD_HANDLE, allotment.record_handle);
        data.set(keys::CHAIN_ID, record.chain_id);
        data.set(keys::PHONE, record.phone.text());
        data.set(keys::CALL_RESULT, crate::gsw::CallResult::ANSWER);
        data.set(keys::TZ_OFFSET, record.tz_offset);
        add_fields(&mut data, record);
        let finishes = !group.record_processed;
        if finishes {
            self.plan_in(self.habits.finishes_after, Task::Finish(place));
        }
        self.post(dn, data, true);
    }

    /// Delivers a callback that is due.
    pub(super) fn scheduled_call(&mut self, record: usize, group: usize, dn: &TextBuf) {
        let Some(place) = self.fetch(record, group, dn, Source::Scheduled) else {
            return;
        };
        let (Some((allotment, record)), Some(group)) =
            (self.with_record(place), self.groups.get(group))
        else {
            return;
        };
        let mut written = Written::new(ScheduledCall {
            application_id: Some(allotment.application_id),
            attempts: Some(record.attempts),
            call_result: Some(record.call_result),
            call_time: Some(record.call_time),
            callback_type: Some(record.callback_type()),
            calling_list: Some(record.calling_list.text()),
            campaign_name: Some(group.campaign_name.text()),
            chain_id: Some(record.chain_id),
            date_time: record.date_time.map(DateTime::At),
            from: Some(record.from),
            phone: Some(record.phone.text()),
            phone_type: Some(record.phone_type),
            record_handle: Some(allotment.record_handle),
            tz_offset: Some(record.tz_offset),
            until: Some(record.until),
            ..ScheduledCall::default()
        });
        // The table lacks the group, but a desktop with two sessions of a campaign needs it, and
        // extra keys are allowed.
        written
            .data
            .set(keys::CAMPAIGN_GROUP_NAME, group.name.text());
        add_fields(&mut written.data, record);
        self.tell(dn, written);
    }

    /// Sends the other members of a chain.
    pub(super) fn send_chain(&mut self, place: usize, reference_id: Option<i64>) {
        let Some((allotment, record)) = self.with_record(place) else {
            return;
        };
        let (application_id, dn) = (allotment.application_id, allotment.dn.clone());
        let (list, chain_id) = (record.calling_list.clone(), record.chain_id);
        let group = self.group_named(allotment.group.text()).unwrap_or_default();
        let asked = allotment.record;
        let here = self.chain_of(place);
        let mut members: Vec<(i64, usize)> = Vec::new();
        for (number, other) in self.records.iter().enumerate() {
            let is_here = here.iter().any(|place| {
                self.allotments
                    .get(*place)
                    .is_some_and(|one| one.record == number)
            });
            let usable = matches!(other.status, RecordStatus::READY | RecordStatus::UPDATED)
                && other.record_type != RecordType::NO_CALL
                && !self.is_forbidden(other);
            if other.calling_list == list
                && other.chain_id == chain_id
                && number != asked
                && (is_here || usable)
            {
                members.push((other.chain_n, number));
            }
        }
        members.sort_unstable();
        for (_, record) in members {
            let known = here.iter().copied().find(|place| {
                self.allotments
                    .get(*place)
                    .is_some_and(|one| one.record == record)
            });
            let member = known
                .or_else(|| self.fetch_by(application_id, record, group, &dn, Source::Chained));
            if let Some(written) =
                member.and_then(|member| self.chained(member, group, reference_id))
            {
                self.answer(&dn, written);
            }
        }
        for member in self.chain_of(place) {
            if let Some(member) = self.allotments.get_mut(member) {
                member.chain_asked = true;
            }
        }
    }

    fn chained(&self, place: usize, group: usize, reference_id: Option<i64>) -> Option<Written> {
        let (allotment, record) = self.with_record(place)?;
        let group: &Group = self.groups.get(group)?;
        let mut written = Written::new(ChainedRecord {
            application_id: Some(allotment.application_id),
            attempts: Some(record.attempts),
            call_time: Some(record.call_time),
            calling_list: Some(record.calling_list.text()),
            call_result: Some(record.call_result),
            campaign_name: Some(group.campaign_name.text()),
            chain_id: Some(record.chain_id),
            from: Some(record.from),
            phone: Some(record.phone.text()),
            phone_type: Some(record.phone_type),
            record_handle: Some(allotment.record_handle),
            tz_offset: Some(record.tz_offset),
            until: Some(record.until),
            contact_media_type: Some(media(record)),
            campaign_group_name: Some(group.name.text()),
            campaign_group_description: Some(group.description.text()),
            reference_id,
            ..ChainedRecord::default()
        });
        add_fields(&mut written.data, record);
        Some(written)
    }

    /// Writes the changes of a record, and its callback if one was agreed.
    pub(super) fn write(&mut self, place: usize, status: RecordStatus) {
        let wall = self.wall();
        let Some(allotment) = self.allotments.get_mut(place) else {
            return;
        };
        let (draft, number) = (allotment.draft.clone(), allotment.record);
        let dn = allotment.dn.clone();
        let Some(record) = self.records.get_mut(number) else {
            return;
        };
        if let Some(call_result) = draft.call_result {
            record.call_result = call_result;
            record.attempts = record.attempts.saturating_add(1);
            record.call_time = CallTime(wall);
        }
        record.from = draft.from.unwrap_or(record.from);
        record.until = draft.until.unwrap_or(record.until);
        record.phone_type = draft.phone_type.unwrap_or(record.phone_type);
        if let Some(phone) = draft.phone {
            record.phone = phone;
        }
        for (key, value) in draft.fields {
            match record.fields.iter_mut().find(|(known, _)| *known == key) {
                Some((_, known)) => *known = value,
                None => record.fields.push((key, value)),
            }
        }
        record.status = status;
        record.date_time = None;
        record.agent = None;
        if let Some(callback) = draft.callback {
            record.status = RecordStatus::READY;
            record.date_time = Some(callback.at);
            record.record_type = if callback.personal {
                record.agent = Some(dn);
                RecordType::PERSONAL_CALLBACK
            } else {
                RecordType::CAMPAIGN_CALLBACK
            };
            self.plan_callback(number);
        } else if record.is_callback() {
            // It was made.
            record.record_type = RecordType::GENERAL;
        }
    }

    /// Returns the rest of a chain to the list with a status.
    pub(super) fn write_rest(&mut self, place: usize, status: RecordStatus) {
        for number in self.rest_of_chain(place) {
            if let Some(record) = self.records.get_mut(number)
                && matches!(record.status, RecordStatus::READY | RecordStatus::UPDATED)
                && !record.is_callback()
            {
                record.status = status;
            }
        }
    }

    /// Returns a chain to the list, for other agents.
    pub(super) fn give_back(&mut self, place: usize) {
        let dn = self.allotments.get(place).map(|one| one.dn.clone());
        let members = self.chain_of(place);
        let mut records = self.rest_of_chain(place);
        records.extend(
            members
                .iter()
                .filter_map(|member| self.allotments.get(*member).map(|one| one.record)),
        );
        for number in records {
            if let Some(record) = self.records.get_mut(number)
                && matches!(
                    record.status,
                    RecordStatus::READY | RecordStatus::UPDATED | RecordStatus::RETRIEVED
                )
                && record.record_type != RecordType::NO_CALL
            {
                record.record_type = RecordType::GENERAL;
                record.status = RecordStatus::READY;
                record.date_time = None;
                record.agent.clone_from(&dn);
            }
        }
        for member in members {
            self.close(member, End::Rejected);
        }
    }

    /// Adds a do-not-call entry.
    pub(super) fn forbid(&mut self, whose: &Whose) {
        let (phone, customer_id) = match whose {
            Whose::Phone(phone) => (Some(phone.clone()), None),
            Whose::Customer(customer) => (None, Some(customer.clone())),
        };
        let until = self.habits.do_not_call_for;
        let until = until.map(|time| self.now.saturating_add(time));
        self.forbidden.push(Forbidden {
            phone,
            customer_id,
            until,
        });
        for record in &mut self.records {
            if meant(record, whose) && record.status != RecordStatus::RETRIEVED {
                record.record_type = RecordType::NO_CALL;
            }
        }
    }

    /// Takes the matching records off lists and off the desktops of others. Returns whether some
    /// were on a desktop, including that of `own`, where they stay.
    pub(super) fn withdraw(
        &mut self,
        whose: &Whose,
        chain_attr: ChainAttr<'_>,
        status: RecordStatus,
        own: Option<&TextBuf>,
    ) -> bool {
        let found = self.open.iter().copied().filter(|place| {
            self.with_record(*place)
                .is_some_and(|(_, record)| meant(record, whose))
        });
        let found: Vec<usize> = found.collect();
        let some = !found.is_empty();
        for place in found {
            let foreign = self
                .allotments
                .get(place)
                .is_some_and(|one| Some(&one.dn) != own);
            // One of the same chain may have been before it.
            if foreign && self.is_open(place) {
                self.take_off(place, chain_attr, status);
            }
        }
        let chains: Vec<(TextBuf, i64)> = self
            .records
            .iter()
            .filter(|record| meant(record, whose) && record.status != RecordStatus::RETRIEVED)
            .map(|record| (record.calling_list.clone(), record.chain_id))
            .collect();
        for record in &mut self.records {
            let in_chain = chains.iter().any(|(list, chain_id)| {
                *list == record.calling_list && *chain_id == record.chain_id
            });
            if !in_chain || record.status != RecordStatus::READY {
                continue;
            }
            let alone = chain_attr == ChainAttr::RECORD_ONLY && !meant(record, whose);
            if !alone {
                record.status = status;
            } else if status == RecordStatus::CANCELED {
                // The rest of a chain of which one record is cancelled; that of one which is not to
                // be called may be dialed.
                record.status = RecordStatus::UPDATED;
            }
        }
        some
    }

    /// Tells a desktop to delete a record.
    fn take_off(&mut self, place: usize, chain_attr: ChainAttr<'_>, status: RecordStatus) {
        let Some((allotment, record)) = self.with_record(place) else {
            return;
        };
        let group = self.group_named(allotment.group.text());
        let campaign = group.and_then(|place| self.groups.get(place));
        let written = Written::new(RecordCancel {
            application_id: Some(allotment.application_id),
            calling_list: Some(record.calling_list.text()),
            campaign_name: campaign.map(|group| group.campaign_name.text()),
            record_handle: Some(allotment.record_handle),
            chain_attr: Some(chain_attr),
            phone: Some(record.phone.text()),
            customer_id: Some(crate::gsw::TextOrNumber::Text(record.customer_id.text())),
            ..RecordCancel::default()
        });
        let dn = allotment.dn.clone();
        let members = if chain_attr == ChainAttr::RECORD_ONLY {
            Vec::from([place])
        } else {
            self.write_rest(place, status);
            self.chain_of(place)
        };
        for member in members {
            self.set_status(member, status);
            self.close(member, End::Withdrawn);
        }
        self.tell(&dn, written);
    }
}

/// Returns whether a record matches a number or customer.
pub(super) fn meant(record: &Record, whose: &Whose) -> bool {
    match whose {
        Whose::Phone(phone) => record.phone == *phone,
        Whose::Customer(customer) => record.customer_id == *customer,
    }
}

fn media(record: &Record) -> ContactMedia<'static> {
    record
        .phone_type
        .contact_media()
        .unwrap_or(ContactMedia::VOICE)
}

fn add_fields(data: &mut AttachedDataBuf, record: &Record) {
    for (key, value) in &record.fields {
        data.push(key, value.clone());
    }
}
