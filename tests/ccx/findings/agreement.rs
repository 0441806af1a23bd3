//! Against decoding and strict encoding, which must say the same.

use cti_codec::ccx::{EncodeError, FieldName};

use super::*;

/// Whether encoding refuses what this finding is about. The rest it writes as it is, or right.
fn refused_by_encoding(finding: &Finding) -> bool {
    match finding.kind {
        Fault::Truncated { .. }
        | Fault::WrongSize { .. }
        | Fault::UnterminatedName
        | Fault::TooLong { .. }
        | Fault::CountMismatch { .. }
        | Fault::TooMany { .. }
        | Fault::Repeated
        | Fault::InnerNul { .. }
        | Fault::NotBool { .. }
        | Fault::NotInVersion { .. }
        | Fault::NameTooLong { .. }
        | Fault::ValueTooLong { .. }
        | Fault::TooMuchNamedData { .. } => true,
        Fault::Rule(rule) => rule.binding,
        // Encoding adds the reserved numbers that are required.
        Fault::Missing => MessageType::from(finding.message)
            .layout()
            .is_none_or(|layout| {
                !layout
                    .floating
                    .iter()
                    .any(|row| reserved_number(row, finding))
            }),
        _ => false,
    }
}

fn reserved_number(row: &FloatingRow, finding: &Finding) -> bool {
    matches!(row, FloatingRow::Field(row) if finding.field.to_string() == row.name
        && matches!(row.reserved, Some(Reserved::Number(_))))
}

/// Whether a finding may be made in what strict encoding has written.
fn survives_encoding(finding: &Finding) -> bool {
    match finding.kind {
        Fault::Unlisted
        | Fault::ReservedChanged { .. }
        | Fault::NotUtf8 { .. }
        | Fault::UnlistedCode { .. }
        | Fault::UnlistedBits { .. } => true,
        Fault::Rule(rule) => !rule.binding,
        _ => false,
    }
}

/// Decoding, encoding and checking agree on a frame. Whether all of it was decoded and encoded.
fn agree(frame: &Frame<Vec<u8>>, version: Version) -> bool {
    let findings = frame.check(version);
    assert!(findings.is_sorted_by_key(|finding| finding.offset));
    if findings.is_empty() {
        clean_but_for_a_stranger(frame, version);
    }
    for finding in &findings {
        assert!(finding.offset <= frame.bytes().len(), "{finding}");
    }
    let broken = findings
        .iter()
        .any(|finding| matches!(finding.kind, Fault::Truncated { .. }));
    let message = match frame.decode(version) {
        Ok(message) => message,
        Err(error) => {
            assert!(findings.contains(&error.into()), "{error}: {findings:?}");
            return false;
        }
    };
    assert!(!broken, "{findings:?}");
    let mut out = BytesMut::new();
    match message.encode(version, &mut out) {
        Ok(()) => {
            assert!(
                !findings.iter().any(refused_by_encoding),
                "{message:?} was encoded in spite of {findings:?}"
            );
            let again = Frame::new(out.to_vec()).unwrap();
            for finding in again.check(version) {
                assert!(survives_encoding(&finding), "{finding} in {message:?}");
            }
            true
        }
        Err(error) => {
            assert!(
                findings.iter().any(|finding| says(finding, &error))
                    || findings.iter().any(refused_by_encoding) && follows(&error)
                    || told_apart_by_strangers(error.kind)
                    || fills_its_field(&error, &findings),
                "{error}, but {findings:?} in {message:?}"
            );
            false
        }
    }
}

/// A message in which nothing is found at a glance has no findings either if one that is sure to be
/// found makes checking look closely.
fn clean_but_for_a_stranger(frame_in: &Frame<Vec<u8>>, version: Version) {
    let rows = frame_in.message_type().layout().unwrap();
    let stranger = (0..=255).find(|id| rows.field(*id).is_none()).unwrap();
    let mut body = frame_in.body().to_vec();
    body.extend(field(version, stranger, b""));
    let findings = frame(frame_in.message_type(), &body).check(version);
    let kinds: Vec<_> = findings.iter().map(|finding| finding.kind).collect();
    assert_eq!(kinds, [Fault::Unlisted], "{findings:?}");
}

