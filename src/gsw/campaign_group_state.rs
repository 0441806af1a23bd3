//! The notification that the server posts as JSON to a web server when a campaign group changes its
//! state, and periodically while it is active (Deployment Guide).
//!
//! ```
//! use cti_codec::gsw::campaign_group_state::CampaignGroupState;
//! use cti_codec::gsw::{CampaignGroupActor, Statistic};
//!
//! let state: CampaignGroupState = serde_json::from_str(
//!     r#"{
//!         "GSW_USER_EVENT": "CampaignGroupState",
//!         "GSW_DATE_TIME": "1700000000.250",
//!         "GSW_TENANT_NAME": "Unknown",
//!         "GSW_CAMPAIGN_GROUP_NAME": "Spring@Agents",
//!         "GSW_CAMPAIGN_GROUP_DBID": 101,
//!         "GSW_CAMPAIGN_GROUP_ACTOR": 1,
//!         "GSW_STAT_BUSY_FACTOR": 0.85,
//!         "GSW_STAT_HIT_RATIO": null
//!     }"#,
//! )?;
//! assert_eq!(state.tenant_name, None);
//! assert_eq!(state.campaign_group_dbid.as_deref(), Some("101"));
//! assert_eq!(state.campaign_group_actor, Some(CampaignGroupActor::OCS_CLIENT));
//! assert_eq!(state.busy_factor, Some(Statistic(Some(0.85))));
//! assert_eq!(state.hit_ratio, Some(Statistic(None)));
//! # Ok::<(), serde_json::Error>(())
//! ```

use alloc::borrow::Cow;
use alloc::string::String;
use alloc::vec::Vec;
use core::fmt;

use jiff::Timestamp;
use serde_json::{Number, Value};

use super::enumerations::{
    CampaignGroupAction, CampaignGroupActor, CampaignGroupStatus, HttpDialMode, OptimizeBy,
};
use super::forms::{Code, Integer, Moment, Scalar, Tenant, Text, TextOrNumber, object};
use super::values::Statistic;
use crate::members::{ObjectText, split, unquoted};

pub use crate::members::Members;

