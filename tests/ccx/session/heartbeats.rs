//! Heartbeats.

use cti_codec::ccx::session::{Action, Event, LossCause};
use cti_codec::ccx::{FailureConf, HeartbeatConf, MessageType, QueryAgentStateReq, StatusCode};

use super::{Bench, plain, secs};

fn answer(invoke_id: u32) -> HeartbeatConf<'static> {
    HeartbeatConf {
        invoke_id,
        ..Default::default()
    }
}

#[test]
fn s34_heartbeats_are_periodic_whatever_else_is_sent() {
    let mut bench = Bench::open(plain(1));
    for tick in 1..=5 {
        bench.run_to(secs(10 * tick) - secs(1));
        let query = QueryAgentStateReq {
            agent_id: Some("jdoe".into()),
            ..Default::default()
        };
        bench.client.request(bench.now, &query.into()).unwrap();
        assert_eq!(bench.sent_types(), [MessageType::QUERY_AGENT_STATE_REQ]);
        bench.run_to(secs(10 * tick));
        let sent = bench.sent();
        assert_eq!(sent[0].message_type(), MessageType::HEARTBEAT_REQ);
        bench.give(answer(sent[0].invoke_id().unwrap()));
    }
    assert!(bench.client.is_open());
}

#[test]
fn s36_three_unanswered_heartbeats_end_the_session_and_no_fourth_is_sent() {
    let mut bench = Bench::open(plain(2));
    for (tick, missed) in [(1, 0), (2, 1), (3, 2)] {
        bench.run_to(secs(10 * tick));
        assert_eq!(bench.sent_types(), [MessageType::HEARTBEAT_REQ]);
        let told: Vec<_> = bench
            .events()
            .into_iter()
            .filter_map(|event| match event {
                Event::HeartbeatMissed { outstanding } => Some(outstanding),
                _ => None,
            })
            .collect();
        assert_eq!(told, if missed == 0 { vec![] } else { vec![missed] });
    }
    bench.run_to(secs(40) - secs(1));
    assert!(bench.client.is_open());
    bench.run_to(secs(40));
    assert_eq!(bench.sent_types(), []);
    assert!(matches!(
        bench.events().first(),
        Some(Event::Lost {
            cause: LossCause::HeartbeatsMissed,
            ..
        })
    ));
    assert_eq!(
        bench.actions(),
        [Action::Disconnect, Action::Connect { address: 1 }]
    );
}

#[test]
fn s36_an_answer_clears_older_heartbeats_too() {
    let mut bench = Bench::open(plain(1));
    for round in 0..5 {
        let mut last = 0;
        for tick in 1..=3 {
            bench.run_to(secs(30 * round + 10 * tick));
            last = bench.sent()[0].invoke_id().unwrap();
        }
        bench.give(answer(last));
    }
    assert!(bench.client.is_open());
    // Other traffic is no answer.
    bench.run(secs(40));
    assert!(!bench.client.is_open());
}

#[test]
fn s37_a_refused_heartbeat_ends_the_session_whatever_the_status() {
    for status in [0, 17, 92, 4711] {
        let status = StatusCode(status);
        let mut bench = Bench::open(plain(1));
        bench.run_to(secs(10));
        let invoke_id = bench.sent()[0].invoke_id().unwrap();
        bench.events();
        bench.give(FailureConf {
            invoke_id,
            status,
            ..Default::default()
        });
        let events = bench.events();
        assert!(matches!(events[0], Event::Message(_)));
        assert!(matches!(
            events[1],
            Event::Lost { cause: LossCause::HeartbeatRefused(told), .. } if told == status
        ));
        // The server said no, so that the only address rests for 10 s.
        bench.run_to(secs(20) - secs(1));
        assert_eq!(bench.actions(), [Action::Disconnect]);
        bench.run_to(secs(20));
        assert_eq!(bench.actions(), [Action::Connect { address: 0 }]);
    }
}

#[test]
fn a_clock_that_jumps_sends_one_heartbeat_and_loses_nothing() {
    let mut bench = Bench::open(plain(1));
    bench.run_to(secs(10));
    let invoke_id = bench.sent()[0].invoke_id().unwrap();
    bench.give(answer(invoke_id));
    bench.now = secs(3600);
    bench.client.handle_timeout(bench.now);
    assert_eq!(bench.sent_types(), [MessageType::HEARTBEAT_REQ]);
    assert!(bench.client.is_open());
    assert_eq!(bench.client.poll_timeout(), Some(secs(3610)));
    // Nor does one that goes back.
    bench.client.handle_timeout(secs(5));
    assert_eq!(bench.client.poll_timeout(), Some(secs(3610)));
}

#[test]
fn a_reader_that_sleeps_is_not_taken_for_a_dead_line() {
    let mut settings = plain(1);
    settings.max_events = 2;
    let mut bench = Bench::open(settings);
    // OPEN_CONF and what led there fill the queue; the answers wait behind.
    assert!(!bench.client.wants_input());
    for tick in 1..20 {
        bench.run_to(secs(10 * tick));
        let invoke_id = bench.sent()[0].invoke_id().unwrap();
        bench.give(answer(invoke_id));
        assert!(bench.client.is_open());
    }
    bench.events();
    assert!(bench.client.wants_input());
    bench.run(secs(15));
    assert!(bench.client.is_open());
}

/// Rules S36, S37: an answer to a later heartbeat passes over earlier ones; one of those that is refused
/// after all is a heartbeat's refusal, and not that of the configuration.
#[test]
fn a_heartbeat_that_was_passed_over_may_be_refused() {
    let mut bench = Bench::open(plain(1));
    bench.run_to(secs(10));
    let first = bench.sent()[0].invoke_id().unwrap();
    bench.run_to(secs(20));
    let second = bench.sent()[0].invoke_id().unwrap();
    bench.give(answer(second));
    assert!(bench.client.is_open());
    bench.events();
    bench.give(FailureConf {
        invoke_id: first,
        status: StatusCode(17),
        ..Default::default()
    });
    let refused = LossCause::HeartbeatRefused(StatusCode(17));
    let events = bench.events();
    let lost = |event: &Event| matches!(event, Event::Lost { cause, .. } if *cause == refused);
    assert!(events.iter().any(lost), "{events:?}");
}
