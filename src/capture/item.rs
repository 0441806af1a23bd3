//! The contents of a capture: sessions, messages, gaps.

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
    /// Returns the opposite end.
    #[must_use]
    pub const fn other(self) -> Self {
        match self {
            Self::Client => Self::Server,
            Self::Server => Self::Client,
        }
    }

    /// Returns `client` or `server`.
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
    /// The number of the connection, counted from 1 in the order of the first packets.
    pub number: u32,
    /// Address and port of the client.
    pub client: SocketAddr,
    /// Address and port of the server.
    pub server: SocketAddr,
    /// Whether the capture contains the beginning of the connection.
    pub from_start: bool,
}

/// The packet from which an item follows.
#[derive(Clone, PartialEq, Eq, Debug, Default)]
pub struct Stamp {
    /// The time of capture; `None` if the file does not record it.
    pub time: Option<Time>,
    /// Its number in its file, from 1.
    pub packet: u64,
    /// Comments on the packet, as added in Wireshark. Not escaped.
    pub comment: Option<Arc<str>>,
}

impl Stamp {
    /// Keeps the later of two packets.
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

/// The source of a session's version.
#[derive(Clone, Copy, PartialEq, Eq, Hash, Debug)]
pub enum VersionSource {
    /// Your [`Options`](super::Options).
    Given,
    /// The `OPEN_REQ` of the session.
    Asked,
    /// The capture lacks the `OPEN_REQ`: one width of `FieldDataID` fits the messages, the other does
    /// not.
    Guessed,
    /// None: the default version.
    Default,
}

/// A complete message of a session.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct Message {
    /// The packet that completed it.
    pub stamp: Stamp,
    /// The connection of the message.
    pub session: Arc<Session>,
    /// The end that sent it.
    pub from: Side,
    /// The bytes of the message, in memory of their own: keeping it keeps nothing else.
    pub frame: Frame,
    /// The version for decoding.
    pub version: Version,
    /// The source of that version.
    pub version_source: VersionSource,
}

/// The reason why bytes of a stream are not in the capture.
#[derive(Clone, Copy, PartialEq, Eq, Hash, Debug)]
pub enum Why {
    /// The packet was not captured.
    Lost,
    /// The packet was captured in part, because of a limit on its length.
    Cut,
}

/// A stretch of a stream that is not in the capture.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct Missing {
    /// The packet that showed the hole.
    pub stamp: Stamp,
    /// The connection.
    pub session: Arc<Session>,
    /// The end whose bytes are missing.
    pub from: Side,
    /// The number of missing bytes.
    pub bytes: u64,
    /// The reason.
    pub why: Why,
}

/// Bytes of a CTI session that belong to no complete message.
#[derive(Clone, PartialEq, Eq, Debug)]
#[non_exhaustive]
pub enum Unreadable {
    /// A message from its header on, without the missing rest.
    Partial {
        /// The bytes before the hole.
        bytes: Vec<u8>,
    },
    /// Bytes between a hole, or the beginning of the capture, and the next header.
    Unaligned {
        /// The number of bytes.
        bytes: u64,
    },
    /// A header with a body length over the limit; the stream was found again elsewhere.
    TooLong {
        /// The length in the header.
        body_length: u32,
        /// The number of bytes from this header to the next one found.
        bytes: u64,
    },
    /// A part of the stream was captured twice with different bytes. The first ones count.
    Contradiction {
        /// The number of bytes that differ.
        bytes: u64,
    },
}

/// The end of a connection, as far as the capture shows it.
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
    /// The capture ends first.
    Open,
}

/// A result of reading a capture, in the order of its packets.
#[derive(Clone, PartialEq, Eq, Debug)]
#[non_exhaustive]
pub enum Item {
    /// A message.
    Message(Message),
    /// A stretch that is not in the capture, in its place among the messages of its sender.
    Missing(Missing),
    /// Bytes that belong to no complete message.
    Unreadable {
        /// The packet from which this follows.
        stamp: Stamp,
        /// The connection.
        session: Arc<Session>,
        /// The end that sent them.
        from: Side,
        /// The kind of bytes.
        what: Unreadable,
    },
    /// A connection on a port of the protocol that carries another protocol, or nothing. Reported
    /// once, when the connection ends.
    Unread {
        /// The last packet of the connection.
        stamp: Stamp,
        /// The connection.
        session: Arc<Session>,
        /// The presumed protocol.
        protocol: Protocol,
        /// The number of bytes sent in both directions.
        bytes: u64,
        /// The end of the connection.
        closed: Closed,
    },
    /// The first sight of a connection with CTI messages.
    Opened {
        /// The packet that opened it, or the first one captured.
        stamp: Stamp,
        /// The connection.
        session: Arc<Session>,
    },
    /// The end of a connection with CTI messages.
    Closed {
        /// The packet that closed it, or the last one captured.
        stamp: Stamp,
        /// The connection.
        session: Arc<Session>,
        /// The kind of end.
        closed: Closed,
    },
    /// Packets of an unsupported link type. Reported once for each type.
    UnknownLink(super::file::LinkType),
    /// The capture contains only parts of packets, so messages are missing. Reported once: capture
    /// again with the full size, `tcpdump -s 0`.
    CutPackets,
}
