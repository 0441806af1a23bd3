//! Requests, and the state that their answers report.

use alloc::vec::Vec;
use core::time::Duration;

use super::calls::{CallName, Merge, MergeKind, Worth};
use super::{CallKey, Change, Dropped, Model, View, filled};
use crate::ccx::values::{
    AgentState, CcxErrorCode, ControlFailure, CtiService, LocalConnectionState, StatusCode,
};
use crate::ccx::{DeviceId, Message, Text, TextBuf};

/// A request whose answer says more with it than without.
#[derive(Clone, Debug)]
pub(super) enum Pending {
    Open {
        agent_id: Option<TextBuf>,
        device: Option<TextBuf>,
        agent_mode: bool,
    },
    NewCall {
        origin: Option<CallKey>,
    },
    Merge {
        kind: MergeKind,
        held: (u32, TextBuf),
        active: (u32, TextBuf),
        acting: TextBuf,
    },
    Login {
        device: TextBuf,
    },
    QueryAgent {
        agent_id: Option<TextBuf>,
    },
    SnapshotDevice {
        device: TextBuf,
    },
    SnapshotCall {
        name: CallName,
    },
    Statistics {
        csq_id: Option<u32>,
    },
}

/// A pending request, the number of the last message before it, and whether the recovery made it.
#[derive(Clone, Debug)]
pub(super) struct Asked {
    pending: Pending,
    at: u64,
    pub(super) until: Duration,
    pub(super) recovery: bool,
}

impl Model {
    /// Processes a message that the client sends.
    pub fn sent(&mut self, now: Duration, message: &Message<'_>) -> Vec<Change> {
        let mut changes = Vec::new();
        let kept = |text: Option<Text<'_>>| filled(text).map(TextBuf::from);
        let text = |text: Option<Text<'_>>| TextBuf::from(text.unwrap_or_default());
        let id = |id: Option<DeviceId<'_>>| TextBuf::from(id.unwrap_or_default());
        let pending = match message {
            Message::OpenReq(request) => Pending::Open {
                agent_id: kept(request.agent_id),
                device: kept(request.agent_instrument).or(kept(request.agent_extension)),
                agent_mode: request
                    .services_requested
                    .contains(CtiService::CLIENT_EVENTS),
            },
            Message::MakeCallReq(_) => Pending::NewCall { origin: None },
            Message::ConsultCallReq(request) => Pending::NewCall {
                origin: self
                    .calls
                    .named(request.active_call_id, request.active_connection_device_id),
            },
            // Without a held call there is nothing to merge: the event names the connected parties.
            Message::ConferenceCallReq(request) if filled(request.dialed_number).is_none() => {
                Pending::Merge {
                    kind: MergeKind::Conference,
                    held: (request.held_call_id, id(request.held_connection_device_id)),
                    active: (
                        request.active_call_id,
                        id(request.active_connection_device_id),
                    ),
                    acting: text(request.agent_instrument),
                }
            }
            Message::TransferCallReq(request) if filled(request.dialed_number).is_none() => {
                Pending::Merge {
                    kind: MergeKind::Transfer,
                    held: (request.held_call_id, id(request.held_connection_device_id)),
                    active: (
                        request.active_call_id,
                        id(request.active_connection_device_id),
                    ),
                    acting: text(request.agent_instrument),
                }
            }
            Message::SetAgentStateReq(request) if request.agent_state == AgentState::LOGIN => {
                Pending::Login {
                    device: text(request.agent_instrument),
                }
            }
            Message::QueryAgentStateReq(request) => Pending::QueryAgent {
                agent_id: kept(request.agent_id),
            },
            Message::SnapshotDeviceReq(request) => Pending::SnapshotDevice {
                device: text(request.agent_instrument),
            },
            Message::SnapshotCallReq(request) => Pending::SnapshotCall {
                name: CallName {
                    call_id: request.call_id,
                    device_type: request.connection_device_type,
                    device_id: id(request.connection_device_id),
                },
            },
            Message::QueryQueueStatisticsReq(request) => Pending::Statistics {
                csq_id: request.csq_id,
            },
            _ => return changes,
        };
        let Some(invoke_id) = message.invoke_id() else {
            return changes;
        };
        if self.asked.len() >= self.limits.requests
            && let Some((oldest, _)) = self.asked.pop_first()
        {
            changes.push(Change::Dropped(Dropped::Request(oldest)));
        }
        let asked = Asked {
            at: self.calls.step(),
            until: now.saturating_add(self.times.answer),
            recovery: self.recovery.claims(message),
            pending,
        };
        self.asked.insert(invoke_id, asked);
        changes
    }

    /// Returns the request that a message answers.
    pub(super) fn answered(&mut self, message: &Message<'_>) -> Option<Asked> {
        if self.asked.is_empty() {
            return None;
        }
        let answers = matches!(
            message,
            Message::OpenConf(_)
                | Message::MakeCallConf(_)
                | Message::ConsultCallConf(_)
                | Message::ConferenceCallConf(_)
                | Message::TransferCallConf(_)
                | Message::SetAgentStateConf(_)
                | Message::QueryAgentStateConf(_)
                | Message::SnapshotDeviceConf(_)
                | Message::SnapshotCallConf(_)
                | Message::QueryQueueStatisticsConf(_)
                | Message::FailureConf(_)
                | Message::ControlFailureConf(_)
        );
        let invoke_id = answers.then(|| message.invoke_id()).flatten()?;
        self.asked.remove(&invoke_id)
    }

