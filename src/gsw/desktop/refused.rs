//! Why a desktop does not send something.
use core::time::Duration;

use crate::gsw::error::ReservedKey;
use crate::gsw::messages::{InvalidMessage, MessageType};

/// The reason why a request was not sent. The state is unchanged, and nothing is queued for later.
///
/// [`force`](super::Desktop::force) sends even requests that the state forbids; see
/// [`is_forcible`](Self::is_forcible).
#[derive(Clone, PartialEq, Eq, Debug, thiserror::Error)]
#[non_exhaustive]
pub enum Refused {
    /// The message is no request.
    #[error("{0} is no request")]
    NotARequest(MessageType),
    /// The connection to T-Server is lost.
    #[error("no connection")]
    TransportDown,
    /// As many requests as [`Limits::outstanding`](super::Limits::outstanding) allows have no answer.
    #[error("too many requests without an answer")]
    TooManyOutstanding,
    /// As many records are here as [`Limits::records`](super::Limits::records) allows.
    #[error("too many records")]
    TooManyRecords,
    /// A request with this reference id has no answer yet.
    #[error("reference id {0} is in use")]
    ReferenceIdInUse(i64),
    /// The manual forbids the message.
    #[error(transparent)]
    Invalid(#[from] InvalidMessage),
    /// No server is named, and not just one is known.
    #[error("no application id")]
    NoApplication,
    /// The record belongs to another server. Handles are made by each server, so that the number may
    /// be another customer's there: it is never sent.
    #[error("the handle belongs to another server")]
    OtherApplication,
    /// No server is named, and several have a record with the handle.
    #[error("several servers have a record with the handle")]
    AmbiguousRecord,
    /// There is no such record here, or not any more.
    #[error("no such record")]
    NoRecord,
    /// The end of the record is under way.
    #[error("record is being finished")]
    Finishing,
    /// Several sessions have the campaign: name the campaign group.
    #[error("several sessions of the campaign")]
    AmbiguousCampaign,
    /// The campaign does not run.
    #[error("campaign is not started")]
    NotStarted,
    /// The campaign does not run in Preview.
    #[error("not running in Preview")]
    NotInPreview,
    /// The campaign is not loaded.
    #[error("campaign is not loaded")]
    NotLoaded,
    /// The answer to the request for a record before this one is still awaited.
    #[error("a record was asked for already")]
    RecordRequested,
    /// There were no records a moment ago.
    #[error("no records were available; ask again later")]
    TooSoon {
        /// When a record may be asked for again.
        at: Duration,
    },
    /// The agent is on the way out.
    #[error("agent is logging out")]
    LoggingOut,
    /// The chain was asked for and is still coming.
    #[error("chain was asked for already")]
    ChainAsked,
    /// All records of the chain are here.
    #[error("chain is complete")]
    ChainComplete,
    /// The time to be ready was told for this record.
    #[error("time to be ready was told already")]
    ReadyTold,
    /// The server has said that it takes no such time in this session.
    #[error("no time to be ready in this mode")]
    NoReadyTime,
    /// The time of the callback is past.
    #[error("time is past")]
    Past,
    /// A callback or a treatment needs `RecordProcessed`: any other end drops it.
    #[error("a callback or a treatment needs RecordProcessed")]
    NeedsProcessed,
    /// A custom field has a key that the manual reserves.
    #[error(transparent)]
    ReservedKey(#[from] ReservedKey),
}

impl Refused {
    /// Returns whether [`force`](super::Desktop::force) sends it all the same.
    #[must_use]
    pub const fn is_forcible(&self) -> bool {
        !matches!(
            self,
            Refused::NotARequest(_)
                | Refused::TransportDown
                | Refused::TooManyOutstanding
                | Refused::ReferenceIdInUse(_)
                | Refused::OtherApplication
                | Refused::AmbiguousRecord
        )
    }
}
