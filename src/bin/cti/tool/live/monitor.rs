//! `monitor`: shows the messages of a session as they come.

use std::io::{self, IsTerminal, Write};
use std::process::ExitCode;
use std::time::Duration;

use clap::{Parser, ValueEnum};
use cti_codec::ccx::OpenReq;
use cti_codec::ccx::client::{Client, Options, SlowReader, start};
use cti_codec::ccx::session::Event;

use super::super::decode::Decode;
use super::super::run::Run;
use super::{News, SessionArgs, block_on, stopped};

/// How long the rest may take to be printed once the session is closed.
const PATIENCE: Duration = Duration::from_secs(1);

/// Opens a session with a Unified CCX server and shows its messages as they come.
///
/// Without an address it shows a simulated server in this process, so that there
/// is something to see at once. What happens to the session is told on standard
/// error. Ends with Ctrl-C, or with status 1 when no server will have it.
#[derive(Parser, Debug)]
#[command(
    verbatim_doc_comment,
    name = "monitor",
    after_help = "\
Examples:
  monitor                          a simulated server, made up as it goes
  monitor cti-a cti-b:42027        the master of two nodes
  monitor --to json cti-a | jq .message
  monitor --services CLIENT_EVENTS --agent jdoe --instrument 2006 cti-a
                                   what one agent's desktop gets"
)]
pub(crate) struct Args {
    #[command(flatten)]
    session: SessionArgs,

    /// What to print
    #[arg(long, value_enum, default_value = "text")]
    to: To,

    /// Show also what is sent
    #[arg(long)]
    sent: bool,

    /// The agent whose events are wanted, in agent mode (CLIENT_EVENTS)
    #[arg(long, value_name = "ID")]
    agent: Option<String>,

    /// That agent's phone, by its number
    #[arg(long, value_name = "NUMBER")]
    instrument: Option<String>,

    /// That agent's extension
    #[arg(long, value_name = "NUMBER")]
    extension: Option<String>,

    /// End after so many messages
    #[arg(long, value_name = "N")]
    count: Option<u64>,
}

#[derive(Clone, Copy, PartialEq, Eq, ValueEnum, Debug)]
enum To {
    /// For people
    Text,
    /// One object per line
    Json,
}

/// Runs the program under a name.
pub(crate) fn main(program: &'static str, args: Args) -> ExitCode {
    let mut run = Run::new(program);
    let done = match block_on(monitor(program, args, &mut run)) {
        Ok(done) => done,
        Err(error) => Err(error),
    };
    run.end(done)
}

async fn monitor(program: &'static str, args: Args, run: &mut Run) -> io::Result<()> {
    let mut options = args.session.options();
    // A slow program behind a pipe misses nothing for which the server would wait.
    options.slow_reader = SlowReader::Waits;
    #[cfg(feature = "simulator")]
    let _server = simulated(&mut options, program)?;
    if options.addresses.is_empty() {
        return run.complain(&mut io::stdout(), "no address was given");
    }
    let text = |text: &'_ Option<String>| text.clone().unwrap_or_default();
    let (agent, instrument, extension) = (
        text(&args.agent),
        text(&args.instrument),
        text(&args.extension),
    );
    let open = args.session.open(OpenReq {
        agent_id: args.agent.as_ref().map(|_| agent.as_str().into()),
        agent_instrument: args.instrument.as_ref().map(|_| instrument.as_str().into()),
        agent_extension: args.extension.as_ref().map(|_| extension.as_str().into()),
        ..OpenReq::bridge_mode()
    });
    let news = News::of(&options);
    let (client, mut events) = match start(options, &open) {
        Ok(started) => started,
        Err(error) => return run.complain(&mut io::stdout(), error),
    };
    let stdout = io::stdout();
    let color = stdout.is_terminal() && std::env::var_os("NO_COLOR").is_none();
    let mut shown = Decode::live(program, stdout.lock(), args.to == To::Json, color);
    let mut count = 0;
    tokio::spawn(end(client.clone(), stopped()?));
    while let Some(event) = events.next().await {
        match &event {
            Event::Tap { sent, frame }
                if (args.sent || !sent) && args.count.is_none_or(|last| count < last) =>
            {
                shown.show(&frame.frame, frame.version)?;
                count = count.saturating_add(1);
                if args.count == Some(count) {
                    // The remaining events of the session follow.
                    let client = client.clone();
                    tokio::spawn(async move { client.close().await });
                }
            }
            Event::Stopped(_) => run.fail(),
            _ => {}
        }
        if let Some(line) = news.line(&event) {
            run.note(&mut io::sink(), line)?;
        }
    }
    Ok(())
}

/// Closes the session when somebody stops the program, and ends it even if nobody reads what it
/// prints any more.
async fn end(client: Client, stop: impl Future<Output = ()>) {
    stop.await;
    client.close().await;
    tokio::time::sleep(PATIENCE).await;
    std::process::exit(0);
}

/// Starts a simulated server with some calls, for use without an address.
#[cfg(feature = "simulator")]
fn simulated(
    options: &mut Options,
    program: &str,
) -> io::Result<Option<cti_codec::ccx::simulator::Running>> {
    use cti_codec::ccx::simulator::{Plan, Running, Simulator};

    if !options.addresses.is_empty() {
        return Ok(None);
    }
    let plan = Plan {
        calls_per_second: 0.5,
        ..Plan::default()
    };
    let server = Running::start("127.0.0.1:0", Simulator::new(plan))?;
    let address = server.address().to_string();
    let _ = writeln!(
        io::stderr(),
        "{program}: no address was given: this is a simulated server at {address}"
    );
    options.addresses = vec![address];
    Ok(Some(server))
}
