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
        json::write(data.view())
            .replace("\n ", "")
            .replace("  ", " ")
            .replace(['{', '}', '\n'], "")
            .trim(),
        r#""Custom_Float": "16.64", "GSW_CALL_RESULT": 28, "GSW_TZ_OFFSET": -34200, "GSW_USER_EVENT": "PreviewRecord""#
    );
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
        ("{\n\"k\": null}", "null"),
        ("{\n\"k\": [1]}", "sequence"),
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
            "invalid type: sequence, expected a string, an integer or an object",
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
