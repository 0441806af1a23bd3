//! The brackets at the end of a row, and the rows as data that result from them.

use super::number::Fixed;
use super::slot::Slot;
use crate::mhdr::layout::{
    FieldRow, FixedRow, FloatingRow, GroupRow, Kind, Layout, Plan, Required, Reserved, Test,
    listed, same,
};

/// The words allowed in the brackets of a row. A misspelt word is no field of this struct, which is
/// a compile error on its row.
#[derive(Clone, Copy, Debug)]
pub(crate) struct Facts {
    /// The most bytes of data.
    pub(crate) max: usize,
    /// The most elements of a list.
    pub(crate) max_count: usize,
    /// It must be there.
    pub(crate) required: bool,
    /// It must be there under a condition, which a rule of the message states.
    pub(crate) required_when: &'static str,
    /// The value that the guide prescribes for a reserved field, else [`FREE`].
    pub(crate) reserved: i64,
    /// The last version in which it is reserved; from the next one on it is in use.
    pub(crate) reserved_until: u32,
    /// It is reserved, as an empty text.
    pub(crate) reserved_empty: bool,
    /// The value for 'none', which is the default, else [`FREE`].
    pub(crate) default: i64,
    /// The name that traces give to a reserved field.
    pub(crate) known_as: &'static str,
    /// The first version that has it.
    pub(crate) since: u32,
    /// The last version that has it.
    pub(crate) until: u32,
    /// It holds a password.
    pub(crate) secret: bool,
    /// It has another type or size than the fields with this id elsewhere.
    pub(crate) unlike: bool,
}

/// A field that is not reserved.
pub(crate) const FREE: i64 = -1;

impl Facts {
    pub(crate) const NONE: Self = Self {
        max: 0,
        max_count: 0,
        required: false,
        required_when: "",
        reserved: FREE,
        reserved_until: u32::MAX,
        reserved_empty: false,
        default: FREE,
        known_as: "",
        since: 0,
        until: u32::MAX,
        secret: false,
        unlike: false,
    };

    pub(crate) const fn last(&self) -> Option<u32> {
        match self.until {
            u32::MAX => None,
            until => Some(until),
        }
    }

    /// Returns whether the guide calls the field reserved.
    const fn is_reserved(&self) -> bool {
        self.reserved != FREE || self.reserved_empty
    }

    /// The number that the guide prescribes.
    #[expect(
        clippy::cast_possible_truncation,
        clippy::cast_sign_loss,
        reason = "it has been looked at"
    )]
    const fn prescribed(&self) -> Option<u32> {
        if self.reserved < 0 {
            return None;
        }
        assert!(self.reserved <= u32::MAX as i64, "the value takes 32 bits");
        Some(self.reserved as u32)
    }

    const fn name(&self, guide: &'static str) -> &'static str {
        if self.known_as.is_empty() {
            guide
        } else {
            self.known_as
        }
    }

    const fn reserved(&self) -> Option<Reserved> {
        match self.prescribed() {
            Some(value) => Some(Reserved::Number(value)),
            None if self.reserved_empty => Some(Reserved::Empty),
            None => None,
        }
    }

    /// The default of the field: the prescribed value, or the value for 'none'.
    #[expect(
        clippy::cast_possible_truncation,
        clippy::cast_sign_loss,
        reason = "is checked before"
    )]
    const fn usual(&self) -> Option<u32> {
        match self.prescribed() {
            Some(value) => Some(value),
            None if self.default == FREE => None,
            None => {
                assert!(
                    self.default >= 0 && self.default <= u32::MAX as i64,
                    "the default is an unsigned number of 4 bytes"
                );
                Some(self.default as u32)
            }
        }
    }

    const fn required(&self) -> Required {
        assert!(
            !self.required || self.required_when.is_empty(),
            "it is required, or under a condition"
        );
        match (self.required, self.required_when) {
            (true, _) => Required::Yes,
            (false, condition) if !condition.is_empty() => Required::When(condition),
            _ => Required::No,
        }
    }

    /// Checks the words of a row of a fixed part.
    const fn fit_fixed(&self) {
        assert!(
            self.max == 0 && self.max_count == 0 && !self.required,
            "a fixed part has sizes of its own, and all of its fields"
        );
        assert!(
            self.required_when.is_empty() && !self.reserved_empty && !self.secret,
            "no field of a fixed part is a text"
        );
        assert!(!self.unlike, "a fixed part has no ids");
    }
}

/// Creates a row of a fixed part.
pub(crate) const fn fixed_row<T: Fixed>(
    name: &'static str,
    facts: Facts,
    counts: Option<&'static str>,
) -> FixedRow {
    facts.fit_fixed();
    let mut row = FixedRow {
        name: facts.name(name),
        kind: T::KIND,
        values: T::VALUES,
        reserved: facts.prescribed(),
        reserved_until: match facts.reserved_until {
            u32::MAX => None,
            last => Some(last),
        },
        usual: match (facts.usual(), T::VALUES) {
            (Some(value), _) => value,
            (None, Some(table)) => table.default,
            (None, None) => 0,
        },
        since: facts.since,
        until: facts.last(),
        index: 0,
        counts,
        test: Test::Closely,
    };
    row.test = Test::of_fixed(&row);
    row
}

