//! Call-control messages: requests about calls and their answers.

use super::call_event::ConnectedParty;
use super::prelude::*;

message! {
    /// Sets call variables or wrap-up data of a call; items that are not included stay unchanged.
    /// Sent by clients, and by the server.
    ///
    /// Guide: Tables 145 and 146.
    SetCallDataReq = SET_CALL_DATA_REQ(26), CallControl, Both -> SetCallDataConf;
    fixed {
        /// Chosen by the sender, which may be the server, and returned unchanged in the answer.
        "InvokeID" invoke_id: u32;
        /// ID of the peripheral, that is the switch or ACD, in a larger Cisco system.
        "reserved" peripheral_id: u32 [reserved 1, known_as "PeripheralID"];
        /// Kind of ID in `ConnectionDeviceID`.
        "ConnectionDeviceType" connection_device_type: ConnectionDeviceType;
        /// Call ID given by Unified CCX.
        "CallID" call_id: u32;
        "NumNamedVariables" = count of named_variables "NamedVariables";
        "NumNamedArrays" = count of named_arrays "NamedArrays";
        /// Kind of call.
        "CallType" call_type: CallType;
        /// Disposition of the called party.
        "CalledPartyDisposition" called_party_disposition: CallPartyDisposition;
        /// Outbound campaign of the call.
        "reserved" campaign_id: u32 [reserved 0, known_as "CampaignID"];
        /// Query rule within the outbound campaign.
        "reserved" query_rule_id: u32 [reserved 1, known_as "QueryRuleID"];
    }
    floating {
        /// Together with the call ID, names one device's connection to the call. Of
        /// `primary.actual` only the actual part counts.
        "ConnectionDeviceID" [25] connection_device_id: Option<DeviceId<'a>> [max 64, required];
        /// Number of the caller.
        "ANI" [8] ani: Option<DeviceId<'a>> [max 40];
        /// Digits that the caller entered when prompted.
        "CallerEnteredDigits" [12] caller_entered_digits: Option<Text<'a>> [max 40];
        /// New value of call variable 1, up to 39 bytes. Absent or empty leaves it unchanged; a
        /// single space clears it.
        "CallVariable1" [13] call_variable1: Option<Text<'a>> [max 40];
        /// New value of call variable 2, up to 39 bytes. Absent or empty leaves it unchanged; a
        /// single space clears it.
        "CallVariable2" [14] call_variable2: Option<Text<'a>> [max 40];
        /// New value of call variable 3, up to 39 bytes. Absent or empty leaves it unchanged; a
        /// single space clears it.
        "CallVariable3" [15] call_variable3: Option<Text<'a>> [max 40];
        /// New value of call variable 4, up to 39 bytes. Absent or empty leaves it unchanged; a
        /// single space clears it.
        "CallVariable4" [16] call_variable4: Option<Text<'a>> [max 40];
        /// New value of call variable 5, up to 39 bytes. Absent or empty leaves it unchanged; a
        /// single space clears it.
        "CallVariable5" [17] call_variable5: Option<Text<'a>> [max 40];
        /// New value of call variable 6, up to 39 bytes. Absent or empty leaves it unchanged; a
        /// single space clears it.
        "CallVariable6" [18] call_variable6: Option<Text<'a>> [max 40];
        /// New value of call variable 7, up to 39 bytes. Absent or empty leaves it unchanged; a
        /// single space clears it.
        "CallVariable7" [19] call_variable7: Option<Text<'a>> [max 40];
        /// New value of call variable 8, up to 39 bytes. Absent or empty leaves it unchanged; a
        /// single space clears it.
        "CallVariable8" [20] call_variable8: Option<Text<'a>> [max 40];
        /// New value of call variable 9, up to 39 bytes. Absent or empty leaves it unchanged; a
        /// single space clears it.
        "CallVariable9" [21] call_variable9: Option<Text<'a>> [max 40];
        /// New value of call variable 10, up to 39 bytes. Absent or empty leaves it unchanged; a
        /// single space clears it.
        "CallVariable10" [22] call_variable10: Option<Text<'a>> [max 40];
        /// Wrap-up data of the call, as entered by agent or application.
        "CallWrapupData" [46] call_wrapup_data: Option<Text<'a>> [max 40];
        /// The named variables of the call.
        "NamedVariables" [82] named_variables: Repeated<'a, NamedVariable<'a>>;
        /// The elements of the named arrays of the call.
        "NamedArrays" [83] named_arrays: Repeated<'a, NamedArray<'a>>;
        /// Account number of the customer.
        "CustomerAccountNumber" [96] customer_account_number: Option<Text<'a>> [max 32];
    }
}

message! {
    /// Confirms `SET_CALL_DATA_REQ`: the values are stored and survive an abrupt end of the
    /// session.
    ///
    /// Guide: Table 147.
    SetCallDataConf = SET_CALL_DATA_CONF(27), CallControl, Server;
    fixed {
        /// `InvokeID` of the `SET_CALL_DATA_REQ` that this answers.
        "InvokeID" invoke_id: u32;
    }
    floating {
    }
}

message! {
    /// Refuses a call control request or `SET_AGENT_STATE_REQ`: sent instead of the request's own
    /// confirmation.
    ///
    /// Guide: Tables 103 and 104.
    ControlFailureConf = CONTROL_FAILURE_CONF(35), CallControl, Server;
    fixed {
        /// `InvokeID` of the request that failed.
        "InvokeID" invoke_id: u32;
        /// Reason for the failure.
        "FailureCode" failure_code: ControlFailure;
        /// More detailed error of Unified CCX, or 0 for none.
        "UnifiedCCXErrorCode" unified_ccx_error_code: CcxErrorCode;
    }
    floating {
        /// The error in words.
        "Text" [7] text: Option<Text<'a>> [max 255];
    }
}

