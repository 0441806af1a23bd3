//! `cti desktop` as an example.
//!
//! ```sh
//! cargo run --example desktop -- --help
//! ```

#[allow(dead_code, reason = "the tool has more commands than this one")]
#[path = "../src/bin/cti/tool/mod.rs"]
mod tool;

use std::process::ExitCode;

use clap::Parser as _;

fn main() -> ExitCode {
    tool::live::desktop::main("desktop", tool::live::desktop::Args::parse())
}
