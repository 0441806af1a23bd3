//! The macro that declares a message: the table of the manual, row by row.
use alloc::vec::Vec;
use core::fmt;
use core::hash::{Hash, Hasher};

use super::layout::Flags;
use super::{DesktopMessage, Error, MessageType};
use crate::gsw::attached_data::{AttachedData, AttachedDataBuf, Pair, SmallPair, Value};
use crate::gsw::error::{ReservedKey, WrongType};
use crate::gsw::error_code::ErrorCode;
use crate::gsw::keys::{self, Key, KeyType};
use crate::gsw::values::TextOrNumber;
use crate::text::Text;

/// Pairs of a message that its table does not list: custom fields, and any other pairs received.
/// They are written after the listed ones.
#[derive(Clone, Default)]
pub struct Unlisted<'a>(Vec<SmallPair<'a>>);

impl<'a> Unlisted<'a> {
    /// Adds a custom field.
    ///
    /// # Errors
    /// Fails if the manual reserves the key: see [`is_reserved`](crate::gsw::keys::is_reserved).
    pub fn push_custom(
        &mut self,
        key: &'a str,
        value: impl Into<Value<'a>>,
    ) -> Result<(), ReservedKey> {
        keys::refuse_reserved(key.into())?;
        let pair = Pair {
            key: key.into(),
            value: value.into(),
        };
        self.0.push(pair.into());
        Ok(())
    }

    /// Returns the pairs, in their order.
    pub fn iter(&self) -> impl ExactSizeIterator<Item = Pair<'a>> {
        self.0.iter().map(|pair| Pair::from(*pair))
    }

    /// Returns whether there is no pair.
    #[must_use]
    pub fn is_empty(&self) -> bool {
        self.0.is_empty()
    }

    /// Returns the first value under exactly this key.
    #[must_use]
    pub fn value(&self, key: impl AsRef<[u8]>) -> Option<Value<'a>> {
        self.iter()
            .find(|pair| pair.key.as_bytes() == key.as_ref())
            .map(|pair| pair.value)
    }

    /// Keeps a pair of a list of so many.
    pub(super) fn keep(&mut self, pair: Pair<'a>, of: usize) {
        // In one piece: a list that grows step by step takes three times its size on the way.
        if self.0.is_empty() {
            self.0.reserve_exact(of);
        }
        self.0.push(pair.into());
    }
}

impl PartialEq for Unlisted<'_> {
    fn eq(&self, other: &Self) -> bool {
        self.iter().eq(other.iter())
    }
}

impl Eq for Unlisted<'_> {}

impl Hash for Unlisted<'_> {
    fn hash<H: Hasher>(&self, state: &mut H) {
        state.write_usize(self.0.len());
        self.iter().for_each(|pair| pair.hash(state));
    }
}

impl fmt::Debug for Unlisted<'_> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        struct Pairs<'u, 'a>(&'u Unlisted<'a>);
        impl fmt::Debug for Pairs<'_, '_> {
            fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
                f.debug_list().entries(self.0.iter()).finish()
            }
        }
        f.debug_tuple("Unlisted").field(&Pairs(self)).finish()
    }
}

/// The operations of every message.
pub(super) trait Message<'a>: Sized {
    /// Reads all pairs. A pair of the wrong type is kept among the unlisted ones; the first such
    /// pair is returned.
    fn read(data: AttachedData<'a>) -> (Self, Option<WrongType>);
    fn fill(&self, data: &mut AttachedDataBuf);
    fn reference_id_mut(&mut self) -> &mut Option<i64>;
    fn subject(&self) -> Subject<'a>;

    fn acknowledgement(&self) -> Option<DesktopMessage<'a>> {
        None
    }
}

/// The fields that match answers to requests, as far as a message has them.
#[derive(Clone, Copy, Default)]
pub(super) struct Subject<'a> {
    pub(super) application_id: Option<i64>,
    pub(super) reference_id: Option<i64>,
    pub(super) record_handle: Option<i64>,
    pub(super) campaign_name: Option<Text<'a>>,
    pub(super) phone: Option<Text<'a>>,
    pub(super) customer_id: Option<TextOrNumber<'a>>,
}