message! {
    /// Puts the active call on hold and then retrieves the held call, or answers the alerting call,
    /// at the same device.
    ///
    /// Guide: Tables 105 and 106.
    AlternateCallReq = ALTERNATE_CALL_REQ(40), CallControl, Client -> AlternateCallConf;
    fixed {
        /// Chosen by the client and returned unchanged in the answer.
        "InvokeID" invoke_id: u32;
        /// ID of the peripheral, that is the switch or ACD, in a larger Cisco system.
        "reserved" peripheral_id: u32 [reserved 1, known_as "PeripheralID"];
        /// Identifies the active call.
        "ActiveCallID" active_call_id: u32;
        /// ID of the held or alerting call to switch to.
        "OtherCallID" other_call_id: u32;
        /// Kind of ID in `ActiveConnectionDeviceID`.
        "ActiveConnectionDeviceType" active_connection_device_type: ConnectionDeviceType;
        /// Kind of ID in `OtherConnectionDeviceID`.
        "OtherConnectionDeviceType" other_connection_device_type: ConnectionDeviceType;
    }
    floating {
        /// Connection of the active call.
        "ActiveConnectionDeviceID" [50] active_connection_device_id: Option<DeviceId<'a>> [max 64, required];
        /// Connection of the call to switch to. For an alerting call, the one of the caller as
        /// given in `CALL_DELIVERED_EVENT`.
        "OtherConnectionDeviceID" [52] other_connection_device_id: Option<DeviceId<'a>> [max 64, required];
        /// IP phone of the agent, by its number.
        "AgentInstrument" [6] agent_instrument: Option<Text<'a>> [max 64];
    }
}

message! {
    /// Confirms `ALTERNATE_CALL_REQ`.
    ///
    /// Guide: Table 107.
    AlternateCallConf = ALTERNATE_CALL_CONF(41), CallControl, Server;
    fixed {
        /// `InvokeID` of the `ALTERNATE_CALL_REQ` that this answers.
        "InvokeID" invoke_id: u32;
    }
    floating {
    }
}

message! {
    /// Answers a ringing call. Needs `ConnectionDeviceID`, as given in `CALL_DELIVERED_EVENT`, or
    /// `AgentInstrument`.
    ///
    /// Guide: Tables 108 and 109.
    AnswerCallReq = ANSWER_CALL_REQ(42), CallControl, Client -> AnswerCallConf where broken_rules;
    fixed {
        /// Chosen by the client and returned unchanged in the answer.
        "InvokeID" invoke_id: u32;
        /// ID of the peripheral, that is the switch or ACD, in a larger Cisco system.
        "reserved" peripheral_id: u32 [reserved 1, known_as "PeripheralID"];
        /// ID of the alerting call, or `NULL_CALL_ID` (`0xFFFFFFFF`) to leave it open.
        "CallID" call_id: u32 [default 0xFFFF_FFFF];
        /// Kind of ID in `ConnectionDeviceID`; `CONNECTION_ID_NONE` when `CallID` is
        /// `NULL_CALL_ID`.
        "ConnectionDeviceType" connection_device_type: ConnectionDeviceType;
    }
    floating {
        /// Connection of the caller, as given in `CALL_DELIVERED_EVENT`. If absent,
        /// `AgentInstrument` is needed.
        "ConnectionDeviceID" [25] connection_device_id: Option<DeviceId<'a>> [max 64];
        /// Number of the phone that answers. If absent, `ConnectionDeviceID` is needed.
        "AgentInstrument" [6] agent_instrument: Option<Text<'a>> [max 64];
    }
}

message! {
    /// Confirms `ANSWER_CALL_REQ`.
    ///
    /// Guide: Table 110.
    AnswerCallConf = ANSWER_CALL_CONF(43), CallControl, Server;
    fixed {
        /// `InvokeID` of the `ANSWER_CALL_REQ` that this answers.
        "InvokeID" invoke_id: u32;
    }
    floating {
    }
}

message! {
    /// Disconnects every party of a call. To leave a conference without ending it, use
    /// `CLEAR_CONNECTION_REQ`.
    ///
    /// Guide: Tables 111 and 112.
    ClearCallReq = CLEAR_CALL_REQ(44), CallControl, Client -> ClearCallConf;
    fixed {
        /// Chosen by the client and returned unchanged in the answer.
        "InvokeID" invoke_id: u32;
        /// ID of the peripheral, that is the switch or ACD, in a larger Cisco system.
        "reserved" peripheral_id: u32 [reserved 1, known_as "PeripheralID"];
        /// Call ID given by Unified CCX.
        "CallID" call_id: u32;
        /// Kind of ID in `ConnectionDeviceID`.
        "ConnectionDeviceType" connection_device_type: ConnectionDeviceType;
    }
    floating {
        /// Together with the call ID, names one device's connection to the call. Of
        /// `primary.actual` only the actual part counts.
        "ConnectionDeviceID" [25] connection_device_id: Option<DeviceId<'a>> [max 64, required];
        /// IP phone of the agent, by its number.
        "AgentInstrument" [6] agent_instrument: Option<Text<'a>> [max 64];
    }
}

message! {
    /// Confirms `CLEAR_CALL_REQ`.
    ///
    /// Guide: Table 113.
    ClearCallConf = CLEAR_CALL_CONF(45), CallControl, Server;
    fixed {
        /// `InvokeID` of the `CLEAR_CALL_REQ` that this answers.
        "InvokeID" invoke_id: u32;
    }
    floating {
    }
}

message! {
    /// Takes one device out of a call. If a single party remains, the call ends.
    ///
    /// Guide: Tables 114 and 115.
    ClearConnectionReq = CLEAR_CONNECTION_REQ(46), CallControl, Client -> ClearConnectionConf;
    fixed {
        /// Chosen by the client and returned unchanged in the answer.
        "InvokeID" invoke_id: u32;
        /// ID of the peripheral, that is the switch or ACD, in a larger Cisco system.
        "reserved" peripheral_id: u32 [reserved 1, known_as "PeripheralID"];
        /// Call ID given by Unified CCX.
        "CallID" call_id: u32;
        /// Kind of ID in `ConnectionDeviceID`.
        "ConnectionDeviceType" connection_device_type: ConnectionDeviceType;
    }
    floating {
        /// Connection to release. Of `primary.actual` only the actual part counts.
        "ConnectionDeviceID" [25] connection_device_id: Option<DeviceId<'a>> [max 64, required];
        /// Number of the phone whose connection is to be released.
        "AgentInstrument" [6] agent_instrument: Option<Text<'a>> [max 64];
    }
}

