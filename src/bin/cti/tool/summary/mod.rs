//! Sums up a capture or a log: the first answer to 'what is wrong with this
//! server'.
//!
//! Memory: some hundred bytes for a session that is open, and as much for each of a thousand that are
//! listed; the rest does not grow.

mod json;
mod sessions;
mod table;
mod times;

use std::collections::{BTreeMap, HashMap};

use cti_codec::capture::{self, Closed, Missing, Packet, Protocol, Session, Time, Unreadable, Why};
use cti_codec::ccx::{FieldName, Finding, Frame, Message, MessageType, Version};

use super::run::long;
use sessions::{Early, Sessions};
use times::Times;

/// The kinds of findings that are told apart.
const MOST_FINDINGS: usize = 10_000;

/// How many, and their bytes.
#[derive(Clone, Copy, Default, Debug)]
struct Count {
    count: u64,
    bytes: u64,
}

impl Count {
    fn add(&mut self, bytes: u64) {
        self.count = self.count.saturating_add(1);
        self.bytes = self.bytes.saturating_add(bytes);
    }
}

/// Messages of a type.
#[derive(Clone, Copy, Default, Debug)]
struct OfType {
    all: Count,
    /// Those that do not decode.
    undecodable: u64,
    findings: u64,
}

/// Requests of a type, and their answers.
#[derive(Default, Debug)]
struct Requests {
    count: u64,
    answered: u64,
    unanswered: u64,
    /// A failure is an answer.
    failed: BTreeMap<Failure, u64>,
    times: Times,
}

impl Requests {
    fn answer(&mut self, asked: Option<i64>, answered: Option<i64>, failure: Option<Failure>) {
        self.answered = self.answered.saturating_add(1);
        if let Some(failure) = failure {
            let count = self.failed.entry(failure).or_default();
            *count = count.saturating_add(1);
        }
        if let (Some(asked), Some(answered)) = (asked, answered) {
            self.times
                .add(answered.saturating_sub(asked).max(0).unsigned_abs());
        }
    }
}

/// Why a request failed.
#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Debug)]
enum Failure {
    Status(u32),
    Control(u32),
}

impl Failure {
    fn of(message: &Message<'_>) -> Option<Self> {
        match message {
            Message::FailureConf(failure) => Some(Self::Status(failure.status.0)),
            Message::ControlFailureConf(failure) => {
                Some(Self::Control(failure.failure_code.0.into()))
            }
            _ => None,
        }
    }

    fn name(self) -> String {
        use cti_codec::ccx::{ControlFailure, StatusCode};
        match self {
            Self::Status(number) => StatusCode(number).to_string(),
            Self::Control(number) => match u16::try_from(number) {
                Ok(number) => ControlFailure(number).to_string(),
                Err(_) => number.to_string(),
            },
        }
    }
}

/// Collects what there is to say.
#[derive(Default, Debug)]
pub(crate) struct Summary {
    packets: Count,
    cut_packets: u64,
    lost_packets: u64,
    first: Option<Time>,
    last: Option<Time>,
    types: BTreeMap<MessageType, OfType>,
    findings: HashMap<(MessageType, FieldName, &'static str), u64>,
    requests: BTreeMap<MessageType, Requests>,
    sessions: Sessions,
    lost: Count,
    cut: Count,
    unreadable: BTreeMap<&'static str, Count>,
    unread: BTreeMap<(String, String), Count>,
}

/// How a connection ended.
pub(crate) fn ended(closed: Closed) -> String {
    match closed {
        Closed::Finished => "closed".into(),
        Closed::Reset(Some(side)) => format!("reset by the {}", side.name()),
        Closed::Reset(None) => "reset".into(),
        Closed::Refused => "refused by the server".into(),
        Closed::Reused => "replaced by another connection of the same ports".into(),
        Closed::Open => "open at the end of the capture".into(),
    }
}

impl Summary {
    pub(crate) fn packet(&mut self, packet: &Packet<'_>) {
        self.packets.add(long(packet.length));
        if packet.length > packet.data.len() {
            self.cut_packets = self.cut_packets.saturating_add(1);
        }
        if let Some(time) = packet.time {
            let before = |one: &Time| one.nanoseconds <= time.nanoseconds;
            if !self.first.as_ref().is_some_and(before) {
                self.first = Some(time);
            }
            if self.last.as_ref().is_none_or(before) {
                self.last = Some(time);
            }
        }
    }

    /// The capture tool says that it lost packets.
    pub(crate) fn dropped(&mut self, packets: u64) {
        self.lost_packets = self.lost_packets.saturating_add(packets);
    }

