//! Shows the events that OpenScape Contact Center posts.
//!
//! ```sh
//! cargo run --features openscape --example openscape_webhook
//! ```
#![allow(
    clippy::doc_markdown,
    clippy::arithmetic_side_effects,
    reason = "doc comments of the arguments are their help, shown as they stand; counts of events"
)]

#[allow(dead_code, reason = "the other program uses the rest of it")]
mod openscape;

use std::convert::Infallible;
use std::io::{self, Write};
use std::net::SocketAddr;
use std::process::ExitCode;
use std::sync::atomic::{AtomicBool, Ordering};
use std::sync::mpsc as std_mpsc;
use std::sync::{Arc, Mutex, MutexGuard, PoisonError};
use std::time::{Duration, Instant};

use clap::{Parser, ValueEnum};
use cti_codec::openscape::{
    Client, ClientEvent, Event, EventMessage, Finding, Listen, ReadError, Session, Settings,
    check_event,
};
use http::{Method, Request, Response, StatusCode, header};
use http_body_util::{BodyExt, Full};
use hyper::body::{Body, Bytes, Incoming};
use hyper::service::service_fn;
use hyper_util::rt::{TokioIo, TokioTimer};
use jiff::{Timestamp, Unit};
use serde_json::value::RawValue;
use serde_json::{Value, json};
use tokio::net::{TcpListener, TcpStream};
use tokio::sync::{OwnedSemaphorePermit, Semaphore, mpsc};
use tokio::task::AbortHandle;
use tokio::time::timeout;

use openscape::{Credentials, Http, Tls, advice, lines, shown, shown_json, table};

/// The manual's examples of events, one per line.
const SAMPLES: &str = include_str!("data/openscape_events.jsonl");

/// Connections at once. For one more, the one is closed that has been silent for the longest time.
const CONNECTIONS: usize = 128;
/// The time for the head of a request, and between two requests of a connection.
const HEAD_WITHIN: Duration = Duration::from_secs(60);
/// The time for a whole body.
const BODY_WITHIN: Duration = Duration::from_secs(30);
/// The size of a request's head.
const HEAD_MAX: usize = 32 << 10;
/// The maximum of output that waits to be printed, in KiB.
const WAITING: u32 = 64 << 10;

/// Shows the events that OpenScape Contact Center posts.
///
/// Listens for events and prints each as it arrives. With --register it
/// registers at a server, logs a user on, listens for all media and unregisters
/// on Ctrl-C; without, it posts the manual's examples to itself first.
#[derive(Parser)]
#[command(
    verbatim_doc_comment,
    name = "openscape_webhook",
    after_help = "\
Examples:
  openscape_webhook                     the manual's examples, then your server's events
  openscape_webhook --to json --check --no-samples
  openscape_webhook --listen 0.0.0.0:8088 --public-url http://10.80.199.11:8088/ \\
      --register https://oscc.example:8080 --client-token-file token \\
      --agent-key 3 --password-file password

The webhook answers 200 as soon as it has kept an event, 400 to a body that is no JSON
object, and 413 to one that is too large. Any path will do.
The exit status is 0; 1 if registering failed; 2 for wrong usage."
)]
struct Args {
    /// Address to listen on
    #[arg(long, value_name = "ADDRESS", default_value = "127.0.0.1:8088")]
    listen: SocketAddr,

    /// Form of the output
    #[arg(long, value_enum, default_value = "text")]
    to: To,

    /// Also print every difference from the manual
    #[arg(long)]
    check: bool,

    /// Do not post the manual's examples
    #[arg(long)]
    no_samples: bool,

    /// The largest body, in bytes
    #[arg(long, value_name = "BYTES", default_value_t = 4 << 20)]
    max_body: usize,

    /// Register at this server; repeat it for a standby server
    #[arg(long, value_name = "URL")]
    register: Vec<String>,

    /// The URL of this webhook as the server sees it [default: from --listen]
    #[arg(long, value_name = "URL")]
    public_url: Option<String>,

