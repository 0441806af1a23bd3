//! Campaigns: the servers' announcements, and the server of each.
use alloc::vec::Vec;
use core::time::Duration;

use super::Desktop;
use super::event::Event;
use super::facts::{Facts, look};
use super::preview::Preview;
use super::view::{Campaign, CampaignId, CampaignState, Link, LogOutState};
use crate::gsw::enumerations::CampaignMode;
use crate::gsw::keys;
use crate::gsw::messages::MessageType;
use crate::text::Text;
use crate::text_buf::TextBuf;

/// Whether a campaign is there.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub(super) enum Stage {
    /// Unloaded, but kept for a pending wish.
    Gone,
    Loaded,
    Started,
}

#[derive(Clone, Debug)]
pub(super) struct Session {
    pub(super) id: CampaignId,
    pub(super) application: i64,
    pub(super) campaign: Option<TextBuf>,
    pub(super) group: Option<TextBuf>,
    pub(super) stage: Stage,
    pub(super) mode: TextBuf,
    pub(super) link: Link,
    /// The last request for the preview session; none after the end of the session.
    pub(super) link_request: Option<super::RequestId>,
    pub(super) assigned: bool,
    pub(super) confirmed: bool,
    pub(super) retry_at: Option<Duration>,
    pub(super) retries: usize,
    pub(super) log_out: LogOutState,
    pub(super) log_out_request: Option<super::RequestId>,
    pub(super) log_out_sent: Duration,
    /// The server takes no `ReadyTime` in this session.
    pub(super) no_ready_time: bool,
    /// When it was named last, in the order of all that happened.
    named: u64,
    /// When it was last said to be loaded, and in answer to which status request.
    loaded: (u64, Option<i64>),
    /// When it was last said to run.
    started: u64,
    /// When it moved last, and from where to where before.
    moved: u64,
    left: Vec<i64>,
    pub(super) wish: Preview,
    /// The preview session is to be ended.
    pub(super) is_ending: bool,
    /// Whether a start of the preview session was made up for.
    pub(super) linked_again: bool,
    /// The progress of the log-out for it.
    pub(super) over_sent: bool,
    pub(super) log_out_asked: bool,
}

impl Session {
    pub(super) fn is_here(&self) -> bool {
        self.stage != Stage::Gone
    }

    pub(super) fn name(&self) -> Text<'_> {
        let name = self.group.as_ref().or(self.campaign.as_ref());
        name.map(TextBuf::text).unwrap_or_default()
    }

    pub(super) fn mode(&self) -> CampaignMode<'_> {
        CampaignMode::new(self.mode.text())
    }

    pub(super) fn is_in_preview(&self) -> bool {
        self.stage == Stage::Started && self.mode() == CampaignMode::PREVIEW
    }

    /// Returns whether it dials by itself, so that an agent has to ask before leaving.
    pub(super) fn is_auto(&self) -> bool {
        let by_hand = [CampaignMode::PREVIEW, CampaignMode::PUSH_PREVIEW];
        self.stage == Stage::Started && !by_hand.contains(&self.mode())
    }

    fn is_campaign(&self, name: Text<'_>) -> bool {
        self.campaign
            .as_ref()
            .is_some_and(|campaign| campaign.text() == name)
    }

    pub(super) fn view(&self) -> Campaign<'_> {
        Campaign {
            id: self.id,
            application_id: self.application,
            campaign_name: self.campaign.as_ref().map(TextBuf::text),
            group_name: self.group.as_ref().map(TextBuf::text),
            state: if self.stage == Stage::Started {
                CampaignState::Started(self.mode())
            } else {
                CampaignState::Loaded
            },
            preview: self.link,
            assigned: self.assigned,
            confirmed: self.confirmed,
            retry_at: self.retry_at,
            log_out: self.log_out,
        }
    }
}

/// A server, as far as it has to be known.
#[derive(Clone, Copy, Debug)]
pub(super) struct Application {
    pub(super) id: i64,
    /// Whether it has ever repeated a reference id of ours.
    pub(super) repeats: bool,
    /// Whether it has answered one of ours without.
    pub(super) omits: bool,
    /// Whether another has taken a campaign over from it.
    pub(super) left: bool,
}

impl Desktop {
    pub(super) fn session(&self, id: CampaignId) -> Option<&Session> {
        self.sessions.iter().find(|session| session.id == id)
    }

    pub(super) fn session_mut(&mut self, id: CampaignId) -> Option<&mut Session> {
        self.sessions.iter_mut().find(|session| session.id == id)
    }

