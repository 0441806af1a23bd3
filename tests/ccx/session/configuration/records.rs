//! The five kinds of records: as they come, as they go, and how many may wait.

use cti_codec::ccx::session::ConfigurationEvent;
use cti_codec::ccx::{
    AgentRecord, ApplicationRecord, ConfigAgentEvent, ConfigApplicationEvent, ConfigCsqEvent,
    ConfigDeviceEvent, ConfigDeviceType, ConfigEndStatus, ConfigMask, ConfigTerminalEvent,
    ConfigType, CsqRecord, DeviceRecord, FailureEvent, Message, RecordType, StatusCode,
    TerminalRecord, Version,
};

use super::{
    KEY, agent, asked, begin, configuration, downloaded, downloading, end, keys, without_teams,
};
use crate::session::{Bench, EVERYTHING, encode};

/// Gives a record of each kind.
fn give_all(bench: &mut Bench, record_type: Option<RecordType>) {
    let agents = [AgentRecord {
        record_type,
        ..agent("jdoe")
    }];
    let csqs = [CsqRecord {
        record_type,
        csq_id: Some(4),
        ..Default::default()
    }];
    let applications = [ApplicationRecord {
        record_type,
        application_id: Some(9),
        ..Default::default()
    }];
    let devices = [DeviceRecord {
        record_type,
        device_type: Some(ConfigDeviceType::CTI_PORT),
        device_field2: Some("CP_6001".into()),
        ..Default::default()
    }];
    let terminals = [TerminalRecord {
        record_type,
        terminal_device_name: Some("SEP0001".into()),
        ..Default::default()
    }];
    bench.give(ConfigAgentEvent {
        records: (&agents).into(),
        ..Default::default()
    });
    bench.give(ConfigCsqEvent {
        records: (&csqs).into(),
        ..Default::default()
    });
    bench.give(ConfigApplicationEvent {
        records: (&applications).into(),
        ..Default::default()
    });
    bench.give(ConfigDeviceEvent {
        records: (&devices).into(),
        ..Default::default()
    });
    bench.give(ConfigTerminalEvent {
        records: (&terminals).into(),
        ..Default::default()
    });
}

/// Rule C13: what is kept is there, whatever its record said of the change that brought it.
#[test]
fn a_record_of_each_kind_is_added_changed_and_deleted() {
    let mut settings = without_teams();
    settings.versions = vec![Version::V18];
    let mut bench = Bench::bridge(settings);
    bench.connect(0);
    bench.grant(EVERYTHING);
    bench.sent();
    bench.give(keys(KEY));
    bench.give(begin(ConfigType::INITIAL));
    bench.give(end(ConfigEndStatus::EMPTY));
    for (record_type, is_there) in [
        (None, true),
        (Some(RecordType::DELETE), false),
        (Some(RecordType::CHANGE), true),
        (Some(RecordType::ADD), true),
        (Some(RecordType::DELETE), false),
    ] {
        bench.give(begin(ConfigType::UPDATE));
        give_all(&mut bench, record_type);
        bench.give(end(ConfigEndStatus::SUCCESS));
        let kept = bench.client.configuration();
        let kinds = [
            kept.agents().map(|it| it.record_type).collect::<Vec<_>>(),
            kept.csqs().map(|it| it.record_type).collect(),
            kept.applications().map(|it| it.record_type).collect(),
            kept.devices().map(|it| it.record_type).collect(),
            kept.terminals().map(|it| it.record_type).collect(),
        ];
        let expected = if is_there {
            vec![Some(RecordType::ADD)]
        } else {
            vec![]
        };
        for kind in kinds {
            assert_eq!(kind, expected, "{record_type:?}");
        }
        let told = configuration(&mut bench);
        let Some(ConfigurationEvent::Updated { changes }) = told.last() else {
            panic!("{told:?}")
        };
        // The same record again is no change.
        let same = record_type == Some(RecordType::ADD);
        assert_eq!(changes.len(), if same { 0 } else { 5 }, "{record_type:?}");
    }
}

/// Rule C17: a server may say so before it has confirmed the session, too.
#[test]
fn a_reset_while_the_session_opens_makes_the_keys_worthless() {
    let saved = downloaded().client.configuration().clone();
    for is_reset in [false, true] {
        let mut bench = Bench::bridge(without_teams());
        bench.client.restore_configuration(saved.clone());
        bench.connect(0);
        if is_reset {
            bench.give(FailureEvent {
                status: StatusCode::AUTO_CONFIG_RESET,
                ..Default::default()
            });
        }
        bench.grant(EVERYTHING);
        bench.sent();
        bench.give(keys(KEY));
        let mask = if is_reset {
            ConfigMask::ALL_KINDS
        } else {
            ConfigMask::empty()
        };
        assert_eq!(asked(&mut bench), mask);
    }
}

