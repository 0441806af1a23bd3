//! Preview sessions, preview records and the time to be ready.
use super::prelude::*;

message! {
    /// Starts a preview session for the agent.
    request PreviewDialingModeStart = "PreviewDialingModeStart", "PreviewDialingModeStart Request" {
        APPLICATION_ID application_id: i64, Required;
        CAMPAIGN_GROUP_NAME campaign_group_name: Text<'a>, Optional;
        CAMPAIGN_NAME campaign_name: Text<'a>, Required;
        REFERENCE_ID reference_id: i64, Optional;
    }
    answered by [PreviewDialingModeStartAcknowledge, Error];
    errors [] likely [118];
    acknowledge PreviewDialingModeStartAcknowledge [application_id, campaign_name];
}

message! {
    /// The preview session is on.
    event PreviewDialingModeStartAcknowledge = "PreviewDialingModeStartAcknowledge",
        "PreviewDialingModeStart Request" {
        APPLICATION_ID application_id: i64, Required;
        CAMPAIGN_NAME campaign_name: Text<'a>, Required;
    }
}

message! {
    /// Ends the preview session of the agent.
    request PreviewDialingModeOver = "PreviewDialingModeOver", "PreviewDialingModeStart Request" {
        APPLICATION_ID application_id: i64, Required;
        CAMPAIGN_GROUP_NAME campaign_group_name: Text<'a>, Optional;
        CAMPAIGN_NAME campaign_name: Text<'a>, Required;
        REFERENCE_ID reference_id: i64, Optional;
    }
    answered by [PreviewDialingModeOverAcknowledge, Error];
    errors [] likely [119];
    acknowledge PreviewDialingModeOverAcknowledge [application_id, campaign_name];
}

message! {
    /// The preview session is over.
    event PreviewDialingModeOverAcknowledge = "PreviewDialingModeOverAcknowledge",
        "PreviewDialingModeStart Request" {
        APPLICATION_ID application_id: i64, Required;
        CAMPAIGN_NAME campaign_name: Text<'a>, Required;
    }
}

message! {
    /// Reports in how many seconds the agent will be ready. Sent once for each record.
    request ReadyTime = "ReadyTime", "ReadyTime Request" {
        READY_TIME ready_time: i64, Required;
        APPLICATION_ID application_id: i64, Required;
        RECORD_HANDLE record_handle: i64, Required;
        REFERENCE_ID reference_id: i64, Optional;
    }
    answered by [ReadyTimeAcknowledge, Error];
    errors [101, 102, 103, 104, 112, 120] likely [];
    acknowledge ReadyTimeAcknowledge [application_id, record_handle];
}

message! {
    /// The time to be ready is noted.
    event ReadyTimeAcknowledge = "ReadyTimeAcknowledge", "ReadyTime Request" {
        APPLICATION_ID application_id: i64, Required;
        RECORD_HANDLE record_handle: i64, Required;
    }
}

message! {
    /// Asks for a record to preview.
    request PreviewRecordRequest = "PreviewRecordRequest",
        "Preview Record Request and Acknowledgment" {
        APPLICATION_ID application_id: i64, Required;
        CAMPAIGN_NAME campaign_name: Text<'a>, Required;
        REFERENCE_ID reference_id: i64, Optional;
    }
    answered by [PreviewRecord, NoRecordsAvailable, NoRunningPreviewCampaigns, Error];
    errors [107, 108] likely [101];
    accepts [CAMPAIGN_GROUP_NAME];
}

message! {
    /// A record to preview and to dial.
    event PreviewRecord = "PreviewRecord", "Preview Record Request and Acknowledgment" {
        APPLICATION_ID application_id: i64, Required;
        ATTEMPTS attempts: i64, Optional;
        CALL_RESULT call_result: CallResult, Required;
        CALL_TIME call_time: CallTime, Optional;
        CALLING_LIST calling_list: Text<'a>, Required;
        CAMPAIGN_GROUP_NAME campaign_group_name: Text<'a>, Required lenient;
        CAMPAIGN_NAME campaign_name: Text<'a>, Required lenient;
        CHAIN_ID chain_id: i64, Required;
        CPN_DIGITS cpn_digits: Text<'a>, Required lenient;
        FROM from: SecondsFromMidnight, Required lenient;
        PHONE phone: Text<'a>, Required;
        PHONE_TYPE phone_type: PhoneType, Optional;
        RECORD_HANDLE record_handle: i64, Required;
        TZ_OFFSET tz_offset: TzOffset, Required lenient;
        UNTIL until: SecondsFromMidnight, Optional;
        CONTACT_MEDIA_TYPE contact_media_type: ContactMedia<'a>, Required;
        CAMPAIGN_GROUP_DESCRIPTION campaign_group_description: Text<'a>, Required;
    }
    custom true;
}

message! {
    /// No record to preview at the moment: ask again later. An error reply, code 108.
    by AGENT_REQ_TYPE = "PreviewRecordRequest", NoRecordsAvailable,
        "Preview Record Request and Acknowledgment", Some(Direction::OCS_TO_DESKTOP), {
        ERROR_NUMBER error_number: ErrorCode, Required;
        ERROR error: Text<'a>, Required;
        APPLICATION_ID application_id: i64, Required;
        CAMPAIGN_NAME campaign_name: Text<'a>, Required;
    }
    accepts [USER_EVENT];
}

message! {
    /// The preview campaign is not running. An error reply, code 107.
    by AGENT_REQ_TYPE = "PreviewRecordRequest", NoRunningPreviewCampaigns,
        "Preview Record Request and Acknowledgment", Some(Direction::OCS_TO_DESKTOP), {
        ERROR_NUMBER error_number: ErrorCode, Required;
        ERROR error: Text<'a>, Required;
        APPLICATION_ID application_id: i64, Required;
        CAMPAIGN_NAME campaign_name: Text<'a>, Required;
    }
    accepts [USER_EVENT];
}
