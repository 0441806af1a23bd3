//! Connections at the edge of what one of them is.

use cti_codec::capture::{Item, Options, Ports, Side, Why};

use super::made::{Pcap, Segment, heartbeat, messages, missing, read, sent};
use super::streams::syn;

/// Bytes of a side that nothing was seen of before do not belong to what is over.
#[test]
fn a_side_is_first_seen_behind_the_reset_of_the_other() {
    let items = read(
        &Pcap::segments(&[
            Segment::data(Side::Client, 101, &heartbeat(1)),
            Segment {
                rst: true,
                ..Segment::data(Side::Client, 113, &[])
            },
            Segment::data(Side::Server, 501, &heartbeat(2)),
        ]),
        Options::default(),
    );
    assert_eq!(sent(&items, 1, Side::Client), [heartbeat(1)]);
    assert_eq!(sent(&items, 2, Side::Server), [heartbeat(2)]);
}

/// As TCP Fast Open sends it.
#[test]
fn a_syn_may_have_bytes_behind_it() {
    let items = read(
        &Pcap::segments(&[
            Segment {
                data: heartbeat(1),
                ..syn(Side::Client, 100, None)
            },
            Segment::data(Side::Client, 113, &heartbeat(2)),
        ]),
        Options::default(),
    );
    assert_eq!(sent(&items, 1, Side::Client), [heartbeat(1), heartbeat(2)]);
    // Nothing else than that it begins and that the capture ends.
    assert_eq!(items.len(), 4, "{items:#?}");
}

/// The port of the server tells the sides, whichever of the two addresses is the lower one.
#[test]
fn the_server_is_where_its_port_is() {
    for (ports, listed) in [
        ((12_028, 1_024), Ports::Auto),
        ((1_024, 12_028), Ports::Auto),
        ((60_000, 50_001), Ports::Listed(vec![60_000])),
        ((50_001, 60_000), Ports::Listed(vec![60_000])),
    ] {
        // What is no CTI does not tell who has sent it.
        let mut page = Segment::data(Side::Client, 101, b"GET / HTTP/1.1\r\n\r\n");
        page.ports = ports;
        let options = Options {
            ports: listed,
            ..Options::default()
        };
        let items = read(&Pcap::segments(&[page]), options);
        let [Item::Unread { session, .. }] = &items[..] else {
            panic!("{items:#?}");
        };
        let port = session.server.port();
        assert!(port == 12_028 || port == 60_000, "{ports:?} {session:?}");
    }
}

#[test]
fn a_stream_begins_with_a_header_up_to_its_limits() {
    let frame = |length: u32, message_type: u32| {
        let head = [length.to_be_bytes(), message_type.to_be_bytes()].concat();
        [head, vec![0; length as usize]].concat()
    };
    for (first, taken) in [
        (frame(64, 99), true),
        (frame(65, 99), false),
        (frame(4, 0x3ff), true),
        (frame(4, 0x400), false),
    ] {
        let items = read(
            &Pcap::segments(&[
                syn(Side::Client, 100, None),
                Segment::data(Side::Client, 101, &first),
            ]),
            Options {
                max_body: 64,
                ..Options::default()
            },
        );
        let expected = if taken { vec![first.clone()] } else { vec![] };
        assert_eq!(sent(&items, 1, Side::Client), expected, "{first:?}");
    }
}

/// A message is told when it has come, though the bytes before it look like one that has more.
#[test]
fn a_message_within_what_only_looks_like_one_is_found_at_once() {
    // A field that is longer than its message.
    let head = [&[0, 0, 0, 18, 0, 0, 0, 5, 0, 0, 0, 1, 1, 200][..]].concat();
    let items = read(
        &Pcap::segments(&[
            syn(Side::Server, 500, Some(1)),
            Segment::data(Side::Client, 101, &[head, heartbeat(2)].concat()),
            // Time goes on.
            Segment {
                time: 1_000_000,
                ..Segment::data(Side::Server, 501, &[])
            },
            Segment {
                time: 2_000_000,
                ..Segment::data(Side::Server, 501, &heartbeat(3))
            },
        ]),
        Options::default(),
    );
    let order: Vec<Side> = messages(&items).iter().map(|one| one.from).collect();
    assert_eq!(order, [Side::Client, Side::Server], "{items:#?}");
}

/// The capture has none of the bytes of a packet, and knows how many they were.
#[test]
fn a_packet_of_which_only_headers_were_captured_is_a_hole() {
    let mut pcap = Pcap::new(1);
    pcap.packet(0, &syn(Side::Client, 100, None).packet());
    pcap.packet(1, &Segment::data(Side::Client, 101, &heartbeat(1)).packet());
    let cut = Segment::data(Side::Client, 113, &heartbeat(2)).packet();
    pcap.cut(2, &cut, cut.len() - 12);
    pcap.packet(3, &Segment::data(Side::Client, 125, &heartbeat(3)).packet());
    let items = read(&pcap.0, Options::default());
    assert_eq!(sent(&items, 1, Side::Client), [heartbeat(1), heartbeat(3)]);
    let holes: Vec<_> = items
        .iter()
        .filter_map(|item| match item {
            Item::Missing(missing) => Some((missing.bytes, missing.why)),
            _ => None,
        })
        .collect();
    assert_eq!(holes, [(12, Why::Cut)]);
}

/// What the receiver has is not sent again, so a hole is given up sooner.
#[test]
fn a_hole_is_waited_for_longer_before_it_is_acknowledged() {
    let told_before = |ack: u32, seconds: u64| {
        let data = |place: u32, time: u64| Segment {
            time,
            ..Segment::data(Side::Client, 101 + place * 12, &heartbeat(place))
        };
        let server = |ack: u32, time: u64| Segment {
            time,
            ack: Some(ack),
            ..Segment::data(Side::Server, 501, &[])
        };
        let items = read(
            &Pcap::segments(&[
                syn(Side::Client, 100, None),
                data(0, 1),
                server(113, 2),
                // The second is missing.
                data(2, 3),
                server(ack, 4),
                data(3, seconds * 1_000_000),
                data(1, seconds * 1_000_000 + 1),
            ]),
            Options::default(),
        );
        missing(&items, 1, Side::Client) == 12
    };
    assert!(!told_before(137, 0) && told_before(137, 2));
    assert!(!told_before(113, 9) && told_before(113, 11));
}
