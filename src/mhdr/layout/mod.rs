//! The tables of the guide as data.
//!
//! Every message type has a [`Layout`], generated from the same rows as its struct. Printing, JSON,
//! [checking](super::Frame::check) and tests read it; these facts are stated nowhere else in the
//! library.

mod plan;

use super::error::TypeName;

pub(crate) use plan::{Places, Plan, Test, listed, same};

/// The layout of one message type: its fixed part and its floating part, in table order.
#[derive(Debug)]
pub struct Layout {
    /// The number of the type, `MessageTypeID`.
    pub message_type: u32,
    /// Its name in the guide, such as `OPEN_REQ`.
    pub name: &'static str,
    /// The class in the guide.
    pub class: Class,
    /// The side that sends it.
    pub sent_by: SentBy,
    /// For a request: the type that confirms it.
    pub confirmation: Option<u32>,
    /// The rows of the fixed part.
    pub fixed: &'static [FixedRow],
    /// The rows of the floating part.
    pub floating: &'static [FloatingRow],
    /// What the rows ask for, and where the row of each id is.
    pub(crate) plan: Plan,
    pub(crate) places: Places,
}

/// A message class of the guides.
#[derive(Clone, Copy, PartialEq, Eq, Hash, Debug)]
#[non_exhaustive]
pub enum Class {
    /// Opening, keeping and closing a session.
    Session,
    /// The failure messages.
    Error,
    /// Configuration of agents, CSQs, applications, devices and teams.
    Configuration,
    /// States of agents.
    AgentState,
    /// Unsolicited events of calls.
    CallEvent,
    /// Requests about calls, and their answers.
    CallControl,
    /// Snapshots, device information and statistics.
    Miscellaneous,
}

/// The side that sends a message.
#[derive(Clone, Copy, PartialEq, Eq, Hash, Debug)]
pub enum SentBy {
    /// The CTI client.
    Client,
    /// Unified CCX.
    Server,
    /// Either side.
    Both,
}

/// A row of a table of a fixed part.
#[derive(Clone, Copy, Debug)]
pub struct FixedRow {
    /// The name in the guide; for a reserved field its name in traces.
    pub name: &'static str,
    /// The data type.
    pub kind: Kind,
    /// The values, if a table lists them.
    pub values: Option<&'static ValueTable>,
    /// For a field that the guide calls reserved: the prescribed value.
    pub reserved: Option<u32>,
    /// The last version in which the field is reserved; `None` if it still is.
    pub reserved_until: Option<u32>,
    /// The value unless set: the prescribed value, the value for 'none', or 0.
    pub usual: u32,
    /// The first version that has the field; 0 for one that all versions have.
    pub since: u32,
    /// The last version that has it; `None` if it still exists.
    pub until: Option<u32>,
    /// The index among the rows of its part.
    pub index: usize,
    /// For a count: the list that it counts, by its name in JSON.
    pub counts: Option<&'static str>,
    /// How to see at a glance that its value is clean.
    pub(crate) test: Test,
}

/// A row of a table of a floating part, or rows that repeat together.
#[derive(Clone, Copy, Debug)]
pub enum FloatingRow {
    /// A field that appears once at most.
    Field(FieldRow),
    /// Fields that appear in step, any number of times.
    Group(GroupRow),
}

/// A floating field.
#[derive(Clone, Copy, Debug)]
pub struct FieldRow {
    /// The `FieldDataID`.
    pub id: u16,
    /// The name in the guide; for a reserved field its name in traces.
    pub name: &'static str,
    /// The data type.
    pub kind: Kind,
    /// The values, if a table lists them.
    pub values: Option<&'static ValueTable>,
    /// Whether the field holds any number of values of this type, one after the other.
    pub array: bool,
    /// The largest `FieldDataLength` that encoding writes, terminating NUL included.
    pub max: usize,
    /// The condition under which it is required.
    pub required: Required,
    /// For a field that the guide calls reserved: the prescribed value.
    pub reserved: Option<Reserved>,
    /// Whether the field holds a password, which must not appear in logs.
    pub secret: bool,
    /// Whether the type or size differs from that of fields with this `FieldDataID` elsewhere.
    pub unlike: bool,
    /// The first version that has the field; 0 for one that all versions have.
    pub since: u32,
    /// The last version that has it; `None` if it still exists.
    pub until: Option<u32>,
    /// The index among the rows of its part.
    pub index: usize,
    /// For a count: the list that it counts, by its name in JSON.
    pub counts: Option<&'static str>,
    /// Whether it is present by default: the guide both requires and prescribes it.
    pub(crate) is_implied: bool,
    /// How to see at a glance that its value is clean.
    pub(crate) test: Test,
}

