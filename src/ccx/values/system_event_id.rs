//! `SystemEventID` (guide, Table 192).

codes! {
    /// The kind of a `SYSTEM_EVENT`. Guide: Table 192.
    SystemEventID: u32 = table 192 {
        /// The server came online.
        CCX_ONLINE = 3 "SYS_CCX_ONLINE";
        /// The server went offline.
        CCX_OFFLINE = 4 "SYS_CCX_OFFLINE";
        /// A device went out of service.
        INSTRUMENT_OUT_OF_SERVICE = 10 "SYS_INSTRUMENT_OUT_OF_SERVICE";
        /// A device is in service again.
        INSTRUMENT_BACK_IN_SERVICE = 11 "SYS_INSTRUMENT_BACK_IN_SERVICE";
        _ = 1..=1 2..=2 5..=5 6..=6 7..=7 8..=8 9..=9;
    }
}
