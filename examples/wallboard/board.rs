//! The display: a model, fed by a session, and a picture of it.

use std::time::{Duration, Instant};

use cti_codec::ccx::client::Client;
use cti_codec::ccx::model::{Agent, Model, View};
use cti_codec::ccx::session::{ConfigurationEvent, Event};
use cti_codec::ccx::{
    AgentState, AgentStateReasonCode, CtiService, Device, DeviceId, Text, TextBuf,
};

use crate::tool::run::{count, long, plain};

/// A session and the model that it feeds.
pub(crate) struct Board {
    client: Client,
    model: Model,
    start: Instant,
    open: bool,
    /// Whether the server tells what happens.
    granted: bool,
    /// Whether all configuration that there is has come.
    configured: bool,
    /// Whether there is any.
    configurable: bool,
    said: String,
    changed: bool,
}

/// The contents to draw.
pub(crate) struct Picture {
    pub(crate) title: String,
    /// The last event of the session.
    pub(crate) said: String,
    pub(crate) queues: Vec<QueueRow>,
    pub(crate) agents: Vec<AgentRow>,
}

pub(crate) struct QueueRow {
    pub(crate) name: String,
    /// Waiting calls; with `?` where that is doubtful, `-` where it is not known.
    pub(crate) waiting: String,
    /// Whether callers wait while no agent is ready.
    pub(crate) alarm: bool,
    pub(crate) logged_in: usize,
    pub(crate) ready: usize,
    pub(crate) talking: usize,
    pub(crate) work: usize,
    pub(crate) not_ready: usize,
}

pub(crate) struct AgentRow {
    pub(crate) name: String,
    pub(crate) login: String,
    pub(crate) phone: String,
    pub(crate) state: Option<AgentState>,
    pub(crate) shown: String,
    pub(crate) reason: String,
    pub(crate) time: String,
    pub(crate) call: String,
}

impl Board {
    pub(crate) fn new(client: Client) -> Self {
        Self {
            client,
            model: Model::new(View::Bridge),
            start: Instant::now(),
            open: false,
            granted: false,
            configured: false,
            configurable: true,
            said: String::new(),
            changed: true,
        }
    }

    pub(crate) fn say(&mut self, news: String) {
        self.said = news;
    }

    pub(crate) fn said(&self) -> &str {
        &self.said
    }

    pub(crate) async fn close(&self) {
        self.client.close().await;
    }

    /// Whether something has changed since the last picture.
    pub(crate) fn has_changed(&self) -> bool {
        self.changed
    }

    /// Whether all that can be asked for is known.
    pub(crate) fn is_whole(&self) -> bool {
        self.open && self.configured && self.model.is_recovered()
    }

    /// Whether there is a session.
    pub(crate) fn is_open(&self) -> bool {
        self.open
    }

    fn now(&self) -> Duration {
        self.start.elapsed()
    }

    /// Takes an event of the session in.
    pub(crate) fn take(&mut self, event: &Event) {
        let now = self.now();
        self.changed |= !self.model.handle_timeout(now).is_empty();
        match event {
            Event::Tap { sent, frame } => {
                let Ok(message) = frame.message() else { return };
                let changes = if *sent {
                    self.model.sent(now, &message)
                } else {
                    self.model.received(now, &message)
                };
                self.changed |= !changes.is_empty();
            }
            Event::Opened { granted, .. } => {
                self.open = true;
                self.granted = granted.contains(CtiService::ALL_EVENTS);
            }
            Event::Lost { .. } | Event::Closed => {
                self.open = false;
                self.configured = false;
                self.model.disconnected();
                self.changed = true;
            }
            Event::Configuration(
                end @ (ConfigurationEvent::Complete { .. } | ConfigurationEvent::Unavailable),
            ) => {
                self.configured = true;
                self.configurable = *end != ConfigurationEvent::Unavailable;
                self.recover();
            }
            Event::Configuration(_) => self.changed = true,
            _ => {}
        }
        while let Some(ask) = self.model.poll_request() {
            // The answer comes as an event, too.
            tokio::spawn(self.client.request_any(&ask.message()));
        }
    }

    /// Starts the recovery with the configuration's agents, ports and CSQs.
    fn recover(&mut self) {
        let now = self.now();
        let model = &mut self.model;
        self.client.configuration(|configuration| {
            for agent in configuration.agents() {
                if let Some(login) = agent.login_id {
                    model.agents.learn(login, agent.extension, &mut Vec::new());
                }
            }
            let ports: Vec<TextBuf> = configuration
                .devices()
                .filter_map(|record| match record.device() {
                    Device::CtiPort { cti_port_id, .. } => cti_port_id.map(TextBuf::from),
                    _ => None,
                })
                .collect();
            let csqs: Vec<u32> = configuration.csqs().filter_map(|csq| csq.csq_id).collect();
            model.recover(now, ports.iter().map(TextBuf::text), csqs);
        });
        self.changed = true;
    }

    pub(crate) fn picture(&mut self) -> Picture {
        self.changed = false;
        let waiting: usize = self
            .model
            .queues
            .iter()
            .map(|(_, length)| length.calls as usize)
            .sum();
        let live = self.model.calls.live().count();
        let state = match (self.open, self.is_whole()) {
            (false, _) => "no session",
            (true, _) if !self.granted => "the server grants no events",
            (true, true) if !self.configurable => "the server gives no configuration",
            (true, false) => "getting to know the centre",
            (true, true) => "up to date",
        };
        let agents = self.agent_rows();
        let on = agents.iter().filter(|agent| is_on(agent.state)).count();
        Picture {
            title: format!(
                "{state}: {} logged in, {}, {waiting} waiting",
                count(long(on), "agent"),
                count(long(live), "call"),
            ),
            said: self.said.clone(),
            queues: self.queue_rows(),
            agents,
        }
    }

