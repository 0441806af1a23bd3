//! What the types of values offer: texts for people, moments and offsets, values that say 'not set',
//! what is text here and a number there, and what is wrong with a value.

mod answers;
mod messages;
mod times;

use cti_codec::gsw::keys::{self, Key, KeyType, Problem};
use cti_codec::gsw::messages::{
    CampaignStarted, DesktopMessage, Error, MessageError, MessageType, NoRecordsAvailable,
    NoRunningPreviewCampaigns, RecordProcessed, RecordReject, Unlisted,
};
use cti_codec::gsw::*;
use jiff::civil::{date, time};

/// The value as the key reads it.
fn read<T: KeyType>(key: Key<T>, value: Value<'_>) -> Result<T::Of<'_>, String> {
    key.read(value).map_err(|error| error.to_string())
}

/// What a list holds under the key once the value is set in it.
fn written<T: KeyType>(key: Key<T>, value: T::Of<'_>) -> Option<ValueBuf> {
    let mut data = AttachedDataBuf::new();
    data.push(key.name(), "old");
    data.set(key, value);
    data.view().value(key.name()).map(ValueBuf::from)
}

/// What the manual has against a value that stands under the key.
fn problem<'a, T: KeyType>(key: Key<T>, value: impl Into<Value<'a>>) -> Option<Problem> {
    let info = keys::info(key.name().into()).unwrap();
    info.problem(value.into()).unwrap()
}

#[test]
fn findings_have_names_codes_and_texts() {
    let missing = Some(ErrorCode::ATTRIBUTE_NOT_FOUND);
    let wrong = Some(ErrorCode::INVALID_ATTRIBUTE_VALUE);
    let range = |min, max| FindingKind::Value(Problem::OutOfRange { min, max });
    let without = |any| FindingKind::MissingWithout {
        absent: "GSW_RECORD_HANDLE",
        any,
    };
    let table = [
        (FindingKind::Missing, "missing", missing, "missing"),
        (
            FindingKind::MissingWith { present: "A" },
            "missing-with",
            missing,
            "missing, though there is A",
        ),
        (
            without(&[]),
            "missing-without",
            missing,
            "missing, though there is no GSW_RECORD_HANDLE",
        ),
        (
            without(&["GSW_PHONE"]),
            "missing-without",
            missing,
            "missing, though there is no GSW_RECORD_HANDLE",
        ),
        (
            without(&["GSW_PHONE", "GSW_CUSTOMER_ID"]),
            "missing-without",
            missing,
            "one of GSW_PHONE, GSW_CUSTOMER_ID, GSW_RECORD_HANDLE is needed",
        ),
        (
            FindingKind::WrongType {
                expected: "integer",
                found: "list",
            },
            "wrong-type",
            wrong,
            "integer expected, list found",
        ),
        (
            range(Some(-5), Some(7)),
            "out-of-range",
            wrong,
            "not in -5 to 7",
        ),
        (range(Some(1), None), "out-of-range", wrong, "less than 1"),
        (range(None, Some(9)), "out-of-range", wrong, "more than 9"),
        (range(None, None), "out-of-range", wrong, "out of range"),
        (
            FindingKind::Value(Problem::UnlistedCode),
            "unlisted-code",
            wrong,
            "code that no table lists",
        ),
        (
            FindingKind::Value(Problem::UnlistedWord),
            "unlisted-word",
            wrong,
            "none of the words that are allowed",
        ),
        (
            FindingKind::Value(Problem::OtherWord),
            "other-word",
            wrong,
            "word that no table lists",
        ),
        (
            FindingKind::Value(Problem::CodeForWord),
            "code-for-word",
            wrong,
            "a code where desktops get a word",
        ),
        (
            FindingKind::Value(Problem::NotADateTime),
            "not-a-date-time",
            Some(ErrorCode::INVALID_TIME_FORMAT),
            "not a date and time as MM/DD/YYYY HH:MM",
        ),
        (
            FindingKind::CodeNotAllowed { allowed: &[5, 6] },
            "code-not-allowed",
            wrong,
            "not one of the codes allowed here, [5, 6]",
        ),
        (
            FindingKind::OtherNumber { expected: 108 },
            "other-number",
            wrong,
            "not 108, which makes the message what it is",
        ),
        (
            FindingKind::UntilNotAfterFrom,
            "until-not-after-from",
            wrong,
            "not after GSW_FROM",
        ),
        (FindingKind::Duplicate, "duplicate", None, "occurs again"),
        (
            FindingKind::OtherSpelling { usual: "GSW_FROM" },
            "other-spelling",
            None,
            "another spelling of GSW_FROM",
        ),
        (
            FindingKind::OtherName { usual: "LogOut" },
            "other-name",
            None,
            "another name for LogOut",
        ),
        (
            FindingKind::Unlisted,
            "unlisted",
            None,
            "has no place in this message",
        ),
        (
            FindingKind::Reserved,
            "reserved",
            None,
            "has the reserved prefix, yet no manual lists it",
        ),
    ];
    for (kind, name, code, text) in table {
        assert_eq!(
            (kind.name(), kind.error_code(), kind.to_string().as_str()),
            (name, code, text)
        );
        let finding = Finding {
            severity: Severity::Error,
            key: "GSW_UNTIL".into(),
            kind,
        };
        assert_eq!(finding.to_string(), format!("GSW_UNTIL: {text}"));
    }
}

