//! Passages of an input: the runs of lines, or of bytes, in which something is kept.
//!
//! Both programs read them by the same means. They look for other things in the bytes, [`Cut`], and
//! their logs have other forms, [`Wanted`].

mod digits;
mod hex;
mod lines;
mod packets;
mod seen;
mod words;

use std::collections::VecDeque;
use std::fmt;

use cti_codec::ccx::dump::Array;

pub(crate) use digits::{First, shown_bytes};
use digits::{may_be_array, may_be_digits};
pub(crate) use lines::{Bytes, Lines, Near, Only, Wanted};
pub(crate) use seen::{Seen, Sign};

/// Where something begins in its input.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub(crate) enum Place {
    Byte(u64),
    Line(u64),
}

impl fmt::Display for Place {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Byte(byte) => write!(f, "byte {byte}"),
            Self::Line(line) => write!(f, "line {line}"),
        }
    }
}

/// What an input holds.
#[derive(Debug)]
pub(crate) enum Item<F> {
    /// What is looked for.
    Found(Place, F),
    /// Something of that kind that cannot be had, and why.
    Bad(Place, String),
    /// A passage that cannot be read, with its place.
    Wrong(String),
    /// Nothing bad, but worth knowing.
    Note(String),
    /// Why a passage was taken or left, for `--explain`.
    Because(Place, String),
}

/// What has come of an input and was not yet asked for.
pub(crate) struct Items<F> {
    queue: VecDeque<Item<F>>,
    explain: bool,
    /// Whether anything was found, or cannot be had.
    any: bool,
}

impl<F> Items<F> {
    pub(crate) fn new(explain: bool) -> Self {
        Self {
            queue: VecDeque::new(),
            explain,
            any: false,
        }
    }

    pub(crate) fn push(&mut self, item: Item<F>) {
        self.any |= !matches!(item, Item::Note(_) | Item::Because(..));
        self.queue.push_back(item);
    }

    pub(crate) fn found(&mut self, place: Place, found: F) {
        self.push(Item::Found(place, found));
    }

    pub(crate) fn bad(&mut self, place: Place, why: String) {
        self.push(Item::Bad(place, why));
    }

    pub(crate) fn wrong(&mut self, text: String) {
        self.push(Item::Wrong(text));
    }

    pub(crate) fn note(&mut self, text: String) {
        self.push(Item::Note(text));
    }

    /// Tells why a passage was taken or left, if somebody wants to know.
    pub(crate) fn because(&mut self, place: Place, text: impl FnOnce() -> String) {
        if self.explain {
            self.queue.push_back(Item::Because(place, text()));
        }
    }

    pub(crate) fn next(&mut self) -> Option<Item<F>> {
        self.queue.pop_front()
    }

    /// Returns whether anything was found so far, or cannot be had.
    pub(crate) fn any(&self) -> bool {
        self.any
    }
}

/// What bytes look like.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub(crate) enum Look {
    /// What is looked for begins so.
    Begins,
    /// It does, but for being too large.
    TooLarge,
    /// There are too few to tell.
    TooFew,
    /// They are something else.
    Other,
}

/// Cuts the bytes of a passage into frames, or lists.
pub(crate) trait Cut: Sized {
    type Found;
    /// What is looked for, for people: `frame`.
    const WHAT: &'static str;

    /// `trusted` says that the bytes are known to be frames, or lists.
    fn new(trusted: bool) -> Self;

    /// So many groups of digits may stand between the beginning and the first zeros.
    const BEFORE: usize;

    fn look(bytes: &[u8]) -> Look;

    /// Returns whether a text begins with digits of such bytes.
    fn in_digits(text: &[u8]) -> bool;

    /// Takes in the bytes of a line. `first` says that a dump begins there, or a paragraph.
    fn feed(&mut self, line: u64, first: bool, bytes: &[u8], items: &mut Items<Self::Found>);

    /// The line on which what waits for more bytes began.
    fn began(&self) -> Option<u64>;

    /// Gives up the bytes so far, and maybe all that follow until something begins.
    fn lose(&mut self, what_follows: bool);

    /// Takes in the end of the passage.
    fn end(&mut self, items: &mut Items<Self::Found>);

    /// Cuts an array, which holds frames or lists and nothing else.
    fn array(array: &Array, items: &mut Items<Self::Found>);
}

/// Returns whether bytes are no text.
pub(crate) fn is_binary(head: &[u8]) -> bool {
    head.iter()
        .any(|byte| byte.is_ascii_control() && !matches!(byte, b'\t'..=b'\r' | 0x1b))
}
