//! What mirrors and links wrap around a packet.

use cti_codec::capture::{Item, Options, Side};
use etherparse::{IpNumber, PacketBuilder};

use super::made::{Pcap, Segment, heartbeat, read, sent};

fn found(link: u32, packet: &[u8]) -> bool {
    let mut pcap = Pcap::new(link);
    pcap.packet(0, packet);
    let items = read(&pcap.0, Options::default());
    match sent(&items, 1, Side::Client)[..] {
        [] => false,
        [ref one] => {
            assert_eq!(*one, heartbeat(7));
            true
        }
        _ => panic!("{items:#?}"),
    }
}

fn ethernet() -> Vec<u8> {
    Segment::data(Side::Client, 9, &heartbeat(7)).packet()
}

fn ip() -> Vec<u8> {
    ethernet()[14..].to_vec()
}

fn ipv6(payload: &[u8]) -> Vec<u8> {
    let mut packet = Vec::new();
    PacketBuilder::ipv6([0xfd; 16], [0xfc; 16], 64)
        .tcp(50_001, 12_028, 9, 100)
        .write(&mut packet, payload)
        .unwrap();
    packet
}

#[test]
fn links() {
    assert!(found(1, &ethernet()));
    for link in [12, 14, 101, 228] {
        assert!(found(link, &ip()), "{link}");
    }
    assert!(found(229, &ipv6(&heartbeat(7))));
    assert!(found(0, &[&[2, 0, 0, 0][..], &ip()].concat()));
    assert!(found(
        0,
        &[&[30, 0, 0, 0][..], &ipv6(&heartbeat(7))].concat()
    ));
    assert!(found(108, &[&[0, 0, 0, 2][..], &ip()].concat()));
    // Linux cooked: type, address type, length, address, protocol.
    let cooked = [&[0, 0, 0, 1, 0, 6, 2, 0, 0, 0, 0, 1, 0, 0, 8, 0][..], &ip()].concat();
    assert!(found(113, &cooked));
    let cooked2 = [
        &[8, 0, 0, 0, 0, 0, 0, 2, 0, 1, 0, 6, 2, 0, 0, 0, 0, 1, 0, 0][..],
        &ip(),
    ]
    .concat();
    assert!(found(276, &cooked2));
    // PPP with and without its address, and with a short protocol.
    for (link, head) in [
        (9, &[0xff, 3, 0, 0x21][..]),
        (9, &[0, 0x21]),
        (50, &[0xff, 3, 0x21]),
    ] {
        assert!(found(link, &[head, &ip()].concat()), "{head:x?}");
    }
    // A wireless capture is told, once.
    let mut pcap = Pcap::new(105);
    pcap.packet(0, &ethernet());
    pcap.packet(1, &ethernet());
    let items = read(&pcap.0, Options::default());
    assert!(matches!(&items[..], [Item::UnknownLink(link)] if link.0 == 105));
}

#[test]
fn vlans() {
    let packet = ethernet();
    let tags: [&[u8]; 3] = [
        &[0x81, 0, 0, 5],
        &[0x88, 0xa8, 0, 5, 0x81, 0, 0, 6],
        &[0x91, 0, 0, 5, 0x81, 0, 0, 6, 0x81, 0, 0, 7],
    ];
    for tag in tags {
        assert!(
            found(1, &[&packet[..12], tag, &packet[12..]].concat()),
            "{tag:x?}"
        );
    }
}

#[test]
fn what_stands_between_ethernet_and_ip() {
    let ends = [2; 12];
    let wrapped = |head: &[u8], inner: &[u8]| found(1, &[&ends, head, inner].concat());
    // MPLS with one label, with two, and with a pseudowire's control word.
    assert!(wrapped(&[0x88, 0x47, 0, 1, 1, 64], &ip()));
    assert!(wrapped(
        &[0x88, 0x47, 0, 1, 0, 64, 0, 2, 1, 64],
        &ipv6(&heartbeat(7))
    ));
    assert!(wrapped(&[0x88, 0x48, 0, 1, 1, 64, 0, 0, 0, 0], &ethernet()));
    // PPPoE, behind a tag as well.
    let length = ip().len() as u8 + 2;
    let pppoe = [0x88, 0x64, 0x11, 0, 0, 1, 0, length, 0, 0x21];
    assert!(wrapped(&pppoe, &ip()));
    assert!(wrapped(&[&[0x81, 0, 0, 5][..], &pppoe].concat(), &ip()));
    // A length in place of a type, LLC and SNAP.
    let length = ip().len() as u8 + 8;
    assert!(wrapped(&[0, length, 0xaa, 0xaa, 3, 0, 0, 0, 8, 0], &ip()));
    // Labels without an end.
    assert!(!wrapped(&[0x88, 0x47, 0, 1, 0, 64], &[0; 40]));
}

