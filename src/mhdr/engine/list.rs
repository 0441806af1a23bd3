//! Lists of groups of fields that repeat.

use alloc::vec::Vec;
use core::borrow::Borrow;
use core::fmt;
use core::hash::{Hash, Hasher};

use super::count::{Announced, Came, Counted, agrees_late};
use super::slot::{Accept, Place, Slot};
use super::visit::{List, Listing, Show};
use super::writer::{How, Writer};
use crate::mhdr::error::{Fault, FieldName};
use crate::mhdr::layout::{FieldRow, FloatingRow, GroupRow, Kind, Required, ValueTable};
use crate::mhdr::wire::{FieldHeader, FloatingField, Step, Walk, Widths};

/// A list of elements, each made of fields that are adjacent on the wire: the CSQs of an agent, the
/// parties of a conference, the named variables of a call.
///
/// The same type serves both directions. Decoded, it borrows the frame and cuts the elements out
/// during iteration; for encoding, it borrows a slice. Neither allocates.
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

/// An element of a [`Repeated`] list. Implemented by the element types of this library.
pub trait Element<'a>: Copy + Default + PartialEq + fmt::Debug {
    /// The members of an element, in table order.
    const ROWS: &'static [FloatingRow];
    /// Returns the initial value for decoding. Unlike the default, its lists count as received: a
    /// count without elements is kept.
    #[doc(hidden)]
    fn received() -> Self {
        Self::default()
    }
    /// Returns whether a field is a member and has a size that it can have.
    #[doc(hidden)]
    fn admits(field: FloatingField<'a>) -> bool;
    /// Returns whether it is one for sure, where that is told sooner.
    #[doc(hidden)]
    #[inline(always)]
    fn surely_admits(field: FloatingField<'a>) -> bool {
        Self::admits(field)
    }
    /// Takes a member in.
    #[doc(hidden)]
    fn place(&mut self, step: &Step<'a>, header: FieldHeader, started: bool) -> Place<'a>;
    #[doc(hidden)]
    fn write(&self, out: &mut Writer<'_>);
    /// Writes elements, and returns how many of them: not all, if one is refused.
    #[doc(hidden)]
    fn write_all(elements: &[Self], row: &'static GroupRow, out: &mut Writer<'_>) -> usize {
        write_all::<Self, _>(row, elements.iter(), out)
    }
    /// Returns the row of a field that encoding writes unchanged, if that is known. A list within the
    /// element takes all of its fields from the walk.
    #[doc(hidden)]
    fn stays(step: &Step<'a>, within: &mut Within<'a>, out: &mut Writer<'_>) -> Stays;
    #[doc(hidden)]
    fn visit(&self, rows: &'static [FloatingRow], show: &mut Show<'_, 'a>);
    /// Returns the elements of a list as a visitor is handed them.
    #[doc(hidden)]
    fn listing<'l>(list: &'l Repeated<'a, Self>, rows: &'static [FloatingRow]) -> List<'l, 'a> {
        let elements = Listing::Any(list);
        List { elements, rows }
    }
    /// Returns the id of the first member that is set.
    #[doc(hidden)]
    fn first(&self, how: &How) -> Option<u16>;
    /// Returns whether a member is set that cannot be set twice. The first member need not be told:
    /// it begins an element in any case.
    #[doc(hidden)]
    fn holds(&self, id: u16, how: &How) -> bool {
        let _ = (id, how);
        false
    }
}

impl<'a, T: Element<'a>> Repeated<'a, T> {
    /// Returns the elements, in order.
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

    /// Returns the number of elements. Walks through a decoded list to count them.
    #[must_use]
    #[inline]
    pub fn len(&self) -> usize {
        match self.0 {
            Inner::Built(elements) => elements.len(),
            Inner::None { .. } => 0,
            Inner::Wire { .. } => self.walked(),
        }
    }

    /// Returns the count of a list that has elements, or is built.
    #[inline(never)]
    fn said_of_some(&self) -> Option<u16> {
        self.known().or_else(|| u16::try_from(self.len()).ok())
    }

    #[inline(never)]
    fn walked(&self) -> usize {
        // An element of one member need not be taken apart to be counted.
        let [FloatingRow::Field(row)] = T::ROWS else {
            return self.iter().count();
        };
        let mut walk = self.iter().walk;
        let mut count = 0_usize;
        while let Some(step) = walk.step() {
            if step.field.id == row.id && T::admits(step.field) {
                count = count.saturating_add(1);
            }
        }
        count
    }

    /// Returns whether there are no elements.
    #[must_use]
    pub const fn is_empty(&self) -> bool {
        // Most lists of a message are: a `match` finds out first which it is.
        if let Inner::None { .. } = self.0 {
            return true;
        }
        // The wire came to be with its first member.
        matches!(self.0, Inner::Built([]))
    }

    /// Returns the number of elements in the list's received count field; `None` if the list was not
    /// received, or without such a field.
    ///
    /// Encoding counts a list itself, unless it was received. A received list that differs from its
    /// count is refused by `encode`; `encode_as_received` writes the count unchanged.
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

    /// Returns the count of the list.
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
    #[inline(always)]
    fn said(&self) -> Option<u16> {
        if let Inner::None { announced } = self.0 {
            return Some(u16::from_be_bytes(announced.count));
        }
        self.said_of_some()
    }
    #[inline(always)]
    fn known(&self) -> Option<u16> {
        match self.0 {
            Inner::Built(elements) => u16::try_from(elements.len()).ok(),
            // Without elements, a missing count equals an announced 0.
            Inner::None { announced } => Some(u16::from_be_bytes(announced.count)),
            Inner::Wire { announced, .. } => announced.get(),
        }
    }
    #[inline(always)]
    fn says_nothing(&self) -> bool {
        // One after the other, as most lists are the first: a `match` finds out first which it is.
        if let Inner::Built(elements) = self.0 {
            return elements.is_empty();
        }
        if let Inner::None { announced } = self.0 {
            return matches!(announced.count, [0, 0]);
        }
        false
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

    #[inline]
    fn next(&mut self) -> Option<T> {
        if let Some((first, rest)) = self.built.split_first() {
            self.built = rest;
            return Some(*first);
        }
        if self.walk.rest.is_empty() {
            None
        } else if const { is_single(T::ROWS) } {
            self.next_single()
        } else {
            self.next_any()
        }
    }

    /// All at once, so that the place in the wire stays where the loop has it at hand.
    #[inline]
    fn fold<B, F: FnMut(B, T) -> B>(mut self, init: B, mut take: F) -> B {
        let mut all = self.built.iter().copied().fold(init, &mut take);
        if const { is_single(T::ROWS) } {
            let mut walk = self.walk;
            while let Some(step) = walk.step() {
                if let Some(element) = single(&step, walk.header) {
                    all = take(all, element);
                }
            }
        } else {
            self.built = &[];
            for element in self {
                all = take(all, element);
            }
        }
        all
    }
}

/// Returns the element of one member that a field is. It ends with it, whatever comes next.
#[inline(always)]
fn single<'a, T: Element<'a>>(step: &Step<'a>, header: FieldHeader) -> Option<T> {
    let mut element = T::received();
    let place = element.place(step, header, false);
    matches!(place, Place::Taken(_)).then_some(element)
}

impl<'a, T: Element<'a>> Elements<'a, T> {
    /// Cuts out the next element of one member.
    fn next_single(&mut self) -> Option<T> {
        while let Some(step) = self.walk.step() {
            if let element @ Some(_) = single(&step, self.walk.header) {
                return element;
            }
        }
        None
    }

    /// Cuts out the next element, of any number of members.
    #[inline(never)]
    fn next_any(&mut self) -> Option<T> {
        let mut element = T::received();
        let mut started = false;
        let mut walk = self.walk;
        while let Some(step) = walk.step() {
            match element.place(&step, walk.header, started) {
                Place::Taken(after) => {
                    walk.rest = after;
                    started = true;
                }
                Place::Passed => {}
                Place::Next => {
                    walk.rest = step.from;
                    break;
                }
                Place::Stranger if started => break,
                Place::Stranger => {}
            }
        }
        self.walk.rest = walk.rest;
        started.then_some(element)
    }
}

impl<'a, T> Repeated<'a, T> {
    /// Lets the list reach to the end of a member.
    #[inline(always)]
    fn reach(&mut self, first: &'a [u8], after: &'a [u8], header: FieldHeader) {
        if let Inner::Wire { from, size, .. } = &mut self.0 {
            *size = reach(from, after);
            return;
        }
        let announced = match self.0 {
            Inner::None { announced } => announced,
            _ => Announced::NONE,
        };
        self.0 = Inner::Wire {
            from: first,
            size: reach(first, after),
            header,
            announced,
        };
    }
}

/// Returns the first bytes of a part of the wire.
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
    fn put<W: Widths>(&mut self, step: Step<'a>) -> Option<&'a [u8]> {
        take::<T, W>(self, step.from)
    }

    fn accept(&mut self, step: &Step<'a>, header: FieldHeader) -> Accept<'a> {
        if !T::admits(step.field) {
            return Accept::Refused;
        }
        let mut walk = Walk::new(step.after, header);
        let mut after = step.after;
        while let Some(next) = walk.step()
            && T::surely_admits(next.field)
        {
            after = next.after;
        }
        self.reach(step.from, after, header);
        Accept::Taken(after)
    }

    #[inline(always)]
    fn write(&self, row: &'static FloatingRow, out: &mut Writer<'_>) {
        if let FloatingRow::Group(row) = row
            && !self.says_nothing()
        {
            write(self, row, out);
        }
    }

    fn stays(
        step: &Step<'a>,
        row: &'static FloatingRow,
        counted: bool,
        within: &mut Within<'a>,
        out: &mut Writer<'_>,
    ) -> bool {
        let FloatingRow::Group(row) = row else {
            return false;
        };
        if out.how.fit && !row.is_in(out.how.version) {
            return false;
        }
        within.walk.rest = step.from;
        let Some(listed) = stay::<T>(&mut within.walk, out) else {
            return false;
        };
        let How { strict, own, .. } = out.how;
        match within.announced.take() {
            _ if strict && row.max_count.is_some_and(|max| listed > max) => false,
            Some(count) => !strict || usize::from(count) == listed,
            // Encoding adds the count of a list.
            None => !(own && counted),
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

    fn first(&self, _: &'static FloatingRow, how: &How) -> Option<u16> {
        let first = self.iter().next()?;
        first.first(how)
    }
}

/// Takes the members at the beginning of a part of the wire, and returns the bytes after them. Apart
/// from the messages, as many have lists of the same elements.
#[inline(never)]
fn take<'a, T: Element<'a>, W: Widths>(
    list: &mut Repeated<'a, T>,
    from: &'a [u8],
) -> Option<&'a [u8]> {
    let Some(mut after) = member::<T, W>(from) else {
        return take_one::<T, W>(list, from);
    };
    // Two at a time, which spares moves from one register to another.
    while let Some(next) = member::<T, W>(after) {
        after = next;
        let Some(next) = member::<T, W>(after) else {
            break;
        };
        after = next;
    }
    list.reach(from, after, W::HEADER);
    Some(after)
}

/// Returns the bytes after a member; `None` if that is not for sure one.
#[inline(always)]
fn member<'a, T: Element<'a>, W: Widths>(from: &'a [u8]) -> Option<&'a [u8]> {
    let step = Step::read::<W>(from)?;
    T::surely_admits(step.field).then_some(step.after)
}

/// Takes one member, after a closer look.
#[cold]
#[inline(never)]
fn take_one<'a, T: Element<'a>, W: Widths>(
    list: &mut Repeated<'a, T>,
    from: &'a [u8],
) -> Option<&'a [u8]> {
    let step = Step::read::<W>(from)?;
    if !T::admits(step.field) {
        return None;
    }
    list.reach(from, step.after, W::HEADER);
    Some(step.after)
}

/// Writes a list.
#[inline(never)]
fn write<'a, T: Element<'a>>(list: &Repeated<'a, T>, row: &'static GroupRow, out: &mut Writer<'_>) {
    let announced = list.announced();
    if out.how.fit && !row.is_in(out.how.version) {
        return agrees_late(announced, list.len(), out);
    }
    let count = match list.0 {
        Inner::Built(elements) => T::write_all(elements, row, out),
        Inner::None { .. } => 0,
        Inner::Wire {
            from, size, header, ..
        } => match copy::<T>(span(from, size), header, out) {
            Some(count) => count,
            None => write_all::<T, _>(row, list.iter(), out),
        },
    };
    if let Some(max) = row.max_count
        && out.how.strict
        && count > max
    {
        let kind = Fault::TooMany { count, max };
        return out.refuse_field(row.name, kind);
    }
    agrees_late(announced, count, out);
}

/// Writes elements one by one; how many they are.
fn write_all<'a, T: Element<'a>, E: Borrow<T>>(
    row: &'static GroupRow,
    elements: impl Iterator<Item = E>,
    out: &mut Writer<'_>,
) -> usize {
    let mut before: Option<E> = None;
    let mut count = 0_usize;
    for element in elements {
        let this: &T = element.borrow();
        // An element ends where a member comes again or the first member begins.
        let apart = match (this.first(&out.how), &before) {
            (None, _) => false,
            (Some(_), None) => true,
            (Some(first), Some(before)) => {
                T::ROWS.first().is_some_and(|row| row.has(first))
                    || Borrow::<T>::borrow(before).holds(first, &out.how)
            }
        };
        if !apart {
            let kind = Fault::RunsTogether { index: count };
            if out.how.own {
                out.refuse_field(row.name, kind);
            } else {
                // As it was received, it may yet go.
                out.kept_apart
                    .get_or_insert((FieldName::Listed(row.name), kind));
            }
        }
        this.write(out);
        count = count.saturating_add(1);
        before = Some(element);
        // The rest of a long list need not be written for nothing.
        if out.is_refused() {
            break;
        }
    }
    count
}

/// Copies a list unchanged, if encoding would write it so: in this form, members in the order of
/// the table, each as it is written and no required one missing, and no other fields between them.
/// Returns the number of elements; `None` if nothing was written.
fn copy<'a, T: Element<'a>>(
    list: &'a [u8],
    header: FieldHeader,
    out: &mut Writer<'_>,
) -> Option<usize> {
    if header != out.how.header {
        return None;
    }
    let named = out.named;
    let mut walk = Walk::new(list, header);
    let count = stay::<T>(&mut walk, out).filter(|_| walk.rest.is_empty());
    match count {
        Some(_) => out.put(list),
        None => out.named = named,
    }
    count
}

/// What encoding does with a field of a received element.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub enum Stays {
    /// It writes the field unchanged, in the row with this index.
    Row(u32),
    /// The field is no member.
    Stranger,
    /// It is not known to write it unchanged.
    No,
}

/// What is left of a list, and the count that a list within the element has come with.
#[derive(Debug)]
pub struct Within<'a> {
    walk: Walk<'a>,
    announced: Option<u16>,
}

impl Within<'_> {
    /// Takes in the count of a list within the element; `false` if another one waits for its list.
    pub(crate) fn announce(&mut self, count: u16) -> bool {
        self.announced.replace(count).is_none()
    }

    /// Ends an element: a count that is left over has no list.
    fn ends(&mut self, how: &How) -> bool {
        matches!(self.announced.take(), None | Some(0)) || !how.strict
    }
}

/// Takes the members at the beginning of a walk, if encoding would write them unchanged, and returns
/// the number of elements.
fn stay<'a, T: Element<'a>>(walk: &mut Walk<'a>, out: &mut Writer<'_>) -> Option<usize> {
    let lists = const { lists(T::ROWS) };
    let required = if out.how.own {
        const { required(T::ROWS) }
    } else {
        0
    };
    let mut within = Within {
        walk: *walk,
        announced: None,
    };
    let mut count = 0_usize;
    // The members of the element that have been met: a bit for each row.
    let mut met = u64::MAX;
    loop {
        *walk = within.walk;
        let Some(step) = within.walk.step() else {
            break;
        };
        let index = match T::stays(&step, &mut within, out) {
            Stays::Row(index) => index,
            Stays::Stranger => break,
            Stays::No => return None,
        };
        let bit = 1_u64.wrapping_shl(index);
        if index == 0 || met & bit != 0 {
            // A list within an element does not begin another one.
            if met & required != required || bit & lists != 0 {
                return None;
            }
            if lists != 0 && count > 0 && !within.ends(&out.how) {
                return None;
            }
            count = count.saturating_add(1);
            met = bit;
        } else if met < bit {
            met |= bit;
        } else {
            return None;
        }
    }
    (met & required == required && within.ends(&out.how)).then_some(count)
}

/// Returns a bit for each list among the members.
pub(crate) const fn lists(rows: &[FloatingRow]) -> u64 {
    let mut bits = 0;
    let mut bit = 1_u64;
    let mut rest = rows;
    while let [first, tail @ ..] = rest {
        if let FloatingRow::Group(_) = first {
            bits |= bit;
        }
        bit = bit.wrapping_shl(1);
        rest = tail;
    }
    bits
}

/// Returns whether an element has one member, which comes once.
const fn is_single(rows: &[FloatingRow]) -> bool {
    matches!(rows, [FloatingRow::Field(FieldRow { array: false, .. })])
}

/// Returns a bit for each required member.
const fn required(rows: &[FloatingRow]) -> u64 {
    let mut bits = 0;
    let mut bit = 1_u64;
    let mut rest = rows;
    while let [first, tail @ ..] = rest {
        if let FloatingRow::Field(FieldRow {
            required: Required::Yes,
            ..
        }) = first
        {
            bits |= bit;
        }
        bit = bit.wrapping_shl(1);
        rest = tail;
    }
    bits
}
