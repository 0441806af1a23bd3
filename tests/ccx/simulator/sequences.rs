//! The guide's sequences, which it tells without values, played by the simulator over real bytes.

use std::time::Duration;

use bytes::BytesMut;
use cti_codec::ccx::model::View;
use cti_codec::ccx::session::{Change, Changed, ConfigurationEvent, Event, Item};
use cti_codec::ccx::simulator::{AgentPlan, Fault, Plan, Simulator, Step};
use cti_codec::ccx::{
    AgentRecord, AgentState, AgentStateMask, AnswerCallReq, CallEventMask, ConfigAgentEvent,
    ConfigKeyEvent, ConfigMask, ConfigRequestEvent, CtiService, Frame, MakeCallReq, Message,
    MessageType, OpenReq, Received, RecordType, SetAgentStateReq, Version,
};

use super::World;
use super::flows::{bridge, play, received, script};
use super::peer::{NOW, Peer};
use crate::model::flows::{messages, names};

/// Plays a sequence by its name.
type Player = fn(&str);

/// What plays each of them.
const SEQUENCES: [(&str, Player); 17] = [
    ("open_heartbeat_close", session),
    ("open_at_standby", session),
    ("heartbeat_refused", session),
    ("services_example", masks),
    ("config_download", configuration),
    ("config_in_sync", in_sync),
    ("config_empty", configuration),
    ("config_update", update),
    ("config_reset", configuration),
    ("team_download", teams),
    ("team_updates_only", team_updates),
    ("agent_day", requests),
    ("agent_authentication", requests),
    ("agent_forced_login", requests),
    ("supervise", requests),
    ("supervisor_assist", requests),
    ("supervisor_none", requests),
];

/// Goes through the file, so that none is left out.
#[test]
fn each_sequence_is_played() {
    let all = names("sequences");
    assert_eq!(all.len(), SEQUENCES.len());
    for name in all {
        let (_, play) = SEQUENCES
            .into_iter()
            .find(|(of, _)| *of == name)
            .unwrap_or_else(|| panic!("nothing plays {name}"));
        play(&name);
    }
}

/// A client for the services that a sequence is about, before it connects.
fn client(services: CtiService) -> World {
    let open = OpenReq {
        services_requested: CtiService::ALL_EVENTS | services,
        ..OpenReq::bridge_mode()
    };
    let mut world = World::new(Plan::quiet(), View::Bridge, &open, 1);
    world.keep = true;
    world
}

/// The same with its session open, and all that it downloads.
fn settled(services: CtiService) -> World {
    let mut world = client(services);
    world.run(Duration::from_secs(3));
    assert!(world.client.configuration_is_settled());
    world.events.clear();
    world
}

/// The types of what a client has sent and received, of those that a sequence is about.
fn types(world: &World, about: &[MessageType]) -> Vec<MessageType> {
    let taps = world.events.iter().filter_map(|event| match event {
        Event::Tap { frame, .. } => Some(frame.message_type()),
        _ => None,
    });
    taps.filter(|of| about.contains(of)).collect()
}

/// The types of a sequence.
fn printed(name: &str) -> Vec<MessageType> {
    let all = messages(name);
    all.iter()
        .map(|message| MessageType::from_name(message["type"].as_str().unwrap()).unwrap())
        .collect()
}

/// A message that a sequence prints without what is in it.
fn with<'a>(message: impl Into<Message<'a>>) -> Received {
    let mut bytes = BytesMut::new();
    message.into().encode(Version::V14, &mut bytes).unwrap();
    Received {
        frame: Frame::new(bytes.freeze()).unwrap(),
        version: Version::V14,
    }
}

/// A script with other contents for one of its messages.
fn script_with(name: &str, contents: &Received) -> Vec<Step> {
    let mut steps = script(name);
    let place = steps.iter_mut().find_map(|step| match step {
        Step::Send { message, .. } if message.message_type() == contents.message_type() => {
            Some(message)
        }
        _ => None,
    });
    *place.unwrap() = contents.clone();
    steps
}

/// Requests are answered: the session has matched each with its answer.
fn requests(name: &str) {
    let mut world = bridge();
    world.keep = true;
    world.events.clear();
    play(&mut world, name);
    let all = messages(name);
    let asked = all
        .iter()
        .filter(|message| message["direction"] == "client_to_server");
    let ended = world
        .events
        .iter()
        .filter(|event| matches!(event, Event::Confirmed { .. } | Event::Refused { .. }));
    // The recovery of a session asks, too, when a flow makes it.
    assert!(ended.count() >= asked.count(), "{name}");
    assert_eq!(world.client.outstanding(), 0, "{name}");
    let strays = world.events.iter().find(|event| {
        matches!(
            event,
            Event::Stray(_) | Event::Undecodable { .. } | Event::Unanswered { .. }
        )
    });
    assert_eq!(strays, None, "{name}");
}

