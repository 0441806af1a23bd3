//! Each rule of behaviour has a test or a reason why it has none, and each test that the lists name
//! is there.
//!
//! Tests of sessions name their rules: `s36_three_unanswered_heartbeats_…` proves S36. The two lists in
//! `tests/data` have the others: `ccx_session_rules.md` those of sessions, `ccx_model_rules.md` those of
//! agents, calls and recovery.

use std::collections::{BTreeMap, BTreeSet};
use std::fs;
use std::path::{Path, PathBuf};

/// All rules: of sessions (S), nodes (F), configuration (C), teams (T), agents (A), call control (K),
/// the call model (E), outbound (O), example flows (G), and what the guide leaves open (X).
fn all() -> BTreeSet<String> {
    let mut rules = BTreeSet::new();
    for (letter, last) in [
        ('S', 60),
        ('F', 8),
        ('C', 28),
        ('T', 15),
        ('A', 21),
        ('K', 11),
        ('E', 32),
        ('O', 9),
        ('G', 10),
        ('X', 43),
    ] {
        rules.extend((1..=last).map(|number| format!("{letter}{number}")));
    }
    rules.extend(["K2a", "E27a"].map(String::from));
    rules
}

fn tests() -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR")).join("tests")
}

/// The functions of the tests, by module: all that begin a line with `fn` after an attribute of a test.
fn functions(root: &Path) -> BTreeMap<String, BTreeSet<String>> {
    fn visit(dir: &Path, modules: &mut BTreeMap<String, BTreeSet<String>>) {
        for entry in fs::read_dir(dir).unwrap() {
            let path = entry.unwrap().path();
            if path.is_dir() {
                visit(&path, modules);
            } else if path.extension().is_some_and(|extension| extension == "rs") {
                let stem = path.file_stem().unwrap().to_string_lossy().into_owned();
                let module = match stem.as_str() {
                    "mod" | "main" => dir.file_name().unwrap().to_string_lossy().into_owned(),
                    _ => stem,
                };
                let text = fs::read_to_string(&path).unwrap();
                modules.entry(module).or_default().extend(named(&text));
            }
        }
    }
    let mut modules = BTreeMap::new();
    visit(root, &mut modules);
    modules
}

/// The names of the functions of a file that are tests.
fn named(text: &str) -> impl Iterator<Item = String> {
    let mut is_test = false;
    text.lines().filter_map(move |line| {
        let line = line.trim_start();
        if line.starts_with("#[test]") || line.starts_with("#[tokio::test") {
            is_test = true;
            return None;
        }
        let rest = line
            .strip_prefix("fn ")
            .or_else(|| line.strip_prefix("async fn "))?;
        let name = rest.split(['(', '<']).next().unwrap_or_default();
        std::mem::take(&mut is_test).then(|| name.to_owned())
    })
}

fn list(name: &str) -> String {
    fs::read_to_string(tests().join("data").join(name)).unwrap()
}

/// `S57, S59` and `A1–A8`, one by one.
fn rules_of(cell: &str) -> Vec<String> {
    let number = |rule: &str| rule[1..].parse::<u32>().ok();
    let mut rules = Vec::new();
    for part in cell.split([',', ' ']).filter(|part| !part.is_empty()) {
        match part.split_once('–') {
            Some((first, last)) => {
                let range = number(first).unwrap()..=number(last).unwrap();
                rules.extend(range.map(|number| format!("{}{number}", &first[..1])));
            }
            None => rules.push(part.to_owned()),
        }
    }
    rules
}

/// What a list says: the rules with tests, the rules with reasons, and the names in backquotes.
#[derive(Default)]
struct Said {
    proved: BTreeSet<String>,
    reasons: BTreeSet<String>,
    names: BTreeSet<String>,
}

/// What stands in backquotes.
fn quoted(text: &str) -> impl Iterator<Item = &str> {
    text.split('`').skip(1).step_by(2)
}

