//! From commands to requests: finds the call in question, and its names.

use cti_codec::ccx::model::{Call, Model};
use cti_codec::ccx::special::NULL_CALL_ID;
use cti_codec::ccx::{
    AgentState, AlternateCallReq, AnswerCallReq, BadCallReq, ClearCallReq, ClearConnectionReq,
    ConferenceCallReq, ConnectionDeviceType, ConsultCallReq, ConsultType, DeviceId, HoldCallReq,
    LocalConnectionState, MakeCallReq, Message, NamedVariable, QueryAgentQueueStatisticsReq,
    QueryAgentStateReq, QueryDeviceInfoReq, ReconnectCallReq, RetrieveCallReq, SendDtmfSignalReq,
    SetAgentStateReq, SetCallDataReq, SupervisorAssistReq, Text, TextBuf, TransferCallReq,
};
use cti_codec::ccx::{CallPartyDisposition, CallType};

use super::command::Command;

/// The acting party.
#[derive(Clone, Default, Debug)]
pub(super) struct Who {
    pub(super) agent: String,
    pub(super) password: String,
    pub(super) phone: String,
    pub(super) outbound: bool,
}

/// A call by the fields with which a request names it.
struct Named {
    id: u32,
    kind: ConnectionDeviceType,
    device: TextBuf,
    call_type: CallType,
    disposition: CallPartyDisposition,
}

impl Named {
    fn device(&self) -> Option<DeviceId<'_>> {
        Some(DeviceId(self.device.text()))
    }
}

/// Returns whether an id is that of a phone, which may be written `Primary.Actual`.
fn is_of(device: Text<'_>, phone: Text<'_>) -> bool {
    let id = DeviceId(device);
    device == phone || id.primary() == phone || id.actual() == Some(phone)
}

/// Returns the latest call in which the phone is in one of these states.
fn find(model: &Model, phone: Text<'_>, states: &[LocalConnectionState]) -> Option<Named> {
    let own = |call: &Call| {
        call.connections
            .iter()
            .find(|connection| {
                is_of(connection.device_id.text(), phone)
                    && connection
                        .state
                        .is_some_and(|state| states.contains(&state))
            })
            .map(|connection| Named {
                id: call.call_id,
                kind: connection.device_type,
                device: connection.device_id.clone(),
                call_type: call.call_type.unwrap_or_default(),
                disposition: call.disposition.unwrap_or_default(),
            })
    };
    model.calls.live().filter_map(own).last()
}

/// Returns the latest call that the phone has left and that is not over yet.
fn left(model: &Model, phone: Text<'_>) -> Option<Named> {
    let own = |call: &Call| {
        let (kind, device) = call.left_by(phone.into())?;
        Some(Named {
            id: call.call_id,
            kind,
            device: device.into(),
            call_type: call.call_type.unwrap_or_default(),
            disposition: call.disposition.unwrap_or_default(),
        })
    };
    model.calls.live().filter_map(own).last()
}

/// Returns the call whose data to set: the active one, any other, or the one that was left last.
fn any(model: &Model, phone: Text<'_>) -> Option<Named> {
    use LocalConnectionState as L;
    find(model, phone, &[L::CONNECT])
        .or_else(|| {
            find(
                model,
                phone,
                &[L::HOLD, L::ALERTING, L::INITIATE, L::QUEUED],
            )
        })
        .or_else(|| left(model, phone))
        .or_else(|| {
            let last = model
                .calls
                .own_last()
                .or_else(|| model.calls.last(phone.into()))?;
            Some(Named {
                id: last.call.call_id,
                kind: last.connection_device_type,
                device: last.connection_device_id.clone(),
                call_type: last.call.call_type.unwrap_or_default(),
                disposition: last.call.disposition.unwrap_or_default(),
            })
        })
}

