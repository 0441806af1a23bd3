//! The form in which messages are declared: the table of the manual, row by row.
use alloc::vec::Vec;

use super::{DesktopMessage, Error, MessageError, MessageKind};
use crate::gsw::attached_data::{AttachedData, AttachedDataBuf, Pair, Value};
use crate::gsw::enumerations::ChainAttr;
use crate::gsw::error::ReservedKey;
use crate::gsw::error_code::ErrorCode;
use crate::gsw::keys::{Key, KeyType};
use crate::text::Text;

/// Pairs of a message that its table does not list: custom fields, and whatever else arrived. They
/// are written back after what the table lists.
#[derive(Clone, PartialEq, Debug, Default)]
pub struct OtherPairs<'a>(Vec<Pair<'a>>);

impl<'a> OtherPairs<'a> {
    /// Adds a custom field.
    ///
    /// # Errors
    /// When the manual reserves the key: see [`is_reserved`](crate::gsw::keys::is_reserved).
    pub fn push_custom(
        &mut self,
        key: &'a str,
        value: impl Into<Value<'a>>,
    ) -> Result<(), ReservedKey> {
        ReservedKey::refuse(key.into())?;
        self.0.push(Pair {
            key: key.into(),
            value: value.into(),
        });
        Ok(())
    }

    /// The pairs, in their order.
    pub fn iter(&self) -> impl ExactSizeIterator<Item = Pair<'a>> {
        self.0.iter().copied()
    }

    /// Whether there is none.
    pub fn is_empty(&self) -> bool {
        self.0.is_empty()
    }

    /// The first value under exactly this key.
    pub fn value(&self, key: impl AsRef<[u8]>) -> Option<Value<'a>> {
        self.0
            .iter()
            .find(|pair| pair.key.as_bytes() == key.as_ref())
            .map(|pair| pair.value)
    }

    pub(super) fn keep(&mut self, pair: Pair<'a>) {
        self.0.push(pair);
    }
}

/// What every message can do.
pub(super) trait Message<'a>: Sized {
    fn read(data: AttachedData<'a>) -> Result<Self, MessageError>;
    fn fill(&self, data: &mut AttachedDataBuf);
    fn application_id(&self) -> Option<i64>;
    fn reference_id(&self) -> Option<i64>;

    fn acknowledgement(&self) -> Option<DesktopMessage<'a>> {
        None
    }
}

/// Reads a pair into its field. What comes first counts; a second value is kept among the others,
/// unless it says the same again.
pub(super) fn read_field<'a, T: KeyType>(
    message: MessageKind,
    key: Key<T>,
    pair: Pair<'a>,
    field: &mut Option<T::Of<'a>>,
    other: &mut OtherPairs<'a>,
) -> Result<(), MessageError> {
    match (key.read(pair.value), &field) {
        (Ok(value), _) if T::is_unset(&value) => {}
        (Ok(value), None) => *field = Some(value),
        (Ok(value), Some(first)) if *first == value => {}
        (_, Some(_)) => other.keep(pair),
        (Err(error), None) => {
            return Err(MessageError::WrongType {
                message: Some(message),
                error,
            });
        }
    }
    Ok(())
}

/// Writes a field. An explicit one is the chain attribute, and means the whole chain unless it is
/// set.
pub(super) fn write_field<T: KeyType>(
    key: Key<T>,
    field: &Option<T::Of<'_>>,
    explicit: bool,
    data: &mut AttachedDataBuf,
) {
    match field.as_ref().and_then(T::write) {
        Some(value) => data.push(key.name(), value),
        None if explicit => data.push(key.name(), ChainAttr::ALL_CHAIN.text()),
        None => {}
    }
}

/// What some keys of a request carry for nothing.
pub(in crate::gsw) fn is_zero(value: Value<'_>) -> bool {
    match value {
        Value::Int(number) => number == 0,
        _ => value
            .as_text()
            .is_some_and(|text| text.is_empty() || text == "0"),
    }
}