object! {
    /// The notification that a campaign group was loaded, started, stopped or unloaded, changed its
    /// dial mode, or is active.
    ///
    /// All mandatory attributes are always written, as null if unset. Reading does not require
    /// them: the server leaves inapplicable ones unassigned or at a default, in a way that the
    /// documentation does not show, so null, an empty integer and a missing one are read alike.
    /// Integers are read as numbers and as decimal text. The codes of dial modes, statuses, actions
    /// and optimizing methods are in enumerations of the server's client library, which the
    /// documentation names but does not list.
    #[derive(Clone, Debug, Default, PartialEq)]
    pub struct CampaignGroupState with "GSW_USER_EVENT" = "CampaignGroupState" {
        /// The time of the event. Written as seconds of UTC since 1970 with three decimals;
        /// fractions of a millisecond are cut off, and a time before 1970 is refused.
        sent "GSW_DATE_TIME" date_time: Option<Timestamp> as Moment;
        /// The tenant's name. Unset is written as `Unknown`, and read from that, from `undefined`
        /// and from empty text.
        sent "GSW_TENANT_NAME" tenant_name: Option<String> as Tenant;
        /// The tenant's CCID, as text; unset like the name. A number is read as well.
        sent "GSW_TENANT_CCID" tenant_ccid: Option<String> as Tenant;
        /// The campaign group's name.
        sent "GSW_CAMPAIGN_GROUP_NAME" campaign_group_name: Option<String> as Text;
        /// The campaign group's UUID. The desktop protocol has another key for it.
        sent "GSW_CAMPAIGN_GROUP_UUID" campaign_group_uuid: Option<String> as Text;
        /// The campaign group's DBID, as text. A number is read as well.
        sent "GSW_CAMPAIGN_GROUP_DBID" campaign_group_dbid: Option<String> as TextOrNumber;
        /// The name of the group of agents or places.
        sent "GSW_GROUP_NAME" group_name: Option<String> as Text;
        /// The campaign's name.
        sent "GSW_CAMPAIGN_NAME" campaign_name: Option<String> as Text;
        /// The name of the campaign's template, sent where the configuration has one.
        optional "GSW_CAMPAIGN_TEMPLATE_NAME" campaign_template_name: Option<String> as Text;
        /// The name of the voice transfer destination DN.
        sent "GSW_QUEUE_NAME" queue_name: Option<String> as Text;
        /// The dial mode, for running groups only.
        optional "GSW_DIAL_MODE" dial_mode: Option<HttpDialMode> as Code<_>;
        /// The method of optimization, for predictive modes only.
        optional "GSW_OPTIMIZE_BY" optimize_by: Option<OptimizeBy> as Code<_>;
        /// The value to optimize for, for predictive modes only.
        optional "GSW_OPTIMIZE_GOAL" optimize_goal: Option<i64> as Integer;
        /// The state of the group.
        sent "GSW_CAMPAIGN_GROUP_STATUS" campaign_group_status: Option<CampaignGroupStatus> as Code<_>;
        /// The request that caused the event. Its value in periodic notifications is not
        /// documented.
        sent "GSW_CAMPAIGN_GROUP_ACTION" campaign_group_action: Option<CampaignGroupAction> as Code<_>;
        /// The originator of the event.
        sent "GSW_CAMPAIGN_GROUP_ACTOR" campaign_group_actor: Option<CampaignGroupActor> as Code<_>;
        /// The fraction of time for which the group's agents are busy, from 0 to 1.
        optional "GSW_STAT_BUSY_FACTOR" busy_factor: Option<Statistic> as Figure;
        /// The fraction of attempts that reached someone, from 0 to 1.
        optional "GSW_STAT_HIT_RATIO" hit_ratio: Option<Statistic> as Figure;
        /// The fraction of overdialed calls, from 0 to 1.
        optional "GSW_STAT_OVERDIAL_RATE" overdial_rate: Option<Statistic> as Figure;
        /// The time until the lists are finished, in seconds.
        optional "GSW_STAT_TIME_TO_COMPLETE" time_to_complete: Option<Statistic> as Figure;
    }
}

/// A statistic as a number or null.
struct Figure;

impl Scalar for Figure {
    type Value = Statistic;

    const EXPECTED: &'static str = "a number that is not negative, or null";

    fn parse(value: Value) -> Result<Option<Statistic>, Value> {
        let number = match &value {
            Value::Null => return Ok(Some(Statistic(None))),
            Value::String(text) if text.is_empty() => return Ok(Some(Statistic(None))),
            Value::Number(number) => number.as_f64().filter(|number| *number >= 0.0),
            _ => None,
        };
        match number {
            Some(_) => Ok(Some(Statistic(number))),
            None => Err(value),
        }
    }

    fn print(value: &Statistic) -> Result<Value, &'static str> {
        let Statistic(Some(number)) = *value else {
            return Ok(Value::Null);
        };
        if !(number >= 0.0 && number.is_finite()) {
            return Err("a statistic is a finite number that is not negative");
        }
        // 600, not 600.0, as the documentation prints it.
        #[expect(
            clippy::cast_possible_truncation,
            clippy::cast_sign_loss,
            clippy::cast_precision_loss,
            reason = "compared with the number right after"
        )]
        let whole = Some(number as u64).filter(|whole| *whole as f64 == number);
        Ok(match whole {
            Some(whole) => whole.into(),
            None => Number::from_f64(number).map_or(Value::Null, Value::Number),
        })
    }
}