#[test]
fn an_invalid_message_says_all_that_is_wrong_with_it() {
    let started = CampaignStarted {
        application_id: Some(7),
        campaign_mode: Some("Sometimes".into()),
        campaign_name: Some("C".into()),
        campaign_group_name: Some("G".into()),
        ..Default::default()
    };
    let error = started.to_attached_data().unwrap_err();
    assert_eq!(
        error.to_string(),
        "CampaignStarted: GSW_APPLICATION_ID: less than 101; \
         GSW_CAMPAIGN_DESCRIPTION: missing; \
         GSW_CAMPAIGN_MODE: none of the words that are allowed"
    );
}

#[test]
fn an_identifier_is_the_same_as_text_and_as_a_number() {
    let text = TextOrNumber::from("7");
    let number = TextOrNumber::Number(7);
    assert_eq!(text, number);
    assert_eq!(number, text);
    assert_eq!(text, text);
    assert_eq!(number, number);
    assert_ne!(TextOrNumber::from("07"), number);
    assert_ne!(number, TextOrNumber::from("07"));
    assert_ne!(TextOrNumber::from("07"), text);
    assert_ne!(TextOrNumber::Number(8), number);
    assert_eq!(
        (text.to_string(), number.to_string()),
        ("7".into(), "7".into())
    );
    assert_eq!(format!("{text:>3}|{number:>3}"), "  7|  7");
    assert_eq!(
        (
            text.to_int(),
            number.to_int(),
            TextOrNumber::from("x").to_int()
        ),
        (Some(7), Some(7), None)
    );
    assert_eq!(written(keys::CUSTOMER_ID, number), Some("7".into()));
    assert_eq!(written(keys::CUSTOMER_ID, "A7".into()), Some("A7".into()));
    assert_eq!(
        read(keys::CUSTOMER_ID, Value::Binary(b"7")),
        Err("GSW_CUSTOMER_ID: string or integer expected, binary found".into())
    );
}

