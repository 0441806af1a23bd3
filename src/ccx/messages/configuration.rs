//! Configuration messages: applications, CSQs, agents, devices and teams.

use super::prelude::*;

group! {
    /// One application that was added, changed or deleted.
    ApplicationRecord<'a> {
        /// Whether the record is added, changed or deleted.
        "RecordType" [183] record_type: Option<RecordType>;
        /// ID of the peripheral, that is the switch or ACD, in a larger Cisco system. From version
        /// 11 on.
        "reserved" [208] peripheral_id: Option<u32> [reserved 0, known_as "PERIPHERAL_ID", since 11];
        /// ID of the application.
        "ApplicationID" [184] application_id: Option<u32>;
        /// The item's number on its peripheral before a change. From version 11 on.
        "reserved" [213] old_peripheral_number: Option<u32> [reserved 0, known_as "OLD_PERIPHERAL_NUMBER", since 11];
        /// Most sessions that the application can have.
        "MaxQueued" [129] max_queued: Option<u32>;
        /// Reserved.
        "reserved" [173] reserved173: Option<Text<'a>> [reserved_empty, known_as "reserved173", max 16];
        /// The application's ID before it was changed.
        "PreviousApplicationID" [132] previous_application_id: Option<u32>;
        /// Name of the application.
        "ApplicationName" [133] application_name: Option<Text<'a>> [max 64];
        /// Free text about the application.
        "Description" [134] description: Option<Text<'a>> [max 128];
        /// Seconds within which a call should be answered.
        "reserved" [174] service_level_threshold: Option<u32> [reserved 0, known_as "SERVICE_LEVEL_THRESHOLD"];
        /// Treatment of abandoned calls in the service level.
        "reserved" [175] service_level_type: Option<u32> [reserved 0, known_as "SERVICE_LEVEL_TYPE"];
        /// Free-form configuration parameters.
        "reserved" [176] config_param: Option<Text<'a>> [reserved_empty, known_as "CONFIG_PARAM", max 255];
        /// ID of the media routing domain. From version 11 on.
        "reserved" [216] mr_domain_id: Option<u32> [reserved 0, known_as "MR_DOMAIN_ID", since 11];
    }
}

group! {
    /// One CSQ that was added, changed or deleted.
    CsqRecord<'a> {
        /// Whether the record is added, changed or deleted.
        "RecordType" [183] record_type: Option<RecordType>;
        /// ID of the peripheral, that is the switch or ACD, in a larger Cisco system. From version
        /// 11 on.
        "reserved" [208] peripheral_id: Option<u32> [reserved 0, known_as "PERIPHERAL_ID", since 11];
        /// ID of the CSQ.
        "CSQID" [184] csq_id: Option<u32>;
        /// The item's number on its peripheral before a change. From version 11 on.
        "reserved" [213] old_peripheral_number: Option<u32> [reserved 0, known_as "OLD_PERIPHERAL_NUMBER", since 11];
        /// Priority of the skill group; 0 if it does not apply.
        "reserved" [64] skill_group_priority: Option<u16> [reserved 0, known_as "SKILL_GROUP_PRIORITY"];
        /// Skill target ID of the skill group.
        "reserved" [192] skill_group_skill_target_id: Option<u32> [reserved 0, known_as "SKILL_GROUP_SKILL_TARGET_ID"];
        /// Whether agents go into work state after a call from this CSQ; absent means no. The guide
        /// prints a size of 4 bytes, a `BOOL` has 2.
        "AutoWork" [185] auto_work: Option<AutoWork> [max 4];
        /// Reserved.
        "reserved" [173] reserved173: Option<Text<'a>> [reserved_empty, known_as "reserved173", max 16];
        /// Name of the CSQ.
        "CSQName" [133] csq_name: Option<Text<'a>> [max 64];
        /// Always empty in Unified CCX.
        "Description" [134] description: Option<Text<'a>> [max 128];
        /// Kind of contacts that the CSQ handles. Since version 11; email needs Unified CCX 7.0(1),
        /// before that it is always voice.
        "MRDomainID" [216] mr_domain_id: Option<MediaRoutingDomain> [since 11];
        /// Free-form configuration parameters.
        "reserved" [176] config_param: Option<Text<'a>> [reserved_empty, known_as "CONFIG_PARAM", max 255];
    }
}

