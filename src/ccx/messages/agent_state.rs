//! Agent-state messages.

use super::prelude::*;

group! {
    /// The agent's state in one CSQ.
    AgentStateCsq {
        /// CSQ that the change concerns. The fixed field counts when `NumCSQs` is 0; otherwise each
        /// record names one, and the agent is `BUSY_OTHER` in all other CSQs.
        "CSQID" [62] csq_id: Option<u32>;
        /// Skill group ID assigned by a larger Cisco system.
        "reserved" [63] skill_group_id: Option<u32> [reserved 0xFFFF_FFFF, known_as "SKILL_GROUP_ID"];
        /// Priority of the skill group; 0 if it does not apply.
        "reserved" [64] skill_group_priority: Option<u16> [reserved 0, known_as "SKILL_GROUP_PRIORITY"];
        /// State of the agent with respect to the CSQ. The fixed field is 0 if the event is about
        /// the agent as a whole.
        "CSQState" [65] csq_state: Option<AgentState>;
    }
}

group! {
    /// The agent's state in one CSQ.
    QueryAgentStateCsq {
        /// CSQ of this record; if one is given, the agent is `BUSY_OTHER` in all CSQs that are not.
        "CSQID" [62] csq_id: Option<u32>;
        /// Skill group ID assigned by a larger Cisco system.
        "reserved" [63] skill_group_id: Option<u32> [reserved 0, known_as "SKILL_GROUP_ID"];
        /// Priority of the skill group; 0 if it does not apply.
        "reserved" [64] skill_group_priority: Option<u16> [reserved 0, known_as "SKILL_GROUP_PRIORITY"];
        /// State of the agent with respect to the CSQ of this record.
        "CSQState" [65] csq_state: Option<AgentState>;
    }
}

message! {
    /// The state of an agent has changed. With `NumCSQs` of 0 the fixed part carries the only
    /// record; otherwise one record per CSQ follows, and more than 99 records need another event.
    ///
    /// Guide: Tables 56 and 57.
    AgentStateEvent = AGENT_STATE_EVENT(30), AgentState, Server;
    fixed {
        /// Number of the call or device monitor that produced the event.
        "reserved" monitor_id: u32 [reserved 0, known_as "MonitorID"];
        /// ID of the peripheral, that is the switch or ACD, in a larger Cisco system.
        "reserved" peripheral_id: u32 [reserved 1, known_as "PeripheralID"];
        /// ID of the client session involved.
        "reserved" session_id: u32 [reserved 0, known_as "SessionID"];
        /// Kind of peripheral; 21 in Unified CCX.
        "reserved" peripheral_type: u16 [reserved 21, known_as "PeripheralType"];
        /// State of the agent with respect to the CSQ. The fixed field is 0 if the event is about
        /// the agent as a whole.
        "CSQState" csq_state: AgentState;
        /// Seconds since the agent entered the state; typically 0.
        "StateDuration" state_duration: u32;
        /// CSQ that the change concerns. The fixed field counts when `NumCSQs` is 0; otherwise each
        /// record names one, and the agent is `BUSY_OTHER` in all other CSQs.
        "CSQID" csq_id: u32;
        /// Skill group ID assigned by a larger Cisco system.
        "reserved" skill_group_id: u32 [reserved 0xFFFF_FFFF, known_as "SkillGroupID"];
        /// Priority of the skill group; 0 if it does not apply.
        "reserved" skill_group_priority: u16 [reserved 0, known_as "SkillGroupPriority"];
        /// State that the agent is in now.
        "AgentState" agent_state: AgentState;
        /// Reason for the change of state.
        "EventReasonCode" event_reason_code: AgentStateReasonCode;
        /// ID of the media routing domain.
        "reserved" mrd_id: i32 [reserved 1, known_as "MRDID"];
        /// Number of tasks that the agent has.
        "reserved" num_tasks: u32 [reserved 0, known_as "NumTasks"];
        /// Whether the agent is in routable mode.
        "reserved" agent_mode: u16 [reserved 0, known_as "AgentMode"];
        /// Most tasks that the agent may have at once.
        "reserved" max_task_limit: u32 [reserved 0, known_as "MaxTaskLimit"];
        /// Skill target ID of the agent.
        "reserved" icm_agent_id: i32 [reserved 0, known_as "ICMAgentID"];
        /// Whether the agent is available for a task.
        "reserved" agent_availability_status: i32 [reserved 1, known_as "AgentAvailabilityStatus"];
        "NumCSQs" = count of csqs "CSQs";
    }
    floating {
        /// Signature of the client that the agent uses.
        "CTIClientSignature" [23] cti_client_signature: Option<Text<'a>> [max 64];
        /// The agent's login, in the form that CTI Server uses.
        "reserved" [5] reserved_agent_id: Option<Text<'a>> [reserved_empty, known_as "AGENT_ID", max 12];
        /// Extension of the agent's phone.
        "AgentExtension" [4] agent_extension: Option<Text<'a>> [max 16];
        /// IP phone of the agent, by its number.
        "AgentInstrument" [6] agent_instrument: Option<Text<'a>> [max 64];
        /// Login of the agent in Unified CCX.
        "AgentID" [194] agent_id: Option<Text<'a>> [max 129];
        /// Seconds that the agent is expected to stay in the state, for example until after-call
        /// work ends.
        "Duration" [150] duration: Option<u32>;
        /// State that will follow, if known.
        "NextAgentState" [123] next_agent_state: Option<AgentState>;
        /// The CSQs.
        "CSQs" [62 63 64 65] csqs: Repeated<'a, AgentStateCsq> [max_count 99];
        /// Terminal that the agent uses. Since version 18, 12.5(1)SU1 edition of the guide.
        "ActiveTerminal" [303] active_terminal: Option<Text<'a>> [since 18, max 64];
    }
}

