//! Memory is bounded, whatever comes.

use cti_codec::gsw::desktop::{Event, Limits, Preview, Refused, Settings};
use serde_json::json;

use super::played::{
    Played, campaign, chained, of_record, pushed, reference, scheduled, started, with,
};

fn small(limits: Limits) -> Played {
    let mut played = Played::new(Settings {
        first_reference_id: 1000,
        automatic: false,
        limits,
        ..Settings::default()
    });
    played.input(&started(139, "Spring@Team 1", "Preview"));
    played.events();
    played
}

#[test]
fn m1_later_records_are_kept_without_their_data_and_can_be_finished() {
    let mut played = small(Limits {
        records_with_data: 1,
        record_bytes: 1000,
        ..Limits::default()
    });
    played.input(&with(pushed(139, 1, 1), "Long", "x".repeat(1000)));
    played.input(&pushed(139, 2, 2));
    played.input(&pushed(139, 3, 3));
    let with_data: Vec<bool> = played
        .desktop
        .records()
        .map(|it| it.data.is_some())
        .collect();
    assert_eq!(with_data, [false, true, false]);
    for handle in [1, 2, 3] {
        played
            .request(&of_record("RecordProcessed", handle))
            .unwrap();
        let sent = played.sent().remove(0);
        assert_eq!(sent["GSW_CALLING_LIST"], "Customers");
    }
}

#[test]
fn m1_at_the_limit_records_are_given_back_and_members_of_chains_are_not() {
    let mut played = small(Limits {
        records: 1,
        ..Limits::default()
    });
    played.input(&pushed(139, 1, 3));
    let preview =
        json!({"GSW_AGENT_REQ_TYPE": "PreviewRecordRequest", "GSW_CAMPAIGN_NAME": "Spring"});
    assert_eq!(played.request(&preview), Err(Refused::TooManyRecords));
    let chain = of_record("ChainedRecordRequest", 1);
    assert_eq!(played.request(&chain), Err(Refused::TooManyRecords));
    played.events();
    played.input(&pushed(139, 2, 4));
    played.input(&scheduled(3, 5));
    assert_eq!(played.call(&pushed(139, 4, 6)), None);
    played.input(&chained(5, Some(77)));
    assert_eq!(
        played.kinds(),
        ["RecordReject", "RecordReject", "RecordProcessed"]
    );
    assert_eq!(
        played.events(),
        [
            "foreign ChainedRecord",
            "over limit 139/2",
            "over limit 139/3",
            "over limit 139/4",
            "over limit 139/5",
        ]
    );
    assert_eq!(played.desktop.records().count(), 1);
    // Where nothing can be sent, it is told.
    played.transport("down");
    played.polled();
    played.input(&pushed(139, 6, 7));
    let dropped = Event::OverLimit {
        record: played.at(6),
        given_back: None,
    };
    assert_eq!(played.polled(), [dropped]);
}

#[test]
fn m1_members_of_a_chain_are_bounded_and_end_with_it() {
    let mut played = small(Limits {
        members: 2,
        ..Limits::default()
    });
    played.input(&pushed(139, 1, 3));
    for handle in 2..5 {
        played.input(&chained(handle, Some(77)));
    }
    assert_eq!(played.desktop.records().count(), 2);
    assert!(played.takes().is_empty());
}

#[test]
fn m1_requests_campaigns_and_events_are_bounded() {
    let mut played = small(Limits {
        outstanding: 2,
        campaigns: 2,
        events: 4,
        ..Limits::default()
    });
    let by_phone = json!({"GSW_AGENT_REQ_TYPE": "DoNotCall", "GSW_PHONE": "+1"});
    played.request(&by_phone).unwrap();
    played.request(&by_phone).unwrap();
    assert_eq!(played.request(&by_phone), Err(Refused::TooManyOutstanding));
    assert_eq!(played.force(&by_phone), Err(Refused::TooManyOutstanding));
    played.input(&campaign("CampaignLoaded", 139, "Summer@Team 1"));
    played.input(&campaign("CampaignLoaded", 139, "Autumn@Team 1"));
    assert_eq!(played.events(), ["too many campaigns"]);
    assert_eq!(played.desktop.campaigns().count(), 2);
    for handle in 1..10 {
        played.input(&pushed(139, handle, handle));
    }
    assert_eq!(
        played.events(),
        [
            "missed 5",
            "record 139/6 pushed",
            "record 139/7 pushed",
            "record 139/8 pushed",
            "record 139/9 pushed"
        ]
    );
    // Refreshments of a record are one event.
    for _ in 0..10 {
        played.input(&pushed(139, 1, 1));
        played.input(&pushed(139, 2, 2));
    }
    assert_eq!(played.events(), ["again 139/1", "again 139/2"]);
}

#[test]
fn m1_what_comes_from_the_other_side_takes_no_more_than_it_may() {
    let mut played = small(Limits {
        record_bytes: 100,
        event_bytes: 250,
        name_bytes: 20,
        ..Limits::default()
    });
    for _ in 0..5 {
        played.input(&json!({"GSW_USER_EVENT": "New", "Text": "x".repeat(60)}));
    }
    let events = played.polled();
    assert_eq!(events[0], Event::Missed(2));
    assert_eq!(events.len(), 4);
    played.input(&json!({"GSW_USER_EVENT": "New", "Text": "x".repeat(200)}));
    let empty = Event::Unknown(cti_codec::gsw::AttachedDataBuf::new());
    assert_eq!(played.polled(), [empty]);
    // A name that is too long is none.
    played.input(&campaign("CampaignLoaded", 139, &"x".repeat(30)));
    assert_eq!(played.events(), ["unknown"]);
}

#[test]
fn m1_retired_servers_and_remembered_requests_are_bounded() {
    let mut played = small(Limits {
        retired: 2,
        remembered: 2,
        ..Limits::default()
    });
    for (at, application) in (139..145).enumerate() {
        let handle = i64::try_from(at).unwrap() + 1;
        played.input(&pushed(application, handle, handle));
        played.input(&started(application + 1, "Spring@Team 1", "Preview"));
    }
    assert_eq!(played.desktop.retired().count(), 2);
    // Only what is remembered is late.
    let mut played = small(Limits {
        remembered: 2,
        ..Limits::default()
    });
    let by_phone = json!({"GSW_AGENT_REQ_TYPE": "DoNotCall", "GSW_PHONE": "+1"});
    for _ in 0..3 {
        played.request(&by_phone).unwrap();
    }
    played.until(30);
    played.events();
    let sent = played.takes();
    for sent in &sent[..3] {
        played.acknowledge(sent);
    }
    assert_eq!(
        played.events(),
        [
            "foreign DoNotCallAcknowledge",
            "late DoNotCall",
            "late DoNotCall"
        ]
    );
}

#[test]
fn m1_a_wish_does_not_ask_for_more_than_there_is_room_for() {
    let mut played = small(Limits {
        records: 1,
        ..Limits::default()
    });
    let id = played.desktop.campaigns().next().unwrap().id;
    played
        .desktop
        .preview(played.now, id, Preview::Keep(5))
        .unwrap();
    let start = played.take();
    played.acknowledge(&start);
    let sent = played.take();
    played.input(&with(
        pushed(139, 1, 1),
        "GSW_REFERENCE_ID",
        reference(&sent),
    ));
    played.until(200);
    assert!(played.takes().is_empty());
}
