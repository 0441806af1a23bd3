//! To which request an answer belongs, and what time does to requests.

use cti_codec::gsw::desktop::{Refused, Settings};
use cti_codec::gsw::{AttachedDataBuf, ValueBuf};
use serde_json::json;

use super::played::{
    Played, campaign, error, event, of_record, pushed, reference, scheduled, started, with,
};

const PREVIEW: &str = "PreviewRecordRequest";

fn preview() -> serde_json::Value {
    json!({"GSW_AGENT_REQ_TYPE": PREVIEW, "GSW_CAMPAIGN_NAME": "Spring"})
}

#[test]
fn q2_w4_no_records_is_paced_and_a_record_takes_the_pause_back() {
    let mut played = Played::started("Preview");
    let mut second = 0;
    for pause in [5, 10, 20, 30, 30] {
        played.request(&preview()).unwrap();
        let sent = played.take();
        played.refuse(&sent, 108, "No Records Available");
        second += pause;
        assert_eq!(played.state()["retry"]["139/Spring@Team 1"], second);
        let at = std::time::Duration::from_secs(second);
        assert_eq!(played.request(&preview()), Err(Refused::TooSoon { at }));
        played.until(second);
    }
    played.request(&preview()).unwrap();
    assert_eq!(played.request(&preview()), Err(Refused::RecordRequested));
    let sent = played.take();
    played.input(&with(
        pushed(139, 283, 3),
        "GSW_REFERENCE_ID",
        reference(&sent),
    ));
    assert!(
        played
            .events()
            .contains(&"record 139/283 preview".to_owned())
    );
    played.request(&preview()).unwrap();
    let sent = played.take();
    played.refuse(&sent, 108, "No Records Available");
    assert_eq!(played.state()["retry"]["139/Spring@Team 1"], second + 5);
}

#[test]
fn q1_q3_a_request_is_filled_in_from_its_record_or_campaign() {
    let mut played = Played::with_records(&[(283, 3)]);
    for request in [
        "RecordProcessed",
        "DoNotCall",
        "RecordReject",
        "RequestRecordCancel",
    ] {
        let mut played = Played::with_records(&[(283, 3)]);
        played.request(&of_record(request, 283)).unwrap();
        let sent = played.sent().remove(0);
        assert_eq!(sent["GSW_APPLICATION_ID"], 139);
        assert_eq!(sent["GSW_CAMPAIGN_NAME"], "Spring");
        assert_eq!(sent["GSW_CAMPAIGN_GROUP_NAME"], "Spring@Team 1");
        assert_eq!(sent["GSW_CALLING_LIST"], "Customers");
        assert!(sent["GSW_REFERENCE_ID"].as_i64().unwrap() >= 1000);
    }
    // A table without the rows.
    played
        .request(&with(of_record("ReadyTime", 283), "GSW_READY_TIME", 5))
        .unwrap();
    let sent = played.sent().remove(0);
    assert_eq!(sent.get("GSW_CAMPAIGN_NAME"), None);
    assert_eq!(sent.get("GSW_CALLING_LIST"), None);
    // One session of the campaign: its group is not in the table.
    played.request(&preview()).unwrap();
    assert_eq!(played.sent()[0].get("GSW_CAMPAIGN_GROUP_NAME"), None);
    // Nothing to fill in from.
    let mut played = Played::quiet();
    let by_phone = json!({"GSW_AGENT_REQ_TYPE": "DoNotCall", "GSW_PHONE": "+1"});
    assert_eq!(played.request(&by_phone), Err(Refused::NoApplication));
    assert_eq!(
        played.request(&of_record("DoNotCall", 1)),
        Err(Refused::NoRecord)
    );
}

#[test]
fn k1_k2_a_reference_id_is_unique_and_one_that_is_given_is_kept() {
    let mut played = Played::new(Settings {
        first_reference_id: 0x7fff_ffff,
        automatic: false,
        ..Settings::default()
    });
    played.input(&started(139, "Spring@Team 1", "Preview"));
    let update = |handle| of_record("UpdateCallCompletionStats", handle);
    for handle in 1..=5 {
        played.input(&pushed(139, handle, handle));
    }
    played
        .request(&with(update(1), "GSW_REFERENCE_ID", 2))
        .unwrap();
    for handle in 2..=4 {
        played.request(&update(handle)).unwrap();
    }
    let references: Vec<i64> = played.takes().iter().map(reference).collect();
    assert_eq!(references, [2, 0x7fff_ffff, 1, 3]);
    let again = with(update(5), "GSW_REFERENCE_ID", 2);
    assert_eq!(played.request(&again), Err(Refused::ReferenceIdInUse(2)));
    assert_eq!(played.force(&again), Err(Refused::ReferenceIdInUse(2)));
}

