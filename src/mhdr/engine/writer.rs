//! Encoding: one pass over a message, which writes it and refuses faults.

use bytes::BytesMut;

use super::facts::LONGEST_FIXED;
use super::single::{has_nul, inner_nul};
use crate::mhdr::dialect::Dialect;
use crate::mhdr::error::{EncodeError, Fault, FieldName};
use crate::mhdr::layout::FieldRow;
use crate::mhdr::wire::{
    FieldHeader, HEADER_SIZE, Header, MIDDLING, Room, SHORT, is_zero_in, put_middling, put_short,
};

/// The mode of encoding.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub enum Mode {
    /// Refuses everything that the guide forbids.
    Strict,
    /// Like `Strict`, but omits fields that the version lacks.
    Fitting,
    /// Writes even values that the guide forbids, so that they can be checked.
    Lenient,
    /// Writes the message as received.
    AsReceived,
}

/// The parameters of encoding a message: its version, and whether to enforce the guide.
#[derive(Clone, Copy, Debug)]
pub struct How {
    /// The number of the version.
    pub(crate) version: u32,
    pub(crate) header: FieldHeader,
    /// Whether to refuse everything that the guide forbids.
    pub(crate) strict: bool,
    /// Whether the message is a new one, so that prescribed values are filled in, counts included;
    /// else it is as received.
    pub(crate) own: bool,
    /// Whether to omit fields that the version lacks.
    pub(crate) fit: bool,
    /// Whether each field is looked at closely, in the order of faults. The count of a received list
    /// is compared with the list at the place of the count, which walks the list an extra time. Else it
    /// is compared at the place of the list, which is walked there anyway.
    pub(crate) ahead: bool,
}

/// The field and the fault that encoding refuses.
pub type Refusal = (FieldName, Fault);

impl How {
    /// For showing a message, which no version and no rule stops.
    pub(crate) const SHOW: Self = Self {
        version: u32::MAX,
        header: FieldHeader::Wide,
        strict: false,
        own: false,
        fit: false,
        ahead: false,
    };

    #[inline(always)]
    fn new<V: Dialect>(version: V, mode: Mode) -> Self {
        Self {
            version: version.number(),
            header: version.field_header(),
            strict: matches!(mode, Mode::Strict | Mode::Fitting),
            own: !matches!(mode, Mode::AsReceived),
            fit: matches!(mode, Mode::Fitting),
            ahead: false,
        }
    }

    /// Returns whether a field is not written as the version lacks it.
    #[inline(always)]
    pub(crate) const fn leaves_out(&self, row: &FieldRow) -> bool {
        (row.since != 0 || row.until.is_some()) && self.fit && !row.is_in(self.version)
    }

    /// Returns whether the version lacks a field that is set, or cannot write its id.
    #[inline(always)]
    pub(crate) const fn lacks(&self, row: &FieldRow) -> bool {
        // Of most rows it is known when the library is built that no version does.
        (row.since != 0 || row.until.is_some()) && self.strict && !row.is_in(self.version)
            || row.id > 255 && row.id > self.header.max_id()
    }

    /// Returns whether so much data is too long for a field.
    #[inline(always)]
    pub(crate) const fn is_over(&self, max: usize, size: usize) -> bool {
        // Every header allows 255, and most versions no more: that is tested first.
        size > max && self.strict || size > 255 && size > self.header.max_data()
    }

    /// Returns the fault of a field of this size, if any.
    pub(crate) fn refusal(&self, row: &FieldRow, length: usize) -> Option<Refusal> {
        if self.is_over(row.max, length) {
            let most = self.header.max_data();
            // As received, what the guide allows does not matter.
            let max = if self.own { row.max.min(most) } else { most };
            let kind = Fault::TooLong { length, max };
            return Some((FieldName::Listed(row.name), kind));
        }
        self.lacks(row)
            .then(|| newer(row.name, row.since, row.until))
    }
}

/// Refuses a field that is set although the version lacks it.
#[cold]
pub(crate) fn newer(name: &'static str, since: u32, until: Option<u32>) -> Refusal {
    (
        FieldName::Listed(name),
        Fault::NotInVersion { since, until },
    )
}

/// The number of bytes collected before they go to the destination. Most messages are shorter.
const STAGE: usize = 256;

