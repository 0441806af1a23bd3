//! Checking: each kind of finding with its field, offset and name, and beside it a legal neighbour
//! that has none; and checking against decoding and strict encoding, which must agree with it.

#![allow(
    clippy::unwrap_used,
    clippy::indexing_slicing,
    clippy::arithmetic_side_effects,
    clippy::cast_possible_truncation,
    reason = "helpers of tests, which clippy does not take for tests"
)]

use bytes::BytesMut;
use cti_codec::ccx::layout::{
    FieldRow, FixedRow, FloatingRow, Kind, Layout, Required, Reserved, ValueTable,
};
use cti_codec::ccx::{
    DecodeErrorKind, EncodeErrorKind, Finding, FindingKind, Frame, LAYOUTS, Message, MessageType,
    Version,
};
use proptest::prelude::*;
use proptest::sample::Index;

/// The header and body of a message.
fn frame(message_type: MessageType, body: &[u8]) -> Frame<Vec<u8>> {
    let mut bytes = (body.len() as u32).to_be_bytes().to_vec();
    bytes.extend(message_type.0.to_be_bytes());
    bytes.extend(body);
    Frame::new(bytes).unwrap()
}

/// The id and the data of a floating field.
type Raw<'a> = (u16, &'a [u8]);

/// A floating field on the wire.
fn field(version: Version, id: u16, data: &[u8]) -> Vec<u8> {
    let mut wire = Vec::new();
    if version.has_wide_ids() {
        wire.extend(id.to_be_bytes());
    } else {
        wire.push(id.try_into().unwrap());
    }
    wire.push(data.len().try_into().unwrap());
    wire.extend(data);
    wire
}

/// A fixed part with everything 0 or else what its table lists first, but what is reserved, and
/// what is given by its name.
fn fixed(layout: &Layout, version: Version, values: &[(&str, u32)]) -> Vec<u8> {
    let mut wire = Vec::new();
    for row in layout.fixed.iter().filter(|row| row.since <= version) {
        let value = values
            .iter()
            .find(|(name, _)| *name == row.name)
            .map_or_else(|| legal(row), |(_, value)| *value);
        match row.kind.size() {
            Some(1) => wire.push(value.try_into().unwrap()),
            Some(2) => wire.extend(u16::try_from(value).unwrap().to_be_bytes()),
            Some(_) => wire.extend(value.to_be_bytes()),
            None => wire.extend([u8::try_from(value).unwrap(); 8]),
        }
    }
    wire
}

/// A legal value.
fn legal(row: &FixedRow) -> u32 {
    match (row.reserved, row.values) {
        (Some(reserved), _) => reserved,
        // Where there is no device, a type says so.
        (None, Some(values)) if values.value_of("DEVID_NONE").is_some() => {
            values.value_of("DEVID_NONE").unwrap()
        }
        (None, Some(values)) if !values.lists(0) => values.values[0].first,
        _ => 0,
    }
}