message! {
    /// Confirms `CLEAR_CONNECTION_REQ`.
    ///
    /// Guide: Table 116.
    ClearConnectionConf = CLEAR_CONNECTION_CONF(47), CallControl, Server;
    fixed {
        /// `InvokeID` of the `CLEAR_CONNECTION_REQ` that this answers.
        "InvokeID" invoke_id: u32;
    }
    floating {
    }
}

message! {
    /// Merges a held call and the active call into a conference. Needs `HeldConnectionDeviceID` or
    /// `DialedNumber`.
    ///
    /// Guide: Tables 117 and 118.
    ConferenceCallReq = CONFERENCE_CALL_REQ(48), CallControl, Client -> ConferenceCallConf where broken_rules;
    fixed {
        /// Chosen by the client and returned unchanged in the answer.
        "InvokeID" invoke_id: u32;
        /// ID of the peripheral, that is the switch or ACD, in a larger Cisco system.
        "reserved" peripheral_id: u32 [reserved 1, known_as "PeripheralID"];
        /// Identifies the held call.
        "HeldCallID" held_call_id: u32;
        /// Identifies the active call.
        "ActiveCallID" active_call_id: u32;
        /// Kind of ID in `HeldConnectionDeviceID`.
        "HeldConnectionDeviceType" held_connection_device_type: ConnectionDeviceType;
        /// Kind of ID in `ActiveConnectionDeviceID`.
        "ActiveConnectionDeviceType" active_connection_device_type: ConnectionDeviceType;
        /// Way to place the call.
        "reserved" call_placement_type: u16 [reserved 0, known_as "CallPlacementType"];
        /// Procedure if the originating device is in use.
        "reserved" call_manner_type: u16 [reserved 0, known_as "CallMannerType"];
        /// Number of rings before the call counts as unanswered.
        "reserved" alert_rings: u16 [reserved 0, known_as "AlertRings"];
        /// Further option for placing the call.
        "reserved" call_option: u16 [reserved 0, known_as "CallOption"];
        /// Kind of facility to use for the call.
        "reserved" facility_type: u16 [reserved 0, known_as "FacilityType"];
        /// Action if an answering machine answers.
        "reserved" answering_machine: u16 [reserved 0, known_as "AnsweringMachine"];
        /// Whether the call gets priority handling.
        "reserved" priority: Bool [reserved 0, known_as "Priority"];
        /// Whether the destination comes from a routing request.
        "reserved" post_route: Bool [reserved 0, known_as "PostRoute"];
        "NumNamedVariables" = count of named_variables "NamedVariables";
        "NumNamedArrays" = count of named_arrays "NamedArrays";
    }
    floating {
        /// Connection of the active call.
        "ActiveConnectionDeviceID" [50] active_connection_device_id: Option<DeviceId<'a>> [max 64, required];
        /// Connection of the held call. If absent, `DialedNumber` is needed.
        "HeldConnectionDeviceID" [53] held_connection_device_id: Option<DeviceId<'a>> [max 64];
        /// IP phone of the agent, by its number.
        "AgentInstrument" [6] agent_instrument: Option<Text<'a>> [max 64, required];
        /// Number to call. If absent, `HeldConnectionDeviceID` is needed.
        "DialedNumber" [11] dialed_number: Option<DeviceId<'a>> [max 40];
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
        /// Account code, for the use of applications.
        "AccountCode" [78] account_code: Option<Text<'a>> [max 40];
    }
}

message! {
    /// Confirms `CONFERENCE_CALL_REQ` and names the resulting call and its parties.
    ///
    /// Guide: Tables 119 and 120.
    ConferenceCallConf = CONFERENCE_CALL_CONF(49), CallControl, Server;
    fixed {
        /// `InvokeID` of the `CONFERENCE_CALL_REQ` that this answers.
        "InvokeID" invoke_id: u32;
        /// ID of the conference.
        "NewCallID" new_call_id: u32;
        /// Kind of ID in `NewConnectionDeviceID`.
        "NewConnectionDeviceType" new_connection_device_type: ConnectionDeviceType;
        "NumParties" = count of connected_parties "ConnectedParties";
        /// Line of the teleset that the call is on; `NULL_LINEHANDLE` (`0xFFFF`) if unknown.
        "reserved" line_handle: u16 [reserved 0xFFFF, known_as "LineHandle"];
        /// Kind of line that the call is on. Reserved up to version 13.
        "reserved" line_type: LineType [reserved 3, reserved_until 13, known_as "LineType"];
    }
    floating {
        /// Connection of the device to the resulting call.
        "NewConnectionDeviceID" [47] new_connection_device_id: Option<DeviceId<'a>> [max 64, required];
        /// The parties of the call, the controlling one included.
        "ConnectedParties" [39 40 41] connected_parties: Repeated<'a, ConnectedParty<'a>> [max_count 16];
    }
}