    fn queue_rows(&self) -> Vec<QueueRow> {
        let model = &self.model;
        let mut rows: Vec<QueueRow> = self.client.configuration(|configuration| {
            let members: Vec<(Vec<u32>, Option<AgentState>)> = configuration
                .agents()
                .map(|agent| {
                    let known = model.agents.get(agent.login_id.unwrap_or_default());
                    let csqs = agent.csqs.iter().filter_map(|csq| csq.csq_id).collect();
                    (csqs, known.and_then(|known| known.status.state))
                })
                .collect();
            configuration
                .csqs()
                .filter_map(|csq| {
                    let csq_id = csq.csq_id?;
                    let count = |wanted: &[AgentState]| {
                        let states = members.iter().filter(|(csqs, _)| csqs.contains(&csq_id));
                        let states = states.filter_map(|(_, state)| *state);
                        states.filter(|state| wanted.contains(state)).count()
                    };
                    let length = model.queues.get(csq_id);
                    let ready = count(&[AgentState::READY]);
                    let talking = count(&[AgentState::TALKING, AgentState::RESERVED]);
                    let work = count(&[AgentState::WORK, AgentState::WORK_READY]);
                    let not_ready = count(&[AgentState::NOT_READY]);
                    Some(QueueRow {
                        name: plain(&csq.csq_name.unwrap_or_default().to_string()),
                        waiting: match length {
                            None => "-".to_owned(),
                            Some(length) if length.stale => format!("{}?", length.calls),
                            Some(length) => length.calls.to_string(),
                        },
                        alarm: ready == 0 && length.is_some_and(|length| length.calls > 0),
                        logged_in: ready + talking + work + not_ready,
                        ready,
                        talking,
                        work,
                        not_ready,
                    })
                })
                .collect()
        });
        rows.sort_by(|one, other| one.name.cmp(&other.name));
        rows
    }

    fn agent_rows(&self) -> Vec<AgentRow> {
        let now = self.now();
        let name = |login: Text<'_>| {
            self.client.configuration(|configuration| {
                let record = configuration.agent(login.as_bytes());
                record.map(|record| {
                    let first = record.first_name.unwrap_or_default();
                    let last = record.last_name.unwrap_or_default();
                    plain(format!("{first} {last}").trim())
                })
            })
        };
        let mut rows: Vec<AgentRow> = self
            .model
            .agents
            .iter()
            .map(|(login, agent)| {
                let state = agent.status.state;
                AgentRow {
                    name: name(login).unwrap_or_default(),
                    login: plain(&login.to_string()),
                    phone: agent
                        .phone()
                        .map(|phone| plain(&phone.to_string()))
                        .unwrap_or_default(),
                    state,
                    shown: shown(agent),
                    reason: reason(agent.status.reason),
                    time: agent
                        .since
                        .filter(|_| is_on(state))
                        .map(|since| clock(since.elapsed(now)))
                        .unwrap_or_default(),
                    call: self.call_of(agent),
                }
            })
            .collect();
        rows.sort_by(|one, other| {
            (order(one.state), &one.login).cmp(&(order(other.state), &other.login))
        });
        rows
    }

    /// Returns the party that an agent talks to.
    fn call_of(&self, agent: &Agent) -> String {
        let Some(phone) = agent.phone() else {
            return String::new();
        };
        let phone = DeviceId(phone.text());
        let others: Vec<String> = self
            .model
            .calls
            .at(phone)
            .map(|call| {
                let called = call
                    .called
                    .as_ref()
                    .map(|called| DeviceId(called.id.text()));
                let other = call.caller().filter(|caller| *caller != phone).or(called);
                plain(&other.unwrap_or_default().to_string())
            })
            .collect();
        others.join(", ")
    }
}

fn is_on(state: Option<AgentState>) -> bool {
    state.is_some_and(|state| state != AgentState::LOGOUT)
}

/// Sorts working agents first.
fn order(state: Option<AgentState>) -> u8 {
    match state {
        Some(AgentState::TALKING | AgentState::RESERVED) => 0,
        Some(AgentState::READY) => 1,
        Some(AgentState::WORK | AgentState::WORK_READY) => 2,
        Some(AgentState::LOGOUT) => 5,
        None => 4,
        Some(_) => 3,
    }
}

fn shown(agent: &Agent) -> String {
    let name = |state: AgentState| {
        let name = state.name().map(|name| name.replace("AGENT_STATE_", ""));
        let name = name.unwrap_or_else(|| state.0.to_string());
        name.replace('_', " ").to_lowercase()
    };
    let Some(state) = agent.status.state else {
        return "unknown".to_owned();
    };
    let mut shown = name(state);
    if let Some(next) = agent.status.next {
        shown = format!("{shown} > {}", name(next));
    }
    if agent.stale {
        shown.push('?');
    }
    shown
}

fn reason(reason: Option<AgentStateReasonCode>) -> String {
    match reason {
        None | Some(AgentStateReasonCode(0)) => String::new(),
        Some(code) => code.name().map_or_else(
            || code.0.to_string(),
            |name| {
                name.trim_start_matches("AGT_")
                    .replace('_', " ")
                    .to_lowercase()
            },
        ),
    }
}

/// Formats as `m:ss`, or `h:mm:ss`.
fn clock(time: Duration) -> String {
    let seconds = time.as_secs();
    let (hours, minutes, seconds) = (seconds / 3600, seconds / 60 % 60, seconds % 60);
    if hours == 0 {
        format!("{minutes}:{seconds:02}")
    } else {
        format!("{hours}:{minutes:02}:{seconds:02}")
    }
}
