-- SPDX-License-Identifier: MIT
-- Wireshark dissector for the Cisco Unified CCX CTI protocol. Made from the tables of cti-codec by
-- `cargo run --example dissector`: change those, not this.

local TYPE_NAMES = {
    [1] = "FAILURE_CONF",
    [2] = "FAILURE_EVENT",
    [3] = "OPEN_REQ",
    [4] = "OPEN_CONF",
    [5] = "HEARTBEAT_REQ",
    [6] = "HEARTBEAT_CONF",
    [7] = "CLOSE_REQ",
    [8] = "CLOSE_CONF",
    [9] = "CALL_DELIVERED_EVENT",
    [10] = "CALL_ESTABLISHED_EVENT",
    [11] = "CALL_HELD_EVENT",
    [12] = "CALL_RETRIEVED_EVENT",
    [13] = "CALL_CLEARED_EVENT",
    [14] = "CALL_CONNECTION_CLEARED_EVENT",
    [15] = "CALL_ORIGINATED_EVENT",
    [16] = "CALL_FAILED_EVENT",
    [17] = "CALL_CONFERENCED_EVENT",
    [18] = "CALL_TRANSFERRED_EVENT",
    [19] = "CALL_DIVERTED_EVENT",
    [20] = "CALL_SERVICE_INITIATED_EVENT",
    [21] = "CALL_QUEUED_EVENT",
    [23] = "BEGIN_CALL_EVENT",
    [24] = "END_CALL_EVENT",
    [25] = "CALL_DATA_UPDATE_EVENT",
    [26] = "SET_CALL_DATA_REQ",
    [27] = "SET_CALL_DATA_CONF",
    [30] = "AGENT_STATE_EVENT",
    [31] = "SYSTEM_EVENT",
    [35] = "CONTROL_FAILURE_CONF",
    [36] = "QUERY_AGENT_STATE_REQ",
    [37] = "QUERY_AGENT_STATE_CONF",
    [38] = "SET_AGENT_STATE_REQ",
    [39] = "SET_AGENT_STATE_CONF",
    [40] = "ALTERNATE_CALL_REQ",
    [41] = "ALTERNATE_CALL_CONF",
    [42] = "ANSWER_CALL_REQ",
    [43] = "ANSWER_CALL_CONF",
    [44] = "CLEAR_CALL_REQ",
    [45] = "CLEAR_CALL_CONF",
    [46] = "CLEAR_CONNECTION_REQ",
    [47] = "CLEAR_CONNECTION_CONF",
    [48] = "CONFERENCE_CALL_REQ",
    [49] = "CONFERENCE_CALL_CONF",
    [50] = "CONSULT_CALL_REQ",
    [51] = "CONSULT_CALL_CONF",
    [54] = "HOLD_CALL_REQ",
    [55] = "HOLD_CALL_CONF",
    [56] = "MAKE_CALL_REQ",
    [57] = "MAKE_CALL_CONF",
    [60] = "RECONNECT_CALL_REQ",
    [61] = "RECONNECT_CALL_CONF",
    [62] = "RETRIEVE_CALL_REQ",
    [63] = "RETRIEVE_CALL_CONF",
    [64] = "TRANSFER_CALL_REQ",
    [65] = "TRANSFER_CALL_CONF",
    [68] = "SET_MSG_WAITING_IND_REQ",
    [69] = "SET_MSG_WAITING_IND_CONF",
    [78] = "QUERY_DEVICE_INFO_REQ",
    [79] = "QUERY_DEVICE_INFO_CONF",
    [82] = "SNAPSHOT_CALL_REQ",
    [83] = "SNAPSHOT_CALL_CONF",
    [84] = "SNAPSHOT_DEVICE_REQ",
    [85] = "SNAPSHOT_DEVICE_CONF",
    [86] = "CALL_DEQUEUED_EVENT",
    [91] = "SEND_DTMF_SIGNAL_REQ",
    [92] = "SEND_DTMF_SIGNAL_CONF",
    [112] = "QUERY_AGENT_STATISTICS_REQ",
    [113] = "QUERY_AGENT_STATISTICS_CONF",
    [114] = "QUERY_SKILL_GROUP_STATISTICS_REQ",
    [115] = "QUERY_SKILL_GROUP_STATISTICS_CONF",
    [116] = "RTP_STARTED_EVENT",
    [117] = "RTP_STOPPED_EVENT",
    [118] = "SUPERVISOR_ASSIST_REQ",
    [119] = "SUPERVISOR_ASSIST_CONF",
    [120] = "SUPERVISOR_ASSIST_EVENT",
    [121] = "EMERGENCY_CALL_REQ",
    [122] = "EMERGENCY_CALL_CONF",
    [123] = "EMERGENCY_CALL_EVENT",
    [124] = "SUPERVISE_CALL_REQ",
    [125] = "SUPERVISE_CALL_CONF",
    [126] = "AGENT_TEAM_CONFIG_REQ",
    [127] = "AGENT_TEAM_CONFIG_CONF",
    [128] = "AGENT_TEAM_CONFIG_EVENT",
    [134] = "LIST_AGENT_TEAM_CONF",
    [139] = "BAD_CALL_REQ",
    [140] = "BAD_CALL_CONF",
    [211] = "ROUTE_REGISTER_EVENT",
    [212] = "ROUTE_REGISTER_REPLY_EVENT",
    [213] = "ROUTE_REQUEST_EVENT",
    [214] = "ROUTE_SELECT",
    [215] = "ROUTE_END",
    [223] = "QUERY_QUEUE_STATISTICS_REQ",
    [224] = "QUERY_QUEUE_STATISTICS_CONF",
    [225] = "QUERY_SUMMARY_STATISTICS_REQ",
    [226] = "QUERY_SUMMARY_STATISTICS_CONF",
    [230] = "CONFIG_REQUEST_KEY_EVENT",
    [231] = "CONFIG_KEY_EVENT",
    [232] = "CONFIG_REQUEST_EVENT",
    [233] = "CONFIG_BEGIN_EVENT",
    [234] = "CONFIG_END_EVENT",
    [235] = "CONFIG_APPLICATION_EVENT",
    [236] = "CONFIG_CSQ_EVENT",
    [237] = "CONFIG_AGENT_EVENT",
    [238] = "CONFIG_DEVICE_EVENT",
    [239] = "QUERY_AGENT_QUEUE_STATISTICS_REQ",
    [240] = "QUERY_AGENT_QUEUE_STATISTICS_CONF",
    [242] = "TEAM_CONFIG_REQ",
    [243] = "TEAM_CONFIG_EVENT",
    [244] = "TEAM_CONFIG_CONF",
    [276] = "CONFIG_TERMINAL_EVENT",
}

local VALUES = {
    ["AgentCapacity"] = { bits = { { 0x1, "OutboundEnabled" }, } },
    ["AgentFlags"] = { bits = { { 0x1, "PrimarySupervisor" }, { 0x2, "TemporaryAgent" }, { 0x4, "Supervisor" }, } },
    ["AgentState"] = { names = { [0] = "AGENT_STATE_LOGIN", [1] = "AGENT_STATE_LOGOUT", [2] = "AGENT_STATE_NOT_READY", [3] = "AGENT_STATE_READY", [4] = "AGENT_STATE_TALKING", [5] = "AGENT_STATE_WORK", [7] = "BUSY_OTHER", [8] = "AGENT_STATE_RESERVED", [9] = "AGENT_STATE_UNKNOWN", [6] = "AGENT_STATE_WORK_READY", [11] = "AGENT_STATE_ACTIVE", [12] = "AGENT_STATE_PAUSED", [65535] = "None", }, reserved = { } },
    ["AgentStateMask"] = { bits = { { 0x1, "AGENT_LOGIN_MASK" }, { 0x2, "AGENT_LOGOUT_MASK" }, { 0x4, "AGENT_NOT_READY_MASK" }, { 0x8, "AGENT_AVAILABLE_MASK" }, { 0x10, "AGENT_TALKING_MASK" }, { 0x20, "AGENT_WORK_MASK" }, { 0x40, "AGENT_TALKING_PENDING_WORK_MASK" }, { 0x80, "AGENT_TALKING_PENDING_NOT_READY_MASK" }, { 0x100, "AGENT_RESERVED_MASK" }, } },
    ["AgentStateReasonCode"] = { names = { [32767] = "AGT_RELOGON", [32766] = "AGT_CLOSE_CAD", [32765] = "AGT_CONN_DOWN", [32764] = "CCX_FAILURE", [32763] = "AGT_RNA", [32762] = "AGT_OFFHOOK", [32761] = "AGT_NON_ICD", [32760] = "AGT_LOGON", [32759] = "AGT_PHONE_DOWN", [32758] = "AGT_WORK_TIMER_EXP", [32757] = "CM_FAILOVER", [32756] = "AGT_PHONE_UP", [32755] = "AGT_CALL_ENDED", [32754] = "AGT_DEVICE_RESTRICTED", [32753] = "AGT_LINE_RESTRICTED", [32752] = "AGT_CANCEL_RESERVATION", [32751] = "AGT_SKIPS", [32750] = "AGT_ICD_EXTENSION_CHANGED", [32746] = "AGT_RESERVED_OUTBOUND_DIRECT_PREVIEW", [32747] = "AGT_RESERVED_OUTBOUND", [32743] = "EMAIL_CONTACT_NOT_ACCEPTED", [32744] = "ACCX_MASTERSHIP_CHANGE", [32749] = "AGT_CANCEL_CONSULT", [32742] = "AGT_SEC_LINE_OFFHOOK", [32741] = "AGT_EXTENSION_CONFLICT", [32745] = "OUTBOUND_WORK", [32748] = "AGENT_DELETED", [22] = "SUP_AGT_TO_LOGOUT", [33] = "SUP_AGT_TO_NOT_READY", [0] = "None", }, reserved = { { 1, 65535 }, } },
    ["AgentType"] = { names = { [1] = "Agent", [2] = "Supervisor", }, reserved = { } },
    ["AudioCodec"] = { names = { [0] = "NONSTANDARD", [1] = "G711ALAW64K", [2] = "G711ALAW56K", [3] = "G711ULAW64K", [4] = "G711ULAW56K", [5] = "G722_64K", [6] = "G722_56K", [7] = "G722_48K", [8] = "G7231", [9] = "G728", [10] = "G729", [11] = "G729ANNEXA", [12] = "IS11172AUDIOCAP", [13] = "IS13818AUDIOCAP", [14] = "ACY_G729AASSN", [15] = "DATA64", [16] = "DATA56", [17] = "GSM", [18] = "ACTIVEVOICE", }, reserved = { } },
    ["CallEventMask"] = { bits = { { 0x1, "CALL_DELIVERED_MASK" }, { 0x2, "CALL_QUEUED_MASK" }, { 0x4, "CALL_ESTABLISHED_MASK" }, { 0x8, "CALL_HELD_MASK" }, { 0x10, "CALL_RETRIEVED_MASK" }, { 0x20, "CALL_CLEARED_MASK" }, { 0x40, "CALL_CONNECTION_CLEARED_MASK" }, { 0x80, "CALL_ORIGINATED_MASK" }, { 0x100, "CALL_CONFERENCED_MASK" }, { 0x200, "CALL_TRANSFERRED_MASK" }, { 0x400, "CALL_DIVERTED_MASK" }, { 0x800, "CALL_SERVICE_INITIATED_MASK" }, { 0x2000, "BEGIN_CALL_MASK" }, { 0x4000, "END_CALL_MASK" }, { 0x8000, "CALL_DATA_UPDATE_MASK" }, { 0x10000, "CALL_FAILED_MASK" }, { 0x40000, "CALL_DEQUEUED_MASK" }, { 0x200000, "RTP_STARTED_MASK" }, { 0x400000, "RTP_STOPPED_MASK" }, } },
    ["CallPartyDisposition"] = { names = { [0] = "CD_INVALID", [15] = "Redirected", [29] = "AnnouncedTransfer", [30] = "Conferenced", }, reserved = { { 1, 14 }, { 16, 27 }, { 28, 28 }, { 31, 52 }, } },
    ["CallType"] = { names = { [0] = "CALLTYPE_INVALID", [1] = "CALLTYPE_CCX_IN", [4] = "CALLTYPE_TRANSFER_IN", [6] = "CALLTYPE_OTHER_IN", [9] = "CALLTYPE_OUT", [10] = "CALLTYPE_AGENT_INSIDE", [12] = "CALLTYPE_CONSULT", [15] = "CALLTYPE_CONFERENCE", [17] = "CALLTYPE_PREVIEW", [18] = "CALLTYPE_RESERVATION", [19] = "CALLTYPE_ASSIST", [20] = "CALLTYPE_EMERGENCY", [21] = "CALLTYPE_SUPERVISOR_MONITOR", [23] = "CALLTYPE_SUPERVISOR_BARGE_IN", [24] = "CALLTYPE_SUPERVISOR_INTERCEPT", [11] = "CALLTYPE_OFFERED", [34] = "CALLTYPE_AGENT_OUTBOUND", }, reserved = { { 2, 3 }, { 5, 5 }, { 7, 8 }, { 13, 14 }, { 16, 16 }, { 22, 22 }, { 25, 26 }, } },
    ["CcxErrorCode"] = { names = { [0] = "CCX_DEFAULT_ERROR_CODE", [88001] = "CCX_JTAPI_CCM_PROBLEM", [88002] = "CCX_LOOKUP_FAILURE", [88003] = "CCX_AGENT_DN_NOT_ASSIGNED", [88004] = "CCX_AGENT_DEVICE_OFF", [88005] = "CCX_AGENT_DEVICE_BUSY", [88006] = "CCX_RMCM_CONTACT_NULL", [88007] = "CCX_RMCM_CONTACT_INVALID", [88008] = "CCX_AGENT_NULL", [88009] = "CCX_AGENT_INVALID", [88010] = "CCX_INVALID_ARGUMENT", [88011] = "CCX_NO_CALLBACK_FROM_AGENT", [88012] = "CCX_CALL_ID_NULL", [88013] = "CCX_CALL_OBJECT_NULL", [88014] = "CCX_JTAPI_PROVIDER_NULL", [88015] = "CCX_DIALED_NUMBER_NULL", [88016] = "CCX_DEVICE_ID_NULL", [88017] = "CCX_TERMINAL_CONNECTION_NULL", [88018] = "CCX_CALL_CONTROL_MASK_NOT_ON", [88019] = "CCX_AGENT_QUEUE_STATUS", [88020] = "CCX_ICD_RTDM_NULL", [88021] = "CCX_CSQ_ICD_STATUS", [88022] = "CCX_OVERALL_ICD_STATUS", [88023] = "CCX_INVALID_SUPERVISORY_ACTION", [88024] = "CCX_CALL_DATA_UPDATE_MASK_NOT_ON", [88025] = "CCX_OVERALL_LIMIT_EXCEEDED", [88026] = "CCX_CALL_ID_INVALID", [88027] = "CCX_SUPERVISOR_UNAVAILABLE", [88028] = "CCX_UNSUPPORTED_OPERATION", [88029] = "CCX_CALL_ID_NOT_IN_PROVIDER", [88030] = "CCX_DEVICE_RESTRICTED", [88031] = "CCX_LINE_RESTRICTED", [88032] = "CCX_AGENT_LINE_ON_MULTIPLE_DEVICES", [88033] = "CCX_USER_OPERATION_FAILED", [88034] = "CCX_PROVIDER_OPERATION_FAILED", [88035] = "CCX_PASSWORD_LOCKED", [88036] = "CCX_PASSWORD_EXPIRED", [88037] = "CCX_PASSWORD_EXPIRED_SUCCESS", [88038] = "CCX_PASSWORD_HACKED_LOCKED", [88039] = "CCX_PASSWORD_INACTIVE_LOCKED", [88040] = "CCX_PASSWORD_MUST_CHANGE", [88041] = "CCX_AGENT_DEVICE_IPv6", [88042] = "CCX_TRANSFER_FAILED_DUE_TO_CCM_PROBLEM", [88043] = "CCX_CONFERENCE_FAILED_DUE_TO_CCM_PROBLEM", [88044] = "CCX_AGENT_LOGIN_NOTSUPPORTED_JALENABLEDPHONE", [88045] = "CCX_AGENT_LOGIN_NOTSUPPORTED_DTALENABLEDPHONE", [88046] = "CCX_BIB_NOT_CONFIGURED", [88047] = "CCX_AGENT_DEVICE_NOT_SUPPORTED", [88048] = "CCX_SILENT_MONITOR_OR_RECORDING_SETTINGS_NOT_CONFIGURED", [88049] = "CCX_SILENT_MONITOR_OR_RECORDING_AGENT_CALL_STATE_NOT_TALKING", [88050] = "CCX_AGENT_NOT_ASSOCIATED", [88051] = "CCX_RECORDING_ALREADY_INPROGRESS", [88052] = "CCX_RECORDING_CONFIG_NOT_MATCHING", [88053] = "CCX_BIB_RESOURCE_NOT_AVAILABLE", [88054] = "CCX_ILLEGAL_CALL_STATE", [88055] = "CCX_CALLMANAGER_OPERATION_TIMEOUT", [88056] = "CCX_MONITORING_ALREADY_INPROGRESS", [88057] = "CCX_RECORDING_LICENSE_LIMIT_EXCEEDED", }, reserved = { } },
    ["CcxStatus"] = { names = { [0] = "Normal", [256] = "CCX_INITIALIZING", [512] = "CCX_SHUTTING_DOWN", [768] = "CCX_SHUTDOWN", [1024] = "CCX_IN_SERVICE", [1280] = "CCX_PARTIAL_SERVICE", [1536] = "CCX_OUT_OF_SERVICE", }, reserved = { } },
    ["ConfigDeviceType"] = { names = { [3] = "Agent", [5] = "RoutePoint", [6] = "CtiPort", [7] = "CallControlGroup", }, reserved = { } },
    ["ConfigEndStatus"] = { names = { [0] = "CONFIG_SUCCESS", [1] = "CONFIG_SERVICE_PROVIDER", [2] = "CONFIG_UNKNOWN_DATA", [3] = "CONFIG_ERROR", [4] = "CONFIG_EMPTY", [5] = "CONFIG_PARTIAL", }, reserved = { } },
    ["ConfigKeyStatus"] = { names = { [0] = "CONFIG_SUCCESS", [1] = "CONFIG_SERVICE_PROVIDER", [2] = "CONFIG_NO_KEY_SUPPORT", [3] = "CONFIG_UNKNOWN_DATA", }, reserved = { } },
    ["ConfigMask"] = { bits = { { 0x1, "CONFIG_AGENT_MASK" }, { 0x2, "CONFIG_CSQ_MASK" }, { 0x4, "CONFIG_APPLICATION_MASK" }, { 0x8, "CONFIG_DEVICE_MASK" }, { 0x10, "CONFIG_TERMINAL_MASK" }, } },
    ["ConfigParam"] = { names = { [1] = "Initial", [2] = "UpdatesOnly", }, reserved = { } },
    ["ConfigType"] = { names = { [1] = "Initial", [2] = "Update", }, reserved = { } },
    ["ConnectionDeviceType"] = { names = { [65535] = "CONNECTION_ID_NONE", [0] = "CONNECTION_ID_STATIC", [1] = "CONNECTION_ID_DYNAMIC", }, reserved = { } },
    ["ConsultType"] = { names = { [0] = "Unspecified", [1] = "Transfer", [2] = "Conference", }, reserved = { } },
    ["ControlFailure"] = { names = { [0] = "CF_GENERIC_UNSPECIFIED", [1] = "CF_GENERIC_OPERATION", [2] = "CF_REQUEST_INCOMPATIBLE_WITH_OBJECT", [3] = "CF_VALUE_OUT_OF_RANGE", [4] = "CF_OBJECT_NOT_KNOWN", [5] = "CF_INVALID_CALLING_DEVICE", [6] = "CF_INVALID_CALLED_DEVICE", [7] = "CF_INVALID_FORWARDING_DESTINATION", [8] = "CF_PRIVILEGE_VIOLATION_ON_SPECIFIED_DEVICE", [9] = "CF_PRIVILEGE_VIOLATION_ON_CALLED_DEVICE", [10] = "CF_PRIVILEGE_VIOLATION_ON_CALLING_DEVICE", [11] = "CF_INVALID_CSTA_CALL_ID", [12] = "CF_INVALID_CSTA_DEVICE_ID", [13] = "CF_INVALID_CSTA_CONNECTION_ID", [14] = "CF_INVALID_DESTINATION", [15] = "CF_INVALID_FEATURE", [16] = "CF_INVALID_ALLOCATION_STATE", [17] = "CF_INVALID_CROSS_REF_ID", [18] = "CF_INVALID_OBJECT_TYPE", [19] = "CF_SECURITY_VIOLATION", [21] = "CF_GENERIC_STATE_INCOMPATIBILITY", [22] = "CF_INVALID_OBJECT_STATE", [23] = "CF_INVALID_CONNECTION_ID_FOR_ACTIVE_CALL", [24] = "CF_NO_ACTIVE_CALL", [25] = "CF_NO_HELD_CALL", [26] = "CF_NO_CALL_TO_CLEAR", [27] = "CF_NO_CONNECTION_TO_CLEAR", [28] = "CF_NO_CALL_TO_ANSWER", [29] = "CF_NO_CALL_TO_COMPLETE", [31] = "CF_GENERIC_SYSTEM_RESOURCE_AVAILABILITY", [32] = "CF_SERVICE_BUSY", [33] = "CF_RESOURCE_BUSY", [34] = "CF_RESOURCE_OUT_OF_SERVICE", [35] = "CF_NETWORK_BUSY", [36] = "CF_NETWORK_OUT_OF_SERVICE", [37] = "CF_OVERALL_MONITOR_LIMIT_EXCEEDED", [38] = "CF_CONFERENCE_MEMBER_LIMIT_EXCEEDED", [41] = "CF_GENERIC_SUBSCRIBED_RESOURCE_AVAILABILITY", [42] = "CF_OBJECT_MONITOR_LIMIT_EXCEEDED", [43] = "CF_EXTERNAL_TRUNK_LIMIT_EXCEEDED", [44] = "CF_OUTSTANDING_REQUEST_LIMIT_EXCEEDED", [51] = "CF_GENERIC_PERFORMANCE_MANAGEMENT", [52] = "CF_PERFORMANCE_LIMIT_EXCEEDED", [61] = "CF_SEQUENCE_NUMBER_VIOLATED", [62] = "CF_TIME_STAMP_VIOLATED", [63] = "CF_PAC_VIOLATED", [64] = "CF_SEAL_VIOLATED", [70] = "CF_GENERIC_UNSPECIFIED_REJECTION", [71] = "CF_GENERIC_OPERATION_REJECTION", [72] = "CF_DUPLICATE_INVOCATION_REJECTION", [73] = "CF_UNRECOGNIZED_OPERATION_REJECTION", [74] = "CF_MISTYPED_ARGUMENT_REJECTION", [75] = "CF_RESOURCE_LIMITATION_REJECTION", [76] = "CF_ACS_HANDLE_TERMINATION_REJECTION", [77] = "CF_SERVICE_TERMINATION_REJECTION", [78] = "CF_REQUEST_TIMEOUT_REJECTION", [79] = "CF_REQUESTS_ON_DEVICE_EXCEEDED_REJECTION", [256] = "CF_INVALID_AGENT_ID_SPECIFIED", [257] = "CF_INVALID_PASSWORD_SPECIFIED", [258] = "CF_INVALID_AGENT_ID_OR_PASSWORD_SPECIFIED", [259] = "CF_SPECIFIED_AGENT_ALREADY_SIGNED_ON", [260] = "CF_INVALID_LOGON_DEVICE_SPECIFIED", [261] = "CF_INVALID_ANSWERING_DEVICE_SPECIFIED", [262] = "CF_INVALID_SKILL_GROUP_SPECIFIED", [263] = "CF_INVALID_CLASS_OF_SERVICE_SPECIFIED", [264] = "CF_INVALID_TEAM_SPECIFIED", [265] = "CF_INVALID_AGENT_WORKMODE", [266] = "CF_INVALID_AGENT_REASON_CODE", [267] = "CF_ADJUNCT_SWITCH_COMM_ERROR", [268] = "CF_AGENT_NOT_PARTY_ON_CALL", [269] = "CF_INTERNAL_PROCESSING_ERROR", [270] = "CF_TAKE_CALL_CONTROL_REJECTION", [271] = "CF_TAKE_DOMAIN_CONTROL_REJECTION", [272] = "CF_REQUESTED_SERVICE_NOT_REGISTERED", [283] = "CF_SPECIFIED_EXTENSION_ALREADY_IN_USE", [284] = "CF_ARBITRARY_CONF_OR_XFER_NOT_SUPPORTED", [285] = "CF_NETWORK_TRANSFER_OR_CONSULT", [286] = "CF_NETWORK_TRANSFER_OR_CONSULT_FAILED", [287] = "CF_DEVICE_RESTRICTED", [288] = "CF_LINE_RESTRICTED", [291] = "CF_MAXIMUM_LINE_EXCEEDED", [292] = "CF_SHARED_LINES_NOT_SUPPORTED", [293] = "CF_EXTENSION_NOT_UNIQUE", [1001] = "CF_UNKNOWN_INTERFACE_CTRLR_ID", [1002] = "CF_INVALID_INTERFACE_CTRLR_TYPE", [1003] = "CF_SOFTWARE_REV_NO_SUPPORTED", [1004] = "CF_UNKNOWN_PID", [1005] = "CF_INVALID_TABLE_SPECIFIED", [1007] = "CF_UNKNOWN_ROUTING_CLIENT_ID", [1008] = "CF_RC_SERVICE_INACTIVATE", [1009] = "CF_INVALID_DIALED_NUMBER", [1010] = "CF_INVALID_PARAMETER", [1011] = "CF_UNKNOWN_ROUTING_PROBLEM", [1013] = "CF_UNSUPPORTED_RC_MESSAGE_REVISION", [1014] = "CF_UNSUPPORTED_IC_MESSAGE_REVISION", }, reserved = { { 273, 282 }, { 1006, 1006 }, { 1012, 1012 }, { 1015, 1015 }, } },
    ["CtiService"] = { bits = { { 0x1, "CTI_SERVICE_CLIENT_EVENTS" }, { 0x2, "CTI_SERVICE_CALL_DATA_UPDATE" }, { 0x4, "CTI_SERVICE_CLIENT_CONTROL" }, { 0x10, "CTI_SERVICE_ALL_EVENTS" }, { 0x80, "CTI_SERVICE_SUPERVISOR" }, { 0x2000, "CTI_AGENT_STATE_CONTROL_ONLY" }, { 0x40000, "CTI_SERVICE_CONFIG_EVENTS" }, } },
    ["DeviceType"] = { names = { [65535] = "DEVID_NONE", [0] = "DEVID_DEVICE_IDENTIFIER", [73] = "DEVID_CTI_PORT", [74] = "DEVID_ROUTE_POINT", [76] = "DEVID_AGENT_DEVICE", [77] = "DEVID_QUEUE", [78] = "DEVID_NON_ACD_DEVICE_IDENTIFIER", }, reserved = { { 70, 70 }, { 71, 71 }, { 72, 72 }, { 75, 75 }, } },
    ["EchoCancellation"] = { names = { [0] = "Off", [1] = "On", }, reserved = { } },
    ["EventCause"] = { names = { [65535] = "CEC_NONE", [2] = "CEC_ALTERNATE", [3] = "CEC_BUSY", [5] = "CEC_CALL_CANCELLED", [9] = "CEC_CALL_FORWARD", [10] = "CEC_CALL_NOT_ANSWERED", [13] = "CEC_DEST_NOT_OBTAINABLE", [15] = "CEC_INCOMPATIBLE_DESTINATION", [17] = "CEC_KEY_CONFERENCE", [22] = "CEC_NEW_CALL", [23] = "CEC_NO_AVAILABLE_AGENTS", [28] = "CEC_REDIRECTED", [32] = "CEC_TRANSFER", [35] = "CEC_TIME_OUT", [43] = "CEC_SUPERVISOR_ASSIST", [44] = "CEC_EMERGENCY_CALL", [45] = "CEC_SUPERVISOR_CLEAR", [46] = "CEC_SUPERVISOR_MONITOR", [47] = "CEC_SUPERVISOR_WHISPER", [48] = "CEC_SUPERVISOR_BARGE_IN", [49] = "CEC_SUPERVISOR_INTERCEPT", [50] = "CEC_CALL_PARTY_UPDATE_IND", [1014] = "CECX_DROP_HANDLED_OTHER", }, reserved = { { 1, 1 }, { 4, 4 }, { 6, 8 }, { 11, 12 }, { 14, 14 }, { 16, 16 }, { 18, 21 }, { 24, 27 }, { 29, 31 }, { 33, 34 }, { 36, 42 }, { 1001, 1013 }, { 1015, 1056 }, } },
    ["ForcedFlag"] = { names = { [0] = "False", [1] = "True", [2] = "AuthenticateOnly", }, reserved = { } },
    ["LineType"] = { names = { [3] = "BUSINESS", [10] = "NON_BUSINESS", }, reserved = { } },
    ["LocalConnectionState"] = { names = { [65535] = "LCS_NONE", [0] = "LCS_NULL", [1] = "LCS_INITIATE", [2] = "LCS_ALERTING", [3] = "LCS_CONNECT", [4] = "LCS_HOLD", [5] = "LCS_QUEUED", [6] = "LCS_FAIL", }, reserved = { } },
    ["MediaRoutingDomain"] = { names = { [0] = "Voice", [1] = "Email", }, reserved = { } },
    ["MemberType"] = { names = { [1] = "AgentOrSupervisor", [2] = "Csq", }, reserved = { } },
    ["RecordType"] = { names = { [0] = "Add", [1] = "Change", [2] = "Delete", }, reserved = { } },
    ["RtpBitRate"] = { names = { [1] = "R5_3", [2] = "R6_4", }, reserved = { } },
    ["RtpDirection"] = { names = { [0] = "Input", [1] = "Output", [2] = "BiDirectional", }, reserved = { } },
    ["RtpType"] = { names = { [0] = "Audio", [1] = "Video", [2] = "Data", }, reserved = { } },
    ["StatusCode"] = { names = { [0] = "E_CTI_NO_ERROR", [1] = "E_CTI_INVALID_VERSION", [2] = "E_CTI_INVALID_MESSAGE_TYPE", [3] = "E_CTI_INVALID_FIELD", [4] = "E_CTI_SESSION_NOT_OPEN", [5] = "E_CTI_SESSION_ALREADY_OPEN", [6] = "E_CTI_REQUIRED_DATA_MISSING", [7] = "E_CTI_INVALID_PERIPHERAL_ID", [8] = "E_CTI_INVALID_AGENT_DATA", [9] = "E_CTI_AGENT_NOT_LOGGED_ON", [10] = "E_CTI_DEVICE_IN_USE", [11] = "E_CTI_NEW_SESSION_OPENED", [13] = "E_CTI_INVALID_CALLID", [17] = "E_CTI_UNSPECIFIED_FAILURE", [18] = "E_CTI_INVALID_TIMEOUT", [23] = "E_CTI_INVALID_FIELD_LENGTH", [92] = "E_CTI_SERVER_NOT_MASTER", [93] = "E_CTI_INVALID_CSQ", [94] = "E_CTI_JTAPI_CCM_PROBLEM", [96] = "E_CTI_AUTO_CONFIG_RESET", }, reserved = { { 12, 12 }, { 14, 16 }, { 19, 22 }, { 24, 91 }, { 95, 95 }, } },
    ["SupervisoryAction"] = { names = { [0] = "SUPERVISOR_CLEAR", [1] = "SUPERVISOR_MONITOR", [3] = "SUPERVISOR_BARGE_IN", [4] = "SUPERVISOR_INTERCEPT", }, reserved = { } },
    ["SystemEventID"] = { names = { [3] = "SYS_CCX_ONLINE", [4] = "SYS_CCX_OFFLINE", [10] = "SYS_INSTRUMENT_OUT_OF_SERVICE", [11] = "SYS_INSTRUMENT_BACK_IN_SERVICE", }, reserved = { { 1, 1 }, { 2, 2 }, { 5, 5 }, { 6, 6 }, { 7, 7 }, { 8, 8 }, { 9, 9 }, } },
    ["TeamConfigStatus"] = { names = { [0] = "Success", [1] = "InternalError", }, reserved = { } },
    ["TeamOperation"] = { names = { [1] = "AddTeam", [2] = "RemoveTeam", [3] = "ChangeTeam", }, reserved = { } },
}

