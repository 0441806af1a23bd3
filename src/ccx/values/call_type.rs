//! `CallType` (guide, Table 195).

codes! {
    /// Kind of call. Guide: Table 195.
    CallType: u16 = table 195, default INVALID {
        /// No valid kind.
        INVALID = 0 "CALLTYPE_INVALID";
        /// Inbound, queued by Unified CCX.
        CCX_IN = 1 "CALLTYPE_CCX_IN";
        /// Inbound, then transferred.
        TRANSFER_IN = 4 "CALLTYPE_TRANSFER_IN";
        /// Inbound to an agent without Unified CCX, from outside or from a device that is not
        /// monitored.
        OTHER_IN = 6 "CALLTYPE_OTHER_IN";
        /// Placed by an agent to the outside.
        OUT = 9 "CALLTYPE_OUT";
        /// Placed by an agent; becomes `CALLTYPE_OUT` if it leaves the switch.
        AGENT_INSIDE = 10 "CALLTYPE_AGENT_INSIDE";
        /// Consultation, wherever it goes.
        CONSULT = 12 "CALLTYPE_CONSULT";
        /// Inbound, then made a conference.
        CONFERENCE = 15 "CALLTYPE_CONFERENCE";
        /// Outbound campaign, preview.
        PREVIEW = 17 "CALLTYPE_PREVIEW";
        /// Outbound campaign, reservation of an agent.
        RESERVATION = 18 "CALLTYPE_RESERVATION";
        /// An agent's call for a supervisor's help.
        ASSIST = 19 "CALLTYPE_ASSIST";
        /// Emergency.
        EMERGENCY = 20 "CALLTYPE_EMERGENCY";
        /// A supervisor listens in.
        SUPERVISOR_MONITOR = 21 "CALLTYPE_SUPERVISOR_MONITOR";
        /// A supervisor has joined.
        SUPERVISOR_BARGE_IN = 23 "CALLTYPE_SUPERVISOR_BARGE_IN";
        /// A supervisor has taken over from the agent.
        SUPERVISOR_INTERCEPT = 24 "CALLTYPE_SUPERVISOR_INTERCEPT";
        /// An offered call. Listed by the 12.5(1)SU1 edition of the guide.
        OFFERED = 11 "CALLTYPE_OFFERED";
        /// Outbound campaign, placed for an agent. Listed by the 12.5(1)SU1 edition of the guide.
        AGENT_OUTBOUND = 34 "CALLTYPE_AGENT_OUTBOUND";
        _ = 2..=3 5..=5 7..=8 13..=14 16..=16 22..=22 25..=26;
    }
}
