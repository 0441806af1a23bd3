//! The frame decoder, fed in every way that a socket may feed it.

use bytes::Bytes;
use cti_codec::ccx::{Frame, FrameDecoder, FrameError, Message, MessageType, Version};
use oracles::ccx::{drain, frame, noise};
use proptest::prelude::*;

use crate::common::hex;

fn too_long(message_type: u32, body_length: u32, max_body: u32) -> FrameError {
    FrameError::BodyTooLong {
        message_type: MessageType(message_type).into(),
        body_length,
        max_body,
    }
}

/// A stream with all that there is: ordinary, empty, unknown and reserved types, and bodies over a
/// limit of 32.
fn stream() -> (Vec<u8>, Vec<Result<Vec<u8>, FrameError>>) {
    let frames = [
        frame(5, &[0, 0, 0, 1]),
        frame(6, &[]),
        frame(0xdead_beef, b"whatever it is"),
        frame(112, &[0xff; 32]),
        frame(9, &[7; 33]),
        frame(68, &[]),
        frame(10, &[8; 1000]),
        frame(11, &[9; 100]),
        frame(5, &[0, 0, 0, 2]),
    ];
    let expected = frames
        .iter()
        .map(|frame| match frame.len() - 8 {
            length if length > 32 => {
                let message_type = u32::from_be_bytes(frame[4..8].try_into().unwrap());
                Err(too_long(message_type, length as u32, 32))
            }
            _ => Ok(frame.clone()),
        })
        .collect();
    (frames.concat(), expected)
}

#[test]
fn every_size_of_chunks_gives_the_same_frames_and_errors() {
    let (stream, expected) = stream();
    for size in 1..=stream.len() {
        for by_buffer in [false, true] {
            let mut decoder = FrameDecoder::with_max_body(32);
            let mut found = Vec::new();
            for chunk in stream.chunks(size) {
                if by_buffer {
                    decoder.buffer_mut().extend_from_slice(chunk);
                } else {
                    decoder.feed(chunk);
                }
                found.extend(drain(&mut decoder));
            }
            assert_eq!(found, expected, "chunks of {size}");
            assert_eq!(decoder.finish(), Ok(()));
            assert_eq!(decoder.wanted(), 8);
        }
    }
}

#[test]
fn every_single_cut_gives_the_same_frames_and_errors() {
    let (stream, expected) = stream();
    for cut in 0..=stream.len() {
        let mut decoder = FrameDecoder::with_max_body(32);
        decoder.feed(&stream[..cut]);
        // Whether one asks in between or not.
        for ask in [true, false] {
            let mut decoder = decoder.clone();
            let mut found = if ask { drain(&mut decoder) } else { Vec::new() };
            decoder.feed(&stream[cut..]);
            found.extend(drain(&mut decoder));
            assert_eq!(found, expected, "cut at {cut}");
        }
    }
}

proptest! {
    #![proptest_config(ProptestConfig { failure_persistence: None, ..ProptestConfig::default() })]

    #[test]
    fn any_stream_in_any_chunks_gives_the_same(
        bodies in proptest::collection::vec((any::<u32>(), 0..80_usize), 0..12),
        limit in 0..64_u32,
        cuts in proptest::collection::vec(1..40_usize, 1..20),
        lost in 0..20_usize,
    ) {
        let frames: Vec<_> = bodies
            .iter()
            .map(|(message_type, length)| frame(*message_type, &vec![0xee; *length]))
            .collect();
        let stream = frames.concat();
        let stream = &stream[..stream.len().saturating_sub(lost)];

        let mut whole = FrameDecoder::with_max_body(limit);
        whole.feed(stream);
        let expected = drain(&mut whole);

        let mut pieces = FrameDecoder::with_max_body(limit);
        let mut found = Vec::new();
        let mut rest = stream;
        for cut in cuts.iter().cycle() {
            if rest.is_empty() {
                break;
            }
            let (piece, after) = rest.split_at((*cut).min(rest.len()));
            rest = after;
            pieces.feed(piece);
            found.extend(drain(&mut pieces));
            prop_assert!(pieces.buffer_mut().len() < limit as usize + 8);
        }
        prop_assert_eq!(found, expected);
        prop_assert_eq!(pieces.finish(), whole.finish());
        prop_assert_eq!(pieces.wanted(), whole.wanted());
    }
}

