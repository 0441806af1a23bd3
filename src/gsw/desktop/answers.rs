//! Incoming messages: the requests that they answer, and their information about records.
use super::Desktop;
use super::event::{EndCause, Event};
use super::facts::{Facts, Situation, look};
use super::preview::Preview;
use super::records::Entry;
use super::requests::{Match, Past, Purpose, Request};
use super::view::{ChainId, ChainState, Link, LogOutState, RecordId, RecordState, Source};
use crate::gsw::attached_data::AttachedData;
use crate::gsw::error_code::ErrorCode;
use crate::gsw::keys;
use crate::gsw::messages::MessageType;
use crate::gsw::values::TextOrNumber;
use crate::text_buf::TextBuf;

/// Whose answer it is.
#[derive(Clone, Copy, Debug)]
pub(super) enum Origin<'r> {
    /// That to a request of ours.
    Own(&'r Request),
    /// The same, too late.
    Late(&'r Past),
    /// That of another client of the DN.
    Foreign,
}

impl<'r> Origin<'r> {
    fn request(self) -> Option<&'r Request> {
        match self {
            Origin::Own(request) => Some(request),
            Origin::Late(past) => Some(&past.request),
            Origin::Foreign => None,
        }
    }
}

/// The outcome of a request with an answer.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub(super) enum Outcome {
    Done,
    Refused(ErrorCode, Situation),
    Silence,
}

impl Desktop {
    pub(super) fn input(&mut self, data: AttachedData<'_>) {
        let Some(kind) = MessageType::of(data).ok().or_else(|| repeated(data)) else {
            return self.events.unknown(data, &self.settings.limits);
        };
        let mut facts = Facts::read(kind, data, self.settings.limits.name_bytes);
        match kind {
            MessageType::StatEvent => self.events.unknown(data, &self.settings.limits),
            _ if kind.is_request() => {
                if !self.requests.is_own(&facts) {
                    self.note_collision(facts.reference);
                    self.foreign(&facts);
                }
            }
            MessageType::CampaignStarted
            | MessageType::CampaignLoaded
            | MessageType::CampaignUnloaded
            | MessageType::CampaignStopped
            | MessageType::CampaignModeChanged
            | MessageType::CampaignGroupAssigned => self.campaign_event(&facts),
            MessageType::RecordCancel => self.withdrawn(&facts),
            MessageType::ScheduledCall => {
                self.record_event(&facts, Source::Scheduled, None);
            }
            _ => self.answer(&mut facts),
        }
    }

    fn foreign(&mut self, facts: &Facts<'_>) {
        self.event(Event::Foreign {
            message_type: facts.kind,
            application_id: facts.application,
            record_handle: facts.handle,
        });
    }

    /// Remembers whether a server repeats reference ids.
    pub(super) fn note_repeats(&mut self, application: Option<i64>, repeats: bool) {
        if let Some(known) = application.and_then(|id| self.application_mut(id)) {
            known.repeats |= repeats;
            known.omits |= !repeats;
        }
    }

    /// Notes that another client's message has a reference id of ours.
    fn note_collision(&mut self, reference: Option<i64>) {
        self.ids_collide |= reference.is_some_and(|id| self.requests.knows_reference(id));
    }

    fn repeats(&self, application: Option<i64>) -> bool {
        let known = application.and_then(|id| self.application(id));
        known.is_some_and(|known| known.repeats)
    }

    fn answer(&mut self, facts: &mut Facts<'_>) {
        let found = match facts.reference {
            Some(reference) => self.requests.by_reference(facts, reference),
            None if self.repeats(facts.application) => Match::Foreign,
            None => self
                .requests
                .by_content(facts, |application| self.repeats(application)),
        };
        match found {
            Match::Waiting(at) => {
                let Some(request) = self.requests.waiting.get(at).cloned() else {
                    return;
                };
                self.note_repeats(request.application, facts.reference.is_some());
                facts.application = facts.application.or(request.application);
                self.own(facts, at, &request);
            }
            Match::Past(past) => {
                self.note_repeats(past.request.application, true);
                facts.application = facts.application.or(past.request.application);
                self.late(facts, &past);
            }
            Match::Foreign => {
                self.note_collision(facts.reference);
                self.others(facts);
            }
            Match::Unclear => self.event(Event::Unclear {
                error: facts.error(),
                text: facts.error_text().into(),
            }),
        }
    }

