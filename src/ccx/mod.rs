//! The Cisco Unified CCX CTI protocol.

mod check;
#[expect(
    unreachable_pub,
    reason = "the traits behind the declarations are not to be named elsewhere"
)]
mod declare;
mod device;
pub mod dump;
mod error;
mod frame;
#[cfg(feature = "fuzzing")]
#[doc(hidden)]
pub mod fuzzing;
#[cfg(feature = "serde")]
pub mod json;
pub mod layout;
mod message_type;
mod messages;
mod named;
pub mod outbound;
mod repeated;
mod text;
pub mod values;
mod version;
#[expect(unreachable_pub, reason = "in the signatures of the traits above")]
mod wire;

pub use check::{Finding, FindingKind};
pub use declare::{Body, Count, Value, Visitor};
pub use device::Device;
pub use error::{
    DecodeError, DecodeErrorKind, EncodeError, EncodeErrorKind, FieldName, FrameError,
};
pub use frame::{FloatingFields, Frame, FrameDecoder};
pub use message_type::MessageType;
pub use messages::*;
pub use named::{NamedArray, NamedVariable};
pub use repeated::{Element, Elements, Repeated, Unlisted, UnlistedFields};
pub use text::Text;
pub use values::*;
pub use version::Version;
pub use wire::FloatingField;
