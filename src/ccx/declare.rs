//! How a table of the guide becomes a struct.
//!
//! [`message!`] and [`group!`] turn rows into a struct, its layout and its code in both directions.
//! The logic is in the traits of this file, the macros only call it once a row. A message begins
//! with its name, type, class and sender; for a request follow `->` and what confirms it, and
//! `where` the method that checks the rules between its fields:
//!
//! ```text
//! OpenReq = OPEN_REQ(3), Session, Client -> OPEN_CONF where broken_rules;
//! ```
//!
//! A row reads
//!
//! ```text
//! "ClientID" [1] client_id: Option<Text<'a>> [max 64, required];
//! ```
//!
//! with, in brackets at its end, what else the guide's table says: in the fixed part `reserved =
//! value "name in traces"`, `since version`, `of list` for a count; in the floating part these and
//! `max bytes`, `max_count elements`, `required`, `required when "condition"`. `of` comes first.

use bytes::BytesMut;

use super::error::{DecodeError, DecodeErrorKind, EncodeError, EncodeErrorKind, FieldName};
use super::layout::{
    FieldRow, FixedRow, FloatingRow, GroupRow, Kind, Layout, Required, ValueTable,
};
use super::message_type::MessageType;
use super::repeated::{Element, Repeated};
use super::version::Version;
use super::wire::{FloatingField, Step, Walk, Writer, header_size};
use crate::text::Text;

/// The value of a field, as a [`Visitor`] is shown it. Its row says how to read it.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub enum Value<'a> {
    /// Any unsigned number: UCHAR, USHORT, UINT, TIME, a code or a mask.
    Unsigned(u32),
    /// An INT.
    Signed(i32),
    /// A BOOL and the bytes it takes.
    Bool {
        /// 0 for false; any other is true.
        value: u32,
        /// 2, or 4 where a server sends it so.
        size: usize,
    },
    /// A STRING, without the terminating NUL.
    Text(Text<'a>),
    /// An UNSPEC.
    Bytes(&'a [u8]),
    /// A NAMEDVAR.
    NamedVariable(super::NamedVariable<'a>),
    /// A NAMEDARRAY.
    NamedArray(super::NamedArray<'a>),
}

/// Is shown the fields of a message one by one, in table order, with their rows.
///
/// See [`Message::visit`](super::Message::visit). Absent fields are not shown.
pub trait Visitor<'a> {
    /// A field of the fixed part.
    fn fixed(&mut self, row: &'static FixedRow, value: Value<'_>);
    /// A field of the floating part, or of an element of a list.
    fn field(&mut self, row: &'static FieldRow, value: Value<'a>);
    /// A list with elements begins.
    fn list_begins(&mut self, row: &'static GroupRow);
    /// An element of the list begins.
    fn element_begins(&mut self);
    /// The element ends.
    fn element_ends(&mut self);
    /// The list ends.
    fn list_ends(&mut self);
    /// A field that the table does not list.
    fn unlisted(&mut self, field: FloatingField<'a>);
}

/// A number of fixed size.
pub trait Number: Copy + Default + PartialEq {
    const SIZE: usize;
    const KIND: Kind;
    const VALUES: Option<&'static ValueTable>;
    /// `None` where the size is another.
    fn read(data: &[u8]) -> Option<Self>;
    /// The value that the guide prints for a reserved field.
    fn printed(value: u32) -> Self;
    fn write(self, out: &mut Writer<'_>);
    fn value<'a>(self) -> Value<'a>;
    /// What encoding refuses.
    fn refusal(self) -> Option<EncodeErrorKind> {
        None
    }
}

macro_rules! number {
    ($type:ty, $kind:ident, $value:ident) => {
        impl Number for $type {
            const SIZE: usize = size_of::<$type>();
            const KIND: Kind = Kind::$kind;
            const VALUES: Option<&'static ValueTable> = None;
            #[inline(always)]
            fn read(data: &[u8]) -> Option<Self> {
                Some(<$type>::from_be_bytes(data.try_into().ok()?))
            }
            fn printed(value: u32) -> Self {
                value.try_into().unwrap_or_default()
            }
            #[inline(always)]
            fn write(self, out: &mut Writer<'_>) {
                out.put(&self.to_be_bytes());
            }
            fn value<'a>(self) -> Value<'a> {
                Value::$value(self.into())
            }
        }
    };
}

number!(u8, Uchar, Unsigned);
number!(u16, Ushort, Unsigned);
number!(u32, Uint, Unsigned);
number!(i32, Int, Signed);

/// A field of the fixed part.
pub trait Fixed: Copy {
    const SIZE: usize;
    const KIND: Kind;
    const VALUES: Option<&'static ValueTable>;
    /// Reads from a place that is known to be within; a default where it is not.
    fn read_at(data: &[u8], at: usize) -> Self;
    fn write(self, out: &mut Writer<'_>);
    fn value(&self) -> Value<'_>;
    fn refusal(self) -> Option<EncodeErrorKind>;
}

impl<T: Number> Fixed for T {
    const SIZE: usize = T::SIZE;
    const KIND: Kind = T::KIND;
    const VALUES: Option<&'static ValueTable> = T::VALUES;
    #[inline(always)]
    fn read_at(data: &[u8], at: usize) -> Self {
        data.get(at..at.saturating_add(T::SIZE))
            .and_then(T::read)
            .unwrap_or_default()
    }
    #[inline(always)]
    fn write(self, out: &mut Writer<'_>) {
        Number::write(self, out);
    }
    fn value(&self) -> Value<'_> {
        Number::value(*self)
    }
    #[inline(always)]
    fn refusal(self) -> Option<EncodeErrorKind> {
        Number::refusal(self)
    }
}

impl Fixed for [u8; 8] {
    const SIZE: usize = 8;
    const KIND: Kind = Kind::Unspec;
    const VALUES: Option<&'static ValueTable> = None;
    fn read_at(data: &[u8], at: usize) -> Self {
        data.get(at..)
            .and_then(|rest| rest.first_chunk())
            .copied()
            .unwrap_or_default()
    }
    fn write(self, out: &mut Writer<'_>) {
        out.put(&self);
    }
    fn value(&self) -> Value<'_> {
        Value::Bytes(self)
    }
    fn refusal(self) -> Option<EncodeErrorKind> {
        None
    }
}

/// What a floating field that appears once may hold.
pub trait Single<'a>: Copy {
    const KIND: Kind;
    const VALUES: Option<&'static ValueTable>;
    /// `None` where a number has the wrong size.
    fn parse(data: &'a [u8]) -> Option<Self>;
    /// The same for a field that has been stepped upon.
    #[inline(always)]
    fn take(step: &Step<'a>) -> Option<Self> {
        Self::parse(step.field.data)
    }
    /// The bytes of data it takes.
    fn size(self) -> usize;
    fn write(self, out: &mut Writer<'_>);
    fn value(self) -> Value<'a>;
    fn refusal(self) -> Option<EncodeErrorKind>;
}

impl<'a, T: Number> Single<'a> for T {
    const KIND: Kind = T::KIND;
    const VALUES: Option<&'static ValueTable> = T::VALUES;
    #[inline(always)]
    fn parse(data: &'a [u8]) -> Option<Self> {
        T::read(data)
    }
    #[inline(always)]
    fn size(self) -> usize {
        T::SIZE
    }
    #[inline(always)]
    fn write(self, out: &mut Writer<'_>) {
        Number::write(self, out);
    }
    fn value(self) -> Value<'a> {
        Number::value(self)
    }
    #[inline(always)]
    fn refusal(self) -> Option<EncodeErrorKind> {
        Number::refusal(self)
    }
}

impl<'a> Single<'a> for Text<'a> {
    const KIND: Kind = Kind::String;
    const VALUES: Option<&'static ValueTable> = None;
    #[inline(always)]
    fn parse(data: &'a [u8]) -> Option<Self> {
        Some(Text::from_wire(data))
    }
    #[inline(always)]
    fn take(step: &Step<'a>) -> Option<Self> {
        Some(step.text())
    }
    #[inline(always)]
    fn size(self) -> usize {
        self.as_bytes().len().saturating_add(1)
    }
    #[inline(always)]
    fn write(self, out: &mut Writer<'_>) {
        out.put(self.as_bytes());
        out.put(&[0]);
    }
    fn value(self) -> Value<'a> {
        Value::Text(self)
    }
    #[inline(always)]
    fn refusal(self) -> Option<EncodeErrorKind> {
        has_nul(self.as_bytes()).then_some(EncodeErrorKind::InnerNul)
    }
}

impl<'a> Single<'a> for &'a [u8] {
    const KIND: Kind = Kind::Unspec;
    const VALUES: Option<&'static ValueTable> = None;
    #[inline(always)]
    fn parse(data: &'a [u8]) -> Option<Self> {
        Some(data)
    }
    #[inline(always)]
    fn size(self) -> usize {
        self.len()
    }
    #[inline(always)]
    fn write(self, out: &mut Writer<'_>) {
        out.put(self);
    }
    fn value(self) -> Value<'a> {
        Value::Bytes(self)
    }
    #[inline(always)]
    fn refusal(self) -> Option<EncodeErrorKind> {
        None
    }
}

