//! Answers: to the recovery's own requests and to those of the user beside them, and when an answer is
//! older than what events have told.

use cti_codec::ccx::model::{CallWhat, Ended, View};
use cti_codec::ccx::{
    AgentState, AgentStateEvent, Call, CallDequeuedEvent, CallDevice, CallEstablishedEvent,
    CallQueuedEvent, ConsultCallConf, ConsultCallReq, ControlFailure, ControlFailureConf,
    FailureConf, LocalConnectionState, Message, QueryAgentStateConf, QueryAgentStateReq,
    QueryQueueStatisticsConf, QueueCsq, SnapshotCallConf, SnapshotCallReq, SnapshotDeviceConf,
    SnapshotDeviceReq, StatusCode, Text,
};

use super::recovery::listed;
use super::{Play, of_calls};

const CALL: u32 = 500;

pub(super) fn connected(call_id: u32, device: &str) -> CallEstablishedEvent<'_> {
    CallEstablishedEvent {
        call_id,
        connection_device_id: Some(device.into()),
        answering_device_id: Some(device.into()),
        local_connection_state: LocalConnectionState::CONNECT,
        ..CallEstablishedEvent::default()
    }
}

fn queued<'a>(call_id: u32, csqs: &'a [QueueCsq]) -> CallQueuedEvent<'a> {
    CallQueuedEvent {
        call_id,
        connection_device_id: Some("9001".into()),
        local_connection_state: LocalConnectionState::QUEUED,
        csqs: csqs.into(),
        ..CallQueuedEvent::default()
    }
}

fn csq(csq_id: u32) -> QueueCsq {
    QueueCsq {
        csq_id: Some(csq_id),
        ..QueueCsq::default()
    }
}

fn has<'a>(calls: &'a [Call<'a>]) -> SnapshotDeviceConf<'a> {
    SnapshotDeviceConf {
        calls: calls.into(),
        ..SnapshotDeviceConf::default()
    }
}

fn not_found() -> FailureConf<'static> {
    FailureConf {
        status: StatusCode::INVALID_CALLID,
        ..FailureConf::default()
    }
}

fn busy() -> ControlFailureConf<'static> {
    ControlFailureConf {
        failure_code: ControlFailure::SERVICE_BUSY,
        ..ControlFailureConf::default()
    }
}

/// An agent at 2006 in a call.
fn in_a_call() -> Play {
    let mut play = Play::new(View::Bridge);
    play.received(AgentStateEvent {
        agent_id: Some("jdoe".into()),
        agent_extension: Some("2006".into()),
        agent_state: AgentState::TALKING,
        csq_id: 0xFFFF_FFFF,
        ..AgentStateEvent::default()
    });
    play.received(connected(CALL, "2006"));
    play
}

/// The same, disconnected; the recovery asks for the device.
fn recovering(csqs: &[u32]) -> Play {
    let mut play = in_a_call();
    play.model.disconnected();
    recover(&mut play, csqs);
    play
}

fn recover(play: &mut Play, csqs: &[u32]) {
    let changes = play
        .model
        .recover(play.now, ["9001".into()], csqs.iter().copied());
    play.heard(&changes);
    assert_eq!(asks(play), ["agent jdoe"]);
    play.answer(QueryAgentStateConf {
        agent_state: AgentState::TALKING,
        agent_id: Some("jdoe".into()),
        agent_extension: Some("2006".into()),
        agent_instrument: Some("2006".into()),
        ..QueryAgentStateConf::default()
    });
}

