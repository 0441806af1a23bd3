//! Lists as such.

use cti_codec::ccx::layout::{FieldRow, FixedRow, GroupRow};
use cti_codec::ccx::*;
use proptest::prelude::*;

use crate::common::{as_received, cases, strict};

#[test]
fn messages_differ_by_their_lists() {
    let variable = |value: &'static str| NamedVariable {
        name: "user.layout".into(),
        value: value.into(),
    };
    let lists = [
        vec![],
        vec![variable("a")],
        vec![variable("b")],
        vec![variable("a"), variable("b")],
        vec![variable("b"), variable("a")],
    ];
    let fields: [&[FloatingField<'_>]; 4] = [
        &[],
        &[FloatingField { id: 97, data: b"a" }],
        &[FloatingField { id: 97, data: b"b" }],
        &[FloatingField { id: 98, data: b"a" }],
    ];
    let mut messages = Vec::new();
    for list in &lists {
        for fields in fields {
            // From slices, whose lengths only show when the program runs.
            messages.push(Message::from(SetCallDataReq {
                connection_device_id: Some("".into()),
                named_variables: Repeated::from(list.as_slice()),
                unlisted: Unlisted::from(fields),
                ..Default::default()
            }));
        }
    }
    for (index, message) in messages.iter().enumerate() {
        let written = as_received(message, Version::V14).unwrap();
        let read = Frame::new(written.as_slice()).unwrap();
        let read = read.decode(Version::V14).unwrap();
        let Message::SetCallDataReq(read) = read else {
            panic!("{read:?}");
        };
        for (other, wanted) in messages.iter().enumerate() {
            assert_eq!(message == wanted, index == other, "{message:?} {wanted:?}");
            let Message::SetCallDataReq(wanted) = wanted else {
                panic!("{wanted:?}");
            };
            // Read, as well, save that the counts are those that came.
            let same =
                (read.named_variables, read.unlisted) == (wanted.named_variables, wanted.unlisted);
            assert_eq!(same, index == other, "{read:?} {wanted:?}");
        }
    }
}

#[test]
fn lists_show_their_elements() {
    let written = as_received(
        &SetCallDataReq {
            named_variables: Repeated::from(&[NamedVariable {
                name: "a".into(),
                value: "b".into(),
            }]),
            unlisted: Unlisted::from(&[FloatingField {
                id: 97,
                data: &[1, 2],
            }]),
            ..Default::default()
        }
        .into(),
        Version::V14,
    )
    .unwrap();
    let frame = Frame::new(written.as_slice()).unwrap();
    let Ok(Message::SetCallDataReq(read)) = frame.decode(Version::V14) else {
        panic!();
    };
    assert_eq!(
        format!("{:?}", read.named_variables),
        r#"[NamedVariable { name: "a", value: "b" }]"#
    );
    assert_eq!(
        format!("{:?}", read.unlisted),
        "[FloatingField { id: 97, data: [1, 2] }]"
    );
}

/// Whatever is no member of an element ends it: a field that no table lists, or one of the message.
#[test]
fn elements_are_kept_apart_by_what_stands_between_their_members() {
    let empty = AgentStateEvent::default().into();
    let empty = as_received(&empty, Version::V14).unwrap();
    let csq_id: &[u8] = &[62, 4, 0, 0, 0, 7];
    let csq_state: &[u8] = &[65, 2, 0, 3];
    let unlisted: &[u8] = &[97, 1, 0];
    let next_state: &[u8] = &[123, 2, 0, 4];
    let (id, state) = (Some(7), Some(AgentState(3)));
    for (between, expected) in [
        (&[][..], &[(id, state)][..]),
        (unlisted, &[(id, None), (None, state)]),
        (next_state, &[(id, None), (None, state)]),
    ] {
        let body = [&empty[8..], csq_id, between, csq_state].concat();
        let event = AgentStateEvent::decode(&body, Version::V14).unwrap();
        let csqs: Vec<_> = event
            .csqs
            .iter()
            .map(|csq| (csq.csq_id, csq.csq_state))
            .collect();
        assert_eq!(csqs, expected, "{between:02x?}");
    }
}

