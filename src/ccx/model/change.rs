//! What a model tells of its changes.

use super::devices::OutOfService;
use super::{AgentKey, AgentWhat, CallKey, CallWhat, QueueLength};
use crate::ccx::{MessageType, TextBuf};

/// What has changed in a model.
#[derive(Clone, PartialEq, Eq, Debug)]
#[non_exhaustive]
pub enum Change {
    /// Something about an agent.
    Agent {
        /// The agent.
        key: AgentKey,
        /// What it is.
        what: AgentWhat,
    },
    /// Something about a call.
    Call {
        /// Its number in the model.
        key: CallKey,
        /// Its number on the wire, at the time of the change.
        call_id: u32,
        /// What it is.
        what: CallWhat,
    },
    /// How many calls wait in a CSQ.
    QueueLength {
        /// The CSQ.
        csq_id: u32,
        /// As it was; `None` if nothing had told it.
        before: Option<QueueLength>,
        /// As it is.
        after: QueueLength,
    },
    /// A device went out of service, or came back.
    Device {
        /// The device, as `SYSTEM_EVENT` names it.
        device_id: TextBuf,
        /// As it was; `None` if it was in service, or nothing was known of it.
        before: Option<OutOfService>,
        /// As it is; `None` if it is in service.
        after: Option<OutOfService>,
    },
    /// A message takes something away from a call that is not known. It changed nothing.
    UnknownCall {
        /// The type of the message.
        message_type: MessageType,
        /// The `CallID` it gives.
        call_id: u32,
    },
    /// The connection is gone: everything is stale until something tells it anew.
    Stale,
    /// All that can be asked for has been told since the session was opened.
    Recovered,
    /// A limit was reached, and something was left out.
    Dropped(Dropped),
}

/// What a limit made a model leave out.
#[derive(Clone, PartialEq, Eq, Debug)]
#[non_exhaustive]
pub enum Dropped {
    /// An agent, by login or extension.
    Agent(TextBuf),
    /// A CSQ of an agent.
    CsqOfAgent(AgentKey, u32),
    /// A connection: the `CallID`, and the device.
    Connection(u32, TextBuf),
    /// A queue of the call with this `CallID`.
    Queue(u32),
    /// A named variable or an element of a named array: the `CallID`, and the last name left out.
    Named(u32, TextBuf),
    /// Clients that are associated with the call with this `CallID`.
    Client(u32),
    /// The length of this CSQ's queue.
    QueueLength(u32),
    /// A device that is out of service.
    Device(TextBuf),
    /// The request with this `InvokeID`: its answer will say less than it could.
    Request(u32),
}
