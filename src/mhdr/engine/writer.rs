//! Encoding: one pass over a message, which writes it and refuses what may not be written.

use bytes::BytesMut;

use super::facts::LONGEST_FIXED;
use crate::mhdr::dialect::Dialect;
use crate::mhdr::error::{EncodeError, EncodeErrorKind, FieldName, TypeName};
use crate::mhdr::layout::FieldRow;
use crate::mhdr::wire::{FieldHeader, HEADER_SIZE, Header, Room, SHORT, put_short};

/// How a message is encoded.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub enum Mode {
    /// What the guide forbids is refused.
    Strict,
    /// The same, but what the version lacks is left out.
    Fitting,
    /// What the guide forbids is written, for it to be looked at.
    Lenient,
    /// What was received is written as it came.
    AsReceived,
}

/// How encoding goes about a message: its version, and whether it holds to the guide.
#[derive(Clone, Copy, Debug)]
pub struct How {
    /// The number of the version.
    pub(crate) version: u32,
    pub(crate) header: FieldHeader,
    /// Whether to refuse what the guide forbids.
    pub(crate) strict: bool,
    /// Whether the message is one of ours, so that what the guide prescribes is filled in, counts
    /// included; else it is as received.
    pub(crate) own: bool,
    /// Whether to leave out what the version lacks.
    pub(crate) fit: bool,
    /// Whether the count of a received list is compared with the list where the count stands, for
    /// which the list is walked. Else it is where the list stands, which is walked there anyhow.
    pub(crate) ahead: bool,
}

/// What encoding refuses.
pub type Refusal = (FieldName, EncodeErrorKind);

/// Encoding has been refused: the [`Writer`] knows what for.
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

    /// Whether a field is not written as the version lacks it.
    #[inline(always)]
    pub(crate) const fn leaves_out(&self, row: &FieldRow) -> bool {
        (row.since != 0 || row.until.is_some()) && self.fit && !row.is_in(self.version)
    }

    /// Whether the version lacks a field that is set, or cannot write its id.
    #[inline(always)]
    pub(crate) const fn lacks(&self, row: &FieldRow) -> bool {
        // Of most rows it is known when the library is built that no version does.
        (row.since != 0 || row.until.is_some()) && self.strict && !row.is_in(self.version)
            || row.id > 255 && row.id > self.header.max_id()
    }

    /// Whether so much data is too long for a field.
    #[inline(always)]
    pub(crate) const fn is_over(&self, max: usize, size: usize) -> bool {
        // No header says less than 255, nor more for most versions: that is asked first.
        size > max && self.strict || size > 255 && size > self.header.max_data()
    }

    /// What there is to refuse about a field of this size.
    pub(crate) fn refusal(&self, row: &FieldRow, length: usize) -> Option<Refusal> {
        if self.is_over(row.max, length) {
            let most = self.header.max_data();
            let max = if self.strict { row.max.min(most) } else { most };
            let kind = EncodeErrorKind::TooLong { length, max };
            return Some((FieldName::Listed(row.name), kind));
        }
        self.lacks(row)
            .then(|| newer(row.name, row.since, row.until))
    }
}

/// A field that is set and that the version lacks.
#[cold]
pub(crate) fn newer(name: &'static str, since: u32, until: Option<u32>) -> Refusal {
    (
        FieldName::Listed(name),
        EncodeErrorKind::NotInVersion { since, until },
    )
}

/// How many bytes are put together before they go to where the frame goes. Most messages are shorter.
const STAGE: usize = 256;

const _: () = assert!(HEADER_SIZE + LONGEST_FIXED <= STAGE);

/// Writes a message to the end of a buffer, or to the beginning of a slice.
///
/// What finds no room in a slice is counted and not written, so that an empty slice measures.
#[derive(Debug)]
pub struct Writer<'b> {
    pub(crate) how: How,
    out: Out<'b>,
    /// Where the frame begins in a buffer.
    start: usize,
    /// How much of the frame has left the stage.
    gone: usize,
    /// How much of the stage is filled. So narrow that no sum with it overflows.
    at: u16,
    stage: [u8; STAGE],
    /// The bytes of named data so far.
    pub(crate) named: usize,
    /// Of a received message: elements that can only be told apart by what came between them.
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

    /// How much of the frame has been written.
    pub(crate) fn written(&self) -> usize {
        self.gone.saturating_add(self.at.into())
    }

    /// Takes back what has been written since then.
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

    /// The next bytes, if the stage has room for them; else nothing has been done.
    #[inline(always)]
    pub(crate) fn ready(&mut self, size: usize) -> Option<&mut [u8]> {
        let from = usize::from(self.at);
        let to = from.saturating_add(size);
        let room = self.stage.get_mut(from..to)?;
        self.at = u16::try_from(to).unwrap_or_default();
        Some(room)
    }

    /// The next bytes; `None` if there are more of them than the stage holds.
    #[inline(always)]
    pub(crate) fn room(&mut self, size: usize) -> Option<&mut [u8]> {
        if usize::from(self.at).saturating_add(size) > STAGE {
            self.clear();
        }
        self.ready(size)
    }

    /// Sends what is on the stage to where the frame goes.
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

    /// `FieldDataID` and `FieldDataLength`, which have been found to fit.
    pub(crate) fn header(&mut self, id: u16, size: usize) {
        let header = self.how.header;
        if let Some(room) = self.room(header.size()) {
            Room::new(room).header(header, id, size);
        }
    }

    /// A floating field that is a short text; `false` where that is not certain to be allowed, or the
    /// field is no common one: then [`any_text`](Self::any_text) is to be called instead.
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

    /// A floating field that is a text, whatever there is about it; `false` if it is too long, or has a
    /// NUL in it where the guide's rules hold.
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

    /// A floating field that is a number.
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

    /// A floating field as it is; `false` if it is too long.
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

    /// The same for a field that a table lists.
    #[cold]
    pub(crate) fn refuse_field(&mut self, name: &'static str, kind: EncodeErrorKind) -> Refused {
        self.refuse((FieldName::Listed(name), kind))
    }

    /// Writes the header, now that it is known how long the body is, and sends what is left. The size
    /// of the frame.
    #[inline(always)]
    fn finish(&mut self, message: &TypeName) -> Result<usize, EncodeError> {
        let size = self.written();
        let Ok(body_length) = u32::try_from(size.saturating_sub(HEADER_SIZE)) else {
            return Err(no_room(message, size, usize::MAX));
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

/// Where a frame goes.
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

    /// The header of a frame that has been begun.
    fn begun_at(&mut self, start: usize) -> Option<&mut [u8; HEADER_SIZE]> {
        match self {
            Self::Grow(buffer) => buffer.get_mut(start..)?.first_chunk_mut(),
            Self::Slice(slice) => slice.first_chunk_mut(),
        }
    }
}

/// What writes the body of a message.
pub type Write<'w> = &'w dyn Fn(&mut Writer<'_>) -> Result<(), Refused>;

/// Encodes header and body, or nothing at all; how much it was.
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

/// The same again where something has been refused: what is wrong with a count comes before what is
/// wrong with the fields that follow it, and a count that is not written need not be right.
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
        // Whatever refuses in this pass says why.
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
    let kind = EncodeErrorKind::NoRoom { needed, room };
    encode_error(message, (FieldName::Listed("BodyLength"), kind))
}
