//! Sends a command to OpenScape Contact Center, or shows how curl would.
//!
//! ```sh
//! cargo run --features openscape --example openscape_request -- telephony.Hold from=3000 uniqueCallId=1
//! ```
#![allow(
    clippy::doc_markdown,
    clippy::arithmetic_side_effects,
    reason = "doc comments of the arguments are their help, shown as they stand; lengths of texts"
)]

mod openscape;

use std::fs::OpenOptions;
use std::io::{self, Write};
use std::path::PathBuf;
use std::process::ExitCode;

use clap::Parser;
use cti_codec::openscape::{
    Command, CommandInfo, CommandResponse, GetBodies, JsonType, Kind, RequestError, Response,
    ResponseError, Row, Secret, Session, all_commands, check_json, main as main_commands,
};
use http::Request;
use serde_json::value::RawValue;
use serde_json::{Map, Value};

use openscape::{Credentials, Http, Tls, advice, lines, read, secret, shown, shown_json, table};

/// Sends a command to OpenScape Contact Center.
///
/// Prints the request as curl would send it, and the answer where --to says
/// where to send it. Without a session token it registers, logs a user on
/// where --agent-key names one, and unregisters afterwards.
#[derive(Parser)]
#[command(
    verbatim_doc_comment,
    name = "openscape_request",
    after_help = "\
Examples:
  openscape_request --list telephony
  openscape_request telephony.Hold from=3000 uniqueCallId=2491535069604582
  openscape_request --to https://oscc.example:8080 --token-file token \\
      presence.GetRoutingState agentKey=3
  openscape_request --to https://oscc.example:8080 --client-token-file client \\
      --agent-key 3 --password-file password admin.GetQueues
  openscape_request routing.EnqueueCall uniqueCallId=1 contactData=@data.json …

A value that starts with @ is read from a file; @@ stands for an @. Objects and
lists are JSON. The exit status is 0; 1 if the server refused the command or
could not be reached; 2 for wrong usage."
)]
struct Args {
    /// The command: telephony.Hold, telephony.v1.Logon
    #[arg(required_unless_present = "list")]
    name: Option<String>,

    /// Its attributes
    #[arg(value_name = "KEY=VALUE")]
    attributes: Vec<String>,

    /// List the commands, or those whose name has NAME in it, with their attributes
    #[arg(long)]
    list: bool,

    /// Send it to this server
    #[arg(long, value_name = "URL")]
    to: Option<String>,

    /// A file with a session token; without it, OPENSCAPE_TOKEN is read
    #[arg(long, value_name = "FILE")]
    token_file: Option<PathBuf>,

    /// Save the session token of a registration in this file
    #[arg(long, value_name = "FILE")]
    save_token: Option<PathBuf>,

    /// Webhook to register, if the program has to register
    #[arg(long, value_name = "URL", default_value = "http://127.0.0.1:8088/")]
    webhook_url: String,

    /// Put the attribute of a GET into the URL, for proxies that drop its body
    #[arg(long)]
    get_as_query: bool,

    /// Also print every difference of the answer from the manual
    #[arg(long)]
    check: bool,

    /// Show tokens and passwords
    #[arg(long)]
    show_secrets: bool,

    #[command(flatten)]
    credentials: Credentials,

    #[command(flatten)]
    tls: Tls,
}

/// The reason of a failure.
enum Failure {
    /// Exit status 1.
    Failed(String),
    /// Exit status 2.
    Usage(String),
}

impl From<io::Error> for Failure {
    fn from(error: io::Error) -> Self {
        Self::Failed(shown(&error.to_string()))
    }
}

fn main() -> ExitCode {
    let args = Args::parse();
    let result = match (&args.list, &args.name) {
        (true, filter) => list(filter.as_deref().unwrap_or("")),
        (false, Some(name)) => run(&args, name),
        (false, None) => Err(Failure::Usage("no command".into())),
    };
    match result {
        Ok(()) => ExitCode::SUCCESS,
        Err(Failure::Failed(why)) if why.contains("Broken pipe") => ExitCode::SUCCESS,
        Err(Failure::Failed(why)) => {
            eprintln!("openscape_request: {why}");
            ExitCode::FAILURE
        }
        Err(Failure::Usage(why)) => {
            eprintln!("openscape_request: {why}");
            ExitCode::from(2)
        }
    }
}

