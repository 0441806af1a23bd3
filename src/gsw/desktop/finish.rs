//! The end of a record as one call: every step after the answer to the one before.
use alloc::boxed::Box;
use alloc::vec::Vec;
use core::time::Duration;

use super::Desktop;
use super::answers::Outcome;
use super::event::{Event, Step};
use super::facts::Situation;
use super::refused::Refused;
use super::requests::{Purpose, Request};
use super::view::{Link, RecordId, RecordState, RequestId, Source};
use crate::gsw::attached_data::{AttachedDataBuf, Value};
use crate::gsw::enumerations::{CallResult, CallbackType, ChainAttr, PhoneType, Treatment};
use crate::gsw::error_code::ErrorCode;
use crate::gsw::messages::{
    DesktopMessage, DoNotCall, MessageType, PreviewDialingModeStart, RecordProcessed, RecordReject,
    RecordReschedule, RequestRecordCancel, ScheduledRecordReschedule, UpdateCallCompletionStats,
};
use crate::gsw::values::{DateTime, MinuteTime, SecondsFromMidnight};
use crate::text::Text;
use crate::text_buf::TextBuf;

/// The way to end a record. The default is `RecordProcessed` and nothing else.
///
/// ```
/// use cti_codec::gsw::CallResult;
/// use cti_codec::gsw::desktop::{Changes, Finish};
///
/// let finish = Finish {
///     changes: Changes { call_result: Some(CallResult::ANSWER), ..Changes::default() },
///     ..Finish::default()
/// };
/// # let _ = finish;
/// ```
#[derive(Clone, Copy, PartialEq, Eq, Debug, Default)]
pub struct Finish<'a> {
    /// The changes of the record.
    pub changes: Changes<'a>,
    /// When to call again. Only with [`End::Processed`].
    pub callback: Option<Callback<'a>>,
    /// The server's treatment of the call result. Only with [`End::Processed`], and not together
    /// with a callback, since both determine the type of the record.
    pub treatment: Option<Treatment<'a>>,
    /// The final request.
    pub end: End<'a>,
}

/// Changes of a record.
#[derive(Clone, Copy, PartialEq, Eq, Debug, Default)]
pub struct Changes<'a> {
    /// `GSW_CALL_RESULT`: how the call ended.
    pub call_result: Option<CallResult>,
    /// `GSW_FROM`: from when in the day to call.
    pub from: Option<SecondsFromMidnight>,
    /// `GSW_UNTIL`: until when in the day to call.
    pub until: Option<SecondsFromMidnight>,
    /// `GSW_PHONE`: the number.
    pub phone: Option<Text<'a>>,
    /// `GSW_PHONE_TYPE`: the kind of number.
    pub phone_type: Option<PhoneType>,
    /// Custom fields.
    pub custom: &'a [(&'a str, Value<'a>)],
}

/// A call at a later time.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub struct Callback<'a> {
    /// The callee of the callback.
    pub callback_type: CallbackType<'a>,
    /// When, in the time zone of the record: see
    /// [`Record::callback_time`](super::Record::callback_time).
    pub at: MinuteTime,
}

/// A final request.
#[derive(Clone, Copy, PartialEq, Eq, Debug, Default)]
pub enum End<'a> {
    /// `RecordProcessed`: done, with the whole chain.
    #[default]
    Processed,
    /// `RecordReject`: not now, not by this agent. The chain goes back with it.
    Reject,
    /// `RequestRecordCancel`: not by this campaign.
    Cancel {
        /// The whole chain, or the record alone.
        scope: ChainAttr<'a>,
    },
    /// `DoNotCall`: never.
    DoNotCall {
        /// The whole chain, or the record alone.
        scope: ChainAttr<'a>,
        /// The text that the server logs with it.
        message: Option<Text<'a>>,
    },
}

/// The step that a plan waits for.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
enum Waits {
    /// The answer to its step.
    Answer(RequestId),
    /// The preview session, which has to be started first.
    Link(RequestId),
    /// A moment, to make the final request anew.
    Until(Duration),
}

/// The steps to the end of a record.
#[derive(Clone, Debug)]
pub(super) struct Plan {
    update: Option<AttachedDataBuf>,
    callback: Option<(MessageType, AttachedDataBuf)>,
    end: (MessageType, AttachedDataBuf),
    pub(super) step: Step,
    waits: Waits,
    /// Whether the error of a database was made up for.
    repeated: bool,
    /// Whether the preview session was started for it.
    linked: bool,
}

impl Plan {
    /// Returns whether the answer to this request is the goal of the plan.
    pub(super) fn ends_by(&self, by: Option<RequestId>) -> bool {
        self.step == Step::End && by.is_some_and(|by| self.waits == Waits::Answer(by))
    }

