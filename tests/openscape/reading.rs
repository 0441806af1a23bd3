//! What is not as the tables say: nothing of it is lost, and nothing stops.

use std::borrow::Cow;

use cti_codec::openscape::*;
use serde_json::{Value, json};

fn message(text: &str) -> EventMessage<'_> {
    EventMessage::read(text.as_bytes()).unwrap()
}

/// Reads and writes; the texts are the same but for white space.
fn unchanged(text: &str) {
    let compact = |text: &str| serde_json::from_str::<Value>(text).unwrap();
    let back = message(text).to_json().unwrap();
    assert_eq!(compact(&back), compact(text));
}

const HELD: &str = r#"{"type":"EVENT","data":{"realm":"TELEPHONY","type":"HELD_EVENT","data":{"mediaType":"VOICE","uniqueCallId":"2491535069604582","heldParty":{"agentKey":3,"device":"1001","type":"AGENT"}}}}"#;

#[test]
fn text_is_borrowed_where_it_has_no_escapes() {
    let message = message(HELD);
    let Event::Telephony(telephony::Event::Held(held)) = &message.event else {
        panic!("{message:?}");
    };
    assert!(matches!(
        held.unique_call_id,
        Some(Cow::Borrowed("2491535069604582"))
    ));
    assert_eq!(held.media_type, Some(MediaType::Voice));
    let party = held.held_party.as_ref().unwrap();
    assert_eq!(party.agent_key, Some(3));
    assert_eq!(held.sequence_number, None);
    assert_eq!(message.to_json().unwrap(), HELD);

    let escaped = HELD.replace("1001", "10\\u00301");
    let owned = EventMessage::read(escaped.as_bytes()).unwrap().into_owned();
    assert_eq!(owned, message);
}

#[test]
fn members_may_come_in_any_order() {
    let turned = r#"{"data":{"data":{"uniqueCallId":"1"},"type":"HELD_EVENT","realm":"TELEPHONY"},"type":"EVENT"}"#;
    let message = message(turned);
    assert!(matches!(
        message.event,
        Event::Telephony(telephony::Event::Held(_))
    ));
}

