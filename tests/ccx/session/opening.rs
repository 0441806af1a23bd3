//! From the connection to `OPEN_CONF`.

use cti_codec::ccx::session::{Action, Event, Next, OpenFailure, Settings, StopCause};
use cti_codec::ccx::{
    AgentState, CcxStatus, CtiService, FailureConf, FailureEvent, Message, OpenConf, OpenReq,
    StatusCode, SystemEvent, SystemEventID, Version,
};

use super::{Bench, EVERYTHING, encode, plain, secs, settings};

#[test]
fn s2_s7_s9_s13_s35_s39_open_req_comes_first_and_is_complete() {
    for version in Version::ALL {
        let mut wanted = settings(1);
        wanted.prefer(version);
        let mut bench = Bench::bridge(wanted);
        let open = bench.connect(0);
        assert_eq!(open.version, version);
        let Ok(Message::OpenReq(open)) = open.message() else {
            panic!()
        };
        assert_eq!(open.version_number, version.number());
        assert_eq!(open.idle_timeout, 40);
        assert_eq!(open.call_msg_mask.bits(), 0x0065_efff);
        assert_eq!(open.agent_state_mask.bits(), 0x3fff);
        let kinds = if version >= Version::V18 { 0x1f } else { 0xf };
        assert_eq!(open.config_msg_mask.bits(), kinds);
        assert_eq!(open.client_id, Some("".into()));
        assert_eq!(open.client_password, Some(&b""[..]));
        assert!(bench.client.poll_event().is_some());
    }
}

#[test]
fn s10_a_version_is_not_asked_for_services_it_does_not_know() {
    let mut wanted = plain(1);
    wanted.versions = vec![Version::V10];
    let open = OpenReq {
        services_requested: CtiService::CLIENT_EVENTS | CtiService::AGENT_STATE_CONTROL_ONLY,
        agent_id: Some("jdoe".into()),
        ..OpenReq::agent_mode()
    };
    let mut bench = Bench::new(wanted, &open);
    let open = bench.connect(0);
    let Ok(Message::OpenReq(open)) = open.message() else {
        panic!()
    };
    assert_eq!(open.services_requested, CtiService::CLIENT_EVENTS);
}

#[test]
fn s8_a_request_that_the_guide_forbids_is_refused_before_anything_happens() {
    let settings = plain(1);
    let error = cti_codec::ccx::session::Client::new(settings, &OpenReq::agent_mode()).unwrap_err();
    assert!(error.to_string().contains("agent mode"), "{error}");
}

#[test]
fn x8_a_session_without_events_is_none_that_the_guide_forbids() {
    let open = OpenReq {
        services_requested: CtiService::CONFIG_EVENTS,
        ..OpenReq::bridge_mode()
    };
    let mut bench = Bench::new(plain(1), &open);
    let sent = bench.connect(0);
    let Ok(Message::OpenReq(sent)) = sent.message() else {
        panic!("{sent:?}")
    };
    assert_eq!(sent.services_requested, CtiService::CONFIG_EVENTS);
    bench.grant(CtiService::CONFIG_EVENTS);
    assert!(bench.client.is_online());
}

/// A newer server has more fields in the fixed part, which are taken for floating ones that do not
/// decode: the session needs none of those.
#[test]
fn what_follows_the_fixed_part_keeps_no_session_from_opening() {
    let confirmation = |newer: &[u8]| {
        let confirmation = OpenConf {
            invoke_id: 1,
            services_granted: EVERYTHING,
            unified_ccx_online: true.into(),
            agent_id: Some("jdoe".into()),
            ..Default::default()
        };
        let mut bytes = encode(confirmation, Version::V14);
        let floating = bytes.split_off(8 + 26);
        bytes.extend_from_slice(newer);
        bytes.extend_from_slice(&floating);
        let length = u32::try_from(bytes.len() - 8).unwrap();
        bytes[..4].copy_from_slice(&length.to_be_bytes());
        bytes
    };
    for newer in [
        &[0, 0, 0, 0][..],
        &[0, 0],
        &[0, 1],
        &[0xff; 2],
        &[0, 0, 0, 7],
    ] {
        let mut bench = Bench::bridge(plain(1));
        bench.connect(0);
        bench.client.handle_input(bench.now, &confirmation(newer));
        assert!(bench.client.is_online(), "{newer:?}");
        let events = bench.events();
        let opened = events
            .iter()
            .any(|event| matches!(event, Event::Opened { granted, .. } if *granted == EVERYTHING));
        assert!(opened, "{newer:?} {events:?}");
    }
    // Without all of the fixed part it says nothing.
    let mut bench = Bench::bridge(plain(1));
    bench.connect(0);
    let mut cut = confirmation(&[]);
    cut.truncate(8 + 25);
    cut[3] = 25;
    bench.client.handle_input(bench.now, &cut);
    let refused = bench.events().into_iter().any(|event| {
        matches!(
            event,
            Event::NotOpened {
                cause: OpenFailure::NotTheProtocol,
                ..
            }
        )
    });
    assert!(refused);
}