/// Reads a pair into its field. If a key repeats, the first value counts, and one with another
/// value is kept among the unlisted pairs.
pub(super) fn read_field<'a, T: KeyType>(
    key: Key<T>,
    flags: Flags,
    pair: Pair<'a>,
    field: &mut Option<T::Of<'a>>,
    (unlisted, of): (&mut Unlisted<'a>, usize),
    wrong: &mut Option<WrongType>,
) {
    if flags.zero_is_unset && is_zero(pair.value) {
        return;
    }
    if pair.value == Value::Hidden {
        return unlisted.keep(pair, of);
    }
    match (key.read(pair.value), &field) {
        (Ok(value), _) if T::is_unset(&value) => {}
        (Ok(value), None) => *field = Some(value),
        (Ok(value), Some(first)) if *first == value => {}
        (_, Some(_)) => unlisted.keep(pair, of),
        (Err(error), None) => {
            wrong.get_or_insert(error);
            unlisted.keep(pair, of);
        }
    }
}

/// Writes a field or, if it is not set, the default that its row gives.
pub(super) fn write_field<T: KeyType>(
    key: Key<T>,
    field: &Option<T::Of<'_>>,
    absent: Option<T::Of<'_>>,
    data: &mut AttachedDataBuf,
) {
    let written = field.as_ref().and_then(T::write);
    if let Some(value) = written.or_else(|| T::write(&absent?)) {
        data.push(key.name(), value);
    }
}

/// Returns whether the value is 0 or empty, as some keys of a request are when unset.
pub(super) fn is_zero(value: Value<'_>) -> bool {
    match value {
        Value::Int(number) => number == 0,
        _ => value
            .as_text()
            .is_some_and(|text| text.is_empty() || text == "0"),
    }
}

pub(super) fn refusal<'a>(
    request: MessageType,
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