#[test]
fn an_element_of_nothing_but_a_list_is_written() {
    static CSQS: [AgentRecordCsq; 2] = [
        AgentRecordCsq {
            csq_id: Some(10),
            skill_group_priority: None,
        },
        AgentRecordCsq {
            csq_id: Some(11),
            skill_group_priority: None,
        },
    ];
    let records = [AgentRecord {
        csqs: Repeated::from(&CSQS),
        ..Default::default()
    }];
    let message = Message::from(ConfigAgentEvent {
        records: Repeated::from(&records),
        ..Default::default()
    });
    let written = strict(&message, Version::V14).unwrap();
    assert_eq!(
        written[8..],
        [
            0, 1, // NumRecords
            191, 2, 0, 2, // NumCSQs
            62, 4, 0, 0, 0, 10, 62, 4, 0, 0, 0, 11
        ]
    );
}

/// What came is kept as long as it counts what came.
#[test]
fn a_list_in_the_place_of_one_that_came_is_counted_anew() {
    let two = [NamedVariable::default(); 2];
    let one = [NamedVariable::default()];
    let message = |list| {
        Message::from(SetCallDataReq {
            connection_device_id: Some("".into()),
            named_variables: list,
            ..Default::default()
        })
    };
    let came = strict(&message(Repeated::from(&two)), Version::V14).unwrap();
    let frame = Frame::new(came.as_slice()).unwrap();
    let Ok(Message::SetCallDataReq(mut edited)) = frame.decode(Version::V14) else {
        panic!();
    };
    assert_eq!(edited.named_variables.announced(), Some(2));
    edited.named_variables = Repeated::from(&one);
    let wanted = strict(&message(Repeated::from(&one)), Version::V14);
    assert_eq!(strict(&edited.into(), Version::V14), wanted);
    assert_eq!(as_received(&edited.into(), Version::V14), wanted);
}

/// As received, the version's tables do not matter, but the width of its ids does.
#[test]
fn an_id_that_does_not_fit_is_refused_as_received_too() {
    let message = Message::from(AgentStateEvent {
        active_terminal: Some("1".into()),
        ..Default::default()
    });
    for version in Version::ALL {
        let error = as_received(&message, version).err();
        let kind = error.map(|error| error.kind);
        let refusal = (version < Version::V18).then_some(Fault::NotInVersion {
            since: 18,
            until: None,
        });
        assert_eq!(kind, refusal, "{version}");
    }
}

/// A nested list's count is made from the list when it is written, so it is as good as a member that
/// is set: two elements with nothing but lists stand apart by their counts.
#[test]
fn elements_are_told_apart_by_the_counts_of_their_lists() {
    let csqs = [AgentRecordCsq {
        csq_id: Some(4),
        ..Default::default()
    }];
    let records = [AgentRecord {
        csqs: Repeated::from(&csqs),
        ..Default::default()
    }; 2];
    let message = Message::from(ConfigAgentEvent {
        records: Repeated::from(&records),
        ..Default::default()
    });
    let bytes = strict(&message, Version::V14).unwrap();
    let frame = Frame::new(bytes.as_slice()).unwrap();
    let again = frame.decode(Version::V14).unwrap();
    assert_eq!(again, message);
    assert_eq!(strict(&again, Version::V14), Ok(bytes));
}

