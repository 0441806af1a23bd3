//! Terminals, which version 18 adds to the configuration and which have no key.

use cti_codec::ccx::session::{Change, Changed, Configuration, ConfigurationEvent, Event, Item};
use cti_codec::ccx::{
    AgentRecord, ConfigAgentEvent, ConfigBeginEvent, ConfigEndEvent, ConfigEndStatus,
    ConfigKeyEvent, ConfigKeyStatus, ConfigMask, ConfigTerminalEvent, ConfigType, Message,
    MessageType, OpenReq, RecordType, TerminalInstrument, TerminalRecord, Version,
};

use super::{Bench, EVERYTHING, settings};

const KEY: &[u8] = &[0, 0, 0, 0, 0, 0, 0, 7];

fn bench(version: Version, open: &OpenReq<'_>) -> Bench {
    let mut settings = settings(1);
    settings.teams = false;
    settings.versions = vec![version];
    Bench::new(settings, open)
}

/// Opens a session and answers the request for keys; gives the mask that is asked for then.
fn mask_asked_for(bench: &mut Bench) -> u32 {
    bench.connect(0);
    bench.grant(EVERYTHING);
    assert_eq!(bench.sent_types(), [MessageType::CONFIG_REQUEST_KEY_EVENT]);
    bench.give(ConfigKeyEvent {
        status: ConfigKeyStatus::SUCCESS,
        application_config_key: Some(KEY),
        csq_config_key: Some(KEY),
        agent_config_key: Some(KEY),
        device_config_key: Some(KEY),
        ..Default::default()
    });
    let sent = bench.sent();
    let Ok(Message::ConfigRequestEvent(request)) = sent[0].decode(bench.client.version()) else {
        panic!("{sent:?}")
    };
    request.configuration_mask.bits()
}

fn begin(bench: &mut Bench, config_type: ConfigType) {
    bench.give(ConfigBeginEvent {
        config_type,
        ..Default::default()
    });
}

fn end(bench: &mut Bench) {
    bench.give(ConfigEndEvent {
        status: ConfigEndStatus::SUCCESS,
        ..Default::default()
    });
}

fn give(bench: &mut Bench, record: TerminalRecord<'_>) {
    bench.give(ConfigTerminalEvent {
        records: (&[record]).into(),
        ..Default::default()
    });
}

fn terminal<'a>(name: &'a str, instruments: &'a [TerminalInstrument<'a>]) -> TerminalRecord<'a> {
    TerminalRecord {
        terminal_device_name: Some(name.into()),
        terminal_type: Some(3),
        terminal_type_name: Some("desk phone".into()),
        instruments: instruments.into(),
        ..Default::default()
    }
}

fn line(number: &str) -> TerminalInstrument<'_> {
    TerminalInstrument {
        instrument: Some(number.into()),
    }
}

fn downloaded() -> Bench {
    let mut bench = bench(Version::V18, &OpenReq::bridge_mode());
    assert_eq!(mask_asked_for(&mut bench), 0x1f);
    begin(&mut bench, ConfigType::INITIAL);
    give(&mut bench, terminal("SEP1", &[line("2006"), line("3006")]));
    give(&mut bench, terminal("SEP2", &[line("2007")]));
    bench.give(ConfigAgentEvent {
        records: (&[AgentRecord {
            login_id: Some("jdoe".into()),
            active_terminal: Some("SEP1".into()),
            ..Default::default()
        }])
            .into(),
        ..Default::default()
    });
    assert!(bench.client.configuration().is_empty());
    end(&mut bench);
    bench
}

/// What the last event about configuration says has changed.
fn changes(bench: &mut Bench) -> Vec<Change> {
    let events = bench.events();
    let mut changes = events.into_iter().filter_map(|event| match event {
        Event::Configuration(
            ConfigurationEvent::Updated { changes } | ConfigurationEvent::Complete { changes, .. },
        ) => Some(changes),
        _ => None,
    });
    changes.next_back().expect("a change")
}

fn change(name: &str, changed: Changed) -> Change {
    Change {
        item: Item::Terminal(name.into()),
        changed,
    }
}

