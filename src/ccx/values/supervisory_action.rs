//! `SupervisoryAction` (guide, Table 150).

codes! {
    /// A supervisor's action on an agent's call. Guide: Table 150.
    SupervisoryAction: u16 = table 150 {
        /// Leave the call. The guide names this action without a number; 0 comes from the CTI
        /// Server guides.
        CLEAR = 0 "SUPERVISOR_CLEAR";
        /// Listen to everyone on the call without being heard.
        MONITOR = 1 "SUPERVISOR_MONITOR";
        /// Join the call and speak with everyone on it.
        BARGE_IN = 3 "SUPERVISOR_BARGE_IN";
        /// Take the call over; the agent is dropped.
        INTERCEPT = 4 "SUPERVISOR_INTERCEPT";
    }
}
