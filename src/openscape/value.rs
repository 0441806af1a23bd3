//! Reading and writing of values.
//!
//! Reading has two ways. [`Value::read`] is quick and accepts only the form in the tables: each member
//! once, under one of its names, with its own type. A body of any other form is read again by
//! [`Value::parse`], which looks at the text of each member, accepts every type that the manual shows,
//! and leaves values that it cannot take without loss to the object's [`Other`].

use alloc::borrow::Cow;
use alloc::string::String;
use alloc::vec::Vec;
use core::cell::{Cell, RefCell};
use core::fmt;
use core::mem::size_of;

use serde::ser::{Error as _, SerializeMap};
use serde::{Deserialize as _, Serialize, Serializer};
use serde_json::value::RawValue;

use super::error::ReadError;
use super::number;
use super::source::{self, Source};
use super::table::{JsonType, Kind};

/// Text, borrowed from the body where its JSON has no escapes.
pub type Text<'a> = Cow<'a, str>;

/// The maximum nesting of JSON that is kept as received.
///
/// The types of this module nest less than ten levels; only members that no table lists have more.
pub const MAX_DEPTH: usize = 128;

/// The cost of reading so far, and the first error.
#[derive(Debug)]
pub struct Reading {
    /// The memory that may still be used, in bytes.
    budget: Cell<usize>,
    /// The first error that prevents reading.
    error: RefCell<Option<ReadError>>,
}

impl Reading {
    /// A body may take eight times its length in lists and unlisted members; growing them takes
    /// half as much again for a moment.
    pub(super) fn new(body: &str) -> Self {
        Self {
            budget: Cell::new(body.len().saturating_mul(8)),
            error: RefCell::new(None),
        }
    }

    /// Takes memory from the budget.
    pub(super) fn take(&self, bytes: usize) -> Option<()> {
        self.budget.set(self.budget.get().checked_sub(bytes)?);
        Some(())
    }

    /// Makes room for one more item.
    pub(super) fn grow<T>(&self, items: &mut Vec<T>) -> Option<()> {
        if items.len() == items.capacity() {
            let more = items.len().max(1);
            self.take(more.checked_mul(size_of::<T>())?)?;
            items.reserve_exact(more);
        }
        Some(())
    }

    /// Keeps the first error.
    pub(super) fn fail(&self, error: ReadError) {
        self.error.borrow_mut().get_or_insert(error);
    }

    pub(super) fn error(&self) -> Option<ReadError> {
        self.error.borrow_mut().take()
    }

    pub(super) fn budget(&self) -> usize {
        self.budget.get()
    }

    pub(super) fn set_budget(&self, bytes: usize) {
        self.budget.set(bytes);
    }

    /// Refunds the cost of a failed attempt.
    pub(super) fn attempt<T>(&self, attempt: impl FnOnce() -> Option<T>) -> Option<T> {
        let budget = self.budget.get();
        let result = attempt();
        if result.is_none() {
            self.budget.set(budget);
        }
        result
    }
}

/// A type that occurs in a table.
pub trait Value<'a>: Sized {
    /// The same without a borrow.
    type Owned: 'static;

    /// The description of the type in the tables.
    const KIND: Kind;

    /// Reads the form in the tables.
    fn read(source: &mut dyn Source<'a>, reading: &Reading) -> Option<Self>;

    /// Reads also the manual's other forms.
    fn parse(raw: &'a RawValue, also: &[JsonType], reading: &Reading) -> Option<Self> {
        let _ = also;
        strictly(raw, reading)
    }

    /// Writes the value.
    fn write<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error>;

    /// Copies the borrowed parts.
    fn into_owned(self) -> Self::Owned;
}

/// Reads a value by [`Value::read`] out of its text.
pub(super) fn strictly<'a, T: Value<'a>>(raw: &'a RawValue, reading: &Reading) -> Option<T> {
    source::whole(raw.get(), |source| T::read(source, reading))
}

/// Hands a value to serde's writing.
pub(super) struct Written<'v, T>(pub(super) &'v T);

impl<'a, T: Value<'a>> Serialize for Written<'_, T> {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        self.0.write(serializer)
    }
}

/// Writes a member that has a value.
pub(super) fn put<'a, T: Value<'a>, S: SerializeMap>(
    name: &'static str,
    value: Option<&T>,
    members: &mut S,
    written: &mut Vec<&'static str>,
) -> Result<(), S::Error> {
    if let Some(value) = value {
        members.serialize_entry(name, &Written(value))?;
        written.push(name);
    }
    Ok(())
}

