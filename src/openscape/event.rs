//! Events that a server posts to the webhook.

use alloc::string::String;
use alloc::vec::Vec;

use serde::ser::SerializeMap;
use serde::{Serialize, Serializer};
use serde_json::value::RawValue;

use super::admin::KeyList;
use super::enums::{MessageType, Realm};
use super::error::{ReadError, WriteError};
use super::object::{self, MemberList, Members};
use super::source::{self, Source};
use super::table::{JsonType, Kind, Row, Table};
use super::value::{Other, Raw, Reading, Text, Value, strictly};
use super::{admin, callback, open_media, presence, routing, statistics, telephony};
use super::{body_text, web_collaboration};

/// A message as posted to the webhook (`EventMessage` and `EventBody`).
#[derive(Clone, Debug, PartialEq)]
pub struct EventMessage<'a> {
    /// `type`: [`MessageType::Event`] in all that the manual shows.
    pub message_type: Option<MessageType>,
    /// `data`: the event.
    pub event: Event<'a>,
    /// Members of `data` besides `realm`, `type` and the event's own `data`.
    pub body_other: Other<'a>,
    /// Members besides `type` and `data`.
    pub other: Other<'a>,
}

/// An event, by the realm that it comes from.
#[derive(Clone, Debug, PartialEq)]
#[non_exhaustive]
#[allow(
    clippy::large_enum_variant,
    reason = "events are read one at a time, and a box would cost more"
)]
pub enum Event<'a> {
    /// Realm `ADMINISTRATION`.
    Admin(admin::Event<'a>),
    /// Realm `PRESENCE`.
    Presence(presence::Event<'a>),
    /// Realm `ROUTING`.
    Routing(routing::Event<'a>),
    /// Realm `TELEPHONY`.
    Telephony(telephony::Event<'a>),
    /// Realm `CALLBACK`.
    Callback(callback::Event<'a>),
    /// Realm `WEB_INTERACTION`.
    WebCollaboration(web_collaboration::Event<'a>),
    /// Realm `OPENMEDIA`.
    OpenMedia(open_media::Event<'a>),
    /// Realm `REALTIME`.
    Statistics(statistics::Event<'a>),
    /// An event that no table describes, or that does not match its table.
    Other(RawEvent<'a>),
}

/// An event that has no type of its own, or does not fit the one it has: kept whole.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct RawEvent<'a> {
    /// `realm`, as received.
    pub realm: Option<Text<'a>>,
    /// `type`, as received.
    pub event_type: Option<Text<'a>>,
    /// `data`, as received.
    pub data: Option<Raw<'a>>,
}

/// An event as data.
#[derive(Clone, Copy, Debug)]
pub struct EventInfo {
    /// The realm.
    pub realm: &'static str,
    /// The type, and other spellings of it.
    pub types: &'static [&'static str],
    /// The data.
    pub data: Kind,
}

impl EventInfo {
    /// Returns the description of a realm and type, with spaces around them or without.
    pub fn of(realm: &str, event_type: &str) -> Option<&'static Self> {
        let (realm, event_type) = (realm.trim(), event_type.trim());
        all_events().find(|event| event.realm == realm && event.types.contains(&event_type))
    }
}

/// Returns all pairs of realm and type that the manual describes.
pub fn all_events() -> impl Iterator<Item = &'static EventInfo> {
    [
        admin::Event::EVENTS,
        presence::Event::EVENTS,
        routing::Event::EVENTS,
        telephony::Event::EVENTS,
        callback::Event::EVENTS,
        web_collaboration::Event::EVENTS,
        open_media::Event::EVENTS,
        statistics::Event::EVENTS,
    ]
    .into_iter()
    .flatten()
}

/// The rows of the outer object.
pub const EVENT_MESSAGE: Table = Table {
    name: "EventMessage",
    rows: &[
        row("type", MessageType::KIND, &[]),
        row("data", Kind::Object(&EVENT_BODY), &[]),
    ],
};

/// The rows of the inner object.
pub const EVENT_BODY: Table = Table {
    name: "EventBody",
    rows: &[
        row("realm", Realm::KIND, &[]),
        row("type", super::enums::EventType::KIND, &[]),
        row("data", Kind::Any, &[JsonType::List]),
    ],
};

const fn row(name: &'static str, kind: Kind, also: &'static [JsonType]) -> Row {
    Row {
        name,
        aliases: &[],
        kind,
        also,
        optional: false,
    }
}

impl<'a> EventMessage<'a> {
    /// Wraps an event as a server posts it.
    pub fn new(event: Event<'a>) -> Self {
        Self {
            message_type: Some(MessageType::Event),
            event,
            body_other: Other::new(),
            other: Other::new(),
        }
    }

    /// Reads the body of a request to the webhook.
    ///
    /// An event of an unknown type, or one that does not match its table, is [`Event::Other`].
    ///
    /// # Errors
    ///
    /// Fails if the body is no JSON object; if a member occurs twice with two values; or if it is
    /// too deep or too crowded to be read within bounds. There is no partial result.
    pub fn read(body: &'a [u8]) -> Result<Self, ReadError> {
        let text = body_text(body)?;
        let reading = Reading::new(text);
        if let Some(message) = source::whole(text, |source| Self::strictly(source, &reading)) {
            return Ok(message);
        }
        let raw = object::object_text(text)?;
        let reading = Reading::new(text);
        let message = Self::parse(raw, &reading);
        match reading.error() {
            Some(error) => Err(error),
            None => message.ok_or(ReadError::TooMany),
        }
    }

    fn strictly(source: &mut dyn Source<'a>, reading: &Reading) -> Option<Self> {
        let (mut message_type, mut body) = (None, None);
        let mut other = Other::new();
        source.members(&mut |name, value| match &*name {
            "type" => object::member(value, &mut message_type, reading),
            "data" => object::member(value, &mut body, reading),
            _ => other.keep(name, value.raw()?, reading),
        })?;
        let Body(event, body_other) = body?;
        other.unique().then_some(Self {
            message_type,
            event,
            body_other,
            other,
        })
    }

    fn parse(raw: &'a RawValue, reading: &Reading) -> Option<Self> {
        let mut outer = MemberList::new(raw, reading)?;
        let message_type = outer.take(&["type"], &[]);
        let body: Option<Body<'a>> = outer.take(&["data"], &[]);
        let (event, body_other) = match body {
            Some(Body(event, other)) => (event, other),
            None => (Event::Other(RawEvent::default()), Other::new()),
        };
        Some(Self {
            message_type,
            event,
            body_other,
            other: outer.rest()?,
        })
    }

    /// Writes the body as a server posts it.
    ///
    /// # Errors
    ///
    /// A number is infinite or no number.
    pub fn to_json(&self) -> Result<String, WriteError> {
        serde_json::to_string(self).map_err(WriteError::Json)
    }

    /// Copies the borrowed parts.
    #[inline]
    pub fn into_owned(self) -> EventMessage<'static> {
        EventMessage {
            message_type: self.message_type,
            event: self.event.into_owned(),
            body_other: self.body_other.into_owned(),
            other: self.other.into_owned(),
        }
    }
}

/// Writes the message. To JSON only: members received as JSON text are written unchanged.
impl Serialize for EventMessage<'_> {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        let mut members = serializer.serialize_map(None)?;
        let mut written = Vec::new();
        if let Some(message_type) = &self.message_type {
            members.serialize_entry("type", message_type)?;
            written.push("type");
        }
        let body = BodyOut(&self.event, &self.body_other);
        if !body.is_empty() {
            members.serialize_entry("data", &body)?;
            written.push("data");
        }
        self.other.write(&written, &mut members)?;
        members.end()
    }
}

struct BodyOut<'e, 'a>(&'e Event<'a>, &'e Other<'a>);

impl BodyOut<'_, '_> {
    fn is_empty(&self) -> bool {
        matches!(self.0, Event::Other(raw) if *raw == RawEvent::default()) && self.1.is_empty()
    }
}

impl Serialize for BodyOut<'_, '_> {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        let mut members = serializer.serialize_map(None)?;
        let mut written = Vec::new();
        if let Some(realm) = self.0.realm() {
            members.serialize_entry("realm", realm)?;
            written.push("realm");
        }
        if let Some(event_type) = self.0.event_type() {
            members.serialize_entry("type", event_type)?;
            written.push("type");
        }
        if self.0.has_data() {
            members.serialize_entry("data", &Data(self.0))?;
            written.push("data");
        }
        self.1.write(&written, &mut members)?;
        members.end()
    }
}

