//! The forms of attached data: samples, round trips of generated lists, and every kind of bad
//! input.
// Helpers of tests may panic as tests do.
#![allow(
    clippy::unwrap_used,
    clippy::panic,
    clippy::indexing_slicing,
    clippy::arithmetic_side_effects
)]
use cti_codec::gsw::keys::{self, KeyInfo, WireType};
use cti_codec::gsw::messages::{DesktopMessage, MessageKind};
use cti_codec::gsw::trace::{self, TraceError, TraceErrorKind, TraceWriteError};
use cti_codec::gsw::{
    AttachedData, AttachedDataBuf, ErrorCode, Limits, LookupError, PackErrorKind, Text,
    UnpackError, UnpackErrorKind, Value, ValueBuf, WrongType, json,
};
use proptest::prelude::*;

/// The three published samples with their full text.
const SAMPLES: &str = "\tAttributeUserData\t[34] 00 01 00 00..
\t\t'RTargetAgentGroup'\t'VAG_Skill1'
\tAttributeReason\t[14] 00 01 01 00..
\t\t'RTR'\t115
\tAttributeUserData\t[149] 00 01 03 00..
\t\t'ORSI:Cluster1:QK59HK4FS927D7FUU41G6IE468000004'(list) 'Session'\t'00PN8M303SBR7E9P04000VTAES000001+'
\t\t\t'Node'\t'272'
\t\t\t'Url'\t'http://co67.step:7005/scxml'
";

fn all(log: &[u8]) -> Vec<Result<trace::TraceList<'_>, TraceError>> {
    trace::lists(log).collect()
}

fn only(log: &str) -> AttachedDataBuf {
    let mut lists = all(log.as_bytes());
    assert_eq!(lists.len(), 1, "{lists:?}");
    lists.remove(0).unwrap().data
}

fn header(pairs: &str) -> String {
    format!("\tAttributeUserData\t[0] 00 00\n{pairs}")
}

#[test]
fn samples_have_their_printed_lengths() {
    let lists = all(SAMPLES.as_bytes());
    assert_eq!(lists.len(), 3);
    let mut written = Vec::new();
    for (list, length) in lists.into_iter().zip([34, 14, 149]) {
        let list = list.unwrap();
        let packed = list.data.view().pack().unwrap();
        assert_eq!(
            (list.printed_length, packed.len(), list.hidden),
            (length, length, 0)
        );
        assert_eq!(AttachedData::unpack(&packed).unwrap(), list.data.view());
        written.extend(trace::write(list.attribute.to_str().unwrap(), list.data.view()).unwrap());
    }
    assert_eq!(
        String::from_utf8(written).unwrap(),
        SAMPLES,
        "and are written as they were printed"
    );
}

#[test]
fn packed_bytes_are_these() {
    let mut data = AttachedDataBuf::new();
    data.push("a", "bc");
    data.push("n", -2);
    data.push("u", 4_294_967_295);
    data.push("b", ValueBuf::Binary(vec![0, 255]));
    data.push("l", AttachedDataBuf::new());
    data.push("w", ValueBuf::Unicode(b"\xc3\xa9".to_vec()));
    let packed = [
        &[0, 6][..],
        &[0, 0, 1, b'a', 0, 2, b'b', b'c'],
        &[1, 0, 1, b'n', 0, 4, 255, 255, 255, 254],
        &[1, 0, 1, b'u', 0, 4, 255, 255, 255, 255],
        &[2, 0, 1, b'b', 0, 2, 0, 255],
        &[3, 0, 1, b'l', 0, 0, 0, 2, 0, 0],
        &[4, 0, 1, b'w', 0, 2, 0xc3, 0xa9],
    ]
    .concat();
    assert_eq!(data.view().pack().unwrap(), packed);
    let unpacked = AttachedData::unpack(&packed).unwrap();
    assert_eq!(unpacked.value("n"), Some(Value::Int(-2)));
    assert_eq!(
        unpacked.value("u"),
        Some(Value::Int(-1)),
        "four bytes are read as signed"
    );
    assert_eq!(
        unpacked.value("l"),
        Some(Value::List(AttachedData::default()))
    );
    let bytes: Vec<u8> = packed.iter().copied().chain([9, 9]).collect();
    let (list, rest) = AttachedData::unpack_prefix(&bytes, Limits::default()).unwrap();
    assert_eq!((list.len(), rest), (6, &[9, 9][..]));
}