/// A list's tables: `| rules | words | tests |` proves, `| rules | why not |` gives a reason.
fn read(text: &str, all: &BTreeSet<String>) -> Said {
    let mut said = Said::default();
    // What goes on in the next line belongs to the one before.
    for line in text.replace("\n  ", " ").lines() {
        if let Some(rest) = line.strip_prefix("- **") {
            let (rule, words) = rest.split_once("**").unwrap();
            let names: Vec<_> = quoted(words).filter(|name| name.contains("::")).collect();
            let rules = rules_of(rule);
            if names.is_empty() {
                said.reasons.extend(rules);
            } else {
                said.proved.extend(rules);
                said.names.extend(names.into_iter().map(str::to_owned));
            }
            continue;
        }
        let cells: Vec<_> = line.split('|').map(str::trim).collect();
        let (rules, tests) = match &cells[..] {
            ["", rules, _, tests, ""] => (rules, Some(tests)),
            ["", rules, _, ""] => (rules, None),
            _ => continue,
        };
        // "and the table of states" goes on in words.
        let rules = rules.split(" and ").next().unwrap_or_default();
        if matches!(rules, "Rule" | "---") {
            continue;
        }
        let rules = rules_of(rules);
        for rule in &rules {
            assert!(all.contains(rule), "there is no rule {rule}: {line}");
        }
        match tests {
            Some(tests) => {
                let names: Vec<_> = quoted(tests).map(str::to_owned).collect();
                assert!(!names.is_empty(), "no test is named: {line}");
                said.names.extend(names);
                said.proved.extend(rules);
            }
            None => said.reasons.extend(rules),
        }
    }
    said
}

/// The rules that the name of a test begins with.
fn in_names(
    functions: &BTreeMap<String, BTreeSet<String>>,
    all: &BTreeSet<String>,
) -> BTreeSet<String> {
    let names = functions.values().flatten();
    names
        .flat_map(|name| {
            name.split('_')
                .map(str::to_uppercase)
                .take_while(|word| all.contains(word))
                .collect::<Vec<_>>()
        })
        .collect()
}

#[test]
fn each_rule_has_a_test_or_a_reason_and_each_test_that_is_named_is_there() {
    let all = all();
    let of_ccx = tests().join("ccx");
    let mut in_names = in_names(&functions(&of_ccx.join("session")), &all);
    for family in ["client", "simulator"] {
        in_names.extend(self::in_names(&functions(&of_ccx.join(family)), &all));
    }
    let functions = functions(&tests());
    assert!(in_names.len() > 60, "{in_names:?}");
    let sessions = read(&list("ccx_session_rules.md"), &all);
    let models = read(&list("ccx_model_rules.md"), &all);
    assert!(models.proved.len() > 80, "{:?}", models.proved);

    let is_there = |name: &str| match name.split_once("::") {
        Some((module, function)) => functions
            .get(module)
            .is_some_and(|names| names.contains(function)),
        None => functions.get(name).is_some_and(|names| !names.is_empty()),
    };
    let missing: Vec<_> = sessions
        .names
        .union(&models.names)
        .filter(|name| !is_there(name))
        .collect();
    assert!(missing.is_empty(), "no such tests: {missing:?}");

    let mut proved: BTreeSet<String> = in_names;
    proved.extend(sessions.proved);
    proved.extend(models.proved);
    let reasons: BTreeSet<String> = sessions.reasons.union(&models.reasons).cloned().collect();
    let both: Vec<_> = proved.intersection(&reasons).collect();
    assert!(both.is_empty(), "have a test and a reason: {both:?}");
    let neither: Vec<_> = all
        .iter()
        .filter(|rule| !proved.contains(*rule) && !reasons.contains(*rule))
        .collect();
    assert!(neither.is_empty(), "have neither: {neither:?}");
}

#[test]
fn the_lists_are_read_as_they_are_meant() {
    assert_eq!(rules_of("A1–A3, K2a"), ["A1", "A2", "A3", "K2a"]);
    let said = read(
        "- **S1** in words\n- **S2** by `a::b`\n| S3, S4 | words | `c::d`, `e` |\n| S5 | a reason |\n",
        &all(),
    );
    let of = |rules: &BTreeSet<String>| rules.iter().cloned().collect::<Vec<_>>().join(" ");
    assert_eq!(of(&said.proved), "S2 S3 S4");
    assert_eq!(of(&said.reasons), "S1 S5");
    assert_eq!(of(&said.names), "a::b c::d e");
    let names: Vec<_> = named("#[test]\nfn s1_a() {}\nfn helper() {}\n").collect();
    assert_eq!(names, ["s1_a"]);
}
