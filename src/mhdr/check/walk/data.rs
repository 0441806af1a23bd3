//! The faults in the data of one field.

use super::Walk;
use crate::mhdr::check::usual::{is_plain, number};
use crate::mhdr::engine::fault::misfit;
use crate::mhdr::engine::named::{MAX_NAME, MAX_TOTAL, MAX_VALUE, split};
use crate::mhdr::error::Fault;
use crate::mhdr::layout::{FieldRow, Kind, Reserved, ValueTable};
use crate::mhdr::wire::Step;
use crate::text::Text;

impl Walk<'_> {
    /// Checks the data of a listed field; returns its value if it is a number.
    pub(super) fn value(
        &mut self,
        row: &'static FieldRow,
        step: &Step<'_>,
        offset: usize,
    ) -> Option<u32> {
        if self.sought == Some((row.name, self.element)) {
            self.sought_at.get_or_insert(offset);
        }
        let data = step.field.data;
        if !row.is_in(self.version) {
            let (since, until) = (row.since, row.until);
            self.listed(row.name, offset, Fault::NotInVersion { since, until });
        }
        if data.len() > row.max {
            let kind = Fault::TooLong {
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
                self.text(row.name, offset, data, 0);
                if row.reserved.is_some() {
                    let text = Text::from_wire(data).as_bytes();
                    self.reserved_bytes(row.name, offset, row.reserved, text);
                }
            }
            Kind::NamedVar => self.named(row, step, offset, data, 0),
            Kind::NamedArray => {
                // The index precedes the name.
                let data = data.get(1..).unwrap_or_default();
                self.named(row, step, offset, data, 1);
            }
            _ => self.reserved_bytes(row.name, offset, row.reserved, data),
        }
        None
    }

    /// Reports a field that its row has refused: a number of the wrong size, or an unterminated
    /// name.
    pub(super) fn refused(&mut self, row: &'static FieldRow, step: &Step<'_>, offset: usize) {
        self.listed(row.name, offset, misfit(row, step.field.data));
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

    pub(super) fn number(
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
                let kind = Fault::ReservedChanged { prescribed, found };
                self.listed(name, offset, kind);
            }
            return;
        }
        if kind == Kind::Bool && value > 1 {
            self.listed(name, offset, Fault::NotBool { value });
        }
        let Some(values) = values.filter(|values| !values.lists(value)) else {
            return;
        };
        let kind = if values.mask {
            let bits = values
                .values
                .iter()
                .fold(value, |bits, row| bits & !row.first);
            Fault::UnlistedBits { bits }
        } else {
            Fault::UnlistedCode { value }
        };
        self.listed(name, offset, kind);
    }

    /// Checks a reserved field that is no number: a text without its NUL, or an UNSPEC.
    pub(super) fn reserved_bytes(
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
            let kind = Fault::ReservedChanged { prescribed, found };
            self.listed(name, offset, kind);
        }
    }

    /// Checks a text with its NUL, from byte `at` of its field's data on.
    fn text(&mut self, name: &'static str, offset: usize, data: &[u8], at: usize) {
        // Fast path for the usual case.
        if let [text @ .., 0] = data
            && is_plain(text)
        {
            return;
        }
        if data.last() != Some(&0) {
            self.listed(name, offset, Fault::NoFinalNul);
        }
        let text = Text::from_wire(data);
        if let Some(inner) = text.as_bytes().iter().position(|byte| *byte == 0) {
            let at = at.saturating_add(inner);
            self.listed(name, offset, Fault::InnerNul { at });
        }
        self.utf8(name, offset, text, at);
    }

    fn utf8(&mut self, name: &'static str, offset: usize, text: Text<'_>, at: usize) {
        if !is_plain(text.as_bytes())
            && let Err(error) = text.to_str()
        {
            let at = at.saturating_add(error.valid_up_to());
            self.listed(name, offset, Fault::NotUtf8 { at });
        }
    }

    /// Checks a name and a value, which begin at byte `at` of their field's data.
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
            self.named_over = Some((row.name, offset, self.named));
        }
        // An unterminated name is refused before.
        let Some((name, value)) = split(data) else {
            return;
        };
        if let ([.., 0], true, true) = (data, is_plain(name.as_bytes()), is_plain(value.as_bytes()))
            && name.as_bytes().len() < MAX_NAME
            && value.as_bytes().len() < MAX_VALUE
            && data.len() > name.as_bytes().len().saturating_add(1)
        {
            return;
        }
        self.utf8(row.name, offset, name, at);
        let (length, max) = (name.as_bytes().len().saturating_add(1), MAX_NAME);
        if length > max {
            self.listed(row.name, offset, Fault::NameTooLong { length, max });
        }
        let wire_value = data.get(length..).unwrap_or_default();
        self.text(row.name, offset, wire_value, at.saturating_add(length));
        let (length, max) = (value.as_bytes().len().saturating_add(1), MAX_VALUE);
        if length > max {
            self.listed(row.name, offset, Fault::ValueTooLong { length, max });
        }
    }
}
