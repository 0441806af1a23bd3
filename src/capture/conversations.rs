//! TCP connections, both directions of each, and the messages in them.

use std::collections::{HashMap, VecDeque};
use std::net::SocketAddr;
use std::sync::Arc;
use std::vec::Vec;

use super::cut::{Cut, Cutter};
use super::file::{LinkType, Packet};
use super::flow::{Flow, Jump, Out, Part};
use super::item::{
    Closed, Item, Message, Missing, Session, Side, Stamp, Unreadable, VersionSource,
};
use super::layers::{Layers, Segment, reads};
use super::protocol::Protocol;
use crate::ccx::layout::SentBy;
use crate::ccx::{Frame, FrameDecoder, MessageType, Version};

/// The ports that a Unified CCX server listens on.
pub const DEFAULT_PORTS: [u16; 2] = [12028, 42027];

/// The maximum number of connections followed at the same time; beyond it, the connection that was
/// silent longest counts as ended.
const MAX_CONNECTIONS: usize = 1 << 16;
/// The time for which the ports of an ended connection are remembered for late segments, in
/// nanoseconds of the capture.
const REMEMBER: i64 = 30_000_000_000;
/// The interval at which waiting connections are checked, and ended ones forgotten, in nanoseconds
/// of the capture.
const LOOK: i64 = 100_000_000;
const SWEEP: i64 = 10_000_000_000;
/// The number of bytes of each direction from which the protocol is guessed.
const FIRST: usize = 256;
/// The maximum number of holes and the like that are kept until a connection turns out to carry
/// CTI.
const MAX_EARLY: usize = 64;

/// The connections to read.
#[derive(Clone, PartialEq, Eq, Debug)]
pub enum Ports {
    /// Those with one of these ports at either end.
    Listed(Vec<u16>),
    /// All connections that carry CTI, recognized by their content.
    Auto,
}

/// Options for reading a capture.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct Options {
    /// The connections to read. By default those with [`DEFAULT_PORTS`].
    pub ports: Ports,
    /// The version of all sessions. By default each session's own version.
    pub version: Option<Version>,
    /// The longest body of a message, in bytes. By default the limit of the frame decoder.
    pub max_body: u32,
}

impl Default for Options {
    fn default() -> Self {
        Self {
            ports: Ports::Listed(DEFAULT_PORTS.to_vec()),
            version: None,
            max_body: FrameDecoder::DEFAULT_MAX_BODY,
        }
    }
}

/// Follows the connections of a capture, or of several captures on one time line.
///
/// Hand it the packets in the order of their times. Memory: some 10 KB for a connection, and up to
/// 1 MiB more while it waits for a hole to be filled; at most 65,536 connections.
#[derive(Debug)]
pub struct Conversations {
    options: Options,
    layers: Layers,
    connections: HashMap<Key, Connection>,
    /// Connections that wait for bytes or for a timeout.
    waiting: Vec<Key>,
    items: VecDeque<Item>,
    sessions: u32,
    now: i64,
    looked: i64,
    swept: i64,
    unknown_links: Vec<LinkType>,
    told_cut: bool,
}

/// The two ends, the lower one first.
type Key = (SocketAddr, SocketAddr);

impl Conversations {
    /// Creates a state without packets.
    #[must_use]
    pub fn new(options: Options) -> Self {
        Self {
            options,
            layers: Layers::default(),
            connections: HashMap::new(),
            waiting: Vec::new(),
            items: VecDeque::new(),
            sessions: 0,
            now: i64::MIN,
            looked: i64::MIN,
            swept: i64::MIN,
            unknown_links: Vec::new(),
            told_cut: false,
        }
    }

    /// Processes a packet. Read the results with [`next_item`](Self::next_item).
    pub fn packet(&mut self, packet: &Packet<'_>) {
        if !reads(packet.link) {
            if !self.unknown_links.contains(&packet.link) {
                self.unknown_links.push(packet.link);
                self.items.push_back(Item::UnknownLink(packet.link));
            }
            return;
        }
        if let Some(time) = packet.time {
            self.now = self.now.max(time.nanoseconds);
        }
        let stamp = Stamp {
            time: packet.time,
            packet: packet.number,
            comment: packet.comment.map(Arc::from),
        };
        let mut layers = core::mem::take(&mut self.layers);
        layers.segments(packet, &mut |segment| self.segment(&segment, &stamp));
        self.layers = layers;
        if self.now.saturating_sub(self.looked) >= LOOK || self.looked == i64::MIN {
            self.looked = self.now;
            self.look();
        }
    }

