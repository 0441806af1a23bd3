//! The message format that the dialects share: what holds of its source. What it does is tried in
//! `dialect.rs`, which is compiled as a part of the library.
#![allow(
    clippy::unwrap_used,
    clippy::expect_used,
    clippy::arithmetic_side_effects,
    reason = "a test may"
)]

mod house;
mod rows;
