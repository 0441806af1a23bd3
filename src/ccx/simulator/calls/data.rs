//! The data of a call, as messages have them.

use alloc::vec::Vec;
use core::time::Duration;

use crate::ccx::simulator::centre::CentreCall;
use crate::ccx::special::NULL_CALL_ID;
use crate::ccx::{ConnectedParty, ConnectionDeviceType, NamedArray, NamedVariable, Text, TextBuf};

/// Returns a call without data, for the changes.
pub(in crate::ccx::simulator) fn blank(call: &CentreCall) -> CentreCall {
    CentreCall {
        ani: TextBuf::default(),
        digits: TextBuf::default(),
        variables: Default::default(),
        wrap_up: TextBuf::default(),
        account: TextBuf::default(),
        named_variables: Vec::new(),
        named_arrays: Vec::new(),
        ..call.clone()
    }
}

pub(in crate::ccx::simulator) fn as_parties(
    parties: &[TextBuf],
    call_id: u32,
) -> Vec<ConnectedParty<'_>> {
    let parties = parties.iter();
    parties
        .map(|device| ConnectedParty {
            connected_party_call_id: Some(call_id),
            connected_party_device_type: Some(ConnectionDeviceType::STATIC),
            connected_party_device_id: Some(device.text().into()),
        })
        .collect()
}

/// Returns a text that is not empty.
pub(in crate::ccx::simulator) fn said(text: &TextBuf) -> Option<Text<'_>> {
    (!text.as_bytes().is_empty()).then(|| text.text())
}

pub(in crate::ccx::simulator) fn variables(call: &CentreCall) -> [Option<Text<'_>>; 10] {
    call.variables.each_ref().map(said)
}

pub(in crate::ccx::simulator) fn named_variables(call: &CentreCall) -> Vec<NamedVariable<'_>> {
    let variables = call.named_variables.iter();
    variables
        .map(|(name, value)| NamedVariable {
            name: name.text(),
            value: value.text(),
        })
        .collect()
}

pub(in crate::ccx::simulator) fn named_arrays(call: &CentreCall) -> Vec<NamedArray<'_>> {
    let arrays = call.named_arrays.iter();
    arrays
        .map(|(name, index, value)| NamedArray {
            index: *index,
            name: name.text(),
            value: value.text(),
        })
        .collect()
}

/// Returns a duration in seconds.
pub(in crate::ccx::simulator) fn seconds(time: Duration) -> u32 {
    u32::try_from(time.as_secs()).unwrap_or(u32::MAX)
}

/// Returns whether a request leaves the `CallID` open.
pub(in crate::ccx::simulator) fn is_open(call_id: u32) -> bool {
    call_id == NULL_CALL_ID
}