#[test]
fn wide_integers_that_fit_32_bits_without_a_sign_are_packed() {
    // Found by fuzzing: seven bytes are read as 2989257728, packed as four, and those read as
    // signed.
    let mut wide = vec![0, 1, 1, 0, 1, b'k', 0, 7];
    wide.extend([0, 0, 0, 0xb2, 0x2c, 0x74, 0]);
    let data = AttachedData::unpack(&wide).unwrap();
    assert_eq!(data.value("k"), Some(Value::Int(0xb22c_7400)));
    let packed = data.pack().unwrap();
    assert_eq!(packed, [0, 1, 1, 0, 1, b'k', 0, 4, 0xb2, 0x2c, 0x74, 0]);
    let again = AttachedData::unpack(&packed).unwrap();
    assert_eq!(again.value("k"), Some(Value::Int(0xb22c_7400 - (1 << 32))));
    assert_eq!(again.pack().unwrap(), packed);
}

#[test]
fn every_prefix_of_packed_bytes_has_its_error() {
    let mut inner = AttachedDataBuf::new();
    inner.push("i", 1);
    let mut data = AttachedDataBuf::new();
    data.push("key", "value");
    data.push("list", inner);
    let packed = data.view().pack().unwrap();
    for end in 0..packed.len() {
        let error = AttachedData::unpack(&packed[..end]).unwrap_err();
        let UnpackErrorKind::Truncated { needed, left } = error.kind else {
            panic!("{error}")
        };
        assert_eq!(error.offset + left, end, "{error}");
        assert!(needed > left, "{error}");
    }
    let mut longer = packed.clone();
    longer.push(0);
    let trailing = UnpackError {
        offset: packed.len(),
        kind: UnpackErrorKind::TrailingBytes { left: 1 },
    };
    assert_eq!(AttachedData::unpack(&longer), Err(trailing));
}

#[test]
fn errors_of_packed_bytes_name_their_place() {
    let error = |bytes: &[u8]| AttachedData::unpack(bytes).unwrap_err().to_string();
    assert_eq!(
        error(&[0, 1, 9, 0, 1, b'k', 0, 0]),
        "byte 2: value of unknown type 9"
    );
    assert_eq!(
        error(&[0, 1, 1, 0, 1, b'k', 0, 0]),
        "byte 6: integer of 0 bytes; 1 to 8 expected"
    );
    assert_eq!(
        error(&[0, 1, 1, 0, 1, b'k', 0, 9, 0, 0, 0, 0, 0, 0, 0, 0, 0]),
        "byte 6: integer of 9 bytes; 1 to 8 expected"
    );
    assert_eq!(
        error(&[0, 1, 3, 0, 1, b'k', 0, 0, 0, 3, 0, 0, 7]),
        "byte 12: 1 bytes after the last pair of the list"
    );
    assert_eq!(
        error(&[0, 1, 3, 0, 1, b'k', 0, 0, 0, 2, 0, 1]),
        "byte 12: needs 3 bytes, 0 left"
    );
    assert_eq!(
        error(&[0, 1, 0, 255, 255]),
        "byte 5: needs 65535 bytes, 0 left"
    );
    assert_eq!(
        error(&[0, 1, 3, 0, 0, 255, 255, 255, 255]),
        "byte 9: needs 4294967295 bytes, 0 left"
    );
    // A nested list cannot borrow from what follows it.
    assert_eq!(
        error(&[0, 2, 3, 0, 0, 0, 0, 0, 2, 0, 1, 0, 0, 0, 0, 0]),
        "byte 11: needs 3 bytes, 0 left"
    );
}

fn nested(depth: usize) -> AttachedDataBuf {
    let mut list = AttachedDataBuf::new();
    for _ in 0..depth {
        let mut outer = AttachedDataBuf::new();
        outer.push("k", list);
        list = outer;
    }
    list
}

