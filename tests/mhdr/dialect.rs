//! A second dialect, of the test's own: five messages of Cisco's CTI Server protocol (GED-188), which
//! shares the format and nothing else with the protocol of Unified CCX. The engine serves it
//! unchanged: field headers of one and one byte up to version 19, of two and two from 20 on, ids over
//! 255, arrays in one field, fields that have come and gone, and messages that both sides send.
//!
//! It is compiled as a part of the library, as the macros that declare messages are not public.

use core::fmt;

use bytes::BytesMut;

use self::common::{Common, common};
use crate::mhdr::json::{self, Object, Packed};
use crate::mhdr::prelude::*;
use crate::mhdr::{Fault, FieldName, Frame, FrameDecoder, List};

/// A version of the protocol.
#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Debug)]
pub struct Version(u32);

impl Version {
    const V18: Self = Self(18);
    const V19: Self = Self(19);
    const V20: Self = Self(20);
    const V25: Self = Self(25);
    const ALL: [Self; 8] = [
        Self::V18,
        Self::V19,
        Self::V20,
        Self(21),
        Self(22),
        Self(23),
        Self(24),
        Self::V25,
    ];

    const fn number(self) -> u32 {
        self.0
    }
}

impl Default for Version {
    fn default() -> Self {
        Self::V20
    }
}

impl fmt::Display for Version {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        self.0.fmt(f)
    }
}

#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct MessageType(u32);

const UNTYPED: &[(u32, &str)] = &[(212, "ROUTE_REGISTER_REPLY_EVENT")];

/// What is asked of any message: nothing, in this dialect.
mod common {
    pub trait Common<'a> {}
    macro_rules! common {
        ($_:ident) => {};
    }
    pub(super) use common;
}

message! {
    /// `CLIENT_SESSION_OPENED_EVENT`.
    ClientSessionOpenedEvent = CLIENT_SESSION_OPENED_EVENT(99), Session, Server;
    fixed {
        /// `SessionID`.
        "SessionID" session_id: u32;
        /// `PeripheralID`.
        "PeripheralID" peripheral_id: u32;
        /// `ServicesGranted`.
        "ServicesGranted" services_granted: u32;
        /// `CallMsgMask`.
        "CallMsgMask" call_msg_mask: u32;
        /// `AgentStateMask`.
        "AgentStateMask" agent_state_mask: u32;
        /// `ClientPort`.
        "ClientPort" client_port: u32;
    }
    floating {
        /// `ClientAddress`.
        "ClientAddress" [81] client_address: Option<Text<'a>> [max 64];
        /// `ClientID`.
        "ClientID" [1] client_id: Option<Text<'a>> [max 64];
        /// `ClientSignature`.
        "ClientSignature" [3] client_signature: Option<Text<'a>> [max 64];
        /// `AgentExtension`.
        "AgentExtension" [4] agent_extension: Option<Text<'a>> [max 16];
        /// `AgentID`.
        "AgentID" [5] agent_id: Option<Text<'a>> [max 12];
        /// `AgentInstrument`.
        "AgentInstrument" [6] agent_instrument: Option<Text<'a>> [max 64];
        /// `ClientAddressIPV6`.
        "ClientAddressIPV6" [226] client_address_ipv6: Option<Text<'a>> [max 64, until 18];
    }
}

