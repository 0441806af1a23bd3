//! A copy of a model that knows nothing but the changes that the model reports. After each step it
//! must say the same: no change is kept back, told twice, or told with another value before.

use std::collections::{BTreeMap, BTreeSet};

use cti_codec::ccx::model::{
    AgentKey, AgentWhat, AssociatedClient, Call, CallKey, CallWhat, Change, Connection, DataField,
    Model, NamedDevice, Number, OutOfService, Phase, Queue, QueueLength, Role, Status,
};
use cti_codec::ccx::{AgentState, CallType, TextBuf};

#[derive(Clone, PartialEq, Debug, Default)]
struct Agent {
    status: Status,
    csqs: BTreeMap<u32, AgentState>,
    extension: Option<TextBuf>,
    instrument: Option<TextBuf>,
}

#[derive(Clone, PartialEq, Debug, Default)]
struct Kept {
    call_id: u32,
    phase: Option<Phase>,
    call_type: Option<CallType>,
    connections: BTreeMap<TextBuf, Connection>,
    queues: Vec<Option<u32>>,
    devices: BTreeMap<&'static str, NamedDevice>,
    numbers: BTreeMap<&'static str, u32>,
    texts: BTreeMap<String, TextBuf>,
    variables: BTreeMap<TextBuf, TextBuf>,
    arrays: BTreeMap<(TextBuf, u8), TextBuf>,
    clients: Vec<AssociatedClient>,
}

#[derive(Debug, Default)]
pub(crate) struct Mirror {
    agents: BTreeMap<AgentKey, Agent>,
    calls: BTreeMap<CallKey, Kept>,
    /// Calls that have ended, whose data may be told of still.
    ended: BTreeSet<CallKey>,
    lengths: BTreeMap<u32, (u32, bool)>,
    devices: BTreeMap<TextBuf, OutOfService>,
}

/// Replaces a value that must be there as told, or be missing.
#[track_caller]
fn put<K: Ord, V: PartialEq + std::fmt::Debug>(
    map: &mut BTreeMap<K, V>,
    key: K,
    before: Option<V>,
    after: Option<V>,
) {
    let old = match after {
        Some(after) => map.insert(key, after),
        None => map.remove(&key),
    };
    assert_eq!(old, before);
}

#[track_caller]
fn set<T: Clone + PartialEq + std::fmt::Debug>(place: &mut T, before: &T, after: &T) {
    assert_eq!(place, before);
    assert_ne!(before, after, "nothing has changed");
    place.clone_from(after);
}

const fn role(role: Role) -> &'static str {
    match role {
        Role::Calling => "calling",
        Role::Called => "called",
        Role::LastRedirect => "last redirect",
    }
}

fn number(number: Number) -> &'static str {
    match number {
        Number::Application => "application",
        Number::Csq => "csq",
        Number::Campaign => "campaign",
        Number::SecondaryCall => "secondary call",
        Number::Cause => "cause",
        Number::Disposition => "disposition",
        #[allow(unreachable_patterns, reason = "there may be more one day")]
        _ => panic!(),
    }
}

const FIELDS: [DataField; 8] = [
    DataField::Ani,
    DataField::Dnis,
    DataField::DialedNumber,
    DataField::CallerEnteredDigits,
    DataField::CallWrapupData,
    DataField::CustomerPhoneNumber,
    DataField::CustomerAccountNumber,
    DataField::UserToUserInfo,
];

