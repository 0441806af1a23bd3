//! `AgentState` (guide, Table 3).

codes! {
    /// The activity of an agent, overall or for one CSQ. Guide: Table 3.
    AgentState: u16 = table 3, default UNKNOWN {
        /// Asks for a login; never a state that an agent is in.
        LOGIN = 0 "AGENT_STATE_LOGIN";
        /// Logged out; gets no calls.
        LOGOUT = 1 "AGENT_STATE_LOGOUT";
        /// Logged in, but calls are not routed to the agent.
        NOT_READY = 2 "AGENT_STATE_NOT_READY";
        /// Waiting for a routed call.
        READY = 3 "AGENT_STATE_READY";
        /// On a call, with a customer or a colleague. Set by the server only.
        TALKING = 4 "AGENT_STATE_TALKING";
        /// Finishing up after a call; no calls are routed to the agent. Entered by CSQ
        /// configuration, or by request while talking, for when the call ends.
        WORK = 5 "AGENT_STATE_WORK";
        /// Handling a call of another CSQ. Used in `CSQState` only.
        BUSY_OTHER = 7 "BUSY_OTHER";
        /// Set aside for a call that is about to arrive. Answering leads to talking, failing to
        /// answer to not ready. Set by the server only.
        RESERVED = 8 "AGENT_STATE_RESERVED";
        /// The state is not known.
        UNKNOWN = 9 "AGENT_STATE_UNKNOWN";
        /// Finishing up after a call, and ready afterwards. Listed by the 12.5(1)SU1 edition of the
        /// guide.
        WORK_READY = 6 "AGENT_STATE_WORK_READY";
        /// Working on a task. Listed by the 12.5(1)SU1 edition of the guide.
        ACTIVE = 11 "AGENT_STATE_ACTIVE";
        /// Pausing a task. Listed by the 12.5(1)SU1 edition of the guide.
        PAUSED = 12 "AGENT_STATE_PAUSED";
        /// No state: the value of `NextAgentState` while none is to follow.
        NONE = 0xFFFF ours "None";
    }
}