-- Filter name, name, kind, values.
local FIELDS = {
    { "invoke_id", "InvokeID", "uint" },
    { "status", "Status", "uint", "StatusCode" },
    { "text", "Text", "string" },
    { "version_number", "VersionNumber", "uint" },
    { "idle_timeout", "IdleTimeout", "uint" },
    { "peripheral_id", "PeripheralID", "uint" },
    { "services_requested", "ServicesRequested", "mask", "CtiService" },
    { "call_msg_mask", "CallMsgMask", "mask", "CallEventMask" },
    { "agent_state_mask", "AgentStateMask", "mask", "AgentStateMask" },
    { "config_msg_mask", "ConfigMsgMask", "mask", "ConfigMask" },
    { "reserved1", "Reserved1", "uint" },
    { "reserved2", "Reserved2", "uint" },
    { "reserved3", "Reserved3", "uint" },
    { "client_id", "ClientID", "string" },
    { "client_password", "ClientPassword", "bytes" },
    { "client_signature", "ClientSignature", "string" },
    { "agent_extension", "AgentExtension", "string" },
    { "agent_instrument", "AgentInstrument", "string" },
    { "agent_id", "AgentID", "string" },
    { "services_granted", "ServicesGranted", "mask", "CtiService" },
    { "monitor_id", "MonitorID", "uint" },
    { "pg_status", "PGStatus", "uint" },
    { "icm_central_controller_time", "ICMCentralControllerTime", "time" },
    { "unified_ccx_online", "UnifiedCCXOnline", "bool" },
    { "peripheral_type", "PeripheralType", "uint" },
    { "agent_state", "AgentState", "uint", "AgentState" },
    { "agentid", "AGENT_ID", "string" },
    { "num_peripherals", "NumPeripherals", "uint" },
    { "flt_peripheral_id", "FltPeripheralID", "uint" },
    { "multiline_agent_control", "MultilineAgentControl", "uint" },
    { "config_msg_mask_granted", "ConfigMsgMaskGranted", "mask", "ConfigMask" },
    { "connection_device_type", "ConnectionDeviceType", "uint", "ConnectionDeviceType" },
    { "call_id", "CallID", "uint" },
    { "line_handle", "LineHandle", "uint" },
    { "line_type", "LineType", "uint", "LineType" },
    { "application_id", "ApplicationID", "uint" },
    { "service_id", "ServiceID", "uint" },
    { "csqid", "CSQID", "uint" },
    { "skill_group_id", "SkillGroupID", "uint" },
    { "skill_group_priority", "SkillGroupPriority", "uint" },
    { "alerting_device_type", "AlertingDeviceType", "uint", "DeviceType" },
    { "calling_device_type", "CallingDeviceType", "uint", "DeviceType" },
    { "called_device_type", "CalledDeviceType", "uint", "DeviceType" },
    { "last_redirect_device_type", "LastRedirectDeviceType", "uint", "DeviceType" },
    { "local_connection_state", "LocalConnectionState", "uint", "LocalConnectionState" },
    { "event_cause", "EventCause", "uint", "EventCause" },
    { "num_named_variables", "NumNamedVariables", "uint" },
    { "num_named_arrays", "NumNamedArrays", "uint" },
    { "connection_device_id", "ConnectionDeviceID", "string" },
    { "alerting_device_id", "AlertingDeviceID", "string" },
    { "calling_device_id", "CallingDeviceID", "string" },
    { "called_device_id", "CalledDeviceID", "string" },
    { "last_redirect_device_id", "LastRedirectDeviceID", "string" },
    { "secondary_call_id", "SecondaryCallID", "uint" },
    { "ani", "ANI", "string" },
    { "user_to_user_info", "UserToUserInfo", "bytes" },
    { "dnis", "DNIS", "string" },
    { "dialed_number", "DialedNumber", "string" },
    { "caller_entered_digits", "CallerEnteredDigits", "string" },
    { "call_variable1", "CallVariable1", "string" },
    { "call_variable2", "CallVariable2", "string" },
    { "call_variable3", "CallVariable3", "string" },
    { "call_variable4", "CallVariable4", "string" },
    { "call_variable5", "CallVariable5", "string" },
    { "call_variable6", "CallVariable6", "string" },
    { "call_variable7", "CallVariable7", "string" },
    { "call_variable8", "CallVariable8", "string" },
    { "call_variable9", "CallVariable9", "string" },
    { "call_variable10", "CallVariable10", "string" },
    { "call_wrapup_data", "CallWrapupData", "string" },
    { "named_variable", "NamedVariable", "named_variable" },
    { "named_array", "NamedArray", "named_array" },
    { "answering_device_type", "AnsweringDeviceType", "uint", "DeviceType" },
    { "answering_device_id", "AnsweringDeviceID", "string" },
    { "holding_device_type", "HoldingDeviceType", "uint", "DeviceType" },
    { "holding_device_id", "HoldingDeviceID", "string" },
    { "retrieving_device_type", "RetrievingDeviceType", "uint", "DeviceType" },
    { "retrieving_device_id", "RetrievingDeviceID", "string" },
    { "connection_device_type_uint", "ConnectionDeviceType", "uint" },
    { "releasing_device_type", "ReleasingDeviceType", "uint", "DeviceType" },
    { "releasing_device_id", "ReleasingDeviceID", "string" },
    { "line_type_uint", "LineType", "uint" },
    { "failing_device_type", "FailingDeviceType", "uint", "DeviceType" },
    { "failing_device_id", "FailingDeviceID", "string" },
    { "primary_device_type", "PrimaryDeviceType", "uint", "ConnectionDeviceType" },
    { "primary_call_id", "PrimaryCallID", "uint" },
    { "skill_group_number", "SkillGroupNumber", "uint" },
    { "num_parties", "NumParties", "uint" },
    { "secondary_device_type", "SecondaryDeviceType", "uint", "ConnectionDeviceType" },
    { "controller_device_type", "ControllerDeviceType", "uint", "DeviceType" },
    { "added_party_device_type", "AddedPartyDeviceType", "uint", "DeviceType" },
    { "primary_device_id", "PrimaryDeviceID", "string" },
    { "secondary_device_id", "SecondaryDeviceID", "string" },
    { "controller_device_id", "ControllerDeviceID", "string" },
    { "added_party_device_id", "AddedPartyDeviceID", "string" },
    { "connected_party_call_id", "ConnectedPartyCallID", "uint" },
    { "connected_party_device_type", "ConnectedPartyDeviceType", "uint", "ConnectionDeviceType" },
    { "connected_party_device_id", "ConnectedPartyDeviceID", "string" },
    { "transferring_device_type", "TransferringDeviceType", "uint", "DeviceType" },
    { "transferred_device_type", "TransferredDeviceType", "uint", "DeviceType" },
    { "transferring_device_id", "TransferringDeviceID", "string" },
    { "transferred_device_id", "TransferredDeviceID", "string" },
    { "diverting_device_type", "DivertingDeviceType", "uint", "DeviceType" },
    { "diverting_device_id", "DivertingDeviceID", "string" },
    { "queue_device_type", "QueueDeviceType", "uint", "DeviceType" },
    { "num_queued", "NumQueued", "uint" },
    { "num_cs_qs", "NumCSQs", "uint" },
    { "queue_device_id", "QueueDeviceID", "string" },
    { "skillgroupid", "SKILL_GROUP_ID", "uint" },
    { "skillgrouppriority", "SKILL_GROUP_PRIORITY", "uint" },
    { "num_cti_clients", "NumCTIClients", "uint" },
    { "call_type", "CallType", "uint", "CallType" },
    { "called_party_disposition", "CalledPartyDisposition", "uint", "CallPartyDisposition" },
    { "cti_client_signature", "CTIClientSignature", "string" },
    { "cti_client_time_stamp", "CTIClientTimeStamp", "time" },
    { "new_connection_device_type", "NewConnectionDeviceType", "uint", "ConnectionDeviceType" },
    { "new_call_id", "NewCallID", "uint" },
    { "campaign_id", "CampaignID", "uint" },
    { "query_rule_id", "QueryRuleID", "uint" },
    { "new_connection_device_id", "NewConnectionDeviceID", "string" },
    { "customer_phone_number", "CustomerPhoneNumber", "string" },
    { "customer_account_number", "CustomerAccountNumber", "string" },
    { "session_id", "SessionID", "uint" },
    { "csq_state", "CSQState", "uint", "AgentState" },
    { "state_duration", "StateDuration", "uint" },
    { "event_reason_code", "EventReasonCode", "uint", "AgentStateReasonCode" },
    { "mrdid", "MRDID", "int" },
    { "num_tasks", "NumTasks", "uint" },
    { "agent_mode", "AgentMode", "uint" },
    { "max_task_limit", "MaxTaskLimit", "uint" },
    { "icm_agent_id", "ICMAgentID", "int" },
    { "agent_availability_status", "AgentAvailabilityStatus", "int" },
    { "duration", "Duration", "uint" },
    { "next_agent_state", "NextAgentState", "uint", "AgentState" },
    { "active_terminal", "ActiveTerminal", "string" },
    { "ccx_status", "CCXStatus", "uint", "CcxStatus" },
    { "ccx_time", "CCXTime", "time" },
    { "system_event_id", "SystemEventID", "uint", "SystemEventID" },
    { "system_event_arg1", "SystemEventArg1", "uint" },
    { "system_event_arg2", "SystemEventArg2", "uint" },
    { "system_event_arg3", "SystemEventArg3", "uint" },
    { "event_device_type", "EventDeviceType", "uint", "DeviceType" },
    { "event_device_id", "EventDeviceID", "string" },
    { "failure_code", "FailureCode", "uint", "ControlFailure" },
    { "unified_ccx_error_code", "UnifiedCCXErrorCode", "uint", "CcxErrorCode" },
    { "icm_agent_id_uint", "ICMAgentID", "uint" },
    { "agent_availability_status_uint", "AgentAvailabilityStatus", "uint" },
    { "agent_work_mode", "AgentWorkMode", "uint" },
    { "num_skill_groups", "NumSkillGroups", "uint" },
    { "forced_flag", "ForcedFlag", "uint", "ForcedFlag" },
    { "agent_capacity", "AgentCapacity", "mask", "AgentCapacity" },
    { "agent_password", "AgentPassword", "string" },
    { "active_call_id", "ActiveCallID", "uint" },
    { "other_call_id", "OtherCallID", "uint" },
    { "active_connection_device_type", "ActiveConnectionDeviceType", "uint", "ConnectionDeviceType" },
    { "other_connection_device_type", "OtherConnectionDeviceType", "uint", "ConnectionDeviceType" },
    { "active_connection_device_id", "ActiveConnectionDeviceID", "string" },
    { "other_connection_device_id", "OtherConnectionDeviceID", "string" },
    { "held_call_id", "HeldCallID", "uint" },
    { "held_connection_device_type", "HeldConnectionDeviceType", "uint", "ConnectionDeviceType" },
    { "call_placement_type", "CallPlacementType", "uint" },
    { "call_manner_type", "CallMannerType", "uint" },
    { "alert_rings", "AlertRings", "uint" },
    { "call_option", "CallOption", "uint" },
    { "facility_type", "FacilityType", "uint" },
    { "answering_machine", "AnsweringMachine", "uint" },
    { "priority", "Priority", "bool" },
    { "post_route", "PostRoute", "bool" },
    { "held_connection_device_id", "HeldConnectionDeviceID", "string" },
    { "account_code", "AccountCode", "string" },
    { "consult_type", "ConsultType", "uint", "ConsultType" },
    { "reservation", "Reservation", "bool" },
    { "reserved", "Reserved", "uint" },
    { "type_of_device", "TypeOfDevice", "uint" },
    { "class_of_device", "ClassOfDevice", "uint" },
    { "num_lines", "NumLines", "uint" },
    { "max_active_calls", "MaxActiveCalls", "uint" },
    { "max_held_calls", "MaxHeldCalls", "uint" },
    { "max_devices_in_conference", "MaxDevicesInConference", "uint" },
    { "make_call_setup", "MakeCallSetup", "mask", "AgentStateMask" },
    { "transfer_conference_setup", "TransferConferenceSetup", "uint" },
    { "call_events_supported", "CallEventsSupported", "uint" },
    { "call_control_supported", "CallControlSupported", "uint" },
    { "other_features_supported", "OtherFeaturesSupported", "uint" },
    { "linehandle", "LINE_HANDLE", "uint" },
    { "linetype", "LINE_TYPE", "uint" },
    { "num_call_devices", "NumCallDevices", "uint" },
    { "called_party_disposition_uint", "CalledPartyDisposition", "uint" },
    { "reserved_int", "Reserved", "int" },
    { "routercallkeyday", "ROUTER_CALL_KEY_DAY", "uint" },
    { "routercallkeycallid", "ROUTER_CALL_KEY_CALLID", "uint" },
    { "call_connection_call_id", "CallConnectionCallID", "uint" },
    { "call_connection_device_type", "CallConnectionDeviceType", "uint", "ConnectionDeviceType" },
    { "call_connection_device_id", "CallConnectionDeviceID", "string" },
    { "call_device_type", "CallDeviceType", "uint", "DeviceType" },
    { "call_device_id", "CallDeviceID", "string" },
    { "call_device_connection_state", "CallDeviceConnectionState", "uint", "LocalConnectionState" },
    { "snapshot_device_type", "SnapshotDeviceType", "uint", "DeviceType" },
    { "num_calls", "NumCalls", "uint" },
    { "tone_duration", "ToneDuration", "uint" },
    { "pause_duration", "PauseDuration", "uint" },
    { "dtmf_string", "DTMFString", "string" },
    { "client_port", "ClientPort", "uint" },
    { "direction", "Direction", "uint", "RtpDirection" },
    { "rtp_type", "RTPType", "uint", "RtpType" },
    { "bit_rate", "BitRate", "uint", "RtpBitRate" },
    { "echo_cancellation", "EchoCancellation", "uint", "EchoCancellation" },
    { "packet_size", "PacketSize", "uint" },
    { "payload_type", "PayloadType", "uint", "AudioCodec" },
    { "client_address", "ClientAddress", "string" },
    { "sending_address", "SendingAddress", "string" },
    { "sending_port", "SendingPort", "uint" },
    { "agent_call_id", "AgentCallID", "uint" },
    { "supervisor_call_id", "SupervisorCallID", "uint" },
    { "agent_connection_device_type", "AgentConnectionDeviceType", "uint", "ConnectionDeviceType" },
    { "supervisor_connection_device_type", "SupervisorConnectionDeviceType", "uint", "ConnectionDeviceType" },
    { "supervisory_action", "SupervisoryAction", "uint", "SupervisoryAction" },
    { "agent_connection_device_id", "AgentConnectionDeviceID", "string" },
    { "supervisor_connection_device_id", "SupervisorConnectionDeviceID", "string" },
    { "supervisor_instrument", "SupervisorInstrument", "string" },
    { "logged_in_agents", "LoggedInAgents", "uint" },
    { "in_session_agents", "InSessionAgents", "uint" },
    { "available_agents", "AvailableAgents", "uint" },
    { "un_available_agents", "UnAvailableAgents", "uint" },
    { "in_work_agents", "InWorkAgents", "uint" },
    { "selected_agents", "SelectedAgents", "uint" },
    { "calls_in_priority_queue1", "CallsInPriorityQueue1", "uint" },
    { "calls_in_priority_queue2", "CallsInPriorityQueue2", "uint" },
    { "calls_in_priority_queue3", "CallsInPriorityQueue3", "uint" },
    { "calls_in_priority_queue4", "CallsInPriorityQueue4", "uint" },
    { "calls_in_priority_queue5", "CallsInPriorityQueue5", "uint" },
    { "calls_in_priority_queue6", "CallsInPriorityQueue6", "uint" },
    { "calls_in_priority_queue7", "CallsInPriorityQueue7", "uint" },
    { "calls_in_priority_queue8", "CallsInPriorityQueue8", "uint" },
    { "calls_in_priority_queue9", "CallsInPriorityQueue9", "uint" },
    { "calls_in_priority_queue10", "CallsInPriorityQueue10", "uint" },
    { "start_time", "StartTime", "time" },
    { "end_time", "EndTime", "time" },
    { "total_calls", "TotalCalls", "uint" },
    { "oldest_call_in_queue", "OldestCallInQueue", "uint" },
    { "handled_calls_today", "HandledCallsToday", "uint" },
    { "calls_abandoned", "CallsAbandoned", "uint" },
    { "calls_dequeued", "CallsDequeued", "uint" },
    { "average_talk_duration", "AverageTalkDuration", "uint" },
    { "average_wait_duration", "AverageWaitDuration", "uint" },
    { "longest_talk_duration", "LongestTalkDuration", "uint" },
    { "longest_wait_duration", "LongestWaitDuration", "uint" },
    { "num_queues", "NumQueues", "uint" },
    { "customerid", "CUSTOMER_ID", "uint" },
    { "status_config_key_status", "Status", "uint", "ConfigKeyStatus" },
    { "application_config_key", "ApplicationConfigKey", "bytes" },
    { "csq_config_key", "CSQConfigKey", "bytes" },
    { "agent_config_key", "AgentConfigKey", "bytes" },
    { "device_config_key", "DeviceConfigKey", "bytes" },
    { "configuration_mask", "ConfigurationMask", "mask", "ConfigMask" },
    { "config_type", "ConfigType", "uint", "ConfigType" },
    { "status_config_end_status", "Status", "uint", "ConfigEndStatus" },
    { "num_records", "NumRecords", "uint" },
    { "record_type", "RecordType", "uint", "RecordType" },
    { "peripheralid", "PERIPHERAL_ID", "uint" },
    { "oldperipheralnumber", "OLD_PERIPHERAL_NUMBER", "uint" },
    { "max_queued", "MaxQueued", "uint" },
    { "reserved173", "reserved173", "string" },
    { "previous_application_id", "PreviousApplicationID", "uint" },
    { "application_name", "ApplicationName", "string" },
    { "description", "Description", "string" },
    { "servicelevelthreshold", "SERVICE_LEVEL_THRESHOLD", "uint" },
    { "serviceleveltype", "SERVICE_LEVEL_TYPE", "uint" },
    { "configparam", "CONFIG_PARAM", "string" },
    { "mrdomainid", "MR_DOMAIN_ID", "uint" },
    { "skillgroupskilltargetid", "SKILL_GROUP_SKILL_TARGET_ID", "uint" },
    { "auto_work", "AutoWork", "bool" },
    { "csq_name", "CSQName", "string" },
    { "mr_domain_id", "MRDomainID", "uint", "MediaRoutingDomain" },
    { "agent_type", "AgentType", "uint", "AgentType" },
    { "login_id", "LoginID", "string" },
    { "curloginid", "CUR_LOGIN_ID", "string" },
    { "loginname", "LOGIN_NAME", "string" },
    { "last_name", "LastName", "string" },
    { "first_name", "FirstName", "string" },
    { "extension", "Extension", "string" },
    { "agentskilltargetid", "AGENT_SKILL_TARGET_ID", "uint" },
    { "mrdid_uint", "MRDID", "uint" },
    { "device_type", "DeviceType", "uint", "ConfigDeviceType" },
    { "device_field0", "DeviceField0", "uint" },
    { "device_field1", "DeviceField1", "uint" },
    { "device_field2", "DeviceField2", "string" },
    { "device_field3", "DeviceField3", "string" },
    { "device_field4", "DeviceField4", "string" },
    { "calls_in_queue", "CallsInQueue", "uint" },
    { "config_param", "ConfigParam", "uint", "ConfigParam" },
    { "reserved_bytes", "Reserved", "bytes" },
    { "team_id", "TeamID", "uint" },
    { "operation", "Operation", "uint", "TeamOperation" },
    { "team_name", "TeamName", "string" },
    { "agent_flags", "AgentFlags", "mask", "AgentFlags" },
    { "member_type", "MemberType", "uint", "MemberType" },
    { "status_team_config_status", "Status", "uint", "TeamConfigStatus" },
    { "terminal_type", "TerminalType", "uint" },
    { "terminal_device_name", "TerminalDeviceName", "string" },
    { "terminal_type_name", "TerminalTypeName", "string" },
    { "num_instruments", "NumInstruments", "uint" },
    { "instrument", "Instrument", "string" },
}

