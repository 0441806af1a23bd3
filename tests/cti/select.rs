//! What of a capture is shown: sessions, types, times, agents, calls; several files, compressed ones,
//! and one that grows.

use std::io::{BufRead, BufReader, Write};
use std::process::{Command, Stdio};

use serde_json::Value;

use super::centre::capture;
use super::run::{PROGRAM, Temporary, ran, shown};

/// Messages as `session:name`, holes as `session:missing`.
fn told(args: &[&str], files: &[&Temporary]) -> Vec<String> {
    let mut all = vec!["--to", "json"];
    all.extend(args);
    all.extend(files.iter().map(|file| file.name()));
    let got = ran("decode", &all, b"");
    assert_eq!(got.status, Some(0), "{}", got.err);
    got.out
        .lines()
        .map(|line| {
            let object: Value = serde_json::from_str(line).unwrap();
            let name = object["message"].as_str().unwrap_or("missing");
            format!("{}:{name}", object["session"])
        })
        .collect()
}

fn only<'a>(told: &'a [String], session: &str) -> Vec<&'a str> {
    told.iter()
        .filter_map(|one| one.strip_prefix(session)?.strip_prefix(':'))
        .collect()
}

#[test]
fn a_session_is_named_by_number_or_address() {
    let file = Temporary::new("session.pcap", &capture());
    let all = told(&[], &[&file]);
    let two: Vec<_> = all.iter().filter(|one| one.starts_with("2:")).collect();
    assert!(two.len() > 10);
    for name in ["2", "10.1.1.31:50102", "10.1.1.31"] {
        assert_eq!(
            told(&["--session", name], &[&file])
                .iter()
                .collect::<Vec<_>>(),
            two
        );
    }
    let both = told(
        &["--session", "2", "--session", "4", "--type", "open_req"],
        &[&file],
    );
    assert_eq!(both, ["2:OPEN_REQ", "4:OPEN_REQ"]);
    // The hole of the third session is one of its own.
    let third = told(&["--session", "10.1.1.32"], &[&file]);
    assert!(third.contains(&"3:missing".to_owned()), "{third:?}");
    assert!(!two.contains(&&"2:missing".to_owned()));
    // Text says which sessions begin and end, of those that are asked for only.
    let text = ran("decode", &["--session", "4", file.name()], b"");
    assert_eq!(text.err, "");
    assert!(text.out.contains("session 4: client 10.1.1.33:50104"));
    assert!(!text.out.contains("session 1"), "{}", text.out);
    let wrong = ran("decode", &["--session", "there", file.name()], b"");
    assert_eq!(wrong.status, Some(2));
    assert!(wrong.err.contains("10.1.1.20:50001"), "{}", wrong.err);
}

#[test]
fn times_are_inclusive_and_what_came_before_counts() {
    let file = Temporary::new("times.pcap", &capture());
    let all = told(&[], &[&file]);
    let one = told(
        &[
            "--since",
            "2024-11-19T07:06:51Z",
            "--until",
            "2024-11-19T08:06:51.09+01:00",
        ],
        &[&file],
    );
    assert_eq!(one, ["2:ANSWER_CALL_REQ", "2:ANSWER_CALL_CONF"]);
    let clock = told(
        &["--utc", "--since", "07:07:06", "--until", "07:07:06"],
        &[&file],
    );
    assert_eq!(clock, ["2:TRANSFER_CALL_REQ"]);
    // Before the end of the capture, which is at 50.011 s.
    let last = told(&["--since", "-10s"], &[&file]);
    assert_eq!(
        last,
        [
            "1:HEARTBEAT_REQ",
            "1:HEARTBEAT_CONF",
            "2:CLOSE_REQ",
            "2:CLOSE_CONF"
        ]
        .into_iter()
        .filter(|one| all.contains(&(*one).to_owned()))
        .collect::<Vec<_>>()
    );
    // The version is that of the OPEN_REQ, though that is not shown.
    let text = ran(
        "decode",
        &[
            "--since",
            "2024-11-19T07:07:20Z",
            "--session",
            "1",
            file.name(),
        ],
        b"",
    );
    assert_eq!((text.err.as_str(), text.status), ("", Some(0)));
    assert!(!text.out.contains("OPEN_REQ"));
    // A log has no such times.
    let log = ran(
        "decode",
        &["--since", "10:15"],
        super::run::SAMPLE.as_bytes(),
    );
    assert_eq!((log.out.as_str(), log.status), ("", Some(1)));
    assert!(log.err.contains("captures only"), "{}", log.err);
    let wrong = ran("decode", &["--until", "late", file.name()], b"");
    assert_eq!(wrong.status, Some(2));
}

