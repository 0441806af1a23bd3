//! Teams, which are requested apart from the configuration and have no keys.

use alloc::collections::{BTreeMap, VecDeque};
use core::time::Duration;

use super::configuration::{Configuration, Team, apply_team, team_changes};
use super::event::{ConfigurationEvent, ConfigurationFailure, Event};
use super::settings::Timings;
use crate::ccx::TeamConfigEvent;

#[derive(Clone, Copy, PartialEq, Eq, Debug)]
enum Phase {
    Off,
    Due { at: Duration },
    Asked,
    Current,
}

#[derive(Debug)]
pub(super) struct Teams {
    phase: Phase,
    staging: BTreeMap<u32, Team>,
    limit: usize,
}

type Events = VecDeque<Event>;

impl Teams {
    pub(super) fn new(limit: usize) -> Self {
        Self {
            phase: Phase::Off,
            staging: BTreeMap::new(),
            limit,
        }
    }

    pub(super) fn start(&mut self, now: Duration) {
        self.phase = Phase::Due { at: now };
    }

    pub(super) fn stop(&mut self) {
        self.phase = Phase::Off;
        self.staging.clear();
    }

    pub(super) fn is_settled(&self) -> bool {
        matches!(self.phase, Phase::Off | Phase::Current)
    }

    pub(super) fn next_deadline(&self) -> Option<Duration> {
        match self.phase {
            Phase::Due { at } => Some(at),
            _ => None,
        }
    }

    /// Returns whether `TEAM_CONFIG_REQ` is due now.
    #[inline]
    pub(super) fn poll(&mut self, now: Duration) -> bool {
        let due = matches!(self.phase, Phase::Due { at } if at <= now);
        if due {
            self.phase = Phase::Asked;
            self.staging.clear();
        }
        due
    }

    pub(super) fn failed(
        &mut self,
        now: Duration,
        failure: ConfigurationFailure,
        timings: &Timings,
        events: &mut Events,
    ) {
        if self.phase == Phase::Off {
            return;
        }
        let again = now.saturating_add(timings.configuration_pause);
        self.staging.clear();
        self.phase = Phase::Due { at: again };
        events.push_back(Event::Configuration(ConfigurationEvent::TeamsFailed {
            failure,
            again,
        }));
    }

    /// Completes the teams.
    pub(super) fn complete(&mut self, configuration: &mut Configuration, events: &mut Events) {
        if self.phase == Phase::Off {
            return;
        }
        self.phase = Phase::Current;
        let teams = core::mem::take(&mut self.staging);
        let changes = team_changes(&configuration.teams, &teams);
        configuration.teams = teams;
        events.push_back(Event::Configuration(ConfigurationEvent::TeamsComplete {
            changes,
        }));
    }

    pub(super) fn message(
        &mut self,
        event: &TeamConfigEvent<'_>,
        configuration: &mut Configuration,
        events: &mut Events,
    ) {
        match self.phase {
            Phase::Asked => {
                apply_team(&mut self.staging, event, self.limit);
            }
            Phase::Current | Phase::Due { .. } => {
                if let Some(change) = apply_team(&mut configuration.teams, event, self.limit) {
                    events.push_back(Event::Configuration(ConfigurationEvent::TeamUpdated {
                        changes: alloc::vec![change],
                    }));
                }
            }
            Phase::Off => {}
        }
    }
}
