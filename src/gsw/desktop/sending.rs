//! Pending requests, and the effects of sending them.
use alloc::vec::Vec;

use super::event::Event;
use super::facts::{Facts, look};
use super::refused::Refused;
use super::requests::{Purpose, Request, changes_record, is_final, may_repeat};
use super::view::{CampaignId, ChainId, ChainState, Link, LogOutState, RecordState, RequestId};
use super::{Desktop, Transmit};
use crate::gsw::attached_data::AttachedDataBuf;
use crate::gsw::keys;
use crate::gsw::messages::MessageType;

/// The greatest reference id: 31 bits, for either signedness of the packed form.
const MAX_REFERENCE: i64 = 0x7fff_ffff;

impl Desktop {
    fn next_reference(&mut self) -> i64 {
        // At most as many are known as the limits allow, so that this ends.
        loop {
            let reference = self.reference;
            self.reference = match reference {
                MAX_REFERENCE => 1,
                _ => reference.saturating_add(1),
            };
            if !self.requests.knows_reference(reference) {
                return reference;
            }
        }
    }

    /// Puts a request among those that wait, and on its way.
    pub(super) fn enqueue(
        &mut self,
        kind: MessageType,
        mut data: AttachedDataBuf,
        session: Option<CampaignId>,
        purpose: Purpose,
    ) -> Result<RequestId, Refused> {
        self.can_send()?;
        let given = look(data.view(), keys::REFERENCE_ID).filter(|given| *given > 0);
        let reference = match given {
            Some(given) if self.requests.uses_reference(given) => {
                return Err(Refused::ReferenceIdInUse(given));
            }
            Some(given) => {
                self.requests.forget_reference(given);
                given
            }
            None => self.next_reference(),
        };
        data.set(keys::REFERENCE_ID, reference);
        self.last_request = self.last_request.saturating_add(1);
        let id = RequestId(self.last_request);
        let moment = self.next_moment();
        let facts = Facts::read(kind, data.view(), usize::MAX);
        let mut request = Request::new(id, purpose, &facts, reference, moment);
        request.session = session;
        let record = request.record();
        request.known = record.is_some_and(|id| self.records.contains_key(&id));
        let names_no_group = request.group.is_none();
        if names_no_group && let Some(session) = session.and_then(|id| self.session(id)) {
            request.group.clone_from(&session.group);
        }
        if kind != MessageType::AddRecord
            && let Some(entry) = request.record().and_then(|id| self.records.get(&id))
        {
            request.chain = entry.chain;
        }
        self.note_sent(&request, &data);
        request.content = Some(data);
        self.requests.waiting.push(request);
        self.release();
        Ok(id)
    }

    /// Applies the sending of a request to the state.
    fn note_sent(&mut self, request: &Request, data: &AttachedDataBuf) {
        let id = request.id;
        if let Some(session_id) = request.session {
            let now = self.now;
            let mut link = None;
            if let Some(session) = self.session_mut(session_id)
                && request.application == Some(session.application)
            {
                match request.kind {
                    MessageType::PreviewDialingModeStart => {
                        session.link_request = Some(id);
                        link = Some(Link::Starting);
                    }
                    MessageType::PreviewDialingModeOver => {
                        session.link_request = Some(id);
                        link = Some(Link::Ending);
                    }
                    MessageType::PreviewRecordRequest => session.retry_at = None,
                    MessageType::LogOut => {
                        session.log_out_request = Some(id);
                        session.log_out_sent = now;
                    }
                    _ => {}
                }
            }
            if let Some(link) = link {
                self.set_link(session_id, link);
            }
            if request.kind == MessageType::LogOut {
                self.set_log_out(session_id, LogOutState::Asked);
            }
        }
        let Some(record) = request.record() else {
            return;
        };
        let Some(entry) = self.records.get_mut(&record) else {
            return;
        };
        entry.worked = request.moment;
        if changes_record(request.kind) {
            entry.last_change = Some(id);
        }
        if look(data.view(), keys::CALL_RESULT).is_some() && request.kind != MessageType::AddRecord
        {
            entry.dialed = true;
            entry.result_wanted = false;
        }
        if is_final(request.kind, request.handle) {
            entry.state = RecordState::Finishing;
            entry.end = Some(id);
        }
        match request.kind {
            MessageType::ReadyTime => entry.ready_told = true,
            MessageType::ChainedRecordRequest => {
                if let Some(chain_id) = entry.chain {
                    let chain = ChainId {
                        application_id: record.application_id,
                        chain_id,
                    };
                    if let Some(members) = self.chains.get_mut(&chain) {
                        members.asked_at = request.moment;
                        members.added = false;
                    }
                    self.set_chain(chain, ChainState::Asked);
                }
            }
            _ => {}
        }
    }

    /// Sends the requests that need not wait for another answer.
    pub(super) fn release(&mut self) {
        let mut busy: Vec<i64> = Vec::new();
        if self.settings.one_at_a_time {
            let sent = self.requests.waiting.iter().filter(|sent| sent.sent > 0);
            busy.extend(sent.filter_map(|sent| sent.application));
        }
        for at in 0..self.requests.waiting.len() {
            let Some(request) = self.requests.waiting.get(at) else {
                break;
            };
            if request.sent > 0 {
                continue;
            }
            if self.settings.one_at_a_time
                && let Some(application) = request.application
                && request.kind != MessageType::CampaignStatusRequest
            {
                let omits = self.application(application);
                let omits = omits.is_some_and(|app| app.omits && !app.repeats);
                if omits && busy.contains(&application) {
                    continue;
                }
                busy.push(application);
            }
            self.transmit(at, false);
        }
    }

    /// Sends the request at this place, and waits for the answer.
    pub(super) fn transmit(&mut self, at: usize, again: bool) {
        let timings = &self.settings.timings;
        let now = self.now;
        let Some(request) = self.requests.waiting.get_mut(at) else {
            return;
        };
        let limit = match request.kind {
            MessageType::CampaignStatusRequest => timings.status,
            MessageType::ChainedRecordRequest => timings.chain,
            _ => timings.answer,
        };
        request.sent = request.sent.saturating_add(1);
        request.deadline = Some(now.saturating_add(limit));
        let keeps = may_repeat(request.kind);
        let data = if keeps {
            request.content.clone()
        } else {
            request.content.take()
        };
        let (id, kind) = (request.id, request.kind);
        if let Some(data) = data {
            self.transmits.push_back(Transmit {
                request: id,
                message_type: kind,
                again,
                data,
            });
        }
        if again {
            self.event(Event::SentAgain {
                request: id,
                message_type: kind,
            });
        }
    }
}