group! {
    /// A service.
    ServiceRecord<'a> {
        /// `RecordType`.
        "RecordType" [183] record_type: Option<u16>;
        /// `FltPeripheralID`.
        "FltPeripheralID" [208] flt_peripheral_id: Option<u32>;
        /// `PeripheralNumber`.
        "PeripheralNumber" [184] peripheral_number: Option<u32>;
        /// `OldPeripheralNumber`.
        "OldPeripheralNumber" [213] old_peripheral_number: Option<u32>;
        /// `MaxQueued`.
        "MaxQueued" [129] max_queued: Option<u32>;
        /// `Extension`.
        "Extension" [173] extension: Option<Text<'a>> [max 16];
        /// `ServiceSkillTargetID`.
        "ServiceSkillTargetID" [132] service_skill_target_id: Option<u32>;
        /// `PeripheralName`.
        "PeripheralName" [133] peripheral_name: Option<Text<'a>> [max 64];
        /// `Description`.
        "Description" [134] description: Option<Text<'a>> [max 128];
        /// `ServiceLevelThreshold`.
        "ServiceLevelThreshold" [174] service_level_threshold: Option<u32>;
        /// `ServiceLevelType`.
        "ServiceLevelType" [175] service_level_type: Option<u32>;
        /// `ConfigParam`.
        "ConfigParam" [176] config_param: Option<Text<'a>> [max 255];
        /// `FltMRDomainID`.
        "FltMRDomainID" [216] flt_mrdomain_id: Option<u32> [since 19];
        "NumServiceMembers" [186] = count of service_member "ServiceMember";
        /// `ServiceMember`.
        "ServiceMember" [187] service_member: Numbers<'a, u32> [max 40];
        /// `ServicePriority`.
        "ServicePriority" [188] service_priority: Numbers<'a, u16> [max 20];
    }
}

message! {
    /// `CONFIG_SERVICE_EVENT`.
    ConfigServiceEvent = CONFIG_SERVICE_EVENT(235), Configuration, Server;
    fixed {
        "NumRecords" = count of records "Records";
    }
    floating {
        /// The services.
        "Records" [183 208 184 213 129 173 132 133 134 174 175 176 216 186 187 188] records: Repeated<'a, ServiceRecord<'a>> [max_count 10];
    }
}

message! {
    /// `AGENT_PRE_CALL_EVENT`.
    AgentPreCallEvent = AGENT_PRE_CALL_EVENT(105), CallEvent, Server;
    fixed {
        /// `MonitorID`.
        "MonitorID" monitor_id: u32;
        "NumNamedVariables" = count of named_variables "NamedVariables";
        "NumNamedArrays" = count of named_arrays "NamedArrays";
        /// `ServiceNumber`.
        "ServiceNumber" service_number: u32;
        /// `ServiceID`.
        "ServiceID" service_id: u32;
        /// `SkillGroupNumber`.
        "SkillGroupNumber" skill_group_number: u32;
        /// `SkillGroupID`.
        "SkillGroupID" skill_group_id: u32;
        /// `SkillGroupPriority`.
        "SkillGroupPriority" skill_group_priority: u16;
        /// `MRDID`.
        "MRDID" mrd_id: i32;
        /// `AgentSkillTargetID`.
        "AgentSkillTargetID" agent_skill_target_id: u32 [since 20];
    }
    floating {
        /// `AgentInstrument`.
        "AgentInstrument" [6] agent_instrument: Option<Text<'a>> [max 64];
        /// `RouterCallKeyDay`.
        "RouterCallKeyDay" [72] router_call_key_day: Option<u32>;
        /// `RouterCallKeyCallID`.
        "RouterCallKeyCallID" [73] router_call_key_call_id: Option<u32>;
        /// `RouterCallKeySequenceNumber`.
        "RouterCallKeySequenceNumber" [110] router_call_key_sequence_number: Option<u32>;
        /// `ANI`.
        "ANI" [8] ani: Option<Text<'a>> [max 40];
        /// `UserToUserInfo`.
        "UserToUserInfo" [9] user_to_user_info: Option<&'a [u8]> [max 131];
        /// `DialedNumber`.
        "DialedNumber" [11] dialed_number: Option<Text<'a>> [max 40];
        /// `CallerEnteredDigits`.
        "CallerEnteredDigits" [12] caller_entered_digits: Option<Text<'a>> [max 40];
        /// `FltCallTypeID`.
        "FltCallTypeID" [210] flt_call_type_id: Option<u32>;
        /// `PreCallInvokeID`.
        "PreCallInvokeID" [221] pre_call_invoke_id: Option<u32>;
        /// `CallVariable1`.
        "CallVariable1" [13] call_variable1: Option<Text<'a>> [max 41];
        /// `CallVariable2`.
        "CallVariable2" [14] call_variable2: Option<Text<'a>> [max 41];
        /// `CallVariable3`.
        "CallVariable3" [15] call_variable3: Option<Text<'a>> [max 41];
        /// `CallVariable4`.
        "CallVariable4" [16] call_variable4: Option<Text<'a>> [max 41];
        /// `CallVariable5`.
        "CallVariable5" [17] call_variable5: Option<Text<'a>> [max 41];
        /// `CallVariable6`.
        "CallVariable6" [18] call_variable6: Option<Text<'a>> [max 41];
        /// `CallVariable7`.
        "CallVariable7" [19] call_variable7: Option<Text<'a>> [max 41];
        /// `CallVariable8`.
        "CallVariable8" [20] call_variable8: Option<Text<'a>> [max 41];
        /// `CallVariable9`.
        "CallVariable9" [21] call_variable9: Option<Text<'a>> [max 41];
        /// `CallVariable10`.
        "CallVariable10" [22] call_variable10: Option<Text<'a>> [max 41];
        /// The named variables.
        "NamedVariables" [82] named_variables: Repeated<'a, NamedVariable<'a>>;
        /// The named arrays.
        "NamedArrays" [83] named_arrays: Repeated<'a, NamedArray<'a>>;
        /// `AgentID`.
        "AgentID" [5] agent_id: Option<Text<'a>> [max 12, since 20];
        /// `ProtocolReferenceGUID`.
        "ProtocolReferenceGUID" [294] protocol_reference_guid: Option<Text<'a>> [max 40, since 23];
        "NumOfEnabledServices" [310] = count of flt_enabled_services "FltEnabledServices" [since 24];
        /// `FltEnabledServices`.
        "FltEnabledServices" [309] flt_enabled_services: Numbers<'a, u16> [max 200, since 24];
        /// `CcaiConfigId`.
        "CcaiConfigId" [311] ccai_config_id: Option<Text<'a>> [max 40, since 24];
    }
}

