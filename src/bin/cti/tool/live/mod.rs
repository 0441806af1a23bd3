//! Programs that hold a conversation: `monitor`, `desktop` and `outbound_desktop`.

pub(crate) mod desktop;
mod lines;
pub(crate) mod monitor;
#[cfg(feature = "simulator")]
pub(crate) mod outbound;
mod words;

use std::fmt::Display;
use std::time::{Duration, Instant};

use clap::Args;
use cti_codec::ccx::client::Options;
use cti_codec::ccx::session::{ConfigurationEvent, Event, LossCause, Next, OpenFailure, Timings};
use cti_codec::ccx::{
    ConfigEndStatus, CtiService, Message, OpenReq, Received, TeamConfigStatus, Version,
};

use super::run::{count, long, plain, version};

/// The guide's port, for addresses without one.
const PORT: u16 = 42027;

/// What every program that holds a session can be told.
#[derive(Args, Debug)]
pub(crate) struct SessionArgs {
    /// The nodes, HOST or HOST:PORT, tried in this order [port: 42027]
    #[arg(value_name = "ADDR")]
    addresses: Vec<String>,

    /// Seconds from one heartbeat to the next, 5 to 30; the server gives the
    /// session up after four times as long without one
    #[arg(long, value_name = "SECONDS", default_value = "10", value_parser = heartbeat, verbatim_doc_comment)]
    heartbeat: Duration,

    /// Seconds to wait for an answer
    #[arg(long, value_name = "SECONDS", default_value = "20", value_parser = seconds)]
    timeout: Duration,

    /// The protocol version to ask for, 10 to 18; older ones follow where the
    /// server does not speak it
    #[arg(long, value_name = "N", default_value = "14", value_parser = version, verbatim_doc_comment)]
    version: Version,

    /// The services to ask for: names as CLIENT_EVENTS, ALL_EVENTS or SUPERVISOR,
    /// with commas between them, or a number [default: what the program needs]
    #[arg(long, value_name = "NAMES", value_parser = services, verbatim_doc_comment)]
    services: Option<CtiService>,

    /// The name by which the server knows this client
    #[arg(long, value_name = "ID", default_value = "")]
    client_id: String,

    /// Stop after so many rounds of the addresses without a session
    #[arg(long, value_name = "N")]
    rounds: Option<u32>,
}

fn seconds(text: &str) -> Result<Duration, String> {
    let seconds: f64 = text.parse().map_err(|_| "is no number".to_owned())?;
    match Duration::try_from_secs_f64(seconds) {
        Ok(time) if !time.is_zero() && time <= Duration::from_secs(86_400) => Ok(time),
        _ => Err("is no time that can be waited for".into()),
    }
}

fn heartbeat(text: &str) -> Result<Duration, String> {
    match text.parse() {
        Ok(seconds @ 5..=30) => Ok(Duration::from_secs(seconds)),
        _ => Err("the guide allows 5 to 30 seconds".into()),
    }
}

fn services(text: &str) -> Result<CtiService, String> {
    let mut services = CtiService::empty();
    for name in text.split([',', '|', '+']).map(str::trim) {
        let upper = name.to_uppercase();
        let number = match upper.strip_prefix("0X") {
            Some(digits) => u32::from_str_radix(digits, 16).ok(),
            None => upper.parse().ok(),
        };
        let known = CtiService::from_name(&upper)
            .or_else(|| CtiService::from_name(&format!("CTI_SERVICE_{upper}")))
            .or(number.map(CtiService::from_bits_retain));
        match known {
            Some(service) => services.insert(service),
            None => {
                let names: Vec<_> = CtiService::TABLE
                    .values
                    .iter()
                    .filter_map(|row| row.name)
                    .map(|name| name.trim_start_matches("CTI_SERVICE_"))
                    .collect();
                return Err(format!("{name} is none; there are {}", names.join(", ")));
            }
        }
    }
    Ok(services)
}

