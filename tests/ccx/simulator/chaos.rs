//! Client, model and server in virtual time, with a line that breaks at any byte, a clock that jumps,
//! users and administrators who do what they like. What has to hold: each request ends once; events
//! come in order and once; nothing waits without a deadline; memory is bounded; and whatever the
//! reconnects, in the end model and configuration are what the server has.
//!
//! `SEEDS` sets how many seeds are run, `SEED` runs one and tells what happens.

use std::collections::{BTreeMap, BTreeSet};
use std::time::Duration;

use cti_codec::ccx::model::View;
use cti_codec::ccx::simulator::{AgentPlan, Fault, Plan, TeamPlan, TerminalPlan};
use cti_codec::ccx::{
    AgentState, AnswerCallReq, ClearConnectionReq, ConfigMask, ConsultCallReq, DeviceType,
    HoldCallReq, LocalConnectionState, MakeCallReq, NamedVariable, OpenReq, QueryAgentStateReq,
    RetrieveCallReq, SetAgentStateReq, SetCallDataReq, SystemEvent, SystemEventID, TransferCallReq,
    Version,
};

use super::World;
use super::truth::compare;

/// A small centre: much happens to few.
fn plan(seed: u64, version: Version) -> Plan {
    let mut plan = Plan {
        seed,
        calls_per_second: 0.5,
        confirm_first: seed.is_multiple_of(2),
        rtp_events: seed.is_multiple_of(3),
        online_in_bridge_mode: !seed.is_multiple_of(5),
        ..Plan::default()
    };
    plan.agents.truncate(7);
    for team in &mut plan.teams {
        team.members.truncate(6);
    }
    plan.teams.truncate(1);
    plan.cti_ports.truncate(4);
    plan.terminals
        .truncate(if version < Version::V18 { 0 } else { 3 });
    plan.pace.answer = Duration::from_secs(1);
    plan.pace.talk = Duration::from_secs(6);
    plan.pace.work = Duration::from_secs(2);
    plan.pace.patience = Duration::from_secs(12);
    plan.pace.ring = Duration::from_secs(5);
    plan.pace.consult_percent = 40;
    plan
}

struct Chaos {
    world: World,
    version: Version,
    /// The number of the next event that has one.
    number: u32,
    agents: u32,
}

impl Chaos {
    fn new(seed: u64) -> Self {
        let versions = [Version::V10, Version::V12, Version::V14, Version::V18];
        let version = versions[usize::try_from(seed % 4).unwrap()];
        let open = OpenReq::bridge_mode();
        let mut world = World::with(plan(seed, version), View::Bridge, &open, seed, version);
        world.delay = Duration::from_millis(world.rng.u64(1..400));
        Self {
            world,
            version,
            number: 0,
            agents: 0,
        }
    }

    /// Something happens.
    fn step(&mut self) {
        let world = &mut self.world;
        let now = world.now;
        match world.rng.u32(..24) {
            0 => world.cut(),
            1..=2 => world.break_off(),
            3 => {
                let time = Duration::from_millis(world.rng.u64(..90_000));
                world.jump(time);
            }
            4 => world.server.drop_all(),
            5..=7 => {
                for _ in 0..world.rng.u32(1..30) {
                    self.number += 1;
                    let event = SystemEvent {
                        ccx_status: cti_codec::ccx::CcxStatus::IN_SERVICE,
                        system_event_id: SystemEventID(77),
                        system_event_arg1: self.number,
                        event_device_type: DeviceType::NONE,
                        ..SystemEvent::default()
                    };
                    world.server.tell(now, &event.into());
                }
            }
            8..=10 => self.administer(),
            11 => {
                let faults = [
                    Fault::NotMaster,
                    Fault::NoAnswers,
                    Fault::NoHeartbeats,
                    Fault::Late,
                ];
                let fault = faults[world.rng.usize(..faults.len())];
                let on = world.rng.bool();
                world.server.set_fault(fault, on);
            }
            _ => self.use_phone(),
        }
        let time = Duration::from_millis(self.world.rng.u64(..2_500));
        self.world.run(time);
        self.bounded();
    }

    /// What the model keeps is in proportion to what there is.
    fn bounded(&self) {
        let world = &self.world;
        assert!(world.client.outstanding() <= 64);
        let calls = world.model.calls.len();
        // Calls that ended while nobody heard, and those that wait for their END.
        assert!(calls < 150, "{calls} calls");
        assert!(world.model.agents.len() < 40);
    }

