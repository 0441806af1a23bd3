//! Messages as a program builds them.

use bytes::BytesMut;
use cti_codec::ccx::layout::{FloatingRow, Required};
use cti_codec::ccx::*;

use super::Choices;

/// Chooses what fields have.
struct Chooser<'d> {
    c: Choices<'d>,
    data: &'d [u8],
}
impl<'d> Chooser<'d> {
    fn u8(&mut self) -> u8 {
        self.c.byte()
    }
    fn u16(&mut self) -> u16 {
        match self.u8() % 4 {
            0 => 0,
            1 => 0xFFFF,
            _ => u16::from_be_bytes([self.u8(), self.u8()]),
        }
    }
    fn u32(&mut self) -> u32 {
        match self.u8() % 4 {
            0 => 0,
            1 => 0xFFFF_FFFF,
            2 => u32::from(self.u8()),
            _ => u32::from_be_bytes([self.u8(), self.u8(), self.u8(), self.u8()]),
        }
    }
    fn opt<T>(&mut self, f: impl FnOnce(&mut Self) -> T) -> Option<T> {
        if self.c.flip() { Some(f(self)) } else { None }
    }
    fn bytes(&mut self) -> &'d [u8] {
        let n = self.data.len();
        if n == 0 {
            return &[];
        }
        let a = self.c.below(n);
        let len = match self.u8() % 8 {
            7 => 255,
            6 => 64,
            x => usize::from(x) * 3,
        };
        &self.data[a..(a + len).min(n)]
    }
    fn device(&mut self) -> DeviceId<'d> {
        DeviceId(self.text())
    }
    fn text(&mut self) -> Text<'d> {
        let b = self.bytes();
        // mostly without NUL
        if self.u8() < 240 {
            let end = b.iter().position(|x| *x == 0).unwrap_or(b.len());
            Text::from(&b[..end])
        } else {
            Text::from(b)
        }
    }
    fn list<T>(&mut self, mut f: impl FnMut(&mut Self) -> T) -> Vec<T> {
        let n = match self.u8() % 8 {
            0..=2 => 0,
            3 | 4 => 1,
            5 => 2,
            6 => 5,
            _ => usize::from(self.u8() % 32),
        };
        (0..n).map(|_| f(self)).collect()
    }
}