const _: () = assert!(HEADER_SIZE + LONGEST_FIXED <= STAGE);

/// The most bytes of a field that goes to the stage without further questions.
pub(crate) const LONGEST_SHORT: usize = MIDDLING * 2 + 6;

/// What can be written: the body of a message.
pub trait Content {
    /// Writes it, and notes its type. A fault is left with the [`Writer`].
    fn write(&self, out: &mut Writer<'_>);
}

/// Writes a message to the end of a buffer, or to the beginning of a slice.
///
/// It keeps the first fault and writes on, so that fields need not ask each time how it went. Of short
/// texts it even keeps no more than that there may be a fault: a second pass tells which.
#[derive(Debug)]
pub struct Writer<'b> {
    pub(crate) how: How,
    /// The header of short fields that go to the stage without further questions. `Wide` if none do.
    short: FieldHeader,
    /// The type of the message.
    pub(crate) message_type: u32,
    out: Out<'b>,
    /// Whether bytes are counted and not sent: a slice stays as it is when there is a fault, and a
    /// message that is longer than the stage goes there in a second pass.
    measures: bool,
    /// The number of bytes of the frame that have left the stage.
    gone: usize,
    /// The number of bytes on the stage.
    at: usize,
    stage: [u8; STAGE],
    /// The bytes of named data so far.
    pub(crate) named: usize,
    /// For a received message: adjacent elements that only the fields between them separate.
    pub(crate) kept_apart: Option<Refusal>,
    refusal: Option<Refusal>,
    /// Whether there may be a fault, as `is_zero_in` tells.
    doubt: u64,
}

impl<'b> Writer<'b> {
    #[inline(always)]
    fn new(how: How, out: Out<'b>) -> Self {
        Self {
            how,
            short: how.header,
            message_type: 0,
            measures: matches!(out, Out::Slice(_)),
            out,
            gone: 0,
            // The header is written last.
            at: HEADER_SIZE,
            stage: [0; STAGE],
            named: 0,
            kept_apart: None,
            refusal: None,
            doubt: 0,
        }
    }

    /// Returns the number of bytes of the frame written so far.
    fn written(&self) -> usize {
        self.gone.saturating_add(self.at)
    }

    /// Takes back the bytes written since then.
    fn back_to(&mut self, written: usize) {
        if let Some(at) = written.checked_sub(self.gone) {
            self.at = at;
            return;
        }
        if let Out::Grow(buffer) = &mut self.out {
            let more = self.gone.saturating_sub(written);
            buffer.truncate(buffer.len().saturating_sub(more));
        }
        self.at = 0;
        self.gone = written;
    }

    /// Takes back all but the header and a fixed part of this size.
    #[cold]
    #[inline(never)]
    pub(crate) fn back_to_fixed(&mut self, size: usize) {
        self.back_to(HEADER_SIZE.saturating_add(size));
    }

    /// Returns the first bytes after the header, where the fixed part goes.
    #[inline(always)]
    pub(crate) fn fixed(&mut self, size: usize) -> &mut [u8] {
        let to = size.wrapping_add(HEADER_SIZE);
        self.at = to;
        self.stage.get_mut(HEADER_SIZE..to).unwrap_or_default()
    }

    /// Takes the next few bytes for a short field, writes its header of two or three bytes, and returns
    /// room for its data; `None` if the stage might have no room for `MOST` bytes, so that one test is
    /// enough. What is written behind the data counts for nothing.
    #[inline(always)]
    pub(crate) fn field<const MOST: usize>(
        &mut self,
        header: u8,
        id: u16,
        length: usize,
    ) -> Option<&mut [u8]> {
        const { assert!(MOST <= LONGEST_SHORT) };
        let room: &mut [u8; MOST] = self.stage.get_mut(self.at..)?.first_chunk_mut()?;
        self.at = self.at.wrapping_add(header.into()).wrapping_add(length);
        let [length, ..] = length.to_le_bytes();
        let [high, low] = id.to_be_bytes();
        match (header, room.as_mut_slice()) {
            (2, [to_id, to_length, room @ ..]) => {
                (*to_id, *to_length) = (low, length);
                Some(room)
            }
            (_, [to_high, to_low, to_length, room @ ..]) => {
                (*to_high, *to_low, *to_length) = (high, low, length);
                Some(room)
            }
            _ => None,
        }
    }

