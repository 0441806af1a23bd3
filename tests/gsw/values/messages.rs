//! Messages as values: keys that name them, numbers, refusals.

use super::*;

#[test]
fn custom_fields_of_a_message_are_kept_apart_from_reserved_keys() {
    let mut unlisted = Unlisted::default();
    assert!(unlisted.is_empty());
    unlisted.push_custom("Account", "A-17").unwrap();
    unlisted.push_custom("Amount", 5).unwrap();
    unlisted.push_custom("Account", "A-18").unwrap();
    assert!(!unlisted.is_empty());
    assert_eq!(
        unlisted.value("Account"),
        Some("A-17".into()),
        "the first one"
    );
    assert_eq!(unlisted.value("account"), None);
    for reserved in ["GSW_X", "gsw_x", "InteractionType", "interactionsubtype"] {
        let error = unlisted.push_custom(reserved, 1).unwrap_err();
        assert_eq!(
            error.to_string(),
            format!("{reserved}: reserved, not for custom fields")
        );
    }
    assert_eq!(unlisted.iter().len(), 3);
    let processed = RecordProcessed {
        unlisted,
        ..Default::default()
    };
    let data = DesktopMessage::from(processed).to_attached_data_as_received();
    let keys: Vec<String> = data
        .view()
        .iter()
        .map(|pair| pair.key.to_string())
        .collect();
    assert!(
        keys.ends_with(&["Account".into(), "Amount".into(), "Account".into()]),
        "{keys:?}"
    );
}

#[test]
fn the_key_that_names_a_message_is_a_string() {
    for key in ["GSW_USER_EVENT", "GSW_AGENT_REQ_TYPE"] {
        let mut data = AttachedDataBuf::new();
        data.push(key, 7);
        let error = MessageType::of(&data).unwrap_err();
        assert!(matches!(
            error,
            MessageError::WrongType { message: None, .. }
        ));
        assert_eq!(
            error.to_string(),
            format!("{key}: string expected, integer found")
        );
    }
    let mut data = AttachedDataBuf::new();
    data.push("GSW_USER_EVENT", "LogOutTime");
    data.push("GSW_APPLICATION_ID", "x");
    let error = DesktopMessage::from_attached_data(&data).unwrap_err();
    assert_eq!(
        error.to_string(),
        "LogOutTime.GSW_APPLICATION_ID: integer expected, string found"
    );
}

#[test]
fn every_message_tells_its_server_and_its_reference() {
    for &kind in MessageType::ALL {
        let data = numbered(kind);
        let message = DesktopMessage::from_attached_data(&data).unwrap();
        assert_eq!(message.message_type(), kind);
        assert_eq!(
            (message.application_id(), message.reference_id()),
            (Some(139), Some(4)),
            "{kind}"
        );
    }
}

#[test]
fn a_message_goes_by_its_name_under_its_own_key_only() {
    for (key, name) in [
        ("GSW_USER_EVENT", "PreviewRecordRequest"),
        ("GSW_AGENT_REQ_TYPE", "PreviewRecord"),
        ("GSW_USER_EVENT", ""),
    ] {
        let mut data = AttachedDataBuf::new();
        data.push(key, name);
        assert_eq!(
            MessageType::of(&data).unwrap_err().to_string(),
            format!("{key}: no message is called {name:?}")
        );
    }
    assert_eq!(
        MessageType::of(AttachedData::default()),
        Err(MessageError::NotAMessage)
    );
}

/// A message of the kind, with what answers repeat of a request.
fn numbered(kind: MessageType) -> AttachedDataBuf {
    let layout = kind.layout();
    let mut data = AttachedDataBuf::new();
    data.push(
        layout.key,
        layout.value.map_or(ValueBuf::Int(1), ValueBuf::from),
    );
    match kind {
        MessageType::NoRecordsAvailable => data.push("GSW_ERROR_NUMBER", 108),
        MessageType::NoRunningPreviewCampaigns => data.push("GSW_ERROR_NUMBER", 107),
        _ => {}
    }
    data.push("GSW_APPLICATION_ID", 139);
    data.push("GSW_REFERENCE_ID", 4);
    data
}

