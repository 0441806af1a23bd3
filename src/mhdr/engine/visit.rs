//! The walk over a message's fields, for all code that handles messages of any type.

use core::ops::RangeInclusive;

use super::list::{Element, Repeated};
use super::named::{NamedArray, NamedVariable};
use super::unlisted::Unlisted;
use crate::mhdr::layout::{FieldRow, FixedRow, FloatingRow, GroupRow, Kind};

/// The value of a field, as a [`Visitor`] is shown it. Its row says how to read it.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub enum Value<'a> {
    /// Any unsigned number: UCHAR, USHORT, UINT, TIME, a code or a mask.
    Unsigned(u32),
    /// An INT.
    Signed(i32),
    /// A BOOL and the bytes it takes.
    Bool {
        /// 0 for false; any other is true.
        value: u32,
        /// 2, or 4 where a server sends it so.
        size: usize,
    },
    /// A STRING, without the terminating NUL.
    Text(crate::text::Text<'a>),
    /// An UNSPEC.
    Bytes(&'a [u8]),
    /// A NAMEDVAR.
    NamedVariable(NamedVariable<'a>),
    /// A NAMEDARRAY.
    NamedArray(NamedArray<'a>),
}

impl Value<'_> {
    /// Returns the number that the value is; `None` for texts, bytes and named data.
    #[must_use]
    pub const fn number(self) -> Option<i64> {
        match self {
            // There is no const conversion, and 32 bits fit.
            Value::Unsigned(value) | Value::Bool { value, .. } => Some(value as i64),
            Value::Signed(value) => Some(value as i64),
            _ => None,
        }
    }
}

/// Receives the fields of a message, a call for each, in table order.
///
/// The rows are the statics of the message's [`Layout`](crate::mhdr::layout::Layout): each knows its
/// `index` there, so that an exporter can prepare a column for each row beforehand.
///
/// The walk decides which call a field gets, in the same way for all visitors:
///
/// | field | call |
/// | --- | --- |
/// | a field with a value | [`fixed`](Self::fixed), [`field`](Self::field), [`array`](Self::array) |
/// | a list, unless it is empty | [`list`](Self::list) |
/// | fields that the table does not list, if any | [`unlisted`](Self::unlisted) |
/// | a field whose presence or value is implied | [`implied_fixed`](Self::implied_fixed), [`implied`](Self::implied) |
/// | an absent field that should be present with a prescribed value | [`missing`](Self::missing) |
/// | any other absent floating field | none |
///
/// Implied are the prescribed value of a reserved field of the fixed part, the absence of a field that
/// the version lacks, and the presence of a floating field that the guide both requires and prescribes.
///
/// A complete exporter:
///
/// ```
/// use cti_codec::ccx::layout::{FieldRow, FixedRow, GroupRow};
/// use cti_codec::ccx::{
///     AgentState, AgentStateCsq, AgentStateEvent, List, Message, Unlisted, Value, Visitor,
/// };
///
/// /// Writes `name=value` pairs, with elements of lists in brackets.
/// #[derive(Default)]
/// struct Pairs(String);
///
/// impl Pairs {
///     fn pair(&mut self, name: &str, value: Value<'_>) {
///         let value = match value {
///             Value::Text(text) => text.to_string(),
///             Value::NamedVariable(variable) => variable.value.to_string(),
///             other => other.number().map_or_else(String::new, |number| number.to_string()),
///         };
///         self.0 += &format!("{name}={value} ");
///     }
/// }
///
/// impl<'a> Visitor<'a> for Pairs {
///     fn fixed(&mut self, row: &'static FixedRow, value: Value<'_>) {
///         self.pair(row.name, value);
///     }
///     fn field(&mut self, row: &'static FieldRow, value: Value<'a>) {
///         self.pair(row.name, value);
///     }
///     fn list(&mut self, row: &'static GroupRow, list: List<'_, 'a>) {
///         list.each(|element| {
///             self.0 += &format!("{}[ ", row.name);
///             element.visit(self);
///             self.0 += "] ";
///         });
///     }
///     fn unlisted(&mut self, fields: Unlisted<'a>) {
///         self.0 += &format!("and {} others", fields.iter().count());
///     }
/// }
///
/// let csqs = [AgentStateCsq { csq_id: Some(4), ..Default::default() }];
/// let event = Message::from(AgentStateEvent {
///     agent_state: AgentState::READY,
///     agent_id: Some("jdoe".into()),
///     csqs: (&csqs).into(),
///     ..Default::default()
/// });
/// let mut pairs = Pairs::default();
/// event.visit(&mut pairs);
/// assert!(pairs.0.contains("AgentState=3 "));
/// assert!(pairs.0.ends_with("AgentID=jdoe CSQs[ CSQID=4 ] "), "{}", pairs.0);
/// ```
pub trait Visitor<'a> {
    /// Receives a field of the fixed part.
    fn fixed(&mut self, row: &'static FixedRow, value: Value<'_>);
    /// Receives a field of the floating part, or of an element of a list.
    fn field(&mut self, row: &'static FieldRow, value: Value<'a>);
    /// Receives a field that holds an array of numbers. By default it calls [`field`](Self::field)
    /// for each.
    fn array(&mut self, row: &'static FieldRow, values: &mut dyn Iterator<Item = Value<'a>>) {
        for value in values {
            self.field(row, value);
        }
    }
    /// Receives a list that has elements.
    fn list(&mut self, row: &'static GroupRow, list: List<'_, 'a>);
    /// Receives the fields that the table does not list, in the order received.
    fn unlisted(&mut self, fields: Unlisted<'a>);
    /// Receives a floating field that is absent, although the guide requires it and prescribes its
    /// value.
    fn missing(&mut self, row: &'static FieldRow) {
        let _ = row;
    }
    /// Receives an implied field of the fixed part: reserved with its prescribed value, or not in
    /// the version.
    fn implied_fixed(&mut self, row: &'static FixedRow, value: Value<'_>) {
        let _ = (row, value);
    }
    /// Receives an implied floating field: required, with its prescribed value.
    fn implied(&mut self, row: &'static FieldRow, value: Value<'a>) {
        let _ = (row, value);
    }
}

/// The elements of a list, as a [`Visitor`] is handed them.
#[derive(Clone, Copy)]
pub struct List<'l, 'a> {
    pub(super) elements: Listing<'l, 'a>,
    pub(super) rows: &'static [FloatingRow],
}

/// The elements by their type, where a call for each of them would be most of the cost.
#[derive(Clone, Copy)]
pub(super) enum Listing<'l, 'a> {
    Variables(Repeated<'a, NamedVariable<'a>>),
    Arrays(Repeated<'a, NamedArray<'a>>),
    Any(&'l dyn Listed<'a>),
}

impl<'a> List<'_, 'a> {
    /// Hands out the elements one by one, in order.
    pub fn each(&self, mut take: impl FnMut(Fields<'_, 'a>)) {
        let rows = self.rows;
        match self.elements {
            Listing::Variables(list) => each(rows, list.iter().map(Value::NamedVariable), take),
            Listing::Arrays(list) => each(rows, list.iter().map(Value::NamedArray), take),
            Listing::Any(elements) => {
                elements.each(&mut |element| take(Fields(Of::Element(element, rows))));
            }
        }
    }
}

/// Hands out elements that are one value each.
#[inline(always)]
fn each<'a>(
    rows: &'static [FloatingRow],
    values: impl Iterator<Item = Value<'a>>,
    mut take: impl FnMut(Fields<'_, 'a>),
) {
    if let [FloatingRow::Field(row)] = rows {
        values.for_each(|value| take(Fields(Of::Value(row, value))));
    }
}

impl core::fmt::Debug for List<'_, '_> {
    fn fmt(&self, f: &mut core::fmt::Formatter<'_>) -> core::fmt::Result {
        f.debug_struct("List").finish_non_exhaustive()
    }
}

/// The fields of an element of a list.
#[derive(Clone, Copy)]
pub struct Fields<'e, 'a>(Of<'e, 'a>);

#[derive(Clone, Copy)]
enum Of<'e, 'a> {
    /// Named data, which are never implied.
    Value(&'static FieldRow, Value<'a>),
    Element(&'e dyn Shows<'a>, &'static [FloatingRow]),
}

impl<'a> Fields<'_, 'a> {
    /// Shows them to a visitor, in table order.
    #[inline]
    pub fn visit(&self, visitor: &mut dyn Visitor<'a>) {
        match self.0 {
            Of::Value(row, value) => visitor.field(row, value),
            Of::Element(element, rows) => {
                // A version lacks fields of the fixed part alone.
                let version = u32::MAX;
                element.show(rows, &mut Show { visitor, version });
            }
        }
    }
}

impl core::fmt::Debug for Fields<'_, '_> {
    fn fmt(&self, f: &mut core::fmt::Formatter<'_>) -> core::fmt::Result {
        f.debug_struct("Fields").finish_non_exhaustive()
    }
}

#[cfg(feature = "serde")]
impl<'a, T: Element<'a>> Repeated<'a, T> {
    pub(crate) fn shown(&self) -> List<'_, 'a> {
        T::listing(self, T::ROWS)
    }
}

