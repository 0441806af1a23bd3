//! Each request of the guide, answered, and refused as the guide says.

mod agents;
mod calls;
mod information;

use std::time::Duration;

use cti_codec::ccx::model::View;
use cti_codec::ccx::simulator::{Fault, Plan, Simulator};
use cti_codec::ccx::{
    AgentState, AnswerCallReq, CcxErrorCode, CtiService, FrameDecoder, HoldCallReq, MakeCallReq,
    Message, MessageType, OpenReq, QueryAgentStateReq, Received, SetAgentStateReq, SetCallDataReq,
    SystemEvent, Version,
};

use super::World;
use super::peer::Peer;
use super::truth::compare;

fn all_services() -> OpenReq<'static> {
    OpenReq {
        services_requested: CtiService::ALL_EVENTS
            | CtiService::CALL_DATA_UPDATE
            | CtiService::CLIENT_CONTROL
            | CtiService::SUPERVISOR
            | CtiService::CONFIG_EVENTS,
        ..OpenReq::bridge_mode()
    }
}

/// Three agents logged in and ready, and nothing that happens by itself.
fn quiet() -> World {
    let mut world = World::new(Plan::quiet(), View::Bridge, &all_services(), 1);
    world.run(Duration::from_secs(5));
    for login in ["agt2002", "agt2003", "agt2004"] {
        log_in(&mut world, login);
    }
    world
}

fn log_in(world: &mut World, login: &str) {
    confirmed(
        world,
        set_state(login, AgentState::LOGIN),
        MessageType::SET_AGENT_STATE_CONF,
    );
    confirmed(
        world,
        set_state(login, AgentState::READY),
        MessageType::SET_AGENT_STATE_CONF,
    );
}

fn set_state(login: &str, agent_state: AgentState) -> SetAgentStateReq<'_> {
    SetAgentStateReq {
        agent_state,
        agent_id: Some(login.into()),
        agent_password: (agent_state == AgentState::LOGIN).then(|| "secret".into()),
        agent_instrument: Some(login.trim_start_matches("agt").into()),
        ..SetAgentStateReq::default()
    }
}

fn confirmed<'m>(
    world: &mut World,
    request: impl Into<Message<'m>>,
    conf: MessageType,
) -> Received {
    let answer = world.request(request);
    assert_eq!(answer.message_type(), conf, "{:?}", answer.message());
    answer
}

/// The failure code, the Unified CCX code and the status that a request is refused with.
fn refused<'m>(world: &mut World, request: impl Into<Message<'m>>) -> (u32, u32, u32) {
    let answer = world.request(request);
    match answer.message().unwrap() {
        Message::ControlFailureConf(conf) => {
            (conf.failure_code.0.into(), conf.unified_ccx_error_code.0, 0)
        }
        Message::FailureConf(conf) => (0, 0, conf.status.0),
        other => panic!("{other:?}"),
    }
}

fn state(world: &World, login: &str) -> AgentState {
    world.server.centre().agent(login).unwrap().state
}

fn settle(world: &mut World) {
    world.run(Duration::from_secs(1));
    compare(world);
    assert_eq!(world.server.mistakes(), [] as [&str; 0]);
}

fn make_call(world: &mut World, from: &str, to: &str) -> u32 {
    let request = MakeCallReq {
        agent_instrument: Some(from.into()),
        dialed_number: Some(to.into()),
        call_variable1: Some("gold".into()),
        ..MakeCallReq::default()
    };
    let answer = confirmed(world, request, MessageType::MAKE_CALL_CONF);
    match answer.message().unwrap() {
        Message::MakeCallConf(conf) => conf.new_call_id,
        other => panic!("{other:?}"),
    }
}

fn answer(world: &mut World, call_id: u32, phone: &str) {
    let request = AnswerCallReq {
        call_id,
        connection_device_id: Some(phone.into()),
        agent_instrument: Some(phone.into()),
        ..AnswerCallReq::default()
    };
    confirmed(world, request, MessageType::ANSWER_CALL_CONF);
}

