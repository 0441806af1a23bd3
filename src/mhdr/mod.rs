//! The message format that Cisco's CTI protocols share.
//!
//! A message is a header of 8 bytes (MHDR: `BodyLength` and `MessageTypeID`), a fixed part and a
//! floating part of optional fields, each with an id and a length. The fields belong to the
//! protocol: a [`Dialect`], which is a set of tables. This module contains no messages. You use its
//! types under the dialect's own names, such as [`ccx::Frame`](crate::ccx::Frame).

pub mod check;
mod dialect;
#[expect(
    unreachable_pub,
    reason = "the traits behind the declarations are not to be named elsewhere"
)]
mod engine;
pub mod error;
mod frame;
#[cfg(feature = "serde")]
pub mod json;
pub mod layout;
mod received;
mod stream;
pub(crate) mod summary;
pub(crate) mod time;
#[expect(
    unreachable_pub,
    reason = "in the signatures of the traits of the engine"
)]
mod wire;

pub use check::Finding;
pub use dialect::Dialect;
pub use engine::{
    AnyMessage, Body, Element, Elements, Fields, List, NamedArray, NamedVariable, Numbers,
    OtherType, Repeated, Request, Rule, Unlisted, UnlistedFields, Value, Visitor,
};
pub use error::{DecodeError, EncodeError, Fault, FieldName, FrameError, TypeName};
pub use frame::{FloatingFields, Frame};
pub use received::{Owned, Received};
pub use stream::FrameDecoder;
pub use wire::{FieldHeader, FloatingField, Narrow, Wide, WideId, Widths};

pub(crate) use engine::prelude;
