//! Messages that were built, and what the tables owe to the JSON.

use super::*;

#[test]
fn built_messages() {
    let variables = [
        NamedVariable {
            name: "user.layout".into(),
            value: "Default".into(),
        },
        NamedVariable {
            name: "BAStatus".into(),
            value: "Zo\u{eb}".into(),
        },
    ];
    let csqs = [
        AgentStateCsq {
            csq_id: Some(4),
            csq_state: Some(AgentState::TALKING),
            ..Default::default()
        },
        AgentStateCsq {
            csq_id: Some(5),
            skill_group_id: Some(0),
            ..Default::default()
        },
    ];
    let messages: [Message<'_>; 4] = [
        OpenReq {
            invoke_id: 1,
            version_number: 14,
            idle_timeout: 60,
            client_id: Some("desk".into()),
            client_password: Some(b"\x00\xff"),
            agent_id: Some("".into()),
            ..Default::default()
        }
        .into(),
        AgentStateEvent {
            csqs: Repeated::from(&csqs),
            agent_state: AgentState(999),
            mrd_id: -5,
            ..Default::default()
        }
        .into(),
        SetCallDataReq {
            connection_device_id: Some("9026".into()),
            named_variables: Repeated::from(&variables),
            ..Default::default()
        }
        .into(),
        ConfigRequestEvent::default().into(),
    ];
    for message in messages {
        for version in Version::ALL {
            let object = serde_json::to_value(message).unwrap();
            assert_eq!(object.get("length"), None);
            let mut expected = BytesMut::new();
            if let Err(error) = message.encode(version, &mut expected) {
                // A request to open a session names its version.
                assert_eq!(error.message, MessageType::OPEN_REQ);
                assert_ne!(version, Version::V14);
                continue;
            }
            let (packed, back) = read(&object, version).unwrap();
            assert_eq!(packed, Packed::Strict);
            assert_eq!(back, expected, "{object}");
        }
    }
}

#[test]
fn keys_are_unique_and_names_mean_one_value() {
    fn names(rows: &'static [FloatingRow]) -> Vec<&'static str> {
        rows.iter()
            .map(|row| match row {
                FloatingRow::Field(row) => {
                    meaning(row.name, row.values);
                    row.name
                }
                FloatingRow::Group(group) => {
                    unique(group.name, names(group.rows));
                    group.name
                }
            })
            .collect()
    }
    fn unique(of: &str, mut names: Vec<&str>) {
        names.sort_unstable();
        let all = names.len();
        names.dedup();
        assert_eq!(names.len(), all, "{of}: {names:?}");
    }
    /// The name under which a value is shown gives that value back.
    fn meaning(field: &str, table: Option<&'static ValueTable>) {
        for row in table.into_iter().flat_map(|table| table.values) {
            if let (Some(table), Some(name)) = (table, row.name) {
                let shown = table.name_of(row.first).unwrap();
                assert_eq!(table.value_of(shown), Some(row.first), "{field} {name}");
            }
        }
    }
    for layout in LAYOUTS {
        let mut keys = names(layout.floating);
        for row in layout.fixed {
            meaning(row.name, row.values);
            assert!(row.size() <= 8);
            keys.push(row.name);
        }
        unique(layout.name, keys);
    }
}

/// Where nothing is said of the fixed part, it has what the structs have by default, and this is
/// what is left out of an object.
#[test]
fn reserved_fields_are_left_out_where_they_have_the_printed_value() {
    for layout in LAYOUTS {
        for version in Version::ALL {
            let size = layout.fixed_size(version);
            let object = json!({"id": layout.message_type, "length": size, "fields":
                // Required, with a prescribed value.
                match layout.name {
                    "CONFIG_REQUEST_EVENT" => json!({"CUSTOMER_ID": null}),
                    "SNAPSHOT_CALL_CONF" => json!({
                        "ROUTER_CALL_KEY_DAY": null, "ROUTER_CALL_KEY_CALLID": null
                    }),
                    _ => json!({}),
                }
            });
            let (packed, back) = read(&object, version).unwrap();
            assert!(matches!(packed, Packed::AsReceived(_)), "{}", layout.name);
            let mut at = 8;
            for row in layout
                .fixed
                .iter()
                .filter(|row| row.is_in(version.number()))
            {
                let printed = match row.kind.size() {
                    Some(size) => row.usual.to_be_bytes()[4 - size..].to_vec(),
                    None => vec![0; 8],
                };
                let end = at + row.size();
                assert_eq!(back[at..end], printed, "{}.{}", layout.name, row.name);
                at = end;
            }
            assert_eq!(at, back.len());
            let (object, _) = comes_back(&back, version);
            let fields = object["fields"].as_object().unwrap();
            for row in layout.fixed {
                let shown = row.reserved.is_none() && row.is_in(version.number());
                assert_eq!(
                    fields.contains_key(row.name),
                    shown,
                    "{}.{}",
                    layout.name,
                    row.name
                );
            }
        }
    }
}

/// Encoding adds `NumCSQs` to each record, which tells them apart; from JSON as from structs.
#[test]
fn records_told_apart_by_their_counts_are_read_from_json() {
    let object = serde_json::json!({
        "message": "CONFIG_AGENT_EVENT",
        "fields": { "Records": [
            { "RecordType": "Add", "CSQs": [{ "CSQID": 1 }] },
            { "CSQs": [{ "CSQID": 2 }] },
        ] },
    });
    let mut out = BytesMut::new();
    assert_eq!(
        json::read(&object, Version::V14, &mut out),
        Ok(Packed::Strict)
    );
    let frame = Frame::new(out).unwrap();
    let Ok(Message::ConfigAgentEvent(event)) = frame.decode(Version::V14) else {
        panic!()
    };
    let csqs: Vec<_> = event
        .records
        .iter()
        .map(|record| record.csqs.len())
        .collect();
    assert_eq!(csqs, [1, 1]);
}
