//! Configuration and teams, as a simulated server hands them out.

use alloc::vec::Vec;

use super::Centre;
use super::plan::{AgentPlan, TeamPlan, TerminalPlan};
use super::sessions::{Audience, ConnectionId, Sessions};
use crate::ccx::{
    AgentFlags, AgentRecord, AgentRecordCsq, AgentType, ApplicationRecord, ConfigAgentEvent,
    ConfigApplicationEvent, ConfigBeginEvent, ConfigCsqEvent, ConfigDeviceEvent, ConfigDeviceType,
    ConfigEndEvent, ConfigEndStatus, ConfigKeyEvent, ConfigKeyStatus, ConfigMask, ConfigParam,
    ConfigRequestEvent, ConfigTerminalEvent, ConfigType, CsqRecord, CtiService, DeviceRecord,
    FailureEvent, MediaRoutingDomain, MemberType, Message, RecordType, StatusCode, TeamConfigConf,
    TeamConfigEvent, TeamConfigReq, TeamConfigStatus, TeamMember, TeamOperation,
    TerminalInstrument, TerminalRecord, TextBuf, Version,
};

/// The most records of a message.
const RECORDS: usize = 10;

impl Centre {
    /// Answers a request about configuration. Returns whether it is one.
    pub(super) fn configure(
        &mut self,
        id: ConnectionId,
        message: &Message<'_>,
        out: &mut Sessions,
    ) -> bool {
        match message {
            Message::ConfigRequestKeyEvent(_) => self.keys(id, out),
            Message::ConfigRequestEvent(request) => self.download(id, request, out),
            Message::TeamConfigReq(request) => self.teams(id, request, out),
            _ => return false,
        }
        true
    }

    fn keys(&self, id: ConnectionId, out: &mut Sessions) {
        let granted = out
            .map
            .get(&id)
            .is_some_and(|session| session.services.contains(CtiService::CONFIG_EVENTS));
        let key = self.config_key.to_be_bytes();
        let key = granted.then_some(key.as_slice());
        let status = if granted {
            ConfigKeyStatus::SUCCESS
        } else {
            ConfigKeyStatus::SERVICE_PROVIDER
        };
        let event = ConfigKeyEvent {
            status,
            application_config_key: key,
            csq_config_key: key,
            agent_config_key: key,
            device_config_key: key,
            ..ConfigKeyEvent::default()
        };
        out.send(id, &event.into());
        if let Some(session) = out.map.get_mut(&id) {
            session.key = granted.then_some(self.config_key);
        }
    }

    fn download(&mut self, id: ConnectionId, request: &ConfigRequestEvent<'_>, out: &mut Sessions) {
        let Some(session) = out.map.get_mut(&id) else {
            return;
        };
        let wanted = session.configuration;
        if !session.services.contains(CtiService::CONFIG_EVENTS) {
            end(id, ConfigEndStatus::SERVICE_PROVIDER, out);
            return;
        }
        session.updates = true;
        // The bits of the request are printed in two ways: any of them asks for all that the mask
        // of OPEN_REQ lets through.
        if request.configuration_mask.is_empty() {
            // Something has changed since the session was told the key, and before it gets updates.
            if session.key.is_some_and(|key| key != self.config_key) {
                let reset = FailureEvent {
                    status: StatusCode::AUTO_CONFIG_RESET,
                    ..FailureEvent::default()
                };
                out.send(id, &reset.into());
            }
            return;
        }
        let kinds = [
            (ConfigMask::CSQ, 2),
            (ConfigMask::APPLICATION, 1),
            (ConfigMask::AGENT, 4),
            (ConfigMask::DEVICE, 8),
            (ConfigMask::TERMINAL, 0x10),
        ];
        let kinds: Vec<_> = kinds
            .into_iter()
            .filter(|(kind, _)| wanted.contains(*kind))
            .collect();
        if kinds.is_empty() {
            end(id, ConfigEndStatus::EMPTY, out);
            return;
        }
        let last = kinds.len().saturating_sub(1);
        for (place, (kind, bits)) in kinds.into_iter().enumerate() {
            self.begin_block(id, ConfigType::INITIAL, bits, out);
            let plan = &self.plan;
            if kind == ConfigMask::CSQ {
                send_csqs(id, plan, out);
            } else if kind == ConfigMask::APPLICATION {
                send_applications(id, plan, out);
            } else if kind == ConfigMask::AGENT {
                for agents in plan.agents.chunks(RECORDS) {
                    with_agents(agents, RecordType::ADD, |event| out.send(id, event));
                }
            } else if kind == ConfigMask::DEVICE {
                send_devices(id, plan, out);
            } else {
                for terminals in plan.terminals.chunks(RECORDS) {
                    with_terminals(terminals, RecordType::ADD, |event| out.send(id, event));
                }
            }
            let status = if place == last {
                ConfigEndStatus::SUCCESS
            } else {
                ConfigEndStatus::PARTIAL
            };
            end(id, status, out);
        }
    }

