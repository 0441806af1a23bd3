//! What does not allocate and what costs no more than it is long, shown by an allocator that counts.
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
#[path = "../common/samples.rs"]
mod samples;

mod ccx;
mod costs;
mod counting;
mod gsw;
mod hostile;
mod memory;
mod model;
#[cfg(feature = "openscape")]
mod openscape;
mod quiet;
mod session;
