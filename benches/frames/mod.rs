//! The frames that all benchmarks run on.
#![allow(
    dead_code,
    unreachable_pub,
    reason = "each benchmark uses some of them"
)]
#![allow(clippy::doc_markdown, reason = "names of messages")]

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

/// AGENT_STATE_EVENT with 20 CSQs.
pub fn agent_state_20() -> Vec<u8> {
    let csqs: Vec<_> = (1..=20)
        .map(|csq_id| AgentStateCsq {
            csq_id: Some(csq_id),
            skill_group_id: Some(0xFFFF_FFFF),
            skill_group_priority: Some(0),
            csq_state: Some(AgentState::READY),
        })
        .collect();
    encode(
        AgentStateEvent {
            agent_state: AgentState::READY,
            agent_extension: text("2006"),
            agent_instrument: text("2006"),
            agent_id: text("jdoe"),
            csqs: csqs.as_slice().into(),
            ..Default::default()
        }
        .into(),
    )
}

/// CONFIG_AGENT_EVENT with 10 records of 4 CSQs each.
pub fn config_agent_10() -> Vec<u8> {
    let csqs: Vec<_> = (1..=4)
        .map(|csq_id| AgentRecordCsq {
            csq_id: Some(csq_id),
            skill_group_priority: Some(0),
        })
        .collect();
    let records: Vec<_> = (0..10)
        .map(|_| AgentRecord {
            record_type: Some(RecordType::ADD),
            agent_type: Some(AgentType::AGENT),
            login_id: text("jdoe"),
            last_name: text("Doe"),
            first_name: text("Jane"),
            extension: text("2006"),
            description: text("Jane Doe, billing"),
            csqs: csqs.as_slice().into(),
            ..Default::default()
        })
        .collect();
    encode(
        ConfigAgentEvent {
            records: records.as_slice().into(),
            ..Default::default()
        }
        .into(),
    )
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
        237 => 2,
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
