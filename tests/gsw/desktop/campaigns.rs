//! Frame, campaigns and preview sessions.

use cti_codec::gsw::desktop::{Refused, Settings};
use serde_json::json;

use super::played::{Played, campaign, error, of_record, pushed, reference, started, with};

const GROUP: &str = "Spring@Team 1";

fn status(reference: i64) -> serde_json::Value {
    json!({"GSW_AGENT_REQ_TYPE": "CampaignStatusRequest", "GSW_REFERENCE_ID": reference})
}

#[test]
fn b2_what_is_no_message_is_reported_with_its_pairs() {
    let mut played = Played::quiet();
    played.input(&json!({"GSW_USER_EVENT": "SomethingNew", "GSW_APPLICATION_ID": 139}));
    played.input(&json!({"Account": "A-17"}));
    played.input(&json!({"GSW_STAT_EVENT": 1}));
    assert_eq!(played.events(), ["unknown"; 3]);
    // An error is one, whatever else it has.
    played.input(&with(
        error(113, None),
        "GSW_USER_EVENT",
        "RecordProcessedAcknowledge",
    ));
    assert_eq!(played.events(), ["unmatched 113"]);
}

#[test]
fn b7_own_requests_come_back_and_those_of_others_are_reported() {
    let mut played = Played::with_records(&[(283, 3)]);
    played.request(&of_record("RecordReject", 283)).unwrap();
    let sent = played.take();
    played.desktop.handle_input(played.now, &sent.data);
    assert!(played.events().is_empty());
    played.acknowledge(&sent);
    // T-Server may be slower with it than the server was with the answer.
    played.desktop.handle_input(played.now, &sent.data);
    assert_eq!(
        played.events(),
        ["done RecordReject", "ended 139/283 rejected"]
    );
    let other = with(of_record("RecordReject", 283), "GSW_REFERENCE_ID", 77);
    played.input(&other);
    assert_eq!(played.events(), ["foreign RecordReject"]);
}

#[test]
fn c2_a_session_goes_by_its_group_and_by_its_campaign_where_none_is_named() {
    let mut played = Played::quiet();
    played.input(&started(139, GROUP, "Preview"));
    played.input(&started(139, "Spring@Team 2", "Predictive"));
    assert_eq!(played.state()["campaigns"].as_object().unwrap().len(), 2);
    // Two may be meant.
    let request =
        json!({"GSW_AGENT_REQ_TYPE": "PreviewRecordRequest", "GSW_CAMPAIGN_NAME": "Spring"});
    assert_eq!(played.request(&request), Err(Refused::AmbiguousCampaign));
    let named = with(request, "GSW_CAMPAIGN_GROUP_NAME", GROUP);
    played.request(&named).unwrap();
    // The group tells in the request as well.
    assert_eq!(played.sent()[0]["GSW_CAMPAIGN_GROUP_NAME"], GROUP);
    let mut ungrouped = campaign("CampaignLoaded", 139, "Autumn@x");
    ungrouped
        .as_object_mut()
        .unwrap()
        .remove("GSW_CAMPAIGN_GROUP_NAME");
    played.input(&ungrouped);
    assert_eq!(played.state()["campaigns"]["139/Autumn"], "loaded");
    // Later the group is named: the same session.
    played.input(&campaign("CampaignLoaded", 139, "Autumn@x"));
    assert_eq!(played.state()["campaigns"]["139/Autumn@x"], "loaded");
    assert_eq!(played.state()["campaigns"].as_object().unwrap().len(), 3);
}

