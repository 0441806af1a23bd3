//! The frames that all benchmarks run on.
#![allow(
    dead_code,
    unreachable_pub,
    reason = "each benchmark uses some of them"
)]
#![allow(clippy::doc_markdown, reason = "names of messages")]
#![allow(
    clippy::indexing_slicing,
    clippy::arithmetic_side_effects,
    clippy::cast_possible_truncation,
    reason = "frames of our own"
)]

use bytes::BytesMut;
use cti_codec::ccx::*;

/// The version that they are encoded in.
pub const VERSION: Version = Version::V14;

/// The frame of the trace in the guide's chapter 11: BEGIN_CALL_EVENT with 4 floating fields, not
/// in table order.
pub const BEGIN_CALL_4: &[u8] = &[
    0x00, 0x00, 0x00, 0x36, 0x00, 0x00, 0x00, 0x17, 0x00, 0x00, 0x00, 0x00, 0x00, 0x00, 0x00, 0x01,
    0x00, 0x15, 0x00, 0x00, 0x00, 0x00, 0x00, 0x00, 0x00, 0x01, 0x00, 0x00, 0x01, 0x00, 0x01, 0x10,
    0x00, 0x00, 0x08, 0x05, 0x32, 0x30, 0x30, 0x36, 0x00, 0x0B, 0x05, 0x37, 0x30, 0x30, 0x30, 0x00,
    0x19, 0x05, 0x39, 0x30, 0x32, 0x36, 0x00, 0x0A, 0x05, 0x37, 0x30, 0x30, 0x30, 0x00,
];

/// Encodes a message that the guide allows.
pub fn encode(message: Message<'_>) -> Vec<u8> {
    let mut frame = BytesMut::new();
    message
        .encode(VERSION, &mut frame)
        .expect("a message that the guide allows");
    frame.to_vec()
}

fn text<T: From<&'static str>>(text: &'static str) -> Option<T> {
    Some(text.into())
}

/// A delivered call with 14 floating fields, as a desktop sees it ring.
pub fn delivered() -> CallDeliveredEvent<'static> {
    CallDeliveredEvent {
        connection_device_id: text("2006"),
        alerting_device_id: text("2006"),
        calling_device_id: text("915085550100"),
        called_device_id: text("2006"),
        last_redirect_device_id: text("9019"),
        ani: text("915085550100"),
        dnis: text("7000"),
        dialed_number: text("7000"),
        caller_entered_digits: text("48151623"),
        call_variable1: text("Jane Doe"),
        call_variable2: text("gold"),
        call_variable3: text("AC-000111222"),
        call_variable4: text("en_US"),
        call_variable5: text("https://crm/case/1234567"),
        ..Default::default()
    }
}

/// The named variables that make [`delivered_30`] out of [`delivered`].
pub fn variables() -> Vec<NamedVariable<'static>> {
    [
        ("user.layout", "Default"),
        ("BACampaign", "LoadCamp"),
        ("BAAccountNumber", "AC111"),
        ("BAResponse", "Accept"),
        ("BAStatus", "CO"),
        ("BADialedListID", "20779"),
        ("BATimeZone", "-00360"),
        ("BABuddyName", "John,Doe"),
        ("BACustomerNumber", "4022"),
        ("user.segment", "platinum"),
        ("user.language", "en_US"),
        ("user.case", "00012345"),
        ("user.reason", "billing question"),
        ("user.queue.time", "00:01:43"),
        ("user.survey", "opt-in"),
        ("user.callback", "+1 508 555 0100"),
    ]
    .into_iter()
    .map(|(name, value)| NamedVariable {
        name: name.into(),
        value: value.into(),
    })
    .collect()
}

/// CALL_DELIVERED_EVENT with 14 floating fields.
pub fn delivered_14() -> Vec<u8> {
    encode(delivered().into())
}

/// CALL_DELIVERED_EVENT with 30 floating fields, 16 of them named variables.
pub fn delivered_30() -> Vec<u8> {
    encode(
        CallDeliveredEvent {
            named_variables: variables().as_slice().into(),
            ..delivered()
        }
        .into(),
    )
}

fn csqs(count: u32) -> Vec<AgentStateCsq> {
    (1..=count)
        .map(|csq_id| AgentStateCsq {
            csq_id: Some(csq_id),
            skill_group_id: Some(0xFFFF_FFFF),
            skill_group_priority: Some(0),
            csq_state: Some(AgentState::READY),
        })
        .collect()
}

