//! What becomes of records.

use std::time::Duration;

use cti_codec::gsw::simulator::{
    Command, ComplaintKind, End, Habits, Leaving, Plan, Session, Source, Whose,
};
use cti_codec::gsw::{
    CallResult, CampaignMode, ChainAttr, DateTime, ErrorCode as E, MinuteTime, RecordStatus,
    RecordType, keys,
};

use super::desk::{Desk, SPRING, error, kind, request, start};

fn time(text: &'static str) -> MinuteTime {
    match DateTime::from(text) {
        DateTime::At(at) => at,
        other => panic!("{other:?}"),
    }
}

#[test]
fn a_callback_exists_once_the_record_is_processed() {
    let mut desk = Desk::running(Plan::quiet());
    let handle = desk.preview("2001");
    let ask = |at: &'static str| {
        vec![
            ("GSW_RECORD_HANDLE", handle.into()),
            ("GSW_CALLBACK_TYPE", "Personal".into()),
            ("GSW_DATE_TIME", at.into()),
        ]
    };
    assert_eq!(
        desk.ask("RecordReschedule", ask("25/45/00")),
        error(E::INVALID_TIME_FORMAT)
    );
    assert_eq!(
        desk.ask("RecordReschedule", ask("05/03/2027 08:00")),
        error(E::INVALID_TIME)
    );
    let noted = desk.ask("RecordReschedule", ask("05/03/2027 08:30"));
    assert_eq!(noted, ["RecordRescheduleAcknowledge"]);
    // Acknowledged, and yet not scheduled.
    assert!(!desk.record(handle).is_callback());
    let done = vec![
        ("GSW_RECORD_HANDLE", handle.into()),
        ("GSW_CALL_RESULT", 33.into()),
    ];
    assert_eq!(
        desk.ask("RecordProcessed", done),
        ["RecordProcessedAcknowledge"]
    );
    let record = desk.record(handle);
    assert_eq!(record.record_type, RecordType::PERSONAL_CALLBACK);
    assert_eq!(record.date_time, Some(time("05/03/2027 08:30")));
    assert_eq!(
        (record.call_result, record.attempts),
        (CallResult::ANSWER, 1)
    );

    // 08:30 in the time zone of the record is 30 minutes after the beginning.
    assert!(desk.pass(Duration::from_secs(29 * 60)).is_empty());
    let heard = desk.pass(Duration::from_secs(60));
    let [call] = &heard[..] else {
        panic!("{heard:?}")
    };
    assert_eq!(
        (call.dn.to_string(), kind(&call.data)),
        ("2001".into(), "ScheduledCall".into())
    );
    let again = call.data.view().get(keys::RECORD_HANDLE).unwrap();
    // It is made, and is a callback no longer.
    let done = vec![("GSW_RECORD_HANDLE", again.into())];
    assert_eq!(
        desk.ask("RecordProcessed", done),
        ["RecordProcessedAcknowledge"]
    );
    assert!(!desk.record(again).is_callback());
    // It was only about the time that nobody can read.
    assert_eq!(desk.ocs.complaints().len(), 1);
}

#[test]
fn a_callback_that_nobody_takes_is_missed() {
    let mut plan = Plan::quiet();
    plan.records.truncate(1);
    plan.records[0].record_type = RecordType::CAMPAIGN_CALLBACK;
    plan.records[0].date_time = Some(time("05/03/2027 08:10"));
    let mut desk = Desk::new(plan);
    desk.command(start(CampaignMode::PREVIEW));
    desk.command(Command::LogIn { dn: "2002".into() });
    desk.pass(Duration::from_secs(600));
    // Logged in, and without a preview session.
    assert!(desk.pass(Duration::from_secs(55)).is_empty());
    assert_eq!(desk.ocs.records()[0].status, RecordStatus::READY);
    assert!(desk.pass(Duration::from_secs(10)).is_empty());
    assert_eq!(desk.ocs.records()[0].status, RecordStatus::MISSED_CALLBACK);
}

#[test]
fn a_callback_of_a_group_goes_to_whoever_takes_it() {
    let mut plan = Plan::quiet();
    plan.records[0].record_type = RecordType::CAMPAIGN_CALLBACK;
    plan.records[0].date_time = Some(time("05/03/2027 08:10"));
    let mut desk = Desk::running(plan);
    desk.command(Command::Stop {
        group: SPRING.into(),
    });
    desk.hear();
    // Due while the session stands still, it comes with a preview session after the start.
    assert!(desk.pass(Duration::from_secs(700)).is_empty());
    desk.command(start(CampaignMode::PREVIEW));
    desk.hear();
    let heard = desk.ask_at("2002", request("PreviewDialingModeStart", vec![]));
    let kinds: Vec<String> = heard.iter().map(|sent| kind(&sent.data)).collect();
    assert_eq!(
        kinds,
        ["PreviewDialingModeStartAcknowledge", "ScheduledCall"]
    );
    assert_eq!(heard[1].dn, "2002");
}

