//! Requests about agents and calls.

mod agents;
mod data;
mod supervision;

use super::calls::data::{as_parties, is_open};
use super::centre::CentreCall;
use super::sessions::{ConnectionId, Refusal, Sessions};
use super::{Centre, filled};
use crate::ccx::special::NULL_CALL_ID;
use crate::ccx::{
    AgentState, AlternateCallConf, AnswerCallConf, BadCallConf, CallType, CcxErrorCode,
    ClearCallConf, ClearConnectionConf, ConferenceCallConf, ConnectionDeviceType, ConsultCallConf,
    ControlFailure, CtiService, DeviceId, EventCause, HoldCallConf, LocalConnectionState,
    MakeCallConf, Message, ReconnectCallConf, RetrieveCallConf, SendDtmfSignalConf, Text, TextBuf,
    TransferCallConf,
};
use data::{put, take_data};

/// A device and its call, as a request names them.
struct Named {
    call_id: u32,
    device: TextBuf,
}

type Answered = Result<(), Refusal>;

const ACTIVE: Option<LocalConnectionState> = Some(LocalConnectionState::CONNECT);
const HELD: Option<LocalConnectionState> = Some(LocalConnectionState::HOLD);

/// What a transfer or a conference is about.
struct Join {
    active: Named,
    with: With,
}

enum With {
    /// Whoever is at a number.
    Number(TextBuf),
    /// A call that the same device holds.
    Held(Named),
}

impl Join {
    /// The call that results.
    fn result(&self) -> u32 {
        match &self.with {
            With::Number(_) => self.active.call_id,
            With::Held(held) => held.call_id,
        }
    }
}

impl Centre {
    /// Works a request about agents and calls off, and answers it. Returns whether it is one.
    pub(super) fn control(
        &mut self,
        id: ConnectionId,
        message: &Message<'_>,
        out: &mut Sessions,
    ) -> bool {
        let invoke_id = message.invoke_id().unwrap_or_default();
        let services = out.map.get(&id).map(|session| session.services);
        let services = services.unwrap_or(CtiService::empty());
        let controls = services.contains(CtiService::CLIENT_CONTROL);
        if self.plan.confirm_first {
            out.holding = Some(id);
        }
        let answered = match message {
            Message::SetAgentStateReq(request) => {
                let may = controls || services.contains(CtiService::AGENT_STATE_CONTROL_ONLY);
                self.set_agent_state(id, request, may, out)
            }
            Message::QueryAgentStateReq(request) => self.query_agent(id, request, out),
            Message::SetCallDataReq(request) => {
                let may = services.contains(CtiService::CALL_DATA_UPDATE);
                self.set_call_data(id, request, may, out)
            }
            Message::SuperviseCallReq(request) => {
                let may = services.contains(CtiService::SUPERVISOR);
                self.supervise(id, request, may, out)
            }
            Message::SupervisorAssistReq(request) => self.assist(id, request, out),
            Message::BadCallReq(_) => {
                let conf = BadCallConf {
                    invoke_id,
                    ..BadCallConf::default()
                };
                out.send(id, &conf.into());
                Ok(())
            }
            Message::AlternateCallReq(_)
            | Message::AnswerCallReq(_)
            | Message::ClearCallReq(_)
            | Message::ClearConnectionReq(_)
            | Message::ConferenceCallReq(_)
            | Message::ConsultCallReq(_)
            | Message::HoldCallReq(_)
            | Message::MakeCallReq(_)
            | Message::ReconnectCallReq(_)
            | Message::RetrieveCallReq(_)
            | Message::TransferCallReq(_)
            | Message::SendDtmfSignalReq(_)
                if !controls =>
            {
                Err(CcxErrorCode::CALL_CONTROL_MASK_NOT_ON.into())
            }
            _ => match self.call_control(id, message, out) {
                Some(answered) => answered,
                None => {
                    out.release();
                    return false;
                }
            },
        };
        if let Err(refusal) = answered {
            out.refuse(id, invoke_id, refusal);
        }
        out.release();
        true
    }

