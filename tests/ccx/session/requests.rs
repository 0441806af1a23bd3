//! Requests and their answers.

use std::collections::HashSet;

use cti_codec::ccx::session::{Event, RequestError, Settings, Unanswered};
use cti_codec::ccx::{
    AgentState, AnswerCallReq, BeginCallEvent, ConfigEndEvent, ConfigEndStatus, ConfigKeyEvent,
    ConfigMask, ConfigRequestEvent, ConfigRequestKeyEvent, ControlFailureConf, FailureConf,
    HoldCallConf, Message, MessageType, QueryAgentStateConf, QueryAgentStateReq,
    QueryQueueStatisticsConf, SetAgentStateReq, StatusCode,
};

use super::{Bench, EVERYTHING, plain, secs};

fn query() -> Message<'static> {
    QueryAgentStateReq {
        agent_id: Some("jdoe".into()),
        ..Default::default()
    }
    .into()
}

/// Sends one, and says how the server sees it.
fn ask(bench: &mut Bench) -> (cti_codec::ccx::session::RequestId, u32) {
    let id = bench.client.request(bench.now, &query()).unwrap();
    let invoke_id = bench.sent()[0].invoke_id().unwrap();
    (id, invoke_id)
}

fn confirm(invoke_id: u32) -> QueryAgentStateConf<'static> {
    QueryAgentStateConf {
        invoke_id,
        agent_id: Some("jdoe".into()),
        ..Default::default()
    }
}

#[test]
fn s22_invoke_ids_are_unique_and_leave_out_what_means_something_else() {
    let mut bench = Bench::open(Settings {
        window: 1000,
        ..plain(1)
    });
    let mut seen = HashSet::new();
    for _ in 0..1000 {
        let (_, invoke_id) = ask(&mut bench);
        assert!(invoke_id != 0 && invoke_id != u32::MAX);
        assert!(seen.insert(invoke_id));
    }
}

#[test]
fn s23_s24_s29_any_failure_may_stand_in_a_confirmations_place_and_a_wrong_type_may_not() {
    let mut bench = Bench::open(plain(1));
    bench.events();
    let (a, first) = ask(&mut bench);
    let (b, second) = ask(&mut bench);
    let (c, third) = ask(&mut bench);
    // Another confirmation leaves it outstanding.
    bench.give(HoldCallConf {
        invoke_id: first,
        ..Default::default()
    });
    assert!(matches!(bench.events()[..], [Event::Stray(_)]));
    assert_eq!(bench.client.outstanding(), 3);

    bench.give(ControlFailureConf {
        invoke_id: second,
        ..Default::default()
    });
    bench.give(FailureConf {
        invoke_id: third,
        status: StatusCode::INVALID_AGENT_DATA,
        ..Default::default()
    });
    bench.give(confirm(first));
    let events = bench.events();
    assert!(matches!(&events[0], Event::Refused { id, .. } if *id == b));
    assert!(matches!(&events[1], Event::Refused { id, .. } if *id == c));
    assert!(matches!(&events[2], Event::Confirmed { id, .. } if *id == a));
    assert_eq!(events.len(), 3);
    // What comes twice answers nothing.
    bench.give(confirm(first));
    assert!(matches!(bench.events()[..], [Event::Stray(_)]));
}

#[test]
fn s27_a_request_ends_after_20_s_and_its_answer_is_late_then() {
    let mut bench = Bench::open(plain(1));
    bench.events();
    let (id, invoke_id) = ask(&mut bench);
    bench.run_to(secs(20) - secs(1));
    assert_eq!(bench.client.outstanding(), 1);
    bench.run_to(secs(20));
    let events = bench.events();
    assert!(
        events.contains(&Event::Unanswered {
            id,
            message_type: MessageType::QUERY_AGENT_STATE_REQ,
            why: Unanswered::TimedOut
        }),
        "{events:?}"
    );
    assert!(bench.client.is_open());
    bench.give(confirm(invoke_id));
    assert!(matches!(&bench.events()[..], [Event::Late { id: late, .. }] if *late == id));
    bench.give(confirm(invoke_id));
    assert!(matches!(bench.events()[..], [Event::Stray(_)]));
}

