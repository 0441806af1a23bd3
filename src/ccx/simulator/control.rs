//! Requests about agents and calls.

use alloc::vec::Vec;

use super::calls::{blank, is_open};
use super::centre::CentreCall;
use super::sessions::{Audience, ConnectionId, Refusal, Sessions};
use super::{Centre, filled};
use crate::ccx::special::NULL_CALL_ID;
use crate::ccx::{
    AgentCapacity, AgentState, AgentStateReasonCode, AlternateCallConf, AnswerCallConf,
    BadCallConf, CallType, CcxErrorCode, ClearCallConf, ClearConnectionConf, ConferenceCallConf,
    ConnectedParty, ConnectionDeviceType, ConsultCallConf, ControlFailure, CtiService, DeviceId,
    EventCause, ForcedFlag, HoldCallConf, LocalConnectionState, MakeCallConf, Message,
    QueryAgentStateConf, QueryAgentStateCsq, QueryAgentStateReq, ReconnectCallConf,
    RetrieveCallConf, SendDtmfSignalConf, SetAgentStateConf, SetAgentStateReq, SetCallDataConf,
    SetCallDataReq, StatusCode, SuperviseCallConf, SuperviseCallReq, SupervisorAssistConf,
    SupervisorAssistEvent, SupervisorAssistReq, SupervisoryAction, Text, TextBuf, TransferCallConf,
};

/// Takes the call variables of a request over.
macro_rules! take_data {
    ($call:ident, $request:ident) => {
        let variables = [
            $request.call_variable1,
            $request.call_variable2,
            $request.call_variable3,
            $request.call_variable4,
            $request.call_variable5,
            $request.call_variable6,
            $request.call_variable7,
            $request.call_variable8,
            $request.call_variable9,
            $request.call_variable10,
        ];
        for (place, text) in $call.variables.iter_mut().zip(variables) {
            put(place, text);
        }
        put(&mut $call.wrap_up, $request.call_wrapup_data);
        for named in $request.named_variables.iter() {
            $call.set_named(named.name.into(), named.value.into());
        }
        for named in $request.named_arrays.iter() {
            $call.set_element(named.name.into(), named.index, named.value.into());
        }
    };
}

/// A device and its call, as a request names them.
struct Named {
    call_id: u32,
    device: TextBuf,
}

