//! The notification that the server posts as JSON to a web server when a campaign group changes its
//! state, and periodically while it is active (001).
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

use alloc::string::{String, ToString};
use alloc::vec::Vec;
use core::fmt;

use jiff::Timestamp;
use serde_json::{Map, Number, Value};

use super::enumerations::{
    CampaignGroupAction, CampaignGroupActor, CampaignGroupStatus, HttpDialMode, OptimizeBy,
};
use super::forms::{Code, Integer, Moment, Scalar, Tenant, Text, TextOrNumber, object};
use super::values::Statistic;

object! {
    /// A campaign group was loaded, started, stopped or unloaded, changed its dial mode, or is
    /// active.
    ///
    /// All mandatory attributes are always written, as null where they have no value. They are not
    /// demanded on reading: the server leaves what does not apply unassigned or at a default, and
    /// the documentation does not show how, so null, an empty integer and a missing one are read
    /// alike (C23). Integers are read as numbers and as decimal text. The codes of dial modes,
    /// statuses, actions and optimizing methods are in enumerations of the server's client library,
    /// which the documentation names and does not give (C16, C22).
    #[derive(Clone, Debug, Default, PartialEq)]
    pub struct CampaignGroupState with "GSW_USER_EVENT" = "CampaignGroupState" {
        /// When it happened. Written as seconds of UTC since 1970 with three decimals (C24); what
        /// is finer than a millisecond is cut off, and a time before 1970 is refused.
        sent "GSW_DATE_TIME" date_time: Option<Timestamp> as Moment;
        /// The tenant's name. Unset is written as `Unknown`, and read from that, from `undefined`
        /// and from emptiness (C06).
        sent "GSW_TENANT_NAME" tenant_name: Option<String> as Tenant;
        /// The tenant's CCID, as text; unset like the name. A number is read too (C05).
        sent "GSW_TENANT_CCID" tenant_ccid: Option<String> as Tenant;
        /// The campaign group's name.
        sent "GSW_CAMPAIGN_GROUP_NAME" campaign_group_name: Option<String> as Text;
        /// The campaign group's UUID. The desktop protocol has another key for it (C54).
        sent "GSW_CAMPAIGN_GROUP_UUID" campaign_group_uuid: Option<String> as Text;
        /// The campaign group's DBID, as text. A number is read too (C04).
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
        /// The request that caused this. What periodic notifications have is not documented.
        sent "GSW_CAMPAIGN_GROUP_ACTION" campaign_group_action: Option<CampaignGroupAction> as Code<_>;
        /// Who caused this.
        sent "GSW_CAMPAIGN_GROUP_ACTOR" campaign_group_actor: Option<CampaignGroupActor> as Code<_>;
        /// How busy the group's agents are, as a fraction of 1.
        optional "GSW_STAT_BUSY_FACTOR" busy_factor: Option<Statistic> as Figure;
        /// The share of attempts that reached someone, as a fraction of 1.
        optional "GSW_STAT_HIT_RATIO" hit_ratio: Option<Statistic> as Figure;
        /// The share of calls dialled too many, as a fraction of 1.
        optional "GSW_STAT_OVERDIAL_RATE" overdial_rate: Option<Statistic> as Figure;
        /// The time until the lists are done, in seconds.
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
        // 600 and not 600.0, as the documentation prints it.
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

/// An object inside the notification that has statistics: by the documentation's levels a calling
/// list, which has only the hit ratio and the time to complete; a server may nest the group's as
/// well.
#[derive(Clone, Debug, PartialEq)]
pub struct NestedStatistics<'a> {
    /// The way from the notification to the object.
    pub path: Vec<Step<'a>>,
    /// The object, with its other members, such as a list's name.
    pub object: &'a Map<String, Value>,
    /// `GSW_STAT_BUSY_FACTOR`, as a fraction of 1; of a campaign group only.
    pub busy_factor: Option<Statistic>,
    /// `GSW_STAT_HIT_RATIO`, as a fraction of 1.
    pub hit_ratio: Option<Statistic>,
    /// `GSW_STAT_OVERDIAL_RATE`, as a fraction of 1; of a campaign group only.
    pub overdial_rate: Option<Statistic>,
    /// `GSW_STAT_TIME_TO_COMPLETE`, in seconds.
    pub time_to_complete: Option<Statistic>,
}

/// A step of a path into JSON. It shows itself as a part of a JSON pointer (RFC 6901).
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Step<'a> {
    /// To the member of an object.
    Member(&'a str),
    /// To the item of a list, counted from 0.
    Item(usize),
}

impl fmt::Display for Step<'_> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Member(name) => write!(f, "/{}", name.replace('~', "~0").replace('/', "~1")),
            Self::Item(at) => write!(f, "/{at}"),
        }
    }
}

impl CampaignGroupState {
    /// The statistics inside the unknown members, at any depth, in the order of the text (C23).
    ///
    /// Calling lists have statistics too, but how they are nested is not documented. So what is
    /// nested stays in `unlisted` as it came, to be written back the same, and each object in there
    /// with a name that begins with `GSW_STAT_` is reported. A value that cannot be a statistic is
    /// an error that names it and its object.
    pub fn nested_statistics(&self) -> Result<Vec<NestedStatistics<'_>>, serde_json::Error> {
        let mut found = Vec::new();
        let mut path = Vec::new();
        // A stack of its own: values that a program has built may be nested deeper than the call
        // stack allows. Paths are of borrowed steps, so that a long name above a long list is not
        // copied for each item.
        let mut open: Vec<(usize, Step<'_>, &Value)> = Vec::new();
        let members = self.unlisted.iter().rev();
        open.extend(members.map(|(name, value)| (0, Step::Member(name), value)));
        while let Some((depth, step, value)) = open.pop() {
            path.truncate(depth);
            path.push(step);
            match value {
                Value::Object(object) => {
                    if object.keys().any(|name| name.starts_with("GSW_STAT_")) {
                        found.push(NestedStatistics::read(&path, object).map_err(|error| {
                            let pointer: String = path.iter().map(Step::to_string).collect();
                            serde::de::Error::custom(format_args!("{pointer}: {error}"))
                        })?);
                    }
                    let members = object.iter().rev();
                    open.extend(
                        members.map(|(name, value)| (path.len(), Step::Member(name), value)),
                    );
                }
                Value::Array(items) => {
                    let items = items.iter().enumerate().rev();
                    open.extend(items.map(|(at, value)| (path.len(), Step::Item(at), value)));
                }
                _ => {}
            }
        }
        Ok(found)
    }
}

impl<'a> NestedStatistics<'a> {
    fn read(path: &[Step<'a>], object: &'a Map<String, Value>) -> Result<Self, String> {
        let statistic = |name| match object.get(name) {
            Some(value) => Figure::take(name, value.clone()),
            None => Ok(None),
        };
        Ok(Self {
            path: path.to_vec(),
            object,
            busy_factor: statistic("GSW_STAT_BUSY_FACTOR")?,
            hit_ratio: statistic("GSW_STAT_HIT_RATIO")?,
            overdial_rate: statistic("GSW_STAT_OVERDIAL_RATE")?,
            time_to_complete: statistic("GSW_STAT_TIME_TO_COMPLETE")?,
        })
    }
}
