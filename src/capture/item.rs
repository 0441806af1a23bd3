//! What a capture tells.

use std::net::SocketAddr;
use std::sync::Arc;

use super::protocol::Protocol;
use super::time::Time;
use crate::ccx::{Frame, Version};

/// One of the two ends of a session.
#[derive(Clone, Copy, PartialEq, Eq, Hash, Debug)]
pub enum Side {
    /// The end that connected: a desktop, a wallboard, a recorder.
    Client,
    /// The contact centre.
    Server,
}

impl Side {
    /// The opposite end.
    #[must_use]
    pub const fn other(self) -> Self {
        match self {
            Self::Client => Self::Server,
            Self::Server => Self::Client,
        }
    }

    /// `client` or `server`.
    #[must_use]
    pub const fn name(self) -> &'static str {
        match self {
            Self::Client => "client",
            Self::Server => "server",
        }
    }
}

/// A TCP connection of a capture. Cheap to share.
#[derive(Clone, PartialEq, Eq, Hash, Debug)]
pub struct Session {
    /// Counts the connections from 1, in the order in which their first packet was captured.
    pub number: u32,
    /// Address and port of the client.
    pub client: SocketAddr,
    /// Address and port of the server.
    pub server: SocketAddr,
    /// Whether the capture holds the beginning of the connection.
    pub from_start: bool,
}

/// The packet that made something known.
#[derive(Clone, PartialEq, Eq, Debug, Default)]
pub struct Stamp {
    /// When it was captured; `None` where the file does not say.
    pub time: Option<Time>,
    /// Its number in its file, from 1.
    pub packet: u64,
    /// Comments that somebody wrote to it in Wireshark, as they stand in the file.
    pub comment: Option<Arc<str>>,
}

impl Stamp {
    /// The later of two packets.
    pub(super) fn latest(&mut self, other: &Self) {
        let later = match (self.time, other.time) {
            (Some(one), Some(two)) => two.nanoseconds >= one.nanoseconds,
            _ => other.packet >= self.packet,
        };
        if later {
            self.time = other.time;
            self.packet = other.packet;
        }
        if self.comment.is_none() {
            self.comment.clone_from(&other.comment);
        }
    }
}

/// How the version of a session is known.
#[derive(Clone, Copy, PartialEq, Eq, Hash, Debug)]
pub enum VersionSource {
    /// You gave it in [`Options`](super::Options).
    Given,
    /// An `OPEN_REQ` of the session asks for it.
    Asked,
    /// The capture lacks the `OPEN_REQ`: one width of `FieldDataID` fits the messages, the other does
    /// not.
    Guessed,
    /// Nothing tells: the default version.
    Default,
}

/// A whole message of a session.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct Message {
    /// The packet that completed it.
    pub stamp: Stamp,
    /// The connection that it belongs to.
    pub session: Arc<Session>,
    /// The end that sent it.
    pub from: Side,
    /// Its bytes, a copy of its own: keeping it keeps nothing else.
    pub frame: Frame,
    /// The version to decode it with.
    pub version: Version,
    /// How that version is known.
    pub version_source: VersionSource,
}

/// Why bytes of a stream are not in the capture.
#[derive(Clone, Copy, PartialEq, Eq, Hash, Debug)]
pub enum Why {
    /// The packet was not captured.
    Lost,
    /// The packet was captured in part, by a limit on its length.
    Cut,
}

/// A stretch of a stream that the capture lacks.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct Missing {
    /// The packet that showed the hole.
    pub stamp: Stamp,
    /// The connection.
    pub session: Arc<Session>,
    /// The end whose bytes are missing.
    pub from: Side,
    /// How many bytes are missing.
    pub bytes: u64,
    /// What became of them.
    pub why: Why,
}

/// Bytes of a CTI session that are part of no whole message.
#[derive(Clone, PartialEq, Eq, Debug)]
#[non_exhaustive]
pub enum Unreadable {
    /// A message whose rest is missing, from its header on.
    Partial {
        /// As much of it as came before the hole.
        bytes: Vec<u8>,
    },
    /// Bytes between a hole, or the beginning of the capture, and the first header behind it.
    Unaligned {
        /// How many they are.
        bytes: u64,
    },
    /// A header that announces a body over the limit; the stream went on elsewhere.
    TooLong {
        /// What the header says.
        body_length: u32,
        /// The bytes from this header to the next that was found.
        bytes: u64,
    },
    /// A part of the stream was captured twice with different bytes. The first ones count.
    Contradiction {
        /// How many bytes differ.
        bytes: u64,
    },
}

/// How a connection ended, or how far the capture knows it.
#[derive(Clone, Copy, PartialEq, Eq, Hash, Debug)]
pub enum Closed {
    /// Both ends closed it.
    Finished,
    /// An end reset it.
    Reset(Option<Side>),
    /// The server refused it: a reset in answer to the first packet.
    Refused,
    /// The pair of ports was used for another connection.
    Reused,
    /// The capture ends before it.
    Open,
}

/// What has become known of a capture, in the order of its packets.
#[derive(Clone, PartialEq, Eq, Debug)]
#[non_exhaustive]
pub enum Item {
    /// A message.
    Message(Message),
    /// A stretch that the capture lacks, in its place among the messages of its sender.
    Missing(Missing),
    /// Bytes that are part of no whole message.
    Unreadable {
        /// The packet that made it known.
        stamp: Stamp,
        /// The connection.
        session: Arc<Session>,
        /// The end that sent them.
        from: Side,
        /// What they are.
        what: Unreadable,
    },
    /// A connection on a port of the protocol that carries something else, or nothing. Told once,
    /// when the connection ends.
    Unread {
        /// The last packet of the connection.
        stamp: Stamp,
        /// The connection.
        session: Arc<Session>,
        /// What it seems to be.
        protocol: Protocol,
        /// Bytes that were sent in it, in both directions.
        bytes: u64,
        /// How it ended.
        closed: Closed,
    },
    /// A connection with CTI messages has been seen for the first time.
    Opened {
        /// The packet that opened it, or the first one captured.
        stamp: Stamp,
        /// The connection.
        session: Arc<Session>,
    },
    /// A connection with CTI messages has ended.
    Closed {
        /// The packet that closed it, or the last one captured.
        stamp: Stamp,
        /// The connection.
        session: Arc<Session>,
        /// How it ended.
        closed: Closed,
    },
    /// Packets of a link type that is not read. Told once for each type.
    UnknownLink(super::file::LinkType),
    /// The capture holds packets in part only, so messages are missing. Told once: capture anew with
    /// the full size, `tcpdump -s 0`.
    CutPackets,
}
