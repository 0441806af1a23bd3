//! Bytes of a passage as frames.

use bytes::{Buf, BytesMut};
use cti_codec::ccx::dump::Array;
use cti_codec::ccx::{Frame, FrameError};

use super::super::passages::{Cut, Items, Look, Place};
use super::super::run::{count, long};
use super::{Found, HEADER, Header, over_the_limit};

/// Cuts the bytes of a passage into frames.
#[derive(Default)]
pub(super) struct Frames {
    bytes: BytesMut,
    /// The line on which the frame that waits for more began.
    began: Option<u64>,
    /// Whether bytes are passed over until some can begin a frame.
    lost: bool,
}

impl Cut for Frames {
    type Found = Found;
    const WHAT: &'static str = "frame";
    const BEFORE: usize = 0;

    fn new(_: bool) -> Self {
        Self::default()
    }

    fn look(bytes: &[u8]) -> Look {
        match Header::read(bytes) {
            None => Look::TooFew,
            Some(header) if header.is_plausible() => Look::Begins,
            Some(header) if header.is_over_the_limit() => Look::TooLarge,
            Some(_) => Look::Other,
        }
    }

    fn in_digits(text: &[u8]) -> bool {
        zeros(text)
    }

    fn began(&self) -> Option<u64> {
        self.began
    }

    fn feed(&mut self, line: u64, first: bool, bytes: &[u8], items: &mut Items<Found>) {
        if self.lost {
            let begins = Header::read(bytes).is_some_and(Header::is_plausible);
            if !(first && begins) {
                return;
            }
            self.lost = false;
        }
        self.began.get_or_insert(line);
        self.bytes.extend_from_slice(bytes);
        while let Some(header) = Header::read(&self.bytes) {
            let place = Place::Line(self.began.unwrap_or(line));
            let size = match header.size() {
                Some(size) if header.is_possible() => size,
                _ => {
                    items.bad(place, no_frame(header));
                    self.lose(true);
                    return;
                }
            };
            if self.bytes.len() < size {
                return;
            }
            match Frame::new(self.bytes.split_to(size).freeze()) {
                Ok(frame) => items.found(place, Found::Frame(frame, None)),
                Err(error) => items.bad(place, error.to_string()),
            }
            self.began = (!self.bytes.is_empty()).then_some(line);
        }
    }

    fn lose(&mut self, what_follows: bool) {
        self.bytes.advance(self.bytes.len());
        self.began = None;
        self.lost |= what_follows;
    }

    fn end(&mut self, items: &mut Items<Found>) {
        if let Some(began) = self.began {
            let left = self.bytes.len();
            let needed = Header::read(&self.bytes)
                .and_then(Header::size)
                .unwrap_or(HEADER);
            let error = FrameError::Incomplete { needed, left };
            items.bad(Place::Line(began), error.to_string());
        }
        self.lose(false);
    }

    fn array(array: &Array, items: &mut Items<Found>) {
        let place = Place::Line(long(array.line));
        let mut frames = Vec::new();
        let mut rest = array.bytes.as_slice();
        while !rest.is_empty() {
            let header = Header::read(rest).filter(|header| header.is_plausible());
            let size = header.and_then(Header::size);
            let Some((frame, behind)) = size.and_then(|size| rest.split_at_checked(size)) else {
                break;
            };
            if let Ok(frame) = Frame::new(frame.to_vec().into()) {
                frames.push(frame);
            }
            rest = behind;
        }
        let bytes = count(long(array.bytes.len()), "byte");
        let known = |header: Header| header.is_plausible() && header.message_type.name().is_some();
        if rest.is_empty() {
            let text = format!("an array of {bytes}, which are whole frames");
            items.because(place, || text);
            for frame in frames {
                items.found(place, Found::Frame(frame, None));
            }
        } else if array.bytes.len() > HEADER && Header::read(&array.bytes).is_some_and(known) {
            let more = if array.cut {
                ", which shows not all"
            } else {
                ""
            };
            let left = count(long(rest.len()), "byte");
            for frame in frames {
                items.found(place, Found::Frame(frame, None));
            }
            let text = format!("an array of {bytes}{more}: the last {left} are no whole frame");
            items.bad(place, text);
        } else {
            let text = format!("an array of {bytes}, which are no frames");
            items.because(place, || text);
        }
    }
}

fn no_frame(header: Header) -> String {
    if header.starts_as_a_frame() {
        over_the_limit(header)
    } else {
        "no frame begins here: these are other bytes, or some are missing before them".into()
    }
}

/// Returns whether a text begins with the two zero bytes that a frame begins with, and goes on as
/// hex.
fn zeros(text: &[u8]) -> bool {
    let mut digits = 0_usize;
    let mut rest = text;
    loop {
        rest = match rest {
            [b'0', b'x' | b'X', more @ ..] | [b'\\', b'x', more @ ..] => more,
            rest => rest,
        };
        match rest {
            [digit, more @ ..] if digit.is_ascii_hexdigit() => {
                if digits < 4 && *digit != b'0' {
                    return false;
                }
                digits = digits.saturating_add(1);
                rest = more;
            }
            [
                b' ' | b'\t' | b',' | b':' | b';' | b'-' | b'_' | b'\\',
                more @ ..,
            ] if digits > 0 => {
                if digits >= 16 {
                    return true;
                }
                rest = more;
            }
            _ => return digits >= 8,
        }
        if digits >= 16 {
            return true;
        }
    }
}
