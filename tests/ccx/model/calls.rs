//! Rules about calls: identity, connections, data, and how calls leave.

use std::time::Duration;

use cti_codec::ccx::model::{CallWhat, Change, DataField, Ended, Phase, View};
use cti_codec::ccx::special::NULL_CALL_ID;
use cti_codec::ccx::{
    AgentState, AgentStateEvent, BeginCallEvent, CallClearedEvent, CallConnectionClearedEvent,
    CallDataUpdateEvent, CallDeliveredEvent, CallDequeuedEvent, CallDivertedEvent,
    CallEstablishedEvent, CallFailedEvent, CallHeldEvent, CallOriginatedEvent, CallQueuedEvent,
    CallRetrievedEvent, CallType, ConnectionDeviceType, ControlFailureConf, CtiClient, DeviceType,
    EndCallEvent, EventCause, LocalConnectionState, MakeCallConf, MakeCallReq, MessageType,
    NamedArray, NamedVariable, QueueCsq, RtpDirection, RtpStartedEvent, RtpStoppedEvent,
    SetCallDataReq, Time,
};

use super::{Play, of_calls, parties};

pub(super) const CALL: u32 = 16_777_217;

pub(super) fn begin(call_id: u32, device: &str) -> BeginCallEvent<'_> {
    BeginCallEvent {
        call_id,
        call_type: CallType::CCX_IN,
        connection_device_type: ConnectionDeviceType::STATIC,
        connection_device_id: Some(device.into()),
        ..BeginCallEvent::default()
    }
}

pub(super) fn delivered(call_id: u32, device: &str) -> CallDeliveredEvent<'_> {
    CallDeliveredEvent {
        call_id,
        connection_device_id: Some(device.into()),
        alerting_device_id: Some(device.into()),
        alerting_device_type: DeviceType::AGENT_DEVICE,
        local_connection_state: LocalConnectionState::ALERTING,
        ..CallDeliveredEvent::default()
    }
}

pub(super) fn established<'a>(
    call_id: u32,
    device: &'a str,
    answering: &'a str,
) -> CallEstablishedEvent<'a> {
    CallEstablishedEvent {
        call_id,
        connection_device_id: Some(device.into()),
        answering_device_id: Some(answering.into()),
        answering_device_type: DeviceType::AGENT_DEVICE,
        local_connection_state: LocalConnectionState::CONNECT,
        ..CallEstablishedEvent::default()
    }
}

pub(super) fn cleared_connection(call_id: u32, device: &str) -> CallConnectionClearedEvent<'_> {
    CallConnectionClearedEvent {
        call_id,
        connection_device_id: Some(device.into()),
        releasing_device_id: Some(device.into()),
        ..CallConnectionClearedEvent::default()
    }
}

fn cleared<'a>(call_id: u32) -> CallClearedEvent<'a> {
    CallClearedEvent {
        call_id,
        ..CallClearedEvent::default()
    }
}

pub(super) fn end<'a>(call_id: u32) -> EndCallEvent<'a> {
    EndCallEvent {
        call_id,
        ..EndCallEvent::default()
    }
}

pub(super) fn update(call_id: u32, device: &str) -> CallDataUpdateEvent<'_> {
    CallDataUpdateEvent {
        call_id,
        new_call_id: call_id,
        connection_device_id: Some(device.into()),
        new_connection_device_id: Some(device.into()),
        ..CallDataUpdateEvent::default()
    }
}

pub(super) fn agent_state(state: AgentState) -> AgentStateEvent<'static> {
    AgentStateEvent {
        agent_id: Some("jdoe".into()),
        agent_extension: Some("2006".into()),
        agent_state: state,
        csq_id: 0xFFFF_FFFF,
        ..AgentStateEvent::default()
    }
}

