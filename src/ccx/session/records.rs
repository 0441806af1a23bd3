//! Records of the configuration, each kept as the body of a message that holds it alone.

use alloc::vec::Vec;

use bytes::{Bytes, BytesMut};

use super::configuration::{Change, Changed, Item};
use super::tables::{Table, device_key};
use crate::ccx::{
    AgentRecord, ApplicationRecord, Body, ConfigAgentEvent, ConfigApplicationEvent, ConfigCsqEvent,
    ConfigDeviceEvent, ConfigDeviceType, ConfigMask, ConfigTerminalEvent, CsqRecord, DeviceRecord,
    Message, RecordType, TerminalRecord, TextBuf, Version,
};

/// The version that records are kept in: it has every field.
pub(super) const KEPT: Version = Version::V18;

/// Records of the five kinds.
#[derive(Clone, PartialEq, Eq, Debug, Default)]
pub(super) struct Records {
    pub(super) agents: Table<TextBuf>,
    pub(super) csqs: Table<u32>,
    pub(super) applications: Table<u32>,
    pub(super) devices: Table<(ConfigDeviceType, TextBuf)>,
    pub(super) terminals: Table<TextBuf>,
}

/// The outcome of a message of records.
#[derive(Clone, Debug, Default)]
pub(super) struct Applied {
    pub(super) changes: Vec<Change>,
    pub(super) too_large: bool,
}

impl Records {
    pub(super) fn bytes(&self) -> usize {
        self.agents
            .bytes()
            .saturating_add(self.csqs.bytes())
            .saturating_add(self.applications.bytes())
            .saturating_add(self.devices.bytes())
            .saturating_add(self.terminals.bytes())
    }

    /// Applies the records of a message, within so many bytes in all.
    pub(super) fn apply(&mut self, message: &Message<'_>, limit: usize, applied: &mut Applied) {
        match message {
            Message::ConfigAgentEvent(event) => {
                for record in event.records {
                    self.apply_agent(&record, limit, applied);
                }
            }
            Message::ConfigCsqEvent(event) => {
                for record in event.records {
                    self.apply_csq(&record, limit, applied);
                }
            }
            Message::ConfigApplicationEvent(event) => {
                for record in event.records {
                    self.apply_application(&record, limit, applied);
                }
            }
            Message::ConfigDeviceEvent(event) => {
                for record in event.records {
                    self.apply_device(&record, limit, applied);
                }
            }
            Message::ConfigTerminalEvent(event) => {
                for record in event.records {
                    self.apply_terminal(&record, limit, applied);
                }
            }
            _ => {}
        }
    }

    fn apply_agent(&mut self, record: &AgentRecord<'_>, limit: usize, applied: &mut Applied) {
        let Some(login) = record.login_id else { return };
        let key: TextBuf = login.into();
        let before = self.agents.get(&key).and_then(agent);
        let merged = match (record.record_type, before) {
            (Some(RecordType::DELETE), _) => None,
            (Some(RecordType::CHANGE), Some(before)) => Some(merge_agent(&before, record)),
            _ => Some(*record),
        };
        let item = || Item::Agent(login.into());
        let encoded = merged.map(|record| encode_agent(&record));
        put(&mut self.agents, key, encoded, limit, item, applied);
    }

    fn apply_csq(&mut self, record: &CsqRecord<'_>, limit: usize, applied: &mut Applied) {
        let Some(id) = record.csq_id else { return };
        let before = self.csqs.get(&id).and_then(csq);
        let merged = match (record.record_type, before) {
            (Some(RecordType::DELETE), _) => None,
            (Some(RecordType::CHANGE), Some(before)) => Some(merge_csq(&before, record)),
            _ => Some(*record),
        };
        let encoded = merged.map(|record| encode_csq(&record));
        put(
            &mut self.csqs,
            id,
            encoded,
            limit,
            || Item::Csq(id),
            applied,
        );
    }

