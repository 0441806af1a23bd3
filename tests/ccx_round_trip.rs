//! Every message in every version there and back: samples made up from the tables are written by a
//! writer of the tests' own, so that decoding and encoding cannot be wrong in the same way.
#![allow(
    clippy::unwrap_used,
    clippy::expect_used,
    clippy::panic,
    clippy::indexing_slicing,
    clippy::arithmetic_side_effects,
    clippy::cast_possible_truncation,
    reason = "helpers of tests"
)]

mod common;

use bytes::BytesMut;
use common::{defaults, for_all, seeded};
use cti_codec::ccx::fuzzing::{
    Choices, Event, Part, Style, Tree, frame, leaf, noise, printed, sample, shown,
};
use cti_codec::ccx::layout::{self, FloatingRow, Required};
use cti_codec::ccx::*;
use proptest::prelude::*;

const SEEDS: u64 = 14;

/// What a tree is, for a message that fails.
fn about(tree: &Tree) -> String {
    format!(
        "{} in version {}: {:02x?}",
        tree.layout.name,
        tree.version,
        tree.frame()
    )
}

fn decode<'a>(tree: &Tree, body: &'a [u8]) -> Message<'a> {
    Message::decode_body(tree.layout.message_type, body, tree.version)
        .unwrap_or_else(|error| panic!("{error} in {}", about(tree)))
}

fn as_received(message: &Message<'_>, version: Version) -> Result<Vec<u8>, EncodeError> {
    let mut out = BytesMut::new();
    message.encode_as_received(version, &mut out)?;
    Ok(out.to_vec())
}

/// Strict encoding in all its forms, which must agree; on error nothing may have been written.
fn strict(message: &Message<'_>, version: Version) -> Result<Vec<u8>, EncodeError> {
    let mut out = BytesMut::from([0xa5].as_slice());
    let result = message.encode(version, &mut out);
    let mut dirty = vec![0x5a; out.len() + 16];
    let in_slice = message.encode_to_slice(version, &mut dirty);
    match result {
        Ok(()) => {
            let written = out[1..].to_vec();
            assert_eq!(in_slice, Ok(written.len()));
            assert_eq!(dirty[..written.len()], written);
            assert!(dirty[written.len()..].iter().all(|byte| *byte == 0x5a));
            // One byte less is not enough, and leaves the slice as it was.
            let mut short = vec![0x5a; written.len() - 1];
            let error = message.encode_to_slice(version, &mut short).unwrap_err();
            assert_eq!(
                error.kind,
                EncodeErrorKind::NoRoom {
                    needed: written.len(),
                    room: written.len() - 1
                }
            );
            assert!(short.iter().all(|byte| *byte == 0x5a));
            Ok(written)
        }
        Err(error) => {
            assert_eq!(out[..], [0xa5], "written before {error}");
            assert_eq!(in_slice, Err(error));
            assert!(dirty.iter().all(|byte| *byte == 0x5a));
            Err(error)
        }
    }
}

/// A sample must decode to what the tables say is in it, and be written again byte for byte.
fn goes_there_and_back(tree: &Tree) {
    let body = tree.body();
    let message = decode(tree, &body);
    assert_eq!(shown(&message), tree.events(), "{}", about(tree));
    let written = as_received(&message, tree.version)
        .unwrap_or_else(|error| panic!("{error} in {}", about(tree)));
    assert_eq!(written, tree.frame(), "{}", about(tree));
}

#[test]
fn what_was_received_in_table_order_is_written_again_byte_for_byte() {
    for_all(Style::Wild, SEEDS, goes_there_and_back);
}

#[test]
fn what_the_guide_allows_is_written_strictly_byte_for_byte() {
    for_all(Style::Lawful, SEEDS, |tree| {
        goes_there_and_back(tree);
        let body = tree.body();
        let message = decode(tree, &body);
        let written = strict(&message, tree.version)
            .unwrap_or_else(|error| panic!("{error} in {}", about(tree)));
        assert_eq!(written, tree.frame(), "{}", about(tree));
    });
}

/// The samples are worth little if they leave something out.
#[test]
fn the_samples_have_every_field_of_every_message() {
    for layout in LAYOUTS {
        let mut seen: std::collections::BTreeSet<u16> = Default::default();
        let mut unlisted = false;
        for version in Version::ALL {
            for seed in 0..SEEDS {
                let tree = seeded(layout, version, Style::Lawful, seed);
                unlisted |= !tree.unlisted.is_empty();
                for event in tree.events() {
                    if let Event::Field(id, ..) = event {
                        seen.insert(id);
                    }
                }
            }
        }
        assert!(unlisted, "{}", layout.name);
        let all = ids(layout.floating);
        assert_eq!(seen, all.into_iter().collect(), "{}", layout.name);
    }
}

fn ids(rows: &[FloatingRow]) -> Vec<u16> {
    let ids = rows.iter().map(|row| match row {
        FloatingRow::Field(row) => vec![row.id],
        FloatingRow::Group(group) => ids(group.rows),
    });
    ids.flatten().collect()
}

/// Puts the floating part into another order: single fields and elements move freely, the elements
/// of one list keep their order, and unlisted fields theirs.
fn shuffled(tree: &Tree, choices: &mut Choices<'_>) -> Option<Vec<u8>> {
    // What must keep its order among its like is a queue of its own.
    let mut queues: Vec<Vec<Vec<u8>>> = Vec::new();
    for part in &tree.parts {
        let only = Tree {
            parts: vec![part.clone()],
            unlisted: Vec::new(),
            ..tree.clone()
        };
        queues.push(only.blocks());
        // An element without its first member may run into the one before it if they come to stand
        // side by side otherwise than they did; such lists stay together.
        if let Part::List(group, elements) = part
            && !elements.iter().all(|element| {
                matches!(element.first(), Some(Part::Field(row, _)) if group.rows[0].has(row.id))
            })
        {
            let together = queues.pop()?.concat();
            queues.push(vec![together]);
        }
    }
    let unlisted = Tree {
        parts: Vec::new(),
        ..tree.clone()
    };
    queues.push(unlisted.blocks());
    let mut body: Vec<u8> = tree
        .fixed
        .iter()
        .flat_map(|(_, data)| data.clone())
        .collect();
    let mut order = Vec::new();
    loop {
        queues.retain(|queue| !queue.is_empty());
        if queues.is_empty() {
            break;
        }
        let queue = choices.below(queues.len());
        order.push(queue);
        body.extend(queues[queue].remove(0));
    }
    Some(body)
}

fn decodes_alike_in_any_order(tree: &Tree, choices: &mut Choices<'_>) {
    let body = tree.body();
    let message = decode(tree, &body);
    let Some(other) = shuffled(tree, choices) else {
        return;
    };
    assert_eq!(other.len(), body.len());
    let moved = decode(tree, &other);
    assert_eq!(moved, message, "{}", about(tree));
    assert_eq!(shown(&moved), tree.events(), "{}", about(tree));
    // Written, it is in table order again.
    assert_eq!(
        as_received(&moved, tree.version).unwrap(),
        tree.frame(),
        "{}",
        about(tree)
    );
}