/// Fields that repeat in step and make up the elements of a list.
#[derive(Clone, Copy, Debug)]
pub struct GroupRow {
    /// The name of the list in JSON, such as `CSQs`.
    pub name: &'static str,
    /// The members of one element, in table order.
    pub rows: &'static [FloatingRow],
    /// The maximum number of elements, if the guide states one.
    pub max_count: Option<usize>,
    /// The index among the rows of its part.
    pub index: usize,
    /// What the rows ask for.
    pub(crate) plan: Plan,
}

/// The value of a reserved floating field.
#[derive(Clone, Copy, PartialEq, Eq, Hash, Debug)]
pub enum Reserved {
    /// A number.
    Number(u32),
    /// An empty text.
    Empty,
}

/// How far a floating field is required.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub enum Required {
    /// It is optional.
    No,
    /// It is required; in a group, in each element.
    Yes,
    /// It is required under a condition, which a rule of the message states.
    When(&'static str),
}

/// A data type of the guide's Table 184.
#[derive(Clone, Copy, PartialEq, Eq, Hash, Debug)]
pub enum Kind {
    /// One byte, unsigned.
    Uchar,
    /// Two bytes, unsigned.
    Ushort,
    /// Four bytes, signed.
    Int,
    /// Four bytes, unsigned.
    Uint,
    /// Two bytes; in a floating field also four.
    Bool,
    /// Four bytes: seconds since 1970-01-01 UTC.
    Time,
    /// Text that ends in NUL.
    String,
    /// Bytes without a prescribed form.
    Unspec,
    /// A named variable: a name and a value, each ending in NUL.
    NamedVar,
    /// An element of a named array: an index of one byte, a name and a value.
    NamedArray,
}

impl Kind {
    /// Returns the name in the guide.
    #[must_use]
    pub const fn name(self) -> &'static str {
        match self {
            Self::Uchar => "UCHAR",
            Self::Ushort => "USHORT",
            Self::Int => "INT",
            Self::Uint => "UINT",
            Self::Bool => "BOOL",
            Self::Time => "TIME",
            Self::String => "STRING",
            Self::Unspec => "UNSPEC",
            Self::NamedVar => "NAMEDVAR",
            Self::NamedArray => "NAMEDARRAY",
        }
    }

    /// Returns the size in bytes; `None` if it varies. The UNSPEC fields of a fixed part have 8.
    #[must_use]
    pub const fn size(self) -> Option<usize> {
        match self {
            Self::Uchar => Some(1),
            Self::Ushort | Self::Bool => Some(2),
            Self::Int | Self::Uint | Self::Time => Some(4),
            Self::String | Self::Unspec | Self::NamedVar | Self::NamedArray => None,
        }
    }
}

/// A table of constants.
#[derive(Debug)]
pub struct ValueTable {
    /// The name of its type in this library.
    pub name: &'static str,
    /// The number of the table in the guide; `None` for values in a field's description.
    pub table: Option<u16>,
    /// Whether the values are bits that combine.
    pub mask: bool,
    /// The value for 'none', or 0 if the table has none.
    pub default: u32,
    /// The values, in the guide's order.
    pub values: &'static [ValueRow],
    /// A bit for each value up to 255 that is listed; the first of a mask is all its bits.
    known: [u64; 4],
    /// The first of the rows above 255: mostly the value for 'none', which comes often.
    above: (u32, u32),
}

/// A row of a table of constants.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub struct ValueRow {
    /// The name in the guide; `None` for reserved values.
    pub name: Option<&'static str>,
    /// The name of the constant in this library, which omits the words of its type's name.
    pub constant: Option<&'static str>,
    /// The value, or the first of several reserved ones.
    pub first: u32,
    /// The last of several reserved values, else the value.
    pub last: u32,
}

