//! From an intended request to one that is sent.
use super::Desktop;
use super::campaign::{Session, Stage};
use super::event::{Event, Warning};
use super::facts::{Facts, look};
use super::refused::Refused;
use super::requests::Purpose;
use super::view::{CampaignId, RecordId, RequestId};
use crate::gsw::attached_data::{AttachedData, AttachedDataBuf};
use crate::gsw::keys::{self, Key, KeyType, Problem};
use crate::gsw::messages::{DesktopMessage, FindingKind, InvalidMessage, MessageType, Severity};
use crate::gsw::values::DateTime;
use crate::text::Text;
use crate::text_buf::TextBuf;

/// The subject of a request.
#[derive(Clone, Copy, Debug, Default)]
struct Target {
    application: Option<i64>,
    record: Option<RecordId>,
    session: Option<CampaignId>,
}

fn set_if_missing<T: KeyType>(data: &mut AttachedDataBuf, key: Key<T>, value: Option<T::Of<'_>>) {
    if let Some(value) = value
        && !matches!(data.view().find(key), Ok(Some(_)) | Err(_))
    {
        data.set(key, value);
    }
}

fn has_row<T: KeyType>(kind: MessageType, key: Key<T>) -> bool {
    let mut rows = kind.layout().rows.iter();
    rows.any(|row| row.key == key.name())
}

impl Desktop {
    pub(super) fn submit(
        &mut self,
        message: &DesktopMessage<'_>,
        force: bool,
        purpose: Purpose,
    ) -> Result<RequestId, Refused> {
        let kind = message.message_type();
        if !kind.is_request() {
            return Err(Refused::NotARequest(kind));
        }
        let data = message.to_attached_data_as_received();
        self.submit_data(kind, data, force, purpose)
    }

    pub(super) fn submit_data(
        &mut self,
        kind: MessageType,
        mut data: AttachedDataBuf,
        force: bool,
        purpose: Purpose,
    ) -> Result<RequestId, Refused> {
        self.can_send()?;
        self.redirect(kind, &mut data);
        let target = self.target(kind, data.view(), force)?;
        self.fill(kind, &mut data, target);
        let mut warning = None;
        if !force {
            if let Some(handle) = look(data.view(), keys::RECORD_HANDLE)
                && !has_row(kind, keys::RECORD_HANDLE)
            {
                // The request has no place for it, but the record must not go to another server.
                let application_id = look(data.view(), keys::APPLICATION_ID);
                let id = application_id.map(|application_id| RecordId {
                    application_id,
                    handle,
                });
                if id.is_none_or(|id| !self.records.contains_key(&id)) {
                    return Err(Refused::NoRecord);
                }
            }
            warning = self.allowed(kind, &data, target, purpose)?;
            lawful(kind, data.view())?;
        }
        let request = self.enqueue(kind, data, target.session, purpose)?;
        if let Some(warning) = warning {
            self.event(Event::Warned { request, warning });
        }
        Ok(request)
    }

    /// Adds keys that a request about a record omits, and refuses values that the manual forbids.
    pub(super) fn prepare(
        &self,
        kind: MessageType,
        mut data: AttachedDataBuf,
    ) -> Result<AttachedDataBuf, Refused> {
        let target = self.target(kind, data.view(), false)?;
        self.fill(kind, &mut data, target);
        lawful(kind, data.view())?;
        Ok(data)
    }

    pub(super) fn can_send(&self) -> Result<(), Refused> {
        if !self.is_up {
            return Err(Refused::TransportDown);
        }
        if self.requests.waiting.len() >= self.settings.limits.outstanding {
            return Err(Refused::TooManyOutstanding);
        }
        Ok(())
    }

    /// Redirects the addition of a record to the server that has the campaign now; the former
    /// server's handle has no meaning there.
    fn redirect(&self, kind: MessageType, data: &mut AttachedDataBuf) {
        if kind != MessageType::AddRecord || look(data.view(), keys::APPLICATION_ID).is_some() {
            return;
        }
        let Some(handle) = look(data.view(), keys::RECORD_HANDLE) else {
            return;
        };
        let mut records = self.records.iter().filter(|(id, _)| id.handle == handle);
        let (Some((id, entry)), None) = (records.next(), records.next()) else {
            return;
        };
        if !self.is_left(id.application_id) {
            return;
        }
        let (group, campaign) = (entry.group.as_ref(), entry.campaign.as_ref());
        let (group, campaign) = (group.map(TextBuf::text), campaign.map(TextBuf::text));
        let mut sessions = self.sessions_named(None, group, campaign);
        if let Some(application) = sessions.next().map(|session| session.application) {
            data.remove(keys::RECORD_HANDLE.name());
            data.set(keys::APPLICATION_ID, application);
            set_if_missing(data, keys::CAMPAIGN_NAME, campaign);
            set_if_missing(data, keys::CAMPAIGN_GROUP_NAME, group);
            set_if_missing(
                data,
                keys::CALLING_LIST,
                entry.list.as_ref().map(TextBuf::text),
            );
        }
    }

