//! Requests and what answers them, pair by pair; spellings of a key through every door; texts that go
//! to a terminal.

use super::*;
use cti_codec::gsw::messages::{
    DecodeError, DoNotCall, DoNotCallAcknowledge, EncodeError, Layout, LogOut, OwnedMessage,
    RecordCancelAcknowledge, RecordProcessedAcknowledge, RecordReschedule, RequestRecordCancel,
    ScheduledRecordReschedule, UpdateCallCompletionStats,
};

/// A request with a value of its own under every key of its table.
fn full(request: MessageType) -> AttachedDataBuf {
    let layout: &Layout = request.layout();
    let mut data = AttachedDataBuf::new();
    data.push(layout.key, layout.value.unwrap());
    for (index, row) in layout.rows.iter().enumerate() {
        let number = i64::try_from(index).unwrap() + 101;
        let info = keys::info(row.key.into()).unwrap();
        match info.encode {
            keys::WireType::Str if row.key == "GSW_DATE_TIME" => {
                data.push(row.key, "05/27/2031 10:55");
            }
            keys::WireType::Str if row.key == "GSW_CALL_TIME" => data.push(row.key, "1616000000"),
            keys::WireType::Str if row.key == "GSW_CALLBACK_TYPE" => data.push(row.key, "Personal"),
            keys::WireType::Str if row.key == "GSW_CHAIN_ATTR" => data.push(row.key, "RecordOnly"),
            keys::WireType::Str if row.key == "GSW_TREATMENT" => {
                data.push(row.key, "RecordTreatPersonal");
            }
            keys::WireType::Str => data.push(row.key, format!("{}-{index}", row.key).as_str()),
            _ => data.push(row.key, number),
        }
    }
    data
}

/// An acknowledgement repeats every key that its own table and the request's have in common, with
/// the value of the request.
#[test]
fn an_acknowledgement_repeats_all_that_it_has_of_the_request() {
    let mut compared = 0;
    for request in MessageType::ALL.iter().filter(|kind| kind.is_request()) {
        let data = full(*request);
        let message = DesktopMessage::from_attached_data(&data).unwrap();
        let Some(answer) = message.acknowledgement() else {
            continue;
        };
        let written = answer.to_attached_data_as_received();
        for row in answer.message_type().layout().rows {
            let asked = data.view().value(row.key);
            let listed = request
                .layout()
                .rows
                .iter()
                .any(|other| other.key == row.key);
            if listed {
                compared += 1;
                assert_eq!(
                    written.view().value(row.key),
                    asked,
                    "{request}: {}",
                    row.key
                );
            }
        }
    }
    assert!(compared > 50, "{compared}");
}

#[test]
fn every_acknowledgement_can_be_written_once_the_list_is_known() {
    for request in MessageType::ALL.iter().filter(|kind| kind.is_request()) {
        let data = full(*request);
        let message = DesktopMessage::from_attached_data(&data).unwrap();
        let Some(answer) = message.acknowledgement() else {
            continue;
        };
        let lacks_list = matches!(
            request,
            MessageType::UpdateCallCompletionStats
                | MessageType::RecordReschedule
                | MessageType::ScheduledRecordReschedule
        );
        match answer.to_attached_data() {
            Ok(_) => assert!(!lacks_list, "{request}"),
            Err(error) => {
                assert!(lacks_list, "{request}: {error}");
                assert!(
                    error.to_string().ends_with("GSW_CALLING_LIST: missing"),
                    "{error}"
                );
                // A desktop that names the list all the same has it repeated.
                let mut named = data.clone();
                named.push("GSW_CALLING_LIST", "L");
                let message = DesktopMessage::from_attached_data(&named).unwrap();
                assert!(
                    message
                        .acknowledgement()
                        .unwrap()
                        .to_attached_data()
                        .is_ok()
                );
            }
        }
    }
    let update = UpdateCallCompletionStats::default().acknowledge("L".into());
    assert_eq!(update.calling_list, Some("L".into()));
    let reschedule = RecordReschedule::default().acknowledge("L".into());
    assert_eq!(reschedule.calling_list, Some("L".into()));
    let phone = Some("5".into());
    let scheduled = ScheduledRecordReschedule {
        phone,
        ..Default::default()
    };
    let answer = scheduled.acknowledge("L".into());
    assert_eq!(
        (answer.calling_list, answer.phone),
        (Some("L".into()), phone)
    );
}

