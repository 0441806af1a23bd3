//! Requests: the checks, and their order.

use alloc::string::ToString;
use alloc::vec::Vec;

use super::faults::{Fault, strikes};
use super::truth::Leaving;
use super::{ComplaintKind, Ocs, Reaction, Session, Written};
use crate::gsw::keys::Problem;
use crate::gsw::messages::Error;
use crate::gsw::{
    AttachedData, AttachedDataBuf, CallResult, DesktopMessage, ErrorCode, FindingKind, MessageType,
    Severity, Text, TextBuf, keys,
};

/// A request on its way through the checks.
pub(super) struct Ask<'a> {
    pub(super) dn: TextBuf,
    pub(super) data: AttachedData<'a>,
    pub(super) message: DesktopMessage<'a>,
    pub(super) application_id: i64,
    pub(super) reference_id: Option<i64>,
    pub(super) record_handle: Option<i64>,
}

/// The subject of a request, as far as the checks have found it.
#[derive(Clone, Copy, Default)]
pub(super) struct About {
    pub(super) agent: usize,
    pub(super) group: Option<usize>,
    /// The record on the desktop.
    pub(super) place: Option<usize>,
}

/// Why a request is not done.
pub(super) enum No {
    /// There is no answer.
    Silence,
    Error(ErrorCode),
    /// 101, with a text of its own.
    Text(&'static str),
}

impl No {
    const PREVIEW_START: Self = No::Text("PreviewDialingModeStart is required");
    pub(super) const NO_AUTO_CAMPAIGN: Self = No::Text("There is no 'Auto' campaign started");
    const LOGGED_OUT: Self = No::Text("Agent smartly logged out");
}

impl Ocs {
    /// Processes a list from a client at a DN. Lists that are no requests are not for the server.
    pub(super) fn serve(&mut self, dn: &TextBuf, data: AttachedData<'_>) {
        let no_request = [
            keys::USER_EVENT.name(),
            keys::ERROR_NUMBER.name(),
            keys::ERROR.name(),
        ];
        let Some(name) = data.value(keys::AGENT_REQ_TYPE.name()) else {
            return;
        };
        if no_request.iter().any(|key| data.value(key).is_some()) {
            return;
        }
        let meant = data.find(keys::APPLICATION_ID);
        let application_id = match meant {
            Ok(Some(id)) => id,
            _ => self.primary,
        };
        let mut applications = self.applications.iter();
        if !applications.any(|one| one.application_id == application_id && one.alive) {
            self.note_lost_handle(dn, application_id, data);
            return;
        }
        let request_type = MessageType::of(data).ok();
        self.reaction = self.reaction_to(request_type);
        let answer_error = |server: &mut Self, no: No| {
            server.refuse(dn, application_id, data, name.as_text(), &no);
        };
        match self.reaction {
            Some(Reaction::Ignore) => {}
            Some(Reaction::Refuse(code)) => answer_error(self, No::Error(code)),
            Some(Reaction::RefuseWith(text)) => answer_error(self, No::Text(text)),
            _ => {
                if let Err(no) = self.check_and_do(dn, application_id, request_type, data) {
                    answer_error(self, no);
                }
            }
        }
        self.reaction = None;
    }

    fn reaction_to(&mut self, request: Option<MessageType>) -> Option<Reaction> {
        let fits = |(wanted, _): &(Option<MessageType>, Reaction)| {
            wanted.is_none_or(|wanted| Some(wanted) == request)
        };
        if let Some(place) = self.next.iter().position(fits) {
            return self.next.remove(place).map(|(_, reaction)| reaction);
        }
        let status = request == Some(MessageType::CampaignStatusRequest);
        if !status && strikes(&self.faults, Fault::Errors, &mut self.rng) {
            let code = self.rng.choice(ErrorCode::OF_ANY_REQUEST);
            return code.map(Reaction::Refuse);
        }
        None
    }

    fn check_and_do(
        &mut self,
        dn: &TextBuf,
        application_id: i64,
        request_type: Option<MessageType>,
        data: AttachedData<'_>,
    ) -> Result<(), No> {
        let Some(request_type) = request_type.filter(|one| one.is_request()) else {
            return Err(No::Error(ErrorCode::INVALID_REQUEST));
        };
        let former = application_id != self.primary;
        let reference_id = data.find(keys::REFERENCE_ID).unwrap_or_default();
        if request_type == MessageType::CampaignStatusRequest {
            // A server that does not know the agent is silent, and never refuses.
            let agent = self.agent_at(dn.text());
            let agent =
                agent.filter(|place| self.agents.get(*place).is_some_and(|one| one.logged_in));
            if let (Some(agent), false) = (agent, former) {
                self.announce_as_answer(agent, reference_id);
            }
            return Ok(());
        }
        self.check_keys(dn, request_type, data)?;
        let Ok(message) = DesktopMessage::from_attached_data(data) else {
            return Err(No::Error(ErrorCode::INVALID_ATTRIBUTE_VALUE));
        };
        let ask = Ask {
            dn: dn.clone(),
            data,
            application_id,
            reference_id,
            record_handle: message.record_handle(),
            message,
        };
        let about = self.find(&ask, request_type, former)?;
        self.work(&ask, about)
    }

