//! Hex and trace forms: every shape of dump that is about, and the way back.

mod arrays;
mod hex;
mod text;
mod trace;
mod written;

use bytes::{Bytes, BytesMut};
use cti_codec::ccx::dump::{
    Direction, Form, HexDump, HexErrorKind, HexLine, HexReader, TraceError, TraceErrorKind,
    TraceReader, TraceRows, TracedFrame, detect, read_hex,
};
use cti_codec::ccx::{Frame, FrameError, MessageType};
use proptest::prelude::*;

/// The guide's trace, as it prints it: 53 of the 54 bytes of the body.
const PRINTED: &str = "\
7091948: Nov 20 10:43:59.435 EDT %MIVR-ICD_CTI-7-UNK:writing...
MHDR:    0000: 00 00 00 36 00 00 00 17 ...6....
MDATA:   0000: 00 00 00 00 00 00 00 01 00 15 00 00 00 00 00 ....
0010: 00 01 00 00 01 00 01 10 00 00 08 05 32 30 30 36 .....2006
0020: 00 0B 05 37 30 30 30 00 19 05 39 30 32 36 00 0A ..7000...9026..
0030: 05 37 30 30 30 00 .7000.
";

/// The frame with the lost byte in its place.
fn guide() -> Vec<u8> {
    read_hex(
        b"00000036 00000017 00000000 00000001 0015 0000 0000 0000 0001 0000 01000110 0000 \
          0805 32303036 00 0B05 37303030 00 1905 39303236 00 0A05 37303030 00",
    )
    .unwrap()
}

fn restored() -> String {
    PRINTED.replace("00 15 00 00 00 00 00 ....", "00 15 00 00 00 00 00 00 ....")
}

#[track_caller]
fn reads(text: &str) {
    assert_eq!(read_hex(text.as_bytes()).unwrap(), guide(), "{text}");
}

fn traced(log: &[u8]) -> Vec<Result<TracedFrame, TraceError>> {
    let mut reader = TraceReader::default();
    let mut done = Vec::new();
    for line in log.split(|byte| *byte == b'\n') {
        reader.line(line);
        done.extend(core::iter::from_fn(|| reader.next_frame()));
    }
    reader.finish();
    done.extend(core::iter::from_fn(|| reader.next_frame()));
    // What the log says of a frame has a test of its own.
    done.into_iter()
        .map(|done| {
            done.map(|traced| TracedFrame {
                log: None,
                ..traced
            })
        })
        .collect()
}

