//! Oracles: functions that take any bytes and panic where the library contradicts itself.
//!
//! Hidden behind the feature `fuzzing`, so that the fuzz targets are one line each and ordinary
//! tests replay the corpora through the same functions.
#![allow(
    clippy::indexing_slicing,
    clippy::unwrap_used,
    clippy::expect_used,
    clippy::panic,
    clippy::arithmetic_side_effects,
    reason = "an oracle speaks by panicking"
)]
#![allow(
    clippy::must_use_candidate,
    reason = "for tests, which use what they ask for"
)]

mod sample;
mod tree;

pub use sample::{Choices, Style, noise, sample};
pub use tree::{Datum, Event, Part, Tree, default, fixed_size, frame, holds, leaf, printed, shown};