#[test]
fn c28_terminals_are_downloaded_and_kept_current() {
    let mut bench = downloaded();
    let told = changes(&mut bench);
    assert!(told.contains(&change("SEP1", Changed::Added)));
    assert!(told.contains(&change("SEP2", Changed::Added)));
    let kept = bench.client.configuration();
    let names: Vec<_> = kept
        .terminals()
        .filter_map(|terminal| terminal.terminal_device_name)
        .collect();
    assert_eq!(names, ["SEP1", "SEP2"]);
    let one = kept.terminal(b"SEP1").unwrap();
    assert_eq!(one.terminal_type, Some(3));
    assert_eq!(one.instruments.iter().count(), 2);

    // A change keeps what it does not name, a list of lines replaces the former one.
    begin(&mut bench, ConfigType::UPDATE);
    give(
        &mut bench,
        TerminalRecord {
            record_type: Some(RecordType::CHANGE),
            terminal_device_name: Some("SEP1".into()),
            terminal_type_name: Some("soft phone".into()),
            ..Default::default()
        },
    );
    give(
        &mut bench,
        TerminalRecord {
            record_type: Some(RecordType::CHANGE),
            instruments: (&[line("2017")]).into(),
            ..terminal("SEP2", &[])
        },
    );
    end(&mut bench);
    assert_eq!(
        changes(&mut bench),
        [
            change("SEP1", Changed::Modified),
            change("SEP2", Changed::Modified)
        ]
    );
    let kept = bench.client.configuration();
    let one = kept.terminal(b"SEP1").unwrap();
    assert_eq!(one.terminal_type_name, Some("soft phone".into()));
    assert_eq!(one.instruments.iter().count(), 2);
    let two = kept.terminal(b"SEP2").unwrap();
    let lines: Vec<_> = two.instruments.iter().collect();
    assert_eq!(lines, [line("2017")]);

    begin(&mut bench, ConfigType::UPDATE);
    give(
        &mut bench,
        TerminalRecord {
            record_type: Some(RecordType::DELETE),
            ..terminal("SEP1", &[])
        },
    );
    end(&mut bench);
    assert_eq!(changes(&mut bench), [change("SEP1", Changed::Removed)]);
    assert_eq!(bench.client.configuration().terminals().count(), 1);
}

#[test]
fn c28_x17_saved_terminals_come_back_and_are_not_downloaded_again() {
    let saved = downloaded().client.configuration().save().unwrap();
    let restored = Configuration::restore(&saved).unwrap();
    assert!(restored.terminal(b"SEP1").is_some());
    let mut again = bench(Version::V18, &OpenReq::bridge_mode());
    again.client.restore_configuration(restored.clone());
    assert_eq!(mask_asked_for(&mut again), 0);
    assert_eq!(again.client.configuration(), &restored);
}

#[test]
fn c28_keys_say_nothing_of_terminals_that_were_never_downloaded() {
    // An older version has none.
    let mut older = bench(Version::V14, &OpenReq::bridge_mode());
    assert_eq!(mask_asked_for(&mut older), 0xf);
    begin(&mut older, ConfigType::INITIAL);
    end(&mut older);
    let saved = older.client.configuration().clone();
    let mut newer = bench(Version::V18, &OpenReq::bridge_mode());
    newer.client.restore_configuration(saved);
    assert_eq!(mask_asked_for(&mut newer), 0x1f);

    // Those of before are kept by a session that has none, and downloaded by the next one that has.
    let with_terminals = downloaded().client.configuration().clone();
    let mut older = bench(Version::V14, &OpenReq::bridge_mode());
    older.client.restore_configuration(with_terminals);
    assert_eq!(mask_asked_for(&mut older), 0);
    begin(&mut older, ConfigType::UPDATE);
    end(&mut older);
    let saved = older.client.configuration().clone();
    assert_eq!(saved.terminals().count(), 2);
    let mut newer = bench(Version::V18, &OpenReq::bridge_mode());
    newer.client.restore_configuration(saved);
    assert_eq!(mask_asked_for(&mut newer), 0x1f);
}

#[test]
fn c13_keys_are_kept_of_the_kinds_that_came_with_them() {
    // Whoever asked for agents only has no CSQs, though the server gave their key, too.
    let agents = OpenReq {
        config_msg_mask: ConfigMask::AGENT,
        ..OpenReq::bridge_mode()
    };
    let mut narrow = bench(Version::V14, &agents);
    assert_eq!(mask_asked_for(&mut narrow), 0xf);
    begin(&mut narrow, ConfigType::INITIAL);
    end(&mut narrow);
    let saved = narrow.client.configuration().clone();
    assert_eq!(saved.keys().agents, KEY.try_into().ok());
    assert_eq!(saved.keys().csqs, None);
    for (open, mask) in [(&agents, 0), (&OpenReq::bridge_mode(), 0xf)] {
        let mut again = bench(Version::V14, open);
        again.client.restore_configuration(saved.clone());
        assert_eq!(mask_asked_for(&mut again), mask);
    }
}
