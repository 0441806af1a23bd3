//! `outbound_desktop`: an agent's desktop for Genesys Outbound, from a prompt or a script, with a
//! simulated server in the same process.

mod act;
mod command;
mod server;
mod show;

use std::collections::{BTreeMap, VecDeque};
use std::io::{self, IsTerminal};
use std::process::ExitCode;
use std::time::{Duration, Instant, SystemTime, UNIX_EPOCH};

use clap::Parser;
use cti_codec::gsw::desktop::{Desktop, Event, RecordId, RequestId, Settings, Source};
use cti_codec::gsw::simulator::{Fault, Ocs, Pace, Plan, Session};
use cti_codec::gsw::{CampaignMode, UnixTime};

use super::super::run::{Run, plain};
use super::block_on;
use super::lines::{Line, Lines, Shown, Words};
use super::words::{self, Common};
use act::Draft;
use command::{COMMANDS, Command};

/// How many events are kept for `wait`.
const KEPT: usize = 1000;

/// What ends a command that the desktop itself would let go on for ever.
const LONGEST: Duration = Duration::from_secs(900);

const WORDS: Words = Words {
    prompt: "outbound> ",
    next: |head, _| command::next(head),
    is_secret: |_| false,
};

/// An agent's desktop for Genesys Outbound, with a simulated Outbound Contact
/// Server in the same process: a campaign to work, without a contact centre.
///
/// Reads a command a line, and the next one after the answer to the one before.
/// Each answer is a line: ok and the command, or failed, the command and why.
/// Events are lines of their own, and begin with event. The exit status is 1 where
/// a command failed.
#[derive(Parser, Debug)]
#[command(
    verbatim_doc_comment,
    name = "outbound_desktop",
    after_help = after_help()
)]
pub(crate) struct Args {
    /// Where chance begins: the same seed and commands give the same answers
    #[arg(long, value_name = "N", default_value_t = 1)]
    seed: u64,

    /// Let the server misbehave in a way; may be given several times
    #[arg(long = "fault", value_name = "NAME")]
    faults: Vec<Fault>,

    /// Let calls come, campaigns stop and records be withdrawn by chance, as they
    /// are without this where somebody sits at the terminal
    #[arg(long, verbatim_doc_comment)]
    lively: bool,

    /// Let time pass as it does, also for a script; otherwise a script has a clock
    /// of its own, which jumps to whatever is due next
    #[arg(long, verbatim_doc_comment)]
    real_time: bool,

    /// Show the messages that go to and fro
    #[arg(long)]
    messages: bool,
}

fn after_help() -> String {
    let faults: Vec<&str> = Fault::all().map(Fault::name).collect();
    format!(
        "\
Examples:
  outbound_desktop
  printf 'preview\\nrecord\\ncall result answer\\ndone\\nlog out\\n' | outbound_desktop

The command help lists the others. Faults:
  {}",
        faults.join("\n  ")
    )
}

/// Runs the program under a name.
pub(crate) fn main(program: &'static str, args: Args) -> ExitCode {
    let mut run = Run::new(program);
    let done = match block_on(work(args, &mut run)) {
        Ok(done) => done,
        Err(error) => Err(error),
    };
    run.end(done)
}

/// An event that `wait` may wait for: its line.
type Heard = String;

/// How a request has ended.
type Outcome = Result<(), String>;

struct Desk<'r> {
    run: &'r mut Run,
    shown: Shown,
    desktop: Desktop,
    server: Ocs,
    dn: &'static str,
    /// The beginning of real time; without it time jumps.
    start: Option<Instant>,
    now: Duration,
    origin: UnixTime,
    messages: bool,
    is_up: bool,
    /// The record that is worked on.
    current: Option<RecordId>,
    drafts: BTreeMap<RecordId, Draft>,
    outcomes: BTreeMap<RequestId, Outcome>,
    seen: VecDeque<Heard>,
    may_log_out: Option<usize>,
    logged_in: bool,
    /// The last request that came to nothing, and why.
    failure: String,
}