local MESSAGES = {
    [1] = { name = "FAILURE_CONF", sender = "server", invoke_id = true, failure = true,
      fixed = {
        { field = 1, size = 4 }, -- InvokeID
        { field = 2, size = 4 }, -- Status
      },
      floating = {
        { id = 7, field = 3, max = 255 }, -- Text
      } },
    [2] = { name = "FAILURE_EVENT", sender = "server",
      fixed = {
        { field = 2, size = 4 }, -- Status
      },
      floating = {
        { id = 7, field = 3, max = 255 }, -- Text
      } },
    [3] = { name = "OPEN_REQ", sender = "client", confirmation = 4, invoke_id = true,
      fixed = {
        { field = 1, size = 4 }, -- InvokeID
        { field = 4, size = 4 }, -- VersionNumber
        { field = 5, size = 4 }, -- IdleTimeout
        { field = 6, size = 4, reserved = 0 }, -- PeripheralID
        { field = 7, size = 4 }, -- ServicesRequested
        { field = 8, size = 4 }, -- CallMsgMask
        { field = 9, size = 4 }, -- AgentStateMask
        { field = 10, size = 4 }, -- ConfigMsgMask
        { field = 11, size = 4, reserved = 0 }, -- Reserved1
        { field = 12, size = 4, reserved = 0 }, -- Reserved2
        { field = 13, size = 4, reserved = 0 }, -- Reserved3
      },
      floating = {
        { id = 1, field = 14, max = 64, required = true }, -- ClientID
        { id = 2, field = 15, max = 64, required = true }, -- ClientPassword
        { id = 3, field = 16, max = 64 }, -- ClientSignature
        { id = 4, field = 17, max = 16 }, -- AgentExtension
        { id = 6, field = 18, max = 64 }, -- AgentInstrument
        { id = 194, field = 19, max = 129 }, -- AgentID
      } },
    [4] = { name = "OPEN_CONF", sender = "server", invoke_id = true,
      fixed = {
        { field = 1, size = 4 }, -- InvokeID
        { field = 20, size = 4 }, -- ServicesGranted
        { field = 21, size = 4, reserved = 0 }, -- MonitorID
        { field = 22, size = 4, reserved = 0 }, -- PGStatus
        { field = 23, size = 4, reserved = 0 }, -- ICMCentralControllerTime
        { field = 24, size = 2 }, -- UnifiedCCXOnline
        { field = 25, size = 2, reserved = 0 }, -- PeripheralType
        { field = 26, size = 2 }, -- AgentState
      },
      floating = {
        { id = 4, field = 17, max = 16 }, -- AgentExtension
        { id = 5, field = 27, max = 12 }, -- AGENT_ID
        { id = 6, field = 18, max = 64 }, -- AgentInstrument
        { id = 194, field = 19, max = 129 }, -- AgentID
        { id = 228, field = 28, max = 2, size = 2, since = 14 }, -- NumPeripherals
        { name = "Peripherals", rows = {
          { id = 208, field = 29, max = 4, size = 4, since = 14 }, -- FltPeripheralID
          { id = 224, field = 30, max = 2, size = 2, since = 14 }, -- MultilineAgentControl
        } },
        { id = 248, field = 31, max = 2, size = 2, since = 18 }, -- ConfigMsgMaskGranted
      } },
    [5] = { name = "HEARTBEAT_REQ", sender = "client", confirmation = 6, invoke_id = true,
      fixed = {
        { field = 1, size = 4 }, -- InvokeID
      },
      floating = {
      } },
    [6] = { name = "HEARTBEAT_CONF", sender = "server", invoke_id = true,
      fixed = {
        { field = 1, size = 4 }, -- InvokeID
      },
      floating = {
      } },
    [7] = { name = "CLOSE_REQ", sender = "client", confirmation = 8, invoke_id = true,
      fixed = {
        { field = 1, size = 4 }, -- InvokeID
        { field = 2, size = 4 }, -- Status
      },
      floating = {
      } },
    [8] = { name = "CLOSE_CONF", sender = "server", invoke_id = true,
      fixed = {
        { field = 1, size = 4 }, -- InvokeID
      },
      floating = {
      } },
    [9] = { name = "CALL_DELIVERED_EVENT", sender = "server",
      fixed = {
        { field = 21, size = 4, reserved = 0 }, -- MonitorID
        { field = 6, size = 4, reserved = 1 }, -- PeripheralID
        { field = 25, size = 2, reserved = 21 }, -- PeripheralType
        { field = 32, size = 2 }, -- ConnectionDeviceType
        { field = 33, size = 4 }, -- CallID
        { field = 34, size = 2, reserved = 65535 }, -- LineHandle
        { field = 35, size = 2, reserved = 3 }, -- LineType
        { field = 36, size = 4 }, -- ApplicationID
        { field = 37, size = 4, reserved = 4294967295 }, -- ServiceID
        { field = 38, size = 4 }, -- CSQID
        { field = 39, size = 4, reserved = 4294967295 }, -- SkillGroupID
        { field = 40, size = 2, reserved = 0 }, -- SkillGroupPriority
        { field = 41, size = 2 }, -- AlertingDeviceType
        { field = 42, size = 2 }, -- CallingDeviceType
        { field = 43, size = 2 }, -- CalledDeviceType
        { field = 44, size = 2 }, -- LastRedirectDeviceType
        { field = 45, size = 2 }, -- LocalConnectionState
        { field = 46, size = 2 }, -- EventCause
        { field = 47, size = 2 }, -- NumNamedVariables
        { field = 48, size = 2 }, -- NumNamedArrays
      },
      floating = {
        { id = 25, field = 49, max = 64, required = true }, -- ConnectionDeviceID
        { id = 26, field = 50, max = 64, required = true }, -- AlertingDeviceID
        { id = 27, field = 51, max = 64 }, -- CallingDeviceID
        { id = 28, field = 52, max = 64, required = true }, -- CalledDeviceID
        { id = 29, field = 53, max = 64 }, -- LastRedirectDeviceID
        { id = 202, field = 54, max = 4, size = 4 }, -- SecondaryCallID
        { id = 8, field = 55, max = 40 }, -- ANI
        { id = 9, field = 56, max = 131 }, -- UserToUserInfo
        { id = 10, field = 57, max = 32 }, -- DNIS
        { id = 11, field = 58, max = 40 }, -- DialedNumber
        { id = 12, field = 59, max = 40 }, -- CallerEnteredDigits
        { id = 13, field = 60, max = 40 }, -- CallVariable1
        { id = 14, field = 61, max = 40 }, -- CallVariable2
        { id = 15, field = 62, max = 40 }, -- CallVariable3
        { id = 16, field = 63, max = 40 }, -- CallVariable4
        { id = 17, field = 64, max = 40 }, -- CallVariable5
        { id = 18, field = 65, max = 40 }, -- CallVariable6
        { id = 19, field = 66, max = 40 }, -- CallVariable7
        { id = 20, field = 67, max = 40 }, -- CallVariable8
        { id = 21, field = 68, max = 40 }, -- CallVariable9
        { id = 22, field = 69, max = 40 }, -- CallVariable10
        { id = 46, field = 70, max = 40 }, -- CallWrapupData
        { name = "NamedVariables", rows = {
          { id = 82, field = 71, max = 251 }, -- NamedVariable
        } },
        { name = "NamedArrays", rows = {
          { id = 83, field = 72, max = 252 }, -- NamedArray
        } },
      } },
    [10] = { name = "CALL_ESTABLISHED_EVENT", sender = "server",
      fixed = {
        { field = 21, size = 4, reserved = 0 }, -- MonitorID
        { field = 6, size = 4, reserved = 1 }, -- PeripheralID
        { field = 25, size = 2, reserved = 21 }, -- PeripheralType
        { field = 32, size = 2 }, -- ConnectionDeviceType
        { field = 33, size = 4 }, -- CallID
        { field = 34, size = 2, reserved = 65535 }, -- LineHandle
        { field = 35, size = 2, reserved = 3 }, -- LineType
        { field = 36, size = 4 }, -- ApplicationID
        { field = 37, size = 4, reserved = 4294967295 }, -- ServiceID
        { field = 38, size = 4 }, -- CSQID
        { field = 39, size = 4, reserved = 4294967295 }, -- SkillGroupID
        { field = 40, size = 2, reserved = 0 }, -- SkillGroupPriority
        { field = 73, size = 2 }, -- AnsweringDeviceType
        { field = 42, size = 2 }, -- CallingDeviceType
        { field = 43, size = 2 }, -- CalledDeviceType
        { field = 44, size = 2 }, -- LastRedirectDeviceType
        { field = 45, size = 2 }, -- LocalConnectionState
        { field = 46, size = 2 }, -- EventCause
      },
      floating = {
        { id = 25, field = 49, max = 64, required = true }, -- ConnectionDeviceID
        { id = 30, field = 74, max = 64, required = true }, -- AnsweringDeviceID
        { id = 27, field = 51, max = 64 }, -- CallingDeviceID
        { id = 28, field = 52, max = 64, required = true }, -- CalledDeviceID
        { id = 29, field = 53, max = 64 }, -- LastRedirectDeviceID
      } },
    [11] = { name = "CALL_HELD_EVENT", sender = "server",
      fixed = {
        { field = 21, size = 4, reserved = 0 }, -- MonitorID
        { field = 6, size = 4, reserved = 1 }, -- PeripheralID
        { field = 25, size = 2, reserved = 21 }, -- PeripheralType
        { field = 32, size = 2 }, -- ConnectionDeviceType
        { field = 33, size = 4 }, -- CallID
        { field = 75, size = 2 }, -- HoldingDeviceType
        { field = 45, size = 2 }, -- LocalConnectionState
        { field = 46, size = 2 }, -- EventCause
      },
      floating = {
        { id = 25, field = 49, max = 64, required = true }, -- ConnectionDeviceID
        { id = 31, field = 76, max = 64, required = true }, -- HoldingDeviceID
      } },
    [12] = { name = "CALL_RETRIEVED_EVENT", sender = "server",
      fixed = {
        { field = 21, size = 4, reserved = 0 }, -- MonitorID
        { field = 6, size = 4, reserved = 1 }, -- PeripheralID
        { field = 25, size = 2, reserved = 21 }, -- PeripheralType
        { field = 32, size = 2 }, -- ConnectionDeviceType
        { field = 33, size = 4 }, -- CallID
        { field = 77, size = 2 }, -- RetrievingDeviceType
        { field = 45, size = 2 }, -- LocalConnectionState
        { field = 46, size = 2 }, -- EventCause
      },
      floating = {
        { id = 25, field = 49, max = 64, required = true }, -- ConnectionDeviceID
        { id = 32, field = 78, max = 64 }, -- RetrievingDeviceID
      } },
    [13] = { name = "CALL_CLEARED_EVENT", sender = "server",
      fixed = {
        { field = 21, size = 4, reserved = 0 }, -- MonitorID
        { field = 6, size = 4, reserved = 1 }, -- PeripheralID
        { field = 25, size = 2, reserved = 21 }, -- PeripheralType
        { field = 79, size = 2, reserved = 0 }, -- ConnectionDeviceType
        { field = 33, size = 4 }, -- CallID
        { field = 45, size = 2 }, -- LocalConnectionState
        { field = 46, size = 2 }, -- EventCause
      },
      floating = {
        { id = 25, field = 49, max = 64 }, -- ConnectionDeviceID
      } },
    [14] = { name = "CALL_CONNECTION_CLEARED_EVENT", sender = "server",
      fixed = {
        { field = 21, size = 4, reserved = 0 }, -- MonitorID
        { field = 6, size = 4, reserved = 1 }, -- PeripheralID
        { field = 25, size = 2, reserved = 21 }, -- PeripheralType
        { field = 32, size = 2 }, -- ConnectionDeviceType
        { field = 33, size = 4 }, -- CallID
        { field = 80, size = 2 }, -- ReleasingDeviceType
        { field = 45, size = 2 }, -- LocalConnectionState
        { field = 46, size = 2 }, -- EventCause
      },
      floating = {
        { id = 25, field = 49, max = 64, required = true }, -- ConnectionDeviceID
        { id = 33, field = 81, max = 64, required = true }, -- ReleasingDeviceID
      } },
    [15] = { name = "CALL_ORIGINATED_EVENT", sender = "server",
      fixed = {
        { field = 21, size = 4, reserved = 0 }, -- MonitorID
        { field = 6, size = 4, reserved = 1 }, -- PeripheralID
        { field = 25, size = 2, reserved = 21 }, -- PeripheralType
        { field = 32, size = 2 }, -- ConnectionDeviceType
        { field = 33, size = 4 }, -- CallID
        { field = 34, size = 2, reserved = 65535 }, -- LineHandle
        { field = 82, size = 2, reserved = 7 }, -- LineType
        { field = 36, size = 4 }, -- ApplicationID
        { field = 37, size = 4, reserved = 4294967295 }, -- ServiceID
        { field = 38, size = 4 }, -- CSQID
        { field = 39, size = 4, reserved = 4294967295 }, -- SkillGroupID
        { field = 40, size = 2, reserved = 0 }, -- SkillGroupPriority
        { field = 42, size = 2 }, -- CallingDeviceType
        { field = 43, size = 2 }, -- CalledDeviceType
        { field = 45, size = 2 }, -- LocalConnectionState
        { field = 46, size = 2 }, -- EventCause
      },
      floating = {
        { id = 25, field = 49, max = 64, required = true }, -- ConnectionDeviceID
        { id = 27, field = 51, max = 64, required = true }, -- CallingDeviceID
        { id = 28, field = 52, max = 64, required = true }, -- CalledDeviceID
      } },
    [16] = { name = "CALL_FAILED_EVENT", sender = "server",
      fixed = {
        { field = 21, size = 4, reserved = 0 }, -- MonitorID
        { field = 6, size = 4, reserved = 1 }, -- PeripheralID
        { field = 25, size = 2, reserved = 21 }, -- PeripheralType
        { field = 32, size = 2 }, -- ConnectionDeviceType
        { field = 33, size = 4 }, -- CallID
        { field = 83, size = 2 }, -- FailingDeviceType
        { field = 43, size = 2 }, -- CalledDeviceType
        { field = 45, size = 2 }, -- LocalConnectionState
        { field = 46, size = 2 }, -- EventCause
      },
      floating = {
        { id = 25, field = 49, max = 64, required = true }, -- ConnectionDeviceID
        { id = 34, field = 84, max = 64 }, -- FailingDeviceID
        { id = 28, field = 52, max = 64 }, -- CalledDeviceID
      } },
    [17] = { name = "CALL_CONFERENCED_EVENT", sender = "server",
      fixed = {
        { field = 21, size = 4, reserved = 0 }, -- MonitorID
        { field = 6, size = 4, reserved = 1 }, -- PeripheralID
        { field = 25, size = 2, reserved = 21 }, -- PeripheralType
        { field = 85, size = 2 }, -- PrimaryDeviceType
        { field = 86, size = 4 }, -- PrimaryCallID
        { field = 34, size = 2, reserved = 65535 }, -- LineHandle
        { field = 35, size = 2, reserved = 3 }, -- LineType
        { field = 87, size = 4, reserved = 4294967295 }, -- SkillGroupNumber
        { field = 39, size = 4, reserved = 4294967295 }, -- SkillGroupID
        { field = 40, size = 2, reserved = 0 }, -- SkillGroupPriority
        { field = 88, size = 2 }, -- NumParties
        { field = 89, size = 2 }, -- SecondaryDeviceType
        { field = 54, size = 4 }, -- SecondaryCallID
        { field = 90, size = 2 }, -- ControllerDeviceType
        { field = 91, size = 2 }, -- AddedPartyDeviceType
        { field = 45, size = 2 }, -- LocalConnectionState
        { field = 46, size = 2 }, -- EventCause
      },
      floating = {
        { id = 35, field = 92, max = 64, required = true }, -- PrimaryDeviceID
        { id = 36, field = 93, max = 64, required = true }, -- SecondaryDeviceID
        { id = 37, field = 94, max = 64, required = true }, -- ControllerDeviceID
        { id = 38, field = 95, max = 64 }, -- AddedPartyDeviceID
        { name = "ConnectedParties", most = 16, rows = {
          { id = 39, field = 96, max = 4, size = 4 }, -- ConnectedPartyCallID
          { id = 40, field = 97, max = 2, size = 2 }, -- ConnectedPartyDeviceType
          { id = 41, field = 98, max = 64 }, -- ConnectedPartyDeviceID
        } },
      } },
    [18] = { name = "CALL_TRANSFERRED_EVENT", sender = "server",
      fixed = {
        { field = 21, size = 4, reserved = 0 }, -- MonitorID
        { field = 6, size = 4, reserved = 1 }, -- PeripheralID
        { field = 25, size = 2, reserved = 21 }, -- PeripheralType
        { field = 85, size = 2 }, -- PrimaryDeviceType
        { field = 86, size = 4 }, -- PrimaryCallID
        { field = 34, size = 2, reserved = 65535 }, -- LineHandle
        { field = 35, size = 2, reserved = 3 }, -- LineType
        { field = 87, size = 4, reserved = 4294967295 }, -- SkillGroupNumber
        { field = 39, size = 4, reserved = 4294967295 }, -- SkillGroupID
        { field = 40, size = 2, reserved = 0 }, -- SkillGroupPriority
        { field = 88, size = 2 }, -- NumParties
        { field = 89, size = 2 }, -- SecondaryDeviceType
        { field = 54, size = 4 }, -- SecondaryCallID
        { field = 99, size = 2 }, -- TransferringDeviceType
        { field = 100, size = 2 }, -- TransferredDeviceType
        { field = 45, size = 2 }, -- LocalConnectionState
        { field = 46, size = 2 }, -- EventCause
      },
      floating = {
        { id = 35, field = 92, max = 64, required = true }, -- PrimaryDeviceID
        { id = 36, field = 93, max = 64, required = true }, -- SecondaryDeviceID
        { id = 42, field = 101, max = 64, required = true }, -- TransferringDeviceID
        { id = 43, field = 102, max = 64, required = true }, -- TransferredDeviceID
        { name = "ConnectedParties", most = 16, rows = {
          { id = 39, field = 96, max = 4, size = 4 }, -- ConnectedPartyCallID
          { id = 40, field = 97, max = 2, size = 2 }, -- ConnectedPartyDeviceType
          { id = 41, field = 98, max = 64 }, -- ConnectedPartyDeviceID
        } },
      } },
    [19] = { name = "CALL_DIVERTED_EVENT", sender = "server",
      fixed = {
        { field = 21, size = 4, reserved = 0 }, -- MonitorID
        { field = 6, size = 4, reserved = 1 }, -- PeripheralID
        { field = 25, size = 2, reserved = 21 }, -- PeripheralType
        { field = 32, size = 2 }, -- ConnectionDeviceType
        { field = 33, size = 4 }, -- CallID
        { field = 36, size = 4 }, -- ApplicationID
        { field = 37, size = 4, reserved = 4294967295 }, -- ServiceID
        { field = 103, size = 2 }, -- DivertingDeviceType
        { field = 43, size = 2 }, -- CalledDeviceType
        { field = 45, size = 2 }, -- LocalConnectionState
        { field = 46, size = 2 }, -- EventCause
      },
      floating = {
        { id = 25, field = 49, max = 64, required = true }, -- ConnectionDeviceID
        { id = 44, field = 104, max = 64, required = true }, -- DivertingDeviceID
        { id = 28, field = 52, max = 64, required = true }, -- CalledDeviceID
      } },
    [20] = { name = "CALL_SERVICE_INITIATED_EVENT", sender = "server",
      fixed = {
        { field = 21, size = 4, reserved = 0 }, -- MonitorID
        { field = 6, size = 4, reserved = 1 }, -- PeripheralID
        { field = 25, size = 2, reserved = 21 }, -- PeripheralType
        { field = 32, size = 2 }, -- ConnectionDeviceType
        { field = 33, size = 4 }, -- CallID
        { field = 34, size = 2, reserved = 65535 }, -- LineHandle
        { field = 35, size = 2, reserved = 3 }, -- LineType
        { field = 36, size = 4 }, -- ApplicationID
        { field = 37, size = 4, reserved = 4294967295 }, -- ServiceID
        { field = 38, size = 4 }, -- CSQID
        { field = 39, size = 4, reserved = 4294967295 }, -- SkillGroupID
        { field = 40, size = 2, reserved = 0 }, -- SkillGroupPriority
        { field = 42, size = 2 }, -- CallingDeviceType
        { field = 45, size = 2 }, -- LocalConnectionState
        { field = 46, size = 2 }, -- EventCause
      },
      floating = {
        { id = 25, field = 49, max = 64, required = true }, -- ConnectionDeviceID
        { id = 27, field = 51, max = 64, required = true }, -- CallingDeviceID
      } },
    [21] = { name = "CALL_QUEUED_EVENT", sender = "server",
      fixed = {
        { field = 21, size = 4, reserved = 0 }, -- MonitorID
        { field = 6, size = 4, reserved = 1 }, -- PeripheralID
        { field = 25, size = 2, reserved = 21 }, -- PeripheralType
        { field = 32, size = 2 }, -- ConnectionDeviceType
        { field = 33, size = 4 }, -- CallID
        { field = 36, size = 4 }, -- ApplicationID
        { field = 37, size = 4, reserved = 4294967295 }, -- ServiceID
        { field = 105, size = 2 }, -- QueueDeviceType
        { field = 42, size = 2 }, -- CallingDeviceType
        { field = 43, size = 2 }, -- CalledDeviceType
        { field = 44, size = 2 }, -- LastRedirectDeviceType
        { field = 106, size = 2, reserved = 0 }, -- NumQueued
        { field = 107, size = 2 }, -- NumCSQs
        { field = 45, size = 2 }, -- LocalConnectionState
        { field = 46, size = 2 }, -- EventCause
      },
      floating = {
        { id = 25, field = 49, max = 64, required = true }, -- ConnectionDeviceID
        { id = 45, field = 108, max = 64, required = true }, -- QueueDeviceID
        { id = 27, field = 51, max = 64 }, -- CallingDeviceID
        { id = 28, field = 52, max = 64, required = true }, -- CalledDeviceID
        { id = 29, field = 53, max = 64 }, -- LastRedirectDeviceID
        { name = "CSQs", most = 20, rows = {
          { id = 62, field = 38, max = 4, size = 4, required = true }, -- CSQID
          { id = 63, field = 109, max = 4, size = 4, reserved = 4294967295 }, -- SKILL_GROUP_ID
          { id = 64, field = 110, max = 2, size = 2, reserved = 0 }, -- SKILL_GROUP_PRIORITY
        } },
      } },
    [23] = { name = "BEGIN_CALL_EVENT", sender = "server",
      fixed = {
        { field = 21, size = 4, reserved = 0 }, -- MonitorID
        { field = 6, size = 4, reserved = 1 }, -- PeripheralID
        { field = 25, size = 2, reserved = 21 }, -- PeripheralType
        { field = 111, size = 2 }, -- NumCTIClients
        { field = 47, size = 2 }, -- NumNamedVariables
        { field = 48, size = 2 }, -- NumNamedArrays
        { field = 112, size = 2 }, -- CallType
        { field = 32, size = 2 }, -- ConnectionDeviceType
        { field = 33, size = 4 }, -- CallID
        { field = 113, size = 2 }, -- CalledPartyDisposition
      },
      floating = {
        { id = 25, field = 49, max = 64, required = true }, -- ConnectionDeviceID
        { id = 8, field = 55, max = 40 }, -- ANI
        { id = 9, field = 56, max = 131 }, -- UserToUserInfo
        { id = 10, field = 57, max = 32 }, -- DNIS
        { id = 11, field = 58, max = 40 }, -- DialedNumber
        { id = 12, field = 59, max = 40 }, -- CallerEnteredDigits
        { id = 13, field = 60, max = 40 }, -- CallVariable1
        { id = 14, field = 61, max = 40 }, -- CallVariable2
        { id = 15, field = 62, max = 40 }, -- CallVariable3
        { id = 16, field = 63, max = 40 }, -- CallVariable4
        { id = 17, field = 64, max = 40 }, -- CallVariable5
        { id = 18, field = 65, max = 40 }, -- CallVariable6
        { id = 19, field = 66, max = 40 }, -- CallVariable7
        { id = 20, field = 67, max = 40 }, -- CallVariable8
        { id = 21, field = 68, max = 40 }, -- CallVariable9
        { id = 22, field = 69, max = 40 }, -- CallVariable10
        { id = 46, field = 70, max = 40 }, -- CallWrapupData
        { name = "NamedVariables", rows = {
          { id = 82, field = 71, max = 251 }, -- NamedVariable
        } },
        { name = "NamedArrays", rows = {
          { id = 83, field = 72, max = 252 }, -- NamedArray
        } },
        { name = "CTIClients", rows = {
          { id = 23, field = 114, max = 64 }, -- CTIClientSignature
          { id = 24, field = 115, max = 4, size = 4 }, -- CTIClientTimeStamp
        } },
      } },
    [24] = { name = "END_CALL_EVENT", sender = "server",
      fixed = {
        { field = 21, size = 4, reserved = 0 }, -- MonitorID
        { field = 6, size = 4, reserved = 1 }, -- PeripheralID
        { field = 25, size = 2, reserved = 21 }, -- PeripheralType
        { field = 32, size = 2 }, -- ConnectionDeviceType
        { field = 33, size = 4 }, -- CallID
      },
      floating = {
        { id = 25, field = 49, max = 64, required = true }, -- ConnectionDeviceID
      } },
    [25] = { name = "CALL_DATA_UPDATE_EVENT", sender = "server",
      fixed = {
        { field = 21, size = 4, reserved = 0 }, -- MonitorID
        { field = 6, size = 4, reserved = 1 }, -- PeripheralID
        { field = 25, size = 2, reserved = 21 }, -- PeripheralType
        { field = 111, size = 2 }, -- NumCTIClients
        { field = 47, size = 2 }, -- NumNamedVariables
        { field = 48, size = 2 }, -- NumNamedArrays
        { field = 112, size = 2 }, -- CallType
        { field = 32, size = 2 }, -- ConnectionDeviceType
        { field = 33, size = 4 }, -- CallID
        { field = 116, size = 2 }, -- NewConnectionDeviceType
        { field = 117, size = 4 }, -- NewCallID
        { field = 113, size = 2 }, -- CalledPartyDisposition
        { field = 118, size = 4 }, -- CampaignID
        { field = 119, size = 4, reserved = 0 }, -- QueryRuleID
      },
      floating = {
        { id = 25, field = 49, max = 64, required = true }, -- ConnectionDeviceID
        { id = 47, field = 120, max = 64, required = true }, -- NewConnectionDeviceID
        { id = 8, field = 55, max = 40 }, -- ANI
        { id = 12, field = 59, max = 40 }, -- CallerEnteredDigits
        { id = 13, field = 60, max = 40 }, -- CallVariable1
        { id = 14, field = 61, max = 40 }, -- CallVariable2
        { id = 15, field = 62, max = 40 }, -- CallVariable3
        { id = 16, field = 63, max = 40 }, -- CallVariable4
        { id = 17, field = 64, max = 40 }, -- CallVariable5
        { id = 18, field = 65, max = 40 }, -- CallVariable6
        { id = 19, field = 66, max = 40 }, -- CallVariable7
        { id = 20, field = 67, max = 40 }, -- CallVariable8
        { id = 21, field = 68, max = 40 }, -- CallVariable9
        { id = 22, field = 69, max = 40 }, -- CallVariable10
        { id = 46, field = 70, max = 40 }, -- CallWrapupData
        { name = "NamedVariables", rows = {
          { id = 82, field = 71, max = 251 }, -- NamedVariable
        } },
        { name = "NamedArrays", rows = {
          { id = 83, field = 72, max = 252 }, -- NamedArray
        } },
        { id = 95, field = 121, max = 20 }, -- CustomerPhoneNumber
        { id = 96, field = 122, max = 32 }, -- CustomerAccountNumber
        { name = "CTIClients", rows = {
          { id = 23, field = 114, max = 64 }, -- CTIClientSignature
          { id = 24, field = 115, max = 4, size = 4 }, -- CTIClientTimeStamp
        } },
      } },
    [26] = { name = "SET_CALL_DATA_REQ", sender = "both", confirmation = 27, invoke_id = true,
      fixed = {
        { field = 1, size = 4 }, -- InvokeID
        { field = 6, size = 4, reserved = 1 }, -- PeripheralID
        { field = 32, size = 2 }, -- ConnectionDeviceType
        { field = 33, size = 4 }, -- CallID
        { field = 47, size = 2 }, -- NumNamedVariables
        { field = 48, size = 2 }, -- NumNamedArrays
        { field = 112, size = 2 }, -- CallType
        { field = 113, size = 2 }, -- CalledPartyDisposition
        { field = 118, size = 4, reserved = 0 }, -- CampaignID
        { field = 119, size = 4, reserved = 1 }, -- QueryRuleID
      },
      floating = {
        { id = 25, field = 49, max = 64, required = true }, -- ConnectionDeviceID
        { id = 8, field = 55, max = 40 }, -- ANI
        { id = 12, field = 59, max = 40 }, -- CallerEnteredDigits
        { id = 13, field = 60, max = 40 }, -- CallVariable1
        { id = 14, field = 61, max = 40 }, -- CallVariable2
        { id = 15, field = 62, max = 40 }, -- CallVariable3
        { id = 16, field = 63, max = 40 }, -- CallVariable4
        { id = 17, field = 64, max = 40 }, -- CallVariable5
        { id = 18, field = 65, max = 40 }, -- CallVariable6
        { id = 19, field = 66, max = 40 }, -- CallVariable7
        { id = 20, field = 67, max = 40 }, -- CallVariable8
        { id = 21, field = 68, max = 40 }, -- CallVariable9
        { id = 22, field = 69, max = 40 }, -- CallVariable10
        { id = 46, field = 70, max = 40 }, -- CallWrapupData
        { name = "NamedVariables", rows = {
          { id = 82, field = 71, max = 251 }, -- NamedVariable
        } },
        { name = "NamedArrays", rows = {
          { id = 83, field = 72, max = 252 }, -- NamedArray
        } },
        { id = 96, field = 122, max = 32 }, -- CustomerAccountNumber
      } },
    [27] = { name = "SET_CALL_DATA_CONF", sender = "server", invoke_id = true,
      fixed = {
        { field = 1, size = 4 }, -- InvokeID
      },
      floating = {
      } },
    [30] = { name = "AGENT_STATE_EVENT", sender = "server",
      fixed = {
        { field = 21, size = 4, reserved = 0 }, -- MonitorID
        { field = 6, size = 4, reserved = 1 }, -- PeripheralID
        { field = 123, size = 4, reserved = 0 }, -- SessionID
        { field = 25, size = 2, reserved = 21 }, -- PeripheralType
        { field = 124, size = 2 }, -- CSQState
        { field = 125, size = 4 }, -- StateDuration
        { field = 38, size = 4 }, -- CSQID
        { field = 39, size = 4, reserved = 4294967295 }, -- SkillGroupID
        { field = 40, size = 2, reserved = 0 }, -- SkillGroupPriority
        { field = 26, size = 2 }, -- AgentState
        { field = 126, size = 2 }, -- EventReasonCode
        { field = 127, size = 4, reserved = 1 }, -- MRDID
        { field = 128, size = 4, reserved = 0 }, -- NumTasks
        { field = 129, size = 2, reserved = 0 }, -- AgentMode
        { field = 130, size = 4, reserved = 0 }, -- MaxTaskLimit
        { field = 131, size = 4, reserved = 0 }, -- ICMAgentID
        { field = 132, size = 4, reserved = 1 }, -- AgentAvailabilityStatus
        { field = 107, size = 2 }, -- NumCSQs
      },
      floating = {
        { id = 23, field = 114, max = 64 }, -- CTIClientSignature
        { id = 5, field = 27, max = 12 }, -- AGENT_ID
        { id = 4, field = 17, max = 16 }, -- AgentExtension
        { id = 6, field = 18, max = 64 }, -- AgentInstrument
        { id = 194, field = 19, max = 129 }, -- AgentID
        { id = 150, field = 133, max = 4, size = 4 }, -- Duration
        { id = 123, field = 134, max = 2, size = 2 }, -- NextAgentState
        { name = "CSQs", most = 99, rows = {
          { id = 62, field = 38, max = 4, size = 4 }, -- CSQID
          { id = 63, field = 109, max = 4, size = 4, reserved = 4294967295 }, -- SKILL_GROUP_ID
          { id = 64, field = 110, max = 2, size = 2, reserved = 0 }, -- SKILL_GROUP_PRIORITY
          { id = 65, field = 124, max = 2, size = 2 }, -- CSQState
        } },
        { id = 303, field = 135, max = 64, since = 18 }, -- ActiveTerminal
      } },
    [31] = { name = "SYSTEM_EVENT", sender = "server",
      fixed = {
        { field = 136, size = 4 }, -- CCXStatus
        { field = 137, size = 4 }, -- CCXTime
        { field = 138, size = 4 }, -- SystemEventID
        { field = 139, size = 4 }, -- SystemEventArg1
        { field = 140, size = 4 }, -- SystemEventArg2
        { field = 141, size = 4 }, -- SystemEventArg3
        { field = 142, size = 2 }, -- EventDeviceType
      },
      floating = {
        { id = 7, field = 3, max = 255 }, -- Text
        { id = 206, field = 143, max = 64 }, -- EventDeviceID
      } },
    [35] = { name = "CONTROL_FAILURE_CONF", sender = "server", invoke_id = true, failure = true,
      fixed = {
        { field = 1, size = 4 }, -- InvokeID
        { field = 144, size = 2 }, -- FailureCode
        { field = 145, size = 4 }, -- UnifiedCCXErrorCode
      },
      floating = {
        { id = 7, field = 3, max = 255 }, -- Text
      } },
    [36] = { name = "QUERY_AGENT_STATE_REQ", sender = "client", confirmation = 37, invoke_id = true,
      fixed = {
        { field = 1, size = 4 }, -- InvokeID
        { field = 6, size = 4, reserved = 1 }, -- PeripheralID
        { field = 127, size = 4, reserved = 1 }, -- MRDID
        { field = 131, size = 4, reserved = 0 }, -- ICMAgentID
      },
      floating = {
        { id = 4, field = 17, max = 16 }, -- AgentExtension
        { id = 6, field = 18, max = 64 }, -- AgentInstrument
        { id = 194, field = 19, max = 129 }, -- AgentID
      } },
    [37] = { name = "QUERY_AGENT_STATE_CONF", sender = "server", invoke_id = true,
      fixed = {
        { field = 1, size = 4 }, -- InvokeID
        { field = 26, size = 2 }, -- AgentState
        { field = 107, size = 2 }, -- NumCSQs
        { field = 127, size = 4, reserved = 1 }, -- MRDID
        { field = 128, size = 4, reserved = 0 }, -- NumTasks
        { field = 129, size = 2, reserved = 0 }, -- AgentMode
        { field = 130, size = 4, reserved = 0 }, -- MaxTaskLimit
        { field = 146, size = 4, reserved = 0 }, -- ICMAgentID
        { field = 147, size = 4, reserved = 1 }, -- AgentAvailabilityStatus
      },
      floating = {
        { id = 5, field = 27, max = 12 }, -- AGENT_ID
        { id = 4, field = 17, max = 16 }, -- AgentExtension
        { id = 6, field = 18, max = 64 }, -- AgentInstrument
        { id = 194, field = 19, max = 129 }, -- AgentID
        { name = "CSQs", most = 20, rows = {
          { id = 62, field = 38, max = 4, size = 4 }, -- CSQID
          { id = 63, field = 109, max = 4, size = 4, reserved = 0 }, -- SKILL_GROUP_ID
          { id = 64, field = 110, max = 2, size = 2, reserved = 0 }, -- SKILL_GROUP_PRIORITY
          { id = 65, field = 124, max = 2, size = 2 }, -- CSQState
        } },
      } },
    [38] = { name = "SET_AGENT_STATE_REQ", sender = "client", confirmation = 39, invoke_id = true,
      fixed = {
        { field = 1, size = 4 }, -- InvokeID
        { field = 6, size = 4, reserved = 1 }, -- PeripheralID
        { field = 26, size = 2 }, -- AgentState
        { field = 148, size = 2, reserved = 0 }, -- AgentWorkMode
        { field = 149, size = 2, reserved = 0 }, -- NumSkillGroups
        { field = 126, size = 2 }, -- EventReasonCode
        { field = 150, size = 1 }, -- ForcedFlag
        { field = 151, size = 4, since = 12 }, -- AgentCapacity
      },
      floating = {
        { id = 6, field = 18, max = 64, required = true }, -- AgentInstrument
        { id = 49, field = 152, max = 64 }, -- AgentPassword
        { id = 194, field = 19, max = 129 }, -- AgentID
        { id = 303, field = 135, max = 64, since = 18 }, -- ActiveTerminal
      } },
    [39] = { name = "SET_AGENT_STATE_CONF", sender = "server", invoke_id = true,
      fixed = {
        { field = 1, size = 4 }, -- InvokeID
      },
      floating = {
      } },
    [40] = { name = "ALTERNATE_CALL_REQ", sender = "client", confirmation = 41, invoke_id = true,
      fixed = {
        { field = 1, size = 4 }, -- InvokeID
        { field = 6, size = 4, reserved = 1 }, -- PeripheralID
        { field = 153, size = 4 }, -- ActiveCallID
        { field = 154, size = 4 }, -- OtherCallID
        { field = 155, size = 2 }, -- ActiveConnectionDeviceType
        { field = 156, size = 2 }, -- OtherConnectionDeviceType
      },
      floating = {
        { id = 50, field = 157, max = 64, required = true }, -- ActiveConnectionDeviceID
        { id = 52, field = 158, max = 64, required = true }, -- OtherConnectionDeviceID
        { id = 6, field = 18, max = 64 }, -- AgentInstrument
      } },
    [41] = { name = "ALTERNATE_CALL_CONF", sender = "server", invoke_id = true,
      fixed = {
        { field = 1, size = 4 }, -- InvokeID
      },
      floating = {
      } },
    [42] = { name = "ANSWER_CALL_REQ", sender = "client", confirmation = 43, invoke_id = true,
      fixed = {
        { field = 1, size = 4 }, -- InvokeID
        { field = 6, size = 4, reserved = 1 }, -- PeripheralID
        { field = 33, size = 4 }, -- CallID
        { field = 32, size = 2 }, -- ConnectionDeviceType
      },
      floating = {
        { id = 25, field = 49, max = 64 }, -- ConnectionDeviceID
        { id = 6, field = 18, max = 64 }, -- AgentInstrument
      } },
    [43] = { name = "ANSWER_CALL_CONF", sender = "server", invoke_id = true,
      fixed = {
        { field = 1, size = 4 }, -- InvokeID
      },
      floating = {
      } },
    [44] = { name = "CLEAR_CALL_REQ", sender = "client", confirmation = 45, invoke_id = true,
      fixed = {
        { field = 1, size = 4 }, -- InvokeID
        { field = 6, size = 4, reserved = 1 }, -- PeripheralID
        { field = 33, size = 4 }, -- CallID
        { field = 32, size = 2 }, -- ConnectionDeviceType
      },
      floating = {
        { id = 25, field = 49, max = 64, required = true }, -- ConnectionDeviceID
        { id = 6, field = 18, max = 64 }, -- AgentInstrument
      } },
    [45] = { name = "CLEAR_CALL_CONF", sender = "server", invoke_id = true,
      fixed = {
        { field = 1, size = 4 }, -- InvokeID
      },
      floating = {
      } },
    [46] = { name = "CLEAR_CONNECTION_REQ", sender = "client", confirmation = 47, invoke_id = true,
      fixed = {
        { field = 1, size = 4 }, -- InvokeID
        { field = 6, size = 4, reserved = 1 }, -- PeripheralID
        { field = 33, size = 4 }, -- CallID
        { field = 32, size = 2 }, -- ConnectionDeviceType
      },
      floating = {
        { id = 25, field = 49, max = 64, required = true }, -- ConnectionDeviceID
        { id = 6, field = 18, max = 64 }, -- AgentInstrument
      } },
    [47] = { name = "CLEAR_CONNECTION_CONF", sender = "server", invoke_id = true,
      fixed = {
        { field = 1, size = 4 }, -- InvokeID
      },
      floating = {
      } },
    [48] = { name = "CONFERENCE_CALL_REQ", sender = "client", confirmation = 49, invoke_id = true,
      fixed = {
        { field = 1, size = 4 }, -- InvokeID
        { field = 6, size = 4, reserved = 1 }, -- PeripheralID
        { field = 159, size = 4 }, -- HeldCallID
        { field = 153, size = 4 }, -- ActiveCallID
        { field = 160, size = 2 }, -- HeldConnectionDeviceType
        { field = 155, size = 2 }, -- ActiveConnectionDeviceType
        { field = 161, size = 2, reserved = 0 }, -- CallPlacementType
        { field = 162, size = 2, reserved = 0 }, -- CallMannerType
        { field = 163, size = 2, reserved = 0 }, -- AlertRings
        { field = 164, size = 2, reserved = 0 }, -- CallOption
        { field = 165, size = 2, reserved = 0 }, -- FacilityType
        { field = 166, size = 2, reserved = 0 }, -- AnsweringMachine
        { field = 167, size = 2, reserved = 0 }, -- Priority
        { field = 168, size = 2, reserved = 0 }, -- PostRoute
        { field = 47, size = 2 }, -- NumNamedVariables
        { field = 48, size = 2 }, -- NumNamedArrays
      },
      floating = {
        { id = 50, field = 157, max = 64, required = true }, -- ActiveConnectionDeviceID
        { id = 53, field = 169, max = 64 }, -- HeldConnectionDeviceID
        { id = 6, field = 18, max = 64, required = true }, -- AgentInstrument
        { id = 11, field = 58, max = 40 }, -- DialedNumber
        { id = 13, field = 60, max = 40 }, -- CallVariable1
        { id = 14, field = 61, max = 40 }, -- CallVariable2
        { id = 15, field = 62, max = 40 }, -- CallVariable3
        { id = 16, field = 63, max = 40 }, -- CallVariable4
        { id = 17, field = 64, max = 40 }, -- CallVariable5
        { id = 18, field = 65, max = 40 }, -- CallVariable6
        { id = 19, field = 66, max = 40 }, -- CallVariable7
        { id = 20, field = 67, max = 40 }, -- CallVariable8
        { id = 21, field = 68, max = 40 }, -- CallVariable9
        { id = 22, field = 69, max = 40 }, -- CallVariable10
        { id = 46, field = 70, max = 40 }, -- CallWrapupData
        { name = "NamedVariables", rows = {
          { id = 82, field = 71, max = 251 }, -- NamedVariable
        } },
        { name = "NamedArrays", rows = {
          { id = 83, field = 72, max = 252 }, -- NamedArray
        } },
        { id = 78, field = 170, max = 40 }, -- AccountCode
      } },
    [49] = { name = "CONFERENCE_CALL_CONF", sender = "server", invoke_id = true,
      fixed = {
        { field = 1, size = 4 }, -- InvokeID
        { field = 117, size = 4 }, -- NewCallID
        { field = 116, size = 2 }, -- NewConnectionDeviceType
        { field = 88, size = 2 }, -- NumParties
        { field = 34, size = 2, reserved = 65535 }, -- LineHandle
        { field = 35, size = 2, reserved = 3 }, -- LineType
      },
      floating = {
        { id = 47, field = 120, max = 64, required = true }, -- NewConnectionDeviceID
        { name = "ConnectedParties", most = 16, rows = {
          { id = 39, field = 96, max = 4, size = 4 }, -- ConnectedPartyCallID
          { id = 40, field = 97, max = 2, size = 2 }, -- ConnectedPartyDeviceType
          { id = 41, field = 98, max = 64 }, -- ConnectedPartyDeviceID
        } },
      } },
    [50] = { name = "CONSULT_CALL_REQ", sender = "client", confirmation = 51, invoke_id = true,
      fixed = {
        { field = 1, size = 4 }, -- InvokeID
        { field = 6, size = 4, reserved = 1 }, -- PeripheralID
        { field = 153, size = 4 }, -- ActiveCallID
        { field = 155, size = 2 }, -- ActiveConnectionDeviceType
        { field = 161, size = 2, reserved = 0 }, -- CallPlacementType
        { field = 162, size = 2, reserved = 0 }, -- CallMannerType
        { field = 171, size = 2 }, -- ConsultType
        { field = 163, size = 2, reserved = 0 }, -- AlertRings
        { field = 164, size = 2, reserved = 0 }, -- CallOption
        { field = 165, size = 2, reserved = 0 }, -- FacilityType
        { field = 166, size = 2, reserved = 0 }, -- AnsweringMachine
        { field = 167, size = 2, reserved = 0 }, -- Priority
        { field = 168, size = 2, reserved = 0 }, -- PostRoute
        { field = 47, size = 2 }, -- NumNamedVariables
        { field = 48, size = 2 }, -- NumNamedArrays
      },
      floating = {
        { id = 50, field = 157, max = 64, required = true }, -- ActiveConnectionDeviceID
        { id = 11, field = 58, max = 40, required = true }, -- DialedNumber
        { id = 6, field = 18, max = 64 }, -- AgentInstrument
        { id = 13, field = 60, max = 40 }, -- CallVariable1
        { id = 14, field = 61, max = 40 }, -- CallVariable2
        { id = 15, field = 62, max = 40 }, -- CallVariable3
        { id = 16, field = 63, max = 40 }, -- CallVariable4
        { id = 17, field = 64, max = 40 }, -- CallVariable5
        { id = 18, field = 65, max = 40 }, -- CallVariable6
        { id = 19, field = 66, max = 40 }, -- CallVariable7
        { id = 20, field = 67, max = 40 }, -- CallVariable8
        { id = 21, field = 68, max = 40 }, -- CallVariable9
        { id = 22, field = 69, max = 40 }, -- CallVariable10
        { id = 46, field = 70, max = 40 }, -- CallWrapupData
        { name = "NamedVariables", rows = {
          { id = 82, field = 71, max = 251 }, -- NamedVariable
        } },
        { name = "NamedArrays", rows = {
          { id = 83, field = 72, max = 252 }, -- NamedArray
        } },
        { id = 78, field = 170, max = 40 }, -- AccountCode
      } },
    [51] = { name = "CONSULT_CALL_CONF", sender = "server", invoke_id = true,
      fixed = {
        { field = 1, size = 4 }, -- InvokeID
        { field = 117, size = 4 }, -- NewCallID
        { field = 116, size = 2 }, -- NewConnectionDeviceType
        { field = 34, size = 2, reserved = 65535 }, -- LineHandle
        { field = 35, size = 2, reserved = 3 }, -- LineType
      },
      floating = {
        { id = 47, field = 120, max = 64, required = true }, -- NewConnectionDeviceID
      } },
    [54] = { name = "HOLD_CALL_REQ", sender = "client", confirmation = 55, invoke_id = true,
      fixed = {
        { field = 1, size = 4 }, -- InvokeID
        { field = 6, size = 4, reserved = 1 }, -- PeripheralID
        { field = 33, size = 4 }, -- CallID
        { field = 32, size = 2 }, -- ConnectionDeviceType
        { field = 172, size = 2, reserved = 0 }, -- Reservation
      },
      floating = {
        { id = 25, field = 49, max = 64, required = true }, -- ConnectionDeviceID
        { id = 6, field = 18, max = 64 }, -- AgentInstrument
      } },
    [55] = { name = "HOLD_CALL_CONF", sender = "server", invoke_id = true,
      fixed = {
        { field = 1, size = 4 }, -- InvokeID
      },
      floating = {
      } },
    [56] = { name = "MAKE_CALL_REQ", sender = "client", confirmation = 57, invoke_id = true,
      fixed = {
        { field = 1, size = 4 }, -- InvokeID
        { field = 6, size = 4, reserved = 1 }, -- PeripheralID
        { field = 161, size = 2, reserved = 0 }, -- CallPlacementType
        { field = 162, size = 2, reserved = 0 }, -- CallMannerType
        { field = 163, size = 2, reserved = 0 }, -- AlertRings
        { field = 164, size = 2, reserved = 0 }, -- CallOption
        { field = 165, size = 2, reserved = 0 }, -- FacilityType
        { field = 166, size = 2, reserved = 0 }, -- AnsweringMachine
        { field = 167, size = 2, reserved = 0 }, -- Priority
        { field = 168, size = 2, reserved = 0 }, -- PostRoute
        { field = 47, size = 2 }, -- NumNamedVariables
        { field = 48, size = 2 }, -- NumNamedArrays
        { field = 87, size = 4, reserved = 4294967295, since = 14 }, -- SkillGroupNumber
      },
      floating = {
        { id = 6, field = 18, max = 64, required = true }, -- AgentInstrument
        { id = 11, field = 58, max = 40, required = true }, -- DialedNumber
        { id = 13, field = 60, max = 40 }, -- CallVariable1
        { id = 14, field = 61, max = 40 }, -- CallVariable2
        { id = 15, field = 62, max = 40 }, -- CallVariable3
        { id = 16, field = 63, max = 40 }, -- CallVariable4
        { id = 17, field = 64, max = 40 }, -- CallVariable5
        { id = 18, field = 65, max = 40 }, -- CallVariable6
        { id = 19, field = 66, max = 40 }, -- CallVariable7
        { id = 20, field = 67, max = 40 }, -- CallVariable8
        { id = 21, field = 68, max = 40 }, -- CallVariable9
        { id = 22, field = 69, max = 40 }, -- CallVariable10
        { id = 46, field = 70, max = 40 }, -- CallWrapupData
        { name = "NamedVariables", rows = {
          { id = 82, field = 71, max = 251 }, -- NamedVariable
        } },
        { name = "NamedArrays", rows = {
          { id = 83, field = 72, max = 252 }, -- NamedArray
        } },
        { id = 78, field = 170, max = 40 }, -- AccountCode
      } },
    [57] = { name = "MAKE_CALL_CONF", sender = "server", invoke_id = true,
      fixed = {
        { field = 1, size = 4 }, -- InvokeID
        { field = 117, size = 4 }, -- NewCallID
        { field = 116, size = 2 }, -- NewConnectionDeviceType
        { field = 34, size = 2, reserved = 65535 }, -- LineHandle
        { field = 35, size = 2, reserved = 3 }, -- LineType
      },
      floating = {
        { id = 47, field = 120, max = 64, required = true }, -- NewConnectionDeviceID
      } },
    [60] = { name = "RECONNECT_CALL_REQ", sender = "client", confirmation = 61, invoke_id = true,
      fixed = {
        { field = 1, size = 4 }, -- InvokeID
        { field = 6, size = 4, reserved = 1 }, -- PeripheralID
        { field = 153, size = 4 }, -- ActiveCallID
        { field = 159, size = 4 }, -- HeldCallID
        { field = 155, size = 2 }, -- ActiveConnectionDeviceType
        { field = 160, size = 2 }, -- HeldConnectionDeviceType
      },
      floating = {
        { id = 50, field = 157, max = 64, required = true }, -- ActiveConnectionDeviceID
        { id = 53, field = 169, max = 64, required = true }, -- HeldConnectionDeviceID
        { id = 6, field = 18, max = 64 }, -- AgentInstrument
      } },
    [61] = { name = "RECONNECT_CALL_CONF", sender = "server", invoke_id = true,
      fixed = {
        { field = 1, size = 4 }, -- InvokeID
      },
      floating = {
      } },
    [62] = { name = "RETRIEVE_CALL_REQ", sender = "client", confirmation = 63, invoke_id = true,
      fixed = {
        { field = 1, size = 4 }, -- InvokeID
        { field = 6, size = 4, reserved = 1 }, -- PeripheralID
        { field = 159, size = 4 }, -- HeldCallID
        { field = 160, size = 2 }, -- HeldConnectionDeviceType
      },
      floating = {
        { id = 53, field = 169, max = 64, required = true }, -- HeldConnectionDeviceID
        { id = 6, field = 18, max = 64 }, -- AgentInstrument
      } },
    [63] = { name = "RETRIEVE_CALL_CONF", sender = "server", invoke_id = true,
      fixed = {
        { field = 1, size = 4 }, -- InvokeID
      },
      floating = {
      } },
    [64] = { name = "TRANSFER_CALL_REQ", sender = "client", confirmation = 65, invoke_id = true,
      fixed = {
        { field = 1, size = 4 }, -- InvokeID
        { field = 6, size = 4, reserved = 1 }, -- PeripheralID
        { field = 153, size = 4 }, -- ActiveCallID
        { field = 159, size = 4 }, -- HeldCallID
        { field = 155, size = 2 }, -- ActiveConnectionDeviceType
        { field = 160, size = 2 }, -- HeldConnectionDeviceType
        { field = 161, size = 2, reserved = 0 }, -- CallPlacementType
        { field = 162, size = 2, reserved = 0 }, -- CallMannerType
        { field = 163, size = 2, reserved = 0 }, -- AlertRings
        { field = 164, size = 2, reserved = 0 }, -- CallOption
        { field = 165, size = 2, reserved = 0 }, -- FacilityType
        { field = 166, size = 2, reserved = 0 }, -- AnsweringMachine
        { field = 167, size = 2, reserved = 0 }, -- Priority
        { field = 168, size = 2, reserved = 0 }, -- PostRoute
        { field = 47, size = 2 }, -- NumNamedVariables
        { field = 48, size = 2 }, -- NumNamedArrays
      },
      floating = {
        { id = 50, field = 157, max = 64, required = true }, -- ActiveConnectionDeviceID
        { id = 53, field = 169, max = 64 }, -- HeldConnectionDeviceID
        { id = 6, field = 18, max = 64, required = true }, -- AgentInstrument
        { id = 11, field = 58, max = 40 }, -- DialedNumber
        { id = 13, field = 60, max = 40 }, -- CallVariable1
        { id = 14, field = 61, max = 40 }, -- CallVariable2
        { id = 15, field = 62, max = 40 }, -- CallVariable3
        { id = 16, field = 63, max = 40 }, -- CallVariable4
        { id = 17, field = 64, max = 40 }, -- CallVariable5
        { id = 18, field = 65, max = 40 }, -- CallVariable6
        { id = 19, field = 66, max = 40 }, -- CallVariable7
        { id = 20, field = 67, max = 40 }, -- CallVariable8
        { id = 21, field = 68, max = 40 }, -- CallVariable9
        { id = 22, field = 69, max = 40 }, -- CallVariable10
        { id = 46, field = 70, max = 40 }, -- CallWrapupData
        { name = "NamedVariables", rows = {
          { id = 82, field = 71, max = 251 }, -- NamedVariable
        } },
        { name = "NamedArrays", rows = {
          { id = 83, field = 72, max = 252 }, -- NamedArray
        } },
        { id = 78, field = 170, max = 40 }, -- AccountCode
      } },
    [65] = { name = "TRANSFER_CALL_CONF", sender = "server", invoke_id = true,
      fixed = {
        { field = 1, size = 4 }, -- InvokeID
        { field = 117, size = 4 }, -- NewCallID
        { field = 116, size = 2 }, -- NewConnectionDeviceType
        { field = 88, size = 2 }, -- NumParties
        { field = 34, size = 2, reserved = 65535 }, -- LineHandle
        { field = 35, size = 2, reserved = 3 }, -- LineType
      },
      floating = {
        { id = 47, field = 120, max = 64, required = true }, -- NewConnectionDeviceID
        { name = "ConnectedParties", most = 16, rows = {
          { id = 39, field = 96, max = 4, size = 4 }, -- ConnectedPartyCallID
          { id = 40, field = 97, max = 2, size = 2 }, -- ConnectedPartyDeviceType
          { id = 41, field = 98, max = 64 }, -- ConnectedPartyDeviceID
        } },
      } },
    [78] = { name = "QUERY_DEVICE_INFO_REQ", sender = "client", confirmation = 79, invoke_id = true,
      fixed = {
        { field = 1, size = 4 }, -- InvokeID
        { field = 6, size = 4, reserved = 1 }, -- PeripheralID
        { field = 173, size = 2, reserved = 0 }, -- Reserved
      },
      floating = {
        { id = 6, field = 18, max = 64, required = true }, -- AgentInstrument
      } },
    [79] = { name = "QUERY_DEVICE_INFO_CONF", sender = "server", invoke_id = true,
      fixed = {
        { field = 1, size = 4 }, -- InvokeID
        { field = 25, size = 2, reserved = 21 }, -- PeripheralType
        { field = 174, size = 2, reserved = 65535 }, -- TypeOfDevice
        { field = 175, size = 2, reserved = 65535 }, -- ClassOfDevice
        { field = 176, size = 2, reserved = 0 }, -- NumLines
        { field = 173, size = 2, reserved = 0 }, -- Reserved
        { field = 177, size = 2 }, -- MaxActiveCalls
        { field = 178, size = 2 }, -- MaxHeldCalls
        { field = 179, size = 2 }, -- MaxDevicesInConference
        { field = 180, size = 4 }, -- MakeCallSetup
        { field = 181, size = 4, reserved = 0 }, -- TransferConferenceSetup
        { field = 182, size = 4, reserved = 0 }, -- CallEventsSupported
        { field = 183, size = 4, reserved = 0 }, -- CallControlSupported
        { field = 184, size = 4, reserved = 0 }, -- OtherFeaturesSupported
      },
      floating = {
        { id = 70, field = 185, max = 2, size = 2, reserved = 65535 }, -- LINE_HANDLE
        { id = 71, field = 186, max = 2, size = 2, reserved = 3 }, -- LINE_TYPE
      } },
    [82] = { name = "SNAPSHOT_CALL_REQ", sender = "client", confirmation = 83, invoke_id = true,
      fixed = {
        { field = 1, size = 4 }, -- InvokeID
        { field = 6, size = 4, reserved = 1 }, -- PeripheralID
        { field = 33, size = 4 }, -- CallID
        { field = 32, size = 2 }, -- ConnectionDeviceType
      },
      floating = {
        { id = 25, field = 49, max = 64, required = true }, -- ConnectionDeviceID
      } },
    [83] = { name = "SNAPSHOT_CALL_CONF", sender = "server", invoke_id = true,
      fixed = {
        { field = 1, size = 4 }, -- InvokeID
        { field = 112, size = 2 }, -- CallType
        { field = 111, size = 2, reserved = 0 }, -- NumCTIClients
        { field = 187, size = 2 }, -- NumCallDevices
        { field = 47, size = 2 }, -- NumNamedVariables
        { field = 48, size = 2 }, -- NumNamedArrays
        { field = 188, size = 2, reserved = 0 }, -- CalledPartyDisposition
        { field = 189, size = 4, reserved = 0, since = 11 }, -- Reserved
      },
      floating = {
        { id = 8, field = 55, max = 40 }, -- ANI
        { id = 10, field = 57, max = 32 }, -- DNIS
        { id = 11, field = 58, max = 40 }, -- DialedNumber
        { id = 12, field = 59, max = 40 }, -- CallerEnteredDigits
        { id = 72, field = 190, max = 4, size = 4, reserved = 0, required = true }, -- ROUTER_CALL_KEY_DAY
        { id = 73, field = 191, max = 4, size = 4, reserved = 0, required = true }, -- ROUTER_CALL_KEY_CALLID
        { id = 13, field = 60, max = 40 }, -- CallVariable1
        { id = 14, field = 61, max = 40 }, -- CallVariable2
        { id = 15, field = 62, max = 40 }, -- CallVariable3
        { id = 16, field = 63, max = 40 }, -- CallVariable4
        { id = 17, field = 64, max = 40 }, -- CallVariable5
        { id = 18, field = 65, max = 40 }, -- CallVariable6
        { id = 19, field = 66, max = 40 }, -- CallVariable7
        { id = 20, field = 67, max = 40 }, -- CallVariable8
        { id = 21, field = 68, max = 40 }, -- CallVariable9
        { id = 22, field = 69, max = 40 }, -- CallVariable10
        { id = 46, field = 70, max = 40 }, -- CallWrapupData
        { name = "NamedVariables", rows = {
          { id = 82, field = 71, max = 251 }, -- NamedVariable
        } },
        { name = "NamedArrays", rows = {
          { id = 83, field = 72, max = 252 }, -- NamedArray
        } },
        { name = "CallDevices", most = 16, rows = {
          { id = 56, field = 192, max = 4, size = 4 }, -- CallConnectionCallID
          { id = 57, field = 193, max = 2, size = 2 }, -- CallConnectionDeviceType
          { id = 58, field = 194, max = 64 }, -- CallConnectionDeviceID
          { id = 59, field = 195, max = 2, size = 2 }, -- CallDeviceType
          { id = 60, field = 196, max = 64 }, -- CallDeviceID
          { id = 61, field = 197, max = 2, size = 2 }, -- CallDeviceConnectionState
        } },
      } },
    [84] = { name = "SNAPSHOT_DEVICE_REQ", sender = "client", confirmation = 85, invoke_id = true,
      fixed = {
        { field = 1, size = 4 }, -- InvokeID
        { field = 6, size = 4, reserved = 1 }, -- PeripheralID
        { field = 198, size = 2 }, -- SnapshotDeviceType
      },
      floating = {
        { id = 6, field = 18, max = 64, required = true }, -- AgentInstrument
      } },
    [85] = { name = "SNAPSHOT_DEVICE_CONF", sender = "server", invoke_id = true,
      fixed = {
        { field = 1, size = 4 }, -- InvokeID
        { field = 199, size = 2 }, -- NumCalls
      },
      floating = {
        { name = "Calls", most = 16, rows = {
          { id = 56, field = 192, max = 4, size = 4 }, -- CallConnectionCallID
          { id = 57, field = 193, max = 2, size = 2 }, -- CallConnectionDeviceType
          { id = 58, field = 194, max = 64 }, -- CallConnectionDeviceID
          { id = 61, field = 197, max = 2, size = 2 }, -- CallDeviceConnectionState
        } },
      } },
    [86] = { name = "CALL_DEQUEUED_EVENT", sender = "server",
      fixed = {
        { field = 21, size = 4, reserved = 0 }, -- MonitorID
        { field = 6, size = 4, reserved = 1 }, -- PeripheralID
        { field = 25, size = 2, reserved = 21 }, -- PeripheralType
        { field = 32, size = 2 }, -- ConnectionDeviceType
        { field = 33, size = 4 }, -- CallID
        { field = 36, size = 4 }, -- ApplicationID
        { field = 37, size = 4, reserved = 4294967295 }, -- ServiceID
        { field = 105, size = 2 }, -- QueueDeviceType
        { field = 106, size = 2 }, -- NumQueued
        { field = 107, size = 2 }, -- NumCSQs
        { field = 45, size = 2 }, -- LocalConnectionState
        { field = 46, size = 2 }, -- EventCause
      },
      floating = {
        { id = 25, field = 49, max = 64, required = true }, -- ConnectionDeviceID
        { id = 45, field = 108, max = 64, required = true }, -- QueueDeviceID
        { name = "CSQs", most = 20, rows = {
          { id = 62, field = 38, max = 4, size = 4, required = true }, -- CSQID
          { id = 63, field = 109, max = 4, size = 4, reserved = 4294967295 }, -- SKILL_GROUP_ID
          { id = 64, field = 110, max = 2, size = 2, reserved = 0 }, -- SKILL_GROUP_PRIORITY
        } },
      } },
    [91] = { name = "SEND_DTMF_SIGNAL_REQ", sender = "client", confirmation = 92, invoke_id = true,
      fixed = {
        { field = 1, size = 4 }, -- InvokeID
        { field = 6, size = 4, reserved = 1 }, -- PeripheralID
        { field = 33, size = 4 }, -- CallID
        { field = 32, size = 2 }, -- ConnectionDeviceType
        { field = 200, size = 2 }, -- ToneDuration
        { field = 201, size = 4 }, -- PauseDuration
      },
      floating = {
        { id = 25, field = 49, max = 64, required = true }, -- ConnectionDeviceID
        { id = 67, field = 202, max = 32, required = true }, -- DTMFString
        { id = 6, field = 18, max = 64 }, -- AgentInstrument
      } },
    [92] = { name = "SEND_DTMF_SIGNAL_CONF", sender = "server", invoke_id = true,
      fixed = {
        { field = 1, size = 4 }, -- InvokeID
      },
      floating = {
      } },
    [116] = { name = "RTP_STARTED_EVENT", sender = "server",
      fixed = {
        { field = 21, size = 4, reserved = 0 }, -- MonitorID
        { field = 6, size = 4, reserved = 1 }, -- PeripheralID
        { field = 203, size = 4 }, -- ClientPort
        { field = 204, size = 2 }, -- Direction
        { field = 205, size = 2 }, -- RTPType
        { field = 206, size = 4 }, -- BitRate
        { field = 207, size = 2 }, -- EchoCancellation
        { field = 208, size = 4 }, -- PacketSize
        { field = 209, size = 2 }, -- PayloadType
        { field = 32, size = 2 }, -- ConnectionDeviceType
        { field = 33, size = 4 }, -- CallID
      },
      floating = {
        { id = 25, field = 49, max = 64, required = true }, -- ConnectionDeviceID
        { id = 81, field = 210, max = 16, required = true }, -- ClientAddress
        { id = 4, field = 17, max = 16 }, -- AgentExtension
        { id = 6, field = 18, max = 64 }, -- AgentInstrument
        { id = 125, field = 211, max = 16 }, -- SendingAddress
        { id = 126, field = 212, max = 4, size = 4 }, -- SendingPort
        { id = 194, field = 19, max = 129 }, -- AgentID
      } },
    [117] = { name = "RTP_STOPPED_EVENT", sender = "server",
      fixed = {
        { field = 21, size = 4, reserved = 0 }, -- MonitorID
        { field = 6, size = 4, reserved = 1 }, -- PeripheralID
        { field = 203, size = 4 }, -- ClientPort
        { field = 204, size = 2 }, -- Direction
        { field = 32, size = 2 }, -- ConnectionDeviceType
        { field = 33, size = 4 }, -- CallID
      },
      floating = {
        { id = 25, field = 49, max = 64, required = true }, -- ConnectionDeviceID
        { id = 81, field = 210, max = 16, required = true }, -- ClientAddress
        { id = 4, field = 17, max = 16 }, -- AgentExtension
        { id = 6, field = 18, max = 64 }, -- AgentInstrument
        { id = 125, field = 211, max = 16 }, -- SendingAddress
        { id = 126, field = 212, max = 4, size = 4 }, -- SendingPort
        { id = 194, field = 19, max = 129 }, -- AgentID
      } },
    [118] = { name = "SUPERVISOR_ASSIST_REQ", sender = "client", confirmation = 119, invoke_id = true,
      fixed = {
        { field = 1, size = 4 }, -- InvokeID
        { field = 6, size = 4, reserved = 1 }, -- PeripheralID
        { field = 33, size = 4 }, -- CallID
        { field = 32, size = 2 }, -- ConnectionDeviceType
      },
      floating = {
        { id = 25, field = 49, max = 64, required = true }, -- ConnectionDeviceID
        { id = 4, field = 17, max = 16 }, -- AgentExtension
        { id = 6, field = 18, max = 64 }, -- AgentInstrument
        { id = 194, field = 19, max = 129 }, -- AgentID
      } },
    [119] = { name = "SUPERVISOR_ASSIST_CONF", sender = "server", invoke_id = true,
      fixed = {
        { field = 1, size = 4 }, -- InvokeID
        { field = 33, size = 4 }, -- CallID
        { field = 32, size = 2 }, -- ConnectionDeviceType
        { field = 34, size = 2, reserved = 65535 }, -- LineHandle
        { field = 82, size = 2, reserved = 0 }, -- LineType
      },
      floating = {
        { id = 25, field = 49, max = 64, required = true }, -- ConnectionDeviceID
      } },
    [120] = { name = "SUPERVISOR_ASSIST_EVENT", sender = "server",
      fixed = {
        { field = 6, size = 4, reserved = 1 }, -- PeripheralID
        { field = 33, size = 4 }, -- CallID
        { field = 32, size = 2 }, -- ConnectionDeviceType
        { field = 123, size = 4, reserved = 0 }, -- SessionID
      },
      floating = {
        { id = 25, field = 49, max = 64, required = true }, -- ConnectionDeviceID
        { id = 1, field = 14, max = 64, required = true }, -- ClientID
        { id = 7, field = 3, max = 255 }, -- Text
      } },
    [123] = { name = "EMERGENCY_CALL_EVENT", sender = "server", invoke_id = true,
      fixed = {
        { field = 1, size = 4 }, -- InvokeID
        { field = 6, size = 4, reserved = 1 }, -- PeripheralID
        { field = 33, size = 4 }, -- CallID
        { field = 32, size = 2 }, -- ConnectionDeviceType
        { field = 123, size = 4, reserved = 0 }, -- SessionID
      },
      floating = {
        { id = 25, field = 49, max = 64, required = true }, -- ConnectionDeviceID
        { id = 1, field = 14, max = 64 }, -- ClientID
        { id = 81, field = 210, max = 16 }, -- ClientAddress
        { id = 4, field = 17, max = 64 }, -- AgentExtension
        { id = 194, field = 19, max = 129 }, -- AgentID
        { id = 6, field = 18, max = 64 }, -- AgentInstrument
      } },
    [124] = { name = "SUPERVISE_CALL_REQ", sender = "client", confirmation = 125, invoke_id = true,
      fixed = {
        { field = 1, size = 4 }, -- InvokeID
        { field = 6, size = 4, reserved = 1 }, -- PeripheralID
        { field = 213, size = 4 }, -- AgentCallID
        { field = 214, size = 4 }, -- SupervisorCallID
        { field = 215, size = 2 }, -- AgentConnectionDeviceType
        { field = 216, size = 2 }, -- SupervisorConnectionDeviceType
        { field = 217, size = 2 }, -- SupervisoryAction
      },
      floating = {
        { id = 90, field = 218, max = 64 }, -- AgentConnectionDeviceID
        { id = 91, field = 219, max = 64 }, -- SupervisorConnectionDeviceID
        { id = 4, field = 17, max = 16 }, -- AgentExtension
        { id = 6, field = 18, max = 64 }, -- AgentInstrument
        { id = 85, field = 220, max = 64 }, -- SupervisorInstrument
        { id = 194, field = 19, max = 129 }, -- AgentID
      } },
    [125] = { name = "SUPERVISE_CALL_CONF", sender = "server", invoke_id = true,
      fixed = {
        { field = 1, size = 4 }, -- InvokeID
        { field = 33, size = 4 }, -- CallID
        { field = 32, size = 2 }, -- ConnectionDeviceType
      },
      floating = {
        { id = 25, field = 49, max = 64, required = true }, -- ConnectionDeviceID
      } },
    [139] = { name = "BAD_CALL_REQ", sender = "client", confirmation = 140, invoke_id = true,
      fixed = {
        { field = 1, size = 4 }, -- InvokeID
        { field = 6, size = 4, reserved = 1 }, -- PeripheralID
        { field = 32, size = 2 }, -- ConnectionDeviceType
        { field = 33, size = 4 }, -- CallID
      },
      floating = {
        { id = 25, field = 49, max = 64, required = true }, -- ConnectionDeviceID
        { id = 194, field = 19, max = 129 }, -- AgentID
      } },
    [140] = { name = "BAD_CALL_CONF", sender = "server", invoke_id = true,
      fixed = {
        { field = 1, size = 4 }, -- InvokeID
      },
      floating = {
      } },
    [223] = { name = "QUERY_QUEUE_STATISTICS_REQ", sender = "client", confirmation = 224, invoke_id = true,
      fixed = {
        { field = 1, size = 4 }, -- InvokeID
      },
      floating = {
        { id = 62, field = 38, max = 4, size = 4 }, -- CSQID
      } },
    [224] = { name = "QUERY_QUEUE_STATISTICS_CONF", sender = "server", invoke_id = true,
      fixed = {
        { field = 1, size = 4 }, -- InvokeID
        { field = 221, size = 2 }, -- LoggedInAgents
        { field = 222, size = 2 }, -- InSessionAgents
        { field = 223, size = 2 }, -- AvailableAgents
        { field = 224, size = 2 }, -- UnAvailableAgents
        { field = 225, size = 2 }, -- InWorkAgents
        { field = 226, size = 2 }, -- SelectedAgents
        { field = 227, size = 4 }, -- CallsInPriorityQueue1
        { field = 228, size = 4 }, -- CallsInPriorityQueue2
        { field = 229, size = 4 }, -- CallsInPriorityQueue3
        { field = 230, size = 4 }, -- CallsInPriorityQueue4
        { field = 231, size = 4 }, -- CallsInPriorityQueue5
        { field = 232, size = 4 }, -- CallsInPriorityQueue6
        { field = 233, size = 4 }, -- CallsInPriorityQueue7
        { field = 234, size = 4 }, -- CallsInPriorityQueue8
        { field = 235, size = 4 }, -- CallsInPriorityQueue9
        { field = 236, size = 4 }, -- CallsInPriorityQueue10
        { field = 237, size = 4 }, -- StartTime
        { field = 238, size = 4 }, -- EndTime
        { field = 239, size = 4 }, -- TotalCalls
        { field = 240, size = 4 }, -- OldestCallInQueue
        { field = 241, size = 4 }, -- HandledCallsToday
        { field = 242, size = 4 }, -- CallsAbandoned
        { field = 243, size = 4 }, -- CallsDequeued
        { field = 244, size = 4 }, -- AverageTalkDuration
        { field = 245, size = 4 }, -- AverageWaitDuration
        { field = 246, size = 4 }, -- LongestTalkDuration
        { field = 247, size = 4 }, -- LongestWaitDuration
      },
      floating = {
        { id = 62, field = 38, max = 4, size = 4 }, -- CSQID
      } },
    [225] = { name = "QUERY_SUMMARY_STATISTICS_REQ", sender = "client", confirmation = 226, invoke_id = true,
      fixed = {
        { field = 1, size = 4 }, -- InvokeID
      },
      floating = {
      } },
    [226] = { name = "QUERY_SUMMARY_STATISTICS_CONF", sender = "server", invoke_id = true,
      fixed = {
        { field = 1, size = 4 }, -- InvokeID
        { field = 248, size = 2 }, -- NumQueues
        { field = 221, size = 2 }, -- LoggedInAgents
        { field = 222, size = 2 }, -- InSessionAgents
        { field = 223, size = 2 }, -- AvailableAgents
        { field = 224, size = 2 }, -- UnAvailableAgents
        { field = 225, size = 2 }, -- InWorkAgents
        { field = 226, size = 2 }, -- SelectedAgents
        { field = 227, size = 4 }, -- CallsInPriorityQueue1
        { field = 228, size = 4 }, -- CallsInPriorityQueue2
        { field = 229, size = 4 }, -- CallsInPriorityQueue3
        { field = 230, size = 4 }, -- CallsInPriorityQueue4
        { field = 231, size = 4 }, -- CallsInPriorityQueue5
        { field = 232, size = 4 }, -- CallsInPriorityQueue6
        { field = 233, size = 4 }, -- CallsInPriorityQueue7
        { field = 234, size = 4 }, -- CallsInPriorityQueue8
        { field = 235, size = 4 }, -- CallsInPriorityQueue9
        { field = 236, size = 4 }, -- CallsInPriorityQueue10
        { field = 237, size = 4 }, -- StartTime
        { field = 238, size = 4 }, -- EndTime
        { field = 239, size = 4 }, -- TotalCalls
        { field = 240, size = 4 }, -- OldestCallInQueue
        { field = 241, size = 4 }, -- HandledCallsToday
        { field = 242, size = 4 }, -- CallsAbandoned
        { field = 244, size = 4 }, -- AverageTalkDuration
        { field = 245, size = 4 }, -- AverageWaitDuration
        { field = 246, size = 4 }, -- LongestTalkDuration
        { field = 247, size = 4 }, -- LongestWaitDuration
      },
      floating = {
      } },
    [230] = { name = "CONFIG_REQUEST_KEY_EVENT", sender = "client", confirmation = 231,
      fixed = {
        { field = 6, size = 4, reserved = 0, since = 11 }, -- PeripheralID
      },
      floating = {
        { id = 131, field = 249, max = 4, size = 4, reserved = 0 }, -- CUSTOMER_ID
      } },
    [231] = { name = "CONFIG_KEY_EVENT", sender = "server",
      fixed = {
        { field = 250, size = 4 }, -- Status
      },
      floating = {
        { id = 177, field = 251, max = 8 }, -- ApplicationConfigKey
        { id = 178, field = 252, max = 8 }, -- CSQConfigKey
        { id = 179, field = 253, max = 8 }, -- AgentConfigKey
        { id = 180, field = 254, max = 8 }, -- DeviceConfigKey
      } },
    [232] = { name = "CONFIG_REQUEST_EVENT", sender = "client",
      fixed = {
        { field = 255, size = 4 }, -- ConfigurationMask
        { field = 6, size = 4, reserved = 0, since = 11 }, -- PeripheralID
      },
      floating = {
        { id = 131, field = 249, max = 4, size = 4, reserved = 0, required = true }, -- CUSTOMER_ID
      } },
    [233] = { name = "CONFIG_BEGIN_EVENT", sender = "server",
      fixed = {
        { field = 256, size = 2 }, -- ConfigType
        { field = 255, size = 4 }, -- ConfigurationMask
      },
      floating = {
        { id = 177, field = 251, max = 8 }, -- ApplicationConfigKey
        { id = 178, field = 252, max = 8 }, -- CSQConfigKey
        { id = 179, field = 253, max = 8 }, -- AgentConfigKey
        { id = 180, field = 254, max = 8 }, -- DeviceConfigKey
      } },
    [234] = { name = "CONFIG_END_EVENT", sender = "server",
      fixed = {
        { field = 257, size = 4 }, -- Status
      },
      floating = {
        { id = 7, field = 3, max = 255 }, -- Text
      } },
    [235] = { name = "CONFIG_APPLICATION_EVENT", sender = "server",
      fixed = {
        { field = 258, size = 2 }, -- NumRecords
      },
      floating = {
        { name = "Records", most = 10, rows = {
          { id = 183, field = 259, max = 2, size = 2 }, -- RecordType
          { id = 208, field = 260, max = 4, size = 4, reserved = 0, since = 11 }, -- PERIPHERAL_ID
          { id = 184, field = 36, max = 4, size = 4 }, -- ApplicationID
          { id = 213, field = 261, max = 4, size = 4, reserved = 0, since = 11 }, -- OLD_PERIPHERAL_NUMBER
          { id = 129, field = 262, max = 4, size = 4 }, -- MaxQueued
          { id = 173, field = 263, max = 16 }, -- reserved173
          { id = 132, field = 264, max = 4, size = 4 }, -- PreviousApplicationID
          { id = 133, field = 265, max = 64 }, -- ApplicationName
          { id = 134, field = 266, max = 128 }, -- Description
          { id = 174, field = 267, max = 4, size = 4, reserved = 0 }, -- SERVICE_LEVEL_THRESHOLD
          { id = 175, field = 268, max = 4, size = 4, reserved = 0 }, -- SERVICE_LEVEL_TYPE
          { id = 176, field = 269, max = 255 }, -- CONFIG_PARAM
          { id = 216, field = 270, max = 4, size = 4, reserved = 0, since = 11 }, -- MR_DOMAIN_ID
        } },
      } },
    [236] = { name = "CONFIG_CSQ_EVENT", sender = "server",
      fixed = {
        { field = 258, size = 2 }, -- NumRecords
      },
      floating = {
        { name = "Records", most = 10, rows = {
          { id = 183, field = 259, max = 2, size = 2 }, -- RecordType
          { id = 208, field = 260, max = 4, size = 4, reserved = 0, since = 11 }, -- PERIPHERAL_ID
          { id = 184, field = 38, max = 4, size = 4 }, -- CSQID
          { id = 213, field = 261, max = 4, size = 4, reserved = 0, since = 11 }, -- OLD_PERIPHERAL_NUMBER
          { id = 64, field = 110, max = 2, size = 2, reserved = 0 }, -- SKILL_GROUP_PRIORITY
          { id = 192, field = 271, max = 4, size = 4, reserved = 0 }, -- SKILL_GROUP_SKILL_TARGET_ID
          { id = 185, field = 272, max = 4, size = 2 }, -- AutoWork
          { id = 173, field = 263, max = 16 }, -- reserved173
          { id = 133, field = 273, max = 64 }, -- CSQName
          { id = 134, field = 266, max = 128 }, -- Description
          { id = 216, field = 274, max = 4, size = 4, since = 11 }, -- MRDomainID
          { id = 176, field = 269, max = 255 }, -- CONFIG_PARAM
        } },
      } },
    [237] = { name = "CONFIG_AGENT_EVENT", sender = "server",
      fixed = {
        { field = 258, size = 2 }, -- NumRecords
      },
      floating = {
        { name = "Records", most = 10, rows = {
          { id = 183, field = 259, max = 2, size = 2 }, -- RecordType
          { id = 208, field = 260, max = 4, size = 4, reserved = 0, since = 11 }, -- PERIPHERAL_ID
          { id = 189, field = 275, max = 2, size = 2 }, -- AgentType
          { id = 190, field = 276, max = 129 }, -- LoginID
          { id = 214, field = 277, max = 64, since = 11 }, -- CUR_LOGIN_ID
          { id = 207, field = 278, max = 32, since = 11 }, -- LOGIN_NAME
          { id = 138, field = 279, max = 32 }, -- LastName
          { id = 137, field = 280, max = 32 }, -- FirstName
          { id = 173, field = 281, max = 16 }, -- Extension
          { id = 134, field = 266, max = 128 }, -- Description
          { id = 141, field = 282, max = 4, size = 4, reserved = 0 }, -- AGENT_SKILL_TARGET_ID
          { id = 191, field = 107, max = 2, size = 2 }, -- NumCSQs
          { name = "CSQs", within = "Records", most = 30, rows = {
            { id = 62, field = 38, max = 4, size = 4 }, -- CSQID
            { id = 64, field = 110, max = 2, size = 2, reserved = 0 }, -- SKILL_GROUP_PRIORITY
          } },
          { id = 247, field = 26, max = 2, size = 2, since = 17 }, -- AgentState
          { id = 246, field = 283, max = 4, size = 4, since = 17 }, -- MRDID
          { id = 303, field = 135, max = 64, since = 18 }, -- ActiveTerminal
        } },
      } },
    [238] = { name = "CONFIG_DEVICE_EVENT", sender = "server",
      fixed = {
        { field = 258, size = 2 }, -- NumRecords
      },
      floating = {
        { name = "Records", most = 10, rows = {
          { id = 183, field = 259, max = 2, size = 2 }, -- RecordType
          { id = 208, field = 260, max = 4, size = 4, reserved = 0, since = 11 }, -- PERIPHERAL_ID
          { id = 195, field = 284, max = 2, size = 2 }, -- DeviceType
          { id = 129, field = 262, max = 4, size = 4 }, -- MaxQueued
          { id = 184, field = 285, max = 4, size = 4 }, -- DeviceField0
          { id = 193, field = 286, max = 4, size = 4 }, -- DeviceField1
          { id = 11, field = 287, max = 129 }, -- DeviceField2
          { id = 10, field = 288, max = 32 }, -- DeviceField3
          { id = 173, field = 289, max = 16 }, -- DeviceField4
          { id = 134, field = 266, max = 128 }, -- Description
        } },
      } },
    [239] = { name = "QUERY_AGENT_QUEUE_STATISTICS_REQ", sender = "client", confirmation = 240, invoke_id = true,
      fixed = {
        { field = 1, size = 4 }, -- InvokeID
      },
      floating = {
        { id = 194, field = 19, max = 129, required = true }, -- AgentID
      } },
    [240] = { name = "QUERY_AGENT_QUEUE_STATISTICS_CONF", sender = "server", invoke_id = true,
      fixed = {
        { field = 1, size = 4 }, -- InvokeID
        { field = 290, size = 4 }, -- CallsInQueue
        { field = 240, size = 4 }, -- OldestCallInQueue
      },
      floating = {
        { id = 194, field = 19, max = 129, required = true }, -- AgentID
      } },
    [242] = { name = "TEAM_CONFIG_REQ", sender = "client", confirmation = 244, invoke_id = true,
      fixed = {
        { field = 1, size = 4 }, -- InvokeID
        { field = 291, size = 2 }, -- ConfigParam
        { field = 292, size = 8 }, -- Reserved
      },
      floating = {
      } },
    [243] = { name = "TEAM_CONFIG_EVENT", sender = "server",
      fixed = {
        { field = 293, size = 4 }, -- TeamID
        { field = 258, size = 2 }, -- NumRecords
        { field = 294, size = 2 }, -- Operation
        { field = 292, size = 8 }, -- Reserved
      },
      floating = {
        { id = 204, field = 295, max = 50 }, -- TeamName
        { name = "Members", most = 64, rows = {
          { id = 194, field = 19, max = 129 }, -- AgentID
          { id = 87, field = 296, max = 2, size = 2 }, -- AgentFlags
          { id = 183, field = 259, max = 2, size = 2 }, -- RecordType
          { id = 205, field = 297, max = 2, size = 2 }, -- MemberType
        } },
      } },
    [244] = { name = "TEAM_CONFIG_CONF", sender = "server", invoke_id = true,
      fixed = {
        { field = 1, size = 4 }, -- InvokeID
        { field = 298, size = 4 }, -- Status
      },
      floating = {
        { id = 7, field = 3, max = 128 }, -- Text
      } },
    [276] = { name = "CONFIG_TERMINAL_EVENT", sender = "server",
      fixed = {
        { field = 258, size = 2 }, -- NumRecords
      },
      floating = {
        { name = "Records", most = 10, rows = {
          { id = 183, field = 259, max = 2, size = 2 }, -- RecordType
          { id = 302, field = 299, max = 2, size = 2, since = 18 }, -- TerminalType
          { id = 303, field = 300, max = 64, since = 18 }, -- TerminalDeviceName
          { id = 304, field = 301, max = 100, since = 18 }, -- TerminalTypeName
          { id = 305, field = 302, max = 2, size = 2, since = 18 }, -- NumInstruments
          { name = "Instruments", within = "Records", most = 10, rows = {
            { id = 6, field = 303, max = 64, since = 18 }, -- Instrument
          } },
        } },
      } },
}

