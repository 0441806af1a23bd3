//! The oracle of the models.

use std::collections::BTreeMap;
use std::time::Duration;

use cti_codec::ccx::model::{
    AgentKey, AgentWhat, CallKey, CallWhat, Change, Connection, Limits, Model, Phase, Status,
    Times, View,
};
use cti_codec::ccx::{
    AgentState, AgentStateCsq, AgentStateEvent, BeginCallEvent, Call, CallClearedEvent,
    CallConferencedEvent, CallConnectionClearedEvent, CallDataUpdateEvent, CallDeliveredEvent,
    CallDequeuedEvent, CallDevice, CallDivertedEvent, CallEstablishedEvent, CallHeldEvent,
    CallQueuedEvent, CallTransferredEvent, CallType, ConnectedParty, ConsultCallConf,
    ConsultCallReq, ControlFailureConf, DeviceId, DeviceType, EndCallEvent, FailureConf,
    LocalConnectionState, MakeCallConf, MakeCallReq, Message, NamedVariable, QueryAgentStateConf,
    QueryAgentStateReq, QueueCsq, RtpStartedEvent, SnapshotCallConf, SnapshotCallReq,
    SnapshotDeviceConf, SnapshotDeviceReq, StatusCode, Text, TextBuf, TransferCallConf,
    TransferCallReq,
};

use super::Choices;

const LIMITS: Limits = Limits {
    agents: 4,
    csqs_per_agent: 3,
    calls: 6,
    connections_per_call: 3,
    queues_per_call: 3,
    named_per_call: 3,
    clients_per_call: 2,
    queues: 3,
    devices: 8,
    requests: 4,
};

/// Devices, agents and texts: few, so that they meet.
const WORDS: [&str; 6] = [
    "",
    "2005",
    "2006",
    "9001",
    "a text that is longer than others are",
    " ",
];

/// What changes tell of calls and agents, put together again.
#[derive(Default)]
struct Mirror {
    calls: BTreeMap<CallKey, BTreeMap<TextBuf, Connection>>,
    agents: BTreeMap<AgentKey, Status>,
}

impl Mirror {
    fn follow(&mut self, changes: &[Change]) {
        for change in changes {
            match change {
                Change::Call { key, what, .. } => self.call(*key, what),
                Change::Agent { key, what } => self.agent(key, what),
                _ => {}
            }
        }
    }

    fn call(&mut self, key: CallKey, what: &CallWhat) {
        match what {
            CallWhat::Began => assert!(self.calls.insert(key, BTreeMap::new()).is_none()),
            CallWhat::Ended(_) => {
                // A last call ends a second time, when it has been wrapped up.
                self.calls.remove(&key);
            }
            CallWhat::Connection { before, after } => {
                let call = self.calls.get_mut(&key).expect("a call that has begun");
                let device = before.as_ref().or(after.as_ref());
                let device_id = &device.expect("a change of a connection").device_id;
                assert_eq!(call.remove(device_id), *before, "before of {device_id}");
                if let Some(after) = after {
                    call.insert(after.device_id.clone(), after.clone());
                }
            }
            _ => {}
        }
    }

    fn agent(&mut self, key: &AgentKey, what: &AgentWhat) {
        match what {
            AgentWhat::Known => {
                let known = self.agents.insert(key.clone(), Status::default());
                assert_eq!(known, None);
            }
            AgentWhat::Forgotten => {
                self.agents.remove(key);
            }
            AgentWhat::Status { before, after } => {
                let known = self.agents.insert(key.clone(), *after);
                assert_eq!(known.as_ref(), Some(before));
            }
            _ => {}
        }
    }

