//! The Kaitai Struct description is current. `.ci/long ksy` compiles it, and compares what it reads.
#![allow(clippy::unwrap_used)]

#[path = "../examples/kaitai/ksy.rs"]
mod ksy;

#[test]
fn the_committed_description_is_current() {
    let committed = include_str!("../examples/kaitai/ccx_cti.ksy");
    assert!(
        committed == ksy::description(),
        "write it anew: cargo run --example kaitai > examples/kaitai/ccx_cti.ksy"
    );
    // Each message and each of its floating parts is a type of its own.
    let types = committed.lines().filter(|line| line.ends_with("_field:"));
    assert_eq!(types.count(), cti_codec::ccx::LAYOUTS.len());
}