#[test]
fn wanted_is_what_is_missing_and_no_more() {
    let bytes = frame(5, &[1, 2, 3, 4, 5]);
    for have in 0..bytes.len() {
        let mut decoder = FrameDecoder::new();
        decoder.feed(&bytes[..have]);
        let missing = if have < 8 { 8 - have } else { 13 - have };
        assert_eq!(decoder.wanted(), missing);
        assert_eq!(decoder.next_frame(), Ok(None));
        assert_eq!(decoder.wanted(), missing);
        // With one less there is nothing, with all there is something, or a header that wants more.
        decoder.feed(&bytes[have..have + missing - 1]);
        assert_eq!(decoder.next_frame(), Ok(None));
        assert_eq!(decoder.wanted(), 1);
        decoder.feed(&bytes[have + missing - 1..have + missing]);
        if have < 8 {
            assert_eq!(decoder.wanted(), 5);
        } else {
            assert_eq!(decoder.wanted(), 0);
            assert!(decoder.next_frame().unwrap().is_some());
            assert_eq!(decoder.wanted(), 8);
        }
    }
    // A frame without a body is there with its header, and so is an error.
    for (body_length, message_type) in [(0_u32, 6_u32), (u32::MAX, 6)] {
        let mut decoder = FrameDecoder::new();
        decoder.feed(&body_length.to_be_bytes());
        assert_eq!(decoder.wanted(), 4);
        decoder.feed(&message_type.to_be_bytes());
        assert_eq!(decoder.wanted(), 0);
    }
}

#[test]
fn wanted_counts_what_is_passed_over_and_the_header_behind_it() {
    let mut decoder = FrameDecoder::with_max_body(4);
    decoder.feed(&frame(9, &[1; 10])[..10]);
    assert_eq!(decoder.wanted(), 0);
    assert_eq!(decoder.next_frame(), Err(too_long(9, 10, 4)));
    // Two of ten have come.
    assert_eq!(decoder.wanted(), 8 + 8);
    assert_eq!(decoder.next_frame(), Ok(None));
    decoder.feed(&[1; 7]);
    assert_eq!(decoder.wanted(), 1 + 8);
    decoder.feed(&[1, 0, 0, 0]);
    assert_eq!(decoder.wanted(), 5);
    decoder.feed(&[0, 0, 0, 0, 5]);
    assert_eq!(decoder.wanted(), 0);
    assert_eq!(drain(&mut decoder), [Ok(frame(5, &[]))]);
}

#[test]
fn the_limit_is_for_the_body_and_includes_itself() {
    for limit in [0, 1, 100, FrameDecoder::DEFAULT_MAX_BODY] {
        let mut decoder = FrameDecoder::with_max_body(limit);
        let at = frame(5, &vec![1; limit as usize]);
        let over = frame(5, &vec![1; limit as usize + 1]);
        decoder.feed(&at);
        assert_eq!(drain(&mut decoder), [Ok(at.clone())]);
        decoder.feed(&over);
        decoder.feed(&at);
        assert_eq!(
            drain(&mut decoder),
            [Err(too_long(5, limit + 1, limit)), Ok(at)]
        );
    }
    assert_eq!(FrameDecoder::DEFAULT_MAX_BODY, 16_384);
    let mut default = FrameDecoder::default();
    default.feed(&frame(5, &[1; 16_385])[..8]);
    assert_eq!(default.next_frame(), Err(too_long(5, 16_385, 16_384)));
    // All that the length can say, if one asks for it.
    let mut all = FrameDecoder::with_max_body(u32::MAX);
    all.feed(&[0xff; 8]);
    assert_eq!(all.next_frame(), Ok(None));
    assert_eq!(all.wanted(), u32::MAX as usize);
}

