//! Messages built from structs.

use cti_codec::ccx::layout::{FloatingRow, Required};
use cti_codec::ccx::*;
use oracles::ccx::{Event, Part, Tree, leaf, printed, shown};

use crate::common::{as_received, defaults, strict};

/// A built message is written strictly, and read again shows what was built and the counts of its
/// lists. Required reserved fields, written with their printed value, are all that is added.
fn built(message: impl Into<Message<'static>>) {
    let mut message = message.into();
    for version in Version::ALL {
        if let Message::OpenReq(open) = &mut message {
            open.version_number = version.number();
        }
        let written = match strict(&message, version) {
            Ok(written) => written,
            Err(error) if matches!(error.kind, Fault::NotInVersion { .. }) => continue,
            Err(error) => panic!("{error}"),
        };
        let read = Frame::new(written.as_slice()).unwrap();
        let read = read.decode(version).unwrap();
        let rows = read.message_type().layout().unwrap().floating;
        let added = |event: &Event| match event {
            Event::Field(id, ..) => leaf(rows, *id)
                .is_some_and(|row| row.required == Required::Yes && row.reserved.is_some()),
            _ => false,
        };
        let shown_built = shown(&message);
        let mut shown_read = shown(&read);
        shown_read.retain(|event| !added(event) || shown_built.contains(event));
        assert_eq!(shown_read, shown_built, "{version}");
        assert_eq!(strict(&read, version).as_ref(), Ok(&written));
        assert_eq!(as_received(&read, version), Ok(written));
    }
}

#[test]
fn messages_built_from_structs_go_there_and_back() {
    built(OpenReq {
        invoke_id: 1,
        version_number: 14,
        idle_timeout: 60,
        services_requested: CtiService::ALL_EVENTS | CtiService::SUPERVISOR,
        call_msg_mask: CallEventMask::all(),
        client_id: Some("desk".into()),
        client_password: Some(b"secret"),
        client_signature: Some("signature".into()),
        ..Default::default()
    });
    static PERIPHERALS: [Peripheral; 2] = [
        Peripheral {
            flt_peripheral_id: Some(5000),
            multiline_agent_control: Some(1),
        },
        Peripheral {
            flt_peripheral_id: Some(5001),
            multiline_agent_control: None,
        },
    ];
    built(OpenConf {
        unified_ccx_online: true.into(),
        agent_state: AgentState::READY,
        peripherals: Repeated::from(&PERIPHERALS),
        ..Default::default()
    });
    static CSQS: [AgentStateCsq; 3] = [
        AgentStateCsq {
            csq_id: Some(1),
            skill_group_id: Some(0xffff_ffff),
            skill_group_priority: Some(0),
            csq_state: Some(AgentState::READY),
        },
        AgentStateCsq {
            csq_id: Some(special::NULL_CSQ),
            skill_group_id: None,
            skill_group_priority: None,
            csq_state: Some(AgentState(99)),
        },
        AgentStateCsq {
            csq_id: Some(3),
            skill_group_id: None,
            skill_group_priority: Some(1),
            csq_state: None,
        },
    ];
    built(AgentStateEvent {
        csqs: Repeated::from(&CSQS),
        agent_id: Some("agent".into()),
        ..Default::default()
    });
    static RECORD_CSQS: [AgentRecordCsq; 2] = [
        AgentRecordCsq {
            csq_id: Some(10),
            skill_group_priority: Some(0),
        },
        AgentRecordCsq {
            csq_id: Some(11),
            skill_group_priority: None,
        },
    ];
    let records: &'static [AgentRecord<'static>] = vec![
        AgentRecord {
            record_type: Some(RecordType::ADD),
            agent_type: Some(AgentType::AGENT),
            login_id: Some("one".into()),
            csqs: Repeated::from(&RECORD_CSQS),
            ..Default::default()
        },
        AgentRecord {
            record_type: Some(RecordType::DELETE),
            login_id: Some("two".into()),
            ..Default::default()
        },
        AgentRecord {
            record_type: Some(RecordType::CHANGE),
            csqs: Repeated::from(&RECORD_CSQS[..1]),
            ..Default::default()
        },
    ]
    .leak();
    built(ConfigAgentEvent {
        records: Repeated::from(records),
        ..Default::default()
    });
    let csqs: &'static [CsqRecord<'static>] = vec![
        CsqRecord {
            record_type: Some(RecordType::ADD),
            auto_work: Some(AutoWork::Long(1)),
            ..Default::default()
        },
        CsqRecord {
            record_type: Some(RecordType::ADD),
            auto_work: Some(true.into()),
            csq_name: Some("Sales".into()),
            mr_domain_id: Some(MediaRoutingDomain::EMAIL),
            ..Default::default()
        },
    ]
    .leak();
    built(ConfigCsqEvent {
        records: Repeated::from(csqs),
        ..Default::default()
    });
    let variables: &'static [NamedVariable<'static>] = vec![
        NamedVariable {
            name: "BACampaign".into(),
            value: "Spring".into(),
        },
        NamedVariable {
            name: "empty".into(),
            value: "".into(),
        },
    ]
    .leak();
    let arrays: &'static [NamedArray<'static>] = vec![
        NamedArray {
            index: 0,
            name: "list".into(),
            value: "a".into(),
        },
        NamedArray {
            index: 255,
            name: "list".into(),
            value: "b".into(),
        },
    ]
    .leak();
    let clients: &'static [CtiClient<'static>] = vec![CtiClient {
        cti_client_signature: Some("desk".into()),
        cti_client_time_stamp: Some(Time(1_400_000_000)),
    }]
    .leak();
    built(BeginCallEvent {
        call_type: CallType::CCX_IN,
        connection_device_id: Some("9026".into()),
        named_variables: Repeated::from(variables),
        named_arrays: Repeated::from(arrays),
        cti_clients: Repeated::from(clients),
        ..Default::default()
    });
    let parties: &'static [ConnectedParty<'static>] = vec![
        ConnectedParty {
            connected_party_call_id: Some(1),
            connected_party_device_type: Some(ConnectionDeviceType::NONE),
            connected_party_device_id: Some("1".into()),
        };
        16
    ]
    .leak();
    built(TransferCallConf {
        new_connection_device_id: Some("1".into()),
        connected_parties: Repeated::from(parties),
        ..Default::default()
    });
    built(CallDequeuedEvent {
        connection_device_id: Some("1".into()),
        queue_device_id: Some("2".into()),
        ..Default::default()
    });
    built(ConfigRequestEvent::default());
}

