//! `outbound_desktop` with its server, as people run it.

use crate::run::{Ran, ran};

fn desk(args: &[&str], script: &str) -> Ran {
    let ran = ran("outbound_desktop", args, script.as_bytes());
    // Whatever the server says, nothing acts on a terminal.
    for text in [&ran.out, &ran.err] {
        let bare = text
            .chars()
            .find(|letter| letter.is_control() && *letter != '\n');
        assert_eq!(bare, None, "{text:?}");
        assert!(!text.contains('\u{202e}'), "{text:?}");
    }
    ran
}

/// What the commands have come to.
fn results(ran: &Ran) -> Vec<&str> {
    let lines = ran.out.lines();
    lines
        .filter(|line| line.starts_with("ok ") || line.starts_with("failed "))
        .collect()
}

#[test]
fn a_script_works_a_campaign() {
    let script = "\
preview
record
chain
call result answer
field Remark call again in May
callback in 5
done
# Five minutes go by in no time.
wait scheduled 600
call result wrong number
do not call
preview keep 2
records
server truth
log out
server truth
quit
";
    let ran = desk(&[], script);
    assert_eq!((ran.err.as_str(), ran.status), ("", Some(0)));
    assert_eq!(
        results(&ran),
        [
            "ok preview record preview id=139/283",
            "ok record open id=139/283 chain=1 came=preview",
            "ok chain records=2",
            "ok call result ANSWER",
            "ok field",
            "ok callback in personal 05/03/2027 08:05",
            "ok done id=139/283",
            "ok wait record scheduled id=139/285",
            "ok call result WRONG_NUMBER",
            "ok do not call id=139/285",
            "ok preview keep",
            "ok records",
            "ok server truth primary=139 on_desktop=139/286,139/287 complaints=",
            "ok log out owed=0",
            "ok server truth primary=139 on_desktop= complaints=",
            "ok quit",
        ]
    );
    assert!(
        ran.out.contains("\ndata GSW_PHONE=+15550001010\n"),
        "{}",
        ran.out
    );
    assert!(
        ran.out.contains("\ndata Name=Ada Lovelace\n"),
        "{}",
        ran.out
    );
    let lines: Vec<&str> = ran.out.lines().collect();
    let place = |line: &str| lines.iter().position(|one| *one == line).unwrap();
    // The callback is noted before the record is processed, and the chain ends with it.
    let noted = place("event callback_noted id=139/283");
    assert!(noted < place("event ended processed id=139/283"));
    assert!(noted < place("event ended processed id=139/284"));
    // The same seed and commands give the same lines.
    assert_eq!(desk(&[], script).out, ran.out);
}

#[test]
fn what_fails_is_told_and_makes_the_status() {
    let script = "\
done
perhaps\u{1b}[31m
call result answer
preview autumn
callback at 05/27/2017 10:30
preview
callback at 05/27/2017 10:30
done
callback none
ready time 5
chain
chain
reject
wait scheduled 5
sleep soon
log out
log out
preview
";
    let ran = desk(&[], script);
    assert_eq!(ran.status, Some(1));
    assert_eq!(
        results(&ran),
        [
            "failed done: there is no record",
            "failed perhaps\\u{1b}[31m: is no command; help lists them",
            "failed call result: there is no record",
            "failed preview: it does not run in Preview",
            "failed callback at: there is no record",
            "ok preview record preview id=139/283",
            "ok callback at personal 05/27/2017 10:30",
            "failed done: time is past",
            "ok callback none",
            "failed ready time: Invalid Request (101)",
            "ok chain records=2",
            "failed chain: chain is complete",
            "ok reject id=139/283",
            "failed wait: it did not come in time",
            "failed sleep: is no number",
            "ok log out owed=0",
            "failed log out: nobody is logged in",
            "failed preview: nobody is logged in",
        ]
    );
}

#[test]
fn a_record_of_a_dead_server_is_shown_as_owed() {
    let ran = desk(
        &[],
        "preview\nserver switch over dead\ndone\nrecords\npreview\ndone\n",
    );
    assert_eq!(ran.status, Some(1));
    let results = results(&ran);
    assert_eq!(
        results[..2],
        [
            "ok preview record preview id=139/283",
            "ok server switch over"
        ]
    );
    assert_eq!(
        results[2],
        "failed done: RecordProcessed: not answered; the record is still owed"
    );
    assert!(
        ran.out.contains("\nrecord unfinished id=139/283 "),
        "{}",
        ran.out
    );
    assert_eq!(
        results[4..],
        ["ok preview record preview id=141/17", "ok done id=141/17"]
    );
    assert_eq!(ran.err, "outbound_desktop: 1 record left unfinished\n");
}

#[test]
fn a_connection_comes_back() {
    let script = "preview\nconnection down\nchain\nsleep 5\nconnection up\nchain\ndone\n";
    let ran = desk(&[], script);
    assert_eq!(
        results(&ran)[1..],
        [
            "ok connection",
            "failed chain: no connection",
            "ok sleep",
            "ok connection",
            "ok chain records=2",
            "ok done id=139/283",
        ]
    );
}

#[test]
fn calls_come_first() {
    let script = "\
preview
server call
call result busy
ready time 20
treatment campaign
done
done
log out
";
    let ran = desk(&["--messages"], script);
    assert_eq!((ran.err.as_str(), ran.status), ("", Some(0)));
    assert_eq!(
        results(&ran),
        [
            "ok preview record preview id=139/283",
            "ok server call",
            "ok call result BUSY",
            "ok ready time",
            "ok treatment",
            "ok done id=139/284",
            "ok done id=139/283",
            "ok log out owed=0",
        ]
    );
    let sent = "sent RecordProcessed GSW_AGENT_REQ_TYPE=RecordProcessed GSW_APPLICATION_ID=139 ";
    let treated = ran.out.lines().find(|line| line.starts_with(sent)).unwrap();
    assert!(
        treated.contains(" GSW_TREATMENT=RecordTreatCampaign"),
        "{treated}"
    );
}

#[test]
fn faults_are_borne() {
    let faults = [
        "unknown",
        "hidden",
        "echo",
        "second-client",
        "numbers-as-text",
        "no-reference-ids",
    ];
    for fault in faults {
        let script = "preview\nrecord\nchain\ncall result answer\ndone\npreview\nreject\nlog out\n";
        let ran = desk(&["--fault", fault, "--messages", "--seed", "3"], script);
        let last = *results(&ran).last().unwrap();
        assert_eq!(last, "ok log out owed=0", "{fault}: {}", ran.out);
    }
    let wrong = desk(&["--fault", "nonsense"], "");
    assert_eq!(wrong.status, Some(2));
    assert!(
        wrong
            .err
            .contains("no such fault; there are: no-reference-ids, bare"),
        "{}",
        wrong.err
    );
}

#[test]
fn help_lists_every_command() {
    let ran = desk(&[], "help\n");
    assert_eq!(ran.status, Some(0));
    let lines: Vec<&str> = ran
        .out
        .lines()
        .filter(|line| line.starts_with("help "))
        .collect();
    assert!(lines.len() > 35);
    for command in [
        "preview ",
        "call result ",
        "callback in ",
        "chain ",
        "done ",
        "do not call ",
        "log out ",
    ] {
        assert!(
            lines
                .iter()
                .any(|line| line.starts_with(&format!("help {command}"))),
            "{command}"
        );
    }
}
