//! The commands of `outbound_desktop`: what they are called, what they take, and how a line is read.

use std::time::Duration;

use cti_codec::gsw::simulator::Fault;
use cti_codec::gsw::{CallResult, CampaignMode, DateTime, MinuteTime};

use super::super::words::{self, Common, Given, Row};

/// The commands, with what follows them, for help and completion.
pub(super) const COMMANDS: &[Row] = &[
    ("campaigns", "", "show the campaigns"),
    ("preview", "[CAMPAIGN]", "ask for a record"),
    (
        "preview on",
        "[CAMPAIGN]",
        "take callbacks and what is pushed",
    ),
    (
        "preview keep",
        "N [CAMPAIGN]",
        "have so many records at a time",
    ),
    ("preview off", "[CAMPAIGN]", "take nothing more"),
    (
        "records",
        "",
        "show the records, each of which is to be finished",
    ),
    (
        "record",
        "[HANDLE]",
        "show a record, and work on it from now on",
    ),
    ("chain", "", "ask for the other numbers of the customer"),
    (
        "call result",
        "RESULT",
        "note how the call ended: answer, busy, no answer ...",
    ),
    ("field", "NAME TEXT", "note a custom field"),
    (
        "callback in",
        "MINUTES [campaign]",
        "agree on a call, by you or by anybody",
    ),
    (
        "callback at",
        "MM/DD/YYYY HH:MM [campaign]",
        "the same, in the customer's time zone",
    ),
    ("callback none", "", "agree on none after all"),
    (
        "treatment",
        "personal|campaign|none",
        "let the server put the record off",
    ),
    (
        "update",
        "",
        "tell the server what was noted, before the end",
    ),
    ("done", "", "finish the record, with all that was noted"),
    ("reject", "", "give the record back, for others"),
    (
        "cancel",
        "[record]",
        "take the customer, or this number, off the campaign",
    ),
    ("cancel number", "NUMBER", "the same without a record"),
    (
        "do not call",
        "[record]",
        "never call the customer, or this number, again",
    ),
    ("do not call number", "NUMBER", "the same without a record"),
    (
        "add",
        "NUMBER [chain]",
        "add a number to the list, or for the same customer",
    ),
    (
        "ready time",
        "SECONDS",
        "say when you will be ready for the next call",
    ),
    ("forget", "", "drop a record without telling the server"),
    ("status", "", "ask which campaigns there are"),
    ("log out", "", "finish all, and log out"),
    ("log in", "", "log in again"),
    (
        "server start",
        "CAMPAIGN [MODE]",
        "let the simulated server start a campaign",
    ),
    ("server stop", "CAMPAIGN", "stop one"),
    ("server unload", "CAMPAIGN", "unload one"),
    ("server call", "[CAMPAIGN]", "let a call reach you"),
    ("server push", "[CAMPAIGN]", "send a record unasked"),
    (
        "server cancel",
        "NUMBER",
        "let somebody else cancel a number",
    ),
    (
        "server switch over",
        "[dead]",
        "change to the other server; the old one may be dead",
    ),
    ("server fault", "NAME [off]", "misbehave in a way"),
    ("server truth", "", "show what it has of this desktop"),
    (
        "connection",
        "down|up",
        "lose the connection, or have it back",
    ),
    (
        "wait",
        "EVENT [SECONDS]",
        "wait for an event, by a word of its line",
    ),
];

/// What `wait` is mostly used for.
const EVENTS: &[&str] = &[
    "record",
    "preview",
    "scheduled",
    "pushed",
    "chained",
    "call",
    "ended",
    "withdrawn",
    "moved",
    "started",
    "loaded",
    "retry",
    "granted",
    "late",
    "foreign",
    "refused",
    "unanswered",
    "lost",
];

/// What may follow on a line.
pub(super) fn next(head: &str) -> Vec<String> {
    let head = head
        .split_whitespace()
        .collect::<Vec<_>>()
        .join(" ")
        .to_lowercase();
    if head == "wait" {
        return EVENTS.iter().map(|word| (*word).to_owned()).collect();
    }
    if head == "call result" {
        let names = CallResult::TABLE.codes.iter();
        return names.map(|(_, name)| name.to_lowercase()).collect();
    }
    if head == "server fault" {
        return Fault::all().map(|fault| fault.name().to_owned()).collect();
    }
    words::next(COMMANDS, &head)
}

/// What an agent wishes of a campaign.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub(super) enum Wish {
    Next,
    On,
    Keep(usize),
    Off,
}

/// How a record ends.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub(super) enum How {
    Done,
    Reject,
    Cancel { alone: bool },
    DoNotCall { alone: bool },
}

/// When to call again.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub(super) enum When {
    In(Duration),
    At(MinuteTime),
}