#[test]
fn floating_fields_in_any_order_decode_to_the_same_message() {
    for style in [Style::Lawful, Style::Wild] {
        for_all(style, SEEDS, |tree| {
            let bytes = noise(u64::from(tree.layout.message_type.0), 512);
            decodes_alike_in_any_order(tree, &mut Choices::new(&bytes));
        });
    }
}

proptest! {
    #![proptest_config(ProptestConfig { cases: 1000, failure_persistence: None, ..ProptestConfig::default() })]

    #[test]
    fn any_sample_goes_there_and_back_in_any_order(
        index in 0..LAYOUTS.len(),
        version in 0..Version::ALL.len(),
        lawful: bool,
        bytes in proptest::collection::vec(any::<u8>(), 0..1500),
        order in proptest::collection::vec(any::<u8>(), 0..100),
    ) {
        let style = if lawful { Style::Lawful } else { Style::Wild };
        let mut choices = Choices::new(&bytes);
        let tree = sample(LAYOUTS[index], Version::ALL[version], style, &mut choices);
        goes_there_and_back(&tree);
        decodes_alike_in_any_order(&tree, &mut Choices::new(&order));
        if lawful {
            let body = tree.body();
            prop_assert_eq!(strict(&decode(&tree, &body), tree.version), Ok(tree.frame()));
        }
    }

    /// Text in any version of any message: numbers keep their value whatever it is.
    #[test]
    fn any_fixed_part_is_kept(
        index in 0..LAYOUTS.len(),
        version in 0..Version::ALL.len(),
        bytes in proptest::collection::vec(any::<u8>(), 200),
    ) {
        let (layout, version) = (LAYOUTS[index], Version::ALL[version]);
        let body = &bytes[..layout.fixed_size(version)];
        let message = Message::decode_body(layout.message_type, body, version).unwrap();
        prop_assert_eq!(as_received(&message, version), Ok(frame(layout.message_type.0, body)));
    }
}

#[test]
fn the_raw_view_accounts_for_every_byte() {
    for_all(Style::Wild, 6, |tree| {
        let bytes = tree.frame();
        let frame = Frame::new(bytes.as_slice()).unwrap();
        let fixed = tree.layout.fixed_size(tree.version);
        let header = if tree.version.has_wide_ids() { 3 } else { 2 };
        let mut size = 8 + fixed;
        for field in frame.floating_fields(tree.version) {
            let field = field.unwrap();
            assert_eq!(
                &bytes[size + header..][..field.data.len()],
                field.data,
                "{}",
                about(tree)
            );
            size += header + field.data.len();
        }
        assert_eq!(size, bytes.len());
        // The first of its id is what is looked up.
        for event in tree.events() {
            if let Event::Unlisted(id, _) = event {
                let first = tree.unlisted.iter().find(|(other, _)| *other == id);
                assert_eq!(
                    frame.floating_fields(tree.version).get(id),
                    first.map(|(_, data)| data.as_slice())
                );
            }
        }
    });
}

#[test]
fn a_field_that_comes_again_is_kept_with_the_unlisted_ones() {
    for version in Version::ALL {
        let tree = seeded(common::layout("FAILURE_CONF"), version, Style::Lawful, 0);
        let mut body = tree.body();
        for text in [b"one\0".as_slice(), b"two\0", b"three"] {
            body.extend(tree.field(7, text));
        }
        let Message::FailureConf(failure) = decode(&tree, &body) else {
            panic!()
        };
        assert_eq!(failure.text, Some("one".into()));
        let kept: Vec<_> = failure
            .unlisted
            .iter()
            .map(|field| (field.id, field.data))
            .collect();
        // As it came: whether there is a NUL is for the one who reads it.
        assert_eq!(kept, [(7, b"two\0".as_slice()), (7, b"three")]);
        let message = Message::from(failure);
        assert_eq!(
            as_received(&message, version),
            Ok(frame(1, &body)),
            "{version}"
        );
        assert_eq!(
            strict(&message, version).unwrap_err().kind,
            EncodeErrorKind::ListedTwice
        );
    }
}

// What encoding refuses.

/// The error of a message from which one required field has been taken, or the bytes with the
/// printed value in its place.
#[test]
fn a_required_field_that_is_missing_is_refused_unless_the_guide_prints_its_value() {
    let mut cases = 0;
    for_all(Style::Lawful, 8, |tree| {
        for (index, part) in tree.parts.iter().enumerate() {
            let Part::Field(row, _) = part else { continue };
            if row.required != Required::Yes {
                continue;
            }
            cases += 1;
            let mut without = tree.clone();
            without.parts.remove(index);
            let body = without.body();
            let message = decode(&without, &body);
            let result = strict(&message, tree.version);
            match row.reserved {
                Some(reserved) if row.kind.size().is_some() => {
                    let mut filled = tree.clone();
                    filled.parts[index] = Part::Field(row, printed(row, reserved));
                    assert_eq!(result, Ok(filled.frame()), "{}", about(&without));
                }
                _ => assert_eq!(
                    result,
                    Err(EncodeError {
                        message: tree.layout.message_type,
                        field: FieldName::Listed(row.name),
                        kind: EncodeErrorKind::Missing,
                    }),
                    "{}",
                    about(&without)
                ),
            }
            // What is sent on as it came is nobody's business.
            assert_eq!(as_received(&message, tree.version), Ok(without.frame()));
        }
    });
    assert!(cases > 500, "only {cases}");
}

/// Takes a row, its data, and what makes the parts anew with other data.
type Change<'c> = dyn FnMut(&'static layout::FieldRow, &[u8], &dyn Fn(Vec<u8>) -> Vec<Part>) + 'c;

/// Changes every field in turn, in lists too.
fn each_field(parts: &[Part], change: &mut Change<'_>) {
    for (index, part) in parts.iter().enumerate() {
        match part {
            Part::Field(row, data) => change(row, data, &|data| {
                let mut parts = parts.to_vec();
                parts[index] = Part::Field(row, data);
                parts
            }),
            Part::List(group, elements) => {
                for (at, element) in elements.iter().enumerate() {
                    each_field(element, &mut |row, data, rebuild| {
                        change(row, data, &|data| {
                            let mut elements = elements.clone();
                            elements[at] = rebuild(data);
                            let mut parts = parts.to_vec();
                            parts[index] = Part::List(group, elements);
                            parts
                        });
                    });
                }
            }
        }
    }
}

fn refused(tree: &Tree, field: &'static str, kind: EncodeErrorKind) {
    let body = tree.body();
    let message = decode(tree, &body);
    assert_eq!(
        strict(&message, tree.version),
        Err(EncodeError {
            message: tree.layout.message_type,
            field: FieldName::Listed(field),
            kind,
        }),
        "{}",
        about(tree)
    );
    assert_eq!(as_received(&message, tree.version), Ok(tree.frame()));
}

