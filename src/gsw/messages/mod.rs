//! The messages between desktops and the Outbound Contact Server.
//!
//! Every message is a struct with a field for each row of its table in the manual. All fields are
//! optional, since servers leave out keys that the manual requires; [`DesktopMessage::check`] lists
//! the missing ones, and writing checks first. A message borrows from the list that you read it
//! from: to keep it or to hand it to another task, use [`OwnedMessage`].
mod check;
mod declare;
mod layout;

mod add_record;
mod call_results;
mod campaign_status;
mod chained_records;
mod do_not_call;
mod error;
mod log_out;
mod owned;
mod preview;
mod reject_and_cancel;
mod scheduling;

use alloc::string::String;
use alloc::vec::Vec;
use core::fmt;

use super::attached_data::{AttachedData, AttachedDataBuf};
use super::enumerations::Direction;
use super::error::{PackError, UnpackError, WrongType};
use super::error_code::ErrorCode;
use super::keys;
use crate::text::Text;
use check::Side;
use declare::{Message, Subject};

pub use check::{Finding, FindingKind, Severity};
pub use declare::Unlisted;
pub use layout::{Flags, Layout, Requirement, Row, Rule};

pub use add_record::*;
pub use call_results::*;
pub use campaign_status::*;
pub use chained_records::*;
pub use do_not_call::*;
pub use error::*;
pub use log_out::*;
pub use owned::OwnedMessage;
pub use preview::*;
pub use reject_and_cancel::*;
pub use scheduling::*;

/// The items that declarations use.
mod prelude {
    pub(super) use alloc::vec::Vec;

    pub(super) use super::declare::{
        Message, Subject, Unlisted, message, read_field, refusal, write_field,
    };
    pub(super) use super::layout::{Flags, Layout, Requirement, Row, Rule};
    pub(super) use super::{DesktopMessage, EncodeError, Error, InvalidMessage, MessageType};
    pub(super) use crate::gsw::attached_data::{AttachedData, AttachedDataBuf};
    pub(super) use crate::gsw::enumerations::*;
    pub(super) use crate::gsw::error::WrongType;
    pub(super) use crate::gsw::error_code::ErrorCode;
    pub(super) use crate::gsw::keys;
    pub(super) use crate::gsw::values::*;
    pub(super) use crate::text::Text;
}

/// The defaults of a declaration.
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
        /// The type of a message.
        #[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Debug)]
        #[non_exhaustive]
        pub enum MessageType {
            $(
                #[doc = concat!("[`", stringify!($name), "`].")]
                $name,
            )*
        }

        impl MessageType {
            /// Every message, in the manual's order.
            pub const ALL: &'static [MessageType] = &[$(MessageType::$name),*];

            /// Returns the message's table as data.
            #[must_use]
            pub const fn layout(self) -> &'static Layout {
                match self {
                    $(MessageType::$name => $name::LAYOUT,)*
                }
            }

            fn read(self, data: AttachedData<'_>) -> (DesktopMessage<'_>, Option<WrongType>) {
                match self {
                    $(MessageType::$name => {
                        let (message, wrong) = $name::read(data);
                        (DesktopMessage::$name(message), wrong)
                    })*
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
        // Boxing the long variants would cost an allocation for each message that matters.
        #[allow(clippy::large_enum_variant)]
        #[derive(Clone, PartialEq, Eq, Debug)]
        #[non_exhaustive]
        pub enum DesktopMessage<'a> {
            $(
                #[doc = concat!("[`", stringify!($name), "`](struct@", stringify!($name), ").")]
                $name($name<'a>),
            )*
        }

        impl<'a> DesktopMessage<'a> {
            /// Returns the type of the message.
            #[must_use]
            pub const fn message_type(&self) -> MessageType {
                match self {
                    $(DesktopMessage::$name(_) => MessageType::$name,)*
                }
            }

            fn subject(&self) -> Subject<'a> {
                match self {
                    $(DesktopMessage::$name(message) => message.subject(),)*
                }
            }

            /// Mutable access to the reference id, for a client that numbers its requests.
            pub fn reference_id_mut(&mut self) -> &mut Option<i64> {
                match self {
                    $(DesktopMessage::$name(message) => message.reference_id_mut(),)*
                }
            }

            /// Returns the message as attached data without checks. Use it to forward a message as
            /// received.
            #[must_use]
            pub fn to_attached_data_as_received(&self) -> AttachedDataBuf {
                match self {
                    $(DesktopMessage::$name(message) => message.to_attached_data_as_received(),)*
                }
            }

            /// Returns the positive answer to a request. `None` for an event, and for the three
            /// requests that are answered with data: `CampaignStatusRequest`,
            /// `PreviewRecordRequest` and `ChainedRecordRequest`.
            ///
            /// `LogOut` is answered by `LogOutTime`, here with 0 seconds. The answers to
            /// `UpdateCallCompletionStats`, `RecordReschedule` and `ScheduledRecordReschedule` must
            /// name the calling list, which these requests do not: set `calling_list`, or use the
            /// `acknowledge` of the struct, which asks for it.
            #[must_use]
            pub fn acknowledgement(&self) -> Option<DesktopMessage<'a>> {
                match self {
                    $(DesktopMessage::$name(message) => message.acknowledgement(),)*
                }
            }
        }

        /// Serializes as its attached data does, without checks.
        #[cfg(feature = "serde")]
        impl serde::Serialize for DesktopMessage<'_> {
            fn serialize<S: serde::Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
                serde::Serialize::serialize(&self.to_attached_data_as_received(), serializer)
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

