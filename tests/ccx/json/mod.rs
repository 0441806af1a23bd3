//! Messages as JSON and back: the same bytes, and errors that say what is wrong.

mod built;
mod elements;
mod refused;
mod samples;
mod spoilt;
mod streams;
mod tables;

use bytes::BytesMut;
use cti_codec::ccx::json::{self, JsonError, MalformedKind, Object, Packed};
use cti_codec::ccx::layout::{FieldRow, FixedRow, FloatingRow, Kind, Layout, Reserved, ValueTable};
use cti_codec::ccx::{
    AgentState, AgentStateCsq, AgentStateEvent, Body as _, ConfigRequestEvent, ConfigTerminalEvent,
    Fault, FieldName, Frame, LAYOUTS, Message, MessageType, NamedVariable, OpenReq, RecordType,
    Repeated, SetCallDataReq, TerminalInstrument, TerminalRecord, Version,
};
use proptest::collection::vec;
use proptest::prelude::*;
use proptest::sample::select;
use proptest::test_runner::{Config, RngAlgorithm, TestRng, TestRunner};
use serde_json::{Value, json};
use tables::{Item, each_message, put};

/// The guide's trace frame.
const BEGIN_CALL: &str = "00000036 00000017 00000000 00000001 0015 0000 0000 0000 0001 0000 \
    01000110 0000 0805 32303036 00 0B05 37303030 00 1905 39303236 00 0A05 37303030 00";

fn bytes(hex: &str) -> Vec<u8> {
    let digits: String = hex.split_whitespace().collect();
    (0..digits.len() / 2)
        .map(|at| u8::from_str_radix(&digits[2 * at..2 * at + 2], 16).unwrap())
        .collect()
}

fn frame(id: u32, body: &[u8]) -> Vec<u8> {
    let mut frame = (body.len() as u32).to_be_bytes().to_vec();
    frame.extend(id.to_be_bytes());
    frame.extend(body);
    frame
}

fn to_json(frame: &[u8], version: Version) -> Value {
    let frame = Frame::new(frame).unwrap();
    let message = frame.decode(version).unwrap();
    let text = serde_json::to_string(&Object {
        length: frame.body().len(),
        message,
    })
    .unwrap();
    serde_json::from_str(&text).unwrap()
}

fn read(value: &Value, version: Version) -> Result<(Packed, Vec<u8>), JsonError> {
    let mut out = BytesMut::from("before".as_bytes());
    let result = json::read(value, version, &mut out);
    let appended = out
        .strip_prefix(b"before")
        .expect("what was there stays")
        .to_vec();
    match result {
        Ok(packed) => Ok((packed, appended)),
        Err(error) => {
            assert!(appended.is_empty(), "nothing is appended on error");
            Err(error)
        }
    }
}

/// There and back; what strict encoding refuses of the frame.
#[track_caller]
fn comes_back(frame: &[u8], version: Version) -> (Value, Option<Fault>) {
    let object = to_json(frame, version);
    let (packed, back) = read(&object, version).unwrap_or_else(|e| panic!("{e}: {object}"));
    assert_eq!(back, frame, "{object}");
    let Packed::AsReceived(refusal) = packed else {
        panic!("{packed:?}: {object}");
    };
    (object, refusal.map(|refusal| refusal.kind))
}

#[track_caller]
fn refused(object: &Value, text: &str) {
    let error = read(object, Version::V14).unwrap_err();
    assert_eq!(error.to_string(), text, "{object}");
    let error = json::read_strict(object, Version::V14, &mut BytesMut::new()).unwrap_err();
    assert_eq!(error.to_string(), text, "strict {object}");
}
