//! Reading events of OpenScape Contact Center against `serde_json::Value` of the same bytes.
//!
//! `cd benches && cargo bench --bench openscape`. Prints one ratio per event and one for all:
//! the median over rounds in which both take turns, so that other load on the machine affects both.
#![allow(
    clippy::print_stdout,
    clippy::unwrap_used,
    clippy::expect_used,
    clippy::indexing_slicing,
    clippy::arithmetic_side_effects,
    reason = "a benchmark"
)]

use std::hint::black_box;
use std::time::{Duration, Instant};

use cti_codec::openscape::{Event, EventMessage};
use serde_json::Value;

/// The manual's examples of events, as a server would post them: without white space.
fn events() -> Vec<(String, Vec<u8>)> {
    let manual: Value = serde_json::from_str(include_str!("../tests/data/openscape.json")).unwrap();
    let mut events = Vec::new();
    for event in manual["events"].as_array().unwrap() {
        for example in event["examples"].as_array().unwrap() {
            let body = match (&example["json"], &example["repaired_json"]) {
                (Value::Null, Value::String(text)) => serde_json::from_str(text).unwrap(),
                (Value::Null, value) | (value, _) => value.clone(),
            };
            events.push((
                event["name"].as_str().unwrap().into(),
                body.to_string().into_bytes(),
            ));
        }
    }
    events
}

/// A statistics event as a site with 200 agents gets it.
fn large() -> Vec<u8> {
    let element = r#"{"userKey":3,"extension":"554181021120","presenceState":"ACTIVE","timeInPresenceState":120,"routingState":"AVAILABLE","timeInRoutingState":120,"routingStateReasonKey":0,"minUnusedCapacity":0,"maxUnusedCapacity":0,"contacts":[{"uniqueCallId":"2491535069604582","description":"","associatedQueueKey":7,"requeueCount":0,"contactType":"ROUTED_VOICE","handlingState":"CONNECTED","handlingStateReason":0,"primaryContact":true,"userHandlingTime":12,"activeContactTime":12,"timeInHandlingState":12}]}"#;
    let elements = vec![element; 200].join(",");
    format!(r#"{{"type":"EVENT","data":{{"realm":"REALTIME","type":"USER_REALTIME_EVENT","data":{{"queryId":1,"elements":[{elements}]}}}}}}"#).into_bytes()
}

fn time(times: u32, mut work: impl FnMut()) -> Duration {
    let start = Instant::now();
    for _ in 0..times {
        work();
    }
    start.elapsed()
}

/// The median ratio of reading to reading a `Value`.
fn ratio(bodies: &[&[u8]], times: u32) -> f64 {
    let event = || {
        for body in bodies {
            black_box(EventMessage::read(black_box(body)).unwrap());
        }
    };
    let value = || {
        for body in bodies {
            black_box(serde_json::from_slice::<Value>(black_box(body)).unwrap());
        }
    };
    let mut ratios: Vec<f64> = (0..41)
        .map(|_| time(times, event).as_secs_f64() / time(times, value).as_secs_f64())
        .collect();
    ratios.sort_by(f64::total_cmp);
    ratios[ratios.len() / 2]
}

fn main() {
    let events = events();
    let mut worst = (0.0, "");
    for (name, body) in &events {
        let message = EventMessage::read(body).unwrap();
        assert!(!matches!(message.event, Event::Other(_)), "{name}");
        let ratio = ratio(&[body], 200);
        println!("{ratio:5.2}  {name} ({} bytes)", body.len());
        if ratio > worst.0 {
            worst = (ratio, name);
        }
    }
    let all: Vec<&[u8]> = events.iter().map(|(_, body)| &**body).collect();
    println!(
        "{:5.2}  all {} examples together",
        ratio(&all, 10),
        all.len()
    );
    println!(
        "{:5.2}  200 agents in real time ({} bytes)",
        ratio(&[&large()], 10),
        large().len()
    );
    println!("worst: {:.2} {}; the limit is 1.2", worst.0, worst.1);
}
