//! Records, chains, callbacks, and what ends them.

use cti_codec::gsw::desktop::{Refused, Settings, Source};
use cti_codec::gsw::{MessageType, UnixTime};
use serde_json::json;

use super::played::{
    Played, chained, error, event, of_record, pushed, reference, scheduled, started, with,
};

#[test]
fn r2_a_second_sight_refreshes_the_data_and_nothing_else() {
    let mut played = Played::with_chain(&[283, 284]);
    let id = played.at(284);
    // What a member does not name it has from its chain.
    let record = played.desktop.record(id).unwrap();
    assert_eq!(record.campaign_name.unwrap(), "Spring");
    assert_eq!(record.source, Source::Chained);
    let before = played.state();
    let call = with(pushed(139, 284, 3), "Account", "A-17");
    assert_eq!(played.call(&call), Some(id));
    assert_eq!(played.state(), before);
    assert_eq!(played.events(), ["again 139/284"]);
    let record = played.desktop.record(id).unwrap();
    assert!(record.dialed);
    assert!(record.data.unwrap().value("Account").is_some());
    assert!(record.data.unwrap().value("GSW_PHONE").is_some());
    assert!(record.data.unwrap().value("GSW_USER_EVENT").is_none());
    // A call without a record.
    assert_eq!(played.call(&json!({"GSW_APPLICATION_ID": 139})), None);
}

#[test]
fn r4_r5_four_requests_are_final_and_every_record_is_owed_one() {
    for (request, cause) in [
        ("RecordProcessed", "processed"),
        ("RecordReject", "rejected"),
        ("RequestRecordCancel", "canceled"),
        ("DoNotCall", "do-not-call"),
    ] {
        let mut played = Played::with_records(&[(283, 3)]);
        assert!(played.desktop.records().all(|record| record.is_owed()));
        played.request(&of_record(request, 283)).unwrap();
        assert_eq!(played.state_of("139/283"), "finishing");
        played.acknowledge_all();
        let events = played.events();
        assert_eq!(
            events,
            [format!("done {request}"), format!("ended 139/283 {cause}")]
        );
    }
}

#[test]
fn r6_r7_a_record_that_is_gone_there_is_gone_here() {
    for request in ["UpdateCallCompletionStats", "ChainedRecordRequest"] {
        let mut played = Played::with_records(&[(283, 3)]);
        played.request(&of_record(request, 283)).unwrap();
        let sent = played.take();
        played.refuse(&sent, 109, "Record Not Found");
        let refused = format!("refused {request} 109");
        assert_eq!(played.events(), ["ended 139/283 gone".to_owned(), refused]);
    }
}

#[test]
fn r8_r9_a_request_that_the_state_forbids_is_refused_and_can_be_forced() {
    let mut played = Played::with_records(&[(283, 3)]);
    played.request(&of_record("RecordProcessed", 283)).unwrap();
    let record = played.desktop.record(played.at(283)).unwrap();
    for request in MessageType::ALL.iter().filter(|it| it.is_request()) {
        assert_eq!(record.may(*request), Err(Refused::Finishing), "{request}");
    }
    assert_eq!(
        record.may(MessageType::PreviewRecord),
        Err(Refused::NotARequest(MessageType::PreviewRecord))
    );
    for request in ["RecordReject", "UpdateCallCompletionStats", "DoNotCall"] {
        assert_eq!(
            played.request(&of_record(request, 283)),
            Err(Refused::Finishing)
        );
    }
    played.force(&of_record("RecordReject", 283)).unwrap();
    let sent = played.takes();
    // The first answer ends the record, the second finds it gone.
    played.acknowledge(&sent[0]);
    played.refuse(&sent[1], 109, "Record Not Found");
    assert_eq!(
        played.events(),
        [
            "done RecordProcessed",
            "done RecordReject",
            "ended 139/283 processed"
        ]
    );
}

