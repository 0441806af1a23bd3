//! The guide's flows, played by the simulator over real bytes: client and model on the other side end
//! in the state that the guide describes.

use std::collections::{BTreeMap, BTreeSet};
use std::time::Duration;

use cti_codec::ccx::model::{Phase, View};
use cti_codec::ccx::simulator::{Plan, Step};
use cti_codec::ccx::{
    Message, MessageType, OpenReq, QueryAgentQueueStatisticsReq, QueryQueueStatisticsReq,
    QuerySummaryStatisticsReq, Received, Version,
};
use serde_json::Value;

use super::World;
use crate::model::flows::{frame, messages, names};
use crate::model::{Play, parties};

pub(super) fn received(message: &Value) -> Received {
    Received {
        frame: frame(message, false),
        version: Version::V14,
    }
}

/// Who gets a message, as the steps of a script have it.
fn phones(message: &Value) -> Option<Vec<cti_codec::ccx::TextBuf>> {
    let to = match &message["use"]["to"] {
        Value::Null => &message["to"],
        to => to,
    };
    let to = to.as_object()?;
    let clients = to.iter().filter(|(_, gets)| **gets == true);
    let names = clients.filter_map(|(client, _)| client.split_once('_'));
    Some(names.map(|(_, phone)| phone.into()).collect())
}

/// A flow as a script. What the client asks in it is awaited.
pub(super) fn script(name: &str) -> Vec<Step> {
    messages(name)
        .iter()
        .filter(|message| message["use"]["skip"] != true)
        .map(|message| {
            let received = received(message);
            if message["direction"] == "client_to_server" {
                Step::Await(received.message_type())
            } else {
                Step::Send {
                    message: received,
                    phones: phones(message),
                }
            }
        })
        .collect()
}

/// A client with its session open, and its recovery over.
fn world(view: View, open: &OpenReq<'_>) -> World {
    let mut world = World::new(Plan::quiet(), view, open, 1);
    world.run(Duration::from_secs(5));
    world
}

pub(super) fn bridge() -> World {
    world(View::Bridge, &OpenReq::bridge_mode())
}

/// An agent's client, for the phone with the number in the flows.
fn agent_at(phone: &str) -> World {
    let login = format!("agt{phone}");
    let open = OpenReq {
        agent_id: Some(login.as_str().into()),
        agent_instrument: Some(phone.into()),
        ..OpenReq::agent_mode()
    };
    world(View::Agent, &open)
}

/// Plays a flow, with the client's part of it.
pub(super) fn play(world: &mut World, name: &str) {
    let now = world.now;
    world.server.play(now, script(name));
    for message in messages(name) {
        world.run(Duration::from_millis(500));
        if message["direction"] == "client_to_server" {
            let received = received(&message);
            let request = received.message().unwrap();
            world.ask_for(request).unwrap();
        }
    }
    world.run(Duration::from_secs(2));
    assert!(world.server.is_played(), "{name}");
    assert_eq!(world.server.mistakes(), [] as [&str; 0], "{name}");
    assert!(world.client.is_open(), "{name}");
}

/// Calls that live, with their parties, and what agents of the flow are doing.
type State = (BTreeMap<u32, Vec<String>>, Vec<(String, Option<u16>)>);

fn state(model: &cti_codec::ccx::model::Model) -> State {
    let live = model.calls.iter().filter(|call| call.phase == Phase::Live);
    let calls = live.map(|call| (call.call_id, parties(call))).collect();
    // Agents whom the centre has besides are logged out, and appear in no flow.
    let agents = model.agents.iter().filter(|(_, agent)| {
        let at = agent.phone();
        at.is_some_and(|at| *at == "2005" || *at == "2006" || *at == "2007")
    });
    let agents = agents.map(|(_, agent)| {
        let phone = agent.phone().map(ToString::to_string);
        let state = agent.status.state.map(|state| state.0);
        (phone.unwrap_or_default(), state)
    });
    (calls, agents.collect())
}

/// The same flow, straight into a model: what that ends in is held to the guide's words in
/// `model::flows`.
fn straight(play: &mut Play, name: &str, client: &str) {
    crate::model::flows::play(play, &messages(name), client, false);
}