#[test]
fn a_rejected_record_is_for_others() {
    let mut desk = Desk::running(Plan::quiet());
    let first = desk.preview("2001");
    let rejected = vec![("GSW_RECORD_HANDLE", first.into())];
    assert_eq!(
        desk.ask("RecordReject", rejected),
        ["RecordRejectAcknowledge"]
    );
    let phone = desk.record(first).phone.clone();
    let own = desk.preview("2001");
    assert_ne!(desk.record(own).phone, phone);
    let other = desk.preview("2002");
    assert_eq!(desk.record(other).phone, phone);
    assert_eq!(
        desk.ocs.allotments()[0].end,
        Some((Duration::ZERO, End::Rejected))
    );
}

#[test]
fn a_treatment_puts_a_record_off() {
    let mut plan = Plan::quiet();
    plan.records.truncate(2);
    let mut desk = Desk::running(plan);
    let handle = desk.preview("2001");
    let done = vec![
        ("GSW_RECORD_HANDLE", handle.into()),
        ("GSW_CALL_RESULT", 7.into()),
        ("GSW_TREATMENT", "RecordTreatCampaign".into()),
    ];
    desk.ask("RecordProcessed", done);
    assert_eq!(
        desk.record(handle).record_type,
        RecordType::CAMPAIGN_RESCHEDULED
    );
    assert_eq!(
        desk.ask("PreviewRecordRequest", vec![]),
        ["NoRecordsAvailable"]
    );
    desk.pass(Duration::from_secs(3600));
    let again = desk.preview("2002");
    assert_eq!(desk.record(again).phone, desk.record(handle).phone);
}

#[test]
fn a_chain_is_ended_with_one_request_and_one_member_with_another() {
    let mut desk = Desk::running(Plan::quiet());
    // Chain 1 has two members, chain 2 three.
    desk.preview("2002");
    let first = desk.preview("2001");
    let handle = |handle: i64| vec![("GSW_RECORD_HANDLE", handle.into())];
    assert_eq!(desk.ask("ChainedRecordRequest", handle(first)).len(), 3);
    let only = |handle: i64| {
        vec![
            ("GSW_RECORD_HANDLE", handle.into()),
            ("GSW_CHAIN_ATTR", "RecordOnly".into()),
        ]
    };
    assert_eq!(
        desk.ask("DoNotCall", only(first + 1)),
        ["DoNotCallAcknowledge"]
    );
    assert_eq!(desk.ocs.on_desktop("2001").count(), 2);
    assert_eq!(
        desk.ask("RequestRecordCancel", only(first + 2)),
        ["RecordCancelAcknowledge"]
    );
    assert_eq!(
        desk.ask("RecordProcessed", handle(first)),
        ["RecordProcessedAcknowledge"]
    );
    assert_eq!(desk.ocs.on_desktop("2001").count(), 0);
    let ends: Vec<(RecordType, RecordStatus)> = desk
        .chain(2)
        .iter()
        .map(|record| (record.record_type, record.status))
        .collect();
    assert_eq!(
        ends,
        [
            (RecordType::GENERAL, RecordStatus::UPDATED),
            (RecordType::NO_CALL, RecordStatus::UPDATED),
            (RecordType::GENERAL, RecordStatus::CANCELED),
        ]
    );
    assert_eq!(desk.ocs.forbidden().len(), 1);

    let other = desk.ocs.on_desktop("2002").next().unwrap().record_handle;
    desk.ask_at("2002", request("DoNotCall", handle(other)));
    assert!(
        desk.chain(1)
            .iter()
            .all(|record| record.record_type == RecordType::NO_CALL)
    );
    assert_eq!(desk.ocs.forbidden().len(), 3);
}

#[test]
fn what_others_cancel_is_taken_off_desktops() {
    let mut desk = Desk::running(Plan::quiet());
    let handle = desk.preview("2001");
    let phone = desk.record(handle).phone.clone();
    let chain_attr = ChainAttr::ALL_CHAIN;
    desk.command(Command::Cancel {
        whose: Whose::Phone(phone),
        chain_attr,
    });
    let heard = desk.hear();
    let [cancel] = &heard[..] else {
        panic!("{heard:?}")
    };
    assert_eq!(
        (cancel.dn.to_string(), kind(&cancel.data)),
        ("2001".into(), "RecordCancel".into())
    );
    assert_eq!(desk.ocs.on_desktop("2001").count(), 0);
    assert!(
        desk.chain(1)
            .iter()
            .all(|record| record.status == RecordStatus::CANCELED)
    );
}