/// The client asks by itself, and ends with what the sequence sends, which has no records; the centre
/// has.
fn configuration(name: &str) {
    let mut world = client(CtiService::CONFIG_EVENTS);
    let mut steps = script(name);
    if name == "config_empty" {
        // It begins where the keys are known.
        let keys = script("config_download");
        steps = keys.into_iter().take(2).chain(steps).collect();
    }
    if name == "config_reset" {
        // Once all is there.
        world.run(Duration::from_secs(3));
        assert!(world.client.configuration().agent(b"agt2001").is_some());
    }
    let now = world.now;
    world.server.play(now, steps);
    world.run(Duration::from_secs(12));
    assert!(world.server.is_played(), "{name}");
    if name != "config_reset" {
        assert!(world.client.configuration_is_settled(), "{name}");
        assert!(world.client.configuration().is_empty(), "{name}");
    }
}

const IN_SYNC: [MessageType; 9] = [
    MessageType::CONFIG_REQUEST_KEY_EVENT,
    MessageType::CONFIG_KEY_EVENT,
    MessageType::CONFIG_REQUEST_EVENT,
    MessageType::CONFIG_BEGIN_EVENT,
    MessageType::CONFIG_CSQ_EVENT,
    MessageType::CONFIG_APPLICATION_EVENT,
    MessageType::CONFIG_AGENT_EVENT,
    MessageType::CONFIG_DEVICE_EVENT,
    MessageType::CONFIG_END_EVENT,
];

/// A client that has all comes back, and asks for updates alone: of a script that has its keys, and
/// of the centre, which has changed nothing.
fn in_sync(name: &str) {
    for scripted in [true, false] {
        let mut world = settled(CtiService::CONFIG_EVENTS);
        let before = world.client.configuration().clone();
        if scripted {
            let keys = before.keys();
            let bytes = |key: &Option<[u8; 8]>| key.unwrap();
            let [applications, csqs, agents, devices] =
                [&keys.applications, &keys.csqs, &keys.agents, &keys.devices].map(bytes);
            let keys = with(ConfigKeyEvent {
                application_config_key: Some(&applications),
                csq_config_key: Some(&csqs),
                agent_config_key: Some(&agents),
                device_config_key: Some(&devices),
                ..ConfigKeyEvent::default()
            });
            let now = world.now;
            world.server.play(now, script_with(name, &keys));
        }
        world.cut();
        world.run(Duration::from_secs(20));
        assert!(world.server.is_played(), "{name}");
        assert_eq!(types(&world, &IN_SYNC), printed(name));
        let asked = world.events.iter().find_map(|event| match event {
            Event::Tap { frame, .. } => match frame.message() {
                Ok(Message::ConfigRequestEvent(request)) => Some(request.configuration_mask),
                _ => None,
            },
            _ => None,
        });
        assert_eq!(asked, Some(ConfigMask::empty()));
        let complete = ConfigurationEvent::Complete {
            downloaded: false,
            changes: Vec::new(),
        };
        assert!(world.events.contains(&Event::Configuration(complete)));
        assert_eq!(world.client.configuration(), &before);
        assert_eq!(world.server.mistakes(), [] as [&str; 0]);
    }
}

/// An administrator changes an agent: by a script, and in the centre.
fn update(name: &str) {
    for scripted in [true, false] {
        let mut world = settled(CtiService::CONFIG_EVENTS);
        let now = world.now;
        if scripted {
            let record = AgentRecord {
                record_type: Some(RecordType::CHANGE),
                login_id: Some("agt2001".into()),
                last_name: Some("Byron".into()),
                ..AgentRecord::default()
            };
            let change = with(ConfigAgentEvent {
                records: (&[record]).into(),
                ..ConfigAgentEvent::default()
            });
            world.server.play(now, script_with(name, &change));
        } else {
            let plan = world.server.centre().plan().agents[0].clone();
            let plan = AgentPlan {
                last_name: "Byron".into(),
                ..plan
            };
            assert_eq!(plan.login_id, "agt2001");
            world.server.put_agent(now, plan);
        }
        world.run(Duration::from_secs(2));
        assert!(world.server.is_played(), "{name}");
        assert_eq!(types(&world, &IN_SYNC), printed(name));
        let agent = world.client.configuration().agent(b"agt2001").unwrap();
        assert_eq!(agent.last_name, Some("Byron".into()));
        // What the record does not say stays.
        assert_eq!(agent.first_name, Some("Ada".into()));
        let changes = vec![Change {
            item: Item::Agent("agt2001".into()),
            changed: Changed::Modified,
        }];
        let updated = Event::Configuration(ConfigurationEvent::Updated { changes });
        assert!(world.events.contains(&updated), "{:?}", world.events);
        assert_eq!(world.server.mistakes(), [] as [&str; 0]);
    }
}