/// Creates a row of a floating part, with the id of its field or the ids of its list.
#[expect(clippy::panic, reason = "what goes wrong stops the build")]
pub(crate) const fn floating_row<'a, S: Slot<'a>>(
    ids: &[u16],
    name: &'static str,
    facts: Facts,
    counts: Option<&'static str>,
) -> FloatingRow {
    match S::ROWS {
        Some(rows) => {
            assert!(
                holds(rows, ids) && held(rows) == ids.len(),
                "the ids are those of the members"
            );
            assert!(
                facts.max == 0 && !facts.required && !facts.is_reserved() && facts.since == 0,
                "what holds for a list is said by its members, or by max_count"
            );
            assert!(
                !matches!(rows, [FloatingRow::Group(_), ..]),
                "an element begins with a field"
            );
            FloatingRow::Group(GroupRow {
                name,
                rows,
                plan: Plan::of(&[], rows),
                max_count: match facts.max_count {
                    0 => None,
                    most => Some(most),
                },
                index: 0,
            })
        }
        None => {
            assert!(
                facts.default == FREE,
                "a field that may be absent has no default"
            );
            assert!(
                facts.reserved_until == u32::MAX,
                "no floating field comes into use later"
            );
            assert!(facts.max_count == 0, "no list has max_count");
            let [id] = ids else {
                panic!("a field has one id");
            };
            let size = S::KIND.size();
            assert!(
                size.is_some() || facts.max != 0,
                "a field without a size of its own has max"
            );
            let mut row = FieldRow {
                id: *id,
                name: facts.name(name),
                kind: S::KIND,
                values: S::VALUES,
                array: S::ARRAY,
                // A number takes its size, so its row need not say it.
                max: match size {
                    Some(size) if size > facts.max => size,
                    _ => facts.max,
                },
                required: facts.required(),
                reserved: facts.reserved(),
                secret: facts.secret,
                unlike: facts.unlike,
                since: facts.since,
                until: facts.last(),
                index: 0,
                counts,
                is_implied: facts.required && facts.prescribed().is_some() && size.is_some(),
                test: Test::Closely,
            };
            row.test = Test::of_field(&row);
            FloatingRow::Field(row)
        }
    }
}

/// The most bytes that a fixed part takes.
pub(crate) const LONGEST_FIXED: usize = 200;

/// Sets the index of each row, and checks that each count has its list.
#[expect(
    clippy::indexing_slicing,
    clippy::arithmetic_side_effects,
    reason = "what goes wrong stops the build"
)]
pub(crate) const fn number_fixed<const N: usize>(
    mut rows: [FixedRow; N],
    floating: &[FloatingRow],
) -> [FixedRow; N] {
    let mut size = 0;
    let mut at = 0;
    while at < N {
        size += rows[at].size();
        assert!(size <= LONGEST_FIXED, "a fixed part is short");
        rows[at].index = at;
        if let Some(list) = rows[at].counts {
            assert!(
                listed(floating, list).is_some(),
                "a count is that of a row below"
            );
        }
        at += 1;
    }
    rows
}

/// The same for a floating part, or the members of an element.
#[expect(
    clippy::indexing_slicing,
    clippy::arithmetic_side_effects,
    reason = "what goes wrong stops the build"
)]
pub(crate) const fn number_floating<const N: usize>(
    mut rows: [FloatingRow; N],
) -> [FloatingRow; N] {
    assert!(N < 64, "there is a bit for each row, and one more");
    let mut at = 0;
    while at < N {
        match &mut rows[at] {
            FloatingRow::Field(row) => row.index = at,
            FloatingRow::Group(row) => row.index = at,
        }
        at += 1;
    }
    let mut at = 0;
    while at < N {
        if let FloatingRow::Field(row) = &rows[at]
            && let Some(list) = row.counts
        {
            assert!(
                listed(&rows, list).is_some(),
                "a count is that of a row beside it"
            );
        }
        at += 1;
    }
    rows
}

/// The bit that marks a field that stayed unlisted, beside the bits of the rows.
pub(crate) const STRAY: u64 = 1 << 63;

