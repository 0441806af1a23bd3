//! The centre behind a simulated server: its agents and calls, and their course over time.

use alloc::collections::{BTreeMap, BTreeSet};
use alloc::vec::Vec;
use core::time::Duration;

use fastrand::Rng;

use super::plan::{AgentPlan, Plan};
use super::sessions::{Audience, Sessions};
use crate::ccx::{
    AgentState, AgentStateEvent, AgentStateReasonCode, CallPartyDisposition, CallType, DeviceType,
    LocalConnectionState, Text, TextBuf,
};

/// An agent of a simulated centre, as the server itself sees him.
#[derive(Clone, PartialEq, Eq, Debug)]
#[non_exhaustive]
pub struct CentreAgent {
    /// The agent's plan.
    pub plan: AgentPlan,
    /// The state.
    pub state: AgentState,
    /// Why.
    pub reason: AgentStateReasonCode,
    /// The state that follows, while it is known.
    pub next: Option<AgentState>,
    /// When the agent came to the state.
    pub since: Duration,
    /// The phone, while the agent is logged in.
    pub phone: Option<TextBuf>,
    /// Whether the agent takes outbound contacts.
    pub outbound: bool,
    /// The agent's state after a call.
    pub(super) after: AgentState,
    /// Calls handled.
    pub(super) handled: u32,
    /// The call that is over and may still be wrapped up.
    pub(super) last: Option<CentreCall>,
}

impl CentreAgent {
    /// Creates an agent who is logged out.
    pub(super) fn new(plan: &AgentPlan) -> Self {
        Self {
            plan: plan.clone(),
            state: AgentState::LOGOUT,
            reason: AgentStateReasonCode(0),
            next: None,
            since: Duration::ZERO,
            phone: None,
            outbound: false,
            after: AgentState::NOT_READY,
            handled: 0,
            last: None,
        }
    }
}

/// A device's part in a call of a simulated centre.
#[derive(Clone, PartialEq, Eq, Debug)]
#[non_exhaustive]
pub struct CentreConnection {
    /// The device.
    pub device: TextBuf,
    /// Its kind.
    pub kind: DeviceType,
    /// The state.
    pub state: LocalConnectionState,
    /// Whether clients were told of it: of a caller outside they are not, before he becomes a party
    /// of a transfer or a conference.
    pub told: bool,
}

/// A call of a simulated centre, as the server itself sees it.
#[derive(Clone, PartialEq, Eq, Debug)]
#[non_exhaustive]
pub struct CentreCall {
    /// `CallID`.
    pub call_id: u32,
    /// The kind of call.
    pub call_type: CallType,
    /// The devices in it.
    pub connections: Vec<CentreConnection>,
    /// The CSQs that it waits in.
    pub queues: Vec<u32>,
    /// The number of the caller.
    pub ani: TextBuf,
    /// The number that was dialed.
    pub dialed_number: TextBuf,
    /// The caller's digits.
    pub digits: TextBuf,
    /// `CallVariable1` to `CallVariable10`; empty if unset.
    pub variables: [TextBuf; 10],
    /// `CallWrapupData`.
    pub wrap_up: TextBuf,
    /// `CustomerAccountNumber`.
    pub account: TextBuf,
    /// The named variables.
    pub named_variables: Vec<(TextBuf, TextBuf)>,
    /// The elements of named arrays.
    pub named_arrays: Vec<(TextBuf, u8, TextBuf)>,
    /// The disposition of the called party.
    pub disposition: CallPartyDisposition,
    /// The application.
    pub application_id: Option<u32>,
    /// The CSQ that the call came by.
    pub csq_id: Option<u32>,
    /// The call that this one is a consultation about.
    pub origin: Option<u32>,
    /// When it began.
    pub since: Duration,
    /// Whether the simulator plays the one who called.
    pub(super) played: bool,
    /// The outbound contact of the call: the preview call follows under this number.
    pub(super) preview: Option<u32>,
}

impl CentreCall {
    /// Creates a call without data and parties.
    pub(super) fn new(call_id: u32, call_type: CallType, since: Duration) -> Self {
        Self {
            call_id,
            call_type,
            connections: Vec::new(),
            queues: Vec::new(),
            ani: TextBuf::default(),
            dialed_number: TextBuf::default(),
            digits: TextBuf::default(),
            variables: Default::default(),
            wrap_up: TextBuf::default(),
            account: TextBuf::default(),
            named_variables: Vec::new(),
            named_arrays: Vec::new(),
            disposition: CallPartyDisposition::INVALID,
            application_id: None,
            csq_id: None,
            origin: None,
            since,
            played: false,
            preview: None,
        }
    }