#[test]
fn c5_what_is_new_is_refused_after_a_stop_and_what_is_open_goes_on() {
    let mut played = Played::with_records(&[(283, 3)]);
    played.input(&campaign("CampaignStopped", 139, GROUP));
    let start =
        json!({"GSW_AGENT_REQ_TYPE": "PreviewDialingModeStart", "GSW_CAMPAIGN_NAME": "Spring"});
    assert_eq!(played.request(&start), Err(Refused::NotStarted));
    let add = json!({
        "GSW_AGENT_REQ_TYPE": "AddRecord", "GSW_CAMPAIGN_NAME": "Spring", "GSW_TZ_NAME": "EST",
        "GSW_CALLING_LIST": "Customers", "GSW_PHONE": "+1",
    });
    played.request(&add).unwrap();
    played.input(&campaign("CampaignUnloaded", 139, GROUP));
    let add = with(add, "GSW_APPLICATION_ID", 139);
    assert_eq!(played.request(&add), Err(Refused::NotLoaded));
    played.request(&of_record("RecordProcessed", 283)).unwrap();
}

#[test]
fn c6_c7_any_mode_is_taken_and_records_are_asked_for_in_preview() {
    let mut played = Played::started("Predictive");
    let request =
        json!({"GSW_AGENT_REQ_TYPE": "PreviewRecordRequest", "GSW_CAMPAIGN_NAME": "Spring"});
    assert_eq!(played.request(&request), Err(Refused::NotInPreview));
    let changed = campaign("CampaignModeChanged", 139, GROUP);
    played.input(&with(changed, "GSW_CAMPAIGN_MODE", "Power GVP"));
    assert_eq!(
        played.state()["campaigns"]["139/Spring@Team 1"],
        "started Power GVP"
    );

    let mut played = Played::new(Settings {
        preview_in_any_mode: true,
        automatic: false,
        ..Settings::default()
    });
    played.input(&started(139, GROUP, "Predictive"));
    played.request(&request).unwrap();
    assert_eq!(played.events(), ["warned NotInPreview"]);
}

#[test]
fn c9_sessions_that_no_answer_named_are_unconfirmed_and_stay() {
    let mut played = Played::quiet();
    played.input(&started(139, GROUP, "Preview"));
    played.input(&campaign("CampaignLoaded", 139, "Autumn@Team 1"));
    played.request(&status(11)).unwrap();
    played.input(&with(
        started(139, GROUP, "Preview"),
        "GSW_REFERENCE_ID",
        11,
    ));
    played.until(5);
    let confirmed: Vec<bool> = played.desktop.campaigns().map(|it| it.confirmed).collect();
    assert_eq!(confirmed, [true, false]);
    let events = played.polled();
    let over = events.iter().find_map(|event| match event {
        cti_codec::gsw::desktop::Event::StatusOver { answers, .. } => Some(*answers),
        _ => None,
    });
    assert_eq!(over, Some(1));
    // An answer after its time counts, and is known as late.
    played.input(&with(
        campaign("CampaignLoaded", 139, "Autumn@Team 1"),
        "GSW_REFERENCE_ID",
        11,
    ));
    assert_eq!(played.events(), ["late CampaignStatusRequest"]);
    assert!(played.desktop.campaigns().all(|it| it.confirmed));
}

#[test]
fn c9a_a_session_that_is_only_loaded_was_stopped_unheard() {
    let mut played = Played::started("Preview");
    played.input(&campaign("CampaignLoaded", 139, GROUP));
    played.until(1);
    // Outside of a window it takes nothing back.
    assert_eq!(played.state()["preview"]["139/Spring@Team 1"], "on");
    played.request(&status(11)).unwrap();
    played.input(&with(
        campaign("CampaignLoaded", 139, GROUP),
        "GSW_REFERENCE_ID",
        11,
    ));
    played.until(6);
    assert_eq!(played.state()["campaigns"]["139/Spring@Team 1"], "loaded");
    assert_eq!(played.state()["preview"], json!({}));
    // Told with both it runs.
    let mut played = Played::started("Preview");
    played.request(&status(11)).unwrap();
    played.input(&campaign("CampaignLoaded", 139, GROUP));
    played.input(&with(
        started(139, GROUP, "Preview"),
        "GSW_REFERENCE_ID",
        11,
    ));
    played.until(6);
    assert_eq!(
        played.state()["campaigns"]["139/Spring@Team 1"],
        "started Preview"
    );
    // Somebody else's answer says nothing.
    played.request(&status(12)).unwrap();
    played.input(&with(
        campaign("CampaignLoaded", 139, GROUP),
        "GSW_REFERENCE_ID",
        99,
    ));
    played.until(20);
    assert_eq!(
        played.state()["campaigns"]["139/Spring@Team 1"],
        "started Preview"
    );
}

