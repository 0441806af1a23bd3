//! The frames of an input, whatever form each passage of it has.
//!
//! [`Frames`] takes an input in pieces as they come and gives out its frames and what there is to
//! say about the rest, in order.

mod binary;
mod cut;
mod log;

use cti_codec::ccx::dump::{Log, TextMessage};
use cti_codec::ccx::{Frame, FrameDecoder, MessageType, Version};

use super::input;
use super::passages::{Items, Lines, Place, is_binary};
use binary::Binary;

pub(crate) use super::passages::{Item, Only};

/// A find.
#[derive(Debug)]
pub(crate) enum Found {
    /// A frame, and the words of its log about it.
    Frame(Frame, Option<Box<Log>>),
    /// A message that a log shows as text.
    Text(Box<TextMessage>),
}

/// The form of an input, if one knows.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub(crate) enum Form {
    Auto,
    Binary,
    Text(Only),
}

/// The frames of an input.
pub(crate) struct Frames {
    state: State,
    items: Items<Found>,
}

enum State {
    /// Nothing has come yet.
    Start(Form),
    Binary(Binary),
    Lines(Box<Lines<log::Log>>),
    /// The input is other data, which was reported.
    Other,
}

impl Frames {
    /// Reads an input of a form; `explain` asks why each passage is taken or left.
    pub(crate) fn new(form: Form, explain: bool) -> Self {
        Self {
            state: State::Start(form),
            items: Items::new(explain),
        }
    }

    /// Takes in the next bytes.
    pub(crate) fn feed(&mut self, bytes: &[u8]) {
        if let State::Start(form) = self.state {
            self.state = start(form, bytes, &mut self.items);
        }
        match &mut self.state {
            State::Binary(binary) => binary.feed(bytes, &mut self.items),
            State::Lines(lines) => lines.feed(bytes, &mut self.items),
            State::Start(_) | State::Other => {}
        }
    }

    /// Call this at the end of the input.
    pub(crate) fn finish(&mut self) {
        match &mut self.state {
            State::Binary(binary) => binary.finish(&mut self.items),
            State::Lines(lines) => lines.finish(&mut self.items),
            State::Start(Form::Text(Only::Log)) => {
                let text = "no frame in MHDR rows, and no message in text";
                self.items.wrong(text.into());
            }
            State::Start(_) | State::Other => {}
        }
    }

    /// What has come of the bytes so far.
    pub(crate) fn next(&mut self) -> Option<Item<Found>> {
        self.items.next()
    }
}

fn start(form: Form, head: &[u8], items: &mut Items<Found>) -> State {
    let binary = |in_step| State::Binary(Binary::new(in_step));
    let lines = |only| State::Lines(Box::new(Lines::new(log::Log::new(), only)));
    let begin = Place::Byte(0);
    match form {
        Form::Binary => return binary(true),
        Form::Text(only) => return lines(Some(only)),
        Form::Auto => {}
    }
    // No text begins like a frame, regardless of the frame's contents.
    if Header::read(head).is_some_and(Header::is_possible) {
        items.because(begin, || "bytes, as the first eight are a header".into());
        return binary(true);
    }
    if let Some(other) = input::other(head) {
        items.wrong(other.0.into());
        return State::Other;
    }
    // A log may have a hole of NULs where it was cut while it was written to.
    if is_binary(head) && !head.split(|byte| *byte == b'\n').any(log::is_header) {
        items.because(begin, || {
            "bytes, as text has no such control characters".into()
        });
        return binary(Header::read(head).is_none_or(Header::starts_as_a_frame));
    }
    items.because(begin, || "text, which is looked at line by line".into());
    lines(None)
}

/// The header of a frame, or bytes in its place.
#[derive(Clone, Copy, Debug)]
struct Header {
    body_length: u32,
    message_type: MessageType,
}

/// A body that claims more is no body: the stream has got out of step.
const CREDIBLE: u32 = 1 << 20;
/// The size of a header.
const HEADER: usize = 8;

impl Header {
    fn read(bytes: &[u8]) -> Option<Self> {
        let [a, b, c, d, e, f, g, h] = *bytes.first_chunk::<HEADER>()?;
        Some(Self {
            body_length: u32::from_be_bytes([a, b, c, d]),
            message_type: MessageType(u32::from_be_bytes([e, f, g, h])),
        })
    }

    /// Returns the size of the frame; `None` if it is over the limit.
    fn size(self) -> Option<usize> {
        if self.body_length > FrameDecoder::DEFAULT_MAX_BODY {
            return None;
        }
        usize::try_from(self.body_length).ok()?.checked_add(HEADER)
    }

    /// Returns whether a frame can begin so in a stream that is in step.
    fn is_possible(self) -> bool {
        self.size().is_some() && self.message_type.0 != 0
    }

    /// Returns whether a frame may begin like this without other evidence: types go to 276 in the
    /// guide, and to some hundreds in its sister protocols.
    fn is_plausible(self) -> bool {
        let least = self.message_type.layout();
        let least = least.map_or(0, |layout| layout.fixed_size(Version::V10));
        self.is_possible()
            && self.message_type.0 < 1024
            && self
                .size()
                .is_some_and(|size| size >= least.saturating_add(HEADER))
    }

    /// Returns whether the bytes are a header of a known type, whose length is merely too large.
    fn is_over_the_limit(self) -> bool {
        self.size().is_none() && self.body_length <= CREDIBLE && self.message_type.name().is_some()
    }

    /// Returns whether the bytes are a header whose length is merely too large.
    fn starts_as_a_frame(self) -> bool {
        self.message_type.0 != 0 && self.message_type.0 < 1024
    }
}

fn over_the_limit(header: Header) -> String {
    let Header {
        body_length,
        message_type,
    } = header;
    let limit = FrameDecoder::DEFAULT_MAX_BODY;
    format!("BodyLength of {message_type} is {body_length}, over the limit of {limit}")
}