/// Sends what the model wants to know now; the last one is what `answer` answers.
fn asks(play: &mut Play) -> Vec<String> {
    let mut asks = Vec::new();
    while let Some(ask) = play.model.poll_request() {
        let name = |text: Option<Text<'_>>| text.unwrap_or_default().to_string();
        let message = ask.message();
        asks.push(match &message {
            Message::QueryAgentStateReq(request) => format!("agent {}", name(request.agent_id)),
            Message::SnapshotDeviceReq(request) => {
                format!("device {}", name(request.agent_instrument))
            }
            Message::SnapshotCallReq(request) => format!("call {}", request.call_id),
            Message::QueryQueueStatisticsReq(request) => {
                format!("queue {}", request.csq_id.unwrap())
            }
            other => panic!("{other:?}"),
        });
        play.sent(message);
    }
    asks
}

/// Answers the request before the last.
fn answer_before<'m>(play: &mut Play, message: impl Into<Message<'m>>) {
    play.invoke_id -= 1;
    play.answer(message);
    play.invoke_id += 1;
}

fn device_request(device: &str) -> SnapshotDeviceReq<'_> {
    SnapshotDeviceReq {
        agent_instrument: Some(device.into()),
        ..SnapshotDeviceReq::default()
    }
}

fn call_request(call_id: u32, device: &str) -> SnapshotCallReq<'_> {
    SnapshotCallReq {
        call_id,
        connection_device_id: Some(device.into()),
        ..SnapshotCallReq::default()
    }
}

/// E28: what the user asks for is applied, and makes the model ask for nothing.
#[test]
fn the_users_own_snapshots_start_no_requests() {
    let mut play = in_a_call();
    play.sent(device_request("2006"));
    let calls = [
        listed(CALL, "2006", LocalConnectionState::HOLD),
        listed(CALL + 1, "2006", LocalConnectionState::CONNECT),
    ];
    play.answer(has(&calls));
    // The list tells states of connections, and calls that were not known.
    assert_eq!(play.parties(CALL), ["2006 HOLD"]);
    assert_eq!(play.parties(CALL + 1), ["2006 CONNECT"]);
    assert_eq!(asks(&mut play), [] as [&str; 0]);
    // Outrun by an event.
    play.sent(call_request(CALL, "2006"));
    play.received(connected(CALL, "2010"));
    let devices = [CallDevice {
        call_connection_device_id: Some("2006".into()),
        ..CallDevice::default()
    }];
    play.answer(SnapshotCallConf {
        call_devices: (&devices).into(),
        ..SnapshotCallConf::default()
    });
    assert_eq!(play.parties(CALL), ["2006 HOLD", "2010 CONNECT"]);
    assert_eq!(asks(&mut play), [] as [&str; 0]);
    // Refused: the connection is not there any more, the call is.
    play.sent(call_request(CALL, "2006"));
    play.answer(not_found());
    assert_eq!(play.parties(CALL), ["2010 CONNECT"]);
    assert_eq!(asks(&mut play), [] as [&str; 0]);
}

/// E8: a list of a device names no connection of a call that may be another one with its id.
#[test]
fn a_list_adds_no_device_to_a_call_that_is_known_elsewhere() {
    let mut play = in_a_call();
    play.sent(device_request("2020"));
    let calls = [listed(CALL, "2020", LocalConnectionState::CONNECT)];
    play.answer(has(&calls));
    assert_eq!(play.parties(CALL), ["2006 CONNECT"]);
}

/// E29: that a device is not there is known by the recovery's own question about it.
#[test]
fn a_refusal_to_the_user_settles_no_device_of_the_recovery() {
    let mut play = recovering(&[]);
    assert_eq!(asks(&mut play), ["device 2006", "device 9001"]);
    play.answer(has(&[]));
    answer_before(&mut play, busy());
    // Before the recovery goes on: a request of the user's own.
    let mut play = recovering(&[]);
    assert_eq!(asks(&mut play), ["device 2006", "device 9001"]);
    let (ports, phone) = (play.invoke_id, play.invoke_id - 1);
    play.sent(device_request("2006"));
    play.answer(not_found());
    for invoke_id in [ports, phone] {
        play.invoke_id = invoke_id;
        play.answer(busy());
    }
    play.invoke_id = ports + 10;
    assert!(play.has(CALL), "nothing has told that it is gone");
    assert_eq!(asks(&mut play), [format!("call {CALL}")]);
}