message! {
    /// `START_RECORDING_REQ`.
    StartRecordingReq = START_RECORDING_REQ(147), CallControl, Both -> StartRecordingConf;
    fixed {
        /// `InvokeID`.
        "InvokeID" invoke_id: u32;
        /// `PeripheralID`.
        "PeripheralID" peripheral_id: u32;
        /// `ConnectionCallID`.
        "ConnectionCallID" connection_call_id: u32;
        /// `ClientPort`.
        "ClientPort" client_port: u32;
        /// `BitRate`.
        "BitRate" bit_rate: u32;
        /// `PacketSize`.
        "PacketSize" packet_size: u32;
        /// `ConnectionDeviceIDType`.
        "ConnectionDeviceIDType" connection_device_id_type: u16;
        /// `Direction`.
        "Direction" direction: u16;
        /// `RTPType`.
        "RTPType" rtp_type: u16;
        /// `EchoCancellation`.
        "EchoCancellation" echo_cancellation: u16;
        /// `PayloadType`.
        "PayloadType" payload_type: u16;
    }
    floating {
        /// `ConnectionDeviceID`.
        "ConnectionDeviceID" [25] connection_device_id: Option<Text<'a>> [max 64, required];
        /// `ClientID`.
        "ClientID" [1] client_id: Option<Text<'a>> [max 64];
        /// `ClientAddress`.
        "ClientAddress" [81] client_address: Option<Text<'a>> [max 64];
        /// `AgentExtension`.
        "AgentExtension" [4] agent_extension: Option<Text<'a>> [max 16];
        /// `AgentID`.
        "AgentID" [5] agent_id: Option<Text<'a>> [max 12];
        /// `AgentInstrument`.
        "AgentInstrument" [6] agent_instrument: Option<Text<'a>> [max 64];
        /// `ClientAddressIPV6`.
        "ClientAddressIPV6" [226] client_address_ipv6: Option<Text<'a>> [max 64, until 18];
    }
}

message! {
    /// `START_RECORDING_CONF`.
    StartRecordingConf = START_RECORDING_CONF(148), CallControl, Both;
    fixed {
        /// `InvokeID`.
        "InvokeID" invoke_id: u32;
        /// `SessionID`.
        "SessionID" session_id: u32;
        /// `ServerData`.
        "ServerData" server_data: u32;
    }
    floating {
        /// `ClientID`.
        "ClientID" [1] client_id: Option<Text<'a>> [max 64];
        /// `ClientAddress`.
        "ClientAddress" [81] client_address: Option<Text<'a>> [max 64];
        /// `ClientAddressIPV6`.
        "ClientAddressIPV6" [226] client_address_ipv6: Option<Text<'a>> [max 64, until 18];
    }
}

