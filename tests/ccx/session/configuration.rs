//! Configuration: keys, download, restarts, updates.

mod records;
mod updates;

use cti_codec::ccx::session::{
    Change, Changed, ConfigurationEvent, ConfigurationFailure, Event, Item, Settings,
};
use cti_codec::ccx::{
    AgentRecord, AgentRecordCsq, ApplicationRecord, ConfigAgentEvent, ConfigApplicationEvent,
    ConfigBeginEvent, ConfigCsqEvent, ConfigDeviceEvent, ConfigDeviceType, ConfigEndEvent,
    ConfigEndStatus, ConfigKeyEvent, ConfigKeyStatus, ConfigMask, ConfigType, CsqRecord,
    DeviceRecord, FailureConf, FailureEvent, Message, MessageType, StatusCode,
};

use super::{Bench, EVERYTHING, secs, settings};

const KEY: &[u8] = &[0, 0, 0, 0, 0, 0, 0, 7];
const OTHER: &[u8] = &[0, 0, 0, 0, 0, 0, 0, 3];

fn without_teams() -> Settings {
    Settings {
        teams: false,
        ..settings(1)
    }
}

fn keys(key: &[u8]) -> ConfigKeyEvent<'_> {
    ConfigKeyEvent {
        status: ConfigKeyStatus::SUCCESS,
        application_config_key: Some(key),
        csq_config_key: Some(key),
        agent_config_key: Some(key),
        device_config_key: Some(key),
        ..Default::default()
    }
}

fn begin(config_type: ConfigType) -> ConfigBeginEvent<'static> {
    ConfigBeginEvent {
        config_type,
        ..Default::default()
    }
}

fn end(status: ConfigEndStatus) -> ConfigEndEvent<'static> {
    ConfigEndEvent {
        status,
        ..Default::default()
    }
}

fn give_agent(bench: &mut Bench, record: AgentRecord<'_>) {
    bench.give(ConfigAgentEvent {
        records: (&[record]).into(),
        ..Default::default()
    });
}

fn agent(login: &str) -> AgentRecord<'_> {
    AgentRecord {
        login_id: Some(login.into()),
        last_name: Some("Doe".into()),
        extension: Some("2006".into()),
        ..Default::default()
    }
}

fn configuration(bench: &mut Bench) -> Vec<ConfigurationEvent> {
    bench
        .events()
        .into_iter()
        .filter_map(|event| match event {
            Event::Configuration(event) => Some(event),
            _ => None,
        })
        .collect()
}

/// The mask of the one request for configuration that was sent.
#[track_caller]
fn asked(bench: &mut Bench) -> ConfigMask {
    let sent = bench.sent();
    assert_eq!(sent.len(), 1, "{sent:?}");
    let Ok(Message::ConfigRequestEvent(request)) = sent[0].decode(bench.client.version()) else {
        panic!("{sent:?}")
    };
    assert_eq!(request.customer_id, Some(0));
    request.configuration_mask
}

fn downloading() -> Bench {
    let mut bench = Bench::open(without_teams());
    assert_eq!(bench.sent_types(), [MessageType::CONFIG_REQUEST_KEY_EVENT]);
    bench.give(keys(KEY));
    assert_eq!(asked(&mut bench), ConfigMask::ALL_KINDS);
    bench
}

pub(crate) fn downloaded() -> Bench {
    let mut bench = downloading();
    bench.give(begin(ConfigType::INITIAL));
    give_agent(&mut bench, agent("jdoe"));
    bench.give(end(ConfigEndStatus::SUCCESS));
    bench.events();
    bench
}

fn agent_change(login: &str, changed: Changed) -> Change {
    Change {
        item: Item::Agent(login.into()),
        changed,
    }
}

