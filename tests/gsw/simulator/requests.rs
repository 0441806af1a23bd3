//! What the server refuses, and in which order it looks.

use cti_codec::gsw::simulator::{Command, ComplaintKind, Habits, Plan};
use cti_codec::gsw::{CampaignMode, ErrorCode as E, MessageType};

use super::desk::{Desk, SPRING, error, kind, request, start};

#[test]
fn what_is_wrong_with_a_request_is_found_in_the_order_of_the_manual() {
    let mut desk = Desk::new(Plan::quiet());
    let silence: Vec<String> = vec![];
    // Another application's is nobody's here.
    assert_eq!(
        desk.ask("RecordProcessed", vec![("GSW_APPLICATION_ID", 140.into())]),
        silence
    );
    assert_eq!(desk.ask("Nonsense", vec![]), error(E::INVALID_REQUEST));
    let none = vec![("GSW_CAMPAIGN_NAME", "".into())];
    assert_eq!(
        desk.ask("PreviewRecordRequest", none),
        error(E::ATTRIBUTE_NOT_FOUND)
    );
    let wrong = vec![
        ("GSW_RECORD_HANDLE", 283.into()),
        ("GSW_FROM", 90_000.into()),
    ];
    assert_eq!(
        desk.ask("RecordProcessed", wrong),
        error(E::INVALID_ATTRIBUTE_VALUE)
    );
    // What is missing comes before what is wrong.
    let both = vec![
        ("GSW_CALLING_LIST", "".into()),
        ("GSW_RECORD_HANDLE", 0.into()),
    ];
    assert_eq!(
        desk.ask("RecordProcessed", both),
        error(E::ATTRIBUTE_NOT_FOUND)
    );

    // Nobody is logged in.
    assert_eq!(
        desk.ask("PreviewRecordRequest", vec![]),
        error(E::AGENT_NOT_FOUND)
    );
    desk.command(Command::LogIn { dn: "2001".into() });

    // A handle that is not there comes before a campaign that is not there.
    let gone = || {
        vec![
            ("GSW_RECORD_HANDLE", 283.into()),
            ("GSW_CAMPAIGN_NAME", "X".into()),
        ]
    };
    assert_eq!(
        desk.ask("RecordProcessed", gone()),
        error(E::RECORD_NOT_FOUND)
    );
    let mut ready = gone();
    ready.push(("GSW_READY_TIME", 5.into()));
    assert_eq!(desk.ask("ReadyTime", ready), error(E::NO_CALL_FOUND));
    let unknown = vec![("GSW_CAMPAIGN_GROUP_NAME", "X".into())];
    assert_eq!(
        desk.ask("PreviewDialingModeStart", unknown),
        error(E::CAMPAIGN_GROUP_NOT_FOUND)
    );
    let unknown = vec![("GSW_CAMPAIGN_NAME", "X".into())];
    assert_eq!(
        desk.ask("PreviewRecordRequest", unknown),
        error(E::CAMPAIGN_GROUP_NOT_FOUND)
    );
    assert_eq!(
        desk.ask("PreviewRecordRequest", vec![]),
        error(E::NO_ACTIVE_CAMPAIGNS)
    );

    // Loaded, but not linked, then not running in Preview.
    desk.command(Command::Load {
        group: SPRING.into(),
    });
    desk.hear();
    assert_eq!(desk.ask("PreviewRecordRequest", vec![]), silence);
    let yes = ["PreviewDialingModeStartAcknowledge"];
    assert_eq!(desk.ask("PreviewDialingModeStart", vec![]), yes);
    assert_eq!(
        desk.ask("PreviewDialingModeStart", vec![]),
        error(E::PREVIEW_ALREADY_STARTED)
    );
    assert_eq!(
        desk.ask("PreviewRecordRequest", vec![]),
        ["NoRunningPreviewCampaigns"]
    );
    desk.command(start(CampaignMode::PREDICTIVE));
    desk.hear();
    assert_eq!(
        desk.ask("PreviewRecordRequest", vec![]),
        ["NoRunningPreviewCampaigns"]
    );
    desk.command(start(CampaignMode::PREVIEW));
    desk.hear();
    assert_eq!(desk.ask("PreviewRecordRequest", vec![]), ["PreviewRecord"]);

    // A record is finished though its campaign is gone, and nothing new is had of it.
    desk.command(Command::Unload {
        group: SPRING.into(),
    });
    desk.hear();
    assert_eq!(
        desk.ask("PreviewRecordRequest", vec![]),
        error(E::NO_ACTIVE_CAMPAIGNS)
    );
    let own = || vec![("GSW_RECORD_HANDLE", 283.into())];
    assert_eq!(
        desk.ask("RecordProcessed", own()),
        ["RecordProcessedAcknowledge"]
    );
    assert_eq!(
        desk.ask("RecordProcessed", own()),
        error(E::RECORD_NOT_FOUND)
    );
    assert_eq!(desk.ocs.mistakes(), [""; 0]);
    let invalid = desk.ocs.complaints().iter();
    let invalid = invalid.filter(|one| matches!(one.kind, ComplaintKind::Invalid { .. }));
    assert_eq!(invalid.count(), 3);
}