message! {
    /// Made up: a fixed part from which a field has gone when another one came.
    SeatEvent = SEAT_EVENT(990), Session, Server;
    fixed {
        /// `Seat`.
        "Seat" seat: u32;
        /// `Former`.
        "Former" former: u32 [until 19];
        /// `Latter`.
        "Latter" latter: u32 [since 20];
    }
    floating {}
}

registry! {
    Narrow, from V20 Wide; UNTYPED;
    ClientSessionOpenedEvent
    AgentPreCallEvent
    StartRecordingReq
    StartRecordingConf
    ConfigServiceEvent
    SeatEvent
}

fn written(message: Message<'_>, version: Version) -> Vec<u8> {
    message.to_bytes(version).unwrap().to_vec()
}

/// A frame out of a body.
fn frame(message_type: u32, body: &[u8]) -> Frame<Vec<u8>, Version> {
    let mut bytes = u32::try_from(body.len()).unwrap().to_be_bytes().to_vec();
    bytes.extend(message_type.to_be_bytes());
    bytes.extend(body);
    Frame::new(bytes).unwrap()
}

#[test]
fn the_header_of_a_field_is_that_of_the_dialect_and_its_version() {
    let request = StartRecordingReq {
        invoke_id: 1,
        connection_call_id: 2,
        connection_device_id: Some("3".into()),
        ..Default::default()
    };
    let mut fixed = [0; 34];
    fixed[3] = 1;
    fixed[11] = 2;
    for (version, field) in [
        (Version::V18, [25, 2, b'3', 0].as_slice()),
        (Version::V19, &[25, 2, b'3', 0]),
        (Version::V20, &[0, 25, 0, 2, b'3', 0]),
        (Version::V25, &[0, 25, 0, 2, b'3', 0]),
    ] {
        let bytes = written(request.into(), version);
        let expected = frame(147, &[&fixed[..], field].concat());
        assert_eq!(&bytes, expected.bytes());
        let decoded = expected.decode_as::<StartRecordingReq<'_>>(version);
        assert_eq!(decoded, Ok(request), "{version}");
        let fields: Vec<_> = expected
            .floating_fields(version)
            .map(Result::unwrap)
            .collect();
        assert_eq!(
            fields,
            [FloatingField {
                id: 25,
                data: b"3\0"
            }]
        );
        assert_eq!(expected.floating_fields(version).get(25), Some(&b"3\0"[..]));
        assert_eq!(expected.check(version), []);
        for cut in 0..expected.body().len() {
            let error = frame(147, &expected.body()[..cut]).decode(version).err();
            assert_eq!(error.is_none(), cut == fixed.len(), "{cut}");
        }
    }
    // A length of two bytes carries what one cannot.
    let long = "x".repeat(300);
    let unlisted = [FloatingField {
        id: 500,
        data: long.as_bytes(),
    }];
    let event = AgentPreCallEvent {
        unlisted: (&unlisted).into(),
        ..Default::default()
    };
    let bytes = written(event.into(), Version::V20);
    let frame = Frame::<_, Version>::new(bytes).unwrap();
    assert_eq!(frame.decode(Version::V20), Ok(event.into()));
    let error = event.to_bytes(Version::V19).unwrap_err();
    assert_eq!(
        error.to_string(),
        "AGENT_PRE_CALL_EVENT.[500]: takes 300 bytes, 255 are allowed"
    );
}