    /// Processes the answer to a waiting request.
    fn own(&mut self, facts: &Facts<'_>, at: usize, request: &Request) {
        let origin = Origin::Own(request);
        match facts.kind {
            MessageType::Error
            | MessageType::NoRecordsAvailable
            | MessageType::NoRunningPreviewCampaigns => self.error(facts, at, request),
            MessageType::ChainedRecord => {
                self.chained(facts, origin);
                let until = self.now.saturating_add(self.settings.timings.chain);
                if let Some(request) = self.requests.waiting.get_mut(at) {
                    request.deadline = Some(until);
                }
            }
            _ => {
                self.take(at, true);
                self.acknowledged(facts, origin);
                self.done(request, None);
            }
        }
    }

    fn late(&mut self, facts: &Facts<'_>, past: &Past) {
        let request = &past.request;
        // It comes by itself some time after the answer proper.
        if !(facts.kind == MessageType::LogOutAcknowledge && past.answered) {
            self.event(Event::Late {
                request: request.id,
                message_type: request.kind,
            });
        }
        match facts.kind {
            MessageType::Error
            | MessageType::NoRecordsAvailable
            | MessageType::NoRunningPreviewCampaigns => self.late_error(facts, past),
            MessageType::ChainedRecord => self.chained(facts, Origin::Late(past)),
            _ => self.acknowledged(facts, Origin::Late(past)),
        }
    }

    /// Applies the information about records in messages for others.
    fn others(&mut self, facts: &Facts<'_>) {
        match facts.kind {
            MessageType::PreviewRecord => {
                self.record_event(facts, Source::Pushed, None);
                return;
            }
            MessageType::ChainedRecord => self.chained(facts, Origin::Foreign),
            MessageType::LogOutAcknowledge => {
                self.acknowledged(facts, Origin::Foreign);
                if facts.reference.is_none() {
                    return;
                }
            }
            MessageType::Error
            | MessageType::NoRecordsAvailable
            | MessageType::NoRunningPreviewCampaigns => {}
            _ => self.acknowledged(facts, Origin::Foreign),
        }
        self.foreign(facts);
    }

    pub(super) fn take(&mut self, at: usize, answered: bool) -> Option<Request> {
        let until = self.now.saturating_add(self.settings.timings.remember);
        let limit = self.settings.limits.remembered;
        self.requests.end(at, answered, until, limit)
    }

    pub(super) fn done(&mut self, request: &Request, error: Option<ErrorCode>) {
        self.event(Event::Done {
            request: request.id,
            message_type: request.kind,
            error,
        });
        self.over(request, Outcome::Done);
    }

    /// Processes a record of a chain.
    fn chained(&mut self, facts: &Facts<'_>, origin: Origin<'_>) {
        let asked = origin.request().and_then(Request::record);
        let Some(id) = self.record_event(facts, Source::Chained, asked) else {
            return;
        };
        let chain = facts
            .chain
            .or_else(|| self.records.get(&id).and_then(|entry| entry.chain));
        if let Some(chain_id) = chain {
            let chain = ChainId {
                application_id: id.application_id,
                chain_id,
            };
            self.adopt(asked, chain);
            let unasked = self
                .chains
                .get(&chain)
                .is_some_and(|members| members.state == ChainState::Unasked);
            match origin {
                // The end is no longer awaited.
                Origin::Late(_) if unasked => self.set_chain(chain, ChainState::Partial),
                _ => self.chain_goes_on(chain),
            }
        }
    }

    /// Assigns a record without a chain to the chain requested for it.
    fn adopt(&mut self, asked: Option<RecordId>, chain: ChainId) {
        let Some(id) = asked.filter(|id| id.application_id == chain.application_id) else {
            return;
        };
        let Some(entry) = self.records.get_mut(&id) else {
            return;
        };
        if entry.chain.is_none() {
            entry.chain = Some(chain.chain_id);
            self.join(id, Source::Chained);
        }
    }

