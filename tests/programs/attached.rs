//! What `attached_data` shows, and in what forms.

use super::run::*;

const SAMPLE: &str = include_str!("../../examples/data/attached_data.log");

fn to(form: &str, args: &[&str], input: &[u8]) -> (String, String, Option<i32>) {
    let ran = ran("attached_data", &[&["--to", form], args].concat(), input);
    (ran.out, ran.err, ran.status)
}

#[test]
fn the_sample_is_explained() {
    let (text, err, status) = to("text", &[], SAMPLE.as_bytes());
    assert_eq!((err.as_str(), status), ("", Some(0)));
    for line in [
        "standard input:3: CampaignStarted, from the server to the desktop",
        "standard input:13: PreviewRecordRequest, a request of the desktop",
        "  GSW_CALL_RESULT                 7  (NO_ANSWER)",
        "  GSW_TZ_OFFSET                   7200  (UTC+02)",
        "  warning[missing] GSW_CPN_DIGITS: missing",
        "standard input:75: attached data",
        "    Target  Team North?:skill > 3",
    ] {
        assert!(
            text.lines().any(|printed| printed == line),
            "{line}\n{text}"
        );
    }
    assert!(
        !text.contains("note:"),
        "the sample's lengths are right: {text}"
    );
    let (_, _, status) = to("text", &["--check"], SAMPLE.as_bytes());
    assert_eq!(status, Some(1), "a request in it is forbidden");
}

#[test]
fn forms_convert_into_each_other() {
    let (trace, ..) = to("trace", &[], SAMPLE.as_bytes());
    let (json, ..) = to("json", &[], SAMPLE.as_bytes());
    let (packed, ..) = to("packed", &[], SAMPLE.as_bytes());
    let bytes: Vec<u8> = packed
        .lines()
        .flat_map(|line| cti_codec::ccx::dump::read_hex(line.as_bytes()).unwrap())
        .collect();
    let dump = cti_codec::ccx::dump::HexDump(&bytes).to_string();
    for (from, input) in [
        ("json", json.as_bytes()),
        ("packed", packed.as_bytes()),
        ("packed", &bytes),
        ("packed", dump.as_bytes()),
        ("trace", trace.as_bytes()),
    ] {
        for from in [from, "auto"] {
            let back = to("packed", &["--from", from], input);
            assert_eq!(back, (packed.clone(), String::new(), Some(0)));
            assert_eq!(to("json", &["--from", from], input).0, json);
        }
    }
}

#[test]
fn what_stands_before_each_line_does_not_matter() {
    let (json, ..) = to("json", &[], SAMPLE.as_bytes());
    let prefixes: [fn(usize) -> String; 4] = [
        |_| "> ".into(),
        |line| format!("Mar  1 10:{:02}:07 ocs2 OCServer[77]: ", line % 60),
        |line| format!("server.log:{line}:"),
        |line| format!("server.log{}{line}-", if line % 2 == 0 { ':' } else { '-' }),
    ];
    for prefix in prefixes {
        let log: String = SAMPLE
            .lines()
            .enumerate()
            .map(|(number, line)| format!("{}{line}\n", prefix(number + 1)))
            .collect();
        assert_eq!(
            to("json", &[], log.as_bytes()),
            (json.clone(), String::new(), Some(0)),
            "{log}"
        );
    }
}

#[test]
fn bad_input_does_not_keep_the_rest_back() {
    let log = format!("\tAttributeUserData\t[9] 00\n\t\tkey\tx\n{SAMPLE}");
    let (text, err, status) = to("text", &[], log.as_bytes());
    assert_eq!(status, Some(1));
    assert_eq!(
        err,
        "attached_data: standard input: line 2, column 3: 'key' and value expected\n"
    );
    assert!(text.contains("standard input:5: CampaignStarted"), "{text}");
    let (out, err, status) = to("packed", &[], b"{\"k\": 1}{\"k\": 1.5}\n{\"k\":2}");
    assert_eq!((out.lines().count(), status), (2, Some(1)));
    assert!(err.contains("line 1"), "{err}");
    for nothing in [
        &b"nothing of the kind"[..],
        b"",
        b"{main} up\nand running\n",
    ] {
        let (out, err, status) = to("text", &[], nothing);
        assert_eq!((out.as_str(), status), ("", Some(1)));
        assert!(err.contains("no attached data found"), "{err}");
    }
    // A log that begins like JSON.
    let log = format!("{{main}} up\n{SAMPLE}");
    let (json, ..) = to("json", &[], SAMPLE.as_bytes());
    assert_eq!(
        to("json", &[], log.as_bytes()),
        (json, String::new(), Some(0))
    );
    let (_, err, status) = to("text", &[], b"000");
    assert_eq!(status, Some(1));
    assert!(err.contains("odd number"), "{err}");
    // An array, as jq -s makes it.
    let (out, _, status) = to("packed", &[], b"[{\"a\":1},\n {\"a\":1}]");
    assert_eq!((out.lines().count(), status), (2, Some(0)));
    assert!(
        to("text", &[], b"\xef\xbb\xbf{\"k\": \"\"}")
            .0
            .contains("  k  (empty)\n")
    );
    let (_, err, status) = to("text", &["no such file", "."], b"");
    assert_eq!(status, Some(1));
    assert!(err.starts_with("attached_data: no such file: "), "{err}");
    assert!(
        err.contains("\nattached_data: .: is a directory\n"),
        "{err}"
    );
}

