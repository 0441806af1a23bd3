//! Every flow of `tests/data/gsw_more_flows.txt`, which says how to read it, with the state after each
//! step.

use serde_json::{Map, Value as Json, json};

use super::played::{Played, reason};

const FLOWS: &str = include_str!("../../data/gsw_more_flows.txt");

/// A line that starts a step, and the lines of what it changes.
struct Step {
    number: usize,
    line: &'static str,
    changes: Vec<&'static str>,
}

struct Flow {
    name: &'static str,
    steps: Vec<Step>,
}

fn flows() -> Vec<Flow> {
    let mut flows: Vec<Flow> = Vec::new();
    for (number, line) in FLOWS.lines().enumerate() {
        if let Some(name) = line.strip_prefix("== ") {
            let steps = Vec::new();
            flows.push(Flow { name, steps });
        } else if line.is_empty() || line.starts_with('#') || flows.is_empty() {
        } else if let Some(change) = line.strip_prefix("    ") {
            let steps = &mut flows.last_mut().unwrap().steps;
            steps.last_mut().unwrap().changes.push(change);
        } else {
            let steps = &mut flows.last_mut().unwrap().steps;
            let (number, changes) = (number + 1, Vec::new());
            steps.push(Step {
                number,
                line,
                changes,
            });
        }
    }
    flows
}

/// The keys by their short names.
fn key(short: &str) -> &str {
    match short {
        "ref" => "GSW_REFERENCE_ID",
        "app" => "GSW_APPLICATION_ID",
        "handle" => "GSW_RECORD_HANDLE",
        "chain" => "GSW_CHAIN_ID",
        "campaign" => "GSW_CAMPAIGN_NAME",
        "group" => "GSW_CAMPAIGN_GROUP_NAME",
        "mode" => "GSW_CAMPAIGN_MODE",
        "list" => "GSW_CALLING_LIST",
        "phone" => "GSW_PHONE",
        "customer" => "GSW_CUSTOMER_ID",
        "result" => "GSW_CALL_RESULT",
        "attr" => "GSW_CHAIN_ATTR",
        "code" => "GSW_ERROR_NUMBER",
        "text" => "GSW_ERROR",
        "refuses" => "GSW_AGENT_REQ_TYPE",
        "type" => "GSW_CALLBACK_TYPE",
        "date" => "GSW_DATE_TIME",
        "ready" => "GSW_READY_TIME",
        "wait" => "GSW_LOGOUT_TIME",
        "treatment" => "GSW_TREATMENT",
        "message" => "GSW_MESSAGE",
        "zone" => "GSW_TZ_NAME",
        other => other,
    }
}

/// What a message has unless the flow says otherwise.
fn usual(kind: &str, handle: Option<i64>) -> Json {
    let mut pairs = json!({"GSW_APPLICATION_ID": 139, "GSW_CAMPAIGN_NAME": "Spring"});
    let mut more = |other: Json| {
        let other = other.as_object().unwrap().clone();
        pairs.as_object_mut().unwrap().extend(other);
    };
    match kind {
        "Error" => return json!({"GSW_APPLICATION_ID": 139, "GSW_ERROR": "no"}),
        "PreviewRecord" | "ScheduledCall" | "ChainedRecord" | "call" => more(json!({
            "GSW_CHAIN_ID": 3, "GSW_CALLING_LIST": "Customers", "GSW_CALL_RESULT": 28,
            "GSW_PHONE": format!("+1{}", handle.unwrap_or_default()), "GSW_TZ_OFFSET": -18000,
        })),
        "ChainedRecordsDataEnd" => more(json!({"GSW_CHAIN_ID": 3})),
        _ if handle.is_some() => more(json!({"GSW_CALLING_LIST": "Customers"})),
        _ => {}
    }
    if kind.starts_with("Campaign") || matches!(kind, "PreviewRecord" | "call") {
        more(json!({"GSW_CAMPAIGN_GROUP_NAME": "Spring@Team 1"}));
    }
    if matches!(kind, "CampaignStarted" | "CampaignModeChanged") {
        more(json!({"GSW_CAMPAIGN_MODE": "Preview"}));
    }
    pairs
}

/// Reads `Kind handle key=value …`; `bare` leaves out what is usual, and `key=-` one key.
fn message(words: &str, is_request: bool) -> Json {
    let mut words = words.split_whitespace();
    let kind = words.next().unwrap();
    let words: Vec<&str> = words.collect();
    let handle = words.iter().find_map(|word| word.parse::<i64>().ok());
    let mut pairs = if is_request || words.contains(&"bare") {
        json!({})
    } else {
        usual(kind, handle)
    };
    match kind {
        _ if is_request => pairs["GSW_AGENT_REQ_TYPE"] = kind.into(),
        "Error" | "call" => {}
        _ => pairs["GSW_USER_EVENT"] = kind.into(),
    }
    if let Some(handle) = handle {
        pairs["GSW_RECORD_HANDLE"] = handle.into();
    }
    for (name, value) in words.iter().filter_map(|word| word.split_once('=')) {
        let (name, value) = (key(name), value.replace('_', " "));
        let text = matches!(name, "GSW_PHONE" | "GSW_CUSTOMER_ID");
        match value.parse::<i64>() {
            _ if value == "-" => drop(pairs.as_object_mut().unwrap().remove(name)),
            Ok(number) if !text => pairs[name] = number.into(),
            _ => pairs[name] = value.into(),
        }
    }
    pairs
}