/// S10: without the service, requests are refused.
#[test]
fn services() {
    let open = OpenReq {
        services_requested: CtiService::ALL_EVENTS,
        ..OpenReq::bridge_mode()
    };
    let mut world = World::new(Plan::default(), View::Bridge, &open, 1);
    world.run(Duration::from_secs(5));
    let hold = HoldCallReq {
        call_id: 1,
        connection_device_id: Some("2002".into()),
        ..HoldCallReq::default()
    };
    let code = CcxErrorCode::CALL_CONTROL_MASK_NOT_ON.0;
    assert_eq!(refused(&mut world, hold).1, code);
    let data = SetCallDataReq {
        call_id: 1,
        connection_device_id: Some("2002".into()),
        ..SetCallDataReq::default()
    };
    let code = CcxErrorCode::CALL_DATA_UPDATE_MASK_NOT_ON.0;
    assert_eq!(refused(&mut world, data).1, code);
}

/// With any fault a client ends up with a session, or stops; the model is never wrong about what it
/// says it knows, and the simulator makes no mistakes of its own.
#[test]
fn faults() {
    for fault in Fault::all() {
        let plan = Plan {
            calls_per_second: 2.0,
            ..Plan::default()
        };
        let mut world = World::bridge(plan, 7);
        world.server.set_fault(fault, true);
        for _ in 0..40 {
            world.run(Duration::from_secs(3));
        }
        assert_eq!(world.server.mistakes(), [] as [&str; 0], "{fault}");
        // Once it behaves again, all is well.
        world.server.set_fault(fault, false);
        let now = world.now;
        world.server.set_online(now, true);
        if world.client.is_idle() {
            world.client.start(now);
        }
        // The keys change: a client that was told that there is nothing asks again.
        let agent = world.server.centre().agent("agt2005").unwrap().plan.clone();
        world.server.put_agent(now, agent);
        world.cut();
        for _ in 0..60 {
            world.run(Duration::from_secs(2));
            let still =
                world.server.poll_timeout().unwrap() > world.now + Duration::from_millis(200);
            if still && world.model.is_recovered() {
                break;
            }
        }
        world.run(Duration::from_millis(190));
        assert!(world.model.is_recovered(), "{fault}");
        compare(&world);
    }
}

/// The same seed, the same messages.
#[test]
fn a_seed_makes_it_again() {
    let run = |seed| {
        let mut world = World::bridge(
            Plan {
                seed,
                calls_per_second: 3.0,
                ..Plan::default()
            },
            seed,
        );
        world.run(Duration::from_secs(60));
        let calls: Vec<u32> = world
            .server
            .centre()
            .calls()
            .map(|call| call.call_id)
            .collect();
        (world.server.sent(), calls)
    };
    assert_eq!(run(4), run(4));
    assert_ne!(run(4), run(5));
}

/// Answers that come late do so between frames, however these are cut.
#[test]
fn faults_that_meet() {
    let mut simulator = Simulator::new(Plan::quiet());
    let mut peer = Peer::open(&mut simulator, &all_services());
    simulator.set_fault(Fault::Cut, true);
    simulator.set_fault(Fault::Late, true);
    let mut decoder = FrameDecoder::new();
    let mut come = Vec::new();
    for time in (0..13_000).map(Duration::from_millis) {
        if time < Duration::from_secs(1) && time.subsec_millis() % 10 == 0 {
            let query = QueryAgentStateReq {
                agent_id: Some("agt2002".into()),
                ..QueryAgentStateReq::default()
            };
            peer.send(&mut simulator, query);
        }
        if time.as_millis() % 20 == 0 {
            simulator.tell(time, &SystemEvent::default().into());
        }
        while let Some(bytes) = simulator.poll_transmit(time, peer.id) {
            decoder.feed(&bytes);
        }
        while let Some(frame) = decoder.next_frame().unwrap() {
            come.push(frame.decode(Version::V14).unwrap().message_type());
        }
    }
    let count = |wanted| come.iter().filter(|of| **of == wanted).count();
    assert_eq!(count(MessageType::QUERY_AGENT_STATE_CONF), 100);
    assert!(count(MessageType::SYSTEM_EVENT) > 600);
    assert_eq!(come.len(), 100 + count(MessageType::SYSTEM_EVENT));
}
