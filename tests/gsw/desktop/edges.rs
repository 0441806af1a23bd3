//! Where rules begin and end: exact limits, records and servers of before, agents who are not there.

use std::time::Duration;

use cti_codec::gsw::desktop::{Changes, Event, Finish, Limits, Preview, Refused, Settings, Step};
use cti_codec::gsw::{AttachedDataBuf, CallResult, Value};
use serde_json::json;

use super::played::{
    Played, campaign, event, of_record, pushed, reference, scheduled, started, with,
};

const GROUP: &str = "Spring@Team 1";

fn update() -> Finish<'static> {
    Finish {
        changes: Changes {
            call_result: Some(CallResult::ANSWER),
            ..Changes::default()
        },
        treatment: Some(cti_codec::gsw::Treatment::CAMPAIGN),
        ..Finish::default()
    }
}

/// A record may be withdrawn while it is finished, and its handle be that of another one, which is
/// finished too, before the first answer comes.
#[test]
fn m2_r11_an_answer_about_a_former_record_moves_no_plan_of_the_one_that_has_its_handle() {
    let ends = [
        (update(), vec!["RecordProcessed"]),
        (Finish::default(), Vec::new()),
    ];
    let answers = ["yes", "database", "start", "no"];
    let all = ends
        .iter()
        .flat_map(|end| answers.map(|answer| (end, answer)));
    for ((own_finish, rest), answer) in all {
        let mut played = Played::with_records(&[(283, 3)]);
        let id = played.at(283);
        let finish = Finish::default();
        played.desktop.finish(played.now, id, &finish).unwrap();
        let former = played.take();
        played.input(&event("RecordCancel", 283));
        played.input(&pushed(139, 283, 3));
        played.desktop.finish(played.now, id, own_finish).unwrap();
        let own = played.take();
        played.polled();
        match answer {
            "yes" => played.acknowledge(&former),
            "database" => played.refuse(&former, 113, "DB Error"),
            "start" => played.refuse(&former, 101, "PreviewDialingModeStart is required"),
            _ => played.refuse(&former, 103, "Invalid Attribute Value"),
        }
        played.until(9);
        assert!(played.takes().is_empty(), "{answer}");
        let stopped = |event: &Event| matches!(event, Event::Stopped { .. } | Event::Ended { .. });
        assert!(!played.polled().iter().any(stopped), "{answer}");
        played.acknowledge(&own);
        assert_eq!(&played.acknowledge_all(), rest, "{answer}");
        assert_eq!(played.state()["records"], json!({}), "{answer}");
    }
}

#[test]
fn q4_e1_before_the_end_an_error_of_the_database_stops_like_any_other() {
    let mut played = Played::with_records(&[(283, 3)]);
    let id = played.at(283);
    played.desktop.finish(played.now, id, &update()).unwrap();
    let sent = played.take();
    played.polled();
    played.refuse(&sent, 113, "DB Error");
    let stopped = Event::Stopped {
        record: id,
        step: Step::Update,
    };
    assert!(played.polled().contains(&stopped));
    played.until(60);
    assert!(played.takes().is_empty());
}

#[test]
fn s1_another_time_for_a_callback_is_no_news() {
    let mut played = Played::with_records(&[]);
    played.input(&scheduled(283, 9));
    let id = played.at(283);
    for noted in [1, 0] {
        let moved = with(
            of_record("ScheduledRecordReschedule", 283),
            "GSW_CALLBACK_TYPE",
            "Campaign",
        );
        played
            .request(&with(moved, "GSW_DATE_TIME", "05/27/2031 10:30"))
            .unwrap();
        played.polled();
        played.acknowledge_all();
        let news = Event::CallbackNoted { record: id };
        let events = played.polled();
        let count = events.iter().filter(|event| **event == news).count();
        assert_eq!(count, noted);
    }
}

/// An added record has a result of its own, although the request names the record it is added to.
#[test]
fn r10_a_result_of_an_added_record_dials_no_other() {
    let mut played = Played::with_records(&[(283, 3)]);
    let id = played.at(283);
    let add = json!({
        "GSW_AGENT_REQ_TYPE": "AddRecord", "GSW_RECORD_HANDLE": 283, "GSW_CHAIN_ID": 3,
        "GSW_PHONE": "+1", "GSW_TZ_NAME": "EST", "GSW_CALL_RESULT": 33,
    });
    played.request(&add).unwrap();
    assert_eq!(played.sent()[0]["GSW_CALL_RESULT"], 33);
    assert!(!played.desktop.record(id).unwrap().dialed);
}

