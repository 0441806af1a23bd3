//! The states of campaign groups, derived from the server's posts about them over HTTP.
//!
//! The server posts when a group is loaded, started, stopped or unloaded or dials in another mode, and
//! periodically for active groups; it never repeats a failed post, and several connections may change
//! the order. The model therefore keeps the latest state by the server's time, ignores a late post, and
//! marks a group as stale that was silent for three intervals.
//!
//! Answer a post with success first, since the server waits for that, and one that does not parse with
//! 400.
//!
//! ```
//! use core::time::Duration;
//! use cti_codec::gsw::CampaignGroupStatus;
//! use cti_codec::gsw::campaign_group_state::CampaignGroupState;
//! use cti_codec::gsw::groups::{CampaignGroups, Event, Settings, Stage};
//!
//! let mut groups = CampaignGroups::new(Settings {
//!     // The documents do not print these numbers: look at what your server sends.
//!     stages: vec![(CampaignGroupStatus(3), Stage::Started)],
//!     ..Settings::default()
//! });
//! let post: CampaignGroupState = serde_json::from_str(
//!     r#"{"GSW_USER_EVENT": "CampaignGroupState", "GSW_DATE_TIME": "1700000000.000",
//!         "GSW_CAMPAIGN_GROUP_UUID": "u-1", "GSW_CAMPAIGN_GROUP_STATUS": 3}"#,
//! )?;
//! let id = groups.handle_post(Duration::ZERO, &post).expect("far from the limit");
//! assert_eq!(groups.group(id).unwrap().stage, Some(Stage::Started));
//!
//! // Nothing comes for half a minute.
//! assert_eq!(groups.poll_timeout(), Some(Duration::from_secs(30)));
//! groups.handle_timeout(Duration::from_secs(30));
//! let events: Vec<Event> = std::iter::from_fn(|| groups.poll_event()).collect();
//! assert_eq!(events, [Event::Added { group: id }, Event::Stale { group: id }]);
//! # Ok::<(), serde_json::Error>(())
//! ```

use alloc::collections::VecDeque;
use alloc::vec::Vec;
use core::time::Duration;

use jiff::Timestamp;

use super::campaign_group_state::CampaignGroupState;
use super::enumerations::CampaignGroupStatus;
use super::values::Statistic;

/// Names a campaign group. Never given twice.
#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Debug)]
pub struct GroupId(pub u64);

/// The meaning of a status. The documents do not print the numbers.
#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Debug)]
pub enum Stage {
    /// It is loaded.
    Loaded,
    /// It dials.
    Started,
    /// Dialing was stopped; it is still loaded.
    Stopped,
    /// It is not loaded, and is not reported any more.
    Unloaded,
}

/// The settings of a model.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct Settings {
    /// The server's `campaigngroup-states-interval`: 10 s.
    pub interval: Duration,
    /// After how many intervals of silence a group is stale: 3.
    pub stale_after: u32,
    /// The meanings of your server's statuses. Nothing is guessed: a number that is not here has no
    /// stage.
    pub stages: Vec<(CampaignGroupStatus, Stage)>,
    /// The maximum number of groups: 1024.
    pub max_groups: usize,
    /// The maximum number of pending events: 1024. Beyond it the oldest are counted and dropped.
    pub max_events: usize,
}

impl Default for Settings {
    fn default() -> Self {
        Settings {
            interval: Duration::from_secs(10),
            stale_after: 3,
            stages: Vec::new(),
            max_groups: 1024,
            max_events: 1024,
        }
    }
}

/// A campaign group.
#[derive(Clone, Debug, PartialEq)]
#[non_exhaustive]
pub struct Group<'a> {
    /// Its name here.
    pub id: GroupId,
    /// The last value of each attribute. A statistic of `None` inside is unknown now.
    pub state: &'a CampaignGroupState,
    /// The meaning of the status, according to [`Settings::stages`].
    pub stage: Option<Stage>,
    /// When the last post that was applied was made, by the server's clock.
    pub happened: Option<Timestamp>,
    /// When the last post arrived.
    pub arrived: Duration,
    /// Whether posts have stopped coming although it was active.
    pub is_stale: bool,
}

/// An event of the model.
#[derive(Clone, PartialEq, Eq, Debug)]
#[non_exhaustive]
pub enum Event {
    /// The first post about a group.
    Added {
        /// The group.
        group: GroupId,
    },
    /// The group is not as it was.
    Changed {
        /// The group.
        group: GroupId,
        /// The change.
        change: Change,
    },
    /// Posts have stopped coming: it may be unloaded, or not reach us.
    Stale {
        /// The group.
        group: GroupId,
    },
    /// Posts of a stale group come again.
    Fresh {
        /// The group.
        group: GroupId,
    },
    /// A post precedes one that was applied: nothing has changed.
    OutOfOrder {
        /// The group.
        group: GroupId,
    },
    /// A post is about a group above the limit, or names none.
    NotKept,
    /// The number of events that were dropped because they were not polled.
    Missed(u64),
}