group! {
    /// One CSQ that the agent belongs to.
    AgentRecordCsq {
        /// CSQ that the agent belongs to.
        "CSQID" [62] csq_id: Option<u32>;
        /// Priority of the skill group; 0 if it does not apply.
        "reserved" [64] skill_group_priority: Option<u16> [reserved 0, known_as "SKILL_GROUP_PRIORITY"];
    }
}

group! {
    /// One agent who was added, changed or deleted.
    AgentRecord<'a> {
        /// Whether the record is added, changed or deleted.
        "RecordType" [183] record_type: Option<RecordType>;
        /// ID of the peripheral, that is the switch or ACD, in a larger Cisco system. From version
        /// 11 on.
        "reserved" [208] peripheral_id: Option<u32> [reserved 0, known_as "PERIPHERAL_ID", since 11];
        /// Whether the person is an agent or a supervisor.
        "AgentType" [189] agent_type: Option<AgentType>;
        /// Login of the agent in Unified CCX; identifies the record.
        "LoginID" [190] login_id: Option<Text<'a>> [max 129];
        /// A login ID of the agent. From version 11 on.
        "reserved" [214] cur_login_id: Option<Text<'a>> [reserved_empty, known_as "CUR_LOGIN_ID", since 11, max 64];
        /// The agent's login name. From version 11 on.
        "reserved" [207] login_name: Option<Text<'a>> [reserved_empty, known_as "LOGIN_NAME", since 11, max 32];
        /// Family name of the agent.
        "LastName" [138] last_name: Option<Text<'a>> [max 32];
        /// Given name of the agent.
        "FirstName" [137] first_name: Option<Text<'a>> [max 32];
        /// Phone extension of the agent.
        "Extension" [173] extension: Option<Text<'a>> [max 16];
        /// Always blank in Unified CCX.
        "Description" [134] description: Option<Text<'a>> [max 128];
        /// Skill target ID of the agent.
        "reserved" [141] agent_skill_target_id: Option<u32> [reserved 0, known_as "AGENT_SKILL_TARGET_ID"];
        "NumCSQs" [191] = count of csqs "CSQs";
        /// One CSQ that the agent belongs to.
        "CSQs" [62 64] csqs: Repeated<'a, AgentRecordCsq> [max_count 30];
        /// State of the agent. Since version 17, 12.5(1)SU1 edition of the guide.
        "AgentState" [247] agent_state: Option<AgentState> [since 17];
        /// Media routing domain ID. Since version 17, 12.5(1)SU1 edition of the guide.
        "MRDID" [246] mrd_id: Option<u32> [since 17];
        /// Terminal that the agent uses. Since version 18, 12.5(1)SU1 edition of the guide.
        "ActiveTerminal" [303] active_terminal: Option<Text<'a>> [since 18, max 64];
    }
}

group! {
    /// One instrument of a terminal.
    TerminalInstrument<'a> {
        /// An instrument, that is a phone line.
        "Instrument" [6] instrument: Option<Text<'a>> [since 18, max 64];
    }
}

group! {
    /// One terminal that was added, changed or deleted.
    TerminalRecord<'a> {
        /// Whether the record is added, changed or deleted.
        "RecordType" [183] record_type: Option<RecordType>;
        /// Kind of terminal.
        "TerminalType" [302] terminal_type: Option<u16> [since 18];
        /// Name of the device.
        "TerminalDeviceName" [303] terminal_device_name: Option<Text<'a>> [since 18, max 64];
        /// Name of the kind of terminal.
        "TerminalTypeName" [304] terminal_type_name: Option<Text<'a>> [since 18, max 100];
        "NumInstruments" [305] = count of instruments "Instruments" [since 18];
        /// The instruments of the terminal.
        "Instruments" [6] instruments: Repeated<'a, TerminalInstrument<'a>> [max_count 10];
    }
}

