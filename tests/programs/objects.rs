//! What `encode` takes for an object, and what it refuses.

use super::run::*;

#[test]
fn objects_may_take_several_lines() {
    let object: serde_json::Value = serde_json::from_str(HEARTBEAT_JSON).unwrap();
    let pretty = serde_json::to_string_pretty(&object).unwrap();
    let array = serde_json::to_string_pretty(&[&object, &object]).unwrap();
    for (text, count) in [
        (pretty.clone(), 1),
        (
            format!("{pretty}\n{pretty}\n{HEARTBEAT_JSON}{HEARTBEAT_JSON}"),
            4,
        ),
        (array, 2),
        (format!("[{HEARTBEAT_JSON},{HEARTBEAT_JSON}]"), 2),
    ] {
        assert_eq!(packed(&[], text.as_bytes()), HEARTBEAT.repeat(count));
    }
    // Lines count from the beginning of the input.
    let wrong = ran(
        "encode",
        &["--to", "hex"],
        format!("{pretty}\n\n{pretty}x\n{pretty}").as_bytes(),
    );
    assert_eq!(wrong.out.matches("# HEARTBEAT_REQ").count(), 3);
    let line = pretty.lines().count() * 2 + 1;
    assert!(
        wrong.err.contains(&format!("line {line}: not an object")),
        "{}",
        wrong.err
    );
}

#[test]
fn keys_that_are_given_twice_are_refused() {
    for text in [
        r#"{"message":"HEARTBEAT_REQ","message":"CLOSE_REQ","fields":{"InvokeID":7}}"#,
        r#"{"message":"HEARTBEAT_REQ","fields":{"InvokeID":7,"InvokeID":8}}"#,
        r#"{"message":"BEGIN_CALL_EVENT","fields":{"NamedVariables":[{"name":"a","value":"b"}],"NamedVariables":[]}}"#,
    ] {
        let refused = ran("encode", &[], text.as_bytes());
        assert_eq!((refused.out.as_str(), refused.status), ("", Some(1)));
        assert!(refused.err.contains("is given twice"), "{}", refused.err);
    }
}

#[test]
fn bytes_of_ones_own_are_refused() {
    for (text, word) in [
        (r#"{"id":3,"hex":"00"}"#, "OPEN_REQ"),
        (
            r#"{"message":"HEARTBEAT_REQ","hex":"00000007"}"#,
            "HEARTBEAT_REQ",
        ),
        (r#"{"id":5,"length":5,"hex":"00000007"}"#, "length"),
        (r#"{"id":999,"length":3,"hex":"6869"}"#, "length"),
    ] {
        let refused = ran("encode", &[], text.as_bytes());
        assert_eq!(
            (refused.out.as_str(), refused.status),
            ("", Some(1)),
            "{text}"
        );
        assert!(refused.err.contains(word), "{}", refused.err);
    }
    // Received ones are not.
    let text = r#"{"id":5,"length":5,"hex":"0000000701"}"#;
    assert_eq!(packed(&[], text.as_bytes()), CUT_HEARTBEAT);
    let text = r#"{"id":5,"hex":"0000000701","error":"why"}"#;
    assert_eq!(packed(&[], text.as_bytes()), CUT_HEARTBEAT);
    let text = r#"{"id":999,"hex":"6869"}"#;
    assert_eq!(packed(&[], text.as_bytes()).len(), 10);
}

#[test]
fn a_body_counts_as_long_as_the_rest_is_not_changed() {
    let mut bytes = vec![0, 0, 0, 20, 0, 0, 0, 24];
    bytes.extend([
        0, 0, 0, 0, 0, 0, 0, 1, 0, 21, 0, 0, 0, 0, 0, 1, 25, 2, b'4', b'2',
    ]);
    let object = shown(&["--to", "json"], &bytes);
    assert!(object.contains(r#""body""#), "{object}");
    assert_eq!(packed(&[], object.as_bytes()), bytes);
    let edited = object.replace(r#""42""#, r#""43""#);
    let ran = ran("encode", &["--to", "hex"], edited.as_bytes());
    assert_eq!(ran.status, Some(0));
    let text = ran.out.replace(' ', "");
    assert!(
        text.contains("3433") && !text.contains("3432"),
        "{}",
        ran.out
    );
}

#[test]
fn an_open_req_that_cannot_be_read_stops_its_file() {
    let event = r#"{"message":"AGENT_STATE_EVENT","fields":{"AgentID":"a"}}"#;
    let broken = format!("{{\"message\":\"OPEN_REQ\",,}}\n{event}\n");
    let stopped = ran("encode", &[], broken.as_bytes());
    assert_eq!((stopped.out.as_str(), stopped.status), ("", Some(1)));
    assert!(
        stopped.err.contains("the rest is not packed"),
        "{}",
        stopped.err
    );
    // One that is refused has told the version all the same.
    let refused = r#"{"message":"OPEN_REQ","fields":{"VersionNumber":18,"IdleTimeout":5}}"#;
    let after = run("encode", &[], format!("{refused}\n{event}\n").as_bytes());
    assert_eq!(after.status.code(), Some(1));
    assert_eq!(after.stdout, packed(&["--version", "18"], event.as_bytes()));
}

#[test]
fn each_file_is_a_session() {
    let dir = std::env::temp_dir().join(format!("cti-codec-objects-{}", std::process::id()));
    std::fs::create_dir_all(&dir).unwrap();
    let event = r#"{"message":"AGENT_STATE_EVENT","fields":{"AgentID":"a"}}"#;
    let open = r#"{"message":"OPEN_REQ","fields":{"InvokeID":1,"VersionNumber":18,"IdleTimeout":60,"ServicesRequested":["CTI_SERVICE_ALL_EVENTS"],"ClientID":"","ClientPassword":{"hex":""}}}"#;
    let (first, second) = (dir.join("1.json"), dir.join("2.json"));
    std::fs::write(&first, open).unwrap();
    std::fs::write(&second, event).unwrap();
    let files = [first.to_str().unwrap(), second.to_str().unwrap()];
    let both = packed(&files, b"");
    assert!(both.ends_with(&packed(&[], event.as_bytes())));
    assert!(!both.ends_with(&packed(&["--version", "18"], event.as_bytes())));
    std::fs::remove_dir_all(dir).unwrap();
}