#[test]
fn arrays_stand_in_one_field_or_in_several() {
    let (members, priorities) = ([7, 8, 9], [1, 2, 3]);
    let records = [ServiceRecord {
        record_type: Some(0),
        peripheral_number: Some(5000),
        service_member: (&members).into(),
        service_priority: (&priorities).into(),
        ..Default::default()
    }];
    let event = ConfigServiceEvent {
        records: (&records).into(),
        ..Default::default()
    };
    let bytes = written(event.into(), Version::V20);
    let expected = [
        &[0, 1][..],
        &[0, 183, 0, 2, 0, 0],
        &[0, 184, 0, 4, 0, 0, 0x13, 0x88],
        &[0, 186, 0, 2, 0, 3],
        &[0, 187, 0, 12, 0, 0, 0, 7, 0, 0, 0, 8, 0, 0, 0, 9],
        &[0, 188, 0, 6, 0, 1, 0, 2, 0, 3],
    ]
    .concat();
    let one_field = frame(235, &expected);
    assert_eq!(&bytes, one_field.bytes());
    assert_eq!(one_field.check(Version::V20), []);

    // As the sister protocol sends them.
    let several = [
        &[0, 1, 183, 2, 0, 0, 184, 4, 0, 0, 0x13, 0x88, 186, 2, 0, 3][..],
        &[187, 4, 0, 0, 0, 7, 188, 2, 0, 1],
        &[187, 4, 0, 0, 0, 8, 188, 2, 0, 2],
        &[187, 4, 0, 0, 0, 9, 188, 2, 0, 3],
    ]
    .concat();
    let several = frame(235, &several);
    assert_eq!(several.check(Version::V19), []);
    for (frame, version) in [(one_field, Version::V20), (several, Version::V19)] {
        let decoded = frame.decode_as::<ConfigServiceEvent<'_>>(version).unwrap();
        assert_eq!(decoded, event);
        let record = decoded.records.iter().next().unwrap();
        assert!(record.service_member.iter().eq(members));
        assert_eq!(record.service_member.announced(), Some(3));
        assert_eq!(written(decoded.into(), Version::V20), bytes);
    }

    // Each field of an array has room for so many.
    let two = [
        &[
            0, 1, 183, 2, 0, 0, 186, 2, 0, 12, 187, 4, 0, 0, 0, 7, 187, 44,
        ][..],
        &[0; 44],
    ]
    .concat();
    let findings = frame(235, &two).check(Version::V19);
    let long = Fault::TooLong {
        length: 44,
        max: 40,
    };
    let kinds: Vec<_> = findings.iter().map(|it| (it.offset, it.kind)).collect();
    assert_eq!(kinds, [(8 + 16, long)]);

    // A count that is not the array's is found, and refused.
    let mut wrong = expected;
    wrong[21] = 4;
    let wrong = frame(235, &wrong);
    let findings = wrong.check(Version::V20);
    assert_eq!(
        findings[0].kind,
        Fault::CountMismatch {
            count: 4,
            listed: 3
        }
    );
    assert_eq!(findings.len(), 1);
    let refused = wrong.decode(Version::V20).unwrap();
    let refused = refused.to_bytes(Version::V20).unwrap_err();
    assert_eq!(refused.field, FieldName::Listed("NumServiceMembers"));
    assert_eq!(
        refused.kind,
        Fault::CountMismatch {
            count: 4,
            listed: 3
        }
    );
    // And a field that is no whole number of numbers is kept aside.
    let odd = frame(235, &[0, 1, 0, 183, 0, 2, 0, 0, 0, 187, 0, 3, 1, 2, 3]);
    let message = odd
        .decode_as::<ConfigServiceEvent<'_>>(Version::V20)
        .unwrap();
    assert_eq!(
        message.unlisted.iter().next().map(|field| field.id),
        Some(187)
    );
    assert!(
        odd.check(Version::V20)
            .iter()
            .any(|finding| matches!(finding.kind, Fault::WrongSize { found: 3, .. }))
    );
}

