//! Logging out between calls (Outbound Contact Reference Manual, Agent Logout).
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
    answer may_leave;
}

impl<'a> LogOut<'a> {
    /// Returns the immediate answer: the number of seconds until the agent may log out.
    #[must_use]
    pub fn time(&self, seconds: i64) -> LogOutTime<'a> {
        LogOutTime {
            application_id: self.application_id,
            campaign_name: self.campaign_name,
            logout_time: Some(seconds),
            reference_id: self.reference_id,
            ..LogOutTime::default()
        }
    }

    /// Returns the event that follows once the agent may log out.
    #[must_use]
    pub fn acknowledge(&self) -> LogOutAcknowledge<'a> {
        LogOutAcknowledge {
            application_id: self.application_id,
            campaign_name: self.campaign_name,
            reference_id: self.reference_id,
            ..LogOutAcknowledge::default()
        }
    }

    fn may_leave(&self) -> LogOutTime<'a> {
        self.time(0)
    }
}

message! {
    /// The time until the agent may log out.
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