/// Whether a text has a NUL in it. Eight bytes at a time, as most texts are short.
#[inline]
pub(crate) fn has_nul(text: &[u8]) -> bool {
    const LOW: u64 = u64::from_ne_bytes([1; 8]);
    const HIGH: u64 = u64::from_ne_bytes([0x80; 8]);
    let within = |word: &[u8; 8]| {
        let word = u64::from_ne_bytes(*word);
        word.wrapping_sub(LOW) & !word & HIGH != 0
    };
    match text.last_chunk::<8>() {
        // The last eight bytes may overlap the word before them.
        Some(last) => within(last) || text.as_chunks::<8>().0.iter().any(within),
        None => text.contains(&0),
    }
}

/// How encoding goes about a message: its version, whether it holds to the guide, and what named
/// data has been counted so far.
#[derive(Clone, Copy, Debug)]
pub struct Measure {
    pub(crate) version: Version,
    pub(crate) strict: bool,
    pub(crate) named: usize,
}

pub type Refusal = (FieldName, EncodeErrorKind);

impl Measure {
    /// For showing a message, which no version and no rule stops.
    pub(crate) const fn lenient() -> Self {
        Self {
            version: Version::V18,
            strict: false,
            named: 0,
        }
    }

    /// The size of a floating field on the wire.
    #[inline(always)]
    pub(crate) fn field(self, row: &FieldRow, size: usize) -> Result<usize, Refusal> {
        if size > row.max && self.strict || size > 255 {
            return Err(too_long(row, size, self.strict));
        }
        if row.since > self.version && self.strict || row.id > 255 && !self.version.has_wide_ids() {
            return Err(not_in_version(row));
        }
        Ok(size.saturating_add(header_size(self.version.has_wide_ids())))
    }

    /// What a list's count field says.
    pub(crate) fn count<'a, T: Element<'a>>(
        self,
        name: &'static str,
        count: Count,
        list: &Repeated<'a, T>,
    ) -> Result<u16, Refusal> {
        let refuse = |kind| (FieldName::Listed(name), kind);
        match count.0 {
            // To count a received list is to walk it, so not without need.
            Some(count) if !list.is_built() => {
                if self.strict {
                    let listed = list.len();
                    if usize::from(count) != listed {
                        return Err(refuse(EncodeErrorKind::CountMismatch { count, listed }));
                    }
                }
                Ok(count)
            }
            _ => u16::try_from(list.len()).map_err(|_| {
                refuse(EncodeErrorKind::TooMany {
                    count: list.len(),
                    max: 65_535,
                })
            }),
        }
    }

    /// The same where it has been measured before, so that nothing can be refused any more.
    pub(crate) fn measured_count<'a, T: Element<'a>>(
        mut self,
        count: Count,
        list: &Repeated<'a, T>,
    ) -> u16 {
        self.strict = false;
        self.count("", count, list).unwrap_or_default()
    }
}

#[cold]
fn too_long(row: &FieldRow, length: usize, strict: bool) -> Refusal {
    let max = if strict { row.max } else { 255 };
    (
        FieldName::Listed(row.name),
        EncodeErrorKind::TooLong { length, max },
    )
}

#[cold]
fn not_in_version(row: &FieldRow) -> Refusal {
    (
        FieldName::Listed(row.name),
        EncodeErrorKind::NotInVersion { since: row.since },
    )
}

