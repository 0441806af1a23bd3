//! Requests as HTTP and what comes back: answers, refusals, and what is neither.

use std::time::Duration;

use cti_codec::openscape::*;
use http::{Response as HttpResponse, StatusCode};

use crate::openscape_server::Server;
use crate::samples::sample;

fn session() -> Session {
    let mut session = Session::new("https://oscc.example:8080/").unwrap();
    session.token = Some("t0ken".into());
    session
}

#[test]
fn every_command_is_a_request_that_a_server_reads() {
    let session = session();
    for info in all_commands() {
        let body = match sample(&Kind::Object(info.request)) {
            mut body
                if info.name.ends_with("RegisterApplication")
                    || info.name.ends_with("UnregisterApplication") =>
            {
                if let Some(url) = body.get_mut("webhookURL") {
                    *url = "https://webhook.example/".into();
                }
                body
            }
            mut body => {
                if info.name == "statistics.StartQuery" {
                    body["fromTime"] = "2024-10-31T08:00:00+01:00".into();
                }
                if info.name == "admin.SetHotStandbyState" {
                    body["state"] = "STANDBY".into();
                }
                body
            }
        };
        let request = (info.request_json)(&session, &body.to_string()).expect(info.name);
        assert_eq!(request.method(), info.method);
        assert_eq!(
            request.uri().to_string(),
            format!("https://oscc.example:8080{}", info.path)
        );
        let bearer = request.headers().get("authorization");
        assert_eq!(bearer.is_some(), info.token, "{}", info.name);
        if let Some(bearer) = bearer {
            assert_eq!(bearer, "Bearer t0ken");
            assert!(bearer.is_sensitive());
        }
        assert_eq!(request.body().is_empty(), !info.body, "{}", info.name);
        let kind = request.headers().get("content-type");
        let json = info.body.then_some("application/json; charset=utf-8");
        assert_eq!(
            kind.map(|kind| kind.to_str().unwrap()),
            json,
            "{}",
            info.name
        );
        if info.body {
            let sent: serde_json::Value = serde_json::from_slice(request.body()).unwrap();
            assert_eq!(sent, body, "{}", info.name);
        }

        let mut server = Server {
            session: Some("t0ken".into()),
            logged_on: true,
            client_token: "text".into(),
            ..Default::default()
        };
        let response = server.answer(&request);
        (info.check_response)(&response).expect(info.name);
        assert_eq!(server.done, [info.name]);

        let mut without = session.clone();
        without.token = None;
        let refused = (info.request_json)(&without, &body.to_string());
        assert_eq!(
            matches!(refused, Err(RequestError::NoToken)),
            info.token,
            "{}",
            info.name
        );
    }
}