#[test]
fn what_no_table_lists_comes_back() {
    let long = "123456789012345678901234567890";
    let text = HELD
        .replace(
            r#""device":"1001""#,
            &format!(r#""device":"1001","new":[{long},{{"a":1.10}}]"#),
        )
        .replace(
            r#""mediaType":"VOICE""#,
            r#""mediaType":" FAX ","more":null"#,
        )
        .replacen(r#""type":"EVENT""#, r#""type":"EVENT","sent":"now""#, 1)
        .replace(r#""realm""#, r#""batch":2,"realm""#);
    let message = message(&text);
    let Event::Telephony(telephony::Event::Held(held)) = &message.event else {
        panic!("{message:?}");
    };
    assert_eq!(held.media_type.as_ref().unwrap().name(), Some(" FAX "));
    let party = held.held_party.as_ref().unwrap();
    assert_eq!(
        party.other.get("new").unwrap().get(),
        format!("[{long},{{\"a\":1.10}}]")
    );
    let back = message.to_json().unwrap();
    for kept in [
        long,
        "1.10",
        " FAX ",
        r#""more":null"#,
        r#""sent":"now""#,
        r#""batch":2"#,
    ] {
        assert!(back.contains(kept), "{kept} {back}");
    }
    assert_eq!(EventMessage::read(back.as_bytes()).unwrap(), message);
}

#[test]
fn integers_of_any_length_come_back() {
    for number in [
        "9223372036854775808",
        "-123456789012345678901234567890",
        "3.5",
        "1e999",
    ] {
        let text = HELD.replace(r#""agentKey":3"#, &format!(r#""agentKey":{number}"#));
        let message = message(&text);
        let Event::Telephony(telephony::Event::Held(held)) = &message.event else {
            panic!("{message:?}");
        };
        let party = held.held_party.as_ref().unwrap();
        assert_eq!(party.agent_key, None);
        assert_eq!(party.other.get("agentKey").unwrap().get(), number);
        assert!(message.to_json().unwrap().contains(number));
        let findings = check_event(text.as_bytes()).unwrap();
        let whole = !number.contains(['.', 'e']);
        assert_eq!(
            findings
                .iter()
                .all(|finding| !finding.pointer.contains("agentKey")),
            whole
        );
    }
}

#[test]
fn another_type_is_kept_and_found() {
    let text = HELD.replace(
        r#"{"agentKey":3,"device":"1001","type":"AGENT"}"#,
        r#""1001""#,
    );
    let message = message(&text);
    let Event::Telephony(telephony::Event::Held(held)) = &message.event else {
        panic!("{message:?}");
    };
    assert_eq!(held.held_party, None);
    assert_eq!(held.other.get("heldParty").unwrap().get(), "\"1001\"");
    unchanged(&text);
    let findings = check_event(text.as_bytes()).unwrap();
    let found = findings
        .iter()
        .find(|finding| finding.pointer == "/data/data/heldParty")
        .unwrap();
    assert_eq!(
        found.to_string(),
        "/data/data/heldParty: Object expected, String found"
    );
}

#[test]
fn data_of_another_type_are_kept_whole() {
    for data in ["\"text\"", "[1]", "null", "12", "true"] {
        let text = format!(
            r#"{{"type":"EVENT","data":{{"realm":"TELEPHONY","type":"HELD_EVENT","data":{data}}}}}"#
        );
        let message = message(&text);
        let Event::Other(raw) = &message.event else {
            panic!("{message:?}");
        };
        assert_eq!(raw.data.as_ref().unwrap().get(), data);
        assert_eq!(message.to_json().unwrap(), text);
        let findings = check_event(text.as_bytes()).unwrap();
        assert_eq!(findings[0].pointer, "/data/data");
    }
}

#[test]
fn objects_that_are_no_events_are_kept_whole() {
    for text in [
        "{}",
        r#"{"a":1}"#,
        r#"{"type":"EVENT"}"#,
        r#"{"type":"EVENT","data":{}}"#,
        r#"{"type":"EVENT","data":[1,2]}"#,
        r#"{"type":3,"data":"x"}"#,
        r#"{"type":"EVENT","data":{"realm":5,"type":[],"data":{}}}"#,
        r#"{"type":"EVENT","data":{"realm":"TELEPHONY","data":{"a":1}}}"#,
        r#"{"type":"REQUEST","data":{"realm":"MOON","type":"LANDED_EVENT","data":{"a":1}}}"#,
        r#"{"data":{"realm":"TELEPHONY","type":"HELD_EVENT"}}"#,
    ] {
        unchanged(text);
        assert!(!check_event(text.as_bytes()).unwrap().is_empty(), "{text}");
    }
}

#[test]
fn a_member_with_two_values_is_an_error_wherever_it_stands() {
    for (from, to) in [
        (r#""agentKey":3"#, r#""agentKey":3,"agentKey":4"#),
        (
            r#""mediaType":"VOICE""#,
            r#""mediaType":"VOICE","mediaType":"EMAIL""#,
        ),
        (
            r#""realm":"TELEPHONY""#,
            r#""realm":"TELEPHONY","realm":"ROUTING""#,
        ),
        (r#""device":"1001""#, r#""device":"1001","new":1,"new":2"#),
    ] {
        let text = HELD.replace(from, to);
        let error = EventMessage::read(text.as_bytes()).unwrap_err();
        assert!(matches!(error, ReadError::Twice(_)), "{error}");
        let findings = check_event(text.as_bytes()).unwrap();
        assert!(
            findings
                .iter()
                .any(|finding| finding.kind == FindingKind::Twice),
            "{text}"
        );
    }
    let once = HELD.replace(r#""agentKey":3"#, r#""agentKey":3,"agentKey":3"#);
    assert_eq!(EventMessage::read(once.as_bytes()).unwrap(), message(HELD));
}

#[test]
fn nesting_is_bounded() {
    let nested = |depth: usize| {
        let deep = format!("{}{}", "[".repeat(depth), "]".repeat(depth));
        HELD.replace(r#""mediaType":"VOICE""#, &format!(r#""new":{deep}"#))
    };
    let within = nested(MAX_DEPTH);
    assert!(EventMessage::read(within.as_bytes()).is_ok());
    for beyond in [nested(MAX_DEPTH + 1), nested(1_000_000)] {
        let error = EventMessage::read(beyond.as_bytes()).unwrap_err();
        assert!(matches!(error, ReadError::TooDeep), "{error}");
        assert!(check_event(beyond.as_bytes()).is_ok());
    }
    let open = "[".repeat(1_000_000);
    assert!(matches!(
        EventMessage::read(open.as_bytes()),
        Err(ReadError::Json(_))
    ));
}

#[test]
fn findings_have_a_place() {
    let text = json!({"type": "EVENT", "data": {"realm": "TELEPHONY", "type": "CONFERENCED_EVENT",
        "data": {"mediaType": "FAX", "a/b~c": 1, "conferenceParties": [
            {"agentKey": "x", "device": "1", "type": "AGENT"}, 5]}}})
    .to_string();
    let findings = check_event(text.as_bytes()).unwrap();
    let shown: Vec<_> = findings.iter().map(ToString::to_string).collect();
    for expected in [
        "/data/data/mediaType: a value that no list has",
        "/data/data/a~1b~0c: not in the table",
        "/data/data/conferenceParties/0/agentKey: Integer expected, String found",
        "/data/data/conferenceParties/1: Object expected, Integer found",
        "/data/data/uniqueCallId: missing",
    ] {
        assert!(
            shown.iter().any(|finding| finding == expected),
            "{expected} {shown:#?}"
        );
    }
}

#[test]
fn findings_are_bounded() {
    let members: Vec<_> = (0..5000).map(|number| format!("\"m{number}\":0")).collect();
    let text = format!("{{{}}}", members.join(","));
    let findings = check_event(text.as_bytes()).unwrap();
    assert_eq!(findings.last().unwrap().kind, FindingKind::More);
    assert!(findings.len() < 300);
}

#[test]
fn what_is_no_object_is_an_error() {
    for (text, error) in [
        ("", "no JSON: EOF while parsing a value at line 1 column 0"),
        ("[]", "no JSON object"),
        ("\"text\"", "no JSON object"),
        (
            "{\"a\":1,}",
            "no JSON: key must be a string at line 1 column 8",
        ),
        ("{} {}", "no JSON: trailing characters at line 1 column 4"),
    ] {
        assert_eq!(
            EventMessage::read(text.as_bytes()).unwrap_err().to_string(),
            error
        );
        assert_eq!(check_event(text.as_bytes()).unwrap_err().to_string(), error);
    }
    let error = EventMessage::read(b"{\"a\":\"\xff\"}").unwrap_err();
    assert_eq!(error.to_string(), "not UTF-8 from byte 6");
    assert!(EventMessage::read(b"\xEF\xBB\xBF{}").is_ok());
}

#[test]
fn nothing_is_written_that_json_has_no_form_for() {
    let element = statistics::QueueRealTimeElement {
        service_level: Some(f64::NAN),
        ..Default::default()
    };
    assert!(element.to_json().is_err());
}

#[test]
fn secrets_do_not_show() {
    let application = Application {
        name: "client0".into(),
        token: "verysecret".into(),
        bus_unit_name: "Default".into(),
        other: Other::new(),
    };
    assert!(!format!("{application:?}").contains("verysecret"));
    assert!(application.to_json().unwrap().contains("verysecret"));
}

/// A body cannot take many times its own memory, though its members are all listed ones.
#[test]
fn an_object_has_no_more_members_than_its_length_allows() {
    let members = |count: usize| {
        let again = r#","to":"2""#.repeat(count);
        format!(r#"{{"from":"1","numberToDisplay":"1","nameToDisplay":"a","to":"2"{again}}}"#)
    };
    let few = members(1);
    assert!(telephony::Dial::from_json(&few).is_ok());
    let many = members(1024);
    let error = telephony::Dial::from_json(&many).unwrap_err();
    assert!(matches!(error, ReadError::TooMany), "{error}");
}
