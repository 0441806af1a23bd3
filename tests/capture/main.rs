//! Captures: containers, layers, and TCP connections with every fault that a capture has.
#![allow(
    clippy::unwrap_used,
    clippy::expect_used,
    clippy::panic,
    clippy::indexing_slicing,
    clippy::arithmetic_side_effects,
    clippy::cast_possible_truncation,
    clippy::cast_sign_loss,
    clippy::cast_possible_wrap
)]

mod edges;
mod faults;
mod files;
mod layers;
mod made;
mod streams;
