//! The walk over a message that collects its faults.

mod data;

use alloc::vec::Vec;

use super::finding::Finding;
use super::part::{More, Part, bit};
use super::usual::{is_plain, is_usual, number};
use crate::mhdr::engine::Rule;
use crate::mhdr::engine::fault::{bad_field, short_fixed};
use crate::mhdr::engine::named::MAX_TOTAL;
use crate::mhdr::error::{Fault, FieldName, TypeName};
use crate::mhdr::layout::{
    FieldRow, FixedRow, FloatingRow, Kind, Layout, Required, Reserved, field_row,
};
use crate::mhdr::wire::{self, FieldHeader, HEADER_SIZE, Step};

/// The maximum number of findings about the fields of a message, and as many again about the
/// message as a whole. A finding is some eighty times as large as the smallest field.
const MOST: usize = 512;

/// A walk over a message that records findings.
pub(super) struct Walk<'a> {
    message: TypeName,
    body: &'a [u8],
    /// The number of the version.
    version: u32,
    header: FieldHeader,
    /// Whether the floating part ends within a field, so that missing fields may have been cut off.
    cut: bool,
    findings: Vec<Finding>,
    /// The maximum number of findings so far.
    most: usize,
    /// The first finding beyond the maximum, and the number of such findings.
    left_out: Option<(Finding, usize)>,
    /// The counts of the fixed part and their offsets.
    counts: Vec<(&'static FixedRow, u32, usize)>,
    /// The number of bytes of named data so far.
    named: usize,
    /// The first field that exceeded the limit, and the bytes up to its end.
    named_over: Option<(&'static str, usize, usize)>,
    /// The index of the current element.
    element: usize,
    /// A member of an element to be found by its name, and its offset.
    sought: Option<(&'static str, usize)>,
    sought_at: Option<usize>,
}

impl<'a> Walk<'a> {
    fn report(&mut self, field: FieldName, offset: usize, kind: Fault) {
        let finding = Finding {
            message: self.message,
            field,
            offset,
            kind,
        };
        if self.findings.len() < self.most {
            self.findings.push(finding);
        } else {
            let (_, count) = self.left_out.get_or_insert((finding, 0));
            *count = count.saturating_add(1);
        }
    }

    fn listed(&mut self, name: &'static str, offset: usize, kind: Fault) {
        self.report(FieldName::Listed(name), offset, kind);
    }

    /// Returns an offset from the start of the frame, given the rest of the body from there on.
    fn offset(&self, rest: &[u8]) -> usize {
        self.body
            .len()
            .saturating_sub(rest.len())
            .saturating_add(HEADER_SIZE)
    }

    pub(super) fn new(
        message: TypeName,
        body: &'a [u8],
        version: u32,
        header: FieldHeader,
    ) -> Self {
        Self {
            message,
            body,
            version,
            header,
            cut: false,
            findings: Vec::new(),
            most: MOST,
            left_out: None,
            counts: Vec::new(),
            named: 0,
            named_over: None,
            element: 0,
            sought: None,
            sought_at: None,
        }
    }

    /// Returns the findings by offset: one pass over the fields finds faults of lists and elements
    /// late.
    pub(super) fn finish(mut self) -> Vec<Finding> {
        if let Some((mut first, count)) = self.left_out {
            first.kind = Fault::More { count };
            self.findings.push(first);
        }
        self.findings.sort_by_key(|finding| finding.offset);
        self.findings
    }

    pub(super) fn message(&mut self, layout: &'static Layout) {
        let Some(floating) = self.fixed(layout) else {
            let error = short_fixed(layout, self.body, self.version);
            self.findings.push(error.into());
            return;
        };
        let mut part = Part::new(layout.floating, self.offset(&[]));
        let mut walk = wire::Walk::new(floating, self.header);
        while let Some(step) = walk.step() {
            self.field(&mut part, &step);
        }
        if let Some(cut) = walk.cut() {
            self.cut = true;
            let error = bad_field(layout, self.body, cut.from, cut.id, cut.kind);
            self.findings.push(error.into());
        }
        // Findings about the message as a whole get room of their own, beside those about its
        // fields.
        self.most = MOST.saturating_mul(2);
        self.close(&mut part);
        for (row, count, offset) in core::mem::take(&mut self.counts) {
            if let Some(list) = row.counts {
                self.count(row.name, offset, count, part.listed(list));
            }
        }
        if let Some((name, offset, length)) = self.named_over {
            let max = MAX_TOTAL;
            self.listed(name, offset, Fault::TooMuchNamedData { length, max });
        }
    }

    /// Checks the fixed part and returns the bytes after it; `None` if it is truncated.
    fn fixed(&mut self, layout: &'static Layout) -> Option<&'a [u8]> {
        let version = self.version;
        let mut rest = self.body;
        for row in layout.fixed {
            if !row.is_in(version) {
                continue;
            }
            let from = rest;
            let (data, after) = rest.split_at_checked(row.size())?;
            rest = after;
            let reserved = row.reserved_in(version);
            let value = number(data);
            if let (Some(value), Some(_)) = (value, row.counts) {
                self.counts.push((row, value, self.offset(from)));
            }
            if value.is_some_and(|value| is_usual(row.kind, row.values, reserved, value)) {
                continue;
            }
            let reserved = reserved.map(Reserved::Number);
            let offset = self.offset(from);
            match value {
                Some(value) => {
                    self.number(row.name, offset, row.kind, row.values, reserved, value);
                }
                None => self.reserved_bytes(row.name, offset, reserved, data),
            }
        }
        Some(rest)
    }

    /// Processes a floating field: of the message, or a member of the open element.
    fn field(&mut self, part: &mut Part, step: &Step<'_>) {
        let id = step.field.id;
        // The open element is tested first.
        if let Some(at) = part.open
            && let Some((
                _,
                More::List {
                    open: Some(open), ..
                },
            )) = part.more.get(at)
            && let Some(member) = open.find(id)
        {
            return self.member(part, at, Some(member), step);
        }
        let found = part.find(id);
        self.field_of(part, found, step);
    }

    /// Like [`field`](Self::field), with a known row.
    fn field_of(&mut self, part: &mut Part, found: Option<usize>, step: &Step<'_>) {
        // An element of a list ends at a field that is none of its members.
        if part.open.is_some() && found != Some(part.last) {
            self.end_element(part);
        }
        let data = step.field.data;
        let Some((index, row)) = found.and_then(|index| Some((index, part.rows.get(index)?)))
        else {
            let offset = self.offset(step.from);
            let field = FieldName::Unlisted(step.field.id);
            self.report(field, offset, Fault::Unlisted);
            return;
        };
        part.last = index;
        let row = match row {
            FloatingRow::Field(row) => row,
            FloatingRow::Group(_) => {
                let at = part.list(index);
                part.open = Some(at);
                return self.member(part, at, None, step);
            }
        };
        let is_first = !part.has_met(index);
        if is_first && self.is_usual(row, data) {
            part.met |= bit(index);
            return;
        }
        let offset = self.offset(step.from);
        // A field that does not fit its row is ignored, and neither the first nor a repetition.
        if !row.admits(data) {
            return self.refused(row, step, offset);
        }
        if is_first {
            let value = self.value(row, step, offset);
            part.met |= bit(index);
            if row.array {
                let size = row.kind.size().unwrap_or(1);
                let count = data.chunks_exact(size).len();
                part.more.push((index, More::Array { count }));
            } else if let (Some(_), Some(value)) = (row.counts, value) {
                part.more.push((index, More::Count { offset, value }));
            }
        } else if row.array {
            self.value(row, step, offset);
            let size = row.kind.size().unwrap_or(1);
            if let Some(More::Array { count }) = part.more(index) {
                *count = count.saturating_add(data.chunks_exact(size).len());
            }
        } else {
            self.listed(row.name, offset, Fault::Repeated);
        }
    }

    /// Returns whether a field of the most common kinds needs no finding and no state.
    #[inline(always)]
    fn is_usual(&self, row: &FieldRow, data: &[u8]) -> bool {
        let is_listed = row.is_in(self.version) && data.len() <= row.max;
        if !is_listed || row.array || row.counts.is_some() || self.sought.is_some() {
            return false;
        }
        match (row.kind, row.reserved) {
            (Kind::String, None) => matches!(data, [text @ .., 0] if is_plain(text)),
            (_, Some(Reserved::Empty)) => false,
            (kind, reserved) => {
                let reserved = match reserved {
                    Some(Reserved::Number(number)) => Some(number),
                    _ => None,
                };
                kind.size() == Some(data.len())
                    && number(data).is_some_and(|value| is_usual(kind, row.values, reserved, value))
            }
        }
    }

    /// Takes in a member of an element of a list, whose place among the rows of the list may be known.
    fn member(&mut self, part: &mut Part, at: usize, member: Option<usize>, step: &Step<'_>) {
        let id = step.field.id;
        let Some((
            index,
            More::List {
                count,
                open,
                over,
                refused,
            },
        )) = part.more.get_mut(at)
        else {
            return;
        };
        let Some(FloatingRow::Group(row)) = part.rows.get(*index) else {
            return;
        };
        let member = member.or_else(|| row.rows.iter().position(|row| row.has(id)));
        let field = match member.and_then(|member| row.rows.get(member)) {
            Some(FloatingRow::Field(row)) => Some(row),
            Some(FloatingRow::Group(row)) => field_row(row.rows, id),
            None => None,
        };
        if let Some(row) = field
            && !row.admits(step.field.data)
        {
            let offset = self.offset(step.from);
            self.refused(row, step, offset);
            *refused = true;
            if let Some(open) = open {
                self.pass_over(open, id);
            }
            return;
        }
        if let Some(element) = open
            && member.is_some_and(|member| element.ends_before(member))
        {
            self.close(element);
            *open = None;
        }
        let element = open.get_or_insert_with(|| {
            let offset = self.offset(step.from);
            if row.max_count == Some(*count) {
                *over = Some(offset);
            }
            *count = count.saturating_add(1);
            Part::new(row.rows, offset)
        });
        self.element = count.saturating_sub(1);
        match member {
            // A list within the element may go on.
            Some(member) if element.open.is_none() => self.field_of(element, Some(member), step),
            _ => self.field(element, step),
        }
    }

    /// Skips a field that its row has refused: it is no part of the element, but ends those of
    /// inner lists that it is no member of.
    fn pass_over(&mut self, element: &mut Part, id: u16) {
        let Some(at) = element.open else {
            return;
        };
        let Some((index, More::List { open, .. })) = element.more.get_mut(at) else {
            return;
        };
        let is_member = element.rows.get(*index).is_some_and(|row| row.has(id));
        match open {
            Some(open) if is_member => self.pass_over(open, id),
            _ => self.end_element(element),
        }
    }

    /// Ends the element that may still go on, if there is one.
    fn end_element(&mut self, part: &mut Part) {
        if let Some(at) = part.open.take()
            && let Some((_, More::List { open, .. })) = part.more.get_mut(at)
            && let Some(mut element) = open.take()
        {
            self.close(&mut element);
        }
    }

    /// Runs the checks that need all fields.
    fn close(&mut self, part: &mut Part) {
        self.end_element(part);
        for (index, row) in part.rows.iter().enumerate() {
            match row {
                FloatingRow::Field(row) if !part.has_met(index) => {
                    if row.required == Required::Yes || row.counts.is_some() {
                        self.absent(row, part);
                    }
                }
                _ if part.more.is_empty() => {}
                _ => self.close_row(index, row, part),
            }
        }
    }

    /// Like `close`, for a row with state.
    fn close_row(&mut self, index: usize, row: &'static FloatingRow, part: &Part) {
        let more = part.more.iter().find(|(row, _)| *row == index);
        match (row, more) {
            (FloatingRow::Field(row), Some((_, More::Count { offset, value }))) => {
                if let Some(list) = row.counts {
                    self.count(row.name, *offset, *value, part.listed(list));
                }
            }
            (FloatingRow::Group(row), Some((_, More::List { count, over, .. }))) => {
                if let (Some(max), Some(offset)) = (row.max_count, over) {
                    let count = *count;
                    self.listed(row.name, *offset, Fault::TooMany { count, max });
                }
            }
            _ => {}
        }
    }

    /// Checks a row of which no field has come.
    fn absent(&mut self, row: &'static FieldRow, part: &Part) {
        if self.cut || !row.is_in(self.version) {
            return;
        }
        // A conditional requirement is a rule.
        if row.required == Required::Yes {
            self.listed(row.name, part.missing_at, Fault::Missing);
        }
        let (listed, _) = row.counts.map_or((0, false), |list| part.listed(list));
        if listed != 0 {
            let kind = Fault::CountMissing { listed };
            self.listed(row.name, part.missing_at, kind);
        }
    }

    fn count(
        &mut self,
        name: &'static str,
        offset: usize,
        count: u32,
        (listed, refused): (usize, bool),
    ) {
        let said = usize::try_from(count).unwrap_or(usize::MAX);
        // If the wire is truncated or unreadable, the missing elements may have been cut off.
        if said < listed || said > listed && !self.cut && !refused {
            self.listed(name, offset, Fault::CountMismatch { count, listed });
        }
    }

    /// Reports a broken rule, at the first field with the name that it gives; within the element
    /// that breaks it, if one does.
    pub(super) fn rule(
        &mut self,
        layout: &'static Layout,
        rule: &'static Rule,
        element: Option<usize>,
    ) {
        let version = self.version;
        let mut offset = HEADER_SIZE;
        for row in layout.fixed.iter().filter(|row| row.is_in(version)) {
            if row.name == rule.field {
                self.listed(rule.field, offset, Fault::Rule(rule));
                return;
            }
            offset = offset.saturating_add(row.size());
        }
        let floating = self.body.get(offset.saturating_sub(HEADER_SIZE)..);
        let floating = floating.unwrap_or_default();
        let mut walk = wire::Walk::new(floating, self.header);
        if let Some(element) = element {
            let mut again = Self::new(self.message, self.body, version, self.header);
            again.sought = Some((rule.field, element));
            again.message(layout);
            offset = again.sought_at.unwrap_or_else(|| self.offset(&[]));
            self.listed(rule.field, offset, Fault::Rule(rule));
            return;
        }
        while let Some(step) = walk.step() {
            if layout
                .field(step.field.id)
                .is_some_and(|row| row.name == rule.field)
            {
                offset = self.offset(step.from);
                self.listed(rule.field, offset, Fault::Rule(rule));
                return;
            }
        }
        offset = self.offset(&[]);
        self.listed(rule.field, offset, Fault::Rule(rule));
    }
}

/// Returns the finding about a message type without tables.
pub(super) fn untyped(message: TypeName) -> Finding {
    Finding {
        message,
        field: FieldName::Listed("MessageTypeID"),
        offset: 4,
        kind: match message.name {
            Some(_) => Fault::TypeWithoutLayout,
            None => Fault::UnknownType,
        },
    }
}