/// E3: events that add make a call known, events that only take away do not.
#[test]
fn what_makes_a_call_known() {
    let mut play = Play::new(View::Bridge);
    let unknown = |changes: Vec<Change>, message_type| {
        let call_id = CALL;
        assert_eq!(
            changes,
            [Change::UnknownCall {
                message_type,
                call_id
            }]
        );
    };
    unknown(play.received(end(CALL)), MessageType::END_CALL_EVENT);
    unknown(
        play.received(cleared(CALL)),
        MessageType::CALL_CLEARED_EVENT,
    );
    let changes = play.received(cleared_connection(CALL, "2005"));
    unknown(changes, MessageType::CALL_CONNECTION_CLEARED_EVENT);
    let dequeued = CallDequeuedEvent {
        call_id: CALL,
        ..CallDequeuedEvent::default()
    };
    unknown(play.received(dequeued), MessageType::CALL_DEQUEUED_EVENT);
    assert!(play.model.calls.is_empty());

    play.received(CallHeldEvent {
        call_id: CALL,
        connection_device_id: Some("2005".into()),
        local_connection_state: LocalConnectionState::HOLD,
        ..CallHeldEvent::default()
    });
    assert_eq!(play.parties(CALL), ["2005 HOLD"]);
    // A later BEGIN only adds its data.
    play.received(BeginCallEvent {
        ani: Some("5550100".into()),
        ..begin(CALL, "2005")
    });
    assert_eq!(play.parties(CALL), ["2005 HOLD"]);
    assert_eq!(play.call(CALL).caller(), Some("5550100".into()));
}

/// E3: a `DATA_UPDATE` alone makes a provisional call, which another event confirms.
#[test]
fn provisional_calls() {
    let mut play = Play::new(View::Bridge);
    let changes = play.received(CallDataUpdateEvent {
        call_variable1: Some("gold".into()),
        call_type: CallType::PREVIEW,
        ..update(CALL, "2006")
    });
    assert_eq!(changes, []);
    assert!(!play.has(CALL));
    let changes = play.received(delivered(CALL, "2006"));
    let what = of_calls(&changes);
    assert_eq!(what[0], &CallWhat::Began);
    assert!(what.contains(&&CallWhat::Text {
        field: DataField::CallVariable(1),
        before: None,
        after: Some("gold".into()),
    }));
    play.wait(60);
    assert!(play.has(CALL));
}

/// E8: of calls with the same `CallID`, ESTABLISHED means the one that nobody has answered; other
/// events mean the one with the connection, else the youngest. E9: when BEGIN makes a second one.
#[test]
fn same_call_id_twice() {
    let mut play = Play::new(View::Bridge);
    play.received(begin(CALL, "2005"));
    play.received(established(CALL, "2005", "2006"));
    // Another connection, while those of the first are there: a second call.
    play.received(begin(CALL, "3005"));
    let keys: Vec<_> = play
        .model
        .calls
        .with_id(CALL)
        .map(|call| call.key)
        .collect();
    assert_eq!(keys.len(), 2);
    play.received(established(CALL, "3006", "3006"));
    let second = play.model.calls.get(keys[1]).unwrap();
    assert!(parties(second).contains(&"3006 CONNECT".to_owned()));
    play.received(cleared_connection(CALL, "2006"));
    let first = play.model.calls.get(keys[0]).unwrap();
    assert_eq!(parties(first), ["2005 CONNECT"]);
    play.received(cleared(CALL));
    assert_eq!(play.model.calls.get(keys[1]).unwrap().phase, Phase::Over);
}

/// E9: the `CallID` is in use again.
#[test]
fn call_id_reuse() {
    for variant in 0..3 {
        let mut play = Play::new(View::Bridge);
        play.received(BeginCallEvent {
            call_variable1: Some("old".into()),
            ..begin(CALL, "2005")
        });
        let again = match variant {
            // By the same connection.
            0 => "2005",
            // All its connections are gone.
            1 => {
                play.received(cleared_connection(CALL, "2005"));
                "3005"
            }
            // It is over.
            _ => {
                play.received(cleared(CALL));
                "3005"
            }
        };
        let changes = play.received(begin(CALL, again));
        assert!(of_calls(&changes).contains(&&CallWhat::Ended(Ended::Replaced)));
        assert_eq!(
            play.call(CALL).data.call_variable(1),
            None,
            "E25: no data of the old one"
        );
        assert_eq!(play.parties(CALL), [format!("{again} -")]);
    }
}