    pub(super) fn connection(&self, device: &[u8]) -> Option<&CentreConnection> {
        self.connections
            .iter()
            .find(|inside| inside.device.as_bytes() == device)
    }

    pub(super) fn connection_mut(&mut self, device: &[u8]) -> Option<&mut CentreConnection> {
        self.connections
            .iter_mut()
            .find(|inside| inside.device.as_bytes() == device)
    }

    pub(super) fn devices(&self) -> Vec<TextBuf> {
        let connections = self.connections.iter();
        connections.map(|inside| inside.device.clone()).collect()
    }
}

/// A task that is due at a time.
#[derive(Clone, PartialEq, Eq, PartialOrd, Ord, Debug)]
pub(super) enum Task {
    /// A caller dials.
    NewCall,
    /// A played agent answers.
    Answer(u32, TextBuf),
    /// A phone has rung long enough.
    RingOut(u32, TextBuf),
    /// A caller in a queue loses patience.
    Abandon(u32),
    /// A played agent consults, or the caller or the agent hangs up.
    Talked(u32, TextBuf),
    /// A played agent completes the consultation of the call.
    Complete(u32, u32, TextBuf),
    /// A played agent is done after a call.
    WorkDone(TextBuf),
}

/// Numbers of calls since the start of the simulator.
#[derive(Clone, Copy, PartialEq, Eq, Debug, Default)]
pub(super) struct Counts {
    pub total: u32,
    pub handled: u32,
    pub abandoned: u32,
    pub talked: Duration,
    pub waited: Duration,
    pub longest_talk: Duration,
    pub longest_wait: Duration,
}

/// The centre behind a simulated server.
#[derive(Debug)]
pub struct Centre {
    pub(super) plan: Plan,
    pub(super) agents: BTreeMap<TextBuf, CentreAgent>,
    pub(super) calls: BTreeMap<u32, CentreCall>,
    pub(super) tasks: BTreeSet<(Duration, u64, Task)>,
    pub(super) rng: Rng,
    pub(super) now: Duration,
    next_task: u64,
    next_call: u32,
    pub(super) next_customer: u32,
    pub(super) counts: BTreeMap<u32, Counts>,
    /// Counted up with each change of configuration.
    pub(super) config_key: u64,
    /// Whether the server is in service.
    pub(super) online: bool,
}

/// `CallID`s of the guide's traces lie there.
const FIRST_CALL: u32 = 0x0100_0001;

impl Centre {
    pub(super) fn new(plan: Plan) -> Self {
        let agents = plan.agents.iter();
        let mut centre = Self {
            agents: agents
                .map(|plan| (plan.login_id.clone(), CentreAgent::new(plan)))
                .collect(),
            calls: BTreeMap::new(),
            tasks: BTreeSet::new(),
            rng: Rng::with_seed(plan.seed),
            now: Duration::ZERO,
            next_task: 0,
            next_call: FIRST_CALL,
            next_customer: 0,
            counts: BTreeMap::new(),
            config_key: 1,
            online: true,
            plan,
        };
        for agent in centre.agents.values_mut().filter(|agent| agent.plan.played) {
            agent.state = AgentState::READY;
            agent.reason = AgentStateReasonCode::AGT_LOGON;
            agent.phone = Some(agent.plan.extension.clone());
        }
        centre.schedule_call();
        centre
    }

    /// Returns the agents, by login.
    pub fn agents(&self) -> impl Iterator<Item = &CentreAgent> {
        self.agents.values()
    }

    /// Returns the agent with this login.
    #[must_use]
    pub fn agent(&self, login_id: &str) -> Option<&CentreAgent> {
        self.agents.get(login_id.as_bytes())
    }

    /// Returns the calls, by `CallID`.
    pub fn calls(&self) -> impl Iterator<Item = &CentreCall> {
        self.calls.values()
    }

    /// Returns the plan of the centre.
    #[must_use]
    pub fn plan(&self) -> &Plan {
        &self.plan
    }

    pub(super) fn take_call_id(&mut self) -> u32 {
        let call_id = self.next_call;
        self.next_call = match call_id.wrapping_add(1) {
            0 | u32::MAX => FIRST_CALL,
            next => next,
        };
        call_id
    }

    pub(super) fn schedule(&mut self, after: Duration, task: Task) {
        self.next_task = self.next_task.saturating_add(1);
        self.tasks
            .insert((self.now.saturating_add(after), self.next_task, task));
    }

