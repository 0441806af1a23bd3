//! What the types of values offer: names there and back, texts for people, moments, masks, and what
//! one's own messages may hold that no server sends.

mod codes;
mod devices;
mod texts;
mod versions;

use bytes::BytesMut;
use cti_codec::ccx::outbound::BaResponse;
use cti_codec::ccx::{
    AgentState, AgentStateCsq, AgentStateEvent, AgentStateMask, AutoWork, Bool, CallEventMask,
    ConfigMask, ConfigRequestEvent, EventCause, Fault, FieldName, FloatingField, Frame,
    HeartbeatConf, Message, MessageType, RawMessage, RecordType, Repeated, ShortConfigMask,
    SystemEvent, Text, Time, Unlisted, Version,
};

fn refusal<'a>(message: impl Into<Message<'a>>, version: Version) -> (FieldName, Fault) {
    let mut frame = BytesMut::new();
    let error = message.into().encode(version, &mut frame).unwrap_err();
    assert!(frame.is_empty(), "nothing is written on error");
    (error.field, error.kind)
}

#[test]
fn codes_have_names_there_and_back_and_show_numbers_without() {
    assert_eq!(
        AgentState::from_name("AGENT_STATE_READY"),
        Some(AgentState::READY)
    );
    assert_eq!(AgentState::READY.to_string(), "AGENT_STATE_READY");
    assert_eq!(AgentState(777).to_string(), "777");
    assert_eq!(AgentState::from_name("READY"), Some(AgentState::READY));
    assert_eq!(AgentState::from_name("ready"), None);
    assert_eq!(EventCause::from_name(""), None);
    // Width and alignment are those of numbers, where there is but a number.
    assert_eq!(format!("{:>5}", AgentState(777)), "  777");
    assert_eq!(format!("{:?}", AgentState(777)), "AgentState(777)");
    assert_eq!(
        format!("{:?}", AgentState::READY),
        format!("AGENT_STATE_READY({})", AgentState::READY.0)
    );
    assert_eq!(RecordType::from_name("Change"), Some(RecordType::CHANGE));
}

#[test]
fn masks_show_the_names_of_their_bits_and_the_rest_as_a_number() {
    assert_eq!(AgentStateMask::empty().to_string(), "0");
    assert_eq!(AgentStateMask::AGENT_WORK.to_string(), "AGENT_WORK_MASK");
    let two = AgentStateMask::AGENT_LOGIN | AgentStateMask::AGENT_WORK;
    assert_eq!(two.to_string(), "AGENT_LOGIN_MASK | AGENT_WORK_MASK");
    let more = two | AgentStateMask::from_bits_retain(0x8000_0200);
    assert_eq!(
        more.to_string(),
        "AGENT_LOGIN_MASK | AGENT_WORK_MASK | 0x80000200"
    );
    assert_eq!(
        CallEventMask::from_bits_retain(0x8000_0000).to_string(),
        "0x80000000"
    );
}

#[test]
fn the_short_mask_is_the_mask_in_two_bytes() {
    for name in ConfigMask::all().iter() {
        let Ok(bits) = u16::try_from(name.bits()) else {
            continue;
        };
        assert_eq!(ShortConfigMask(bits).mask(), name);
    }
    assert_eq!(ShortConfigMask(0xffff).mask().bits(), 0xffff);
}

#[test]
fn times_are_seconds_of_utc_without_a_sign() {
    assert_eq!(Time(0).to_string(), "1970-01-01T00:00:00Z");
    assert_eq!(Time(0x8000_0000).to_string(), "2038-01-19T03:14:08Z");
    assert_eq!(Time(u32::MAX).to_string(), "2106-02-07T06:28:15Z");
    assert_eq!(Time(86_400).timestamp().as_second(), 86_400);
}

#[test]
fn auto_work_is_true_in_either_size() {
    assert_eq!(AutoWork::default(), AutoWork::from(false));
    assert!(!AutoWork::default().is_true());
    assert!(AutoWork::from(true).is_true());
    assert!(AutoWork::Short(Bool(7)).is_true());
    assert!(AutoWork::Long(1).is_true());
    assert!(!AutoWork::Long(0).is_true());
}

#[test]
fn unknown_types_show_their_number() {
    assert_eq!(format!("{:?}", MessageType(4711)), "MessageType(4711)");
    assert_eq!(MessageType(4711).to_string(), "4711");
    assert_eq!(format!("{:?}", MessageType::OPEN_REQ), "OPEN_REQ(3)");
}

#[test]
fn a_raw_message_has_no_fields() {
    let mut raw = Message::Raw(RawMessage {
        message_type: MessageType(112),
        body: &[0, 0, 0, 7],
    });
    assert_eq!(raw.invoke_id(), None);
    assert_eq!(raw.invoke_id_mut(), None);
    assert_eq!(raw.message_type(), MessageType(112));
}