#[test]
fn c10_status_is_asked_for_when_it_is_in_doubt_and_not_twice_within_five_seconds() {
    let mut played = Played::new(Settings::default());
    assert_eq!(played.desktop.poll_timeout(), Some(played.now));
    played.until(0);
    assert_eq!(played.kinds(), ["CampaignStatusRequest"]);
    played.input(&started(139, GROUP, "Preview"));
    let add = json!({
        "GSW_AGENT_REQ_TYPE": "AddRecord", "GSW_CAMPAIGN_NAME": "Spring", "GSW_TZ_NAME": "EST",
        "GSW_CALLING_LIST": "Customers", "GSW_PHONE": "+1",
    });
    for code in [105, 106, 107] {
        let second = played.now.as_secs();
        played.input(&started(139, GROUP, "Preview"));
        played.request(&add).unwrap();
        let sent = played.take();
        played.refuse(&sent, code, "no");
        assert_eq!(played.kinds(), Vec::<String>::new(), "{code}");
        played.until(second + 5);
        assert_eq!(played.kinds(), ["CampaignStatusRequest"], "{code}");
    }
    // When the connection is back, and when a server does not answer.
    played.until(60);
    played.transport("down");
    played.transport("up");
    assert_eq!(played.kinds(), ["CampaignStatusRequest"]);
    played.input(&started(139, GROUP, "Preview"));
    played.request(&add).unwrap();
    played.until(71);
    assert_eq!(played.kinds(), ["AddRecord", "CampaignStatusRequest"]);
}

#[test]
fn c12_a_stop_from_elsewhere_moves_nothing_and_other_events_do() {
    for event in ["CampaignStopped", "CampaignUnloaded"] {
        let mut played = Played::started("Preview");
        let before = played.state();
        played.input(&campaign(event, 141, GROUP));
        assert_eq!(played.state(), before, "{event}");
    }
    for event in [
        "CampaignLoaded",
        "CampaignModeChanged",
        "CampaignGroupAssigned",
    ] {
        let mut played = Played::started("Preview");
        played.input(&with(
            campaign(event, 141, GROUP),
            "GSW_CAMPAIGN_MODE",
            "Progressive",
        ));
        let moved = "moved Spring@Team 1 139 to 141".to_owned();
        assert!(played.events().contains(&moved), "{event}");
        assert_eq!(played.state()["preview"], json!({}), "{event}");
    }
    // Of another name it is a session of its own.
    let mut played = Played::started("Preview");
    played.input(&started(141, "Autumn@Team 1", "Preview"));
    assert_eq!(played.events(), Vec::<String>::new());
    assert_eq!(played.state()["campaigns"].as_object().unwrap().len(), 2);
}

#[test]
fn c12a_a_slow_answer_of_the_old_server_moves_nothing_back() {
    let mut played = Played::started("Preview");
    played.request(&status(11)).unwrap();
    played.input(&started(141, GROUP, "Preview"));
    played.events();
    played.input(&with(
        started(139, GROUP, "Preview"),
        "GSW_REFERENCE_ID",
        11,
    ));
    assert_eq!(
        played.state()["campaigns"]["141/Spring@Team 1"],
        "started Preview"
    );
    assert!(played.events().is_empty());
    // Asked for after the move it is news.
    played.request(&status(12)).unwrap();
    played.input(&with(
        started(139, GROUP, "Preview"),
        "GSW_REFERENCE_ID",
        12,
    ));
    assert_eq!(played.events(), ["moved Spring@Team 1 141 to 139"]);
}

