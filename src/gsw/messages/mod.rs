//! The messages between desktops and the Outbound Contact Server.
//!
//! Every message is a struct with a field for each row of its table in the manual. All fields are
//! optional, since servers leave out what the manual requires; [`DesktopMessage::check`] tells what
//! is missing, and what is written is checked first. A message borrows from the list that it was
//! read from: keep the list, and read it again.
mod declare;
mod layout;

mod add_record;
mod call_results;
mod campaign_status;
mod chained_records;
mod do_not_call;
mod error;
mod log_out;
mod preview;
mod reject_and_cancel;
mod scheduling;

use alloc::string::{String, ToString};
use alloc::vec::Vec;
use core::fmt;

use super::attached_data::{AttachedData, AttachedDataBuf};
use super::check::{self, Finding, Severity, Side};
use super::enumerations::Direction;
use super::error::WrongType;
use super::error_code::ErrorCode;
use super::keys;
use crate::text::Text;
use declare::Message;

pub use declare::OtherPairs;
pub(super) use declare::is_zero;
pub use layout::{Layout, Requirement, Row, Rule};

pub use add_record::*;
pub use call_results::*;
pub use campaign_status::*;
pub use chained_records::*;
pub use do_not_call::*;
pub use error::*;
pub use log_out::*;
pub use preview::*;
pub use reject_and_cancel::*;
pub use scheduling::*;

/// What declarations need.
mod prelude {
    pub(super) use super::super::attached_data::{AttachedData, AttachedDataBuf};
    pub(super) use super::super::enumerations::*;
    pub(super) use super::super::error_code::ErrorCode;
    pub(super) use super::super::keys;
    pub(super) use super::super::values::*;
    pub(super) use super::declare::{
        Message, OtherPairs, is_zero, message, read_field, refusal, write_field,
    };
    pub(super) use super::layout::{Layout, Requirement, Row, Rule};
    pub(super) use super::{DesktopMessage, Error, InvalidMessage, MessageError, MessageKind};
    pub(super) use crate::text::Text;
}

/// What a declaration leaves open.
const NO_LAYOUT: Layout = Layout {
    name: "",
    section: "",
    direction: None,
    key: "",
    value: None,
    other_values: &[],
    rows: &[],
    custom_fields: false,
    accepts: &[],
    rules: &[],
    answered_by: &[],
    errors: &[],
    likely_errors: &[],
};

