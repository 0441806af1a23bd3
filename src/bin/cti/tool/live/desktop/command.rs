//! The commands of `desktop`: their names, their arguments, and the parsing of a line.

use std::time::Duration;

use cti_codec::ccx::{AgentState, MessageType};

use super::super::seconds;

/// The commands, with their arguments, for help and completion.
pub(super) const COMMANDS: &[(&str, &str, &str)] = &[
    (
        "login",
        "[AGENT PASSWORD PHONE] [force]",
        "log the agent in",
    ),
    ("logout", "[REASON] [force]", "log the agent out"),
    ("ready", "", "take calls"),
    ("notready", "[REASON]", "take no calls"),
    ("work", "", "wrap up, now or after the call"),
    ("dial", "NUMBER", "call a number"),
    ("answer", "", "answer the call that rings"),
    ("hangup", "", "leave the call"),
    ("clear", "", "end the call for everyone"),
    ("hold", "", "put the active call on hold"),
    ("retrieve", "", "take the held call back"),
    (
        "alternate",
        "",
        "change between the active and the held call",
    ),
    (
        "consult",
        "NUMBER [transfer|conference]",
        "call somebody about the active call",
    ),
    (
        "reconnect",
        "",
        "give the consultation up, and take the held call back",
    ),
    (
        "transfer",
        "[NUMBER]",
        "transfer the held call to the active one, or to a number",
    ),
    (
        "conference",
        "[NUMBER]",
        "join the held and the active call, or a number",
    ),
    ("dtmf", "DIGITS", "send tones"),
    (
        "wrapup",
        "TEXT",
        "set the wrap-up data of the call, which may be over",
    ),
    ("variable", "1..10 TEXT", "set a call variable"),
    (
        "data",
        "NAME TEXT",
        "set a named variable, such as BAResponse",
    ),
    ("assist", "", "call for a supervisor"),
    ("badcall", "", "report that the line is bad"),
    ("state", "", "ask for the agent's state"),
    ("calls", "", "show the calls of the phone"),
    ("phone", "", "ask what the phone can do"),
    ("statistics", "", "ask for the agent's statistics"),
    (
        "wait",
        "EVENT [SECONDS]",
        "wait for a message, an agent state, open or lost",
    ),
    ("sleep", "SECONDS", "do nothing"),
    ("help", "", "show this"),
    ("quit", "", "close the session and end"),
];

/// What `wait` is mostly used for.
const EVENTS: &[&str] = &[
    "delivered",
    "established",
    "held",
    "retrieved",
    "cleared",
    "transferred",
    "conferenced",
    "ready",
    "not_ready",
    "reserved",
    "talking",
    "work",
    "logout",
    "open",
    "lost",
];

/// What may follow on a line.
pub(super) fn next(head: &str) -> Vec<String> {
    let names: Vec<&str> = match head {
        "" => COMMANDS.iter().map(|(name, ..)| *name).collect(),
        "wait" => EVENTS.to_vec(),
        _ => Vec::new(),
    };
    names.into_iter().map(str::to_owned).collect()
}

/// The event to wait for.
#[derive(Clone, PartialEq, Eq, Debug)]
pub(super) enum Awaited {
    Message(MessageType),
    State(AgentState),
    Open,
    Lost,
}

/// A line that was understood.
#[derive(Clone, PartialEq, Debug)]
pub(super) enum Command {
    Login {
        agent: Option<(String, String, String)>,
        force: bool,
    },
    Logout {
        reason: u16,
        force: bool,
    },
    State(AgentState, u16),
    Dial(String),
    Answer,
    Hangup,
    Clear,
    Hold,
    Retrieve,
    Alternate,
    Consult(String, u16),
    Reconnect,
    Transfer(Option<String>),
    Conference(Option<String>),
    Dtmf(String),
    Wrapup(String),
    Variable(u8, String),
    Data(String, String),
    Assist,
    BadCall,
    Query,
    Calls,
    Phone,
    Statistics,
    Wait(Awaited, Option<Duration>),
    Sleep(Duration),
    Help,
    Quit,
}

