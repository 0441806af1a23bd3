//! A session that only passes events on, and keeps itself alive, allocates nothing.

use std::time::Duration;

use bytes::BytesMut;
use cti_codec::ccx::session::{Client, Event, Settings};
use cti_codec::ccx::{CallHeldEvent, CtiService, Message, MessageType, OpenConf, OpenReq, Version};

use crate::counting::allocations;

pub(crate) fn bytes<'a>(message: impl Into<Message<'a>>) -> BytesMut {
    let mut bytes = BytesMut::new();
    message
        .into()
        .encode_as_received(Version::V14, &mut bytes)
        .unwrap();
    bytes
}

#[test]
fn events_and_heartbeats_allocate_nothing() {
    let open = OpenReq {
        services_requested: CtiService::ALL_EVENTS,
        ..OpenReq::bridge_mode()
    };
    let mut client = Client::new(Settings::default(), &open).unwrap();
    client.start(Duration::ZERO);
    while client.poll_action().is_some() {}
    client.handle_connected(Duration::ZERO);
    client.handle_input(
        Duration::ZERO,
        &bytes(OpenConf {
            invoke_id: 1,
            services_granted: CtiService::ALL_EVENTS,
            ..Default::default()
        }),
    );
    assert!(client.is_open());
    while client.poll_transmit().is_some() {}
    while client.poll_event().is_some() {}
    let event = bytes(CallHeldEvent {
        holding_device_id: Some("2006".into()),
        connection_device_id: Some("2006".into()),
        ..Default::default()
    });
    let mut now = Duration::ZERO;
    let mut events = 0;
    let mut run = |rounds: u32| {
        for _ in 0..rounds {
            now += Duration::from_millis(100);
            client.handle_timeout(now);
            client.handle_input(now, &event);
            while let Some(sent) = client.poll_transmit() {
                // The only thing that is sent: answered at once.
                assert_eq!(
                    u32::from_be_bytes(*sent[4..].first_chunk().unwrap()),
                    u32::from(MessageType::HEARTBEAT_REQ)
                );
                let invoke_id = u32::from_be_bytes(*sent[8..].first_chunk().unwrap());
                let mut answer = [0, 0, 0, 4, 0, 0, 0, 6, 0, 0, 0, 0];
                answer[8..].copy_from_slice(&invoke_id.to_be_bytes());
                drop(sent);
                client.handle_input(now, &answer);
            }
            while let Some(event) = client.poll_event() {
                events += u32::from(matches!(event, Event::Message(_)));
            }
        }
    };
    run(1000);
    let ((), count, size) = allocations(|| run(10_000));
    assert_eq!(count, 0, "{size} bytes");
    assert_eq!(events, 11_000);
}