#[test]
fn r_unfinished_allows_everything_and_its_late_answer_ends_it() {
    let mut played = Played::with_records(&[(283, 3)]);
    played.request(&of_record("RecordReject", 283)).unwrap();
    played.until(30);
    let sent = played.takes();
    assert_eq!(played.state_of("139/283"), "unfinished");
    played
        .request(&of_record("UpdateCallCompletionStats", 283))
        .unwrap();
    // Refused after it was unfinished: the server has it.
    played.request(&of_record("RecordProcessed", 283)).unwrap();
    let processed = played.takes().remove(1);
    played.refuse(&processed, 113, "DB Error");
    assert_eq!(played.state_of("139/283"), "open");
    played.acknowledge(&sent[0]);
    assert_eq!(played.state_of("139/283"), json!(null));
}

#[test]
fn r10_a_record_counts_as_dialed_by_a_call_or_a_result() {
    let mut played = Played::with_records(&[(283, 3)]);
    let dialed = |played: &Played| played.desktop.record(played.at(283)).unwrap().dialed;
    assert!(!dialed(&played));
    let update = with(
        of_record("UpdateCallCompletionStats", 283),
        "GSW_CALL_RESULT",
        33,
    );
    played.request(&update).unwrap();
    assert!(dialed(&played));
    let call = pushed(139, 40, 15);
    let id = played.call(&call).unwrap();
    assert!(played.desktop.record(id).unwrap().dialed);
    // Not offered, and not forbidden.
    played.request(&of_record("RecordReject", 40)).unwrap();
}

#[test]
fn r11_a_handle_that_comes_again_after_its_end_is_a_new_record() {
    let mut played = Played::with_records(&[(283, 3)]);
    played.request(&of_record("RecordReject", 283)).unwrap();
    let sent = played.take();
    played.acknowledge(&sent);
    played.input(&pushed(139, 283, 3));
    played.events();
    // The answer to the request of before does not end it.
    played.acknowledge(&sent);
    assert_eq!(played.events(), ["late RecordReject"]);
    played.refuse(&sent, 109, "Record Not Found");
    assert_eq!(played.events(), ["late RecordReject"]);
    assert_eq!(played.state_of("139/283"), "open");
}

#[test]
fn r11a_a_handle_with_another_chain_or_list_is_another_record() {
    for other in [
        pushed(139, 283, 4),
        with(pushed(139, 283, 3), "GSW_CALLING_LIST", "Others"),
    ] {
        let mut played = Played::with_records(&[(283, 3)]);
        played.input(&other);
        assert_eq!(
            played.events(),
            ["ended 139/283 gone", "record 139/283 pushed"]
        );
    }
}

#[test]
fn u3_x9_a_treatment_with_a_callback_and_a_second_callback_are_warned_of() {
    let mut played = Played::with_chain(&[283, 284]);
    let callback = |handle: i64| {
        json!({
            "GSW_AGENT_REQ_TYPE": "RecordReschedule", "GSW_RECORD_HANDLE": handle,
            "GSW_CALLBACK_TYPE": "Personal", "GSW_DATE_TIME": "05/27/2027 10:30",
        })
    };
    // Another time for the same record is no second callback.
    for _ in 0..2 {
        played.request(&callback(283)).unwrap();
        played.acknowledge_all();
        assert_eq!(played.events(), ["done RecordReschedule"]);
    }
    played.request(&callback(284)).unwrap();
    played.acknowledge_all();
    assert_eq!(
        played.events(),
        ["done RecordReschedule", "warned SecondCallback"]
    );
    let processed = with(
        of_record("RecordProcessed", 283),
        "GSW_TREATMENT",
        "RecordTreatCampaign",
    );
    played.request(&processed).unwrap();
    assert_eq!(played.events(), ["warned TreatmentAndCallback"]);
}

