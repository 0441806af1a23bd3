//! The summary of a capture.

use serde_json::{Value, json};

use super::centre::capture;
use super::run::Temporary;
use super::run::ran;

fn sum(args: &[&str], file: &[u8]) -> Value {
    let got = ran(
        "decode",
        &[&["--summary", "--to", "json"], args].concat(),
        file,
    );
    assert_eq!((got.err.as_str(), got.status), ("", Some(0)));
    assert_eq!(got.out.lines().count(), 1);
    serde_json::from_str(&got.out).unwrap()
}

#[test]
fn a_capture_is_summed_up() {
    let file = capture();
    let sum = sum(&[], &file);
    assert_eq!(sum["capture"]["from"], "2024-11-19T07:06:40.000000000Z");
    assert_eq!(sum["capture"]["to"], "2024-11-19T07:07:30.011000000Z");
    let packets = {
        let mut rest = &file[24..];
        let mut count = 0;
        while !rest.is_empty() {
            let length = u32::from_le_bytes(rest[8..12].try_into().unwrap()) as usize;
            rest = &rest[16 + length..];
            count += 1;
        }
        count
    };
    assert_eq!(sum["capture"]["packets"], packets);
    let sessions = &sum["sessions"];
    assert_eq!(sessions["count"], 4);
    assert_eq!(
        sessions["opened"],
        json!({"before the capture": 1, "opened": 2, "refused: E_CTI_SERVER_NOT_MASTER": 1})
    );
    // A session that was refused one version and given another counts here, too.
    assert_eq!(
        sessions["refusals"],
        json!({"E_CTI_INVALID_VERSION": 1, "E_CTI_SERVER_NOT_MASTER": 1})
    );
    assert_eq!(sessions["lost"]["reset by the server"], 1);
    assert_eq!(sessions["list"].as_array().unwrap().len(), 4);
    assert_eq!(sessions["list"][2]["holes"], 1);
    assert_eq!(
        sum["holes"],
        json!({"lost": {"count": 1, "bytes": 180}, "cut": {"count": 0, "bytes": 0}})
    );
    assert_eq!(sum["messages"]["OPEN_REQ"]["count"], 4);
    assert_eq!(
        sum["messages"]["HEARTBEAT_CONF"],
        json!({"id": 6, "count": 3, "bytes": 36, "undecodable": 0, "findings": 0})
    );
    // A failure is an answer; the median of an even number is the lower one of the middle.
    let open = &sum["requests"]["OPEN_REQ"];
    assert_eq!(
        (&open["count"], &open["answered"], &open["unanswered"]),
        (&json!(4), &json!(4), &json!(0))
    );
    assert_eq!(open["failed"], sessions["refusals"]);
    assert_eq!(
        (&open["median_ns"], &open["p99_ns"]),
        (&json!(9_000_000), &json!(13_000_000))
    );
    let make = &sum["requests"]["MAKE_CALL_REQ"];
    assert_eq!(make["failed"], json!({"CF_INVALID_DESTINATION": 1}));
    // Those of the third session were lost, or never sent.
    assert_eq!(sum["requests"]["HOLD_CALL_REQ"]["unanswered"], 1);
    assert_eq!(sum["requests"]["ANSWER_CALL_REQ"]["unanswered"], 1);
    // A request at the beginning of a capture comes out later than its answer.
    assert_eq!(sum["requests"]["HEARTBEAT_REQ"]["unanswered"], 0);
    assert_eq!(sum["unread"][0]["protocol"], "TLS 1.2");
    assert_eq!(
        sum["unread"][1],
        json!({"protocol": "nothing", "ended": "refused by the server", "connections": 1, "bytes": 0})
    );
}

#[test]
fn a_selection_is_summed_up() {
    let file = Temporary::new("summary.pcap", &capture());
    let sum = sum(&["--type", "HEARTBEAT_REQ", file.name()], b"");
    assert_eq!(sum["messages"].as_object().unwrap().len(), 1);
    // Answers count, though their type is not asked for.
    assert_eq!(sum["requests"].as_object().unwrap().len(), 1);
    assert_eq!(sum["requests"]["HEARTBEAT_REQ"]["answered"], 3);
    let one = self::sum(&["--session", "4", file.name()], b"");
    assert_eq!(one["sessions"]["count"], 1);
    assert_eq!(one["unread"], json!([]));
}

#[test]
fn the_summary_is_a_table_for_people() {
    let got = ran("decode", &["--summary", "--utc"], &capture());
    assert_eq!((got.err.as_str(), got.status), ("", Some(0)));
    for line in [
        "  from     2024-11-19T07:06:40.000000000Z to 2024-11-19T07:07:30.011000000Z",
        "  requests to open refused          2  E_CTI_INVALID_VERSION 1, E_CTI_SERVER_NOT_MASTER 1",
        "  MAKE_CALL_REQ            1   50 ms   50 ms              CF_INVALID_DESTINATION 1",
        "  HOLD_CALL_REQ            1                           1",
        "  1 hole        180 bytes lost",
    ] {
        assert!(
            got.out.lines().any(|one| one == line),
            "{line}\n{}",
            got.out
        );
    }
    assert!(
        got.out
            .contains("TLS 1.2, 71 bytes, closed; cannot be read")
    );
    assert!(!got.out.contains("undecodable  "));
    // Logs have messages only.
    let log = ran("decode", &["--summary"], super::run::SAMPLE.as_bytes());
    assert_eq!(log.err, "");
    assert!(log.out.starts_with("messages "), "{}", log.out);
    assert!(!log.out.contains("sessions"));
}