/// The other way round, a count that came with a list says nothing once the list is replaced by an
/// empty one: it is not written.
#[test]
fn a_received_count_whose_list_is_gone_keeps_no_elements_apart() {
    let csqs = [AgentRecordCsq {
        csq_id: Some(4),
        ..Default::default()
    }];
    let one = [AgentRecord {
        csqs: Repeated::from(&csqs),
        ..Default::default()
    }];
    let message = Message::from(ConfigAgentEvent {
        records: Repeated::from(&one),
        ..Default::default()
    });
    let bytes = strict(&message, Version::V14).unwrap();
    let frame = Frame::new(bytes.as_slice()).unwrap();
    let Ok(Message::ConfigAgentEvent(received)) = frame.decode(Version::V14) else {
        panic!("{frame:?}");
    };
    let mut record = received.records.iter().next().unwrap();
    record.csqs = Repeated::default();
    record.last_name = Some("Doe".into());
    let second = AgentRecord {
        last_name: None,
        first_name: Some("Jane".into()),
        ..record
    };
    let records = [record, second];
    let message = Message::from(ConfigAgentEvent {
        records: Repeated::from(&records),
        ..received
    });
    let error = strict(&message, Version::V14).unwrap_err();
    assert_eq!(error.kind, Fault::RunsTogether { index: 1 });
}

/// Elements that an unlisted field keeps apart could not be written side by side. As received they go
/// out where they were, whatever of the fixed part has been changed.
#[test]
fn elements_kept_apart_by_a_stranger_are_sent_on() {
    let body = [0, 2, 0xb7, 2, 0, 0, 0xfe, 0, 0x3e, 4, 0, 0, 0, 1];
    let mut bytes = vec![0, 0, 0, 14, 0, 0, 0, 237];
    bytes.extend(body);
    let frame = Frame::new(bytes.as_slice()).unwrap();
    let event = frame
        .decode_as::<ConfigAgentEvent<'_>>(Version::V14)
        .unwrap();
    assert_eq!(event.records.len(), 2);
    assert_eq!(as_received(&event.into(), Version::V14), Ok(bytes.clone()));
    let error = strict(&event.into(), Version::V14).unwrap_err();
    assert_eq!(error.kind, Fault::RunsTogether { index: 1 });
    // In another form there is no way to say it, nor if something has been taken out.
    for (event, version) in [
        (event, Version::V18),
        (
            ConfigAgentEvent {
                unlisted: Unlisted::default(),
                ..event
            },
            Version::V14,
        ),
    ] {
        let error = as_received(&event.into(), version).unwrap_err();
        assert_eq!(error.kind, Fault::RunsTogether { index: 1 });
    }
}

/// A rule about a member of a list is found at the element that breaks it.
#[test]
fn a_broken_rule_is_found_at_its_element() {
    let member = |operation| TeamMember {
        agent_id: Some("a".into()),
        record_type: Some(operation),
        ..TeamMember::default()
    };
    let members = [member(RecordType::ADD), member(RecordType::CHANGE)];
    let event = TeamConfigEvent {
        team_name: Some("t".into()),
        members: Repeated::from(&members),
        ..TeamConfigEvent::default()
    };
    let mut findings = event.check(Version::V14);
    findings.retain(|finding| finding.kind.name() == "rule-broken");
    let bytes = event.to_bytes(Version::V14).unwrap();
    let [finding] = &findings[..] else {
        panic!("{findings:?}");
    };
    // The id of the second RecordType, whose value is Change.
    assert_eq!(bytes[finding.offset..][..4], [183, 2, 0, 1]);
}