message! {
    /// Puts the active call on hold and starts a second one. The new call starts with the call data
    /// of the active one, except for values given here.
    ///
    /// Guide: Tables 121 and 122.
    ConsultCallReq = CONSULT_CALL_REQ(50), CallControl, Client -> ConsultCallConf;
    fixed {
        /// Chosen by the client and returned unchanged in the answer.
        "InvokeID" invoke_id: u32;
        /// ID of the peripheral, that is the switch or ACD, in a larger Cisco system.
        "reserved" peripheral_id: u32 [reserved 1, known_as "PeripheralID"];
        /// Identifies the active call.
        "ActiveCallID" active_call_id: u32;
        /// Kind of ID in `ActiveConnectionDeviceID`.
        "ActiveConnectionDeviceType" active_connection_device_type: ConnectionDeviceType;
        /// Way to place the call.
        "reserved" call_placement_type: u16 [reserved 0, known_as "CallPlacementType"];
        /// Procedure if the originating device is in use.
        "reserved" call_manner_type: u16 [reserved 0, known_as "CallMannerType"];
        /// Purpose of the second call.
        "ConsultType" consult_type: ConsultType;
        /// Number of rings before the call counts as unanswered.
        "reserved" alert_rings: u16 [reserved 0, known_as "AlertRings"];
        /// Further option for placing the call.
        "reserved" call_option: u16 [reserved 0, known_as "CallOption"];
        /// Kind of facility to use for the call.
        "reserved" facility_type: u16 [reserved 0, known_as "FacilityType"];
        /// Action if an answering machine answers.
        "reserved" answering_machine: u16 [reserved 0, known_as "AnsweringMachine"];
        /// Whether the call gets priority handling.
        "reserved" priority: Bool [reserved 0, known_as "Priority"];
        /// Whether the destination comes from a routing request.
        "reserved" post_route: Bool [reserved 0, known_as "PostRoute"];
        "NumNamedVariables" = count of named_variables "NamedVariables";
        "NumNamedArrays" = count of named_arrays "NamedArrays";
    }
    floating {
        /// Connection of the active call.
        "ActiveConnectionDeviceID" [50] active_connection_device_id: Option<DeviceId<'a>> [max 64, required];
        /// Number to call.
        "DialedNumber" [11] dialed_number: Option<DeviceId<'a>> [max 40, required];
        /// Number of the phone that makes the new call.
        "AgentInstrument" [6] agent_instrument: Option<Text<'a>> [max 64];
        /// Value of call variable 1 of the new call, in place of that of the active call.
        "CallVariable1" [13] call_variable1: Option<Text<'a>> [max 40];
        /// Value of call variable 2 of the new call, in place of that of the active call.
        "CallVariable2" [14] call_variable2: Option<Text<'a>> [max 40];
        /// Value of call variable 3 of the new call, in place of that of the active call.
        "CallVariable3" [15] call_variable3: Option<Text<'a>> [max 40];
        /// Value of call variable 4 of the new call, in place of that of the active call.
        "CallVariable4" [16] call_variable4: Option<Text<'a>> [max 40];
        /// Value of call variable 5 of the new call, in place of that of the active call.
        "CallVariable5" [17] call_variable5: Option<Text<'a>> [max 40];
        /// Value of call variable 6 of the new call, in place of that of the active call.
        "CallVariable6" [18] call_variable6: Option<Text<'a>> [max 40];
        /// Value of call variable 7 of the new call, in place of that of the active call.
        "CallVariable7" [19] call_variable7: Option<Text<'a>> [max 40];
        /// Value of call variable 8 of the new call, in place of that of the active call.
        "CallVariable8" [20] call_variable8: Option<Text<'a>> [max 40];
        /// Value of call variable 9 of the new call, in place of that of the active call.
        "CallVariable9" [21] call_variable9: Option<Text<'a>> [max 40];
        /// Value of call variable 10 of the new call, in place of that of the active call.
        "CallVariable10" [22] call_variable10: Option<Text<'a>> [max 40];
        /// Wrap-up data of the new call, in place of that of the active call.
        "CallWrapupData" [46] call_wrapup_data: Option<Text<'a>> [max 40];
        /// The named variables of the call.
        "NamedVariables" [82] named_variables: Repeated<'a, NamedVariable<'a>>;
        /// The elements of the named arrays of the call.
        "NamedArrays" [83] named_arrays: Repeated<'a, NamedArray<'a>>;
        /// Account code, for the use of applications.
        "AccountCode" [78] account_code: Option<Text<'a>> [max 40];
    }
}

message! {
    /// Confirms `CONSULT_CALL_REQ` and names the new call.
    ///
    /// Guide: Tables 123 and 124.
    ConsultCallConf = CONSULT_CALL_CONF(51), CallControl, Server;
    fixed {
        /// `InvokeID` of the `CONSULT_CALL_REQ` that this answers.
        "InvokeID" invoke_id: u32;
        /// ID of the new call.
        "NewCallID" new_call_id: u32;
        /// Kind of ID in `NewConnectionDeviceID`.
        "NewConnectionDeviceType" new_connection_device_type: ConnectionDeviceType;
        /// Line of the teleset that the call is on; `NULL_LINEHANDLE` (`0xFFFF`) if unknown.
        "reserved" line_handle: u16 [reserved 0xFFFF, known_as "LineHandle"];
        /// Kind of line that the call is on. Reserved up to version 13.
        "reserved" line_type: LineType [reserved 3, reserved_until 13, known_as "LineType"];
    }
    floating {
        /// Connection of the device to the resulting call.
        "NewConnectionDeviceID" [47] new_connection_device_id: Option<DeviceId<'a>> [max 64, required];
    }
}

message! {
    /// Puts a call on hold.
    ///
    /// Guide: Tables 125 and 126.
    HoldCallReq = HOLD_CALL_REQ(54), CallControl, Client -> HoldCallConf;
    fixed {
        /// Chosen by the client and returned unchanged in the answer.
        "InvokeID" invoke_id: u32;
        /// ID of the peripheral, that is the switch or ACD, in a larger Cisco system.
        "reserved" peripheral_id: u32 [reserved 1, known_as "PeripheralID"];
        /// Call ID given by Unified CCX.
        "CallID" call_id: u32;
        /// Kind of ID in `ConnectionDeviceID`.
        "ConnectionDeviceType" connection_device_type: ConnectionDeviceType;
        /// Whether the line facilities stay reserved for later use of the held call.
        "reserved" reservation: Bool [reserved 0, known_as "Reservation"];
    }
    floating {
        /// Together with the call ID, names one device's connection to the call. Of
        /// `primary.actual` only the actual part counts.
        "ConnectionDeviceID" [25] connection_device_id: Option<DeviceId<'a>> [max 64, required];
        /// IP phone of the agent, by its number.
        "AgentInstrument" [6] agent_instrument: Option<Text<'a>> [max 64];
    }
}

