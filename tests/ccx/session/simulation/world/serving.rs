//! The nodes of the simulation: what each connection is answered, and what an administrator does.

use cti_codec::ccx::session::ServerEvent;
use cti_codec::ccx::{
    AgentRecord, CallHeldEvent, ConfigAgentEvent, ConfigBeginEvent, ConfigEndEvent,
    ConfigEndStatus, ConfigKeyEvent, ConfigType, FailureConf, Message, OpenConf,
    QueryAgentStateConf, RecordType, StatusCode, TeamConfigConf, TeamConfigEvent, TeamOperation,
};

use super::{Connection, World};
use crate::session::EVERYTHING;

impl World {
    /// The servers: what they answer, and when.
    pub(super) fn serve(&mut self) {
        for index in 0..self.connections.len() {
            let mut connection = self.connections.swap_remove(index);
            connection.server.handle_timeout(self.now);
            while let Some(event) = connection.server.poll_event() {
                self.served(&mut connection, event);
            }
            let due: Vec<_> = {
                let now = self.now;
                let answers = std::mem::take(&mut connection.answers);
                let (due, later) = answers.into_iter().partition(|answer| answer.0 <= now);
                connection.answers = later;
                due
            };
            for (_, bytes) in due {
                connection.server.send_raw(&bytes);
                // Events between answers.
                if connection.server.is_open() && self.random.one_in(2) {
                    self.event(&mut connection);
                }
            }
            while let Some(bytes) = connection.server.poll_transmit() {
                self.chop(&mut connection.to_client, bytes);
            }
            if connection.server.is_ended() && connection.client_learns.is_none() {
                // It drops the connection, after what it has sent.
                connection.client_learns = Some(connection.to_client.last.max(self.now));
            }
            self.connections.push(connection);
            let last = self.connections.len() - 1;
            self.connections.swap(index, last);
        }
        let current = self.current;
        self.connections.retain(|connection| {
            !connection.server.is_ended() || current == Some(connection.number)
        });
    }

    pub(super) fn event(&mut self, connection: &mut Connection) {
        let event = CallHeldEvent {
            call_id: connection.sequence + 1,
            holding_device_id: Some("2006".into()),
            connection_device_id: Some("2006".into()),
            ..Default::default()
        };
        if connection.server.send(&event.into()).is_ok() {
            connection.sequence += 1;
        }
    }

    fn served(&mut self, connection: &mut Connection, event: ServerEvent) {
        match event {
            ServerEvent::OpenRequested(_) => {
                let (calm, number) = (self.calm(), connection.node);
                let node = &mut self.nodes[number];
                if !node.master {
                    // The client hears of it later.
                    connection
                        .server
                        .refuse(StatusCode::SERVER_NOT_MASTER, None)
                        .unwrap();
                } else if calm || !self.random.one_in(10) {
                    let confirmation = OpenConf {
                        services_granted: EVERYTHING,
                        unified_ccx_online: true.into(),
                        ..Default::default()
                    };
                    connection.server.grant(&confirmation).unwrap();
                } else if self.random.one_in(2) {
                    connection
                        .server
                        .refuse(StatusCode::DEVICE_IN_USE, None)
                        .unwrap();
                }
            }
            ServerEvent::Request(request) => {
                let Ok(message) = request.message() else {
                    panic!("a request that does not decode")
                };
                self.requested(connection, &message);
            }
            ServerEvent::Fault {
                message_type,
                status,
            } => {
                panic!("{message_type} was refused with {status:?}")
            }
            _ => {}
        }
    }

    fn requested(&mut self, connection: &mut Connection, message: &Message<'_>) {
        let server = &mut connection.server;
        match message {
            Message::QueryAgentStateReq(request) => {
                let version = server.version();
                let answer: Option<Message<'_>> = match self.random.below(10) {
                    0 if !self.calm() => None,
                    1 | 2 => Some(
                        FailureConf {
                            invoke_id: request.invoke_id,
                            status: StatusCode::INVALID_AGENT_DATA,
                            ..Default::default()
                        }
                        .into(),
                    ),
                    _ => Some(
                        QueryAgentStateConf {
                            invoke_id: request.invoke_id,
                            ..Default::default()
                        }
                        .into(),
                    ),
                };
                if let Some(answer) = answer {
                    let delay = self.random.millis(if self.calm() { 5000 } else { 25_000 });
                    let bytes = crate::session::encode(answer, version).to_vec();
                    if self.random.one_in(10) {
                        connection
                            .answers
                            .push((self.now + delay * 2, bytes.clone()));
                    }
                    connection.answers.push((self.now + delay, bytes));
                }
            }
            Message::ConfigRequestKeyEvent(_) => {
                let key = self.key.to_be_bytes();
                let answer = ConfigKeyEvent {
                    application_config_key: Some(&key),
                    csq_config_key: Some(&key),
                    agent_config_key: Some(&key),
                    device_config_key: Some(&key),
                    ..Default::default()
                };
                let _ = server.send(&answer.into());
            }
            Message::ConfigRequestEvent(request) => {
                if !request.configuration_mask.is_empty() {
                    self.download(connection);
                }
            }
            Message::TeamConfigReq(request) => {
                let team = TeamConfigEvent {
                    team_id: 1,
                    operation: TeamOperation::ADD_TEAM,
                    team_name: Some("Sales".into()),
                    ..Default::default()
                };
                let _ = server.send(&team.into());
                let answer = TeamConfigConf {
                    invoke_id: request.invoke_id,
                    ..Default::default()
                };
                let _ = server.send(&answer.into());
            }
            other => panic!("{}", other.message_type()),
        }
    }

    fn download(&mut self, connection: &mut Connection) {
        let server = &mut connection.server;
        let key = self.key.to_be_bytes();
        let begin = ConfigBeginEvent {
            config_type: ConfigType::INITIAL,
            application_config_key: Some(&key),
            csq_config_key: Some(&key),
            agent_config_key: Some(&key),
            device_config_key: Some(&key),
            ..Default::default()
        };
        let _ = server.send(&begin.into());
        for number in 0..self.agents {
            if !self.calm() && self.random.one_in(40) {
                let end = ConfigEndEvent {
                    status: ConfigEndStatus::ERROR,
                    ..Default::default()
                };
                let _ = server.send(&end.into());
                return;
            }
            let login = format!("agent{number}");
            let records = [AgentRecord {
                record_type: Some(RecordType::ADD),
                login_id: Some(login.as_str().into()),
                ..Default::default()
            }];
            let event = ConfigAgentEvent {
                records: (&records).into(),
                ..Default::default()
            };
            let _ = server.send(&event.into());
        }
        let _ = server.send(&ConfigEndEvent::default().into());
    }

    /// An administrator adds an agent, which each session hears of.
    pub(super) fn administer(&mut self) {
        let login = format!("agent{}", self.agents);
        self.agents += 1;
        self.key += 1;
        let key = self.key.to_be_bytes();
        for connection in &mut self.connections {
            let begin = ConfigBeginEvent {
                config_type: ConfigType::UPDATE,
                application_config_key: Some(&key),
                csq_config_key: Some(&key),
                agent_config_key: Some(&key),
                device_config_key: Some(&key),
                ..Default::default()
            };
            let records = [AgentRecord {
                record_type: Some(RecordType::ADD),
                login_id: Some(login.as_str().into()),
                ..Default::default()
            }];
            let event = ConfigAgentEvent {
                records: (&records).into(),
                ..Default::default()
            };
            let _ = connection.server.send(&begin.into());
            let _ = connection.server.send(&event.into());
            let _ = connection.server.send(&ConfigEndEvent::default().into());
        }
    }
}
