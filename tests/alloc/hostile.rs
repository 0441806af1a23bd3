//! Streams that want to cost more than they are long. Steps and allocations are counted, which
//! repeat. What would take the square of a million steps does not come to an end here; what grows
//! faster than its input at all is found by `benches/proportion.sh`, which counts instructions.

use bytes::BytesMut;
use cti_codec::ccx::layout::{FieldRow, FixedRow, GroupRow};
use cti_codec::ccx::{
    Frame, FrameDecoder, FrameError, LAYOUTS, List, Message, MessageType, Unlisted, Value, Version,
    Visitor,
};
use oracles::ccx::{Style, frame};

use crate::common;
use crate::counting::allocations;
use crate::samples::seeded;

const MILLION: usize = 1_000_000;

/// The fixed part of a message with so many bytes behind it, by which any body can be made.
fn body(name: &str, floating: &[u8]) -> Vec<u8> {
    let tree = seeded(common::layout(name), Version::V14, Style::Lawful, 0);
    let mut body: Vec<u8> = tree
        .fixed
        .iter()
        .flat_map(|(_, data)| data.clone())
        .collect();
    body.extend(floating);
    body
}

#[derive(Default)]
struct Steps {
    fields: usize,
    elements: usize,
    unlisted: usize,
}

impl<'a> Visitor<'a> for Steps {
    fn fixed(&mut self, _: &'static FixedRow, _: Value<'_>) {}
    fn field(&mut self, _: &'static FieldRow, _: Value<'a>) {
        self.fields += 1;
    }
    fn list(&mut self, _: &'static GroupRow, list: List<'_, 'a>) {
        list.each(|element| {
            self.elements += 1;
            element.visit(self);
        });
    }
    fn unlisted(&mut self, fields: Unlisted<'a>) {
        self.unlisted += fields.iter().count();
    }
}

/// Decodes, goes through, and writes again, without a byte from the allocator but for the buffer;
/// how many fields, elements and unlisted fields there were.
fn goes_through(name: &str, floating: &[u8], version: Version) -> (usize, usize, usize) {
    let body = body(name, floating);
    let message_type = common::message_type(name);
    let mut steps = Steps::default();
    let mut out = BytesMut::with_capacity(body.len() * 2 + 8);
    let (written, allocated, bytes) = allocations(|| {
        let message = Message::decode_body(message_type, &body, version).unwrap();
        message.visit(&mut steps);
        message.encode_as_received(version, &mut out).is_ok()
    });
    assert_eq!(allocated, 0, "{bytes} bytes");
    assert!(written);
    (steps.fields, steps.elements, steps.unlisted)
}

#[test]
fn a_million_empty_floating_fields() {
    // Of an id that no table lists.
    let unlisted = [0xfe, 0].repeat(MILLION);
    assert_eq!(
        goes_through("FAILURE_CONF", &unlisted, Version::V14),
        (0, 0, MILLION)
    );
    // Of one that it lists, which counts once.
    let text = [7, 0].repeat(MILLION);
    assert_eq!(
        goes_through("FAILURE_CONF", &text, Version::V14),
        (1, 0, MILLION - 1)
    );
    let wide = [0xab, 0xcd, 0].repeat(MILLION);
    assert_eq!(
        goes_through("FAILURE_CONF", &wide, Version::V18),
        (0, 0, MILLION)
    );
}

#[test]
fn a_million_named_variables_of_a_nul_alone() {
    let variables = [82, 1, 0].repeat(MILLION);
    assert_eq!(
        goes_through("CALL_DATA_UPDATE_EVENT", &variables, Version::V14),
        (MILLION, MILLION, 0)
    );
    // With something between each two, so that no run of them is longer than one.
    let mixed = [82, 1, 0, 0xfe, 0].repeat(MILLION / 2);
    assert_eq!(
        goes_through("CALL_DATA_UPDATE_EVENT", &mixed, Version::V14),
        (MILLION / 2, MILLION / 2, MILLION / 2)
    );
    // Two lists that take turns: each has the other's fields between its own.
    let turns = [82, 1, 0, 83, 2, 0, 0].repeat(MILLION / 2);
    assert_eq!(
        goes_through("CALL_DATA_UPDATE_EVENT", &turns, Version::V14),
        (MILLION, MILLION, 0)
    );
}

