//! What changes say of calls: all that is kept is told as it comes, changes and goes. That changes and
//! state agree is what `mirror` sees to in each step.

use cti_codec::ccx::model::{CallWhat, Change, Dropped, Limits, Model, Number, Phase, Times, View};
use cti_codec::ccx::{
    AgentState, AgentStateEvent, BeginCallEvent, CallConferencedEvent, CallDataUpdateEvent,
    CallEstablishedEvent, CallHeldEvent, ConnectedParty, CtiClient, DeviceType, EndCallEvent,
    LocalConnectionState, NamedArray, NamedVariable, SnapshotCallConf, SnapshotCallReq,
    TransferCallConf, TransferCallReq,
};

use super::answers::connected;
use super::calls::update;
use super::{Play, of_calls};

const CALL: u32 = 700;

fn element(index: u8, value: &str) -> NamedArray<'_> {
    NamedArray {
        index,
        name: "list".into(),
        value: value.into(),
    }
}

fn variable(value: &str) -> NamedVariable<'_> {
    NamedVariable {
        name: "colour".into(),
        value: value.into(),
    }
}

/// E3: the data of a provisional call are told once another event has confirmed it.
#[test]
fn all_data_of_a_provisional_call_are_told_with_it() {
    let mut play = Play::new(View::Bridge);
    let elements = [element(0, "a"), element(1, "b")];
    let variables = [variable("red")];
    assert_eq!(
        play.received(CallDataUpdateEvent {
            campaign_id: 12,
            named_variables: (&variables).into(),
            named_arrays: (&elements).into(),
            ..update(CALL, "2006")
        }),
        []
    );
    let changes = play.received(connected(CALL, "2006"));
    let what = of_calls(&changes);
    for told in [
        CallWhat::Number {
            number: Number::Campaign,
            before: None,
            after: Some(12),
        },
        CallWhat::NamedArray {
            name: "list".into(),
            index: 1,
            before: None,
            after: Some("b".into()),
        },
        CallWhat::NamedVariable {
            name: "colour".into(),
            before: None,
            after: Some("red".into()),
        },
    ] {
        assert!(what.contains(&&told), "{told:?}");
    }
}

/// E30: a snapshot has all data; what it lacks goes, and is told with the value that it had.
#[test]
fn what_a_snapshot_lacks_is_told_with_its_last_value() {
    let mut play = Play::new(View::Bridge);
    let elements = [element(0, "a"), element(1, "b")];
    let variables = [variable("red")];
    play.received(BeginCallEvent {
        call_id: CALL,
        connection_device_id: Some("2006".into()),
        named_variables: (&variables).into(),
        named_arrays: (&elements).into(),
        ..BeginCallEvent::default()
    });
    play.sent(SnapshotCallReq {
        call_id: CALL,
        connection_device_id: Some("2006".into()),
        ..SnapshotCallReq::default()
    });
    let devices = [cti_codec::ccx::CallDevice {
        call_connection_device_id: Some("2006".into()),
        ..Default::default()
    }];
    let changes = play.answer(SnapshotCallConf {
        named_arrays: elements[..1].into(),
        call_devices: (&devices).into(),
        ..SnapshotCallConf::default()
    });
    let what = of_calls(&changes);
    assert!(what.contains(&&CallWhat::NamedVariable {
        name: "colour".into(),
        before: Some("red".into()),
        after: None,
    }));
    assert!(what.contains(&&CallWhat::NamedArray {
        name: "list".into(),
        index: 1,
        before: Some("b".into()),
        after: None,
    }));
    assert_eq!(play.call(CALL).data.named_arrays().count(), 1);
}

/// Two calls of 2006, in which other parties are 2005 and 2007.
fn two_calls() -> Play {
    let mut play = Play::new(View::Bridge);
    for (call_id, device) in [(CALL, "2005"), (CALL, "2006"), (800, "2006"), (800, "2007")] {
        play.received(connected(call_id, device));
    }
    play
}