#[test]
fn forms_are_told_apart() {
    let bytes = guide();
    assert_eq!(detect(&bytes), Some(Form::Binary));
    assert_eq!(detect(&[7; 100]), Some(Form::Binary));
    assert_eq!(detect(PRINTED.as_bytes()), Some(Form::Trace));
    assert_eq!(
        detect(format!("\0\0\0\n{PRINTED}").as_bytes()),
        Some(Form::Trace)
    );
    assert_eq!(
        detect(HexDump(&bytes).to_string().as_bytes()),
        Some(Form::Hex)
    );
    assert_eq!(detect(b"# a comment\n\n00 00 00 0"), Some(Form::Hex));
    assert_eq!(detect(b"00 00\n00 00\nzz\n"), Some(Form::Hex));
    // Hex of no use, but hex: whoever reads it is told so.
    assert_eq!(
        detect(b"0000000 0000 3600 0000 1700\n0000010 0000 0100\n0000014\n"),
        Some(Form::Hex)
    );
    // What cannot be a frame does not keep a trace behind it from being seen.
    for head in [
        [0, 0, 0x41, 0, 0, 0, 0, 5],
        [0, 0, 0, 4, 0, 0, 0, 0],
        [0, 0, 0, 4, 0, 1, 0, 5],
    ] {
        let log = [&head[..], b"\n", PRINTED.as_bytes()].concat();
        assert_eq!(detect(&log), Some(Form::Trace), "{head:?}");
    }
    let log = [&[0, 0, 0x40, 0, 0, 0, 0, 5][..], b"\n", PRINTED.as_bytes()].concat();
    assert_eq!(detect(&log), Some(Form::Binary));
    assert_eq!(detect(b"{\"message\":\"OPEN_REQ\"}\n"), None);
    assert_eq!(detect(b""), None);
    assert_eq!(detect(b"\n\n"), None);
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(crate::common::cases(400)))]

    /// Whatever the bytes, and so whatever the text column shows.
    #[test]
    fn a_dump_reads_back(bytes in prop::collection::vec(prop_oneof![any::<u8>(), b' '..=b'f', b'0'..=b'3'], 0..200)) {
        let dump = HexDump(&bytes).to_string();
        prop_assert_eq!(read_hex(dump.as_bytes()).unwrap(), bytes.clone(), "{}", dump);
        // Without the text column, and without the blanks at the end of a line.
        let bare: String = dump.lines().map(|line| line[..58].trim_end().to_owned() + "\n").collect();
        prop_assert_eq!(read_hex(bare.as_bytes()).unwrap(), bytes, "{}", bare);
    }

    /// As the guide prints them: one blank before the text, wherever the bytes end.
    #[test]
    fn rows_of_the_guide_read_back(
        text in prop::collection::vec(prop_oneof![Just(b' '), any::<u8>(), b'0'..=b'9', b'a'..=b'f'], 0..60),
        gap in 1..3_usize,
    ) {
        let bytes = [&[0, 0, 0, 54, 0, 0, 0, 23, 0, 0, 0, 0, 0, 0, 0, 1], text.as_slice()].concat();
        let mut dump = String::new();
        for (index, row) in bytes.chunks(16).enumerate() {
            let hex: Vec<String> = row.iter().map(|byte| format!("{byte:02X}")).collect();
            let text = row.iter().map(|byte| match byte {
                b' '..=b'~' => char::from(*byte),
                _ => '.',
            });
            let text: String = text.collect();
            dump += &format!("{:04x}: {}{:gap$}{text}\n", index * 16, hex.join(" "), "");
        }
        prop_assert_eq!(read_hex(dump.as_bytes()).unwrap(), bytes, "{}", dump);
    }

    #[test]
    fn rows_of_a_trace_read_back(
        bodies in prop::collection::vec((any::<u32>(), prop::collection::vec(prop_oneof![any::<u8>(), b' '..=b'f'], 0..100)), 1..4),
    ) {
        let mut log = String::new();
        let mut frames = Vec::new();
        for (message_type, body) in bodies {
            let mut bytes = u32::try_from(body.len()).unwrap().to_be_bytes().to_vec();
            bytes.extend_from_slice(&message_type.to_be_bytes());
            bytes.extend_from_slice(&body);
            let frame = Frame::new(Bytes::from(bytes)).unwrap();
            log += &format!("1: writing...\n{}", TraceRows(&frame));
            frames.push(frame);
        }
        let read: Vec<Frame> = traced(log.as_bytes()).into_iter().map(|done| done.unwrap().frame).collect();
        prop_assert_eq!(read, frames);
    }

    #[test]
    fn any_text_gives_bytes_or_errors(text in prop_oneof![
        "[0-9a-f:x#|> *\t\n.-]{0,300}",
        "((0x)?[0-9]{2,8}:?( [0-9a-f]{2}){0,17} {0,3}.{0,17}\n){0,6}",
        "((MHDR: |MDATA: )?00[0-9]0:( 0[0-9a-f]){0,17} .{0,9}\n){0,9}",
    ]) {
        let mut reader = HexReader::new();
        let mut bytes = BytesMut::new();
        for line in text.lines() {
            let before = bytes.len();
            if reader.line(line.as_bytes(), &mut bytes).is_err() {
                prop_assert_eq!(bytes.len(), before);
            }
        }
        prop_assert!(bytes.len() <= text.len() + (1 << 20));
        let shown: usize = traced(text.as_bytes()).iter().flatten().map(|done| done.frame.bytes().len()).sum();
        prop_assert!(shown <= text.len());
        let _ = detect(text.as_bytes());
    }

    #[test]
    fn any_bytes_give_bytes_or_errors(bytes in prop::collection::vec(any::<u8>(), 0..300)) {
        let _ = read_hex(&bytes);
        traced(&bytes);
        let _ = detect(&bytes);
    }
}
