//! Views of a desktop: campaigns, records, chains and requests.
use core::time::Duration;

use jiff::Timestamp;

use super::refused::Refused;
use crate::gsw::attached_data::AttachedData;
use crate::gsw::enumerations::CampaignMode;
use crate::gsw::keys;
use crate::gsw::messages::MessageType;
use crate::gsw::values::MinuteTime;
use crate::text::Text;

/// Names a request of a [`Desktop`](super::Desktop). Never given twice.
#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Debug)]
pub struct RequestId(pub u64);

/// The id of a campaign group for as long as it is known, at any server.
#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Debug)]
pub struct CampaignId(pub u32);

/// Names a record: a handle means something at the server that made it only.
#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Debug)]
pub struct RecordId {
    /// `GSW_APPLICATION_ID` of that server.
    pub application_id: i64,
    /// `GSW_RECORD_HANDLE`.
    pub handle: i64,
}

/// Names a chain of records.
#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Debug)]
pub struct ChainId {
    /// `GSW_APPLICATION_ID` of the server that sent its records.
    pub application_id: i64,
    /// `GSW_CHAIN_ID`.
    pub chain_id: i64,
}

/// The dialing session of a campaign for a group of agents.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
#[non_exhaustive]
pub struct Campaign<'a> {
    /// Its name here.
    pub id: CampaignId,
    /// The server that runs it.
    pub application_id: i64,
    /// `GSW_CAMPAIGN_NAME`, as far as it was named.
    pub campaign_name: Option<Text<'a>>,
    /// `GSW_CAMPAIGN_GROUP_NAME`, as far as it was named.
    pub group_name: Option<Text<'a>>,
    /// Whether it runs, and how.
    pub state: CampaignState<'a>,
    /// The preview session of the agent.
    pub preview: Link,
    /// Whether the agent is assigned to it at its server.
    pub assigned: bool,
    /// Whether the server has named it since the connection was lost or its state was asked for.
    pub confirmed: bool,
    /// The time at which a record may be requested again, after there was none.
    pub retry_at: Option<Duration>,
    /// Whether the agent may leave it.
    pub log_out: LogOutState,
}

impl<'a> Campaign<'a> {
    /// Returns the name that identifies it: that of the group or, without one, that of the
    /// campaign.
    #[must_use]
    pub fn name(&self) -> Text<'a> {
        self.group_name.or(self.campaign_name).unwrap_or_default()
    }
}

/// Whether a campaign runs.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub enum CampaignState<'a> {
    /// It is loaded, or was stopped.
    Loaded,
    /// It runs in this mode.
    Started(CampaignMode<'a>),
}

/// The preview session of an agent: whether the server gives records and callbacks.
#[derive(Clone, Copy, PartialEq, Eq, Hash, Debug)]
pub enum Link {
    /// It is off.
    Off,
    /// `PreviewDialingModeStart` is under way.
    Starting,
    /// It is on.
    On,
    /// `PreviewDialingModeOver` is under way.
    Ending,
}

/// Whether an agent may leave a campaign that dials by itself.
#[derive(Clone, Copy, PartialEq, Eq, Hash, Debug)]
pub enum LogOutState {
    /// Not requested.
    None,
    /// `LogOut` is under way.
    Asked,
    /// The server has given an estimate.
    Wait {
        /// The estimate.
        seconds: i64,
        /// When it has run out.
        until: Duration,
    },
    /// The agent may leave.
    Granted,
    /// The server did not answer, or the connection was lost. That does not hold the agent.
    Unanswered,
}

/// A record of a calling list that is on the desktop. It is owed a final request until it ends.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
#[non_exhaustive]
pub struct Record<'a> {
    /// Its name here.
    pub id: RecordId,
    /// All that came with it, without the keys of the message itself. `None` above a limit.
    pub data: Option<AttachedData<'a>>,
    /// `GSW_CAMPAIGN_NAME`, from the record or its chain.
    pub campaign_name: Option<Text<'a>>,
    /// `GSW_CAMPAIGN_GROUP_NAME`, as far as it was named.
    pub group_name: Option<Text<'a>>,
    /// `GSW_CALLING_LIST`, from the record or its chain.
    pub calling_list: Option<Text<'a>>,
    /// The chain that it belongs to.
    pub chain: Option<ChainId>,
    /// The way in which it came.
    pub source: Source,
    /// The action pending for it.
    pub state: RecordState,
    /// Whether a callback is noted. It does not exist before `RecordProcessed`.
    pub callback_noted: bool,
    /// Whether the agent has dialed it or talked: it came with a call, or a result was sent for it.
    /// Rejecting is for records that were not.
    pub dialed: bool,
    /// Whether the server has asked for the true result of the call (`GSW_CALL_RESULT_FEEDBACK`).
    pub result_wanted: bool,
    /// Whether its number or customer was cancelled, or is not to be called, by a request without a
    /// handle. It is still owed.
    pub called_off: bool,
    /// Whether the server has named it since the connection was lost.
    pub confirmed: bool,
    /// When it came.
    pub since: Duration,
    /// Whether `finish` is at work on it.
    pub(super) busy: bool,
    /// The state of its chain.
    pub(super) chain_state: ChainState,
    pub(super) ready_told: bool,
}

