//! Lists of groups of fields that repeat, and the counts that go with them.

use alloc::vec::Vec;
use core::fmt;
use core::hash::{Hash, Hasher};

use super::measure::{Measure, Refusal, refuse};
use super::slot::{Accept, Place, Slot};
use super::visit::Show;
use crate::mhdr::error::EncodeErrorKind;
use crate::mhdr::layout::{FloatingRow, Kind, ValueTable};
use crate::mhdr::wire::{FieldHeader, FloatingField, Step, Walk, Widths, Writer};

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
    /// Received without members. Apart from `Wire` as decoding begins with it.
    None {
        announced: Announced,
    },
    /// The wire from the first member on, and how much of it reaches to the end of the last one.
    /// Other fields may lie between.
    Wire {
        from: &'a [u8],
        size: u32,
        header: FieldHeader,
        announced: Announced,
    },
}

/// The number of elements that came with a list, if one did, and where. In bytes, so that it fits
/// into a list without making it larger.
#[derive(Clone, Copy)]
pub struct Announced {
    count: [u8; 2],
    came: Came,
}

/// How a count came.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub enum Came {
    /// It did not.
    Not,
    /// In the fixed part, where there always is one.
    Fixed,
    /// In the floating part, where there need not be one.
    Floating,
}

impl Announced {
    pub(crate) const NONE: Self = Self {
        count: [0; 2],
        came: Came::Not,
    };

    pub(crate) const fn get(self) -> Option<u16> {
        match self.came {
            Came::Not => None,
            Came::Fixed | Came::Floating => Some(u16::from_be_bytes(self.count)),
        }
    }

    pub(crate) const fn new(count: u16, came: Came) -> Self {
        Self {
            count: count.to_be_bytes(),
            came,
        }
    }

    /// A count of nothing, which need not have been said.
    pub(crate) const fn is_needless(self) -> bool {
        matches!((self.came, self.count), (Came::Floating, [0, 0]))
    }
}

/// What a field of its own counts: a list, or an array in one field.
pub trait Counted {
    /// Takes in the number of elements that came with it.
    fn announce(&mut self, count: u16, came: Came);
    /// That number.
    fn announced(&self) -> Option<u16>;
    /// Whether it is a slice, and not as received.
    fn is_built(&self) -> bool;
    /// The number of elements.
    fn listed(&self) -> usize;
    /// Whether there are none, which is known without counting.
    fn is_bare(&self) -> bool;
}

/// What a list's count field says.
pub(crate) fn count(
    list: &impl Counted,
    name: &'static str,
    measure: &Measure,
) -> Result<u16, Refusal> {
    match list.announced() {
        // To count a received list is to walk it, so not without need.
        Some(count) => {
            if measure.strict {
                let listed = list.listed();
                if usize::from(count) != listed {
                    return Err(refuse(
                        name,
                        EncodeErrorKind::CountMismatch { count, listed },
                    ));
                }
            }
            Ok(count)
        }
        None => {
            let count = list.listed();
            u16::try_from(count)
                .map_err(|_| refuse(name, EncodeErrorKind::TooMany { count, max: 65_535 }))
        }
    }
}

/// The same where it has been measured before, so that nothing can be refused any more.
pub(crate) fn measured_count(list: &impl Counted) -> u16 {
    list.announced()
        .or_else(|| u16::try_from(list.listed()).ok())
        .unwrap_or_default()
}

