//! One TCP connection, and the messages in it.

use std::collections::VecDeque;
use std::net::SocketAddr;
use std::sync::Arc;
use std::vec::Vec;

use super::conversations::Options;
use super::cut::{Cut, Cutter};
use super::flow::{Flow, Jump, Out, Part};
use super::item::{
    Closed, Item, Message, Missing, Session, Side, Stamp, Unreadable, VersionSource,
};
use super::layers::Segment;
use super::protocol::Protocol;
use super::width::guess;
use crate::ccx::layout::SentBy;
use crate::ccx::{Frame, MessageType, Version};

/// The number of bytes of each direction from which the protocol is guessed.
const FIRST: usize = 256;
/// The maximum number of holes and the like that are kept until a connection turns out to carry
/// CTI.
const MAX_EARLY: usize = 64;

/// The connection that a segment belongs to.
pub(super) enum Belongs {
    Here,
    /// A connection that is not known yet.
    New,
    /// None: late or stray, to be ignored.
    Nowhere,
}

/// One connection, both its directions.
#[derive(Debug)]
pub(super) struct Connection {
    pub(super) number: u32,
    ends: [SocketAddr; 2],
    /// The end that is the server, once known.
    server: Option<usize>,
    from_start: bool,
    flows: [Flow; 2],
    cutters: [Cutter; 2],
    first: [Vec<u8>; 2],
    bytes: u64,
    /// The session, from the first message on.
    session: Option<Arc<Session>>,
    opened: Stamp,
    last: Stamp,
    pub(super) last_time: i64,
    version: Option<Version>,
    version_source: VersionSource,
    /// The items before the first message.
    early: Vec<(usize, Cut)>,
    /// Whether it carries another protocol.
    unread: bool,
    /// Whether it is in the list of waiting connections.
    pub(super) listed: bool,
    pub(super) closed: Option<Closed>,
}

impl Connection {
    /// Creates the state of a connection without segments.
    pub(super) fn new(
        number: u32,
        ends: [SocketAddr; 2],
        server: Option<usize>,
        from_start: bool,
        stamp: &Stamp,
        now: i64,
        options: &Options,
    ) -> Self {
        Self {
            number,
            ends,
            server,
            from_start,
            flows: Default::default(),
            cutters: [Cutter::new(options.max_body), Cutter::new(options.max_body)],
            first: Default::default(),
            bytes: 0,
            session: None,
            opened: stamp.clone(),
            last: stamp.clone(),
            last_time: now,
            version: None,
            version_source: VersionSource::Default,
            early: Vec::new(),
            unread: false,
            listed: false,
            closed: None,
        }
    }

    pub(super) fn belongs(&self, from: usize, segment: &Segment<'_>) -> Belongs {
        let Some(flow) = self.flows.get(from) else {
            return Belongs::Nowhere;
        };
        if segment.syn {
            let same = match flow.isn() {
                Some(isn) => isn == segment.seq,
                // A SYN that is captured behind the first data, or the answer to a SYN.
                None => {
                    self.closed.is_none()
                        && flow.is_near(segment.seq)
                        && (segment.ack.is_some() || self.from_start || self.bytes == 0)
                }
            };
            return if same { Belongs::Here } else { Belongs::New };
        }
        if let Some(closed) = self.closed {
            // Late segments of a closed connection are ignored; other segments belong to a new one
            // whose SYN was not captured. Who goes on behind a reset of their own has sent none:
            // others make them up.
            let goes_on = closed == Closed::Reset(self.side(from)) && flow.is_new(segment);
            let late =
                flow.is_near(segment.seq) && (flow.has_fin() || flow.isn().is_some()) && !goes_on;
            return if segment.data.is_empty() || late {
                Belongs::Nowhere
            } else {
                Belongs::New
            };
        }
        Belongs::Here
    }

    fn side(&self, from: usize) -> Option<Side> {
        self.server.map(|server| {
            if server == from {
                Side::Server
            } else {
                Side::Client
            }
        })
    }

    pub(super) fn waits(&self) -> bool {
        self.closed.is_none() && self.flows.iter().any(Flow::waits)
    }