/// E29 (1): a call in a device's list is there, though its own snapshot is refused for a while.
#[test]
fn a_listed_call_is_there_without_its_snapshot() {
    let mut play = recovering(&[]);
    assert_eq!(asks(&mut play), ["device 2006", "device 9001"]);
    play.answer(has(&[]));
    let calls = [listed(CALL, "2006", LocalConnectionState::CONNECT)];
    answer_before(&mut play, has(&calls));
    assert_eq!(asks(&mut play), [format!("call {CALL}")]);
    play.answer(busy());
    assert!(play.has(CALL));
    assert_eq!(asks(&mut play), [] as [&str; 0]);
    assert!(play.model.is_recovered());
}

/// E28: a list of 16 calls may have been cut, so that a call which it lacks is asked for by name.
#[test]
fn a_full_list_loses_no_call() {
    let mut play = recovering(&[]);
    assert_eq!(asks(&mut play), ["device 2006", "device 9001"]);
    play.answer(has(&[]));
    let calls: Vec<_> = (0..16)
        .map(|place| listed(1_000 + place, "2006", LocalConnectionState::HOLD))
        .collect();
    answer_before(&mut play, has(&calls));
    let mut asked = Vec::new();
    loop {
        let now = asks(&mut play);
        if now.is_empty() {
            break;
        }
        let last = play.invoke_id;
        for place in 0..now.len() {
            play.invoke_id = last - u32::try_from(place).unwrap();
            play.answer(busy());
        }
        play.invoke_id = last;
        asked.extend(now);
    }
    assert_eq!(asked.len(), 17);
    assert_eq!(asked.last(), Some(&format!("call {CALL}")));
    assert!(play.has(CALL));
}

/// E31: a queue that only a snapshot showed is the one that the next event names.
#[test]
fn a_queue_without_a_name_gets_the_first_that_is_told() {
    let mut play = in_a_call();
    play.sent(device_request("9001"));
    let calls = [listed(CALL + 1, "9001", LocalConnectionState::QUEUED)];
    play.answer(has(&calls));
    let queues = |play: &Play| {
        let queues = &play.call(CALL + 1).queues;
        queues.iter().map(|it| it.csq_id).collect::<Vec<_>>()
    };
    assert_eq!(queues(&play), [None]);
    play.received(queued(CALL + 1, &[csq(4)]));
    assert_eq!(queues(&play), [Some(4)]);
    play.received(queued(CALL + 1, &[csq(5)]));
    assert_eq!(queues(&play), [Some(4), Some(5)]);
}

/// E31: calls that came and went while the statistics were under way are in no answer, and another
/// one is asked for. What a call left during the recovery is asked for with the rest.
#[test]
fn statistics_that_events_have_outrun_are_asked_for_again() {
    let mut play = recovering(&[4]);
    play.received(queued(CALL + 1, &[csq(4)]));
    play.received(CallDequeuedEvent {
        call_id: CALL + 1,
        ..CallDequeuedEvent::default()
    });
    assert_eq!(asks(&mut play), ["device 2006", "device 9001"]);
    play.answer(has(&[]));
    let calls = [listed(CALL, "2006", LocalConnectionState::CONNECT)];
    answer_before(&mut play, has(&calls));
    asks(&mut play);
    play.answer(busy());
    assert_eq!(asks(&mut play), ["queue 4"]);
    let waiting = |calls| QueryQueueStatisticsConf {
        csq_id: Some(4),
        calls_in_priority_queue1: calls,
        ..QueryQueueStatisticsConf::default()
    };
    play.answer(waiting(7));
    assert!(play.model.is_recovered());
    assert_eq!(asks(&mut play), [] as [&str; 0], "once is enough");
    let length = |play: &Play| play.model.queues.get(4).unwrap().calls;
    assert_eq!(length(&play), 7);
    // One leaves, and the answer that counts it not yet is overtaken by another that comes.
    play.received(queued(CALL + 1, &[csq(4)]));
    play.received(CallDequeuedEvent {
        call_id: CALL + 1,
        ..CallDequeuedEvent::default()
    });
    assert_eq!(
        (length(&play), asks(&mut play)),
        (7, vec!["queue 4".into()])
    );
    play.received(queued(CALL + 2, &[csq(4)]));
    play.answer(waiting(7));
    assert_eq!(
        (length(&play), asks(&mut play)),
        (8, vec!["queue 4".into()])
    );
    play.answer(waiting(9));
    assert_eq!((length(&play), asks(&mut play)), (9, vec![]));
}

