//! The tool `cti`, where its feature is on.

use std::process::{Command, Output};

use super::run::*;
use super::sample::SAMPLE;

fn cti(args: &[&str]) -> Option<Output> {
    let program = option_env!("CARGO_BIN_EXE_cti")?;
    Some(Command::new(program).args(args).output().unwrap())
}

#[test]
fn the_tool_has_the_programs_as_commands() {
    let file = concat!(
        env!("CARGO_MANIFEST_DIR"),
        "/examples/data/queued_call.trace"
    );
    let Some(shown_by_tool) = cti(&["decode", "--to", "json", file]) else {
        return;
    };
    assert_eq!(shown_by_tool.status.code(), Some(0));
    let expected = shown(&["--to", "json"], SAMPLE.as_bytes());
    assert_eq!(String::from_utf8(shown_by_tool.stdout).unwrap(), expected);
    let missing = cti(&["decode", "no such file"]).unwrap();
    assert_eq!(missing.status.code(), Some(1));
    let err = String::from_utf8(missing.stderr).unwrap();
    assert!(err.starts_with("cti decode: no such file: "), "{err}");
    for (what, words) in [
        ("man", &[".TH", "attached", "show"][..]),
        ("bash", &["complete", "--show-secrets"]),
        ("zsh", &["#compdef cti", "--show-secrets"]),
        ("fish", &["complete -c cti", "show-secrets"]),
    ] {
        let made = cti(&["generate", what]).unwrap();
        assert_eq!(made.status.code(), Some(0));
        let text = String::from_utf8(made.stdout).unwrap();
        for word in words {
            assert!(text.contains(word), "{word} in {what}");
        }
    }
}
