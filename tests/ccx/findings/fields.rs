//! What is wrong with a field, or with the fields of a message beside each other.

use super::*;

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
        ["field-too-long SYSTEM_EVENT.EventDeviceID at byte 34: takes 65 bytes, 64 are allowed"]
    );
    // An UNSPEC, too.
    let id = MessageType::CONFIG_KEY_EVENT;
    assert_eq!(findings(id, &[], &[(177, &[0; 8])]), NONE);
    assert_eq!(
        findings(id, &[], &[(177, &[0; 9])]),
        [
            "field-too-long CONFIG_KEY_EVENT.ApplicationConfigKey at byte 12: takes 9 bytes, 8 are allowed"
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
                kind: Fault::Rule(rule),
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
        ["inner-nul SYSTEM_EVENT.Text at byte 34: has a NUL within, at byte 1 of its data"]
    );
    assert_eq!(
        findings(id, &[], &[(7, b"up\0\0")]),
        ["inner-nul SYSTEM_EVENT.Text at byte 34: has a NUL within, at byte 2 of its data"]
    );
    assert_eq!(
        findings(id, &[], &[(7, b"Zo\xeb\0")]),
        ["not-utf8 SYSTEM_EVENT.Text at byte 34: is not UTF-8 at byte 2 of its data"]
    );
}

/// Texts are looked at in words, of which the last ones overlap.
#[test]
fn texts_are_looked_at_in_every_place() {
    let id = MessageType::SYSTEM_EVENT;
    for length in 0..=40 {
        let mut data = vec![b'x'; length + 1];
        data[length] = 0;
        assert_eq!(findings(id, &[], &[(7, &data)]), NONE, "{length}");
        for at in 0..length {
            for (byte, kind) in [(0, "inner-nul"), (0x80, "not-utf8"), (0xFF, "not-utf8")] {
                data[at] = byte;
                let found = findings(id, &[], &[(7, &data)]);
                let place = format!("at byte {at} of its data");
                assert!(
                    matches!(found.as_slice(), [one]
                        if one.starts_with(kind) && one.ends_with(&place)),
                    "{length}, {byte} {place}: {found:?}"
                );
            }
            data[at] = b'x';
        }
    }
}

#[test]
fn codes_and_masks() {
    let open = MessageType::OPEN_REQ;
    let fields: &[Raw<'_>] = &[(1, b"\0"), (2, b"")];
    let legal = [("VersionNumber", 14), ("IdleTimeout", 60)];
    let with = |name, value| [legal.as_slice(), &[(name, value)]].concat();
    // The guide's own example has more bits than its table.
    assert_eq!(
        findings(open, &with("AgentStateMask", 0x3FFF), fields),
        NONE
    );
    assert_eq!(
        findings(open, &with("AgentStateMask", 0x8000_43FF), fields),
        [
            "bits-unlisted OPEN_REQ.AgentStateMask at byte 32: has the bits 0x80004000, which no table lists"
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

/// What a stranger sends does not decide how much is listed, and hides nothing of the message itself.
#[test]
fn more_than_is_listed() {
    let of = |count: usize| {
        let layout = MessageType::OPEN_REQ.layout().unwrap();
        let mut body = fixed(layout, Version::V14, &[]);
        body.extend([254, 0].repeat(count));
        let found = frame(MessageType::OPEN_REQ, &body).check(Version::V14);
        let names: Vec<_> = found.iter().map(|found| found.kind.name()).collect();
        let [unlisted, missing, more] = ["field-unlisted", "field-missing", "more"]
            .map(|kind| names.iter().filter(|name| **name == kind).count());
        (unlisted, missing, more, found)
    };
    let (unlisted, missing, more, _) = of(500);
    assert_eq!((unlisted, missing, more), (500, 2, 0));
    let (unlisted, missing, more, found) = of(100_000);
    assert_eq!((missing, more), (2, 1));
    let last = found
        .iter()
        .find(|found| found.kind.name() == "more")
        .unwrap();
    let Fault::More { count } = last.kind else {
        panic!("{last}")
    };
    // All are accounted for, and the first that is not listed is where it says.
    assert_eq!(unlisted + count, 100_000);
    let before = found
        .iter()
        .filter(|found| found.kind.name() == "field-unlisted");
    assert_eq!(
        before.map(|found| found.offset).max(),
        Some(last.offset - 2)
    );
}
