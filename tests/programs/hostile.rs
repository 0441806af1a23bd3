//! `monitor`, `desktop` and `wallboard` before servers that take a session away or do not give it, and
//! before readers and terminals that are not as one might wish.

use std::io::{Read, Write};
use std::process::{Child, Command, Stdio};

use cti_codec::ccx::{
    CcxStatus, CtiService, DeviceType, FailureConf, FailureEvent, OpenConf, StatusCode,
    SystemEvent, SystemEventID,
};

use crate::floods::{frame, listen, open_conf};
use crate::run::{Ran, command, examples, ran};

/// What `desktop` makes of a script.
fn desktop(args: &[&str], address: &str, script: &str) -> Ran {
    let args: Vec<&str> = args.iter().copied().chain([address]).collect();
    ran("desktop", &args, script.as_bytes())
}

fn results(ran: &Ran) -> Vec<&str> {
    let lines = ran.out.lines();
    lines.filter(|line| !line.starts_with("event")).collect()
}

/// A session that was open is so no longer.
#[test]
fn wait_open_waits_for_a_session_that_is_open() {
    let address = listen(|mut stream, number| {
        if number == 0 {
            let _ = stream.write_all(&open_conf());
        } else {
            // Whoever asks again gets no answer.
            let _ = stream.read_to_end(&mut Vec::new());
        }
    });
    let script = "wait lost 60\nwait open 0.2\nready\n";
    let ran = desktop(&["--agent", "jdoe"], &address, script);
    let expected = [
        "ok wait lost",
        "failed wait: it did not come in time",
        "failed ready: no session is open",
    ];
    assert_eq!(results(&ran), expected, "{}", ran.err);
    assert_eq!(ran.status, Some(1));
}

#[test]
fn a_command_without_a_session_says_why() {
    let refuses = |status: StatusCode| {
        listen(move |mut stream, _| {
            let refusal = FailureConf {
                invoke_id: 1,
                status,
                ..Default::default()
            };
            let _ = stream.write_all(&frame(refusal));
            let _ = stream.read_to_end(&mut Vec::new());
        })
    };
    // Nobody has logged in.
    let never = "ready\nwait ready 60\n";
    let ran = desktop(&[], "127.0.0.1:1", never);
    let expected = [
        "failed ready: nobody has logged in, so that there is no session",
        "failed wait: there is no session",
    ];
    assert_eq!(results(&ran), expected);
    // Another try may help.
    let busy = refuses(StatusCode::DEVICE_IN_USE);
    let ran = desktop(&["--timeout", "3"], &busy, "login jdoe secret 2006\n");
    let why = "failed login: no session was opened in time (refused: E_CTI_DEVICE_IN_USE)";
    assert_eq!(results(&ran), [why], "{}", ran.err);
    // None will help.
    let wrong = refuses(StatusCode::INVALID_AGENT_DATA);
    let script = "login jdoe secret 2006\nready\nwait ready 60\n";
    let ran = desktop(&[], &wrong, script);
    let expected = [
        "failed login: OPEN_REQ refused: E_CTI_INVALID_AGENT_DATA",
        "failed ready: OPEN_REQ refused: E_CTI_INVALID_AGENT_DATA",
        "failed wait: the session is over",
    ];
    assert_eq!(results(&ran), expected);
}

#[test]
fn events_of_the_server_tell_what_they_are_about() {
    let address = listen(|mut stream, _| {
        let mut bytes = open_conf();
        bytes.extend(frame(FailureEvent {
            status: StatusCode::UNSPECIFIED_FAILURE,
            ..Default::default()
        }));
        bytes.extend(frame(SystemEvent {
            ccx_status: CcxStatus::IN_SERVICE,
            system_event_id: SystemEventID::INSTRUMENT_OUT_OF_SERVICE,
            event_device_type: DeviceType::AGENT_DEVICE,
            event_device_id: Some("2006\u{9b}".into()),
            ..Default::default()
        }));
        let _ = stream.write_all(&bytes);
        let _ = stream.read_to_end(&mut Vec::new());
    });
    let script = "wait failure 60\nwait system 60\n";
    let args = ["--agent", "jdoe", "--timeout", "1"];
    let ran = desktop(&args, &address, script);
    let events: Vec<&str> = ran
        .out
        .lines()
        .filter(|line| line.starts_with("event"))
        .collect();
    assert_eq!(
        events,
        [
            "event FAILURE_EVENT Status=E_CTI_UNSPECIFIED_FAILURE",
            "event SYSTEM_EVENT SystemEventID=SYS_INSTRUMENT_OUT_OF_SERVICE \
             CCXStatus=CCX_IN_SERVICE EventDeviceID=2006\\u{9b}",
        ],
        "{}",
        ran.out
    );
    assert_eq!(ran.status, Some(0));
}

