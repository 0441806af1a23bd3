//! Outbound contacts: reservation, answer, preview call.

use alloc::format;
use alloc::vec::Vec;

use super::Centre;
use super::calls::data::blank;
use super::centre::CentreCall;
use super::sessions::Sessions;
use crate::ccx::outbound::BaResponse;
use crate::ccx::{
    AgentState, AgentStateReasonCode, CallType, EventCause, LocalConnectionState, TextBuf,
};

impl Centre {
    /// Offers an agent who is ready and logged in for it an outbound contact.
    pub(super) fn offer_outbound(&mut self, login_id: &TextBuf, out: &mut Sessions) -> Option<u32> {
        let agent = self.agents.get(login_id)?;
        if agent.state != AgentState::READY || !agent.outbound {
            return None;
        }
        let phone = agent.phone.clone()?;
        self.next_customer = self.next_customer.wrapping_add(1) % 10_000;
        let customer = TextBuf::from(format!("55502{:04}", self.next_customer).as_str());
        // In the guide's traces the preview call has the number before.
        let preview = self.take_call_id();
        let call_id = self.take_call_id();
        let mut call = CentreCall::new(call_id, CallType::RESERVATION, self.now);
        call.preview = Some(preview);
        call.dialed_number = customer.clone();
        let variables = [
            ("BACampaign", "Renewals"),
            ("BACampaignID", "2"),
            ("BAStatus", "DO"),
            ("BAResponse", ""),
            ("user.layout", "OODefault"),
            ("BAAccountNumber", "AC111"),
            ("BADialedListID", "20779"),
            ("BABuddyName", "John,Doe"),
        ];
        call.named_variables = variables
            .into_iter()
            .map(|(name, value)| (name.into(), value.into()))
            .collect();
        self.calls.insert(call_id, call);
        if let Some(agent) = self.agents.get_mut(login_id) {
            agent.after = AgentState::READY;
        }
        let reason = AgentStateReasonCode::AGT_RESERVED_OUTBOUND_DIRECT_PREVIEW;
        self.set_state(login_id, AgentState::RESERVED, reason, None, out);
        self.put(call_id, &phone, LocalConnectionState::ALERTING, true);
        self.begin(call_id, &phone, out);
        self.deliver(call_id, &phone, None, out);
        Some(call_id)
    }

    /// Processes the agent's answer to a reservation.
    pub(super) fn outbound_response(
        &mut self,
        call_id: u32,
        device: &TextBuf,
        response: &TextBuf,
        out: &mut Sessions,
    ) {
        let Some(call) = self.calls.get(&call_id).cloned() else {
            return;
        };
        let Some(preview) = call.preview else { return };
        let phones = Vec::from([device.clone()]);
        let response = BaResponse::from(response.text());
        let mut echo = blank(&call);
        echo.set_named("BAResponse".into(), response_text(&call));
        // The echo names the call that is to follow.
        self.data_update(preview, &echo, device, &phones, out);
        let login_id = self.login_at(device.as_bytes());
        let accepted = response == BaResponse::Accept;
        let state = match response {
            BaResponse::Reject | BaResponse::RejectClose => {
                Some((AgentState::READY, AgentStateReasonCode(0)))
            }
            BaResponse::CancelReservation => Some((
                AgentState::NOT_READY,
                AgentStateReasonCode::AGT_CANCEL_RESERVATION,
            )),
            _ => None,
        };
        if accepted {
            let mut next = CentreCall {
                call_id: preview,
                call_type: CallType::PREVIEW,
                connections: Vec::new(),
                preview: None,
                since: self.now,
                ani: device.clone(),
                ..call.clone()
            };
            next.set_named("BAStatus".into(), "CO".into());
            self.calls.insert(preview, next);
            self.put(preview, device, LocalConnectionState::INITIATE, true);
            self.begin(preview, device, out);
        }
        self.clear_reservation(call_id, device, out);
        if let (Some(login_id), Some((state, reason))) = (&login_id, state) {
            self.set_state(login_id, state, reason, None, out);
            self.route(out);
        }
        if !accepted {
            return;
        }
        let customer = call.dialed_number.clone();
        let mut facts = blank(&call);
        facts.call_type = CallType::PREVIEW;
        facts.set_named("BATimeZone".into(), "-300".into());
        facts.set_named("BACustomerNumber".into(), customer.clone());
        if let Some(preview) = self.calls.get_mut(&preview) {
            preview.set_named("BATimeZone".into(), "-300".into());
            preview.set_named("BACustomerNumber".into(), customer.clone());
        }
        self.data_update(preview, &facts, device, &phones, out);
        self.initiated(preview, device, out);
        if let Some(login_id) = &login_id {
            if let Some(agent) = self.agents.get_mut(login_id) {
                agent.after = AgentState::WORK;
            }
            let (state, next) = (AgentState::TALKING, Some(AgentState::WORK));
            self.set_state(login_id, state, AgentStateReasonCode(0), next, out);
        }
        self.originated(preview, device, &customer, out);
        self.put(preview, &customer, LocalConnectionState::CONNECT, false);
        self.establish(preview, device, out);
    }

    fn clear_reservation(&mut self, call_id: u32, device: &TextBuf, out: &mut Sessions) {
        let phones = Vec::from([device.clone()]);
        self.clear_connection(call_id, device, EventCause::NONE, out);
        self.end(call_id, &phones, out);
    }
}

fn response_text(call: &CentreCall) -> TextBuf {
    let mut variables = call.named_variables.iter();
    variables
        .find(|(name, _)| *name == "BAResponse")
        .map(|(_, value)| value.clone())
        .unwrap_or_default()
}
