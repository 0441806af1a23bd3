//! Messages as JSON and back: the same bytes, and errors that say what is wrong.
#![allow(
    clippy::unwrap_used,
    clippy::expect_used,
    clippy::panic,
    clippy::indexing_slicing,
    clippy::arithmetic_side_effects,
    clippy::cast_possible_truncation,
    reason = "a test fails by panicking, and its numbers are small"
)]

use bytes::BytesMut;
use cti_codec::ccx::json::{self, JsonError, MalformedKind, Object, Packed};
use cti_codec::ccx::layout::{FieldRow, FixedRow, FloatingRow, Kind, Layout, Reserved, ValueTable};
use cti_codec::ccx::{
    AgentState, AgentStateCsq, AgentStateEvent, ConfigRequestEvent, EncodeErrorKind, FieldName,
    Frame, LAYOUTS, Message, MessageType, NamedVariable, OpenReq, Repeated, SetCallDataReq,
    Version,
};
use proptest::collection::vec;
use proptest::prelude::*;
use proptest::sample::select;
use proptest::test_runner::{Config, RngAlgorithm, TestRng, TestRunner};
use serde_json::{Value, json};

/// The guide's trace frame (ruling 23).
const BEGIN_CALL: &str = "00000036 00000017 00000000 00000001 0015 0000 0000 0000 0001 0000 \
    01000110 0000 0805 32303036 00 0B05 37303030 00 1905 39303236 00 0A05 37303030 00";

fn bytes(hex: &str) -> Vec<u8> {
    let digits: String = hex.split_whitespace().collect();
    (0..digits.len() / 2)
        .map(|at| u8::from_str_radix(&digits[2 * at..2 * at + 2], 16).unwrap())
        .collect()
}

fn frame(id: u32, body: &[u8]) -> Vec<u8> {
    let mut frame = (body.len() as u32).to_be_bytes().to_vec();
    frame.extend(id.to_be_bytes());
    frame.extend(body);
    frame
}

fn to_json(frame: &[u8], version: Version) -> Value {
    let frame = Frame::new(frame).unwrap();
    let message = frame.decode(version).unwrap();
    let text = serde_json::to_string(&Object {
        length: frame.body().len(),
        message,
    })
    .unwrap();
    serde_json::from_str(&text).unwrap()
}

fn read(value: &Value, version: Version) -> Result<(Packed, Vec<u8>), JsonError> {
    let mut out = BytesMut::from("before".as_bytes());
    let result = json::read(value, version, &mut out);
    let appended = out
        .strip_prefix(b"before")
        .expect("what was there stays")
        .to_vec();
    match result {
        Ok(packed) => Ok((packed, appended)),
        Err(error) => {
            assert!(appended.is_empty(), "nothing is appended on error");
            Err(error)
        }
    }
}

/// There and back; what strict encoding refuses of the frame.
#[track_caller]
fn comes_back(frame: &[u8], version: Version) -> (Value, Option<EncodeErrorKind>) {
    let object = to_json(frame, version);
    let (packed, back) = read(&object, version).unwrap_or_else(|e| panic!("{e}: {object}"));
    assert_eq!(back, frame, "{object}");
    let Packed::AsReceived(refusal) = packed else {
        panic!("{packed:?}: {object}");
    };
    (object, refusal.map(|refusal| refusal.kind))
}

#[track_caller]
fn refused(object: &Value, text: &str) {
    let error = read(object, Version::V14).unwrap_err();
    assert_eq!(error.to_string(), text, "{object}");
    let error = json::read_strict(object, Version::V14, &mut BytesMut::new()).unwrap_err();
    assert_eq!(error.to_string(), text, "strict {object}");
}