    /// Applies an answer that says yes.
    fn acknowledged(&mut self, facts: &Facts<'_>, origin: Origin<'_>) {
        let id = facts
            .application
            .zip(facts.handle)
            .map(|(application_id, handle)| RecordId {
                application_id,
                handle,
            });
        let asked = origin.request().and_then(Request::record);
        match facts.kind {
            MessageType::PreviewRecord => {
                let Some(request) = origin.request() else {
                    return;
                };
                // A record without a purpose has the purpose of its request.
                let facts = Facts {
                    campaign: facts
                        .campaign
                        .or(request.campaign.as_ref().map(TextBuf::text)),
                    group: facts.group.or(request.group.as_ref().map(TextBuf::text)),
                    ..*facts
                };
                self.record_event(&facts, Source::Preview, None);
                self.record_came(request);
            }
            MessageType::ChainedRecordsDataEnd => self.chain_ended(facts, origin),
            MessageType::RecordProcessedAcknowledge => {
                self.ended(facts, id, origin, EndCause::Processed);
            }
            MessageType::RecordRejectAcknowledge => {
                self.ended(facts, id, origin, EndCause::Rejected);
            }
            MessageType::RecordCancelAcknowledge => {
                self.ended(facts, id, origin, EndCause::Canceled);
            }
            MessageType::DoNotCallAcknowledge => {
                self.ended(facts, id, origin, EndCause::DoNotCall);
            }
            MessageType::RecordRescheduleAcknowledge
            | MessageType::ScheduledRecordRescheduleAcknowledge => {
                self.noted(asked.or(id), origin);
            }
            MessageType::PreviewDialingModeStartAcknowledge => self.linked(origin, Link::On),
            MessageType::PreviewDialingModeOverAcknowledge => self.linked(origin, Link::Off),
            MessageType::ReadyTimeAcknowledge => {
                if let Some(request) = origin.request() {
                    self.ready_told(request);
                }
            }
            MessageType::AddRecordAcknowledge => {
                if let Some(request) = origin.request() {
                    self.added(request);
                }
            }
            MessageType::LogOutTime => self.log_out_time(facts, origin),
            MessageType::LogOutAcknowledge => {
                if let Some(session) = self.log_out_session(facts, origin) {
                    self.set_log_out(session, LogOutState::Granted);
                }
            }
            _ => {}
        }
        if let Some(entry) = asked.or(id).and_then(|id| self.records.get_mut(&id)) {
            entry.confirmed = true;
        }
    }

    /// Notes that a record came for a request of this session: records are available again.
    fn record_came(&mut self, request: &Request) {
        if let Some(session) = request.session.and_then(|id| self.session_mut(id)) {
            session.retries = 0;
            session.linked_again = false;
            let wished = request.purpose == Purpose::Preview(session.id);
            if wished && session.wish == Preview::Next {
                session.wish = Preview::Link;
            }
        }
    }

    fn chain_ended(&mut self, facts: &Facts<'_>, origin: Origin<'_>) {
        let asked = origin.request().and_then(Request::record);
        let of_asked = asked.and_then(|id| self.records.get(&id)?.chain_id(id.application_id));
        let named = facts
            .application
            .zip(facts.chain)
            .map(|(application_id, chain_id)| ChainId {
                application_id,
                chain_id,
            });
        if let Some(chain) = named {
            self.adopt(asked, chain);
        }
        if let Some(chain) = named.or(of_asked) {
            self.set_chain(chain, ChainState::Complete);
        }
    }

    /// Processes the acknowledgement of a final request, or of one by number or customer.
    fn ended(
        &mut self,
        facts: &Facts<'_>,
        id: Option<RecordId>,
        origin: Origin<'_>,
        why: EndCause,
    ) {
        let Some(request) = origin.request() else {
            return self.ended_by_another(facts, id, why);
        };
        if let Some(message) = look(facts.data, keys::MESSAGE)
            && facts.kind == MessageType::RecordCancelAcknowledge
            && !message.is_empty()
        {
            self.event(Event::Incomplete {
                request: request.id,
                message: message.into(),
            });
        }
        if request.by_contact() {
            let Some(application) = request.application else {
                return;
            };
            let phone = request.phone.as_ref().map(TextBuf::text);
            let customer = request.customer.as_ref().map(TextBuf::text);
            return self.call_off(application, phone, customer.map(TextOrNumber::Text));
        }
        let Some(id) = request.record() else {
            return;
        };
        // Records that came after the request are not affected: its handle may be a new record's.
        let moment = request.moment;
        let meant = |entry: &Entry| entry.moment < moment;
        let named = self.records.get(&id).is_some_and(meant);
        let chain = request.chain.filter(|_| !request.record_only);
        let chain = chain.map(|chain_id| ChainId {
            application_id: id.application_id,
            chain_id,
        });
        self.end_with_chain(named.then_some(id), chain, why, Some(request.id), |entry| {
            meant(entry) && entry.state != RecordState::Finishing
        });
    }

    fn ended_by_another(&mut self, facts: &Facts<'_>, id: Option<RecordId>, why: EndCause) {
        if let (Some(application), None) = (facts.application, facts.handle) {
            return self.call_off(application, facts.phone, facts.customer);
        }
        let by_attribute = matches!(why, EndCause::Canceled | EndCause::DoNotCall);
        let whole = !by_attribute || facts.record_only() == Some(false);
        let entry = id.and_then(|id| self.records.get(&id));
        let chain = entry.zip(id).filter(|_| whole);
        let chain = chain.and_then(|(entry, id)| entry.chain_id(id.application_id));
        self.end_with_chain(id, chain, why, None, |entry| {
            entry.source == Source::Chained && entry.state != RecordState::Finishing
        });
    }