impl ValueTable {
    /// Returns the name of a value; `None` for values that are reserved or in no table.
    #[must_use]
    pub fn name_of(&self, value: u32) -> Option<&'static str> {
        self.values
            .iter()
            .find(|row| row.first == value && row.last == value)
            .and_then(|row| row.name)
    }

    /// Returns the value with a name: the guide's, or the constant's, `AGENT_STATE_READY` or
    /// `READY`.
    #[must_use]
    pub fn value_of(&self, name: &str) -> Option<u32> {
        self.values
            .iter()
            .find(|row| row.name == Some(name) || row.constant == Some(name))
            .map(|row| row.first)
    }

    /// Returns the names of a mask's bits, in the table's order, and the unnamed bits.
    pub fn bits(&self, value: u32) -> (impl Iterator<Item = &'static str> + use<>, u32) {
        let mut rest = value;
        for row in self.named_bits() {
            if row.first & rest == row.first {
                rest &= !row.first;
            }
        }
        let rows = self.values;
        let listed = rows.iter().filter_map(move |row| {
            let name = row.name.filter(|_| row.first != 0)?;
            (row.first & value == row.first).then_some(name)
        });
        (listed, rest)
    }

    fn named_bits(&self) -> impl Iterator<Item = &'static ValueRow> {
        self.values
            .iter()
            .filter(|row| row.name.is_some() && row.first != 0)
    }

    /// Declares a table.
    #[expect(
        clippy::indexing_slicing,
        clippy::arithmetic_side_effects,
        reason = "what goes wrong stops the build"
    )]
    pub(crate) const fn new(
        name: &'static str,
        table: Option<u16>,
        mask: bool,
        default: u32,
        values: &'static [ValueRow],
    ) -> Self {
        let mut known = [0; 4];
        let mut above = (u32::MAX, 0);
        let mut row = 0;
        while row < values.len() {
            let ValueRow { first, last, .. } = values[row];
            if first > 255 && above.0 > above.1 {
                above = (first, last);
            }
            if mask {
                known[0] |= first as u64;
            }
            let mut value = first;
            while !mask && value <= last && value < 256 {
                known[value as usize / 64] |= 1 << (value % 64);
                value += 1;
            }
            row += 1;
        }
        Self {
            name,
            table,
            mask,
            default,
            values,
            known,
            above,
        }
    }

    /// Returns whether the table lists the value (reserved ranges count); for a mask, every set
    /// bit.
    #[inline]
    #[must_use]
    pub fn lists(&self, value: u32) -> bool {
        let [bits, ..] = self.known;
        if self.mask {
            return u64::from(value) & !bits == 0;
        }
        let [place, ..] = value.to_le_bytes();
        match self.known.get(usize::from(place / 64)) {
            Some(known) if value < 256 => known.wrapping_shr(u32::from(place % 64)) & 1 != 0,
            _ => self.above.0 <= value && value <= self.above.1 || self.lists_large(value),
        }
    }

    #[cold]
    fn lists_large(&self, value: u32) -> bool {
        self.values
            .iter()
            .any(|row| row.first <= value && value <= row.last)
    }
}

impl Layout {
    /// Returns the size in bytes of the fixed part in a version.
    #[must_use]
    pub fn fixed_size(&self, version: impl Into<u32>) -> usize {
        self.size_in(version.into())
    }

    pub(crate) const fn size_in(&self, version: u32) -> usize {
        let mut size = 0_usize;
        let mut rows = self.fixed;
        while let [row, rest @ ..] = rows {
            if row.is_in(version) {
                size = size.saturating_add(row.size());
            }
            rows = rest;
        }
        size
    }

    /// Returns the type, as errors name it.
    #[must_use]
    pub const fn type_name(&self) -> TypeName {
        TypeName {
            number: self.message_type,
            name: Some(self.name),
        }
    }

    /// Returns whether the fixed part begins with `InvokeID`.
    #[must_use]
    pub fn has_invoke_id(&self) -> bool {
        self.fixed.first().is_some_and(|row| row.name == INVOKE_ID)
    }

    /// Returns whether messages of this type may carry a password.
    #[must_use]
    pub fn has_secrets(&self) -> bool {
        self.floating
            .iter()
            .any(|row| matches!(row, FloatingRow::Field(row) if row.secret))
    }

