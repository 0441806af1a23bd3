//! The effects of requests that passed the checks.

use alloc::vec::Vec;

use super::clock::Task;
use super::command::Whose;
use super::requests::{About, Ask, No};
use super::truth::{Callback, Leaving, Source, seconds};
use super::{ComplaintKind, End, Ocs, Record, Session, Written};
use crate::gsw::messages::{
    ChainedRecordRequest, ChainedRecordsDataEnd, DoNotCall, LogOut, ReadyTime, RecordProcessed,
    RequestRecordCancel, Unlisted, UpdateCallCompletionStats,
};
use crate::gsw::{
    CallbackType, CampaignMode, ChainAttr, DateTime, DesktopMessage, ErrorCode, RecordStatus,
    RecordType, SecondsFromMidnight, Text, TextBuf, TextOrNumber, Treatment,
};

/// The server's message about records on other desktops.
const INCOMPLETE: &str = "Incomplete processing: record(s) on desktop";

impl Ocs {
    pub(super) fn work(&mut self, ask: &Ask<'_>, about: About) -> Result<(), No> {
        match &ask.message {
            DesktopMessage::PreviewDialingModeStart(_) => self.link(ask, about, true),
            DesktopMessage::PreviewDialingModeOver(_) => self.link(ask, about, false),
            DesktopMessage::PreviewRecordRequest(_) => self.next_preview(ask, about),
            DesktopMessage::UpdateCallCompletionStats(request) => self.update(ask, about, request),
            DesktopMessage::RecordProcessed(request) => self.processed(ask, about, request),
            DesktopMessage::ChainedRecordRequest(request) => self.chain(ask, about, request),
            DesktopMessage::RecordReject(_) => {
                let place = about.place.ok_or(No::Error(ErrorCode::RECORD_NOT_FOUND))?;
                self.give_back(place);
                self.acknowledge(ask);
                Ok(())
            }
            DesktopMessage::RequestRecordCancel(request) => self.cancel(ask, about, request),
            DesktopMessage::DoNotCall(request) => self.do_not_call(ask, about, request),
            DesktopMessage::RecordReschedule(request) => {
                let (callback_type, time) = (request.callback_type, request.date_time);
                self.reschedule(ask, about, callback_type, time, None)
            }
            DesktopMessage::ScheduledRecordReschedule(request) => {
                let (callback_type, time) = (request.callback_type, request.date_time);
                self.reschedule(ask, about, callback_type, time, request.phone)
            }
            DesktopMessage::ReadyTime(request) => self.ready_time(ask, about, request),
            DesktopMessage::AddRecord(request) => self.add(ask, about, request),
            DesktopMessage::LogOut(request) => self.log_out(ask, about, request),
            _ => Err(No::Error(ErrorCode::INVALID_REQUEST)),
        }
    }

    /// Says yes.
    pub(super) fn acknowledge(&mut self, ask: &Ask<'_>) {
        if let Some(yes) = ask.message.acknowledgement() {
            self.answer_with(ask, yes);
        }
    }

    /// Says yes, with the calling list, which three requests do not name and their acknowledgements
    /// do.
    fn acknowledge_in(&mut self, ask: &Ask<'_>, list: &TextBuf, of: Option<CallbackType<'static>>) {
        let Some(mut yes) = ask.message.acknowledgement() else {
            return;
        };
        let list = Some(list.text());
        match &mut yes {
            DesktopMessage::UpdateCallCompletionStatsAcknowledge(yes) => yes.calling_list = list,
            DesktopMessage::RecordRescheduleAcknowledge(yes) => yes.calling_list = list,
            DesktopMessage::ScheduledRecordRescheduleAcknowledge(yes) => {
                yes.calling_list = list;
                // A request without it leaves it as it was.
                yes.callback_type = yes.callback_type.or(of);
            }
            _ => {}
        }
        self.answer_with(ask, yes);
    }