#[test]
fn a_log_out_is_answered_with_a_time() {
    let log_out = LogOut {
        application_id: Some(139),
        campaign_name: Some("C".into()),
        reference_id: Some(4),
        ..Default::default()
    };
    let time = log_out.time(30);
    assert_eq!(
        (
            time.application_id,
            time.logout_time,
            time.campaign_name,
            time.reference_id
        ),
        (Some(139), Some(30), Some("C".into()), Some(4))
    );
    let message = DesktopMessage::from(log_out.clone());
    let Some(DesktopMessage::LogOutTime(now)) = message.acknowledgement() else {
        panic!("{message:?}");
    };
    assert_eq!(now.logout_time, Some(0));
    assert!(now.to_attached_data().is_ok());
    assert!(DesktopMessage::from(log_out.acknowledge()).may_answer(&message));
}

#[test]
fn an_answer_belongs_to_what_it_names() {
    let request = |handle, id| {
        DesktopMessage::from(RecordProcessed {
            application_id: Some(139),
            record_handle: Some(handle),
            campaign_name: Some("C".into()),
            reference_id: id,
            ..Default::default()
        })
    };
    let answer = |application_id, handle, id| {
        DesktopMessage::from(RecordProcessedAcknowledge {
            application_id,
            record_handle: handle,
            reference_id: id,
            ..Default::default()
        })
    };
    for (answer, fits) in [
        (answer(Some(139), Some(7), Some(1)), true),
        (answer(Some(139), Some(8), Some(1)), false),
        (answer(Some(140), Some(7), Some(1)), false),
        (answer(Some(139), Some(7), Some(2)), false),
        (answer(Some(139), Some(7), None), true),
        (answer(None, None, None), true),
    ] {
        assert_eq!(answer.may_answer(&request(7, Some(1))), fits, "{answer:?}");
    }
    // Without ids the handles tell two requests apart.
    assert!(!answer(Some(139), Some(8), None).may_answer(&request(7, None)));
    // By handle and by phone are answered alike, each by what it was asked by.
    let by_handle = DesktopMessage::from(RequestRecordCancel {
        record_handle: Some(7),
        ..Default::default()
    });
    let by_phone = DesktopMessage::from(RequestRecordCancel {
        phone: Some("5".into()),
        ..Default::default()
    });
    let cancelled = |record_handle, phone: Option<&'static str>| {
        DesktopMessage::from(RecordCancelAcknowledge {
            record_handle,
            phone: phone.map(Text::from),
            ..Default::default()
        })
    };
    assert!(cancelled(Some(7), None).may_answer(&by_handle));
    assert!(!cancelled(None, Some("5")).may_answer(&by_handle));
    assert!(cancelled(None, None).may_answer(&by_handle), "a bare one");
    assert!(cancelled(None, Some("5")).may_answer(&by_phone));
    assert!(!cancelled(None, Some("6")).may_answer(&by_phone));
    assert!(!cancelled(Some(7), Some("5")).may_answer(&by_phone));
    let by_customer = DesktopMessage::from(DoNotCall {
        customer_id: Some("9".into()),
        ..Default::default()
    });
    let known = |customer_id| {
        DesktopMessage::from(DoNotCallAcknowledge {
            customer_id,
            ..Default::default()
        })
    };
    assert!(known(Some(TextOrNumber::Number(9))).may_answer(&by_customer));
    assert!(!known(Some("8".into())).may_answer(&by_customer));
}

#[test]
fn requests_are_numbered_and_kept() {
    let mut request = DesktopMessage::from(RecordReject::default());
    *request.reference_id_mut() = Some(12);
    assert_eq!(request.reference_id(), Some(12));
    let kept = OwnedMessage::from(&request);
    assert_eq!(
        (kept.get(), kept.message_type()),
        (request.clone(), MessageType::RecordReject)
    );
    let reject = RecordReject::try_from(request).unwrap();
    assert_eq!(reject.reference_id, Some(12));
    let wrong = RecordProcessed::try_from(DesktopMessage::from(reject)).unwrap_err();
    assert_eq!(wrong, MessageType::RecordReject);
}

