//! The example programs as their users run them, and the sample that they bring along.
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

mod attached;
mod both;
mod captures;
#[cfg(feature = "cli")]
#[path = "../common/centre.rs"]
mod centre;
mod forms;
mod inputs;
mod live;
mod objects;
mod open_pipes;
#[cfg(feature = "openscape")]
mod openscape;
mod printed;
#[cfg(feature = "cli")]
mod redact;
mod run;
mod sample;
#[cfg(feature = "cli")]
mod select;
#[cfg(feature = "cli")]
mod summary;
mod tool;