#[test]
fn c1_c2_c6_c7_c9_c10_c11_c12_c13_c26_a_download_replaces_what_was_there_at_its_end() {
    let mut bench = downloading();
    bench.give(begin(ConfigType::INITIAL));
    let csq = CsqRecord {
        csq_id: Some(4),
        csq_name: Some("Sales".into()),
        auto_work: Some(true.into()),
        ..Default::default()
    };
    bench.give(ConfigCsqEvent {
        records: (&[csq]).into(),
        ..Default::default()
    });
    bench.give(end(ConfigEndStatus::PARTIAL));
    bench.give(begin(ConfigType::INITIAL));
    let csqs = [AgentRecordCsq {
        csq_id: Some(4),
        ..Default::default()
    }];
    give_agent(
        &mut bench,
        AgentRecord {
            csqs: (&csqs).into(),
            ..agent("jdoe")
        },
    );
    let application = ApplicationRecord {
        application_id: Some(9),
        application_name: Some("Main".into()),
        ..Default::default()
    };
    bench.give(ConfigApplicationEvent {
        records: (&[application]).into(),
        ..Default::default()
    });
    let port = DeviceRecord {
        device_type: Some(ConfigDeviceType::CTI_PORT),
        device_field2: Some("CP_6001".into()),
        ..Default::default()
    };
    bench.give(ConfigDeviceEvent {
        records: (&[port]).into(),
        ..Default::default()
    });
    assert!(bench.client.configuration().is_empty());
    assert!(!bench.client.configuration_is_settled());
    bench.give(end(ConfigEndStatus::SUCCESS));
    assert!(bench.client.configuration_is_settled());

    let complete = configuration(&mut bench);
    let [
        ConfigurationEvent::Complete {
            downloaded: true,
            changes,
        },
    ] = &complete[..]
    else {
        panic!("{complete:?}")
    };
    assert_eq!(changes.len(), 4);
    assert!(
        changes
            .iter()
            .all(|change| change.changed == Changed::Added)
    );
    let kept = bench.client.configuration();
    let jdoe = kept.agent(b"jdoe").unwrap();
    assert_eq!(jdoe.extension, Some("2006".into()));
    assert_eq!(jdoe.csqs.iter().next().unwrap().csq_id, Some(4));
    assert_eq!(kept.csq(4).unwrap().csq_name, Some("Sales".into()));
    assert_eq!(
        kept.application(9).unwrap().application_name,
        Some("Main".into())
    );
    assert_eq!(kept.devices().count(), 1);
    assert_eq!(kept.keys().agents, Some([0, 0, 0, 0, 0, 0, 0, 7]));
}

#[test]
fn c5_x17_with_saved_keys_that_agree_nothing_is_downloaded() {
    let saved = downloaded().client.configuration().save().unwrap();
    let restored = cti_codec::ccx::session::Configuration::restore(&saved).unwrap();
    assert!(restored.agent(b"jdoe").is_some());
    for (key, mask) in [(KEY, 0), (OTHER, 0xf)] {
        let mut bench = Bench::bridge(without_teams());
        bench.client.restore_configuration(restored.clone());
        bench.connect(0);
        bench.grant(EVERYTHING);
        bench.sent();
        bench.give(keys(key));
        assert_eq!(asked(&mut bench).bits(), mask);
        let complete = configuration(&mut bench);
        assert_eq!(complete.is_empty(), mask != 0, "{complete:?}");
        assert_eq!(bench.client.configuration_is_settled(), mask == 0);
        assert!(bench.client.configuration().agent(b"jdoe").is_some());
    }
    // Cut off, it is nothing.
    for length in 0..saved.len() {
        let cut = cti_codec::ccx::session::Configuration::restore(&saved[..length]);
        assert_eq!(cut, None, "{length}");
    }
}

#[test]
fn c4_a_key_of_zeros_or_of_another_length_or_none_means_to_download() {
    let saved = downloaded().client.configuration().clone();
    let zeros = [0; 8];
    for key in [None, Some(&zeros[..]), Some(&KEY[..7]), Some(OTHER)] {
        let mut bench = Bench::bridge(without_teams());
        bench.client.restore_configuration(saved.clone());
        bench.connect(0);
        bench.grant(EVERYTHING);
        bench.sent();
        bench.give(ConfigKeyEvent {
            csq_config_key: key,
            ..keys(KEY)
        });
        assert_eq!(asked(&mut bench), ConfigMask::ALL_KINDS);
    }
}

