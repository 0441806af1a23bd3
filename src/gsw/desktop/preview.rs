//! The wish for records: the preview session, and when to ask for the next record.
use super::Desktop;
use super::answers::Outcome;
use super::campaign::Session;
use super::event::Event;
use super::facts::Situation;
use super::refused::Refused;
use super::requests::{Purpose, Request};
use super::view::{CampaignId, Link, RecordState, Source};
use crate::gsw::error_code::ErrorCode;
use crate::gsw::messages::{
    DesktopMessage, MessageType, PreviewDialingModeOver, PreviewDialingModeStart,
    PreviewRecordRequest,
};
use crate::text_buf::TextBuf;

/// An agent's wish for a campaign group. It continues after the campaign has stopped and started
/// again, and when another server takes it over.
#[derive(Clone, Copy, PartialEq, Eq, Hash, Debug, Default)]
pub enum Preview {
    /// Nothing: the preview session ends.
    #[default]
    Off,
    /// The preview session is on: callbacks may come, and records that the server pushes.
    Link,
    /// That, and one record.
    Next,
    /// That, and so many records at a time.
    Keep(usize),
}

impl Desktop {
    pub(super) fn wish(&mut self, id: CampaignId, wish: Preview) -> Result<(), Refused> {
        let session = self.session_mut(id).ok_or(Refused::NotLoaded)?;
        session.wish = wish;
        session.is_ending = wish == Preview::Off && session.link != Link::Off;
        session.linked_again = false;
        if wish == Preview::Off && !session.is_here() {
            self.sessions.retain(|session| session.id != id);
        }
        Ok(())
    }

    /// Sets the pause before the next request, by the number of attempts without a record.
    pub(super) fn pace(&mut self, id: CampaignId) {
        let now = self.now;
        let retry = self.settings.timings.retry;
        let Some(session) = self.session_mut(id) else {
            return;
        };
        let wait = retry.get(session.retries).or(retry.last());
        let at = now.saturating_add(wait.copied().unwrap_or_default());
        session.retries = session.retries.saturating_add(1).min(retry.len());
        session.retry_at = Some(at);
        self.event(Event::RetryAt { campaign: id, at });
    }

    pub(super) fn wish_goes_on(&mut self, id: CampaignId, request: &Request, outcome: Outcome) {
        let Some(session) = self.session_mut(id) else {
            return;
        };
        let moved = request.application != Some(session.application);
        if moved || request.kind == MessageType::PreviewDialingModeOver {
            return;
        }
        match outcome {
            Outcome::Done => {}
            // These have their times already, or wait for the campaign.
            Outcome::Refused(
                ErrorCode::NO_RECORDS_AVAILABLE
                | ErrorCode::NO_RUNNING_PREVIEW_CAMPAIGNS
                | ErrorCode::NO_ACTIVE_CAMPAIGNS,
                _,
            ) if request.kind == MessageType::PreviewRecordRequest => {}
            Outcome::Refused(_, Situation::StartRequired) if !session.linked_again => {
                session.linked_again = true;
            }
            Outcome::Refused(..) | Outcome::Silence => self.pace(id),
        }
    }

    pub(super) fn drive_previews(&mut self) {
        for at in 0..self.sessions.len() {
            let Some(session) = self.sessions.get(at) else {
                break;
            };
            let Some(kind) = self.next_wish(session) else {
                continue;
            };
            let id = session.id;
            let (campaign, group) = (session.campaign.clone(), session.group.clone());
            let application_id = Some(session.application);
            let campaign_name = campaign.as_ref().map(TextBuf::text);
            let campaign_group_name = group.as_ref().map(TextBuf::text);
            let message: DesktopMessage<'_> = match kind {
                MessageType::PreviewDialingModeStart => PreviewDialingModeStart {
                    application_id,
                    campaign_name,
                    campaign_group_name,
                    ..Default::default()
                }
                .into(),
                MessageType::PreviewDialingModeOver => PreviewDialingModeOver {
                    application_id,
                    campaign_name,
                    campaign_group_name,
                    ..Default::default()
                }
                .into(),
                _ => {
                    let request = PreviewRecordRequest {
                        application_id,
                        campaign_name,
                        ..Default::default()
                    };
                    self.ask_for_record(id, request);
                    continue;
                }
            };
            if self.submit(&message, false, Purpose::Preview(id)).is_err() {
                self.pace(id);
            } else if let Some(session) = self.session_mut(id) {
                session.is_ending = false;
            }
        }
    }

    /// Asks for a record of this session and no other.
    fn ask_for_record(&mut self, id: CampaignId, request: PreviewRecordRequest<'_>) {
        let mut data = request.to_attached_data_as_received();
        let Some(session) = self.session(id) else {
            return;
        };
        let campaign = session.campaign.clone();
        let several = {
            let name = campaign.as_ref().map(TextBuf::text);
            let sessions = self.sessions_named(Some(session.application), None, name);
            sessions.count() > 1
        };
        if several && let Some(group) = &session.group {
            data.set(crate::gsw::keys::CAMPAIGN_GROUP_NAME, group.text());
        }
        let kind = MessageType::PreviewRecordRequest;
        if self
            .submit_data(kind, data, false, Purpose::Preview(id))
            .is_err()
        {
            self.pace(id);
        }
    }

    /// Returns the next request for a wish, if it is due.
    fn next_wish(&self, session: &Session) -> Option<MessageType> {
        let leaves = self.wants_to_leave();
        let paused = session.retry_at.is_some_and(|at| at > self.now);
        // A request for a preview session that has ended since has no effect any more.
        let waits = self.requests.is_waiting(|request| {
            session.link_request == Some(request.id)
                || (request.session == Some(session.id)
                    && request.application == Some(session.application)
                    && request.kind == MessageType::PreviewRecordRequest)
        });
        if !self.is_logged_in || !session.is_here() || waits {
            return None;
        }
        if session.is_ending && session.link == Link::On {
            return Some(MessageType::PreviewDialingModeOver);
        }
        let starts = session.stage == super::campaign::Stage::Started;
        if session.wish == Preview::Off || !starts || leaves || paused {
            return None;
        }
        match session.link {
            Link::Off => Some(MessageType::PreviewDialingModeStart),
            Link::On if session.is_in_preview() && self.wants_record(session) => {
                Some(MessageType::PreviewRecordRequest)
            }
            _ => None,
        }
    }

    fn wants_record(&self, session: &Session) -> bool {
        match session.wish {
            Preview::Off | Preview::Link => false,
            Preview::Next => true,
            Preview::Keep(wanted) => {
                let records = self.records_of(session.application);
                let here = records.filter(|(_, entry)| {
                    let asked = matches!(entry.source, Source::Preview | Source::Pushed);
                    let same = match (&entry.group, &session.group) {
                        (Some(group), Some(other)) => group == other,
                        _ => entry.campaign == session.campaign,
                    };
                    asked && same && entry.state != RecordState::Unfinished
                });
                here.count() < wanted
            }
        }
    }

    /// Returns the time at which a wish continues by itself.
    pub(super) fn next_wish_at(&self) -> Option<core::time::Duration> {
        if !self.is_up || !self.is_logged_in || self.leaving.is_some() {
            return None;
        }
        let wanted = self.sessions.iter().filter(|session| {
            session.wish != Preview::Off && session.stage == super::campaign::Stage::Started
        });
        let times = wanted.filter_map(|session| session.retry_at);
        times.filter(|at| *at > self.now).min()
    }
}