    pub(super) fn segment(
        &mut self,
        from: usize,
        segment: &Segment<'_>,
        stamp: &Stamp,
        now: i64,
        options: &Options,
        items: &mut VecDeque<Item>,
    ) -> Option<Jump> {
        let near = self
            .flows
            .get(from)
            .is_some_and(|flow| flow.is_near(segment.seq));
        // Taken before the segment moves the stream on.
        let resets = self
            .flows
            .get(from)
            .is_some_and(|flow| flow.may_reset(segment.seq));
        if near {
            self.last.clone_from(stamp);
            self.last_time = now;
        }
        if self.closed.is_some() {
            return None;
        }
        if let Some(ack) = segment.ack
            && let Some(flow) = self.flows.get_mut(from ^ 1)
        {
            flow.acknowledged(ack);
        }
        let mut seq = segment.seq;
        if segment.syn {
            if let Some(flow) = self.flows.get_mut(from)
                && flow.begins_with(segment.seq)
                && let Some(cutter) = self.cutters.get_mut(from)
            {
                cutter.starts();
            }
            // A SYN takes one sequence number.
            seq = seq.wrapping_add(1);
        }
        if let Some(first) = self.first.get_mut(from)
            && first.len() < FIRST
        {
            let room = FIRST.saturating_sub(first.len()).min(segment.data.len());
            first.extend_from_slice(segment.data.get(..room).unwrap_or_default());
        }
        self.bytes = self
            .bytes
            .saturating_add(u64::try_from(segment.data.len()).unwrap_or(u64::MAX));
        let mut cuts = Vec::new();
        let mut jump = None;
        if let (Some(flow), Some(cutter)) = (self.flows.get_mut(from), self.cutters.get_mut(from)) {
            let part = Part {
                seq,
                data: if self.unread { &[] } else { segment.data },
                cut: if self.unread { 0 } else { segment.cut },
                fin: segment.fin,
                stamp,
                now,
            };
            jump = flow.segment(&part, &mut |out| {
                hand_on(cutter, out, &mut |cut| {
                    cuts.push((from, cut));
                });
            });
        }
        self.show(cuts, options, items);
        if !self.unread
            && self.session.is_none()
            && self
                .cutters
                .iter()
                .zip(&self.first)
                .all(|(cutter, first)| first.is_empty() || cutter.is_hopeless())
            && self.first.iter().any(|first| !first.is_empty())
        {
            self.unread = true;
            self.early.clear();
        }
        if jump.is_some() {
            return jump;
        }
        if segment.rst && resets {
            let answered = self.flows.iter().all(|flow| flow.isn().is_some());
            let closed = if self.bytes == 0 && !answered && self.from_start {
                Closed::Refused
            } else {
                Closed::Reset(self.side(from))
            };
            self.end(closed, options, items);
        } else if self.flows.iter().all(Flow::is_finished)
            || self.unread && self.flows.iter().all(Flow::has_fin)
        {
            self.end(Closed::Finished, options, items);
        }
        None
    }

    pub(super) fn tick(&mut self, now: i64, options: &Options, items: &mut VecDeque<Item>) {
        if self.closed.is_some() {
            return;
        }
        let mut cuts = Vec::new();
        for (from, (flow, cutter)) in self.flows.iter_mut().zip(&mut self.cutters).enumerate() {
            flow.tick(now, &mut |out| {
                hand_on(cutter, out, &mut |cut| cuts.push((from, cut)));
            });
        }
        self.show(cuts, options, items);
        if self.flows.iter().all(Flow::is_finished) {
            self.end(Closed::Finished, options, items);
        }
    }

    pub(super) fn end(&mut self, closed: Closed, options: &Options, items: &mut VecDeque<Item>) {
        if self.closed.is_some() {
            return;
        }
        self.closed = Some(closed);
        if !self.unread {
            let mut cuts = Vec::new();
            for (from, (flow, cutter)) in self.flows.iter_mut().zip(&mut self.cutters).enumerate() {
                flow.finish(&mut |out| {
                    hand_on(cutter, out, &mut |cut| cuts.push((from, cut)));
                });
                cutter.finish(&mut |cut| cuts.push((from, cut)));
            }
            self.show(cuts, options, items);
        }
        let stamp = self.last.clone();
        match &self.session {
            Some(session) => items.push_back(Item::Closed {
                stamp,
                session: Arc::clone(session),
                closed,
            }),
            None => {
                let [one, two] = &self.first;
                let protocol = Protocol::of([one, two]);
                let session = self.session(None);
                items.push_back(Item::Unread {
                    stamp,
                    session,
                    protocol,
                    bytes: self.bytes,
                    closed,
                });
            }
        }
        // The ports are remembered for late segments; the rest is no longer needed.
        self.first = Default::default();
        self.early = Vec::new();
        self.cutters = [Cutter::new(options.max_body), Cutter::new(options.max_body)];
    }

