//! Call-event messages.

use super::prelude::*;

group! {
    /// One party of the resulting call.
    ConnectedParty<'a> {
        /// Call ID of this party.
        "ConnectedPartyCallID" [39] connected_party_call_id: Option<u32>;
        /// Kind of connection ID in `ConnectedPartyDeviceID`.
        "ConnectedPartyDeviceType" [40] connected_party_device_type: Option<ConnectionDeviceType>;
        /// Connection of this party.
        "ConnectedPartyDeviceID" [41] connected_party_device_id: Option<DeviceId<'a>> [max 64];
    }
}

group! {
    /// One CSQ that the call waits in.
    QueueCsq {
        /// CSQ that the call waits in.
        "CSQID" [62] csq_id: Option<u32> [required];
        /// Skill group ID assigned by a larger Cisco system.
        "reserved" [63] skill_group_id: Option<u32> [reserved 0xFFFF_FFFF, known_as "SKILL_GROUP_ID"];
        /// Priority of the skill group; 0 if it does not apply.
        "reserved" [64] skill_group_priority: Option<u16> [reserved 0, known_as "SKILL_GROUP_PRIORITY"];
    }
}

group! {
    /// One client associated with the call: its signature, and since when.
    CtiClient<'a> {
        /// Signature of a client that had this call before. Counted by `NumCTIClients`; the guide's
        /// table of the message omits it.
        "CTIClientSignature" [23] cti_client_signature: Option<Text<'a>> [max 64];
        /// When the client with the preceding signature became associated with the call, in seconds
        /// since 1970-01-01 UTC. Counted by `NumCTIClients`; the guide's table of the message omits
        /// it.
        "CTIClientTimeStamp" [24] cti_client_time_stamp: Option<Time>;
    }
}

message! {
    /// A call has arrived at a device, which usually rings. `LocalConnectionState` tells arrival at
    /// the switch from arrival at an agent's phone.
    ///
    /// Guide: Tables 71 and 72.
    CallDeliveredEvent = CALL_DELIVERED_EVENT(9), CallEvent, Server;
    fixed {
        /// Number of the call or device monitor that produced the event.
        "reserved" monitor_id: u32 [reserved 0, known_as "MonitorID"];
        /// ID of the peripheral, that is the switch or ACD, in a larger Cisco system.
        "reserved" peripheral_id: u32 [reserved 1, known_as "PeripheralID"];
        /// Kind of peripheral; 21 in Unified CCX.
        "reserved" peripheral_type: u16 [reserved 21, known_as "PeripheralType"];
        /// Kind of ID in `ConnectionDeviceID`.
        "ConnectionDeviceType" connection_device_type: ConnectionDeviceType;
        /// Call ID given by Unified CCX.
        "CallID" call_id: u32;
        /// Line of the teleset that the call is on; `NULL_LINEHANDLE` (`0xFFFF`) if unknown.
        "reserved" line_handle: u16 [reserved 0xFFFF, known_as "LineHandle"];
        /// Kind of line that the call is on. Reserved up to version 13.
        "reserved" line_type: LineType [reserved 3, reserved_until 13, known_as "LineType"];
        /// Application that the call belongs to; `NULL_APPLICATION` (`0xFFFFFFFF`) when there is
        /// none.
        "ApplicationID" application_id: u32 [default 0xFFFF_FFFF];
        /// ID of the service that the call is attributed to in a larger Cisco system.
        "reserved" service_id: u32 [reserved 0xFFFF_FFFF, known_as "ServiceID"];
        /// CSQ that the call belongs to; `NULL_CSQ` (`0xFFFFFFFF`) when there is none.
        "CSQID" csq_id: u32 [default 0xFFFF_FFFF];
        /// Skill group ID assigned by a larger Cisco system.
        "reserved" skill_group_id: u32 [reserved 0xFFFF_FFFF, known_as "SkillGroupID"];
        /// Priority of the skill group; 0 if it does not apply.
        "reserved" skill_group_priority: u16 [reserved 0, known_as "SkillGroupPriority"];
        /// Kind of ID in `AlertingDeviceID`.
        "AlertingDeviceType" alerting_device_type: DeviceType;
        /// Kind of ID in `CallingDeviceID`.
        "CallingDeviceType" calling_device_type: DeviceType;
        /// Kind of ID in `CalledDeviceID`.
        "CalledDeviceType" called_device_type: DeviceType;
        /// Kind of ID in `LastRedirectDeviceID`.
        "LastRedirectDeviceType" last_redirect_device_type: DeviceType;
        /// State of the connection at the local end.
        "LocalConnectionState" local_connection_state: LocalConnectionState;
        /// Cause of the event; mostly `CEC_NONE`.
        "EventCause" event_cause: EventCause;
        "NumNamedVariables" = count of named_variables "NamedVariables";
        "NumNamedArrays" = count of named_arrays "NamedArrays";
    }
    floating {
        /// Together with the call ID, names one device's connection to the call.
        "ConnectionDeviceID" [25] connection_device_id: Option<DeviceId<'a>> [max 64, required];
        /// Device that rings.
        "AlertingDeviceID" [26] alerting_device_id: Option<DeviceId<'a>> [max 64, required];
        /// Device that calls.
        "CallingDeviceID" [27] calling_device_id: Option<DeviceId<'a>> [max 64];
        /// Device that was called originally.
        "CalledDeviceID" [28] called_device_id: Option<DeviceId<'a>> [max 64, required];
        /// Device that the call alerted before this one.
        "LastRedirectDeviceID" [29] last_redirect_device_id: Option<DeviceId<'a>> [max 64];
        /// ID of the consult call from the CTI port to the agent's phone.
        "SecondaryCallID" [202] secondary_call_id: Option<u32>;
        /// Number of the caller.
        "ANI" [8] ani: Option<DeviceId<'a>> [max 40];
        /// User-to-user information element, as opaque bytes.
        "UserToUserInfo" [9] user_to_user_info: Option<&'a [u8]> [max 131];
        /// Number that the network delivered for the call; after a transfer it can differ from the
        /// dialed number.
        "DNIS" [10] dnis: Option<DeviceId<'a>> [max 32];
        /// Number that was dialed.
        "DialedNumber" [11] dialed_number: Option<DeviceId<'a>> [max 40];
        /// Digits that the caller entered when prompted.
        "CallerEnteredDigits" [12] caller_entered_digits: Option<Text<'a>> [max 40];
        /// Call variable 1: up to 39 bytes of text that belong to the call.
        "CallVariable1" [13] call_variable1: Option<Text<'a>> [max 40];
        /// Call variable 2: up to 39 bytes of text that belong to the call.
        "CallVariable2" [14] call_variable2: Option<Text<'a>> [max 40];
        /// Call variable 3: up to 39 bytes of text that belong to the call.
        "CallVariable3" [15] call_variable3: Option<Text<'a>> [max 40];
        /// Call variable 4: up to 39 bytes of text that belong to the call.
        "CallVariable4" [16] call_variable4: Option<Text<'a>> [max 40];
        /// Call variable 5: up to 39 bytes of text that belong to the call.
        "CallVariable5" [17] call_variable5: Option<Text<'a>> [max 40];
        /// Call variable 6: up to 39 bytes of text that belong to the call.
        "CallVariable6" [18] call_variable6: Option<Text<'a>> [max 40];
        /// Call variable 7: up to 39 bytes of text that belong to the call.
        "CallVariable7" [19] call_variable7: Option<Text<'a>> [max 40];
        /// Call variable 8: up to 39 bytes of text that belong to the call.
        "CallVariable8" [20] call_variable8: Option<Text<'a>> [max 40];
        /// Call variable 9: up to 39 bytes of text that belong to the call.
        "CallVariable9" [21] call_variable9: Option<Text<'a>> [max 40];
        /// Call variable 10: up to 39 bytes of text that belong to the call.
        "CallVariable10" [22] call_variable10: Option<Text<'a>> [max 40];
        /// Wrap-up data of the call, as entered by agent or application.
        "CallWrapupData" [46] call_wrapup_data: Option<Text<'a>> [max 40];
        /// The named variables of the call.
        "NamedVariables" [82] named_variables: Repeated<'a, NamedVariable<'a>>;
        /// The elements of the named arrays of the call.
        "NamedArrays" [83] named_arrays: Repeated<'a, NamedArray<'a>>;
    }
}

