//! Records by their keys, each in bytes of its own.

use alloc::collections::BTreeMap;
use alloc::string::ToString;
use alloc::vec::Vec;
use core::borrow::Borrow;

use bytes::Bytes;

use super::configuration::{Change, Changed, Item};
use crate::ccx::{ConfigDeviceType, DeviceRecord, TextBuf};

/// The size of an entry besides the bytes of its record.
const ENTRY: usize = 100;

/// There is no room for one more record.
pub(super) struct Full;

#[derive(Clone, PartialEq, Eq, Debug)]
pub(super) struct Table<K> {
    bodies: BTreeMap<K, Bytes>,
    bytes: usize,
}

impl<K> Default for Table<K> {
    fn default() -> Self {
        Self {
            bodies: BTreeMap::new(),
            bytes: 0,
        }
    }
}

impl<K: Ord> Table<K> {
    pub(super) fn bytes(&self) -> usize {
        self.bytes
    }

    pub(super) fn get<Q: Ord + ?Sized>(&self, key: &Q) -> Option<&[u8]>
    where
        K: Borrow<Q>,
    {
        self.bodies.get(key).map(|body| &body[..])
    }

    pub(super) fn bodies(&self) -> impl Iterator<Item = &[u8]> {
        self.bodies.values().map(|body| &body[..])
    }

    pub(super) fn put(
        &mut self,
        key: K,
        body: Bytes,
        limit: usize,
    ) -> Result<Option<Changed>, Full> {
        let before = self.bodies.get(&key);
        if before.is_some_and(|before| *before == body) {
            return Ok(None);
        }
        let changed = if before.is_some() {
            Changed::Modified
        } else {
            Changed::Added
        };
        let former = before.map_or(0, |before| before.len().saturating_add(ENTRY));
        let size = body.len().saturating_add(ENTRY);
        let bytes = self.bytes.saturating_sub(former).saturating_add(size);
        if bytes > limit {
            return Err(Full);
        }
        self.bytes = bytes;
        self.bodies.insert(key, body);
        Ok(Some(changed))
    }

    pub(super) fn remove(&mut self, key: &K) -> bool {
        let Some(body) = self.bodies.remove(key) else {
            return false;
        };
        self.bytes = self.bytes.saturating_sub(body.len().saturating_add(ENTRY));
        true
    }

    /// Takes over the other's records, and records the changes.
    pub(super) fn replace(
        &mut self,
        other: Self,
        item: impl Fn(&K) -> Item,
        changes: &mut Vec<Change>,
    ) {
        let mut note = |key: &K, changed| {
            changes.push(Change {
                item: item(key),
                changed,
            });
        };
        for key in self.bodies.keys() {
            if !other.bodies.contains_key(key) {
                note(key, Changed::Removed);
            }
        }
        for (key, body) in &other.bodies {
            match self.bodies.get(key) {
                None => note(key, Changed::Added),
                Some(before) if before != body => note(key, Changed::Modified),
                Some(_) => {}
            }
        }
        *self = other;
    }
}

/// Returns the key of a device: its kind, and its number or id.
pub(super) fn device_key(record: &DeviceRecord<'_>) -> Option<(ConfigDeviceType, TextBuf)> {
    let kind = record.device_type?;
    let id: TextBuf = if kind == ConfigDeviceType::CALL_CONTROL_GROUP {
        record.device_field0?.to_string().as_str().into()
    } else {
        record.device_field2?.into()
    };
    Some((kind, id))
}