/// K10: a consultation has an origin, and is one where nothing has told its kind; a server that says
/// it in the call itself consults in no other.
#[test]
fn a_consultation_is_no_consultation_about_itself() {
    let request = ConsultCallReq {
        active_call_id: CALL,
        active_connection_device_id: Some("2006".into()),
        agent_instrument: Some("2006".into()),
        dialed_number: Some("2007".into()),
        ..ConsultCallReq::default()
    };
    for (new_call_id, is_other) in [(CALL + 1, true), (CALL, false)] {
        let mut play = in_a_call();
        let origin = play.call(CALL).key;
        play.sent(request);
        play.received(connected(new_call_id, "2006"));
        play.answer(ConsultCallConf {
            new_call_id,
            new_connection_device_id: Some("2006".into()),
            ..ConsultCallConf::default()
        });
        let call = play.call(new_call_id);
        assert_eq!(call.origin, is_other.then_some(origin));
        let kind = is_other.then_some(cti_codec::ccx::CallType::CONSULT);
        assert_eq!(call.call_type, kind);
    }
}

/// A9: a query tells a state and not since when; the event that says the same does.
#[test]
fn an_event_tells_since_when_a_state_is_that_a_query_told() {
    let mut play = Play::new(View::Bridge);
    play.sent(QueryAgentStateReq {
        agent_id: Some("jdoe".into()),
        ..QueryAgentStateReq::default()
    });
    play.answer(QueryAgentStateConf {
        agent_state: AgentState::READY,
        agent_id: Some("jdoe".into()),
        ..QueryAgentStateConf::default()
    });
    let since = |play: &Play| play.model.agents.get("jdoe".into()).unwrap().since;
    assert_eq!(since(&play), None);
    play.received(AgentStateEvent {
        agent_id: Some("jdoe".into()),
        agent_state: AgentState::READY,
        state_duration: 40,
        ..AgentStateEvent::default()
    });
    assert_eq!(since(&play).unwrap().before.as_secs(), 40);
}

/// E27: a call that has ended leaves no time behind that would be due.
#[test]
fn nothing_is_due_for_a_call_that_has_ended() {
    let mut play = in_a_call();
    play.received(cti_codec::ccx::CallClearedEvent {
        call_id: CALL,
        ..Default::default()
    });
    assert!(play.model.poll_timeout().is_some());
    let changes = play.received(cti_codec::ccx::EndCallEvent {
        call_id: CALL,
        ..Default::default()
    });
    assert_eq!(of_calls(&changes), [&CallWhat::Ended(Ended::Ended)]);
    assert_eq!(play.model.poll_timeout(), None);
}

/// A19: an agent of whom a query says that he is logged out is at no phone and in no CSQ.
#[test]
fn a_query_takes_the_phone_of_an_agent_who_is_logged_out() {
    let mut play = in_a_call();
    play.sent(QueryAgentStateReq {
        agent_id: Some("jdoe".into()),
        ..QueryAgentStateReq::default()
    });
    play.answer(QueryAgentStateConf {
        agent_state: AgentState::LOGOUT,
        agent_id: Some("jdoe".into()),
        agent_extension: Some("2009".into()),
        ..QueryAgentStateConf::default()
    });
    let agent = play.model.agents.get("jdoe".into()).unwrap();
    assert_eq!((agent.extension.as_ref(), agent.phone()), (None, None));
}

