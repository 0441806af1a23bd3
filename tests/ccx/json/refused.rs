//! What is refused, with the place and the reason.

use super::*;

#[test]
fn objects_that_are_no_message() {
    let long = "x".repeat(100);
    let shortened = format!("must be an object, is \"{}…", "x".repeat(59));
    for (object, text) in [
        (json!([]), "must be an object, is []"),
        (json!(long), shortened.as_str()),
        (json!({}), "message: is missing"),
        (json!({"message": 3}), "message: must be a string, is 3"),
        (
            json!({"message": "OPEN"}),
            r#"message: no message type is named "OPEN""#,
        ),
        (
            json!({"message": "OPEN_REQ", "id": 4}),
            "id: is 4, OPEN_REQ has 3",
        ),
        (json!({"id": -1}), "id: is -1, must be from 0 to 4294967295"),
        (json!({"id": 1.5}), "id: must be a whole number, is 1.5"),
        (
            json!({"id": 18446744073709551615_u64}),
            "id: is 18446744073709551615, must be from 0 to 4294967295",
        ),
        (json!({"id": 6}), "HEARTBEAT_CONF.fields: is missing"),
        (
            json!({"id": 6, "hex": ""}),
            "HEARTBEAT_CONF.hex: is not known here; there are message, id, length, fields, unlisted",
        ),
        (
            json!({"id": 6, "fields": []}),
            "HEARTBEAT_CONF.fields: must be an object, is []",
        ),
        (
            json!({"id": 6, "fields": {}, "length": "4"}),
            r#"HEARTBEAT_CONF.length: must be a number, is "4""#,
        ),
        (
            json!({"id": 6, "fields": {}, "unlisted": {}}),
            "HEARTBEAT_CONF.unlisted: must be an array, is {}",
        ),
        (
            json!({"id": 6, "fields": {"InvokeId": 1}}),
            "HEARTBEAT_CONF.InvokeId: is not known here; there are InvokeID",
        ),
        (
            json!({"id": 6, "fields": {"InvokeID": null}}),
            "HEARTBEAT_CONF.InvokeID: must be a number, is null",
        ),
        (
            json!({"id": 6, "fields": {"InvokeID": 4294967296_u64}}),
            "HEARTBEAT_CONF.InvokeID: is 4294967296, must be from 0 to 4294967295",
        ),
        (json!({"id": 999}), "999.hex: is missing"),
        (
            json!({"id": 999, "fields": {}}),
            "999.fields: is not known here; there are message, id, length, hex",
        ),
        (
            json!({"id": 999, "hex": "0"}),
            r#"999.hex: must be pairs of hex digits, is "0""#,
        ),
        (
            json!({"id": 999, "hex": "0x"}),
            r#"999.hex: must be pairs of hex digits, is "0x""#,
        ),
        (
            json!({"id": 999, "hex": "+1"}),
            r#"999.hex: must be pairs of hex digits, is "+1""#,
        ),
        (
            json!({"id": 999, "hex": "é"}),
            r#"999.hex: must be pairs of hex digits, is "é""#,
        ),
    ] {
        refused(&object, text);
    }
}

