//! Each request of the guide, answered, and refused as the guide says.

use std::time::Duration;

use cti_codec::ccx::model::View;
use cti_codec::ccx::simulator::{Fault, Plan};
use cti_codec::ccx::{
    AgentState, AlternateCallReq, AnswerCallReq, BadCallReq, CallType, CcxErrorCode, ClearCallReq,
    ClearConnectionReq, ConferenceCallReq, ConsultCallReq, ControlFailure, CtiService, ForcedFlag,
    HoldCallReq, LocalConnectionState, MakeCallReq, Message, MessageType, NamedVariable, OpenReq,
    QueryAgentQueueStatisticsReq, QueryAgentStateReq, QueryDeviceInfoReq, QueryQueueStatisticsReq,
    QuerySummaryStatisticsReq, Received, ReconnectCallReq, RetrieveCallReq, SendDtmfSignalReq,
    SetAgentStateReq, SetCallDataReq, SnapshotCallReq, SnapshotDeviceReq, StatusCode,
    SuperviseCallReq, SupervisorAssistReq, SupervisoryAction, TransferCallReq,
};

use super::World;
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

/// K7: make, answer, hold, retrieve, tones, data, hang up.
#[test]
fn a_call_from_end_to_end() {
    let mut world = quiet();
    let call_id = make_call(&mut world, "2002", "2003");
    assert_eq!(state(&world, "agt2003"), AgentState::RESERVED);
    answer(&mut world, call_id, "2003");
    assert_eq!(state(&world, "agt2003"), AgentState::TALKING);
    settle(&mut world);

    let (phone, other) = (Some("2002".into()), Some("2002".into()));
    let hold = HoldCallReq {
        call_id,
        connection_device_id: phone,
        agent_instrument: other,
        ..HoldCallReq::default()
    };
    confirmed(&mut world, hold, MessageType::HOLD_CALL_CONF);
    assert_eq!(
        refused(&mut world, hold).0,
        u32::from(ControlFailure::NO_ACTIVE_CALL.0)
    );
    settle(&mut world);
    let retrieve = RetrieveCallReq {
        held_call_id: call_id,
        held_connection_device_id: phone,
        agent_instrument: other,
        ..RetrieveCallReq::default()
    };
    confirmed(&mut world, retrieve, MessageType::RETRIEVE_CALL_CONF);
    assert_eq!(
        refused(&mut world, retrieve).0,
        u32::from(ControlFailure::NO_HELD_CALL.0)
    );
    let tones = SendDtmfSignalReq {
        call_id,
        connection_device_id: phone,
        dtmf_string: Some("123#".into()),
        ..SendDtmfSignalReq::default()
    };
    confirmed(&mut world, tones, MessageType::SEND_DTMF_SIGNAL_CONF);
    let named = [NamedVariable {
        name: "colour".into(),
        value: "red".into(),
    }];
    let data = SetCallDataReq {
        call_id,
        connection_device_id: phone,
        call_variable2: Some("silver".into()),
        named_variables: (&named).into(),
        ..SetCallDataReq::default()
    };
    confirmed(&mut world, data, MessageType::SET_CALL_DATA_CONF);
    settle(&mut world);
    let call = world.model.calls.with_id(call_id).next().unwrap();
    assert_eq!(call.data.call_variable(1), Some("gold".into()));
    assert_eq!(call.data.named_variable("colour"), Some("red".into()));
    let bad = BadCallReq {
        call_id,
        connection_device_id: phone,
        ..BadCallReq::default()
    };
    confirmed(&mut world, bad, MessageType::BAD_CALL_CONF);
    let clear = ClearConnectionReq {
        call_id,
        connection_device_id: phone,
        agent_instrument: other,
        ..ClearConnectionReq::default()
    };
    confirmed(&mut world, clear, MessageType::CLEAR_CONNECTION_CONF);
    settle(&mut world);
    assert_eq!(world.server.centre().calls().count(), 0);
    assert_eq!(state(&world, "agt2002"), AgentState::READY);
    assert_eq!(
        refused(&mut world, clear).0,
        u32::from(ControlFailure::INVALID_CSTA_CALL_ID.0)
    );
}