type Answered = Result<(), Refusal>;

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
        const ACTIVE: Option<LocalConnectionState> = Some(LocalConnectionState::CONNECT);
        const HELD: Option<LocalConnectionState> = Some(LocalConnectionState::HOLD);
        let invoke_id = message.invoke_id().unwrap_or_default();
        macro_rules! confirm {
            ($Conf:ident) => {
                out.send(
                    id,
                    &$Conf {
                        invoke_id,
                        ..$Conf::default()
                    }
                    .into(),
                )
            };
        }
        let mut answer = || -> Option<Answered> {
            Some(match message {
                Message::AnswerCallReq(request) => (|| {
                    let rings = Some(LocalConnectionState::ALERTING);
                    let named = self.named(
                        request.call_id,
                        request.connection_device_id,
                        request.agent_instrument,
                        rings,
                    )?;
                    self.answer(named.call_id, &named.device, out)?;
                    confirm!(AnswerCallConf);
                    Ok(())
                })(),
                Message::HoldCallReq(request) => (|| {
                    let named = self.named(
                        request.call_id,
                        request.connection_device_id,
                        request.agent_instrument,
                        ACTIVE,
                    )?;
                    self.hold(named.call_id, &named.device, EventCause::NONE, out);
                    confirm!(HoldCallConf);
                    Ok(())
                })(),
                Message::RetrieveCallReq(request) => (|| {
                    let named = self.named(
                        request.held_call_id,
                        request.held_connection_device_id,
                        request.agent_instrument,
                        HELD,
                    )?;
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
                    let active = self.named(
                        request.active_call_id,
                        request.active_connection_device_id,
                        request.agent_instrument,
                        ACTIVE,
                    )?;
                    let other = self.named(
                        request.other_call_id,
                        request.other_connection_device_id,
                        request.agent_instrument,
                        None,
                    )?;
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
                    let named = self.named(
                        request.call_id,
                        request.connection_device_id,
                        request.agent_instrument,
                        None,
                    )?;
                    self.not_reserved(named.call_id)?;
                    self.drop_out(named.call_id, &named.device, out);
                    confirm!(ClearConnectionConf);
                    Ok(())
                })(),
                Message::ClearCallReq(request) => (|| {
                    let named = self.named(
                        request.call_id,
                        request.connection_device_id,
                        request.agent_instrument,
                        None,
                    )?;
                    self.not_reserved(named.call_id)?;
                    self.clear_call(named.call_id, out);
                    confirm!(ClearCallConf);
                    Ok(())
                })(),
                Message::ReconnectCallReq(request) => (|| {
                    let active = self.named(
                        request.active_call_id,
                        request.active_connection_device_id,
                        request.agent_instrument,
                        None,
                    )?;
                    let held = self.named(
                        request.held_call_id,
                        request.held_connection_device_id,
                        request.agent_instrument,
                        HELD,
                    )?;
                    self.drop_out(active.call_id, &active.device, out);
                    self.retrieve(held.call_id, &held.device, EventCause::NONE, out);
                    confirm!(ReconnectCallConf);
                    Ok(())
                })(),
                Message::SendDtmfSignalReq(request) => (|| {
                    self.named(
                        request.call_id,
                        request.connection_device_id,
                        request.agent_instrument,
                        ACTIVE,
                    )?;
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
                    out.send(
                        id,
                        &MakeCallConf {
                            invoke_id,
                            new_call_id: new,
                            new_connection_device_type: ConnectionDeviceType::STATIC,
                            new_connection_device_id: Some(phone.text().into()),
                            ..MakeCallConf::default()
                        }
                        .into(),
                    );
                    Ok(())
                })(),
                Message::ConsultCallReq(request) => (|| {
                    let active = self.named(
                        request.active_call_id,
                        request.active_connection_device_id,
                        request.agent_instrument,
                        ACTIVE,
                    )?;
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
                    out.send(
                        id,
                        &ConsultCallConf {
                            invoke_id,
                            new_call_id: new,
                            new_connection_device_type: ConnectionDeviceType::STATIC,
                            new_connection_device_id: Some(active.device.text().into()),
                            ..ConsultCallConf::default()
                        }
                        .into(),
                    );
                    Ok(())
                })(),
                Message::TransferCallReq(request) => (|| {
                    let phone = request.agent_instrument;
                    let active = self.named(
                        request.active_call_id,
                        request.active_connection_device_id,
                        phone,
                        ACTIVE,
                    )?;
                    let number = request.dialed_number.filter(|number| !number.is_empty());
                    let result = if let Some(number) = number {
                        let number = TextBuf::from(number);
                        self.redirect(active.call_id, &active.device, &number, out);
                        active.call_id
                    } else {
                        let held = self.named(
                            request.held_call_id,
                            request.held_connection_device_id,
                            phone,
                            HELD,
                        )?;
                        self.can_join(&held, &active)?;
                        self.transfer(held.call_id, active.call_id, &held.device, out);
                        held.call_id
                    };
                    let device = self.first_device(result);
                    out.send(
                        id,
                        &TransferCallConf {
                            invoke_id,
                            new_call_id: result,
                            new_connection_device_type: ConnectionDeviceType::STATIC,
                            new_connection_device_id: Some(device.text().into()),
                            ..TransferCallConf::default()
                        }
                        .into(),
                    );
                    Ok(())
                })(),
                Message::ConferenceCallReq(request) => (|| {
                    let phone = request.agent_instrument;
                    let active = self.named(
                        request.active_call_id,
                        request.active_connection_device_id,
                        phone,
                        ACTIVE,
                    )?;
                    let number = request.dialed_number.filter(|number| !number.is_empty());
                    let result = if let Some(number) = number {
                        let number = TextBuf::from(number);
                        self.deliver(active.call_id, &number, None, out);
                        if self.agent_at(number.as_bytes()).is_none() {
                            self.establish(active.call_id, &number, out);
                        }
                        active.call_id
                    } else {
                        let held = self.named(
                            request.held_call_id,
                            request.held_connection_device_id,
                            phone,
                            HELD,
                        )?;
                        self.can_join(&held, &active)?;
                        self.conference(held.call_id, active.call_id, &held.device, out);
                        held.call_id
                    };
                    let parties: Vec<TextBuf> = self
                        .calls
                        .get(&result)
                        .map(CentreCall::devices)
                        .unwrap_or_default();
                    let parties: Vec<ConnectedParty<'_>> = parties
                        .iter()
                        .take(crate::ccx::special::MAX_NUM_DEVICES)
                        .map(|device| ConnectedParty {
                            connected_party_call_id: Some(result),
                            connected_party_device_type: Some(ConnectionDeviceType::STATIC),
                            connected_party_device_id: Some(device.text().into()),
                        })
                        .collect();
                    out.send(
                        id,
                        &ConferenceCallConf {
                            invoke_id,
                            new_call_id: result,
                            new_connection_device_type: ConnectionDeviceType::STATIC,
                            new_connection_device_id: Some(active.device.text().into()),
                            connected_parties: parties.as_slice().into(),
                            ..ConferenceCallConf::default()
                        }
                        .into(),
                    );
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

    fn set_agent_state(
        &mut self,
        id: ConnectionId,
        request: &SetAgentStateReq<'_>,
        may: bool,
        out: &mut Sessions,
    ) -> Answered {
        if !may {
            return Err(CcxErrorCode::CALL_CONTROL_MASK_NOT_ON.into());
        }
        let phone = TextBuf::from(request.agent_instrument.unwrap_or_default());
        if request.agent_state == AgentState::LOGIN {
            self.login(id, request, &phone, out)?;
        } else {
            let login_id = self.named_agent(request.agent_id, [request.agent_instrument, None]);
            let login_id = login_id.ok_or(ControlFailure::INVALID_AGENT_ID_SPECIFIED)?;
            self.change_state(&login_id, request, out)?;
        }
        let conf = SetAgentStateConf {
            invoke_id: request.invoke_id,
            ..SetAgentStateConf::default()
        };
        out.send(id, &conf.into());
        Ok(())
    }

    fn login(
        &mut self,
        id: ConnectionId,
        request: &SetAgentStateReq<'_>,
        phone: &TextBuf,
        out: &mut Sessions,
    ) -> Answered {
        let login_id = TextBuf::from(request.agent_id.unwrap_or_default());
        let agent = self
            .agents
            .get(&login_id)
            .ok_or(ControlFailure::INVALID_AGENT_ID_SPECIFIED)?;
        if request.agent_password != Some(agent.plan.password.text()) {
            return Err(ControlFailure::INVALID_PASSWORD_SPECIFIED.into());
        }
        if request.forced_flag == ForcedFlag::AUTHENTICATE_ONLY {
            return Ok(());
        }
        if !self.is_phone(phone.as_bytes()) {
            return Err(ControlFailure::INVALID_LOGON_DEVICE_SPECIFIED.into());
        }
        let forced = request.forced_flag == ForcedFlag::TRUE;
        if agent.state != AgentState::LOGOUT {
            if !forced {
                return Err(ControlFailure::SPECIFIED_AGENT_ALREADY_SIGNED_ON.into());
            }
            let reason = AgentStateReasonCode::AGT_RELOGON;
            self.set_state(&login_id, AgentState::LOGOUT, reason, None, out);
        }
        let at_phone = self.login_at(phone.as_bytes());
        let holder = out.holder(phone.as_bytes()).filter(|holder| *holder != id);
        if (at_phone.is_some() || holder.is_some()) && !forced {
            return Err(ControlFailure::SPECIFIED_EXTENSION_ALREADY_IN_USE.into());
        }
        if let Some(other) = at_phone {
            let reason = AgentStateReasonCode::AGT_RELOGON;
            self.set_state(&other, AgentState::LOGOUT, reason, None, out);
        }
        if let Some(session) = holder.and_then(|holder| out.map.get_mut(&holder)) {
            session.phone = None;
        }
        if let Some(session) = out.map.get_mut(&id)
            && session.agent_mode
            && session.phone.is_none()
        {
            session.phone = Some(phone.clone());
        }
        if let Some(agent) = self.agents.get_mut(&login_id) {
            agent.phone = Some(phone.clone());
            agent.outbound = request
                .agent_capacity
                .contains(AgentCapacity::OUTBOUND_ENABLED);
        }
        let reason = AgentStateReasonCode::AGT_LOGON;
        self.set_state(&login_id, AgentState::NOT_READY, reason, None, out);
        Ok(())
    }

    fn change_state(
        &mut self,
        login_id: &TextBuf,
        request: &SetAgentStateReq<'_>,
        out: &mut Sessions,
    ) -> Answered {
        let Some(agent) = self.agents.get_mut(login_id) else {
            return Err(ControlFailure::INVALID_AGENT_ID_SPECIFIED.into());
        };
        let forced = request.forced_flag == ForcedFlag::TRUE;
        let (from, to) = (agent.state, request.agent_state);
        let reason = request.event_reason_code;
        let refused = Err(ControlFailure::INVALID_AGENT_WORKMODE.into());
        match crate::ccx::model::request(from, to) {
            Some(crate::ccx::model::By::Request) => {}
            Some(crate::ccx::model::By::RequestAfterCall) => {
                agent.after = to;
                self.set_state(login_id, AgentState::TALKING, reason, Some(to), out);
                return Ok(());
            }
            Some(crate::ccx::model::By::ForcedRequest) if forced => {}
            _ => return refused,
        }
        if to == AgentState::READY
            && let Some(agent) = self.agents.get_mut(login_id)
        {
            agent.after = AgentState::READY;
        }
        self.set_state(login_id, to, reason, None, out);
        self.route(out);
        Ok(())
    }

    fn query_agent(
        &mut self,
        id: ConnectionId,
        request: &QueryAgentStateReq<'_>,
        out: &mut Sessions,
    ) -> Answered {
        let phones = [request.agent_extension, request.agent_instrument];
        let login_id = self.named_agent(request.agent_id, phones);
        let agent = login_id.and_then(|login_id| self.agents.get(&login_id));
        let agent = agent.ok_or(StatusCode::INVALID_AGENT_DATA)?;
        let phone = agent.phone.as_ref().map(TextBuf::text);
        let logged_in = agent.state != AgentState::LOGOUT;
        let csqs: Vec<QueryAgentStateCsq> = agent
            .plan
            .csqs
            .iter()
            .filter(|_| logged_in)
            .take(20)
            .map(|csq_id| QueryAgentStateCsq {
                csq_id: Some(*csq_id),
                skill_group_id: Some(0),
                skill_group_priority: Some(0),
                csq_state: Some(agent.state),
            })
            .collect();
        let conf = QueryAgentStateConf {
            invoke_id: request.invoke_id,
            agent_state: agent.state,
            agent_extension: phone,
            agent_instrument: phone,
            agent_id: Some(agent.plan.login_id.text()),
            csqs: csqs.as_slice().into(),
            ..QueryAgentStateConf::default()
        };
        out.send(id, &conf.into());
        Ok(())
    }

    fn set_call_data(
        &mut self,
        id: ConnectionId,
        request: &SetCallDataReq<'_>,
        may: bool,
        out: &mut Sessions,
    ) -> Answered {
        if !may {
            return Err(CcxErrorCode::CALL_DATA_UPDATE_MASK_NOT_ON.into());
        }
        let call_id = request.call_id;
        let device = TextBuf::from(request.connection_device_id.unwrap_or_default());
        let lives = self.calls.contains_key(&call_id);
        let wrapper = self.agents.values().find(|agent| {
            let last = agent.last.as_ref();
            last.is_some_and(|last| last.call_id == call_id)
                && agent.phone.as_ref() == Some(&device)
        });
        let login_id = wrapper.map(|agent| agent.plan.login_id.clone());
        let call = if lives {
            self.calls.get_mut(&call_id)
        } else {
            let agent = login_id.as_ref().and_then(|id| self.agents.get_mut(id));
            agent.and_then(|agent| agent.last.as_mut())
        };
        let call = call.ok_or(ControlFailure::INVALID_CSTA_CALL_ID)?;
        if lives && call.connection(device.as_bytes()).is_none() {
            return Err(ControlFailure::INVALID_CSTA_CONNECTION_ID.into());
        }
        let mut changed = blank(call);
        take_data!(changed, request);
        put(&mut changed.ani, request.ani.map(|ani| ani.0));
        put(&mut changed.digits, request.caller_entered_digits);
        put(&mut changed.account, request.customer_account_number);
        if request.call_type != CallType::INVALID {
            changed.call_type = request.call_type;
        }
        if request.called_party_disposition != crate::ccx::CallPartyDisposition::INVALID {
            changed.disposition = request.called_party_disposition;
        }
        call.take_over(&changed);
        let reservation = call.call_type == CallType::RESERVATION;
        let mut phones = call.devices();
        if !lives {
            phones = Vec::from([device.clone()]);
        }
        if reservation
            && let Some((_, response)) = changed
                .named_variables
                .iter()
                .find(|(name, _)| *name == "BAResponse")
        {
            let response = response.clone();
            self.outbound_response(call_id, &device, &response, out);
        } else {
            self.data_update(call_id, &changed, &device, &phones, out);
        }
        let conf = SetCallDataConf {
            invoke_id: request.invoke_id,
            ..SetCallDataConf::default()
        };
        out.send(id, &conf.into());
        Ok(())
    }

    fn supervise(
        &mut self,
        id: ConnectionId,
        request: &SuperviseCallReq<'_>,
        may: bool,
        out: &mut Sessions,
    ) -> Answered {
        if !may {
            return Err(CcxErrorCode::AGENT_NOT_ASSOCIATED.into());
        }
        let session = out.map.get(&id);
        let own = session.and_then(|session| session.phone.clone());
        let supervisor = request
            .supervisor_instrument
            .map(TextBuf::from)
            .or(own)
            .ok_or(ControlFailure::INVALID_CSTA_DEVICE_ID)?;
        let (call_id, device) = match request.supervisory_action {
            SupervisoryAction::CLEAR => {
                let call_id = if is_open(request.supervisor_call_id) {
                    request.agent_call_id
                } else {
                    request.supervisor_call_id
                };
                let call = self
                    .calls
                    .get(&call_id)
                    .ok_or(CcxErrorCode::CALL_ID_INVALID)?;
                call.connection(supervisor.as_bytes())
                    .ok_or(ControlFailure::NO_CONNECTION_TO_CLEAR)?;
                self.drop_out(call_id, &supervisor, out);
                (call_id, supervisor.clone())
            }
            action @ (SupervisoryAction::MONITOR
            | SupervisoryAction::BARGE_IN
            | SupervisoryAction::INTERCEPT) => {
                let phones = [request.agent_extension, request.agent_instrument];
                let login_id = self
                    .named_agent(request.agent_id, phones)
                    .or_else(|| {
                        let connection = request.agent_connection_device_id?;
                        self.login_at(connection.as_bytes())
                    })
                    .ok_or(StatusCode::INVALID_AGENT_DATA)?;
                let by = self.login_at(supervisor.as_bytes());
                if !by.is_some_and(|by| self.supervises(&by, &login_id)) {
                    return Err(CcxErrorCode::AGENT_NOT_ASSOCIATED.into());
                }
                let agent = self.agents.get(&login_id);
                let phone = agent
                    .and_then(|agent| agent.phone.clone())
                    .ok_or(StatusCode::AGENT_NOT_LOGGED_ON)?;
                let call_id = if is_open(request.agent_call_id) || request.agent_call_id == 0 {
                    self.call_in(phone.as_bytes(), LocalConnectionState::CONNECT)
                } else {
                    Some(request.agent_call_id)
                };
                let call_id = call_id
                    .filter(|call_id| self.calls.contains_key(call_id))
                    .ok_or(
                        CcxErrorCode::SILENT_MONITOR_OR_RECORDING_AGENT_CALL_STATE_NOT_TALKING,
                    )?;
                self.join_supervisor(call_id, &phone, &supervisor, action, out);
                (call_id, phone)
            }
            _ => return Err(CcxErrorCode::INVALID_SUPERVISORY_ACTION.into()),
        };
        let conf = SuperviseCallConf {
            invoke_id: request.invoke_id,
            call_id,
            connection_device_type: ConnectionDeviceType::STATIC,
            connection_device_id: Some(device.text().into()),
            ..SuperviseCallConf::default()
        };
        out.send(id, &conf.into());
        Ok(())
    }

    /// Returns whether the supervisor has a team with the agent.
    fn supervises(&self, supervisor: &TextBuf, login_id: &TextBuf) -> bool {
        self.plan
            .teams
            .iter()
            .any(|team| team.supervisor == *supervisor && team.members.contains(login_id))
    }

    /// Adds a supervisor to the call, like a conference party; intercepting removes the agent.
    fn join_supervisor(
        &mut self,
        call_id: u32,
        phone: &TextBuf,
        supervisor: &TextBuf,
        action: SupervisoryAction,
        out: &mut Sessions,
    ) {
        if let Some(login_id) = self.login_at(supervisor.as_bytes()) {
            self.talks(&login_id, false, out);
        }
        self.establish(call_id, supervisor, out);
        if action == SupervisoryAction::INTERCEPT {
            self.clear_connection(call_id, phone, EventCause::SUPERVISOR_INTERCEPT, out);
            self.after(phone, out);
        }
    }

    fn assist(
        &mut self,
        id: ConnectionId,
        request: &SupervisorAssistReq<'_>,
        out: &mut Sessions,
    ) -> Answered {
        let phones = [request.agent_extension, request.agent_instrument];
        let session = out.map.get(&id);
        let own = session.and_then(|session| session.login_id.clone());
        let login_id = self
            .named_agent(request.agent_id, phones)
            .or(own)
            .ok_or(StatusCode::INVALID_AGENT_DATA)?;
        let agent = self.agents.get(&login_id);
        let phone = agent
            .and_then(|agent| agent.phone.clone())
            .ok_or(StatusCode::AGENT_NOT_LOGGED_ON)?;
        let supervisors: Vec<TextBuf> = self
            .plan
            .teams
            .iter()
            .filter(|team| team.members.contains(&login_id))
            .map(|team| team.supervisor.clone())
            .collect();
        let available = supervisors.iter().find_map(|supervisor| {
            let agent = self.agents.get(supervisor)?;
            let free = matches!(agent.state, AgentState::READY | AgentState::NOT_READY);
            agent.phone.clone().filter(|_| free)
        });
        let number = available.ok_or(CcxErrorCode::SUPERVISOR_UNAVAILABLE)?;
        if let Some(active) = self.call_in(phone.as_bytes(), LocalConnectionState::CONNECT) {
            self.hold(active, &phone, EventCause::SUPERVISOR_ASSIST, out);
        }
        let call_id = self.dial(&phone, &number, CallType::ASSIST, None, out);
        let session = out.map.get(&id);
        let client_id = session.map(|session| session.client_id.clone());
        let event = SupervisorAssistEvent {
            call_id: if is_open(request.call_id) {
                call_id
            } else {
                request.call_id
            },
            connection_device_type: ConnectionDeviceType::STATIC,
            connection_device_id: Some(phone.text().into()),
            client_id: Some(client_id.as_ref().map(TextBuf::text).unwrap_or_default()),
            ..SupervisorAssistEvent::default()
        };
        out.tell(Audience::Supervisors(&supervisors), &event.into());
        let conf = SupervisorAssistConf {
            invoke_id: request.invoke_id,
            call_id,
            connection_device_type: ConnectionDeviceType::STATIC,
            connection_device_id: Some(phone.text().into()),
            ..SupervisorAssistConf::default()
        };
        out.send(id, &conf.into());
        Ok(())
    }
}

/// Puts a text in, if a request has one.
fn put(place: &mut TextBuf, text: Option<Text<'_>>) {
    if let Some(text) = text.filter(|text| !text.is_empty()) {
        *place = text.into();
    }
}

impl CentreCall {
    pub(super) fn set_named(&mut self, name: TextBuf, value: TextBuf) {
        match self
            .named_variables
            .iter_mut()
            .find(|known| known.0 == name)
        {
            Some((_, known)) => *known = value,
            None => self.named_variables.push((name, value)),
        }
    }

    fn set_element(&mut self, name: TextBuf, index: u8, value: TextBuf) {
        let known = self
            .named_arrays
            .iter_mut()
            .find(|known| known.0 == name && known.1 == index);
        match known {
            Some((_, _, known)) => *known = value,
            None => self.named_arrays.push((name, index, value)),
        }
    }

    /// Takes over the changes.
    fn take_over(&mut self, changed: &Self) {
        self.call_type = changed.call_type;
        self.disposition = changed.disposition;
        for (place, text) in self.variables.iter_mut().zip(&changed.variables) {
            put(place, Some(text.text()));
        }
        put(&mut self.ani, Some(changed.ani.text()));
        put(&mut self.digits, Some(changed.digits.text()));
        put(&mut self.wrap_up, Some(changed.wrap_up.text()));
        put(&mut self.account, Some(changed.account.text()));
        for (name, value) in &changed.named_variables {
            self.set_named(name.clone(), value.clone());
        }
        for (name, index, value) in &changed.named_arrays {
            self.set_element(name.clone(), *index, value.clone());
        }
    }
}
