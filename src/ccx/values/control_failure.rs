//! `ControlFailure` (guide, Table 196).

codes! {
    /// Why a control request failed. Codes from 256 are extended ones. Guide: Table 196.
    ControlFailure: u16 = table 196, default GENERIC_UNSPECIFIED {
        /// Some error that no other code covers.
        GENERIC_UNSPECIFIED = 0 "CF_GENERIC_UNSPECIFIED";
        /// The operation failed; nothing more is known.
        GENERIC_OPERATION = 1 "CF_GENERIC_OPERATION";
        /// The object does not allow this request.
        REQUEST_INCOMPATIBLE_WITH_OBJECT = 2 "CF_REQUEST_INCOMPATIBLE_WITH_OBJECT";
        /// A parameter lies outside the server's range.
        VALUE_OUT_OF_RANGE = 3 "CF_VALUE_OUT_OF_RANGE";
        /// The server does not know the value of a parameter.
        OBJECT_NOT_KNOWN = 4 "CF_OBJECT_NOT_KNOWN";
        /// Wrong calling device.
        INVALID_CALLING_DEVICE = 5 "CF_INVALID_CALLING_DEVICE";
        /// Wrong called device.
        INVALID_CALLED_DEVICE = 6 "CF_INVALID_CALLED_DEVICE";
        /// Calls cannot be forwarded to this device.
        INVALID_FORWARDING_DESTINATION = 7 "CF_INVALID_FORWARDING_DESTINATION";
        /// The device may not use the service.
        PRIVILEGE_VIOLATION_ON_SPECIFIED_DEVICE = 8 "CF_PRIVILEGE_VIOLATION_ON_SPECIFIED_DEVICE";
        /// The called device may not use the service.
        PRIVILEGE_VIOLATION_ON_CALLED_DEVICE = 9 "CF_PRIVILEGE_VIOLATION_ON_CALLED_DEVICE";
        /// The calling device may not use the service.
        PRIVILEGE_VIOLATION_ON_CALLING_DEVICE = 10 "CF_PRIVILEGE_VIOLATION_ON_CALLING_DEVICE";
        /// Wrong call ID.
        INVALID_CSTA_CALL_ID = 11 "CF_INVALID_CSTA_CALL_ID";
        /// Wrong device ID.
        INVALID_CSTA_DEVICE_ID = 12 "CF_INVALID_CSTA_DEVICE_ID";
        /// Wrong connection ID.
        INVALID_CSTA_CONNECTION_ID = 13 "CF_INVALID_CSTA_CONNECTION_ID";
        /// Wrong destination.
        INVALID_DESTINATION = 14 "CF_INVALID_DESTINATION";
        /// Wrong feature.
        INVALID_FEATURE = 15 "CF_INVALID_FEATURE";
        /// Wrong allocation state.
        INVALID_ALLOCATION_STATE = 16 "CF_INVALID_ALLOCATION_STATE";
        /// The cross-reference ID is not in use.
        INVALID_CROSS_REF_ID = 17 "CF_INVALID_CROSS_REF_ID";
        /// Wrong type of object.
        INVALID_OBJECT_TYPE = 18 "CF_INVALID_OBJECT_TYPE";
        /// A security error; nothing more is known.
        SECURITY_VIOLATION = 19 "CF_SECURITY_VIOLATION";
        /// The condition of a device involved does not allow the request.
        GENERIC_STATE_INCOMPATIBILITY = 21 "CF_GENERIC_STATE_INCOMPATIBILITY";
        /// The state of the object does not allow the request.
        INVALID_OBJECT_STATE = 22 "CF_INVALID_OBJECT_STATE";
        /// Wrong connection ID for the active call.
        INVALID_CONNECTION_ID_FOR_ACTIVE_CALL = 23 "CF_INVALID_CONNECTION_ID_FOR_ACTIVE_CALL";
        /// No call is active.
        NO_ACTIVE_CALL = 24 "CF_NO_ACTIVE_CALL";
        /// No call is held.
        NO_HELD_CALL = 25 "CF_NO_HELD_CALL";
        /// The connection ID belongs to no call.
        NO_CALL_TO_CLEAR = 26 "CF_NO_CALL_TO_CLEAR";
        /// The connection ID belongs to no connection of a call.
        NO_CONNECTION_TO_CLEAR = 27 "CF_NO_CONNECTION_TO_CLEAR";
        /// No call rings.
        NO_CALL_TO_ANSWER = 28 "CF_NO_CALL_TO_ANSWER";
        /// No active call could be completed.
        NO_CALL_TO_COMPLETE = 29 "CF_NO_CALL_TO_COMPLETE";
        /// The system lacks resources; nothing more is known.
        GENERIC_SYSTEM_RESOURCE_AVAILABILITY = 31 "CF_GENERIC_SYSTEM_RESOURCE_AVAILABILITY";
        /// The service is busy at the moment.
        SERVICE_BUSY = 32 "CF_SERVICE_BUSY";
        /// A resource inside the server is busy.
        RESOURCE_BUSY = 33 "CF_RESOURCE_BUSY";
        /// A resource that the service needs is out of service.
        RESOURCE_OUT_OF_SERVICE = 34 "CF_RESOURCE_OUT_OF_SERVICE";
        /// Part of the server's domain is busy.
        NETWORK_BUSY = 35 "CF_NETWORK_BUSY";
        /// Part of the server's domain is out of service.
        NETWORK_OUT_OF_SERVICE = 36 "CF_NETWORK_OUT_OF_SERVICE";
        /// Over the server's limit as a whole.
        OVERALL_MONITOR_LIMIT_EXCEEDED = 37 "CF_OVERALL_MONITOR_LIMIT_EXCEEDED";
        /// Too many members in the conference.
        CONFERENCE_MEMBER_LIMIT_EXCEEDED = 38 "CF_CONFERENCE_MEMBER_LIMIT_EXCEEDED";
        /// Resources that were bought or contracted are used up; nothing more is known.
        GENERIC_SUBSCRIBED_RESOURCE_AVAILABILITY = 41 "CF_GENERIC_SUBSCRIBED_RESOURCE_AVAILABILITY";
        /// Over one of the server's particular limits.
        OBJECT_MONITOR_LIMIT_EXCEEDED = 42 "CF_OBJECT_MONITOR_LIMIT_EXCEEDED";
        /// Too many external trunks.
        EXTERNAL_TRUNK_LIMIT_EXCEEDED = 43 "CF_EXTERNAL_TRUNK_LIMIT_EXCEEDED";
        /// Too many requests without an answer yet.
        OUTSTANDING_REQUEST_LIMIT_EXCEEDED = 44 "CF_OUTSTANDING_REQUEST_LIMIT_EXCEEDED";
        /// Refused to protect performance; nothing more is known.
        GENERIC_PERFORMANCE_MANAGEMENT = 51 "CF_GENERIC_PERFORMANCE_MANAGEMENT";
        /// Over a performance limit.
        PERFORMANCE_LIMIT_EXCEEDED = 52 "CF_PERFORMANCE_LIMIT_EXCEEDED";
        /// Wrong sequence number of the operation.
        SEQUENCE_NUMBER_VIOLATED = 61 "CF_SEQUENCE_NUMBER_VIOLATED";
        /// Wrong time stamp of the operation.
        TIME_STAMP_VIOLATED = 62 "CF_TIME_STAMP_VIOLATED";
        /// Wrong PAC of the operation.
        PAC_VIOLATED = 63 "CF_PAC_VIOLATED";
        /// Wrong seal of the operation.
        SEAL_VIOLATED = 64 "CF_SEAL_VIOLATED";
        /// The request was rejected; nothing more is known.
        GENERIC_UNSPECIFIED_REJECTION = 70 "CF_GENERIC_UNSPECIFIED_REJECTION";
        /// The operation was rejected; nothing more is known.
        GENERIC_OPERATION_REJECTION = 71 "CF_GENERIC_OPERATION_REJECTION";
        /// The same service was already requested.
        DUPLICATE_INVOCATION_REJECTION = 72 "CF_DUPLICATE_INVOCATION_REJECTION";
        /// Unknown operation.
        UNRECOGNIZED_OPERATION_REJECTION = 73 "CF_UNRECOGNIZED_OPERATION_REJECTION";
        /// A parameter has the wrong type.
        MISTYPED_ARGUMENT_REJECTION = 74 "CF_MISTYPED_ARGUMENT_REJECTION";
        /// Over a limit of some resource.
        RESOURCE_LIMITATION_REJECTION = 75 "CF_RESOURCE_LIMITATION_REJECTION";
        /// The ACS handle is out of use.
        ACS_HANDLE_TERMINATION_REJECTION = 76 "CF_ACS_HANDLE_TERMINATION_REJECTION";
        /// The service needed has ended.
        SERVICE_TERMINATION_REJECTION = 77 "CF_SERVICE_TERMINATION_REJECTION";
        /// The request took too long.
        REQUEST_TIMEOUT_REJECTION = 78 "CF_REQUEST_TIMEOUT_REJECTION";
        /// Over the limits of the device.
        REQUESTS_ON_DEVICE_EXCEEDED_REJECTION = 79 "CF_REQUESTS_ON_DEVICE_EXCEEDED_REJECTION";
        /// Wrong agent ID.
        INVALID_AGENT_ID_SPECIFIED = 256 "CF_INVALID_AGENT_ID_SPECIFIED";
        /// Wrong agent password.
        INVALID_PASSWORD_SPECIFIED = 257 "CF_INVALID_PASSWORD_SPECIFIED";
        /// Wrong agent ID, wrong password, or both.
        INVALID_AGENT_ID_OR_PASSWORD_SPECIFIED = 258 "CF_INVALID_AGENT_ID_OR_PASSWORD_SPECIFIED";
        /// The agent is logged in already.
        SPECIFIED_AGENT_ALREADY_SIGNED_ON = 259 "CF_SPECIFIED_AGENT_ALREADY_SIGNED_ON";
        /// No login is possible at this device.
        INVALID_LOGON_DEVICE_SPECIFIED = 260 "CF_INVALID_LOGON_DEVICE_SPECIFIED";
        /// Wrong answering device.
        INVALID_ANSWERING_DEVICE_SPECIFIED = 261 "CF_INVALID_ANSWERING_DEVICE_SPECIFIED";
        /// Wrong skill group.
        INVALID_SKILL_GROUP_SPECIFIED = 262 "CF_INVALID_SKILL_GROUP_SPECIFIED";
        /// Wrong class of service.
        INVALID_CLASS_OF_SERVICE_SPECIFIED = 263 "CF_INVALID_CLASS_OF_SERVICE_SPECIFIED";
        /// Wrong team.
        INVALID_TEAM_SPECIFIED = 264 "CF_INVALID_TEAM_SPECIFIED";
        /// Wrong work mode of the agent.
        INVALID_AGENT_WORKMODE = 265 "CF_INVALID_AGENT_WORKMODE";
        /// Wrong reason code.
        INVALID_AGENT_REASON_CODE = 266 "CF_INVALID_AGENT_REASON_CODE";
        /// The link between Unified ICME and Unified CCX failed.
        ADJUNCT_SWITCH_COMM_ERROR = 267 "CF_ADJUNCT_SWITCH_COMM_ERROR";
        /// The agent does not take part in the call.
        AGENT_NOT_PARTY_ON_CALL = 268 "CF_AGENT_NOT_PARTY_ON_CALL";
        /// Unified CCX failed internally.
        INTERNAL_PROCESSING_ERROR = 269 "CF_INTERNAL_PROCESSING_ERROR";
        /// Unified CCX did not let Unified ICME take control of a call.
        TAKE_CALL_CONTROL_REJECTION = 270 "CF_TAKE_CALL_CONTROL_REJECTION";
        /// Unified CCX did not let Unified ICME take control of a domain.
        TAKE_DOMAIN_CONTROL_REJECTION = 271 "CF_TAKE_DOMAIN_CONTROL_REJECTION";
        /// Unified ICME has not registered with Unified CCX for the service.
        REQUESTED_SERVICE_NOT_REGISTERED = 272 "CF_REQUESTED_SERVICE_NOT_REGISTERED";
        /// The extension is taken; choose another one.
        SPECIFIED_EXTENSION_ALREADY_IN_USE = 283 "CF_SPECIFIED_EXTENSION_ALREADY_IN_USE";
        /// Conference or transfer between arbitrary calls is not supported.
        ARBITRARY_CONF_OR_XFER_NOT_SUPPORTED = 284 "CF_ARBITRARY_CONF_OR_XFER_NOT_SUPPORTED";
        /// Network transfer or consult; the guide does not explain it.
        NETWORK_TRANSFER_OR_CONSULT = 285 "CF_NETWORK_TRANSFER_OR_CONSULT";
        /// Network transfer or consult failed; the guide does not explain it.
        NETWORK_TRANSFER_OR_CONSULT_FAILED = 286 "CF_NETWORK_TRANSFER_OR_CONSULT_FAILED";
        /// CTI does not control the device.
        DEVICE_RESTRICTED = 287 "CF_DEVICE_RESTRICTED";
        /// CTI does not control the line.
        LINE_RESTRICTED = 288 "CF_LINE_RESTRICTED";
        /// The agent's device has too many extensions.
        MAXIMUM_LINE_EXCEEDED = 291 "CF_MAXIMUM_LINE_EXCEEDED";
        /// The agent's device shares an extension with another one.
        SHARED_LINES_NOT_SUPPORTED = 292 "CF_SHARED_LINES_NOT_SUPPORTED";
        /// An extension of the agent's device exists in several partitions.
        EXTENSION_NOT_UNIQUE = 293 "CF_EXTENSION_NOT_UNIQUE";
        /// Unknown interface controller ID.
        UNKNOWN_INTERFACE_CTRLR_ID = 1001 "CF_UNKNOWN_INTERFACE_CTRLR_ID";
        /// Wrong interface controller type.
        INVALID_INTERFACE_CTRLR_TYPE = 1002 "CF_INVALID_INTERFACE_CTRLR_TYPE";
        /// The software revision is unsupported.
        SOFTWARE_REV_NO_SUPPORTED = 1003 "CF_SOFTWARE_REV_NO_SUPPORTED";
        /// A reserved field of the fixed part has a wrong value, such as the peripheral ID.
        UNKNOWN_PID = 1004 "CF_UNKNOWN_PID";
        /// Wrong table.
        INVALID_TABLE_SPECIFIED = 1005 "CF_INVALID_TABLE_SPECIFIED";
        /// Unknown routing client ID.
        UNKNOWN_ROUTING_CLIENT_ID = 1007 "CF_UNKNOWN_ROUTING_CLIENT_ID";
        /// The routing client's service is inactive.
        RC_SERVICE_INACTIVATE = 1008 "CF_RC_SERVICE_INACTIVATE";
        /// Wrong dialed number.
        INVALID_DIALED_NUMBER = 1009 "CF_INVALID_DIALED_NUMBER";
        /// A parameter of the request is wrong.
        INVALID_PARAMETER = 1010 "CF_INVALID_PARAMETER";
        /// Routing failed for an unknown reason.
        UNKNOWN_ROUTING_PROBLEM = 1011 "CF_UNKNOWN_ROUTING_PROBLEM";
        /// Unsupported protocol version of the routing client service.
        UNSUPPORTED_RC_MESSAGE_REVISION = 1013 "CF_UNSUPPORTED_RC_MESSAGE_REVISION";
        /// Unsupported protocol version of the interface controller service.
        UNSUPPORTED_IC_MESSAGE_REVISION = 1014 "CF_UNSUPPORTED_IC_MESSAGE_REVISION";
        _ = 273..=282 1006..=1006 1012..=1012 1015..=1015;
    }
}