    /// Answers a status request, without a reference id if it has none.
    fn announce_as_answer(&mut self, agent: usize, reference_id: Option<i64>) {
        self.announce_to(agent, reference_id);
    }

    /// Keys and values.
    fn check_keys(
        &mut self,
        dn: &TextBuf,
        request: MessageType,
        data: AttachedData<'_>,
    ) -> Result<(), No> {
        let mut findings = request.check_received(data);
        findings.retain(|finding| finding.severity == Severity::Error);
        if findings.is_empty() {
            return Ok(());
        }
        let codes = findings.iter().filter(|finding| {
            // A value that is no time is judged later, with the record at hand.
            finding.kind != FindingKind::Value(Problem::NotADateTime)
        });
        let codes: Vec<ErrorCode> = codes.filter_map(|one| one.kind.error_code()).collect();
        let worst = codes.iter().min_by_key(|code| code.0).copied();
        let findings = findings.iter().map(ToString::to_string).collect();
        self.complain(dn, ComplaintKind::Invalid { request, findings });
        worst.map_or(Ok(()), |code| Err(No::Error(code)))
    }

    /// Finds the agent, the record and the group, and checks that the request is possible.
    fn find(&mut self, ask: &Ask<'_>, request: MessageType, former: bool) -> Result<About, No> {
        if former && ask.record_handle.is_none() {
            return Err(No::Silence);
        }
        let agent = self.agent_at(ask.dn.text());
        let agent = agent.filter(|place| self.agents.get(*place).is_some_and(|one| one.logged_in));
        let agent = agent.ok_or(No::Error(ErrorCode::AGENT_NOT_FOUND))?;
        let mut place = None;
        if let Some(handle) = ask.record_handle {
            place = self.find_open(ask.application_id, handle, &ask.dn);
            if place.is_none() {
                self.note_lost_handle(&ask.dn, ask.application_id, ask.data);
                return Err(No::Error(request.record_gone()));
            }
        }
        let group = self.group_of(ask, agent, place)?;
        if let (Some(group), None) = (group, place) {
            let of = self.groups.get(group);
            let member = self
                .agents
                .get(agent)
                .zip(of)
                .is_some_and(|(agent, of)| agent.is_of(of));
            if !member {
                return Err(No::Error(ErrorCode::AGENT_NOT_FOUND));
            }
            if self.session(group) == Session::Unloaded {
                return Err(No::Error(ErrorCode::NO_ACTIVE_CAMPAIGNS));
            }
        }
        let none_loaded = self
            .groups
            .iter()
            .all(|group| group.session == Session::Unloaded);
        if group.is_none() && place.is_none() && none_loaded {
            return Err(No::Error(ErrorCode::NO_ACTIVE_CAMPAIGNS));
        }
        if let (MessageType::PreviewRecordRequest, Some(group)) = (request, group)
            && !self.is_linked(agent, group)
        {
            return Err(if self.habits.refuses_unlinked {
                No::PREVIEW_START
            } else {
                No::Silence
            });
        }
        let leaving = self
            .agents
            .get(agent)
            .map_or(Leaving::No, |agent| agent.leaving);
        let working = self.on_desktop(&ask.dn).next().is_some();
        if leaving == Leaving::Granted && working && request != MessageType::LogOut {
            return Err(No::LOGGED_OUT);
        }
        Ok(About {
            agent,
            group,
            place,
        })
    }

    fn is_linked(&self, agent: usize, group: usize) -> bool {
        let Some((agent, group)) = self.agents.get(agent).zip(self.groups.get(group)) else {
            return false;
        };
        !group.preview_mode_start || agent.linked.contains(&group.name)
    }

    /// Returns the campaign group. That of a record takes precedence over that of the request.
    fn group_of(
        &self,
        ask: &Ask<'_>,
        agent: usize,
        place: Option<usize>,
    ) -> Result<Option<usize>, No> {
        let unknown = No::Error(ErrorCode::CAMPAIGN_GROUP_NOT_FOUND);
        let text = |key| ask.data.find(key).unwrap_or_default();
        let name = text(keys::CAMPAIGN_GROUP_NAME);
        let campaign = text(keys::CAMPAIGN_NAME);
        let by_name = name.map(|name| self.group_named(name));
        let of_campaign = |group: &super::Group| {
            campaign.is_some_and(|name| group.campaign_name == *name.as_bytes())
        };
        let by_campaign = || {
            let groups = || {
                self.groups
                    .iter()
                    .enumerate()
                    .filter(|(_, group)| of_campaign(group))
            };
            let own = groups().find(|(_, group)| {
                self.agents
                    .get(agent)
                    .is_some_and(|agent| agent.is_of(group))
            });
            own.or_else(|| groups().next()).map(|(place, _)| place)
        };
        let named = match (by_name, campaign) {
            (Some(found), _) => Some(found.ok_or(unknown)?),
            (None, Some(_)) => Some(by_campaign().ok_or(unknown)?),
            (None, None) => None,
        };
        let of_record = place.and_then(|place| self.allotments.get(place));
        Ok(of_record
            .and_then(|one| self.group_named(one.group.text()))
            .or(named))
    }

