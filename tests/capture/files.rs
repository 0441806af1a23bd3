//! Containers: pcap in its forms, pcapng, and what is neither.

use cti_codec::capture::{Entry, FileError, Options, Packets, Side, Writer, is_capture};

use super::made::{Pcap, Segment, heartbeat, messages, read, read_in, sent, time};

fn packet() -> Vec<u8> {
    Segment::data(Side::Client, 9, &heartbeat(7)).packet()
}

#[test]
fn pcap_in_both_byte_orders_and_precisions() {
    for (magic, big, digits) in [
        (0xa1b2_c3d4_u32, false, 6),
        (0xa1b2_c3d4, true, 6),
        (0xa1b2_3c4d, false, 9),
        (0xa1b2_3c4d, true, 9),
    ] {
        let four = |number: u32| {
            if big {
                number.to_be_bytes()
            } else {
                number.to_le_bytes()
            }
        };
        let mut file = four(magic).to_vec();
        file.extend(if big { [0, 2, 0, 4] } else { [2, 0, 4, 0] });
        // A link type with the length of a checksum above it.
        for number in [0, 0, 65_535, 0x2000_0001] {
            file.extend(four(number));
        }
        let packet = packet();
        for number in [
            1_732_000_000,
            123_456,
            packet.len() as u32,
            packet.len() as u32,
        ] {
            file.extend(four(number));
        }
        file.extend(&packet);
        assert!(is_capture(&file));
        for piece in [1, 7, 4_096] {
            let items = read_in(&file, Options::default(), piece);
            let message = messages(&items)[0];
            let shown = time(message).unwrap().to_string();
            let expected = if digits == 6 {
                "2024-11-19T07:06:40.123456Z"
            } else {
                "2024-11-19T07:06:40.000123456Z"
            };
            assert_eq!(shown, expected);
        }
    }
}

/// A pcapng block.
fn block(kind: u32, body: &[u8], big: bool) -> Vec<u8> {
    let four = |number: u32| {
        if big {
            number.to_be_bytes()
        } else {
            number.to_le_bytes()
        }
    };
    let mut body = body.to_vec();
    body.resize(body.len().next_multiple_of(4), 0);
    let length = four(body.len() as u32 + 12);
    [&four(kind)[..], &length, &body, &length].concat()
}

fn option(code: u16, value: &[u8], big: bool) -> Vec<u8> {
    let two = |number: u16| {
        if big {
            number.to_be_bytes()
        } else {
            number.to_le_bytes()
        }
    };
    let mut out = [two(code), two(value.len() as u16)].concat();
    out.extend(value);
    out.resize(out.len().next_multiple_of(4), 0);
    out
}

fn section(big: bool) -> Vec<u8> {
    let four = |number: u32| {
        if big {
            number.to_be_bytes()
        } else {
            number.to_le_bytes()
        }
    };
    let version = if big { [0, 1, 0, 0] } else { [1, 0, 0, 0] };
    let body = [&four(0x1a2b_3c4d)[..], &version, &[0xff; 8]].concat();
    block(0x0a0d_0d0a, &body, big)
}

fn interface(options: &[u8], big: bool) -> Vec<u8> {
    let mut body = if big {
        vec![0, 1, 0, 0]
    } else {
        vec![1, 0, 0, 0]
    };
    body.extend([0; 4]);
    body.extend(options);
    block(1, &body, big)
}

fn enhanced(interface: u32, time: u64, packet: &[u8], options: &[u8], big: bool) -> Vec<u8> {
    let four = |number: u32| {
        if big {
            number.to_be_bytes()
        } else {
            number.to_le_bytes()
        }
    };
    let mut body = Vec::new();
    for number in [
        interface,
        (time >> 32) as u32,
        time as u32,
        packet.len() as u32,
        packet.len() as u32,
    ] {
        body.extend(four(number));
    }
    body.extend(packet);
    body.resize(body.len().next_multiple_of(4), 0);
    body.extend(options);
    block(6, &body, big)
}

#[test]
fn pcapng_with_sections_resolutions_and_comments() {
    for big in [false, true] {
        let mut file = section(big);
        // Nanoseconds, and an offset of 1,732,000,000 seconds.
        let offset = if big {
            1_732_000_000_i64.to_be_bytes()
        } else {
            1_732_000_000_i64.to_le_bytes()
        };
        let options = [
            option(9, &[9], big),
            option(14, &offset, big),
            option(0, &[], big),
        ]
        .concat();
        file.extend(interface(&options, big));
        let comment = [
            option(1, "look: \u{1b}[31m".as_bytes(), big),
            option(0, &[], big),
        ]
        .concat();
        file.extend(enhanced(0, 5, &packet(), &comment, big));
        // A block that nobody knows, and one whose inside is damaged.
        file.extend(block(0x7777, &[1, 2, 3, 4], big));
        file.extend(block(4, &[0xff; 8], big));
        // A second section in the other byte order, with microseconds.
        file.extend(section(!big));
        file.extend(interface(&[], !big));
        let second = Segment::data(Side::Client, 21, &heartbeat(8)).packet();
        file.extend(enhanced(0, 1_732_000_001_000_000, &second, &[], !big));
        for piece in [1, 13, 100_000] {
            let items = read_in(&file, Options::default(), piece);
            let [first, second] = messages(&items)[..] else {
                panic!("{items:#?}")
            };
            assert_eq!(
                time(first).unwrap().to_string(),
                "2024-11-19T07:06:40.000000005Z"
            );
            assert_eq!(first.stamp.comment.as_deref(), Some("look: \u{1b}[31m"));
            assert_eq!(
                time(second).unwrap().to_string(),
                "2024-11-19T07:06:41.000000Z"
            );
            assert_eq!(second.stamp.comment, None);
        }
    }
}