#[test]
fn a_default_message_is_refused_for_what_it_lacks_or_written_with_its_fixed_part_alone() {
    for message in defaults() {
        let layout = message.message_type().layout().unwrap();
        for version in Version::ALL {
            // The first that is missing; rules come after.
            let missing = layout.floating.iter().find_map(|row| match row {
                FloatingRow::Field(row)
                    if row.required == Required::Yes
                        && row.is_in(version.number())
                        && (row.reserved.is_none() || row.kind.size().is_none()) =>
                {
                    Some(row.name)
                }
                _ => None,
            });
            match (strict(&message, version), missing) {
                (Err(error), Some(name)) => {
                    assert_eq!(error.field, FieldName::Listed(name));
                    assert_eq!(error.kind, Fault::Missing);
                }
                (Err(error), None) => {
                    assert!(matches!(error.kind, Fault::Rule(_)), "{error}");
                }
                (Ok(written), None) => {
                    let tree = Tree::read(layout, &written[8..], version).unwrap();
                    // Nothing but required fields of which the guide prints the value.
                    for part in &tree.parts {
                        let Part::Field(row, data) = part else {
                            panic!()
                        };
                        assert_eq!(row.required, Required::Yes);
                        assert_eq!(*data, printed(row, row.reserved.unwrap()));
                    }
                    let alone = Tree {
                        parts: Vec::new(),
                        ..tree
                    };
                    assert_eq!(
                        as_received(&message, version),
                        Ok(alone.frame()),
                        "{}",
                        layout.name
                    );
                }
                (Ok(_), Some(name)) => panic!("{} without {name}", layout.name),
            }
        }
    }
}

#[test]
fn elements_that_nothing_tells_apart_are_refused() {
    let csqs = |second| {
        [
            AgentStateCsq {
                csq_state: Some(AgentState::READY),
                ..Default::default()
            },
            second,
        ]
    };
    let written = |csqs: &[AgentStateCsq; 2]| {
        let message = AgentStateEvent {
            csqs: Repeated::from(csqs),
            ..Default::default()
        };
        let message = Message::from(message);
        let written = strict(&message, Version::V14);
        assert_eq!(as_received(&message, Version::V14).is_ok(), written.is_ok());
        written
    };
    let refused = |csqs: [AgentStateCsq; 2]| match written(&csqs) {
        Err(error) => {
            assert_eq!(error.field, FieldName::Listed("CSQs"));
            assert_eq!(error.kind, Fault::RunsTogether { index: 1 });
        }
        Ok(written) => panic!("{written:02x?}"),
    };
    // Nothing set, and a member that the one before lacks.
    refused(csqs(AgentStateCsq::default()));
    refused(csqs(AgentStateCsq {
        skill_group_id: Some(1),
        ..Default::default()
    }));
    // The first member, and one that the element before has.
    for second in [
        AgentStateCsq {
            csq_id: Some(1),
            ..Default::default()
        },
        AgentStateCsq {
            csq_state: Some(AgentState::READY),
            ..Default::default()
        },
    ] {
        let csqs = csqs(second);
        let written = written(&csqs).unwrap();
        let frame = Frame::new(written.as_slice()).unwrap();
        let Ok(Message::AgentStateEvent(event)) = frame.decode(Version::V14) else {
            panic!()
        };
        assert_eq!(event.csqs, Repeated::from(&csqs));
    }
}
