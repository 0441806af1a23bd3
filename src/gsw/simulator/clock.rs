//! The events of time: callbacks, stale records, the script, chance.

use alloc::vec::Vec;
use core::time::Duration;

use super::command::Whose;
use super::truth::{Leaving, local};
use super::{Command, ComplaintKind, End, Ocs, Session};
use crate::gsw::{CampaignMode, ChainAttr, RecordStatus, TextBuf};

/// The interval of attempts to find an agent for a callback that is due.
const RETRY: Duration = Duration::from_secs(5);

/// Something that is due some time.
#[derive(Clone, PartialEq, Eq, Debug)]
pub(super) enum Task {
    Script(Command),
    /// A callback: the place of the record, and the time since when it waits for an agent.
    Callback(usize, Duration),
    /// An allotment has been on a desktop for too long.
    Stale(usize),
    /// An allotment of a call is finished without a word.
    Finish(usize),
    /// The calls dialed for an agent are over.
    Dialed(usize),
    /// A session starts again, in its mode.
    Restart(usize, CampaignMode<'static>),
    Chance(Chance),
}

/// A random event.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub(super) enum Chance {
    Stop,
    SwitchOver,
    Withdraw,
    Push,
    Call,
}

const CHANCES: [Chance; 5] = [
    Chance::Stop,
    Chance::SwitchOver,
    Chance::Withdraw,
    Chance::Push,
    Chance::Call,
];

impl Ocs {
    /// Plans the events of the lists and the pace.
    pub(super) fn begin(&mut self) {
        for record in 0..self.records.len() {
            self.plan_callback(record);
        }
        for chance in CHANCES {
            self.plan_chance(chance);
        }
    }

    pub(super) fn plan(&mut self, at: Duration, task: Task) {
        let key = (at, self.sequence());
        self.tasks.insert(key, task);
    }

    pub(super) fn plan_in(&mut self, time: Duration, task: Task) {
        self.plan(self.now.saturating_add(time), task);
    }

    /// Returns the time of day in the simulated world.
    pub(super) fn wall(&self) -> i64 {
        let passed = i64::try_from(self.now.as_secs()).unwrap_or(i64::MAX);
        self.origin.saturating_add(passed)
    }

    /// Plans the callback of a record that waits for one.
    pub(super) fn plan_callback(&mut self, place: usize) {
        let Some(record) = self.records.get(place) else {
            return;
        };
        if !record.is_callback() || record.status != RecordStatus::READY {
            return;
        }
        if let Some(due) = record.due() {
            let at = u64::try_from(due.saturating_sub(self.origin)).unwrap_or(0);
            let at = Duration::from_secs(at).max(self.now);
            self.plan(at, Task::Callback(place, at));
        }
    }

    fn plan_chance(&mut self, chance: Chance) {
        let time = match chance {
            Chance::Stop => self.pace.stops,
            Chance::SwitchOver => self.pace.switches_over,
            Chance::Withdraw => self.pace.withdraws,
            Chance::Push => self.pace.pushes,
            Chance::Call => self.pace.calls,
        };
        if let Some(time) = time {
            let millis = u64::try_from(time.as_millis()).unwrap_or(u64::MAX);
            let half = millis.checked_div(2).unwrap_or(0);
            let millis = half.saturating_add(self.rng.u64(0..=millis)).max(1);
            self.plan_in(Duration::from_millis(millis), Task::Chance(chance));
        }
    }

    pub(super) fn advance(&mut self, now: Duration) {
        let now = self.now.max(now);
        while let Some((at, _)) = self.tasks.keys().next().copied() {
            if at > now {
                break;
            }
            let Some((_, task)) = self.tasks.pop_first() else {
                break;
            };
            self.now = self.now.max(at);
            self.due(task);
        }
        self.now = now;
    }

    fn due(&mut self, task: Task) {
        match task {
            Task::Script(command) => {
                if let Err(impossible) = self.carry_out(command) {
                    self.mistakes.push(alloc::format!("script: {impossible}"));
                }
            }
            Task::Callback(record, since) => self.call_back(record, since),
            Task::Stale(place) => self.grow_stale(place),
            Task::Finish(place) => {
                if self.is_open(place) {
                    self.write(place, RecordStatus::UPDATED);
                    self.close(place, End::Finished);
                }
            }
            Task::Dialed(agent) => {
                let until = self.agents.get(agent).and_then(|agent| agent.dialing_until);
                if until.is_some_and(|until| until <= self.now) {
                    self.dialed(agent);
                }
            }
            Task::Restart(group, mode) => {
                if let Some(name) = self.groups.get(group).map(|group| group.name.clone()) {
                    let _ = self.carry_out(Command::Start { group: name, mode });
                }
            }
            Task::Chance(chance) => {
                self.happen(chance);
                self.plan_chance(chance);
            }
        }
    }

    /// Notes that no calls are dialed for the agent any more, who may log out if that was
    /// requested.
    pub(super) fn dialed(&mut self, place: usize) {
        let Some(agent) = self.agents.get_mut(place) else {
            return;
        };
        agent.dialing_until = None;
        if agent.leaving == Leaving::Asked {
            agent.leaving = Leaving::Granted;
            self.grant(place);
        }
    }