    fn apply_application(
        &mut self,
        record: &ApplicationRecord<'_>,
        limit: usize,
        applied: &mut Applied,
    ) {
        let Some(id) = record.application_id else {
            return;
        };
        let former = record
            .previous_application_id
            .filter(|former| *former != id && record.record_type == Some(RecordType::CHANGE));
        let place = match former {
            Some(former) if self.applications.get(&id).is_none() => former,
            _ => id,
        };
        let before = self.applications.get(&place).and_then(application);
        let merged = match (record.record_type, before) {
            (Some(RecordType::DELETE), _) => None,
            (Some(RecordType::CHANGE), Some(before)) => Some(merge_application(&before, record)),
            _ => Some(*record),
        };
        let encoded = merged.map(|record| encode_application(&record));
        if let Some(former) = former {
            let gone = || Item::Application(former);
            put(&mut self.applications, former, None, limit, gone, applied);
        }
        let item = || Item::Application(id);
        put(&mut self.applications, id, encoded, limit, item, applied);
    }

    fn apply_device(&mut self, record: &DeviceRecord<'_>, limit: usize, applied: &mut Applied) {
        let Some(key) = device_key(record) else {
            return;
        };
        let before = self.devices.get(&key).and_then(device);
        let merged = match (record.record_type, before) {
            (Some(RecordType::DELETE), _) => None,
            (Some(RecordType::CHANGE), Some(before)) => Some(merge_device(&before, record)),
            _ => Some(*record),
        };
        let encoded = merged.map(|record| encode_device(&record));
        let named = key.clone();
        let item = || Item::Device(named.0, named.1);
        put(&mut self.devices, key, encoded, limit, item, applied);
    }

    fn apply_terminal(&mut self, record: &TerminalRecord<'_>, limit: usize, applied: &mut Applied) {
        let Some(name) = record.terminal_device_name else {
            return;
        };
        let key: TextBuf = name.into();
        let before = self.terminals.get(&key).and_then(terminal);
        let merged = match (record.record_type, before) {
            (Some(RecordType::DELETE), _) => None,
            (Some(RecordType::CHANGE), Some(before)) => Some(merge_terminal(&before, record)),
            _ => Some(*record),
        };
        let item = || Item::Terminal(name.into());
        let encoded = merged.map(|record| encode_terminal(&record));
        put(&mut self.terminals, key, encoded, limit, item, applied);
    }

    /// Takes over the kinds of a mask from another set, and records the changes.
    pub(super) fn replace(&mut self, other: Self, kinds: ConfigMask, changes: &mut Vec<Change>) {
        if kinds.contains(ConfigMask::AGENT) {
            let item = |key: &TextBuf| Item::Agent(key.clone());
            self.agents.replace(other.agents, item, changes);
        }
        if kinds.contains(ConfigMask::CSQ) {
            self.csqs.replace(other.csqs, |id| Item::Csq(*id), changes);
        }
        if kinds.contains(ConfigMask::APPLICATION) {
            let item = |id: &u32| Item::Application(*id);
            self.applications.replace(other.applications, item, changes);
        }
        if kinds.contains(ConfigMask::DEVICE) {
            let item = |key: &(ConfigDeviceType, TextBuf)| Item::Device(key.0, key.1.clone());
            self.devices.replace(other.devices, item, changes);
        }
        if kinds.contains(ConfigMask::TERMINAL) {
            let item = |name: &TextBuf| Item::Terminal(name.clone());
            self.terminals.replace(other.terminals, item, changes);
        }
    }
}

/// Inserts or removes a record, and records the change.
fn put<K: Ord>(
    table: &mut Table<K>,
    key: K,
    record: Option<Option<Bytes>>,
    limit: usize,
    item: impl FnOnce() -> Item,
    applied: &mut Applied,
) {
    let changed = match record {
        None => table.remove(&key).then_some(Changed::Removed),
        // A record came off the wire, so that it fits on it.
        Some(None) => None,
        Some(Some(record)) => match table.put(key, record, limit) {
            Ok(changed) => changed,
            Err(_full) => {
                applied.too_large = true;
                None
            }
        },
    };
    if let Some(changed) = changed {
        applied.changes.push(Change {
            item: item(),
            changed,
        });
    }
}

/// Returns the body of a message that holds one record.
fn encode(message: &Message<'_>) -> Option<Bytes> {
    let mut out = BytesMut::new();
    message.encode_as_received(KEPT, &mut out).ok()?;
    Some(Bytes::copy_from_slice(out.get(8..)?))
}

pub(super) fn agent(body: &[u8]) -> Option<AgentRecord<'_>> {
    ConfigAgentEvent::decode(body, KEPT)
        .ok()?
        .records
        .iter()
        .next()
}

