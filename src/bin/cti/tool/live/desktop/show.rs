//! What is shown of messages, answers and calls.

use std::io;

use cti_codec::ccx::model::Call;
use cti_codec::ccx::{Message, Received};

use super::super::super::run::plain;
use super::Desk;

impl Desk<'_> {
    /// Shows an event of the agent or of a call.
    pub(super) fn tell(&mut self, message: &Message<'_>) -> io::Result<()> {
        let message_type = message.message_type();
        let name = message_type.to_string();
        if !name.ends_with("_EVENT") {
            return Ok(());
        }
        let mut line = format!("event {name}");
        let mut put = |name: &str, value: Option<String>| {
            if let Some(value) = value {
                line.push_str(&format!(" {name}={}", plain(&value)));
            }
        };
        put("CallID", message.call_id().map(|id| id.to_string()));
        put(
            "ConnectionDeviceID",
            message.connection_device_id().map(|id| id.to_string()),
        );
        put(
            "LocalConnectionState",
            message
                .local_connection_state()
                .map(|state| state.to_string()),
        );
        put(
            "EventCause",
            message.event_cause().map(|cause| cause.to_string()),
        );
        put("AgentID", message.agent_id().map(|id| id.to_string()));
        match message {
            Message::AgentStateEvent(event) => {
                put("AgentState", Some(event.agent_state.to_string()));
                put("EventReasonCode", Some(event.event_reason_code.to_string()));
                put(
                    "NextAgentState",
                    event.next_agent_state.map(|state| state.to_string()),
                );
            }
            Message::SystemEvent(event) => {
                put("SystemEventID", Some(event.system_event_id.to_string()));
                put("CCXStatus", Some(event.ccx_status.to_string()));
                put(
                    "EventDeviceID",
                    event.event_device_id.map(|id| id.to_string()),
                );
            }
            Message::FailureEvent(event) => put("Status", Some(event.status.to_string())),
            _ => {}
        }
        self.shown.line(&line)
    }

    /// Returns the contents of an answer, besides its arrival.
    pub(super) fn answer(&self, answer: &Received) -> String {
        match answer.message() {
            Ok(Message::MakeCallConf(conf)) => format!(" NewCallID={}", conf.new_call_id),
            Ok(Message::ConsultCallConf(conf)) => format!(" NewCallID={}", conf.new_call_id),
            Ok(Message::TransferCallConf(conf)) => format!(" NewCallID={}", conf.new_call_id),
            Ok(Message::ConferenceCallConf(conf)) => format!(" NewCallID={}", conf.new_call_id),
            Ok(Message::QueryAgentStateConf(conf)) => {
                format!(" AgentState={}", conf.agent_state)
            }
            Ok(Message::QueryDeviceInfoConf(conf)) => format!(
                " MaxActiveCalls={} MaxHeldCalls={} MaxDevicesInConference={}",
                conf.max_active_calls, conf.max_held_calls, conf.max_devices_in_conference
            ),
            _ => String::new(),
        }
    }

    pub(super) fn show_calls(&mut self) -> io::Result<()> {
        let mut lines = Vec::new();
        for call in self.model.calls.live() {
            let Call {
                call_id,
                connections,
                stale,
                ..
            } = call;
            let mut line = format!("call {call_id}");
            for connection in connections {
                let device = plain(&connection.device_id.to_string());
                let state = connection
                    .state
                    .map_or_else(|| "unknown".to_owned(), |state| state.to_string());
                line.push_str(&format!(" {device}={state}"));
            }
            if *stale {
                line.push_str(" stale");
            }
            lines.push(line);
        }
        for line in lines {
            self.shown.line(&line)?;
        }
        Ok(())
    }
}
