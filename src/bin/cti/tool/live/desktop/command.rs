//! The commands of `desktop`: their names, their arguments, and the reading of a line.

use cti_codec::ccx::{AgentState, MessageType};

use super::super::words::{self, Given, Row};

/// The commands, with their arguments, for help and completion.
pub(super) const COMMANDS: &[Row] = &[
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
    if head.eq_ignore_ascii_case("wait") {
        return EVENTS.iter().map(|name| (*name).to_owned()).collect();
    }
    words::next(COMMANDS, head)
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
}

/// Reads what follows a command of this desktop.
pub(super) fn parse(given: &Given<'_>) -> Result<Command, String> {
    given.bare()?;
    let words = &given.words;
    let text = |text: &str| match text {
        "" => Err(given.usage()),
        // A single blank empties a variable.
        "\" \"" => Ok(" ".to_owned()),
        text => Ok(text.to_owned()),
    };
    let named = || match given.text.split_once(char::is_whitespace) {
        Some((name, rest)) => Ok((name, text(rest.trim())?)),
        None => Err(given.usage()),
    };
    Ok(match given.name {
        "login" => login(given)?,
        "logout" => {
            let (words, force) = forced(words);
            Command::Logout {
                reason: reason(words)?,
                force,
            }
        }
        "ready" => Command::State(AgentState::READY, 0),
        "notready" => Command::State(AgentState::NOT_READY, reason(words)?),
        "work" => Command::State(AgentState::WORK, 0),
        "dial" => Command::Dial(given.one()?),
        "answer" => Command::Answer,
        "hangup" => Command::Hangup,
        "clear" => Command::Clear,
        "hold" => Command::Hold,
        "retrieve" => Command::Retrieve,
        "alternate" => Command::Alternate,
        "consult" => match words[..] {
            [number] => Command::Consult(number.to_owned(), 0),
            [number, "transfer"] => Command::Consult(number.to_owned(), 1),
            [number, "conference"] => Command::Consult(number.to_owned(), 2),
            _ => return Err(given.usage()),
        },
        "reconnect" => Command::Reconnect,
        "transfer" => Command::Transfer(given.optional()?),
        "conference" => Command::Conference(given.optional()?),
        // A `#` may be one of them.
        "dtmf" if given.text.contains(char::is_whitespace) => return Err(given.usage()),
        "dtmf" => Command::Dtmf(text(given.text)?),
        "wrapup" => Command::Wrapup(text(given.text)?),
        "variable" => {
            let (number, text) = named()?;
            match number.parse() {
                Ok(number @ 1..=10) => Command::Variable(number, text),
                _ => return Err(given.usage()),
            }
        }
        "data" => {
            let (name, text) = named()?;
            Command::Data(name.to_owned(), text)
        }
        "assist" => Command::Assist,
        "badcall" => Command::BadCall,
        "state" => Command::Query,
        "phone" => Command::Phone,
        "statistics" => Command::Statistics,
        _ => Command::Calls,
    })
}

fn forced<'a>(words: &'a [&'a str]) -> (&'a [&'a str], bool) {
    match words.split_last() {
        Some((&"force", words)) => (words, true),
        _ => (words, false),
    }
}

fn login(given: &Given<'_>) -> Result<Command, String> {
    let (words, force) = forced(&given.words);
    let agent = match words {
        [] => None,
        [agent, password, phone] => Some((
            (*agent).to_owned(),
            (*password).to_owned(),
            (*phone).to_owned(),
        )),
        _ => return Err(given.usage()),
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
pub(super) fn awaited(word: &str) -> Result<Awaited, String> {
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

#[cfg(test)]
mod tests {
    use super::*;

    fn read(line: &str) -> Result<Command, String> {
        parse(
            &words::given(COMMANDS, line)
                .unwrap()
                .unwrap_or_else(|word| panic!("{word}")),
        )
    }

    #[test]
    fn texts_and_digits_are_taken_as_they_are() {
        let texts = [
            (
                "wrapup ticket #55  # open",
                Command::Wrapup("ticket #55  # open".into()),
            ),
            ("dtmf 1#2", Command::Dtmf("1#2".into())),
            ("dtmf #", Command::Dtmf("#".into())),
            ("dial #31#5551", Command::Dial("#31#5551".into())),
            ("variable 3 \" \"", Command::Variable(3, " ".into())),
            (
                "Data BAResponse Callback 05/27/2027",
                Command::Data("BAResponse".into(), "Callback 05/27/2027".into()),
            ),
            ("hold # for a while", Command::Hold),
        ];
        for (line, command) in texts {
            assert_eq!(read(line), Ok(command), "{line}");
        }
    }

    #[test]
    fn what_is_too_much_or_too_little_is_refused() {
        for line in [
            "ready 5",
            "hold it",
            "login jdoe",
            "login a b c d",
            "notready x",
            "notready 99999",
            "dial",
            "dial 1 2",
            "dtmf",
            "dtmf 1 2",
            "wrapup",
            "variable 11 x",
            "variable 1",
            "data BAResponse",
            "consult",
            "consult 1 loudly",
            "logout now",
            "calls all",
        ] {
            assert!(read(line).is_err(), "{line}");
        }
    }

    #[test]
    fn every_command_is_read() {
        for (name, takes, _) in COMMANDS.iter().filter(|(name, ..)| *name != "wait") {
            let calls = read(name).is_ok_and(|command| command == Command::Calls);
            assert_eq!(calls, *name == "calls", "{name}");
            let bare = takes.is_empty() || takes.starts_with('[');
            assert_eq!(read(name).is_ok(), bare, "{name}");
        }
        assert!(next("WAIT").contains(&"delivered".to_owned()));
        assert!(next("").contains(&"quit".to_owned()));
    }
}
