//! The methods of the namespace: a struct of parameters for each, and the data of its response.

use alloc::string::String;
use alloc::vec::Vec;

use jiff::civil::DateTime;
use serde::Serialize;
use serde::de::DeserializeOwned;
use serde_json::{Error, Map, Value};

use super::field::{Field, RecordData};
use super::names::{Callback, CallbackType, Method};
use super::record::Chain;
use super::results::{CallResults, CodeText};
use crate::gsw::CallResult;
use crate::gsw::forms::{Date, Handle, Nested, Text, object};

/// The properties of a method, implemented by the struct of its parameters.
///
/// As JSON, the parameters are an object with their names; [`arguments`](Self::arguments) builds
/// the argument list of a JavaScript call.
pub trait Call: Serialize + DeserializeOwned {
    /// The method.
    const METHOD: Method;

    /// The names of the parameters in the order of the signature, without the callbacks.
    const PARAMETERS: &'static [&'static str];

    /// The data of the response: [`Value`] where it is not documented.
    type Data;

    /// Returns the arguments in the order of the signature.
    ///
    /// Fails if a value has no form, or if there are unknown members, which a list cannot hold.
    fn arguments(&self) -> Result<Vec<Value>, Error> {
        let Value::Object(mut members) = serde_json::to_value(self)? else {
            return Err(<Error as serde::ser::Error>::custom(
                "parameters are an object",
            ));
        };
        let arguments = Self::PARAMETERS
            .iter()
            .filter_map(|name| members.shift_remove(*name))
            .collect();
        match members.keys().next() {
            Some(name) => Err(<Error as serde::ser::Error>::custom(format_args!(
                "{name}: not a parameter of {}",
                Self::METHOD
            ))),
            None => Ok(arguments),
        }
    }

    /// Reads the parameters from arguments in the order of the signature.
    fn from_arguments(arguments: Vec<Value>) -> Result<Self, Error> {
        if arguments.len() > Self::PARAMETERS.len() {
            return Err(<Error as serde::de::Error>::custom(format_args!(
                "{} takes {} arguments, not {}",
                Self::METHOD,
                Self::PARAMETERS.len(),
                arguments.len()
            )));
        }
        let names = Self::PARAMETERS.iter().map(|name| String::from(*name));
        let members: Map<String, Value> = names.zip(arguments).collect();
        serde_json::from_value(members.into())
    }
}

macro_rules! calls {
    ($(
        $(#[$meta:meta])*
        $Name:ident -> $Data:ty {
            $($(#[$doc:meta])* $name:literal $field:ident: $Type:ty as $Form:ty;)*
        }
    )*) => {$(
        object! {
            $(#[$meta])*
            #[derive(Clone, Debug, PartialEq)]
            pub struct $Name {
                $($(#[$doc])* required $name $field: $Type as $Form;)*
            }
        }

        impl Call for $Name {
            const METHOD: Method = Method::$Name;
            const PARAMETERS: &'static [&'static str] = &[$($name),*];
            type Data = $Data;
        }
    )*};
}

calls! {
    /// Asks for the campaigns of the agent that are loaded or running.
    #[derive(Default)]
    GetCampaigns -> Value {}

    /// Asks the server for a preview record.
    #[derive(Default)]
    GetPreviewRecord -> Value {
        /// The campaign's name.
        "campaignName" campaign_name: String as Text;
    }

    /// Dials a record of the preview record's chain.
    #[derive(Default)]
    CallPreviewRecord -> Value {
        /// The interaction that brought the preview record.
        "interactionId" interaction_id: String as Text;
        /// The record to dial: the value of its `GSW_RECORD_HANDLE`, 1 or more, although the
        /// documentation calls it its number in the chain.
        "recordHandle" record_handle: i64 as Handle;
    }

    /// Gives back the preview record, requested or pushed.
    #[derive(Default)]
    RejectPreviewRecord -> Value {}

    /// Cancels the preview record, requested or pushed.
    #[derive(Default)]
    CancelPreviewRecord -> Value {}

    /// Makes the server start to push preview records to the agent.
    #[derive(Default)]
    StartDirectPushPreview -> Value {}

    /// Makes the server stop pushing preview records to the agent.
    #[derive(Default)]
    StopDirectPushPreview -> Value {}

    /// Asks for the call results that the desktop offers.
    #[derive(Default)]
    GetListOfCallResults -> CallResults {}

    /// Sets the call result of an interaction that has or had a call and is not marked as not to be
    /// called.
    #[derive(Default)]
    SetCallResult -> Value {
        /// The interaction.
        "interactionId" interaction_id: String as Text;
        /// The call result; as JSON decimal text, and read as a number too.
        "callResult" call_result: CallResult as CodeText;
    }

    /// Asks for the call result of an interaction, if it has one yet.
    #[derive(Default)]
    GetCallResult -> CallResult {
        /// The interaction.
        "interactionId" interaction_id: String as Text;
    }

    /// Marks the customer of an interaction that has or had a call as not to be called.
    #[derive(Default)]
    SetDoNotCall -> Value {
        /// The interaction.
        "interactionId" interaction_id: String as Text;
    }

    /// Removes the mark of [`SetDoNotCall`].
    #[derive(Default)]
    RemoveDoNotCall -> Value {
        /// The interaction.
        "interactionId" interaction_id: String as Text;
    }

    /// Schedules a callback for a record.
    RescheduleRecord -> Value {
        /// The interaction: in preview modes the one of the call, once that is made.
        "interactionId" interaction_id: String as Text;
        /// The record: the value of its `GSW_RECORD_HANDLE`, 1 or more, although the documentation
        /// calls it its number in the chain.
        "recordHandle" record_handle: i64 as Handle;
        /// The time to call, by the clock of the record's time zone and not the agent's. Whole
        /// minutes, written as `MM/DD/YYYY HH:MM`.
        "rescheduleDate" reschedule_date: DateTime as Date;
        /// The callee of the callback, campaign or agent; written in capitals.
        "callbackType" callback_type: CallbackType as Callback;
    }

    /// Removes the schedule of a record.
    #[derive(Default)]
    CancelReschedule -> Value {
        /// The interaction: in preview modes the one of the call, once that is made.
        "interactionId" interaction_id: String as Text;
    }

    /// Asks for the records of an interaction's chain.
    #[derive(Default)]
    GetChainedRecords -> Vec<Chain> {
        /// The interaction.
        "interactionId" interaction_id: String as Text;
    }

    /// Asks for the fields of an interaction's record.
    #[derive(Default)]
    GetRecordFields -> Vec<Field> {
        /// The interaction.
        "interactionId" interaction_id: String as Text;
    }

    /// Changes fields of an interaction's record.
    #[derive(Default)]
    UpdateRecordFields -> Value {
        /// The interaction.
        "interactionId" interaction_id: String as Text;
        /// The new values. Declared as text, it is an object in the sample.
        "recordData" record_data: RecordData as Nested;
    }
}
