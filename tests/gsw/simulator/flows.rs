//! Every flow of `gsw-flows.json`, from the server's side.

use std::time::Duration;

use cti_codec::gsw::simulator::{Command, Fault, Habits, Reaction, Record, Whose};
use cti_codec::gsw::{CampaignMode, ChainAttr, ErrorCode, PhoneType};
use serde_json::Value;

use super::play::{Before, DN, OTHER, Play, pairs, plan, records, steps};

const SPRING: &str = "Spring@Team 1";

fn file() -> Value {
    serde_json::from_str(include_str!("../../data/gsw-flows.json")).unwrap()
}

fn start(mode: CampaignMode<'static>) -> Command {
    let group = SPRING.into();
    Command::Start { group, mode }
}

fn cancel(phone: &str, chain_attr: ChainAttr<'static>) -> Command {
    let whose = Whose::Phone(phone.into());
    Command::Cancel { whose, chain_attr }
}

/// What the server has to be told before a step, by the name of the flow and the number of the step
/// in it: the flow shows a server that acts by itself, fails, or has missed something.
fn before(flow: &str, step: usize) -> Vec<Before> {
    use Before::{Do, Foreign, Next, Unheard};
    let stop = Command::Stop {
        group: SPRING.into(),
    };
    let load = |group: &str| Command::Load {
        group: group.into(),
    };
    match (flow, step) {
        ("login_two_campaigns", 0) => vec![
            Unheard(start(CampaignMode::PREVIEW)),
            Unheard(load("Autumn@Team 1")),
            Do(Command::LogIn { dn: DN.into() }),
        ],
        ("status_request", 0) => vec![
            Unheard(start(CampaignMode::PREVIEW)),
            Unheard(load("Autumn@Team 1")),
            Unheard(Command::Assign {
                dn: DN.into(),
                group: SPRING.into(),
            }),
        ],
        ("group_assigned", 0) => vec![Unheard(load("Autumn@Team 1"))],
        // The preview session was ended by a stop that nobody heard of.
        ("preview_already_started", 2) => {
            vec![Unheard(stop), Unheard(start(CampaignMode::PREVIEW))]
        }
        ("record_before_preview_start", 2) => {
            vec![Next("PreviewRecordRequest", Reaction::Ignore)]
        }
        ("no_records_then_one", 0) => vec![Next(
            "PreviewRecordRequest",
            Reaction::Refuse(ErrorCode::NO_RECORDS_AVAILABLE),
        )],
        ("campaign_not_running", 0) => vec![
            Next(
                "PreviewRecordRequest",
                Reaction::Refuse(ErrorCode::NO_RUNNING_PREVIEW_CAMPAIGNS),
            ),
            Unheard(stop),
        ],
        ("chain_not_found", 0) => vec![Next(
            "ChainedRecordRequest",
            Reaction::Refuse(ErrorCode::CHAINED_RECORDS_NOT_FOUND),
        )],
        ("cancel_example_2" | "dnc_example_2", 0) => vec![
            Do(Command::Renumber {
                application_id: 139,
                next_handle: 290,
            }),
            Do(Command::Push {
                dn: OTHER.into(),
                group: SPRING.into(),
            }),
        ],
        ("cancel_example_3", 0) => vec![Do(cancel("+33647004", ChainAttr::RECORD_ONLY))],
        ("cancel_crosses_update" | "cancel_crosses_processed", 0) => {
            vec![Do(cancel("+33647005", ChainAttr::ALL_CHAIN))]
        }
        ("dnc_example_3", 0) => vec![Do(Command::DoNotCall {
            whose: Whose::Customer("C-1".into()),
        })],
        ("scheduled_call_not_found", 0) => vec![Next(
            "ScheduledRecordReschedule",
            Reaction::Refuse(ErrorCode::SCHEDULED_RECORD_NOT_FOUND),
        )],
        ("ready_time_refused", 2) => vec![Unheard(cancel("+33647040", ChainAttr::ALL_CHAIN))],
        ("smart_log_out", 0) => vec![Do(dial(25))],
        ("smart_log_out", 5) => vec![Do(dial(4))],
        ("smart_log_out", 7) => vec![Do(Command::Dialed { dn: DN.into() })],
        ("switch_over_old_server_dead", 1) => vec![Next(
            "RecordProcessed",
            Reaction::AnswerLate(Duration::from_secs(40)),
        )],
        ("processed_sent_again", 0) => vec![Next("RecordProcessed", Reaction::LoseAnswer)],
        ("processed_never_answered", 0..=2) => vec![Next("RecordProcessed", Reaction::Ignore)],
        ("no_reference_ids", 7) => vec![
            Next("UpdateCallCompletionStats", Reaction::Ignore),
            Next("AddRecord", Reaction::Refuse(ErrorCode::DB_ERROR)),
        ],
        ("foreign_answer", 0) => vec![Foreign("RecordProcessed")],
        ("log_out_clean", 0) => vec![
            Do(Command::Renumber {
                application_id: 139,
                next_handle: 301,
            }),
            Before::Pass(Duration::from_secs(5)),
        ],
        ("nothing_loaded", 0) => vec![Unheard(Command::Unload {
            group: SPRING.into(),
        })],
        ("connection_lost", 0) => vec![
            Next("PreviewRecordRequest", Reaction::Ignore),
            Next("RecordProcessed", Reaction::LoseAnswer),
        ],
        _ => Vec::new(),
    }
}

