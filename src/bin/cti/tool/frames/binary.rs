//! Frames as bytes, one behind the other.

use bytes::{Buf, BytesMut};
use cti_codec::ccx::{Frame, FrameError};

use super::super::passages::{Items, Place};
use super::super::run::{count, long};
use super::{CREDIBLE, Found, HEADER, Header, over_the_limit};

/// Cuts a stream into frames, and finds the next one where it has got out of step.
pub(super) struct Binary {
    buffer: BytesMut,
    /// The offset of the buffer in the input.
    at: u64,
    /// The bytes of a body over the limit that are still to come.
    skip: u64,
    /// Out of step since this byte.
    lost: Option<u64>,
}

impl Binary {
    pub(super) fn new(in_step: bool) -> Self {
        Self {
            buffer: BytesMut::new(),
            at: 0,
            skip: 0,
            lost: (!in_step).then_some(0),
        }
    }

    pub(super) fn feed(&mut self, bytes: &[u8], items: &mut Items<Found>) {
        let skipped = usize::try_from(self.skip)
            .unwrap_or(usize::MAX)
            .min(bytes.len());
        self.pass(skipped, 0);
        self.skip = self.skip.saturating_sub(long(skipped));
        self.buffer
            .extend_from_slice(bytes.get(skipped..).unwrap_or_default());
        self.cut(false, items);
    }

    pub(super) fn finish(&mut self, items: &mut Items<Found>) {
        self.cut(true, items);
        let left = self.buffer.len();
        if let Some(since) = self.lost {
            let passed = self.at.saturating_add(long(left)).saturating_sub(since);
            items.wrong(format!(
                "{} from byte {since} to the end passed over: no frame begins there",
                count(passed, "byte")
            ));
        } else if self.skip > 0 {
            let missing = count(self.skip, "byte");
            items.note(format!(
                "the input ends {missing} before the end of that body"
            ));
        } else if left > 0 {
            let needed = Header::read(&self.buffer)
                .and_then(Header::size)
                .unwrap_or(HEADER);
            let error = FrameError::Incomplete { needed, left };
            items.bad(Place::Byte(self.at), error.to_string());
        }
    }

    /// Counts bytes, and takes so many of them off the buffer.
    fn pass(&mut self, bytes: usize, buffered: usize) {
        self.at = self.at.saturating_add(long(bytes));
        self.buffer.advance(buffered.min(self.buffer.len()));
    }

    fn cut(&mut self, ended: bool, items: &mut Items<Found>) {
        loop {
            if let Some(since) = self.lost {
                if !self.find(ended) {
                    return;
                }
                self.lost = None;
                let passed = count(self.at.saturating_sub(since), "byte");
                let next = self.at;
                items.wrong(format!(
                    "{passed} from byte {since} on passed over; a frame begins at byte {next}"
                ));
            }
            let Some(header) = Header::read(&self.buffer) else {
                return;
            };
            let place = Place::Byte(self.at);
            match header.size() {
                Some(size) if header.is_possible() => {
                    if self.buffer.len() < size {
                        return;
                    }
                    let bytes = self.buffer.split_to(size).freeze();
                    self.at = self.at.saturating_add(long(size));
                    match Frame::new(bytes) {
                        Ok(frame) => items.found(place, Found::Frame(frame, None)),
                        Err(error) => items.bad(place, error.to_string()),
                    }
                }
                None if header.body_length <= CREDIBLE => {
                    let size = u64::from(header.body_length).saturating_add(long(HEADER));
                    let error = over_the_limit(header);
                    let passed = count(size, "byte");
                    let error = format!("{error}; its {passed} are passed over");
                    items.bad(place, error);
                    let here = self
                        .buffer
                        .len()
                        .min(usize::try_from(size).unwrap_or(usize::MAX));
                    self.skip = size.saturating_sub(long(here));
                    self.pass(here, here);
                }
                size => {
                    let error = match size {
                        Some(_) => "a header of type 0, which no message has".into(),
                        None => over_the_limit(header),
                    };
                    items.bad(place, error);
                    self.lost = Some(self.at);
                    self.pass(1, 1);
                }
            }
        }
    }

    /// Looks for a frame that another one follows, or the end.
    fn find(&mut self, ended: bool) -> bool {
        let mut from = 0_usize;
        let found = loop {
            let Some(rest) = self.buffer.get(from..) else {
                break false;
            };
            // A length within the limit begins with two bytes of 0.
            let Some(zero) = memchr::memchr(0, rest) else {
                from = self.buffer.len();
                break false;
            };
            from = from.saturating_add(zero);
            let Some(header) = Header::read(rest.get(zero..).unwrap_or_default()) else {
                break false;
            };
            let known = header.message_type.name().is_some();
            let Some(size) = header.size().filter(|_| known) else {
                from = from.saturating_add(1);
                continue;
            };
            let behind = self.buffer.get(from.saturating_add(size)..);
            let follows = behind.and_then(Header::read);
            match (behind, follows) {
                (Some(_), Some(next)) if next.is_plausible() => break true,
                (Some([]), _) if ended => break true,
                (_, None) if !ended => break false,
                _ => from = from.saturating_add(1),
            }
        };
        self.pass(from, from);
        found
    }
}
