//! Lists, their counts, and named data.

use super::*;

#[test]
fn count_mismatch() {
    let id = MessageType::CALL_DEQUEUED_EVENT;
    let csq: Raw<'_> = (62, &[0; 4]);
    assert_eq!(findings(id, QUEUED, &[csq]), NONE);
    let layout = id.layout().unwrap();
    let at = 8 + layout
        .fixed
        .iter()
        .take_while(|row| row.name != "NumCSQs")
        .map(FixedRow::size)
        .sum::<usize>();
    for (count, fields) in [
        (0, vec![csq]),
        (2, vec![csq]),
        (1, vec![]),
        (1, vec![csq; 2]),
    ] {
        let listed = fields.len();
        assert_eq!(
            findings(id, &[("NumCSQs", count)], &fields),
            [format!(
                "count-mismatch CALL_DEQUEUED_EVENT.NumCSQs at byte {at}: is {count}, the list has \
                 {listed} elements"
            )]
        );
    }
}

#[test]
fn count_of_a_list_within_an_element() {
    let id = MessageType::CONFIG_AGENT_EVENT;
    let record: Raw<'_> = (183, &[0, 0]);
    let count: Raw<'_> = (191, &[0, 1]);
    let csq: Raw<'_> = (62, &[0; 4]);
    let priority: Raw<'_> = (64, &[0; 2]);
    let two = [("NumRecords", 2)];
    assert_eq!(
        findings(
            id,
            &two,
            &[record, count, csq, priority, record, count, csq]
        ),
        NONE
    );
    // The second record has two CSQs, and says one.
    assert_eq!(
        findings(
            id,
            &two,
            &[
                record, count, csq, priority, record, count, csq, csq, priority
            ]
        ),
        ["count-mismatch CONFIG_AGENT_EVENT.NumCSQs at byte 32: is 1, the list has 2 elements"]
    );
    // The first one has a CSQ, and does not say how many.
    assert_eq!(
        findings(id, &two, &[record, csq, priority, record]),
        [
            "count-missing CONFIG_AGENT_EVENT.NumCSQs at byte 10: is missing, the list has 1 elements"
        ]
    );
    // None need not be said, but may be.
    assert_eq!(findings(id, &two, &[record, record, (191, &[0, 0])]), NONE);
}