#[test]
fn an_agent_is_followed_by_login_extension_and_instrument() {
    let file = Temporary::new("agent.pcap", &capture());
    let got = told(&["--agent", "JDOE"], &[&file]);
    // By the extension, in the session that sees all.
    let wallboard = only(&got, "1");
    assert_eq!(
        wallboard,
        [
            "AGENT_STATE_EVENT",
            "AGENT_STATE_EVENT",
            "CALL_DELIVERED_EVENT",
            "CALL_ESTABLISHED_EVENT",
            "BEGIN_CALL_EVENT",
            "CALL_TRANSFERRED_EVENT",
        ]
    );
    // Answers come with their requests, whatever they hold.
    let own = only(&got, "2");
    for name in [
        "SET_AGENT_STATE_CONF",
        "ANSWER_CALL_CONF",
        "CONTROL_FAILURE_CONF",
    ] {
        assert!(own.contains(&name), "{name}: {own:?}");
    }
    assert!(!own.contains(&"CLOSE_REQ"));
    // Nothing of others: the call to asmith comes from jdoe, the next one does not.
    assert_eq!(only(&got, "3"), ["CALL_DELIVERED_EVENT", "missing"]);
    assert_eq!(only(&got, "4"), [""; 0]);
    // By extension it is the same agent.
    assert_eq!(told(&["--agent", "2006"], &[&file]), got);
    // asmith's login is told later than the first message of the desktop.
    let other = told(&["--agent", "asmith"], &[&file]);
    assert!(only(&other, "3").contains(&"HOLD_CALL_REQ"), "{other:?}");
    assert!(!only(&other, "1").contains(&"CALL_ESTABLISHED_EVENT"));
    assert_eq!(told(&["--agent", "nobody"], &[&file]), ["3:missing"]);
}

#[test]
fn a_call_is_followed_through_consult_and_transfer() {
    let file = Temporary::new("call.pcap", &capture());
    let got = told(&["--call", "16777507"], &[&file]);
    assert_eq!(
        only(&got, "1"),
        [
            "BEGIN_CALL_EVENT",
            "CALL_QUEUED_EVENT",
            "CALL_DELIVERED_EVENT",
            "CALL_ESTABLISHED_EVENT",
            "BEGIN_CALL_EVENT",
            "CALL_TRANSFERRED_EVENT",
        ]
    );
    let own = only(&got, "2");
    for name in [
        "CONSULT_CALL_REQ",
        "CONSULT_CALL_CONF",
        "TRANSFER_CALL_CONF",
        "END_CALL_EVENT",
    ] {
        assert!(own.contains(&name), "{name}: {own:?}");
    }
    assert!(!own.contains(&"MAKE_CALL_REQ"));
    // From the consult call back to the first one, in hex.
    assert_eq!(told(&["--call", "0x1000126"], &[&file]), got);
    let other = told(&["--call", "16777600"], &[&file]);
    assert_eq!(other, ["1:CALL_DELIVERED_EVENT", "3:missing"]);
    // From a pipe there is one look only: what comes before the transfer stays apart.
    let piped = ran(
        "decode",
        &["--to", "json", "--call", "16777510"],
        &capture(),
    );
    assert!(!piped.out.contains("CALL_QUEUED_EVENT"));
    assert!(piped.out.contains("CALL_TRANSFERRED_EVENT"));
    assert!(piped.out.contains("END_CALL_EVENT"));
}

/// The packets of a pcap file.
fn packets(file: &[u8]) -> Vec<Vec<u8>> {
    let mut rest = &file[24..];
    let mut packets = Vec::new();
    while !rest.is_empty() {
        let length = u32::from_le_bytes(rest[8..12].try_into().unwrap()) as usize;
        let (packet, behind) = rest.split_at(16 + length);
        packets.push(packet.to_vec());
        rest = behind;
    }
    packets
}

#[test]
fn several_files_are_one_time_line() {
    let whole = capture();
    let head = &whole[..24];
    // No two at the same time, as nothing tells the order of those.
    let mut packets = packets(&whole);
    for (index, packet) in packets.iter_mut().enumerate() {
        let nanoseconds = u32::from_le_bytes(packet[4..8].try_into().unwrap()) + index as u32;
        packet[4..8].copy_from_slice(&nanoseconds.to_le_bytes());
    }
    let whole = [head, &packets.concat()].concat();
    let expected = told(&[], &[&Temporary::new("whole.pcap", &whole)]);
    // A ring buffer, in whatever order the shell gives its files.
    let parts: Vec<_> = packets
        .chunks(7)
        .enumerate()
        .map(|(at, part)| {
            let file = [head, &part.concat()].concat();
            Temporary::new(&format!("ring-{at}.pcap"), &file)
        })
        .collect();
    let mut files: Vec<_> = parts.iter().collect();
    assert!(files.len() > 5);
    files.reverse();
    assert_eq!(told(&[], &files), expected);
    // Two taps, each of which has seen every other packet.
    let of = |odd: usize| {
        let part: Vec<_> = packets.iter().skip(odd).step_by(2).cloned().collect();
        [head, &part.concat()].concat()
    };
    let one = Temporary::new("tap-1.pcap", &of(0));
    let two = Temporary::new("tap-2.pcap", &of(1));
    assert_eq!(told(&[], &[&two, &one]), expected);
    // One of them is missing, and the rest is shown all the same.
    let gone = ran(
        "decode",
        &["--to", "json", two.name(), "no such file", one.name()],
        b"",
    );
    assert_eq!(gone.status, Some(1));
    assert_eq!(gone.out.lines().count(), expected.len());
}

