//! Whether nothing is to be said of a message, found out in one pass that keeps nothing.
//!
//! Most messages are clean. Where this pass is in doubt, the walk that lists the faults decides.

use core::marker::PhantomData;

use super::part::bit;
use super::usual::{is_plain, is_usual, number};
use crate::mhdr::engine::named::{MAX_NAME, MAX_TOTAL, MAX_VALUE, first_nul};
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
    /// The counts of the plan, as they came.
    said: [Option<u32>; 4],
    /// The elements of the lists that they count.
    listed: [u32; 4],
}

impl<'p> Part<'p> {
    #[inline(always)]
    const fn new(plan: &'p Plan) -> Self {
        Self {
            plan,
            met: 0,
            said: [None; 4],
            listed: [0; 4],
        }
    }

    /// Takes down a count.
    fn say(&mut self, in_fixed: bool, index: usize, value: u32) {
        for (counts, said) in self.plan.counts.iter().zip(&mut self.said) {
            if counts.is_some_and(|counts| counts.fixed == in_fixed && counts.row == index) {
                *said = Some(value);
            }
        }
    }

    /// Takes down elements of a list.
    fn list(&mut self, index: usize, count: u32) {
        for (counts, listed) in self.plan.counts.iter().zip(&mut self.listed) {
            if counts.is_some_and(|counts| counts.list == index) {
                *listed = listed.saturating_add(count);
            }
        }
    }

    /// Makes sure that nothing is missing, and that the counts are right.
    #[inline(always)]
    fn end(&self, rows: &[FloatingRow], version: u32) -> Option<()> {
        let missing = self.plan.required & !self.met;
        if missing != 0 && rows.iter().any(|row| is_due(row, missing, version)) {
            return None;
        }
        for ((counts, said), listed) in self.plan.counts.iter().zip(self.said).zip(self.listed) {
            let Some(counts) = counts else {
                break;
            };
            match said {
                Some(said) if said == listed => {}
                // A fixed part lacks what the version lacks; a list of 0 needs no count.
                None if counts.fixed || listed == 0 => {}
                _ => return None,
            }
        }
        Some(())
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

    #[inline(always)]
    fn step(&mut self) -> Option<Step<'a>> {
        let step = Step::read::<W>(self.rest)?;
        self.rest = step.after;
        Some(step)
    }

    fn message(mut self, layout: &'static Layout) -> Option<()> {
        let mut part = Part::new(&layout.plan);
        self.fixed(layout, &mut part)?;
        let mut next = self.step();
        while let Some(step) = next {
            let index = layout.places.get(step.field.id, layout.floating)?;
            next = match layout.floating.get(index)? {
                FloatingRow::Field(row) => {
                    self.field(row, &step, &mut part)?;
                    self.step()
                }
                FloatingRow::Group(group) => self.list(group, step, &mut part)?,
            };
        }
        // Else the message is cut short.
        self.rest.is_empty().then_some(())?;
        part.end(layout.floating, self.version)
    }

    fn fixed(&mut self, layout: &'static Layout, part: &mut Part<'_>) -> Option<()> {
        for row in layout.fixed {
            let value = match row.test {
                Test::Free(size) => self.take(size)?,
                Test::Listed(size, values) => {
                    let value = self.take(size)?;
                    values.lists(value).then_some(value)?
                }
                Test::Is(size, prescribed) => {
                    let value = self.take(size)?;
                    (value == prescribed).then_some(value)?
                }
                _ => {
                    self.fixed_closely(row, part)?;
                    continue;
                }
            };
            if row.counts.is_some() {
                part.say(true, row.index, value);
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

    /// Passes over the elements of a list and returns the first field after them, if there is one.
    fn list(
        &mut self,
        group: &'static GroupRow,
        first: Step<'a>,
        of: &mut Part<'_>,
    ) -> Option<Option<Step<'a>>> {
        // If there are elements of the list apart from these, their number is left to the walk.
        let in_list = bit(group.index);
        if of.met & in_list != 0 && group.max_count.is_some() {
            return None;
        }
        of.met |= in_list;
        let mut count = 0_u32;
        let mut next = Some(first);
        if let [FloatingRow::Field(row)] = group.rows {
            while let Some(step) = next
                && step.field.id == row.id
            {
                self.value(row, &step)?;
                count = count.saturating_add(1);
                next = self.step();
            }
        } else {
            let mut element = Part::new(&group.plan);
            let mut last = 0;
            while let Some(step) = next
                && let Some(index) = place(group.rows, last, step.field.id)
            {
                // An element ends where a member comes again or the first member begins.
                if count == 0 || index == 0 || element.met & bit(index) != 0 {
                    if count != 0 {
                        element.end(group.rows, self.version)?;
                    }
                    element = Part::new(&group.plan);
                    count = count.saturating_add(1);
                }
                last = index;
                next = match group.rows.get(index)? {
                    FloatingRow::Field(row) => {
                        self.field(row, &step, &mut element)?;
                        self.step()
                    }
                    FloatingRow::Group(inner) => self.list(inner, step, &mut element)?,
                };
            }
            element.end(group.rows, self.version)?;
        }
        if let Some(max) = group.max_count
            && usize::try_from(count).map_or(true, |count| count > max)
        {
            return None;
        }
        of.list(group.index, count);
        Some(next)
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
        let value = self.value(row, step)?;
        if row.counts.is_some() {
            part.say(false, row.index, value);
        }
        Some(())
    }

    /// Passes over data. Returns the value of a number.
    #[inline(always)]
    fn value(&mut self, row: &'static FieldRow, step: &Step<'a>) -> Option<u32> {
        let data = step.field.data;
        match row.test {
            Test::Text => match data {
                [text @ .., 0] if data.len() <= row.max && is_plain(text) => Some(0),
                _ => None,
            },
            Test::Free(size) if data.len() == size => number(data),
            Test::Listed(size, values) if data.len() == size => {
                number(data).filter(|value| values.lists(*value))
            }
            Test::Is(size, prescribed) if data.len() == size => {
                number(data).filter(|value| *value == prescribed)
            }
            Test::Variable => self.named(data, step),
            Test::Array => self.named(data.get(1..)?, step),
            Test::Bytes => (data.len() <= row.max).then_some(0),
            _ => self.value_closely(row, data),
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
    fn named(&mut self, data: &[u8], step: &Step<'a>) -> Option<u32> {
        let size = step.from.len().saturating_sub(step.after.len());
        self.named = self.named.saturating_add(size);
        let [texts @ .., 0] = data else {
            return None;
        };
        let (name, value) = texts.split_at_checked(first_nul(texts)?)?;
        let value = value.get(1..)?;
        let fits = name.len() < MAX_NAME && value.len() < MAX_VALUE && self.named <= MAX_TOTAL;
        (fits && is_plain(name) && is_plain(value)).then_some(0)
    }
}

/// Returns the index of the row of a field. Fields mostly come in the order of the rows.
#[inline(always)]
fn place(rows: &[FloatingRow], last: usize, id: u16) -> Option<usize> {
    let next = last.saturating_add(1);
    if rows.get(next).is_some_and(|row| row.has(id)) {
        return Some(next);
    }
    rows.iter().position(|row| row.has(id))
}
