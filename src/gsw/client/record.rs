//! Chained records.

use alloc::string::String;
use core::fmt;

use serde::de::{SeqAccess, Visitor};
use serde::{Deserialize, Deserializer, Serialize, Serializer};
use serde_json::Value;

use crate::gsw::forms::{Code, Integer, Nested, Scalar, Text, object};
use crate::gsw::keys::TZ_OFFSET;
use crate::gsw::{CallResult, PhoneType, SecondsFromMidnight, TzOffset};

object! {
    /// A chain: the records that belong to one customer. The data of `getChainedRecords` is a list
    /// of these.
    #[derive(Clone, Debug, Default, PartialEq)]
    pub struct Chain {
        /// The records, as many as the chain has.
        required "records" records: Records as Nested;
    }
}

/// The records of a chain.
///
/// They are kept as JSON text and read one at a time: a [`Record`] has several hundred bytes, and
/// one without members costs its sender three.
#[derive(Clone, Default, PartialEq, Eq)]
pub struct Records {
    /// One record to a line.
    text: String,
}

impl Records {
    /// Creates a list without records.
    #[must_use]
    pub const fn new() -> Self {
        Records {
            text: String::new(),
        }
    }

    /// Returns how many records there are.
    #[must_use]
    pub fn len(&self) -> usize {
        self.text.lines().count()
    }

    /// Returns whether there is no record.
    #[must_use]
    pub const fn is_empty(&self) -> bool {
        self.text.is_empty()
    }

    /// Returns the records, in their order.
    pub fn iter(&self) -> impl Iterator<Item = Record> {
        // `push` wrote every line from a record.
        let lines = self.text.lines();
        lines.map(|line| serde_json::from_str(line).unwrap_or_default())
    }

    /// Returns the record at a place, counted from 0.
    #[must_use]
    pub fn get(&self, index: usize) -> Option<Record> {
        self.iter().nth(index)
    }

    /// Adds a record at the end, even one that may not be written.
    pub fn push(&mut self, mut record: Record) {
        // The only value of a record that can be read but not written.
        if let Some(offset) = record
            .tz_offset
            .filter(|offset| !TZ_OFFSET.allows(offset.0))
        {
            record.tz_offset = None;
            record.unlisted.insert(TZ_OFFSET.name(), offset.0);
        }
        for time in [&mut record.from, &mut record.until] {
            *time = time.filter(|time| time.0 >= 0);
        }
        self.text
            .push_str(&serde_json::to_string(&record).unwrap_or_else(|_| "{}".into()));
        self.text.push('\n');
    }
}

impl FromIterator<Record> for Records {
    fn from_iter<I: IntoIterator<Item = Record>>(records: I) -> Self {
        let mut list = Records::new();
        records.into_iter().for_each(|record| list.push(record));
        list
    }
}

impl fmt::Debug for Records {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_list().entries(self.iter()).finish()
    }
}

impl Serialize for Records {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        serializer.collect_seq(self.iter())
    }
}

impl<'de> Deserialize<'de> for Records {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        struct List;

        impl<'de> Visitor<'de> for List {
            type Value = Records;

            fn expecting(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
                f.write_str("a list of records")
            }

            fn visit_seq<A: SeqAccess<'de>>(self, mut items: A) -> Result<Records, A::Error> {
                let mut records = Records::new();
                while let Some(record) = items.next_element()? {
                    records.push(record);
                }
                Ok(records)
            }
        }

        deserializer.deserialize_seq(List)
    }
}