/// An object with statistics inside the notification: by the documentation's levels a calling list,
/// which has only the hit ratio and the time to complete; a server may nest the group's as well.
#[derive(Clone, Debug, PartialEq)]
pub struct NestedStatistics<'a> {
    /// The path from the notification to the object.
    pub path: Path<'a>,
    /// The whole object, with its other members, such as a list's name.
    pub object: ObjectText<'a>,
    /// `GSW_STAT_BUSY_FACTOR`, as a fraction of 1; of a campaign group only.
    pub busy_factor: Option<Statistic>,
    /// `GSW_STAT_HIT_RATIO`, as a fraction of 1.
    pub hit_ratio: Option<Statistic>,
    /// `GSW_STAT_OVERDIAL_RATE`, as a fraction of 1; of a campaign group only.
    pub overdial_rate: Option<Statistic>,
    /// `GSW_STAT_TIME_TO_COMPLETE`, in seconds.
    pub time_to_complete: Option<Statistic>,
}

/// A path into JSON. Displays as a JSON pointer (RFC 6901).
#[derive(Clone, Copy, PartialEq, Eq)]
pub struct Path<'a> {
    /// The members of the notification, up to the end of the object in question.
    text: &'a str,
}

impl<'a> Path<'a> {
    /// Returns the steps of the path, starting at the notification. Takes time in proportion to the
    /// text before the object.
    #[must_use]
    pub fn steps(&self) -> Vec<Step<'a>> {
        let mut walk = Walk::new(self.text);
        while walk.step().is_some() {}
        walk.last
    }
}

impl fmt::Display for Path<'_> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        self.steps().iter().try_for_each(|step| step.fmt(f))
    }
}

impl fmt::Debug for Path<'_> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        fmt::Display::fmt(self, f)
    }
}

/// A step of a path into JSON. Displays as a part of a JSON pointer (RFC 6901).
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Step<'a> {
    /// To the member of an object.
    Member(Cow<'a, str>),
    /// To the item of a list, counted from 0.
    Item(usize),
}

impl fmt::Display for Step<'_> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Member(name) => {
                let name = name.replace('~', "~0").replace('/', "~1");
                write!(f, "/{}", crate::text::Text::from(&*name))
            }
            Self::Item(at) => write!(f, "/{at}"),
        }
    }
}

impl CampaignGroupState {
    /// Finds the statistics inside the unlisted members, at any depth.
    ///
    /// Calling lists have statistics too, but their nesting is not documented. Nested members
    /// therefore stay in `unlisted` and are written back unchanged. The iterator returns each
    /// nested object with a name that begins with `GSW_STAT_`, in the order in which these objects
    /// end. A value that cannot be a statistic is an error that names it and its object.
    pub fn nested_statistics(
        &self,
    ) -> impl Iterator<Item = Result<NestedStatistics<'_>, serde_json::Error>> {
        let text = self.unlisted.view().members();
        let mut walk = Walk::new(text);
        core::iter::from_fn(move || {
            loop {
                let object = walk.step()?;
                if object.has_statistics {
                    return Some(object.read(text));
                }
            }
        })
    }
}

/// Walks the members of an object once, without recursion, since the nesting may exceed the stack.
struct Walk<'a> {
    text: &'a str,
    at: usize,
    open: Vec<Open<'a>>,
    /// The name before the next value.
    name: &'a str,
    /// The steps to the object that ended last.
    last: Vec<Step<'a>>,
}

/// An object or a list that has not ended.
struct Open<'a> {
    /// The name of the member; an item has none.
    name: &'a str,
    /// The offset at which its content begins.
    start: usize,
    list: bool,
    /// The number of its items so far.
    items: usize,
    has_statistics: bool,
    statistics: [Option<&'a str>; 4],
}

/// An object that has ended.
struct Ended<'a> {
    content: &'a str,
    end: usize,
    has_statistics: bool,
    statistics: [Option<&'a str>; 4],
}

const STATISTICS: [&str; 4] = [
    "GSW_STAT_BUSY_FACTOR",
    "GSW_STAT_HIT_RATIO",
    "GSW_STAT_OVERDIAL_RATE",
    "GSW_STAT_TIME_TO_COMPLETE",
];

