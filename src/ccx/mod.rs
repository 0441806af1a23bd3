//! The Cisco Unified CCX CTI protocol.
//!
//! ```text
//! bytes from a socket, a file, a trace
//!    |  FrameDecoder          cuts frames, copies nothing
//! Frame                       header and body: what you keep, queue or send on
//!    |  Frame::decode         or floating_fields, to look for one field
//! Message<'_>                 a variant for each type, each a struct that borrows from the frame
//!    |  Message::encode       the same struct, the other way
//! bytes
//! ```
//!
//! Which type to choose:
//!
//! - The bytes come in chunks: [`FrameDecoder`]. They are complete: [`Frame::new`].
//! - You need only the type, or forward the frame: [`Frame::message_type`], [`Frame::bytes`].
//! - You need the values: [`Frame::decode_with`] or [`Frame::decode`], then match on [`Message`].
//! - You know the type: [`Frame::decode_as`], or [`Body::decode`] of its struct.
//! - You keep the message or hand it to another task: [`Frame::received`] for any type, [`Owned`] for
//!   a known one.
//! - You need one field of any message: [`Message::call_id`], [`Message::agent_id`] and the like.
//! - You write a line to a log: a message's `Display`. Neither it nor `Debug` shows passwords; for
//!   other outputs, [`Message::redacted`] hides them.
//! - You suspect a server's messages: [`Frame::check`] lists every deviation from the guide.
//! - You write a tool for any message: [`Message::visit`], with the tables in [`layout`].
//!
//! The structs are in files by the guide's message classes and are declared row by row like its
//! tables; `Option` fields are its floating fields. [`LAYOUTS`] is an index of them by number and
//! table. A struct literal builds one:
//!
//! ```
//! use cti_codec::ccx::{AgentState, ForcedFlag, Message, SetAgentStateReq, Version};
//!
//! let request = Message::from(SetAgentStateReq {
//!     invoke_id: 12,
//!     agent_state: AgentState::LOGIN,
//!     forced_flag: ForcedFlag::FALSE,
//!     agent_instrument: Some("2006".into()),
//!     agent_id: Some("jdoe".into()),
//!     ..Default::default()
//! });
//! let mut out = bytes::BytesMut::new();
//! // The guide asks for a password with a login, even an empty one.
//! let error = request.encode(Version::V14, &mut out).unwrap_err();
//! assert_eq!(
//!     error.to_string(),
//!     "SET_AGENT_STATE_REQ.AgentPassword: is required with AGENT_STATE_LOGIN",
//! );
//! ```
//!
//! Versions: [`Version`] decides which fields exist and how wide a `FieldDataID` is. The client
//! names its version in `OPEN_REQ`; both sides keep to it for the session.

mod answer;
#[cfg(feature = "tokio")]
pub mod client;
mod common;
mod device;
#[cfg(feature = "ccx")]
pub mod dump;
#[cfg(feature = "serde")]
pub mod json;
mod message_type;
mod messages;
#[cfg(feature = "ccx")]
pub mod model;
#[cfg(feature = "ccx")]
pub mod outbound;
#[cfg(feature = "redact")]
pub mod redact;
mod registry;
#[cfg(feature = "ccx")]
pub mod session;
#[cfg(all(feature = "ccx", feature = "simulator"))]
pub mod simulator;
pub mod values;
mod version;

pub use crate::mhdr::layout;
pub use crate::mhdr::{
    Body, DecodeError, Element, Elements, EncodeError, Fault, FieldName, Fields, Finding,
    FloatingField, FrameError, List, NamedArray, NamedVariable, OtherType, Owned, Repeated,
    Request, Rule, TypeName, Unlisted, UnlistedFields, Value, Visitor,
};
pub use crate::text::Text;
pub use crate::text_buf::TextBuf;
pub use answer::Refuse;
pub use device::{Device, DeviceId};
pub use message_type::MessageType;
pub use messages::*;
#[doc = include_str!("messages/index.md")]
pub use registry::LAYOUTS;
pub use registry::{Message, RawMessage};
pub use values::*;
pub use version::{UnknownVersion, Version};

/// A frame of this protocol: see [`mhdr::Frame`](crate::mhdr::Frame).
pub type Frame<B = bytes::Bytes> = crate::mhdr::Frame<B, Version>;
/// Cuts a stream into frames: see [`mhdr::FrameDecoder`](crate::mhdr::FrameDecoder).
pub type FrameDecoder = crate::mhdr::FrameDecoder<Version>;
/// The floating fields of a frame: see [`mhdr::FloatingFields`](crate::mhdr::FloatingFields).
pub type FloatingFields<'a> = crate::mhdr::FloatingFields<'a, Version>;
/// A frame with its version: see [`mhdr::Received`](crate::mhdr::Received).
pub type Received = crate::mhdr::Received<Version>;
