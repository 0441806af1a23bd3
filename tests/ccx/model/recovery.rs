//! Rules A20 and E28 to E32: what is asked for after a reconnect, and what the answers do.

use cti_codec::ccx::model::{CallWhat, Change, Ended, View};
use cti_codec::ccx::{
    AgentState, AgentStateEvent, Call, CallConnectionClearedEvent, CallDevice,
    CallEstablishedEvent, CallQueuedEvent, CallType, ControlFailure, ControlFailureConf,
    DeviceType, FailureConf, LocalConnectionState, Message, QueryAgentStateConf,
    QueryQueueStatisticsConf, QueueCsq, SnapshotCallConf, SnapshotDeviceConf, StatusCode, Text,
};

use super::{Play, of_calls};

const CALL: u32 = 500;

/// An agent at 2006 in a call with 5550100, and a call that waits at 9001 in CSQ 1.
fn before() -> Play {
    let mut play = Play::new(View::Bridge);
    play.received(AgentStateEvent {
        agent_id: Some("jdoe".into()),
        agent_extension: Some("2006".into()),
        agent_state: AgentState::TALKING,
        csq_id: 0xFFFF_FFFF,
        ..AgentStateEvent::default()
    });
    play.received(CallEstablishedEvent {
        call_id: CALL,
        connection_device_id: Some("2006".into()),
        answering_device_id: Some("2006".into()),
        answering_device_type: DeviceType::AGENT_DEVICE,
        local_connection_state: LocalConnectionState::CONNECT,
        ..CallEstablishedEvent::default()
    });
    let csqs = [QueueCsq {
        csq_id: Some(1),
        ..QueueCsq::default()
    }];
    play.received(CallQueuedEvent {
        call_id: CALL + 1,
        connection_device_id: Some("9001".into()),
        local_connection_state: LocalConnectionState::QUEUED,
        csqs: (&csqs).into(),
        ..CallQueuedEvent::default()
    });
    assert_eq!(play.model.disconnected(), [Change::Stale]);
    play
}

/// The requests that the model wants now, as text.
fn asks(play: &mut Play) -> Vec<String> {
    let mut asks = Vec::new();
    while let Some(ask) = play.model.poll_request() {
        let name = |text: Option<Text<'_>>| text.unwrap_or_default().to_string();
        let mut message = ask.message();
        asks.push(match &message {
            Message::QueryAgentStateReq(request) => format!("agent {}", name(request.agent_id)),
            Message::SnapshotDeviceReq(request) => format!(
                "device {} {}",
                request.snapshot_device_type.0,
                name(request.agent_instrument)
            ),
            Message::SnapshotCallReq(request) => format!("call {}", request.call_id),
            Message::QueryQueueStatisticsReq(request) => {
                format!("queue {}", request.csq_id.unwrap())
            }
            other => panic!("{other:?}"),
        });
        play.invoke_id += 1;
        *message.invoke_id_mut().unwrap() = play.invoke_id;
        let changes = play.model.sent(play.now, &message);
        play.heard(&changes);
    }
    asks
}

fn answer_agent(play: &mut Play, state: AgentState) {
    play.answer(QueryAgentStateConf {
        agent_state: state,
        agent_id: Some("jdoe".into()),
        agent_extension: Some("2006".into()),
        agent_instrument: Some("2006".into()),
        ..QueryAgentStateConf::default()
    });
}

pub(super) fn listed(call_id: u32, device: &str, state: LocalConnectionState) -> Call<'_> {
    Call {
        call_connection_call_id: Some(call_id),
        call_connection_device_id: Some(device.into()),
        call_device_connection_state: Some(state),
        ..Call::default()
    }
}

fn device(device: &str, state: LocalConnectionState) -> CallDevice<'_> {
    CallDevice {
        call_connection_device_id: Some(device.into()),
        call_device_id: Some(device.into()),
        call_device_connection_state: Some(state),
        ..CallDevice::default()
    }
}

