//! The wire format: the header of a message, and the header of a floating field.

use super::error::Fault;
use crate::text::Text;

/// The size of the header, MHDR: `BodyLength` and `MessageTypeID`.
pub(crate) const HEADER_SIZE: usize = 8;

/// The header of a message, MHDR.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub(crate) struct Header {
    pub(crate) body_length: u32,
    pub(crate) message_type: u32,
}

impl Header {
    #[inline(always)]
    pub(crate) fn read(data: &[u8]) -> Option<Self> {
        let [a, b, c, d, e, f, g, h] = *data.first_chunk::<HEADER_SIZE>()?;
        Some(Self {
            body_length: u32::from_be_bytes([a, b, c, d]),
            message_type: u32::from_be_bytes([e, f, g, h]),
        })
    }

    pub(crate) const fn to_bytes(self) -> [u8; HEADER_SIZE] {
        let [a, b, c, d] = self.body_length.to_be_bytes();
        let [e, f, g, h] = self.message_type.to_be_bytes();
        [a, b, c, d, e, f, g, h]
    }

    /// Returns the size of header and body; `None` if it exceeds this machine's `usize`.
    #[inline(always)]
    pub(crate) fn frame_size(self) -> Option<usize> {
        usize::try_from(self.body_length)
            .ok()?
            .checked_add(HEADER_SIZE)
    }
}

/// The header of a floating field: the sizes of `FieldDataID` and `FieldDataLength`.
#[derive(Clone, Copy, PartialEq, Eq, Hash, Debug)]
pub enum FieldHeader {
    /// One byte each.
    Narrow,
    /// Two bytes for `FieldDataID`, one for `FieldDataLength`.
    WideId,
    /// Two bytes each.
    Wide,
}

impl FieldHeader {
    /// Returns the size in bytes.
    #[inline(always)]
    #[must_use]
    pub const fn size(self) -> usize {
        match self {
            Self::Narrow => 2,
            Self::WideId => 3,
            Self::Wide => 4,
        }
    }

    /// Returns the largest `FieldDataID`.
    #[inline(always)]
    #[must_use]
    pub const fn max_id(self) -> u16 {
        match self {
            Self::Narrow => 0xFF,
            Self::WideId | Self::Wide => 0xFFFF,
        }
    }

    /// Returns the largest `FieldDataLength`.
    #[inline(always)]
    #[must_use]
    pub const fn max_data(self) -> usize {
        match self {
            Self::Narrow | Self::WideId => 0xFF,
            Self::Wide => 0xFFFF,
        }
    }
}

/// A [`FieldHeader`] as a type, so that decoding is compiled for it.
pub trait Widths {
    /// The header.
    const HEADER: FieldHeader;
}

/// [`FieldHeader::Narrow`].
#[derive(Clone, Copy, Debug)]
pub enum Narrow {}
/// [`FieldHeader::WideId`].
#[derive(Clone, Copy, Debug)]
pub enum WideId {}
/// [`FieldHeader::Wide`].
#[derive(Clone, Copy, Debug)]
pub enum Wide {}

impl Widths for Narrow {
    const HEADER: FieldHeader = FieldHeader::Narrow;
}
impl Widths for WideId {
    const HEADER: FieldHeader = FieldHeader::WideId;
}
impl Widths for Wide {
    const HEADER: FieldHeader = FieldHeader::Wide;
}

/// A floating field: its id and its data as received.
#[derive(Clone, Copy, PartialEq, Eq, Hash, Debug)]
pub struct FloatingField<'a> {
    /// `FieldDataID`.
    pub id: u16,
    /// The data, of the length in `FieldDataLength`.
    pub data: &'a [u8],
}

/// A step of a walk: a field and its place.
#[derive(Clone, Copy, Debug)]
pub struct Step<'a> {
    pub(crate) field: FloatingField<'a>,
    /// The field's own bytes, `FieldDataID` and `FieldDataLength` included.
    wire: &'a [u8],
    /// The wire from the field's first byte on.
    pub(crate) from: &'a [u8],
    /// The bytes after the field.
    pub(crate) after: &'a [u8],
}

