//! Who gets what, and who is let in.

use std::collections::BTreeSet;

use cti_codec::ccx::simulator::{Plan, Simulator, TerminalPlan};
use cti_codec::ccx::{
    AgentState, AgentStateMask, CallEventMask, ConfigMask, CtiService, Message, MessageType,
    OpenReq, SetAgentStateReq, StatusCode, TerminalRecord, Version,
};

use super::peer::{NOW, Peer};

fn agent<'a>(login: &'a str, phone: &'a str) -> OpenReq<'a> {
    OpenReq {
        agent_id: Some(login.into()),
        agent_instrument: Some(phone.into()),
        ..OpenReq::agent_mode()
    }
}

fn log_in(simulator: &mut Simulator, peer: &mut Peer, login: &str) {
    let request = SetAgentStateReq {
        agent_state: AgentState::LOGIN,
        agent_instrument: Some(login[3..].into()),
        agent_id: Some(login.into()),
        agent_password: Some("secret".into()),
        ..SetAgentStateReq::default()
    };
    peer.send(simulator, request);
    let types = peer.types(simulator);
    assert!(
        types.contains(&MessageType::SET_AGENT_STATE_CONF),
        "{types:?}"
    );
}

#[test]
fn s5_s6_s12_s44_who_gets_what() {
    let mut simulator = Simulator::new(Plan::quiet());
    let mut bridge = Peer::open(&mut simulator, &OpenReq::bridge_mode());
    let nothing = OpenReq {
        call_msg_mask: CallEventMask::empty(),
        agent_state_mask: AgentStateMask::empty(),
        config_msg_mask: ConfigMask::empty(),
        ..OpenReq::bridge_mode()
    };
    let mut masked = Peer::open(&mut simulator, &nothing);
    let mut two = Peer::open(&mut simulator, &agent("agt2002", "2002"));
    let mut three = Peer::open(&mut simulator, &agent("agt2003", "2003"));
    log_in(&mut simulator, &mut two, "agt2002");
    log_in(&mut simulator, &mut three, "agt2003");
    // Events of all agents, and no answer to another's request.
    let states = [MessageType::AGENT_STATE_EVENT; 2];
    assert_eq!(bridge.types(&mut simulator), states);
    assert_eq!(masked.types(&mut simulator), []);
    assert_eq!(two.types(&mut simulator), []);
    assert_eq!(three.types(&mut simulator), []);

    // A call of the second agent's phone is none of the third's business, until he is in it.
    let call = cti_codec::ccx::MakeCallReq {
        agent_instrument: Some("2002".into()),
        dialed_number: Some("5550100".into()),
        ..Default::default()
    };
    two.send(&mut simulator, call);
    let own: BTreeSet<_> = two.types(&mut simulator).into_iter().collect();
    assert!(own.contains(&MessageType::BEGIN_CALL_EVENT));
    assert!(own.contains(&MessageType::MAKE_CALL_CONF));
    let seen: BTreeSet<_> = bridge.types(&mut simulator).into_iter().collect();
    assert!(seen.contains(&MessageType::BEGIN_CALL_EVENT));
    assert!(!seen.contains(&MessageType::MAKE_CALL_CONF));
    assert_eq!(three.types(&mut simulator), []);
    assert_eq!(masked.types(&mut simulator), []);

    // What happens to the server or to a device, all hear.
    simulator.set_in_service(NOW, "2009", false);
    for peer in [&mut bridge, &mut masked, &mut two, &mut three] {
        assert_eq!(peer.types(&mut simulator), [MessageType::SYSTEM_EVENT]);
    }
    assert_eq!(simulator.mistakes(), [] as [&str; 0]);
}

#[test]
fn s53_s54_what_does_not_fit_together_is_refused() {
    let mut simulator = Simulator::new(Plan::quiet());
    let mut two = Peer::open(&mut simulator, &agent("agt2002", "2002"));
    log_in(&mut simulator, &mut two, "agt2002");
    for (open, status) in [
        (agent("nobody", "2004"), StatusCode::INVALID_AGENT_DATA),
        (agent("agt2004", "9999"), StatusCode::INVALID_AGENT_DATA),
        (agent("agt2002", "2004"), StatusCode::INVALID_AGENT_DATA),
        (agent("agt2004", "2002"), StatusCode::DEVICE_IN_USE),
    ] {
        let mut peer = Peer::connect(&mut simulator, Version::V14, &open);
        assert_eq!(peer.status(&mut simulator), status, "{open:?}");
    }
}

#[test]
fn s57_a_phone_belongs_to_who_named_it() {
    let mut simulator = Simulator::new(Plan::quiet());
    // By the login alone, of somebody who is logged out: no phone yet.
    let by_login = OpenReq {
        agent_id: Some("agt2002".into()),
        ..OpenReq::agent_mode()
    };
    let mut two = Peer::open(&mut simulator, &by_login);
    let mut other = Peer::open(&mut simulator, &agent("agt2003", "2002"));
    simulator.handle_disconnected(NOW, other.id);
    log_in(&mut simulator, &mut two, "agt2002");
    // Now it is his.
    other = Peer::connect(&mut simulator, Version::V14, &agent("agt2003", "2002"));
    assert_eq!(other.status(&mut simulator), StatusCode::DEVICE_IN_USE);
}

#[test]
fn c28_terminals_go_to_those_whose_version_has_them() {
    let mut simulator = Simulator::new(Plan::quiet());
    let open = OpenReq {
        config_msg_mask: ConfigMask::ALL_KINDS_V18,
        ..OpenReq::bridge_mode()
    };
    for (version, terminals) in [(Version::V14, 0), (Version::V18, 16)] {
        let mut peer = Peer::connect(&mut simulator, version, &open);
        peer.types(&mut simulator);
        let all = cti_codec::ccx::ConfigRequestEvent {
            configuration_mask: ConfigMask::ALL_KINDS_V18,
            customer_id: Some(0),
            ..Default::default()
        };
        peer.send(&mut simulator, all);
        let count = |frames: &[cti_codec::ccx::Frame]| {
            let events = frames.iter().map(|frame| frame.decode(version).unwrap());
            let counts = events.map(|message| match message {
                Message::ConfigTerminalEvent(event) => event.records.len(),
                _ => 0,
            });
            counts.sum::<usize>()
        };
        assert_eq!(count(&peer.frames(&mut simulator)), terminals, "{version}");
        let plan = TerminalPlan {
            device_name: "SEP1".into(),
            instruments: vec!["2001".into()],
            ..TerminalPlan::default()
        };
        simulator.put_terminal(NOW, plan);
        let frames = peer.frames(&mut simulator);
        assert_eq!(count(&frames), usize::from(terminals > 0), "{version}");
        let record = frames
            .iter()
            .find_map(|frame| match frame.decode(version).unwrap() {
                Message::ConfigTerminalEvent(event) => event.records.iter().next(),
                _ => None,
            });
        let name = record.and_then(|record: TerminalRecord<'_>| record.terminal_device_name);
        assert_eq!(name, (terminals > 0).then(|| "SEP1".into()));
        simulator.delete_terminal(NOW, "SEP1");
    }
    assert!(simulator.centre().plan().terminals.len() == 16);
    let service = CtiService::CONFIG_EVENTS;
    assert!(open.services_requested.contains(service));
    assert_eq!(simulator.mistakes(), [] as [&str; 0]);
}
