//! `cti`: one tool for the logs, dumps and streams of a contact centre.

mod tool;

use std::io::{self, ErrorKind, Write};
use std::process::ExitCode;

use clap::{CommandFactory, Parser, Subcommand, ValueEnum};
use clap_complete::Shell;

/// Reads and writes the CTI protocols of contact centres: Cisco Unified CCX and
/// the attached data of Genesys.
#[derive(Parser, Debug)]
#[command(
    name = "cti",
    version,
    verbatim_doc_comment,
    after_help = "\
`cti COMMAND --help` describes a command. Each exits with 0; with 1 if some input was
bad (the rest is shown all the same); with 2 for wrong usage."
)]
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
    #[cfg(all(feature = "simulator", feature = "tokio"))]
    OutboundDesktop(tool::live::outbound::Args),
    /// Prints a man page, completions for a shell, or descriptions for Wireshark and Kaitai Struct
    ///
    ///   cti generate bash > ~/.local/share/bash-completion/completions/cti
    ///   cti generate man | man -l -
    ///   cti generate dissector > ~/.local/lib/wireshark/plugins/ccxcti.lua
    #[command(verbatim_doc_comment)]
    Generate {
        /// File to print
        what: What,
    },
}

#[derive(Clone, Copy, ValueEnum, Debug)]
enum What {
    /// The man page, with all commands
    Man,
    Bash,
    Zsh,
    Fish,
    /// A dissector for Wireshark, in Lua
    Dissector,
    /// A description for Kaitai Struct
    Ksy,
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
        #[cfg(all(feature = "simulator", feature = "tokio"))]
        Command::OutboundDesktop(args) => tool::live::outbound::main("cti outbound-desktop", args),
        Command::Generate { what } => match generate(what) {
            Err(error) if error.kind() != ErrorKind::BrokenPipe => {
                let _ = writeln!(io::stderr(), "cti generate: standard output: {error}");
                ExitCode::FAILURE
            }
            _ => ExitCode::SUCCESS,
        },
    }
}

/// Prints the output derived from the definitions of the commands.
fn generate(what: What) -> io::Result<()> {
    let mut command = Cti::command();
    command.build();
    let mut text = Vec::new();
    match what {
        What::Man => {
            // The pages of the commands follow that of the tool, in one file.
            clap_mangen::Man::new(command.clone()).render(&mut text)?;
            for inner in command.get_subcommands() {
                if inner.get_name() != "help" {
                    let name = format!("cti {}", inner.get_name());
                    let inner = inner.clone().display_name(name);
                    clap_mangen::Man::new(inner).render(&mut text)?;
                }
            }
        }
        What::Dissector => {
            let lua = include_bytes!("../../../examples/dissector/ccxcti.lua");
            text.extend_from_slice(lua);
        }
        What::Ksy => {
            let ksy = include_bytes!("../../../examples/kaitai/ccx_cti.ksy");
            text.extend_from_slice(ksy);
        }
        What::Bash => clap_complete::generate(Shell::Bash, &mut command, "cti", &mut text),
        What::Zsh => clap_complete::generate(Shell::Zsh, &mut command, "cti", &mut text),
        What::Fish => clap_complete::generate(Shell::Fish, &mut command, "cti", &mut text),
    }
    io::stdout().lock().write_all(&text)
}
