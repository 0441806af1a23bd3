//! Updating and finishing records (Outbound Contact Reference Manual, Updating Call Results and Custom Fields).
use super::prelude::*;

message! {
    /// Changes the result of a call, some fields of the Genesys record and custom fields, as
    /// often as needed before `RecordProcessed`.
    request UpdateCallCompletionStats = "UpdateCallCompletionStats",
        "Updating Call Results and Custom Fields" {
        CALL_RESULT call_result: CallResult, Optional;
        FROM from: SecondsFromMidnight, Optional;
        UNTIL until: SecondsFromMidnight, Optional;
        PHONE phone: Text<'a>, Optional;
        PHONE_TYPE phone_type: PhoneType, Optional;
        RECORD_HANDLE record_handle: i64, Required;
        APPLICATION_ID application_id: i64, Required;
        CAMPAIGN_GROUP_NAME campaign_group_name: Text<'a>, Optional;
        CAMPAIGN_NAME campaign_name: Text<'a>, Required;
        REFERENCE_ID reference_id: i64, Optional;
    }
    answered by [UpdateCallCompletionStatsAcknowledge, Error];
    errors [109] likely [];
    acknowledge UpdateCallCompletionStatsAcknowledge [
        application_id, campaign_name, record_handle
    ] of list calling_list;
    custom true;
}

message! {
    /// The changes are taken over.
    event UpdateCallCompletionStatsAcknowledge = "UpdateCallCompletionStatsAcknowledge"
        or ["UpdateCallCompletionAcknowledge"],
        "Updating Call Results and Custom Fields" {
        APPLICATION_ID application_id: i64, Required;
        CALLING_LIST calling_list: Text<'a>, Required;
        CAMPAIGN_NAME campaign_name: Text<'a>, Required;
        RECORD_HANDLE record_handle: i64, Required;
    }
}

message! {
    /// Reports that the agent is done with a record, with last changes. Final.
    request RecordProcessed = "RecordProcessed", "Updating Call Results and Custom Fields" {
        APPLICATION_ID application_id: i64, Required;
        CALL_RESULT call_result: CallResult, Optional;
        CALLING_LIST calling_list: Text<'a>, Required;
        CAMPAIGN_GROUP_NAME campaign_group_name: Text<'a>, Optional;
        CAMPAIGN_NAME campaign_name: Text<'a>, Required;
        FROM from: SecondsFromMidnight, Optional;
        UNTIL until: SecondsFromMidnight, Optional;
        PHONE phone: Text<'a>, Optional;
        PHONE_TYPE phone_type: PhoneType, Optional;
        RECORD_HANDLE record_handle: i64, Required;
        REFERENCE_ID reference_id: i64, Optional;
        TREATMENT treatment: Treatment<'a>, Optional;
    }
    answered by [RecordProcessedAcknowledge, Error];
    errors [109] likely [];
    acknowledge RecordProcessedAcknowledge [
        application_id, calling_list, campaign_name, record_handle
    ];
    custom true;
}

message! {
    /// The record is finished.
    event RecordProcessedAcknowledge = "RecordProcessedAcknowledge" or ["RecordProcessAcknowledge"],
        "Updating Call Results and Custom Fields" {
        APPLICATION_ID application_id: i64, Required;
        CALLING_LIST calling_list: Text<'a>, Required;
        CAMPAIGN_NAME campaign_name: Text<'a>, Required;
        RECORD_HANDLE record_handle: i64, Required;
    }
}
