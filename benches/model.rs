//! The cost of a model on top of decoding, over a minute of a centre's traffic.
//!
//! `cd benches && cargo bench --bench model`
#![allow(missing_docs, reason = "criterion's macros make public functions")]
#![allow(clippy::unwrap_used, clippy::arithmetic_side_effects)]

use std::hint::black_box;
use std::time::Duration;

use bytes::BytesMut;
use criterion::{Criterion, Throughput, criterion_group, criterion_main};
use cti_codec::ccx::model::{Model, View};
use cti_codec::ccx::simulator::{Plan, Simulator};
use cti_codec::ccx::{Frame, FrameDecoder, Message, OpenReq, Version};

/// The messages to a bridge client in a minute with ten new calls per second.
fn traffic() -> Vec<Frame> {
    let mut plan = Plan {
        calls_per_second: 10.0,
        ..Plan::default()
    };
    plan.pace.talk = Duration::from_millis(800);
    plan.pace.answer = Duration::from_millis(100);
    plan.pace.work = Duration::from_millis(100);
    let mut simulator = Simulator::new(plan);
    let client = simulator.connected(Duration::ZERO);
    let mut bytes = BytesMut::new();
    let open = OpenReq {
        version_number: 14,
        idle_timeout: 119,
        ..OpenReq::bridge_mode()
    };
    Message::from(open)
        .encode(Version::V14, &mut bytes)
        .unwrap();
    simulator.handle_input(Duration::ZERO, client, &bytes);
    let mut decoder = FrameDecoder::new();
    for step in 0..6_000 {
        let now = Duration::from_millis(10 * step);
        simulator.handle_timeout(now);
        while let Some(bytes) = simulator.poll_transmit(now, client) {
            decoder.feed(&bytes);
        }
    }
    std::iter::from_fn(|| decoder.next_frame().unwrap()).collect()
}

fn model(criterion: &mut Criterion) {
    let frames = traffic();
    let mut group = criterion.benchmark_group("model");
    group.throughput(Throughput::Elements(frames.len() as u64));
    group.bench_function("decode", |b| {
        b.iter(|| {
            for frame in &frames {
                black_box(black_box(frame).decode(Version::V14)).unwrap();
            }
        });
    });
    group.bench_function("decode_and_apply", |b| {
        b.iter(|| {
            let mut model = Model::new(View::Bridge);
            for frame in &frames {
                let message = black_box(frame).decode(Version::V14).unwrap();
                black_box(model.received(Duration::ZERO, &message));
            }
            model
        });
    });
    group.finish();
}

criterion_group! {
    name = benches;
    config = Criterion::default()
        .warm_up_time(Duration::from_millis(500))
        .measurement_time(Duration::from_secs(2));
    targets = model
}
criterion_main!(benches);
