//! `desktop`: an agent's desktop, from a prompt or a script.

mod act;
mod command;
mod show;
mod wait;

use std::collections::VecDeque;
use std::future::Future;
use std::io;
use std::pin::pin;
use std::process::ExitCode;
use std::time::{Duration, Instant};

use clap::Parser;
use cti_codec::ccx::client::{Client, Events, RequestFailure, start};
use cti_codec::ccx::model::{Model, View};
use cti_codec::ccx::session::{Event, StopCause};
use cti_codec::ccx::{CtiService, MessageType, OpenReq, Received};

use super::super::run::{Run, plain};
use super::lines::{Line, Lines, Shown, Words};
use super::words::{self, Common};
use super::{News, SessionArgs, block_on, text_of};
use act::Who;
use command::{COMMANDS, Command};
use wait::Seen;

const WORDS: Words = Words {
    prompt: "desktop> ",
    next: |head, _| command::next(head),
    // A password is not to be found in the history.
    is_secret: |line| {
        let command = line.split_whitespace().next();
        command.is_some_and(|command| command.eq_ignore_ascii_case("login"))
    },
};

/// How many events are heard in a row while something else may be ready.
const AT_A_TIME: usize = 1000;

/// An agent's desktop for Unified CCX, from a prompt or a script.
///
/// Reads a command a line, and the next one after the answer to the one before.
/// Each answer is a line: ok and the command, or failed, the command and why.
/// Events are lines of their own, and begin with event. The exit status is 1 where
/// a command failed. What happens to the session is told on standard error. A line
/// that begins with # is a remark.
#[derive(Parser, Debug)]
#[command(
    verbatim_doc_comment,
    name = "desktop",
    after_help = "\
Examples:
  desktop --agent jdoe --instrument 2006 cti-a cti-b
  printf 'login jdoe secret 2006\\nready\\nwait delivered 60\\nanswer\\n' | desktop cti-a

The session is opened for the agent who is named by an option, or by the first
login. The command help lists the others."
)]
pub(crate) struct Args {
    #[command(flatten)]
    session: SessionArgs,

    /// The agent's login
    #[arg(long, value_name = "ID")]
    agent: Option<String>,

    /// The agent's password, for the command login
    #[arg(
        long,
        value_name = "TEXT",
        default_value = "",
        hide_default_value = true
    )]
    password: String,

    /// The agent's phone, by its number
    #[arg(long, value_name = "NUMBER")]
    instrument: Option<String>,

    /// The agent's extension, where it is not the phone's number
    #[arg(long, value_name = "NUMBER")]
    extension: Option<String>,

    /// Tell the server at login that the agent takes outbound calls
    #[arg(long)]
    outbound: bool,
}

/// Runs the program under a name.
pub(crate) fn main(program: &'static str, args: Args) -> ExitCode {
    let mut run = Run::new(program);
    let done = match block_on(desktop(args, &mut run)) {
        Ok(done) => done,
        Err(error) => Err(error),
    };
    run.end(done)
}

struct Desk<'r> {
    args: Args,
    run: &'r mut Run,
    shown: Shown,
    who: Who,
    session: Option<(Client, Events)>,
    news: News,
    model: Model,
    origin: Instant,
    seen: VecDeque<Seen>,
    /// Whether a session has been open.
    opened: bool,
    /// Why the last attempt to open one failed.
    unopened: String,
    /// Why the client has stopped by itself.
    stopped: Option<StopCause>,
    ended: bool,
}

async fn desktop(args: Args, run: &mut Run) -> io::Result<()> {
    if args.session.addresses.is_empty() {
        return run.complain(&mut io::stdout(), "no address was given");
    }
    let who = Who {
        agent: args.agent.clone().unwrap_or_default(),
        password: args.password.clone(),
        phone: args
            .instrument
            .clone()
            .or(args.extension.clone())
            .unwrap_or_default(),
        outbound: args.outbound,
    };
    let (mut lines, shown) = Lines::start(WORDS)?;
    let mut desk = Desk {
        run,
        shown,
        who,
        session: None,
        news: News::of(&args.session.options()),
        model: Model::new(View::Agent),
        origin: Instant::now(),
        seen: VecDeque::new(),
        opened: false,
        unopened: String::new(),
        stopped: None,
        ended: false,
        args,
    };
    if !desk.who.agent.is_empty() || !desk.who.phone.is_empty() {
        desk.open()?;
    }
    loop {
        lines.ready();
        let line = {
            let next = pin!(lines.next());
            desk.meanwhile(next).await?
        };
        let Some(line) = line else { break };
        if matches!(desk.read(line).await?, Next::Quit) {
            break;
        }
    }
    if let Some((client, _)) = &desk.session {
        let client = client.clone();
        tokio::spawn(async move { client.close().await });
    }
    // What the session still tells, to its end.
    while !desk.ended
        && let Some((_, events)) = &mut desk.session
    {
        let event = events.next().await;
        desk.hear(event)?;
    }
    Ok(())
}

