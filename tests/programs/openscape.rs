//! `openscape_webhook` and `openscape_request`, against each other's counterpart.

#[allow(dead_code, reason = "other tests use the rest of it")]
#[path = "../common/openscape_server.rs"]
mod simulated;

use std::io::{BufRead, BufReader, Read, Write};
use std::net::{SocketAddr, TcpListener, TcpStream};
use std::process::{Child, Command, Output, Stdio};
use std::sync::{Arc, Mutex};

use serde_json::{Value, json};
use simulated::Server;

use crate::run::examples;

fn program(name: &str) -> Command {
    let path = examples()
        .join(name)
        .with_extension(std::env::consts::EXE_EXTENSION);
    let mut command = Command::new(path);
    for variable in [
        "OPENSCAPE_TOKEN",
        "OPENSCAPE_CLIENT_TOKEN",
        "OPENSCAPE_PASSWORD",
        "http_proxy",
        "HTTP_PROXY",
    ] {
        command.env_remove(variable);
    }
    command
}

fn request(args: &[&str]) -> Output {
    program("openscape_request").args(args).output().unwrap()
}

fn text(bytes: &[u8]) -> String {
    String::from_utf8(bytes.to_vec()).unwrap()
}

#[test]
fn a_request_is_printed_as_curl_sends_it() {
    let output = request(&["telephony.Hold", "from=3000", "uniqueCallId=it's"]);
    assert!(output.status.success());
    assert_eq!(
        text(&output.stdout),
        "curl -X POST 'https://oscc.example:8080/restsdk/webapi/telephony/hold' \
         -H 'accept: application/json' -H 'authorization: Bearer ********' \
         -H 'content-type: application/json; charset=utf-8' \
         --data-binary '{\"from\":\"3000\",\"uniqueCallId\":\"it'\\''s\"}'\n"
    );
    let secret = ["main.Logon", "agentKey=3", "password=pa55"];
    assert!(!text(&request(&secret).stdout).contains("pa55"));
    let shown = request(&[
        "main.Logon",
        "agentKey=3",
        "password=pa55",
        "--show-secrets",
    ]);
    assert!(text(&shown.stdout).contains("pa55"));
}

#[test]
fn wrong_usage_says_what_is_right() {
    for (args, said) in [
        (
            &["telephony.Holt"][..],
            "no command is named telephony.Holt",
        ),
        (&["hold"], "there are telephony.Hold"),
        (
            &["telephony.Hold"],
            "telephony.Hold needs from=TEXT uniqueCallId=TEXT",
        ),
        (&["telephony.Hold", "from"], "an attribute is KEY=VALUE"),
        (&["telephony.Hold", "form=1"], "it has from, uniqueCallId"),
        (
            &["main.Logon", "agentKey=x", "password=p"],
            "agentKey: an integer expected, not x",
        ),
        (
            &[
                "presence.SetRoutingState",
                "state=AWAY",
                "agentId=1",
                "agentKey=1",
            ],
            "one of AVAILABLE",
        ),
        (
            &["telephony.Hold", "from=", "uniqueCallId=1"],
            "EMPTY_PARAMETER",
        ),
        (
            &["callback.Accept", "agentKey=1", "--to", "oscc"],
            "no http or https URL",
        ),
        (
            &[
                "callback.Accept",
                "agentKey=1",
                "--to",
                "http://127.0.0.1:9",
            ],
            "OPENSCAPE_CLIENT_TOKEN",
        ),
        (&["\u{1b}[31m"], "\\u{1b}[31m"),
    ] {
        let output = request(args);
        let error = text(&output.stderr);
        assert_eq!(output.status.code(), Some(2), "{args:?} {error}");
        assert!(error.contains(said), "{error}");
        assert!(!error.contains('\u{1b}'));
    }
    let list = text(&request(&["--list"]).stdout);
    assert_eq!(list.lines().count(), 107);
    assert!(list.contains("telephony.v1.Logon agentId=TEXT extension=TEXT\n"));
}