/// Builds the request of a command and hands it on.
pub(super) fn request<T>(
    command: &Command,
    who: &Who,
    model: &Model,
    send: impl FnOnce(&Message<'_>) -> T,
) -> Result<T, String> {
    use LocalConnectionState as L;
    let phone: Text<'_> = who.phone.as_str().into();
    let instrument = (!who.phone.is_empty()).then_some(phone);
    let agent: Option<Text<'_>> = (!who.agent.is_empty()).then(|| who.agent.as_str().into());
    let active = || find(model, phone, &[L::CONNECT]).ok_or("there is no active call".to_owned());
    let held = || find(model, phone, &[L::HOLD]).ok_or("there is no held call".to_owned());
    let some = || any(model, phone).ok_or("there is no call".to_owned());
    let set = |agent_state, reason: u16| SetAgentStateReq {
        agent_state,
        event_reason_code: reason.into(),
        agent_instrument: instrument,
        agent_id: agent,
        ..Default::default()
    };
    let data = |call: &Named| SetCallDataReq {
        connection_device_type: call.kind,
        call_id: call.id,
        call_type: call.call_type,
        called_party_disposition: call.disposition,
        ..Default::default()
    };
    Ok(match command {
        Command::Login { force, .. } => {
            let mut request = SetAgentStateReq {
                forced_flag: u8::from(*force).into(),
                agent_password: Some(who.password.as_str().into()),
                ..set(AgentState::LOGIN, 0)
            };
            if who.outbound {
                request.agent_capacity = cti_codec::ccx::AgentCapacity::OUTBOUND_ENABLED;
            }
            send(&request.into())
        }
        Command::Logout { reason, force } => send(
            &SetAgentStateReq {
                forced_flag: u8::from(*force).into(),
                ..set(AgentState::LOGOUT, *reason)
            }
            .into(),
        ),
        Command::State(state, reason) => send(&set(*state, *reason).into()),
        Command::Dial(number) => send(
            &MakeCallReq {
                agent_instrument: instrument,
                dialed_number: Some(number.as_str().into()),
                ..Default::default()
            }
            .into(),
        ),
        Command::Answer => {
            // Without a known call, the phone answers the call that rings.
            let call = find(model, phone, &[L::ALERTING]);
            send(
                &AnswerCallReq {
                    call_id: call.as_ref().map_or(NULL_CALL_ID, |call| call.id),
                    connection_device_type: call
                        .as_ref()
                        .map_or(ConnectionDeviceType::NONE, |call| call.kind),
                    connection_device_id: call.as_ref().and_then(Named::device),
                    agent_instrument: instrument,
                    ..Default::default()
                }
                .into(),
            )
        }
        Command::Hangup => {
            let call = find(model, phone, &[L::CONNECT])
                .or_else(|| find(model, phone, &[L::INITIATE, L::ALERTING, L::FAIL, L::HOLD]))
                .ok_or("there is no call")?;
            send(
                &ClearConnectionReq {
                    call_id: call.id,
                    connection_device_type: call.kind,
                    connection_device_id: call.device(),
                    agent_instrument: instrument,
                    ..Default::default()
                }
                .into(),
            )
        }
        Command::Clear => {
            let call = active()?;
            send(
                &ClearCallReq {
                    call_id: call.id,
                    connection_device_type: call.kind,
                    connection_device_id: call.device(),
                    agent_instrument: instrument,
                    ..Default::default()
                }
                .into(),
            )
        }
        Command::Hold => {
            let call = active()?;
            send(
                &HoldCallReq {
                    call_id: call.id,
                    connection_device_type: call.kind,
                    connection_device_id: call.device(),
                    agent_instrument: instrument,
                    ..Default::default()
                }
                .into(),
            )
        }
        Command::Retrieve => {
            let call = held()?;
            send(
                &RetrieveCallReq {
                    held_call_id: call.id,
                    held_connection_device_type: call.kind,
                    held_connection_device_id: call.device(),
                    agent_instrument: instrument,
                    ..Default::default()
                }
                .into(),
            )
        }
        Command::Alternate => {
            let call = active()?;
            let other = held().or_else(|_| {
                find(model, phone, &[L::ALERTING]).ok_or("there is no other call".to_owned())
            })?;
            send(
                &AlternateCallReq {
                    active_call_id: call.id,
                    active_connection_device_type: call.kind,
                    active_connection_device_id: call.device(),
                    other_call_id: other.id,
                    other_connection_device_type: other.kind,
                    other_connection_device_id: other.device(),
                    agent_instrument: instrument,
                    ..Default::default()
                }
                .into(),
            )
        }
        Command::Consult(number, kind) => {
            let call = active()?;
            send(
                &ConsultCallReq {
                    active_call_id: call.id,
                    active_connection_device_type: call.kind,
                    active_connection_device_id: call.device(),
                    consult_type: ConsultType(*kind),
                    dialed_number: Some(number.as_str().into()),
                    agent_instrument: instrument,
                    ..Default::default()
                }
                .into(),
            )
        }
        Command::Reconnect => {
            let held = held()?;
            let call =
                find(model, phone, &[L::CONNECT, L::INITIATE]).ok_or("there is no active call")?;
            send(
                &ReconnectCallReq {
                    active_call_id: call.id,
                    active_connection_device_type: call.kind,
                    active_connection_device_id: call.device(),
                    held_call_id: held.id,
                    held_connection_device_type: held.kind,
                    held_connection_device_id: held.device(),
                    agent_instrument: instrument,
                    ..Default::default()
                }
                .into(),
            )
        }
        Command::Transfer(number) => {
            let call = active()?;
            let held = if number.is_some() {
                None
            } else {
                Some(held()?)
            };
            send(
                &TransferCallReq {
                    active_call_id: call.id,
                    active_connection_device_type: call.kind,
                    active_connection_device_id: call.device(),
                    held_call_id: held.as_ref().map_or(NULL_CALL_ID, |call| call.id),
                    held_connection_device_type: held
                        .as_ref()
                        .map_or(ConnectionDeviceType::NONE, |call| call.kind),
                    held_connection_device_id: held.as_ref().and_then(Named::device),
                    dialed_number: number.as_deref().map(Into::into),
                    agent_instrument: instrument,
                    ..Default::default()
                }
                .into(),
            )
        }
        Command::Conference(number) => {
            let call = active()?;
            let held = if number.is_some() {
                None
            } else {
                Some(held()?)
            };
            send(
                &ConferenceCallReq {
                    active_call_id: call.id,
                    active_connection_device_type: call.kind,
                    active_connection_device_id: call.device(),
                    held_call_id: held.as_ref().map_or(NULL_CALL_ID, |call| call.id),
                    held_connection_device_type: held
                        .as_ref()
                        .map_or(ConnectionDeviceType::NONE, |call| call.kind),
                    held_connection_device_id: held.as_ref().and_then(Named::device),
                    dialed_number: number.as_deref().map(Into::into),
                    agent_instrument: instrument,
                    ..Default::default()
                }
                .into(),
            )
        }
        Command::Dtmf(digits) => {
            let call = active()?;
            send(
                &SendDtmfSignalReq {
                    call_id: call.id,
                    connection_device_type: call.kind,
                    connection_device_id: call.device(),
                    dtmf_string: Some(digits.as_str().into()),
                    agent_instrument: instrument,
                    ..Default::default()
                }
                .into(),
            )
        }
        Command::Wrapup(text) => {
            let call = some()?;
            send(
                &SetCallDataReq {
                    connection_device_id: call.device(),
                    call_wrapup_data: Some(text.as_str().into()),
                    ..data(&call)
                }
                .into(),
            )
        }
        Command::Variable(number, text) => {
            let call = some()?;
            let mut request = SetCallDataReq {
                connection_device_id: call.device(),
                ..data(&call)
            };
            let place = match number {
                1 => &mut request.call_variable1,
                2 => &mut request.call_variable2,
                3 => &mut request.call_variable3,
                4 => &mut request.call_variable4,
                5 => &mut request.call_variable5,
                6 => &mut request.call_variable6,
                7 => &mut request.call_variable7,
                8 => &mut request.call_variable8,
                9 => &mut request.call_variable9,
                _ => &mut request.call_variable10,
            };
            *place = Some(text.as_str().into());
            send(&request.into())
        }
        Command::Data(name, text) => {
            let call = some()?;
            let variables = [NamedVariable {
                name: name.as_str().into(),
                value: text.as_str().into(),
            }];
            send(
                &SetCallDataReq {
                    connection_device_id: call.device(),
                    named_variables: (&variables).into(),
                    ..data(&call)
                }
                .into(),
            )
        }
        Command::Assist => {
            let call = any(model, phone);
            let device = call
                .as_ref()
                .map_or(Text::from(""), |call| call.device.text());
            send(
                &SupervisorAssistReq {
                    call_id: call.as_ref().map_or(NULL_CALL_ID, |call| call.id),
                    connection_device_type: call
                        .as_ref()
                        .map_or(ConnectionDeviceType::NONE, |call| call.kind),
                    connection_device_id: Some(device.into()),
                    agent_instrument: instrument,
                    agent_id: agent,
                    ..Default::default()
                }
                .into(),
            )
        }
        Command::BadCall => {
            let call = any(model, phone);
            let device = call
                .as_ref()
                .map_or(Text::from(""), |call| call.device.text());
            send(
                &BadCallReq {
                    call_id: call.as_ref().map_or(NULL_CALL_ID, |call| call.id),
                    connection_device_type: call
                        .as_ref()
                        .map_or(ConnectionDeviceType::NONE, |call| call.kind),
                    connection_device_id: Some(device.into()),
                    agent_id: agent,
                    ..Default::default()
                }
                .into(),
            )
        }
        Command::Query => send(
            &QueryAgentStateReq {
                agent_id: agent,
                agent_instrument: instrument,
                ..Default::default()
            }
            .into(),
        ),
        Command::Phone => send(
            &QueryDeviceInfoReq {
                agent_instrument: instrument,
                ..Default::default()
            }
            .into(),
        ),
        Command::Statistics => send(
            &QueryAgentQueueStatisticsReq {
                agent_id: agent,
                ..Default::default()
            }
            .into(),
        ),
        Command::Calls => return Err("is no request".into()),
    })
}

/// Returns whether a command changes the agent's state, so that the events before it are not
/// awaited.
pub(super) fn changes_state(command: &Command) -> bool {
    matches!(
        command,
        Command::Login { .. } | Command::Logout { .. } | Command::State(..)
    )
}

/// Returns whether a command changes calls.
pub(super) fn changes_calls(command: &Command) -> bool {
    matches!(
        command,
        Command::Dial(_)
            | Command::Answer
            | Command::Hangup
            | Command::Clear
            | Command::Hold
            | Command::Retrieve
            | Command::Alternate
            | Command::Consult(..)
            | Command::Reconnect
            | Command::Transfer(_)
            | Command::Conference(_)
    )
}
