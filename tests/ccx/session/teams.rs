//! Teams.

use cti_codec::ccx::session::{Change, Changed, ConfigurationEvent, Event, Item};
use cti_codec::ccx::{
    AgentFlags, ConfigParam, CtiService, FailureConf, MemberType, Message, MessageType, RecordType,
    StatusCode, TeamConfigConf, TeamConfigEvent, TeamConfigStatus, TeamMember, TeamOperation,
};

use super::{Bench, EVERYTHING, only, secs, settings};

fn member(id: &str, flags: AgentFlags) -> TeamMember<'_> {
    TeamMember {
        agent_id: Some(id.into()),
        agent_flags: Some(flags),
        record_type: Some(RecordType::ADD),
        member_type: Some(MemberType::AGENT_OR_SUPERVISOR),
    }
}

fn team<'a>(
    team_id: u32,
    operation: TeamOperation,
    members: &'a [TeamMember<'a>],
) -> TeamConfigEvent<'a> {
    TeamConfigEvent {
        team_id,
        operation,
        team_name: (operation != TeamOperation::REMOVE_TEAM).then(|| "Sales".into()),
        members: members.into(),
        ..Default::default()
    }
}

fn told(bench: &mut Bench) -> Vec<ConfigurationEvent> {
    bench
        .events()
        .into_iter()
        .filter_map(|event| match event {
            Event::Configuration(event) => Some(event),
            _ => None,
        })
        .collect()
}

/// An open session, and the `InvokeID` of its request for teams.
fn asked() -> (Bench, u32) {
    let mut settings = settings(1);
    settings.configuration = false;
    settings.timings.heartbeat = secs(29);
    let mut bench = Bench::open(settings);
    let sent = bench.sent();
    let request = only(&sent, MessageType::TEAM_CONFIG_REQ);
    let Ok(Message::TeamConfigReq(fields)) = request.decode(bench.client.version()) else {
        panic!()
    };
    assert_eq!(fields.config_param, ConfigParam::INITIAL);
    (bench, fields.invoke_id)
}

fn confirm(invoke_id: u32, status: TeamConfigStatus) -> TeamConfigConf<'static> {
    TeamConfigConf {
        invoke_id,
        status,
        ..Default::default()
    }
}

#[test]
fn t1_without_the_service_nobody_asks() {
    let mut bench = Bench::bridge(settings(1));
    bench.connect(0);
    bench.grant(CtiService::ALL_EVENTS);
    assert_eq!(bench.sent_types(), []);
    let events = told(&mut bench);
    assert!(events.contains(&ConfigurationEvent::TeamsUnavailable));
    assert!(events.contains(&ConfigurationEvent::Unavailable));
    assert!(bench.client.configuration_is_settled());
}

#[test]
fn t2_t3_t5_t7_teams_are_gathered_and_replaced_then_changed() {
    let (mut bench, invoke_id) = asked();
    let first: Vec<_> = (0..64).map(|number| format!("agent{number}")).collect();
    let members: Vec<_> = first
        .iter()
        .map(|id| member(id, AgentFlags::empty()))
        .collect();
    bench.give(team(1, TeamOperation::ADD_TEAM, &members));
    // More than 64 members take a second message.
    let boss = [member("boss", AgentFlags::PRIMARY_SUPERVISOR)];
    bench.give(team(1, TeamOperation::ADD_TEAM, &boss));
    assert!(bench.client.configuration().team(1).is_none());
    assert!(!bench.client.configuration_is_settled());
    bench.give(confirm(invoke_id, TeamConfigStatus::SUCCESS));
    assert!(bench.client.configuration_is_settled());
    let change = |changed| Change {
        item: Item::Team(1),
        changed,
    };
    assert_eq!(
        told(&mut bench),
        [ConfigurationEvent::TeamsComplete {
            changes: vec![change(Changed::Added)]
        }]
    );
    let kept = bench.client.configuration().team(1).unwrap();
    assert_eq!(kept.members().count(), 65);
    assert_eq!(kept.primary_supervisor(), Some("boss".into()));

    // A new primary supervisor takes the flag from the former one.
    let next = [
        member("agent0", AgentFlags::PRIMARY_SUPERVISOR),
        TeamMember {
            record_type: Some(RecordType::DELETE),
            ..member("agent1", AgentFlags::empty())
        },
    ];
    bench.give(team(1, TeamOperation::CHANGE_TEAM, &next));
    assert_eq!(
        told(&mut bench),
        [ConfigurationEvent::TeamUpdated {
            changes: vec![change(Changed::Modified)]
        }]
    );
    let kept = bench.client.configuration().team(1).unwrap();
    assert_eq!(kept.members().count(), 64);
    assert_eq!(kept.primary_supervisor(), Some("agent0".into()));

    bench.give(team(1, TeamOperation::REMOVE_TEAM, &[]));
    assert!(bench.client.configuration().team(1).is_none());
    // What is gone goes but once.
    told(&mut bench);
    bench.give(team(1, TeamOperation::REMOVE_TEAM, &[]));
    assert_eq!(told(&mut bench), []);
}

#[test]
fn s25_t3_a_failure_keeps_the_old_ones_and_asks_again_after_10_s() {
    for refused in [false, true] {
        let (mut bench, invoke_id) = asked();
        bench.give(team(1, TeamOperation::ADD_TEAM, &[]));
        if refused {
            bench.give(FailureConf {
                invoke_id,
                status: StatusCode::UNSPECIFIED_FAILURE,
                ..Default::default()
            });
        } else {
            bench.give(confirm(invoke_id, TeamConfigStatus::INTERNAL_ERROR));
        }
        assert!(matches!(
            told(&mut bench)[..],
            [ConfigurationEvent::TeamsFailed { again, .. }] if again == secs(10)
        ));
        assert!(bench.client.configuration().team(1).is_none());
        bench.run_to(secs(9));
        assert_eq!(bench.sent_types(), []);
        bench.run_to(secs(10));
        assert_eq!(bench.sent_types(), [MessageType::TEAM_CONFIG_REQ]);
    }
}

#[test]
fn t3_an_event_gives_20_s_more() {
    let (mut bench, _) = asked();
    bench.run_to(secs(15));
    bench.give(team(1, TeamOperation::ADD_TEAM, &[]));
    bench.run_to(secs(34));
    assert_eq!(told(&mut bench), []);
    bench.run_to(secs(35));
    assert!(matches!(
        told(&mut bench)[..],
        [ConfigurationEvent::TeamsFailed { .. }]
    ));
}

#[test]
fn f8_each_session_asks_anew() {
    let (mut bench, invoke_id) = asked();
    bench.give(team(1, TeamOperation::ADD_TEAM, &[]));
    bench.give(confirm(invoke_id, TeamConfigStatus::SUCCESS));
    bench.client.handle_disconnected(bench.now);
    bench.actions();
    bench.run(secs(1));
    bench.connect(0);
    bench.grant(EVERYTHING);
    assert_eq!(bench.sent_types(), [MessageType::TEAM_CONFIG_REQ]);
    assert!(bench.client.configuration().team(1).is_some());
}
