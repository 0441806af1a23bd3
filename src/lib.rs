//! Zero-copy pack and unpack of contact-centre protocols.
//!
//! - [`ccx`]: the Cisco Unified CCX CTI protocol. A stream of binary messages, each a header, a fixed
//!   part and a floating part of optional fields.
//! - [`gsw`]: the Genesys outbound desktop protocol. Lists of key-value pairs with `GSW_` keys.
//! - `openscape`, with the feature of that name: the REST interface of OpenScape Contact Center, V12.
//!
//! All are lenient in decoding, keep fields that they do not know, and refuse to write anything
//! that the vendor's guide forbids. Decoding of `ccx` and `gsw` borrows from the input and allocates
//! nothing.
//!
#![cfg_attr(feature = "ccx-codec", doc = "```")]
#![cfg_attr(not(feature = "ccx-codec"), doc = "```ignore")]
//! use bytes::BytesMut;
//! use cti_codec::ccx::{Frame, HeartbeatReq, Message, Version};
//!
//! let mut bytes = BytesMut::new();
//! let heartbeat = HeartbeatReq { invoke_id: 7, ..Default::default() };
//! Message::from(heartbeat).encode(Version::V14, &mut bytes)?;
//! assert_eq!(bytes[..], [0, 0, 0, 4, 0, 0, 0, 5, 0, 0, 0, 7]);
//!
//! let frame = Frame::new(bytes.freeze())?;
//! assert_eq!(frame.decode(Version::V14)?, heartbeat.into());
//! # Ok::<(), Box<dyn std::error::Error>>(())
//! ```
//!
//! # Features
//!
//! - `std` (default): without it the library is `no_std` with `alloc`.
//! - `ccx` and `gsw` (both default): the protocols.
//! - `ccx-codec`: of `ccx` the messages, frames, streams, tables and checks alone. Without its sessions,
//!   models and dumps it builds in less than half of the time.
//! - `serde`: JSON for both protocols.
//! - `capture`: packet captures, and the sessions in them.
//! - `redact`: stand-ins for personal data in messages.
//! - `simulator`: a simulated server for each of the two.
//! - `tokio`: a Unified CCX client, and frames as a `tokio_util` codec.
//! - `openscape`: the REST interface of OpenScape Contact Center.
#![forbid(unsafe_code)]
#![cfg_attr(not(feature = "std"), no_std)]
#![cfg_attr(docsrs, feature(doc_cfg))]
#![cfg_attr(
    not(all(feature = "ccx", feature = "gsw", feature = "serde")),
    allow(
        rustdoc::broken_intra_doc_links,
        reason = "they lead to what was left out"
    )
)]

extern crate alloc;

// Their types stand in signatures.
#[cfg(feature = "ccx-codec")]
#[doc(no_inline)]
pub use bytes;
#[cfg(feature = "openscape")]
#[doc(no_inline)]
pub use http;
#[cfg(any(feature = "ccx", feature = "gsw"))]
#[doc(no_inline)]
pub use jiff;
#[cfg(any(feature = "serde", feature = "openscape"))]
#[doc(no_inline)]
pub use serde_json;

#[cfg(feature = "capture")]
pub mod capture;
#[cfg(feature = "ccx-codec")]
pub mod ccx;
#[cfg(all(feature = "simulator", any(feature = "ccx", feature = "gsw")))]
mod faults;
#[cfg(feature = "gsw")]
pub mod gsw;
#[cfg(any(feature = "ccx-codec", feature = "gsw"))]
#[cfg_attr(
    not(all(feature = "ccx", feature = "gsw", feature = "serde")),
    allow(dead_code, reason = "each protocol uses a part of it")
)]
mod hex;
#[cfg(all(feature = "gsw", feature = "serde"))]
mod members;
#[cfg(feature = "ccx-codec")]
pub mod mhdr;
#[cfg(all(feature = "gsw", feature = "serde"))]
mod object;
#[cfg(feature = "openscape")]
pub mod openscape;
#[cfg(any(feature = "ccx-codec", feature = "gsw"))]
#[cfg_attr(
    not(all(feature = "ccx", feature = "gsw")),
    allow(dead_code, reason = "each protocol uses a part of it")
)]
mod text;
#[cfg(any(feature = "ccx-codec", feature = "gsw"))]
#[cfg_attr(
    not(all(feature = "ccx", feature = "gsw")),
    allow(dead_code, reason = "each protocol uses a part of it")
)]
mod text_buf;

// A dialect of its own that tries the engine. It is compiled in here for the macros.
#[cfg(all(test, feature = "ccx", feature = "serde"))]
#[path = "../tests/mhdr/dialect.rs"]
#[allow(
    unreachable_pub,
    dead_code,
    clippy::unwrap_used,
    clippy::indexing_slicing,
    clippy::arithmetic_side_effects,
    reason = "tests"
)]
mod dialect;

/// The examples of the README, as tests.
#[cfg(all(
    doctest,
    feature = "ccx",
    feature = "gsw",
    feature = "openscape",
    feature = "serde"
))]
#[doc = include_str!("../README.md")]
struct Readme;
