//! The server's state, with which tests compare a desktop.

use alloc::string::String;
use alloc::vec::Vec;
use core::fmt;
use core::time::Duration;

use crate::gsw::{
    AttachedDataBuf, CallResult, CallTime, CallbackType, CampaignMode, MessageType, MinuteTime,
    PhoneType, RecordStatus, RecordType, SecondsFromMidnight, Text, TextBuf, TzOffset, ValueBuf,
};

/// The dialing session of a campaign group.
#[derive(Clone, Copy, PartialEq, Eq, Debug, Default)]
pub enum Session {
    /// None.
    #[default]
    Unloaded,
    /// It is loaded and does not dial.
    Loaded,
    /// It dials.
    Started(CampaignMode<'static>),
}

impl Session {
    /// Returns whether it dials by itself, so that an agent has a log-out to announce.
    #[must_use]
    pub fn is_auto(self) -> bool {
        !matches!(
            self,
            Session::Unloaded
                | Session::Loaded
                | Session::Started(CampaignMode::PREVIEW | CampaignMode::PUSH_PREVIEW)
        )
    }
}

/// A campaign group: a campaign and the agents who work for it.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct Group {
    /// `GSW_CAMPAIGN_GROUP_NAME`.
    pub name: TextBuf,
    /// `GSW_CAMPAIGN_NAME`.
    pub campaign_name: TextBuf,
    /// `GSW_CAMPAIGN_DESCRIPTION`.
    pub campaign_description: TextBuf,
    /// `GSW_CAMPAIGN_GROUP_DESCRIPTION`.
    pub description: TextBuf,
    /// The calling lists of the campaign.
    pub calling_lists: Vec<TextBuf>,
    /// The dialing session.
    pub session: Session,
    /// The option `agent_preview_mode_start`: an agent gets preview records and scheduled calls only
    /// after `PreviewDialingModeStart`.
    pub preview_mode_start: bool,
    /// The option `record_processed`: a record of a call waits for `RecordProcessed`. If off, the
    /// server finishes it some time after the call.
    pub record_processed: bool,
}

impl Default for Group {
    /// Nothing loaded, and both options on.
    fn default() -> Self {
        Self {
            name: TextBuf::default(),
            campaign_name: TextBuf::default(),
            campaign_description: TextBuf::default(),
            description: TextBuf::default(),
            calling_lists: Vec::new(),
            session: Session::Unloaded,
            preview_mode_start: true,
            record_processed: true,
        }
    }
}

/// A record of a calling list.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct Record {
    /// The list it is in.
    pub calling_list: TextBuf,
    /// The chain it belongs to: one customer.
    pub chain_id: i64,
    /// Its place in the chain.
    pub chain_n: i64,
    /// The number.
    pub phone: TextBuf,
    /// The kind of number.
    pub phone_type: PhoneType,
    /// The time zone of the customer.
    pub tz_offset: TzOffset,
    /// The customer.
    pub customer_id: TextBuf,
    /// The purpose of the record.
    pub record_type: RecordType,
    /// The status.
    pub status: RecordStatus,
    /// The outcome of the last call.
    pub call_result: CallResult,
    /// The number of calls.
    pub attempts: i64,
    /// When it was called last.
    pub call_time: CallTime,
    /// From when in the day it may be called.
    pub from: SecondsFromMidnight,
    /// Until when in the day it may be called.
    pub until: SecondsFromMidnight,
    /// When it is to be called again, in its time zone.
    pub date_time: Option<MinuteTime>,
    /// The DN of the agent that a personal callback is for, or who has rejected it.
    pub agent: Option<TextBuf>,
    /// Custom fields.
    pub fields: Vec<(TextBuf, ValueBuf)>,
}

impl Record {
    /// Returns whether it waits for a callback.
    #[must_use]
    pub fn is_callback(&self) -> bool {
        matches!(
            self.record_type,
            RecordType::PERSONAL_CALLBACK | RecordType::CAMPAIGN_CALLBACK
        )
    }

    /// Returns the callee of its callback.
    #[must_use]
    pub fn callback_type(&self) -> CallbackType<'static> {
        if self.record_type == RecordType::PERSONAL_CALLBACK {
            CallbackType::PERSONAL
        } else {
            CallbackType::CAMPAIGN
        }
    }

    /// Returns the time of its callback, in seconds since 1970-01-01 00:00 UTC.
    pub(super) fn due(&self) -> Option<i64> {
        seconds(self.date_time?, self.tz_offset)
    }
}