/// A change of a group.
#[derive(Clone, Copy, PartialEq, Eq, Debug, Default)]
#[non_exhaustive]
pub struct Change {
    /// `GSW_CAMPAIGN_GROUP_STATUS`.
    pub status: bool,
    /// `GSW_DIAL_MODE`, or the optimization.
    pub dialing: bool,
    /// A name or an identifier.
    pub names: bool,
    /// A statistic, of the group or inside.
    pub statistics: bool,
}

#[derive(Clone, Debug)]
struct Kept {
    id: GroupId,
    state: CampaignGroupState,
    happened: Option<Timestamp>,
    arrived: Duration,
    is_stale: bool,
}

/// The campaign groups that a server posts about. See the [module](self).
#[derive(Clone, Debug)]
pub struct CampaignGroups {
    settings: Settings,
    now: Duration,
    last: u64,
    groups: Vec<Kept>,
    events: VecDeque<Event>,
    missed: u64,
}

/// Takes a value over, if there is one and it is another.
fn update<T: Clone + PartialEq>(kept: &mut Option<T>, posted: &Option<T>) -> bool {
    let differs = posted.is_some() && kept != posted;
    if differs {
        kept.clone_from(posted);
    }
    differs
}

impl Kept {
    /// Returns by what a post is about this group, the surest first: UUID, else DBID, else name.
    fn is_meant(&self, post: &CampaignGroupState) -> Option<usize> {
        let (kept, post) = (&self.state, post);
        let ids = [
            (&kept.campaign_group_uuid, &post.campaign_group_uuid),
            (&kept.campaign_group_dbid, &post.campaign_group_dbid),
            (&kept.campaign_group_name, &post.campaign_group_name),
        ];
        let named = ids.iter().enumerate().find_map(|(place, (one, other))| {
            let both = one.as_ref().zip(other.as_ref());
            both.map(|(one, other)| (place, one == other))
        });
        named.filter(|(_, same)| *same).map(|(place, _)| place)
    }

    fn apply(&mut self, post: &CampaignGroupState) -> Change {
        let kept = &mut self.state;
        let names = [
            update(&mut kept.tenant_name, &post.tenant_name),
            update(&mut kept.tenant_ccid, &post.tenant_ccid),
            update(&mut kept.campaign_group_name, &post.campaign_group_name),
            update(&mut kept.campaign_group_uuid, &post.campaign_group_uuid),
            update(&mut kept.campaign_group_dbid, &post.campaign_group_dbid),
            update(&mut kept.group_name, &post.group_name),
            update(&mut kept.campaign_name, &post.campaign_name),
            update(
                &mut kept.campaign_template_name,
                &post.campaign_template_name,
            ),
            update(&mut kept.queue_name, &post.queue_name),
        ];
        let dialing = [
            update(&mut kept.dial_mode, &post.dial_mode),
            update(&mut kept.optimize_by, &post.optimize_by),
            update(&mut kept.optimize_goal, &post.optimize_goal),
        ];
        let figure = |kept: &mut Option<Statistic>, posted: &Option<Statistic>| {
            let was = kept.and_then(|statistic| statistic.0);
            update(kept, posted) && was != kept.and_then(|statistic| statistic.0)
        };
        let mut statistics = [
            figure(&mut kept.busy_factor, &post.busy_factor),
            figure(&mut kept.hit_ratio, &post.hit_ratio),
            figure(&mut kept.overdial_rate, &post.overdial_rate),
            figure(&mut kept.time_to_complete, &post.time_to_complete),
        ]
        .contains(&true);
        if kept.unlisted != post.unlisted {
            kept.unlisted = post.unlisted.clone();
            statistics = true;
        }
        // The last action and its originator: no change by itself, since periodic posts have values
        // there too.
        update(&mut kept.campaign_group_action, &post.campaign_group_action);
        update(&mut kept.campaign_group_actor, &post.campaign_group_actor);
        update(&mut kept.date_time, &post.date_time);
        Change {
            status: update(&mut kept.campaign_group_status, &post.campaign_group_status),
            dialing: dialing.contains(&true),
            names: names.contains(&true),
            statistics,
        }
    }
}

impl CampaignGroups {
    /// Creates a model without groups.
    #[must_use]
    pub fn new(settings: Settings) -> Self {
        CampaignGroups {
            settings,
            now: Duration::ZERO,
            last: 0,
            groups: Vec::new(),
            events: VecDeque::new(),
            missed: 0,
        }
    }

