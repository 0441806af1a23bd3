//! Closing.

use cti_codec::ccx::session::{Action, Event, Unanswered};
use cti_codec::ccx::{CloseConf, FailureConf, MessageType, QueryAgentStateReq, StatusCode};

use super::{Bench, EVERYTHING, plain, secs, settings};

#[test]
fn s50_close_is_confirmed_and_the_client_drops_the_connection() {
    let mut bench = Bench::open(plain(1));
    bench.client.close(bench.now);
    let sent = bench.sent();
    assert_eq!(sent[0].message_type(), MessageType::CLOSE_REQ);
    assert_eq!(bench.actions(), []);
    bench.give(CloseConf {
        invoke_id: sent[0].invoke_id().unwrap(),
        ..Default::default()
    });
    assert_eq!(bench.actions(), [Action::Disconnect]);
    assert_eq!(bench.events().last(), Some(&Event::Closed));
    assert_eq!(bench.client.poll_timeout(), None);
    assert!(bench.client.is_idle());
}

#[test]
fn s50_close_waits_5_s_at_most() {
    let mut bench = Bench::open(plain(1));
    bench.client.close(bench.now);
    bench.run(secs(5) - secs(1));
    assert_eq!(bench.actions(), []);
    bench.run(secs(1));
    assert_eq!(bench.actions(), [Action::Disconnect]);
    assert_eq!(bench.events().last(), Some(&Event::Closed));
}

#[test]
fn s51_after_close_req_nothing_is_sent_and_nothing_starts() {
    let mut bench = Bench::open(settings(1));
    assert_eq!(
        bench.sent_types(),
        [
            MessageType::CONFIG_REQUEST_KEY_EVENT,
            MessageType::TEAM_CONFIG_REQ
        ]
    );
    let query = QueryAgentStateReq {
        agent_id: Some("jdoe".into()),
        ..Default::default()
    };
    let id = bench.client.request(bench.now, &query.into()).unwrap();
    bench.run_to(secs(9));
    bench.client.close(bench.now);
    bench.sent();
    bench.give(cti_codec::ccx::FailureEvent {
        status: StatusCode::AUTO_CONFIG_RESET,
        ..Default::default()
    });
    bench.give(cti_codec::ccx::ConfigKeyEvent::default());
    bench.run_to(secs(13));
    assert_eq!(bench.sent_types(), []);
    bench.events();
    // What refuses to close is as good as closed.
    bench.give(FailureConf {
        invoke_id: 77,
        status: StatusCode::UNSPECIFIED_FAILURE,
        ..Default::default()
    });
    let events = bench.events();
    assert!(events.iter().any(|event| matches!(
        event,
        Event::Unanswered { id: ended, why: Unanswered::SessionLost, .. } if *ended == id
    )));
    assert_eq!(events.last(), Some(&Event::Closed));
}

#[test]
fn close_ends_whatever_there_is() {
    // While connecting.
    let mut bench = Bench::bridge(plain(1));
    bench.actions();
    bench.client.close(bench.now);
    assert_eq!(bench.actions(), [Action::Disconnect]);
    assert_eq!(bench.events().last(), Some(&Event::Closed));

    // While opening.
    let mut bench = Bench::bridge(plain(1));
    bench.connect(0);
    bench.client.close(bench.now);
    assert_eq!(bench.actions(), [Action::Disconnect]);

    // While pausing.
    let mut bench = Bench::bridge(plain(1));
    bench.actions();
    bench.client.handle_disconnected(bench.now);
    bench.client.close(bench.now);
    assert_eq!(bench.actions(), []);
    assert_eq!(bench.events().last(), Some(&Event::Closed));
    bench.run(secs(100));
    assert_eq!(bench.actions(), []);

    // And it can begin again.
    bench.client.start(bench.now);
    bench.connect(0);
    bench.grant(EVERYTHING);
    assert!(bench.client.is_open());
}
