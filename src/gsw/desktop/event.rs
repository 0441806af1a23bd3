//! The events of a desktop.
use core::time::Duration;

use super::view::{
    CampaignId, ChainId, ChainState, Link, LogOutState, RecordId, RequestId, Source,
};
use crate::gsw::attached_data::AttachedDataBuf;
use crate::gsw::error_code::ErrorCode;
use crate::gsw::messages::MessageType;
use crate::text_buf::TextBuf;

/// An event of a desktop. Each request ends with exactly one of [`Done`](Self::Done),
/// [`Refused`](Self::Refused), [`Unanswered`](Self::Unanswered), [`Lost`](Self::Lost) and, for
/// `CampaignStatusRequest`, [`StatusOver`](Self::StatusOver).
#[derive(Clone, PartialEq, Eq, Debug)]
#[non_exhaustive]
pub enum Event {
    /// A campaign was loaded, started, stopped or unloaded, or dials in another mode: see
    /// [`Desktop::campaign`](super::Desktop::campaign). Several changes between polls are one
    /// event.
    Campaign {
        /// The campaign. It is not there any more if it was unloaded.
        campaign: CampaignId,
    },
    /// The preview session of a campaign is in another state.
    Preview {
        /// The campaign.
        campaign: CampaignId,
        /// The state.
        link: Link,
    },
    /// The agent works for this campaign group now.
    Assigned {
        /// The campaign.
        campaign: CampaignId,
    },
    /// Another server has taken a campaign over. Records that are open stay with the old one.
    Moved {
        /// The campaign.
        campaign: CampaignId,
        /// The application id that is left.
        from: i64,
        /// The one that is used from now on.
        to: i64,
    },
    /// The answers to a `CampaignStatusRequest` are presumably complete: there is no end mark, and
    /// silence is no failure. Campaigns without an answer are now unconfirmed.
    StatusOver {
        /// The request.
        request: RequestId,
        /// The number of answers.
        answers: usize,
    },
    /// A record is here, and owed a final request.
    Record {
        /// The record.
        record: RecordId,
        /// The way in which it came.
        source: Source,
    },
    /// A present record came again. Its data may be newer; nothing else has changed.
    Again {
        /// The record.
        record: RecordId,
    },
    /// A callback was noted for a record. It does not exist before `RecordProcessed`.
    CallbackNoted {
        /// The record.
        record: RecordId,
    },
    /// A record is no longer here, and nothing is owed for it.
    Ended {
        /// The record.
        record: RecordId,
        /// Why.
        why: EndCause,
    },
    /// A chain is in another state.
    Chain {
        /// The chain.
        chain: ChainId,
        /// The state.
        state: ChainState,
    },
    /// A request reached its goal.
    Done {
        /// The request.
        request: RequestId,
        /// Its type.
        message_type: MessageType,
        /// The error that confirms it: the goal was reached already, the record was gone, or
        /// nothing keeps the agent. `None` for an answer or an acknowledgement.
        error: Option<ErrorCode>,
    },
    /// A request was refused. A record that it was about is still owed, unless an
    /// [`Ended`](Self::Ended) says otherwise.
    Refused {
        /// The request.
        request: RequestId,
        /// Its type.
        message_type: MessageType,
        /// The code, which decides.
        error: ErrorCode,
        /// The text.
        text: TextBuf,
    },
    /// No answer came in time. The effect of the request is unknown.
    Unanswered {
        /// The request.
        request: RequestId,
        /// Its type.
        message_type: MessageType,
    },
    /// The connection was lost before an answer came. The effect of the request is unknown.
    Lost {
        /// The request.
        request: RequestId,
        /// Its type.
        message_type: MessageType,
    },
    /// A request was sent again, with the same content. After a loss of the connection it is a
    /// request of its own.
    SentAgain {
        /// The request.
        request: RequestId,
        /// Its type.
        message_type: MessageType,
    },
    /// An answer to a request that has ended. Its information about a record still counts.
    Late {
        /// The request.
        request: RequestId,
        /// Its type.
        message_type: MessageType,
    },
    /// An answer to, or a request of, another client on the same DN. Its information about a record
    /// counts.
    Foreign {
        /// The type of the message.
        message_type: MessageType,
        /// The server, as far as named.
        application_id: Option<i64>,
        /// The handle, as far as named.
        record_handle: Option<i64>,
    },
    /// An error that names no request and fits none or several. All keep waiting.
    Unclear {
        /// The code.
        error: ErrorCode,
        /// The text.
        text: TextBuf,
    },
    /// Some of the records to cancel are on other desktops and were not cancelled completely.
    Incomplete {
        /// The request.
        request: RequestId,
        /// The server's message.
        message: TextBuf,
    },
    /// A record will be, or may be, requested again at this time: none is available at the moment.
    RetryAt {
        /// The campaign.
        campaign: CampaignId,
        /// When.
        at: Duration,
    },
    /// The state of a log-out has changed.
    LogOut {
        /// The campaign.
        campaign: CampaignId,
        /// The state.
        state: LogOutState,
    },
    /// The agent may log out at T-Server now: [`log_out`](super::Desktop::log_out) has done
    /// everything possible.
    MayLogOut {
        /// Records that are still owed. The server takes them back.
        owed: usize,
    },
    /// [`finish`](super::Desktop::finish) stopped. The record is still owed unless it has ended
    /// otherwise; the remaining steps were not taken.
    Stopped {
        /// The record.
        record: RecordId,
        /// The step at which it stopped.
        step: Step,
    },
    /// The agent was to be ready by now, and the record is still open.
    ReadyTimeOver {
        /// The record.
        record: RecordId,
    },
    /// A record has been open for [`Timings::reminder`](super::Timings::reminder).
    StillOpen {
        /// The record.
        record: RecordId,
    },
    /// A record came that is above a limit.
    OverLimit {
        /// The record.
        record: RecordId,
        /// The request that gives it back at once. `None` for a member of a chain, which ends with
        /// the chain, and where no request could be sent.
        given_back: Option<RequestId>,
    },
    /// A campaign was announced that is above the limit. It was not kept.
    TooManyCampaigns,
    /// A request was sent that is permitted, but may not have the intended effect.
    Warned {
        /// The request.
        request: RequestId,
        /// The concern.
        warning: Warning,
    },
    /// Something that is no message, or a message that names too little to be used. Empty if it was
    /// too large to be kept.
    Unknown(AttachedDataBuf),
    /// The number of events that were dropped because they were not polled. Read the state instead.
    Missed(u64),
}