#[test]
fn the_name_of_a_message_is_dropped_once_and_kept_after() {
    let mut data = numbered(MessageType::RecordRejectAcknowledge);
    data.push("GSW_USER_EVENT", "LogOutTime");
    let message = DesktopMessage::from_attached_data(&data).unwrap();
    assert_eq!(message.message_type(), MessageType::RecordRejectAcknowledge);
    assert_eq!(message.to_attached_data_as_received(), data);
}

#[test]
fn what_says_yes_to_a_request_is_numbered_as_the_request() {
    let mut without = Vec::new();
    for &kind in MessageType::ALL {
        let data = numbered(kind);
        let message = DesktopMessage::from_attached_data(&data).unwrap();
        match message.acknowledgement() {
            Some(answer) => {
                assert!(answer.may_answer(&message), "{kind}");
                assert_eq!(
                    (answer.application_id(), answer.reference_id()),
                    (Some(139), Some(4))
                );
            }
            None if kind.is_request() => without.push(kind),
            None => {}
        }
    }
    assert_eq!(
        without,
        [
            MessageType::CampaignStatusRequest,
            MessageType::PreviewRecordRequest,
            MessageType::ChainedRecordRequest,
        ]
    );
}

#[test]
fn a_refusal_repeats_what_it_refuses() {
    let data = numbered(MessageType::RecordReject);
    let reject = DesktopMessage::from_attached_data(&data).unwrap();
    let refusal = Error {
        error: Some("DB Error".into()),
        error_number: Some(ErrorCode::DB_ERROR),
        request_type: Some("RecordReject".into()),
        application_id: Some(139),
        reference_id: Some(4),
        ..Default::default()
    };
    assert_eq!(
        reject.error(ErrorCode::DB_ERROR),
        Some(refusal.clone().into())
    );
    let typed = RecordReject {
        application_id: Some(139),
        reference_id: Some(4),
        ..Default::default()
    };
    assert_eq!(typed.error(ErrorCode::DB_ERROR), refusal);
    let unlisted = Error {
        error: None,
        error_number: Some(ErrorCode(4711)),
        ..refusal
    };
    assert_eq!(reject.error(ErrorCode(4711)), Some(unlisted.into()));

    // Two refusals of a request for a record have tables of their own.
    let mut data = numbered(MessageType::PreviewRecordRequest);
    data.push("GSW_CAMPAIGN_NAME", "C");
    let request = DesktopMessage::from_attached_data(&data).unwrap();
    let none = NoRecordsAvailable {
        error_number: Some(ErrorCode(108)),
        error: Some("No Records Available".into()),
        application_id: Some(139),
        campaign_name: Some("C".into()),
        reference_id: Some(4),
        ..Default::default()
    };
    assert_eq!(
        request.error(ErrorCode::NO_RECORDS_AVAILABLE),
        Some(none.into())
    );
    let stopped = NoRunningPreviewCampaigns {
        error_number: Some(ErrorCode(107)),
        error: Some("No Running Preview Campaigns".into()),
        application_id: Some(139),
        campaign_name: Some("C".into()),
        reference_id: Some(4),
        ..Default::default()
    };
    assert_eq!(
        request.error(ErrorCode::NO_RUNNING_PREVIEW_CAMPAIGNS),
        Some(stopped.into())
    );
    let other = request.error(ErrorCode::DB_ERROR).unwrap();
    assert_eq!(other.message_type(), MessageType::Error);
    for kind in [MessageType::LogOutTime, MessageType::Error] {
        let data = numbered(kind);
        let event = DesktopMessage::from_attached_data(&data).unwrap();
        assert_eq!(event.error(ErrorCode::DB_ERROR), None, "{kind}");
    }
}