group! {
    /// One device that was added, changed or deleted; `DeviceType` decides the meaning of the
    /// fields.
    DeviceRecord<'a> {
        /// Whether the record is added, changed or deleted.
        "RecordType" [183] record_type: Option<RecordType>;
        /// ID of the peripheral, that is the switch or ACD, in a larger Cisco system. From version
        /// 11 on.
        "reserved" [208] peripheral_id: Option<u32> [reserved 0, known_as "PERIPHERAL_ID", since 11];
        /// Kind of device; decides the meaning of the other fields of the record.
        "DeviceType" [195] device_type: Option<ConfigDeviceType>;
        /// For a route point, the session limit; for a call control group, its number of CTI ports;
        /// otherwise not used.
        "MaxQueued" [129] max_queued: Option<u32>;
        /// For an agent, the internal ID of the agent record; for a route point, CTI port or call
        /// control group, the ID of the call control group.
        "DeviceField0" [184] device_field0: Option<u32>;
        /// For a route point, the application ID; otherwise not used.
        "DeviceField1" [193] device_field1: Option<u32>;
        /// For an agent, the login; for a route point, its number; for a CTI port, its ID;
        /// otherwise not used.
        "DeviceField2" [11] device_field2: Option<Text<'a>> [max 129, unlike];
        /// Not used for any kind of device.
        "reserved" [10] device_field3: Option<Text<'a>> [reserved_empty, known_as "DeviceField3", max 32];
        /// For an agent, the extension; otherwise not used.
        "DeviceField4" [173] device_field4: Option<Text<'a>> [max 16];
        /// Free text about the device.
        "Description" [134] description: Option<Text<'a>> [max 128];
    }
}

group! {
    /// One member of the team: an agent, a supervisor or a CSQ.
    TeamMember<'a> {
        /// Login of the agent or supervisor or, if `MemberType` is `Csq`, the ID of the CSQ.
        "AgentID" [194] agent_id: Option<Text<'a>> [max 129];
        /// Role of the preceding `AgentID`; 0 for an ordinary agent.
        "AgentFlags" [87] agent_flags: Option<AgentFlags>;
        /// Whether the member is added or deleted; no other value is used.
        "RecordType" [183] record_type: Option<RecordType>;
        /// Whether `AgentID` names a person or a CSQ.
        "MemberType" [205] member_type: Option<MemberType>;
    }
}

message! {
    /// Asks for the current configuration keys, to find out whether the client's copy of the
    /// configuration is out of date.
    ///
    /// Guide: Tables 30 and 31.
    ConfigRequestKeyEvent = CONFIG_REQUEST_KEY_EVENT(230), Configuration, Client -> ConfigKeyEvent;
    fixed {
        /// ID of the peripheral, that is the switch or ACD, in a larger Cisco system. From version
        /// 11 on.
        "reserved" peripheral_id: u32 [reserved 0, known_as "PeripheralID", since 11];
    }
    floating {
        /// ID of the customer whose configuration is requested.
        "reserved" [131] customer_id: Option<u32> [reserved 0, known_as "CUSTOMER_ID"];
    }
}

message! {
    /// Answers `CONFIG_REQUEST_KEY_EVENT` with the configuration keys. A key of zeros means that
    /// this part has to be uploaded.
    ///
    /// Guide: Tables 32 and 33.
    ConfigKeyEvent = CONFIG_KEY_EVENT(231), Configuration, Server;
    fixed {
        /// Whether keys could be given. Codes 2 and 3 differ from those of `CONFIG_END_EVENT`.
        "Status" status: ConfigKeyStatus;
    }
    floating {
        /// Configuration key of the applications, an 8-byte integer; zero asks the client to upload
        /// them again.
        "ApplicationConfigKey" [177] application_config_key: Option<&'a [u8]> [max 8];
        /// Configuration key of the CSQs, an 8-byte integer; zero asks the client to upload them
        /// again.
        "CSQConfigKey" [178] csq_config_key: Option<&'a [u8]> [max 8];
        /// Configuration key of the agents, an 8-byte integer; zero asks the client to upload them
        /// again.
        "AgentConfigKey" [179] agent_config_key: Option<&'a [u8]> [max 8];
        /// Configuration key of the devices, an 8-byte integer; zero asks the client to upload them
        /// again.
        "DeviceConfigKey" [180] device_config_key: Option<&'a [u8]> [max 8];
    }
}

