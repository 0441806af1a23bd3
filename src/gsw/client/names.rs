//! Names that the service client sends as text.

use alloc::borrow::ToOwned;
use alloc::string::String;
use core::fmt;

use serde::{Deserialize, Deserializer, Serialize, Serializer};
use serde_json::Value;

use crate::gsw::CallbackType as DesktopCallbackType;
use crate::gsw::enumerations::ValueTable;
use crate::gsw::forms::{Integer, Scalar};

/// A name that the documentation does not list.
///
/// Only the enumerations create it, from text that matches none of their variants, so that a listed
/// name is always its variant.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct UnlistedName(String);

impl AsRef<str> for UnlistedName {
    fn as_ref(&self) -> &str {
        &self.0
    }
}

/// Declares an open enumeration of names.
macro_rules! names {
    (
        $(#[$meta:meta])*
        pub enum $Name:ident $table:literal {
            $($(#[$doc:meta])* $Variant:ident = $text:expr,)*
        }
    ) => {
        $(#[$meta])*
        #[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
        pub enum $Name {
            $($(#[$doc])* #[doc = concat!("\n\nWritten as `", $text, "`.")] $Variant,)*
            /// A name that is not listed, kept as received.
            Unlisted($crate::gsw::client::UnlistedName),
        }

        impl $Name {
            /// The values that the documentation lists, in its order.
            pub const ALL: &'static [Self] = &[$(Self::$Variant,)*];

            /// The table as data.
            pub const TABLE: &'static ValueTable = &ValueTable {
                name: $table,
                codes: &[],
                words: &[$($text,)*],
                aliases: &[],
            };
        }

        impl AsRef<str> for $Name {
            fn as_ref(&self) -> &str {
                match self {
                    $(Self::$Variant => $text,)*
                    Self::Unlisted(name) => name.as_ref(),
                }
            }
        }

        impl From<String> for $Name {
            fn from(name: String) -> Self {
                match name.as_str() {
                    $(text if text == $text => Self::$Variant,)*
                    _ => Self::Unlisted(UnlistedName(name)),
                }
            }
        }

        impl From<&str> for $Name {
            fn from(name: &str) -> Self {
                name.to_owned().into()
            }
        }

        impl fmt::Display for $Name {
            fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
                f.pad(self.as_ref())
            }
        }

        impl Serialize for $Name {
            fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
                serializer.serialize_str(self.as_ref())
            }
        }

        impl<'de> Deserialize<'de> for $Name {
            fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
                String::deserialize(deserializer).map(Self::from)
            }
        }
    };
}

names! {
    /// A method of the namespace, named as the member `request` of its response names it (Service Client API,
    /// Methods).
    pub enum Method "service_client_methods" {
        /// Lists the agent's loaded and running campaigns.
        GetCampaigns = "outbound.getCampaigns",
        /// Asks the server for a preview record.
        GetPreviewRecord = "outbound.getPreviewRecord",
        /// Dials a number of the preview record.
        CallPreviewRecord = "outbound.callPreviewRecord",
        /// Gives a preview record back for others to take.
        RejectPreviewRecord = "outbound.rejectPreviewRecord",
        /// Cancels a preview record.
        CancelPreviewRecord = "outbound.cancelPreviewRecord",
        /// Makes the server start to push records to the agent.
        StartDirectPushPreview = "outbound.startDirectPushPreview",
        /// Makes the server stop pushing them.
        StopDirectPushPreview = "outbound.stopDirectPushPreview",
        /// Lists the call results that the desktop offers.
        GetListOfCallResults = "outbound.getListOfCallResults",
        /// Sets the call result of an interaction.
        SetCallResult = "outbound.setCallResult",
        /// Reads the call result of an interaction.
        GetCallResult = "outbound.getCallResult",
        /// Marks an interaction's customer as not to be called.
        SetDoNotCall = "outbound.setDoNotCall",
        /// Removes that mark.
        RemoveDoNotCall = "outbound.removeDoNotCall",
        /// Schedules a callback for a record.
        RescheduleRecord = "outbound.rescheduleRecord",
        /// Removes the schedule.
        CancelReschedule = "outbound.cancelReschedule",
        /// Lists the records of an interaction's chain.
        GetChainedRecords = "outbound.getChainedRecords",
        /// Lists the fields of an interaction's record.
        GetRecordFields = "outbound.getRecordFields",
        /// Changes fields of an interaction's record.
        UpdateRecordFields = "outbound.updateRecordFields",
    }
}

names! {
    /// The kind of data in a field (Service Client API, Field).
    pub enum FieldType "service_client_field_types" {
        /// Integer.
        Int = "int",
        /// Floating-point number.
        Float = "float",
        /// One character.
        Char = "char",
        /// Text.
        VarChar = "var-char",
        /// Date and time as `MM/DD/YYYY HH:MM`, in the record's time zone.
        Date = "date",
        /// Time of day as `HH:MM`.
        Time = "time",
        /// True or false.
        Bool = "bool",
        /// One of the codes in the field's options.
        Enum = "enum",
    }
}

names! {
    /// The JSON type that an update of a field has to use (Service Client API, Field).
    pub enum ValueType "service_client_value_types" {
        /// JSON string.
        String = "string",
        /// JSON number.
        Number = "number",
        /// JSON `true` or `false`.
        Boolean = "boolean",
    }
}

/// The callee of a callback: [`gsw::CallbackType`](DesktopCallbackType), which knows both
/// spellings, in a form that owns unlisted words.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum CallbackType {
    /// Any agent of the campaign, written as `CAMPAIGN`.
    Campaign,
    /// The agent who requests it, written as `PERSONAL`.
    Personal,
    /// An integer, kept as received.
    Code(i64),
    /// A name that is not listed, kept as received.
    Unlisted(UnlistedName),
}

impl CallbackType {
    /// The values that the documentation lists, in its order.
    pub const ALL: &'static [Self] = &[Self::Campaign, Self::Personal];
}

impl From<String> for CallbackType {
    fn from(name: String) -> Self {
        match DesktopCallbackType::from(name.as_str()) {
            DesktopCallbackType::CAMPAIGN => Self::Campaign,
            DesktopCallbackType::PERSONAL => Self::Personal,
            _ => Self::Unlisted(UnlistedName(name)),
        }
    }
}

impl<'a> From<&'a CallbackType> for DesktopCallbackType<'a> {
    /// Converts to the type of the desktop protocol.
    fn from(callback: &'a CallbackType) -> Self {
        match callback {
            CallbackType::Campaign => Self::CAMPAIGN,
            CallbackType::Personal => Self::PERSONAL,
            CallbackType::Code(code) => Self::from_code(*code),
            CallbackType::Unlisted(name) => Self::new(name.as_ref()),
        }
    }
}

/// The form of a [`CallbackType`].
pub(in crate::gsw) struct Callback;

impl Scalar for Callback {
    type Value = CallbackType;

    const EXPECTED: &'static str = "CAMPAIGN, PERSONAL or an integer";

    fn parse(value: Value) -> Result<Option<CallbackType>, Value> {
        match value {
            Value::Null => Ok(None),
            Value::String(name) => Ok(Some(name.into())),
            Value::Number(_) => Ok(Integer::parse(value)?.map(CallbackType::Code)),
            other => Err(other),
        }
    }

    fn print(value: &CallbackType) -> Result<Value, &'static str> {
        Ok(match value {
            CallbackType::Code(code) => (*code).into(),
            CallbackType::Unlisted(name) => name.as_ref().into(),
            listed => DesktopCallbackType::from(listed)
                .service_client_name()
                .into(),
        })
    }
}