message! {
    /// A call was answered at a phone, which creates a new connection. If calls share a `CallID`,
    /// this is the one without a connected destination.
    ///
    /// Guide: Tables 73 and 74.
    CallEstablishedEvent = CALL_ESTABLISHED_EVENT(10), CallEvent, Server;
    fixed {
        /// Number of the call or device monitor that produced the event.
        "reserved" monitor_id: u32 [reserved 0, known_as "MonitorID"];
        /// ID of the peripheral, that is the switch or ACD, in a larger Cisco system.
        "reserved" peripheral_id: u32 [reserved 1, known_as "PeripheralID"];
        /// Kind of peripheral; 21 in Unified CCX.
        "reserved" peripheral_type: u16 [reserved 21, known_as "PeripheralType"];
        /// Kind of ID in `ConnectionDeviceID`.
        "ConnectionDeviceType" connection_device_type: ConnectionDeviceType;
        /// Call ID given by Unified CCX.
        "CallID" call_id: u32;
        /// Line of the teleset that the call is on; `NULL_LINEHANDLE` (`0xFFFF`) if unknown.
        "reserved" line_handle: u16 [reserved 0xFFFF, known_as "LineHandle"];
        /// Kind of line that the call is on. Reserved up to version 13.
        "reserved" line_type: LineType [reserved 3, reserved_until 13, known_as "LineType"];
        /// Application that the call belongs to; `NULL_APPLICATION` (`0xFFFFFFFF`) when there is
        /// none.
        "ApplicationID" application_id: u32 [default 0xFFFF_FFFF];
        /// ID of the service that the call is attributed to in a larger Cisco system.
        "reserved" service_id: u32 [reserved 0xFFFF_FFFF, known_as "ServiceID"];
        /// CSQ that the call belongs to; `NULL_CSQ` (`0xFFFFFFFF`) when there is none.
        "CSQID" csq_id: u32 [default 0xFFFF_FFFF];
        /// Skill group ID assigned by a larger Cisco system.
        "reserved" skill_group_id: u32 [reserved 0xFFFF_FFFF, known_as "SkillGroupID"];
        /// Priority of the skill group; 0 if it does not apply.
        "reserved" skill_group_priority: u16 [reserved 0, known_as "SkillGroupPriority"];
        /// Kind of ID in `AnsweringDeviceID`.
        "AnsweringDeviceType" answering_device_type: DeviceType;
        /// Kind of ID in `CallingDeviceID`.
        "CallingDeviceType" calling_device_type: DeviceType;
        /// Kind of ID in `CalledDeviceID`.
        "CalledDeviceType" called_device_type: DeviceType;
        /// Kind of ID in `LastRedirectDeviceID`.
        "LastRedirectDeviceType" last_redirect_device_type: DeviceType;
        /// State of the connection at the local end.
        "LocalConnectionState" local_connection_state: LocalConnectionState;
        /// Cause of the event; mostly `CEC_NONE`.
        "EventCause" event_cause: EventCause;
    }
    floating {
        /// Together with the call ID, names one device's connection to the call.
        "ConnectionDeviceID" [25] connection_device_id: Option<DeviceId<'a>> [max 64, required];
        /// Device that answered.
        "AnsweringDeviceID" [30] answering_device_id: Option<DeviceId<'a>> [max 64, required];
        /// Device that calls.
        "CallingDeviceID" [27] calling_device_id: Option<DeviceId<'a>> [max 64];
        /// Device that was called originally.
        "CalledDeviceID" [28] called_device_id: Option<DeviceId<'a>> [max 64, required];
        /// Device that the call alerted before this one.
        "LastRedirectDeviceID" [29] last_redirect_device_id: Option<DeviceId<'a>> [max 64];
    }
}

message! {
    /// A call was put on hold.
    ///
    /// Guide: Tables 75 and 76.
    CallHeldEvent = CALL_HELD_EVENT(11), CallEvent, Server;
    fixed {
        /// Number of the call or device monitor that produced the event.
        "reserved" monitor_id: u32 [reserved 0, known_as "MonitorID"];
        /// ID of the peripheral, that is the switch or ACD, in a larger Cisco system.
        "reserved" peripheral_id: u32 [reserved 1, known_as "PeripheralID"];
        /// Kind of peripheral; 21 in Unified CCX.
        "reserved" peripheral_type: u16 [reserved 21, known_as "PeripheralType"];
        /// Kind of ID in `ConnectionDeviceID`.
        "ConnectionDeviceType" connection_device_type: ConnectionDeviceType;
        /// Call ID given by Unified CCX.
        "CallID" call_id: u32;
        /// Kind of ID in `HoldingDeviceID`.
        "HoldingDeviceType" holding_device_type: DeviceType;
        /// State of the connection at the local end.
        "LocalConnectionState" local_connection_state: LocalConnectionState;
        /// Cause of the event; mostly `CEC_NONE`.
        "EventCause" event_cause: EventCause;
    }
    floating {
        /// Together with the call ID, names one device's connection to the call.
        "ConnectionDeviceID" [25] connection_device_id: Option<DeviceId<'a>> [max 64, required];
        /// Device that put the call on hold.
        "HoldingDeviceID" [31] holding_device_id: Option<DeviceId<'a>> [max 64, required];
    }
}