message! {
    /// Asks for the current state of an agent. Needs at least one of `AgentExtension`,
    /// `AgentInstrument` and `AgentID`.
    ///
    /// Guide: Tables 58 and 59.
    QueryAgentStateReq = QUERY_AGENT_STATE_REQ(36), AgentState, Client -> QueryAgentStateConf where broken_rules;
    fixed {
        /// Chosen by the client and returned unchanged in the answer.
        "InvokeID" invoke_id: u32;
        /// ID of the peripheral, that is the switch or ACD, in a larger Cisco system.
        "reserved" peripheral_id: u32 [reserved 1, known_as "PeripheralID"];
        /// ID of the media routing domain.
        "reserved" mrd_id: i32 [reserved 1, known_as "MRDID"];
        /// Skill target ID of the agent.
        "reserved" icm_agent_id: i32 [reserved 0, known_as "ICMAgentID"];
    }
    floating {
        /// Extension of the agent's phone. One of `AgentExtension`, `AgentInstrument` and `AgentID`
        /// is needed.
        "AgentExtension" [4] agent_extension: Option<Text<'a>> [max 16];
        /// IP phone of the agent, by its number. One of `AgentExtension`, `AgentInstrument` and
        /// `AgentID` is needed.
        "AgentInstrument" [6] agent_instrument: Option<Text<'a>> [max 64];
        /// Login of the agent in Unified CCX. One of `AgentExtension`, `AgentInstrument` and
        /// `AgentID` is needed.
        "AgentID" [194] agent_id: Option<Text<'a>> [max 129];
    }
}