message! {
    /// Confirms `HOLD_CALL_REQ`.
    ///
    /// Guide: Table 127.
    HoldCallConf = HOLD_CALL_CONF(55), CallControl, Server;
    fixed {
        /// `InvokeID` of the `HOLD_CALL_REQ` that this answers.
        "InvokeID" invoke_id: u32;
    }
    floating {
    }
}

message! {
    /// Calls a number from the agent's phone.
    ///
    /// Guide: Tables 128 and 129.
    MakeCallReq = MAKE_CALL_REQ(56), CallControl, Client -> MakeCallConf;
    fixed {
        /// Chosen by the client and returned unchanged in the answer.
        "InvokeID" invoke_id: u32;
        /// ID of the peripheral, that is the switch or ACD, in a larger Cisco system.
        "reserved" peripheral_id: u32 [reserved 1, known_as "PeripheralID"];
        /// Way to place the call.
        "reserved" call_placement_type: u16 [reserved 0, known_as "CallPlacementType"];
        /// Procedure if the originating device is in use.
        "reserved" call_manner_type: u16 [reserved 0, known_as "CallMannerType"];
        /// Number of rings before the call counts as unanswered.
        "reserved" alert_rings: u16 [reserved 0, known_as "AlertRings"];
        /// Further option for placing the call.
        "reserved" call_option: u16 [reserved 0, known_as "CallOption"];
        /// Kind of facility to use for the call.
        "reserved" facility_type: u16 [reserved 0, known_as "FacilityType"];
        /// Action if an answering machine answers.
        "reserved" answering_machine: u16 [reserved 0, known_as "AnsweringMachine"];
        /// Whether the call gets priority handling.
        "reserved" priority: Bool [reserved 0, known_as "Priority"];
        /// Whether the destination comes from a routing request.
        "reserved" post_route: Bool [reserved 0, known_as "PostRoute"];
        "NumNamedVariables" = count of named_variables "NamedVariables";
        "NumNamedArrays" = count of named_arrays "NamedArrays";
        /// Number of the skill group on its peripheral. From version 14 on.
        "reserved" skill_group_number: u32 [reserved 0xFFFF_FFFF, known_as "SkillGroupNumber", since 14];
    }
    floating {
        /// IP phone of the agent, by its number, which makes the call.
        "AgentInstrument" [6] agent_instrument: Option<Text<'a>> [max 64, required];
        /// Number to call.
        "DialedNumber" [11] dialed_number: Option<DeviceId<'a>> [max 40, required];
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
        /// Account code, for the use of applications.
        "AccountCode" [78] account_code: Option<Text<'a>> [max 40];
    }
}

message! {
    /// Confirms `MAKE_CALL_REQ` and names the new call.
    ///
    /// Guide: Tables 130 and 131.
    MakeCallConf = MAKE_CALL_CONF(57), CallControl, Server;
    fixed {
        /// `InvokeID` of the `MAKE_CALL_REQ` that this answers.
        "InvokeID" invoke_id: u32;
        /// ID of the new call.
        "NewCallID" new_call_id: u32;
        /// Kind of ID in `NewConnectionDeviceID`.
        "NewConnectionDeviceType" new_connection_device_type: ConnectionDeviceType;
        /// Line of the teleset that the call is on; `NULL_LINEHANDLE` (`0xFFFF`) if unknown.
        "reserved" line_handle: u16 [reserved 0xFFFF, known_as "LineHandle"];
        /// Kind of line that the call is on. Reserved up to version 13.
        "reserved" line_type: LineType [reserved 3, reserved_until 13, known_as "LineType"];
    }
    floating {
        /// Connection of the device to the resulting call.
        "NewConnectionDeviceID" [47] new_connection_device_id: Option<DeviceId<'a>> [max 64, required];
    }
}

message! {
    /// Drops the active call and goes back to the held one.
    ///
    /// Guide: Tables 132 and 133.
    ReconnectCallReq = RECONNECT_CALL_REQ(60), CallControl, Client -> ReconnectCallConf;
    fixed {
        /// Chosen by the client and returned unchanged in the answer.
        "InvokeID" invoke_id: u32;
        /// ID of the peripheral, that is the switch or ACD, in a larger Cisco system.
        "reserved" peripheral_id: u32 [reserved 1, known_as "PeripheralID"];
        /// Identifies the active call.
        "ActiveCallID" active_call_id: u32;
        /// Identifies the held call.
        "HeldCallID" held_call_id: u32;
        /// Kind of ID in `ActiveConnectionDeviceID`.
        "ActiveConnectionDeviceType" active_connection_device_type: ConnectionDeviceType;
        /// Kind of ID in `HeldConnectionDeviceID`.
        "HeldConnectionDeviceType" held_connection_device_type: ConnectionDeviceType;
    }
    floating {
        /// Connection of the active call.
        "ActiveConnectionDeviceID" [50] active_connection_device_id: Option<DeviceId<'a>> [max 64, required];
        /// Connection of the held call.
        "HeldConnectionDeviceID" [53] held_connection_device_id: Option<DeviceId<'a>> [max 64, required];
        /// IP phone of the agent, by its number.
        "AgentInstrument" [6] agent_instrument: Option<Text<'a>> [max 64];
    }
}

message! {
    /// Confirms `RECONNECT_CALL_REQ`.
    ///
    /// Guide: Table 134.
    ReconnectCallConf = RECONNECT_CALL_CONF(61), CallControl, Server;
    fixed {
        /// `InvokeID` of the `RECONNECT_CALL_REQ` that this answers.
        "InvokeID" invoke_id: u32;
    }
    floating {
    }
}

message! {
    /// Takes a held call back.
    ///
    /// Guide: Tables 135 and 136.
    RetrieveCallReq = RETRIEVE_CALL_REQ(62), CallControl, Client -> RetrieveCallConf;
    fixed {
        /// Chosen by the client and returned unchanged in the answer.
        "InvokeID" invoke_id: u32;
        /// ID of the peripheral, that is the switch or ACD, in a larger Cisco system.
        "reserved" peripheral_id: u32 [reserved 1, known_as "PeripheralID"];
        /// ID of the call to take back.
        "HeldCallID" held_call_id: u32;
        /// Kind of ID in `HeldConnectionDeviceID`.
        "HeldConnectionDeviceType" held_connection_device_type: ConnectionDeviceType;
    }
    floating {
        /// Connection of the held call.
        "HeldConnectionDeviceID" [53] held_connection_device_id: Option<DeviceId<'a>> [max 64, required];
        /// IP phone of the agent, by its number.
        "AgentInstrument" [6] agent_instrument: Option<Text<'a>> [max 64];
    }
}