/// What a count in a floating field says, if it is to be written.
pub(crate) fn floating_count(
    list: &impl Counted,
    row: &FloatingRow,
    measure: &Measure,
) -> Result<Option<u16>, Refusal> {
    let FloatingRow::Field(row) = row else {
        return Ok(None);
    };
    match list.announced() {
        // What came is sent on, and what did not is not invented for it.
        announced if !measure.own && !list.is_built() => Ok(announced),
        // There is nothing to count.
        None if list.is_bare() => Ok(None),
        _ => count(list, row.name, measure).map(Some),
    }
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
    fn place(&mut self, step: &Step<'a>, header: FieldHeader, started: bool) -> Place;
    #[doc(hidden)]
    fn measure(&self, measure: &mut Measure) -> Result<usize, Refusal>;
    #[doc(hidden)]
    fn write(&self, out: &mut Writer<'_>, measure: &Measure);
    #[doc(hidden)]
    fn visit(&self, rows: &'static [FloatingRow], show: &mut Show<'_, 'a>);
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
            Inner::None { .. } => Elements {
                built: &[],
                walk: Walk::EMPTY,
            },
            Inner::Wire {
                from, size, header, ..
            } => Elements {
                built: &[],
                walk: Walk::new(span(from, size), header),
            },
        }
    }

    /// The number of elements. A decoded list is walked through to count them.
    #[must_use]
    pub fn len(&self) -> usize {
        match self.0 {
            Inner::Built(elements) => elements.len(),
            Inner::None { .. } => 0,
            Inner::Wire { .. } => match T::ROWS {
                // An element of one member need not be taken apart to be counted.
                [FloatingRow::Field(row)] => {
                    let mut walk = self.iter().walk;
                    let mut count = 0_usize;
                    while let Some(step) = walk.step() {
                        if step.field.id == row.id && T::admits(step.field) {
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
            Inner::None { .. } => true,
            // It came to be with its first member.
            Inner::Wire { .. } => false,
        }
    }

    /// Returns the number of elements that the message said the list has, in a field of its own;
    /// `None` where the list was not received, or no such field was.
    ///
    /// Encoding counts a list itself, unless it was received. A received list that differs from its
    /// count is refused by `encode`; `encode_as_received` writes the count as it came.
    #[must_use]
    pub fn announced(&self) -> Option<u16> {
        match self.0 {
            Inner::Built(_) => None,
            Inner::None { announced } | Inner::Wire { announced, .. } => announced.get(),
        }
    }

    fn is_needless(&self) -> bool {
        match self.0 {
            Inner::Built(_) => false,
            Inner::None { announced } | Inner::Wire { announced, .. } => announced.is_needless(),
        }
    }

    /// What a count of the list says.
    fn count(&self) -> usize {
        self.announced().map_or_else(|| self.len(), usize::from)
    }
}

impl<'a, T: Element<'a>> Counted for Repeated<'a, T> {
    #[inline(always)]
    fn announce(&mut self, count: u16, came: Came) {
        match &mut self.0 {
            Inner::None { announced } | Inner::Wire { announced, .. } => {
                *announced = Announced::new(count, came);
            }
            Inner::Built(_) => {}
        }
    }
    fn announced(&self) -> Option<u16> {
        Repeated::announced(self)
    }
    fn is_built(&self) -> bool {
        matches!(self.0, Inner::Built(_))
    }
    fn listed(&self) -> usize {
        self.len()
    }
    fn is_bare(&self) -> bool {
        self.is_empty()
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

impl<'a, T> From<&'a Vec<T>> for Repeated<'a, T> {
    fn from(elements: &'a Vec<T>) -> Self {
        elements.as_slice().into()
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

/// Lists are equal if their elements and the counts are that go with them, wherever they lie. So
/// equal messages encode to the same bytes.
impl<'a, T: Element<'a>> PartialEq for Repeated<'a, T> {
    fn eq(&self, other: &Self) -> bool {
        self.iter().eq(other.iter())
            && (self.announced().is_none() && other.announced().is_none()
                || self.count() == other.count())
            && self.is_needless() == other.is_needless()
    }
}

impl<'a, T: Element<'a> + Eq> Eq for Repeated<'a, T> {}

impl<'a, T: Element<'a> + Hash> Hash for Repeated<'a, T> {
    fn hash<H: Hasher>(&self, state: &mut H) {
        state.write_usize(self.count());
        self.iter().for_each(|element| element.hash(state));
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
            match element.place(&step, self.walk.header, started) {
                Place::Taken => started = true,
                Place::Passed => {}
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

impl<'a, T> Repeated<'a, T> {
    /// Lets the list reach to the end of a member.
    #[inline(always)]
    fn reach(&mut self, first: &'a [u8], after: &'a [u8], header: FieldHeader) {
        let announced = match &mut self.0 {
            Inner::Wire { from, size, .. } => {
                *size = reach(from, after);
                return;
            }
            Inner::None { announced } => *announced,
            Inner::Built(_) => Announced::NONE,
        };
        self.0 = Inner::Wire {
            from: first,
            size: reach(first, after),
            header,
            announced,
        };
    }
}

/// So many bytes of a part of the wire.
#[inline(always)]
pub(super) fn span(from: &[u8], size: u32) -> &[u8] {
    usize::try_from(size)
        .ok()
        .and_then(|size| from.get(..size))
        .unwrap_or_default()
}

/// The bytes from the beginning of a part of the wire to that of a later one.
#[inline(always)]
#[expect(
    clippy::cast_possible_truncation,
    reason = "lengths of frames are 32 bits wide"
)]
pub(super) const fn reach(from: &[u8], to: &[u8]) -> u32 {
    from.len().wrapping_sub(to.len()) as u32
}

impl<'a, T: Element<'a>> Slot<'a> for Repeated<'a, T> {
    const KIND: Kind = Kind::Unspec;
    const VALUES: Option<&'static ValueTable> = None;
    const ROWS: Option<&'static [FloatingRow]> = Some(T::ROWS);

    #[inline(always)]
    fn received(announced: Announced) -> Self {
        Self(Inner::None { announced })
    }

    #[inline(always)]
    fn admits(field: FloatingField<'a>) -> bool {
        T::admits(field)
    }

    #[inline(always)]
    fn put<W: Widths>(&mut self, step: Step<'a>, walk: &mut Walk<'a>) -> bool {
        if !T::admits(step.field) {
            return false;
        }
        // Lists of one member come in a row: step over them here, where less is asked.
        if let [FloatingRow::Field(row)] = T::ROWS {
            while let Some(next) = Step::read::<W>(walk.rest)
                && next.field.id == row.id
                && T::admits(next.field)
            {
                walk.rest = next.after;
            }
        }
        self.reach(step.from, walk.rest, W::HEADER);
        true
    }

    fn accept(&mut self, step: &Step<'a>, header: FieldHeader) -> Accept {
        if !T::admits(step.field) {
            return Accept::Refused;
        }
        self.reach(step.from, step.after, header);
        Accept::Taken
    }

    fn measure(&self, row: &'static FloatingRow, measure: &mut Measure) -> Result<usize, Refusal> {
        if self.is_empty() {
            return Ok(0);
        }
        let FloatingRow::Group(row) = row else {
            return Ok(0);
        };
        if measure.fit && !row.is_in(measure.version) {
            return Ok(0);
        }
        let refuse = |kind| refuse(row.name, kind);
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
                let refusal = refuse(EncodeErrorKind::RunsTogether { index: count });
                if measure.own {
                    return Err(refusal);
                }
                // As it was received, it may yet go.
                measure.kept_apart.get_or_insert(refusal);
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

    fn write(&self, row: &'static FloatingRow, out: &mut Writer<'_>, measure: &Measure) {
        if self.is_empty() {
            return;
        }
        if let FloatingRow::Group(row) = row
            && measure.fit
            && !row.is_in(measure.version)
        {
            return;
        }
        for element in self {
            element.write(out, measure);
        }
    }

    fn visit(&self, row: &'static FloatingRow, show: &mut Show<'_, 'a>) {
        if let FloatingRow::Group(row) = row
            && !self.is_empty()
        {
            show.list(row, self);
        }
    }

    fn is_set(&self) -> bool {
        !self.is_empty()
    }

    fn first(&self, _: &'static FloatingRow, measure: &Measure) -> Option<u16> {
        let first = self.iter().next()?;
        first.first(measure)
    }
}