impl<'a> Step<'a> {
    /// Returns the first field of a part of the wire; `None` if it is incomplete.
    #[inline(always)]
    pub(crate) fn read<W: Widths>(from: &'a [u8]) -> Option<Self> {
        let (id, length) = match W::HEADER {
            FieldHeader::Narrow => {
                let [id, length] = *from.first_chunk()?;
                (u16::from(id), usize::from(length))
            }
            FieldHeader::WideId => {
                let [high, low, length] = *from.first_chunk()?;
                (u16::from_be_bytes([high, low]), usize::from(length))
            }
            FieldHeader::Wide => {
                let [high, low, long, length] = *from.first_chunk()?;
                (
                    u16::from_be_bytes([high, low]),
                    usize::from(u16::from_be_bytes([long, length])),
                )
            }
        };
        let size = W::HEADER.size().wrapping_add(length);
        let (wire, after) = from.split_at_checked(size)?;
        let data = wire.get(W::HEADER.size()..)?;
        Some(Self {
            field: FloatingField { id, data },
            wire,
            from,
            after,
        })
    }

    /// Returns the data as a text, without one terminating NUL.
    #[inline(always)]
    pub(crate) fn text(&self) -> Text<'a> {
        // The bytes of an empty field end with its length, which is 0 as well. So a last byte
        // always exists and needs no check, which takes a fifth off the time of decoding.
        let data = self.field.data;
        let size = match self.wire {
            [.., 0] => data.len().saturating_sub(1),
            _ => data.len(),
        };
        Text::new(data.get(..size).unwrap_or(data))
    }
}

/// Steps over floating fields, checking only their bounds.
#[derive(Clone, Copy, Debug)]
pub struct Walk<'a> {
    pub(crate) rest: &'a [u8],
    pub(crate) header: FieldHeader,
}

/// The place where a walk ended before the wire did.
#[derive(Clone, Copy, Debug)]
pub struct Cut<'a> {
    /// The wire from the first byte of the broken field on.
    pub(crate) from: &'a [u8],
    /// Its `FieldDataID`, if that is complete.
    pub(crate) id: Option<u16>,
    pub(crate) kind: Fault,
}

impl<'a> Walk<'a> {
    /// A walk over no fields.
    pub(crate) const EMPTY: Self = Self::new(&[], FieldHeader::Narrow);

    #[inline(always)]
    pub(crate) const fn new(rest: &'a [u8], header: FieldHeader) -> Self {
        Self { rest, header }
    }

    /// Returns the next field; `None` at the end and at a truncated field, which [`Walk::cut`]
    /// distinguishes.
    #[inline(always)]
    pub(crate) fn step(&mut self) -> Option<Step<'a>> {
        if matches!(self.header, FieldHeader::Narrow) {
            self.step_as::<Narrow>()
        } else if matches!(self.header, FieldHeader::WideId) {
            self.step_as::<WideId>()
        } else {
            self.step_as::<Wide>()
        }
    }

    /// Like [`step`](Self::step), with a known header.
    #[inline(always)]
    pub(crate) fn step_as<W: Widths>(&mut self) -> Option<Step<'a>> {
        let step = Step::read::<W>(self.rest)?;
        self.rest = step.after;
        Some(step)
    }

    /// Returns the data of the next field with this id.
    #[inline(always)]
    pub(crate) fn find(mut self, id: u16) -> Option<&'a [u8]> {
        match self.header {
            FieldHeader::Narrow => self.find_as::<Narrow>(id),
            FieldHeader::WideId => self.find_as::<WideId>(id),
            FieldHeader::Wide => self.find_as::<Wide>(id),
        }
    }

    #[inline(always)]
    fn find_as<W: Widths>(&mut self, id: u16) -> Option<&'a [u8]> {
        while let Some(step) = self.step_as::<W>() {
            if step.field.id == id {
                return Some(step.field.data);
            }
        }
        None
    }

    /// Returns the truncated field at which the walk stopped; `None` if it reached the end.
    #[cold]
    pub(crate) fn cut(&self) -> Option<Cut<'a>> {
        if self.rest.is_empty() {
            return None;
        }
        let id = match (self.header, self.rest) {
            (FieldHeader::Narrow, [id, ..]) => Some(u16::from(*id)),
            (FieldHeader::WideId | FieldHeader::Wide, [high, low, ..]) => {
                Some(u16::from_be_bytes([*high, *low]))
            }
            _ => None,
        };
        let length = match (self.header, self.rest) {
            (FieldHeader::Narrow, [_, length, ..]) | (FieldHeader::WideId, [_, _, length, ..]) => {
                usize::from(*length)
            }
            (FieldHeader::Wide, [_, _, high, low, ..]) => {
                usize::from(u16::from_be_bytes([*high, *low]))
            }
            _ => 0,
        };
        Some(Cut {
            from: self.rest,
            id,
            kind: Fault::Truncated {
                needed: self.header.size().saturating_add(length),
                left: self.rest.len(),
            },
        })
    }
}