/// Returns the bit that marks a row of a message as found.
pub(crate) const fn bit(rows: &[FloatingRow], id: u16) -> u64 {
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

/// Returns the row with this id, or of the list with it.
#[expect(clippy::panic, reason = "what goes wrong stops the build")]
pub(crate) const fn row_of(rows: &'static [FloatingRow], id: u16) -> &'static FloatingRow {
    let mut rest = rows;
    while let [first, tail @ ..] = rest {
        let found = match first {
            FloatingRow::Field(row) => row.id == id,
            FloatingRow::Group(row) => lists_id(row.rows, id),
        };
        if found {
            return first;
        }
        rest = tail;
    }
    panic!("no row has the id");
}

/// Returns the index of that row.
#[expect(clippy::cast_possible_truncation, reason = "there are at most 64")]
pub(crate) const fn place_of(rows: &'static [FloatingRow], id: u16) -> u32 {
    match row_of(rows, id) {
        FloatingRow::Field(row) => row.index as u32,
        FloatingRow::Group(row) => row.index as u32,
    }
}

/// Returns whether there is a count of the list with this id.
pub(crate) const fn is_counted(rows: &'static [FloatingRow], id: u16) -> bool {
    let FloatingRow::Group(list) = row_of(rows, id) else {
        return false;
    };
    let mut rest = rows;
    while let [first, tail @ ..] = rest {
        if let FloatingRow::Field(FieldRow {
            counts: Some(counted),
            ..
        }) = first
            && same(counted, list.name)
        {
            return true;
        }
        rest = tail;
    }
    false
}

const fn lists_id(rows: &[FloatingRow], id: u16) -> bool {
    let mut rest = rows;
    while let [first, tail @ ..] = rest {
        let found = match first {
            FloatingRow::Field(row) => row.id == id,
            FloatingRow::Group(row) => lists_id(row.rows, id),
        };
        if found {
            return true;
        }
        rest = tail;
    }
    false
}

/// Returns the number of ids of a list's members, including inner lists.
const fn held(rows: &[FloatingRow]) -> usize {
    let mut count = 0_usize;
    let mut rest = rows;
    while let [first, tail @ ..] = rest {
        count = count.saturating_add(match first {
            FloatingRow::Field(_) => 1,
            FloatingRow::Group(row) => held(row.rows),
        });
        rest = tail;
    }
    count
}

/// Returns whether the ids are those of all these rows.
const fn holds(rows: &[FloatingRow], ids: &[u16]) -> bool {
    let mut rest = rows;
    while let [first, tail @ ..] = rest {
        match first {
            FloatingRow::Field(row) if !is_among(row.id, ids) => return false,
            FloatingRow::Group(row) if !holds(row.rows, ids) => return false,
            _ => {}
        }
        rest = tail;
    }
    true
}

const fn is_among(id: u16, ids: &[u16]) -> bool {
    let mut rest = ids;
    while let [first, tail @ ..] = rest {
        if *first == id {
            return true;
        }
        rest = tail;
    }
    false
}

/// Sees to it that one id keeps one type and size in all messages of a dialect, but for the rows
/// that say `unlike`.
#[expect(
    clippy::indexing_slicing,
    clippy::arithmetic_side_effects,
    reason = "what goes wrong stops the build"
)]
pub(crate) const fn agree(layouts: &[&Layout]) {
    let mut shapes: [Option<(Kind, usize, bool)>; 1024] = [None; 1024];
    let mut l = 0;
    while l < layouts.len() {
        agree_rows(layouts[l].floating, &mut shapes);
        l += 1;
    }
}

#[expect(
    clippy::indexing_slicing,
    clippy::arithmetic_side_effects,
    reason = "what goes wrong stops the build"
)]
const fn agree_rows(rows: &[FloatingRow], shapes: &mut [Option<(Kind, usize, bool)>; 1024]) {
    let mut r = 0;
    while r < rows.len() {
        match &rows[r] {
            FloatingRow::Group(group) => agree_rows(group.rows, shapes),
            FloatingRow::Field(row) if row.unlike => {}
            FloatingRow::Field(row) => {
                let shape = &mut shapes[row.id as usize];
                match shape {
                    None => *shape = Some((row.kind, row.max, row.array)),
                    Some((kind, max, array)) => assert!(
                        *kind as u8 == row.kind as u8 && *max == row.max && *array == row.array,
                        "a field with the same id has another type or size elsewhere: say `unlike`"
                    ),
                }
            }
        }
        r += 1;
    }
}

/// The sizes of fixed parts by type and version, oldest first; `u16::MAX` where there is no table.
/// Runs when the library is built.
#[expect(
    clippy::indexing_slicing,
    clippy::arithmetic_side_effects,
    clippy::cast_possible_truncation,
    reason = "what goes wrong stops the build"
)]
pub(crate) const fn fixed_sizes<const TYPES: usize, const VERSIONS: usize>(
    layouts: &[&Layout],
    oldest: u32,
) -> [[u16; VERSIONS]; TYPES] {
    let mut sizes = [[u16::MAX; VERSIONS]; TYPES];
    let mut l = 0;
    while l < layouts.len() {
        let mut v = 0;
        while v < VERSIONS {
            let size = layouts[l].size_in(oldest + v as u32);
            assert!(size < u16::MAX as usize, "a fixed part is short");
            sizes[layouts[l].message_type as usize][v] = size as u16;
            v += 1;
        }
        l += 1;
    }
    sizes
}

/// One more than the highest number of a message type.
#[expect(
    clippy::indexing_slicing,
    clippy::arithmetic_side_effects,
    reason = "what goes wrong stops the build"
)]
pub(crate) const fn types(layouts: &[&Layout]) -> usize {
    let mut types = 0;
    let mut l = 0;
    while l < layouts.len() {
        let number = layouts[l].message_type as usize;
        if number >= types {
            types = number + 1;
        }
        l += 1;
    }
    types
}
