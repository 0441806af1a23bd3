//! Over real sockets on the loopback interface.

use std::sync::Arc;
use std::sync::atomic::{AtomicUsize, Ordering};

use cti_codec::ccx::client::{Options, connect, start};
use cti_codec::ccx::session::Event;
use cti_codec::ccx::{CtiService, OpenReq, QueryAgentStateReq};
use tokio::net::TcpListener;

use super::{Behaviour, serve, until};

fn open() -> OpenReq<'static> {
    OpenReq {
        services_requested: CtiService::ALL_EVENTS,
        ..OpenReq::bridge_mode()
    }
}

#[tokio::test]
async fn s1_a_client_and_a_server_over_tcp() {
    let listener = TcpListener::bind("127.0.0.1:0").await.unwrap();
    let address = listener.local_addr().unwrap().to_string();
    let server = tokio::spawn(async move {
        let (stream, _) = listener.accept().await.unwrap();
        serve(
            stream,
            Behaviour {
                events: 3,
                ..Default::default()
            },
        )
        .await;
    });
    let (client, mut events) = connect(Options::to([address]), &open()).await.unwrap();
    let query = QueryAgentStateReq {
        agent_id: Some("jdoe".into()),
        ..Default::default()
    };
    for _ in 0..100 {
        client.request(&query).await.unwrap();
        for _ in 0..3 {
            until(&mut events, |event| matches!(event, Event::Message(_))).await;
        }
    }
    client.close().await;
    server.await.unwrap();
}

/// Ten times the server is gone in the middle, and each client is back each time.
#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn many_clients_come_back_to_a_server_that_is_killed_again_and_again() {
    const CLIENTS: usize = 20;
    const KILLS: usize = 10;
    let listener = TcpListener::bind("127.0.0.1:0").await.unwrap();
    let address = listener.local_addr().unwrap().to_string();
    let opened = Arc::new(AtomicUsize::new(0));
    let server = tokio::spawn({
        let opened = Arc::clone(&opened);
        async move {
            for kill in 1..=KILLS + 1 {
                let mut connections = tokio::task::JoinSet::new();
                // Every client is served, then everything is gone at once.
                while opened.load(Ordering::SeqCst) < CLIENTS * kill {
                    tokio::select! {
                        accepted = listener.accept() => {
                            let (stream, _) = accepted.unwrap();
                            connections.spawn(serve(stream, Behaviour::default()));
                        }
                        () = tokio::time::sleep(std::time::Duration::from_millis(5)) => {}
                    }
                }
                connections.shutdown().await;
            }
        }
    });
    let mut clients = tokio::task::JoinSet::new();
    for _ in 0..CLIENTS {
        let mut options = Options::to([address.clone()]);
        options.settings.timings.pause_after_loss = std::time::Duration::from_millis(10);
        options.settings.timings.max_pause = std::time::Duration::from_millis(50);
        let opened = Arc::clone(&opened);
        clients.spawn(async move {
            let (_client, mut events) = start(options, &open()).unwrap();
            for session in 1..=KILLS as u64 + 1 {
                let event = until(&mut events, |event| matches!(event, Event::Opened { .. })).await;
                assert!(matches!(event, Event::Opened { generation, .. } if generation == session));
                opened.fetch_add(1, Ordering::SeqCst);
                until(&mut events, |event| matches!(event, Event::Lost { .. })).await;
            }
        });
    }
    while let Some(client) = clients.join_next().await {
        client.unwrap();
    }
    server.await.unwrap();
}
