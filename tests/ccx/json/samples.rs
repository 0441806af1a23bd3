//! Messages of every kind, there and back.

use super::*;

#[test]
fn the_guides_trace_frame() {
    let frame = bytes(BEGIN_CALL);
    let frame = Frame::new(frame).unwrap();
    let message = frame.decode(Version::V14).unwrap();
    let text = serde_json::to_string(&Object {
        length: 54,
        message,
    })
    .unwrap();
    assert_eq!(
        text,
        r#"{"message":"BEGIN_CALL_EVENT","id":23,"length":54,"fields":{"NumCTIClients":0,"#
            .to_owned()
            + r#""NumNamedVariables":0,"NumNamedArrays":0,"CallType":"CALLTYPE_CCX_IN","#
            + r#""ConnectionDeviceType":"CONNECTION_ID_STATIC","CallID":16777488,"#
            + r#""CalledPartyDisposition":"CD_INVALID","ConnectionDeviceID":"9026","ANI":"2006","#
            + r#""DNIS":"7000","DialedNumber":"7000"}}"#
    );
    assert_eq!(
        serde_json::to_string(&message).unwrap(),
        text.replace(r#""length":54,"#, "")
    );
    // The server sends ANI and DialedNumber before ConnectionDeviceID; what is written holds to the
    // order of the table.
    let (packed, back) = read(&serde_json::from_str(&text).unwrap(), Version::V14).unwrap();
    assert_eq!(packed, Packed::AsReceived(None));
    assert_ne!(back, *frame.bytes());
    let sorted = "00000036 00000017 00000000 00000001 0015 0000 0000 0000 0001 0000 01000110 0000 \
        1905 39303236 00 0805 32303036 00 0A05 37303030 00 0B05 37303030 00";
    assert_eq!(back, bytes(sorted));
    comes_back(&back, Version::V14);
}

/// An `AGENT_STATE_EVENT` whose reserved fields have the printed values.
fn agent_state_event(num_csqs: u16, floating: &str) -> Vec<u8> {
    let mut body = bytes(
        "00000000 00000001 00000000 0015 0003 00000007 0000000A FFFFFFFF 0000 0003 0000 \
         00000001 00000000 0000 00000000 00000000 00000001",
    );
    body.extend(num_csqs.to_be_bytes());
    body.extend(bytes(floating));
    frame(30, &body)
}

#[test]
fn lists_counts_and_reserved_fields() {
    let csqs = "3E04 0000000A 3F04 FFFFFFFF 4002 0000 4102 0003 3E04 0000000B 4102 00C8";
    let (object, refusal) = comes_back(&agent_state_event(2, csqs), Version::V14);
    assert_eq!(
        object["fields"],
        json!({
            "CSQState": "AGENT_STATE_READY", "StateDuration": 7, "CSQID": 10,
            "AgentState": "AGENT_STATE_READY", "EventReasonCode": "None", "NumCSQs": 2,
            "CSQs": [
                {"CSQID": 10, "SKILL_GROUP_ID": 0xFFFF_FFFF_u32, "SKILL_GROUP_PRIORITY": 0,
                 "CSQState": "AGENT_STATE_READY"},
                {"CSQID": 11, "CSQState": 200},
            ],
        })
    );
    assert_eq!(refusal, None);

    // A count that differs is kept as it came, and derived in a message of one's own.
    let came = agent_state_event(5, csqs);
    let (mut object, refusal) = comes_back(&came, Version::V14);
    assert_eq!(object["fields"]["NumCSQs"], 5);
    assert_eq!(
        refusal,
        Some(Fault::CountMismatch {
            count: 5,
            listed: 2
        })
    );
    let mut strict = BytesMut::new();
    json::read_strict(&object, Version::V14, &mut strict).unwrap();
    assert_eq!(strict, agent_state_event(2, csqs));
    object.as_object_mut().unwrap().remove("length");
    let (packed, back) = read(&object, Version::V14).unwrap();
    assert_eq!((packed, back), (Packed::Strict, strict.to_vec()));

    // Without a list, too.
    let (object, _) = comes_back(&agent_state_event(3, ""), Version::V14);
    assert_eq!(object["fields"]["NumCSQs"], 3);
    assert_eq!(object["fields"].get("CSQs"), None);
}

#[test]
fn an_edited_object_is_a_message_of_ones_own() {
    let (mut object, _) = comes_back(&agent_state_event(0, ""), Version::V14);
    object["fields"]["CSQs"] = json!([{"CSQID": 1, "CSQState": "AGENT_STATE_TALKING"}]);
    let (packed, back) = read(&object, Version::V14).unwrap();
    assert_eq!(packed, Packed::Strict);
    assert_eq!(back, agent_state_event(1, "3E04 00000001 4102 0004"));

    // And what the guide forbids is refused then.
    object["fields"]["AgentID"] = "x".repeat(200).into();
    refused(
        &object,
        "AGENT_STATE_EVENT.AgentID: takes 201 bytes, 129 are allowed",
    );
}

#[test]
fn what_the_guide_forbids_comes_back_with_a_warning() {
    // ClientID of 200 bytes, no ClientPassword, services that exclude each other.
    let mut body = bytes("00000001 0000000E 00000000 0000000A 00000000 00000000 00000000");
    body.extend(bytes("00000000 00000000"));
    let layout = MessageType::OPEN_REQ.layout().unwrap();
    body.resize(layout.fixed_size(Version::V14), 0);
    body.extend([1, 200]);
    body.extend([b'c'; 199]);
    body.push(0);
    let came = frame(3, &body);
    let (mut object, refusal) = comes_back(&came, Version::V14);
    assert!(refusal.is_some());
    object.as_object_mut().unwrap().remove("length");
    refused(
        &object,
        "OPEN_REQ.ClientID: takes 200 bytes, 64 are allowed",
    );
}

#[test]
fn counts_of_the_floating_part() {
    // OPEN_CONF: NumPeripherals, and FltPeripheralID with MultilineAgentControl.
    let layout = MessageType::OPEN_CONF.layout().unwrap();
    for version in Version::ALL {
        let fixed = vec![0; layout.fixed_size(version)];
        let mut body = fixed.clone();
        put(
            &[Item::Field(228, vec![0, 9])],
            version.has_wide_ids(),
            &mut body,
        );
        let (object, _) = comes_back(&frame(4, &body), version);
        assert_eq!(object["fields"]["NumPeripherals"], 9);

        // What did not come is not made up, and no version is asked for a field that it lacks.
        let (object, refusal) = comes_back(&frame(4, &fixed), version);
        assert_eq!(object["fields"].get("NumPeripherals"), None);
        assert_eq!(refusal, None, "{version}");
        let mut out = BytesMut::new();
        json::read_strict(&object, version, &mut out).unwrap();
        assert_eq!(out, frame(4, &fixed));
    }
    let object = json!({"id": 4, "fields": {"Peripherals": [
        {"FltPeripheralID": 1, "MultilineAgentControl": 1}, {"FltPeripheralID": 2}]}});
    let (packed, back) = read(&object, Version::V14).unwrap();
    assert_eq!(packed, Packed::Strict);
    let tail = bytes("E402 0002 D004 00000001 E002 0001 D004 00000002");
    assert!(back.ends_with(&tail), "{back:02x?}");

    // NumCSQs of an agent's record, with and without CSQs.
    let records =
        "0001 B702 0000 BF02 0002 3E04 00000001 4002 0000 3E04 00000002 B702 0001 BF02 0004";
    let (object, _) = comes_back(&frame(237, &bytes(records)), Version::V14);
    assert_eq!(
        object["fields"],
        json!({"NumRecords": 1, "Records": [
            {"RecordType": "Add", "NumCSQs": 2,
             "CSQs": [{"CSQID": 1, "SKILL_GROUP_PRIORITY": 0}, {"CSQID": 2}]},
            {"RecordType": "Change", "NumCSQs": 4},
        ]})
    );
    let mut strict = BytesMut::new();
    json::read_strict(&object, Version::V14, &mut strict).unwrap();
    let records =
        "0002 B702 0000 BF02 0002 3E04 00000001 4002 0000 3E04 00000002 B702 0001 BF02 0000";
    assert_eq!(strict, frame(237, &bytes(records)));
}

#[test]
fn a_required_reserved_field_is_null_where_it_is_absent() {
    let with = frame(232, &bytes("00000000 00000000 8304 00000000"));
    let (object, _) = comes_back(&with, Version::V14);
    assert_eq!(object["fields"], json!({"ConfigurationMask": []}));

    let without = frame(232, &bytes("00000000 00000000"));
    let (mut object, refusal) = comes_back(&without, Version::V14);
    assert_eq!(
        object["fields"],
        json!({"ConfigurationMask": [], "CUSTOMER_ID": null})
    );
    assert_eq!(refusal, None);
    object.as_object_mut().unwrap().remove("length");
    assert_eq!(read(&object, Version::V14).unwrap(), (Packed::Strict, with));

    let other = frame(232, &bytes("00000000 00000000 8304 00000001"));
    let (object, _) = comes_back(&other, Version::V14);
    assert_eq!(
        object["fields"],
        json!({"ConfigurationMask": [], "CUSTOMER_ID": 1})
    );

    // Where it stands behind, so does the null.
    let message = Message::from(ConfigRequestEvent::default());
    let object = serde_json::to_value(message).unwrap();
    assert_eq!(object["fields"]["CUSTOMER_ID"], Value::Null);
    refused(
        &json!({"id": 4, "fields": {"NumPeripherals": null}}),
        "OPEN_CONF.NumPeripherals: must be a number, is null",
    );
}

#[test]
fn fields_of_the_fixed_part_that_a_version_does_not_have() {
    let of = |version: Version| {
        let layout = MessageType::SET_AGENT_STATE_REQ.layout().unwrap();
        let mut body = vec![0; layout.fixed_size(version)];
        put(
            &[Item::Field(6, b"SEP0\0".to_vec())],
            version.has_wide_ids(),
            &mut body,
        );
        frame(38, &body)
    };
    let (old, _) = comes_back(&of(Version::V11), Version::V11);
    assert_eq!(old["fields"].get("AgentCapacity"), None);
    let (new, _) = comes_back(&of(Version::V12), Version::V12);
    assert_eq!(new["fields"]["AgentCapacity"], json!([]));
    let (wide, _) = comes_back(&of(Version::V18), Version::V18);
    assert_eq!(wide["fields"]["AgentCapacity"], json!([]));

    // Said of an older version, its usual value goes and any other does not.
    let mut object = json!({"id": 38, "fields": {"AgentState": 3, "AgentInstrument": "SEP0", "AgentCapacity": 0}});
    assert!(read(&object, Version::V11).is_ok());
    object["fields"]["AgentCapacity"] = 1.into();
    assert!(read(&object, Version::V12).is_ok());
    assert_eq!(
        read(&object, Version::V11).unwrap_err().to_string(),
        "SET_AGENT_STATE_REQ.AgentCapacity: exists from version 12 on"
    );
}

#[test]
fn the_two_sizes_of_autowork() {
    let record = |auto_work: &str| frame(236, &bytes(&format!("0001 B702 0000 B9{auto_work}")));
    for (wire, shown, strict) in [
        (
            "02 0000",
            json!({"RecordType": "Add", "AutoWork": false}),
            true,
        ),
        (
            "02 0001",
            json!({"RecordType": "Add", "AutoWork": true}),
            true,
        ),
        (
            "02 0007",
            json!({"RecordType": "Add", "AutoWork": 7}),
            false,
        ),
        (
            "04 00000000",
            json!({"RecordType": "Add", "AutoWork": false, "AutoWorkSize": 4}),
            true,
        ),
        (
            "04 00000001",
            json!({"RecordType": "Add", "AutoWork": true, "AutoWorkSize": 4}),
            true,
        ),
        (
            "04 FFFFFFFF",
            json!({"RecordType": "Add", "AutoWork": 0xFFFF_FFFF_u32, "AutoWorkSize": 4}),
            false,
        ),
    ] {
        let (object, refusal) = comes_back(&record(wire), Version::V14);
        assert_eq!(object["fields"]["Records"][0], shown);
        assert_eq!(refusal.is_none(), strict, "{object}");
    }
    let csq = |record: Value| json!({"id": 236, "fields": {"Records": [record]}});
    let (_, back) = read(
        &csq(json!({"AutoWork": 1, "AutoWorkSize": 2})),
        Version::V14,
    )
    .unwrap();
    assert_eq!(back, frame(236, &bytes("0001 B902 0001")));
    refused(
        &csq(json!({"AutoWork": true, "AutoWorkSize": 3})),
        "CONFIG_CSQ_EVENT.Records[0].AutoWorkSize: must be 2 or 4, is 3",
    );
    refused(
        &csq(json!({"AutoWorkSize": 4})),
        "CONFIG_CSQ_EVENT.Records[0].AutoWork: is missing",
    );
    refused(
        &csq(json!({"AutoWork": 70000})),
        "CONFIG_CSQ_EVENT.Records[0].AutoWork: is 70000, must be from 0 to 65535",
    );
    refused(
        &csq(json!({"AutoWork": 2})),
        "CONFIG_CSQ_EVENT.AutoWork: is 2, a BOOL is 0 or 1",
    );
}

#[test]
fn texts_names_and_bytes() {
    // UserToUserInfo (UNSPEC), ANI not UTF-8, a variable and an array element.
    let mut body = vec![
        0;
        MessageType::BEGIN_CALL_EVENT
            .layout()
            .unwrap()
            .fixed_size(Version::V14)
    ];
    body.extend(bytes(
        "0805 4A6FEB6E00 0902 00FF 5207 61FF00 62006300 5305 0961 00 6200",
    ));
    let (object, _) = comes_back(&frame(23, &body), Version::V14);
    assert_eq!(object["fields"]["ANI"], json!({"hex": "4a6feb6e"}));
    assert_eq!(object["fields"]["UserToUserInfo"], json!({"hex": "00ff"}));
    assert_eq!(
        object["fields"]["NamedVariables"],
        json!([{"name": {"hex": "61ff"}, "value": "b\0c"}])
    );
    assert_eq!(
        object["fields"]["NamedArrays"],
        json!([{"index": 9, "name": "a", "value": "b"}])
    );

    // A text without its NUL comes back with one, as a message of one's own.
    let mut body = vec![
        0;
        MessageType::BEGIN_CALL_EVENT
            .layout()
            .unwrap()
            .fixed_size(Version::V14)
    ];
    body.extend(bytes("0801 41 0800"));
    let object = to_json(&frame(23, &body), Version::V14);
    assert_eq!(object["unlisted"], json!([{"id": 8, "hex": ""}]));
}

#[test]
fn unlisted_fields() {
    let (object, _) = comes_back(&frame(6, &bytes("00000007 6104 03040506")), Version::V14);
    assert_eq!(
        object.to_string(),
        r#"{"message":"HEARTBEAT_CONF","id":6,"length":10,"fields":{"InvokeID":7},"unlisted":[{"id":97,"hex":"03040506"}]}"#
    );
    // A repetition stays one, and is refused of a message of one's own.
    let twice = frame(244, &bytes("00000007 00000001 0702 4100 0702 4200"));
    let (object, refusal) = comes_back(&twice, Version::V14);
    assert_eq!(object["unlisted"], json!([{"id": 7, "hex": "4200"}]));
    assert_eq!(refusal, Some(Fault::Repeated));
    // What does not fit its row is no repetition, wherever it stands: an object has it behind the rest.
    let wrong = Fault::WrongSize {
        kind: Kind::Uint,
        expected: 4,
        found: 3,
    };
    for fields in ["8303 04004e 8304 00000000", "8304 00000000 8303 04004e"] {
        let spoilt = frame(230, &bytes(&format!("00000000 {fields}")));
        let object = to_json(&spoilt, Version::V14);
        assert_eq!(object["unlisted"], json!([{"id": 131, "hex": "04004e"}]));
        let (packed, _) = read(&object, Version::V14).unwrap();
        let Packed::AsReceived(Some(refusal)) = packed else {
            panic!("{packed:?}");
        };
        assert_eq!(refusal.kind, wrong);
        let frame = Frame::new(spoilt).unwrap();
        let message = frame.decode(Version::V14).unwrap();
        let strict = message.encode(Version::V14, &mut BytesMut::new());
        assert_eq!(strict.unwrap_err().kind, wrong);
    }
    // But it does not become the field itself.
    refused(
        &json!({"id": 244, "fields": {}, "unlisted": [{"id": 97, "hex": ""}, {"id": 7, "hex": "4200"}]}),
        "TEAM_CONFIG_CONF.Text: is listed in the table, yet stands among the unlisted fields",
    );
    refused(
        &json!({"id": 243, "fields": {}, "unlisted": [{"id": 87, "hex": "0000"}]}),
        "TEAM_CONFIG_EVENT.AgentFlags: is listed in the table, yet stands among the unlisted fields",
    );
    let wide = json!({"id": 6, "fields": {}, "unlisted": [{"id": 300, "hex": "00"}]});
    refused(
        &wide,
        "HEARTBEAT_CONF.unlisted[0]: id 300 needs two bytes, of which this version has one",
    );
    let (_, back) = read(&wide, Version::V18).unwrap();
    assert_eq!(back, frame(6, &bytes("00000000 012C 01 00")));
}

#[test]
fn raw_messages() {
    let (object, _) = comes_back(&frame(126, &[1, 2, 0xFF]), Version::V14);
    assert_eq!(
        object.to_string(),
        r#"{"message":"AGENT_TEAM_CONFIG_REQ","id":126,"length":3,"hex":"0102ff"}"#
    );
    let (object, _) = comes_back(&frame(4_000_000_000, &[]), Version::V14);
    assert_eq!(
        object.to_string(),
        r#"{"id":4000000000,"length":0,"hex":""}"#
    );
    let (packed, back) = read(&json!({"id": 999, "hex": "aAfF"}), Version::V14).unwrap();
    assert_eq!((packed, back), (Packed::Strict, frame(999, &[0xAA, 0xFF])));
}

#[test]
fn masks_and_codes_in_any_form() {
    let mask = |mask: Value| {
        read(
            &json!({"id": 232, "fields": {"ConfigurationMask": mask}}),
            Version::V10,
        )
        .map(|(_, frame)| frame[8..12].to_vec())
    };
    assert_eq!(mask(json!(6)).unwrap(), [0, 0, 0, 6]);
    assert_eq!(
        mask(json!(["CONFIG_CSQ_MASK", "CONFIG_DEVICE_MASK", 256])).unwrap(),
        [0, 0, 1, 10]
    );
    // A bit that is said twice is set all the same.
    assert_eq!(
        mask(json!(["CONFIG_CSQ_MASK", "CONFIG_CSQ_MASK", 8])).unwrap(),
        [0, 0, 0, 10]
    );
    assert_eq!(mask(json!([])).unwrap(), [0, 0, 0, 0]);
    let came = frame(232, &bytes("8000000A 00000000 8304 00000000"));
    let (object, _) = comes_back(&came, Version::V14);
    assert_eq!(
        object["fields"]["ConfigurationMask"],
        json!(["CONFIG_CSQ_MASK", "CONFIG_DEVICE_MASK", 0x8000_0000_u32])
    );
    let code = |code: Value| {
        read(
            &json!({"id": 38, "fields": {"AgentInstrument": "", "AgentState": code}}),
            Version::V14,
        )
        .map(|(_, frame)| frame[16..18].to_vec())
    };
    assert_eq!(code(json!("AGENT_STATE_TALKING")).unwrap(), [0, 4]);
    assert_eq!(code(json!(4)).unwrap(), [0, 4]);
    assert_eq!(code(json!(999)).unwrap(), [3, 231]);
}
