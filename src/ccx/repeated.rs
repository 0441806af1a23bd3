//! Lists of groups of fields that repeat, and the fields that no table lists.

use core::fmt;

use super::declare::{Accept, Measure, Place, Refusal, Slot, Visitor};
use super::error::{EncodeErrorKind, FieldName};
use super::layout::{FloatingRow, Kind, Layout, ValueTable};
use super::wire::{FloatingField, Step, Walk, Writer, header_size};

/// A list of elements, each made of fields that stand together on the wire: the CSQs of an agent,
/// the parties of a conference, the named variables of a call.
///
/// The same type serves both directions. Decoded, it borrows the frame and cuts the elements out
/// as it is iterated; to encode, it borrows a slice. Neither allocates.
///
/// ```
/// use cti_codec::ccx::{NamedVariable, Repeated};
///
/// let variables = [NamedVariable { name: "user.layout".into(), value: "Default".into() }];
/// let list = Repeated::from(&variables);
/// assert_eq!(list.iter().next(), Some(variables[0]));
/// ```
#[derive(Clone, Copy)]
pub struct Repeated<'a, T>(Inner<'a, T>);

#[derive(Clone, Copy)]
enum Inner<'a, T> {
    Built(&'a [T]),
    /// Received without members. Apart from `Wire` as decoding begins with it: it costs one store.
    None,
    /// The wire from the first member on, and how much of it reaches to the end of the last one.
    /// Other fields may lie between. Numbers have the size of their type.
    Wire {
        from: &'a [u8],
        size: u32,
        wide: bool,
    },
}

/// An element of a [`Repeated`] list. Implemented by the element types of this library.
pub trait Element<'a>: Copy + Default + PartialEq + fmt::Debug {
    /// The members of an element, in table order.
    const ROWS: &'static [FloatingRow];
    /// What decoding begins with. Unlike the default, its lists are as received: a count that came
    /// with none of its elements is kept.
    #[doc(hidden)]
    fn received() -> Self {
        Self::default()
    }
    /// Whether a member has a size that it can have.
    #[doc(hidden)]
    fn admits(field: FloatingField<'a>) -> bool;
    /// Takes a member in.
    #[doc(hidden)]
    fn place(&mut self, step: &Step<'a>, wide: bool, started: bool) -> Place;
    #[doc(hidden)]
    fn measure(&self, measure: &mut Measure) -> Result<usize, Refusal>;
    #[doc(hidden)]
    fn write(&self, out: &mut Writer<'_>, measure: &Measure);
    #[doc(hidden)]
    fn visit(&self, visitor: &mut dyn Visitor<'a>);
    /// The id of the first member that is set.
    #[doc(hidden)]
    fn first(&self, measure: &Measure) -> Option<u16>;
    /// Whether a member is set that cannot be set twice. The first member need not be told: it begins
    /// an element in any case.
    #[doc(hidden)]
    fn holds(&self, id: u16, measure: &Measure) -> bool {
        let _ = (id, measure);
        false
    }
}

impl<'a, T: Element<'a>> Repeated<'a, T> {
    /// The elements, in order.
    #[must_use]
    pub fn iter(&self) -> Elements<'a, T> {
        match self.0 {
            Inner::Built(elements) => Elements {
                built: elements,
                walk: Walk::EMPTY,
            },
            Inner::None => Elements {
                built: &[],
                walk: Walk::EMPTY,
            },
            Inner::Wire { from, size, wide } => Elements {
                built: &[],
                walk: Walk {
                    rest: usize::try_from(size)
                        .ok()
                        .and_then(|size| from.get(..size))
                        .unwrap_or_default(),
                    wide,
                },
            },
        }
    }

    /// The number of elements. A decoded list is walked through to count them.
    #[must_use]
    pub fn len(&self) -> usize {
        match self.0 {
            Inner::Built(elements) => elements.len(),
            Inner::None => 0,
            Inner::Wire { .. } => match T::ROWS {
                // An element of one member need not be taken apart to be counted.
                [FloatingRow::Field(row)] => {
                    let mut walk = self.iter().walk;
                    let mut count = 0_usize;
                    while let Some(step) = walk.step() {
                        if step.field.id == row.id {
                            count = count.saturating_add(1);
                        }
                    }
                    count
                }
                _ => self.iter().count(),
            },
        }
    }

    /// Whether there are no elements.
    #[must_use]
    pub const fn is_empty(&self) -> bool {
        match self.0 {
            Inner::Built(elements) => elements.is_empty(),
            Inner::None => true,
            // It came to be with its first member.
            Inner::Wire { .. } => false,
        }
    }

    /// Whether the list is a slice, and not as received.
    pub(crate) const fn is_built(&self) -> bool {
        matches!(self.0, Inner::Built(_))
    }
}

impl<T> Default for Repeated<'_, T> {
    fn default() -> Self {
        Self(Inner::Built(&[]))
    }
}

