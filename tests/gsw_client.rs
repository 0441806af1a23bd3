//! The JSON of campaign group states and of the service client, against the tables in `gsw.json`,
//! the samples of the documentation and generated values.
#![allow(
    clippy::unwrap_used,
    clippy::expect_used,
    clippy::panic,
    clippy::indexing_slicing,
    clippy::arithmetic_side_effects,
    reason = "helpers of tests"
)]

use std::any::TypeId;
use std::collections::BTreeSet;
use std::fmt::Debug;

use cti_codec::gsw::campaign_group_state::*;
use cti_codec::gsw::client::*;
use cti_codec::gsw::{
    CallResult, CampaignGroupAction, CampaignGroupActor, CampaignGroupStatus, HttpDialMode,
    OptimizeBy, PhoneType, SecondsFromMidnight, Statistic, TzOffset,
};
use jiff::Timestamp;
use jiff::civil::{DateTime, date};
use proptest::prelude::*;
use serde_json::{Map, Value, json};

fn spec() -> Value {
    serde_json::from_str(include_str!("data/gsw.json")).unwrap()
}

fn text(value: &Value) -> &str {
    value.as_str().unwrap()
}

fn names<'a>(rows: &'a Value, name: &str) -> Vec<&'a str> {
    let rows = rows.as_array().unwrap().iter();
    rows.map(|row| text(&row[name])).collect()
}

fn keys(value: &Value) -> Vec<&str> {
    let members = value.as_object().unwrap().keys();
    members.map(String::as_str).collect()
}

fn set<'a>(names: impl IntoIterator<Item = &'a str>) -> BTreeSet<String> {
    names.into_iter().map(str::to_owned).collect()
}

fn map(value: Value) -> Map<String, Value> {
    value.as_object().unwrap().clone()
}

fn read<T: serde::de::DeserializeOwned>(value: Value) -> Result<T, String> {
    let from_value = serde_json::from_value(value.clone()).map_err(|error| error.to_string());
    // From text too: the two deserializers of serde_json must not differ.
    let from_text = serde_json::from_str::<T>(&value.to_string());
    assert_eq!(from_value.is_ok(), from_text.is_ok(), "{value}");
    from_value
}

fn write<T: serde::Serialize>(value: &T) -> Value {
    let json = serde_json::to_value(value).unwrap();
    // Twice the same name would be lost in a Value; in the text it shows as a different length.
    let text = serde_json::to_string(value).unwrap();
    assert_eq!(text.len(), json.to_string().len(), "{text}");
    json
}

#[track_caller]
fn round_trip<T: serde::Serialize + serde::de::DeserializeOwned + PartialEq + Debug>(value: &T) {
    let text = serde_json::to_string(value).unwrap();
    let again: T = serde_json::from_str(&text).unwrap_or_else(|error| panic!("{error}: {text}"));
    assert_eq!(&again, value, "{text}");
}

/// Has a value in each member; without `..`, so that a new member does not compile before it is
/// here.
fn full_state() -> CampaignGroupState {
    CampaignGroupState {
        date_time: Some(Timestamp::from_millisecond(1_700_000_000_123).unwrap()),
        tenant_name: Some("Environment".into()),
        tenant_ccid: Some("acme".into()),
        campaign_group_name: Some("Spring@Agents".into()),
        campaign_group_uuid: Some("00000000-0000-0000-0000-000000000001".into()),
        campaign_group_dbid: Some("101".into()),
        group_name: Some("Agents".into()),
        campaign_name: Some("Spring".into()),
        campaign_template_name: Some("Template".into()),
        queue_name: Some("7000".into()),
        dial_mode: Some(HttpDialMode(1)),
        optimize_by: Some(OptimizeBy(2)),
        optimize_goal: Some(80),
        campaign_group_status: Some(CampaignGroupStatus(3)),
        campaign_group_action: Some(CampaignGroupAction(4)),
        campaign_group_actor: Some(CampaignGroupActor::OCS_CLIENT),
        busy_factor: Some(Statistic(Some(0.85))),
        hit_ratio: Some(Statistic(Some(0.3))),
        overdial_rate: Some(Statistic(Some(0.02))),
        time_to_complete: Some(Statistic(Some(600.0))),
        other: Map::new(),
    }
}

fn minimal_state() -> Value {
    json!({ "GSW_USER_EVENT": "CampaignGroupState" })
}

fn state_with(name: &str, value: Value) -> Result<CampaignGroupState, String> {
    let mut state = minimal_state();
    state[name] = value;
    read(state)
}

#[test]
fn attributes_of_the_notification_are_those_of_the_table() {
    let spec = &spec()["campaign_group_state"];
    let rows: Vec<&Value> = spec["attributes"].as_array().unwrap().iter().collect();
    let mut names = names(&spec["attributes"], "attribute");
    names.extend(self::names(&spec["statistics"], "attribute"));
    let json = write(&full_state());
    assert_eq!(keys(&json), names);
    for row in &rows {
        let value = &json[text(&row["attribute"])];
        match text(&row["type"]) {
            "String" => assert!(value.is_string(), "{row}"),
            "Integer" => assert!(value.is_i64(), "{row}"),
            other => panic!("{other}"),
        }
    }
    for row in spec["statistics"].as_array().unwrap() {
        assert!(json[text(&row["attribute"])].is_number(), "{row}");
    }
    assert_eq!(json["GSW_USER_EVENT"], rows[0]["value"]);
    round_trip(&full_state());

    // With nothing set, the mandatory attributes are there, with the printed defaults, and no other
    // is.
    let json = write(&CampaignGroupState::default());
    let mandatory = rows.iter().filter(|row| row["required"] == "yes");
    let mandatory: Vec<&Value> = mandatory.copied().collect();
    let expected: Vec<&str> = mandatory
        .iter()
        .map(|row| text(&row["attribute"]))
        .collect();
    assert_eq!(keys(&json), expected);
    for row in mandatory.iter().skip(1) {
        let default = row.get("default").unwrap_or(&Value::Null);
        assert_eq!(&json[text(&row["attribute"])], default);
    }
    round_trip(&CampaignGroupState::default());

    let actors = spec["attributes"][16]["values"].as_array().unwrap();
    let codes: Vec<Value> = CampaignGroupActor::LISTED
        .iter()
        .map(|(code, _)| (*code).into())
        .collect();
    assert_eq!(&codes, actors);
}

