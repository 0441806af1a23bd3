//! Methods, their parameters, and what they answer.

use super::*;

#[test]
fn sample_responses_read_typed_and_write_the_same() {
    fn same<C: Call>(sample: &str) -> ResponseTo<C>
    where
        C::Data: serde::Serialize + serde::de::DeserializeOwned,
    {
        let response: ResponseTo<C> = serde_json::from_str(sample).unwrap();
        assert_eq!(response.request, C::METHOD);
        assert!(response.unlisted.is_empty());
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
        "../../data/service_client/getListOfCallResults.json"
    ));
    assert_eq!(
        write(&results)["data"],
        spec()["service_client"]["call_results"]
    );
    let result =
        same::<GetCallResult>(include_str!("../../data/service_client/getCallResult.json"));
    assert_eq!(result.data, Some(CallResult::BUSY));

    let chains = same::<GetChainedRecords>(include_str!(
        "../../data/service_client/getChainedRecords.json"
    ));
    let chain = chains.data.unwrap().remove(0);
    assert_eq!(chain.records.len(), 2);
    let records: Vec<Record> = chain.records.iter().collect();
    assert_eq!(records.iter().cloned().collect::<Records>(), chain.records);
    assert_eq!(chain.records.get(1).as_ref(), records.get(1));
    let events = spec()["service_client"]["sample_events"].clone();
    for (record, event) in records.iter().zip(events.as_array().unwrap()) {
        assert_eq!(json!(record.user_event), event["user_event"]);
        assert_eq!(json!(record.reference_id), event["reference_id"]);
        assert_eq!(json!(record.record_handle), event["record_handle"]);
        assert_eq!(record.unlisted.len(), 6);
    }
    let mut first = records[0].clone();
    first.unlisted.clear();
    assert_eq!(first, full_record());

    let fields = same::<GetRecordFields>(include_str!(
        "../../data/service_client/getRecordFields.json"
    ));
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
    let listed: Vec<&str> = Method::ALL.iter().map(AsRef::as_ref).collect();
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
    let listed: Vec<Value> = CallbackType::ALL
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
        unlisted: Members::new(),
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
    for wrong in [json!("false"), json!(0), json!({}), json!([true])] {
        assert_eq!(
            boolean.check_update(&wrong),
            Err(UpdateRefused::WrongType(ValueType::Boolean)),
            "{wrong}"
        );
    }
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
    assert!(matches!(response.request, Method::Unlisted(_)));
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
        "CallResult: missing"
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
    state.unlisted = map(json!({ "GSW_DIAL_MODE": 99, "GSW_USER_EVENT": "x", "x": 1 })).into();
    let json = write(&state);
    assert_eq!((&json["GSW_DIAL_MODE"], &json["x"]), (&json!(1), &json!(1)));
    assert_eq!(json["GSW_USER_EVENT"], "CampaignGroupState");
}