    /// Makes room for any short field. Returns whether [`field`](Self::field) has been refused for
    /// want of it.
    fn makes_room(&mut self) -> bool {
        let wants = self.at > const { STAGE.wrapping_sub(LONGEST_SHORT) };
        if wants {
            self.clear();
        }
        wants && !matches!(self.short, FieldHeader::Wide)
    }

    /// Returns the header of fields that go to the stage without further questions, `Wide` if none do.
    #[inline(always)]
    pub(crate) const fn short(&self) -> FieldHeader {
        self.short
    }

    /// Returns the stage, and where the next byte goes.
    #[inline(always)]
    pub(crate) const fn stage(&mut self) -> (&mut [u8; STAGE], usize) {
        (&mut self.stage, self.at)
    }

    /// Takes in what has been put on the stage.
    #[inline(always)]
    pub(crate) const fn staged(&mut self, at: usize) {
        self.at = at;
    }

    /// Takes down that there may be a fault.
    pub(crate) const fn doubts(&mut self) {
        self.doubt = u64::MAX;
    }

    /// Returns the next bytes; `None` if the stage cannot hold as many.
    #[inline(always)]
    pub(crate) fn room(&mut self, size: usize) -> Option<&mut [u8]> {
        if self.at.saturating_add(size) > STAGE {
            self.clear();
        }
        let to = self.at.saturating_add(size);
        let room = self.stage.get_mut(self.at..to)?;
        self.at = to;
        Some(room)
    }

    /// Sends the stage to the destination.
    #[inline(never)]
    pub(crate) fn clear(&mut self) {
        let staged = self.stage.get(..self.at).unwrap_or_default();
        if !self.measures {
            self.out.send(self.gone, staged);
        }
        self.gone = self.written();
        self.at = 0;
    }

    #[inline(never)]
    pub(crate) fn put(&mut self, bytes: &[u8]) {
        if let Some(room) = self.room(bytes.len()) {
            return room.copy_from_slice(bytes);
        }
        // The stage is empty now.
        if !self.measures {
            self.out.send(self.gone, bytes);
        }
        self.gone = self.gone.saturating_add(bytes.len());
    }

    /// Writes `FieldDataID` and `FieldDataLength`, which were checked to fit.
    pub(crate) fn header(&mut self, id: u16, size: usize) {
        let header = self.how.header;
        if let Some(room) = self.room(header.size()) {
            Room::new(room).header(header, id, size);
        }
    }

    /// Writes a floating field that is a text.
    #[inline(always)]
    pub(crate) fn text(&mut self, row: &'static FieldRow, text: &[u8]) {
        // Of most rows it is known when the library is built that any short text is within its limit.
        if row.max > SHORT {
            self.wide_text(row, text);
        } else {
            self.narrow_text(row, text);
        }
    }

    /// Writes a text whose limit is so low that even a short text may be over it.
    #[inline(never)]
    fn narrow_text(&mut self, row: &'static FieldRow, text: &[u8]) {
        if text.len() < row.max {
            self.wide_text(row, text);
        } else {
            self.any_text(row, text);
        }
    }

    #[inline(never)]
    fn wide_text(&mut self, row: &'static FieldRow, text: &[u8]) {
        if text.len() > SHORT {
            return self.long_text(row, text);
        }
        let put = |room: &mut _| put_short(room, text);
        let nul = match self.short {
            FieldHeader::Narrow => self.put_text::<{ SHORT + 3 }, _>(2, row.id, text, put),
            FieldHeader::WideId => self.put_text::<{ SHORT + 4 }, _>(3, row.id, text, put),
            FieldHeader::Wide => None,
        };
        match nul {
            None => self.any_text(row, text),
            Some(nul) => self.doubt |= nul,
        }
    }

    /// Writes a text that is not short.
    #[inline(never)]
    fn long_text(&mut self, row: &'static FieldRow, text: &[u8]) {
        if text.len() > MIDDLING || text.len() >= row.max {
            return self.any_text(row, text);
        }
        let put = |room: &mut _| put_middling(room, text);
        let nul = match self.short {
            FieldHeader::Narrow => self.put_text::<{ MIDDLING + 3 }, _>(2, row.id, text, put),
            FieldHeader::WideId => self.put_text::<{ MIDDLING + 4 }, _>(3, row.id, text, put),
            FieldHeader::Wide => None,
        };
        match nul {
            None => self.any_text(row, text),
            Some(nul) => self.doubt |= nul,
        }
    }