#[test]
fn fields_that_are_not_what_they_should_be() {
    let long = "x".repeat(255);
    for (id, fields, text) in [
        (
            30,
            json!({"CSQs": [{"CSQID": 1}, {"CSQID": 2}, {"CSQID": 3, "CSQState": "IDLE"}]}),
            r#"AGENT_STATE_EVENT.CSQs[2].CSQState: no value of AgentState is named "IDLE"; there are AGENT_STATE_LOGIN, AGENT_STATE_LOGOUT, AGENT_STATE_NOT_READY, AGENT_STATE_READY, AGENT_STATE_TALKING, AGENT_STATE_WORK, BUSY_OTHER, AGENT_STATE_RESERVED, AGENT_STATE_UNKNOWN, AGENT_STATE_WORK_READY, AGENT_STATE_ACTIVE, AGENT_STATE_PAUSED, None, and numbers"#,
        ),
        (
            30,
            json!({"CSQs": [{"CSQID": 1, "CSQState": 65536}]}),
            "AGENT_STATE_EVENT.CSQs[0].CSQState: is 65536, must be from 0 to 65535",
        ),
        (
            30,
            json!({"CSQs": [{"CSQID": 1, "CSQState": []}]}),
            "AGENT_STATE_EVENT.CSQs[0].CSQState: must be a name or a number, is []",
        ),
        (
            30,
            json!({"CSQs": {}}),
            "AGENT_STATE_EVENT.CSQs: must be an array, is {}",
        ),
        (
            30,
            json!({"CSQs": [7]}),
            "AGENT_STATE_EVENT.CSQs[0]: must be an object, is 7",
        ),
        (
            30,
            json!({"CSQs": [{"CSQID": 1}, {}]}),
            "AGENT_STATE_EVENT.CSQs[1]: has no fields",
        ),
        (
            30,
            json!({"CSQs": [{"CSQID": 1}, {"CSQState": 1}]}),
            "AGENT_STATE_EVENT.CSQs: element 1 cannot be told from the one before it",
        ),
        (
            30,
            json!({"CSQs": [{"id": 1}]}),
            "AGENT_STATE_EVENT.CSQs[0].id: is not known here; there are CSQID, SKILL_GROUP_ID, SKILL_GROUP_PRIORITY, CSQState",
        ),
        (
            30,
            json!({"MRDID": -2147483649_i64}),
            "AGENT_STATE_EVENT.MRDID: is -2147483649, must be from -2147483648 to 2147483647",
        ),
        (
            30,
            json!({"NumCSQs": true}),
            "AGENT_STATE_EVENT.NumCSQs: must be a number, is true",
        ),
        (
            30,
            json!({"NumCSQs": 65536}),
            "AGENT_STATE_EVENT.NumCSQs: is 65536, must be from 0 to 65535",
        ),
        (
            30,
            json!({"AgentID": 1}),
            r#"AGENT_STATE_EVENT.AgentID: must be a string or {"hex":"…"}, is 1"#,
        ),
        (
            30,
            json!({"AgentID": long}),
            "AGENT_STATE_EVENT.AgentID: takes 256 bytes, 129 are allowed",
        ),
        (
            30,
            json!({"AgentID": {"hex": 1}}),
            "AGENT_STATE_EVENT.AgentID.hex: must be a string, is 1",
        ),
        (
            30,
            json!({"AgentID": {"hex": "00", "text": ""}}),
            "AGENT_STATE_EVENT.AgentID.text: is not known here; there are hex",
        ),
        (
            30,
            json!({"AgentID": "a\0b"}),
            "AGENT_STATE_EVENT.AgentID: has a NUL within, at byte 1 of its data",
        ),
        (
            30,
            json!({"ActiveTerminal": "x"}),
            "AGENT_STATE_EVENT.ActiveTerminal: exists from version 18 on",
        ),
        (
            231,
            json!({"CSQConfigKey": "00"}),
            r#"CONFIG_KEY_EVENT.CSQConfigKey: must be {"hex":"…"}, is "00""#,
        ),
        (
            231,
            json!({"CSQConfigKey": {}}),
            "CONFIG_KEY_EVENT.CSQConfigKey.hex: is missing",
        ),
        (
            242,
            json!({"Reserved": {"hex": "0102"}}),
            "TEAM_CONFIG_REQ.Reserved: has 2 bytes, UNSPEC has 8",
        ),
        (
            232,
            json!({"ConfigurationMask": "CONFIG_CSQ_MASK"}),
            r#"CONFIG_REQUEST_EVENT.ConfigurationMask: must be an array of names and numbers, or a number, is "CONFIG_CSQ_MASK""#,
        ),
        (
            232,
            json!({"ConfigurationMask": [1, "TEAM"]}),
            r#"CONFIG_REQUEST_EVENT.ConfigurationMask[1]: no value of ConfigMask is named "TEAM"; there are CONFIG_AGENT_MASK, CONFIG_CSQ_MASK, CONFIG_APPLICATION_MASK, CONFIG_DEVICE_MASK, CONFIG_TERMINAL_MASK, and numbers"#,
        ),
        (
            232,
            json!({"ConfigurationMask": [[]]}),
            "CONFIG_REQUEST_EVENT.ConfigurationMask[0]: must be a name or a number, is []",
        ),
        (
            4,
            json!({"UnifiedCCXOnline": "yes"}),
            r#"OPEN_CONF.UnifiedCCXOnline: must be true, false or a number, is "yes""#,
        ),
        (
            23,
            json!({"NamedVariables": [{"name": "a"}]}),
            "BEGIN_CALL_EVENT.NamedVariables[0].value: is missing",
        ),
        (
            23,
            json!({"NamedVariables": [{"name": "a\0", "value": ""}]}),
            "BEGIN_CALL_EVENT.NamedVariables[0].name: has a NUL within, at byte 1 of its data",
        ),
        (
            23,
            json!({"NamedVariables": [{"name": "a", "value": long}]}),
            "BEGIN_CALL_EVENT.NamedVariables[0].value: the value takes 256 bytes, 211 are allowed",
        ),
        (
            23,
            json!({"NamedArrays": [{"index": 256, "name": "a", "value": ""}]}),
            "BEGIN_CALL_EVENT.NamedArrays[0].index: is 256, must be from 0 to 255",
        ),
        (
            237,
            json!({"Records": [{"RecordType": 0, "CSQs": [{"CSQID": "x"}]}]}),
            r#"CONFIG_AGENT_EVENT.Records[0].CSQs[0].CSQID: must be a number, is "x""#,
        ),
        (3, json!({}), "OPEN_REQ.ClientID: is required"),
    ] {
        refused(&json!({"id": id, "fields": fields}), text);
    }
}

