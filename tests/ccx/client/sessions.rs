//! Opening, losing and closing sessions.

use cti_codec::ccx::StatusCode;
use cti_codec::ccx::client::ConnectError;
use cti_codec::ccx::session::{Event, StopCause};
use tokio::time::Instant;

use super::{Behaviour, alike, in_memory, options, until};

#[tokio::test(start_paused = true)]
async fn the_next_node_serves_where_the_first_is_down_or_not_the_master() {
    for first in [
        None,
        Some(Behaviour {
            refuses: Some(StatusCode::SERVER_NOT_MASTER),
            ..Default::default()
        }),
    ] {
        let (client, mut events, attempts) = in_memory(
            options(2),
            Box::new(move |address, _| match address {
                0 => first.clone(),
                _ => Some(Behaviour::default()),
            }),
        );
        client.opened().await.unwrap();
        assert_eq!(*attempts.lock().unwrap(), 2);
        until(&mut events, |event| {
            matches!(event, Event::NotOpened { address: 0, .. })
        })
        .await;
        until(&mut events, |event| {
            matches!(event, Event::Opened { address: 1, .. })
        })
        .await;
    }
}

#[tokio::test(start_paused = true)]
async fn what_no_node_will_grant_is_an_error() {
    let (client, mut events) = alike(Behaviour {
        refuses: Some(StatusCode::INVALID_AGENT_DATA),
        ..Default::default()
    });
    let cause = StopCause::DataRefused(StatusCode::INVALID_AGENT_DATA);
    assert_eq!(client.opened().await, Err(ConnectError::Stopped(cause)));
    let mut last = None;
    while let Some(event) = events.next().await {
        last = Some(event);
    }
    assert_eq!(last, Some(Event::Stopped(cause)));
    client.close().await;
}

#[tokio::test(start_paused = true)]
async fn rounds_that_fail_come_to_an_end() {
    let mut options = options(2);
    options.settings.rounds = Some(1);
    let (client, _events, attempts) = in_memory(options, Box::new(|_, _| None));
    assert_eq!(
        client.opened().await,
        Err(ConnectError::Stopped(StopCause::NoAddressLeft))
    );
    assert_eq!(*attempts.lock().unwrap(), 2);
}

#[tokio::test(start_paused = true)]
async fn heartbeats_keep_a_session_for_hours() {
    let (client, mut events) = alike(Behaviour::default());
    client.opened().await.unwrap();
    tokio::time::sleep(std::time::Duration::from_secs(4 * 3600)).await;
    assert!(client.session(cti_codec::ccx::session::Client::is_online));
    client.close().await;
    while let Some(event) = events.next().await {
        assert!(
            matches!(
                event,
                Event::Connecting { .. } | Event::Opened { .. } | Event::Closed
            ),
            "{event:?}"
        );
    }
}

#[tokio::test(start_paused = true)]
async fn close_waits_for_the_server_and_ends_the_events() {
    let (client, mut events) = alike(Behaviour::default());
    client.opened().await.unwrap();
    let start = Instant::now();
    client.close().await;
    assert!(start.elapsed().as_secs() < 1);
    let closed = until(&mut events, |event| *event == Event::Closed).await;
    assert_eq!(closed, Event::Closed);
    assert_eq!(events.next().await, None);
    assert_eq!(client.opened().await, Err(ConnectError::Closed));
    client.close().await;
}

#[tokio::test(start_paused = true)]
async fn dropping_everything_ends_the_session() {
    let (client, events, attempts) =
        in_memory(options(1), Box::new(|_, _| Some(Behaviour::default())));
    client.opened().await.unwrap();
    drop(client.clone());
    drop(events);
    tokio::time::sleep(std::time::Duration::from_secs(100)).await;
    assert!(client.session(cti_codec::ccx::session::Client::is_online));
    drop(client);
    tokio::time::sleep(std::time::Duration::from_secs(100)).await;
    assert_eq!(*attempts.lock().unwrap(), 1);
}

/// A saved configuration is there from the start.
#[tokio::test(start_paused = true)]
async fn a_saved_configuration_is_given_back() {
    let saved = crate::session::configuration::downloaded();
    let mut options = options(1);
    options.configuration = Some(saved.client.configuration().clone());
    let (client, _events, _) = in_memory(options, Box::new(|_, _| None));
    assert!(client.configuration(|it| it.agent(b"jdoe").is_some()));
}