/// A request as it came, without the body.
type Seen = Arc<Mutex<Vec<String>>>;

/// Serves the simulated server over HTTP, one connection after another.
fn serve(server: Server) -> (SocketAddr, Arc<Mutex<Server>>, Seen) {
    let listener = TcpListener::bind("127.0.0.1:0").unwrap();
    let address = listener.local_addr().unwrap();
    let server = Arc::new(Mutex::new(server));
    let seen = Seen::default();
    let (shared, heads) = (Arc::clone(&server), Arc::clone(&seen));
    std::thread::spawn(move || {
        for stream in listener.incoming() {
            let mut reader = BufReader::new(stream.unwrap());
            let mut head = String::new();
            while reader.read_line(&mut head).unwrap_or(0) > 2 {}
            let mut lines = head.lines();
            let first = lines.next().unwrap_or_default().to_string();
            let mut words = first.split(' ');
            let mut request = http::Request::builder()
                .method(words.next().unwrap())
                .uri(words.next().unwrap_or("/"));
            let mut length = 0;
            for (name, value) in lines.filter_map(|line| line.split_once(": ")) {
                if name.eq_ignore_ascii_case("content-length") {
                    length = value.parse().unwrap();
                }
                request = request.header(name, value);
            }
            let mut body = vec![0; length];
            reader.read_exact(&mut body).unwrap();
            heads.lock().unwrap().push(head.clone());
            let answer = shared.lock().unwrap().answer(&request.body(body).unwrap());
            let mut text = format!(
                "HTTP/1.1 {}\r\nConnection: close\r\nContent-Length: {}\r\n",
                answer.status(),
                answer.body().len()
            );
            for (name, value) in answer.headers() {
                text += &format!("{name}: {}\r\n", value.to_str().unwrap());
            }
            let stream = reader.get_mut();
            stream.write_all((text + "\r\n").as_bytes()).unwrap();
            stream.write_all(answer.body()).unwrap();
        }
    });
    (address, server, seen)
}

fn with_credentials(address: SocketAddr, args: &[&str]) -> Output {
    program("openscape_request")
        .args(["--to", &format!("http://{address}"), "--agent-key", "3"])
        .args(args)
        .env("OPENSCAPE_CLIENT_TOKEN", "client-token")
        .env("OPENSCAPE_PASSWORD", "pa55")
        .output()
        .unwrap()
}

#[test]
fn a_request_registers_logs_on_and_unregisters() {
    let (address, server, _) = serve(Server::default());
    let output = with_credentials(address, &["admin.GetQueues", "--check"]);
    assert!(output.status.success(), "{}", text(&output.stderr));
    let shown = text(&output.stdout);
    assert!(shown.contains("queues.0.name"), "{shown}");
    assert!(!shown.contains("session-1"));
    let done = server.lock().unwrap().done.clone();
    assert_eq!(
        done,
        [
            "main.RegisterApplication",
            "main.Logon",
            "admin.GetQueues",
            "main.UnregisterApplication"
        ]
    );
    // A GET with a body, and in the query.
    for args in [
        &["routing.GetQueueData", "queueKey=7"][..],
        &["routing.GetQueueData", "queueKey=7", "--get-as-query"],
    ] {
        let output = with_credentials(address, args);
        assert!(output.status.success(), "{}", text(&output.stderr));
    }
}

