//! JSON.

use super::*;

#[test]
fn json_is_the_flat_object_of_the_samples() {
    let text = br#"{"Custom_Float": "16.64", "GSW_CALL_RESULT": 28, "GSW_TZ_OFFSET": -34200, "GSW_USER_EVENT": "PreviewRecord"}"#;
    let data = json::read(text).unwrap();
    assert_eq!(
        data.view().get(keys::CALL_RESULT).unwrap().name(),
        Some("UNKNOWN")
    );
    assert_eq!(MessageType::of(&data), Ok(MessageType::PreviewRecord));
    assert_eq!(
        json::write(data.view()),
        r#"{"Custom_Float":"16.64","GSW_CALL_RESULT":28,"GSW_TZ_OFFSET":-34200,"GSW_USER_EVENT":"PreviewRecord"}"#,
        "on one line"
    );
}

#[test]
fn a_message_is_the_object_of_its_data() {
    use cti_codec::gsw::DesktopMessage;
    use cti_codec::gsw::messages::{OwnedMessage, RecordProcessedAcknowledge};

    let done = RecordProcessedAcknowledge {
        record_handle: Some(283),
        ..Default::default()
    };
    let data = done.to_attached_data_as_received();
    let object = serde_json::to_string(&done).unwrap();
    assert_eq!(object, json::write(data.view()));
    assert!(object.contains(r#""GSW_RECORD_HANDLE":283"#), "{object}");
    let message = DesktopMessage::from(done);
    assert_eq!(serde_json::to_string(&message).unwrap(), object);
    let owned = OwnedMessage::from(&message);
    assert_eq!(serde_json::to_string(&owned).unwrap(), object);
}

#[test]
fn json_escapes_what_it_has_no_word_for() {
    let mut data = AttachedDataBuf::new();
    data.push("b", ValueBuf::Binary(vec![0, 255]));
    data.push("s", ValueBuf::Str(vec![0xe9]));
    data.push("u", ValueBuf::Unicode(b"text".to_vec()));
    data.push("x", ValueBuf::Unicode(vec![0xe9]));
    let compact = |data: &AttachedDataBuf| serde_json::to_string(data).unwrap();
    assert_eq!(
        compact(&data),
        r#"{"b":{"$binary":"00ff"},"s":{"$string":"e9"},"u":{"$unicode":"text"},"x":{"$unicode-hex":"e9"}}"#
    );
    let mut repeats = AttachedDataBuf::new();
    repeats.push("k", 1);
    repeats.push("k", data.clone());
    repeats.push([0xe9], 2);
    let text = compact(&repeats);
    assert!(
        text.starts_with(r#"{"$list":[["k",1],["k",{"b":"#)
            && text.ends_with(r#"[{"$string":"e9"},2]]}"#),
        "{text}"
    );
    let mut looks_alike = AttachedDataBuf::new();
    let mut inner = AttachedDataBuf::new();
    inner.push("$binary", "00");
    looks_alike.push("k", inner);
    for list in [data, repeats, looks_alike] {
        assert_eq!(json::read(compact(&list).as_bytes()).unwrap(), list);
        assert_eq!(
            json::read(json::write(list.view()).as_bytes()).unwrap(),
            list
        );
        assert_eq!(
            serde_json::from_str::<AttachedDataBuf>(&compact(&list)).unwrap(),
            list
        );
    }
    let mut twice = AttachedDataBuf::new();
    twice.push("k", 1);
    twice.push("k", 2);
    assert_eq!(
        compact(&twice),
        r#"{"$list":[["k",1],["k",2]]}"#,
        "other readers drop members that repeat"
    );
    // Members that repeat are duplicates, as in any other form.
    assert_eq!(json::read(br#"{"k": 1, "k": 2}"#).unwrap().view().len(), 2);
}

#[test]
fn errors_of_json_name_their_place() {
    let error = |text: &str| {
        let error = json::read(text.as_bytes()).unwrap_err();
        (error.line, error.message)
    };
    assert_eq!(
        json::read(b"{\n \"k\": }").unwrap_err().to_string(),
        "expected value at line 2 column 7"
    );
    for (text, says) in [
        ("{\n\"k\": 1.5}", "floating point"),
        ("{\n\"k\": true}", "boolean"),
        ("{\n\"k\": [1]}", "key, type and value"),
        ("{\n\"k\": [{\"key\": \"a\"}]}", "key, type and value"),
        (
            "{\n\"k\": [{\"key\": \"a\", \"value\": 1, \"x\": 2}]}",
            "key, type and value",
        ),
        (
            "{\n\"k\": [{\"key\": \"a\", \"value\": \"x\", \"type\": \"int\"}]}",
            "another type",
        ),
        (
            "{\n\"k\": [{\"key\": \"a\", \"value\": 1, \"type\": \"date\"}]}",
            "another type",
        ),
        ("{\n\"k\": 9223372036854775808}", "beyond 64 bits"),
        ("{\n\"k\": {\"$binary\": \"0\"}}", "hex"),
        ("{\n\"k\": {\"$binary\": \"+1\"}}", "hex"),
        ("{\n\"k\": {\"$binary\": \"00\", \"a\": 1}}", "beside"),
        ("{\n\"k\": 1, \"$x\": 1}", "$list"),
        ("{\n\"$list\": [[1, 2]]}", "a key is a string"),
        ("{\n\"$list\": [[\"k\"]]}", "a key and a value"),
        ("{\n\"$list\": [[\"k\", 1, 2]]}", "a key and a value"),
        ("\n7", "object"),
        ("\n{} {}", "trailing"),
    ] {
        let (line, message) = error(text);
        assert!(message.contains(says), "{text}: {message}");
        assert!(line == 2 || says == "object", "{text}: line {line}");
    }
}

#[test]
fn json_of_another_shape_is_told_what_was_expected() {
    for (text, error) in [
        (
            "1.5",
            "invalid type: floating point `1.5`, expected a string, an integer or an object",
        ),
        (
            r#"{"k": [1]}"#,
            "invalid type: integer `1`, expected an object with key, type and value",
        ),
        (
            r#"{"$list": 1}"#,
            "invalid type: integer `1`, expected an array of pairs",
        ),
        (
            r#"{"$list": [1]}"#,
            "invalid type: integer `1`, expected a key and a value",
        ),
        (
            r#"{"$list": [[{"$binary": "00"}, 1]]}"#,
            "a key is a string",
        ),
    ] {
        assert_eq!(json::read(text.as_bytes()).unwrap_err().message, error);
    }
    // What says no place has none.
    let limits = Limits {
        max_bytes: 1,
        ..Limits::default()
    };
    assert_eq!(
        json::read_with(b"{}", limits).unwrap_err().to_string(),
        "list larger than the limit of 1 bytes at line 0 column 0"
    );
}

#[test]
fn null_is_a_value_that_is_not_shown() {
    let data =
        json::read(br#"{"GSW_PHONE": null, "GSW_CALL_RESULT": 7, "l": {"x": null}}"#).unwrap();
    assert_eq!(data.view().value("GSW_PHONE"), Some(Value::Hidden));
    let text = json::write(data.view());
    assert_eq!(json::read(text.as_bytes()).unwrap(), data, "{text}");
    assert!(data.view().find(keys::PHONE).is_err(), "it cannot be read");
    // A message has it all the same.
    let mut list = AttachedDataBuf::new();
    list.push("GSW_USER_EVENT", "PreviewRecord");
    list.push("GSW_PHONE", ValueBuf::Hidden);
    let message = DesktopMessage::from_attached_data(&list).unwrap();
    let DesktopMessage::PreviewRecord(record) = &message else {
        panic!("{message:?}");
    };
    assert_eq!(
        (record.phone, record.unlisted.value("GSW_PHONE")),
        (None, Some(Value::Hidden))
    );
    assert_eq!(message.to_attached_data_as_received(), list);
    let findings = MessageType::PreviewRecord.check_received(&list);
    assert!(
        findings.iter().all(|finding| finding.key != "GSW_PHONE"),
        "what is hidden is not missing: {findings:?}"
    );
    assert!(message.pack().is_err());
}

#[test]
fn workspace_has_types_beside_values() {
    let text = r#"[
        {"key": "Segment", "type": "str", "value": "gold"},
        {"value": 12, "type": "int", "key": "Visits"},
        {"key": "Customer", "type": "kvlist", "value": [
            {"key": "Name", "type": "str", "value": "Jo Doe"},
            {"key": "Deep", "type": "kvlist", "value": []}
        ]},
        {"key": "n", "type": "int", "value": "13"},
        {"key": "s", "type": "str", "value": 14},
        {"key": "Hidden", "type": "str", "value": null},
        {"key": "Untyped", "value": 1}
    ]"#;
    let data = json::read(text.as_bytes()).unwrap();
    assert_eq!(
        json::write(data.view()),
        r#"{"Segment":"gold","Visits":12,"Customer":{"Name":"Jo Doe","Deep":{}},"n":13,"s":"14","Hidden":null,"Untyped":1}"#
    );
    let written = json::write_workspace(data.view()).unwrap();
    assert_eq!(json::read(written.as_bytes()).unwrap(), data);
    assert!(
        written.contains(r#"{"key":"Visits","type":"int","value":12}"#),
        "{written}"
    );
    let mut unicode = AttachedDataBuf::new();
    unicode.push("u", ValueBuf::Unicode(b"x".to_vec()));
    assert_eq!(
        json::write_workspace(unicode.view()).unwrap(),
        r#"[{"key":"u","type":"str","value":"x"}]"#
    );
    for value in [ValueBuf::Binary(vec![1]), ValueBuf::Str(vec![0xe9])] {
        let mut inner = AttachedDataBuf::new();
        inner.push("k\u{1b}", value);
        let mut list = AttachedDataBuf::new();
        list.push("l", inner);
        let error = json::write_workspace(list.view()).unwrap_err();
        assert!(error.to_string().starts_with("k\\u{1b}: "), "{error}");
    }
}

/// Three levels of JSON a list, and as many lists as any reader follows.
#[test]
fn lists_of_any_depth_that_is_written_come_back() {
    let mut data = AttachedDataBuf::new();
    for _ in 0..64 {
        let mut outer = AttachedDataBuf::new();
        outer.push("k", data.clone());
        outer.push("k", 1);
        data = outer;
    }
    let limits = Limits {
        max_depth: 64,
        max_bytes: usize::MAX,
    };
    let text = json::write(data.view());
    assert_eq!(json::read_with(text.as_bytes(), limits).unwrap(), data);
    let text = json::write_workspace(data.view()).unwrap();
    assert_eq!(json::read_with(text.as_bytes(), limits).unwrap(), data);
    let deep = format!(
        "{}1{}",
        "[{\"key\":\"a\",\"value\":".repeat(10_000),
        "}]".repeat(10_000)
    );
    assert!(json::read_with(deep.as_bytes(), limits).is_err());
}
