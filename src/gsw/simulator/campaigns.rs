//! Sessions, agents and servers: events that no desktop requests, and their recipients.

use alloc::vec::Vec;
use core::time::Duration;

use super::truth::{Leaving, Source};
use super::{Command, ComplaintKind, End, Impossible, Ocs, Session, Written};
use crate::gsw::messages::{
    CampaignGroupAssigned, CampaignLoaded, CampaignModeChanged, CampaignStarted, CampaignStopped,
    CampaignUnloaded, LogOutAcknowledge,
};
use crate::gsw::{CampaignMode, RecordStatus, TextBuf};

/// A message about a campaign group, all of which name it in the same way.
macro_rules! about {
    ($name:ident of $server:ident $group:ident, $reference:expr $(, $field:ident: $value:expr)*) => {
        Written::new($name {
            application_id: Some($server.primary),
            campaign_name: Some($group.campaign_name.text()),
            campaign_description: Some($group.campaign_description.text()),
            campaign_group_description: Some($group.description.text()),
            campaign_group_name: Some($group.name.text()),
            reference_id: $reference,
            $($field: $value,)*
            ..Default::default()
        })
    };
}

impl Ocs {
    pub(super) fn carry_out(&mut self, command: Command) -> Result<(), Impossible> {
        match command {
            Command::LogIn { dn } => {
                let place = self.known_agent(&dn)?;
                self.leave(place, false);
                self.announce_to(place, None);
            }
            Command::LogOut { dn } => {
                let place = self.known_agent(&dn)?;
                self.leave(place, true);
            }
            Command::Load { group } => {
                let place = self.known_group(&group)?;
                if self.session(place) == Session::Unloaded {
                    self.set_session(place, Session::Loaded);
                    self.announce(place, |server, place| server.loaded(place, None));
                }
            }
            Command::Start { group, mode } => {
                let place = self.known_group(&group)?;
                self.set_session(place, Session::Started(mode));
                self.announce(place, |server, place| server.started(place, None));
                self.activate(place);
            }
            Command::Stop { group } => {
                let place = self.known_group(&group)?;
                if self.session(place) == Session::Unloaded {
                    return Err(Impossible::NotStarted(group));
                }
                self.set_session(place, Session::Loaded);
                self.unlink(place);
                self.announce(place, |server, place| {
                    let group = server.groups.get(place)?;
                    Some(about!(CampaignStopped of server group, None))
                });
            }
            Command::Unload { group } => {
                let place = self.known_group(&group)?;
                self.set_session(place, Session::Unloaded);
                self.unlink(place);
                self.announce(place, |server, place| {
                    let group = server.groups.get(place)?;
                    Some(about!(CampaignUnloaded of server group, None))
                });
            }
            Command::ChangeMode { group, mode } => {
                let place = self.known_group(&group)?;
                if !matches!(self.session(place), Session::Started(_)) {
                    return Err(Impossible::NotStarted(group));
                }
                self.set_session(place, Session::Started(mode));
                self.announce(place, |server, place| {
                    let group = server.groups.get(place)?;
                    Some(about!(CampaignModeChanged of server group, None, campaign_mode: Some(mode)))
                });
            }
            Command::Assign { dn, group } => {
                let (agent, place) = (self.known_agent(&dn)?, self.known_group(&group)?);
                if let Some(agent) = self.agents.get_mut(agent) {
                    agent.assigned = Some(group.clone());
                    if !agent.groups.contains(&group) {
                        agent.groups.push(group);
                    }
                }
                self.tell_some(&dn, |server| server.assigned(place, None));
            }
            Command::SwitchOver {
                application_id,
                former_alive,
            } => self.switch_over(application_id, former_alive)?,
            Command::Cancel { whose, chain_attr } => {
                self.withdraw(&whose, chain_attr, RecordStatus::CANCELED, None);
            }
            Command::DoNotCall { whose } => {
                self.forbid(&whose);
                let all = crate::gsw::ChainAttr::ALL_CHAIN;
                self.withdraw(&whose, all, RecordStatus::UPDATED, None);
            }
            Command::Push { dn, group } => {
                let (_, place) = (self.known_agent(&dn)?, self.known_group(&group)?);
                let record = self
                    .next_record(place, &dn)
                    .ok_or(Impossible::NoRecord(group))?;
                self.preview(record, place, &dn, Source::Pushed, None);
            }
            Command::Call { dn, group } => {
                let (_, place) = (self.known_agent(&dn)?, self.known_group(&group)?);
                let record = self
                    .next_record(place, &dn)
                    .ok_or(Impossible::NoRecord(group))?;
                self.call(record, place, &dn);
            }
            Command::Dial { dn, time } => self.dial(&dn, time)?,
            Command::Dialed { dn } => {
                let place = self.known_agent(&dn)?;
                self.dialed(place);
            }
            Command::Renumber {
                application_id,
                next_handle,
            } => {
                let mut known = self.applications.iter_mut();
                let known = known.find(|one| one.application_id == application_id);
                known
                    .ok_or(Impossible::UnknownApplication(application_id))?
                    .next_handle = next_handle;
            }
            Command::Send { dn, data } => self.post(&dn, data, false),
            Command::Next { request, reaction } => self.next.push_back((request, reaction)),
        }
        Ok(())
    }

