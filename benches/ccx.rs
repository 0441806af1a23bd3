//! The costs of the CCX codec, each beside the baseline of its ratio.
//!
//! `cargo bench --bench ccx && cargo bench --bench ratios` prints the ratios.
#![allow(missing_docs, reason = "criterion's macros make public functions")]
#![allow(
    clippy::indexing_slicing,
    clippy::arithmetic_side_effects,
    clippy::expect_used
)]
#![allow(clippy::unwrap_used, clippy::cast_possible_truncation)]

mod frames;

use std::hint::black_box;
use std::time::Duration;

use bytes::{BufMut, BytesMut};
use criterion::{BatchSize, BenchmarkId, Criterion, Throughput, criterion_group, criterion_main};
use cti_codec::ccx::*;
use frames::{VERSION, bare_walk};

/// A message to decode into, as in a loop.
fn slot<'a>() -> Message<'a> {
    Message::Raw(RawMessage {
        message_type: MessageType(0),
        body: &[],
    })
}

fn samples() -> Vec<(&'static str, Vec<u8>)> {
    vec![
        ("begin_call_4", frames::BEGIN_CALL_4.to_vec()),
        ("delivered_14", frames::delivered_14()),
        ("delivered_30", frames::delivered_30()),
        ("agent_state_20_csqs", frames::agent_state_20()),
        ("config_agent_10_records", frames::config_agent_10()),
        ("heartbeat_conf", frames::heartbeat_conf()),
    ]
}

fn decode(criterion: &mut Criterion) {
    for (name, bytes) in samples() {
        let mut group = criterion.benchmark_group(format!("decode/{name}"));
        group.bench_function("bare_walk", |b| {
            b.iter(|| bare_walk(black_box(&bytes)).unwrap());
        });
        let frame = Frame::new(bytes.as_slice()).unwrap();
        group.bench_function("typed", |b| {
            let mut message = slot();
            b.iter(|| {
                let frame = black_box(&frame);
                frame.decode_into(&mut message, VERSION).unwrap();
                black_box(&message);
            });
        });
        group.bench_function("typed_by_value", |b| {
            b.iter(|| black_box(black_box(&frame).decode(VERSION)).is_ok());
        });
        // The last field of the frame, so that the walk covers all.
        let last = frame
            .floating_fields(VERSION)
            .last()
            .map_or(0, |field| field.unwrap().id);
        group.bench_function("one_field", |b| {
            b.iter(|| {
                let fields = black_box(&frame).floating_fields(VERSION);
                // No frame has it: the whole is walked.
                black_box(fields.get(black_box(last ^ 0x80)).is_some())
            });
        });
        group.finish();
    }
}

/// The puts of hand-written code, and no more: each number and text in turn.
fn puts(out: &mut BytesMut, bytes: &[u8], fixed: &[u8], fields: &[(u8, &[u8])]) {
    out.put_u32(bytes.len() as u32 - 8);
    out.put_u32(u32::from(bytes[7]));
    // The fixed parts of these messages are mostly numbers of two bytes.
    for number in fixed.chunks_exact(2) {
        out.put_u16(u16::from_be_bytes([number[0], number[1]]));
    }
    for (id, text) in fields {
        out.put_u8(*id);
        out.put_u8(text.len() as u8 + 1);
        out.put_slice(text);
        out.put_u8(0);
    }
}

fn encode(criterion: &mut Criterion) {
    let variables = frames::variables();
    let messages: [(&str, Message<'_>); 3] = [
        (
            "begin_call_4",
            BeginCallEvent {
                call_type: CallType(1),
                call_id: 0x0100_0110,
                connection_device_id: Some("9026".into()),
                ani: Some("2006".into()),
                dnis: Some("7000".into()),
                dialed_number: Some("7000".into()),
                ..Default::default()
            }
            .into(),
        ),
        ("delivered_14", frames::delivered().into()),
        (
            "delivered_30",
            CallDeliveredEvent {
                named_variables: variables.as_slice().into(),
                ..frames::delivered()
            }
            .into(),
        ),
    ];
    for (name, message) in messages {
        let mut group = criterion.benchmark_group(format!("encode/{name}"));
        let bytes = frames::encode(message);
        let start = 8 + frames::fixed_size(u32::from(bytes[7]));
        let frame = Frame::new(bytes.as_slice()).unwrap();
        let fields: Vec<(u8, &[u8])> = frame
            .floating_fields(VERSION)
            .map(|field| field.unwrap())
            .map(|field| (field.id as u8, &field.data[..field.data.len() - 1]))
            .collect();
        let mut out = BytesMut::with_capacity(4096);
        puts(&mut out, &bytes, &bytes[8..start], &fields);
        assert_eq!(out, bytes, "the baseline writes the same bytes");
        group.bench_function("puts", |b| {
            b.iter(|| {
                out.clear();
                puts(
                    &mut out,
                    black_box(&bytes),
                    &bytes[8..start],
                    black_box(&fields),
                );
            });
        });
        group.bench_function("encode", |b| {
            b.iter(|| {
                out.clear();
                black_box(&message).encode(VERSION, &mut out).unwrap();
            });
        });
        group.finish();
    }
}

fn stream(criterion: &mut Criterion) {
    let mut group = criterion.benchmark_group("stream");
    group
        .sample_size(20)
        .measurement_time(Duration::from_secs(4));
    for messages in [1_000, 1_000_000] {
        let bytes = frames::stream(messages);
        group.throughput(Throughput::Elements(messages as u64));
        group.bench_with_input(
            BenchmarkId::new("header_reads", messages),
            &bytes,
            |b, bytes| {
                b.iter(|| {
                    let mut rest = bytes.as_slice();
                    let mut types = 0_u32;
                    while let Some(([a, b, c, d, e, f, g, h], tail)) = rest.split_first_chunk() {
                        let length = u32::from_be_bytes([*a, *b, *c, *d]) as usize;
                        types = types.wrapping_add(u32::from_be_bytes([*e, *f, *g, *h]));
                        rest = tail.get(length..).unwrap();
                    }
                    types
                });
            },
        );
        group.bench_with_input(BenchmarkId::new("frames", messages), &bytes, |b, bytes| {
            b.iter_batched_ref(
                || {
                    let mut decoder = FrameDecoder::new();
                    decoder.feed(bytes);
                    decoder
                },
                |decoder| {
                    let mut types = 0_u32;
                    while let Some(frame) = decoder.next_frame().unwrap() {
                        types = types.wrapping_add(frame.message_type().0);
                    }
                    types
                },
                BatchSize::PerIteration,
            );
        });
        group.bench_with_input(
            BenchmarkId::new("frames_borrowed", messages),
            &bytes,
            |b, bytes| {
                b.iter_batched_ref(
                    || {
                        let mut decoder = FrameDecoder::new();
                        decoder.feed(bytes);
                        decoder
                    },
                    |decoder| {
                        let mut types = 0_u32;
                        while let Some(frame) = decoder.next_borrowed().unwrap() {
                            types = types.wrapping_add(frame.message_type().0);
                        }
                        types
                    },
                    BatchSize::PerIteration,
                );
            },
        );
    }
    group.finish();
}

criterion_group! {
    name = benches;
    config = Criterion::default()
        .warm_up_time(Duration::from_millis(500))
        .measurement_time(Duration::from_secs(2));
    targets = decode, encode, stream
}
criterion_main!(benches);
