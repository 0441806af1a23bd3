//! Objects: a struct whose declaration is its table.

use alloc::string::String;
use alloc::vec::Vec;

use serde_json::value::RawValue;

use super::error::{ReadError, WriteError};
use super::source::{self, Source};
use super::table::{JsonType, Table};
use super::value::{Other, Raw, Reading, Text, Value, Written, repeated};

/// An object of the interface: the body of a request, a response or an event, or a part of one.
pub trait Object<'a>: Value<'a> + Members<'a> {
    /// The attributes.
    const TABLE: &'static Table;

    /// Reads the object from JSON text.
    ///
    /// Names, types and values about which the manual contradicts itself are read in every form
    /// that it shows. A member that has no field, or does not fit it without loss, is kept in
    /// `other`.
    ///
    /// # Errors
    ///
    /// Fails if the text is not JSON or no object, if a member occurs twice with two values, or if
    /// a required member is missing.
    fn from_json(json: &'a str) -> Result<Self, ReadError> {
        let reading = Reading::new(json);
        if let Some(object) = source::whole(json, |source| Self::read(source, &reading)) {
            return Ok(object);
        }
        let reading = Reading::new(json);
        let object = Self::parse(object_text(json)?, &[], &reading);
        match reading.error() {
            Some(error) => Err(error),
            None => object.ok_or(ReadError::TooMany),
        }
    }

    /// Writes the object as JSON text.
    ///
    /// # Errors
    ///
    /// A number is infinite or no number.
    fn to_json(&self) -> Result<String, WriteError> {
        serde_json::to_string(&Written(self)).map_err(WriteError::Json)
    }
}

/// Reading the members of an object into its fields.
pub trait Members<'a>: Sized {
    /// Reads also the manual's other forms.
    fn from_members(members: MemberList<'a, '_>) -> Option<Self>;
}

/// Returns the text of an object that is known to be JSON.
pub(super) fn object_text(json: &str) -> Result<&RawValue, ReadError> {
    let raw: &RawValue = serde_json::from_str(json).map_err(ReadError::Json)?;
    if !raw.get().starts_with('{') {
        return Err(ReadError::NotAnObject);
    }
    Ok(raw)
}

/// Reads an object that is not quite as its table says.
pub(super) fn parse<'a, T: Members<'a>>(raw: &'a RawValue, reading: &Reading) -> Option<T> {
    T::from_members(MemberList::new(raw, reading)?)
}

/// Reads the value of a member that is there for the first time.
pub(super) fn member<'a, T: Value<'a>>(
    source: &mut dyn Source<'a>,
    field: &mut Option<T>,
    reading: &Reading,
) -> Option<()> {
    if field.is_some() {
        return None;
    }
    *field = Some(T::read(source, reading)?);
    Some(())
}

/// Returns the members of an object as listed in the text. `None` for any other value, and for more
/// members than the text should have.
pub(super) fn members<'a>(
    raw: &'a RawValue,
    reading: &Reading,
) -> Option<Vec<(Text<'a>, &'a RawValue)>> {
    if !raw.get().starts_with('{') {
        return None;
    }
    let mut members = Vec::new();
    source::whole(raw.get(), |object| {
        object.members(&mut |name, value| {
            reading.grow(&mut members)?;
            members.push((name, value.raw()?));
            Some(())
        })
    })?;
    Some(members)
}

/// The members of an object as text, each name once.
#[derive(Debug)]
pub struct MemberList<'a, 'r> {
    members: Vec<(Text<'a>, &'a RawValue)>,
    reading: &'r Reading,
}

impl<'a, 'r> MemberList<'a, 'r> {
    /// Collects the members of an object, each name once. `None` for any other value.
    pub(super) fn new(raw: &'a RawValue, reading: &'r Reading) -> Option<Self> {
        let mut list = Self {
            members: members(raw, reading)?,
            reading,
        };
        list.merge().map_err(|error| reading.fail(error)).ok()?;
        Some(list)
    }

    /// Merges a member that occurs twice with one value. Two values are an error.
    fn merge(&mut self) -> Result<(), ReadError> {
        // No server sends a member a thousand times with one value.
        for _ in 0..64 {
            let Some((first, second)) = repeated(&self.members) else {
                return Ok(());
            };
            let text = |place: usize| self.members.get(place).map(|(_, raw)| raw.get());
            if text(first) != text(second) {
                break;
            }
            self.members.remove(second);
        }
        match repeated(&self.members).and_then(|(first, _)| self.members.get(first)) {
            Some((name, _)) => Err(ReadError::Twice(name.as_ref().into())),
            None => Ok(()),
        }
    }

