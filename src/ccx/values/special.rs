//! Special values (guide, Table 198).

use crate::mhdr::layout::{ValueRow, ValueTable};

macro_rules! special {
    ($($(#[$doc:meta])* $CONST:ident: $number:ident = $value:literal;)*) => {
        $(
            $(#[$doc])*
            #[doc = concat!("\n\n", $value, ", `", stringify!($CONST), "` in the guide.")]
            pub const $CONST: $number = $value;
        )*

        /// The table as data.
        pub const TABLE: &ValueTable = &ValueTable::new(
            "SpecialValue",
            Some(198),
            false,
            0,
            &[$(ValueRow {
                name: Some(stringify!($CONST)),
                constant: None,
                first: $value,
                last: $value,
            },)*],
        );
    };
}

special! {
    /// Most devices in the list of a message.
    MAX_NUM_DEVICES: usize = 16;
    /// Most CSQ records in an `AGENT_STATE_EVENT`.
    MAX_CSQ_COUNT: usize = 99;
    /// Most members in a team message.
    MAX_AGENTS: usize = 64;
    /// No call ID.
    NULL_CALL_ID: u32 = 0xFFFF_FFFF;
    /// No application.
    NULL_APPLICATION: u32 = 0xFFFF_FFFF;
    /// No CSQ; traces print it as -1.
    NULL_CSQ: u32 = 0xFFFF_FFFF;
    /// No line handle.
    NULL_LINEHANDLE: u16 = 65_535;
}