    pub(super) fn cancel(&mut self, is: impl Fn(&Task) -> bool) {
        self.tasks.retain(|(_, _, task)| !is(task));
    }

    /// Returns a random time from half to one and a half of this one.
    pub(super) fn about(&mut self, time: Duration) -> Duration {
        let share = 0.5 + self.rng.f64();
        time.mul_f64(share)
    }

    pub(super) fn schedule_call(&mut self) {
        let rate = self.plan.calls_per_second;
        if rate > 0.0 && rate.is_finite() {
            let wait = self
                .about(Duration::from_secs(1))
                .div_f64(rate.max(0.000_1));
            self.schedule(wait, Task::NewCall);
        }
    }

    pub(super) fn agent_at(&self, phone: &[u8]) -> Option<&CentreAgent> {
        self.agents.values().find(|agent| {
            let at = agent.phone.as_ref();
            at.is_some_and(|at| at.as_bytes() == phone)
        })
    }

    /// Returns the login of the agent at a phone.
    pub(super) fn login_at(&self, phone: &[u8]) -> Option<TextBuf> {
        self.agent_at(phone)
            .map(|agent| agent.plan.login_id.clone())
    }

    /// Returns whether a device is one of the centre: an agent's phone or a CTI port.
    pub(super) fn is_phone(&self, device: &[u8]) -> bool {
        let mut plans = self.plan.agents.iter();
        plans.any(|plan| plan.extension.as_bytes() == device) || self.agent_at(device).is_some()
    }

    pub(super) fn is_port(&self, device: &[u8]) -> bool {
        let mut ports = self.plan.cti_ports.iter();
        ports.any(|port| port.as_bytes() == device)
    }

    pub(super) fn kind(&self, device: &[u8]) -> DeviceType {
        if self.agent_at(device).is_some() {
            DeviceType::AGENT_DEVICE
        } else if self.is_port(device) {
            DeviceType::CTI_PORT
        } else {
            DeviceType::DEVICE_IDENTIFIER
        }
    }

    pub(super) fn calls_at(&self, device: &[u8]) -> Vec<u32> {
        let calls = self.calls.values();
        calls
            .filter(|call| call.connection(device).is_some())
            .map(|call| call.call_id)
            .collect()
    }

    /// Returns the call at a device whose connection is in a state.
    pub(super) fn call_in(&self, device: &[u8], state: LocalConnectionState) -> Option<u32> {
        let mut calls = self.calls.values();
        let call = calls.find(|call| {
            let connection = call.connection(device);
            connection.is_some_and(|inside| inside.state == state)
        });
        call.map(|call| call.call_id)
    }

    /// Sets the state of an agent and tells of it.
    pub(super) fn set_state(
        &mut self,
        login_id: &TextBuf,
        state: AgentState,
        reason: AgentStateReasonCode,
        next: Option<AgentState>,
        out: &mut Sessions,
    ) {
        let now = self.now;
        let Some(agent) = self.agents.get_mut(login_id) else {
            return;
        };
        let phone = agent.phone.clone();
        if agent.state != state {
            agent.since = now;
        }
        agent.state = state;
        agent.reason = reason;
        agent.next = next;
        if state == AgentState::LOGOUT {
            agent.phone = None;
        }
        if !matches!(state, AgentState::TALKING | AgentState::WORK) {
            agent.last = None;
        }
        let device = phone.as_ref().map(TextBuf::text);
        let audience = Audience::Agent {
            login_id,
            phone: phone.as_ref(),
            state,
            next,
        };
        out.tell(
            audience,
            &AgentStateEvent {
                csq_state: state,
                csq_id: crate::ccx::special::NULL_CSQ,
                agent_state: state,
                event_reason_code: reason,
                agent_extension: device,
                agent_instrument: device,
                agent_id: Some(login_id.text()),
                next_agent_state: Some(next.unwrap_or(AgentState(0xFFFF))),
                ..AgentStateEvent::default()
            }
            .into(),
        );
    }