message! {
    /// A held call was taken back.
    ///
    /// Guide: Tables 77 and 78.
    CallRetrievedEvent = CALL_RETRIEVED_EVENT(12), CallEvent, Server;
    fixed {
        /// Number of the call or device monitor that produced the event.
        "reserved" monitor_id: u32 [reserved 0, known_as "MonitorID"];
        /// ID of the peripheral, that is the switch or ACD, in a larger Cisco system.
        "reserved" peripheral_id: u32 [reserved 1, known_as "PeripheralID"];
        /// Kind of peripheral; 21 in Unified CCX.
        "reserved" peripheral_type: u16 [reserved 21, known_as "PeripheralType"];
        /// Kind of ID in `ConnectionDeviceID`.
        "ConnectionDeviceType" connection_device_type: ConnectionDeviceType;
        /// Call ID given by Unified CCX.
        "CallID" call_id: u32;
        /// Kind of ID in `RetrievingDeviceID`.
        "RetrievingDeviceType" retrieving_device_type: DeviceType;
        /// State of the connection at the local end.
        "LocalConnectionState" local_connection_state: LocalConnectionState;
        /// Cause of the event; mostly `CEC_NONE`.
        "EventCause" event_cause: EventCause;
    }
    floating {
        /// Together with the call ID, names one device's connection to the call.
        "ConnectionDeviceID" [25] connection_device_id: Option<DeviceId<'a>> [max 64, required];
        /// Device that took the call back.
        "RetrievingDeviceID" [32] retrieving_device_id: Option<DeviceId<'a>> [max 64];
    }
}

message! {
    /// A call is over, normally because its last device has left.
    ///
    /// Guide: Tables 79 and 80.
    CallClearedEvent = CALL_CLEARED_EVENT(13), CallEvent, Server;
    fixed {
        /// Number of the call or device monitor that produced the event.
        "reserved" monitor_id: u32 [reserved 0, known_as "MonitorID"];
        /// ID of the peripheral, that is the switch or ACD, in a larger Cisco system.
        "reserved" peripheral_id: u32 [reserved 1, known_as "PeripheralID"];
        /// Kind of peripheral; 21 in Unified CCX.
        "reserved" peripheral_type: u16 [reserved 21, known_as "PeripheralType"];
        /// Kind of ID in `ConnectionDeviceID`.
        "reserved" connection_device_type: u16 [reserved 0, known_as "ConnectionDeviceType"];
        /// Call ID given by Unified CCX.
        "CallID" call_id: u32;
        /// State of the connection at the local end.
        "LocalConnectionState" local_connection_state: LocalConnectionState;
        /// Cause of the event; mostly `CEC_NONE`.
        "EventCause" event_cause: EventCause;
    }
    floating {
        /// Connection of the device to the call. Reserved and blank by the guide's table, filled in
        /// its traces.
        "ConnectionDeviceID" [25] connection_device_id: Option<DeviceId<'a>> [max 64];
    }
}

message! {
    /// One party has left a call, typically a conference.
    ///
    /// Guide: Tables 81 and 82.
    CallConnectionClearedEvent = CALL_CONNECTION_CLEARED_EVENT(14), CallEvent, Server;
    fixed {
        /// Number of the call or device monitor that produced the event.
        "reserved" monitor_id: u32 [reserved 0, known_as "MonitorID"];
        /// ID of the peripheral, that is the switch or ACD, in a larger Cisco system.
        "reserved" peripheral_id: u32 [reserved 1, known_as "PeripheralID"];
        /// Kind of peripheral; 21 in Unified CCX.
        "reserved" peripheral_type: u16 [reserved 21, known_as "PeripheralType"];
        /// Kind of ID in `ConnectionDeviceID`.
        "ConnectionDeviceType" connection_device_type: ConnectionDeviceType;
        /// Call ID given by Unified CCX.
        "CallID" call_id: u32;
        /// Kind of ID in `ReleasingDeviceID`.
        "ReleasingDeviceType" releasing_device_type: DeviceType;
        /// State of the connection at the local end.
        "LocalConnectionState" local_connection_state: LocalConnectionState;
        /// Cause of the event; mostly `CEC_NONE`.
        "EventCause" event_cause: EventCause;
    }
    floating {
        /// Connection that was cleared.
        "ConnectionDeviceID" [25] connection_device_id: Option<DeviceId<'a>> [max 64, required];
        /// Device that left the call.
        "ReleasingDeviceID" [33] releasing_device_id: Option<DeviceId<'a>> [max 64, required];
    }
}

message! {
    /// A monitored device has started a call.
    ///
    /// Guide: Tables 83 and 84.
    CallOriginatedEvent = CALL_ORIGINATED_EVENT(15), CallEvent, Server;
    fixed {
        /// Number of the call or device monitor that produced the event.
        "reserved" monitor_id: u32 [reserved 0, known_as "MonitorID"];
        /// ID of the peripheral, that is the switch or ACD, in a larger Cisco system.
        "reserved" peripheral_id: u32 [reserved 1, known_as "PeripheralID"];
        /// Kind of peripheral; 21 in Unified CCX.
        "reserved" peripheral_type: u16 [reserved 21, known_as "PeripheralType"];
        /// Kind of ID in `ConnectionDeviceID`.
        "ConnectionDeviceType" connection_device_type: ConnectionDeviceType;
        /// Call ID given by Unified CCX.
        "CallID" call_id: u32;
        /// Line of the teleset that the call is on; `NULL_LINEHANDLE` (`0xFFFF`) if unknown.
        "reserved" line_handle: u16 [reserved 0xFFFF, known_as "LineHandle"];
        /// Kind of line the call is on.
        "reserved" line_type: u16 [reserved 7, known_as "LineType"];
        /// Application that the call belongs to; `NULL_APPLICATION` (`0xFFFFFFFF`) when there is
        /// none.
        "ApplicationID" application_id: u32 [default 0xFFFF_FFFF];
        /// ID of the service that the call is attributed to in a larger Cisco system.
        "reserved" service_id: u32 [reserved 0xFFFF_FFFF, known_as "ServiceID"];
        /// CSQ that the call belongs to; `NULL_CSQ` (`0xFFFFFFFF`) when there is none.
        "CSQID" csq_id: u32 [default 0xFFFF_FFFF];
        /// Skill group ID assigned by a larger Cisco system.
        "reserved" skill_group_id: u32 [reserved 0xFFFF_FFFF, known_as "SkillGroupID"];
        /// Priority of the skill group; 0 if it does not apply.
        "reserved" skill_group_priority: u16 [reserved 0, known_as "SkillGroupPriority"];
        /// Kind of ID in `CallingDeviceID`.
        "CallingDeviceType" calling_device_type: DeviceType;
        /// Kind of ID in `CalledDeviceID`.
        "CalledDeviceType" called_device_type: DeviceType;
        /// State of the connection at the local end.
        "LocalConnectionState" local_connection_state: LocalConnectionState;
        /// Cause of the event; mostly `CEC_NONE`.
        "EventCause" event_cause: EventCause;
    }
    floating {
        /// Together with the call ID, names one device's connection to the call.
        "ConnectionDeviceID" [25] connection_device_id: Option<DeviceId<'a>> [max 64, required];
        /// Device that calls.
        "CallingDeviceID" [27] calling_device_id: Option<DeviceId<'a>> [max 64, required];
        /// Device that is called.
        "CalledDeviceID" [28] called_device_id: Option<DeviceId<'a>> [max 64, required];
    }
}