#[test]
fn what_is_missing_is_noted() {
    let log = "\tAttributeUserData\t[20] 00 01 00 00..\n\t\t'key'\t'abc'\n";
    let (text, _, status) = to("text", &[], log.as_bytes());
    assert!(
        text.contains("  note: the trace says 20 bytes, these pairs pack to 13\n"),
        "{text}"
    );
    assert_eq!(status, Some(0));
    let log = "\tAttributeUserData\t[20] 00 01 00 00..\n\t\t'key'\t*\n";
    let (text, ..) = to("text", &[], log.as_bytes());
    assert!(text.contains("  note: the trace hides 1 value\n"), "{text}");
}

#[test]
fn unknown_messages_count_with_check() {
    let list = br#"{"GSW_USER_EVENT":"NoSuchEvent"}"#;
    assert_eq!(to("text", &[], list).2, Some(0));
    let (text, _, status) = to("text", &["--check"], list);
    assert_eq!(status, Some(1));
    assert!(text.contains("  error: "), "{text}");
    let (_, err, status) = to("json", &["--check"], list);
    assert_eq!(status, Some(1));
    assert!(err.contains("error: "), "{err}");
    assert_eq!(to("text", &["--check"], br#"{"a":1}"#).2, Some(0));
}

/// What numbers stand for, times and zones with part of an hour too.
#[test]
fn numbers_have_their_meaning_beside_them() {
    for (key, value, meaning) in [
        ("GSW_TZ_OFFSET", "19800", "UTC+05:30"),
        ("GSW_TZ_OFFSET", "-12600", "UTC-03:30"),
        ("GSW_TZ_OFFSET", "20700", "UTC+05:45"),
        ("GSW_TZ_OFFSET", "0", "UTC+00"),
        ("GSW_FROM", "32400", "09:00:00"),
        ("GSW_FROM", "34230", "09:30:30"),
        ("GSW_UNTIL", "66660", "18:31:00"),
        ("GSW_READY_TIME", "5", "seconds"),
        ("GSW_CALL_TIME", "1616000000", "2021-03-17T16:53:20Z"),
        ("GSW_CALL_RESULT", "33", "CallResult::ANSWER"),
    ] {
        let list = format!("{{\"GSW_USER_EVENT\":\"PreviewRecord\",\"{key}\":{value}}}");
        let (text, ..) = to("text", &[], list.as_bytes());
        let line = text
            .lines()
            .find(|line| line.contains(key) && line.contains(value));
        let line = line.unwrap_or_else(|| panic!("{key}: {text}"));
        if key == "GSW_CALL_RESULT" {
            assert!(line.ends_with(')'), "{line}");
        } else {
            assert!(line.ends_with(&format!("({meaning})")), "{line}");
        }
    }
    // A time of no day, and a zone of no place, mean nothing.
    for (key, value) in [("GSW_FROM", "-1"), ("GSW_TZ_OFFSET", "999999")] {
        let list = format!("{{\"GSW_USER_EVENT\":\"PreviewRecord\",\"{key}\":{value}}}");
        let (text, ..) = to("text", &[], list.as_bytes());
        let line = text
            .lines()
            .find(|line| line.contains(key) && line.contains(value));
        assert!(line.is_some_and(|line| line.ends_with(value)), "{text}");
    }
}

#[test]
fn packed_lists_have_their_place() {
    let whole = "000101000161000400000001";
    let input = format!("{whole}\n{whole}\n0001ffffffff");
    let (out, err, status) = to("text", &[], input.as_bytes());
    assert_eq!(status, Some(1), "{out}");
    assert!(out.contains("standard input:2: attached data"), "{out}");
    assert!(
        err.contains("list at line 3: byte 24: the last 6 bytes are no packed list"),
        "{err}"
    );
    let bytes: Vec<u8> = input
        .lines()
        .flat_map(|line| cti_codec::ccx::dump::read_hex(line.as_bytes()).unwrap())
        .collect();
    let (out, err, status) = to("text", &[], &bytes);
    assert_eq!(status, Some(1), "{out}");
    assert!(out.contains("standard input#2: attached data"), "{out}");
    assert!(err.contains("byte 2"), "{err}");
    // Lists of 256 pairs begin with another byte than 0.
    let object: String = (0..300).map(|index| format!("\"k{index}\":1,")).collect();
    let object = format!("{{{}}}", object.trim_end_matches(','));
    let (packed, ..) = to("packed", &[], object.as_bytes());
    let bytes = cti_codec::ccx::dump::read_hex(packed.as_bytes()).unwrap();
    assert_eq!(bytes[..2], [1, 44]);
    for input in [packed.as_bytes(), &bytes] {
        assert_eq!(
            to("packed", &[], input),
            (packed.clone(), String::new(), Some(0))
        );
    }
}
