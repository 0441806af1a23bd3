//! Rules between fields: each of `ccx.json` once broken and once kept.

use cti_codec::ccx::*;

use crate::common::{self, as_received, strict};

fn broken(message: impl Into<Message<'static>>, field: &str) {
    let message = message.into();
    let error = strict(&message, Version::V14).unwrap_err();
    assert_eq!(
        error.field,
        FieldName::Listed(field.to_owned().leak()),
        "{error}"
    );
    assert!(matches!(error.kind, Fault::Rule(_)), "{error}");
    assert_eq!(error.message, message.message_type());
    // As received it goes through.
    assert!(as_received(&message, Version::V14).is_ok());
}

#[track_caller]
fn kept(message: impl Into<Message<'static>>) {
    if let Err(error) = strict(&message.into(), Version::V14) {
        panic!("{error}");
    }
}

#[test]
fn rules_of_open_req() {
    let open = OpenReq {
        version_number: 14,
        idle_timeout: 20,
        client_id: Some("".into()),
        client_password: Some(b""),
        ..Default::default()
    };
    kept(open);
    for idle_timeout in [21, 119, 0xffff_ffff] {
        kept(OpenReq {
            idle_timeout,
            ..open
        });
    }
    for idle_timeout in [0, 19, 120, 0xffff_fffe] {
        broken(
            OpenReq {
                idle_timeout,
                ..open
            },
            "IdleTimeout",
        );
    }
    let agent = OpenReq {
        services_requested: CtiService::CLIENT_EVENTS,
        ..open
    };
    broken(agent, "AgentExtension");
    let id = Some("7".into());
    kept(OpenReq {
        agent_extension: id,
        ..agent
    });
    kept(OpenReq {
        agent_instrument: id,
        ..agent
    });
    kept(OpenReq {
        agent_id: id,
        ..agent
    });
    broken(
        OpenReq {
            services_requested: CtiService::CLIENT_EVENTS | CtiService::ALL_EVENTS,
            agent_id: id,
            ..open
        },
        "ServicesRequested",
    );
    // Only a finding: a sender may.
    let bridge = OpenReq {
        services_requested: CtiService::ALL_EVENTS,
        ..open
    };
    kept(bridge);
    kept(OpenReq {
        agent_id: id,
        ..bridge
    });
}

#[test]
fn rules_that_ask_for_one_of_several_fields() {
    let id = Some("7".into());
    let device = id.map(DeviceId);
    let query = QueryAgentStateReq::default();
    broken(query, "AgentExtension");
    kept(QueryAgentStateReq {
        agent_extension: id,
        ..query
    });
    kept(QueryAgentStateReq {
        agent_instrument: id,
        ..query
    });
    kept(QueryAgentStateReq {
        agent_id: id,
        ..query
    });

    let answer = AnswerCallReq::default();
    broken(answer, "ConnectionDeviceID");
    kept(AnswerCallReq {
        connection_device_id: device,
        ..answer
    });
    kept(AnswerCallReq {
        agent_instrument: id,
        ..answer
    });

    let conference = ConferenceCallReq {
        active_connection_device_id: device,
        agent_instrument: id,
        ..Default::default()
    };
    broken(conference, "HeldConnectionDeviceID");
    kept(ConferenceCallReq {
        held_connection_device_id: device,
        ..conference
    });
    kept(ConferenceCallReq {
        dialed_number: device,
        ..conference
    });

    let transfer = TransferCallReq {
        active_connection_device_id: device,
        agent_instrument: id,
        ..Default::default()
    };
    broken(transfer, "HeldConnectionDeviceID");
    kept(TransferCallReq {
        held_connection_device_id: device,
        ..transfer
    });
    kept(TransferCallReq {
        dialed_number: device,
        ..transfer
    });

    let supervise = SuperviseCallReq {
        agent_call_id: 5,
        ..Default::default()
    };
    broken(supervise, "AgentConnectionDeviceID");
    kept(SuperviseCallReq {
        agent_connection_device_id: device,
        ..supervise
    });
    kept(SuperviseCallReq {
        agent_extension: id,
        ..supervise
    });
    kept(SuperviseCallReq {
        agent_instrument: id,
        ..supervise
    });
    kept(SuperviseCallReq {
        agent_id: id,
        ..supervise
    });
    broken(
        SuperviseCallReq {
            agent_call_id: special::NULL_CALL_ID,
            agent_connection_device_id: device,
            ..supervise
        },
        "AgentConnectionDeviceID",
    );
}