message! {
    /// A call could not be completed.
    ///
    /// Guide: Tables 85 and 86.
    CallFailedEvent = CALL_FAILED_EVENT(16), CallEvent, Server;
    fixed {
        /// Number of the call or device monitor that produced the event.
        "reserved" monitor_id: u32 [reserved 0, known_as "MonitorID"];
        /// ID of the peripheral, that is the switch or ACD, in a larger Cisco system.
        "reserved" peripheral_id: u32 [reserved 1, known_as "PeripheralID"];
        /// Kind of peripheral; 21 in Unified CCX.
        "reserved" peripheral_type: u16 [reserved 21, known_as "PeripheralType"];
        /// Kind of ID in `ConnectionDeviceID`.
        "ConnectionDeviceType" connection_device_type: ConnectionDeviceType;
        /// Call ID given by Unified CCX.
        "CallID" call_id: u32;
        /// Kind of ID in `FailingDeviceID`.
        "FailingDeviceType" failing_device_type: DeviceType;
        /// Kind of ID in `CalledDeviceID`.
        "CalledDeviceType" called_device_type: DeviceType;
        /// State of the connection at the local end.
        "LocalConnectionState" local_connection_state: LocalConnectionState;
        /// Cause of the event; mostly `CEC_NONE`.
        "EventCause" event_cause: EventCause;
    }
    floating {
        /// Together with the call ID, names one device's connection to the call.
        "ConnectionDeviceID" [25] connection_device_id: Option<DeviceId<'a>> [max 64, required];
        /// Device at which the call failed.
        "FailingDeviceID" [34] failing_device_id: Option<DeviceId<'a>> [max 64];
        /// Device that is called.
        "CalledDeviceID" [28] called_device_id: Option<DeviceId<'a>> [max 64];
    }
}

message! {
    /// Calls were joined into a conference. Always follows the `CALL_DELIVERED_EVENT` of the
    /// secondary call, even for a blind conference.
    ///
    /// Guide: Tables 87 and 88.
    CallConferencedEvent = CALL_CONFERENCED_EVENT(17), CallEvent, Server;
    fixed {
        /// Number of the call or device monitor that produced the event.
        "reserved" monitor_id: u32 [reserved 0, known_as "MonitorID"];
        /// ID of the peripheral, that is the switch or ACD, in a larger Cisco system.
        "reserved" peripheral_id: u32 [reserved 1, known_as "PeripheralID"];
        /// Kind of peripheral; 21 in Unified CCX.
        "reserved" peripheral_type: u16 [reserved 21, known_as "PeripheralType"];
        /// Kind of connection ID in `PrimaryDeviceID`.
        "PrimaryDeviceType" primary_device_type: ConnectionDeviceType;
        /// Identifies the primary call.
        "PrimaryCallID" primary_call_id: u32;
        /// Line of the teleset that the call is on; `NULL_LINEHANDLE` (`0xFFFF`) if unknown.
        "reserved" line_handle: u16 [reserved 0xFFFF, known_as "LineHandle"];
        /// Kind of line that the call is on. Reserved up to version 13.
        "reserved" line_type: LineType [reserved 3, reserved_until 13, known_as "LineType"];
        /// Number of the skill group on its peripheral.
        "reserved" skill_group_number: u32 [reserved 0xFFFF_FFFF, known_as "SkillGroupNumber"];
        /// Skill group ID assigned by a larger Cisco system.
        "reserved" skill_group_id: u32 [reserved 0xFFFF_FFFF, known_as "SkillGroupID"];
        /// Priority of the skill group; 0 if it does not apply.
        "reserved" skill_group_priority: u16 [reserved 0, known_as "SkillGroupPriority"];
        "NumParties" = count of connected_parties "ConnectedParties";
        /// Kind of connection ID in `SecondaryDeviceID`.
        "SecondaryDeviceType" secondary_device_type: ConnectionDeviceType;
        /// Identifies the secondary call.
        "SecondaryCallID" secondary_call_id: u32;
        /// Kind of ID in `ControllerDeviceID`.
        "ControllerDeviceType" controller_device_type: DeviceType;
        /// Kind of ID in `AddedPartyDeviceID`.
        "AddedPartyDeviceType" added_party_device_type: DeviceType;
        /// State of the connection at the local end.
        "LocalConnectionState" local_connection_state: LocalConnectionState;
        /// Cause of the event; mostly `CEC_NONE`.
        "EventCause" event_cause: EventCause;
    }
    floating {
        /// Connection of the primary call.
        "PrimaryDeviceID" [35] primary_device_id: Option<DeviceId<'a>> [max 64, required];
        /// Connection of the secondary call.
        "SecondaryDeviceID" [36] secondary_device_id: Option<DeviceId<'a>> [max 64, required];
        /// Device that controls the conference.
        "ControllerDeviceID" [37] controller_device_id: Option<DeviceId<'a>> [max 64, required];
        /// Device that was added to the call.
        "AddedPartyDeviceID" [38] added_party_device_id: Option<DeviceId<'a>> [max 64];
        /// The parties of the call, the controlling one included.
        "ConnectedParties" [39 40 41] connected_parties: Repeated<'a, ConnectedParty<'a>> [max_count 16];
    }
}