#[test]
fn s11_fewer_services_than_asked_for_are_named() {
    let mut bench = Bench::bridge(plain(1));
    bench.connect(0);
    bench.grant(CtiService::ALL_EVENTS);
    let events = bench.events();
    let Some(Event::Opened {
        generation: 1,
        address: 0,
        granted,
        missing,
        online: true,
        version: Version::V14,
        ..
    }) = events.last()
    else {
        panic!("{events:?}")
    };
    assert_eq!(*granted, CtiService::ALL_EVENTS);
    assert_eq!(missing.bits(), 0x4_0086);
}

#[test]
fn s14_a_bridge_client_takes_zero_for_not_known_an_agents_client_for_offline() {
    let conf = |online: bool| OpenConf {
        invoke_id: 1,
        services_granted: EVERYTHING,
        unified_ccx_online: online.into(),
        agent_state: AgentState::LOGOUT,
        ..Default::default()
    };
    let mut bridge = Bench::bridge(plain(1));
    bridge.connect(0);
    bridge.give(conf(false));
    assert!(bridge.client.is_online());

    let open = OpenReq {
        agent_id: Some("jdoe".into()),
        ..OpenReq::agent_mode()
    };
    let mut agent = Bench::new(plain(1), &open);
    agent.connect(0);
    agent.give(conf(false));
    assert!(agent.client.is_open() && !agent.client.is_online());

    // Before OPEN_CONF an event may have said it.
    let mut told = Bench::bridge(plain(1));
    told.connect(0);
    told.give(SystemEvent {
        system_event_id: SystemEventID::CCX_OFFLINE,
        ccx_status: CcxStatus::IN_SERVICE,
        ..Default::default()
    });
    told.give(conf(true));
    assert!(told.client.is_open() && !told.client.is_online());
}

#[test]
fn s20_f5_an_older_version_is_asked_for_on_the_same_address_after_the_pause() {
    let mut bench = Bench::bridge(plain(2));
    for (level, version) in [Version::V14, Version::V12, Version::V10]
        .iter()
        .enumerate()
    {
        let open = bench.connect(0);
        assert_eq!(open.version, *version);
        bench.refuse(StatusCode::INVALID_VERSION);
        let events = bench.events();
        if level < 2 {
            let at = bench.now + secs(10);
            let next = Next::Connect { address: 0, at };
            assert!(
                matches!(events.last(), Some(Event::NotOpened { next: then, .. }) if *then == next)
            );
            assert_eq!(bench.actions(), [Action::Disconnect]);
            bench.run_to(at - secs(1));
            assert_eq!(bench.actions(), []);
            bench.run_to(at);
        } else {
            assert_eq!(
                events.last(),
                Some(&Event::Stopped(StopCause::NoVersionLeft))
            );
        }
    }
    assert_eq!(bench.client.poll_timeout(), None);
    // A new start begins with the newest, and keeps to the pause.
    bench.actions();
    bench.client.start(bench.now);
    assert_eq!(bench.actions(), []);
    bench.run(secs(10));
    assert_eq!(bench.connect(0).version, Version::V14);
}

#[test]
fn s20_x41_by_option_the_next_address_comes_before_an_older_version() {
    let mut bench = Bench::bridge(Settings {
        rotate_before_older: true,
        versions: vec![Version::V14, Version::V12],
        ..plain(2)
    });
    // The first is old, the second off-line: the first is asked again once its pause is over.
    assert_eq!(bench.connect(0).version, Version::V14);
    bench.refuse(StatusCode::INVALID_VERSION);
    assert_eq!(bench.client.poll_action(), Some(Action::Disconnect));
    assert_eq!(bench.connect(1).version, Version::V14);
    bench.refuse(StatusCode::SERVER_NOT_MASTER);
    assert_eq!(bench.client.poll_action(), Some(Action::Disconnect));
    bench.run_to(secs(9));
    assert_eq!(bench.actions(), []);
    bench.run_to(secs(10));
    assert_eq!(bench.connect(0).version, Version::V12);
    bench.grant(EVERYTHING);
    assert!(bench.client.is_open());
    // What was learnt is of that address alone.
    bench.client.handle_disconnected(bench.now);
    assert_eq!(bench.connect(1).version, Version::V14);
    bench.refuse(StatusCode::INVALID_VERSION);
    assert_eq!(bench.client.poll_action(), Some(Action::Disconnect));
    bench.run(secs(1));
    assert_eq!(bench.connect(0).version, Version::V12);
    // One that speaks none of them is left alone; when all are, that is the end.
    bench.refuse(StatusCode::INVALID_VERSION);
    assert_eq!(bench.client.poll_action(), Some(Action::Disconnect));
    bench.run(secs(10));
    assert_eq!(bench.connect(1).version, Version::V12);
    bench.refuse(StatusCode::INVALID_VERSION);
    let last = bench.events().pop();
    assert_eq!(last, Some(Event::Stopped(StopCause::NoVersionLeft)));
}

