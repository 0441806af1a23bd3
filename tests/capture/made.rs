//! Captures of known messages, written by means of the tests' own.

use bytes::BytesMut;
use cti_codec::capture::{
    Conversations, Entry, Item, Message, Options, Packets, Side, Time, Unreadable,
};
use cti_codec::ccx::{self, Version};
use etherparse::PacketBuilder;

/// A generator of numbers that is the same everywhere.
pub(crate) struct Dice(pub(crate) u64);

impl Dice {
    pub(crate) fn below(&mut self, bound: usize) -> usize {
        self.0 ^= self.0 << 13;
        self.0 ^= self.0 >> 7;
        self.0 ^= self.0 << 17;
        (self.0 >> 11) as usize % bound.max(1)
    }

    pub(crate) fn one_in(&mut self, n: usize) -> bool {
        self.below(n) == 0
    }
}

/// A TCP segment to be made a packet of.
#[derive(Clone, Debug)]
pub(crate) struct Segment {
    pub(crate) from: Side,
    pub(crate) seq: u32,
    pub(crate) ack: Option<u32>,
    pub(crate) syn: bool,
    pub(crate) fin: bool,
    pub(crate) rst: bool,
    pub(crate) data: Vec<u8>,
    pub(crate) ports: (u16, u16),
    pub(crate) time: u64,
}

impl Segment {
    pub(crate) fn data(from: Side, seq: u32, data: &[u8]) -> Self {
        Self {
            from,
            seq,
            ack: Some(1),
            syn: false,
            fin: false,
            rst: false,
            data: data.to_vec(),
            ports: (50_001, 12_028),
            time: 0,
        }
    }

    pub(crate) fn packet(&self) -> Vec<u8> {
        let (client, server) = self.ports;
        let (one, two, from, to) = match self.from {
            Side::Client => ([10, 1, 1, 20], [10, 1, 1, 2], client, server),
            Side::Server => ([10, 1, 1, 2], [10, 1, 1, 20], server, client),
        };
        let mut builder = PacketBuilder::ethernet2([2, 0, 0, 0, 0, 1], [2, 0, 0, 0, 0, 2])
            .ipv4(one, two, 64)
            .tcp(from, to, self.seq, 8_192);
        if self.syn {
            builder = builder.syn();
        }
        if self.fin {
            builder = builder.fin();
        }
        if self.rst {
            builder = builder.rst();
        }
        if let Some(ack) = self.ack {
            builder = builder.ack(ack);
        }
        let mut packet = Vec::new();
        builder.write(&mut packet, &self.data).unwrap();
        packet
    }
}

/// A pcap file with times in microseconds.
pub(crate) struct Pcap(pub(crate) Vec<u8>);

impl Pcap {
    pub(crate) fn new(link: u32) -> Self {
        let mut out = 0xa1b2_c3d4_u32.to_le_bytes().to_vec();
        out.extend([2, 0, 4, 0, 0, 0, 0, 0, 0, 0, 0, 0]);
        out.extend(65_535_u32.to_le_bytes());
        out.extend(link.to_le_bytes());
        Self(out)
    }

    pub(crate) fn packet(&mut self, time: u64, packet: &[u8]) {
        self.cut(time, packet, packet.len());
    }

    /// A packet of which no more than so many bytes were captured.
    pub(crate) fn cut(&mut self, time: u64, packet: &[u8], snap: usize) {
        let captured = &packet[..packet.len().min(snap)];
        for number in [
            (time / 1_000_000) as u32,
            (time % 1_000_000) as u32,
            captured.len() as u32,
            packet.len() as u32,
        ] {
            self.0.extend(number.to_le_bytes());
        }
        self.0.extend(captured);
    }

    pub(crate) fn segments<'a>(segments: impl IntoIterator<Item = &'a Segment>) -> Vec<u8> {
        let mut pcap = Self::new(1);
        for segment in segments {
            pcap.packet(segment.time, &segment.packet());
        }
        pcap.0
    }
}

/// All that a file tells.
pub(crate) fn read(file: &[u8], options: Options) -> Vec<Item> {
    read_in(file, options, usize::MAX)
}

