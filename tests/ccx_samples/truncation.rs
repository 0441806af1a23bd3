//! The exact error at every place where a message can be cut short, and for every size that a
//! number cannot have. What is expected is computed from the tables and the sample.

use cti_codec::ccx::layout::{FieldRow, Kind};
use cti_codec::ccx::{
    DecodeError, Fault, FieldName, Finding, Frame, LAYOUTS, Message, MessageType, Version,
};
use oracles::ccx::{Event, Part, Style, Tree, fixed_size, shown};

use crate::common::{hex, layout, strict};
use crate::samples::seeded;

/// A piece of a body that is there whole or not at all.
struct Piece {
    field: FieldName,
    /// `FieldDataID` and `FieldDataLength`; 0 in the fixed part.
    header: usize,
    size: usize,
}

/// Where each field of a sample lies.
fn pieces(tree: &Tree) -> Vec<Piece> {
    let mut pieces = Vec::new();
    for (row, data) in &tree.fixed {
        assert_eq!(data.len(), fixed_size(row));
        pieces.push(Piece {
            field: FieldName::Listed(row.name),
            header: 0,
            size: data.len(),
        });
    }
    let header = if tree.version >= Version::V18 { 3 } else { 2 };
    floating(&tree.parts, header, &mut pieces);
    for (id, data) in &tree.unlisted {
        pieces.push(Piece {
            field: FieldName::Unlisted(*id),
            header,
            size: header + data.len(),
        });
    }
    pieces
}

fn floating(parts: &[Part], header: usize, pieces: &mut Vec<Piece>) {
    for part in parts {
        match part {
            Part::Field(row, data) => pieces.push(Piece {
                field: FieldName::Listed(row.name),
                header,
                size: header + data.len(),
            }),
            Part::List(_, elements) => {
                for element in elements {
                    floating(element, header, pieces);
                }
            }
        }
    }
}

/// What is wrong with the first so many bytes of a body; nothing where they end with a field of
/// the floating part, or with the fixed part.
fn expected(tree: &Tree, pieces: &[Piece], length: usize) -> Option<DecodeError> {
    let mut at = 0;
    for piece in pieces {
        let floating = piece.header > 0;
        if length == at && floating {
            return None;
        }
        let left = length - at;
        if left < piece.size {
            // As much as can be known of the field's name and size.
            let id = piece.header.saturating_sub(1);
            let (field, needed) = match left {
                _ if !floating => (piece.field, piece.size),
                left if left < id => (FieldName::Listed("FieldDataID"), piece.header),
                left if left < piece.header => (piece.field, piece.header),
                _ => (piece.field, piece.size),
            };
            return Some(DecodeError {
                message: tree.layout.type_name(),
                field,
                offset: 8 + at,
                kind: Fault::Truncated { needed, left },
            });
        }
        at += piece.size;
    }
    assert_eq!(length, at);
    None
}

#[test]
fn every_prefix_gives_the_exact_error_or_decodes_where_a_field_ends() {
    let (mut errors, mut decoded) = (0_u32, 0_u32);
    for layout in LAYOUTS {
        for version in Version::ALL {
            let seeds = [1, 2, 3 + u64::from(version.number())];
            // The largest, all ones, once for each width of an id.
            let first = usize::from(![17, 18].contains(&version.number()));
            for seed in &seeds[first..] {
                let tree = seeded(layout, version, Style::Lawful, *seed);
                let pieces = pieces(&tree);
                let body = tree.body();
                for length in 0..=body.len() {
                    let prefix = &body[..length];
                    let result =
                        Message::decode_body(MessageType(layout.message_type), prefix, version);
                    match expected(&tree, &pieces, length) {
                        Some(error) => {
                            errors += 1;
                            assert_eq!(result.err(), Some(error), "{} of {body:02x?}", length);
                        }
                        None => {
                            decoded += 1;
                            let found = Tree::read(layout, prefix, version).unwrap();
                            let message = result.unwrap();
                            assert_eq!(shown(&message), found.events());
                        }
                    }
                }
            }
        }
    }
    assert!(errors > 300_000, "{errors}");
    assert!(decoded > 10_000, "{decoded}");
}

/// The raw view stops at the same place for the same reason, and says so once.
#[test]
fn the_raw_view_gives_the_same_error() {
    for layout in LAYOUTS {
        for version in [Version::V14, Version::V18] {
            let tree = seeded(layout, version, Style::Lawful, 5);
            let pieces = pieces(&tree);
            let body = tree.body();
            let fixed = layout.fixed_size(version);
            let most = body.len().min(fixed + 300);
            for length in fixed..=most {
                let bytes = oracles::ccx::frame(layout.message_type, &body[..length]);
                let frame = Frame::new(bytes.as_slice()).unwrap();
                let mut fields = frame.floating_fields(version);
                let error = fields.find_map(Result::err);
                assert_eq!(error, expected(&tree, &pieces, length));
                assert_eq!(fields.next(), None);
                assert_eq!(fields.next(), None);
            }
        }
    }
}