    fn known_agent(&self, dn: &TextBuf) -> Result<usize, Impossible> {
        let place = self.agent_at(dn.text());
        place.ok_or_else(|| Impossible::UnknownDn(dn.clone()))
    }

    fn known_group(&self, name: &TextBuf) -> Result<usize, Impossible> {
        let place = self.group_named(name.text());
        place.ok_or_else(|| Impossible::UnknownGroup(name.clone()))
    }

    pub(super) fn session(&self, place: usize) -> Session {
        self.groups
            .get(place)
            .map_or(Session::Unloaded, |group| group.session)
    }

    fn set_session(&mut self, place: usize, session: Session) {
        if let Some(group) = self.groups.get_mut(place) {
            group.session = session;
        }
    }

    /// Ends the preview sessions of a group.
    fn unlink(&mut self, place: usize) {
        if let Some(group) = self.groups.get(place) {
            for agent in &mut self.agents {
                agent.linked.retain(|name| *name != group.name);
            }
        }
    }

    /// Retries callbacks that fell due while the session was stopped, or that no agent took.
    pub(super) fn activate(&mut self, place: usize) {
        let lists = self
            .groups
            .get(place)
            .map(|group| group.calling_lists.clone());
        let lists = lists.unwrap_or_default();
        for record in 0..self.records.len() {
            let is_of = |record: &super::Record| lists.contains(&record.calling_list);
            if self.records.get(record).is_some_and(is_of) {
                self.plan_callback(record);
            }
        }
    }

    /// Tells all agents of a group who are logged in.
    fn announce(&mut self, place: usize, event: impl Fn(&Self, usize) -> Option<Written>) {
        let Some(group) = self.groups.get(place) else {
            return;
        };
        let dns = self
            .agents
            .iter()
            .filter(|agent| agent.logged_in && agent.is_of(group));
        let dns: Vec<TextBuf> = dns.map(|agent| agent.dn.clone()).collect();
        for dn in dns {
            self.tell_some(&dn, |server| event(server, place));
        }
    }

    fn tell_some(&mut self, dn: &TextBuf, event: impl FnOnce(&Self) -> Option<Written>) {
        if let Some(written) = event(self) {
            self.tell(dn, written);
        }
    }

    fn started(&self, place: usize, reference_id: Option<i64>) -> Option<Written> {
        let group = self.groups.get(place)?;
        let Session::Started(mode) = group.session else {
            return None;
        };
        // The table of this message has no place for the description of the group.
        Some(Written::new(CampaignStarted {
            application_id: Some(self.primary),
            campaign_description: Some(group.campaign_description.text()),
            campaign_mode: Some(mode),
            campaign_name: Some(group.campaign_name.text()),
            campaign_group_name: Some(group.name.text()),
            reference_id,
            ..CampaignStarted::default()
        }))
    }

    fn loaded(&self, place: usize, reference_id: Option<i64>) -> Option<Written> {
        let group = self.groups.get(place)?;
        Some(about!(CampaignLoaded of self group, reference_id))
    }

    fn assigned(&self, place: usize, reference_id: Option<i64>) -> Option<Written> {
        let group = self.groups.get(place)?;
        Some(about!(CampaignGroupAssigned of self group, reference_id))
    }