/// An error names neither handle nor campaign: once another client of the DN was seen to use our ids, a
/// 109 may be about its record, and ours stays owed until a final request is answered.
#[test]
fn k3_e1_where_ids_collide_an_error_alone_ends_no_record() {
    for seen in [
        event("UpdateCallCompletionStatsAcknowledge", 290),
        of_record("UpdateCallCompletionStats", 290),
        json!({"GSW_USER_EVENT": "PreviewDialingModeOverAcknowledge", "GSW_APPLICATION_ID": 139}),
    ] {
        let mut played = Played::with_records(&[(283, 3)]);
        played
            .request(&of_record("UpdateCallCompletionStats", 283))
            .unwrap();
        let id = reference(&played.take());
        played.input(&with(seen, "GSW_REFERENCE_ID", id));
        played.input(&error(109, Some(id)));
        assert_eq!(played.state_of("139/283"), "open");
        played.request(&of_record("RecordReject", 283)).unwrap();
        let id = reference(&played.take());
        played.input(&error(109, Some(id)));
        assert_eq!(played.state()["records"], json!({}));
    }
    // What was sent once has one answer, and a second one is to another's request.
    let mut played = Played::with_records(&[(283, 3)]);
    played
        .request(&of_record("UpdateCallCompletionStats", 283))
        .unwrap();
    let sent = played.take();
    played.acknowledge(&sent);
    played.input(&error(109, Some(reference(&sent))));
    assert_eq!(played.state_of("139/283"), "open");
}

#[test]
fn k3_an_answer_that_contradicts_its_request_is_not_ours() {
    let mut played = Played::with_records(&[(283, 3)]);
    played
        .request(&of_record("UpdateCallCompletionStats", 283))
        .unwrap();
    let sent = played.take();
    let answer = with(
        event("UpdateCallCompletionStatsAcknowledge", 283),
        "GSW_REFERENCE_ID",
        reference(&sent),
    );
    for (key, wrong) in [
        ("GSW_APPLICATION_ID", json!(141)),
        ("GSW_RECORD_HANDLE", json!(290)),
        ("GSW_CAMPAIGN_NAME", json!("Autumn")),
        ("GSW_USER_EVENT", json!("RecordProcessedAcknowledge")),
    ] {
        let mut played = Played::with_records(&[(283, 3)]);
        played
            .request(&of_record("UpdateCallCompletionStats", 283))
            .unwrap();
        let own = with(
            answer.clone(),
            "GSW_REFERENCE_ID",
            reference(&played.take()),
        );
        played.input(&with(own, key, wrong));
        assert_eq!(played.desktop.outstanding().count(), 1, "{key}");
        assert!(
            played
                .events()
                .iter()
                .any(|event| event.starts_with("foreign")),
            "{key}"
        );
    }
    // A record for another group.
    let mut played = Played::started("Preview");
    played.request(&preview()).unwrap();
    let sent = played.take();
    let other = with(
        pushed(139, 283, 3),
        "GSW_CAMPAIGN_GROUP_NAME",
        "Spring@Team 2",
    );
    played.input(&with(other, "GSW_REFERENCE_ID", reference(&sent)));
    assert_eq!(played.events(), ["record 139/283 pushed"]);
    // By number: another number, or a handle.
    for wrong in [
        json!({"GSW_PHONE": "+2"}),
        json!({"GSW_RECORD_HANDLE": 283}),
    ] {
        let mut played = Played::started("Preview");
        played
            .request(&json!({"GSW_AGENT_REQ_TYPE": "DoNotCall", "GSW_PHONE": "+1"}))
            .unwrap();
        let mut answer = json!({
            "GSW_USER_EVENT": "DoNotCallAcknowledge", "GSW_APPLICATION_ID": 139,
            "GSW_REFERENCE_ID": reference(&played.take()),
        });
        let wrong = wrong.as_object().unwrap().clone();
        answer.as_object_mut().unwrap().extend(wrong);
        played.input(&answer);
        assert_eq!(played.events(), ["foreign DoNotCallAcknowledge"]);
    }
    // An error that names another request.
    let mut played = Played::with_records(&[(283, 3)]);
    played.request(&of_record("RecordReject", 283)).unwrap();
    let sent = played.take();
    let other = with(
        error(109, Some(reference(&sent))),
        "GSW_AGENT_REQ_TYPE",
        "RecordProcessed",
    );
    played.input(&other);
    assert_eq!(played.events(), ["foreign Error"]);
    assert_eq!(played.state_of("139/283"), "finishing");
}