fn list(filter: &str) -> Result<(), Failure> {
    let mut out = io::stdout().lock();
    let lower = filter.to_lowercase();
    let mut found = false;
    for info in all_commands().filter(|info| info.name.to_lowercase().contains(&lower)) {
        found = true;
        write!(out, "{}", info.name)?;
        for row in info.request.rows {
            let (open, close) = if row.optional { ("[", "]") } else { ("", "") };
            write!(out, " {open}{}={}{close}", row.name, type_name(&row.kind))?;
        }
        writeln!(out)?;
    }
    if found {
        return Ok(());
    }
    Err(Failure::Usage(format!(
        "no command has {} in its name",
        shown(filter)
    )))
}

/// Returns the form of a value.
fn type_name(kind: &Kind) -> String {
    match kind {
        Kind::Text => "TEXT".into(),
        Kind::Integer => "INTEGER".into(),
        Kind::Float => "NUMBER".into(),
        Kind::Boolean => "true|false".into(),
        Kind::Name(names) if names.values.len() <= 6 => names
            .values
            .iter()
            .map(|(name, _)| *name)
            .collect::<Vec<_>>()
            .join("|"),
        Kind::Name(names) => names.name.into(),
        Kind::AgentOrAll => "KEY|*".into(),
        Kind::ResourceOrAll => "TEXT|*".into(),
        Kind::Object(table) => {
            let rows = table
                .rows
                .iter()
                .map(|row| format!("{:?}:{}", row.name, type_name(&row.kind)));
            format!("{{{}}}", rows.collect::<Vec<_>>().join(","))
        }
        Kind::List(item) => format!("[{},…]", type_name(item)),
        _ => "JSON".into(),
    }
}

/// Finds the command, or says which have a name like it.
fn command(name: &str) -> Result<&'static CommandInfo, Failure> {
    CommandInfo::named(name).ok_or_else(|| {
        let part = name.rsplit('.').next().unwrap_or(name).to_lowercase();
        let alike: Vec<_> = all_commands()
            .map(|info| info.name)
            .filter(|known| !part.is_empty() && known.to_lowercase().contains(&part))
            .collect();
        Failure::Usage(match alike.as_slice() {
            [] => format!("no command is named {}; --list lists them", shown(name)),
            alike => format!(
                "no command is named {}; there are {}",
                shown(name),
                alike.join(", ")
            ),
        })
    })
}

/// Builds the body from the arguments.
fn body(info: &CommandInfo, attributes: &[String]) -> Result<String, Failure> {
    let usage = |why: String| Err(Failure::Usage(why));
    let mut members = Map::new();
    for attribute in attributes {
        let Some((name, value)) = attribute.split_once('=') else {
            return usage(format!("{}: an attribute is KEY=VALUE", shown(attribute)));
        };
        let Some(row) = info.request.row(name) else {
            let known: Vec<_> = info.request.rows.iter().map(|row| row.name).collect();
            let known = match known.as_slice() {
                [] => "it has none".into(),
                known => format!("it has {}", known.join(", ")),
            };
            return usage(format!(
                "{} has no attribute {}; {known}",
                info.name,
                shown(name)
            ));
        };
        let value = match value.strip_prefix('@') {
            Some(at) if at.starts_with('@') => at.into(),
            Some(path) => {
                let bytes = read(path.as_ref()).map_err(Failure::Usage)?;
                let text = String::from_utf8(bytes)
                    .map_err(|_| Failure::Usage(format!("{}: no text", shown(path))))?;
                text.trim_end_matches(['\r', '\n']).into()
            }
            None => value.to_string(),
        };
        let value = json(row, &value).map_err(Failure::Usage)?;
        if members.insert(row.name.into(), value).is_some() {
            return usage(format!("{}: given twice", row.name));
        }
    }
    let missing: Vec<_> = info
        .request
        .rows
        .iter()
        .filter(|row| !row.optional && !members.contains_key(row.name))
        .map(|row| format!("{}={}", row.name, type_name(&row.kind)))
        .collect();
    if !missing.is_empty() {
        return usage(format!("{} needs {}", info.name, missing.join(" ")));
    }
    Ok(Value::Object(members).to_string())
}