message! {
    /// A call was transferred. Always follows the `CALL_DELIVERED_EVENT` of the secondary call.
    ///
    /// Guide: Tables 89 and 90.
    CallTransferredEvent = CALL_TRANSFERRED_EVENT(18), CallEvent, Server;
    fixed {
        /// Number of the call or device monitor that produced the event.
        "reserved" monitor_id: u32 [reserved 0, known_as "MonitorID"];
        /// ID of the peripheral, that is the switch or ACD, in a larger Cisco system.
        "reserved" peripheral_id: u32 [reserved 1, known_as "PeripheralID"];
        /// Kind of peripheral; 21 in Unified CCX.
        "reserved" peripheral_type: u16 [reserved 21, known_as "PeripheralType"];
        /// Kind of connection ID in `PrimaryDeviceID`.
        "PrimaryDeviceType" primary_device_type: ConnectionDeviceType;
        /// Identifies the primary call.
        "PrimaryCallID" primary_call_id: u32;
        /// Line of the teleset that the call is on; `NULL_LINEHANDLE` (`0xFFFF`) if unknown.
        "reserved" line_handle: u16 [reserved 0xFFFF, known_as "LineHandle"];
        /// Kind of line that the call is on. Reserved up to version 13.
        "reserved" line_type: LineType [reserved 3, reserved_until 13, known_as "LineType"];
        /// Number of the skill group on its peripheral.
        "reserved" skill_group_number: u32 [reserved 0xFFFF_FFFF, known_as "SkillGroupNumber"];
        /// Skill group ID assigned by a larger Cisco system.
        "reserved" skill_group_id: u32 [reserved 0xFFFF_FFFF, known_as "SkillGroupID"];
        /// Priority of the skill group; 0 if it does not apply.
        "reserved" skill_group_priority: u16 [reserved 0, known_as "SkillGroupPriority"];
        "NumParties" = count of connected_parties "ConnectedParties";
        /// Kind of connection ID in `SecondaryDeviceID`.
        "SecondaryDeviceType" secondary_device_type: ConnectionDeviceType;
        /// Identifies the secondary call.
        "SecondaryCallID" secondary_call_id: u32;
        /// Kind of ID in `TransferringDeviceID`.
        "TransferringDeviceType" transferring_device_type: DeviceType;
        /// Kind of ID in `TransferredDeviceID`.
        "TransferredDeviceType" transferred_device_type: DeviceType;
        /// State of the connection at the local end.
        "LocalConnectionState" local_connection_state: LocalConnectionState;
        /// Cause of the event; mostly `CEC_NONE`.
        "EventCause" event_cause: EventCause;
    }
    floating {
        /// Connection of the primary call.
        "PrimaryDeviceID" [35] primary_device_id: Option<DeviceId<'a>> [max 64, required];
        /// Connection of the secondary call.
        "SecondaryDeviceID" [36] secondary_device_id: Option<DeviceId<'a>> [max 64, required];
        /// Device that made the transfer.
        "TransferringDeviceID" [42] transferring_device_id: Option<DeviceId<'a>> [max 64, required];
        /// Device that received the transferred call.
        "TransferredDeviceID" [43] transferred_device_id: Option<DeviceId<'a>> [max 64, required];
        /// The parties of the call, the controlling one included.
        "ConnectedParties" [39 40 41] connected_parties: Repeated<'a, ConnectedParty<'a>> [max_count 16];
    }
}

message! {
    /// A call moved from one device or target to another, for example from a ringing agent to a
    /// second one, or from a queue to an agent.
    ///
    /// Guide: Tables 91 and 92.
    CallDivertedEvent = CALL_DIVERTED_EVENT(19), CallEvent, Server;
    fixed {
        /// Number of the call or device monitor that produced the event.
        "reserved" monitor_id: u32 [reserved 0, known_as "MonitorID"];
        /// ID of the peripheral, that is the switch or ACD, in a larger Cisco system.
        "reserved" peripheral_id: u32 [reserved 1, known_as "PeripheralID"];
        /// Kind of peripheral; 21 in Unified CCX.
        "reserved" peripheral_type: u16 [reserved 21, known_as "PeripheralType"];
        /// Kind of ID in `ConnectionDeviceID`.
        "ConnectionDeviceType" connection_device_type: ConnectionDeviceType;
        /// Call ID given by Unified CCX.
        "CallID" call_id: u32;
        /// Application that the call belongs to; `NULL_APPLICATION` (`0xFFFFFFFF`) when there is
        /// none.
        "ApplicationID" application_id: u32 [default 0xFFFF_FFFF];
        /// ID of the service that the call is attributed to in a larger Cisco system.
        "reserved" service_id: u32 [reserved 0xFFFF_FFFF, known_as "ServiceID"];
        /// Kind of ID in `DivertingDeviceID`.
        "DivertingDeviceType" diverting_device_type: DeviceType;
        /// Kind of ID in `CalledDeviceID`.
        "CalledDeviceType" called_device_type: DeviceType;
        /// State of the connection at the local end.
        "LocalConnectionState" local_connection_state: LocalConnectionState;
        /// Cause of the event; mostly `CEC_NONE`.
        "EventCause" event_cause: EventCause;
    }
    floating {
        /// Together with the call ID, names one device's connection to the call.
        "ConnectionDeviceID" [25] connection_device_id: Option<DeviceId<'a>> [max 64, required];
        /// Device that the call was diverted from.
        "DivertingDeviceID" [44] diverting_device_id: Option<DeviceId<'a>> [max 64, required];
        /// Device that the call was diverted to.
        "CalledDeviceID" [28] called_device_id: Option<DeviceId<'a>> [max 64, required];
    }
}

message! {
    /// A device has dial tone, the first step of placing a call.
    ///
    /// Guide: Tables 93 and 94.
    CallServiceInitiatedEvent = CALL_SERVICE_INITIATED_EVENT(20), CallEvent, Server;
    fixed {
        /// Number of the call or device monitor that produced the event.
        "reserved" monitor_id: u32 [reserved 0, known_as "MonitorID"];
        /// ID of the peripheral, that is the switch or ACD, in a larger Cisco system.
        "reserved" peripheral_id: u32 [reserved 1, known_as "PeripheralID"];
        /// Kind of peripheral; 21 in Unified CCX.
        "reserved" peripheral_type: u16 [reserved 21, known_as "PeripheralType"];
        /// Kind of ID in `ConnectionDeviceID`.
        "ConnectionDeviceType" connection_device_type: ConnectionDeviceType;
        /// Call ID given by Unified CCX.
        "CallID" call_id: u32;
        /// Line of the teleset that the call is on; `NULL_LINEHANDLE` (`0xFFFF`) if unknown.
        "reserved" line_handle: u16 [reserved 0xFFFF, known_as "LineHandle"];
        /// Kind of line that the call is on. Reserved up to version 13.
        "reserved" line_type: LineType [reserved 3, reserved_until 13, known_as "LineType"];
        /// Application that the call belongs to; `NULL_APPLICATION` (`0xFFFFFFFF`) when there is
        /// none.
        "ApplicationID" application_id: u32 [default 0xFFFF_FFFF];
        /// ID of the service that the call is attributed to in a larger Cisco system.
        "reserved" service_id: u32 [reserved 0xFFFF_FFFF, known_as "ServiceID"];
        /// CSQ that the call belongs to; `NULL_CSQ` (`0xFFFFFFFF`) when there is none.
        "CSQID" csq_id: u32 [default 0xFFFF_FFFF];
        /// Skill group ID assigned by a larger Cisco system.
        "reserved" skill_group_id: u32 [reserved 0xFFFF_FFFF, known_as "SkillGroupID"];
        /// Priority of the skill group; 0 if it does not apply.
        "reserved" skill_group_priority: u16 [reserved 0, known_as "SkillGroupPriority"];
        /// Kind of ID in `CallingDeviceID`.
        "CallingDeviceType" calling_device_type: DeviceType;
        /// State of the connection at the local end.
        "LocalConnectionState" local_connection_state: LocalConnectionState;
        /// Cause of the event; mostly `CEC_NONE`.
        "EventCause" event_cause: EventCause;
    }
    floating {
        /// Together with the call ID, names one device's connection to the call.
        "ConnectionDeviceID" [25] connection_device_id: Option<DeviceId<'a>> [max 64, required];
        /// Device that calls.
        "CallingDeviceID" [27] calling_device_id: Option<DeviceId<'a>> [max 64, required];
    }
}

