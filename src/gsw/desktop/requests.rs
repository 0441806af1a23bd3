//! Requests, and which answer belongs to which.
use alloc::boxed::Box;
use alloc::collections::VecDeque;
use alloc::vec::Vec;
use core::time::Duration;

use super::facts::{Facts, Situation};
use super::view::{CampaignId, Outstanding, RecordId, RequestId};
use crate::gsw::attached_data::AttachedDataBuf;
use crate::gsw::enumerations::ChainAttr;
use crate::gsw::error_code::ErrorCode;
use crate::gsw::keys;
use crate::gsw::messages::MessageType;
use crate::text_buf::TextBuf;

/// The originator of a request.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub(super) enum Purpose {
    User,
    /// A step of the end of a record.
    Finish(RecordId),
    /// A wish for records.
    Preview(CampaignId),
    /// The way out.
    Leave,
    /// The desktop itself.
    Own,
}

/// A request that was sent, or is about to be.
#[derive(Clone, Debug)]
pub(super) struct Request {
    pub(super) id: RequestId,
    pub(super) kind: MessageType,
    pub(super) purpose: Purpose,
    pub(super) reference: i64,
    pub(super) application: Option<i64>,
    pub(super) handle: Option<i64>,
    pub(super) chain: Option<i64>,
    pub(super) campaign: Option<TextBuf>,
    pub(super) group: Option<TextBuf>,
    pub(super) phone: Option<TextBuf>,
    pub(super) customer: Option<TextBuf>,
    /// Whether only the record is meant.
    pub(super) record_only: bool,
    /// The session that it goes to.
    pub(super) session: Option<CampaignId>,
    /// Whether its record was here when it was sent.
    pub(super) known: bool,
    /// `GSW_READY_TIME`.
    pub(super) seconds: i64,
    /// Its place in the order of events. Later events are not affected.
    pub(super) moment: u64,
    pub(super) sent: u32,
    pub(super) deadline: Option<Duration>,
    /// The content to repeat, if that is safe.
    pub(super) content: Option<AttachedDataBuf>,
    /// Answers to a `CampaignStatusRequest`.
    pub(super) answers: usize,
}

/// Returns whether a request ends a record: one of three always, two with a handle.
pub(super) fn is_final(kind: MessageType, handle: Option<i64>) -> bool {
    match kind {
        MessageType::RecordProcessed | MessageType::RecordReject => true,
        MessageType::RequestRecordCancel | MessageType::DoNotCall => handle.is_some(),
        _ => false,
    }
}

/// Returns whether it may be repeated after silence, because repetition has no further effect.
pub(super) fn may_repeat(kind: MessageType) -> bool {
    !matches!(
        kind,
        MessageType::CampaignStatusRequest
            | MessageType::PreviewRecordRequest
            | MessageType::ChainedRecordRequest
            | MessageType::ReadyTime
            | MessageType::AddRecord
    )
}

/// Returns whether it changes a record.
pub(super) fn changes_record(kind: MessageType) -> bool {
    matches!(
        kind,
        MessageType::UpdateCallCompletionStats
            | MessageType::RecordReschedule
            | MessageType::ScheduledRecordReschedule
            | MessageType::RecordProcessed
            | MessageType::RecordReject
            | MessageType::RequestRecordCancel
            | MessageType::DoNotCall
    )
}

impl Request {
    /// Reads the content of a request before it is sent.
    pub(super) fn new(
        id: RequestId,
        purpose: Purpose,
        facts: &Facts<'_>,
        reference: i64,
        moment: u64,
    ) -> Self {
        let attr = super::facts::look(facts.data, keys::CHAIN_ATTR);
        Request {
            id,
            kind: facts.kind,
            purpose,
            reference,
            application: facts.application,
            handle: facts.handle,
            chain: facts.chain,
            campaign: facts.campaign.map(TextBuf::from),
            group: facts.group.map(TextBuf::from),
            phone: facts.phone.map(TextBuf::from),
            customer: super::facts::look(facts.data, keys::CUSTOMER_ID)
                .map(|customer| TextBuf::from(alloc::format!("{customer}"))),
            // Other requests do not use the key.
            record_only: matches!(
                facts.kind,
                MessageType::RequestRecordCancel | MessageType::DoNotCall
            ) && ChainAttr::effective(attr) == ChainAttr::RECORD_ONLY,
            session: None,
            known: false,
            seconds: facts.number(keys::READY_TIME).unwrap_or_default(),
            moment,
            sent: 0,
            deadline: None,
            content: None,
            answers: 0,
        }
    }

    pub(super) fn record(&self) -> Option<RecordId> {
        Some(RecordId {
            application_id: self.application?,
            handle: self.handle?,
        })
    }

    pub(super) fn is_final(&self) -> bool {
        is_final(self.kind, self.handle)
    }

