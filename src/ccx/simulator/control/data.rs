//! Requests that carry data of a call.

use alloc::vec::Vec;

use super::Answered;
use crate::ccx::simulator::Centre;
use crate::ccx::simulator::calls::data::blank;
use crate::ccx::simulator::centre::CentreCall;
use crate::ccx::simulator::sessions::{ConnectionId, Sessions};
use crate::ccx::{
    CallType, CcxErrorCode, ControlFailure, SetCallDataConf, SetCallDataReq, Text, TextBuf,
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
pub(super) use take_data;

impl Centre {
    pub(super) fn set_call_data(
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
}

/// Puts a text in, if a request has one.
pub(super) fn put(place: &mut TextBuf, text: Option<Text<'_>>) {
    if let Some(text) = text.filter(|text| !text.is_empty()) {
        *place = text.into();
    }
}

impl CentreCall {
    pub(in crate::ccx::simulator) fn set_named(&mut self, name: TextBuf, value: TextBuf) {
        match self
            .named_variables
            .iter_mut()
            .find(|known| known.0 == name)
        {
            Some((_, known)) => *known = value,
            None => self.named_variables.push((name, value)),
        }
    }

    pub(super) fn set_element(&mut self, name: TextBuf, index: u8, value: TextBuf) {
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
