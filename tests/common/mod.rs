//! What the tests of `ccx` share: the tables as the specification has them, frames of bytes, and
//! encoding in all its forms.
#![allow(
    dead_code,
    unreachable_pub,
    unused_imports,
    reason = "each test uses a part of it"
)]
#![allow(
    clippy::unwrap_used,
    clippy::expect_used,
    clippy::panic,
    clippy::indexing_slicing,
    clippy::arithmetic_side_effects,
    clippy::cast_possible_truncation,
    reason = "helpers of tests"
)]

mod cases;
pub use cases::cases;

use bytes::BytesMut;
use cti_codec::ccx::layout::Layout;
use cti_codec::ccx::{EncodeError, Fault, FloatingField, Message, MessageType, Version};
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

/// A frame of any type with any body.
pub fn frame(message_type: u32, body: &[u8]) -> Vec<u8> {
    let length = body.len() as u32;
    [
        &length.to_be_bytes(),
        message_type.to_be_bytes().as_slice(),
        body,
    ]
    .concat()
}

pub fn as_received(message: &Message<'_>, version: Version) -> Result<Vec<u8>, EncodeError> {
    let mut out = BytesMut::new();
    message.encode_as_received(version, &mut out)?;
    Ok(out.to_vec())
}

/// Strict encoding in all its forms, which must agree; on error nothing may have been written.
pub fn strict(message: &Message<'_>, version: Version) -> Result<Vec<u8>, EncodeError> {
    let mut out = BytesMut::from([0xa5].as_slice());
    let result = message.encode(version, &mut out);
    let mut dirty = vec![0x5a; out.len() + 16];
    let in_slice = message.encode_to_slice(version, &mut dirty);
    match result {
        Ok(()) => {
            let written = out[1..].to_vec();
            assert_eq!(in_slice, Ok(written.len()));
            assert_eq!(dirty[..written.len()], written);
            assert!(dirty[written.len()..].iter().all(|byte| *byte == 0x5a));
            // One byte less is not enough, and leaves the slice as it was.
            let mut short = vec![0x5a; written.len() - 1];
            let error = message.encode_to_slice(version, &mut short).unwrap_err();
            assert_eq!(
                error.kind,
                Fault::NoRoom {
                    needed: written.len(),
                    room: written.len() - 1
                }
            );
            assert!(short.iter().all(|byte| *byte == 0x5a));
            Ok(written)
        }
        Err(error) => {
            assert_eq!(out[..], [0xa5], "written before {error}");
            assert_eq!(in_slice, Err(error));
            assert!(dirty.iter().all(|byte| *byte == 0x5a));
            Err(error)
        }
    }
}

/// Calls a macro with the names of all structs.
macro_rules! structs {
    ($call:ident) => {
        $call! {
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
        ConfigTerminalEvent
        }
    };
}

/// One default of each struct.
pub fn defaults() -> Vec<Message<'static>> {
    macro_rules! defaults {
        ($($Name:ident)*) => {
            vec![$(Message::from(cti_codec::ccx::$Name::default())),*]
        };
    }
    structs!(defaults)
}

/// The same message with these fields that its table does not list.
pub fn with_unlisted<'a>(message: Message<'a>, unlisted: &'a [FloatingField<'a>]) -> Message<'a> {
    macro_rules! with_unlisted {
        ($($Name:ident)*) => {
            match message {
                $(Message::$Name(mut message) => {
                    message.unlisted = unlisted.into();
                    Message::$Name(message)
                })*
                other => other,
            }
        };
    }
    structs!(with_unlisted)
}
