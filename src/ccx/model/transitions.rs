//! The possible changes of an agent's state, as data.

use crate::ccx::values::AgentState;

/// The originator and the time of a change of state.
#[derive(Clone, Copy, PartialEq, Eq, Hash, Debug)]
pub enum By {
    /// `SET_AGENT_STATE_REQ`, at once.
    Request,
    /// `SET_AGENT_STATE_REQ`, once the call is over; until then the agent talks on, with the state
    /// as the next one.
    RequestAfterCall,
    /// `SET_AGENT_STATE_REQ` with a `ForcedFlag` of 1.
    ForcedRequest,
    /// The server, of its own accord.
    Server,
}

/// A change of an agent's state that the guide knows.
#[derive(Clone, Copy, PartialEq, Eq, Hash, Debug)]
pub struct Transition {
    /// The state before.
    pub from: AgentState,
    /// The state after.
    pub to: AgentState,
    /// The originator.
    pub by: By,
}

const fn row(from: AgentState, by: By, to: AgentState) -> Transition {
    Transition { from, to, by }
}

/// All changes that the guide describes ('Agent States'), for a user interface and for a simulated
/// server. A model of the agents accepts any state that a server reports.
///
/// `LOGIN` is no state: the request for it leads from `LOGOUT` to `NOT_READY`.
pub const TRANSITIONS: &[Transition] = {
    use AgentState as S;
    use By::{ForcedRequest, Request, RequestAfterCall, Server};
    &[
        row(S::LOGOUT, Request, S::NOT_READY),
        row(S::NOT_READY, Request, S::READY),
        // With another reason code.
        row(S::NOT_READY, Request, S::NOT_READY),
        row(S::READY, Request, S::NOT_READY),
        row(S::WORK, Request, S::NOT_READY),
        row(S::WORK, Request, S::READY),
        row(S::NOT_READY, Request, S::LOGOUT),
        row(S::READY, Request, S::LOGOUT),
        row(S::WORK, Request, S::LOGOUT),
        row(S::TALKING, RequestAfterCall, S::WORK),
        row(S::TALKING, RequestAfterCall, S::NOT_READY),
        row(S::NOT_READY, ForcedRequest, S::LOGOUT),
        row(S::READY, ForcedRequest, S::LOGOUT),
        row(S::WORK, ForcedRequest, S::LOGOUT),
        row(S::TALKING, ForcedRequest, S::LOGOUT),
        row(S::RESERVED, ForcedRequest, S::LOGOUT),
        row(S::UNKNOWN, ForcedRequest, S::LOGOUT),
        row(S::NOT_READY, Server, S::RESERVED),
        row(S::READY, Server, S::RESERVED),
        row(S::WORK, Server, S::RESERVED),
        row(S::RESERVED, Server, S::TALKING),
        row(S::NOT_READY, Server, S::TALKING),
        row(S::READY, Server, S::TALKING),
        row(S::WORK, Server, S::TALKING),
        row(S::RESERVED, Server, S::NOT_READY),
        row(S::RESERVED, Server, S::READY),
        row(S::TALKING, Server, S::WORK),
        row(S::TALKING, Server, S::READY),
        row(S::TALKING, Server, S::NOT_READY),
        row(S::WORK, Server, S::READY),
        row(S::WORK, Server, S::NOT_READY),
        // Phone down or restricted, another agent at the extension, fail-over.
        row(S::READY, Server, S::NOT_READY),
        row(S::NOT_READY, Server, S::LOGOUT),
        row(S::READY, Server, S::LOGOUT),
        row(S::TALKING, Server, S::LOGOUT),
        row(S::WORK, Server, S::LOGOUT),
        row(S::RESERVED, Server, S::LOGOUT),
    ]
};

/// Returns the effect of a request for `to` on an agent who is in `from`; `None` if the server
/// refuses it. A request for `LOGIN` is possible as well.
///
/// This is a hint: the server decides, and a client's knowledge of the state may be out of date. A
/// desktop can grey out a button by it, but should not forbid the action.
///
/// ```
/// use cti_codec::ccx::AgentState;
/// use cti_codec::ccx::model::{By, request};
///
/// assert_eq!(request(AgentState::READY, AgentState::NOT_READY), Some(By::Request));
/// assert_eq!(request(AgentState::TALKING, AgentState::WORK), Some(By::RequestAfterCall));
/// assert_eq!(request(AgentState::TALKING, AgentState::LOGOUT), Some(By::ForcedRequest));
/// assert_eq!(request(AgentState::LOGOUT, AgentState::READY), None);
/// ```
#[must_use]
pub fn request(from: AgentState, to: AgentState) -> Option<By> {
    let to = match to {
        AgentState::LOGIN if from == AgentState::LOGOUT => AgentState::NOT_READY,
        AgentState::NOT_READY if from == AgentState::LOGOUT => return None,
        to => to,
    };
    TRANSITIONS
        .iter()
        .filter(|row| row.from == from && row.to == to && row.by != By::Server)
        .map(|row| row.by)
        .next()
}
