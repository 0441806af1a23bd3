//! Oracles of `cti_codec::gsw`.

use std::fmt::Debug;

use cti_codec::gsw::campaign_group_state::CampaignGroupState;
use cti_codec::gsw::client::*;
use cti_codec::gsw::{
    AttachedData, DesktopMessage, ErrorCode, Limits, MessageType, PackErrorKind, Pair, Severity,
    Value, json, keys, trace,
};
use serde::Serialize;
use serde::de::DeserializeOwned;

/// What reads as packed packs to what reads the same, and no prefix of it reads.
pub fn packed(data: &[u8]) {
    let Ok((list, rest)) = AttachedData::unpack_prefix(data, Limits::default()) else {
        return;
    };
    let used = data
        .len()
        .checked_sub(rest.len())
        .expect("the rest is a part of the whole");
    let owned = list.to_buf();
    let mut keys = 0_usize;
    for pair in list {
        keys = keys.checked_add(1).unwrap();
        let key = pair.key.as_bytes();
        assert!(list.value(key).is_some());
        assert_eq!(list.value(key), owned.view().value(key), "the first counts");
    }
    assert_eq!(keys, list.len(), "a count is what it counts");
    assert_eq!(list, owned.view());
    match list.pack() {
        Ok(again) => {
            let roomy = Limits {
                max_bytes: usize::MAX,
                ..Limits::default()
            };
            let unpacked = AttachedData::unpack_with(&again, roomy).expect("what was packed reads");
            assert!(
                same(unpacked, list),
                "packing keeps all there is: {unpacked:?} {list:?}"
            );
            // Integers of any width are read, of four bytes written; all else has one form.
            assert_eq!(
                unpacked.pack().as_ref(),
                Ok(&again),
                "packed bytes pack to themselves"
            );
        }
        Err(error) => assert!(
            matches!(error.kind, PackErrorKind::IntegerTooWide { .. }),
            "only wide integers are read and not written: {error}"
        ),
    }
    for end in 0..used.min(64) {
        let prefix = data.get(..end).unwrap();
        assert!(
            AttachedData::unpack(prefix).is_err(),
            "{end} of {used} bytes are no list"
        );
    }
}

/// Whether lists are the same, but for integers that need 32 bits without a sign and read back with
/// one.
fn same(one: AttachedData<'_>, other: AttachedData<'_>) -> bool {
    let same_pair = |(one, other): (Pair<'_>, Pair<'_>)| {
        one.key == other.key
            && match (one.value, other.value) {
                (Value::Int(one), Value::Int(other)) => {
                    let signed = u32::try_from(other).map(|other| i64::from(other.cast_signed()));
                    one == other || signed == Ok(one)
                }
                (Value::List(one), Value::List(other)) => same(one, other),
                (one, other) => one == other,
            }
    };
    one.len() == other.len() && one.iter().zip(other.iter()).all(same_pair)
}

/// Lists of a trace are written so that they read the same.
pub fn trace(data: &[u8]) {
    let lines = data.split(|byte| *byte == b'\n').count();
    for list in trace::lists(data) {
        let list = match list {
            Ok(list) => list,
            Err(error) => {
                assert!(error.line <= lines && error.column > 0, "{error}");
                continue;
            }
        };
        assert!(list.line <= lines);
        let Ok(text) = trace::write("UserData", list.data.view()) else {
            continue;
        };
        let mut again = trace::lists(&text);
        let first = again.next().expect("a list").expect("that reads");
        assert_eq!(first.data, list.data, "writing keeps all there is");
        if list.hidden == 0 {
            let packed = list.data.view().pack().unwrap().len();
            assert_eq!(
                (first.printed_length, first.missing()),
                (Some(packed), Some(0))
            );
        }
        assert_eq!(first.hidden, list.hidden);
        assert!(again.next().is_none(), "and adds nothing");
    }
}

/// JSON is written so that it reads the same.
pub fn json(data: &[u8]) {
    let Ok(list) = json::read(data) else { return };
    let text = json::write(list.view());
    let roomy = Limits {
        max_bytes: usize::MAX,
        ..Limits::default()
    };
    assert_eq!(
        json::read_with(text.as_bytes(), roomy).expect("what was written reads"),
        list
    );
}

/// A message of a packed list says the same once written and read, and what is strict accepts
/// nothing that lenient reading refuses.
pub fn desktop_message(data: &[u8]) {
    let Ok(list) = AttachedData::unpack(data) else {
        return;
    };
    let message = match DesktopMessage::from_attached_data(list) {
        Ok(message) => message,
        Err(_) => {
            if let Ok(kind) = MessageType::of(list) {
                let findings = kind.check_received(list);
                assert!(
                    findings
                        .iter()
                        .any(|finding| finding.kind.name() == "wrong-type"),
                    "{findings:?}"
                );
            }
            return;
        }
    };
    assert_eq!(MessageType::of(list), Ok(message.message_type()));
    let written = message.to_attached_data_as_received();
    let again = DesktopMessage::from_attached_data(&written).expect("what was written reads");
    assert_eq!(again.message_type(), message.message_type());
    let twice = again.to_attached_data_as_received();
    assert_eq!(twice, written, "writing is stable");
    for pair in list {
        let known = keys::info(pair.key).is_some();
        let kept = written.view().iter().any(|other| other == pair);
        assert!(known || kept, "unknown pairs are kept: {pair:?}");
    }
    let errors = message
        .check()
        .iter()
        .any(|finding| finding.severity == Severity::Error);
    assert_eq!(errors, message.to_attached_data().is_err());
    for reply in [
        message.acknowledgement(),
        message.error(ErrorCode::DB_ERROR),
    ]
    .into_iter()
    .flatten()
    {
        assert!(reply.may_answer(&message));
        assert_eq!(reply.reference_id(), message.reference_id());
    }
}

/// Statistics of a campaign group: what is read is written so that it reads the same, and writing is
/// stable.
pub fn campaign_group_state(data: &[u8]) {
    let Ok(state) = serde_json::from_slice::<CampaignGroupState>(data) else {
        return;
    };
    if let Ok(nested) = state.nested_statistics() {
        for statistics in nested {
            let named = |name: &String| name.starts_with("GSW_STAT_");
            assert!(statistics.object.keys().any(named), "{statistics:?}");
        }
    }
    stable(&state);
}

/// What is written reads the same and is written the same.
fn stable<T: Serialize + DeserializeOwned + PartialEq + Debug>(value: &T) {
    // What has no form is not written.
    let Ok(text) = serde_json::to_string(value) else {
        return;
    };
    let again: T = serde_json::from_str(&text).unwrap_or_else(|error| panic!("{error} in {text}"));
    assert_eq!(again, *value, "{text}");
    assert_eq!(serde_json::to_string(&again).unwrap(), text);
}

/// The objects of the service client, each read as every type that it may be.
pub fn client(data: &[u8]) {
    macro_rules! stable {
        ($($Type:ty)*) => {
            $(if let Ok(value) = serde_json::from_slice::<$Type>(data) {
                stable(&value);
            })*
        };
    }
    stable! {
        Field FieldOptions Record RecordData Chain CallResults SetCallResult RescheduleRecord
        UpdateRecordFields CallPreviewRecord GetPreviewRecord Vec<Chain>
    }
    if let Ok(field) = serde_json::from_slice::<Field>(data) {
        // A value that may be written is one of the field's own type.
        for value in [
            serde_json::Value::Null,
            true.into(),
            7.into(),
            "7".into(),
            "x".into(),
        ] {
            let _ = field.check_update(&value);
        }
    }
}
