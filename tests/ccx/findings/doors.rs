//! One fault, one wording: checking, encoding, decoding and reading JSON say the same of the same
//! fault, with the same kind.

use bytes::BytesMut;
use cti_codec::ccx::json::{self, Document, JsonError, MalformedKind, Object, Packed};
use cti_codec::ccx::{
    AgentRecord, AgentState, AgentStateCsq, AgentStateEvent, Bool, ConfigAgentEvent, EncodeError,
    FieldName, FloatingField, NamedArray, NamedVariable, OpenConf, OpenReq, RecordType,
    SetAgentStateReq, SetCallDataReq, SystemEvent,
};

use super::*;

/// What checking before sending, encoding and reading JSON say of a message; and, if it can be
/// written as it is, what checking and encoding say of it as received.
#[track_caller]
fn say(message: impl Into<Message<'static>>, version: Version, field: &str, fault: Fault) {
    let message = message.into();
    let refusal = message.encode(version, &mut BytesMut::new()).unwrap_err();
    assert_eq!(says_of(&refusal), (field.to_owned(), fault), "encoding");

    let findings = message.check(version);
    let finding = findings
        .iter()
        .find(|finding| (finding.field, finding.kind) == (refusal.field, fault))
        .unwrap_or_else(|| panic!("{refusal} is not among {findings:?}"));
    assert_eq!(
        finding.to_string().replacen(&at_byte(finding), "", 1),
        refusal.to_string()
    );

    let object = serde_json::to_value(message).unwrap();
    match json::read(&object, version, &mut BytesMut::new()).unwrap_err() {
        JsonError::Refused(error) => assert_eq!(error, refusal, "JSON"),
        // A fault in a place of the object has the path to it, and the same words.
        JsonError::Malformed(error) => {
            assert_eq!(error.kind, MalformedKind::Message(fault), "JSON");
            assert!(error.to_string().ends_with(&fault.to_string()), "{error}");
        }
    }

    let mut wire = BytesMut::new();
    if message.encode_as_received(version, &mut wire).is_ok() {
        let frame = Frame::new(wire.to_vec()).unwrap();
        if frame.check(version).contains(finding) {
            let again = frame.decode(version).unwrap();
            let error = again.encode(version, &mut BytesMut::new()).unwrap_err();
            assert_eq!(error, refusal, "received and encoded");
        } else {
            // On the wire it cannot be seen.
            assert!(
                matches!(fault, Fault::Misplaced | Fault::Missing),
                "{fault}"
            );
        }
    }
}

/// What checking, encoding and JSON say of a message that was received.
#[track_caller]
fn say_received(frame: &Frame<Vec<u8>>, version: Version, field: &str, fault: Fault) {
    let findings = frame.check(version);
    let said = findings
        .iter()
        .map(|finding| (finding.field.to_string(), finding.kind));
    assert!(
        said.clone().any(|said| said == (field.to_owned(), fault)),
        "{findings:?}"
    );
    let message = frame.decode(version).unwrap();
    let refusal = message.encode(version, &mut BytesMut::new()).unwrap_err();
    assert_eq!(says_of(&refusal), (field.to_owned(), fault), "encoding");
    let length = frame.body().len();
    let text = serde_json::to_string(&Object { length, message }).unwrap();
    let object: Document = serde_json::from_str(&text).unwrap();
    assert_eq!(
        object.pack(version, &mut BytesMut::new()),
        Ok(Packed::AsReceived(Some(refusal))),
        "JSON"
    );
}

fn says_of(error: &EncodeError) -> (String, Fault) {
    (error.field.to_string(), error.kind)
}

fn at_byte(finding: &Finding) -> String {
    format!(" at byte {}", finding.offset)
}

const V14: Version = Version::V14;

/// For as long as the tests run.
fn kept<T>(list: Vec<T>) -> &'static [T] {
    list.leak()
}

#[test]
fn of_one_field() {
    say(OpenReq::default(), V14, "ClientID", Fault::Missing);
    let open = |id: &'static str| OpenReq {
        client_id: Some(id.into()),
        client_password: Some(b""),
        ..Default::default()
    };
    let long: &'static str = "x".repeat(300).leak();
    let (length, max) = (66, 64);
    say(
        open(&long[..65]),
        V14,
        "ClientID",
        Fault::TooLong { length, max },
    );
    // Even where the wire could not carry it.
    let length = 301;
    say(open(long), V14, "ClientID", Fault::TooLong { length, max });
    say(open("ag\0ent"), V14, "ClientID", Fault::InnerNul { at: 2 });

    let conf = OpenConf {
        unified_ccx_online: Bool(2),
        ..Default::default()
    };
    say(conf, V14, "UnifiedCCXOnline", Fault::NotBool { value: 2 });
    let newer = |since| Fault::NotInVersion { since, until: None };
    let event = AgentStateEvent {
        active_terminal: Some("SEP0".into()),
        ..Default::default()
    };
    say(event, V14, "ActiveTerminal", newer(18));
    let request = SetAgentStateReq {
        agent_capacity: 1.into(),
        ..Default::default()
    };
    say(request, Version::V11, "AgentCapacity", newer(12));
    let login = Message::from(SetAgentStateReq {
        agent_state: AgentState::LOGIN,
        agent_instrument: Some("2006".into()),
        agent_id: Some("jdoe".into()),
        ..Default::default()
    });
    let refusal = login.encode(V14, &mut BytesMut::new()).unwrap_err();
    assert!(matches!(refusal.kind, Fault::Rule(_)), "{refusal}");
    say(login, V14, "AgentPassword", refusal.kind);
}