#[test]
fn compressed_files_are_read() {
    let whole = capture();
    let expected = told(&[], &[&Temporary::new("plain.pcap", &whole)]);
    let gzip = {
        let mut out = flate2::write::GzEncoder::new(Vec::new(), flate2::Compression::default());
        out.write_all(&whole).unwrap();
        out.finish().unwrap()
    };
    let zstd =
        ruzstd::encoding::compress_to_vec(&whole[..], ruzstd::encoding::CompressionLevel::Fastest);
    let lz4 = {
        let mut out = lz4_flex::frame::FrameEncoder::new(Vec::new());
        out.write_all(&whole).unwrap();
        out.finish().unwrap()
    };
    // In pieces, each packed by itself, as loggers do that go on with a file.
    let (one, two) = whole.split_at(whole.len() / 3);
    let pieces = [one, two].map(|piece| {
        ruzstd::encoding::compress_to_vec(piece, ruzstd::encoding::CompressionLevel::Fastest)
    });
    let file = Temporary::new("pieces.pcap.zst", &pieces.concat());
    assert_eq!(told(&[], &[&file]), expected);
    let pieces = [one, two].map(|piece| {
        let mut out = flate2::write::GzEncoder::new(Vec::new(), flate2::Compression::default());
        out.write_all(piece).unwrap();
        out.finish().unwrap()
    });
    let file = Temporary::new("pieces.pcap.gz", &pieces.concat());
    assert_eq!(told(&[], &[&file]), expected);
    for (name, bytes) in [("gz", gzip), ("zst", zstd), ("lz4", lz4)] {
        let file = Temporary::new(&format!("packed.pcap.{name}"), &bytes);
        assert_eq!(told(&[], &[&file]), expected, "{name}");
        // In the order of their times, too.
        let twice = told(&[], &[&file, &file]);
        assert_eq!(twice, expected, "duplicates are dropped: {name}");
        // Cut short, what is there is shown, and that it is cut is told.
        let cut = &bytes[..bytes.len() / 2];
        let got = ran("decode", &[], cut);
        assert_eq!(got.status, Some(1), "{name}");
        assert!(got.err.contains("standard input: "), "{name}: {}", got.err);
    }
    // Logs, as well.
    let log = {
        let mut out = flate2::write::GzEncoder::new(Vec::new(), flate2::Compression::default());
        out.write_all(super::run::SAMPLE.as_bytes()).unwrap();
        out.finish().unwrap()
    };
    assert_eq!(shown(&[], &log), shown(&[], super::run::SAMPLE.as_bytes()));
}

#[test]
fn a_file_is_followed_as_it_grows() {
    let whole = capture();
    let middle = whole.len() / 2;
    let file = Temporary::new("grows.pcap", &whole[..middle]);
    let mut child = Command::new(PROGRAM)
        .args(["decode", "--follow", "--to", "json", file.name()])
        .stdin(Stdio::null())
        .stdout(Stdio::piped())
        .spawn()
        .unwrap();
    let mut lines = BufReader::new(child.stdout.take().unwrap()).lines();
    let first = lines.next().unwrap().unwrap();
    assert!(first.contains("OPEN_REQ"), "{first}");
    let mut more = std::fs::OpenOptions::new()
        .append(true)
        .open(&file.0)
        .unwrap();
    more.write_all(&whole[middle..]).unwrap();
    let last = lines.find(|line| line.as_ref().unwrap().contains("CLOSE_CONF"));
    assert!(last.is_some());
    child.kill().unwrap();
    child.wait().unwrap();
    let two = ran("decode", &["--follow", file.name(), file.name()], b"");
    assert_eq!(two.status, Some(2), "{}", two.err);
}

/// The lines that a program prints, each of which has to come before long.
struct Follower {
    child: std::process::Child,
    lines: std::sync::mpsc::Receiver<String>,
    told: std::sync::mpsc::Receiver<String>,
}

