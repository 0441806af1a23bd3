//! Wishes: the end of a record, records to come, and the way out.

use cti_codec::gsw::desktop::{
    Callback, CampaignId, Changes, End, Event, Finish, Preview, Refused, Settings, Step,
};
use cti_codec::gsw::{CallResult, CallbackType, ChainAttr, MinuteTime, Treatment, Value};
use serde_json::json;

use super::played::{Played, campaign, of_record, pushed, reference, scheduled, started, with};

fn at(hour: i8) -> MinuteTime {
    let at = jiff_date(hour);
    at.try_into().unwrap()
}

fn jiff_date(hour: i8) -> jiff::civil::DateTime {
    jiff::civil::date(2027, 5, 27).at(hour, 30, 0, 0)
}

fn result() -> Changes<'static> {
    Changes {
        call_result: Some(CallResult::ANSWER),
        ..Changes::default()
    }
}

fn callback() -> Option<Callback<'static>> {
    Some(Callback {
        callback_type: CallbackType::PERSONAL,
        at: at(10),
    })
}

fn only_campaign(played: &Played) -> CampaignId {
    played.desktop.campaigns().next().unwrap().id
}

#[test]
fn m2_changes_go_with_the_end_or_before_it() {
    let custom = [("Remark", Value::from("later"))];
    let changes = Changes {
        custom: &custom,
        ..result()
    };
    let finish = Finish {
        changes,
        ..Finish::default()
    };
    let mut played = Played::with_records(&[(283, 3)]);
    let id = played.at(283);
    played.desktop.finish(played.now, id, &finish).unwrap();
    let sent = played.sent();
    assert_eq!(sent.len(), 1);
    assert_eq!(sent[0]["GSW_AGENT_REQ_TYPE"], "RecordProcessed");
    assert_eq!(sent[0]["Remark"], "later");
    // A treatment, or another end.
    for (finish, last) in [
        (
            Finish {
                treatment: Some(Treatment::CAMPAIGN),
                ..finish
            },
            "RecordProcessed",
        ),
        (
            Finish {
                end: End::Reject,
                ..finish
            },
            "RecordReject",
        ),
        (
            Finish {
                end: End::DoNotCall {
                    scope: ChainAttr::RECORD_ONLY,
                    message: None,
                },
                ..finish
            },
            "DoNotCall",
        ),
        (
            Finish {
                end: End::Cancel {
                    scope: ChainAttr::ALL_CHAIN,
                },
                ..finish
            },
            "RequestRecordCancel",
        ),
    ] {
        let mut played = Played::with_records(&[(283, 3)]);
        played.desktop.finish(played.now, id, &finish).unwrap();
        assert_eq!(
            played.acknowledge_all(),
            ["UpdateCallCompletionStats", last]
        );
        assert_eq!(played.state()["records"], json!({}));
    }
}

#[test]
fn m2_s2_a_callback_is_made_real_by_the_end() {
    let finish = Finish {
        changes: result(),
        callback: callback(),
        ..Finish::default()
    };
    let mut played = Played::with_records(&[(283, 3)]);
    let id = played.at(283);
    played.desktop.finish(played.now, id, &finish).unwrap();
    assert_eq!(
        played.desktop.finish(played.now, id, &finish),
        Err(Refused::Finishing)
    );
    assert_eq!(
        played.request(&of_record("RecordProcessed", 283)),
        Err(Refused::Finishing)
    );
    let sent = played.take();
    let written = sent.data.view().value("GSW_DATE_TIME");
    assert_eq!(written, Some(Value::from("05/27/2027 10:30")));
    played.acknowledge(&sent);
    assert_eq!(played.state_of("139/283"), "finishing");
    assert_eq!(played.acknowledge_all(), ["RecordProcessed"]);
    // One that came as a callback is moved.
    let mut played = Played::with_records(&[]);
    played.input(&scheduled(283, 9));
    played.desktop.finish(played.now, id, &finish).unwrap();
    assert_eq!(
        played.acknowledge_all(),
        ["ScheduledRecordReschedule", "RecordProcessed"]
    );
    // Any other end would drop it.
    let lost = Finish {
        end: End::Reject,
        ..finish
    };
    let mut played = Played::with_records(&[(283, 3)]);
    assert_eq!(
        played.desktop.finish(played.now, id, &lost),
        Err(Refused::NeedsProcessed)
    );
    assert!(played.sent().is_empty());
}

