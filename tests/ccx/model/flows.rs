//! The example flows of the guide, played in from `ccx-flows.json`.
//!
//! `use` in the file makes one consistent run of what the guide prints from several; where nothing
//! else is said, flows are played so.

use bytes::BytesMut;
use cti_codec::ccx::layout::{FloatingRow, Kind, Required};
use cti_codec::ccx::model::{AgentWhat, CallWhat, Change, DataField, Ended, Phase, View};
use cti_codec::ccx::outbound::BaResponse;
use cti_codec::ccx::{AgentState, CallType, Frame, MessageType, Text, Version, json};
use serde_json::{Map, Value, json};

use super::{Play, parties};

const MAIN: u32 = 16_777_507;

/// The whole file.
fn file() -> Value {
    serde_json::from_str(include_str!("../../data/ccx-flows.json")).unwrap()
}

/// The names of all flows, or of all sequences.
pub(crate) fn names(kind: &str) -> Vec<String> {
    let all = file()[kind].as_array().unwrap().clone();
    let names = all.iter().map(|flow| flow["name"].as_str().unwrap());
    names.map(str::to_owned).collect()
}

/// The messages of a flow or a sequence, by name.
pub(crate) fn messages(name: &str) -> Vec<Value> {
    let flows = file();
    let all = flows["flows"].as_array().unwrap().iter();
    let all = all.chain(flows["sequences"].as_array().unwrap());
    let flow = all.into_iter().find(|flow| flow["name"] == name);
    flow.unwrap()["messages"].as_array().unwrap().clone()
}

/// Packs a message of the file, with the values of a consistent run or as printed.
pub(crate) fn frame(message: &Value, printed: bool) -> Frame {
    let mut fields = message["fields"].as_object().cloned().unwrap_or_default();
    if !printed && let Some(used) = message["use"]["fields"].as_object() {
        for (name, value) in used {
            fields.insert(name.clone(), value.clone());
        }
    }
    // In traces by another name than in the table; it says nothing.
    fields.remove("QueryRuleID");
    complete(&mut fields, message);
    let object = json!({ "message": message["type"], "fields": fields });
    let mut bytes = BytesMut::new();
    json::read(&object, Version::V14, &mut bytes)
        .unwrap_or_else(|error| panic!("{object}: {error}"));
    Frame::new(bytes.freeze()).unwrap()
}

/// Puts in what a table requires and the guide's text does not print: no flow depends on it, but
/// that an agent has a name and a phone.
fn complete(fields: &mut Map<String, Value>, message: &Value) {
    let note = message["note"].as_str().unwrap_or_default();
    let phone = fields.contains_key("AgentExtension");
    if message["type"] == "AGENT_STATE_EVENT" && !fields.contains_key("AgentID") && !phone {
        let id = if note.contains("agent A") {
            "agtA"
        } else {
            "agt2006"
        };
        fields.insert("AgentID".into(), id.into());
        fields.insert("AgentExtension".into(), "2006".into());
    }
    let name = message["type"].as_str().unwrap();
    let missing: &[(&str, Value)] = match name {
        "OPEN_REQ" => &[("IdleTimeout", json!(40)), ("VersionNumber", json!(14))],
        "SET_AGENT_STATE_REQ" => &[("AgentID", json!("2006")), ("AgentPassword", json!(""))],
        "QUERY_AGENT_STATE_REQ" | "SUPERVISE_CALL_REQ" => &[("AgentID", json!("2006"))],
        _ => &[],
    };
    for (name, value) in missing {
        fields.entry(*name).or_insert_with(|| value.clone());
    }
    let layout = MessageType::from_name(name).unwrap().layout().unwrap();
    for row in layout.floating {
        if let FloatingRow::Field(row) = row
            && row.required != Required::No
            && row.reserved.is_none()
            && !fields.contains_key(row.name)
        {
            let value = match row.kind {
                Kind::String => json!("2006"),
                Kind::Unspec => json!({ "hex": "" }),
                _ => continue,
            };
            // A device that is not printed is not there.
            let device = row.name.ends_with("ConnectionDeviceID");
            fields.insert(row.name.into(), if device { json!("") } else { value });
        }
    }
}

