//! Special values (guide, Table 198).

use crate::mhdr::layout::{ValueRow, ValueTable};

/// Most devices in the list of a message.
pub const MAX_NUM_DEVICES: usize = 16;
/// Most CSQ records in an `AGENT_STATE_EVENT`.
pub const MAX_CSQ_COUNT: usize = 99;
/// Most members in a team message.
pub const MAX_AGENTS: usize = 64;
/// No call ID.
pub const NULL_CALL_ID: u32 = 0xFFFF_FFFF;
/// No application.
pub const NULL_APPLICATION: u32 = 0xFFFF_FFFF;
/// No CSQ; traces print it as -1.
pub const NULL_CSQ: u32 = 0xFFFF_FFFF;
/// No line handle.
pub const NULL_LINEHANDLE: u16 = 65535;

/// The same as data.
pub static SPECIAL_VALUES: ValueTable = ValueTable {
    name: "SpecialValue",
    table: Some(198),
    mask: false,
    values: &[
        ValueRow {
            name: Some("MAX_NUM_DEVICES"),
            first: 16,
            last: 16,
        },
        ValueRow {
            name: Some("MAX_CSQ_COUNT"),
            first: 99,
            last: 99,
        },
        ValueRow {
            name: Some("MAX_AGENTS"),
            first: 64,
            last: 64,
        },
        ValueRow {
            name: Some("NULL_CALL_ID"),
            first: 0xFFFF_FFFF,
            last: 0xFFFF_FFFF,
        },
        ValueRow {
            name: Some("NULL_APPLICATION"),
            first: 0xFFFF_FFFF,
            last: 0xFFFF_FFFF,
        },
        ValueRow {
            name: Some("NULL_CSQ"),
            first: 0xFFFF_FFFF,
            last: 0xFFFF_FFFF,
        },
        ValueRow {
            name: Some("NULL_LINEHANDLE"),
            first: 65535,
            last: 65535,
        },
    ],
};