#[test]
fn a_field_that_is_too_long_is_refused_with_its_length_and_what_is_allowed() {
    let mut cases = 0;
    for_all(Style::Lawful, 4, |tree| {
        each_field(&tree.parts, &mut |row, _, rebuild| {
            if row.kind.size().is_some() || row.max >= 251 {
                return;
            }
            cases += 1;
            let text = row.kind == layout::Kind::String;
            for length in [row.max, row.max + 1, 255] {
                let mut data = vec![b'x'; length];
                if text {
                    data[length - 1] = 0;
                }
                let changed = Tree {
                    parts: rebuild(data),
                    ..tree.clone()
                };
                if length == row.max {
                    let body = changed.body();
                    let message = decode(&changed, &body);
                    assert_eq!(strict(&message, tree.version), Ok(changed.frame()));
                } else {
                    let kind = EncodeErrorKind::TooLong {
                        length,
                        max: row.max,
                    };
                    refused(&changed, row.name, kind);
                }
            }
        });
    });
    assert!(cases > 1000, "only {cases}");
}

#[test]
fn a_text_with_a_nul_within_is_refused() {
    let mut cases = 0;
    for_all(Style::Lawful, 3, |tree| {
        each_field(&tree.parts, &mut |row, _, rebuild| {
            if row.kind != layout::Kind::String {
                return;
            }
            cases += 1;
            // At the end there is one more than decoding takes off.
            for data in [b"a\0b\0".as_slice(), b"a\0\0", b"\0\0"] {
                let changed = Tree {
                    parts: rebuild(data.to_vec()),
                    ..tree.clone()
                };
                refused(&changed, row.name, EncodeErrorKind::InnerNul);
            }
        });
    });
    assert!(cases > 1000, "only {cases}");
}

#[test]
fn named_data_is_bound_by_name_value_and_total() {
    for version in Version::ALL {
        let header = if version.has_wide_ids() { 3 } else { 2 };
        for (name, name_of, index) in [("NamedVariable", 82, 0), ("NamedArray", 83, 1)] {
            let mut tree = seeded(
                common::layout("SET_CALL_DATA_REQ"),
                version,
                Style::Lawful,
                0,
            );
            let row = tree
                .layout
                .floating
                .iter()
                .find(|row| row.has(name_of))
                .unwrap();
            let FloatingRow::Group(group) = row else {
                panic!()
            };
            let FloatingRow::Field(field) = &group.rows[0] else {
                panic!()
            };
            let count = format!("Num{}", group.name);
            let mut with = |data: &[Vec<u8>]| {
                let elements: Vec<_> = data
                    .iter()
                    .map(|data| vec![Part::Field(field, data.clone())])
                    .collect();
                tree.set_fixed(&count, elements.len() as u32);
                let mut parts = tree.parts.clone();
                parts.push(Part::List(group, elements));
                Tree {
                    parts,
                    ..tree.clone()
                }
            };
            let data = |name: usize, value: usize| {
                let mut data = vec![7; index];
                data.extend(vec![b'n'; name]);
                data.push(0);
                data.extend(vec![b'v'; value]);
                data.push(0);
                data
            };
            let passes = |tree: &Tree| {
                let body = tree.body();
                let message = decode(tree, &body);
                assert_eq!(strict(&message, version), Ok(tree.frame()));
            };
            passes(&with(&[data(32, 210)]));
            passes(&with(&[data(0, 0)]));
            refused(
                &with(&[data(33, 0)]),
                name,
                EncodeErrorKind::TooLong {
                    length: 34,
                    max: 33,
                },
            );
            refused(
                &with(&[data(0, 211)]),
                name,
                EncodeErrorKind::TooLong {
                    length: 212,
                    max: 211,
                },
            );
            // In the value, as a name ends at the first NUL.
            let mut inner = data(4, 4);
            let at = inner.len() - 3;
            inner[at] = 0;
            refused(&with(&[inner]), name, EncodeErrorKind::InnerNul);
            // 2000 in all, counting id, length and data.
            let each = header + data(10, 188 - header - index).len();
            assert_eq!(each, 200);
            let ten = vec![data(10, 188 - header - index); 10];
            passes(&with(&ten));
            let mut over = ten.clone();
            over[9].insert(index, b'n');
            refused(
                &with(&over),
                name,
                EncodeErrorKind::TooMuchNamedData {
                    length: 2001,
                    max: 2000,
                },
            );
        }
    }
}

#[test]
fn variables_and_arrays_share_the_room_for_named_data() {
    let variables = [NamedVariable {
        name: "n".into(),
        value: "v".into(),
    }; 2];
    let long = "v".repeat(189);
    let arrays = [NamedArray {
        index: 1,
        name: "abcd".into(),
        value: (&*long).into(),
    }; 10];
    let full = Message::from(SetCallDataReq {
        connection_device_id: Some("1".into()),
        named_variables: Repeated::from(&variables),
        named_arrays: Repeated::from(&arrays),
        ..Default::default()
    });
    // 2 + 4 bytes for each of two, 2 + 1 + 5 + 190 for each of ten: 1992. The ids of version 18
    // add 12.
    assert!(strict(&full, Version::V14).is_ok());
    assert_eq!(
        strict(&full, Version::V18).unwrap_err(),
        EncodeError {
            message: MessageType::SET_CALL_DATA_REQ,
            field: FieldName::Listed("NamedArray"),
            kind: EncodeErrorKind::TooMuchNamedData {
                length: 2004,
                max: 2000
            },
        }
    );
}

#[test]
fn a_list_with_too_many_elements_is_refused() {
    for layout in LAYOUTS {
        for (position, row) in layout.floating.iter().enumerate() {
            let FloatingRow::Group(group) = row else {
                continue;
            };
            let Some(max) = group.max_count else { continue };
            let mut tree = (1..200)
                .map(|seed| seeded(layout, Version::V18, Style::Lawful, seed))
                .find(|tree| {
                    tree.parts.iter().any(
                        |part| matches!(part, Part::List(other, _) if other.name == group.name),
                    )
                })
                .unwrap_or_else(|| panic!("no sample of {} with {}", layout.name, group.name));
            let count = layout
                .fixed
                .iter()
                .find(|row| row.counts == Some(group.name))
                .unwrap_or_else(|| panic!("{} {position}", layout.name));
            for more in [0, 1] {
                for part in &mut tree.parts {
                    if let Part::List(other, elements) = part
                        && other.name == group.name
                    {
                        let element = elements[0].clone();
                        *elements = vec![element; max + more];
                    }
                }
                tree.set_fixed(count.name, (max + more) as u32);
                if more == 0 {
                    let body = tree.body();
                    let message = decode(&tree, &body);
                    assert_eq!(strict(&message, tree.version), Ok(tree.frame()));
                } else {
                    let kind = EncodeErrorKind::TooMany {
                        count: max + 1,
                        max,
                    };
                    refused(&tree, group.name, kind);
                }
            }
        }
    }
}