    pub(super) fn until(&self) -> Option<Duration> {
        match self.waits {
            Waits::Until(at) => Some(at),
            _ => None,
        }
    }

    fn content(&self) -> Option<(MessageType, AttachedDataBuf)> {
        match self.step {
            Step::Update => {
                let update = self.update.clone()?;
                Some((MessageType::UpdateCallCompletionStats, update))
            }
            Step::Callback => self.callback.clone(),
            Step::End => Some(self.end.clone()),
        }
    }
}

impl Changes<'_> {
    fn is_empty(&self) -> bool {
        *self == Changes::default()
    }

    fn add_custom(&self, data: &mut AttachedDataBuf) -> Result<(), Refused> {
        for (key, value) in self.custom {
            data.push_custom(key, *value)?;
        }
        Ok(())
    }
}

impl Desktop {
    pub(super) fn plan_end(
        &mut self,
        id: RecordId,
        finish: &Finish<'_>,
    ) -> Result<RequestId, Refused> {
        self.can_send()?;
        let entry = self.records.get(&id).ok_or(Refused::NoRecord)?;
        if entry.plan.is_some() || entry.state == RecordState::Finishing {
            return Err(Refused::Finishing);
        }
        let processed = finish.end == End::Processed;
        if !processed && (finish.callback.is_some() || finish.treatment.is_some()) {
            return Err(Refused::NeedsProcessed);
        }
        let changes = &finish.changes;
        let apart = !changes.is_empty() && (finish.treatment.is_some() || !processed);
        let update = if apart {
            Some(self.update_step(id, changes)?)
        } else {
            None
        };
        let callback = match &finish.callback {
            Some(callback) if self.is_past(entry, callback.at) => return Err(Refused::Past),
            Some(callback) => {
                let moves = entry.source == Source::Scheduled || entry.callback_noted;
                Some(self.callback_step(id, callback, moves)?)
            }
            None => None,
        };
        let end = self.end_step(id, finish, apart)?;
        let step = if update.is_some() {
            Step::Update
        } else if callback.is_some() {
            Step::Callback
        } else {
            Step::End
        };
        let plan = Plan {
            update,
            callback,
            end,
            step,
            waits: Waits::Until(self.now),
            repeated: false,
            linked: false,
        };
        let Some((kind, data)) = plan.content() else {
            return Err(Refused::NoRecord);
        };
        let request = self.submit_data(kind, data, false, Purpose::Finish(id))?;
        if let Some(entry) = self.records.get_mut(&id) {
            let waits = Waits::Answer(request);
            entry.plan = Some(Box::new(Plan { waits, ..plan }));
        }
        Ok(request)
    }

    fn update_step(&self, id: RecordId, changes: &Changes<'_>) -> Result<AttachedDataBuf, Refused> {
        let update = UpdateCallCompletionStats {
            call_result: changes.call_result,
            from: changes.from,
            until: changes.until,
            phone: changes.phone,
            phone_type: changes.phone_type,
            application_id: Some(id.application_id),
            record_handle: Some(id.handle),
            ..Default::default()
        };
        let mut data = update.to_attached_data_as_received();
        changes.add_custom(&mut data)?;
        self.prepare(MessageType::UpdateCallCompletionStats, data)
    }