/// What strangers keep apart is sent on only as it came: a change of the message is not lost.
#[test]
fn a_list_that_strangers_keep_apart_bears_no_change_of_the_fields() {
    let empty = as_received(&AgentStateEvent::default().into(), Version::V14).unwrap();
    let fields: &[u8] = &[62, 4, 0, 0, 0, 7, 97, 1, 0, 65, 2, 0, 3];
    let body = [&empty[8..], fields].concat();
    let event = AgentStateEvent::decode(&body, Version::V14).unwrap();
    assert_eq!(event.csqs.len(), 2);
    let again = as_received(&event.into(), Version::V14).unwrap();
    assert_eq!(again[8..], body);
    // The fixed part may change.
    let other = AgentStateEvent {
        agent_state: AgentState::READY,
        ..event
    };
    let other = as_received(&other.into(), Version::V14).unwrap();
    assert_eq!(other[8 + body.len() - fields.len()..], *fields);
    assert_ne!(other, again);
    for changed in [
        AgentStateEvent {
            agent_id: Some("jdoe".into()),
            ..event
        },
        AgentStateEvent {
            csqs: Repeated::default(),
            agent_id: Some("jdoe".into()),
            ..event
        },
    ] {
        let result = as_received(&changed.into(), Version::V14);
        if changed.csqs.is_empty() {
            assert!(result.is_ok_and(|bytes| bytes.windows(4).any(|part| part == b"jdoe")));
        } else {
            assert!(result.is_err(), "{result:?}");
        }
    }
}

/// A first member that is no number begins no element.
#[test]
fn a_first_member_that_is_refused_begins_no_element() {
    let body = [
        &[0, 1, 183, 2, 0, 0, 190, 2, b'a', 0][..],
        &[183, 1, 0],
        &[138, 2, b'L', 0],
    ]
    .concat();
    let event = ConfigAgentEvent::decode(&body, Version::V14).unwrap();
    let records: Vec<_> = event
        .records
        .iter()
        .map(|record| (record.login_id.is_some(), record.last_name.is_some()))
        .collect();
    assert_eq!(records, [(true, true)]);
}

/// Short or long, in each width: the name of a variable ends at its first NUL.
#[test]
fn a_nul_in_a_name_or_value_is_refused() {
    for version in [Version::V14, Version::V18] {
        for (name, value, strict_only) in [
            ("a\0b", "v", false),
            ("\0", "", false),
            ("a", "v\0w", true),
            ("longer than eight\0", "v", false),
            ("a", "longer than eight\0", true),
        ] {
            let variables = [NamedVariable {
                name: name.into(),
                value: value.into(),
            }];
            let message = Message::from(SetCallDataReq {
                connection_device_id: Some("1".into()),
                named_variables: Repeated::from(&variables),
                ..Default::default()
            });
            assert!(strict(&message, version).is_err(), "{name:?} {value:?}");
            assert_eq!(
                as_received(&message, version).is_ok(),
                strict_only,
                "{name:?} {value:?}"
            );
        }
    }
}

/// `Debug` shows everything that is set, in every message.
#[test]
fn debug_shows_unlisted_fields() {
    for message in crate::common::defaults() {
        assert!(!format!("{message:?}").contains("unlisted"));
        let fields = [FloatingField {
            id: 250,
            data: b"x",
        }];
        let with = crate::common::with_unlisted(message, &fields);
        let shown = format!("{with:?}");
        let expected = "unlisted: [FloatingField { id: 250, data: [120] }]";
        assert!(shown.contains(expected), "{shown}");
    }
}

/// A field header of two bytes has room for 255 bytes, of a field that no table lists too.
#[test]
fn an_unlisted_field_may_be_as_long_as_a_header_says() {
    for (length, fits) in [(255, true), (256, false)] {
        let data = vec![b'x'; length];
        let fields = [FloatingField {
            id: 200,
            data: &data,
        }];
        let message = Message::from(HeartbeatConf {
            invoke_id: 1,
            unlisted: Unlisted::from(&fields),
        });
        let mut bytes = bytes::BytesMut::new();
        let written = message.encode_as_received(Version::V14, &mut bytes);
        assert_eq!(written.is_ok(), fits, "{length}");
        if fits {
            let frame = Frame::new(bytes.freeze()).unwrap();
            assert_eq!(frame.decode(Version::V14), Ok(message));
        }
    }
}

/// Takes the elements of all lists, as a visitor is handed them.
#[derive(Default)]
struct Named<'a>(Vec<Value<'a>>);