    /// Notes a handle that another application has given.
    fn note_lost_handle(&mut self, dn: &TextBuf, application_id: i64, data: AttachedData<'_>) {
        let Ok(Some(record_handle)) = data.find(keys::RECORD_HANDLE) else {
            return;
        };
        let of = |one: &&super::Allotment| one.record_handle == record_handle && one.dn == *dn;
        let mut given = self.allotments.iter().filter(of);
        let own = given
            .clone()
            .any(|one| one.application_id == application_id);
        if !own
            && given.next().is_some()
            && let Ok(request) = MessageType::of(data)
        {
            let kind = ComplaintKind::OtherApplication {
                request,
                application_id,
                record_handle,
            };
            self.complain(dn, kind);
        }
    }

    /// Answers with an error.
    fn refuse(
        &mut self,
        dn: &TextBuf,
        application_id: i64,
        data: AttachedData<'_>,
        name: Option<Text<'_>>,
        no: &No,
    ) {
        let (code, text) = match no {
            No::Silence => return,
            No::Error(code) => (*code, code.name()),
            No::Text(text) => (ErrorCode::INVALID_REQUEST, Some(*text)),
        };
        let reference_id = data.find(keys::REFERENCE_ID).unwrap_or_default();
        let request = DesktopMessage::from_attached_data(data).ok();
        let own = matches!(
            code,
            ErrorCode::NO_RECORDS_AVAILABLE | ErrorCode::NO_RUNNING_PREVIEW_CAMPAIGNS
        );
        // Two errors have tables of their own.
        if own
            && let Some(mut answer) = request.and_then(|request| request.error(code))
            && !matches!(answer, DesktopMessage::Error(_))
        {
            match &mut answer {
                DesktopMessage::NoRecordsAvailable(answer) => {
                    answer.application_id = Some(application_id);
                }
                DesktopMessage::NoRunningPreviewCampaigns(answer) => {
                    answer.application_id = Some(application_id);
                }
                _ => {}
            }
            return self.answer(dn, Written::new(answer));
        }
        let answer = Error {
            error: text.map(Text::from),
            error_number: Some(code),
            request_type: name.filter(|_| self.habits.names_refused_request),
            application_id: Some(application_id),
            reference_id,
            ..Error::default()
        };
        self.answer(dn, Written::new(answer));
    }

    /// Applies the action of another client of the DN to the records on the desktop.
    pub(super) fn interfere(&mut self, dn: &TextBuf) {
        let open = self.open_at(dn);
        let place = self.rng.choice(open);
        let reference = self.rng.i64(1..1 << 31);
        let mut data = AttachedDataBuf::new();
        let mut ask = |request: MessageType| {
            if let Some(name) = request.layout().value {
                data.set(keys::AGENT_REQ_TYPE, name.into());
            }
            data.set(keys::REFERENCE_ID, reference);
        };
        let dice = self.rng.u8(..10);
        let Some((one, record)) = place.and_then(|place| self.with_record(place)) else {
            return;
        };
        let request = match dice {
            0..=3 => MessageType::UpdateCallCompletionStats,
            4..=5 => MessageType::ChainedRecordRequest,
            6 => MessageType::PreviewRecordRequest,
            7..=8 => MessageType::RecordProcessed,
            _ => MessageType::RecordReject,
        };
        ask(request);
        data.set(keys::APPLICATION_ID, one.application_id);
        let group = self
            .group_named(one.group.text())
            .and_then(|place| self.groups.get(place));
        if let Some(group) = group {
            data.set(keys::CAMPAIGN_NAME, group.campaign_name.text());
        }
        if request != MessageType::PreviewRecordRequest {
            data.set(keys::RECORD_HANDLE, one.record_handle);
        }
        if matches!(
            request,
            MessageType::RecordProcessed | MessageType::RecordReject
        ) {
            data.set(keys::CALLING_LIST, record.calling_list.text());
        }
        if request == MessageType::UpdateCallCompletionStats {
            data.set(keys::CALL_RESULT, CallResult::NO_ANSWER);
        }
        // T-Server shows the request to every client of the DN.
        self.post(dn, data.clone(), false);
        self.serve(dn, data.view());
    }
}
