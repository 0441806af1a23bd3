//! Packed lists, one behind the other: as bytes, or as the bytes that a passage of text shows.

use bytes::{Buf, BytesMut};
use cti_codec::ccx::dump::Array;
use cti_codec::gsw::{AttachedData, AttachedDataBuf, Limits, UnpackError, UnpackErrorKind};

use super::super::passages::{Cut, First, Items, Look, Place};
use super::super::run::{count, long};
use super::lists::Found;

/// As many bytes of a key are looked at to tell whether a list begins.
const HEAD: usize = 64;

/// What bytes begin a list: a count of pairs, the type of the first, and a key.
pub(super) fn look(bytes: &[u8]) -> Look {
    let [a, b, kind, high, low, key @ ..] = bytes else {
        return match bytes {
            [0, 0, ..] | [_, _, 5..=255, ..] => Look::Other,
            _ => Look::TooFew,
        };
    };
    let count = u16::from_be_bytes([*a, *b]);
    let length = usize::from(u16::from_be_bytes([*high, *low]));
    // Keys are words; no list that anybody has seen has one of 512 bytes.
    let key = key.get(..length.min(HEAD)).unwrap_or(key);
    let is_key = (1..512).contains(&length) && !key.iter().any(u8::is_ascii_control);
    if count == 0 || *kind > 4 || !is_key {
        Look::Other
    } else if key.is_empty() {
        Look::TooFew
    } else {
        Look::Begins
    }
}

/// Bytes that come in pieces, and the lists at their front.
#[derive(Default)]
struct Front {
    bytes: BytesMut,
    /// With fewer bytes than this the list at the front is not whole.
    wanted: usize,
}

impl Front {
    /// The next list; `None` if it takes more bytes, unless there are no more.
    fn next(&mut self, ended: bool) -> Option<Result<AttachedDataBuf, UnpackError>> {
        let limits = Limits::default();
        let ended = ended || self.bytes.len() > limits.max_bytes;
        if self.bytes.is_empty() || !ended && self.bytes.len() < self.wanted {
            return None;
        }
        match AttachedData::unpack_prefix(&self.bytes, limits) {
            Ok((data, after)) => {
                let size = self.bytes.len().saturating_sub(after.len());
                let data = data.to_buf();
                self.bytes.advance(size);
                self.wanted = 0;
                Some(Ok(data))
            }
            Err(UnpackError {
                offset,
                kind: UnpackErrorKind::Truncated { needed, .. },
                ..
            }) if !ended => {
                // Trying again with each row would take the square of its size.
                let more = self.bytes.len().saturating_add(self.bytes.len() / 8);
                self.wanted = offset.saturating_add(needed).max(more);
                None
            }
            Err(error) => Some(Err(error)),
        }
    }

    fn clear(&mut self) {
        self.bytes.clear();
        self.wanted = 0;
    }
}

/// Packed lists as the bytes of an input.
#[derive(Default)]
pub(super) struct Packed {
    front: Front,
    at: u64,
    lost: bool,
}

impl Packed {
    pub(super) fn feed(&mut self, bytes: Option<&[u8]>, items: &mut Items<Found>) {
        let ended = bytes.is_none();
        let bytes = bytes.unwrap_or_default();
        if !self.lost {
            self.front.bytes.extend_from_slice(bytes);
            loop {
                let left = self.front.bytes.len();
                let Some(list) = self.front.next(ended) else {
                    return;
                };
                match list {
                    Ok(data) => {
                        items.found(Place::Byte(self.at), Found::plain(data));
                        let size = left.saturating_sub(self.front.bytes.len());
                        self.at = self.at.saturating_add(long(size));
                    }
                    Err(mut error) => {
                        let at = usize::try_from(self.at).unwrap_or(usize::MAX);
                        error.offset = error.offset.saturating_add(at);
                        items.wrong(error.to_string());
                        self.at = self.at.saturating_add(long(left));
                        self.front.clear();
                        self.lost = true;
                    }
                }
            }
        }
        self.at = self.at.saturating_add(long(bytes.len()));
        if ended {
            let at = self.at;
            items.note(format!("the rest, up to byte {at}, is not read"));
        }
    }
}