#[test]
fn a_cancelled_request_frees_its_place_and_says_no_more() {
    let mut bench = Bench::open(Settings {
        window: 1,
        ..plain(1)
    });
    bench.events();
    let (id, invoke_id) = ask(&mut bench);
    assert_eq!(
        bench.client.request(bench.now, &query()),
        Err(RequestError::WindowFull)
    );
    bench.client.cancel(id);
    let (other, _) = ask(&mut bench);
    assert_ne!(id, other);
    bench.give(confirm(invoke_id));
    assert!(matches!(&bench.events()[..], [Event::Late { id: late, .. }] if *late == id));
}

#[test]
fn s28_events_may_come_before_and_after_a_confirmation() {
    let mut bench = Bench::open(plain(1));
    bench.events();
    let (id, invoke_id) = ask(&mut bench);
    bench.give(BeginCallEvent::default());
    bench.give(confirm(invoke_id));
    bench.give(BeginCallEvent::default());
    let events = bench.events();
    assert!(matches!(events[0], Event::Message(_)));
    assert!(matches!(&events[1], Event::Confirmed { id: ended, .. } if *ended == id));
    assert!(matches!(events[2], Event::Message(_)));
}

#[test]
fn s30_requests_end_in_the_order_sent_before_the_loss_is_told() {
    let mut bench = Bench::open(plain(1));
    bench.events();
    let ids: Vec<_> = (0..5).map(|_| ask(&mut bench).0).collect();
    bench.client.handle_disconnected(bench.now);
    let events = bench.events();
    for (event, id) in events.iter().zip(&ids) {
        assert!(matches!(
            event,
            Event::Unanswered { id: ended, why: Unanswered::SessionLost, .. } if ended == id
        ));
    }
    assert!(matches!(events[5], Event::Lost { .. }));
    // Nothing is sent again by itself.
    bench.run(secs(1));
    bench.connect(0);
    bench.grant(EVERYTHING);
    assert_eq!(bench.sent_types(), []);
}

#[test]
fn s31_without_a_session_a_request_is_refused_at_once() {
    let mut bench = Bench::bridge(plain(1));
    let refused = Err(RequestError::NotOpen);
    assert_eq!(bench.client.request(bench.now, &query()), refused);
    bench.connect(0);
    assert_eq!(bench.client.request(bench.now, &query()), refused);
    bench.grant(EVERYTHING);
    bench.client.close(bench.now);
    bench.sent();
    assert_eq!(bench.client.request(bench.now, &query()), refused);
    assert_eq!(bench.sent_types(), []);
}

#[test]
fn k6_a7_what_cannot_be_a_request_is_refused_at_once() {
    let mut bench = Bench::open(plain(1));
    let not = |message: Message<'_>| RequestError::NotARequest(message.message_type());
    for message in [
        Message::from(cti_codec::ccx::HeartbeatReq::default()),
        cti_codec::ccx::CloseReq::default().into(),
        cti_codec::ccx::OpenReq::bridge_mode().into(),
        BeginCallEvent::default().into(),
        confirm(1).into(),
    ] {
        assert_eq!(bench.client.request(bench.now, &message), Err(not(message)));
    }
    for agent_state in [
        AgentState::TALKING,
        AgentState::RESERVED,
        AgentState::UNKNOWN,
    ] {
        let request = SetAgentStateReq {
            agent_state,
            agent_instrument: Some("2006".into()),
            ..Default::default()
        };
        assert_eq!(
            bench.client.request(bench.now, &request.into()),
            Err(RequestError::StateOfServer(agent_state))
        );
    }
    // What the guide forbids names its field.
    let error = bench
        .client
        .request(bench.now, &AnswerCallReq::default().into())
        .unwrap_err();
    assert!(error.to_string().starts_with("ANSWER_CALL_REQ."), "{error}");
    assert_eq!(bench.sent_types(), []);
    assert_eq!(bench.client.outstanding(), 0);
}