fn conference<'a>(parties: &'a [ConnectedParty<'a>]) -> CallConferencedEvent<'a> {
    CallConferencedEvent {
        primary_call_id: CALL,
        primary_device_id: Some("2006".into()),
        secondary_call_id: 800,
        secondary_device_id: Some("2006".into()),
        controller_device_id: Some("2006".into()),
        connected_parties: parties.into(),
        ..CallConferencedEvent::default()
    }
}

/// E18: the data of the primary call take the place of the other one's, one by one.
#[test]
fn the_data_that_a_merged_call_takes_over_are_told() {
    let mut play = two_calls();
    let of_primary = [element(0, "a"), element(1, "b")];
    let of_other = [element(0, "x"), element(2, "z")];
    for (call_id, elements) in [(CALL, &of_primary), (800, &of_other)] {
        play.received(CallDataUpdateEvent {
            named_arrays: elements.into(),
            ..update(call_id, "2006")
        });
    }
    // The result has the id of the other call.
    let parties = ["2005", "2006", "2007"].map(|device| ConnectedParty {
        connected_party_call_id: Some(800),
        connected_party_device_type: None,
        connected_party_device_id: Some(device.into()),
    });
    let changes = play.received(conference(&parties));
    let told: Vec<_> = of_calls(&changes)
        .into_iter()
        .filter_map(|what| match what {
            CallWhat::NamedArray {
                index,
                before,
                after,
                ..
            } => {
                let text = |text: &Option<cti_codec::ccx::TextBuf>| {
                    text.as_ref().map_or("-".to_owned(), ToString::to_string)
                };
                Some(format!("{index} {} {}", text(before), text(after)))
            }
            _ => None,
        })
        .collect();
    assert_eq!(told, ["0 x a", "2 z -", "1 - b"]);
}

/// E8, E21: of calls with the same id the connection in the request tells which one is merged.
#[test]
fn a_confirmed_transfer_merges_the_call_that_the_request_named() {
    let mut play = two_calls();
    play.received(BeginCallEvent {
        call_id: 800,
        connection_device_id: Some("2006".into()),
        ..BeginCallEvent::default()
    });
    let meant = play.call(800).key;
    // A younger call with the same id, at devices of its own.
    play.received(BeginCallEvent {
        call_id: 800,
        connection_device_id: Some("4000".into()),
        ..BeginCallEvent::default()
    });
    play.received(connected(800, "4001"));
    let keys: Vec<_> = play.model.calls.with_id(800).map(|call| call.key).collect();
    assert_eq!(keys.len(), 2, "{keys:?}");
    play.sent(TransferCallReq {
        held_call_id: CALL,
        held_connection_device_id: Some("2006".into()),
        active_call_id: 800,
        active_connection_device_id: Some("2007".into()),
        agent_instrument: Some("2006".into()),
        ..TransferCallReq::default()
    });
    play.answer(TransferCallConf {
        new_call_id: CALL,
        new_connection_device_id: Some("2005".into()),
        ..TransferCallConf::default()
    });
    let phase = |key| play.model.calls.get(key).unwrap().phase;
    assert_eq!(phase(meant), Phase::Merged(play.call(CALL).key));
    assert_eq!(phase(keys[1]), Phase::Live);
    assert_eq!(play.parties(CALL), ["2005 CONNECT", "2007 CONNECT"]);
}

/// E13: the kind of the device that answers is known, though the connection is the caller's.
#[test]
fn the_device_that_answers_is_of_the_kind_that_the_event_says() {
    let mut play = Play::new(View::Bridge);
    play.received(CallEstablishedEvent {
        answering_device_type: DeviceType::AGENT_DEVICE,
        answering_device_id: Some("2006".into()),
        ..connected(CALL, "2005")
    });
    let call = play.call(CALL);
    let kind = |device: &str| call.connection(device.into()).unwrap().device;
    assert_eq!(kind("2006"), Some(DeviceType::AGENT_DEVICE));
    assert_eq!(kind("2005"), None);
}

fn state(state: AgentState) -> AgentStateEvent<'static> {
    AgentStateEvent {
        agent_id: Some("jdoe".into()),
        agent_extension: Some("2006".into()),
        agent_state: state,
        csq_id: 0xFFFF_FFFF,
        ..AgentStateEvent::default()
    }
}

fn end(call_id: u32) -> EndCallEvent<'static> {
    EndCallEvent {
        call_id,
        ..EndCallEvent::default()
    }
}

/// E27a: a call is wrapped up once its phone has no other one.
#[test]
fn a_phone_in_another_call_has_no_last_call() {
    for second in [false, true] {
        let mut play = Play::new(View::Bridge);
        play.model.keep_last_calls(true);
        play.received(state(AgentState::TALKING));
        play.received(connected(CALL, "2006"));
        if second {
            play.received(connected(800, "2006"));
        }
        play.received(end(CALL));
        assert_eq!(play.model.calls.last("2006".into()).is_none(), second);
    }
}