fn udp(port: u16, payload: &[u8]) -> Vec<u8> {
    let mut packet = Vec::new();
    PacketBuilder::ethernet2([1; 6], [2; 6])
        .ipv4([10, 9, 9, 1], [10, 9, 9, 2], 64)
        .udp(40_000, port)
        .write(&mut packet, payload)
        .unwrap();
    packet
}

fn over_ip(protocol: u8, payload: &[u8]) -> Vec<u8> {
    let mut packet = Vec::new();
    PacketBuilder::ethernet2([1; 6], [2; 6])
        .ipv4([10, 9, 9, 1], [10, 9, 9, 2], 64)
        .write(&mut packet, IpNumber(protocol), payload)
        .unwrap();
    packet
}

#[test]
fn tunnels() {
    let vxlan = [&[8, 0, 0, 0, 0, 0, 42, 0][..], &ethernet()].concat();
    assert!(found(1, &udp(4_789, &vxlan)));
    assert!(found(1, &udp(8_472, &vxlan)));
    let geneve = [
        &[1, 0, 0x65, 0x58, 0, 0, 42, 0, 0, 0, 0, 0][..],
        &ethernet(),
    ]
    .concat();
    assert!(found(1, &udp(6_081, &geneve)));
    assert!(found(1, &over_ip(4, &ip())));
    assert!(found(1, &over_ip(41, &ipv6(&heartbeat(7)))));
    let gre = |head: &[u8], inner: &[u8]| over_ip(47, &[head, inner].concat());
    assert!(found(1, &gre(&[0, 0, 8, 0], &ip())));
    assert!(found(1, &gre(&[0, 0, 0x65, 0x58], &ethernet())));
    // Checksum, key and sequence number.
    assert!(found(
        1,
        &gre(&[0xb0, 0, 8, 0, 1, 2, 0, 0, 3, 3, 3, 3, 4, 4, 4, 4], &ip())
    ));
    // ERSPAN of types I, II and III, the last without and with a platform header.
    assert!(found(1, &gre(&[0, 0, 0x88, 0xbe], &ethernet())));
    let two = [&[0x10, 0, 0x88, 0xbe, 0, 0, 0, 1][..], &[0x10; 8]].concat();
    assert!(found(1, &gre(&two, &ethernet())));
    let three = [&[0x10, 0, 0x22, 0xeb, 0, 0, 0, 1][..], &[0x20; 12]].concat();
    assert!(found(1, &gre(&three, &ethernet())));
    let mut platform = three.clone();
    platform[19] = 1;
    platform.extend([0; 8]);
    assert!(found(1, &gre(&platform, &ethernet())));
    // IP alone in type III, and VXLAN's extension with IP and with Ethernet.
    let mut bare = three.clone();
    bare[18] = 0x08;
    assert!(found(1, &gre(&bare, &ip())));
    assert!(found(
        1,
        &udp(4_790, &[&[0x0c, 0, 0, 1, 0, 0, 42, 0][..], &ip()].concat())
    ));
    assert!(found(
        1,
        &udp(
            4_790,
            &[&[0x0c, 0, 0, 3, 0, 0, 42, 0][..], &ethernet()].concat()
        )
    ));
    // Wrapped without end.
    let mut deep = ethernet();
    for _ in 0..20 {
        deep = udp(4_789, &[&[8, 0, 0, 0, 0, 0, 42, 0][..], &deep].concat());
    }
    assert!(!found(1, &deep));
}