/// The block for packets that the enhanced one has replaced.
#[test]
fn pcapng_of_old_programs() {
    for big in [false, true] {
        let packet = packet();
        let number = |number: u32, size: usize| {
            let bytes = number.to_be_bytes();
            let mut bytes = bytes[4 - size..].to_vec();
            if !big {
                bytes.reverse();
            }
            bytes
        };
        let size = packet.len() as u32;
        let body = [
            number(0, 2),
            number(3, 2),
            number(0, 4),
            number(1_000_005, 4),
            number(size, 4),
            number(size + 9, 4),
            packet.clone(),
        ]
        .concat();
        let file = [section(big), interface(&[], big), block(2, &body, big)].concat();
        let mut packets = Packets::new();
        packets.feed(&file);
        let Some(Entry::Packet(old)) = packets.next_entry().unwrap() else {
            panic!()
        };
        assert_eq!(
            (old.time.unwrap().nanoseconds, old.data, old.length),
            (1_000_005_000, &packet[..], packet.len() + 9)
        );
        assert_eq!(packets.next_entry(), Ok(None));
    }
}

#[test]
fn pcapng_names_drops_and_simple_packets() {
    let mut file = section(false);
    file.extend(interface(&[], false));
    let names = [
        &[1, 0, 12, 0, 10, 1, 1, 2][..],
        b"uccx1\0x\0",
        &[0, 0, 0, 0],
    ]
    .concat();
    file.extend(block(4, &names, false));
    let statistics = [
        &[0; 12][..],
        &option(5, &17_u64.to_le_bytes(), false),
        &option(0, &[], false),
    ]
    .concat();
    file.extend(block(5, &statistics, false));
    let packet = packet();
    file.extend(block(
        3,
        &[&(packet.len() as u32).to_le_bytes()[..], &packet].concat(),
        false,
    ));
    let mut packets = Packets::new();
    packets.feed(&file);
    let Some(Entry::Names(names)) = packets.next_entry().unwrap() else {
        panic!()
    };
    assert_eq!(names[0].0.to_string(), "10.1.1.2");
    assert_eq!(names[0].1[0], "uccx1");
    assert_eq!(
        packets.next_entry().unwrap(),
        Some(Entry::Dropped {
            interface: 0,
            packets: 17
        })
    );
    let Some(Entry::Packet(simple)) = packets.next_entry().unwrap() else {
        panic!()
    };
    assert_eq!((simple.time, simple.data), (None, &packet[..]));
    assert_eq!(packets.next_entry(), Ok(None));
    assert_eq!(packets.finish(), Ok(()));
}

#[test]
fn files_that_are_none_or_damaged_or_cut_say_so() {
    let mut packets = Packets::new();
    packets.feed(b"MHDR: 0000");
    assert_eq!(packets.next_entry(), Err(FileError::NotACapture));
    assert_eq!(packets.next_entry(), Ok(None));
    assert_eq!(Packets::new().finish(), Err(FileError::NotACapture));
    assert!(!is_capture(b"MHDR"));

    let mut pcap = Pcap::new(1);
    pcap.packet(0, &packet());
    let size = pcap.0.len();
    // Cut within the record, at every place.
    for end in 25..size {
        let mut packets = Packets::new();
        packets.feed(&pcap.0[..end]);
        assert_eq!(packets.next_entry(), Ok(None));
        assert_eq!(
            packets.finish(),
            Err(FileError::CutShort {
                offset: 24,
                left: end - 24
            })
        );
    }
    // A record that is longer than any.
    let mut file = pcap.0.clone();
    file.extend([0xff; 16]);
    file.extend(&pcap.0[24..]);
    let mut packets = Packets::new();
    packets.feed(&file);
    assert!(matches!(packets.next_entry(), Ok(Some(Entry::Packet(_)))));
    assert_eq!(
        packets.next_entry(),
        Err(FileError::Damaged {
            offset: size as u64
        })
    );
    packets.feed(&pcap.0);
    assert_eq!(packets.next_entry(), Ok(None));
}

#[test]
fn what_is_written_is_read() {
    let mut writer = Writer::new();
    let long: Vec<u8> = (0..400).flat_map(heartbeat).collect();
    writer.message(None, Side::Client, &long);
    writer.message(None, Side::Server, &heartbeat(7));
    let file = writer.finish();
    let items = read(&file, Options::default());
    assert_eq!(sent(&items, 1, Side::Client).concat(), long);
    assert_eq!(sent(&items, 1, Side::Server), [heartbeat(7)]);
}
