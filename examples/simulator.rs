//! A simulated Unified CCX server, to try clients on.
//!
//! ```sh
//! cargo run --example simulator -- --listen 127.0.0.1:42027
//! ```

use std::io::{self, Write};
use std::process::ExitCode;

use clap::Parser;
use cti_codec::ccx::simulator::{Fault, Plan, Running, Simulator};

/// Answers as a Unified CCX server does, with a small centre of agents, queues,
/// teams and calls behind it, until it is stopped.
///
/// There are 16 agents, agt2001 to agt2016 at extensions 2001 to 2016, all with
/// the password 'secret'. agt2001 and agt2009 are supervisors. agt2001 to agt2004
/// and agt2009 are logged out and left to clients; the others work by themselves.
#[derive(Parser, Debug)]
#[command(verbatim_doc_comment, name = "simulator", after_help = faults())]
struct Args {
    /// Where to listen; port 0 takes a free one
    #[arg(long, value_name = "ADDR", default_value = "127.0.0.1:42027")]
    listen: String,

    /// Where chance begins: the same seed makes the same calls
    #[arg(long, value_name = "N", default_value_t = 1)]
    seed: u64,

    /// How many calls come in a second, on average; 0 for none
    #[arg(long, value_name = "N", default_value_t = 0.5, value_parser = rate)]
    calls_per_second: f64,

    /// Misbehave in a way; may be given several times
    #[arg(long = "fault", value_name = "NAME")]
    faults: Vec<Fault>,

    /// Tell what a request causes after its confirmation, and not before
    #[arg(long)]
    confirm_first: bool,

    /// Send also events about media streams
    #[arg(long)]
    rtp: bool,
}

fn faults() -> String {
    let names: Vec<&str> = Fault::all().map(Fault::name).collect();
    format!("Faults:\n  {}", names.join("\n  "))
}

fn rate(text: &str) -> Result<f64, String> {
    match text.parse() {
        Ok(rate) if (0.0..=1000.0).contains(&rate) => Ok(rate),
        _ => Err("0 to 1000 calls in a second".into()),
    }
}

fn main() -> ExitCode {
    let args = Args::parse();
    let plan = Plan {
        seed: args.seed,
        calls_per_second: args.calls_per_second,
        confirm_first: args.confirm_first,
        rtp_events: args.rtp,
        ..Plan::default()
    };
    let mut simulator = Simulator::new(plan);
    for fault in args.faults {
        simulator.set_fault(fault, true);
    }
    let server = match Running::start(&args.listen, simulator) {
        Ok(server) => server,
        Err(error) => {
            let _ = writeln!(io::stderr(), "simulator: {}: {error}", args.listen);
            return ExitCode::FAILURE;
        }
    };
    let told = writeln!(io::stdout(), "listening on {}", server.address())
        .and_then(|()| io::stdout().flush());
    if told.is_err() {
        // The output is closed.
        return ExitCode::FAILURE;
    }
    loop {
        std::thread::park();
    }
}
