//! Encoding: one pass over a message, which writes it and refuses faults.

use bytes::BytesMut;

use super::facts::LONGEST_FIXED;
use crate::mhdr::dialect::Dialect;
use crate::mhdr::error::{EncodeError, Fault, FieldName, TypeName};
use crate::mhdr::layout::FieldRow;
use crate::mhdr::wire::{FieldHeader, HEADER_SIZE, Header, Room, SHORT, put_short};

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
    /// Whether the count of a received list is compared with the list at the place of the count,
    /// which walks the list an extra time. Else it is compared at the place of the list, which is
    /// walked there anyway.
    pub(crate) ahead: bool,
}

/// The field and the fault that encoding refuses.
pub type Refusal = (FieldName, Fault);

/// Encoding was refused: the [`Writer`] has the reason.
#[derive(Clone, Copy, Debug)]
pub struct Refused;

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

    #[inline]
    pub(crate) fn new<V: Dialect>(version: V, mode: Mode) -> Self {
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

/// Writes a message to the end of a buffer, or to the beginning of a slice.
///
/// Bytes beyond the end of a slice are counted and not written, so an empty slice measures.
#[derive(Debug)]
pub struct Writer<'b> {
    pub(crate) how: How,
    out: Out<'b>,
    /// The start of the frame in a buffer.
    start: usize,
    /// The number of bytes of the frame that have left the stage.
    gone: usize,
    /// The number of bytes on the stage. So narrow that no sum with it overflows.
    at: u16,
    stage: [u8; STAGE],
    /// The bytes of named data so far.
    pub(crate) named: usize,
    /// For a received message: adjacent elements that only the fields between them separate.
    pub(crate) kept_apart: Option<Refusal>,
    refusal: Option<Refusal>,
}

impl<'b> Writer<'b> {
    #[inline(always)]
    #[expect(clippy::cast_possible_truncation, reason = "8")]
    fn new(how: How, out: Out<'b>) -> Self {
        let start = match &out {
            Out::Grow(buffer) => buffer.len(),
            Out::Slice(_) => 0,
        };
        Self {
            how,
            out,
            start,
            gone: 0,
            // The header is written last.
            at: HEADER_SIZE as u16,
            stage: [0; STAGE],
            named: 0,
            kept_apart: None,
            refusal: None,
        }
    }

    /// Returns the number of bytes of the frame written so far.
    pub(crate) fn written(&self) -> usize {
        self.gone.saturating_add(self.at.into())
    }

    /// Takes back the bytes written since then.
    pub(crate) fn back_to(&mut self, written: usize) {
        let at = written.checked_sub(self.gone).map(u16::try_from);
        if let Some(Ok(at)) = at {
            self.at = at;
            return;
        }
        self.at = 0;
        self.gone = written;
        if let Out::Grow(buffer) = &mut self.out {
            buffer.truncate(self.start.saturating_add(written));
        }
    }

    /// Returns the next bytes, if the stage has room for them; else has no effect.
    #[inline(always)]
    pub(crate) fn ready(&mut self, size: usize) -> Option<&mut [u8]> {
        let from = usize::from(self.at);
        let to = from.saturating_add(size);
        let room = self.stage.get_mut(from..to)?;
        self.at = u16::try_from(to).unwrap_or_default();
        Some(room)
    }

    /// Returns the next bytes; `None` if the stage cannot hold as many.
    #[inline(always)]
    pub(crate) fn room(&mut self, size: usize) -> Option<&mut [u8]> {
        if usize::from(self.at).saturating_add(size) > STAGE {
            self.clear();
        }
        self.ready(size)
    }

    /// Sends the stage to the destination.
    #[inline(never)]
    fn clear(&mut self) {
        let staged = self.stage.get(..self.at.into()).unwrap_or_default();
        self.out.send(self.gone, staged);
        self.gone = self.written();
        self.at = 0;
    }

