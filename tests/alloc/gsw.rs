//! Reading packed attached data allocates nothing, nor does a desktop for what changes nothing.

use std::time::Duration;

use cti_codec::gsw::desktop::{Desktop, Event, Settings};
use cti_codec::gsw::{AttachedData, AttachedDataBuf, MessageType, Value, keys};

use crate::counting::allocations;

#[test]
fn unpacking_iterating_and_looking_up_allocate_nothing() {
    let mut inner = AttachedDataBuf::new();
    inner.push("Node", "272");
    let mut data = AttachedDataBuf::new();
    data.push("GSW_USER_EVENT", "PreviewRecord");
    data.push("ORSI", inner);
    for index in 0..20 {
        data.push(format!("Custom_{index}"), index);
    }
    data.push("GSW_RECORD_HANDLE", 283);
    data.push("GSW_PHONE", "555");
    data.push("GSW_DATE_TIME", "05/27/2021 10:55");
    data.push("GSW_CAMPAIGN_MODE", "Engaged Predictive");
    data.push("GSW_TZ_OFFSET", "-3600");
    let packed = data.view().pack().unwrap();

    let ((), count, _) = allocations(|| {
        let data = AttachedData::unpack(&packed).unwrap();
        assert_eq!(data.iter().count(), data.len());
        assert_eq!(data.get(keys::RECORD_HANDLE), Ok(283));
        assert!(data.get(keys::PHONE).is_ok());
        assert!(data.get(keys::DATE_TIME).is_ok());
        assert!(data.get(keys::CAMPAIGN_MODE).is_ok());
        assert!(data.get(keys::TZ_OFFSET).is_ok());
        assert!(data.get(keys::CAMPAIGN_GROUP_NAME).is_err());
        let Some(Value::List(inner)) = data.value("ORSI") else {
            unreachable!()
        };
        assert!(inner.value("Node").is_some());
        assert_eq!(MessageType::of(data), Ok(MessageType::PreviewRecord));
        assert!(AttachedData::unpack(&packed[1..]).is_err());
    });
    assert_eq!(count, 0);
}

fn packed(name: &str, handle: i64, pairs: &[(&str, &str)]) -> Vec<u8> {
    let mut data = AttachedDataBuf::new();
    data.push("GSW_USER_EVENT", name);
    data.push("GSW_APPLICATION_ID", 139);
    data.push("GSW_CAMPAIGN_NAME", "Spring");
    data.push("GSW_CAMPAIGN_GROUP_NAME", "Spring@a group with a long name");
    if handle > 0 {
        data.push("GSW_RECORD_HANDLE", handle);
        data.push("GSW_CALLING_LIST", "Customers");
        data.push("GSW_CHAIN_ID", if handle == 999 { 4 } else { 3 });
        data.push("GSW_REFERENCE_ID", 77);
    }
    for (key, value) in pairs {
        data.push(key, *value);
    }
    data.view().pack().unwrap()
}

#[test]
fn a_desktop_allocates_nothing_for_what_changes_nothing() {
    let running = [("GSW_CAMPAIGN_MODE", "Preview")];
    let record = [
        ("GSW_PHONE", "+15550100"),
        ("Account", "A-17 and more than that"),
    ];
    let events = [
        packed("CampaignLoaded", 0, &[]),
        packed("CampaignStarted", 0, &running),
        packed("CampaignModeChanged", 0, &running),
        packed("PreviewRecord", 283, &record),
        packed("ChainedRecord", 284, &record),
        packed("ScheduledCall", 283, &record),
        // Of others.
        packed("UpdateCallCompletionStatsAcknowledge", 283, &[]),
        packed("RecordCancel", 999, &[]),
        packed("RecordProcessedAcknowledge", 999, &[]),
    ];
    let settings = Settings {
        automatic: false,
        ..Settings::default()
    };
    let mut desktop = Desktop::new(settings);
    let mut now = Duration::ZERO;
    let mut foreign = 0;
    let mut run = |rounds: u32| {
        for _ in 0..rounds {
            now += Duration::from_millis(100);
            desktop.handle_timeout(now);
            for event in &events {
                desktop.handle_input(now, AttachedData::unpack(event).unwrap());
            }
            assert!(desktop.poll_transmit().is_none());
            while let Some(event) = desktop.poll_event() {
                foreign += u32::from(matches!(event, Event::Foreign { .. }));
            }
            assert_eq!(desktop.records().count(), 2);
            assert!(desktop.poll_timeout().is_some());
        }
    };
    run(10);
    let ((), count, size) = allocations(|| run(1000));
    assert_eq!(count, 0, "{size} bytes");
    assert_eq!(foreign, 3 * 1010);
}