    /// Returns whether it names a phone number or a customer.
    pub(super) fn by_contact(&self) -> bool {
        let either = matches!(
            self.kind,
            MessageType::RequestRecordCancel | MessageType::DoNotCall
        );
        either && self.handle.is_none()
    }

    pub(super) fn view(&self) -> Outstanding {
        Outstanding {
            id: self.id,
            message_type: self.kind,
            reference_id: self.reference,
            application_id: self.application,
            record: self.record(),
            sent: self.sent,
            deadline: self.deadline,
        }
    }

    /// Returns whether a message of this type may answer it.
    fn is_answered_by(&self, kind: MessageType) -> bool {
        // Products differ in which of the two they send.
        let reschedule = matches!(
            self.kind,
            MessageType::RecordReschedule | MessageType::ScheduledRecordReschedule
        ) && matches!(
            kind,
            MessageType::RecordRescheduleAcknowledge
                | MessageType::ScheduledRecordRescheduleAcknowledge
        );
        reschedule || self.kind.answered_by().contains(&kind)
    }

    /// Returns whether nothing in the answer belongs to another request, ignoring the reference id.
    pub(super) fn fits(&self, answer: &Facts<'_>) -> bool {
        fn same<T: PartialEq>(one: Option<T>, other: Option<T>) -> bool {
            one.is_none() || other.is_none() || one == other
        }
        let text = |text: &'_ Option<TextBuf>, other: Option<crate::text::Text<'_>>| {
            same(text.as_ref().map(TextBuf::text), other)
        };
        if !self.is_answered_by(answer.kind) {
            return false;
        }
        let of_chain = matches!(
            answer.kind,
            MessageType::ChainedRecord | MessageType::ChainedRecordsDataEnd
        );
        let named = if of_chain {
            same(self.chain, answer.chain)
        } else {
            same(self.handle, answer.handle)
        };
        if !named
            || !same(self.application, answer.application)
            || !text(&self.campaign, answer.campaign)
        {
            return false;
        }
        match answer.kind {
            MessageType::PreviewRecord => text(&self.group, answer.group),
            MessageType::RecordCancelAcknowledge | MessageType::DoNotCallAcknowledge => {
                // A filter may have hidden the value.
                let has = |key: &str| answer.data.value(key).is_some();
                let contact = has(keys::PHONE.name()) || has(keys::CUSTOMER_ID.name());
                if self.handle.is_some() {
                    answer.handle.is_some() || !contact
                } else {
                    let customer = answer.customer.is_none_or(|customer| {
                        let kept = self.customer.as_ref();
                        kept.is_none_or(|kept| {
                            customer == crate::gsw::TextOrNumber::Text(kept.text())
                        })
                    });
                    answer.handle.is_none() && text(&self.phone, answer.phone) && customer
                }
            }
            MessageType::Error => answer.refused().is_none_or(|refused| refused == self.kind),
            _ => true,
        }
    }

    /// Returns whether an error that names no request may mean this one.
    pub(super) fn may_fail_with(&self, code: ErrorCode, situation: Situation) -> bool {
        let is = |kinds: &[MessageType]| kinds.contains(&self.kind);
        match code {
            ErrorCode::INVALID_REQUEST if situation == Situation::NoAutoCampaign => {
                is(&[MessageType::LogOut])
            }
            ErrorCode::INVALID_REQUEST if situation == Situation::StartRequired => {
                !is(&[MessageType::PreviewDialingModeStart])
            }
            ErrorCode::NO_RUNNING_PREVIEW_CAMPAIGNS | ErrorCode::NO_RECORDS_AVAILABLE => {
                is(&[MessageType::PreviewRecordRequest])
            }
            ErrorCode::RECORD_NOT_FOUND | ErrorCode::NO_CALL_FOUND => self.handle.is_some(),
            ErrorCode::INVALID_TIME | ErrorCode::INVALID_TIME_FORMAT => is(&[
                MessageType::RecordReschedule,
                MessageType::ScheduledRecordReschedule,
                MessageType::AddRecord,
            ]),
            ErrorCode::CHAINED_RECORDS_NOT_FOUND => is(&[MessageType::ChainedRecordRequest]),
            ErrorCode::RECORD_ALREADY_EXISTS | ErrorCode::ADD_RECORD_ERROR => {
                is(&[MessageType::AddRecord])
            }
            ErrorCode::SCHEDULED_RECORD_NOT_FOUND => is(&[MessageType::ScheduledRecordReschedule]),
            ErrorCode::PREVIEW_ALREADY_STARTED => is(&[MessageType::PreviewDialingModeStart]),
            ErrorCode::PREVIEW_NOT_STARTED => is(&[MessageType::PreviewDialingModeOver]),
            ErrorCode::DUPLICATE_REQUEST => is(&[MessageType::ReadyTime]),
            _ => true,
        }
    }
}

/// A request that has ended.
#[derive(Clone, Debug)]
pub(super) struct Past {
    pub(super) request: Request,
    pub(super) until: Duration,
    /// Whether it had its answer.
    pub(super) answered: bool,
}