#[test]
fn of_named_data() {
    let with = |variables: &'static [NamedVariable<'static>],
                arrays: &'static [NamedArray<'static>]| SetCallDataReq {
        connection_device_id: Some("2006".into()),
        named_variables: variables.into(),
        named_arrays: arrays.into(),
        ..Default::default()
    };
    let variable = |name: usize, value: usize| NamedVariable {
        name: (&*"n".repeat(name).leak()).into(),
        value: (&*"v".repeat(value).leak()).into(),
    };
    let one = |variable: NamedVariable<'static>| with(kept(vec![variable]), &[]);
    let name = "NamedVariable";
    for wide in [33, 260] {
        let (length, max) = (wide + 1, 33);
        say(
            one(variable(wide, 1)),
            V14,
            name,
            Fault::NameTooLong { length, max },
        );
    }
    for wide in [211, 260] {
        let (length, max) = (wide + 1, 211);
        say(
            one(variable(1, wide)),
            V14,
            name,
            Fault::ValueTooLong { length, max },
        );
    }
    let inner = NamedVariable {
        name: "BAResponse".into(),
        value: "Acc\0ept".into(),
    };
    say(one(inner), V14, name, Fault::InnerNul { at: 14 });
    let inner = NamedVariable {
        name: "a\0b".into(),
        value: "".into(),
    };
    say(one(inner), V14, name, Fault::InnerNul { at: 1 });
    let element = NamedArray {
        index: 3,
        name: "a".into(),
        value: "b\0c".into(),
    };
    say(
        with(&[], kept(vec![element])),
        V14,
        "NamedArray",
        Fault::InnerNul { at: 4 },
    );
    // Ten of 204 are over the limit with the tenth; the message goes on to 2244.
    let eleven = kept(vec![variable(10, 190); 11]);
    let (length, max) = (2040, 2000);
    say(
        with(eleven, &[]),
        V14,
        name,
        Fault::TooMuchNamedData { length, max },
    );
}

#[test]
fn of_lists() {
    let record = AgentRecord {
        record_type: Some(RecordType::ADD),
        ..Default::default()
    };
    let event = ConfigAgentEvent {
        records: kept(vec![record; 11]).into(),
        ..Default::default()
    };
    say(event, V14, "Records", Fault::TooMany { count: 11, max: 10 });
    let csqs = vec![
        AgentStateCsq {
            csq_id: Some(4),
            ..Default::default()
        },
        AgentStateCsq {
            csq_state: Some(AgentState::READY),
            ..Default::default()
        },
    ];
    let event = AgentStateEvent {
        csqs: kept(csqs).into(),
        ..Default::default()
    };
    say(event, V14, "CSQs", Fault::RunsTogether { index: 1 });
    let text: &'static [FloatingField<'static>] = &[FloatingField {
        id: 7,
        data: b"up\0",
    }];
    let event = SystemEvent {
        unlisted: text.into(),
        ..Default::default()
    };
    say(event, V14, "Text", Fault::Misplaced);
    let wide: &'static [FloatingField<'static>] = &[FloatingField { id: 300, data: b"" }];
    let event = SystemEvent {
        unlisted: wide.into(),
        ..Default::default()
    };
    say(event, V14, "[300]", Fault::WideId { id: 300 });
}

#[test]
fn of_received_messages() {
    let system = |fields: &[Raw<'_>]| laid_out(V14, MessageType::SYSTEM_EVENT, &[], fields).0;
    say_received(&system(&[TEXT, TEXT]), V14, "Text", Fault::Repeated);
    let state = |values: &[(&str, u32)], fields: &[Raw<'_>]| {
        laid_out(V14, MessageType::AGENT_STATE_EVENT, values, fields).0
    };
    let fault = Fault::CountMismatch {
        count: 2,
        listed: 1,
    };
    say_received(
        &state(&[("NumCSQs", 2)], &[(62, &[0, 0, 0, 4])]),
        V14,
        "NumCSQs",
        fault,
    );
    let fault = Fault::WrongSize {
        kind: Kind::Uint,
        expected: 4,
        found: 2,
    };
    say_received(&state(&[], &[(62, &[0, 4])]), V14, "CSQID", fault);
    let call = laid_out(
        V14,
        MessageType::SET_CALL_DATA_REQ,
        &[],
        &[(25, b"2006\0"), (82, b"name")],
    );
    say_received(&call.0, V14, "NamedVariable", Fault::UnterminatedName);
    // A field of a later version, in the width of this one.
    let agent = laid_out(
        V14,
        MessageType::CONFIG_AGENT_EVENT,
        &[("NumRecords", 1)],
        &[(183, &[0, 0]), (247, &[0, 3])],
    );
    let fault = Fault::NotInVersion {
        since: 17,
        until: None,
    };
    say_received(&agent.0, V14, "AgentState", fault);

    // What ends too early does not decode.
    let mut body = system(&[TEXT]).body().to_vec();
    body.pop();
    let cut = frame(MessageType::SYSTEM_EVENT, &body);
    let error = cut.decode(V14).unwrap_err();
    assert_eq!(error.kind, Fault::Truncated { needed: 5, left: 4 });
    assert_eq!(cut.check(V14), [Finding::from(error)]);
    assert_eq!(cut.check(V14)[0].to_string(), error.to_string());
    assert_eq!(error.field, FieldName::Listed("Text"));
}