    /// Returns the session. If the server is not known, it is derived from the sender of a message
    /// or from the lower port.
    fn session(&mut self, first: Option<(usize, MessageType)>) -> Arc<Session> {
        let [one, two] = self.ends;
        let server = *self.server.get_or_insert_with(|| {
            let told = first.and_then(|(from, message_type)| match message_type.sent_by()? {
                SentBy::Client => Some(from ^ 1),
                SentBy::Server => Some(from),
                #[allow(unreachable_patterns, reason = "some types have both senders")]
                _ => None,
            });
            told.unwrap_or_else(|| usize::from(one.port() >= two.port()))
        });
        let (client, server) = if server == 0 { (two, one) } else { (one, two) };
        Arc::new(Session {
            number: self.number,
            client,
            server,
            from_start: self.from_start,
        })
    }

    fn show(&mut self, cuts: Vec<(usize, Cut)>, options: &Options, items: &mut VecDeque<Item>) {
        for (from, cut) in cuts {
            let session = match &self.session {
                Some(session) => Arc::clone(session),
                None => {
                    // A connection is reported from its first message on.
                    let Cut::Frame(frame, _) = &cut else {
                        if self.early.len() < MAX_EARLY {
                            self.early.push((from, cut));
                        }
                        continue;
                    };
                    let session = self.session(Some((from, frame.message_type())));
                    self.session = Some(Arc::clone(&session));
                    items.push_back(Item::Opened {
                        stamp: self.opened.clone(),
                        session: Arc::clone(&session),
                    });
                    for (from, cut) in core::mem::take(&mut self.early) {
                        let item = self.item(from, cut, &session, options);
                        items.push_back(item);
                    }
                    session
                }
            };
            let item = self.item(from, cut, &session, options);
            items.push_back(item);
        }
    }

    fn item(&mut self, from: usize, cut: Cut, session: &Arc<Session>, options: &Options) -> Item {
        let side = if self.server == Some(from) {
            Side::Server
        } else {
            Side::Client
        };
        let session = Arc::clone(session);
        match cut {
            Cut::Frame(frame, stamp) => {
                let (version, version_source) = self.version_of(&frame, options);
                Item::Message(Message {
                    stamp,
                    session,
                    from: side,
                    frame,
                    version,
                    version_source,
                })
            }
            Cut::Missing(bytes, why, stamp) => Item::Missing(Missing {
                stamp,
                session,
                from: side,
                bytes,
                why,
            }),
            Cut::Unreadable(what, stamp) => Item::Unreadable {
                stamp,
                session,
                from: side,
                what,
            },
        }
    }

    /// Returns the version of the session after this frame.
    fn version_of(&mut self, frame: &Frame, options: &Options) -> (Version, VersionSource) {
        if let Some(version) = options.version {
            return (version, VersionSource::Given);
        }
        if let Some(asked) = frame.requested_version().filter(|asked| asked.is_known()) {
            self.version = Some(asked);
            self.version_source = VersionSource::Asked;
        } else if self.version.is_none()
            && let Some(guessed) = guess(frame)
        {
            self.version = Some(guessed);
            self.version_source = VersionSource::Guessed;
        }
        (self.version.unwrap_or_default(), self.version_source)
    }
}

fn hand_on(cutter: &mut Cutter, out: Out<'_>, show: &mut dyn FnMut(Cut)) {
    match out {
        Out::Data(data, stamp) => cutter.data(data, stamp, show),
        Out::Hole(bytes, why, stamp) => cutter.hole(bytes, why, stamp, show),
        Out::Early(bytes, stamp) => show(Cut::Unreadable(
            Unreadable::Unaligned { bytes },
            stamp.clone(),
        )),
        Out::Differs(bytes, stamp) => show(Cut::Unreadable(
            Unreadable::Contradiction { bytes },
            stamp.clone(),
        )),
    }
}
