//! The agents and queues of a centre on a terminal.
//!
//! ```sh
//! cargo run --example wallboard -- --help
//! ```
#![allow(
    clippy::arithmetic_side_effects,
    clippy::indexing_slicing,
    reason = "counts of agents, times of a minute, and the parts that a layout has been told to make"
)]

mod board;
mod screen;
mod text;
#[allow(dead_code, reason = "the tool has more commands than this one")]
#[path = "../../src/bin/cti/tool/mod.rs"]
mod tool;

use std::io::{self, IsTerminal, Write};
use std::pin::pin;
use std::process::ExitCode;
use std::time::{Duration, Instant};

use clap::Parser;
use cti_codec::ccx::client::{Events, SlowReader, start};
use cti_codec::ccx::session::Event;
use cti_codec::ccx::simulator::{Plan, Running, Simulator};
use cti_codec::ccx::{CtiService, OpenReq};

use board::Board;
use screen::Screen;
use tool::live::{News, SessionArgs, block_on, stopped};
use tool::run::Run;

/// The maximum wait for a single picture, once a session is open.
const PATIENCE: Duration = Duration::from_secs(10);
/// The maximum wait for the server to close the session after that.
const FAREWELL: Duration = Duration::from_secs(1);
/// The interval of drawing without events, since times go on.
const TICK: Duration = Duration::from_millis(500);
/// The least time between two drawings.
const PAUSE: Duration = Duration::from_millis(50);

/// Shows the agents and queues of a Unified CCX centre, redrawn as events come.
///
/// Without an address it shows a simulated centre in this process. Leave with q,
/// Esc or Ctrl-C; the arrow keys scroll.
#[derive(Parser, Debug)]
#[command(verbatim_doc_comment, name = "wallboard")]
struct Args {
    #[command(flatten)]
    session: SessionArgs,

    /// Print one picture as text, once all is known or 10 seconds after the session
    /// has opened, and exit; status 1 if no server gives a session
    #[arg(long, verbatim_doc_comment)]
    once: bool,
}

fn main() -> ExitCode {
    let mut run = Run::new("wallboard");
    let done = match block_on(wallboard(Args::parse(), &mut run)) {
        Ok(done) => done,
        Err(error) => Err(error),
    };
    run.end(done)
}

async fn wallboard(args: Args, run: &mut Run) -> io::Result<()> {
    let mut options = args.session.options();
    options.slow_reader = SlowReader::Waits;
    let single = args.once || !io::stdout().is_terminal();
    if single {
        // After one round of the addresses there is nothing to show.
        options.settings.rounds.get_or_insert(1);
    }
    let mut simulated = None;
    if options.addresses.is_empty() {
        let plan = Plan {
            calls_per_second: 1.0,
            ..Plan::default()
        };
        let server = Running::start("127.0.0.1:0", Simulator::new(plan))?;
        options.addresses = vec![server.address().to_string()];
        options.settings.addresses = 1;
        simulated = Some(server);
    }
    let news = News::of(&options);
    let services = CtiService::ALL_EVENTS | CtiService::CONFIG_EVENTS;
    let open = args.session.open(OpenReq {
        services_requested: services,
        ..OpenReq::bridge_mode()
    });
    let (client, events) = match start(options, &open) {
        Ok(started) => started,
        Err(error) => return run.complain(&mut io::stdout(), error),
    };
    let board = Board::new(client);
    if single {
        once(board, events, news, run).await?;
    } else {
        live(board, events, news, run).await?;
    }
    drop(simulated);
    Ok(())
}

/// Waits for the one picture, and prints it.
async fn once(mut board: Board, mut events: Events, news: News, run: &mut Run) -> io::Result<()> {
    let mut until: Option<Instant> = None;
    while !board.is_whole() {
        let left = until.map_or(PATIENCE, |until| {
            until.saturating_duration_since(Instant::now())
        });
        // Whatever comes and however much: a picture is taken when its time has come.
        if left.is_zero() {
            break;
        }
        let event = match tokio::time::timeout(left, events.next()).await {
            Ok(Some(event)) => event,
            Ok(None) => break,
            Err(_) => continue,
        };
        if matches!(event, Event::Opened { .. }) {
            until.get_or_insert(Instant::now() + PATIENCE);
        }
        if let Some(line) = news.line(&event) {
            run.note(&mut io::sink(), line)?;
        }
        board.take(&event);
    }
    if !board.is_open() {
        run.fail();
    }
    if until.is_none() {
        return Ok(());
    }
    let picture = board.picture();
    let printed = io::stdout().write_all(text::picture(&picture).as_bytes());
    // The picture is there, and who waits for it waits no longer for the server.
    let _ = tokio::time::timeout(FAREWELL, board.close()).await;
    printed
}

/// Draws repeatedly until the user leaves.
async fn live(mut board: Board, mut events: Events, news: News, run: &mut Run) -> io::Result<()> {
    let mut screen = Screen::new()?;
    let mut keys = screen::keys();
    let mut drawn = None;
    let mut stop = pin!(stopped()?);
    loop {
        let due = match drawn {
            Some(at) if board.has_changed() => at + PAUSE,
            Some(at) => at + TICK,
            None => Instant::now(),
        };
        tokio::select! {
            event = events.next() => match event {
                Some(event) => {
                    if let Some(line) = news.line(&event) {
                        board.say(line);
                    }
                    board.take(&event);
                }
                None => {
                    drop(screen);
                    run.note(&mut io::sink(), board.said())?;
                    run.fail();
                    return Ok(());
                }
            },
            () = tokio::time::sleep_until(due.into()) => {
                screen.draw(&board.picture())?;
                drawn = Some(Instant::now());
            }
            key = keys.recv() => match key {
                Some(key) if screen.takes(key) => drawn = None,
                _ => break,
            },
            () = &mut stop => break,
        }
    }
    drop(screen);
    board.close().await;
    Ok(())
}