/// Declares a message: its table in the manual, row by row.
///
/// A row is `KEY field: Type, Requirement = "printed default" flags => written when not set;`.
/// Flags are those of [`Flags`](super::layout::Flags).
macro_rules! message {
    // Requests carry the reference id in their tables; every answer returns it.
    (
        $(#[$doc:meta])*
        request $name:ident = $value:literal $(or [$($other_value:literal),*])?, $section:literal {
            $($rows:tt)*
        }
        answered by [$($answer:ident),*];
        $(errors [$($error:literal),*] likely [$($likely:literal),*];)?
        $(acknowledge $ack:ident [$($ack_field:ident),*] $(of list $list:ident)?;)?
        $(answer $answered:ident;)?
        $(custom $custom:ident;)?
        $(accepts [$($accepted:ident),*];)?
        $(rules [$($rule:expr),*];)?
    ) => {
        message! {
            @declare $(#[$doc])*
            $name, AGENT_REQ_TYPE, Some($value), [$($($other_value),*)?], $section,
            Some($crate::gsw::Direction::DESKTOP_TO_OCS),
            { $($rows)* },
            { $(custom_fields: $custom,)? $(accepts: &[$(keys::$accepted.name()),*],)? $(rules: &[$($rule),*],)?
                $(errors: &[$(ErrorCode($error)),*], likely_errors: &[$(ErrorCode($likely)),*],)?
                answered_by: &[$(MessageType::$answer),*], },
            {
                $(message!(@acknowledgement $ack $($list)?);)?
                $(fn acknowledgement(&self) -> Option<DesktopMessage<'a>> {
                    Some(self.$answered().into())
                })?
            }
        }

        $(message!(@acknowledge $name $ack [$($ack_field),*] $($list)?);)?
        $(
            impl<'a> $name<'a> {
                /// Returns the negative answer, with the manual's name for the code.
                ///
                #[doc = concat!("Besides the codes that any request may meet, the manual names `",
                    stringify!([$($error),*]), "` for this one; `", stringify!([$($likely),*]),
                    "` go with it.")]
                #[must_use]
                pub fn error(&self, code: ErrorCode) -> Error<'a> {
                    refusal(MessageType::$name, code, self.application_id, self.reference_id)
                }
            }
        )?
    };

    (@acknowledgement $ack:ident) => {
        fn acknowledgement(&self) -> Option<DesktopMessage<'a>> {
            Some(self.acknowledge().into())
        }
    };
    (@acknowledgement $ack:ident $list:ident) => {
        fn acknowledgement(&self) -> Option<DesktopMessage<'a>> {
            // Some desktops name the list although no table asks for it.
            let named = self.unlisted.value(keys::CALLING_LIST.name());
            let list = named.and_then(|value| value.as_text());
            Some($ack { $list: list, ..self.acknowledge(Text::default()) }.into())
        }
    };

    (@acknowledge $name:ident $ack:ident [$($field:ident),*]) => {
        impl<'a> $name<'a> {
            /// Returns the positive answer, with the fields that it repeats from the request.
            #[must_use]
            pub fn acknowledge(&self) -> $ack<'a> {
                $ack { $($field: self.$field,)* reference_id: self.reference_id, ..$ack::default() }
            }
        }
    };
    (@acknowledge $name:ident $ack:ident [$($field:ident),*] $list:ident) => {
        impl<'a> $name<'a> {
            /// Returns the positive answer, with the fields that it repeats from the request. It
            /// also names the calling list of the record, which the request does not.
            #[must_use]
            pub fn acknowledge(&self, $list: Text<'a>) -> $ack<'a> {
                $ack {
                    $($field: self.$field,)*
                    $list: Some($list),
                    reference_id: self.reference_id,
                    ..$ack::default()
                }
            }
        }
    };

    // No table of an event lists the reference id, yet every answer to a request returns it.
    (
        $(#[$doc:meta])*
        event $name:ident = $value:literal $(or [$($other_value:literal),*])?, $section:literal {
            $($rows:tt)*
        }
        $(custom $custom:ident;)?
        $(accepts [$($accepted:ident),*];)?
        $(rules [$($rule:expr),*];)?
    ) => {
        message! {
            @declare $(#[$doc])*
            $name, USER_EVENT, Some($value), [$($($other_value),*)?], $section,
            Some($crate::gsw::Direction::OCS_TO_DESKTOP),
            { $($rows)* REFERENCE_ID reference_id: i64, Optional unlisted; },
            { $(custom_fields: $custom,)? $(accepts: &[$(keys::$accepted.name()),*],)? $(rules: &[$($rule),*],)? },
            {}
        }
    };

    // The key that identifies the message where the direction does not.
    (
        $(#[$doc:meta])*
        by $key:ident $(= $value:literal)?, $name:ident, $section:literal, $direction:expr, {
            $($rows:tt)*
        }
        $(accepts [$($accepted:ident),*];)?
    ) => {
        message! {
            @declare $(#[$doc])*
            $name, $key, message!(@some $($value)?), [], $section, $direction,
            { $($rows)* REFERENCE_ID reference_id: i64, Optional unlisted; },
            { $(accepts: &[$(keys::$accepted.name()),*],)? },
            {}
        }
    };

    (
        @declare $(#[$doc:meta])*
        $name:ident, $key:ident, $value:expr, [$($other_value:literal),*], $section:literal, $direction:expr,
        { $(
            $(#[$field_doc:meta])*
            $const:ident $field:ident: $type:ty, $requirement:ident $(= $default:literal)? $($flag:ident)*
                $(=> $absent:expr)?;
        )* },
        { $($layout:tt)* },
        { $($methods:tt)* }
    ) => {
        $(#[$doc])*
        #[doc = concat!("\n\nOutbound Contact Reference Manual, ", $section, ".")]
        #[derive(Clone, PartialEq, Eq, Debug, Default)]
        pub struct $name<'a> {
            $(
                #[doc = concat!("[`", stringify!($const), "`](crate::gsw::keys::", stringify!($const), "), ",
                    stringify!($requirement) $(, ", ", $default, " when missing")?, ".")]
                $(#[$field_doc])*
                pub $field: Option<$type>,
            )*
            /// Pairs that the table does not list.
            pub unlisted: Unlisted<'a>,
        }

        impl $name<'_> {
            /// The table of the message as data.
            pub const LAYOUT: &'static Layout = &Layout {
                name: stringify!($name),
                section: $section,
                direction: $direction,
                key: keys::$key.name(),
                value: $value,
                other_values: &[$($other_value),*],
                rows: &[$(
                    Row {
                        key: keys::$const.name(),
                        requirement: Requirement::$requirement,
                        default: message!(@some $($default)?),
                        explicit: message!(@is $($absent)?),
                        flags: Flags { $($flag: true,)* ..Flags::NONE },
                    }
                ),*],
                $($layout)*
                ..super::NO_LAYOUT
            };

            /// Returns the message as attached data if the manual allows it.
            ///
            /// # Errors
            /// Lists everything that the manual forbids, without warnings.
            pub fn to_attached_data(&self) -> Result<AttachedDataBuf, InvalidMessage> {
                InvalidMessage::refuse(MessageType::$name, self.to_attached_data_as_received())
            }

            /// Returns the message as attached data without checks. Use it to forward a message as
            /// received.
            #[must_use]
            pub fn to_attached_data_as_received(&self) -> AttachedDataBuf {
                let mut data = AttachedDataBuf::new();
                self.fill(&mut data);
                data
            }

            /// Returns the message in packed form if the manual allows it.
            ///
            /// # Errors
            /// Lists everything that the manual forbids, or names the pair that cannot be packed.
            #[inline]
            pub fn pack(&self) -> Result<Vec<u8>, EncodeError> {
                Ok(self.to_attached_data()?.view().pack()?)
            }
        }

        impl<'a> Message<'a> for $name<'a> {
            fn read(data: AttachedData<'a>) -> (Self, Option<WrongType>) {
                let mut message = Self::default();
                let mut wrong = None;
                // The pair that identified the message adds nothing.
                let mut recognised = false;
                let mut other_spellings = false;
                for usual in [true, false] {
                    if !(usual || other_spellings) {
                        break;
                    }
                    for pair in data {
                        $(
                            if keys::$const.is(pair.key) {
                                const FLAGS: Flags = Flags { $($flag: true,)* ..Flags::NONE };
                                if (pair.key == keys::$const.name()) != usual {
                                    other_spellings = true;
                                    continue;
                                }
                                let field = &mut message.$field;
                                let unlisted = (&mut message.unlisted, data.len());
                                read_field(keys::$const, FLAGS, pair, field, unlisted, &mut wrong);
                                continue;
                            }
                        )*
                        if !usual {
                            continue;
                        }
                        if !recognised && pair.key == Self::LAYOUT.key {
                            recognised = true;
                            continue;
                        }
                        message.unlisted.keep(pair, data.len());
                    }
                }
                (message, wrong)
            }

            fn fill(&self, data: &mut AttachedDataBuf) {
                if let Some(value) = Self::LAYOUT.value {
                    data.push(Self::LAYOUT.key, value);
                }
                $(write_field(keys::$const, &self.$field, message!(@some $($absent)?), data);)*
                data.extend(self.unlisted.iter());
            }

            fn reference_id_mut(&mut self) -> &mut Option<i64> {
                &mut self.reference_id
            }

            fn subject(&self) -> Subject<'a> {
                let mut subject = Subject::default();
                $(message!(@subject $const subject, self.$field);)*
                subject
            }

            $($methods)*
        }

        /// Serializes as its attached data does, without checks.
        #[cfg(feature = "serde")]
        impl serde::Serialize for $name<'_> {
            fn serialize<S: serde::Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
                serde::Serialize::serialize(&self.to_attached_data_as_received(), serializer)
            }
        }

        impl<'a> TryFrom<DesktopMessage<'a>> for $name<'a> {
            type Error = MessageType;

            /// Returns the message or, on failure, its actual type.
            #[inline]
            fn try_from(message: DesktopMessage<'a>) -> Result<Self, MessageType> {
                match message {
                    DesktopMessage::$name(message) => Ok(message),
                    other => Err(other.message_type()),
                }
            }
        }
    };

    (@some) => { None };
    (@some $value:expr) => { Some($value) };
    (@is) => { false };
    (@is $value:expr) => { true };

    (@subject APPLICATION_ID $subject:ident, $field:expr) => { $subject.application_id = $field; };
    (@subject REFERENCE_ID $subject:ident, $field:expr) => { $subject.reference_id = $field; };
    (@subject RECORD_HANDLE $subject:ident, $field:expr) => { $subject.record_handle = $field; };
    (@subject CAMPAIGN_NAME $subject:ident, $field:expr) => { $subject.campaign_name = $field; };
    (@subject CUSTOMER_ID $subject:ident, $field:expr) => { $subject.customer_id = $field; };
    (@subject PHONE $subject:ident, $field:expr) => { $subject.phone = $field; };
    (@subject $other:ident $subject:ident, $field:expr) => {};
}
pub(super) use message;