message! {
    /// Confirms `RETRIEVE_CALL_REQ`.
    ///
    /// Guide: Table 137.
    RetrieveCallConf = RETRIEVE_CALL_CONF(63), CallControl, Server;
    fixed {
        /// `InvokeID` of the `RETRIEVE_CALL_REQ` that this answers.
        "InvokeID" invoke_id: u32;
    }
    floating {
    }
}

message! {
    /// Joins the other parties of a held and an active call and releases the device common to both.
    /// Needs `HeldConnectionDeviceID` or `DialedNumber`.
    ///
    /// Guide: Tables 138 and 139.
    TransferCallReq = TRANSFER_CALL_REQ(64), CallControl, Client -> TransferCallConf where broken_rules;
    fixed {
        /// Chosen by the client and returned unchanged in the answer.
        "InvokeID" invoke_id: u32;
        /// ID of the peripheral, that is the switch or ACD, in a larger Cisco system.
        "reserved" peripheral_id: u32 [reserved 1, known_as "PeripheralID"];
        /// Identifies the active call.
        "ActiveCallID" active_call_id: u32;
        /// Identifies the held call.
        "HeldCallID" held_call_id: u32;
        /// Kind of ID in `ActiveConnectionDeviceID`.
        "ActiveConnectionDeviceType" active_connection_device_type: ConnectionDeviceType;
        /// Kind of ID in `HeldConnectionDeviceID`.
        "HeldConnectionDeviceType" held_connection_device_type: ConnectionDeviceType;
        /// Way to place the call.
        "reserved" call_placement_type: u16 [reserved 0, known_as "CallPlacementType"];
        /// Procedure if the originating device is in use.
        "reserved" call_manner_type: u16 [reserved 0, known_as "CallMannerType"];
        /// Number of rings before the call counts as unanswered.
        "reserved" alert_rings: u16 [reserved 0, known_as "AlertRings"];
        /// Further option for placing the call.
        "reserved" call_option: u16 [reserved 0, known_as "CallOption"];
        /// Kind of facility to use for the call.
        "reserved" facility_type: u16 [reserved 0, known_as "FacilityType"];
        /// Action if an answering machine answers.
        "reserved" answering_machine: u16 [reserved 0, known_as "AnsweringMachine"];
        /// Whether the call gets priority handling.
        "reserved" priority: Bool [reserved 0, known_as "Priority"];
        /// Whether the destination comes from a routing request.
        "reserved" post_route: Bool [reserved 0, known_as "PostRoute"];
        "NumNamedVariables" = count of named_variables "NamedVariables";
        "NumNamedArrays" = count of named_arrays "NamedArrays";
    }
    floating {
        /// Connection of the active call.
        "ActiveConnectionDeviceID" [50] active_connection_device_id: Option<DeviceId<'a>> [max 64, required];
        /// Connection of the held call. If absent, `DialedNumber` is needed.
        "HeldConnectionDeviceID" [53] held_connection_device_id: Option<DeviceId<'a>> [max 64];
        /// IP phone of the agent, by its number.
        "AgentInstrument" [6] agent_instrument: Option<Text<'a>> [max 64, required];
        /// Number to transfer to. If absent, `HeldConnectionDeviceID` is needed.
        "DialedNumber" [11] dialed_number: Option<DeviceId<'a>> [max 40];
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
        /// Account code, for the use of applications.
        "AccountCode" [78] account_code: Option<Text<'a>> [max 40];
    }
}

message! {
    /// Confirms `TRANSFER_CALL_REQ` and names the resulting call.
    ///
    /// Guide: Tables 140 and 141.
    TransferCallConf = TRANSFER_CALL_CONF(65), CallControl, Server;
    fixed {
        /// `InvokeID` of the `TRANSFER_CALL_REQ` that this answers.
        "InvokeID" invoke_id: u32;
        /// ID of the transferred call.
        "NewCallID" new_call_id: u32;
        /// Kind of ID in `NewConnectionDeviceID`.
        "NewConnectionDeviceType" new_connection_device_type: ConnectionDeviceType;
        "NumParties" = count of connected_parties "ConnectedParties";
        /// Line of the teleset that the call is on; `NULL_LINEHANDLE` (`0xFFFF`) if unknown.
        "reserved" line_handle: u16 [reserved 0xFFFF, known_as "LineHandle"];
        /// Kind of line that the call is on. Reserved up to version 13.
        "reserved" line_type: LineType [reserved 3, reserved_until 13, known_as "LineType"];
    }
    floating {
        /// Connection of the device to the resulting call.
        "NewConnectionDeviceID" [47] new_connection_device_id: Option<DeviceId<'a>> [max 64, required];
        /// The parties of the call, the controlling one included. Not in the printed table, but
        /// counted by the fixed part.
        "ConnectedParties" [39 40 41] connected_parties: Repeated<'a, ConnectedParty<'a>> [max_count 16];
    }
}