    /// Finds the call and the device that a request names: by `CallID` and connection, else by the
    /// phone that acts.
    fn named(
        &self,
        call_id: u32,
        connection: Option<DeviceId<'_>>,
        instrument: Option<Text<'_>>,
        state: Option<LocalConnectionState>,
    ) -> Result<Named, Refusal> {
        let device = filled(connection).or(filled(instrument).map(DeviceId));
        let device = device.ok_or(ControlFailure::INVALID_CSTA_DEVICE_ID)?;
        // Primary.Actual: the actual part counts.
        let device = TextBuf::from(device.actual().unwrap_or(device.primary()));
        if is_open(call_id) {
            let state = state.unwrap_or(LocalConnectionState::CONNECT);
            let call_id = self
                .call_in(device.as_bytes(), state)
                .ok_or(ControlFailure::NO_CALL_TO_ANSWER)?;
            return Ok(Named { call_id, device });
        }
        let call = self
            .calls
            .get(&call_id)
            .ok_or(ControlFailure::INVALID_CSTA_CALL_ID)?;
        let own = filled(instrument).map_or_else(|| device.clone(), TextBuf::from);
        // The connection may be another party's; the phone that acts is in the call.
        let device = if call.connection(device.as_bytes()).is_some() {
            device
        } else {
            own
        };
        let inside = call
            .connection(device.as_bytes())
            .ok_or(ControlFailure::INVALID_CSTA_CONNECTION_ID)?;
        if let Some(state) = state
            && inside.state != state
        {
            return Err(match state {
                LocalConnectionState::ALERTING => ControlFailure::NO_CALL_TO_ANSWER,
                LocalConnectionState::HOLD => ControlFailure::NO_HELD_CALL,
                LocalConnectionState::CONNECT => ControlFailure::NO_ACTIVE_CALL,
                _ => ControlFailure::INVALID_OBJECT_STATE,
            }
            .into());
        }
        Ok(Named { call_id, device })
    }

