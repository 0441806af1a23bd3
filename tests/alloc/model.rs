//! A model: no allocation for what changes nothing, and a bound for a whole centre.

use std::time::Duration;

use cti_codec::ccx::model::{Model, View};
use cti_codec::ccx::{
    AgentState, AgentStateEvent, BeginCallEvent, CallDataUpdateEvent, CallDeliveredEvent,
    CallEstablishedEvent, CallQueuedEvent, CallType, ConnectionDeviceType, DeviceType,
    LocalConnectionState, Message, NamedVariable, QueueCsq,
};

use crate::counting::{allocations, peak};

/// Puts a call of everyday size into a model, with what happens to it.
fn with_call(call_id: u32, agent: u32, mut each: impl FnMut(Message<'_>)) {
    let (caller, phone) = (format!("55501{call_id:05}"), format!("{}", 2000 + agent));
    let login = format!("agent-{agent}@example.com");
    let variables = [
        ("user.layout", "Default"),
        ("BACampaign", "Renewals"),
        ("user.customer", "customer 4711"),
        ("user.language", "en"),
    ]
    .map(|(name, value)| NamedVariable {
        name: name.into(),
        value: value.into(),
    });
    let csqs = [QueueCsq {
        csq_id: Some(1),
        ..QueueCsq::default()
    }];
    each(
        AgentStateEvent {
            agent_id: Some(login.as_str().into()),
            agent_extension: Some(phone.as_str().into()),
            agent_instrument: Some(phone.as_str().into()),
            agent_state: AgentState::TALKING,
            csq_id: 0xFFFF_FFFF,
            ..AgentStateEvent::default()
        }
        .into(),
    );
    each(
        BeginCallEvent {
            call_id,
            call_type: CallType::CCX_IN,
            connection_device_id: Some("9001".into()),
            ani: Some(caller.as_str().into()),
            dnis: Some("7001".into()),
            call_variable1: Some("customer 4711".into()),
            call_variable2: Some("gold".into()),
            named_variables: (&variables).into(),
            ..BeginCallEvent::default()
        }
        .into(),
    );
    each(
        CallQueuedEvent {
            call_id,
            connection_device_id: Some("9001".into()),
            local_connection_state: LocalConnectionState::QUEUED,
            csqs: (&csqs).into(),
            ..CallQueuedEvent::default()
        }
        .into(),
    );
    each(
        CallDeliveredEvent {
            call_id,
            connection_device_id: Some(phone.as_str().into()),
            alerting_device_id: Some(phone.as_str().into()),
            alerting_device_type: DeviceType::AGENT_DEVICE,
            calling_device_id: Some(caller.as_str().into()),
            called_device_id: Some("7001".into()),
            local_connection_state: LocalConnectionState::ALERTING,
            ..CallDeliveredEvent::default()
        }
        .into(),
    );
    each(
        CallDataUpdateEvent {
            call_id,
            new_call_id: call_id,
            call_type: CallType::CCX_IN,
            connection_device_id: Some(phone.as_str().into()),
            new_connection_device_id: Some(phone.as_str().into()),
            call_variable3: Some("an order of last week".into()),
            named_variables: (&variables).into(),
            ..CallDataUpdateEvent::default()
        }
        .into(),
    );
    each(established(call_id, &phone, &caller).into());
}

fn established<'a>(call_id: u32, phone: &'a str, caller: &'a str) -> CallEstablishedEvent<'a> {
    CallEstablishedEvent {
        connection_device_type: ConnectionDeviceType::STATIC,
        call_id,
        connection_device_id: Some(phone.into()),
        answering_device_id: Some(phone.into()),
        answering_device_type: DeviceType::AGENT_DEVICE,
        calling_device_id: Some(caller.into()),
        called_device_id: Some("7001".into()),
        local_connection_state: LocalConnectionState::CONNECT,
        ..CallEstablishedEvent::default()
    }
}

#[test]
fn what_changes_nothing_allocates_nothing() {
    let mut model = Model::new(View::Bridge);
    with_call(1, 7, |message| {
        model.received(Duration::ZERO, &message);
    });
    let mut played = 0;
    with_call(1, 7, |message| {
        // It begins anew, or waits anew.
        if matches!(
            message,
            Message::BeginCallEvent(_)
                | Message::CallQueuedEvent(_)
                | Message::CallDeliveredEvent(_)
        ) {
            return;
        }
        let (changes, count, _) = allocations(|| model.received(Duration::ZERO, &message));
        assert_eq!(
            (changes.as_slice(), count),
            ([].as_slice(), 0),
            "{message:?}"
        );
        played += 1;
    });
    assert_eq!(played, 3);
    // Nor do messages that a model has nothing to do with.
    let other = Message::from(cti_codec::ccx::HeartbeatConf::default());
    let (_, count, _) = allocations(|| model.received(Duration::ZERO, &other));
    assert_eq!(count, 0);
}

/// 400 agents and 2,000 calls within 4 MB.
#[test]
fn a_centre_within_4_megabytes() {
    let (model, most) = peak(|| {
        let mut model = Model::new(View::Bridge);
        for call in 0..2_000 {
            with_call(call, call % 400, |message| {
                model.received(Duration::ZERO, &message);
            });
        }
        model
    });
    assert_eq!((model.agents.len(), model.calls.len()), (400, 2_000));
    println!("{most} bytes");
    assert!(most < 4 << 20, "{most} bytes");
}
