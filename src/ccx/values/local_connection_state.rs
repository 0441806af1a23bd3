//! `LocalConnectionState` (guide, Table 190).

codes! {
    /// State of one device's connection to a call. Guide: Table 190.
    LocalConnectionState: u16 = table 190, default NONE {
        /// Does not apply.
        NONE = 0xFFFF "LCS_NONE";
        /// The device has no connection to the call.
        NULL = 0 "LCS_NULL";
        /// The device has dial tone or is dialing.
        INITIATE = 1 "LCS_INITIATE";
        /// The device rings.
        ALERTING = 2 "LCS_ALERTING";
        /// The device takes part in the call.
        CONNECT = 3 "LCS_CONNECT";
        /// The device holds the call.
        HOLD = 4 "LCS_HOLD";
        /// The connection waits, on the side of the call or of the device.
        QUEUED = 5 "LCS_QUEUED";
        /// An attempt to connect was given up.
        FAIL = 6 "LCS_FAIL";
    }
}
