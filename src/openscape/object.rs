//! Objects: a struct whose declaration is its table.

use alloc::string::String;
use alloc::vec::Vec;
use core::fmt;
use core::marker::PhantomData;

use serde::Deserializer;
use serde::de::{Error as _, MapAccess, Visitor};
use serde_json::value::RawValue;

use super::error::{ReadError, WriteError};
use super::table::{JsonType, Table};
use super::value::{Name, Other, Raw, Reading, Seed, Text, Value, Written, repeated};

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
        let mut deserializer = serde_json::Deserializer::from_str(json);
        if let Ok(object) = Self::read(&mut deserializer, &reading)
            && deserializer.end().is_ok()
        {
            return Ok(object);
        }
        let reading = Reading::new(json);
        let raw: &RawValue = serde_json::from_str(json).map_err(ReadError::Json)?;
        if !raw.get().starts_with('{') {
            return Err(ReadError::NotAnObject);
        }
        let object = Self::parse(raw, &[], &reading);
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
    /// Reads members exactly as the table lists them.
    fn from_access<A: MapAccess<'a>>(access: A, reading: &Reading) -> Result<Self, A::Error>;

    /// Reads also the manual's other forms.
    fn from_members(members: MemberList<'a, '_>) -> Option<Self>;
}

/// Reads an object that is as its table says.
pub(super) fn read<'a, T: Members<'a>, D: Deserializer<'a>>(
    deserializer: D,
    reading: &Reading,
) -> Result<T, D::Error> {
    struct Object<'r, T>(&'r Reading, PhantomData<T>);

    impl<'a, T: Members<'a>> Visitor<'a> for Object<'_, T> {
        type Value = T;

        fn expecting(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
            f.write_str("an object")
        }

        fn visit_map<A: MapAccess<'a>>(self, access: A) -> Result<T, A::Error> {
            T::from_access(access, self.0)
        }
    }

    deserializer.deserialize_map(Object(reading, PhantomData))
}

/// Reads an object that is not quite as its table says.
pub(super) fn parse<'a, T: Members<'a>>(raw: &'a RawValue, reading: &Reading) -> Option<T> {
    T::from_members(MemberList::new(raw, reading)?)
}

/// Reads the value of a member that is there for the first time.
pub(super) fn member<'a, T: Value<'a>, A: MapAccess<'a>>(
    access: &mut A,
    field: &mut Option<T>,
    reading: &Reading,
) -> Result<(), A::Error> {
    if field.is_some() {
        return Err(A::Error::custom("there twice"));
    }
    *field = Some(access.next_value_seed(Seed(reading, PhantomData))?);
    Ok(())
}

/// Returns the members of an object as listed in the text. `None` for any other value, and for more
/// members than the text should have.
pub(super) fn members<'a>(
    raw: &'a RawValue,
    reading: &Reading,
) -> Option<Vec<(Text<'a>, &'a RawValue)>> {
    struct List<'r>(&'r Reading);

    impl<'a> Visitor<'a> for List<'_> {
        type Value = Vec<(Text<'a>, &'a RawValue)>;

        fn expecting(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
            f.write_str("an object")
        }

        fn visit_map<A: MapAccess<'a>>(self, mut access: A) -> Result<Self::Value, A::Error> {
            let mut members = Vec::new();
            while let Some(name) = access.next_key_seed(Name)? {
                self.0
                    .grow(&mut members)
                    .ok_or_else(|| A::Error::custom("too many members"))?;
                members.push((name, access.next_value()?));
            }
            Ok(members)
        }
    }

    if !raw.get().starts_with('{') {
        return None;
    }
    serde_json::Deserializer::from_str(raw.get())
        .deserialize_map(List(reading))
        .ok()
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
        let place = names
            .iter()
            .find_map(|name| self.members.iter().position(|(known, _)| known == name))?;
        let (_, raw) = self.members.get(place)?;
        let value = self.reading.attempt(|| T::parse(raw, also, self.reading))?;
        self.members.remove(place);
        Some(value)
    }

    /// Returns a required member.
    pub(super) fn needed<T>(&self, name: &'static str, field: Option<T>) -> Option<T> {
        if field.is_none() {
            self.reading.fail(match self.get(name) {
                Some(_) => ReadError::WrongType(name),
                None => ReadError::Missing(name),
            });
        }
        field
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
            fn from_access<A: serde::de::MapAccess<$a>>(mut access: A, reading: &Reading) -> Result<Self, A::Error> {
                $(let mut $field: Option<$Type> = None;)*
                let mut other = Other::new();
                while let Some(name) = access.next_key_seed(Name)? {
                    match &*name {
                        $($name $(| $alias)* => object::member(&mut access, &mut $field, reading)?,)*
                        _ => other.keep(name, access.next_value()?, reading)?,
                    }
                }
                if !other.unique() {
                    return Err(serde::de::Error::custom("there twice"));
                }
                Ok(Self {
                    $($field: object!(@read $mode [$($optional)?] $field, $name),)*
                    other,
                })
            }

            #[allow(unused_mut, reason = "not every object has rows")]
            fn from_members(mut members: MemberList<$a, '_>) -> Option<Self> {
                $(let $field: Option<$Type> = members.take(&[$name $(, $alias)*], &[$(JsonType::$also),*]);)*
                $(let $field = object!(@parse $mode [$($optional)?] members, $field, $name);)*
                Some(Self { $($field,)* other: members.rest()? })
            }
        }

        impl<$a> Value<$a> for $Name<$a> {
            type Owned = $Name<'static>;
            const KIND: Kind = Kind::Object(Self::TABLE);

            fn read<D: serde::Deserializer<$a>>(deserializer: D, reading: &Reading) -> Result<Self, D::Error> {
                object::read(deserializer, reading)
            }

            fn parse(raw: &$a serde_json::value::RawValue, _: &[JsonType], reading: &Reading) -> Option<Self> {
                object::parse(raw, reading)
            }

            fn write<S: serde::Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
                let mut members = serializer.serialize_map(None)?;
                #[allow(unused_mut, reason = "not every object has optional members")]
                let mut written: alloc::vec::Vec<&str> = alloc::vec::Vec::new();
                $(object!(@write $mode [$($optional)?] self.$field, $name, members, written);)*
                self.other.write(&written, &mut members)?;
                serde::ser::SerializeMap::end(members)
            }

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

    (@read sent [] $field:ident, $name:literal) => {
        $field.ok_or_else(|| serde::de::Error::missing_field($name))?
    };
    (@read $mode:ident [$($optional:ident)?] $field:ident, $name:literal) => { $field };

    (@parse sent [] $members:ident, $field:ident, $name:literal) => {
        $members.needed($name, $field)?
    };
    (@parse $mode:ident [$($optional:ident)?] $members:ident, $field:ident, $name:literal) => { $field };

    (@write sent [] $value:expr, $name:literal, $members:ident, $written:ident) => {
        serde::ser::SerializeMap::serialize_entry(&mut $members, $name, &Written(&$value))?;
        $written.push($name);
    };
    (@write $mode:ident [$($optional:ident)?] $value:expr, $name:literal, $members:ident, $written:ident) => {
        if let Some(value) = &$value {
            serde::ser::SerializeMap::serialize_entry(&mut $members, $name, &Written(value))?;
            $written.push($name);
        }
    };

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
