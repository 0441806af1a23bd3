//! Captures with faults, made of known messages: all that was captured comes out, what is missing is
//! named, and nothing else appears.

use cti_codec::capture::{Item, Options, Side};
use cti_codec::ccx::Version;

use super::made::{Dice, Pcap, Segment, any, missing, open_req, read_in, sent, unreadable};

/// One direction of a session: the messages, and where each stands in the stream.
struct Stream {
    messages: Vec<Vec<u8>>,
    bytes: Vec<u8>,
    isn: u32,
    /// What of it was captured.
    captured: Vec<bool>,
}

impl Stream {
    fn new(messages: Vec<Vec<u8>>, isn: u32) -> Self {
        let bytes = messages.concat();
        Self {
            captured: vec![false; bytes.len()],
            bytes,
            messages,
            isn,
        }
    }

    /// The messages of which every byte was captured.
    fn whole(&self) -> Vec<Vec<u8>> {
        let mut at = 0;
        self.messages
            .iter()
            .filter(|message| {
                let from = at;
                at += message.len();
                self.captured[from..at].iter().all(|byte| *byte)
            })
            .cloned()
            .collect()
    }
}

struct Faults {
    loss: bool,
    disorder: bool,
    again: bool,
    from_start: bool,
    cut: bool,
}

