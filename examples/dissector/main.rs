//! Writes a Wireshark dissector for Unified CCX CTI, in Lua, from the library's tables.
//!
//! ```sh
//! cargo run --example dissector > ccxcti.lua
//! mkdir -p ~/.local/lib/wireshark/plugins && cp ccxcti.lua ~/.local/lib/wireshark/plugins
//! wireshark -o tcp.reassemble_out_of_order:TRUE capture.pcapng
//! ```
//!
//! `examples/dissector/ccxcti.lua` is its output, ready to install.
#![allow(
    clippy::indexing_slicing,
    clippy::arithmetic_side_effects,
    reason = "a generator of known tables"
)]

mod lua;

use std::io::{self, Write as _};

fn main() -> io::Result<()> {
    io::stdout().lock().write_all(lua::dissector().as_bytes())
}
