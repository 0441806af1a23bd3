//! Captures, by the library's own writer.

use cti_codec::capture::{Side, Time, Writer};

use super::run::*;
use super::sample::expected;

fn capture() -> Vec<u8> {
    let mut writer = Writer::new();
    for (index, frame) in expected().iter().enumerate() {
        let time = Time {
            nanoseconds: 1_732_000_000_123_456_000 + i64::try_from(index).unwrap() * 1_000_000_000,
            digits: 6,
        };
        let side = if index % 5 == 4 {
            Side::Client
        } else {
            Side::Server
        };
        writer.message(Some(time), side, frame.bytes());
    }
    writer.finish()
}

#[test]
fn a_capture_is_shown_by_sessions() {
    let bytes = capture();
    let objects = shown(&["--to", "json"], &bytes);
    let plain = shown(&["--to", "json"], &frames(&expected()));
    assert_eq!(objects.lines().count(), plain.lines().count());
    for (object, plain) in objects.lines().zip(plain.lines()) {
        let plain = plain.strip_suffix('}').unwrap();
        assert!(object.starts_with(plain), "{object}\n{plain}");
    }
    let first = objects.lines().next().unwrap();
    assert!(
        first.contains("\"time\":\"2024-11-19T07:06:40.123456000Z\",\"session\":1,\"client\":\""),
        "{first}"
    );
    assert!(first.ends_with("\"from\":\"server\"}"), "{first}");
    // Back again, what the capture says of them aside.
    assert_eq!(
        packed(&[], objects.as_bytes()).len(),
        frames(&expected()).len()
    );
    let text = shown(&["--utc"], &bytes);
    assert!(text.contains("session 1: client "), "{text}");
    assert!(
        text.contains("session 1, server, 2024-11-19T07:06:40.123456000Z"),
        "{text}"
    );
    // Ports.
    let none = ran("decode", &["--port", "1"], &bytes);
    assert_eq!((none.out.as_str(), none.status), ("", Some(1)));
    assert!(none.err.contains("--port auto"), "{}", none.err);
    assert_eq!(shown(&["--to", "json", "--port", "auto"], &bytes), objects);
    // The end of a file that is still written is ordinary.
    let cut = ran("decode", &["--to", "json"], &bytes[..bytes.len() - 3]);
    assert_eq!(cut.status, Some(0), "{}", cut.err);
    assert!(cut.err.contains("ends within a record"), "{}", cut.err);
}

#[test]
fn what_a_capture_lacks_stands_in_its_place() {
    let all = expected();
    let mut writer = Writer::new();
    let mut parts = Vec::new();
    for frame in &all {
        writer.message(None, Side::Server, frame.bytes());
        parts.push(writer.take());
    }
    parts.push(writer.finish());
    let lost = parts.remove(5);
    assert!(lost.len() > all[5].bytes().len());
    let got = ran("decode", &["--to", "json"], &parts.concat());
    assert_eq!(got.status, Some(0), "a hole is no bad frame: {}", got.err);
    let lines: Vec<&str> = got.out.lines().collect();
    assert_eq!(lines.len(), all.len());
    let size = all[5].bytes().len();
    assert!(
        lines[5].contains("\"from\":\"server\"")
            && lines[5].ends_with(&format!("\"missing\":{size}}}")),
        "{}",
        lines[5]
    );
    // On the way back it is told.
    let back = run("encode", &[], got.out.as_bytes());
    assert_eq!(back.status.code(), Some(0));
    assert!(String::from_utf8_lossy(&back.stderr).contains("line 6: a hole in the capture"));
    let text = shown(&[], &parts.concat());
    assert!(
        text.contains(&format!(
            "session 1: {size} bytes from the server were not captured"
        )),
        "{text}"
    );
}
