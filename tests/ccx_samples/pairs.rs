//! Requests, their confirmations and their failures, and the `InvokeID` that ties them together.

use bytes::BytesMut;
use cti_codec::ccx::layout::SentBy;
use cti_codec::ccx::{Frame, LAYOUTS, Message, MessageType, RawMessage, Version};
use oracles::ccx::{Style, frame};
use serde_json::Value;
use std::collections::BTreeMap;

use crate::common::{defaults, message_type, number, rows, spec, text};
use crate::samples::seeded;

/// All ids that could be asked about: those of the specification and those between and beyond.
fn all_types() -> impl Iterator<Item = MessageType> {
    (0..=300).chain([0xffff, u32::MAX]).map(MessageType)
}

#[test]
fn every_request_has_the_confirmation_of_the_specification_and_nothing_else_has_one() {
    let spec = spec();
    let pairs: BTreeMap<_, _> = spec["request_confirmation"]
        .as_object()
        .unwrap()
        .iter()
        .map(|(request, confirmation)| (message_type(request), message_type(text(confirmation))))
        .collect();
    for message_type in all_types() {
        assert_eq!(
            message_type.confirmation(),
            pairs.get(&message_type).copied(),
            "{message_type}"
        );
    }
    // Each request is sent by a client, SET_CALL_DATA_REQ by either; each answer by the server.
    for (request, confirmation) in pairs {
        assert_ne!(request.sent_by(), Some(SentBy::Server), "{request}");
        assert_eq!(
            confirmation.sent_by(),
            Some(SentBy::Server),
            "{confirmation}"
        );
    }
}

#[test]
fn failures_are_those_of_the_specification() {
    let spec = spec();
    let negative = &spec["negative_confirmations"];
    let pairs = spec["request_confirmation"].as_object().unwrap();
    let types = |names: &Value| -> Vec<_> {
        let names = rows(names).iter();
        names.map(|name| message_type(text(name))).collect()
    };
    for message_type in all_types() {
        let name = message_type.name().unwrap_or_default();
        let expected = match negative.get(name) {
            Some(own) => types(own),
            None if pairs.contains_key(name) && message_type.has_invoke_id() => {
                types(&negative["with_invoke_id_and_confirmation"])
            }
            None => vec![],
        };
        assert_eq!(message_type.failures(), expected, "{message_type}");
    }
}

#[test]
fn class_and_sender_are_known_for_types_with_a_layout_and_no_others() {
    let spec = spec();
    let specified: BTreeMap<_, _> = rows(&spec["messages"])
        .iter()
        .map(|row| (number(&row["id"]) as u32, row))
        .collect();
    for message_type in all_types() {
        let Some(row) = specified.get(&message_type.0) else {
            assert_eq!(message_type.class(), None);
            assert_eq!(message_type.sent_by(), None);
            assert!(!message_type.has_invoke_id());
            continue;
        };
        let layout = message_type.layout().unwrap();
        assert_eq!(message_type.class(), Some(layout.class));
        assert_eq!(message_type.sent_by(), Some(layout.sent_by));
        let has = rows(&row["fixed"])
            .iter()
            .any(|row| row["name"] == "InvokeID");
        assert_eq!(message_type.has_invoke_id(), has, "{message_type}");
        // It is where Frame::invoke_id and has_invoke_id look for it.
        if has {
            assert_eq!(rows(&row["fixed"])[0]["name"], "InvokeID", "{message_type}");
            assert_eq!(rows(&row["fixed"])[0]["type"], "UINT", "{message_type}");
        }
    }
}

/// A confirmation and a failure can be matched to the request only by it. The pair of
/// configuration keys has none on either side.
#[test]
fn both_sides_of_a_pair_have_an_invoke_id_or_neither() {
    for layout in LAYOUTS {
        let Some(confirmation) = layout.confirmation.map(MessageType) else {
            continue;
        };
        let request = MessageType(layout.message_type);
        let keys = request == MessageType::CONFIG_REQUEST_KEY_EVENT;
        assert_eq!(request.has_invoke_id(), !keys, "{request}");
        assert_eq!(confirmation.has_invoke_id(), !keys, "{confirmation}");
        for failure in request.failures() {
            assert!(failure.has_invoke_id(), "{failure}");
        }
    }
}

#[test]
fn an_invoke_id_is_read_and_written_through_message_and_frame() {
    for layout in LAYOUTS {
        for version in [Version::V10, Version::V14, Version::V18] {
            let message_type = MessageType(layout.message_type);
            let has = message_type.has_invoke_id();
            let mut tree = seeded(layout, version, Style::Wild, 7);
            tree.set_fixed("InvokeID", 0x0102_0304);
            let bytes = tree.frame();
            let frame = Frame::new(bytes.as_slice()).unwrap();
            let expected = has.then_some(0x0102_0304);
            assert_eq!(frame.invoke_id(), expected, "{message_type}");
            let mut message = frame.decode(version).unwrap();
            assert_eq!(message.invoke_id(), expected, "{message_type}");

            if let Some(id) = message.invoke_id_mut() {
                *id = 0xa0b0_c0d0;
            }
            let mut out = BytesMut::new();
            if message.encode_as_received(version, &mut out).is_err() {
                continue;
            }
            let again = Frame::new(out).unwrap();
            assert_eq!(
                again.invoke_id(),
                has.then_some(0xa0b0_c0d0),
                "{message_type}"
            );
            // Nothing but the InvokeID has changed.
            if has {
                tree.set_fixed("InvokeID", 0xa0b0_c0d0);
                assert_eq!(again.bytes()[..], tree.frame(), "{message_type}");
            }
        }
    }
}

#[test]
fn a_message_without_an_invoke_id_offers_none() {
    for message in defaults() {
        let message_type = message.message_type();
        assert_eq!(message.invoke_id().is_some(), message_type.has_invoke_id());
    }
    let raw = Message::Raw(RawMessage {
        message_type: MessageType(112),
        body: &[0, 0, 0, 1],
    });
    assert_eq!(raw.invoke_id(), None);
    let bytes = frame(112, &[0, 0, 0, 1]);
    assert_eq!(Frame::new(bytes.as_slice()).unwrap().invoke_id(), None);
    // One that is cut off.
    for length in 0..4 {
        let bytes = frame(5, &[0; 3][..length.min(3)]);
        assert_eq!(Frame::new(bytes.as_slice()).unwrap().invoke_id(), None);
    }
}