/// Room that has been made for so many bytes, which are put in one after the other.
#[derive(Debug)]
pub struct Room<'b>(&'b mut [u8]);

impl<'b> Room<'b> {
    #[inline(always)]
    pub(crate) const fn new(room: &'b mut [u8]) -> Self {
        Self(room)
    }

    #[inline(always)]
    pub(crate) fn put(&mut self, bytes: &[u8]) {
        // There is room; were there none, nothing would be written at all, rather than a part.
        if let Some((head, tail)) = core::mem::take(&mut self.0).split_at_mut_checked(bytes.len()) {
            head.copy_from_slice(bytes);
            self.0 = tail;
        }
    }

    /// `FieldDataID` and `FieldDataLength`, which have been found to fit.
    #[inline(always)]
    pub(crate) fn header(&mut self, header: FieldHeader, id: u16, size: usize) {
        let [high, low] = id.to_be_bytes();
        let [long, length] = u16::try_from(size).unwrap_or(u16::MAX).to_be_bytes();
        match header {
            FieldHeader::Narrow => self.put(&[low, length]),
            FieldHeader::WideId => self.put(&[high, low, length]),
            FieldHeader::Wide => self.put(&[high, low, long, length]),
        }
    }

    /// A text and the NUL that ends it. Tells whether there is another NUL in it.
    pub(crate) fn text(&mut self, text: &[u8]) -> bool {
        let room = core::mem::take(&mut self.0);
        let Some((data, rest)) = room.split_at_mut_checked(text.len()) else {
            return false;
        };
        if let Some((nul, rest)) = rest.split_first_mut() {
            *nul = 0;
            self.0 = rest;
        }
        let Some((_, last)) = text.split_last_chunk::<8>() else {
            data.copy_from_slice(text);
            return is_zero_in(zero_in(in_word(text)));
        };
        if let (Some(first), Some((_, end))) = (text.first_chunk(), text.split_last_chunk())
            && text.len() <= 32
        {
            return is_zero_in(put_halves(data, first, end));
        }
        data.copy_from_slice(text);
        // Looks word by word; the last one may overlap.
        let (words, _) = text.as_chunks::<8>();
        let zero = |word: &[u8; 8]| zero_in(u64::from_ne_bytes(*word));
        is_zero_in(words.iter().fold(zero(last), |all, word| all | zero(word)))
    }
}

/// Puts the two halves of a text, which may overlap. Returns what [`zero_in`] does.
#[inline(always)]
fn put_halves(room: &mut [u8], first: &[u8; 16], end: &[u8; 16]) -> u64 {
    if let Some(to_first) = room.first_chunk_mut() {
        *to_first = *first;
    }
    if let Some((_, to_end)) = room.split_last_chunk_mut() {
        *to_end = *end;
    }
    let mut zero = 0;
    for half in [first, end] {
        let (words, _) = half.as_chunks::<8>();
        for word in words {
            zero |= zero_in(u64::from_ne_bytes(*word));
        }
    }
    zero
}

/// The longest text that [`put_short`] puts.
pub(crate) const SHORT: usize = 16;

