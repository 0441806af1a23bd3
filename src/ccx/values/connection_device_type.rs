//! `ConnectionDeviceType` (guide, Table 193).

codes! {
    /// Whether a connection's device ID outlives the call. Guide: Table 193.
    ConnectionDeviceType: u16 = table 193, default NONE {
        /// There is no connection ID.
        NONE = 0xFFFF "CONNECTION_ID_NONE";
        /// Stays the same from call to call.
        STATIC = 0 "CONNECTION_ID_STATIC";
        /// Can differ from call to call.
        DYNAMIC = 1 "CONNECTION_ID_DYNAMIC";
    }
}
