//! `CtiService` (guide, Table 22).

mask! {
    /// Services that a session offers, as bits. `CTI_SERVICE_CLIENT_EVENTS` and
    /// `CTI_SERVICE_ALL_EVENTS` exclude each other. Guide: Table 22.
    CtiService: u32 = table 22, all but CLIENT_EVENTS {
        /// Agent mode: call and agent state events of one phone. Excludes `CTI_SERVICE_ALL_EVENTS`.
        CLIENT_EVENTS = 0x1 "CTI_SERVICE_CLIENT_EVENTS";
        /// Permission to change call data.
        CALL_DATA_UPDATE = 0x2 "CTI_SERVICE_CALL_DATA_UPDATE";
        /// Permission to control the calls and agent state of one phone.
        CLIENT_CONTROL = 0x4 "CTI_SERVICE_CLIENT_CONTROL";
        /// Bridge mode: call and agent state events of all phones. Excludes
        /// `CTI_SERVICE_CLIENT_EVENTS`.
        ALL_EVENTS = 0x10 "CTI_SERVICE_ALL_EVENTS";
        /// Supervisor functions, and team configuration.
        SUPERVISOR = 0x80 "CTI_SERVICE_SUPERVISOR";
        /// Permission to control agent states. Since version 12.
        AGENT_STATE_CONTROL_ONLY = 0x2000 "CTI_AGENT_STATE_CONTROL_ONLY";
        /// Configuration events, other than team configuration.
        CONFIG_EVENTS = 0x4_0000 "CTI_SERVICE_CONFIG_EVENTS";
    }
}
