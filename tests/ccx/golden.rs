//! Frames in annotated hex, byte by byte beside what they mean, and the typed fields that must come
//! out of them. The guide's own trace is the first.

use bytes::BytesMut;
use cti_codec::ccx::*;

use crate::common::hex;

/// Decodes a file of `tests/data/golden` and hands the typed message to the checks.
macro_rules! golden {
    ($file:literal, $version:ident, $Name:ident, |$message:ident, $frame:ident| $checks:block) => {{
        let bytes = hex(include_str!(concat!("../data/golden/", $file, ".hex")));
        let $frame = Frame::new(bytes.as_slice()).unwrap();
        assert_eq!($frame.message_type(), $Name::TYPE);
        // Through the enum and directly, which are two ways of the library.
        let Ok(Message::$Name($message)) = $frame.decode(Version::$version) else {
            panic!("{:?}", $frame.decode(Version::$version));
        };
        assert_eq!(
            $Name::decode($frame.body(), Version::$version),
            Ok($message)
        );
        $checks
    }};
}

fn as_received(message: impl Into<Message<'static>>, version: Version) -> Vec<u8> {
    let mut out = BytesMut::new();
    message
        .into()
        .encode_as_received(version, &mut out)
        .unwrap();
    out.to_vec()
}

/// Written again, strictly and as received, a frame in table order is the same.
fn is_written_again(message: Message<'_>, version: Version, frame: &Frame<&[u8]>) {
    let mut out = BytesMut::new();
    message.encode(version, &mut out).unwrap();
    message.encode_as_received(version, &mut out).unwrap();
    assert_eq!(out, [*frame.bytes(), *frame.bytes()].concat());
}

fn text<T: From<&'static str>>(text: &'static str) -> Option<T> {
    Some(text.into())
}

#[test]
fn the_trace_of_the_guide() {
    golden!("begin_call_event", V14, BeginCallEvent, |event, frame| {
        assert_eq!(
            event,
            BeginCallEvent {
                monitor_id: 0,
                peripheral_id: 1,
                peripheral_type: 21,
                call_type: CallType::CCX_IN,
                connection_device_type: ConnectionDeviceType::STATIC,
                call_id: 16_777_488,
                called_party_disposition: CallPartyDisposition(0),
                connection_device_id: text("9026"),
                ani: text("2006"),
                dnis: text("7000"),
                dialed_number: text("7000"),
                // As received, the counts are there and 0.
                ..Default::default()
            }
        );
        assert_eq!(event.cti_clients.announced(), Some(0));
        assert_eq!(event.named_variables.announced(), Some(0));
        assert_eq!(event.named_arrays.announced(), Some(0));
        // Not in table order, so written again the fields change places: by the table 25, 8, 10, 11.
        let ids: Vec<_> = frame
            .floating_fields(Version::V14)
            .map(|field| field.unwrap().id)
            .collect();
        assert_eq!(ids, [8, 11, 25, 10]);
        let mut out = BytesMut::new();
        Message::from(event).encode(Version::V14, &mut out).unwrap();
        let again = Frame::new(&out[..]).unwrap();
        let ids: Vec<_> = again
            .floating_fields(Version::V14)
            .map(|field| field.unwrap().id)
            .collect();
        assert_eq!(ids, [25, 8, 10, 11]);
        assert_eq!(out.len(), frame.bytes().len());
        assert_eq!(again.decode(Version::V14), Ok(event.into()));
        // One field without decoding the rest.
        assert_eq!(
            frame.floating_fields(Version::V14).get(10),
            Some(b"7000\0".as_slice())
        );
        assert_eq!(frame.floating_fields(Version::V14).get(9), None);
    });
}

