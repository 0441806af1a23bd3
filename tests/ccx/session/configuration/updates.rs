//! Changes by an administrator.

use cti_codec::ccx::session::{Changed, ConfigurationEvent};
use cti_codec::ccx::{
    AgentRecord, AgentRecordCsq, ApplicationRecord, ConfigApplicationEvent, ConfigBeginEvent,
    ConfigEndStatus, ConfigMask, ConfigType, FailureConf, MessageType, RecordType, StatusCode,
};

use super::{
    OTHER, agent, agent_change, asked, begin, configuration, downloaded, downloading, end,
    give_agent, keys, without_teams,
};
use crate::session::{Bench, EVERYTHING, secs};

#[test]
fn x16_updates_wait_for_the_end_of_a_download_and_do_not_end_it() {
    let mut bench = downloading();
    bench.give(begin(ConfigType::INITIAL));
    give_agent(&mut bench, agent("jdoe"));
    bench.give(end(ConfigEndStatus::PARTIAL));
    bench.give(begin(ConfigType::UPDATE));
    give_agent(
        &mut bench,
        AgentRecord {
            record_type: Some(RecordType::DELETE),
            ..agent("jdoe")
        },
    );
    bench.give(end(ConfigEndStatus::SUCCESS));
    assert!(!bench.client.configuration_is_settled());
    bench.give(begin(ConfigType::INITIAL));
    give_agent(&mut bench, agent("asmith"));
    bench.give(end(ConfigEndStatus::SUCCESS));
    let events = configuration(&mut bench);
    let [
        ConfigurationEvent::Complete { changes, .. },
        ConfigurationEvent::Updated { changes: later },
    ] = &events[..]
    else {
        panic!("{events:?}")
    };
    assert_eq!(changes.len(), 2);
    assert_eq!(later[..], [agent_change("jdoe", Changed::Removed)]);
    assert_eq!(bench.client.configuration().agents().count(), 1);
}

#[test]
fn c15_records_outside_a_block_are_applied_and_told() {
    let mut bench = downloaded();
    give_agent(&mut bench, agent("new"));
    let events = configuration(&mut bench);
    assert!(matches!(
        events[..],
        [
            ConfigurationEvent::OutOfPlace { applied: true, .. },
            ConfigurationEvent::Updated { .. }
        ]
    ));
    // So is a first upload that nobody asked for.
    bench.give(begin(ConfigType::INITIAL));
    give_agent(&mut bench, agent("newer"));
    bench.give(end(ConfigEndStatus::SUCCESS));
    assert_eq!(bench.client.configuration().agents().count(), 3);
    bench.events();

    // A block of a download that was given up is neither.
    let mut bench = downloading();
    bench.run_to(secs(1));
    bench.give(FailureConf {
        invoke_id: 0,
        status: StatusCode::UNSPECIFIED_FAILURE,
        ..Default::default()
    });
    bench.events();
    bench.give(begin(ConfigType::INITIAL));
    give_agent(&mut bench, agent("jdoe"));
    bench.give(end(ConfigEndStatus::SUCCESS));
    assert!(bench.client.configuration().is_empty());
    assert!(
        configuration(&mut bench)
            .iter()
            .any(|event| matches!(event, ConfigurationEvent::OutOfPlace { applied: false, .. }))
    );
}