impl Kept {
    fn of(call: &Call) -> Self {
        let devices = [
            (Role::Calling, &call.calling),
            (Role::Called, &call.called),
            (Role::LastRedirect, &call.last_redirect),
        ];
        let numbers = [
            (Number::Application, call.application_id),
            (Number::Csq, call.csq_id),
            (Number::Campaign, call.campaign_id),
            (Number::SecondaryCall, call.secondary_call_id),
            (Number::Cause, call.cause.map(|cause| cause.0.into())),
            (
                Number::Disposition,
                call.disposition.map(|disposition| disposition.0.into()),
            ),
        ];
        let fields = FIELDS
            .into_iter()
            .chain((1..=10).map(DataField::CallVariable));
        Kept {
            call_id: call.call_id,
            phase: Some(call.phase),
            call_type: call.call_type,
            connections: call
                .connections
                .iter()
                .map(|inside| (inside.device_id.clone(), inside.clone()))
                .collect(),
            queues: call.queues.iter().map(|queue| queue.csq_id).collect(),
            devices: devices
                .into_iter()
                .filter_map(|(which, device)| Some((role(which), device.clone()?)))
                .collect(),
            numbers: numbers
                .into_iter()
                .filter_map(|(which, value)| Some((number(which), value?)))
                .collect(),
            texts: fields
                .filter_map(|field| {
                    let text = call.data.text(field)?;
                    Some((format!("{field:?}"), text.to_buf()))
                })
                .collect(),
            variables: call
                .data
                .named_variables()
                .map(|variable| (variable.name.to_buf(), variable.value.to_buf()))
                .collect(),
            arrays: call
                .data
                .named_arrays()
                .map(|element| {
                    (
                        (element.name.to_buf(), element.index),
                        element.value.to_buf(),
                    )
                })
                .collect(),
            clients: call.data.clients.clone(),
        }
    }

    fn apply(&mut self, what: &CallWhat) {
        match what.clone() {
            CallWhat::Began | CallWhat::Ended(_) => panic!("{what:?} is no change of a call"),
            CallWhat::Phase { before, after } => {
                // The phase in which a call begins is not told.
                self.phase.get_or_insert(before);
                set(&mut self.phase, &Some(before), &Some(after));
            }
            CallWhat::CallId { before, after } => set(&mut self.call_id, &before, &after),
            CallWhat::CallType { before, after } => set(&mut self.call_type, &before, &after),
            CallWhat::Connection { before, after } => {
                assert_ne!(before, after, "nothing has changed");
                // A device may get another name.
                let id = |inside: &Option<Connection>| Some(inside.as_ref()?.device_id.clone());
                match (id(&before), id(&after)) {
                    (Some(old), Some(new)) if old != new => {
                        put(&mut self.connections, old, before, None);
                        put(&mut self.connections, new, None, after);
                    }
                    (Some(id), _) | (None, Some(id)) => {
                        put(&mut self.connections, id, before, after);
                    }
                    (None, None) => unreachable!("they differ"),
                }
            }
            CallWhat::Device {
                role: which,
                before,
                after,
            } => put(&mut self.devices, role(which), before, after),
            CallWhat::Number {
                number: which,
                before,
                after,
            } => put(&mut self.numbers, number(which), before, after),
            CallWhat::Queue { before, after } => self.queue(before, after),
            CallWhat::Text {
                field,
                before,
                after,
            } => {
                assert_ne!(before, after, "nothing has changed");
                put(&mut self.texts, format!("{field:?}"), before, after);
            }
            CallWhat::NamedVariable {
                name,
                before,
                after,
            } => put(&mut self.variables, name, before, after),
            CallWhat::NamedArray {
                name,
                index,
                before,
                after,
            } => put(&mut self.arrays, (name, index), before, after),
            CallWhat::Clients { before, after } => set(&mut self.clients, &before, &after),
            CallWhat::Refreshed => {}
            other => panic!("{other:?}"),
        }
    }

    fn queue(&mut self, before: Option<Queue>, after: Option<Queue>) {
        match (before, after) {
            (Some(before), Some(after)) => {
                let place = self
                    .queues
                    .iter_mut()
                    .find(|id| **id == before.csq_id)
                    .unwrap();
                *place = after.csq_id;
            }
            (None, Some(after)) => self.queues.push(after.csq_id),
            (Some(before), None) => {
                let place = self
                    .queues
                    .iter()
                    .position(|id| *id == before.csq_id)
                    .unwrap();
                self.queues.remove(place);
            }
            (None, None) => panic!("no queue before and none after"),
        }
    }
}

