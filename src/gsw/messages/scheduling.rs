//! Calls at a later time (Outbound Contact Reference Manual, Scheduling and Rescheduling Records).
use super::prelude::*;

message! {
    /// Asks to call a record again at a given time. `RecordProcessed` has to follow.
    request RecordReschedule = "RecordReschedule" or ["RescheduleRecord"],
        "Scheduling and Rescheduling Records" {
        APPLICATION_ID application_id: i64, Required;
        CALLBACK_TYPE callback_type: CallbackType<'a>, Required;
        CAMPAIGN_GROUP_NAME campaign_group_name: Text<'a>, Optional;
        CAMPAIGN_NAME campaign_name: Text<'a>, Required;
        DATE_TIME date_time: DateTime<'a>, Required;
        RECORD_HANDLE record_handle: i64, Required;
        REFERENCE_ID reference_id: i64, Optional;
    }
    answered by [RecordRescheduleAcknowledge, Error];
    errors [109] likely [110, 111];
    acknowledge RecordRescheduleAcknowledge [
        application_id, callback_type, campaign_name, date_time, record_handle
    ] of list calling_list;
}

message! {
    /// The record is rescheduled.
    event RecordRescheduleAcknowledge = "RecordRescheduleAcknowledge",
        "Scheduling and Rescheduling Records" {
        APPLICATION_ID application_id: i64, Required;
        CALLBACK_TYPE callback_type: CallbackType<'a>, Required;
        CALLING_LIST calling_list: Text<'a>, Required;
        CAMPAIGN_NAME campaign_name: Text<'a>, Required;
        DATE_TIME date_time: DateTime<'a>, Required;
        RECORD_HANDLE record_handle: i64, Required;
    }
}

message! {
    /// Moves a scheduled call to another time.
    request ScheduledRecordReschedule = "ScheduledRecordReschedule" or ["ScheduleRecordReschedule"],
        "Scheduling and Rescheduling Records" {
        APPLICATION_ID application_id: i64, Required;
        CALLBACK_TYPE callback_type: CallbackType<'a>, Required lenient;
        CAMPAIGN_GROUP_NAME campaign_group_name: Text<'a>, Optional;
        CAMPAIGN_NAME campaign_name: Text<'a>, Required;
        DATE_TIME date_time: DateTime<'a>, Required;
        PHONE phone: Text<'a>, Optional;
        RECORD_HANDLE record_handle: i64, Required;
        REFERENCE_ID reference_id: i64, Optional;
    }
    answered by [ScheduledRecordRescheduleAcknowledge, Error];
    errors [109] likely [110, 111, 117];
    acknowledge ScheduledRecordRescheduleAcknowledge [
        application_id, callback_type, campaign_name, date_time, phone, record_handle
    ] of list calling_list;
}

message! {
    /// The scheduled call is moved.
    event ScheduledRecordRescheduleAcknowledge = "ScheduledRecordRescheduleAcknowledge"
        or ["ScheduleRecordRescheduleAcknowledge"],
        "Scheduling and Rescheduling Records" {
        APPLICATION_ID application_id: i64, Required;
        CALLBACK_TYPE callback_type: CallbackType<'a>, Required;
        CALLING_LIST calling_list: Text<'a>, Required;
        CAMPAIGN_NAME campaign_name: Text<'a>, Required;
        DATE_TIME date_time: DateTime<'a>, Required;
        PHONE phone: Text<'a>, Optional;
        RECORD_HANDLE record_handle: i64, Required;
    }
}

message! {
    /// The time of a scheduled call has come.
    event ScheduledCall = "ScheduledCall" or ["ScheduleCall"],
        "Scheduling and Rescheduling Records" {
        APPLICATION_ID application_id: i64, Required;
        ATTEMPTS attempts: i64, Optional;
        CALL_RESULT call_result: CallResult, Required;
        CALL_TIME call_time: CallTime, Required lenient;
        CALLBACK_TYPE callback_type: CallbackType<'a>, Required;
        CALLING_LIST calling_list: Text<'a>, Required;
        CAMPAIGN_NAME campaign_name: Text<'a>, Required;
        CHAIN_ID chain_id: i64, Required lenient;
        DATE_TIME date_time: DateTime<'a>, Required lenient;
        FROM from: SecondsFromMidnight, Optional;
        PHONE phone: Text<'a>, Required;
        PHONE_TYPE phone_type: PhoneType, Optional;
        RECORD_HANDLE record_handle: i64, Required;
        TZ_OFFSET tz_offset: TzOffset, Optional;
        UNTIL until: SecondsFromMidnight, Optional;
    }
    custom true;
}
