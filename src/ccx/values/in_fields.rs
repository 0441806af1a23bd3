//! Values that the guide gives within the description of a field.

codes! {
    /// Whether a configuration block is the first upload. Guide: `ConfigType` of
    /// `CONFIG_BEGIN_EVENT`, Table 37.
    ConfigType: u16 = none {
        /// Initial configuration.
        INITIAL = 1 "Initial";
        /// Later change.
        UPDATE = 2 "Update";
    }
}

codes! {
    /// The kind of change to a configuration record. Guide: `RecordType` of the configuration
    /// events, such as Table 43.
    RecordType: u16 = none {
        /// New.
        ADD = 0 "Add";
        /// Changed.
        CHANGE = 1 "Change";
        /// Gone.
        DELETE = 2 "Delete";
    }
}

codes! {
    /// The kind of change to a team. Guide: `Operation` of `TEAM_CONFIG_EVENT`, Table 51.
    TeamOperation: u16 = none {
        /// New team.
        ADD_TEAM = 1 "AddTeam";
        /// The team is gone, along with everything about it; the message has no floating part.
        REMOVE_TEAM = 2 "RemoveTeam";
        /// New name, or members or supervisors that came or went.
        CHANGE_TEAM = 3 "ChangeTeam";
    }
}

mask! {
    /// Role of a team member, as bits; 0 for an ordinary agent. Guide: `AgentFlags` of
    /// `TEAM_CONFIG_EVENT`, Table 52.
    AgentFlags: u16 = none {
        /// Primary supervisor of the team.
        PRIMARY_SUPERVISOR = 0x1 "PrimarySupervisor";
        /// In the team for a time only.
        TEMPORARY_AGENT = 0x2 "TemporaryAgent";
        /// Supervisor.
        SUPERVISOR = 0x4 "Supervisor";
    }
}

codes! {
    /// Kind of team member. Guide: `MemberType` of `TEAM_CONFIG_EVENT`, Table 52.
    MemberType: u16 = none {
        /// An agent or a supervisor.
        AGENT_OR_SUPERVISOR = 1 "AgentOrSupervisor";
        /// A CSQ.
        CSQ = 2 "Csq";
    }
}

codes! {
    /// Kind of agent. Guide: `AgentType` of `CONFIG_AGENT_EVENT`, Table 47.
    AgentType: u16 = none {
        /// Ordinary agent.
        AGENT = 1 "Agent";
        /// Supervisor.
        SUPERVISOR = 2 "Supervisor";
    }
}

codes! {
    /// The treatment of a login or logout. Guide: `ForcedFlag` of `SET_AGENT_STATE_REQ`, Table 62.
    ForcedFlag: u8 = none, default FALSE {
        /// Only if the present state allows it.
        FALSE = 0 "False";
        /// In any state; a forced login also logs out the previous user of the extension.
        TRUE = 1 "True";
        /// Check the password and leave the state alone; with `AGENT_STATE_LOGIN` only. Since
        /// version 12.
        AUTHENTICATE_ONLY = 2 "AuthenticateOnly";
    }
}

mask! {
    /// Capabilities of the agent's client, as bits. Since version 12. Guide: `AgentCapacity` of
    /// `SET_AGENT_STATE_REQ`, Table 62.
    AgentCapacity: u32 = none {
        /// Calls of outbound campaigns.
        OUTBOUND_ENABLED = 0x1 "OutboundEnabled";
    }
}

codes! {
    /// The extent of team configuration to send. Guide: `ConfigParam` of `TEAM_CONFIG_REQ`, Table
    /// 53.
    ConfigParam: u16 = none {
        /// All teams now.
        INITIAL = 1 "Initial";
        /// Later changes only.
        UPDATES_ONLY = 2 "UpdatesOnly";
    }
}

codes! {
    /// Outcome of `TEAM_CONFIG_REQ`. Guide: `Status` of `TEAM_CONFIG_CONF`, Table 54.
    TeamConfigStatus: u32 = none {
        /// Accepted.
        SUCCESS = 0 "Success";
        /// Unified CCX failed internally.
        INTERNAL_ERROR = 1 "InternalError";
    }
}

codes! {
    /// The direction of a media stream. Guide: `Direction` of `RTP_STARTED_EVENT` and
    /// `RTP_STOPPED_EVENT`, Tables 99 and 101.
    RtpDirection: u16 = none {
        /// To the phone, which listens.
        INPUT = 0 "Input";
        /// From the phone, which sends.
        OUTPUT = 1 "Output";
        /// Both ways.
        BI_DIRECTIONAL = 2 "BiDirectional";
    }
}

codes! {
    /// Kind of media. Guide: `RTPType` of `RTP_STARTED_EVENT`, Table 99.
    RtpType: u16 = none {
        /// Audio.
        AUDIO = 0 "Audio";
        /// Video.
        VIDEO = 1 "Video";
        /// Data.
        DATA = 2 "Data";
    }
}

codes! {
    /// Bit rate of a G.723 payload. Guide: `BitRate` of `RTP_STARTED_EVENT`, Table 99.
    RtpBitRate: u32 = none {
        /// 5.3 kbit/s.
        R5_3 = 1 "R5_3";
        /// 6.4 kbit/s, by its name; G.723.1 itself has 6.3.
        R6_4 = 2 "R6_4";
    }
}

codes! {
    /// Whether echo cancellation is on. Guide: `EchoCancellation` of `RTP_STARTED_EVENT`, Table 99.
    EchoCancellation: u16 = none {
        /// Off.
        OFF = 0 "Off";
        /// On.
        ON = 1 "On";
    }
}

codes! {
    /// Purpose of a consultation call. Guide: `ConsultType` of `CONSULT_CALL_REQ`, Table 121.
    ConsultType: u16 = none, default UNSPECIFIED {
        /// Not stated.
        UNSPECIFIED = 0 "Unspecified";
        /// To transfer the call afterwards.
        TRANSFER = 1 "Transfer";
        /// To make a conference afterwards.
        CONFERENCE = 2 "Conference";
    }
}

codes! {
    /// Kind of contacts that a CSQ handles. Guide: `MRDomainID` of `CONFIG_CSQ_EVENT`, Table 43.
    MediaRoutingDomain: u32 = none {
        /// Calls.
        VOICE = 0 "Voice";
        /// Email; Unified CCX 7.0(1) and later.
        EMAIL = 1 "Email";
    }
}

codes! {
    /// Kind of line that a call is on, in fields that the 11.0(1) guide reserves. Guide: 12.5(1)SU1
    /// edition of the guide.
    LineType: u16 = none, default BUSINESS {
        /// A line for contact center calls.
        BUSINESS = 3 "BUSINESS";
        /// Another line of the agent.
        NON_BUSINESS = 10 "NON_BUSINESS";
    }
}