    /// Answers a request. Fills in the application if the answer omits it.
    fn answer_with<'a>(&mut self, ask: &Ask<'_>, answer: impl Into<DesktopMessage<'a>>) {
        let mut written = Written::new(answer);
        if ask
            .data
            .value(crate::gsw::keys::APPLICATION_ID.name())
            .is_none()
        {
            written
                .data
                .set(crate::gsw::keys::APPLICATION_ID, ask.application_id);
            written.mistake = None;
        }
        self.answer(&ask.dn, written);
    }

    fn place(&self, about: About) -> Result<usize, No> {
        about.place.ok_or(No::Error(ErrorCode::RECORD_NOT_FOUND))
    }

    fn link(&mut self, ask: &Ask<'_>, about: About, on: bool) -> Result<(), No> {
        let group = about.group.and_then(|place| self.groups.get(place));
        let name = group
            .ok_or(No::Error(ErrorCode::CAMPAIGN_GROUP_NOT_FOUND))?
            .name
            .clone();
        if let Some(agent) = self.agents.get_mut(about.agent) {
            match (on, agent.linked.contains(&name)) {
                (true, true) => return Err(No::Error(ErrorCode::PREVIEW_ALREADY_STARTED)),
                (false, false) => return Err(No::Error(ErrorCode::PREVIEW_NOT_STARTED)),
                (true, false) => agent.linked.push(name),
                (false, true) => agent.linked.retain(|one| *one != name),
            }
        }
        self.acknowledge(ask);
        if let (true, Some(group)) = (on, about.group) {
            self.activate(group);
        }
        Ok(())
    }

    fn next_preview(&mut self, ask: &Ask<'_>, about: About) -> Result<(), No> {
        let group = about
            .group
            .ok_or(No::Error(ErrorCode::CAMPAIGN_GROUP_NOT_FOUND))?;
        if !self.runs_in_preview(group) {
            return Err(No::Error(ErrorCode::NO_RUNNING_PREVIEW_CAMPAIGNS));
        }
        let record = self.next_record(group, &ask.dn);
        let record = record.ok_or(No::Error(ErrorCode::NO_RECORDS_AVAILABLE))?;
        self.preview(record, group, &ask.dn, Source::Preview, ask.reference_id);
        Ok(())
    }

    fn update(
        &mut self,
        ask: &Ask<'_>,
        about: About,
        request: &UpdateCallCompletionStats<'_>,
    ) -> Result<(), No> {
        let place = self.place(about)?;
        self.change(
            place,
            &Changes {
                call_result: request.call_result,
                from: request.from,
                until: request.until,
                phone: request.phone,
                phone_type: request.phone_type,
                custom: &request.unlisted,
            },
        )?;
        let list = self
            .with_record(place)
            .map(|(_, record)| record.calling_list.clone());
        self.acknowledge_in(ask, &list.unwrap_or_default(), None);
        Ok(())
    }

    /// Keeps changes until the record is processed.
    fn change(&mut self, place: usize, changes: &Changes<'_>) -> Result<(), No> {
        let Some((allotment, record)) = self.with_record(place) else {
            return Err(No::Error(ErrorCode::RECORD_NOT_FOUND));
        };
        let from = changes.from.or(allotment.draft.from).unwrap_or(record.from);
        let until = changes
            .until
            .or(allotment.draft.until)
            .unwrap_or(record.until);
        let hours = changes.from.is_some() || changes.until.is_some();
        if hours && until <= from {
            return Err(No::Error(ErrorCode::INVALID_ATTRIBUTE_VALUE));
        }
        let Some(allotment) = self.allotments.get_mut(place) else {
            return Ok(());
        };
        let draft = &mut allotment.draft;
        draft.call_result = changes.call_result.or(draft.call_result);
        draft.from = changes.from.or(draft.from);
        draft.until = changes.until.or(draft.until);
        draft.phone_type = changes.phone_type.or(draft.phone_type);
        if let Some(phone) = changes.phone {
            draft.phone = Some(phone.into());
        }
        for pair in changes.custom.iter() {
            if !crate::gsw::keys::is_reserved(pair.key) {
                draft.fields.retain(|(key, _)| *key != *pair.key.as_bytes());
                draft.fields.push((pair.key.into(), pair.value.to_buf()));
            }
        }
        Ok(())
    }

    fn processed(
        &mut self,
        ask: &Ask<'_>,
        about: About,
        request: &RecordProcessed<'_>,
    ) -> Result<(), No> {
        let place = self.place(about)?;
        self.change(
            place,
            &Changes {
                call_result: request.call_result,
                from: request.from,
                until: request.until,
                phone: request.phone,
                phone_type: request.phone_type,
                custom: &request.unlisted,
            },
        )?;
        self.write_rest(place, RecordStatus::UPDATED);
        for member in self.chain_of(place) {
            self.write(member, RecordStatus::UPDATED);
            self.close(member, End::Processed);
        }
        if let Some(treatment) = request.treatment {
            self.treat(place, &ask.dn, treatment);
        }
        self.acknowledge(ask);
        Ok(())
    }

    /// Schedules the redial of a record.
    fn treat(&mut self, place: usize, dn: &TextBuf, treatment: Treatment<'_>) {
        let number = self.allotments.get(place).map(|one| one.record);
        let zone = self.with_record(place).map(|(_, record)| record.tz_offset);
        let at = zone.and_then(|zone| self.treated_at(zone));
        let record = number.and_then(|number| self.records.get_mut(number));
        if let (Some(record), Some(record_type)) = (record, treatment.record_type()) {
            record.record_type = record_type;
            record.status = RecordStatus::READY;
            record.date_time = at;
            let personal = record_type == RecordType::PERSONAL_RESCHEDULED;
            record.agent = personal.then(|| dn.clone());
        }
    }

    fn chain(
        &mut self,
        ask: &Ask<'_>,
        about: About,
        request: &ChainedRecordRequest<'_>,
    ) -> Result<(), No> {
        let place = self.place(about)?;
        let Some((allotment, record)) = self.with_record(place) else {
            return Err(No::Error(ErrorCode::RECORD_NOT_FOUND));
        };
        let (list, chain_id) = (record.calling_list.clone(), record.chain_id);
        if allotment.chain_asked {
            self.complain(&ask.dn, ComplaintKind::ChainAgain { chain_id });
            return Err(No::Silence);
        }
        let campaign = self.group_named(allotment.group.text());
        let campaign = campaign.and_then(|place| self.groups.get(place));
        let campaign = campaign.map(|group| group.campaign_name.clone());
        self.send_chain(place, ask.reference_id);
        self.answer_with(
            ask,
            ChainedRecordsDataEnd {
                application_id: Some(ask.application_id),
                calling_list: Some(list.text()),
                campaign_name: request
                    .campaign_name
                    .or(campaign.as_ref().map(TextBuf::text)),
                chain_id: Some(chain_id),
                record_handle: ask.record_handle,
                reference_id: ask.reference_id,
                ..ChainedRecordsDataEnd::default()
            },
        );
        Ok(())
    }

    /// Takes a record, or its chain, off the desktop for good.
    fn end(&mut self, place: usize, chain_attr: ChainAttr<'_>, status: RecordStatus, end: End) {
        let members = self.chain_of(place);
        let alone = chain_attr == ChainAttr::RECORD_ONLY;
        if alone {
            self.write(place, status);
            self.set_status(place, status);
            self.close(place, end);
            let others = members.iter().copied().filter(|member| *member != place);
            let others: Vec<usize> = others.collect();
            // A chain without members on a desktop cannot be finished.
            if others.is_empty() {
                self.write_rest(place, RecordStatus::UPDATED);
                self.set_status(place, status);
            } else if self.habits.closes_rest_of_chain {
                self.write_rest(place, RecordStatus::UPDATED);
                self.set_status(place, status);
                for member in others {
                    self.set_status(member, RecordStatus::UPDATED);
                    self.close(member, end);
                }
            }
            return;
        }
        self.write_rest(place, status);
        for member in members {
            if let Some(allotment) = self.allotments.get_mut(member) {
                allotment.draft.callback = None;
            }
            self.write(member, status);
            self.close(member, end);
        }
    }

    fn cancel(
        &mut self,
        ask: &Ask<'_>,
        about: About,
        request: &RequestRecordCancel<'_>,
    ) -> Result<(), No> {
        let chain_attr = ChainAttr::effective(request.chain_attr);
        if let Some(place) = about.place {
            if let Some(allotment) = self.allotments.get_mut(place) {
                allotment.draft.callback = None;
            }
            self.end(place, chain_attr, RecordStatus::CANCELED, End::Canceled);
            self.acknowledge(ask);
            return Ok(());
        }
        let whose = whose(request.phone, request.customer_id)?;
        let some = self.withdraw(&whose, chain_attr, RecordStatus::CANCELED, Some(&ask.dn));
        let mut yes = request.acknowledge();
        yes.message = some.then(|| INCOMPLETE.into());
        self.answer_with(ask, yes);
        Ok(())
    }

    fn do_not_call(
        &mut self,
        ask: &Ask<'_>,
        about: About,
        request: &DoNotCall<'_>,
    ) -> Result<(), No> {
        let chain_attr = ChainAttr::effective(request.chain_attr);
        let duration = self.habits.do_not_call_for;
        let duration = duration.and_then(|time| i64::try_from(time.as_secs()).ok());
        let mut yes = request.acknowledge();
        yes.duration = duration;
        let Some(place) = about.place else {
            let whose = whose(request.phone, request.customer_id)?;
            self.forbid(&whose);
            self.withdraw(&whose, chain_attr, RecordStatus::UPDATED, Some(&ask.dn));
            self.answer_with(ask, yes);
            return Ok(());
        };
        let Some((_, record)) = self.with_record(place) else {
            return Err(No::Error(ErrorCode::RECORD_NOT_FOUND));
        };
        let alone = chain_attr == ChainAttr::RECORD_ONLY;
        let in_chain = |other: &&Record| {
            other.calling_list == record.calling_list
                && other.chain_id == record.chain_id
                && (!alone || other.chain_n == record.chain_n)
        };
        let phones = self
            .records
            .iter()
            .filter(in_chain)
            .map(|other| other.phone.clone());
        let phones: Vec<TextBuf> = phones.collect();
        let number = self.allotments.get(place).map(|one| one.record);
        let members = self.chain_of(place);
        let members = members
            .iter()
            .filter_map(|member| self.allotments.get(*member));
        let members: Vec<usize> = members.map(|one| one.record).collect();
        if let Some(allotment) = self.allotments.get_mut(place) {
            allotment.draft.callback = None;
        }
        self.end(place, chain_attr, RecordStatus::UPDATED, End::DoNotCall);
        for phone in phones {
            let whose = Whose::Phone(phone);
            self.forbid(&whose);
            self.withdraw(
                &whose,
                ChainAttr::RECORD_ONLY,
                RecordStatus::UPDATED,
                Some(&ask.dn),
            );
        }
        for member in members {
            if (!alone || Some(member) == number)
                && let Some(record) = self.records.get_mut(member)
            {
                record.record_type = RecordType::NO_CALL;
            }
        }
        self.answer_with(ask, yes);
        Ok(())
    }

    fn reschedule(
        &mut self,
        ask: &Ask<'_>,
        about: About,
        callback_type: Option<CallbackType<'_>>,
        time: Option<DateTime<'_>>,
        phone: Option<Text<'_>>,
    ) -> Result<(), No> {
        let place = self.place(about)?;
        let Some((_, record)) = self.with_record(place) else {
            return Err(No::Error(ErrorCode::RECORD_NOT_FOUND));
        };
        let at = match time {
            Some(DateTime::At(at)) => at,
            Some(DateTime::Unreadable(_)) => return Err(No::Error(ErrorCode::INVALID_TIME_FORMAT)),
            _ => return Err(No::Error(ErrorCode::ATTRIBUTE_NOT_FOUND)),
        };
        if seconds(at, record.tz_offset).is_none_or(|due| due <= self.wall()) {
            return Err(No::Error(ErrorCode::INVALID_TIME));
        }
        let personal = callback_type.unwrap_or(record.callback_type()) == CallbackType::PERSONAL;
        let (list, unchanged) = (record.calling_list.clone(), record.callback_type());
        if let Some(allotment) = self.allotments.get_mut(place) {
            allotment.draft.callback = Some(Callback { at, personal });
            if let Some(phone) = phone {
                allotment.draft.phone = Some(phone.into());
            }
        }
        self.acknowledge_in(ask, &list, Some(unchanged));
        Ok(())
    }

    fn ready_time(
        &mut self,
        ask: &Ask<'_>,
        about: About,
        request: &ReadyTime<'_>,
    ) -> Result<(), No> {
        let place = self.place(about)?;
        let session = about.group.map(|group| self.session(group));
        let predictive = matches!(
            session,
            Some(Session::Started(
                CampaignMode::PREDICTIVE | CampaignMode::PREDICTIVE_WITH_SEIZING
            ))
        );
        if !predictive {
            return Err(No::Error(ErrorCode::INVALID_REQUEST));
        }
        if let Some(allotment) = self.allotments.get_mut(place) {
            if allotment.ready_time.is_some() {
                return Err(No::Error(ErrorCode::DUPLICATE_REQUEST));
            }
            allotment.ready_time = request.ready_time;
        }
        self.acknowledge(ask);
        Ok(())
    }

    fn log_out(&mut self, ask: &Ask<'_>, about: About, request: &LogOut<'_>) -> Result<(), No> {
        let auto = about
            .group
            .is_some_and(|group| self.session(group).is_auto());
        if !auto {
            return Err(No::NO_AUTO_CAMPAIGN);
        }
        let now = self.now;
        let Some(agent) = self.agents.get_mut(about.agent) else {
            return Err(No::Error(ErrorCode::AGENT_NOT_FOUND));
        };
        let left = agent.dialing_until.map(|until| until.saturating_sub(now));
        let left = left.filter(|left| !left.is_zero());
        agent.leaving = match left {
            Some(_) if agent.leaving != Leaving::Granted => Leaving::Asked,
            _ => Leaving::Granted,
        };
        let granted = agent.leaving == Leaving::Granted;
        let seconds = left.map_or(0, |left| left.as_millis().div_ceil(1000));
        let seconds = if granted { 0 } else { seconds };
        let time = request.time(i64::try_from(seconds).unwrap_or(i64::MAX));
        self.answer_with(ask, time);
        if granted {
            self.grant(about.agent);
        } else if let Some(left) = left {
            self.plan_in(left, Task::Dialed(about.agent));
        }
        Ok(())
    }
}

/// A request's changes to a record.
struct Changes<'a> {
    call_result: Option<crate::gsw::CallResult>,
    from: Option<SecondsFromMidnight>,
    until: Option<SecondsFromMidnight>,
    phone: Option<Text<'a>>,
    phone_type: Option<crate::gsw::PhoneType>,
    custom: &'a Unlisted<'a>,
}

/// Returns the number or customer of a request without a handle. The number takes precedence.
fn whose(phone: Option<Text<'_>>, customer: Option<TextOrNumber<'_>>) -> Result<Whose, No> {
    match (phone, customer) {
        (Some(phone), _) => Ok(Whose::Phone(phone.into())),
        (None, Some(TextOrNumber::Text(customer))) => Ok(Whose::Customer(customer.into())),
        (None, Some(TextOrNumber::Number(number))) => {
            Ok(Whose::Customer(alloc::format!("{number}").into()))
        }
        (None, None) => Err(No::Error(ErrorCode::ATTRIBUTE_NOT_FOUND)),
    }
}
