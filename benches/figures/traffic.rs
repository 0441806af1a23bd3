//! What session and model cost on top of decoding: a few seconds of a simulated centre's calls, as one
//! client in bridge mode gets them. Each figure is for all messages of a sample.
use std::hint::black_box;
use std::time::Duration;

use bytes::Bytes;
use cti_codec::ccx::model::{Model, View};
use cti_codec::ccx::session::{Client, Event, Settings};
use cti_codec::ccx::simulator::{Plan, Simulator};
use cti_codec::ccx::{Frame, FrameDecoder, MessageType, OpenReq, Received};

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

/// Messages, and the models that they come to.
struct Sample {
    name: &'static str,
    frames: Vec<Bytes>,
    /// One for each message; without, all messages come to the same one, which is new.
    models: Vec<Model>,
}

impl Sample {
    fn new(name: &'static str, frames: Vec<Bytes>) -> Self {
        Self {
            name,
            frames,
            models: Vec::new(),
        }
    }

    fn decoded(&self) -> Vec<Frame> {
        let frames = self.frames.iter().cloned();
        frames
            .map(|bytes| Frame::new(bytes).expect("a frame"))
            .collect()
    }

    /// Decoding in place: the least that anybody can do.
    fn decode(&self) -> Figure {
        let frames = self.decoded();
        figure("decode", self.name, move |times| {
            for _ in 0..times {
                for frame in &frames {
                    black_box(frame.decode_with(VERSION, |message| {
                        black_box(message.message_type());
                    }))
                    .expect("decodes");
                }
            }
        })
    }

    /// Decoding, and reading each value, as a program would that makes something of all messages.
    fn visit(&self) -> Figure {
        let frames = self.decoded();
        figure("visit", self.name, move |times| {
            for _ in 0..times {
                for frame in &frames {
                    frame
                        .decode_with(VERSION, |message| message.visit(&mut Values))
                        .expect("decodes");
                }
            }
        })
    }

    /// Decoding, with a model behind it.
    fn model(&self) -> Figure {
        let (frames, mut models) = (self.decoded(), self.models.clone());
        figure("model", self.name, move |times| {
            for _ in 0..times {
                let mut one = Model::new(View::Bridge);
                let mut changes = Vec::new();
                for (place, frame) in frames.iter().enumerate() {
                    let model = models.get_mut(place).unwrap_or(&mut one);
                    changes.clear();
                    frame
                        .decode_with(VERSION, |message| {
                            model.received_into(Duration::ZERO, message, &mut changes);
                        })
                        .expect("decodes");
                    black_box(&changes);
                }
                black_box(one);
            }
        })
    }

    /// Through a session and a model, each frame by itself.
    fn session(&self, open_conf: &Bytes) -> Figure {
        let (frames, mut models) = (self.frames.clone(), self.models.clone());
        let mut client = client();
        client.handle_input(Duration::ZERO, open_conf);
        while client.poll_event().is_some() {}
        figure("session", self.name, move |times| {
            for _ in 0..times {
                let mut one = Model::new(View::Bridge);
                let mut changes = Vec::new();
                let mut messages = 0;
                for (place, bytes) in frames.iter().enumerate() {
                    client.handle_input(Duration::ZERO, black_box(bytes));
                    while let Some(event) = client.poll_event() {
                        let Event::Message(Received { frame, version }) = event else {
                            continue;
                        };
                        let model = models.get_mut(place).unwrap_or(&mut one);
                        changes.clear();
                        frame
                            .decode_with(version, |message| {
                                model.received_into(Duration::ZERO, message, &mut changes);
                            })
                            .expect("decodes");
                        black_box(&changes);
                        messages += 1;
                    }
                }
                assert_eq!(messages, frames.len());
                black_box(one);
            }
        })
    }
}

fn message_type(bytes: &Bytes) -> MessageType {
    Frame::new(bytes.clone()).expect("a frame").message_type()
}

/// Messages that change nothing when they come once more, each with the model that it has come to.
fn quiet(frames: &[Bytes]) -> Sample {
    let mut sample = Sample::new("quiet_traffic", Vec::new());
    let mut model = Model::new(View::Bridge);
    for bytes in frames {
        let frame = Frame::new(bytes.clone()).expect("a frame");
        let message = frame.decode(VERSION).expect("decodes");
        model.received(Duration::ZERO, &message);
        // Each model is a whole centre, so that a few hundred will do.
        if sample.frames.len() < 300 && model.clone().received(Duration::ZERO, &message).is_empty()
        {
            sample.frames.push(bytes.clone());
            sample.models.push(model.clone());
        }
    }
    assert_eq!(sample.frames.len(), 300);
    sample
}

/// All messages of the centre, only those about agents, only those about calls, and those that change
/// nothing when they come again.
fn samples(frames: Vec<Bytes>) -> [Sample; 4] {
    assert!(frames.len() > 300, "only {} messages", frames.len());
    let quiet = quiet(&frames);
    let is_agent = |bytes: &Bytes| message_type(bytes) == MessageType::AGENT_STATE_EVENT;
    let (agents, calls) = frames.iter().cloned().partition(is_agent);
    [
        Sample::new("traffic", frames),
        Sample::new("agent_traffic", agents),
        Sample::new("call_traffic", calls),
        quiet,
    ]
}

pub fn all() -> Vec<Figure> {
    let mut frames = frames();
    let open_conf = frames.remove(0);
    let figures = samples(frames);
    let figures = figures.iter().map(|sample| {
        [
            sample.decode(),
            sample.visit(),
            sample.model(),
            sample.session(&open_conf),
        ]
    });
    figures.flatten().collect()
}