#[test]
fn k4_without_a_reference_id_by_kind_and_handle_the_oldest() {
    let mut played = Played::with_records(&[(283, 3), (290, 4)]);
    let mut played_without = Played::quiet();
    std::mem::swap(&mut played, &mut played_without);
    played.input(&started(139, "Spring@Team 1", "Preview"));
    played.input(&pushed(139, 283, 3));
    played.input(&pushed(139, 290, 4));
    played.events();
    played.request(&of_record("RecordProcessed", 283)).unwrap();
    played.request(&of_record("RecordProcessed", 290)).unwrap();
    // Either may be meant: nothing ends on a guess.
    played.input(&error(109, None));
    let named = with(error(109, None), "GSW_AGENT_REQ_TYPE", "RecordProcessed");
    played.input(&named);
    assert_eq!(played.events(), ["unmatched 109", "unmatched 109"]);
    played.input(&event("RecordProcessedAcknowledge", 290));
    assert_eq!(
        played.events(),
        ["done RecordProcessed", "ended 139/290 processed"]
    );
    // Now one alone can be meant.
    played.input(&error(109, None));
    assert_eq!(
        played.events(),
        ["done RecordProcessed", "ended 139/283 gone"]
    );
    // For another request it ends that, and not the record.
    played.input(&pushed(139, 283, 3));
    played
        .request(&of_record("UpdateCallCompletionStats", 283))
        .unwrap();
    played.events();
    played.input(&error(109, None));
    assert_eq!(played.events(), ["refused UpdateCallCompletionStats 109"]);
    assert_eq!(played.state_of("139/283"), "open");
}

#[test]
fn k4_once_a_server_repeats_ids_answers_without_are_others() {
    let mut played = Played::with_records(&[(283, 3)]);
    played
        .request(&of_record("UpdateCallCompletionStats", 283))
        .unwrap();
    played.input(&event("UpdateCallCompletionStatsAcknowledge", 283));
    played.input(&error(113, None));
    assert_eq!(
        played.events(),
        [
            "foreign Error",
            "foreign UpdateCallCompletionStatsAcknowledge"
        ]
    );
    assert_eq!(played.desktop.outstanding().count(), 1);
}

/// A filter of T-Server may hide the number, and an answer by number is none by handle all the same.
#[test]
fn k3_k4_a_hidden_number_is_a_number() {
    let mut played = Played::quiet();
    played.input(&pushed(139, 283, 3));
    played
        .request(&of_record("RequestRecordCancel", 283))
        .unwrap();
    let by_number = json!({
        "GSW_AGENT_REQ_TYPE": "RequestRecordCancel", "GSW_PHONE": "+1555",
        "GSW_APPLICATION_ID": 139,
    });
    played.request(&by_number).unwrap();
    let mut yes = AttachedDataBuf::new();
    yes.push("GSW_USER_EVENT", "RecordCancelAcknowledge");
    yes.push("GSW_APPLICATION_ID", 139);
    yes.push("GSW_PHONE", ValueBuf::Hidden);
    played.desktop.handle_input(played.now, &yes);
    assert_eq!(played.state_of("139/283"), "finishing");
    assert_eq!(played.desktop.outstanding().count(), 1);
}