#[test]
fn depth_and_size_are_bounded() {
    let limits = |max_depth, max_bytes| Limits {
        max_depth,
        max_bytes,
    };
    for depth in [0, 1, 16, 17, 64] {
        let data = nested(depth);
        let packed = data.view().pack().unwrap();
        assert_eq!(
            AttachedData::unpack_with(&packed, limits(depth, usize::MAX)),
            Ok(data.view())
        );
        if let Some(less) = depth.checked_sub(1) {
            let error = AttachedData::unpack_with(&packed, limits(less, usize::MAX)).unwrap_err();
            assert_eq!(error.kind, UnpackErrorKind::TooDeep);
        }
        let text = trace::write("X", data.view()).unwrap();
        let lists: Vec<_> = trace::lists_with(&text, limits(depth, usize::MAX)).collect();
        assert_eq!(lists[0].as_ref().unwrap().data, data);
        if let Some(less) = depth.checked_sub(1) {
            let error = trace::lists_with(&text, limits(less, usize::MAX))
                .next()
                .unwrap()
                .unwrap_err();
            assert_eq!((error.line, error.kind), (2, TraceErrorKind::TooDeep));
            let text = json::write(data.view());
            assert!(json::read_with(text.as_bytes(), limits(less, usize::MAX)).is_err());
            assert_eq!(
                json::read_with(text.as_bytes(), limits(depth, usize::MAX)).unwrap(),
                data
            );
        }
    }
    // Beyond what any stack is asked to bear, whatever the limits say.
    let error = nested(65).view().pack().unwrap_err();
    assert_eq!(
        (error.key.as_str(), error.kind),
        ("k", PackErrorKind::TooDeep)
    );
    let mut packed = vec![0, 0];
    for _ in 0..5000 {
        let length = u32::try_from(packed.len()).unwrap().to_be_bytes();
        packed = [&[0, 1, 3, 0, 0][..], &length, &packed].concat();
    }
    let error = AttachedData::unpack_with(&packed, limits(usize::MAX, usize::MAX)).unwrap_err();
    assert_eq!(error.kind, UnpackErrorKind::TooDeep);
    let text = format!("{}1{}", "{\"k\":".repeat(5000), "}".repeat(5000));
    assert!(json::read_with(text.as_bytes(), limits(usize::MAX, usize::MAX)).is_err());
    let text = header(&format!("\t\t{}'k'\t1\n", "'k'(list) ".repeat(5000)));
    assert!(
        trace::lists_with(text.as_bytes(), limits(usize::MAX, usize::MAX))
            .next()
            .unwrap()
            .is_err()
    );

    let packed = nested(3).view().pack().unwrap();
    let kind = |bytes: &[u8], limit| {
        AttachedData::unpack_with(bytes, limits(16, limit))
            .map(drop)
            .map_err(|error| error.kind)
    };
    assert!(kind(&packed, packed.len()).is_ok());
    let limit = packed.len() - 1;
    assert_eq!(
        kind(&packed, limit),
        Err(UnpackErrorKind::TooLarge { limit })
    );
    let prefix = AttachedData::unpack_prefix(&packed, limits(16, limit)).unwrap_err();
    assert_eq!(prefix.kind, UnpackErrorKind::TooLarge { limit });
    let log = header("\t\t'key'\t'value'\n\t\t'key'\t'value'\n");
    let error = trace::lists_with(log.as_bytes(), limits(16, 20))
        .next()
        .unwrap()
        .unwrap_err();
    assert_eq!(
        error.to_string(),
        "line 3, column 3: list larger than the limit of 20 bytes"
    );
    // Both lines have 13 bytes, and the second may still end at the limit.
    let last = |limit| {
        trace::lists_with(log.as_bytes(), limits(16, limit))
            .next()
            .unwrap()
    };
    assert_eq!(last(26).unwrap().data.view().len(), 2);
    assert_eq!(
        last(25).unwrap_err().kind,
        TraceErrorKind::TooLarge { limit: 25 }
    );
    assert!(json::read_with(b"{\"key\": 1}", limits(16, 9)).is_err());
    assert!(json::read_with(b"{\"key\": 1}", limits(16, 10)).is_ok());
}

#[test]
fn nothing_is_cut_to_fit_the_packed_form() {
    let refused = |value: ValueBuf| {
        let mut data = AttachedDataBuf::new();
        data.push("k", value);
        data.view().pack().map_err(|error| error.to_string())
    };
    for number in [
        i64::from(i32::MIN) - 1,
        i64::from(u32::MAX) + 1,
        i64::MIN,
        i64::MAX,
    ] {
        assert_eq!(
            refused(number.into()),
            Err(format!("k: integer {number} does not fit 32 bits"))
        );
    }
    for number in [i64::from(i32::MIN), i64::from(u32::MAX)] {
        assert!(refused(number.into()).is_ok());
    }
    assert!(refused(ValueBuf::Str(vec![b'x'; 65_535])).is_ok());
    assert_eq!(
        refused(ValueBuf::Str(vec![b'x'; 65_536])),
        Err("k: value of 65536 bytes is too long to be packed".into())
    );
    let mut data = AttachedDataBuf::new();
    data.push(vec![b'k'; 65_536], 1);
    assert_eq!(
        data.view().pack().unwrap_err().kind,
        PackErrorKind::KeyTooLong { length: 65_536 }
    );
    let mut data = AttachedDataBuf::new();
    for _ in 0..65_536 {
        data.push("", 1);
    }
    assert_eq!(
        data.view().pack().unwrap_err().to_string(),
        "list of 65536 pairs; at most 65535 can be packed"
    );
}