fn state_of(csqs: &[AgentStateCsq]) -> AgentStateEvent<'_> {
    AgentStateEvent {
        agent_state: AgentState::READY,
        agent_extension: text("2006"),
        agent_instrument: text("2006"),
        agent_id: text("jdoe"),
        csqs: csqs.into(),
        ..Default::default()
    }
}

/// AGENT_STATE_EVENT with so many CSQs.
pub fn agent_state(count: u32) -> Vec<u8> {
    encode(state_of(&csqs(count)).into())
}

/// AGENT_STATE_EVENT with 20 CSQs.
pub fn agent_state_20() -> Vec<u8> {
    agent_state(20)
}

fn agent_csqs() -> Vec<AgentRecordCsq> {
    (1..=4)
        .map(|csq_id| AgentRecordCsq {
            csq_id: Some(csq_id),
            skill_group_priority: Some(0),
        })
        .collect()
}

fn agents(csqs: &[AgentRecordCsq]) -> Vec<AgentRecord<'_>> {
    (0..10)
        .map(|_| AgentRecord {
            record_type: Some(RecordType::ADD),
            agent_type: Some(AgentType::AGENT),
            login_id: text("jdoe"),
            last_name: text("Doe"),
            first_name: text("Jane"),
            extension: text("2006"),
            description: text("Jane Doe, billing"),
            csqs: csqs.into(),
            ..Default::default()
        })
        .collect()
}

/// CONFIG_AGENT_EVENT with 10 records of 4 CSQs each.
pub fn config_agent_10() -> Vec<u8> {
    encode(config_agent(&agents(&agent_csqs())).into())
}

fn config_agent<'a>(agents: &'a [AgentRecord<'a>]) -> ConfigAgentEvent<'a> {
    ConfigAgentEvent {
        records: agents.into(),
        ..Default::default()
    }
}

fn devices() -> Vec<DeviceRecord<'static>> {
    (0..10)
        .map(|port| DeviceRecord {
            record_type: Some(RecordType::ADD),
            peripheral_id: Some(0),
            device_type: Some(ConfigDeviceType::CTI_PORT),
            max_queued: Some(0),
            device_field0: Some(port),
            device_field1: Some(0),
            device_field2: text("CTIP2003"),
            device_field3: text(""),
            device_field4: text("2003"),
            description: text("port of the main line"),
        })
        .collect()
}

