//! `cti monitor` as an example.
//!
//! ```sh
//! cargo run --example monitor -- --help
//! ```

#[allow(dead_code, reason = "the tool has more commands than this one")]
#[path = "../src/bin/cti/tool/mod.rs"]
mod tool;

use std::process::ExitCode;

use clap::Parser as _;

fn main() -> ExitCode {
    tool::live::monitor::main("monitor", tool::live::monitor::Args::parse())
}