impl<'a, T> From<&'a [T]> for Repeated<'a, T> {
    fn from(elements: &'a [T]) -> Self {
        Self(Inner::Built(elements))
    }
}

impl<'a, T, const N: usize> From<&'a [T; N]> for Repeated<'a, T> {
    fn from(elements: &'a [T; N]) -> Self {
        Self(Inner::Built(elements))
    }
}

impl<'a, T: Element<'a>> IntoIterator for Repeated<'a, T> {
    type Item = T;
    type IntoIter = Elements<'a, T>;
    fn into_iter(self) -> Elements<'a, T> {
        self.iter()
    }
}

impl<'a, T: Element<'a>> IntoIterator for &Repeated<'a, T> {
    type Item = T;
    type IntoIter = Elements<'a, T>;
    fn into_iter(self) -> Elements<'a, T> {
        self.iter()
    }
}

/// Lists are equal if their elements are, wherever they lie.
impl<'a, T: Element<'a>> PartialEq for Repeated<'a, T> {
    fn eq(&self, other: &Self) -> bool {
        self.iter().eq(other.iter())
    }
}

impl<'a, T: Element<'a>> fmt::Debug for Repeated<'a, T> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_list().entries(self).finish()
    }
}

/// The elements of a [`Repeated`] list.
#[derive(Clone, Debug)]
pub struct Elements<'a, T> {
    built: &'a [T],
    walk: Walk<'a>,
}

impl<'a, T: Element<'a>> Iterator for Elements<'a, T> {
    type Item = T;

    fn next(&mut self) -> Option<T> {
        if let Some((first, rest)) = self.built.split_first() {
            self.built = rest;
            return Some(*first);
        }
        let mut element = T::received();
        let mut started = false;
        loop {
            let before = self.walk;
            let Some(step) = self.walk.step() else {
                break;
            };
            match element.place(&step, self.walk.wide, started) {
                Place::Taken => started = true,
                Place::Next => {
                    self.walk = before;
                    break;
                }
                Place::Stranger if started => break,
                Place::Stranger => {}
            }
        }
        started.then_some(element)
    }
}

/// The bytes from the beginning of a part of the wire to that of a later one.
#[inline(always)]
#[expect(
    clippy::cast_possible_truncation,
    reason = "lengths of frames are 32 bits wide"
)]
const fn reach(from: &[u8], to: &[u8]) -> u32 {
    from.len().wrapping_sub(to.len()) as u32
}

impl<'a, T: Element<'a>> Slot<'a> for Repeated<'a, T> {
    const KIND: Kind = Kind::Unspec;
    const VALUES: Option<&'static ValueTable> = None;
    const ROWS: Option<&'static [FloatingRow]> = Some(T::ROWS);

    #[inline(always)]
    fn received() -> Self {
        Self(Inner::None)
    }

    #[inline(always)]
    fn admits(field: FloatingField<'a>) -> bool {
        T::admits(field)
    }

