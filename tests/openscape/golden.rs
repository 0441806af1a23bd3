//! Every example of the manual reads, has no finding but what the data explain, and writes back to
//! the same meaning.

use cti_codec::openscape::*;
use serde_json::{Map, Value, json};

use crate::data::{Example, MANUAL, with_commands};

/// Reads the request or the answer of a command and writes it again.
pub(crate) fn command_there_and_back(id: &str, role: &str, text: &str) -> String {
    macro_rules! run {
        ($([$($module:tt)*] $Name:ident,)*) => {
            match id {
                $(name if name == <$($module)*::$Name<'_> as Command<'_>>::INFO.name => {
                    type This<'a> = $($module)*::$Name<'a>;
                    match role {
                        "request" => This::from_json(text).unwrap().to_json().unwrap(),
                        _ => {
                            type Answer<'a> = <This<'a> as Command<'a>>::Response<'a>;
                            Answer::from_json(text).unwrap().to_json().unwrap()
                        }
                    }
                })*
                _ => panic!("{id}"),
            }
        };
    }
    with_commands!(run)
}

/// The meaning of a value, in the form that is written.
pub(crate) fn meaning(kind: &Kind, value: &Value) -> Value {
    match (kind, value) {
        (Kind::Object(table), Value::Object(members)) => object(table, members),
        (Kind::List(item), Value::Array(items)) => {
            items.iter().map(|value| meaning(item, value)).collect()
        }
        (Kind::List(item), value) => json!([meaning(item, value)]),
        (Kind::Name(names), Value::Number(number)) => names
            .name_of(number.as_i64().unwrap())
            .map_or_else(|| value.clone(), Into::into),
        (Kind::Name(names), Value::String(text)) if names.lists(text.trim()) => text.trim().into(),
        (Kind::Integer | Kind::AgentOrAll, Value::String(text)) if text != "*" => {
            text.parse::<i64>().unwrap().into()
        }
        (Kind::Integer, Value::Number(number)) if number.is_f64() => {
            json!(number.as_f64().unwrap() as i64)
        }
        (Kind::Float, Value::Number(number)) => json!(number.as_f64()),
        (Kind::Versions { current, v1 }, value) => match value {
            Value::Array(keys) => keys
                .iter()
                .map(|key| key.as_str().map_or_else(|| key.to_string(), Into::into))
                .collect(),
            value => {
                let is_current = matches!(v1, Kind::List(_))
                    || ["eventAction", "entity"]
                        .iter()
                        .any(|name| value.get(name).is_some());
                meaning(if is_current { current } else { v1 }, value)
            }
        },
        (_, value) => value.clone(),
    }
}

fn object(table: &Table, members: &Map<String, Value>) -> Value {
    let mut result = Map::new();
    for (name, value) in members {
        let (name, value) = match table.row(name) {
            Some(row) => (row.name, meaning(&row.kind, value)),
            None => (name.as_str(), value.clone()),
        };
        result.insert(name.into(), value);
    }
    Value::Object(result)
}

pub(crate) fn event_meaning(message: &Value) -> Value {
    let mut message = message.clone();
    let body = &mut message["data"];
    let (realm, kind) = (
        body["realm"].as_str().unwrap(),
        body["type"].as_str().unwrap(),
    );
    if let Some(info) = EventInfo::of(realm, kind) {
        let (realm, kind) = (info.realm, info.types[0]);
        body["data"] = meaning(&info.data, &body["data"]);
        body["realm"] = realm.into();
        body["type"] = kind.into();
    }
    message
}

fn expect_no_finding(line: u32, findings: &[Finding]) {
    let found: Vec<_> = findings.iter().map(ToString::to_string).collect();
    assert!(found.is_empty(), "line {line}: {found:?}");
}

fn broken_as_printed(example: &Example) -> bool {
    if let Some(raw) = &example.raw {
        assert!(
            serde_json::from_str::<Value>(raw).is_err(),
            "line {}",
            example.line
        );
        assert!(
            matches!(EventMessage::read(raw.as_bytes()), Err(ReadError::Json(_))),
            "line {}",
            example.line
        );
    }
    example.raw.is_some()
}

#[test]
fn every_example_of_a_command_goes_there_and_back() {
    let (mut read, mut broken) = (0, 0);
    for command in &MANUAL.commands {
        let id = command.id();
        let info = CommandInfo::named(&id).unwrap();
        for example in &command.examples {
            broken += usize::from(broken_as_printed(example));
            let value = example.value();
            let text = value.to_string();
            let table = if example.role == "request" {
                info.request
            } else {
                info.response
            };
            let back = command_there_and_back(&id, &example.role, &text);
            let back: Value = serde_json::from_str(&back).unwrap();
            assert_eq!(
                back,
                object(table, value.as_object().unwrap()),
                "line {}",
                example.line
            );
            expect_no_finding(example.line, &check_json(table, &text).unwrap());
            read += 1;
        }
    }
    assert_eq!((read, broken), (133, 7));
}

#[test]
fn every_example_of_an_event_goes_there_and_back() {
    let (mut read, mut broken) = (0, 0);
    for event in &MANUAL.events {
        for example in &event.examples {
            broken += usize::from(broken_as_printed(example));
            let value = example.value();
            let text = value.to_string();
            let message = EventMessage::read(text.as_bytes()).unwrap();
            assert!(
                !matches!(message.event, Event::Other(_)),
                "{} {text}",
                event.name
            );
            assert_eq!(message.message_type, Some(MessageType::Event));
            let back: Value = serde_json::from_str(&message.to_json().unwrap()).unwrap();
            assert_eq!(back, event_meaning(&value), "line {}", example.line);
            assert_eq!(message.clone().into_owned(), message);
            expect_no_finding(example.line, &check_event(text.as_bytes()).unwrap());
            read += 1;
        }
    }
    assert_eq!((read, broken), (97, 10));
}