impl SessionArgs {
    /// Returns the options of a client, for the given addresses or these.
    pub(crate) fn options(&self) -> Options {
        let addresses = self.addresses.iter().map(|address| with_port(address));
        let mut options = Options::to(addresses);
        options.settings.timings.heartbeat = self.heartbeat;
        let timings = &mut options.settings.timings;
        timings.request = self.timeout;
        // Other answers have limits of their own, but a user who gives one waits no longer for any.
        for other in [
            &mut timings.connect,
            &mut timings.open,
            &mut timings.close,
            &mut timings.configuration_answer,
        ] {
            *other = self.timeout.min(*other);
        }
        // A download is one answer of many messages, for which its usual time is longer.
        if self.timeout < Timings::default().request {
            timings.configuration_silence = self.timeout;
        }
        options.settings.rounds = self.rounds;
        options.settings.prefer(self.version);
        options.settings.tap = true;
        options
    }

    /// Returns the `OPEN_REQ`, with the requested services in place of the usual ones.
    pub(crate) fn open<'a>(&'a self, usual: OpenReq<'a>) -> OpenReq<'a> {
        OpenReq {
            services_requested: self.services.unwrap_or(usual.services_requested),
            client_id: Some(self.client_id.as_str().into()),
            ..usual
        }
    }
}

/// Adds the guide's port to an address without one.
fn with_port(address: &str) -> String {
    // An address with several colons and no brackets is an IPv6 address without a port.
    let colons = address.matches(':').count();
    let has_port = if address.starts_with('[') {
        address.contains("]:")
    } else {
        colons == 1
    };
    if has_port {
        address.to_owned()
    } else if colons > 1 && !address.starts_with('[') {
        format!("[{address}]:{PORT}")
    } else {
        format!("{address}:{PORT}")
    }
}

/// Tells what happens to a session.
pub(crate) struct News {
    nodes: Vec<String>,
    /// About when the clock of the session starts.
    start: Instant,
}

impl News {
    /// Prepares for a client that is started right now.
    pub(crate) fn of(options: &Options) -> Self {
        Self {
            nodes: options.addresses.clone(),
            start: Instant::now(),
        }
    }

    fn name(&self, address: usize) -> String {
        let name = self.nodes.get(address);
        plain(name.map_or("the server", String::as_str))
    }

    fn then(&self, next: Next) -> String {
        let Next::Connect { address, at } = next else {
            return "nothing more is tried".to_owned();
        };
        let wait = at.saturating_sub(self.start.elapsed());
        let name = self.name(address);
        match wait.saturating_add(Duration::from_millis(500)).as_secs() {
            0 => format!("next is {name}"),
            seconds => format!("next is {name} in {}", count(seconds, "second")),
        }
    }

    /// Returns a line about the session, without its messages.
    pub(crate) fn line(&self, event: &Event) -> Option<String> {
        news(event, |address| self.name(address), |next| self.then(next))
    }
}

fn news(
    event: &Event,
    name: impl Fn(usize) -> String,
    then: impl Fn(Next) -> String,
) -> Option<String> {
    Some(match event {
        Event::Connecting { address } => format!("connecting to {}", name(*address)),
        Event::NotOpened {
            address,
            cause,
            answer,
            next,
        } => {
            let text = answer.as_ref().and_then(text_of).unwrap_or_default();
            let cause: &OpenFailure = cause;
            format!("{}: {cause}{text}; {}", name(*address), then(*next))
        }
        Event::Opened {
            generation,
            address,
            version,
            granted,
            missing,
            online,
            ..
        } => {
            let mut text = format!(
                "session {generation} open with {}, version {version}, {}",
                name(*address),
                if granted.is_empty() {
                    "no service".to_owned()
                } else {
                    granted.to_string()
                }
            );
            if !missing.is_empty() {
                text.push_str(&format!("; not granted: {missing}"));
            }
            if !online {
                text.push_str("; the server is not in service yet");
            }
            text
        }
        Event::Online => "the server is in service".into(),
        Event::HeartbeatMissed { outstanding } => {
            format!("{} not answered", count(long(*outstanding), "heartbeat"))
        }
        Event::Lost {
            generation,
            cause,
            next,
            ..
        } => {
            let cause: &LossCause = cause;
            format!("session {generation} lost: {cause}; {}", then(*next))
        }
        Event::Stopped(cause) => format!("stopped: {cause}"),
        Event::Closed => "closed".into(),
        Event::Missed { events } => {
            format!("{} missed, as reading was slow", count(*events, "message"))
        }
        Event::Late { answer, .. } => format!("{} came late", answer.message_type()),
        Event::Stray(received) => format!("{} answers nothing", received.message_type()),
        Event::Undecodable { error, .. } => format!("does not decode: {error}"),
        Event::Configuration(event) => return configuration(event),
        Event::Message(received) => return failure(received),
        _ => return None,
    })
}