    /// Returns the row of a floating field, groups included.
    #[must_use]
    pub fn field(&self, id: u16) -> Option<&'static FieldRow> {
        field_row(self.floating, id)
    }
}

/// The field that matches an answer to its request.
pub(crate) const INVOKE_ID: &str = "InvokeID";

/// Returns whether a version is from the first to the last one that has a field.
#[inline(always)]
const fn is_in(since: u32, until: Option<u32>, version: u32) -> bool {
    // The rows are known at compile time, so most of this is not evaluated.
    if since != 0 && since > version {
        return false;
    }
    match until {
        Some(until) => version <= until,
        None => true,
    }
}

impl FixedRow {
    /// Returns the value that the guide prescribes in a version, by its number.
    #[must_use]
    pub fn reserved_in(&self, version: u32) -> Option<u32> {
        match self.reserved_until {
            Some(last) if last < version => None,
            _ => self.reserved,
        }
    }

    /// Returns whether the value of the field is its default, if that has a meaning other than the
    /// number 0.
    #[must_use]
    pub fn says_nothing(&self, value: u32) -> bool {
        value == self.usual && (value != 0 || self.reserved.is_some() || self.values.is_some())
    }

    /// Returns whether a version, by its number, has the field.
    #[inline(always)]
    #[must_use]
    pub const fn is_in(&self, version: u32) -> bool {
        is_in(self.since, self.until, version)
    }

    /// Returns the size in bytes.
    #[must_use]
    pub const fn size(&self) -> usize {
        match self.kind.size() {
            Some(size) => size,
            None => 8,
        }
    }
}

impl FieldRow {
    /// Returns the value with which it is present by default.
    #[inline(always)]
    pub(crate) const fn implied(&self) -> Option<u32> {
        if !self.is_implied {
            return None;
        }
        match self.reserved {
            Some(Reserved::Number(printed)) => Some(printed),
            _ => None,
        }
    }

    /// Returns whether a version, by its number, has the field.
    #[inline(always)]
    #[must_use]
    pub const fn is_in(&self, version: u32) -> bool {
        is_in(self.since, self.until, version)
    }

    /// Returns whether this can be the data of the field: a number must have its size, a named
    /// variable a terminated name.
    #[must_use]
    pub fn admits(&self, data: &[u8]) -> bool {
        match self.kind.size() {
            Some(size) if self.array => data.len().is_multiple_of(size),
            // The row of a four-byte BOOL says so.
            Some(size) => data.len() == size || data.len() == self.max,
            None => match self.kind {
                // Mostly the NUL is the last byte.
                Kind::NamedVar => matches!(data, [.., 0]) || data.contains(&0),
                Kind::NamedArray => matches!(data, [_, rest @ ..]
                    if matches!(rest, [.., 0]) || rest.contains(&0)),
                _ => true,
            },
        }
    }
}

impl GroupRow {
    /// Returns whether a version, by its number, has any of the members.
    #[must_use]
    pub fn is_in(&self, version: u32) -> bool {
        self.rows.iter().any(|row| match row {
            FloatingRow::Field(row) => row.is_in(version),
            FloatingRow::Group(group) => group.is_in(version),
        })
    }
}

impl FloatingRow {
    /// Returns the name in the guide, or that of the list in JSON.
    #[must_use]
    pub const fn name(&self) -> &'static str {
        match self {
            Self::Field(row) => row.name,
            Self::Group(row) => row.name,
        }
    }

    /// Returns whether the row is that of a field with this `FieldDataID`.
    pub(crate) fn is_field(&self, id: u16) -> bool {
        matches!(self, Self::Field(row) if row.id == id)
    }

    /// Returns whether the row has, or contains, this `FieldDataID`.
    #[inline]
    #[must_use]
    pub fn has(&self, id: u16) -> bool {
        match self {
            Self::Field(row) => row.id == id,
            Self::Group(group) => group.rows.iter().any(|row| row.has(id)),
        }
    }
}

pub(crate) fn field_row(rows: &'static [FloatingRow], id: u16) -> Option<&'static FieldRow> {
    rows.iter().find_map(|row| match row {
        FloatingRow::Field(row) => (row.id == id).then_some(row),
        FloatingRow::Group(group) => field_row(group.rows, id),
    })
}