message! {
    /// Plays a sequence of DTMF tones into a call on behalf of a party.
    ///
    /// Guide: Tables 142 and 143.
    SendDtmfSignalReq = SEND_DTMF_SIGNAL_REQ(91), CallControl, Client -> SendDtmfSignalConf;
    fixed {
        /// Chosen by the client and returned unchanged in the answer.
        "InvokeID" invoke_id: u32;
        /// ID of the peripheral, that is the switch or ACD, in a larger Cisco system.
        "reserved" peripheral_id: u32 [reserved 1, known_as "PeripheralID"];
        /// Call ID given by Unified CCX.
        "CallID" call_id: u32;
        /// Kind of ID in `ConnectionDeviceID`.
        "ConnectionDeviceType" connection_device_type: ConnectionDeviceType;
        /// Length of each tone in milliseconds; 0 for the default. The server may be unable to
        /// change it.
        "ToneDuration" tone_duration: u16;
        /// Pause between tones in milliseconds; 0 for the default. The server may be unable to
        /// change it.
        "PauseDuration" pause_duration: u32;
    }
    floating {
        /// Together with the call ID, names one device's connection to the call. Of
        /// `primary.actual` only the actual part counts.
        "ConnectionDeviceID" [25] connection_device_id: Option<DeviceId<'a>> [max 64, required];
        /// Digits to play.
        "DTMFString" [67] dtmf_string: Option<Text<'a>> [max 32, required];
        /// IP phone of the agent, by its number.
        "AgentInstrument" [6] agent_instrument: Option<Text<'a>> [max 64];
    }
}

message! {
    /// Confirms `SEND_DTMF_SIGNAL_REQ`.
    ///
    /// Guide: Table 144.
    SendDtmfSignalConf = SEND_DTMF_SIGNAL_CONF(92), CallControl, Server;
    fixed {
        /// `InvokeID` of the `SEND_DTMF_SIGNAL_REQ` that this answers.
        "InvokeID" invoke_id: u32;
    }
    floating {
    }
}

message! {
    /// Asks a supervisor of the agent's team for help. If one is free, a call to the supervisor is
    /// started; if not, `FAILURE_CONF` comes back.
    ///
    /// Guide: Tables 153 and 154.
    SupervisorAssistReq = SUPERVISOR_ASSIST_REQ(118), CallControl, Client -> SupervisorAssistConf;
    fixed {
        /// Chosen by the client and returned unchanged in the answer.
        "InvokeID" invoke_id: u32;
        /// ID of the peripheral, that is the switch or ACD, in a larger Cisco system.
        "reserved" peripheral_id: u32 [reserved 1, known_as "PeripheralID"];
        /// ID of the call that the agent needs help with, or `NULL_CALL_ID` (`0xFFFFFFFF`) if it is
        /// about no call.
        "CallID" call_id: u32 [default 0xFFFF_FFFF];
        /// Kind of ID in `ConnectionDeviceID`.
        "ConnectionDeviceType" connection_device_type: ConnectionDeviceType;
    }
    floating {
        /// Connection of the agent's device to the call.
        "ConnectionDeviceID" [25] connection_device_id: Option<DeviceId<'a>> [max 64, required];
        /// Extension of the agent's phone.
        "AgentExtension" [4] agent_extension: Option<Text<'a>> [max 16];
        /// IP phone of the agent, by its number.
        "AgentInstrument" [6] agent_instrument: Option<Text<'a>> [max 64];
        /// Login of the agent in Unified CCX.
        "AgentID" [194] agent_id: Option<Text<'a>> [max 129];
    }
}

message! {
    /// Confirms `SUPERVISOR_ASSIST_REQ` and names the call to the supervisor.
    ///
    /// Guide: Tables 155 and 156.
    SupervisorAssistConf = SUPERVISOR_ASSIST_CONF(119), CallControl, Server;
    fixed {
        /// `InvokeID` of the `SUPERVISOR_ASSIST_REQ` that this answers.
        "InvokeID" invoke_id: u32;
        /// ID of the call to the supervisor.
        "CallID" call_id: u32;
        /// Kind of ID in `ConnectionDeviceID`.
        "ConnectionDeviceType" connection_device_type: ConnectionDeviceType;
        /// Line of the teleset that the call is on; `NULL_LINEHANDLE` (`0xFFFF`) if unknown.
        "reserved" line_handle: u16 [reserved 0xFFFF, known_as "LineHandle"];
        /// Kind of line the call is on.
        "reserved" line_type: u16 [reserved 0, known_as "LineType"];
    }
    floating {
        /// Connection of the device to the call to the supervisor.
        "ConnectionDeviceID" [25] connection_device_id: Option<DeviceId<'a>> [max 64, required];
    }
}

message! {
    /// A client has asked for a supervisor's help.
    ///
    /// Guide: Tables 157 and 158.
    SupervisorAssistEvent = SUPERVISOR_ASSIST_EVENT(120), CallControl, Server;
    fixed {
        /// ID of the peripheral, that is the switch or ACD, in a larger Cisco system.
        "reserved" peripheral_id: u32 [reserved 1, known_as "PeripheralID"];
        /// Call ID given by Unified CCX.
        "CallID" call_id: u32;
        /// Kind of ID in `ConnectionDeviceID`.
        "ConnectionDeviceType" connection_device_type: ConnectionDeviceType;
        /// ID of the client session involved.
        "reserved" session_id: u32 [reserved 0, known_as "SessionID"];
    }
    floating {
        /// Connection of the agent's device to the call.
        "ConnectionDeviceID" [25] connection_device_id: Option<DeviceId<'a>> [max 64, required];
        /// ID of the client that asks for help.
        "ClientID" [1] client_id: Option<Text<'a>> [max 64, required];
        /// Kind of help that is needed, in words.
        "Text" [7] text: Option<Text<'a>> [max 255];
    }
}

message! {
    /// A client has reported an emergency on a call. The 11.0(1) guide lists the number of this
    /// message without a layout.
    ///
    /// Guide: 12.5(1)SU1 edition.
    EmergencyCallEvent = EMERGENCY_CALL_EVENT(123), CallControl, Server;
    fixed {
        /// Listed by the 12.5(1)SU1 edition of the guide; the CTI Server guides have no such field
        /// in this event.
        "InvokeID" invoke_id: u32;
        /// ID of the peripheral, that is the switch or ACD, in a larger Cisco system.
        "reserved" peripheral_id: u32 [reserved 1, known_as "PeripheralID"];
        /// Call ID given by Unified CCX.
        "CallID" call_id: u32;
        /// Kind of ID in `ConnectionDeviceID`.
        "ConnectionDeviceType" connection_device_type: ConnectionDeviceType;
        /// ID of the client session involved.
        "reserved" session_id: u32 [reserved 0, known_as "SessionID"];
    }
    floating {
        /// Connection of the agent's device to the call.
        "ConnectionDeviceID" [25] connection_device_id: Option<DeviceId<'a>> [max 64, required];
        /// ID of the client that reports the emergency.
        "ClientID" [1] client_id: Option<Text<'a>> [max 64];
        /// IP address of the client, as text.
        "ClientAddress" [81] client_address: Option<Text<'a>> [max 16];
        /// Extension of the agent's phone.
        "AgentExtension" [4] agent_extension: Option<Text<'a>> [max 64, unlike];
        /// Login of the agent in Unified CCX.
        "AgentID" [194] agent_id: Option<Text<'a>> [max 129];
        /// IP phone of the agent, by its number.
        "AgentInstrument" [6] agent_instrument: Option<Text<'a>> [max 64];
    }
}