    fn administer(&mut self) {
        let world = &mut self.world;
        let now = world.now;
        match world.rng.u32(..6) {
            0..=2 => {
                // One whom nobody plays, so that he is in no call.
                self.agents = (self.agents + 1) % 5;
                let login = format!("new{}", self.agents);
                if world.rng.bool() {
                    let csqs = (1..=world.rng.u32(..3)).collect();
                    let agent = AgentPlan {
                        login_id: login.as_str().into(),
                        extension: format!("30{:02}", self.agents).as_str().into(),
                        last_name: format!("name{}", world.rng.u32(..9)).as_str().into(),
                        csqs,
                        ..AgentPlan::default()
                    };
                    world.server.put_agent(now, agent);
                } else {
                    world.server.delete_agent(now, &login);
                }
            }
            3 if self.version >= Version::V18 => {
                let name = format!("SEP{}", world.rng.u32(..4));
                if world.rng.bool() {
                    let terminal = TerminalPlan {
                        device_name: name.as_str().into(),
                        terminal_type: world.rng.u16(..),
                        instruments: vec!["3001".into()],
                        ..TerminalPlan::default()
                    };
                    world.server.put_terminal(now, terminal);
                } else {
                    world.server.delete_terminal(now, &name);
                }
            }
            _ => {
                let team = TeamPlan {
                    team_id: world.rng.u32(1..4),
                    name: format!("team{}", world.rng.u32(..9)).as_str().into(),
                    supervisor: "agt2001".into(),
                    members: vec!["agt2005".into()],
                    csqs: vec![1],
                };
                world.server.put_team(now, team);
            }
        }
    }

    /// An agent whom the simulator does not play does something; whether it is granted is another
    /// matter.
    fn use_phone(&mut self) {
        let world = &mut self.world;
        let number = world.rng.u32(2001..2005).to_string();
        let login = format!("agt{number}");
        let phone = number.as_str();
        let own = |state: LocalConnectionState| {
            let mut calls = world.model.calls.live();
            let call = calls.find(|call| {
                let connection = call.connection(phone.into());
                connection.is_some_and(|inside| inside.state == Some(state))
            });
            call.map(|call| call.call_id)
        };
        let active = own(LocalConnectionState::CONNECT);
        let held = own(LocalConnectionState::HOLD);
        let rings = own(LocalConnectionState::ALERTING);
        let choice = world.rng.u32(..12);
        let device = || Some(phone.into());
        match (choice, active, held, rings) {
            (0..=7, _, _, Some(call_id)) => world.ask_for(AnswerCallReq {
                call_id,
                connection_device_id: device(),
                ..AnswerCallReq::default()
            }),
            (0..=2, Some(active_call_id), Some(held_call_id), _) => {
                world.ask_for(TransferCallReq {
                    active_call_id,
                    active_connection_device_id: device(),
                    held_call_id,
                    held_connection_device_id: device(),
                    agent_instrument: Some(phone.into()),
                    ..TransferCallReq::default()
                })
            }
            (0..=2, Some(active_call_id), None, _) => {
                let to = world.rng.u32(2001..2006).to_string();
                world.ask_for(ConsultCallReq {
                    active_call_id,
                    active_connection_device_id: device(),
                    agent_instrument: Some(phone.into()),
                    dialed_number: Some(to.as_str().into()),
                    ..ConsultCallReq::default()
                })
            }
            (3..=4, Some(call_id), ..) => {
                let value = world.rng.u32(..100).to_string();
                let named = [NamedVariable {
                    name: "user.note".into(),
                    value: value.as_str().into(),
                }];
                world.ask_for(SetCallDataReq {
                    call_id,
                    connection_device_id: device(),
                    call_variable1: Some(value.as_str().into()),
                    named_variables: (&named).into(),
                    ..SetCallDataReq::default()
                })
            }
            (5, Some(call_id), ..) => world.ask_for(HoldCallReq {
                call_id,
                connection_device_id: device(),
                ..HoldCallReq::default()
            }),
            (6, _, Some(held_call_id), _) => world.ask_for(RetrieveCallReq {
                held_call_id,
                held_connection_device_id: device(),
                ..RetrieveCallReq::default()
            }),
            (7, Some(call_id), ..) => world.ask_for(ClearConnectionReq {
                call_id,
                connection_device_id: device(),
                ..ClearConnectionReq::default()
            }),
            (8, ..) => {
                let to = world.rng.u32(2001..2008).to_string();
                world.ask_for(MakeCallReq {
                    agent_instrument: Some(phone.into()),
                    dialed_number: Some(to.as_str().into()),
                    ..MakeCallReq::default()
                })
            }
            (9, ..) => world.ask_for(QueryAgentStateReq {
                agent_id: Some(login.as_str().into()),
                ..QueryAgentStateReq::default()
            }),
            _ => {
                let states = [
                    AgentState::LOGIN,
                    AgentState::LOGIN,
                    AgentState::READY,
                    AgentState::READY,
                    AgentState::NOT_READY,
                    AgentState::LOGOUT,
                ];
                let agent_state = states[world.rng.usize(..states.len())];
                world.ask_for(SetAgentStateReq {
                    agent_state,
                    agent_instrument: Some(phone.into()),
                    agent_id: Some(login.as_str().into()),
                    agent_password: Some("secret".into()),
                    ..SetAgentStateReq::default()
                })
            }
        };
    }

