//! Devices out of service.

use alloc::collections::BTreeMap;
use alloc::vec::Vec;
use core::time::Duration;

use super::{Change, Dropped, Limits, filled};
use crate::ccx::messages::SystemEvent;
use crate::ccx::values::{DeviceType, SystemEventID};
use crate::ccx::{Text, TextBuf};

/// The state of a device that is out of service.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub struct OutOfService {
    /// Its kind.
    pub device_type: DeviceType,
    /// When it was heard of, in the caller's time.
    pub since: Duration,
    /// Whether a reconnect has made it doubtful: no query tells of devices that have come back.
    pub stale: bool,
}

/// The devices that are out of service, by the id that `SYSTEM_EVENT` gives.
///
/// Agent states do not follow from them: the server tells those by `AGENT_STATE_EVENT`.
#[derive(Clone, Debug, Default)]
pub struct Devices {
    out: BTreeMap<TextBuf, OutOfService>,
    limits: Limits,
}

impl Devices {
    pub(super) fn new(limits: Limits) -> Self {
        Self {
            out: BTreeMap::new(),
            limits,
        }
    }

    /// Returns the state of a device if it is out of service; `None` if it is in service, as far as
    /// known.
    #[must_use]
    pub fn out_of_service(&self, device_id: Text<'_>) -> Option<OutOfService> {
        self.out.get(device_id.as_bytes()).copied()
    }

    /// Returns the devices that are out of service.
    pub fn iter(&self) -> impl Iterator<Item = (Text<'_>, OutOfService)> {
        self.out
            .iter()
            .map(|(device_id, out)| (device_id.text(), *out))
    }

    pub(super) fn mark_stale(&mut self) {
        for out in self.out.values_mut() {
            out.stale = true;
        }
    }

    pub(super) fn system_event(
        &mut self,
        now: Duration,
        event: &SystemEvent<'_>,
        changes: &mut Vec<Change>,
    ) {
        let Some(device_id) = filled(event.event_device_id) else {
            return;
        };
        let device_id = device_id.as_bytes();
        let before = self.out.get(device_id).copied();
        let after = match event.system_event_id {
            SystemEventID::INSTRUMENT_OUT_OF_SERVICE => Some(OutOfService {
                device_type: event.event_device_type,
                since: before.map_or(now, |before| before.since),
                stale: false,
            }),
            SystemEventID::INSTRUMENT_BACK_IN_SERVICE => None,
            _ => return,
        };
        if before == after {
            return;
        }
        match after {
            Some(_) if before.is_none() && self.out.len() >= self.limits.devices => {
                changes.push(Change::Dropped(Dropped::Device(device_id.into())));
                return;
            }
            Some(after) => {
                self.out.insert(device_id.into(), after);
            }
            None => {
                self.out.remove(device_id);
            }
        }
        changes.push(Change::Device {
            device_id: device_id.into(),
            before,
            after,
        });
    }
}
