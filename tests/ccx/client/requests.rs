//! Requests and events.

use std::time::Duration;

use cti_codec::ccx::client::{RequestFailure, SlowReader};
use cti_codec::ccx::session::{Event, RequestError, Unanswered};
use cti_codec::ccx::{Message, QueryAgentStateReq, StatusCode};
use tokio::time::Instant;

use super::{Behaviour, alike, in_memory, options, until};

fn query(agent: &str) -> QueryAgentStateReq<'_> {
    QueryAgentStateReq {
        agent_id: Some(agent.into()),
        ..Default::default()
    }
}

#[tokio::test(start_paused = true)]
async fn a_request_gives_its_confirmation_or_says_which_failure() {
    let (client, _events) = alike(Behaviour::default());
    assert_eq!(
        client.request(&query("jdoe")).await.unwrap_err(),
        RequestFailure::NotSent(RequestError::NotOpen)
    );
    client.opened().await.unwrap();
    let answer = client.request(&query("jdoe")).await.unwrap();
    assert_eq!(answer.get().agent_id, Some("jdoe".into()));

    let refused = client.request(&query("nobody")).await.unwrap_err();
    assert_eq!(refused.to_string(), "refused: E_CTI_INVALID_AGENT_DATA");
    let RequestFailure::Refused(answer) = refused else {
        panic!("{refused}")
    };
    let Ok(Message::FailureConf(failure)) = answer.message() else {
        panic!()
    };
    assert_eq!(failure.status, StatusCode::INVALID_AGENT_DATA);
    assert_eq!(failure.text, Some("who?".into()));
}

#[tokio::test(start_paused = true)]
async fn a_request_without_an_answer_ends_in_time() {
    let (client, _events) = alike(Behaviour {
        silent: true,
        ..Default::default()
    });
    client.opened().await.unwrap();
    let start = Instant::now();
    let timed_out = RequestFailure::Unanswered(Unanswered::TimedOut);
    assert_eq!(client.request(&query("jdoe")).await.unwrap_err(), timed_out);
    assert_eq!(start.elapsed().as_secs(), 20);
    let limit = Duration::from_secs(3);
    let error = client.request_within(&query("jdoe"), limit).await;
    assert_eq!(error.unwrap_err(), timed_out);
    assert_eq!(start.elapsed().as_secs(), 23);
}

#[tokio::test(start_paused = true)]
async fn a_dropped_request_frees_its_place() {
    let mut options = options(1);
    options.settings.window = 2;
    let silent = Behaviour {
        silent: true,
        ..Default::default()
    };
    let (client, _events, _) = in_memory(options, Box::new(move |_, _| Some(silent.clone())));
    client.opened().await.unwrap();
    for _ in 0..100 {
        let request = query("jdoe");
        let short = Duration::from_millis(1);
        assert!(
            tokio::time::timeout(short, client.request(&request))
                .await
                .is_err()
        );
        assert_eq!(
            client.session(cti_codec::ccx::session::Client::outstanding),
            0
        );
    }
    // The limit itself holds.
    let (one, two, three) = (query("a"), query("b"), query("c"));
    let (one, two, three) = tokio::join!(
        client.request(&one),
        client.request(&two),
        client.request(&three)
    );
    assert!(one.is_err() && two.is_err());
    assert_eq!(
        three.unwrap_err(),
        RequestFailure::NotSent(RequestError::WindowFull)
    );
}

#[tokio::test(start_paused = true)]
async fn a_lost_connection_ends_requests_at_once() {
    let (client, mut events) = alike(Behaviour {
        drops: true,
        ..Default::default()
    });
    client.opened().await.unwrap();
    let lost = client.request(&query("jdoe")).await.unwrap_err();
    assert_eq!(lost, RequestFailure::Unanswered(Unanswered::SessionLost));
    until(&mut events, |event| matches!(event, Event::Lost { .. })).await;
    // And the next session comes by itself.
    client.opened().await.unwrap();
    until(&mut events, |event| {
        matches!(event, Event::Opened { generation: 2, .. })
    })
    .await;
}

#[tokio::test(start_paused = true)]
async fn who_does_not_fetch_events_misses_messages_and_sees_how_many() {
    let mut options = options(1);
    options.events = 10;
    let chatty = Behaviour {
        events: 500,
        ..Default::default()
    };
    let (client, mut events, _) = in_memory(options, Box::new(move |_, _| Some(chatty.clone())));
    client.opened().await.unwrap();
    for _ in 0..4 {
        // Nobody fetches, and answers come all the same.
        client.request(&query("jdoe")).await.unwrap();
    }
    client.close().await;
    let (mut messages, mut missed, mut closed) = (0, 0, false);
    while let Some(event) = events.next().await {
        match event {
            Event::Message(_) => messages += 1,
            Event::Missed { events } => missed += events,
            Event::Closed => closed = true,
            _ => {}
        }
    }
    assert_eq!(messages + missed, 2000);
    assert!(messages < 20 && closed);
}

#[tokio::test(start_paused = true)]
async fn a_reader_that_is_waited_for_misses_nothing() {
    let mut options = options(1);
    options.events = 10;
    options.settings.max_events = 10;
    options.slow_reader = SlowReader::Waits;
    let chatty = Behaviour {
        events: 500,
        ..Default::default()
    };
    let (client, mut events, _) = in_memory(options, Box::new(move |_, _| Some(chatty.clone())));
    client.opened().await.unwrap();
    let reader = tokio::spawn(async move {
        let mut next = 0;
        while let Some(event) = events.next().await {
            tokio::time::sleep(Duration::from_millis(1)).await;
            match event {
                Event::Message(received) => {
                    let Ok(Message::CallHeldEvent(held)) = received.message() else {
                        panic!()
                    };
                    assert_eq!(held.call_id, next % 500);
                    next += 1;
                }
                Event::Missed { .. } | Event::Lost { .. } => panic!("{event:?}"),
                _ => {}
            }
        }
        next
    });
    for _ in 0..4 {
        client.request(&query("jdoe")).await.unwrap();
    }
    client.close().await;
    assert_eq!(reader.await.unwrap(), 2000);
}
