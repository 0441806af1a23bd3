//! The queries once a session is open.

use alloc::collections::{BTreeMap, BTreeSet, VecDeque};
use alloc::vec::Vec;
use core::time::Duration;

use super::calls::{CallName, View};
use super::{Agent, Change, Model};
use crate::ccx::messages::{
    QueryAgentStateReq, QueryQueueStatisticsReq, SnapshotCallReq, SnapshotDeviceReq,
};
use crate::ccx::values::DeviceType;
use crate::ccx::{Message, Text, TextBuf};

/// The most requests of a recovery that are outstanding at a time: a server is to be spared.
const WINDOW: usize = 4;
/// The number of queries for a call whose events outrun the answers.
const TRIES: u8 = 5;

/// A request of a recovery.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct Ask(What);

#[derive(Clone, PartialEq, Eq, Debug)]
enum What {
    Agent(TextBuf),
    Device(DeviceType, TextBuf),
    Call(CallName),
    Queue(u32),
}

impl Ask {
    /// Returns the request, with an `InvokeID` of 0.
    #[must_use]
    pub fn message(&self) -> Message<'_> {
        match &self.0 {
            What::Agent(agent_id) => QueryAgentStateReq {
                agent_id: Some(agent_id.text()),
                ..QueryAgentStateReq::default()
            }
            .into(),
            What::Device(device_type, device) => SnapshotDeviceReq {
                snapshot_device_type: *device_type,
                agent_instrument: Some(device.text()),
                ..SnapshotDeviceReq::default()
            }
            .into(),
            What::Call(name) => SnapshotCallReq {
                call_id: name.call_id,
                connection_device_type: name.device_type,
                connection_device_id: Some((&name.device_id).into()),
                ..SnapshotCallReq::default()
            }
            .into(),
            What::Queue(csq_id) => QueryQueueStatisticsReq {
                csq_id: Some(*csq_id),
                ..QueryQueueStatisticsReq::default()
            }
            .into(),
        }
    }

    fn is(&self, message: &Message<'_>) -> bool {
        match (&self.0, message) {
            (What::Agent(agent_id), Message::QueryAgentStateReq(request)) => {
                request.agent_id == Some(agent_id.text())
            }
            (What::Device(_, device), Message::SnapshotDeviceReq(request)) => {
                request.agent_instrument == Some(device.text())
            }
            (What::Call(name), Message::SnapshotCallReq(request)) => {
                request.call_id == name.call_id
                    && request.connection_device_id == Some((&name.device_id).into())
            }
            (What::Queue(csq_id), Message::QueryQueueStatisticsReq(request)) => {
                request.csq_id == Some(*csq_id)
            }
            _ => false,
        }
    }
}

#[derive(Clone, Copy, PartialEq, Eq, Debug, Default)]
enum Stage {
    #[default]
    Idle,
    Agents,
    Devices,
    Doubtful,
    Queues,
    Done,
}

/// The progress of a recovery.
#[derive(Clone, Debug, Default)]
pub struct Recovery {
    stage: Stage,
    asks: VecDeque<Ask>,
    /// Returned, but not yet reported as sent.
    handed: Vec<Ask>,
    outstanding: usize,
    ports: Vec<TextBuf>,
    csqs: Vec<u32>,
    /// Devices to query, and those that have answered with all their calls.
    monitored: BTreeSet<TextBuf>,
    answered: BTreeSet<TextBuf>,
    /// The names by which devices listed calls, and those that were asked by.
    named: BTreeSet<CallName>,
    tries: BTreeMap<CallName, u8>,
}

impl Recovery {
    /// Returns whether a request that was sent is one of the recovery's.
    pub(super) fn claims(&mut self, message: &Message<'_>) -> bool {
        let place = self.handed.iter().position(|ask| ask.is(message));
        if let Some(place) = place {
            self.handed.remove(place);
            self.outstanding = self.outstanding.saturating_add(1);
        }
        place.is_some()
    }

    /// Notes that a request of the recovery has ended.
    pub(super) fn settled(&mut self) {
        self.outstanding = self.outstanding.saturating_sub(1);
    }

    pub(super) fn device_answered(&mut self, device: TextBuf, calls: Vec<CallName>) {
        if calls.len() < crate::ccx::special::MAX_NUM_DEVICES {
            self.answered.insert(device);
        }
        for name in calls {
            // A call is at several devices, and asked for once.
            let known = self.named.iter().any(|known| known.call_id == name.call_id);
            self.named.insert(name.clone());
            if !known {
                self.asks.push_back(Ask(What::Call(name)));
            }
        }
    }

    /// Returns another name by which a device has listed the call of a name that the server does not
    /// know, each once: the call has left one device and may be at the others.
    pub(super) fn listed_elsewhere(&mut self, unknown: &CallName) -> Option<CallName> {
        self.named.remove(unknown);
        let mut named = self.named.iter();
        named.find(|name| name.call_id == unknown.call_id).cloned()
    }

    pub(super) fn ask_again(&mut self, name: CallName) {
        let tries = self.tries.entry(name.clone()).or_default();
        *tries = tries.saturating_add(1);
        if *tries < TRIES {
            self.asks.push_back(Ask(What::Call(name)));
        }
    }

    /// Returns whether a recovery has begun since the session was opened.
    #[inline]
    pub(super) fn is_under_way(&self) -> bool {
        self.stage != Stage::Idle
    }