    fn target(
        &self,
        kind: MessageType,
        data: AttachedData<'_>,
        force: bool,
    ) -> Result<Target, Refused> {
        let facts = Facts::read(kind, data, usize::MAX);
        if kind == MessageType::CampaignStatusRequest {
            return Ok(Target {
                application: facts.application,
                ..Target::default()
            });
        }
        if let Some(handle) = facts.handle {
            return self.record_target(&facts, handle, force);
        }
        let by_contact = matches!(
            kind,
            MessageType::RequestRecordCancel | MessageType::DoNotCall
        );
        let mut session = None;
        if !by_contact {
            let mut named = self.sessions_named(facts.application, facts.group, facts.campaign);
            session = named.next();
            if named.next().is_some() && !force {
                return Err(Refused::AmbiguousCampaign);
            }
        }
        let application = facts
            .application
            .or_else(|| session.map(|session| session.application))
            .or_else(|| self.only_application());
        if application.is_none() && !force {
            return Err(Refused::NoApplication);
        }
        Ok(Target {
            application,
            record: None,
            session: session.map(|session| session.id),
        })
    }

    fn record_target(
        &self,
        facts: &Facts<'_>,
        handle: i64,
        force: bool,
    ) -> Result<Target, Refused> {
        let mut with_handle = self.records.keys().filter(|id| id.handle == handle);
        let id = if let Some(application_id) = facts.application {
            let id = RecordId {
                application_id,
                handle,
            };
            if !self.records.contains_key(&id) && with_handle.next().is_some() {
                return Err(Refused::OtherApplication);
            }
            id
        } else {
            match (with_handle.next(), with_handle.next()) {
                (Some(id), None) => *id,
                (Some(_), Some(_)) => return Err(Refused::AmbiguousRecord),
                (None, _) => match self.only_application() {
                    Some(application_id) if force => RecordId {
                        application_id,
                        handle,
                    },
                    _ => return Err(Refused::NoRecord),
                },
            }
        };
        let entry = self.records.get(&id);
        let group = entry.and_then(|entry| entry.group.as_ref());
        let campaign = entry.and_then(|entry| entry.campaign.as_ref());
        let session = self.session_of(
            id.application_id,
            group.map(TextBuf::text).or(facts.group),
            campaign.map(TextBuf::text).or(facts.campaign),
        );
        Ok(Target {
            application: Some(id.application_id),
            record: Some(id),
            session,
        })
    }

    /// Adds the keys that the request omits and the desktop knows.
    fn fill(&self, kind: MessageType, data: &mut AttachedDataBuf, target: Target) {
        if kind == MessageType::CampaignStatusRequest {
            return;
        }
        set_if_missing(data, keys::APPLICATION_ID, target.application);
        let entry = target.record.and_then(|id| self.records.get(&id));
        let session = target.session.and_then(|id| self.session(id));
        let text = |text: Option<&TextBuf>| text.cloned();
        let campaign = text(entry.and_then(|entry| entry.campaign.as_ref()));
        let campaign = campaign.or_else(|| session.and_then(|session| session.campaign.clone()));
        let group = text(entry.and_then(|entry| entry.group.as_ref()));
        let group = group.or_else(|| session.and_then(|session| session.group.clone()));
        let list = text(entry.and_then(|entry| entry.list.as_ref()));
        let row = |key| has_row(kind, key);
        if row(keys::CAMPAIGN_NAME) {
            let name = campaign.as_ref().map(TextBuf::text);
            set_if_missing(data, keys::CAMPAIGN_NAME, name);
        }
        if row(keys::CALLING_LIST) {
            let name = list.as_ref().map(TextBuf::text);
            set_if_missing(data, keys::CALLING_LIST, name);
        }
        let tells = kind == MessageType::PreviewRecordRequest && {
            let name = campaign.as_ref().map(TextBuf::text);
            let sessions = self.sessions_named(target.application, None, name);
            sessions.count() > 1
        };
        if row(keys::CAMPAIGN_GROUP_NAME) || tells {
            let name = group.as_ref().map(TextBuf::text);
            set_if_missing(data, keys::CAMPAIGN_GROUP_NAME, name);
        }
    }

    /// Returns the state's objection to a request.
    fn allowed(
        &self,
        kind: MessageType,
        data: &AttachedDataBuf,
        target: Target,
        purpose: Purpose,
    ) -> Result<Option<Warning>, Refused> {
        let session = target.session.and_then(|id| self.session(id));
        match kind {
            MessageType::CampaignStatusRequest
            | MessageType::PreviewDialingModeOver
            | MessageType::LogOut => Ok(None),
            MessageType::PreviewDialingModeStart => {
                let started = session.is_some_and(|session| session.stage == Stage::Started);
                if started {
                    Ok(None)
                } else {
                    Err(Refused::NotStarted)
                }
            }
            MessageType::PreviewRecordRequest => self.may_preview(session),
            MessageType::AddRecord => {
                if target
                    .record
                    .is_some_and(|id| !self.records.contains_key(&id))
                {
                    return Err(Refused::NoRecord);
                }
                session.map(|_| None).ok_or(Refused::NotLoaded)
            }
            _ => match target.record {
                Some(id) => self.may_change(kind, data, id, session, purpose),
                None => Ok(None),
            },
        }
    }

