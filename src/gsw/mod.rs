//! The Genesys outbound desktop protocol: key-value attached data and its messages.
//!
//! An agent desktop and an Outbound Contact Server (OCS) exchange user events whose whole content is a
//! list of key-value pairs. [`AttachedData`] is such a list, borrowed from packed bytes or from an
//! [`AttachedDataBuf`] that you build and keep; [`keys`] has the keys of the manuals with the types of
//! their values; [`DesktopMessage`] is a recognised list. A list is written and read as server traces
//! print it ([`trace`]), in its packed form ([`AttachedData::pack`]) and as JSON (`json`, with the
//! feature `serde`).
//!
//! The same feature has two JSON neighbours of the protocol: the notifications about campaign groups
//! that the server posts to a web server (`campaign_group_state`), and the responses to a page that
//! embeds the web desktop (`client`). They share the types of attached data where the meaning is the
//! same.
//!
//! Reading is lenient: it accepts missing keys, variant spellings and numbers as text, and keeps keys
//! and values that no table lists. Writing is strict: it refuses everything that the manual forbids and
//! reports all errors. [`MessageType::check_received`] applies the same rules to what you receive.
//!
//! With the feature `simulator` there is a server to try desktops on (`simulator`).
//!
//! If a list has a key more than once or in several spellings, the first pair with the usual spelling
//! counts or, without one, the first with another spelling.
//!
//! A list takes up to 12 times the memory of its packed form, a message that you read and write again
//! up to 27 times; reading packed bytes in place takes none.
//!
//! The manuals are the Outbound Contact Reference Manual (Communication Protocols), the Outbound
//! Contact Deployment Guide (Campaign Group Status Reporting) and the Service Client API Reference
//! (Outbound namespace).
//!
//! # A preview record, from a desktop's side
//!
//! ```
//! use cti_codec::gsw::messages::{PreviewRecordRequest, RecordProcessed};
//! use cti_codec::gsw::{
//!     AttachedData, AttachedDataBuf, CallResult, CampaignMode, DesktopMessage, Value, trace,
//! };
//!
//! # fn receive(lines: &str) -> Result<AttachedDataBuf, Box<dyn std::error::Error>> {
//! #     let log = format!("\tAttributeUserData\t[0] 00 00\n{lines}");
//! #     Ok(trace::lists(log.as_bytes()).next().ok_or("no list")??.data)
//! # }
//! // A campaign starts, and the desktop keeps its name and the id of its server.
//! let started = receive("\
//!     \t\t'GSW_USER_EVENT'\t'CampaignStarted'
//!     \t\t'GSW_APPLICATION_ID'\t139
//!     \t\t'GSW_CAMPAIGN_NAME'\t'Spring offers'
//!     \t\t'GSW_CAMPAIGN_GROUP_NAME'\t'Spring offers@Team 1'
//!     \t\t'GSW_CAMPAIGN_DESCRIPTION'\t''
//!     \t\t'GSW_CAMPAIGN_MODE'\t'Preview'\n")?;
//! let message = DesktopMessage::from_attached_data(&started)?;
//! let DesktopMessage::CampaignStarted(campaign) = message else {
//!     return Err("not a campaign".into());
//! };
//! assert_eq!(campaign.campaign_mode, Some(CampaignMode::PREVIEW));
//!
//! // The agent wants a record.
//! let request = PreviewRecordRequest {
//!     application_id: campaign.application_id,
//!     campaign_name: campaign.campaign_name,
//!     reference_id: Some(3),
//!     ..Default::default()
//! };
//! let packed: Vec<u8> = request.pack()?;
//! # assert!(AttachedData::unpack(&packed).is_ok());
//!
//! // The server sends one.
//! let answer = receive("\
//!     \t\t'GSW_USER_EVENT'\t'PreviewRecord'
//!     \t\t'GSW_APPLICATION_ID'\t139
//!     \t\t'GSW_REFERENCE_ID'\t3
//!     \t\t'GSW_RECORD_HANDLE'\t283
//!     \t\t'GSW_CALLING_LIST'\t'Customers'
//!     \t\t'GSW_CAMPAIGN_NAME'\t'Spring offers'
//!     \t\t'GSW_PHONE'\t'+33555005'
//!     \t\t'GSW_CALL_RESULT'\t28
//!     \t\t'Account'\t'A-17'\n")?;
//! let message = DesktopMessage::from_attached_data(&answer)?;
//! assert!(message.may_answer(&request.into()));
//! let DesktopMessage::PreviewRecord(record) = message else { return Err("not a record".into()) };
//! assert_eq!(record.phone, Some("+33555005".into()));
//! assert_eq!(record.unlisted.value("Account"), Some(Value::Str("A-17".into())));
//!
//! // The agent is done with it.
//! let mut processed = RecordProcessed {
//!     application_id: record.application_id,
//!     calling_list: record.calling_list,
//!     campaign_name: record.campaign_name,
//!     record_handle: record.record_handle,
//!     call_result: Some(CallResult::ANSWER),
//!     reference_id: Some(4),
//!     ..Default::default()
//! };
//! processed.unlisted.push_custom("Remark", "call again in May")?;
//! let sent = processed.to_attached_data()?;
//!
//! // The server confirms.
//! let request = DesktopMessage::from_attached_data(&sent)?;
//! let confirmation = request.acknowledgement().ok_or("a request")?.to_attached_data()?;
//! match DesktopMessage::from_attached_data(&confirmation)? {
//!     DesktopMessage::RecordProcessedAcknowledge(done) => assert_eq!(done.reference_id, Some(4)),
//!     DesktopMessage::Error(error) => println!("{error:?}"),
//!     _ => {}
//! }
//! # Ok::<(), Box<dyn std::error::Error>>(())
//! ```
mod attached_data;
#[cfg(feature = "serde")]
pub mod campaign_group_state;
#[cfg(feature = "serde")]
pub mod client;
pub mod desktop;
pub mod enumerations;
mod error;
mod error_code;
#[cfg(feature = "serde")]
mod forms;
#[cfg(feature = "serde")]
pub mod groups;
#[cfg(feature = "serde")]
pub mod json;
mod key;
pub mod keys;
pub mod messages;
#[cfg(feature = "simulator")]
pub mod simulator;
pub mod trace;
mod values;

pub use crate::text::Text;
pub use crate::text_buf::TextBuf;
pub use attached_data::{AttachedData, AttachedDataBuf, Limits, Pair, Pairs, Value, ValueBuf};
#[doc(no_inline)]
pub use enumerations::*;
pub use error::{
    LookupError, PackError, PackErrorKind, ReservedKey, UnpackError, UnpackErrorKind, WrongType,
};
pub use error_code::ErrorCode;
#[doc(no_inline)]
pub use messages::{
    DesktopMessage, Finding, FindingKind, InvalidMessage, MessageError, MessageType, Severity,
};
pub use values::{
    CallTime, DateTime, MinuteTime, NotWholeMinutes, SecondsFromMidnight, Statistic, TenantCcid,
    TenantName, TextOrNumber, TzOffset, UnixTime,
};
