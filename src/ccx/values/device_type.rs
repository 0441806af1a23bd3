//! `DeviceType` (guide, Table 189).

codes! {
    /// Kind of device that a device ID names. Guide: Table 189.
    DeviceType: u16 = table 189, default NONE {
        /// There is no device ID.
        NONE = 0xFFFF "DEVID_NONE";
        /// An IP phone, by its extension.
        DEVICE_IDENTIFIER = 0 "DEVID_DEVICE_IDENTIFIER";
        /// A CTI port.
        CTI_PORT = 73 "DEVID_CTI_PORT";
        /// A route point.
        ROUTE_POINT = 74 "DEVID_ROUTE_POINT";
        /// An agent's phone.
        AGENT_DEVICE = 76 "DEVID_AGENT_DEVICE";
        /// A queue.
        QUEUE = 77 "DEVID_QUEUE";
        /// A line of the agent's phone that is not for contact center calls, as in `primary.actual`
        /// IDs.
        NON_ACD_DEVICE_IDENTIFIER = 78 "DEVID_NON_ACD_DEVICE_IDENTIFIER";
        _ = 70..=70 71..=71 72..=72 75..=75;
    }
}