#[test]
fn c14_a_forced_request_for_an_unknown_handle_goes_to_the_only_server() {
    let mut played = Played::started("Preview");
    let unknown = of_record("RecordReject", 777);
    assert_eq!(played.request(&unknown), Err(Refused::NoRecord));
    played.force(&unknown).unwrap();
    assert_eq!(played.sent()[0]["GSW_APPLICATION_ID"], 139);
    // Of two nobody knows whose it is.
    played.input(&started(141, "Autumn@Team 1", "Preview"));
    assert_eq!(played.force(&unknown), Err(Refused::NoRecord));
}

#[test]
fn c8_a_campaign_that_was_unloaded_is_gone_and_a_wish_for_it_stays() {
    let unloaded = campaign("CampaignUnloaded", 139, GROUP);
    let mut played = Played::started("Preview");
    let id = played.desktop.campaigns().next().unwrap().id;
    played
        .desktop
        .preview(played.now, id, Preview::Link)
        .unwrap();
    played.input(&unloaded);
    assert_eq!(played.state()["campaigns"], json!({}));
    played.input(&started(139, GROUP, "Preview"));
    assert_eq!(played.desktop.campaigns().next().unwrap().id, id);
    // Without a wish nothing is left of it.
    let mut played = Played::started("Preview");
    let id = played.desktop.campaigns().next().unwrap().id;
    played.input(&unloaded);
    assert_eq!(
        played.desktop.preview(played.now, id, Preview::Next),
        Err(Refused::NotLoaded)
    );
    played.input(&started(139, GROUP, "Preview"));
    assert_ne!(played.desktop.campaigns().next().unwrap().id, id);
}

#[test]
fn m3_c13_a_wish_goes_on_at_another_server_though_the_old_one_owes_an_answer() {
    let mut played = Played::started("Preview");
    let id = played.desktop.campaigns().next().unwrap().id;
    played
        .desktop
        .preview(played.now, id, Preview::Keep(1))
        .unwrap();
    let old = played.take();
    played.input(&started(141, GROUP, "Preview"));
    let start = played.take();
    played.acknowledge(&start);
    let own = played.take();
    assert_eq!(own.message_type, old.message_type);
    assert_eq!(
        own.data.view().value("GSW_APPLICATION_ID"),
        Some(Value::Int(141))
    );
}

#[test]
fn m3_l1_an_agent_who_is_not_there_wishes_for_the_next_login() {
    let mut played = Played::quiet();
    played.input(&started(139, GROUP, "Preview"));
    let id = played.desktop.campaigns().next().unwrap().id;
    played.agent("logged out");
    assert!(played.desktop.campaigns().all(|it| !it.confirmed));
    played
        .desktop
        .preview(played.now, id, Preview::Link)
        .unwrap();
    assert!(played.takes().is_empty());
    played.agent("logged in");
    assert_eq!(played.kinds(), ["PreviewDialingModeStart"]);
}

#[test]
fn w4_b8_without_a_connection_no_pause_runs() {
    let mut played = Played::started("Preview");
    let id = played.desktop.campaigns().next().unwrap().id;
    played
        .desktop
        .preview(played.now, id, Preview::Next)
        .unwrap();
    let sent = played.take();
    played.refuse(&sent, 108, "No Records Available");
    let pause = Some(Duration::from_secs(5));
    assert_eq!(played.desktop.poll_timeout(), pause);
    played.transport("down");
    assert_eq!(played.desktop.poll_timeout(), None);
    played.transport("up");
    assert_eq!(played.desktop.poll_timeout(), pause);
}

/// The bytes of the keys and values of a list without lists in it.
fn bytes(data: &AttachedDataBuf) -> usize {
    let sizes = data.view().iter().map(|pair| {
        pair.key.len()
            + match pair.value {
                Value::Str(text) => text.len(),
                _ => 8,
            }
    });
    sizes.sum()
}