object! {
    /// A record of a calling list, as the desktop shows it to a page: the attached data of the
    /// event that brought it, with members that the desktop adds (Service Client API, sample of
    /// `getChainedRecords`).
    ///
    /// All keys are optional: the sample is the only description. Custom fields are in `unlisted`,
    /// under the keys that their site gave them, and so is every key of the desktop protocol that
    /// the sample does not show. Integers are read as numbers and as decimal text.
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
        /// The calling list's DBID. The statistical events of the desktop protocol have another key
        /// for it.
        optional "GSW_CALLING_LIST_DBID" calling_list_dbid: Option<i64> as Integer;
        /// The attempt's unique identifier.
        optional "GSW_CALL_ATTEMPT_GUID" call_attempt_guid: Option<String> as Text;
        /// The outcome of the last call.
        optional "GSW_CALL_RESULT" call_result: Option<CallResult> as Code<_>;
        /// The campaign group's DBID. A number here, text in the other two protocols.
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
        optional "GSW_FROM" | "GWS_FROM" from: Option<SecondsFromMidnight> as Seconds;
        /// The number or address.
        optional "GSW_PHONE" phone: Option<String> as Text;
        /// The kind of number or address.
        optional "GSW_PHONE_TYPE" phone_type: Option<PhoneType> as Code<_>;
        /// The server's identifier of the record, unique among those in use: the value for
        /// parameters named `recordHandle`.
        optional "GSW_RECORD_HANDLE" record_handle: Option<i64> as Integer;
        /// The reference id, which matches this to its request.
        optional "GSW_REFERENCE_ID" reference_id: Option<i64> as Integer;
        /// The switch's DBID.
        optional "GSW_SWITCH_DBID" switch_dbid: Option<i64> as Integer;
        /// The record's time zone by name.
        optional "GSW_TZ_NAME" tz_name: Option<String> as Text;
        /// The record's time zone as seconds from UTC.
        optional "GSW_TZ_OFFSET" tz_offset: Option<TzOffset> as Offset;
        /// The time of day until which to call, in the record's time zone.
        optional "GSW_UNTIL" until: Option<SecondsFromMidnight> as Seconds;
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
        /// The desktop's name for the kind of campaign, such as `PreviewRecord`.
        optional "WWE_OUTBOUND_CAMP_TYPE" camp_type: Option<String> as Text;
    }
}

/// A time of day written as a number, and read also as `HH:MM` or, as in one sample, `HH.MM`.
pub(super) struct Seconds;

impl Scalar for Seconds {
    type Value = SecondsFromMidnight;

    const EXPECTED: &'static str = "seconds from midnight or a time like 23:45";

    fn parse(value: Value) -> Result<Option<SecondsFromMidnight>, Value> {
        if let Some(time) = value.as_str().and_then(SecondsFromMidnight::from_clock) {
            return Ok(Some(time));
        }
        match Integer::parse(value.clone())? {
            Some(0..) | None => Code::parse(value),
            Some(_) => Err(value),
        }
    }

    fn print(value: &SecondsFromMidnight) -> Result<Value, &'static str> {
        if value.0 < 0 {
            return Err("a time of day is not negative");
        }
        Integer::print(&value.0)
    }
}

/// An offset from UTC, written within the range that its key has in the desktop protocol.
pub(super) struct Offset;

impl Scalar for Offset {
    type Value = TzOffset;

    const EXPECTED: &'static str = <Code<TzOffset> as Scalar>::EXPECTED;

    fn parse(value: Value) -> Result<Option<TzOffset>, Value> {
        Code::parse(value)
    }

    fn print(offset: &TzOffset) -> Result<Value, &'static str> {
        if !TZ_OFFSET.allows(offset.0) {
            return Err("a time zone is 12 hours from UTC at most");
        }
        Code::print(offset)
    }
}

/// A time of day written as `HH:MM`, and read like [`Seconds`].
pub(super) struct Clock;

impl Scalar for Clock {
    type Value = SecondsFromMidnight;

    const EXPECTED: &'static str = Seconds::EXPECTED;

    fn parse(value: Value) -> Result<Option<SecondsFromMidnight>, Value> {
        Seconds::parse(value)
    }

    fn print(value: &SecondsFromMidnight) -> Result<Value, &'static str> {
        let clock = value.to_clock();
        Ok(clock.ok_or("HH:MM has whole minutes, up to 23:59")?.into())
    }
}
