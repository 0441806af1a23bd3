//! `CcxErrorCode` (guide, Table 197).

codes! {
    /// Detailed error of Unified CCX, in `CONTROL_FAILURE_CONF`. Guide: Table 197.
    CcxErrorCode: u32 = table 197, default DEFAULT_ERROR_CODE {
        /// No details.
        DEFAULT_ERROR_CODE = 0 "CCX_DEFAULT_ERROR_CODE";
        /// Trouble with JTAPI or Unified Communications Manager.
        JTAPI_CCM_PROBLEM = 0x1_57C1 "CCX_JTAPI_CCM_PROBLEM";
        /// A lookup failed.
        LOOKUP_FAILURE = 0x1_57C2 "CCX_LOOKUP_FAILURE";
        /// The agent has no extension assigned.
        AGENT_DN_NOT_ASSIGNED = 0x1_57C3 "CCX_AGENT_DN_NOT_ASSIGNED";
        /// The agent's phone is off.
        AGENT_DEVICE_OFF = 0x1_57C4 "CCX_AGENT_DEVICE_OFF";
        /// The agent's phone is busy.
        AGENT_DEVICE_BUSY = 0x1_57C5 "CCX_AGENT_DEVICE_BUSY";
        /// The `RmCm` subsystem has no contact.
        RMCM_CONTACT_NULL = 0x1_57C6 "CCX_RMCM_CONTACT_NULL";
        /// The contact in the `RmCm` subsystem is wrong.
        RMCM_CONTACT_INVALID = 0x1_57C7 "CCX_RMCM_CONTACT_INVALID";
        /// No agent.
        AGENT_NULL = 0x1_57C8 "CCX_AGENT_NULL";
        /// Wrong agent.
        AGENT_INVALID = 0x1_57C9 "CCX_AGENT_INVALID";
        /// Wrong argument of a command.
        INVALID_ARGUMENT = 0x1_57CA "CCX_INVALID_ARGUMENT";
        /// The agent's side did not call back.
        NO_CALLBACK_FROM_AGENT = 0x1_57CB "CCX_NO_CALLBACK_FROM_AGENT";
        /// No call ID.
        CALL_ID_NULL = 0x1_57CC "CCX_CALL_ID_NULL";
        /// No call object.
        CALL_OBJECT_NULL = 0x1_57CD "CCX_CALL_OBJECT_NULL";
        /// No JTAPI provider.
        JTAPI_PROVIDER_NULL = 0x1_57CE "CCX_JTAPI_PROVIDER_NULL";
        /// No dialed number.
        DIALED_NUMBER_NULL = 0x1_57CF "CCX_DIALED_NUMBER_NULL";
        /// No device ID.
        DEVICE_ID_NULL = 0x1_57D0 "CCX_DEVICE_ID_NULL";
        /// No terminal connection.
        TERMINAL_CONNECTION_NULL = 0x1_57D1 "CCX_TERMINAL_CONNECTION_NULL";
        /// The session's services do not include call control.
        CALL_CONTROL_MASK_NOT_ON = 0x1_57D2 "CCX_CALL_CONTROL_MASK_NOT_ON";
        /// About the status of the agent's queue.
        AGENT_QUEUE_STATUS = 0x1_57D3 "CCX_AGENT_QUEUE_STATUS";
        /// No real-time data manager.
        ICD_RTDM_NULL = 0x1_57D4 "CCX_ICD_RTDM_NULL";
        /// About the status of the CSQ.
        CSQ_ICD_STATUS = 0x1_57D5 "CCX_CSQ_ICD_STATUS";
        /// About the status of the whole system.
        OVERALL_ICD_STATUS = 0x1_57D6 "CCX_OVERALL_ICD_STATUS";
        /// Wrong supervisory action.
        INVALID_SUPERVISORY_ACTION = 0x1_57D7 "CCX_INVALID_SUPERVISORY_ACTION";
        /// The session's services do not include call data updates.
        CALL_DATA_UPDATE_MASK_NOT_ON = 0x1_57D8 "CCX_CALL_DATA_UPDATE_MASK_NOT_ON";
        /// Over the limit of the whole system.
        OVERALL_LIMIT_EXCEEDED = 0x1_57D9 "CCX_OVERALL_LIMIT_EXCEEDED";
        /// Wrong call ID.
        CALL_ID_INVALID = 0x1_57DA "CCX_CALL_ID_INVALID";
        /// No supervisor is free.
        SUPERVISOR_UNAVAILABLE = 0x1_57DB "CCX_SUPERVISOR_UNAVAILABLE";
        /// Unsupported operation.
        UNSUPPORTED_OPERATION = 0x1_57DC "CCX_UNSUPPORTED_OPERATION";
        /// The JTAPI provider of `RmCm` does not have the call.
        CALL_ID_NOT_IN_PROVIDER = 0x1_57DD "CCX_CALL_ID_NOT_IN_PROVIDER";
        /// Unified Communications Manager restricts the device.
        DEVICE_RESTRICTED = 0x1_57DE "CCX_DEVICE_RESTRICTED";
        /// Unified Communications Manager restricts the line.
        LINE_RESTRICTED = 0x1_57DF "CCX_LINE_RESTRICTED";
        /// Several devices have the agent's line.
        AGENT_LINE_ON_MULTIPLE_DEVICES = 0x1_57E0 "CCX_AGENT_LINE_ON_MULTIPLE_DEVICES";
        /// An operation on the user failed.
        USER_OPERATION_FAILED = 0x1_57E1 "CCX_USER_OPERATION_FAILED";
        /// An operation of the provider failed.
        PROVIDER_OPERATION_FAILED = 0x1_57E2 "CCX_PROVIDER_OPERATION_FAILED";
        /// Password locked.
        PASSWORD_LOCKED = 0x1_57E3 "CCX_PASSWORD_LOCKED";
        /// Password expired.
        PASSWORD_EXPIRED = 0x1_57E4 "CCX_PASSWORD_EXPIRED";
        /// Password expired, by the guide 'successfully'.
        PASSWORD_EXPIRED_SUCCESS = 0x1_57E5 "CCX_PASSWORD_EXPIRED_SUCCESS";
        /// Password locked, as it was hacked.
        PASSWORD_HACKED_LOCKED = 0x1_57E6 "CCX_PASSWORD_HACKED_LOCKED";
        /// Password locked, as it was inactive.
        PASSWORD_INACTIVE_LOCKED = 0x1_57E7 "CCX_PASSWORD_INACTIVE_LOCKED";
        /// The password has to be changed first.
        PASSWORD_MUST_CHANGE = 0x1_57E8 "CCX_PASSWORD_MUST_CHANGE";
        /// No login at devices with IPv6.
        AGENT_DEVICE_IPV6 = 0x1_57E9 "CCX_AGENT_DEVICE_IPv6";
        /// Logical partitioning forbids the external transfer.
        TRANSFER_FAILED_DUE_TO_CCM_PROBLEM = 0x1_57EA "CCX_TRANSFER_FAILED_DUE_TO_CCM_PROBLEM";
        /// Logical partitioning forbids the conference.
        CONFERENCE_FAILED_DUE_TO_CCM_PROBLEM = 0x1_57EB "CCX_CONFERENCE_FAILED_DUE_TO_CCM_PROBLEM";
        /// No login at phones with Join Across Lines. Obsolete since Unified CCX 8.0(1).
        AGENT_LOGIN_NOTSUPPORTED_JALENABLEDPHONE = 0x1_57EC "CCX_AGENT_LOGIN_NOTSUPPORTED_JALENABLEDPHONE";
        /// No login at phones with Direct Transfer Across Lines. Obsolete since Unified CCX 8.0(1).
        AGENT_LOGIN_NOTSUPPORTED_DTALENABLEDPHONE = 0x1_57ED "CCX_AGENT_LOGIN_NOTSUPPORTED_DTALENABLEDPHONE";
        /// The built-in bridge of the agent's phone is off.
        BIB_NOT_CONFIGURED = 0x1_57EE "CCX_BIB_NOT_CONFIGURED";
        /// The agent's phone is too old for silent monitoring (before the 7960 series).
        AGENT_DEVICE_NOT_SUPPORTED = 0x1_57EF "CCX_AGENT_DEVICE_NOT_SUPPORTED";
        /// The `RmCm` application user in Unified Communications Manager may not monitor or record.
        SILENT_MONITOR_OR_RECORDING_SETTINGS_NOT_CONFIGURED = 0x1_57F0 "CCX_SILENT_MONITOR_OR_RECORDING_SETTINGS_NOT_CONFIGURED";
        /// The agent's line is not talking, so it cannot be monitored or recorded.
        SILENT_MONITOR_OR_RECORDING_AGENT_CALL_STATE_NOT_TALKING = 0x1_57F1 "CCX_SILENT_MONITOR_OR_RECORDING_AGENT_CALL_STATE_NOT_TALKING";
        /// The agent does not belong to this supervisor.
        AGENT_NOT_ASSOCIATED = 0x1_57F2 "CCX_AGENT_NOT_ASSOCIATED";
        /// The agent's line is being recorded already.
        RECORDING_ALREADY_INPROGRESS = 0x1_57F3 "CCX_RECORDING_ALREADY_INPROGRESS";
        /// Unified Communications Manager has the wrong recording settings for the agent's line.
        RECORDING_CONFIG_NOT_MATCHING = 0x1_57F4 "CCX_RECORDING_CONFIG_NOT_MATCHING";
        /// The built-in bridge of the agent's phone is not available.
        BIB_RESOURCE_NOT_AVAILABLE = 0x1_57F5 "CCX_BIB_RESOURCE_NOT_AVAILABLE";
        /// The state of the call does not allow the operation.
        ILLEGAL_CALL_STATE = 0x1_57F6 "CCX_ILLEGAL_CALL_STATE";
        /// Unified Communications Manager took too long.
        CALLMANAGER_OPERATION_TIMEOUT = 0x1_57F7 "CCX_CALLMANAGER_OPERATION_TIMEOUT";
        /// The agent's line is being monitored already.
        MONITORING_ALREADY_INPROGRESS = 0x1_57F8 "CCX_MONITORING_ALREADY_INPROGRESS";
        /// More recordings at once than the license allows.
        RECORDING_LICENSE_LIMIT_EXCEEDED = 0x1_57F9 "CCX_RECORDING_LICENSE_LIMIT_EXCEEDED";
    }
}