    /// What was told is what there is.
    fn check(&self, model: &Model) {
        let calls: BTreeMap<CallKey, BTreeMap<TextBuf, Connection>> = model
            .calls
            .iter()
            .map(|call| {
                let connections = call.connections.iter();
                let connections =
                    connections.map(|inside| (inside.device_id.clone(), inside.clone()));
                (call.key, connections.collect())
            })
            .collect();
        assert_eq!(self.calls, calls);
        let agents: BTreeMap<AgentKey, Status> = model
            .agents
            .iter()
            .map(|(name, agent)| {
                let known = model
                    .agents
                    .get(name)
                    .is_some_and(|known| core::ptr::eq(known, agent));
                let key = if known {
                    AgentKey::Id(name.into())
                } else {
                    AgentKey::Extension(name.into())
                };
                (key, agent.status)
            })
            .collect();
        assert_eq!(self.agents, agents);
    }
}

/// Models: whatever comes in whatever order, memory is bounded, changes tell all that has changed,
/// and nothing waits for ever.
pub fn model(data: &[u8]) {
    let mut choices = Choices::new(data);
    let view = if choices.flip() {
        View::Agent
    } else {
        View::Bridge
    };
    let mut model = Model::with(view, Times::default(), LIMITS);
    model.keep_last_calls(choices.flip());
    let mut mirror = Mirror::default();
    let mut now = Duration::ZERO;
    for _ in 0..choices.below(200) + 1 {
        now += Duration::from_secs(choices.below(4) as u64);
        let changes = match choices.below(16) {
            0 => model.disconnected(),
            1 => model.recover(now, ["9001".into()], [1, 2]),
            2 => {
                now += Duration::from_secs(choices.below(40) as u64);
                model.handle_timeout(now)
            }
            3 => model.unanswered(now, choices.below(6) as u32),
            4 => match model.poll_request() {
                Some(ask) => {
                    let mut message = ask.message();
                    *message.invoke_id_mut().expect("a request") = choices.below(6) as u32;
                    model.sent(now, &message)
                }
                None => Vec::new(),
            },
            _ => {
                let mut told = Vec::new();
                with_message(&mut choices, |sent, message| {
                    told = if sent {
                        model.sent(now, message)
                    } else {
                        model.received(now, message)
                    };
                });
                told
            }
        };
        mirror.follow(&changes);
        mirror.check(&model);
        bounded(&model);
        if let Some(due) = model.poll_timeout()
            && due <= now
        {
            let changes = model.handle_timeout(now);
            mirror.follow(&changes);
            assert!(
                model.poll_timeout().is_none_or(|next| next > now),
                "waits for ever"
            );
        }
    }
}

fn bounded(model: &Model) {
    assert!(model.agents.len() <= LIMITS.agents);
    assert!(model.calls.len() <= LIMITS.calls);
    assert!(model.queues.iter().count() <= LIMITS.queues);
    for (_, agent) in model.agents.iter() {
        assert!(agent.csqs.len() <= LIMITS.csqs_per_agent);
    }
    for call in model.calls.iter() {
        assert!(call.connections.len() <= LIMITS.connections_per_call);
        assert!(call.queues.len() <= LIMITS.queues_per_call);
        assert!(call.data.named_variables().count() <= LIMITS.named_per_call);
        assert!(
            model
                .calls
                .with_id(call.call_id)
                .any(|same| same.key == call.key)
        );
        if let Phase::Merged(whole) = call.phase {
            assert_ne!(whole, call.key);
            assert!(model.calls.get(whole).is_some(), "a part of nothing");
        }
        for (place, inside) in call.connections.iter().enumerate() {
            let others = &call.connections[..place];
            assert!(
                others
                    .iter()
                    .all(|other| other.device_id != inside.device_id)
            );
        }
    }
}

