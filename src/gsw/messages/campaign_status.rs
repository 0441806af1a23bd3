//! Campaign status (Outbound Contact Reference Manual, Campaign Status Notification from OCS to Desktop).
use super::prelude::*;

message! {
    /// Dialing for a campaign has begun or resumed. Also sent when an agent logs in while it runs,
    /// when servers switch over, and to answer a status request. Keep its application id for
    /// requests.
    event CampaignStarted = "CampaignStarted", "Campaign Status Notification from OCS to Desktop" {
        APPLICATION_ID application_id: i64, Required;
        CAMPAIGN_DESCRIPTION campaign_description: Text<'a>, Required;
        CAMPAIGN_MODE campaign_mode: CampaignMode<'a>, Required;
        CAMPAIGN_NAME campaign_name: Text<'a>, Required;
        CAMPAIGN_GROUP_NAME campaign_group_name: Text<'a>, Required;
    }
    accepts [CAMPAIGN_GROUP_DESCRIPTION];
}

message! {
    /// A dialing session was loaded. Also sent when an agent logs in, when servers switch over,
    /// and to answer a status request.
    event CampaignLoaded = "CampaignLoaded", "Campaign Status Notification from OCS to Desktop" {
        APPLICATION_ID application_id: i64, Required;
        CAMPAIGN_DESCRIPTION campaign_description: Text<'a>, Required;
        CAMPAIGN_NAME campaign_name: Text<'a>, Required;
        CAMPAIGN_GROUP_DESCRIPTION campaign_group_description: Text<'a>, Required;
        CAMPAIGN_GROUP_NAME campaign_group_name: Text<'a>, Required;
    }
}

message! {
    /// A dialing session was unloaded: send no more requests to it.
    event CampaignUnloaded = "CampaignUnloaded",
        "Campaign Status Notification from OCS to Desktop" {
        APPLICATION_ID application_id: i64, Required;
        CAMPAIGN_NAME campaign_name: Text<'a>, Required;
        CAMPAIGN_DESCRIPTION campaign_description: Text<'a>, Required;
        CAMPAIGN_GROUP_DESCRIPTION campaign_group_description: Text<'a>, Required;
        CAMPAIGN_GROUP_NAME campaign_group_name: Text<'a>, Required;
    }
}

message! {
    /// Dialing for a campaign was stopped or paused: send no more requests to it.
    event CampaignStopped = "CampaignStopped", "Campaign Status Notification from OCS to Desktop" {
        APPLICATION_ID application_id: i64, Required;
        CAMPAIGN_NAME campaign_name: Text<'a>, Required;
        CAMPAIGN_DESCRIPTION campaign_description: Text<'a>, Required;
        CAMPAIGN_GROUP_DESCRIPTION campaign_group_description: Text<'a>, Required;
        CAMPAIGN_GROUP_NAME campaign_group_name: Text<'a>, Required;
    }
}

message! {
    /// A running campaign now dials in another mode.
    event CampaignModeChanged = "CampaignModeChanged",
        "Campaign Status Notification from OCS to Desktop" {
        APPLICATION_ID application_id: i64, Required;
        CAMPAIGN_MODE campaign_mode: CampaignMode<'a>, Required;
        CAMPAIGN_NAME campaign_name: Text<'a>, Required;
        CAMPAIGN_DESCRIPTION campaign_description: Text<'a>, Required;
        CAMPAIGN_GROUP_DESCRIPTION campaign_group_description: Text<'a>, Required;
        CAMPAIGN_GROUP_NAME campaign_group_name: Text<'a>, Required;
    }
}

message! {
    /// The agent was assigned to a campaign group.
    event CampaignGroupAssigned = "CampaignGroupAssigned" or ["CampaignGroupChanged"],
        "Campaign Group Agent Assignment" {
        APPLICATION_ID application_id: i64, Required;
        CAMPAIGN_NAME campaign_name: Text<'a>, Required;
        CAMPAIGN_DESCRIPTION campaign_description: Text<'a>, Required;
        CAMPAIGN_GROUP_DESCRIPTION campaign_group_description: Text<'a>, Required;
        CAMPAIGN_GROUP_NAME campaign_group_name: Text<'a>, Required;
    }
}

message! {
    /// Asks which campaigns are loaded and running for the agent. Several events may answer, or
    /// none, but never an error.
    request CampaignStatusRequest = "CampaignStatusRequest",
        "Campaign Status Notification from OCS to Desktop" {
        APPLICATION_ID application_id: i64, Optional;
        REFERENCE_ID reference_id: i64, Optional;
    }
    answered by [CampaignLoaded, CampaignStarted, CampaignGroupAssigned];
}