#[cfg(feature = "serde")]
impl<'e, 'a> Fields<'e, 'a> {
    pub(crate) fn of<T: Element<'a>>(element: &'e T) -> Self {
        Fields(Of::Element(element, T::ROWS))
    }
}

/// A list of elements of some type.
pub(super) trait Listed<'a> {
    fn each(&self, take: &mut dyn FnMut(&dyn Shows<'a>));
}

impl<'a, T: Element<'a>> Listed<'a> for Repeated<'a, T> {
    fn each(&self, take: &mut dyn FnMut(&dyn Shows<'a>)) {
        let mut elements = self.iter();
        let mut next = elements.next();
        // Lent where it was read: an element may be wide.
        while let Some(element) = &next {
            take(element);
            next = elements.next();
        }
    }
}

/// An element of some type.
pub(super) trait Shows<'a> {
    fn show(&self, rows: &'static [FloatingRow], show: &mut Show<'_, 'a>);
}

impl<'a, T: Element<'a>> Shows<'a> for T {
    fn show(&self, rows: &'static [FloatingRow], show: &mut Show<'_, 'a>) {
        self.visit(rows, show);
    }
}

/// Passes rows to a visitor, and decides which are implied.
pub struct Show<'v, 'a> {
    visitor: &'v mut dyn Visitor<'a>,
    /// The number of the version.
    version: u32,
}

impl<'v, 'a> Show<'v, 'a> {
    pub(crate) fn new(visitor: &'v mut dyn Visitor<'a>, version: u32) -> Self {
        Self { visitor, version }
    }

    /// Passes a field of a fixed part that no version implies.
    #[inline(always)]
    pub(crate) fn plain(&mut self, row: &'static FixedRow, value: Value<'_>) {
        self.visitor.fixed(row, value);
    }

    pub(crate) fn fixed(&mut self, row: &'static FixedRow, value: Value<'_>) {
        let may_be_usual = row.reserved.is_some() || !row.is_in(self.version);
        if may_be_usual && is_usual(row, value) {
            self.visitor.implied_fixed(row, value);
        } else {
            self.visitor.fixed(row, value);
        }
    }

    pub(crate) fn field(&mut self, row: &'static FieldRow, value: Value<'a>) {
        if let Some(printed) = row.implied()
            && value.number() == Some(printed.into())
        {
            self.visitor.implied(row, value);
        } else {
            self.visitor.field(row, value);
        }
    }

    /// Handles an absent floating field.
    pub(crate) fn absent(&mut self, row: &'static FieldRow) {
        if row.is_implied {
            self.visitor.missing(row);
        }
    }

    pub(crate) fn array(
        &mut self,
        row: &'static FieldRow,
        values: &mut dyn Iterator<Item = Value<'a>>,
    ) {
        self.visitor.array(row, values);
    }

    pub(super) fn list<T: Element<'a>>(
        &mut self,
        row: &'static GroupRow,
        elements: &Repeated<'a, T>,
    ) {
        self.visitor.list(row, T::listing(elements, row.rows));
    }

    #[inline(always)]
    pub(crate) fn unlisted(&mut self, fields: &Unlisted<'a>) {
        if !fields.is_empty() {
            self.visitor.unlisted(*fields);
        }
    }
}

impl core::fmt::Debug for Show<'_, '_> {
    fn fmt(&self, f: &mut core::fmt::Formatter<'_>) -> core::fmt::Result {
        f.debug_struct("Show").finish_non_exhaustive()
    }
}

/// Returns whether a field of the fixed part has its default.
pub(crate) fn is_usual(row: &FixedRow, value: Value<'_>) -> bool {
    match value {
        Value::Bytes(bytes) => bytes.iter().all(|byte| *byte == 0),
        _ => value.number() == Some(usual(row)),
    }
}

/// Returns the default of a field of the fixed part.
pub(crate) fn usual(row: &FixedRow) -> i64 {
    let printed = i64::from(row.usual);
    if range(row.kind, row.size()).contains(&printed) {
        printed
    } else {
        0
    }
}

/// Returns the range of a type.
pub(crate) fn range(kind: Kind, size: usize) -> RangeInclusive<i64> {
    match (kind, size) {
        (Kind::Int, _) => i32::MIN.into()..=i32::MAX.into(),
        (_, 1) => 0..=u8::MAX.into(),
        (_, 2) => 0..=u16::MAX.into(),
        _ => 0..=u32::MAX.into(),
    }
}
