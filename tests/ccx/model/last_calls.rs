//! Rules about calls: the last one of a phone, which stays for wrap-up.

use cti_codec::ccx::model::{CallWhat, Ended, View};
use cti_codec::ccx::{AgentState, CallDataUpdateEvent, CallType};

use super::calls::{
    CALL, agent_state, begin, cleared_connection, delivered, end, established, update,
};
use super::{Play, of_calls};

/// E27a: the call that the own phone left last stays for wrap-up while the agent is in WORK.
#[test]
fn the_last_call() {
    let talked = |ends: bool| {
        let mut play = Play::agent("jdoe", "2006");
        play.received(agent_state(AgentState::TALKING));
        play.received(established(CALL, "2006", "2006"));
        play.received(CallDataUpdateEvent {
            call_variable1: Some("gold".into()),
            call_type: CallType::CCX_IN,
            ..update(CALL, "2006")
        });
        play.received(cleared_connection(CALL, "2006"));
        // Until it is over it is named as it will be then.
        let mut calls = play.model.calls.live();
        let left = calls.next().and_then(|call| call.left_by("2006".into()));
        assert_eq!(left.map(|(_, device)| device), Some("2006".into()));
        drop(calls);
        play.received(agent_state(AgentState::WORK));
        if ends {
            play.received(end(CALL));
        } else {
            play.wait(6);
        }
        play
    };
    for ends in [false, true] {
        let mut play = talked(ends);
        assert!(!play.has(CALL));
        let last = play.model.calls.own_last().unwrap();
        assert_eq!(
            (last.call.call_id, &last.connection_device_id),
            (CALL, &"2006".into())
        );
        // Updates apply to it.
        let changes = play.received(CallDataUpdateEvent {
            call_variable2: Some("late".into()),
            ..update(CALL, "2006")
        });
        assert_eq!(of_calls(&changes).len(), 1);
        let last = play.model.calls.own_last().unwrap();
        assert_eq!(last.call.data.call_variable(2), Some("late".into()));
        assert_eq!(last.call.data.call_variable(1), Some("gold".into()));
        // It stays as long as the agent works, and a new session leaves it as it is.
        play.wait(600);
        play.model.disconnected();
        assert!(play.model.calls.own_last().unwrap().call.stale);
        let changes = play.received(agent_state(AgentState::READY));
        assert!(of_calls(&changes).contains(&&CallWhat::Ended(Ended::WrappedUp)));
        assert!(play.model.calls.own_last().is_none());
    }
    // It goes with another call, and when its CallID is used again.
    let mut play = talked(true);
    play.received(delivered(99, "2006"));
    assert!(play.model.calls.own_last().is_none());
    let mut play = talked(true);
    play.received(begin(CALL, "2005"));
    assert!(play.model.calls.own_last().is_none());
    // Of an agent whose state is not known: 5 s.
    let mut play = Play::new(View::Agent);
    play.sent(cti_codec::ccx::OpenReq {
        services_requested: cti_codec::ccx::CtiService::CLIENT_EVENTS,
        agent_instrument: Some("2006".into()),
        ..cti_codec::ccx::OpenReq::default()
    });
    play.answer(cti_codec::ccx::OpenConf::default());
    play.received(delivered(CALL, "2006"));
    play.received(end(CALL));
    if play.model.calls.own_last().is_some() {
        play.wait(5);
    }
    assert!(play.model.calls.own_last().is_none());
}

/// E27a in bridge mode: for each agent's phone, by choice.
#[test]
fn last_calls_of_all_phones() {
    for keep in [false, true] {
        let mut play = Play::new(View::Bridge);
        play.model.keep_last_calls(keep);
        play.received(agent_state(AgentState::TALKING));
        play.received(established(CALL, "2006", "2006"));
        play.received(cleared_connection(CALL, "2006"));
        play.received(agent_state(AgentState::WORK));
        play.received(end(CALL));
        assert_eq!(play.model.calls.last("2006".into()).is_some(), keep);
    }
}
