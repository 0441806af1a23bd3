//! What a terminal on standard input means.

use std::process::{Command, Stdio};

use super::made::heartbeat;
use super::run::{PROGRAM, Temporary};

/// Runs a command with nothing typed.
fn at_terminal(args: &[&str]) -> String {
    let pair = nix::pty::openpty(None, None).unwrap();
    let got = Command::new(PROGRAM)
        .args(args)
        .stdin(Stdio::from(pair.slave))
        .stdout(Stdio::piped())
        .stderr(Stdio::null())
        .output()
        .unwrap();
    assert_eq!(got.status.code(), Some(0));
    String::from_utf8(got.stdout).unwrap()
}

/// The sample is for those who give nothing to read.
#[test]
fn a_file_is_shown_at_a_terminal_and_not_the_sample() {
    let file = Temporary::new("terminal.bin", &heartbeat(7));
    let shown = at_terminal(&["decode", "--to", "json", file.name()]);
    assert_eq!(shown.lines().count(), 1, "{shown}");
    assert!(shown.contains("\"InvokeID\":7"), "{shown}");
    assert_eq!(at_terminal(&["decode", "--to", "json"]).lines().count(), 20);
}
