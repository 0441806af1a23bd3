//! Inputs in the style of the field, each the smallest of its kind, with their right outcome. All
//! names, numbers and addresses in them are made up.

use super::run::*;

/// What a program makes of a file.
fn of(program: &str, file: &str, args: &[&str]) -> Ran {
    let path = format!("{}/tests/data/field/{file}", env!("CARGO_MANIFEST_DIR"));
    let mut all = args.to_vec();
    all.push(&path);
    let mut got = ran(program, &all, b"");
    got.err = got.err.replace(&path, file);
    got.out = got.out.replace(&path, file);
    got
}

#[track_caller]
fn shows(file: &str, objects: &[&str]) {
    let got = of("decode", file, &["--to", "json"]);
    let out: Vec<&str> = got.out.lines().collect();
    assert_eq!(out.len(), objects.len(), "{} {}", got.out, got.err);
    for (got, expected) in out.iter().zip(objects) {
        assert!(got.contains(expected), "{expected} in {got}");
    }
    assert_eq!((got.err.as_str(), got.status), ("", Some(0)));
}

#[track_caller]
fn refuses(program: &str, file: &str, words: &str) {
    let got = of(program, file, &[]);
    assert_eq!((got.out.as_str(), got.status), ("", Some(1)), "{}", got.err);
    assert_eq!(got.err, format!("{program}: {file}: {words}\n"));
}

#[track_caller]
fn lists(file: &str, text: &str) {
    let got = of("attached_data", file, &[]);
    assert_eq!(
        (got.out.as_str(), got.err.as_str(), got.status),
        (text, "", Some(0))
    );
}

const END_OF_3308: &str = "\"CallID\":16790001,\"ConnectionDeviceID\":\"3308\"}";

#[test]
fn an_array_has_the_three_frames_that_were_sent() {
    shows(
        "1-rust-array.txt",
        &[
            r#"{"message":"FAILURE_CONF","id":1,"length":8,"fields":{"InvokeID":4,"#,
            r#"{"message":"HEARTBEAT_REQ","id":5,"length":4,"fields":{"InvokeID":10}}"#,
            r#"{"message":"HEARTBEAT_REQ","id":5,"length":4,"fields":{"InvokeID":11}}"#,
        ],
    );
}

#[test]
fn a_capture_is_read() {
    shows("2-capture.pcapng", &[END_OF_3308, r#""InvokeID":8}"#]);
    let got = of("attached_data", "2-capture.pcapng", &[]);
    assert_eq!((got.out.as_str(), got.status), ("", Some(1)));
    assert!(
        got.err
            .contains("a capture (pcapng), which is not read here"),
        "{}",
        got.err
    );
}

#[test]
fn a_compressed_log_is_read() {
    shows("2-server.log.gz", &[END_OF_3308]);
    refuses(
        "attached_data",
        "2-server.log.gz",
        "no attached data found: MHDR rows at line 2, which decode shows",
    );
}

#[test]
fn utf_16_is_read() {
    lists(
        "2-utf16.json",
        "2-utf16.json:1: attached data\n  GSW_PHONE          5550123\n  GSW_RECORD_HANDLE  12\n\n",
    );
}

#[test]
fn packets_of_tcpdump_lose_their_headers() {
    shows("2-tcpdump-X.txt", &[END_OF_3308]);
    refuses(
        "attached_data",
        "2-tcpdump-X.txt",
        "no attached data found: packets at line 1, whose bytes are not shown, or begin no packed list",
    );
}

#[test]
fn the_version_of_a_second_file_is_found_out() {
    let got = of("decode", "3-v18-second-file.log", &[]);
    assert_eq!(
        got.out,
        "   1  END_CALL_EVENT (24)  24 bytes at line 2, Nov 20 10:43:59.435 EDT, sent\n      \
         ConnectionDeviceType  CONNECTION_ID_STATIC\n      CallID                16790001\n      \
         ConnectionDeviceID    \"3308\"\n\n"
    );
    assert_eq!(got.status, Some(0));
    assert_eq!(
        got.err,
        "decode: 3-v18-second-file.log: frame 1 at line 2: read as version 18, as its fields have \
         ids of two bytes and no OPEN_REQ told; --version says otherwise\n"
    );
}

#[test]
fn frames_of_the_sister_protocol_are_told() {
    for args in [&[][..], &["--check"]] {
        let got = of("decode", "3-ged188-v20.bin", args);
        assert_eq!(got.status, Some(1));
        let words = "VersionNumber 20 is not of this protocol, which has 10 to 18; 19 and above \
                     are of the sister protocol of CTI Server, GED-188";
        assert!(got.err.contains(words), "{}", got.err);
    }
}

#[test]
fn a_line_costs_itself_and_not_its_list() {
    lists(
        "4-hidden-in-nested-list.log",
        "4-hidden-in-nested-list.log:1: attached data\n  Customer  list\n    Name  Jo Doe\n    \
         Card  (hidden)\n  Segment   gold\n  note: the trace hides 1 value\n\n",
    );
    lists(
        "4-address-of-two-lines.log",
        "4-address-of-two-lines.log:1: attached data\n  Address  1 Main Street\\n2nd floor\n  \
         Segment  gold\n\n",
    );
}

#[test]
fn what_stands_before_each_line_is_passed_over() {
    for file in ["5-syslog.log", "5-quoted-mail.log"] {
        let text = format!("{file}:1: attached data\n  Segment   gold\n  Attempts  2\n\n");
        lists(file, &text);
    }
    shows("5-grep-file-name.log", &[r#""ConnectionDeviceID":"3308""#]);
}
