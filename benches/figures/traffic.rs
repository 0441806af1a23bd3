//! What session and model cost on top of decoding: a few seconds of a simulated centre's calls, as one
//! client in bridge mode gets them. Each figure is for all messages of them.
//!
//! `decode_traffic` decodes in place and reads nothing, the least that anybody can do; `visit_traffic`
//! reads each value too, as a program would that makes something of all messages.
use std::hint::black_box;
use std::time::Duration;

use bytes::Bytes;
use cti_codec::ccx::model::{Model, View};
use cti_codec::ccx::session::{Client, Event, Settings};
use cti_codec::ccx::simulator::{Plan, Simulator};
use cti_codec::ccx::{Frame, FrameDecoder, OpenReq, Received};

use super::{Figure, Values, figure};
use crate::frames::VERSION;

fn client() -> Client {
    let settings = Settings {
        configuration: false,
        teams: false,
        ..Settings::default()
    };
    let mut client = Client::new(settings, &OpenReq::bridge_mode()).expect("may be opened");
    client.start(Duration::ZERO);
    assert!(client.poll_action().is_some(), "wants to connect");
    client.handle_connected(Duration::ZERO);
    client
}

/// The frames to a client, of which the first opens its session.
fn frames() -> Vec<Bytes> {
    let mut plan = Plan {
        calls_per_second: 20.0,
        ..Plan::default()
    };
    plan.pace.talk = Duration::from_millis(800);
    plan.pace.answer = Duration::from_millis(100);
    plan.pace.work = Duration::from_millis(100);
    let mut simulator = Simulator::new(plan);
    let connection = simulator.connected(Duration::ZERO);
    let mut client = client();
    while let Some(bytes) = client.poll_transmit() {
        simulator.handle_input(Duration::ZERO, connection, &bytes);
    }
    let mut decoder = FrameDecoder::new();
    for step in 0..600 {
        let now = Duration::from_millis(10 * step);
        simulator.handle_timeout(now);
        while let Some(bytes) = simulator.poll_transmit(now, connection) {
            decoder.feed(&bytes);
        }
    }
    std::iter::from_fn(|| decoder.next_frame().expect("a frame"))
        .map(Frame::into_bytes)
        .collect()
}

/// Decoding alone, with a model behind it, and with session and model.
pub fn all() -> [Figure; 4] {
    let frames = frames();
    assert!(frames.len() > 300, "only {} messages", frames.len());
    let decoded: Vec<_> = (frames.iter())
        .map(|bytes| Frame::new(bytes.clone()).expect("a frame"))
        .collect();
    let (visited, modelled) = (decoded.clone(), decoded.clone());
    [
        figure("decode", "traffic", move |times| {
            for _ in 0..times {
                for frame in &decoded {
                    black_box(frame.decode_with(VERSION, |message| {
                        black_box(message.message_type());
                    }))
                    .expect("decodes");
                }
            }
        }),
        figure("visit", "traffic", move |times| {
            for _ in 0..times {
                for frame in &visited {
                    frame
                        .decode_with(VERSION, |message| message.visit(&mut Values))
                        .expect("decodes");
                }
            }
        }),
        figure("model", "traffic", move |times| {
            for _ in 0..times {
                let mut model = Model::new(View::Bridge);
                let mut changes = Vec::new();
                for frame in &modelled {
                    changes.clear();
                    frame
                        .decode_with(VERSION, |message| {
                            model.received_into(Duration::ZERO, message, &mut changes);
                        })
                        .expect("decodes");
                    black_box(&changes);
                }
                black_box(model);
            }
        }),
        figure("session", "traffic", move |times| {
            for _ in 0..times {
                let mut client = client();
                let mut model = Model::new(View::Bridge);
                let mut changes = Vec::new();
                let mut messages = 0;
                for bytes in &frames {
                    client.handle_input(Duration::ZERO, black_box(bytes));
                    while let Some(event) = client.poll_event() {
                        let Event::Message(received) = event else {
                            continue;
                        };
                        changes.clear();
                        let Received { frame, version } = &received;
                        frame
                            .decode_with(*version, |message| {
                                model.received_into(Duration::ZERO, message, &mut changes);
                            })
                            .expect("decodes");
                        black_box(&changes);
                        messages += 1;
                    }
                }
                assert_eq!(messages + 1, frames.len(), "all but OPEN_CONF");
                black_box((client, model));
            }
        }),
    ]
}