message! {
    /// Lets a supervisor monitor, join, take over or leave an agent's call. Name the call by ID and
    /// connection, or the agent by extension, instrument or login.
    ///
    /// Guide: Tables 148 and 149.
    SuperviseCallReq = SUPERVISE_CALL_REQ(124), CallControl, Client -> SuperviseCallConf where broken_rules;
    fixed {
        /// Chosen by the client and returned unchanged in the answer.
        "InvokeID" invoke_id: u32;
        /// ID of the peripheral, that is the switch or ACD, in a larger Cisco system.
        "reserved" peripheral_id: u32 [reserved 1, known_as "PeripheralID"];
        /// ID of the agent's call, normally the one at the agent's device.
        "AgentCallID" agent_call_id: u32;
        /// ID of the supervisor's call; `NULL_CALL_ID` (`0xFFFFFFFF`) when there is none.
        "SupervisorCallID" supervisor_call_id: u32 [default 0xFFFF_FFFF];
        /// Kind of ID in `AgentConnectionDeviceID`.
        "AgentConnectionDeviceType" agent_connection_device_type: ConnectionDeviceType;
        /// Kind of ID in `SupervisorConnectionDeviceID`.
        "SupervisorConnectionDeviceType" supervisor_connection_device_type: ConnectionDeviceType;
        /// Action that the supervisor requests.
        "SupervisoryAction" supervisory_action: SupervisoryAction;
    }
    floating {
        /// Connection of the agent's device to the call. Give it with `AgentCallID`, or give
        /// `AgentExtension`, `AgentInstrument` or `AgentID` instead.
        "AgentConnectionDeviceID" [90] agent_connection_device_id: Option<DeviceId<'a>> [max 64];
        /// Connection of the supervisor's device to the supervisor's call.
        "SupervisorConnectionDeviceID" [91] supervisor_connection_device_id: Option<DeviceId<'a>> [max 64];
        /// Extension of the agent's phone. One of `AgentExtension`, `AgentInstrument` and `AgentID`
        /// is needed unless `AgentCallID` and `AgentConnectionDeviceID` name the call.
        "AgentExtension" [4] agent_extension: Option<Text<'a>> [max 16];
        /// IP phone of the agent, by its number. One of `AgentExtension`, `AgentInstrument` and
        /// `AgentID` is needed unless `AgentCallID` and `AgentConnectionDeviceID` name the call.
        "AgentInstrument" [6] agent_instrument: Option<Text<'a>> [max 64];
        /// Number of the supervisor's IP phone.
        "SupervisorInstrument" [85] supervisor_instrument: Option<Text<'a>> [max 64];
        /// Login of the agent in Unified CCX. One of `AgentExtension`, `AgentInstrument` and
        /// `AgentID` is needed unless `AgentCallID` and `AgentConnectionDeviceID` name the call.
        "AgentID" [194] agent_id: Option<Text<'a>> [max 129];
    }
}

message! {
    /// Confirms `SUPERVISE_CALL_REQ`.
    ///
    /// Guide: Tables 151 and 152.
    SuperviseCallConf = SUPERVISE_CALL_CONF(125), CallControl, Server;
    fixed {
        /// `InvokeID` of the `SUPERVISE_CALL_REQ` that this answers.
        "InvokeID" invoke_id: u32;
        /// Call ID given by Unified CCX.
        "CallID" call_id: u32;
        /// Kind of ID in `ConnectionDeviceID`.
        "ConnectionDeviceType" connection_device_type: ConnectionDeviceType;
    }
    floating {
        /// Connection of the supervised agent's device to the call.
        "ConnectionDeviceID" [25] connection_device_id: Option<DeviceId<'a>> [max 64, required];
    }
}

message! {
    /// Reports poor call quality, so that the server can log details of the call for diagnosis.
    ///
    /// Guide: Tables 159 and 160.
    BadCallReq = BAD_CALL_REQ(139), CallControl, Client -> BadCallConf;
    fixed {
        /// Chosen by the client and returned unchanged in the answer.
        "InvokeID" invoke_id: u32;
        /// ID of the peripheral, that is the switch or ACD, in a larger Cisco system.
        "reserved" peripheral_id: u32 [reserved 1, known_as "PeripheralID"];
        /// Kind of ID in `ConnectionDeviceID`.
        "ConnectionDeviceType" connection_device_type: ConnectionDeviceType;
        /// ID of the call with poor quality, or `NULL_CALL_ID` (`0xFFFFFFFF`) if no call is
        /// affected.
        "CallID" call_id: u32 [default 0xFFFF_FFFF];
    }
    floating {
        /// Connection of the agent's device to the call.
        "ConnectionDeviceID" [25] connection_device_id: Option<DeviceId<'a>> [max 64, required];
        /// Login of the agent in Unified CCX.
        "AgentID" [194] agent_id: Option<Text<'a>> [max 129];
    }
}

message! {
    /// Confirms `BAD_CALL_REQ`.
    ///
    /// Guide: Table 161.
    BadCallConf = BAD_CALL_CONF(140), CallControl, Server;
    fixed {
        /// `InvokeID` of the `BAD_CALL_REQ` that this answers.
        "InvokeID" invoke_id: u32;
    }
    floating {
    }
}
