//! The forms of attached data: samples, round trips of generated lists, and every kind of bad
//! input.

#[cfg(feature = "serde")]
mod field;
#[cfg(feature = "serde")]
mod found_json;
#[cfg(feature = "serde")]
mod objects;
mod packed;
mod traces;

#[cfg(feature = "serde")]
use cti_codec::gsw::json;
use cti_codec::gsw::keys::{self, KeyInfo, WireType};
use cti_codec::gsw::messages::{DesktopMessage, MessageType};
use cti_codec::gsw::trace::{self, TraceError, TraceErrorKind, TraceWriteError};
use cti_codec::gsw::{
    AttachedData, AttachedDataBuf, ErrorCode, Limits, LookupError, PackErrorKind, Text,
    UnpackError, UnpackErrorKind, Value, ValueBuf, WrongType,
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

fn all(log: &[u8]) -> Vec<Result<trace::TraceList, TraceError>> {
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
            (Some(length), length, 0)
        );
        assert_eq!(AttachedData::unpack(&packed).unwrap(), list.data.view());
        written.extend(trace::write(&list.attribute.to_string(), list.data.view()).unwrap());
    }
    assert_eq!(
        String::from_utf8(written).unwrap(),
        SAMPLES,
        "and are written as they were printed"
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
    let kinds: Vec<MessageType> = MessageType::ALL.to_vec();
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
                MessageType::NoRecordsAvailable => {
                    data.set(keys::ERROR_NUMBER, ErrorCode::NO_RECORDS_AVAILABLE);
                }
                MessageType::NoRunningPreviewCampaigns => {
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
            prop_assert_eq!(list.printed_length, Some(data.view().pack().unwrap().len()));
            prop_assert_eq!(list.missing(), Some(0));
        }
    }

    #[cfg(feature = "serde")]
    #[test]
    fn lists_survive_json(data in list_of(value())) {
        prop_assert_eq!(json::read(json::write(data.view()).as_bytes()).unwrap(), data);
    }

    #[test]
    fn messages_survive_every_form(data in message()) {
        let message = DesktopMessage::from_attached_data(&data).unwrap();
        let written = message.to_attached_data_as_received();
        let packed = written.view().pack().unwrap();
        let unpacked = AttachedData::unpack(&packed).unwrap();
        let again = DesktopMessage::from_attached_data(unpacked).unwrap();
        prop_assert_eq!(again.message_type(), message.message_type());
        prop_assert_eq!(&again.to_attached_data_as_received(), &written);
        let text = trace::write("UserData", written.view()).unwrap();
        let list = trace::lists(&text).next().unwrap().unwrap();
        prop_assert_eq!(DesktopMessage::from_attached_data(&list.data).unwrap(), again.clone());
        #[cfg(feature = "serde")]
        {
            let list = json::read(json::write(written.view()).as_bytes()).unwrap();
            prop_assert_eq!(DesktopMessage::from_attached_data(&list).unwrap(), again);
        }
        prop_assert_eq!(written.view().value("Custom"), data.view().value("Custom"));
        // Whatever passes the strict side has no error on the lenient one.
        if let Ok(sent) = message.to_attached_data() {
            let errors = message.message_type().check_received(&sent);
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
        #[cfg(feature = "serde")]
        let _ = json::read(&bytes).map(drop);
    }

    #[test]
    fn spoilt_bytes_give_data_or_an_error(data in list_of(value()), at in any::<prop::sample::Index>(), byte in any::<u8>()) {
        let mut packed = data.view().pack().unwrap();
        let index = at.index(packed.len());
        packed[index] = byte;
        if let Ok(data) = AttachedData::unpack(&packed) {
            prop_assert_eq!(data.iter().count(), data.len());
            let _ = MessageType::of(data).map(|kind| kind.check_received(data));
        }
    }
}