/// Returns a line about the configuration.
fn configuration(event: &ConfigurationEvent) -> Option<String> {
    Some(match event {
        ConfigurationEvent::Complete { downloaded, .. } => format!(
            "configuration complete, {}",
            if *downloaded {
                "downloaded"
            } else {
                "as it was"
            }
        ),
        ConfigurationEvent::TeamsComplete { .. } => "teams complete".into(),
        ConfigurationEvent::Unavailable => "the server gives no configuration".into(),
        ConfigurationEvent::Failed { failure, .. } => format!("configuration: {failure}"),
        ConfigurationEvent::TeamsFailed { failure, .. } => format!("teams: {failure}"),
        ConfigurationEvent::TooLarge => "the configuration is too large to be kept".into(),
        ConfigurationEvent::OutOfPlace { message_type, .. } => {
            format!("{message_type} is out of place")
        }
        _ => return None,
    })
}

/// Returns a line about the server: what it reports, and its words where it refuses something that
/// nobody has asked for but the session.
fn failure(received: &Received) -> Option<String> {
    let refused = |status: &dyn Display| {
        let text = text_of(received)?;
        Some(format!("the server reports {status}{text}"))
    };
    match received.message() {
        Ok(Message::FailureConf(failure)) => refused(&failure.status),
        Ok(Message::ConfigEndEvent(end)) if end.status != ConfigEndStatus::SUCCESS => {
            refused(&end.status)
        }
        Ok(Message::TeamConfigConf(answer)) if answer.status != TeamConfigStatus::SUCCESS => {
            refused(&answer.status)
        }
        Ok(Message::FailureEvent(failure)) => Some(format!(
            "the server reports {}{}",
            failure.status,
            text_of(received).unwrap_or_default()
        )),
        Ok(Message::SystemEvent(event)) => Some(format!(
            "the server reports {}, {}{}",
            event.system_event_id,
            event.ccx_status,
            text_of(received).unwrap_or_default()
        )),
        _ => None,
    }
}

/// Returns the text of a failure.
fn text_of(received: &Received) -> Option<String> {
    let text = match received.message() {
        Ok(Message::FailureConf(failure)) => failure.text,
        Ok(Message::FailureEvent(failure)) => failure.text,
        Ok(Message::ControlFailureConf(failure)) => failure.text,
        Ok(Message::SystemEvent(event)) => event.text,
        Ok(Message::ConfigEndEvent(end)) => end.text,
        Ok(Message::TeamConfigConf(answer)) => answer.text,
        _ => None,
    };
    let text = text.filter(|text| !text.is_empty())?;
    Some(format!(" ({})", plain(&text.to_string())))
}

/// Waits until somebody stops the program: with Ctrl-C, or as a service is stopped. Ask for it once, and
/// before anything else is waited for: what comes while nobody listens is lost.
pub(crate) fn stopped() -> std::io::Result<impl Future<Output = ()>> {
    #[cfg(unix)]
    {
        use tokio::signal::unix::{SignalKind, signal};

        let mut interrupt = signal(SignalKind::interrupt())?;
        let mut terminate = signal(SignalKind::terminate())?;
        Ok(async move {
            tokio::select! {
                _ = interrupt.recv() => {}
                _ = terminate.recv() => {}
            }
        })
    }
    #[cfg(not(unix))]
    {
        let stop = async {
            let _ = tokio::signal::ctrl_c().await;
        };
        Ok(stop)
    }
}

/// Runs a program's future on this thread. The session has another one, so that a reader of standard
/// output that is slow does not keep heartbeats back.
pub(crate) fn block_on<F: Future>(future: F) -> std::io::Result<F::Output> {
    let runtime = tokio::runtime::Builder::new_multi_thread()
        .worker_threads(1)
        .enable_all()
        .build()?;
    Ok(runtime.block_on(future))
}

#[cfg(test)]
mod tests {
    use super::*;

