//! Codes of the error replies.
use core::fmt;

use super::attached_data::Value;
use super::attached_data::ValueBuf;
use super::enumerations::code;
use super::key::{KeyType, Problem, WireType, key_type, sealed};

code! {
    /// The code of an error (Outbound Contact Reference Manual, Error Names and Codes), open to
    /// codes that no table lists. The code decides what an error means: texts vary.
    ///
    /// ```
    /// use cti_codec::gsw::ErrorCode;
    ///
    /// assert_eq!(ErrorCode::RECORD_NOT_FOUND.name(), Some("Record Not Found"));
    /// assert_eq!(format!("{:?}", ErrorCode(109)), "RECORD_NOT_FOUND(109)");
    /// assert_eq!(ErrorCode(4711).name(), None);
    /// ```
    ErrorCode "errors" {
        /// The request is of the wrong type, or not in its place. See
        /// [`ErrorCode::INVALID_REQUEST_TEXTS`].
        INVALID_REQUEST = 101 "Invalid Request" | "Invalid request",
        /// A mandatory key is missing.
        ATTRIBUTE_NOT_FOUND = 102 "Attribute Not Found" | "Invalid request; attribute is not found",
        /// A value is wrong.
        INVALID_ATTRIBUTE_VALUE = 103 "Invalid Attribute Value"
            | "Invalid request data; bad attribute value" | "Invalid Request Data",
        /// No agent fits the request.
        AGENT_NOT_FOUND = 104 "Agent Not Found" | "Agent not found",
        /// The campaign group does not exist.
        CAMPAIGN_GROUP_NOT_FOUND = 105 "Campaign Group Not Found",
        /// No campaign is loaded.
        NO_ACTIVE_CAMPAIGNS = 106 "No Active Campaigns",
        /// No preview campaign is started.
        NO_RUNNING_PREVIEW_CAMPAIGNS = 107 "No Running Preview Campaigns"
            | "No Running Preview Campaign" | "NoActivePreviewCampaign",
        /// The lists are done, or the buffer is being filled: ask again later.
        NO_RECORDS_AVAILABLE = 108 "No Records Available" | "No Records Available.",
        /// There is no such record, or it is processed already.
        RECORD_NOT_FOUND = 109 "Record Not Found",
        /// The time does not do, for example because it is past.
        INVALID_TIME = 110 "Invalid Time",
        /// The time cannot be read.
        INVALID_TIME_FORMAT = 111 "Invalid Time Format",
        /// The record is processed already, or its handle is wrong.
        NO_CALL_FOUND = 112 "No call found for the record handle",
        /// The database failed.
        DB_ERROR = 113 "DB Error",
        /// There is no such chain.
        CHAINED_RECORDS_NOT_FOUND = 114 "Chained Records not found",
        /// The record to add is there already.
        RECORD_ALREADY_EXISTS = 115 "Record Already Exists",
        /// The record cannot be added.
        ADD_RECORD_ERROR = 116 "Add Record Error",
        /// There is no such record to reschedule.
        SCHEDULED_RECORD_NOT_FOUND = 117 "Scheduled record not found",
        /// The preview session is on already.
        PREVIEW_ALREADY_STARTED = 118 "Preview mode has already been started",
        /// The preview session is not on.
        PREVIEW_NOT_STARTED = 119 "Preview mode has not been started",
        /// The agent's time to be ready was already announced for this record. Listed for `ReadyTime`
        /// only.
        DUPLICATE_REQUEST = 120 "Duplicate request is not allowed",
    }
}

impl ErrorCode {
    /// Texts that come with [`INVALID_REQUEST`](Self::INVALID_REQUEST) besides its name, each for a
    /// situation of its own: the preview session is to be started first; there is no predictive or
    /// progressive campaign to log out of; the agent is logged out but for the record at hand.
    pub const INVALID_REQUEST_TEXTS: [&'static str; 3] = [
        "PreviewDialingModeStart is required",
        "There is no 'Auto' campaign started",
        "Agent smartly logged out",
    ];

    /// The codes that may refuse any request except `CampaignStatusRequest`. The manual names the
    /// first three; the others follow from their meaning.
    pub const OF_ANY_REQUEST: [ErrorCode; 7] = [
        ErrorCode::INVALID_REQUEST,
        ErrorCode::ATTRIBUTE_NOT_FOUND,
        ErrorCode::INVALID_ATTRIBUTE_VALUE,
        ErrorCode::AGENT_NOT_FOUND,
        ErrorCode::CAMPAIGN_GROUP_NOT_FOUND,
        ErrorCode::NO_ACTIVE_CAMPAIGNS,
        ErrorCode::DB_ERROR,
    ];

    /// The texts with which `ReadyTime` is refused (`ReadyTime` Error Codes).
    pub const READY_TIME: [(ErrorCode, &'static str); 6] = [
        (ErrorCode::INVALID_REQUEST, "Invalid request"),
        (
            ErrorCode::ATTRIBUTE_NOT_FOUND,
            "Invalid request; attribute is not found",
        ),
        (
            ErrorCode::INVALID_ATTRIBUTE_VALUE,
            "Invalid request data; bad attribute value",
        ),
        (ErrorCode::AGENT_NOT_FOUND, "Agent not found"),
        (
            ErrorCode::NO_CALL_FOUND,
            "No call found for the record handle",
        ),
        (
            ErrorCode::DUPLICATE_REQUEST,
            "Duplicate request is not allowed",
        ),
    ];

    /// Returns whether the server says that it does not hold the record any more: two codes do.
    #[must_use]
    pub fn is_record_gone(self) -> bool {
        matches!(self, ErrorCode::RECORD_NOT_FOUND | ErrorCode::NO_CALL_FOUND)
    }
}
