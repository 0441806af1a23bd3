//! What encoding refuses.

use cti_codec::ccx::layout::{self, FloatingRow, Required};
use cti_codec::ccx::*;
use oracles::ccx::{Part, Style, Tree, holds, printed};

use crate::common::{self, as_received, strict, with_unlisted};
use crate::samples::{about, decode, for_all, seeded};

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
                        message: tree.layout.type_name(),
                        field: FieldName::Listed(row.name),
                        kind: Fault::Missing,
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

fn refused(tree: &Tree, field: &'static str, kind: Fault) {
    let body = tree.body();
    let message = decode(tree, &body);
    assert_eq!(
        strict(&message, tree.version),
        Err(EncodeError {
            message: tree.layout.type_name(),
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
                    let kind = Fault::TooLong {
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
            for (data, at) in [(b"a\0b\0".as_slice(), 1), (b"a\0\0", 1), (b"\0\0", 0)] {
                let changed = Tree {
                    parts: rebuild(data.to_vec()),
                    ..tree.clone()
                };
                refused(&changed, row.name, Fault::InnerNul { at });
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
                Fault::NameTooLong {
                    length: 34,
                    max: 33,
                },
            );
            refused(
                &with(&[data(0, 211)]),
                name,
                Fault::ValueTooLong {
                    length: 212,
                    max: 211,
                },
            );
            // In the value, as a name ends at the first NUL.
            let mut inner = data(4, 4);
            let at = inner.len() - 3;
            inner[at] = 0;
            refused(&with(&[inner]), name, Fault::InnerNul { at });
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
                Fault::TooMuchNamedData {
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
            message: MessageType::SET_CALL_DATA_REQ.into(),
            field: FieldName::Listed("NamedArray"),
            kind: Fault::TooMuchNamedData {
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
                    let kind = Fault::TooMany {
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
                    Fault::CountMismatch {
                        count: count.into(),
                        listed,
                    },
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
                    Part::Field(row, _) if !row.is_in(version.number()) => Some(*row),
                    _ => None,
                });
                let Some(newer) = newer else { continue };
                if newer.id > 255 && !version.has_wide_ids() {
                    continue;
                }
                cases += 1;
                tree.version = version;
                tree.fixed.retain(|(row, _)| row.is_in(version.number()));
                tree.unlisted.clear();
                tree.parts.retain(|part| match part {
                    Part::Field(row, _) => row.is_in(version.number()) || row.id == newer.id,
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
                let kind = Fault::NotInVersion {
                    since: newer.since,
                    until: None,
                };
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
                // A reserved one keeps what arrived.
                if value > 1 && row.reserved.is_none() {
                    let value = value.into();
                    refused(&changed, row.name, Fault::NotBool { value });
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
    let too_long = Fault::TooLong {
        length: 256,
        max: 255,
    };
    assert_eq!(refused(9, &long, Version::V14), too_long);
    assert_eq!(refused(9, &long, Version::V18), too_long);
    assert_eq!(refused(256, &[], Version::V17), Fault::WideId { id: 256 });
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

/// What the table of a message lists, at any depth, has a place of its own: of one's own it is not
/// written among the unlisted fields, where it would be read as that place's.
#[test]
fn no_listed_field_is_written_as_an_unlisted_one() {
    for layout in LAYOUTS {
        let tree = seeded(layout, Version::V14, Style::Lawful, 0);
        let body = tree.body();
        let message = decode(&tree, &body);
        for id in 0..=0xff {
            let field = [FloatingField { id, data: b"" }];
            let refused = strict(&with_unlisted(message, &field), Version::V14).err();
            let listed = layout.field(id);
            assert_eq!(
                listed.is_some(),
                layout.floating.iter().any(|row| holds(row, id))
            );
            let expected = listed.map(|row| (FieldName::Listed(row.name), Fault::Misplaced));
            let refused = refused.map(|error| (error.field, error.kind));
            assert_eq!(refused, expected, "{}", about(&tree));
        }
    }
}
