//! Runs the corpora of the fuzz targets through their oracles, so that what fuzzing has found once
//! is looked for on every run of the tests.
//!
//! `cargo test --test corpus -- --ignored` writes the seeds anew from the tables.
#![allow(
    clippy::unwrap_used,
    clippy::expect_used,
    clippy::panic,
    clippy::indexing_slicing,
    clippy::arithmetic_side_effects,
    clippy::cast_possible_truncation,
    reason = "helpers of tests"
)]

mod common;

use std::fs;
use std::path::PathBuf;

use common::hex;
use cti_codec::ccx::fuzzing::{self, Choices, Style, noise, sample};
use cti_codec::ccx::{LAYOUTS, Version};

type Oracle = fn(&[u8]);

/// Every fuzz target with its oracle.
const TARGETS: &[(&str, Oracle)] = &[
    ("ccx_frames", fuzzing::frames),
    ("ccx_decode", fuzzing::decode),
    ("ccx_second", fuzzing::second),
    ("ccx_structured", fuzzing::structured),
];

fn corpus(target: &str) -> PathBuf {
    let root = PathBuf::from(env!("CARGO_MANIFEST_DIR"));
    root.join("fuzz/corpus").join(target)
}

#[test]
fn every_corpus_passes_its_oracle() {
    for (target, oracle) in TARGETS {
        let mut files = 0;
        let mut bytes = 0;
        for file in fs::read_dir(corpus(target)).unwrap() {
            let path = file.unwrap().path();
            let data = fs::read(&path).unwrap();
            files += 1;
            bytes += data.len();
            if std::panic::catch_unwind(|| oracle(&data)).is_err() {
                panic!("{} fails", path.display());
            }
        }
        assert!(files > 0, "{target} has no corpus");
        // Small enough to live in the repository.
        assert!(
            files < 200 && bytes < 300_000,
            "{target}: {files} files, {bytes} bytes"
        );
    }
}

#[test]
fn every_target_is_one_line_and_is_replayed_here() {
    let root = PathBuf::from(env!("CARGO_MANIFEST_DIR"));
    let manifest = fs::read_to_string(root.join("fuzz/Cargo.toml")).unwrap();
    let mut files = 0;
    for file in fs::read_dir(root.join("fuzz/fuzz_targets")).unwrap() {
        let path = file.unwrap().path();
        let name = path.file_stem().unwrap().to_str().unwrap().to_owned();
        assert!(
            TARGETS.iter().any(|(target, _)| *target == name),
            "{name} is not replayed"
        );
        assert!(
            manifest.contains(&format!("name = \"{name}\"")),
            "{name} is not built"
        );
        files += 1;
    }
    assert_eq!(files, TARGETS.len());
}

#[test]
fn an_empty_input_is_no_panic() {
    for (_, oracle) in TARGETS {
        for data in [
            [].as_slice(),
            &[0],
            &[0, 0],
            &[0xff; 3],
            &[0; 64],
            &[0xff; 64],
        ] {
            oracle(data);
        }
    }
}

/// Any bytes, without a fuzzer: a little of what the targets do for hours.
#[test]
fn noise_passes_every_oracle() {
    for (_, oracle) in TARGETS {
        for seed in 0..2000 {
            let length = noise(seed, 1)[0];
            oracle(&noise(seed + 1, usize::from(length) * 2));
        }
    }
}

#[test]
#[ignore = "writes the seeds into fuzz/corpus"]
fn write_seeds() {
    let write = |target: &str, name: &str, data: &[u8]| {
        fs::create_dir_all(corpus(target)).unwrap();
        fs::write(corpus(target).join(format!("seed-{name}")), data).unwrap();
    };
    for (index, layout) in LAYOUTS.iter().enumerate() {
        // Versions change with the messages, the two that bring the most more often.
        let version = [14, 18, 10, 14, 18, 11, 12, 17][index % 8];
        let number = (0..9)
            .find(|at| Version::ALL[*at].number() == version)
            .unwrap();
        // Few choices make small messages; those with lists need some more.
        let lists = layout.floating.len() > 6;
        let bytes = noise(index as u64 + 1, if lists { 160 } else { 40 });
        let tree = sample(
            layout,
            Version::ALL[number],
            Style::Lawful,
            &mut Choices::new(&bytes),
        );
        let data = [[number as u8, index as u8].as_slice(), &tree.body()].concat();
        write("ccx_decode", layout.name, &data);
        write("ccx_second", layout.name, &data);
        let data = [[index as u8, number as u8, 1].as_slice(), &bytes].concat();
        write("ccx_structured", layout.name, &data);
    }
    let heartbeat = "00000004 00000005 00000001";
    let long = "00000100 00000007 00000001 00000002";
    for (name, data) in [
        ("one", format!("08 00 {heartbeat}")),
        ("cut", format!("08 02 03 08 {heartbeat} {heartbeat}")),
        (
            "empty-body",
            format!("08 02 02 05 00000000 ffffffff {heartbeat}"),
        ),
        (
            "over-the-limit",
            format!("01 01 07 00000010 00000001 {} {heartbeat}", "61".repeat(16)),
        ),
        ("never-ends", format!("08 01 09 {long}")),
        ("giant", "08 02 02 03 ffffffff 00000003 00000001".to_owned()),
        ("half-a-header", "08 00 000000".to_owned()),
    ] {
        write("ccx_frames", name, &hex(&data));
    }
}
