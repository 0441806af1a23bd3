//! A struct for each message type, in a file for each message class of the guide's Table 10.

mod agent_state;
mod call_control;
mod call_event;
mod configuration;
mod failure;
mod miscellaneous;
mod rules;
mod session;

pub use agent_state::*;
pub use call_control::*;
pub use call_event::*;
pub use configuration::*;
pub use failure::*;
pub use miscellaneous::*;
pub use session::*;

/// The items that the declarations use.
mod prelude {
    pub(super) use crate::ccx::common::{Common, common};
    pub(super) use crate::ccx::device::DeviceId;
    pub(super) use crate::ccx::message_type::MessageType;
    pub(super) use crate::ccx::registry::Message;
    pub(super) use crate::ccx::values::*;
    pub(super) use crate::ccx::version::Version;
    pub(super) use crate::mhdr::prelude::*;
}