#[test]
fn u4_a_result_that_is_wanted_is_shown() {
    let mut played = Played::with_records(&[]);
    let id = played
        .call(&with(pushed(139, 40, 15), "GSW_CALL_RESULT_FEEDBACK", 1))
        .unwrap();
    assert!(played.desktop.record(id).unwrap().result_wanted);
    let update = with(
        of_record("UpdateCallCompletionStats", 40),
        "GSW_CALL_RESULT",
        9,
    );
    played.request(&update).unwrap();
    assert!(!played.desktop.record(id).unwrap().result_wanted);
}

#[test]
fn h2_h5_a_chain_may_be_asked_for_again_after_an_error_and_when_it_is_partial() {
    let mut played = Played::with_records(&[(283, 3)]);
    let ask = of_record("ChainedRecordRequest", 283);
    played.request(&ask).unwrap();
    assert_eq!(played.request(&ask), Err(Refused::ChainAsked));
    let sent = played.take();
    played.refuse(&sent, 113, "DB Error");
    played.request(&ask).unwrap();
    played.until(10);
    assert_eq!(played.state()["chains"]["139/3"], "partial 283");
    played.request(&ask).unwrap();
    let sent = played.takes().remove(1);
    played.refuse(&sent, 114, "Chained Records not found");
    assert_eq!(played.request(&ask), Err(Refused::ChainComplete));
    // Its end came while a forced repeat was not answered.
    played.force(&ask).unwrap();
    played.input(&json!({
        "GSW_USER_EVENT": "ChainedRecordsDataEnd", "GSW_APPLICATION_ID": 139, "GSW_CHAIN_ID": 3,
        "GSW_REFERENCE_ID": 77,
    }));
    played.until(60);
    assert_eq!(played.state()["chains"]["139/3"], "complete 283");
}

#[test]
fn h4_a_record_without_a_chain_gets_that_which_comes_for_it() {
    let mut played = Played::with_records(&[]);
    let mut alone = pushed(139, 283, 3);
    alone.as_object_mut().unwrap().remove("GSW_CHAIN_ID");
    played.input(&alone);
    played
        .request(&of_record("ChainedRecordRequest", 283))
        .unwrap();
    let sent = played.take();
    played.input(&chained(284, Some(reference(&sent))));
    assert_eq!(played.state()["chains"]["139/3"], "asked 284 283");
}

#[test]
fn h5a_a_new_fetch_of_a_chain_makes_it_unasked() {
    for fetch in [pushed(139, 290, 3), scheduled(290, 3)] {
        let mut played = Played::with_chain(&[283, 284]);
        played.input(&fetch);
        assert_eq!(played.state()["chains"]["139/3"], "unasked 283 284 290");
        played
            .request(&of_record("ChainedRecordRequest", 290))
            .unwrap();
    }
}

#[test]
fn h_partial_chains_of_others_and_of_a_lost_connection() {
    let mut played = Played::with_records(&[(283, 3)]);
    // Another client has asked: its members are here, and owed.
    played.input(&chained(284, Some(77)));
    assert_eq!(
        played.events(),
        ["foreign ChainedRecord", "record 139/284 chained"]
    );
    assert_eq!(played.state()["chains"]["139/3"], "asked 283 284");
    played.until(10);
    assert_eq!(played.state()["chains"]["139/3"], "partial 283 284");
    // The request is lost with the connection.
    let mut played = Played::with_records(&[(283, 3)]);
    played
        .request(&of_record("ChainedRecordRequest", 283))
        .unwrap();
    played.transport("down");
    assert_eq!(played.state()["chains"]["139/3"], "partial 283");
}

#[test]
fn h6a_what_came_after_the_request_stays_owed() {
    let mut played = Played::with_chain(&[283, 284]);
    played.request(&of_record("RecordProcessed", 283)).unwrap();
    let sent = played.take();
    played.input(&scheduled(290, 3));
    played.acknowledge(&sent);
    assert_eq!(played.state()["records"], json!({"139/290": "open"}));
    // What another client has ended ends with it what was fetched as its chain.
    let mut played = Played::with_chain(&[283, 284]);
    played.input(&scheduled(290, 3));
    played.input(&with(
        event("RecordRejectAcknowledge", 283),
        "GSW_REFERENCE_ID",
        77,
    ));
    assert_eq!(played.state()["records"], json!({"139/290": "open"}));
}