impl Mirror {
    pub(crate) fn apply(&mut self, changes: &[Change]) {
        for change in changes {
            match change {
                Change::Agent { key, what } => self.agent(key, what),
                Change::Call { key, call_id, what } => self.call(*key, *call_id, what),
                Change::QueueLength {
                    csq_id,
                    before,
                    after,
                } => {
                    let told = |length: &QueueLength| (length.calls, length.counted);
                    let (before, after) = (before.as_ref().map(told), told(after));
                    put(&mut self.lengths, *csq_id, before, Some(after));
                }
                Change::Device {
                    device_id,
                    before,
                    after,
                } => {
                    let old = match after {
                        Some(after) => self.devices.insert(device_id.clone(), *after),
                        None => self.devices.remove(device_id),
                    };
                    assert_eq!(old.is_some(), before.is_some(), "{device_id}");
                }
                _ => {}
            }
        }
    }

    fn agent(&mut self, key: &AgentKey, what: &AgentWhat) {
        if let AgentWhat::Known = what {
            let old = self.agents.insert(key.clone(), Agent::default());
            assert_eq!(old, None, "{key:?} was known");
            return;
        }
        if let AgentWhat::Forgotten = what {
            assert!(self.agents.remove(key).is_some(), "{key:?} was not known");
            return;
        }
        let agent = self.agents.get_mut(key);
        let agent = agent.unwrap_or_else(|| panic!("{key:?} is not known, and {what:?}"));
        match what {
            AgentWhat::Status { before, after } => set(&mut agent.status, before, after),
            AgentWhat::Csq {
                csq_id,
                before,
                after,
            } => put(&mut agent.csqs, *csq_id, *before, *after),
            AgentWhat::Extension { before, after } => set(&mut agent.extension, before, after),
            AgentWhat::Instrument { before, after } => set(&mut agent.instrument, before, after),
            AgentWhat::Refreshed => {}
            other => panic!("{other:?}"),
        }
    }

    fn call(&mut self, key: CallKey, call_id: u32, what: &CallWhat) {
        match what {
            CallWhat::Began => {
                let begun = Kept {
                    call_id,
                    ..Kept::default()
                };
                let old = self.calls.insert(key, begun);
                assert_eq!(old, None, "{key:?} began twice");
            }
            CallWhat::Ended(_) if self.calls.remove(&key).is_some() => {
                self.ended.insert(key);
            }
            CallWhat::Ended(_)
            | CallWhat::Text { .. }
            | CallWhat::NamedVariable { .. }
            | CallWhat::NamedArray { .. }
            | CallWhat::Number { .. }
            | CallWhat::Clients { .. }
                if self.ended.contains(&key) => {}
            what => {
                let call = self.calls.get_mut(&key);
                let call = call.unwrap_or_else(|| panic!("{key:?} is not there, and {what:?}"));
                call.apply(what);
            }
        }
    }

    /// Compares with the model.
    #[track_caller]
    pub(crate) fn is_like(&self, model: &Model) {
        let agents: BTreeMap<String, Agent> = model
            .agents
            .iter()
            .map(|(key, agent)| {
                let mirrored = Agent {
                    status: agent.status,
                    csqs: agent
                        .csqs
                        .iter()
                        .map(|csq| (csq.csq_id, csq.state))
                        .collect(),
                    extension: agent.extension.clone(),
                    instrument: agent.instrument.clone(),
                };
                (key.to_string(), mirrored)
            })
            .collect();
        let told = self.agents.iter();
        let told: BTreeMap<String, Agent> = told
            .map(|(key, agent)| (key.text().to_string(), agent.clone()))
            .collect();
        assert_eq!(told, agents);
        let calls: BTreeMap<CallKey, Kept> = model
            .calls
            .iter()
            .map(|call| (call.key, Kept::of(call)))
            .collect();
        let told: BTreeMap<CallKey, Kept> = self
            .calls
            .iter()
            .map(|(key, kept)| {
                let mut kept = kept.clone();
                kept.phase = kept.phase.or_else(|| calls.get(key)?.phase);
                (*key, kept)
            })
            .collect();
        assert_eq!(told, calls);
        let lengths = model
            .queues
            .iter()
            .map(|(id, length)| (id, (length.calls, length.counted)));
        assert_eq!(self.lengths, lengths.collect());
        let out = model.devices.iter().map(|(id, _)| id.to_buf());
        assert_eq!(
            self.devices.keys().cloned().collect::<Vec<_>>(),
            out.collect::<Vec<_>>()
        );
    }
}