    pub(super) fn answer(
        &mut self,
        now: Duration,
        asked: &Asked,
        message: &Message<'_>,
        changes: &mut Vec<Change>,
    ) {
        if asked.recovery {
            self.recovery.settled();
        }
        let unknown = is_unknown(message);
        match (&asked.pending, message) {
            (
                Pending::Open {
                    agent_id,
                    device,
                    agent_mode: true,
                },
                Message::OpenConf(conf),
            ) => {
                let own = filled(conf.agent_instrument)
                    .or(filled(conf.agent_extension))
                    .or(device.as_ref().map(TextBuf::text));
                self.calls.set_own(own.map(DeviceId));
                let asked = agent_id.as_ref().map(TextBuf::text);
                self.agents.open_conf(asked, conf, changes);
                if let Some(device) = own {
                    let keep = self.last_calls;
                    self.calls
                        .agent_state(device.into(), conf.agent_state, keep, changes);
                }
            }
            (Pending::Login { device }, Message::SetAgentStateConf(_))
                if self.view == View::Agent && self.calls.own().is_none() =>
            {
                self.calls.set_own(Some(device.into()));
            }
            (Pending::NewCall { origin }, Message::MakeCallConf(conf)) => {
                let name = (
                    conf.new_call_id,
                    conf.new_connection_device_type,
                    conf.new_connection_device_id,
                );
                self.calls.confirmed(now, asked.at, name, *origin, changes);
            }
            (Pending::NewCall { origin }, Message::ConsultCallConf(conf)) => {
                let name = (
                    conf.new_call_id,
                    conf.new_connection_device_type,
                    conf.new_connection_device_id,
                );
                self.calls.confirmed(now, asked.at, name, *origin, changes);
            }
            (
                Pending::Merge {
                    kind,
                    held,
                    active,
                    acting,
                },
                Message::ConferenceCallConf(_) | Message::TransferCallConf(_),
            ) => {
                let (result, parties) = match message {
                    Message::ConferenceCallConf(conf) => (conf.new_call_id, conf.connected_parties),
                    Message::TransferCallConf(conf) => (conf.new_call_id, conf.connected_parties),
                    _ => return,
                };
                let merge = Merge {
                    kind: *kind,
                    primary: (held.0, Some((&held.1).into())),
                    primary_state: LocalConnectionState::NONE,
                    secondary: (active.0, Some((&active.1).into())),
                    acting: Some(acting.into()),
                    result: Some(result),
                    parties,
                };
                self.calls.merge_confirmed(now, &merge, changes);
            }
            (Pending::QueryAgent { agent_id }, Message::QueryAgentStateConf(conf)) => {
                let agent_id = agent_id.as_ref().map(TextBuf::text);
                self.agents.query_conf(agent_id, asked.at, conf, changes);
            }
            (
                Pending::QueryAgent {
                    agent_id: Some(agent_id),
                },
                Message::FailureConf(failure),
            ) if failure.status == StatusCode::AGENT_NOT_LOGGED_ON => {
                self.agents
                    .not_logged_in(agent_id.text(), asked.at, changes);
            }
            (Pending::SnapshotDevice { device }, Message::SnapshotDeviceConf(conf)) => {
                let calls = self
                    .calls
                    .snapshot_device(now, device.into(), asked.at, conf, changes);
                if asked.recovery {
                    self.recovery.device_answered(device.clone(), calls);
                }
            }
            // A device that is not there has no calls.
            (Pending::SnapshotDevice { device }, _) if unknown && asked.recovery => {
                self.recovery.device_answered(device.clone(), Vec::new());
            }
            (Pending::SnapshotCall { name }, Message::SnapshotCallConf(conf)) => {
                let worth = self.calls.snapshot_call(now, name, asked.at, conf, changes);
                if worth == Worth::Outdated && asked.recovery {
                    self.recovery.ask_again(name.clone());
                }
            }
            (Pending::SnapshotCall { name }, _) if unknown => {
                let listed = asked
                    .recovery
                    .then(|| self.recovery.listed_elsewhere(name))
                    .flatten();
                let other = self.calls.lost(now, name, asked.at, listed, changes);
                if let Some(other) = other
                    && asked.recovery
                {
                    self.recovery.ask_again(other);
                }
            }
            (Pending::Statistics { csq_id }, Message::QueryQueueStatisticsConf(conf)) => {
                if let Some(csq_id) = conf.csq_id.or(*csq_id) {
                    self.queues.told(csq_id, asked.at, conf, changes);
                }
            }
            (
                Pending::Statistics {
                    csq_id: Some(csq_id),
                },
                _,
            ) => self.queues.refused(*csq_id, &self.calls, changes),
            _ => {}
        }
    }
}

/// Returns whether a refusal means that the object of the request does not exist.
fn is_unknown(message: &Message<'_>) -> bool {
    match message {
        Message::FailureConf(failure) => failure.status == StatusCode::INVALID_CALLID,
        Message::ControlFailureConf(failure) => {
            let code = failure.failure_code;
            let ccx = failure.unified_ccx_error_code;
            code == ControlFailure::INVALID_CSTA_CALL_ID
                || code == ControlFailure::INVALID_CSTA_CONNECTION_ID
                || ccx == CcxErrorCode::CALL_ID_INVALID
                || ccx == CcxErrorCode::CALL_ID_NOT_IN_PROVIDER
        }
        _ => false,
    }
}