/// Plays the messages of a flow that a client gets.
pub(crate) fn play(play: &mut Play, flow: &[Value], client: &str, printed: bool) {
    for message in flow {
        if !printed && message["use"]["skip"] == true {
            continue;
        }
        let to = if printed || message["use"]["to"].is_null() {
            &message["to"]
        } else {
            &message["use"]["to"]
        };
        if to.is_object() && to[client] != true {
            continue;
        }
        let frame = frame(message, printed);
        let message_ = frame.decode(Version::V14).unwrap();
        if message["direction"] == "client_to_server" {
            let changes = play.model.sent(play.now, &message_);
            play.heard(&changes);
        } else {
            play.received(message_);
        }
    }
}

fn all(play_: &mut Play, name: &str) {
    play(play_, &messages(name), "bridge", false);
}

/// The states that changes tell an agent has gone through.
fn states(changes: &[Change], agent_id: &str) -> Vec<AgentState> {
    changes
        .iter()
        .filter_map(|change| match change {
            Change::Agent {
                key,
                what: AgentWhat::Status { before, after },
            } if key.text() == Text::from(agent_id) && before.state != after.state => after.state,
            _ => None,
        })
        .collect()
}

/// Rules G1, E2, E3, E7, E13, E14: a call is queued, answered and ends.
#[test]
fn queued_and_answered() {
    let flow = messages("queued_answered");
    let mut bridge = Play::new(View::Bridge);
    play(&mut bridge, &flow[..6], "bridge", false);
    // It waits at the port, in CSQ 1.
    let call = bridge.call(MAIN);
    assert_eq!(parties(call), ["2005 CONNECT", "9019 QUEUED"]);
    assert_eq!(
        call.queues
            .iter()
            .map(|queue| queue.csq_id)
            .collect::<Vec<_>>(),
        [Some(1)]
    );
    assert_eq!(call.caller(), Some("2005".into()));
    assert_eq!(call.call_type, Some(CallType::OUT));
    assert!(call.is_queued());
    assert_eq!(bridge.model.queues.get(1).unwrap().calls, 1);

    play(&mut bridge, &flow[6..13], "bridge", false);
    let call = bridge.call(MAIN);
    assert_eq!(
        parties(call),
        ["2005 CONNECT", "2006 CONNECT", "9019 QUEUED"]
    );
    assert_eq!(call.queues, []);
    assert_eq!(call.call_type, Some(CallType::AGENT_INSIDE));
    assert_eq!(call.secondary_call_id, Some(16_777_508));
    assert_eq!(bridge.model.queues.get(1).unwrap().calls, 0);
    assert_eq!(bridge.state("agt2006"), Some(AgentState::TALKING));
    let next = bridge
        .model
        .agents
        .get("agt2006".into())
        .unwrap()
        .status
        .next;
    assert_eq!(next, Some(AgentState::READY));
    // No event ever tells of the consult call from the port.
    assert!(!bridge.has(16_777_508));

    play(&mut bridge, &flow[13..14], "bridge", false);
    assert_eq!(bridge.parties(MAIN), ["2005 CONNECT", "2006 CONNECT"]);
    play(&mut bridge, &flow[14..], "bridge", false);
    assert!(bridge.model.calls.is_empty());
    assert_eq!(
        states(&bridge.told, "agt2006"),
        [
            AgentState::READY,
            AgentState::RESERVED,
            AgentState::TALKING,
            AgentState::READY
        ],
    );
}

/// Rule E3: the agent's client sees the call first when it rings, and never its beginning.
#[test]
fn queued_and_answered_as_the_agent_sees_it() {
    let flow = messages("queued_answered");
    let mut agent = Play::agent("agt2006", "2006");
    play(&mut agent, &flow[..9], "agent_2006", false);
    assert_eq!(agent.parties(MAIN), ["2006 ALERTING"]);
    assert_eq!(agent.call(MAIN).caller(), Some("2005".into()));
    play(&mut agent, &flow[9..14], "agent_2006", false);
    assert!(agent.parties(MAIN).contains(&"2006 CONNECT".to_owned()));
    play(&mut agent, &flow[14..], "agent_2006", false);
    assert!(!agent.has(MAIN));
    // E27a: the agent is ready again, so there is nothing to wrap up.
    assert!(agent.model.calls.own_last().is_none());
}

fn until_answered(play_: &mut Play, client: &str) {
    play(play_, &messages("queued_answered")[..14], client, false);
}

