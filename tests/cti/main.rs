//! The tool `cti` as its users run it. Without its feature there is nothing to test, so the gate runs
//! this by name: `cargo test --features cli --test cti`.
#![allow(
    clippy::unwrap_used,
    clippy::expect_used,
    clippy::panic,
    clippy::indexing_slicing,
    clippy::arithmetic_side_effects,
    clippy::cast_possible_truncation,
    clippy::cast_possible_wrap,
    missing_docs,
    reason = "helpers of tests"
)]

mod captured;
#[path = "../common/centre.rs"]
mod centre;
mod cookbook;
mod forms;
mod lists;
mod made;
mod redact;
mod run;
mod select;
mod summary;
#[cfg(unix)]
mod terminal;

use cti_codec::ccx::dump::TraceReader;

use run::cti;

const FILE: &str = concat!(
    env!("CARGO_MANIFEST_DIR"),
    "/examples/data/queued_call.trace"
);

#[test]
fn the_tool_has_the_programs_as_commands() {
    let shown = cti(&["decode", "--to", "json", FILE], b"");
    assert_eq!(shown.status.code(), Some(0));
    assert_eq!(shown.stdout.split(|byte| *byte == b'\n').count(), 21);
    let packed = cti(&["encode"], &shown.stdout);
    assert_eq!(packed.status.code(), Some(0));
    let mut reader = TraceReader::new();
    let mut bytes = 0;
    for line in std::fs::read_to_string(FILE).unwrap().lines() {
        reader.line(line.as_bytes());
        while let Some(traced) = reader.next_frame() {
            bytes += traced.unwrap().frame.bytes().len();
        }
    }
    assert_eq!(packed.stdout.len(), bytes);
    let list = cti(
        &["attached-data", "--to", "json"],
        b"0001010003525452000400000073\n",
    );
    assert_eq!(list.stdout, b"{\"RTR\":115}\n");
    let missing = cti(&["decode", "no such file"], b"");
    assert_eq!(missing.status.code(), Some(1));
    let err = String::from_utf8(missing.stderr).unwrap();
    assert!(err.starts_with("cti decode: no such file: "), "{err}");
}

#[test]
fn it_describes_itself() {
    for (what, words) in [
        ("man", &[".TH", "attached", "show"][..]),
        ("bash", &["complete", "--show-secrets"]),
        ("zsh", &["#compdef cti", "--show-secrets"]),
        ("fish", &["complete -c cti", "show-secrets"]),
    ] {
        let made = cti(&["generate", what], b"");
        assert_eq!(made.status.code(), Some(0));
        let text = String::from_utf8(made.stdout).unwrap();
        for word in words {
            assert!(text.contains(word), "{word} in {what}");
        }
    }
}