    #[inline(never)]
    pub(crate) fn put(&mut self, bytes: &[u8]) {
        match self.room(bytes.len()) {
            Some(room) => room.copy_from_slice(bytes),
            None => {
                // The stage is empty now.
                self.out.send(self.gone, bytes);
                self.gone = self.gone.saturating_add(bytes.len());
            }
        }
    }

    /// Writes `FieldDataID` and `FieldDataLength`, which were checked to fit.
    pub(crate) fn header(&mut self, id: u16, size: usize) {
        let header = self.how.header;
        if let Some(room) = self.room(header.size()) {
            Room::new(room).header(header, id, size);
        }
    }

    /// Writes a floating field that is a short text; returns `false` if it is not certain to be
    /// allowed, or the field is no common one: then call [`any_text`](Self::any_text) instead.
    #[inline(never)]
    pub(crate) fn text(&mut self, id: u16, max: u8, text: &[u8]) -> bool {
        let strict = self.how.strict;
        let most = if strict { max } else { u8::MAX };
        if text.len() < usize::from(most)
            && text.len() <= SHORT
            && matches!(self.how.header, FieldHeader::Narrow)
            && let Some([to_id, to_length, data @ ..]) = self.ready(text.len().wrapping_add(3))
        {
            let [_, id] = id.to_be_bytes();
            let [length, ..] = text.len().wrapping_add(1).to_le_bytes();
            *to_id = id;
            *to_length = length;
            return !put_short(data, text) || !strict;
        }
        false
    }

    /// Writes a floating field that is any text; returns `false` if it is too long, or has a NUL in
    /// it while the guide is enforced.
    #[inline(never)]
    pub(crate) fn any_text(&mut self, id: u16, max: usize, text: &[u8]) -> bool {
        let size = text.len().wrapping_add(1);
        if self.how.is_over(max, size) || self.how.strict && super::has_nul(text) {
            return false;
        }
        let header = self.how.header;
        match self.room(header.size().saturating_add(size)) {
            Some(room) => {
                let mut room = Room::new(room);
                room.header(header, id, size);
                room.put(text);
                room.put(&[0]);
            }
            // The longest of them.
            None => {
                self.header(id, size);
                self.put(text);
                self.put(&[0]);
            }
        }
        true
    }

    /// Writes a floating field that is a number.
    #[inline(never)]
    pub(crate) fn number<const SIZE: usize>(&mut self, id: u16, number: [u8; SIZE]) {
        if matches!(self.how.header, FieldHeader::Narrow)
            && let Some([to_id, to_length, data @ ..]) = self.ready(const { SIZE.wrapping_add(2) })
        {
            let [_, id] = id.to_be_bytes();
            let [length, ..] = SIZE.to_le_bytes();
            *to_id = id;
            *to_length = length;
            if let Some(data) = data.first_chunk_mut() {
                *data = number;
            }
            return;
        }
        self.header(id, SIZE);
        self.put(&number);
    }

    /// Writes a floating field unchanged; returns `false` if it is too long.
    pub(crate) fn bytes(&mut self, id: u16, max: usize, data: &[u8]) -> bool {
        if self.how.is_over(max, data.len()) {
            return false;
        }
        self.header(id, data.len());
        self.put(data);
        true
    }

    /// Takes down why the message is refused.
    #[cold]
    pub(crate) fn refuse(&mut self, refusal: Refusal) -> Refused {
        self.refusal = Some(refusal);
        Refused
    }

    /// Like `refuse`, for a field that a table lists.
    #[cold]
    pub(crate) fn refuse_field(&mut self, name: &'static str, kind: Fault) -> Refused {
        self.refuse((FieldName::Listed(name), kind))
    }

