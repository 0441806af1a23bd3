//! Generated values, there and back.

use super::*;

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
        unlisted in unknown(),
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
            unlisted: unlisted.into(),
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
        kind in prop_oneof![prop::sample::select(FieldType::ALL), "[a-z]{1,4}".prop_map(FieldType::from)],
        value_type in prop_oneof![prop::sample::select(ValueType::ALL), "[a-z]{1,4}".prop_map(ValueType::from)],
        unlisted in unknown(),
    ) -> Field {
        let field_type = match &value {
            Some(FieldValue::Time(_)) => Some(FieldType::Time),
            Some(FieldValue::Date(_)) => Some(FieldType::Date),
            _ => Some(kind),
        };
        Field {
            name, display_name, value, field_type, value_type, unlisted: unlisted.into(),
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
    fn generated_responses_round_trip(fields in prop::collection::vec(field(), 0..3), unlisted in unknown()) {
        let response: ResponseTo<GetRecordFields> = Response {
            request: Method::GetRecordFields,
            data: Some(fields),
            user_agent: None,
            protocol_version: Some(2),
            unlisted: unlisted.into(),
        };
        round_trip(&response);
    }

    #[test]
    fn generated_calls_round_trip(
        (interaction_id, record_handle, reschedule_date) in (".{0,8}", 1..i64::MAX, date_time()),
        callback_type in prop_oneof![
            prop::sample::select(CallbackType::ALL),
            any::<i64>().prop_map(CallbackType::Code),
            "x.{0,4}".prop_map(CallbackType::from),
        ],
        (from, until) in prop::option::of((0..1440_u32, 0..1440_u32)).prop_map(Option::unzip),
        (phone, phone_type) in (some_text(), prop::option::of(any::<i64>())),
        unlisted in unknown(),
    ) {
        let mut call = RescheduleRecord {
            interaction_id: interaction_id.clone(), record_handle, reschedule_date, callback_type, unlisted: Members::new(),
        };
        prop_assert_eq!(&RescheduleRecord::from_arguments(call.arguments().unwrap()).unwrap(), &call);
        call.unlisted = unlisted.clone().into();
        round_trip(&call);
        let clock = |minute: u32| SecondsFromMidnight(i64::from(minute) * 60);
        round_trip(&UpdateRecordFields {
            interaction_id,
            record_data: RecordData { from: from.map(clock), until: until.map(clock), phone, phone_type: phone_type.map(PhoneType), unlisted: unlisted.into() },
            unlisted: Members::new(),
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
            for found in state.nested_statistics().flatten() {
                // The way leads to what was found.
                let whole = Value::from(state.unlisted.view().to_map());
                let steps = found.path.steps();
                let object = steps.iter().fold(&whole, |value, step| match step {
                    Step::Member(name) => &value[&**name],
                    Step::Item(at) => &value[*at],
                });
                prop_assert_eq!(object, &Value::from(found.object.to_map()));
            }
        }
    }

    #[test]
    fn any_bytes_read_or_err(bytes in prop::collection::vec(any::<u8>(), 0..64), cut in 0..4096_usize, flip in any::<(usize, u8)>()) {
        let _ = serde_json::from_slice::<CampaignGroupState>(&bytes);
        let sample = include_bytes!("../../data/service_client/getRecordFields.json");
        let mut bytes = sample[..cut.min(sample.len())].to_vec();
        if let Some(byte) = bytes.get_mut(flip.0 % sample.len()) {
            *byte = flip.1;
        }
        if let Err(error) = serde_json::from_slice::<ResponseTo<GetRecordFields>>(&bytes) {
            prop_assert!(error.line() > 0);
        }
    }
}
