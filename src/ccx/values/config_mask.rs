//! `ConfigMask` (guide, Table 25).

mask! {
    /// Kinds of configuration data, as bits. For `CONFIG_BEGIN_EVENT` the guide swaps bits 1 and 4,
    /// and its editions disagree about `CONFIG_REQUEST_EVENT`. Guide: Table 25.
    ConfigMask: u32 = table 25 {
        /// Agents.
        AGENT = 0x1 "CONFIG_AGENT_MASK";
        /// CSQs.
        CSQ = 0x2 "CONFIG_CSQ_MASK";
        /// Applications.
        APPLICATION = 0x4 "CONFIG_APPLICATION_MASK";
        /// Devices.
        DEVICE = 0x8 "CONFIG_DEVICE_MASK";
        /// Terminals. Since version 18. Listed by the 12.5(1)SU1 edition of the guide.
        TERMINAL = 0x10 "CONFIG_TERMINAL_MASK";
    }
}