    #[command(flatten)]
    credentials: Credentials,

    #[command(flatten)]
    tls: Tls,
}

#[derive(Clone, Copy, PartialEq, Eq, ValueEnum)]
enum To {
    /// For people
    Text,
    /// One object per line
    Json,
}

/// A body that has been answered and not been printed yet.
struct Kept {
    at: Timestamp,
    body: Bytes,
    _waiting: OwnedSemaphorePermit,
}

fn main() -> ExitCode {
    let args = Args::parse();
    let runtime = match tokio::runtime::Builder::new_multi_thread()
        .enable_all()
        .build()
    {
        Ok(runtime) => runtime,
        Err(error) => return fail(&error.to_string(), 1),
    };
    match runtime.block_on(run(args)) {
        Ok(()) => ExitCode::SUCCESS,
        Err((why, status)) => fail(&why, status),
    }
}

fn fail(why: &str, status: u8) -> ExitCode {
    note(why);
    ExitCode::from(status)
}

/// Tells the user something besides the events.
fn note(text: &str) {
    let _ = writeln!(io::stderr(), "openscape_webhook: {text}");
}

async fn run(args: Args) -> Result<(), (String, u8)> {
    let listener = TcpListener::bind(args.listen)
        .await
        .map_err(|error| (format!("{}: {error}", args.listen), 1))?;
    let address = listener
        .local_addr()
        .map_err(|error| (error.to_string(), 1))?;
    note(&format!("listens on http://{address}/"));

    let (keep, mut kept) = mpsc::unbounded_channel::<Kept>();
    let waiting = Arc::new(Semaphore::new(WAITING as usize));
    let registration = if args.register.is_empty() {
        None
    } else {
        Some(Registration::start(&args, address).map_err(|why| (why, 2))?)
    };
    let to_client = registration
        .as_ref()
        .map(|registration| registration.tell.clone());

    // One thread prints, so that a slow terminal does not delay the server.
    let (to, check) = (args.to, args.check);
    let printer = tokio::task::spawn_blocking(move || {
        let mut number = 0_u64;
        while let Some(event) = kept.blocking_recv() {
            number += 1;
            if let (Some(tell), Ok(message)) = (&to_client, EventMessage::read(&event.body)) {
                let _ = tell.send(Told::Event(Box::new(message.into_owned().event)));
            }
            let line = match to {
                To::Text => text(number, &event, check),
                To::Json => json_line(number, &event, check),
            };
            let mut out = io::stdout().lock();
            if out
                .write_all(line.as_bytes())
                .and_then(|()| out.flush())
                .is_err()
            {
                return;
            }
        }
    });

    let serving = tokio::spawn(serve(listener, keep.clone(), waiting, args.max_body));
    if args.register.is_empty() && !args.no_samples {
        note("posts the manual's examples to itself; --no-samples leaves them out");
        tokio::spawn(post_samples(address));
    }
    drop(keep);

    let failed = registration
        .as_ref()
        .map(|registration| Arc::clone(&registration.failed));
    tokio::select! {
        _ = tokio::signal::ctrl_c() => {}
        _ = terminated() => {}
        // The output is closed.
        _ = printer => {}
        () = stopped(failed.clone()) => {}
    }
    if let Some(registration) = registration {
        let _ = tokio::task::spawn_blocking(move || registration.finish()).await;
    }
    serving.abort();
    if failed.is_some_and(|failed| failed.load(Ordering::Relaxed)) {
        return Err(("not registered".into(), 1));
    }
    Ok(())
}

/// Waits for the signal with which a supervisor ends a program.
async fn terminated() {
    #[cfg(unix)]
    if let Ok(mut signal) =
        tokio::signal::unix::signal(tokio::signal::unix::SignalKind::terminate())
    {
        signal.recv().await;
        return;
    }
    std::future::pending::<()>().await;
}