message! {
    /// Asks for an initial upload of configuration data, or with an empty mask only for later
    /// updates. Answered by a block from `CONFIG_BEGIN_EVENT` to `CONFIG_END_EVENT`, which replaces
    /// the client's configuration.
    ///
    /// Guide: Tables 35 and 36.
    ConfigRequestEvent = CONFIG_REQUEST_EVENT(232), Configuration, Client;
    fixed {
        /// Kinds of data to upload. 0 asks for no upload but permits updates from now on, within
        /// the masks of `OPEN_REQ`. The 12.5(1)SU1 edition of the guide swaps bits 1 and 4.
        "ConfigurationMask" configuration_mask: ConfigMask;
        /// ID of the peripheral, that is the switch or ACD, in a larger Cisco system. From version
        /// 11 on.
        "reserved" peripheral_id: u32 [reserved 0, known_as "PeripheralID", since 11];
    }
    floating {
        /// ID of the customer whose configuration is requested.
        "reserved" [131] customer_id: Option<u32> [reserved 0, known_as "CUSTOMER_ID", required];
    }
}

message! {
    /// Opens a block of configuration records, whether an initial upload or an update.
    ///
    /// Guide: Tables 37 and 38.
    ConfigBeginEvent = CONFIG_BEGIN_EVENT(233), Configuration, Server;
    fixed {
        /// Whether the block is the initial configuration or an update.
        "ConfigType" config_type: ConfigType;
        /// Kinds of data in the block. The guide is at odds with itself on bits 1 and 4: for this
        /// message it prints application for 1 and agent for 4, the reverse of `ConfigMask`. Do not
        /// rely on either bit unseen.
        "ConfigurationMask" configuration_mask: ConfigMask;
    }
    floating {
        /// Configuration key of the applications, if the block has any: 8 opaque bytes, of which all zero
        /// mean none. Compare keys as bytes.
        "ApplicationConfigKey" [177] application_config_key: Option<&'a [u8]> [max 8];
        /// Configuration key of the CSQs, if the block has any: 8 opaque bytes, of which all zero
        /// mean none. Compare keys as bytes.
        "CSQConfigKey" [178] csq_config_key: Option<&'a [u8]> [max 8];
        /// Configuration key of the agents, if the block has any: 8 opaque bytes, of which all zero
        /// mean none. Compare keys as bytes.
        "AgentConfigKey" [179] agent_config_key: Option<&'a [u8]> [max 8];
        /// Configuration key of the devices, if the block has any: 8 opaque bytes, of which all zero
        /// mean none. Compare keys as bytes.
        "DeviceConfigKey" [180] device_config_key: Option<&'a [u8]> [max 8];
    }
}

message! {
    /// Closes a block of configuration records. Also the direct answer to `CONFIG_REQUEST_EVENT`
    /// when there is nothing to send or an error occurred.
    ///
    /// Guide: Tables 39 and 40.
    ConfigEndEvent = CONFIG_END_EVENT(234), Configuration, Server;
    fixed {
        /// Outcome of the block; `CONFIG_PARTIAL` while more blocks of the same upload follow.
        /// Codes 2 and 3 differ from those of `CONFIG_KEY_EVENT`.
        "Status" status: ConfigEndStatus;
    }
    floating {
        /// Errors or other remarks in words.
        "Text" [7] text: Option<Text<'a>> [max 255];
    }
}

message! {
    /// Carries up to 10 application records.
    ///
    /// Guide: Tables 44 and 45.
    ConfigApplicationEvent = CONFIG_APPLICATION_EVENT(235), Configuration, Server;
    fixed {
        "NumRecords" = count of records "Records";
    }
    floating {
        /// The configuration records.
        "Records" [183 208 184 213 129 173 132 133 134 174 175 176 216] records: Repeated<'a, ApplicationRecord<'a>> [max_count 10];
    }
}

message! {
    /// Carries up to 10 CSQ records.
    ///
    /// Guide: Tables 42 and 43.
    ConfigCsqEvent = CONFIG_CSQ_EVENT(236), Configuration, Server;
    fixed {
        "NumRecords" = count of records "Records";
    }
    floating {
        /// The configuration records.
        "Records" [183 208 184 213 64 192 185 173 133 134 216 176] records: Repeated<'a, CsqRecord<'a>> [max_count 10];
    }
}

