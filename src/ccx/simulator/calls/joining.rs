//! Two calls become one: transfer and conference; and calls that are sent on.

use alloc::vec::Vec;

use super::data::as_parties;
use crate::ccx::simulator::Centre;
use crate::ccx::simulator::centre::CentreConnection;
use crate::ccx::simulator::sessions::{Audience, Sessions};
use crate::ccx::special::{NULL_APPLICATION, NULL_CSQ};
use crate::ccx::{
    CallConferencedEvent, CallDivertedEvent, CallEstablishedEvent, CallTransferredEvent, CallType,
    ConnectionDeviceType, DeviceId, DeviceType, EventCause, LocalConnectionState, TextBuf,
};

/// Who answers, where `CALL_ESTABLISHED_EVENT` follows a merge.
const UNKNOWN: &str = "Unknown";

/// The parties of two calls that become one.
struct Joined {
    /// Those of both, before that.
    before: Vec<TextBuf>,
    /// Whom the consultation was with.
    added: TextBuf,
    /// Who was in the main call.
    other: TextBuf,
}

impl Centre {
    pub(in crate::ccx::simulator) fn other_party(
        &self,
        call_id: u32,
        device: &TextBuf,
    ) -> Option<TextBuf> {
        let phones = self.phones(call_id);
        phones.into_iter().find(|other| other != device)
    }

    /// Joins a held and an active call at a device, and leaves the device out.
    pub(in crate::ccx::simulator) fn transfer(
        &mut self,
        main: u32,
        consult: u32,
        device: &TextBuf,
        out: &mut Sessions,
    ) {
        let joined = self.take_in(main, consult, device, CallType::TRANSFER_IN, out);
        self.leave(main, device);
        let parties = self.parties(main);
        let parties = as_parties(&parties, main);
        let event = CallTransferredEvent {
            primary_device_type: ConnectionDeviceType::STATIC,
            primary_call_id: main,
            secondary_device_type: ConnectionDeviceType::STATIC,
            secondary_call_id: consult,
            transferring_device_type: self.kind(device.as_bytes()),
            transferred_device_type: self.kind(joined.added.as_bytes()),
            local_connection_state: LocalConnectionState::CONNECT,
            event_cause: EventCause::TRANSFER,
            primary_device_id: Some(device.text().into()),
            secondary_device_id: Some(joined.added.text().into()),
            transferring_device_id: Some(device.text().into()),
            transferred_device_id: Some(joined.added.text().into()),
            connected_parties: parties.as_slice().into(),
            ..CallTransferredEvent::default()
        };
        out.tell(Audience::Phones(&joined.before), &event.into());
        self.established_after(main, &joined.other, &joined.added, out);
        self.end_consult(consult, device, out);
    }

    /// Joins a held and an active call at a device, which stays.
    pub(in crate::ccx::simulator) fn conference(
        &mut self,
        main: u32,
        consult: u32,
        device: &TextBuf,
        out: &mut Sessions,
    ) {
        let joined = self.take_in(main, consult, device, CallType::CONFERENCE, out);
        self.put(main, device, LocalConnectionState::CONNECT, true);
        let parties = self.parties(main);
        let parties = as_parties(&parties, main);
        let event = CallConferencedEvent {
            primary_device_type: ConnectionDeviceType::STATIC,
            primary_call_id: main,
            secondary_device_type: ConnectionDeviceType::STATIC,
            secondary_call_id: consult,
            controller_device_type: self.kind(device.as_bytes()),
            added_party_device_type: self.kind(joined.added.as_bytes()),
            local_connection_state: LocalConnectionState::CONNECT,
            event_cause: EventCause::KEY_CONFERENCE,
            primary_device_id: Some(device.text().into()),
            secondary_device_id: Some(joined.added.text().into()),
            controller_device_id: Some(device.text().into()),
            added_party_device_id: Some(joined.added.text().into()),
            connected_parties: parties.as_slice().into(),
            ..CallConferencedEvent::default()
        };
        out.tell(Audience::Phones(&joined.before), &event.into());
        self.established_after(main, &joined.other, &joined.added, out);
        self.end_consult(consult, device, out);
    }

    /// Takes all but the common device of two calls into one of them.
    fn take_in(
        &mut self,
        main: u32,
        consult: u32,
        device: &TextBuf,
        call_type: CallType,
        out: &mut Sessions,
    ) -> Joined {
        let joined = Joined {
            before: self.joined_phones(main, consult),
            added: self.other_party(consult, device).unwrap_or_default(),
            other: self.other_party(main, device).unwrap_or_default(),
        };
        self.retype(main, call_type, &joined.other, out);
        self.move_parties(main, consult, device);
        joined
    }