/// A picture says when it can never be complete.
#[cfg(feature = "simulator")]
#[test]
fn wallboard_without_events_says_so() {
    let address = listen(|mut stream, _| {
        let none = OpenConf {
            invoke_id: 1,
            services_granted: CtiService::empty(),
            unified_ccx_online: true.into(),
            ..Default::default()
        };
        let _ = stream.write_all(&frame(none));
        let _ = stream.read_to_end(&mut Vec::new());
    });
    let ran = ran("wallboard", &["--once", &address], b"");
    let grants = ran.out.starts_with("the server grants no events: 0 agents");
    assert!(grants, "{}", ran.out);
}

/// Somebody has stopped to read, and the program ends all the same.
#[cfg(unix)]
#[test]
fn monitor_ends_though_nobody_reads() {
    let mut child = command("monitor", &[&listen(crate::floods::flood)])
        .spawn()
        .unwrap();
    let mut first = [0; 1];
    let mut shown = child.stdout.take().unwrap();
    shown.read_exact(&mut first).unwrap();
    let id = child.id().to_string();
    let sent = Command::new("kill").args(["-TERM", &id]).status().unwrap();
    assert!(sent.success());
    assert!(ends(&mut child));
    drop(shown);
}

/// Whether a program ends by itself. It is given long, as nothing depends on how long it takes.
#[cfg(unix)]
fn ends(child: &mut Child) -> bool {
    for _ in 0..1200 {
        if let Some(status) = child.try_wait().unwrap() {
            return status.success();
        }
        std::thread::sleep(std::time::Duration::from_millis(50));
    }
    let _ = child.kill();
    false
}

/// Runs a program at a terminal, with what is typed there, all at once; gives what stands there in
/// the end.
#[cfg(unix)]
fn at_terminal(program: &str, args: &[&str], typed: &[u8]) -> String {
    use std::fs::File;

    let pair = nix::pty::openpty(None, None).unwrap();
    let mut child = Command::new(examples().join(program))
        .args(args)
        .stdin(Stdio::from(pair.slave.try_clone().unwrap()))
        .stdout(Stdio::from(pair.slave))
        .stderr(Stdio::null())
        .spawn()
        .unwrap();
    let mut terminal = File::from(pair.master);
    let mut keys = terminal.try_clone().unwrap();
    let screen = std::thread::spawn(move || {
        let mut shown = Vec::new();
        let mut some = [0; 4096];
        // It is an error to read from a terminal that nobody holds any more.
        while let Ok(length @ 1..) = terminal.read(&mut some) {
            shown.extend_from_slice(&some[..length]);
        }
        String::from_utf8(shown).unwrap()
    });
    keys.write_all(typed).unwrap();
    assert!(ends(&mut child), "{program} waits for another key");
    drop(keys);
    screen.join().unwrap()
}

/// A line that comes at once, as a script or somebody who pastes it sends it, is read at once.
#[cfg(unix)]
#[test]
fn lines_that_are_typed_ahead_are_read() {
    let shown = at_terminal("desktop", &["127.0.0.1:1"], b"sleep 0.1\rquit\r");
    assert!(
        shown.contains("ok sleep") && shown.contains("ok quit"),
        "{shown:?}"
    );
    #[cfg(feature = "simulator")]
    {
        let shown = at_terminal("outbound_desktop", &[], b"campaigns\rquit\r");
        assert!(shown.contains("ok campaigns"), "{shown:?}");
    }
}