fn play(seed: u64, faults: &Faults) {
    let mut dice = Dice(seed.wrapping_mul(0x9e37_79b9_7f4a_7c15) | 1);
    let version = if dice.one_in(2) {
        Version::V14
    } else {
        Version::V18
    };
    let mut streams = [Side::Client, Side::Server].map(|side| {
        let mut messages = Vec::new();
        if side == Side::Client && faults.from_start {
            messages.push(open_req(version));
        }
        messages.extend((0..dice.below(30) + 2).map(|_| any(&mut dice, side, version)));
        // Some begin close to where the numbers go round.
        let isn = if dice.one_in(2) {
            u32::MAX - dice.below(900) as u32
        } else {
            dice.below(1 << 30) as u32
        };
        Stream::new(messages, isn)
    });
    let mut segments = Vec::new();
    let isns = [streams[0].isn, streams[1].isn];
    if faults.from_start {
        for (at, from) in [Side::Client, Side::Server].into_iter().enumerate() {
            segments.push(Segment {
                syn: true,
                ack: (at == 1).then(|| isns[0].wrapping_add(1)),
                ..Segment::data(from, isns[at], &[])
            });
        }
    }
    // Segments of any size, the two directions in turns; acknowledgements come with the data.
    let head = segments.len();
    let mut sent_to = [0_usize; 2];
    while (0..2).any(|at| sent_to[at] < streams[at].bytes.len()) {
        let at = dice.below(2);
        let from = [Side::Client, Side::Server][at];
        let rest = &streams[at].bytes[sent_to[at]..];
        if rest.is_empty() {
            continue;
        }
        let size = (dice.below(200) + 1).min(rest.len());
        segments.push(Segment {
            ack: Some(
                isns[at ^ 1]
                    .wrapping_add(1)
                    .wrapping_add(sent_to[at ^ 1] as u32),
            ),
            ..Segment::data(
                from,
                isns[at].wrapping_add(1).wrapping_add(sent_to[at] as u32),
                &rest[..size],
            )
        });
        sent_to[at] += size;
    }
    for (at, from) in [Side::Client, Side::Server].into_iter().enumerate() {
        segments.push(Segment {
            fin: true,
            ack: Some(
                isns[at ^ 1]
                    .wrapping_add(1)
                    .wrapping_add(sent_to[at ^ 1] as u32),
            ),
            ..Segment::data(
                from,
                isns[at].wrapping_add(1).wrapping_add(sent_to[at] as u32),
                &[],
            )
        });
    }
    let last = segments.len() - 2;
    // Again, with other boundaries, of what was sent before.
    if faults.again {
        for place in (head + 1..last).rev() {
            if dice.one_in(3) {
                let old = segments[head + dice.below(place - head)].clone();
                let at = usize::from(old.from == Side::Server);
                let start = old.seq.wrapping_sub(isns[at].wrapping_add(1)) as usize;
                let start = start.saturating_sub(dice.below(40));
                let end = (start + old.data.len() + dice.below(20)).min(sent_to[at]);
                // Not more than had been sent by then.
                let known = segments[..place]
                    .iter()
                    .filter(|one| one.from == old.from)
                    .map(|one| {
                        one.seq.wrapping_sub(isns[at].wrapping_add(1)) as usize + one.data.len()
                    })
                    .filter(|end| *end <= streams[at].bytes.len())
                    .max()
                    .unwrap_or(0);
                let end = end.min(known);
                if start < end {
                    let again = Segment::data(
                        old.from,
                        isns[at].wrapping_add(1).wrapping_add(start as u32),
                        &streams[at].bytes[start..end],
                    );
                    segments.insert(place, again);
                }
            }
        }
    }
    let last = segments.len() - 2;
    // A start without SYN is sorted among its first segments only, and what comes before it is not
    // known to be missing.
    let first = if faults.from_start {
        head
    } else {
        let fourth = |side| {
            let mut of_side = (0..last).filter(|place| segments[*place].from == side);
            of_side.nth(4).unwrap_or(last)
        };
        fourth(Side::Client).max(fourth(Side::Server))
    };
    if faults.disorder {
        for _ in 0..segments.len() {
            if last > first + 2 {
                let one = first + dice.below(last - first - 1);
                segments.swap(one, one + 1);
            }
        }
    }
    let mut pcap = Pcap::new(1);
    let mut any_cut = false;
    for (place, segment) in segments.iter().enumerate() {
        let in_middle = (first.max(head + 4)..last).contains(&place);
        if faults.loss && in_middle && dice.one_in(8) {
            continue;
        }
        let packet = segment.packet();
        let cut = if faults.cut && in_middle && dice.one_in(8) && segment.data.len() > 1 {
            any_cut = true;
            dice.below(segment.data.len() - 1) + 1
        } else {
            0
        };
        let at = usize::from(segment.from == Side::Server);
        let start = segment.seq.wrapping_sub(isns[at].wrapping_add(1)) as usize;
        for byte in 0..segment.data.len() - cut {
            streams[at].captured[start + byte] = true;
        }
        pcap.cut(place as u64 * 1_000, &packet, packet.len() - cut);
    }
    let items = read_in(&pcap.0, Options::default(), dice.below(400) + 1);
    if streams.iter().all(|stream| stream.whole().is_empty()) {
        // Nothing shows that this is a session.
        assert!(super::made::messages(&items).is_empty(), "seed {seed}");
        return;
    }
    assert_eq!(items.contains(&Item::CutPackets), any_cut, "seed {seed}");
    for (at, side) in [Side::Client, Side::Server].into_iter().enumerate() {
        let stream = &streams[at];
        assert_eq!(
            sent(&items, 1, side),
            stream.whole(),
            "seed {seed}, {side:?}: {items:#?}"
        );
        // What came before a capture began is not missing from it.
        let begin = if faults.from_start {
            0
        } else {
            stream.captured.iter().position(|byte| *byte).unwrap_or(0)
        };
        let known = &stream.captured[begin..];
        let lost = known.iter().filter(|byte| !**byte).count() as u64;
        assert_eq!(missing(&items, 1, side), lost, "seed {seed}, {side:?}");
    }
    // Every byte that was captured is in a message or told.
    let captured: usize = streams
        .iter()
        .map(|stream| stream.captured.iter().filter(|byte| **byte).count())
        .sum();
    let whole: usize = streams
        .iter()
        .flat_map(Stream::whole)
        .map(|one| one.len())
        .sum();
    assert_eq!(unreadable(&items), (captured - whole) as u64, "seed {seed}");
    assert!(
        items
            .iter()
            .all(|item| !matches!(item, Item::Unread { .. })),
        "seed {seed}"
    );
    for message in super::made::messages(&items) {
        // A server sends nothing before the client has opened; here it may.
        let opened = faults.from_start && streams[0].whole().contains(&open_req(version));
        if opened && message.from == Side::Client {
            assert_eq!(message.version, version, "seed {seed}");
        }
        assert!(
            message.frame.decode(message.version).is_ok(),
            "seed {seed}: {message:?}"
        );
    }
}

fn play_all(faults: &Faults) {
    for seed in 1..=300 {
        play(seed, faults);
    }
}

#[test]
fn segments_in_any_order_and_again_lose_nothing() {
    play_all(&Faults {
        loss: false,
        disorder: true,
        again: true,
        from_start: true,
        cut: false,
    });
}

#[test]
fn what_was_not_captured_is_named_and_the_rest_comes_out() {
    play_all(&Faults {
        loss: true,
        disorder: false,
        again: false,
        from_start: true,
        cut: false,
    });
}

#[test]
fn all_faults_at_once() {
    play_all(&Faults {
        loss: true,
        disorder: true,
        again: true,
        from_start: true,
        cut: false,
    });
}

#[test]
fn cut_packets_cost_what_was_cut() {
    play_all(&Faults {
        loss: false,
        disorder: false,
        again: false,
        from_start: true,
        cut: true,
    });
}

#[test]
fn a_capture_that_begins_in_mid_session_loses_nothing() {
    play_all(&Faults {
        loss: true,
        disorder: true,
        again: true,
        from_start: false,
        cut: false,
    });
}