#[test]
fn a_count_that_differs_from_its_list_is_kept_as_received_and_refused_strictly() {
    let mut cases = 0;
    for_all(Style::Lawful, 4, |tree| {
        for row in tree.layout.fixed {
            let Some(list) = row.counts else { continue };
            let listed = tree
                .parts
                .iter()
                .find_map(|part| match part {
                    Part::List(group, elements) if group.name == list => Some(elements.len()),
                    _ => None,
                })
                .unwrap_or_default();
            cases += 1;
            for count in [listed as u16 + 1, 0xffff] {
                let mut changed = tree.clone();
                changed.set_fixed(row.name, count.into());
                refused(
                    &changed,
                    row.name,
                    EncodeErrorKind::CountMismatch { count, listed },
                );
            }
        }
    });
    assert!(cases > 500, "only {cases}");
}

#[test]
fn a_field_that_the_version_does_not_have_is_refused() {
    let mut cases = 0;
    for layout in LAYOUTS {
        for version in Version::ALL {
            for seed in 1..8 {
                // What the newest version has, written in an older one as far as ids can be.
                let mut tree = seeded(layout, Version::V18, Style::Lawful, seed);
                let newer = tree.parts.iter().find_map(|part| match part {
                    Part::Field(row, _) if row.since > version => Some(*row),
                    _ => None,
                });
                let Some(newer) = newer else { continue };
                if newer.id > 255 && !version.has_wide_ids() {
                    continue;
                }
                cases += 1;
                tree.version = version;
                tree.fixed.retain(|(row, _)| row.since <= version);
                tree.unlisted.clear();
                tree.parts.retain(|part| match part {
                    Part::Field(row, _) => row.since <= version || row.id == newer.id,
                    Part::List(..) => false,
                });
                // The lists are gone, so nothing is counted.
                for row in layout.fixed {
                    if row.counts.is_some() {
                        tree.set_fixed(row.name, 0);
                    }
                }
                for part in &mut tree.parts {
                    if let Part::Field(row, data) = part
                        && row.counts.is_some()
                    {
                        data.fill(0);
                    }
                }
                let kind = EncodeErrorKind::NotInVersion { since: newer.since };
                refused(&tree, newer.name, kind);
            }
        }
    }
    assert!(cases > 10, "only {cases}");
}

#[test]
fn a_bool_is_0_or_1_when_it_is_written() {
    let mut cases = 0;
    for_all(Style::Lawful, 2, |tree| {
        for (index, (row, _)) in tree.fixed.iter().enumerate() {
            if row.kind != layout::Kind::Bool {
                continue;
            }
            for value in [0, 1, 2, 0xffff_u16] {
                cases += 1;
                let mut changed = tree.clone();
                changed.fixed[index].1 = value.to_be_bytes().to_vec();
                // A reserved one keeps what arrived (ruling 10).
                if value > 1 && row.reserved.is_none() {
                    let value = value.into();
                    refused(&changed, row.name, EncodeErrorKind::NotBool { value });
                } else {
                    let body = changed.body();
                    assert_eq!(
                        strict(&decode(&changed, &body), tree.version),
                        Ok(changed.frame())
                    );
                }
            }
        }
    });
    assert!(cases > 100, "only {cases}");
}

#[test]
fn the_wire_sets_limits_to_unlisted_fields() {
    let long = [b'x'; 256];
    let refused = |id, data, version| {
        let fields = [FloatingField { id, data }];
        let message = Message::from(HeartbeatReq {
            unlisted: Unlisted::from(&fields),
            ..Default::default()
        });
        let error = as_received(&message, version).unwrap_err();
        assert_eq!(error.field, FieldName::Unlisted(id));
        assert_eq!(strict(&message, version), Err(error));
        error.kind
    };
    let too_long = EncodeErrorKind::TooLong {
        length: 256,
        max: 255,
    };
    assert_eq!(refused(9, &long, Version::V14), too_long);
    assert_eq!(refused(9, &long, Version::V18), too_long);
    assert_eq!(
        refused(256, &[], Version::V17),
        EncodeErrorKind::WideId { id: 256 }
    );
    let fields = [FloatingField {
        id: 256,
        data: &long[..255],
    }];
    let message = Message::from(HeartbeatReq {
        unlisted: Unlisted::from(&fields),
        ..Default::default()
    });
    assert_eq!(
        strict(&message, Version::V18).unwrap().len(),
        8 + 4 + 3 + 255
    );
}

// Rules between fields: each of `ccx.json` once broken and once kept.

fn broken(message: impl Into<Message<'static>>, field: &str) {
    let message = message.into();
    let error = strict(&message, Version::V14).unwrap_err();
    assert_eq!(
        error.field,
        FieldName::Listed(field.to_owned().leak()),
        "{error}"
    );
    assert!(matches!(error.kind, EncodeErrorKind::Rule(_)), "{error}");
    assert_eq!(error.message, message.message_type());
    // As received it goes through.
    assert!(as_received(&message, Version::V14).is_ok());
}

#[track_caller]
fn kept(message: impl Into<Message<'static>>) {
    if let Err(error) = strict(&message.into(), Version::V14) {
        panic!("{error}");
    }
}

#[test]
fn rules_of_open_req() {
    let open = OpenReq {
        idle_timeout: 20,
        client_id: Some("".into()),
        client_password: Some(b""),
        ..Default::default()
    };
    kept(open);
    for idle_timeout in [21, 119, 0xffff_ffff] {
        kept(OpenReq {
            idle_timeout,
            ..open
        });
    }
    for idle_timeout in [0, 19, 120, 0xffff_fffe] {
        broken(
            OpenReq {
                idle_timeout,
                ..open
            },
            "IdleTimeout",
        );
    }
    let agent = OpenReq {
        services_requested: CtiService::CLIENT_EVENTS,
        ..open
    };
    broken(agent, "AgentExtension");
    let id = Some("7".into());
    kept(OpenReq {
        agent_extension: id,
        ..agent
    });
    kept(OpenReq {
        agent_instrument: id,
        ..agent
    });
    kept(OpenReq {
        agent_id: id,
        ..agent
    });
    broken(
        OpenReq {
            services_requested: CtiService::CLIENT_EVENTS | CtiService::ALL_EVENTS,
            agent_id: id,
            ..open
        },
        "ServicesRequested",
    );
    // Only a finding: a sender may.
    let bridge = OpenReq {
        services_requested: CtiService::ALL_EVENTS,
        ..open
    };
    kept(bridge);
    kept(OpenReq {
        agent_id: id,
        ..bridge
    });
}

