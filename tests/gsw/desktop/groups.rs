//! Campaign groups over HTTP.

use std::time::Duration;

use cti_codec::gsw::campaign_group_state::CampaignGroupState;
use cti_codec::gsw::groups::{CampaignGroups, Change, Event, GroupId, Settings, Stage};
use cti_codec::gsw::{CampaignGroupStatus, Statistic};
use serde_json::{Value as Json, json};

fn post(pairs: &Json) -> CampaignGroupState {
    let mut pairs = pairs.clone();
    pairs["GSW_USER_EVENT"] = "CampaignGroupState".into();
    serde_json::from_value(pairs).unwrap()
}

fn at(seconds: u64) -> Duration {
    Duration::from_secs(seconds)
}

fn events(groups: &mut CampaignGroups) -> Vec<Event> {
    std::iter::from_fn(|| groups.poll_event()).collect()
}

#[test]
fn g1_g6_each_flow_of_posts_is_played() {
    let flows: Json = serde_json::from_str(include_str!("../../data/gsw-flows.json")).unwrap();
    let flows = flows["http_flows"].as_array().unwrap();
    assert_eq!(flows.len(), 2);
    for flow in flows {
        let mut groups = CampaignGroups::new(Settings::default());
        for step in flow["steps"].as_array().unwrap() {
            let now = at(step["at"].as_u64().unwrap());
            groups.handle_timeout(now);
            if let Some(pairs) = step.get("post") {
                groups.handle_post(now, &post(pairs)).unwrap();
            }
            for (uuid, wanted) in step["expect"].as_object().unwrap() {
                let group = groups
                    .groups()
                    .find(|group| group.state.campaign_group_uuid.as_ref() == Some(uuid))
                    .unwrap();
                let fresh = if group.is_stale { "stale" } else { "fresh" };
                let status = group.state.campaign_group_status.unwrap().0;
                assert_eq!(json!([status, fresh]), *wanted, "{step}");
            }
        }
    }
}

#[test]
fn g2_a_group_goes_by_uuid_else_dbid_else_name() {
    let mut groups = CampaignGroups::new(Settings::default());
    let all = json!({
        "GSW_CAMPAIGN_GROUP_UUID": "u-1", "GSW_CAMPAIGN_GROUP_DBID": "101",
        "GSW_CAMPAIGN_GROUP_NAME": "Spring@Team 1",
    });
    let id = groups.handle_post(at(0), &post(&all)).unwrap();
    for one in [
        json!({"GSW_CAMPAIGN_GROUP_UUID": "u-1", "GSW_CAMPAIGN_GROUP_NAME": "New name"}),
        json!({"GSW_CAMPAIGN_GROUP_DBID": 101}),
        json!({"GSW_CAMPAIGN_GROUP_NAME": "New name"}),
    ] {
        assert_eq!(groups.handle_post(at(1), &post(&one)), Some(id));
    }
    let other = json!({"GSW_CAMPAIGN_GROUP_UUID": "u-2", "GSW_CAMPAIGN_GROUP_DBID": "101"});
    assert_ne!(groups.handle_post(at(2), &post(&other)), Some(id));
    assert_eq!(groups.handle_post(at(2), &post(&json!({}))), None);
    groups.forget(id);
    assert_eq!(groups.groups().count(), 1);

    // The surest of several.
    let mut groups = CampaignGroups::new(Settings::default());
    let named = json!({"GSW_CAMPAIGN_GROUP_NAME": "Spring@Team 1"});
    let numbered = json!({"GSW_CAMPAIGN_GROUP_UUID": "u-1"});
    groups.handle_post(at(0), &post(&named)).unwrap();
    let id = groups.handle_post(at(0), &post(&numbered)).unwrap();
    let both = json!({
        "GSW_CAMPAIGN_GROUP_UUID": "u-1", "GSW_CAMPAIGN_GROUP_NAME": "Spring@Team 1",
    });
    assert_eq!(groups.handle_post(at(1), &post(&both)), Some(id));
}

#[test]
fn g3_g6_nothing_is_guessed_of_a_number_and_what_was_unloaded_is_silent_by_right() {
    let unloaded = json!({"GSW_CAMPAIGN_GROUP_UUID": "u-1", "GSW_CAMPAIGN_GROUP_STATUS": 7});
    let mut groups = CampaignGroups::new(Settings::default());
    let id = groups.handle_post(at(0), &post(&unloaded)).unwrap();
    assert_eq!(groups.group(id).unwrap().stage, None);
    assert_eq!(groups.poll_timeout(), Some(at(30)));
    let mut groups = CampaignGroups::new(Settings {
        stages: vec![(CampaignGroupStatus(7), Stage::Unloaded)],
        ..Settings::default()
    });
    let id = groups.handle_post(at(0), &post(&unloaded)).unwrap();
    assert_eq!(groups.group(id).unwrap().stage, Some(Stage::Unloaded));
    assert_eq!(groups.poll_timeout(), None);
}

