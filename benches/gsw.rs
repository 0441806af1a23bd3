//! The costs of attached data, with a bare walk of the same bytes as the yardstick.
//!
//! `cd benches && cargo bench --bench gsw`
#![allow(missing_docs, reason = "criterion's macros make public functions")]
#![allow(clippy::expect_used, clippy::arithmetic_side_effects)]

use std::hint::black_box;
use std::time::Duration;

use criterion::{Criterion, Throughput, criterion_group, criterion_main};
use cti_codec::gsw::{AttachedData, DesktopMessage, trace};
use cti_codec_benches::attached::{bare_walk, preview_record, unpack_3_lookups};

fn attached_data(criterion: &mut Criterion) {
    let data = preview_record();
    let packed = data.view().pack().expect("it fits");
    let log = trace::write("UserData", data.view()).expect("it has a text form");
    let lengths: usize = data
        .view()
        .iter()
        .map(|pair| {
            pair.key.as_bytes().len() + pair.value.as_text().map_or(4, |text| text.as_bytes().len())
        })
        .sum();
    assert_eq!(bare_walk(&packed), Some(lengths));
    assert_eq!(
        unpack_3_lookups(&packed),
        Some((283, "Spring offers".into(), "+33555005".into()))
    );

    let mut group = criterion.benchmark_group("attached_data");
    group.throughput(Throughput::Elements(20));
    group.bench_function("bare_walk", |b| b.iter(|| bare_walk(black_box(&packed))));
    group.bench_function("unpack_3_lookups", |b| {
        b.iter(|| unpack_3_lookups(black_box(&packed)));
    });
    group.bench_function("pack", |b| b.iter(|| black_box(data.view()).pack()));
    group.bench_function("read_trace", |b| {
        b.iter(|| trace::lists(black_box(&log)).count());
    });
    group.bench_function("typed_message", |b| {
        let unpacked = AttachedData::unpack(&packed).expect("it was packed");
        b.iter(|| DesktopMessage::from_attached_data(black_box(unpacked)).is_ok());
    });
    group.finish();
}

criterion_group! {
    name = benches;
    config = Criterion::default()
        .warm_up_time(Duration::from_millis(500))
        .measurement_time(Duration::from_secs(2));
    targets = attached_data
}
criterion_main!(benches);