/// Every field of a sample, lists included, with the offset that it has in the frame.
fn places(tree: &Tree) -> Vec<(&'static FieldRow, usize, usize)> {
    let header = if tree.version >= Version::V18 { 3 } else { 2 };
    let mut at: usize = 8 + tree.fixed.iter().map(|(_, data)| data.len()).sum::<usize>();
    fn walk(
        parts: &[Part],
        header: usize,
        at: &mut usize,
        found: &mut Vec<(&'static FieldRow, usize, usize)>,
    ) {
        for part in parts {
            match part {
                Part::Field(row, data) => {
                    found.push((row, *at, header + data.len()));
                    *at += header + data.len();
                }
                Part::List(_, elements) => {
                    for element in elements {
                        walk(element, header, at, found);
                    }
                }
            }
        }
    }
    let mut found = Vec::new();
    walk(&tree.parts, header, &mut at, &mut found);
    found
}

/// A number of the wrong size, or a name that does not end, costs neither the message nor itself: the
/// row is unset, the field stays with the unlisted ones, is found, and is sent on.
#[test]
fn a_field_of_a_size_that_it_cannot_have_is_kept_and_found() {
    let mut cases = 0;
    for layout in LAYOUTS {
        for version in [Version::V10, Version::V17, Version::V18] {
            for seed in [1, 2] {
                let tree = seeded(layout, version, Style::Lawful, seed);
                let frame = tree.frame();
                for (row, offset, size) in places(&tree) {
                    let (right, wrong): (&[usize], &[usize]) = match row.kind {
                        Kind::Uchar => (&[1], &[0, 2, 4]),
                        Kind::Ushort => (&[2], &[0, 1, 3, 4]),
                        Kind::Int | Kind::Uint | Kind::Time => (&[4], &[0, 2, 3, 5, 8]),
                        Kind::Bool => (&[2, 4], &[0, 1, 3, 5]),
                        // Without a NUL in them these have no name that ends.
                        Kind::NamedVar | Kind::NamedArray => (&[], &[0, 1, 2, 255]),
                        Kind::String | Kind::Unspec => (&[0, 1, 255], &[]),
                    };
                    for length in right.iter().chain(wrong) {
                        cases += 1;
                        let data = vec![1; *length];
                        let mut body = frame[8..offset].to_vec();
                        body.extend(tree.field(row.id, &data));
                        body.extend(&frame[offset + size..]);
                        let bytes = oracles::ccx::frame(layout.message_type, &body);
                        let frame = Frame::new(bytes).unwrap();
                        let message = frame.decode(version).unwrap();
                        let kept = shown(&message).contains(&Event::Unlisted(row.id, data));
                        let kind = match row.kind {
                            Kind::NamedVar | Kind::NamedArray => Fault::UnterminatedName,
                            kind => Fault::WrongSize {
                                kind,
                                expected: right.first().copied().unwrap_or_default(),
                                found: *length,
                            },
                        };
                        let error = Finding {
                            message: layout.type_name(),
                            field: FieldName::Listed(row.name),
                            offset,
                            kind,
                        };
                        let is_right = right.contains(length);
                        assert_eq!(frame.check(version).contains(&error), !is_right, "{error}");
                        assert_eq!(kept, !is_right, "{error}");
                        if !is_right {
                            let refusal = strict(&message, version).unwrap_err();
                            assert_eq!(refusal.message, layout.type_name());
                        }
                    }
                }
            }
        }
    }
    assert!(cases > 5_000, "{cases}");
}

/// An index of a named array is no part of the name: a NUL there ends nothing.
#[test]
fn the_index_of_a_named_array_does_not_end_its_name() {
    let tree = seeded(layout("BEGIN_CALL_EVENT"), Version::V14, Style::Lawful, 0);
    let fixed: Vec<u8> = tree
        .fixed
        .iter()
        .flat_map(|(_, data)| data.clone())
        .collect();
    for data in [b"\0".as_slice(), b"\0name"] {
        let body = [fixed.clone(), tree.field(83, data)].concat();
        let message = Message::decode_body(MessageType::BEGIN_CALL_EVENT, &body, Version::V14);
        let message = message.unwrap();
        assert!(message.named_arrays().unwrap().is_empty());
        assert!(shown(&message).contains(&Event::Unlisted(83, data.to_vec())));
    }
}

#[test]
fn errors_show_message_field_place_and_what_was_wrong() {
    let cases = [
        // OPEN_REQ cut within its fifth field.
        (
            3,
            "00000001 0000000e 00000014 00000000 0000",
            "OPEN_REQ.ServicesRequested at byte 24: needs 4 bytes, 2 left",
        ),
        (3, "", "OPEN_REQ.InvokeID at byte 8: needs 4 bytes, 0 left"),
        // FAILURE_EVENT with a text that is cut, and with a field of no name that is cut.
        (
            2,
            "00000001 07 05 61",
            "FAILURE_EVENT.Text at byte 12: needs 7 bytes, 3 left",
        ),
        (
            2,
            "00000001 07 01 00 e9",
            "FAILURE_EVENT.[233] at byte 15: needs 2 bytes, 1 left",
        ),
    ];
    for (message_type, body, shown) in cases {
        let body = hex(body);
        let error = Message::decode_body(MessageType(message_type), &body, Version::V14);
        assert_eq!(error.unwrap_err().to_string(), shown);
    }
    let body = hex("00000001 01");
    let wide = Message::decode_body(MessageType(2), &body, Version::V18);
    assert_eq!(
        wide.unwrap_err().to_string(),
        "FAILURE_EVENT.FieldDataID at byte 12: needs 3 bytes, 1 left"
    );
}

/// A message that does not decode costs the stream nothing but itself.
#[test]
fn the_stream_goes_on_behind_a_message_that_does_not_decode() {
    let mut decoder = cti_codec::ccx::FrameDecoder::new();
    decoder.feed(&hex("00000002 00000005 0001 00000004 00000006 00000007"));
    let bad = decoder.next_frame().unwrap().unwrap();
    assert!(bad.decode(Version::V14).is_err());
    let good = decoder.next_frame().unwrap().unwrap();
    assert!(good.decode(Version::V14).is_ok());
    assert_eq!(decoder.next_frame(), Ok(None));
    assert_eq!(decoder.finish(), Ok(()));
}
