//! `ConfigKeyStatus` (guide, Table 34).

codes! {
    /// Outcome of a request for configuration keys. Codes 2 and 3 differ from `ConfigEndStatus`.
    /// Guide: Table 34.
    ConfigKeyStatus: u32 = table 34 {
        /// The keys are included.
        SUCCESS = 0 "CONFIG_SUCCESS";
        /// Nothing is sent, as the session did not ask for `CTI_SERVICE_CONFIG_EVENTS`.
        SERVICE_PROVIDER = 1 "CONFIG_SERVICE_PROVIDER";
        /// An internal error keeps the server from giving keys.
        NO_KEY_SUPPORT = 2 "CONFIG_NO_KEY_SUPPORT";
        /// The reserved field 131 of the request is wrong.
        UNKNOWN_DATA = 3 "CONFIG_UNKNOWN_DATA";
    }
}