/// Converts a value as its row requires.
fn json(row: &Row, text: &str) -> Result<Value, String> {
    let bad = |what: &str| {
        Err(format!(
            "{}: {what} expected, not {}",
            row.name,
            shown(text)
        ))
    };
    match row.kind {
        Kind::Text | Kind::ResourceOrAll => Ok(text.into()),
        Kind::Name(names) if names.lists(text) => Ok(text.into()),
        Kind::Name(names) => {
            let listed: Vec<_> = names.values.iter().map(|(name, _)| *name).collect();
            let name = listed.iter().find(|name| name.eq_ignore_ascii_case(text));
            match name {
                Some(name) => Ok((*name).into()),
                None => bad(&format!("one of {}", listed.join(", "))),
            }
        }
        Kind::AgentOrAll if text == "*" => Ok(text.into()),
        Kind::Integer | Kind::AgentOrAll => match text.parse::<i64>() {
            Ok(number) => Ok(number.into()),
            Err(_) => bad("an integer"),
        },
        Kind::Boolean => match text {
            "true" => Ok(true.into()),
            "false" => Ok(false.into()),
            _ => bad("true or false"),
        },
        _ => match serde_json::from_str(text) {
            Ok(value) => {
                let fits = match &value {
                    Value::Array(_) => row.kind.json_type() == JsonType::List,
                    Value::Object(_) => {
                        row.kind.json_type() == JsonType::Object
                            || row.also.contains(&JsonType::Object)
                    }
                    _ => row.kind.json_type() == JsonType::Float && value.is_number(),
                };
                if fits {
                    Ok(value)
                } else {
                    bad(&format!("JSON {}", type_name(&row.kind)))
                }
            }
            Err(error) => Err(format!("{}: no JSON: {error}", row.name)),
        },
    }
}

fn run(args: &Args, name: &str) -> Result<(), Failure> {
    let info = command(name)?;
    let body = body(info, &args.attributes)?;
    let mut session = Session::new(args.to.as_deref().unwrap_or("https://oscc.example:8080"))
        .map_err(|error| Failure::Usage(error.to_string()))?;
    if args.get_as_query {
        session.get_bodies = GetBodies::AsQuery;
    }
    session.token =
        secret(args.token_file.as_deref(), "OPENSCAPE_TOKEN").map_err(Failure::Usage)?;

    // Built before anything is sent, so that values that the manual forbids are not sent.
    let mut trial = session.clone();
    if trial.token.is_none() {
        trial.token = Some("SESSION_TOKEN".into());
    }
    let shown_request = request(info, &trial, &body)?;
    let mut out = io::stdout().lock();
    if args.to.is_none() {
        writeln!(out, "{}", curl(&shown_request, info, args))?;
        return Ok(());
    }

    let http = Http::new(&args.tls).map_err(Failure::Usage)?;
    let registers = info.token && session.token.is_none();
    if registers {
        register(args, &http, &mut session)?;
    }
    let result = exchange(args, info, &http, &session, &body, &mut out);
    if registers && !info.name.ends_with("UnregisterApplication") && args.save_token.is_none() {
        let unregister = main_commands::UnregisterApplication::default();
        if let Err(error) = ask(&http, &session, &unregister) {
            eprintln!("openscape_request: unregistering: {error}");
        }
    }
    result
}

fn request(info: &CommandInfo, session: &Session, body: &str) -> Result<Request<Vec<u8>>, Failure> {
    (info.request_json)(session, body).map_err(|error| match error {
        RequestError::Read(error) => Failure::Usage(error.to_string()),
        error => Failure::Usage(format!("{}: {error}", info.name)),
    })
}

/// Sends a command whose answer contains only its outcome.
fn ask<'a, C: Command<'a>>(http: &Http, session: &Session, command: &C) -> Result<(), String> {
    let request = command
        .request(session)
        .map_err(|error| error.to_string())?;
    let response = http.send(request)?;
    CommandResponse::read(&response)
        .map(drop)
        .map_err(|error| explained(&error))
}

fn register(args: &Args, http: &Http, session: &mut Session) -> Result<(), Failure> {
    let register = args
        .credentials
        .register(&args.webhook_url)
        .map_err(Failure::Usage)?;
    let logon = args.credentials.logon().map_err(Failure::Usage)?;
    let request = register
        .request(session)
        .map_err(|error| Failure::Usage(format!("registering: {error}")))?;
    let response = http
        .send(request)
        .map_err(|error| Failure::Failed(format!("registering: {error}")))?;
    let answer = main_commands::RegisterApplicationResponse::read(&response)
        .map_err(|error| Failure::Failed(format!("registering: {}", explained(&error))))?;
    let token = answer
        .session_token
        .ok_or_else(|| Failure::Failed("registering: the answer has no session token".into()))?;
    save(args, token.expose())?;
    session.token = Some(Secret::from(token.expose().to_string()));
    if let Some(logon) = logon {
        ask(http, session, &logon)
            .map_err(|error| Failure::Failed(format!("logging on: {error}")))?;
    }
    Ok(())
}

/// Writes the session token to the user's file, readable to the user only.
fn save(args: &Args, token: &str) -> Result<(), Failure> {
    let Some(path) = &args.save_token else {
        return Ok(());
    };
    let mut options = OpenOptions::new();
    options.write(true).create(true).truncate(true);
    #[cfg(unix)]
    std::os::unix::fs::OpenOptionsExt::mode(&mut options, 0o600);
    options
        .open(path)
        .and_then(|mut file| writeln!(file, "{token}"))
        .map_err(|error| Failure::Failed(format!("{}: {error}", openscape::name(path))))
}

