//! Each of the 189 contradictions has a ruling, and each ruling a test.

use cti_codec::openscape::*;
use serde_json::{Value, json};

use crate::data::MANUAL;
use crate::samples::{Place, at, places, rows, sample};

/// A body with one row changed, for every row.
fn each_row(
    mut check: impl FnMut(&Place, &Row, &dyn Fn(&dyn Fn(&mut serde_json::Map<String, Value>)) -> Value),
) {
    for place in places() {
        for (pointer, row) in rows(&place.kind) {
            check(&place, row, &|change| {
                let mut value = sample(&place.kind);
                change(at(&mut value, &pointer));
                place.body(&value)
            });
        }
    }
}

#[test]
fn a_body_as_the_table_says_goes_there_and_back() {
    for place in places() {
        let body = place.body(&sample(&place.kind));
        assert_eq!(
            place.there_and_back(&body),
            place.meaning(&body),
            "{}",
            place.name
        );
        assert_eq!(place.findings(&body), [""; 0], "{}", place.name);
    }
}

/// C001 to C020.
#[test]
fn every_spelling_is_read_and_one_is_written() {
    let mut spellings = 0;
    each_row(|place, row, with| {
        for alias in row.aliases {
            let renamed = with(&|members| {
                let value = members.remove(row.name).unwrap();
                members.insert((*alias).into(), value);
            });
            let usual = with(&|_| {});
            assert_eq!(
                place.there_and_back(&renamed),
                place.meaning(&usual),
                "{} {alias}",
                place.name
            );
            assert_eq!(place.findings(&renamed), [""; 0], "{} {alias}", place.name);

            // Both at once, in both orders.
            for first in [row.name, alias] {
                let both = with(&|members| {
                    let value = members.remove(row.name).unwrap();
                    let second = if first == row.name { alias } else { row.name };
                    members.insert(first.into(), value.clone());
                    members.insert(second.into(), value);
                });
                assert_eq!(place.there_and_back(&both), both, "{} {alias}", place.name);
            }
            spellings += 1;
        }
    });
    assert!(spellings >= 28, "{spellings}");
}

/// Another spelling does not take the place of a value that cannot be typed.
#[test]
fn both_spellings_are_kept_where_one_has_another_type() {
    each_row(|place, row, with| {
        for alias in row.aliases {
            let both = with(&|members| {
                let value = members.insert(row.name.into(), json!([["odd"]])).unwrap();
                members.insert((*alias).into(), value);
            });
            if row.optional || !place.kind_is_request() {
                assert_eq!(place.there_and_back(&both), both, "{} {alias}", place.name);
            }
        }
    });
}

/// C021 to C071.
#[test]
fn every_type_is_read_and_one_is_written() {
    let mut types = 0;
    each_row(|place, row, with| {
        for also in row.also {
            let other = with(&|members| {
                let value = members.get_mut(row.name).unwrap();
                *value = match (also, &row.kind, &*value) {
                    (JsonType::Object, Kind::List(_), list) => list[0].clone(),
                    (JsonType::List, _, one) => json!([one]),
                    (JsonType::String, Kind::List(_), list) => json!([list[0].to_string()]),
                    (JsonType::String, _, number) => number.to_string().into(),
                    (JsonType::Integer, Kind::Name(names), _) if names.values[0].1.is_some() => {
                        names.values[0].1.into()
                    }
                    (JsonType::Integer, _, _) => 7.into(),
                    (JsonType::Float, _, _) => 7.0.into(),
                    (also, _, _) => panic!("{also:?}"),
                };
            });
            let expected = match (also, row.kind) {
                (JsonType::Integer, Kind::ResourceOrAll) => with(&|members| {
                    members.insert(row.name.into(), "7".into());
                }),
                // A number that the manual has no name for stays a number.
                (JsonType::Integer, Kind::Name(names)) if names.values[0].1.is_none() => {
                    other.clone()
                }
                (JsonType::List, Kind::Name(_)) => with(&|_| {}),
                _ => place.meaning(&other),
            };
            assert_eq!(
                place.there_and_back(&other),
                expected,
                "{} {}",
                place.name,
                row.name
            );
            assert_eq!(
                place.findings(&other),
                [""; 0],
                "{} {}",
                place.name,
                row.name
            );
            types += 1;
        }
    });
    assert!(types >= 139 + 28, "{types}");
}