/// Structs filled by hand, not from the tables: what is encoded decodes to the same, `check` has nothing
/// against what strict encoding wrote, and JSON packs what the struct does and nothing else.
pub fn built(data: &[u8]) {
    let mut from = Chooser {
        c: Choices::new(data),
        data,
    };
    let version = Version::ALL[from.c.below(9)];
    let which = from.u8() % 13;
    let strangers: Vec<FloatingField> = from.list(|from| FloatingField {
        id: if from.c.flip() {
            u16::from(from.u8())
        } else {
            from.u16()
        },
        data: from.bytes(),
    });
    let strangers = if from.u8().is_multiple_of(4) {
        strangers
    } else {
        Vec::new()
    };
    let variables: Vec<NamedVariable> = from.list(|from| NamedVariable {
        name: from.text(),
        value: from.text(),
    });
    let arrays: Vec<NamedArray> = from.list(|from| NamedArray {
        index: from.u8(),
        name: from.text(),
        value: from.text(),
    });
    let parties: Vec<ConnectedParty> = from.list(|from| ConnectedParty {
        connected_party_call_id: from.opt(Chooser::u32),
        connected_party_device_type: from.opt(|from| ConnectionDeviceType(from.u16())),
        connected_party_device_id: from.opt(Chooser::device),
    });
    let queued: Vec<QueueCsq> = from.list(|from| QueueCsq {
        csq_id: from.opt(Chooser::u32),
        skill_group_id: from.opt(Chooser::u32),
        skill_group_priority: from.opt(Chooser::u16),
    });
    let inner: Vec<Vec<AgentRecordCsq>> = (0..12)
        .map(|_| {
            from.list(|from| AgentRecordCsq {
                csq_id: from.opt(Chooser::u32),
                skill_group_priority: from.opt(Chooser::u16),
            })
        })
        .collect();
    let mut k = 0;
    let agents: Vec<AgentRecord> = from.list(|from| {
        k += 1;
        AgentRecord {
            record_type: from.opt(|from| RecordType(from.u16())),
            peripheral_id: from.opt(Chooser::u32),
            agent_type: from.opt(|from| AgentType(from.u16())),
            login_id: from.opt(Chooser::text),
            cur_login_id: from.opt(Chooser::text),
            login_name: from.opt(Chooser::text),
            last_name: from.opt(Chooser::text),
            first_name: from.opt(Chooser::text),
            extension: from.opt(Chooser::text),
            description: from.opt(Chooser::text),
            agent_skill_target_id: from.opt(Chooser::u32),
            csqs: inner[k % 12].as_slice().into(),
            agent_state: from.opt(|from| AgentState(from.u16())),
            mrd_id: from.opt(Chooser::u32),
            active_terminal: from.opt(Chooser::text),
            ..Default::default()
        }
    });
    let devices: Vec<DeviceRecord> = from.list(|from| DeviceRecord {
        record_type: from.opt(|from| RecordType(from.u16())),
        peripheral_id: from.opt(Chooser::u32),
        device_type: from.opt(|from| ConfigDeviceType(from.u16())),
        max_queued: from.opt(Chooser::u32),
        device_field0: from.opt(Chooser::u32),
        device_field1: from.opt(Chooser::u32),
        device_field2: from.opt(Chooser::text),
        device_field3: from.opt(Chooser::text),
        device_field4: from.opt(Chooser::text),
        description: from.opt(Chooser::text),
    });
    let members: Vec<TeamMember> = from.list(|from| TeamMember {
        agent_id: from.opt(Chooser::text),
        agent_flags: from.opt(|from| AgentFlags::from_bits_retain(from.u16())),
        record_type: from.opt(|from| RecordType(from.u16())),
        member_type: from.opt(|from| MemberType(from.u16())),
    });
    let call_devices: Vec<CallDevice> = from.list(|from| CallDevice {
        call_connection_call_id: from.opt(Chooser::u32),
        call_connection_device_type: from.opt(|from| ConnectionDeviceType(from.u16())),
        call_connection_device_id: from.opt(Chooser::device),
        call_device_type: from.opt(|from| DeviceType(from.u16())),
        call_device_id: from.opt(Chooser::device),
        call_device_connection_state: from.opt(|from| LocalConnectionState(from.u16())),
    });
    let peripherals: Vec<Peripheral> = from.list(|from| Peripheral {
        flt_peripheral_id: from.opt(Chooser::u32),
        multiline_agent_control: from.opt(Chooser::u16),
    });
    let clients: Vec<CtiClient> = from.list(|from| CtiClient {
        cti_client_signature: from.opt(Chooser::text),
        cti_client_time_stamp: from.opt(|from| Time(from.u32())),
    });
    let queues: Vec<CsqRecord> = from.list(|from| CsqRecord {
        record_type: from.opt(|from| RecordType(from.u16())),
        peripheral_id: from.opt(Chooser::u32),
        csq_id: from.opt(Chooser::u32),
        old_peripheral_number: from.opt(Chooser::u32),
        skill_group_priority: from.opt(Chooser::u16),
        skill_group_skill_target_id: from.opt(Chooser::u32),
        auto_work: from.opt(|from| {
            if from.c.flip() {
                AutoWork::Long(from.u32())
            } else {
                AutoWork::Short(Bool(from.u16()))
            }
        }),
        reserved173: from.opt(Chooser::text),
        csq_name: from.opt(Chooser::text),
        description: from.opt(Chooser::text),
        mr_domain_id: from.opt(|from| MediaRoutingDomain(from.u32())),
        config_param: from.opt(Chooser::text),
    });
    let unlisted = Unlisted::from(strangers.as_slice());
    let message: Message = match which {
        0 => OpenReq {
            invoke_id: from.u32(),
            version_number: from.u32(),
            idle_timeout: 20 + from.u32() % 110,
            peripheral_id: from.u32(),
            services_requested: CtiService::from_bits_retain(from.u32()),
            client_id: from.opt(Chooser::text),
            client_password: from.opt(Chooser::bytes),
            client_signature: from.opt(Chooser::text),
            agent_extension: from.opt(Chooser::text),
            agent_id: from.opt(Chooser::text),
            unlisted,
            ..Default::default()
        }
        .into(),
        1 => OpenConf {
            invoke_id: from.u32(),
            unified_ccx_online: Bool(from.u16()),
            agent_state: AgentState(from.u16()),
            reserved_agent_id: from.opt(Chooser::text),
            peripherals: peripherals.as_slice().into(),
            config_msg_mask_granted: from.opt(|from| ShortConfigMask(from.u16())),
            unlisted,
            ..Default::default()
        }
        .into(),
        2 => SetCallDataReq {
            invoke_id: from.u32(),
            connection_device_id: from.opt(Chooser::device),
            named_variables: variables.as_slice().into(),
            named_arrays: arrays.as_slice().into(),
            customer_account_number: from.opt(Chooser::text),
            unlisted,
            ..Default::default()
        }
        .into(),
        3 => CallConferencedEvent {
            primary_device_id: from.opt(Chooser::device),
            secondary_device_id: from.opt(Chooser::device),
            controller_device_id: from.opt(Chooser::device),
            connected_parties: parties.as_slice().into(),
            unlisted,
            ..Default::default()
        }
        .into(),
        4 => CallDequeuedEvent {
            connection_device_id: from.opt(Chooser::device),
            queue_device_id: from.opt(Chooser::device),
            csqs: queued.as_slice().into(),
            unlisted,
            ..Default::default()
        }
        .into(),
        5 => ConfigAgentEvent {
            records: agents.as_slice().into(),
            unlisted,
            ..Default::default()
        }
        .into(),
        6 => ConfigDeviceEvent {
            records: devices.as_slice().into(),
            unlisted,
            ..Default::default()
        }
        .into(),
        7 => TeamConfigEvent {
            team_id: from.u32(),
            operation: TeamOperation(from.u16() % 5),
            team_name: from.opt(Chooser::text),
            members: members.as_slice().into(),
            reserved: [from.u8(); 8],
            unlisted,
            ..Default::default()
        }
        .into(),
        8 => SnapshotCallConf {
            reserved: i32::from_ne_bytes(from.u32().to_ne_bytes()),
            router_call_key_day: from.opt(Chooser::u32),
            router_call_key_callid: from.opt(Chooser::u32),
            named_variables: variables.as_slice().into(),
            named_arrays: arrays.as_slice().into(),
            call_devices: call_devices.as_slice().into(),
            unlisted,
            ..Default::default()
        }
        .into(),
        9 => BeginCallEvent {
            connection_device_id: from.opt(Chooser::device),
            ani: from.opt(Chooser::device),
            named_variables: variables.as_slice().into(),
            named_arrays: arrays.as_slice().into(),
            cti_clients: clients.as_slice().into(),
            unlisted,
            ..Default::default()
        }
        .into(),
        10 => ConfigCsqEvent {
            records: queues.as_slice().into(),
            unlisted,
            ..Default::default()
        }
        .into(),
        11 => TransferCallConf {
            new_connection_device_id: from.opt(Chooser::device),
            connected_parties: parties.as_slice().into(),
            unlisted,
            ..Default::default()
        }
        .into(),
        _ => SetAgentStateReq {
            invoke_id: from.u32(),
            agent_state: AgentState(from.u16() % 9),
            forced_flag: ForcedFlag(from.u8() % 4),
            agent_capacity: AgentCapacity::from_bits_retain(from.u32()),
            agent_instrument: from.opt(Chooser::text),
            agent_password: from.opt(Chooser::text),
            agent_id: from.opt(Chooser::text),
            active_terminal: from.opt(Chooser::text),
            unlisted,
            ..Default::default()
        }
        .into(),
    };

    as_received(&message, version, &strangers);
    strictly(&message, version);
}

