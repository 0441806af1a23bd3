//! New records (Outbound Contact Reference Manual, Adding Records to a Calling List).
use super::prelude::*;

message! {
    /// Adds a record to a calling list, in a chain of its own unless it names one.
    request AddRecord = "AddRecord", "Adding Records to a Calling List" {
        AGENT_ID agent_id: Text<'a>, Optional = "0" zero_is_unset;
        APPLICATION_ID application_id: i64, Required;
        ATTEMPTS attempts: i64, Optional = "0";
        CALL_RESULT call_result: CallResult, Optional;
        CALL_TIME call_time: CallTime, Optional = "0" zero_is_unset;
        CALLING_LIST calling_list: Text<'a>, Required;
        CAMPAIGN_GROUP_NAME campaign_group_name: Text<'a>, Optional;
        CAMPAIGN_NAME campaign_name: Text<'a>, Required;
        CHAIN_ID chain_id: i64, Conditional;
        DATE_TIME date_time: DateTime<'a>, Optional = "0" zero_is_unset;
        FROM from: SecondsFromMidnight, Optional = "28800";
        PHONE phone: Text<'a>, Required;
        PHONE_TYPE phone_type: PhoneType, Optional = "2";
        RECORD_HANDLE record_handle: i64, Optional;
        RECORD_STATUS record_status: RecordStatus, Optional = "1";
        RECORD_TYPE record_type: RecordType, Optional = "2";
        REFERENCE_ID reference_id: i64, Optional;
        TZ_NAME tz_name: Text<'a>, Required;
        CHAIN_N chain_n: i64, Optional;
        UNTIL until: SecondsFromMidnight, Optional = "64800";
    }
    answered by [AddRecordAcknowledge, Error];
    errors [103] likely [115, 116];
    acknowledge AddRecordAcknowledge [application_id, calling_list, campaign_name];
    custom true;
    rules [
        Rule::Conditional {
            id: "AddRecord.1",
            if_present: keys::CHAIN_N.name(),
            unless: Some(0),
            then_all: &[keys::CHAIN_ID.name()],
            else_all: &[],
            else_any: &[],
            else_lenient: &[],
        },
        Rule::Allowed {
            id: "AddRecord.5",
            key: keys::RECORD_TYPE.name(),
            codes: &[2, 3, 4, 5, 6],
            unless_present: keys::CHAIN_ID.name(),
        }
    ];
}

message! {
    /// The record was added.
    event AddRecordAcknowledge = "AddRecordAcknowledge", "Adding Records to a Calling List" {
        APPLICATION_ID application_id: i64, Required;
        CALLING_LIST calling_list: Text<'a>, Required;
        CAMPAIGN_NAME campaign_name: Text<'a>, Required;
    }
    accepts [PHONE];
}