    pub(crate) fn opened(&mut self, session: &Session) {
        self.sessions.opened(session);
    }

    pub(crate) fn closed(&mut self, session: &Session, closed: Closed) {
        let end = self.last;
        for unanswered in self.sessions.closed(session, closed, end) {
            let requests = self.requests.entry(unanswered).or_default();
            requests.unanswered = requests.unanswered.saturating_add(1);
        }
    }

    pub(crate) fn missing(&mut self, missing: &Missing) {
        match missing.why {
            Why::Lost => self.lost.add(missing.bytes),
            Why::Cut => self.cut.add(missing.bytes),
        }
        self.sessions.hole(&missing.session);
    }

    pub(crate) fn unreadable(&mut self, what: &Unreadable) {
        let (name, bytes) = match what {
            Unreadable::Partial { bytes } => ("messages whose rest is missing", long(bytes.len())),
            Unreadable::Unaligned { bytes } => ("before the first whole message", *bytes),
            Unreadable::TooLong { bytes, .. } => ("behind a length over the limit", *bytes),
            Unreadable::Contradiction { bytes } => ("captured twice and different", *bytes),
            _ => ("other", 0),
        };
        self.unreadable.entry(name).or_default().add(bytes);
    }

    pub(crate) fn unread(&mut self, protocol: Protocol, bytes: u64, closed: Closed) {
        let key = (protocol.to_string(), ended(closed));
        self.unread.entry(key).or_default().add(bytes);
    }

    /// Takes in a message of a capture. What comes of a request counts where the request is wanted,
    /// whether or not its answer is.
    pub(crate) fn captured(
        &mut self,
        message: &capture::Message,
        session: &Session,
        decoded: Option<&Message<'_>>,
        wanted: bool,
    ) {
        let frame = &message.frame;
        if wanted {
            self.count(frame, message.version, decoded.is_some());
        }
        let message_type = frame.message_type();
        let requests = &mut self.requests;
        let session = self.sessions.message(message, session, decoded);
        let Some(invoke_id) = frame.invoke_id() else {
            return;
        };
        let at = message.stamp.time.map(|time| time.nanoseconds);
        let failure = decoded.and_then(Failure::of);
        if message_type.confirmation().is_some() {
            if wanted {
                let of_type = requests.entry(message_type).or_default();
                of_type.count = of_type.count.saturating_add(1);
            }
            if let Some(early) = session.answered_early(invoke_id, message_type, at) {
                if wanted {
                    let of_type = requests.entry(message_type).or_default();
                    of_type.answer(at, early.at, early.failure);
                }
            } else if let Some(given_up) = session.asks(invoke_id, message_type, at, wanted) {
                let of_type = requests.entry(given_up).or_default();
                of_type.unanswered = of_type.unanswered.saturating_add(1);
            }
        } else if let Some(asked) = session.answers(invoke_id, message_type) {
            if asked.wanted {
                let of_type = requests.entry(asked.message_type).or_default();
                of_type.answer(asked.at, at, failure);
            }
        } else {
            session.answers_early(Early {
                invoke_id,
                message_type,
                at,
                failure,
            });
        }
    }

    /// Takes in a message of a log or a stream, of which neither session nor time is known.
    pub(crate) fn count(&mut self, frame: &Frame, version: Version, decodes: bool) {
        let message_type = frame.message_type();
        let findings = frame.check(version);
        let of_type = self.types.entry(message_type).or_default();
        of_type.all.add(long(frame.bytes().len()));
        if !decodes {
            of_type.undecodable = of_type.undecodable.saturating_add(1);
        }
        of_type.findings = of_type.findings.saturating_add(long(findings.len()));
        for Finding { field, kind, .. } in &findings {
            let key = (message_type, *field, kind.name());
            if self.findings.len() < MOST_FINDINGS || self.findings.contains_key(&key) {
                let count = self.findings.entry(key).or_default();
                *count = count.saturating_add(1);
            }
        }
    }

    /// The findings, the most frequent first.
    fn findings(&self) -> Vec<(MessageType, FieldName, &'static str, u64)> {
        let mut findings: Vec<_> = self
            .findings
            .iter()
            .map(|((message_type, field, name), count)| (*message_type, *field, *name, *count))
            .collect();
        findings.sort_by_key(|(message_type, field, name, count)| {
            (
                u64::MAX.saturating_sub(*count),
                *message_type,
                field.to_string(),
                *name,
            )
        });
        findings
    }
}