/// The data of an event.
struct Data<'e, 'a>(&'e Event<'a>);

/// The inner object.
struct Body<'a>(Event<'a>, Other<'a>);

impl<'a> Value<'a> for Body<'a> {
    type Owned = ();
    const KIND: Kind = Kind::Object(&EVENT_BODY);

    fn read(source: &mut dyn Source<'a>, reading: &Reading) -> Option<Self> {
        let (mut realm, mut event_type): (Option<Text<'a>>, Option<Text<'a>>) = (None, None);
        let mut event: Option<Event<'a>> = None;
        let mut early: Option<&RawValue> = None;
        let mut other = Other::new();
        source.members(&mut |name, value| {
            match &*name {
                "realm" => object::member(value, &mut realm, reading)?,
                "type" => object::member(value, &mut event_type, reading)?,
                "data" if event.is_some() || early.is_some() => return None,
                "data" => match (&realm, &event_type) {
                    (Some(realm), Some(event_type)) => {
                        event = Some(Event::read(realm, event_type, value, reading)?);
                    }
                    _ => early = Some(value.raw()?),
                },
                _ => other.keep(name, value.raw()?, reading)?,
            }
            Some(())
        })?;
        if let (Some(raw), Some(realm), Some(event_type)) = (early, &realm, &event_type) {
            event = Event::parse(realm, event_type, raw, reading);
        }
        let event = event?;
        other.unique().then_some(Self(event, other))
    }

    fn parse(raw: &'a RawValue, _: &[JsonType], reading: &Reading) -> Option<Self> {
        object::parse(raw, reading)
    }

    fn write<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        BodyOut(&self.0, &self.1).serialize(serializer)
    }

    fn into_owned(self) {}
}

