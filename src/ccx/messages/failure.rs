//! Failure messages.

use super::prelude::*;

message! {
    /// Refuses a request: sent instead of the request's own confirmation. A standby server answers
    /// with `E_CTI_SERVER_NOT_MASTER`.
    ///
    /// Guide: Tables 26 and 27.
    FailureConf = FAILURE_CONF(1), Error, Server;
    fixed {
        /// `InvokeID` of the request that failed.
        "InvokeID" invoke_id: u32;
        /// Reason for the refusal.
        "Status" status: StatusCode;
    }
    floating {
        /// Reason of the failure in words, if known.
        "Text" [7] text: Option<Text<'a>> [max 255];
    }
}

message! {
    /// Reports an error that belongs to no particular request.
    ///
    /// Guide: Tables 28 and 29.
    FailureEvent = FAILURE_EVENT(2), Error, Server;
    fixed {
        /// Reason of the failure.
        "Status" status: StatusCode;
    }
    floating {
        /// Reason of the failure in words, if known.
        "Text" [7] text: Option<Text<'a>> [max 255];
    }
}
