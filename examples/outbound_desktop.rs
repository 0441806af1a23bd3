//! `cti outbound-desktop` as an example.
//!
//! ```sh
//! cargo run --example outbound_desktop
//! ```

#[allow(dead_code, reason = "the tool has more commands than this one")]
#[path = "../src/bin/cti/tool/mod.rs"]
mod tool;

use std::process::ExitCode;

use clap::Parser as _;

fn main() -> ExitCode {
    tool::live::outbound::main("outbound_desktop", tool::live::outbound::Args::parse())
}