    /// What the server says about something that it refuses the session, and nobody else shows.
    #[test]
    fn the_words_of_a_refusal_have_their_line() {
        use cti_codec::ccx::{ConfigEndEvent, FailureConf, Frame, StatusCode, TeamConfigConf};

        let news = News::of(&Options::to(["a:42027"]));
        let line = |message: Message<'_>| {
            let mut bytes = bytes::BytesMut::new();
            message
                .encode_as_received(Version::V14, &mut bytes)
                .expect("fits");
            let frame = Frame::new(bytes.freeze()).expect("a frame");
            news.line(&Event::Message(frame.received(Version::V14)))
        };
        let end = |status, text: &'static str| {
            Message::from(ConfigEndEvent {
                status,
                text: Some(text.into()),
                ..Default::default()
            })
        };
        let why = "out of \u{9b}31mluck";
        let said = "the server reports CONFIG_ERROR (out of \\u{9b}31mluck)";
        assert_eq!(
            line(end(ConfigEndStatus::ERROR, why)).as_deref(),
            Some(said)
        );
        assert_eq!(line(end(ConfigEndStatus::SUCCESS, why)), None);
        assert_eq!(line(end(ConfigEndStatus::ERROR, "")), None);
        let teams = TeamConfigConf {
            status: TeamConfigStatus::INTERNAL_ERROR,
            text: Some("why".into()),
            ..Default::default()
        };
        let said = "the server reports InternalError (why)";
        assert_eq!(line(teams.into()).as_deref(), Some(said));
        let heartbeat = FailureConf {
            status: StatusCode::UNSPECIFIED_FAILURE,
            text: Some("bye".into()),
            ..Default::default()
        };
        let said = "the server reports E_CTI_UNSPECIFIED_FAILURE (bye)";
        assert_eq!(line(heartbeat.into()).as_deref(), Some(said));
    }

    /// A shorter time for answers is one for all of them, a download's silence too; a longer one is
    /// for the user's requests alone.
    #[test]
    fn no_answer_is_waited_for_longer_than_the_user_says() {
        #[derive(clap::Parser)]
        struct Only {
            #[command(flatten)]
            session: SessionArgs,
        }
        let timings = |seconds: &str| {
            let args = ["it", "--timeout", seconds, "cti-a"];
            let only = <Only as clap::Parser>::try_parse_from(args).expect("options");
            only.session.options().settings.timings
        };
        let short = timings("3");
        let times = [
            short.request,
            short.connect,
            short.open,
            short.close,
            short.configuration_answer,
            short.configuration_silence,
        ];
        assert_eq!(times, [Duration::from_secs(3); 6]);
        let (long, usual) = (timings("90"), Timings::default());
        assert_eq!(long.request, Duration::from_secs(90));
        assert_eq!(long.open, usual.open);
        assert_eq!(long.close, usual.close);
        assert_eq!(long.configuration_silence, usual.configuration_silence);
    }

    /// Each event that an engineer at a terminal waits for has its line.
    #[test]
    fn events_have_their_line() {
        let news = News::of(&Options::to(["a:42027", "b\u{1b}"]));
        let line = |event: Event| news.line(&event);
        for (event, text) in [
            (Event::Connecting { address: 0 }, "connecting to a:42027"),
            (Event::Connecting { address: 1 }, "connecting to b\\u{1b}"),
            (Event::Connecting { address: 7 }, "connecting to the server"),
            (Event::Online, "the server is in service"),
            (
                Event::HeartbeatMissed { outstanding: 2 },
                "2 heartbeats not answered",
            ),
            (Event::Closed, "closed"),
            (
                Event::Missed { events: 3 },
                "3 messages missed, as reading was slow",
            ),
            (
                Event::Configuration(ConfigurationEvent::Unavailable),
                "the server gives no configuration",
            ),
            (
                Event::Configuration(ConfigurationEvent::TooLarge),
                "the configuration is too large to be kept",
            ),
        ] {
            assert_eq!(line(event).as_deref(), Some(text));
        }
        let next = |at| Next::Connect {
            address: 0,
            at: Duration::from_secs(at),
        };
        assert_eq!(news.then(next(0)), "next is a:42027");
        // The clock has gone on since, by as long as the machine likes.
        assert!(news.then(next(86_400)).starts_with("next is a:42027 in 8"));
    }
}
