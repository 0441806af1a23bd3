//! Generated values of every type go there and back.

use cti_codec::openscape::*;
use proptest::collection::{btree_map, vec};
use proptest::prelude::*;
use proptest::test_runner::{Config, RngAlgorithm, TestRng, TestRunner};
use serde_json::{Map, Value, json};

use crate::samples::places;

/// Any JSON, not too deep.
fn anything() -> BoxedStrategy<Value> {
    let leaf = prop_oneof![
        Just(Value::Null),
        any::<bool>().prop_map(Value::from),
        any::<i64>().prop_map(Value::from),
        any::<u64>().prop_map(Value::from),
        any::<String>().prop_map(Value::from),
    ];
    leaf.prop_recursive(3, 12, 3, |inner| {
        prop_oneof![
            vec(inner.clone(), 0..3).prop_map(Value::from),
            btree_map(".{0,5}", inner, 0..3)
                .prop_map(|map| map.into_iter().collect::<Map<_, _>>().into()),
        ]
    })
    .boxed()
}

/// A value that fits a kind. In what is sent, all members are there that the manual does not call
/// optional.
fn fitting(kind: Kind, sent: bool) -> BoxedStrategy<Value> {
    match kind {
        Kind::Text | Kind::ResourceOrAll => any::<String>().prop_map(Value::from).boxed(),
        Kind::Integer => any::<i64>().prop_map(Value::from).boxed(),
        Kind::AgentOrAll => {
            prop_oneof![Just(Value::from("*")), any::<i64>().prop_map(Value::from)].boxed()
        }
        Kind::Float => prop_oneof![
            proptest::num::f64::NORMAL.prop_map(|number| json!(number)),
            any::<i32>().prop_map(Value::from),
        ]
        .boxed(),
        Kind::Boolean => any::<bool>().prop_map(Value::from).boxed(),
        Kind::Name(names) => {
            let listed: Vec<_> = names
                .values
                .iter()
                .map(|(name, _)| Value::from(*name))
                .collect();
            prop_oneof![
                4 => proptest::sample::select(listed),
                1 => "[ A-Za-z_0-9]{0,12}".prop_map(Value::from),
            ]
            .boxed()
        }
        Kind::Object(table) => {
            // The objects that only requests have ask for all their members, too.
            let sent = sent && table.name != "ContactData"
                || ["Application", "Schedule"].contains(&table.name);
            let members: Vec<_> = table
                .rows
                .iter()
                .map(|row| {
                    let value = fitting(row.kind, sent);
                    let member = if sent && !row.optional {
                        value.prop_map(Some).boxed()
                    } else {
                        proptest::option::weighted(0.8, value).boxed()
                    };
                    member.prop_map(|value| (row.name, value))
                })
                .collect();
            let others = btree_map("x.{0,4}", anything(), 0..2);
            (members, others)
                .prop_map(|(members, others)| {
                    let listed = members
                        .into_iter()
                        .filter_map(|(name, value)| Some((name.to_string(), value?)));
                    Value::Object(listed.chain(others).collect())
                })
                .boxed()
        }
        Kind::List(item) => vec(fitting(*item, sent), 0..3)
            .prop_map(Value::from)
            .boxed(),
        _ => anything(),
    }
}

fn runner(cases: u32) -> TestRunner {
    let rng = TestRng::from_seed(RngAlgorithm::ChaCha, &[7; 32]);
    let config = Config {
        cases: crate::cases::cases(cases),
        failure_persistence: None,
        ..Config::default()
    };
    TestRunner::new_with_rng(config, rng)
}

#[test]
fn what_fits_its_table_goes_there_and_back() {
    for place in places() {
        runner(12)
            .run(&fitting(place.kind, place.kind_is_request()), |value| {
                let body = place.body(&value);
                prop_assert_eq!(
                    place.there_and_back(&body),
                    place.meaning(&body),
                    "{}",
                    place.name
                );
                Ok(())
            })
            .unwrap();
    }
}

/// Whatever stands in a place of an event, nothing is lost, and what is written reads as the same.
#[test]
fn what_fits_no_table_is_kept() {
    for place in places().iter().filter(|place| place.is_event()) {
        let Kind::Object(table) = place.kind else {
            continue;
        };
        for row in table.rows {
            runner(4)
                .run(
                    &(fitting(place.kind, false), anything()),
                    |(mut value, odd)| {
                        value[row.name] = odd.clone();
                        let body = place.body(&value).to_string();
                        let message = EventMessage::read(body.as_bytes()).unwrap();
                        let written = message.to_json().unwrap();
                        prop_assert_eq!(&EventMessage::read(written.as_bytes()).unwrap(), &message);
                        let back: Value = serde_json::from_str(&written).unwrap();
                        let found = &back["data"]["data"][row.name];
                        // Another form of the same: a decimal in text, a number of a name, an object
                        // instead of a list of one.
                        let reformed = matches!(
                            (&row.kind, &odd),
                            (
                                Kind::List(_),
                                Value::Object(_) | Value::String(_) | Value::Number(_)
                            ) | (Kind::Name(_), Value::Number(_) | Value::Array(_))
                                | (Kind::Integer | Kind::Float | Kind::List(_), _)
                        );
                        let unpadded = odd.as_str().is_some_and(|text| text != text.trim());
                        prop_assert!(
                            found == &odd || reformed || unpadded,
                            "{}: {} {}",
                            row.name,
                            odd,
                            found
                        );
                        Ok(())
                    },
                )
                .unwrap();
        }
    }
}