#[test]
fn floating_count_of_the_message() {
    let id = MessageType::OPEN_CONF;
    let one: Raw<'_> = (228, &[0, 1]);
    let pair: [Raw<'_>; 2] = [(208, &[0; 4]), (224, &[0, 1])];
    assert_eq!(findings(id, &[], &[one, pair[0], pair[1]]), NONE);
    let at = 8 + id.layout().unwrap().fixed_size(Version::V14);
    assert_eq!(
        findings(id, &[], &[one]),
        [format!(
            "count-mismatch OPEN_CONF.NumPeripherals at byte {at}: is 1, the list has 0 elements"
        )]
    );
    let end = at + 10;
    assert_eq!(
        findings(id, &[], &pair),
        [format!(
            "count-missing OPEN_CONF.NumPeripherals at byte {end}: is missing, the list has 1 \
             elements"
        )]
    );
}

#[test]
fn a_count_that_the_version_does_not_have_is_not_missed() {
    let pair: [Raw<'_>; 2] = [(208, &[0; 4]), (224, &[0, 1])];
    let found = findings_in(Version::V13, MessageType::OPEN_CONF, &[], &pair);
    assert_eq!(found.len(), 2, "{found:?}");
    assert!(found.iter().all(|shown| shown.starts_with("field-newer ")));
}

#[test]
fn too_many() {
    let id = MessageType::CONFIG_DEVICE_EVENT;
    let record: Raw<'_> = (183, &[0, 0]);
    assert_eq!(findings(id, &[("NumRecords", 10)], &[record; 10]), NONE);
    assert_eq!(
        findings(id, &[("NumRecords", 12)], &[record; 12]),
        ["list-too-long CONFIG_DEVICE_EVENT.Records at byte 50: has 12 elements, 10 are allowed"]
    );
}

/// A named variable with names and values of these lengths.
fn variable(name: usize, value: usize) -> Vec<u8> {
    [vec![b'n'; name], vec![0], vec![b'v'; value], vec![0]].concat()
}

#[test]
fn named_data() {
    let id = MessageType::SET_CALL_DATA_REQ;
    let start = 8 + id.layout().unwrap().fixed_size(Version::V14);
    let at = start + 3;
    let with = |id_of: u16, data: &[u8]| {
        // Behind the one field that is required.
        let fields: [Raw<'_>; 2] = [(25, b"\0"), (id_of, data)];
        let count = if id_of == 82 {
            "NumNamedVariables"
        } else {
            "NumNamedArrays"
        };
        findings(id, &[(count, 1)], &fields)
    };
    assert_eq!(with(82, &variable(32, 210)), NONE);
    assert_eq!(with(82, &variable(0, 0)), NONE);
    assert_eq!(
        with(82, &variable(33, 0)),
        [format!(
            "name-too-long SET_CALL_DATA_REQ.NamedVariable at byte {at}: the name takes 34 bytes, 33 are allowed"
        )]
    );
    assert_eq!(
        with(82, &variable(0, 211)),
        [format!(
            "value-too-long SET_CALL_DATA_REQ.NamedVariable at byte {at}: the value takes 212 bytes, 211 are allowed"
        )]
    );
    assert_eq!(
        with(82, b"name\0value"),
        [format!(
            "final-nul-missing SET_CALL_DATA_REQ.NamedVariable at byte {at}: does not end in NUL"
        )]
    );
    assert_eq!(
        with(82, b"name"),
        [format!(
            "unterminated-name SET_CALL_DATA_REQ.NamedVariable at byte {at}: has no NUL after the name"
        )]
    );
    assert_eq!(
        with(82, b"name\0va\0ue\0"),
        [format!(
            "inner-nul SET_CALL_DATA_REQ.NamedVariable at byte {at}: has a NUL within, at byte 7 of its data"
        )]
    );
    assert_eq!(
        with(82, b"n\xff\0\xff\0"),
        [
            format!(
                "not-utf8 SET_CALL_DATA_REQ.NamedVariable at byte {at}: is not UTF-8 at byte 1 of its data"
            ),
            format!(
                "not-utf8 SET_CALL_DATA_REQ.NamedVariable at byte {at}: is not UTF-8 at byte 3 of its data"
            ),
        ]
    );
    // An array element has an index before its name.
    let element = |name, value| [vec![0], variable(name, value)].concat();
    assert_eq!(with(83, &element(32, 210)), NONE);
    assert_eq!(
        with(83, &element(33, 210)),
        [format!(
            "name-too-long SET_CALL_DATA_REQ.NamedArray at byte {at}: the name takes 34 bytes, 33 are allowed"
        )]
    );
    assert_eq!(
        with(83, &[1, b'n', 0]),
        [format!(
            "final-nul-missing SET_CALL_DATA_REQ.NamedArray at byte {at}: does not end in NUL"
        )]
    );
    assert_eq!(
        with(83, b"\x01\xff\0\0"),
        [format!(
            "not-utf8 SET_CALL_DATA_REQ.NamedArray at byte {at}: is not UTF-8 at byte 1 of its data"
        )]
    );
}

/// Names and values are looked at in words, too.
#[test]
fn named_data_is_looked_at_in_every_place() {
    let id = MessageType::SET_CALL_DATA_REQ;
    let found = |data: &[u8]| {
        let fields: [Raw<'_>; 2] = [(25, b"\0"), (82, data)];
        findings(id, &[("NumNamedVariables", 1)], &fields)
    };
    for name in [1, 3, 4, 7, 8, 9, 15, 16, 17, 25] {
        for value in [0, 1, 4, 7, 8, 9, 16, 17] {
            let data = variable(name, value);
            assert_eq!(found(&data), NONE, "{name}, {value}");
            let texts = (0..name).chain(name + 1..name + 1 + value);
            for at in texts {
                for byte in [0, 0x80, 0xFF] {
                    let mut data = data.clone();
                    data[at] = byte;
                    assert_eq!(found(&data).len(), 1, "{name}, {value}: {byte} at {at}");
                }
            }
        }
    }
}

#[test]
fn named_data_in_total() {
    // Eight times 250 are the 2000 that are allowed: 2 for id and length, 2 for the NULs.
    let id = MessageType::SET_CALL_DATA_REQ;
    let start = 8 + id.layout().unwrap().fixed_size(Version::V14);
    let device: Raw<'_> = (25, b"\0");
    let (even, odd) = (variable(32, 209), variable(32, 210));
    // 245 each, so eight are 1960; the ninth decides.
    let mut fields = vec![device];
    fields.extend(vec![(82, even.as_slice()); 8]);
    let rest = variable(9, 27);
    fields.push((82, &rest));
    assert_eq!(findings(id, &[("NumNamedVariables", 9)], &fields), NONE);
    fields[1].1 = &odd;
    let at = start + 3 + 8 * 245 + 1;
    assert_eq!(
        findings(id, &[("NumNamedVariables", 9)], &fields),
        [format!(
            "named-data-too-long SET_CALL_DATA_REQ.NamedVariable at byte {at}: named data takes 2001 bytes up to here, 2000 are allowed in a message"
        )]
    );
}

#[test]
fn names_differ() {
    // Kinds made by hand, for the names alone.
    let zero = Reserved::Empty;
    let kinds = [
        Fault::UnterminatedName,
        Fault::Truncated { needed: 0, left: 0 },
        Fault::WrongSize {
            kind: Kind::Int,
            expected: 4,
            found: 0,
        },
        Fault::UnknownType,
        Fault::TypeWithoutLayout,
        Fault::TooLong { length: 0, max: 0 },
        Fault::Missing,
        Fault::CountMismatch {
            count: 0,
            listed: 0,
        },
        Fault::CountMissing { listed: 0 },
        Fault::TooMany { count: 0, max: 0 },
        Fault::Repeated,
        Fault::Unlisted,
        Fault::ReservedChanged {
            prescribed: zero,
            found: None,
        },
        Fault::NoFinalNul,
        Fault::InnerNul { at: 0 },
        Fault::NotUtf8 { at: 0 },
        Fault::UnlistedCode { value: 0 },
        Fault::UnlistedBits { bits: 0 },
        Fault::NotBool { value: 0 },
        Fault::NotInVersion {
            since: 14,
            until: None,
        },
        Fault::NameTooLong { length: 0, max: 0 },
        Fault::ValueTooLong { length: 0, max: 0 },
        Fault::TooMuchNamedData { length: 0, max: 0 },
        Fault::WideId { id: 256 },
        Fault::Misplaced,
        Fault::RunsTogether { index: 1 },
        Fault::NoRoom { needed: 9, room: 8 },
        Fault::More { count: 1 },
    ];
    let mut names: Vec<_> = kinds.iter().map(Fault::name).collect();
    names.sort_unstable();
    names.dedup();
    assert_eq!(names.len(), kinds.len());
    let kebab = |c: char| c.is_ascii_lowercase() || c.is_ascii_digit() || c == '-';
    assert!(names.iter().all(|name| name.chars().all(kebab)));
}
