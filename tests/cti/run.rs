//! Runs the tool as people do.

use std::io::Write;
use std::path::PathBuf;
use std::process::{Command, Output, Stdio};

pub(crate) const PROGRAM: &str = env!("CARGO_BIN_EXE_cti");

/// Runs the tool with this on standard input.
pub(crate) fn cti(args: &[&str], input: &[u8]) -> Output {
    let mut child = Command::new(PROGRAM)
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

/// Runs a command of the tool.
pub(crate) fn output(name: &str, args: &[&str], input: &[u8]) -> Output {
    cti(&[&[name], args].concat(), input)
}

pub(crate) struct Ran {
    pub(crate) out: String,
    pub(crate) err: String,
    pub(crate) status: Option<i32>,
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

/// A file of its own that goes when the test ends.
pub(crate) struct Temporary(pub(crate) PathBuf);

impl Temporary {
    pub(crate) fn new(name: &str, bytes: &[u8]) -> Self {
        let path = std::env::temp_dir().join(format!("cti-{}-{name}", std::process::id()));
        std::fs::write(&path, bytes).unwrap();
        Self(path)
    }

    pub(crate) fn name(&self) -> &str {
        self.0.to_str().unwrap()
    }
}

impl Drop for Temporary {
    fn drop(&mut self) {
        let _ = std::fs::remove_file(&self.0);
    }
}

/// The sample of the guide, as a trace.
pub(crate) const SAMPLE: &str = include_str!("../../examples/data/queued_call.trace");
