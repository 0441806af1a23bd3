//! Sessions: how each was opened, and how it ended.

use std::collections::{BTreeMap, HashMap, VecDeque};

use cti_codec::capture::{self, Closed, Session, Side, Time, VersionSource};
use cti_codec::ccx::{Message, MessageType, StatusCode, Version};

use super::{Failure, ended};

/// The sessions that are listed one by one: those of which there is something to tell, and others.
const MOST_LISTED: usize = 1_000;
/// The requests of a session whose answers are awaited.
const MOST_ASKED: usize = 256;
/// The answers of a session that wait for their requests.
const MOST_EARLY: usize = 32;

/// How a session was opened.
#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Debug)]
pub(super) enum Begun {
    /// It was open before the capture began, or the capture lacks the beginning.
    Before,
    /// The request to open has no answer.
    Asked,
    Opened,
    /// Refused, and not opened otherwise.
    Refused(StatusCode),
    /// There are messages, and no request to open, though the connection is seen from its start.
    Never,
}

impl Begun {
    pub(super) fn text(self) -> String {
        match self {
            Self::Before => "before the capture".into(),
            Self::Asked => "OPEN_REQ not answered".into(),
            Self::Opened => "opened".into(),
            Self::Refused(status) => format!("refused: {status}"),
            Self::Never => "no OPEN_REQ".into(),
        }
    }
}

/// A request that waits for its answer.
#[derive(Clone, Copy, Debug)]
pub(super) struct Asked {
    invoke_id: u32,
    pub(super) message_type: MessageType,
    pub(super) at: Option<i64>,
    pub(super) wanted: bool,
}

/// An answer that has come before its request.
#[derive(Clone, Copy, Debug)]
pub(super) struct Early {
    pub(super) invoke_id: u32,
    pub(super) message_type: MessageType,
    pub(super) at: Option<i64>,
    pub(super) failure: Option<Failure>,
}

/// What is known of a session.
#[derive(Clone, Debug)]
pub(super) struct Known {
    pub(super) session: Session,
    pub(super) begun: Begun,
    pub(super) version: Version,
    pub(super) source: VersionSource,
    pub(super) messages: u64,
    pub(super) holes: u64,
    /// What the server said before the end.
    pub(super) failure: Option<StatusCode>,
    close_asked: bool,
    server_seen: bool,
    first: Option<Time>,
    pub(super) last: Option<Time>,
    /// In seconds, as the request to open has it.
    idle_timeout: Option<u32>,
    asked: VecDeque<Asked>,
    /// Answers whose requests have not come out yet, as the client's side waits for a hole.
    early: VecDeque<Early>,
    /// Once it is over: how it ended.
    pub(super) ended: String,
    /// Whether there is something to tell of it.
    notable: bool,
}

impl Known {
    fn new(session: &Session) -> Self {
        Self {
            session: session.clone(),
            begun: if session.from_start {
                Begun::Never
            } else {
                Begun::Before
            },
            version: Version::default(),
            source: VersionSource::Default,
            messages: 0,
            holes: 0,
            failure: None,
            close_asked: false,
            server_seen: false,
            first: None,
            last: None,
            idle_timeout: None,
            asked: VecDeque::new(),
            early: VecDeque::new(),
            ended: String::new(),
            notable: false,
        }
    }

    /// Takes a request in. Gives back one that has waited for so long that it is given up.
    pub(super) fn asks(
        &mut self,
        invoke_id: u32,
        message_type: MessageType,
        at: Option<i64>,
        wanted: bool,
    ) -> Option<MessageType> {
        self.asked.push_back(Asked {
            invoke_id,
            message_type,
            at,
            wanted,
        });
        if self.asked.len() <= MOST_ASKED {
            return None;
        }
        let given_up = self.asked.pop_front()?;
        given_up.wanted.then_some(given_up.message_type)
    }

    /// Keeps an answer for a request that comes later, though it was sent earlier.
    pub(super) fn answers_early(&mut self, early: Early) {
        if self.early.len() >= MOST_EARLY {
            self.early.pop_front();
        }
        self.early.push_back(early);
    }

    /// The answer to a request that has come already.
    pub(super) fn answered_early(
        &mut self,
        invoke_id: u32,
        request: MessageType,
        at: Option<i64>,
    ) -> Option<Early> {
        let place = self.early.iter().position(|early| {
            early.invoke_id == invoke_id
                && request.may_be_answered_by(early.message_type)
                && at.is_some()
                && early.at >= at
        })?;
        self.early.remove(place)
    }

    /// The request that a message answers.
    pub(super) fn answers(&mut self, invoke_id: u32, answer: MessageType) -> Option<Asked> {
        let at = self.asked.iter().position(|asked| {
            asked.invoke_id == invoke_id && asked.message_type.may_be_answered_by(answer)
        })?;
        self.asked.remove(at)
    }
}