    #[expect(clippy::too_many_lines, reason = "a list of requests")]
    fn call_control(
        &mut self,
        id: ConnectionId,
        message: &Message<'_>,
        out: &mut Sessions,
    ) -> Option<Answered> {
        let invoke_id = message.invoke_id().unwrap_or_default();
        macro_rules! confirm {
            // The connection of a call that is new, or that others have become.
            ($Conf:ident of $call_id:ident at $device:expr $(, $field:ident: $value:expr)?) => {
                confirm!($Conf {
                    new_call_id: $call_id,
                    new_connection_device_type: ConnectionDeviceType::STATIC,
                    new_connection_device_id: Some($device.text().into()),
                    $($field: $value,)?
                })
            };
            ($Conf:ident $({ $($field:ident: $value:expr,)* })?) => {
                out.send(
                    id,
                    &$Conf {
                        invoke_id,
                        $($($field: $value,)*)?
                        ..$Conf::default()
                    }
                    .into(),
                )
            };
        }
        macro_rules! named {
            ($request:ident . $call_id:ident, $device:ident, $state:expr) => {
                self.named(
                    $request.$call_id,
                    $request.$device,
                    $request.agent_instrument,
                    $state,
                )?
            };
        }
        macro_rules! join {
            ($request:ident) => {{
                let active = named!($request.active_call_id, active_connection_device_id, ACTIVE);
                let with = match filled($request.dialed_number) {
                    Some(number) => With::Number(number.into()),
                    None => {
                        let held = named!($request.held_call_id, held_connection_device_id, HELD);
                        self.can_join(&held, &active)?;
                        With::Held(held)
                    }
                };
                Join { active, with }
            }};
        }
        let mut answer = || -> Option<Answered> {
            Some(match message {
                Message::AnswerCallReq(request) => (|| {
                    let rings = Some(LocalConnectionState::ALERTING);
                    let named = named!(request.call_id, connection_device_id, rings);
                    self.answer(named.call_id, &named.device, out)?;
                    confirm!(AnswerCallConf);
                    Ok(())
                })(),
                Message::HoldCallReq(request) => (|| {
                    let named = named!(request.call_id, connection_device_id, ACTIVE);
                    self.hold(named.call_id, &named.device, EventCause::NONE, out);
                    confirm!(HoldCallConf);
                    Ok(())
                })(),
                Message::RetrieveCallReq(request) => (|| {
                    let named = named!(request.held_call_id, held_connection_device_id, HELD);
                    if self
                        .call_in(named.device.as_bytes(), LocalConnectionState::CONNECT)
                        .is_some()
                    {
                        return Err(ControlFailure::INVALID_OBJECT_STATE.into());
                    }
                    self.retrieve(named.call_id, &named.device, EventCause::NONE, out);
                    confirm!(RetrieveCallConf);
                    Ok(())
                })(),
                Message::AlternateCallReq(request) => (|| {
                    let active =
                        named!(request.active_call_id, active_connection_device_id, ACTIVE);
                    let other = named!(request.other_call_id, other_connection_device_id, None);
                    let state = self.state_of(&other);
                    if !matches!(
                        state,
                        LocalConnectionState::HOLD | LocalConnectionState::ALERTING
                    ) {
                        return Err(ControlFailure::NO_HELD_CALL.into());
                    }
                    let cause = EventCause::ALTERNATE;
                    self.hold(active.call_id, &active.device, cause, out);
                    if state == LocalConnectionState::HOLD {
                        self.retrieve(other.call_id, &other.device, cause, out);
                    } else {
                        self.answer(other.call_id, &other.device, out)?;
                    }
                    confirm!(AlternateCallConf);
                    Ok(())
                })(),
                Message::ClearConnectionReq(request) => (|| {
                    let named = named!(request.call_id, connection_device_id, None);
                    self.not_reserved(named.call_id)?;
                    self.drop_out(named.call_id, &named.device, out);
                    confirm!(ClearConnectionConf);
                    Ok(())
                })(),
                Message::ClearCallReq(request) => (|| {
                    let named = named!(request.call_id, connection_device_id, None);
                    self.not_reserved(named.call_id)?;
                    self.clear_call(named.call_id, out);
                    confirm!(ClearCallConf);
                    Ok(())
                })(),
                Message::ReconnectCallReq(request) => (|| {
                    let active = named!(request.active_call_id, active_connection_device_id, None);
                    let held = named!(request.held_call_id, held_connection_device_id, HELD);
                    self.drop_out(active.call_id, &active.device, out);
                    self.retrieve(held.call_id, &held.device, EventCause::NONE, out);
                    confirm!(ReconnectCallConf);
                    Ok(())
                })(),
                Message::SendDtmfSignalReq(request) => (|| {
                    named!(request.call_id, connection_device_id, ACTIVE);
                    confirm!(SendDtmfSignalConf);
                    Ok(())
                })(),
                Message::MakeCallReq(request) => (|| {
                    let phone = TextBuf::from(request.agent_instrument.unwrap_or_default());
                    let number = request.dialed_number.filter(|number| !number.is_empty());
                    let number = number.ok_or(CcxErrorCode::DIALED_NUMBER_NULL)?;
                    let agent = self.agent_at(phone.as_bytes());
                    let agent = agent.ok_or(ControlFailure::INVALID_CALLING_DEVICE)?;
                    let may = matches!(
                        agent.state,
                        AgentState::NOT_READY | AgentState::READY | AgentState::WORK
                    );
                    if !may || !self.calls_at(phone.as_bytes()).is_empty() {
                        return Err(CcxErrorCode::AGENT_DEVICE_BUSY.into());
                    }
                    let mut data = CentreCall::new(NULL_CALL_ID, CallType::INVALID, self.now);
                    take_data!(data, request);
                    let number = TextBuf::from(number);
                    let new = self.dial(&phone, &number, CallType::AGENT_INSIDE, Some(data), out);
                    confirm!(MakeCallConf of new at phone);
                    Ok(())
                })(),
                Message::ConsultCallReq(request) => (|| {
                    let active =
                        named!(request.active_call_id, active_connection_device_id, ACTIVE);
                    let number = request.dialed_number.filter(|number| !number.is_empty());
                    let number = number.ok_or(ControlFailure::INVALID_DIALED_NUMBER)?;
                    if self
                        .call_in(active.device.as_bytes(), LocalConnectionState::HOLD)
                        .is_some()
                    {
                        return Err(ControlFailure::INVALID_OBJECT_STATE.into());
                    }
                    let mut data = self
                        .calls
                        .get(&active.call_id)
                        .cloned()
                        .ok_or(ControlFailure::INVALID_CSTA_CALL_ID)?;
                    take_data!(data, request);
                    data.origin = Some(active.call_id);
                    self.hold(active.call_id, &active.device, EventCause::NONE, out);
                    let number = TextBuf::from(number);
                    let new =
                        self.dial(&active.device, &number, CallType::CONSULT, Some(data), out);
                    confirm!(ConsultCallConf of new at active.device);
                    Ok(())
                })(),
                Message::TransferCallReq(request) => (|| {
                    let join = join!(request);
                    let (active, result) = (&join.active, join.result());
                    match &join.with {
                        With::Number(number) => {
                            self.redirect(active.call_id, &active.device, number, out);
                        }
                        With::Held(held) => {
                            self.transfer(held.call_id, active.call_id, &held.device, out);
                        }
                    }
                    let device = self.first_device(result);
                    confirm!(TransferCallConf of result at device);
                    Ok(())
                })(),
                Message::ConferenceCallReq(request) => (|| {
                    let join = join!(request);
                    let (active, result) = (&join.active, join.result());
                    match &join.with {
                        With::Number(number) => {
                            self.deliver(active.call_id, number, None, out);
                            if self.agent_at(number.as_bytes()).is_none() {
                                self.establish(active.call_id, number, out);
                            }
                        }
                        With::Held(held) => {
                            self.conference(held.call_id, active.call_id, &held.device, out);
                        }
                    }
                    let parties = self.parties(result);
                    let parties = as_parties(&parties, result);
                    let connected = parties.as_slice().into();
                    confirm!(ConferenceCallConf of result at active.device, connected_parties: connected);
                    Ok(())
                })(),
                _ => return None,
            })
        };
        answer()
    }

    fn state_of(&self, named: &Named) -> LocalConnectionState {
        let call = self.calls.get(&named.call_id);
        call.and_then(|call| call.connection(named.device.as_bytes()))
            .map_or(LocalConnectionState::NULL, |inside| inside.state)
    }

    /// Refuses a reservation call, which is no phone call.
    fn not_reserved(&self, call_id: u32) -> Answered {
        match self.calls.get(&call_id) {
            Some(call) if call.call_type == CallType::RESERVATION => {
                Err(CcxErrorCode::UNSUPPORTED_OPERATION.into())
            }
            _ => Ok(()),
        }
    }

    /// Checks that both calls are at one device.
    fn can_join(&self, held: &Named, active: &Named) -> Answered {
        if held.device != active.device || held.call_id == active.call_id {
            return Err(ControlFailure::ARBITRARY_CONF_OR_XFER_NOT_SUPPORTED.into());
        }
        self.not_reserved(held.call_id)
    }

    fn first_device(&self, call_id: u32) -> TextBuf {
        let call = self.calls.get(&call_id);
        call.and_then(|call| call.connections.first())
            .map(|inside| inside.device.clone())
            .unwrap_or_default()
    }
}