const TEAMS: [MessageType; 3] = [
    MessageType::TEAM_CONFIG_REQ,
    MessageType::TEAM_CONFIG_CONF,
    MessageType::TEAM_CONFIG_EVENT,
];

fn teams(name: &str) {
    let mut world = client(CtiService::SUPERVISOR);
    world.server.play(Duration::ZERO, script(name));
    world.run(Duration::from_secs(3));
    assert!(world.server.is_played() && world.client.configuration_is_settled());
    assert_eq!(types(&world, &TEAMS), printed(name));
    assert_eq!(world.client.configuration().teams().count(), 1);
}

/// Who asks for updates alone gets no team, until one changes: from a script, and from the centre.
fn team_updates(name: &str) {
    for scripted in [true, false] {
        let mut world = settled(CtiService::SUPERVISOR);
        if scripted {
            let now = world.now;
            world.server.play(now, script(name));
        }
        let request = received(&messages(name)[0]);
        let Ok(Message::TeamConfigReq(request)) = request.message() else {
            panic!("{request:?}")
        };
        let updates = cti_codec::ccx::ConfigParam::UPDATES_ONLY;
        assert_eq!(request.config_param, updates);
        let answer = world.request(request);
        assert_eq!(answer.message_type(), MessageType::TEAM_CONFIG_CONF);
        assert!(world.server.is_played(), "{name}");
        assert_eq!(types(&world, &TEAMS), printed(name));
        let mut team = world.server.centre().plan().teams[0].clone();
        team.name = "Renamed".into();
        let now = world.now;
        world.server.put_team(now, team.clone());
        world.run(Duration::from_secs(2));
        let teams = world.client.configuration().team(team.team_id);
        assert_eq!(teams.unwrap().name(), "Renamed");
        assert_eq!(world.server.mistakes(), [] as [&str; 0]);
    }
}

/// What the session does by itself, with the faults that make it.
fn session(name: &str) {
    const ABOUT: [MessageType; 7] = [
        MessageType::OPEN_REQ,
        MessageType::OPEN_CONF,
        MessageType::HEARTBEAT_REQ,
        MessageType::HEARTBEAT_CONF,
        MessageType::CLOSE_REQ,
        MessageType::CLOSE_CONF,
        MessageType::FAILURE_CONF,
    ];
    let mut world = client(CtiService::empty());
    match name {
        "open_at_standby" => world.server.set_fault(Fault::NotMaster, true),
        "heartbeat_refused" => world.server.set_fault(Fault::RefuseHeartbeats, true),
        _ => {}
    }
    world.run(Duration::from_secs(14));
    world.client.close(world.now);
    world.run(Duration::from_secs(2));
    let seen = types(&world, &ABOUT);
    let printed = printed(name);
    // One sequence begins after the session has opened.
    let from = seen.iter().position(|of| Some(of) == printed.first());
    let from = from.unwrap_or_else(|| panic!("{name}: {seen:?}"));
    assert_eq!(
        seen[from..].get(..printed.len()),
        Some(&printed[..]),
        "{name}"
    );
}

