//! Miscellaneous messages: device information, snapshots and statistics.

use super::prelude::*;

group! {
    /// One device that takes part in the call, and the state of its connection.
    CallDevice<'a> {
        /// Call ID of this connection.
        "CallConnectionCallID" [56] call_connection_call_id: Option<u32>;
        /// Kind of ID in `CallConnectionDeviceID`.
        "CallConnectionDeviceType" [57] call_connection_device_type: Option<ConnectionDeviceType>;
        /// The connection's device ID.
        "CallConnectionDeviceID" [58] call_connection_device_id: Option<DeviceId<'a>> [max 64];
        /// Kind of ID in `CallDeviceID`.
        "CallDeviceType" [59] call_device_type: Option<DeviceType>;
        /// Device that takes part in the call.
        "CallDeviceID" [60] call_device_id: Option<DeviceId<'a>> [max 64];
        /// State of this connection at the local end.
        "CallDeviceConnectionState" [61] call_device_connection_state: Option<LocalConnectionState>;
    }
}

group! {
    /// One call at the device, and its state.
    Call<'a> {
        /// ID of this call.
        "CallConnectionCallID" [56] call_connection_call_id: Option<u32>;
        /// Kind of ID in `CallConnectionDeviceID`.
        "CallConnectionDeviceType" [57] call_connection_device_type: Option<ConnectionDeviceType>;
        /// The connection's device ID.
        "CallConnectionDeviceID" [58] call_connection_device_id: Option<DeviceId<'a>> [max 64];
        /// State of this call at the device.
        "CallDeviceConnectionState" [61] call_device_connection_state: Option<LocalConnectionState>;
    }
}

message! {
    /// Asks for the capabilities of a device.
    ///
    /// Guide: Tables 170 and 171.
    QueryDeviceInfoReq = QUERY_DEVICE_INFO_REQ(78), Miscellaneous, Client -> QueryDeviceInfoConf;
    fixed {
        /// Chosen by the client and returned unchanged in the answer.
        "InvokeID" invoke_id: u32;
        /// ID of the peripheral, that is the switch or ACD, in a larger Cisco system.
        "reserved" peripheral_id: u32 [reserved 1, known_as "PeripheralID"];
        /// Reserved.
        "reserved" reserved: u16 [reserved 0, known_as "Reserved"];
    }
    floating {
        /// Number of the phone to ask about.
        "AgentInstrument" [6] agent_instrument: Option<Text<'a>> [max 64, required];
    }
}

message! {
    /// Answers `QUERY_DEVICE_INFO_REQ` with the call limits of the device.
    ///
    /// Guide: Tables 172 and 173.
    QueryDeviceInfoConf = QUERY_DEVICE_INFO_CONF(79), Miscellaneous, Server;
    fixed {
        /// `InvokeID` of the `QUERY_DEVICE_INFO_REQ` that this answers.
        "InvokeID" invoke_id: u32;
        /// Kind of peripheral; 21 in Unified CCX.
        "reserved" peripheral_type: u16 [reserved 21, known_as "PeripheralType"];
        /// Kind of device.
        "reserved" type_of_device: u16 [reserved 0xFFFF, known_as "TypeOfDevice"];
        /// Classes that the device belongs to.
        "reserved" class_of_device: u16 [reserved 0xFFFF, known_as "ClassOfDevice"];
        /// Number of lines of the device.
        "reserved" num_lines: u16 [reserved 0, known_as "NumLines"];
        /// Reserved.
        "reserved" reserved: u16 [reserved 0, known_as "Reserved"];
        /// Number of calls that can be active at the device at once.
        "MaxActiveCalls" max_active_calls: u16;
        /// Number of calls that the device can hold at once; `0xFFFF` if not known.
        "MaxHeldCalls" max_held_calls: u16;
        /// Number of devices that a conference at the device can have; `0xFFFF` if not known.
        "MaxDevicesInConference" max_devices_in_conference: u16;
        /// Agent states in which `MAKE_CALL_REQ` is allowed, as bits of `AgentStateMask`.
        "MakeCallSetup" make_call_setup: AgentStateMask;
        /// Ways in which the device can set up transfers and conferences.
        "reserved" transfer_conference_setup: u32 [reserved 0, known_as "TransferConferenceSetup"];
        /// Call events that the device can produce.
        "reserved" call_events_supported: u32 [reserved 0, known_as "CallEventsSupported"];
        /// Call control requests that the device supports.
        "reserved" call_control_supported: u32 [reserved 0, known_as "CallControlSupported"];
        /// Further features of the device.
        "reserved" other_features_supported: u32 [reserved 0, known_as "OtherFeaturesSupported"];
    }
    floating {
        /// Line of the teleset; `NULL_LINEHANDLE` (`0xFFFF`) if unknown.
        "reserved" [70] line_handle: Option<u16> [reserved 0xFFFF, known_as "LINE_HANDLE"];
        /// Kind of line.
        "reserved" [71] line_type: Option<u16> [reserved 3, known_as "LINE_TYPE"];
    }
}

