//! The kinds of change of a call.

use alloc::vec::Vec;

use super::call::{Connection, NamedDevice, Phase, Queue, Role};
use super::data::{AssociatedClient, DataField};
use crate::ccx::TextBuf;
use crate::ccx::values::CallType;

/// The kind of change of a call.
#[derive(Clone, PartialEq, Eq, Debug)]
#[non_exhaustive]
pub enum CallWhat {
    /// The call is new to the model. Its known contents follow.
    Began,
    /// The call has left the model.
    Ended(Ended),
    /// The call is over or merged, and stays for late events.
    Phase {
        /// As it was.
        before: Phase,
        /// As it is.
        after: Phase,
    },
    /// The `CallID`.
    CallId {
        /// As it was.
        before: u32,
        /// As it is.
        after: u32,
    },
    /// The kind of call.
    CallType {
        /// As it was.
        before: Option<CallType>,
        /// As it is.
        after: Option<CallType>,
    },
    /// A device's connection. Its id may change too.
    Connection {
        /// As it was; `None` if the device was not in the call.
        before: Option<Connection>,
        /// As it is; `None` if the device has left the call.
        after: Option<Connection>,
    },
    /// A device that is named besides the connections.
    Device {
        /// Its role in the call.
        role: Role,
        /// As it was.
        before: Option<NamedDevice>,
        /// As it is.
        after: Option<NamedDevice>,
    },
    /// A number that the call carries.
    Number {
        /// The kind of number.
        number: Number,
        /// As it was.
        before: Option<u32>,
        /// As it is.
        after: Option<u32>,
    },
    /// The call waits in a queue, or no longer does.
    Queue {
        /// As it was; `None` if the call did not wait there.
        before: Option<Queue>,
        /// As it is; `None` if the call has left the queue.
        after: Option<Queue>,
    },
    /// A text of the call: a number, a call variable, wrap-up data.
    Text {
        /// The field.
        field: DataField,
        /// As it was.
        before: Option<TextBuf>,
        /// The new value. One space means a blanked variable.
        after: Option<TextBuf>,
    },
    /// A named variable.
    NamedVariable {
        /// Its name.
        name: TextBuf,
        /// As it was.
        before: Option<TextBuf>,
        /// As it is.
        after: Option<TextBuf>,
    },
    /// An element of a named array.
    NamedArray {
        /// Its name.
        name: TextBuf,
        /// The element.
        index: u8,
        /// As it was.
        before: Option<TextBuf>,
        /// As it is.
        after: Option<TextBuf>,
    },
    /// The clients that are associated with the call.
    Clients {
        /// As they were.
        before: Vec<AssociatedClient>,
        /// As they are.
        after: Vec<AssociatedClient>,
    },
    /// State that a reconnect made doubtful is known again.
    Refreshed,
}

/// A number that a call carries.
#[derive(Clone, Copy, PartialEq, Eq, Hash, Debug)]
pub enum Number {
    /// `ApplicationID`.
    Application,
    /// `CSQID`.
    Csq,
    /// `CampaignID`.
    Campaign,
    /// `SecondaryCallID`.
    SecondaryCall,
    /// `EventCause`.
    Cause,
    /// `CalledPartyDisposition`.
    Disposition,
}

/// Why a call left the model.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub enum Ended {
    /// `END_CALL_EVENT`.
    Ended,
    /// It was over, or the own device had left it, and no `END_CALL_EVENT` came in time.
    NoEnd,
    /// The same `CallID` names another call now.
    Replaced,
    /// The call it was merged into is gone.
    Merged,
    /// A snapshot no longer has it.
    Lost,
    /// The model was full, and this was the call silent for longest.
    NoRoom,
    /// The call was kept besides the live calls for wrap-up, which is over.
    WrappedUp,
    /// Nothing followed a confirmation that named it.
    NeverBegan,
}
