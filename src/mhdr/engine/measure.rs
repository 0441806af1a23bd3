//! Encoding: a message is measured, which is where it may be refused, and then written.

use bytes::BytesMut;

use super::body::Body;
use crate::mhdr::dialect::Dialect;
use crate::mhdr::error::{EncodeError, EncodeErrorKind, FieldName, TypeName};
use crate::mhdr::layout::FieldRow;
use crate::mhdr::wire::{FieldHeader, HEADER_SIZE, Header, Writer};

/// How encoding goes about a message: its version, whether it holds to the guide, and what named
/// data has been counted so far.
#[derive(Clone, Copy, Debug)]
pub struct Measure {
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
    /// The bytes of named data so far.
    pub(crate) named: usize,
    /// Of a received message: elements that can only be told apart by what came between them.
    pub(crate) kept_apart: Option<Refusal>,
}

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

/// What encoding refuses.
pub type Refusal = (FieldName, EncodeErrorKind);

impl Measure {
    /// For showing a message, which no version and no rule stops.
    pub(crate) const SHOW: Self = Self {
        version: u32::MAX,
        header: FieldHeader::Wide,
        strict: false,
        own: false,
        fit: false,
        named: 0,
        kept_apart: None,
    };

    pub(crate) fn new<V: Dialect>(version: V, mode: Mode) -> Self {
        Self {
            version: version.number(),
            header: version.field_header(),
            strict: matches!(mode, Mode::Strict | Mode::Fitting),
            own: !matches!(mode, Mode::AsReceived),
            fit: matches!(mode, Mode::Fitting),
            named: 0,
            kept_apart: None,
        }
    }

    /// Whether a field is not written as the version lacks it.
    #[inline(always)]
    pub(crate) const fn leaves_out(&self, row: &FieldRow) -> bool {
        (row.since != 0 || row.until.is_some()) && self.fit && !row.is_in(self.version)
    }

    /// The size of a floating field on the wire.
    #[inline(always)]
    pub(crate) fn field(&self, row: &FieldRow, size: usize) -> Result<usize, Refusal> {
        // No header says less than 255, nor more for most versions: that is asked first.
        if size > row.max && self.strict || size > 255 && size > self.header.max_data() {
            return Err(too_long(row, size, self));
        }
        if !row.is_in(self.version) && self.strict || row.id > 255 && row.id > self.header.max_id()
        {
            return Err(not_in_version(row));
        }
        Ok(size.saturating_add(self.header.size()))
    }
}

#[cold]
fn too_long(row: &FieldRow, length: usize, measure: &Measure) -> Refusal {
    let most = measure.header.max_data();
    let max = if measure.strict {
        row.max.min(most)
    } else {
        most
    };
    (
        FieldName::Listed(row.name),
        EncodeErrorKind::TooLong { length, max },
    )
}

#[cold]
fn not_in_version(row: &FieldRow) -> Refusal {
    newer(row.name, row.since, row.until)
}

/// A field that is set and that the version lacks.
#[cold]
pub(crate) fn newer(name: &'static str, since: u32, until: Option<u32>) -> Refusal {
    (
        FieldName::Listed(name),
        EncodeErrorKind::NotInVersion { since, until },
    )
}

#[cold]
pub(crate) fn refuse(name: &'static str, kind: EncodeErrorKind) -> Refusal {
    (FieldName::Listed(name), kind)
}

/// Encodes header and body into a slice, or nothing at all; how much it was.
#[inline(always)]
pub(crate) fn encode<'a, M: Body<'a>>(
    message: &M,
    version: M::Version,
    mode: Mode,
    out: Out<'_>,
) -> Result<usize, EncodeError> {
    let room = out.room();
    let mut measure = Measure::new(version, mode);
    let size = match message.measure(&mut measure) {
        Ok(size) => size,
        Err(refusal) => return Err(encode_error(M::LAYOUT.type_name(), refusal)),
    };
    let message_type = M::LAYOUT.message_type;
    let Some((header, frame)) = out.frame(message_type, size) else {
        return Err(no_room(M::LAYOUT.type_name(), size, room));
    };
    let mut writer = Writer::new(frame, measure.header);
    writer.put(&header.to_bytes());
    message.write(&mut writer, &measure);
    debug_assert_eq!(writer.room(), 0, "{} was measured wrongly", M::LAYOUT.name);
    Ok(size.saturating_add(HEADER_SIZE))
}

/// Where a frame goes.
#[derive(Debug)]
pub enum Out<'b> {
    /// To the end of a buffer that grows.
    Grow(&'b mut BytesMut),
    /// To the beginning of a slice.
    Slice(&'b mut [u8]),
}

impl<'b> Out<'b> {
    /// The bytes that there is room for.
    pub(crate) const fn room(&self) -> usize {
        match self {
            Self::Grow(_) => usize::MAX,
            Self::Slice(slice) => slice.len(),
        }
    }

    /// Makes room for a frame with a body of this size.
    #[inline(always)]
    pub(crate) fn frame(self, message_type: u32, size: usize) -> Option<(Header, &'b mut [u8])> {
        let needed = size.saturating_add(HEADER_SIZE);
        let header = Header {
            body_length: u32::try_from(size).ok()?,
            message_type,
        };
        let frame = match self {
            Self::Grow(buffer) => {
                let start = buffer.len();
                let end = start.saturating_add(needed);
                buffer.resize(end, 0);
                buffer.get_mut(start..end)
            }
            Self::Slice(slice) => slice.get_mut(..needed),
        };
        Some((header, frame?))
    }
}

/// Writes a body that has no struct.
pub(crate) fn encode_raw<V: Dialect>(
    message_type: u32,
    body: &[u8],
    out: Out<'_>,
) -> Result<usize, EncodeError> {
    let room = out.room();
    let Some((header, frame)) = out.frame(message_type, body.len()) else {
        return Err(no_room(V::name_type(message_type), body.len(), room));
    };
    let mut writer = Writer::new(frame, FieldHeader::Narrow);
    writer.put(&header.to_bytes());
    writer.put(body);
    Ok(body.len().saturating_add(HEADER_SIZE))
}

#[cold]
pub(crate) fn encode_error(message: TypeName, (field, kind): Refusal) -> EncodeError {
    EncodeError {
        message,
        field,
        kind,
    }
}

#[cold]
fn no_room(message: TypeName, size: usize, room: usize) -> EncodeError {
    let needed = size.saturating_add(HEADER_SIZE);
    encode_error(
        message,
        refuse("BodyLength", EncodeErrorKind::NoRoom { needed, room }),
    )
}
