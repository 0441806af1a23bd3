//! The Genesys outbound desktop protocol: key-value attached data and its messages.
mod attached_data;
pub mod enumerations;
mod error;
mod error_code;
pub mod keys;
mod messages { #[derive(Clone, Copy, PartialEq, Eq, Debug)] #[allow(missing_docs)] pub enum MessageKind { ReadyTime } }
mod packed;
mod text;
mod values;

pub use attached_data::{AttachedData, AttachedDataBuf, Limits, Pair, Pairs, Value, ValueBuf};
pub use enumerations::*;
pub use error::{LookupError, PackError, PackErrorKind, ReservedKey, UnpackError, UnpackErrorKind, WrongType};
pub use error_code::ErrorCode;
pub use text::Text;
pub use values::{
    CallTime, DateTime, MinuteTime, NotWholeMinutes, SecondsFromMidnight, Statistic, TenantCcid, TenantName,
    TextOrNumber, TzOffset, UnixTime,
};
