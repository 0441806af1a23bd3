//! Objects from text, without a tree: keys in any order and given twice, and what is no JSON.

use super::*;
use cti_codec::ccx::json::{Document, Malformed};

fn pack(text: &str, version: Version) -> Result<(Packed, Vec<u8>), JsonError> {
    let document: Document = serde_json::from_str(text).unwrap();
    let mut out = BytesMut::new();
    let packed = document.pack(version, &mut out)?;
    Ok((packed, out.to_vec()))
}

/// The members of all objects the other way round.
fn turned(value: Value) -> Value {
    match value {
        Value::Object(object) => {
            let members = object.into_iter().rev();
            Value::Object(members.map(|(key, value)| (key, turned(value))).collect())
        }
        Value::Array(elements) => elements.into_iter().map(turned).collect(),
        other => other,
    }
}

#[test]
fn keys_may_stand_in_any_order() {
    each_message(4, |_, version, bytes| {
        let object = to_json(&bytes, version);
        let expected = read(&object, version);
        assert_eq!(pack(&object.to_string(), version), expected);
        let turned = turned(object);
        assert_eq!(read(&turned, version), expected, "{turned}");
        assert_eq!(pack(&turned.to_string(), version), expected, "{turned}");
    });
}

#[test]
fn a_key_that_is_given_twice_is_refused() {
    for (text, path) in [
        (r#"{"id":6,"fields":{},"id":6}"#, "HEARTBEAT_CONF.id"),
        (
            r#"{"id":6,"fields":{"InvokeID":1,"InvokeID":1}}"#,
            "HEARTBEAT_CONF.InvokeID",
        ),
        (
            r#"{"id":30,"fields":{"AgentID":"a","MRDID":1,"AgentID":"b"}}"#,
            "AGENT_STATE_EVENT.AgentID",
        ),
        (
            r#"{"id":30,"fields":{"AgentID":{"hex":"","hex":""}}}"#,
            "AGENT_STATE_EVENT.AgentID.hex",
        ),
        (
            r#"{"id":30,"fields":{"CSQs":[{"CSQID":1},{"CSQState":1,"CSQID":1,"CSQState":1}]}}"#,
            "AGENT_STATE_EVENT.CSQs[1].CSQState",
        ),
        (
            r#"{"id":6,"fields":{},"unlisted":[{"id":97,"hex":"","id":97}]}"#,
            "HEARTBEAT_CONF.unlisted[0].id",
        ),
        (
            r#"{"id":236,"fields":{"Records":[{"AutoWorkSize":4,"AutoWork":1,"AutoWorkSize":4}]}}"#,
            "CONFIG_CSQ_EVENT.Records[0].AutoWorkSize",
        ),
    ] {
        let error = pack(text, Version::V14).unwrap_err();
        assert_eq!(error.to_string(), format!("{path}: is given twice"));
    }
}

#[test]
fn what_is_too_deep_or_no_json_is_an_error() {
    let mut deep = json!(0);
    for _ in 0..100 {
        deep = json!([deep]);
    }
    let error = read(&deep, Version::V14).unwrap_err();
    assert_eq!(
        error,
        JsonError::Malformed(Malformed {
            message: None,
            path: String::new(),
            kind: MalformedKind::Unreadable("arrays and objects lie too deep in each other".into()),
        })
    );
    assert!(error.to_string().starts_with("cannot be read: "));
    let mut out = BytesMut::new();
    let mut text = serde_json::Deserializer::from_str(r#"{"id":6,"fields":{"InvokeID":1}"#);
    let error = json::read(&mut text, Version::V14, &mut out).unwrap_err();
    assert!(
        error.to_string().starts_with("cannot be read: EOF"),
        "{error}"
    );
    assert!(out.is_empty());
}
