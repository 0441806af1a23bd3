//! One test for each contradiction of the manuals that concerns attached data and desktop messages,
//! named by its number in `gsw.json`: what is read, and what is written.

use cti_codec::gsw::keys::{self, Key};
use cti_codec::gsw::messages::*;
use cti_codec::gsw::*;

/// A list with an event or request and further pairs, strings and integers mixed.
fn list(key: &str, value: &str, pairs: &[(&str, Value<'_>)]) -> AttachedDataBuf {
    let mut data = AttachedDataBuf::new();
    data.push(key, value);
    for (key, value) in pairs {
        data.push(key, *value);
    }
    data
}

fn event(name: &str, pairs: &[(&str, Value<'_>)]) -> AttachedDataBuf {
    list("GSW_USER_EVENT", name, pairs)
}

fn request(name: &str, pairs: &[(&str, Value<'_>)]) -> AttachedDataBuf {
    list("GSW_AGENT_REQ_TYPE", name, pairs)
}

fn string(text: &str) -> Value<'_> {
    Value::Str(text.into())
}

macro_rules! read {
    ($data:expr, $kind:ident) => {
        match DesktopMessage::from_attached_data($data).unwrap() {
            DesktopMessage::$kind(message) => message,
            other => panic!("{other:?}"),
        }
    };
}

/// Findings as `severity key name`, of what somebody sent.
fn findings(data: &AttachedDataBuf) -> Vec<String> {
    show(&MessageType::of(data).unwrap().check_received(data))
}

fn show(findings: &[Finding]) -> Vec<String> {
    findings
        .iter()
        .map(|finding| {
            format!(
                "{:?} {} {}",
                finding.severity,
                finding.key,
                finding.kind.name()
            )
        })
        .collect()
}

fn refused<T: std::fmt::Debug>(result: Result<T, InvalidMessage>) -> Vec<String> {
    show(&result.unwrap_err().findings)
}

fn cancel() -> RequestRecordCancel<'static> {
    RequestRecordCancel {
        application_id: Some(139),
        phone: Some("555".into()),
        ..Default::default()
    }
}

fn add_record() -> AddRecord<'static> {
    AddRecord {
        application_id: Some(139),
        calling_list: Some("L".into()),
        campaign_name: Some("C".into()),
        phone: Some("555".into()),
        tz_name: Some("CET".into()),
        ..Default::default()
    }
}

fn reschedule(time: DateTime<'_>) -> RecordReschedule<'_> {
    RecordReschedule {
        application_id: Some(139),
        callback_type: Some(CallbackType::PERSONAL),
        campaign_name: Some("C".into()),
        date_time: Some(time),
        record_handle: Some(7),
        ..Default::default()
    }
}

fn campaign_started(mode: CampaignMode<'_>) -> CampaignStarted<'_> {
    CampaignStarted {
        application_id: Some(139),
        campaign_description: Some("".into()),
        campaign_mode: Some(mode),
        campaign_name: Some("C".into()),
        campaign_group_name: Some("G".into()),
        ..Default::default()
    }
}

fn preview_record() -> PreviewRecord<'static> {
    PreviewRecord {
        application_id: Some(139),
        call_result: Some(CallResult::UNKNOWN),
        calling_list: Some("L".into()),
        campaign_name: Some("C".into()),
        chain_id: Some(3),
        cpn_digits: Some("".into()),
        from: Some(SecondsFromMidnight(28_800)),
        phone: Some("555".into()),
        record_handle: Some(283),
        tz_offset: Some(TzOffset(3600)),
        contact_media_type: Some(ContactMedia::VOICE),
        campaign_group_name: Some("G".into()),
        campaign_group_description: Some("".into()),
        ..Default::default()
    }
}

#[test]
fn c01_call_time_is_text_or_integer_and_written_as_text() {
    for value in [string("1616000000"), Value::Int(1_616_000_000)] {
        let data = event("ChainedRecord", &[("GSW_CALL_TIME", value)]);
        let record = read!(&data, ChainedRecord);
        assert_eq!(record.call_time, Some(CallTime(1_616_000_000)));
        let written = record.to_attached_data_as_received();
        assert_eq!(
            written.view().value("GSW_CALL_TIME"),
            Some(string("1616000000"))
        );
    }
    for never in [string("0"), Value::Int(0), string("")] {
        let data = event("ChainedRecord", &[("GSW_CALL_TIME", never)]);
        let call_time = read!(&data, ChainedRecord).call_time.unwrap();
        assert_eq!(
            (call_time, call_time.to_timestamp()),
            (CallTime::NEVER, None)
        );
    }
    let data = event("ChainedRecord", &[("GSW_CALL_TIME", string("noon"))]);
    assert!(DesktopMessage::from_attached_data(&data).is_err());
}

#[test]
fn c02_customer_id_is_either_and_written_as_text() {
    for value in [string("17"), Value::Int(17)] {
        let data = event("RecordCancel", &[("GSW_CUSTOMER_ID", value)]);
        let cancel = read!(&data, RecordCancel);
        assert_eq!(cancel.customer_id, Some("17".into()));
        assert_eq!(
            cancel
                .to_attached_data_as_received()
                .view()
                .value("GSW_CUSTOMER_ID"),
            Some(string("17"))
        );
    }
}

#[test]
fn c03_configuration_type_is_integer_or_digits() {
    for value in [string("-3600"), Value::Int(-3600)] {
        let data = event(
            "PreviewRecord",
            &[("GSW_TZ_OFFSET", value), ("GSW_UNTIL", string("64800"))],
        );
        let record = read!(&data, PreviewRecord);
        assert_eq!(
            (record.tz_offset, record.until),
            (Some(TzOffset(-3600)), Some(SecondsFromMidnight(64_800)))
        );
        let written = record.to_attached_data_as_received();
        assert_eq!(
            written.view().value("GSW_TZ_OFFSET"),
            Some(Value::Int(-3600))
        );
        assert_eq!(written.view().value("GSW_UNTIL"), Some(Value::Int(64_800)));
    }
}

#[test]
fn c04_group_dbid_is_either_and_written_as_text() {
    let mut data = AttachedDataBuf::new();
    data.push("GSW_CAMPAIGN_GROUP_DBID", 101);
    assert_eq!(
        data.view().get(keys::CAMPAIGN_GROUP_DBID).unwrap().to_int(),
        Some(101)
    );
    data.set(keys::CAMPAIGN_GROUP_DBID, TextOrNumber::Number(101));
    assert_eq!(
        data.view().value("GSW_CAMPAIGN_GROUP_DBID"),
        Some(string("101"))
    );
}

#[test]
fn c05_tenant_ccid_is_either_and_written_as_integer() {
    let mut data = AttachedDataBuf::new();
    data.push("GSW_TENANT_CCID", "12");
    let ccid = data.view().get(keys::TENANT_CCID).unwrap();
    assert_eq!(ccid.0.to_int(), Some(12));
    data.set(keys::TENANT_CCID, TenantCcid("12".into()));
    assert_eq!(data.view().value("GSW_TENANT_CCID"), Some(Value::Int(12)));
    data.set(keys::TENANT_CCID, TenantCcid("007".into()));
    assert_eq!(
        data.view().value("GSW_TENANT_CCID"),
        Some(string("007")),
        "leading zeros are not dropped"
    );
}

#[test]
fn c06_both_words_for_no_tenant_are_left_out() {
    for word in ["undefined", "Unknown", "unknown"] {
        let mut data = AttachedDataBuf::new();
        data.push("GSW_TENANT_NAME", word);
        data.push("GSW_TENANT_CCID", word);
        let (name, ccid) = (TenantName(word.into()), TenantCcid(word.into()));
        assert_eq!(data.view().get(keys::TENANT_NAME), Ok(name));
        assert_eq!(data.view().get(keys::TENANT_CCID), Ok(ccid));
        assert!(name.is_unset() && ccid.is_unset());
        data.set(keys::TENANT_NAME, name);
        data.set(keys::TENANT_CCID, ccid);
        assert!(data.view().is_empty());
    }
    assert!(!TenantName("Unknown Ltd".into()).is_unset());
}

#[test]
fn c07_callback_type_in_any_case_or_as_code() {
    for text in ["Personal", "PERSONAL", "personal"] {
        let data = request("RecordReschedule", &[("GSW_CALLBACK_TYPE", string(text))]);
        let request = read!(&data, RecordReschedule);
        assert_eq!(request.callback_type, Some(CallbackType::PERSONAL));
        assert_eq!(
            request
                .to_attached_data_as_received()
                .view()
                .value("GSW_CALLBACK_TYPE"),
            Some(string("Personal"))
        );
    }
    let data = request("RecordReschedule", &[("GSW_CALLBACK_TYPE", Value::Int(2))]);
    assert_eq!(
        read!(&data, RecordReschedule)
            .callback_type
            .and_then(CallbackType::code),
        Some(2)
    );
    let mut request = reschedule("01/02/2031 10:00".into());
    request.callback_type = Some(CallbackType::from_code(2));
    assert_eq!(
        refused(request.to_attached_data()),
        ["Error GSW_CALLBACK_TYPE code-for-word"]
    );
    request.callback_type = Some("Private".into());
    assert_eq!(
        refused(request.to_attached_data()),
        ["Error GSW_CALLBACK_TYPE unlisted-word"]
    );

    let mut data = AttachedDataBuf::new();
    data.push("GSW_STAT_EVENT", 5);
    data.push("GSW_CALLBACK_TYPE", 2);
    assert_eq!(findings(&data), [""; 0]);
    let stat = read!(&data, StatEvent);
    assert_eq!(
        stat.to_attached_data(),
        Ok(data.clone()),
        "statistical events carry codes"
    );
}

#[test]
fn c08_times_of_day_are_seconds_only() {
    let data = request("AddRecord", &[("GSW_FROM", string("10.15"))]);
    let error = DesktopMessage::from_attached_data(&data).unwrap_err();
    assert_eq!(
        error.to_string(),
        "AddRecord.GSW_FROM: seconds from midnight expected, string found"
    );
    let record = AddRecord {
        from: Some(SecondsFromMidnight(36_900)),
        ..add_record()
    };
    assert_eq!(
        record.to_attached_data().unwrap().view().value("GSW_FROM"),
        Some(Value::Int(36_900))
    );
}

#[test]
fn c09_integers_of_any_width() {
    for width in 1..=8_u8 {
        let mut packed = vec![0, 1, 1, 0, 12];
        packed.extend(b"GSW_RELEASED");
        packed.extend([0, width]);
        packed.extend(std::iter::repeat_n(0, usize::from(width) - 1));
        packed.push(9);
        let data = AttachedData::unpack(&packed).unwrap();
        assert_eq!(data.get(keys::RELEASED), Ok(UnixTime(9)), "{width}");
    }
    let packed = [&[0, 1, 1, 0, 1, b'k', 0, 2][..], &[0xff, 0xfe]].concat();
    let data = AttachedData::unpack(&packed).unwrap();
    assert_eq!(
        data.value("k"),
        Some(Value::Int(-2)),
        "short integers have a sign"
    );
    let mut data = AttachedDataBuf::new();
    data.push("GSW_RELEASED", i64::from(i32::MIN));
    assert_eq!(
        data.view().get(keys::RELEASED),
        Ok(UnixTime(1 << 31)),
        "a moment in 2038 that was read as signed"
    );
    let time = data
        .view()
        .get(keys::RELEASED)
        .unwrap()
        .to_timestamp()
        .unwrap();
    assert_eq!(time.to_string(), "2038-01-19T03:14:08Z");
}

#[test]
fn c10_absent_chain_attr_stays_absent_and_is_written() {
    let data = request("RequestRecordCancel", &[]);
    let request = read!(&data, RequestRecordCancel);
    assert_eq!(request.chain_attr, None);
    assert_eq!(
        ChainAttr::effective(request.chain_attr),
        ChainAttr::ALL_CHAIN
    );
    let written = cancel().to_attached_data().unwrap();
    assert_eq!(
        written.view().value("GSW_CHAIN_ATTR"),
        Some(string("AllChain"))
    );
    let written = DoNotCallAcknowledge {
        application_id: Some(139),
        phone: Some("555".into()),
        ..Default::default()
    };
    assert_eq!(
        written
            .to_attached_data()
            .unwrap()
            .view()
            .get(keys::CHAIN_ATTR),
        Ok(ChainAttr::ALL_CHAIN)
    );
}

#[test]
fn c11_zero_is_unset_in_add_record() {
    for unset in [string("0"), Value::Int(0), string("")] {
        let data = request(
            "AddRecord",
            &[
                ("GSW_AGENT_ID", unset),
                ("GSW_CALL_TIME", unset),
                ("GSW_DATE_TIME", unset),
            ],
        );
        let record = read!(&data, AddRecord);
        assert_eq!(
            (record.agent_id, record.call_time, record.date_time),
            (None, None, None)
        );
        assert!(
            findings(&data)
                .iter()
                .all(|finding| finding.ends_with(" missing")),
            "{:?}",
            findings(&data)
        );
        assert_eq!(record.to_attached_data_as_received().view().len(), 1);
    }
    let data = request("AddRecord", &[("GSW_AGENT_ID", Value::Int(5))]);
    assert!(
        DesktopMessage::from_attached_data(&data).is_err(),
        "any other integer is no login"
    );
}

#[test]
fn a_date_and_time_that_is_not_set_is_none() {
    let data = request("RecordReschedule", &[("GSW_DATE_TIME", string("0"))]);
    assert_eq!(read!(&data, RecordReschedule).date_time, None);
    assert!(findings(&data).contains(&"Error GSW_DATE_TIME missing".into()));
    assert_eq!(data.view().get(keys::DATE_TIME), Ok(DateTime::Unset));
}

#[test]
fn c12_treatments_with_blanks() {
    let data = request(
        "RecordProcessed",
        &[("GSW_TREATMENT", string("RecordTreat Personal"))],
    );
    let request = read!(&data, RecordProcessed);
    assert_eq!(request.treatment, Some(Treatment::PERSONAL));
    assert_eq!(
        request
            .to_attached_data_as_received()
            .view()
            .value("GSW_TREATMENT"),
        Some(string("RecordTreatPersonal"))
    );
}

#[test]
fn c13_treatment_gives_a_record_type() {
    assert_eq!(Treatment::CAMPAIGN.record_type(), Some(RecordType(3)));
    assert_eq!(Treatment::PERSONAL.record_type(), Some(RecordType(4)));
}

#[test]
fn c14_campaign_modes_loose_in_strict_out() {
    for text in [
        "Predictive with seizing",
        "Engaged Predictive",
        "PREDICTIVE WITH SEIZING",
    ] {
        let data = event("CampaignStarted", &[("GSW_CAMPAIGN_MODE", string(text))]);
        assert_eq!(
            read!(&data, CampaignStarted).campaign_mode,
            Some(CampaignMode::PREDICTIVE_WITH_SEIZING)
        );
    }
    let data = event(
        "CampaignStarted",
        &[("GSW_CAMPAIGN_MODE", string("Manual"))],
    );
    let campaign = read!(&data, CampaignStarted);
    assert_eq!(
        campaign.campaign_mode.map(CampaignMode::text),
        Some("Manual".into()),
        "unknown text is kept"
    );
    assert_eq!(
        refused(campaign_started("Manual".into()).to_attached_data()),
        ["Error GSW_CAMPAIGN_MODE unlisted-word"]
    );
    for mode in CampaignMode::TABLE.words {
        let written = campaign_started(CampaignMode::new(*mode))
            .to_attached_data()
            .unwrap();
        assert_eq!(
            written.view().value("GSW_CAMPAIGN_MODE"),
            Some(string(mode))
        );
    }
}

#[test]
fn c15_any_mode_may_change() {
    for mode in CampaignMode::TABLE.words {
        let changed = CampaignModeChanged {
            application_id: Some(139),
            campaign_mode: Some(CampaignMode::new(*mode)),
            campaign_name: Some("C".into()),
            campaign_description: Some("".into()),
            campaign_group_description: Some("".into()),
            campaign_group_name: Some("G".into()),
            ..Default::default()
        };
        assert_eq!(changed.to_attached_data().map(drop), Ok(()));
    }
}

#[test]
fn c16_c19_c21_c22_codes_are_open() {
    let mut data = AttachedDataBuf::new();
    data.push("GSW_STAT_EVENT", 99);
    data.push("GSW_CALL_RESULT", 30);
    data.push("GSW_DIAL_MODE", 42);
    let stat = read!(&data, StatEvent);
    assert_eq!(
        (stat.dial_mode, stat.call_result),
        (Some(DialMode(42)), Some(CallResult(30)))
    );
    assert_eq!((DialMode(42).name(), CallResult(30).name()), (None, None));
    assert_eq!(
        findings(&data),
        [
            "Warning GSW_CALL_RESULT unlisted-code",
            "Warning GSW_DIAL_MODE unlisted-code"
        ]
    );
    assert_eq!(
        stat.to_attached_data(),
        Ok(data),
        "a raw code is the caller's to send"
    );

    let mut data = AttachedDataBuf::new();
    data.set(keys::CAMPAIGN_GROUP_ACTOR, CampaignGroupActor(2));
    data.set(keys::CAMPAIGN_GROUP_ACTION, CampaignGroupAction(300));
    assert_eq!(
        data.view().get(keys::CAMPAIGN_GROUP_ACTOR),
        Ok(CampaignGroupActor(2))
    );
    assert_eq!(
        data.view()
            .get(keys::CAMPAIGN_GROUP_ACTION)
            .map(CampaignGroupAction::name),
        Ok(None)
    );
}

#[test]
fn c17_contact_media() {
    let data = event(
        "PreviewRecord",
        &[("GSW_CONTACT_MEDIA_TYPE", string("Email"))],
    );
    assert_eq!(
        read!(&data, PreviewRecord).contact_media_type,
        Some(ContactMedia::EMAIL)
    );
    let data = event(
        "PreviewRecord",
        &[("GSW_CONTACT_MEDIA_TYPE", string("Text"))],
    );
    assert_eq!(
        read!(&data, PreviewRecord)
            .contact_media_type
            .map(ContactMedia::text),
        Some("Text".into())
    );
    assert_eq!(PhoneType::PAGER.contact_media(), None);
    assert_eq!(PhoneType::MODEM.contact_media(), None);
    assert_eq!(PhoneType::PIN_PAGER.contact_media(), None);
    let other = PreviewRecord {
        contact_media_type: Some("pager".into()),
        ..preview_record()
    };
    assert_eq!(
        show(&DesktopMessage::from(other.clone()).check()),
        ["Warning GSW_CONTACT_MEDIA_TYPE other-word"]
    );
    assert!(
        other.to_attached_data().is_ok(),
        "the caller may name another medium"
    );
}

#[test]
fn c18_c20_codes_decide_whatever_the_label() {
    assert_eq!(
        PhoneType::from_name("Business With Extension"),
        Some(PhoneType::BUSINESS_WITH_EXT)
    );
    assert_eq!(
        PhoneType::from_name("DirectBusinessPhone"),
        Some(PhoneType::DIRECT_BUSINESS_PHONE)
    );
    assert_eq!(
        PhoneType::from_name("None"),
        Some(PhoneType::NO_CONTACT_TYPE)
    );
    assert_eq!(RecordType::from_name("NoCall"), Some(RecordType::NO_CALL));
    assert_eq!(
        RecordType::from_name("Campaign Callback"),
        Some(RecordType::CAMPAIGN_CALLBACK)
    );
    assert_eq!(
        RecordStatus::from_name("cancelled"),
        Some(RecordStatus::CANCELED)
    );
    let written = AddRecord {
        phone_type: Some(PhoneType::EMAIL_ADDRESS),
        ..add_record()
    }
    .to_attached_data()
    .unwrap();
    assert_eq!(written.view().value("GSW_PHONE_TYPE"), Some(Value::Int(10)));
}

#[test]
fn c24_years_of_two_and_four_digits() {
    let expected = jiff::civil::date(2021, 5, 27).at(10, 55, 0, 0);
    for text in ["05/27/2021 10:55", "5/27/21 10:55", " 05/27/21 10:55 "] {
        let DateTime::At(time) = DateTime::from(text) else {
            panic!("{text}")
        };
        assert_eq!(time.to_civil(), expected);
        let written = reschedule(text.into()).to_attached_data().unwrap();
        assert_eq!(
            written.view().value("GSW_DATE_TIME"),
            Some(string("05/27/2021 10:55"))
        );
    }
    for text in [
        "25/45/00",
        "05/27/021 10:55",
        "05/27/2021",
        "05/27/2021 24:00",
        "05-27-2021 10:55",
        "1/1/21 10:5",
    ] {
        assert_eq!(DateTime::from(text), DateTime::Unreadable(text.into()));
        let found = refused(reschedule(text.into()).to_attached_data());
        assert_eq!(found, ["Error GSW_DATE_TIME not-a-date-time"]);
    }
    let half = jiff::civil::date(2021, 5, 27).at(10, 55, 30, 0);
    assert_eq!(
        MinuteTime::try_from(half),
        Err(NotWholeMinutes),
        "seconds are not cut off"
    );
}

#[test]
fn c25_offsets_beyond_twelve_hours() {
    let far = TzOffset(46_800);
    let data = event("PreviewRecord", &[("GSW_TZ_OFFSET", Value::Int(46_800))]);
    assert_eq!(read!(&data, PreviewRecord).tz_offset, Some(far));
    assert!(findings(&data).contains(&"Warning GSW_TZ_OFFSET out-of-range".into()));
    let record = PreviewRecord {
        tz_offset: Some(far),
        ..preview_record()
    };
    assert_eq!(
        refused(record.to_attached_data()),
        ["Error GSW_TZ_OFFSET out-of-range"]
    );
    assert_eq!(
        record
            .to_attached_data_as_received()
            .view()
            .get(keys::TZ_OFFSET),
        Ok(far),
        "unless it has to be"
    );
    assert_eq!(far.to_offset(), Some(jiff::tz::offset(13)));
}

#[test]
fn c26_log_out_time_may_be_zero() {
    let time = |seconds| LogOutTime {
        application_id: Some(139),
        campaign_name: Some("C".into()),
        logout_time: Some(seconds),
        ..Default::default()
    };
    assert_eq!(time(0).to_attached_data().map(drop), Ok(()));
    assert_eq!(
        refused(time(-1).to_attached_data()),
        ["Error GSW_LOGOUT_TIME out-of-range"]
    );
}

#[test]
fn c27_logout_and_log_out() {
    for name in ["Logout", "LogOut"] {
        assert_eq!(
            MessageType::of(&request(name, &[])),
            Ok(MessageType::LogOut)
        );
    }
    for name in ["LogOut", "LogOutTime", "Logout"] {
        let data = event(name, &[("GSW_LOGOUT_TIME", Value::Int(30))]);
        assert_eq!(read!(&data, LogOutTime).logout_time, Some(30));
    }
    let written = |message: DesktopMessage<'_>| message.to_attached_data_as_received();
    let (request, event) = (
        written(LogOut::default().into()),
        written(LogOutTime::default().into()),
    );
    assert_eq!(
        request.view().get(keys::AGENT_REQ_TYPE),
        Ok("Logout".into())
    );
    assert_eq!(event.view().get(keys::USER_EVENT), Ok("LogOut".into()));
}

#[test]
fn c28_errors_come_first() {
    let refused = [
        ("GSW_ERROR_NUMBER", Value::Int(109)),
        ("GSW_ERROR", string("Record Not Found")),
    ];
    for data in [
        event("RecordProcessedAcknowledge", &refused),
        request("RecordProcessed", &refused),
    ] {
        assert_eq!(MessageType::of(&data), Ok(MessageType::Error));
        assert!(
            !findings(&data)
                .iter()
                .any(|finding| finding.ends_with("unlisted")),
            "{:?}",
            findings(&data)
        );
    }
    let data = event("Anything", &refused[1..]);
    let error = read!(&data, Error);
    assert_eq!(error.error, Some("Record Not Found".into()));
    assert_eq!(
        error.unlisted.value("GSW_USER_EVENT"),
        Some(string("Anything")),
        "and nothing is lost"
    );

    let request = PreviewRecordRequest {
        application_id: Some(139),
        campaign_name: Some("C".into()),
        ..Default::default()
    };
    let reply = request.no_records_available().to_attached_data().unwrap();
    assert_eq!(
        reply.view().get(keys::AGENT_REQ_TYPE),
        Ok("PreviewRecordRequest".into())
    );
    assert_eq!(reply.view().find(keys::USER_EVENT), Ok(None));
}

#[test]
fn c29_c30_errors_go_by_number() {
    for (number, text, kind) in [
        (
            107,
            "No Running Preview Campaign",
            MessageType::NoRunningPreviewCampaigns,
        ),
        (
            107,
            "something else",
            MessageType::NoRunningPreviewCampaigns,
        ),
        (
            108,
            "No Records Available.",
            MessageType::NoRecordsAvailable,
        ),
        (109, "No Records Available", MessageType::Error),
    ] {
        let pairs = [
            ("GSW_ERROR_NUMBER", Value::Int(number)),
            ("GSW_ERROR", string(text)),
        ];
        assert_eq!(
            MessageType::of(&request("PreviewRecordRequest", &pairs)),
            Ok(kind)
        );
    }
    assert_eq!(
        ErrorCode::from_name("Invalid Request Data"),
        Some(ErrorCode::INVALID_ATTRIBUTE_VALUE)
    );
    let request = DesktopMessage::from(PreviewRecordRequest {
        application_id: Some(139),
        ..Default::default()
    });
    for (code, text) in ErrorCode::TABLE.codes {
        let reply = request
            .error(ErrorCode(*code))
            .unwrap()
            .to_attached_data_as_received();
        assert_eq!(
            reply.view().get(keys::ERROR),
            Ok((*text).into()),
            "the table's spelling is written"
        );
    }
}

#[test]
fn c31_unlisted_error_codes() {
    assert_eq!(
        ErrorCode(120).name(),
        Some("Duplicate request is not allowed")
    );
    let pairs = [
        ("GSW_ERROR_NUMBER", Value::Int(4711)),
        ("GSW_ERROR", string("?")),
        ("GSW_APPLICATION_ID", Value::Int(139)),
    ];
    let data = request("ReadyTime", &pairs);
    assert_eq!(read!(&data, Error).error_number, Some(ErrorCode(4711)));
    assert_eq!(findings(&data), ["Warning GSW_ERROR_NUMBER unlisted-code"]);
}

#[test]
fn c32_two_codes_for_a_record_that_is_gone() {
    for (code, _) in ErrorCode::TABLE.codes {
        let gone = ErrorCode(*code).is_record_gone();
        assert_eq!(gone, [109, 112].contains(code), "{code}");
    }
    assert_eq!(MessageType::ReadyTime.record_gone(), ErrorCode(112));
    assert_eq!(MessageType::RecordReject.record_gone(), ErrorCode(109));
}

#[test]
fn c33_missing_is_102_and_wrong_is_103() {
    let data = request(
        "ReadyTime",
        &[
            ("GSW_READY_TIME", Value::Int(0)),
            ("GSW_APPLICATION_ID", Value::Int(139)),
        ],
    );
    let found = MessageType::ReadyTime.check_received(&data);
    let codes: Vec<_> = found
        .iter()
        .map(|finding| (finding.key.as_ref(), finding.kind.error_code()))
        .collect();
    assert_eq!(
        codes,
        [
            ("GSW_READY_TIME", Some(ErrorCode(103))),
            ("GSW_RECORD_HANDLE", Some(ErrorCode(102))),
        ]
    );
}

#[test]
fn c34_texts_of_101_are_kept_and_the_callers_choice() {
    let text = ErrorCode::INVALID_REQUEST_TEXTS[0];
    let data = request(
        "RecordReject",
        &[
            ("GSW_ERROR_NUMBER", Value::Int(101)),
            ("GSW_ERROR", string(text)),
        ],
    );
    assert_eq!(read!(&data, Error).error, Some(text.into()));
    let request = RecordReject {
        application_id: Some(139),
        ..Default::default()
    };
    let error = Error {
        error: Some(text.into()),
        ..request.error(ErrorCode::INVALID_REQUEST)
    };
    assert_eq!(
        error.to_attached_data().unwrap().view().get(keys::ERROR),
        Ok(text.into())
    );
}

#[test]
fn c36_key_in_mixed_case() {
    let pairs = [
        ("GSW_Campaign_GROUP_NAME", string("G")),
        ("GSW_APPLICATION_ID", Value::Int(139)),
        ("GSW_PHONE", string("5")),
    ];
    let data = request("DoNotCall", &pairs);
    let request = read!(&data, DoNotCall);
    assert_eq!(request.campaign_group_name, Some("G".into()));
    assert_eq!(
        findings(&data),
        ["Warning GSW_Campaign_GROUP_NAME other-spelling"]
    );
    let written = request.to_attached_data().unwrap();
    assert_eq!(
        written.view().value("GSW_CAMPAIGN_GROUP_NAME"),
        Some(string("G"))
    );
    assert_eq!(written.view().value("GSW_Campaign_GROUP_NAME"), None);

    // Without a handle, a phone or a customer is needed.
    let request = DoNotCall {
        application_id: Some(139),
        ..Default::default()
    };
    assert_eq!(
        refused(request.to_attached_data()),
        ["Error GSW_PHONE missing-without"]
    );
    let by_customer = DoNotCall {
        customer_id: Some("7".into()),
        ..request.clone()
    };
    assert_eq!(by_customer.to_attached_data().map(drop), Ok(()));
    let by_handle = DoNotCall {
        record_handle: Some(7),
        ..request
    };
    assert_eq!(
        refused(by_handle.to_attached_data()),
        [
            "Error GSW_CAMPAIGN_NAME missing-with",
            "Error GSW_CALLING_LIST missing-with"
        ]
    );
}

#[test]
fn c37_explicit_record_only_wins() {
    let request = DoNotCall {
        application_id: Some(139),
        calling_list: Some("L".into()),
        campaign_name: Some("C".into()),
        record_handle: Some(7),
        chain_attr: Some(ChainAttr::RECORD_ONLY),
        ..Default::default()
    };
    assert_eq!(
        request
            .to_attached_data()
            .unwrap()
            .view()
            .get(keys::CHAIN_ATTR),
        Ok(ChainAttr::RECORD_ONLY)
    );
    let request = DoNotCall {
        chain_attr: None,
        ..request
    };
    assert_eq!(
        request
            .to_attached_data()
            .unwrap()
            .view()
            .get(keys::CHAIN_ATTR),
        Ok(ChainAttr::ALL_CHAIN)
    );
}

#[test]
fn c38_cancel_by_customer_alone() {
    let pairs = [
        ("GSW_APPLICATION_ID", Value::Int(139)),
        ("GSW_CUSTOMER_ID", string("7")),
    ];
    let data = request("RequestRecordCancel", &pairs);
    assert_eq!(findings(&data), ["Warning GSW_PHONE missing-without"]);
    assert_eq!(
        refused(read!(&data, RequestRecordCancel).to_attached_data()),
        ["Error GSW_PHONE missing-without"]
    );
    let data = request("RequestRecordCancel", &pairs[..1]);
    assert_eq!(findings(&data), ["Error GSW_PHONE missing-without"]);
}

#[test]
fn c39_cancel_acknowledge_follows_the_handle() {
    let acknowledge = RecordCancelAcknowledge {
        application_id: Some(139),
        ..Default::default()
    };
    assert_eq!(acknowledge.to_attached_data().map(drop), Ok(()));
    let with_handle = RecordCancelAcknowledge {
        record_handle: Some(7),
        ..acknowledge
    };
    assert_eq!(refused(with_handle.to_attached_data()).len(), 2);
    let pairs = [
        ("GSW_APPLICATION_ID", Value::Int(139)),
        ("GSW_CUSTOMER_ID", Value::Int(5)),
    ];
    let data = event("RecordCancelAcknowledge", &pairs);
    assert_eq!(findings(&data), [""; 0]);
    assert_eq!(
        read!(&data, RecordCancelAcknowledge)
            .unlisted
            .value("GSW_CUSTOMER_ID"),
        Some(Value::Int(5))
    );
}

#[test]
fn c40_record_cancel_without_customer() {
    let pairs = [
        ("GSW_APPLICATION_ID", Value::Int(139)),
        ("GSW_CALLING_LIST", string("L")),
        ("GSW_CAMPAIGN_NAME", string("C")),
        ("GSW_RECORD_HANDLE", Value::Int(7)),
        ("GSW_PHONE", string("5")),
    ];
    let data = event("RecordCancel", &pairs);
    assert_eq!(findings(&data), ["Warning GSW_CUSTOMER_ID missing"]);
    assert_eq!(
        refused(read!(&data, RecordCancel).to_attached_data()),
        ["Error GSW_CUSTOMER_ID missing"]
    );
}

#[test]
fn c41_c42_c43_preview_records_as_servers_send_them() {
    let complete = preview_record().to_attached_data().unwrap();
    assert_eq!(findings(&complete), [""; 0]);
    let groups = complete
        .view()
        .iter()
        .filter(|pair| pair.key == "GSW_CAMPAIGN_GROUP_NAME");
    assert_eq!(groups.count(), 1, "the repeated row is written once");
    for key in [
        "GSW_CAMPAIGN_GROUP_NAME",
        "GSW_CPN_DIGITS",
        "GSW_FROM",
        "GSW_TZ_OFFSET",
        "GSW_CAMPAIGN_NAME",
    ] {
        let mut data = complete.clone();
        data.remove(key);
        assert_eq!(findings(&data), [format!("Warning {key} missing")]);
        assert_eq!(
            refused(read!(&data, PreviewRecord).to_attached_data()),
            [format!("Error {key} missing")]
        );
    }
    // The row that the manual repeats, repeated: one value, or two that differ.
    let mut data = complete.clone();
    data.push("GSW_CAMPAIGN_GROUP_NAME", "G");
    assert_eq!(
        findings(&data),
        ["Warning GSW_CAMPAIGN_GROUP_NAME duplicate"]
    );
    assert_eq!(
        read!(&data, PreviewRecord).to_attached_data(),
        Ok(complete.clone())
    );
    data.push("GSW_CAMPAIGN_GROUP_NAME", 5);
    assert_eq!(
        read!(&data, PreviewRecord)
            .unlisted
            .value("GSW_CAMPAIGN_GROUP_NAME"),
        Some(Value::Int(5)),
        "what comes first counts, whatever comes after it"
    );
    data.remove("GSW_CAMPAIGN_GROUP_NAME");
    data.push("GSW_CAMPAIGN_GROUP_NAME", "G");
    data.push("GSW_CAMPAIGN_GROUP_NAME", "H");
    assert_eq!(
        read!(&data, PreviewRecord)
            .unlisted
            .value("GSW_CAMPAIGN_GROUP_NAME"),
        Some(string("H"))
    );

    let pairs = [
        ("GSW_APPLICATION_ID", Value::Int(139)),
        ("GSW_CAMPAIGN_NAME", string("C")),
        ("GSW_CAMPAIGN_GROUP_NAME", string("G")),
    ];
    assert_eq!(findings(&request("PreviewRecordRequest", &pairs)), [""; 0]);

    let chained = event("ChainedRecordsDataEnd", &[]);
    assert!(findings(&chained).contains(&"Warning GSW_CAMPAIGN_NAME missing".into()));
    let chained = event("ChainedRecord", &[]);
    assert!(
        !findings(&chained)
            .iter()
            .any(|finding| finding.contains("GSW_TZ_OFFSET"))
    );
}

#[test]
fn c44_scheduled_call_needs_eight_keys_in_and_eleven_out() {
    let complete = ScheduledCall {
        application_id: Some(139),
        call_result: Some(CallResult::NO_ANSWER),
        call_time: Some(CallTime::NEVER),
        callback_type: Some(CallbackType::CAMPAIGN),
        calling_list: Some("L".into()),
        campaign_name: Some("C".into()),
        chain_id: Some(1),
        date_time: Some("01/02/2031 10:00".into()),
        phone: Some("5".into()),
        record_handle: Some(7),
        ..Default::default()
    };
    let complete = complete.to_attached_data().unwrap();
    assert_eq!(complete.view().len(), 11);
    for pair in complete.view().iter().skip(1) {
        let key = pair.key.to_str().unwrap();
        let mut data = complete.clone();
        data.remove(key);
        let optional = [
            "GSW_CALL_TIME",
            "GSW_CHAIN_ID",
            "GSW_DATE_TIME",
            "GSW_APPLICATION_ID",
        ];
        let severity = if optional.contains(&key) {
            "Warning"
        } else {
            "Error"
        };
        assert_eq!(findings(&data), [format!("{severity} {key} missing")]);
        assert_eq!(
            refused(read!(&data, ScheduledCall).to_attached_data()),
            [format!("Error {key} missing")]
        );
    }
}

#[test]
fn c45_absent_callback_type_means_unchanged() {
    let complete = ScheduledRecordReschedule {
        application_id: Some(139),
        callback_type: Some(CallbackType::PERSONAL),
        campaign_name: Some("C".into()),
        date_time: Some("01/02/2031 10:00".into()),
        record_handle: Some(7),
        ..Default::default()
    };
    let mut data = complete.to_attached_data().unwrap();
    data.remove("GSW_CALLBACK_TYPE");
    assert_eq!(findings(&data), ["Warning GSW_CALLBACK_TYPE missing"]);
    assert_eq!(read!(&data, ScheduledRecordReschedule).callback_type, None);
    assert_eq!(
        refused(read!(&data, ScheduledRecordReschedule).to_attached_data()),
        ["Error GSW_CALLBACK_TYPE missing"]
    );
}

#[test]
fn c46_application_id_is_written_always_and_missed_by_nobody() {
    for kind in MessageType::ALL
        .iter()
        .filter(|kind| **kind != MessageType::StatEvent)
    {
        let layout = kind.layout();
        let mut data = AttachedDataBuf::new();
        data.push(layout.key, layout.value.unwrap_or("x"));
        let found = show(&kind.check_received(&data));
        assert!(
            !found.contains(&"Error GSW_APPLICATION_ID missing".into()),
            "{kind}"
        );
        let warned = found.contains(&"Warning GSW_APPLICATION_ID missing".into());
        assert_eq!(
            warned,
            *kind != MessageType::CampaignStatusRequest,
            "{kind}"
        );
    }
    assert!(CampaignStatusRequest::default().to_attached_data().is_ok());
    let error = RecordReject::default().error(ErrorCode::RECORD_NOT_FOUND);
    assert_eq!(
        refused(error.to_attached_data()),
        ["Error GSW_APPLICATION_ID missing"]
    );
}

#[test]
fn c47_reference_id_in_every_reply() {
    for kind in MessageType::ALL.iter().filter(|kind| !kind.is_request()) {
        let layout = kind.layout();
        let mut data = AttachedDataBuf::new();
        match layout.value {
            Some(value) => data.push(layout.key, value),
            None => data.push(layout.key, 1),
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
        data.set(keys::REFERENCE_ID, 9);
        let message = DesktopMessage::from_attached_data(&data).unwrap();
        assert_eq!(
            (message.message_type(), message.reference_id()),
            (*kind, Some(9))
        );
        assert!(
            !findings(&data)
                .iter()
                .any(|finding| finding.contains("REFERENCE_ID")),
            "{kind}"
        );
    }
    let with = |id| {
        DesktopMessage::from(RecordReject {
            reference_id: id,
            ..Default::default()
        })
    };
    let answer = |id| {
        DesktopMessage::from(RecordRejectAcknowledge {
            reference_id: id,
            ..Default::default()
        })
    };
    assert!(answer(Some(4)).may_answer(&with(Some(4))));
    assert!(!answer(Some(5)).may_answer(&with(Some(4))));
    assert!(
        answer(None).may_answer(&with(Some(4))),
        "there are servers that do not repeat it"
    );
    assert!(
        !answer(Some(4)).may_answer(&with(None)),
        "it repeats another request's"
    );
    assert!(answer(None).may_answer(&with(None)));
    let refusal =
        |reject: RecordReject<'static>| DesktopMessage::from(reject.error(ErrorCode::DB_ERROR));
    assert!(refusal(RecordReject::default()).may_answer(&with(None)));
    let other = DesktopMessage::from(DoNotCall::default());
    assert!(
        !refusal(RecordReject::default()).may_answer(&other),
        "an error says which request it refuses"
    );
    let unsaid = DesktopMessage::from(Error {
        request_type: None,
        ..RecordReject::default().error(ErrorCode::DB_ERROR)
    });
    assert!(unsaid.may_answer(&other), "if it says so");
}

#[test]
fn c48_c49_keys_that_prose_mentions() {
    let data = event(
        "CampaignStarted",
        &[("GSW_CAMPAIGN_GROUP_DESCRIPTION", string("d"))],
    );
    assert!(
        !findings(&data)
            .iter()
            .any(|finding| finding.ends_with("unlisted"))
    );
    let data = event("AddRecordAcknowledge", &[("GSW_PHONE", string("5"))]);
    assert!(
        !findings(&data)
            .iter()
            .any(|finding| finding.ends_with("unlisted"))
    );
    let data = event("AddRecordAcknowledge", &[("GSW_ATTEMPTS", Value::Int(5))]);
    assert!(findings(&data).contains(&"Warning GSW_ATTEMPTS unlisted".into()));
    let acknowledge = AddRecord {
        reference_id: Some(3),
        ..add_record()
    }
    .acknowledge()
    .to_attached_data()
    .unwrap();
    assert_eq!(
        acknowledge.view().find(keys::PHONE),
        Ok(None),
        "table keys only"
    );
    assert_eq!(
        acknowledge.view().get(keys::REFERENCE_ID),
        Ok(3),
        "and the reference id"
    );
}

#[test]
fn c50_the_five_fields_that_may_change() {
    let processed = RecordProcessed {
        application_id: Some(139),
        calling_list: Some("L".into()),
        campaign_name: Some("C".into()),
        record_handle: Some(7),
        call_result: Some(CallResult::ANSWER),
        from: Some(SecondsFromMidnight(0)),
        until: Some(SecondsFromMidnight::MAX),
        phone: Some("5".into()),
        phone_type: Some(PhoneType::MOBILE),
        ..Default::default()
    };
    assert_eq!(processed.to_attached_data().map(drop), Ok(()));
}

#[test]
fn c51_variants_of_names_are_read_with_a_warning() {
    for (data, kind) in [
        (
            event("ChainedRecordDataEnd", &[]),
            MessageType::ChainedRecordsDataEnd,
        ),
        (
            request("RequestChainedRecords", &[]),
            MessageType::ChainedRecordRequest,
        ),
        (request("RejectRecord", &[]), MessageType::RecordReject),
        (
            request("RecordCancel", &[]),
            MessageType::RequestRecordCancel,
        ),
        (event("RecordCancel", &[]), MessageType::RecordCancel),
        (
            event("RecordProcessAcknowledge", &[]),
            MessageType::RecordProcessedAcknowledge,
        ),
        (
            event("UpdateCallCompletionAcknowledge", &[]),
            MessageType::UpdateCallCompletionStatsAcknowledge,
        ),
        (
            request("ScheduleRecordReschedule", &[]),
            MessageType::ScheduledRecordReschedule,
        ),
        (
            request("RescheduleRecord", &[]),
            MessageType::RecordReschedule,
        ),
        (
            event("CampaignGroupChanged", &[]),
            MessageType::CampaignGroupAssigned,
        ),
    ] {
        assert_eq!(MessageType::of(&data), Ok(kind));
        let warned = findings(&data)
            .iter()
            .any(|finding| finding.ends_with("other-name"));
        assert_eq!(warned, kind != MessageType::RecordCancel, "{kind}");
        let layout = kind.layout();
        let written = DesktopMessage::from_attached_data(&data)
            .unwrap()
            .to_attached_data_as_received();
        assert_eq!(
            written.view().value(layout.key),
            layout.value.map(string),
            "the table's value is written"
        );
    }
    let unknown = DesktopMessage::from_attached_data(&event("recordcancel", &[])).unwrap_err();
    assert_eq!(
        unknown.to_string(),
        "GSW_USER_EVENT: no message is called \"recordcancel\""
    );
}

#[test]
fn c53_reserved_keys_are_kept_and_refused() {
    let data = event(
        "PreviewRecord",
        &[
            ("GSW_NEW", Value::Int(1)),
            ("GSW_CUSTOM_STRING", string("x")),
        ],
    );
    let record = read!(&data, PreviewRecord);
    assert_eq!(record.unlisted.value("GSW_NEW"), Some(Value::Int(1)));
    assert_eq!(record.to_attached_data_as_received(), data);
    assert!(findings(&data).contains(&"Warning GSW_NEW reserved".into()));
    for key in [
        "GSW_CUSTOM_STRING",
        "GSW_NEW",
        "GSW_",
        "gsw_new",
        "InteractionType",
        "interactionSubtype",
    ] {
        let mut record = preview_record();
        assert_eq!(
            record.unlisted.push_custom(key, 1),
            Err(ReservedKey { key: key.into() })
        );
        assert!(AttachedDataBuf::new().push_custom(key, 1).is_err());
    }
    for key in [
        "GSW",
        "Custom_Integer",
        "",
        "my_GSW_key",
        "InteractionTypes",
    ] {
        assert_eq!(AttachedDataBuf::new().push_custom(key, 1), Ok(()));
    }
}

#[test]
fn c54_keys_that_look_alike_are_different() {
    let mut data = AttachedDataBuf::new();
    data.set(keys::CAMPAIGN_GROUP_GUID, "guid".into());
    data.set(keys::CALL_LIST_DBID, 1);
    assert_eq!(data.view().find(keys::CAMPAIGN_GROUP_UUID), Ok(None));
    assert_eq!(data.view().find(keys::CALLING_LIST_DBID), Ok(None));
}

#[test]
fn c62_misspelt_from() {
    let mut data = AttachedDataBuf::new();
    data.push("GWS_FROM", 36_900);
    assert_eq!(data.view().get(keys::FROM), Ok(SecondsFromMidnight(36_900)));
    data.push("GSW_FROM", 0);
    assert_eq!(
        data.view().get(keys::FROM),
        Ok(SecondsFromMidnight(0)),
        "the right spelling wins"
    );
}

#[test]
fn rules_that_no_contradiction_is_about() {
    // Joining a chain at a place of one's own needs the chain.
    let joining = AddRecord {
        chain_n: Some(2),
        ..add_record()
    };
    assert_eq!(
        refused(joining.to_attached_data()),
        ["Error GSW_CHAIN_ID missing-with"]
    );
    assert_eq!(
        AddRecord {
            chain_n: Some(0),
            ..add_record()
        }
        .to_attached_data()
        .map(drop),
        Ok(())
    );
    assert_eq!(
        AddRecord {
            chain_id: Some(3),
            ..joining
        }
        .to_attached_data()
        .map(drop),
        Ok(())
    );
    // A new chain starts with a record that can be called.
    let no_call = AddRecord {
        record_type: Some(RecordType::NO_CALL),
        ..add_record()
    };
    assert_eq!(
        refused(no_call.to_attached_data()),
        ["Error GSW_RECORD_TYPE code-not-allowed"]
    );
    assert_eq!(
        AddRecord {
            chain_id: Some(3),
            ..no_call
        }
        .to_attached_data()
        .map(drop),
        Ok(())
    );
    // Hours are in order and within a day.
    let hours = |from, until| AddRecord {
        from: Some(SecondsFromMidnight(from)),
        until: Some(SecondsFromMidnight(until)),
        ..add_record()
    };
    assert_eq!(hours(0, 86_400).to_attached_data().map(drop), Ok(()));
    assert_eq!(
        refused(hours(10, 10).to_attached_data()),
        ["Error GSW_UNTIL until-not-after-from"]
    );
    assert_eq!(
        refused(hours(-1, 86_401).to_attached_data()),
        [
            "Error GSW_FROM out-of-range",
            "Error GSW_UNTIL out-of-range"
        ]
    );
    // An error with a table of its own has a number of its own.
    let mut reply = PreviewRecordRequest {
        application_id: Some(139),
        campaign_name: Some("C".into()),
        ..Default::default()
    }
    .no_running_preview_campaigns();
    reply.error_number = Some(ErrorCode::DB_ERROR);
    assert_eq!(
        refused(reply.to_attached_data()),
        ["Error GSW_ERROR_NUMBER other-number"]
    );
    let reply = NoRecordsAvailable {
        error_number: Some(ErrorCode::NO_RUNNING_PREVIEW_CAMPAIGNS),
        application_id: Some(139),
        campaign_name: Some("C".into()),
        error: Some("".into()),
        ..Default::default()
    };
    assert_eq!(
        refused(reply.to_attached_data()),
        ["Error GSW_ERROR_NUMBER other-number"]
    );
    // What is out of range is wrong in what arrives, too.
    let pairs = [
        ("GSW_READY_TIME", Value::Int(0)),
        ("GSW_APPLICATION_ID", Value::Int(139)),
        ("GSW_RECORD_HANDLE", Value::Int(7)),
    ];
    assert_eq!(
        findings(&request("ReadyTime", &pairs)),
        ["Error GSW_READY_TIME out-of-range"]
    );
    // What has no place is found wherever it stands, and so is the name of a message that comes
    // twice.
    let mut data = AttachedDataBuf::new();
    data.push("Account", 1);
    data.push("GSW_USER_EVENT", "ReadyTimeAcknowledge");
    data.push("GSW_APPLICATION_ID", 139);
    data.push("GSW_RECORD_HANDLE", 7);
    data.push("GSW_USER_EVENT", "ReadyTimeAcknowledge");
    assert_eq!(
        findings(&data),
        [
            "Warning Account unlisted",
            "Warning GSW_USER_EVENT unlisted"
        ]
    );
    // All findings at once, each with its key.
    let error = RecordProcessed::default().to_attached_data().unwrap_err();
    assert_eq!(
        error.to_string(),
        "RecordProcessed: GSW_APPLICATION_ID: missing; GSW_CALLING_LIST: missing; GSW_CAMPAIGN_NAME: missing; \
         GSW_RECORD_HANDLE: missing"
    );
    assert_eq!(Key::<i64>::new("GSW_X").name(), "GSW_X");
}