#[test]
fn h6b_a_member_with_a_final_request_of_its_own_waits_for_its_answer() {
    let mut played = Played::with_chain(&[283, 284, 285]);
    played.request(&of_record("RecordProcessed", 283)).unwrap();
    played.request(&of_record("RecordProcessed", 284)).unwrap();
    let sent = played.takes();
    played.acknowledge(&sent[0]);
    assert_eq!(played.state()["records"], json!({"139/284": "finishing"}));
    played.refuse(&sent[1], 109, "Record Not Found");
    assert_eq!(played.state()["records"], json!({}));
}

#[test]
fn h7_a_reject_returns_the_rest_of_the_chain() {
    let mut played = Played::with_chain(&[283, 284]);
    played.request(&of_record("RecordReject", 284)).unwrap();
    played.acknowledge_all();
    assert_eq!(played.state()["records"], json!({}));
}

#[test]
fn h8_h9_what_the_request_said_decides_and_others_answers_speak_for_themselves() {
    for request in ["RequestRecordCancel", "DoNotCall"] {
        let one = with(of_record(request, 284), "GSW_CHAIN_ATTR", "RecordOnly");
        let mut played = Played::with_chain(&[283, 284]);
        played.request(&one).unwrap();
        let sent = played.take();
        let name = request.replace("Request", "") + "Acknowledge";
        // It says the whole chain, or nothing: ours was the record alone. Late all the same.
        played.until(30);
        played.input(&with(
            with(event(&name, 284), "GSW_CHAIN_ATTR", "AllChain"),
            "GSW_REFERENCE_ID",
            reference(&sent),
        ));
        assert_eq!(
            played.state()["records"],
            json!({"139/283": "open"}),
            "{request}"
        );

        let mut played = Played::with_chain(&[283, 284, 285]);
        played.input(&with(event(&name, 284), "GSW_REFERENCE_ID", 77));
        assert_eq!(
            played.state()["records"],
            json!({"139/283": "open", "139/285": "open"})
        );
        let all = with(event(&name, 283), "GSW_CHAIN_ATTR", "AllChain");
        played.input(&with(all, "GSW_REFERENCE_ID", 78));
        assert_eq!(played.state()["records"], json!({}));
    }
}

#[test]
fn h10_other_requests_have_no_use_for_the_attribute() {
    let mut played = Played::with_chain(&[283, 284]);
    let one = with(
        of_record("RecordProcessed", 283),
        "GSW_CHAIN_ATTR",
        "RecordOnly",
    );
    played.force(&one).unwrap();
    played.acknowledge_all();
    assert_eq!(played.state()["records"], json!({}));
}

#[test]
fn d1_d3_x17_a_request_by_number_marks_what_it_is_about() {
    for request in ["RequestRecordCancel", "DoNotCall"] {
        let mut played = Played::with_records(&[(283, 3), (290, 4)]);
        let by_phone = json!({"GSW_AGENT_REQ_TYPE": request, "GSW_PHONE": "+1283"});
        played.request(&by_phone).unwrap();
        played.acknowledge_all();
        let called_off: Vec<bool> = played.desktop.records().map(|it| it.called_off).collect();
        assert_eq!(called_off, [true, false], "{request}");
        assert_eq!(played.events(), [format!("done {request}")]);
        assert_eq!(played.state_of("139/283"), "open");
    }
}

#[test]
fn d4_a_withdrawal_ends_the_chain_whatever_is_under_way() {
    let mut played = Played::with_chain(&[283, 284]);
    played.request(&of_record("RecordProcessed", 284)).unwrap();
    played.input(&event("RecordCancel", 283));
    assert_eq!(
        played.events(),
        ["ended 139/283 withdrawn", "ended 139/284 withdrawn"]
    );
    // Nothing is sent again for it.
    played.until(10);
    assert_eq!(played.kinds().len(), 1);
    assert_eq!(played.events(), ["unanswered RecordProcessed"]);
    // One that is not here.
    played.input(&event("RecordCancel", 777));
    assert!(played.events().is_empty());
}