/// Rules G2, E15 to E20: consult and transfer.
#[test]
fn transferred() {
    const CONSULT: u32 = 16_777_535;
    let flow = messages("transferred");
    let mut bridge = Play::new(View::Bridge);
    until_answered(&mut bridge, "bridge");
    play(&mut bridge, &flow[..9], "bridge", false);
    assert_eq!(bridge.parties(MAIN), ["2005 CONNECT", "2006 HOLD"]);
    assert_eq!(bridge.parties(CONSULT), ["2006 CONNECT", "2007 CONNECT"]);
    assert_eq!(bridge.call(CONSULT).call_type, Some(CallType::CONSULT));

    play(&mut bridge, &flow[9..11], "bridge", false);
    // The transferring device is out of it, and the consult call a part of the main one.
    assert_eq!(bridge.parties(MAIN), ["2005 CONNECT", "2007 CONNECT"]);
    assert_eq!(bridge.call(MAIN).call_type, Some(CallType::TRANSFER_IN));
    assert_eq!(
        bridge.call(CONSULT).phase,
        Phase::Merged(bridge.call(MAIN).key)
    );
    assert_eq!(bridge.model.calls.live().count(), 1);

    play(&mut bridge, &flow[11..17], "bridge", false);
    assert!(!bridge.has(CONSULT));
    assert_eq!(bridge.parties(MAIN), ["2005 CONNECT", "2007 CONNECT"]);
    assert_eq!(bridge.state("agt2006"), Some(AgentState::READY));
    play(&mut bridge, &flow[17..], "bridge", false);
    assert!(bridge.model.calls.is_empty(), "G10: the table is empty");
    assert_eq!(bridge.state("agt2007"), Some(AgentState::NOT_READY));
    let reason = bridge
        .model
        .agents
        .get("agt2007".into())
        .unwrap()
        .status
        .reason;
    assert_eq!(
        reason,
        Some(cti_codec::ccx::AgentStateReasonCode::AGT_CALL_ENDED)
    );
}

/// Rules E4, E27: clients in agent mode get no END of transferred calls, and forget them all the
/// same.
#[test]
fn transferred_as_the_agents_see_it() {
    for (client, id, phone) in [
        ("agent_2006", "agt2006", "2006"),
        ("agent_2007", "agt2007", "2007"),
        ("caller_2005", "agt2005", "2005"),
    ] {
        let mut agent = Play::agent(id, phone);
        until_answered(&mut agent, client);
        play(&mut agent, &messages("transferred"), client, false);
        assert!(!agent.model.calls.is_empty(), "{client}: no END came");
        let due = agent.model.poll_timeout().unwrap();
        assert!(
            due <= agent.now + std::time::Duration::from_secs(5),
            "{client}"
        );
        agent.wait(6);
        assert!(
            agent.model.calls.is_empty(),
            "{client}: {:?}",
            agent.model.calls
        );
        assert_eq!(agent.model.poll_timeout(), None, "{client}");
    }
}

/// Rules G3, E17 to E20: consult and conference.
#[test]
fn conferenced() {
    const CONSULT: u32 = 16_777_541;
    // The consultation is that of the transfer, with another CallID.
    let mut consult = messages("transferred")[..9].to_vec();
    for message in &mut consult {
        let fields = &mut message["fields"];
        if fields["CallID"] == 16_777_535 {
            fields["CallID"] = CONSULT.into();
        }
    }
    let flow = messages("conferenced");
    let mut bridge = Play::new(View::Bridge);
    until_answered(&mut bridge, "bridge");
    play(&mut bridge, &consult, "bridge", false);
    play(&mut bridge, &flow[..2], "bridge", false);
    assert_eq!(
        bridge.parties(MAIN),
        ["2005 CONNECT", "2006 CONNECT", "2007 CONNECT"]
    );
    assert_eq!(bridge.call(MAIN).call_type, Some(CallType::CONFERENCE));
    play(&mut bridge, &flow[2..7], "bridge", false);
    assert!(!bridge.has(CONSULT));
    assert_eq!(bridge.parties(MAIN).len(), 3);
    play(&mut bridge, &flow[7..], "bridge", false);
    assert!(bridge.model.calls.is_empty(), "G10: the table is empty");

    for (client, id, phone) in [
        ("agent_2006", "agt2006", "2006"),
        ("agent_2007", "agt2007", "2007"),
        ("caller_2005", "agt2005", "2005"),
    ] {
        let mut agent = Play::agent(id, phone);
        until_answered(&mut agent, client);
        play(&mut agent, &consult, client, false);
        play(&mut agent, &flow, client, false);
        agent.wait(6);
        assert!(
            agent.model.calls.is_empty(),
            "{client}: {:?}",
            agent.model.calls
        );
    }
}