#[test]
fn messages_pack_and_unpack_themselves() {
    let reject = RecordReject {
        application_id: Some(139),
        calling_list: Some("L".into()),
        campaign_name: Some("C".into()),
        record_handle: Some(7),
        ..Default::default()
    };
    let packed = reject.pack().unwrap();
    assert_eq!(
        DesktopMessage::unpack(&packed).unwrap(),
        DesktopMessage::from(reject)
    );
    assert!(matches!(
        RecordReject::default().pack(),
        Err(EncodeError::Invalid(_))
    ));
    assert!(matches!(
        DesktopMessage::unpack(&packed[1..]),
        Err(DecodeError::Unpack(_))
    ));
    assert!(matches!(
        DesktopMessage::unpack(&[0, 0]),
        Err(DecodeError::Message(_))
    ));
}

/// An error that does not say which request it refuses is not the one about preview records.
#[test]
fn errors_without_the_request_are_errors() {
    for code in [107, 108] {
        let mut data = AttachedDataBuf::new();
        data.push("GSW_ERROR_NUMBER", code);
        assert_eq!(MessageType::of(&data), Ok(MessageType::Error));
        data.push("GSW_AGENT_REQ_TYPE", "RecordReject");
        assert_eq!(MessageType::of(&data), Ok(MessageType::Error));
    }
    let mut text = AttachedDataBuf::new();
    text.push("GSW_ERROR_NUMBER", "108");
    text.push("GSW_AGENT_REQ_TYPE", "PreviewRecordRequest");
    assert_eq!(MessageType::of(&text), Ok(MessageType::NoRecordsAvailable));
}

#[test]
fn codes_that_a_request_may_meet() {
    use MessageType::{AddRecord, CampaignStatusRequest, DoNotCall, ReadyTime, RecordProcessed};
    for code in [101, 102, 103, 104, 105, 106, 113] {
        assert!(RecordProcessed.may_fail_with(ErrorCode(code)), "{code}");
        assert!(
            !CampaignStatusRequest.may_fail_with(ErrorCode(code)),
            "{code}"
        );
    }
    assert!(DoNotCall.may_fail_with(ErrorCode::RECORD_NOT_FOUND));
    assert!(AddRecord.may_fail_with(ErrorCode::RECORD_ALREADY_EXISTS));
    assert!(!AddRecord.may_fail_with(ErrorCode::DUPLICATE_REQUEST));
    assert!(ReadyTime.may_fail_with(ErrorCode::DUPLICATE_REQUEST));
    assert!(
        !MessageType::RecordCancel.may_fail_with(ErrorCode::DB_ERROR),
        "an event"
    );
}

/// The usual spelling counts and another one where it is missing, whichever door one takes.
#[test]
fn every_door_takes_the_same_spelling() {
    for (pairs, counts) in [
        (
            &[
                ("GSW_Campaign_GROUP_NAME", "A"),
                ("GSW_CAMPAIGN_GROUP_NAME", "B"),
            ][..],
            "B",
        ),
        (
            &[
                ("GSW_CAMPAIGN_GROUP_NAME", "B"),
                ("GSW_Campaign_GROUP_NAME", "A"),
            ],
            "B",
        ),
        (
            &[
                ("GSW_Campaign_GROUP_NAME", "A"),
                ("GSW_Campaign_GROUP_NAME", "C"),
            ],
            "A",
        ),
    ] {
        let mut data = AttachedDataBuf::new();
        data.push("GSW_USER_EVENT", "CampaignStarted");
        for (key, value) in pairs {
            data.push(key, *value);
        }
        let counts = Some(Text::from(counts));
        assert_eq!(data.view().find(keys::CAMPAIGN_GROUP_NAME), Ok(counts));
        let message = DesktopMessage::from_attached_data(&data).unwrap();
        let written = message.to_attached_data_as_received();
        let campaign = CampaignStarted::try_from(message.clone()).unwrap();
        assert_eq!(campaign.campaign_group_name, counts, "{pairs:?}");
        assert_eq!(campaign.unlisted.iter().len(), 1, "nothing is lost");
        assert_eq!(written.view().find(keys::CAMPAIGN_GROUP_NAME), Ok(counts));

        let mut set = data.clone();
        set.set(keys::CAMPAIGN_GROUP_NAME, "Z".into());
        assert_eq!(
            set.view().find(keys::CAMPAIGN_GROUP_NAME),
            Ok(Some("Z".into()))
        );
        let message = DesktopMessage::from_attached_data(&set).unwrap();
        let campaign = CampaignStarted::try_from(message).unwrap();
        assert_eq!(campaign.campaign_group_name, Some("Z".into()), "{pairs:?}");

        for spelling in ["GSW_CAMPAIGN_GROUP_NAME", "GSW_Campaign_GROUP_NAME"] {
            let mut removed = data.clone();
            removed.remove(spelling);
            assert_eq!(removed.view().find(keys::CAMPAIGN_GROUP_NAME), Ok(None));
        }
    }
}