#[test]
fn c13_x1_an_id_is_retired_once_no_session_has_it_and_forgotten_with_its_last_record() {
    let mut played = Played::with_records(&[(283, 3)]);
    played.input(&started(139, "Autumn@Team 1", "Preview"));
    played.input(&started(141, GROUP, "Preview"));
    assert_eq!(played.state()["retired"], json!([]));
    played.input(&started(141, "Autumn@Team 1", "Preview"));
    assert_eq!(played.state()["retired"], json!([139]));
    played.request(&of_record("RecordReject", 283)).unwrap();
    assert_eq!(played.sent()[0]["GSW_APPLICATION_ID"], 139);
    played.input(&event_of(283));
    assert_eq!(played.state()["retired"], json!([]));
}

fn event_of(handle: i64) -> serde_json::Value {
    super::played::event("RecordRejectAcknowledge", handle)
}

#[test]
fn c14_a_handle_goes_to_no_other_server_forced_or_not() {
    let mut played = Played::with_records(&[(283, 3)]);
    played.input(&started(141, GROUP, "Preview"));
    for request in [
        "RecordProcessed",
        "RecordReject",
        "RequestRecordCancel",
        "DoNotCall",
        "ReadyTime",
        "ChainedRecordRequest",
        "UpdateCallCompletionStats",
        "AddRecord",
    ] {
        let wrong = with(of_record(request, 283), "GSW_APPLICATION_ID", 141);
        assert_eq!(
            played.request(&wrong),
            Err(Refused::OtherApplication),
            "{request}"
        );
        assert_eq!(
            played.force(&wrong),
            Err(Refused::OtherApplication),
            "{request}"
        );
    }
    // A record is added at the new server, without the handle.
    let add = json!({
        "GSW_AGENT_REQ_TYPE": "AddRecord", "GSW_RECORD_HANDLE": 283, "GSW_CHAIN_ID": 3,
        "GSW_PHONE": "+1", "GSW_TZ_NAME": "EST",
    });
    played.request(&add).unwrap();
    let sent = played.sent().remove(0);
    assert_eq!(sent["GSW_APPLICATION_ID"], 141);
    assert_eq!(sent["GSW_CHAIN_ID"], 3);
    assert_eq!(sent.get("GSW_RECORD_HANDLE"), None);
    // The number of another server's is another record, and has to be told apart.
    played.input(&pushed(141, 283, 8));
    assert_eq!(
        played.request(&of_record("RecordReject", 283)),
        Err(Refused::AmbiguousRecord)
    );
    played
        .request(&with(
            of_record("RecordReject", 283),
            "GSW_APPLICATION_ID",
            141,
        ))
        .unwrap();
    assert_eq!(played.state_of("139/283"), "open");
    assert_eq!(played.state_of("141/283"), "finishing");
    // No record of the key, no handle.
    let unknown = with(of_record("AddRecord", 999), "GSW_APPLICATION_ID", 141);
    assert_eq!(played.request(&unknown), Err(Refused::NoRecord));
}

#[test]
fn c15_a_retired_server_is_asked_once_and_the_user_may_try_again() {
    let mut played = Played::with_records(&[(283, 3)]);
    played.request(&of_record("RecordReject", 283)).unwrap();
    // It moves while the answer is awaited.
    played.input(&started(141, GROUP, "Preview"));
    played.until(10);
    assert_eq!(played.kinds(), ["RecordReject"]);
    assert_eq!(played.state_of("139/283"), "unfinished");
    played.request(&of_record("RecordReject", 283)).unwrap();
    let id = played.at(283);
    assert_eq!(
        played.desktop.forget(played.now, id),
        Err(Refused::Finishing)
    );
    played.until(20);
    played.events();
    played.desktop.forget(played.now, id).unwrap();
    assert_eq!(played.events(), ["ended 139/283 dropped"]);
}