#[test]
fn m2_it_stops_at_the_first_refusal_silence_or_loss_with_the_record_owed() {
    let finish = Finish {
        changes: result(),
        callback: callback(),
        treatment: Some(Treatment::PERSONAL),
        ..Finish::default()
    };
    let steps = [Step::Update, Step::Callback, Step::End];
    for (done, step) in steps.iter().enumerate() {
        for how in ["refused", "silence", "loss", "withdrawn"] {
            let mut played = Played::with_records(&[(283, 3)]);
            let id = played.at(283);
            played.desktop.finish(played.now, id, &finish).unwrap();
            let mut sent = played.take();
            for _ in 0..done {
                played.acknowledge(&sent);
                sent = played.take();
            }
            played.polled();
            match how {
                "refused" => played.refuse(&sent, 103, "Invalid Attribute Value"),
                "silence" => played.until(30),
                "loss" => played.transport("down"),
                _ => played.input(&super::played::event("RecordCancel", 283)),
            }
            let stopped = Event::Stopped {
                record: id,
                step: *step,
            };
            let events = played.polled();
            assert!(events.contains(&stopped), "{step:?} {how}: {events:?}");
            let here = played.desktop.record(id).is_some();
            assert_eq!(here, how != "withdrawn", "{step:?} {how}");
            // It can be finished by another call.
            if how == "refused" {
                played
                    .desktop
                    .finish(played.now, id, &Finish::default())
                    .unwrap();
            }
        }
    }
}

#[test]
fn q4_e1_the_end_is_made_anew_once_after_an_error_of_the_database() {
    let mut played = Played::with_records(&[(283, 3)]);
    let id = played.at(283);
    played
        .desktop
        .finish(played.now, id, &Finish::default())
        .unwrap();
    let sent = played.take();
    played.refuse(&sent, 113, "DB Error");
    assert_eq!(played.events(), ["refused RecordProcessed 113"]);
    played.until(4);
    assert!(played.takes().is_empty());
    played.until(5);
    let sent = played.take();
    played.refuse(&sent, 113, "DB Error");
    assert_eq!(
        played.events(),
        ["refused RecordProcessed 113", "stopped 139/283 End"]
    );
    assert_eq!(played.state_of("139/283"), "open");
    // By the user nothing is.
    played.request(&of_record("RecordProcessed", 283)).unwrap();
    let sent = played.take();
    played.refuse(&sent, 113, "DB Error");
    played.until(60);
    assert!(played.takes().is_empty());
}

#[test]
fn p4_a_step_that_needs_the_preview_session_gets_it_once() {
    let mut played = Played::quiet();
    played.input(&started(139, "Spring@Team 1", "Preview"));
    played.input(&pushed(139, 283, 3));
    played.events();
    let id = played.at(283);
    played
        .desktop
        .finish(played.now, id, &Finish::default())
        .unwrap();
    let required = "PreviewDialingModeStart is required";
    let sent = played.take();
    played.refuse(&sent, 101, required);
    let start = played.take();
    assert_eq!(start.message_type.to_string(), "PreviewDialingModeStart");
    played.acknowledge(&start);
    let sent = played.take();
    played.refuse(&sent, 101, required);
    assert!(played.events().contains(&"stopped 139/283 End".to_owned()));
    assert!(played.takes().is_empty());
}

