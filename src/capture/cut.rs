//! Cuts one direction of a stream, holes included, into frames.

use std::vec::Vec;

use bytes::Bytes;

use super::item::{Stamp, Unreadable, Why};
use super::width::{decodes, is_lawful};
use crate::ccx::{Frame, MessageType, Version};

/// The number of bytes searched for a message in a stream that is not known to carry CTI.
const MAX_SEARCH: u64 = 64 << 10;
const HEADER: usize = 8;
/// The highest type accepted in a stream whose frames are in step; no guide names higher ones.
const MAX_TYPE: u32 = 0x3ff;

/// The output: frames and gaps.
#[derive(Debug)]
pub(super) enum Cut {
    Frame(Frame, Stamp),
    Missing(u64, Why, Stamp),
    Unreadable(Unreadable, Stamp),
}

#[derive(Clone, Copy, PartialEq, Eq, Debug)]
enum State {
    /// The next byte begins a frame: the connection has just begun, or a hole ended within a frame
    /// of known length.
    Expects,
    /// Frame has followed frame.
    InStep,
    /// Looks for a header.
    Searches,
    /// Skips the rest of a frame that has a hole.
    Skips(u64),
}

#[derive(Clone, Debug)]
pub(super) struct Cutter {
    buffer: Vec<u8>,
    /// The latest packet in the buffer.
    stamp: Stamp,
    state: State,
    max_body: u32,
    /// Bytes skipped since the last frame or hole.
    passed: u64,
    /// The body length that started the search.
    too_long: Option<u32>,
    /// Whether any frame was found.
    found: bool,
    /// Whether the stream began without a frame.
    hopeless: bool,
    searched: u64,
}

#[derive(Clone, Copy)]
struct Header {
    body_length: u32,
    message_type: MessageType,
}

impl Header {
    fn read(bytes: &[u8]) -> Option<Self> {
        let [a, b, c, d, e, f, g, h] = *bytes.first_chunk::<HEADER>()?;
        Some(Self {
            body_length: u32::from_be_bytes([a, b, c, d]),
            message_type: MessageType(u32::from_be_bytes([e, f, g, h])),
        })
    }

    fn size(self) -> usize {
        usize::try_from(self.body_length)
            .unwrap_or(usize::MAX)
            .saturating_add(HEADER)
    }

    /// Returns whether this may be a header at a place where one is expected.
    fn may_follow(self, max_body: u32) -> bool {
        self.body_length <= max_body && self.message_type.0 <= MAX_TYPE
    }

    /// Returns whether this may be a header at an arbitrary place: the type has a table, and the
    /// body has room for its fixed part.
    fn is_plausible(self, max_body: u32) -> bool {
        self.may_follow(max_body)
            && self.message_type.layout().is_some_and(|layout| {
                usize::try_from(self.body_length)
                    .is_ok_and(|length| length >= layout.fixed_size(Version::V10))
            })
    }
}

enum Search {
    /// A frame begins here.
    Found(usize),
    /// No frame begins before this place; the bytes available do not show whether one begins at it.
    From(usize),
}

impl Cutter {
    /// Creates a cutter for a stream that may start at any byte.
    pub(super) fn new(max_body: u32) -> Self {
        Self {
            buffer: Vec::new(),
            stamp: Stamp::default(),
            state: State::Searches,
            max_body,
            passed: 0,
            too_long: None,
            found: false,
            hopeless: false,
            searched: 0,
        }
    }

    /// Notes that the stream is complete from its first byte on.
    pub(super) fn starts(&mut self) {
        if !self.found && self.searched == 0 && self.buffer.is_empty() {
            self.state = State::Expects;
        }
    }

    /// Returns whether further search is useless.
    pub(super) fn is_hopeless(&self) -> bool {
        !self.found && (self.hopeless || self.searched > MAX_SEARCH)
    }

    pub(super) fn data(&mut self, mut data: &[u8], stamp: &Stamp, out: &mut dyn FnMut(Cut)) {
        if let State::Skips(left) = self.state {
            let skip = usize::try_from(left).unwrap_or(usize::MAX).min(data.len());
            let skipped = u64::try_from(skip).unwrap_or(u64::MAX);
            self.passed = self.passed.saturating_add(skipped);
            data = data.get(skip..).unwrap_or_default();
            if skipped < left {
                self.state = State::Skips(left.saturating_sub(skipped));
                return;
            }
            self.state = State::Expects;
            self.tell_passed(stamp, out);
        }
        if self.buffer.is_empty() {
            self.stamp.clone_from(stamp);
            let taken = self.cut(data, false, out);
            self.buffer
                .extend_from_slice(data.get(taken..).unwrap_or_default());
        } else {
            self.stamp.latest(stamp);
            let mut buffer = core::mem::take(&mut self.buffer);
            buffer.extend_from_slice(data);
            let taken = self.cut(&buffer, false, out);
            // The remaining bytes came with this packet, unless nothing was taken.
            if taken > 0 {
                self.stamp.clone_from(stamp);
            }
            buffer.drain(..taken.min(buffer.len()));
            self.buffer = buffer;
        }
    }