    fn noted(&mut self, id: Option<RecordId>, origin: Origin<'_>) {
        let sent = origin.request().map(|request| request.moment);
        if let Some(id) = id
            && let Some(entry) = self.records.get_mut(&id)
            && sent.is_none_or(|sent| entry.moment < sent)
            && !entry.callback_noted
        {
            entry.callback_noted = true;
            self.event(Event::CallbackNoted { record: id });
        }
    }

    pub(super) fn linked(&mut self, origin: Origin<'_>, link: Link) {
        if let Some(request) = origin.request()
            && let Some(id) = request.session
            && let Some(session) = self.session_mut(id)
            && session.link_request == Some(request.id)
        {
            self.set_link(id, link);
        }
    }

    fn ready_told(&mut self, request: &Request) {
        let seconds = u64::try_from(request.seconds).unwrap_or_default();
        let sent = request.moment;
        let at = self
            .now
            .saturating_add(core::time::Duration::from_secs(seconds));
        if let Some(entry) = request.record().and_then(|id| self.records.get_mut(&id))
            && entry.moment < sent
        {
            entry.ready_told = true;
            entry.ready_at = Some(at);
        }
    }

    /// Notes that a record was added to a chain, which may be requested again.
    fn added(&mut self, request: &Request) {
        let of_record = || {
            let id = request.record()?;
            self.records.get(&id)?.chain
        };
        let chain = request.chain.or_else(of_record);
        if let Some((application_id, chain_id)) = request.application.zip(chain) {
            let chain = ChainId {
                application_id,
                chain_id,
            };
            let Some(members) = self.chains.get_mut(&chain) else {
                return;
            };
            if request.moment < members.asked_at {
                // The question was behind it, so that the answer has it.
                return;
            }
            if members.state == ChainState::Asked {
                members.added = true;
                return;
            }
            self.set_chain(chain, ChainState::Unasked);
        }
    }

    /// Notes the agent's waiting time.
    fn log_out_time(&mut self, facts: &Facts<'_>, origin: Origin<'_>) {
        let Some(id) = self.log_out_session(facts, origin) else {
            return;
        };
        let Some(session) = self.session(id) else {
            return;
        };
        let newest = match origin.request() {
            Some(request) => session.log_out_request == Some(request.id),
            // Another client's: it is the same agent.
            None => !self.requests.is_waiting(|request| {
                request.kind == MessageType::LogOut && request.session == Some(id)
            }),
        };
        if !newest || session.log_out == LogOutState::Granted {
            return;
        }
        let seconds = match facts.number(keys::LOGOUT_TIME) {
            Some(seconds) if seconds > 0 => seconds,
            Some(_) => return self.set_log_out(id, LogOutState::Granted),
            // It answers without naming its subject.
            None => return self.set_log_out(id, LogOutState::Unanswered),
        };
        let wait = core::time::Duration::from_secs(seconds.unsigned_abs());
        let until = self.now.saturating_add(wait);
        self.set_log_out(id, LogOutState::Wait { seconds, until });
    }

    fn log_out_session(&self, facts: &Facts<'_>, origin: Origin<'_>) -> Option<super::CampaignId> {
        let application = facts.application.or_else(|| self.only_application())?;
        match origin.request() {
            Some(request) => request.session.filter(|id| {
                let session = self.session(*id);
                session.is_some_and(|session| session.application == application)
            }),
            None => self
                .session_of(application, facts.group, facts.campaign)
                .or_else(|| {
                    // Of several groups, the one that was asked for; it may name none.
                    let bare = facts.group.is_none() && facts.campaign.is_none();
                    let named = self.sessions_named(Some(application), facts.group, facts.campaign);
                    let all = self.sessions.iter().filter(|session| {
                        bare && session.is_here() && session.application == application
                    });
                    let mut asked = named
                        .chain(all)
                        .filter(|session| session.log_out != LogOutState::None);
                    let first = asked.next()?;
                    asked.next().is_none().then_some(first.id)
                }),
        }
    }
}

/// Recognizes servers that acknowledge a request by its own name, with `GSW_USER_EVENT` in place of
/// `GSW_AGENT_REQ_TYPE`.
fn repeated(data: AttachedData<'_>) -> Option<MessageType> {
    let name = look(data, keys::USER_EVENT)?;
    let request = MessageType::ALL.iter().find(|kind| {
        let layout = kind.layout();
        let mut names = layout.value.iter().chain(layout.other_values);
        kind.is_request() && names.any(|known| name == **known)
    })?;
    let with_data = matches!(
        request,
        MessageType::CampaignStatusRequest
            | MessageType::PreviewRecordRequest
            | MessageType::ChainedRecordRequest
    );
    let acknowledgement = request.answered_by().first().copied();
    acknowledgement.filter(|_| !with_data)
}
