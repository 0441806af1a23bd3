//! Faults, and chance.

use std::collections::BTreeMap;
use std::time::Duration;

use cti_codec::gsw::simulator::{Fault, Ocs, Pace, Plan};
use cti_codec::gsw::{AttachedDataBuf, MessageType, Value, ValueBuf, keys};

use super::desk::{Desk, kind, request};

/// What 400 previews, each with its chain and its end, bring under a fault.
fn heard(fault: Option<Fault>) -> Vec<(Duration, AttachedDataBuf)> {
    let mut plan = Plan::quiet();
    plan.seed = 7;
    for record in &mut plan.records {
        // For ever.
        record.until = cti_codec::gsw::SecondsFromMidnight(86_400);
    }
    let mut desk = Desk::running(plan);
    if let Some(fault) = fault {
        desk.ocs.set_fault(fault, true);
    }
    let mut heard = Vec::new();
    for _ in 0..400 {
        let mut take = |desk: &mut Desk, request| {
            desk.ocs.handle_input(desk.now, "2001", &request);
            while let Some(sent) = desk.ocs.poll_transmit(desk.now) {
                heard.push((desk.now, sent.data));
            }
        };
        take(&mut desk, request("PreviewRecordRequest", vec![]));
        let handles: Vec<i64> = desk
            .ocs
            .on_desktop("2001")
            .map(|one| one.record_handle)
            .collect();
        for handle in handles {
            let with = || vec![("GSW_RECORD_HANDLE", handle.into())];
            take(&mut desk, request("ChainedRecordRequest", with()));
            take(&mut desk, request("RecordProcessed", with()));
        }
        for sent in desk.pass(Duration::from_secs(3)) {
            heard.push((desk.now, sent.data));
        }
    }
    assert_eq!(desk.ocs.mistakes(), [""; 0]);
    heard
}

fn count(heard: &[(Duration, AttachedDataBuf)], is: impl Fn(&AttachedDataBuf) -> bool) -> usize {
    heard.iter().filter(|(_, data)| is(data)).count()
}

#[test]
fn every_fault_shows() {
    let usual = heard(None);
    let plain = usual.len();
    assert!(plain > 430, "{plain}");
    let has = |key: &'static str| move |data: &AttachedDataBuf| data.view().value(key).is_some();
    let hidden =
        |data: &AttachedDataBuf| data.view().iter().any(|pair| pair.value == Value::Hidden);
    let ends = |data: &AttachedDataBuf| kind(data) == "ChainedRecordsDataEnd";
    let requests =
        |data: &AttachedDataBuf| MessageType::of(data).is_ok_and(MessageType::is_request);
    let texts = |data: &AttachedDataBuf| {
        let id = data.view().value(keys::APPLICATION_ID.name());
        matches!(id, Some(Value::Str(_)))
    };
    let other = |data: &AttachedDataBuf| {
        data.view()
            .find(keys::REFERENCE_ID)
            .unwrap()
            .is_some_and(|id| id != 5)
    };
    let errors = |data: &AttachedDataBuf| {
        let code = data.view().find(keys::ERROR_NUMBER).unwrap();
        code.is_some_and(|code| !matches!(code.0, 108 | 109))
    };
    for fault in Fault::all() {
        assert_eq!(fault.name().parse(), Ok(fault));
        let heard = heard(Some(fault));
        let shows = match fault {
            Fault::NoReferenceIds => count(&heard, has("GSW_REFERENCE_ID")) == 0,
            Fault::Bare => count(&heard, |data| data.view().len() == 2) > 5,
            Fault::Late | Fault::OtherOrder => heard != usual,
            Fault::Lost => heard.len() < plain - plain / 10,
            Fault::RequestsLost => heard.len() < plain - plain / 10,
            Fault::Twice => heard.len() > plain + plain / 10,
            Fault::Errors => count(&heard, errors) > 40,
            Fault::Foreign => count(&heard, other) > 0,
            Fault::Echo => count(&heard, requests) >= 400,
            Fault::SecondClient => count(&heard, requests) > 0,
            Fault::Unknown => count(&heard, has("GSW_NEW_KEY")) > 400,
            Fault::Hidden => count(&heard, hidden) > 10,
            Fault::NumbersAsText => count(&heard, texts) > 400,
            Fault::EndlessChain => count(&heard, ends) == 0 && count(&usual, ends) > 5,
            other => panic!("{other}"),
        };
        assert!(shows, "{fault}: {} of {plain}", heard.len());
    }
    assert!("nonsense".parse::<Fault>().is_err());
}

/// A day under all faults and with all that chance has, as text.
fn day(seed: u64) -> Vec<String> {
    let often = |seconds| Some(Duration::from_secs(seconds));
    let plan = Plan {
        seed,
        pace: Pace {
            stops: often(60),
            switches_over: often(90),
            dead_percent: 30,
            withdraws: often(20),
            pushes: often(15),
            calls: often(10),
        },
        ..Plan::default()
    };
    let mut desk = Desk::new(plan);
    for fault in Fault::all() {
        desk.ocs.set_fault(fault, true);
    }
    let mut told = Vec::new();
    for round in 0..60 {
        for dn in ["2001", "2002"] {
            for name in ["PreviewDialingModeStart", "PreviewRecordRequest", "Logout"] {
                if name != "Logout" || round % 20 == 7 {
                    let id = desk.ocs.primary().into();
                    let heard = desk.ask_at(dn, request(name, vec![("GSW_APPLICATION_ID", id)]));
                    told.extend(heard.iter().map(|sent| format!("{sent:?}")));
                }
            }
        }
        let heard = desk.pass(Duration::from_secs(10));
        told.extend(heard.iter().map(|sent| format!("{sent:?}")));
    }
    assert_eq!(desk.ocs.mistakes(), [""; 0]);
    told.push(format!("{:?}", desk.ocs.allotments()));
    told
}