/// To which request an answer belongs.
#[derive(Clone, Debug)]
pub(super) enum Match {
    /// To one that waits, at this place.
    Waiting(usize),
    /// To one that has ended.
    Past(Box<Past>),
    /// None of ours.
    Foreign,
    /// Several requests fit, or an error names none.
    Unclear,
}

/// The requests without an answer and those that had theirs lately.
#[derive(Clone, Debug, Default)]
pub(super) struct Requests {
    pub(super) waiting: Vec<Request>,
    past: VecDeque<Past>,
}

impl Requests {
    pub(super) fn place_of(&self, id: RequestId) -> Option<usize> {
        self.waiting.iter().position(|request| request.id == id)
    }

    pub(super) fn is_waiting(&self, wanted: impl Fn(&Request) -> bool) -> bool {
        self.waiting.iter().any(wanted)
    }

    /// Takes a request out of those that wait, and remembers it.
    pub(super) fn end(
        &mut self,
        at: usize,
        answered: bool,
        until: Duration,
        limit: usize,
    ) -> Option<Request> {
        if at >= self.waiting.len() {
            return None;
        }
        let mut request = self.waiting.remove(at);
        let content = request.content.take();
        while self.past.len() >= limit.max(1) {
            self.past.pop_front();
        }
        self.past.push_back(Past {
            request: request.clone(),
            until,
            answered,
        });
        request.content = content;
        Some(request)
    }

    pub(super) fn forget_old(&mut self, now: Duration) {
        while self.past.front().is_some_and(|past| past.until <= now) {
            self.past.pop_front();
        }
    }

    /// Makes room for a request with this id.
    pub(super) fn forget_reference(&mut self, reference: i64) {
        self.past.retain(|past| past.request.reference != reference);
    }

    pub(super) fn uses_reference(&self, reference: i64) -> bool {
        self.is_waiting(|request| request.reference == reference)
    }

    pub(super) fn knows_reference(&self, reference: i64) -> bool {
        let mut past = self.past.iter();
        self.uses_reference(reference) || past.any(|past| past.request.reference == reference)
    }

    /// Returns whether a request that comes in is one of ours, handed to us as to every client of
    /// the DN.
    pub(super) fn is_own(&self, facts: &Facts<'_>) -> bool {
        let own = |request: &Request| {
            Some(request.reference) == facts.reference
                && request.kind == facts.kind
                && request.application == facts.application
                && request.handle == facts.handle
        };
        self.is_waiting(own) || self.past.iter().any(|past| own(&past.request))
    }

    /// Finds the request that an answer with a reference id belongs to.
    pub(super) fn by_reference(&self, answer: &Facts<'_>, reference: i64) -> Match {
        let fits = |request: &Request| request.reference == reference && request.fits(answer);
        if let Some(at) = self.waiting.iter().position(fits) {
            return Match::Waiting(at);
        }
        let mut past = self.past.iter().rev();
        match past.find(|past| fits(&past.request)) {
            Some(past) => Match::Past(Box::new(past.clone())),
            None => Match::Foreign,
        }
    }

    /// Finds the request for an answer without a reference id; `repeats` gives the servers for
    /// which such an answer does not count.
    pub(super) fn by_content(
        &self,
        answer: &Facts<'_>,
        repeats: impl Fn(Option<i64>) -> bool,
    ) -> Match {
        let mut fitting = self.waiting.iter().enumerate().filter(|(_, request)| {
            request.sent > 0 && !repeats(request.application) && request.fits(answer)
        });
        let is_error = matches!(
            answer.kind,
            MessageType::Error
                | MessageType::NoRecordsAvailable
                | MessageType::NoRunningPreviewCampaigns
        );
        if !is_error {
            let first = fitting.next();
            return first.map_or(Match::Foreign, |(at, _)| Match::Waiting(at));
        }
        let code = answer.error();
        let situation = Situation::of(code, answer.error_text());
        let mut meant = fitting.filter(|(_, request)| request.may_fail_with(code, situation));
        let first = meant.next();
        let alone = meant.next().is_none();
        // By its type the oldest one; but no record ends on a guess.
        let guess = answer.refused().is_some() && !code.is_record_gone();
        match first {
            Some((at, _)) if alone || guess => Match::Waiting(at),
            _ => Match::Unclear,
        }
    }

    /// Finds the `CampaignStatusRequest` that has this reference id.
    pub(super) fn status(&self, reference: i64, application: i64) -> Option<(&Request, bool)> {
        let is = |request: &&Request| {
            request.kind == MessageType::CampaignStatusRequest
                && request.reference == reference
                && request.application.is_none_or(|asked| asked == application)
        };
        let waiting = self.waiting.iter().find(is);
        let past = || self.past.iter().map(|past| &past.request).rfind(is);
        waiting
            .map(|request| (request, true))
            .or_else(|| past().map(|request| (request, false)))
    }
}
