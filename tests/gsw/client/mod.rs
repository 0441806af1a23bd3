//! The JSON of campaign group states and of the service client, against the tables in `gsw.json`,
//! the samples of the documentation and generated values.

mod calls;
mod contradictions;
mod draft;
mod generated;
mod records;

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
use std::any::TypeId;
use std::collections::BTreeSet;
use std::fmt::Debug;

fn spec() -> Value {
    serde_json::from_str(include_str!("../../data/gsw.json")).unwrap()
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
        unlisted: Members::new(),
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
    let codes: Vec<Value> = CampaignGroupActor::TABLE
        .codes
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
            let nested = nested.nested_statistics().next().unwrap().unwrap();
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
        unlisted: Members::new(),
    }
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
        unlisted: Members::new(),
    }
}