#[test]
fn m3_p3_a_wish_starts_the_session_and_asks_for_a_record() {
    let mut played = Played::quiet();
    played.input(&campaign("CampaignLoaded", 139, "Spring@Team 1"));
    let id = only_campaign(&played);
    played
        .desktop
        .preview(played.now, id, Preview::Next)
        .unwrap();
    assert!(played.takes().is_empty());
    played.input(&started(139, "Spring@Team 1", "Preview"));
    let sent = played.take();
    played.acknowledge(&sent);
    let sent = played.take();
    assert_eq!(sent.message_type.to_string(), "PreviewRecordRequest");
    played.refuse(&sent, 108, "No Records Available");
    played.until(5);
    let sent = played.take();
    played.input(&with(
        pushed(139, 283, 3),
        "GSW_REFERENCE_ID",
        reference(&sent),
    ));
    // One record was wished.
    played.until(100);
    assert!(played.takes().is_empty());
    // Stopped and started again, the session is on again; so it is at another server.
    played.input(&campaign("CampaignStopped", 139, "Spring@Team 1"));
    played.input(&started(139, "Spring@Team 1", "Preview"));
    assert_eq!(played.acknowledge_all(), ["PreviewDialingModeStart"]);
    played.input(&started(141, "Spring@Team 1", "Preview"));
    assert_eq!(played.sent()[0]["GSW_APPLICATION_ID"], 141);
    // Unloaded and loaded again as well.
    played.input(&campaign("CampaignUnloaded", 141, "Spring@Team 1"));
    played.input(&started(141, "Spring@Team 1", "Preview"));
    assert_eq!(played.acknowledge_all(), ["PreviewDialingModeStart"]);
    played
        .desktop
        .preview(played.now, id, Preview::Off)
        .unwrap();
    assert_eq!(played.acknowledge_all(), ["PreviewDialingModeOver"]);
    assert_eq!(played.state()["preview"], json!({}));
}

#[test]
fn m3_so_many_records_are_kept() {
    let mut played = Played::started("Preview");
    let id = only_campaign(&played);
    played
        .desktop
        .preview(played.now, id, Preview::Keep(2))
        .unwrap();
    for handle in [1, 2] {
        let sent = played.take();
        played.input(&with(
            pushed(139, handle, handle),
            "GSW_REFERENCE_ID",
            reference(&sent),
        ));
    }
    assert!(played.takes().is_empty());
    let record = played.at(1);
    played
        .desktop
        .finish(played.now, record, &Finish::default())
        .unwrap();
    let sent = played.take();
    played.acknowledge(&sent);
    assert_eq!(played.kinds(), ["PreviewRecordRequest"]);
}

#[test]
fn m3_silence_and_refusals_are_paced_and_a_missing_start_is_made_up_for_once() {
    let mut played = Played::started("Preview");
    let id = only_campaign(&played);
    played
        .desktop
        .preview(played.now, id, Preview::Keep(1))
        .unwrap();
    let required = "PreviewDialingModeStart is required";
    let sent = played.take();
    played.refuse(&sent, 101, required);
    let start = played.take();
    played.acknowledge(&start);
    let sent = played.take();
    played.refuse(&sent, 101, required);
    // Once at once, then after a pause.
    assert!(played.takes().is_empty());
    played.until(5);
    assert_eq!(played.kinds(), ["PreviewDialingModeStart"]);
    // Nobody answers.
    let mut played = Played::started("Preview");
    let id = only_campaign(&played);
    played
        .desktop
        .preview(played.now, id, Preview::Keep(1))
        .unwrap();
    assert_eq!(played.kinds().len(), 1);
    for second in [15, 35, 65, 105] {
        played.until(second - 1);
        assert_eq!(played.kinds().len(), 0, "{second}");
        played.until(second);
        assert_eq!(played.kinds(), ["PreviewRecordRequest"], "{second}");
    }
}