/// Reads back as it was, but for unlisted fields that the table lists after all, which change their
/// meaning, and fields of the fixed part that the version does not have.
fn as_received(message: &Message<'_>, version: Version, unlisted: &[FloatingField<'_>]) {
    let mut out = BytesMut::from(&b"xx"[..]);
    if message.encode_as_received(version, &mut out).is_err() {
        assert_eq!(out, &b"xx"[..]);
        return;
    }
    let frame: Frame = Frame::new(out.split_off(2).freeze()).unwrap();
    let layout = frame.message_type().layout().unwrap();
    if unlisted
        .iter()
        .any(|field| layout.field(field.id).is_some())
    {
        return;
    }
    let again = frame.decode(version).expect("what was written is read");
    let mut rows = layout.fixed.iter();
    let newer = rows.any(|row| !row.is_in(version.number()));
    assert!(
        newer || again == *message,
        "{version}\n{message:?}\n{again:?}"
    );
}

fn strictly(message: &Message<'_>, version: Version) {
    let object = serde_json::to_value(message).unwrap();
    let mut packed = BytesMut::new();
    let read = json::read(&object, version, &mut packed);
    let mut out = BytesMut::new();
    if let Err(error) = message.encode(version, &mut out) {
        assert!(out.is_empty());
        assert!(read.is_err(), "{error}, but {object} is packed");
        return;
    }
    let bytes = out.freeze();
    let frame: Frame = Frame::new(bytes.clone()).unwrap();
    let again = frame.decode(version).expect("strict is read");
    let layout = frame.message_type().layout().unwrap();
    // Required numbers that the guide prints are added.
    let fills = layout.floating.iter().any(|row| {
        matches!(row, FloatingRow::Field(row)
            if row.required == Required::Yes && row.reserved.is_some())
    });
    if !fills {
        assert_eq!(again, *message, "{version}");
    }
    for finding in frame.check(version) {
        assert!(
            matches!(
                finding.kind,
                Fault::ReservedChanged { .. }
                    | Fault::UnlistedCode { .. }
                    | Fault::UnlistedBits { .. }
                    | Fault::Unlisted
                    | Fault::NotUtf8 { .. }
                    | Fault::More { .. }
            ) || matches!(finding.kind, Fault::Rule(rule) if !rule.binding),
            "{finding} {message:?}"
        );
    }
    let mut twice = BytesMut::new();
    again.encode(version, &mut twice).unwrap();
    assert_eq!(twice, bytes);
    // By JSON, as a message of one's own and as one that was received.
    read.unwrap_or_else(|error| panic!("{error} in {object} {version}"));
    assert_eq!(packed, bytes, "{object}");
    let length = frame.body().len();
    let object = serde_json::to_value(json::Object {
        length,
        message: again,
    })
    .unwrap();
    let mut packed = BytesMut::new();
    assert_eq!(
        json::read(&object, version, &mut packed),
        Ok(json::Packed::AsReceived(None))
    );
    assert_eq!(packed, bytes, "{object}");
}
