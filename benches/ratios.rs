//! Reads the measurements of the other benchmarks and prints each figure as a ratio to its
//! baseline.
//!
//! `cargo bench --bench ccx` measures most, `cd benches/peers && cargo bench --bench peers` those of
//! others.
#![allow(clippy::print_stdout, reason = "that is what it is for")]

use std::fs;
use std::path::Path;

/// Group, figure, baseline, the ratio to reach, and the description.
const ROWS: &[(&str, &str, &str, f64, &str)] = &[
    (
        "decode_begin_call_4",
        "typed",
        "bare_walk",
        4.0,
        "typed decode, 4 floating fields",
    ),
    (
        "decode_delivered_14",
        "typed",
        "bare_walk",
        2.5,
        "typed decode, 14 floating fields",
    ),
    (
        "decode_delivered_30",
        "typed",
        "bare_walk",
        1.8,
        "typed decode, 30 floating fields",
    ),
    (
        "decode_begin_call_4",
        "one_field",
        "bare_walk",
        1.2,
        "one field by id, of 4",
    ),
    (
        "decode_delivered_14",
        "one_field",
        "bare_walk",
        1.2,
        "one field by id, of 14",
    ),
    (
        "decode_delivered_30",
        "one_field",
        "bare_walk",
        1.2,
        "one field by id, of 30",
    ),
    (
        "encode_begin_call_4",
        "encode",
        "puts",
        1.5,
        "encode, 4 floating fields",
    ),
    (
        "encode_delivered_14",
        "encode",
        "puts",
        1.5,
        "encode, 14 floating fields",
    ),
    (
        "encode_delivered_30",
        "encode",
        "puts",
        1.5,
        "encode, 30 floating fields",
    ),
    (
        "stream",
        "frames/1000",
        "header_reads/1000",
        2.0,
        "owned frames, stream of 1,000",
    ),
    (
        "stream",
        "frames/1000000",
        "header_reads/1000000",
        2.0,
        "owned frames, of 1,000,000",
    ),
    (
        "stream",
        "frames_borrowed/1000",
        "header_reads/1000",
        2.0,
        "borrowed frames, of 1,000",
    ),
    (
        "stream",
        "frames_borrowed/1000000",
        "header_reads/1000000",
        2.0,
        "borrowed frames, of 1,000,000",
    ),
    (
        "attached_data",
        "unpack_3_lookups",
        "bare_walk",
        2.5,
        "20 pairs: unpack, 3 typed look-ups",
    ),
    (
        "model",
        "decode_and_apply",
        "decode",
        3.0,
        "decoding and a model, over a centre's traffic",
    ),
];

/// Figure of `benches/peers`, the factor by which it should be slower than typed decoding, the
/// description.
const PEERS: &[(&str, f64, &str)] = &[
    ("deku", 8.0, "`deku`, owned"),
    ("binrw", 8.0, "`binrw`, owned"),
    ("nom_owned", 8.0, "plain nom parser, owned"),
    (
        "rusmpp_borrowed",
        1.0,
        "`rusmpp`, borrowed, SMPP of the same size",
    ),
];

/// The median of a benchmark in nanoseconds, from the build directory of its package.
fn median(target: &str, group: &str, figure: &str) -> Option<f64> {
    let target = std::env::var_os("CARGO_TARGET_DIR").unwrap_or_else(|| target.into());
    let path = Path::new(&target)
        .join("criterion")
        .join(group)
        .join(figure)
        .join("new/estimates.json");
    let estimates: serde_json::Value =
        serde_json::from_str(&fs::read_to_string(path).ok()?).ok()?;
    estimates.get("median")?.get("point_estimate")?.as_f64()
}

fn main() {
    println!("| figure | baseline | ratio | to reach |");
    println!("|---|---|---|---|");
    for (group, figure, baseline, reach, what) in ROWS {
        match (
            median("target", group, figure),
            median("target", group, baseline),
        ) {
            (Some(time), Some(base)) => {
                println!("| {what} | {base:.1} ns | {:.2} | ≤ {reach} |", time / base);
            }
            _ => println!("| {what} | not measured | | ≤ {reach} |"),
        }
    }
    println!();
    println!("| typed decode by others' means | cti-codec | ratio | to reach |");
    println!("|---|---|---|---|");
    for (means, reach, what) in PEERS {
        for (sample, fields) in [
            ("begin_call_4", 4),
            ("delivered_14", 14),
            ("delivered_30", 30),
        ] {
            let median = |means| {
                let group = format!("peers_{sample}");
                median("benches/peers/target", &group, means)
            };
            match (median(means), median("cti_codec")) {
                (Some(time), Some(base)) => println!(
                    "| {what}, {fields} floating fields | {base:.1} ns | {:.1} | ≥ {reach} |",
                    time / base
                ),
                _ => println!("| {what}, {fields} floating fields | not measured | | ≥ {reach} |"),
            }
        }
    }
}