/// Converts a date and time of a time zone to seconds since 1970-01-01 00:00 UTC.
pub(super) fn seconds(time: MinuteTime, zone: TzOffset) -> Option<i64> {
    let offset = zone.to_offset().unwrap_or(jiff::tz::Offset::UTC);
    let moment = offset.to_timestamp(time.to_civil()).ok()?;
    Some(moment.as_second())
}

/// Seconds since 1970-01-01 00:00 UTC as the date and time of a time zone, to the minute.
pub(super) fn local(seconds: i64, zone: TzOffset) -> Option<MinuteTime> {
    let offset = zone.to_offset().unwrap_or(jiff::tz::Offset::UTC);
    let whole = seconds.saturating_sub(seconds.rem_euclid(60));
    let moment = jiff::Timestamp::from_second(whole).ok()?;
    let time = offset.to_datetime(moment);
    // Zones have offsets of whole minutes; one that has not gets the minute that has begun.
    let time = time.with().second(0).build().ok()?;
    MinuteTime::try_from(time).ok()
}

/// An agent at a DN.
#[derive(Clone, PartialEq, Eq, Debug, Default)]
pub struct Agent {
    /// The DN.
    pub dn: TextBuf,
    /// The names of the campaign groups.
    pub groups: Vec<TextBuf>,
    /// Whether logged in at T-Server.
    pub logged_in: bool,
    /// The group that the agent is assigned to.
    pub assigned: Option<TextBuf>,
    /// The groups whose preview session is on.
    pub linked: Vec<TextBuf>,
    /// Until when a call is dialed in expectation of the agent.
    pub dialing_until: Option<Duration>,
    /// The progress of a wish to log out.
    pub leaving: Leaving,
}

impl Agent {
    /// Returns whether the agent belongs to a group.
    #[must_use]
    pub fn is_of(&self, group: &Group) -> bool {
        self.groups.contains(&group.name)
    }
}

/// The progress of an agent's wish to log out.
#[derive(Clone, Copy, PartialEq, Eq, Debug, Default)]
pub enum Leaving {
    /// None.
    #[default]
    No,
    /// A call is still being dialed.
    Asked,
    /// Granted.
    Granted,
}

/// The way in which a record came to a desktop.
#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Debug)]
#[non_exhaustive]
pub enum Source {
    /// `PreviewRecord`, asked for.
    Preview,
    /// `PreviewRecord`, unasked.
    Pushed,
    /// `ScheduledCall`.
    Scheduled,
    /// `ChainedRecord`.
    Chained,
    /// The attached data of a call.
    Call,
}

/// The way in which a record left a desktop.
#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Debug)]
#[non_exhaustive]
pub enum End {
    /// `RecordProcessed`, for it or for another one of its chain.
    Processed,
    /// `RecordReject`.
    Rejected,
    /// `RequestRecordCancel` with the handle.
    Canceled,
    /// `DoNotCall` with the handle.
    DoNotCall,
    /// It was canceled or forbidden from outside, and the desktop was informed.
    Withdrawn,
    /// The agent was logged out at T-Server.
    Returned,
    /// It was not finished in time.
    Stale,
    /// The server finished it without a word, as the option `record_processed` is off.
    Finished,
}

impl End {
    /// Returns whether a request of a desktop has done it.
    #[must_use]
    pub fn is_by_desktop(self) -> bool {
        matches!(
            self,
            End::Processed | End::Rejected | End::Canceled | End::DoNotCall
        )
    }
}

/// A callback that was asked for and is scheduled once the record is processed.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub struct Callback {
    /// When, in the time zone of the record.
    pub at: MinuteTime,
    /// For this agent, or for anybody of the group.
    pub personal: bool,
}

/// A desktop's changes to a record that the server has not written yet.
#[derive(Clone, PartialEq, Eq, Debug, Default)]
pub struct Draft {
    /// The outcome of the call.
    pub call_result: Option<CallResult>,
    /// From when in the day it may be called.
    pub from: Option<SecondsFromMidnight>,
    /// Until when in the day it may be called.
    pub until: Option<SecondsFromMidnight>,
    /// The number.
    pub phone: Option<TextBuf>,
    /// The kind of number.
    pub phone_type: Option<PhoneType>,
    /// The callback.
    pub callback: Option<Callback>,
    /// Custom fields.
    pub fields: Vec<(TextBuf, ValueBuf)>,
}

