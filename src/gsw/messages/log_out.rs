//! Logging out between calls (000, Agent Logout).
use super::prelude::*;

message! {
    /// Asks to log the agent out as soon as calls under way allow it.
    request LogOut = "Logout" or ["LogOut"], "Agent Logout" {
        APPLICATION_ID application_id: i64, Required;
        CAMPAIGN_GROUP_NAME campaign_group_name: Text<'a>, Optional;
        CAMPAIGN_NAME campaign_name: Text<'a>, Required;
        REFERENCE_ID reference_id: i64, Optional;
    }
    answered by [LogOutTime, LogOutAcknowledge, Error];
    errors [101] likely [];
    acknowledge LogOutAcknowledge [application_id, campaign_name];
}

message! {
    /// How long it will be until the agent may log out.
    event LogOutTime = "LogOut" or ["LogOutTime", "Logout"], "Agent Logout" {
        APPLICATION_ID application_id: i64, Required;
        CAMPAIGN_NAME campaign_name: Text<'a>, Required;
        LOGOUT_TIME logout_time: i64, Required;
    }
}

message! {
    /// The agent may log out now.
    event LogOutAcknowledge = "LogOutAcknowledge", "Agent Logout" {
        APPLICATION_ID application_id: i64, Required;
        CAMPAIGN_NAME campaign_name: Text<'a>, Required;
    }
}
