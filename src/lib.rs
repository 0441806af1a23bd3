//! Zero-copy pack and unpack of two contact-centre protocols.
//!
//! - [`ccx`]: the Cisco Unified CCX CTI protocol. A stream of binary messages, each a header, a fixed
//!   part and a floating part of optional fields.
//! - [`gsw`]: the Genesys outbound desktop protocol. Lists of key-value pairs with `GSW_` keys.
//!
//! Both are lenient in what they take in, keep what they do not know, and refuse to write what the
//! vendor's guide forbids. Decoding borrows from the input and allocates nothing.
//!
//! ```
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
//! - `serde`: JSON for both protocols.
#![forbid(unsafe_code)]
#![cfg_attr(not(feature = "std"), no_std)]
#![cfg_attr(docsrs, feature(doc_cfg))]

extern crate alloc;

pub mod ccx;
pub mod gsw;
#[cfg(feature = "openscape")]
#[cfg_attr(docsrs, doc(cfg(feature = "openscape")))]
pub mod openscape;
mod text;

/// The examples of the README, as tests.
#[cfg(doctest)]
#[doc = include_str!("../README.md")]
struct Readme;
