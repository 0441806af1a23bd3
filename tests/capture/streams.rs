//! Connections: who is who, versions, ports used again, and what is no CTI.

use cti_codec::capture::{
    Closed, Item, Options, Ports, Protocol, Side, TlsVersion, Unreadable, VersionSource,
};
use cti_codec::ccx::{MessageType, Version};

use super::made::{Dice, Pcap, Segment, any, heartbeat, messages, missing, open_req, read, sent};

pub(crate) fn syn(from: Side, isn: u32, ack: Option<u32>) -> Segment {
    Segment {
        syn: true,
        ack,
        ..Segment::data(from, isn, &[])
    }
}

fn fin(from: Side, seq: u32) -> Segment {
    Segment {
        fin: true,
        ..Segment::data(from, seq, &[])
    }
}

#[test]
fn a_session_from_its_open_to_its_end() {
    let open = open_req(Version::V18);
    let end = 101 + open.len() as u32;
    let items = read(
        &Pcap::segments(&[
            syn(Side::Client, 100, None),
            syn(Side::Server, 500, Some(101)),
            Segment::data(Side::Client, 101, &open),
            Segment::data(Side::Server, 501, &heartbeat(1)),
            fin(Side::Client, end),
            fin(Side::Server, 513),
        ]),
        Options::default(),
    );
    let [
        Item::Opened { session, .. },
        Item::Message(first),
        Item::Message(second),
        Item::Closed { closed, .. },
    ] = &items[..]
    else {
        panic!("{items:#?}")
    };
    assert_eq!(session.client.to_string(), "10.1.1.20:50001");
    assert_eq!(session.server.to_string(), "10.1.1.2:12028");
    assert!(session.from_start);
    assert_eq!(first.frame.message_type(), MessageType::OPEN_REQ);
    assert_eq!(first.version, Version::V18);
    assert_eq!(first.version_source, VersionSource::Asked);
    assert_eq!((second.from, second.version), (Side::Server, Version::V18));
    assert_eq!(second.stamp.packet, 4);
    assert_eq!(*closed, Closed::Finished);
}

#[test]
fn a_version_that_is_refused_gives_way_to_the_next() {
    let streams = [open_req(Version::V18), open_req(Version::V14)];
    let items = read(
        &Pcap::segments(&[
            Segment::data(Side::Client, 101, &streams[0]),
            Segment::data(Side::Client, 101 + streams[0].len() as u32, &streams[1]),
        ]),
        Options::default(),
    );
    let versions: Vec<_> = messages(&items).iter().map(|one| one.version).collect();
    assert_eq!(versions, [Version::V18, Version::V14]);
}

#[test]
fn without_an_open_the_width_of_the_fields_tells_the_version() {
    for version in [Version::V14, Version::V18] {
        let mut dice = Dice(3);
        let data: Vec<u8> = (0..20)
            .flat_map(|_| any(&mut dice, Side::Server, version))
            .collect();
        let items = read(
            &Pcap::segments(
                &data
                    .chunks(700)
                    .scan(77_u32, |seq, chunk| {
                        let segment = Segment::data(Side::Server, *seq, chunk);
                        *seq += chunk.len() as u32;
                        Some(segment)
                    })
                    .collect::<Vec<_>>(),
            ),
            Options::default(),
        );
        let last = messages(&items).last().copied().cloned().unwrap();
        assert_eq!(last.version.has_wide_ids(), version.has_wide_ids());
        assert_eq!(last.version_source, VersionSource::Guessed);
        assert_eq!(messages(&items).len(), 20);
    }
    let given = Options {
        version: Some(Version::V12),
        ..Options::default()
    };
    let items = read(
        &Pcap::segments(&[Segment::data(Side::Client, 1, &open_req(Version::V18))]),
        given,
    );
    assert_eq!(messages(&items)[0].version, Version::V12);
    assert_eq!(messages(&items)[0].version_source, VersionSource::Given);
}