fn dial(seconds: u64) -> Command {
    let time = Duration::from_secs(seconds);
    Command::Dial {
        dn: DN.into(),
        time,
    }
}

fn habits(flow: &str) -> Habits {
    let usual = Habits {
        stale_after: None,
        ..Habits::default()
    };
    match flow {
        "login_two_campaigns" => Habits {
            announces_loaded_too: true,
            ..usual
        },
        "record_before_preview_start" => Habits {
            refuses_unlinked: true,
            ..usual
        },
        "chain_one_do_not_call_closed" => Habits {
            closes_rest_of_chain: true,
            ..usual
        },
        "dnc_example_2" => Habits {
            do_not_call_for: Some(Duration::from_secs(2_592_000)),
            ..usual
        },
        "predictive_call_finalized" => Habits {
            finishes_after: Duration::ZERO,
            ..usual
        },
        _ => usual,
    }
}

/// Records that the server has and the flow does not show.
fn more(flow: &str) -> Vec<Record> {
    let record = |chain_id, chain_n, phone: &str| Record {
        calling_list: "Customers".into(),
        chain_id,
        chain_n,
        phone: phone.into(),
        phone_type: PhoneType::MOBILE,
        customer_id: "C-1".into(),
        ..Record::default()
    };
    match flow {
        "cancel_example_2" | "dnc_example_2" => vec![record(8, 0, "+33647010")],
        "add_record_refused" => vec![record(3, 1, "+33647008")],
        _ => Vec::new(),
    }
}

/// What stays unheard at the end of a flow: the call a server sends at the same time as its answer.
fn left(flow: &str) -> &'static [&'static str] {
    match flow {
        // A log-out that is granted at once is also acknowledged, which this flow does not show.
        "after_smart_log_out" => &["LogOutAcknowledge"],
        _ => &[],
    }
}

/// Flows in which a record has left the server and the desktop learns of it by a refusal: only their
/// ends are compared.
fn apart(flow: &str) -> bool {
    matches!(
        flow,
        "chain_one_do_not_call_closed"
            | "predictive_call_finalized"
            | "ready_time_refused"
            | "cancel_crosses_update"
            | "cancel_crosses_processed"
            | "processed_sent_again"
            | "connection_lost"
            | "switch_over_old_server_dead"
    )
}

fn play(file: &Value, flow: &Value) -> usize {
    let name = flow["name"].as_str().unwrap();
    let (prefix, steps) = steps(file, flow);
    let shown = records(&steps);
    let scheduled = shown.iter().any(|(_, record)| record.is_callback());
    let mut all: Vec<Record> = shown.iter().map(|(_, record)| record.clone()).collect();
    // What a desktop adds is not there before.
    let added = steps.iter().filter(|step| step["message"] == "AddRecord");
    let added: Vec<&str> = added
        .map(|step| step["pairs"]["GSW_PHONE"].as_str().unwrap())
        .collect();
    all.retain(|record| !added.iter().any(|phone| record.phone == **phone));
    all.extend(more(name));
    let mut plan = plan(all, scheduled);
    plan.habits = habits(name);
    if name == "log_out_clean" {
        // The callback is due while the first record is on the desktop.
        plan.origin.0 -= 5;
    }
    plan.groups[0].preview_mode_start = name != "preview_without_start";
    plan.groups[0].record_processed = name != "predictive_call_finalized";
    let mut play = Play::new(name, plan);
    if name == "no_reference_ids" {
        play.fault(Fault::NoReferenceIds);
    }
    for (place, step) in steps.iter().enumerate() {
        play.reach(step);
        if let Some(own) = place.checked_sub(prefix) {
            if name == "reference_id_of_another" && own == 1 {
                // The record of somebody else is none of this server's truth.
                let data = pairs(&step["pairs"]);
                play.before(
                    &Before::Do(Command::Send {
                        dn: DN.into(),
                        data,
                    }),
                    step,
                );
            }
            for before in before(name, own) {
                play.before(&before, step);
            }
        }
        let following = &steps[place + 1..];
        let compared = !apart(name) || following.is_empty();
        play.step(step, following, compared);
    }
    assert_eq!(play.left(), left(name), "{name}");
    assert_eq!(play.ocs.mistakes(), [""; 0], "{name}");
    play.compared
}

#[test]
fn every_flow_is_played_from_the_servers_side() {
    let file = file();
    let flows = file["flows"].as_array().unwrap();
    let mut compared = 0;
    for flow in flows {
        compared += play(&file, flow);
    }
    assert_eq!(flows.len(), 66);
    // Pairs that the flows show of the server's messages and that were found in what it sent.
    assert!(compared > 700, "{compared}");
}