    /// Processes a post. Returns its group; `None` if it names none, or there are too many.
    pub fn handle_post(&mut self, now: Duration, post: &CampaignGroupState) -> Option<GroupId> {
        self.handle_timeout(now);
        let now = self.now;
        let known = self.groups.iter().enumerate();
        let meant = known.filter_map(|(place, kept)| Some((kept.is_meant(post)?, place)));
        let place = meant.min().map(|(_, place)| place);
        if let Some(kept) = place.and_then(|place| self.groups.get_mut(place)) {
            let id = kept.id;
            kept.arrived = now;
            let was_stale = core::mem::take(&mut kept.is_stale);
            let older = post.date_time.is_some() && post.date_time < kept.happened;
            let change = if older {
                None
            } else {
                kept.happened = post.date_time.or(kept.happened);
                Some(kept.apply(post)).filter(|change| *change != Change::default())
            };
            if was_stale {
                self.event(Event::Fresh { group: id });
            }
            if older {
                self.event(Event::OutOfOrder { group: id });
            }
            if let Some(change) = change {
                self.event(Event::Changed { group: id, change });
            }
            return Some(id);
        }
        let named = [
            &post.campaign_group_uuid,
            &post.campaign_group_dbid,
            &post.campaign_group_name,
        ];
        let is_named = named.iter().any(|name| name.is_some());
        if !is_named || self.groups.len() >= self.settings.max_groups {
            self.event(Event::NotKept);
            return None;
        }
        self.last = self.last.saturating_add(1);
        let id = GroupId(self.last);
        self.groups.push(Kept {
            id,
            state: post.clone(),
            happened: post.date_time,
            arrived: now,
            is_stale: false,
        });
        self.event(Event::Added { group: id });
        Some(id)
    }

    /// Marks stale groups. Harmless if there are none.
    pub fn handle_timeout(&mut self, now: Duration) {
        self.now = self.now.max(now);
        while let Some(at) = self.next_stale().filter(|(at, _)| *at <= self.now) {
            let (_, id) = at;
            if let Some(kept) = self.groups.iter_mut().find(|kept| kept.id == id) {
                kept.is_stale = true;
            }
            self.event(Event::Stale { group: id });
        }
    }

    /// Returns when [`handle_timeout`](Self::handle_timeout) is to be called at the latest.
    #[must_use]
    pub fn poll_timeout(&self) -> Option<Duration> {
        self.next_stale().map(|(at, _)| at)
    }

    /// Returns the next event.
    pub fn poll_event(&mut self) -> Option<Event> {
        if self.missed > 0 {
            return Some(Event::Missed(core::mem::take(&mut self.missed)));
        }
        self.events.pop_front()
    }

    /// Returns the groups.
    pub fn groups(&self) -> impl Iterator<Item = Group<'_>> {
        self.groups.iter().map(|kept| self.view(kept))
    }

    /// Returns a group.
    #[must_use]
    pub fn group(&self, id: GroupId) -> Option<Group<'_>> {
        self.groups().find(|group| group.id == id)
    }

    /// Drops a group: one that was unloaded, or is stale for longer than you care to wait.
    pub fn forget(&mut self, id: GroupId) {
        self.groups.retain(|kept| kept.id != id);
    }

    fn stage(&self, kept: &Kept) -> Option<Stage> {
        let status = kept.state.campaign_group_status?;
        let mut stages = self.settings.stages.iter();
        stages
            .find(|(known, _)| *known == status)
            .map(|(_, stage)| *stage)
    }

    fn view<'s>(&self, kept: &'s Kept) -> Group<'s> {
        Group {
            id: kept.id,
            state: &kept.state,
            stage: self.stage(kept),
            happened: kept.happened,
            arrived: kept.arrived,
            is_stale: kept.is_stale,
        }
    }

    /// Returns the group that becomes stale next. Silence is normal for an unloaded one.
    fn next_stale(&self) -> Option<(Duration, GroupId)> {
        let silence = self
            .settings
            .interval
            .saturating_mul(self.settings.stale_after);
        let fresh = self
            .groups
            .iter()
            .filter(|kept| !kept.is_stale && self.stage(kept) != Some(Stage::Unloaded));
        let times = fresh.map(|kept| (kept.arrived.saturating_add(silence), kept.id));
        times.min()
    }

    fn event(&mut self, event: Event) {
        if self.events.len() >= self.settings.max_events.max(1) {
            self.events.pop_front();
            self.missed = self.missed.saturating_add(1);
        }
        self.events.push_back(event);
    }
}