impl Follower {
    fn of(file: &str) -> Self {
        let mut child = Command::new(PROGRAM)
            .args(["decode", "--follow", "--to", "json", file])
            .stdin(Stdio::null())
            .stdout(Stdio::piped())
            .stderr(Stdio::piped())
            .spawn()
            .unwrap();
        let lines = come(child.stdout.take().unwrap());
        let told = come(child.stderr.take().unwrap());
        Self { child, lines, told }
    }

    fn next(&self) -> Value {
        serde_json::from_str(&before_long(&self.lines)).unwrap()
    }
}

impl Drop for Follower {
    fn drop(&mut self) {
        let _ = self.child.kill();
        let _ = self.child.wait();
    }
}

fn come(read: impl std::io::Read + Send + 'static) -> std::sync::mpsc::Receiver<String> {
    let (send, receive) = std::sync::mpsc::channel();
    std::thread::spawn(move || {
        for line in BufReader::new(read).lines() {
            if send.send(line.unwrap()).is_err() {
                return;
            }
        }
    });
    receive
}

fn before_long(lines: &std::sync::mpsc::Receiver<String>) -> String {
    let patience = std::time::Duration::from_secs(120);
    lines.recv_timeout(patience).expect("a line")
}

fn rotated(file: &Temporary) -> String {
    let name = file.name();
    format!("cti decode: {name}: replaced or truncated; reading on from its beginning")
}

fn heartbeat(invoke_id: u8) -> String {
    format!(
        "10:15:00 got:\n00000000: 00 00 00 04 00 00 00 05 00 00 00 {invoke_id:02x}\n10:15:01 x\n"
    )
}

#[test]
fn a_log_that_is_rotated_is_followed_by_its_name() {
    let file = Temporary::new("rotates.log", heartbeat(1).as_bytes());
    let follower = Follower::of(file.name());
    let invoke_id = |object: &Value| object["fields"]["InvokeID"].clone();
    assert_eq!(invoke_id(&follower.next()), 1);
    // Renamed, and written to once more before there is a new one.
    let old = Temporary::new("rotates.log.1", b"");
    std::fs::rename(&file.0, &old.0).unwrap();
    let mut more = std::fs::OpenOptions::new()
        .append(true)
        .open(&old.0)
        .unwrap();
    more.write_all(heartbeat(2).as_bytes()).unwrap();
    assert_eq!(invoke_id(&follower.next()), 2);
    std::fs::write(&file.0, heartbeat(3)).unwrap();
    assert_eq!(invoke_id(&follower.next()), 3);
    assert_eq!(before_long(&follower.told), rotated(&file));
    // Truncated where it is, as copytruncate does.
    let mut again = std::fs::OpenOptions::new()
        .append(true)
        .open(&file.0)
        .unwrap();
    again.write_all(heartbeat(4).as_bytes()).unwrap();
    assert_eq!(invoke_id(&follower.next()), 4);
    again.set_len(0).unwrap();
    assert_eq!(before_long(&follower.told), rotated(&file));
    again.write_all(heartbeat(5).as_bytes()).unwrap();
    assert_eq!(invoke_id(&follower.next()), 5);
}

#[test]
fn sessions_go_on_in_the_next_file_of_a_capture() {
    let whole = capture();
    let all = {
        let file = Temporary::new("whole.pcap", &whole);
        told(&[], &[&file])
    };
    // Cut between two packets, with a header for the rest.
    let (mut middle, mut packets) = (24, 0);
    while middle < whole.len() / 2 {
        let length = whole[middle + 8..middle + 12].try_into().unwrap();
        middle += 16 + u32::from_le_bytes(length) as usize;
        packets += 1;
    }
    assert!(packets > 10);
    let file = Temporary::new("ring.pcap", &whole[..middle]);
    let follower = Follower::of(file.name());
    let mut names = vec![follower.next()];
    let next = Temporary::new("ring.next", &[&whole[..24], &whole[middle..]].concat());
    std::fs::rename(&next.0, &file.0).unwrap();
    // What is missing at the end is told at the end, and there is none.
    let messages = all.iter().filter(|one| !one.ends_with(":missing")).count();
    while names.len() < messages {
        let object = follower.next();
        if object["message"].is_string() {
            names.push(object);
        }
    }
    // Other connections are told of as well.
    while before_long(&follower.told) != rotated(&file) {}
    let one = |object: &Value| {
        let name = object["message"].as_str().unwrap();
        format!("{}:{name}", object["session"])
    };
    let names: Vec<String> = names.iter().map(one).collect();
    let all: Vec<String> = all
        .into_iter()
        .filter(|one| !one.ends_with(":missing"))
        .collect();
    assert_eq!(names, all);
}
