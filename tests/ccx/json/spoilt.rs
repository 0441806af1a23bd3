//! Any JSON, and objects in which something was replaced.

use super::*;

/// JSON of any shape, with words that mean something in an object.
fn any_json() -> BoxedStrategy<Value> {
    let leaf = prop_oneof![
        Just(Value::Null),
        any::<bool>().prop_map(Value::from),
        any::<i64>().prop_map(Value::from),
        any::<u64>().prop_map(Value::from),
        (0..300_u32).prop_map(Value::from),
        any::<f64>().prop_map(Value::from),
        "\\PC{0,8}".prop_map(Value::from),
        "[0-9a-f]{0,6}".prop_map(Value::from),
        select(vec!["OPEN_REQ", "READY", "CONFIG_CSQ_MASK"]).prop_map(Value::from),
    ];
    let key = prop_oneof![
        "\\PC{0,4}",
        select(vec![
            "message",
            "id",
            "length",
            "fields",
            "hex",
            "unlisted",
            "name",
            "value",
            "index",
            "CSQs",
            "CSQID",
            "Records",
            "AutoWork",
            "AutoWorkSize",
            "NamedVariables",
            "NumCSQs",
        ])
        .prop_map(str::to_owned),
    ];
    leaf.prop_recursive(4, 24, 4, move |inner| {
        prop_oneof![
            vec(inner.clone(), 0..4).prop_map(Value::from),
            vec((key.clone(), inner), 0..4)
                .prop_map(|members| Value::Object(members.into_iter().collect())),
        ]
    })
    .boxed()
}

/// Puts another value in one of the places of an object.
fn spoil(value: &mut Value, place: &mut usize, with: &Value) {
    if *place == 0 {
        *value = with.clone();
    }
    *place = place.wrapping_sub(1);
    match value {
        Value::Array(elements) => elements.iter_mut().for_each(|v| spoil(v, place, with)),
        Value::Object(members) => members.values_mut().for_each(|v| spoil(v, place, with)),
        _ => {}
    }
}

proptest! {
    #![proptest_config(Config { failure_persistence: None, ..Config::with_cases(crate::common::cases(2000)) })]

    /// Whatever comes in gives a frame that decodes, or an error and nothing else.
    #[test]
    fn any_json_is_read_or_refused(value in any_json(), version in select(&Version::ALL[..])) {
        sound(&value, version);
    }
}

fn sound(value: &Value, version: Version) {
    match read(value, version) {
        Ok((_, back)) => {
            Frame::new(back.as_slice())
                .unwrap()
                .decode(version)
                .unwrap();
        }
        Err(JsonError::Malformed(error)) => {
            assert!(
                !matches!(error.kind, MalformedKind::Undecodable(_)),
                "{error}: {value}"
            );
        }
        Err(JsonError::Refused(_)) => {}
    }
    let mut out = BytesMut::new();
    if json::read_strict(value, version, &mut out).is_err() {
        assert!(out.is_empty());
    }
}

#[test]
fn spoilt_objects_are_read_or_refused() {
    each_message(3, |_, version, bytes| {
        let object = to_json(&bytes, version);
        for (place, with) in [
            (1, json!(null)),
            (3, json!(3)),
            (4, json!({})),
            (5, json!(-1)),
            (6, json!([[]])),
            (7, json!("x")),
            (9, json!({"hex": "00"})),
            (12, json!([1, 2])),
            (20, json!([{}])),
            (30, json!(65_536)),
        ] {
            let mut object = object.clone();
            spoil(&mut object, &mut { place }, &with);
            sound(&object, version);
        }
    });
}
