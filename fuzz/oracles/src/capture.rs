//! Oracles of packet captures.

use std::collections::BTreeMap;

use cti_codec::capture::{
    Conversations, Entry, Item, LinkType, Options, Packet, Packets, Ports, Side, Time,
};
use etherparse::PacketBuilder;

/// What a file tells does not depend on the pieces in which it is read.
///
/// # Panics
/// It does.
pub fn file(data: &[u8]) {
    let Some((first, file)) = data.split_first() else {
        return;
    };
    let whole = items(file, usize::MAX);
    let pieces = items(file, usize::from(*first).max(1));
    assert_eq!(whole, pieces);
}

fn items(file: &[u8], piece: usize) -> (Vec<Item>, Vec<String>) {
    let mut packets = Packets::new();
    let mut conversations = Conversations::new(Options {
        ports: Ports::Auto,
        ..Options::default()
    });
    let mut remarks = Vec::new();
    for piece in file.chunks(piece.min(file.len().max(1))) {
        packets.feed(piece);
        loop {
            match packets.next_entry() {
                Ok(Some(Entry::Packet(packet))) => conversations.packet(&packet),
                Ok(Some(other)) => remarks.push(format!("{other:?}")),
                Ok(None) => break,
                Err(error) => remarks.push(error.to_string()),
            }
        }
    }
    remarks.extend(packets.finish().err().map(|error| error.to_string()));
    conversations.finish();
    let items = core::iter::from_fn(|| conversations.next_item()).collect();
    (items, remarks)
}

/// Parts of a known stream, in any order, at any time, as often as may be: nothing but its messages
/// comes out, each once and in order, and holes are no longer than the stream.
///
/// # Panics
/// Something else comes out.
pub fn segments(data: &[u8]) {
    const MESSAGES: u32 = 100;
    let stream: Vec<u8> = (0..MESSAGES)
        .flat_map(|number| {
            let [a, b, c, d] = number.to_be_bytes();
            [0, 0, 0, 4, 0, 0, 0, 5, a, b, c, d]
        })
        .collect();
    let mut conversations = Conversations::new(Options::default());
    let mut time = 0_i64;
    for (number, step) in (1_u64..).zip(data.chunks_exact(5)) {
        let [flags, high, low, length, wait] = *step else {
            return;
        };
        let (from, ports) = if flags & 1 == 0 {
            ([10, 0, 0, 1], (50_000, 12_028))
        } else {
            ([10, 0, 0, 2], (12_028, 50_000))
        };
        let to = if flags & 1 == 0 {
            [10, 0, 0, 2]
        } else {
            [10, 0, 0, 1]
        };
        let at = usize::from(u16::from_be_bytes([high, low])) % stream.len();
        let part = stream
            .get(at..at.saturating_add(usize::from(length)).min(stream.len()))
            .unwrap_or_default();
        // Close to where the numbers go round.
        let isn = u32::MAX - 500;
        let seq = isn
            .wrapping_add(1)
            .wrapping_add(u32::try_from(at).unwrap_or(0));
        let mut builder = PacketBuilder::ipv4(from, to, 9).tcp(ports.0, ports.1, seq, 1_000);
        if flags & 2 != 0 {
            builder = builder.ack(seq.wrapping_add(u32::from(wait)));
        }
        let data = if flags & 0xf0 == 0xf0 {
            builder = PacketBuilder::ipv4(from, to, 9)
                .tcp(ports.0, ports.1, isn, 1_000)
                .syn();
            &[]
        } else {
            part
        };
        let mut packet = Vec::new();
        if builder.write(&mut packet, data).is_err() {
            return;
        }
        time += i64::from(wait) * 40_000_000;
        let cut = if flags & 0x0c == 0x0c && !data.is_empty() {
            packet.len() - data.len() / 2
        } else {
            packet.len()
        };
        conversations.packet(&Packet {
            number,
            time: Some(Time {
                nanoseconds: time,
                digits: 9,
            }),
            link: LinkType::RAW,
            data: packet.get(..cut).unwrap_or_default(),
            length: packet.len(),
            comment: None,
        });
    }
    conversations.finish();
    let mut last = [None::<(u32, u32)>; 2];
    let mut holes = BTreeMap::<_, u64>::new();
    while let Some(item) = conversations.next_item() {
        match item {
            Item::Message(message) => {
                let id = message.frame.invoke_id();
                let id = id.filter(|id| *id < MESSAGES);
                assert!(id.is_some(), "invented: {message:?}");
                let this = (message.session.number, id.unwrap_or(0));
                let last = &mut last[usize::from(message.from == Side::Server)];
                assert!(last.is_none_or(|last| last < this), "again: {message:?}");
                *last = Some(this);
            }
            Item::Missing(missing) => {
                let side = (missing.session.number, missing.from == Side::Server);
                *holes.entry(side).or_default() += missing.bytes;
            }
            _ => {}
        }
    }
    // An acknowledgement may promise a little more than the stream has.
    assert!(holes.values().all(|sum| *sum <= 1_200 + 300), "{holes:?}");
}
