//! What is serialized by itself: elements of lists, lists, errors; and what goes into sets.

use super::*;
use cti_codec::ccx::{BeginCallEvent, Body as _, ConfigAgentEvent, NamedArray, Text};
use std::collections::HashSet;

#[test]
fn elements_are_the_objects_that_they_are_in_a_message() {
    let variables = vec![NamedVariable {
        name: "user.layout".into(),
        value: Text::from(b"\xff"),
    }];
    let arrays = vec![NamedArray {
        index: 3,
        name: "a".into(),
        value: "b".into(),
    }];
    let csqs = vec![AgentStateCsq {
        csq_id: Some(4),
        csq_state: Some(AgentState::TALKING),
        ..Default::default()
    }];
    let event = BeginCallEvent {
        named_variables: (&variables).into(),
        named_arrays: (&arrays).into(),
        ..Default::default()
    };
    let object = serde_json::to_value(Message::from(event)).unwrap();
    let fields = &object["fields"];
    assert_eq!(
        fields["NamedVariables"][0],
        serde_json::to_value(variables[0]).unwrap()
    );
    assert_eq!(
        fields["NamedArrays"][0],
        serde_json::to_value(arrays[0]).unwrap()
    );
    assert_eq!(
        fields["NamedArrays"],
        serde_json::to_value(event.named_arrays).unwrap()
    );
    let event = AgentStateEvent {
        csqs: (&csqs).into(),
        ..Default::default()
    };
    let object = serde_json::to_value(Message::from(event)).unwrap();
    assert_eq!(
        object["fields"]["CSQs"],
        serde_json::to_value(event.csqs).unwrap()
    );
    assert_eq!(
        serde_json::to_string(&csqs[0]).unwrap(),
        r#"{"CSQID":4,"CSQState":"AGENT_STATE_TALKING"}"#
    );
}

#[test]
fn errors_are_objects() {
    let error = OpenReq::default().to_bytes(Version::V14).unwrap_err();
    assert_eq!(
        serde_json::to_value(error).unwrap(),
        json!({"message": "OPEN_REQ", "field": "ClientID", "text": "is required"})
    );
    let error = Message::decode_body(MessageType::HEARTBEAT_REQ, &[0], Version::V14).unwrap_err();
    assert_eq!(
        serde_json::to_value(error).unwrap(),
        json!({
            "message": "HEARTBEAT_REQ", "field": "InvokeID", "offset": 8,
            "text": error.kind.to_string(),
        })
    );
    let finding = OpenReq::default().check(Version::V14)[0];
    let object = serde_json::to_value(finding).unwrap();
    assert_eq!(object["name"], finding.kind.name());
    assert_eq!(object["offset"], finding.offset);
    let error = Frame::new([0, 0, 0, 4, 0, 0, 0, 5].as_slice()).unwrap_err();
    assert_eq!(serde_json::to_value(error).unwrap(), error.to_string());
}

/// What is equal has one hash, wherever it lies.
#[test]
fn messages_go_into_sets() {
    let csqs = vec![AgentStateCsq {
        csq_id: Some(4),
        ..Default::default()
    }];
    let built = Message::from(AgentStateEvent {
        csqs: (&csqs).into(),
        agent_id: Some("jdoe".into()),
        ..Default::default()
    });
    let bytes = built.to_bytes(Version::V14).unwrap();
    let frame = Frame::new(bytes).unwrap();
    let received = frame.decode(Version::V14).unwrap();
    assert_eq!(built, received);
    let mut seen = HashSet::from([built]);
    assert!(!seen.insert(received));
    assert!(seen.insert(Message::from(ConfigAgentEvent::default())));
    each_message(2, |_, version, bytes| {
        let frame = Frame::new(bytes.as_slice()).unwrap();
        let mut seen = HashSet::from([frame.decode(version).unwrap()]);
        assert!(!seen.insert(frame.decode(version).unwrap()));
    });
}
