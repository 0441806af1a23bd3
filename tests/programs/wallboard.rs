//! `wallboard --once` before a server with a configuration of its own.

use std::io::Write;
use std::net::TcpStream;
use std::sync::mpsc;
use std::thread;
use std::time::Instant;

use cti_codec::ccx::{
    AgentRecord, AgentState, ConfigAgentEvent, ConfigBeginEvent, ConfigEndEvent, ConfigEndStatus,
    ConfigKeyEvent, ConfigKeyStatus, ConfigType, CtiService, Message, OpenConf,
    QueryAgentStateConf, SnapshotDeviceConf,
};

use crate::floods::{confirm_close, each, frame, listen, put};
use crate::run::{Ran, ran};

/// The end of a configuration, of which it is told.
#[derive(Clone, Copy)]
enum Ends {
    Well,
    /// More is to follow, and never does.
    Never,
    /// There is none to give.
    Refused,
}

fn opened(stream: &mut TcpStream) {
    let conf = OpenConf {
        invoke_id: 1,
        services_granted: CtiService::ALL_EVENTS | CtiService::CONFIG_EVENTS,
        unified_ccx_online: true.into(),
        ..Default::default()
    };
    let _ = stream.write_all(&frame(conf));
}

/// A centre of two agents, of whom one is logged in.
fn answer(stream: &mut TcpStream, message: &Message<'_>, ends: Ends) {
    match message {
        Message::ConfigRequestKeyEvent(_) => {
            let status = match ends {
                Ends::Refused => ConfigKeyStatus::SERVICE_PROVIDER,
                _ => ConfigKeyStatus::SUCCESS,
            };
            put(
                stream,
                ConfigKeyEvent {
                    status,
                    ..Default::default()
                },
            );
        }
        Message::ConfigRequestEvent(_) => {
            let begin = ConfigBeginEvent {
                config_type: ConfigType::INITIAL,
                ..Default::default()
            };
            put(stream, begin);
            let agents = [("jdoe", "\u{5c71}\u{7530}"), ("msmith", "Mary")].map(|(login, name)| {
                AgentRecord {
                    login_id: Some(login.into()),
                    last_name: Some(name.into()),
                    extension: Some("2006".into()),
                    ..Default::default()
                }
            });
            let event = ConfigAgentEvent {
                records: (&agents).into(),
                ..Default::default()
            };
            put(stream, event);
            let status = match ends {
                Ends::Never => ConfigEndStatus::PARTIAL,
                _ => ConfigEndStatus::SUCCESS,
            };
            put(
                stream,
                ConfigEndEvent {
                    status,
                    ..Default::default()
                },
            );
        }
        Message::QueryAgentStateReq(request) => {
            let on = request.agent_id.is_some_and(|id| id == "jdoe");
            let conf = QueryAgentStateConf {
                invoke_id: request.invoke_id,
                agent_state: if on {
                    AgentState::READY
                } else {
                    AgentState::LOGOUT
                },
                agent_instrument: on.then(|| "2006".into()),
                agent_id: request.agent_id,
                ..Default::default()
            };
            put(stream, conf);
        }
        Message::SnapshotDeviceReq(request) => {
            let invoke_id = request.invoke_id;
            put(
                stream,
                SnapshotDeviceConf {
                    invoke_id,
                    ..Default::default()
                },
            );
        }
        _ => {}
    }
}

fn picture(ends: Ends) -> Ran {
    let address = listen(move |mut stream, _| {
        opened(&mut stream);
        each(stream, |stream, message| match message {
            Message::CloseReq(close) => confirm_close(stream, close),
            message => answer(stream, message, ends),
        });
    });
    let ran = ran("wallboard", &["--once", &address], b"");
    assert_eq!(ran.status, Some(0), "{}", ran.err);
    ran
}

/// Letters that take two columns of a terminal take two here.
#[test]
fn columns_stand_below_each_other_on_a_terminal() {
    let ran = picture(Ends::Well);
    assert_eq!(
        ran.out,
        "up to date: 1 agent logged in, 0 calls, 0 waiting

QUEUE  WAITING  AGENTS  READY  TALKING  WORK  NOT READY

AGENT   NAME  PHONE  STATE   REASON  FOR  CALL
jdoe    \u{5c71}\u{7530}  2006   ready
msmith  Mary         logout
",
        "{}",
        ran.err
    );
}

/// Agents that only events could name may be missing.
#[test]
fn a_picture_without_a_configuration_says_so() {
    let ran = picture(Ends::Refused);
    let title = "the server gives no configuration: 0 agents logged in, 0 calls, 0 waiting\n";
    assert!(ran.out.starts_with(title), "{}", ran.out);
}

/// A picture is taken when its time has come, though the configuration never ends; and who waits for
/// it does not wait as long as others for a server that does not answer the farewell.
#[test]
fn a_picture_waits_for_10_seconds_and_its_farewell_for_less_than_others() {
    // A server that answers all but `CLOSE_REQ`, and tells the times of `OPEN_CONF`, `CLOSE_REQ` and
    // the end.
    let deaf = || {
        let (sender, times) = mpsc::channel();
        let address = listen(move |mut stream, _| {
            let start = Instant::now();
            opened(&mut stream);
            let mut close = None;
            each(stream, |stream, message| match message {
                Message::CloseReq(_) => close = Some(Instant::now()),
                message => answer(stream, message, Ends::Never),
            });
            sender
                .send((start, close.unwrap(), Instant::now()))
                .unwrap();
        });
        (address, times)
    };
    let (address, times) = deaf();
    let usual = thread::spawn(move || {
        let args = ["--agent", "jdoe", "--instrument", "2006", &address];
        assert_eq!(ran("desktop", &args, b"wait open").status, Some(0));
        let (_, close, end) = times.recv().unwrap();
        end - close
    });
    let (address, times) = deaf();
    let ran = ran("wallboard", &["--once", &address], b"");
    let title = "getting to know the centre: 0 agents logged in, 0 calls, 0 waiting\n";
    assert!(ran.out.starts_with(title), "{}{}", ran.out, ran.err);
    assert_eq!(ran.status, Some(0));
    let (start, close, end) = times.recv().unwrap();
    assert!((close - start).as_secs() >= 10, "{:?}", close - start);
    let (farewell, usual) = (end - close, usual.join().unwrap());
    assert!(farewell < usual, "{farewell:?} and {usual:?}");
}