/// K7, E17 to E20: consult, alternate, reconnect, transfer, conference, clear.
#[test]
fn consultations() {
    for conference in [false, true] {
        let mut world = quiet();
        let main = make_call(&mut world, "2002", "2003");
        answer(&mut world, main, "2003");
        let consult = |world: &mut World| {
            let request = ConsultCallReq {
                active_call_id: main,
                active_connection_device_id: Some("2003".into()),
                agent_instrument: Some("2003".into()),
                dialed_number: Some("2004".into()),
                ..ConsultCallReq::default()
            };
            let answer = confirmed(world, request, MessageType::CONSULT_CALL_CONF);
            match answer.message().unwrap() {
                Message::ConsultCallConf(conf) => conf.new_call_id,
                other => panic!("{other:?}"),
            }
        };
        let call_id = consult(&mut world);
        settle(&mut world);
        // K8: it has the data of the call that it is about.
        let call = world.model.calls.with_id(call_id).next().unwrap();
        assert_eq!(call.call_type, Some(CallType::CONSULT));
        assert_eq!(call.data.call_variable(1), Some("gold".into()));
        assert!(call.origin.is_some());
        let own = Some("2003".into());
        let reconnect = ReconnectCallReq {
            active_call_id: call_id,
            active_connection_device_id: own,
            held_call_id: main,
            held_connection_device_id: own,
            ..ReconnectCallReq::default()
        };
        confirmed(&mut world, reconnect, MessageType::RECONNECT_CALL_CONF);
        assert_eq!(
            state(&world, "agt2004"),
            AgentState::READY,
            "the consult call is given up"
        );
        settle(&mut world);

        let call_id = consult(&mut world);
        answer(&mut world, call_id, "2004");
        let alternate = AlternateCallReq {
            active_call_id: call_id,
            active_connection_device_id: own,
            other_call_id: main,
            other_connection_device_id: own,
            ..AlternateCallReq::default()
        };
        confirmed(&mut world, alternate, MessageType::ALTERNATE_CALL_CONF);
        settle(&mut world);
        let (active, held) = (main, call_id);
        if conference {
            let join = ConferenceCallReq {
                active_call_id: active,
                active_connection_device_id: own,
                held_call_id: held,
                held_connection_device_id: own,
                agent_instrument: own.map(|own: cti_codec::ccx::DeviceId<'_>| own.0),
                ..ConferenceCallReq::default()
            };
            confirmed(&mut world, join, MessageType::CONFERENCE_CALL_CONF);
            settle(&mut world);
            let call = world.model.calls.live().next().unwrap();
            assert_eq!(call.connections.len(), 3);
        } else {
            let join = TransferCallReq {
                active_call_id: active,
                active_connection_device_id: own,
                held_call_id: held,
                held_connection_device_id: own,
                agent_instrument: own.map(|own: cti_codec::ccx::DeviceId<'_>| own.0),
                ..TransferCallReq::default()
            };
            confirmed(&mut world, join, MessageType::TRANSFER_CALL_CONF);
            settle(&mut world);
            let call = world.model.calls.live().next().unwrap();
            assert_eq!(call.connections.len(), 2);
            assert_eq!(state(&world, "agt2003"), AgentState::READY);
        }
        assert_eq!(world.model.calls.live().count(), 1);
        let clear = ClearCallReq {
            call_id: held,
            connection_device_id: Some("2004".into()),
            ..ClearCallReq::default()
        };
        confirmed(&mut world, clear, MessageType::CLEAR_CALL_CONF);
        settle(&mut world);
        assert_eq!(world.server.centre().calls().count(), 0);
    }
}

/// A4 to A15: states, logins, and what they are refused with.
#[test]
fn agents() {
    let mut world = quiet();
    let code = |world: &mut World, request: SetAgentStateReq<'_>| refused(world, request).0;
    let login = set_state("agt2001", AgentState::LOGIN);
    let wrong = SetAgentStateReq {
        agent_password: Some("wrong".into()),
        ..login
    };
    assert_eq!(code(&mut world, wrong), 257);
    let nobody = SetAgentStateReq {
        agent_id: Some("nobody".into()),
        ..login
    };
    assert_eq!(code(&mut world, nobody), 256);
    let elsewhere = SetAgentStateReq {
        agent_instrument: Some("9999".into()),
        ..login
    };
    assert_eq!(code(&mut world, elsewhere), 260);
    let taken = SetAgentStateReq {
        agent_instrument: Some("2002".into()),
        ..login
    };
    assert_eq!(code(&mut world, taken), 283);
    assert_eq!(
        code(&mut world, set_state("agt2002", AgentState::LOGIN)),
        259
    );
    // A14: authentication alone causes no event.
    world.changes.clear();
    let check = SetAgentStateReq {
        forced_flag: ForcedFlag::AUTHENTICATE_ONLY,
        agent_instrument: Some("unknown".into()),
        ..login
    };
    confirmed(&mut world, check, MessageType::SET_AGENT_STATE_CONF);
    assert_eq!(state(&world, "agt2001"), AgentState::LOGOUT);
    assert_eq!(world.changes, []);
    // A13: by force, the other one is logged out.
    let forced = SetAgentStateReq {
        forced_flag: ForcedFlag::TRUE,
        ..taken
    };
    confirmed(&mut world, forced, MessageType::SET_AGENT_STATE_CONF);
    assert_eq!(state(&world, "agt2002"), AgentState::LOGOUT);
    assert_eq!(state(&world, "agt2001"), AgentState::NOT_READY);
    // The table of transitions.
    assert_eq!(
        code(&mut world, set_state("agt2002", AgentState::READY)),
        265
    );
    assert_eq!(
        code(&mut world, set_state("agt2001", AgentState::WORK)),
        265
    );
    let call_id = make_call(&mut world, "2003", "2004");
    answer(&mut world, call_id, "2004");
    assert_eq!(
        code(&mut world, set_state("agt2004", AgentState::LOGOUT)),
        265
    );
    let work = set_state("agt2004", AgentState::WORK);
    confirmed(&mut world, work, MessageType::SET_AGENT_STATE_CONF);
    settle(&mut world);
    let agent = world.model.agents.get("agt2004".into()).unwrap();
    assert_eq!(agent.status.state, Some(AgentState::TALKING), "A8: pending");
    assert_eq!(agent.status.next, Some(AgentState::WORK));
    let clear = ClearCallReq {
        call_id,
        connection_device_id: Some("2003".into()),
        ..ClearCallReq::default()
    };
    confirmed(&mut world, clear, MessageType::CLEAR_CALL_CONF);
    settle(&mut world);
    assert_eq!(state(&world, "agt2004"), AgentState::WORK);
    // S58: the call may still be wrapped up.
    let data = SetCallDataReq {
        call_id,
        connection_device_id: Some("2004".into()),
        call_wrapup_data: Some("sold".into()),
        ..SetCallDataReq::default()
    };
    confirmed(&mut world, data, MessageType::SET_CALL_DATA_CONF);
    let ready = set_state("agt2004", AgentState::READY);
    confirmed(&mut world, ready, MessageType::SET_AGENT_STATE_CONF);
    assert_eq!(
        refused(&mut world, data).0,
        u32::from(ControlFailure::INVALID_CSTA_CALL_ID.0)
    );
    let query = QueryAgentStateReq {
        agent_id: Some("nobody".into()),
        ..QueryAgentStateReq::default()
    };
    assert_eq!(
        refused(&mut world, query).2,
        StatusCode::INVALID_AGENT_DATA.0
    );
    settle(&mut world);
}

/// A customer is queued, offered, not answered, queued again, answered.
#[test]
fn queued_calls() {
    let mut world = quiet();
    for login in ["agt2003", "agt2004"] {
        confirmed(
            &mut world,
            set_state(login, AgentState::NOT_READY),
            MessageType::SET_AGENT_STATE_CONF,
        );
    }
    let now = world.now;
    let call_id = world
        .server
        .customer_calls(now, Some("7001"), "5550100")
        .unwrap();
    settle(&mut world);
    assert_eq!(state(&world, "agt2002"), AgentState::RESERVED);
    world.run(Duration::from_secs(13));
    assert_eq!(
        state(&world, "agt2002"),
        AgentState::NOT_READY,
        "nobody answered"
    );
    settle(&mut world);
    assert_eq!(world.model.queues.get(1).unwrap().calls, 1);
    let statistics = QueryQueueStatisticsReq {
        csq_id: Some(1),
        ..QueryQueueStatisticsReq::default()
    };
    let conf = confirmed(
        &mut world,
        statistics,
        MessageType::QUERY_QUEUE_STATISTICS_CONF,
    );
    match conf.message().unwrap() {
        Message::QueryQueueStatisticsConf(conf) => {
            assert_eq!(
                (conf.calls_in_priority_queue1, conf.logged_in_agents),
                (1, 3)
            );
        }
        other => panic!("{other:?}"),
    }
    confirmed(
        &mut world,
        set_state("agt2003", AgentState::READY),
        MessageType::SET_AGENT_STATE_CONF,
    );
    answer(&mut world, call_id, "2003");
    settle(&mut world);
    assert_eq!(world.model.queues.get(1).unwrap().calls, 0);
    let call = world.model.calls.with_id(call_id).next().unwrap();
    assert_eq!(call.queues, []);
    let now = world.now;
    world.server.customer_hangs_up(now, call_id);
    settle(&mut world);
    // CSQ 2, of the same agent, has AutoWork.
    assert_eq!(state(&world, "agt2003"), AgentState::WORK);
}

/// T9 to T14: supervision and assistance.
#[test]
fn supervision() {
    let mut world = quiet();
    let call_id = make_call(&mut world, "2002", "2003");
    answer(&mut world, call_id, "2003");
    let assist = SupervisorAssistReq {
        call_id: u32::MAX,
        connection_device_id: Some("".into()),
        agent_id: Some("agt2002".into()),
        ..SupervisorAssistReq::default()
    };
    let unavailable = CcxErrorCode::SUPERVISOR_UNAVAILABLE.0;
    assert_eq!(refused(&mut world, assist).1, unavailable);
    log_in(&mut world, "agt2001");
    let supervise = SuperviseCallReq {
        agent_call_id: call_id,
        agent_connection_device_id: Some("2003".into()),
        supervisor_call_id: u32::MAX,
        supervisor_instrument: Some("2001".into()),
        supervisory_action: SupervisoryAction::BARGE_IN,
        ..SuperviseCallReq::default()
    };
    // 2003 is of the team, but agt2002 does not supervise it.
    let by_another = SuperviseCallReq {
        supervisor_instrument: Some("2004".into()),
        ..supervise
    };
    assert_eq!(
        refused(&mut world, by_another).1,
        CcxErrorCode::AGENT_NOT_ASSOCIATED.0
    );
    confirmed(&mut world, supervise, MessageType::SUPERVISE_CALL_CONF);
    settle(&mut world);
    let call = world.model.calls.with_id(call_id).next().unwrap();
    assert_eq!(call.connections.len(), 3);
    let clear = SuperviseCallReq {
        supervisor_call_id: call_id,
        supervisory_action: SupervisoryAction::CLEAR,
        ..supervise
    };
    confirmed(&mut world, clear, MessageType::SUPERVISE_CALL_CONF);
    settle(&mut world);
    let intercept = SuperviseCallReq {
        supervisory_action: SupervisoryAction::INTERCEPT,
        ..supervise
    };
    confirmed(&mut world, intercept, MessageType::SUPERVISE_CALL_CONF);
    settle(&mut world);
    let call = world.model.calls.with_id(call_id).next().unwrap();
    assert!(call.connection("2003".into()).is_none());
    assert!(call.connection("2001".into()).is_some());
    let clear = ClearCallReq {
        call_id,
        connection_device_id: Some("2002".into()),
        ..ClearCallReq::default()
    };
    confirmed(&mut world, clear, MessageType::CLEAR_CALL_CONF);
    confirmed(&mut world, assist, MessageType::SUPERVISOR_ASSIST_CONF);
    settle(&mut world);
}

/// Information: snapshots, devices, statistics, and unknown ones.
#[test]
fn information() {
    let mut world = quiet();
    let call_id = make_call(&mut world, "2002", "2003");
    let device = SnapshotDeviceReq {
        agent_instrument: Some("2002".into()),
        ..SnapshotDeviceReq::default()
    };
    let conf = confirmed(&mut world, device, MessageType::SNAPSHOT_DEVICE_CONF);
    match conf.message().unwrap() {
        Message::SnapshotDeviceConf(conf) => {
            let call = conf.calls.iter().next().unwrap();
            assert_eq!(call.call_connection_call_id, Some(call_id));
            let state = call.call_device_connection_state;
            assert_eq!(state, Some(LocalConnectionState::INITIATE));
        }
        other => panic!("{other:?}"),
    }
    let nowhere = SnapshotDeviceReq {
        agent_instrument: Some("9999".into()),
        ..device
    };
    assert_eq!(
        refused(&mut world, nowhere).0,
        u32::from(ControlFailure::INVALID_CSTA_DEVICE_ID.0)
    );
    let call = SnapshotCallReq {
        call_id,
        connection_device_id: Some("2003".into()),
        ..SnapshotCallReq::default()
    };
    confirmed(&mut world, call, MessageType::SNAPSHOT_CALL_CONF);
    let gone = SnapshotCallReq { call_id: 1, ..call };
    assert_eq!(refused(&mut world, gone).2, StatusCode::INVALID_CALLID.0);
    let info = QueryDeviceInfoReq {
        agent_instrument: Some("2002".into()),
        ..QueryDeviceInfoReq::default()
    };
    confirmed(&mut world, info, MessageType::QUERY_DEVICE_INFO_CONF);
    let summary = QuerySummaryStatisticsReq::default();
    confirmed(
        &mut world,
        summary,
        MessageType::QUERY_SUMMARY_STATISTICS_CONF,
    );
    let agent = QueryAgentQueueStatisticsReq {
        agent_id: Some("agt2002".into()),
        ..QueryAgentQueueStatisticsReq::default()
    };
    confirmed(
        &mut world,
        agent,
        MessageType::QUERY_AGENT_QUEUE_STATISTICS_CONF,
    );
    let unknown = QueryQueueStatisticsReq {
        csq_id: Some(77),
        ..QueryQueueStatisticsReq::default()
    };
    assert_eq!(refused(&mut world, unknown).2, StatusCode::INVALID_CSQ.0);
    assert_eq!(world.server.mistakes(), [] as [&str; 0]);
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

/// O1 to O8, A11: an outbound contact is offered to who takes them, and answered in each way.
#[test]
fn outbound() {
    for (response, after, call_type) in [
        ("Accept", AgentState::TALKING, Some(CallType::PREVIEW)),
        ("Reject", AgentState::READY, None),
        ("Reject-Close", AgentState::READY, None),
        ("Skip", AgentState::RESERVED, None),
        ("Cancel Reservation", AgentState::NOT_READY, None),
    ] {
        let mut world = quiet();
        let now = world.now;
        let offered = world.server.offer_outbound(now, "agt2002");
        assert_eq!(offered, None, "he has not logged in for it");
        let logout = set_state("agt2002", AgentState::LOGOUT);
        confirmed(&mut world, logout, MessageType::SET_AGENT_STATE_CONF);
        let login = SetAgentStateReq {
            agent_capacity: cti_codec::ccx::AgentCapacity::OUTBOUND_ENABLED,
            ..set_state("agt2002", AgentState::LOGIN)
        };
        confirmed(&mut world, login, MessageType::SET_AGENT_STATE_CONF);
        let ready = set_state("agt2002", AgentState::READY);
        confirmed(&mut world, ready, MessageType::SET_AGENT_STATE_CONF);
        let now = world.now;
        let call_id = world.server.offer_outbound(now, "agt2002").unwrap();
        settle(&mut world);
        let call = world.model.calls.with_id(call_id).next().unwrap();
        assert_eq!(call.call_type, Some(CallType::RESERVATION));
        // O5: there is no phone call behind it.
        let pick_up = AnswerCallReq {
            call_id,
            connection_device_id: Some("2002".into()),
            ..AnswerCallReq::default()
        };
        let nothing = u32::from(ControlFailure::NO_CALL_TO_ANSWER.0);
        assert_eq!(refused(&mut world, pick_up).0, nothing);
        let named = [NamedVariable {
            name: "BAResponse".into(),
            value: response.into(),
        }];
        let data = SetCallDataReq {
            call_id,
            connection_device_id: Some("2002".into()),
            call_type: CallType::RESERVATION,
            named_variables: (&named).into(),
            ..SetCallDataReq::default()
        };
        confirmed(&mut world, data, MessageType::SET_CALL_DATA_CONF);
        world.run(Duration::from_secs(1));
        assert_eq!(state(&world, "agt2002"), after, "{response}");
        let left: Vec<_> = world
            .model
            .calls
            .live()
            .map(|call| call.call_type)
            .collect();
        assert_eq!(
            left,
            call_type.map(Some).into_iter().collect::<Vec<_>>(),
            "{response}"
        );
        settle(&mut world);
        // The provisional call of the echo goes unseen.
        world.run(Duration::from_secs(31));
        let calls = usize::from(call_type.is_some());
        assert_eq!(world.model.calls.len(), calls, "{response}");
    }
}