    pub(super) fn reading(&self) -> &'r Reading {
        self.reading
    }

    pub(super) fn remove(&mut self, name: &str) {
        self.members.retain(|(known, _)| known != name);
    }

    pub(super) fn names(&self) -> impl Iterator<Item = &Text<'a>> {
        self.members.iter().map(|(name, _)| name)
    }

    /// Returns the text of a member.
    pub(super) fn get(&self, name: &str) -> Option<&'a RawValue> {
        let (_, raw) = self.members.iter().find(|(known, _)| known == name)?;
        Some(raw)
    }

    /// Takes the value of a member out, under its name or, without it, under another spelling. A
    /// value that does not fit the type stays.
    pub(super) fn take<T: Value<'a>>(&mut self, names: &[&str], also: &[JsonType]) -> Option<T> {
        let (place, raw) = self.find(names)?;
        let budget = self.reading.budget();
        let value = T::parse(raw, also, self.reading);
        self.taken(place, value.is_some(), budget);
        value
    }

    /// Sets a field to the value that [`take`](Self::take) gives.
    pub(super) fn fill<T: Value<'a>>(
        &mut self,
        field: &mut Option<T>,
        names: &[&str],
        also: &[JsonType],
    ) {
        *field = self.take(names, also);
    }

    /// Finds a member under the first of its names that is there.
    fn find(&self, names: &[&str]) -> Option<(usize, &'a RawValue)> {
        let place = names
            .iter()
            .find_map(|name| self.members.iter().position(|(known, _)| known == name))?;
        let (_, raw) = self.members.get(place)?;
        Some((place, raw))
    }

    /// Removes a member that was read, or refunds the cost of the attempt.
    fn taken(&mut self, place: usize, read: bool, budget: usize) {
        if read {
            self.members.remove(place);
        } else {
            self.reading.set_budget(budget);
        }
    }

    /// Returns a required member.
    pub(super) fn needed<T>(&self, name: &'static str, field: Option<T>) -> Option<T> {
        if field.is_none() {
            self.lacks(name);
        }
        field
    }

    fn lacks(&self, name: &'static str) {
        self.reading.fail(match self.get(name) {
            Some(_) => ReadError::WrongType(name),
            None => ReadError::Missing(name),
        });
    }

    /// Returns the remaining members.
    pub(super) fn rest(self) -> Option<Other<'a>> {
        // As many as there are, for the memory is paid for already.
        let kept: Result<Vec<_>, ReadError> = self
            .members
            .into_iter()
            .map(|(name, raw)| Ok((name, Raw::kept(raw)?)))
            .collect();
        match kept {
            Ok(kept) => Some(Other::from_members(kept)),
            Err(error) => {
                self.reading.fail(error);
                None
            }
        }
    }
}