message! {
    /// Asks which devices take part in a call, and in what state.
    ///
    /// Guide: Tables 176 and 177.
    SnapshotCallReq = SNAPSHOT_CALL_REQ(82), Miscellaneous, Client -> SnapshotCallConf;
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
    }
}

message! {
    /// Answers `SNAPSHOT_CALL_REQ` with the call data and up to 16 devices.
    ///
    /// Guide: Tables 178 and 179.
    SnapshotCallConf = SNAPSHOT_CALL_CONF(83), Miscellaneous, Server;
    fixed {
        /// `InvokeID` of the `SNAPSHOT_CALL_REQ` that this answers.
        "InvokeID" invoke_id: u32;
        /// Kind of call; the guide says that it is always 0.
        "CallType" call_type: CallType;
        /// Number of clients associated with the call.
        "reserved" num_cti_clients: u16 [reserved 0, known_as "NumCTIClients"];
        "NumCallDevices" = count of call_devices "CallDevices";
        "NumNamedVariables" = count of named_variables "NamedVariables";
        "NumNamedArrays" = count of named_arrays "NamedArrays";
        /// Disposition of the called party.
        "reserved" called_party_disposition: u16 [reserved 0, known_as "CalledPartyDisposition"];
        /// From version 11 on.
        "reserved" reserved: i32 [reserved 0, known_as "Reserved", since 11];
    }
    floating {
        /// Number of the caller.
        "ANI" [8] ani: Option<DeviceId<'a>> [max 40];
        /// Number that the network delivered for the call; after a transfer it can differ from the
        /// dialed number.
        "DNIS" [10] dnis: Option<DeviceId<'a>> [max 32];
        /// Number that was dialed.
        "DialedNumber" [11] dialed_number: Option<DeviceId<'a>> [max 40];
        /// Digits that the caller entered when prompted.
        "CallerEnteredDigits" [12] caller_entered_digits: Option<Text<'a>> [max 40];
        /// Day part of the router's call key.
        "reserved" [72] router_call_key_day: Option<u32> [reserved 0, known_as "ROUTER_CALL_KEY_DAY", required];
        /// Call part of the router's call key.
        "reserved" [73] router_call_key_callid: Option<u32> [reserved 0, known_as "ROUTER_CALL_KEY_CALLID", required];
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
        /// The devices of the call.
        "CallDevices" [56 57 58 59 60 61] call_devices: Repeated<'a, CallDevice<'a>> [max_count 16];
    }
}

message! {
    /// Asks which calls a device takes part in, and in what state.
    ///
    /// Guide: Tables 180 and 181.
    SnapshotDeviceReq = SNAPSHOT_DEVICE_REQ(84), Miscellaneous, Client -> SnapshotDeviceConf;
    fixed {
        /// Chosen by the client and returned unchanged in the answer.
        "InvokeID" invoke_id: u32;
        /// ID of the peripheral, that is the switch or ACD, in a larger Cisco system.
        "reserved" peripheral_id: u32 [reserved 1, known_as "PeripheralID"];
        /// Kind of device in `AgentInstrument`, for devices other than agent phones.
        "SnapshotDeviceType" snapshot_device_type: DeviceType;
    }
    floating {
        /// Number of an agent's IP phone or of any other device.
        "AgentInstrument" [6] agent_instrument: Option<Text<'a>> [max 64, required];
    }
}

message! {
    /// Answers `SNAPSHOT_DEVICE_REQ` with up to 16 calls.
    ///
    /// Guide: Tables 182 and 183.
    SnapshotDeviceConf = SNAPSHOT_DEVICE_CONF(85), Miscellaneous, Server;
    fixed {
        /// `InvokeID` of the `SNAPSHOT_DEVICE_REQ` that this answers.
        "InvokeID" invoke_id: u32;
        "NumCalls" = count of calls "Calls";
    }
    floating {
        /// The calls of the device.
        "Calls" [56 57 58 61] calls: Repeated<'a, Call<'a>> [max_count 16];
    }
}

message! {
    /// Asks for the statistics of one CSQ. Do not poll often: once after each handled call is
    /// enough.
    ///
    /// Guide: Tables 162 and 163.
    QueryQueueStatisticsReq = QUERY_QUEUE_STATISTICS_REQ(223), Miscellaneous, Client -> QueryQueueStatisticsConf;
    fixed {
        /// Chosen by the client and returned unchanged in the answer.
        "InvokeID" invoke_id: u32;
    }
    floating {
        /// CSQ to report on.
        "CSQID" [62] csq_id: Option<u32>;
    }
}