/// The four masks of the example, each in a session of its own: what it asks for comes, and no more.
fn masks(name: &str) {
    let mut simulator = Simulator::new(Plan::quiet());
    let examples: Vec<Received> = messages(name).iter().map(received).collect();
    let open = |example: &Received| match example.message() {
        // The example is about one of these.
        Ok(Message::OpenReq(open)) => OpenReq::<'static> {
            services_requested: open.services_requested,
            call_msg_mask: open.call_msg_mask,
            agent_state_mask: open.agent_state_mask,
            config_msg_mask: open.config_msg_mask,
            ..OpenReq::default()
        },
        other => panic!("{other:?}"),
    };
    let [services, call, state, config] = [0, 1, 2, 3].map(|of| open(&examples[of]));

    // An agent's desktop.
    let agent = |phone: &'static str, login: &'static str| OpenReq {
        services_requested: services.services_requested,
        agent_id: Some(login.into()),
        agent_instrument: Some(phone.into()),
        ..OpenReq::agent_mode()
    };
    assert_eq!(
        services.services_requested,
        OpenReq::agent_mode().services_requested
    );
    let mut two = Peer::connect(&mut simulator, Version::V14, &agent("2002", "agt2002"));
    let frames = two.frames(&mut simulator);
    match frames[0].decode(Version::V14).unwrap() {
        Message::OpenConf(conf) => assert_eq!(conf.services_granted, services.services_requested),
        other => panic!("{other}"),
    }
    let mut three = Peer::open(&mut simulator, &agent("2003", "agt2003"));

    // Others watch.
    let with_services = |open: OpenReq<'static>| OpenReq {
        services_requested: CtiService::ALL_EVENTS | CtiService::CONFIG_EVENTS,
        client_id: Some("".into()),
        client_password: Some(b""),
        ..open
    };
    let mut all = Peer::open(&mut simulator, &OpenReq::bridge_mode());
    assert_eq!(state.agent_state_mask, AgentStateMask::ALL_STATES);
    assert_eq!(config.config_msg_mask, ConfigMask::ALL_KINDS_V18);
    let calls = CallEventMask::CALL_DELIVERED | CallEventMask::CALL_ESTABLISHED;
    assert_eq!(call.call_msg_mask, calls);
    let mut of_calls = Peer::open(&mut simulator, &with_services(call));
    let mut of_states = Peer::open(&mut simulator, &with_services(state));
    let mut of_config = Peer::open(&mut simulator, &with_services(config));
    // None of them downloads.
    for peer in [&mut all, &mut of_calls, &mut of_states, &mut of_config] {
        let updates = ConfigRequestEvent {
            configuration_mask: ConfigMask::empty(),
            customer_id: Some(0),
            ..ConfigRequestEvent::default()
        };
        peer.send(&mut simulator, updates);
    }

    for (peer, login, phone) in [
        (&mut two, "agt2002", "2002"),
        (&mut three, "agt2003", "2003"),
    ] {
        for agent_state in [AgentState::LOGIN, AgentState::READY, AgentState::NOT_READY] {
            let request = SetAgentStateReq {
                agent_state,
                agent_instrument: Some(phone.into()),
                agent_id: Some(login.into()),
                agent_password: Some("secret".into()),
                ..SetAgentStateReq::default()
            };
            peer.send(&mut simulator, request);
            let answers = peer.types(&mut simulator);
            assert!(
                answers.contains(&MessageType::SET_AGENT_STATE_CONF),
                "{answers:?}"
            );
        }
    }
    let number = MakeCallReq {
        agent_instrument: Some("2002".into()),
        dialed_number: Some("2003".into()),
        ..MakeCallReq::default()
    };
    two.send(&mut simulator, number);
    // Without a call, the one that rings.
    let answer = AnswerCallReq {
        agent_instrument: Some("2003".into()),
        ..AnswerCallReq::default()
    };
    three.send(&mut simulator, answer);
    let plan = simulator.centre().plan().agents[0].clone();
    simulator.put_agent(NOW, plan);

    let everything = all.types(&mut simulator);
    let only = |wanted: &dyn Fn(MessageType) -> bool| -> Vec<MessageType> {
        let wanted = everything.iter().copied().filter(|of| wanted(*of));
        wanted.collect()
    };
    let calls = [
        MessageType::CALL_DELIVERED_EVENT,
        MessageType::CALL_ESTABLISHED_EVENT,
    ];
    let calls = only(&|of| calls.contains(&of));
    assert_eq!(calls.len(), 2, "{everything:?}");
    assert_eq!(of_calls.types(&mut simulator), calls);
    let states = only(&|of| of == MessageType::AGENT_STATE_EVENT);
    assert!(states.len() >= 6, "{everything:?}");
    assert_eq!(of_states.types(&mut simulator), states);
    let updates = only(&|of| IN_SYNC.contains(&of));
    assert_eq!(updates, printed("config_update"));
    assert_eq!(of_config.types(&mut simulator), updates);
    assert_eq!(simulator.mistakes(), [] as [&str; 0]);
}
