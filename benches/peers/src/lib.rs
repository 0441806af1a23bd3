//! The same messages decoded by others' means, to compare with: see `benches/peers.rs`.
#![forbid(unsafe_code)]

pub mod by_binrw;
pub mod by_deku;
pub mod by_nom;
pub mod by_rusmpp;
#[path = "../../frames/mod.rs"]
pub mod frames;
pub mod owned;

use std::hint::black_box;

use cti_codec::ccx::layout::{FieldRow, FixedRow, GroupRow};
use cti_codec::ccx::{Frame, List, Message, MessageType, RawMessage, Unlisted, Value, Visitor};

use frames::VERSION;
use owned::Check;

/// Measures something again and again.
pub trait Measure {
    /// Measures one decoding: the frame, the means, and the code.
    fn figure(&mut self, sample: &str, means: &str, decode: impl FnMut());
}

/// All figures. Each decodes from the first byte of the header on, and drops what it made.
pub fn figures(measure: &mut impl Measure) {
    sample::<4>("begin_call_4", frames::BEGIN_CALL_4, measure);
    sample::<14>("delivered_14", &frames::delivered_14(), measure);
    sample::<30>("delivered_30", &frames::delivered_30(), measure);
}

/// Decodes to where a loop keeps its message, and shows it.
#[inline(always)]
fn decode_in_place(bytes: &[u8], show: impl FnOnce(&Message<'_>)) {
    let frame = Frame::new(black_box(bytes)).expect("a frame");
    let mut message = Message::Raw(RawMessage {
        message_type: MessageType(0),
        body: &[],
    });
    frame.decode_into(&mut message, VERSION).expect("a message");
    show(&message);
}

fn sample<const N: usize>(name: &str, bytes: &[u8], measure: &mut impl Measure) {
    let pdu = checked::<N>(bytes);
    measure.figure(name, "cti_codec", || {
        decode_in_place(bytes, |message| {
            black_box(message);
        });
    });
    measure.figure(name, "cti_codec_by_value", || {
        let frame = Frame::new(black_box(bytes)).expect("a frame");
        black_box(black_box(&frame).decode(VERSION)).expect("a message");
    });
    // Steps that the owning decoders always take, and cti-codec on request only: taking the list of
    // named variables apart, and checking each text as UTF-8.
    measure.figure(name, "cti_codec_every_text", || {
        decode_in_place(bytes, |message| black_box(message).visit(&mut EveryText));
    });
    measure.figure(name, "deku", || {
        black_box(&by_deku::decode(black_box(bytes)).expect("a message"));
    });
    measure.figure(name, "binrw", || {
        black_box(&by_binrw::decode(black_box(bytes)).expect("a message"));
    });
    measure.figure(name, "nom_owned", || {
        black_box(&by_nom::decode(black_box(bytes)).expect("a message"));
    });
    measure.figure(name, "rusmpp_borrowed", || {
        black_box(&by_rusmpp::decode::<N>(black_box(&pdu)).expect("a command"));
    });
}

/// Reads each text as a `str`.
struct EveryText;

impl<'a> Visitor<'a> for EveryText {
    fn fixed(&mut self, _: &'static FixedRow, _: Value<'_>) {}

    fn field(&mut self, _: &'static FieldRow, value: Value<'a>) {
        match value {
            Value::Text(text) => {
                black_box(text.to_str()).expect("UTF-8");
            }
            Value::NamedVariable(variable) => {
                black_box(variable.name.to_str()).expect("UTF-8");
                black_box(variable.value.to_str()).expect("UTF-8");
            }
            _ => {}
        }
    }

    fn list(&mut self, _: &'static GroupRow, list: List<'_, 'a>) {
        list.each(|element| element.visit(self));
    }
    fn unlisted(&mut self, _: Unlisted<'a>) {}
}

/// Decodes once by every means and compares the values with those of cti-codec. Returns the PDU that
/// rusmpp gets instead of the frame.
fn checked<const N: usize>(bytes: &[u8]) -> Vec<u8> {
    let frame = Frame::new(bytes).expect("a frame");
    let message = frame.decode(VERSION).expect("a message");
    for decoded in [
        by_deku::decode(bytes).expect("by deku"),
        by_binrw::decode(bytes).expect("by binrw"),
        by_nom::decode(bytes).expect("by nom"),
    ] {
        decoded.check(&message);
    }
    // SMPP ends the values of TLVs with no NUL.
    let values: Vec<&[u8]> = frame
        .floating_fields(VERSION)
        .map(|field| field.expect("a field").data)
        .map(|data| data.strip_suffix(&[0]).unwrap_or(data))
        .collect();
    assert_eq!(values.len(), N);
    let pdu = by_rusmpp::pdu(bytes.len(), &values);
    by_rusmpp::check::<N>(&pdu, &values);
    pdu
}