message! {
    /// A call waits in one or more CSQs. Agent-mode clients may see it for outbound calls,
    /// bridge-mode clients for inbound calls too.
    ///
    /// Guide: Tables 95 and 96.
    CallQueuedEvent = CALL_QUEUED_EVENT(21), CallEvent, Server;
    fixed {
        /// Number of the call or device monitor that produced the event.
        "reserved" monitor_id: u32 [reserved 0, known_as "MonitorID"];
        /// ID of the peripheral, that is the switch or ACD, in a larger Cisco system.
        "reserved" peripheral_id: u32 [reserved 1, known_as "PeripheralID"];
        /// Kind of peripheral; 21 in Unified CCX.
        "reserved" peripheral_type: u16 [reserved 21, known_as "PeripheralType"];
        /// Kind of ID in `ConnectionDeviceID`.
        "ConnectionDeviceType" connection_device_type: ConnectionDeviceType;
        /// Call ID given by Unified CCX.
        "CallID" call_id: u32;
        /// Application that the call belongs to; `NULL_APPLICATION` (`0xFFFFFFFF`) when there is
        /// none.
        "ApplicationID" application_id: u32 [default 0xFFFF_FFFF];
        /// ID of the service that the call is attributed to in a larger Cisco system.
        "reserved" service_id: u32 [reserved 0xFFFF_FFFF, known_as "ServiceID"];
        /// Kind of ID in `QueueDeviceID`.
        "QueueDeviceType" queue_device_type: DeviceType;
        /// Kind of ID in `CallingDeviceID`.
        "CallingDeviceType" calling_device_type: DeviceType;
        /// Kind of ID in `CalledDeviceID`.
        "CalledDeviceType" called_device_type: DeviceType;
        /// Kind of ID in `LastRedirectDeviceID`.
        "LastRedirectDeviceType" last_redirect_device_type: DeviceType;
        /// Number of calls in the queue.
        "reserved" num_queued: u16 [reserved 0, known_as "NumQueued"];
        "NumCSQs" = count of csqs "CSQs";
        /// State of the connection at the local end.
        "LocalConnectionState" local_connection_state: LocalConnectionState;
        /// Cause of the event; mostly `CEC_NONE`.
        "EventCause" event_cause: EventCause;
    }
    floating {
        /// Connection of the CTI port that has the call.
        "ConnectionDeviceID" [25] connection_device_id: Option<DeviceId<'a>> [max 64, required];
        /// Device that queues the call.
        "QueueDeviceID" [45] queue_device_id: Option<DeviceId<'a>> [max 64, required];
        /// Number of the caller, if any.
        "CallingDeviceID" [27] calling_device_id: Option<DeviceId<'a>> [max 64];
        /// Number of the route point that was called.
        "CalledDeviceID" [28] called_device_id: Option<DeviceId<'a>> [max 64, required];
        /// Device that redirected the call.
        "LastRedirectDeviceID" [29] last_redirect_device_id: Option<DeviceId<'a>> [max 64];
        /// The CSQs.
        "CSQs" [62 63 64] csqs: Repeated<'a, QueueCsq> [max_count 20];
    }
}

message! {
    /// First event of a call for this client, with the call data known so far. Several calls may
    /// share one `CallID`. Later changes arrive as `CALL_DATA_UPDATE_EVENT`.
    ///
    /// Guide: Tables 65 and 66.
    BeginCallEvent = BEGIN_CALL_EVENT(23), CallEvent, Server;
    fixed {
        /// Number of the call or device monitor that produced the event.
        "reserved" monitor_id: u32 [reserved 0, known_as "MonitorID"];
        /// ID of the peripheral, that is the switch or ACD, in a larger Cisco system.
        "reserved" peripheral_id: u32 [reserved 1, known_as "PeripheralID"];
        /// Kind of peripheral; 21 in Unified CCX.
        "reserved" peripheral_type: u16 [reserved 21, known_as "PeripheralType"];
        "NumCTIClients" = count of cti_clients "CTIClients";
        "NumNamedVariables" = count of named_variables "NamedVariables";
        "NumNamedArrays" = count of named_arrays "NamedArrays";
        /// Kind of call.
        "CallType" call_type: CallType;
        /// Kind of ID in `ConnectionDeviceID`.
        "ConnectionDeviceType" connection_device_type: ConnectionDeviceType;
        /// Call ID given by Unified CCX.
        "CallID" call_id: u32;
        /// Disposition of the called party.
        "CalledPartyDisposition" called_party_disposition: CallPartyDisposition;
    }
    floating {
        /// The client's own connection to the call or, if it has none, another valid one.
        "ConnectionDeviceID" [25] connection_device_id: Option<DeviceId<'a>> [max 64, required];
        /// Number of the caller.
        "ANI" [8] ani: Option<DeviceId<'a>> [max 40];
        /// User-to-user information element, as opaque bytes.
        "UserToUserInfo" [9] user_to_user_info: Option<&'a [u8]> [max 131];
        /// Number that the network delivered for the call; after a transfer it can differ from the
        /// dialed number.
        "DNIS" [10] dnis: Option<DeviceId<'a>> [max 32];
        /// Number that was dialed.
        "DialedNumber" [11] dialed_number: Option<DeviceId<'a>> [max 40];
        /// Digits that the caller entered when prompted.
        "CallerEnteredDigits" [12] caller_entered_digits: Option<Text<'a>> [max 40];
        /// Call variable 1: up to 39 bytes of text that belong to the call.
        "CallVariable1" [13] call_variable1: Option<Text<'a>> [max 40];
        /// Call variable 2: up to 39 bytes of text that belong to the call.
        "CallVariable2" [14] call_variable2: Option<Text<'a>> [max 40];
        /// Call variable 3: up to 39 bytes of text that belong to the call.
        "CallVariable3" [15] call_variable3: Option<Text<'a>> [max 40];
        /// Call variable 4: up to 39 bytes of text that belong to the call.
        "CallVariable4" [16] call_variable4: Option<Text<'a>> [max 40];
        /// Call variable 5: up to 39 bytes of text that belong to the call.
        "CallVariable5" [17] call_variable5: Option<Text<'a>> [max 40];
        /// Call variable 6: up to 39 bytes of text that belong to the call.
        "CallVariable6" [18] call_variable6: Option<Text<'a>> [max 40];
        /// Call variable 7: up to 39 bytes of text that belong to the call.
        "CallVariable7" [19] call_variable7: Option<Text<'a>> [max 40];
        /// Call variable 8: up to 39 bytes of text that belong to the call.
        "CallVariable8" [20] call_variable8: Option<Text<'a>> [max 40];
        /// Call variable 9: up to 39 bytes of text that belong to the call.
        "CallVariable9" [21] call_variable9: Option<Text<'a>> [max 40];
        /// Call variable 10: up to 39 bytes of text that belong to the call.
        "CallVariable10" [22] call_variable10: Option<Text<'a>> [max 40];
        /// Wrap-up data of the call, as entered by agent or application.
        "CallWrapupData" [46] call_wrapup_data: Option<Text<'a>> [max 40];
        /// The named variables of the call.
        "NamedVariables" [82] named_variables: Repeated<'a, NamedVariable<'a>>;
        /// The elements of the named arrays of the call.
        "NamedArrays" [83] named_arrays: Repeated<'a, NamedArray<'a>>;
        /// The clients that are associated with the call. Not in the printed table, but counted by
        /// the fixed part.
        "CTIClients" [23 24] cti_clients: Repeated<'a, CtiClient<'a>>;
    }
}