    /// Finds the sessions that a message may mean: that of the group or, if it names none, those of
    /// the campaign.
    pub(super) fn sessions_named<'s>(
        &'s self,
        application: Option<i64>,
        group: Option<Text<'s>>,
        campaign: Option<Text<'s>>,
    ) -> impl Iterator<Item = &'s Session> {
        self.sessions.iter().filter(move |session| {
            let here = application.is_none_or(|id| session.application == id);
            let named = match (group, campaign) {
                (Some(group), _) => session.name() == group,
                (None, Some(campaign)) => session.is_campaign(campaign),
                (None, None) => false,
            };
            session.is_here() && here && named
        })
    }

    /// Returns the only session that a record or an answer of a server can belong to.
    pub(super) fn session_of(
        &self,
        application: i64,
        group: Option<Text<'_>>,
        campaign: Option<Text<'_>>,
    ) -> Option<CampaignId> {
        let one = |group, ungrouped: bool| {
            let sessions = self.sessions_named(Some(application), group, campaign);
            let mut sessions =
                sessions.filter(move |session| !ungrouped || session.group.is_none());
            let first = sessions.next()?;
            sessions.next().is_none().then_some(first.id)
        };
        match group {
            Some(group) => one(Some(group), false).or_else(|| one(None, true)),
            None => one(None, false),
        }
    }

    pub(super) fn application(&self, id: i64) -> Option<&Application> {
        self.applications.iter().find(|known| known.id == id)
    }

    pub(super) fn application_mut(&mut self, id: i64) -> Option<&mut Application> {
        if self.application(id).is_none() {
            let limits = &self.settings.limits;
            let most = limits.campaigns.saturating_add(limits.retired).max(1);
            if self.applications.len() >= most {
                let idle = self.applications.iter().position(|known| {
                    !self.is_current(known.id) && self.records_of(known.id).next().is_none()
                });
                self.applications.remove(idle.unwrap_or_default());
            }
            self.applications.push(Application {
                id,
                repeats: false,
                omits: false,
                left: false,
            });
        }
        self.applications.iter_mut().find(|known| known.id == id)
    }

    pub(super) fn is_current(&self, application: i64) -> bool {
        let mut here = self.sessions.iter().filter(|session| session.is_here());
        here.any(|session| session.application == application)
    }

    /// Returns whether all campaigns of the server are with another one now.
    pub(super) fn is_left(&self, application: i64) -> bool {
        let left = self.application(application).is_some_and(|app| app.left);
        left && !self.is_current(application)
    }

    /// Returns the only server, for messages that name none.
    pub(super) fn only_application(&self) -> Option<i64> {
        let sessions = self.sessions.iter().filter(|session| session.is_here());
        let mut current = sessions.map(|session| session.application);
        if let Some(first) = current.next() {
            return current.all(|other| other == first).then_some(first);
        }
        let mut records = self.records.keys().map(|id| id.application_id);
        let first = records.next()?;
        records.all(|other| other == first).then_some(first)
    }

    fn mark_left(&mut self, from: i64) {
        if let Some(application) = self.application_mut(from) {
            application.left = true;
        }
        let left = |app: &Application| app.left;
        while self.applications.iter().filter(|app| left(app)).count()
            > self.settings.limits.retired.max(1)
        {
            let idle = |app: &Application| left(app) && self.records_of(app.id).next().is_none();
            let oldest = self.applications.iter().position(idle);
            let oldest = oldest.or_else(|| self.applications.iter().position(left));
            let Some(oldest) = oldest.and_then(|at| self.applications.get_mut(at)) else {
                break;
            };
            oldest.left = false;
        }
    }

    /// Processes a server's announcement about a campaign.
    pub(super) fn campaign_event(&mut self, facts: &Facts<'_>) {
        let (group, campaign) = (facts.group, facts.campaign);
        let Some(name) = group.or(campaign) else {
            return self.events.unknown(facts.data, &self.settings.limits);
        };
        let named = |session: &&Session| session.name() == name;
        let application = facts.application.or_else(|| {
            let mut here = self.sessions.iter().filter(|session| session.is_here());
            here.find(named).map(|session| session.application)
        });
        let Some(application) = application.or_else(|| self.only_application()) else {
            return self.events.unknown(facts.data, &self.settings.limits);
        };
        let takes_back = matches!(
            facts.kind,
            MessageType::CampaignStopped | MessageType::CampaignUnloaded
        );
        let asked = if takes_back {
            None
        } else {
            self.status_answer(facts, application)
        };
        // By its name, at any server; without a group by the campaign at this server.
        let known = self.sessions.iter().find(named).map(|session| session.id);
        let known = known.or_else(|| match group {
            None => self.session_of(application, None, campaign),
            // It may have been announced without its group before.
            Some(_) => {
                let mut ungrouped = self.sessions.iter().filter(|session| {
                    session.application == application
                        && session.group.is_none()
                        && campaign.is_some_and(|campaign| session.is_campaign(campaign))
                });
                ungrouped.next().map(|session| session.id)
            }
        });
        let id = match known {
            Some(id) => id,
            None if facts.kind == MessageType::CampaignUnloaded => return,
            None => match self.new_session(application) {
                Some(id) => id,
                None => return,
            },
        };
        let Some(session) = self.session(id) else {
            return;
        };
        if session.is_here() && session.application != application {
            let old_news = session.left.contains(&application)
                && asked.is_some_and(|moment| moment < session.moved);
            if takes_back || old_news {
                return;
            }
            self.move_session(id, application);
        }
        self.apply(id, application, asked.is_some(), facts);
    }

    /// Counts an answer to a status request. Returns when the request was sent.
    fn status_answer(&mut self, facts: &Facts<'_>, application: i64) -> Option<u64> {
        if facts.kind == MessageType::CampaignModeChanged {
            return None;
        }
        if let Some(reference) = facts.reference {
            let (request, waits) = self.requests.status(reference, application)?;
            let (id, moment, kind) = (request.id, request.moment, request.kind);
            self.note_repeats(Some(application), true);
            if let Some(at) = self.requests.place_of(id)
                && let Some(request) = self.requests.waiting.get_mut(at)
            {
                request.answers = request.answers.saturating_add(1);
            }
            if !waits {
                self.event(Event::Late {
                    request: id,
                    message_type: kind,
                });
            }
            return Some(moment);
        }
        if self.application(application).is_some_and(|app| app.repeats) {
            return None;
        }
        let mut moment = None;
        for request in &mut self.requests.waiting {
            let asked = request.application.is_none_or(|asked| asked == application);
            if request.kind == MessageType::CampaignStatusRequest && asked {
                request.answers = request.answers.saturating_add(1);
                moment.get_or_insert(request.moment);
            }
        }
        moment
    }

    fn new_session(&mut self, application: i64) -> Option<CampaignId> {
        if self.sessions.len() >= self.settings.limits.campaigns {
            // Unloaded sessions are not visible.
            let gone = self.sessions.iter().position(|session| !session.is_here());
            let Some(gone) = gone else {
                self.event(Event::TooManyCampaigns);
                return None;
            };
            self.sessions.remove(gone);
        }
        self.last_campaign = self.last_campaign.saturating_add(1);
        let id = CampaignId(self.last_campaign);
        self.sessions.push(Session {
            id,
            application,
            campaign: None,
            group: None,
            stage: Stage::Gone,
            mode: TextBuf::default(),
            link: Link::Off,
            link_request: None,
            assigned: false,
            confirmed: true,
            retry_at: None,
            retries: 0,
            log_out: LogOutState::None,
            log_out_request: None,
            log_out_sent: Duration::ZERO,
            no_ready_time: false,
            named: 0,
            loaded: (0, None),
            started: 0,
            moved: 0,
            left: Vec::new(),
            wish: Preview::Off,
            is_ending: false,
            linked_again: false,
            over_sent: false,
            log_out_asked: false,
        });
        Some(id)
    }

    /// Moves a session to another server, where it begins anew.
    fn move_session(&mut self, id: CampaignId, to: i64) {
        self.unlink(id);
        let moment = self.next_moment();
        let most = self.settings.limits.retired.max(1);
        let Some(session) = self.session_mut(id) else {
            return;
        };
        let from = core::mem::replace(&mut session.application, to);
        session.stage = Stage::Gone;
        session.mode = TextBuf::default();
        session.assigned = false;
        session.retry_at = None;
        session.retries = 0;
        session.log_out = LogOutState::None;
        session.log_out_request = None;
        session.log_out_asked = false;
        session.over_sent = false;
        session.no_ready_time = false;
        session.linked_again = false;
        session.moved = moment;
        session.left.retain(|left| *left != to && *left != from);
        if session.left.len() >= most {
            session.left.remove(0);
        }
        session.left.push(from);
        self.mark_left(from);
        self.event(Event::Moved {
            campaign: id,
            from,
            to,
        });
    }

    /// Ends the preview session; requests for it have no meaning any more.
    pub(super) fn unlink(&mut self, id: CampaignId) {
        let Some(session) = self.session_mut(id) else {
            return;
        };
        session.link_request = None;
        self.set_link(id, Link::Off);
    }

    pub(super) fn set_link(&mut self, id: CampaignId, link: Link) {
        let Some(session) = self.session_mut(id) else {
            return;
        };
        if session.link != link {
            session.link = link;
            self.event(Event::Preview { campaign: id, link });
        }
    }

    fn apply(&mut self, id: CampaignId, application: i64, asked: bool, facts: &Facts<'_>) {
        let moment = self.next_moment();
        if let Some(known) = self.application_mut(application) {
            known.left = false;
        }
        let Some(session) = self.session_mut(id) else {
            return;
        };
        let was = (session.stage, session.confirmed);
        session.application = application;
        if let Some(group) = facts.group
            && session.group.as_ref().map(TextBuf::text) != Some(group)
        {
            session.group = Some(group.into());
        }
        if let Some(campaign) = facts.campaign
            && !session.is_campaign(campaign)
        {
            session.campaign = Some(campaign.into());
        }
        session.confirmed = true;
        session.named = moment;
        let mut changed = !was.1;
        match facts.kind {
            MessageType::CampaignStarted | MessageType::CampaignModeChanged => {
                session.started = moment;
                let mode = look(facts.data, keys::CAMPAIGN_MODE);
                let mode = mode.map(CampaignMode::text).unwrap_or_default();
                if session.stage != Stage::Started || session.mode.text() != mode {
                    session.mode = mode.into();
                    session.no_ready_time = false;
                    changed = true;
                }
                session.stage = Stage::Started;
                if facts.kind == MessageType::CampaignStarted && was.0 != Stage::Started {
                    session.linked_again = false;
                    self.unlink(id);
                }
            }
            MessageType::CampaignLoaded => {
                let unasked = facts.reference.is_none() || asked;
                if unasked {
                    session.loaded = (moment, facts.reference);
                }
                if session.stage == Stage::Gone {
                    session.stage = Stage::Loaded;
                }
            }
            MessageType::CampaignStopped => {
                session.stage = Stage::Loaded;
                self.unlink(id);
            }
            MessageType::CampaignUnloaded => {
                self.drop_session(id);
                return;
            }
            _ => {
                if session.stage == Stage::Gone {
                    session.stage = Stage::Loaded;
                }
                for other in &mut self.sessions {
                    if other.application == application {
                        other.assigned = other.id == id;
                    }
                }
                self.event(Event::Assigned { campaign: id });
            }
        }
        if changed || self.session(id).is_some_and(|now| now.stage != was.0) {
            self.event(Event::Campaign { campaign: id });
        }
    }

    /// Removes a campaign that no longer exists.
    pub(super) fn drop_session(&mut self, id: CampaignId) {
        self.unlink(id);
        if let Some(session) = self.session_mut(id) {
            let was_here = session.is_here();
            session.stage = Stage::Gone;
            session.mode = TextBuf::default();
            session.assigned = false;
            session.retry_at = None;
            session.log_out = LogOutState::None;
            session.log_out_request = None;
            let wanted = session.wish != Preview::Off;
            if was_here {
                self.event(Event::Campaign { campaign: id });
            }
            if !wanted {
                self.sessions.retain(|session| session.id != id);
            }
        }
    }

    /// Notes a server's report that the campaign is not running, which it had not announced.
    pub(super) fn stopped_unheard(&mut self, id: CampaignId, ends_link: bool) {
        if ends_link {
            self.unlink(id);
        }
        if let Some(session) = self.session_mut(id)
            && session.stage == Stage::Started
        {
            session.stage = Stage::Loaded;
            self.event(Event::Campaign { campaign: id });
        }
    }

    /// Ends the time for answers to a status request.
    pub(super) fn status_over(&mut self, request: &super::requests::Request) {
        let mut stopped = Vec::new();
        let mut doubtful = Vec::new();
        for session in &mut self.sessions {
            let asked = request
                .application
                .is_none_or(|id| id == session.application);
            if !asked || !session.is_here() {
                continue;
            }
            if session.named < request.moment {
                if session.confirmed {
                    doubtful.push(session.id);
                }
                session.confirmed = false;
            }
            let (loaded, reference) = session.loaded;
            let only_loaded = loaded > request.moment
                && session.started < request.moment
                && reference.is_none_or(|reference| reference == request.reference);
            if session.stage == Stage::Started && only_loaded {
                stopped.push(session.id);
            }
        }
        for id in doubtful {
            self.event(Event::Campaign { campaign: id });
        }
        for id in stopped {
            self.stopped_unheard(id, true);
        }
        self.event(Event::StatusOver {
            request: request.id,
            answers: request.answers,
        });
    }
}