#[test]
fn lists_within_lists_a_hundred_thousand_times() {
    // One record with all the CSQs.
    let csqs = [62, 4, 0, 0, 0, 1].repeat(100_000);
    let one = [[183, 2, 0, 0].as_slice(), &csqs].concat();
    assert_eq!(
        goes_through("CONFIG_AGENT_EVENT", &one, Version::V14),
        (100_001, 100_001, 0)
    );
    // A record for each, and a CSQ that begins a record for lack of anything else.
    let each = [183, 2, 0, 0, 62, 4, 0, 0, 0, 1].repeat(100_000);
    assert_eq!(
        goes_through("CONFIG_AGENT_EVENT", &each, Version::V14),
        (200_000, 200_000, 0)
    );
    // Every CSQ of one record apart from the next one by another member of the record, which begins
    // the next record as soon as it comes again.
    let apart = [189, 2, 0, 1, 62, 4, 0, 0, 0, 1].repeat(100_000);
    assert_eq!(
        goes_through("CONFIG_AGENT_EVENT", &apart, Version::V14),
        (200_000, 200_000, 0)
    );
}

/// Each of a million headers announces more than there will ever be.
#[test]
fn giant_lengths_cost_nothing() {
    for length in [16_385_u32, 0x7fff_ffff, u32::MAX] {
        let header = [length.to_be_bytes(), [0, 0, 0, 3]].concat();
        let mut decoder = FrameDecoder::new();
        let (error, _, bytes) = allocations(|| {
            decoder.feed(&header);
            decoder.next_frame().unwrap_err()
        });
        assert!(matches!(error, FrameError::BodyTooLong { .. }));
        assert!(bytes < 1000, "{bytes}");
        // What comes then is passed over and not held.
        let chunk = vec![0xee; 16_384];
        let (result, _, bytes) = allocations(|| {
            decoder.feed(&chunk);
            decoder.next_frame()
        });
        assert_eq!(result, Ok(None));
        assert!(bytes < 1000, "{bytes}");
    }
}

/// The largest body that is allowed, always one byte short: what is held stays within the limit,
/// and to ask after every byte costs no more memory.
#[test]
fn a_body_that_drips_in_is_held_once() {
    let mut decoder = FrameDecoder::new();
    let bytes = frame(9, &vec![0; 16_384]);
    let ((), _, allocated) = allocations(|| {
        for byte in &bytes[..bytes.len() - 1] {
            decoder.feed(&[*byte]);
            assert_eq!(decoder.next_frame(), Ok(None));
        }
    });
    // Twice the size for a buffer that doubles, and all that it has outgrown.
    assert!(allocated < 4 * bytes.len() as u64, "{allocated}");
    assert!(decoder.buffer_mut().capacity() < 3 * bytes.len());
    decoder.feed(&[0]);
    assert!(decoder.next_frame().unwrap().is_some());
}

/// A million frames through one decoder: the buffer does not grow with the stream.
#[test]
fn a_long_stream_does_not_fill_the_buffer() {
    let chunk: Vec<u8> = (0..100).flat_map(|_| frame(5, &[0, 0, 0, 1])).collect();
    let mut decoder = FrameDecoder::new();
    let mut frames = 0_u32;
    for _ in 0..10_000 {
        decoder.feed(&chunk);
        while let Some(frame) = decoder.next_frame().unwrap() {
            assert_eq!(frame.message_type(), MessageType::HEARTBEAT_REQ);
            frames += 1;
        }
        assert!(decoder.buffer_mut().capacity() <= 8 * chunk.len());
    }
    assert_eq!(frames, 1_000_000);
}

/// A kept frame keeps its buffer alive and nothing else; the decoder goes on beside it.
#[test]
fn kept_frames_do_not_hold_the_stream_up() {
    let one = frame(5, &[0, 0, 0, 1]);
    let mut decoder = FrameDecoder::new();
    let mut kept = Vec::new();
    for _ in 0..10_000 {
        decoder.feed(&one);
        kept.extend(decoder.next_frame().unwrap());
    }
    assert_eq!(kept.len(), 10_000);
    assert!(decoder.buffer_mut().capacity() < 100_000);
}

/// Whatever the type, a body full of one byte is decoded or refused, and costs nothing.
#[test]
fn bodies_of_one_byte_repeated() {
    for layout in LAYOUTS {
        for byte in [0_u8, 1, 0x3e, 0x52, 0x53, 0xb7, 0xff] {
            for version in [Version::V10, Version::V14, Version::V18] {
                let body = vec![byte; 16_384];
                let ((), allocated, _) = allocations(|| {
                    if let Ok(message) =
                        Message::decode_body(MessageType(layout.message_type), &body, version)
                    {
                        message.visit(&mut Steps::default());
                    }
                });
                assert_eq!(allocated, 0, "{} {byte:#x}", layout.name);
            }
        }
    }
}

/// Debug and Display of what a stranger sent: as long as it, and no more.
#[test]
fn what_is_shown_is_in_proportion_too() {
    let floating = [0xfe, 0].repeat(10_000);
    let bytes = frame(1, &body("FAILURE_CONF", &floating));
    let frame = Frame::new(bytes.as_slice()).unwrap();
    let message = frame.decode(Version::V14).unwrap();
    let shown = format!("{message:?}");
    assert!(shown.len() < 60 * 10_000, "{}", shown.len());
}
