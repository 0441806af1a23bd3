//! Shows the frames of a Unified CCX CTI stream: `cti decode` as an example.
//!
//! ```sh
//! cargo run --example decode -- --sample
//! ```

#[allow(dead_code, reason = "the tool has more commands than this one")]
#[path = "../src/bin/cti/tool/mod.rs"]
mod tool;

use std::process::ExitCode;

use clap::Parser as _;

fn main() -> ExitCode {
    tool::decode::main("decode", tool::decode::Args::parse())
}