/// Does one step; says what was not as it should be.
fn take(step: &Step, played: &mut Played) -> Result<(), String> {
    let (first, rest) = step.line.split_once(' ').unwrap();
    match first {
        "@" => played.until(rest.parse().unwrap()),
        "<" => played.input(&message(rest, false)),
        "call" => drop(played.call(&message(step.line, false))),
        "agent" => played.agent(rest),
        "transport" => played.transport(rest),
        "forget" => {
            let record = played.at(rest.parse().unwrap());
            let dropped = played.desktop.forget(played.now, record);
            dropped.map_err(|refused| refused.to_string())?;
        }
        ">" | ">!" => {
            let wanted = message(rest, true);
            let sent = if first == ">" {
                played.request(&wanted)
            } else {
                played.force(&wanted)
            };
            sent.map_err(|refused| format!("refused: {refused}"))?;
            let sent = played.sent();
            let own = sent.last().ok_or("nothing is sent")?;
            let mut pairs = wanted.as_object().unwrap().iter();
            if let Some((key, _)) = pairs.find(|(key, value)| own.get(*key) != Some(value)) {
                return Err(format!("{key} is not sent as given: {own}"));
            }
        }
        ">x" | ">!x" => {
            let (request, why) = rest.split_once(": ").unwrap();
            let request = message(request, true);
            let refused = if first == ">x" {
                played.request(&request)
            } else {
                played.force(&request)
            };
            match refused {
                Ok(_) => return Err("it is sent".into()),
                Err(refused) if reason(&refused) != why => {
                    return Err(format!("refused for another reason: {refused}"));
                }
                Err(_) => {}
            }
        }
        "sends" => {
            let sent = played.sent();
            let of = |one: &Json, key: &str| one[key].to_string().replace('"', "");
            let sent: Vec<String> = sent
                .iter()
                .map(|one| {
                    let kind = of(one, "GSW_AGENT_REQ_TYPE");
                    let to = of(one, "GSW_APPLICATION_ID");
                    format!("{kind} {to} {}", of(one, "GSW_REFERENCE_ID"))
                })
                .collect();
            let sent = sent.join(", ");
            if sent != rest {
                return Err(format!("sent: {sent}"));
            }
        }
        other => panic!("{other}"),
    }
    Ok(())
}

/// Writes what a step changes into the state, and returns its events.
fn expect(changes: &[&str], state: &mut Json) -> Vec<String> {
    let mut events = Vec::new();
    for change in changes {
        let (what, rest) = change.split_once(' ').unwrap_or((change, ""));
        let part = match what {
            "*" => {
                events.push(rest.to_owned());
                continue;
            }
            "out" => {
                state["outstanding"] = rest.split_whitespace().collect();
                continue;
            }
            "retired" => {
                let ids = rest.split_whitespace();
                state["retired"] = ids.map(|id| id.parse::<i64>().unwrap()).collect();
                continue;
            }
            "logout" if rest == "-" => {
                state.as_object_mut().unwrap().remove("logout");
                continue;
            }
            "logout" => {
                state["logout"] = rest.into();
                continue;
            }
            "campaign" => "campaigns",
            "record" => "records",
            "chain" => "chains",
            "preview" | "retry" => what,
            other => panic!("{other}"),
        };
        // The key of a campaign is quoted, for it has blanks.
        let (key, value) = match rest.strip_prefix('"') {
            Some(quoted) => quoted.split_once("\" ").unwrap(),
            None => rest.split_once(' ').unwrap(),
        };
        let entries: &mut Map<String, Json> = state[part].as_object_mut().unwrap();
        match value.parse::<i64>() {
            _ if value == "-" => drop(entries.remove(key)),
            Ok(number) => drop(entries.insert(key.to_owned(), number.into())),
            Err(_) => drop(entries.insert(key.to_owned(), value.into())),
        }
    }
    events.sort();
    events
}

fn play(flow: &Flow) -> Result<usize, String> {
    let mut played = Played::quiet();
    let mut state = json!({
        "campaigns": {}, "preview": {}, "records": {}, "chains": {},
        "outstanding": [], "retry": {}, "retired": [],
    });
    for step in &flow.steps {
        let at = format!("{}, line {}, {:?}", flow.name, step.number, step.line);
        if let Some(what) = step.line.strip_prefix("with ") {
            let mut words = what.split(' ');
            let kind = words.next().unwrap();
            let handles: Vec<i64> = words.filter_map(|word| word.parse().ok()).collect();
            played = match kind {
                "record" => {
                    let records: Vec<_> = handles.iter().map(|one| (*one, one - 280)).collect();
                    Played::with_records(&records)
                }
                "chain" => Played::with_chain(&handles),
                mode => Played::started(mode),
            };
            state = played.state();
        } else {
            take(step, &mut played).map_err(|wrong| format!("{at}: {wrong}"))?;
        }
        let events = expect(&step.changes, &mut state);
        let told = played.events();
        let now = played.state();
        if told != events {
            return Err(format!("{at}\n   told: {told:?}\n wanted: {events:?}"));
        }
        if now != state {
            return Err(format!("{at}\n     is: {now}\n wanted: {state}"));
        }
    }
    Ok(flow.steps.len())
}

#[test]
fn m2_more_flows_are_played_with_the_state_after_each_step() {
    let flows = flows();
    let mut wrong = Vec::new();
    let mut steps = 0;
    for flow in &flows {
        match play(flow) {
            Ok(played) => steps += played,
            Err(told) => wrong.push(told),
        }
    }
    assert!(wrong.is_empty(), "{}", wrong.join("\n\n"));
    assert!(flows.len() > 60 && steps > 400, "{} {steps}", flows.len());
}