/// Returns the item of a list that has exactly one.
pub(super) fn only_item(raw: &RawValue) -> Option<&RawValue> {
    if !raw.get().starts_with('[') {
        return None;
    }
    <[&RawValue; 1]>::deserialize(&mut serde_json::Deserializer::from_str(raw.get()))
        .ok()
        .map(|[item]| item)
}

impl<'a> Value<'a> for Text<'a> {
    type Owned = Text<'static>;
    const KIND: Kind = Kind::Text;

    fn read(source: &mut dyn Source<'a>, reading: &Reading) -> Option<Self> {
        let text = source.text()?;
        if let Text::Owned(text) = &text {
            reading.take(text.len())?;
        }
        Some(text)
    }

    fn write<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        serializer.serialize_str(self)
    }

    fn into_owned(self) -> Text<'static> {
        Text::Owned(Cow::into_owned(self))
    }
}

impl<'a> Value<'a> for i64 {
    type Owned = Self;
    const KIND: Kind = Kind::Integer;

    fn read(source: &mut dyn Source<'a>, _: &Reading) -> Option<Self> {
        source.integer()
    }

    fn parse(raw: &'a RawValue, _: &[JsonType], reading: &Reading) -> Option<Self> {
        if raw.get().starts_with('"') {
            let text: Text<'a> = strictly(raw, reading)?;
            return number::integer_in_text(&text);
        }
        number::integer(raw.get())
    }

    fn write<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        serializer.serialize_i64(*self)
    }

    fn into_owned(self) -> Self {
        self
    }
}

impl<'a> Value<'a> for f64 {
    type Owned = Self;
    const KIND: Kind = Kind::Float;

    fn read(source: &mut dyn Source<'a>, _: &Reading) -> Option<Self> {
        number::float(source.raw()?.get())
    }

    fn parse(raw: &'a RawValue, _: &[JsonType], reading: &Reading) -> Option<Self> {
        if raw.get().starts_with('"') {
            let text: Text<'a> = strictly(raw, reading)?;
            return number::float_in_text(&text);
        }
        number::float(raw.get())
    }

    fn write<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        if !self.is_finite() {
            return Err(S::Error::custom("JSON has no infinite numbers and no NaN"));
        }
        serializer.serialize_f64(*self)
    }

    fn into_owned(self) -> Self {
        self
    }
}

impl<'a> Value<'a> for bool {
    type Owned = Self;
    const KIND: Kind = Kind::Boolean;

    fn read(source: &mut dyn Source<'a>, _: &Reading) -> Option<Self> {
        source.boolean()
    }

    fn write<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        serializer.serialize_bool(*self)
    }

    fn into_owned(self) -> Self {
        self
    }
}

impl<'a, T: Value<'a>> Value<'a> for Vec<T> {
    type Owned = Vec<T::Owned>;
    const KIND: Kind = Kind::List(&T::KIND);

    fn read(source: &mut dyn Source<'a>, reading: &Reading) -> Option<Self> {
        let mut items = Vec::new();
        source.items(&mut |item| {
            let item = T::read(item, reading)?;
            reading.grow(&mut items)?;
            items.push(item);
            Some(())
        })?;
        Some(items)
    }

    /// Reads a single value as a list of one.
    fn parse(raw: &'a RawValue, also: &[JsonType], reading: &Reading) -> Option<Self> {
        let mut items = Vec::new();
        let mut item = |raw: &'a RawValue| {
            reading.grow(&mut items)?;
            items.push(T::parse(raw, also, reading)?);
            Some(())
        };
        if raw.get().starts_with('[') {
            source::whole(raw.get(), |list| list.items(&mut |raw| item(raw.raw()?)))?;
        } else {
            item(raw)?;
        }
        Some(items)
    }

    fn write<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        serializer.collect_seq(self.iter().map(Written))
    }

    fn into_owned(self) -> Self::Owned {
        self.into_iter().map(T::into_owned).collect()
    }
}

/// JSON text as received: content that no table describes, and values that do not fit their type
/// without loss.
///
/// Integers of any length, decimals of any precision and the order of members survive. If received,
/// its nesting is at most [`MAX_DEPTH`].
#[derive(Clone, Debug)]
pub struct Raw<'a>(Cow<'a, RawValue>);