/// Attached data that is no message, or none that fits a type. The list itself is intact.
#[derive(Clone, PartialEq, Eq, Debug, thiserror::Error)]
#[non_exhaustive]
pub enum MessageError {
    /// None of the keys that identify a message.
    #[error(
        "no GSW_USER_EVENT, GSW_AGENT_REQ_TYPE, GSW_ERROR_NUMBER, GSW_ERROR or GSW_STAT_EVENT: not a message"
    )]
    NotAMessage,
    /// A message name that is not in the manual.
    #[error("{key}: no message is called {value:?}")]
    UnknownMessage {
        /// The key that identifies the message.
        key: &'static str,
        /// Its value.
        value: String,
    },
    /// A value whose type does not fit its key.
    #[error("{}{error}", OfMessage(*message))]
    WrongType {
        /// The type of the message, if known by then.
        message: Option<MessageType>,
        /// The key and the two types.
        error: WrongType,
    },
}

struct OfMessage(Option<MessageType>);

impl fmt::Display for OfMessage {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        self.0.map_or(Ok(()), |kind| write!(f, "{kind}."))
    }
}

/// Bytes that are no message.
#[derive(Clone, PartialEq, Eq, Debug, thiserror::Error)]
#[non_exhaustive]
pub enum DecodeError {
    /// The bytes are no packed list.
    #[error(transparent)]
    Unpack(#[from] UnpackError),
    /// The list is no message.
    #[error(transparent)]
    Message(#[from] MessageError),
}

/// The reason why a message cannot be sent.
#[derive(Clone, PartialEq, Eq, Debug, thiserror::Error)]
#[non_exhaustive]
pub enum EncodeError {
    /// The manual forbids it.
    #[error(transparent)]
    Invalid(#[from] InvalidMessage),
    /// It has no packed form.
    #[error(transparent)]
    Pack(#[from] PackError),
}

/// A message that the manual forbids to send.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct InvalidMessage {
    /// The type of the message.
    pub message: MessageType,
    /// All errors in it, without warnings.
    pub findings: Vec<Finding>,
}

impl InvalidMessage {
    fn refuse(message: MessageType, data: AttachedDataBuf) -> Result<AttachedDataBuf, Self> {
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

impl fmt::Display for MessageType {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.pad(self.layout().name)
    }
}

impl MessageType {
    /// Returns the message type of attached data. An error takes precedence over an event, an event
    /// over a request, and a request over a statistical event.
    ///
    /// # Errors
    /// Fails if the list is no message.
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
                Ok(MessageType::StatEvent)
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

    /// Tells the errors apart: two have tables of their own, identified by their code and the
    /// request that they repeat.
    fn of_error(data: AttachedData<'_>) -> Self {
        let request = data.find(keys::AGENT_REQ_TYPE);
        if request
            == Ok(MessageType::PreviewRecordRequest
                .layout()
                .value
                .map(Text::from))
        {
            match data.find(keys::ERROR_NUMBER) {
                Ok(Some(ErrorCode::NO_RECORDS_AVAILABLE)) => {
                    return MessageType::NoRecordsAvailable;
                }
                Ok(Some(ErrorCode::NO_RUNNING_PREVIEW_CAMPAIGNS)) => {
                    return MessageType::NoRunningPreviewCampaigns;
                }
                _ => {}
            }
        }
        MessageType::Error
    }

    fn named(key: &'static str, value: Text<'_>) -> Result<Self, MessageError> {
        let named = |message_type: &&MessageType| {
            let layout = message_type.layout();
            // The two errors with tables of their own share their value with a request; they were
            // recognised above.
            let direction = if key == keys::AGENT_REQ_TYPE.name() {
                Direction::DESKTOP_TO_OCS
            } else {
                Direction::OCS_TO_DESKTOP
            };
            layout.key == key && layout.direction == Some(direction) && layout.is_called(value)
        };
        let unknown = || MessageError::UnknownMessage {
            key,
            value: value.to_string_lossy().into_owned(),
        };
        Self::ALL.iter().find(named).copied().ok_or_else(unknown)
    }

    /// Returns the code that refuses a request of this type when the server no longer holds the
    /// record.
    #[must_use]
    pub fn record_gone(self) -> ErrorCode {
        if self == MessageType::ReadyTime {
            ErrorCode::NO_CALL_FOUND
        } else {
            ErrorCode::RECORD_NOT_FOUND
        }
    }

    /// Returns whether a request of this type may be refused with the code: the manual names it for
    /// the request, its meaning fits the request, or it applies to every request.
    #[must_use]
    pub fn may_fail_with(self, code: ErrorCode) -> bool {
        let layout = self.layout();
        let own = || layout.errors.contains(&code) || layout.likely_errors.contains(&code);
        let refusable = layout.answered_by.contains(&MessageType::Error);
        refusable && (own() || ErrorCode::OF_ANY_REQUEST.contains(&code))
    }

    /// Returns whether desktops send this type.
    #[must_use]
    pub fn is_request(self) -> bool {
        self.layout().direction == Some(Direction::DESKTOP_TO_OCS)
    }

    /// Returns the types of the events that may answer the request.
    #[must_use]
    pub const fn answered_by(self) -> &'static [MessageType] {
        self.layout().answered_by
    }

    /// Returns the requests that the event may answer.
    pub fn answers(self) -> impl Iterator<Item = MessageType> {
        Self::ALL
            .iter()
            .copied()
            .filter(move |request| request.answered_by().contains(&self))
    }

    /// Returns all objections of the manual to received attached data of this type, warnings
    /// included. It is more lenient than [`DesktopMessage::check`], which judges a message that you
    /// are about to send.
    #[must_use]
    pub fn check_received<'a>(self, data: impl Into<AttachedData<'a>>) -> Vec<Finding> {
        check::check(self, data.into(), Side::Input)
    }

    /// Returns all objections of the manual to sending attached data of this type.
    pub(in crate::gsw) fn check_sent(self, data: AttachedData<'_>) -> Vec<Finding> {
        check::check(self, data, Side::Output)
    }
}

impl<'a> DesktopMessage<'a> {
    /// Reads a message. Missing keys become `None`; pairs that its table does not list are kept.
    ///
    /// # Errors
    /// Fails if the list is no message of the manual, or has a value of the wrong type.
    pub fn from_attached_data(data: impl Into<AttachedData<'a>>) -> Result<Self, MessageError> {
        let data = data.into();
        let message_type = MessageType::of(data)?;
        match message_type.read(data) {
            (message, None) => Ok(message),
            (_, Some(error)) => Err(MessageError::WrongType {
                message: Some(message_type),
                error,
            }),
        }
    }

    /// Reads a message in packed form, within the default [`Limits`](crate::gsw::Limits).
    ///
    /// # Errors
    /// Fails if the bytes are no packed list, or the list is no message.
    pub fn unpack(packed: &'a [u8]) -> Result<Self, DecodeError> {
        Ok(Self::from_attached_data(AttachedData::unpack(packed)?)?)
    }

    /// Returns the message as attached data if the manual allows it.
    ///
    /// # Errors
    /// Lists everything that the manual forbids, without warnings.
    pub fn to_attached_data(&self) -> Result<AttachedDataBuf, InvalidMessage> {
        InvalidMessage::refuse(self.message_type(), self.to_attached_data_as_received())
    }

    /// Returns the message in packed form if the manual allows it.
    ///
    /// # Errors
    /// Lists everything that the manual forbids, or names the pair that cannot be packed.
    pub fn pack(&self) -> Result<Vec<u8>, EncodeError> {
        Ok(self.to_attached_data()?.view().pack()?)
    }

    /// Returns all objections of the manual to sending the message, warnings included.
    #[must_use]
    pub fn check(&self) -> Vec<Finding> {
        let data = self.to_attached_data_as_received();
        check::check(self.message_type(), data.view(), Side::Output)
    }

    /// Returns the application id of the server that sends or receives the message.
    #[must_use]
    pub fn application_id(&self) -> Option<i64> {
        self.subject().application_id
    }

    /// Returns the reference id, by which desktops match answers to requests.
    #[must_use]
    pub fn reference_id(&self) -> Option<i64> {
        self.subject().reference_id
    }

    /// Returns the handle of the record in question.
    #[must_use]
    pub fn record_handle(&self) -> Option<i64> {
        self.subject().record_handle
    }

    /// Returns the negative answer to a request: an [`Error`], or one of the two errors with tables
    /// of their own. `None` for an event, and for the request that is never refused.
    #[must_use]
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
        let refused = self.message_type();
        let refusable = refused.answered_by().contains(&MessageType::Error);
        refusable.then(|| {
            declare::refusal(refused, code, self.application_id(), self.reference_id()).into()
        })
    }

    /// Returns whether the message may answer the request: its type answers that request, and
    /// nothing in it belongs to another request.
    ///
    /// Application, reference id, record handle, campaign, phone and customer must agree where both
    /// messages have them; so must the request type that an error names. Servers may leave out all
    /// of them, even the reference id, so several requests may fit one answer: take the oldest. An
    /// answer with a reference id does not belong to a request without one.
    #[must_use]
    pub fn may_answer(&self, request: &DesktopMessage<'_>) -> bool {
        let (answer_type, request_type) = (self.message_type(), request.message_type());
        if !request_type.answered_by().contains(&answer_type) {
            return false;
        }
        if let DesktopMessage::Error(error) = self
            && error
                .request_type
                .is_some_and(|refused| !request_type.layout().is_called(refused))
        {
            return false;
        }
        self.subject().fits(request.subject(), answer_type)
    }
}

impl Subject<'_> {
    /// Returns whether nothing in the answer contradicts the request.
    fn fits(self, request: Subject<'_>, answer_type: MessageType) -> bool {
        fn same<T: PartialEq>(one: Option<T>, other: Option<T>) -> bool {
            one.is_none() || other.is_none() || one == other
        }
        // The records of a chain have handles of their own.
        let of_chain = matches!(
            answer_type,
            MessageType::ChainedRecord | MessageType::ChainedRecordsDataEnd
        );
        // Requests by phone or customer and requests by handle get the same type of answer; each
        // answer repeats the kind of key that its request used.
        let by_either = matches!(
            answer_type,
            MessageType::RecordCancelAcknowledge | MessageType::DoNotCallAcknowledge
        );
        let names_customer = self.phone.is_some() || self.customer_id.is_some();
        let by_the_same = match (request.record_handle, self.record_handle) {
            (Some(_), None) => !names_customer,
            (None, Some(_)) => false,
            _ => true,
        };
        same(request.application_id, self.application_id)
            && (self.reference_id.is_none() || self.reference_id == request.reference_id)
            && (of_chain || same(request.record_handle, self.record_handle))
            && same(request.campaign_name, self.campaign_name)
            && same(request.phone, self.phone)
            && same(request.customer_id, self.customer_id)
            && (!by_either || by_the_same)
    }
}

impl<'a> PreviewRecordRequest<'a> {
    /// Returns the negative answer 'no record available at the moment'.
    #[must_use]
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

    /// Returns the negative answer 'the campaign is not running'.
    #[must_use]
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
