//! The changes that a model reports.

use super::devices::OutOfService;
use super::{AgentKey, AgentWhat, CallKey, CallWhat, QueueLength};
use crate::ccx::{MessageType, TextBuf};

/// A change in a model.
#[derive(Clone, PartialEq, Eq, Debug)]
#[non_exhaustive]
pub enum Change {
    /// Something about an agent.
    Agent {
        /// The agent.
        key: AgentKey,
        /// The kind of change.
        what: AgentWhat,
    },
    /// Something about a call.
    Call {
        /// Its number in the model.
        key: CallKey,
        /// Its number on the wire, at the time of the change.
        call_id: u32,
        /// The kind of change.
        what: CallWhat,
    },
    /// The number of waiting calls in a CSQ.
    QueueLength {
        /// The CSQ.
        csq_id: u32,
        /// The previous length; `None` if it was unknown.
        before: Option<QueueLength>,
        /// As it is.
        after: QueueLength,
    },
    /// A device went out of service, or came back.
    Device {
        /// The device, as `SYSTEM_EVENT` names it.
        device_id: TextBuf,
        /// The previous state; `None` if it was in service or unknown.
        before: Option<OutOfService>,
        /// As it is; `None` if it is in service.
        after: Option<OutOfService>,
    },
    /// A message removes something from an unknown call. It changed nothing.
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

/// The kind of data that a limit made a model drop.
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