#[test]
fn l2_the_way_out_ends_records_sessions_and_campaigns_in_this_order() {
    let mut played = Played::with_chain(&[283, 284]);
    played.input(&started(139, "Autumn@Team 1", "Predictive"));
    played.input(&scheduled(301, 9));
    played.call(&pushed(139, 40, 15)).unwrap();
    played
        .request(&with(
            of_record("UpdateCallCompletionStats", 284),
            "GSW_CALL_RESULT",
            7,
        ))
        .unwrap();
    played.acknowledge_all();
    played.events();
    played.desktop.log_out(played.now);
    // One a chain; by RecordProcessed where somebody was called.
    let sent = played.sent();
    let ends: Vec<(String, i64)> = sent
        .iter()
        .map(|sent| {
            let kind = sent["GSW_AGENT_REQ_TYPE"].as_str().unwrap().to_owned();
            (kind, sent["GSW_RECORD_HANDLE"].as_i64().unwrap())
        })
        .collect();
    let mut wanted = vec![
        ("RecordProcessed".to_owned(), 40),
        ("RecordProcessed".to_owned(), 284),
        ("RecordReject".to_owned(), 301),
    ];
    let mut sorted = ends.clone();
    sorted.sort();
    wanted.sort();
    assert_eq!(sorted, wanted);
    for sent in &sent {
        let name = sent["GSW_AGENT_REQ_TYPE"].as_str().unwrap();
        let handle = sent["GSW_RECORD_HANDLE"].as_i64().unwrap();
        let answer = super::played::event(&format!("{name}Acknowledge"), handle);
        played.input(&with(
            answer,
            "GSW_REFERENCE_ID",
            sent["GSW_REFERENCE_ID"].clone(),
        ));
    }
    assert_eq!(played.state()["records"], json!({}));
    assert_eq!(
        played.acknowledge_all(),
        ["PreviewDialingModeOver", "LogOut"]
    );
    assert!(played.events().contains(&"may log out 0".to_owned()));
    // No record is asked for any more.
    let preview =
        json!({"GSW_AGENT_REQ_TYPE": "PreviewRecordRequest", "GSW_CAMPAIGN_NAME": "Spring"});
    assert_eq!(played.request(&preview), Err(Refused::LoggingOut));
}

#[test]
fn l2_l9_m3_the_way_out_ends_whatever_the_servers_do() {
    // Nobody answers anything.
    let mut played = Played::with_chain(&[283, 284]);
    played.input(&started(139, "Autumn@Team 1", "Predictive"));
    played.events();
    played.desktop.log_out(played.now);
    played.until(600);
    let kinds = played.kinds();
    assert!(kinds.contains(&"LogOut".to_owned()), "{kinds:?}");
    let events = played.events();
    assert!(events.contains(&"may log out 2".to_owned()), "{events:?}");
    assert_eq!(played.state()["logout"], "unanswered");
    // The server always has another estimate.
    let mut played = Played::started("Predictive");
    let id = played.call(&pushed(139, 40, 15)).unwrap();
    played.desktop.log_out(played.now);
    let sent = played.take();
    played.refuse(&sent, 103, "no");
    let mut asked = 0;
    for second in 0..700 {
        played.until(second);
        for sent in played.takes() {
            asked += 1;
            let reference = reference(&sent);
            played.input(&json!({
                "GSW_USER_EVENT": "LogOut", "GSW_APPLICATION_ID": 139,
                "GSW_CAMPAIGN_NAME": "Spring", "GSW_LOGOUT_TIME": 1, "GSW_REFERENCE_ID": reference,
            }));
        }
    }
    // What could be done about the record was done, so the estimate lets go.
    assert_eq!(asked, 1);
    assert!(played.events().contains(&"may log out 1".to_owned()));
    assert!(played.desktop.record(id).is_some());
    // The connection is gone.
    let mut played = Played::started("Predictive");
    played.transport("down");
    played.desktop.log_out(played.now);
    played.until(600);
    assert!(played.events().contains(&"may log out 0".to_owned()));
}

#[test]
fn l3_l5_l6_a_record_that_came_meanwhile_is_the_agents_and_is_asked_about_every_five_seconds() {
    let mut played = Played::started("Predictive");
    played.desktop.log_out(played.now);
    let estimate = |played: &mut Played, seconds: i64| {
        let sent = played.take();
        assert_eq!(sent.message_type.to_string(), "LogOut");
        let reference = reference(&sent);
        played.input(&json!({
            "GSW_USER_EVENT": "LogOut", "GSW_APPLICATION_ID": 139, "GSW_CAMPAIGN_NAME": "Spring",
            "GSW_LOGOUT_TIME": seconds, "GSW_REFERENCE_ID": reference,
        }));
    };
    estimate(&mut played, 10);
    let id = played.call(&pushed(139, 40, 15)).unwrap();
    assert!(played.takes().is_empty());
    played.until(10);
    estimate(&mut played, 1);
    played.until(14);
    assert!(played.takes().is_empty());
    played.until(15);
    estimate(&mut played, 1);
    played.until(17);
    assert_eq!(played.state()["logout"], "wait 1");
    // The last record ends after the estimate.
    played
        .desktop
        .finish(played.now, id, &Finish::default())
        .unwrap();
    let sent = played.take();
    played.acknowledge(&sent);
    assert_eq!(played.state()["logout"], "granted");
    assert!(played.events().contains(&"may log out 0".to_owned()));
}