/// Keys come from calling lists, so from anybody: no byte of theirs reaches a terminal as it is.
#[test]
fn what_is_said_of_a_key_is_harmless() {
    let key = "\u{1b}[31mk\nforged: line\u{7f}\u{9b}\u{202e}";
    let mut data = AttachedDataBuf::new();
    data.push("GSW_USER_EVENT", "CampaignStarted");
    data.push(key, i64::MAX);
    let mut texts = vec![data.view().pack().unwrap_err().to_string()];
    texts.push(trace::write("X", data.view()).unwrap_err().to_string());
    let findings = MessageType::CampaignStarted.check_received(&data);
    assert!(
        findings.iter().any(|finding| finding.key == key),
        "the key itself is kept"
    );
    texts.extend(findings.iter().map(ToString::to_string));
    let mut named = AttachedDataBuf::new();
    named.push("GSW_USER_EVENT", key);
    texts.push(MessageType::of(&named).unwrap_err().to_string());
    let reserved = format!("GSW_{key}");
    texts.push(named.push_custom(&reserved, 1).unwrap_err().to_string());
    assert!(texts.len() > 5);
    for text in texts {
        let harmful = |letter: char| letter.is_control() || letter == '\u{202e}';
        assert!(!text.contains(harmful), "{text:?}");
    }
}

/// An answer that names another campaign, phone, customer, application or reference than the request
/// answers another one.
#[test]
fn an_answer_contradicts_its_request_in_no_field() {
    let mut compared = 0;
    for request in MessageType::ALL.iter().filter(|kind| kind.is_request()) {
        let data = full(*request);
        let message = DesktopMessage::from_attached_data(&data).unwrap();
        let Some(answer) = message.acknowledgement() else {
            continue;
        };
        assert!(answer.may_answer(&message), "{request}");
        let written = answer.to_attached_data_as_received();
        for (key, other) in [
            ("GSW_APPLICATION_ID", Value::Int(999)),
            ("GSW_REFERENCE_ID", Value::Int(999)),
            ("GSW_RECORD_HANDLE", Value::Int(999)),
            ("GSW_CAMPAIGN_NAME", Value::Str("another".into())),
            ("GSW_PHONE", Value::Str("another".into())),
            ("GSW_CUSTOMER_ID", Value::Str("another".into())),
        ] {
            let (Some(said), Some(_)) = (written.view().value(key), data.view().value(key)) else {
                continue;
            };
            compared += 1;
            let mut changed = AttachedDataBuf::new();
            for pair in written.view() {
                let value = if pair.key == key { other } else { pair.value };
                changed.push(pair.key, value);
            }
            let changed = DesktopMessage::from_attached_data(&changed).unwrap();
            assert!(
                !changed.may_answer(&message),
                "{request}: {key} was {said:?}"
            );
        }
    }
    assert!(compared > 30, "{compared}");
}

/// Records have handles that no request for one can name.
#[test]
fn a_record_answers_the_request_that_names_none() {
    use cti_codec::gsw::messages::{PreviewRecord, PreviewRecordRequest};

    let request = DesktopMessage::from(PreviewRecordRequest {
        application_id: Some(139),
        reference_id: Some(7),
        ..Default::default()
    });
    for (reference_id, fits) in [(Some(7), true), (None, true), (Some(8), false)] {
        let record = DesktopMessage::from(PreviewRecord {
            application_id: Some(139),
            reference_id,
            record_handle: Some(283),
            phone: Some("+1555".into()),
            ..Default::default()
        });
        assert_eq!(record.may_answer(&request), fits, "{reference_id:?}");
    }
}