/// Updates that wait for the end of their block, or of a download, are bounded: 4 MiB.
#[test]
fn updates_wait_within_a_bound() {
    const FRAME: usize = 4096;
    let mut bench = downloading();
    bench.give(begin(ConfigType::INITIAL));
    bench.give(end(ConfigEndStatus::SUCCESS));
    let version = bench.client.version();
    // Records alike, of which the last takes what does not divide.
    let spare = FRAME - padded(version, 0, 0).len();
    let frame = padded(version, spare / RECORDS, spare % RECORDS);
    assert_eq!(frame.len(), FRAME);
    bench.events();
    bench.give(begin(ConfigType::UPDATE));
    let mut fits = 0;
    loop {
        bench.client.handle_input(bench.now, &frame);
        let told = configuration(&mut bench);
        if told.contains(&ConfigurationEvent::TooLarge) {
            break;
        }
        fits += 1;
        assert!(fits <= 1024, "no bound");
    }
    assert_eq!(fits, (4 << 20) / FRAME);
    bench.give(end(ConfigEndStatus::SUCCESS));
    assert!(bench.client.configuration().csq(1).is_some());
    assert!(bench.client.is_open());
}

const RECORDS: usize = 32;

fn padded(version: Version, each: usize, more: usize) -> bytes::BytesMut {
    let (usual, long) = ("x".repeat(each), "x".repeat(each + more));
    let mut records = [CsqRecord {
        csq_id: Some(1),
        description: Some(usual.as_str().into()),
        ..Default::default()
    }; RECORDS];
    records[RECORDS - 1].description = Some(long.as_str().into());
    let event = ConfigCsqEvent {
        records: (&records).into(),
        ..Default::default()
    };
    encode(Message::from(event), version)
}

/// A record that did not decode is missing, which the keys would hide for ever.
#[test]
fn c4_c5_what_did_not_decode_is_downloaded_in_the_next_session() {
    // The last field is cut off.
    let cut = |bench: &mut Bench| {
        let records = [agent("msmith")];
        let event = ConfigAgentEvent {
            records: (&records).into(),
            ..Default::default()
        };
        let mut bytes = encode(event, bench.client.version());
        let length = bytes.len() - 2;
        bytes.truncate(length);
        bytes[..4].copy_from_slice(&u32::try_from(length - 8).unwrap().to_be_bytes());
        bench.client.handle_input(bench.now, &bytes);
    };
    let again = |bench: &mut Bench| {
        bench.events();
        bench.client.handle_disconnected(bench.now);
        bench.run(std::time::Duration::from_secs(2));
        bench.connect(0);
        bench.grant(EVERYTHING);
        bench.sent();
        bench.give(keys(KEY));
        asked(bench)
    };
    // In a download, with what decodes beside it.
    let mut bench = downloading();
    bench.give(begin(ConfigType::INITIAL));
    super::give_agent(&mut bench, agent("jdoe"));
    cut(&mut bench);
    bench.give(end(ConfigEndStatus::SUCCESS));
    let complete = configuration(&mut bench);
    assert!(matches!(
        &complete[..],
        [ConfigurationEvent::Complete { downloaded: true, changes }] if changes.len() == 1
    ));
    assert_eq!(again(&mut bench), ConfigMask::ALL_KINDS);
    // This time all of it comes.
    bench.give(begin(ConfigType::INITIAL));
    super::give_agent(&mut bench, agent("msmith"));
    bench.give(end(ConfigEndStatus::SUCCESS));
    assert_eq!(again(&mut bench), ConfigMask::default());
    // In an update, and outside of any block.
    for in_block in [true, false] {
        let mut bench = downloaded();
        if in_block {
            bench.give(begin(ConfigType::UPDATE));
        }
        cut(&mut bench);
        if in_block {
            bench.give(end(ConfigEndStatus::SUCCESS));
        }
        assert_eq!(again(&mut bench), ConfigMask::ALL_KINDS);
    }
    // What is whole changes nothing about the keys.
    let mut bench = downloaded();
    assert_eq!(again(&mut bench), ConfigMask::default());
}