/// Waits until the registration has failed for good.
async fn stopped(failed: Option<Arc<AtomicBool>>) {
    let Some(failed) = failed else {
        return std::future::pending().await;
    };
    while !failed.load(Ordering::Relaxed) {
        tokio::time::sleep(Duration::from_millis(100)).await;
    }
}

/// The open connections, and when each of them last had a request.
#[derive(Default)]
struct Connections(Mutex<Vec<(u64, Instant, AbortHandle)>>);

impl Connections {
    fn list(&self) -> MutexGuard<'_, Vec<(u64, Instant, AbortHandle)>> {
        self.0.lock().unwrap_or_else(PoisonError::into_inner)
    }

    fn active(&self, id: u64) {
        if let Some((_, at, _)) = self.list().iter_mut().find(|(known, _, _)| *known == id) {
            *at = Instant::now();
        }
    }

    fn ended(&self, id: u64) {
        self.list().retain(|(known, _, _)| *known != id);
    }

    /// Runs a connection, and makes room for it first.
    fn run(&self, id: u64, connection: impl Future<Output = ()> + Send + 'static) {
        let mut list = self.list();
        if list.len() >= CONNECTIONS
            && let Some(silent) =
                (0..list.len()).min_by_key(|place| list.get(*place).map(|(_, at, _)| *at))
        {
            list.swap_remove(silent).2.abort();
        }
        // It ends only after this, for it needs the list to say so.
        let handle = tokio::spawn(connection).abort_handle();
        list.push((id, Instant::now(), handle));
    }
}

async fn serve(
    listener: TcpListener,
    keep: mpsc::UnboundedSender<Kept>,
    waiting: Arc<Semaphore>,
    max_body: usize,
) {
    let connections = Arc::new(Connections::default());
    for id in 0_u64.. {
        let stream = match listener.accept().await {
            Ok((stream, _)) => stream,
            Err(error) => {
                // Out of file descriptors, as a rule: it passes.
                note(&format!("accepting a connection: {error}"));
                tokio::time::sleep(Duration::from_millis(100)).await;
                continue;
            }
        };
        let (keep, waiting, all) = (keep.clone(), Arc::clone(&waiting), Arc::clone(&connections));
        connections.run(id, async move {
            let service = service_fn(|request| {
                all.active(id);
                answer(request, keep.clone(), Arc::clone(&waiting), max_body)
            });
            let _ = hyper::server::conn::http1::Builder::new()
                .timer(TokioTimer::new())
                .header_read_timeout(HEAD_WITHIN)
                .max_buf_size(HEAD_MAX)
                .serve_connection(TokioIo::new(stream), service)
                .await;
            all.ended(id);
        });
    }
}

async fn answer(
    request: Request<Incoming>,
    keep: mpsc::UnboundedSender<Kept>,
    waiting: Arc<Semaphore>,
    max_body: usize,
) -> Result<Response<Full<Bytes>>, Infallible> {
    if request.method() != Method::POST {
        let mut response = reply(StatusCode::METHOD_NOT_ALLOWED, "events are posted");
        response
            .headers_mut()
            .insert(header::ALLOW, header::HeaderValue::from_static("POST"));
        return Ok(response);
    }
    let encoding = request.headers().get(header::CONTENT_ENCODING);
    if encoding.is_some_and(|encoding| !encoding.as_bytes().eq_ignore_ascii_case(b"identity")) {
        return Ok(refuse(
            StatusCode::UNSUPPORTED_MEDIA_TYPE,
            "a body with a content encoding",
        ));
    }
    let body = match timeout(BODY_WITHIN, collect(request.into_body(), max_body)).await {
        Ok(Ok(Some(body))) => body,
        Ok(Ok(None)) => {
            return Ok(refuse(
                StatusCode::PAYLOAD_TOO_LARGE,
                &format!("a body of more than {max_body} bytes"),
            ));
        }
        Ok(Err(error)) => {
            return Ok(refuse(
                StatusCode::BAD_REQUEST,
                &format!("a body that broke off: {error}"),
            ));
        }
        Err(_) => {
            return Ok(refuse(
                StatusCode::REQUEST_TIMEOUT,
                "a body that took too long",
            ));
        }
    };
    let at = Timestamp::now()
        .round(Unit::Millisecond)
        .unwrap_or_default();
    if let Err(error) = is_object(&body) {
        return Ok(refuse(StatusCode::BAD_REQUEST, &error.to_string()));
    }
    let size = u32::try_from(body.len() / 1024 + 1)
        .unwrap_or(u32::MAX)
        .min(WAITING);
    let Ok(permit) = waiting.acquire_many_owned(size).await else {
        return Ok(reply(StatusCode::SERVICE_UNAVAILABLE, "about to end"));
    };
    let kept = Kept {
        at,
        body,
        _waiting: permit,
    };
    Ok(match keep.send(kept) {
        Ok(()) => reply(StatusCode::OK, ""),
        Err(_) => reply(StatusCode::SERVICE_UNAVAILABLE, "about to end"),
    })
}