    pub(in crate::ccx::simulator) fn joined_phones(&self, main: u32, consult: u32) -> Vec<TextBuf> {
        let mut phones = self.phones(main);
        phones.extend(self.phones(consult));
        phones
    }

    /// Moves all parties except the common device to the main call, and reports them.
    pub(in crate::ccx::simulator) fn move_parties(
        &mut self,
        main: u32,
        consult: u32,
        device: &TextBuf,
    ) {
        let moved: Vec<CentreConnection> = self
            .calls
            .get(&consult)
            .map(|call| call.connections.clone())
            .unwrap_or_default();
        for inside in moved.into_iter().filter(|inside| inside.device != *device) {
            self.put(main, &inside.device, inside.state, true);
        }
        if let Some(call) = self.calls.get_mut(&main) {
            for inside in &mut call.connections {
                inside.told = true;
            }
        }
    }

    pub(in crate::ccx::simulator) fn parties(&self, call_id: u32) -> Vec<TextBuf> {
        let mut phones = self.phones(call_id);
        phones.truncate(crate::ccx::special::MAX_NUM_DEVICES);
        phones
    }

    /// After calls were joined, `CALL_ESTABLISHED_EVENT` names the caller.
    pub(in crate::ccx::simulator) fn established_after(
        &self,
        call_id: u32,
        caller: &TextBuf,
        added: &TextBuf,
        out: &mut Sessions,
    ) {
        let Some(call) = self.call(call_id) else {
            return;
        };
        // A caller who holds the call himself stays so.
        let connected = call
            .connection(caller.as_bytes())
            .is_some_and(|inside| inside.state == LocalConnectionState::CONNECT);
        if !connected {
            return;
        }
        let event = CallEstablishedEvent {
            connection_device_type: ConnectionDeviceType::STATIC,
            call_id,
            application_id: call.application_id.unwrap_or(NULL_APPLICATION),
            csq_id: call.csq_id.unwrap_or(NULL_CSQ),
            answering_device_type: DeviceType::NONE,
            calling_device_type: self.kind(caller.as_bytes()),
            called_device_type: self.kind(added.as_bytes()),
            last_redirect_device_type: DeviceType::NONE,
            local_connection_state: LocalConnectionState::CONNECT,
            event_cause: EventCause::NEW_CALL,
            connection_device_id: Some(caller.text().into()),
            answering_device_id: Some(UNKNOWN.into()),
            calling_device_id: Some(caller.text().into()),
            called_device_id: Some(added.text().into()),
            last_redirect_device_id: Some(DeviceId::default()),
            ..CallEstablishedEvent::default()
        };
        out.tell(Audience::Phones(&self.phones(call_id)), &event.into());
    }

    /// Ends a consult call that has become a part of the main one.
    pub(in crate::ccx::simulator) fn end_consult(
        &mut self,
        consult: u32,
        device: &TextBuf,
        out: &mut Sessions,
    ) {
        let phones = self.phones(consult);
        self.clear_connection(consult, device, EventCause::NONE, out);
        self.after(device, out);
        for other in phones.iter().filter(|other| *other != device) {
            self.clear_connection(consult, other, EventCause::NONE, out);
        }
        self.end(consult, &phones, out);
    }

    /// Sends a call on to another number, without a consultation.
    pub(in crate::ccx::simulator) fn redirect(
        &mut self,
        call_id: u32,
        device: &TextBuf,
        number: &TextBuf,
        out: &mut Sessions,
    ) {
        let phones = self.phones(call_id);
        let event = CallDivertedEvent {
            connection_device_type: ConnectionDeviceType::STATIC,
            call_id,
            application_id: NULL_APPLICATION,
            diverting_device_type: self.kind(device.as_bytes()),
            called_device_type: self.kind(number.as_bytes()),
            local_connection_state: LocalConnectionState::NULL,
            event_cause: EventCause::REDIRECTED,
            connection_device_id: Some(device.text().into()),
            diverting_device_id: Some(device.text().into()),
            called_device_id: Some(number.text().into()),
            ..CallDivertedEvent::default()
        };
        self.leave(call_id, device);
        out.tell(Audience::Phones(&phones), &event.into());
        self.after(device, out);
        if self.agent_at(number.as_bytes()).is_some() {
            if let Some(login_id) = self.login_at(number.as_bytes()) {
                self.reserve(&login_id, out);
            }
            self.deliver(call_id, number, None, out);
        } else {
            // An outside party picks up at once.
            self.put(call_id, number, LocalConnectionState::CONNECT, true);
            self.establish(call_id, number, out);
        }
    }
}