#[test]
fn rules_that_ask_for_one_of_several_fields() {
    let id = Some("7".into());
    let query = QueryAgentStateReq::default();
    broken(query, "AgentExtension");
    kept(QueryAgentStateReq {
        agent_extension: id,
        ..query
    });
    kept(QueryAgentStateReq {
        agent_instrument: id,
        ..query
    });
    kept(QueryAgentStateReq {
        agent_id: id,
        ..query
    });

    let answer = AnswerCallReq::default();
    broken(answer, "ConnectionDeviceID");
    kept(AnswerCallReq {
        connection_device_id: id,
        ..answer
    });
    kept(AnswerCallReq {
        agent_instrument: id,
        ..answer
    });

    let conference = ConferenceCallReq {
        active_connection_device_id: id,
        agent_instrument: id,
        ..Default::default()
    };
    broken(conference, "HeldConnectionDeviceID");
    kept(ConferenceCallReq {
        held_connection_device_id: id,
        ..conference
    });
    kept(ConferenceCallReq {
        dialed_number: id,
        ..conference
    });

    let transfer = TransferCallReq {
        active_connection_device_id: id,
        agent_instrument: id,
        ..Default::default()
    };
    broken(transfer, "HeldConnectionDeviceID");
    kept(TransferCallReq {
        held_connection_device_id: id,
        ..transfer
    });
    kept(TransferCallReq {
        dialed_number: id,
        ..transfer
    });

    let supervise = SuperviseCallReq {
        agent_call_id: 5,
        ..Default::default()
    };
    broken(supervise, "AgentConnectionDeviceID");
    kept(SuperviseCallReq {
        agent_connection_device_id: id,
        ..supervise
    });
    kept(SuperviseCallReq {
        agent_extension: id,
        ..supervise
    });
    kept(SuperviseCallReq {
        agent_instrument: id,
        ..supervise
    });
    kept(SuperviseCallReq {
        agent_id: id,
        ..supervise
    });
    broken(
        SuperviseCallReq {
            agent_call_id: special::NULL_CALL_ID,
            agent_connection_device_id: id,
            ..supervise
        },
        "AgentConnectionDeviceID",
    );
}

#[test]
fn rules_of_set_agent_state_req() {
    let id = Some("7".into());
    let state = |agent_state| SetAgentStateReq {
        agent_state,
        agent_instrument: id,
        ..Default::default()
    };
    let login = state(AgentState::LOGIN);
    broken(
        SetAgentStateReq {
            agent_id: id,
            ..login
        },
        "AgentPassword",
    );
    broken(
        SetAgentStateReq {
            agent_password: id,
            ..login
        },
        "AgentID",
    );
    kept(SetAgentStateReq {
        agent_id: id,
        agent_password: id,
        ..login
    });
    let logout = state(AgentState::LOGOUT);
    broken(logout, "AgentID");
    kept(SetAgentStateReq {
        agent_id: id,
        ..logout
    });
    kept(state(AgentState::READY));
    // Findings only.
    kept(SetAgentStateReq {
        forced_flag: ForcedFlag::TRUE,
        ..state(AgentState::READY)
    });
}

#[test]
fn rules_of_team_config_event() {
    let remove = TeamConfigEvent {
        operation: TeamOperation::REMOVE_TEAM,
        ..Default::default()
    };
    kept(remove);
    broken(
        TeamConfigEvent {
            team_name: Some("t".into()),
            ..remove
        },
        "TeamName",
    );
    static MEMBER: [TeamMember<'static>; 1] = [TeamMember {
        agent_id: None,
        agent_flags: None,
        record_type: Some(RecordType::CHANGE),
        member_type: Some(MemberType::CSQ),
    }];
    // The first of a list may begin with any member.
    broken(
        TeamConfigEvent {
            members: Repeated::from(&MEMBER),
            ..remove
        },
        "TeamName",
    );
    for operation in [
        TeamOperation::ADD_TEAM,
        TeamOperation::CHANGE_TEAM,
        TeamOperation(9),
    ] {
        let other = TeamConfigEvent {
            operation,
            ..remove
        };
        broken(other, "TeamName");
        kept(TeamConfigEvent {
            team_name: Some("".into()),
            ..other
        });
        // RecordType of a member: a finding.
        kept(TeamConfigEvent {
            team_name: Some("".into()),
            members: Repeated::from(&MEMBER),
            ..other
        });
    }
}

#[test]
fn rules_that_are_findings_do_not_stop_a_sender() {
    kept(SystemEvent {
        event_device_type: DeviceType(70),
        ..Default::default()
    });
    kept(AnswerCallReq {
        call_id: special::NULL_CALL_ID,
        connection_device_type: ConnectionDeviceType(1),
        agent_instrument: Some("7".into()),
        ..Default::default()
    });
}

/// The tests above know of every rule: one more in the specification, and this fails.
#[test]
fn every_rule_of_the_specification_is_tested_here() {
    let spec = common::spec();
    let mut found = std::collections::BTreeMap::new();
    for rule in common::rows(&spec["rules"]) {
        let finding = rule.get("severity").is_some();
        *found
            .entry((common::text(&rule["message"]), finding))
            .or_insert(0) += 1;
    }
    let tested = [
        (("ANSWER_CALL_REQ", false), 1),
        (("ANSWER_CALL_REQ", true), 1),
        (("CONFERENCE_CALL_REQ", false), 1),
        (("OPEN_REQ", false), 3),
        (("OPEN_REQ", true), 1),
        (("QUERY_AGENT_STATE_REQ", false), 1),
        (("SET_AGENT_STATE_REQ", false), 2),
        (("SET_AGENT_STATE_REQ", true), 1),
        (("SUPERVISE_CALL_REQ", false), 1),
        (("SYSTEM_EVENT", true), 1),
        (("TEAM_CONFIG_EVENT", false), 1),
        (("TEAM_CONFIG_EVENT", true), 1),
        (("TRANSFER_CALL_REQ", false), 1),
    ];
    assert_eq!(found, tested.into_iter().collect());
}

// What the fuzz targets and the samples above have found, by name.

/// `OPEN_CONF` of a version without peripherals has no count of them.
#[test]
fn open_conf_without_peripherals_is_written_strictly_in_every_version() {
    for version in Version::ALL {
        let tree = seeded(common::layout("OPEN_CONF"), version, Style::Lawful, 0);
        assert!(tree.parts.is_empty());
        let body = tree.body();
        let message = decode(&tree, &body);
        assert_eq!(strict(&message, version), Ok(tree.frame()), "{version}");
    }
}

/// An agent without CSQs: the count of 0 is there, the list is not; and what a server counts
/// wrongly stays as it came.
#[test]
fn the_count_of_a_nested_list_without_elements_is_kept() {
    for (count, body) in [
        (
            0,
            b"\x00\x01\xb7\x02\x00\x00\xbe\x02a\x00\xbf\x02\x00\x00".as_slice(),
        ),
        (5, b"\x00\x01\xb7\x02\x00\x00\xbe\x02a\x00\xbf\x02\x00\x05"),
    ] {
        let Ok(message) = Message::decode_body(MessageType(237), body, Version::V14) else {
            panic!()
        };
        let Message::ConfigAgentEvent(event) = message else {
            panic!()
        };
        let record = event.records.iter().next().unwrap();
        assert_eq!(record.num_csqs.received(), Some(count));
        assert_eq!(as_received(&message, Version::V14), Ok(frame(237, body)));
        match count {
            0 => assert_eq!(strict(&message, Version::V14), Ok(frame(237, body))),
            _ => assert_eq!(
                strict(&message, Version::V14).unwrap_err().kind,
                EncodeErrorKind::CountMismatch { count, listed: 0 }
            ),
        }
    }
}