#[derive(Default, Debug)]
pub(super) struct Sessions {
    open: HashMap<u32, Known>,
    pub(super) count: u64,
    pub(super) begun: BTreeMap<Begun, u64>,
    /// Every refusal, also of sessions that were opened later.
    pub(super) refusals: BTreeMap<StatusCode, u64>,
    /// How they ended: in order, or else.
    pub(super) in_order: u64,
    pub(super) lost: BTreeMap<String, u64>,
    pub(super) open_at_end: u64,
    /// Sessions of which one direction only was captured.
    pub(super) one_sided: u64,
    notable: Vec<Known>,
    others: Vec<Known>,
}

impl Sessions {
    pub(super) fn opened(&mut self, session: &Session) {
        self.known(session);
    }

    fn known(&mut self, session: &Session) -> &mut Known {
        let count = &mut self.count;
        self.open.entry(session.number).or_insert_with(|| {
            *count = count.saturating_add(1);
            Known::new(session)
        })
    }

    pub(super) fn hole(&mut self, session: &Session) {
        let known = self.known(session);
        known.holes = known.holes.saturating_add(1);
    }

    /// Takes a message in.
    pub(super) fn message(
        &mut self,
        message: &capture::Message,
        session: &Session,
        decoded: Option<&Message<'_>>,
    ) -> &mut Known {
        if let Some(Message::FailureConf(failure)) = decoded {
            let refuses = self.open.get(&message.session.number).is_some_and(|known| {
                let opens = |asked: &Asked| {
                    asked.message_type == MessageType::OPEN_REQ
                        && asked.invoke_id == failure.invoke_id
                };
                known.asked.iter().any(opens)
            });
            if refuses {
                let count = self.refusals.entry(failure.status).or_default();
                *count = count.saturating_add(1);
                self.known(session).begun = Begun::Refused(failure.status);
            }
        }
        let known = self.known(session);
        known.messages = known.messages.saturating_add(1);
        known.version = message.version;
        known.source = message.version_source;
        known.first = known.first.or(message.stamp.time);
        known.last = message.stamp.time.or(known.last);
        known.server_seen |= message.from == Side::Server;
        match decoded {
            Some(Message::OpenReq(open)) => {
                known.begun = Begun::Asked;
                known.idle_timeout = Some(open.idle_timeout);
            }
            Some(Message::OpenConf(_)) => known.begun = Begun::Opened,
            Some(Message::CloseReq(_) | Message::CloseConf(_)) => known.close_asked = true,
            Some(Message::FailureEvent(failure)) => known.failure = Some(failure.status),
            _ => {}
        }
        known
    }

    /// The session is over. Gives back its requests that have no answer; where nothing of the server
    /// was captured, that says nothing.
    pub(super) fn closed(
        &mut self,
        session: &Session,
        closed: Closed,
        end: Option<Time>,
    ) -> Vec<MessageType> {
        let Some(mut known) = self.open.remove(&session.number) else {
            return Vec::new();
        };
        let add = |count: &mut u64| *count = count.saturating_add(1);
        add(self.begun.entry(known.begun).or_default());
        let refused = matches!(known.begun, Begun::Refused(_));
        known.ended = ended(closed);
        if closed == Closed::Open {
            add(&mut self.open_at_end);
            // The server drops a client that is silent for its time-out; nobody saw that it did.
            let silent = match (known.last, end) {
                (Some(last), Some(end)) => end.nanoseconds.saturating_sub(last.nanoseconds),
                _ => 0,
            };
            let patience = i64::from(known.idle_timeout.unwrap_or(120));
            let silent = silent / 1_000_000_000;
            if silent > patience && !refused {
                known.ended = format!("silent for the last {silent} s");
                known.notable = true;
            }
        } else if known.close_asked || refused {
            add(&mut self.in_order);
        } else {
            if closed == Closed::Finished {
                known.ended = "closed without CLOSE_REQ".into();
            }
            if let Some(failure) = known.failure {
                known.ended = format!("{} after {failure}", known.ended);
            }
            add(self.lost.entry(known.ended.clone()).or_default());
            known.notable = true;
        }
        if !known.server_seen {
            add(&mut self.one_sided);
        }
        let asked = std::mem::take(&mut known.asked);
        let unanswered: Vec<MessageType> = asked
            .into_iter()
            .filter(|asked| asked.wanted && known.server_seen)
            .map(|asked| asked.message_type)
            .collect();
        known.notable |= refused
            || known.begun == Begun::Asked
            || known.holes > 0
            || known.failure.is_some()
            || !unanswered.is_empty();
        let list = if known.notable {
            &mut self.notable
        } else {
            &mut self.others
        };
        if list.len() < MOST_LISTED {
            list.push(known);
        }
        unanswered
    }

    /// The sessions of which there is something to tell, and the others, as far as they are listed.
    pub(super) fn listed(&self) -> (Vec<&Known>, Vec<&Known>) {
        (by_number(&self.notable), by_number(&self.others))
    }
}

fn by_number(list: &[Known]) -> Vec<&Known> {
    let mut list: Vec<_> = list.iter().collect();
    list.sort_by_key(|known| known.session.number);
    list
}