/// All that was known is told again; what no snapshot tells is kept.
#[test]
fn found_again() {
    let mut play = before();
    play.model.recover(play.now, ["9001".into()], [1]);
    assert_eq!(asks(&mut play), ["agent jdoe"]);
    answer_agent(&mut play, AgentState::TALKING);
    // X27, E28: phones by 0, ports by 73.
    assert_eq!(asks(&mut play), ["device 0 2006", "device 73 9001"]);
    let calls = [listed(CALL + 1, "9001", LocalConnectionState::QUEUED)];
    play.answer(SnapshotDeviceConf {
        calls: (&calls).into(),
        ..SnapshotDeviceConf::default()
    });
    let calls = [listed(CALL, "2006", LocalConnectionState::HOLD)];
    play.invoke_id -= 1;
    play.answer(SnapshotDeviceConf {
        calls: (&calls).into(),
        ..SnapshotDeviceConf::default()
    });
    play.invoke_id += 1;
    assert_eq!(
        asks(&mut play),
        [format!("call {}", CALL + 1), format!("call {CALL}")]
    );
    let devices = [
        device("2006", LocalConnectionState::HOLD),
        device("2009", LocalConnectionState::CONNECT),
    ];
    play.answer(SnapshotCallConf {
        call_type: CallType::INVALID,
        call_variable1: Some("missed".into()),
        call_devices: (&devices).into(),
        ..SnapshotCallConf::default()
    });
    let call = play.call(CALL);
    assert!(!call.stale);
    assert_eq!(play.parties(CALL), ["2006 HOLD", "2009 CONNECT"]);
    assert_eq!(play.call(CALL).data.call_variable(1), Some("missed".into()));
    let devices = [device("9001", LocalConnectionState::QUEUED)];
    play.invoke_id -= 1;
    play.answer(SnapshotCallConf {
        call_devices: (&devices).into(),
        ..SnapshotCallConf::default()
    });
    play.invoke_id += 1;
    // E31: it still waits, and where is as it was, marked as stale.
    let queue = play.call(CALL + 1).queues[0];
    assert_eq!((queue.csq_id, queue.stale), (Some(1), true));
    assert_eq!(asks(&mut play), ["queue 1"]);
    assert!(!play.model.is_recovered());
    let changes = play.answer(QueryQueueStatisticsConf {
        calls_in_priority_queue1: 2,
        calls_in_priority_queue10: 1,
        csq_id: Some(1),
        ..QueryQueueStatisticsConf::default()
    });
    assert!(changes.contains(&Change::Recovered));
    assert!(play.model.is_recovered());
    let length = play.model.queues.get(1).unwrap();
    assert_eq!(
        (length.calls, length.counted, length.stale),
        (3, false, false)
    );
}

/// E29 (3): what no answer names is lost; a call at no monitored device is asked for by name.
#[test]
fn not_found_again() {
    let mut play = before();
    play.received(CallEstablishedEvent {
        call_id: CALL + 2,
        connection_device_id: Some("5550199".into()),
        answering_device_id: Some("5550199".into()),
        local_connection_state: LocalConnectionState::CONNECT,
        ..CallEstablishedEvent::default()
    });
    play.model.disconnected();
    play.model.recover(play.now, ["9001".into()], []);
    asks(&mut play);
    answer_agent(&mut play, AgentState::TALKING);
    asks(&mut play);
    play.answer(SnapshotDeviceConf::default());
    play.invoke_id -= 1;
    let changes = play.answer(SnapshotDeviceConf::default());
    play.invoke_id += 1;
    let lost = of_calls(&changes);
    let lost = lost
        .into_iter()
        .filter(|what| **what == CallWhat::Ended(Ended::Lost));
    assert_eq!(lost.count(), 2);
    assert!(play.has(CALL + 2));
    // Refused as unknown, in each way that the guide has; any other refusal leaves it.
    assert_eq!(asks(&mut play), [format!("call {}", CALL + 2)]);
    let mut other = play.model.clone();
    let mut busy = ControlFailureConf {
        invoke_id: play.invoke_id,
        failure_code: ControlFailure::SERVICE_BUSY,
        ..ControlFailureConf::default()
    };
    other.received(play.now, &busy.into());
    assert!(other.calls.with_id(CALL + 2).next().unwrap().stale);
    assert!(other.is_recovered());
    busy.failure_code = ControlFailure::INVALID_CSTA_CALL_ID;
    let mut other = play.model.clone();
    other.received(play.now, &busy.into());
    assert!(other.calls.is_empty());
    play.answer(FailureConf {
        status: StatusCode::INVALID_CALLID,
        ..FailureConf::default()
    });
    assert!(play.model.calls.is_empty());
}