// ---- Samples ----------------------------------------------------------------------------------

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
            "AgentState": "AGENT_STATE_READY", "EventReasonCode": 0, "NumCSQs": 2,
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
        Some(EncodeErrorKind::CountMismatch {
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
    let of = |version| {
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
    assert_eq!(refusal, Some(EncodeErrorKind::ListedTwice));
    // But it does not become the field itself.
    refused(
        &json!({"id": 244, "fields": {}, "unlisted": [{"id": 97, "hex": ""}, {"id": 7, "hex": "4200"}]}),
        "TEAM_CONFIG_CONF.unlisted[1].id: Text is listed, it belongs under `fields`",
    );
    refused(
        &json!({"id": 243, "fields": {}, "unlisted": [{"id": 87, "hex": "0000"}]}),
        "TEAM_CONFIG_EVENT.unlisted[0].id: AgentFlags is listed, it belongs under `fields`",
    );
    let wide = json!({"id": 6, "fields": {}, "unlisted": [{"id": 300, "hex": "00"}]});
    refused(
        &wide,
        "HEARTBEAT_CONF.unlisted[0]: id 300 needs two bytes, which version 18 has",
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

// ---- What is refused --------------------------------------------------------------------------

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
            json!({"CSQs": [{"CSQID": 1}, {"CSQID": 2}, {"CSQID": 3, "CSQState": "READY"}]}),
            r#"AGENT_STATE_EVENT.CSQs[2].CSQState: no value of AgentState is named "READY"; there are AGENT_STATE_LOGIN, AGENT_STATE_LOGOUT, AGENT_STATE_NOT_READY, AGENT_STATE_READY, AGENT_STATE_TALKING, AGENT_STATE_WORK, BUSY_OTHER, AGENT_STATE_RESERVED, AGENT_STATE_UNKNOWN, AGENT_STATE_WORK_READY, AGENT_STATE_ACTIVE, AGENT_STATE_PAUSED, and numbers"#,
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
            "AGENT_STATE_EVENT.CSQs[1]: cannot be told from the element before it",
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
            "AGENT_STATE_EVENT.AgentID: takes 256 bytes, 255 are possible",
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
            "AGENT_STATE_EVENT.AgentID: has a NUL within",
        ),
        (
            30,
            json!({"ActiveTerminal": "x"}),
            "AGENT_STATE_EVENT.ActiveTerminal: id 303 needs two bytes, which version 18 has",
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
            "TEAM_CONFIG_REQ.Reserved: has 2 bytes, must have 8",
        ),
        (
            232,
            json!({"ConfigurationMask": "CONFIG_CSQ_MASK"}),
            r#"CONFIG_REQUEST_EVENT.ConfigurationMask: must be an array of names and numbers, or a number, is "CONFIG_CSQ_MASK""#,
        ),
        (
            232,
            json!({"ConfigurationMask": [1, "CSQ"]}),
            r#"CONFIG_REQUEST_EVENT.ConfigurationMask[1]: no value of ConfigMask is named "CSQ"; there are CONFIG_AGENT_MASK, CONFIG_CSQ_MASK, CONFIG_APPLICATION_MASK, CONFIG_DEVICE_MASK, CONFIG_TERMINAL_MASK, and numbers"#,
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
            "BEGIN_CALL_EVENT.NamedVariables[0].name: has a NUL within",
        ),
        (
            23,
            json!({"NamedVariables": [{"name": "a", "value": long}]}),
            "BEGIN_CALL_EVENT.NamedVariables[0]: takes 258 bytes, 255 are possible",
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
    assert_eq!(error.message, Some(MessageType::OPEN_REQ));
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

#[test]
fn more_elements_than_a_count_can_say() {
    let elements = vec![json!({"CSQID": 1}); 65_536];
    refused(
        &json!({"id": 30, "fields": {"CSQs": elements}}),
        "AGENT_STATE_EVENT.CSQs: has 65536 elements, 65535 are possible",
    );
}

// ---- Messages that were built -----------------------------------------------------------------

#[test]
fn built_messages() {
    let variables = [
        NamedVariable {
            name: "user.layout".into(),
            value: "Default".into(),
        },
        NamedVariable {
            name: "BAStatus".into(),
            value: "Zo\u{eb}".into(),
        },
    ];
    let csqs = [
        AgentStateCsq {
            csq_id: Some(4),
            csq_state: Some(AgentState::TALKING),
            ..Default::default()
        },
        AgentStateCsq {
            csq_id: Some(5),
            skill_group_id: Some(0),
            ..Default::default()
        },
    ];
    let messages: [Message<'_>; 4] = [
        OpenReq {
            invoke_id: 1,
            idle_timeout: 60,
            client_id: Some("desk".into()),
            client_password: Some(b"\x00\xff"),
            agent_id: Some("".into()),
            ..Default::default()
        }
        .into(),
        AgentStateEvent {
            csqs: Repeated::from(&csqs),
            agent_state: AgentState(999),
            mrd_id: -5,
            ..Default::default()
        }
        .into(),
        SetCallDataReq {
            connection_device_id: Some("9026".into()),
            named_variables: Repeated::from(&variables),
            ..Default::default()
        }
        .into(),
        ConfigRequestEvent::default().into(),
    ];
    for message in messages {
        for version in Version::ALL {
            let object = serde_json::to_value(message).unwrap();
            assert_eq!(object.get("length"), None);
            let mut expected = BytesMut::new();
            message.encode(version, &mut expected).unwrap();
            let (packed, back) = read(&object, version).unwrap();
            assert_eq!(packed, Packed::Strict);
            assert_eq!(back, expected, "{object}");
        }
    }
}

// ---- What the tables owe to the JSON ----------------------------------------------------------

#[test]
fn keys_are_unique_and_names_mean_one_value() {
    fn names(rows: &'static [FloatingRow]) -> Vec<&'static str> {
        rows.iter()
            .map(|row| match row {
                FloatingRow::Field(row) => {
                    meaning(row.name, row.values);
                    row.name
                }
                FloatingRow::Group(group) => {
                    unique(group.name, names(group.rows));
                    group.name
                }
            })
            .collect()
    }
    fn unique(of: &str, mut names: Vec<&str>) {
        names.sort_unstable();
        let all = names.len();
        names.dedup();
        assert_eq!(names.len(), all, "{of}: {names:?}");
    }
    /// The name under which a value is shown gives that value back.
    fn meaning(field: &str, table: Option<&'static ValueTable>) {
        for row in table.into_iter().flat_map(|table| table.values) {
            if let (Some(table), Some(name)) = (table, row.name) {
                let shown = table.name_of(row.first).unwrap();
                assert_eq!(table.value_of(shown), Some(row.first), "{field} {name}");
            }
        }
    }
    for layout in LAYOUTS {
        let mut keys = names(layout.floating);
        for row in layout.fixed {
            meaning(row.name, row.values);
            assert!(row.size() <= 8);
            keys.push(row.name);
        }
        unique(layout.name, keys);
    }
}

/// Where nothing is said of the fixed part, it has what the structs have by default, and this is
/// what is left out of an object.
#[test]
fn reserved_fields_are_left_out_where_they_have_the_printed_value() {
    for layout in LAYOUTS {
        for version in Version::ALL {
            let size = layout.fixed_size(version);
            let object = json!({"id": layout.message_type.0, "length": size, "fields":
                // Required, with a prescribed value.
                match layout.name {
                    "CONFIG_REQUEST_EVENT" => json!({"CUSTOMER_ID": null}),
                    "SNAPSHOT_CALL_CONF" => json!({
                        "ROUTER_CALL_KEY_DAY": null, "ROUTER_CALL_KEY_CALLID": null
                    }),
                    _ => json!({}),
                }
            });
            let (packed, back) = read(&object, version).unwrap();
            assert!(matches!(packed, Packed::AsReceived(_)), "{}", layout.name);
            let mut at = 8;
            for row in layout.fixed.iter().filter(|row| row.since <= version) {
                let printed = match row.kind.size() {
                    Some(size) => row.reserved.unwrap_or(0).to_be_bytes()[4 - size..].to_vec(),
                    None => vec![0; 8],
                };
                let end = at + row.size();
                assert_eq!(back[at..end], printed, "{}.{}", layout.name, row.name);
                at = end;
            }
            assert_eq!(at, back.len());
            let (object, _) = comes_back(&back, version);
            let fields = object["fields"].as_object().unwrap();
            for row in layout.fixed {
                let shown = row.reserved.is_none() && row.since <= version;
                assert_eq!(
                    fields.contains_key(row.name),
                    shown,
                    "{}.{}",
                    layout.name,
                    row.name
                );
            }
        }
    }
}

// ---- Any JSON ---------------------------------------------------------------------------------

/// JSON of any shape, with words that mean something in an object.
fn any_json() -> BoxedStrategy<Value> {
    let leaf = prop_oneof![
        Just(Value::Null),
        any::<bool>().prop_map(Value::from),
        any::<i64>().prop_map(Value::from),
        any::<u64>().prop_map(Value::from),
        (0..300_u32).prop_map(Value::from),
        any::<f64>().prop_map(Value::from),
        "\\PC{0,8}".prop_map(Value::from),
        "[0-9a-f]{0,6}".prop_map(Value::from),
        select(vec!["OPEN_REQ", "READY", "CONFIG_CSQ_MASK"]).prop_map(Value::from),
    ];
    let key = prop_oneof![
        "\\PC{0,4}",
        select(vec![
            "message",
            "id",
            "length",
            "fields",
            "hex",
            "unlisted",
            "name",
            "value",
            "index",
            "CSQs",
            "CSQID",
            "Records",
            "AutoWork",
            "AutoWorkSize",
            "NamedVariables",
            "NumCSQs",
        ])
        .prop_map(str::to_owned),
    ];
    leaf.prop_recursive(4, 24, 4, move |inner| {
        prop_oneof![
            vec(inner.clone(), 0..4).prop_map(Value::from),
            vec((key.clone(), inner), 0..4)
                .prop_map(|members| Value::Object(members.into_iter().collect())),
        ]
    })
    .boxed()
}

/// Puts another value in one of the places of an object.
fn spoil(value: &mut Value, place: &mut usize, with: &Value) {
    if *place == 0 {
        *value = with.clone();
    }
    *place = place.wrapping_sub(1);
    match value {
        Value::Array(elements) => elements.iter_mut().for_each(|v| spoil(v, place, with)),
        Value::Object(members) => members.values_mut().for_each(|v| spoil(v, place, with)),
        _ => {}
    }
}

proptest! {
    #![proptest_config(Config { failure_persistence: None, ..Config::with_cases(2000) })]

    /// Whatever comes in gives a frame that decodes, or an error and nothing else.
    #[test]
    fn any_json_is_read_or_refused(value in any_json(), version in select(&Version::ALL[..])) {
        sound(&value, version);
    }
}

fn sound(value: &Value, version: Version) {
    match read(value, version) {
        Ok((_, back)) => {
            Frame::new(back.as_slice())
                .unwrap()
                .decode(version)
                .unwrap();
        }
        Err(JsonError::Malformed(error)) => {
            assert!(
                !matches!(error.kind, MalformedKind::Undecodable(_)),
                "{error}: {value}"
            );
        }
        Err(JsonError::Refused(_)) => {}
    }
    let mut out = BytesMut::new();
    if json::read_strict(value, version, &mut out).is_err() {
        assert!(out.is_empty());
    }
}

#[test]
fn spoilt_objects_are_read_or_refused() {
    each_message(3, |_, version, bytes| {
        let object = to_json(&bytes, version);
        for (place, with) in [
            (1, json!(null)),
            (3, json!(3)),
            (4, json!({})),
            (5, json!(-1)),
            (6, json!([[]])),
            (7, json!("x")),
            (9, json!({"hex": "00"})),
            (12, json!([1, 2])),
            (20, json!([{}])),
            (30, json!(65_536)),
        ] {
            let mut object = object.clone();
            spoil(&mut object, &mut { place }, &with);
            sound(&object, version);
        }
    });
}

// ---- Frames made from the tables --------------------------------------------------------------

/// A field as it is put on the wire, or the elements of a list.
#[derive(Clone, Debug)]
enum Item {
    Field(u16, Vec<u8>),
    List(Vec<Vec<Item>>),
}

fn number(size: usize, usual: Vec<u32>) -> BoxedStrategy<Vec<u8>> {
    let tail = move |value: u32| value.to_be_bytes()[4 - size..].to_vec();
    prop_oneof![
        any::<u32>().prop_map(tail),
        select(vec![0, 1, 7, u32::MAX]).prop_map(tail),
        select(usual).prop_map(tail),
    ]
    .boxed()
}

/// Text of up to so many bytes, mostly UTF-8.
fn text(max: usize) -> BoxedStrategy<Vec<u8>> {
    prop_oneof![
        4 => "[a-z0-9]{0,12}".prop_map(String::into_bytes),
        2 => "\\PC{0,20}".prop_map(String::into_bytes),
        1 => vec(any::<u8>(), 0..=max),
        1 => vec(b'0'..=b'z', max - 3..=max),
    ]
    .prop_map(move |mut text| {
        text.truncate(max);
        text
    })
    .boxed()
}

fn values(table: Option<&'static ValueTable>) -> Vec<u32> {
    table.map_or(vec![2], |table| {
        table
            .values
            .iter()
            .flat_map(|row| [row.first, row.last])
            .collect()
    })
}

fn field(row: &'static FieldRow) -> BoxedStrategy<Vec<u8>> {
    let end = |mut text: Vec<u8>| {
        text.push(0);
        text
    };
    match (row.kind, row.kind.size()) {
        (Kind::Bool, _) => prop_oneof![number(2, vec![1]), number(4, vec![1])].boxed(),
        (_, Some(size)) => {
            let mut usual = values(row.values);
            if let Some(Reserved::Number(printed)) = row.reserved {
                usual = vec![printed];
            }
            number(size, usual)
        }
        (Kind::String, _) => text(254).prop_map(end).boxed(),
        (Kind::Unspec, _) => vec(any::<u8>(), 0..=255).boxed(),
        (Kind::NamedVar, _) => (text(60), text(190))
            .prop_map(move |(name, value)| named(&[], name, value))
            .boxed(),
        (Kind::NamedArray, _) => (any::<u8>(), text(60), text(190))
            .prop_map(move |(index, name, value)| named(&[index], name, value))
            .boxed(),
        (kind, None) => panic!("{kind:?} has no size"),
    }
}

fn named(index: &[u8], mut name: Vec<u8>, value: Vec<u8>) -> Vec<u8> {
    name.retain(|byte| *byte != 0);
    [index, &name, &[0], &value, &[0]].concat()
}

fn items(rows: &'static [FloatingRow], version: Version) -> BoxedStrategy<Vec<Item>> {
    let rows: Vec<BoxedStrategy<Option<Item>>> = rows
        .iter()
        .filter_map(|row| match row {
            FloatingRow::Field(row) if row.id > 255 && !version.has_wide_ids() => None,
            FloatingRow::Field(row) => {
                let field = field(row).prop_map(|data| Item::Field(row.id, data));
                Some(proptest::option::of(field).boxed())
            }
            FloatingRow::Group(group) => {
                let elements = vec(items(group.rows, version), 0..4);
                let first = group.rows;
                Some(
                    elements
                        .prop_map(move |elements| Some(Item::List(apart(elements, first))))
                        .boxed(),
                )
            }
        })
        .collect();
    rows.prop_map(|items| items.into_iter().flatten().collect())
        .boxed()
}

/// The first id that the items put on the wire.
fn first(items: &[Item]) -> Option<u16> {
    items.iter().find_map(|item| match item {
        Item::Field(id, _) => Some(*id),
        Item::List(elements) => elements.iter().find_map(|element| first(element)),
    })
}

/// Leaves out elements that could not be told from the one before them.
fn apart(elements: Vec<Vec<Item>>, rows: &'static [FloatingRow]) -> Vec<Vec<Item>> {
    let mut kept: Vec<Vec<Item>> = Vec::new();
    for element in elements {
        let Some(id) = first(&element) else { continue };
        let again = kept.last().is_some_and(|before| {
            before
                .iter()
                .any(|item| matches!(item, Item::Field(held, _) if *held == id))
        });
        if kept.is_empty() || again || rows[0].has(id) {
            kept.push(element);
        }
    }
    kept
}

fn put(items: &[Item], wide: bool, body: &mut Vec<u8>) {
    for item in items {
        match item {
            Item::Field(id, data) => {
                let [high, low] = id.to_be_bytes();
                body.extend(wide.then_some(high));
                body.extend([low, u8::try_from(data.len()).unwrap()]);
                body.extend(data);
            }
            Item::List(elements) => elements.iter().for_each(|element| put(element, wide, body)),
        }
    }
}

fn fixed(row: &'static FixedRow) -> BoxedStrategy<Vec<u8>> {
    match row.kind.size() {
        Some(size) => {
            let usual = row
                .reserved
                .map_or(values(row.values), |printed| vec![printed]);
            number(size, usual)
        }
        None => prop_oneof![Just(vec![0; 8]), vec(any::<u8>(), 8)].boxed(),
    }
}

/// Frames in table order, with whatever else a server may come up with.
fn frames(layout: &'static Layout, version: Version) -> BoxedStrategy<Vec<u8>> {
    let wide = version.has_wide_ids();
    let fixed: Vec<_> = layout
        .fixed
        .iter()
        .filter(|row| row.since <= version)
        .map(fixed)
        .collect();
    let ids = if wide { 0..=999_u16 } else { 0..=255 };
    let unlisted = vec((ids, vec(any::<u8>(), 0..9)), 0..4);
    (fixed, items(layout.floating, version), unlisted)
        .prop_map(move |(fixed, items, unlisted)| {
            let mut body = fixed.concat();
            put(&items, wide, &mut body);
            // A field that the table lists is unlisted only when it comes again.
            let single = |id: u16| {
                items
                    .iter()
                    .any(|item| matches!(item, Item::Field(held, _) if *held == id))
            };
            let unlisted: Vec<_> = unlisted
                .into_iter()
                .filter(|(id, _)| layout.field(*id).is_none() || single(*id))
                .map(|(id, data)| Item::Field(id, data))
                .collect();
            put(&unlisted, wide, &mut body);
            frame(layout.message_type.0, &body)
        })
        .boxed()
}

fn each_message(cases: u32, test: impl Fn(&'static Layout, Version, Vec<u8>)) {
    assert_eq!(LAYOUTS.len(), 92);
    for layout in LAYOUTS {
        for version in Version::ALL {
            let seed = [layout.message_type.0 as u8 ^ version.number() as u8; 32];
            let rng = TestRng::from_seed(RngAlgorithm::ChaCha, &seed);
            let config = Config {
                cases,
                failure_persistence: None,
                ..Config::default()
            };
            TestRunner::new_with_rng(config, rng)
                .run(&frames(layout, version), |frame| {
                    test(layout, version, frame);
                    Ok(())
                })
                .unwrap_or_else(|error| panic!("{} in {version}: {error}", layout.name));
        }
    }
}

#[test]
fn frames_come_back_byte_for_byte() {
    each_message(16, |_, version, bytes| {
        let (object, refusal) = comes_back(&bytes, version);
        let frame = Frame::new(&bytes).unwrap();
        let message = frame.decode(version).unwrap();
        let mut strict = BytesMut::new();
        let encoded = message.encode(version, &mut strict);
        assert_eq!(refusal, encoded.err().map(|error| error.kind));
        // A message that holds to the guide is the same one without its length.
        let mut own = BytesMut::new();
        let read = json::read_strict(&object, version, &mut own);
        match (encoded, read) {
            (Ok(()), read) => assert_eq!((read, own), (Ok(()), strict)),
            // Counts that differ are the one thing that is put right.
            (Err(error), Ok(())) => assert!(
                matches!(error.kind, EncodeErrorKind::CountMismatch { .. }),
                "{error}: {object}"
            ),
            (Err(_), Err(_)) => {}
        }
    });
}
