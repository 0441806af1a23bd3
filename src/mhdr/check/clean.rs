//! Whether nothing is to be said of a message, found out in one pass that keeps nothing.
//!
//! Most messages are clean. Where this pass is in doubt, the walk that lists the faults decides.

use core::marker::PhantomData;

use super::part::bit;
use super::usual::{first_plain, is_plain, is_usual, number};
use crate::mhdr::engine::named::{MAX_NAME, MAX_TOTAL, MAX_VALUE};
use crate::mhdr::layout::{
    FieldRow, FixedRow, FloatingRow, GroupRow, Kind, Layout, Plan, Reserved, Test,
};
use crate::mhdr::wire::{FieldHeader, Narrow, Step, Wide, WideId, Widths};

/// Returns whether a message is certain to have no findings, but for those of its rules.
pub(super) fn is_clean(
    layout: &'static Layout,
    body: &[u8],
    version: u32,
    header: FieldHeader,
) -> bool {
    let clean = match header {
        FieldHeader::Narrow => Pass::<Narrow>::new(body, version).message(layout),
        FieldHeader::WideId => Pass::<WideId>::new(body, version).message(layout),
        FieldHeader::Wide => Pass::<Wide>::new(body, version).message(layout),
    };
    clean.is_some()
}

/// The pass over a message: `None` is doubt, and ends it.
struct Pass<'a, W> {
    rest: &'a [u8],
    /// The number of the version.
    version: u32,
    /// The bytes of named data so far.
    named: usize,
    widths: PhantomData<W>,
}

/// What was met of a message, or of an element of a list.
struct Part<'p> {
    plan: &'p Plan,
    /// A bit for each row that a field has come of.
    met: u64,
    /// For each count of the plan what it said, less the elements of its list.
    open: [u32; 4],
}

impl<'p> Part<'p> {
    #[inline(always)]
    const fn new(plan: &'p Plan) -> Self {
        Self {
            plan,
            met: 0,
            open: [0; 4],
        }
    }

    /// Takes down a count.
    fn say(&mut self, in_fixed: bool, index: usize, value: u32) {
        for (counts, open) in self.plan.counts.iter().zip(&mut self.open) {
            if counts.is_some_and(|counts| counts.fixed == in_fixed && counts.row == index) {
                *open = open.wrapping_add(value);
            }
        }
    }

    /// Takes down elements of a list.
    fn list(&mut self, index: usize, count: u32) {
        for (counts, open) in self.plan.counts.iter().zip(&mut self.open) {
            if counts.is_some_and(|counts| counts.list == index) {
                *open = open.wrapping_sub(count);
            }
        }
    }

    /// Makes sure that nothing is missing, and that the counts are right. Whether a list may lack a
    /// count is left to the walk.
    #[inline(always)]
    fn end(&self, rows: &[FloatingRow], version: u32) -> Option<()> {
        let missing = self.plan.required & !self.met;
        if missing != 0 && rows.iter().any(|row| is_due(row, missing, version)) {
            return None;
        }
        (self.open == [0; 4]).then_some(())
    }
}

/// Returns whether a row is one of those missing, and the version has it.
#[cold]
fn is_due(row: &FloatingRow, missing: u64, version: u32) -> bool {
    matches!(row, FloatingRow::Field(row) if missing & bit(row.index) != 0 && row.is_in(version))
}

impl<'a, W: Widths> Pass<'a, W> {
    const fn new(body: &'a [u8], version: u32) -> Self {
        Self {
            rest: body,
            version,
            named: 0,
            widths: PhantomData,
        }
    }

    fn message(mut self, layout: &'static Layout) -> Option<()> {
        let mut part = Part::new(&layout.plan);
        self.fixed(layout, &mut part)?;
        while let Some(step) = Step::read::<W>(self.rest) {
            match layout.places.get(step.field.id, layout.floating)? {
                FloatingRow::Field(row) => self.field(row, &step, &mut part)?,
                FloatingRow::Group(group) => self.list(group, &mut part)?,
            }
        }
        // Else the message is cut short.
        self.rest.is_empty().then_some(())?;
        part.end(layout.floating, self.version)
    }

    fn fixed(&mut self, layout: &'static Layout, part: &mut Part<'_>) -> Option<()> {
        for row in layout.fixed {
            match row.test {
                Test::Free(size) => self.rest = self.rest.get(size..)?,
                Test::Listed(size, values) => {
                    values.lists(self.take(size)?).then_some(())?;
                }
                Test::Is(size, prescribed) => {
                    (self.take(size)? == prescribed).then_some(())?;
                }
                Test::Count(size) => {
                    let count = self.take(size)?;
                    part.say(true, row.index, count);
                }
                _ => self.fixed_closely(row, part)?,
            }
        }
        Some(())
    }

    /// Takes a number of the fixed part.
    #[inline(always)]
    fn take(&mut self, size: usize) -> Option<u32> {
        let (data, after) = self.rest.split_at_checked(size)?;
        self.rest = after;
        number(data)
    }

    fn fixed_closely(&mut self, row: &'static FixedRow, part: &mut Part<'_>) -> Option<()> {
        if row.is_in(self.version) {
            let (data, after) = self.rest.split_at_checked(row.size())?;
            self.rest = after;
            let reserved = row.reserved_in(self.version);
            match number(data) {
                Some(value) => {
                    is_usual(row.kind, row.values, reserved, value).then_some(())?;
                    if row.counts.is_some() {
                        part.say(true, row.index, value);
                    }
                }
                None if reserved.is_none() || data.iter().all(|byte| *byte == 0) => {}
                None => return None,
            }
        }
        Some(())
    }