/// Whether a finding is the refusal, in the same words.
fn says(finding: &Finding, refusal: &EncodeError) -> bool {
    match (refusal.kind, finding.kind) {
        // How much there is depends on its order and on the NULs that encoding adds.
        (Fault::TooMuchNamedData { .. }, kind) => kind.name() == refusal.kind.name(),
        (
            Fault::TooLong { length, max },
            Fault::TooLong {
                length: came,
                max: same,
            },
        ) if finding.field == refusal.field => {
            max == same && (length == came || length == came + 1)
        }
        (_, kind) => (finding.field, kind) == (refusal.field, refusal.kind),
    }
}

/// Follows from another fault: a count that encoding adds, of a list that the version lacks as well;
/// or the count of a list of which a member is refused.
fn follows(refusal: &EncodeError) -> bool {
    match refusal.kind {
        Fault::NotInVersion { .. } => matches!(
            refusal.field,
            FieldName::Listed("NumInstruments" | "NumPeripherals")
        ),
        Fault::CountMismatch { .. } => true,
        _ => false,
    }
}

/// A text that fills its field to the last byte and lacks the NUL: legal as it came, but encoding
/// adds the NUL.
fn fills_its_field(error: &EncodeError, findings: &[Finding]) -> bool {
    matches!(error.kind, Fault::TooLong { length, max } if length == max + 1)
        && findings
            .iter()
            .any(|finding| finding.field == error.field && finding.kind == Fault::NoFinalNul)
}

/// Elements that a field between them keeps apart are legal on the wire; encoding, which puts them
/// side by side, cannot write them.
fn told_apart_by_strangers(kind: Fault) -> bool {
    matches!(kind, Fault::RunsTogether { .. })
}

/// A value that a field may have, or, if `odd`, any.
fn value(
    values: Option<&ValueTable>,
    reserved: Option<u32>,
    kind: Kind,
    odd: bool,
    seed: u32,
) -> u32 {
    if odd {
        return seed;
    }
    match (reserved, values) {
        (Some(reserved), _) => reserved,
        (None, Some(values)) if values.mask => {
            seed & values.values.iter().fold(0, |bits, row| bits | row.first)
        }
        (None, Some(values)) => values.values[seed as usize % values.values.len()].first,
        (None, None) if kind == Kind::Bool => seed & 1,
        (None, None) => seed % 3,
    }
}

fn number(value: u32, size: usize) -> Vec<u8> {
    value.to_be_bytes()[4 - size..].to_vec()
}

/// Data for a floating field: mostly legal, by `shape`.
fn data(row: &FieldRow, shape: u8, seed: u32) -> Vec<u8> {
    let odd = shape.is_multiple_of(8);
    let reserved = match row.reserved {
        Some(Reserved::Number(number)) => Some(number),
        _ => None,
    };
    let letters = |length: usize| vec![b'a'; length];
    match row.kind {
        Kind::Unspec => letters(if odd { seed as usize % 256 } else { row.max }),
        Kind::String => {
            let mut text = match row.reserved {
                Some(_) if !odd => vec![],
                _ => letters(seed as usize % if odd { 255 } else { row.max }),
            };
            if odd && let Some(byte) = text.first_mut() {
                *byte = [0, 0xff, b'b'][seed as usize % 3];
            }
            if shape != 0 {
                text.push(0);
            }
            text
        }
        Kind::NamedVar | Kind::NamedArray => {
            let index = if row.kind == Kind::NamedArray {
                vec![1]
            } else {
                vec![]
            };
            let name = letters(seed as usize % if odd { 40 } else { 33 });
            let value = letters(seed as usize % if odd { 212 } else { 211 });
            let end = if shape == 0 { vec![] } else { vec![0] };
            [index, name, vec![0], value, end].concat()
        }
        _ => {
            let size = row.kind.size().unwrap();
            let value = value(row.values, reserved, row.kind, odd, seed);
            // A BOOL may take two sizes.
            let size = match shape {
                16 => 4 - size / 2,
                17..=50 => row.max,
                _ => size,
            };
            number(value, size)
        }
    }
}

pub(super) fn leaves(rows: &'static [FloatingRow], into: &mut Vec<&'static FieldRow>) {
    for row in rows {
        match row {
            FloatingRow::Field(row) => into.push(row),
            FloatingRow::Group(group) => leaves(group.rows, into),
        }
    }
}

type Fields = Vec<(Index, u8, u32)>;

