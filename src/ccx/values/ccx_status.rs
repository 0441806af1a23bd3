//! `CcxStatus` (guide, Table 199).

codes! {
    /// Operating state of the server. Guide: Table 199.
    CcxStatus: u32 = table 199, default NORMAL {
        /// Running. The guide calls every other value a failure, although
        /// [`IN_SERVICE`](Self::IN_SERVICE) is not.
        NORMAL = 0 ours "Normal";
        /// Starting.
        INITIALIZING = 256 "CCX_INITIALIZING";
        /// Stopping.
        SHUTTING_DOWN = 512 "CCX_SHUTTING_DOWN";
        /// Stopped.
        SHUTDOWN = 768 "CCX_SHUTDOWN";
        /// Running.
        IN_SERVICE = 1024 "CCX_IN_SERVICE";
        /// Running in part.
        PARTIAL_SERVICE = 1280 "CCX_PARTIAL_SERVICE";
        /// Failed to start.
        OUT_OF_SERVICE = 1536 "CCX_OUT_OF_SERVICE";
    }
}