#[test]
fn s1_either_acknowledgement_notes_a_callback() {
    for (request, answer) in [
        ("RecordReschedule", "ScheduledRecordRescheduleAcknowledge"),
        ("ScheduledRecordReschedule", "RecordRescheduleAcknowledge"),
    ] {
        let mut played = Played::with_records(&[(283, 3)]);
        let callback = with(of_record(request, 283), "GSW_CALLBACK_TYPE", "Personal");
        let callback = with(callback, "GSW_DATE_TIME", "05/27/2027 10:30");
        played.request(&callback).unwrap();
        let sent = played.take();
        played.input(&with(
            event(answer, 283),
            "GSW_REFERENCE_ID",
            reference(&sent),
        ));
        assert_eq!(played.events(), [format!("done {request}")]);
        // Noted, and owed.
        assert_eq!(played.state_of("139/283"), "rescheduled");
        // A refused end does not lose it.
        played.request(&of_record("RecordProcessed", 283)).unwrap();
        let sent = played.take();
        played.refuse(&sent, 103, "Invalid Attribute Value");
        assert_eq!(played.state_of("139/283"), "rescheduled");
    }
}

#[test]
fn s4_s5_x11_the_form_of_a_time_is_checked_here_and_what_is_past_where_the_clock_is_known() {
    let callback = |at: &str| {
        let callback = with(
            of_record("RecordReschedule", 283),
            "GSW_CALLBACK_TYPE",
            "Campaign",
        );
        with(callback, "GSW_DATE_TIME", at)
    };
    let mut played = Played::with_records(&[(283, 3)]);
    assert!(matches!(
        played.request(&callback("25/45/00")),
        Err(Refused::Invalid(_))
    ));
    assert!(matches!(
        played.request(&callback("soon")),
        Err(Refused::Invalid(_))
    ));
    // The server's to refuse.
    played.request(&callback("25/45/2027 10:00")).unwrap();
    played.request(&callback("05/27/2017 10:30")).unwrap();
    // Two digits are read, and four written by `finish`, whose time is a date.
    played.request(&callback("05/27/27 10:30")).unwrap();

    let mut played = Played::new(Settings {
        automatic: false,
        // 2027-05-27 12:00 UTC, which is 07:00 where the customer is.
        wall_clock: Some(UnixTime(1_811_419_200)),
        ..Settings::default()
    });
    played.input(&pushed(139, 283, 3));
    assert_eq!(
        played.request(&callback("05/27/2027 06:59")),
        Err(Refused::Past)
    );
    played.request(&callback("05/27/2027 07:01")).unwrap();
    let record = played.desktop.record(played.at(283)).unwrap();
    let at = record.callback_time("2027-05-27T15:30:00Z".parse().unwrap());
    assert_eq!(at.unwrap().to_string(), "05/27/2027 10:30");
}

#[test]
fn s6_s8_a_scheduled_call_is_open_from_the_start() {
    let mut played = Played::with_records(&[]);
    played.input(&scheduled(301, 9));
    assert_eq!(played.events(), ["record 139/301 scheduled"]);
    assert!(played.sent().is_empty());
    assert_eq!(played.state_of("139/301"), "open");
}

#[test]
fn a5_w3_what_may_not_be_done_twice_is_sent_once() {
    let mut played = Played::with_records(&[(283, 3)]);
    played
        .request(&json!({
            "GSW_AGENT_REQ_TYPE": "AddRecord", "GSW_CAMPAIGN_NAME": "Spring", "GSW_TZ_NAME": "EST",
            "GSW_CALLING_LIST": "Customers", "GSW_PHONE": "+1",
        }))
        .unwrap();
    played
        .request(&with(of_record("ReadyTime", 283), "GSW_READY_TIME", 5))
        .unwrap();
    played
        .request(&of_record("ChainedRecordRequest", 283))
        .unwrap();
    let preview =
        json!({"GSW_AGENT_REQ_TYPE": "PreviewRecordRequest", "GSW_CAMPAIGN_NAME": "Spring"});
    played.request(&preview).unwrap();
    played.until(60);
    assert_eq!(played.kinds().len(), 4);
    // After silence the record may be told once more.
    played
        .request(&with(of_record("ReadyTime", 283), "GSW_READY_TIME", 5))
        .unwrap();
}