    /// Puts a text, if there is room. Returns what `zero_in` does.
    #[inline(always)]
    fn put_text<const MOST: usize, const ROOM: usize>(
        &mut self,
        header: u8,
        id: u16,
        text: &[u8],
        put: impl Fn(&mut [u8; ROOM]) -> u64,
    ) -> Option<u64> {
        let room = self.field::<MOST>(header, id, text.len().wrapping_add(1))?;
        Some(put(room.first_chunk_mut()?))
    }

    #[inline(never)]
    fn any_text(&mut self, row: &'static FieldRow, text: &[u8]) {
        if text.len() <= MIDDLING && self.makes_room() {
            return self.text(row, text);
        }
        let How { header, strict, .. } = self.how;
        let size = text.len().saturating_add(1);
        if self.how.is_over(row.max, size) {
            if strict && has_nul(text) {
                return refuse_nul(row, text, self);
            }
            return refuse(row, None, size, self);
        }
        let nul = match self.room(header.size().saturating_add(size)) {
            Some(room) => {
                let mut room = Room::new(room);
                room.header(header, row.id, size);
                room.text(text)
            }
            // The longest of them.
            None => {
                self.header(row.id, size);
                self.put(text);
                self.put(&[0]);
                has_nul(text)
            }
        };
        if nul && strict {
            refuse_nul(row, text, self);
        }
    }

    /// Writes a floating field that is a number.
    #[inline(never)]
    pub(crate) fn number<const SIZE: usize>(&mut self, row: &'static FieldRow, number: [u8; SIZE]) {
        let room = match self.short {
            FieldHeader::Narrow => self.field::<8>(2, row.id, SIZE),
            FieldHeader::WideId => self.field::<8>(3, row.id, SIZE),
            FieldHeader::Wide => None,
        };
        match room.and_then(|room| room.first_chunk_mut()) {
            Some(room) => *room = number,
            None => self.any_number(row, number),
        }
    }

    #[inline(never)]
    fn any_number<const SIZE: usize>(&mut self, row: &'static FieldRow, number: [u8; SIZE]) {
        if self.makes_room() {
            return self.number(row, number);
        }
        self.header(row.id, SIZE);
        self.put(&number);
    }

    /// Writes a floating field unchanged.
    pub(crate) fn bytes(&mut self, row: &'static FieldRow, data: &[u8]) {
        if self.how.is_over(row.max, data.len()) {
            return refuse(row, None, data.len(), self);
        }
        self.header(row.id, data.len());
        self.put(data);
    }

    /// Takes down why the message is refused, unless there is a reason already.
    #[cold]
    #[inline(never)]
    pub(crate) fn refuse(&mut self, refusal: Refusal) {
        self.refusal.get_or_insert(refusal);
        self.doubt = u64::MAX;
    }

    /// Like `refuse`, for a field that a table lists.
    #[cold]
    #[inline(never)]
    pub(crate) fn refuse_field(&mut self, name: &'static str, kind: Fault) {
        self.refuse((FieldName::Listed(name), kind));
    }

    /// Returns whether there is a fault.
    pub(crate) const fn is_refused(&self) -> bool {
        self.refusal.is_some()
    }

    /// Writes the header, now that the length of the body is known, and sends the rest. Returns the
    /// size of the frame.
    #[inline(always)]
    fn finish(&mut self, content: &dyn Content) -> Result<usize, Refusal> {
        if is_zero_in(self.doubt) || self.gone != 0 {
            return self.finish_other(content);
        }
        let size = self.at;
        let header = Header::of(size, self.message_type)?;
        if let Some(place) = self.stage.first_chunk_mut() {
            *place = header.to_bytes();
        }
        let frame = self.stage.get(..size).unwrap_or_default();
        match &mut self.out {
            Out::Grow(buffer) => buffer.extend_from_slice(frame),
            Out::Slice(slice) => match slice.get_mut(..size) {
                Some(room) => room.copy_from_slice(frame),
                None => return Err(no_room(size, slice.len())),
            },
        }
        Ok(size)
    }

