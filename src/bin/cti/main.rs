//! `cti`: one tool for what stands in the logs, dumps and streams of a contact centre.

mod tool;

use std::process::ExitCode;

use clap::{Parser, Subcommand};

/// Reads and writes the CTI protocols of contact centres: Cisco Unified CCX and
/// the attached data of Genesys.
#[derive(Parser, Debug)]
#[command(name = "cti", version, verbatim_doc_comment)]
struct Cti {
    #[command(subcommand)]
    command: Command,
}

#[derive(Subcommand, Debug)]
enum Command {
    Decode(tool::decode::Args),
    Encode(tool::encode::Args),
    AttachedData(tool::attached_data::Args),
    #[cfg(feature = "tokio")]
    Monitor(tool::live::monitor::Args),
    #[cfg(feature = "tokio")]
    Desktop(tool::live::desktop::Args),
}

fn main() -> ExitCode {
    match Cti::parse().command {
        Command::Decode(args) => tool::decode::main("cti decode", args),
        Command::Encode(args) => tool::encode::main("cti encode", args),
        Command::AttachedData(args) => tool::attached_data::main("cti attached-data", args),
        #[cfg(feature = "tokio")]
        Command::Monitor(args) => tool::live::monitor::main("cti monitor", args),
        #[cfg(feature = "tokio")]
        Command::Desktop(args) => tool::live::desktop::main("cti desktop", args),
    }
}