#[test]
fn k4_by_option_requests_go_out_one_at_a_time() {
    let mut played = Played::new(Settings {
        automatic: false,
        one_at_a_time: true,
        ..Settings::default()
    });
    played.input(&started(139, "Spring@Team 1", "Preview"));
    for handle in [1, 2, 3] {
        played.input(&pushed(139, handle, handle));
        played.request(&of_record("RecordReject", handle)).unwrap();
    }
    // It may repeat them: nothing is known yet.
    assert_eq!(played.kinds().len(), 3);
    played.input(&event("RecordRejectAcknowledge", 1));
    for handle in [4, 5] {
        played.input(&pushed(139, handle, handle));
        played.request(&of_record("RecordReject", handle)).unwrap();
    }
    assert_eq!(played.kinds().len(), 0);
    for (handle, sent) in [(2, 0), (3, 1), (4, 1), (5, 0)] {
        played.input(&event("RecordRejectAcknowledge", handle));
        assert_eq!(played.kinds().len(), sent, "{handle}");
    }
    assert_eq!(played.state()["records"], json!({}));
}

#[test]
fn k5_what_others_cause_holds() {
    let mut played = Played::with_records(&[(283, 3)]);
    let theirs = |name: &str| with(event(name, 283), "GSW_REFERENCE_ID", 77);
    played.input(&theirs("UpdateCallCompletionStatsAcknowledge"));
    played.input(&theirs("RecordRescheduleAcknowledge"));
    assert_eq!(played.state_of("139/283"), "rescheduled");
    assert_eq!(
        played.events(),
        [
            "foreign RecordRescheduleAcknowledge",
            "foreign UpdateCallCompletionStatsAcknowledge"
        ]
    );
    // A record that another has asked for is here, and owed.
    played.input(&with(pushed(139, 290, 4), "GSW_REFERENCE_ID", 78));
    assert_eq!(played.events(), ["record 139/290 pushed"]);
    // While our own is under way.
    played.request(&of_record("RecordProcessed", 283)).unwrap();
    let sent = played.take();
    played.input(&theirs("RecordRejectAcknowledge"));
    assert_eq!(
        played.events(),
        ["ended 139/283 rejected", "foreign RecordRejectAcknowledge"]
    );
    played.refuse(&sent, 109, "Record Not Found");
    assert_eq!(played.events(), ["done RecordProcessed"]);
}

#[test]
fn k6_an_answer_may_be_bare() {
    for (request, answer) in [
        ("RecordProcessed", "RecordProcessedAcknowledge"),
        ("RecordReject", "RecordRejectAcknowledge"),
        ("RequestRecordCancel", "RecordCancelAcknowledge"),
        ("DoNotCall", "DoNotCallAcknowledge"),
    ] {
        let mut played = Played::with_chain(&[283, 284]);
        played.request(&of_record(request, 284)).unwrap();
        let sent = played.take();
        played.input(&json!({"GSW_USER_EVENT": answer, "GSW_REFERENCE_ID": reference(&sent)}));
        assert_eq!(played.state()["records"], json!({}), "{request}");
    }
}

#[test]
fn k7_an_id_is_known_for_ten_minutes() {
    let mut played = Played::with_records(&[(283, 3)]);
    played.request(&of_record("RecordProcessed", 283)).unwrap();
    played.until(30);
    let sent = played.takes().remove(0);
    played.events();
    played.until(629);
    played.acknowledge(&sent);
    assert_eq!(
        played.events(),
        ["ended 139/283 processed", "late RecordProcessed"]
    );
    played.until(630);
    played.acknowledge(&sent);
    assert_eq!(played.events(), ["foreign RecordProcessedAcknowledge"]);
}

#[test]
fn k7_late_answers_to_sessions_count_if_nothing_newer_is_out() {
    let start =
        json!({"GSW_AGENT_REQ_TYPE": "PreviewDialingModeStart", "GSW_CAMPAIGN_NAME": "Spring"});
    let over = with(
        start.clone(),
        "GSW_AGENT_REQ_TYPE",
        "PreviewDialingModeOver",
    );
    let mut played = Played::quiet();
    played.input(&started(139, "Spring@Team 1", "Preview"));
    played.request(&start).unwrap();
    played.until(30);
    let sent = played.takes().remove(0);
    assert_eq!(played.state()["preview"], json!({}));
    played.acknowledge(&sent);
    assert_eq!(played.state()["preview"]["139/Spring@Team 1"], "on");
    played.request(&over).unwrap();
    played.acknowledge(&sent);
    assert_eq!(played.state()["preview"]["139/Spring@Team 1"], "ending");
}