message! {
    /// Answers `QUERY_QUEUE_STATISTICS_REQ`. Calls enter the daily counts once their after-call
    /// work is finished.
    ///
    /// Guide: Tables 164 and 165.
    QueryQueueStatisticsConf = QUERY_QUEUE_STATISTICS_CONF(224), Miscellaneous, Server;
    fixed {
        /// `InvokeID` of the `QUERY_QUEUE_STATISTICS_REQ` that this answers.
        "InvokeID" invoke_id: u32;
        /// Agents of the CSQ who are logged in now.
        "LoggedInAgents" logged_in_agents: u16;
        /// Agents of the CSQ who are talking now.
        "InSessionAgents" in_session_agents: u16;
        /// Agents of the CSQ who are ready now.
        "AvailableAgents" available_agents: u16;
        /// Agents of the CSQ who are not ready now.
        "UnAvailableAgents" unavailable_agents: u16;
        /// Agents of the CSQ who are in after-call work now.
        "InWorkAgents" in_work_agents: u16;
        /// Agents of the CSQ who are reserved now.
        "SelectedAgents" selected_agents: u16;
        /// Calls of the CSQ waiting at priority 1 now.
        "CallsInPriorityQueue1" calls_in_priority_queue1: u32;
        /// Calls of the CSQ waiting at priority 2 now.
        "CallsInPriorityQueue2" calls_in_priority_queue2: u32;
        /// Calls of the CSQ waiting at priority 3 now.
        "CallsInPriorityQueue3" calls_in_priority_queue3: u32;
        /// Calls of the CSQ waiting at priority 4 now.
        "CallsInPriorityQueue4" calls_in_priority_queue4: u32;
        /// Calls of the CSQ waiting at priority 5 now.
        "CallsInPriorityQueue5" calls_in_priority_queue5: u32;
        /// Calls of the CSQ waiting at priority 6 now.
        "CallsInPriorityQueue6" calls_in_priority_queue6: u32;
        /// Calls of the CSQ waiting at priority 7 now.
        "CallsInPriorityQueue7" calls_in_priority_queue7: u32;
        /// Calls of the CSQ waiting at priority 8 now.
        "CallsInPriorityQueue8" calls_in_priority_queue8: u32;
        /// Calls of the CSQ waiting at priority 9 now.
        "CallsInPriorityQueue9" calls_in_priority_queue9: u32;
        /// Calls of the CSQ waiting at priority 10 now.
        "CallsInPriorityQueue10" calls_in_priority_queue10: u32;
        /// Start of the period that the daily counts cover, in seconds since 1970-01-01 UTC.
        "StartTime" start_time: Time;
        /// End of the period that the daily counts cover, in seconds since 1970-01-01 UTC.
        "EndTime" end_time: Time;
        /// Calls of the day that came to the CSQ.
        "TotalCalls" total_calls: u32;
        /// Time that the longest waiting call has been in queue. The guide states no unit.
        "OldestCallInQueue" oldest_call_in_queue: u32;
        /// Calls of the day that agents of the CSQ handled.
        "HandledCallsToday" handled_calls_today: u32;
        /// Calls of the CSQ whose callers gave up before reaching an agent.
        "CallsAbandoned" calls_abandoned: u32;
        /// Calls taken out of the queue of the CSQ.
        "CallsDequeued" calls_dequeued: u32;
        /// Average talk time of the calls of the CSQ. The guide states no unit.
        "AverageTalkDuration" average_talk_duration: u32;
        /// Average wait before reaching an agent. The guide states no unit.
        "AverageWaitDuration" average_wait_duration: u32;
        /// Longest talk time of a call of the CSQ. The guide states no unit.
        "LongestTalkDuration" longest_talk_duration: u32;
        /// Longest wait before reaching an agent. The guide states no unit.
        "LongestWaitDuration" longest_wait_duration: u32;
    }
    floating {
        /// CSQ that the statistics are about.
        "CSQID" [62] csq_id: Option<u32>;
    }
}

message! {
    /// Asks for statistics of the whole system. Do not poll often.
    ///
    /// Guide: Table 174.
    QuerySummaryStatisticsReq = QUERY_SUMMARY_STATISTICS_REQ(225), Miscellaneous, Client -> QuerySummaryStatisticsConf;
    fixed {
        /// Chosen by the client and returned unchanged in the answer.
        "InvokeID" invoke_id: u32;
    }
    floating {
    }
}