#[test]
fn printed_examples_of_statistics_read_and_write_the_same() {
    for row in spec()["campaign_group_state"]["statistics"]
        .as_array()
        .unwrap()
    {
        let name = text(&row["attribute"]);
        for example in row["examples"].as_array().unwrap() {
            let state = state_with(name, example.clone()).unwrap();
            assert_eq!(&write(&state)[name], example);
            let nested = state_with("lists", json!([{ name: example.clone() }])).unwrap();
            let nested = nested.nested_statistics().unwrap();
            let nested = &nested[0];
            let expected = example
                .as_f64()
                .map_or(Statistic(None), |number| Statistic(Some(number)));
            let values = [
                (
                    "GSW_STAT_BUSY_FACTOR",
                    nested.busy_factor,
                    state.busy_factor,
                ),
                ("GSW_STAT_HIT_RATIO", nested.hit_ratio, state.hit_ratio),
                (
                    "GSW_STAT_OVERDIAL_RATE",
                    nested.overdial_rate,
                    state.overdial_rate,
                ),
                (
                    "GSW_STAT_TIME_TO_COMPLETE",
                    nested.time_to_complete,
                    state.time_to_complete,
                ),
            ];
            for (other, nested, top) in values {
                let expected = (name == other).then_some(expected);
                assert_eq!((nested, top), (expected, expected), "{other}");
            }
            round_trip(&state);
        }
        for wrong in [json!(-0.5), json!("0.5"), json!(true), json!([1])] {
            let error = state_with(name, wrong).unwrap_err();
            assert!(
                error.contains(name) && error.contains("not negative"),
                "{error}"
            );
        }
        assert_eq!(
            write(&state_with(name, json!("")).unwrap())[name],
            Value::Null
        );
    }
    for value in [-1.0, f64::NAN, f64::INFINITY] {
        let state = CampaignGroupState {
            hit_ratio: Some(Statistic(Some(value))),
            ..Default::default()
        };
        let error = serde_json::to_string(&state).unwrap_err().to_string();
        assert!(error.starts_with("GSW_STAT_HIT_RATIO: "), "{error}");
    }
}

#[test]
fn c04_a_campaign_group_dbid_is_text_or_a_number() {
    for value in [json!("101"), json!(101)] {
        let state = state_with("GSW_CAMPAIGN_GROUP_DBID", value.clone()).unwrap();
        assert_eq!(state.campaign_group_dbid.as_deref(), Some("101"));
        assert_eq!(write(&state)["GSW_CAMPAIGN_GROUP_DBID"], "101");
        let record: Record = read(json!({ "GSW_CAMPAIGN_GROUP_DBID": value })).unwrap();
        assert_eq!(record.campaign_group_dbid, Some(101));
        assert_eq!(write(&record), json!({ "GSW_CAMPAIGN_GROUP_DBID": 101 }));
    }
}

#[test]
fn c05_c06_an_unset_tenant_is_written_as_unknown() {
    for name in ["GSW_TENANT_NAME", "GSW_TENANT_CCID"] {
        for unset in [json!("undefined"), json!("Unknown"), json!(""), json!(null)] {
            let state = state_with(name, unset).unwrap();
            assert_eq!((&state.tenant_name, &state.tenant_ccid), (&None, &None));
            assert_eq!(write(&state)[name], "Unknown");
            assert!(state.other.is_empty());
        }
        let state = state_with(name, json!(42)).unwrap();
        assert_eq!(write(&state)[name], "42");
        assert!(state_with(name, json!(true)).is_err());
    }
}

#[test]
fn c07_a_callback_type_is_read_in_any_case_and_written_in_capitals() {
    let arguments =
        |callback: Value| vec![json!("1"), json!(257), json!("05/27/2021 10:55"), callback];
    for (given, expected) in [
        (json!("personal"), CallbackType::Personal),
        (json!("Personal"), CallbackType::Personal),
        (json!("CAMPAIGN"), CallbackType::Campaign),
        (json!("Campaign"), CallbackType::Campaign),
        (json!(7), CallbackType::Code(7)),
        (json!("Team"), CallbackType::from(String::from("Team"))),
    ] {
        let call = RescheduleRecord::from_arguments(arguments(given.clone())).unwrap();
        assert_eq!(call.callback_type, expected);
        let written = &call.arguments().unwrap()[3];
        match expected {
            CallbackType::Personal => assert_eq!(written, "PERSONAL"),
            CallbackType::Campaign => assert_eq!(written, "CAMPAIGN"),
            _ => assert_eq!(written, &given),
        }
    }
    assert!(RescheduleRecord::from_arguments(arguments(json!(true))).is_err());
}

#[test]
fn c08_times_of_day_are_seconds_in_records_and_clock_times_in_fields() {
    for given in [json!(36900), json!("36900"), json!("10:15"), json!("10.15")] {
        let record: Record = read(json!({ "GSW_FROM": given, "GSW_UNTIL": given })).unwrap();
        assert_eq!(record.from, Some(SecondsFromMidnight(36900)));
        assert_eq!(
            write(&record),
            json!({ "GSW_FROM": 36900, "GSW_UNTIL": 36900 })
        );
        let data: RecordData = read(json!({ "GSW_FROM": given, "GSW_UNTIL": given })).unwrap();
        assert_eq!(data.until, Some(SecondsFromMidnight(36900)));
        assert_eq!(
            write(&data),
            json!({ "GSW_FROM": "10:15", "GSW_UNTIL": "10:15" })
        );
    }
    for wrong in [
        json!("24:00"),
        json!("10:60"),
        json!("10:5"),
        json!("a:15"),
        json!(-1),
        json!(10.15),
    ] {
        let error = read::<RecordData>(json!({ "GSW_FROM": wrong })).unwrap_err();
        assert!(
            error.starts_with("GSW_FROM: expected seconds from midnight"),
            "{error}"
        );
    }
    // A minute that is not whole, or a time past the day, would be cut.
    for seconds in [86399, 86400, 90000, i64::from(u32::MAX)] {
        let data = RecordData {
            until: Some(SecondsFromMidnight(seconds)),
            ..Default::default()
        };
        let error = serde_json::to_string(&data).unwrap_err().to_string();
        assert!(error.starts_with("GSW_UNTIL: HH:MM"), "{error}");
    }
    assert_eq!(SecondsFromMidnight(86340).to_clock().unwrap(), "23:59");
    assert_eq!(
        SecondsFromMidnight::from_clock("7:05"),
        Some(SecondsFromMidnight(25500))
    );
}

#[test]
fn c16_c21_c22_codes_without_a_table_are_kept() {
    for name in [
        "GSW_DIAL_MODE",
        "GSW_OPTIMIZE_BY",
        "GSW_OPTIMIZE_GOAL",
        "GSW_CAMPAIGN_GROUP_STATUS",
        "GSW_CAMPAIGN_GROUP_ACTION",
        "GSW_CAMPAIGN_GROUP_ACTOR",
    ] {
        for code in [i64::MIN, -1, 0, 7, 4711, i64::MAX] {
            for given in [json!(code), json!(code.to_string())] {
                let state = state_with(name, given).unwrap();
                assert_eq!(write(&state)[name], code);
            }
        }
        for wrong in [
            json!(1.5),
            json!(true),
            json!("x"),
            json!({}),
            json!(u64::MAX),
        ] {
            let error = state_with(name, wrong).unwrap_err();
            assert!(error.starts_with(name), "{error}");
        }
    }
}