#[test]
fn s20_a_refused_version_is_no_failed_round() {
    let mut bench = Bench::bridge(Settings {
        rounds: Some(1),
        ..plain(1)
    });
    bench.connect(0);
    bench.refuse(StatusCode::INVALID_VERSION);
    assert_eq!(bench.client.poll_action(), Some(Action::Disconnect));
    bench.run(secs(10));
    bench.connect(0);
    bench.refuse(StatusCode::SERVER_NOT_MASTER);
    let last = bench.events().pop();
    assert_eq!(last, Some(Event::Stopped(StopCause::NoAddressLeft)));
}

#[test]
fn s21_a_refusal_in_the_other_width_of_field_ids_is_understood() {
    let mut wanted = plain(1);
    wanted.prefer(Version::V18);
    let mut bench = Bench::bridge(wanted);
    bench.connect(0);
    // One byte for the field's id, which version 18 reads as two.
    let narrow = encode(
        FailureConf {
            invoke_id: 1,
            status: StatusCode::INVALID_VERSION,
            text: Some("no".into()),
            ..Default::default()
        },
        Version::V14,
    );
    bench.client.handle_input(bench.now, &narrow);
    bench.run(secs(10));
    assert_eq!(
        bench.actions(),
        [Action::Disconnect, Action::Connect { address: 0 }]
    );
    bench.client.handle_connected(bench.now);
    assert_eq!(bench.client.version(), Version::V14);
}

#[test]
fn f3_each_refusal_leads_where_it_helps() {
    let next = [0, 4, 5, 9, 10, 13, 17, 92, 93, 94, 96, 77, 5000];
    let stop = [2, 3, 6, 7, 8, 18, 23];
    for status in next {
        let mut bench = Bench::bridge(plain(2));
        bench.connect(0);
        // Whatever its InvokeID: nothing else is outstanding.
        bench.give(FailureConf {
            invoke_id: 99,
            status: StatusCode(status),
            ..Default::default()
        });
        assert_eq!(
            bench.actions(),
            [Action::Disconnect, Action::Connect { address: 1 }],
            "{status}"
        );
    }
    for status in stop {
        let status = StatusCode(status);
        let mut bench = Bench::bridge(plain(2));
        bench.connect(0);
        bench.refuse(status);
        assert_eq!(bench.actions(), [Action::Disconnect]);
        let last = bench.events().pop();
        assert_eq!(last, Some(Event::Stopped(StopCause::DataRefused(status))));
        assert_eq!(bench.client.poll_timeout(), None);

        // Who insists goes on.
        let mut insisting = Bench::bridge(Settings {
            insist: true,
            ..plain(2)
        });
        insisting.connect(0);
        insisting.refuse(status);
        assert_eq!(insisting.actions().len(), 2);
    }
}

#[test]
fn f3_s43_a_failure_event_answers_open_req_where_its_status_can() {
    let event = |status| FailureEvent {
        status: StatusCode(status),
        ..Default::default()
    };
    for status in [0, 13, 93, 96, 1234] {
        let mut bench = Bench::bridge(plain(2));
        bench.connect(0);
        bench.give(event(status));
        assert_eq!(bench.actions(), [], "{status}");
        bench.grant(EVERYTHING);
        assert!(bench.client.is_open());
    }
    let mut bench = Bench::bridge(plain(2));
    bench.connect(0);
    bench.give(event(11));
    let last = bench.events().pop();
    assert_eq!(last, Some(Event::Stopped(StopCause::NewSessionOpened)));

    let mut standby = Bench::bridge(plain(2));
    standby.connect(0);
    standby.give(event(92));
    assert_eq!(standby.actions().len(), 2);
}

#[test]
fn x2_neither_connecting_nor_opening_waits_for_ever() {
    let mut bench = Bench::bridge(plain(2));
    assert_eq!(
        bench.client.poll_action(),
        Some(Action::Connect { address: 0 })
    );
    bench.run_to(secs(10));
    assert_eq!(
        bench.actions(),
        [Action::Disconnect, Action::Connect { address: 1 }]
    );
    bench.client.handle_connected(bench.now);
    bench.run(secs(15));
    assert_eq!(bench.client.poll_action(), Some(Action::Disconnect));
    let failures: Vec<_> = bench
        .events()
        .into_iter()
        .filter_map(|event| match event {
            Event::NotOpened { cause, .. } => Some(cause),
            _ => None,
        })
        .collect();
    assert_eq!(failures, [OpenFailure::NoAnswer, OpenFailure::NoAnswer]);
}

#[test]
fn an_open_conf_for_nothing_that_was_asked_opens_nothing() {
    let mut bench = Bench::bridge(plain(1));
    bench.connect(0);
    bench.give(OpenConf {
        invoke_id: 2,
        services_granted: EVERYTHING,
        ..Default::default()
    });
    assert!(!bench.client.is_open());
    assert!(matches!(bench.events().pop(), Some(Event::Stray(_))));
    bench.grant(EVERYTHING);
    assert!(bench.client.is_open());
}

/// Without a version to ask for, the default one is asked for.
#[test]
fn no_versions_are_the_default_version() {
    let mut bench = Bench::bridge(Settings {
        versions: Vec::new(),
        ..plain(1)
    });
    let open = bench.connect(0);
    assert_eq!(open.frame.requested_version(), Some(Version::default()));
    assert_eq!(open.version, Version::default());
}