    /// Finishes a message that the stage has not held, or that may have to be refused.
    #[inline(never)]
    fn finish_other(&mut self, content: &dyn Content) -> Result<usize, Refusal> {
        if is_zero_in(self.doubt) {
            // A fault of a count precedes those of the fields after it, and a count that is not
            // written need not be right.
            self.how.ahead = true;
            self.short = FieldHeader::Wide;
            self.write_again(content);
        }
        if let Some(refusal) = self.refusal {
            self.back_to(0);
            return Err(refusal);
        }
        let size = self.written();
        let header = Header::of(size, self.message_type)?;
        if let Out::Slice(slice) = &self.out
            && self.measures
        {
            if slice.len() < size {
                return Err(no_room(size, slice.len()));
            }
            self.measures = false;
            self.write_again(content);
        }
        self.clear();
        let place = match &mut self.out {
            Out::Grow(buffer) => buffer
                .len()
                .checked_sub(size)
                .and_then(|start| buffer.get_mut(start..)?.first_chunk_mut()),
            Out::Slice(slice) => slice.first_chunk_mut(),
        };
        if let Some(place) = place {
            *place = header.to_bytes();
        }
        Ok(size)
    }

    fn write_again(&mut self, content: &dyn Content) {
        self.back_to(0);
        self.gone = 0;
        self.at = HEADER_SIZE;
        self.named = 0;
        self.kept_apart = None;
        self.refusal = None;
        self.doubt = 0;
        content.write(self);
    }
}

impl Header {
    /// Returns the header of a frame of this size.
    #[inline(always)]
    fn of(size: usize, message_type: u32) -> Result<Self, Refusal> {
        match u32::try_from(size.saturating_sub(HEADER_SIZE)) {
            Ok(body_length) => Ok(Self {
                body_length,
                message_type,
            }),
            Err(_) => {
                let (length, max) = (size.saturating_sub(HEADER_SIZE), u32::MAX as usize);
                let field = FieldName::Listed("BodyLength");
                Err((field, Fault::TooLong { length, max }))
            }
        }
    }
}

/// A destination for a frame.
#[derive(Debug)]
pub enum Out<'b> {
    /// To the end of a buffer that grows.
    Grow(&'b mut BytesMut),
    /// To the beginning of a slice.
    Slice(&'b mut [u8]),
}

impl Out<'_> {
    /// Sends some bytes of a frame.
    fn send(&mut self, gone: usize, bytes: &[u8]) {
        match self {
            Self::Grow(buffer) => buffer.extend_from_slice(bytes),
            Self::Slice(slice) => {
                let end = gone.saturating_add(bytes.len());
                if let Some(room) = slice.get_mut(gone..end) {
                    room.copy_from_slice(bytes);
                }
            }
        }
    }
}

/// Encodes header and body, or nothing; returns the size.
#[inline(never)]
pub(crate) fn encode<V: Dialect>(
    content: &dyn Content,
    version: V,
    mode: Mode,
    out: Out<'_>,
) -> Result<usize, EncodeError> {
    let mut writer = Writer::new(How::new(version, mode), out);
    content.write(&mut writer);
    match writer.finish(content) {
        Ok(size) => Ok(size),
        Err((field, kind)) => Err(EncodeError {
            message: V::name_type(writer.message_type),
            field,
            kind,
        }),
    }
}

#[cold]
#[inline(never)]
fn refuse_nul(row: &'static FieldRow, text: &[u8], out: &mut Writer<'_>) {
    if let Some(fault) = inner_nul(0, text) {
        out.refuse_field(row.name, fault);
    }
}

/// Says why a field is not written.
#[cold]
#[inline(never)]
pub(crate) fn refuse(
    row: &'static FieldRow,
    value: Option<Fault>,
    size: usize,
    out: &mut Writer<'_>,
) {
    match value {
        Some(kind) if out.how.strict => out.refuse_field(row.name, kind),
        _ => {
            let max = row.max;
            let over = Fault::TooLong { length: size, max };
            let refusal = out.how.refusal(row, size);
            out.refuse(refusal.unwrap_or((FieldName::Listed(row.name), over)));
        }
    }
}

#[cold]
fn no_room(needed: usize, room: usize) -> Refusal {
    let kind = Fault::NoRoom { needed, room };
    (FieldName::Listed("BodyLength"), kind)
}