#[test]
fn c16_an_answer_without_an_id_is_of_the_server_that_was_asked() {
    let mut played = Played::with_records(&[(283, 3)]);
    played.request(&of_record("RecordReject", 283)).unwrap();
    let sent = played.take();
    played.input(&json!({
        "GSW_USER_EVENT": "RecordRejectAcknowledge", "GSW_APPLICATION_ID": 0,
        "GSW_REFERENCE_ID": reference(&sent),
    }));
    assert_eq!(
        played.events(),
        ["done RecordReject", "ended 139/283 rejected"]
    );
}

#[test]
fn p5a_a_preview_session_is_never_left_half_way() {
    let start =
        json!({"GSW_AGENT_REQ_TYPE": "PreviewDialingModeStart", "GSW_CAMPAIGN_NAME": "Spring"});
    let over =
        json!({"GSW_AGENT_REQ_TYPE": "PreviewDialingModeOver", "GSW_CAMPAIGN_NAME": "Spring"});
    for (request, after) in [(&start, json!(null)), (&over, json!("on"))] {
        // Refused.
        let mut played = Played::started("Preview");
        played.request(request).unwrap();
        let sent = played.take();
        played.refuse(&sent, 113, "DB Error");
        assert_eq!(played.state()["preview"]["139/Spring@Team 1"], after);
        // Not answered, after three tries.
        let mut played = Played::started("Preview");
        played.request(request).unwrap();
        played.until(30);
        assert_eq!(played.kinds().len(), 3);
        assert_eq!(played.state()["preview"]["139/Spring@Team 1"], after);
        // Lost.
        let mut played = Played::started("Preview");
        played.request(request).unwrap();
        played.transport("down");
        assert_eq!(played.state()["preview"]["139/Spring@Team 1"], after);
    }
}

#[test]
fn p6_an_answer_from_before_the_end_of_the_session_sets_nothing() {
    let mut played = Played::quiet();
    played.input(&started(139, GROUP, "Preview"));
    let start =
        json!({"GSW_AGENT_REQ_TYPE": "PreviewDialingModeStart", "GSW_CAMPAIGN_NAME": "Spring"});
    played.request(&start).unwrap();
    let sent = played.take();
    played.input(&campaign("CampaignStopped", 139, GROUP));
    played.acknowledge(&sent);
    assert_eq!(played.state()["preview"], json!({}));
    assert_eq!(played.events(), ["done PreviewDialingModeStart"]);
    // It is not sent again either.
    played.input(&started(139, GROUP, "Preview"));
    played.request(&start).unwrap();
    played.input(&campaign("CampaignStopped", 139, GROUP));
    played.until(10);
    assert_eq!(played.kinds().len(), 1);
    // A stop was missed: the next start says so.
    let mut played = Played::started("Preview");
    let request =
        json!({"GSW_AGENT_REQ_TYPE": "PreviewRecordRequest", "GSW_CAMPAIGN_NAME": "Spring"});
    played.request(&request).unwrap();
    let sent = played.take();
    played.refuse(&sent, 107, "No Running Preview Campaigns");
    assert_eq!(played.state()["preview"]["139/Spring@Team 1"], "on");
    played.input(&started(139, GROUP, "Preview"));
    assert_eq!(played.state()["preview"], json!({}));
}

#[test]
fn n1_n2_answers_to_a_status_request_have_the_effect_of_events() {
    let mut played = Played::quiet();
    played.input(&with(
        started(139, GROUP, "Preview"),
        "GSW_REFERENCE_ID",
        77,
    ));
    assert_eq!(
        played.state()["campaigns"]["139/Spring@Team 1"],
        "started Preview"
    );
    assert!(played.events().is_empty());
}
