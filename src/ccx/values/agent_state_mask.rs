//! `AgentStateMask` (guide, Table 24).

mask! {
    /// Agent states as bits, to select `AGENT_STATE_EVENT` messages. Guide: Table 24.
    AgentStateMask: u32 = table 24 {
        /// Logging in.
        AGENT_LOGIN = 0x1 "AGENT_LOGIN_MASK";
        /// Logging out.
        AGENT_LOGOUT = 0x2 "AGENT_LOGOUT_MASK";
        /// Becoming not ready.
        AGENT_NOT_READY = 0x4 "AGENT_NOT_READY_MASK";
        /// Becoming available, that is ready.
        AGENT_AVAILABLE = 0x8 "AGENT_AVAILABLE_MASK";
        /// Talking.
        AGENT_TALKING = 0x10 "AGENT_TALKING_MASK";
        /// Going into work state.
        AGENT_WORK = 0x20 "AGENT_WORK_MASK";
        /// Talking, with work state to follow.
        AGENT_TALKING_PENDING_WORK = 0x40 "AGENT_TALKING_PENDING_WORK_MASK";
        /// Talking, with not ready to follow.
        AGENT_TALKING_PENDING_NOT_READY = 0x80 "AGENT_TALKING_PENDING_NOT_READY_MASK";
        /// Being reserved.
        AGENT_RESERVED = 0x100 "AGENT_RESERVED_MASK";
        _ = 0x3E00;
    }
}

impl AgentStateMask {
    /// All states, as the guide's example for `OPEN_REQ` has it: with five bits that no edition
    /// names.
    ///
    /// 0x3FFF.
    pub const ALL_STATES: Self = Self(0x3FFF);
}
