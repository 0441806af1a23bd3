//! Small captures and the messages in them.

use bytes::BytesMut;
use cti_codec::capture::{Session, Side, Time, Writer};
use cti_codec::ccx::{Version, json};
use serde_json::Value;

use super::centre::START;

/// A message in version 14, of its JSON.
pub(crate) fn frame(text: &str) -> Vec<u8> {
    let object: Value = serde_json::from_str(text).unwrap();
    let mut frame = BytesMut::new();
    if let Err(error) = json::read(&object, Version::V14, &mut frame) {
        panic!("{error}: {text}");
    }
    frame.to_vec()
}

pub(crate) fn heartbeat(invoke_id: u32) -> Vec<u8> {
    let text = format!(r#"{{"message":"HEARTBEAT_REQ","fields":{{"InvokeID":{invoke_id}}}}}"#);
    frame(&text)
}

pub(crate) fn heartbeat_conf(invoke_id: u32) -> Vec<u8> {
    let text = format!(r#"{{"message":"HEARTBEAT_CONF","fields":{{"InvokeID":{invoke_id}}}}}"#);
    frame(&text)
}

/// A capture of sessions.
pub(crate) struct Made {
    writer: Writer,
    /// The address of the client of a session.
    address: fn(u32) -> String,
    millis: i64,
    from_start: bool,
}

impl Made {
    pub(crate) fn new() -> Self {
        Self {
            writer: Writer::new(),
            address: |number| format!("10.2.0.{number}"),
            millis: 0,
            from_start: true,
        }
    }

    /// The sessions have begun before the capture has.
    pub(crate) fn in_the_middle() -> Self {
        Self {
            from_start: false,
            ..Self::new()
        }
    }

    pub(crate) fn with_addresses(address: fn(u32) -> String) -> Self {
        Self {
            address,
            ..Self::new()
        }
    }

    pub(crate) fn at(&mut self, millis: i64) -> &mut Self {
        self.millis = millis;
        self
    }

    pub(crate) fn client(&mut self, session: u32, bytes: &[u8]) -> &mut Self {
        self.send(session, Side::Client, bytes)
    }

    pub(crate) fn server(&mut self, session: u32, bytes: &[u8]) -> &mut Self {
        self.send(session, Side::Server, bytes)
    }

    fn send(&mut self, number: u32, from: Side, bytes: &[u8]) -> &mut Self {
        self.writer.session(&Session {
            number,
            client: format!("{}:50001", (self.address)(number)).parse().unwrap(),
            server: "10.2.0.200:12028".parse().unwrap(),
            from_start: self.from_start,
        });
        let time = Time {
            nanoseconds: (START * 1_000 + self.millis) * 1_000_000,
            digits: 9,
        };
        self.writer.message(Some(time), from, bytes);
        self.millis += 1;
        self
    }

    pub(crate) fn file(&mut self) -> Vec<u8> {
        std::mem::take(&mut self.writer).finish()
    }
}