/// E10: `DATA_UPDATE` gives a call another name.
#[test]
fn new_names() {
    let mut play = Play::new(View::Bridge);
    play.received(begin(CALL, "2005"));
    play.received(established(CALL, "2005", "2006"));
    let changes = play.received(CallDataUpdateEvent {
        new_call_id: 77,
        new_connection_device_id: Some("1000.2005".into()),
        ..update(CALL, "2005")
    });
    assert!(of_calls(&changes).contains(&&CallWhat::CallId {
        before: CALL,
        after: 77
    }));
    assert!(!play.has(CALL));
    assert_eq!(play.parties(77), ["1000.2005 CONNECT", "2006 CONNECT"]);
    // 0, 0xFFFFFFFF and an empty device: the old ones stay.
    for new_call_id in [0, u32::MAX] {
        play.received(CallDataUpdateEvent {
            new_call_id,
            new_connection_device_id: Some("".into()),
            ..update(77, "2006")
        });
        assert_eq!(play.parties(77), ["1000.2005 CONNECT", "2006 CONNECT"]);
    }
    // To the name of another call: they are one.
    play.received(CallDeliveredEvent {
        call_variable1: Some("theirs".into()),
        call_variable2: Some("theirs".into()),
        ..delivered(88, "3006")
    });
    play.received(CallDataUpdateEvent {
        new_call_id: 88,
        call_variable1: Some("of the update".into()),
        ..update(77, "2006")
    });
    assert_eq!(play.model.calls.len(), 1);
    let call = play.call(88);
    assert_eq!(call.connections.len(), 3);
    assert_eq!(call.data.call_variable(1), Some("of the update".into()));
    assert_eq!(call.data.call_variable(2), Some("theirs".into()));
}

/// The table of connection states, E12, E14.
#[test]
fn connection_states() {
    let mut play = Play::new(View::Bridge);
    play.received(begin(CALL, "2005"));
    play.received(CallOriginatedEvent {
        call_id: CALL,
        connection_device_id: Some("2005".into()),
        calling_device_id: Some("2005".into()),
        called_device_id: Some("7000".into()),
        local_connection_state: LocalConnectionState::INITIATE,
        ..CallOriginatedEvent::default()
    });
    assert_eq!(play.parties(CALL), ["2005 INITIATE"]);
    let csqs = [1, 2].map(|csq_id| QueueCsq {
        csq_id: Some(csq_id),
        ..QueueCsq::default()
    });
    let queued = CallQueuedEvent {
        call_id: CALL,
        connection_device_id: Some("9001".into()),
        local_connection_state: LocalConnectionState::QUEUED,
        csqs: (&csqs).into(),
        ..CallQueuedEvent::default()
    };
    play.received(queued);
    assert_eq!(play.call(CALL).queues.len(), 2);
    // One of them only.
    play.received(CallDequeuedEvent {
        call_id: CALL,
        csqs: csqs[..1].into(),
        ..CallDequeuedEvent::default()
    });
    assert_eq!(play.call(CALL).queues[0].csq_id, Some(2));
    // DIVERTED takes the port out and the call out of its queues.
    play.received(CallDivertedEvent {
        call_id: CALL,
        connection_device_id: Some("9001".into()),
        diverting_device_id: Some("9001".into()),
        called_device_id: Some("2006".into()),
        ..CallDivertedEvent::default()
    });
    assert_eq!(play.call(CALL).queues, []);
    assert_eq!(play.parties(CALL), ["2005 INITIATE"]);
    assert_eq!(play.call(CALL).called.as_ref().unwrap().id, "2006");
    // ESTABLISHED at an agent clears the queues, and the caller is connected.
    play.received(queued);
    play.received(CallEstablishedEvent {
        calling_device_id: Some("2005".into()),
        ..established(CALL, "2006", "2006")
    });
    assert_eq!(play.call(CALL).queues, []);
    assert!(play.parties(CALL).contains(&"2005 CONNECT".to_owned()));
    // 0xFFFF overwrites nothing.
    play.received(CallRetrievedEvent {
        call_id: CALL,
        connection_device_id: Some("2006".into()),
        local_connection_state: LocalConnectionState::NONE,
        ..CallRetrievedEvent::default()
    });
    assert!(play.parties(CALL).contains(&"2006 CONNECT".to_owned()));
    let changes = play.received(CallFailedEvent {
        call_id: CALL,
        connection_device_id: Some("2005".into()),
        local_connection_state: LocalConnectionState::FAIL,
        event_cause: EventCause::BUSY,
        ..CallFailedEvent::default()
    });
    assert!(!changes.is_empty());
    assert_eq!(play.call(CALL).cause, Some(EventCause::BUSY));
    assert_eq!(
        play.call(CALL).phase,
        Phase::Live,
        "it stays until it is cleared"
    );
}

