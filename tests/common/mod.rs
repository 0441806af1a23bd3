//! What the tests of `ccx` share: the tables as the specification has them, samples made up from
//! the library's tables, and frames of bytes.
//!
//! The samples and the second decoder stand in `cti_codec::ccx::fuzzing`, as the fuzz targets use
//! them too.
#![allow(dead_code, unreachable_pub, reason = "each test uses a part of it")]
#![allow(
    clippy::unwrap_used,
    clippy::expect_used,
    clippy::panic,
    clippy::indexing_slicing,
    clippy::arithmetic_side_effects,
    clippy::cast_possible_truncation,
    reason = "helpers of tests"
)]

use cti_codec::ccx::fuzzing::{Choices, Style, Tree, noise, sample};
use cti_codec::ccx::layout::Layout;
use cti_codec::ccx::{LAYOUTS, Message, MessageType, Version};
use serde_json::Value;

/// The tables of the guide, as the project's specification has them.
pub fn spec() -> Value {
    serde_json::from_str(include_str!("../data/ccx.json")).unwrap()
}

pub fn rows(value: &Value) -> &[Value] {
    value.as_array().unwrap()
}

pub fn text(value: &Value) -> &str {
    value
        .as_str()
        .unwrap_or_else(|| panic!("{value} is no text"))
}

pub fn number(value: &Value) -> u64 {
    value
        .as_u64()
        .unwrap_or_else(|| panic!("{value} is no number"))
}

/// The message type with a name, which must be known.
pub fn message_type(name: &str) -> MessageType {
    MessageType::from_name(name).unwrap_or_else(|| panic!("{name} is unknown"))
}

pub fn layout(name: &str) -> &'static Layout {
    message_type(name).layout().unwrap()
}

/// Bytes as people write them, with white space and with `;` before remarks.
pub fn hex(text: &str) -> Vec<u8> {
    let digits: Vec<u8> = text
        .lines()
        .flat_map(|line| line.split(';').next().unwrap_or_default().bytes())
        .filter(|byte| !byte.is_ascii_whitespace())
        .map(|digit| char::from(digit).to_digit(16).unwrap() as u8)
        .collect();
    assert!(digits.len().is_multiple_of(2), "half a byte in {text}");
    digits
        .chunks(2)
        .map(|pair| pair[0] << 4 | pair[1])
        .collect()
}

/// A sample that a seed stands for. Seed 0 is the least there can be: no choices at all.
pub fn seeded(layout: &'static Layout, version: Version, style: Style, seed: u64) -> Tree {
    let mut bytes = match seed {
        0 => Vec::new(),
        // All ones: whatever can be there is there.
        1 => vec![0xff; 4096],
        seed => noise(seed, 4096),
    };
    // The same seed is another sample for another message.
    if seed > 1 {
        bytes.splice(..0, layout.message_type.0.to_be_bytes());
    }
    sample(layout, version, style, &mut Choices::new(&bytes))
}

/// Calls for every message, every version and every seed below a bound.
pub fn for_all(style: Style, seeds: u64, mut check: impl FnMut(&Tree)) {
    for layout in LAYOUTS {
        for version in Version::ALL {
            for seed in 0..seeds {
                check(&seeded(layout, version, style, seed));
            }
        }
    }
}

/// One default of each struct.
pub fn defaults() -> Vec<Message<'static>> {
    macro_rules! defaults {
        ($($Name:ident)*) => {
            vec![$(Message::from(cti_codec::ccx::$Name::default())),*]
        };
    }
    defaults! {
        FailureConf FailureEvent OpenReq OpenConf HeartbeatReq HeartbeatConf CloseReq CloseConf
        CallDeliveredEvent CallEstablishedEvent CallHeldEvent CallRetrievedEvent CallClearedEvent
        CallConnectionClearedEvent CallOriginatedEvent CallFailedEvent CallConferencedEvent
        CallTransferredEvent CallDivertedEvent CallServiceInitiatedEvent CallQueuedEvent
        BeginCallEvent EndCallEvent CallDataUpdateEvent SetCallDataReq SetCallDataConf
        AgentStateEvent SystemEvent ControlFailureConf QueryAgentStateReq QueryAgentStateConf
        SetAgentStateReq SetAgentStateConf AlternateCallReq AlternateCallConf AnswerCallReq
        AnswerCallConf ClearCallReq ClearCallConf ClearConnectionReq ClearConnectionConf
        ConferenceCallReq ConferenceCallConf ConsultCallReq ConsultCallConf HoldCallReq
        HoldCallConf MakeCallReq MakeCallConf ReconnectCallReq ReconnectCallConf RetrieveCallReq
        RetrieveCallConf TransferCallReq TransferCallConf QueryDeviceInfoReq QueryDeviceInfoConf
        SnapshotCallReq SnapshotCallConf SnapshotDeviceReq SnapshotDeviceConf CallDequeuedEvent
        SendDtmfSignalReq SendDtmfSignalConf RtpStartedEvent RtpStoppedEvent SupervisorAssistReq
        SupervisorAssistConf SupervisorAssistEvent EmergencyCallEvent SuperviseCallReq
        SuperviseCallConf BadCallReq BadCallConf QueryQueueStatisticsReq QueryQueueStatisticsConf
        QuerySummaryStatisticsReq QuerySummaryStatisticsConf ConfigRequestKeyEvent ConfigKeyEvent
        ConfigRequestEvent ConfigBeginEvent ConfigEndEvent ConfigApplicationEvent ConfigCsqEvent
        ConfigAgentEvent ConfigDeviceEvent QueryAgentQueueStatisticsReq
        QueryAgentQueueStatisticsConf TeamConfigReq TeamConfigEvent TeamConfigConf
    }
}