impl<'a> Raw<'a> {
    /// Takes JSON text.
    ///
    /// # Errors
    ///
    /// Fails if the text is not valid JSON.
    pub fn new(json: impl Into<String>) -> Result<Raw<'static>, serde_json::Error> {
        RawValue::from_string(json.into()).map(|raw| Raw(Cow::Owned(raw)))
    }

    /// Returns the text.
    pub fn get(&self) -> &str {
        self.0.get()
    }

    /// Copies the borrowed parts.
    pub fn into_owned(self) -> Raw<'static> {
        Raw(Cow::Owned(self.0.into_owned()))
    }

    /// Borrows the text of a body, unless it is nested too deeply.
    pub(super) fn kept(raw: &'a RawValue) -> Result<Self, ReadError> {
        if depth(raw.get()) > MAX_DEPTH {
            return Err(ReadError::TooDeep);
        }
        Ok(Self(Cow::Borrowed(raw)))
    }
}

impl PartialEq for Raw<'_> {
    fn eq(&self, other: &Self) -> bool {
        self.get() == other.get()
    }
}

impl Serialize for Raw<'_> {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        self.0.serialize(serializer)
    }
}

/// Returns the depth of nested lists and objects in JSON text.
pub(super) fn depth(json: &str) -> usize {
    let (mut depth, mut deepest) = (0_usize, 0_usize);
    let (mut quoted, mut escaped) = (false, false);
    for byte in json.bytes() {
        match byte {
            _ if escaped => escaped = false,
            b'\\' if quoted => escaped = true,
            b'"' => quoted = !quoted,
            b'[' | b'{' if !quoted => {
                depth = depth.saturating_add(1);
                deepest = deepest.max(depth);
            }
            b']' | b'}' if !quoted => depth = depth.saturating_sub(1),
            _ => {}
        }
    }
    deepest
}

/// The members of an object that have no field: those that no table lists, another spelling besides
/// the usual one, and listed ones whose value has another type, is null, or does not fit the
/// field's type without loss.
///
/// They are written after the listed ones. A listed member that has a value takes precedence over
/// one of the same name in here.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Other<'a>(Vec<(Text<'a>, Raw<'a>)>);

impl<'a> Other<'a> {
    /// Creates an empty list of members.
    pub const fn new() -> Self {
        Self(Vec::new())
    }

    /// Returns the member of this name.
    pub fn get(&self, name: &str) -> Option<&Raw<'a>> {
        self.0
            .iter()
            .find(|(known, _)| known == name)
            .map(|(_, raw)| raw)
    }

    /// Returns the members in the order of arrival.
    pub fn iter(&self) -> impl Iterator<Item = (&str, &Raw<'a>)> {
        self.0.iter().map(|(name, raw)| (&**name, raw))
    }

    /// Returns whether there is none.
    pub fn is_empty(&self) -> bool {
        self.0.is_empty()
    }

    /// Sets a member, and removes any previous value of its name.
    pub fn set(&mut self, name: impl Into<Text<'a>>, value: Raw<'a>) {
        let name = name.into();
        self.0.retain(|(known, _)| *known != name);
        self.0.push((name, value));
    }

    /// Copies the borrowed parts.
    pub fn into_owned(self) -> Other<'static> {
        let own = |(name, raw): (Text<'a>, Raw<'a>)| (Value::into_owned(name), raw.into_owned());
        Other(self.0.into_iter().map(own).collect())
    }

    /// Keeps a member while reading.
    pub(super) fn keep(
        &mut self,
        name: Text<'a>,
        raw: &'a RawValue,
        reading: &Reading,
    ) -> Option<()> {
        let kept = Raw::kept(raw).ok()?;
        reading.grow(&mut self.0)?;
        self.0.push((name, kept));
        Some(())
    }

    /// Returns whether each name is there once.
    pub(super) fn unique(&self) -> bool {
        repeated(&self.0).is_none()
    }

    pub(super) fn from_members(members: Vec<(Text<'a>, Raw<'a>)>) -> Self {
        Self(members)
    }

    pub(super) fn write<S: SerializeMap>(
        &self,
        written: &[&str],
        members: &mut S,
    ) -> Result<(), S::Error> {
        for (name, raw) in &self.0 {
            if !written.contains(&&**name) {
                members.serialize_entry(name, raw)?;
            }
        }
        Ok(())
    }
}