/// Whether a body is a JSON object: anything more is for the one who reads it.
fn is_object(body: &[u8]) -> Result<(), ReadError> {
    match EventMessage::read(body) {
        Err(error @ (ReadError::NotUtf8(_) | ReadError::Json(_) | ReadError::NotAnObject)) => {
            Err(error)
        }
        _ => Ok(()),
    }
}

/// Returns the whole body, or `None` if it is too large; then the rest is read and dropped for a
/// while, so that the sender gets the answer.
async fn collect(mut incoming: Incoming, max: usize) -> Result<Option<Bytes>, hyper::Error> {
    let announced = incoming.size_hint().lower();
    let mut body = Vec::new();
    let mut dropped = usize::try_from(announced).map_or(true, |announced| announced > max);
    let mut read = 0_usize;
    while let Some(frame) = incoming.frame().await {
        let Ok(data) = frame?.into_data() else {
            continue;
        };
        read = read.saturating_add(data.len());
        dropped |= read > max;
        if dropped {
            body = Vec::new();
            if read > max.saturating_mul(4) {
                break;
            }
        } else {
            body.extend_from_slice(&data);
        }
    }
    Ok((!dropped).then(|| body.into()))
}

fn reply(status: StatusCode, text: &str) -> Response<Full<Bytes>> {
    let body = if text.is_empty() {
        String::new()
    } else {
        format!("{text}\n")
    };
    let mut response = Response::new(Full::from(body));
    *response.status_mut() = status;
    if !text.is_empty() {
        let plain = header::HeaderValue::from_static("text/plain; charset=utf-8");
        response.headers_mut().insert(header::CONTENT_TYPE, plain);
    }
    response
}

/// Refuses a body with a note, without printing it.
fn refuse(status: StatusCode, why: &str) -> Response<Full<Bytes>> {
    let why = shown(why);
    note(&format!("answered {} to {why}", status.as_u16()));
    let mut response = reply(status, &why);
    if status != StatusCode::BAD_REQUEST {
        let close = header::HeaderValue::from_static("close");
        response.headers_mut().insert(header::CONNECTION, close);
    }
    response
}

/// The result of reading a body.
struct Read<'b> {
    realm: Option<String>,
    event_type: Option<String>,
    /// The message as written again, or the whole body with its fault.
    json: Result<String, (ReadError, &'b [u8])>,
    typed: bool,
    findings: Vec<Finding>,
}

fn read(body: &[u8], check: bool) -> Read<'_> {
    let findings = match check_event(body) {
        Ok(findings) if check => findings,
        _ => Vec::new(),
    };
    match EventMessage::read(body) {
        Ok(message) => Read {
            realm: message.event.realm().map(Into::into),
            event_type: message.event.event_type().map(Into::into),
            typed: !matches!(message.event, Event::Other(_)),
            json: Ok(message.to_json().unwrap_or_default()),
            findings,
        },
        Err(error) => Read {
            realm: None,
            event_type: None,
            typed: false,
            json: Err((error, body)),
            findings,
        },
    }
}

