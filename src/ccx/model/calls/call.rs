//! A call: the contents that a model keeps of it, and their changes.

use alloc::vec::Vec;
use core::mem;
use core::time::Duration;

use super::super::{Change, Dropped, Limits, filled, set};
use super::data::CallData;
use super::what::{CallWhat, Number};
use crate::ccx::values::special::{NULL_APPLICATION, NULL_CALL_ID, NULL_CSQ};
use crate::ccx::values::{
    CallPartyDisposition, CallType, ConnectionDeviceType, DeviceType, EventCause,
    LocalConnectionState,
};
use crate::ccx::{DeviceId, TextBuf};

/// A call's number in the model. Unlike a `CallID` it is never given twice.
#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Debug)]
pub struct CallKey(pub(super) u64);

/// A device's part in a call.
#[derive(Clone, PartialEq, Eq, Debug)]
#[non_exhaustive]
pub struct Connection {
    /// The kind of id.
    pub device_type: ConnectionDeviceType,
    /// The id, as the last event gave it: requests name the connection by it.
    pub device_id: TextBuf,
    /// The state; `None` while it is unknown.
    pub state: Option<LocalConnectionState>,
    /// The kind of device, where an event told it.
    pub device: Option<DeviceType>,
    /// Whether audio comes in, by `RTP_STARTED_EVENT` and `RTP_STOPPED_EVENT`.
    pub hears: bool,
    /// Whether audio goes out.
    pub speaks: bool,
}

/// A queue in which a call waits.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub struct Queue {
    /// The CSQ; `None` if only a snapshot shows that the call waits, which does not name it.
    pub csq_id: Option<u32>,
    /// Whether a reconnect has made it doubtful.
    pub stale: bool,
}

/// A device that an event names besides a connection.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct NamedDevice {
    /// The kind of device.
    pub device_type: DeviceType,
    /// Its id.
    pub id: TextBuf,
}

/// The role of a device in a call.
#[derive(Clone, Copy, PartialEq, Eq, Hash, Debug)]
pub enum Role {
    /// It calls.
    Calling,
    /// It is called.
    Called,
    /// It sent the call on last.
    LastRedirect,
}

/// The phase of a call.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub enum Phase {
    /// Only its data have been heard of: it is not shown, and dropped unless another event confirms
    /// it.
    Provisional,
    /// It lives.
    Live,
    /// The call has become a part of another call, and only receives late events.
    Merged(CallKey),
    /// `CALL_CLEARED_EVENT` has come: no party is left in it.
    Over,
}

/// A call.
#[derive(Clone, PartialEq, Debug)]
#[non_exhaustive]
pub struct Call {
    /// Its number in the model.
    pub key: CallKey,
    /// Its number on the wire. It may change, and several calls may have the same.
    pub call_id: u32,
    /// The phase.
    pub phase: Phase,
    /// Whether a reconnect has made it doubtful: neither event nor snapshot has named it since.
    pub stale: bool,
    /// The kind of call; `None` while it is unknown.
    pub call_type: Option<CallType>,
    /// The devices in it.
    pub connections: Vec<Connection>,
    /// The queues that it waits in.
    pub queues: Vec<Queue>,
    /// The calling device. If `ANI` is empty it is the caller's number.
    pub calling: Option<NamedDevice>,
    /// The device that is called.
    pub called: Option<NamedDevice>,
    /// The device that sent the call on last.
    pub last_redirect: Option<NamedDevice>,
    /// The application that the call belongs to.
    pub application_id: Option<u32>,
    /// The CSQ that the call belongs to.
    pub csq_id: Option<u32>,
    /// The outbound campaign.
    pub campaign_id: Option<u32>,
    /// `EventCause` of the last event that gave one.
    pub cause: Option<EventCause>,
    /// The disposition of the called party.
    pub disposition: Option<CallPartyDisposition>,
    /// The consult call from the CTI port to the agent's phone, of which no event ever comes.
    pub secondary_call_id: Option<u32>,
    /// The call that this one is a consultation about, where the request for it was seen.
    pub origin: Option<CallKey>,
    /// Numbers, variables and associated clients.
    pub data: CallData,

