//! Runs one figure so many times, for a count of instructions: see `instructions.sh`.
#![allow(
    clippy::unwrap_used,
    clippy::expect_used,
    reason = "a broken benchmark stops"
)]
#![allow(clippy::print_stdout, reason = "lists the figures when asked")]

mod attached;
mod frames;

use std::hint::black_box;

use bytes::BytesMut;
use cti_codec::ccx::*;
use frames::{VERSION, bare_walk};

fn decode(bytes: &[u8], times: u32) {
    let frame = Frame::new(bytes).unwrap();
    let mut message = Message::Raw(RawMessage {
        message_type: MessageType(0),
        body: &[],
    });
    for _ in 0..times {
        let frame = black_box(&frame);
        frame.decode_into(&mut message, VERSION).unwrap();
        black_box(&message);
    }
}

fn walk(bytes: &[u8], times: u32) {
    for _ in 0..times {
        black_box(bare_walk(black_box(bytes)));
    }
}

fn one_field(bytes: &[u8], times: u32) {
    let frame = Frame::new(bytes).unwrap();
    for _ in 0..times {
        let fields = black_box(&frame).floating_fields(VERSION);
        // No frame has it: the whole is walked.
        black_box(fields.get(black_box(0x80)));
    }
}

fn encode(bytes: &[u8], times: u32) {
    let frame = Frame::new(bytes).unwrap();
    let message = frame.decode(VERSION).unwrap();
    let mut out = BytesMut::with_capacity(8192);
    for _ in 0..times {
        out.clear();
        black_box(&message).encode(VERSION, &mut out).unwrap();
    }
}

fn cut(bytes: &[u8], times: u32) {
    let mut decoder = FrameDecoder::new();
    for _ in 0..times {
        decoder.feed(bytes);
        while let Some(frame) = decoder.next_frame().unwrap() {
            black_box(frame);
        }
    }
}

fn walk_attached(bytes: &[u8], times: u32) {
    for _ in 0..times {
        black_box(attached::bare_walk(black_box(bytes)));
    }
}

fn look_up(bytes: &[u8], times: u32) {
    for _ in 0..times {
        black_box(attached::unpack_3_lookups(black_box(bytes)));
    }
}

fn attached_20() -> Vec<u8> {
    attached::preview_record().view().pack().unwrap()
}

/// A figure: its name, its operation with a repeat count, and its frame.
type Figure = (&'static str, fn(&[u8], u32), fn() -> Vec<u8>);

const FIGURES: &[Figure] = &[
    ("walk_begin_call_4", walk, || frames::BEGIN_CALL_4.to_vec()),
    ("walk_delivered_14", walk, frames::delivered_14),
    ("walk_delivered_30", walk, frames::delivered_30),
    ("decode_begin_call_4", decode, || {
        frames::BEGIN_CALL_4.to_vec()
    }),
    ("decode_delivered_14", decode, frames::delivered_14),
    ("decode_delivered_30", decode, frames::delivered_30),
    ("decode_agent_state_20", decode, frames::agent_state_20),
    ("decode_config_agent_10", decode, frames::config_agent_10),
    ("decode_heartbeat_conf", decode, frames::heartbeat_conf),
    ("field_begin_call_4", one_field, || {
        frames::BEGIN_CALL_4.to_vec()
    }),
    ("field_delivered_14", one_field, frames::delivered_14),
    ("field_delivered_30", one_field, frames::delivered_30),
    ("encode_begin_call_4", encode, || {
        frames::BEGIN_CALL_4.to_vec()
    }),
    ("encode_delivered_14", encode, frames::delivered_14),
    ("encode_delivered_30", encode, frames::delivered_30),
    ("walk_attached_20", walk_attached, attached_20),
    ("look_up_attached_20", look_up, attached_20),
    ("frames_1000", cut, || frames::stream(1000)),
];

fn main() {
    let mut arguments = std::env::args().skip(1);
    let name = arguments.next().unwrap_or_default();
    let times = arguments.next().and_then(|times| times.parse().ok());
    match (FIGURES.iter().find(|(figure, ..)| *figure == name), times) {
        (Some((_, run, bytes)), Some(times)) => run(&bytes(), times),
        // Also what `cargo bench` gets, which passes arguments of its own.
        _ => FIGURES.iter().for_each(|(figure, ..)| println!("{figure}")),
    }
}