    fn is_quiet(&self) -> bool {
        self.asks.is_empty() && self.handed.is_empty() && self.outstanding == 0
    }
}

impl Model {
    /// Begins to query missed changes or, in a first session, the current state. Call it once a
    /// session is open and, with the configuration service, its configuration is complete.
    ///
    /// In bridge mode name the CTI ports of the configuration, since a waiting call is at a port
    /// and at no phone, and the CSQs, for the lengths of their queues. The agents are those in the
    /// model: add those of the configuration with
    /// [`agents.learn`](crate::ccx::model::Agents::learn). In agent mode it queries the own phone,
    /// and no ports.
    pub fn recover<'t>(
        &mut self,
        now: Duration,
        cti_ports: impl IntoIterator<Item = Text<'t>>,
        csqs: impl IntoIterator<Item = u32>,
    ) -> Vec<Change> {
        // All of them are queried.
        while self.agents.take_unheard().is_some() {}
        let agents = self.agents.ids().map(|id| Ask(What::Agent(id.clone())));
        let mut ports: Vec<TextBuf> = cti_ports.into_iter().map(TextBuf::from).collect();
        if self.view == View::Agent {
            ports.clear();
        } else {
            // Ports that calls told of before.
            let known = self.calls.iter().flat_map(|call| &call.connections);
            let known = known.filter(|inside| inside.device == Some(DeviceType::CTI_PORT));
            ports.extend(known.map(|inside| inside.device_id.clone()));
        }
        self.recovery = Recovery {
            stage: Stage::Agents,
            asks: agents.collect(),
            ports,
            csqs: csqs.into_iter().collect(),
            ..Recovery::default()
        };
        let mut changes = Vec::new();
        self.conclude(now, 0, &mut changes);
        changes
    }

    /// Returns the next request of the recovery. Send it, and report it with [`sent`](Self::sent);
    /// `None` while enough are outstanding, and when none are left.
    pub fn poll_request(&mut self) -> Option<Ask> {
        let recovery = &mut self.recovery;
        if recovery.outstanding.saturating_add(recovery.handed.len()) >= WINDOW {
            return None;
        }
        let ask = recovery.asks.pop_front()?;
        recovery.handed.push(ask.clone());
        Some(ask)
    }

    /// Returns whether all that could be asked for since the session was opened has been answered,
    /// or been given up.
    #[must_use]
    pub fn is_recovered(&self) -> bool {
        self.recovery.stage == Stage::Done
    }

    /// Goes on to the next stage of the recovery once the one before is done.
    #[inline]
    pub(super) fn advance(&mut self, now: Duration, changes: &mut Vec<Change>) {
        while self.recovery.is_quiet() {
            match self.recovery.stage {
                Stage::Done if self.queues.take_doubt() => self.ask_queues(),
                Stage::Done => match self.asked_later() {
                    Some(ask) => self.recovery.asks.push_back(ask),
                    None => return,
                },
                Stage::Idle => return,
                Stage::Agents => {
                    self.recovery.stage = Stage::Devices;
                    self.ask_devices();
                }
                Stage::Devices => {
                    self.recovery.stage = Stage::Doubtful;
                    let recovery = &mut self.recovery;
                    let open = self.calls.doubtful(
                        now,
                        |device| recovery.monitored.contains(device),
                        |device| recovery.answered.contains(device),
                        changes,
                    );
                    let asks = open.into_iter().map(|name| Ask(What::Call(name)));
                    recovery.asks.extend(asks);
                }
                Stage::Doubtful => {
                    self.recovery.stage = Stage::Queues;
                    self.queues.take_doubt();
                    while self.queues.take_left().is_some() {}
                    self.ask_queues();
                }
                Stage::Queues => {
                    self.recovery.stage = Stage::Done;
                    changes.push(Change::Recovered);
                }
            }
        }
    }

    /// Returns the next query after the recovery: agents that an administrator has added, and
    /// queues that calls have left.
    fn asked_later(&mut self) -> Option<Ask> {
        if let Some(agent_id) = self.agents.take_unheard() {
            return Some(Ask(What::Agent(agent_id)));
        }
        while let Some(csq_id) = self.queues.take_left() {
            if self.recovery.csqs.contains(&csq_id) {
                return Some(Ask(What::Queue(csq_id)));
            }
        }
        None
    }

    fn ask_queues(&mut self) {
        let recovery = &mut self.recovery;
        let asks = recovery.csqs.iter().map(|csq_id| Ask(What::Queue(*csq_id)));
        recovery.asks.extend(asks);
    }

    fn ask_devices(&mut self) {
        let own = self.calls.own().map(TextBuf::from);
        let phones: Vec<TextBuf> = if self.view == View::Agent {
            own.into_iter().collect()
        } else {
            let agents = self.agents.iter().map(|(_, agent)| agent);
            let logged_in = agents.filter(|agent| agent.is_logged_in());
            logged_in.filter_map(Agent::phone).cloned().collect()
        };
        // For phones the type has no meaning; other Cisco guides use 0.
        let phones = phones
            .into_iter()
            .map(|phone| (DeviceType::DEVICE_IDENTIFIER, phone));
        let ports = core::mem::take(&mut self.recovery.ports);
        let ports = ports.into_iter().map(|port| (DeviceType::CTI_PORT, port));
        for (device_type, device) in phones.chain(ports) {
            if self.recovery.monitored.insert(device.clone()) {
                self.recovery
                    .asks
                    .push_back(Ask(What::Device(device_type, device)));
            }
        }
    }
}