pub(super) fn csq(body: &[u8]) -> Option<CsqRecord<'_>> {
    ConfigCsqEvent::decode(body, KEPT)
        .ok()?
        .records
        .iter()
        .next()
}

pub(super) fn application(body: &[u8]) -> Option<ApplicationRecord<'_>> {
    ConfigApplicationEvent::decode(body, KEPT)
        .ok()?
        .records
        .iter()
        .next()
}

pub(super) fn device(body: &[u8]) -> Option<DeviceRecord<'_>> {
    ConfigDeviceEvent::decode(body, KEPT)
        .ok()?
        .records
        .iter()
        .next()
}

pub(super) fn terminal(body: &[u8]) -> Option<TerminalRecord<'_>> {
    ConfigTerminalEvent::decode(body, KEPT)
        .ok()?
        .records
        .iter()
        .next()
}

fn encode_agent(record: &AgentRecord<'_>) -> Option<Bytes> {
    let records = [AgentRecord {
        record_type: Some(RecordType::ADD),
        ..*record
    }];
    encode(
        &ConfigAgentEvent {
            records: (&records).into(),
            ..Default::default()
        }
        .into(),
    )
}

fn encode_csq(record: &CsqRecord<'_>) -> Option<Bytes> {
    let records = [CsqRecord {
        record_type: Some(RecordType::ADD),
        ..*record
    }];
    encode(
        &ConfigCsqEvent {
            records: (&records).into(),
            ..Default::default()
        }
        .into(),
    )
}

fn encode_application(record: &ApplicationRecord<'_>) -> Option<Bytes> {
    let records = [ApplicationRecord {
        record_type: Some(RecordType::ADD),
        previous_application_id: None,
        ..*record
    }];
    encode(
        &ConfigApplicationEvent {
            records: (&records).into(),
            ..Default::default()
        }
        .into(),
    )
}

fn encode_device(record: &DeviceRecord<'_>) -> Option<Bytes> {
    let records = [DeviceRecord {
        record_type: Some(RecordType::ADD),
        ..*record
    }];
    encode(
        &ConfigDeviceEvent {
            records: (&records).into(),
            ..Default::default()
        }
        .into(),
    )
}

fn encode_terminal(record: &TerminalRecord<'_>) -> Option<Bytes> {
    let records = [TerminalRecord {
        record_type: Some(RecordType::ADD),
        ..*record
    }];
    encode(
        &ConfigTerminalEvent {
            records: (&records).into(),
            ..Default::default()
        }
        .into(),
    )
}

/// Fields that a change has replace those from before; the others stay.
macro_rules! merge {
    ($before:expr, $change:expr; $($field:ident)*) => {{
        let (before, change) = ($before, $change);
        let mut merged = *before;
        $(merged.$field = change.$field.or(before.$field);)*
        merged
    }};
}

fn merge_agent<'a>(before: &AgentRecord<'a>, change: &AgentRecord<'a>) -> AgentRecord<'a> {
    let mut merged = merge!(
        before, change;
        agent_type login_id last_name first_name extension description agent_state mrd_id
        active_terminal
    );
    if change.csqs.announced().is_some() || !change.csqs.is_empty() {
        merged.csqs = change.csqs;
    }
    merged
}

fn merge_csq<'a>(before: &CsqRecord<'a>, change: &CsqRecord<'a>) -> CsqRecord<'a> {
    merge!(before, change; csq_id auto_work csq_name description mr_domain_id)
}

fn merge_application<'a>(
    before: &ApplicationRecord<'a>,
    change: &ApplicationRecord<'a>,
) -> ApplicationRecord<'a> {
    merge!(before, change; application_id max_queued application_name description)
}

fn merge_device<'a>(before: &DeviceRecord<'a>, change: &DeviceRecord<'a>) -> DeviceRecord<'a> {
    merge!(
        before, change;
        device_type max_queued device_field0 device_field1 device_field2 device_field4 description
    )
}

fn merge_terminal<'a>(
    before: &TerminalRecord<'a>,
    change: &TerminalRecord<'a>,
) -> TerminalRecord<'a> {
    let mut merged = merge!(before, change; terminal_type terminal_device_name terminal_type_name);
    if change.instruments.announced().is_some() || !change.instruments.is_empty() {
        merged.instruments = change.instruments;
    }
    merged
}