#[test]
fn look_ups_are_the_same_for_both_forms() {
    let mut data = AttachedDataBuf::new();
    data.push("GSW_RECORD_HANDLE", 283);
    data.push("GSW_RECORD_HANDLE", "again");
    data.push("GSW_PHONE", 7);
    data.push("Custom", "x");
    let packed = data.view().pack().unwrap();
    for view in [data.view(), AttachedData::unpack(&packed).unwrap()] {
        assert_eq!(
            view.get(keys::RECORD_HANDLE),
            Ok(283),
            "the first one counts"
        );
        assert_eq!(
            view.iter()
                .filter(|pair| pair.key == "GSW_RECORD_HANDLE")
                .count(),
            2
        );
        let wrong = WrongType {
            key: "GSW_PHONE",
            expected: "string",
            found: "integer",
        };
        assert_eq!(view.find(keys::PHONE), Err(wrong));
        assert_eq!(view.get(keys::PHONE), Err(LookupError::WrongType(wrong)));
        assert_eq!(
            wrong.to_string(),
            "GSW_PHONE: string expected, integer found"
        );
        assert_eq!(
            view.value("GSW_PHONE"),
            Some(Value::Int(7)),
            "and the pair is still there"
        );
        let missing = view.get(keys::CAMPAIGN_NAME).unwrap_err();
        assert_eq!(missing.to_string(), "GSW_CAMPAIGN_NAME: missing");
        assert_eq!(view.get(keys::Key::<Text>::new("Custom")), Ok("x".into()));
        assert_eq!(
            view.get(keys::Key::<Value>::new("Custom")),
            Ok(Value::Str("x".into()))
        );
        assert_eq!(view.value("custom"), None, "keys are what they are");
        assert_eq!((view.len(), view.iter().len()), (4, 4));
    }
    assert_eq!(data.view(), AttachedData::unpack(&packed).unwrap());
    assert_eq!(
        data.view(),
        AttachedData::unpack(&packed).unwrap().to_buf().view()
    );
    data.set(keys::RECORD_HANDLE, 5);
    assert_eq!(
        data.view().iter().next().map(|pair| pair.value),
        Some(Value::Int(5)),
        "set replaces in place"
    );
    data.remove("GSW_RECORD_HANDLE");
    assert_eq!(data.view().len(), 2);
}

#[test]
fn whole_logs_have_other_lines_around() {
    let log = b"2021-03-17T14:42:39 Trc 04541 EventUserEvent\r\n\
        \tAttributeThisDN\t'3800'\r\n\
        \tAttributeUserData\t[99] 00 04 00 00..\r\n\
        \t\t'GSW_USER_EVENT'\t'CampaignStarted'\r\n\
        \t\t'GSW_APPLICATION_ID'\t139\r\n\
        \t\t'it's' 'a \"quoted\" 'value''\r\n\
        \t\t'big'\t4294967295\r\n\
        \tAttributeEventSequenceNumber\t000000000000012f\r\n\
        \r\n\
        AttributeExtensions [2] 00 00\r\n\
        \r\n\
        broken tail \xff\xfe without a line end";
    let lists = all(log);
    assert_eq!(lists.len(), 2);
    let first = lists[0].as_ref().unwrap();
    assert_eq!(
        (first.attribute, first.line, first.printed_length),
        ("UserData".into(), 3, 99)
    );
    assert_eq!(
        first.data.view().value("it's"),
        Some(Value::Str("a \"quoted\" 'value'".into()))
    );
    assert_eq!(
        first.data.view().value("big"),
        Some(Value::Int(4_294_967_295))
    );
    assert_eq!(
        MessageKind::of(&first.data),
        Ok(MessageKind::CampaignStarted)
    );
    let second = lists[1].as_ref().unwrap();
    assert_eq!(
        (second.attribute, second.line, second.data.view().len()),
        ("Extensions".into(), 10, 0)
    );
}

#[test]
fn spaces_do_as_well_as_tabs() {
    let data = only(
        "  AttributeUserData [7] 00 02 03 00..\n      'a'(list) 'b' 1\n          'c'(list)\n              'd' 'e'\n      'f' ''\n",
    );
    let mut c = AttachedDataBuf::new();
    c.push("d", "e");
    let mut a = AttachedDataBuf::new();
    a.push("b", 1);
    a.push("c", c);
    let mut expected = AttachedDataBuf::new();
    expected.push("a", a);
    expected.push("f", "");
    assert_eq!(data, expected);
}