/// A record on a desktop, or one that was there.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct Allotment {
    /// The application that has fetched it.
    pub application_id: i64,
    /// `GSW_RECORD_HANDLE`.
    pub record_handle: i64,
    /// The DN.
    pub dn: TextBuf,
    /// The name of the campaign group.
    pub group: TextBuf,
    /// Its place in [`Ocs::records`](super::Ocs::records).
    pub record: usize,
    /// The way in which it came.
    pub source: Source,
    /// Since when it is there.
    pub since: Duration,
    /// The changes.
    pub draft: Draft,
    /// Whether the chain was asked for.
    pub chain_asked: bool,
    /// Whether `ReadyTime` was told.
    pub ready_time: Option<i64>,
    /// When and how it left.
    pub end: Option<(Duration, End)>,
}

/// A number or a customer with a do-not-call entry.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct Forbidden {
    /// The number.
    pub phone: Option<TextBuf>,
    /// The customer.
    pub customer_id: Option<TextBuf>,
    /// Until when; `None` for ever.
    pub until: Option<Duration>,
}

/// A mistake of a desktop.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct Complaint {
    /// When.
    pub at: Duration,
    /// The DN of the desktop.
    pub dn: TextBuf,
    /// The kind of mistake.
    pub kind: ComplaintKind,
}

/// The kind of a desktop's mistake.
#[derive(Clone, PartialEq, Eq, Debug)]
#[non_exhaustive]
pub enum ComplaintKind {
    /// A request that the manual forbids, and all that is wrong with it.
    Invalid {
        /// The request.
        request: MessageType,
        /// The faults.
        findings: Vec<String>,
    },
    /// A handle that another application has given to this desktop and this one has not: if both
    /// had, a stranger's record would have been closed.
    OtherApplication {
        /// The request.
        request: MessageType,
        /// The application that it was sent to.
        application_id: i64,
        /// The handle.
        record_handle: i64,
    },
    /// A chain was requested again, although no record was added to it.
    ChainAgain {
        /// The chain.
        chain_id: i64,
    },
    /// The agent was logged out at T-Server with a record on the desktop, so that it is not offered
    /// again.
    LeftOpen {
        /// The application.
        application_id: i64,
        /// The handle.
        record_handle: i64,
    },
    /// A record grew stale on the desktop.
    GrewStale {
        /// The application.
        application_id: i64,
        /// The handle.
        record_handle: i64,
    },
    /// A callback was agreed and never scheduled, as the record was not processed.
    CallbackLost {
        /// The application.
        application_id: i64,
        /// The handle.
        record_handle: i64,
    },
}

impl fmt::Display for Complaint {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(
            f,
            "{:.3} DN {}: {}",
            self.at.as_secs_f64(),
            self.dn,
            self.kind
        )
    }
}

impl fmt::Display for ComplaintKind {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            ComplaintKind::Invalid { request, findings } => {
                write!(f, "{request} is not as the manual has it")?;
                findings
                    .iter()
                    .try_for_each(|finding| write!(f, "; {finding}"))
            }
            ComplaintKind::OtherApplication {
                request,
                application_id,
                record_handle,
            } => write!(
                f,
                "{request} names record {record_handle} to application {application_id}, which has \
                 not given it"
            ),
            ComplaintKind::ChainAgain { chain_id } => {
                write!(f, "chain {chain_id} is asked for again")
            }
            ComplaintKind::LeftOpen {
                application_id,
                record_handle,
            } => write!(
                f,
                "record {application_id}/{record_handle} was left open at log-out"
            ),
            ComplaintKind::GrewStale {
                application_id,
                record_handle,
            } => write!(f, "record {application_id}/{record_handle} grew stale"),
            ComplaintKind::CallbackLost {
                application_id,
                record_handle,
            } => write!(
                f,
                "the callback of record {application_id}/{record_handle} was never scheduled"
            ),
        }
    }
}

/// A list on its way to a desktop.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct Transmit {
    /// The DN whose clients get it.
    pub dn: TextBuf,
    /// The pairs.
    pub data: AttachedDataBuf,
    /// Whether it is the attached data of a call that reaches the agent, and not a user event.
    pub is_call: bool,
}

/// Returns the place of a name in the state.
pub(super) fn place_of<T>(
    items: &[T],
    name: Text<'_>,
    of: impl Fn(&T) -> &TextBuf,
) -> Option<usize> {
    items.iter().position(|item| *of(item) == *name.as_bytes())
}
