//! A message on one line: what a log shows of it, and what it must not.

use cti_codec::ccx::{
    AgentState, AgentStateCsq, AgentStateEvent, BeginCallEvent, Body as _, CallType,
    ConfigCsqEvent, ConnectionDeviceType, CsqRecord, CtiService, FloatingField, Frame, Message,
    MessageType, NamedArray, NamedVariable, OpenReq, QueryAgentStateReq, RawMessage, Repeated,
    SetAgentStateReq, Time, Unlisted, Version,
};

#[test]
fn what_is_set_stands_under_the_guide_s_names() {
    let csqs = [
        AgentStateCsq {
            csq_id: Some(1),
            csq_state: Some(AgentState::READY),
            ..Default::default()
        },
        AgentStateCsq {
            csq_id: Some(2),
            csq_state: Some(AgentState(99)),
            ..Default::default()
        },
    ];
    let event = AgentStateEvent {
        agent_state: AgentState::READY,
        csq_id: 1,
        agent_id: Some("jdoe".into()),
        csqs: (&csqs).into(),
        ..Default::default()
    };
    assert_eq!(
        event.to_string(),
        "AGENT_STATE_EVENT StateDuration=0 CSQID=1 AgentState=AGENT_STATE_READY AgentID=\"jdoe\" \
         CSQs=[{CSQID=1 CSQState=AGENT_STATE_READY} {CSQID=2 CSQState=99}]"
    );
    assert_eq!(Message::from(event).to_string(), event.to_string());
}

#[test]
fn named_data_masks_times_and_strangers() {
    let variables =
        [("user.customer", "4711"), ("two words", "a\n\"b\"")].map(|(name, value)| NamedVariable {
            name: name.into(),
            value: value.into(),
        });
    let arrays = [NamedArray {
        index: 2,
        name: "user.orders".into(),
        value: "".into(),
    }];
    let strangers = [FloatingField {
        id: 250,
        data: b"x\0",
    }];
    let event = BeginCallEvent {
        call_type: CallType::CCX_IN,
        connection_device_type: ConnectionDeviceType::STATIC,
        call_id: 5,
        connection_device_id: Some("2006".into()),
        named_variables: Repeated::from(&variables),
        named_arrays: Repeated::from(&arrays),
        unlisted: Unlisted::from(strangers.as_slice()),
        ..Default::default()
    };
    assert_eq!(
        event.to_string(),
        "BEGIN_CALL_EVENT CallType=CALLTYPE_CCX_IN ConnectionDeviceType=CONNECTION_ID_STATIC \
         CallID=5 ConnectionDeviceID=\"2006\" \
         NamedVariables=[user.customer=\"4711\" \"two words\"=\"a\\n\\\"b\\\"\"] \
         NamedArrays=[user.orders[2]=\"\"] [250]=7800"
    );
    let open = OpenReq {
        version_number: 14,
        idle_timeout: 60,
        services_requested: CtiService::ALL_EVENTS | CtiService::from_bits_retain(8),
        ..Default::default()
    };
    let shown = open.to_string();
    assert!(
        shown.ends_with(" ServicesRequested=CTI_SERVICE_ALL_EVENTS|0x8"),
        "{shown}"
    );
}

/// Whatever somebody puts into a text, the line is one line.
#[test]
fn a_line_stays_a_line() {
    for harmful in ["\n", "\r", "\u{1b}[2J", "\u{85}", "\u{202e}", "\u{2028}"] {
        let text = format!("a{harmful}b");
        let variables = [NamedVariable {
            name: text.as_str().into(),
            value: text.as_str().into(),
        }];
        let event = BeginCallEvent {
            ani: Some(text.as_str().into()),
            named_variables: Repeated::from(&variables),
            ..Default::default()
        };
        assert!(!event.to_string().contains(harmful), "{event}");
    }
}