impl<'a> Members<'a> for Body<'a> {
    fn from_members(mut members: MemberList<'a, '_>) -> Option<Self> {
        let reading = members.reading();
        if !["realm", "type", "data"]
            .iter()
            .any(|name| members.get(name).is_some())
        {
            return None;
        }
        let realm: Option<Text<'a>> = members.take(&["realm"], &[]);
        let event_type: Option<Text<'a>> = members.take(&["type"], &[]);
        let data: Option<&'a RawValue> = members.get("data");
        let typed = match (&realm, &event_type, data) {
            (Some(realm), Some(event_type), Some(raw)) => {
                reading.attempt(|| Event::parse(realm, event_type, raw, reading))
            }
            _ => None,
        };
        let event = match typed {
            Some(event) => event,
            None => Event::Other(RawEvent {
                realm,
                event_type,
                data: data
                    .map(Raw::kept)
                    .transpose()
                    .map_err(|error| reading.fail(error))
                    .ok()?,
            }),
        };
        members.remove("data");
        Some(Self(event, members.rest()?))
    }
}

macro_rules! realms {
    ($($Realm:ident => $Variant:ident in $module:ident,)*) => {
        impl<'a> Event<'a> {
            fn read(
                realm: &str,
                event_type: &str,
                source: &mut dyn Source<'a>,
                reading: &Reading,
            ) -> Option<Self> {
                match Realm::from(realm) {
                    $(Realm::$Realm => $module::Event::read(event_type.trim(), source, reading).map(Self::$Variant),)*
                    _ => None,
                }
            }

            fn parse(realm: &str, event_type: &str, raw: &'a RawValue, reading: &Reading) -> Option<Self> {
                match Realm::from(realm) {
                    $(Realm::$Realm => $module::Event::parse(event_type.trim(), raw, reading).map(Self::$Variant),)*
                    _ => None,
                }
            }

            /// Returns `realm` as received. An event that is kept whole may have none.
            pub fn realm(&self) -> Option<&str> {
                match self {
                    $(Self::$Variant(_) => $module::Event::REALM.name(),)*
                    Self::Other(raw) => raw.realm.as_deref(),
                }
            }

            /// Returns `type` as received. An event that is kept whole may have none.
            pub fn event_type(&self) -> Option<&str> {
                match self {
                    $(Self::$Variant(event) => Some(event.event_type()),)*
                    Self::Other(raw) => raw.event_type.as_deref(),
                }
            }

            /// Copies the borrowed parts.
            #[inline]
            pub fn into_owned(self) -> Event<'static> {
                match self {
                    $(Self::$Variant(event) => Event::$Variant(event.into_owned()),)*
                    Self::Other(raw) => Event::Other(RawEvent {
                        realm: raw.realm.map(Value::into_owned),
                        event_type: raw.event_type.map(Value::into_owned),
                        data: raw.data.map(Raw::into_owned),
                    }),
                }
            }
        }

        impl Serialize for Data<'_, '_> {
            fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
                match self.0 {
                    $(Event::$Variant(event) => event.write(serializer),)*
                    Event::Other(raw) => raw.data.serialize(serializer),
                }
            }
        }

        $(
            impl<'a> From<$module::Event<'a>> for Event<'a> {
                fn from(event: $module::Event<'a>) -> Self {
                    Self::$Variant(event)
                }
            }
        )*
    };
}