    /// Sets an agent to talking.
    pub(super) fn talks(&mut self, login_id: &TextBuf, of_csq: bool, out: &mut Sessions) {
        let auto_work = of_csq && {
            let csqs = self
                .agents
                .get(login_id)
                .map(|agent| agent.plan.csqs.clone());
            let csqs = csqs.unwrap_or_default();
            let mut plans = self.plan.csqs.iter();
            plans.any(|csq| csq.auto_work && csqs.contains(&csq.csq_id))
        };
        let Some(agent) = self.agents.get_mut(login_id) else {
            return;
        };
        if agent.state == AgentState::TALKING {
            return;
        }
        let from = agent.state;
        let non_icd = !of_csq && from == AgentState::NOT_READY;
        agent.after = match from {
            _ if auto_work => AgentState::WORK,
            AgentState::RESERVED | AgentState::WORK => agent.after,
            state => state,
        };
        let next = Some(agent.after);
        let reason = if non_icd {
            AgentStateReasonCode::AGT_NON_ICD
        } else {
            AgentStateReasonCode(0)
        };
        self.set_state(login_id, AgentState::TALKING, reason, next, out);
    }

    /// Ends the last call of an agent.
    pub(super) fn hangs_up(&mut self, login_id: &TextBuf, out: &mut Sessions) {
        let Some(agent) = self.agents.get(login_id) else {
            return;
        };
        let (state, after, played) = (agent.state, agent.after, agent.plan.played);
        match state {
            AgentState::TALKING => {
                let to = match after {
                    AgentState::WORK | AgentState::READY => after,
                    _ => AgentState::NOT_READY,
                };
                let reason = if to == AgentState::NOT_READY {
                    AgentStateReasonCode::AGT_CALL_ENDED
                } else {
                    AgentStateReasonCode(0)
                };
                self.set_state(login_id, to, reason, None, out);
                if to == AgentState::WORK && played {
                    let work = self.about(self.plan.pace.work);
                    self.schedule(work, Task::WorkDone(login_id.clone()));
                }
            }
            AgentState::RESERVED => {
                let to = if after == AgentState::NOT_READY {
                    AgentState::NOT_READY
                } else {
                    AgentState::READY
                };
                self.set_state(login_id, to, AgentStateReasonCode(0), None, out);
            }
            _ => {}
        }
        self.route(out);
    }

    /// Reserves an agent for a call.
    pub(super) fn reserve(&mut self, login_id: &TextBuf, out: &mut Sessions) {
        let Some(agent) = self.agents.get_mut(login_id) else {
            return;
        };
        if matches!(agent.state, AgentState::READY | AgentState::NOT_READY) {
            agent.after = agent.state;
            let reason = AgentStateReasonCode(0);
            self.set_state(login_id, AgentState::RESERVED, reason, None, out);
        }
    }

    /// Runs the tasks that are due.
    pub(super) fn tick(&mut self, now: Duration, out: &mut Sessions) {
        while let Some((at, _, task)) = self.tasks.first().cloned()
            && at <= now
        {
            self.tasks.pop_first();
            self.now = self.now.max(at);
            self.due(task, out);
        }
        self.now = self.now.max(now);
    }

    fn due(&mut self, task: Task, out: &mut Sessions) {
        match task {
            Task::NewCall => {
                self.schedule_call();
                self.customer_calls(out);
            }
            Task::Answer(call_id, phone) => {
                // It may have gone meanwhile.
                let _ = self.answer(call_id, &phone, out);
            }
            Task::RingOut(call_id, phone) => self.rings_out(call_id, &phone, out),
            Task::Abandon(call_id) => {
                let waits = self.calls.get(&call_id);
                if waits.is_some_and(|call| !call.queues.is_empty()) {
                    self.clear_call(call_id, out);
                }
            }
            Task::Talked(call_id, phone) => self.talked(call_id, &phone, out),
            Task::Complete(main, consult, phone) => self.complete(main, consult, &phone, out),
            Task::WorkDone(login_id) => {
                let agent = self.agents.get(&login_id);
                if agent.is_some_and(|agent| agent.state == AgentState::WORK && agent.plan.played) {
                    let reason = AgentStateReasonCode(0);
                    self.set_state(&login_id, AgentState::READY, reason, None, out);
                    self.route(out);
                }
            }
        }
    }

    /// Finds the agent whom a request names, by login, extension or instrument.
    pub(super) fn named_agent(
        &self,
        login_id: Option<Text<'_>>,
        phones: [Option<Text<'_>>; 2],
    ) -> Option<TextBuf> {
        if let Some(login_id) = login_id.filter(|id| !id.is_empty()) {
            let known = self.agents.get_key_value(login_id.as_bytes());
            return known.map(|(login_id, _)| login_id.clone());
        }
        let phone = phones
            .into_iter()
            .flatten()
            .find(|phone| !phone.is_empty())?;
        self.login_at(phone.as_bytes()).or_else(|| {
            let mut plans = self.plan.agents.iter();
            plans
                .find(|plan| plan.extension == phone)
                .map(|plan| plan.login_id.clone())
        })
    }
}
