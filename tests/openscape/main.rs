//! The tests of `openscape`.
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

#[path = "../common/cases.rs"]
mod cases;
#[path = "../common/openscape_server.rs"]
mod openscape_server;

mod clients;
mod conformance;
mod contradictions;
mod data;
mod generated;
mod golden;
mod reading;
mod responses;
mod samples;
