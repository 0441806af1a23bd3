//! The tables of the guide as data.
//!
//! Every message type offers its [`Layout`], made from the same rows as its struct. Printing, JSON,
//! [checking](super::Frame::check) and tests read it; nothing else in the library states these
//! facts.

use core::fmt;

use super::declare::exists;
use super::message_type::MessageType;
use super::messages;
use super::version::Version;

/// The layout of one message type: its fixed part and its floating part, in table order.
#[derive(Debug)]
pub struct Layout {
    /// The type that the header names.
    pub message_type: MessageType,
    /// Its name in the guide, such as `OPEN_REQ`.
    pub name: &'static str,
    /// The class that the guide puts it in.
    pub class: Class,
    /// Who sends it.
    pub sent_by: SentBy,
    /// For a request: the type that confirms it.
    pub confirmation: Option<MessageType>,
    /// The rows of the fixed part.
    pub fixed: &'static [FixedRow],
    /// The rows of the floating part.
    pub floating: &'static [FloatingRow],
}

/// A message class, as in the guide's Table 10.
#[derive(Clone, Copy, PartialEq, Eq, Hash, Debug)]
pub enum Class {
    /// Opening, keeping and closing a session.
    Session,
    /// The failure messages.
    Error,
    /// Configuration of agents, CSQs, applications, devices and teams.
    Configuration,
    /// States of agents.
    AgentState,
    /// Unsolicited news of calls.
    CallEvent,
    /// Requests about calls, and their answers.
    CallControl,
    /// Snapshots, device information and statistics.
    Miscellaneous,
}

/// Which side sends a message.
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
    /// The name in the guide; for a reserved field the name that traces give it.
    pub name: &'static str,
    /// Its data type.
    pub kind: Kind,
    /// Its values, where a table lists them.
    pub values: Option<&'static ValueTable>,
    /// For a field that the guide calls reserved: the value that it prescribes.
    pub reserved: Option<u32>,
    /// The first version that has the field.
    pub since: Version,
    /// For a count: the list that it counts, by its name in JSON.
    pub counts: Option<&'static str>,
}

/// A row of a table of a floating part, or the rows that repeat together.
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
    /// The name in the guide; for a reserved field the name that traces give it.
    pub name: &'static str,
    /// Its data type.
    pub kind: Kind,
    /// Its values, where a table lists them.
    pub values: Option<&'static ValueTable>,
    /// The largest `FieldDataLength` that encoding writes, terminating NUL included.
    pub max: usize,
    /// Whether it must be there.
    pub required: Required,
    /// For a field that the guide calls reserved: the value that it prescribes.
    pub reserved: Option<Reserved>,
    /// The first version that has the field.
    pub since: Version,
    /// For a count: the list that it counts, by its name in JSON.
    pub counts: Option<&'static str>,
}

/// Fields that repeat in step and make up the elements of a list.
#[derive(Clone, Copy, Debug)]
pub struct GroupRow {
    /// The name of the list in JSON, such as `CSQs`.
    pub name: &'static str,
    /// The members of one element, in table order.
    pub rows: &'static [FloatingRow],
    /// The most elements that the guide allows, where it says so.
    pub max_count: Option<usize>,
}

/// The value that a reserved floating field has.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub enum Reserved {
    /// A number.
    Number(u32),
    /// An empty text.
    Empty,
}

/// Whether a floating field must be there.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub enum Required {
    /// It may be left out.
    No,
    /// It must be there; in a group, in each element.
    Yes,
    /// It must be there under a condition, which a rule of the message states.
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
    /// Bytes without a form.
    Unspec,
    /// A named variable: a name and a value, each ending in NUL.
    NamedVar,
    /// An element of a named array: an index of one byte, a name and a value.
    NamedArray,
}

impl Kind {
    /// The name in the guide.
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

    /// The size in bytes; `None` where it varies. The UNSPEC fields of a fixed part have 8.
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
    /// The number of the table in the guide; `None` where the values stand in a field's description.
    pub table: Option<u16>,
    /// Whether the values are bits that combine.
    pub mask: bool,
    /// The values, in the guide's order.
    pub values: &'static [ValueRow],
}

/// A row of a table of constants.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub struct ValueRow {
    /// The name in the guide; `None` for reserved values.
    pub name: Option<&'static str>,
    /// The value, or the first of several reserved ones.
    pub first: u32,
    /// The last of several reserved ones, else the value.
    pub last: u32,
}

impl ValueTable {
    /// The name of a value; `None` for values that are reserved or in no table.
    #[must_use]
    pub fn name_of(&self, value: u32) -> Option<&'static str> {
        self.values
            .iter()
            .find(|row| row.first == value && row.last == value)
            .and_then(|row| row.name)
    }

    /// The value with a name.
    #[must_use]
    pub fn value_of(&self, name: &str) -> Option<u32> {
        self.values
            .iter()
            .find(|row| row.name == Some(name))
            .map(|row| row.first)
    }

    /// Writes the names of the bits of a mask, and as a number those that have none.
    pub(crate) fn fmt_mask(&self, value: u32, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let mut rest = value;
        let mut separator = "";
        for row in self.values {
            if let Some(name) = row.name
                && row.first & rest == row.first
            {
                rest &= !row.first;
                write!(f, "{separator}{name}")?;
                separator = " | ";
            }
        }
        if rest != 0 {
            write!(f, "{separator}{rest:#x}")
        } else if value == 0 {
            f.write_str("0")
        } else {
            Ok(())
        }
    }

    /// Whether the table lists a value, be it as reserved; of a mask, whether it lists every bit.
    #[must_use]
    pub fn lists(&self, value: u32) -> bool {
        if self.mask {
            let known = self.values.iter().fold(0, |bits, row| bits | row.first);
            value & !known == 0
        } else {
            self.values
                .iter()
                .any(|row| row.first <= value && value <= row.last)
        }
    }
}

/// The sizes of fixed parts by type and version, oldest first. Runs when the library is built.
#[expect(
    clippy::indexing_slicing,
    clippy::arithmetic_side_effects,
    clippy::cast_possible_truncation,
    reason = "what goes wrong stops the build"
)]
pub(crate) const fn fixed_sizes(layouts: &[&Layout]) -> [[Option<u8>; 9]; 256] {
    let mut sizes = [[None; 9]; 256];
    let mut l = 0;
    while l < layouts.len() {
        let mut v = 0;
        while v < Version::ALL.len() {
            let mut size = 0;
            let mut f = 0;
            while f < layouts[l].fixed.len() {
                let row = &layouts[l].fixed[f];
                if exists(row.since, Version::ALL[v]) {
                    size += row.size();
                }
                f += 1;
            }
            assert!(size <= 255, "a fixed part has no more than 255 bytes");
            sizes[layouts[l].message_type.0 as usize][v] = Some(size as u8);
            v += 1;
        }
        l += 1;
    }
    sizes
}

impl Layout {
    /// The size in bytes of the fixed part in a version.
    #[must_use]
    pub fn fixed_size(&self, version: Version) -> usize {
        messages::fixed_size(self.message_type, version).unwrap_or_default()
    }

    /// The row of a floating field, groups included.
    #[must_use]
    pub fn field(&self, id: u16) -> Option<&'static FieldRow> {
        field_row(self.floating, id)
    }
}

impl FixedRow {
    /// The size in bytes.
    #[must_use]
    pub const fn size(&self) -> usize {
        match self.kind.size() {
            Some(size) => size,
            None => 8,
        }
    }
}

impl FloatingRow {
    /// Whether the row has, or holds, this `FieldDataID`.
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