/// Ruling 8: both widths of `AutoWork` are right, and each stays as it is.
#[test]
fn auto_work_of_either_width_is_written_strictly() {
    for data in [b"\x00\x01".as_slice(), b"\x00\x00\x00\x01"] {
        let mut body = b"\x00\x01\xb7\x02\x00\x00\xb9".to_vec();
        body.push(data.len() as u8);
        body.extend(data);
        let message = Message::decode_body(MessageType(236), &body, Version::V14).unwrap();
        assert_eq!(as_received(&message, Version::V14), Ok(frame(236, &body)));
        assert_eq!(strict(&message, Version::V14), Ok(frame(236, &body)));
    }
}

/// Ruling 10: a reserved field keeps what arrived, a BOOL like any other; checking says that it has
/// changed, and encoding does not refuse what checking lets pass.
#[test]
fn a_reserved_bool_that_is_neither_is_kept() {
    let layout = common::layout("HOLD_CALL_REQ");
    let mut tree = seeded(layout, Version::V14, Style::Lawful, 0);
    tree.set_fixed("Reservation", 0xb100);
    let frame = Frame::new(tree.frame()).unwrap();
    let message = frame.decode(Version::V14).unwrap();
    assert_eq!(strict(&message, Version::V14), Ok(tree.frame()));
    let findings = frame.check(Version::V14);
    let reserved = FieldName::Listed("Reservation");
    let found = findings.iter().find(|finding| finding.field == reserved);
    assert_eq!(found.unwrap().kind.name(), "reserved-changed");
}

/// Nothing is dropped in silence: what a version's fixed part has no room for is refused, whoever
/// asks.
#[test]
fn a_fixed_field_that_the_version_does_not_have_is_not_dropped() {
    let message = Message::from(SetAgentStateReq {
        agent_state: AgentState::READY,
        agent_capacity: AgentCapacity::OUTBOUND_ENABLED,
        agent_instrument: Some("7".into()),
        ..Default::default()
    });
    assert!(strict(&message, Version::V12).is_ok());
    let error = EncodeError {
        message: MessageType::SET_AGENT_STATE_REQ,
        field: FieldName::Listed("AgentCapacity"),
        kind: EncodeErrorKind::NotInVersion {
            since: Version::V12,
        },
    };
    assert_eq!(strict(&message, Version::V11), Err(error));
    assert_eq!(as_received(&message, Version::V11), Err(error));
}

// Messages built from structs.

/// A built message is written strictly, and read again shows what was built and the counts of its
/// lists. Required reserved fields, written with their printed value, are all that is added.
fn built(message: impl Into<Message<'static>>) {
    let message = message.into();
    for version in Version::ALL {
        let written = match strict(&message, version) {
            Ok(written) => written,
            Err(error) if matches!(error.kind, EncodeErrorKind::NotInVersion { .. }) => continue,
            Err(error) => panic!("{error}"),
        };
        let read = Frame::new(written.as_slice()).unwrap();
        let read = read.decode(version).unwrap();
        let rows = read.message_type().layout().unwrap().floating;
        let added = |event: &Event| match event {
            Event::Field(id, ..) => leaf(rows, *id)
                .is_some_and(|row| row.required == Required::Yes && row.reserved.is_some()),
            _ => false,
        };
        let shown_built = shown(&message);
        let mut shown_read = shown(&read);
        shown_read.retain(|event| !added(event) || shown_built.contains(event));
        assert_eq!(shown_read, shown_built, "{version}");
        assert_eq!(strict(&read, version).as_ref(), Ok(&written));
        assert_eq!(as_received(&read, version), Ok(written));
    }
}

#[test]
fn messages_built_from_structs_go_there_and_back() {
    built(OpenReq {
        invoke_id: 1,
        version_number: 14,
        idle_timeout: 60,
        services_requested: CtiService::ALL_EVENTS | CtiService::SUPERVISOR,
        call_msg_mask: CallEventMask::all(),
        client_id: Some("desk".into()),
        client_password: Some(b"secret"),
        client_signature: Some("signature".into()),
        ..Default::default()
    });
    static PERIPHERALS: [Peripheral; 2] = [
        Peripheral {
            flt_peripheral_id: Some(5000),
            multiline_agent_control: Some(1),
        },
        Peripheral {
            flt_peripheral_id: Some(5001),
            multiline_agent_control: None,
        },
    ];
    built(OpenConf {
        unified_ccx_online: true.into(),
        agent_state: AgentState::READY,
        peripherals: Repeated::from(&PERIPHERALS),
        ..Default::default()
    });
    static CSQS: [AgentStateCsq; 3] = [
        AgentStateCsq {
            csq_id: Some(1),
            skill_group_id: Some(0xffff_ffff),
            skill_group_priority: Some(0),
            csq_state: Some(AgentState::READY),
        },
        AgentStateCsq {
            csq_id: Some(special::NULL_CSQ),
            skill_group_id: None,
            skill_group_priority: None,
            csq_state: Some(AgentState(99)),
        },
        AgentStateCsq {
            csq_id: Some(3),
            skill_group_id: None,
            skill_group_priority: Some(1),
            csq_state: None,
        },
    ];
    built(AgentStateEvent {
        csqs: Repeated::from(&CSQS),
        agent_id: Some("agent".into()),
        ..Default::default()
    });
    static RECORD_CSQS: [AgentRecordCsq; 2] = [
        AgentRecordCsq {
            csq_id: Some(10),
            skill_group_priority: Some(0),
        },
        AgentRecordCsq {
            csq_id: Some(11),
            skill_group_priority: None,
        },
    ];
    let records: &'static [AgentRecord<'static>] = vec![
        AgentRecord {
            record_type: Some(RecordType::ADD),
            agent_type: Some(AgentType::AGENT),
            login_id: Some("one".into()),
            csqs: Repeated::from(&RECORD_CSQS),
            ..Default::default()
        },
        AgentRecord {
            record_type: Some(RecordType::DELETE),
            login_id: Some("two".into()),
            ..Default::default()
        },
        AgentRecord {
            record_type: Some(RecordType::CHANGE),
            csqs: Repeated::from(&RECORD_CSQS[..1]),
            ..Default::default()
        },
    ]
    .leak();
    built(ConfigAgentEvent {
        records: Repeated::from(records),
        ..Default::default()
    });
    let csqs: &'static [CsqRecord<'static>] = vec![
        CsqRecord {
            record_type: Some(RecordType::ADD),
            auto_work: Some(AutoWork::Long(1)),
            ..Default::default()
        },
        CsqRecord {
            record_type: Some(RecordType::ADD),
            auto_work: Some(true.into()),
            csq_name: Some("Sales".into()),
            mr_domain_id: Some(MediaRoutingDomain::EMAIL),
            ..Default::default()
        },
    ]
    .leak();
    built(ConfigCsqEvent {
        records: Repeated::from(csqs),
        ..Default::default()
    });
    let variables: &'static [NamedVariable<'static>] = vec![
        NamedVariable {
            name: "BACampaign".into(),
            value: "Spring".into(),
        },
        NamedVariable {
            name: "empty".into(),
            value: "".into(),
        },
    ]
    .leak();
    let arrays: &'static [NamedArray<'static>] = vec![
        NamedArray {
            index: 0,
            name: "list".into(),
            value: "a".into(),
        },
        NamedArray {
            index: 255,
            name: "list".into(),
            value: "b".into(),
        },
    ]
    .leak();
    let clients: &'static [CtiClient<'static>] = vec![CtiClient {
        cti_client_signature: Some("desk".into()),
        cti_client_time_stamp: Some(Time(1_400_000_000)),
    }]
    .leak();
    built(BeginCallEvent {
        call_type: CallType::CCX_IN,
        connection_device_id: Some("9026".into()),
        named_variables: Repeated::from(variables),
        named_arrays: Repeated::from(arrays),
        cti_clients: Repeated::from(clients),
        ..Default::default()
    });
    let parties: &'static [ConnectedParty<'static>] = vec![
        ConnectedParty {
            connected_party_call_id: Some(1),
            connected_party_device_type: Some(ConnectionDeviceType::NONE),
            connected_party_device_id: Some("1".into()),
        };
        16
    ]
    .leak();
    built(TransferCallConf {
        new_connection_device_id: Some("1".into()),
        connected_parties: Repeated::from(parties),
        ..Default::default()
    });
    built(CallDequeuedEvent {
        connection_device_id: Some("1".into()),
        queue_device_id: Some("2".into()),
        ..Default::default()
    });
    built(ConfigRequestEvent::default());
}

