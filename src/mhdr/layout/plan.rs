//! What checking asks of rows, found out when the library is built.

use super::{FieldRow, FixedRow, FloatingRow, Kind, Required, Reserved, ValueTable};

/// How to see at a glance that nothing is to be said of a field.
#[derive(Clone, Copy, Debug)]
pub(crate) enum Test {
    /// A number of any value, of so many bytes.
    Free(usize),
    /// A number that the table lists.
    Listed(usize, &'static ValueTable),
    /// A number that the guide prescribes.
    Is(usize, u32),
    /// A number of elements.
    Count(usize),
    /// A text.
    Text,
    /// Any bytes.
    Bytes,
    /// A named variable.
    Variable,
    /// An element of a named array.
    Array,
    /// None of these, or not in all versions: look closely.
    Closely,
}

impl Test {
    /// Returns the test of a row of a fixed part.
    pub(crate) const fn of_fixed(row: &FixedRow) -> Self {
        if row.since != 0 || row.until.is_some() || row.reserved_until.is_some() {
            return Self::Closely;
        }
        match (Self::of(row.kind, row.values, row.reserved), row.counts) {
            (Self::Free(size), Some(_)) => Self::Count(size),
            (_, Some(_)) => Self::Closely,
            (test, None) => test,
        }
    }

    /// Returns the test of a row of a floating part.
    pub(crate) const fn of_field(row: &FieldRow) -> Self {
        if row.since != 0 || row.until.is_some() || row.array || row.counts.is_some() {
            return Self::Closely;
        }
        match (row.kind, row.reserved) {
            (_, Some(Reserved::Empty)) => Self::Closely,
            (kind, Some(Reserved::Number(number))) => Self::of(kind, row.values, Some(number)),
            (Kind::String, None) => Self::Text,
            (Kind::Unspec, None) => Self::Bytes,
            (Kind::NamedVar, None) => Self::Variable,
            (Kind::NamedArray, None) => Self::Array,
            (kind, None) => Self::of(kind, row.values, None),
        }
    }

    const fn of(kind: Kind, values: Option<&'static ValueTable>, reserved: Option<u32>) -> Self {
        match (kind.size(), kind, values, reserved) {
            (None, ..) | (_, Kind::Bool, _, None) => Self::Closely,
            (Some(size), _, _, Some(reserved)) => Self::Is(size, reserved),
            (Some(size), _, Some(values), None) => Self::Listed(size, values),
            (Some(size), _, None, None) => Self::Free(size),
        }
    }
}

/// What the rows of a part ask for as a whole, found out when the library is built.
#[derive(Clone, Copy, Debug)]
pub(crate) struct Plan {
    /// A bit for each required field.
    pub(crate) required: u64,
    /// The counts of lists and arrays.
    pub(crate) counts: [Option<Counts>; 4],
}

/// A row that counts, and the row that it counts.
#[derive(Clone, Copy, Debug)]
pub(crate) struct Counts {
    /// Whether the count is in the fixed part.
    pub(crate) fixed: bool,
    pub(crate) row: usize,
    pub(crate) list: usize,
}

impl Plan {
    /// Draws it up. Stops the build if a count has no list.
    #[expect(
        clippy::indexing_slicing,
        clippy::arithmetic_side_effects,
        reason = "what goes wrong stops the build"
    )]
    pub(crate) const fn of(fixed: &[FixedRow], floating: &[FloatingRow]) -> Self {
        let mut plan = Self {
            required: 0,
            counts: [None; 4],
        };
        let mut counts = 0;
        let mut row = 0;
        while row < fixed.len() {
            if let Some(list) = fixed[row].counts {
                let list = counted(floating, list);
                let fixed = true;
                plan.counts[counts] = Some(Counts { fixed, row, list });
                counts += 1;
            }
            row += 1;
        }
        row = 0;
        while row < floating.len() {
            if let FloatingRow::Field(field) = &floating[row] {
                if matches!(field.required, Required::Yes) {
                    plan.required |= 1 << row;
                }
                if let Some(list) = field.counts {
                    let list = counted(floating, list);
                    let fixed = false;
                    plan.counts[counts] = Some(Counts { fixed, row, list });
                    counts += 1;
                }
            }
            row += 1;
        }
        plan
    }
}

#[expect(clippy::panic, reason = "what goes wrong stops the build")]
const fn counted(rows: &[FloatingRow], name: &str) -> usize {
    match listed(rows, name) {
        Some(at) => at,
        None => panic!("a count is that of a list or array in the floating part"),
    }
}

/// Returns the index of the list or array with this name: what a row can count.
#[expect(
    clippy::indexing_slicing,
    clippy::arithmetic_side_effects,
    reason = "what goes wrong stops the build"
)]
pub(crate) const fn listed(rows: &[FloatingRow], name: &str) -> Option<usize> {
    let mut at = 0;
    while at < rows.len() {
        let found = match &rows[at] {
            FloatingRow::Group(row) => same(row.name, name),
            FloatingRow::Field(row) => row.array && same(row.name, name),
        };
        if found {
            return Some(at);
        }
        at += 1;
    }
    None
}

pub(crate) const fn same(one: &str, other: &str) -> bool {
    let (mut one, mut other) = (one.as_bytes(), other.as_bytes());
    loop {
        match (one, other) {
            ([], []) => return true,
            ([a, rest @ ..], [b, more @ ..]) if *a == *b => {
                one = rest;
                other = more;
            }
            _ => return false,
        }
    }
}

/// The index of the row with each `FieldDataID` up to 255, or of the list that has it.
#[derive(Clone, Copy)]
pub(crate) struct Places([u8; 256]);

impl Places {
    /// No row.
    const NONE: u8 = u8::MAX;

    #[expect(
        clippy::indexing_slicing,
        clippy::arithmetic_side_effects,
        clippy::cast_possible_truncation,
        reason = "a part has fewer than 64 rows, and the rest is looked at"
    )]
    pub(crate) const fn of(rows: &[FloatingRow]) -> Self {
        let mut places = Self([Self::NONE; 256]);
        let mut row = 0;
        while row < rows.len() {
            places.put(&rows[row], row as u8);
            row += 1;
        }
        places
    }

    #[expect(
        clippy::indexing_slicing,
        clippy::arithmetic_side_effects,
        reason = "what goes wrong stops the build"
    )]
    const fn put(&mut self, row: &FloatingRow, at: u8) {
        match row {
            FloatingRow::Field(row) => {
                if row.id < 256 {
                    self.0[row.id as usize] = at;
                }
            }
            FloatingRow::Group(group) => {
                let mut member = 0;
                while member < group.rows.len() {
                    self.put(&group.rows[member], at);
                    member += 1;
                }
            }
        }
    }

    /// Returns the row among these, which it was made of.
    #[inline(always)]
    pub(crate) fn get<'r>(&self, id: u16, rows: &'r [FloatingRow]) -> Option<&'r FloatingRow> {
        match self.0.get(usize::from(id)) {
            // There is none at `NONE`.
            Some(place) => rows.get(usize::from(*place)),
            None => rows.iter().find(|row| row.has(id)),
        }
    }
}

impl core::fmt::Debug for Places {
    fn fmt(&self, f: &mut core::fmt::Formatter<'_>) -> core::fmt::Result {
        f.debug_struct("Places").finish_non_exhaustive()
    }
}
