//! Shows attached data from server traces, packed bytes and JSON: `cti attached-data` as an example.
//!
//! ```sh
//! cargo run --example attached_data -- --sample
//! cargo run --example attached_data -- server.log --check
//! ```

#[allow(dead_code, reason = "the tool has more commands than this one")]
#[path = "../src/bin/cti/tool/mod.rs"]
mod tool;

use std::process::ExitCode;

use clap::Parser as _;

fn main() -> ExitCode {
    tool::attached_data::main("attached_data", tool::attached_data::Args::parse())
}