#[test]
fn s26_requests_without_an_invoke_id_one_at_a_time_and_what_ends_them() {
    let mut bench = Bench::open(plain(1));
    bench.events();
    let keys: Message<'_> = ConfigRequestKeyEvent {
        customer_id: Some(0),
        ..Default::default()
    }
    .into();
    let all: Message<'_> = ConfigRequestEvent {
        configuration_mask: ConfigMask::ALL_KINDS,
        customer_id: Some(0),
        ..Default::default()
    }
    .into();
    let id = bench.client.request(bench.now, &keys).unwrap();
    for other in [&keys, &all] {
        assert_eq!(
            bench.client.request(bench.now, other),
            Err(RequestError::ConfigurationBusy)
        );
    }
    bench.give(ConfigKeyEvent::default());
    assert!(matches!(&bench.events()[..], [Event::Confirmed { id: ended, .. }] if *ended == id));

    // More to follow ends nothing.
    let id = bench.client.request(bench.now, &all).unwrap();
    for (status, ends) in [
        (ConfigEndStatus::PARTIAL, false),
        (ConfigEndStatus::SUCCESS, true),
    ] {
        bench.give(ConfigEndEvent {
            status,
            ..Default::default()
        });
        let ended =
            matches!(&bench.events()[..], [Event::Confirmed { id: ended, .. }] if *ended == id);
        assert_eq!(ended, ends);
    }

    // A FAILURE_CONF for an id that names nothing is theirs; one that names a request is not.
    let id = bench.client.request(bench.now, &keys).unwrap();
    let (query, invoke_id) = ask_after(&mut bench);
    let failure = |invoke_id| FailureConf {
        invoke_id,
        status: StatusCode::UNSPECIFIED_FAILURE,
        ..Default::default()
    };
    bench.give(failure(invoke_id));
    bench.give(failure(0));
    bench.give(failure(0));
    let events = bench.events();
    assert!(matches!(&events[0], Event::Refused { id, .. } if *id == query));
    assert!(matches!(&events[1], Event::Refused { id: ended, .. } if *ended == id));
    assert!(matches!(events[2], Event::Stray(_)));
}

fn ask_after(bench: &mut Bench) -> (cti_codec::ccx::session::RequestId, u32) {
    bench.sent();
    ask(bench)
}

#[test]
fn s42_not_open_and_not_master_end_the_session_other_failures_do_not() {
    for (status, ends) in [(4, true), (92, true), (17, false), (94, false), (8, false)] {
        let mut bench = Bench::open(plain(2));
        bench.events();
        let (id, invoke_id) = ask(&mut bench);
        bench.give(FailureConf {
            invoke_id,
            status: StatusCode(status),
            ..Default::default()
        });
        let events = bench.events();
        assert!(matches!(&events[0], Event::Refused { id: ended, .. } if *ended == id));
        assert_eq!(!bench.client.is_open(), ends, "{status}");
    }
}

#[test]
fn an_answer_that_does_not_decode_ends_its_request() {
    let mut bench = Bench::open(plain(1));
    bench.events();
    let (id, invoke_id) = ask(&mut bench);
    let mut frame = vec![0, 0, 0, 4];
    frame.extend(MessageType::QUERY_AGENT_STATE_CONF.0.to_be_bytes());
    frame.extend(invoke_id.to_be_bytes());
    bench.client.handle_input(bench.now, &frame);
    let events = bench.events();
    assert!(matches!(&events[0], Event::Undecodable { frame, .. } if frame.body().len() == 4));
    assert!(matches!(
        &events[1],
        Event::Unanswered { id: ended, why: Unanswered::Undecodable, .. } if *ended == id
    ));
    assert!(bench.client.is_open());
    // A confirmation of nothing is only told.
    bench.give(QueryQueueStatisticsConf::default());
    assert!(matches!(bench.events()[..], [Event::Stray(_)]));
}

/// An answer has the number of its request, and one without a number is of any that has none.
#[test]
fn an_answer_is_that_of_the_request_with_its_number() {
    use cti_codec::ccx::{
        CloseConf, ConfigKeyEvent, ConfigRequestKeyEvent, HeartbeatConf, HeartbeatReq, Message,
    };

    let request = Message::from(HeartbeatReq {
        invoke_id: 7,
        ..Default::default()
    });
    for (invoke_id, is_its) in [(7, true), (8, false)] {
        let answers: [Message<'_>; 2] = [
            HeartbeatConf {
                invoke_id,
                ..Default::default()
            }
            .into(),
            FailureConf {
                invoke_id,
                ..Default::default()
            }
            .into(),
        ];
        for answer in answers {
            assert_eq!(answer.may_answer(&request), is_its, "{answer}");
        }
    }
    let other = Message::from(CloseConf {
        invoke_id: 7,
        ..Default::default()
    });
    assert!(!other.may_answer(&request));
    let keys = Message::from(ConfigKeyEvent::default());
    assert!(keys.may_answer(&ConfigRequestKeyEvent::default().into()));
}