async fn work(args: Args, run: &mut Run) -> io::Result<()> {
    let at_terminal = io::stdin().is_terminal() && io::stdout().is_terminal();
    let real = args.real_time || at_terminal;
    let mut plan = Plan {
        seed: args.seed,
        ..Plan::default()
    };
    if let Some(group) = plan.groups.get_mut(1) {
        group.session = Session::Started(CampaignMode::PREDICTIVE);
    }
    if args.lively || at_terminal {
        let every = |seconds| Some(Duration::from_secs(seconds));
        plan.pace = Pace {
            calls: every(45),
            withdraws: every(240),
            stops: every(400),
            ..Pace::default()
        };
    }
    if real && let Ok(now) = SystemTime::now().duration_since(UNIX_EPOCH) {
        plan.origin = UnixTime(i64::try_from(now.as_secs()).unwrap_or_default());
    }
    let origin = plan.origin;
    let mut server = Ocs::new(plan);
    for fault in args.faults {
        server.set_fault(fault, true);
    }
    let (mut lines, shown) = Lines::start(WORDS)?;
    let mut desk = Desk {
        run,
        shown,
        desktop: Desktop::new(Settings {
            first_reference_id: 1,
            wall_clock: Some(origin),
            ..Settings::default()
        }),
        server,
        dn: "2001",
        start: real.then(Instant::now),
        now: Duration::ZERO,
        origin,
        messages: args.messages,
        is_up: true,
        current: None,
        drafts: BTreeMap::new(),
        outcomes: BTreeMap::new(),
        seen: VecDeque::new(),
        may_log_out: None,
        logged_in: true,
        failure: String::new(),
    };
    desk.tick()?;
    if at_terminal {
        desk.print("try: preview, record, call result answer, callback in 2, done, log out; help lists all")?;
    }
    loop {
        lines.ready();
        let line = loop {
            // Script or not, what is due while a line is read is done in real time only.
            let due = desk.start.and_then(|start| {
                let wait = desk.next_due()?.saturating_sub(start.elapsed());
                Some(wait.max(Duration::from_millis(1)))
            });
            match due {
                None => break lines.next().await,
                Some(wait) => match tokio::time::timeout(wait, lines.next()).await {
                    Ok(line) => break line,
                    Err(_) => desk.tick()?,
                },
            }
        };
        let Some(line) = line else { break };
        if !desk.line(line).await? {
            break;
        }
    }
    let owed = desk.desktop.records().count();
    if owed > 0 {
        let records = super::super::run::count(u64::try_from(owed).unwrap_or(u64::MAX), "record");
        desk.run
            .note(&mut io::stdout(), format!("{records} left unfinished"))?;
    }
    Ok(())
}

