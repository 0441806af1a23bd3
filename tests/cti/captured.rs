//! Which messages of a capture are shown, and how they are counted.

use serde_json::{Value, json};

use super::made::{Made, frame, heartbeat, heartbeat_conf};
use super::run::{Temporary, output, ran, shown};

fn sum(args: &[&str], file: &[u8]) -> Value {
    let args = [&["--summary", "--to", "json"], args].concat();
    serde_json::from_str(&shown(&args, file)).unwrap()
}

/// The `CallID`s of what is shown, and for other messages their names.
fn calls(args: &[&str], file: &Temporary) -> Vec<String> {
    let objects = shown(&[&["--to", "json"], args, &[file.name()]].concat(), b"");
    let one = |line: &str| {
        let object: Value = serde_json::from_str(line).unwrap();
        match object.pointer("/fields/CallID") {
            Some(call) => call.to_string(),
            None => object["message"].as_str().unwrap().to_owned(),
        }
    };
    objects.lines().map(one).collect()
}

fn ended(device: &str, call: u32) -> Vec<u8> {
    frame(&format!(
        r#"{{"message":"END_CALL_EVENT","fields":{{"ConnectionDeviceType":"CONNECTION_ID_STATIC","CallID":{call},"ConnectionDeviceID":"{device}"}}}}"#
    ))
}

fn ready(agent: &str, extension: &str) -> Vec<u8> {
    frame(&format!(
        r#"{{"message":"AGENT_STATE_EVENT","fields":{{"AgentState":"AGENT_STATE_READY","AgentExtension":"{extension}","AgentInstrument":"{extension}","AgentID":"{agent}"}}}}"#
    ))
}

/// A phone is the first agent's from the beginning on, and another's as soon as that one is there.
#[test]
fn a_phone_that_two_agents_use_is_each_ones_in_turn() {
    let mut made = Made::new();
    made.server(1, &ended("2006", 1))
        .server(1, &ready("jdoe", "2006"))
        .server(1, &ended("2006", 2))
        .server(1, &ready("asmith", "2006"))
        .server(1, &ended("2006", 3));
    let file = Temporary::new("turns.pcap", &made.file());
    assert_eq!(
        calls(&["--agent", "jdoe"], &file),
        ["1", "AGENT_STATE_EVENT", "2"]
    );
    assert_eq!(
        calls(&["--agent", "asmith"], &file),
        ["AGENT_STATE_EVENT", "3"]
    );
}

/// One message names several agents with their phones.
#[test]
fn each_agent_of_a_list_has_a_phone() {
    let list = r#"{"message":"CONFIG_AGENT_EVENT","fields":{"Records":[{"LoginID":"jdoe","Extension":"2006"},{"LoginID":"asmith","Extension":"2007"}]}}"#;
    let mut made = Made::new();
    made.server(1, &frame(list))
        .server(1, &ended("2006", 1))
        .server(1, &ended("2007", 2));
    let file = Temporary::new("list.pcap", &made.file());
    for (agent, call) in [("jdoe", "1"), ("asmith", "2")] {
        let got = calls(&["--agent", agent], &file);
        assert_eq!(got, ["CONFIG_AGENT_EVENT", call], "{agent}");
    }
}

#[test]
fn calls_are_followed_from_one_transfer_to_the_next() {
    let transferred = |primary: u32, secondary: u32| {
        frame(&format!(
            r#"{{"message":"CALL_TRANSFERRED_EVENT","fields":{{"PrimaryDeviceType":"CONNECTION_ID_STATIC","PrimaryCallID":{primary},"SecondaryDeviceType":"CONNECTION_ID_STATIC","SecondaryCallID":{secondary},"TransferringDeviceType":"DEVID_AGENT_DEVICE","TransferredDeviceType":"DEVID_AGENT_DEVICE","LocalConnectionState":"LCS_CONNECT","PrimaryDeviceID":"2006","SecondaryDeviceID":"2006","TransferringDeviceID":"2006","TransferredDeviceID":"2007"}}}}"#
        ))
    };
    let mut made = Made::new();
    for call in 1..=4 {
        made.server(1, &ended("2006", call));
    }
    made.server(1, &transferred(1, 2))
        .server(1, &transferred(2, 3));
    let file = Temporary::new("chain.pcap", &made.file());
    let got = calls(&["--call", "3"], &file);
    let event = "CALL_TRANSFERRED_EVENT";
    assert_eq!(got, ["1", "2", "3", event, event]);
}

fn two_sessions_with_ten_seconds_between() -> Vec<u8> {
    Made::new()
        .client(1, &heartbeat(1))
        .server(1, &heartbeat_conf(1))
        .at(10_000)
        .client(2, &heartbeat(2))
        .server(2, &heartbeat_conf(2))
        .file()
}

#[test]
fn either_bound_of_a_time_counts_by_itself() {
    let file = Temporary::new("bounds.pcap", &two_sessions_with_ten_seconds_between());
    for (bound, session) in [("--until", 1), ("--since", 2)] {
        let objects = shown(&["--to", "json", bound, "-5s", file.name()], b"");
        let sessions: Vec<Value> = objects
            .lines()
            .map(|line| serde_json::from_str::<Value>(line).unwrap()["session"].clone())
            .collect();
        assert_eq!(sessions, [session, session], "{bound}");
        // A session that was silent then is none of the sum.
        let sum = sum(&[bound, "-5s", file.name()], b"");
        assert_eq!(sum["sessions"]["count"], 1, "{bound}");
        assert_eq!(sum["sessions"]["list"][0]["session"], session, "{bound}");
    }
}