/// E30, E31: a call of which a snapshot shows no device that waits is in no queue.
#[test]
fn a_snapshot_without_a_waiting_device_ends_the_queue() {
    let mut play = in_a_call();
    play.received(queued(CALL + 1, &[csq(4)]));
    play.sent(call_request(CALL + 1, "9001"));
    let devices = [CallDevice {
        call_connection_device_id: Some("9001".into()),
        call_device_connection_state: Some(LocalConnectionState::CONNECT),
        ..CallDevice::default()
    }];
    play.answer(SnapshotCallConf {
        call_devices: (&devices).into(),
        ..SnapshotCallConf::default()
    });
    assert_eq!(play.call(CALL + 1).queues, []);
}

/// Answers the requests of a recovery with refusals until none is left.
fn recovered(csqs: &[u32]) -> Play {
    let mut play = recovering(csqs);
    loop {
        let now = asks(&mut play);
        let last = play.invoke_id;
        for place in 0..now.len() {
            play.invoke_id = last - u32::try_from(place).unwrap();
            play.answer(busy());
        }
        play.invoke_id = last;
        if now.is_empty() {
            assert!(play.model.is_recovered());
            return play;
        }
    }
}

/// E31: a length that changes each time is asked for so often and no more; one that was taken begins
/// anew.
#[test]
fn statistics_are_outrun_five_times_at_most() {
    let waiting = QueryQueueStatisticsConf {
        csq_id: Some(4),
        calls_in_priority_queue1: 99,
        ..QueryQueueStatisticsConf::default()
    };
    let mut play = recovered(&[4]);
    let come_and_go = |play: &mut Play| {
        play.received(queued(CALL + 1, &[csq(4)]));
        play.received(CallDequeuedEvent {
            call_id: CALL + 1,
            ..CallDequeuedEvent::default()
        });
    };
    let length = |play: &Play| play.model.queues.get(4).unwrap().calls;
    for _ in 0..2 {
        come_and_go(&mut play);
        let before = length(&play);
        assert_eq!(asks(&mut play), ["queue 4"]);
        for _ in 0..5 {
            come_and_go(&mut play);
            play.answer(waiting);
            assert_eq!(length(&play), before);
            assert_eq!(asks(&mut play), ["queue 4"]);
        }
        come_and_go(&mut play);
        play.answer(waiting);
        assert_eq!(length(&play), 99);
        // What left since is asked for in its own time.
        if asks(&mut play) == ["queue 4"] {
            play.answer(QueryQueueStatisticsConf {
                calls_in_priority_queue1: 3,
                ..waiting
            });
        }
    }
}

/// E31, A20: after the recovery, the lengths are asked for when a call has left a queue that nobody
/// knows, and the states of agents whom an administrator adds.
#[test]
fn what_is_not_known_later_is_asked_for_later() {
    let mut play = recovered(&[4, 5]);
    play.sent(device_request("9001"));
    let calls = [listed(CALL + 1, "9001", LocalConnectionState::QUEUED)];
    play.answer(has(&calls));
    play.received(CallDequeuedEvent {
        call_id: CALL + 1,
        ..CallDequeuedEvent::default()
    });
    assert_eq!(asks(&mut play), ["queue 4", "queue 5"]);
    play.answer(busy());
    answer_before(&mut play, busy());
    let records = [cti_codec::ccx::AgentRecord {
        login_id: Some("new".into()),
        ..Default::default()
    }];
    play.received(cti_codec::ccx::ConfigAgentEvent {
        records: (&records).into(),
        ..Default::default()
    });
    assert_eq!(asks(&mut play), ["agent new"]);
}