    fn may_preview(&self, session: Option<&Session>) -> Result<Option<Warning>, Refused> {
        let in_preview = session.is_some_and(Session::is_in_preview);
        if !in_preview && !self.settings.preview_in_any_mode {
            return Err(Refused::NotInPreview);
        }
        if self.records.len() >= self.settings.limits.records {
            return Err(Refused::TooManyRecords);
        }
        if let Some(session) = session {
            if self.wants_to_leave() {
                return Err(Refused::LoggingOut);
            }
            let waits = self.requests.is_waiting(|request| {
                request.kind == MessageType::PreviewRecordRequest
                    && request.session == Some(session.id)
                    && request.application == Some(session.application)
            });
            if waits {
                return Err(Refused::RecordRequested);
            }
            if let Some(at) = session.retry_at.filter(|at| *at > self.now) {
                return Err(Refused::TooSoon { at });
            }
        }
        Ok((!in_preview).then_some(Warning::NotInPreview))
    }

    fn may_change(
        &self,
        kind: MessageType,
        data: &AttachedDataBuf,
        id: RecordId,
        session: Option<&Session>,
        purpose: Purpose,
    ) -> Result<Option<Warning>, Refused> {
        let Some(entry) = self.records.get(&id) else {
            return Err(Refused::NoRecord);
        };
        let mut view = self.record_view(id, entry);
        view.busy &= purpose != Purpose::Finish(id);
        view.may(kind)?;
        let chain = entry
            .chain_id(id.application_id)
            .and_then(|chain| self.chains.get(&chain));
        match kind {
            // A record that names no chain has none whose state would say so.
            MessageType::ChainedRecordRequest
                if entry.chain.is_none()
                    && self.requests.is_waiting(|request| {
                        request.kind == kind && request.record() == Some(id)
                    }) =>
            {
                return Err(Refused::ChainAsked);
            }
            MessageType::ChainedRecordRequest
                if self.records.len() >= self.settings.limits.records =>
            {
                return Err(Refused::TooManyRecords);
            }
            MessageType::ReadyTime if session.is_some_and(|session| session.no_ready_time) => {
                return Err(Refused::NoReadyTime);
            }
            MessageType::RecordReschedule | MessageType::ScheduledRecordReschedule => {
                if let Some(DateTime::At(at)) = look(data.view(), keys::DATE_TIME)
                    && self.is_past(entry, at)
                {
                    return Err(Refused::Past);
                }
                let handles = chain.map_or(&[][..], |chain| &chain.handles);
                let noted = handles.iter().any(|handle| {
                    let other = RecordId {
                        handle: *handle,
                        ..id
                    };
                    let entry = self.records.get(&other).filter(|_| other != id);
                    entry.is_some_and(|entry| entry.callback_noted)
                });
                return Ok(noted.then_some(Warning::SecondCallback));
            }
            MessageType::RecordProcessed
                if entry.callback_noted && look(data.view(), keys::TREATMENT).is_some() =>
            {
                return Ok(Some(Warning::TreatmentAndCallback));
            }
            _ => {}
        }
        Ok(None)
    }

    /// Returns whether a date and time in the record's time zone is past, as far as can be
    /// determined.
    pub(super) fn is_past(
        &self,
        entry: &super::records::Entry,
        at: crate::gsw::values::MinuteTime,
    ) -> bool {
        let past = || {
            let origin = self.settings.wall_clock?.to_timestamp()?;
            let now = origin.checked_add(self.now).ok()?;
            let data = entry.data.as_ref()?;
            let offset = look(data.view(), keys::TZ_OFFSET)?.to_offset()?;
            Some(at.to_civil() < offset.to_datetime(now))
        };
        past().unwrap_or_default()
    }
}

/// Refuses values that the manual forbids. A date that no calendar has is left to the server, if
/// its form is correct.
fn lawful(kind: MessageType, data: AttachedData<'_>) -> Result<(), InvalidMessage> {
    let has_form = |text: Text<'_>| {
        text.to_str().is_ok_and(|text| {
            let digits = |text: &str, most: usize| {
                (1..=most).contains(&text.len()) && text.bytes().all(|byte| byte.is_ascii_digit())
            };
            let mut parts = text.split([' ', '/', ':']);
            let mut next = |most| parts.next().is_some_and(|part| digits(part, most));
            next(2) && next(2) && next(4) && next(2) && next(2) && parts.next().is_none()
        }) && text.as_bytes().iter().filter(|byte| **byte == b'/').count() == 2
            && text.as_bytes().iter().filter(|byte| **byte == b' ').count() == 1
    };
    let mut findings = kind.check_sent(data);
    findings.retain(|finding| {
        let form = finding.kind == FindingKind::Value(Problem::NotADateTime)
            && matches!(look(data, keys::DATE_TIME), Some(DateTime::Unreadable(text)) if has_form(text));
        finding.severity == Severity::Error && !form
    });
    if findings.is_empty() {
        Ok(())
    } else {
        Err(InvalidMessage {
            message: kind,
            findings,
        })
    }
}
