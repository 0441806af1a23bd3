//! Both sides in memory, between them a network that delays, cuts connections at any byte and
//! stands still, and a clock that jumps. Everything follows from a seed.
//!
//! `SEEDS` sets how many seeds are run, `SEED` runs one and tells what happens.

mod world;

use world::World;

/// Names the seed of a run that fails.
struct Told(u64);

impl Drop for Told {
    fn drop(&mut self) {
        if std::thread::panicking() {
            eprintln!("SEED={}", self.0);
        }
    }
}

fn number(name: &str) -> Option<u64> {
    std::env::var(name).ok()?.parse().ok()
}

#[test]
fn whatever_the_network_does_the_invariants_hold() {
    if let Some(seed) = number("SEED") {
        let mut world = World::new(seed);
        world.talk = true;
        world.run();
        return;
    }
    let seeds = number("SEEDS").unwrap_or(2_000);
    let mut sessions = 0;
    let mut seen = [0; 4];
    for seed in 0..seeds {
        let told = Told(seed);
        let mut world = World::new(seed);
        world.run();
        drop(told);
        sessions += world.sessions();
        for (sum, count) in seen.iter_mut().zip(world.outcomes()) {
            *sum += count;
        }
    }
    // What has not happened was not tested.
    assert!(sessions > 2 * seeds, "{sessions} sessions");
    assert!(seen.iter().all(|count| *count > seeds / 10), "{seen:?}");
}