    /// The connection in the `BEGIN_CALL_EVENT` of the call, if there was one.
    pub(super) begun: Option<TextBuf>,
    /// Only a confirmation has named it.
    pub(super) unconfirmed: bool,
    /// Number of the last message that changed it or named it.
    pub(super) touched: u64,
    /// Devices of agents that were in it and left it.
    pub(super) left: Vec<(ConnectionDeviceType, TextBuf)>,
    pub(super) deadline: Option<Duration>,
    /// Named by an answer of the recovery under way.
    pub(super) found: bool,
}

impl Call {
    pub(super) fn new(key: CallKey, call_id: u32, phase: Phase, touched: u64) -> Self {
        Self {
            key,
            call_id,
            phase,
            stale: false,
            call_type: None,
            connections: Vec::new(),
            queues: Vec::new(),
            calling: None,
            called: None,
            last_redirect: None,
            application_id: None,
            csq_id: None,
            campaign_id: None,
            cause: None,
            disposition: None,
            secondary_call_id: None,
            origin: None,
            data: CallData::default(),
            begun: None,
            unconfirmed: false,
            touched,
            left: Vec::new(),
            deadline: None,
            found: false,
        }
    }

    /// Empties a call that is gone, but for the room that it has.
    pub(super) fn empty(&mut self) {
        let (mut connections, mut queues, mut left) = (
            mem::take(&mut self.connections),
            mem::take(&mut self.queues),
            mem::take(&mut self.left),
        );
        connections.clear();
        queues.clear();
        left.clear();
        let data = self.data.emptied();
        *self = Self {
            connections,
            queues,
            left,
            data,
            ..Self::new(self.key, self.call_id, Phase::Over, self.touched)
        };
    }

    /// Returns the connection of a device.
    #[must_use]
    pub fn connection(&self, device_id: DeviceId<'_>) -> Option<&Connection> {
        self.connections
            .iter()
            .find(|connection| connection.device_id == device_id)
    }

    /// Returns the last name of the connection that an agent's phone had in the call and has left,
    /// by which `SET_CALL_DATA_REQ` names the call until it is over, and then its
    /// [`LastCall`](super::LastCall).
    #[must_use]
    pub fn left_by(&self, device_id: DeviceId<'_>) -> Option<(ConnectionDeviceType, DeviceId<'_>)> {
        let mut left = self.left.iter().rev();
        left.find(|(_, left)| *left == device_id)
            .map(|(device_type, left)| (*device_type, left.into()))
    }