/// The flows, each after those that it continues.
const RUNS: [&[&str]; 7] = [
    &["queued_answered"],
    &["queued_answered", "transferred"],
    &["queued_answered", "conferenced"],
    &["outbound_accepted"],
    &["outbound_skipped"],
    &["outbound_rejected"],
    &["trace_begin_call"],
];

#[test]
fn each_flow_ends_as_the_guide_says() {
    let played: BTreeSet<&str> = RUNS.into_iter().flatten().copied().collect();
    let all = names("flows");
    assert_eq!(played, all.iter().map(String::as_str).collect());
    for runs in RUNS {
        let mut bridge = bridge();
        let mut expected = Play::new(View::Bridge);
        for name in runs {
            play(&mut bridge, name);
            straight(&mut expected, name, "bridge");
        }
        assert_eq!(state(&bridge.model), state(&expected.model), "{runs:?}");
    }
}

/// The table of calls is empty after the flows that the guide prints to their end.
#[test]
fn flows_that_end_leave_no_call() {
    let mut world = bridge();
    for name in ["queued_answered", "queued_answered"] {
        play(&mut world, name);
        assert_eq!(world.model.calls.live().count(), 0, "{name}");
    }
}

/// Each agent's client gets its part alone.
#[test]
fn an_agents_client_gets_its_part() {
    for (phone, client) in [("2006", "agent_2006"), ("2005", "caller_2005")] {
        let mut world = agent_at(phone);
        play(&mut world, "queued_answered");
        let login = format!("agt{phone}");
        let mut expected = Play::agent(&login, phone);
        straight(&mut expected, "queued_answered", client);
        let calls = |state: State| state.0;
        assert_eq!(
            calls(state(&world.model)),
            calls(state(&expected.model)),
            "{phone}"
        );
    }
}

/// What statistics say follows each call.
#[test]
fn statistics_follow_each_call() {
    let plan = Plan {
        calls_per_second: 0.0,
        ..Plan::default()
    };
    let mut world = World::new(plan, View::Bridge, &OpenReq::bridge_mode(), 1);
    world.run(Duration::from_secs(5));
    let mut ended = 0;
    for _ in 0..5 {
        let now = world.now;
        let call_id = world
            .server
            .customer_calls(now, Some("7001"), "5550100")
            .unwrap();
        // Until somebody talks.
        for _ in 0..100 {
            world.run(Duration::from_millis(200));
            let call = world
                .server
                .centre()
                .calls()
                .find(|call| call.call_id == call_id);
            if call.is_none_or(|call| call.csq_id.is_some() && call.queues.is_empty()) {
                break;
            }
        }
        world.run(Duration::from_secs(4));
        let now = world.now;
        world.server.customer_hangs_up(now, call_id);
        world.run(Duration::from_secs(12));
        ended += 1;
        let queue = QueryQueueStatisticsReq {
            csq_id: Some(1),
            ..QueryQueueStatisticsReq::default()
        };
        let queue = world.request(queue);
        let Message::QueryQueueStatisticsConf(queue) = queue.message().unwrap() else {
            panic!("{queue:?}")
        };
        assert_eq!(queue.total_calls, ended);
        assert_eq!(queue.handled_calls_today + queue.calls_abandoned, ended);
        assert_eq!(queue.calls_in_priority_queue1, 0);
        assert!(queue.longest_talk_duration >= queue.average_talk_duration);
        let summary = world.request(QuerySummaryStatisticsReq::default());
        let Message::QuerySummaryStatisticsConf(summary) = summary.message().unwrap() else {
            panic!("{summary:?}")
        };
        assert_eq!(summary.total_calls, ended);
        let agent = QueryAgentQueueStatisticsReq {
            agent_id: Some("agt2005".into()),
            ..QueryAgentQueueStatisticsReq::default()
        };
        let agent = world.request(agent);
        assert_eq!(
            agent.message_type(),
            MessageType::QUERY_AGENT_QUEUE_STATISTICS_CONF
        );
        // The model has asked by itself.
        let length = world.model.queues.get(1).unwrap();
        assert_eq!((length.calls, length.counted), (0, false));
    }
    assert_eq!(world.server.mistakes(), [] as [&str; 0]);
}