#[test]
fn c23_what_does_not_apply_may_be_null_empty_or_missing() {
    let state = state_with("GSW_DIAL_MODE", Value::Null).unwrap();
    assert_eq!(state.dial_mode, None);
    assert_eq!(write(&state)["GSW_DIAL_MODE"], Value::Null);
    assert_eq!(
        state_with("GSW_OPTIMIZE_BY", json!(""))
            .unwrap()
            .optimize_by,
        None
    );
    assert_eq!(
        state_with("GSW_OPTIMIZE_BY", json!(0)).unwrap().optimize_by,
        Some(OptimizeBy(0))
    );
    for unset in [json!(""), Value::Null] {
        let state = state_with("GSW_DATE_TIME", unset).unwrap();
        assert_eq!(state.date_time, None);
    }
    assert_eq!(
        state_with("GSW_QUEUE_NAME", Value::Null)
            .unwrap()
            .queue_name,
        None
    );
    assert!(
        !keys(&write(
            &read::<CampaignGroupState>(minimal_state()).unwrap()
        ))
        .contains(&"GSW_DIAL_MODE")
    );

    // A null that was kept does not stand beside a value that is set later.
    let mut state = state;
    state.dial_mode = Some(HttpDialMode(3));
    assert_eq!(write(&state)["GSW_DIAL_MODE"], 3);
}

#[test]
fn c23_statistics_are_found_at_any_depth_and_stay_where_they_are() {
    let json = json!({
        "GSW_USER_EVENT": "CampaignGroupState",
        "GSW_STAT_HIT_RATIO": 0.5,
        "group": { "GSW_STAT_BUSY_FACTOR": 0.85, "GSW_STAT_OVERDIAL_RATE": null },
        "lists": [
            { "GSW_CALLING_LIST": "a", "GSW_STAT_HIT_RATIO": 0.3 },
            { "x/y~z": { "deep": [[{ "GSW_STAT_TIME_TO_COMPLETE": 600, "GSW_STAT_NEW": 1 }]] } },
            7
        ]
    });
    let state: CampaignGroupState = read(json.clone()).unwrap();
    assert_eq!(state.hit_ratio, Some(Statistic(Some(0.5))));
    let found = state.nested_statistics().unwrap();
    let pointers: Vec<String> = found
        .iter()
        .map(|found| found.path.iter().map(Step::to_string).collect())
        .collect();
    assert_eq!(
        pointers,
        ["/group", "/lists/0", "/lists/1/x~1y~0z/deep/0/0"]
    );
    for (found, pointer) in found.iter().zip(&pointers) {
        assert_eq!(
            &Value::from(found.object.clone()),
            json.pointer(pointer).unwrap()
        );
    }
    assert_eq!(found[0].overdial_rate, Some(Statistic(None)));
    assert_eq!(found[0].hit_ratio, None);
    assert_eq!(found[1].object["GSW_CALLING_LIST"], "a");
    assert_eq!(found[2].time_to_complete, Some(Statistic(Some(600.0))));
    for name in ["group", "lists"] {
        assert_eq!(write(&state)[name], json[name]);
    }

    let wrong = state_with("lists", json!([{ "GSW_STAT_HIT_RATIO": -1 }])).unwrap();
    let error = wrong.nested_statistics().unwrap_err().to_string();
    assert!(
        error.starts_with("/lists/0: GSW_STAT_HIT_RATIO: expected"),
        "{error}"
    );
    round_trip(&wrong);
}

#[test]
fn c24_the_notification_has_seconds_and_the_client_has_calendar_dates() {
    for (given, milliseconds, written) in [
        (
            json!("1700000000.123"),
            1_700_000_000_123_i64,
            "1700000000.123",
        ),
        (json!("1700000000.5"), 1_700_000_000_500, "1700000000.500"),
        (json!("1700000000.05"), 1_700_000_000_050, "1700000000.050"),
        (json!("1700000000"), 1_700_000_000_000, "1700000000.000"),
        (
            json!(1_700_000_000.123),
            1_700_000_000_123,
            "1700000000.123",
        ),
        (json!(1_700_000_000), 1_700_000_000_000, "1700000000.000"),
        (json!("0"), 0, "0.000"),
    ] {
        let state = state_with("GSW_DATE_TIME", given).unwrap();
        let expected = Timestamp::from_millisecond(milliseconds).unwrap();
        assert_eq!(state.date_time, Some(expected));
        assert_eq!(write(&state)["GSW_DATE_TIME"], written);
    }
    for wrong in [
        "05/27/2021 10:55",
        "-1",
        "+1",
        "1.",
        ".5",
        "1.2345",
        "1e9",
        " 1",
        "999999999999999",
        "1.-1",
    ] {
        let error = state_with("GSW_DATE_TIME", json!(wrong)).unwrap_err();
        assert!(
            error.starts_with("GSW_DATE_TIME: expected seconds"),
            "{error}"
        );
    }
    let before = CampaignGroupState {
        date_time: Some(Timestamp::from_nanosecond(-1).unwrap()),
        ..Default::default()
    };
    assert!(serde_json::to_string(&before).is_err());

    let with_date = |date: &str| {
        RescheduleRecord::from_arguments(vec![
            json!("1"),
            json!(257),
            json!(date),
            json!("PERSONAL"),
        ])
    };
    for given in ["05/27/2021 10:55", "5/27/21 10:55", "05/27/21 10:55"] {
        let call = with_date(given).unwrap();
        assert_eq!(call.reschedule_date, date(2021, 5, 27).at(10, 55, 0, 0));
        assert_eq!(call.arguments().unwrap()[2], "05/27/2021 10:55");
    }
    for wrong in [
        "25/45/00",
        "25/45/00 10:55",
        "02/29/2021 10:55",
        "05/27/021 10:55",
        "05/27/2021 24:00",
        "05/27/2021",
        "1700000000.123",
        "05/27/2021 10:5",
        "05/27/2021/1 10:55",
    ] {
        let error = with_date(wrong).unwrap_err().to_string();
        assert!(
            error.starts_with("rescheduleDate: expected a date"),
            "{error}"
        );
    }
    let mut call = with_date("05/27/2021 10:55").unwrap();
    call.reschedule_date = date(2021, 5, 27).at(10, 55, 1, 0);
    assert!(
        call.arguments()
            .unwrap_err()
            .to_string()
            .starts_with("rescheduleDate: ")
    );
}

#[test]
fn c62_misspelled_names_are_read_and_the_right_ones_written() {
    let data: RecordData = read(json!({ "GWS_FROM": "10.15" })).unwrap();
    assert_eq!(write(&data), json!({ "GSW_FROM": "10:15" }));
    // Beside the right name the other one is just unknown: neither value is lost.
    for both in [
        json!({ "GWS_FROM": "x", "GSW_FROM": "10:15" }),
        json!({ "GSW_FROM": "10:15", "GWS_FROM": "x" }),
    ] {
        let data: RecordData = read(both.clone()).unwrap();
        assert_eq!(data.from, Some(SecondsFromMidnight(36900)));
        assert_eq!(write(&data), both);
    }
    let error = read::<RecordData>(json!({ "GWS_FROM": "x" })).unwrap_err();
    assert!(error.starts_with("GWS_FROM: "), "{error}");

    let field = |extra: Value| {
        let mut field =
            json!({ "name": "a", "isEditable": true, "isMandatory": false, "valueType": "string" });
        field.as_object_mut().unwrap().extend(map(extra));
        read::<Field>(field).unwrap()
    };
    assert_eq!(
        field(json!({ "type": "time" })).field_type,
        Some(FieldType::Time)
    );
    let both = field(json!({ "type": "x", "fieldType": "int" }));
    assert_eq!(both.field_type, Some(FieldType::Int));
    assert_eq!(both.other["type"], "x");
    let null = field(json!({ "type": "int", "fieldType": null }));
    assert_eq!(
        (null.field_type, null.other.len()),
        (Some(FieldType::Int), 0)
    );
}

