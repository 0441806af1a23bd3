//! What the fuzz targets and the samples have found, by name.

use cti_codec::ccx::*;
use oracles::ccx::{Style, frame};

use crate::common::{self, as_received, strict};
use crate::samples::{decode, seeded};

/// `OPEN_CONF` of a version without peripherals has no count of them.
#[test]
fn open_conf_without_peripherals_is_written_strictly_in_every_version() {
    for version in Version::ALL {
        let tree = seeded(common::layout("OPEN_CONF"), version, Style::Lawful, 0);
        assert!(tree.parts.is_empty());
        let body = tree.body();
        let message = decode(&tree, &body);
        assert_eq!(strict(&message, version), Ok(tree.frame()), "{version}");
    }
}

/// An agent without CSQs: the count of 0 is there, the list is not; and what a server counts
/// wrongly stays as it came.
#[test]
fn the_count_of_a_nested_list_without_elements_is_kept() {
    for (count, body) in [
        (
            0,
            b"\x00\x01\xb7\x02\x00\x00\xbe\x02a\x00\xbf\x02\x00\x00".as_slice(),
        ),
        (5, b"\x00\x01\xb7\x02\x00\x00\xbe\x02a\x00\xbf\x02\x00\x05"),
    ] {
        let Ok(message) = Message::decode_body(MessageType(237), body, Version::V14) else {
            panic!()
        };
        let Message::ConfigAgentEvent(event) = message else {
            panic!()
        };
        let record = event.records.iter().next().unwrap();
        assert_eq!(record.csqs.announced(), Some(count));
        assert_eq!(as_received(&message, Version::V14), Ok(frame(237, body)));
        match count {
            0 => assert_eq!(strict(&message, Version::V14), Ok(frame(237, body))),
            _ => assert_eq!(
                strict(&message, Version::V14).unwrap_err().kind,
                Fault::CountMismatch {
                    count: count.into(),
                    listed: 0
                }
            ),
        }
    }
}

/// Both widths of `AutoWork` are right, and each stays as it is.
#[test]
fn auto_work_of_either_width_is_written_strictly() {
    for data in [b"\x00\x01".as_slice(), b"\x00\x00\x00\x01"] {
        let mut body = b"\x00\x01\xb7\x02\x00\x00\xb9".to_vec();
        body.push(data.len() as u8);
        body.extend(data);
        let message = Message::decode_body(MessageType(236), &body, Version::V14).unwrap();
        assert_eq!(as_received(&message, Version::V14), Ok(frame(236, &body)));
        assert_eq!(strict(&message, Version::V14), Ok(frame(236, &body)));
    }
}

/// A reserved field keeps what arrived, a BOOL like any other; checking says that it has
/// changed, and encoding does not refuse what checking lets pass.
#[test]
fn a_reserved_bool_that_is_neither_is_kept() {
    let layout = common::layout("HOLD_CALL_REQ");
    let mut tree = seeded(layout, Version::V14, Style::Lawful, 0);
    tree.set_fixed("Reservation", 0xb100);
    let frame = Frame::new(tree.frame()).unwrap();
    let message = frame.decode(Version::V14).unwrap();
    assert_eq!(strict(&message, Version::V14), Ok(tree.frame()));
    let findings = frame.check(Version::V14);
    let reserved = FieldName::Listed("Reservation");
    let found = findings.iter().find(|finding| finding.field == reserved);
    assert_eq!(found.unwrap().kind.name(), "reserved-changed");
}

/// Nothing is dropped in silence: what a version's fixed part has no room for is refused, whoever
/// asks.
#[test]
fn a_fixed_field_that_the_version_does_not_have_is_not_dropped() {
    let message = Message::from(SetAgentStateReq {
        agent_state: AgentState::READY,
        agent_capacity: AgentCapacity::OUTBOUND_ENABLED,
        agent_instrument: Some("7".into()),
        ..Default::default()
    });
    assert!(strict(&message, Version::V12).is_ok());
    let error = EncodeError {
        message: MessageType::SET_AGENT_STATE_REQ.into(),
        field: FieldName::Listed("AgentCapacity"),
        kind: Fault::NotInVersion {
            since: 12,
            until: None,
        },
    };
    assert_eq!(strict(&message, Version::V11), Err(error));
    assert_eq!(as_received(&message, Version::V11), Err(error));
}