#[test]
fn a_refusal_says_what_helps() {
    let (address, server, _) = serve(Server::default());
    let to = format!("http://{address}");
    let run = |args: &[&str]| {
        let mut command = program("openscape_request");
        command
            .args(["--to", &to])
            .args(args)
            .env("OPENSCAPE_TOKEN", "stale");
        command.output().unwrap()
    };
    let output = run(&["admin.GetUsers"]);
    assert_eq!(output.status.code(), Some(1));
    let error = text(&output.stderr);
    assert!(error.contains("APPLICATION_NOT_REGISTERED (8)"), "{error}");
    assert!(error.contains("register again"), "{error}");

    server.lock().unwrap().still_registered_elsewhere = 1;
    let output = with_credentials(address, &["admin.GetUsers"]);
    assert_eq!(output.status.code(), Some(1));
    assert!(
        text(&output.stderr).contains("180 s"),
        "{}",
        text(&output.stderr)
    );

    let mut page = http::Response::new(b"<html>\x1b[31m".to_vec());
    *page.status_mut() = http::StatusCode::BAD_GATEWAY;
    server.lock().unwrap().next = Some(page);
    let output = run(&["admin.GetUsers"]);
    assert_eq!(output.status.code(), Some(1));
    let error = text(&output.stderr);
    assert!(
        error.contains("502") && error.contains("<html>\\u{1b}[31m"),
        "{error}"
    );
}

#[test]
fn the_token_follows_no_redirect() {
    let (elsewhere, _, seen) = serve(Server::default());
    let (address, server, _) = serve(Server::default());
    let mut redirect = http::Response::new(Vec::new());
    *redirect.status_mut() = http::StatusCode::TEMPORARY_REDIRECT;
    let location = format!("http://{elsewhere}/restsdk/webapi/admin/users")
        .parse()
        .unwrap();
    redirect.headers_mut().insert("location", location);
    server.lock().unwrap().next = Some(redirect);
    let output = program("openscape_request")
        .args(["--to", &format!("http://{address}"), "admin.GetUsers"])
        .env("OPENSCAPE_TOKEN", "t0ken")
        .output()
        .unwrap();
    assert_eq!(output.status.code(), Some(1));
    assert!(text(&output.stderr).contains("not followed"));
    assert!(seen.lock().unwrap().is_empty());
}

/// A running webhook, and where it listens.
struct Webhook(Child, SocketAddr);

impl Drop for Webhook {
    fn drop(&mut self) {
        let _ = self.0.kill();
        let _ = self.0.wait();
    }
}

impl Webhook {
    fn start(args: &[&str]) -> Self {
        let mut child = program("openscape_webhook")
            .args(["--listen", "127.0.0.1:0"])
            .args(args)
            .env("OPENSCAPE_CLIENT_TOKEN", "client-token")
            .env("OPENSCAPE_PASSWORD", "pa55")
            .stdout(Stdio::piped())
            .stderr(Stdio::piped())
            .spawn()
            .unwrap();
        let mut errors = BufReader::new(child.stderr.take().unwrap());
        let mut line = String::new();
        errors.read_line(&mut line).unwrap();
        let address = line
            .trim()
            .trim_end_matches('/')
            .rsplit('/')
            .next()
            .unwrap();
        let address = address.parse().expect(&line);
        std::thread::spawn(move || errors.lines().for_each(drop));
        Self(child, address)
    }

    /// Posts a body; the status that came back.
    fn post(&self, body: &[u8]) -> u16 {
        let head = format!(
            "POST /any/path HTTP/1.1\r\nHost: x\r\nX-Forwarded-For: 6.6.6.6\r\nContent-Length: {}\r\nConnection: close\r\n\r\n",
            body.len()
        );
        self.send(&[head.as_bytes(), body].concat())
    }

    fn send(&self, bytes: &[u8]) -> u16 {
        let mut stream = TcpStream::connect(self.1).unwrap();
        stream.write_all(bytes).unwrap();
        let mut answer = String::new();
        let _ = stream.read_to_string(&mut answer);
        answer.split(' ').nth(1).expect("a status").parse().unwrap()
    }

    fn lines(&mut self, count: usize) -> Vec<String> {
        let out = self.0.stdout.take().unwrap();
        BufReader::new(out)
            .lines()
            .take(count)
            .map(Result::unwrap)
            .collect()
    }
}