/// Rules E18, E19, G10: as printed, from traces of several runs. The main call of the conference is
/// renamed; that of the transfer stays behind, as its other name is that of another run.
#[test]
fn as_printed() {
    let mut bridge = Play::new(View::Bridge);
    all(&mut bridge, "queued_answered");
    assert!(bridge.model.calls.is_empty());

    let mut bridge = Play::new(View::Bridge);
    play(
        &mut bridge,
        &messages("queued_answered")[..14],
        "bridge",
        true,
    );
    play(&mut bridge, &messages("conferenced"), "bridge", true);
    assert!(bridge.model.calls.is_empty(), "{:?}", bridge.model.calls);
    let renamed = |what: &CallWhat| {
        *what
            == CallWhat::CallId {
                before: MAIN,
                after: 16_777_539,
            }
    };
    assert!(super::of_calls(&bridge.told).into_iter().any(renamed));

    let mut bridge = Play::new(View::Bridge);
    play(
        &mut bridge,
        &messages("queued_answered")[..14],
        "bridge",
        true,
    );
    play(&mut bridge, &messages("transferred"), "bridge", true);
    let left: Vec<u32> = bridge.model.calls.iter().map(|call| call.call_id).collect();
    assert_eq!(left, [MAIN]);
}

const RESERVATION: u32 = 16_800_097;
const PREVIEW: u32 = 16_800_096;

/// Rules G4, O2 to O8, E22, E23: an outbound contact is accepted.
#[test]
fn outbound_accepted() {
    let flow = messages("outbound_accepted");
    let mut bridge = Play::new(View::Bridge);
    play(&mut bridge, &flow[..3], "bridge", false);
    let call = bridge.call(RESERVATION);
    assert_eq!(call.call_type, Some(CallType::RESERVATION));
    let contact = call.data.outbound_contact();
    assert_eq!(contact.campaign, Some("LoadCamp".into()));
    assert_eq!(contact.status.map(|status| status.0), Some("DO".into()));
    // E23: an empty value of a named variable is one.
    assert_eq!(
        call.data.named_variable("BAResponse"),
        Some(Text::default())
    );
    // O5: its connection stays alerting.
    assert_eq!(parties(call), ["4020 ALERTING"]);
    assert_eq!(bridge.state("chli4020"), Some(AgentState::RESERVED));

    // O4: the echo names the preview call, before it begins.
    play(&mut bridge, &flow[3..6], "bridge", false);
    assert!(!bridge.has(PREVIEW), "E3: only its data have been heard of");
    play(&mut bridge, &flow[6..10], "bridge", false);
    assert!(!bridge.has(RESERVATION));
    let call = bridge.call(PREVIEW);
    assert_eq!(call.call_type, Some(CallType::PREVIEW));
    assert_eq!(
        call.data.outbound_contact().response,
        Some(BaResponse::Accept)
    );

    play(&mut bridge, &flow[10..18], "bridge", false);
    let call = bridge.call(PREVIEW);
    let contact = call.data.outbound_contact();
    assert!(contact.time_zone.is_some() && contact.customer_number.is_some());
    assert_eq!(bridge.state("chli4020"), Some(AgentState::TALKING));
    // G10: no END of the preview call is printed.
    play(&mut bridge, &flow[18..], "bridge", false);
    assert_eq!(bridge.call(PREVIEW).phase, Phase::Over);
    assert_eq!(bridge.state("chli4020"), Some(AgentState::WORK));
    bridge.wait(31);
    assert!(bridge.model.calls.is_empty());
    let ended = super::of_calls(&bridge.told).pop();
    assert_eq!(ended, Some(&CallWhat::Ended(Ended::NoEnd)));
}

