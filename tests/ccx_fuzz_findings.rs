//! What the fuzz targets have found and no other test is about, by name.
#![allow(
    clippy::unwrap_used,
    clippy::expect_used,
    clippy::panic,
    reason = "helpers of tests"
)]

use bytes::BytesMut;
use cti_codec::ccx::dump::HexReader;

/// The rows that a `*` stands for come with the row behind it, or not at all.
#[test]
fn a_row_that_fails_after_a_star_appends_nothing() {
    let mut reader = HexReader::new();
    let mut out = BytesMut::new();
    reader.line(b"0000: 00 00", &mut out).unwrap();
    reader.line(b"*", &mut out).unwrap();
    let before = out.clone();
    reader.line(b"0010: 01\x02", &mut out).unwrap_err();
    assert_eq!(out, before);
}
