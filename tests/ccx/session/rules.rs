//! Which rules have a test, and why the others have none.

use std::collections::BTreeSet;

const TESTS: &[&str] = &[
    include_str!("closing.rs"),
    include_str!("configuration.rs"),
    include_str!("failover.rs"),
    include_str!("heartbeats.rs"),
    include_str!("opening.rs"),
    include_str!("requests.rs"),
    include_str!("server.rs"),
    include_str!("system.rs"),
    include_str!("teams.rs"),
];

/// All rules on sessions, nodes, configuration and teams.
fn all() -> BTreeSet<String> {
    let mut rules = BTreeSet::new();
    for (letter, last) in [('S', 60), ('F', 8), ('C', 28), ('T', 8)] {
        rules.extend((1..=last).map(|number| format!("{letter}{number}")));
    }
    rules
}

/// Those that a test's name begins with.
fn tested() -> BTreeSet<String> {
    let all = all();
    TESTS
        .iter()
        .flat_map(|file| file.split("\nfn ").skip(1))
        .filter_map(|rest| rest.split('(').next())
        .flat_map(|name| name.split('_'))
        .map(str::to_uppercase)
        .filter(|word| all.contains(word))
        .collect()
}

#[test]
fn each_rule_has_a_test_or_a_reason() {
    let listed: BTreeSet<String> = include_str!("../../data/ccx_session_rules.md")
        .lines()
        .filter_map(|line| line.strip_prefix("- **"))
        .filter_map(|line| line.split("**").next())
        .map(str::to_owned)
        .collect();
    let tested = tested();
    assert!(tested.len() > 40, "{tested:?}");
    let both: Vec<_> = listed.intersection(&tested).collect();
    assert!(both.is_empty(), "have a test and a reason: {both:?}");
    let either: BTreeSet<_> = listed.union(&tested).cloned().collect();
    let neither: Vec<_> = all().difference(&either).cloned().collect();
    assert!(neither.is_empty(), "have neither: {neither:?}");
}