#[test]
fn an_error_says_what_it_is_about() {
    let object = json!({"message": "OPEN_REQ", "fields": {"InvokeID": "1"}});
    let Err(JsonError::Malformed(error)) = read(&object, Version::V14) else {
        panic!()
    };
    assert_eq!(error.message, Some(MessageType::OPEN_REQ.into()));
    assert_eq!(error.path, "InvokeID");
    assert!(matches!(
        error.kind,
        MalformedKind::WrongForm {
            expected: "a number",
            ..
        }
    ));

    let object = json!({"message": "OPEN_REQ", "fields": {}});
    let Err(JsonError::Refused(error)) = read(&object, Version::V14) else {
        panic!()
    };
    assert_eq!(error.field, FieldName::Listed("ClientID"));
}

/// A count that follows from its list is refused as encoding refuses it, where the version has no
/// such field nor a way to write its id. One that the object has is refused at its place.
#[test]
fn a_derived_count_of_a_later_version() {
    let instruments = [TerminalInstrument {
        instrument: Some("2006".into()),
    }];
    let records = [TerminalRecord {
        record_type: Some(RecordType::ADD),
        instruments: (&instruments).into(),
        ..Default::default()
    }];
    let event = ConfigTerminalEvent {
        records: (&records).into(),
        ..Default::default()
    };
    let mut object = json!({
        "message": "CONFIG_TERMINAL_EVENT",
        "fields": {"Records": [{"RecordType": "Add", "Instruments": [{"Instrument": "2006"}]}]},
    });
    for version in Version::ALL {
        let encoded = event.to_bytes(version).map(|bytes| bytes.to_vec());
        assert_eq!(encoded.is_ok(), version >= Version::V18, "{encoded:?}");
        let packed = read(&object, version).map(|(_, bytes)| bytes);
        assert_eq!(packed, encoded.map_err(JsonError::Refused), "{version}");
    }
    let text = "NumInstruments: exists from version 18 on";
    refused(&object, &format!("CONFIG_TERMINAL_EVENT.{text}"));

    object["fields"]["Records"][0]["NumInstruments"] = json!(1);
    refused(&object, &format!("CONFIG_TERMINAL_EVENT.Records[0].{text}"));
}

#[test]
fn more_elements_than_a_count_can_say() {
    // As many as it can say are no fault of the object.
    let elements = vec![json!({"RecordType": "Add"}); 65_535];
    let object = json!({"id": 237, "fields": {"Records": elements}});
    let read = json::read(&object, Version::V14, &mut BytesMut::new());
    assert!(!matches!(read, Err(JsonError::Malformed(_))), "{read:?}");
    let elements = vec![json!({"CSQID": 1}); 65_536];
    refused(
        &json!({"id": 30, "fields": {"CSQs": elements}}),
        "AGENT_STATE_EVENT.CSQs: has 65536 elements, 65535 are allowed",
    );
}