impl<'a> Visitor<'a> for Named<'a> {
    fn fixed(&mut self, _: &'static FixedRow, _: Value<'_>) {}
    fn field(&mut self, _: &'static FieldRow, value: Value<'a>) {
        if matches!(value, Value::NamedVariable(_) | Value::NamedArray(_)) {
            self.0.push(value);
        }
    }
    fn list(&mut self, _: &'static GroupRow, list: List<'_, 'a>) {
        list.each(|element| element.visit(self));
    }
    fn unlisted(&mut self, _: Unlisted<'a>) {}
}

/// Splits a name and a value as the guide tells it.
fn split(data: &[u8]) -> Option<(Text<'_>, Text<'_>)> {
    let at = data.iter().position(|byte| *byte == 0)?;
    let value = &data[at + 1..];
    let value = value.strip_suffix(&[0]).unwrap_or(value);
    Some((data[..at].into(), value.into()))
}

fn variable(data: &[u8]) -> Option<NamedVariable<'_>> {
    let (name, value) = split(data)?;
    Some(NamedVariable { name, value })
}

fn element(data: &[u8]) -> Option<NamedArray<'_>> {
    let (index, data) = data.split_first()?;
    let (name, value) = split(data)?;
    Some(NamedArray {
        index: *index,
        name,
        value,
    })
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(cases(400)))]

    /// Each way through a list of named data finds the same, whatever stands between the elements,
    /// and whichever of them have no NUL where there should be one.
    #[test]
    fn named_data_are_read_alike_in_each_way(
        fields in proptest::collection::vec(
            (
                prop_oneof![4 => Just(82_u8), 4 => Just(83), 1 => Just(97), 1 => Just(13)],
                proptest::collection::vec(prop_oneof![1 => Just(0_u8), 6 => 1_u8..], 0..40),
            ),
            0..12,
        ),
        cut in 0_usize..4,
    ) {
        let empty = SetCallDataReq { connection_device_id: Some("".into()), ..Default::default() };
        let mut bytes = as_received(&empty.into(), Version::V14).unwrap();
        for (id, data) in &fields {
            bytes.extend([*id, u8::try_from(data.len()).unwrap()]);
            bytes.extend(data);
        }
        let body = bytes.get(8..).unwrap();
        let message = SetCallDataReq::decode(body, Version::V14).unwrap();
        let of = |wanted: u8| {
            let fields = fields.iter().filter(move |(id, _)| *id == wanted);
            fields.map(|(_, data)| data.as_slice())
        };
        let variables: Vec<_> = of(82).filter_map(variable).collect();
        let elements: Vec<_> = of(83).filter_map(element).collect();

        prop_assert_eq!(message.named_variables.len(), variables.len());
        prop_assert_eq!(message.named_arrays.len(), elements.len());
        prop_assert!(message.named_variables.iter().eq(variables.iter().copied()));
        prop_assert!(message.named_arrays.iter().eq(elements.iter().copied()));
        // At once, from the middle on.
        let mut rest = message.named_variables.iter();
        rest.by_ref().take(cut).for_each(drop);
        let mut at_once = Vec::new();
        rest.for_each(|variable| at_once.push(variable));
        prop_assert_eq!(&at_once, &variables[cut.min(variables.len())..]);

        let mut visited = Named::default();
        message.visit(&mut visited);
        let mut expected: Vec<_> = variables.iter().copied().map(Value::NamedVariable).collect();
        expected.extend(elements.iter().copied().map(Value::NamedArray));
        prop_assert_eq!(&visited.0, &expected);

        // What a program builds is shown like what has come.
        let built = SetCallDataReq {
            named_variables: variables.as_slice().into(),
            named_arrays: elements.as_slice().into(),
            ..Default::default()
        };
        let mut visited = Named::default();
        built.visit(&mut visited);
        prop_assert_eq!(&visited.0, &expected);
    }
}