#[test]
fn tenants_that_nobody_configured_are_not_written() {
    for word in ["undefined", "Undefined", "Unknown", "UNKNOWN"] {
        assert!(TenantName(word.into()).is_unset());
        assert!(TenantCcid(word.into()).is_unset());
        assert_eq!(written(keys::TENANT_NAME, TenantName(word.into())), None);
        assert_eq!(written(keys::TENANT_CCID, TenantCcid(word.into())), None);
    }
    assert_eq!(
        written(keys::TENANT_NAME, TenantName("Acme".into())),
        Some("Acme".into())
    );
    for (ccid, value) in [
        (TextOrNumber::Number(7), ValueBuf::Int(7)),
        ("7".into(), ValueBuf::Int(7)),
        ("07".into(), "07".into()),
        ("acme".into(), "acme".into()),
    ] {
        assert_eq!(written(keys::TENANT_CCID, TenantCcid(ccid)), Some(value));
    }
    assert_eq!(
        read(keys::TENANT_NAME, Value::Int(1)),
        Err("GSW_TENANT_NAME: string expected, integer found".into())
    );
}

#[test]
fn statistics_are_integers_or_text_and_none_is_not_written() {
    let key = keys::STAT_BUSY_FACTOR;
    for (value, number) in [
        (Value::Int(3), Some(3.0)),
        (Value::Int(-3), Some(-3.0)),
        ("0.85".into(), Some(0.85)),
        (" 600 ".into(), Some(600.0)),
        (Value::Unicode("1e2".into()), Some(100.0)),
        ("".into(), None),
        (" ".into(), None),
        ("null".into(), None),
    ] {
        assert_eq!(read(key, value), Ok(Statistic(number)), "{value:?}");
    }
    for (value, found) in [
        ("inf".into(), "string"),
        ("NaN".into(), "string"),
        ("1e999".into(), "string"),
        ("many".into(), "string"),
        (Value::Str(Text::new(b"\xb9")), "string"),
        (Value::Binary(b"1"), "binary"),
        (Value::List(AttachedData::default()), "list"),
    ] {
        assert_eq!(
            read(key, value),
            Err(format!(
                "GSW_STAT_BUSY_FACTOR: number expected, {found} found"
            ))
        );
    }
    assert_eq!(written(key, Statistic(Some(0.85))), Some("0.85".into()));
    assert_eq!(written(key, Statistic(Some(600.0))), Some("600".into()));
    assert_eq!(written(key, Statistic(None)), None);
    assert_eq!(problem(key, "0"), None);
    assert_eq!(problem(key, "null"), None);
    assert_eq!(
        problem(key, "-0.5"),
        Some(Problem::OutOfRange {
            min: Some(0),
            max: None
        })
    );
}

#[test]
fn what_is_not_set_is_what_is_not_written() {
    #[track_caller]
    fn same<T: KeyType>(value: T::Of<'_>, unset: bool) {
        assert_eq!(
            (T::is_unset(&value), T::write(&value).is_none()),
            (unset, unset)
        );
    }
    same::<Statistic>(Statistic(None), true);
    same::<Statistic>(Statistic(Some(0.0)), false);
    same::<DateTime<'_>>(DateTime::Unset, true);
    same::<DateTime<'_>>("soon".into(), false);
    same::<TenantName<'_>>(TenantName("Unknown".into()), true);
    same::<TenantName<'_>>(TenantName("".into()), false);
    same::<TenantCcid<'_>>(TenantCcid("undefined".into()), true);
    same::<TenantCcid<'_>>(TenantCcid(TextOrNumber::Number(0)), false);
    same::<CallTime>(CallTime::NEVER, false);
}

