//! TCP connections, both directions of each, and the messages in them.

use std::collections::{HashMap, VecDeque};
use std::net::SocketAddr;
use std::sync::Arc;
use std::vec::Vec;

use super::connection::{Belongs, Connection};
use super::file::{LinkType, Packet};
use super::flow::Jump;
use super::item::{Closed, Item, Stamp};
use super::layers::{Layers, Segment, reads};
use crate::ccx::{FrameDecoder, Version};

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
        let ends = [key.0, key.1];
        let connection = Connection::new(
            self.sessions,
            ends,
            server,
            segment.syn,
            stamp,
            self.now,
            &self.options,
        );
        self.connections.insert(key, connection);
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
