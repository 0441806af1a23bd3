//! Oracles of the REST interface of OpenScape Contact Center.

use cti_codec::http;
use cti_codec::openscape::{EventMessage, Session, all_commands, check_event, check_json};

/// What was read of an event is written as what is read as the same.
pub fn event(data: &[u8]) {
    let findings = check_event(data);
    let Ok(message) = EventMessage::read(data) else {
        return;
    };
    assert!(findings.is_ok(), "read and not checked");
    let written = message.to_json().unwrap();
    let again = EventMessage::read(written.as_bytes()).unwrap();
    assert_eq!(again, message, "{written}");
    assert_eq!(again.to_json().unwrap(), written);
    assert_eq!(message.clone().into_owned(), message);
}

/// The first byte says which command the rest is for: as its answer, and as the body of its request.
pub fn answer(data: &[u8]) {
    let Some((first, body)) = data.split_first() else {
        return;
    };
    let Some(info) = all_commands().nth(usize::from(*first)) else {
        return;
    };
    let _ = (info.check_response)(&http::Response::new(body.to_vec()));
    let Ok(text) = std::str::from_utf8(body) else {
        return;
    };
    let _ = check_json(info.response, text);
    let _ = check_json(info.request, text);
    let mut session = Session::new("http://oscc.example:8080").unwrap();
    session.token = Some("token".into());
    let Ok(request) = (info.request_json)(&session, text) else {
        return;
    };
    if info.body {
        let sent = std::str::from_utf8(request.body()).unwrap();
        let again = (info.request_json)(&session, sent).unwrap();
        assert_eq!(again.body(), request.body(), "{}", info.name);
    }
}