    #[inline(always)]
    fn put<const WIDE: bool>(&mut self, step: Step<'a>, walk: &mut Walk<'a>) -> bool {
        if !T::admits(step.field) {
            return false;
        }
        // Lists of one member come in a row: step over them here, where less is asked.
        if let [FloatingRow::Field(row)] = T::ROWS {
            while let Some(next) = Step::read::<WIDE>(walk.rest)
                && next.field.id == row.id
                && T::admits(next.field)
            {
                walk.rest = next.after;
            }
        }
        let from = match self.0 {
            Inner::Wire { from, .. } => from,
            _ => step.from,
        };
        self.0 = Inner::Wire {
            from,
            size: reach(from, walk.rest),
            wide: WIDE,
        };
        true
    }

    fn accept(&mut self, step: &Step<'a>, wide: bool) -> Accept {
        if !T::admits(step.field) {
            return Accept::Refused;
        }
        let from = match self.0 {
            Inner::Wire { from, .. } => from,
            _ => step.from,
        };
        self.0 = Inner::Wire {
            from,
            size: reach(from, step.after),
            wide,
        };
        Accept::Taken
    }

    fn measure(&self, row: &'static FloatingRow, measure: &mut Measure) -> Result<usize, Refusal> {
        if self.is_empty() {
            return Ok(0);
        }
        let FloatingRow::Group(row) = row else {
            return Ok(0);
        };
        let refuse = |kind| (FieldName::Listed(row.name), kind);
        let mut size = 0_usize;
        let mut before: Option<T> = None;
        let mut count = 0_usize;
        for element in self {
            // An element ends where a member comes again or the first member begins.
            let apart = element.first(measure).is_some_and(|first| {
                before.is_none_or(|before| {
                    before.holds(first, measure)
                        || T::ROWS.first().is_some_and(|row| row.has(first))
                })
            });
            if !apart {
                return Err(refuse(EncodeErrorKind::RunsTogether { index: count }));
            }
            size = size.saturating_add(element.measure(measure)?);
            count = count.saturating_add(1);
            before = Some(element);
        }
        match row.max_count {
            Some(max) if measure.strict && count > max => {
                Err(refuse(EncodeErrorKind::TooMany { count, max }))
            }
            _ => Ok(size),
        }
    }

    fn write(&self, _: &'static FloatingRow, out: &mut Writer<'_>, measure: &Measure) {
        if self.is_empty() {
            return;
        }
        for element in self {
            element.write(out, measure);
        }
    }

    fn visit(&self, row: &'static FloatingRow, visitor: &mut dyn Visitor<'a>) {
        let FloatingRow::Group(row) = row else {
            return;
        };
        if self.is_empty() {
            return;
        }
        visitor.list_begins(row);
        for element in self {
            visitor.element_begins();
            element.visit(visitor);
            visitor.element_ends();
        }
        visitor.list_ends();
    }

    fn first(&self, _: &'static FloatingRow, measure: &Measure) -> Option<u16> {
        let first = self.iter().next()?;
        first.first(measure)
    }
}

/// The floating fields of a message that its table does not list, repetitions of fields that may
/// stand once included.
///
/// Decoding keeps them, encoding writes them after the listed ones.
#[derive(Clone, Copy, Default)]
pub struct Unlisted<'a>(Fields<'a>);

#[derive(Clone, Copy, Default)]
enum Fields<'a> {
    #[default]
    None,
    Built(&'a [FloatingField<'a>]),
    /// A whole floating part, listed fields included.
    Wire {
        floating: &'a [u8],
        wide: bool,
        layout: &'static Layout,
    },
}

impl<'a> Unlisted<'a> {
    pub(crate) const fn from_wire(floating: &'a [u8], wide: bool, layout: &'static Layout) -> Self {
        Self(Fields::Wire {
            floating,
            wide,
            layout,
        })
    }

