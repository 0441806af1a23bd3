//! What a model keeps is bounded, and what it leaves out is told.

use std::time::Duration;

use cti_codec::ccx::model::{CallWhat, Change, Dropped, Ended, Limits, Model, Times, View};
use cti_codec::ccx::{
    AgentStateCsq, AgentStateEvent, BeginCallEvent, CallQueuedEvent, ConnectionDeviceType,
    CtiClient, LocalConnectionState, Message, NamedVariable, QueryAgentStateReq, QueueCsq,
};

const FEW: Limits = Limits {
    agents: 2,
    csqs_per_agent: 2,
    calls: 2,
    connections_per_call: 2,
    queues_per_call: 2,
    named_per_call: 2,
    clients_per_call: 2,
    queues: 2,
    devices: 2,
    requests: 2,
};

fn model() -> Model {
    Model::with(View::Bridge, Times::default(), FEW)
}

fn dropped(changes: &[Change]) -> Vec<&Dropped> {
    changes
        .iter()
        .filter_map(|change| match change {
            Change::Dropped(dropped) => Some(dropped),
            _ => None,
        })
        .collect()
}

#[test]
fn agents() {
    let mut model = model();
    for (place, id) in ["a", "b", "c"].into_iter().enumerate() {
        let csqs = [1, 2, 3].map(|csq_id| AgentStateCsq {
            csq_id: Some(csq_id),
            csq_state: Some(cti_codec::ccx::AgentState::READY),
            ..AgentStateCsq::default()
        });
        let event = AgentStateEvent {
            agent_id: Some(id.into()),
            csqs: (&csqs).into(),
            ..AgentStateEvent::default()
        };
        let changes = model.received(Duration::ZERO, &event.into());
        let told = dropped(&changes);
        if place < 2 {
            assert!(matches!(told[..], [Dropped::CsqOfAgent(_, 3)]), "{told:?}");
        } else {
            assert_eq!(told, [&Dropped::Agent("c".into())]);
        }
    }
    assert_eq!(model.agents.len(), 2);
}

#[test]
fn calls() {
    let mut model = model();
    let begin = |call_id| BeginCallEvent {
        call_id,
        connection_device_id: Some("2005".into()),
        ..BeginCallEvent::default()
    };
    for call_id in 1..=3 {
        model.received(Duration::ZERO, &begin(call_id).into());
    }
    let left: Vec<u32> = model.calls.iter().map(|call| call.call_id).collect();
    assert_eq!(left, [2, 3], "nothing was heard of the first for longest");
    // A flood leaves no more behind.
    for call_id in 4..10_000 {
        let changes = model.received(Duration::ZERO, &begin(call_id).into());
        let evicted = changes.iter().any(|change| {
            matches!(
                change,
                Change::Call {
                    what: CallWhat::Ended(Ended::NoRoom),
                    ..
                }
            )
        });
        assert!(evicted);
    }
    assert_eq!(model.calls.len(), 2);
}

#[test]
fn what_a_call_has() {
    let mut model = model();
    let variables = ["a", "b", "c"].map(|name| NamedVariable {
        name: name.into(),
        value: "1".into(),
    });
    let clients = ["x", "y", "z"].map(|signature| CtiClient {
        cti_client_signature: Some(signature.into()),
        cti_client_time_stamp: None,
    });
    let begin = BeginCallEvent {
        call_id: 1,
        connection_device_id: Some("2005".into()),
        named_variables: (&variables).into(),
        cti_clients: (&clients).into(),
        ..BeginCallEvent::default()
    };
    let changes = model.received(Duration::ZERO, &begin.into());
    assert_eq!(
        dropped(&changes),
        [&Dropped::Named(1, "c".into()), &Dropped::Client(1)]
    );
    let call = model.calls.with_id(1).next().unwrap();
    assert_eq!(call.data.named_variables().count(), 2);
    // The latest ones are kept.
    let kept: Vec<_> = call
        .data
        .clients
        .iter()
        .map(|client| client.signature.to_string())
        .collect();
    assert_eq!(kept, ["y", "z"]);

    let csqs = [1, 2, 3].map(|csq_id| QueueCsq {
        csq_id: Some(csq_id),
        ..QueueCsq::default()
    });
    for device in ["9001", "9002"] {
        let queued = CallQueuedEvent {
            call_id: 1,
            connection_device_type: ConnectionDeviceType::STATIC,
            connection_device_id: Some(device.into()),
            local_connection_state: LocalConnectionState::QUEUED,
            csqs: (&csqs).into(),
            ..CallQueuedEvent::default()
        };
        let changes = model.received(Duration::ZERO, &queued.into());
        assert!(dropped(&changes).contains(&&Dropped::Queue(1)));
    }
    let call = model.calls.with_id(1).next().unwrap();
    assert_eq!((call.connections.len(), call.queues.len()), (2, 2));
    assert_eq!(model.queues.iter().count(), 2);
}

#[test]
fn requests() {
    let mut model = model();
    let mut told = Vec::new();
    for invoke_id in 1..=3 {
        let request = QueryAgentStateReq {
            invoke_id,
            agent_id: Some("a".into()),
            ..QueryAgentStateReq::default()
        };
        told.extend(model.sent(Duration::ZERO, &Message::from(request)));
    }
    assert_eq!(told, [Change::Dropped(Dropped::Request(1))]);
    // Nobody answers: they are given up.
    assert_eq!(model.poll_timeout(), Some(Duration::from_secs(30)));
    model.handle_timeout(Duration::from_secs(30));
    assert_eq!(model.poll_timeout(), None);
}
