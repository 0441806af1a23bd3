//! Fields, call results and records.

use super::*;

#[test]
fn fields_and_their_types_are_those_of_the_table() {
    let spec = &spec()["service_client"];
    let json = write(&full_field());
    let rows = &spec["field_type"]["properties"];
    assert_eq!(set(keys(&json)), set(names(rows, "name")));
    for row in rows.as_array().unwrap() {
        let value = &json[text(&row["name"])];
        match (text(&row["name"]), text(&row["type"])) {
            ("options", _) => assert!(value.is_object()),
            (_, "string") => assert!(value.is_string(), "{row}"),
            (_, "boolean") => assert!(value.is_boolean(), "{row}"),
            (_, other) => panic!("{other}"),
        }
    }
    round_trip(&full_field());
    // What may be missing is what the samples leave out, and nothing else.
    let optional = set(spec["field_type"]["not_always_present_in_samples"]
        .as_array()
        .unwrap()
        .iter()
        .map(text));
    for name in keys(&json) {
        let mut less = json.clone();
        less.as_object_mut().unwrap().remove(name);
        let result = read::<Field>(less);
        assert_eq!(result.is_ok(), optional.contains(name), "{name}");
        if let Err(error) = result {
            assert_eq!(error, format!("{name}: missing"));
        }
    }

    let listed: Vec<&str> = FieldType::ALL.iter().map(AsRef::as_ref).collect();
    assert_eq!(listed, names(&spec["field_types"], "name"));
    let listed: Vec<&str> = ValueType::ALL.iter().map(AsRef::as_ref).collect();
    assert_eq!(json!(listed), spec["value_types"]);
    for name in ["int", "string", "outbound.getCampaigns"] {
        assert_eq!(FieldType::from(name).to_string(), name);
        assert_eq!(
            matches!(FieldType::from(name), FieldType::Unlisted(_)),
            name != "int"
        );
        round_trip(&FieldType::from(name));
    }
}

#[test]
fn call_results_are_those_of_the_table() {
    let spec = &spec()["service_client"]["call_results"];
    let table: Vec<(String, CallResult)> = CallResult::TABLE
        .codes
        .iter()
        .map(|(code, name)| ((*name).to_owned(), CallResult(*code)))
        .collect();
    assert_eq!(&write(&CallResults(table.clone())), spec);
    assert_eq!(keys(spec).len(), 39);
    for (name, result) in table {
        assert_eq!(CallResult::from_name(&name), Some(result));
        assert_eq!(result.name(), Some(name.as_str()));
        assert_eq!(result.to_string(), name);
    }
    assert_eq!(CallResult::from_name("ok"), Some(CallResult::OK));
    assert_eq!(CallResult::from_name("okay"), None);
    assert_eq!(
        (CallResult(5).name(), CallResult(5).to_string()),
        (None, "5".into())
    );
    // Names and codes of a site's own survive.
    let own: CallResults = read(json!({ "OK": 0, "Sold": 1001 })).unwrap();
    assert_eq!(own.0[1], ("Sold".into(), CallResult(1001)));
    assert!(read::<CallResults>(json!({ "OK": "zero" })).is_err());
}

/// C25: read as it comes, written within 12 hours.
#[test]
fn a_records_offset_is_written_within_its_range() {
    for (offset, allowed) in [
        (-43_201, false),
        (-43_200, true),
        (43_200, true),
        (43_201, false),
    ] {
        let read: Record = serde_json::from_value(json!({ "GSW_TZ_OFFSET": offset })).unwrap();
        assert_eq!(read.tz_offset, Some(TzOffset(offset)));
        assert_eq!(serde_json::to_value(&read).is_ok(), allowed, "{offset}");
    }
}

#[test]
fn record_members_are_those_of_the_sample() {
    let spec = spec();
    let rows = spec["service_client"]["record_fields"].as_array().unwrap();
    assert_eq!(rows.len(), 34);
    let typed = rows.iter().filter(|row| row["kind"] != "custom");
    let json = write(&full_record());
    assert_eq!(
        set(keys(&json)),
        set(typed.clone().map(|row| text(&row["name"])))
    );
    for row in typed {
        let value = &json[text(&row["name"])];
        assert_eq!(value, &row["samples"][0]);
        assert_eq!(value.is_string(), row["json_type"] == "string", "{row}");
    }
    round_trip(&full_record());
    for row in rows.iter().filter(|row| row["kind"] == "custom") {
        let name = text(&row["name"]);
        let mut json = json!({});
        json[name] = row["samples"][0].clone();
        let record: Record = read(json.clone()).unwrap();
        assert_eq!(record.unlisted.get(name).as_ref(), Some(&json[name]));
        assert_eq!(write(&record), json);
    }
}