/// Parses a line; `None` if it is empty. `#` begins a remark.
pub(super) fn parse(line: &str) -> Result<Option<Command>, String> {
    let line = line.split('#').next().unwrap_or_default().trim();
    let mut words = line.split_whitespace();
    let Some(name) = words.next() else {
        return Ok(None);
    };
    // The rest of the line unchanged, for texts with blanks.
    let rest = line.get(name.len()..).unwrap_or_default().trim();
    let words: Vec<&str> = words.collect();
    let one = |what: &str| match words[..] {
        [word] => Ok(word.to_owned()),
        _ => Err(format!("takes {what}")),
    };
    let optional = |what: &str| match words[..] {
        [] => Ok(None),
        [word] => Ok(Some(word.to_owned())),
        _ => Err(format!("takes {what} or nothing")),
    };
    let text = || match rest {
        "" => Err("takes a text".to_owned()),
        // A single blank empties a variable.
        "\" \"" => Ok(" ".to_owned()),
        text => Ok(text.to_owned()),
    };
    let named = || match rest.split_once(char::is_whitespace) {
        Some((name, text)) => Ok((name.to_owned(), text.trim().to_owned())),
        None => Err("takes a name and a text".to_owned()),
    };
    let command = match name.to_lowercase().as_str() {
        "login" => login(&words)?,
        "logout" => {
            let (words, force) = forced(&words);
            Command::Logout {
                reason: reason(words)?,
                force,
            }
        }
        "ready" => Command::State(AgentState::READY, 0),
        "notready" | "not_ready" => Command::State(AgentState::NOT_READY, reason(&words)?),
        "work" => Command::State(AgentState::WORK, 0),
        "dial" | "make" | "call" => Command::Dial(one("a number")?),
        "answer" => Command::Answer,
        "hangup" | "release" => Command::Hangup,
        "clear" => Command::Clear,
        "hold" => Command::Hold,
        "retrieve" => Command::Retrieve,
        "alternate" => Command::Alternate,
        "consult" => match words[..] {
            [number] => Command::Consult(number.to_owned(), 0),
            [number, "transfer"] => Command::Consult(number.to_owned(), 1),
            [number, "conference"] => Command::Consult(number.to_owned(), 2),
            _ => return Err("takes a number, and transfer or conference".into()),
        },
        "reconnect" => Command::Reconnect,
        "transfer" => Command::Transfer(optional("a number")?),
        "conference" => Command::Conference(optional("a number")?),
        "dtmf" => Command::Dtmf(one("digits")?),
        "wrapup" => Command::Wrapup(text()?),
        "variable" => {
            let (number, text) = named()?;
            match number.parse() {
                Ok(number @ 1..=10) => Command::Variable(number, text),
                _ => return Err("takes 1 to 10 and a text".into()),
            }
        }
        "data" => {
            let (name, text) = named()?;
            Command::Data(name, text)
        }
        "assist" => Command::Assist,
        "badcall" => Command::BadCall,
        "state" => Command::Query,
        "calls" => Command::Calls,
        "phone" => Command::Phone,
        "statistics" => Command::Statistics,
        "wait" => match words[..] {
            [event] => Command::Wait(awaited(event)?, None),
            [event, time] => Command::Wait(awaited(event)?, Some(seconds(time)?)),
            _ => return Err("takes an event, and seconds or nothing".into()),
        },
        "sleep" => Command::Sleep(seconds(&one("seconds")?)?),
        "help" | "?" => Command::Help,
        "quit" | "exit" => Command::Quit,
        _ => return Err("is no command; help lists them".into()),
    };
    Ok(Some(command))
}

fn forced<'a>(words: &'a [&'a str]) -> (&'a [&'a str], bool) {
    match words.split_last() {
        Some((&"force", words)) => (words, true),
        _ => (words, false),
    }
}

fn login(words: &[&str]) -> Result<Command, String> {
    let (words, force) = forced(words);
    let agent = match words {
        [] => None,
        [agent, password, phone] => Some((
            (*agent).to_owned(),
            (*password).to_owned(),
            (*phone).to_owned(),
        )),
        _ => return Err("takes agent, password and phone, or nothing".into()),
    };
    Ok(Command::Login { agent, force })
}

fn reason(words: &[&str]) -> Result<u16, String> {
    match words {
        [] => Ok(0),
        [word] => word
            .parse()
            .map_err(|_| "takes a reason code from 0 to 65535".to_owned()),
        _ => Err("takes a reason code or nothing".into()),
    }
}

/// Returns the meaning of a word: a message type, in full or without the common part of its kind,
/// an agent state, or an event of the session.
fn awaited(word: &str) -> Result<Awaited, String> {
    let upper = word.to_uppercase();
    match upper.as_str() {
        "OPEN" | "OPENED" => return Ok(Awaited::Open),
        "LOST" => return Ok(Awaited::Lost),
        _ => {}
    }
    if let Some(state) = AgentState::from_name(&upper)
        .or_else(|| AgentState::from_name(&format!("AGENT_STATE_{upper}")))
    {
        return Ok(Awaited::State(state));
    }
    [
        upper.clone(),
        format!("{upper}_EVENT"),
        format!("CALL_{upper}_EVENT"),
    ]
    .iter()
    .find_map(|name| MessageType::from_name(name))
    .map(Awaited::Message)
    .ok_or_else(|| format!("knows no event {word}"))
}