#[test]
fn rules_of_set_agent_state_req() {
    let id = Some("7".into());
    let state = |agent_state| SetAgentStateReq {
        agent_state,
        agent_instrument: id,
        ..Default::default()
    };
    let login = state(AgentState::LOGIN);
    broken(
        SetAgentStateReq {
            agent_id: id,
            ..login
        },
        "AgentPassword",
    );
    broken(
        SetAgentStateReq {
            agent_password: id,
            ..login
        },
        "AgentID",
    );
    kept(SetAgentStateReq {
        agent_id: id,
        agent_password: id,
        ..login
    });
    let logout = state(AgentState::LOGOUT);
    broken(logout, "AgentID");
    kept(SetAgentStateReq {
        agent_id: id,
        ..logout
    });
    kept(state(AgentState::READY));
    // Findings only.
    kept(SetAgentStateReq {
        forced_flag: ForcedFlag::TRUE,
        ..state(AgentState::READY)
    });
}

#[test]
fn rules_of_team_config_event() {
    let remove = TeamConfigEvent {
        operation: TeamOperation::REMOVE_TEAM,
        ..Default::default()
    };
    kept(remove);
    broken(
        TeamConfigEvent {
            team_name: Some("t".into()),
            ..remove
        },
        "TeamName",
    );
    static MEMBER: [TeamMember<'static>; 1] = [TeamMember {
        agent_id: None,
        agent_flags: None,
        record_type: Some(RecordType::CHANGE),
        member_type: Some(MemberType::CSQ),
    }];
    // The first of a list may begin with any member.
    broken(
        TeamConfigEvent {
            members: Repeated::from(&MEMBER),
            ..remove
        },
        "TeamName",
    );
    for operation in [
        TeamOperation::ADD_TEAM,
        TeamOperation::CHANGE_TEAM,
        TeamOperation(9),
    ] {
        let other = TeamConfigEvent {
            operation,
            ..remove
        };
        broken(other, "TeamName");
        kept(TeamConfigEvent {
            team_name: Some("".into()),
            ..other
        });
        // RecordType of a member: a finding.
        kept(TeamConfigEvent {
            team_name: Some("".into()),
            members: Repeated::from(&MEMBER),
            ..other
        });
    }
}

#[test]
fn rules_that_are_findings_do_not_stop_a_sender() {
    kept(SystemEvent {
        event_device_type: DeviceType(70),
        ..Default::default()
    });
    kept(AnswerCallReq {
        call_id: special::NULL_CALL_ID,
        connection_device_type: ConnectionDeviceType(1),
        agent_instrument: Some("7".into()),
        ..Default::default()
    });
}

/// The tests above know of every rule: one more in the specification, and this fails.
#[test]
fn every_rule_of_the_specification_is_tested_here() {
    let spec = common::spec();
    let mut found = std::collections::BTreeMap::new();
    for rule in common::rows(&spec["rules"]) {
        let finding = rule.get("severity").is_some();
        *found
            .entry((common::text(&rule["message"]), finding))
            .or_insert(0) += 1;
    }
    let tested = [
        (("ANSWER_CALL_REQ", false), 1),
        (("ANSWER_CALL_REQ", true), 1),
        (("CONFERENCE_CALL_REQ", false), 1),
        (("OPEN_REQ", false), 3),
        (("OPEN_REQ", true), 1),
        (("QUERY_AGENT_STATE_REQ", false), 1),
        (("SET_AGENT_STATE_REQ", false), 2),
        (("SET_AGENT_STATE_REQ", true), 1),
        (("SUPERVISE_CALL_REQ", false), 1),
        (("SYSTEM_EVENT", true), 1),
        (("TEAM_CONFIG_EVENT", false), 1),
        (("TEAM_CONFIG_EVENT", true), 1),
        (("TRANSFER_CALL_REQ", false), 1),
    ];
    assert_eq!(found, tested.into_iter().collect());
}
