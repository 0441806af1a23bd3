//! Session messages: opening, keeping alive and closing a session.

use super::prelude::*;

group! {
    /// One peripheral, and whether it offers control of several lines. Since version 14.
    Peripheral {
        /// Peripheral to which the following `MultilineAgentControl` applies.
        "FltPeripheralID" [208] flt_peripheral_id: Option<u32> [since 14];
        /// Whether agents can be controlled on several lines; always 1 for Unified CCX.
        "MultilineAgentControl" [224] multiline_agent_control: Option<u16> [since 14];
    }
}

message! {
    /// Opens a session on a fresh TCP connection: states the protocol version, the services wanted
    /// and which events to send. `ServicesRequested` decides between agent mode and bridge mode for
    /// the whole session.
    ///
    /// Guide: Tables 12 and 13.
    OpenReq = OPEN_REQ(3), Session, Client -> OpenConf where broken_rules;
    fixed {
        /// Chosen by the client and returned unchanged in the answer.
        "InvokeID" invoke_id: u32;
        /// Protocol version that the client wants, 10 to 18; it fixes the layout of all messages of
        /// the session.
        "VersionNumber" version_number: u32;
        /// Seconds without any message after which the server drops the connection. From 20 to
        /// below 120, and at least twice the heartbeat interval; the text of the guide asks for
        /// four times.
        "IdleTimeout" idle_timeout: u32;
        /// ID of the peripheral, that is the switch or ACD, in a larger Cisco system.
        "reserved" peripheral_id: u32 [reserved 0, known_as "PeripheralID"];
        /// Services that the client wants. `CTI_SERVICE_CLIENT_EVENTS` means agent mode,
        /// `CTI_SERVICE_ALL_EVENTS` bridge mode; never both.
        "ServicesRequested" services_requested: CtiService;
        /// Call events that the client wants to receive.
        "CallMsgMask" call_msg_mask: CallEventMask;
        /// Agent states whose `AGENT_STATE_EVENT` the client wants to receive.
        "AgentStateMask" agent_state_mask: AgentStateMask;
        /// Kinds of configuration updates that the client wants to receive.
        "ConfigMsgMask" config_msg_mask: ConfigMask;
        /// Reserved.
        "reserved" reserved1: u32 [reserved 0, known_as "Reserved1"];
        /// Reserved.
        "reserved" reserved2: u32 [reserved 0, known_as "Reserved2"];
        /// Reserved.
        "reserved" reserved3: u32 [reserved 0, known_as "Reserved3"];
    }
    floating {
        /// User ID that the client logs in with. Must be present but may be empty; Unified CCX
        /// ignores it.
        "ClientID" [1] client_id: Option<Text<'a>> [max 64, required];
        /// Password of the client. Must be present but may be empty; Unified CCX ignores it.
        "ClientPassword" [2] client_password: Option<&'a [u8]> [max 64, required, secret];
        /// Free text by which the client can be recognized; others see it as `CTIClientSignature`.
        "ClientSignature" [3] client_signature: Option<Text<'a>> [max 64];
        /// Extension of the agent's phone. Agent mode only, where at least one of `AgentExtension`,
        /// `AgentInstrument` and `AgentID` is needed.
        "AgentExtension" [4] agent_extension: Option<Text<'a>> [max 16, required_when "agent mode"];
        /// IP phone of the agent, by its number. Agent mode only, where at least one of
        /// `AgentExtension`, `AgentInstrument` and `AgentID` is needed.
        "AgentInstrument" [6] agent_instrument: Option<Text<'a>> [max 64, required_when "agent mode"];
        /// Login of the agent in Unified CCX. Agent mode only, where at least one of
        /// `AgentExtension`, `AgentInstrument` and `AgentID` is needed.
        "AgentID" [194] agent_id: Option<Text<'a>> [max 129, required_when "agent mode"];
    }
}