-- What follows is the same for all tables.

local proto = Proto("ccxcti", "Unified CCX CTI")

local HEADER = 8
local MAX_BODY = 1048576

-- The fields that every message has, and those that tie messages together.
local f_length = ProtoField.uint32("ccxcti.body_length", "BodyLength")
local f_type = ProtoField.uint32("ccxcti.message_type", "MessageTypeID", base.DEC, TYPE_NAMES)
local f_version = ProtoField.uint32("ccxcti.version", "Version of the session")
local f_version_source = ProtoField.string("ccxcti.version.source", "Known by")
local f_field = ProtoField.none("ccxcti.field", "Field")
local f_id = ProtoField.uint32("ccxcti.field.id", "FieldDataID")
local f_size = ProtoField.uint32("ccxcti.field.length", "FieldDataLength")
local f_unlisted = ProtoField.bytes("ccxcti.unlisted", "Field that the table does not list")
local f_body = ProtoField.bytes("ccxcti.body", "Body")
local f_request = ProtoField.framenum("ccxcti.request_in", "Request in", base.NONE, frametype.REQUEST)
local f_answer = ProtoField.framenum("ccxcti.answer_in", "Answer in", base.NONE, frametype.RESPONSE)
local f_time = ProtoField.relative_time("ccxcti.time", "Time since the request")