impl<'a> Walk<'a> {
    fn new(text: &'a str) -> Self {
        Walk {
            text,
            at: 0,
            open: Vec::new(),
            name: "",
            last: Vec::new(),
        }
    }

    /// Advances to the end of the next nested object.
    fn step(&mut self) -> Option<Ended<'a>> {
        loop {
            let rest = self.text.get(self.at..)?;
            let here = self.at;
            let next = here.saturating_add(1);
            match rest.bytes().next()? {
                bracket @ (b'{' | b'[') => {
                    self.open.push(Open {
                        name: core::mem::take(&mut self.name),
                        start: next,
                        list: bracket == b'[',
                        items: 0,
                        has_statistics: false,
                        statistics: [None; 4],
                    });
                    self.at = next;
                }
                b'}' | b']' => {
                    self.at = next;
                    let Some(open) = self.open.pop() else {
                        continue;
                    };
                    if open.list {
                        continue;
                    }
                    if next == self.text.len() {
                        self.last = self.steps(&open);
                    }
                    return Some(Ended {
                        content: self.text.get(open.start..here).unwrap_or_default(),
                        end: next,
                        has_statistics: open.has_statistics,
                        statistics: open.statistics,
                    });
                }
                b',' => {
                    if let Some(open) = self.open.last_mut() {
                        open.items = open.items.saturating_add(1);
                    }
                    self.at = next;
                }
                b':' => self.at = next,
                _ => {
                    let (value, after) = split(rest)?;
                    self.at = here.saturating_add(value.len());
                    let in_object = self.open.last().is_none_or(|open| !open.list);
                    if in_object && self.name.is_empty() && after.starts_with(':') {
                        self.name = value;
                        self.member(after.get(1..).unwrap_or_default());
                    } else {
                        self.name = "";
                    }
                }
            }
        }
    }

    /// Records the value of the member just named if it is a statistic.
    fn member(&mut self, value: &'a str) {
        let name = unquoted(self.name);
        let Some(open) = self.open.last_mut() else {
            return;
        };
        if !name.starts_with("GSW_STAT_") {
            return;
        }
        open.has_statistics = true;
        let slots = STATISTICS.iter().zip(&mut open.statistics);
        for (known, slot) in slots {
            if name == *known {
                *slot = Some(value);
            }
        }
    }

    /// Returns the steps to the object that was open last.
    fn steps(&self, object: &Open<'a>) -> Vec<Step<'a>> {
        let mut list = None;
        let mut steps = Vec::new();
        for open in self.open.iter().chain([object]) {
            steps.push(match list {
                Some(items) => Step::Item(items),
                None => Step::Member(unquoted(open.name)),
            });
            list = open.list.then_some(open.items);
        }
        steps
    }
}

impl<'a> Ended<'a> {
    fn read(&self, text: &'a str) -> Result<NestedStatistics<'a>, serde_json::Error> {
        let path = Path {
            text: text.get(..self.end).unwrap_or(text),
        };
        let [busy_factor, hit_ratio, overdial_rate, time_to_complete] =
            core::array::from_fn(|index| {
                let name = STATISTICS.get(index).copied().unwrap_or_default();
                let Some(text) = self.statistics.get(index).copied().flatten() else {
                    return Ok(None);
                };
                // An object or a list is no statistic, regardless of its content.
                let value = match text.bytes().next() {
                    Some(b'{') => Value::Object(Default::default()),
                    Some(b'[') => Value::Array(Vec::new()),
                    _ => serde_json::from_str(split(text).unwrap_or_default().0)?,
                };
                Figure::take(name, value)
                    .map_err(|error| serde::de::Error::custom(format_args!("{path}: {error}")))
            });
        Ok(NestedStatistics {
            path,
            object: ObjectText::new(self.content),
            busy_factor: busy_factor?,
            hit_ratio: hit_ratio?,
            overdial_rate: overdial_rate?,
            time_to_complete: time_to_complete?,
        })
    }
}
