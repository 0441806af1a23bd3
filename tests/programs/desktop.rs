//! `desktop` before a server that does one thing: what it sends, and what it says at the end.

use std::io::Write;
use std::sync::mpsc;

use cti_codec::ccx::special::NULL_CALL_ID;
use cti_codec::ccx::{
    AgentState, AgentStateEvent, BadCallConf, BeginCallEvent, CallConnectionClearedEvent,
    CallDeliveredEvent, CallEstablishedEvent, CallType, ConnectionDeviceType, FailureEvent,
    LocalConnectionState, Message, SetAgentStateConf, SetCallDataConf, StatusCode,
    SupervisorAssistConf,
};

use crate::floods::{confirm_close, each, listen, open_conf, put};
use crate::run::{Ran, ran};

const CALL: u32 = 16_777_217;

fn desk(address: &str, script: &str) -> Ran {
    let args = ["--agent", "jdoe", "--instrument", "2006", address];
    ran("desktop", &args, script.as_bytes())
}

/// The results of commands, without the events between them.
fn results(ran: &Ran) -> Vec<&str> {
    let lines = ran.out.lines();
    lines.filter(|line| !line.starts_with("event")).collect()
}

/// What comes after the last command is told until the session is closed.
#[test]
fn what_comes_until_the_session_is_closed_is_shown() {
    let address = listen(|mut stream, _| {
        let _ = stream.write_all(&open_conf());
        each(stream, |stream, message| {
            if let Message::CloseReq(close) = message {
                let event = AgentStateEvent {
                    agent_state: AgentState::LOGOUT,
                    agent_id: Some("jdoe".into()),
                    ..Default::default()
                };
                put(stream, event);
                confirm_close(stream, close);
            }
        });
    });
    let ran = desk(&address, "wait open");
    assert_eq!(
        ran.out,
        "ok wait open\nevent AGENT_STATE_EVENT AgentID=jdoe AgentState=AGENT_STATE_LOGOUT EventReasonCode=None\n",
    );
    assert!(ran.err.ends_with("desktop: closed\n"), "{}", ran.err);
    assert_eq!(ran.status, Some(0));
}

/// A client that has stopped by itself says why, whatever is asked of it.
#[test]
fn commands_fail_for_the_reason_why_the_client_has_stopped() {
    let address = listen(|mut stream, _| {
        let _ = stream.write_all(&open_conf());
        let taken = FailureEvent {
            status: StatusCode::NEW_SESSION_OPENED,
            ..Default::default()
        };
        put(&mut stream, taken);
        each(stream, |_, _| ());
    });
    let ran = desk(&address, "wait lost\nstate\nready\n");
    assert_eq!(
        results(&ran),
        [
            "ok wait lost",
            "failed state: another session of this client was opened",
            "failed ready: another session of this client was opened",
        ],
        "{}",
        ran.err
    );
    assert_eq!(ran.status, Some(1));
}

/// E27a: wrap-up data may come right after the call, before the server says that it is over.
#[test]
fn a_call_is_wrapped_up_as_soon_as_it_is_left() {
    let (sender, told) = mpsc::channel();
    let address = listen(move |mut stream, _| {
        let _ = stream.write_all(&open_conf());
        let answered = CallEstablishedEvent {
            call_id: CALL,
            connection_device_id: Some("2006".into()),
            answering_device_id: Some("2006".into()),
            local_connection_state: LocalConnectionState::CONNECT,
            ..Default::default()
        };
        put(&mut stream, answered);
        let left = CallConnectionClearedEvent {
            call_id: CALL,
            connection_device_id: Some("2006".into()),
            ..Default::default()
        };
        put(&mut stream, left);
        each(stream, |stream, message| match message {
            Message::SetCallDataReq(request) => {
                let device = request.connection_device_id.unwrap_or_default();
                let text = request.call_wrapup_data.unwrap_or_default();
                sender
                    .send(format!("{} {device} {text}", request.call_id))
                    .unwrap();
                let invoke_id = request.invoke_id;
                put(
                    stream,
                    SetCallDataConf {
                        invoke_id,
                        ..Default::default()
                    },
                );
            }
            Message::CloseReq(close) => confirm_close(stream, close),
            _ => {}
        });
    });
    let ran = desk(&address, "wait connection_cleared\nwrapup sold\n");
    assert_eq!(
        results(&ran),
        ["ok wait CALL_CONNECTION_CLEARED_EVENT", "ok wrapup"],
        "{}",
        ran.err
    );
    assert_eq!(told.recv().unwrap(), format!("{CALL} 2006 sold"));
}