impl Desk<'_> {
    fn print(&mut self, line: &str) -> io::Result<()> {
        self.shown.line(line)
    }

    /// When something is due, on either side.
    fn next_due(&self) -> Option<Duration> {
        let both = [self.desktop.poll_timeout(), self.server.poll_timeout()];
        both.into_iter().flatten().min()
    }

    /// Does what is due by now, on both sides, and tells of it.
    fn tick(&mut self) -> io::Result<()> {
        if let Some(start) = self.start {
            self.now = self.now.max(start.elapsed());
        }
        self.server.handle_timeout(self.now);
        self.desktop.handle_timeout(self.now);
        // Neither side has more to say in a moment than answers to answers.
        for _ in 0..1000 {
            let mut moved = false;
            while let Some(sent) = self.desktop.poll_transmit() {
                moved = true;
                if self.messages {
                    self.print(&show::message("sent", &sent.data))?;
                }
                if self.is_up {
                    self.server.handle_input(self.now, self.dn, &sent.data);
                }
            }
            while let Some(sent) = self.server.poll_transmit(self.now) {
                if sent.dn != self.dn || !self.is_up {
                    continue;
                }
                moved = true;
                if self.messages {
                    self.print(&show::message("came", &sent.data))?;
                }
                if sent.is_call {
                    self.desktop.handle_call(self.now, &sent.data);
                } else {
                    self.desktop.handle_input(self.now, &sent.data);
                }
            }
            while let Some(event) = self.desktop.poll_event() {
                self.hear(&event)?;
            }
            if !moved {
                break;
            }
        }
        Ok(())
    }

    fn hear(&mut self, event: &Event) -> io::Result<()> {
        let outcome = match event {
            Event::Done { request, .. } => Some((request, Ok(()))),
            Event::Refused {
                request,
                error,
                text,
                ..
            } => Some((
                request,
                Err(format!("{} ({})", plain(&text.to_string()), error.0)),
            )),
            Event::Unanswered { request, .. } => Some((request, Err("not answered".into()))),
            Event::Lost { request, .. } => Some((request, Err("connection lost".into()))),
            Event::StatusOver { request, .. } => Some((request, Ok(()))),
            _ => None,
        };
        if let Event::Refused { message_type, .. }
        | Event::Unanswered { message_type, .. }
        | Event::Lost { message_type, .. } = event
            && let Some((_, Err(why))) = &outcome
        {
            self.failure = format!("{message_type}: {why}");
        }
        if let Some((request, outcome)) = outcome {
            self.outcomes.insert(*request, outcome);
            while self.outcomes.len() > KEPT {
                self.outcomes.pop_first();
            }
        }
        match event {
            // Whoever is on the phone comes first.
            Event::Record { record, source }
                if self.current.is_none() || *source == Source::Call =>
            {
                self.current = Some(*record);
            }
            Event::Ended { record, .. } => {
                self.drafts.remove(record);
                if self.current == Some(*record) {
                    self.current = self.desktop.records().next().map(|record| record.id);
                }
            }
            Event::MayLogOut { owed } => self.may_log_out = Some(*owed),
            _ => {}
        }
        let Some(line) = show::event(event, &self.desktop) else {
            return Ok(());
        };
        if self.seen.len() >= KEPT {
            self.seen.pop_front();
        }
        self.seen.push_back(line.clone());
        self.print(&format!("event {line}"))
    }

    /// Lets time pass until something is so, or the limit is over.
    async fn until<T>(
        &mut self,
        limit: Duration,
        mut is_so: impl FnMut(&mut Self) -> Option<T>,
    ) -> io::Result<Option<T>> {
        let end = self.now.saturating_add(limit);
        loop {
            self.tick()?;
            if let Some(found) = is_so(self) {
                return Ok(Some(found));
            }
            if self.now >= end {
                return Ok(None);
            }
            let next = self.next_due().unwrap_or(end).min(end);
            match self.start {
                None => self.now = self.now.max(next),
                Some(start) => {
                    let wait = next.saturating_sub(start.elapsed());
                    tokio::time::sleep(wait.max(Duration::from_millis(1))).await;
                }
            }
        }
    }

    /// Waits until a request has ended.
    async fn ended(&mut self, request: RequestId) -> io::Result<Outcome> {
        let outcome = self
            .until(LONGEST, |desk| desk.outcomes.remove(&request))
            .await?;
        Ok(outcome.unwrap_or_else(|| Err("not answered".into())))
    }

    /// Carries out a line. Whether there is to be a next one.
    async fn line(&mut self, line: Line) -> io::Result<bool> {
        let line = match line {
            Ok(line) => line,
            Err(why) => {
                self.failed("line", &why)?;
                return Ok(true);
            }
        };
        let given = match words::given(COMMANDS, &line) {
            None => return Ok(true),
            Some(Ok(given)) => given,
            Some(Err(word)) => {
                self.failed(word, "is no command; help lists them")?;
                return Ok(true);
            }
        };
        let name = given.name;
        let command = match command::parse(&given) {
            Ok(command) => command,
            Err(why) => {
                self.failed(name, &why)?;
                return Ok(true);
            }
        };
        self.tick()?;
        match command {
            Command::Common(Common::Help) => self.shown.help(COMMANDS)?,
            Command::Common(Common::Quit) => {
                self.print("ok quit")?;
                return Ok(false);
            }
            command => match self.carry_out(command).await? {
                Ok(what) if what.is_empty() => self.print(&format!("ok {name}"))?,
                Ok(what) => self.print(&format!("ok {name} {}", plain(&what)))?,
                Err(why) => self.failed(name, &why)?,
            },
        }
        Ok(true)
    }

    fn failed(&mut self, name: &str, why: &str) -> io::Result<()> {
        self.run.fail();
        self.shown.failed(name, why)
    }
}