    /// Returns the next result.
    pub fn next_item(&mut self) -> Option<Item> {
        self.items.pop_front()
    }

    /// Call at the end of the packets: pending bytes count as missing, and open connections are
    /// reported.
    pub fn finish(&mut self) {
        self.waiting.clear();
        let mut connections: Vec<_> = self.connections.drain().map(|(_, one)| one).collect();
        connections.sort_by_key(|connection| connection.number);
        for mut connection in connections {
            connection.end(Closed::Open, &self.options, &mut self.items);
        }
    }

    fn segment(&mut self, segment: &Segment<'_>, stamp: &Stamp) {
        let (source, destination) = (segment.source, segment.destination);
        if let Ports::Listed(ports) = &self.options.ports
            && !ports.contains(&source.port())
            && !ports.contains(&destination.port())
        {
            return;
        }
        if segment.cut > 0 && !self.told_cut {
            self.told_cut = true;
            self.items.push_back(Item::CutPackets);
        }
        let from = usize::from(source > destination);
        let key = if from == 0 {
            (source, destination)
        } else {
            (destination, source)
        };
        let known = match self.connections.get_mut(&key) {
            Some(connection) => connection.belongs(from, segment),
            None => Belongs::New,
        };
        match known {
            Belongs::Here => {}
            Belongs::Nowhere => return,
            Belongs::New => {
                if let Some(mut old) = self.connections.remove(&key) {
                    old.end(Closed::Reused, &self.options, &mut self.items);
                }
                // A connection whose start was not captured is not reported when it ends.
                if segment.rst || (segment.fin && segment.data.is_empty()) {
                    return;
                }
                self.make_room();
                self.begin(key, from, segment, stamp);
            }
        }
        let Some(connection) = self.connections.get_mut(&key) else {
            return;
        };
        let now = self.now;
        let jump = connection.segment(from, segment, stamp, now, &self.options, &mut self.items);
        if let Some(jump) = jump {
            self.reuse(key, from, &jump, segment, stamp);
        }
        if let Some(connection) = self.connections.get_mut(&key)
            && connection.waits()
            && !connection.listed
        {
            connection.listed = true;
            self.waiting.push(key);
        }
    }

    /// Starts another connection on the same ports, whose beginning was not captured.
    #[cold]
    fn reuse(&mut self, key: Key, from: usize, jump: &Jump, segment: &Segment<'_>, stamp: &Stamp) {
        if let Some(mut old) = self.connections.remove(&key) {
            old.end(Closed::Reused, &self.options, &mut self.items);
        }
        self.begin(key, from, segment, stamp);
        let Some(connection) = self.connections.get_mut(&key) else {
            return;
        };
        let first = Segment {
            seq: jump.seq,
            data: &jump.bytes,
            cut: 0,
            fin: false,
            ..*segment
        };
        for (segment, stamp) in [(&first, &jump.stamp), (segment, stamp)] {
            connection.segment(
                from,
                segment,
                stamp,
                self.now,
                &self.options,
                &mut self.items,
            );
        }
    }

    fn begin(&mut self, key: Key, from: usize, segment: &Segment<'_>, stamp: &Stamp) {
        self.sessions = self.sessions.saturating_add(1);
        let server = match &self.options.ports {
            // The end that a SYN goes to, or that answers it.
            _ if segment.syn => Some(if segment.ack.is_some() {
                from
            } else {
                from ^ 1
            }),
            Ports::Listed(ports) => {
                match (ports.contains(&key.0.port()), ports.contains(&key.1.port())) {
                    (true, false) => Some(0),
                    (false, true) => Some(1),
                    _ => None,
                }
            }
            Ports::Auto => {
                let known = |port| DEFAULT_PORTS.contains(&port);
                match (known(key.0.port()), known(key.1.port())) {
                    (true, false) => Some(0),
                    (false, true) => Some(1),
                    _ => None,
                }
            }
        };
        let max_body = self.options.max_body;
        self.connections.insert(
            key,
            Connection {
                number: self.sessions,
                ends: [key.0, key.1],
                server,
                from_start: segment.syn,
                flows: Default::default(),
                cutters: [Cutter::new(max_body), Cutter::new(max_body)],
                first: Default::default(),
                bytes: 0,
                session: None,
                opened: stamp.clone(),
                last: stamp.clone(),
                last_time: self.now,
                version: None,
                version_source: VersionSource::Default,
                early: Vec::new(),
                unread: false,
                listed: false,
                closed: None,
            },
        );
    }

