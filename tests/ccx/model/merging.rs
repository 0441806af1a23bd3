//! Rules E17 to E21: conferences and transfers, by event and by confirmation.

use cti_codec::ccx::model::{Phase, View};
use cti_codec::ccx::{
    CallConferencedEvent, CallEstablishedEvent, CallHeldEvent, CallTransferredEvent,
    ConferenceCallConf, ConferenceCallReq, ConnectedParty, ConsultCallConf, ConsultCallReq,
    DeviceType, EndCallEvent, LocalConnectionState, Repeated, TransferCallConf, TransferCallReq,
};

use super::Play;

const MAIN: u32 = 100;
const CONSULT: u32 = 200;

/// 2005 talks to 2006, who holds and consults 2007.
fn consulting() -> Play {
    let mut play = Play::new(View::Bridge);
    connect(&mut play, MAIN, "2005");
    connect(&mut play, MAIN, "2006");
    play.sent(ConsultCallReq {
        active_call_id: MAIN,
        active_connection_device_id: Some("2006".into()),
        agent_instrument: Some("2006".into()),
        dialed_number: Some("2007".into()),
        ..ConsultCallReq::default()
    });
    play.received(CallHeldEvent {
        call_id: MAIN,
        connection_device_id: Some("2006".into()),
        local_connection_state: LocalConnectionState::HOLD,
        ..CallHeldEvent::default()
    });
    connect(&mut play, CONSULT, "2006");
    connect(&mut play, CONSULT, "2007");
    play.answer(ConsultCallConf {
        new_call_id: CONSULT,
        new_connection_device_id: Some("2006".into()),
        ..ConsultCallConf::default()
    });
    // The origin is remembered.
    assert_eq!(play.call(CONSULT).origin, Some(play.call(MAIN).key));
    play
}

fn connect(play: &mut Play, call_id: u32, device: &str) {
    play.received(CallEstablishedEvent {
        call_id,
        connection_device_id: Some(device.into()),
        answering_device_id: Some(device.into()),
        answering_device_type: DeviceType::DEVICE_IDENTIFIER,
        local_connection_state: LocalConnectionState::CONNECT,
        ..CallEstablishedEvent::default()
    });
}

fn party(call_id: u32, device: &str) -> ConnectedParty<'_> {
    ConnectedParty {
        connected_party_call_id: Some(call_id),
        connected_party_device_type: Some(cti_codec::ccx::ConnectionDeviceType::STATIC),
        connected_party_device_id: Some(device.into()),
    }
}