/// Something for the simulated server.
#[derive(Clone, PartialEq, Eq, Debug)]
pub(super) enum Server {
    Start(String, CampaignMode<'static>),
    Stop(String),
    Unload(String),
    Call(String),
    Push(String),
    Cancel(String),
    SwitchOver { dead: bool },
    Fault(Fault, bool),
    Truth,
}

/// A line that was understood.
#[derive(Clone, PartialEq, Debug)]
pub(super) enum Command {
    Campaigns,
    Records,
    Record(Option<i64>),
    Preview(Wish, String),
    Chain,
    CallResult(CallResult),
    Field(String, String),
    Callback {
        when: When,
        personal: bool,
    },
    NoCallback,
    /// Personal or campaign.
    Treatment(Option<bool>),
    Update,
    End(How),
    CancelNumber(String),
    DoNotCallNumber(String),
    Add {
        number: String,
        chain: bool,
    },
    ReadyTime(i64),
    Forget,
    Status,
    LogOut,
    LogIn,
    Server(Server),
    Connection {
        up: bool,
    },
    Common(Common),
}

/// Reads what follows a command.
pub(super) fn parse(given: &Given<'_>) -> Result<Command, String> {
    if let Some(common) = given.common()? {
        return Ok(Command::Common(common));
    }
    let words = &given.words;
    let rest = || words.join(" ");
    let usage = || given.usage();
    let one = || given.one();
    let flag = |flag: &str| given.flag(flag);
    let is = |word: &str, text: &str| word.eq_ignore_ascii_case(text);
    Ok(match given.name {
        "campaigns" => Command::Campaigns,
        "records" => Command::Records,
        "record" => match words[..] {
            [] => Command::Record(None),
            [handle] => Command::Record(Some(handle.parse().map_err(|_| usage())?)),
            _ => return Err(usage()),
        },
        "preview" => Command::Preview(Wish::Next, rest()),
        "preview on" => Command::Preview(Wish::On, rest()),
        "preview off" => Command::Preview(Wish::Off, rest()),
        "preview keep" => {
            let (number, campaign) = words.split_first().ok_or_else(usage)?;
            let number = number
                .parse()
                .ok()
                .filter(|number| (1..=64).contains(number));
            Command::Preview(
                Wish::Keep(number.ok_or("takes 1 to 64")?),
                campaign.join(" "),
            )
        }
        "chain" => Command::Chain,
        "call result" => Command::CallResult(rest().parse().map_err(|_| "is no call result")?),
        "field" => {
            let (name, text) = words.split_first().ok_or_else(usage)?;
            Command::Field((*name).to_owned(), text.join(" "))
        }
        "callback in" => {
            let (minutes, whose) = words.split_first().ok_or_else(usage)?;
            let minutes: u64 = minutes.parse().map_err(|_| usage())?;
            let minutes = Some(minutes).filter(|minutes| (1..=525_600).contains(minutes));
            let minutes = minutes.ok_or("takes 1 to 525600 minutes")?;
            let when = When::In(Duration::from_secs(minutes.saturating_mul(60)));
            Command::Callback {
                when,
                personal: personal(whose, usage)?,
            }
        }
        "callback at" => {
            let (time, whose) = words.split_at_checked(2).ok_or_else(usage)?;
            let DateTime::At(at) = DateTime::from(time.join(" ").as_str()) else {
                return Err(usage());
            };
            Command::Callback {
                when: When::At(at),
                personal: personal(whose, usage)?,
            }
        }
        "callback none" => Command::NoCallback,
        "treatment" => match one()?.as_str() {
            word if is(word, "personal") => Command::Treatment(Some(true)),
            word if is(word, "campaign") => Command::Treatment(Some(false)),
            word if is(word, "none") => Command::Treatment(None),
            _ => return Err(usage()),
        },
        "update" => Command::Update,
        "done" => Command::End(How::Done),
        "reject" => Command::End(How::Reject),
        "cancel" => Command::End(How::Cancel {
            alone: flag("record")?,
        }),
        "cancel number" => Command::CancelNumber(one()?),
        "do not call" => Command::End(How::DoNotCall {
            alone: flag("record")?,
        }),
        "do not call number" => Command::DoNotCallNumber(one()?),
        "add" => match words[..] {
            [number] => Command::Add {
                number: number.into(),
                chain: false,
            },
            [number, word] if is(word, "chain") => Command::Add {
                number: number.into(),
                chain: true,
            },
            _ => return Err(usage()),
        },
        "ready time" => Command::ReadyTime(one()?.parse().map_err(|_| usage())?),
        "forget" => Command::Forget,
        "status" => Command::Status,
        "log out" => Command::LogOut,
        "log in" => Command::LogIn,
        "connection" => match one()?.as_str() {
            word if is(word, "down") => Command::Connection { up: false },
            word if is(word, "up") => Command::Connection { up: true },
            _ => return Err(usage()),
        },
        server => Command::Server(match server {
            "server start" => {
                let (campaign, mode) = words.split_first().ok_or_else(usage)?;
                let mode = if mode.is_empty() {
                    "Preview".to_owned()
                } else {
                    mode.join(" ")
                };
                Server::Start((*campaign).to_owned(), self::mode(&mode)?)
            }
            "server stop" => Server::Stop(one()?),
            "server unload" => Server::Unload(one()?),
            "server call" => Server::Call(rest()),
            "server push" => Server::Push(rest()),
            "server cancel" => Server::Cancel(one()?),
            "server switch over" => Server::SwitchOver {
                dead: flag("dead")?,
            },
            "server fault" => {
                let (fault, off) = words.split_first().ok_or_else(usage)?;
                let fault = fault.parse().map_err(|error| format!("{error}"))?;
                match off {
                    [] => Server::Fault(fault, true),
                    [word] if is(word, "off") => Server::Fault(fault, false),
                    _ => return Err(usage()),
                }
            }
            _ => Server::Truth,
        }),
    })
}

/// Whose callback it is.
fn personal(words: &[&str], usage: impl Fn() -> String) -> Result<bool, String> {
    match words {
        [] => Ok(true),
        [word] if word.eq_ignore_ascii_case("personal") => Ok(true),
        [word] if word.eq_ignore_ascii_case("campaign") => Ok(false),
        _ => Err(usage()),
    }
}

fn mode(text: &str) -> Result<CampaignMode<'static>, String> {
    const MODES: [CampaignMode<'static>; 8] = [
        CampaignMode::PREVIEW,
        CampaignMode::PREDICTIVE,
        CampaignMode::PROGRESSIVE,
        CampaignMode::PREDICTIVE_WITH_SEIZING,
        CampaignMode::PROGRESSIVE_WITH_SEIZING,
        CampaignMode::PUSH_PREVIEW,
        CampaignMode::POWER_GVP,
        CampaignMode::PROGRESSIVE_GVP,
    ];
    let wanted = CampaignMode::new(text);
    let found = MODES.into_iter().find(|mode| *mode == wanted);
    found.ok_or_else(|| format!("there are {}", CampaignMode::TABLE.words.join(", ")))
}