fn text(number: u64, event: &Kept, check: bool) -> String {
    let read = read(&event.body, check);
    let name = |part: &Option<String>| part.as_deref().map_or_else(|| "-".into(), shown);
    let mut text = format!(
        "{number:4}  {} {}  {:.3}",
        name(&read.realm),
        name(&read.event_type),
        event.at
    );
    match &read.json {
        Ok(json) => {
            let raw: Option<&RawValue> = serde_json::from_str(json).ok();
            let mut shown = raw.map(lines).unwrap_or_default();
            if read.typed {
                // Said in the first line.
                shown.retain(|(name, value)| {
                    !matches!(name.as_str(), "data.realm" | "data.type")
                        && (name != "type" || value != "EVENT")
                });
                for (name, _) in &mut shown {
                    if let Some(short) = name.strip_prefix("data.data.") {
                        *name = short.into();
                    }
                }
            } else {
                text += "  (no table describes it, or it is not as its table says)";
            }
            text.push('\n');
            text += &table(&shown);
        }
        Err((error, body)) => {
            text += &format!(
                "  kept whole: {}\n      {}\n",
                shown(&error.to_string()),
                shown_json(&String::from_utf8_lossy(body))
            );
        }
    }
    for finding in &read.findings {
        text += &format!("      ! {}\n", shown(&finding.to_string()));
    }
    text.push('\n');
    text
}

fn json_line(number: u64, event: &Kept, check: bool) -> String {
    let read = read(&event.body, check);
    let mut members = vec![
        ("number", json!(number).to_string()),
        ("received", json!(format!("{:.3}", event.at)).to_string()),
        ("realm", json!(read.realm).to_string()),
        ("type", json!(read.event_type).to_string()),
        ("typed", json!(read.typed).to_string()),
    ];
    match &read.json {
        Ok(json) => members.push(("message", json.clone())),
        Err((error, body)) => {
            members.push(("error", Value::from(error.to_string()).to_string()));
            members.push((
                "body",
                Value::from(String::from_utf8_lossy(body)).to_string(),
            ));
        }
    }
    if check {
        let findings: Vec<_> = read
            .findings
            .iter()
            .map(|finding| json!({"pointer": finding.pointer, "finding": finding.kind.name(), "text": finding.kind.to_string()}))
            .collect();
        members.push(("findings", json!(findings).to_string()));
    }
    let members: Vec<_> = members
        .iter()
        .map(|(name, value)| format!("\"{name}\":{value}"))
        .collect();
    shown_json(&format!("{{{}}}", members.join(","))) + "\n"
}

/// Posts the manual's examples as a server would, one after another.
async fn post_samples(address: SocketAddr) {
    use tokio::io::{AsyncReadExt, AsyncWriteExt};

    for sample in SAMPLES.lines() {
        let post = async {
            let mut stream = TcpStream::connect(address).await?;
            let head = format!(
                "POST /events HTTP/1.1\r\nHost: {address}\r\nContent-Type: application/json; charset=utf-8\r\n\
                 Content-Length: {}\r\nConnection: close\r\n\r\n",
                sample.len()
            );
            stream.write_all(head.as_bytes()).await?;
            stream.write_all(sample.as_bytes()).await?;
            let mut answer = Vec::new();
            stream.read_to_end(&mut answer).await
        };
        if let Err(error) = post.await {
            note(&format!("posting an example: {error}"));
            return;
        }
    }
}

