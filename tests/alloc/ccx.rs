//! What does not allocate: decoding, going through lists and fields, encoding into room that is
//! there. Shown by an allocator that counts.

use bytes::BytesMut;
use cti_codec::ccx::json::Object;
use cti_codec::ccx::layout::{FieldRow, FixedRow, GroupRow};
use cti_codec::ccx::{
    Frame, FrameDecoder, List, Message, MessageType, Unlisted, Value, Version, Visitor,
};
use oracles::ccx::{Style, Tree, frame};
use std::hint::black_box;

use crate::counting::allocations;
use crate::samples::for_all;

#[track_caller]
fn none<T>(tree: &Tree, what: &str, work: impl FnOnce() -> T) -> T {
    let (result, allocations, bytes) = allocations(work);
    assert_eq!(
        allocations, 0,
        "{what} of {} in version {} allocates {bytes} bytes",
        tree.layout.name, tree.version
    );
    result
}

#[test]
fn the_counter_counts() {
    let (vec, count, bytes) = allocations(|| black_box(vec![1_u8; 1000]));
    assert_eq!((count, bytes), (1, 1000));
    assert_eq!(vec.len(), 1000);
    let ((), count, _) = allocations(|| ());
    assert_eq!(count, 0);
}

/// Sees everything and keeps only how much it was.
#[derive(Default)]
struct Counts {
    fields: usize,
    elements: usize,
}

impl<'a> Visitor<'a> for Counts {
    fn fixed(&mut self, row: &'static FixedRow, value: Value<'_>) {
        black_box((row, value));
        self.fields += 1;
    }
    fn field(&mut self, row: &'static FieldRow, value: Value<'a>) {
        black_box((row, value));
        self.fields += 1;
    }
    fn implied_fixed(&mut self, row: &'static FixedRow, value: Value<'_>) {
        self.fixed(row, value);
    }
    fn implied(&mut self, row: &'static FieldRow, value: Value<'a>) {
        self.field(row, value);
    }
    fn list(&mut self, row: &'static GroupRow, list: List<'_, 'a>) {
        black_box(row);
        list.each(|element| {
            self.elements += 1;
            element.visit(self);
        });
    }
    fn unlisted(&mut self, fields: Unlisted<'a>) {
        self.fields += fields.iter().map(black_box).count();
    }
}

#[test]
fn decoding_going_through_and_encoding_do_not_allocate() {
    let (mut fields, mut elements) = (0, 0);
    for style in [Style::Lawful, Style::Wild] {
        for_all(style, 4, |tree| {
            let bytes = tree.frame();
            let frame = none(tree, "a frame", || Frame::new(bytes.as_slice())).unwrap();
            let message = none(tree, "decoding", || frame.decode(tree.version)).unwrap();
            let copy = none(tree, "copying", || black_box(message));
            assert!(none(tree, "comparing", || copy == message));

            let mut counts = Counts::default();
            none(tree, "visiting", || message.visit(&mut counts));
            fields += counts.fields;
            elements += counts.elements;

            none(tree, "the raw view", || {
                frame.floating_fields(tree.version).for_each(|field| {
                    black_box(field.unwrap());
                });
                black_box(frame.floating_fields(tree.version).get(0xffff));
                black_box(frame.invoke_id());
            });

            let mut out = BytesMut::with_capacity(bytes.len());
            none(tree, "encoding as received", || {
                message.encode_as_received(tree.version, &mut out)
            })
            .unwrap();
            assert_eq!(out, bytes);
            if style == Style::Lawful {
                out.clear();
                none(tree, "encoding", || message.encode(tree.version, &mut out)).unwrap();
                let mut slice = vec![0; bytes.len()];
                none(tree, "encoding into a slice", || {
                    message.encode_to_slice(tree.version, &mut slice)
                })
                .unwrap();
                assert_eq!(slice, bytes);
            }
        });
    }
    assert!(
        fields > 50_000 && elements > 5_000,
        "{fields} fields, {elements} elements"
    );
}

#[test]
fn checking_does_not_allocate_where_nothing_is_wrong() {
    let (mut clean, mut others) = (0, 0);
    for_all(Style::Lawful, 4, |tree| {
        let bytes = tree.frame();
        let frame = Frame::new(bytes.as_slice()).unwrap();
        if frame.check(tree.version).is_empty() {
            // Many elements of a list with a limit may lie apart, which takes a closer look.
            let (_, allocations, _) = allocations(|| frame.check(tree.version));
            clean += usize::from(allocations == 0);
            others += usize::from(allocations != 0);
        }
    });
    assert!(
        clean > 500 && others < clean / 100,
        "{clean}, {others} others"
    );
}