/// Returns two places that have the same name, the first of them first. Sorts only if there are
/// many members, and then places rather than members.
pub(super) fn repeated<T>(members: &[(Text<'_>, T)]) -> Option<(usize, usize)> {
    let name = |place: usize| members.get(place).map(|(name, _)| &**name);
    if members.len() < 12 {
        for (second, (known, _)) in members.iter().enumerate() {
            let first = (0..second).find(|first| name(*first) == Some(known));
            if let Some(first) = first {
                return Some((first, second));
            }
        }
        return None;
    }
    let mut places: Vec<usize> = (0..members.len()).collect();
    places.sort_unstable_by_key(|place| (name(*place), *place));
    places
        .windows(2)
        .filter_map(|pair| match pair {
            [first, second] if name(*first) == name(*second) => Some((*first, *second)),
            _ => None,
        })
        .min_by_key(|(_, second)| *second)
}

/// Text that is not shown by accident: a password or a token.
///
/// [`Debug`](fmt::Debug) hides it; [`expose`](Self::expose) gives it.
#[derive(Clone, PartialEq, Eq, Default)]
pub struct Secret<'a>(Text<'a>);

impl<'a> Secret<'a> {
    /// Returns the text itself.
    pub fn expose(&self) -> &str {
        &self.0
    }
}

impl<'a, T: Into<Text<'a>>> From<T> for Secret<'a> {
    fn from(text: T) -> Self {
        Self(text.into())
    }
}

impl fmt::Debug for Secret<'_> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("Secret(…)")
    }
}

impl<'a> Value<'a> for Secret<'a> {
    type Owned = Secret<'static>;
    const KIND: Kind = Kind::Text;

    fn read(source: &mut dyn Source<'a>, reading: &Reading) -> Option<Self> {
        Text::read(source, reading).map(Self)
    }

    fn write<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        self.0.write(serializer)
    }

    fn into_owned(self) -> Secret<'static> {
        Secret(Value::into_owned(self.0))
    }
}

/// The agent whose events to listen for, or all of them.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Agent {
    /// `*`: every agent that the logged-on user may see.
    All,
    /// The agent with this key.
    Key(i64),
}

impl<'a> Value<'a> for Agent {
    type Owned = Self;
    const KIND: Kind = Kind::AgentOrAll;

    fn read(source: &mut dyn Source<'a>, reading: &Reading) -> Option<Self> {
        i64::read(source, reading).map(Self::Key)
    }

    fn parse(raw: &'a RawValue, also: &[JsonType], reading: &Reading) -> Option<Self> {
        match i64::parse(raw, also, reading) {
            Some(key) => Some(Self::Key(key)),
            None => (raw.get() == "\"*\"").then_some(Self::All),
        }
    }

    fn write<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        match self {
            Self::All => serializer.serialize_str("*"),
            Self::Key(key) => serializer.serialize_i64(*key),
        }
    }

    fn into_owned(self) -> Self {
        self
    }
}

/// The resource whose events to listen for, or all of them.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Resource<'a> {
    /// `*`: everything that the logged-on user may see.
    All,
    /// An extension for telephony; the key of an agent, as text, for the other media.
    One(Text<'a>),
}

impl<'a> From<Text<'a>> for Resource<'a> {
    fn from(text: Text<'a>) -> Self {
        if text == "*" {
            Self::All
        } else {
            Self::One(text)
        }
    }
}

impl<'a> Value<'a> for Resource<'a> {
    type Owned = Resource<'static>;
    const KIND: Kind = Kind::ResourceOrAll;

    fn read(source: &mut dyn Source<'a>, reading: &Reading) -> Option<Self> {
        Text::read(source, reading).map(Self::from)
    }

    fn parse(raw: &'a RawValue, _: &[JsonType], reading: &Reading) -> Option<Self> {
        if raw.get().starts_with('"') {
            return strictly(raw, reading);
        }
        number::integer(raw.get())?;
        Some(Self::One(raw.get().into()))
    }

    fn write<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        serializer.serialize_str(match self {
            Self::All => "*",
            Self::One(resource) => resource,
        })
    }

    fn into_owned(self) -> Resource<'static> {
        match self {
            Self::All => Resource::All,
            Self::One(resource) => Resource::One(Value::into_owned(resource)),
        }
    }
}