#[test]
fn l5_x12_an_estimate_that_has_run_out_lets_the_agent_go_unless_told_to_ask() {
    let log_out = json!({"GSW_AGENT_REQ_TYPE": "Logout", "GSW_CAMPAIGN_NAME": "Spring"});
    let estimate = |reference: i64, seconds: i64| {
        json!({
            "GSW_USER_EVENT": "LogOut", "GSW_APPLICATION_ID": 139, "GSW_CAMPAIGN_NAME": "Spring",
            "GSW_LOGOUT_TIME": seconds, "GSW_REFERENCE_ID": reference,
        })
    };
    let mut played = Played::started("Predictive");
    played.request(&log_out).unwrap();
    let sent = played.take();
    played.input(&estimate(reference(&sent), 5));
    played.until(5);
    assert_eq!(played.state()["logout"], "granted");
    // By option it is asked again.
    let mut played = Played::new(Settings {
        automatic: false,
        ask_again_after_estimate: true,
        ..Settings::default()
    });
    played.input(&started(139, "Spring@Team 1", "Predictive"));
    played.desktop.log_out(played.now);
    let sent = played.take();
    played.input(&estimate(reference(&sent), 5));
    played.until(5);
    let sent = played.take();
    played.input(&estimate(reference(&sent), 0));
    assert_eq!(played.state()["logout"], "granted");
}

#[test]
fn l4_l8_l8a_x13_states_of_a_log_out() {
    let log_out = json!({"GSW_AGENT_REQ_TYPE": "Logout", "GSW_CAMPAIGN_NAME": "Spring"});
    // To another client counts: it is the same agent.
    let mut played = Played::started("Predictive");
    played.input(&json!({
        "GSW_USER_EVENT": "LogOut", "GSW_APPLICATION_ID": 139, "GSW_CAMPAIGN_NAME": "Spring",
        "GSW_LOGOUT_TIME": 9, "GSW_REFERENCE_ID": 77,
    }));
    assert_eq!(played.state()["logout"], "wait 9");
    assert_eq!(played.events(), ["foreign LogOutTime"]);
    // A new login takes it back.
    played.agent("logged in");
    assert_eq!(played.state().get("logout"), None);
    // Unanswered does not hold the agent.
    played.request(&log_out).unwrap();
    played.until(30);
    assert_eq!(played.state()["logout"], "unanswered");
    // A late answer counts, as nothing newer is out.
    let sent = played.takes().remove(0);
    played.acknowledge(&sent);
    assert_eq!(played.state()["logout"], "granted");
    // The new server knows of no wish.
    played.input(&started(141, "Spring@Team 1", "Predictive"));
    assert_eq!(played.state().get("logout"), None);
    let mut played = Played::started("Predictive");
    played.desktop.log_out(played.now);
    played.take();
    played.input(&started(141, "Spring@Team 1", "Predictive"));
    assert_eq!(played.sent()[0]["GSW_APPLICATION_ID"], 141);
    // Two campaigns that dial by themselves: each is asked.
    let mut played = Played::started("Predictive");
    played.input(&started(139, "Autumn@Team 1", "Progressive"));
    played.events();
    played.desktop.log_out(played.now);
    let sent = played.takes();
    assert_eq!(sent.len(), 2);
    played.acknowledge(&sent[0]);
    assert!(
        played
            .events()
            .iter()
            .all(|event| !event.starts_with("may"))
    );
    played.acknowledge(&sent[1]);
    assert!(played.events().contains(&"may log out 0".to_owned()));
}

#[test]
fn x20_a_record_that_stays_open_is_brought_to_mind() {
    let mut settings = Settings {
        automatic: false,
        ..Settings::default()
    };
    settings.timings.reminder = Some(std::time::Duration::from_secs(300));
    let mut played = Played::new(settings);
    played.input(&pushed(139, 283, 3));
    played.events();
    played.until(299);
    assert!(played.events().is_empty());
    played.until(3000);
    assert_eq!(played.events(), ["still open 139/283"]);
}
