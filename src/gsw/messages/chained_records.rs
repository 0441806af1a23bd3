//! Chains of records (Outbound Contact Reference Manual, Chained Records).
use super::prelude::*;

message! {
    /// Asks for all records of the chain that a record belongs to. Sent once for each chain.
    request ChainedRecordRequest = "ChainedRecordRequest" or ["RequestChainedRecords"],
        "Chained Records" {
        APPLICATION_ID application_id: i64, Required;
        CAMPAIGN_GROUP_NAME campaign_group_name: Text<'a>, Optional;
        CAMPAIGN_NAME campaign_name: Text<'a>, Optional;
        RECORD_HANDLE record_handle: i64, Required;
        REFERENCE_ID reference_id: i64, Optional;
    }
    answered by [ChainedRecord, ChainedRecordsDataEnd, Error];
    errors [109] likely [114];
}

message! {
    /// A record of a chain.
    event ChainedRecord = "ChainedRecord", "Chained Records" {
        APPLICATION_ID application_id: i64, Required;
        ATTEMPTS attempts: i64, Optional;
        CALL_TIME call_time: CallTime, Optional;
        CALLING_LIST calling_list: Text<'a>, Required;
        CALL_RESULT call_result: CallResult, Required;
        CAMPAIGN_NAME campaign_name: Text<'a>, Optional;
        CHAIN_ID chain_id: i64, Required;
        FROM from: SecondsFromMidnight, Optional;
        PHONE phone: Text<'a>, Required;
        PHONE_TYPE phone_type: PhoneType, Optional;
        RECORD_HANDLE record_handle: i64, Required;
        TZ_OFFSET tz_offset: TzOffset, Optional;
        UNTIL until: SecondsFromMidnight, Optional;
        CONTACT_MEDIA_TYPE contact_media_type: ContactMedia<'a>, Required;
        CAMPAIGN_GROUP_NAME campaign_group_name: Text<'a>, Required;
        CAMPAIGN_GROUP_DESCRIPTION campaign_group_description: Text<'a>, Required;
    }
    custom true;
}

message! {
    /// All records of the chain were sent.
    event ChainedRecordsDataEnd = "ChainedRecordsDataEnd" or ["ChainedRecordDataEnd"],
        "Chained Records" {
        APPLICATION_ID application_id: i64, Required;
        CALLING_LIST calling_list: Text<'a>, Required;
        CAMPAIGN_NAME campaign_name: Text<'a>, Required lenient;
        CHAIN_ID chain_id: i64, Required;
        RECORD_HANDLE record_handle: i64, Required;
    }
}