local all_fields = {
    f_length, f_type, f_version, f_version_source, f_field, f_id, f_size, f_unlisted, f_body,
    f_request, f_answer, f_time,
}

local e_cut = ProtoExpert.new("ccxcti.cut", "The message is cut short", expert.group.MALFORMED, expert.severity.ERROR)
local e_table = ProtoExpert.new("ccxcti.not_listed", "Not as the guide's table says", expert.group.PROTOCOL, expert.severity.WARN)
local e_note = ProtoExpert.new("ccxcti.note", "Note", expert.group.PROTOCOL, expert.severity.NOTE)
local e_refused = ProtoExpert.new("ccxcti.refused", "A request has failed", expert.group.RESPONSE_CODE, expert.severity.WARN)
proto.experts = { e_cut, e_table, e_note, e_refused }

-- The fields of the tables.
local fields = {}
local bits = {}
for index, row in ipairs(FIELDS) do
    local abbr, name, kind, values = "ccxcti." .. row[1], row[2], row[3], row[4]
    local made
    if kind == "uint" then
        made = ProtoField.uint32(abbr, name, base.DEC, values and VALUES[values].names or nil)
    elseif kind == "mask" then
        made = ProtoField.uint32(abbr, name, base.HEX)
        bits[index] = {}
        for place, bit_row in ipairs(VALUES[values].bits) do
            -- Labels end at 240 characters, so that a mask has a child for each of its bits.
            local label = bit_row[2]
            local child = ProtoField.bool(abbr .. "." .. label:lower(), label, 32, nil, bit_row[1])
            bits[index][place] = child
            all_fields[#all_fields + 1] = child
        end
    elseif kind == "int" then
        made = ProtoField.int32(abbr, name, base.DEC, values and VALUES[values].names or nil)
    elseif kind == "bool" then
        made = ProtoField.uint32(abbr, name, base.DEC, { [0] = "false", [1] = "true" })
    elseif kind == "time" then
        made = ProtoField.absolute_time(abbr, name, base.UTC)
    elseif kind == "bytes" then
        made = ProtoField.bytes(abbr, name)
    else
        made = ProtoField.string(abbr, name)
    end
    fields[index] = made
    all_fields[#all_fields + 1] = made
end
local f_list = ProtoField.none("ccxcti.list", "List")
local f_name = ProtoField.string("ccxcti.named.name", "Name")
local f_value = ProtoField.string("ccxcti.named.value", "Value")
local f_index = ProtoField.uint32("ccxcti.named.index", "Index")
for _, field in ipairs({ f_list, f_name, f_value, f_index }) do
    all_fields[#all_fields + 1] = field
end
proto.fields = all_fields

proto.prefs.ports = Pref.range("TCP ports", "12028,42027", "Ports of the CTI server", 65535)
proto.prefs.version = Pref.enum("Version", 0, "The version of all sessions, or each one's own", {
    { 1, "each session's own", 0 }, { 2, "10", 10 }, { 3, "11", 11 }, { 4, "12", 12 }, { 5, "13", 13 },
    { 6, "14", 14 }, { 7, "15", 15 }, { 8, "16", 16 }, { 9, "17", 17 }, { 10, "18", 18 },
}, false)

-- What the first pass over a capture learns. Keys are addresses and ports: a tree, and with it the
-- number of the TCP stream, is not there in that pass.
local opened, requests, links = {}, {}, {}

function proto.init()
    opened, requests, links = {}, {}, {}
end

local function conversation(pinfo)
    local one = tostring(pinfo.src) .. ":" .. pinfo.src_port
    local two = tostring(pinfo.dst) .. ":" .. pinfo.dst_port
    if one < two then
        return one .. "|" .. two
    end
    return two .. "|" .. one
end

local function is_wide(version)
    return version >= 18
end

local function is_in(row, version)
    return (row.since == nil or row.since <= version) and (row.last == nil or version <= row.last)
end

local function fixed_size(message, version)
    local size = 0
    for _, row in ipairs(message.fixed) do
        if is_in(row, version) then
            size = size + row.size
        end
    end
    return size
end

-- Whether the floating part ends where the body does; and how many of its fields have no row.
local function fits(message, tvb, version)
    local at = HEADER + fixed_size(message, version)
    local head = is_wide(version) and 3 or 2
    local strangers = 0
    while at < tvb:len() do
        if at + head > tvb:len() then
            return false, 0
        end
        local id = is_wide(version) and tvb(at, 2):uint() or tvb(at, 1):uint()
        if message.by_id[id] == nil then
            strangers = strangers + 1
        end
        at = at + head + tvb(at + head - 1, 1):uint()
    end
    return at == tvb:len(), strangers
end

for _, message in pairs(MESSAGES) do
    message.by_id = {}
    local function add(rows, path)
        for _, row in ipairs(rows) do
            if row.rows then
                local inner = {}
                for _, group in ipairs(path) do
                    inner[#inner + 1] = group
                end
                inner[#inner + 1] = row
                row.first = row.rows[1].id
                add(row.rows, inner)
            else
                message.by_id[row.id] = { row = row, path = path }
            end
        end
    end
    add(message.floating, {})
end

local function version_of(pinfo, key, message, tvb)
    if proto.prefs.version ~= 0 then
        return proto.prefs.version, "the preferences"
    end
    local found
    for _, entry in ipairs(opened[key] or {}) do
        if entry.number <= pinfo.number then
            found = entry.version
        end
    end
    if found then
        return found, "OPEN_REQ"
    end
    if message then
        local narrow, narrow_strangers = fits(message, tvb, 14)
        local wide, wide_strangers = fits(message, tvb, 18)
        if wide and (not narrow or wide_strangers < narrow_strangers) then
            return 18, "the width of the fields"
        end
    end
    return 14, "default"
end

local function add_value(tree, row, range)
    local index = row.field
    local definition = FIELDS[index]
    local kind, values = definition[3], definition[4]
    local field = fields[index]
    if kind == "string" then
        local length = range:len()
        local text = range
        if length > 0 and range(length - 1, 1):uint() == 0 then
            text = length > 1 and range(0, length - 1) or nil
        elseif row.id then
            tree:add_proto_expert_info(e_table, definition[2] .. ": does not end in NUL")
        end
        if text == nil then
            return tree:add(field, range, "")
        end
        return tree:add(field, range, text:string(ENC_UTF_8))
    elseif kind == "bytes" then
        return tree:add(field, range)
    elseif kind == "time" then
        return tree:add(field, range)
    elseif kind == "named_variable" or kind == "named_array" then
        local from = 0
        local item = tree:add(field, range, "")
        if kind == "named_array" and range:len() > 0 then
            item:add(f_index, range(0, 1))
            from = 1
        end
        local name_end = from
        while name_end < range:len() and range(name_end, 1):uint() ~= 0 do
            name_end = name_end + 1
        end
        local name = ""
        if name_end > from then
            name = range(from, name_end - from):string(ENC_UTF_8)
            item:add(f_name, range(from, name_end - from), name)
        else
            item:add(f_name, range, "")
        end
        local value_from = name_end + 1
        local value_end = range:len()
        if value_end > value_from and range(value_end - 1, 1):uint() == 0 then
            value_end = value_end - 1
        end
        local value = ""
        if value_end > value_from then
            value = range(value_from, value_end - value_from):string(ENC_UTF_8)
            item:add(f_value, range(value_from, value_end - value_from), value)
        else
            item:add(f_value, range, "")
        end
        item:append_text(name .. " = " .. value)
        return item
    end
    local item = tree:add(field, range)
    local number = range:uint()
    if kind == "bool" then
        if number > 1 then
            item:add_proto_expert_info(e_table, definition[2] .. ": a BOOL is 0 or 1")
        end
    elseif kind == "mask" then
        local rest = number
        for place, child in ipairs(bits[index]) do
            local bit_row = VALUES[values].bits[place]
            item:add(child, range, number)
            rest = bit.band(rest, bit.bnot(bit_row[1]))
        end
        if rest ~= 0 then
            item:add_proto_expert_info(e_table, definition[2] .. ": bits that no table lists")
        end
    elseif values then
        local listed = VALUES[values].names[kind == "int" and range:int() or number] ~= nil
        for _, reserved in ipairs(VALUES[values].reserved) do
            listed = listed or (reserved[1] <= number and number <= reserved[2])
        end
        if not listed then
            item:add_proto_expert_info(e_table, definition[2] .. ": no table lists this value")
        end
    end
    if row.reserved and number ~= row.reserved then
        item:add_proto_expert_info(e_note, definition[2] .. ": reserved, the guide prescribes " .. row.reserved)
    end
    return item
end

local function admits(row, length, data)
    if row.size then
        return length == row.size or length == row.max
    end
    local kind = FIELDS[row.field][3]
    if kind == "named_variable" or kind == "named_array" then
        for at = kind == "named_array" and 1 or 0, length - 1 do
            if data(at, 1):uint() == 0 then
                return true
            end
        end
        return false
    end
    return true
end

-- The floating part. Elements of lists get a tree of their own, which ends where a member comes
-- again or the first member begins.
local function floating(tree, message, tvb, at, version)
    local head = is_wide(version) and 3 or 2
    local met, state, counts = {}, {}, {}
    while at < tvb:len() do
        if at + head > tvb:len() then
            tree:add_proto_expert_info(e_cut, "A field's header is cut short")
            return met, counts, false
        end
        local id = is_wide(version) and tvb(at, 2):uint() or tvb(at, 1):uint()
        local length = tvb(at + head - 1, 1):uint()
        if at + head + length > tvb:len() then
            tree:add_proto_expert_info(e_cut, "A field is cut short")
            return met, counts, false
        end
        local whole = tvb(at, head + length)
        local data = length > 0 and tvb(at + head, length) or nil
        local known = message.by_id[id]
        local place = tree
        local taken = known ~= nil and admits(known.row, length, data)
        if taken and #known.path == 0 and met[id] then
            taken = false
        end
        if taken then
            met[id] = (met[id] or 0) + 1
            for depth, group in ipairs(known.path) do
                local current = state[group]
                local leaf = depth == #known.path
                local begins = current == nil
                    or (leaf and (current.seen[id] or id == group.first))
                if begins then
                    counts[group] = (counts[group] or 0) + 1
                    local item = place:add(f_list, whole)
                    item:set_text(group.name .. " [" .. counts[group] .. "]")
                    current = { tree = item, seen = {} }
                    state[group] = current
                    -- Lists within the element begin anew.
                    for other in pairs(state) do
                        if other.within == group.name then
                            state[other] = nil
                        end
                    end
                end
                if leaf then
                    current.seen[id] = true
                end
                place = current.tree
            end
            local row = known.row
            local item
            if data then
                item = add_value(place, row, data)
            elseif FIELDS[row.field][3] == "bytes" then
                -- Bytes of no length have no value to filter for.
                item = place:add(tvb(at + head - 1, 1), FIELDS[row.field][2] .. ": empty")
            elseif not row.size then
                item = place:add(fields[row.field], tvb(at + head - 1, 1), "")
            end
            if item then
                local header = item:add(f_field, whole)
                header:set_text("FieldDataID " .. id .. ", FieldDataLength " .. length)
                header:set_generated()
                if row.max and length > row.max then
                    item:add_proto_expert_info(e_table, "More than " .. row.max .. " bytes")
                end
                if not is_in(row, version) then
                    item:add_proto_expert_info(e_table, "This version does not have the field")
                end
            end
        else
            local item = tree:add(f_unlisted, whole)
            item:set_text("Field " .. id .. " that the table does not list, " .. length .. " bytes")
            item:add_proto_expert_info(e_table, "Field " .. id .. " is not in the table of the message, or not of its form")
        end
        at = at + head + length
    end
    return met, counts, true
end

local function link(pinfo, key, message, number, invoke_id, tree)
    local slot = pinfo.number .. "/" .. number .. "/" .. invoke_id
    if not pinfo.visited then
        if message.confirmation then
            local entry = { number = pinfo.number, time = pinfo.rel_ts, confirmation = message.confirmation }
            requests[key .. "/" .. invoke_id] = entry
            links[slot] = { request = entry }
        else
            local entry = requests[key .. "/" .. invoke_id]
            if entry and (entry.confirmation == number or message.failure) then
                entry.answer = pinfo.number
                links[slot] = { answer_to = entry, time = pinfo.rel_ts }
                requests[key .. "/" .. invoke_id] = nil
            end
        end
    end
    local found = links[slot]
    if found == nil then
        return
    end
    if found.request and found.request.answer then
        tree:add(f_answer, found.request.answer):set_generated()
    elseif found.answer_to then
        tree:add(f_request, found.answer_to.number):set_generated()
        local seconds = found.time - found.answer_to.time
        local whole = math.floor(seconds)
        tree:add(f_time, NSTime.new(whole, math.floor((seconds - whole) * 1e9))):set_generated()
    end
end

local function one_message(tvb, pinfo, tree)
    local length = tvb(0, 4):uint()
    local number = tvb(4, 4):uint()
    local message = MESSAGES[number]
    local name = TYPE_NAMES[number] or ("type " .. number)
    local key = conversation(pinfo)
    pinfo.cols.protocol = "CCX CTI"
    local info = tostring(pinfo.cols.info)
    if pinfo.private["ccxcti"] == tostring(pinfo.number) then
        pinfo.cols.info = info .. ", " .. name
    else
        pinfo.cols.info = name
        pinfo.private["ccxcti"] = tostring(pinfo.number)
    end
    if number == 3 and tvb:len() >= 16 and not pinfo.visited then
        local asked = tvb(12, 4):uint()
        if asked >= 10 and asked <= 18 then
            opened[key] = opened[key] or {}
            local list = opened[key]
            list[#list + 1] = { number = pinfo.number, version = asked }
        end
    end
    local top = tree:add(proto, tvb(), "Unified CCX CTI, " .. name)
    top:add(f_length, tvb(0, 4))
    top:add(f_type, tvb(4, 4))
    if tvb:len() < HEADER + length then
        top:add_proto_expert_info(e_cut, "The capture holds " .. (tvb:len() - HEADER) .. " of " .. length .. " bytes")
    end
    local version, source = version_of(pinfo, key, message, tvb)
    top:add(f_version, version):set_generated()
    top:add(f_version_source, source):set_generated()
    if message == nil then
        if tvb:len() > HEADER then
            top:add(f_body, tvb(HEADER))
        end
        return
    end
    local at = HEADER
    for _, row in ipairs(message.fixed) do
        if is_in(row, version) then
            if at + row.size > tvb:len() then
                top:add_proto_expert_info(e_cut, FIELDS[row.field][2] .. " is cut short")
                return
            end
            add_value(top, row, tvb(at, row.size))
            at = at + row.size
        end
    end
    local met, counts, whole = floating(top, message, tvb, at, version)
    if whole then
        for _, row in ipairs(message.floating) do
            if row.required and not met[row.id] and is_in(row, version) then
                top:add_proto_expert_info(e_table, FIELDS[row.field][2] .. " is required")
            end
            if row.rows and row.most and (counts[row] or 0) > row.most then
                top:add_proto_expert_info(e_table, row.name .. " has more than " .. row.most .. " elements")
            end
        end
    end
    if message.invoke_id and tvb:len() >= 12 then
        link(pinfo, key, message, number, tvb(8, 4):uint(), top)
    end
    if message.failure then
        top:add_proto_expert_info(e_refused, name)
    end
end

local function pdu_length(tvb, pinfo, offset)
    local length = tvb(offset, 4):uint()
    if length > MAX_BODY then
        -- No header: the rest of the segment, which the message says.
        return tvb:len() - offset
    end
    return HEADER + length
end

local function pdu(tvb, pinfo, tree)
    if tvb:len() < HEADER or tvb(0, 4):uint() > MAX_BODY then
        local top = tree:add(proto, tvb(), "Unified CCX CTI, not at a header")
        top:add_proto_expert_info(e_cut, "No header of a message stands here")
        return tvb:len()
    end
    one_message(tvb, pinfo, tree)
    return tvb:len()
end

function proto.dissector(tvb, pinfo, tree)
    if tvb:len() == 0 then
        return 0
    end
    dissect_tcp_pdus(tvb, tree, HEADER, pdu_length, pdu)
    return tvb:len()
end

local tcp_ports = DissectorTable.get("tcp.port")
local registered = "12028,42027"
tcp_ports:add(registered, proto)

function proto.prefs_changed()
    if registered ~= proto.prefs.ports then
        if registered ~= "" then
            tcp_ports:remove(registered, proto)
        end
        registered = proto.prefs.ports
        if registered ~= "" then
            tcp_ports:add(registered, proto)
        end
    end
end