#[test]
fn a_message_that_cannot_be_read_makes_a_summary_fail() {
    // A floating field without its length.
    let cut = [0, 0, 0, 5, 0, 0, 0, 6, 0, 0, 0, 1, 1];
    let file = Made::new()
        .client(1, &heartbeat(1))
        .server(1, &cut)
        .server(1, &heartbeat_conf(1))
        .file();
    let got = ran("decode", &["--summary"], &file);
    assert_eq!((got.err.as_str(), got.status), ("", Some(1)), "{}", got.out);
    // Unless nobody asks for it.
    let other = ran("decode", &["--summary", "--type", "HEARTBEAT_REQ"], &file);
    assert_eq!(other.status, Some(0), "{}", other.out);
}

#[test]
fn answers_are_counted_for_their_own_requests() {
    // The second is answered first.
    let file = Made::new()
        .client(1, &heartbeat(1))
        .at(1_000)
        .client(1, &heartbeat(2))
        .at(2_000)
        .server(1, &heartbeat_conf(2))
        .at(3_000)
        .server(1, &heartbeat_conf(1))
        .file();
    let heartbeats = sum(&[], &file)["requests"]["HEARTBEAT_REQ"].clone();
    assert_eq!(
        (&heartbeats["median_ns"], &heartbeats["p99_ns"]),
        (&json!(1_000_000_000_u64), &json!(3_000_000_000_u64))
    );
    // As many as may be open at once, and one more.
    for (open, unanswered) in [(256, 0), (257, 1)] {
        let all = |message: fn(u32) -> Vec<u8>| (0..open).flat_map(message).collect::<Vec<u8>>();
        let file = Made::new()
            .client(1, &all(heartbeat))
            .server(1, &all(heartbeat_conf))
            .file();
        let heartbeats = &sum(&[], &file)["requests"]["HEARTBEAT_REQ"];
        assert_eq!(heartbeats["unanswered"], unanswered, "{open}");
    }
    // What fails is no attempt to open a session.
    let failure = frame(
        r#"{"message":"FAILURE_CONF","fields":{"InvokeID":1,"Status":"E_CTI_INVALID_FIELD"}}"#,
    );
    let file = Made::new()
        .client(1, &heartbeat(1))
        .server(1, &failure)
        .file();
    let sum = sum(&[], &file);
    assert_eq!(
        sum["requests"]["HEARTBEAT_REQ"]["failed"],
        json!({"E_CTI_INVALID_FIELD": 1})
    );
    assert_eq!(sum["sessions"]["refusals"], json!({}));
    assert_eq!(sum["sessions"]["opened"], json!({"no OPEN_REQ": 1}));
}

#[test]
fn what_comes_before_the_first_message_is_told_with_its_size() {
    let mut made = Made::in_the_middle();
    made.server(1, &[0x55; 30])
        .server(1, &heartbeat_conf(1))
        .client(1, &heartbeat(2))
        .server(1, &heartbeat_conf(2));
    let got = shown(&["--summary"], &made.file());
    let told = "  1 times  30 bytes before the first whole message";
    assert!(got.lines().any(|line| line == told), "{got}");
}

/// Only a capture tells which answer is to which request.
#[test]
fn the_summary_of_frames_has_no_requests() {
    let sum = sum(&[], &heartbeat(1));
    assert_eq!(sum["messages"]["HEARTBEAT_REQ"]["count"], 1);
    assert_eq!(sum.get("requests"), None);
}

/// A ring of many files is read with few of them open.
#[cfg(unix)]
#[test]
fn files_of_a_ring_are_opened_in_turn() {
    let files: Vec<Temporary> = (0..40)
        .map(|number| {
            let mut made = Made::new();
            made.at(i64::from(number) * 1_000)
                .client(number + 1, &heartbeat(number));
            Temporary::new(&format!("of-a-ring-{number}.pcap"), &made.file())
        })
        .collect();
    let got = std::process::Command::new("sh")
        .args(["-c", "ulimit -n 20; exec \"$0\" decode --to json \"$@\""])
        .arg(super::run::PROGRAM)
        .args(files.iter().rev().map(Temporary::name))
        .output()
        .unwrap();
    let told = String::from_utf8(got.stderr).unwrap();
    assert_eq!((told.as_str(), got.status.code()), ("", Some(0)));
    let objects = String::from_utf8(got.stdout).unwrap();
    let numbers: Vec<u64> = objects
        .lines()
        .map(|line| {
            let object: Value = serde_json::from_str(line).unwrap();
            object["fields"]["InvokeID"].as_u64().unwrap()
        })
        .collect();
    assert_eq!(numbers, (0..40).collect::<Vec<_>>());
}

/// With so many clients in networks alike, chance alone would give some the address of another.
#[test]
fn no_stand_in_is_the_address_of_another() {
    let address = |number: u32| {
        let (second, third, last) = (number % 10, number / 10 % 10, number * 5 % 9 + 1);
        format!("10.{second}.{third}.{last}")
    };
    let mut made = Made::with_addresses(address);
    for session in 1..=45 {
        made.client(session, &heartbeat(1));
    }
    let file = Temporary::new("addresses.pcap", &made.file());
    for _ in 0..6 {
        let args = ["--to", "json", "--redact", file.name()];
        let objects = shown(&args, b"");
        assert_eq!(objects.lines().count(), 45);
        for session in 1..=45 {
            let original = format!("\"{}:", address(session));
            assert!(!objects.contains(&original), "{original} {objects}");
        }
    }
}

#[test]
fn a_file_that_grows_cannot_be_redacted() {
    // A directory is there, and is no file that could be followed.
    let got = output("decode", &["--follow", "--redact", "."], b"");
    let told = String::from_utf8(got.stderr).unwrap();
    assert_eq!(got.status.code(), Some(2), "{told}");
    assert!(told.contains("goes without --follow"), "{told}");
}