    fn begin_block(
        &self,
        id: ConnectionId,
        config_type: ConfigType,
        bits: u32,
        out: &mut Sessions,
    ) {
        let key = self.config_key.to_be_bytes();
        let key_of = |bit| (bits & bit != 0).then_some(key.as_slice());
        let event = ConfigBeginEvent {
            config_type,
            configuration_mask: ConfigMask::from_bits_retain(bits),
            application_config_key: key_of(1),
            csq_config_key: key_of(2),
            agent_config_key: key_of(4),
            device_config_key: key_of(8),
            ..ConfigBeginEvent::default()
        };
        out.send(id, &event.into());
    }

    fn teams(&mut self, id: ConnectionId, request: &TeamConfigReq<'_>, out: &mut Sessions) {
        let Some(session) = out.map.get_mut(&id) else {
            return;
        };
        if !session.services.contains(CtiService::SUPERVISOR) {
            let refusal = StatusCode::UNSPECIFIED_FAILURE.into();
            out.refuse(id, request.invoke_id, refusal);
            return;
        }
        session.team_updates = true;
        if request.config_param != ConfigParam::UPDATES_ONLY {
            for team in &self.plan.teams {
                with_team(team, TeamOperation::ADD_TEAM, |event| out.send(id, event));
            }
        }
        let conf = TeamConfigConf {
            invoke_id: request.invoke_id,
            status: TeamConfigStatus::SUCCESS,
            ..TeamConfigConf::default()
        };
        out.send(id, &conf.into());
    }

    /// Adds an agent, or changes the one with the same login.
    pub(super) fn put_agent(&mut self, plan: AgentPlan, out: &mut Sessions) {
        self.config_key = self.config_key.saturating_add(1);
        let agents = &mut self.plan.agents;
        let known = agents
            .iter_mut()
            .find(|known| known.login_id == plan.login_id);
        let record_type = match known {
            Some(known) => {
                known.clone_from(&plan);
                RecordType::CHANGE
            }
            None => {
                agents.push(plan.clone());
                RecordType::ADD
            }
        };
        let fresh = super::CentreAgent::new(&plan);
        let agent = self.agents.entry(plan.login_id.clone()).or_insert(fresh);
        agent.plan = plan.clone();
        self.update(ConfigMask::AGENT, out, |each| {
            with_agents(core::slice::from_ref(&plan), record_type, each);
        });
    }

    /// Deletes an agent, who is logged out first.
    pub(super) fn delete_agent(&mut self, login_id: &TextBuf, out: &mut Sessions) {
        let Some(plan) = self.agents.get(login_id).map(|agent| agent.plan.clone()) else {
            return;
        };
        self.config_key = self.config_key.saturating_add(1);
        let reason = crate::ccx::AgentStateReasonCode::AGENT_DELETED;
        self.set_state(login_id, crate::ccx::AgentState::LOGOUT, reason, None, out);
        self.agents.remove(login_id);
        self.plan.agents.retain(|agent| agent.login_id != *login_id);
        self.update(ConfigMask::AGENT, out, |each| {
            with_agents(core::slice::from_ref(&plan), RecordType::DELETE, each);
        });
    }

    /// Adds a terminal, or changes the one with the same name.
    pub(super) fn put_terminal(&mut self, plan: TerminalPlan, out: &mut Sessions) {
        let terminals = &mut self.plan.terminals;
        let known = terminals
            .iter_mut()
            .find(|known| known.device_name == plan.device_name);
        let record_type = match known {
            Some(known) => {
                known.clone_from(&plan);
                RecordType::CHANGE
            }
            None => {
                terminals.push(plan.clone());
                RecordType::ADD
            }
        };
        self.config_key = self.config_key.saturating_add(1);
        self.update(ConfigMask::TERMINAL, out, |each| {
            with_terminals(core::slice::from_ref(&plan), record_type, each);
        });
    }

    /// Deletes a terminal.
    pub(super) fn delete_terminal(&mut self, device_name: &TextBuf, out: &mut Sessions) {
        let mut terminals = self.plan.terminals.iter();
        let Some(place) = terminals.position(|known| known.device_name == *device_name) else {
            return;
        };
        let plan = self.plan.terminals.remove(place);
        self.config_key = self.config_key.saturating_add(1);
        self.update(ConfigMask::TERMINAL, out, |each| {
            with_terminals(core::slice::from_ref(&plan), RecordType::DELETE, each);
        });
    }