macro_rules! desktop_messages {
    ($($name:ident)*) => {
        /// Which message.
        #[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Debug)]
        #[non_exhaustive]
        pub enum MessageKind {
            $(
                #[doc = concat!("[`", stringify!($name), "`].")]
                $name,
            )*
        }

        impl MessageKind {
            /// Every message, in the manual's order.
            pub const ALL: &'static [MessageKind] = &[$(MessageKind::$name),*];

            /// The message as a table.
            pub const fn layout(self) -> &'static Layout {
                match self {
                    $(MessageKind::$name => $name::LAYOUT,)*
                }
            }

            fn read(self, data: AttachedData<'_>) -> Result<DesktopMessage<'_>, MessageError> {
                match self {
                    $(MessageKind::$name => $name::read(data).map(DesktopMessage::$name),)*
                }
            }
        }

        /// A message to or from a desktop.
        ///
        /// ```
        /// use cti_codec::gsw::messages::{DesktopMessage, RecordReject};
        /// use cti_codec::gsw::ErrorCode;
        ///
        /// let reject = RecordReject {
        ///     application_id: Some(139),
        ///     calling_list: Some("Customers".into()),
        ///     campaign_name: Some("Spring".into()),
        ///     record_handle: Some(283),
        ///     reference_id: Some(4),
        ///     ..Default::default()
        /// };
        /// let data = reject.to_attached_data()?;
        ///
        /// // The server:
        /// let request = DesktopMessage::from_attached_data(&data)?;
        /// let answer = request.error(ErrorCode::RECORD_NOT_FOUND).ok_or("never refused")?;
        /// assert!(answer.may_answer(&request));
        /// # Ok::<(), Box<dyn std::error::Error>>(())
        /// ```
        // Boxing the long ones would cost an allocation for each message that matters.
        #[allow(clippy::large_enum_variant)]
        #[derive(Clone, PartialEq, Debug)]
        #[non_exhaustive]
        pub enum DesktopMessage<'a> {
            $(
                #[doc = concat!("See [`", stringify!($name), "`].")]
                $name($name<'a>),
            )*
        }

        impl<'a> DesktopMessage<'a> {
            /// Which message it is.
            pub const fn kind(&self) -> MessageKind {
                match self {
                    $(DesktopMessage::$name(_) => MessageKind::$name,)*
                }
            }

            /// The server that is meant, or that speaks.
            pub fn application_id(&self) -> Option<i64> {
                match self {
                    $(DesktopMessage::$name(message) => message.application_id(),)*
                }
            }

            /// The number by which desktops tell answers apart.
            pub fn reference_id(&self) -> Option<i64> {
                match self {
                    $(DesktopMessage::$name(message) => message.reference_id(),)*
                }
            }

            /// The message as attached data, as it stands: for whoever has to send what the manual
            /// forbids.
            pub fn to_attached_data_unchecked(&self) -> AttachedDataBuf {
                match self {
                    $(DesktopMessage::$name(message) => message.to_attached_data_unchecked(),)*
                }
            }

            /// The event that says yes to a request. `None` for an event, and for the three
            /// requests that are answered with data instead.
            pub fn acknowledgement(&self) -> Option<DesktopMessage<'a>> {
                match self {
                    $(DesktopMessage::$name(message) => message.acknowledgement(),)*
                }
            }
        }

        $(
            impl<'a> From<$name<'a>> for DesktopMessage<'a> {
                fn from(message: $name<'a>) -> Self {
                    DesktopMessage::$name(message)
                }
            }
        )*
    };
}

desktop_messages! {
    CampaignStarted CampaignLoaded CampaignUnloaded CampaignStopped CampaignModeChanged CampaignGroupAssigned
    CampaignStatusRequest
    PreviewDialingModeStart PreviewDialingModeStartAcknowledge PreviewDialingModeOver PreviewDialingModeOverAcknowledge
    ReadyTime ReadyTimeAcknowledge
    PreviewRecordRequest PreviewRecord NoRecordsAvailable NoRunningPreviewCampaigns
    UpdateCallCompletionStats UpdateCallCompletionStatsAcknowledge RecordProcessed RecordProcessedAcknowledge
    ChainedRecordRequest ChainedRecord ChainedRecordsDataEnd
    RecordReject RecordRejectAcknowledge
    RequestRecordCancel RecordCancelAcknowledge RecordCancel
    DoNotCall DoNotCallAcknowledge
    RecordReschedule RecordRescheduleAcknowledge
    ScheduledRecordReschedule ScheduledRecordRescheduleAcknowledge ScheduledCall
    AddRecord AddRecordAcknowledge
    LogOut LogOutTime LogOutAcknowledge
    Error
    StatEvent
}

/// Attached data that is no message, or not one that can be typed. The list has lost nothing by it.
#[derive(Clone, PartialEq, Eq, Debug, thiserror::Error)]
#[non_exhaustive]
pub enum MessageError {
    /// None of the keys that tell what a message is.
    #[error(
        "no GSW_USER_EVENT, GSW_AGENT_REQ_TYPE, GSW_ERROR_NUMBER, GSW_ERROR or GSW_STAT_EVENT: not a message"
    )]
    NotAMessage,
    /// The name of a message that the manual does not have.
    #[error("{key}: no message is called {value:?}")]
    UnknownMessage {
        /// The key that tells what the message is.
        key: &'static str,
        /// What stands under it.
        value: String,
    },
    /// A value of a type that its key does not have.
    #[error("{}{error}", OfMessage(*message))]
    WrongType {
        /// The message, once it is known.
        message: Option<MessageKind>,
        /// The key and the types.
        error: WrongType,
    },
}

struct OfMessage(Option<MessageKind>);

