//! `monitor` and `desktop` against a server in this process.

use std::io::{Read, Write};
use std::net::{TcpListener, TcpStream};
use std::process::{Command, Output, Stdio};
use std::thread;
use std::time::{Duration, Instant};

use cti_codec::ccx::session::{Server, ServerEvent, ServerSettings};
use cti_codec::ccx::{
    AgentState, AgentStateEvent, CallDeliveredEvent, CallEstablishedEvent, ConnectionDeviceType,
    LocalConnectionState, Message, OpenConf, OpenReq, QueryAgentStateConf, SetAgentStateConf,
    SnapshotDeviceConf, StatusCode,
};

use crate::run::examples;

/// Serves connections until the test is over.
fn listen(refuses: Option<StatusCode>) -> String {
    let listener = TcpListener::bind("127.0.0.1:0").unwrap();
    let address = listener.local_addr().unwrap().to_string();
    thread::spawn(move || {
        for stream in listener.incoming() {
            let stream = stream.unwrap();
            thread::spawn(move || serve(stream, refuses));
        }
    });
    address
}

fn serve(mut stream: TcpStream, refuses: Option<StatusCode>) {
    let start = Instant::now();
    stream
        .set_read_timeout(Some(Duration::from_millis(20)))
        .unwrap();
    let mut server = Server::accept(ServerSettings::default(), Duration::ZERO);
    let mut buffer = [0; 4096];
    while !server.is_ended() {
        while let Some(event) = server.poll_event() {
            match event {
                ServerEvent::OpenRequested(request) => match (refuses, request.message()) {
                    (Some(status), _) => server.refuse(status, Some("not \u{1b}[31mhere")).unwrap(),
                    (None, Ok(Message::OpenReq(open))) => open_session(&mut server, &open),
                    _ => panic!("{request:?}"),
                },
                ServerEvent::Request(request) => answer(&mut server, &request.message().unwrap()),
                _ => {}
            }
        }
        while let Some(bytes) = server.poll_transmit() {
            if stream.write_all(&bytes).is_err() {
                return;
            }
        }
        match stream.read(&mut buffer) {
            Ok(0) => server.handle_disconnected(start.elapsed()),
            Ok(length) => server.handle_input(start.elapsed(), &buffer[..length]),
            Err(_) => server.handle_timeout(start.elapsed()),
        }
    }
}

fn open_session(server: &mut Server, open: &OpenReq<'_>) {
    server
        .grant(&OpenConf {
            services_granted: open.services_requested,
            unified_ccx_online: true.into(),
            agent_state: AgentState::LOGOUT,
            ..Default::default()
        })
        .unwrap();
}

/// Sends an event with no more in it than the test needs.
fn tell<'a>(server: &mut Server, event: impl Into<Message<'a>>) {
    let mut bytes = bytes::BytesMut::new();
    event
        .into()
        .encode_as_received(server.version(), &mut bytes)
        .unwrap();
    server.send_raw(&bytes);
}

fn answer(server: &mut Server, request: &Message<'_>) {
    match request {
        Message::SetAgentStateReq(request) => {
            let password = request.agent_password.unwrap_or_default();
            if request.agent_state == AgentState::LOGIN && password != "secret" {
                let status = StatusCode::INVALID_AGENT_DATA;
                server.fail(request.invoke_id, status, None).unwrap();
                return;
            }
            let state = match request.agent_state {
                AgentState::LOGIN => AgentState::NOT_READY,
                state => state,
            };
            // The event comes before the answer.
            let event = AgentStateEvent {
                agent_state: state,
                agent_id: Some("jdoe".into()),
                agent_extension: Some("2006".into()),
                ..Default::default()
            };
            tell(server, event);
            let confirmation = SetAgentStateConf {
                invoke_id: request.invoke_id,
                ..Default::default()
            };
            server.send(&confirmation.into()).unwrap();
            if state == AgentState::READY {
                let call = CallDeliveredEvent {
                    call_id: 16_777_217,
                    connection_device_type: ConnectionDeviceType::STATIC,
                    connection_device_id: Some("2006".into()),
                    alerting_device_id: Some("2006".into()),
                    local_connection_state: LocalConnectionState::ALERTING,
                    ..Default::default()
                };
                tell(server, call);
            }
        }
        Message::AnswerCallReq(request) => {
            // It names the call as the event did.
            assert_eq!(request.call_id, 16_777_217);
            assert_eq!(request.connection_device_id, Some("2006".into()));
            let confirmation = cti_codec::ccx::AnswerCallConf {
                invoke_id: request.invoke_id,
                ..Default::default()
            };
            server.send(&confirmation.into()).unwrap();
            let event = CallEstablishedEvent {
                call_id: 16_777_217,
                connection_device_id: Some("2006".into()),
                answering_device_id: Some("2006".into()),
                local_connection_state: LocalConnectionState::CONNECT,
                ..Default::default()
            };
            tell(server, event);
        }
        Message::QueryAgentStateReq(request) => {
            let confirmation = QueryAgentStateConf {
                invoke_id: request.invoke_id,
                agent_state: AgentState::NOT_READY,
                agent_id: request.agent_id,
                ..Default::default()
            };
            server.send(&confirmation.into()).unwrap();
        }
        Message::SnapshotDeviceReq(request) => {
            let confirmation = SnapshotDeviceConf {
                invoke_id: request.invoke_id,
                ..Default::default()
            };
            server.send(&confirmation.into()).unwrap();
        }
        other => {
            let invoke_id = other.invoke_id().unwrap_or_default();
            let status = StatusCode::UNSPECIFIED_FAILURE;
            server.fail(invoke_id, status, None).unwrap();
        }
    }
}