#[test]
fn g4_g8_what_was_posted_before_is_old_news_whoever_posts() {
    let mut groups = CampaignGroups::new(Settings::default());
    let of = |second: &str, status: i64| {
        post(&json!({
            "GSW_CAMPAIGN_GROUP_UUID": "u-1", "GSW_DATE_TIME": second,
            "GSW_CAMPAIGN_GROUP_STATUS": status,
        }))
    };
    let id = groups.handle_post(at(0), &of("1700000010.000", 3)).unwrap();
    groups.handle_post(at(8), &of("1700000009.999", 2));
    assert_eq!(
        events(&mut groups),
        [Event::Added { group: id }, Event::OutOfOrder { group: id }]
    );
    let group = groups.group(id).unwrap();
    assert_eq!(
        group.state.campaign_group_status,
        Some(CampaignGroupStatus(3))
    );
    assert_eq!(group.arrived, at(8));
    // Equal ones apply.
    groups.handle_post(at(9), &of("1700000010.000", 2));
    let change = |change: &Event| matches!(change, Event::Changed { change, .. } if change.status);
    assert!(events(&mut groups).iter().all(change));
}

#[test]
fn g5_g7_a_change_is_what_differs() {
    let mut groups = CampaignGroups::new(Settings::default());
    let first = json!({
        "GSW_CAMPAIGN_GROUP_UUID": "u-1", "GSW_CAMPAIGN_GROUP_STATUS": 3, "GSW_DIAL_MODE": 3,
        "GSW_CAMPAIGN_GROUP_ACTION": 3, "GSW_STAT_HIT_RATIO": 0.3, "GSW_STAT_BUSY_FACTOR": 0.8,
    });
    let id = groups.handle_post(at(0), &post(&first)).unwrap();
    events(&mut groups);
    // Periodic: another action, less of what does not matter.
    let periodic = json!({
        "GSW_CAMPAIGN_GROUP_UUID": "u-1", "GSW_CAMPAIGN_GROUP_STATUS": 3,
        "GSW_CAMPAIGN_GROUP_ACTION": 0,
    });
    groups.handle_post(at(10), &post(&periodic));
    assert_eq!(events(&mut groups), []);
    // Null is unknown now, a number replaces, what is absent stays.
    let figures = json!({
        "GSW_CAMPAIGN_GROUP_UUID": "u-1", "GSW_STAT_HIT_RATIO": null,
        "GSW_STAT_OVERDIAL_RATE": 0.1,
    });
    groups.handle_post(at(20), &post(&figures));
    let mut change = Change::default();
    change.statistics = true;
    assert_eq!(events(&mut groups), [Event::Changed { group: id, change }]);
    let state = groups.group(id).unwrap().state;
    assert_eq!(state.hit_ratio, Some(Statistic(None)));
    assert_eq!(state.busy_factor, Some(Statistic(Some(0.8))));
    assert_eq!(state.overdial_rate, Some(Statistic(Some(0.1))));
    assert_eq!(state.dial_mode.map(|mode| mode.0), Some(3));
}

#[test]
fn g6_a_stale_group_is_fresh_with_its_next_post() {
    let mut groups = CampaignGroups::new(Settings {
        interval: at(2),
        ..Settings::default()
    });
    let of = post(&json!({"GSW_CAMPAIGN_GROUP_UUID": "u-1"}));
    let id = groups.handle_post(at(0), &of).unwrap();
    groups.handle_timeout(at(6));
    groups.handle_post(at(9), &of);
    assert_eq!(
        events(&mut groups),
        [
            Event::Added { group: id },
            Event::Stale { group: id },
            Event::Fresh { group: id }
        ]
    );
    assert_eq!(groups.poll_timeout(), Some(at(15)));
}

#[test]
fn m1_groups_and_their_events_are_bounded() {
    let mut groups = CampaignGroups::new(Settings {
        max_groups: 2,
        max_events: 2,
        ..Settings::default()
    });
    for number in 0..5 {
        let name = format!("u-{number}");
        groups.handle_post(at(0), &post(&json!({"GSW_CAMPAIGN_GROUP_UUID": name})));
    }
    assert_eq!(groups.groups().count(), 2);
    assert_eq!(groups.group(GroupId(9)), None);
    assert_eq!(
        events(&mut groups),
        [Event::Missed(3), Event::NotKept, Event::NotKept]
    );
}