    /// Tells an agent which campaigns are loaded and started: at login, after a switch-over, and to
    /// answer a status request.
    pub(super) fn announce_to(&mut self, agent: usize, reference_id: Option<i64>) {
        let Some(agent) = self.agents.get(agent) else {
            return;
        };
        let (dn, assigned) = (agent.dn.clone(), agent.assigned.clone());
        let groups = self.groups.iter().enumerate();
        let groups = groups.filter(|(_, group)| agent.is_of(group));
        let groups: Vec<(usize, Session)> = groups
            .map(|(place, group)| (place, group.session))
            .collect();
        let is_answer = reference_id.is_some();
        let mut told = Vec::new();
        for (place, session) in groups {
            if let Session::Started(_) = session {
                told.extend(self.started(place, reference_id));
            }
            let too =
                self.habits.announces_loaded_too && !is_answer && session != Session::Unloaded;
            if too || session == Session::Loaded {
                told.extend(self.loaded(place, reference_id));
            }
        }
        let assigned = assigned.and_then(|name| self.group_named(name.text()));
        told.extend(assigned.and_then(|place| self.assigned(place, reference_id)));
        for written in told {
            if is_answer {
                self.answer(&dn, written);
            } else {
                self.tell(&dn, written);
            }
        }
    }

    /// Logs an agent in or out at T-Server.
    fn leave(&mut self, place: usize, goes: bool) {
        let Some(agent) = self.agents.get_mut(place) else {
            return;
        };
        agent.logged_in = !goes;
        agent.linked.clear();
        agent.leaving = Leaving::No;
        agent.dialing_until = None;
        let dn = agent.dn.clone();
        if !goes {
            return;
        }
        let open: Vec<usize> = self.open_at(&dn);
        for place in open {
            let Some(allotment) = self.allotments.get(place) else {
                continue;
            };
            let (application_id, record_handle) =
                (allotment.application_id, allotment.record_handle);
            self.complain(
                &dn,
                ComplaintKind::LeftOpen {
                    application_id,
                    record_handle,
                },
            );
            self.set_status(place, RecordStatus::UPDATED);
            self.close(place, End::Returned);
        }
    }

    fn switch_over(&mut self, to: i64, former_alive: bool) -> Result<(), Impossible> {
        let known = self.applications.iter().any(|one| one.application_id == to);
        if !known {
            return Err(Impossible::UnknownApplication(to));
        }
        let former = self.primary;
        for application in &mut self.applications {
            if application.application_id == to {
                application.alive = true;
            } else if application.application_id == former {
                application.alive = former_alive;
            }
        }
        self.primary = to;
        for agent in &mut self.agents {
            agent.linked.clear();
            // The new primary has no wish to log out.
            agent.leaving = Leaving::No;
        }
        for agent in 0..self.agents.len() {
            if self.agents.get(agent).is_some_and(|agent| agent.logged_in) {
                self.announce_to(agent, None);
            }
        }
        Ok(())
    }

    fn dial(&mut self, dn: &TextBuf, time: Duration) -> Result<(), Impossible> {
        let place = self.known_agent(dn)?;
        let until = self.now.saturating_add(time);
        if let Some(agent) = self.agents.get_mut(place) {
            agent.dialing_until = Some(until);
        }
        self.plan(until, super::clock::Task::Dialed(place));
        Ok(())
    }

    /// Tells an agent that the log-out is granted, for each session that dials by itself.
    pub(super) fn grant(&mut self, place: usize) {
        let Some(agent) = self.agents.get(place) else {
            return;
        };
        let dn = agent.dn.clone();
        let of = self
            .groups
            .iter()
            .filter(|group| group.session.is_auto() && agent.is_of(group));
        let told: Vec<Written> = of
            .map(|group| {
                Written::new(LogOutAcknowledge {
                    application_id: Some(self.primary),
                    campaign_name: Some(group.campaign_name.text()),
                    ..LogOutAcknowledge::default()
                })
            })
            .collect();
        for written in told {
            self.tell(&dn, written);
        }
    }

    /// Returns whether a group's session runs in Preview.
    pub(super) fn runs_in_preview(&self, place: usize) -> bool {
        self.session(place) == Session::Started(CampaignMode::PREVIEW)
    }
}
