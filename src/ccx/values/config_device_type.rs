//! `ConfigDeviceType` (guide, Table 50).

codes! {
    /// Kind of device that a `CONFIG_DEVICE_EVENT` record describes. Guide: Table 50.
    ConfigDeviceType: u16 = table 50 {
        /// An agent's phone.
        AGENT = 3 "Agent";
        /// A route point.
        ROUTE_POINT = 5 "RoutePoint";
        /// A CTI port.
        CTI_PORT = 6 "CtiPort";
        /// A call control group.
        CALL_CONTROL_GROUP = 7 "CallControlGroup";
    }
}