/// E28: a full list proves nothing about what it does not hold.
#[test]
fn full_lists() {
    let mut play = before();
    play.model.recover(play.now, [], []);
    asks(&mut play);
    answer_agent(&mut play, AgentState::TALKING);
    asks(&mut play);
    let calls: Vec<_> = (0..16)
        .map(|place| listed(1_000 + place, "2006", LocalConnectionState::HOLD))
        .collect();
    play.answer(SnapshotDeviceConf {
        calls: calls.as_slice().into(),
        ..SnapshotDeviceConf::default()
    });
    assert!(play.has(CALL));
}

/// E29: events go first; an older answer does not undo them, and the call is asked for again.
#[test]
fn events_go_first() {
    let mut play = before();
    play.model.recover(play.now, [], []);
    asks(&mut play);
    answer_agent(&mut play, AgentState::TALKING);
    asks(&mut play);
    let calls = [listed(CALL, "2006", LocalConnectionState::CONNECT)];
    play.answer(SnapshotDeviceConf {
        calls: (&calls).into(),
        ..SnapshotDeviceConf::default()
    });
    assert_eq!(asks(&mut play), [format!("call {CALL}")]);
    play.received(CallEstablishedEvent {
        call_id: CALL,
        connection_device_id: Some("2010".into()),
        answering_device_id: Some("2010".into()),
        local_connection_state: LocalConnectionState::CONNECT,
        ..CallEstablishedEvent::default()
    });
    assert!(!play.call(CALL).stale);
    let devices = [device("2006", LocalConnectionState::CONNECT)];
    play.answer(SnapshotCallConf {
        call_devices: (&devices).into(),
        ..SnapshotCallConf::default()
    });
    assert_eq!(play.parties(CALL).len(), 2, "2010 is not undone");
    assert_eq!(asks(&mut play), [format!("call {CALL}")]);
}

/// E29: a call that two devices list is asked for by one of them. If it has left that one meanwhile,
/// the server does not know the name, and the call is asked for by the other.
#[test]
fn a_call_that_has_left_the_device_it_is_asked_for_by() {
    let mut play = Play::new(View::Bridge);
    play.model
        .recover(play.now, ["9001".into(), "9002".into()], []);
    assert_eq!(asks(&mut play), ["device 73 9001", "device 73 9002"]);
    for (back, port) in [(1, "9001"), (0, "9002")] {
        let calls = [listed(CALL, port, LocalConnectionState::CONNECT)];
        play.invoke_id -= back;
        play.answer(SnapshotDeviceConf {
            calls: (&calls).into(),
            ..SnapshotDeviceConf::default()
        });
        play.invoke_id += back;
    }
    assert_eq!(asks(&mut play), [format!("call {CALL}")]);
    play.received(CallConnectionClearedEvent {
        call_id: CALL,
        connection_device_id: Some("9001".into()),
        releasing_device_id: Some("9001".into()),
        ..CallConnectionClearedEvent::default()
    });
    play.answer(FailureConf {
        status: StatusCode::INVALID_CALLID,
        ..FailureConf::default()
    });
    let mut other = play.model.clone();
    let ask = other.poll_request().unwrap();
    let Message::SnapshotCallReq(request) = ask.message() else {
        panic!("{ask:?}");
    };
    assert_eq!(request.connection_device_id, Some("9002".into()));
    asks(&mut play);
    let devices = [device("9002", LocalConnectionState::CONNECT)];
    play.answer(SnapshotCallConf {
        call_devices: (&devices).into(),
        ..SnapshotCallConf::default()
    });
    assert_eq!(play.parties(CALL), ["9002 CONNECT"]);
    assert!(play.model.is_recovered());
}