#[test]
fn a_seed_gives_the_same_day() {
    let days: Vec<Vec<String>> = (1..5).map(day).collect();
    assert!(days.iter().all(|day| day.len() > 100));
    assert_eq!(days[0], day(1));
    assert!(days.windows(2).all(|days| days[0] != days[1]));
}

/// Requests of any kind with values that fit and values that do not: the server answers what it
/// likes, breaks nothing, and each record is in one place.
#[test]
fn any_requests_leave_the_lists_in_order() {
    let mut rng = fastrand::Rng::with_seed(19);
    let mut answers: BTreeMap<String, usize> = BTreeMap::new();
    for seed in 0..60 {
        let mut ocs = Ocs::new(Plan {
            seed,
            ..Plan::default()
        });
        let mut now = Duration::ZERO;
        for _ in 0..150 {
            now += Duration::from_millis(rng.u64(..20_000));
            let dn = if rng.bool() { "2001" } else { "2002" };
            let types: Vec<MessageType> = MessageType::ALL
                .iter()
                .copied()
                .filter(|kind| kind.is_request())
                .collect();
            let kind_of = match rng.u8(..10) {
                0 => MessageType::PreviewDialingModeStart,
                1..=3 => MessageType::PreviewRecordRequest,
                _ => *rng.choice(&types).unwrap(),
            };
            let mut data = AttachedDataBuf::new();
            data.push(keys::AGENT_REQ_TYPE.name(), kind_of.layout().value.unwrap());
            for row in kind_of.layout().rows {
                let optional = row.requirement == cti_codec::gsw::messages::Requirement::Optional;
                if rng.u8(..40) == 0 || optional && rng.bool() {
                    continue;
                }
                let value = match row.key {
                    "GSW_APPLICATION_ID" => {
                        ValueBuf::Int(if rng.u8(..20) == 0 { 141 } else { 139 })
                    }
                    "GSW_CAMPAIGN_NAME" => "Spring".into(),
                    "GSW_CAMPAIGN_GROUP_NAME" => "Spring@Team 1".into(),
                    "GSW_CALLING_LIST" => "Customers".into(),
                    "GSW_RECORD_HANDLE" => {
                        let here: Vec<i64> =
                            ocs.on_desktop(dn).map(|one| one.record_handle).collect();
                        let any = rng.i64(283..300);
                        let here = rng.choice(here).filter(|_| any < 297);
                        ValueBuf::Int(here.unwrap_or(any))
                    }
                    "GSW_CHAIN_ID" => ValueBuf::Int(rng.i64(0..14)),
                    "GSW_CHAIN_ATTR" => if rng.bool() { "RecordOnly" } else { "AllChain" }.into(),
                    "GSW_CALLBACK_TYPE" => if rng.bool() { "Personal" } else { "Campaign" }.into(),
                    "GSW_DATE_TIME" => format!("05/03/2027 08:{:02}", rng.u8(..72)).as_str().into(),
                    "GSW_TREATMENT" => "RecordTreatPersonal".into(),
                    "GSW_PHONE" => {
                        let away = ocs.allotments().iter().filter(|one| one.end.is_none());
                        let away: Vec<usize> = away.map(|one| one.record).collect();
                        let record = rng.choice(away).unwrap_or_else(|| rng.usize(..24));
                        ocs.records()[record].phone.text().into()
                    }
                    "GSW_UNTIL" => ValueBuf::Int(rng.i64(35..60)),
                    "GSW_AGENT_ID" | "GSW_TZ_NAME" | "GSW_MESSAGE" => "EST".into(),
                    _ => ValueBuf::Int(if rng.u8(..20) == 0 {
                        -1
                    } else {
                        rng.i64(1..40)
                    }),
                };
                data.push(row.key, value);
            }
            ocs.handle_input(now, dn, &data);
            while let Some(sent) = ocs.poll_transmit(now) {
                *answers.entry(kind(&sent.data)).or_default() += 1;
            }
        }
        for dn in ["2001", "2002"] {
            ocs.handle_input(now, dn, &request("PreviewDialingModeStart", vec![]));
        }
        while let Some(due) = ocs.poll_timeout().filter(|due| due.as_secs() < 80 * 60) {
            now = now.max(due);
            ocs.handle_timeout(now);
            while let Some(sent) = ocs.poll_transmit(now) {
                *answers.entry(kind(&sent.data)).or_default() += 1;
            }
        }
        assert_eq!(ocs.mistakes(), [""; 0], "{seed}");
        let mut places = BTreeMap::new();
        for one in ocs.allotments().iter().filter(|one| one.end.is_none()) {
            let twice = places.insert(one.record, one.record_handle);
            assert_eq!(
                twice, None,
                "{seed}: record {} is in two places",
                one.record
            );
        }
        for (place, record) in ocs.records().iter().enumerate() {
            let away = record.status == cti_codec::gsw::RecordStatus::RETRIEVED;
            assert_eq!(away, places.contains_key(&place), "{seed}: {record:?}");
        }
    }
    // What has not happened was not tested.
    for wanted in [
        "PreviewRecord",
        "ScheduledCall",
        "ChainedRecord",
        "RecordProcessedAcknowledge",
        "RecordRejectAcknowledge",
        "RecordCancelAcknowledge",
        "DoNotCallAcknowledge",
        "AddRecordAcknowledge",
        "RecordRescheduleAcknowledge",
        "RecordCancel",
        "Error 102",
        "Error 103",
        "Error 109",
        "Error 110",
        "Error 111",
    ] {
        assert!(
            answers.get(wanted).is_some_and(|count| *count > 1),
            "{wanted}: {answers:?}"
        );
    }
}