#[test]
fn w3_the_same_request_goes_out_three_times_in_all() {
    let mut played = Played::with_records(&[(283, 3)]);
    played.request(&of_record("RecordReject", 283)).unwrap();
    played.until(30);
    let sent = played.takes();
    assert_eq!(sent.len(), 3);
    assert!(sent.iter().all(|other| other.data == sent[0].data));
    assert_eq!(
        sent.iter().map(|sent| sent.again).collect::<Vec<_>>(),
        [false, true, true]
    );
}

#[test]
fn w3a_an_older_change_is_not_sent_over_a_newer_one() {
    let mut played = Played::with_records(&[(283, 3)]);
    let update = |result: i64| {
        with(
            of_record("UpdateCallCompletionStats", 283),
            "GSW_CALL_RESULT",
            result,
        )
    };
    played.request(&update(33)).unwrap();
    played.until(5);
    played.request(&update(40)).unwrap();
    assert_eq!(played.kinds().len(), 2);
    played.until(10);
    assert_eq!(played.kinds().len(), 0);
    assert_eq!(played.events(), ["unanswered UpdateCallCompletionStats"]);
    played.until(15);
    let sent = played.sent();
    assert_eq!(sent[0]["GSW_CALL_RESULT"], 40);
}

#[test]
fn w3b_nothing_is_sent_again_for_an_agent_who_has_gone() {
    let mut played = Played::with_records(&[(283, 3)]);
    let by_phone = json!({"GSW_AGENT_REQ_TYPE": "DoNotCall", "GSW_PHONE": "+1"});
    played.request(&by_phone).unwrap();
    played.request(&of_record("RecordReject", 283)).unwrap();
    played.agent("logged out");
    played.events();
    played.until(10);
    assert_eq!(played.kinds().len(), 2);
    assert_eq!(
        played.events(),
        ["unanswered DoNotCall", "unanswered RecordReject"]
    );
}

#[test]
fn w7_what_is_lost_ends_in_order_and_final_requests_are_made_anew() {
    let mut played = Played::with_records(&[(283, 3), (290, 4)]);
    played.input(&scheduled(301, 9));
    played
        .request(&of_record("UpdateCallCompletionStats", 290))
        .unwrap();
    played.request(&of_record("RecordReject", 301)).unwrap();
    played.request(&of_record("RecordProcessed", 283)).unwrap();
    let before = played.takes();
    // Not sent yet: dropped.
    played
        .request(&of_record("ChainedRecordRequest", 290))
        .unwrap();
    let calls = played.polled().len();
    assert!(calls > 0);
    played.transport("down");
    assert!(played.takes().is_empty());
    let order: Vec<String> = played
        .polled()
        .iter()
        .filter_map(|event| match event {
            cti_codec::gsw::desktop::Event::Lost { message_type, .. } => {
                Some(message_type.to_string())
            }
            _ => None,
        })
        .collect();
    assert_eq!(
        order,
        [
            "UpdateCallCompletionStats",
            "RecordReject",
            "RecordProcessed",
            "ChainedRecordRequest"
        ]
    );
    assert!(played.desktop.records().all(|record| !record.confirmed));
    assert!(
        played
            .desktop
            .campaigns()
            .all(|campaign| !campaign.confirmed)
    );
    assert_eq!(played.request(&preview()), Err(Refused::TransportDown));
    assert_eq!(played.force(&preview()), Err(Refused::TransportDown));
    let id = played.at(301);
    played.desktop.forget(played.now, id).unwrap();
    played.transport("up");
    let again = played.takes();
    assert_eq!(again.len(), 1);
    assert_eq!(again[0].data, before[2].data);
    assert_ne!(again[0].request, before[2].request);
    played.acknowledge(&again[0]);
    assert_eq!(played.state()["records"], json!({"139/290": "open"}));
    // To a server that was left meanwhile nothing goes.
    let mut played = Played::with_records(&[(283, 3)]);
    played.request(&of_record("RecordProcessed", 283)).unwrap();
    played.transport("down");
    played.input(&started(141, "Spring@Team 1", "Preview"));
    played.takes();
    played.transport("up");
    assert!(played.takes().is_empty());
    assert_eq!(played.state_of("139/283"), "unfinished");
}