#[test]
fn codes_and_words_show_their_names() {
    assert_eq!(CallResult::BUSY.to_string(), "BUSY");
    assert_eq!(
        format!("{:6}|{:?}", CallResult::BUSY, CallResult::BUSY),
        "BUSY  |BUSY(6)"
    );
    assert_eq!(format!("{:?}", CallResult(999)), "CallResult(999)");
    assert_eq!(
        format!("{:?}", ErrorCode::RECORD_NOT_FOUND),
        "RECORD_NOT_FOUND(109)"
    );
    assert_eq!("busy".parse(), Ok(CallResult::BUSY));
    assert_eq!("6".parse(), Ok(CallResult::BUSY));
    assert_eq!("-999".parse(), Ok(CallResult(-999)));
    assert_eq!(
        "engaged".parse::<CallResult>().unwrap_err().to_string(),
        "neither a name of call_results nor a number"
    );
    assert_eq!(i64::from(CallResult::from(6)), 6);
    assert_eq!(CallResult(999).to_string(), "999");
    assert_eq!(format!("{:>5}", CallResult(999)), "  999");
    assert_eq!(ErrorCode::RECORD_NOT_FOUND.to_string(), "Record Not Found");
    assert_eq!(ErrorCode(4711).to_string(), "4711");
    assert_eq!(format!("{:>6}", ErrorCode(4711)), "  4711");
    assert_eq!(
        CampaignMode::from("engaged predictive").to_string(),
        "Predictive with Seizing"
    );
    assert_eq!(CampaignMode::from("Sometimes").to_string(), "Sometimes");
    assert_eq!(Direction::OCS_TO_DESKTOP.to_string(), "O>D");
    assert_eq!(
        (
            CallbackType::PERSONAL.to_string(),
            CallbackType::PERSONAL.code()
        ),
        ("Personal".into(), None)
    );
    assert_eq!(
        (
            CallbackType::from_code(3).to_string(),
            CallbackType::from_code(3).code()
        ),
        ("3".into(), Some(3))
    );
    assert_eq!(CallbackType::from_code(3).name(), None);
    assert_eq!(CallbackType::from_code(3).service_client_name(), None);
    assert_eq!(
        CallbackType::from("campaign").service_client_name(),
        Some("CAMPAIGN")
    );
    assert_eq!(CallbackType::from("Nobody").to_string(), "Nobody");
    assert_eq!(
        written(keys::CALLBACK_TYPE, CallbackType::from_code(3)),
        Some(ValueBuf::Int(3))
    );
    assert_eq!(MessageType::LogOut.to_string(), "LogOut");
    assert_eq!(format!("{:>8}", MessageType::LogOut), "  LogOut");
}

#[test]
fn some_codes_and_words_have_no_counterpart() {
    assert_eq!(PhoneType::MOBILE.contact_media(), Some(ContactMedia::VOICE));
    for none in [
        PhoneType::PAGER,
        PhoneType::MODEM,
        PhoneType::PIN_PAGER,
        PhoneType(99),
    ] {
        assert_eq!(none.contact_media(), None);
    }
    assert_eq!(
        DialMode::PREVIEW.campaign_mode(),
        Some(CampaignMode::PREVIEW)
    );
    assert_eq!(DialMode(6).campaign_mode(), None);
    assert_eq!(Treatment::from("Other").record_type(), None);
}

#[test]
fn values_of_each_type_say_which() {
    for (value, name) in [
        (Value::from("a"), "string"),
        (Value::from(1), "integer"),
        (Value::Binary(b"a"), "binary"),
        (Value::List(AttachedData::default()), "list"),
        (Value::Unicode("a".into()), "unicode string"),
    ] {
        assert_eq!(value.type_name(), name);
        let other = match value {
            Value::Int(_) => AttachedDataBuf::new().into(),
            _ => ValueBuf::Int(1),
        };
        assert_ne!(value.to_buf(), other);
        assert_eq!(value.to_buf().view(), value);
        assert_eq!(ValueBuf::from(value), value.to_buf());
    }
    let text = Text::new(b"\xe9");
    assert_eq!(Value::from(text), Value::Str(text));
    assert_eq!(ValueBuf::from(text), ValueBuf::Str(vec![0xe9]));
    assert_eq!(Value::Unicode(text).as_text(), Some(text));
    assert_eq!(
        (Value::Int(1).as_text(), Value::Str(text).as_int()),
        (None, None)
    );
    let error = read(keys::PHONE, Value::List(AttachedData::default())).unwrap_err();
    assert_eq!(error, "GSW_PHONE: string expected, list found");
}