#[test]
fn c8_after_a_request_for_updates_only_nothing_is_awaited() {
    let saved = downloaded().client.configuration().clone();
    let mut bench = Bench::bridge(without_teams());
    bench.client.restore_configuration(saved);
    bench.connect(0);
    bench.grant(EVERYTHING);
    bench.give(keys(KEY));
    bench.sent();
    bench.events();
    bench.give(end(ConfigEndStatus::EMPTY));
    assert_eq!(configuration(&mut bench), []);
    assert!(bench.client.configuration_is_settled());
    // Updates come.
    bench.give(begin(ConfigType::UPDATE));
    give_agent(&mut bench, agent("new"));
    bench.give(end(ConfigEndStatus::SUCCESS));
    assert_eq!(
        configuration(&mut bench),
        [ConfigurationEvent::Updated {
            changes: vec![agent_change("new", Changed::Added)]
        }]
    );
}

#[test]
fn c14_c16_an_error_starts_over_10_s_after_it() {
    let mut bench = downloading();
    bench.run_to(secs(4));
    bench.give(begin(ConfigType::INITIAL));
    give_agent(&mut bench, agent("jdoe"));
    bench.give(end(ConfigEndStatus::ERROR));
    assert_eq!(
        configuration(&mut bench),
        [ConfigurationEvent::Failed {
            failure: ConfigurationFailure::Download(ConfigEndStatus::ERROR),
            again: secs(14),
        }]
    );
    assert!(bench.client.configuration().is_empty());
    bench.sent();
    bench.run_to(secs(14) - secs(1));
    assert!(
        !bench
            .sent_types()
            .contains(&MessageType::CONFIG_REQUEST_KEY_EVENT)
    );
    bench.run_to(secs(14));
    assert_eq!(bench.sent_types(), [MessageType::CONFIG_REQUEST_KEY_EVENT]);
}

#[test]
fn c3_c16_status_1_is_final_and_2_goes_on_without_keys() {
    let mut bench = Bench::open(without_teams());
    bench.sent();
    bench.give(ConfigKeyEvent {
        status: ConfigKeyStatus::SERVICE_PROVIDER,
        ..Default::default()
    });
    assert_eq!(configuration(&mut bench), [ConfigurationEvent::Unavailable]);
    bench.run(secs(29));
    assert!(
        !bench
            .sent_types()
            .contains(&MessageType::CONFIG_REQUEST_KEY_EVENT)
    );

    let mut bench = Bench::open(without_teams());
    bench.sent();
    bench.give(ConfigKeyEvent {
        status: ConfigKeyStatus::NO_KEY_SUPPORT,
        ..Default::default()
    });
    assert_eq!(asked(&mut bench), ConfigMask::ALL_KINDS);

    let mut bench = downloading();
    bench.give(end(ConfigEndStatus::SERVICE_PROVIDER));
    assert_eq!(configuration(&mut bench), [ConfigurationEvent::Unavailable]);
}

#[test]
fn c17_a_reset_starts_at_once_but_never_twice_in_10_s() {
    let reset = || FailureEvent {
        status: StatusCode::AUTO_CONFIG_RESET,
        ..Default::default()
    };
    let mut bench = downloaded();
    bench.run_to(secs(9));
    bench.sent();
    bench.give(reset());
    assert_eq!(bench.sent_types(), []);
    bench.run_to(secs(10));
    assert!(
        bench
            .sent_types()
            .contains(&MessageType::CONFIG_REQUEST_KEY_EVENT)
    );
    // Keys are forgotten, so that equal ones download all the same.
    bench.give(keys(KEY));
    assert_eq!(asked(&mut bench), ConfigMask::ALL_KINDS);

    // A server that says it for each request makes no loop.
    let mut starts = 0;
    let mut asked_at = bench.now;
    while bench.now < secs(28) {
        bench.give(reset());
        for message_type in bench.sent_types() {
            if message_type == MessageType::CONFIG_REQUEST_KEY_EVENT {
                assert!(bench.now - asked_at >= secs(10));
                asked_at = bench.now;
                starts += 1;
            }
        }
        bench.run(secs(1));
    }
    assert!(starts == 1, "{starts}");
}