/// Puts a short text and the NUL that ends it at the beginning of some room. Returns what [`zero_in`]
/// does.
///
/// A call of `memcpy` and one of `memchr` would be most of the cost: the text goes in two words, which
/// may overlap.
#[inline(always)]
pub(crate) fn put_short(room: &mut [u8; SHORT + 1], text: &[u8]) -> u64 {
    if let Some(nul) = room.get_mut(text.len()) {
        *nul = 0;
    }
    if let (Some(first), Some((_, last))) = (text.first_chunk::<8>(), text.split_last_chunk::<8>())
    {
        put_words(room, text.len().wrapping_sub(8), *first, *last);
        let [first, last] = [*first, *last].map(u64::from_ne_bytes);
        return zero_in(first) | zero_in(last);
    }
    if let (Some(first), Some((_, last))) = (text.first_chunk::<4>(), text.split_last_chunk::<4>())
    {
        put_words(room, text.len().wrapping_sub(4), *first, *last);
        return zero_in(in_word(text));
    }
    let [to_a, to_b, to_c, ..] = room;
    match *text {
        [a] => *to_a = a,
        [a, b] => (*to_a, *to_b) = (a, b),
        [a, b, c] => (*to_a, *to_b, *to_c) = (a, b, c),
        _ => {}
    }
    zero_in(in_word(text))
}

/// The bytes of a text that is shorter than a word, some of them twice, and others that are not 0.
#[inline(always)]
pub(crate) fn in_word(text: &[u8]) -> u64 {
    if let (Some(first), Some((_, last))) = (text.first_chunk::<4>(), text.split_last_chunk::<4>())
    {
        let [first, last] = [*first, *last].map(u32::from_ne_bytes).map(u64::from);
        return first << 32 | last;
    }
    let (a, b, c) = match *text {
        [] => (1, 1, 1),
        [a] => (a, a, a),
        [a, b] => (a, b, b),
        [a, b, c, ..] => (a, b, c),
    };
    u64::from_ne_bytes([a, b, c, 1, 1, 1, 1, 1])
}

/// The longest text that [`put_middling`] puts.
pub(crate) const MIDDLING: usize = 32;

/// Like [`put_short`], for a text that may be twice as long.
#[inline(always)]
pub(crate) fn put_middling(room: &mut [u8; MIDDLING + 1], text: &[u8]) -> u64 {
    if text.len() > SHORT
        && let (Some(first), Some((_, last))) = (text.first_chunk(), text.split_last_chunk())
    {
        if let Some(nul) = room.get_mut(text.len()) {
            *nul = 0;
        }
        let room = room.get_mut(..text.len()).unwrap_or_default();
        return put_halves(room, first, last);
    }
    room.first_chunk_mut()
        .map_or(0, |room| put_short(room, text))
}

/// Puts the first word of a text and, at its place, the last one.
#[inline(always)]
fn put_words<const SIZE: usize>(
    room: &mut [u8; SHORT + 1],
    at: usize,
    first: [u8; SIZE],
    last: [u8; SIZE],
) {
    if let Some(to_first) = room.first_chunk_mut() {
        *to_first = first;
    }
    if let Some(to_last) = room.get_mut(at..).and_then(<[u8]>::first_chunk_mut) {
        *to_last = last;
    }
}

/// The highest bit of each byte of a word.
pub(crate) const HIGH: u64 = u64::from_ne_bytes([0x80; 8]);

/// Returns a word that [`is_zero_in`] tells from others if one of the eight bytes is 0. Such words may
/// be joined by `|`, so that there is but one question to many of them.
#[inline(always)]
pub(crate) const fn zero_in(word: u64) -> u64 {
    const LOW: u64 = u64::from_ne_bytes([1; 8]);
    word.wrapping_sub(LOW) & !word
}

/// Returns whether there was a 0 in a word, by what [`zero_in`] has returned.
#[inline(always)]
pub(crate) const fn is_zero_in(found: u64) -> bool {
    found & HIGH != 0
}

/// Counts the bytes that are 0, up to 255 of them.
///
/// A count so narrow takes a third of the instructions of a wide one.
#[inline(always)]
pub(crate) fn zeros_in(bytes: &[u8]) -> u8 {
    let is_zero = |byte: &u8| u8::from(*byte == 0);
    bytes
        .iter()
        .fold(0, |found: u8, byte| found.wrapping_add(is_zero(byte)))
}