/// Rules E27a, O7: in WORK after the preview call, it can still be classified.
#[test]
fn outbound_call_is_wrapped_up() {
    let mut agent = Play::agent("chli4020", "4020");
    all(&mut agent, "outbound_accepted");
    agent.wait(6);
    assert!(agent.model.calls.is_empty());
    let last = agent.model.calls.own_last().unwrap();
    assert_eq!(last.call.call_id, PREVIEW);
    assert_eq!(last.connection_device_id, "4020");
    assert_eq!(last.call.call_type, Some(CallType::PREVIEW));
    agent.received(cti_codec::ccx::AgentStateEvent {
        agent_id: Some("chli4020".into()),
        agent_extension: Some("4020".into()),
        agent_state: AgentState::READY,
        ..Default::default()
    });
    assert!(agent.model.calls.own_last().is_none());
}

/// Rules G5, G6, O3, O4, O6, E3, G10: a contact is skipped or rejected; nothing confirms the call
/// that the echo names.
#[test]
fn outbound_skipped_and_rejected() {
    for (name, reservation) in [
        ("outbound_skipped", 16_800_099),
        ("outbound_rejected", 16_800_101),
    ] {
        let mut bridge = Play::new(View::Bridge);
        let mut before = messages("outbound_accepted")[..3].to_vec();
        for message in &mut before[1..] {
            message["fields"]["CallID"] = reservation.into();
        }
        play(&mut bridge, &before, "bridge", false);
        assert!(bridge.has(reservation));
        all(&mut bridge, name);
        assert_eq!(bridge.model.calls.iter().count(), 0, "{name}");
        assert_eq!(bridge.model.calls.len(), 1, "{name}: a provisional call");
        assert_eq!(bridge.wait(31), [], "{name}: nobody has seen it");
        assert!(bridge.model.calls.is_empty(), "{name}");
    }
}

/// Rules G7, E24: the one message that the guide prints as bytes.
#[test]
fn begin_call_from_a_trace() {
    let mut bridge = Play::new(View::Bridge);
    all(&mut bridge, "trace_begin_call");
    let call = bridge.call(16_777_488);
    assert_eq!(call.data.text(DataField::Dnis), Some("7000".into()));
    assert_eq!(call.data.text(DataField::DialedNumber), Some("7000".into()));
    assert_eq!(call.caller(), Some("2006".into()));
    assert_eq!(parties(call), ["9026 -"]);
}

/// Rules A2, A4, A8, A9: an agent's day, from login to logout.
#[test]
fn agent_day() {
    let mut agent = Play::new(View::Bridge);
    let id = "agt2006";
    for message in &messages("agent_day") {
        let before = agent.state(id);
        play(&mut agent, std::slice::from_ref(message), "bridge", false);
        if message["type"] != "AGENT_STATE_EVENT" {
            assert_eq!(agent.state(id), before, "A2: only events count");
        }
    }
    assert_eq!(agent.state(id), Some(AgentState::LOGOUT));
    let states = states(&agent.told, id);
    assert_eq!(
        states,
        [
            AgentState::NOT_READY,
            AgentState::READY,
            AgentState::RESERVED,
            AgentState::TALKING,
            AgentState::WORK,
            AgentState::READY,
            AgentState::LOGOUT,
        ],
    );
}

/// Rule A13: B takes the extension of A, who is logged out.
#[test]
fn forced_login() {
    let mut bridge = Play::new(View::Bridge);
    all(&mut bridge, "agent_forced_login");
    let agents: Vec<_> = bridge
        .model
        .agents
        .iter()
        .map(|(id, agent)| (id.to_string(), agent.status.state, agent.extension.clone()))
        .collect();
    let at_phone = agents.iter().filter(|agent| agent.2.is_some()).count();
    assert_eq!(at_phone, 1, "{agents:?}");
    assert!(
        agents
            .iter()
            .any(|agent| agent.1 == Some(AgentState::LOGOUT))
    );
}

/// Every flow and sequence can be played without upsetting a model, and leaves no call but those of
/// which the guide prints no end.
#[test]
fn all_sequences() {
    let flows: Value = serde_json::from_str(include_str!("../../data/ccx-flows.json")).unwrap();
    let mut played = 0;
    for kind in ["flows", "sequences"] {
        for flow in flows[kind].as_array().unwrap() {
            for view in [View::Bridge, View::Agent] {
                let mut play_ = Play::new(view);
                for printed in [false, true] {
                    play(
                        &mut play_,
                        flow["messages"].as_array().unwrap(),
                        "bridge",
                        printed,
                    );
                    played += 1;
                }
            }
        }
    }
    assert_eq!(played, 24 * 4);
}