/// A frame with fields of its table in any order, mostly legal ones.
fn generated(
    layout: &'static Layout,
    version: Version,
    seeds: &[u32],
    fields: &Fields,
) -> Frame<Vec<u8>> {
    let mut body = Vec::new();
    for (index, row) in layout
        .fixed
        .iter()
        .filter(|row| row.is_in(version.number()))
        .enumerate()
    {
        let seed = seeds[index % seeds.len()];
        let value = value(
            row.values,
            row.reserved,
            row.kind,
            seed.is_multiple_of(16),
            seed,
        );
        match row.kind.size() {
            Some(size) => body.extend(number(value, size)),
            None => body.extend([0; 8]),
        }
    }
    let mut rows = Vec::new();
    leaves(layout.floating, &mut rows);
    for (index, shape, seed) in fields {
        if rows.is_empty() || *shape == 8 {
            body.extend(field(version, 200 + (*seed % 50) as u16, b"stranger"));
            continue;
        }
        let row = index.get(&rows);
        if row.id < 256 || version.has_wide_ids() {
            body.extend(field(version, row.id, &data(row, *shape, *seed)));
        }
    }
    frame(MessageType(layout.message_type), &body)
}

/// The frame with the counts of its fixed part set to what its lists have, so that they do not hide
/// all else.
fn counted(frame_in: &Frame<Vec<u8>>, version: Version) -> Frame<Vec<u8>> {
    let mut bytes = frame_in.bytes().clone();
    for finding in frame_in.check(version) {
        let fixed = frame_in
            .message_type()
            .layout()
            .unwrap()
            .fixed_size(version);
        if let Fault::CountMismatch { listed, .. } = finding.kind
            && finding.offset < fixed + 8
        {
            let count = u16::try_from(listed).unwrap().to_be_bytes();
            bytes[finding.offset..finding.offset + 2].copy_from_slice(&count);
        }
    }
    Frame::new(bytes).unwrap()
}

proptest! {
    #![proptest_config(ProptestConfig { cases: crate::common::cases(4000), failure_persistence: None, ..ProptestConfig::default() })]

    #[test]
    fn agrees_on_generated_frames(
        layout in any::<Index>(),
        version in any::<Index>(),
        seeds in prop::collection::vec(any::<u32>(), 1..20),
        fields in prop::collection::vec((any::<Index>(), any::<u8>(), any::<u32>()), 0..16),
        cut in any::<Index>(),
    ) {
        let (layout, version) = (*layout.get(LAYOUTS), *version.get(&Version::ALL));
        let frame_in = generated(layout, version, &seeds, &fields);
        agree(&frame_in, version);
        agree(&counted(&frame_in, version), version);
        // The same, cut short somewhere.
        let cut = cut.index(frame_in.body().len() + 1);
        agree(&frame(MessageType(layout.message_type), &frame_in.body()[..cut]), version);
    }

    #[test]
    fn agrees_on_any_bytes(
        layout in any::<Index>(),
        version in any::<Index>(),
        body in prop::collection::vec(any::<u8>(), 0..200),
    ) {
        let (layout, version) = (*layout.get(LAYOUTS), *version.get(&Version::ALL));
        agree(&frame(MessageType(layout.message_type), &body), version);
    }
}

/// Every row of every table once, legal, in every version: nothing is found but rules.
#[test]
fn full_messages_are_clean() {
    let mut written = 0;
    for layout in LAYOUTS {
        for version in Version::ALL {
            let mut body = Vec::new();
            for row in layout
                .fixed
                .iter()
                .filter(|row| row.is_in(version.number()))
            {
                let value = match row.counts {
                    Some(_) => 1,
                    None => value(row.values, row.reserved, row.kind, false, 0xFFFF_FFFE),
                };
                match row.kind.size() {
                    Some(size) => body.extend(number(value, size)),
                    None => body.extend([0; 8]),
                }
            }
            let mut rows = Vec::new();
            leaves(layout.floating, &mut rows);
            for row in rows.iter().filter(|row| row.is_in(version.number())) {
                let data = match row.counts {
                    Some(_) => vec![0, 1],
                    None => data(row, 1, 31),
                };
                body.extend(field(version, row.id, &data));
            }
            let frame = frame(MessageType(layout.message_type), &body);
            for finding in frame.check(version) {
                assert!(
                    matches!(finding.kind, Fault::Rule(_)),
                    "{version}: {finding}"
                );
            }
            written += u32::from(agree(&frame, version));
        }
    }
    // Most of them keep the rules that bind, too.
    assert!(written > 700, "{written}");
}

/// What a message's struct is by default, encoded, has no findings either.
#[test]
fn encoded_defaults() {
    let message = Message::HeartbeatReq(Default::default());
    let mut out = BytesMut::new();
    message.encode(Version::V18, &mut out).unwrap();
    assert_eq!(Frame::new(out).unwrap().check(Version::V18), []);
}
