//! The tests of `gsw`.
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

#[cfg(feature = "serde")]
mod client;
mod conformance;
mod contradictions;
mod desktop;
mod forms;
#[cfg(feature = "simulator")]
mod simulation;
#[cfg(all(feature = "simulator", feature = "serde"))]
mod simulator;
mod values;