/// RTP events set flags, and nothing else; for a call that is not known they do nothing.
#[test]
fn media() {
    let mut play = Play::new(View::Bridge);
    let started = |direction| RtpStartedEvent {
        call_id: CALL,
        direction,
        connection_device_id: Some("2006".into()),
        ..RtpStartedEvent::default()
    };
    assert_eq!(play.received(started(RtpDirection::INPUT)), []);
    play.received(delivered(CALL, "2006"));
    play.received(started(RtpDirection::INPUT));
    let inside = |play: &Play| {
        let inside = &play.call(CALL).connections[0];
        (inside.hears, inside.speaks, inside.state)
    };
    let alerting = Some(LocalConnectionState::ALERTING);
    assert_eq!(inside(&play), (true, false, alerting));
    play.received(started(RtpDirection::BI_DIRECTIONAL));
    assert_eq!(inside(&play), (true, true, alerting));
    play.received(RtpStoppedEvent {
        call_id: CALL,
        direction: RtpDirection::OUTPUT,
        connection_device_id: Some("2006".into()),
        ..RtpStoppedEvent::default()
    });
    assert_eq!(inside(&play), (true, false, alerting));
}

/// E22 to E26: an empty text changes nothing, one space blanks, named data are merged by name.
#[test]
fn data() {
    let mut play = Play::new(View::Bridge);
    let named = [NamedVariable {
        name: "colour".into(),
        value: "red".into(),
    }];
    let elements = [
        NamedArray {
            index: 0,
            name: "list".into(),
            value: "a".into(),
        },
        NamedArray {
            index: 1,
            name: "list".into(),
            value: "b".into(),
        },
    ];
    let clients = [CtiClient {
        cti_client_signature: Some("desk 4".into()),
        cti_client_time_stamp: Some(Time(1_700_000_000)),
    }];
    play.received(BeginCallEvent {
        call_variable1: Some("gold".into()),
        call_variable2: Some("".into()),
        ani: Some("5550100".into()),
        named_variables: (&named).into(),
        named_arrays: (&elements).into(),
        cti_clients: (&clients).into(),
        ..begin(CALL, "2005")
    });
    let changes = play.received(CallDataUpdateEvent {
        call_variable1: Some("".into()),
        ani: Some("".into()),
        ..update(CALL, "2005")
    });
    assert_eq!(of_calls(&changes), [] as [&CallWhat; 0]);
    let data = &play.call(CALL).data;
    assert_eq!(data.call_variable(1), Some("gold".into()));
    assert_eq!(data.call_variable(2), None);
    assert_eq!(data.clients[0].signature, "desk 4");

    let named = [
        NamedVariable {
            name: "colour".into(),
            value: "".into(),
        },
        NamedVariable {
            name: "size".into(),
            value: "9".into(),
        },
    ];
    let changes = play.received(CallDataUpdateEvent {
        call_variable1: Some(" ".into()),
        customer_account_number: Some("A1".into()),
        named_variables: (&named).into(),
        named_arrays: elements[1..].into(),
        ..update(CALL, "2005")
    });
    let what = of_calls(&changes);
    assert!(what.contains(&&CallWhat::Text {
        field: DataField::CallVariable(1),
        before: Some("gold".into()),
        after: Some(" ".into()),
    }));
    assert!(what.contains(&&CallWhat::NamedVariable {
        name: "colour".into(),
        before: Some("red".into()),
        after: Some("".into()),
    }));
    assert_eq!(what.len(), 4, "{what:?}");
    let data = &play.call(CALL).data;
    assert_eq!(data.text(DataField::CallVariable(1)), Some(" ".into()));
    assert_eq!(data.call_variable(1), Some("".into()), "shown as blank");
    assert_eq!(data.named_arrays().count(), 2);
    // S32: the server may say the same by the request that clients send.
    play.received(SetCallDataReq {
        call_id: CALL,
        call_variable1: Some("silver".into()),
        connection_device_id: Some("2005".into()),
        ..SetCallDataReq::default()
    });
    assert_eq!(play.call(CALL).data.call_variable(1), Some("silver".into()));
}