/// Cuts the bytes of a passage into packed lists.
#[derive(Default)]
pub(super) struct Rows {
    front: Front,
    /// The line on which the list that waits for more began.
    began: Option<u64>,
    /// The bytes of the passage before what waits.
    before: usize,
    lost: bool,
    /// Whether all bytes are known to be lists, empty ones among them.
    trusted: bool,
}

impl Rows {
    fn lists(&mut self, line: u64, ended: bool, items: &mut Items<Found>) {
        while !self.front.bytes.is_empty() {
            let left = self.front.bytes.len();
            let place = Place::Line(self.began.unwrap_or(line));
            let look = look(&self.front.bytes);
            if !self.trusted && (look == Look::Other || ended && look == Look::TooFew) {
                let left = count(long(left), "byte");
                if self.before > 0 {
                    let before = self.before;
                    items.bad(
                        place,
                        format!("byte {before}: the last {left} are no packed list"),
                    );
                } else {
                    items.because(place, || format!("left: {left}, which are no packed list"));
                }
                self.lose(true);
                return;
            }
            if !self.trusted && look == Look::TooFew {
                return;
            }
            let Some(list) = self.front.next(ended) else {
                return;
            };
            match list {
                Ok(data) => {
                    items.because(place, || "a packed list, whole to its last byte".into());
                    items.found(place, Found::plain(data));
                    let size = left.saturating_sub(self.front.bytes.len());
                    self.before = self.before.saturating_add(size);
                    self.began = (!self.front.bytes.is_empty()).then_some(line);
                }
                Err(mut error) => {
                    error.offset = error.offset.saturating_add(self.before);
                    items.bad(place, error.to_string());
                    self.lose(true);
                }
            }
        }
    }
}

impl Cut for Rows {
    type Found = Found;
    const WHAT: &'static str = "list";

    fn new(trusted: bool) -> Self {
        Self {
            trusted,
            ..Self::default()
        }
    }

    fn look(bytes: &[u8]) -> Look {
        look(bytes)
    }

    /// As the bytes before a list's first zeros are those of its count, where that is large.
    const BEFORE: usize = 2;

    fn in_digits(text: &[u8]) -> bool {
        // Most are told by the first of them.
        look(First::<3>::of(text).bytes()) != Look::Other
            && look(First::<HEAD>::of(text).bytes()) == Look::Begins
    }

    fn feed(&mut self, line: u64, first: bool, bytes: &[u8], items: &mut Items<Found>) {
        if self.lost {
            if !first || look(bytes) != Look::Begins {
                return;
            }
            self.lost = false;
        }
        self.began.get_or_insert(line);
        self.front.bytes.extend_from_slice(bytes);
        self.lists(line, false, items);
    }

    fn began(&self) -> Option<u64> {
        self.began
    }

    fn lose(&mut self, what_follows: bool) {
        self.before = self.before.saturating_add(self.front.bytes.len());
        self.front.clear();
        self.began = None;
        self.lost |= what_follows;
    }

    fn end(&mut self, items: &mut Items<Found>) {
        if let Some(line) = self.began {
            self.lists(line, true, items);
        }
        self.lose(false);
    }

    fn array(array: &Array, items: &mut Items<Found>) {
        let place = Place::Line(long(array.line));
        let limits = Limits::default();
        let mut lists = Vec::new();
        let mut rest = array.bytes.as_slice();
        let mut error = None;
        while !rest.is_empty() {
            match AttachedData::unpack_prefix(rest, limits) {
                Ok((data, after)) => {
                    lists.push(data.to_buf());
                    rest = after;
                }
                Err(why) => {
                    error = Some(why);
                    break;
                }
            }
        }
        let bytes = count(long(array.bytes.len()), "byte");
        let begins = look(&array.bytes) == Look::Begins;
        match error {
            None if begins => {
                items.because(place, || {
                    format!("an array of {bytes}, which are whole packed lists")
                });
                for data in lists {
                    items.found(place, Found::plain(data));
                }
            }
            Some(mut error) if begins => {
                for data in lists {
                    items.found(place, Found::plain(data));
                }
                let more = if array.cut {
                    ", which shows not all"
                } else {
                    ""
                };
                let before = array.bytes.len().saturating_sub(rest.len());
                error.offset = error.offset.saturating_add(before);
                items.bad(place, format!("an array of {bytes}{more}: {error}"));
            }
            _ => items.because(place, || {
                format!("left: an array of {bytes}, which are no packed list")
            }),
        }
    }
}
