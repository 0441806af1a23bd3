//! What to show: sessions, types, times, agents, calls.

mod agents;
mod calls;
mod when;

use std::net::{IpAddr, SocketAddr};

use clap::Args;
use cti_codec::capture::{Session, Side, Time};
use cti_codec::ccx::{LAYOUTS, Message, MessageType};
use jiff::Timestamp;

use agents::Agents;
use calls::Calls;
use when::{Bound, When, when};

/// What to show, by the command line.
#[derive(Args, Clone, Default, Debug)]
#[command(next_help_heading = "Select")]
pub(crate) struct SelectArgs {
    /// Show messages of this type, by name or number; repeat it for more types
    #[arg(long = "type", value_name = "NAME", value_parser = message_type)]
    types: Vec<MessageType>,

    /// Show this session of a capture, by its number or by an address with or without
    /// a port; repeat it for more sessions
    #[arg(long = "session", value_name = "N|ADDRESS", value_parser = session, verbatim_doc_comment)]
    sessions: Vec<SessionIs>,

    /// Show messages that concern this agent, by login and by the extension and
    /// instrument of that login; answers come with their requests
    #[arg(long = "agent", value_name = "ID", verbatim_doc_comment)]
    agents: Vec<String>,

    /// Show messages that concern the call with this CallID, and the calls that it
    /// became or came from: consults, conferences, transfers
    #[arg(long = "call", value_name = "CALLID", value_parser = number, verbatim_doc_comment)]
    calls: Vec<u32>,

    /// Show messages from this time of a capture on: 10:15 on the day of its first
    /// packet; '2024-11-19 10:15'; 2024-11-19T10:15:00+01:00; or -10min before its
    /// end (before now, while it still grows). Earlier messages still set versions
    /// and logins
    #[arg(long, value_name = "TIME", value_parser = when, allow_hyphen_values = true, verbatim_doc_comment)]
    since: Option<When>,

    /// Show messages up to this time, inclusive
    #[arg(long, value_name = "TIME", value_parser = when, allow_hyphen_values = true)]
    until: Option<When>,
}

/// A session on the command line.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
enum SessionIs {
    Number(u32),
    End(SocketAddr),
    Host(IpAddr),
}

impl SessionIs {
    fn is(self, session: &Session) -> bool {
        let ends = [session.client, session.server];
        match self {
            Self::Number(number) => session.number == number,
            Self::End(end) => ends.contains(&end),
            Self::Host(host) => ends.iter().any(|end| end.ip() == host),
        }
    }
}

fn session(text: &str) -> Result<SessionIs, String> {
    let number = text.parse().map(SessionIs::Number).ok();
    let end = || text.parse().map(SessionIs::End).ok();
    let host = || {
        let bare = text.trim_start_matches('[').trim_end_matches(']');
        bare.parse().map(SessionIs::Host).ok()
    };
    number.or_else(end).or_else(host).ok_or_else(|| {
        "a session is a number, as decode shows it, or an address: 10.1.1.20:50001, 10.1.1.20"
            .into()
    })
}

fn number(text: &str) -> Result<u32, String> {
    let hex = text.strip_prefix("0x").or_else(|| text.strip_prefix("0X"));
    match hex {
        Some(digits) => u32::from_str_radix(digits, 16),
        None => text.parse(),
    }
    .map_err(|_| "a CallID is a number, decimal or in hex after 0x".into())
}

/// A message type on the command line.
fn message_type(text: &str) -> Result<MessageType, String> {
    let upper = text.to_uppercase();
    if let Some(known) = MessageType::from_name(&upper) {
        return Ok(known);
    }
    let hex = text.strip_prefix("0x").or_else(|| text.strip_prefix("0X"));
    let number = match hex {
        Some(digits) => u32::from_str_radix(digits, 16),
        None => text.parse(),
    };
    if let Ok(number) = number {
        return Ok(MessageType(number));
    }
    let alike: Vec<&str> = LAYOUTS
        .iter()
        .map(|layout| layout.name)
        .filter(|name| name.contains(&upper))
        .collect();
    Err(if alike.is_empty() || upper.is_empty() {
        "no message type has this name".into()
    } else {
        format!(
            "no message type has this name; there are {}",
            alike.join(", ")
        )
    })
}

impl SelectArgs {
    /// Returns whether something is asked for that only a capture can tell.
    pub(crate) fn needs_capture(&self) -> bool {
        !self.sessions.is_empty() || self.since.is_some() || self.until.is_some()
    }

    /// Returns whether the whole input has to be seen before the first message can be judged.
    pub(crate) fn needs_all(&self) -> bool {
        let before = |when: &Option<When>| matches!(when, Some(When::Before(_)));
        !self.agents.is_empty()
            || !self.calls.is_empty()
            || before(&self.since)
            || before(&self.until)
    }

