//! Places of findings in both widths of ids: what is found in a body of version 17 is found in the
//! same body with ids of two bytes, as far behind as the ids before it are longer.

use cti_codec::ccx::layout::{FieldRow, FloatingRow, Kind};
use cti_codec::ccx::{Fault, Finding, Frame, LAYOUTS, MessageType, Version};

use super::{field, fixed, frame};

/// The same floating part with wide ids, and where each of its bytes is then. There is one more
/// place than bytes, for what is missing at the end.
fn widened(floating: &[u8]) -> (Vec<u8>, Vec<usize>) {
    let (mut wide, mut places) = (Vec::new(), Vec::new());
    let mut rest = floating;
    while let [id, length, tail @ ..] = rest {
        places.push(wide.len());
        wide.extend([0, *id]);
        places.push(wide.len());
        wide.push(*length);
        let data = &tail[..usize::from(*length)];
        for byte in data {
            places.push(wide.len());
            wide.push(*byte);
        }
        rest = &tail[data.len()..];
    }
    places.push(wide.len());
    (wide, places)
}

/// Compares the findings about a frame of version 17, whose fixed part has this size.
#[track_caller]
pub(crate) fn are_the_same(narrow: &[u8], fixed_part: usize) -> Vec<Finding> {
    let from = 8 + fixed_part;
    let (wide, places) = widened(&narrow[from..]);
    let moved = |offset: usize| match offset.checked_sub(from) {
        Some(at) => from + places[at],
        None => offset,
    };
    let message_type = u32::from_be_bytes(narrow[4..8].try_into().unwrap());
    let mut fixed = narrow[8..from].to_vec();
    if message_type == MessageType::OPEN_REQ.0 && fixed[4..8] == [0, 0, 0, 17] {
        fixed[7] = 18;
    }
    let wide = frame(MessageType(message_type), &[fixed, wide].concat());
    let narrow = Frame::new(narrow).unwrap();
    let mut found = narrow.check(Version::V17);
    let is_newer = |finding: &Finding| matches!(finding.kind, Fault::NotInVersion { .. });
    if found.iter().any(is_newer) {
        return found;
    }
    // How much room all of them take depends on the width.
    let is_of_all = |finding: &Finding| !matches!(finding.kind, Fault::TooMuchNamedData { .. });
    found.retain(is_of_all);
    let mut there = wide.check(Version::V18);
    there.retain(is_of_all);
    let expected: Vec<_> = found
        .iter()
        .map(|finding| Finding {
            offset: moved(finding.offset),
            ..*finding
        })
        .collect();
    assert_eq!(there, expected, "{:02x?}", narrow.bytes());
    found
}

fn rows(rows: &'static [FloatingRow]) -> Vec<&'static FieldRow> {
    let fields = rows.iter().map(|row| match row {
        FloatingRow::Field(row) => vec![row],
        FloatingRow::Group(group) => self::rows(group.rows),
    });
    fields.flatten().collect()
}

/// Data that have something wrong with them, each in its way.
fn wrong(row: &FieldRow) -> Vec<Vec<u8>> {
    match row.kind {
        Kind::String => vec![
            b"no end".to_vec(),
            b"within\0it\0".to_vec(),
            b"\xc3\x28 no utf-8\0".to_vec(),
            b"later \xff\0".to_vec(),
            vec![b'x'; 255],
        ],
        Kind::NamedVar | Kind::NamedArray => vec![
            b"inamename".to_vec(),
            b"iname\0val\0ue\0".to_vec(),
            b"in\xffme\0value\0".to_vec(),
            b"iname\0va\xffue\0".to_vec(),
            b"iname\0value".to_vec(),
            [&[b'n'; 40][..], b"\0v\0"].concat(),
            [&b"in\0"[..], &[b'v'; 220], b"\0"].concat(),
        ],
        Kind::Unspec => vec![vec![1; 255]],
        kind => {
            let size = kind.size().unwrap();
            vec![vec![0xff; size], vec![1; size + 1], vec![]]
        }
    }
}

#[test]
fn findings_move_with_the_width_of_ids() {
    let mut kinds = std::collections::BTreeSet::new();
    for layout in LAYOUTS {
        let fixed_part = fixed(layout, Version::V17, &[]);
        if layout.fixed_size(Version::V18) != fixed_part.len() {
            continue;
        }
        let mut fields = rows(layout.floating);
        fields.retain(|row| row.is_in(17) && row.id < 256);
        let mut check = |floating: &[Vec<u8>]| {
            let body = [&fixed_part[..], &floating.concat()].concat();
            let narrow = frame(layout.message_type.into(), &body);
            for finding in are_the_same(narrow.bytes(), fixed_part.len()) {
                kinds.insert(finding.kind.name());
            }
        };
        let narrow = |id, data: &[u8]| field(Version::V17, id, data);
        check(&[]);
        for row in &fields {
            for data in wrong(row) {
                // Behind a field of another message, twice, and before one that no table has.
                check(&[
                    narrow(250, b"ab"),
                    narrow(row.id, &data),
                    narrow(row.id, &data),
                    narrow(251, b""),
                    narrow(row.id, &data),
                ]);
            }
        }
        // All of them, one wrong way after the other.
        for way in 0..7 {
            let all: Vec<_> = fields
                .iter()
                .map(|row| {
                    let ways = wrong(row);
                    narrow(row.id, &ways[way % ways.len()])
                })
                .collect();
            check(&all);
        }
    }
    for kind in [
        "field-unlisted",
        "field-repeated",
        "inner-nul",
        "final-nul-missing",
        "count-missing",
        "name-too-long",
        "value-too-long",
    ] {
        assert!(kinds.contains(kind), "{kind} is not in {kinds:?}");
    }
}