#[test]
fn a_field_has_a_first_and_a_last_version() {
    let event = ClientSessionOpenedEvent {
        client_id: Some("desk".into()),
        client_address_ipv6: Some("::1".into()),
        ..Default::default()
    };
    assert!(event.to_bytes(Version::V18).is_ok());
    let error = event.to_bytes(Version::V19).unwrap_err();
    assert_eq!(
        error.to_string(),
        "CLIENT_SESSION_OPENED_EVENT.ClientAddressIPV6: exists up to version 18"
    );
    assert_eq!(event.check(Version::V18), []);
    let findings = event.check(Version::V19);
    assert_eq!(findings.len(), 1);
    assert_eq!(findings[0].kind.name(), "field-newer");
    let mut fitting = BytesMut::new();
    let message = Message::from(event);
    message.encode_fitting(Version::V19, &mut fitting).unwrap();
    let without = ClientSessionOpenedEvent {
        client_address_ipv6: None,
        ..event
    };
    assert_eq!(fitting, without.to_bytes(Version::V19).unwrap());

    // In the fixed part, too.
    let pre_call = AgentPreCallEvent {
        agent_skill_target_id: 4,
        ..Default::default()
    };
    assert_eq!(written(pre_call.into(), Version::V20).len(), 8 + 34);
    let error = pre_call.to_bytes(Version::V19).unwrap_err();
    assert_eq!(
        error.to_string(),
        "AGENT_PRE_CALL_EVENT.AgentSkillTargetID: exists from version 20 on"
    );
    let default = AgentPreCallEvent::default();
    assert_eq!(written(default.into(), Version::V19).len(), 8 + 30);
    // A version newer than all that are known has what the newest has.
    assert_eq!(
        written(pre_call.into(), Version(31)),
        written(pre_call.into(), Version::V25)
    );
}

#[test]
fn a_request_of_either_side_has_its_confirmation() {
    let layout = <StartRecordingReq<'_> as Body<'_>>::LAYOUT;
    assert_eq!(layout.sent_by, SentBy::Both);
    assert_eq!(layout.confirmation, Some(148));
    let request = StartRecordingReq {
        invoke_id: 77,
        ..Default::default()
    };
    let confirmation = request.confirmation();
    assert_eq!(confirmation.invoke_id, 77);
    assert_eq!(
        confirmation,
        StartRecordingConf {
            invoke_id: 77,
            ..Default::default()
        }
    );
    let error = frame(148, &[0; 12])
        .decode_as::<StartRecordingReq<'_>>(Version::V20)
        .unwrap_err();
    assert_eq!(
        error.to_string(),
        "START_RECORDING_CONF.MessageTypeID at byte 4: is no START_RECORDING_REQ"
    );
}