fn config_device<'a>(devices: &'a [DeviceRecord<'a>]) -> ConfigDeviceEvent<'a> {
    ConfigDeviceEvent {
        records: devices.into(),
        ..Default::default()
    }
}

/// CONFIG_DEVICE_EVENT with 10 records of 10 fields each.
pub fn config_device_10() -> Vec<u8> {
    encode(config_device(&devices()).into())
}

fn set_call_data<'a>(variables: &'a [NamedVariable<'a>]) -> SetCallDataReq<'a> {
    SetCallDataReq {
        invoke_id: 7,
        call_id: 16_777_507,
        connection_device_id: text("2006"),
        named_variables: variables.into(),
        ..Default::default()
    }
}

/// SET_CALL_DATA_REQ with 16 named variables.
pub fn set_call_data_16() -> Vec<u8> {
    encode(set_call_data(&variables()).into())
}

/// The messages that a program builds, for as long as it runs.
pub fn built() -> Vec<(&'static str, Message<'static>)> {
    let variables = variables().leak();
    vec![
        (
            "begin_call_4",
            BeginCallEvent {
                call_type: CallType(1),
                call_id: 0x0100_0110,
                connection_device_id: text("9026"),
                ani: text("2006"),
                dnis: text("7000"),
                dialed_number: text("7000"),
                ..Default::default()
            }
            .into(),
        ),
        ("delivered_14", delivered().into()),
        (
            "delivered_30",
            CallDeliveredEvent {
                named_variables: (&*variables).into(),
                ..delivered()
            }
            .into(),
        ),
        ("agent_state_20", state_of(csqs(20).leak()).into()),
        ("agent_state_30", state_of(csqs(30).leak()).into()),
        (
            "config_agent_10",
            config_agent(agents(agent_csqs().leak()).leak()).into(),
        ),
        ("config_device_10", config_device(devices().leak()).into()),
        ("set_call_data_16", set_call_data(variables).into()),
        (
            "heartbeat_conf",
            HeartbeatConf {
                invoke_id: 7,
                ..Default::default()
            }
            .into(),
        ),
    ]
}

/// The smallest confirmation.
pub fn heartbeat_conf() -> Vec<u8> {
    encode(
        HeartbeatConf {
            invoke_id: 7,
            ..Default::default()
        }
        .into(),
    )
}

/// A number of messages in the proportions of a busy centre: mostly agent states, then the events
/// of calls, heartbeats and confirmations between them.
pub fn stream(messages: usize) -> Vec<u8> {
    let mix = [
        agent_state_20(),
        BEGIN_CALL_4.to_vec(),
        delivered_14(),
        agent_state_20(),
        delivered_30(),
        heartbeat_conf(),
        agent_state_20(),
        heartbeat_conf(),
        BEGIN_CALL_4.to_vec(),
        agent_state_20(),
    ];
    mix.iter()
        .cycle()
        .take(messages)
        .flatten()
        .copied()
        .collect()
}

/// The size of the fixed part of one of these frames, which a bare walk needs.
pub fn fixed_size(message_type: u32) -> usize {
    match message_type {
        23 => 26,
        9 => 54,
        30 => 58,
        237 | 238 => 2,
        26 => 30,
        _ => 4,
    }
}

/// The minimum work of a decoder: header, fixed part and each floating field within bounds, keeping
/// only a sum of the ids, so that the compiler cannot drop the walk.
#[inline(never)]
pub fn bare_walk(frame: &[u8]) -> Option<u32> {
    let (header, body) = frame.split_first_chunk::<8>()?;
    let [a, b, c, d, e, f, g, h] = *header;
    let length = u32::from_be_bytes([a, b, c, d]) as usize;
    let message_type = u32::from_be_bytes([e, f, g, h]);
    let mut rest = body.get(..length)?.get(fixed_size(message_type)..)?;
    let mut ids = 0_u32;
    while let Some(([id, length], tail)) = rest.split_first_chunk::<2>() {
        let (_, after) = tail.split_at_checked(usize::from(*length))?;
        ids = ids.wrapping_add(u32::from(*id));
        rest = after;
    }
    rest.is_empty().then_some(ids)
}

/// A field of a frame: its id, its data but for the last byte, and that.
pub type Field = (u8, &'static [u8], u8);

/// What a tight writer copies, header and fixed part, and the fields that it writes after them.
pub fn parts(frame: &'static [u8]) -> (&'static [u8], Vec<Field>) {
    let message_type = u32::from_be_bytes([frame[4], frame[5], frame[6], frame[7]]);
    let (head, mut rest) = frame.split_at(8 + fixed_size(message_type));
    let mut fields = Vec::new();
    while let [id, length, tail @ ..] = rest {
        let (data, after) = tail.split_at(usize::from(*length));
        let (last, data) = data.split_last().expect("no field of these is empty");
        fields.push((*id, data, *last));
        rest = after;
    }
    (head, fields)
}

/// The least that an encoder can do: header and fixed part in one copy, then for each field the
/// room is tested once, and id, length, data and the last byte, mostly a NUL, are written.
#[inline(never)]
pub fn tight(out: &mut [u8], head: &[u8], fields: &[Field]) -> Option<usize> {
    let mut at = head.len();
    out.get_mut(..at)?.copy_from_slice(head);
    for (id, data, last) in fields {
        let end = at + data.len() + 3;
        let [to_id, to_length, to_data @ .., to_last] = out.get_mut(at..end)? else {
            return None;
        };
        *to_id = *id;
        *to_length = data.len() as u8 + 1;
        to_data.copy_from_slice(data);
        *to_last = *last;
        at = end;
    }
    Some(at)
}

/// The least that cutting a stream can do: the types of all frames, added up.
#[inline(never)]
pub fn header_reads(bytes: &[u8]) -> Option<u32> {
    let mut rest = bytes;
    let mut types = 0_u32;
    while let Some(([a, b, c, d, e, f, g, h], tail)) = rest.split_first_chunk() {
        let length = u32::from_be_bytes([*a, *b, *c, *d]) as usize;
        types = types.wrapping_add(u32::from_be_bytes([*e, *f, *g, *h]));
        rest = tail.get(length..)?;
    }
    Some(types)
}
