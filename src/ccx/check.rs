//! Checking: every finding in a message, where decoding stops at the first error and is lenient
//! about the rest.

use alloc::vec::Vec;
use core::fmt;

use thiserror::Error;

use super::declare::{bad_field, short_fixed};
use super::error::{DecodeError, DecodeErrorKind, FieldName};
use super::frame::Frame;
use super::layout::{
    FieldRow, FixedRow, FloatingRow, GroupRow, Kind, Layout, Required, Reserved, ValueTable,
};
use super::message_type::MessageType;
use super::messages::Rule;
use super::named::{MAX_NAME, MAX_TOTAL, MAX_VALUE, split};
use super::version::Version;
use super::wire::{Step, Walk};
use crate::text::Text;

/// Something in a message that is not as the guide says.
///
/// It shows itself as `CALL_QUEUED_EVENT.CSQID at byte 52: has 2 bytes, UINT has 4`. See
/// [`Frame::check`].
#[derive(Clone, Copy, PartialEq, Eq, Debug, Error)]
#[error("{message}.{field} at byte {offset}: {kind}")]
pub struct Finding {
    /// The type that the header names.
    pub message: MessageType,
    /// The field; for a list as a whole, the list by its name in JSON.
    pub field: FieldName,
    /// Where the field begins: bytes from the start of the frame, the header being the first 8.
    /// For a field that is missing, where the floating part ends, which is the end of the frame;
    /// for a missing member of an element of a list, where the element begins.
    pub offset: usize,
    /// What is wrong with it.
    pub kind: FindingKind,
}