#[test]
fn a_preview_call_with_the_variables_of_a_campaign() {
    golden!(
        "begin_call_event_preview",
        V14,
        BeginCallEvent,
        |event, frame| {
            assert_eq!(event.call_type, CallType::PREVIEW);
            assert_eq!(event.call_id, 16_800_096);
            assert_eq!(event.connection_device_id, text("4020"));
            assert_eq!(event.dialed_number, text("4022"));
            assert_eq!(event.named_variables.announced(), Some(10));
            let expected = [
                ("BACampaign", "LoadCamp"),
                ("BACampaignID", "2"),
                ("BATimeZone", "-00360"),
                ("BAResponse", "Accept"),
                ("BAStatus", "CO"),
                ("BACustomerNumber", "4022"),
                ("user.layout", "OODefault"),
                ("BAAccountNumber", "AC111"),
                ("BADialedListID", "20779"),
                ("BABuddyName", "John,Doe"),
            ];
            let found: Vec<_> = event.named_variables.iter().collect();
            let named = |(name, value): (&'static str, &'static str)| NamedVariable {
                name: name.into(),
                value: value.into(),
            };
            assert_eq!(found, expected.map(named));
            assert_eq!(event.named_variables.len(), 10);
            // The value that the trace prints as TotalBytes.
            let total: usize = expected
                .iter()
                .map(|(name, value)| 2 + name.len() + value.len() + 2)
                .sum();
            assert_eq!(total, 211);
            is_written_again(event.into(), Version::V14, &frame);

            // The same, built from nothing.
            let variables = expected.map(named);
            let built = BeginCallEvent {
                call_type: CallType::PREVIEW,
                connection_device_type: ConnectionDeviceType::STATIC,
                call_id: 16_800_096,
                connection_device_id: text("4020"),
                dialed_number: text("4022"),
                named_variables: Repeated::from(&variables),
                ..Default::default()
            };
            is_written_again(built.into(), Version::V14, &frame);
        }
    );
}

#[test]
fn a_call_that_rings_at_a_trigger() {
    golden!(
        "call_delivered_event",
        V14,
        CallDeliveredEvent,
        |event, frame| {
            assert_eq!(event.call_id, 16_777_507);
            assert_eq!(event.application_id, 2);
            assert_eq!(event.csq_id, special::NULL_CSQ);
            assert_eq!(event.line_handle, special::NULL_LINEHANDLE);
            assert_eq!(event.alerting_device_type.0, 73);
            assert_eq!(event.calling_device_type.0, 76);
            assert_eq!(event.last_redirect_device_type, DeviceType::NONE);
            assert_eq!(event.local_connection_state, LocalConnectionState::ALERTING);
            assert_eq!(event.event_cause, EventCause::NEW_CALL);
            assert_eq!(event.connection_device_id, text("9019"));
            assert_eq!(event.calling_device_id, text("2005"));
            // There and empty is not absent.
            assert_eq!(event.last_redirect_device_id, text(""));
            assert_eq!(event.ani, None);
            is_written_again(event.into(), Version::V14, &frame);
        }
    );
}

#[test]
fn a_call_that_waits_in_three_queues() {
    golden!("call_queued_event", V14, CallQueuedEvent, |event, frame| {
        assert_eq!(event.local_connection_state, LocalConnectionState::QUEUED);
        assert_eq!(event.event_cause, EventCause::NEW_CALL);
        assert_eq!(event.calling_device_id, None);
        let csqs = [
            QueueCsq {
                csq_id: Some(1),
                skill_group_id: Some(0xffff_ffff),
                skill_group_priority: Some(0),
            },
            QueueCsq {
                csq_id: Some(7),
                skill_group_id: None,
                skill_group_priority: None,
            },
            QueueCsq {
                csq_id: Some(special::NULL_CSQ),
                skill_group_id: None,
                skill_group_priority: Some(2),
            },
        ];
        assert_eq!(event.csqs, Repeated::from(&csqs));
        assert_eq!(event.csqs.len(), 3);
        is_written_again(event.into(), Version::V14, &frame);
    });
}