#[test]
fn headers_with_options_and_extensions() {
    // IPv4 options: the header is 24 bytes long.
    let mut packet = ethernet();
    packet[14] = 0x46;
    let total = u16::from_be_bytes([packet[16], packet[17]]) + 4;
    packet[16..18].copy_from_slice(&total.to_be_bytes());
    packet.splice(34..34, [1, 1, 1, 0]);
    assert!(found(1, &packet));
    // IPv6 with hop-by-hop options and destination options.
    let mut packet = ipv6(&heartbeat(7));
    packet[6] = 0;
    let length = u16::from_be_bytes([packet[4], packet[5]]) + 16;
    packet[4..6].copy_from_slice(&length.to_be_bytes());
    packet.splice(40..40, [60, 0, 1, 4, 0, 0, 0, 0, 6, 0, 1, 4, 0, 0, 0, 0]);
    assert!(found(229, &packet));
    // Of mobility, HIP and SHIM6.
    for kind in [135, 139, 140] {
        let mut packet = ipv6(&heartbeat(7));
        packet[6] = kind;
        let length = u16::from_be_bytes([packet[4], packet[5]]) + 16;
        packet[4..6].copy_from_slice(&length.to_be_bytes());
        packet.splice(40..40, [&[6, 1][..], &[0; 14]].concat());
        assert!(found(229, &packet), "{kind}");
    }
}

#[test]
fn lengths_and_checksums_that_offloading_leaves_wrong() {
    let mut packet = ethernet();
    packet[24..26].copy_from_slice(&[0xde, 0xad]);
    packet[50..52].copy_from_slice(&[0xbe, 0xef]);
    assert!(found(1, &packet));
    // No length at all, as for packets above 64 KiB.
    packet[16..18].copy_from_slice(&[0, 0]);
    assert!(found(1, &packet));
    // A length of more than there is, and the packet is not cut.
    packet[16..18].copy_from_slice(&[0xff, 0xff]);
    assert!(found(1, &packet));
    // What the network card pads a short packet with is no data.
    let mut short = Segment::data(Side::Client, 9, &[]).packet();
    short.resize(60, 0xee);
    let mut pcap = Pcap::new(1);
    pcap.packet(0, &short);
    pcap.packet(1, &ethernet());
    assert_eq!(
        sent(&read(&pcap.0, Options::default()), 1, Side::Client),
        [heartbeat(7)]
    );
}

#[test]
fn fragments_in_any_order() {
    let packet = ip();
    let payload = &packet[20..];
    let pieces: Vec<Vec<u8>> = payload
        .chunks(8)
        .enumerate()
        .map(|(place, piece)| {
            let more = (place + 1) * 8 < payload.len();
            let mut head = packet[..20].to_vec();
            head[2..4].copy_from_slice(&(20 + piece.len() as u16).to_be_bytes());
            head[4..6].copy_from_slice(&[0x12, 0x34]);
            let flags = place as u16 | if more { 0x2000 } else { 0 };
            head[6..8].copy_from_slice(&flags.to_be_bytes());
            head.extend(piece);
            head
        })
        .collect();
    for rotate in 0..pieces.len() {
        let mut pcap = Pcap::new(101);
        let mut order = pieces.clone();
        order.rotate_left(rotate);
        for (time, piece) in order.iter().enumerate() {
            pcap.packet(time as u64, piece);
        }
        assert_eq!(
            sent(&read(&pcap.0, Options::default()), 1, Side::Client),
            [heartbeat(7)]
        );
    }
}

#[test]
fn fragments_of_ipv6() {
    let packet = ipv6(&heartbeat(7));
    let payload = &packet[40..];
    let mut pcap = Pcap::new(229);
    for (place, piece) in payload.chunks(16).enumerate() {
        let more = (place + 1) * 16 < payload.len();
        let mut head = packet[..40].to_vec();
        // Destination options stand before the fragment header.
        head[6] = 60;
        head.extend([44, 0, 1, 4, 0, 0, 0, 0]);
        let offset = (place as u16 * 2) << 3 | u16::from(more);
        head.extend([6, 0]);
        head.extend(offset.to_be_bytes());
        head.extend([1, 2, 3, 4]);
        head.extend(piece);
        let length = (head.len() - 40) as u16;
        head[4..6].copy_from_slice(&length.to_be_bytes());
        pcap.packet(place as u64, &head);
    }
    assert_eq!(
        sent(&read(&pcap.0, Options::default()), 1, Side::Client),
        [heartbeat(7)]
    );
}