    /// Delivers a callback that is due to its agent, or to one of the group who takes callbacks.
    fn call_back(&mut self, place: usize, since: Duration) {
        let Some(record) = self.records.get(place) else {
            return;
        };
        if !record.is_callback() || record.status != RecordStatus::READY {
            return;
        }
        // Another callback may have been agreed since.
        let wall = self.wall();
        if record.due().is_none_or(|due| due > wall) {
            return;
        }
        let started = |session| matches!(session, Session::Started(_));
        let groups = self.groups.iter().enumerate().filter(|(_, group)| {
            started(group.session) && group.calling_lists.contains(&record.calling_list)
        });
        let groups: Vec<usize> = groups.map(|(place, _)| place).collect();
        if groups.is_empty() {
            // It comes with the next start.
            return;
        }
        let personal = record
            .agent
            .clone()
            .filter(|_| record.record_type == crate::gsw::RecordType::PERSONAL_CALLBACK);
        let chosen = groups.iter().find_map(|group| {
            let of = self.groups.get(*group)?;
            let takes = |agent: &&super::Agent| {
                agent.logged_in
                    && agent.leaving != Leaving::Granted
                    && agent.is_of(of)
                    && (agent.linked.contains(&of.name) || !of.preview_mode_start)
                    && personal.as_ref().is_none_or(|dn| *dn == agent.dn)
            };
            let agent = self.agents.iter().find(takes)?;
            Some((*group, agent.dn.clone()))
        });
        match chosen {
            Some((group, dn)) => self.scheduled_call(place, group, &dn),
            None => {
                let missed = self.now.saturating_sub(since) >= self.habits.callback_waits;
                match self.records.get_mut(place) {
                    Some(record) if missed => record.status = RecordStatus::MISSED_CALLBACK,
                    _ => self.plan_in(RETRY, Task::Callback(place, since)),
                }
            }
        }
    }

    fn grow_stale(&mut self, place: usize) {
        if !self.is_open(place) {
            return;
        }
        if let Some(allotment) = self.allotments.get(place) {
            let (dn, application_id, record_handle) = (
                allotment.dn.clone(),
                allotment.application_id,
                allotment.record_handle,
            );
            let record = allotment.record;
            self.complain(
                &dn,
                ComplaintKind::GrewStale {
                    application_id,
                    record_handle,
                },
            );
            if let Some(record) = self.records.get_mut(record) {
                record.status = RecordStatus::STALE;
            }
        }
        self.close(place, End::Stale);
    }

    fn happen(&mut self, chance: Chance) {
        match chance {
            Chance::Stop => {
                let running = self.groups.iter().enumerate();
                let running =
                    running.filter_map(|(place, group)| Some((place, running_mode(group)?)));
                let running: Vec<_> = running.collect();
                if let Some((place, mode)) = self.rng.choice(running)
                    && let Some(group) = self.groups.get(place).map(|group| group.name.clone())
                {
                    let _ = self.carry_out(Command::Stop { group });
                    let time = Duration::from_millis(self.rng.u64(3000..10_000));
                    self.plan_in(time, Task::Restart(place, mode));
                }
            }
            Chance::SwitchOver => {
                let others = self.applications.iter().map(|one| one.application_id);
                let primary = self.primary;
                let others: Vec<i64> = others.filter(|id| *id != primary).collect();
                let dead = self.rng.u8(..100) < self.pace.dead_percent;
                if let Some(application_id) = self.rng.choice(others) {
                    let _ = self.carry_out(Command::SwitchOver {
                        application_id,
                        former_alive: !dead,
                    });
                }
            }
            Chance::Withdraw => {
                let open = self.rng.choice(self.open.iter().copied());
                let record = open
                    .and_then(|place| self.allotments.get(place))
                    .map(|one| one.record);
                if let Some(record) = record.and_then(|place| self.records.get(place)) {
                    let whose = Whose::Phone(record.phone.clone());
                    let chain_attr = if self.rng.bool() {
                        ChainAttr::ALL_CHAIN
                    } else {
                        ChainAttr::RECORD_ONLY
                    };
                    let command = if self.rng.bool() {
                        Command::Cancel { whose, chain_attr }
                    } else {
                        Command::DoNotCall { whose }
                    };
                    let _ = self.carry_out(command);
                }
            }
            Chance::Push => {
                let linked = self.agents.iter().filter(|agent| agent.logged_in);
                let linked = linked.flat_map(|agent| {
                    agent
                        .linked
                        .iter()
                        .map(|group| (agent.dn.clone(), group.clone()))
                });
                let linked: Vec<(TextBuf, TextBuf)> = linked.collect();
                if let Some((dn, group)) = self.rng.choice(linked) {
                    let _ = self.carry_out(Command::Push { dn, group });
                }
            }
            Chance::Call => {
                if let Some((dn, group)) = self.idle() {
                    let _ = self.carry_out(Command::Call { dn, group });
                }
            }
        }
    }

    /// Returns an idle agent of a session that dials by itself.
    fn idle(&mut self) -> Option<(TextBuf, TextBuf)> {
        let mut idle = Vec::new();
        for group in self.groups.iter().filter(|group| group.session.is_auto()) {
            for agent in &self.agents {
                if agent.logged_in
                    && agent.leaving == Leaving::No
                    && agent.is_of(group)
                    && self.on_desktop(&agent.dn).next().is_none()
                {
                    idle.push((agent.dn.clone(), group.name.clone()));
                }
            }
        }
        self.rng.choice(idle)
    }

    /// Returns the time at which a record with a treatment may be dialed again.
    pub(super) fn treated_at(&self, zone: crate::gsw::TzOffset) -> Option<crate::gsw::MinuteTime> {
        let delay = i64::try_from(self.habits.treatment_delay.as_secs()).unwrap_or(i64::MAX);
        local(self.wall().saturating_add(delay), zone)
    }
}

fn running_mode(group: &super::Group) -> Option<CampaignMode<'static>> {
    match group.session {
        Session::Started(mode) => Some(mode),
        _ => None,
    }
}