    /// Checks waiting connections, and forgets those that ended long ago.
    fn look(&mut self) {
        let mut waiting = core::mem::take(&mut self.waiting);
        waiting.retain(|key| {
            let Some(connection) = self.connections.get_mut(key) else {
                return false;
            };
            connection.tick(self.now, &self.options, &mut self.items);
            connection.listed = connection.waits();
            connection.listed
        });
        self.waiting = waiting;
        if self.now.saturating_sub(self.swept) >= SWEEP {
            self.swept = self.now;
            let now = self.now;
            self.connections.retain(|_, connection| {
                connection.closed.is_none() || now.saturating_sub(connection.last_time) < REMEMBER
            });
        }
    }

    fn make_room(&mut self) {
        if self.connections.len() < MAX_CONNECTIONS {
            return;
        }
        let mut keys: Vec<_> = self
            .connections
            .iter()
            .map(|(key, connection)| (connection.closed.is_none(), connection.last_time, *key))
            .collect();
        keys.sort_unstable();
        keys.truncate(MAX_CONNECTIONS / 8);
        for (_, _, key) in keys {
            if let Some(mut connection) = self.connections.remove(&key) {
                connection.end(Closed::Open, &self.options, &mut self.items);
            }
        }
    }
}

enum Belongs {
    Here,
    /// A connection that is not known yet.
    New,
    /// None: late or stray, to be ignored.
    Nowhere,
}

#[derive(Debug)]
struct Connection {
    number: u32,
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
    last_time: i64,
    version: Option<Version>,
    version_source: VersionSource,
    /// The items before the first message.
    early: Vec<(usize, Cut)>,
    /// Whether it carries another protocol.
    unread: bool,
    /// Whether it is in the list of waiting connections.
    listed: bool,
    closed: Option<Closed>,
}

impl Connection {
    fn belongs(&self, from: usize, segment: &Segment<'_>) -> Belongs {
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
        if self.closed.is_some() {
            // Late segments of a closed connection are ignored; other segments belong to a new one
            // whose SYN was not captured.
            let late = flow.is_near(segment.seq) && (flow.has_fin() || flow.isn().is_some());
            return if segment.data.is_empty() || late {
                Belongs::Nowhere
            } else {
                Belongs::New
            };
        }
        Belongs::Here
    }

    fn waits(&self) -> bool {
        self.closed.is_none() && self.flows.iter().any(Flow::waits)
    }

    fn segment(
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
        if segment.rst && near {
            let answered = self.flows.iter().all(|flow| flow.isn().is_some());
            let closed = if self.bytes == 0 && !answered && self.from_start {
                Closed::Refused
            } else {
                Closed::Reset(self.server.map(|server| {
                    if server == from {
                        Side::Server
                    } else {
                        Side::Client
                    }
                }))
            };
            self.end(closed, options, items);
        } else if self.flows.iter().all(Flow::is_finished)
            || self.unread && self.flows.iter().all(Flow::has_fin)
        {
            self.end(Closed::Finished, options, items);
        }
        None
    }

    fn tick(&mut self, now: i64, options: &Options, items: &mut VecDeque<Item>) {
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

    fn end(&mut self, closed: Closed, options: &Options, items: &mut VecDeque<Item>) {
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
        if frame.message_type() == MessageType::OPEN_REQ
            && let Some(asked) = asked(frame)
        {
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

/// Returns the version that an `OPEN_REQ` asks for.
fn asked(frame: &Frame) -> Option<Version> {
    let number = frame.body().get(4..)?.first_chunk::<4>()?;
    Version::new(u32::from_be_bytes(*number))
}

/// Guesses the version from the width of a frame's `FieldDataID`s; `None` if both fit equally well,
/// or neither does.
fn guess(frame: &Frame) -> Option<Version> {
    let strangers = |version| {
        let fields = frame.floating_fields(version);
        let mut strangers = 0_usize;
        let mut all = 0_usize;
        let layout = frame.message_type().layout()?;
        for field in fields {
            let field = field.ok()?;
            all = all.saturating_add(1);
            if layout.field(field.id).is_none() {
                strangers = strangers.saturating_add(1);
            }
        }
        frame.decode(version).ok().map(|_| (strangers, all))
    };
    match (strangers(Version::V14), strangers(Version::V18)) {
        (Some((_, 0)), Some(_)) | (Some(_), Some((_, 0))) | (None, None) => None,
        (Some((narrow, _)), Some((wide, _))) if narrow == wide => None,
        (Some((narrow, _)), Some((wide, _))) if narrow > wide => Some(Version::V18),
        (Some(_), _) => Some(Version::V14),
        (None, Some(_)) => Some(Version::V18),
    }
}