enum Next {
    Line,
    Quit,
}

impl Desk<'_> {
    fn now(&self) -> Duration {
        self.origin.elapsed()
    }

    /// Opens the session for the agent who is known by now.
    fn open(&mut self) -> io::Result<()> {
        let mut options = self.args.session.options();
        options.settings.configuration = false;
        options.settings.teams = false;
        // Nothing is left out while a command is read.
        options.events = 1 << 16;
        self.news = News::of(&options);
        let text = |text: &'_ str| (!text.is_empty()).then(|| text.to_owned());
        let (agent, phone) = (text(&self.who.agent), text(&self.who.phone));
        let open = self.args.session.open(OpenReq {
            agent_id: agent.as_deref().map(Into::into),
            agent_instrument: phone.as_deref().map(Into::into),
            agent_extension: self.args.extension.as_deref().map(Into::into),
            ..OpenReq::agent_mode()
        });
        let bridge = open.services_requested.contains(CtiService::ALL_EVENTS);
        let open = if bridge {
            self.model = Model::new(View::Bridge);
            self.model.keep_last_calls(true);
            OpenReq {
                agent_id: None,
                agent_instrument: None,
                agent_extension: None,
                ..open
            }
        } else {
            open
        };
        match start(options, &open) {
            Ok(session) => self.session = Some(session),
            Err(error) => {
                self.ended = true;
                self.run.complain(&mut io::stdout(), error)?;
            }
        }
        Ok(())
    }

    /// Waits for something, and hears events meanwhile: those that have come already first, but not
    /// without end.
    async fn meanwhile<T>(&mut self, future: impl Future<Output = T> + Unpin) -> io::Result<T> {
        let mut future = future;
        let mut heard = 0_usize;
        loop {
            heard = heard.saturating_add(1);
            if heard > AT_A_TIME {
                heard = 0;
                let now = pin!(std::future::ready(()));
                tokio::select! {
                    biased;
                    value = &mut future => return Ok(value),
                    () = now => {}
                }
            }
            let timer = self.model.poll_timeout();
            let timer = timer.map(|at| at.saturating_sub(self.now()));
            let tick = async {
                match timer {
                    Some(wait) => tokio::time::sleep(wait).await,
                    None => std::future::pending().await,
                }
            };
            let Some((_, events)) = &mut self.session else {
                return Ok(future.await);
            };
            let event = tokio::select! {
                biased;
                event = events.next(), if !self.ended => event,
                value = &mut future => return Ok(value),
                () = tick => {
                    let now = self.now();
                    self.model.handle_timeout(now);
                    continue;
                }
            };
            self.hear(event)?;
        }
    }

    /// Processes the pending events.
    async fn catch_up(&mut self) -> io::Result<()> {
        let ready = pin!(std::future::ready(()));
        self.meanwhile(ready).await
    }

    fn hear(&mut self, event: Option<Event>) -> io::Result<()> {
        let Some(event) = event else {
            self.ended = true;
            return Ok(());
        };
        if let Some(news) = self.news.line(&event) {
            if self.shown.is_prompt() {
                self.shown.line(&format!("session: {}", plain(&news)))?;
            } else {
                self.run.note(&mut io::stdout(), news)?;
            }
        }
        let now = self.now();
        match event {
            Event::Tap { sent, frame } => {
                let Ok(message) = frame.message() else {
                    return Ok(());
                };
                if sent {
                    self.model.sent(now, &message);
                } else {
                    self.model.received(now, &message);
                    self.tell(&message)?;
                    self.see(Seen::Message(frame));
                }
                self.recover();
            }
            Event::Opened { .. } => {
                self.opened = true;
                self.see(Seen::Opened);
                self.model.recover(now, [], []);
                self.recover();
            }
            Event::NotOpened { cause, .. } => self.unopened = cause.to_string(),
            Event::Lost { .. } => {
                self.model.disconnected();
                // It is open no longer.
                self.seen.retain(|seen| !matches!(seen, Seen::Opened));
                self.see(Seen::Lost);
            }
            Event::Stopped(cause) => {
                self.stopped = Some(cause);
                self.run.fail();
            }
            _ => {}
        }
        Ok(())
    }

    /// Queries the changes that the model has missed.
    fn recover(&mut self) {
        let Some((client, _)) = &self.session else {
            return;
        };
        while let Some(ask) = self.model.poll_request() {
            // Its answer comes among the events.
            tokio::spawn(client.request_any(&ask.message()));
        }
    }

    fn failed(&mut self, name: &str, why: &str) -> io::Result<()> {
        self.run.fail();
        self.shown.failed(name, why)
    }

    /// Carries out a line.
    async fn read(&mut self, line: Line) -> io::Result<Next> {
        let line = match line {
            Ok(line) => line,
            Err(why) => {
                self.failed("line", &why)?;
                return Ok(Next::Line);
            }
        };
        let given = match words::given(COMMANDS, &line) {
            None => return Ok(Next::Line),
            Some(Ok(given)) => given,
            Some(Err(word)) => {
                self.failed(word, "is no command; help lists them")?;
                return Ok(Next::Line);
            }
        };
        let name = given.name;
        let command = match given.common() {
            Ok(Some(common)) => return self.common(common).await,
            Ok(None) => command::parse(&given),
            Err(why) => Err(why),
        };
        match command {
            Err(why) => self.failed(name, &why)?,
            Ok(Command::Calls) => {
                self.catch_up().await?;
                self.show_calls()?;
                self.shown.line("ok calls")?;
            }
            Ok(request) => match self.request(&request).await? {
                Ok(answer) => {
                    let answer = self.answer(&answer);
                    self.shown.line(&format!("ok {name}{answer}"))?;
                }
                Err(why) => self.failed(name, &why)?,
            },
        }
        Ok(Next::Line)
    }

    /// Carries out a command that every desktop has.
    async fn common(&mut self, command: Common) -> io::Result<Next> {
        match command {
            Common::Wait(event, limit) => {
                let limit = limit.unwrap_or(self.args.session.timeout);
                let found = match command::awaited(&event) {
                    Ok(awaited) => self.wait(&awaited, limit).await?,
                    Err(why) => Err(why),
                };
                match found {
                    Ok(what) => self.shown.line(&format!("ok wait {what}"))?,
                    Err(why) => self.failed("wait", &why)?,
                }
            }
            Common::Sleep(time) => {
                let time = pin!(tokio::time::sleep(time));
                self.meanwhile(time).await?;
                self.shown.line("ok sleep")?;
            }
            Common::Help => self.shown.help(COMMANDS)?,
            Common::Quit => {
                self.shown.line("ok quit")?;
                return Ok(Next::Quit);
            }
        }
        Ok(Next::Line)
    }

    async fn request(&mut self, command: &Command) -> io::Result<Result<Received, String>> {
        if let Command::Login {
            agent: Some((agent, password, phone)),
            ..
        } = command
        {
            (self.who.agent, self.who.password, self.who.phone) =
                (agent.clone(), password.clone(), phone.clone());
        }
        if self.session.is_none() && !self.ended {
            if !matches!(command, Command::Login { .. }) || self.who.agent.is_empty() {
                return Ok(Err(
                    "nobody has logged in, so that there is no session".into()
                ));
            }
            self.open()?;
        }
        let Some((client, _)) = &self.session else {
            return Ok(Err("there is no session".into()));
        };
        let client = client.clone();
        // Only the first session is awaited: later requests without an open session are refused at
        // once, since the state of the centre may have changed until the next one.
        if !self.opened && !self.ended {
            let limit = self.args.session.timeout;
            let opened = pin!(tokio::time::timeout(limit, client.opened()));
            match self.meanwhile(opened).await? {
                Ok(Ok(())) => {}
                Ok(Err(error)) => return Ok(Err(error.to_string())),
                Err(_) if self.unopened.is_empty() => {
                    return Ok(Err("no session was opened in time".into()));
                }
                Err(_) => {
                    let why = &self.unopened;
                    return Ok(Err(format!("no session was opened in time ({why})")));
                }
            }
        }
        self.catch_up().await?;
        if let Some(cause) = self.stopped {
            return Ok(Err(cause.to_string()));
        }
        let state = act::changes_state(command);
        let calls = act::changes_calls(command);
        self.seen.retain(|seen| match seen {
            Seen::Message(frame) => {
                let agent = frame.message_type() == MessageType::AGENT_STATE_EVENT;
                !(agent && state || !agent && calls)
            }
            _ => true,
        });
        let sent = act::request(command, &self.who, &self.model, |message| {
            Box::pin(client.request_any(message))
        });
        let answer = match sent {
            Ok(answer) => self.meanwhile(answer).await?,
            Err(why) => return Ok(Err(why)),
        };
        self.catch_up().await?;
        Ok(answer.map_err(|failure| match &failure {
            RequestFailure::Refused(answer) => {
                format!("{failure}{}", text_of(answer).unwrap_or_default())
            }
            _ => failure.to_string(),
        }))
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    /// However it is written, a line with a password is not to be found again.
    #[test]
    fn no_login_is_kept() {
        for line in ["login a pa55 1", "  LOGIN a pa55 1", "Login\ta pa55 1"] {
            assert!((WORDS.is_secret)(line), "{line}");
        }
        for line in ["", "ready", "data BALoginName x"] {
            assert!(!(WORDS.is_secret)(line), "{line}");
        }
    }
}