#[test]
fn lists_that_begin_on_one_line_end_where_indentation_says() {
    let data = only(&header(
        "\t\t'a'(list) 'b'(list) 'c'\t1\n\t\t\t'd'\t2\n\t\t'e'\t3\n",
    ));
    assert_eq!(
        json::write(data.view()).replace(['\n', ' '], ""),
        r#"{"a":{"b":{"c":1},"d":2},"e":3}"#
    );
    let data = only(&header(
        "\t\t'a'(list) 'b'(list) 'c'\t1\n\t\t\t\t'd'\t2\n\t\t\t'e'\t3\n",
    ));
    assert_eq!(
        json::write(data.view()).replace(['\n', ' '], ""),
        r#"{"a":{"b":{"c":1,"d":2},"e":3}}"#
    );
}

#[test]
fn lost_indentation_leaves_the_length() {
    // 'RTR' 115 packs to 14 bytes; what follows looks like a pair and belongs to nobody.
    let log = "AttributeReason [14] 00 01 01 00..\n'RTR' 115\n'not' 'in the list'\n";
    let data = only(log);
    assert_eq!(
        data.view().iter().map(|pair| pair.key).collect::<Vec<_>>(),
        ["RTR"]
    );
    let lost: String = SAMPLES
        .lines()
        .map(|line| format!("{}\n", line.trim_start()))
        .collect();
    let (kept, lost) = (all(SAMPLES.as_bytes()), all(lost.as_bytes()));
    assert_eq!(kept.len(), lost.len());
    for (kept, lost) in kept.into_iter().zip(lost) {
        assert_eq!(kept.unwrap().data, lost.unwrap().data);
    }
}

#[test]
fn hidden_values_are_counted() {
    let log = header("\t\t'GSW_PHONE'\t*\n\t\t'Name'\n\t\t'Star'\t'*'\n");
    let list = trace::lists(log.as_bytes()).next().unwrap().unwrap();
    assert_eq!(list.hidden, 2);
    assert_eq!(
        list.data.view().value("GSW_PHONE"),
        Some(Value::Str("*".into()))
    );
    assert_eq!(list.data.view().value("Name"), Some(Value::Str("".into())));
}

#[test]
fn errors_of_traces_name_their_place_and_the_search_goes_on() {
    let error = |pairs: &str| {
        trace::lists(header(pairs).as_bytes())
            .next()
            .unwrap()
            .unwrap_err()
            .to_string()
    };
    assert_eq!(
        error("\t\t'k'\t12x\n"),
        "line 2, column 6: 'key' and value expected"
    );
    assert_eq!(
        error("\t\t'ok'\t1\n\t\tk\t1\n"),
        "line 3, column 3: 'key' and value expected"
    );
    assert_eq!(
        error("\t\t'k'\t'open\n"),
        "line 2, column 6: 'key' and value expected"
    );
    assert_eq!(
        error("\t\t'k'\t9223372036854775808\n"),
        "line 2, column 6: 'key' and value expected"
    );
    let log = format!("{}{SAMPLES}", header("\t\t'k'\t12x\n"));
    let lists = all(log.as_bytes());
    assert_eq!(lists.iter().filter(|list| list.is_ok()).count(), 3);
    assert_eq!(lists[1].as_ref().unwrap().line, 3);
    assert_eq!(
        all(b"\tAttributeUserData\t[99999999999999999999999] 00\n").len(),
        0,
        "a length that is no number"
    );
}

#[test]
fn what_a_trace_cannot_tell_apart_is_not_written() {
    let ambiguous = |key: &str, value: ValueBuf| {
        let mut data = AttachedDataBuf::new();
        data.push(key, value);
        matches!(trace::write("X", data.view()), Err(TraceWriteError::Ambiguous { key: at }) if at == key)
    };
    assert!(ambiguous("k", "two\nlines".into()));
    assert!(ambiguous("k\n", 1.into()));
    // The first line alone would pass for the whole of it.
    assert!(ambiguous("k", "two'\nlines".into()));
    assert!(ambiguous("k", ValueBuf::Unicode(b"two'\nlines".to_vec())));
    assert!(ambiguous("a' 'b", "c".into()));
    assert!(ambiguous("a'(list) 'b", 1.into()));
    assert!(!ambiguous("it's", "'fine'".into()));
    assert!(matches!(
        trace::write("User Data", AttachedData::default()),
        Err(TraceWriteError::AttributeName)
    ));
    let mut wide = AttachedDataBuf::new();
    wide.push("k", i64::MAX);
    assert!(matches!(
        trace::write("X", wide.view()),
        Err(TraceWriteError::Pack(_))
    ));
}