/// The same, fed in pieces.
pub(crate) fn read_in(file: &[u8], options: Options, piece: usize) -> Vec<Item> {
    let mut packets = Packets::new();
    let mut conversations = Conversations::new(options);
    let mut items = Vec::new();
    for piece in file.chunks(piece.min(file.len().max(1))) {
        packets.feed(piece);
        while let Some(entry) = packets.next_entry().unwrap() {
            if let Entry::Packet(packet) = entry {
                conversations.packet(&packet);
            }
            while let Some(item) = conversations.next_item() {
                items.push(item);
            }
        }
    }
    conversations.finish();
    while let Some(item) = conversations.next_item() {
        items.push(item);
    }
    items
}

pub(crate) fn messages(items: &[Item]) -> Vec<&Message> {
    items
        .iter()
        .filter_map(|item| match item {
            Item::Message(message) => Some(message),
            _ => None,
        })
        .collect()
}

/// The messages of one side, as bytes.
pub(crate) fn sent(items: &[Item], session: u32, side: Side) -> Vec<Vec<u8>> {
    messages(items)
        .into_iter()
        .filter(|message| message.session.number == session && message.from == side)
        .map(|message| message.frame.bytes().to_vec())
        .collect()
}

pub(crate) fn missing(items: &[Item], session: u32, side: Side) -> u64 {
    items
        .iter()
        .map(|item| match item {
            Item::Missing(missing) if missing.session.number == session && missing.from == side => {
                missing.bytes
            }
            _ => 0,
        })
        .sum()
}

/// Bytes that were captured and are in no message.
pub(crate) fn unreadable(items: &[Item]) -> u64 {
    items
        .iter()
        .map(|item| match item {
            Item::Unreadable { what, .. } => match what {
                Unreadable::Partial { bytes } => bytes.len() as u64,
                Unreadable::Unaligned { bytes } | Unreadable::TooLong { bytes, .. } => *bytes,
                _ => 0,
            },
            _ => 0,
        })
        .sum()
}

pub(crate) fn encoded<'a>(message: impl Into<ccx::Message<'a>>, version: Version) -> Vec<u8> {
    let mut out = BytesMut::new();
    message.into().encode(version, &mut out).unwrap();
    out.to_vec()
}

pub(crate) fn open_req(version: Version) -> Vec<u8> {
    encoded(
        ccx::OpenReq {
            invoke_id: 1,
            version_number: version.number(),
            idle_timeout: 60,
            client_id: Some("desk".into()),
            client_password: Some(b""),
            services_requested: ccx::CtiService::CLIENT_EVENTS,
            agent_extension: Some("2006".into()),
            agent_instrument: Some("2006".into()),
            agent_id: Some("jdoe".into()),
            ..Default::default()
        },
        version,
    )
}

pub(crate) fn heartbeat(invoke_id: u32) -> Vec<u8> {
    encoded(
        ccx::HeartbeatReq {
            invoke_id,
            ..Default::default()
        },
        Version::V14,
    )
}

/// A message of a client, or of a server, with fields of random lengths.
pub(crate) fn any(dice: &mut Dice, side: Side, version: Version) -> Vec<u8> {
    let text: String = (0..dice.below(30))
        .map(|i| char::from(b'a' + (i % 26) as u8))
        .collect();
    let number = dice.below(1 << 20) as u32;
    match (side, dice.below(3)) {
        (_, 0) => heartbeat(number),
        (Side::Client, _) => encoded(
            ccx::QueryAgentStateReq {
                invoke_id: number,
                agent_id: Some(text.as_str().into()),
                ..Default::default()
            },
            version,
        ),
        (Side::Server, 1) => encoded(
            ccx::FailureConf {
                invoke_id: number,
                ..Default::default()
            },
            version,
        ),
        (Side::Server, _) => {
            let variables = [ccx::NamedVariable {
                name: "user.note".into(),
                value: text.as_str().into(),
            }];
            let variables = vec![variables[0]; dice.below(40)];
            encoded(
                ccx::BeginCallEvent {
                    call_id: number,
                    connection_device_id: Some("2006".into()),
                    call_variable1: Some(text.as_str().into()),
                    named_variables: variables.as_slice().into(),
                    ..Default::default()
                },
                version,
            )
        }
    }
}

pub(crate) fn time(item: &Message) -> Option<Time> {
    item.stamp.time
}