#[test]
fn an_agent_state_in_no_order() {
    golden!("agent_state_event", V14, AgentStateEvent, |event, frame| {
        assert_eq!(event.agent_state, AgentState::READY);
        assert_eq!(event.state_duration, 12);
        assert_eq!(event.csq_id, special::NULL_CSQ);
        assert_eq!(event.mrd_id, 1);
        assert_eq!(event.agent_id, text("agent7"));
        assert_eq!(event.agent_instrument, text("SEP000001"));
        assert_eq!(event.agent_extension, text("2006"));
        assert_eq!(event.duration, Some(60));
        assert_eq!(event.next_agent_state, Some(AgentState::WORK));
        let csqs = [
            AgentStateCsq {
                csq_id: Some(5),
                csq_state: Some(AgentState::READY),
                ..Default::default()
            },
            AgentStateCsq {
                csq_state: Some(AgentState(7)),
                ..Default::default()
            },
        ];
        assert_eq!(event.csqs, Repeated::from(&csqs));
        let unlisted: Vec<_> = event.unlisted.iter().collect();
        assert_eq!(
            unlisted,
            [FloatingField {
                id: 97,
                data: &[1, 2, 3]
            }]
        );
        let mut out = BytesMut::new();
        Message::from(event).encode(Version::V14, &mut out).unwrap();
        let again = Frame::new(&out[..]).unwrap();
        let ids: Vec<_> = again
            .floating_fields(Version::V14)
            .map(|field| field.unwrap().id)
            .collect();
        assert_eq!(ids, [4, 6, 194, 150, 123, 62, 65, 65, 97]);
        assert_eq!(again.decode(Version::V14), Ok(event.into()));
        assert_eq!(out.len(), frame.bytes().len());
    });
}

#[test]
fn agents_with_lists_within_the_list() {
    golden!(
        "config_agent_event",
        V17,
        ConfigAgentEvent,
        |event, frame| {
            let records: Vec<_> = event.records.iter().collect();
            let [alice, bob, carol] = records.as_slice() else {
                panic!("{records:?}");
            };
            assert_eq!(alice.record_type, Some(RecordType::ADD));
            assert_eq!(alice.peripheral_id, Some(5000));
            assert_eq!(alice.agent_type, Some(AgentType::SUPERVISOR));
            assert_eq!(alice.login_id, text("alice"));
            assert_eq!(alice.last_name.unwrap().to_str(), Ok("\u{c1}"));
            assert_eq!(alice.extension, text("2006"));
            assert_eq!(alice.csqs.announced(), Some(2));
            let csqs = [
                AgentRecordCsq {
                    csq_id: Some(10),
                    skill_group_priority: Some(0),
                },
                AgentRecordCsq {
                    csq_id: Some(11),
                    skill_group_priority: None,
                },
            ];
            assert_eq!(alice.csqs, Repeated::from(&csqs));
            assert_eq!(alice.agent_state, Some(AgentState::READY));
            assert_eq!(alice.mrd_id, Some(1));
            assert_eq!(bob.login_id, text("bob"));
            assert_eq!(bob.csqs.announced(), Some(0));
            assert!(bob.csqs.is_empty());
            assert_eq!(carol.csqs.announced(), None);
            assert_eq!(
                carol.csqs.iter().map(|csq| csq.csq_id).collect::<Vec<_>>(),
                [Some(12)]
            );
            let _ = frame;
        }
    );
}

#[test]
fn agents_with_lists_within_the_list_are_written_again() {
    golden!(
        "config_agent_event",
        V17,
        ConfigAgentEvent,
        |event, frame| {
            let mut out = BytesMut::new();
            let message = Message::from(event);
            message.encode_as_received(Version::V17, &mut out).unwrap();
            assert_eq!(&out[..], *frame.bytes());
        }
    );
}

#[test]
fn auto_work_of_both_sizes() {
    golden!("config_csq_event", V14, ConfigCsqEvent, |event, frame| {
        let records: Vec<_> = event.records.iter().collect();
        let [sales, other] = records.as_slice() else {
            panic!("{records:?}");
        };
        assert_eq!(sales.auto_work, Some(AutoWork::Long(1)));
        assert!(sales.auto_work.unwrap().is_true());
        assert_eq!(sales.csq_name, text("Sales"));
        assert_eq!(sales.mr_domain_id, Some(MediaRoutingDomain::VOICE));
        assert_eq!(other.auto_work, Some(AutoWork::Short(Bool::FALSE)));
        assert_eq!(other.description, text(""));
        let mut out = BytesMut::new();
        Message::from(event)
            .encode_as_received(Version::V14, &mut out)
            .unwrap();
        assert_eq!(&out[..], *frame.bytes());
    });
}

