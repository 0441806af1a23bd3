//! Which rule is proved by which test, and why the others have none.

use std::collections::BTreeSet;

const TESTS: &[&str] = &[
    include_str!("answers.rs"),
    include_str!("campaigns.rs"),
    include_str!("edges.rs"),
    include_str!("flows.rs"),
    include_str!("groups.rs"),
    include_str!("limits.rs"),
    include_str!("more.rs"),
    include_str!("records.rs"),
    include_str!("wishes.rs"),
    // With the feature `serde`.
    include_str!("../client/draft.rs"),
];

/// All rules of the conversation.
fn all() -> BTreeSet<String> {
    let letters = [
        ('B', 8),
        ('C', 16),
        ('P', 6),
        ('R', 11),
        ('U', 4),
        ('H', 11),
        ('D', 6),
        ('S', 8),
        ('A', 5),
        ('N', 2),
        ('L', 9),
        ('Y', 3),
        ('V', 3),
        ('Q', 4),
        ('E', 2),
        ('K', 7),
        ('W', 7),
        ('G', 8),
        ('J', 5),
        ('F', 6),
        ('X', 22),
        ('Z', 11),
        ('M', 3),
    ];
    let numbered = letters
        .iter()
        .flat_map(|(letter, last)| (1..=*last).map(move |number| format!("{letter}{number}")));
    let between = [
        "C9a", "C12a", "P5a", "R11a", "H5a", "H6a", "H6b", "L8a", "W3a", "W3b",
    ];
    numbered.chain(between.map(str::to_owned)).collect()
}

/// The names of the tests.
fn tests() -> BTreeSet<&'static str> {
    TESTS
        .iter()
        .flat_map(|file| file.split("#[test]\nfn ").skip(1))
        .filter_map(|rest| rest.split('(').next())
        .collect()
}

#[test]
fn each_rule_has_a_test_that_is_there_or_a_reason() {
    let list = include_str!("../../data/gsw_desktop_rules.md");
    let tests = tests();
    assert!(tests.len() > 80, "{}", tests.len());
    let mut listed = BTreeSet::new();
    let mut named = BTreeSet::new();
    for item in list.split("\n- **").skip(1) {
        let (rule, rest) = item.split_once("**: ").unwrap();
        let proof = rest.split("\n## ").next().unwrap().trim();
        assert!(proof.len() > 10, "{rule} has neither");
        assert!(listed.insert(rule.to_owned()), "{rule} stands there twice");
        for name in proof.split('`').skip(1).step_by(2) {
            let is_test = name.len() > 20 && name.contains('_') && !name.contains(':');
            if is_test {
                assert!(tests.contains(name), "{rule}: there is no test {name}");
                named.insert(name);
            }
        }
    }
    let all = all();
    let missing: Vec<_> = all.difference(&listed).collect();
    assert!(missing.is_empty(), "not in the list: {missing:?}");
    let unknown: Vec<_> = listed.difference(&all).collect();
    assert!(unknown.is_empty(), "no rules: {unknown:?}");
    assert!(named.len() > 60, "{}", named.len());
}

/// A test says in its name what it proves; the list says so too.
#[test]
fn each_test_stands_at_the_rules_that_its_name_begins_with() {
    let list = include_str!("../../data/gsw_desktop_rules.md");
    let all = all();
    for test in tests() {
        let rules = test
            .split('_')
            .map(|word| {
                let mut word = word.to_owned();
                if let Some(first) = word.get_mut(..1) {
                    first.make_ascii_uppercase();
                }
                word
            })
            .take_while(|word| all.contains(word));
        if rules.count() > 0 {
            let here = list.contains(&format!("`{test}`"));
            assert!(here, "{test} is in no rule's place");
        }
    }
}

/// A flow begins with the rules that it is about.
#[test]
fn each_flow_names_its_rules() {
    let all = all();
    let flows = include_str!("../../data/gsw_more_flows.txt");
    for name in flows.lines().filter_map(|line| line.strip_prefix("== ")) {
        let (rules, _) = name.split_once(": ").unwrap();
        for rule in rules.split(' ') {
            assert!(all.contains(rule), "{name}: there is no rule {rule}");
        }
    }
}
