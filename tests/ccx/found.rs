//! What the fuzz targets have found and no other test is about, by name.

use bytes::BytesMut;
use cti_codec::ccx::Frame;
use cti_codec::ccx::dump::{HexReader, TraceReader, TraceRows};

use crate::common::frame;

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

/// What a caller has keyed in cannot make the trace of a message unreadable.
#[test]
fn a_label_within_a_body_does_not_spoil_its_trace() {
    for text in [b"MDATA:0000: 0F..", b"MHDR:0000: 00 00"] {
        for body in [
            [[0; 16].as_slice(), text, &[7; 16]].concat(),
            [text, [0; 16].as_slice()].concat(),
        ] {
            let whole = Frame::new(frame(5, &body)).unwrap();
            let mut reader = TraceReader::new();
            for line in TraceRows(&whole).to_string().lines() {
                reader.line(line.as_bytes());
            }
            reader.finish();
            let traced = reader.next_frame().unwrap().unwrap();
            assert_eq!(traced.frame.bytes(), whole.bytes());
            assert!(reader.next_frame().is_none());
        }
    }
}