    /// Returns whether single messages are asked for, and not only sessions or times.
    pub(crate) fn picks(&self) -> bool {
        !self.types.is_empty() || !self.agents.is_empty() || !self.calls.is_empty()
    }
}

/// Where a message was found.
#[derive(Clone, Copy, Debug)]
pub(crate) struct Where<'a> {
    pub(crate) session: Option<&'a Session>,
    pub(crate) from: Option<Side>,
    pub(crate) time: Option<Time>,
}

impl Where<'_> {
    /// A message of a log or a stream, of which neither is known.
    pub(crate) const NOWHERE: Self = Self {
        session: None,
        from: None,
        time: None,
    };

    /// What ties a request and its answer together, beside the `InvokeID`.
    fn session_number(&self) -> u32 {
        self.session.map_or(0, |session| session.number)
    }
}

/// Tells which messages are asked for.
#[derive(Debug)]
pub(crate) struct Selection {
    args: SelectArgs,
    utc: bool,
    agents: Option<Agents>,
    calls: Option<Calls>,
    /// The times of the first and the last packet seen.
    first: Option<i64>,
    last: Option<i64>,
    /// The end, if all has been seen once.
    end: Option<i64>,
    range: Option<(i64, i64)>,
}

impl Selection {
    pub(crate) fn new(args: &SelectArgs, utc: bool) -> Self {
        Self {
            agents: (!args.agents.is_empty()).then(|| Agents::new(&args.agents)),
            calls: (!args.calls.is_empty()).then(|| Calls::new(&args.calls)),
            args: args.clone(),
            utc,
            first: None,
            last: None,
            end: None,
            range: None,
        }
    }

    /// Takes in the time of a packet.
    pub(crate) fn packet(&mut self, time: Option<Time>) {
        if let Some(time) = time {
            let at = time.nanoseconds;
            self.first.get_or_insert(at);
            self.last = Some(self.last.map_or(at, |last| last.max(at)));
        }
    }

    /// Takes in a message before the messages are judged.
    pub(crate) fn learn(&mut self, found: &Where<'_>, message: &Message<'_>) {
        if let Some(agents) = &mut self.agents {
            agents.learn(message);
        }
        if let Some(calls) = &mut self.calls {
            calls.learn(found, message);
        }
    }

    /// All has been seen once; it comes again now.
    pub(crate) fn learned(&mut self) {
        self.end = self.last;
        self.range = None;
        if let Some(agents) = &mut self.agents {
            agents.learned();
        }
        if let Some(calls) = &mut self.calls {
            calls.learned();
        }
    }

    /// Returns whether a session is asked for.
    pub(crate) fn wants_session(&self, session: Option<&Session>) -> bool {
        let sessions = &self.args.sessions;
        sessions.is_empty()
            || session.is_some_and(|session| sessions.iter().any(|wanted| wanted.is(session)))
    }

    /// Returns whether a time is asked for.
    pub(crate) fn wants_time(&mut self, time: Option<Time>) -> bool {
        if self.args.since.is_none() && self.args.until.is_none() {
            return true;
        }
        let Some(time) = time else {
            return false;
        };
        let (since, until) = *self.range.get_or_insert_with(|| {
            let first = self.first.unwrap_or(time.nanoseconds);
            let now = || Timestamp::now().as_nanosecond();
            let end = self
                .end
                .unwrap_or_else(|| i64::try_from(now()).unwrap_or(i64::MAX));
            let bound = |when: Option<When>, bound, open| {
                when.map_or(open, |when| when.nanoseconds(first, end, self.utc, bound))
            };
            (
                bound(self.args.since, Bound::Since, i64::MIN),
                bound(self.args.until, Bound::Until, i64::MAX),
            )
        });
        (since..=until).contains(&time.nanoseconds)
    }

    /// Returns whether all of a type is out of the question.
    pub(crate) fn wants_type(&self, message_type: Option<MessageType>) -> bool {
        let types = &self.args.types;
        types.is_empty() || message_type.is_some_and(|one| types.contains(&one))
    }

    /// Returns whether a message is asked for. To be asked for each message in turn, as what each
    /// says about logins and calls holds for those behind it; `None` for one that cannot be
    /// decoded.
    pub(crate) fn wants(
        &mut self,
        found: &Where<'_>,
        message_type: Option<MessageType>,
        message: Option<&Message<'_>>,
    ) -> bool {
        let mut concerned = self.agents.is_none() && self.calls.is_none();
        if let Some(message) = message {
            if let Some(agents) = &mut self.agents {
                concerned |= agents.concern(found, message);
            }
            if let Some(calls) = &mut self.calls {
                concerned |= calls.concern(found, message);
            }
        }
        concerned
            && self.wants_type(message_type)
            && self.wants_session(found.session)
            && self.wants_time(found.time)
    }
}
