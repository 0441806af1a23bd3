//! Every flow of `tests/data/gsw-flows.json` from the desktop's side, with the state after each step.

use serde_json::{Map, Value as Json, json};

use super::played::{Played, reason};

fn flows() -> Json {
    serde_json::from_str(include_str!("../../data/gsw-flows.json")).unwrap()
}

/// Writes over what a step expects to change; null takes away.
fn expect(state: &mut Json, changes: &Json) {
    for (name, change) in changes.as_object().unwrap() {
        if name == "events" {
            continue;
        }
        match change {
            Json::Object(entries) => {
                let kept = state[name].as_object_mut().unwrap();
                for (key, value) in entries {
                    if value.is_null() {
                        kept.remove(key);
                    } else {
                        kept.insert(key.clone(), value.clone());
                    }
                }
            }
            other => state[name] = other.clone(),
        }
    }
}

/// Sends a request of a flow, and looks whether it goes out as it stands there.
fn send(played: &mut Played, step: &Json, what: &str) {
    let wanted = &step["pairs"];
    if let Some(local) = step.get("local") {
        let refused = played.request(wanted).expect_err(what);
        assert_eq!(reason(&refused), *local.as_str().unwrap(), "{what}");
        assert!(played.sent().is_empty(), "{what}");
        return;
    }
    let forced = step.get("force").or(step.get("wrong")).is_some();
    if forced {
        played
            .force(wanted)
            .unwrap_or_else(|refused| panic!("{what}: {refused}"));
    } else {
        played
            .request(wanted)
            .unwrap_or_else(|refused| panic!("{what}: {refused}"));
    }
    let sent = played.sent();
    assert_eq!(sent.len(), 1, "{what}");
    for (key, value) in wanted.as_object().unwrap() {
        assert_eq!(sent[0].get(key), Some(value), "{what}: {key}");
    }
}

fn play(step: &Json, played: &mut Played, state: &mut Json, what: &str) {
    let second = step
        .get("at")
        .map_or(played.now.as_secs(), |at| at.as_u64().unwrap());
    played.until(second.max(played.now.as_secs()));
    let (from, to) = (step["from"].as_str(), step["to"].as_str());
    if step.get("message").is_some() {
        match (from, to) {
            (Some("desktop"), Some("ocs")) => {
                let again = played.sent();
                drop(again);
                send(played, step, what);
            }
            (Some("ocs"), Some("desktop")) => played.input(&step["pairs"]),
            // Between others: nothing reaches this desktop.
            (Some(from), Some(to)) => assert!(from != "desktop" && to != "desktop", "{what}"),
            other => panic!("{what}: {other:?}"),
        }
    }
    if let Some(call) = step.get("call") {
        assert!(played.call(call).is_some(), "{what}");
    }
    if let Some(agent) = step.get("agent") {
        played.agent(agent.as_str().unwrap());
    }
    if let Some(transport) = step.get("transport") {
        played.transport(transport.as_str().unwrap());
    }
    let expected = &step["expect"];
    let mut events: Vec<String> = expected
        .get("events")
        .map(|events| serde_json::from_value(events.clone()).unwrap())
        .unwrap_or_default();
    events.sort();
    assert_eq!(played.events(), events, "{what}");
    expect(state, expected);
    assert_eq!(played.state(), *state, "{what}");
}

fn nothing() -> Json {
    json!({
        "campaigns": {}, "preview": {}, "records": {}, "chains": {},
        "outstanding": [], "retry": {}, "retired": [],
    })
}

#[test]
fn m2_each_flow_is_played_with_the_state_after_each_step() {
    let flows = flows();
    let prefixes: &Map<String, Json> = flows["prefixes"].as_object().unwrap();
    let mut played_steps = 0;
    let all = flows["flows"].as_array().unwrap();
    for flow in all {
        let name = flow["name"].as_str().unwrap();
        let mut played = Played::quiet();
        let mut state = nothing();
        let before = flow.get("prefix").and_then(Json::as_array);
        let before = before.into_iter().flatten().flat_map(|prefix| {
            let prefix = prefix.as_str().unwrap();
            prefixes[prefix].as_array().unwrap()
        });
        let own = flow["steps"].as_array().unwrap();
        for (number, step) in before.chain(own).enumerate() {
            play(
                step,
                &mut played,
                &mut state,
                &format!("{name}, step {number}"),
            );
            played_steps += 1;
        }
        let ends_with = flow.get("ends_with").cloned().unwrap_or(json!([]));
        assert_eq!(played.state()["outstanding"], ends_with, "{name}");
    }
    assert_eq!(all.len(), 66);
    assert!(played_steps > 500, "{played_steps}");
}