#[test]
fn ports_used_again_begin_another_session() {
    // With a SYN, the session before it never having ended.
    let items = read(
        &Pcap::segments(&[
            syn(Side::Client, 100, None),
            Segment::data(Side::Client, 101, &heartbeat(1)),
            syn(Side::Client, 90_000, None),
            Segment::data(Side::Client, 90_001, &heartbeat(2)),
        ]),
        Options::default(),
    );
    assert_eq!(sent(&items, 1, Side::Client), [heartbeat(1)]);
    assert_eq!(sent(&items, 2, Side::Client), [heartbeat(2)]);
    assert!(items.iter().any(|item| matches!(
        item,
        Item::Closed { closed: Closed::Reused, session, .. } if session.number == 1
    )));
    // Without one: numbers far away, twice in a row.
    let items = read(
        &Pcap::segments(&[
            syn(Side::Client, 100, None),
            Segment::data(Side::Client, 101, &heartbeat(1)),
            Segment::data(Side::Client, 3_000_000_001, &heartbeat(2)),
            Segment::data(Side::Client, 3_000_000_013, &heartbeat(3)),
        ]),
        Options::default(),
    );
    assert_eq!(sent(&items, 1, Side::Client), [heartbeat(1)]);
    assert_eq!(sent(&items, 2, Side::Client), [heartbeat(2), heartbeat(3)]);
    // A SYN that is sent again is still the same.
    let items = read(
        &Pcap::segments(&[
            syn(Side::Client, 100, None),
            syn(Side::Client, 100, None),
            syn(Side::Server, 500, Some(101)),
            Segment::data(Side::Client, 101, &heartbeat(1)),
            syn(Side::Client, 100, None),
            syn(Side::Server, 500, Some(101)),
            Segment::data(Side::Client, 113, &heartbeat(2)),
        ]),
        Options::default(),
    );
    assert_eq!(sent(&items, 1, Side::Client), [heartbeat(1), heartbeat(2)]);
}

#[test]
fn a_reset_ends_a_session_and_a_refusal_is_told() {
    let reset = |from, seq| Segment {
        rst: true,
        ..Segment::data(from, seq, &[])
    };
    let items = read(
        &Pcap::segments(&[
            syn(Side::Client, 100, None),
            syn(Side::Server, 500, Some(101)),
            Segment::data(Side::Client, 101, &heartbeat(1)),
            reset(Side::Server, 501),
        ]),
        Options::default(),
    );
    assert!(matches!(
        items.last(),
        Some(Item::Closed {
            closed: Closed::Reset(Some(Side::Server)),
            ..
        })
    ));
    let items = read(
        &Pcap::segments(&[syn(Side::Client, 100, None), reset(Side::Server, 0)]),
        Options::default(),
    );
    assert!(
        matches!(
            items[..],
            [Item::Unread {
                protocol: Protocol::Nothing,
                closed: Closed::Refused,
                bytes: 0,
                ..
            }]
        ),
        "{items:#?}"
    );
}

/// A reset that no receiver takes, as others make them up to tear a connection down: what follows
/// is not lost.
#[test]
fn a_reset_that_is_none_ends_nothing() {
    let reset = |from, seq| Segment {
        rst: true,
        ..Segment::data(from, seq, &[])
    };
    let beat = heartbeat(1).len() as u32;
    let begin = [
        syn(Side::Client, 100, None),
        syn(Side::Server, 500, Some(101)),
        Segment::data(Side::Client, 101, &heartbeat(1)),
    ];
    // Far from the window.
    let mut segments = begin.to_vec();
    segments.extend([
        reset(Side::Client, 101 + beat + 99_999),
        Segment::data(Side::Client, 101 + beat, &heartbeat(2)),
    ]);
    let items = read(&Pcap::segments(&segments), Options::default());
    assert_eq!(sent(&items, 1, Side::Client), [heartbeat(1), heartbeat(2)]);
    // Its supposed sender goes on: a session of its own, as nothing tells what was before.
    let mut segments = begin.to_vec();
    segments.extend([
        reset(Side::Client, 101 + beat),
        Segment::data(Side::Server, 501, &heartbeat(9)),
        Segment::data(Side::Client, 101 + beat, &heartbeat(2)),
        Segment::data(Side::Server, 501 + beat, &heartbeat(3)),
    ]);
    let items = read(&Pcap::segments(&segments), Options::default());
    assert_eq!(sent(&items, 1, Side::Client), [heartbeat(1)]);
    assert_eq!(sent(&items, 1, Side::Server), [[0_u8; 0]; 0]);
    assert_eq!(sent(&items, 2, Side::Client), [heartbeat(2)]);
    assert_eq!(sent(&items, 2, Side::Server), [heartbeat(3)]);
}