realms! {
    Administration => Admin in admin,
    Presence => Presence in presence,
    Routing => Routing in routing,
    Telephony => Telephony in telephony,
    Callback => Callback in callback,
    WebInteraction => WebCollaboration in web_collaboration,
    OpenMedia => OpenMedia in open_media,
    RealTime => Statistics in statistics,
}

impl Event<'_> {
    fn has_data(&self) -> bool {
        !matches!(self, Self::Other(raw) if raw.data.is_none())
    }

    /// Returns the data of the event as JSON text.
    ///
    /// # Errors
    ///
    /// Fails if a number is infinite or not a number.
    pub fn data_json(&self) -> Result<String, WriteError> {
        serde_json::to_string(&Data(self)).map_err(WriteError::Json)
    }
}

/// Declares the events of a realm: `Variant(Data) = "TYPE" | "ANOTHER_SPELLING",`.
macro_rules! events {
    (
        $(#[$meta:meta])*
        in $Realm:ident<$a:lifetime>;
        $(
            $(#[$doc:meta])*
            $Variant:ident($Data:ty) = $name:literal $(| $alias:literal)*,
        )*
    ) => {
        $(#[$meta])*
        #[derive(Clone, Debug, PartialEq)]
        #[non_exhaustive]
        #[allow(
            clippy::large_enum_variant,
            reason = "events are read one at a time, and a box would cost more"
        )]
        pub enum Event<$a> {
            $(
                #[doc = concat!("`", $name, "`.")]
                $(#[$doc])*
                $Variant($Data),
            )*
        }

        impl<$a> Event<$a> {
            /// The realm of these events.
            pub const REALM: Realm = Realm::$Realm;

            /// The same as data.
            pub(in crate::openscape) const EVENTS: &'static [EventInfo] = &[$(EventInfo {
                realm: Realm::$Realm.listed_name(),
                types: &[$name $(, $alias)*],
                data: <$Data as Value<$a>>::KIND,
            }),*];

            /// Returns the type as written.
            pub fn event_type(&self) -> &'static str {
                match self {
                    $(Self::$Variant(_) => $name,)*
                }
            }

            /// Copies the borrowed parts.
            #[inline]
            pub fn into_owned(self) -> Event<'static> {
                match self {
                    $(Self::$Variant(data) => Event::$Variant(Value::into_owned(data)),)*
                }
            }

            pub(in crate::openscape) fn read(
                event_type: &str,
                source: &mut dyn Source<$a>,
                reading: &Reading,
            ) -> Option<Self> {
                match event_type {
                    $($name $(| $alias)* => <$Data as Value<$a>>::read(source, reading).map(Self::$Variant),)*
                    _ => None,
                }
            }

            pub(in crate::openscape) fn parse(
                event_type: &str,
                raw: &$a serde_json::value::RawValue,
                reading: &Reading,
            ) -> Option<Self> {
                match event_type {
                    $($name $(| $alias)* => <$Data as Value<$a>>::parse(raw, &[], reading).map(Self::$Variant),)*
                    _ => None,
                }
            }

            pub(in crate::openscape) fn write<S: serde::Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
                match self {
                    $(Self::$Variant(data) => data.write(serializer),)*
                }
            }
        }
    };
}
pub(super) use events;

