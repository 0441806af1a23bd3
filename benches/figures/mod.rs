//! What is measured, in time and in instructions: each figure does one thing so many times.
use std::hint::black_box;

use bytes::BytesMut;
use cti_codec::ccx::layout::{FieldRow, FixedRow, GroupRow};
use cti_codec::ccx::*;

use crate::attached;
use crate::frames::{self, VERSION, bare_walk};

#[cfg(feature = "simulator")]
mod traffic;

/// A figure: its name, and what does it so many times.
pub struct Figure {
    pub name: String,
    pub run: Box<dyn FnMut(u32)>,
}

fn figure(kind: &str, sample: &str, run: impl FnMut(u32) + 'static) -> Figure {
    Figure {
        name: format!("{kind}_{sample}"),
        run: Box::new(run),
    }
}

/// Bytes that live as long as the program, for what borrows from them.
fn kept(bytes: Vec<u8>) -> &'static [u8] {
    bytes.leak()
}

fn slot() -> Message<'static> {
    Message::empty(MessageType(0))
}

fn framed(bytes: &'static [u8]) -> &'static Frame<&'static [u8]> {
    Box::leak(Box::new(Frame::new(bytes).expect("a frame")))
}

fn message(bytes: &'static [u8]) -> Message<'static> {
    framed(bytes).into_message(VERSION).expect("a message")
}

/// The least that a decoder can do.
fn walk(sample: &str, bytes: &'static [u8]) -> Figure {
    figure("walk", sample, move |times| {
        for _ in 0..times {
            black_box(bare_walk(black_box(bytes)));
        }
    })
}

/// Decoding into a message that is there.
fn decode(sample: &str, bytes: &'static [u8]) -> Figure {
    let frame = framed(bytes);
    let mut message = slot();
    figure("decode", sample, move |times| {
        for _ in 0..times {
            let frame = black_box(frame);
            frame.decode_into(&mut message, VERSION).expect("decodes");
            black_box(&message);
        }
    })
}

/// Decoding as everybody would first do it, with a match.
#[inline(always)]
fn decode_and_match(frame: &Frame<&'static [u8]>) -> Result<(), DecodeError> {
    match frame.decode(VERSION)? {
        Message::BeginCallEvent(event) => {
            black_box(&event);
        }
        Message::CallDeliveredEvent(event) => {
            black_box(&event);
        }
        Message::HeartbeatConf(heartbeat) => {
            black_box(&heartbeat);
        }
        other => {
            black_box(other.message_type());
        }
    }
    Ok(())
}

fn value(sample: &str, bytes: &'static [u8]) -> Figure {
    let frame = framed(bytes);
    figure("value", sample, move |times| {
        for _ in 0..times {
            decode_and_match(black_box(frame)).expect("decodes");
        }
    })
}

/// The same without moving the message.
#[inline(always)]
fn decode_with_match(frame: &Frame<&'static [u8]>) -> Result<(), DecodeError> {
    frame.decode_with(VERSION, |message| match message {
        Message::BeginCallEvent(event) => {
            black_box(event);
        }
        Message::CallDeliveredEvent(event) => {
            black_box(event);
        }
        Message::HeartbeatConf(heartbeat) => {
            black_box(heartbeat);
        }
        other => {
            black_box(other.message_type());
        }
    })
}

fn with(sample: &str, bytes: &'static [u8]) -> Figure {
    let frame = framed(bytes);
    figure("with", sample, move |times| {
        for _ in 0..times {
            decode_with_match(black_box(frame)).expect("decodes");
        }
    })
}

/// One field by its id. No frame has it, so that the whole is walked.
fn one_field(sample: &str, bytes: &'static [u8]) -> Figure {
    let frame = framed(bytes);
    figure("field", sample, move |times| {
        for _ in 0..times {
            let fields = black_box(frame).floating_fields(VERSION);
            black_box(fields.get(black_box(0x80)));
        }
    })
}

/// The least that an encoder can do.
fn tight(sample: &str, bytes: &'static [u8]) -> Figure {
    let (head, fields) = frames::parts(bytes);
    let mut out = vec![0; bytes.len()];
    let size = frames::tight(&mut out, head, &fields);
    assert!(
        size == Some(bytes.len()) && out == bytes,
        "the baseline writes the same bytes"
    );
    figure("tight", sample, move |times| {
        for _ in 0..times {
            let out = black_box(out.as_mut_slice());
            black_box(frames::tight(out, black_box(head), black_box(&fields)));
        }
    })
}

fn encoded(
    kind: &str,
    sample: &str,
    message: Message<'static>,
    encode: impl Fn(&Message<'_>, &mut BytesMut) -> Result<(), EncodeError> + 'static,
) -> Figure {
    let mut out = BytesMut::with_capacity(8192);
    figure(kind, sample, move |times| {
        for _ in 0..times {
            out.clear();
            encode(black_box(&message), &mut out).expect("encodes");
            black_box(&out);
        }
    })
}

/// Encoding what a program has built.
fn built(sample: &str, message: Message<'static>) -> Figure {
    encoded("built", sample, message, |message, out| {
        message.encode(VERSION, out)
    })
}

/// The same into a slice.
fn slice(sample: &str, message: Message<'static>) -> Figure {
    let mut out = vec![0; 8192];
    figure("slice", sample, move |times| {
        for _ in 0..times {
            let size = black_box(&message).encode_to_slice(VERSION, black_box(&mut out));
            black_box(size).expect("encodes");
        }
    })
}

/// Encoding what has been received, by the guide's rules.
fn encode(sample: &str, bytes: &'static [u8]) -> Figure {
    encoded("encode", sample, message(bytes), |message, out| {
        message.encode(VERSION, out)
    })
}

/// The same as it came.
fn forward(sample: &str, bytes: &'static [u8]) -> Figure {
    encoded("forward", sample, message(bytes), |message, out| {
        message.encode_as_received(VERSION, out)
    })
}

/// Takes every value, and keeps nothing.
struct Values;

impl<'a> Visitor<'a> for Values {
    fn fixed(&mut self, row: &'static FixedRow, value: Value<'_>) {
        black_box(row);
        // Lent: a copy of it would be this program's, and not visiting.
        black_box(&value);
    }
    fn field(&mut self, row: &'static FieldRow, value: Value<'a>) {
        black_box(row);
        black_box(&value);
    }
    fn list(&mut self, row: &'static GroupRow, list: List<'_, 'a>) {
        black_box(row);
        list.each(|element| element.visit(self));
    }
    fn unlisted(&mut self, fields: Unlisted<'a>) {
        for field in &fields {
            black_box(field);
        }
    }
}

/// Decoding, and going through all values.
fn visit(sample: &str, bytes: &'static [u8]) -> Figure {
    let frame = framed(bytes);
    let mut message = slot();
    figure("visit", sample, move |times| {
        for _ in 0..times {
            let frame = black_box(frame);
            frame.decode_into(&mut message, VERSION).expect("decodes");
            message.visit(&mut Values);
        }
    })
}

fn check(sample: &str, bytes: &'static [u8]) -> Figure {
    let frame = framed(bytes);
    figure("check", sample, move |times| {
        for _ in 0..times {
            black_box(black_box(frame).check(VERSION));
        }
    })
}

/// A decoded message to JSON text.
fn write_json(sample: &str, bytes: &'static [u8]) -> Figure {
    let message = message(bytes);
    let mut out = Vec::with_capacity(64 * 1024);
    figure("write_json", sample, move |times| {
        for _ in 0..times {
            out.clear();
            serde_json::to_writer(&mut out, black_box(&message)).expect("is written");
            black_box(&out);
        }
    })
}

/// JSON text to a frame.
fn read_json(sample: &str, bytes: &'static [u8]) -> Figure {
    let text = serde_json::to_vec(&message(bytes)).expect("is written");
    let mut out = BytesMut::with_capacity(8192);
    figure("read_json", sample, move |times| {
        for _ in 0..times {
            out.clear();
            let object: json::Document = serde_json::from_slice(black_box(&text)).expect("is JSON");
            object.pack(VERSION, &mut out).expect("is a message");
            black_box(&out);
        }
    })
}

/// Cuts a stream into frames that own their bytes, or only borrow them.
fn cut(name: &str, messages: usize, owned: bool) -> Figure {
    let bytes = frames::stream(messages);
    let mut decoder = FrameDecoder::new();
    figure(name, &messages.to_string(), move |times| {
        for _ in 0..times {
            decoder.feed(&bytes);
            if owned {
                while let Some(frame) = decoder.next_frame().expect("a frame") {
                    black_box(frame);
                }
            } else {
                while let Some(frame) = decoder.next_borrowed().expect("a frame") {
                    black_box(frame.message_type());
                }
            }
        }
    })
}

/// The least that cutting a stream can do.
fn headers(messages: usize) -> Figure {
    let bytes = frames::stream(messages);
    figure("headers", &messages.to_string(), move |times| {
        for _ in 0..times {
            black_box(frames::header_reads(black_box(&bytes)));
        }
    })
}

/// All of them, in the order of the baseline.
pub fn all() -> Vec<Figure> {
    let begin_call_4 = kept(frames::BEGIN_CALL_4.to_vec());
    let delivered_14 = kept(frames::delivered_14());
    let delivered_30 = kept(frames::delivered_30());
    let agent_state_20 = kept(frames::agent_state_20());
    let agent_state_30 = kept(frames::agent_state(30));
    let config_agent_10 = kept(frames::config_agent_10());
    let config_device_10 = kept(frames::config_device_10());
    let set_call_data_16 = kept(frames::set_call_data_16());
    let heartbeat_conf = kept(frames::heartbeat_conf());
    let calls = [
        ("begin_call_4", begin_call_4),
        ("delivered_14", delivered_14),
        ("delivered_30", delivered_30),
    ];
    let lists = [
        ("agent_state_20", agent_state_20),
        ("agent_state_30", agent_state_30),
        ("config_agent_10", config_agent_10),
        ("config_device_10", config_device_10),
        ("set_call_data_16", set_call_data_16),
    ];
    let attached = attached::preview_record().view().pack().expect("packs");
    let attached = kept(attached);

    let mut figures = Vec::new();
    for (sample, bytes) in calls {
        figures.extend([
            walk(sample, bytes),
            decode(sample, bytes),
            value(sample, bytes),
            with(sample, bytes),
            one_field(sample, bytes),
            visit(sample, bytes),
            check(sample, bytes),
            tight(sample, bytes),
            encode(sample, bytes),
            forward(sample, bytes),
            write_json(sample, bytes),
            read_json(sample, bytes),
        ]);
    }
    for (sample, bytes) in lists {
        figures.extend([
            walk(sample, bytes),
            decode(sample, bytes),
            visit(sample, bytes),
            check(sample, bytes),
            tight(sample, bytes),
            encode(sample, bytes),
            forward(sample, bytes),
            write_json(sample, bytes),
            read_json(sample, bytes),
        ]);
    }
    for (sample, message) in frames::built() {
        figures.push(built(sample, message));
        figures.push(slice(sample, message));
    }
    figures.extend([
        decode("heartbeat_conf", heartbeat_conf),
        value("heartbeat_conf", heartbeat_conf),
        with("heartbeat_conf", heartbeat_conf),
        encode("heartbeat_conf", heartbeat_conf),
        figure("walk", "attached_20", move |times| {
            for _ in 0..times {
                black_box(attached::bare_walk(black_box(attached)));
            }
        }),
        figure("look_up", "attached_20", move |times| {
            for _ in 0..times {
                black_box(attached::unpack_3_lookups(black_box(attached)));
            }
        }),
        headers(1000),
        cut("frames", 1000, true),
        cut("borrowed", 1000, false),
    ]);
    #[cfg(feature = "simulator")]
    figures.extend(traffic::all());
    figures
}