#[cfg(test)]
mod tests {
    use super::*;

    fn tried(line: &str) -> Result<Command, String> {
        parse(
            &words::given(COMMANDS, line)
                .unwrap()
                .unwrap_or_else(|word| panic!("{word}")),
        )
    }

    #[test]
    fn the_longest_command_that_fits_is_meant() {
        let read = |line| tried(line).unwrap();
        assert_eq!(
            read("do not call"),
            Command::End(How::DoNotCall { alone: false })
        );
        assert_eq!(
            read("Do Not Call RECORD"),
            Command::End(How::DoNotCall { alone: true })
        );
        assert_eq!(
            read("do not call number 5"),
            Command::DoNotCallNumber("5".into())
        );
        assert_eq!(read("preview"), Command::Preview(Wish::Next, String::new()));
        assert_eq!(
            read("preview keep 3 spring"),
            Command::Preview(Wish::Keep(3), "spring".into())
        );
        assert_eq!(
            read("preview Spring@Team 1"),
            Command::Preview(Wish::Next, "Spring@Team 1".into())
        );
        assert_eq!(
            read("call result no answer # busy?"),
            Command::CallResult(CallResult::NO_ANSWER)
        );
        assert_eq!(
            read("field Remark  call  again"),
            Command::Field("Remark".into(), "call again".into())
        );
        for wrong in [
            "done now",
            "callback in",
            "callback in 0",
            "callback at 05/27/2027",
            "preview keep 0",
            "call result perhaps",
            "server fault nonsense",
            "wait",
            "sleep -1",
            "ready time soon",
        ] {
            assert!(tried(wrong).is_err(), "{wrong}");
        }
    }

    #[test]
    fn every_command_is_read_and_completed_word_by_word() {
        for (name, takes, _) in COMMANDS {
            if takes.is_empty() || takes.starts_with('[') {
                assert!(tried(name).is_ok(), "{name}");
            } else {
                assert!(tried(name).is_err(), "{name}");
            }
            let mut head = String::new();
            for word in name.split(' ') {
                assert!(
                    next(&head).iter().any(|known| known == word),
                    "{head} {word}"
                );
                head = format!("{head} {word}").trim().to_owned();
            }
        }
        assert_eq!(next("server switch"), ["over"]);
        assert!(next("server fault").contains(&"second-client".to_owned()));
        assert!(next("call result").contains(&"answer".to_owned()));
        assert!(next("wait").contains(&"scheduled".to_owned()));
        assert!(next("quit").is_empty());
    }
}
