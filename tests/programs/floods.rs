//! `monitor`, `desktop` and `wallboard` before servers that write raw bytes: more than anybody reads,
//! or what is no answer.

use std::io::{BufRead, BufReader, Read, Write};
use std::net::{TcpListener, TcpStream};
use std::process::{Command, Stdio};
use std::thread;

use bytes::BytesMut;
use cti_codec::ccx::{
    CcxStatus, CloseConf, CloseReq, CtiService, FailureConf, FrameDecoder, Message, OpenConf,
    StatusCode, SystemEvent, SystemEventID, Version,
};

use crate::run::examples;

pub(crate) fn frame<'a>(message: impl Into<Message<'a>>) -> BytesMut {
    let mut bytes = BytesMut::new();
    message
        .into()
        .encode_as_received(Version::V14, &mut bytes)
        .unwrap();
    bytes
}

pub(crate) fn open_conf() -> BytesMut {
    frame(OpenConf {
        invoke_id: 1,
        services_granted: CtiService::ALL_EVENTS,
        unified_ccx_online: true.into(),
        ..Default::default()
    })
}

/// A server that reads an `OPEN_REQ` and then does as it is told, for each connection.
pub(crate) fn listen(act: impl Fn(TcpStream, usize) + Clone + Send + 'static) -> String {
    let listener = TcpListener::bind("127.0.0.1:0").unwrap();
    let address = listener.local_addr().unwrap().to_string();
    thread::spawn(move || {
        for (number, stream) in listener.incoming().enumerate() {
            let (act, mut stream) = (act.clone(), stream.unwrap());
            thread::spawn(move || {
                let mut length = [0; 8];
                stream.read_exact(&mut length).unwrap();
                let count = u32::from_be_bytes(*length.first_chunk().unwrap());
                let mut body = vec![0; count as usize];
                stream.read_exact(&mut body).unwrap();
                act(stream, number);
            });
        }
    });
    address
}

/// Reads what a client sends, message by message, to its end.
pub(crate) fn each(mut stream: TcpStream, mut act: impl FnMut(&mut TcpStream, &Message<'_>)) {
    let mut decoder = FrameDecoder::new();
    let mut buffer = [0; 4096];
    loop {
        while let Some(frame) = decoder.next_frame().unwrap() {
            act(&mut stream, &frame.decode(Version::V14).unwrap());
        }
        match stream.read(&mut buffer) {
            Ok(length) if length > 0 => decoder.feed(&buffer[..length]),
            _ => return,
        }
    }
}

/// Writes a message to somebody who may have gone.
pub(crate) fn put<'a>(stream: &mut TcpStream, message: impl Into<Message<'a>>) {
    let _ = stream.write_all(&frame(message));
}

/// Says that the session is closed.
pub(crate) fn confirm_close(stream: &mut TcpStream, close: &CloseReq) {
    let invoke_id = close.invoke_id;
    put(
        stream,
        CloseConf {
            invoke_id,
            ..Default::default()
        },
    );
}

/// Writes events as long as somebody takes them, and answers nothing.
pub(crate) fn flood(mut stream: TcpStream, _: usize) {
    let event = frame(SystemEvent {
        ccx_status: CcxStatus::IN_SERVICE,
        system_event_id: SystemEventID(9),
        ..Default::default()
    });
    let many = event.repeat(100);
    let _ = stream.write_all(&open_conf());
    while stream.write_all(&many).is_ok() {}
}

/// A signal that comes while events are handled is not lost.
#[cfg(unix)]
#[test]
fn a_flood_does_not_keep_monitor_from_ending() {
    for signal in ["-INT", "-TERM"] {
        let address = listen(flood);
        let mut child = Command::new(examples().join("monitor"))
            .arg(address)
            .stdin(Stdio::null())
            .stdout(Stdio::piped())
            .stderr(Stdio::null())
            .spawn()
            .unwrap();
        let mut shown = BufReader::new(child.stdout.take().unwrap());
        let mut line = String::new();
        shown.read_line(&mut line).unwrap();
        assert!(line.contains("OPEN_CONF"), "{line}");
        let id = child.id().to_string();
        let sent = Command::new("kill").args([signal, &id]).status().unwrap();
        assert!(sent.success());
        // What it prints until then has to go somewhere.
        thread::spawn(move || std::io::copy(&mut shown, &mut std::io::sink()));
        assert!(child.wait().unwrap().success());
    }
}

/// Commands end in their time, whatever comes meanwhile.
#[test]
fn a_flood_does_not_keep_desktop_from_its_commands() {
    let address = listen(flood);
    let mut child = Command::new(examples().join("desktop"))
        .args([
            "--timeout",
            "1",
            "--agent",
            "jdoe",
            "--instrument",
            "2006",
            &address,
        ])
        .stdin(Stdio::piped())
        .stdout(Stdio::piped())
        .stderr(Stdio::null())
        .spawn()
        .unwrap();
    let mut input = child.stdin.take().unwrap();
    let script = b"sleep 0.1\nready\nwait delivered 0.1\ncalls\nquit\n";
    input.write_all(script).unwrap();
    drop(input);
    let shown = BufReader::new(child.stdout.take().unwrap());
    let results: Vec<String> = shown
        .lines()
        .map(Result::unwrap)
        .filter(|line| !line.starts_with("event"))
        .collect();
    assert_eq!(
        results,
        [
            "ok sleep",
            "failed ready: no answer in time",
            "failed wait: it did not come in time",
            "ok calls",
            "ok quit"
        ]
    );
    assert_eq!(child.wait().unwrap().code(), Some(1));
}

/// One picture: at once where nothing more can be known, also of a server of an older version, and an
/// error where there is no session.
#[cfg(feature = "simulator")]
#[test]
fn wallboard_takes_one_picture() {
    let wallboard = |address: &str| {
        let output = Command::new(examples().join("wallboard"))
            .args(["--once", address])
            .stdin(Stdio::null())
            .output()
            .unwrap();
        let text = |bytes| String::from_utf8(bytes).unwrap();
        (
            output.status.code(),
            text(output.stdout),
            text(output.stderr),
        )
    };
    let (status, shown, _) = wallboard(&listen(flood));
    assert_eq!(status, Some(0));
    assert!(
        shown.starts_with("the server gives no configuration: 0 agents"),
        "{shown}"
    );

    // The first version is refused, and that is no failed round.
    let old = listen(|mut stream, number| {
        let answer = if number == 0 {
            frame(FailureConf {
                invoke_id: 1,
                status: StatusCode::INVALID_VERSION,
                ..Default::default()
            })
        } else {
            open_conf()
        };
        let _ = stream.write_all(&answer);
        let _ = stream.read_to_end(&mut Vec::new());
    });
    let (status, shown, errors) = wallboard(&old);
    assert_eq!(status, Some(0), "{errors}");
    assert!(
        shown.starts_with("the server gives no configuration"),
        "{shown}"
    );

    // A status that nobody knows is told by its number.
    let refuses = listen(|mut stream, _| {
        let refusal = frame(FailureConf {
            invoke_id: 1,
            status: StatusCode(5000),
            text: Some("why \u{1b}[7m".into()),
            ..Default::default()
        });
        let _ = stream.write_all(&refusal);
    });
    let (status, shown, errors) = wallboard(&refuses);
    assert_eq!((status, shown.as_str()), (Some(1), ""));
    assert!(
        errors.contains("refused: 5000 (why \\u{1b}[7m)"),
        "{errors}"
    );
    for line in errors.lines() {
        assert!(line.starts_with("wallboard: "), "{line}");
    }
}