#[test]
fn m1_a_limit_is_the_most_that_is_kept() {
    let name = "Spring@Team 1 of the second floor";
    for (room, kept) in [(name.len(), true), (name.len() - 1, false)] {
        let mut played = Played::new(Settings {
            automatic: false,
            limits: Limits {
                name_bytes: room,
                ..Limits::default()
            },
            ..Settings::default()
        });
        played.input(&started(139, name, "Preview"));
        let campaign = played.desktop.campaigns().next().unwrap();
        assert_eq!(campaign.group_name.is_some(), kept);
    }
    let record = pushed(139, 283, 3);
    let size = bytes(&super::played::data(record.as_object().unwrap()));
    for (room, kept) in [(size, true), (size - 1, false)] {
        let mut played = Played::new(Settings {
            automatic: false,
            limits: Limits {
                record_bytes: room,
                ..Limits::default()
            },
            ..Settings::default()
        });
        played.input(&record);
        let record = played.desktop.record(played.at(283)).unwrap();
        assert_eq!(record.data.is_some(), kept);
    }
}

/// What is known of a server whose campaigns are here is kept, and that of others is not.
#[test]
fn m1_k4_of_too_many_servers_those_without_campaigns_are_forgotten() {
    let mut played = Played::new(Settings {
        automatic: false,
        limits: Limits {
            campaigns: 1,
            retired: 1,
            ..Limits::default()
        },
        ..Settings::default()
    });
    played.input(&started(139, GROUP, "Preview"));
    for server in [139, 150, 151] {
        let by_phone = json!({
            "GSW_AGENT_REQ_TYPE": "DoNotCall", "GSW_PHONE": "+1", "GSW_APPLICATION_ID": server,
        });
        played.request(&by_phone).unwrap();
        played.acknowledge_all();
    }
    // 139 repeats reference ids, so that an answer without is another client's.
    played.input(&pushed(139, 283, 3));
    played.request(&of_record("RecordReject", 283)).unwrap();
    let sent = played.take();
    assert!(reference(&sent) > 0);
    played.events();
    played.input(&event("RecordRejectAcknowledge", 290));
    played.input(&event("UpdateCallCompletionStatsAcknowledge", 283));
    played.input(&event("RecordRejectAcknowledge", 283));
    assert!(
        played
            .events()
            .contains(&"foreign RecordRejectAcknowledge".to_owned())
    );
    assert_eq!(played.desktop.outstanding().count(), 1);
}

fn wishing(wish: Preview) -> (Played, cti_codec::gsw::desktop::CampaignId) {
    let mut played = Played::started("Preview");
    let id = played.desktop.campaigns().next().unwrap().id;
    played.desktop.preview(played.now, id, wish).unwrap();
    (played, id)
}

/// A start that is missing is made up for once, and once more after a record has come.
#[test]
fn m3_p3_a_record_lets_a_missing_start_be_made_up_for_again() {
    let (mut played, _) = wishing(Preview::Keep(2));
    for handle in [1, 2] {
        let sent = played.take();
        played.refuse(&sent, 101, "PreviewDialingModeStart is required");
        let start = played.take();
        assert_eq!(start.message_type.to_string(), "PreviewDialingModeStart");
        played.acknowledge(&start);
        let sent = played.take();
        let record = pushed(139, handle, handle);
        played.input(&with(record, "GSW_REFERENCE_ID", reference(&sent)));
    }
    assert_eq!(played.desktop.records().count(), 2);
}

#[test]
fn c9_n1_answers_to_a_status_request_are_counted_without_reference_ids_too() {
    let mut played = Played::quiet();
    played
        .request(&json!({"GSW_AGENT_REQ_TYPE": "CampaignStatusRequest"}))
        .unwrap();
    played.input(&started(139, GROUP, "Preview"));
    played.input(&campaign("CampaignLoaded", 139, "Autumn@x"));
    played.polled();
    played.until(5);
    let over = |event: &Event| matches!(event, Event::StatusOver { answers: 2, .. });
    assert!(played.polled().iter().any(over));
}

#[test]
fn p6_a_session_that_is_off_does_not_end_again() {
    let mut played = Played::quiet();
    played.input(&started(139, GROUP, "Preview"));
    played.polled();
    played.input(&campaign("CampaignStopped", 139, GROUP));
    let of_session = |event: &Event| matches!(event, Event::Preview { .. });
    assert!(!played.polled().iter().any(of_session));
}