/// The data of an event about an entity: `C` in the current form, `E` as sent for
/// `webhookAPIVersion` V1. They are recognised by their members, and written as received.
#[derive(Clone, Debug, PartialEq)]
pub enum Updated<C, E> {
    /// With `eventAction` and `entity`.
    Current(C),
    /// The entity alone.
    V1(E),
}

impl<'a, C: Value<'a> + Members<'a>, E: Value<'a> + Members<'a>> Value<'a> for Updated<C, E> {
    type Owned = Updated<C::Owned, E::Owned>;
    const KIND: Kind = Kind::Versions {
        current: &C::KIND,
        v1: &E::KIND,
    };

    fn read(source: &mut dyn Source<'a>, reading: &Reading) -> Option<Self> {
        Self::parse(source.raw()?, &[], reading)
    }

    fn parse(raw: &'a RawValue, also: &[JsonType], reading: &Reading) -> Option<Self> {
        let current = ["eventAction", "entity"];
        let list = MemberList::new(raw, reading)?;
        if current.iter().any(|name| list.get(name).is_some()) {
            let quick = reading.attempt(|| strictly(raw, reading));
            quick
                .or_else(|| C::parse(raw, also, reading))
                .map(Self::Current)
        } else {
            let quick = reading.attempt(|| strictly(raw, reading));
            quick.or_else(|| E::parse(raw, also, reading)).map(Self::V1)
        }
    }

    fn write<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        match self {
            Self::Current(current) => current.write(serializer),
            Self::V1(entity) => entity.write(serializer),
        }
    }

    fn into_owned(self) -> Self::Owned {
        match self {
            Self::Current(current) => Updated::Current(current.into_owned()),
            Self::V1(entity) => Updated::V1(entity.into_owned()),
        }
    }
}

/// The keys of deleted entities, in the current form or as sent for `webhookAPIVersion` V1. Written
/// as received.
#[derive(Clone, Debug, PartialEq)]
pub enum Deleted<'a> {
    /// With `keyList`.
    Current(KeyList<'a>),
    /// Only the list, whose keys are text.
    V1(Vec<i64>),
}

impl<'a> Value<'a> for Deleted<'a> {
    type Owned = Deleted<'static>;
    const KIND: Kind = Kind::Versions {
        current: &KeyList::KIND,
        v1: &<Vec<i64>>::KIND,
    };

    fn read(source: &mut dyn Source<'a>, reading: &Reading) -> Option<Self> {
        Self::parse(source.raw()?, &[], reading)
    }

    fn parse(raw: &'a RawValue, also: &[JsonType], reading: &Reading) -> Option<Self> {
        if raw.get().starts_with('[') {
            <Vec<i64>>::parse(raw, also, reading).map(Self::V1)
        } else {
            KeyList::parse(raw, also, reading).map(Self::Current)
        }
    }

    fn write<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        match self {
            Self::Current(list) => list.write(serializer),
            Self::V1(keys) => serializer.collect_seq(keys.iter().map(i64::to_string)),
        }
    }

    #[inline]
    fn into_owned(self) -> Deleted<'static> {
        match self {
            Self::Current(list) => Deleted::Current(list.into_owned()),
            Self::V1(keys) => Deleted::V1(keys),
        }
    }
}
