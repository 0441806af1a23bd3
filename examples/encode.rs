//! Packs messages given as JSON into frames: `cti encode` as an example.

#[allow(dead_code, reason = "the tool has more commands than this one")]
#[path = "../src/bin/cti/tool/mod.rs"]
mod tool;

use std::process::ExitCode;

use clap::Parser as _;

fn main() -> ExitCode {
    tool::encode::main("encode", tool::encode::Args::parse())
}