pub(super) fn refusal<'a>(
    request: MessageKind,
    code: ErrorCode,
    application_id: Option<i64>,
    reference_id: Option<i64>,
) -> Error<'a> {
    Error {
        error: code.name().map(Text::from),
        error_number: Some(code),
        request_type: request.layout().value.map(Text::from),
        application_id,
        reference_id,
        ..Error::default()
    }
}

macro_rules! message {
    // Requests carry the reference id in their tables; it comes back in whatever answers them.
    (
        $(#[$doc:meta])*
        request $name:ident = $value:literal $(or [$($other_value:literal),*])?, $section:literal {
            $($rows:tt)*
        }
        answered by [$($answer:ident),*];
        $(errors [$($error:literal),*] likely [$($likely:literal),*];)?
        $(acknowledge $ack:ident [$($ack_field:ident),*];)?
        $(custom $custom:ident;)?
        $(accepts [$($accepted:literal),*];)?
        $(rules [$($rule:expr),*];)?
    ) => {
        message! {
            @declare $(#[$doc])*
            $name, "GSW_AGENT_REQ_TYPE", Some($value), [$($($other_value),*)?], $section,
            Some($crate::gsw::Direction::DESKTOP_TO_OCS),
            { $($rows)* },
            { $(custom_fields: $custom,)? $(accepts: &[$($accepted),*],)? $(rules: &[$($rule),*],)?
                $(errors: &[$(ErrorCode($error)),*], likely_errors: &[$(ErrorCode($likely)),*],)?
                answered_by: &[$(MessageKind::$answer),*], },
            {
                $(
                    fn acknowledgement(&self) -> Option<DesktopMessage<'a>> {
                        let event: $ack<'a> = self.acknowledge();
                        Some(event.into())
                    }
                )?
            }
        }

        $(
            impl<'a> $name<'a> {
                /// The event that says yes: with what it repeats of the request, its reference id
                /// among that.
                pub fn acknowledge(&self) -> $ack<'a> {
                    $ack { $($ack_field: self.$ack_field,)* reference_id: self.reference_id, ..$ack::default() }
                }
            }
        )?
        $(
            impl<'a> $name<'a> {
                /// The event that says no, with the name that the manual gives the code.
                ///
                #[doc = concat!("Besides the codes that any request may meet, the manual names `",
                    stringify!([$($error),*]), "` for this one; `", stringify!([$($likely),*]),
                    "` go with it.")]
                pub fn error(&self, code: ErrorCode) -> Error<'a> {
                    refusal(MessageKind::$name, code, self.application_id, self.reference_id)
                }
            }
        )?
    };

    // No table of an event lists the reference id, yet what answers a request returns it.
    (
        $(#[$doc:meta])*
        event $name:ident = $value:literal $(or [$($other_value:literal),*])?, $section:literal {
            $($rows:tt)*
        }
        $(custom $custom:ident;)?
        $(accepts [$($accepted:literal),*];)?
        $(rules [$($rule:expr),*];)?
    ) => {
        message! {
            @declare $(#[$doc])*
            $name, "GSW_USER_EVENT", Some($value), [$($($other_value),*)?], $section,
            Some($crate::gsw::Direction::OCS_TO_DESKTOP),
            { $($rows)* REFERENCE_ID reference_id: i64, Optional unlisted; },
            { $(custom_fields: $custom,)? $(accepts: &[$($accepted),*],)? $(rules: &[$($rule),*],)? },
            {}
        }
    };

    // The key that says which message it is, when the direction does not.
    (
        $(#[$doc:meta])*
        by $key:literal $(= $value:literal)?, $name:ident, $section:literal, $direction:expr, {
            $($rows:tt)*
        }
        $(accepts [$($accepted:literal),*];)?
    ) => {
        message! {
            @declare $(#[$doc])*
            $name, $key, message!(@some $($value)?), [], $section, $direction,
            { $($rows)* REFERENCE_ID reference_id: i64, Optional unlisted; },
            { $(accepts: &[$($accepted),*],)? },
            {}
        }
    };

    (
        @declare $(#[$doc:meta])*
        $name:ident, $key:expr, $value:expr, [$($other_value:literal),*], $section:literal, $direction:expr,
        { $(
            $(#[$field_doc:meta])*
            $const:ident $field:ident: $type:ty, $requirement:ident $(= $default:literal)? $($flag:ident)*;
        )* },
        { $($layout:tt)* },
        { $($methods:tt)* }
    ) => {
        $(#[$doc])*
        #[doc = concat!("\n\nManual 000, ", $section, ".")]
        #[derive(Clone, PartialEq, Debug, Default)]
        pub struct $name<'a> {
            $(
                #[doc = concat!("[`", stringify!($const), "`](crate::gsw::keys::", stringify!($const), "), ",
                    stringify!($requirement) $(, ", ", $default, " when missing")?, ".")]
                $(#[$field_doc])*
                pub $field: Option<$type>,
            )*
            /// What the table does not list.
            pub other: OtherPairs<'a>,
        }

        impl $name<'_> {
            /// The message as a table.
            pub const LAYOUT: &'static Layout = &Layout {
                name: stringify!($name),
                section: $section,
                direction: $direction,
                key: $key,
                value: $value,
                other_values: &[$($other_value),*],
                rows: &[$(
                    Row {
                        $(default: Some($default),)?
                        $($flag: true,)*
                        ..Row::new(keys::$const.name(), Requirement::$requirement)
                    }
                ),*],
                $($layout)*
                ..super::NO_LAYOUT
            };

            /// The message as attached data, once the manual has nothing against it.
            ///
            /// # Errors
            /// Everything that the manual forbids. Warnings are none.
            pub fn to_attached_data(&self) -> Result<AttachedDataBuf, InvalidMessage> {
                InvalidMessage::refuse(MessageKind::$name, self.to_attached_data_unchecked())
            }

            /// The message as attached data, as it stands: for whoever has to send what the manual
            /// forbids.
            pub fn to_attached_data_unchecked(&self) -> AttachedDataBuf {
                let mut data = AttachedDataBuf::new();
                self.fill(&mut data);
                data
            }
        }

        impl<'a> Message<'a> for $name<'a> {
            fn read(data: AttachedData<'a>) -> Result<Self, MessageError> {
                let mut message = Self::default();
                // The pair by which the message was recognised says nothing more.
                let mut recognised = false;
                for pair in data {
                    $(
                        if keys::$const.is(pair.key) {
                            const ROW: Row = Row { $($flag: true,)* ..Row::new("", Requirement::Optional) };
                            if !(ROW.zero_is_unset && is_zero(pair.value)) {
                                let (field, other) = (&mut message.$field, &mut message.other);
                                read_field(MessageKind::$name, keys::$const, pair, field, other)?;
                            }
                            continue;
                        }
                    )*
                    if !recognised && pair.key == Self::LAYOUT.key {
                        recognised = true;
                        continue;
                    }
                    message.other.keep(pair);
                }
                Ok(message)
            }

            fn fill(&self, data: &mut AttachedDataBuf) {
                if let Some(value) = Self::LAYOUT.value {
                    data.push(Self::LAYOUT.key, value);
                }
                $(
                    {
                        const ROW: Row = Row { $($flag: true,)* ..Row::new("", Requirement::Optional) };
                        write_field(keys::$const, &self.$field, ROW.explicit, data);
                    }
                )*
                data.extend(self.other.iter());
            }

            fn application_id(&self) -> Option<i64> {
                self.application_id
            }

            fn reference_id(&self) -> Option<i64> {
                self.reference_id
            }

            $($methods)*
        }
    };

    (@some) => { None };
    (@some $value:literal) => { Some($value) };
}
pub(super) use message;