/// Neither the line nor what a debugger or a panic shows.
#[test]
fn passwords_are_never_shown() {
    let open = OpenReq {
        client_id: Some("me".into()),
        client_password: Some(b"secret"),
        version_number: 14,
        idle_timeout: 60,
        ..Default::default()
    };
    let login = SetAgentStateReq {
        agent_state: AgentState::LOGIN,
        agent_instrument: Some("2006".into()),
        agent_id: Some("jdoe".into()),
        agent_password: Some("secret".into()),
        ..Default::default()
    };
    for message in [Message::from(open), Message::from(login)] {
        let frame = Frame::new(message.to_bytes(Version::V14).unwrap()).unwrap();
        let received = frame.clone().received(Version::V14);
        for shown in [
            message.to_string(),
            format!("{message:?}"),
            format!("{message:#?}"),
            received.to_string(),
            format!("{received:?}"),
            format!("{frame:?}"),
        ] {
            assert!(!shown.contains("secret"), "{shown}");
            assert!(!shown.contains("115, 101, 99"), "{shown}");
            assert!(shown.contains("***"), "{shown}");
        }
    }
    #[cfg(feature = "serde")]
    let json = |message: Message<'_>| serde_json::to_string(&message).unwrap();
    #[cfg(feature = "serde")]
    for message in [Message::from(open), Message::from(login)] {
        let redacted = json(message.redacted());
        assert!(
            !redacted.contains("secret") && !redacted.contains("736563726574"),
            "{redacted}"
        );
        assert_ne!(
            redacted,
            json(message),
            "JSON keeps what it is not told to hide"
        );
        let nothing = message.redacted().redacted();
        assert_eq!(nothing, message.redacted());
    }
    // An empty one is none.
    let empty = SetAgentStateReq {
        agent_password: Some("".into()),
        ..login
    };
    assert!(
        empty.to_string().contains(" AgentPassword=\"\" "),
        "{empty}"
    );
    // Where there can be none, the bytes are shown.
    let query = QueryAgentStateReq {
        agent_id: Some("jdoe".into()),
        ..Default::default()
    };
    let frame = Frame::new(query.to_bytes(Version::V14).unwrap()).unwrap();
    assert!(format!("{frame:?}").contains("jdoe"), "{frame:?}");
}

#[test]
fn a_message_without_a_struct_shows_the_beginning_of_its_body() {
    let raw = |body| {
        Message::Raw(RawMessage {
            message_type: MessageType(112),
            body,
        })
        .to_string()
    };
    let name = "QUERY_AGENT_STATISTICS_REQ";
    assert_eq!(raw(b"\x01\xff"), format!("{name} body=01ff (2 bytes)"));
    let long = [0xAB; 33];
    let shown = "ab".repeat(32);
    assert_eq!(raw(&long), format!("{name} body={shown}… (33 bytes)"));
    assert_eq!(raw(&long[1..]), format!("{name} body={shown} (32 bytes)"));
    assert_eq!(raw(b""), format!("{name} body= (0 bytes)"));
}

#[test]
fn what_does_not_decode_says_why() {
    let bytes: &[u8] = &[0, 0, 0, 1, 0, 0, 0, 5, 7];
    let frame = Frame::new(bytes::Bytes::copy_from_slice(bytes)).unwrap();
    let error = frame.decode(Version::V14).unwrap_err().to_string();
    assert_eq!(frame.received(Version::V14).to_string(), error);
    assert!(error.starts_with("HEARTBEAT_REQ"), "{error}");
}

/// Fields that mean none are left out, and what is prescribed; zeros of numbers are not.
#[test]
fn what_says_nothing_is_left_out() {
    let shown = BeginCallEvent::default().to_string();
    assert_eq!(shown, "BEGIN_CALL_EVENT CallID=0");
    let time = AgentStateEvent {
        state_duration: 7,
        ..Default::default()
    };
    assert!(time.to_string().contains("StateDuration=7"), "{time}");
    let records = [CsqRecord::default()];
    let event = ConfigCsqEvent {
        records: (&records).into(),
        ..Default::default()
    };
    assert!(event.to_string().contains("=[{}]"), "{event}");
    let _ = Time(0);
}

/// A value that the guide prescribes says nothing, required or not; another one in its place does.
#[test]
fn what_is_prescribed_is_left_out() {
    for (priority, shown) in [
        (0, "CSQs=[{CSQID=1}]"),
        (4, "CSQs=[{CSQID=1 SKILL_GROUP_PRIORITY=4}]"),
    ] {
        let csqs = [AgentStateCsq {
            csq_id: Some(1),
            skill_group_priority: Some(priority),
            ..Default::default()
        }];
        let event = AgentStateEvent {
            csqs: (&csqs).into(),
            ..Default::default()
        };
        assert!(event.to_string().ends_with(shown), "{event}");
    }
}