#[test]
fn what_the_manual_forbids_is_not_sent() {
    let session = session();
    for (name, body, attribute) in [
        (
            "telephony.Hold",
            r#"{"from":"","uniqueCallId":"1"}"#,
            "from",
        ),
        (
            "telephony.Logon",
            r#"{"agentKey":0,"extension":"1"}"#,
            "agentKey",
        ),
        (
            "presence.StartListenForEvents",
            r#"{"resource":-1}"#,
            "resource",
        ),
        (
            "routing.UpdateCall",
            r#"{"uniqueCallId":"1","priority":-5}"#,
            "priority",
        ),
        ("admin.SetHotStandbyState", r#"{"state":"ACTIVE"}"#, "state"),
        (
            "statistics.StartQuery",
            r#"{"queryType":"USER_REALTIME","keyList":[]}"#,
            "keyList",
        ),
        (
            "statistics.StartQuery",
            r#"{"queryType":"USER_CUMULATIVE","keyList":[1]}"#,
            "fromTime",
        ),
        (
            "statistics.StartQuery",
            r#"{"queryType":"USER_CUMULATIVE","keyList":[1],"fromTime":"yesterday"}"#,
            "fromTime",
        ),
        (
            "main.RegisterApplication",
            r#"{"webhookURL":"10.80.199.11","application":{"name":"c","token":"t","busUnitName":"b"}}"#,
            "webhookURL",
        ),
        (
            "main.RegisterApplication",
            r#"{"webhookURL":"http://a/","application":{"name":"123456789012345678901234567890123","token":"t","busUnitName":"b"}}"#,
            "name",
        ),
    ] {
        let error = (CommandInfo::named(name).unwrap().request_json)(&session, body).unwrap_err();
        assert!(
            matches!(error, RequestError::Forbidden { name, .. } if name == attribute),
            "{error}"
        );
    }
    let missing = (CommandInfo::named("telephony.Hold").unwrap().request_json)(&session, "{}");
    assert_eq!(missing.unwrap_err().to_string(), "from: missing");

    let mut other = Other::new();
    other.set("x", Raw::new("1").unwrap());
    let error = admin::GetUsers { other }.request(&session).unwrap_err();
    assert!(matches!(error, RequestError::NoBody));

    let mut session = session;
    session.token = Some("a\nb".into());
    let error = admin::GetUsers::default().request(&session).unwrap_err();
    assert!(matches!(error, RequestError::BadToken));
    for url in [
        "",
        "oscc.example:8080",
        "ftp://oscc.example",
        "https://user:pw@oscc.example",
        "http://a/?b",
    ] {
        assert!(Session::new(url).is_err(), "{url}");
    }
}

fn read(status: u16, body: &str) -> Result<String, ResponseError> {
    let mut response = HttpResponse::new(body.as_bytes());
    *response.status_mut() = StatusCode::from_u16(status).unwrap();
    admin::GetGroupsResponse::read(&response)
        .map(|answer| format!("{:?}", answer.groups.map(|groups| groups.len())))
}

fn refused(status: u16, body: &str) -> Refused {
    match read(status, body) {
        Err(ResponseError::Refused(refused)) => refused,
        other => panic!("{other:?}"),
    }
}

#[test]
fn answers_and_refusals() {
    let groups = r#"{"errorCode":"NO_ERROR","errorDetails":"NO_ERROR","groups":[{"key":1,"name":"a","description":""}]}"#;
    assert_eq!(read(200, groups).unwrap(), "Some(1)");
    assert_eq!(
        read(200, &groups.replace("\"NO_ERROR\"", "0")).unwrap(),
        "Some(1)"
    );
    assert_eq!(read(200, r#"{"groups":[]}"#).unwrap(), "Some(0)");
    assert_eq!(read(201, groups).unwrap(), "Some(1)");

    let lost = refused(
        200,
        r#"{"errorCode":"APPLICATION_NOT_REGISTERED","errorDetails":"who?"}"#,
    );
    assert_eq!(
        (lost.code.clone(), lost.code.number()),
        (ErrorCode::ApplicationNotRegistered, Some(8))
    );
    assert_eq!(lost.details.as_deref(), Some("who?"));
    assert_eq!(lost.remedy(), Some(Remedy::Register));
    assert_eq!(lost.to_string(), "APPLICATION_NOT_REGISTERED (8): who?");

    let numbered = refused(500, r#"{"errorCode":4,"errorText":"stale"}"#);
    assert_eq!(numbered.code, ErrorCode::AuthStatementNotValid);
    assert_eq!(numbered.details.as_deref(), Some("stale"));
    assert_eq!(
        numbered.to_string(),
        "AUTH_STATEMENT_NOT_VALID (4): stale (HTTP status 500)"
    );

    // Details that say no more than the code are not shown again.
    let same = refused(
        400,
        r#"{"errorCode":"APPLICATION_NOT_REGISTERED","errorDetails":"APPLICATION_NOT_REGISTERED"}"#,
    );
    assert_eq!(
        same.to_string(),
        "APPLICATION_NOT_REGISTERED (8) (HTTP status 400)"
    );

    let wait = refused(200, r#"{"errorCode":"ALREADY_REGISTERED_ON"}"#);
    assert_eq!(wait.remedy(), Some(Remedy::Wait(Duration::from_secs(180))));

    let unlisted = refused(
        200,
        "{\"errorCode\":\"NEW_ERROR\",\"errorDetails\":\"\\u001b[31mred\\u202e\"}",
    );
    assert_eq!(unlisted.code.name(), Some("NEW_ERROR"));
    let shown = unlisted.to_string();
    assert_eq!(shown, "NEW_ERROR: \\u{1b}[31mred\\u{202e}");
    assert_eq!(
        refused(200, r#"{"errorCode":999}"#).code.number(),
        Some(999)
    );

    // The status has the last word.
    let unauthorized = refused(401, r#"{"errorCode":"NO_ERROR","errorDetails":"NO_ERROR"}"#);
    assert_eq!(unauthorized.status, StatusCode::UNAUTHORIZED);
    assert_eq!(unauthorized.remedy(), Some(Remedy::Register));
}

#[test]
fn what_is_no_answer() {
    for (status, body) in [
        (200, "<html>Login</html>"),
        (502, "<html>Bad Gateway</html>"),
        (200, "[]"),
        (200, "{}"),
        (200, r#"{"message":"hello"}"#),
        (200, r#"{"errorCode":{"a":1},"groups":[]}"#),
        (
            200,
            r#"{"errorCode":"NO_ERROR","errorCode":"GENERAL_ERROR"}"#,
        ),
        (404, r#"{"message":"not found"}"#),
        (503, r#"{"groups":[]}"#),
    ] {
        match read(status, body) {
            Err(ResponseError::Unreadable {
                status: found,
                body: kept,
                ..
            }) => {
                assert_eq!((found.as_u16(), kept.as_str()), (status, body));
            }
            other => panic!("{status} {body} {other:?}"),
        }
    }
    for (status, body) in [(204, ""), (200, ""), (200, "  \r\n"), (500, "")] {
        assert!(
            matches!(read(status, body), Err(ResponseError::Empty { .. })),
            "{status}"
        );
    }
    let mut response = HttpResponse::new(b"".to_vec());
    *response.status_mut() = StatusCode::FOUND;
    response.headers_mut().insert(
        "location",
        "https://elsewhere.example/\u{7f}"
            .replace('\u{7f}', "")
            .parse()
            .unwrap(),
    );
    let error = CommandResponse::read(&response).unwrap_err();
    assert_eq!(error.to_string(), "302 Found to https://elsewhere.example/");
}

#[test]
fn commands_are_found_by_name_and_by_path() {
    for info in all_commands() {
        assert_eq!(CommandInfo::named(info.name).unwrap().name, info.name);
        let found = CommandInfo::of(&info.method, &info.path.to_uppercase()).unwrap();
        assert_eq!(found.name, info.name);
    }
    for (name, found) in [
        ("Telephony.HOLD", "telephony.Hold"),
        ("webcollaboration.accept", "web_collaboration.Accept"),
        ("openmedia.get-stream", "open_media.GetStream"),
        ("realtime.StartQuery", "statistics.StartQuery"),
        ("telephony.v1.Logon", "telephony.v1.Logon"),
    ] {
        assert_eq!(CommandInfo::named(name).unwrap().name, found);
    }
    assert!(CommandInfo::named("telephony").is_none());
    for name in [
        "telephony.Dial",
        "telephony.Transfer",
        "routing.EnqueueCall",
        "admin.SetHotStandbyState",
    ] {
        assert!(!CommandInfo::named(name).unwrap().is_repeatable(), "{name}");
    }
}