#[cold]
pub(crate) fn newer_fixed(row: &FixedRow) -> Refusal {
    (
        FieldName::Listed(row.name),
        EncodeErrorKind::NotInVersion { since: row.since },
    )
}

#[cold]
pub(crate) fn refuse_fixed(row: &FixedRow, kind: EncodeErrorKind) -> Refusal {
    (FieldName::Listed(row.name), kind)
}

/// What became of a field that was offered to a row of a floating part.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub enum Accept {
    /// The row has taken it.
    Taken,
    /// The row has one already, or there is no row for it.
    Unlisted,
    /// It cannot be what the row says.
    Refused,
}

/// The number of elements of a list, as a message says it in a field of its own.
///
/// Received messages keep what came, so that a count which differs from its list is visible.
/// Encoding takes it from the list; only where the list, too, is as received, a count that differs
/// is an error of [`encode`](super::Message::encode) and kept by
/// [`encode_as_received`](super::Message::encode_as_received). So leave it at its default.
///
/// Two counts are always equal, as it is the lists that make messages differ.
#[derive(Clone, Copy, Debug, Default)]
pub struct Count(Option<u16>);

impl PartialEq for Count {
    fn eq(&self, _: &Self) -> bool {
        true
    }
}

impl Eq for Count {}

impl Count {
    /// The count that came with the message; `None` if it has not been received.
    #[must_use]
    pub const fn received(self) -> Option<u16> {
        self.0
    }

    /// The field of a floating part that says a list's length, if it is to be written.
    pub(crate) fn floating<'a, T: Element<'a>>(
        self,
        row: &'static FloatingRow,
        list: &Repeated<'a, T>,
        measure: &Measure,
    ) -> Result<Option<u16>, Refusal> {
        let FloatingRow::Field(row) = row else {
            return Ok(None);
        };
        match self.0 {
            // A list of one's own is counted, unless there is nothing to count.
            _ if list.is_built() => Ok(match measure.count(row.name, self, list)? {
                0 => None,
                count => Some(count),
            }),
            // A count that did not come with the list is not invented for it, unless there is
            // something to count in a message that holds to the guide.
            None if !measure.strict || list.is_empty() => Ok(None),
            _ => measure.count(row.name, self, list).map(Some),
        }
    }
}

impl Fixed for Count {
    const SIZE: usize = 2;
    const KIND: Kind = Kind::Ushort;
    const VALUES: Option<&'static ValueTable> = None;
    #[inline(always)]
    fn read_at(data: &[u8], at: usize) -> Self {
        Self(Some(u16::read_at(data, at)))
    }
    fn write(self, out: &mut Writer<'_>) {
        out.put(&self.0.unwrap_or_default().to_be_bytes());
    }
    fn value(&self) -> Value<'_> {
        Value::Unsigned(self.0.unwrap_or_default().into())
    }
    fn refusal(self) -> Option<EncodeErrorKind> {
        None
    }
}