#[test]
fn c20_c21_c22_c24_changes_merge_into_what_is_there() {
    let mut bench = downloading();
    bench.give(begin(ConfigType::INITIAL));
    let csqs = [4, 5].map(|csq_id| AgentRecordCsq {
        csq_id: Some(csq_id),
        ..Default::default()
    });
    give_agent(
        &mut bench,
        AgentRecord {
            csqs: (&csqs).into(),
            ..agent("jdoe")
        },
    );
    bench.give(ConfigApplicationEvent {
        records: (&[ApplicationRecord {
            application_id: Some(9),
            application_name: Some("Main".into()),
            ..Default::default()
        }])
            .into(),
        ..Default::default()
    });
    bench.give(end(ConfigEndStatus::SUCCESS));
    bench.events();

    let change = |record_type| AgentRecord {
        record_type: Some(record_type),
        login_id: Some("jdoe".into()),
        extension: Some("2007".into()),
        ..Default::default()
    };
    let mut apply = |record: AgentRecord<'_>| {
        bench.give(begin(ConfigType::UPDATE));
        give_agent(&mut bench, record);
        bench.give(end(ConfigEndStatus::SUCCESS));
        configuration(&mut bench)
    };
    let events = apply(change(RecordType::CHANGE));
    assert_eq!(
        events,
        [ConfigurationEvent::Updated {
            changes: vec![agent_change("jdoe", Changed::Modified)]
        }]
    );
    // The same once more changes nothing.
    let events = apply(change(RecordType::CHANGE));
    assert_eq!(events, [ConfigurationEvent::Updated { changes: vec![] }]);
    // Nor does it delete what is not there.
    let events = apply(AgentRecord {
        record_type: Some(RecordType::DELETE),
        ..agent("nobody")
    });
    assert_eq!(events, [ConfigurationEvent::Updated { changes: vec![] }]);
    {
        let kept = bench.client.configuration().agent(b"jdoe").unwrap();
        assert_eq!(kept.last_name, Some("Doe".into()));
        assert_eq!(kept.extension, Some("2007".into()));
        assert_eq!(kept.csqs.len(), 2);
    }
    // An addition of something known replaces it.
    bench.give(begin(ConfigType::UPDATE));
    give_agent(&mut bench, change(RecordType::ADD));
    // An application moves to another id.
    bench.give(ConfigApplicationEvent {
        records: (&[ApplicationRecord {
            record_type: Some(RecordType::CHANGE),
            previous_application_id: Some(9),
            application_id: Some(10),
            ..Default::default()
        }])
            .into(),
        ..Default::default()
    });
    bench.give(end(ConfigEndStatus::PARTIAL));
    let kept = bench.client.configuration();
    assert_eq!(kept.agent(b"jdoe").unwrap().last_name, None);
    assert_eq!(kept.agent(b"jdoe").unwrap().csqs.len(), 0);
    assert!(kept.application(9).is_none());
    assert_eq!(
        kept.application(10).unwrap().application_name,
        Some("Main".into())
    );
}

#[test]
fn c20_an_update_that_ends_in_an_error_is_dropped_and_starts_over() {
    let mut bench = downloaded();
    bench.run_to(secs(2));
    bench.give(begin(ConfigType::UPDATE));
    give_agent(&mut bench, agent("new"));
    bench.give(end(ConfigEndStatus::ERROR));
    assert!(bench.client.configuration().agent(b"new").is_none());
    assert_eq!(bench.client.configuration().keys().agents, None);
    bench.sent();
    bench.run_to(secs(12));
    assert!(
        bench
            .sent_types()
            .contains(&MessageType::CONFIG_REQUEST_KEY_EVENT)
    );
}

/// Found by the simulation: an update hides those before it.
#[test]
fn c20_an_update_before_keys_are_compared_leaves_the_keys_as_they_are() {
    let saved = downloaded().client.configuration().clone();
    let mut bench = Bench::bridge(without_teams());
    bench.client.restore_configuration(saved);
    bench.connect(0);
    bench.grant(EVERYTHING);
    bench.sent();
    bench.give(ConfigBeginEvent {
        agent_config_key: Some(OTHER),
        csq_config_key: Some(OTHER),
        application_config_key: Some(OTHER),
        device_config_key: Some(OTHER),
        ..begin(ConfigType::UPDATE)
    });
    give_agent(&mut bench, agent("new"));
    bench.give(end(ConfigEndStatus::SUCCESS));
    assert!(bench.client.configuration().agent(b"new").is_some());
    bench.give(keys(OTHER));
    assert_eq!(asked(&mut bench), ConfigMask::ALL_KINDS);
}