/// X21, X28, X29: the phone is what the agent logs in with, a call keeps its type when its data are
/// set, and where there is no call none is named.
#[test]
fn what_requests_name() {
    let (sender, told) = mpsc::channel();
    let address = listen(move |mut stream, _| {
        let _ = stream.write_all(&open_conf());
        each(stream, |stream, message| match message {
            Message::SetAgentStateReq(request) => {
                let phone = request.agent_instrument.unwrap_or_default();
                sender.send(format!("login {phone}")).unwrap();
                let invoke_id = request.invoke_id;
                put(
                    stream,
                    SetAgentStateConf {
                        invoke_id,
                        ..Default::default()
                    },
                );
            }
            Message::SupervisorAssistReq(request) => {
                assert_eq!(request.call_id, NULL_CALL_ID);
                let kind = request.connection_device_type;
                let device = request.connection_device_id.map(|id| id.to_string());
                sender.send(format!("assist {kind} {device:?}")).unwrap();
                let invoke_id = request.invoke_id;
                put(
                    stream,
                    SupervisorAssistConf {
                        invoke_id,
                        ..Default::default()
                    },
                );
            }
            Message::BadCallReq(request) => {
                let (call, kind) = (request.call_id, request.connection_device_type);
                let device = request.connection_device_id.map(|id| id.to_string());
                sender
                    .send(format!("badcall {call} {kind} {device:?}"))
                    .unwrap();
                let invoke_id = request.invoke_id;
                put(
                    stream,
                    BadCallConf {
                        invoke_id,
                        ..Default::default()
                    },
                );
                // Then one comes.
                let begin = BeginCallEvent {
                    call_id: CALL,
                    call_type: CallType::CONSULT,
                    connection_device_id: Some("2007".into()),
                    ..Default::default()
                };
                put(stream, begin);
                let rings = CallDeliveredEvent {
                    call_id: CALL,
                    connection_device_id: Some("2007".into()),
                    alerting_device_id: Some("2007".into()),
                    local_connection_state: LocalConnectionState::ALERTING,
                    ..Default::default()
                };
                put(stream, rings);
            }
            Message::SetCallDataReq(request) => {
                let (call, kind) = (request.call_id, request.call_type);
                sender.send(format!("data {call} {kind}")).unwrap();
                let invoke_id = request.invoke_id;
                put(
                    stream,
                    SetCallDataConf {
                        invoke_id,
                        ..Default::default()
                    },
                );
            }
            Message::CloseReq(close) => confirm_close(stream, close),
            _ => {}
        });
    });
    let script = "login jdoe secret 2007\nassist\nbadcall\nwait delivered\nvariable 1 gold\n";
    let ran = desk(&address, script);
    assert_eq!(ran.status, Some(0), "{} {}", ran.out, ran.err);
    let none = ConnectionDeviceType::NONE;
    let expected = [
        "login 2007".to_owned(),
        format!("assist {none} Some(\"\")"),
        format!("badcall {NULL_CALL_ID} {none} Some(\"\")"),
        format!("data {CALL} {}", CallType::CONSULT),
    ];
    assert_eq!(told.into_iter().take(4).collect::<Vec<_>>(), expected);
}
