//! Streams: every door of the frame decoder against a plain model, and a session that goes through JSON
//! and back.

use bytes::{BufMut, BytesMut};
use cti_codec::ccx::json::{Document, JsonError, MalformedKind, Object};
use cti_codec::ccx::{Fault, Frame, FrameDecoder, FrameError, Message, MessageType, Version};

/// All bytes of a stream, and how far they have been read.
struct Model {
    stream: Vec<u8>,
    at: usize,
    limit: u32,
    skip: usize,
}

impl Model {
    fn header(bytes: &[u8]) -> Option<(u32, u32)> {
        let [a, b, c, d, e, f, g, h] = *bytes.first_chunk::<8>()?;
        Some((
            u32::from_be_bytes([a, b, c, d]),
            u32::from_be_bytes([e, f, g, h]),
        ))
    }

    fn next(&mut self) -> Result<Option<Vec<u8>>, FrameError> {
        let skipped = self.skip.min(self.stream.len() - self.at);
        self.at += skipped;
        self.skip -= skipped;
        let rest = &self.stream[self.at..];
        let Some((body_length, message_type)) = Self::header(rest).filter(|_| self.skip == 0)
        else {
            return Ok(None);
        };
        if body_length > self.limit {
            self.at += 8;
            self.skip = body_length as usize;
            return Err(FrameError::BodyTooLong {
                message_type: MessageType(message_type).into(),
                body_length,
                max_body: self.limit,
            });
        }
        let Some(frame) = rest.get(..8 + body_length as usize) else {
            return Ok(None);
        };
        self.at += frame.len();
        Ok(Some(frame.to_vec()))
    }

    fn wanted(&self) -> usize {
        let there = self.stream.len() - self.at;
        if self.skip > there {
            return self.skip + 8 - there;
        }
        let rest = &self.stream[self.at + self.skip..];
        match Self::header(rest) {
            None => 8 - rest.len(),
            Some((body_length, _)) if body_length > self.limit => 0,
            Some((body_length, _)) => (8 + body_length as usize).saturating_sub(rest.len()),
        }
    }
}

/// Any mix of doors in and out of a decoder, with frames that are kept and decoders that are copied.
/// The first byte is the limit for a body, in fours; then come steps, some with the bytes of a chunk.
pub fn stream(data: &[u8]) {
    let Some((&limit, mut steps)) = data.split_first() else {
        return;
    };
    let limit = u32::from(limit) * 4;
    let mut decoder = FrameDecoder::with_max_body(limit);
    let mut model = Model {
        stream: Vec::new(),
        at: 0,
        limit,
        skip: 0,
    };
    let mut kept: Vec<(Frame, Vec<u8>)> = Vec::new();
    while let Some((&step, rest)) = steps.split_first() {
        steps = rest;
        let size = usize::from(step) / 9;
        match step % 9 {
            door @ 0..=2 => {
                let (chunk, rest) = steps.split_at(size.min(steps.len()));
                steps = rest;
                model.stream.extend_from_slice(chunk);
                match door {
                    0 => decoder.feed(chunk),
                    1 => decoder.buffer_mut().extend_from_slice(chunk),
                    // As reading from a socket does.
                    _ => {
                        decoder.buffer_mut().reserve(chunk.len());
                        decoder.buffer_mut().put_slice(chunk);
                    }
                }
            }
            3 => match (decoder.next_frame(), model.next()) {
                (Ok(Some(frame)), Ok(Some(expected))) => {
                    assert_eq!(frame.bytes()[..], expected[..]);
                    assert_eq!(frame.compact(), frame);
                    kept.push((frame, expected));
                }
                (frame, expected) => {
                    assert_eq!(
                        frame.map(|frame| frame.map(|frame| frame.bytes().to_vec())),
                        expected
                    );
                }
            },
            4 | 5 => {
                let frame = decoder.next_borrowed();
                let frame = frame.map(|frame| frame.map(|frame| frame.bytes().to_vec()));
                assert_eq!(frame, model.next());
            }
            6 => assert_eq!(decoder.wanted(), model.wanted()),
            // The end is to be asked about when there is no frame left.
            7 if model.wanted() > 0 => {
                assert_eq!(model.next(), Ok(None));
                assert!(matches!(decoder.next_borrowed(), Ok(None)));
                let whole = model.stream.len() - model.at == model.skip;
                assert_eq!(decoder.finish().is_ok(), whole, "{:?}", decoder.finish());
            }
            8 if step > 128 => decoder = decoder.clone(),
            8 => drop(kept.pop()),
            _ => {}
        }
    }
    for (frame, expected) in &kept {
        assert_eq!(frame.bytes()[..], expected[..]);
    }
}

/// What `decode --to json | encode` does with a stream: frames become lines of JSON, each in the version
/// that the `OPEN_REQ` before it set, and the lines become frames. Each comes back, as long as it was, as
/// the same message; only texts without their NUL grow by it. The first byte is the version to begin
/// with.
pub fn piped(data: &[u8]) {
    let Some((version, stream)) = data.split_first() else {
        return;
    };
    let first = Version::ALL[usize::from(*version) % Version::ALL.len()];
    let mut decoder = FrameDecoder::with_max_body(4096);
    decoder.feed(stream);
    let mut lines = Vec::new();
    let mut version = first;
    loop {
        let frame = match decoder.next_frame() {
            Ok(Some(frame)) => frame,
            Ok(None) => break,
            Err(_) => continue,
        };
        let Ok(message) = frame.decode(version) else {
            continue;
        };
        let length = frame.body().len();
        let text = serde_json::to_string(&Object { length, message }).unwrap();
        // What JSON escapes. DEL and what lies behind it is for programs to escape.
        assert!(!text.contains(|one| one < ' '), "{text}");
        version = follows(&message, version);
        lines.push((text, frame));
    }
    let mut version = first;
    let mut out = BytesMut::new();
    for (text, frame) in &lines {
        let object: Document = serde_json::from_str(text).unwrap();
        let start = out.len();
        let packed = object.pack(version, &mut out);
        let message = frame.decode(version).unwrap();
        match packed {
            Ok(_) => {
                let again: Frame<&[u8]> = Frame::new(&out[start..]).unwrap();
                let read = again.decode(version).unwrap();
                assert_eq!(read.message_type(), message.message_type());
                let mut written = BytesMut::new();
                if message.encode_as_received(version, &mut written).is_ok() {
                    assert!(
                        written == *again.bytes() || written.len() != frame.bytes().len(),
                        "{text}"
                    );
                }
            }
            // Fields that no list takes may keep its elements apart. An object has them elsewhere.
            Err(JsonError::Malformed(error))
                if matches!(
                    error.kind,
                    MalformedKind::Message(Fault::RunsTogether { .. })
                ) =>
            {
                assert_eq!(out.len(), start);
            }
            Err(error) => {
                assert_eq!(out.len(), start);
                // Only what is longer than it came may be more than is allowed.
                let mut written = BytesMut::new();
                let same = message.encode_as_received(version, &mut written).is_ok()
                    && written.len() == frame.bytes().len();
                assert!(!same, "{error} in {text}");
            }
        }
        version = follows(&message, version);
    }
}

/// The version that holds behind a message.
fn follows(message: &Message<'_>, version: Version) -> Version {
    match message {
        Message::OpenReq(open) => Version::ALL
            .into_iter()
            .find(|known| known.number() == open.version_number)
            .unwrap_or(version),
        _ => version,
    }
}