#[test]
fn named_data_without_its_last_nul() {
    golden!(
        "set_call_data_req",
        V14,
        SetCallDataReq,
        |request, frame| {
            assert_eq!(request.invoke_id, 9);
            let variables: Vec<_> = request.named_variables.iter().collect();
            assert_eq!(
                variables,
                [
                    NamedVariable {
                        name: "".into(),
                        value: "a".into()
                    },
                    NamedVariable {
                        name: "BAStatus".into(),
                        value: b"CO\xff".into()
                    },
                    NamedVariable {
                        name: "name".into(),
                        value: "".into()
                    },
                ]
            );
            let arrays: Vec<_> = request.named_arrays.iter().collect();
            assert_eq!(
                arrays,
                [NamedArray {
                    index: 3,
                    name: "list".into(),
                    value: "one".into()
                }]
            );
            // Two of the variables and the array gain the NUL that they lack.
            let mut out = BytesMut::new();
            Message::from(request)
                .encode(Version::V14, &mut out)
                .unwrap();
            assert_eq!(out.len(), frame.bytes().len() + 3);
            let again = Frame::new(&out[..]).unwrap();
            assert_eq!(again.decode(Version::V14), Ok(request.into()));
        }
    );
}

#[test]
fn wide_ids_of_version_18() {
    golden!("open_req_v18", V18, OpenReq, |open, frame| {
        assert_eq!(open.version_number, 18);
        assert_eq!(
            open.services_requested,
            CtiService::CLIENT_EVENTS | CtiService::CLIENT_CONTROL | CtiService::SUPERVISOR
        );
        assert_eq!(open.client_id, text("desk"));
        assert_eq!(open.client_password, Some(b"".as_slice()));
        assert_eq!(open.client_signature, text("Zo\u{eb}'s c"));
        assert_eq!(open.agent_id, text("agent7"));
        is_written_again(open.into(), Version::V18, &frame);
        // In version 14 the same bytes mean something else, and do not hold together.
        assert!(frame.decode(Version::V14).is_err());
    });
    golden!("open_conf_v18", V18, OpenConf, |open, frame| {
        assert!(open.unified_ccx_online.is_true());
        assert_eq!(open.agent_state, AgentState::NOT_READY);
        assert_eq!(open.peripherals.announced(), Some(2));
        let peripherals = [
            Peripheral {
                flt_peripheral_id: Some(5000),
                multiline_agent_control: Some(1),
            },
            Peripheral {
                flt_peripheral_id: Some(5001),
                multiline_agent_control: None,
            },
        ];
        assert_eq!(open.peripherals, Repeated::from(&peripherals));
        assert_eq!(
            open.config_msg_mask_granted.unwrap().mask(),
            ConfigMask::all() & ConfigMask::from_bits_retain(0x1f)
        );
        assert_eq!(
            open.config_msg_mask_granted.unwrap().mask(),
            ConfigMask::AGENT
                | ConfigMask::CSQ
                | ConfigMask::APPLICATION
                | ConfigMask::DEVICE
                | ConfigMask::TERMINAL
        );
        is_written_again(open.into(), Version::V18, &frame);
    });
}

#[test]
fn the_shorter_fixed_part_of_version_11() {
    golden!(
        "set_agent_state_req_v11",
        V11,
        SetAgentStateReq,
        |request, frame| {
            assert_eq!(request.agent_state, AgentState::LOGOUT);
            assert_eq!(request.event_reason_code.0, 0x7ff9);
            assert_eq!(request.forced_flag, ForcedFlag::TRUE);
            assert_eq!(request.agent_capacity, AgentCapacity::empty());
            assert_eq!(request.agent_instrument, text("2006"));
            assert_eq!(request.agent_id, text("7"));
            assert_eq!(request.agent_password, text("secret"));
            // In version 12 the fixed part reaches into the floating one.
            let error = SetAgentStateReq::decode(frame.body(), Version::V12).unwrap_err();
            assert_eq!(
                error.to_string(),
                "SET_AGENT_STATE_REQ.[48] at byte 29: needs 56 bytes, 15 left"
            );
        }
    );
}

