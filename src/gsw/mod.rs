//! The Genesys outbound desktop protocol: key-value attached data and its messages.
mod attached_data;
mod check;
pub mod enumerations;
mod error;
mod error_code;
#[cfg(feature = "serde")]
pub mod json;
pub mod keys;
pub mod messages;
mod packed;
mod text;
pub mod trace;
mod values;

pub use attached_data::{AttachedData, AttachedDataBuf, Limits, Pair, Pairs, Value, ValueBuf};
pub use check::{Finding, FindingKind, Severity};
pub use enumerations::*;
pub use error::{
    LookupError, PackError, PackErrorKind, ReservedKey, UnpackError, UnpackErrorKind, WrongType,
};
pub use error_code::ErrorCode;
pub use messages::{DesktopMessage, InvalidMessage, MessageError, MessageKind};
pub use text::Text;
pub use values::{
    CallTime, DateTime, MinuteTime, NotWholeMinutes, SecondsFromMidnight, Statistic, TenantCcid,
    TenantName, TextOrNumber, TzOffset, UnixTime,
};