message! {
    /// Accepts `OPEN_REQ` and tells which services were granted, which may be fewer than requested.
    ///
    /// Guide: Tables 14 and 15.
    OpenConf = OPEN_CONF(4), Session, Server;
    fixed {
        /// `InvokeID` of the `OPEN_REQ` that this answers.
        "InvokeID" invoke_id: u32;
        /// Services that the session has; may be fewer than were requested.
        "ServicesGranted" services_granted: CtiService;
        /// Number of the call or device monitor that produced the event.
        "reserved" monitor_id: u32 [reserved 0, known_as "MonitorID"];
        /// Status of the peripheral gateway.
        "reserved" pg_status: u32 [reserved 0, known_as "PGStatus"];
        /// Clock of the central controller, in seconds since 1970-01-01 UTC.
        "reserved" icm_central_controller_time: Time [reserved 0, known_as "ICMCentralControllerTime"];
        /// Whether Unified CCX is online; meaningful when client events were granted.
        "UnifiedCCXOnline" unified_ccx_online: Bool;
        /// Kind of peripheral; 21 in Unified CCX.
        "reserved" peripheral_type: u16 [reserved 0, known_as "PeripheralType"];
        /// State that the agent is in now. Agent mode only.
        "AgentState" agent_state: AgentState;
    }
    floating {
        /// Extension of the agent's phone, if the agent is logged in. Agent mode only.
        "AgentExtension" [4] agent_extension: Option<Text<'a>> [max 16, required_when "agent mode"];
        /// The agent's login, in the form that CTI Server uses.
        "reserved" [5] reserved_agent_id: Option<Text<'a>> [reserved_empty, known_as "AGENT_ID", max 12];
        /// IP phone of the agent, by its number, if the agent is logged in. Agent mode only.
        "AgentInstrument" [6] agent_instrument: Option<Text<'a>> [max 64, required_when "agent mode"];
        /// Login of the agent in Unified CCX. Agent mode only.
        "AgentID" [194] agent_id: Option<Text<'a>> [max 129, required_when "agent mode"];
        "NumPeripherals" [228] = count of peripherals "Peripherals" [since 14];
        /// The peripherals that the server speaks for.
        "Peripherals" [208 224] peripherals: Repeated<'a, Peripheral>;
        /// Kinds of configuration updates that the server will send. Since version 18, 12.5(1)SU1
        /// edition of the guide.
        "ConfigMsgMaskGranted" [248] config_msg_mask_granted: Option<ShortConfigMask> [since 18];
    }
}

message! {
    /// Keeps the session alive. Only the client starts heartbeats, at an interval of its choice up
    /// to 30 seconds.
    ///
    /// Guide: Table 16.
    HeartbeatReq = HEARTBEAT_REQ(5), Session, Client -> HeartbeatConf;
    fixed {
        /// Chosen by the client and returned unchanged in the answer.
        "InvokeID" invoke_id: u32;
    }
    floating {
    }
}

message! {
    /// Answers `HEARTBEAT_REQ` at once. After three unanswered heartbeats the client gives the
    /// session up. An offline server may send `FAILURE_CONF` instead.
    ///
    /// Guide: Table 17.
    HeartbeatConf = HEARTBEAT_CONF(6), Session, Server;
    fixed {
        /// `InvokeID` of the `HEARTBEAT_REQ` that this answers.
        "InvokeID" invoke_id: u32;
    }
    floating {
    }
}

message! {
    /// Ends the session in an orderly way. Allow up to 5 seconds for `CLOSE_CONF`, then drop the
    /// TCP connection.
    ///
    /// Guide: Table 20.
    CloseReq = CLOSE_REQ(7), Session, Client -> CloseConf;
    fixed {
        /// Chosen by the client and returned unchanged in the answer.
        "InvokeID" invoke_id: u32;
        /// Reason for closing the session.
        "Status" status: StatusCode;
    }
    floating {
    }
}

message! {
    /// Confirms that the session is closed; the client may now drop the TCP connection.
    ///
    /// Guide: Table 21.
    CloseConf = CLOSE_CONF(8), Session, Server;
    fixed {
        /// `InvokeID` of the `CLOSE_REQ` that this answers.
        "InvokeID" invoke_id: u32;
    }
    floating {
    }
}

message! {
    /// The status of the server, or of an agent's device, has changed. Sent to every client in
    /// either mode.
    ///
    /// Guide: Tables 18 and 19.
    SystemEvent = SYSTEM_EVENT(31), Session, Server where broken_rules;
    fixed {
        /// Operating state of the server. The field's description calls any value but 0 a failure,
        /// yet Table 199 gives 1024 to `CCX_IN_SERVICE`.
        "CCXStatus" ccx_status: CcxStatus;
        /// Clock of the server, in seconds since 1970-01-01 UTC.
        "CCXTime" ccx_time: Time;
        /// Kind of event.
        "SystemEventID" system_event_id: SystemEventID;
        /// First argument; its meaning depends on `SystemEventID`.
        "SystemEventArg1" system_event_arg1: u32;
        /// Second argument; its meaning depends on `SystemEventID`.
        "SystemEventArg2" system_event_arg2: u32;
        /// Third argument; its meaning depends on `SystemEventID`.
        "SystemEventArg3" system_event_arg3: u32;
        /// Kind of ID in `EventDeviceID`; `DEVID_NONE` when that is absent.
        "EventDeviceType" event_device_type: DeviceType;
    }
    floating {
        /// Words that go with `SystemEventID`.
        "Text" [7] text: Option<Text<'a>> [max 255];
        /// Device that the event is about, used for devices that go out of service or come back.
        "EventDeviceID" [206] event_device_id: Option<DeviceId<'a>> [max 64];
    }
}
