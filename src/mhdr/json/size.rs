//! The encoded size of an object in bytes, without encoding it.

use crate::mhdr::dialect::Dialect;
use crate::mhdr::engine::visit::is_usual;
use crate::mhdr::engine::{AnyMessage as _, List, Unlisted, Value, Visitor};
use crate::mhdr::layout::{FieldRow, FixedRow, GroupRow};

/// Measures the object of a message.
pub(super) struct Sizes {
    /// The number of the version.
    version: u32,
    /// The floating fields, and the bytes of their data.
    fields: usize,
    data: usize,
    max_id: u16,
    /// The first and the last version that have all given fields of the fixed part.
    since: u32,
    until: u32,
    /// Whether a field is left out that the version would not fill in, or an element cannot be told
    /// from the one before it.
    lost: bool,
    /// For the current element: a bit for each of its fields, and the row in which it begins, with
    /// whether that is a field of its own.
    met: u64,
    first: Option<(usize, bool)>,
}

impl Sizes {
    pub(super) fn of<V: Dialect>(message: &V::Message<'_>, version: V) -> Self {
        let mut sizes = Self {
            version: version.number(),
            fields: 0,
            data: 0,
            max_id: 0,
            since: 0,
            until: u32::MAX,
            lost: false,
            met: 0,
            first: None,
        };
        message.visit_in(version, &mut sizes);
        sizes
    }

    /// Returns whether the round trip loses nothing.
    pub(super) fn is_whole(&self) -> bool {
        !self.lost
    }

    /// Returns the length of the body in a version; `None` if it cannot have one.
    pub(super) fn length<V: Dialect>(&self, message_type: u32, version: V) -> Option<usize> {
        let (number, header) = (version.number(), version.field_header());
        if number < self.since || number > self.until || self.max_id > header.max_id() {
            return None;
        }
        let headers = self.fields.checked_mul(header.size())?;
        let floating = self.data.checked_add(headers)?;
        version.fixed_size(message_type)?.checked_add(floating)
    }

    fn add(&mut self, row: &FieldRow, data: usize) {
        self.fields = self.fields.saturating_add(1);
        self.data = self.data.saturating_add(data);
        self.max_id = self.max_id.max(row.id);
        self.met |= bit(row.index);
        self.first.get_or_insert((row.index, true));
    }
}

/// Returns a bit for each row; there are fewer than 64.
fn bit(index: usize) -> u64 {
    u32::try_from(index)
        .ok()
        .and_then(|index| 1_u64.checked_shl(index))
        .unwrap_or_default()
}

fn data(row: &FieldRow, value: Value<'_>) -> usize {
    match value {
        Value::Unsigned(_) | Value::Signed(_) => row.kind.size().unwrap_or_default(),
        Value::Bool { size, .. } => size,
        Value::Text(text) => text.len().saturating_add(1),
        Value::Bytes(bytes) => bytes.len(),
        Value::NamedVariable(named) => named
            .name
            .len()
            .saturating_add(named.value.len())
            .saturating_add(2),
        Value::NamedArray(named) => named
            .name
            .len()
            .saturating_add(named.value.len())
            .saturating_add(3),
    }
}

impl<'a> Visitor<'a> for Sizes {
    fn fixed(&mut self, row: &'static FixedRow, value: Value<'_>) {
        if (row.since != 0 || row.until.is_some()) && !is_usual(row, value) {
            self.since = self.since.max(row.since);
            self.until = self.until.min(row.until.unwrap_or(u32::MAX));
        }
    }

    fn field(&mut self, row: &'static FieldRow, value: Value<'a>) {
        self.add(row, data(row, value));
    }

    fn implied(&mut self, row: &'static FieldRow, value: Value<'a>) {
        self.lost |= !row.is_in(self.version);
        self.add(row, data(row, value));
    }

    fn array(&mut self, row: &'static FieldRow, values: &mut dyn Iterator<Item = Value<'a>>) {
        let size = row.kind.size().unwrap_or_default();
        self.add(row, values.count().saturating_mul(size));
    }

    fn list(&mut self, row: &'static GroupRow, list: List<'_, 'a>) {
        let outer = (self.met, self.first.or(Some((row.index, false))));
        let mut before = None;
        list.each(|element| {
            self.met = 0;
            self.first = None;
            element.visit(self);
            // An element ends where a member comes again or the first member begins.
            self.lost |= match (self.first, before) {
                (None, _) => true,
                (Some(_), None) | (Some((0, _)), _) => false,
                (Some((index, own)), Some(before)) => !own || before & bit(index) == 0,
            };
            before = Some(self.met);
        });
        (self.met, self.first) = outer;
    }

    fn unlisted(&mut self, fields: Unlisted<'a>) {
        for field in &fields {
            self.fields = self.fields.saturating_add(1);
            self.data = self.data.saturating_add(field.data.len());
            self.max_id = self.max_id.max(field.id);
        }
    }
}