/// What a row of the floating part declares: an optional field, a count or a list.
pub trait Slot<'a> {
    const KIND: Kind;
    const VALUES: Option<&'static ValueTable>;
    /// For a list: the rows of an element.
    const ROWS: Option<&'static [FloatingRow]> = None;
    /// What decoding begins with.
    fn received() -> Self;
    /// Whether the field has a size that it can have.
    fn admits(field: FloatingField<'a>) -> bool;
    /// Whether a second field of the row is one more, and not unlisted.
    const REPEATS: bool = Self::ROWS.is_some();
    /// Takes a field in, the row's first one unless it repeats; `false` if it cannot be what the
    /// row says. A list may step on over what follows and is more of it.
    fn put<const WIDE: bool>(&mut self, step: Step<'a>, walk: &mut Walk<'a>) -> bool;
    /// Takes a field in as a member of an element.
    fn accept(&mut self, step: &Step<'a>, wide: bool) -> Accept;
    fn measure(&self, row: &'static FloatingRow, measure: &mut Measure) -> Result<usize, Refusal>;
    fn write(&self, row: &'static FloatingRow, out: &mut Writer<'_>, measure: &Measure);
    fn visit(&self, row: &'static FloatingRow, visitor: &mut dyn Visitor<'a>);
    /// The first of its ids that it would write.
    fn first(&self, row: &'static FloatingRow, measure: &Measure) -> Option<u16>;
}

impl<'a, T: Single<'a>> Slot<'a> for Option<T> {
    const KIND: Kind = T::KIND;
    const VALUES: Option<&'static ValueTable> = T::VALUES;

    #[inline(always)]
    fn received() -> Self {
        None
    }

    #[inline(always)]
    fn admits(field: FloatingField<'a>) -> bool {
        T::parse(field.data).is_some()
    }

    #[inline(always)]
    fn put<const WIDE: bool>(&mut self, step: Step<'a>, _: &mut Walk<'a>) -> bool {
        match T::take(&step) {
            Some(value) => {
                *self = Some(value);
                true
            }
            None => false,
        }
    }

    fn accept(&mut self, step: &Step<'a>, _: bool) -> Accept {
        if self.is_some() {
            return Accept::Unlisted;
        }
        *self = T::parse(step.field.data);
        if self.is_none() {
            return Accept::Refused;
        }
        Accept::Taken
    }

    #[inline(always)]
    fn measure(&self, row: &'static FloatingRow, measure: &mut Measure) -> Result<usize, Refusal> {
        let FloatingRow::Field(row) = row else {
            return Ok(0);
        };
        match self {
            Some(value) => {
                if measure.strict
                    && let Some(kind) = value.refusal()
                {
                    return Err((FieldName::Listed(row.name), kind));
                }
                measure.field(row, value.size())
            }
            None if measure.strict => absent(row, measure),
            None => Ok(0),
        }
    }

    #[inline(always)]
    fn write(&self, row: &'static FloatingRow, out: &mut Writer<'_>, measure: &Measure) {
        let FloatingRow::Field(row) = row else {
            return;
        };
        match self {
            Some(value) => {
                out.header(row.id, value.size());
                value.write(out);
            }
            None if measure.strict => put_absent(row, out, measure),
            None => {}
        }
    }

    fn visit(&self, row: &'static FloatingRow, visitor: &mut dyn Visitor<'a>) {
        if let (Some(value), FloatingRow::Field(row)) = (self, row) {
            visitor.field(row, value.value());
        }
    }

    fn first(&self, row: &'static FloatingRow, _: &Measure) -> Option<u16> {
        match row {
            FloatingRow::Field(row) if self.is_some() => Some(row.id),
            _ => None,
        }
    }
}

/// Only what does not depend on the list; the rest is in [`Count::floating`].
impl<'a> Slot<'a> for Count {
    const KIND: Kind = Kind::Ushort;
    const VALUES: Option<&'static ValueTable> = None;

    #[inline(always)]
    fn received() -> Self {
        Self(None)
    }
    fn admits(field: FloatingField<'a>) -> bool {
        <Option<u16> as Slot<'a>>::admits(field)
    }
    #[inline(always)]
    fn put<const WIDE: bool>(&mut self, step: Step<'a>, walk: &mut Walk<'a>) -> bool {
        self.0.put::<WIDE>(step, walk)
    }
    fn accept(&mut self, step: &Step<'a>, wide: bool) -> Accept {
        self.0.accept(step, wide)
    }
    fn measure(&self, row: &'static FloatingRow, measure: &mut Measure) -> Result<usize, Refusal> {
        self.0.measure(row, measure)
    }
    fn write(&self, row: &'static FloatingRow, out: &mut Writer<'_>, measure: &Measure) {
        self.0.write(row, out, measure);
    }
    fn visit(&self, row: &'static FloatingRow, visitor: &mut dyn Visitor<'a>) {
        self.0.visit(row, visitor);
    }
    fn first(&self, row: &'static FloatingRow, measure: &Measure) -> Option<u16> {
        self.0.first(row, measure)
    }
}

/// A field that is unset: an error if it is required, unless the guide prescribes its value.
#[inline(always)]
fn absent(row: &FieldRow, measure: &Measure) -> Result<usize, Refusal> {
    if !matches!(row.required, Required::Yes) || row.since > measure.version {
        return Ok(0);
    }
    match (row.reserved, row.kind.size()) {
        (Some(_), Some(size)) => measure.field(row, size),
        _ => Err((FieldName::Listed(row.name), EncodeErrorKind::Missing)),
    }
}

/// Writes the value that the guide prescribes for a required field.
#[inline(always)]
fn put_absent(row: &FieldRow, out: &mut Writer<'_>, measure: &Measure) {
    if !matches!(row.required, Required::Yes) || row.since > measure.version {
        return;
    }
    if let (Some(super::layout::Reserved::Number(value)), Some(size)) =
        (row.reserved, row.kind.size())
    {
        out.header(row.id, size);
        let bytes = value.to_be_bytes();
        let unused = bytes.len().saturating_sub(size);
        out.put(bytes.get(unused..).unwrap_or_default());
    }
}

/// What became of a field that was offered to an element of a list.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub enum Place {
    /// It is a member and has been taken in.
    Taken,
    /// It begins the next element.
    Next,
    /// It is no member.
    Stranger,
}

/// A message with a struct of its own.
///
/// Implemented by the message structs. [`Message`](super::Message) offers the same for any type.
pub trait Body<'a>: Copy + Default + PartialEq + core::fmt::Debug {
    /// The message type.
    const TYPE: MessageType;
    /// The tables that the struct is declared from.
    const LAYOUT: &'static Layout;
    /// Decodes the bytes that follow the header.
    ///
    /// # Errors
    /// A field is cut short, or a number has the wrong size.
    fn decode(body: &'a [u8], version: Version) -> Result<Self, DecodeError>;
    /// The same for any type, to where the caller has a message: it is too wide to be moved about.
    #[doc(hidden)]
    fn decode_into(
        slot: &mut super::Message<'a>,
        body: &'a [u8],
        version: Version,
    ) -> Result<(), DecodeError>;
    #[doc(hidden)]
    fn measure(&self, measure: &mut Measure) -> Result<usize, Refusal>;
    #[doc(hidden)]
    fn write(&self, out: &mut Writer<'_>, measure: &Measure);
    #[doc(hidden)]
    fn visit(&self, visitor: &mut dyn Visitor<'a>);
    #[doc(hidden)]
    fn broken_rules(&self, report: &mut dyn FnMut(&'static super::Rule));
    #[doc(hidden)]
    fn invoke_id_mut(&mut self) -> Option<&mut u32>;
}

/// Encodes header and body into a slice, or nothing at all; how much it was.
#[inline(always)]
pub(crate) fn encode<'a, M: Body<'a>>(
    message: &M,
    version: Version,
    strict: bool,
    out: Out<'_>,
) -> Result<usize, EncodeError> {
    let mut measure = Measure {
        version,
        strict,
        named: 0,
    };
    let size = match message.measure(&mut measure) {
        Ok(size) => size,
        Err(refusal) => return Err(encode_error(M::TYPE, refusal)),
    };
    let (body_length, frame) = out.frame(M::TYPE, size)?;
    let mut writer = Writer::new(frame, version);
    writer.put(&header(body_length, M::TYPE));
    message.write(&mut writer, &measure);
    debug_assert_eq!(writer.room(), 0, "{:?} was measured wrongly", M::TYPE);
    Ok(size.saturating_add(8))
}

/// Where a frame goes.
pub(crate) enum Out<'b> {
    /// To the end of a buffer that grows.
    Grow(&'b mut BytesMut),
    /// To the beginning of a slice.
    Slice(&'b mut [u8]),
}

impl<'b> Out<'b> {
    /// Makes room for a frame with a body of this size.
    #[inline(always)]
    pub(crate) fn frame(
        self,
        message_type: MessageType,
        size: usize,
    ) -> Result<(u32, &'b mut [u8]), EncodeError> {
        let needed = size.saturating_add(8);
        let body_length = u32::try_from(size);
        let (room, frame) = match self {
            Self::Grow(buffer) => {
                let start = buffer.len();
                let end = start.saturating_add(needed);
                if body_length.is_ok() {
                    buffer.resize(end, 0);
                }
                (usize::MAX, buffer.get_mut(start..end))
            }
            Self::Slice(slice) => (slice.len(), slice.get_mut(..needed)),
        };
        match (body_length, frame) {
            (Ok(body_length), Some(frame)) => Ok((body_length, frame)),
            _ => Err(no_room(message_type, needed, room)),
        }
    }
}

pub(crate) fn header(body_length: u32, message_type: MessageType) -> [u8; 8] {
    let [a, b, c, d] = body_length.to_be_bytes();
    let [e, f, g, h] = message_type.0.to_be_bytes();
    [a, b, c, d, e, f, g, h]
}

#[cold]
pub(crate) fn encode_error(message: MessageType, (field, kind): Refusal) -> EncodeError {
    EncodeError {
        message,
        field,
        kind,
    }
}

#[cold]
pub(crate) fn no_room(message: MessageType, needed: usize, room: usize) -> EncodeError {
    encode_error(
        message,
        (
            FieldName::Listed("BodyLength"),
            EncodeErrorKind::NoRoom { needed, room },
        ),
    )
}

/// A fixed part that the frame cuts short: names the field that it cuts.
#[cold]
pub(crate) fn short_fixed(layout: &'static Layout, body: &[u8], version: Version) -> DecodeError {
    let mut at = 0_usize;
    let mut field = "BodyLength";
    let mut needed = 0;
    for row in layout.fixed.iter().filter(|row| row.since <= version) {
        field = row.name;
        needed = row.size();
        if at.saturating_add(needed) > body.len() {
            break;
        }
        at = at.saturating_add(needed);
    }
    DecodeError {
        message: layout.message_type,
        field: FieldName::Listed(field),
        offset: at.saturating_add(8),
        kind: DecodeErrorKind::Truncated {
            needed,
            left: body.len().saturating_sub(at),
        },
    }
}

/// A floating part with something wrong in it. `from` is the wire from the broken field on.
#[cold]
pub(crate) fn bad_field(
    layout: &'static Layout,
    body: &[u8],
    from: &[u8],
    id: Option<u16>,
    kind: DecodeErrorKind,
) -> DecodeError {
    let field = match id {
        None => FieldName::Listed("FieldDataID"),
        Some(id) => layout
            .field(id)
            .map_or(FieldName::Unlisted(id), |row| FieldName::Listed(row.name)),
    };
    DecodeError {
        message: layout.message_type,
        field,
        offset: body.len().saturating_sub(from.len()).saturating_add(8),
        kind,
    }
}

/// A field that a row has refused: a number of the wrong size, or a name that does not end.
#[cold]
pub(crate) fn refused(
    layout: &'static Layout,
    body: &[u8],
    from: &[u8],
    version: Version,
) -> DecodeError {
    let field = Walk::new(from, version).step().map(|step| step.field);
    let id = field.map(|field| field.id);
    let row = id.and_then(|id| layout.field(id));
    let kind = match row.and_then(|row| Some((row.kind, row.kind.size()?))) {
        Some((kind, expected)) => DecodeErrorKind::WrongSize {
            kind,
            expected,
            found: field.map_or(0, |field| field.data.len()),
        },
        None => DecodeErrorKind::UnterminatedName,
    };
    bad_field(layout, body, from, id, kind)
}

/// Whether a version has a field. Those of the oldest version are in all, which the compiler would
/// not know.
#[inline(always)]
pub(crate) const fn exists(since: Version, version: Version) -> bool {
    since.number() <= Version::V10.number() || since.number() <= version.number()
}

/// The bit that tells whether a row of a message has been met.
pub(crate) const fn bit(rows: &[FloatingRow], id: u16) -> u64 {
    assert!(rows.len() <= 64, "a bit for each row");
    let mut bit = 1;
    let mut rest = rows;
    while let [first, tail @ ..] = rest {
        if let FloatingRow::Field(row) = first
            && row.id == id
        {
            break;
        }
        bit <<= 1;
        rest = tail;
    }
    bit
}

/// The end of a floating part: an error if the walk did not come to its end.
#[inline(always)]
pub(crate) fn finish(
    walk: &Walk<'_>,
    layout: &'static Layout,
    body: &[u8],
) -> Result<(), DecodeError> {
    if walk.rest.is_empty() {
        return Ok(());
    }
    match walk.cut() {
        Some(cut) => Err(bad_field(layout, body, cut.from, cut.id, cut.kind)),
        None => Ok(()),
    }
}

/// A row of a floating part, from what its declaration says.
#[expect(clippy::too_many_arguments, reason = "one for each fact of a row")]
pub(crate) const fn floating_row<'a, S: Slot<'a>>(
    id: u16,
    name: &'static str,
    max: usize,
    max_count: Option<usize>,
    required: Required,
    reserved: Option<super::layout::Reserved>,
    since: Version,
    counts: Option<&'static str>,
) -> FloatingRow {
    match S::ROWS {
        Some(rows) => FloatingRow::Group(GroupRow {
            name,
            rows,
            max_count,
        }),
        None => FloatingRow::Field(FieldRow {
            id,
            name,
            kind: S::KIND,
            values: S::VALUES,
            // A number takes its size, so its row need not say it.
            max: match S::KIND.size() {
                Some(size) if size > max => size,
                _ => max,
            },
            required,
            reserved,
            since,
            counts,
        }),
    }
}

/// Picks one fact out of the brackets at the end of a row.
macro_rules! fact {
    (since) => { $crate::ccx::Version::V10 };
    (since since 10 $($rest:tt)*) => { $crate::ccx::Version::V10 };
    (since since 11 $($rest:tt)*) => { $crate::ccx::Version::V11 };
    (since since 12 $($rest:tt)*) => { $crate::ccx::Version::V12 };
    (since since 14 $($rest:tt)*) => { $crate::ccx::Version::V14 };
    (since since 17 $($rest:tt)*) => { $crate::ccx::Version::V17 };
    (since since 18 $($rest:tt)*) => { $crate::ccx::Version::V18 };

    (default) => { Default::default() };
    (default reserved = $value:literal $($rest:tt)*) => {
        $crate::ccx::declare::Number::printed($value)
    };
    (default reserved = $($rest:tt)*) => { Default::default() };

    (name $name:literal) => { $name };
    (name $name:literal reserved = $value:tt $known:literal $($rest:tt)*) => { $known };

    (reserved) => { None };
    (reserved reserved = $value:tt $($rest:tt)*) => { fact!(@reserved $value) };
    (@reserved $value:literal) => { Some($value) };
    (@reserved []) => { Some(0) };

    (float_reserved) => { None };
    (float_reserved reserved = "" $($rest:tt)*) => { Some($crate::ccx::layout::Reserved::Empty) };
    (float_reserved reserved = $value:literal $($rest:tt)*) => {
        Some($crate::ccx::layout::Reserved::Number($value))
    };

    (counts) => { None };
    (counts of $list:ident $as:literal $($rest:tt)*) => { Some($as) };

    (max) => { 0 };
    (max max $bytes:literal $($rest:tt)*) => { $bytes };

    (max_count) => { None };
    (max_count max_count $elements:literal $($rest:tt)*) => { Some($elements) };

    (required) => { $crate::ccx::layout::Required::No };
    (required required when $condition:literal $($rest:tt)*) => {
        $crate::ccx::layout::Required::When($condition)
    };
    (required required $($rest:tt)*) => { $crate::ccx::layout::Required::Yes };

    // What the row says first is another fact: look further.
    (name $name:literal $skip:tt $($rest:tt)*) => { fact!(name $name $($rest)*) };
    ($fact:ident $skip:tt $($rest:tt)*) => { fact!($fact $($rest)*) };
}
pub(crate) use fact;

/// One row of a floating part as data.
macro_rules! row {
    ($type:ty, $name:literal, [$id:literal $($more:literal)*], [$($facts:tt)*]) => {
        $crate::ccx::declare::floating_row::<$type>(
            $id,
            fact!(name $name $($facts)*),
            fact!(max $($facts)*),
            fact!(max_count $($facts)*),
            fact!(required $($facts)*),
            fact!(float_reserved $($facts)*),
            fact!(since $($facts)*),
            fact!(counts $($facts)*),
        )
    };
}
pub(crate) use row;

/// The first of some ids.
macro_rules! first {
    ($first:literal $($_:literal)*) => {
        $first
    };
}
pub(crate) use first;

/// What a row does on encoding and showing. A count does it together with its list.
macro_rules! floating {
    (measure $self:ident, $measure:ident, $row:expr, $field:ident, [of $list:ident $($_:tt)*]) => {
        match $self.$field.floating($row, &$self.$list, $measure)? {
            Some(count) => $crate::ccx::declare::Slot::measure(&Some(count), $row, $measure)?,
            None => 0,
        }
    };
    (measure $self:ident, $measure:ident, $row:expr, $field:ident, $_:tt) => {
        $crate::ccx::declare::Slot::measure(&$self.$field, $row, $measure)?
    };
    (write $self:ident, $out:ident, $measure:ident, $row:expr, $field:ident, [of $list:ident $($_:tt)*]) => {
        if let Ok(Some(count)) = $self.$field.floating($row, &$self.$list, $measure) {
            $crate::ccx::declare::Slot::write(&Some(count), $row, $out, $measure);
        }
    };
    (write $self:ident, $out:ident, $measure:ident, $row:expr, $field:ident, $_:tt) => {
        $crate::ccx::declare::Slot::write(&$self.$field, $row, $out, $measure)
    };
    (first $self:ident, $measure:ident, $row:expr, $field:ident, [of $list:ident $($_:tt)*]) => {
        match $self.$field.floating($row, &$self.$list, $measure) {
            Ok(count) => $crate::ccx::declare::Slot::first(&count, $row, $measure),
            // Measuring the count will say what is wrong.
            Err(_) => None,
        }
    };
    (first $self:ident, $measure:ident, $row:expr, $field:ident, $_:tt) => {
        $crate::ccx::declare::Slot::first(&$self.$field, $row, $measure)
    };
    (visit $self:ident, $visitor:ident, $row:expr, $field:ident, [of $list:ident $($_:tt)*]) => {
        if let Ok(Some(count)) = $self.$field.floating(
            $row,
            &$self.$list,
            &$crate::ccx::declare::Measure::lenient(),
        ) {
            $crate::ccx::declare::Slot::visit(&Some(count), $row, $visitor);
        }
    };
    (visit $self:ident, $visitor:ident, $row:expr, $field:ident, $_:tt) => {
        $crate::ccx::declare::Slot::visit(&$self.$field, $row, $visitor)
    };
}
pub(crate) use floating;

/// The same for a row of the fixed part.
macro_rules! fixed {
    (measure $self:ident, $measure:ident, $row:expr, $field:ident, [of $list:ident $($_:tt)*]) => {
        $measure.count($row.name, $self.$field, &$self.$list)?;
    };
    // A reserved field keeps what arrived, whatever it is.
    (measure $self:ident, $measure:ident, $row:expr, $field:ident, [reserved $($_:tt)*]) => {};
    (measure $self:ident, $measure:ident, $row:expr, $field:ident, $_:tt) => {
        if $measure.strict
            && let Some(kind) = $crate::ccx::declare::Fixed::refusal($self.$field)
        {
            return Err($crate::ccx::declare::refuse_fixed($row, kind));
        }
    };
    (write $self:ident, $out:ident, $measure:ident, $row:expr, $field:ident, [of $list:ident $($_:tt)*]) => {
        let count = $measure.measured_count($self.$field, &$self.$list);
        $out.put(&count.to_be_bytes());
    };
    (write $self:ident, $out:ident, $measure:ident, $row:expr, $field:ident, $_:tt) => {
        $crate::ccx::declare::Fixed::write($self.$field, $out);
    };
    (visit $self:ident, $visitor:ident, $row:expr, $field:ident, [of $list:ident $($_:tt)*]) => {
        if let Ok(count) =
            $crate::ccx::declare::Measure::lenient().count($row.name, $self.$field, &$self.$list)
        {
            $visitor.fixed($row, $crate::ccx::declare::Value::Unsigned(count.into()));
        }
    };
    (visit $self:ident, $visitor:ident, $row:expr, $field:ident, $_:tt) => {
        $visitor.fixed($row, $crate::ccx::declare::Fixed::value(&$self.$field));
    };
}
pub(crate) use fixed;

/// `InvokeID`, where it is the first field.
macro_rules! invoke_id {
    ($self:ident, invoke_id $($_:ident)*) => {
        Some(&mut $self.invoke_id)
    };
    ($self:ident, $($_:ident)*) => {
        None
    };
}
pub(crate) use invoke_id;

/// Declares a message from its two tables. See the head of this file for the rows.
macro_rules! message {
    (
        $(#[$doc:meta])*
        $Name:ident = $TYPE:ident($id:literal), $class:ident, $sent_by:ident
        $(-> $confirmation:ident)? $(where $rules:ident)?;
        fixed {$(
            $(#[$fixed_doc:meta])*
            $fixed_name:literal $fixed:ident: $Fixed:ty $([$($fixed_facts:tt)*])?;
        )*}
        floating {$(
            $(#[$float_doc:meta])*
            $float_name:literal [$($float_id:literal)+] $float:ident: $Float:ty
            $([$($float_facts:tt)*])?;
        )*}
    ) => {
        $(#[$doc])*
        #[derive(Clone, Copy, PartialEq, Debug)]
        pub struct $Name<'a> {
            $($(#[$fixed_doc])* pub $fixed: $Fixed,)*
            $($(#[$float_doc])* pub $float: $Float,)*
            /// Floating fields that the table does not list, in the order in which they came.
            pub unlisted: Unlisted<'a>,
        }

        impl MessageType {
            #[doc = concat!("[`", stringify!($Name), "`].")]
            pub const $TYPE: Self = Self($id);
        }

        impl<'a> $Name<'a> {
            const FLOATING: &'static [FloatingRow] = &[$(
                row!($Float, $float_name, [$($float_id)+], [$($($float_facts)*)?]),
            )*];

            #[inline(always)]
            fn fixed_size(version: Version) -> usize {
                let _ = version;
                0_usize $(
                    .saturating_add(if exists(fact!(since $($($fixed_facts)*)?), version) {
                        <$Fixed as Fixed>::SIZE
                    } else {
                        0
                    })
                )*
            }

            #[inline(always)]
            fn read_fixed(fixed: &[u8], version: Version) -> Self {
                let _ = version;
                let mut at = 0_usize;
                let message = Self {
                    $($fixed: if exists(fact!(since $($($fixed_facts)*)?), version) {
                        let from = at;
                        at = at.saturating_add(<$Fixed as Fixed>::SIZE);
                        <$Fixed as Fixed>::read_at(fixed, from)
                    } else {
                        fact!(default $($($fixed_facts)*)?)
                    },)*
                    $($float: <$Float as Slot<'a>>::received(),)*
                    unlisted: Unlisted::default(),
                };
                let _ = at;
                message
            }

            #[inline]
            fn read_any_floating(
                &mut self,
                body: &'a [u8],
                floating: &'a [u8],
                version: Version,
            ) -> Result<(), DecodeError> {
                if version.has_wide_ids() {
                    self.read_floating::<true>(body, floating, version)
                } else {
                    self.read_floating::<false>(body, floating, version)
                }
            }

            // Apart from the rest, so that it writes to where the struct is to be.
            #[inline(never)]
            fn read_floating<const WIDE: bool>(
                &mut self,
                body: &'a [u8],
                floating: &'a [u8],
                version: Version,
            ) -> Result<(), DecodeError> {
                let mut walk = Walk::new(floating, version);
                // The rows that have been met. In a register, where asking the struct would not be.
                #[allow(unused_mut, reason = "a message may have no rows")]
                let mut met = 0_u64;
                let mut unlisted = false;
                while let Some(step) = walk.step_with::<WIDE>() {
                    let from = step.from;
                    #[allow(
                        clippy::manual_range_patterns,
                        reason = "the rows give their ids one by one"
                    )]
                    let taken = match step.field.id {
                        $($($float_id)|+ => {
                            let bit = const { bit(Self::FLOATING, first!($($float_id)+)) };
                            if !<$Float as Slot<'a>>::REPEATS && met & bit != 0 {
                                unlisted = true;
                                true
                            } else {
                                met |= bit;
                                self.$float.put::<WIDE>(step, &mut walk)
                            }
                        })*
                        _ => {
                            unlisted = true;
                            true
                        }
                    };
                    if !taken {
                        return Err(refused(Self::LAYOUT, body, from, version));
                    }
                }
                let _ = met;
                if unlisted {
                    self.unlisted = Unlisted::from_wire(floating, WIDE, Self::LAYOUT);
                }
                finish(&walk, Self::LAYOUT, body)
            }
        }

        impl<'a> Body<'a> for $Name<'a> {
            const TYPE: MessageType = MessageType::$TYPE;
            const LAYOUT: &'static Layout = &Layout {
                message_type: MessageType::$TYPE,
                name: stringify!($TYPE),
                class: Class::$class,
                sent_by: SentBy::$sent_by,
                confirmation: [$(Some(MessageType::$confirmation),)? None][0],
                fixed: &[$(FixedRow {
                    name: fact!(name $fixed_name $($($fixed_facts)*)?),
                    kind: <$Fixed as Fixed>::KIND,
                    values: <$Fixed as Fixed>::VALUES,
                    reserved: fact!(reserved $($($fixed_facts)*)?),
                    since: fact!(since $($($fixed_facts)*)?),
                    counts: fact!(counts $($($fixed_facts)*)?),
                },)*],
                floating: <$Name<'static>>::FLOATING,
            };

            #[inline]
            fn decode(body: &'a [u8], version: Version) -> Result<Self, DecodeError> {
                let Some((fixed, floating)) = body.split_at_checked(Self::fixed_size(version))
                else {
                    return Err(short_fixed(Self::LAYOUT, body, version));
                };
                let mut message = Self::read_fixed(fixed, version);
                message.read_any_floating(body, floating, version)?;
                Ok(message)
            }

            #[inline(never)]
            fn decode_into(
                slot: &mut Message<'a>,
                body: &'a [u8],
                version: Version,
            ) -> Result<(), DecodeError> {
                let Some((fixed, floating)) = body.split_at_checked(Self::fixed_size(version))
                else {
                    return Err(short_fixed(Self::LAYOUT, body, version));
                };
                *slot = Message::$Name(Self::read_fixed(fixed, version));
                match slot {
                    Message::$Name(message) => message.read_any_floating(body, floating, version),
                    _ => Ok(()),
                }
            }

            #[inline]
            fn measure(&self, measure: &mut Measure) -> Result<usize, Refusal> {
                let mut size = 0_usize;
                let mut rows = Self::LAYOUT.fixed.iter();
                $(if let Some(row) = rows.next() {
                    if exists(fact!(since $($($fixed_facts)*)?), measure.version) {
                        size = size.saturating_add(<$Fixed as Fixed>::SIZE);
                        fixed!(measure self, measure, row, $fixed, [$($($fixed_facts)*)?]);
                    } else if self.$fixed != {
                            let unset: $Fixed = fact!(default $($($fixed_facts)*)?);
                            unset
                        }
                    {
                        return Err(newer_fixed(row));
                    }
                })*
                let _ = rows;
                $(
                    let row = const {
                        &row!($Float, $float_name, [$($float_id)+], [$($($float_facts)*)?])
                    };
                    size = size.saturating_add(
                        floating!(measure self, measure, row, $float, [$($($float_facts)*)?])
                    );
                )*
                $(if measure.strict {
                    refuse_broken(|report| self.$rules(report))?;
                })?
                Ok(size.saturating_add(self.unlisted.measure(Self::LAYOUT, measure)?))
            }

            #[inline]
            fn write(&self, out: &mut Writer<'_>, measure: &Measure) {
                let mut rows = Self::LAYOUT.fixed.iter();
                $(if let Some(row) = rows.next()
                    && exists(fact!(since $($($fixed_facts)*)?), measure.version)
                {
                    let _ = row;
                    fixed!(write self, out, measure, row, $fixed, [$($($fixed_facts)*)?]);
                })*
                let _ = rows;
                $(
                    let row = const {
                        &row!($Float, $float_name, [$($float_id)+], [$($($float_facts)*)?])
                    };
                    floating!(write self, out, measure, row, $float, [$($($float_facts)*)?]);
                )*
                self.unlisted.write(out);
            }

            fn visit(&self, visitor: &mut dyn Visitor<'a>) {
                let mut rows = Self::LAYOUT.fixed.iter();
                $(if let Some(row) = rows.next() {
                    fixed!(visit self, visitor, row, $fixed, [$($($fixed_facts)*)?]);
                })*
                let _ = rows;
                #[allow(unused_mut, reason = "a message may have no rows")]
                let mut rows = Self::FLOATING.iter();
                $(if let Some(row) = rows.next() {
                    floating!(visit self, visitor, row, $float, [$($($float_facts)*)?]);
                })*
                let _ = rows;
                self.unlisted.iter().for_each(|field| visitor.unlisted(field));
            }

            fn broken_rules(&self, report: &mut dyn FnMut(&'static Rule)) {
                $(self.$rules(report);)?
                let _ = report;
            }

            fn invoke_id_mut(&mut self) -> Option<&mut u32> {
                invoke_id!(self, $($fixed)*)
            }
        }

        impl Default for $Name<'_> {
            fn default() -> Self {
                Self {
                    $($fixed: fact!(default $($($fixed_facts)*)?),)*
                    $($float: Default::default(),)*
                    unlisted: Unlisted::default(),
                }
            }
        }
    };
}
pub(crate) use message;

/// Declares the element of a list from the rows that repeat.
macro_rules! group {
    (
        $(#[$doc:meta])*
        $Name:ident $(<$life:lifetime>)? {$(
            $(#[$float_doc:meta])*
            $float_name:literal [$($float_id:literal)+] $float:ident: $Float:ty
            $([$($float_facts:tt)*])?;
        )*}
    ) => {
        $(#[$doc])*
        #[derive(Clone, Copy, PartialEq, Debug, Default)]
        pub struct $Name $(<$life>)? {
            $($(#[$float_doc])* pub $float: $Float,)*
        }

        impl<'a> Element<'a> for $Name $(<$life>)? {
            const ROWS: &'static [FloatingRow] = &[$(
                row!($Float, $float_name, [$($float_id)+], [$($($float_facts)*)?]),
            )*];

            fn received() -> Self {
                Self {
                    $($float: <$Float as Slot<'a>>::received(),)*
                }
            }

            #[inline(always)]
            fn admits(field: FloatingField<'a>) -> bool {
                match field.id {
                    $($($float_id)|+ => <$Float as Slot<'a>>::admits(field),)*
                    _ => true,
                }
            }

            fn place(&mut self, step: &Step<'a>, wide: bool, started: bool) -> Place {
                if started && Self::ROWS.first().is_some_and(|row| row.has(step.field.id)) {
                    return Place::Next;
                }
                match match step.field.id {
                    $($($float_id)|+ => self.$float.accept(step, wide),)*
                    _ => return Place::Stranger,
                } {
                    Accept::Taken => Place::Taken,
                    Accept::Unlisted => Place::Next,
                    Accept::Refused => Place::Stranger,
                }
            }

            fn measure(&self, measure: &mut Measure) -> Result<usize, Refusal> {
                let mut size = 0_usize;
                $(
                    let row = const {
                        &row!($Float, $float_name, [$($float_id)+], [$($($float_facts)*)?])
                    };
                    size = size.saturating_add(
                        floating!(measure self, measure, row, $float, [$($($float_facts)*)?])
                    );
                )*
                Ok(size)
            }

            fn write(&self, out: &mut Writer<'_>, measure: &Measure) {
                $(
                    let row = const {
                        &row!($Float, $float_name, [$($float_id)+], [$($($float_facts)*)?])
                    };
                    floating!(write self, out, measure, row, $float, [$($($float_facts)*)?]);
                )*
            }

            fn visit(&self, visitor: &mut dyn Visitor<'a>) {
                let mut rows = Self::ROWS.iter();
                $(if let Some(row) = rows.next() {
                    floating!(visit self, visitor, row, $float, [$($($float_facts)*)?]);
                })*
                let _ = rows;
            }

            fn first(&self, measure: &Measure) -> Option<u16> {
                let mut rows = Self::ROWS.iter();
                $(if let Some(row) = rows.next()
                    && let Some(first) = floating!(
                        first self, measure, row, $float, [$($($float_facts)*)?]
                    )
                {
                    return Some(first);
                })*
                let _ = rows;
                None
            }

            fn holds(&self, id: u16, measure: &Measure) -> bool {
                let mut rows = Self::ROWS.iter();
                $(if let Some(row) = rows.next()
                    && matches!(row, FloatingRow::Field(_))
                    && floating!(
                        first self, measure, row, $float, [$($($float_facts)*)?]
                    ) == Some(id)
                {
                    return true;
                })*
                let _ = rows;
                false
            }
        }
    };
}
pub(crate) use group;