#[test]
fn what_is_no_cti_gets_one_line() {
    let hello = [
        &[22, 3, 3, 0, 50, 2, 0, 0, 46, 3, 3][..],
        &[7; 32],
        &[0, 0x13, 1, 0, 0, 6, 0, 43, 0, 2, 3, 4],
    ]
    .concat();
    for (data, protocol) in [
        (
            b"GET / HTTP/1.1\r\nHost: x\r\n\r\n".to_vec(),
            Protocol::Http,
        ),
        (b"SSH-2.0-OpenSSH_9.9\r\n".to_vec(), Protocol::Ssh),
        (
            vec![22, 3, 1, 2, 0, 1, 0, 1, 252, 3, 3],
            Protocol::Tls(None),
        ),
        (hello, Protocol::Tls(Some(TlsVersion(0x0304)))),
        (vec![0xff; 100], Protocol::Unknown),
    ] {
        let items = read(
            &Pcap::segments(&[
                syn(Side::Client, 100, None),
                syn(Side::Server, 500, Some(101)),
                Segment::data(Side::Client, 101, &data),
                // What follows is not searched for messages.
                Segment::data(Side::Client, 101 + data.len() as u32, &heartbeat(1)),
                fin(Side::Client, 113 + data.len() as u32),
                fin(Side::Server, 501),
            ]),
            Options::default(),
        );
        let [
            Item::Unread {
                protocol: found,
                bytes,
                closed: Closed::Finished,
                ..
            },
        ] = &items[..]
        else {
            panic!("{protocol}: {items:#?}")
        };
        assert_eq!((*found, *bytes), (protocol, data.len() as u64 + 12));
    }
}

#[test]
fn ports_are_the_protocols_own_the_users_or_all() {
    let mut segments = vec![
        syn(Side::Client, 100, None),
        Segment::data(Side::Client, 101, &heartbeat(1)),
    ];
    for segment in &mut segments {
        segment.ports = (50_001, 4_711);
    }
    let file = Pcap::segments(&segments);
    assert!(read(&file, Options::default()).is_empty());
    for ports in [Ports::Listed(vec![4_711]), Ports::Auto] {
        let options = Options {
            ports,
            ..Options::default()
        };
        assert_eq!(sent(&read(&file, options), 1, Side::Client), [heartbeat(1)]);
    }
    // On unknown ports, in mid-session, the type of a message tells who sent it.
    let mut segment = Segment::data(Side::Client, 1, &open_req(Version::V14));
    segment.ports = (4_711, 50_001);
    let options = Options {
        ports: Ports::Auto,
        ..Options::default()
    };
    let items = read(&Pcap::segments(&[segment]), options);
    assert_eq!(messages(&items)[0].session.client.port(), 4_711);
}

#[test]
fn a_hole_is_waited_for_and_then_told_while_the_capture_goes_on() {
    let at = |seconds: u64, segment: Segment| Segment {
        time: seconds * 1_000_000,
        ..segment
    };
    let segments = [
        syn(Side::Client, 100, None),
        Segment::data(Side::Client, 101, &heartbeat(1)),
        // Bytes 113 to 124 are missing.
        at(1, Segment::data(Side::Client, 125, &heartbeat(3))),
        at(
            5,
            Segment {
                ack: None,
                ..Segment::data(Side::Client, 137, &heartbeat(4))
            },
        ),
        at(20, Segment::data(Side::Client, 149, &heartbeat(5))),
        // Too late.
        at(21, Segment::data(Side::Client, 113, &heartbeat(2))),
        at(22, Segment::data(Side::Client, 161, &heartbeat(6))),
    ];
    let items = read(&Pcap::segments(&segments), Options::default());
    let places: Vec<_> = items
        .iter()
        .filter_map(|item| match item {
            Item::Message(message) => Some(message.frame.invoke_id().unwrap()),
            Item::Missing(missing) => {
                assert_eq!(missing.bytes, 12);
                Some(0)
            }
            _ => None,
        })
        .collect();
    assert_eq!(places, [1, 0, 3, 4, 5, 6]);
}