#[test]
fn y2_y3_x18_the_time_to_be_ready() {
    let mut played = Played::started("Predictive");
    let id = played.call(&pushed(139, 40, 15)).unwrap();
    let ready = with(of_record("ReadyTime", 40), "GSW_READY_TIME", 20);
    assert!(matches!(
        played.request(&with(ready.clone(), "GSW_READY_TIME", 0)),
        Err(Refused::Invalid(_))
    ));
    played.request(&ready).unwrap();
    played.acknowledge_all();
    assert_eq!(played.request(&ready), Err(Refused::ReadyTold));
    played.events();
    played.until(20);
    assert_eq!(played.events(), ["ready time over 139/40"]);
    assert!(played.desktop.record(id).is_some());
    // The mode does not have it.
    let mut played = Played::started("Predictive");
    played.call(&pushed(139, 40, 15)).unwrap();
    played.request(&ready).unwrap();
    let sent = played.take();
    played.refuse(&sent, 101, "Invalid request");
    assert_eq!(played.request(&ready), Err(Refused::NoReadyTime));
    played.input(&started(139, "Spring@Team 1", "Progressive"));
    played.request(&ready).unwrap();
}

#[test]
fn v2_a_server_of_interactions_repeats_the_request() {
    let mut played = Played::with_records(&[(283, 3)]);
    played.request(&of_record("RecordProcessed", 283)).unwrap();
    let sent = played.sent().remove(0);
    let mut answer = sent.clone();
    answer.as_object_mut().unwrap().remove("GSW_AGENT_REQ_TYPE");
    played.input(&with(answer, "GSW_USER_EVENT", "RecordProcessed"));
    assert_eq!(
        played.events(),
        ["done RecordProcessed", "ended 139/283 processed"]
    );
}

#[test]
fn e2_an_error_changes_no_record_but_by_two_codes() {
    for code in (101..=120).filter(|code| ![109, 112].contains(code)) {
        let mut played = Played::with_records(&[(283, 3)]);
        played.request(&of_record("RecordProcessed", 283)).unwrap();
        let sent = played.take();
        played.refuse(&sent, code, "no");
        assert_eq!(played.state_of("139/283"), "open", "{code}");
        assert_eq!(played.events(), [format!("refused RecordProcessed {code}")]);
    }
    // One that belongs to nobody here.
    let mut played = Played::with_records(&[(283, 3)]);
    played.input(&error(109, Some(77)));
    assert_eq!(played.events(), ["foreign Error"]);
    assert_eq!(played.state_of("139/283"), "open");
}

#[test]
fn h5_a_chain_whose_record_is_gone_may_be_asked_for_by_another_member() {
    let mut played = Played::with_records(&[(283, 3)]);
    played.input(&chained(284, Some(77)));
    played
        .force(&of_record("ChainedRecordRequest", 283))
        .unwrap();
    let sent = played.take();
    played.refuse(&sent, 109, "Record Not Found");
    assert_eq!(played.state()["chains"]["139/3"], "unasked 284");
    // It is withdrawn while the chain is awaited, and no end comes.
    played
        .request(&of_record("ChainedRecordRequest", 284))
        .unwrap();
    played.input(&pushed(139, 290, 3));
    let one = with(event("RecordCancel", 284), "GSW_CHAIN_ATTR", "RecordOnly");
    played.input(&one);
    played.until(10);
    assert_eq!(played.state()["chains"]["139/3"], "partial 290");
}
