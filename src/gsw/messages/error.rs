//! Error replies and statistical events.
use super::prelude::*;

message! {
    /// A request was refused.
    by ERROR_NUMBER, Error, "Error Events and Messages", Some(Direction::OCS_TO_DESKTOP), {
        ERROR error: Text<'a>, Required;
        ERROR_NUMBER error_number: ErrorCode, Required;
        /// The type of the refused request, by which the two errors with tables of their own name
        /// it.
        AGENT_REQ_TYPE request_type: Text<'a>, Optional unlisted;
        APPLICATION_ID application_id: i64, Required unlisted;
    }
    accepts [USER_EVENT];
}

message! {
    /// A report of the server to a Stat Server; not a message to or from a desktop.
    by STAT_EVENT, StatEvent, "User Event Attributes", None, {
        STAT_EVENT stat_event: StatEventType, Required;
        CAMPAIGN_DBID campaign_dbid: i64, Optional;
        CALL_LIST_DBID call_list_dbid: i64, Optional;
        GROUP_DBID group_dbid: i64, Optional;
        AGENT_DBID agent_dbid: i64, Optional;
        CALL_RESULT call_result: CallResult, Optional;
        CAMPAIGN_COMPLETE campaign_complete: i64, Optional;
        LIST_COMPLETE list_complete: i64, Optional;
        ERROR_DESCRIPTION error_description: Text<'a>, Optional;
        DIAL_MODE dial_mode: DialMode, Optional;
        APPLICATION_ID application_id: i64, Optional;
        CALLBACK_TYPE callback_type: CallbackType<'a>, Optional;
        SCHED_REC_NUM sched_rec_num: i64, Optional;
    }
}