    /// Faults end, and all has to come right.
    fn calm(&mut self) {
        for fault in Fault::all() {
            self.world.server.set_fault(fault, false);
        }
        // What was not answered stays stale until the next session.
        let world = &mut self.world;
        world.break_off();
        for _ in 0..2_000 {
            world.run(Duration::from_millis(100));
            let next = world.server.poll_timeout();
            let still = next.is_none_or(|next| next > world.now + Duration::from_millis(850));
            let settled = world.client.is_online() && world.client.configuration_is_settled();
            if still && settled && world.model.is_recovered() {
                world.run(Duration::from_millis(840));
                if world.model.is_recovered() && world.pending.is_empty() {
                    return;
                }
            }
        }
        panic!("does not come right: {:?}", world.client.outstanding());
    }

    fn is_right(&self) {
        let world = &self.world;
        assert_eq!(world.server.mistakes(), [] as [&str; 0]);
        compare(world);
        let kept = world.client.configuration();
        let plan = world.server.centre().plan();
        let agents: BTreeMap<String, (String, Vec<u32>)> = kept
            .agents()
            .map(|agent| {
                let csqs = agent.csqs.iter().filter_map(|csq| csq.csq_id).collect();
                let name = agent.last_name.unwrap_or_default().to_string();
                (agent.login_id.unwrap_or_default().to_string(), (name, csqs))
            })
            .collect();
        let planned: BTreeMap<String, (String, Vec<u32>)> = plan
            .agents
            .iter()
            .map(|agent| {
                let facts = (agent.last_name.to_string(), agent.csqs.clone());
                (agent.login_id.to_string(), facts)
            })
            .collect();
        assert_eq!(agents, planned);
        let teams: BTreeMap<u32, String> = kept
            .teams()
            .map(|(id, team)| (id, team.name().to_string()))
            .collect();
        let planned = plan.teams.iter();
        let planned: BTreeMap<u32, String> = planned
            .map(|team| (team.team_id, team.name.to_string()))
            .collect();
        assert_eq!(teams, planned);
        let terminals: BTreeSet<(String, u16)> = kept
            .terminals()
            .map(|terminal| {
                let name = terminal.terminal_device_name.unwrap_or_default();
                (name.to_string(), terminal.terminal_type.unwrap_or_default())
            })
            .collect();
        let planned = plan.terminals.iter();
        let planned: BTreeSet<(String, u16)> = planned
            .map(|terminal| (terminal.device_name.to_string(), terminal.terminal_type))
            .collect();
        assert_eq!(terminals, planned);
        assert!(ConfigMask::ALL_KINDS_V18.contains(ConfigMask::TERMINAL));
    }
}

/// Names the seed of a run that fails.
struct Told(u64);

impl Drop for Told {
    fn drop(&mut self) {
        if std::thread::panicking() {
            eprintln!("SEED={}", self.0);
        }
    }
}

fn run(seed: u64, talk: bool) -> Chaos {
    let _told = Told(seed);
    let mut chaos = Chaos::new(seed);
    chaos.world.talk = talk;
    for _ in 0..chaos.world.rng.u32(4..16) {
        chaos.step();
    }
    chaos.calm();
    chaos.is_right();
    chaos
}

#[test]
fn whatever_happens_all_comes_right() {
    let number = |name| Some(std::env::var(name).ok()?.parse::<u64>().unwrap());
    if let Some(seed) = number("SEED") {
        run(seed, true);
        return;
    }
    let seeds = number("SEEDS").unwrap_or(2_000);
    let (mut sessions, mut ended, mut calls) = (0, [0; 3], 0);
    for seed in 0..seeds {
        let world = run(seed, false).world;
        sessions += u64::from(world.sessions);
        for (sum, count) in ended.iter_mut().zip(world.ended) {
            *sum += u64::from(count);
        }
        calls += u64::from(world.server.centre().calls().next().is_some());
    }
    // What has not happened was not tested.
    assert!(sessions > 2 * seeds, "{sessions} sessions");
    assert!(ended.iter().all(|count| *count > seeds / 10), "{ended:?}");
    assert!(calls > seeds / 10, "{calls} ends with calls");
}

/// A call that waits when a device is asked, and whose own snapshot is refused: it has left a queue
/// that nobody knows when it is told to leave, and the lengths are asked for again.
#[test]
fn a_call_of_an_unknown_queue_leaves_one() {
    run(6002, false);
}