/// E29, of agents: an answer that was under way when the agent's event came undoes nothing, neither a
/// state nor that the agent is there.
#[test]
fn an_old_answer_undoes_no_event_of_an_agent() {
    for is_refused in [false, true] {
        let mut play = before();
        play.model.recover(play.now, [], []);
        assert_eq!(asks(&mut play), ["agent jdoe"]);
        play.received(AgentStateEvent {
            agent_id: Some("jdoe".into()),
            agent_extension: Some("2006".into()),
            agent_state: AgentState::WORK,
            csq_id: 0xFFFF_FFFF,
            ..AgentStateEvent::default()
        });
        if is_refused {
            play.answer(FailureConf {
                status: StatusCode::AGENT_NOT_LOGGED_ON,
                ..FailureConf::default()
            });
        } else {
            answer_agent(&mut play, AgentState::TALKING);
        }
        let agent = play.model.agents.get("jdoe".into()).unwrap();
        assert_eq!(agent.status.state, Some(AgentState::WORK));
        assert!(!agent.stale);
    }
}

/// E30: the same `CallID` with no connection in common is another call.
#[test]
fn another_call_with_the_same_id() {
    let mut play = before();
    play.model.recover(play.now, [], []);
    asks(&mut play);
    answer_agent(&mut play, AgentState::TALKING);
    asks(&mut play);
    let key = play.call(CALL).key;
    let calls = [listed(CALL, "2006", LocalConnectionState::CONNECT)];
    play.answer(SnapshotDeviceConf {
        calls: (&calls).into(),
        ..SnapshotDeviceConf::default()
    });
    asks(&mut play);
    let devices = [device("3333", LocalConnectionState::CONNECT)];
    play.answer(SnapshotCallConf {
        call_devices: (&devices).into(),
        ..SnapshotCallConf::default()
    });
    assert_ne!(play.call(CALL).key, key);
    assert_eq!(play.parties(CALL), ["3333 CONNECT"]);
}

/// At most 4 are outstanding; one that nobody answers is given up.
#[test]
fn window_and_silence() {
    let mut play = Play::new(View::Bridge);
    let mut changes = Vec::new();
    for number in 0..10 {
        let login = format!("agent{number}");
        let login = Text::from(login.as_str());
        play.model.agents.learn(login, None, &mut changes);
    }
    play.heard(&changes);
    play.model.recover(play.now, [], []);
    assert_eq!(asks(&mut play).len(), 4);
    assert_eq!(asks(&mut play).len(), 0);
    play.model.unanswered(play.now, play.invoke_id);
    assert_eq!(asks(&mut play).len(), 1);
    for _ in 0..3 {
        play.wait(30);
        asks(&mut play);
    }
    assert!(play.model.is_recovered(), "nobody answers");
}

/// In agent mode the own phone is asked for, and no port.
#[test]
fn agent_mode() {
    let mut play = Play::agent("jdoe", "2006");
    play.model.recover(play.now, ["9001".into()], []);
    assert_eq!(asks(&mut play), ["agent jdoe"]);
    answer_agent(&mut play, AgentState::READY);
    assert_eq!(asks(&mut play), ["device 0 2006"]);
    // E31: a call first seen so, which waits, is in a queue that nobody knows.
    let calls = [listed(CALL, "2006", LocalConnectionState::QUEUED)];
    play.answer(SnapshotDeviceConf {
        calls: (&calls).into(),
        ..SnapshotDeviceConf::default()
    });
    asks(&mut play);
    let devices = [device("2006", LocalConnectionState::QUEUED)];
    play.answer(SnapshotCallConf {
        call_devices: (&devices).into(),
        ..SnapshotCallConf::default()
    });
    assert_eq!(play.call(CALL).queues[0].csq_id, None);
    assert_eq!(play.call(CALL).call_type, None, "E32");
}