fn exchange(
    args: &Args,
    info: &CommandInfo,
    http: &Http,
    session: &Session,
    body: &str,
    out: &mut impl Write,
) -> Result<(), Failure> {
    let request = request(info, session, body)?;
    writeln!(out, "{}\n", curl(&request, info, args))?;
    out.flush()?;
    let response = http.send(request).map_err(Failure::Failed)?;
    // The type of the command's own answer is not needed here: the error, and the members as
    // received, suffice.
    let outcome = (info.check_response)(&response);
    let text = String::from_utf8_lossy(response.body());
    if let Ok(raw) = serde_json::from_str::<&RawValue>(text.trim_start_matches('\u{FEFF}')) {
        let mut lines = lines(raw);
        for (name, value) in &mut lines {
            if !args.show_secrets && is_secret(name) {
                *value = "********".into();
            }
            if name == "sessionToken" && outcome.is_ok() {
                let token: String = serde_json::from_str::<Value>(raw.get())
                    .ok()
                    .and_then(|answer| Some(answer.get("sessionToken")?.as_str()?.into()))
                    .unwrap_or_default();
                save(args, &token)?;
            }
        }
        writeln!(out, "{} {}", response.status().as_u16(), info.response.name)?;
        write!(out, "{}", table(&lines))?;
        if args.check {
            for finding in check_json(info.response, raw.get()).unwrap_or_default() {
                writeln!(out, "      ! {}", shown(&finding.to_string()))?;
            }
        }
    }
    out.flush()?;
    outcome.map_err(|error| Failure::Failed(format!("{}: {}", info.name, explained(&error))))
}

/// Shows an error of an answer, with its remedy.
fn explained(error: &ResponseError) -> String {
    let mut text = match error {
        ResponseError::Refused(refused) => {
            format!("refused: {error}")
                + &advice(refused).map_or_else(String::new, |advice| format!("\n  {advice}"))
        }
        ResponseError::Redirect { .. } => {
            format!("{error}; it is not followed, for the token would go along")
        }
        error => error.to_string(),
    };
    if let ResponseError::Unreadable { body, .. } = error {
        let start: String = body.chars().take(200).collect();
        text += &format!("\n  the answer starts with: {}", shown(&start));
    }
    shown_lines(&text)
}

/// Returns text of several lines that is safe to show.
fn shown_lines(text: &str) -> String {
    text.split('\n').map(shown).collect::<Vec<_>>().join("\n")
}

fn is_secret(path: &str) -> bool {
    let name = path.rsplit('.').next().unwrap_or(path);
    matches!(name, "password" | "token" | "sessionToken")
}

/// Hides the values of secrets in a body.
fn masked(value: &mut Value) {
    match value {
        Value::Object(members) => {
            for (name, value) in members {
                if is_secret(name) {
                    *value = "********".into();
                } else {
                    masked(value);
                }
            }
        }
        Value::Array(items) => items.iter_mut().for_each(masked),
        _ => {}
    }
}

/// Returns the request as a line for a shell.
fn curl(request: &Request<Vec<u8>>, info: &CommandInfo, args: &Args) -> String {
    let mut line = format!(
        "curl -X {} {}",
        request.method(),
        quoted(&request.uri().to_string())
    );
    if args.tls.insecure {
        line += " --insecure";
    }
    if let Some(path) = &args.tls.cacert {
        line += &format!(" --cacert {}", quoted(&path.to_string_lossy()));
    }
    for (name, value) in request.headers() {
        let value = String::from_utf8_lossy(value.as_bytes()).into_owned();
        let value = match name.as_str() {
            "authorization" if !args.show_secrets => "Bearer ********".into(),
            _ => value,
        };
        line += &format!(" -H {}", quoted(&format!("{name}: {value}")));
    }
    if !request.body().is_empty() {
        let body = String::from_utf8_lossy(request.body()).into_owned();
        let has_secret = |row: &Row| is_secret(row.name) || row.name == "application";
        let body = match serde_json::from_str::<Value>(&body) {
            Ok(mut value) if !args.show_secrets && info.request.rows.iter().any(has_secret) => {
                masked(&mut value);
                value.to_string()
            }
            _ => body,
        };
        line += &format!(" --data-binary {}", quoted(&shown_json(&body)));
    }
    line
}

/// Returns text as a word of a POSIX shell.
fn quoted(text: &str) -> String {
    format!("'{}'", shown(text).replace('\'', r"'\''"))
}