#[test]
fn an_agent_of_another_group_is_not_found() {
    let mut plan = Plan::quiet();
    plan.agents[0].groups = vec!["Autumn@Team 1".into()];
    let mut desk = Desk::running(plan);
    assert_eq!(
        desk.ask("PreviewRecordRequest", vec![]),
        error(E::AGENT_NOT_FOUND)
    );
    let nobody = desk.ask_at("4711", request("PreviewRecordRequest", vec![]));
    assert_eq!(nobody.len(), 1);
    assert_eq!(
        (nobody[0].dn.to_string(), kind(&nobody[0].data)),
        ("4711".into(), "Error 104".into())
    );
}

#[test]
fn a_status_request_is_never_refused() {
    let mut desk = Desk::new(Plan::quiet());
    let silence: Vec<String> = vec![];
    assert_eq!(desk.ask("CampaignStatusRequest", vec![]), silence);
    desk.command(start(CampaignMode::PROGRESSIVE));
    assert_eq!(desk.ask("CampaignStatusRequest", vec![]), silence);
    desk.command(Command::LogIn { dn: "2001".into() });
    desk.hear();
    let anyone = vec![("GSW_APPLICATION_ID", "".into())];
    assert_eq!(
        desk.ask("CampaignStatusRequest", anyone),
        ["CampaignStarted"]
    );
    let other = vec![("GSW_APPLICATION_ID", 141.into())];
    assert_eq!(desk.ask("CampaignStatusRequest", other), silence);
}

#[test]
fn habits_make_errors_of_silence() {
    let mut plan = Plan::quiet();
    plan.habits = Habits {
        refuses_unlinked: true,
        names_refused_request: true,
        ..Habits::default()
    };
    let mut desk = Desk::running(plan);
    assert_eq!(
        desk.ask("PreviewDialingModeOver", vec![]),
        ["PreviewDialingModeOverAcknowledge"]
    );
    assert_eq!(
        desk.ask("PreviewDialingModeOver", vec![]),
        error(E::PREVIEW_NOT_STARTED)
    );
    let refused = desk.ask_at("2001", request("PreviewRecordRequest", vec![]));
    let text = refused[0]
        .data
        .view()
        .value("GSW_ERROR")
        .unwrap()
        .as_text()
        .unwrap();
    assert_eq!(text, "PreviewDialingModeStart is required");
    let named = refused[0]
        .data
        .view()
        .value("GSW_AGENT_REQ_TYPE")
        .unwrap()
        .as_text();
    assert_eq!(named.unwrap(), "PreviewRecordRequest");
    desk.ask("PreviewDialingModeStart", vec![]);
    let handle = desk.preview("2001");
    let chain = || vec![("GSW_RECORD_HANDLE", handle.into())];
    let sent = desk.ask("ChainedRecordRequest", chain());
    assert_eq!(sent, ["ChainedRecord", "ChainedRecordsDataEnd"]);
    // A repeat is not answered, whatever the habits, as long as the record is there.
    let silence: Vec<String> = vec![];
    assert_eq!(desk.ask("ChainedRecordRequest", chain()), silence);
    let again = desk.ocs.complaints().last().unwrap();
    assert_eq!(again.kind, ComplaintKind::ChainAgain { chain_id: 1 });
}

#[test]
fn what_is_no_request_is_not_for_the_server() {
    let mut desk = Desk::running(Plan::quiet());
    for kind in MessageType::ALL.iter().filter(|kind| !kind.is_request()) {
        let mut data = cti_codec::gsw::AttachedDataBuf::new();
        let layout = kind.layout();
        data.push(layout.key, layout.value.unwrap_or("1"));
        data.push("GSW_APPLICATION_ID", 139);
        data.push("GSW_RECORD_HANDLE", 1);
        let heard = desk.ask_at("2001", data);
        // Two errors are known by the request that they refuse, and look like one without a number.
        if layout.key != "GSW_AGENT_REQ_TYPE" {
            assert!(heard.is_empty(), "{kind}: {heard:?}");
        }
    }
}
