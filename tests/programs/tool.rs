//! The tool `cti`, where its feature is on.

use std::io::Write;
use std::process::{Command, Output, Stdio};

use super::run::Ran;
use super::sample::SAMPLE;

fn cti(args: &[&str]) -> Option<Output> {
    let program = option_env!("CARGO_BIN_EXE_cti")?;
    Some(Command::new(program).args(args).output().unwrap())
}

/// Where the tool is. Tests of what only the tool has need its feature.
pub(crate) fn program() -> &'static str {
    option_env!("CARGO_BIN_EXE_cti").expect("the feature cli is on")
}

/// Runs a command of the tool with this on standard input.
pub(crate) fn output(name: &str, args: &[&str], input: &[u8]) -> Output {
    let mut child = Command::new(program())
        .arg(name)
        .args(args)
        .stdin(Stdio::piped())
        .stdout(Stdio::piped())
        .stderr(Stdio::piped())
        .spawn()
        .unwrap();
    let mut stdin = child.stdin.take().unwrap();
    std::thread::scope(|scope| {
        // A program that has seen enough closes its end.
        scope.spawn(move || drop(stdin.write_all(input)));
        child.wait_with_output().unwrap()
    })
}

pub(crate) fn ran(name: &str, args: &[&str], input: &[u8]) -> Ran {
    let output = output(name, args, input);
    Ran {
        out: String::from_utf8(output.stdout).unwrap(),
        err: String::from_utf8(output.stderr).unwrap(),
        status: output.status.code(),
    }
}

/// What `decode` shows of an input that has nothing wrong with it.
#[track_caller]
pub(crate) fn shown(args: &[&str], input: &[u8]) -> String {
    let ran = ran("decode", args, input);
    assert_eq!((ran.err.as_str(), ran.status), ("", Some(0)));
    ran.out
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
    let expected = super::run::shown(&["--to", "json"], SAMPLE.as_bytes());
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