    fn callback_step(
        &self,
        id: RecordId,
        callback: &Callback<'_>,
        moves: bool,
    ) -> Result<(MessageType, AttachedDataBuf), Refused> {
        let message: DesktopMessage<'_> = if moves {
            ScheduledRecordReschedule {
                application_id: Some(id.application_id),
                record_handle: Some(id.handle),
                callback_type: Some(callback.callback_type),
                date_time: Some(DateTime::At(callback.at)),
                ..Default::default()
            }
            .into()
        } else {
            RecordReschedule {
                application_id: Some(id.application_id),
                record_handle: Some(id.handle),
                callback_type: Some(callback.callback_type),
                date_time: Some(DateTime::At(callback.at)),
                ..Default::default()
            }
            .into()
        };
        let kind = message.message_type();
        let data = self.prepare(kind, message.to_attached_data_as_received())?;
        Ok((kind, data))
    }

    fn end_step(
        &self,
        id: RecordId,
        finish: &Finish<'_>,
        apart: bool,
    ) -> Result<(MessageType, AttachedDataBuf), Refused> {
        let application_id = Some(id.application_id);
        let record_handle = Some(id.handle);
        let changes = &finish.changes;
        let message: DesktopMessage<'_> = match finish.end {
            End::Processed if apart => RecordProcessed {
                application_id,
                record_handle,
                call_result: changes.call_result,
                treatment: finish.treatment,
                ..Default::default()
            }
            .into(),
            End::Processed => RecordProcessed {
                application_id,
                record_handle,
                call_result: changes.call_result,
                from: changes.from,
                until: changes.until,
                phone: changes.phone,
                phone_type: changes.phone_type,
                treatment: finish.treatment,
                ..Default::default()
            }
            .into(),
            End::Reject => RecordReject {
                application_id,
                record_handle,
                ..Default::default()
            }
            .into(),
            End::Cancel { scope } => RequestRecordCancel {
                application_id,
                record_handle,
                chain_attr: Some(scope),
                ..Default::default()
            }
            .into(),
            End::DoNotCall { scope, message } => DoNotCall {
                application_id,
                record_handle,
                chain_attr: Some(scope),
                message,
                ..Default::default()
            }
            .into(),
        };
        let kind = message.message_type();
        let mut data = message.to_attached_data_as_received();
        if !apart {
            changes.add_custom(&mut data)?;
        }
        Ok((kind, self.prepare(kind, data)?))
    }

    /// Continues a plan after the answer to a step, or a substitute for it.
    pub(super) fn plan_goes_on(&mut self, id: RecordId, request: &Request, outcome: Outcome) {
        let Some(plan) = self.records.get_mut(&id).and_then(|e| e.plan.as_mut()) else {
            return;
        };
        match (plan.waits, outcome) {
            (Waits::Answer(waited), Outcome::Done) if waited == request.id => {
                plan.step = match plan.step {
                    Step::Update if plan.callback.is_some() => Step::Callback,
                    _ => Step::End,
                };
                self.send_step(id);
            }
            (Waits::Link(waited), Outcome::Done) if waited == request.id => self.send_step(id),
            (Waits::Answer(waited), Outcome::Refused(ErrorCode::DB_ERROR, _))
                if waited == request.id && plan.step == Step::End && !plan.repeated =>
            {
                plan.repeated = true;
                plan.waits = Waits::Until(self.now.saturating_add(self.settings.timings.database));
            }
            (Waits::Answer(waited), Outcome::Refused(_, Situation::StartRequired))
                if waited == request.id && !plan.linked =>
            {
                plan.linked = true;
                if !self.link_first(id, request) {
                    self.stop_plan(id);
                }
            }
            (Waits::Answer(waited) | Waits::Link(waited), _) if waited == request.id => {
                self.stop_plan(id);
            }
            _ => {}
        }
    }

    /// Starts the preview session that the server asks for.
    fn link_first(&mut self, id: RecordId, request: &Request) -> bool {
        let session = request.session.and_then(|session| self.session(session));
        let Some(session) = session.filter(|session| session.link == Link::Off) else {
            return false;
        };
        let (session_name, group) = (session.campaign.clone(), session.group.clone());
        let start = PreviewDialingModeStart {
            application_id: Some(session.application),
            campaign_name: session_name.as_ref().map(TextBuf::text),
            campaign_group_name: group.as_ref().map(TextBuf::text),
            ..Default::default()
        };
        let Ok(start) = self.submit(&start.into(), false, Purpose::Finish(id)) else {
            return false;
        };
        if let Some(plan) = self.records.get_mut(&id).and_then(|e| e.plan.as_mut()) {
            plan.waits = Waits::Link(start);
        }
        true
    }

    fn send_step(&mut self, id: RecordId) {
        let plan = self.records.get(&id).and_then(|entry| entry.plan.as_ref());
        let Some((kind, data)) = plan.and_then(|plan| plan.content()) else {
            return;
        };
        match self.submit_data(kind, data, false, Purpose::Finish(id)) {
            Ok(request) => {
                if let Some(plan) = self.records.get_mut(&id).and_then(|e| e.plan.as_mut()) {
                    plan.waits = Waits::Answer(request);
                }
            }
            Err(_) => self.stop_plan(id),
        }
    }

    fn stop_plan(&mut self, id: RecordId) {
        let plan = self.records.get_mut(&id).and_then(|e| e.plan.take());
        if let Some(plan) = plan {
            self.event(Event::Stopped {
                record: id,
                step: plan.step,
            });
        }
    }

    pub(super) fn stop_plans(&mut self) {
        let planned = self
            .records
            .iter()
            .filter(|(_, entry)| entry.plan.is_some());
        let planned: Vec<_> = planned.map(|(id, _)| *id).collect();
        for id in planned {
            self.stop_plan(id);
        }
    }

    /// Makes final requests anew whose time has come.
    pub(super) fn drive_plans(&mut self) {
        while let Some(id) = self.plan_due() {
            self.send_step(id);
        }
    }

    fn plan_due(&self) -> Option<RecordId> {
        let due = |plan: &Plan| plan.until().is_some_and(|at| at <= self.now);
        let mut records = self.records.iter();
        let found = records.find(|(_, entry)| entry.plan.as_ref().is_some_and(|plan| due(plan)));
        found.map(|(id, _)| *id)
    }
}