/// What a [`Finding`] has found.
#[derive(Clone, Copy, PartialEq, Eq, Debug, Error)]
pub enum FindingKind {
    /// The message does not decode.
    #[error("{0}")]
    Decode(DecodeErrorKind),
    /// A message type that no table names.
    #[error("no table names this message type")]
    UnknownType,
    /// A message type that the guide reserves, or names without a layout.
    #[error("the guide gives this message type no layout")]
    TypeWithoutLayout,
    /// A field is longer than the guide allows.
    #[error("has {length} bytes, {max} are allowed")]
    TooLong {
        /// The length as it came.
        length: usize,
        /// The most it may be.
        max: usize,
    },
    /// A required field, or a required member of an element, is not there.
    #[error("is required")]
    Missing,
    /// A rule between fields is broken. The finding lies at the first field with the name that the
    /// rule gives; as if that field were missing, where there is none.
    #[error("{}", .0.text)]
    Rule(&'static Rule),
    /// A count differs from the list that it counts.
    #[error("is {count}, the list has {listed} elements")]
    CountMismatch {
        /// The count as it came.
        count: u32,
        /// The elements in the list.
        listed: usize,
    },
    /// A list has elements, and the floating field that counts them is not there.
    #[error("is missing, the list has {listed} elements")]
    CountMissing {
        /// The elements in the list.
        listed: usize,
    },
    /// A list has more elements than the guide allows. The finding lies at the first one over.
    #[error("has {count} elements, {max} are allowed")]
    TooMany {
        /// The elements in the list.
        count: usize,
        /// The most it may have.
        max: usize,
    },
    /// A field that may stand once stands again. The first one counts; this one has not been
    /// looked into.
    #[error("stands here once more, the first one counts")]
    Repeated,
    /// The table of the message does not list the field.
    #[error("is not in the table of the message")]
    Unlisted,
    /// A reserved field has another value than the guide prescribes.
    #[error("{}", Changed(*.prescribed, *.found))]
    ReservedChanged {
        /// The value that the guide prescribes; 0 for an UNSPEC of zeros.
        prescribed: Reserved,
        /// The number that came; `None` where the field is no number.
        found: Option<u32>,
    },
    /// A text, or a named variable or array element, without the NUL at its end.
    #[error("does not end in NUL")]
    NoFinalNul,
    /// A text with a NUL before its end.
    #[error("has a NUL within, at byte {at}")]
    InnerNul {
        /// Where the first one is: bytes from the start of the frame.
        at: usize,
    },
    /// A text that is not UTF-8.
    #[error("is not UTF-8 at byte {at}")]
    NotUtf8 {
        /// Where the first offending byte is: bytes from the start of the frame.
        at: usize,
    },
    /// A code that its table does not list.
    #[error("is {value}, which no table lists")]
    UnlistedCode {
        /// The code.
        value: u32,
    },
    /// A mask with bits that its table does not list.
    #[error("has the bits {bits:#x}, which no table lists")]
    UnlistedBits {
        /// Those bits, without the ones that the table lists.
        bits: u32,
    },
    /// A BOOL other than 0 and 1.
    #[error("is {value}, a BOOL is 0 or 1")]
    NotBool {
        /// Its value.
        value: u32,
    },
    /// A floating field that the version does not have yet.
    #[error("exists from version {since} on")]
    Newer {
        /// The first version that has it.
        since: Version,
    },
    /// The name of a named variable or array is too long.
    #[error("the name takes {length} bytes, {max} are allowed")]
    NameTooLong {
        /// The bytes it takes, terminating NUL included.
        length: usize,
        /// The most it may take.
        max: usize,
    },
    /// The value of a named variable or array element is too long.
    #[error("the value takes {length} bytes, {max} are allowed")]
    ValueTooLong {
        /// The bytes it takes, terminating NUL included.
        length: usize,
        /// The most it may take.
        max: usize,
    },
    /// Named variables and named array elements take too much space together. The finding lies at
    /// the first field over.
    #[error("named data takes {length} bytes, {max} are allowed in a message")]
    TooMuchNamedData {
        /// The bytes of all of them, with id and length of each field.
        length: usize,
        /// The most they may take.
        max: usize,
    },
}

impl FindingKind {
    /// The name of the kind: lower case, with hyphens. Names are stable, so scripts can match them.
    ///
    /// ```
    /// use cti_codec::ccx::FindingKind;
    ///
    /// assert_eq!(FindingKind::Missing.name(), "field-missing");
    /// ```
    #[must_use]
    pub const fn name(&self) -> &'static str {
        match self {
            Self::Decode(DecodeErrorKind::Truncated { .. }) => "truncated",
            Self::Decode(DecodeErrorKind::WrongSize { .. }) => "wrong-size",
            Self::Decode(DecodeErrorKind::UnterminatedName) => "unterminated-name",
            Self::UnknownType => "type-unknown",
            Self::TypeWithoutLayout => "type-without-layout",
            Self::TooLong { .. } => "field-too-long",
            Self::Missing => "field-missing",
            Self::Rule(_) => "rule-broken",
            Self::CountMismatch { .. } => "count-mismatch",
            Self::CountMissing { .. } => "count-missing",
            Self::TooMany { .. } => "list-too-long",
            Self::Repeated => "field-repeated",
            Self::Unlisted => "field-unlisted",
            Self::ReservedChanged { .. } => "reserved-changed",
            Self::NoFinalNul => "final-nul-missing",
            Self::InnerNul { .. } => "inner-nul",
            Self::NotUtf8 { .. } => "not-utf8",
            Self::UnlistedCode { .. } => "code-unlisted",
            Self::UnlistedBits { .. } => "bits-unlisted",
            Self::NotBool { .. } => "not-bool",
            Self::Newer { .. } => "field-newer",
            Self::NameTooLong { .. } => "name-too-long",
            Self::ValueTooLong { .. } => "value-too-long",
            Self::TooMuchNamedData { .. } => "named-data-too-long",
        }
    }
}

/// Shows what a reserved field has, and should have.
struct Changed(Reserved, Option<u32>);

impl fmt::Display for Changed {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match (self.0, self.1) {
            (Reserved::Empty, _) => f.write_str("is reserved and should be empty"),
            (Reserved::Number(prescribed), Some(found)) => {
                write!(f, "is {found}, reserved as {prescribed}")
            }
            (Reserved::Number(prescribed), None) => {
                write!(
                    f,
                    "has other bytes than {prescribed}, as which it is reserved"
                )
            }
        }
    }
}