fn run(program: &str, arguments: &[&str], script: &str) -> Output {
    let mut child = Command::new(examples().join(program))
        .args(arguments)
        .stdin(Stdio::piped())
        .stdout(Stdio::piped())
        .stderr(Stdio::piped())
        .spawn()
        .unwrap();
    let mut input = child.stdin.take().unwrap();
    input.write_all(script.as_bytes()).unwrap();
    drop(input);
    child.wait_with_output().unwrap()
}

#[test]
fn a_script_runs_command_by_command() {
    let address = listen(None);
    let script = "\
login jdoe secret 2006
wait not_ready
# a remark, and an empty line

ready
wait delivered
answer
wait established
calls
quit
";
    let output = run("desktop", &[&address], script);
    let shown = String::from_utf8(output.stdout).unwrap();
    let errors = String::from_utf8(output.stderr).unwrap();
    let results: Vec<_> = shown
        .lines()
        .filter(|line| !line.starts_with("event"))
        .collect();
    assert_eq!(
        results,
        [
            "ok login",
            "ok wait AGENT_STATE_NOT_READY",
            "ok ready",
            "ok wait CALL_DELIVERED_EVENT",
            "ok answer",
            "ok wait CALL_ESTABLISHED_EVENT",
            "call 16777217 2006=LCS_CONNECT",
            "ok calls",
            "ok quit",
        ],
        "{errors}"
    );
    assert!(shown.contains("event AGENT_STATE_EVENT AgentID=jdoe AgentState=AGENT_STATE_READY"));
    assert!(output.status.success());
    assert!(!errors.contains("secret"));
}

#[test]
fn what_fails_says_why_and_makes_the_status_1() {
    let address = listen(None);
    let script = "hold\nlogin jdoe wrong 2006\nhold\njump\nwait delivered 0.1\n";
    let output = run("desktop", &[&address], script);
    let shown = String::from_utf8(output.stdout).unwrap();
    let results: Vec<_> = shown.lines().collect();
    assert_eq!(
        results,
        [
            "failed hold: nobody has logged in, so that there is no session",
            "failed login: refused: E_CTI_INVALID_AGENT_DATA",
            "failed hold: there is no active call",
            "failed jump: is no command; help lists them",
            "failed wait: it did not come in time",
        ]
    );
    assert_eq!(output.status.code(), Some(1));
}

#[test]
fn monitor_shows_messages_as_json_and_the_session_on_standard_error() {
    let address = listen(None);
    let output = run("monitor", &["--to", "json", "--count", "1", &address], "");
    let shown = String::from_utf8(output.stdout).unwrap();
    let first: serde_json::Value = serde_json::from_str(shown.lines().next().unwrap()).unwrap();
    assert_eq!(first["message"], "OPEN_CONF");
    let errors = String::from_utf8(output.stderr).unwrap();
    assert!(errors.contains("session 1 open"), "{errors}");
    assert!(output.status.success());
}

#[test]
fn times_and_versions_are_options() {
    let address = listen(None);
    let options = [
        "--to",
        "json",
        "--sent",
        "--count",
        "1",
        "--version",
        "12",
        "--heartbeat",
        "6",
        "--services",
        "ALL_EVENTS,supervisor",
        "--client-id",
        "me",
        &address,
    ];
    let output = run("monitor", &options, "");
    let shown = String::from_utf8(output.stdout).unwrap();
    let first: serde_json::Value = serde_json::from_str(shown.lines().next().unwrap()).unwrap();
    assert_eq!(first["message"], "OPEN_REQ");
    let fields = &first["fields"];
    assert_eq!(fields["VersionNumber"], 12);
    // Four times the heartbeat.
    assert_eq!(fields["IdleTimeout"], 24);
    assert_eq!(fields["ClientID"], "me");
    assert!(output.status.success());
    for (option, value, why) in [
        ("--heartbeat", "4", "the guide allows 5 to 30 seconds"),
        ("--heartbeat", "31", "the guide allows 5 to 30 seconds"),
        ("--timeout", "0", "is no time that can be waited for"),
        ("--services", "FLYING", "FLYING is none"),
        ("--version", "9", "9"),
    ] {
        for program in ["monitor", "desktop"] {
            let output = run(program, &[option, value, &address], "");
            let errors = String::from_utf8(output.stderr).unwrap();
            assert!(errors.contains(why), "{program} {option} {value}: {errors}");
            assert_eq!(output.status.code(), Some(2), "{program} {option} {value}");
        }
    }
}

#[test]
fn a_server_that_refuses_for_good_ends_monitor_with_status_1() {
    let address = listen(Some(StatusCode::INVALID_AGENT_DATA));
    let output = run("monitor", &[&address], "");
    assert_eq!(output.status.code(), Some(1));
    let errors = String::from_utf8(output.stderr).unwrap();
    assert!(errors.contains("E_CTI_INVALID_AGENT_DATA"), "{errors}");
    // What it says does nothing to a terminal.
    assert!(errors.contains("not \\u{1b}[31mhere"), "{errors}");
}

/// Whoever reads too slowly learns how much has been missed.
#[cfg(feature = "tokio")]
#[test]
fn missed_messages_are_told_with_their_number() {
    use cti_codec::ccx::client::Options;
    use cti_codec::ccx::session::Event;

    let news = crate::tool::live::News::of(&Options::default());
    for (events, told) in [(1, "1 message missed"), (3, "3 messages missed")] {
        let line = news.line(&Event::Missed { events });
        assert_eq!(line, Some(format!("{told}, as reading was slow")));
    }
}