#[test]
fn bytes_and_unicode_have_a_text_form() {
    let mut data = AttachedDataBuf::new();
    data.push("u", ValueBuf::Unicode("\u{e9}".into()));
    data.push("b", ValueBuf::Binary(vec![0, 255]));
    data.push("e", ValueBuf::Binary(vec![]));
    let text = trace::write("X", data.view()).unwrap();
    assert_eq!(
        String::from_utf8(text.clone()).unwrap(),
        "\tAttributeX\t[24] 00 03 04 00..\n\t\t'u'(unicode)\t'\u{e9}'\n\t\t'b'(binary) 00 ff\n\t\t'e'(binary)\n"
    );
    assert_eq!(only(&String::from_utf8(text).unwrap()), data);
}

#[test]
fn json_is_the_flat_object_of_the_samples() {
    let text = br#"{"Custom_Float": "16.64", "GSW_CALL_RESULT": 28, "GSW_TZ_OFFSET": -34200, "GSW_USER_EVENT": "PreviewRecord"}"#;
    let data = json::read(text).unwrap();
    assert_eq!(
        data.view().get(keys::CALL_RESULT).unwrap().name(),
        Some("UNKNOWN")
    );
    assert_eq!(MessageKind::of(&data), Ok(MessageKind::PreviewRecord));
    assert_eq!(
        json::write(data.view())
            .replace("\n ", "")
            .replace("  ", " ")
            .replace(['{', '}', '\n'], "")
            .trim(),
        r#""Custom_Float": "16.64", "GSW_CALL_RESULT": 28, "GSW_TZ_OFFSET": -34200, "GSW_USER_EVENT": "PreviewRecord""#
    );
}