/// What checking finds in version 14, shown, with the names of its kinds. After the given fields
/// come those that the message requires.
fn findings(message_type: MessageType, values: &[(&str, u32)], fields: &[Raw<'_>]) -> Vec<String> {
    let mut fields = fields.to_vec();
    for row in message_type.layout().unwrap().floating {
        if let FloatingRow::Field(row) = row
            && row.required == Required::Yes
            && row.kind == Kind::String
            && !fields.iter().any(|(id, _)| *id == row.id)
        {
            fields.push((row.id, b"\0"));
        }
    }
    findings_in(Version::V14, message_type, values, &fields)
}

/// The same without the fields that the message requires.
fn findings_alone(
    message_type: MessageType,
    values: &[(&str, u32)],
    fields: &[Raw<'_>],
) -> Vec<String> {
    findings_in(Version::V14, message_type, values, fields)
}

fn findings_in(
    version: Version,
    message_type: MessageType,
    values: &[(&str, u32)],
    fields: &[Raw<'_>],
) -> Vec<String> {
    let mut body = fixed(message_type.layout().unwrap(), version, values);
    for (id, data) in fields {
        body.extend(field(version, *id, data));
    }
    shown(&frame(message_type, &body), version)
}

fn shown(frame: &Frame<Vec<u8>>, version: Version) -> Vec<String> {
    frame
        .check(version)
        .iter()
        .map(|finding| format!("{} {finding}", finding.kind.name()))
        .collect()
}

const NONE: [&str; 0] = [];

/// For a `SYSTEM_EVENT`, whose floating part begins at byte 34.
const TEXT: Raw<'static> = (7, b"up\0");
/// For a call that leaves a queue: one CSQ follows.
const QUEUED: &[(&str, u32)] = &[("NumCSQs", 1)];

#[test]
fn legal_neighbours() {
    assert_eq!(findings(MessageType::SYSTEM_EVENT, &[], &[TEXT]), NONE);
    assert_eq!(findings(MessageType::HEARTBEAT_REQ, &[], &[]), NONE);
}

#[test]
fn truncated() {
    let version = Version::V14;
    assert_eq!(
        shown(&frame(MessageType::HEARTBEAT_REQ, &[0; 3]), version),
        ["truncated HEARTBEAT_REQ.InvokeID at byte 8: needs 4 bytes, 3 left"]
    );
    // What comes before the cut is checked all the same.
    let mut body = fixed(
        MessageType::SYSTEM_EVENT.layout().unwrap(),
        version,
        &[("CCXStatus", 77)],
    );
    body.extend([7, 9, b'a']);
    assert_eq!(
        shown(&frame(MessageType::SYSTEM_EVENT, &body), version),
        [
            "code-unlisted SYSTEM_EVENT.CCXStatus at byte 8: is 77, which no table lists",
            "truncated SYSTEM_EVENT.Text at byte 34: needs 11 bytes, 3 left",
        ]
    );
}

#[test]
fn what_a_cut_hides_is_not_missing() {
    // One CSQ is announced, and the frame ends within it: the count is not to be blamed, nor is
    // ClientID of an OPEN_REQ that ends before it.
    let version = Version::V14;
    let layout = MessageType::CALL_DEQUEUED_EVENT.layout().unwrap();
    let mut body = fixed(layout, version, &[("NumCSQs", 1)]);
    let at = body.len() + 8;
    body.extend([62, 4, 0]);
    let found = shown(&frame(MessageType::CALL_DEQUEUED_EVENT, &body), version);
    assert_eq!(
        found,
        [format!(
            "truncated CALL_DEQUEUED_EVENT.CSQID at byte {at}: needs 6 bytes, 3 left"
        )]
    );
    // But two complete ones are more than was said, whatever follows.
    body.truncate(at - 8);
    body.extend([62, 4, 0, 0, 0, 1, 62, 4, 0, 0, 0, 1, 62]);
    let found = shown(&frame(MessageType::CALL_DEQUEUED_EVENT, &body), version);
    assert_eq!(found.len(), 2);
    assert!(found[0].starts_with("count-mismatch CALL_DEQUEUED_EVENT.NumCSQs"));
    assert!(found[1].ends_with("needs 2 bytes, 1 left"));
}

#[test]
fn wrong_size() {
    // Every one is found, not only the first, and the frame is read on behind it.
    let found = findings(
        MessageType::CALL_DEQUEUED_EVENT,
        &[("NumCSQs", 2)],
        &[(62, &[0, 1]), (62, &[1]), (250, b"")],
    );
    let [first, second, unlisted] = &found[..] else {
        panic!("{found:?}");
    };
    assert!(first.starts_with("wrong-size CALL_DEQUEUED_EVENT.CSQID at byte "));
    assert!(first.ends_with(": has 2 bytes, UINT has 4"));
    assert!(second.ends_with(": has 1 bytes, UINT has 4"));
    assert!(unlisted.starts_with("field-unlisted CALL_DEQUEUED_EVENT.[250] at byte "));
}

#[test]
fn a_bool_of_four_bytes_is_accepted_where_it_floats() {
    let one = [("NumRecords", 1)];
    let event = MessageType::CONFIG_CSQ_EVENT;
    assert_eq!(findings(event, &one, &[(185, &[0, 0, 0, 1])]), NONE);
    assert_eq!(findings(event, &one, &[(185, &[0, 1])]), NONE);
    assert_eq!(
        findings(event, &one, &[(185, &[0, 0, 1])]),
        ["wrong-size CONFIG_CSQ_EVENT.AutoWork at byte 10: has 3 bytes, BOOL has 2"]
    );
    assert_eq!(
        findings(event, &one, &[(185, &[0, 0, 0, 2])]),
        ["not-bool CONFIG_CSQ_EVENT.AutoWork at byte 10: is 2, a BOOL is 0 or 1"]
    );
}

#[test]
fn types_without_a_struct() {
    let version = Version::V14;
    assert_eq!(
        shown(&frame(MessageType(68), &[1, 2]), version),
        [
            "type-without-layout SET_MSG_WAITING_IND_REQ.MessageTypeID at byte 4: the guide gives \
             this message type no layout"
        ]
    );
    assert_eq!(
        shown(&frame(MessageType(9999), &[]), version),
        ["type-unknown 9999.MessageTypeID at byte 4: no table names this message type"]
    );
}

#[test]
fn too_long() {
    let id = MessageType::SYSTEM_EVENT;
    let mut text = [b'7'; 65];
    text[64] = 0;
    let device = ("EventDeviceType", 0);
    assert_eq!(findings(id, &[device], &[(206, &text[1..])]), NONE);
    assert_eq!(
        findings(id, &[device], &[(206, &text)]),
        ["field-too-long SYSTEM_EVENT.EventDeviceID at byte 34: has 65 bytes, 64 are allowed"]
    );
    // An UNSPEC, too.
    let id = MessageType::CONFIG_KEY_EVENT;
    assert_eq!(findings(id, &[], &[(177, &[0; 8])]), NONE);
    assert_eq!(
        findings(id, &[], &[(177, &[0; 9])]),
        [
            "field-too-long CONFIG_KEY_EVENT.ApplicationConfigKey at byte 12: has 9 bytes, 8 are allowed"
        ]
    );
}

#[test]
fn missing() {
    let id = MessageType::QUERY_DEVICE_INFO_REQ;
    assert_eq!(findings_alone(id, &[], &[(6, b"\0")]), NONE);
    let end = 8 + id.layout().unwrap().fixed_size(Version::V14);
    assert_eq!(
        findings_alone(id, &[], &[]),
        [format!(
            "field-missing QUERY_DEVICE_INFO_REQ.AgentInstrument at byte {end}: is required"
        )]
    );
    // A reserved field that is required is missed, though encoding would add it.
    let id = MessageType::SNAPSHOT_CALL_CONF;
    let zero = [0_u8; 4];
    assert_eq!(findings_alone(id, &[], &[(72, &zero), (73, &zero)]), NONE);
    let found = findings_alone(id, &[], &[(72, &zero)]);
    assert_eq!(found.len(), 1);
    assert!(found[0].starts_with("field-missing SNAPSHOT_CALL_CONF.ROUTER_CALL_KEY_CALLID"));
}

#[test]
fn missing_in_an_element() {
    let id = MessageType::CALL_DEQUEUED_EVENT;
    let start = 8 + id.layout().unwrap().fixed_size(Version::V14);
    let (csq, group): (Raw<'_>, Raw<'_>) = ((62, &[0; 4]), (63, &[0xFF; 4]));
    let two = [("NumCSQs", 2)];
    assert_eq!(findings(id, &two, &[csq, group, csq, group]), NONE);
    // The second element begins where a member comes again, and lacks the CSQ.
    let at = start + 12;
    assert_eq!(
        findings(id, &two, &[csq, group, group]),
        [format!(
            "field-missing CALL_DEQUEUED_EVENT.CSQID at byte {at}: is required"
        )]
    );
}

#[test]
fn rules() {
    let id = MessageType::ANSWER_CALL_REQ;
    // Offset and text of a binding rule without its field, and of another on a field that is there.
    assert_eq!(findings_alone(id, &[], &[(6, b"7000\0")]), NONE);
    let end = 8 + id.layout().unwrap().fixed_size(Version::V14);
    assert_eq!(
        findings_alone(id, &[], &[]),
        [format!(
            "rule-broken ANSWER_CALL_REQ.ConnectionDeviceID at byte {end}: ConnectionDeviceID or \
             AgentInstrument is required"
        )]
    );
    assert_eq!(
        findings_alone(
            id,
            &[("CallID", 0xFFFF_FFFF), ("ConnectionDeviceType", 1)],
            &[(6, b"7000\0")]
        ),
        [
            "rule-broken ANSWER_CALL_REQ.ConnectionDeviceType at byte 20: is CONNECTION_ID_NONE \
             where CallID is NULL_CALL_ID"
        ]
    );
    // A floating field that is there.
    let id = MessageType::TEAM_CONFIG_EVENT;
    let removed = [("Operation", 2)];
    assert_eq!(findings_alone(id, &removed, &[]), NONE);
    let at = 8 + id.layout().unwrap().fixed_size(Version::V14);
    assert_eq!(
        findings_alone(id, &removed, &[(204, b"A\0")]),
        [format!(
            "rule-broken TEAM_CONFIG_EVENT.TeamName at byte {at}: there is no floating part where \
             Operation is RemoveTeam"
        )]
    );
}

#[test]
fn rules_say_whether_they_bind() {
    let binding = |frame: Frame<Vec<u8>>| {
        let findings = frame.check(Version::V14);
        let [
            Finding {
                kind: FindingKind::Rule(rule),
                ..
            },
        ] = findings[..]
        else {
            panic!("{findings:?}");
        };
        rule.binding
    };
    let layout = MessageType::SYSTEM_EVENT.layout().unwrap();
    let body = fixed(layout, Version::V14, &[("EventDeviceType", 0)]);
    assert!(!binding(frame(MessageType::SYSTEM_EVENT, &body)));
    let layout = MessageType::QUERY_AGENT_STATE_REQ.layout().unwrap();
    let body = fixed(layout, Version::V14, &[]);
    assert!(binding(frame(MessageType::QUERY_AGENT_STATE_REQ, &body)));
}

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

#[test]
fn repeated() {
    assert_eq!(
        findings(MessageType::SYSTEM_EVENT, &[], &[TEXT, TEXT]),
        [
            "field-repeated SYSTEM_EVENT.Text at byte 39: stands here once more, the first one counts"
        ]
    );
}

#[test]
fn unlisted() {
    assert_eq!(
        findings(MessageType::SYSTEM_EVENT, &[], &[(201, b"x"), TEXT]),
        ["field-unlisted SYSTEM_EVENT.[201] at byte 34: is not in the table of the message"]
    );
}

#[test]
fn reserved_changed() {
    let open = MessageType::OPEN_CONF;
    let at = 8 + open.layout().unwrap().fixed_size(Version::V14);
    assert_eq!(
        findings(open, &[("MonitorID", 7)], &[]),
        ["reserved-changed OPEN_CONF.MonitorID at byte 16: is 7, reserved as 0"]
    );
    // Floating, text.
    assert_eq!(findings(open, &[], &[(5, b"\0")]), NONE);
    assert_eq!(
        findings(open, &[], &[(5, b"1\0")]),
        [format!(
            "reserved-changed OPEN_CONF.AGENT_ID at byte {at}: is reserved and should be empty"
        )]
    );
    // Floating, number.
    let event = MessageType::CONFIG_REQUEST_KEY_EVENT;
    assert_eq!(findings(event, &[], &[(131, &[0; 4])]), NONE);
    assert_eq!(
        findings(event, &[], &[(131, &[0, 0, 0, 1])]),
        ["reserved-changed CONFIG_REQUEST_KEY_EVENT.CUSTOMER_ID at byte 12: is 1, reserved as 0"]
    );
    // Fixed, UNSPEC.
    let team = MessageType::TEAM_CONFIG_REQ;
    assert_eq!(findings(team, &[("ConfigParam", 1)], &[]), NONE);
    assert_eq!(
        findings(team, &[("ConfigParam", 1), ("Reserved", 3)], &[]),
        [
            "reserved-changed TEAM_CONFIG_REQ.Reserved at byte 14: has other bytes than 0, as which \
             it is reserved"
        ]
    );
}

#[test]
fn texts() {
    let id = MessageType::SYSTEM_EVENT;
    assert_eq!(findings(id, &[], &[(7, "Zo\u{eb}\0".as_bytes())]), NONE);
    assert_eq!(findings(id, &[], &[(7, b"\0")]), NONE);
    assert_eq!(
        findings(id, &[], &[(7, b"up")]),
        ["final-nul-missing SYSTEM_EVENT.Text at byte 34: does not end in NUL"]
    );
    assert_eq!(
        findings(id, &[], &[(7, b"")]),
        ["final-nul-missing SYSTEM_EVENT.Text at byte 34: does not end in NUL"]
    );
    assert_eq!(
        findings(id, &[], &[(7, b"u\0p\0")]),
        ["inner-nul SYSTEM_EVENT.Text at byte 34: has a NUL within, at byte 37"]
    );
    assert_eq!(
        findings(id, &[], &[(7, b"up\0\0")]),
        ["inner-nul SYSTEM_EVENT.Text at byte 34: has a NUL within, at byte 38"]
    );
    assert_eq!(
        findings(id, &[], &[(7, b"Zo\xeb\0")]),
        ["not-utf8 SYSTEM_EVENT.Text at byte 34: is not UTF-8 at byte 38"]
    );
}

#[test]
fn codes_and_masks() {
    let open = MessageType::OPEN_REQ;
    let fields: &[Raw<'_>] = &[(1, b"\0"), (2, b"")];
    let legal = [("VersionNumber", 14), ("IdleTimeout", 60)];
    let with = |name, value| [legal.as_slice(), &[(name, value)]].concat();
    assert_eq!(findings(open, &with("AgentStateMask", 0x1FF), fields), NONE);
    assert_eq!(
        findings(open, &with("AgentStateMask", 0x8000_03FF), fields),
        [
            "bits-unlisted OPEN_REQ.AgentStateMask at byte 32: has the bits 0x80000200, which no table lists"
        ]
    );
    let id = MessageType::CLOSE_REQ;
    assert_eq!(findings(id, &[("Status", 1)], &[]), NONE);
    assert_eq!(
        findings(id, &[("Status", 9999)], &[]),
        ["code-unlisted CLOSE_REQ.Status at byte 12: is 9999, which no table lists"]
    );
    // A code that floats, in an element.
    let id = MessageType::CONFIG_DEVICE_EVENT;
    assert_eq!(findings(id, &[("NumRecords", 1)], &[(195, &[0, 7])]), NONE);
    assert_eq!(
        findings(id, &[("NumRecords", 1)], &[(195, &[0, 8])]),
        ["code-unlisted CONFIG_DEVICE_EVENT.DeviceType at byte 10: is 8, which no table lists"]
    );
    // In one byte.
    let id = MessageType::SET_AGENT_STATE_REQ;
    let fields: &[Raw<'_>] = &[(6, b"1\0"), (194, b"jdoe\0"), (49, b"\0")];
    let login = |flag| [("AgentState", 0), ("ForcedFlag", flag)];
    assert_eq!(findings(id, &login(1), fields), NONE);
    assert_eq!(
        findings(id, &login(9), fields),
        ["code-unlisted SET_AGENT_STATE_REQ.ForcedFlag at byte 24: is 9, which no table lists"]
    );
}

#[test]
fn not_bool() {
    let id = MessageType::OPEN_CONF;
    assert_eq!(findings(id, &[("UnifiedCCXOnline", 1)], &[]), NONE);
    assert_eq!(
        findings(id, &[("UnifiedCCXOnline", 2)], &[]),
        ["not-bool OPEN_CONF.UnifiedCCXOnline at byte 28: is 2, a BOOL is 0 or 1"]
    );
}

#[test]
fn newer() {
    let id = MessageType::CONFIG_AGENT_EVENT;
    let fields: &[Raw<'_>] = &[(247, &[0, 0])];
    let one = [("NumRecords", 1)];
    assert_eq!(findings_in(Version::V17, id, &one, fields), NONE);
    assert_eq!(
        findings_in(Version::V16, id, &one, fields),
        ["field-newer CONFIG_AGENT_EVENT.AgentState at byte 10: exists from version 17 on"]
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
    let inner = at + 9;
    assert_eq!(
        with(82, b"name\0va\0ue\0"),
        [format!(
            "inner-nul SET_CALL_DATA_REQ.NamedVariable at byte {at}: has a NUL within, at byte {inner}"
        )]
    );
    let (name, value) = (at + 3, at + 5);
    assert_eq!(
        with(82, b"n\xff\0\xff\0"),
        [
            format!(
                "not-utf8 SET_CALL_DATA_REQ.NamedVariable at byte {at}: is not UTF-8 at byte {name}"
            ),
            format!(
                "not-utf8 SET_CALL_DATA_REQ.NamedVariable at byte {at}: is not UTF-8 at byte {value}"
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
    let name = at + 3;
    assert_eq!(
        with(83, b"\x01\xff\0\0"),
        [format!(
            "not-utf8 SET_CALL_DATA_REQ.NamedArray at byte {at}: is not UTF-8 at byte {name}"
        )]
    );
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
            "named-data-too-long SET_CALL_DATA_REQ.NamedVariable at byte {at}: named data takes 2001 bytes, 2000 are allowed in a message"
        )]
    );
}

#[test]
fn names_differ() {
    // Kinds made by hand, for the names alone.
    let zero = Reserved::Empty;
    let kinds = [
        FindingKind::Decode(DecodeErrorKind::UnterminatedName),
        FindingKind::Decode(DecodeErrorKind::Truncated { needed: 0, left: 0 }),
        FindingKind::Decode(DecodeErrorKind::WrongSize {
            kind: Kind::Int,
            expected: 4,
            found: 0,
        }),
        FindingKind::UnknownType,
        FindingKind::TypeWithoutLayout,
        FindingKind::TooLong { length: 0, max: 0 },
        FindingKind::Missing,
        FindingKind::CountMismatch {
            count: 0,
            listed: 0,
        },
        FindingKind::CountMissing { listed: 0 },
        FindingKind::TooMany { count: 0, max: 0 },
        FindingKind::Repeated,
        FindingKind::Unlisted,
        FindingKind::ReservedChanged {
            prescribed: zero,
            found: None,
        },
        FindingKind::NoFinalNul,
        FindingKind::InnerNul { at: 0 },
        FindingKind::NotUtf8 { at: 0 },
        FindingKind::UnlistedCode { value: 0 },
        FindingKind::UnlistedBits { bits: 0 },
        FindingKind::NotBool { value: 0 },
        FindingKind::Newer {
            since: Version::V14,
        },
        FindingKind::NameTooLong { length: 0, max: 0 },
        FindingKind::ValueTooLong { length: 0, max: 0 },
        FindingKind::TooMuchNamedData { length: 0, max: 0 },
    ];
    let mut names: Vec<_> = kinds.iter().map(FindingKind::name).collect();
    names.sort_unstable();
    names.dedup();
    assert_eq!(names.len(), kinds.len());
    let kebab = |c: char| c.is_ascii_lowercase() || c.is_ascii_digit() || c == '-';
    assert!(names.iter().all(|name| name.chars().all(kebab)));
}

// ---- Against decoding and strict encoding ----

/// Whether encoding refuses what this finding is about. The rest it writes as it is, or right.
fn refused_by_encoding(finding: &Finding) -> bool {
    match finding.kind {
        FindingKind::TooLong { .. }
        | FindingKind::CountMismatch { .. }
        | FindingKind::TooMany { .. }
        | FindingKind::Repeated
        | FindingKind::InnerNul { .. }
        | FindingKind::NotBool { .. }
        | FindingKind::Newer { .. }
        | FindingKind::NameTooLong { .. }
        | FindingKind::ValueTooLong { .. }
        | FindingKind::TooMuchNamedData { .. } => true,
        FindingKind::Rule(rule) => rule.binding,
        // Encoding adds the reserved numbers that are required.
        FindingKind::Missing => finding.message.layout().is_none_or(|layout| {
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
        FindingKind::Unlisted
        | FindingKind::ReservedChanged { .. }
        | FindingKind::NotUtf8 { .. }
        | FindingKind::UnlistedCode { .. }
        | FindingKind::UnlistedBits { .. } => true,
        FindingKind::Rule(rule) => !rule.binding,
        _ => false,
    }
}

/// Decoding, encoding and checking agree on a frame. Whether all of it was decoded and encoded.
fn agree(frame: &Frame<Vec<u8>>, version: Version) -> bool {
    let findings = frame.check(version);
    assert!(findings.is_sorted_by_key(|finding| finding.offset));
    for finding in &findings {
        assert!(finding.offset <= frame.bytes().len(), "{finding}");
    }
    let broken = findings
        .iter()
        .any(|finding| matches!(finding.kind, FindingKind::Decode(_)));
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
                findings.iter().any(refused_by_encoding) || told_apart_by_strangers(error.kind),
                "{error}, but {findings:?} in {message:?}"
            );
            false
        }
    }
}

/// Elements that a field between them keeps apart are legal on the wire; encoding, which puts them
/// side by side, cannot write them.
fn told_apart_by_strangers(kind: EncodeErrorKind) -> bool {
    matches!(kind, EncodeErrorKind::RunsTogether { .. })
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

fn leaves(rows: &'static [FloatingRow], into: &mut Vec<&'static FieldRow>) {
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
        .filter(|row| row.since <= version)
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
    frame(layout.message_type, &body)
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
        if let FindingKind::CountMismatch { listed, .. } = finding.kind
            && finding.offset < fixed + 8
        {
            let count = u16::try_from(listed).unwrap().to_be_bytes();
            bytes[finding.offset..finding.offset + 2].copy_from_slice(&count);
        }
    }
    Frame::new(bytes).unwrap()
}

proptest! {
    #![proptest_config(ProptestConfig { cases: 4000, failure_persistence: None, ..ProptestConfig::default() })]

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
        agree(&frame(layout.message_type, &frame_in.body()[..cut]), version);
    }

    #[test]
    fn agrees_on_any_bytes(
        layout in any::<Index>(),
        version in any::<Index>(),
        body in prop::collection::vec(any::<u8>(), 0..200),
    ) {
        let (layout, version) = (*layout.get(LAYOUTS), *version.get(&Version::ALL));
        agree(&frame(layout.message_type, &body), version);
    }
}

/// Every row of every table once, legal, in every version: nothing is found but rules.
#[test]
fn full_messages_are_clean() {
    let mut written = 0;
    for layout in LAYOUTS {
        for version in Version::ALL {
            let mut body = Vec::new();
            for row in layout.fixed.iter().filter(|row| row.since <= version) {
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
            for row in rows.iter().filter(|row| row.since <= version) {
                let data = match row.counts {
                    Some(_) => vec![0, 1],
                    None => data(row, 1, 31),
                };
                body.extend(field(version, row.id, &data));
            }
            let frame = frame(layout.message_type, &body);
            for finding in frame.check(version) {
                assert!(
                    matches!(finding.kind, FindingKind::Rule(_)),
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
