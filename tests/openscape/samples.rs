//! A body for each table, and every place in it.

use cti_codec::openscape::*;
use serde_json::{Map, Value, json};

use crate::golden::{command_there_and_back, event_meaning, meaning};

/// A body that the interface has: a request, an answer or an event.
pub(crate) struct Place {
    pub(crate) name: String,
    role: &'static str,
    pub(crate) kind: Kind,
    event: Option<(&'static str, &'static str)>,
}

/// All of them; the two forms of an administration event are two.
pub(crate) fn places() -> Vec<Place> {
    let mut places = Vec::new();
    for command in all_commands() {
        for (role, table) in [("request", command.request), ("response", command.response)] {
            places.push(Place {
                name: command.name.into(),
                role,
                kind: Kind::Object(table),
                event: None,
            });
        }
    }
    for event in all_events() {
        let kinds = match event.data {
            Kind::Versions { current, v1 } => vec![*current, *v1],
            kind => vec![kind],
        };
        for kind in kinds {
            let event_type = event.types[0];
            places.push(Place {
                name: format!("{}.{event_type}", event.realm),
                role: "event",
                kind,
                event: Some((event.realm, event_type)),
            });
        }
    }
    places
}

impl Place {
    /// The whole body around a value.
    pub(crate) fn body(&self, value: &Value) -> Value {
        match self.event {
            Some((realm, kind)) => {
                json!({"type": "EVENT", "data": {"realm": realm, "type": kind, "data": value}})
            }
            None => value.clone(),
        }
    }

    /// Reads the body and writes it again.
    pub(crate) fn there_and_back(&self, body: &Value) -> Value {
        let text = body.to_string();
        let back = match self.event {
            Some(_) => {
                let message = EventMessage::read(text.as_bytes()).unwrap();
                assert!(
                    !matches!(message.event, Event::Other(_)),
                    "{} {text}",
                    self.name
                );
                message.to_json().unwrap()
            }
            None => command_there_and_back(&self.name, self.role, &text),
        };
        serde_json::from_str(&back).unwrap()
    }

    /// What is written for this body.
    pub(crate) fn meaning(&self, body: &Value) -> Value {
        match self.event {
            Some(_) => event_meaning(body),
            None => meaning(&self.kind, body),
        }
    }

    pub(crate) fn findings(&self, body: &Value) -> Vec<String> {
        let text = body.to_string();
        let findings = match (self.event, self.kind) {
            (None, Kind::Object(table)) => check_json(table, &text),
            _ => check_event(text.as_bytes()),
        };
        findings.unwrap().iter().map(ToString::to_string).collect()
    }
}

/// A value as the table says.
pub(crate) fn sample(kind: &Kind) -> Value {
    match kind {
        Kind::Text => "text".into(),
        Kind::Integer | Kind::AgentOrAll => 7.into(),
        Kind::Float => 66.7.into(),
        Kind::Boolean => true.into(),
        Kind::Name(names) => names.values[0].0.into(),
        Kind::ResourceOrAll => "3000".into(),
        Kind::Object(table) => {
            let rows = table.rows.iter();
            Value::Object(
                rows.map(|row| (row.name.into(), sample(&row.kind)))
                    .collect(),
            )
        }
        Kind::List(item) => json!([sample(item)]),
        _ => json!({"anything": [1, 2]}),
    }
}

/// Every row in a value, with the pointer to the object that has it.
pub(crate) fn rows(kind: &Kind) -> Vec<(String, &'static Row)> {
    fn walk(pointer: &str, kind: &Kind, found: &mut Vec<(String, &'static Row)>) {
        match kind {
            Kind::Object(table) => {
                for row in table.rows {
                    found.push((pointer.into(), row));
                    walk(&format!("{pointer}/{}", row.name), &row.kind, found);
                }
            }
            Kind::List(item) => walk(&format!("{pointer}/0"), item, found),
            _ => {}
        }
    }
    let mut found = Vec::new();
    walk("", kind, &mut found);
    found
}

/// The object at a pointer.
pub(crate) fn at<'v>(value: &'v mut Value, pointer: &str) -> &'v mut Map<String, Value> {
    value.pointer_mut(pointer).unwrap().as_object_mut().unwrap()
}

impl Place {
    pub(crate) fn kind_is_request(&self) -> bool {
        self.role == "request"
    }
}

impl Place {
    pub(crate) fn is_event(&self) -> bool {
        self.event.is_some()
    }
}
