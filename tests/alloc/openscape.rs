//! Reading events takes no more than twenty times their length, whatever is in them, and a text
//! without escapes no byte of its own.

use cti_codec::openscape::{EventMessage, all_commands, all_events, check_event, check_json};

use crate::counting::{allocations, peak};

const SIZE: usize = 200_000;

fn event(realm: &str, kind: &str, data: &str) -> String {
    format!(r#"{{"type":"EVENT","data":{{"realm":"{realm}","type":"{kind}","data":{data}}}}}"#)
}

/// So many pieces that the whole is as long as it should be.
fn filled(piece: impl Fn(usize) -> String) -> String {
    filled_to(SIZE, piece)
}

fn filled_to(size: usize, piece: impl Fn(usize) -> String) -> String {
    let mut text = String::new();
    let mut number = 0;
    while text.len() < size {
        if number > 0 {
            text.push(',');
        }
        text += &piece(number);
        number += 1;
    }
    text
}

fn list(name: &str, piece: &str) -> String {
    format!(r#"{{"{name}":[{}]}}"#, filled(|_| piece.into()))
}

fn hostile() -> Vec<String> {
    let mut bodies = Vec::new();
    for data in [
        list("elements", "{}"),
        list("elements", r#"{"contacts":[{}]}"#),
        list("elements", r#"{"a":1}"#),
        list("elements", r#"{"userKey":"7"}"#),
        list("elements", "[]"),
        format!("{{{}}}", filled(|number| format!("\"{number:x}\":0"))),
        format!("{{{}}}", filled(|_| "\"a\":0".into())),
        format!("{{{}}}", filled(|_| "\"queryId\":0".into())),
        format!(
            "{{{}}}",
            filled(|number| format!("\"\\u0061{number}\":\"\\n\""))
        ),
        format!(
            r#"{{"x":{}{}}}"#,
            "[".repeat(SIZE / 2),
            "]".repeat(SIZE / 2)
        ),
    ] {
        bodies.push(event("REALTIME", "USER_REALTIME_EVENT", &data));
        bodies.push(event("REALTIME", "USER_CUMULATIVE_EVENT", &data));
    }
    for piece in [
        "{}",
        r#"{"agentKey":1}"#,
        r#"{"type":""}"#,
        r#"{"type":"\n"}"#,
        "1",
        "null",
    ] {
        bodies.push(event(
            "TELEPHONY",
            "CONFERENCED_EVENT",
            &list("conferenceParties", piece),
        ));
    }
    for piece in [r#""""#, r#""a""#, r#"" ""#, "1", r#""\n""#] {
        bodies.push(event(
            "PRESENCE",
            "USER_ROUTING_STATE",
            &list("loggedOnMediaTypes", piece),
        ));
        bodies.push(event(
            "ADMINISTRATION",
            "USER_DELETED_EVENT",
            &list("keyList", piece),
        ));
        bodies.push(event(
            "ADMINISTRATION",
            "USER_DELETED_EVENT",
            &format!("[{}]", filled(|_| piece.into())),
        ));
    }
    let texts = format!(r#"{{"uniqueCallId":"{}"}}"#, "\\n".repeat(SIZE / 2));
    bodies.push(event("TELEPHONY", "HELD_EVENT", &texts));
    bodies.push(event("MOON", "LANDED_EVENT", &texts));
    bodies.push(format!(
        "{{{}}}",
        filled(|number| format!("\"{number:x}\":0"))
    ));
    bodies
}

#[test]
fn no_body_takes_more_than_twenty_times_its_length() {
    for body in hostile() {
        let start: String = body.chars().take(120).collect();
        let (_, used) =
            peak(|| EventMessage::read(body.as_bytes()).map(|message| message.to_json()));
        assert!(
            used <= 20 * body.len() as u64,
            "{start}: {used} of {}",
            body.len()
        );
        let (_, used) = peak(|| check_event(body.as_bytes()));
        assert!(
            used <= 20 * body.len() as u64,
            "{start}: {used} of {}",
            body.len()
        );
    }
}

#[test]
fn answers_take_no_more_either() {
    for info in all_commands() {
        for row in info.response.rows {
            for piece in ["{}", r#""a""#, "1"] {
                let items = filled_to(10_000, |_| piece.into());
                let body = format!(r#"{{"{}":[{items}]}}"#, row.name);
                let response = http::Response::new(body.clone().into_bytes());
                let (_, used) = peak(|| (info.check_response)(&response));
                assert!(
                    used <= 20 * body.len() as u64,
                    "{} {}: {used}",
                    info.name,
                    row.name
                );
                let (_, used) = peak(|| check_json(info.response, &body));
                assert!(
                    used <= 20 * body.len() as u64,
                    "{} {}: {used}",
                    info.name,
                    row.name
                );
            }
        }
    }
}

#[test]
fn an_event_without_lists_allocates_nothing() {
    let body = event(
        "TELEPHONY",
        "HELD_EVENT",
        r#"{"mediaType":"VOICE","resource":"1001","uniqueCallId":"2491535069604582","requeueCount":-1,
            "lcsType":"HOLD","normalCause":"NORMAL","originalFrom":"1","originalTo":"2",
            "heldParty":{"agentKey":3,"device":"1001","type":"AGENT"},"holdingParty":{"agentKey":0}}"#,
    );
    // `normalCause` has an unlisted value.
    let body = body.replace("\"NORMAL\"", "\"NULL\"");
    let (message, count, bytes) = allocations(|| EventMessage::read(body.as_bytes()));
    assert!(message.is_ok());
    assert_eq!((count, bytes), (0, 0));
    assert_eq!(all_events().count(), 97);
}