#[test]
fn bytes_that_differ_the_second_time_are_told_and_the_first_ones_count() {
    let items = read(
        &Pcap::segments(&[
            syn(Side::Client, 100, None),
            Segment::data(Side::Client, 101, &heartbeat(1)),
            Segment::data(Side::Client, 101, &heartbeat(2)),
            // The same ahead of the stream.
            Segment::data(Side::Client, 125, &heartbeat(5)),
            Segment::data(Side::Client, 113, &[heartbeat(4), heartbeat(6)].concat()),
        ]),
        Options::default(),
    );
    assert_eq!(
        sent(&items, 1, Side::Client),
        [heartbeat(1), heartbeat(4), heartbeat(5)]
    );
    let told = items
        .iter()
        .filter(|item| {
            matches!(
                item,
                Item::Unreadable {
                    what: Unreadable::Contradiction { bytes: 1 },
                    ..
                }
            )
        })
        .count();
    assert_eq!(told, 2, "{items:#?}");
}

#[test]
fn a_keep_alive_is_no_data() {
    let items = read(
        &Pcap::segments(&[
            syn(Side::Client, 100, None),
            Segment::data(Side::Client, 101, &heartbeat(1)),
            Segment::data(Side::Client, 112, &[0xee]),
            Segment::data(Side::Client, 112, &[]),
            Segment::data(Side::Client, 113, &heartbeat(2)),
        ]),
        Options::default(),
    );
    assert_eq!(sent(&items, 1, Side::Client), [heartbeat(1), heartbeat(2)]);
    assert_eq!(items.len(), 4, "{items:#?}");
}

#[test]
fn a_length_over_the_limit_is_told_and_the_next_message_found() {
    let wild = [0x7f, 0, 0, 0, 0, 0, 0, 5, 1, 2, 3];
    let items = read(
        &Pcap::segments(&[
            syn(Side::Client, 100, None),
            Segment::data(Side::Client, 101, &heartbeat(1)),
            Segment::data(Side::Client, 113, &[&wild[..], &heartbeat(2)].concat()),
        ]),
        Options::default(),
    );
    assert_eq!(sent(&items, 1, Side::Client), [heartbeat(1), heartbeat(2)]);
    assert!(items.iter().any(|item| matches!(
        item,
        Item::Unreadable {
            what: Unreadable::TooLong {
                body_length: 0x7f00_0000,
                bytes: 11
            },
            ..
        }
    )));
}

#[test]
fn what_the_receiver_has_and_the_capture_lacks_is_missing_at_the_end() {
    let items = read(
        &Pcap::segments(&[
            syn(Side::Client, 100, None),
            Segment::data(Side::Client, 101, &heartbeat(1)),
            Segment {
                ack: Some(137),
                ..Segment::data(Side::Server, 501, &[])
            },
        ]),
        Options::default(),
    );
    assert_eq!(missing(&items, 1, Side::Client), 24);
}

#[test]
fn bytes_from_before_the_beginning_are_told() {
    let mut segments: Vec<_> = (0..6)
        .map(|place| Segment::data(Side::Client, 1_000 + place * 12, &heartbeat(place)))
        .collect();
    segments.push(Segment::data(Side::Client, 980, &[0; 20]));
    let items = read(&Pcap::segments(&segments), Options::default());
    assert_eq!(sent(&items, 1, Side::Client).len(), 6);
    assert!(items.iter().any(|item| matches!(
        item,
        Item::Unreadable {
            what: Unreadable::Unaligned { bytes: 20 },
            ..
        }
    )));
}