/// E27a: late events of a call that has become a part of another begin no call for a phone.
#[test]
fn a_late_event_of_a_merged_call_takes_no_last_call_away() {
    let mut play = two_calls();
    play.model.keep_last_calls(true);
    play.received(conference(&[]));
    play.received(AgentStateEvent {
        agent_id: Some("asmith".into()),
        agent_extension: Some("3006".into()),
        ..state(AgentState::TALKING)
    });
    play.received(connected(900, "3006"));
    play.received(end(900));
    assert!(play.model.calls.last("3006".into()).is_some());
    play.received(CallHeldEvent {
        call_id: 800,
        connection_device_id: Some("3006".into()),
        local_connection_state: LocalConnectionState::HOLD,
        ..CallHeldEvent::default()
    });
    assert!(play.model.calls.last("3006".into()).is_some());
    play.received(connected(CALL, "3006"));
    assert!(play.model.calls.last("3006".into()).is_none());
}

/// As many clients as there is room for are all kept.
#[test]
fn what_just_fits_is_not_said_to_be_left_out() {
    let limits = Limits {
        clients_per_call: 2,
        ..Limits::default()
    };
    let mut model = Model::with(View::Bridge, Times::default(), limits);
    let clients = ["x", "y"].map(|signature| CtiClient {
        cti_client_signature: Some(signature.into()),
        cti_client_time_stamp: None,
    });
    let begin = BeginCallEvent {
        call_id: CALL,
        connection_device_id: Some("2005".into()),
        cti_clients: (&clients).into(),
        ..BeginCallEvent::default()
    };
    let changes = model.received(std::time::Duration::ZERO, &begin.into());
    let dropped = Change::Dropped(Dropped::Client(CALL));
    assert!(!changes.contains(&dropped));
    let call = model.calls.with_id(CALL).next().unwrap();
    assert_eq!(call.data.clients.len(), 2);
}

/// E12: what an event says of a call besides its connection.
#[test]
fn who_is_called_and_why_are_told() {
    use cti_codec::ccx::{CallDeliveredEvent, CallQueuedEvent, EventCause};

    let mut play = Play::new(View::Bridge);
    let delivered = CallDeliveredEvent {
        call_id: CALL,
        connection_device_id: Some("2006".into()),
        called_device_type: DeviceType::DEVICE_IDENTIFIER,
        called_device_id: Some("7000".into()),
        event_cause: EventCause::BUSY,
        ..CallDeliveredEvent::default()
    };
    play.received(delivered);
    let called = |play: &Play| play.call(CALL).called.clone().unwrap();
    assert_eq!(called(&play).id, "7000");
    assert_eq!(play.call(CALL).cause, Some(EventCause::BUSY));
    // The same number may be another kind of device.
    play.received(CallDeliveredEvent {
        called_device_type: DeviceType::AGENT_DEVICE,
        ..delivered
    });
    assert_eq!(called(&play).device_type, DeviceType::AGENT_DEVICE);
    play.received(CallQueuedEvent {
        call_id: CALL,
        connection_device_id: Some("9001".into()),
        event_cause: EventCause::CALL_FORWARD,
        ..CallQueuedEvent::default()
    });
    assert_eq!(play.call(CALL).cause, Some(EventCause::CALL_FORWARD));
}

/// E9, E25: a call that begins again after a reconnect has the data of its beginning and no other.
#[test]
fn a_call_that_is_told_anew_keeps_no_old_data() {
    let mut play = Play::new(View::Bridge);
    let begin = BeginCallEvent {
        call_id: CALL,
        connection_device_id: Some("2006".into()),
        call_variable1: Some("old".into()),
        call_variable2: Some("old".into()),
        ..BeginCallEvent::default()
    };
    play.received(begin);
    let stale = play.model.disconnected();
    play.heard(&stale);
    play.received(BeginCallEvent {
        call_variable1: Some("new".into()),
        call_variable2: None,
        ..begin
    });
    let data = &play.call(CALL).data;
    assert_eq!(data.call_variable(1), Some("new".into()));
    assert_eq!(data.call_variable(2), None);
}

/// An agent of whom only the extension is known takes a place like any other.
#[test]
fn agents_by_extension_are_bounded_too() {
    let limits = Limits {
        agents: 1,
        ..Limits::default()
    };
    let mut model = Model::with(View::Bridge, Times::default(), limits);
    let at = |extension: &'static str| AgentStateEvent {
        agent_id: None,
        agent_extension: Some(extension.into()),
        ..state(AgentState::READY)
    };
    model.received(std::time::Duration::ZERO, &at("2006").into());
    let changes = model.received(std::time::Duration::ZERO, &at("2007").into());
    assert_eq!(changes, [Change::Dropped(Dropped::Agent("2007".into()))]);
    assert_eq!(model.agents.len(), 1);
}