#[test]
fn messages_go_to_json_and_back() {
    let members = [7, 8];
    let records = [ServiceRecord {
        record_type: Some(0),
        peripheral_name: Some("sales".into()),
        service_member: (&members).into(),
        ..Default::default()
    }];
    let services = [1, 5];
    let variables = [NamedVariable {
        name: "user.a".into(),
        value: "b".into(),
    }];
    let messages: [(Message<'_>, &str); 3] = [
        (
            ConfigServiceEvent {
                records: (&records).into(),
                ..Default::default()
            }
            .into(),
            r#"{"message":"CONFIG_SERVICE_EVENT","id":235,"length":36,"fields":{"NumRecords":1,"Records":[{"RecordType":0,"PeripheralName":"sales","NumServiceMembers":2,"ServiceMember":[7,8]}]}}"#,
        ),
        (
            AgentPreCallEvent {
                mrd_id: -1,
                named_variables: (&variables).into(),
                flt_enabled_services: (&services).into(),
                ..Default::default()
            }
            .into(),
            r#"{"message":"AGENT_PRE_CALL_EVENT","id":105,"length":61,"fields":{"MonitorID":0,"NumNamedVariables":1,"NumNamedArrays":0,"ServiceNumber":0,"ServiceID":0,"SkillGroupNumber":0,"SkillGroupID":0,"SkillGroupPriority":0,"MRDID":-1,"AgentSkillTargetID":0,"NamedVariables":[{"name":"user.a","value":"b"}],"NumOfEnabledServices":2,"FltEnabledServices":[1,5]}}"#,
        ),
        (
            Message::Raw(RawMessage {
                message_type: MessageType(212),
                body: &[1, 2],
            }),
            r#"{"message":"ROUTE_REGISTER_REPLY_EVENT","id":212,"length":2,"hex":"0102"}"#,
        ),
    ];
    for (message, expected) in messages {
        let bytes = written(message, Version::V25);
        let length = bytes.len() - 8;
        let object = serde_json::to_value(Object::<Version> { length, message }).unwrap();
        assert_eq!(object.to_string(), expected);
        let mut out = BytesMut::new();
        let packed = json::read(&object, Version::V25, &mut out);
        assert_eq!(packed, Ok(Packed::AsReceived(None)), "{object}");
        assert_eq!(out, bytes);
    }
}

/// Of several versions with a length the object has the fields of one that has all that are set.
#[test]
fn an_object_comes_back_in_the_versions_of_its_fields() {
    let object = |former, latter| Object::<Version> {
        length: 8,
        message: SeatEvent {
            seat: 1,
            former,
            latter,
            ..Default::default()
        }
        .into(),
    };
    for (former, latter, until_19, from_20) in [
        (0, 0, true, true),
        (5, 0, true, false),
        (0, 6, false, true),
        (5, 6, false, false),
    ] {
        for version in Version::ALL {
            let comes_back = object(former, latter).comes_back(version);
            let expected = if version <= Version::V19 {
                until_19
            } else {
                from_20
            };
            assert_eq!(comes_back, expected, "{former} {latter} {version}");
        }
    }
    let fields = |former, latter| {
        let object = serde_json::to_value(object(former, latter)).unwrap();
        object["fields"].to_string()
    };
    assert_eq!(fields(5, 0), r#"{"Seat":1,"Former":5}"#);
    assert_eq!(fields(0, 6), r#"{"Seat":1,"Latter":6}"#);
}

#[test]
fn a_stream_is_cut_and_types_are_named_by_the_dialect() {
    let mut decoder = FrameDecoder::<Version>::with_max_body(100);
    decoder.feed(&written(
        Message::empty(MessageType::START_RECORDING_CONF),
        Version::V20,
    ));
    decoder.feed(&[0, 0, 0, 101, 0, 0, 0, 105]);
    let frame = decoder.next_frame().unwrap().unwrap();
    assert_eq!(frame.message_type(), MessageType::START_RECORDING_CONF);
    assert_eq!(
        decoder.next_frame().unwrap_err().to_string(),
        "AGENT_PRE_CALL_EVENT.BodyLength at byte 0: is 101, over the limit of 100"
    );
    assert_eq!(MessageType(212).name(), Some("ROUTE_REGISTER_REPLY_EVENT"));
    // The sister protocol knows 235 by another name.
    assert_eq!(
        MessageType::CONFIG_SERVICE_EVENT.to_string(),
        "CONFIG_SERVICE_EVENT"
    );
    assert_eq!(
        crate::ccx::MessageType(235).to_string(),
        "CONFIG_APPLICATION_EVENT"
    );
}

#[test]
fn the_rows_that_a_visitor_sees_are_those_of_the_layouts() {
    struct Rows(usize);
    impl<'a> Visitor<'a> for Rows {
        fn fixed(&mut self, row: &'static FixedRow, _: Value<'_>) {
            self.found(|layout| {
                layout
                    .fixed
                    .get(row.index)
                    .is_some_and(|own| core::ptr::eq(own, row))
            });
        }
        fn field(&mut self, row: &'static FieldRow, _: Value<'a>) {
            self.found(|layout| is_in(layout.floating, row));
        }
        fn list(&mut self, row: &'static crate::mhdr::layout::GroupRow, list: List<'_, 'a>) {
            self.found(|layout| {
                matches!(
                    layout.floating.get(row.index),
                    Some(FloatingRow::Group(own)) if core::ptr::eq(own, row)
                )
            });
            list.each(|element| element.visit(self));
        }
        fn unlisted(&mut self, _: Unlisted<'a>) {}
    }
    impl Rows {
        fn found(&mut self, is_own: impl Fn(&Layout) -> bool) {
            assert!(LAYOUTS.iter().any(|layout| is_own(layout)));
            self.0 += 1;
        }
    }
    fn is_in(rows: &[FloatingRow], row: &FieldRow) -> bool {
        matches!(rows.get(row.index), Some(FloatingRow::Field(own)) if core::ptr::eq(own, row))
            || rows.iter().any(|other| match other {
                FloatingRow::Group(group) => is_in(group.rows, row),
                FloatingRow::Field(_) => false,
            })
    }
    let members = [7, 8];
    let records = [ServiceRecord {
        record_type: Some(0),
        service_member: (&members).into(),
        ..Default::default()
    }];
    let mut rows = Rows(0);
    let event = ConfigServiceEvent {
        records: (&records).into(),
        ..Default::default()
    };
    Message::from(event).visit(&mut rows);
    assert_eq!(rows.0, 6);
}