#[test]
fn a_number_is_cancelled_in_the_list_with_its_chain_or_alone() {
    use RecordStatus as S;
    for (name, chain_attr, rest) in [
        ("RequestRecordCancel", None, S::CANCELED),
        ("RequestRecordCancel", Some("AllChain"), S::CANCELED),
        ("RequestRecordCancel", Some("RecordOnly"), S::UPDATED),
        ("DoNotCall", Some("RecordOnly"), S::READY),
    ] {
        let mut desk = Desk::running(Plan::quiet());
        let with = chain_attr.map(|attr| ("GSW_CHAIN_ATTR", attr.into()));
        let mut data = request(name, with.into_iter().collect());
        data.set(keys::PHONE, desk.chain(1)[1].phone.text());
        assert_eq!(desk.ask_at("2001", data).len(), 1);
        let chain = desk.chain(1);
        assert!(chain.len() > 1);
        for (number, record) in chain.iter().enumerate() {
            if number == 1 && name == "DoNotCall" {
                assert_eq!(record.record_type, RecordType::NO_CALL);
            } else if number == 1 {
                assert_eq!(record.status, S::CANCELED);
            } else {
                assert_eq!(record.status, rest, "{name} {chain_attr:?}");
            }
        }
    }
}

#[test]
fn each_application_has_handles_of_its_own() {
    let mut plan = Plan::quiet();
    plan.applications[1].next_handle = 500;
    let mut desk = Desk::running(plan);
    let old = desk.preview("2001");
    desk.command(Command::SwitchOver {
        application_id: 141,
        former_alive: true,
    });
    let told: Vec<String> = desk.hear().iter().map(|sent| kind(&sent.data)).collect();
    assert_eq!(told, ["CampaignStarted", "CampaignStarted"]);
    let to = |id: i64, handle: i64| {
        vec![
            ("GSW_APPLICATION_ID", id.into()),
            ("GSW_RECORD_HANDLE", handle.into()),
        ]
    };
    // The new primary does not know the handle, and tells on who has sent it.
    assert_eq!(
        desk.ask("RecordProcessed", to(141, old)),
        error(E::RECORD_NOT_FOUND)
    );
    let complaint = &desk.ocs.complaints()[0].kind;
    assert!(matches!(
        complaint,
        ComplaintKind::OtherApplication {
            application_id: 141,
            ..
        }
    ));
    // The old one gives nothing new away, and finishes what it has given.
    let silence: Vec<String> = vec![];
    assert_eq!(desk.ask("PreviewRecordRequest", vec![]), silence);
    assert_eq!(
        desk.ask("RecordProcessed", to(139, old)),
        ["RecordProcessedAcknowledge"]
    );
    assert_eq!(
        desk.ask("RecordProcessed", to(139, old)),
        error(E::RECORD_NOT_FOUND)
    );

    desk.command(Command::SwitchOver {
        application_id: 139,
        former_alive: false,
    });
    desk.hear();
    assert_eq!(desk.ask("RecordProcessed", to(141, 500)), silence);
}

#[test]
fn what_is_left_on_a_desktop_goes_back() {
    let mut desk = Desk::running(Plan::quiet());
    let left = desk.preview("2001");
    let stale = desk.preview("2002");
    let noted = vec![
        ("GSW_RECORD_HANDLE", left.into()),
        ("GSW_CALLBACK_TYPE", "Campaign".into()),
        ("GSW_DATE_TIME", "05/04/2027 08:30".into()),
    ];
    desk.ask("RecordReschedule", noted);
    desk.command(Command::LogOut { dn: "2001".into() });
    assert_eq!(desk.record(left).status, RecordStatus::UPDATED);
    assert!(desk.pass(Duration::from_secs(30 * 60)).is_empty());
    assert_eq!(desk.record(stale).status, RecordStatus::STALE);
    let told: Vec<String> = desk
        .ocs
        .complaints()
        .iter()
        .map(ToString::to_string)
        .collect();
    assert_eq!(
        told,
        [
            "0.000 DN 2001: record 139/283 was left open at log-out",
            "0.000 DN 2001: the callback of record 139/283 was never scheduled",
            "1800.000 DN 2002: record 139/284 grew stale",
        ]
    );
}