#[test]
fn c63_declared_types_give_way_to_the_ones_in_use() {
    for given in [json!("6"), json!(6)] {
        let call: SetCallResult =
            read(json!({ "interactionId": "1", "callResult": given })).unwrap();
        assert_eq!(call.call_result, CallResult::BUSY);
        assert_eq!(write(&call)["callResult"], "6");
        let response: ResponseTo<GetCallResult> =
            read(json!({ "request": "outbound.getCallResult", "data": given })).unwrap();
        assert_eq!(write(&response)["data"], 6);
    }
    let none: ResponseTo<GetCallResult> =
        read(json!({ "request": "outbound.getCallResult", "data": null })).unwrap();
    assert_eq!(none.data, None);
    assert_eq!(write(&none)["data"], Value::Null);
    assert!(read::<SetCallResult>(json!({ "interactionId": "1", "callResult": "busy" })).is_err());
    assert!(
        read::<UpdateRecordFields>(json!({ "interactionId": "1", "recordData": "{}" })).is_err()
    );
    assert!(read::<FieldOptions>(json!("{}")).is_err());
}

#[test]
fn c64_only_json_is_read() {
    let printed = "{\n  \"request\": \"outbound.getChainedRecords\",\n  \"data\": [ { \"records\": [ {\n    GSW_FROM: 0\n";
    let error = serde_json::from_str::<ResponseTo<GetChainedRecords>>(printed).unwrap_err();
    assert_eq!((error.line(), error.column()), (4, 5));
}

#[test]
fn c65_a_record_handle_is_that_of_the_record() {
    let response: ResponseTo<GetChainedRecords> =
        serde_json::from_str(include_str!("data/service_client/getChainedRecords.json")).unwrap();
    let record = &response.data.unwrap()[0].records[1];
    let call = CallPreviewRecord {
        interaction_id: "1".into(),
        record_handle: record.record_handle.unwrap(),
        ..CallPreviewRecord::from_arguments(vec![json!("1"), json!("1")]).unwrap()
    };
    assert_eq!(call.arguments().unwrap(), [json!("1"), json!(284)]);
    let first = CallPreviewRecord {
        record_handle: 1,
        ..call.clone()
    };
    assert_eq!(first.arguments().unwrap(), [json!("1"), json!(1)]);
    for handle in [0, -1] {
        let call = CallPreviewRecord {
            record_handle: handle,
            ..call.clone()
        };
        let error = call.arguments().unwrap_err().to_string();
        assert!(error.starts_with("recordHandle: "), "{error}");
    }
}

fn full_field() -> Field {
    Field {
        name: "GSW_FROM".into(),
        display_name: Some("Call From".into()),
        value: Some(FieldValue::Time(SecondsFromMidnight(36900))),
        is_editable: true,
        is_mandatory: false,
        options: Some(FieldOptions(vec![("1".into(), "One".into())])),
        field_type: Some(FieldType::Time),
        value_type: ValueType::String,
        other: Map::new(),
    }
}

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

    let listed: Vec<&str> = FieldType::LISTED.iter().map(AsRef::as_ref).collect();
    assert_eq!(listed, names(&spec["field_types"], "name"));
    let listed: Vec<&str> = ValueType::LISTED.iter().map(AsRef::as_ref).collect();
    assert_eq!(json!(listed), spec["value_types"]);
    for name in ["int", "string", "outbound.getCampaigns"] {
        assert_eq!(FieldType::from(name).to_string(), name);
        assert_eq!(
            matches!(FieldType::from(name), FieldType::Other(_)),
            name != "int"
        );
        round_trip(&FieldType::from(name));
    }
}