impl From<DecodeError> for Finding {
    fn from(error: DecodeError) -> Self {
        Self {
            message: error.message,
            field: error.field,
            offset: error.offset,
            kind: FindingKind::Decode(error.kind),
        }
    }
}

impl<B: AsRef<[u8]>> Frame<B> {
    /// Checks the message against the guide: returns all that is wrong with it, by offset, where
    /// [`decode`](Self::decode) is lenient or stops at the first error.
    ///
    /// What `decode` fails at is among the findings, and what can be said beside it. From where a
    /// field is cut short on, nothing can be said: neither what is missing there nor what a list
    /// lacks. Sizes are those that encoding allows. The order of floating fields is free.
    ///
    /// ```
    /// use cti_codec::ccx::{Frame, Version};
    ///
    /// // A SYSTEM_EVENT without a device, whose text is not terminated.
    /// let mut bytes = vec![0, 0, 0, 30, 0, 0, 0, 31];
    /// bytes.extend([0; 26]);
    /// bytes.extend([7, 2, b'u', b'p']);
    /// let frame = Frame::new(bytes).unwrap();
    ///
    /// let findings = frame.check(Version::V14);
    /// assert!(findings.iter().any(|finding| finding.kind.name() == "final-nul-missing"
    ///     && finding.to_string() == "SYSTEM_EVENT.Text at byte 34: does not end in NUL"));
    /// ```
    #[must_use]
    pub fn check(&self, version: Version) -> Vec<Finding> {
        let mut check = Check {
            message: self.message_type(),
            body: self.body(),
            version,
            cut: false,
            findings: Vec::new(),
            counts: Vec::new(),
            named: 0,
            named_over: None,
        };
        match self.message_type().layout() {
            Some(layout) => {
                check.message(layout);
                if let Ok(message) = self.decode(version) {
                    message.broken_rules(&mut |rule| check.rule(layout, rule));
                }
            }
            None => check.untyped(),
        }
        // One pass over the fields finds things about lists and elements late.
        check.findings.sort_by_key(|finding| finding.offset);
        check.findings
    }
}

/// The size of the header, which lies before the body.
const HEADER: usize = 8;