message! {
    /// Last event of a call for this client. The call itself may live on elsewhere.
    ///
    /// Guide: Tables 67 and 68.
    EndCallEvent = END_CALL_EVENT(24), CallEvent, Server;
    fixed {
        /// Number of the call or device monitor that produced the event.
        "reserved" monitor_id: u32 [reserved 0, known_as "MonitorID"];
        /// ID of the peripheral, that is the switch or ACD, in a larger Cisco system.
        "reserved" peripheral_id: u32 [reserved 1, known_as "PeripheralID"];
        /// Kind of peripheral; 21 in Unified CCX.
        "reserved" peripheral_type: u16 [reserved 21, known_as "PeripheralType"];
        /// Kind of ID in `ConnectionDeviceID`.
        "ConnectionDeviceType" connection_device_type: ConnectionDeviceType;
        /// Call ID given by Unified CCX.
        "CallID" call_id: u32;
    }
    floating {
        /// Together with the call ID, names one device's connection to the call.
        "ConnectionDeviceID" [25] connection_device_id: Option<DeviceId<'a>> [max 64, required];
    }
}

message! {
    /// Call data has changed; only the changed items are included. Also announces a new call ID
    /// when neither a conference nor a transfer event does.
    ///
    /// Guide: Tables 69 and 70.
    CallDataUpdateEvent = CALL_DATA_UPDATE_EVENT(25), CallEvent, Server;
    fixed {
        /// Number of the call or device monitor that produced the event.
        "reserved" monitor_id: u32 [reserved 0, known_as "MonitorID"];
        /// ID of the peripheral, that is the switch or ACD, in a larger Cisco system.
        "reserved" peripheral_id: u32 [reserved 1, known_as "PeripheralID"];
        /// Kind of peripheral; 21 in Unified CCX.
        "reserved" peripheral_type: u16 [reserved 21, known_as "PeripheralType"];
        "NumCTIClients" = count of cti_clients "CTIClients";
        "NumNamedVariables" = count of named_variables "NamedVariables";
        "NumNamedArrays" = count of named_arrays "NamedArrays";
        /// Kind of call.
        "CallType" call_type: CallType;
        /// Kind of ID in `ConnectionDeviceID`, before the change.
        "ConnectionDeviceType" connection_device_type: ConnectionDeviceType;
        /// ID of the call before the change.
        "CallID" call_id: u32;
        /// Kind of ID in `NewConnectionDeviceID`.
        "NewConnectionDeviceType" new_connection_device_type: ConnectionDeviceType;
        /// ID of the call from now on.
        "NewCallID" new_call_id: u32;
        /// Disposition of the called party.
        "CalledPartyDisposition" called_party_disposition: CallPartyDisposition;
        /// Outbound campaign of the call; 0 when there is none.
        "CampaignID" campaign_id: u32;
        /// Query rule within the outbound campaign.
        "reserved" query_rule_id: u32 [reserved 0, known_as "QueryRuleID"];
    }
    floating {
        /// Connection ID before the change.
        "ConnectionDeviceID" [25] connection_device_id: Option<DeviceId<'a>> [max 64, required];
        /// Connection ID from now on.
        "NewConnectionDeviceID" [47] new_connection_device_id: Option<DeviceId<'a>> [max 64, required];
        /// Number of the caller.
        "ANI" [8] ani: Option<DeviceId<'a>> [max 40];
        /// Digits that the caller entered when prompted.
        "CallerEnteredDigits" [12] caller_entered_digits: Option<Text<'a>> [max 40];
        /// Call variable 1: up to 39 bytes of text that belong to the call.
        "CallVariable1" [13] call_variable1: Option<Text<'a>> [max 40];
        /// Call variable 2: up to 39 bytes of text that belong to the call.
        "CallVariable2" [14] call_variable2: Option<Text<'a>> [max 40];
        /// Call variable 3: up to 39 bytes of text that belong to the call.
        "CallVariable3" [15] call_variable3: Option<Text<'a>> [max 40];
        /// Call variable 4: up to 39 bytes of text that belong to the call.
        "CallVariable4" [16] call_variable4: Option<Text<'a>> [max 40];
        /// Call variable 5: up to 39 bytes of text that belong to the call.
        "CallVariable5" [17] call_variable5: Option<Text<'a>> [max 40];
        /// Call variable 6: up to 39 bytes of text that belong to the call.
        "CallVariable6" [18] call_variable6: Option<Text<'a>> [max 40];
        /// Call variable 7: up to 39 bytes of text that belong to the call.
        "CallVariable7" [19] call_variable7: Option<Text<'a>> [max 40];
        /// Call variable 8: up to 39 bytes of text that belong to the call.
        "CallVariable8" [20] call_variable8: Option<Text<'a>> [max 40];
        /// Call variable 9: up to 39 bytes of text that belong to the call.
        "CallVariable9" [21] call_variable9: Option<Text<'a>> [max 40];
        /// Call variable 10: up to 39 bytes of text that belong to the call.
        "CallVariable10" [22] call_variable10: Option<Text<'a>> [max 40];
        /// Wrap-up data of the call, as entered by agent or application.
        "CallWrapupData" [46] call_wrapup_data: Option<Text<'a>> [max 40];
        /// The named variables of the call.
        "NamedVariables" [82] named_variables: Repeated<'a, NamedVariable<'a>>;
        /// The elements of the named arrays of the call.
        "NamedArrays" [83] named_arrays: Repeated<'a, NamedArray<'a>>;
        /// Phone number of the customer.
        "CustomerPhoneNumber" [95] customer_phone_number: Option<Text<'a>> [max 20];
        /// Account number of the customer.
        "CustomerAccountNumber" [96] customer_account_number: Option<Text<'a>> [max 32];
        /// The clients that are associated with the call. Not in the printed table, but counted by
        /// the fixed part.
        "CTIClients" [23 24] cti_clients: Repeated<'a, CtiClient<'a>>;
    }
}