impl Record<'_> {
    /// Checks that a request of this type about the record is possible now.
    ///
    /// # Errors
    /// Fails with the reason if it is not.
    pub fn may(&self, request: MessageType) -> Result<(), Refused> {
        if !request.is_request() {
            return Err(Refused::NotARequest(request));
        }
        if self.busy || self.state == RecordState::Finishing {
            return Err(Refused::Finishing);
        }
        match request {
            MessageType::ChainedRecordRequest if self.chain_state == ChainState::Asked => {
                Err(Refused::ChainAsked)
            }
            MessageType::ChainedRecordRequest if self.chain_state == ChainState::Complete => {
                Err(Refused::ChainComplete)
            }
            MessageType::ReadyTime if self.ready_told => Err(Refused::ReadyTold),
            _ => Ok(()),
        }
    }

    /// Returns whether a final request is owed for the record and none is pending: it needs an
    /// action, or the customer is not called again.
    #[must_use]
    pub fn is_owed(&self) -> bool {
        self.state != RecordState::Finishing
    }

    /// Returns a moment as the date and time of a callback, in the time zone of the record: that
    /// which holds today, so that a callback beyond the change to or from summer time is an hour
    /// off. `None` where the record names no offset.
    #[must_use]
    pub fn callback_time(&self, at: Timestamp) -> Option<MinuteTime> {
        let offset = self.data?.find(keys::TZ_OFFSET).ok()??.to_offset()?;
        let local = offset.to_datetime(at);
        let minute = local.with().second(0).subsec_nanosecond(0).build().ok()?;
        MinuteTime::try_from(minute).ok()
    }
}

/// The way in which a record came.
#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Debug)]
#[non_exhaustive]
pub enum Source {
    /// `PreviewRecord`, which this desktop asked for.
    Preview,
    /// `PreviewRecord`, which it did not ask for.
    Pushed,
    /// `ScheduledCall`.
    Scheduled,
    /// `ChainedRecord`.
    Chained,
    /// The attached data of a call or of an interaction.
    Call,
}

/// The action pending for a record.
#[derive(Clone, Copy, PartialEq, Eq, Hash, Debug)]
pub enum RecordState {
    /// It is being worked on.
    Open,
    /// A final request is under way.
    Finishing,
    /// A final request was not answered: it may be done, or not.
    Unfinished,
}

/// Records of one customer.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
#[non_exhaustive]
pub struct Chain<'a> {
    /// Its name here.
    pub id: ChainId,
    /// Whether all of it is here.
    pub state: ChainState,
    /// Whether it was ever asked for: one that was not is unasked.
    pub was_asked: bool,
    /// The handles of the records that are here, in the order in which they came.
    pub members: &'a [i64],
}

/// Whether all of a chain is here.
#[derive(Clone, Copy, PartialEq, Eq, Hash, Debug)]
pub enum ChainState {
    /// Not requested, or a record was added since.
    Unasked,
    /// It was asked for, and is coming.
    Asked,
    /// All records of it that the server gives are here.
    Complete,
    /// Its end did not come. The members received can be used, and are owed.
    Partial,
}

/// A request without an answer.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
#[non_exhaustive]
pub struct Outstanding {
    /// Its name here.
    pub id: RequestId,
    /// Its type.
    pub message_type: MessageType,
    /// `GSW_REFERENCE_ID`.
    pub reference_id: i64,
    /// `GSW_APPLICATION_ID`, if it names one.
    pub application_id: Option<i64>,
    /// The record in question.
    pub record: Option<RecordId>,
    /// The number of times it was sent: 0 while it waits for another one to be answered.
    pub sent: u32,
    /// When it is sent again or given up.
    pub deadline: Option<Duration>,
}