    /// Sends a block about a change of one kind to those who get such.
    fn update(
        &self,
        kind: ConfigMask,
        out: &mut Sessions,
        records: impl FnOnce(&mut dyn FnMut(&Message<'_>)),
    ) {
        let key = self.config_key.to_be_bytes();
        let audience = Audience::Configuration(kind);
        // BEGIN has agents and applications the other way round.
        let bits = if kind == ConfigMask::AGENT {
            4
        } else {
            kind.bits()
        };
        let begin = ConfigBeginEvent {
            config_type: ConfigType::UPDATE,
            configuration_mask: ConfigMask::from_bits_retain(bits),
            // One key for all kinds, so that it changes for all.
            application_config_key: Some(&key),
            csq_config_key: Some(&key),
            agent_config_key: Some(&key),
            device_config_key: Some(&key),
            ..ConfigBeginEvent::default()
        };
        out.tell(audience, &begin.into());
        records(&mut |event| out.tell(audience, event));
        let end = ConfigEndEvent {
            status: ConfigEndStatus::SUCCESS,
            ..ConfigEndEvent::default()
        };
        out.tell(audience, &end.into());
    }

    /// Changes a team, or adds it.
    pub(super) fn put_team(&mut self, plan: TeamPlan, out: &mut Sessions) {
        let teams = &mut self.plan.teams;
        let before = match teams.iter_mut().find(|team| team.team_id == plan.team_id) {
            Some(team) => Some(core::mem::replace(team, plan.clone())),
            None => {
                teams.push(plan.clone());
                None
            }
        };
        let audience = Audience::Teams;
        if before.is_some() {
            // The members missing from the new team have to be removed: the team is sent anew.
            let remove = TeamConfigEvent {
                team_id: plan.team_id,
                operation: TeamOperation::REMOVE_TEAM,
                ..TeamConfigEvent::default()
            };
            out.tell(audience, &remove.into());
        }
        with_team(&plan, TeamOperation::ADD_TEAM, |event| {
            out.tell(audience, event);
        });
    }
}

fn end(id: ConnectionId, status: ConfigEndStatus, out: &mut Sessions) {
    let event = ConfigEndEvent {
        status,
        ..ConfigEndEvent::default()
    };
    out.send(id, &event.into());
}

fn send_csqs(id: ConnectionId, plan: &super::Plan, out: &mut Sessions) {
    for csqs in plan.csqs.chunks(RECORDS) {
        let records: Vec<CsqRecord<'_>> = csqs
            .iter()
            .map(|csq| CsqRecord {
                record_type: Some(RecordType::ADD),
                csq_id: Some(csq.csq_id),
                auto_work: Some(csq.auto_work.into()),
                csq_name: Some(csq.name.text()),
                mr_domain_id: version_has(id, out, Version::V11)
                    .then_some(MediaRoutingDomain::VOICE),
                ..CsqRecord::default()
            })
            .collect();
        let event = ConfigCsqEvent {
            records: records.as_slice().into(),
            ..ConfigCsqEvent::default()
        };
        out.send(id, &event.into());
    }
}

fn version_has(id: ConnectionId, out: &Sessions, since: Version) -> bool {
    let session = out.map.get(&id);
    session.is_some_and(|session| session.server.version() >= since)
}

fn send_applications(id: ConnectionId, plan: &super::Plan, out: &mut Sessions) {
    for applications in plan.applications.chunks(RECORDS) {
        let records: Vec<ApplicationRecord<'_>> = applications
            .iter()
            .map(|application| ApplicationRecord {
                record_type: Some(RecordType::ADD),
                application_id: Some(application.application_id),
                max_queued: Some(application.max_queued),
                application_name: Some(application.name.text()),
                ..ApplicationRecord::default()
            })
            .collect();
        let event = ConfigApplicationEvent {
            records: records.as_slice().into(),
            ..ConfigApplicationEvent::default()
        };
        out.send(id, &event.into());
    }
}

fn send_devices(id: ConnectionId, plan: &super::Plan, out: &mut Sessions) {
    let group = DeviceRecord {
        record_type: Some(RecordType::ADD),
        device_type: Some(ConfigDeviceType::CALL_CONTROL_GROUP),
        device_field0: Some(1),
        max_queued: u32::try_from(plan.cti_ports.len()).ok(),
        ..DeviceRecord::default()
    };
    let points = plan.applications.iter().map(|application| DeviceRecord {
        record_type: Some(RecordType::ADD),
        device_type: Some(ConfigDeviceType::ROUTE_POINT),
        device_field0: Some(1),
        device_field1: Some(application.application_id),
        device_field2: Some(application.route_point.text()),
        max_queued: Some(application.max_queued),
        ..DeviceRecord::default()
    });
    let ports = plan.cti_ports.iter().map(|port| DeviceRecord {
        record_type: Some(RecordType::ADD),
        device_type: Some(ConfigDeviceType::CTI_PORT),
        device_field0: Some(1),
        device_field2: Some(port.text()),
        ..DeviceRecord::default()
    });
    let phones = plan
        .agents
        .iter()
        .zip(1_u32..)
        .map(|(agent, number)| DeviceRecord {
            record_type: Some(RecordType::ADD),
            device_type: Some(ConfigDeviceType::AGENT),
            device_field0: Some(number),
            device_field2: Some(agent.login_id.text()),
            device_field4: Some(agent.extension.text()),
            ..DeviceRecord::default()
        });
    let records: Vec<DeviceRecord<'_>> = [group]
        .into_iter()
        .chain(points)
        .chain(ports)
        .chain(phones)
        .collect();
    for records in records.chunks(RECORDS) {
        let event = ConfigDeviceEvent {
            records: records.into(),
            ..ConfigDeviceEvent::default()
        };
        out.send(id, &event.into());
    }
}

fn with_agents(agents: &[AgentPlan], record_type: RecordType, each: impl FnOnce(&Message<'_>)) {
    let csqs: Vec<Vec<AgentRecordCsq>> = agents
        .iter()
        .map(|agent| {
            let csqs = agent.csqs.iter();
            csqs.map(|csq_id| AgentRecordCsq {
                csq_id: Some(*csq_id),
                skill_group_priority: Some(0),
            })
            .collect()
        })
        .collect();
    let records: Vec<AgentRecord<'_>> = agents
        .iter()
        .zip(&csqs)
        .map(|(agent, csqs)| AgentRecord {
            record_type: Some(record_type),
            agent_type: Some(if agent.supervisor {
                AgentType::SUPERVISOR
            } else {
                AgentType::AGENT
            }),
            login_id: Some(agent.login_id.text()),
            last_name: Some(agent.last_name.text()),
            first_name: Some(agent.first_name.text()),
            extension: Some(agent.extension.text()),
            csqs: csqs.as_slice().into(),
            ..AgentRecord::default()
        })
        .collect();
    let event = ConfigAgentEvent {
        records: records.as_slice().into(),
        ..ConfigAgentEvent::default()
    };
    each(&event.into());
}

fn with_terminals(
    terminals: &[TerminalPlan],
    record_type: RecordType,
    each: impl FnOnce(&Message<'_>),
) {
    let instruments: Vec<Vec<TerminalInstrument<'_>>> = terminals
        .iter()
        .map(|terminal| {
            let instruments = terminal.instruments.iter();
            instruments
                .map(|instrument| TerminalInstrument {
                    instrument: Some(instrument.text()),
                })
                .collect()
        })
        .collect();
    let records: Vec<TerminalRecord<'_>> = terminals
        .iter()
        .zip(&instruments)
        .map(|(terminal, instruments)| TerminalRecord {
            record_type: Some(record_type),
            terminal_type: Some(terminal.terminal_type),
            terminal_device_name: Some(terminal.device_name.text()),
            terminal_type_name: Some(terminal.type_name.text()),
            instruments: instruments.as_slice().into(),
        })
        .collect();
    let event = ConfigTerminalEvent {
        records: records.as_slice().into(),
        ..ConfigTerminalEvent::default()
    };
    each(&event.into());
}

fn with_team(team: &TeamPlan, operation: TeamOperation, mut each: impl FnMut(&Message<'_>)) {
    let csqs: Vec<TextBuf> = team
        .csqs
        .iter()
        .map(|csq_id| alloc::format!("{csq_id}").as_str().into())
        .collect();
    let member = |agent_id, agent_flags, member_type| TeamMember {
        agent_id: Some(agent_id),
        agent_flags: Some(agent_flags),
        record_type: Some(RecordType::ADD),
        member_type: Some(member_type),
    };
    let person = MemberType::AGENT_OR_SUPERVISOR;
    let supervisor = member(
        team.supervisor.text(),
        AgentFlags::PRIMARY_SUPERVISOR,
        person,
    );
    let agents = team.members.iter();
    let agents = agents.map(|login| member(login.text(), AgentFlags::empty(), person));
    let queues = csqs.iter();
    let queues = queues.map(|csq| member(csq.text(), AgentFlags::empty(), MemberType::CSQ));
    let members: Vec<TeamMember<'_>> = [supervisor]
        .into_iter()
        .chain(agents)
        .chain(queues)
        .collect();
    // At most 64 at a time: further members are added.
    for members in members.chunks(crate::ccx::special::MAX_AGENTS) {
        let event = TeamConfigEvent {
            team_id: team.team_id,
            operation,
            team_name: Some(team.name.text()),
            members: members.into(),
            ..TeamConfigEvent::default()
        };
        each(&event.into());
    }
}