message! {
    /// Answers `QUERY_AGENT_STATE_REQ` with the agent's state, overall and in each CSQ.
    ///
    /// Guide: Tables 60 and 61.
    QueryAgentStateConf = QUERY_AGENT_STATE_CONF(37), AgentState, Server;
    fixed {
        /// `InvokeID` of the `QUERY_AGENT_STATE_REQ` that this answers.
        "InvokeID" invoke_id: u32;
        /// State that the agent is in now.
        "AgentState" agent_state: AgentState;
        "NumCSQs" = count of csqs "CSQs";
        /// ID of the media routing domain.
        "reserved" mrd_id: i32 [reserved 1, known_as "MRDID"];
        /// Number of tasks that the agent has.
        "reserved" num_tasks: u32 [reserved 0, known_as "NumTasks"];
        /// Whether the agent is in routable mode.
        "reserved" agent_mode: u16 [reserved 0, known_as "AgentMode"];
        /// Most tasks that the agent may have at once.
        "reserved" max_task_limit: u32 [reserved 0, known_as "MaxTaskLimit"];
        /// Skill target ID of the agent.
        "reserved" icm_agent_id: u32 [reserved 0, known_as "ICMAgentID"];
        /// Whether the agent is available for a task.
        "reserved" agent_availability_status: u32 [reserved 1, known_as "AgentAvailabilityStatus"];
    }
    floating {
        /// The agent's login, in the form that CTI Server uses.
        "reserved" [5] reserved_agent_id: Option<Text<'a>> [reserved_empty, known_as "AGENT_ID", max 12];
        /// Extension of the agent's phone, if the agent is logged in.
        "AgentExtension" [4] agent_extension: Option<Text<'a>> [max 16];
        /// IP phone of the agent, by its number, if the agent is logged in.
        "AgentInstrument" [6] agent_instrument: Option<Text<'a>> [max 64];
        /// Login of the agent in Unified CCX.
        "AgentID" [194] agent_id: Option<Text<'a>> [max 129];
        /// The CSQs.
        "CSQs" [62 63 64 65] csqs: Repeated<'a, QueryAgentStateCsq> [max_count 20];
    }
}

message! {
    /// Asks for another agent state, including login and logout. The server may be unable to
    /// comply; watch `AGENT_STATE_EVENT` for the real state.
    ///
    /// Guide: Tables 62 and 63.
    SetAgentStateReq = SET_AGENT_STATE_REQ(38), AgentState, Client -> SetAgentStateConf where broken_rules;
    fixed {
        /// Chosen by the client and returned unchanged in the answer.
        "InvokeID" invoke_id: u32;
        /// ID of the peripheral, that is the switch or ACD, in a larger Cisco system.
        "reserved" peripheral_id: u32 [reserved 1, known_as "PeripheralID"];
        /// State that the agent should take; `AGENT_STATE_LOGIN` and `AGENT_STATE_LOGOUT` log in
        /// and out.
        "AgentState" agent_state: AgentState;
        /// Work mode wanted for the agent.
        "reserved" agent_work_mode: u16 [reserved 0, known_as "AgentWorkMode"];
        /// Number of skill groups that follow.
        "reserved" num_skill_groups: u16 [reserved 0, known_as "NumSkillGroups"];
        /// Reason for the change of state.
        "EventReasonCode" event_reason_code: AgentStateReasonCode;
        /// Forces a login or logout in any state. `AuthenticateOnly` (version 12) goes with
        /// `AGENT_STATE_LOGIN` and checks the password without changing the state.
        "ForcedFlag" forced_flag: ForcedFlag;
        /// Capabilities of the agent's client, such as outbound calls.
        "AgentCapacity" agent_capacity: AgentCapacity [since 12];
    }
    floating {
        /// IP phone of the agent, by its number; `unknown` when only the password is to be checked.
        "AgentInstrument" [6] agent_instrument: Option<Text<'a>> [max 64, required];
        /// Password of the agent; required with `AGENT_STATE_LOGIN`.
        "AgentPassword" [49] agent_password: Option<Text<'a>> [max 64, secret];
        /// Login of the agent in Unified CCX; required to log in or out.
        "AgentID" [194] agent_id: Option<Text<'a>> [max 129];
        /// Terminal that the agent uses. Since version 18, 12.5(1)SU1 edition of the guide.
        "ActiveTerminal" [303] active_terminal: Option<Text<'a>> [since 18, max 64];
    }
}

message! {
    /// Confirms `SET_AGENT_STATE_REQ`.
    ///
    /// Guide: Table 64.
    SetAgentStateConf = SET_AGENT_STATE_CONF(39), AgentState, Server;
    fixed {
        /// `InvokeID` of the `SET_AGENT_STATE_REQ` that this answers.
        "InvokeID" invoke_id: u32;
    }
    floating {
    }
}
