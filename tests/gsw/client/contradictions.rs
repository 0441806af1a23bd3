//! Contradictions of the manuals, by their numbers in `gsw.json`.

use super::*;

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
            assert!(state.unlisted.is_empty());
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
    let found: Vec<_> = state.nested_statistics().map(Result::unwrap).collect();
    let pointers: Vec<String> = found.iter().map(|found| found.path.to_string()).collect();
    assert_eq!(
        pointers,
        ["/group", "/lists/0", "/lists/1/x~1y~0z/deep/0/0"]
    );
    for (found, pointer) in found.iter().zip(&pointers) {
        assert_eq!(
            &Value::from(found.object.to_map()),
            json.pointer(pointer).unwrap()
        );
    }
    assert_eq!(found[0].overdial_rate, Some(Statistic(None)));
    assert_eq!(found[0].hit_ratio, None);
    assert_eq!(found[1].object.get("GSW_CALLING_LIST"), Some("a".into()));
    assert_eq!(found[1].path.steps()[1], Step::Item(0));
    assert_eq!(found[2].time_to_complete, Some(Statistic(Some(600.0))));
    for name in ["group", "lists"] {
        assert_eq!(write(&state)[name], json[name]);
    }

    let refused = |state: &CampaignGroupState| {
        // What an object has in it may be a statistic's object, too.
        let error = state.nested_statistics().find_map(Result::err);
        let error = error.unwrap().to_string();
        let known = "/lists/0: GSW_STAT_HIT_RATIO: expected";
        assert!(error.starts_with(known), "{error}");
    };
    for no_ratio in [json!(-1), json!([0.5]), json!({"ratio": 0.5})] {
        let wrong = state_with("lists", json!([{ "GSW_STAT_HIT_RATIO": no_ratio }])).unwrap();
        refused(&wrong);
        round_trip(&wrong);
    }
    // However deep it is: deeper than a reader of text goes by itself.
    let deep = (0..200).fold(json!(0.5), |inner, _| json!([inner]));
    let mut state = state_with("lists", json!([]))
        .map(|state| write(&state))
        .unwrap();
    state["lists"] = json!([{ "GSW_STAT_HIT_RATIO": deep }]);
    refused(&serde_json::from_value(state).unwrap());
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
    assert_eq!(both.unlisted.get("type"), Some("x".into()));
    let null = field(json!({ "type": "int", "fieldType": null }));
    assert_eq!(
        (null.field_type, null.unlisted.len()),
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
    let response: ResponseTo<GetChainedRecords> = serde_json::from_str(include_str!(
        "../../data/service_client/getChainedRecords.json"
    ))
    .unwrap();
    let record = response.data.unwrap()[0].records.get(1).unwrap();
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
