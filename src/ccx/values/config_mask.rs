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

impl ConfigMask {
    /// All kinds up to version 17.
    ///
    /// 0xF.
    pub const ALL_KINDS: Self = Self(0xF);
    /// All kinds from version 18 on. The guide's example for `OPEN_REQ` has it, too, so older
    /// servers are likely to take it.
    ///
    /// 0x1F.
    pub const ALL_KINDS_V18: Self = Self(0x1F);
}