/// K10: a confirmation makes a call known, unless an event has done so since the request; without
/// an event it goes again.
#[test]
fn confirmations_of_new_calls() {
    let conf = MakeCallConf {
        new_call_id: CALL,
        new_connection_device_id: Some("2006".into()),
        ..MakeCallConf::default()
    };
    let request = MakeCallReq {
        agent_instrument: Some("2006".into()),
        dialed_number: Some("2007".into()),
        ..MakeCallReq::default()
    };
    // The confirmation first.
    let mut play = Play::agent("jdoe", "2006");
    play.sent(request);
    play.answer(conf);
    assert_eq!(play.parties(CALL), ["2006 -"]);
    play.received(begin(CALL, "2006"));
    assert_eq!(play.model.calls.len(), 1);
    play.wait(60);
    assert!(play.has(CALL));
    // Nothing follows.
    let mut play = Play::agent("jdoe", "2006");
    play.sent(request);
    play.answer(conf);
    let changes = play.wait(31);
    assert_eq!(of_calls(&changes), [&CallWhat::Ended(Ended::NeverBegan)]);
    // It has come and gone before the confirmation.
    let mut play = Play::agent("jdoe", "2006");
    play.sent(request);
    play.received(begin(CALL, "2006"));
    play.received(end(CALL));
    play.answer(conf);
    assert!(!play.has(CALL));
    // Refused, or confirmed without the name of a call.
    play.sent(request);
    assert_eq!(play.answer(ControlFailureConf::default()), []);
    play.sent(request);
    let unnamed = MakeCallConf {
        new_call_id: NULL_CALL_ID,
        ..conf
    };
    assert_eq!(play.answer(unnamed), []);
    assert!(play.model.calls.is_empty());
}

/// E27: without END, 30 s after CLEARED in bridge mode; 5 s in agent mode, and 5 s after the own
/// device has left.
#[test]
fn without_end() {
    let mut play = Play::new(View::Bridge);
    play.received(begin(CALL, "2005"));
    play.received(cleared_connection(CALL, "2005"));
    assert_eq!(
        play.model.poll_timeout(),
        None,
        "nothing is guessed in bridge mode"
    );
    play.received(cleared(CALL));
    let due = play.model.poll_timeout().unwrap();
    assert_eq!(due, play.now + Duration::from_secs(30));
    let changes = play.wait(30);
    assert_eq!(of_calls(&changes), [&CallWhat::Ended(Ended::NoEnd)]);

    for over in [false, true] {
        let mut play = Play::agent("jdoe", "2006");
        play.received(delivered(CALL, "2006"));
        play.received(established(CALL, "2005", "2006"));
        if over {
            play.received(cleared(CALL));
        } else {
            play.received(cleared_connection(CALL, "2006"));
            assert_eq!(play.parties(CALL), ["2005 CONNECT"]);
        }
        let due = play.model.poll_timeout().unwrap();
        assert_eq!(due, play.now + Duration::from_secs(5));
        play.wait(5);
        assert!(!play.has(CALL));
    }
    // Back in time: the call stays.
    let mut play = Play::agent("jdoe", "2006");
    play.received(delivered(CALL, "2006"));
    play.received(cleared_connection(CALL, "2006"));
    play.received(delivered(CALL, "2006"));
    assert_eq!(play.model.poll_timeout(), None);
}
