//! What the benchmarks share: frames, attached data, and the figures that are measured of them.

pub mod attached;
pub mod figures;
pub mod frames;