/// A message to the thread that keeps the registration.
enum Told {
    Event(Box<Event<'static>>),
    Close,
}

/// A thread that keeps the application registered.
struct Registration {
    tell: std_mpsc::Sender<Told>,
    failed: Arc<AtomicBool>,
    thread: std::thread::JoinHandle<()>,
}

impl Registration {
    fn start(args: &Args, address: SocketAddr) -> Result<Self, String> {
        let url = match &args.public_url {
            Some(url) => url.clone(),
            None if address.ip().is_unspecified() => {
                return Err("the server needs an address to post to: --public-url URL".into());
            }
            None => format!("http://{address}/"),
        };
        let servers: Result<Vec<_>, _> =
            args.register.iter().map(|url| Session::new(url)).collect();
        let servers = servers.map_err(|error| error.to_string())?;
        let mut settings = Settings::new(servers, args.credentials.register(&url)?);
        settings.logon = args.credentials.logon()?;
        settings.listen = Listen::ALL.to_vec();
        settings.answer_within = Duration::from_secs(args.tls.timeout.saturating_add(5));
        let http = Http::new(&args.tls)?;
        let (tell, told) = std_mpsc::channel();
        let failed = Arc::new(AtomicBool::new(false));
        let flag = Arc::clone(&failed);
        let thread =
            std::thread::spawn(move || keep_registered(Client::new(settings), &http, &told, &flag));
        Ok(Self {
            tell,
            failed,
            thread,
        })
    }

    /// Unregisters.
    fn finish(self) {
        let _ = self.tell.send(Told::Close);
        let _ = self.thread.join();
    }
}

fn keep_registered(
    mut client: Client,
    http: &Http,
    told: &std_mpsc::Receiver<Told>,
    failed: &AtomicBool,
) {
    let start = Instant::now();
    client.start(start.elapsed());
    loop {
        while let Some((id, request)) = client.poll_request(start.elapsed()) {
            match http.send(request) {
                Ok(response) => drop(client.handle_response(start.elapsed(), id, &response)),
                Err(error) => {
                    note(&format!("registering: {error}"));
                    client.handle_failure(start.elapsed(), id);
                }
            }
        }
        while let Some(event) = client.poll_event() {
            match event {
                ClientEvent::Closed => return,
                ClientEvent::Stopped(cause) => {
                    note(&format!("registering: {}", shown(&cause.to_string())));
                    failed.store(true, Ordering::Relaxed);
                    return;
                }
                event => note(&said(&event)),
            }
        }
        let wait = client.poll_timeout().map_or(Duration::from_secs(60), |at| {
            at.saturating_sub(start.elapsed())
        });
        match told.recv_timeout(wait) {
            Ok(Told::Event(event)) => client.handle_event(&event),
            Ok(Told::Close) => client.close(start.elapsed()),
            Err(std_mpsc::RecvTimeoutError::Timeout) => client.handle_timeout(start.elapsed()),
            Err(std_mpsc::RecvTimeoutError::Disconnected) => client.close(start.elapsed()),
        }
    }
}

fn said(event: &ClientEvent) -> String {
    match event {
        ClientEvent::Registered { .. } => "registered".into(),
        ClientEvent::Online => "logged on and listening, as far as the server allowed".into(),
        ClientEvent::NotDone { command, error } => {
            format!("{command}: {}", shown(&error.to_string()))
        }
        ClientEvent::Lost(cti_codec::openscape::Loss::Refused(refused)) => format!(
            "the registration is gone: {}{}",
            shown(&refused.to_string()),
            advice(refused).map_or_else(String::new, |advice| format!("; {advice}"))
        ),
        ClientEvent::Lost(_) => "the server does not answer; the next one is tried".into(),
        ClientEvent::Waiting { .. } => {
            "another server counts as the one in charge, for up to 180 s".into()
        }
        ClientEvent::ServiceLost(realm) => format!("{realm}: disconnected"),
        ClientEvent::ServiceBack(realm) => format!("{realm}: connected"),
        ClientEvent::LogAgentsOn => {
            "the contact centre has switched over: log the agents on again".into()
        }
        ClientEvent::AskStates => {
            "voice is not ready: agents may be logged off, queued calls dropped".into()
        }
        event => shown(&format!("{event:?}")),
    }
}