#[test]
fn call_results_are_those_of_the_table() {
    let spec = &spec()["service_client"]["call_results"];
    let table: Vec<(String, CallResult)> = CallResult::LISTED
        .iter()
        .map(|(code, name)| ((*name).to_owned(), CallResult(*code)))
        .collect();
    assert_eq!(&write(&CallResults(table.clone())), spec);
    assert_eq!(keys(spec).len(), 39);
    for (name, result) in table {
        assert_eq!(CallResult::from_name(&name), Some(result));
        assert_eq!(result.name(), Some(name.as_str()));
        assert_eq!(result.to_string(), format!("{name} ({})", result.0));
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

fn full_record() -> Record {
    Record {
        agent_id: Some("+33298025000".into()),
        application_id: Some(139),
        attempts: Some(0),
        calling_list: Some("Calling List Custom".into()),
        calling_list_dbid: Some(101),
        call_attempt_guid: Some("003DC7H6HG84DBRT1KMIF1TAES000031".into()),
        call_result: Some(CallResult::UNKNOWN),
        campaign_group_dbid: Some(101),
        campaign_group_description: Some(String::new()),
        campaign_group_name: Some("Outbound Campaign Custom@Agent Group Outbound".into()),
        campaign_name: Some("Outbound Campaign Custom".into()),
        chain_id: Some(3),
        contact_media_type: Some("voice".into()),
        from: Some(SecondsFromMidnight(0)),
        phone: Some("+33647005".into()),
        phone_type: Some(PhoneType::HOME_PHONE),
        record_handle: Some(283),
        reference_id: Some(3),
        switch_dbid: Some(101),
        tz_name: Some("ACT".into()),
        tz_offset: Some(TzOffset(34200)),
        until: Some(SecondsFromMidnight(86399)),
        user_event: Some("PreviewRecord".into()),
        bundle_uid: Some("27458420-0348-4345-c693-45bd95b5c81f".into()),
        case_uid: Some("a26f59d2-2979-43c5-5c1d-b0757f9ab077".into()),
        interaction_subtype: Some("OutboundNew".into()),
        interaction_type: Some("Outbound".into()),
        camp_type: Some("PreviewRecord".into()),
        other: Map::new(),
    }
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
        assert_eq!(record.other[name], json[name]);
        assert_eq!(write(&record), json);
    }
}

#[test]
fn sample_responses_read_typed_and_write_the_same() {
    fn same<C: Call>(sample: &str) -> ResponseTo<C>
    where
        C::Data: serde::Serialize + serde::de::DeserializeOwned,
    {
        let response: ResponseTo<C> = serde_json::from_str(sample).unwrap();
        assert_eq!(response.request, C::METHOD);
        assert!(response.other.is_empty());
        assert_eq!(response.user_agent.as_deref(), Some("WWE Server"));
        assert_eq!(response.protocol_version, Some(2));
        let sample: Value = serde_json::from_str(sample).unwrap();
        let envelope = &spec()["service_client"]["response_envelope"]["members"];
        assert_eq!(keys(&write(&response)), names(envelope, "name"));
        let mut expected = sample;
        if C::METHOD == Method::GetRecordFields {
            // The two misspellings and the full stop are the sample's own (C08, C62).
            let field = expected["data"][0].as_object_mut().unwrap();
            field.insert("name".into(), "GSW_FROM".into());
            field.insert("value".into(), "10:15".into());
            let kind = field.remove("type").unwrap();
            field.insert("fieldType".into(), kind);
        }
        assert_eq!(write(&response), expected);
        response
    }

    let results = same::<GetListOfCallResults>(include_str!(
        "data/service_client/getListOfCallResults.json"
    ));
    assert_eq!(
        write(&results)["data"],
        spec()["service_client"]["call_results"]
    );
    let result = same::<GetCallResult>(include_str!("data/service_client/getCallResult.json"));
    assert_eq!(result.data, Some(CallResult::BUSY));

    let chains =
        same::<GetChainedRecords>(include_str!("data/service_client/getChainedRecords.json"));
    let records = &chains.data.unwrap()[0].records;
    let events = spec()["service_client"]["sample_events"].clone();
    for (record, event) in records.iter().zip(events.as_array().unwrap()) {
        assert_eq!(json!(record.user_event), event["user_event"]);
        assert_eq!(json!(record.reference_id), event["reference_id"]);
        assert_eq!(json!(record.record_handle), event["record_handle"]);
        assert_eq!(record.other.len(), 6);
    }
    let mut first = records[0].clone();
    first.other.clear();
    assert_eq!(first, full_record());

    let fields = same::<GetRecordFields>(include_str!("data/service_client/getRecordFields.json"));
    let fields = fields.data.unwrap();
    assert_eq!(
        fields[0].value,
        Some(FieldValue::Time(SecondsFromMidnight(36900)))
    );
    let options = fields[2].options.as_ref().unwrap();
    assert_eq!(options.0[0], ("3".into(), "Business With Extension".into()));
    assert_eq!(
        write(options),
        spec()["service_client"]["phone_type_options"]
    );
    round_trip(&fields);
}

/// Checks a method against its row, in both directions: an argument for each parameter, and none
/// besides.
fn method<C: Call + PartialEq + Debug>(
    rows: &mut Vec<Value>,
    arguments: Value,
    undocumented: bool,
) {
    let at = rows
        .iter()
        .position(|row| row["request"] == C::METHOD.as_ref());
    let row = rows.remove(at.unwrap_or_else(|| panic!("{} twice or invented", C::METHOD)));
    let callbacks = json!([
        { "name": "succeeded", "type": "function", "required_in_signature": true },
        { "name": "failed", "type": "function", "required_in_signature": true },
    ]);
    let mut parameters = row["parameters"].as_array().unwrap().clone();
    let functions = parameters.split_off(parameters.len() - 2);
    assert_eq!(Value::from(functions), callbacks);
    let parameters = Value::from(parameters);
    assert_eq!(C::PARAMETERS, names(&parameters, "name"));
    assert_eq!(row["response_data"]["documented"], !undocumented, "{row}");

    let arguments = arguments.as_array().unwrap().clone();
    let call = C::from_arguments(arguments.clone()).unwrap();
    assert_eq!(call.arguments().unwrap(), arguments);
    let json = write(&call);
    assert_eq!(keys(&json), C::PARAMETERS);
    for row in parameters.as_array().unwrap() {
        let value = &json[text(&row["name"])];
        match (text(&row["name"]), text(&row["type"])) {
            ("recordData", _) => assert!(value.is_object()),
            (_, "string") => assert!(value.is_string(), "{row}"),
            (_, "number") => assert!(value.is_number(), "{row}"),
            (_, other) => panic!("{other}"),
        }
        // All are in the signature, so none may be missing.
        let mut less = json.clone();
        less.as_object_mut().unwrap().remove(text(&row["name"]));
        assert!(read::<C>(less).is_err());
    }
    round_trip(&call);
    let mut more = arguments;
    more.push(json!("one more"));
    assert!(C::from_arguments(more).is_err());

    // Unknown parameters survive as members, and are not dropped from a list silently.
    let mut more = json;
    more["later"] = json!({ "version": [3] });
    let call: C = read(more.clone()).unwrap();
    assert_eq!(write(&call), more);
    assert!(
        call.arguments()
            .unwrap_err()
            .to_string()
            .starts_with("later: ")
    );
}

#[test]
fn methods_and_parameters_are_those_of_the_table() {
    let spec = spec();
    let client = &spec["service_client"];
    assert_eq!(client["namespace"], NAMESPACE);
    let listed: Vec<&str> = Method::LISTED.iter().map(AsRef::as_ref).collect();
    assert_eq!(listed, names(&client["methods"], "request"));
    for row in client["methods"].as_array().unwrap() {
        assert_eq!(row["request"], format!("outbound.{}", text(&row["name"])));
    }

    let mut rows = client["methods"].as_array().unwrap().clone();
    let reschedule = rows.iter().find(|row| row["name"] == "rescheduleRecord");
    let reschedule = reschedule.unwrap()["sample_arguments"].clone();
    let values = rows
        .iter()
        .flat_map(|row| row["parameters"].as_array().unwrap());
    let values = values.clone().find_map(|parameter| parameter.get("values"));
    let listed: Vec<Value> = CallbackType::LISTED
        .iter()
        .map(|callback| {
            let mut call =
                RescheduleRecord::from_arguments(reschedule.as_array().unwrap().clone()).unwrap();
            call.callback_type = callback.clone();
            call.arguments().unwrap()[3].clone()
        })
        .collect();
    assert_eq!(values, Some(&Value::from(listed)));

    macro_rules! methods {
        ($($Name:ident $arguments:expr;)*) => {
            $(method::<$Name>(
                &mut rows,
                $arguments,
                TypeId::of::<<$Name as Call>::Data>() == TypeId::of::<Value>(),
            );)*
        };
    }
    methods! {
        GetCampaigns json!([]);
        GetPreviewRecord json!(["Spring"]);
        CallPreviewRecord json!(["1", 257]);
        RejectPreviewRecord json!([]);
        CancelPreviewRecord json!([]);
        StartDirectPushPreview json!([]);
        StopDirectPushPreview json!([]);
        GetListOfCallResults json!([]);
        SetCallResult json!(["1", "6"]);
        GetCallResult json!(["1"]);
        SetDoNotCall json!(["1"]);
        RemoveDoNotCall json!(["1"]);
        RescheduleRecord reschedule;
        CancelReschedule json!(["1"]);
        GetChainedRecords json!(["1"]);
        GetRecordFields json!(["1"]);
        UpdateRecordFields json!(["1", { "GSW_FROM": "10:15" }]);
    }
    assert!(rows.is_empty(), "missing: {rows:?}");
}

#[test]
fn the_sample_update_is_typed_and_written_as_the_rules_ask() {
    let spec = spec();
    let methods = spec["service_client"]["methods"].as_array().unwrap();
    let row = methods
        .iter()
        .find(|row| row["name"] == "updateRecordFields")
        .unwrap();
    let data: RecordData = read(row["sample_record_data"].clone()).unwrap();
    assert_eq!(data.from, Some(SecondsFromMidnight(36900)));
    assert_eq!(data.until, Some(SecondsFromMidnight(85500)));
    assert_eq!(data.phone_type, Some(PhoneType(9)));
    let mut expected = row["sample_record_data"].clone();
    expected["GSW_FROM"] = "10:15".into();
    assert_eq!(write(&data), expected);

    let full = RecordData {
        from: Some(SecondsFromMidnight(36900)),
        until: Some(SecondsFromMidnight(85500)),
        phone: Some("5551234".into()),
        phone_type: Some(PhoneType::PIN_PAGER),
        other: Map::new(),
    };
    let system = row["updatable"]["system_keys_inferred"].as_array().unwrap();
    assert_eq!(set(keys(&write(&full))), set(system.iter().map(text)));
    // A null empties a field, so it is not the same as leaving the field out.
    let empty: RecordData = read(json!({ "GSW_PHONE": null, "Custom": null })).unwrap();
    assert_eq!(write(&empty), json!({ "GSW_PHONE": null, "Custom": null }));
}

#[test]
fn updates_are_checked_by_the_documented_rules() {
    let field = full_field();
    assert_eq!(field.check_update(&json!("10:15")), Ok(()));
    assert_eq!(field.check_update(&json!(null)), Ok(()));
    assert_eq!(field.check_update(&json!("")), Ok(()));
    assert_eq!(
        field.check_update(&json!(7)),
        Err(UpdateRefused::WrongType(ValueType::String))
    );
    let mandatory = Field {
        is_mandatory: true,
        ..field.clone()
    };
    for empty in [json!(null), json!("")] {
        assert_eq!(
            mandatory.check_update(&empty),
            Err(UpdateRefused::Mandatory)
        );
    }
    let number = Field {
        value_type: ValueType::Number,
        ..mandatory.clone()
    };
    assert_eq!(number.check_update(&json!(7)), Ok(()));
    assert_eq!(
        number.check_update(&json!("7")),
        Err(UpdateRefused::WrongType(ValueType::Number))
    );
    let boolean = Field {
        value_type: ValueType::Boolean,
        ..mandatory.clone()
    };
    assert_eq!(boolean.check_update(&json!(false)), Ok(()));
    let unknown = Field {
        value_type: "blob".into(),
        ..mandatory.clone()
    };
    assert_eq!(unknown.check_update(&json!([1])), Ok(()));
    let fixed = Field {
        is_editable: false,
        ..field
    };
    assert_eq!(
        fixed.check_update(&json!("x")),
        Err(UpdateRefused::NotEditable)
    );
}

#[test]
fn field_values_are_read_by_the_type_of_the_field() {
    let field = |kind: &str, value: Value| {
        read::<Field>(json!({
            "value": value, "fieldType": kind, "name": "a",
            "isEditable": true, "isMandatory": false, "valueType": "string",
        }))
    };
    let date = date(2021, 5, 27).at(10, 55, 0, 0);
    for (kind, value, expected, written) in [
        (
            "date",
            json!("5/27/21 10:55"),
            FieldValue::Date(date),
            json!("05/27/2021 10:55"),
        ),
        (
            "time",
            json!("7.05"),
            FieldValue::Time(SecondsFromMidnight(25500)),
            json!("07:05"),
        ),
        (
            "time",
            json!("soon"),
            FieldValue::Text("soon".into()),
            json!("soon"),
        ),
        (
            "var-char",
            json!("10.15"),
            FieldValue::Text("10.15".into()),
            json!("10.15"),
        ),
        (
            "float",
            json!("10.15"),
            FieldValue::Text("10.15".into()),
            json!("10.15"),
        ),
        ("int", json!(7), FieldValue::Number(7.into()), json!(7)),
        ("bool", json!(true), FieldValue::Boolean(true), json!(true)),
        (
            "later",
            json!("10.15"),
            FieldValue::Text("10.15".into()),
            json!("10.15"),
        ),
    ] {
        let field = field(kind, value).unwrap();
        assert_eq!(field.value, Some(expected));
        assert_eq!(write(&field)["value"], written);
        round_trip(&field);
    }
    assert!(
        field("int", json!([7]))
            .unwrap_err()
            .starts_with("value: expected text")
    );
}

#[test]
fn responses_of_other_namespaces_and_failures_are_kept() {
    let failure = json!({
        "request": "outbound.getFuture",
        "errorMessage": "no such record",
        "code": [1, { "a": null }],
        "protocolVersion": 3,
    });
    let response: AnyResponse = read(failure.clone()).unwrap();
    assert_eq!(response.request.as_ref(), "outbound.getFuture");
    assert!(matches!(response.request, Method::Other(_)));
    assert_eq!(write(&response), failure);
    round_trip(&response);
    assert_eq!(
        read::<AnyResponse>(json!({ "data": 1 })).unwrap_err(),
        "request: missing"
    );
}

#[test]
fn errors_name_the_member_and_the_place() {
    let text = "{\n  \"GSW_USER_EVENT\": \"CampaignGroupState\",\n  \"GSW_DIAL_MODE\": \"fast\"\n}";
    let error = serde_json::from_str::<CampaignGroupState>(text).unwrap_err();
    assert!(
        error
            .to_string()
            .starts_with("GSW_DIAL_MODE: expected an integer, found the text \"fast\"")
    );
    assert_eq!((error.line(), error.column()), (3, 25));
    // Inside a list the place is that of the value too.
    let text =
        "{\"request\": \"\", \"data\": [{\n\"records\": [{\n\"GSW_FROM\": {},\n\"x\": 1}]}]}";
    let error = serde_json::from_str::<ResponseTo<GetChainedRecords>>(text).unwrap_err();
    assert_eq!(error.line(), 3, "{error}");
    // Twice the same name, known, fixed or unknown: one of the two values would be lost.
    for text in [
        r#"{"GSW_USER_EVENT":"CampaignGroupState","GSW_USER_EVENT":"CampaignGroupState"}"#,
        r#"{"GSW_USER_EVENT":"CampaignGroupState","GSW_DIAL_MODE":null,"GSW_DIAL_MODE":1}"#,
        r#"{"GSW_USER_EVENT":"CampaignGroupState","x":1,"x":1}"#,
    ] {
        let error = serde_json::from_str::<CampaignGroupState>(text).unwrap_err();
        assert!(error.to_string().contains(": there twice"), "{error}");
    }
    assert!(serde_json::from_str::<CallResults>(r#"{"OK":0,"OK":0}"#).is_err());
    let error = read::<CampaignGroupState>(json!({})).unwrap_err();
    assert_eq!(error, "GSW_USER_EVENT: missing");
    for other in [json!("Error"), json!(null), json!(7)] {
        let error = state_with("GSW_USER_EVENT", other).unwrap_err();
        assert!(
            error.starts_with("GSW_USER_EVENT: expected CampaignGroupState, found"),
            "{error}"
        );
    }
    assert!(
        read::<CampaignGroupState>(json!([]))
            .unwrap_err()
            .contains("an object")
    );
    // Long texts are cut to what a line of a log holds.
    for (length, more) in [(4, ""), (40, ""), (41, "…"), (1000, "…")] {
        let error = state_with("GSW_DIAL_MODE", json!("é".repeat(length))).unwrap_err();
        let shown = "é".repeat(length.min(40));
        assert_eq!(
            error,
            format!("GSW_DIAL_MODE: expected an integer, found the text \"{shown}\"{more}")
        );
    }
    // Every name of an object, whatever its type.
    let twice = r#"{"request": "outbound.getCampaigns", "request": "outbound.getCampaigns"}"#;
    let error = serde_json::from_str::<AnyResponse>(twice).unwrap_err();
    assert!(
        error.to_string().starts_with("request: there twice"),
        "{error}"
    );
}

#[test]
fn json_of_another_shape_is_told_what_was_expected() {
    fn error<T: serde::de::DeserializeOwned + Debug>(value: Value) -> String {
        serde_json::from_value::<T>(value).unwrap_err().to_string()
    }
    assert_eq!(
        error::<Field>(json!(7)),
        "invalid type: integer `7`, expected an object: Field"
    );
    assert_eq!(
        error::<AnyResponse>(json!("x")),
        "invalid type: string \"x\", expected an object: Response"
    );
    assert_eq!(
        error::<FieldOptions>(json!(7)),
        "invalid type: integer `7`, expected an object: the codes and labels of options"
    );
    assert_eq!(
        error::<CallResults>(json!([])),
        "invalid type: sequence, expected an object: names and codes of call results"
    );
    // Only a deserializer that is not of JSON has bytes.
    let bytes = serde::de::value::BytesDeserializer::<serde::de::value::Error>::new(b"6");
    let from_bytes = <CallResult as serde::Deserialize>::deserialize(bytes);
    assert_eq!(
        from_bytes.unwrap_err().to_string(),
        "invalid type: byte array, expected any JSON value"
    );
}

#[test]
fn a_null_is_a_missing_value() {
    assert_eq!(
        read::<CallResult>(json!(null)).unwrap_err(),
        "call result: missing"
    );
    let field = write(&full_field());
    for name in ["name", "isEditable", "isMandatory", "valueType"] {
        let mut field = field.clone();
        field[name] = json!(null);
        let error = read::<Field>(field).unwrap_err();
        assert_eq!(error, format!("{name}: missing"));
    }
    // Where a value may be missing, the null stays to be written back.
    let mut null = field.clone();
    null["value"] = json!(null);
    let read_back: Field = read(null.clone()).unwrap();
    assert_eq!(read_back.value, None);
    assert_eq!(write(&read_back), null);
    let call = json!({
        "interactionId": "1",
        "recordHandle": 7,
        "rescheduleDate": "05/27/2021 10:55",
        "callbackType": "PERSONAL",
    });
    assert!(read::<RescheduleRecord>(call.clone()).is_ok());
    for name in keys(&call) {
        let mut call = call.clone();
        call[name] = json!(null);
        let error = read::<RescheduleRecord>(call).unwrap_err();
        assert_eq!(error, format!("{name}: missing"));
    }
}

#[test]
fn what_has_no_form_is_not_written() {
    let refusal = |record: &Record| serde_json::to_value(record).unwrap_err().to_string();
    let mut record = full_record();
    record.from = Some(SecondsFromMidnight(-1));
    assert_eq!(refusal(&record), "GSW_FROM: a time of day is not negative");
    record.from = Some(SecondsFromMidnight(0));
    assert_eq!(write(&record)["GSW_FROM"], 0);
}

#[test]
fn a_code_of_a_callback_is_the_same_for_the_desktop() {
    let desktop = |callback: &CallbackType| {
        let callback = cti_codec::gsw::CallbackType::from(callback);
        (callback.code(), callback.to_string())
    };
    assert_eq!(desktop(&CallbackType::Code(3)), (Some(3), "3".into()));
    assert_eq!(desktop(&CallbackType::Campaign), (None, "Campaign".into()));
    assert_eq!(
        desktop(&"Nobody".to_owned().into()),
        (None, "Nobody".into())
    );
}

#[test]
fn names_show_as_text_of_any_width() {
    assert_eq!(Method::GetCampaigns.to_string(), "outbound.getCampaigns");
    assert_eq!(format!("{:>9}|", FieldType::VarChar), " var-char|");
    assert_eq!(format!("{:<8}|", ValueType::from("x")), "x       |");
}

/// Parameters that are no object, which only a type from elsewhere can have.
#[derive(serde::Serialize, serde::Deserialize)]
struct Bare(i64);

impl Call for Bare {
    const METHOD: Method = Method::GetCampaigns;
    const PARAMETERS: &'static [&'static str] = &["a"];
    type Data = Value;
}

#[test]
fn parameters_are_an_object() {
    assert_eq!(
        Bare(1).arguments().unwrap_err().to_string(),
        "parameters are an object"
    );
}

#[test]
fn a_member_that_has_a_row_is_written_once() {
    let mut state = full_state();
    state.other = map(json!({ "GSW_DIAL_MODE": 99, "GSW_USER_EVENT": "x", "x": 1 }));
    let json = write(&state);
    assert_eq!((&json["GSW_DIAL_MODE"], &json["x"]), (&json!(1), &json!(1)));
    assert_eq!(json["GSW_USER_EVENT"], "CampaignGroupState");
}

fn json_value() -> impl Strategy<Value = Value> {
    let leaf = prop_oneof![
        Just(Value::Null),
        any::<bool>().prop_map(Value::from),
        any::<i64>().prop_map(Value::from),
        any::<u64>().prop_map(Value::from),
        (0..1000_i32).prop_map(|number| Value::from(f64::from(number) / 8.0)),
        ".{0,8}".prop_map(Value::from),
        name().prop_map(Value::from),
    ];
    leaf.prop_recursive(4, 24, 4, |inner| {
        prop_oneof![
            prop::collection::vec(inner.clone(), 0..4).prop_map(Value::from),
            prop::collection::btree_map(name(), inner, 0..6)
                .prop_map(|members| Value::Object(members.into_iter().collect())),
        ]
    })
}

/// Names that mean something, and others.
fn name() -> impl Strategy<Value = String> {
    let mut known = keys(&write(&full_state())).join(" ");
    for more in [write(&full_record()), write(&full_field())] {
        known = format!("{known} {}", keys(&more).join(" "));
    }
    known += " GWS_FROM type request data records interactionId recordHandle rescheduleDate callbackType callResult recordData campaignName CampaignGroupState int date 10.15 05/27/2021";
    let known: Vec<String> = known.split(' ').map(str::to_owned).collect();
    prop_oneof![4 => prop::sample::select(known), 1 => "[a-zA-Z~/ ]{0,6}"]
}

/// Names that no row has.
fn unknown() -> impl Strategy<Value = Map<String, Value>> {
    prop::collection::btree_map("z[a-z~/]{0,5}", json_value(), 0..4)
        .prop_map(|members| members.into_iter().collect())
}

fn statistic() -> impl Strategy<Value = Option<Statistic>> {
    prop::option::of(prop_oneof![
        Just(Statistic(None)),
        // At most 15 digits: beyond those serde_json is exact only with its feature
        // `float_roundtrip`.
        (0..u32::MAX).prop_map(|number| Statistic(Some(f64::from(number) / 1000.0))),
    ])
}

fn some_text() -> impl Strategy<Value = Option<String>> {
    prop::option::of(".{0,8}")
}

fn date_time() -> impl Strategy<Value = DateTime> {
    (0..=9999_i16, 1..=12_i8, 1..=28_i8, 0..=23_i8, 0..=59_i8)
        .prop_map(|(year, month, day, hour, minute)| date(year, month, day).at(hour, minute, 0, 0))
}

prop_compose! {
    fn state()(
        milliseconds in prop::option::of(0..253_402_207_200_000_i64),
        tenants in (prop::option::of("[a-z]{1,5}"), prop::option::of("[0-9a-z]{1,5}")),
        texts in prop::array::uniform7(some_text()),
        integers in prop::array::uniform5(prop::option::of(any::<i64>())),
        actor in prop::option::of(any::<i64>()),
        statistics in prop::array::uniform4(statistic()),
        other in unknown(),
    ) -> CampaignGroupState {
        let [campaign_group_name, campaign_group_uuid, campaign_group_dbid, group_name, campaign_name,
            campaign_template_name, queue_name] = texts;
        let [dial_mode, optimize_by, optimize_goal, campaign_group_status, campaign_group_action] = integers;
        let [busy_factor, hit_ratio, overdial_rate, time_to_complete] = statistics;
        CampaignGroupState {
            date_time: milliseconds.map(|time| Timestamp::from_millisecond(time).unwrap()),
            tenant_name: tenants.0,
            tenant_ccid: tenants.1,
            campaign_group_name, campaign_group_uuid, campaign_group_dbid, group_name, campaign_name,
            campaign_template_name, queue_name,
            dial_mode: dial_mode.map(HttpDialMode),
            optimize_by: optimize_by.map(OptimizeBy),
            optimize_goal,
            campaign_group_status: campaign_group_status.map(CampaignGroupStatus),
            campaign_group_action: campaign_group_action.map(CampaignGroupAction),
            campaign_group_actor: actor.map(CampaignGroupActor),
            busy_factor, hit_ratio, overdial_rate, time_to_complete,
            other,
        }
    }
}

prop_compose! {
    fn field()(
        name in "[a-z_]{1,8}",
        display_name in some_text(),
        value in prop::option::of(prop_oneof![
            "[a-z]{0,8}".prop_map(FieldValue::Text),
            any::<i64>().prop_map(|number| FieldValue::Number(number.into())),
            any::<bool>().prop_map(FieldValue::Boolean),
            (0..1440_u32).prop_map(|minute| FieldValue::Time(SecondsFromMidnight(i64::from(minute) * 60))),
            date_time().prop_map(FieldValue::Date),
        ]),
        flags in any::<(bool, bool)>(),
        options in prop::option::of(prop::collection::btree_map(".{0,4}", ".{0,4}", 0..4)),
        kind in prop_oneof![prop::sample::select(FieldType::LISTED), "[a-z]{1,4}".prop_map(FieldType::from)],
        value_type in prop_oneof![prop::sample::select(ValueType::LISTED), "[a-z]{1,4}".prop_map(ValueType::from)],
        other in unknown(),
    ) -> Field {
        let field_type = match &value {
            Some(FieldValue::Time(_)) => Some(FieldType::Time),
            Some(FieldValue::Date(_)) => Some(FieldType::Date),
            _ => Some(kind),
        };
        Field {
            name, display_name, value, field_type, value_type, other,
            is_editable: flags.0,
            is_mandatory: flags.1,
            options: options.map(|options| FieldOptions(options.into_iter().collect())),
        }
    }
}

proptest! {
    #[test]
    fn generated_states_round_trip(state in state()) {
        round_trip(&state);
    }

    #[test]
    fn generated_responses_round_trip(fields in prop::collection::vec(field(), 0..3), other in unknown()) {
        let response: ResponseTo<GetRecordFields> = Response {
            request: Method::GetRecordFields,
            data: Some(fields),
            user_agent: None,
            protocol_version: Some(2),
            other,
        };
        round_trip(&response);
    }

    #[test]
    fn generated_calls_round_trip(
        (interaction_id, record_handle, reschedule_date) in (".{0,8}", 1..i64::MAX, date_time()),
        callback_type in prop_oneof![
            prop::sample::select(CallbackType::LISTED),
            any::<i64>().prop_map(CallbackType::Code),
            "x.{0,4}".prop_map(CallbackType::from),
        ],
        (from, until) in prop::option::of((0..1440_u32, 0..1440_u32)).prop_map(Option::unzip),
        (phone, phone_type) in (some_text(), prop::option::of(any::<i64>())),
        other in unknown(),
    ) {
        let mut call = RescheduleRecord {
            interaction_id: interaction_id.clone(), record_handle, reschedule_date, callback_type, other: Map::new(),
        };
        prop_assert_eq!(&RescheduleRecord::from_arguments(call.arguments().unwrap()).unwrap(), &call);
        call.other = other.clone();
        round_trip(&call);
        let clock = |minute: u32| SecondsFromMidnight(i64::from(minute) * 60);
        round_trip(&UpdateRecordFields {
            interaction_id,
            record_data: RecordData { from: from.map(clock), until: until.map(clock), phone, phone_type: phone_type.map(PhoneType), other },
            other: Map::new(),
        });
    }

    /// Unknown members survive, and what is read from any JSON is written so that it reads the same
    /// again.
    #[test]
    fn any_json_reads_or_errs_and_what_reads_is_stable(json in json_value(), unknown in unknown()) {
        fn stable<T: serde::Serialize + serde::de::DeserializeOwned + PartialEq + Debug>(json: &Value, extra: &Map<String, Value>) {
            let Ok(value) = serde_json::from_value::<T>(json.clone()) else { return };
            // Refused where a value is read that strict writing does not allow.
            let Ok(written) = serde_json::to_value(&value) else { return };
            assert_eq!(&serde_json::from_value::<T>(written.clone()).unwrap(), &value, "{json}");
            for (name, value) in extra {
                assert_eq!(written.get(name), Some(value));
            }
        }
        let mut json = json;
        let mut extra = &Map::new();
        if let Value::Object(members) = &mut json {
            members.extend(unknown.clone());
            members.insert("GSW_USER_EVENT".into(), "CampaignGroupState".into());
            extra = &unknown;
        }
        stable::<CampaignGroupState>(&json, extra);
        stable::<Record>(&json, extra);
        stable::<Chain>(&json, extra);
        stable::<Field>(&json, extra);
        stable::<RecordData>(&json, extra);
        stable::<AnyResponse>(&json, extra);
        stable::<ResponseTo<GetRecordFields>>(&json, extra);
        stable::<ResponseTo<GetListOfCallResults>>(&json, extra);
        stable::<GetCampaigns>(&json, extra);
        stable::<RescheduleRecord>(&json, extra);
        stable::<SetCallResult>(&json, extra);
        stable::<UpdateRecordFields>(&json, extra);
        if let Ok(state) = serde_json::from_value::<CampaignGroupState>(json) {
            let _ = state.nested_statistics();
        }
    }

    #[test]
    fn any_bytes_read_or_err(bytes in prop::collection::vec(any::<u8>(), 0..64), cut in 0..4096_usize, flip in any::<(usize, u8)>()) {
        let _ = serde_json::from_slice::<CampaignGroupState>(&bytes);
        let sample = include_bytes!("data/service_client/getRecordFields.json");
        let mut bytes = sample[..cut.min(sample.len())].to_vec();
        if let Some(byte) = bytes.get_mut(flip.0 % sample.len()) {
            *byte = flip.1;
        }
        if let Err(error) = serde_json::from_slice::<ResponseTo<GetRecordFields>>(&bytes) {
            prop_assert!(error.line() > 0);
        }
    }
}