/// On the way out the record of a chain that was worked on last speaks for it; records without a
/// chain, and chains of two servers, have nothing to do with each other, and end in their order.
#[test]
fn l2_h6_records_of_different_chains_end_in_their_order() {
    let mut alone = pushed(139, 283, 3);
    alone.as_object_mut().unwrap().remove("GSW_CHAIN_ID");
    let other = with(alone.clone(), "GSW_RECORD_HANDLE", 290);
    for records in [[alone, other], [pushed(139, 283, 3), pushed(141, 290, 3)]] {
        let mut played = Played::quiet();
        for record in &records {
            played.input(record);
        }
        played
            .request(&of_record("UpdateCallCompletionStats", 290))
            .unwrap();
        played.takes();
        played.desktop.log_out(played.now);
        let sent = played.sent();
        let handles: Vec<_> = sent
            .iter()
            .filter(|sent| sent["GSW_AGENT_REQ_TYPE"] == "RecordReject")
            .map(|sent| sent["GSW_RECORD_HANDLE"].as_i64().unwrap())
            .collect();
        assert_eq!(handles, [283, 290]);
    }
}

#[test]
fn q3_m3_a_wish_names_the_group_where_several_have_the_campaign() {
    for groups in [1, 2] {
        let mut played = Played::started("Preview");
        if groups == 2 {
            played.input(&started(139, "Spring@Team 2", "Preview"));
        }
        let id = played.desktop.campaigns().next().unwrap().id;
        played
            .desktop
            .preview(played.now, id, Preview::Next)
            .unwrap();
        let sent = played.sent().remove(0);
        let named = sent.get("GSW_CAMPAIGN_GROUP_NAME").is_some();
        assert_eq!(named, groups == 2);
    }
}

/// What comes back is the own request only if it is about the same record of the same server.
#[test]
fn b7_k3_a_request_with_our_number_about_another_record_is_anothers() {
    for (key, other) in [("GSW_RECORD_HANDLE", 290), ("GSW_APPLICATION_ID", 141)] {
        let mut played = Played::with_records(&[(283, 3)]);
        played.request(&of_record("RecordReject", 283)).unwrap();
        let own = played.sent().remove(0);
        played.input(&own);
        assert_eq!(played.events(), [] as [&str; 0]);
        played.input(&with(own, key, other));
        assert_eq!(played.events(), ["foreign RecordReject"], "{key}");
    }
}

#[test]
fn k4_a_server_that_has_begun_to_repeat_ids_is_not_waited_for() {
    let mut played = Played::new(Settings {
        automatic: false,
        one_at_a_time: true,
        ..Settings::default()
    });
    for handle in 1..=4 {
        played.input(&pushed(139, handle, handle));
    }
    played.request(&of_record("RecordReject", 1)).unwrap();
    played.takes();
    played.input(&event("RecordRejectAcknowledge", 1));
    played.request(&of_record("RecordReject", 2)).unwrap();
    let sent = played.take();
    played.acknowledge(&sent);
    for handle in [3, 4] {
        played.request(&of_record("RecordReject", handle)).unwrap();
    }
    assert_eq!(played.kinds().len(), 2);
}

#[test]
fn c14_a_handle_that_a_request_has_no_place_for_is_one_of_a_record_here() {
    let mut played = Played::with_records(&[(283, 3)]);
    let preview = |handle: i64| {
        json!({
            "GSW_AGENT_REQ_TYPE": "PreviewRecordRequest", "GSW_CAMPAIGN_NAME": "Spring",
            "GSW_APPLICATION_ID": 139, "GSW_RECORD_HANDLE": handle,
        })
    };
    assert_eq!(played.request(&preview(777)), Err(Refused::NoRecord));
    played.request(&preview(283)).unwrap();
}

#[test]
fn l1_a_wish_for_a_campaign_that_is_gone_ends_with_the_agent() {
    let (mut played, id) = wishing(Preview::Link);
    played.input(&campaign("CampaignUnloaded", 139, GROUP));
    played.agent("logged out");
    assert_eq!(
        played.desktop.preview(played.now, id, Preview::Link),
        Err(Refused::NotLoaded)
    );
}
