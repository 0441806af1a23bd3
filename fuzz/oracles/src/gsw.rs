//! Oracles of `cti_codec::gsw`.

use cti_codec::gsw::campaign_group_state::CampaignGroupState;
use cti_codec::gsw::client::{
    CallPreviewRecord, CallResults, Chain, Field, GetCallResult, GetPreviewRecord, GetRecordFields,
    Record, RecordData, RescheduleRecord, ResponseTo, SetCallResult, UpdateRecordFields,
};
use cti_codec::gsw::messages::OwnedMessage;
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

/// Lists of a trace are written so that they read the same, and come out however the trace is cut.
pub fn trace(data: &[u8]) {
    let mut reader = trace::Reader::new();
    let mut pieces = Vec::new();
    for piece in data.chunks(7) {
        reader.feed(piece);
        pieces.extend(core::iter::from_fn(|| reader.next_list()));
    }
    reader.finish();
    pieces.extend(core::iter::from_fn(|| reader.next_list()));
    assert!(trace::lists(data).eq(pieces), "the same in pieces");
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

/// JSON is written so that it reads the same, in the form of Workspace too.
pub fn json(data: &[u8]) {
    let Ok(list) = json::read(data) else { return };
    if let Ok(text) = json::write_workspace(list.view()) {
        let again = json::read_with(text.as_bytes(), ROOMY).expect("what was written reads");
        assert_eq!(json::write_workspace(again.view()).as_ref(), Ok(&text));
    }
    let text = json::write(list.view());
    assert_eq!(
        json::read_with(text.as_bytes(), ROOMY).expect("what was written reads"),
        list
    );
}

const ROOMY: Limits = Limits {
    max_depth: 64,
    max_bytes: usize::MAX,
};

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
    let kept = |pair: &Pair<'_>| {
        let info = keys::info(pair.key);
        let unset = matches!(
            shown(pair.value).as_str(),
            "" | "0" | "undefined" | "unknown"
        );
        let mut others = written.view().iter();
        unset
            || others.any(|other| {
                let same_key = info.map_or(other.key == pair.key, |info| other.key == info.name);
                let name = |value| info.and_then(|info| info.value_name(value));
                let same_name =
                    name(other.value).is_some() && name(other.value) == name(pair.value);
                other == *pair
                    || same_key
                        && (same_name
                            || shown(other.value) == shown(pair.value)
                            || number(other.value).is_some()
                                && number(other.value) == number(pair.value))
            })
    };
    for pair in list {
        let recognised = pair.key == message.message_type().layout().key;
        assert!(recognised || kept(&pair), "{pair:?} is lost in {written:?}");
    }
    if message.message_type().check_received(list).is_empty() {
        assert!(
            message.to_attached_data().is_ok(),
            "nothing was wrong with what came: {:?}",
            message.check()
        );
    }
    let kept = OwnedMessage::new(list.to_buf()).expect("it was read before");
    assert_eq!(kept.get(), message);
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

/// A value as text, whatever type carries it, letter case and blanks aside.
fn shown(value: Value<'_>) -> String {
    match value {
        Value::Int(number) => number.to_string(),
        value => value.as_text().map_or_else(String::new, |text| {
            text.to_string().to_lowercase().replace([' ', '-', '_'], "")
        }),
    }
}

/// The number of a value. Packed integers of 2³¹ and more read back negative, so that a time after 2038
/// is the same number with either sign.
fn number(value: Value<'_>) -> Option<i64> {
    let number = match value {
        Value::Int(number) => number,
        value => value.as_text()?.to_string().trim().parse().ok()?,
    };
    Some(i32::try_from(number).map_or(number, |number| number.cast_unsigned().into()))
}

/// What reads from JSON is written so that it reads the same, where strict writing allows it.
fn stable<T: Serialize + DeserializeOwned + PartialEq + core::fmt::Debug>(data: &[u8]) {
    let Ok(value) = serde_json::from_slice::<T>(data) else {
        return;
    };
    let Ok(text) = serde_json::to_string(&value) else {
        return;
    };
    let again: T = serde_json::from_str(&text).expect("what was written reads");
    assert_eq!(again, value, "{text}");
    assert_eq!(serde_json::to_string(&again).expect("it was written"), text);
}

/// The objects of the Service Client API.
pub fn client(data: &[u8]) {
    stable::<Field>(data);
    stable::<Record>(data);
    stable::<RecordData>(data);
    stable::<Chain>(data);
    stable::<CallResults>(data);
    stable::<SetCallResult>(data);
    stable::<RescheduleRecord>(data);
    stable::<UpdateRecordFields>(data);
    stable::<CallPreviewRecord>(data);
    stable::<GetPreviewRecord>(data);
    stable::<ResponseTo<GetCallResult>>(data);
    stable::<ResponseTo<GetRecordFields>>(data);
    stable::<ResponseTo<cti_codec::gsw::client::GetChainedRecords>>(data);
}

/// The notification of a campaign group, and what is nested in it.
pub fn campaign_group_state(data: &[u8]) {
    stable::<CampaignGroupState>(data);
    let Ok(state) = serde_json::from_slice::<CampaignGroupState>(data) else {
        return;
    };
    let whole = serde_json::Value::from(state.unlisted.view().to_map());
    for found in state.nested_statistics().flatten() {
        use cti_codec::gsw::campaign_group_state::Step;
        let steps = found.path.steps();
        let object = steps.iter().fold(&whole, |value, step| match step {
            Step::Member(name) => &value[&**name],
            Step::Item(at) => &value[*at],
        });
        // A name that comes twice within leads to one of two.
        let repeats = found.object.iter().count() != found.object.to_map().len();
        assert!(object.is_object() || object.is_null() || repeats);
    }
}