impl fmt::Display for OfMessage {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        self.0.map_or(Ok(()), |kind| write!(f, "{kind}."))
    }
}

/// A message that the manual forbids to send.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct InvalidMessage {
    /// Which message.
    pub message: MessageKind,
    /// Everything that is wrong with it, warnings not among that.
    pub findings: Vec<Finding>,
}

impl InvalidMessage {
    fn refuse(message: MessageKind, data: AttachedDataBuf) -> Result<AttachedDataBuf, Self> {
        let mut findings = check::check(message, data.view(), Side::Output);
        findings.retain(|finding| finding.severity == Severity::Error);
        if findings.is_empty() {
            Ok(data)
        } else {
            Err(InvalidMessage { message, findings })
        }
    }
}

impl core::error::Error for InvalidMessage {}

impl fmt::Display for InvalidMessage {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{}: ", self.message)?;
        for (index, finding) in self.findings.iter().enumerate() {
            write!(f, "{}{}", if index == 0 { "" } else { "; " }, finding)?;
        }
        Ok(())
    }
}

impl fmt::Display for MessageKind {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.pad(self.layout().name)
    }
}

impl MessageKind {
    /// What message attached data is: an error before all, then an event, a request, a statistical
    /// event.
    ///
    /// # Errors
    /// When it is none.
    pub fn of<'a>(data: impl Into<AttachedData<'a>>) -> Result<Self, MessageError> {
        let data = data.into();
        let has = |key: &str| data.value(key).is_some();
        if has(keys::ERROR_NUMBER.name()) || has(keys::ERROR.name()) {
            return Ok(Self::of_error(data));
        }
        let event = [keys::USER_EVENT, keys::AGENT_REQ_TYPE]
            .into_iter()
            .find(|key| has(key.name()));
        let Some(key) = event else {
            let stat = has(keys::STAT_EVENT.name());
            return if stat {
                Ok(MessageKind::StatEvent)
            } else {
                Err(MessageError::NotAMessage)
            };
        };
        match data.find(key) {
            Err(error) => Err(MessageError::WrongType {
                message: None,
                error,
            }),
            Ok(value) => Self::named(key.name(), value.unwrap_or_default()),
        }
    }

    /// Two errors have tables of their own; their code tells, and the request that they repeat.
    fn of_error(data: AttachedData<'_>) -> Self {
        let request = data
            .value(keys::AGENT_REQ_TYPE.name())
            .and_then(|value| value.as_text());
        if request.is_some_and(|request| request == "PreviewRecordRequest") {
            match data
                .value(keys::ERROR_NUMBER.name())
                .and_then(|value| value.as_int())
                .map(ErrorCode)
            {
                Some(ErrorCode::NO_RECORDS_AVAILABLE) => return MessageKind::NoRecordsAvailable,
                Some(ErrorCode::NO_RUNNING_PREVIEW_CAMPAIGNS) => {
                    return MessageKind::NoRunningPreviewCampaigns;
                }
                _ => {}
            }
        }
        MessageKind::Error
    }

    fn named(key: &'static str, value: Text<'_>) -> Result<Self, MessageError> {
        let named = |kind: &&MessageKind| {
            let layout = kind.layout();
            // The two errors with tables of their own share their value with a request and were
            // told apart before.
            let direction = if key == keys::AGENT_REQ_TYPE.name() {
                Direction::DESKTOP_TO_OCS
            } else {
                Direction::OCS_TO_DESKTOP
            };
            layout.key == key
                && layout.direction == Some(direction)
                && layout
                    .value
                    .iter()
                    .chain(layout.other_values)
                    .any(|name| value == **name)
        };
        let unknown = || MessageError::UnknownMessage {
            key,
            value: value.to_string(),
        };
        Self::ALL.iter().find(named).copied().ok_or_else(unknown)
    }

    /// Whether a desktop sends it.
    pub fn is_request(self) -> bool {
        self.layout().direction == Some(Direction::DESKTOP_TO_OCS)
    }

    /// The events that may answer the request.
    pub const fn answered_by(self) -> &'static [MessageKind] {
        self.layout().answered_by
    }

    /// The requests that the event may answer.
    pub fn answers(self) -> impl Iterator<Item = MessageKind> {
        Self::ALL
            .iter()
            .copied()
            .filter(move |request| request.answered_by().contains(&self))
    }

    /// Everything that the manual has against attached data that is this message, as somebody sent
    /// it.
    pub fn check<'a>(self, data: impl Into<AttachedData<'a>>) -> Vec<Finding> {
        check::check(self, data.into(), Side::Input)
    }
}