#[test]
fn a_default_message_is_refused_for_what_it_lacks_or_written_with_its_fixed_part_alone() {
    for message in defaults() {
        let layout = message.message_type().layout().unwrap();
        for version in Version::ALL {
            // The first that is missing; rules come after.
            let missing = layout.floating.iter().find_map(|row| match row {
                FloatingRow::Field(row)
                    if row.required == Required::Yes
                        && row.since <= version
                        && (row.reserved.is_none() || row.kind.size().is_none()) =>
                {
                    Some(row.name)
                }
                _ => None,
            });
            match (strict(&message, version), missing) {
                (Err(error), Some(name)) => {
                    assert_eq!(error.field, FieldName::Listed(name));
                    assert_eq!(error.kind, EncodeErrorKind::Missing);
                }
                (Err(error), None) => {
                    assert!(matches!(error.kind, EncodeErrorKind::Rule(_)), "{error}");
                }
                (Ok(written), None) => {
                    let tree = Tree::read(layout, &written[8..], version).unwrap();
                    // Nothing but required fields of which the guide prints the value.
                    for part in &tree.parts {
                        let Part::Field(row, data) = part else {
                            panic!()
                        };
                        assert_eq!(row.required, Required::Yes);
                        assert_eq!(*data, printed(row, row.reserved.unwrap()));
                    }
                    let alone = Tree {
                        parts: Vec::new(),
                        ..tree
                    };
                    assert_eq!(
                        as_received(&message, version),
                        Ok(alone.frame()),
                        "{}",
                        layout.name
                    );
                }
                (Ok(_), Some(name)) => panic!("{} without {name}", layout.name),
            }
        }
    }
}

#[test]
fn elements_that_nothing_tells_apart_are_refused() {
    let csqs = |second| {
        [
            AgentStateCsq {
                csq_state: Some(AgentState::READY),
                ..Default::default()
            },
            second,
        ]
    };
    let written = |csqs: &[AgentStateCsq; 2]| {
        let message = AgentStateEvent {
            csqs: Repeated::from(csqs),
            ..Default::default()
        };
        let message = Message::from(message);
        let written = strict(&message, Version::V14);
        assert_eq!(as_received(&message, Version::V14).is_ok(), written.is_ok());
        written
    };
    let refused = |csqs: [AgentStateCsq; 2]| match written(&csqs) {
        Err(error) => {
            assert_eq!(error.field, FieldName::Listed("CSQs"));
            assert_eq!(error.kind, EncodeErrorKind::RunsTogether { index: 1 });
        }
        Ok(written) => panic!("{written:02x?}"),
    };
    // Nothing set, and a member that the one before lacks.
    refused(csqs(AgentStateCsq::default()));
    refused(csqs(AgentStateCsq {
        skill_group_id: Some(1),
        ..Default::default()
    }));
    // The first member, and one that the element before has.
    for second in [
        AgentStateCsq {
            csq_id: Some(1),
            ..Default::default()
        },
        AgentStateCsq {
            csq_state: Some(AgentState::READY),
            ..Default::default()
        },
    ] {
        let csqs = csqs(second);
        let written = written(&csqs).unwrap();
        let frame = Frame::new(written.as_slice()).unwrap();
        let Ok(Message::AgentStateEvent(event)) = frame.decode(Version::V14) else {
            panic!()
        };
        assert_eq!(event.csqs, Repeated::from(&csqs));
    }
}

// -----------------------------------------------------------------------------------------------
// Lists as such.

#[test]
fn messages_differ_by_their_lists() {
    let variable = |value: &'static str| NamedVariable {
        name: "user.layout".into(),
        value: value.into(),
    };
    let lists = [
        vec![],
        vec![variable("a")],
        vec![variable("b")],
        vec![variable("a"), variable("b")],
        vec![variable("b"), variable("a")],
    ];
    let fields: [&[FloatingField<'_>]; 4] = [
        &[],
        &[FloatingField { id: 97, data: b"a" }],
        &[FloatingField { id: 97, data: b"b" }],
        &[FloatingField { id: 98, data: b"a" }],
    ];
    let mut messages = Vec::new();
    for list in &lists {
        for fields in fields {
            // From slices, whose lengths only show when the program runs.
            messages.push(Message::from(SetCallDataReq {
                connection_device_id: Some("".into()),
                named_variables: Repeated::from(list.as_slice()),
                unlisted: Unlisted::from(fields),
                ..Default::default()
            }));
        }
    }
    for (index, message) in messages.iter().enumerate() {
        let written = as_received(message, Version::V14).unwrap();
        let read = Frame::new(written.as_slice()).unwrap();
        let read = read.decode(Version::V14).unwrap();
        let Message::SetCallDataReq(read) = read else {
            panic!("{read:?}");
        };
        for (other, wanted) in messages.iter().enumerate() {
            assert_eq!(message == wanted, index == other, "{message:?} {wanted:?}");
            let Message::SetCallDataReq(wanted) = wanted else {
                panic!("{wanted:?}");
            };
            // Read, as well, save that the counts are those that came.
            let same =
                (read.named_variables, read.unlisted) == (wanted.named_variables, wanted.unlisted);
            assert_eq!(same, index == other, "{read:?} {wanted:?}");
        }
    }
}