#[test]
fn duplicates_from_a_mirror_of_both_sides_count_once() {
    let mut again = ethernet();
    // Another MAC address, another time to live, a VLAN.
    again[0] = 9;
    again[22] = 63;
    again.splice(12..12, [0x81, 0, 0, 5]);
    let mut pcap = Pcap::new(1);
    pcap.packet(0, &ethernet());
    pcap.packet(1, &again);
    let items = read(&pcap.0, Options::default());
    assert_eq!(sent(&items, 1, Side::Client), [heartbeat(7)]);
    assert_eq!(items.len(), 3, "{items:#?}");
}

#[test]
fn damaged_packets_of_all_kinds_do_no_harm() {
    let vxlan = udp(
        4_789,
        &[&[8, 0, 0, 0, 0, 0, 42, 0][..], &ethernet()].concat(),
    );
    for packet in [
        ethernet(),
        vxlan,
        over_ip(47, &[&[0, 0, 8, 0][..], &ip()].concat()),
    ] {
        for link in [0, 1, 101, 113, 229, 276] {
            for at in 0..packet.len() {
                let mut pcap = Pcap::new(link);
                pcap.packet(0, &packet[..at]);
                let mut changed = packet.clone();
                changed[at] ^= 0xff;
                pcap.packet(1, &changed);
                let _ = read(&pcap.0, Options::default());
            }
        }
    }
}

#[test]
fn what_only_looks_like_a_tunnel() {
    // VXLAN without a network identifier.
    let vxlan = [&[0, 0, 0, 0, 0, 0, 42, 0][..], &ethernet()].concat();
    assert!(!found(1, &udp(4_789, &vxlan)));
    // GRE with routing, and of version 1.
    let gre = |head: &[u8]| over_ip(47, &[head, &ip()].concat());
    assert!(found(1, &gre(&[0, 0, 8, 0])));
    assert!(!found(1, &gre(&[0x40, 0, 8, 0])));
    assert!(!found(1, &gre(&[0, 1, 8, 0])));
}

/// The options of Geneve, from none to as many as the header can tell of.
#[test]
fn geneve_with_options_of_every_length() {
    for words in 0..=0x3f_u8 {
        let head = [words, 0, 0x65, 0x58, 0, 0, 42, 0];
        let options = vec![0xee; usize::from(words) * 4];
        let packet = [&head[..], &options, &ethernet()].concat();
        assert!(found(1, &udp(6_081, &packet)), "{words}");
        // The packet without Ethernet.
        let head = [0x80 | words, 0, 8, 0, 0, 0, 42, 0];
        let packet = [&head[..], &options, &ip()].concat();
        assert!(found(1, &udp(6_081, &packet)), "{words}");
    }
}

/// Each optional word of GRE, in each combination.
#[test]
fn gre_with_checksum_key_and_sequence_number() {
    for flags in 0..8_u8 {
        let (checksum, key, number) = (flags & 4 != 0, flags & 2 != 0, flags & 1 != 0);
        let bits = u8::from(checksum) << 7 | u8::from(key) << 5 | u8::from(number) << 4;
        let words = vec![0xee; flags.count_ones() as usize * 4];
        let gre = [&[bits, 0, 8, 0][..], &words, &ip()].concat();
        assert!(found(1, &over_ip(47, &gre)), "{flags}");
    }
}

/// A packet that the capture cut off is as long as it was, even if offloading left no length.
#[test]
fn what_a_capture_cut_off_is_missing_whatever_the_length_says() {
    let whole = Segment::data(Side::Client, 9, &heartbeat(7)).packet();
    let next = Segment::data(Side::Client, 21, &heartbeat(8)).packet();
    let mut without = whole.clone();
    without[16..18].copy_from_slice(&[0, 0]);
    let told = |packet: &[u8], snap| {
        let mut pcap = Pcap::new(1);
        pcap.cut(0, packet, snap);
        pcap.packet(1, &next);
        let items = read(&pcap.0, Options::default());
        (
            sent(&items, 1, Side::Client),
            super::made::missing(&items, 1, Side::Client),
        )
    };
    // With a byte at least, by which the session is seen.
    for lost in 0..12 {
        let snap = whole.len() - lost;
        let expected = told(&whole, snap);
        assert_eq!(expected.1, lost as u64);
        assert_eq!(told(&without, snap), expected, "{lost}");
    }
}

