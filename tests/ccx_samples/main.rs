//! The tests of `ccx` over samples made up from its tables: what holds for every message in every
//! version.
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

mod built;
mod defaults;
mod found;
mod frames;
mod pairs;
#[cfg(feature = "redact")]
mod redact;
mod refusals;
#[cfg(feature = "simulator")]
mod requests;
mod round_trip;
mod text;
mod truncation;
mod walk;
