//! What servers send that the tables of the first edition do not have: listed here because it is
//! seen, or because the newer edition says so.

use cti_codec::ccx::{
    AgentState, AgentStateEvent, AgentStateReasonCode, CallClearedEvent, CallDeliveredEvent,
    CcxStatus, ConfigTerminalEvent, Finding, Frame, LineType, Message, MessageType, RecordType,
    SystemEvent, SystemEventID, TerminalInstrument, TerminalRecord, Version,
};

use crate::common::hex;

fn findings<'a>(message: impl Into<Message<'a>>, version: Version) -> Vec<Finding> {
    let frame = message.into().to_bytes(version).unwrap();
    Frame::new(frame).unwrap().check(version)
}

#[test]
fn no_reason_no_state_to_follow_and_a_normal_server_are_listed() {
    for reason in [AgentStateReasonCode::NONE, AgentStateReasonCode(4711)] {
        let event = AgentStateEvent {
            agent_state: AgentState::READY,
            event_reason_code: reason,
            next_agent_state: Some(AgentState::NONE),
            agent_extension: Some("2006".into()),
            agent_id: Some("jdoe".into()),
            ..Default::default()
        };
        assert_eq!(findings(event, Version::V14), []);
    }
    let event = SystemEvent {
        system_event_id: SystemEventID::CCX_ONLINE,
        ccx_status: CcxStatus::NORMAL,
        ..Default::default()
    };
    assert_eq!(findings(event, Version::V14), []);
}

#[test]
fn a_cleared_call_names_its_connection() {
    let event = CallClearedEvent {
        call_id: 5,
        connection_device_id: Some("2006".into()),
        ..Default::default()
    };
    assert_eq!(findings(event, Version::V14), []);
}

#[test]
fn the_kind_of_line_is_free_from_version_14_on() {
    let event = |line_type| CallDeliveredEvent {
        line_type,
        connection_device_id: Some("2006".into()),
        alerting_device_id: Some("2006".into()),
        called_device_id: Some("2006".into()),
        ..Default::default()
    };
    assert_eq!(CallDeliveredEvent::default().line_type, LineType::BUSINESS);
    for (line_type, version, told) in [
        (LineType::BUSINESS, Version::V10, None),
        (LineType::BUSINESS, Version::V14, None),
        (LineType::NON_BUSINESS, Version::V14, None),
        (LineType::NON_BUSINESS, Version::V18, None),
        (
            LineType::NON_BUSINESS,
            Version::V13,
            Some("is 10, reserved as 3"),
        ),
        (
            LineType(7),
            Version::V14,
            Some("is 7, which no table lists"),
        ),
    ] {
        let found = findings(event(line_type), version);
        let found: Vec<_> = found
            .iter()
            .map(|finding| finding.kind.to_string())
            .collect();
        assert_eq!(
            found,
            told.into_iter().collect::<Vec<_>>(),
            "{line_type} {version}"
        );
    }
}

/// Built by hand from the rows of the newer edition.
#[test]
fn terminals_are_configured_since_version_18() {
    let frame = hex("00000037 00000114 0002 \
         00B7 02 0000 012E 02 0003 012F 06 53455031 32 00 0130 05 37393635 00 \
         0131 02 0002 0006 05 32303036 00 0006 05 32303037 00 \
         00B7 02 0002");
    let frame = Frame::new(frame).unwrap();
    assert_eq!(frame.message_type(), MessageType::CONFIG_TERMINAL_EVENT);
    assert_eq!(frame.check(Version::V18), []);
    let instruments = ["2006", "2007"].map(|instrument| TerminalInstrument {
        instrument: Some(instrument.into()),
    });
    let records = [
        TerminalRecord {
            record_type: Some(RecordType::ADD),
            terminal_type: Some(3),
            terminal_device_name: Some("SEP12".into()),
            terminal_type_name: Some("7965".into()),
            instruments: (&instruments).into(),
        },
        TerminalRecord {
            record_type: Some(RecordType::DELETE),
            ..Default::default()
        },
    ];
    let event = ConfigTerminalEvent {
        records: (&records).into(),
        ..Default::default()
    };
    let decoded = frame.decode(Version::V18).unwrap();
    assert_eq!(decoded, event.into());
    let written = decoded.to_bytes(Version::V18).unwrap();
    assert_eq!(written, frame.bytes());
    // No earlier version has the fields.
    let error = Message::from(event).to_bytes(Version::V17).unwrap_err();
    assert!(error.to_string().contains("18"), "{error}");
}
