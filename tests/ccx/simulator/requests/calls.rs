//! Calls: their own requests, consultations, queues.

use std::time::Duration;

use cti_codec::ccx::{
    AgentState, AlternateCallReq, BadCallReq, CallType, ClearCallReq, ClearConnectionReq,
    ConferenceCallReq, ConsultCallReq, ControlFailure, HoldCallReq, Message, MessageType,
    NamedVariable, QueryQueueStatisticsReq, ReconnectCallReq, RetrieveCallReq, SendDtmfSignalReq,
    SetCallDataReq, TransferCallReq,
};

use super::{answer, confirmed, make_call, quiet, refused, set_state, settle, state};
use crate::simulator::World;

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