struct Check<'a> {
    message: MessageType,
    body: &'a [u8],
    version: Version,
    /// Whether the floating part ends within a field, so that what is not there may have been
    /// meant to be.
    cut: bool,
    findings: Vec<Finding>,
    /// The counts of the fixed part and where they lie.
    counts: Vec<(&'static FixedRow, u32, usize)>,
    /// The bytes of named data so far.
    named: usize,
    /// The first field that made them too many.
    named_over: Option<(&'static str, usize)>,
}

/// Rows of a floating part and what has been met of each: those of a message, or those of one
/// element of a list.
struct Part {
    rows: &'static [FloatingRow],
    met: Vec<Met>,
    /// Where a finding about what is missing lies.
    missing_at: usize,
}

/// What has been met of a row.
enum Met {
    Nothing,
    Field {
        offset: usize,
        /// If it is a number.
        value: Option<u32>,
    },
    List {
        count: usize,
        /// The element that may still go on.
        open: Option<Part>,
        /// The first element over the limit.
        over: Option<usize>,
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

    /// Whether this element ends before a member with this id, which begins the next one.
    fn ends_before(&self, id: u16) -> bool {
        self.rows.first().is_some_and(|row| row.has(id))
            || self.rows.iter().zip(&self.met).any(|(row, met)| {
                matches!((row, met), (FloatingRow::Field(row), Met::Field { .. }) if row.id == id)
            })
    }

    /// The number of elements of the list with this name.
    fn listed(&self, list: &str) -> usize {
        self.rows
            .iter()
            .zip(&self.met)
            .find_map(|(row, met)| match (row, met) {
                (FloatingRow::Group(row), Met::List { count, .. }) if row.name == list => {
                    Some(*count)
                }
                _ => None,
            })
            .unwrap_or_default()
    }
}

impl<'a> Check<'a> {
    fn report(&mut self, field: FieldName, offset: usize, kind: FindingKind) {
        self.findings.push(Finding {
            message: self.message,
            field,
            offset,
            kind,
        });
    }

    fn listed(&mut self, name: &'static str, offset: usize, kind: FindingKind) {
        self.report(FieldName::Listed(name), offset, kind);
    }

    /// Where something lies, from the start of the frame, by the rest of the body from there on.
    fn offset(&self, rest: &[u8]) -> usize {
        self.body
            .len()
            .saturating_sub(rest.len())
            .saturating_add(HEADER)
    }

    fn untyped(&mut self) {
        let kind = match self.message.name() {
            Some(_) => FindingKind::TypeWithoutLayout,
            None => FindingKind::UnknownType,
        };
        self.listed("MessageTypeID", 4, kind);
    }

    fn message(&mut self, layout: &'static Layout) {
        let Some(floating) = self.fixed(layout) else {
            let error = short_fixed(layout, self.body, self.version);
            self.findings.push(error.into());
            return;
        };
        let mut part = Part::new(layout.floating, self.offset(&[]));
        let mut walk = Walk::new(floating, self.version);
        while let Some(step) = walk.step() {
            self.field(&mut part, &step);
        }
        if let Some(cut) = walk.cut() {
            self.cut = true;
            let error = bad_field(layout, self.body, cut.from, cut.id, cut.kind);
            self.findings.push(error.into());
        }
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

    /// Checks the fixed part and gives what follows it; `None` where it is cut short.
    fn fixed(&mut self, layout: &'static Layout) -> Option<&'a [u8]> {
        let version = self.version;
        let mut rest = self.body;
        for row in layout.fixed.iter().filter(|row| row.since <= version) {
            let offset = self.offset(rest);
            let (data, after) = rest.split_at_checked(row.size())?;
            rest = after;
            let reserved = row.reserved.map(Reserved::Number);
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

    /// Takes in a floating field: of the message, or a member of the element that is open.
    fn field(&mut self, part: &mut Part, step: &Step<'_>) {
        let id = step.field.id;
        let offset = self.offset(step.from);
        let index = part.rows.iter().position(|row| row.has(id));
        // An element of a list ends where a field comes that is none of its members.
        for (other, met) in part.met.iter_mut().enumerate() {
            if Some(other) != index {
                self.end_element(met);
            }
        }
        let row = index.and_then(|index| Some((part.rows.get(index)?, part.met.get_mut(index)?)));
        match row {
            None => self.report(FieldName::Unlisted(id), offset, FindingKind::Unlisted),
            Some((FloatingRow::Group(row), met)) => self.member(row, met, step, offset),
            Some((FloatingRow::Field(row), met @ Met::Nothing)) => {
                let value = self.value(row, step, offset);
                *met = Met::Field { offset, value };
            }
            Some((FloatingRow::Field(row), _)) => {
                self.listed(row.name, offset, FindingKind::Repeated);
            }
        }
    }

    /// Takes in a member of an element of a list.
    fn member(&mut self, row: &'static GroupRow, met: &mut Met, step: &Step<'_>, offset: usize) {
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
            };
        }
        if let Met::List { count, open, over } = met {
            let element = open.get_or_insert_with(|| {
                if row.max_count == Some(*count) {
                    *over = Some(offset);
                }
                *count = count.saturating_add(1);
                Part::new(row.rows, offset)
            });
            self.field(element, step);
        }
    }

    fn end_element(&mut self, met: &mut Met) {
        if let Met::List { open, .. } = met
            && let Some(mut element) = open.take()
        {
            self.close(&mut element);
        }
    }

    /// Checks what can be said only when all fields have come.
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

    /// Checks a row of which no field has come.
    fn absent(&mut self, row: &'static FieldRow, part: &Part) {
        if self.cut || row.since > self.version {
            return;
        }
        // What is required under a condition is a rule.
        if row.required == Required::Yes {
            self.listed(row.name, part.missing_at, FindingKind::Missing);
        }
        let listed = row.counts.map_or(0, |list| part.listed(list));
        if listed != 0 {
            let kind = FindingKind::CountMissing { listed };
            self.listed(row.name, part.missing_at, kind);
        }
    }

    fn count(&mut self, name: &'static str, offset: usize, count: u32, listed: usize) {
        let said = usize::try_from(count).unwrap_or(usize::MAX);
        // Where the wire ends too soon, the elements that lack may have been meant to come.
        if said < listed || said > listed && !self.cut {
            self.listed(name, offset, FindingKind::CountMismatch { count, listed });
        }
    }

    /// Checks the data of a listed field; its value if it is a number.
    fn value(&mut self, row: &'static FieldRow, step: &Step<'_>, offset: usize) -> Option<u32> {
        let data = step.field.data;
        let at = self.offset(step.after).saturating_sub(data.len());
        if row.since > self.version {
            self.listed(row.name, offset, FindingKind::Newer { since: row.since });
        }
        if let Some(expected) = row.kind.size() {
            return self.sized(row, data, offset, expected);
        }
        if data.len() > row.max {
            let kind = FindingKind::TooLong {
                length: data.len(),
                max: row.max,
            };
            self.listed(row.name, offset, kind);
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
                // Before the name comes the index.
                let data = data.get(1..).unwrap_or_default();
                self.named(row, step, offset, data, at.saturating_add(1));
            }
            _ => self.reserved_bytes(row.name, offset, row.reserved, data),
        }
        None
    }

    /// Checks a floating field whose type has a size.
    fn sized(
        &mut self,
        row: &'static FieldRow,
        data: &[u8],
        offset: usize,
        expected: usize,
    ) -> Option<u32> {
        let found = data.len();
        // A BOOL of four bytes has a row that says so.
        let fits = found == expected || found == row.max;
        let Some(value) = number(data).filter(|_| fits) else {
            let kind = DecodeErrorKind::WrongSize {
                kind: row.kind,
                expected,
                found,
            };
            self.listed(row.name, offset, FindingKind::Decode(kind));
            return None;
        };
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
            // Of an UNSPEC the guide says no more than 0.
            Some(Reserved::Number(_)) => data.iter().any(|byte| *byte != 0),
            None => false,
        };
        if let Some(prescribed) = reserved.filter(|_| changed) {
            let found = None;
            let kind = FindingKind::ReservedChanged { prescribed, found };
            self.listed(name, offset, kind);
        }
    }

    /// Checks a text as it stands on the wire, from byte `at` on.
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
        let Some((name, value)) = split(data) else {
            let kind = DecodeErrorKind::UnterminatedName;
            self.listed(row.name, offset, FindingKind::Decode(kind));
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

    /// Reports a broken rule, at the first field with the name that it gives.
    fn rule(&mut self, layout: &'static Layout, rule: &'static Rule) {
        let version = self.version;
        let mut offset = HEADER;
        for row in layout.fixed.iter().filter(|row| row.since <= version) {
            if row.name == rule.field {
                self.listed(rule.field, offset, FindingKind::Rule(rule));
                return;
            }
            offset = offset.saturating_add(row.size());
        }
        let floating = self.body.get(offset.saturating_sub(HEADER)..);
        let mut walk = Walk::new(floating.unwrap_or_default(), self.version);
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

/// A number of the wire; `None` where no number has this size.
fn number(data: &[u8]) -> Option<u32> {
    match *data {
        [a] => Some(a.into()),
        [a, b] => Some(u16::from_be_bytes([a, b]).into()),
        [a, b, c, d] => Some(u32::from_be_bytes([a, b, c, d])),
        _ => None,
    }
}