/// Makes a message up, and tells whether the client sends it.
fn with_message(choices: &mut Choices<'_>, then: impl FnOnce(bool, &Message<'_>)) {
    let mut word = || WORDS[choices.below(WORDS.len())];
    let (w1, w2, w3, w4) = (word(), word(), word(), word());
    let device = |word: &'static str| Some(DeviceId::from(word));
    let call_id = choices.below(4) as u32;
    let other_id = choices.below(4) as u32;
    let invoke_id = choices.below(6) as u32;
    let state = LocalConnectionState(choices.below(7) as u16);
    let states = [
        AgentState::LOGOUT,
        AgentState::NOT_READY,
        AgentState::READY,
        AgentState::TALKING,
        AgentState::WORK,
    ];
    let agent_state = states[choices.below(states.len())];
    let named = [NamedVariable {
        name: w3.into(),
        value: w4.into(),
    }];
    let csqs = [QueueCsq {
        csq_id: Some(other_id),
        ..QueueCsq::default()
    }];
    let agent_csqs = [AgentStateCsq {
        csq_id: Some(other_id),
        csq_state: Some(agent_state),
        ..AgentStateCsq::default()
    }];
    let party = |id, device: &'static str| ConnectedParty {
        connected_party_call_id: Some(id),
        connected_party_device_id: Some(device.into()),
        ..ConnectedParty::default()
    };
    let parties = [party(other_id, w3), party(other_id, w4)];
    let parties = &parties[..choices.below(3)];
    let listed = [Call {
        call_connection_call_id: Some(call_id),
        call_connection_device_id: device(w1),
        call_device_connection_state: Some(state),
        ..Call::default()
    }];
    let devices = [CallDevice {
        call_connection_device_id: device(w1),
        call_device_connection_state: Some(state),
        ..CallDevice::default()
    }];
    let text = |word: &'static str| Some(Text::from(word));
    let kind = choices.below(30);
    let message: Message<'_> = match kind {
        0 | 1 => BeginCallEvent {
            call_id,
            connection_device_id: device(w1),
            ani: device(w2),
            call_variable1: text(w3),
            named_variables: (&named).into(),
            ..BeginCallEvent::default()
        }
        .into(),
        2 | 3 => CallDeliveredEvent {
            call_id,
            connection_device_id: device(w1),
            alerting_device_id: device(w1),
            local_connection_state: state,
            call_variable1: text(w3),
            ..CallDeliveredEvent::default()
        }
        .into(),
        4 | 5 => CallEstablishedEvent {
            call_id,
            connection_device_id: device(w1),
            answering_device_id: device(w2),
            answering_device_type: DeviceType::AGENT_DEVICE,
            calling_device_id: device(w3),
            local_connection_state: state,
            ..CallEstablishedEvent::default()
        }
        .into(),
        6 => CallHeldEvent {
            call_id,
            connection_device_id: device(w1),
            local_connection_state: state,
            ..CallHeldEvent::default()
        }
        .into(),
        7 => CallQueuedEvent {
            call_id,
            connection_device_id: device(w1),
            local_connection_state: state,
            csqs: (&csqs).into(),
            ..CallQueuedEvent::default()
        }
        .into(),
        8 => CallDequeuedEvent {
            call_id,
            connection_device_id: device(w1),
            csqs: csqs[..choices.below(2)].into(),
            ..CallDequeuedEvent::default()
        }
        .into(),
        9 => CallDivertedEvent {
            call_id,
            connection_device_id: device(w1),
            diverting_device_id: device(w2),
            ..CallDivertedEvent::default()
        }
        .into(),
        10 | 11 => CallConnectionClearedEvent {
            call_id,
            connection_device_id: device(w1),
            releasing_device_id: device(w2),
            ..CallConnectionClearedEvent::default()
        }
        .into(),
        12 => CallClearedEvent {
            call_id,
            ..CallClearedEvent::default()
        }
        .into(),
        13 => EndCallEvent {
            call_id,
            connection_device_id: device(w1),
            ..EndCallEvent::default()
        }
        .into(),
        14 | 15 => CallDataUpdateEvent {
            call_id,
            new_call_id: other_id,
            connection_device_id: device(w1),
            new_connection_device_id: device(w2),
            call_type: CallType(choices.below(3) as u16),
            call_variable1: text(w3),
            named_variables: (&named).into(),
            ..CallDataUpdateEvent::default()
        }
        .into(),
        16 => CallConferencedEvent {
            primary_call_id: call_id,
            primary_device_id: device(w1),
            secondary_call_id: other_id,
            secondary_device_id: device(w2),
            controller_device_id: device(w1),
            local_connection_state: state,
            connected_parties: parties.into(),
            ..CallConferencedEvent::default()
        }
        .into(),
        17 => CallTransferredEvent {
            primary_call_id: call_id,
            primary_device_id: device(w1),
            secondary_call_id: other_id,
            secondary_device_id: device(w2),
            transferring_device_id: device(w1),
            local_connection_state: state,
            connected_parties: parties.into(),
            ..CallTransferredEvent::default()
        }
        .into(),
        18 => RtpStartedEvent {
            call_id,
            connection_device_id: device(w1),
            ..RtpStartedEvent::default()
        }
        .into(),
        19 | 20 => AgentStateEvent {
            agent_id: text(w1),
            agent_extension: text(w2),
            agent_state,
            csq_id: call_id,
            csqs: agent_csqs[..choices.below(2)].into(),
            ..AgentStateEvent::default()
        }
        .into(),
        21 => match choices.below(4) {
            0 => QueryAgentStateReq {
                invoke_id,
                agent_id: text(w1),
                ..QueryAgentStateReq::default()
            }
            .into(),
            1 => SnapshotDeviceReq {
                invoke_id,
                agent_instrument: text(w1),
                ..SnapshotDeviceReq::default()
            }
            .into(),
            2 => SnapshotCallReq {
                invoke_id,
                call_id,
                connection_device_id: device(w1),
                ..SnapshotCallReq::default()
            }
            .into(),
            _ => MakeCallReq {
                invoke_id,
                ..MakeCallReq::default()
            }
            .into(),
        },
        22 => ConsultCallReq {
            invoke_id,
            active_call_id: call_id,
            active_connection_device_id: device(w1),
            ..ConsultCallReq::default()
        }
        .into(),
        23 => TransferCallReq {
            invoke_id,
            active_call_id: call_id,
            held_call_id: other_id,
            active_connection_device_id: device(w1),
            held_connection_device_id: device(w2),
            agent_instrument: text(w1),
            ..TransferCallReq::default()
        }
        .into(),
        24 => MakeCallConf {
            invoke_id,
            new_call_id: call_id,
            new_connection_device_id: device(w1),
            ..MakeCallConf::default()
        }
        .into(),
        25 => ConsultCallConf {
            invoke_id,
            new_call_id: call_id,
            new_connection_device_id: device(w1),
            ..ConsultCallConf::default()
        }
        .into(),
        26 => TransferCallConf {
            invoke_id,
            new_call_id: call_id,
            connected_parties: parties.into(),
            ..TransferCallConf::default()
        }
        .into(),
        27 => match choices.below(3) {
            0 => QueryAgentStateConf {
                invoke_id,
                agent_state,
                agent_id: text(w1),
                agent_extension: text(w2),
                ..QueryAgentStateConf::default()
            }
            .into(),
            1 => FailureConf {
                invoke_id,
                status: [StatusCode::INVALID_CALLID, StatusCode::AGENT_NOT_LOGGED_ON]
                    [choices.below(2)],
                ..FailureConf::default()
            }
            .into(),
            _ => ControlFailureConf {
                invoke_id,
                ..ControlFailureConf::default()
            }
            .into(),
        },
        28 => SnapshotDeviceConf {
            invoke_id,
            calls: listed[..choices.below(2)].into(),
            ..SnapshotDeviceConf::default()
        }
        .into(),
        _ => SnapshotCallConf {
            invoke_id,
            call_devices: devices[..choices.below(2)].into(),
            call_variable1: text(w3),
            ..SnapshotCallConf::default()
        }
        .into(),
    };
    then((21..=23).contains(&kind), &message);
}