    pub(super) fn hole(&mut self, bytes: u64, why: Why, stamp: &Stamp, out: &mut dyn FnMut(Cut)) {
        let state = self.state;
        let after = |rest: u64| match rest.checked_sub(bytes) {
            Some(0) => State::Expects,
            Some(left) => State::Skips(left),
            None => State::Searches,
        };
        let next = match state {
            State::Skips(left) => {
                self.tell_passed(stamp, out);
                after(left)
            }
            State::InStep | State::Expects => {
                let buffer = core::mem::take(&mut self.buffer);
                match Header::read(&buffer) {
                    Some(header) => {
                        let rest = header.size().saturating_sub(buffer.len());
                        let next = after(u64::try_from(rest).unwrap_or(u64::MAX));
                        self.partial(buffer, out);
                        next
                    }
                    None => {
                        self.partial(buffer, out);
                        State::Searches
                    }
                }
            }
            State::Searches => {
                self.end_search(out);
                State::Searches
            }
        };
        out(Cut::Missing(bytes, why, stamp.clone()));
        self.state = next;
    }

    /// Ends the stream.
    pub(super) fn finish(&mut self, out: &mut dyn FnMut(Cut)) {
        let stamp = self.stamp.clone();
        match self.state {
            State::Searches => self.end_search(out),
            State::Skips(_) => self.tell_passed(&stamp, out),
            State::InStep | State::Expects => {
                let buffer = core::mem::take(&mut self.buffer);
                self.partial(buffer, out);
            }
        }
    }

    fn partial(&mut self, bytes: Vec<u8>, out: &mut dyn FnMut(Cut)) {
        if !bytes.is_empty() {
            out(Cut::Unreadable(
                Unreadable::Partial { bytes },
                self.stamp.clone(),
            ));
        }
    }

    /// Searches the bytes available without waiting for more.
    fn end_search(&mut self, out: &mut dyn FnMut(Cut)) {
        let mut buffer = core::mem::take(&mut self.buffer);
        let taken = self.cut(&buffer, true, out);
        buffer.drain(..taken.min(buffer.len()));
        let stamp = self.stamp.clone();
        if self.state == State::Searches {
            self.pass(buffer.len());
        } else {
            self.partial(buffer, out);
        }
        self.tell_passed(&stamp, out);
    }

    fn pass(&mut self, bytes: usize) {
        let bytes = u64::try_from(bytes).unwrap_or(u64::MAX);
        self.passed = self.passed.saturating_add(bytes);
        self.searched = self.searched.saturating_add(bytes);
    }

    fn tell_passed(&mut self, stamp: &Stamp, out: &mut dyn FnMut(Cut)) {
        let bytes = core::mem::take(&mut self.passed);
        let what = match self.too_long.take() {
            Some(body_length) => Unreadable::TooLong { body_length, bytes },
            None if bytes == 0 => return,
            None => Unreadable::Unaligned { bytes },
        };
        out(Cut::Unreadable(what, stamp.clone()));
    }

    /// Cuts frames off the beginning and returns the number of bytes processed.
    fn cut(&mut self, bytes: &[u8], last: bool, out: &mut dyn FnMut(Cut)) -> usize {
        let mut at = 0_usize;
        loop {
            let rest = bytes.get(at..).unwrap_or_default();
            if self.state == State::Searches {
                match self.search(rest, last) {
                    Search::Found(behind) => {
                        self.pass(behind);
                        let stamp = self.stamp.clone();
                        self.tell_passed(&stamp, out);
                        at = at.saturating_add(behind);
                        self.state = State::InStep;
                        continue;
                    }
                    Search::From(place) => {
                        self.pass(place);
                        return at.saturating_add(place);
                    }
                }
            }
            let Some(header) = Header::read(rest) else {
                return at;
            };
            let fits = match self.state {
                State::InStep => header.body_length <= self.max_body,
                _ => header.may_follow(self.max_body),
            };
            if !fits {
                if self.state == State::Expects && !self.found {
                    self.hopeless = true;
                }
                self.too_long = Some(header.body_length);
                self.state = State::Searches;
                // No header: the search continues after its first byte.
                self.pass(1);
                at = at.saturating_add(1);
                continue;
            }
            let Some(frame) = rest.get(..header.size()) else {
                return at;
            };
            if let Ok(frame) = Frame::new(Bytes::copy_from_slice(frame)) {
                self.found = true;
                out(Cut::Frame(frame, self.stamp.clone()));
            }
            self.state = State::InStep;
            at = at.saturating_add(header.size());
        }
    }

    /// Searches for the first frame: a plausible header with a body that decodes, followed by the
    /// end of the bytes or the next plausible header.
    fn search(&self, bytes: &[u8], last: bool) -> Search {
        let mut at = 0_usize;
        while let Some(rest) = bytes.get(at..)
            && !rest.is_empty()
        {
            let Some(header) = Header::read(rest) else {
                // The last bytes may be the beginning of a header.
                return if last {
                    Search::From(bytes.len())
                } else {
                    Search::From(at)
                };
            };
            if header.is_plausible(self.max_body) {
                match rest.get(..header.size()) {
                    None if last => {}
                    None => return Search::From(at),
                    Some(frame) => {
                        let behind = rest.get(header.size()..).unwrap_or_default();
                        match self.is_behind(behind) {
                            Some(true) if decodes(frame) => return Search::Found(at),
                            // No further bytes confirm the message, so it has to be beyond doubt.
                            None if decodes(frame) && is_lawful(frame) => {
                                return Search::Found(at);
                            }
                            None if decodes(frame) && !last => return Search::From(at),
                            _ => {}
                        }
                    }
                }
            }
            at = at.saturating_add(1);
        }
        Search::From(at)
    }

    /// Returns whether a header follows; `None` if too few bytes are there.
    fn is_behind(&self, rest: &[u8]) -> Option<bool> {
        match Header::read(rest) {
            Some(header) => Some(header.is_plausible(self.max_body)),
            // No body limit is as high as a first byte of 1 implies.
            None if rest.first().is_some_and(|first| *first != 0) => Some(false),
            None => None,
        }
    }
}