message! {
    /// Carries up to 10 agent records. Records with the same `LoginID` are about the same agent.
    ///
    /// Guide: Tables 46 and 47.
    ConfigAgentEvent = CONFIG_AGENT_EVENT(237), Configuration, Server;
    fixed {
        "NumRecords" = count of records "Records";
    }
    floating {
        /// The configuration records.
        "Records" [183 208 189 190 214 207 138 137 173 134 141 191 62 64 247 246 303] records: Repeated<'a, AgentRecord<'a>> [max_count 10];
    }
}

message! {
    /// Carries up to 10 device records: agent phones, route points, CTI ports and call control
    /// groups.
    ///
    /// Guide: Tables 48 and 49.
    ConfigDeviceEvent = CONFIG_DEVICE_EVENT(238), Configuration, Server;
    fixed {
        "NumRecords" = count of records "Records";
    }
    floating {
        /// The configuration records.
        "Records" [183 208 195 129 184 193 11 10 173 134] records: Repeated<'a, DeviceRecord<'a>> [max_count 10];
    }
}

message! {
    /// Carries up to 10 terminal records. Since version 18.
    ///
    /// The 12.5(1)SU1 edition of the guide prints the table but omits the type's number; 276 is the
    /// number in the guides of Cisco's CTI Server, whose table has the same rows.
    ///
    /// Guide: 12.5(1)SU1 edition.
    ConfigTerminalEvent = CONFIG_TERMINAL_EVENT(276), Configuration, Server;
    fixed {
        "NumRecords" = count of records "Records";
    }
    floating {
        /// The configuration records.
        "Records" [183 302 303 304 305 6] records: Repeated<'a, TerminalRecord<'a>> [max_count 10];
    }
}

message! {
    /// Asks for team configuration, which no other configuration request covers. Needs
    /// `CTI_SERVICE_SUPERVISOR` in the session.
    ///
    /// Guide: Table 53.
    TeamConfigReq = TEAM_CONFIG_REQ(242), Configuration, Client -> TeamConfigConf;
    fixed {
        /// Chosen by the client and returned unchanged in the answer.
        "InvokeID" invoke_id: u32;
        /// Whether to send the initial configuration or only later updates.
        "ConfigParam" config_param: ConfigParam;
        /// Reserved.
        "reserved" reserved: [u8; 8] [reserved 0, known_as "Reserved"];
    }
    floating {
    }
}

message! {
    /// Describes a team, or a change to it: agents, supervisors and CSQs. Without a floating part
    /// when the team is removed.
    ///
    /// Guide: Tables 51 and 52.
    TeamConfigEvent = TEAM_CONFIG_EVENT(243), Configuration, Server where broken_rules;
    fixed {
        /// ID of the team.
        "TeamID" team_id: u32;
        "NumRecords" = count of members "Members";
        /// Whether the team is added, removed or changed.
        "Operation" operation: TeamOperation;
        /// Reserved.
        "reserved" reserved: [u8; 8] [reserved 0, known_as "Reserved"];
    }
    floating {
        /// Name of the team. Always the first floating field; absent when the team is removed.
        "TeamName" [204] team_name: Option<Text<'a>> [max 50, required_when "unless Operation is RemoveTeam"];
        /// The members of the team.
        "Members" [194 87 183 205] members: Repeated<'a, TeamMember<'a>> [max_count 64];
    }
}

message! {
    /// Answers `TEAM_CONFIG_REQ`; after an initial upload it comes last, and from then on changes
    /// are sent as they happen.
    ///
    /// Guide: Tables 54 and 55.
    TeamConfigConf = TEAM_CONFIG_CONF(244), Configuration, Server;
    fixed {
        /// `InvokeID` of the `TEAM_CONFIG_REQ` that this answers.
        "InvokeID" invoke_id: u32;
        /// Whether the request succeeded.
        "Status" status: TeamConfigStatus;
    }
    floating {
        /// Meaning of `Status` in words.
        "Text" [7] text: Option<Text<'a>> [max 128, unlike];
    }
}