#[test]
fn c18_a_user_can_force_a_download() {
    let mut bench = downloaded();
    bench.run_to(secs(15));
    bench.sent();
    bench.client.download(bench.now);
    assert_eq!(bench.sent_types(), [MessageType::CONFIG_REQUEST_KEY_EVENT]);
    bench.give(keys(KEY));
    assert_eq!(asked(&mut bench), ConfigMask::ALL_KINDS);
}

#[test]
fn c19_neither_keys_nor_a_download_are_waited_for_without_end() {
    let with_long_heartbeat = || {
        let mut settings = without_teams();
        settings.timings.heartbeat = secs(29);
        settings
    };
    let timed_out = |bench: &mut Bench| {
        configuration(bench).iter().any(|event| {
            matches!(
                event,
                ConfigurationEvent::Failed {
                    failure: ConfigurationFailure::TimedOut,
                    ..
                }
            )
        })
    };
    let mut bench = Bench::open(with_long_heartbeat());
    bench.run_to(secs(20) - secs(1));
    assert!(!timed_out(&mut bench));
    bench.run_to(secs(20));
    assert!(timed_out(&mut bench));

    let mut bench = Bench::open(with_long_heartbeat());
    bench.give(keys(KEY));
    bench.run_to(secs(50));
    // A message gives it another minute.
    bench.give(begin(ConfigType::INITIAL));
    bench.run_to(secs(109));
    assert!(!timed_out(&mut bench));
    bench.run_to(secs(110));
    assert!(timed_out(&mut bench));
}

#[test]
fn s26_a_failure_conf_without_a_request_is_the_configurations() {
    let mut bench = downloading();
    bench.give(FailureConf {
        invoke_id: 0,
        status: StatusCode::UNSPECIFIED_FAILURE,
        ..Default::default()
    });
    let failures = configuration(&mut bench);
    assert!(matches!(
        failures[..],
        [ConfigurationEvent::Failed {
            failure: ConfigurationFailure::Refused(StatusCode::UNSPECIFIED_FAILURE),
            ..
        }]
    ));
    assert!(bench.client.is_open());
}

#[test]
fn f8_the_next_session_compares_keys_and_a_lost_download_leaves_what_was_there() {
    let mut bench = downloaded();
    bench.client.handle_disconnected(bench.now);
    bench.actions();
    bench.run(secs(1));
    bench.connect(0);
    bench.grant(EVERYTHING);
    assert_eq!(bench.sent_types(), [MessageType::CONFIG_REQUEST_KEY_EVENT]);
    bench.give(keys(OTHER));
    assert_eq!(asked(&mut bench), ConfigMask::ALL_KINDS);
    bench.give(begin(ConfigType::INITIAL));
    give_agent(&mut bench, agent("other"));
    bench.client.handle_disconnected(bench.now);
    assert!(bench.client.configuration().agent(b"jdoe").is_some());
    assert!(bench.client.configuration().agent(b"other").is_none());
    assert_eq!(
        bench.client.configuration().keys().agents,
        Some([0, 0, 0, 0, 0, 0, 0, 7])
    );
}

#[test]
fn what_the_other_side_decides_takes_bounded_memory() {
    let mut bench = Bench::open(Settings {
        max_configuration: 10_000,
        ..without_teams()
    });
    bench.give(keys(KEY));
    bench.give(begin(ConfigType::INITIAL));
    for number in 0..1000 {
        let login = format!("agent{number}");
        give_agent(&mut bench, agent(&login));
    }
    bench.give(end(ConfigEndStatus::SUCCESS));
    let told = configuration(&mut bench);
    let too_large = told
        .iter()
        .filter(|event| **event == ConfigurationEvent::TooLarge);
    assert_eq!(too_large.count(), 1);
    let kept = bench.client.configuration().agents().count();
    assert!((50..100).contains(&kept), "{kept}");
}