    /// Writes the header, now that the length of the body is known, and sends the rest. Returns the
    /// size of the frame.
    #[inline(always)]
    fn finish(&mut self, message: &TypeName) -> Result<usize, EncodeError> {
        let size = self.written();
        let Ok(body_length) = u32::try_from(size.saturating_sub(HEADER_SIZE)) else {
            let (length, max) = (size.saturating_sub(HEADER_SIZE), u32::MAX as usize);
            let field = FieldName::Listed("BodyLength");
            return Err(encode_error(
                message,
                (field, Fault::TooLong { length, max }),
            ));
        };
        let header = Header {
            body_length,
            message_type: message.number,
        };
        let place = if self.gone == 0 {
            self.stage.first_chunk_mut()
        } else {
            self.out.begun_at(self.start)
        };
        if let Some(place) = place {
            *place = header.to_bytes();
        }
        let staged = self.stage.get(..self.at.into()).unwrap_or_default();
        self.out.send(self.gone, staged);
        Ok(size)
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
    /// Sends some bytes of a frame; in a slice that is too short, none.
    #[inline(always)]
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

    /// Returns the header of a frame that was begun.
    fn begun_at(&mut self, start: usize) -> Option<&mut [u8; HEADER_SIZE]> {
        match self {
            Self::Grow(buffer) => buffer.get_mut(start..)?.first_chunk_mut(),
            Self::Slice(slice) => slice.first_chunk_mut(),
        }
    }
}

/// A function that writes the body of a message.
pub type Write<'w> = &'w dyn Fn(&mut Writer<'_>) -> Result<(), Refused>;

/// Encodes header and body, or nothing; returns the size.
#[inline(never)]
pub(crate) fn encode(
    message: &TypeName,
    how: How,
    write: Write<'_>,
    mut out: Out<'_>,
) -> Result<usize, EncodeError> {
    match &mut out {
        Out::Grow(_) => pass(message, how, write, out),
        Out::Slice(slice) => {
            // It is left as it is when there is an error, so that is found out first.
            let needed = pass(message, how, write, Out::Slice(&mut []))?;
            if needed > slice.len() {
                return Err(no_room(message, needed, slice.len()));
            }
            pass(message, how, write, out)
        }
    }
}

#[inline(always)]
fn pass(
    message: &TypeName,
    how: How,
    write: Write<'_>,
    out: Out<'_>,
) -> Result<usize, EncodeError> {
    let mut writer = Writer::new(how, out);
    match write(&mut writer) {
        Ok(()) => writer.finish(message),
        Err(Refused) => careful_pass(message, write, writer),
    }
}

/// Repeats the pass after a refusal: a fault of a count precedes those of the fields after it, and
/// a count that is not written need not be right.
#[cold]
#[inline(never)]
fn careful_pass(
    message: &TypeName,
    write: Write<'_>,
    mut refused: Writer<'_>,
) -> Result<usize, EncodeError> {
    refused.back_to(0);
    let how = How {
        ahead: true,
        ..refused.how
    };
    let mut writer = Writer::new(how, refused.out);
    let refusal = match (write(&mut writer), writer.refusal) {
        (Ok(()), _) => return writer.finish(message),
        (Err(Refused), Some(refusal)) => refusal,
        // A refusal in this pass gives its reason.
        (Err(Refused), None) => return Err(no_room(message, writer.written(), 0)),
    };
    writer.back_to(0);
    Err(encode_error(message, refusal))
}

/// Writes a body that has no struct.
pub(crate) fn encode_raw<V: Dialect>(
    message_type: u32,
    body: &[u8],
    out: Out<'_>,
) -> Result<usize, EncodeError> {
    let write = |out: &mut Writer<'_>| {
        out.put(body);
        Ok(())
    };
    let how = How::new(V::default(), Mode::AsReceived);
    encode(&V::name_type(message_type), how, &write, out)
}

#[cold]
fn encode_error(message: &TypeName, (field, kind): Refusal) -> EncodeError {
    EncodeError {
        message: *message,
        field,
        kind,
    }
}

#[cold]
fn no_room(message: &TypeName, needed: usize, room: usize) -> EncodeError {
    let kind = Fault::NoRoom { needed, room };
    encode_error(message, (FieldName::Listed("BodyLength"), kind))
}