#[test]
fn an_oversize_body_is_refused_before_it_comes_and_never_held() {
    let mut decoder = FrameDecoder::with_max_body(100);
    decoder.feed(&[0xff, 0xff, 0xff, 0xff, 0, 0, 0, 3]);
    assert_eq!(decoder.next_frame(), Err(too_long(3, u32::MAX, 100)));
    let chunk = [0_u8; 60_000];
    let mut left = u64::from(u32::MAX);
    // Most of the four gigabytes; they need not be read to know that they are passed over.
    for _ in 0..50 {
        decoder.feed(&chunk);
        left -= 60_000;
        assert_eq!(decoder.next_frame(), Ok(None));
        assert_eq!(decoder.buffer_mut().len(), 0);
        assert!(decoder.buffer_mut().capacity() < 1000);
        assert_eq!(decoder.wanted() as u64, left + 8);
        assert!(decoder.finish().is_err());
    }
}

/// What was read into the buffer comes before what is fed, when it is passed over, too.
#[test]
fn an_oversize_body_may_come_in_either_way() {
    let mut decoder = FrameDecoder::with_max_body(4);
    let next = frame(5, &[1, 2, 3, 4]);
    let stream = [frame(3, &[7; 20]), next.clone()].concat();
    decoder.buffer_mut().extend_from_slice(&stream[..12]);
    assert_eq!(decoder.next_frame(), Err(too_long(3, 20, 4)));
    decoder.buffer_mut().extend_from_slice(&stream[12..22]);
    decoder.feed(&stream[22..]);
    assert_eq!(drain(&mut decoder), [Ok(next)]);
    assert_eq!(decoder.finish(), Ok(()));
}

#[test]
fn many_oversize_bodies_one_after_the_other() {
    let mut decoder = FrameDecoder::with_max_body(2);
    let stream: Vec<u8> = (0..1000).flat_map(|at| frame(at, &[7; 3])).collect();
    decoder.feed(&stream);
    let expected: Vec<_> = (0..1000).map(|at| Err(too_long(at, 3, 2))).collect();
    assert_eq!(drain(&mut decoder), expected);
    assert_eq!(decoder.finish(), Ok(()));
}

#[test]
fn the_end_of_the_stream_is_an_error_only_within_a_frame() {
    let bytes = frame(5, &[1, 2, 3, 4]);
    for have in 0..bytes.len() {
        let mut decoder = FrameDecoder::new();
        decoder.feed(&bytes);
        drain(&mut decoder);
        decoder.feed(&bytes[..have]);
        let needed = if have < 8 { 8 } else { 12 };
        let expected = match have {
            0 => Ok(()),
            left => Err(FrameError::Incomplete { needed, left }),
        };
        assert_eq!(decoder.finish(), expected, "{have}");
    }
    let error = FrameError::Incomplete {
        needed: 12,
        left: 9,
    };
    assert_eq!(
        error.to_string(),
        "the stream ends within a frame: needs 12 bytes, 9 left"
    );
    assert_eq!(
        too_long(3, 20_000, 16_384).to_string(),
        "OPEN_REQ.BodyLength at byte 0: is 20000, over the limit of 16384"
    );
    assert_eq!(
        too_long(77, 20_000, 16_384).to_string(),
        "77.BodyLength at byte 0: is 20000, over the limit of 16384"
    );
}

#[test]
fn a_frame_is_its_bytes_and_nothing_around_them() {
    let bytes = frame(5, &[0, 0, 0, 1]);
    assert_eq!(Frame::new(bytes.as_slice()).unwrap().body(), [0, 0, 0, 1]);
    for length in 0..bytes.len() {
        let needed = if length < 8 { 8 } else { 12 };
        let error = Frame::new(&bytes[..length]).unwrap_err();
        assert_eq!(
            error,
            FrameError::Incomplete {
                needed,
                left: length
            }
        );
    }
    let longer = [bytes.as_slice(), &[0]].concat();
    assert_eq!(
        Frame::new(longer.as_slice()).unwrap_err(),
        FrameError::TrailingBytes {
            message_type: MessageType::HEARTBEAT_REQ.into(),
            frame: 12,
            trailing: 1,
        }
    );
    let giant = hex("ffffffff 00000005");
    assert!(Frame::new(giant.as_slice()).is_err());
}

