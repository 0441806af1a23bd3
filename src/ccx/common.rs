//! The fields that many messages share, by name.

use super::device::DeviceId;
use super::values::{EventCause, LocalConnectionState};
use crate::mhdr::{NamedArray, NamedVariable, Repeated};
use crate::text::Text;

/// Shared fields, readable without knowing the message. A field that the message lacks is `None`.
pub(super) trait Common<'a> {
    fn call_id(&self) -> Option<u32> {
        None
    }
    fn connection_device_id(&self) -> Option<DeviceId<'a>> {
        None
    }
    fn agent_id(&self) -> Option<Text<'a>> {
        None
    }
    fn agent_extension(&self) -> Option<Text<'a>> {
        None
    }
    fn agent_instrument(&self) -> Option<Text<'a>> {
        None
    }
    fn local_connection_state(&self) -> Option<LocalConnectionState> {
        None
    }
    fn event_cause(&self) -> Option<EventCause> {
        None
    }
    fn named_variables(&self) -> Option<Repeated<'a, NamedVariable<'a>>> {
        None
    }
    fn named_arrays(&self) -> Option<Repeated<'a, NamedArray<'a>>> {
        None
    }
    fn call_variables(&self) -> Option<[Option<Text<'a>>; 10]> {
        None
    }
}

/// Implements one accessor, if the field is a shared one. A field of the fixed part is always
/// present, one of the floating part need not be.
macro_rules! common {
    (call_id) => {
        fn call_id(&self) -> Option<u32> {
            self.call_id.into()
        }
    };
    (primary_call_id) => {
        fn call_id(&self) -> Option<u32> {
            self.primary_call_id.into()
        }
    };
    (connection_device_id) => {
        fn connection_device_id(&self) -> Option<DeviceId<'a>> {
            self.connection_device_id.into()
        }
    };
    (agent_id) => {
        fn agent_id(&self) -> Option<Text<'a>> {
            self.agent_id.into()
        }
    };
    (agent_extension) => {
        fn agent_extension(&self) -> Option<Text<'a>> {
            self.agent_extension.into()
        }
    };
    (agent_instrument) => {
        fn agent_instrument(&self) -> Option<Text<'a>> {
            self.agent_instrument.into()
        }
    };
    (local_connection_state) => {
        fn local_connection_state(&self) -> Option<LocalConnectionState> {
            self.local_connection_state.into()
        }
    };
    (event_cause) => {
        fn event_cause(&self) -> Option<EventCause> {
            self.event_cause.into()
        }
    };
    (named_variables) => {
        fn named_variables(&self) -> Option<Repeated<'a, NamedVariable<'a>>> {
            self.named_variables.into()
        }
    };
    (named_arrays) => {
        fn named_arrays(&self) -> Option<Repeated<'a, NamedArray<'a>>> {
            self.named_arrays.into()
        }
    };
    // A message with the first call variable has all ten.
    (call_variable1) => {
        fn call_variables(&self) -> Option<[Option<Text<'a>>; 10]> {
            Some([
                self.call_variable1,
                self.call_variable2,
                self.call_variable3,
                self.call_variable4,
                self.call_variable5,
                self.call_variable6,
                self.call_variable7,
                self.call_variable8,
                self.call_variable9,
                self.call_variable10,
            ])
        }
    };
    ($_:ident) => {};
}
pub(super) use common;
