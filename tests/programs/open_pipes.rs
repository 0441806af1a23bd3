//! Pipes that stay open, and inputs too large to be held.

use std::io::{BufRead, BufReader, Read, Write};
use std::process::{Child, ChildStdin};
use std::sync::mpsc::{Receiver, channel};
use std::time::Duration;

use super::run::*;
use super::sample::SAMPLE;

/// A program that runs, with the lines that it has printed.
struct Open {
    child: Child,
    stdin: Option<ChildStdin>,
    lines: Receiver<String>,
}

impl Open {
    fn new(name: &str, args: &[&str]) -> Self {
        let mut child = command(name, args).spawn().unwrap();
        let stdout = BufReader::new(child.stdout.take().unwrap());
        let (send, lines) = channel();
        std::thread::spawn(move || {
            for line in stdout.lines() {
                if send.send(line.unwrap()).is_err() {
                    return;
                }
            }
        });
        Self {
            stdin: child.stdin.take(),
            child,
            lines,
        }
    }

    fn write(&mut self, bytes: &[u8]) {
        let stdin = self.stdin.as_mut().unwrap();
        stdin.write_all(bytes).unwrap();
        stdin.flush().unwrap();
    }

    /// The next line, which comes while the input is open. It may take as long as a slow machine
    /// needs; what hangs would take for ever.
    fn line(&self) -> String {
        self.lines.recv_timeout(Duration::from_secs(120)).unwrap()
    }

    /// The most memory that the program has had, in KiB.
    #[cfg(target_os = "linux")]
    fn peak(&self) -> u64 {
        let status = std::fs::read_to_string(format!("/proc/{}/status", self.child.id())).unwrap();
        let line = status.lines().find(|line| line.starts_with("VmHWM:"));
        let mut words = line.unwrap().split_ascii_whitespace();
        words.nth(1).unwrap().parse().unwrap()
    }

    fn end(mut self) -> Option<i32> {
        drop(self.stdin.take());
        let mut err = String::new();
        let mut stderr = self.child.stderr.take().unwrap();
        stderr.read_to_string(&mut err).unwrap();
        self.child.wait().unwrap().code()
    }
}

#[test]
fn what_comes_is_shown_while_more_may_come() {
    let trace =
        "MHDR:    0000: 00 00 00 04 00 00 00 05 ........\nMDATA:   0000: 00 00 00 07 ....\n";
    let hex = "00 00 00 04 00 00 00 05 00 00 00 07\n";
    let dump = "00000000: 0000 0004 0000 0005 0000 0007  ............\n";
    for input in [HEARTBEAT, trace.as_bytes(), hex.as_bytes(), dump.as_bytes()] {
        let mut open = Open::new("decode", &["--to", "json"]);
        for _ in 0..2 {
            open.write(input);
            assert_eq!(open.line(), HEARTBEAT_JSON);
        }
        assert_eq!(open.end(), Some(0));
    }
    let mut open = Open::new("encode", &["--to", "hex"]);
    for _ in 0..2 {
        open.write(format!("{HEARTBEAT_JSON}\n").as_bytes());
        assert_eq!(open.line(), "# HEARTBEAT_REQ, 4 bytes");
        assert!(open.line().starts_with("00000000  00 00 00 04"));
        assert_eq!(open.line(), "");
    }
    assert_eq!(open.end(), Some(0));
    // A list whose printed length says that it is whole, and one that the next line ends.
    let list = "\tAttributeUserData\t[13] 00 01 00 00..\n\t\t'key'\t'abc'\n";
    let mut open = Open::new("attached_data", &[]);
    open.write(list.as_bytes());
    assert_eq!(open.line(), "standard input:1: attached data");
    let rest: Vec<String> = (0..2).map(|_| open.line()).collect();
    assert_eq!(rest, ["  key  abc", ""]);
    open.write(list.replace("13", "16").as_bytes());
    open.write(b"another line\n");
    assert_eq!(open.line(), "standard input:3: attached data");
    assert_eq!(open.end(), Some(0));
    let mut open = Open::new("attached_data", &["--to", "packed"]);
    open.write(b"{\"a\":1}");
    assert_eq!(open.line(), "000101000161000400000001");
    open.write(b"{\"a\":\n2}\n");
    assert_eq!(open.line(), "000101000161000400000002");
    assert_eq!(open.end(), Some(0));
}

/// Memory does not grow with the input: 5 MB more cost the programs less than 3.
#[cfg(target_os = "linux")]
#[test]
fn memory_is_flat() {
    let frames = super::sample::expected();
    let frames = super::run::frames(&frames);
    let zeros = [0; 4096];
    let lists = b"\tAttributeUserData\t[13] 00 01 00 00..\n\t\t'key'\t'abc'\n";
    let one_line = [b'x'; 4096];
    let cases: [(&str, &[&str], &[u8]); 9] = [
        ("decode", &["--type", "1"], &frames),
        ("decode", &["--type", "1"], SAMPLE.as_bytes()),
        ("decode", &[], &zeros),
        ("decode", &[], &one_line),
        (
            "decode",
            &["--from", "hex", "--type", "1"],
            b"00000004 00000005 00000007 ",
        ),
        ("encode", &[], HEARTBEAT_JSON.as_bytes()),
        ("attached_data", &["--to", "packed"], lists),
        ("attached_data", &["--to", "packed"], b"{}\n"),
        ("attached_data", &[], &one_line),
    ];
    for (name, args, input) in cases {
        let mut peaks = Vec::new();
        for megabytes in [1, 6] {
            let mut open = Open::new(name, args);
            let input = input.repeat((1 << 20) / input.len());
            for _ in 0..megabytes {
                open.write(&input);
                while open.lines.try_recv().is_ok() {}
            }
            peaks.push(open.peak());
            drop(open.stdin.take());
            open.child.kill().unwrap();
            open.child.wait().unwrap();
        }
        assert!(
            peaks[1] < peaks[0] + 3 * 1024,
            "{name} {args:?}: {peaks:?} KiB"
        );
    }
}

#[test]
fn standard_input_is_read_without_being_named() {
    let shown = ran("decode", &["--to", "json"], HEARTBEAT);
    assert_eq!(shown.out, format!("{HEARTBEAT_JSON}\n"));
    assert_eq!((shown.err.as_str(), shown.status), ("", Some(0)));
    let shown = ran("attached_data", &["--to", "packed"], b"{\"a\":1}");
    assert_eq!(shown.out, "000101000161000400000001\n");
    assert_eq!((shown.err.as_str(), shown.status), ("", Some(0)));
    assert_eq!(ran("attached_data", &[], b"").status, Some(1));
    // The sample, for whoever asks.
    let shown = ran("attached_data", &["--sample", "--to", "packed"], b"");
    assert_eq!((shown.out.lines().count(), shown.status), (7, Some(0)));
    assert!(shown.err.contains("bundled sample"));
}