impl<'a> DesktopMessage<'a> {
    /// Reads a message. What is missing is left open, what is not in its table is kept.
    ///
    /// # Errors
    /// When it is no message of the manual, or has a value of the wrong type.
    pub fn from_attached_data(data: impl Into<AttachedData<'a>>) -> Result<Self, MessageError> {
        let data = data.into();
        MessageKind::of(data)?.read(data)
    }

    /// The message as attached data, once the manual has nothing against it.
    ///
    /// # Errors
    /// Everything that the manual forbids. Warnings are none.
    pub fn to_attached_data(&self) -> Result<AttachedDataBuf, InvalidMessage> {
        InvalidMessage::refuse(self.kind(), self.to_attached_data_unchecked())
    }

    /// Everything that the manual has against sending the message, warnings among it.
    pub fn check(&self) -> Vec<Finding> {
        check::check(
            self.kind(),
            self.to_attached_data_unchecked().view(),
            Side::Output,
        )
    }

    /// The event that says no to a request: an [`Error`], or one of the two errors with tables of
    /// their own. `None` for an event, and for the request that is never refused.
    pub fn error(&self, code: ErrorCode) -> Option<DesktopMessage<'a>> {
        if let DesktopMessage::PreviewRecordRequest(request) = self {
            match code {
                ErrorCode::NO_RECORDS_AVAILABLE => {
                    return Some(request.no_records_available().into());
                }
                ErrorCode::NO_RUNNING_PREVIEW_CAMPAIGNS => {
                    return Some(request.no_running_preview_campaigns().into());
                }
                _ => {}
            }
        }
        let kind = self.kind();
        let refusable = kind.answered_by().contains(&MessageKind::Error);
        refusable.then(|| {
            declare::refusal(kind, code, self.application_id(), self.reference_id()).into()
        })
    }

    /// Whether the message may answer the request: it is of the right kind, repeats the request's
    /// reference id and, if it is an error that says which request it refuses, means this one.
    pub fn may_answer(&self, request: &DesktopMessage<'_>) -> bool {
        let right_request = match self {
            DesktopMessage::Error(error) => {
                match (error.request_type, request.kind().layout().value) {
                    (Some(refused), Some(asked)) => refused == asked,
                    _ => true,
                }
            }
            _ => true,
        };
        let same_reference =
            request.reference_id().is_none() || request.reference_id() == self.reference_id();
        right_request && same_reference && request.kind().answered_by().contains(&self.kind())
    }
}

impl<'a> PreviewRecordRequest<'a> {
    /// The answer that there is no record at the moment.
    pub fn no_records_available(&self) -> NoRecordsAvailable<'a> {
        let code = ErrorCode::NO_RECORDS_AVAILABLE;
        NoRecordsAvailable {
            error_number: Some(code),
            error: code.name().map(Text::from),
            application_id: self.application_id,
            campaign_name: self.campaign_name,
            reference_id: self.reference_id,
            ..NoRecordsAvailable::default()
        }
    }

    /// The answer that the campaign does not run.
    pub fn no_running_preview_campaigns(&self) -> NoRunningPreviewCampaigns<'a> {
        let code = ErrorCode::NO_RUNNING_PREVIEW_CAMPAIGNS;
        NoRunningPreviewCampaigns {
            error_number: Some(code),
            error: code.name().map(Text::from),
            application_id: self.application_id,
            campaign_name: self.campaign_name,
            reference_id: self.reference_id,
            ..NoRunningPreviewCampaigns::default()
        }
    }
}