    /// Passes over the elements of a list.
    fn list(&mut self, group: &'static GroupRow, of: &mut Part<'_>) -> Option<()> {
        // If there are elements of the list apart from these, their number is left to the walk.
        let in_list = bit(group.index);
        if of.met & in_list != 0 && group.max_count.is_some() {
            return None;
        }
        of.met |= in_list;
        let mut count = 0_u32;
        if let [FloatingRow::Field(row)] = group.rows {
            while let Some(step) = Step::read::<W>(self.rest)
                && step.field.id == row.id
            {
                self.value(row, &step, of)?;
                count = count.saturating_add(1);
            }
        } else {
            let mut element = Part::new(&group.plan);
            let mut last = usize::MAX;
            while let Some(step) = Step::read::<W>(self.rest)
                && let Some((index, row)) = place(group.rows, last, step.field.id)
            {
                // An element ends where a member comes again or the first member begins.
                if index == 0 || count == 0 || element.met & bit(index) != 0 {
                    if count != 0 {
                        element.end(group.rows, self.version)?;
                    }
                    element = Part::new(&group.plan);
                    count = count.saturating_add(1);
                }
                last = index;
                match row {
                    FloatingRow::Field(row) => self.field(row, &step, &mut element)?,
                    FloatingRow::Group(inner) => self.list(inner, &mut element)?,
                }
            }
            element.end(group.rows, self.version)?;
        }
        if let Some(max) = group.max_count
            && usize::try_from(count).map_or(true, |count| count > max)
        {
            return None;
        }
        of.list(group.index, count);
        Some(())
    }

    /// Passes over a field of a message or of an element.
    #[inline(always)]
    fn field(
        &mut self,
        row: &'static FieldRow,
        step: &Step<'a>,
        part: &mut Part<'_>,
    ) -> Option<()> {
        let met = bit(row.index);
        if part.met & met != 0 {
            return None;
        }
        part.met |= met;
        self.value(row, step, part)
    }

    /// Passes over data.
    #[inline(always)]
    fn value(
        &mut self,
        row: &'static FieldRow,
        step: &Step<'a>,
        part: &mut Part<'_>,
    ) -> Option<()> {
        self.rest = step.after;
        let data = step.field.data;
        match row.test {
            Test::Text => match data {
                [text @ .., 0] if data.len() <= row.max && is_plain(text) => Some(()),
                _ => None,
            },
            Test::Free(size) if data.len() == size => Some(()),
            Test::Listed(size, values) if data.len() == size => {
                values.lists(number(data)?).then_some(())
            }
            Test::Is(size, prescribed) if data.len() == size => {
                (number(data)? == prescribed).then_some(())
            }
            Test::Variable => self.named(data, step),
            Test::Array => self.named(data.get(1..)?, step),
            Test::Bytes => (data.len() <= row.max).then_some(()),
            _ => {
                let value = self.value_closely(row, data)?;
                if row.counts.is_some() {
                    part.say(false, row.index, value);
                }
                Some(())
            }
        }
    }

    #[inline(never)]
    fn value_closely(&self, row: &'static FieldRow, data: &[u8]) -> Option<u32> {
        if data.len() > row.max || row.array || !row.is_in(self.version) {
            return None;
        }
        match (row.kind, row.reserved) {
            (Kind::String, None) => match data {
                [text @ .., 0] if is_plain(text) => Some(0),
                _ => None,
            },
            (Kind::String, Some(Reserved::Empty)) => matches!(data, [0]).then_some(0),
            (Kind::Unspec, None) => Some(0),
            // Named data is in all versions.
            (Kind::String | Kind::NamedVar | Kind::NamedArray | Kind::Unspec, _) => None,
            (kind, reserved) => {
                // The row of a four-byte BOOL says so.
                if kind.size() != Some(data.len()) && data.len() != row.max {
                    return None;
                }
                let reserved = match reserved {
                    Some(Reserved::Number(number)) => Some(number),
                    Some(Reserved::Empty) => return None,
                    None => None,
                };
                number(data).filter(|value| is_usual(kind, row.values, reserved, *value))
            }
        }
    }

    /// Passes over a name and a value.
    #[inline(always)]
    fn named(&mut self, data: &[u8], step: &Step<'a>) -> Option<()> {
        let size = step.from.len().saturating_sub(step.after.len());
        self.named = self.named.saturating_add(size);
        let [texts @ .., 0] = data else {
            return None;
        };
        let name = first_plain(texts)?;
        let value = texts.get(name.saturating_add(1)..)?;
        let fits = name < MAX_NAME && value.len() < MAX_VALUE && self.named <= MAX_TOTAL;
        (fits && is_plain(value)).then_some(())
    }
}

/// Returns the index and the row of a field. Fields mostly come in the order of the rows, and after
/// the last one comes the first again.
#[inline(always)]
fn place(
    rows: &'static [FloatingRow],
    last: usize,
    id: u16,
) -> Option<(usize, &'static FloatingRow)> {
    let next = last.wrapping_add(1);
    if let Some(row) = rows.get(next)
        && row.has(id)
    {
        return Some((next, row));
    }
    rows.iter().enumerate().find(|(_, row)| row.has(id))
}
