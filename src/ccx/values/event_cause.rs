//! `EventCause` (guide, Table 191).

codes! {
    /// Why a call event happened. The guide gives names and numbers only; the explanations here
    /// follow the names. Guide: Table 191.
    EventCause: u16 = table 191, default NONE {
        /// No cause is given, which is the usual case.
        NONE = 0xFFFF "CEC_NONE";
        /// Alternating between two calls.
        ALTERNATE = 2 "CEC_ALTERNATE";
        /// The destination is busy.
        BUSY = 3 "CEC_BUSY";
        /// The call was canceled.
        CALL_CANCELLED = 5 "CEC_CALL_CANCELLED";
        /// The call was forwarded.
        CALL_FORWARD = 9 "CEC_CALL_FORWARD";
        /// The call was not answered.
        CALL_NOT_ANSWERED = 10 "CEC_CALL_NOT_ANSWERED";
        /// The destination could not be reached.
        DEST_NOT_OBTAINABLE = 13 "CEC_DEST_NOT_OBTAINABLE";
        /// The destination cannot take this call.
        INCOMPATIBLE_DESTINATION = 15 "CEC_INCOMPATIBLE_DESTINATION";
        /// A conference.
        KEY_CONFERENCE = 17 "CEC_KEY_CONFERENCE";
        /// A new call.
        NEW_CALL = 22 "CEC_NEW_CALL";
        /// No agent was free.
        NO_AVAILABLE_AGENTS = 23 "CEC_NO_AVAILABLE_AGENTS";
        /// The call was redirected.
        REDIRECTED = 28 "CEC_REDIRECTED";
        /// A transfer.
        TRANSFER = 32 "CEC_TRANSFER";
        /// A time limit ran out.
        TIME_OUT = 35 "CEC_TIME_OUT";
        /// An agent asked a supervisor for help.
        SUPERVISOR_ASSIST = 43 "CEC_SUPERVISOR_ASSIST";
        /// An emergency call.
        EMERGENCY_CALL = 44 "CEC_EMERGENCY_CALL";
        /// A supervisor left the call.
        SUPERVISOR_CLEAR = 45 "CEC_SUPERVISOR_CLEAR";
        /// A supervisor listens to the call.
        SUPERVISOR_MONITOR = 46 "CEC_SUPERVISOR_MONITOR";
        /// A supervisor speaks to the agent alone.
        SUPERVISOR_WHISPER = 47 "CEC_SUPERVISOR_WHISPER";
        /// A supervisor joined the call.
        SUPERVISOR_BARGE_IN = 48 "CEC_SUPERVISOR_BARGE_IN";
        /// A supervisor took the call over.
        SUPERVISOR_INTERCEPT = 49 "CEC_SUPERVISOR_INTERCEPT";
        /// Details of a party were updated.
        CALL_PARTY_UPDATE_IND = 50 "CEC_CALL_PARTY_UPDATE_IND";
        /// Extended cause of `CALL_CLEARED_EVENT`: handled, then dropped for another reason.
        CECX_DROP_HANDLED_OTHER = 1014 "CECX_DROP_HANDLED_OTHER";
        _ = 1..=1 4..=4 6..=8 11..=12 14..=14 16..=16 18..=21 24..=27 29..=31 33..=34 36..=42 1001..=1013 1015..=1056;
    }
}
