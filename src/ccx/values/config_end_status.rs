//! `ConfigEndStatus` (guide, Table 41).

codes! {
    /// The outcome of a configuration block. Codes 2 and 3 differ from `ConfigKeyStatus`. Guide:
    /// Table 41.
    ConfigEndStatus: u32 = table 41 {
        /// All data was sent.
        SUCCESS = 0 "CONFIG_SUCCESS";
        /// Nothing is sent, as the session did not ask for `CTI_SERVICE_CONFIG_EVENTS`.
        SERVICE_PROVIDER = 1 "CONFIG_SERVICE_PROVIDER";
        /// The reserved field 131 of `CONFIG_REQUEST_EVENT` is wrong.
        UNKNOWN_DATA = 2 "CONFIG_UNKNOWN_DATA";
        /// An error left the data wrong or incomplete.
        ERROR = 3 "CONFIG_ERROR";
        /// The server has no such configuration.
        EMPTY = 4 "CONFIG_EMPTY";
        /// More blocks of this upload follow; the last one ends with `CONFIG_SUCCESS`.
        PARTIAL = 5 "CONFIG_PARTIAL";
    }
}