#[test]
fn json_escapes_what_it_has_no_word_for() {
    let mut data = AttachedDataBuf::new();
    data.push("b", ValueBuf::Binary(vec![0, 255]));
    data.push("s", ValueBuf::Str(vec![0xe9]));
    data.push("u", ValueBuf::Unicode(b"text".to_vec()));
    data.push("x", ValueBuf::Unicode(vec![0xe9]));
    let compact = |data: &AttachedDataBuf| serde_json::to_string(data).unwrap();
    assert_eq!(
        compact(&data),
        r#"{"b":{"$binary":"00ff"},"s":{"$string":"e9"},"u":{"$unicode":"text"},"x":{"$unicode-hex":"e9"}}"#
    );
    let mut repeats = AttachedDataBuf::new();
    repeats.push("k", 1);
    repeats.push("k", data.clone());
    repeats.push([0xe9], 2);
    let text = compact(&repeats);
    assert!(
        text.starts_with(r#"{"$list":[["k",1],["k",{"b":"#)
            && text.ends_with(r#"[{"$string":"e9"},2]]}"#),
        "{text}"
    );
    let mut looks_alike = AttachedDataBuf::new();
    let mut inner = AttachedDataBuf::new();
    inner.push("$binary", "00");
    looks_alike.push("k", inner);
    for list in [data, repeats, looks_alike] {
        assert_eq!(json::read(compact(&list).as_bytes()).unwrap(), list);
        assert_eq!(
            json::read(json::write(list.view()).as_bytes()).unwrap(),
            list
        );
        assert_eq!(
            serde_json::from_str::<AttachedDataBuf>(&compact(&list)).unwrap(),
            list
        );
    }
    let mut twice = AttachedDataBuf::new();
    twice.push("k", 1);
    twice.push("k", 2);
    assert_eq!(
        compact(&twice),
        r#"{"$list":[["k",1],["k",2]]}"#,
        "other readers drop members that repeat"
    );
    // Members that repeat are duplicates, as in any other form.
    assert_eq!(json::read(br#"{"k": 1, "k": 2}"#).unwrap().view().len(), 2);
}

#[test]
fn errors_of_json_name_their_place() {
    let error = |text: &str| {
        let error = json::read(text.as_bytes()).unwrap_err();
        (error.line, error.message)
    };
    assert_eq!(
        json::read(b"{\n \"k\": }").unwrap_err().to_string(),
        "expected value at line 2 column 7"
    );
    for (text, says) in [
        ("{\n\"k\": 1.5}", "floating point"),
        ("{\n\"k\": true}", "boolean"),
        ("{\n\"k\": null}", "null"),
        ("{\n\"k\": [1]}", "sequence"),
        ("{\n\"k\": 9223372036854775808}", "beyond 64 bits"),
        ("{\n\"k\": {\"$binary\": \"0\"}}", "hex"),
        ("{\n\"k\": {\"$binary\": \"+1\"}}", "hex"),
        ("{\n\"k\": {\"$binary\": \"00\", \"a\": 1}}", "beside"),
        ("{\n\"k\": 1, \"$x\": 1}", "$list"),
        ("{\n\"$list\": [[1, 2]]}", "a key is a string"),
        ("{\n\"$list\": [[\"k\"]]}", "a key and a value"),
        ("{\n\"$list\": [[\"k\", 1, 2]]}", "a key and a value"),
        ("\n7", "object"),
        ("\n{} {}", "trailing"),
    ] {
        let (line, message) = error(text);
        assert!(message.contains(says), "{text}: {message}");
        assert!(line == 2 || says == "object", "{text}: line {line}");
    }
}

#[test]
fn json_of_another_shape_is_told_what_was_expected() {
    for (text, error) in [
        (
            "1.5",
            "invalid type: floating point `1.5`, expected a string, an integer or an object",
        ),
        (
            r#"{"k": [1]}"#,
            "invalid type: sequence, expected a string, an integer or an object",
        ),
        (
            r#"{"$list": 1}"#,
            "invalid type: integer `1`, expected an array of pairs",
        ),
        (
            r#"{"$list": [1]}"#,
            "invalid type: integer `1`, expected a key and a value",
        ),
        (
            r#"{"$list": [[{"$binary": "00"}, 1]]}"#,
            "a key is a string",
        ),
    ] {
        assert_eq!(json::read(text.as_bytes()).unwrap_err().message, error);
    }
    // What says no place has none.
    let limits = Limits {
        max_bytes: 1,
        ..Limits::default()
    };
    assert_eq!(
        json::read_with(b"{}", limits).unwrap_err().to_string(),
        "list larger than the limit of 1 bytes at line 0 column 0"
    );
}

/// Any value; integers are of the width that the packed form has.
fn value() -> impl Strategy<Value = ValueBuf> {
    let leaf = prop_oneof![
        "[ -~]{0,12}".prop_map(|text| ValueBuf::from(text.as_str())),
        any::<i32>().prop_map(|number| ValueBuf::Int(number.into())),
        proptest::collection::vec(any::<u8>(), 0..8).prop_map(ValueBuf::Str),
        proptest::collection::vec(any::<u8>(), 0..8).prop_map(ValueBuf::Binary),
        proptest::collection::vec(any::<u8>(), 0..8).prop_map(ValueBuf::Unicode),
    ];
    leaf.prop_recursive(4, 24, 4, |inner| list_of(inner).prop_map(ValueBuf::List))
}

fn list_of(value: impl Strategy<Value = ValueBuf>) -> impl Strategy<Value = AttachedDataBuf> {
    let key = prop_oneof![
        4 => "[A-Za-z_$'?>: ]{0,8}".prop_map(String::into_bytes),
        1 => proptest::collection::vec(any::<u8>(), 0..6),
        1 => Just(b"GSW_PHONE".to_vec()),
    ];
    proptest::collection::vec((key, value), 0..6).prop_map(|pairs| {
        let mut list = AttachedDataBuf::new();
        for (key, value) in pairs {
            list.push(key, value);
        }
        list
    })
}

/// A message of any kind with any of its keys, values of the right types, and a custom field.
fn message() -> impl Strategy<Value = AttachedDataBuf> {
    let kinds: Vec<MessageKind> = MessageKind::ALL.to_vec();
    (
        proptest::sample::select(kinds),
        proptest::collection::vec((any::<bool>(), 0..90_000_i64), 32),
        "[a-z]{1,5}",
    )
        .prop_map(|(kind, choices, word)| {
            let layout = kind.layout();
            let mut data = AttachedDataBuf::new();
            if let Some(value) = layout.value {
                data.push(layout.key, value);
            }
            for (row, (present, number)) in layout.rows.iter().zip(choices) {
                let info: &KeyInfo = keys::info(row.key.into()).unwrap();
                if !present && row.key != layout.key && row.key != "GSW_ERROR_NUMBER" {
                    continue;
                }
                match info.encode {
                    WireType::Str if row.key == "GSW_CALL_TIME" => {
                        data.push(row.key, number.to_string().as_str());
                    }
                    WireType::Str => data.push(row.key, word.as_str()),
                    _ => data.push(row.key, number),
                }
            }
            match kind {
                MessageKind::NoRecordsAvailable => {
                    data.set(keys::ERROR_NUMBER, ErrorCode::NO_RECORDS_AVAILABLE);
                }
                MessageKind::NoRunningPreviewCampaigns => {
                    data.set(keys::ERROR_NUMBER, ErrorCode::NO_RUNNING_PREVIEW_CAMPAIGNS);
                }
                _ => {}
            }
            data.push("Custom", word.as_str());
            data
        })
}

#[test]
fn look_ups_in_long_lists_find_what_comes_first() {
    // Up to a length at which a place in the list no longer fits 16 bits.
    for pairs in (0..40_usize).chain([1000, 9000]) {
        let mut data = AttachedDataBuf::new();
        for pair in 0..pairs {
            let number = i64::try_from(pair).unwrap();
            data.push(format!("Custom_{}", pair % 4000), number);
            data.push("k".repeat(pair % 70), number);
        }
        let mut outer = AttachedDataBuf::new();
        outer.push("inner", data.clone());
        let (packed, outer) = (data.view().pack().unwrap(), outer.view().pack().unwrap());
        let view = AttachedData::unpack(&packed).unwrap();
        let Some(Value::List(inner)) = AttachedData::unpack(&outer).unwrap().value("inner") else {
            panic!("it is a list")
        };
        for key in (0..pairs.min(60)).chain([3999, 4001]) {
            for key in [format!("Custom_{key}"), "k".repeat(key)] {
                let expected = data.view().value(&key);
                assert_eq!(view.value(&key), expected, "{key} of {pairs}");
                assert_eq!(inner.value(&key), expected, "{key} of {pairs}, nested");
            }
        }
    }
}

proptest! {
    #[test]
    fn lists_survive_packing(data in list_of(value())) {
        let packed = data.view().pack().unwrap();
        let view = AttachedData::unpack(&packed).unwrap();
        prop_assert_eq!(view, data.view());
        prop_assert_eq!(view.to_buf(), data.clone());
        prop_assert_eq!(&view.pack().unwrap(), &packed);
        for pair in view {
            prop_assert_eq!(view.value(pair.key.as_bytes()), data.view().value(pair.key.as_bytes()));
        }
    }

    #[test]
    fn lists_survive_traces(data in list_of(value())) {
        if let Ok(text) = trace::write("UserData", data.view()) {
            let lists = all(&text);
            prop_assert_eq!(lists.len(), 1);
            let list = lists[0].as_ref().unwrap();
            prop_assert_eq!(&list.data, &data, "{}", text.escape_ascii());
            prop_assert_eq!(list.printed_length, data.view().pack().unwrap().len());
        }
    }

    #[test]
    fn lists_survive_json(data in list_of(value())) {
        prop_assert_eq!(json::read(json::write(data.view()).as_bytes()).unwrap(), data);
    }

    #[test]
    fn messages_survive_every_form(data in message()) {
        let message = DesktopMessage::from_attached_data(&data).unwrap();
        let written = message.to_attached_data_unchecked();
        let packed = written.view().pack().unwrap();
        let unpacked = AttachedData::unpack(&packed).unwrap();
        let again = DesktopMessage::from_attached_data(unpacked).unwrap();
        prop_assert_eq!(again.kind(), message.kind());
        prop_assert_eq!(&again.to_attached_data_unchecked(), &written);
        let text = trace::write("UserData", written.view()).unwrap();
        let list = trace::lists(&text).next().unwrap().unwrap();
        prop_assert_eq!(DesktopMessage::from_attached_data(&list.data).unwrap(), again.clone());
        let list = json::read(json::write(written.view()).as_bytes()).unwrap();
        prop_assert_eq!(DesktopMessage::from_attached_data(&list).unwrap(), again);
        prop_assert_eq!(written.view().value("Custom"), data.view().value("Custom"));
        // Whatever passes the strict side has no error on the lenient one.
        if let Ok(sent) = message.to_attached_data() {
            let errors = message.kind().check(&sent);
            prop_assert!(errors.iter().all(|finding| finding.severity == cti_codec::gsw::Severity::Warning), "{errors:?}");
        }
    }

    #[test]
    fn any_bytes_give_data_or_an_error(bytes in proptest::collection::vec(any::<u8>(), 0..200)) {
        if let Ok(data) = AttachedData::unpack(&bytes) {
            prop_assert_eq!(data.iter().count(), data.len());
        }
        for list in trace::lists(&bytes).flatten() {
            prop_assert!(list.line > 0);
        }
        let _ = json::read(&bytes).map(drop);
    }

    #[test]
    fn spoilt_bytes_give_data_or_an_error(data in list_of(value()), at in any::<prop::sample::Index>(), byte in any::<u8>()) {
        let mut packed = data.view().pack().unwrap();
        let index = at.index(packed.len());
        packed[index] = byte;
        if let Ok(data) = AttachedData::unpack(&packed) {
            prop_assert_eq!(data.iter().count(), data.len());
            let _ = MessageKind::of(data).map(|kind| kind.check(data));
        }
    }
}