#[test]
fn a_team_with_a_supervisor_and_a_queue() {
    golden!("team_config_event", V14, TeamConfigEvent, |event, frame| {
        assert_eq!(event.team_id, 42);
        assert_eq!(event.operation, TeamOperation::ADD_TEAM);
        assert_eq!(event.reserved, [0, 1, 2, 3, 4, 5, 6, 7]);
        assert_eq!(event.team_name, text("team1"));
        let members = [
            TeamMember {
                agent_id: text("alice"),
                agent_flags: Some(AgentFlags::PRIMARY_SUPERVISOR | AgentFlags::SUPERVISOR),
                record_type: Some(RecordType::ADD),
                member_type: Some(MemberType::AGENT_OR_SUPERVISOR),
            },
            TeamMember {
                agent_id: text("7"),
                agent_flags: None,
                record_type: Some(RecordType::DELETE),
                member_type: Some(MemberType::CSQ),
            },
        ];
        assert_eq!(event.members, Repeated::from(&members));
        is_written_again(event.into(), Version::V14, &frame);
    });
}

#[test]
fn parties_that_the_table_of_the_message_does_not_list() {
    golden!(
        "transfer_call_conf",
        V14,
        TransferCallConf,
        |confirmation, frame| {
            assert_eq!(confirmation.connected_parties.announced(), Some(2));
            let parties: Vec<_> = confirmation.connected_parties.iter().collect();
            assert_eq!(parties.len(), 2);
            assert_eq!(parties[0].connected_party_device_id, text("2007"));
            let device = parties[1].connected_party_device_id.unwrap();

            assert_eq!(
                (device.primary(), device.actual()),
                ("1000".into(), text("1001"))
            );
            is_written_again(confirmation.into(), Version::V14, &frame);
        }
    );
}

#[test]
fn a_failure_with_what_no_table_lists() {
    golden!("failure_conf", V14, FailureConf, |failure, frame| {
        assert_eq!(failure.invoke_id, 42);
        assert_eq!(failure.status, StatusCode::SERVER_NOT_MASTER);
        let words = failure.text.unwrap();
        assert_eq!(words.as_bytes(), b"sor\xfd..");
        assert!(words.to_str().is_err());
        assert_eq!(words.to_string(), "sor\u{fffd}..");
        let unlisted: Vec<_> = failure
            .unlisted
            .iter()
            .map(|field| (field.id, field.data))
            .collect();
        assert_eq!(unlisted, [(254, b"".as_slice()), (7, b"again\0"), (0, b"")]);
        let mut out = BytesMut::new();
        let message = Message::from(failure);
        message.encode_as_received(Version::V14, &mut out).unwrap();
        assert_eq!(&out[..], *frame.bytes());
        let error = message.encode(Version::V14, &mut out).unwrap_err();
        assert_eq!(error.kind, Fault::Repeated);
        assert_eq!(error.field, FieldName::Listed("Text"));
    });
}

#[test]
fn a_type_that_has_a_name_and_no_layout() {
    let bytes = hex(include_str!("../data/golden/emergency_call_req.hex"));
    let frame = Frame::new(bytes.as_slice()).unwrap();
    assert_eq!(frame.message_type().name(), Some("EMERGENCY_CALL_REQ"));
    let message = frame.decode(Version::V14).unwrap();
    let Message::Raw(raw) = message else { panic!() };
    assert_eq!(raw.body, &bytes[8..]);
    is_written_again(message, Version::V14, &frame);
}

#[test]
fn the_smallest_messages() {
    let bytes = as_received(
        HeartbeatReq {
            invoke_id: 7,
            ..Default::default()
        },
        Version::V14,
    );
    assert_eq!(bytes, hex("00000004 00000005 00000007"));
    let bytes = as_received(
        CloseReq {
            invoke_id: 1,
            status: StatusCode(0),
            ..Default::default()
        },
        Version::V18,
    );
    assert_eq!(bytes, hex("00000008 00000007 00000001 00000000"));
}
