//! `SYSTEM_EVENT` and `FAILURE_EVENT` in an open session.

use cti_codec::ccx::session::{Action, Event, LossCause, StopCause};
use cti_codec::ccx::{
    AgentState, CcxStatus, CtiService, FailureEvent, MessageType, OpenConf, OpenReq, StatusCode,
    SystemEvent, SystemEventID,
};

use super::{Bench, plain, secs, settings};

fn system(id: u32, status: u32) -> SystemEvent<'static> {
    SystemEvent {
        system_event_id: SystemEventID(id),
        ccx_status: CcxStatus(status),
        ..Default::default()
    }
}

#[test]
fn s45_s47_s48_f4_what_ends_an_online_session() {
    let ends = [(4, 0x400), (4, 0), (0, 0x200), (1, 0x300), (9, 0x600)];
    let goes_on = [
        (3, 0x200),
        (10, 0x600),
        (11, 0x300),
        (0, 0x100),
        (0, 0x500),
        (0, 0x400),
        (0, 0),
        (77, 0x1234),
    ];
    for (id, status) in ends {
        let mut bench = Bench::open(plain(2));
        bench.events();
        bench.give(system(id, status));
        let events = bench.events();
        assert!(matches!(events[0], Event::Message(_)));
        assert!(
            matches!(
                events[1],
                Event::Lost {
                    cause: LossCause::ServerOffline,
                    ..
                }
            ),
            "{id} {status:#x}"
        );
    }
    for (id, status) in goes_on {
        let mut bench = Bench::open(plain(2));
        bench.events();
        bench.give(system(id, status));
        assert!(matches!(bench.events()[..], [Event::Message(_)]));
        assert!(bench.client.is_online(), "{id} {status:#x}");
    }
}

fn offline() -> Bench {
    let open = OpenReq {
        services_requested: CtiService::CLIENT_EVENTS | CtiService::CONFIG_EVENTS,
        agent_id: Some("jdoe".into()),
        ..OpenReq::agent_mode()
    };
    let mut bench = Bench::new(settings(2), &open);
    bench.connect(0);
    bench.give(OpenConf {
        invoke_id: 1,
        services_granted: open.services_requested,
        agent_state: AgentState::LOGOUT,
        ..Default::default()
    });
    bench.events();
    bench
}

#[test]
fn c1_a_server_that_comes_online_is_asked_for_its_configuration() {
    for (id, status, online) in [
        (3, 0x200, true),
        (0, 0x400, true),
        (0, 0, true),
        (4, 0x400, false),
        (10, 0x400, false),
        (11, 0x400, false),
        (0, 0x500, false),
        (0, 0x300, false),
    ] {
        let mut bench = offline();
        assert_eq!(bench.sent_types(), []);
        bench.give(system(id, status));
        assert_eq!(bench.client.is_online(), online, "{id} {status:#x}");
        assert!(bench.client.is_open());
        assert_eq!(bench.events().contains(&Event::Online), online);
        let asked = bench.sent_types() == [MessageType::CONFIG_REQUEST_KEY_EVENT];
        assert_eq!(asked, online);
    }
}

#[test]
fn x9_a_server_that_stays_offline_is_left_after_60_s() {
    let mut bench = offline();
    bench.run_to(secs(60) - secs(1));
    // Heartbeats are unanswered here; only that the session ends by them first is known to matter.
    assert!(!bench.client.is_open());

    let mut settings = plain(2);
    settings.timings.heartbeat = secs(100);
    let open = OpenReq {
        agent_id: Some("jdoe".into()),
        idle_timeout: 119,
        ..OpenReq::agent_mode()
    };
    let mut bench = Bench::new(settings, &open);
    bench.connect(0);
    bench.give(OpenConf {
        invoke_id: 1,
        services_granted: open.services_requested,
        ..Default::default()
    });
    bench.run_to(secs(60) - secs(1));
    assert!(bench.client.is_open());
    bench.events();
    bench.run_to(secs(60));
    assert!(matches!(
        bench.events()[0],
        Event::Lost {
            cause: LossCause::NeverOnline,
            ..
        }
    ));
}

#[test]
fn s43_another_session_of_the_same_client_ends_this_one_for_good() {
    let mut bench = Bench::open(plain(2));
    bench.events();
    bench.give(FailureEvent {
        status: StatusCode::NEW_SESSION_OPENED,
        ..Default::default()
    });
    assert_eq!(bench.actions(), [Action::Disconnect]);
    let last = bench.events().pop();
    assert_eq!(last, Some(Event::Stopped(StopCause::NewSessionOpened)));
    assert_eq!(bench.client.poll_timeout(), None);
}

#[test]
fn s43_other_failure_events_are_told_and_end_nothing_but_4_and_92() {
    for (status, ends) in [
        (17, false),
        (94, false),
        (96, false),
        (0, false),
        (4, true),
        (92, true),
    ] {
        let mut bench = Bench::open(plain(2));
        bench.events();
        bench.give(FailureEvent {
            status: StatusCode(status),
            ..Default::default()
        });
        assert!(matches!(bench.events()[0], Event::Message(_)));
        assert_eq!(!bench.client.is_open(), ends, "{status}");
    }
}

#[test]
fn s18_types_that_nobody_knows_are_passed_on_whole() {
    let mut bench = Bench::open(plain(1));
    bench.events();
    bench
        .client
        .handle_input(bench.now, &[0, 0, 0, 3, 0, 0, 0, 121, 1, 2, 3]);
    let events = bench.events();
    let [Event::Message(received)] = &events[..] else {
        panic!("{events:?}")
    };
    assert_eq!(received.frame.body(), [1, 2, 3]);
}