#[test]
fn texts_show_what_is_not_utf_8_without_losing_the_rest() {
    let text = Text::new(b"a\xffb\xc3\xa9\"");
    assert_eq!(text.to_string(), "a\u{fffd}b\u{e9}\"");
    assert_eq!(format!("{text:?}"), "\"a\\xffb\u{e9}\\\"\"");
    assert!(text.to_str().is_err());
    assert_eq!(
        format!("{:>4}|{:.1}", Text::from("ab"), Text::from("ab")),
        "  ab|a"
    );
    assert_eq!(Text::from("ab"), *"ab");
    assert!(Text::default().is_empty() && !text.is_empty());
}

#[test]
fn a_value_of_an_answer_shows_its_text() {
    let value = BaResponse::Other("Accept".into()).to_value().unwrap();
    assert_eq!(format!("{value:?}"), "BaResponseValue(\"Accept\")");
}

/// Fields that the library does not know may be sent, in order, behind those that it knows.
#[test]
fn unlisted_fields_of_ones_own_are_written_behind_the_others() {
    let fields = [
        FloatingField {
            id: 250,
            data: b"x\0",
        },
        FloatingField { id: 97, data: b"" },
        FloatingField {
            id: 250,
            data: b"y\0",
        },
    ];
    let event = SystemEvent {
        text: Some("up".into()),
        unlisted: Unlisted::from(fields.as_slice()),
        ..Default::default()
    };
    assert!(!event.unlisted.is_empty());
    let mut bytes = BytesMut::new();
    Message::from(event)
        .encode(Version::V14, &mut bytes)
        .unwrap();
    let frame = Frame::new(bytes.freeze()).unwrap();
    let Ok(Message::SystemEvent(again)) = frame.decode(Version::V14) else {
        panic!("{frame:?}");
    };
    assert_eq!(again, event);
    assert_eq!(again.unlisted.iter().collect::<Vec<_>>(), fields);
    let on_the_wire = b"\xfa\x02x\0\x61\0\xfa\x02y\0";
    assert!(frame.body().ends_with(on_the_wire));
}

#[test]
fn unlisted_fields_that_cannot_be_written_are_refused() {
    let long = [0; 256];
    for (field, version, kind) in [
        (
            FloatingField {
                id: 250,
                data: &long,
            },
            Version::V14,
            Fault::TooLong {
                length: 256,
                max: 255,
            },
        ),
        (
            FloatingField { id: 256, data: b"" },
            Version::V17,
            Fault::WideId { id: 256 },
        ),
    ] {
        let fields = [field];
        let message = HeartbeatConf {
            unlisted: (&fields).into(),
            ..Default::default()
        };
        assert_eq!(
            refusal(message, version),
            (FieldName::Unlisted(field.id), kind)
        );
    }
    // What the table lists has a place of its own.
    let text = [FloatingField {
        id: 7,
        data: b"up\0",
    }];
    let event = SystemEvent {
        unlisted: (&text).into(),
        ..Default::default()
    };
    assert_eq!(
        refusal(event, Version::V14),
        (FieldName::Listed("Text"), Fault::Misplaced)
    );
}

/// A list is gone through as a value, as a reference and by its iterator, and stays what it is.
#[test]
fn a_list_is_gone_through_in_each_way() {
    let csqs = [1, 2, 3].map(|id| AgentStateCsq {
        csq_id: Some(id),
        ..Default::default()
    });
    let list = Repeated::from(&csqs);
    let mut ids = Vec::new();
    for csq in list {
        ids.push(csq.csq_id);
    }
    for csq in &list {
        ids.push(csq.csq_id);
    }
    ids.extend(list.iter().map(|csq| csq.csq_id));
    assert_eq!(ids, [1, 2, 3, 1, 2, 3, 1, 2, 3].map(Some));
    assert_eq!(list.len(), 3);
}

/// A count has two bytes.
#[test]
fn a_list_too_long_for_its_count_is_refused() {
    let csqs = vec![
        AgentStateCsq {
            csq_id: Some(1),
            skill_group_id: Some(1),
            skill_group_priority: Some(1),
            csq_state: Some(AgentState::READY),
        };
        65_536
    ];
    let event = AgentStateEvent {
        csqs: csqs.as_slice().into(),
        ..Default::default()
    };
    let (field, kind) = refusal(event, Version::V14);
    assert_eq!(field.to_string(), "CSQs");
    assert_eq!(
        kind,
        Fault::TooMany {
            count: 65_536,
            max: 65_535
        }
    );
}

/// Required and reserved: the guide prescribes the value, so it need not be set.
#[test]
fn a_required_reserved_field_is_written_without_being_set() {
    let mut bytes = BytesMut::new();
    let event = ConfigRequestEvent::default();
    Message::from(event)
        .encode(Version::V10, &mut bytes)
        .unwrap();
    let expected = [0, 0, 0, 10, 0, 0, 0, 232, 0, 0, 0, 0, 131, 4, 0, 0, 0, 0];
    assert_eq!(bytes[..], expected);
}