/// Declares objects. A row is a line of the manual's table:
///
/// `optional "name" | "another spelling" field: Type | OtherJsonType;`
///
/// `optional` as in the manual; other spellings and other JSON types where the manual contradicts
/// itself. In a `received` object every field is an `Option`, since the manual does not promise that a
/// server sends all; in a `sent` one only the optional ones are.
/// that a server sends all; in one that is `sent`, only the optional ones are.
macro_rules! object {
    ($(
        $(#[$meta:meta])*
        $mode:ident struct $Name:ident<$a:lifetime> {
            $(
                $(#[$doc:meta])*
                $($optional:ident)? $name:literal $(| $alias:literal)* $field:ident: $Type:ty $(| $also:ident)*;
            )*
        }
    )*) => {$(
        $(#[$meta])*
        #[derive(Clone, Debug, PartialEq)]
        pub struct $Name<$a> {
            $(
                #[doc = concat!("`", $name, "`:")]
                $(#[$doc])*
                pub $field: object!(@type $mode [$($optional)?] $Type),
            )*
            /// Members without a field of their own.
            pub other: Other<$a>,
        }

        impl<$a> $Name<$a> {
            /// Copies the borrowed parts.
            // Inline like its callers, so that only a program that needs the copies builds them.
            #[inline]
            pub fn into_owned(self) -> $Name<'static> {
                $Name {
                    $($field: object!(@own $mode [$($optional)?] self.$field),)*
                    other: self.other.into_owned(),
                }
            }
        }

        impl<$a> Object<$a> for $Name<$a> {
            const TABLE: &'static Table = &Table {
                name: stringify!($Name),
                rows: &[$(Row {
                    name: $name,
                    aliases: &[$($alias),*],
                    kind: <$Type as Value<$a>>::KIND,
                    also: &[$(JsonType::$also),*],
                    optional: object!(@optional $($optional)?),
                }),*],
            };
        }

        impl<$a> Members<$a> for $Name<$a> {
            #[allow(unused_mut, reason = "not every object has rows")]
            fn from_members(mut members: MemberList<$a, '_>) -> Option<Self> {
                object!(@from_members $mode members {
                    $([$($optional)?] $name [$name $(, $alias)*] $field: $Type, [$(JsonType::$also),*];)*
                })
            }
        }

        impl<$a> Value<$a> for $Name<$a> {
            type Owned = $Name<'static>;
            const KIND: Kind = Kind::Object(Self::TABLE);

            fn read(source: &mut dyn Source<$a>, reading: &Reading) -> Option<Self> {
                object!(@read $mode source reading {
                    $([$($optional)?] ($name $(| $alias)*) $field: $Type;)*
                })
            }

            fn parse(raw: &$a serde_json::value::RawValue, _: &[JsonType], reading: &Reading) -> Option<Self> {
                object::parse(raw, reading)
            }

            fn write<S: serde::Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
                let mut members = serializer.serialize_map(None)?;
                #[allow(unused_mut, reason = "not every object has optional members")]
                let mut written = alloc::vec::Vec::new();
                $(value::put(
                    $name,
                    object!(@set $mode [$($optional)?] self.$field),
                    &mut members,
                    &mut written,
                )?;)*
                self.other.write(&written, &mut members)?;
                serde::ser::SerializeMap::end(members)
            }

            #[inline]
            fn into_owned(self) -> $Name<'static> {
                self.into_owned()
            }
        }

        /// Writes the object. To JSON only: members received as JSON text are written unchanged.
        impl serde::Serialize for $Name<'_> {
            fn serialize<S: serde::Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
                self.write(serializer)
            }
        }

        object!(@default $mode $Name [$($field)*]);
    )*};

    (@optional) => { false };
    (@optional optional) => { true };

    (@type sent [] $Type:ty) => { $Type };
    (@type $mode:ident [$($optional:ident)?] $Type:ty) => { Option<$Type> };

    (@own sent [] $value:expr) => { Value::into_owned($value) };
    (@own $mode:ident [$($optional:ident)?] $value:expr) => { $value.map(Value::into_owned) };

    (@set sent [] $value:expr) => { Some(&$value) };
    (@set $mode:ident [$($optional:ident)?] $value:expr) => { $value.as_ref() };

    // Required members are read into options first.
    (@read sent $source:ident $reading:ident {$(
        [$($optional:ident)?] ($($name:pat_param)|+) $field:ident: $Type:ty;
    )*}) => {{
        $(let mut $field: Option<$Type> = None;)*
        let mut other = Other::new();
        $source.members(&mut |name, value| match &*name {
            $($($name)|+ => object::member(value, &mut $field, $reading),)*
            _ => other.keep(name, value.raw()?, $reading),
        })?;
        other.unique().then_some(())?;
        Some(Self {
            $($field: object!(@needed [$($optional)?] $field),)*
            other,
        })
    }};
    (@read $mode:ident $source:ident $reading:ident {$(
        [$($optional:ident)?] ($($name:pat_param)|+) $field:ident: $Type:ty;
    )*}) => {{
        let mut object = Self::default();
        let read = &mut object;
        $source.members(&mut move |name, value| match &*name {
            $($($name)|+ => object::member(value, &mut read.$field, $reading),)*
            _ => read.other.keep(name, value.raw()?, $reading),
        })?;
        object.other.unique().then_some(object)
    }};

    (@needed [] $field:ident) => { $field? };
    (@needed [optional] $field:ident) => { $field };

    (@from_members sent $members:ident {$(
        [$($optional:ident)?] $name:literal $names:tt $field:ident: $Type:ty, $also:tt;
    )*}) => {{
        $(let $field: Option<$Type> = $members.take(&$names, &$also);)*
        $(let $field = object!(@parse [$($optional)?] $members, $field, $name);)*
        Some(Self { $($field,)* other: $members.rest()? })
    }};
    (@from_members $mode:ident $members:ident {$(
        [$($optional:ident)?] $name:literal $names:tt $field:ident: $Type:ty, $also:tt;
    )*}) => {{
        let mut object = Self::default();
        $($members.fill(&mut object.$field, &$names, &$also);)*
        object.other = $members.rest()?;
        Some(object)
    }};

    (@parse [] $members:ident, $field:ident, $name:literal) => {
        $members.needed($name, $field)?
    };
    (@parse [optional] $members:ident, $field:ident, $name:literal) => { $field };

    (@default sent $Name:ident []) => {
        /// A command without required attributes has a default.
        impl Default for $Name<'_> {
            fn default() -> Self {
                Self { other: Other::new() }
            }
        }
    };
    (@default sent $Name:ident [$($field:ident)*]) => {};
    (@default answer $Name:ident [$($field:ident)*]) => {
        object!(@default received $Name [$($field)*]);

        impl<'a> Response<'a> for $Name<'a> {
            fn error_code(&self) -> Option<&ErrorCode> {
                self.error_code.as_ref()
            }

            fn error_details(&self) -> Option<&str> {
                self.error_details.as_deref()
            }
        }
    };
    (@default received $Name:ident [$($field:ident)*]) => {
        /// Nothing set.
        impl Default for $Name<'_> {
            fn default() -> Self {
                Self { $($field: None,)* other: Other::new() }
            }
        }
    };
}
pub(super) use object;
