//! After any number of reconnects a model equals the server's truth in all that a snapshot can tell.

use std::collections::BTreeMap;
use std::time::Duration;

use cti_codec::ccx::model::{DataField, Phase};
use cti_codec::ccx::simulator::Plan;
use cti_codec::ccx::{AgentState, Text};

use super::World;

/// What is told of a call by snapshots and events alike: connections, numbers, variables.
type Told = (BTreeMap<String, u16>, Vec<String>);

/// Compares the model with what the server believes, once nothing is under way.
pub(crate) fn compare(world: &World) {
    let context = || format!("at {:?}, {:?}", world.now, world.rng);
    for agent in world.server.centre().agents() {
        let login_id = &agent.plan.login_id;
        let known = world
            .model
            .agents
            .get(login_id.text())
            .unwrap_or_else(|| panic!("{login_id} is not known, {}", context()));
        assert!(!known.stale, "{login_id} is stale, {}", context());
        assert_eq!(
            known.status.state,
            Some(agent.state),
            "{login_id}, {}",
            context()
        );
        if agent.state != AgentState::LOGOUT {
            assert_eq!(
                known.phone(),
                agent.phone.as_ref(),
                "{login_id}, {}",
                context()
            );
        }
    }
    let text = |text: Text<'_>| text.to_string();
    let truth: BTreeMap<u32, Told> = world
        .server
        .centre()
        .calls()
        .map(|call| {
            let connections = call.connections.iter().filter(|inside| inside.told);
            let connections = connections.map(|inside| (inside.device.to_string(), inside.state.0));
            let mut data: Vec<String> = vec![
                call.ani.to_string(),
                call.dialed_number.to_string(),
                call.digits.to_string(),
                call.wrap_up.to_string(),
            ];
            data.extend(call.variables.iter().map(ToString::to_string));
            let named = call.named_variables.iter();
            let mut named: Vec<String> = named
                .map(|(name, value)| format!("{name}={value}"))
                .collect();
            named.sort();
            data.extend(named);
            (call.call_id, (connections.collect(), data))
        })
        .collect();
    let model: BTreeMap<u32, Told> = world
        .model
        .calls
        .iter()
        .filter(|call| call.phase == Phase::Live)
        .map(|call| {
            assert!(!call.stale, "{} is stale, {}", call.call_id, context());
            let connections = call.connections.iter().map(|inside| {
                let state = inside.state.unwrap_or_default().0;
                (inside.device_id.to_string(), state)
            });
            let field = |field| call.data.text(field).map(text).unwrap_or_default();
            let mut data = vec![
                field(DataField::Ani),
                field(DataField::DialedNumber),
                field(DataField::CallerEnteredDigits),
                field(DataField::CallWrapupData),
            ];
            data.extend((1..=10).map(|number| field(DataField::CallVariable(number))));
            let named = call.data.named_variables();
            let mut named: Vec<String> = named
                .map(|variable| format!("{}={}", variable.name, variable.value))
                .collect();
            named.sort();
            data.extend(named);
            (call.call_id, (connections.collect(), data))
        })
        .collect();
    assert_eq!(model, truth, "{}", context());
    for csq in &world.server.centre().plan().csqs {
        let waiting = world.server.centre().calls();
        let waiting = waiting
            .filter(|call| call.queues.contains(&csq.csq_id))
            .count();
        let known = world
            .model
            .queues
            .get(csq.csq_id)
            .map(|length| length.calls);
        assert_eq!(
            known,
            u32::try_from(waiting).ok(),
            "CSQ {}, {}",
            csq.csq_id,
            context()
        );
    }
}

/// A lively centre, and a line that breaks now and then; at the end the world holds its breath until
/// all that is under way has arrived.
fn run(seed: u64) -> World {
    let mut plan = Plan {
        seed,
        calls_per_second: 2.0,
        ..Plan::default()
    };
    plan.pace.talk = Duration::from_secs(8);
    plan.pace.patience = Duration::from_secs(15);
    plan.pace.consult_percent = 40;
    plan.confirm_first = seed.is_multiple_of(2);
    let mut world = World::bridge(plan, seed);
    let cuts = world.rng.u32(..5);
    for _ in 0..cuts {
        let time = Duration::from_millis(world.rng.u64(1..20_000));
        world.run(time);
        world.cut();
    }
    // In a quiet moment; there are some at any load.
    world.run(Duration::from_secs(40));
    for _ in 0..1_000 {
        let still = world
            .server
            .poll_timeout()
            .is_none_or(|next| next > world.now + Duration::from_millis(200));
        if still {
            world.run(Duration::from_millis(190));
            break;
        }
        world.run(Duration::from_millis(20));
    }
    world
}

#[test]
fn the_model_is_the_truth() {
    // A centre of some size; `chaos` has the many runs.
    for seed in 0..30 {
        let world = run(seed);
        assert_eq!(world.server.mistakes(), [] as [&str; 0], "seed {seed}");
        assert!(world.model.is_recovered(), "seed {seed}");
        compare(&world);
    }
}
