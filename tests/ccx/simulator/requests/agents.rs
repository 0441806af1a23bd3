//! Agents and supervisors: states, supervision, outbound contacts.

use std::time::Duration;

use cti_codec::ccx::{
    AgentState, AnswerCallReq, CallType, CcxErrorCode, ClearCallReq, ControlFailure, ForcedFlag,
    MessageType, NamedVariable, QueryAgentStateReq, SetAgentStateReq, SetCallDataReq, StatusCode,
    SuperviseCallReq, SupervisorAssistReq, SupervisoryAction,
};

use super::{answer, confirmed, log_in, make_call, quiet, refused, set_state, settle, state};
use crate::simulator::World;

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