/// JSON goes to its writer as the message is walked, and it is known without reading it whether it
/// comes back.
#[test]
fn json_is_written_without_allocating() {
    let mut room = vec![0; 1 << 20];
    let mut written = 0;
    for style in [Style::Lawful, Style::Wild] {
        for_all(style, 4, |tree| {
            let body = tree.body();
            let message_type = MessageType(tree.layout.message_type);
            let message = Message::decode_body(message_type, &body, tree.version).unwrap();
            let length = body.len();
            let object = Object { length, message };
            let left = none(tree, "JSON as received", || {
                let mut out = room.as_mut_slice();
                serde_json::to_writer(&mut out, &object).unwrap();
                out.len()
            });
            written += room.len() - left;
            let text = serde_json::to_vec(&object).unwrap();
            assert_eq!(room[..room.len() - left], text);
            none(tree, "JSON of a message", || {
                serde_json::to_writer(room.as_mut_slice(), &message).unwrap();
            });
            assert!(none(tree, "coming back", || object.comes_back(tree.version)));
        });
    }
    assert!(written > 1_000_000, "{written}");
}

/// An error is a small value too.
#[test]
fn errors_do_not_allocate() {
    for_all(Style::Lawful, 2, |tree| {
        let body = tree.body();
        let message_type = MessageType(tree.layout.message_type);
        for length in [0, 1, body.len() / 2, body.len().saturating_sub(1)] {
            let cut = &body[..length.min(body.len())];
            let result = none(tree, "a cut message", || {
                Message::decode_body(message_type, cut, tree.version).map(|_| ())
            });
            black_box(result).ok();
        }
        // Nothing required is there, most rules are broken, and the room is none.
        let empty = vec![0; tree.layout.fixed_size(tree.version)];
        let message = Message::decode_body(message_type, &empty, tree.version).unwrap();
        let mut out = BytesMut::with_capacity(1000);
        none(tree, "a refusal", || {
            black_box(message.encode(tree.version, &mut out)).ok();
            black_box(message.encode_to_slice(tree.version, &mut [])).ok();
        });
    });
}

#[test]
fn lists_are_gone_through_without_allocating() {
    for_all(Style::Wild, 3, |tree| {
        let body = tree.body();
        let message_type = MessageType(tree.layout.message_type);
        let message = Message::decode_body(message_type, &body, tree.version).unwrap();
        let count = |message: &Message<'_>| match message {
            Message::BeginCallEvent(event) => {
                event.named_variables.iter().count()
                    + event.named_arrays.len()
                    + event.cti_clients.iter().map(black_box).count()
            }
            Message::AgentStateEvent(event) => event.csqs.len() + event.unlisted.iter().count(),
            Message::ConfigAgentEvent(event) => event
                .records
                .iter()
                .map(|record| record.csqs.iter().count() + 1)
                .sum(),
            _ => 0,
        };
        black_box(none(tree, "a list", || count(&message)));
    });
}

/// A long stream costs the buffer, which is reused, and nothing for each frame once it is there.
#[test]
fn frames_are_cut_without_allocating() {
    let stream: Vec<u8> = (0..101).flat_map(|_| frame(5, &[0, 0, 0, 1])).collect();
    let mut decoder = FrameDecoder::new();
    decoder.feed(&stream);
    // The first owned one makes the buffer a shared one.
    let first = decoder.next_frame().unwrap().unwrap();
    assert_eq!(first.message_type(), MessageType::HEARTBEAT_REQ);
    let (count, allocations, _) = allocations(|| {
        let mut count = 0;
        loop {
            let Some(owned) = decoder.next_frame().unwrap() else {
                break count;
            };
            count += invoke_id(&owned);
            count += invoke_id(&decoder.next_borrowed().unwrap().unwrap());
        }
    });
    assert_eq!((count, allocations), (100, 0));
}

fn invoke_id<B: AsRef<[u8]>>(frame: &Frame<B>) -> u32 {
    match frame.decode(Version::V14) {
        Ok(Message::HeartbeatReq(heartbeat)) => heartbeat.invoke_id,
        other => panic!("{other:?}"),
    }
}
