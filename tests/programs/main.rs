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
#[cfg(feature = "openscape")]
mod certificates;
#[cfg(feature = "tokio")]
mod desktop;
mod field;
mod floods;
mod forms;
mod hostile;
mod inputs;
mod live;
mod near;
mod objects;
mod open_pipes;
#[cfg(feature = "openscape")]
mod openscape;
#[cfg(all(feature = "simulator", feature = "tokio"))]
mod outbound;
mod printed;
mod run;
mod sample;
#[cfg(all(feature = "simulator", feature = "tokio"))]
mod wallboard;

/// The programs' own modules, for what takes too many runs of a program.
#[allow(dead_code, unreachable_pub, reason = "the programs use the rest")]
#[path = "../../src/bin/cti/tool/mod.rs"]
mod tool;