message! {
    /// A call was taken out of a queue explicitly; leaving it normally gives `CALL_DIVERTED_EVENT`
    /// instead. The guide does not expect servers to send it, unless a call queued several times
    /// leaves only some queues.
    ///
    /// Guide: Tables 97 and 98.
    CallDequeuedEvent = CALL_DEQUEUED_EVENT(86), CallEvent, Server;
    fixed {
        /// Number of the call or device monitor that produced the event.
        "reserved" monitor_id: u32 [reserved 0, known_as "MonitorID"];
        /// ID of the peripheral, that is the switch or ACD, in a larger Cisco system.
        "reserved" peripheral_id: u32 [reserved 1, known_as "PeripheralID"];
        /// Kind of peripheral; 21 in Unified CCX.
        "reserved" peripheral_type: u16 [reserved 21, known_as "PeripheralType"];
        /// Kind of ID in `ConnectionDeviceID`.
        "ConnectionDeviceType" connection_device_type: ConnectionDeviceType;
        /// Call ID given by Unified CCX.
        "CallID" call_id: u32;
        /// Application that the call belongs to; `NULL_APPLICATION` (`0xFFFFFFFF`) when there is
        /// none.
        "ApplicationID" application_id: u32 [default 0xFFFF_FFFF];
        /// ID of the service that the call is attributed to in a larger Cisco system.
        "reserved" service_id: u32 [reserved 0xFFFF_FFFF, known_as "ServiceID"];
        /// Kind of ID in `QueueDeviceID`.
        "QueueDeviceType" queue_device_type: DeviceType;
        /// Number of calls still in the queue.
        "NumQueued" num_queued: u16;
        "NumCSQs" = count of csqs "CSQs";
        /// State of the connection at the local end.
        "LocalConnectionState" local_connection_state: LocalConnectionState;
        /// Cause of the event; mostly `CEC_NONE`.
        "EventCause" event_cause: EventCause;
    }
    floating {
        /// Together with the call ID, names one device's connection to the call.
        "ConnectionDeviceID" [25] connection_device_id: Option<DeviceId<'a>> [max 64, required];
        /// Device that queued the call; empty in Unified CCX.
        "QueueDeviceID" [45] queue_device_id: Option<DeviceId<'a>> [max 64, required];
        /// The CSQs.
        "CSQs" [62 63 64] csqs: Repeated<'a, QueueCsq> [max_count 20];
    }
}

message! {
    /// A media stream has started; listening and sending are reported separately. Comes around
    /// answer, retrieve, transfer and conference, in no fixed order with their events. Optional:
    /// not every setup sends it.
    ///
    /// Guide: Tables 99 and 100.
    RtpStartedEvent = RTP_STARTED_EVENT(116), CallEvent, Server;
    fixed {
        /// Number of the call or device monitor that produced the event.
        "reserved" monitor_id: u32 [reserved 0, known_as "MonitorID"];
        /// ID of the peripheral, that is the switch or ACD, in a larger Cisco system.
        "reserved" peripheral_id: u32 [reserved 1, known_as "PeripheralID"];
        /// TCP/IP port at the client's end of the connection.
        "ClientPort" client_port: u32;
        /// Direction of the stream, seen from the phone.
        "Direction" direction: RtpDirection;
        /// Kind of media.
        "RTPType" rtp_type: RtpType;
        /// Bit rate of a G.723 payload, as a code; not used for other codecs.
        "BitRate" bit_rate: RtpBitRate;
        /// Whether echo cancellation is on.
        "EchoCancellation" echo_cancellation: EchoCancellation;
        /// Length of a packet in milliseconds.
        "PacketSize" packet_size: u32;
        /// Audio codec.
        "PayloadType" payload_type: AudioCodec;
        /// Kind of ID in `ConnectionDeviceID`.
        "ConnectionDeviceType" connection_device_type: ConnectionDeviceType;
        /// Call ID given by Unified CCX.
        "CallID" call_id: u32;
    }
    floating {
        /// Together with the call ID, names one device's connection to the call.
        "ConnectionDeviceID" [25] connection_device_id: Option<DeviceId<'a>> [max 64, required];
        /// IP address of the client, as text.
        "ClientAddress" [81] client_address: Option<Text<'a>> [max 16, required];
        /// Extension of the agent's phone.
        "AgentExtension" [4] agent_extension: Option<Text<'a>> [max 16];
        /// IP phone of the agent, by its number.
        "AgentInstrument" [6] agent_instrument: Option<Text<'a>> [max 64];
        /// IP address to which the client sends the stream, as text.
        "SendingAddress" [125] sending_address: Option<Text<'a>> [max 16];
        /// UDP port to which the client sends the stream.
        "SendingPort" [126] sending_port: Option<u32>;
        /// Login of the agent in Unified CCX.
        "AgentID" [194] agent_id: Option<Text<'a>> [max 129];
    }
}

message! {
    /// A media stream has ended; listening and sending are reported separately. Comes on hold and
    /// on disconnect. Optional: not every setup sends it.
    ///
    /// Guide: Tables 101 and 102.
    RtpStoppedEvent = RTP_STOPPED_EVENT(117), CallEvent, Server;
    fixed {
        /// Number of the call or device monitor that produced the event.
        "reserved" monitor_id: u32 [reserved 0, known_as "MonitorID"];
        /// ID of the peripheral, that is the switch or ACD, in a larger Cisco system.
        "reserved" peripheral_id: u32 [reserved 1, known_as "PeripheralID"];
        /// TCP/IP port at the client's end of the connection that was closed.
        "ClientPort" client_port: u32;
        /// Direction of the stream, seen from the phone.
        "Direction" direction: RtpDirection;
        /// Kind of ID in `ConnectionDeviceID`.
        "ConnectionDeviceType" connection_device_type: ConnectionDeviceType;
        /// Call ID given by Unified CCX.
        "CallID" call_id: u32;
    }
    floating {
        /// Together with the call ID, names one device's connection to the call.
        "ConnectionDeviceID" [25] connection_device_id: Option<DeviceId<'a>> [max 64, required];
        /// IP address of the client, as text.
        "ClientAddress" [81] client_address: Option<Text<'a>> [max 16, required];
        /// Extension of the agent's phone.
        "AgentExtension" [4] agent_extension: Option<Text<'a>> [max 16];
        /// IP phone of the agent, by its number.
        "AgentInstrument" [6] agent_instrument: Option<Text<'a>> [max 64];
        /// IP address to which the client sent the stream, as text.
        "SendingAddress" [125] sending_address: Option<Text<'a>> [max 16];
        /// UDP port to which the client sent the stream.
        "SendingPort" [126] sending_port: Option<u32>;
        /// Login of the agent in Unified CCX.
        "AgentID" [194] agent_id: Option<Text<'a>> [max 129];
    }
}