#[test]
fn lists_show_and_collect_their_pairs() {
    let mut inner = AttachedDataBuf::new();
    inner.push("n", -1);
    let mut data = AttachedDataBuf::new();
    assert!(data.view().is_empty());
    assert_eq!(format!("{data:?}"), "{}");
    data.push("k", "v");
    data.push([0xe9], inner.clone());
    let shown = r#"{"k": Str("v"), "\xe9": List({"n": Int(-1)})}"#;
    assert_eq!(format!("{data:?}"), shown);
    assert_eq!(format!("{:?}", data.view()), shown);
    let packed = data.view().pack().unwrap();
    let unpacked = AttachedData::unpack(&packed).unwrap();
    assert_eq!(format!("{unpacked:?}"), shown);

    for list in [data.view(), unpacked] {
        assert_eq!((list.len(), list.is_empty()), (2, false));
        assert_eq!(list.iter().collect::<AttachedDataBuf>(), data);
        assert_eq!(list.to_buf(), data);
        assert_eq!(AttachedData::from(&data), list);
        assert_ne!(AttachedData::default(), list);
        assert_ne!(inner.view(), list);
        let mut pairs = list.iter();
        for left in [2, 1, 0] {
            assert_eq!((pairs.len(), pairs.size_hint()), (left, (left, Some(left))));
            assert_eq!(pairs.next().is_some(), left > 0);
        }
        assert_eq!(pairs.next(), None);
    }
    let mut twice = data.clone();
    twice.extend(data.view());
    assert_eq!(twice.view().len(), 4);
    twice.remove("k");
    assert_eq!(twice.view().len(), 2, "every pair with the key goes");
    assert_eq!(twice.view().value("k"), None);
}

#[test]
fn setting_replaces_the_first_pair_and_keeps_the_others() {
    let mut data = AttachedDataBuf::new();
    data.push("GSW_PHONE", "1");
    data.push("a", 1);
    data.push("GSW_PHONE", "2");
    data.set(keys::PHONE, "3".into());
    data.set(keys::ATTEMPTS, 4);
    assert_eq!(
        format!("{data:?}"),
        r#"{"GSW_PHONE": Str("3"), "a": Int(1), "GSW_PHONE": Str("2"), "GSW_ATTEMPTS": Int(4)}"#
    );
}

/// Through the trait, as generic code clones.
fn cloned<T: Clone>(value: &T) -> T {
    value.clone()
}

#[test]
fn keys_show_their_names_and_are_cloned_whole() {
    assert_eq!(format!("{:?}", keys::PHONE), "Key(GSW_PHONE)");
    assert_eq!(format!("{:?}", Key::<i64>::new("Account")), "Key(Account)");
    let from = cloned(&keys::FROM);
    assert_eq!(
        (from.name(), from.aliases()),
        ("GSW_FROM", &["GWS_FROM"][..])
    );
}

#[test]
fn values_of_listed_keys_have_names() {
    let name = |key: &str, value| keys::info(key.into()).unwrap().value_name(value);
    assert_eq!(name("GSW_CALL_RESULT", Value::Int(6)), Some("BUSY"));
    assert_eq!(name("GSW_CALL_RESULT", Value::Int(999)), None);
    assert_eq!(
        name("GSW_CALL_RESULT", "6".into()),
        Some("BUSY"),
        "some programs write numbers as text"
    );
    assert_eq!(
        name("GSW_CALL_RESULT", "six".into()),
        None,
        "of the wrong type"
    );
    assert_eq!(
        name("GSW_CALLBACK_TYPE", "personal".into()),
        Some("Personal")
    );
    assert_eq!(name("GSW_ERROR_NUMBER", Value::Int(113)), Some("DB Error"));
    assert_eq!(name("GSW_PHONE", "6".into()), None);
    assert!(keys::info("GSW_phone".into()).is_none());
}