message! {
    /// Answers `QUERY_SUMMARY_STATISTICS_REQ`. Calls enter the daily counts once their after-call
    /// work is finished.
    ///
    /// Guide: Table 175.
    QuerySummaryStatisticsConf = QUERY_SUMMARY_STATISTICS_CONF(226), Miscellaneous, Server;
    fixed {
        /// `InvokeID` of the `QUERY_SUMMARY_STATISTICS_REQ` that this answers.
        "InvokeID" invoke_id: u32;
        /// Number of CSQs configured.
        "NumQueues" num_queues: u16;
        /// Agents logged in now.
        "LoggedInAgents" logged_in_agents: u16;
        /// Agents talking now.
        "InSessionAgents" in_session_agents: u16;
        /// Agents ready now.
        "AvailableAgents" available_agents: u16;
        /// Agents not ready now.
        "UnAvailableAgents" unavailable_agents: u16;
        /// Agents in after-call work now.
        "InWorkAgents" in_work_agents: u16;
        /// Agents reserved now.
        "SelectedAgents" selected_agents: u16;
        /// Calls waiting at priority 1 in all CSQs now.
        "CallsInPriorityQueue1" calls_in_priority_queue1: u32;
        /// Calls waiting at priority 2 in all CSQs now.
        "CallsInPriorityQueue2" calls_in_priority_queue2: u32;
        /// Calls waiting at priority 3 in all CSQs now.
        "CallsInPriorityQueue3" calls_in_priority_queue3: u32;
        /// Calls waiting at priority 4 in all CSQs now.
        "CallsInPriorityQueue4" calls_in_priority_queue4: u32;
        /// Calls waiting at priority 5 in all CSQs now.
        "CallsInPriorityQueue5" calls_in_priority_queue5: u32;
        /// Calls waiting at priority 6 in all CSQs now.
        "CallsInPriorityQueue6" calls_in_priority_queue6: u32;
        /// Calls waiting at priority 7 in all CSQs now.
        "CallsInPriorityQueue7" calls_in_priority_queue7: u32;
        /// Calls waiting at priority 8 in all CSQs now.
        "CallsInPriorityQueue8" calls_in_priority_queue8: u32;
        /// Calls waiting at priority 9 in all CSQs now.
        "CallsInPriorityQueue9" calls_in_priority_queue9: u32;
        /// Calls waiting at priority 10 in all CSQs now.
        "CallsInPriorityQueue10" calls_in_priority_queue10: u32;
        /// Start of the period that the daily counts cover, in seconds since 1970-01-01 UTC.
        "StartTime" start_time: Time;
        /// End of the period that the daily counts cover, in seconds since 1970-01-01 UTC.
        "EndTime" end_time: Time;
        /// Calls of the day.
        "TotalCalls" total_calls: u32;
        /// Time that the longest waiting call has been in queue. The guide states no unit.
        "OldestCallInQueue" oldest_call_in_queue: u32;
        /// Calls of the day that agents handled.
        "HandledCallsToday" handled_calls_today: u32;
        /// Calls whose callers gave up before reaching an agent.
        "CallsAbandoned" calls_abandoned: u32;
        /// Average talk time. The guide states no unit.
        "AverageTalkDuration" average_talk_duration: u32;
        /// Average wait before reaching an agent. The guide states no unit.
        "AverageWaitDuration" average_wait_duration: u32;
        /// Longest talk time. The guide states no unit.
        "LongestTalkDuration" longest_talk_duration: u32;
        /// Longest wait before reaching an agent. The guide states no unit.
        "LongestWaitDuration" longest_wait_duration: u32;
    }
    floating {
    }
}

message! {
    /// Asks for the queue situation over all CSQs of an agent. Do not poll often: once after each
    /// handled call is enough.
    ///
    /// Guide: Tables 166 and 167.
    QueryAgentQueueStatisticsReq = QUERY_AGENT_QUEUE_STATISTICS_REQ(239), Miscellaneous, Client -> QueryAgentQueueStatisticsConf;
    fixed {
        /// Chosen by the client and returned unchanged in the answer.
        "InvokeID" invoke_id: u32;
    }
    floating {
        /// Login of the agent whose CSQs are reported on.
        "AgentID" [194] agent_id: Option<Text<'a>> [max 129, required];
    }
}

message! {
    /// Answers `QUERY_AGENT_QUEUE_STATISTICS_REQ`.
    ///
    /// Guide: Tables 168 and 169.
    QueryAgentQueueStatisticsConf = QUERY_AGENT_QUEUE_STATISTICS_CONF(240), Miscellaneous, Server;
    fixed {
        /// `InvokeID` of the `QUERY_AGENT_QUEUE_STATISTICS_REQ` that this answers.
        "InvokeID" invoke_id: u32;
        /// Calls waiting in all CSQs of the agent together.
        "CallsInQueue" calls_in_queue: u32;
        /// Time that the longest waiting call of any of the agent's CSQs has been in queue. The
        /// guide states no unit.
        "OldestCallInQueue" oldest_call_in_queue: u32;
    }
    floating {
        /// Login of the agent whose CSQs are reported on.
        "AgentID" [194] agent_id: Option<Text<'a>> [max 129, required];
    }
}
