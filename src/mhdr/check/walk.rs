//! The walk over a message that collects its faults.

use alloc::vec::Vec;

use super::finding::{Finding, FindingKind};
use crate::mhdr::engine::Rule;
use crate::mhdr::engine::fault::{bad_field, short_fixed};
use crate::mhdr::engine::named::{MAX_NAME, MAX_TOTAL, MAX_VALUE, split};
use crate::mhdr::error::{DecodeErrorKind, FieldName, TypeName};
use crate::mhdr::layout::{
    FieldRow, FixedRow, FloatingRow, GroupRow, Kind, Layout, Required, Reserved, ValueTable,
    field_row,
};
use crate::mhdr::wire::{self, FieldHeader, HEADER_SIZE, Step};
use crate::text::Text;

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
    /// The first field that exceeded the limit.
    named_over: Option<(&'static str, usize)>,
    /// The index of the current element.
    element: usize,
    /// A member of an element to be found by its name, and its offset.
    sought: Option<(&'static str, usize)>,
    sought_at: Option<usize>,
}

/// Rows of a floating part and the fields found for each: those of a message, or those of one
/// element of a list.
struct Part {
    rows: &'static [FloatingRow],
    met: Vec<Met>,
    /// The offset of a finding about missing fields.
    missing_at: usize,
}

/// The fields found for a row.
enum Met {
    Nothing,
    Field {
        offset: usize,
        /// The value of a number.
        value: Option<u32>,
    },
    /// An array of numbers in one field.
    Array {
        count: usize,
    },
    List {
        count: usize,
        /// The element that may still continue.
        open: Option<Part>,
        /// The first element over the limit.
        over: Option<usize>,
        /// Whether a member was refused, so that elements may be missing.
        refused: bool,
    },
}

impl Part {
    fn new(rows: &'static [FloatingRow], missing_at: usize) -> Self {
        Self {
            rows,
            met: rows.iter().map(|_| Met::Nothing).collect(),
            missing_at,
        }
    }

    /// Returns whether this element ends before a member with this id, which begins the next one.
    fn ends_before(&self, id: u16) -> bool {
        self.rows.first().is_some_and(|row| row.has(id))
            || self.rows.iter().zip(&self.met).any(|(row, met)| {
                matches!((row, met), (FloatingRow::Field(row), Met::Field { .. }) if row.id == id)
            })
    }

    /// Returns the number of elements of the list with this name, and whether it may be too low.
    fn listed(&self, list: &str) -> (usize, bool) {
        self.rows
            .iter()
            .zip(&self.met)
            .find_map(|(row, met)| match (row, met) {
                (FloatingRow::Group(row), Met::List { count, refused, .. }) if row.name == list => {
                    Some((*count, *refused))
                }
                (FloatingRow::Field(row), Met::Array { count }) if row.name == list => {
                    Some((*count, false))
                }
                _ => None,
            })
            .unwrap_or_default()
    }
}

impl<'a> Walk<'a> {
    fn report(&mut self, field: FieldName, offset: usize, kind: FindingKind) {
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

    fn listed(&mut self, name: &'static str, offset: usize, kind: FindingKind) {
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
            first.kind = FindingKind::More { count };
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
        if let Some((name, offset)) = self.named_over {
            let kind = FindingKind::TooMuchNamedData {
                length: self.named,
                max: MAX_TOTAL,
            };
            self.listed(name, offset, kind);
        }
    }

    /// Checks the fixed part and returns the bytes after it; `None` if it is truncated.
    fn fixed(&mut self, layout: &'static Layout) -> Option<&'a [u8]> {
        let version = self.version;
        let mut rest = self.body;
        for row in layout.fixed.iter().filter(|row| row.is_in(version)) {
            let offset = self.offset(rest);
            let (data, after) = rest.split_at_checked(row.size())?;
            rest = after;
            let reserved = row.reserved_in(version).map(Reserved::Number);
            match number(data) {
                Some(value) => {
                    self.number(row.name, offset, row.kind, row.values, reserved, value);
                    if row.counts.is_some() {
                        self.counts.push((row, value, offset));
                    }
                }
                None => self.reserved_bytes(row.name, offset, reserved, data),
            }
        }
        Some(rest)
    }

    /// Processes a floating field: of the message, or a member of the open element.
    fn field(&mut self, part: &mut Part, step: &Step<'_>) {
        let id = step.field.id;
        let offset = self.offset(step.from);
        let index = part.rows.iter().position(|row| row.has(id));
        // An element of a list ends at a field that is none of its members.
        for (other, met) in part.met.iter_mut().enumerate() {
            if Some(other) != index {
                self.end_element(met);
            }
        }
        let row = index.and_then(|index| Some((part.rows.get(index)?, part.met.get_mut(index)?)));
        match row {
            // A field that does not fit its row is ignored.
            Some((FloatingRow::Field(row), Met::Nothing)) if !row.admits(step.field.data) => {
                self.refused(row, step, offset);
            }
            None => self.report(FieldName::Unlisted(id), offset, FindingKind::Unlisted),
            Some((FloatingRow::Group(row), met)) => self.member(row, met, step, offset),
            Some((FloatingRow::Field(row), met @ Met::Nothing)) => {
                let value = self.value(row, step, offset);
                *met = match row.kind.size() {
                    Some(size) if row.array => Met::Array {
                        count: step.field.data.chunks_exact(size).len(),
                    },
                    _ => Met::Field { offset, value },
                };
            }
            Some((FloatingRow::Field(row), Met::Array { count })) => {
                self.value(row, step, offset);
                let size = row.kind.size().unwrap_or(1);
                *count = count.saturating_add(step.field.data.chunks_exact(size).len());
            }
            Some((FloatingRow::Field(row), _)) => {
                self.listed(row.name, offset, FindingKind::Repeated);
            }
        }
    }

    /// Processes a member of an element of a list.
    fn member(&mut self, row: &'static GroupRow, met: &mut Met, step: &Step<'_>, offset: usize) {
        if let Some(row) = field_row(row.rows, step.field.id)
            && !row.admits(step.field.data)
        {
            self.refused(row, step, offset);
            if matches!(met, Met::Nothing) {
                *met = Met::List {
                    count: 0,
                    open: None,
                    over: None,
                    refused: true,
                };
            }
            if let Met::List { open, refused, .. } = met {
                *refused = true;
                if let Some(open) = open {
                    self.pass_over(open, step.field.id);
                }
            }
            return;
        }
        if let Met::List {
            open: Some(open), ..
        } = met
            && open.ends_before(step.field.id)
        {
            self.end_element(met);
        }
        if matches!(met, Met::Nothing) {
            *met = Met::List {
                count: 0,
                open: None,
                over: None,
                refused: false,
            };
        }
        if let Met::List {
            count, open, over, ..
        } = met
        {
            let element = open.get_or_insert_with(|| {
                if row.max_count == Some(*count) {
                    *over = Some(offset);
                }
                *count = count.saturating_add(1);
                Part::new(row.rows, offset)
            });
            self.element = count.saturating_sub(1);
            self.field(element, step);
        }
    }

    /// Skips a field that its row has refused: it is no part of the element, but ends those of
    /// inner lists that it is no member of.
    fn pass_over(&mut self, element: &mut Part, id: u16) {
        for (row, met) in element.rows.iter().zip(&mut element.met) {
            match met {
                Met::List {
                    open: Some(open), ..
                } if row.has(id) => self.pass_over(open, id),
                _ => self.end_element(met),
            }
        }
    }

    fn end_element(&mut self, met: &mut Met) {
        if let Met::List { open, .. } = met
            && let Some(mut element) = open.take()
        {
            self.close(&mut element);
        }
    }

    /// Runs the checks that need all fields.
    fn close(&mut self, part: &mut Part) {
        for met in &mut part.met {
            self.end_element(met);
        }
        for (row, met) in part.rows.iter().zip(&part.met) {
            match (row, met) {
                (FloatingRow::Field(row), Met::Nothing) => {
                    self.absent(row, part);
                }
                (FloatingRow::Field(row), Met::Field { offset, value }) => {
                    if let (Some(list), Some(count)) = (row.counts, value) {
                        self.count(row.name, *offset, *count, part.listed(list));
                    }
                }
                (FloatingRow::Group(row), Met::List { count, over, .. }) => {
                    if let (Some(max), Some(offset)) = (row.max_count, over) {
                        let count = *count;
                        self.listed(row.name, *offset, FindingKind::TooMany { count, max });
                    }
                }
                _ => {}
            }
        }
    }

    /// Checks a row without a field.
    fn absent(&mut self, row: &'static FieldRow, part: &Part) {
        if self.cut || !row.is_in(self.version) {
            return;
        }
        // A conditional requirement is a rule.
        if row.required == Required::Yes {
            self.listed(row.name, part.missing_at, FindingKind::Missing);
        }
        let (listed, _) = row.counts.map_or((0, false), |list| part.listed(list));
        if listed != 0 {
            let kind = FindingKind::CountMissing { listed };
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
            self.listed(name, offset, FindingKind::CountMismatch { count, listed });
        }
    }

    /// Checks the data of a listed field; returns its value if it is a number.
    fn value(&mut self, row: &'static FieldRow, step: &Step<'_>, offset: usize) -> Option<u32> {
        if self.sought == Some((row.name, self.element)) {
            self.sought_at.get_or_insert(offset);
        }
        let data = step.field.data;
        let at = self.offset(step.after).saturating_sub(data.len());
        if !row.is_in(self.version) {
            let (since, until) = (row.since, row.until);
            self.listed(row.name, offset, FindingKind::NotInVersion { since, until });
        }
        if data.len() > row.max {
            let kind = FindingKind::TooLong {
                length: data.len(),
                max: row.max,
            };
            self.listed(row.name, offset, kind);
        }
        if let Some(size) = row.kind.size() {
            return self.sized(row, data, offset, size);
        }
        match row.kind {
            Kind::String => {
                self.text(row.name, offset, data, at);
                self.reserved_bytes(
                    row.name,
                    offset,
                    row.reserved,
                    Text::from_wire(data).as_bytes(),
                );
            }
            Kind::NamedVar => self.named(row, step, offset, data, at),
            Kind::NamedArray => {
                // The index precedes the name.
                let data = data.get(1..).unwrap_or_default();
                self.named(row, step, offset, data, at.saturating_add(1));
            }
            _ => self.reserved_bytes(row.name, offset, row.reserved, data),
        }
        None
    }

    /// Reports a field that its row has refused: a number of the wrong size, or an unterminated
    /// name.
    fn refused(&mut self, row: &'static FieldRow, step: &Step<'_>, offset: usize) {
        let found = step.field.data.len();
        let kind = match row.kind.size() {
            Some(expected) => DecodeErrorKind::WrongSize {
                kind: row.kind,
                expected,
                found,
            },
            None => DecodeErrorKind::UnterminatedName,
        };
        self.listed(row.name, offset, FindingKind::Decode(kind));
    }

    /// Checks a floating field that is a number, or an array of them.
    fn sized(
        &mut self,
        row: &'static FieldRow,
        data: &[u8],
        offset: usize,
        size: usize,
    ) -> Option<u32> {
        if row.array {
            for value in data.chunks_exact(size).filter_map(number) {
                self.number(row.name, offset, row.kind, row.values, row.reserved, value);
            }
            return None;
        }
        let value = number(data)?;
        self.number(row.name, offset, row.kind, row.values, row.reserved, value);
        Some(value)
    }

    fn number(
        &mut self,
        name: &'static str,
        offset: usize,
        kind: Kind,
        values: Option<&'static ValueTable>,
        reserved: Option<Reserved>,
        value: u32,
    ) {
        if let Some(prescribed @ Reserved::Number(number)) = reserved {
            if value != number {
                let found = Some(value);
                let kind = FindingKind::ReservedChanged { prescribed, found };
                self.listed(name, offset, kind);
            }
            return;
        }
        if kind == Kind::Bool && value > 1 {
            self.listed(name, offset, FindingKind::NotBool { value });
        }
        let Some(values) = values.filter(|values| !values.lists(value)) else {
            return;
        };
        let kind = if values.mask {
            let bits = values
                .values
                .iter()
                .fold(value, |bits, row| bits & !row.first);
            FindingKind::UnlistedBits { bits }
        } else {
            FindingKind::UnlistedCode { value }
        };
        self.listed(name, offset, kind);
    }

    /// Checks a reserved field that is no number: a text without its NUL, or an UNSPEC.
    fn reserved_bytes(
        &mut self,
        name: &'static str,
        offset: usize,
        reserved: Option<Reserved>,
        data: &[u8],
    ) {
        let changed = match reserved {
            Some(Reserved::Empty) => !data.is_empty(),
            // For an UNSPEC the guide prescribes only 0.
            Some(Reserved::Number(_)) => data.iter().any(|byte| *byte != 0),
            None => false,
        };
        if let Some(prescribed) = reserved.filter(|_| changed) {
            let found = None;
            let kind = FindingKind::ReservedChanged { prescribed, found };
            self.listed(name, offset, kind);
        }
    }

    /// Checks a text with its NUL, from byte `at` on.
    fn text(&mut self, name: &'static str, offset: usize, data: &[u8], at: usize) {
        if data.last() != Some(&0) {
            self.listed(name, offset, FindingKind::NoFinalNul);
        }
        let text = Text::from_wire(data);
        if let Some(inner) = text.as_bytes().iter().position(|byte| *byte == 0) {
            let at = at.saturating_add(inner);
            self.listed(name, offset, FindingKind::InnerNul { at });
        }
        self.utf8(name, offset, text, at);
    }

    fn utf8(&mut self, name: &'static str, offset: usize, text: Text<'_>, at: usize) {
        if let Err(error) = text.to_str() {
            let at = at.saturating_add(error.valid_up_to());
            self.listed(name, offset, FindingKind::NotUtf8 { at });
        }
    }

    /// Checks a name and a value, which begin at byte `at`.
    fn named(
        &mut self,
        row: &'static FieldRow,
        step: &Step<'_>,
        offset: usize,
        data: &[u8],
        at: usize,
    ) {
        let size = step.from.len().saturating_sub(step.after.len());
        self.named = self.named.saturating_add(size);
        if self.named > MAX_TOTAL && self.named_over.is_none() {
            self.named_over = Some((row.name, offset));
        }
        // An unterminated name is refused before.
        let Some((name, value)) = split(data) else {
            return;
        };
        self.utf8(row.name, offset, name, at);
        let (length, max) = (name.as_bytes().len().saturating_add(1), MAX_NAME);
        if length > max {
            self.listed(row.name, offset, FindingKind::NameTooLong { length, max });
        }
        let wire_value = data.get(length..).unwrap_or_default();
        self.text(row.name, offset, wire_value, at.saturating_add(length));
        let (length, max) = (value.as_bytes().len().saturating_add(1), MAX_VALUE);
        if length > max {
            self.listed(row.name, offset, FindingKind::ValueTooLong { length, max });
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
                self.listed(rule.field, offset, FindingKind::Rule(rule));
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
            self.listed(rule.field, offset, FindingKind::Rule(rule));
            return;
        }
        while let Some(step) = walk.step() {
            if layout
                .field(step.field.id)
                .is_some_and(|row| row.name == rule.field)
            {
                offset = self.offset(step.from);
                self.listed(rule.field, offset, FindingKind::Rule(rule));
                return;
            }
        }
        offset = self.offset(&[]);
        self.listed(rule.field, offset, FindingKind::Rule(rule));
    }
}

/// Returns the finding about a message type without tables.
pub(super) fn untyped(message: TypeName) -> Finding {
    Finding {
        message,
        field: FieldName::Listed("MessageTypeID"),
        offset: 4,
        kind: match message.name {
            Some(_) => FindingKind::TypeWithoutLayout,
            None => FindingKind::UnknownType,
        },
    }
}

/// Reads a number; `None` if no number has this size.
fn number(data: &[u8]) -> Option<u32> {
    match *data {
        [a] => Some(a.into()),
        [a, b] => Some(u16::from_be_bytes([a, b]).into()),
        [a, b, c, d] => Some(u32::from_be_bytes([a, b, c, d])),
        _ => None,
    }
}
