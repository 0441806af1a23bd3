//! Chained records.

use alloc::format;
use alloc::string::String;
use alloc::vec::Vec;

use serde_json::Value;

use super::object::{Integer, Nested, Scalar, Text, object};
use super::results::{CallResult, Code};

object! {
    /// A chain: the records that belong to one customer. The data of `getChainedRecords` is a list of these.
    #[derive(Clone, Debug, Default, PartialEq)]
    pub struct Chain {
        /// The records, as many as the chain has.
        required "records" records: Vec<Record> as Nested;
    }
}

object! {
    /// A record of a calling list, as the desktop shows it to a page: the attached data of the event that brought it,
    /// with members that the desktop adds (002, sample of `getChainedRecords`).
    ///
    /// All keys are optional: the sample is the only description. Custom fields are in `other`, under the keys that
    /// their site gave them, and so is every key of the desktop protocol that the sample does not show. Integers are
    /// read as numbers and as decimal text.
    #[derive(Clone, Debug, Default, PartialEq)]
    pub struct Record {
        /// The agent, here by number.
        optional "GSW_AGENT_ID" agent_id: Option<String> as Text;
        /// The server's application DBID, 101 or more.
        optional "GSW_APPLICATION_ID" application_id: Option<i64> as Integer;
        /// Dialling attempts so far.
        optional "GSW_ATTEMPTS" attempts: Option<i64> as Integer;
        /// The calling list's name.
        optional "GSW_CALLING_LIST" calling_list: Option<String> as Text;
        /// The calling list's DBID. The statistical events of the desktop protocol have another key for it (C54).
        optional "GSW_CALLING_LIST_DBID" calling_list_dbid: Option<i64> as Integer;
        /// The attempt's unique identifier.
        optional "GSW_CALL_ATTEMPT_GUID" call_attempt_guid: Option<String> as Text;
        /// How the last call ended.
        optional "GSW_CALL_RESULT" call_result: Option<CallResult> as Code;
        /// The campaign group's DBID. A number here, text in the other two protocols (C04).
        optional "GSW_CAMPAIGN_GROUP_DBID" campaign_group_dbid: Option<i64> as Integer;
        /// The campaign group's description.
        optional "GSW_CAMPAIGN_GROUP_DESCRIPTION" campaign_group_description: Option<String> as Text;
        /// The campaign group's name.
        optional "GSW_CAMPAIGN_GROUP_NAME" campaign_group_name: Option<String> as Text;
        /// The campaign's name.
        optional "GSW_CAMPAIGN_NAME" campaign_name: Option<String> as Text;
        /// The chain's identifier within the calling list.
        optional "GSW_CHAIN_ID" chain_id: Option<i64> as Integer;
        /// The medium of the contact, such as `voice`.
        optional "GSW_CONTACT_MEDIA_TYPE" contact_media_type: Option<String> as Text;
        /// The time of day from which to call, in the record's time zone.
        optional "GSW_FROM" | "GWS_FROM" from: Option<DaySeconds> as Seconds;
        /// The number or address.
        optional "GSW_PHONE" phone: Option<String> as Text;
        /// The kind of number, a phone type's code.
        optional "GSW_PHONE_TYPE" phone_type: Option<i64> as Integer;
        /// The server's identifier of the record, unique among those in use: what the parameters named `recordHandle`
        /// ask for (C65).
        optional "GSW_RECORD_HANDLE" record_handle: Option<i64> as Integer;
        /// Pairs this with the request that it answers.
        optional "GSW_REFERENCE_ID" reference_id: Option<i64> as Integer;
        /// The switch's DBID.
        optional "GSW_SWITCH_DBID" switch_dbid: Option<i64> as Integer;
        /// The record's time zone by name.
        optional "GSW_TZ_NAME" tz_name: Option<String> as Text;
        /// The record's time zone as seconds from UTC.
        optional "GSW_TZ_OFFSET" tz_offset: Option<i64> as Integer;
        /// The time of day until which to call, in the record's time zone.
        optional "GSW_UNTIL" until: Option<DaySeconds> as Seconds;
        /// The event that brought the record, such as `PreviewRecord` or `ChainedRecord`.
        optional "GSW_USER_EVENT" user_event: Option<String> as Text;
        /// The desktop's identifier of a bundle of interactions.
        optional "IW_BundleUid" bundle_uid: Option<String> as Text;
        /// The desktop's identifier of the case.
        optional "IW_CaseUid" case_uid: Option<String> as Text;
        /// The interaction's subtype, such as `OutboundNew`.
        optional "InteractionSubtype" interaction_subtype: Option<String> as Text;
        /// The interaction's type, such as `Outbound`.
        optional "InteractionType" interaction_type: Option<String> as Text;
        /// What the desktop takes the campaign for, such as `PreviewRecord`.
        optional "WWE_OUTBOUND_CAMP_TYPE" camp_type: Option<String> as Text;
    }
}

/// A time of day as seconds from midnight.
///
/// Records have the number of seconds; fields and updates of them have `HH:MM`. Both forms are read everywhere, the
/// second with a full stop too, as a sample has it (C08). As `HH:MM` only whole minutes of one day can be written.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct DaySeconds(
    /// The seconds; a day has 86400.
    pub u32,
);

impl DaySeconds {
    /// The time from `HH:MM`, `HH.MM` or either with one digit for the hour, up to 23:59.
    pub fn from_clock(text: &str) -> Option<Self> {
        let (hour, minute) = text.split_once([':', '.'])?;
        let two = |text: &str, length| {
            let number: u32 = super::object::number(text, length)?.try_into().ok()?;
            Some(number)
        };
        let (hour, minute) = (two(hour, 1..=2)?, two(minute, 2..=2)?);
        if hour > 23 || minute > 59 {
            return None;
        }
        let minutes = hour.checked_mul(60)?.checked_add(minute)?;
        minutes.checked_mul(60).map(Self)
    }

    /// The time as `HH:MM`, `None` where that would lose seconds or pass the end of the day.
    pub fn to_clock(self) -> Option<String> {
        let minutes = self.0 / 60;
        if !self.0.is_multiple_of(60) || minutes >= 24 * 60 {
            return None;
        }
        Some(format!("{:02}:{:02}", minutes / 60, minutes % 60))
    }
}

/// A [`DaySeconds`] written as a number.
pub(super) struct Seconds;

impl Scalar for Seconds {
    type Value = DaySeconds;

    const EXPECTED: &'static str = "seconds from midnight or a time like 23:45";

    fn parse(value: Value) -> Result<Option<DaySeconds>, Value> {
        if let Some(time) = value.as_str().and_then(DaySeconds::from_clock) {
            return Ok(Some(time));
        }
        let Some(seconds) = Integer::parse(value.clone())? else {
            return Ok(None);
        };
        let seconds = seconds.try_into().map_err(|_| value)?;
        Ok(Some(DaySeconds(seconds)))
    }

    fn print(value: &DaySeconds) -> Result<Value, &'static str> {
        Ok(value.0.into())
    }
}

/// A [`DaySeconds`] written as `HH:MM`.
pub(super) struct Clock;

impl Scalar for Clock {
    type Value = DaySeconds;

    const EXPECTED: &'static str = Seconds::EXPECTED;

    fn parse(value: Value) -> Result<Option<DaySeconds>, Value> {
        Seconds::parse(value)
    }

    fn print(value: &DaySeconds) -> Result<Value, &'static str> {
        let clock = value.to_clock();
        Ok(clock.ok_or("HH:MM has whole minutes, up to 23:59")?.into())
    }
}