/// Types without a struct, and types with one whose body makes no sense, go on as they came.
#[test]
fn a_frame_is_sent_on_byte_for_byte_whatever_it_is() {
    for message_type in [0, 5, 9, 68, 112, 121, 128, 215, 9999, u32::MAX] {
        for length in [0, 1, 57] {
            let bytes = frame(message_type, &noise(u64::from(message_type), length));
            let mut decoder = FrameDecoder::new();
            decoder.feed(&bytes);
            let frame = decoder.next_frame().unwrap().unwrap();
            assert_eq!(frame.message_type(), MessageType(message_type));
            assert_eq!(frame.bytes(), &Bytes::from(bytes.clone()));
            if frame.message_type().layout().is_some() {
                continue;
            }
            for version in Version::ALL {
                let message = frame.decode(version).unwrap();
                let Message::Raw(raw) = message else { panic!() };
                assert_eq!(raw.message_type, frame.message_type());
                assert_eq!(raw.body, frame.body());
                assert_eq!(frame.floating_fields(version).next(), None);
                let mut out = bytes::BytesMut::new();
                message.encode(version, &mut out).unwrap();
                message.encode_as_received(version, &mut out).unwrap();
                assert_eq!(out, [bytes.as_slice(), &bytes].concat());
            }
        }
    }
}

/// Frames share the buffer: a body is not copied once it is in.
#[test]
fn a_body_is_not_copied() {
    let mut decoder = FrameDecoder::new();
    decoder.feed(&[frame(5, &[1; 64]), frame(6, &[2; 64])].concat());
    let buffered = decoder.buffer_mut().as_ptr() as usize;
    let first = decoder.next_frame().unwrap().unwrap();
    let second = decoder.next_frame().unwrap().unwrap();
    assert_eq!(first.bytes().as_ptr() as usize, buffered);
    assert_eq!(second.bytes().as_ptr() as usize, buffered + 72);
    assert_eq!(first.clone().bytes().as_ptr(), first.bytes().as_ptr());
    // What is kept outlives the decoder.
    drop(decoder);
    assert_eq!(second.body(), [2; 64]);
}

#[test]
fn a_borrowed_frame_is_gone_from_the_buffer_whatever_is_asked_next() {
    let [first, second, third] = [1, 2, 3].map(|id| frame(5, &[0, 0, 0, id]));
    let stream = [first.as_slice(), &second, &third[..9]].concat();
    let fed = || {
        let mut decoder = FrameDecoder::new();
        decoder.feed(&stream);
        let frame = decoder.next_borrowed().unwrap().unwrap();
        assert_eq!(frame.bytes(), &first.as_slice());
        assert_eq!(frame.invoke_id(), Some(1));
        decoder
    };

    assert_eq!(fed().next_frame().unwrap().unwrap().bytes()[..], second);
    let mut borrowed = fed();
    assert_eq!(
        borrowed.next_borrowed().unwrap().unwrap().bytes(),
        &second.as_slice()
    );
    assert_eq!(borrowed.next_borrowed(), Ok(None));
    assert_eq!(borrowed.wanted(), 3);
    assert_eq!(borrowed.buffer_mut()[..], third[..9]);

    assert_eq!(fed().wanted(), 0);
    assert_eq!(fed().buffer_mut()[..], stream[12..]);
    let mut more = fed();
    more.feed(&third[9..]);
    assert_eq!(drain(&mut more), [Ok(second.clone()), Ok(third.clone())]);
    let left = FrameError::Incomplete {
        needed: 12,
        left: 9,
    };
    assert_eq!(borrowed.finish(), Err(left));
}