fn transferred<'a>(parties: &'a [ConnectedParty<'a>]) -> CallTransferredEvent<'a> {
    CallTransferredEvent {
        primary_call_id: MAIN,
        primary_device_id: Some("2006".into()),
        secondary_call_id: CONSULT,
        secondary_device_id: Some("2007".into()),
        transferring_device_id: Some("2006".into()),
        transferred_device_id: Some("2007".into()),
        local_connection_state: LocalConnectionState::CONNECT,
        connected_parties: Repeated::from(parties),
        ..CallTransferredEvent::default()
    }
}

fn conferenced<'a>(parties: &'a [ConnectedParty<'a>]) -> CallConferencedEvent<'a> {
    CallConferencedEvent {
        primary_call_id: MAIN,
        primary_device_id: Some("2006".into()),
        secondary_call_id: CONSULT,
        secondary_device_id: Some("2007".into()),
        controller_device_id: Some("2006".into()),
        added_party_device_id: Some("2007".into()),
        local_connection_state: LocalConnectionState::CONNECT,
        connected_parties: Repeated::from(parties),
        ..CallConferencedEvent::default()
    }
}

/// E20: the parties exactly.
#[test]
fn parties_are_listed() {
    let mut play = consulting();
    let parties = [party(MAIN, "2005"), party(MAIN, "2007")];
    play.received(transferred(&parties));
    assert_eq!(play.parties(MAIN), ["2005 CONNECT", "2007 CONNECT"]);

    let mut play = consulting();
    let parties = [
        party(MAIN, "2005"),
        party(MAIN, "2006"),
        party(MAIN, "2007"),
    ];
    play.received(conferenced(&parties));
    let all = ["2005 CONNECT", "2006 CONNECT", "2007 CONNECT"];
    assert_eq!(play.parties(MAIN), all);
    // The merged call is no longer offered as live, and goes with the other one at the latest.
    assert_eq!(play.call(CONSULT).phase, Phase::Merged(play.call(MAIN).key));
    assert_eq!(play.model.calls.live().count(), 1);
    play.received(EndCallEvent {
        call_id: MAIN,
        ..EndCallEvent::default()
    });
    assert!(play.model.calls.is_empty());
}

/// E21: nobody is listed.
#[test]
fn parties_are_not_listed() {
    let mut play = consulting();
    play.received(transferred(&[]));
    assert_eq!(play.parties(MAIN), ["2005 CONNECT", "2007 CONNECT"]);
    let mut play = consulting();
    play.received(conferenced(&[]));
    let all = ["2005 CONNECT", "2006 CONNECT", "2007 CONNECT"];
    assert_eq!(play.parties(MAIN), all);
}

/// E20: a full list may be cut; the transferring device goes all the same.
#[test]
fn full_list() {
    let mut play = consulting();
    connect(&mut play, MAIN, "4000");
    let names: Vec<String> = (3001..3017).map(|number| number.to_string()).collect();
    let parties: Vec<_> = names.iter().map(|name| party(MAIN, name)).collect();
    play.received(transferred(&parties));
    let now = play.parties(MAIN);
    assert_eq!(now.len(), 18);
    assert!(now.contains(&"4000 CONNECT".to_owned()));
    assert!(!now.iter().any(|party| party.starts_with("2006")));
}

/// E18: the result has the id of the parties, whichever that is; data of the primary call stay.
#[test]
fn the_resulting_call() {
    for result in [MAIN, CONSULT, 300] {
        let mut play = consulting();
        play.received(cti_codec::ccx::CallDataUpdateEvent {
            call_id: MAIN,
            new_call_id: MAIN,
            connection_device_id: Some("2006".into()),
            new_connection_device_id: Some("2006".into()),
            call_variable1: Some("main".into()),
            ..cti_codec::ccx::CallDataUpdateEvent::default()
        });
        let parties = [party(result, "2005"), party(result, "2007")];
        play.received(transferred(&parties));
        let live: Vec<u32> = play.model.calls.live().map(|call| call.call_id).collect();
        assert_eq!(live, [result]);
        assert_eq!(play.parties(result), ["2005 CONNECT", "2007 CONNECT"]);
        let call = play.model.calls.live().next().unwrap();
        assert_eq!(call.data.call_variable(1), Some("main".into()), "{result}");
    }
    // They do not agree: that of the primary call.
    let mut play = consulting();
    let parties = [party(300, "2005"), party(400, "2007")];
    play.received(transferred(&parties));
    assert_eq!(play.parties(MAIN), ["2005 CONNECT", "2007 CONNECT"]);
}

/// E21: the confirmation merges if it comes first, and changes nothing if it comes second.
#[test]
fn confirmations() {
    let request = TransferCallReq {
        active_call_id: CONSULT,
        active_connection_device_id: Some("2006".into()),
        held_call_id: MAIN,
        held_connection_device_id: Some("2006".into()),
        agent_instrument: Some("2006".into()),
        ..TransferCallReq::default()
    };
    let conf = TransferCallConf {
        new_call_id: MAIN,
        new_connection_device_id: Some("2005".into()),
        ..TransferCallConf::default()
    };
    let parties = [party(MAIN, "2005"), party(MAIN, "2007")];
    let event = transferred(&parties);

    let mut play = consulting();
    play.sent(request);
    play.answer(conf);
    assert_eq!(play.parties(MAIN), ["2005 CONNECT", "2007 CONNECT"]);
    play.received(event);
    assert_eq!(play.parties(MAIN), ["2005 CONNECT", "2007 CONNECT"]);
    assert_eq!(play.model.calls.live().count(), 1);

    let mut play = consulting();
    play.sent(request);
    play.received(event);
    assert_eq!(play.answer(conf), []);

    // Without the request, or with calls that are not known, it has no effect.
    let mut play = consulting();
    assert_eq!(play.received(conf), []);
    let mut play = Play::new(View::Bridge);
    play.sent(request);
    assert_eq!(play.answer(conf), []);
    assert!(play.model.calls.is_empty());

    // A conference lists its parties.
    let mut play = consulting();
    play.sent(ConferenceCallReq {
        active_call_id: CONSULT,
        active_connection_device_id: Some("2006".into()),
        held_call_id: MAIN,
        held_connection_device_id: Some("2006".into()),
        agent_instrument: Some("2006".into()),
        ..ConferenceCallReq::default()
    });
    let parties = [
        party(MAIN, "2005"),
        party(MAIN, "2006"),
        party(MAIN, "2007"),
    ];
    play.answer(ConferenceCallConf {
        new_call_id: MAIN,
        new_connection_device_id: Some("2006".into()),
        connected_parties: (&parties).into(),
        ..ConferenceCallConf::default()
    });
    assert_eq!(play.parties(MAIN).len(), 3);

    // Blind: nothing to merge, the event says who is connected.
    let mut play = consulting();
    play.sent(TransferCallReq {
        dialed_number: Some("2009".into()),
        held_call_id: 0,
        ..request
    });
    assert_eq!(play.answer(conf), []);
}

/// E3, E18: a client that sees only the merge knows the resulting call by it, and no other.
#[test]
fn a_merge_of_calls_that_are_not_known() {
    let mut play = Play::new(View::Bridge);
    let parties = [party(MAIN, "2005"), party(MAIN, "2007")];
    play.received(transferred(&parties));
    assert_eq!(play.parties(MAIN), ["2005 CONNECT", "2007 CONNECT"]);
    assert_eq!(play.model.calls.len(), 1);
}