#[test]
fn lists_show_their_elements() {
    let written = as_received(
        &SetCallDataReq {
            named_variables: Repeated::from(&[NamedVariable {
                name: "a".into(),
                value: "b".into(),
            }]),
            unlisted: Unlisted::from(&[FloatingField {
                id: 97,
                data: &[1, 2],
            }]),
            ..Default::default()
        }
        .into(),
        Version::V14,
    )
    .unwrap();
    let frame = Frame::new(written.as_slice()).unwrap();
    let Ok(Message::SetCallDataReq(read)) = frame.decode(Version::V14) else {
        panic!();
    };
    assert_eq!(
        format!("{:?}", read.named_variables),
        r#"[NamedVariable { name: "a", value: "b" }]"#
    );
    assert_eq!(
        format!("{:?}", read.unlisted),
        "[FloatingField { id: 97, data: [1, 2] }]"
    );
}

/// Whatever is no member of an element ends it: a field that no table lists, or one of the message.
#[test]
fn elements_are_kept_apart_by_what_stands_between_their_members() {
    let empty = AgentStateEvent::default().into();
    let empty = as_received(&empty, Version::V14).unwrap();
    let csq_id: &[u8] = &[62, 4, 0, 0, 0, 7];
    let csq_state: &[u8] = &[65, 2, 0, 3];
    let unlisted: &[u8] = &[97, 1, 0];
    let next_state: &[u8] = &[123, 2, 0, 4];
    let (id, state) = (Some(7), Some(AgentState(3)));
    for (between, expected) in [
        (&[][..], &[(id, state)][..]),
        (unlisted, &[(id, None), (None, state)]),
        (next_state, &[(id, None), (None, state)]),
    ] {
        let body = [&empty[8..], csq_id, between, csq_state].concat();
        let event = AgentStateEvent::decode(&body, Version::V14).unwrap();
        let csqs: Vec<_> = event
            .csqs
            .iter()
            .map(|csq| (csq.csq_id, csq.csq_state))
            .collect();
        assert_eq!(csqs, expected, "{between:02x?}");
    }
}

#[test]
fn an_element_of_nothing_but_a_list_is_written() {
    static CSQS: [AgentRecordCsq; 2] = [
        AgentRecordCsq {
            csq_id: Some(10),
            skill_group_priority: None,
        },
        AgentRecordCsq {
            csq_id: Some(11),
            skill_group_priority: None,
        },
    ];
    let records = [AgentRecord {
        csqs: Repeated::from(&CSQS),
        ..Default::default()
    }];
    let message = Message::from(ConfigAgentEvent {
        records: Repeated::from(&records),
        ..Default::default()
    });
    let written = strict(&message, Version::V14).unwrap();
    assert_eq!(
        written[8..],
        [
            0, 1, // NumRecords
            191, 2, 0, 2, // NumCSQs
            62, 4, 0, 0, 0, 10, 62, 4, 0, 0, 0, 11
        ]
    );
}

/// What came is kept as long as it counts what came.
#[test]
fn a_list_in_the_place_of_one_that_came_is_counted_anew() {
    let two = [NamedVariable::default(); 2];
    let one = [NamedVariable::default()];
    let message = |list| {
        Message::from(SetCallDataReq {
            connection_device_id: Some("".into()),
            named_variables: list,
            ..Default::default()
        })
    };
    let came = strict(&message(Repeated::from(&two)), Version::V14).unwrap();
    let frame = Frame::new(came.as_slice()).unwrap();
    let Ok(Message::SetCallDataReq(mut edited)) = frame.decode(Version::V14) else {
        panic!();
    };
    assert_eq!(edited.num_named_variables.received(), Some(2));
    edited.named_variables = Repeated::from(&one);
    let wanted = strict(&message(Repeated::from(&one)), Version::V14);
    assert_eq!(strict(&edited.into(), Version::V14), wanted);
    assert_eq!(as_received(&edited.into(), Version::V14), wanted);
}

/// As received, the version's tables do not matter, but the width of its ids does.
#[test]
fn an_id_that_does_not_fit_is_refused_as_received_too() {
    let message = Message::from(AgentStateEvent {
        active_terminal: Some("1".into()),
        ..Default::default()
    });
    for version in Version::ALL {
        let error = as_received(&message, version).err();
        let kind = error.map(|error| error.kind);
        let since = Version::V18;
        let refusal = (version < since).then_some(EncodeErrorKind::NotInVersion { since });
        assert_eq!(kind, refusal, "{version}");
    }
}

/// A nested list's count is made from the list when it is written, so it is as good as a member that
/// is set: two elements with nothing but lists stand apart by their counts.
#[test]
fn elements_are_told_apart_by_the_counts_of_their_lists() {
    let csqs = [AgentRecordCsq {
        csq_id: Some(4),
        ..Default::default()
    }];
    let records = [AgentRecord {
        csqs: Repeated::from(&csqs),
        ..Default::default()
    }; 2];
    let message = Message::from(ConfigAgentEvent {
        records: Repeated::from(&records),
        ..Default::default()
    });
    let bytes = strict(&message, Version::V14).unwrap();
    let frame = Frame::new(bytes.as_slice()).unwrap();
    let again = frame.decode(Version::V14).unwrap();
    assert_eq!(again, message);
    assert_eq!(strict(&again, Version::V14), Ok(bytes));
}

/// The other way round, a count that came with a list says nothing once the list is replaced by an
/// empty one: it is not written.
#[test]
fn a_received_count_whose_list_is_gone_keeps_no_elements_apart() {
    let csqs = [AgentRecordCsq {
        csq_id: Some(4),
        ..Default::default()
    }];
    let one = [AgentRecord {
        csqs: Repeated::from(&csqs),
        ..Default::default()
    }];
    let message = Message::from(ConfigAgentEvent {
        records: Repeated::from(&one),
        ..Default::default()
    });
    let bytes = strict(&message, Version::V14).unwrap();
    let frame = Frame::new(bytes.as_slice()).unwrap();
    let Ok(Message::ConfigAgentEvent(received)) = frame.decode(Version::V14) else {
        panic!("{frame:?}");
    };
    let mut record = received.records.iter().next().unwrap();
    record.csqs = Repeated::default();
    record.last_name = Some("Doe".into());
    let second = AgentRecord {
        last_name: None,
        first_name: Some("Jane".into()),
        ..record
    };
    let records = [record, second];
    let message = Message::from(ConfigAgentEvent {
        records: Repeated::from(&records),
        ..received
    });
    let error = strict(&message, Version::V14).unwrap_err();
    assert_eq!(error.kind, EncodeErrorKind::RunsTogether { index: 1 });
}