fn event(realm: &str, kind: &str, data: Value) -> Value {
    json!({"type": "EVENT", "data": {"realm": realm, "type": kind, "data": data}})
}

fn no_finding(body: &Value) {
    let findings = check_event(body.to_string().as_bytes()).unwrap();
    assert!(findings.is_empty(), "{body} {findings:?}");
}

/// The body as it is written after reading.
fn back(body: &Value) -> Value {
    let text = body.to_string();
    let message = EventMessage::read(text.as_bytes()).unwrap();
    serde_json::from_str(&message.to_json().unwrap()).unwrap()
}

/// What is done about a contradiction that is not about a row's names or types. `false` for one that
/// no ruling is known for.
fn ruling(id: &str) -> bool {
    let has = |name: &str| CommandInfo::named(name).unwrap();
    let path =
        |name: &str, path: &str| assert_eq!(has(name).path, format!("/restsdk/webapi/{path}"));
    match id {
        "C072" => {
            let body = event(
                "PRESENCE",
                "USER_HANDLING_STATE",
                json!({"agentId": "1", "agentKey": 3, "handlingStates": [{"uniqueCallId": "1",
                    "handlingState": "IDLE", "handlingStateReasonKey": 0, "primary": true,
                    "mediaType": "VOICE"}]}),
            );
            assert_eq!(back(&body), body);
            no_finding(&body);
            assert!(
                !HandlingStates::NAMES
                    .values
                    .iter()
                    .any(|(name, _)| *name == "IDLE")
            );
        }
        "C073" => {
            let table = sample(
                &EventInfo::of("TELEPHONY", "SERVICES_ENABLED_EVENT")
                    .unwrap()
                    .data,
            );
            let body = event("TELEPHONY", "SERVICE_ENABLED_EVENT", table);
            no_finding(&body);
            assert_eq!(back(&body)["data"]["type"], "SERVICES_ENABLED_EVENT");
        }
        "C074" | "C075" => {
            let data = json!({"mediaType": "VOICE", "state": "ACTIVE"});
            let body = event("TELEPHONY ", " HOTSTANDBY_EVENT ", data.clone());
            no_finding(&body);
            assert_eq!(back(&body), event("TELEPHONY", "HOTSTANDBY_EVENT", data));
        }
        "C076" => {
            let body = event(
                "ROUTING",
                "SERVER_CONNECTED_EVENT",
                json!({"serverName": " 6002@10.80.2.206"}),
            );
            no_finding(&body);
            assert_eq!(back(&body), body);
        }
        // Kept as text, whatever it looks like; the samples of the tables go there and back.
        "C077" | "C085" | "C086" | "C087" | "C088" => {}
        "C078" => {
            let missing: Vec<_> = all_events()
                .flat_map(|event| event.types)
                .filter(|name| !EventType::NAMES.lists(name))
                .collect();
            assert_eq!(missing.len(), 15, "{missing:?}"); // with C073 and C074
            for (realm, kind) in all_events().map(|event| (event.realm, event.types[0])) {
                assert!(EventInfo::of(realm, kind).is_some());
            }
        }
        "C079" => {
            assert!(RealTimeQueryType::NAMES.lists("USER_WRAPUP_REASON_CUMULATIVE"));
            assert!(EventInfo::of("REALTIME", "USER_WRAPUPREASON_CUMULATIVE_EVENT").is_some());
        }
        "C080" => {
            assert!(EventInfo::of("WEB_INTERACTION", "DELIVERED_WEB_CHAT_EVENT").is_some());
            assert!(MediaType::NAMES.lists("WEB_COLLABORATION"));
            path("web_collaboration.Accept", "webcollaboration/accept");
        }
        "C081" => {
            let response =
                http::Response::new(r#"{"errorCode":"NO_ERROR","errorDetails":"Query not found"}"#);
            let done = CommandResponse::read(&response).unwrap();
            assert_eq!(done.error_details(), Some("Query not found"));
        }
        "C082" | "C083" => {
            for (code, details) in [("PRESENCE_ACTION_SUCCEED", ""), ("NO_ERROR", "NO ERROR")] {
                let response = json!({"errorCode": code, "errorDetails": details}).to_string();
                assert!(CommandResponse::read(&http::Response::new(response)).is_ok());
            }
        }
        "C084" => {
            let response =
                http::Response::new(r#"{"type":"keepAlive","errorCode":0,"errorDetails":""}"#);
            let answer = main::KeepAliveResponse::read(&response).unwrap();
            assert_eq!(answer.kind.as_deref(), Some("keepAlive"));
            assert_eq!(answer.error_code, Some(ErrorCode::NoError));
        }
        "C089" => {
            let read = main::GetServerState::from_json(r#"{"realm":"ROUTING"}"#).unwrap();
            assert_eq!(read.realm, Realm::Routing);
        }
        "C090" | "C092" | "C093" => {
            for (place, name) in [
                (
                    EventInfo::of("TELEPHONY", "DELIVERED_EVENT").unwrap().data,
                    "contactData",
                ),
                (
                    Kind::Object(has("telephony.QueryLine").response),
                    "associatedCallbackUserId",
                ),
                (
                    Kind::Object(has("main.RegisterApplication").request),
                    "webhookAPIVersion",
                ),
            ] {
                let Kind::Object(table) = place else { panic!() };
                assert!(table.row(name).unwrap().optional, "{name}");
            }
        }
        "C091" => {
            let response =
                http::Response::new(r#"{"numberOfQueuedCalls":5,"queuedCalls":["1","2"]}"#);
            let answer = routing::GetQueueDataResponse::read(&response).unwrap();
            assert_eq!(answer.number_of_queued_calls, Some(5));
        }
        "C094" => {
            for data in [
                json!({"eventAction": "ADD", "entity": {"key": 1, "name": "n", "description": "d"}}),
                json!({"key": 1, "name": "n", "description": "d"}),
            ] {
                let body = event("ADMINISTRATION", "GROUP_UPDATED_EVENT", data);
                assert_eq!(back(&body), body);
                no_finding(&body);
            }
        }
        "C095" => path(
            "routing.StartListenForEvents",
            "routing/startlistenforevents",
        ),
        "C096" => {
            let found = check_event(br#"{"data":{}}"#).unwrap();
            assert_eq!(found[0].to_string(), "/type: missing");
        }
        "C097" => path(
            "admin.GetCallbackRetryReasons",
            "admin/callbackretryreasons",
        ),
        "C098" => path(
            "admin.GetCallbackDeleteReasons",
            "admin/callbackdeletereasons",
        ),
        "C099" => path("admin.GetOpenMediaConnectors", "admin/openmediaconnectors"),
        "C100" => path(
            "admin.GetOpenMediaDiscardReasons",
            "admin/openmediadiscardreasons",
        ),
        "C101" => path(
            "web_collaboration.StopListenForEvents",
            "webcollaboration/stoplistenforevents",
        ),
        "C102" => path(
            "open_media.StopListenForEvents",
            "openmedia/stoplistenforevents",
        ),
        "C103" => {
            path(
                "open_media.QueryEligibleUsers",
                "openmedia/queryeligigleusers",
            );
            let right = "/restsdk/webapi/openmedia/queryeligibleusers";
            let found = CommandInfo::of(&http::Method::POST, right).unwrap();
            assert_eq!(found.name, "open_media.QueryEligibleUsers");
        }
        "C104" | "C105" => {
            let mut session = Session::new("http://oscc.example:8080").unwrap();
            session.token = Some("t".into());
            let (agent_key, other) = (3, Other::new());
            let command = presence::GetRoutingState { agent_key, other };
            let printed = command.request(&session).unwrap();
            assert_eq!(printed.body(), br#"{"agentKey":3}"#);
            session.get_bodies = GetBodies::AsQuery;
            let query = command.request(&session).unwrap();
            assert!(query.body().is_empty());
            assert_eq!(query.uri().query(), Some("agentKey=3"));
            let json = r#"{"agentKey":3,"new-_member":"a.b~c*d e/\u00e9&="}"#;
            let query = (has("presence.GetRoutingState").request_json)(&session, json).unwrap();
            assert_eq!(
                query.uri().query(),
                Some("agentKey=3&new-_member=a.b~c*d%20e%2F%C3%A9%26%3D")
            );
            assert_eq!(has("routing.GetQueueData").method, http::Method::GET);
        }
        "C106" => {
            let lower = "/restsdk/webapi/main/registerapplication";
            let found = CommandInfo::of(&http::Method::POST, lower).unwrap();
            assert_eq!(found.path, "/restsdk/webapi/main/registerApplication");
        }
        "C107" | "C108" => {
            path("admin.GetHotStandbyState", "telephony/hotstandbystate");
            assert!(!has("admin.GetHotStandbyState").body);
            assert!(
                has("admin.GetHotStandbyState")
                    .response
                    .row("state")
                    .is_some()
            );
        }
        // Names of tables in the manual.
        "C109" | "C110" | "C111" | "C112" | "C113" | "C114" | "C115" | "C116" => {}
        // Types that the manual cites and does not define; conformance compares what is in them.
        "C117" | "C118" | "C119" | "C120" | "C121" | "C124" | "C125" | "C126" | "C127" | "C128" => {
        }
        "C122" | "C123" => {
            assert_eq!(MANUAL.undescribed.len(), 6);
            for undescribed in &MANUAL.undescribed {
                let body = event(
                    &undescribed.realm,
                    &undescribed.kind,
                    json!([1, {"a": "b"}]),
                );
                assert_eq!(back(&body), body);
                no_finding(&body);
            }
        }
        // Slips of the manual's text; the names and types of the rows hold.
        "C129" | "C130" | "C131" | "C132" | "C133" | "C134" | "C135" | "C136" | "C137" => {}
        "C138" => assert!(
            has("routing.UpdateCall")
                .request
                .row("queueKey")
                .unwrap()
                .optional
        ),
        // What an application does, and not what it reads or writes.
        "C139" | "C140" | "C141" => {}
        "C142" => {
            let deleted = all_events().filter(|event| event.types[0].ends_with("_DELETED_EVENT"));
            assert_eq!(deleted.count(), 12);
        }
        "C143" => {
            assert!(admin::GetQueuesV2Response::TABLE.row("queues").is_some());
            path("admin.GetQueues", "admin/queues");
            assert_eq!(
                has("admin.GetQueuesV2").path,
                "/restsdk/webapi/v2/admin/queues"
            );
        }
        _ => return false,
    }
    true
}

#[test]
fn every_contradiction_has_a_ruling() {
    assert_eq!(MANUAL.contradictions.len(), 189);
    for contradiction in &MANUAL.contradictions {
        let by_row = matches!(
            contradiction.kind.as_str(),
            "name_mismatch" | "type_mismatch" | "object_shown_as_array"
        );
        // Read by the golden tests, as printed or repaired.
        let by_example = contradiction.kind.starts_with("example_");
        assert!(
            by_row || by_example || ruling(&contradiction.id),
            "{} {}",
            contradiction.id,
            contradiction.subject
        );
    }
}

/// C163: three names stand there twice with one value.
#[test]
fn what_stands_there_twice_with_one_value_is_read_once() {
    let text =
        r#"{"errorCode":"NO_ERROR","busUnitKey":1,"strFrom":"a","busUnitKey":1,"strFrom":"a"}"#;
    let answer = telephony::QueryCallResponse::from_json(text).unwrap();
    assert_eq!(answer.bus_unit_key, Some(1));
    assert_eq!(
        answer.to_json().unwrap(),
        r#"{"errorCode":"NO_ERROR","strFrom":"a","busUnitKey":1}"#
    );

    let two = text.replacen("\"a\"", "\"b\"", 1);
    let error = telephony::QueryCallResponse::from_json(&two).unwrap_err();
    assert_eq!(
        error.to_string(),
        "strFrom: stands there twice with two values"
    );
}