#[test]
fn a_webhook_shows_what_comes() {
    let mut webhook = Webhook::start(&[
        "--to",
        "json",
        "--check",
        "--no-samples",
        "--max-body",
        "100000",
    ]);
    let held = |data: &str| {
        format!(
            r#"{{"type":"EVENT","data":{{"realm":"TELEPHONY","type":"HELD_EVENT","data":{data}}}}}"#
        )
    };
    let long = format!("{{\"x\":\"{}\"}}", "x".repeat(200_000));
    for (body, status) in [
        (held(r#"{"uniqueCallId":"1","heldParty":"x"}"#), 200),
        (held("\"text\""), 200),
        (held(r#"{"uniqueCallId":"1","uniqueCallId":"2"}"#), 200),
        (held(&format!("{{\"new\":{}{}}}", "[".repeat(9000), "]".repeat(9000))), 200),
        (r#"{"type":"EVENT","data":{"realm":"MOON","type":"LANDED","data":{"n":123456789012345678901234567890}}}"#.into(), 200),
        ("{\"a\":\n\"\u{202e}\u{9b}\"}".into(), 200),
        ("{}".into(), 200),
        ("[1]".into(), 400),
        ("{".into(), 400),
        (String::new(), 400),
        (long, 413),
    ] {
        let start: String = body.chars().take(80).collect();
        assert_eq!(webhook.post(body.as_bytes()), status, "{start}");
    }
    assert_eq!(webhook.post(b"{\"a\":\"\xff\"}"), 400);
    assert_eq!(
        webhook.send(b"GET / HTTP/1.1\r\nHost: x\r\nConnection: close\r\n\r\n"),
        405
    );
    let chunked = b"POST / HTTP/1.1\r\nHost: x\r\nTransfer-Encoding: chunked\r\nConnection: close\r\n\r\n1\r\n{\r\n1\r\n}\r\n0\r\n\r\n";
    assert_eq!(webhook.send(chunked), 200);
    let head = format!(
        "POST / HTTP/1.1\r\nHost: x\r\nA: {}\r\n\r\n",
        "a".repeat(100_000)
    );
    assert!((400..500).contains(&webhook.send(head.as_bytes())));

    let lines: Vec<Value> = webhook
        .lines(8)
        .iter()
        .map(|line| {
            assert!(!line.contains(['\u{202e}', '\u{9b}']));
            serde_json::from_str(line).expect(line)
        })
        .collect();
    assert_eq!(lines[0]["typed"], true);
    let pointers: Vec<_> = lines[0]["findings"]
        .as_array()
        .unwrap()
        .iter()
        .map(|found| &found["pointer"])
        .collect();
    assert!(pointers.contains(&&json!("/data/data/heldParty")));
    assert_eq!(lines[1]["message"]["data"]["data"], "text");
    for (line, error) in [(2, "twice"), (3, "deep")] {
        assert!(lines[line]["error"].as_str().unwrap().contains(error));
        assert!(lines[line]["body"].as_str().unwrap().starts_with('{'));
    }
    assert_eq!(lines[4]["realm"], "MOON");
    assert_eq!(lines[5]["message"]["a"], "\u{202e}\u{9b}");
    assert_eq!(lines[7]["message"], json!({}));
    assert_eq!(lines[7]["number"], 8);
}

#[test]
fn a_first_run_shows_the_manuals_events() {
    let mut webhook = Webhook::start(&["--to", "json", "--check"]);
    let lines = webhook.lines(97);
    for line in &lines {
        let event: Value = serde_json::from_str(line).unwrap();
        assert_eq!(event["typed"], true, "{line}");
        assert_eq!(event["findings"], json!([]), "{line}");
    }
}

#[test]
fn a_webhook_registers_and_listens() {
    let (address, server, seen) = serve(Server::default());
    let webhook = Webhook::start(&[
        "--register",
        &format!("http://{address}"),
        "--agent-key",
        "3",
    ]);
    // Nothing but the last subscription tells that it is done.
    while server.lock().unwrap().listening.len() < 7 {
        std::thread::yield_now();
    }
    assert!(server.lock().unwrap().logged_on);
    drop(webhook);
    let heads = seen.lock().unwrap().join("");
    assert!(
        heads.contains("Bearer session-1") || heads.contains("bearer session-1"),
        "{heads}"
    );
}
