//! `CallEventMask` (guide, Table 23).

mask! {
    /// Call events to receive, as bits. Guide: Table 23.
    CallEventMask: u32 = table 23 {
        /// Send `CALL_DELIVERED_EVENT`.
        CALL_DELIVERED = 0x1 "CALL_DELIVERED_MASK";
        /// Send `CALL_QUEUED_EVENT`.
        CALL_QUEUED = 0x2 "CALL_QUEUED_MASK";
        /// Send `CALL_ESTABLISHED_EVENT`.
        CALL_ESTABLISHED = 0x4 "CALL_ESTABLISHED_MASK";
        /// Send `CALL_HELD_EVENT`.
        CALL_HELD = 0x8 "CALL_HELD_MASK";
        /// Send `CALL_RETRIEVED_EVENT`.
        CALL_RETRIEVED = 0x10 "CALL_RETRIEVED_MASK";
        /// Send `CALL_CLEARED_EVENT`.
        CALL_CLEARED = 0x20 "CALL_CLEARED_MASK";
        /// Send `CALL_CONNECTION_CLEARED_EVENT`.
        CALL_CONNECTION_CLEARED = 0x40 "CALL_CONNECTION_CLEARED_MASK";
        /// Send `CALL_ORIGINATED_EVENT`.
        CALL_ORIGINATED = 0x80 "CALL_ORIGINATED_MASK";
        /// Send `CALL_CONFERENCED_EVENT`.
        CALL_CONFERENCED = 0x100 "CALL_CONFERENCED_MASK";
        /// Send `CALL_TRANSFERRED_EVENT`.
        CALL_TRANSFERRED = 0x200 "CALL_TRANSFERRED_MASK";
        /// Send `CALL_DIVERTED_EVENT`.
        CALL_DIVERTED = 0x400 "CALL_DIVERTED_MASK";
        /// Send `CALL_SERVICE_INITIATED_EVENT`.
        CALL_SERVICE_INITIATED = 0x800 "CALL_SERVICE_INITIATED_MASK";
        /// Send `BEGIN_CALL_EVENT`.
        BEGIN_CALL = 0x2000 "BEGIN_CALL_MASK";
        /// Send `END_CALL_EVENT`.
        END_CALL = 0x4000 "END_CALL_MASK";
        /// Send `CALL_DATA_UPDATE_EVENT`.
        CALL_DATA_UPDATE = 0x8000 "CALL_DATA_UPDATE_MASK";
        /// Send `CALL_FAILED_EVENT`.
        CALL_FAILED = 0x1_0000 "CALL_FAILED_MASK";
        /// Send `CALL_DEQUEUED_EVENT`.
        CALL_DEQUEUED = 0x4_0000 "CALL_DEQUEUED_MASK";
        /// Send `RTP_STARTED_EVENT`.
        RTP_STARTED = 0x20_0000 "RTP_STARTED_MASK";
        /// Send `RTP_STOPPED_EVENT`.
        RTP_STOPPED = 0x40_0000 "RTP_STOPPED_MASK";
    }
}

impl CallEventMask {
    /// All call events: the sum of the table.
    ///
    /// 0x65EFFF.
    pub const ALL_EVENTS: Self = Self(0x65_EFFF);
}