#[test]
fn calls_of_a_predictive_campaign_finish_by_themselves_where_that_is_the_option() {
    let mut plan = Plan::quiet();
    plan.groups[0].record_processed = false;
    plan.habits = Habits {
        finishes_after: Duration::from_secs(8),
        ..Habits::default()
    };
    let mut desk = Desk::running(plan);
    desk.command(start(CampaignMode::PREDICTIVE));
    desk.hear();
    desk.command(Command::Call {
        dn: "2001".into(),
        group: SPRING.into(),
    });
    let heard = desk.hear();
    assert!(heard.len() == 1 && heard[0].is_call);
    let one = desk.ocs.on_desktop("2001").next().unwrap();
    assert_eq!(one.source, Source::Call);
    let ready = vec![
        ("GSW_RECORD_HANDLE", 283.into()),
        ("GSW_READY_TIME", 9.into()),
    ];
    assert_eq!(desk.ask("ReadyTime", ready), ["ReadyTimeAcknowledge"]);
    desk.pass(Duration::from_secs(8));
    assert_eq!(desk.ocs.on_desktop("2001").count(), 0);
    assert_eq!(
        desk.ocs.allotments()[0].end,
        Some((Duration::from_secs(8), End::Finished))
    );
    let late = vec![("GSW_RECORD_HANDLE", 283.into())];
    assert_eq!(
        desk.ask("RecordProcessed", late),
        error(E::RECORD_NOT_FOUND)
    );
}

#[test]
fn a_log_out_waits_for_what_is_being_dialed() {
    let mut desk = Desk::running(Plan::quiet());
    assert_eq!(desk.ask("Logout", vec![]), error(E::INVALID_REQUEST));
    desk.command(start(CampaignMode::PROGRESSIVE));
    desk.command(Command::Dial {
        dn: "2001".into(),
        time: Duration::from_millis(7500),
    });
    desk.hear();
    let heard = desk.ask_at("2001", request("Logout", vec![]));
    let seconds = heard[0].data.view().find(keys::LOGOUT_TIME).unwrap();
    assert_eq!((heard.len(), seconds), (1, Some(8)));
    assert_eq!(desk.ocs.agent("2001").unwrap().leaving, Leaving::Asked);
    let heard = desk.pass(Duration::from_secs(8));
    let kinds: Vec<String> = heard.iter().map(|sent| kind(&sent.data)).collect();
    assert_eq!(kinds, ["LogOutAcknowledge"]);
    assert_eq!(desk.ocs.agent("2001").unwrap().leaving, Leaving::Granted);
    assert_eq!(
        desk.ocs.groups()[0].session,
        Session::Started(CampaignMode::PROGRESSIVE)
    );
}

#[test]
fn records_are_added_to_lists_and_chains() {
    let mut desk = Desk::running(Plan::quiet());
    let handle = desk.preview("2001");
    let add = |with: Vec<(&'static str, super::desk::Is)>| {
        let mut pairs = vec![
            ("GSW_PHONE", "+15550000".into()),
            ("GSW_TZ_NAME", "EST".into()),
        ];
        pairs.extend(with);
        pairs
    };
    let count = desk.ocs.records().len();
    assert_eq!(desk.ask("AddRecord", add(vec![])), ["AddRecordAcknowledge"]);
    let added = desk.ocs.records().last().unwrap();
    assert_eq!(
        (added.chain_id, added.chain_n, added.status),
        (13, 0, RecordStatus::READY)
    );
    let list = add(vec![("GSW_CALLING_LIST", "Winback".into())]);
    assert_eq!(
        desk.ask("AddRecord", list),
        error(E::INVALID_ATTRIBUTE_VALUE)
    );
    let other = add(vec![
        ("GSW_CHAIN_ID", 2.into()),
        ("GSW_RECORD_HANDLE", handle.into()),
    ]);
    assert_eq!(
        desk.ask("AddRecord", other),
        error(E::INVALID_ATTRIBUTE_VALUE)
    );
    let taken = add(vec![("GSW_CHAIN_ID", 1.into()), ("GSW_CHAIN_N", 1.into())]);
    assert_eq!(
        desk.ask("AddRecord", taken),
        error(E::RECORD_ALREADY_EXISTS)
    );
    assert_eq!(desk.ocs.records().len(), count + 1);

    // The chain may be asked for again once it has grown.
    let chain = || vec![("GSW_RECORD_HANDLE", handle.into())];
    let silence: Vec<String> = vec![];
    assert_eq!(desk.ask("ChainedRecordRequest", chain()).len(), 2);
    assert_eq!(desk.ask("ChainedRecordRequest", chain()), silence);
    let joins = add(vec![("GSW_CHAIN_ID", 1.into())]);
    assert_eq!(desk.ask("AddRecord", joins), ["AddRecordAcknowledge"]);
    assert_eq!(desk.ask("ChainedRecordRequest", chain()).len(), 3);
}