    /// The fields, in order.
    #[must_use]
    pub fn iter(&self) -> UnlistedFields<'a> {
        match self.0 {
            Fields::None => UnlistedFields {
                built: &[],
                walk: Walk::EMPTY,
                rows: &[],
                seen: 0,
            },
            Fields::Built(fields) => UnlistedFields {
                built: fields,
                walk: Walk::EMPTY,
                rows: &[],
                seen: 0,
            },
            Fields::Wire {
                floating,
                wide,
                layout,
            } => UnlistedFields {
                built: &[],
                walk: Walk {
                    rest: floating,
                    wide,
                },
                rows: layout.floating,
                seen: 0,
            },
        }
    }

    /// Whether there are none.
    #[must_use]
    pub const fn is_empty(&self) -> bool {
        match self.0 {
            Fields::None => true,
            Fields::Built(fields) => fields.is_empty(),
            // Made only when one has been met.
            Fields::Wire { .. } => false,
        }
    }

    pub(crate) fn measure(
        &self,
        layout: &'static Layout,
        measure: &Measure,
    ) -> Result<usize, Refusal> {
        if self.is_empty() {
            return Ok(0);
        }
        let header = header_size(measure.version.has_wide_ids());
        let mut size = 0_usize;
        for field in self {
            let refuse = |kind| Err((FieldName::Unlisted(field.id), kind));
            if measure.strict && layout.floating.iter().any(|row| row.has(field.id)) {
                return refuse(EncodeErrorKind::ListedTwice);
            }
            if field.data.len() > 255 {
                return refuse(EncodeErrorKind::TooLong {
                    length: field.data.len(),
                    max: 255,
                });
            }
            if field.id > 255 && !measure.version.has_wide_ids() {
                return refuse(EncodeErrorKind::WideId { id: field.id });
            }
            size = size.saturating_add(header).saturating_add(field.data.len());
        }
        Ok(size)
    }

    pub(crate) fn write(&self, out: &mut Writer<'_>) {
        if self.is_empty() {
            return;
        }
        for field in self {
            out.header(field.id, field.data.len());
            out.put(field.data);
        }
    }
}

impl<'a> From<&'a [FloatingField<'a>]> for Unlisted<'a> {
    fn from(fields: &'a [FloatingField<'a>]) -> Self {
        Self(Fields::Built(fields))
    }
}

impl<'a, const N: usize> From<&'a [FloatingField<'a>; N]> for Unlisted<'a> {
    fn from(fields: &'a [FloatingField<'a>; N]) -> Self {
        Self(Fields::Built(fields))
    }
}

impl<'a> IntoIterator for &Unlisted<'a> {
    type Item = FloatingField<'a>;
    type IntoIter = UnlistedFields<'a>;
    fn into_iter(self) -> UnlistedFields<'a> {
        self.iter()
    }
}

impl PartialEq for Unlisted<'_> {
    fn eq(&self, other: &Self) -> bool {
        self.iter().eq(other.iter())
    }
}

impl fmt::Debug for Unlisted<'_> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_list().entries(self).finish()
    }
}

/// The fields of an [`Unlisted`].
#[derive(Clone, Debug)]
pub struct UnlistedFields<'a> {
    built: &'a [FloatingField<'a>],
    walk: Walk<'a>,
    rows: &'static [FloatingRow],
    /// A bit for each row that has been met: the first field of a row is listed, others are not.
    seen: u64,
}

impl<'a> Iterator for UnlistedFields<'a> {
    type Item = FloatingField<'a>;

    fn next(&mut self) -> Option<FloatingField<'a>> {
        if let Some((first, rest)) = self.built.split_first() {
            self.built = rest;
            return Some(*first);
        }
        loop {
            let field = self.walk.step()?.field;
            let Some(index) = self.rows.iter().position(|row| row.has(field.id)) else {
                return Some(field);
            };
            if let Some(FloatingRow::Field(_)) = self.rows.get(index) {
                let bit = u32::try_from(index)
                    .ok()
                    .and_then(|index| 1_u64.checked_shl(index))
                    .unwrap_or_default();
                if self.seen & bit != 0 {
                    return Some(field);
                }
                self.seen |= bit;
            }
        }
    }
}