/// Why a record has ended.
#[derive(Clone, Copy, PartialEq, Eq, Hash, Debug)]
#[non_exhaustive]
pub enum EndCause {
    /// `RecordProcessed`.
    Processed,
    /// `RecordReject`.
    Rejected,
    /// `RequestRecordCancel`.
    Canceled,
    /// `DoNotCall`.
    DoNotCall,
    /// `RecordCancel` from the server: it was cancelled elsewhere.
    Withdrawn,
    /// The server does not know the record any more, or has made its handle anew.
    Gone,
    /// The agent was logged out: the server takes the record back.
    Left,
    /// [`forget`](super::Desktop::forget).
    Dropped,
}

/// A step of [`finish`](super::Desktop::finish).
#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Debug)]
pub enum Step {
    /// `UpdateCallCompletionStats`.
    Update,
    /// `RecordReschedule` or `ScheduledRecordReschedule`.
    Callback,
    /// The final request.
    End,
}

/// A concern about a request.
#[derive(Clone, Copy, PartialEq, Eq, Hash, Debug)]
#[non_exhaustive]
pub enum Warning {
    /// A treatment and a callback for one record: both decide its type.
    TreatmentAndCallback,
    /// A callback is noted for another record of the chain: the last one counts.
    SecondCallback,
    /// A record was asked for in another mode than Preview.
    NotInPreview,
}
