//! `AgentStateReasonCode` (guide, Table 202).

codes! {
    /// Why an agent's state changed: a code of this table where the server changed it, a code of
    /// your administrators' where the agent did. Guide: Table 202.
    ///
    /// Administrators define codes of their own, so every number counts as listed. Do not use 22 or
    /// 33 for one of yours: newer servers give them a meaning.
    AgentStateReasonCode: u16 = table 202, default NONE {
        /// Logged in again.
        AGT_RELOGON = 32_767 "AGT_RELOGON";
        /// Closed the Cisco Agent Desktop.
        AGT_CLOSE_CAD = 32_766 "AGT_CLOSE_CAD";
        /// The Cisco Agent Desktop lost its connection to Unified CCX.
        AGT_CONN_DOWN = 32_765 "AGT_CONN_DOWN";
        /// Unified CCX failed.
        CCX_FAILURE = 32_764 "CCX_FAILURE";
        /// Did not answer a ringing call.
        AGT_RNA = 32_763 "AGT_RNA";
        /// Took the phone off hook.
        AGT_OFFHOOK = 32_762 "AGT_OFFHOOK";
        /// Received a direct call from outside the contact center.
        AGT_NON_ICD = 32_761 "AGT_NON_ICD";
        /// Logged in.
        AGT_LOGON = 32_760 "AGT_LOGON";
        /// The phone failed.
        AGT_PHONE_DOWN = 32_759 "AGT_PHONE_DOWN";
        /// The time for after-call work ran out.
        AGT_WORK_TIMER_EXP = 32_758 "AGT_WORK_TIMER_EXP";
        /// Unified Communications Manager failed over.
        CM_FAILOVER = 32_757 "CM_FAILOVER";
        /// The phone works again.
        AGT_PHONE_UP = 32_756 "AGT_PHONE_UP";
        /// The call ended.
        AGT_CALL_ENDED = 32_755 "AGT_CALL_ENDED";
        /// The phone is restricted.
        AGT_DEVICE_RESTRICTED = 32_754 "AGT_DEVICE_RESTRICTED";
        /// The line is restricted.
        AGT_LINE_RESTRICTED = 32_753 "AGT_LINE_RESTRICTED";
        /// Canceled the reservation for an outbound preview call.
        AGT_CANCEL_RESERVATION = 32_752 "AGT_CANCEL_RESERVATION";
        /// Skipped an outbound preview call.
        AGT_SKIPS = 32_751 "AGT_SKIPS";
        /// Got another contact center extension.
        AGT_ICD_EXTENSION_CHANGED = 32_750 "AGT_ICD_EXTENSION_CHANGED";
        /// Reserved for an outbound preview call.
        AGT_RESERVED_OUTBOUND_DIRECT_PREVIEW = 32_746 "AGT_RESERVED_OUTBOUND_DIRECT_PREVIEW";
        /// Reserved for an outbound call dialed in progressive or predictive mode.
        AGT_RESERVED_OUTBOUND = 32_747 "AGT_RESERVED_OUTBOUND";
        /// An email was not accepted automatically.
        EMAIL_CONTACT_NOT_ACCEPTED = 32_743 "EMAIL_CONTACT_NOT_ACCEPTED";
        /// Another server became master, by the name; the guide does not explain it.
        ACCX_MASTERSHIP_CHANGE = 32_744 "ACCX_MASTERSHIP_CHANGE";
        /// Canceled a consultation. Listed by the 12.5(1)SU1 edition of the guide.
        AGT_CANCEL_CONSULT = 32_749 "AGT_CANCEL_CONSULT";
        /// Took a secondary line off hook. Listed by the 12.5(1)SU1 edition of the guide.
        AGT_SEC_LINE_OFFHOOK = 32_742 "AGT_SEC_LINE_OFFHOOK";
        /// The extension is in conflict with another one. Listed by the 12.5(1)SU1 edition of the
        /// guide.
        AGT_EXTENSION_CONFLICT = 32_741 "AGT_EXTENSION_CONFLICT";
        /// In work state after an outbound call. Listed by the 12.5(1)SU1 edition of the guide.
        OUTBOUND_WORK = 32_745 "OUTBOUND_WORK";
        /// The agent was deleted. Listed by the 12.5(1)SU1 edition of the guide.
        AGENT_DELETED = 32_748 "AGENT_DELETED";
        /// A supervisor logged the agent out. Listed by the 12.5(1)SU1 edition of the guide.
        SUP_AGT_TO_LOGOUT = 22 "SUP_AGT_TO_LOGOUT";
        /// A supervisor made the agent not ready. Listed by the 12.5(1)SU1 edition of the guide.
        SUP_AGT_TO_NOT_READY = 33 "SUP_AGT_TO_NOT_READY";
        /// No reason.
        NONE = 0 ours "None";
        _ = 1..=0xFFFF;
    }
}
