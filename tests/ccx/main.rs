//! The tests of `ccx`.
#![allow(
    clippy::unwrap_used,
    clippy::expect_used,
    clippy::panic,
    clippy::indexing_slicing,
    clippy::arithmetic_side_effects,
    clippy::cast_possible_truncation,
    clippy::cast_possible_wrap,
    missing_docs,
    reason = "helpers of tests"
)]

#[path = "../common/mod.rs"]
mod common;

mod behaviour;
#[cfg(feature = "tokio")]
mod client;
mod conformance;
mod dump;
mod findings;
mod found;
mod golden;
#[cfg(feature = "serde")]
mod json;
mod judge;
mod lengths;
mod lists;
mod model;
mod outbound;
#[cfg(feature = "redact")]
mod redact;
mod rules;
mod session;
#[cfg(feature = "simulator")]
mod simulator;
mod summary;
mod traffic;
mod values;