/// The fragments of an IPv4 packet.
fn fragments(packet: &[u8], id: u16, size: usize) -> Vec<Vec<u8>> {
    let payload = &packet[20..];
    let pieces = payload.chunks(size).enumerate();
    pieces
        .map(|(place, piece)| {
            let more = (place + 1) * size < payload.len();
            let mut head = packet[..20].to_vec();
            head[2..4].copy_from_slice(&(20 + piece.len() as u16).to_be_bytes());
            head[4..6].copy_from_slice(&id.to_be_bytes());
            let flags = (place * size / 8) as u16 | if more { 0x2000 } else { 0 };
            head[6..8].copy_from_slice(&flags.to_be_bytes());
            head.extend(piece);
            head
        })
        .collect()
}

fn in_ipv4(from: [u8; 4], to: [u8; 4], seq: u32, message: &[u8]) -> Vec<u8> {
    let mut packet = Vec::new();
    PacketBuilder::ipv4(from, to, 64)
        .tcp(50_001, 12_028, seq, 100)
        .write(&mut packet, message)
        .unwrap();
    packet
}

fn in_tunnel(inner: &[u8], from: [u8; 4], to: [u8; 4]) -> Vec<u8> {
    let mut packet = Vec::new();
    PacketBuilder::ipv4(from, to, 64)
        .write(&mut packet, IpNumber(4), inner)
        .unwrap();
    packet
}

/// Source, destination and protocol tell packets apart that have the same number.
#[test]
fn fragments_with_one_number_of_several_packets() {
    let (one, two, three) = ([10, 1, 1, 20], [10, 1, 1, 2], [10, 1, 1, 3]);
    let packets = [
        in_ipv4(one, two, 9, &heartbeat(1)),
        in_ipv4(one, three, 9, &heartbeat(2)),
        in_ipv4(two, three, 9, &heartbeat(3)),
        in_tunnel(&in_ipv4(three, one, 9, &heartbeat(4)), one, two),
    ];
    let pieces: Vec<_> = packets
        .iter()
        .map(|packet| fragments(packet, 7, 8))
        .collect();
    let mut pcap = Pcap::new(101);
    for place in 0..pieces.iter().map(Vec::len).max().unwrap() {
        for pieces in &pieces {
            if let Some(piece) = pieces.get(place) {
                pcap.packet(place as u64, piece);
            }
        }
    }
    let items = read(&pcap.0, Options::default());
    let mut all: Vec<_> = super::made::messages(&items)
        .into_iter()
        .map(|message| message.frame.bytes().to_vec())
        .collect();
    all.sort();
    assert_eq!(all, [1, 2, 3, 4].map(heartbeat));
}

/// Of many packets that never get whole, the one that nothing came for the longest is given up.
#[test]
fn the_fragments_that_waited_longest_go() {
    let (one, two) = ([10, 1, 1, 20], [10, 1, 1, 2]);
    let kept = fragments(&in_ipv4(one, two, 9, &heartbeat(7)), 1, 8);
    let other = |id| fragments(&in_ipv4(one, [10, 1, 1, 9], 9, &heartbeat(8)), id, 8).remove(0);
    let told = |again: bool| {
        let mut pcap = Pcap::new(101);
        pcap.packet(0, &kept[0]);
        for id in 100..163 {
            pcap.packet(1, &other(id));
        }
        if again {
            pcap.packet(2, &kept[1]);
        }
        pcap.packet(3, &other(200));
        for piece in kept.iter().skip(1 + usize::from(again)) {
            pcap.packet(4, piece);
        }
        sent(&read(&pcap.0, Options::default()), 1, Side::Client).len()
    };
    assert_eq!(told(true), 1);
    assert_eq!(told(false), 0);
}
