//! `CallPartyDisposition` (guide, Table 200).

codes! {
    /// The disposition of the called party. Guide: Table 200.
    CallPartyDisposition: u16 = table 200, default INVALID {
        /// Not stated; the name comes from the guide's traces.
        INVALID = 0 "CD_INVALID";
        /// Redirected elsewhere.
        REDIRECTED = 15 "Redirected";
        /// Transferred after an announcement.
        ANNOUNCED_TRANSFER = 29 "AnnouncedTransfer";
        /// Joined into a conference.
        CONFERENCED = 30 "Conferenced";
        _ = 1..=14 16..=27 28..=28 31..=52;
    }
}