    /// Returns the number of the caller: `ANI` or, if that is empty, the calling device.
    #[must_use]
    pub fn caller(&self) -> Option<DeviceId<'_>> {
        self.data
            .text(super::DataField::Ani)
            .or_else(|| self.calling.as_ref().map(|device| device.id.text()))
            .map(DeviceId)
    }

    /// Returns whether a device of the call waits in a queue.
    #[must_use]
    pub fn is_queued(&self) -> bool {
        self.connections
            .iter()
            .any(|connection| connection.state == Some(LocalConnectionState::QUEUED))
    }

    /// Returns whether it lives, and nothing but events ends it in bridge mode.
    #[inline]
    pub(super) fn is_open(&self) -> bool {
        self.phase == Phase::Live && !self.unconfirmed && self.deadline.is_none()
    }

    #[inline]
    pub(super) const fn change(&self, what: CallWhat) -> Change {
        Change::Call {
            key: self.key,
            call_id: self.call_id,
            what,
        }
    }

    pub(super) fn set_phase(&mut self, after: Phase, changes: &mut Vec<Change>) {
        let before = self.phase;
        if before != after {
            self.phase = after;
            changes.push(self.change(CallWhat::Phase { before, after }));
        }
    }

    /// Notes that the message with this number has named the call, which makes it fresh and, if it
    /// was provisional, shown.
    #[inline]
    pub(super) fn touch(&mut self, at: u64, changes: &mut Vec<Change>) {
        self.touched = at;
        self.unconfirmed = false;
        if self.stale || self.phase == Phase::Provisional {
            self.show(changes);
        }
    }

    #[cold]
    fn show(&mut self, changes: &mut Vec<Change>) {
        if self.phase == Phase::Provisional {
            self.phase = Phase::Live;
            self.announce(changes);
        }
        self.refresh(changes);
    }

    #[inline]
    pub(super) fn refresh(&mut self, changes: &mut Vec<Change>) {
        if self.stale {
            self.stale = false;
            changes.push(self.change(CallWhat::Refreshed));
        }
    }

    pub(super) fn set_type(&mut self, call_type: CallType, changes: &mut Vec<Change>) {
        let after = Some(call_type);
        if self.call_type != after && call_type != CallType::INVALID {
            let before = mem::replace(&mut self.call_type, after);
            changes.push(self.change(CallWhat::CallType { before, after }));
        }
    }

    /// Sets a number; values for 'none' change nothing.
    #[inline]
    pub(super) fn set_number(&mut self, number: Number, value: u32, changes: &mut Vec<Change>) {
        let none = match number {
            Number::Application => NULL_APPLICATION,
            Number::Csq => NULL_CSQ,
            Number::Campaign | Number::Disposition => 0,
            Number::SecondaryCall => NULL_CALL_ID,
            Number::Cause => EventCause::NONE.0.into(),
        };
        if value == none || value == 0 && number == Number::SecondaryCall {
            return;
        }
        let after = Some(value);
        let before = match number {
            Number::Application => mem::replace(&mut self.application_id, after),
            Number::Csq => mem::replace(&mut self.csq_id, after),
            Number::Campaign => mem::replace(&mut self.campaign_id, after),
            Number::SecondaryCall => mem::replace(&mut self.secondary_call_id, after),
            Number::Cause => {
                let cause = u16::try_from(value).ok().map(EventCause);
                mem::replace(&mut self.cause, cause).map(|cause| cause.0.into())
            }
            Number::Disposition => {
                let disposition = u16::try_from(value).ok().map(CallPartyDisposition);
                mem::replace(&mut self.disposition, disposition).map(|before| before.0.into())
            }
        };
        if before != after {
            self.tell_number(number, before, after, changes);
        }
    }

    #[inline(never)]
    fn tell_number(
        &self,
        number: Number,
        before: Option<u32>,
        after: Option<u32>,
        changes: &mut Vec<Change>,
    ) {
        changes.push(self.change(CallWhat::Number {
            number,
            before,
            after,
        }));
    }

    /// Sets a device that is named besides the connections; an empty one changes nothing.
    pub(super) fn set_device(
        &mut self,
        role: Role,
        device_type: DeviceType,
        id: Option<DeviceId<'_>>,
        changes: &mut Vec<Change>,
    ) {
        let Some(id) = filled(id) else { return };
        let known = match role {
            Role::Calling => &self.calling,
            Role::Called => &self.called,
            Role::LastRedirect => &self.last_redirect,
        };
        match known {
            Some(known) if known.device_type == device_type && known.id == id => {}
            _ => self.put_device(role, device_type, id, changes),
        }
    }

    #[inline(never)]
    fn put_device(
        &mut self,
        role: Role,
        device_type: DeviceType,
        id: DeviceId<'_>,
        changes: &mut Vec<Change>,
    ) {
        let place = match role {
            Role::Calling => &mut self.calling,
            Role::Called => &mut self.called,
            Role::LastRedirect => &mut self.last_redirect,
        };
        let after = Some(NamedDevice {
            device_type,
            id: id.into(),
        });
        let before = mem::replace(place, after.clone());
        changes.push(self.change(CallWhat::Device {
            role,
            before,
            after,
        }));
    }

    /// Sets the state of a device's connection. `NONE` never overwrites a state, and an empty id
    /// names no device.
    #[inline(always)]
    pub(super) fn connect(
        &mut self,
        to: &Connected<'_>,
        limits: &Limits,
        changes: &mut Vec<Change>,
    ) {
        let Some(id) = filled(to.device_id) else {
            return;
        };
        let mut connections = self.connections.iter();
        match connections.find(|known| known.device_id == id) {
            Some(known) if to.is_known(known) => {}
            _ => self.put_connection(id, to, limits, changes),
        }
    }

    #[inline(never)]
    fn put_connection(
        &mut self,
        id: DeviceId<'_>,
        to: &Connected<'_>,
        limits: &Limits,
        changes: &mut Vec<Change>,
    ) {
        let state = (to.state != LocalConnectionState::NONE).then_some(to.state);
        let known = self
            .connections
            .iter_mut()
            .find(|connection| connection.device_id == id);
        let Some(connection) = known else {
            return self.join(id, state, to, limits, changes);
        };
        let state = state.or(connection.state);
        let device = to.device.or(connection.device);
        let before = connection.clone();
        connection.device_type = to.device_type;
        connection.state = state;
        connection.device = device;
        let after = connection.clone();
        self.tell_connection(before, after, changes);
        self.settle_queues(changes);
    }

    /// Adds a device to the call.
    #[inline(never)]
    fn join(
        &mut self,
        id: DeviceId<'_>,
        state: Option<LocalConnectionState>,
        to: &Connected<'_>,
        limits: &Limits,
        changes: &mut Vec<Change>,
    ) {
        if self.connections.len() >= limits.connections_per_call {
            let dropped = Dropped::Connection(self.call_id, id.into());
            changes.push(Change::Dropped(dropped));
            return;
        }
        let connection = Connection {
            device_type: to.device_type,
            device_id: id.into(),
            state,
            device: to.device,
            hears: false,
            speaks: false,
        };
        if !self.left.is_empty() {
            self.left.retain(|(_, left)| *left != id);
        }
        self.connections.push(connection.clone());
        changes.push(self.change(CallWhat::Connection {
            before: None,
            after: Some(connection),
        }));
    }

    #[inline(always)]
    fn tell_connection(&self, before: Connection, after: Connection, changes: &mut Vec<Change>) {
        changes.push(self.change(CallWhat::Connection {
            before: Some(before),
            after: Some(after),
        }));
    }

    /// Takes a device out of the call. `of_agent` says whether its leaving may matter for wrap-up.
    pub(super) fn disconnect(
        &mut self,
        device_id: DeviceId<'_>,
        of_agent: bool,
        limits: &Limits,
        changes: &mut Vec<Change>,
    ) {
        let place = self
            .connections
            .iter()
            .position(|connection| connection.device_id == device_id);
        let Some(place) = place else { return };
        let gone = self.connections.remove(place);
        if of_agent && self.left.len() < limits.connections_per_call {
            self.left.push((gone.device_type, gone.device_id.clone()));
        }
        changes.push(self.change(CallWhat::Connection {
            before: Some(gone),
            after: None,
        }));
        self.settle_queues(changes);
    }

    /// A stale queue is removed when no device of the call waits any more.
    #[inline]
    fn settle_queues(&mut self, changes: &mut Vec<Change>) {
        if !self.queues.is_empty()
            && self.queues.iter().any(|queue| queue.stale)
            && !self.is_queued()
        {
            self.leave_queues(|queue| queue.stale, changes);
        }
    }

    pub(super) fn join_queue(
        &mut self,
        csq_id: Option<u32>,
        limits: &Limits,
        changes: &mut Vec<Change>,
    ) {
        let after = Queue {
            csq_id,
            stale: false,
        };
        let full = self.queues.len() >= limits.queues_per_call;
        // A queue reported now replaces one that was inferred.
        let known = self
            .queues
            .iter_mut()
            .find(|queue| queue.csq_id == csq_id || queue.csq_id.is_none());
        let before = match known {
            Some(queue) => Some(mem::replace(queue, after)),
            None if full => {
                changes.push(Change::Dropped(Dropped::Queue(self.call_id)));
                return;
            }
            None => {
                self.queues.push(after);
                None
            }
        };
        if before != Some(after) {
            let after = Some(after);
            changes.push(self.change(CallWhat::Queue { before, after }));
        }
    }

    pub(super) fn leave_queues(
        &mut self,
        leaves: impl Fn(&Queue) -> bool,
        changes: &mut Vec<Change>,
    ) {
        if self.queues.is_empty() {
            return;
        }
        let (key, call_id) = (self.key, self.call_id);
        self.queues.retain(|queue| {
            let left = leaves(queue);
            if left {
                changes.push(Change::Call {
                    key,
                    call_id,
                    what: CallWhat::Queue {
                        before: Some(*queue),
                        after: None,
                    },
                });
            }
            !left
        });
    }

    pub(super) fn set_media(
        &mut self,
        device_id: DeviceId<'_>,
        hears: Option<bool>,
        speaks: Option<bool>,
        changes: &mut Vec<Change>,
    ) {
        let connection = self
            .connections
            .iter_mut()
            .find(|connection| connection.device_id == device_id);
        let Some(connection) = connection else { return };
        let hears = hears.unwrap_or(connection.hears);
        let speaks = speaks.unwrap_or(connection.speaks);
        if (hears, speaks) != (connection.hears, connection.speaks) {
            let before = connection.clone();
            connection.hears = hears;
            connection.speaks = speaks;
            let after = connection.clone();
            self.tell_connection(before, after, changes);
        }
    }

    pub(super) fn rename_device(
        &mut self,
        from: DeviceId<'_>,
        device_type: ConnectionDeviceType,
        to: DeviceId<'_>,
        changes: &mut Vec<Change>,
    ) {
        if from == to || self.connection(to).is_some() {
            return;
        }
        let connection = self
            .connections
            .iter_mut()
            .find(|connection| connection.device_id == from);
        let Some(connection) = connection else { return };
        let before = connection.clone();
        connection.device_id = to.into();
        connection.device_type = device_type;
        let after = connection.clone();
        if self.begun.as_ref().is_some_and(|begun| *begun == from) {
            set(&mut self.begun, to);
        }
        self.tell_connection(before, after, changes);
    }

    /// Reports all known contents of the call, as if new.
    pub(super) fn announce(&self, changes: &mut Vec<Change>) {
        changes.push(self.change(CallWhat::Began));
        if let after @ Some(_) = self.call_type {
            let before = None;
            changes.push(self.change(CallWhat::CallType { before, after }));
        }
        for connection in &self.connections {
            changes.push(self.change(CallWhat::Connection {
                before: None,
                after: Some(connection.clone()),
            }));
        }
        if let after @ Some(_) = self.campaign_id {
            changes.push(self.change(CallWhat::Number {
                number: Number::Campaign,
                before: None,
                after,
            }));
        }
        self.data.announce(|what| changes.push(self.change(what)));
    }
}

/// A connection as an event names it.
pub(super) struct Connected<'a> {
    pub device_type: ConnectionDeviceType,
    pub device_id: Option<DeviceId<'a>>,
    pub state: LocalConnectionState,
    pub device: Option<DeviceType>,
}

impl Connected<'_> {
    /// Returns whether it says nothing new of the device's connection.
    #[inline]
    fn is_known(&self, known: &Connection) -> bool {
        let state = self.state == LocalConnectionState::NONE || known.state == Some(self.state);
        let device = self.device.is_none() || known.device == self.device;
        state && device && known.device_type == self.device_type
    }
}
