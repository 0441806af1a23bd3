//! Zero-copy pack and unpack of two contact-centre protocols.
//!
//! - [`ccx`]: the Cisco Unified CCX CTI protocol, a stream of binary messages.
//! - [`gsw`]: the Genesys outbound desktop protocol, lists of key-value pairs with `GSW_` keys.
#![forbid(unsafe_code)]
#![cfg_attr(not(feature = "std"), no_std)]
#![cfg_attr(docsrs, feature(doc_cfg))]

extern crate alloc;

pub mod ccx;
pub mod gsw;