#[test]
fn e1_the_number_decides_and_the_text_where_numbers_are_shared() {
    let mut played = Played::started("Preview");
    let log_out = json!({"GSW_AGENT_REQ_TYPE": "Logout", "GSW_CAMPAIGN_NAME": "Spring"});
    played.request(&log_out).unwrap();
    let sent = played.take();
    played.refuse(&sent, 101, "there is no 'AUTO' campaign started");
    assert_eq!(played.state()["logout"], "granted");
    // Another of that number.
    let mut played = Played::started("Preview");
    played.request(&log_out).unwrap();
    let sent = played.take();
    played.refuse(&sent, 101, "Invalid Request");
    assert_eq!(played.state().get("logout"), None);
    assert_eq!(played.events(), ["refused LogOut 101"]);
    // The preview session is off there.
    let mut played = Played::started("Preview");
    played.request(&preview()).unwrap();
    let sent = played.take();
    played.refuse(&sent, 101, "PreviewDialingModeStart is required");
    assert_eq!(played.state()["preview"], json!({}));
}

#[test]
fn e1_late_errors_of_campaigns_are_reported_and_no_more() {
    for code in [106, 107, 108] {
        let mut played = Played::started("Preview");
        played.request(&preview()).unwrap();
        let sent = played.take();
        played.until(10);
        played.events();
        let before = played.state();
        played.refuse(&sent, code, "no");
        assert_eq!(played.events(), ["late PreviewRecordRequest"]);
        assert_eq!(played.state(), before);
    }
    let _ = campaign("CampaignLoaded", 139, "x");
}

/// An error that names neither a request nor a reference means the one request that can fail with
/// its code.
#[test]
fn an_error_alone_means_the_request_that_its_code_is_of() {
    use cti_codec::gsw::ErrorCode;

    for (code, meant) in [
        (ErrorCode::NO_RECORDS_AVAILABLE, PREVIEW),
        (ErrorCode::NO_RUNNING_PREVIEW_CAMPAIGNS, PREVIEW),
        (ErrorCode::INVALID_TIME, "RecordReschedule"),
        (ErrorCode::INVALID_TIME_FORMAT, "RecordReschedule"),
        (ErrorCode::CHAINED_RECORDS_NOT_FOUND, "ChainedRecordRequest"),
        (ErrorCode::DUPLICATE_REQUEST, "ReadyTime"),
        (ErrorCode::RECORD_ALREADY_EXISTS, ""),
        (ErrorCode::ADD_RECORD_ERROR, ""),
        (ErrorCode::SCHEDULED_RECORD_NOT_FOUND, ""),
        (ErrorCode::PREVIEW_ALREADY_STARTED, ""),
        (ErrorCode::PREVIEW_NOT_STARTED, ""),
        // Of several, and of any.
        (ErrorCode::RECORD_NOT_FOUND, ""),
        (ErrorCode::DB_ERROR, ""),
    ] {
        // A server that repeats no reference ids.
        let mut played = Played::quiet();
        played.input(&started(139, "Spring@Team 1", "Preview"));
        for handle in 1..=4 {
            played.input(&pushed(139, handle, handle));
        }
        let start = "PreviewDialingModeStart";
        let on = json!({"GSW_AGENT_REQ_TYPE": start, "GSW_CAMPAIGN_NAME": "Spring"});
        played.request(&on).unwrap();
        played.takes();
        played.input(&campaign(
            &format!("{start}Acknowledge"),
            139,
            "Spring@Team 1",
        ));
        played.events();
        let reschedule = with(
            of_record("RecordReschedule", 1),
            "GSW_CALLBACK_TYPE",
            "Personal",
        );
        let requests = [
            preview(),
            with(reschedule, "GSW_DATE_TIME", "05/27/2031 10:55"),
            of_record("ChainedRecordRequest", 2),
            with(of_record("ReadyTime", 3), "GSW_READY_TIME", 5),
            of_record("UpdateCallCompletionStats", 4),
        ];
        for request in &requests {
            played.request(request).unwrap();
        }
        played.takes();
        played.events();
        played.input(&error(code.0, None));
        let events = played.events();
        let expected = match meant {
            "" => format!("unmatched {}", code.0),
            // What was said twice has been said.
            "ReadyTime" => "done ReadyTime".to_owned(),
            meant => format!("refused {meant} {}", code.0),
        };
        assert!(events.contains(&expected), "{code:?}: {events:?}");
        let outstanding = played.state()["outstanding"].as_array().unwrap().len();
        assert_eq!(
            outstanding,
            requests.len() - usize::from(!meant.is_empty()),
            "{code:?}"
        );
    }
}
