//! Shows attached data from server traces, packed bytes and JSON: what message each list is, what
//! is missing or wrong in it; and converts between the forms.
//!
//! ```sh
//! cargo run --example attached_data                            # the bundled sample
//! cargo run --example attached_data -- server.log --check      # exit status 1 when the manual forbids something
//! cargo run --example attached_data -- --to json server.log
//! ```
use std::fmt::Write as _;
use std::io::{self, Read, Write};
use std::path::{Path, PathBuf};
use std::process::ExitCode;

use clap::{Parser, ValueEnum};
use cti_codec::gsw::{
    AttachedData, AttachedDataBuf, Limits, MessageError, MessageType, Pair, Severity, Text, Value,
    json, keys, trace,
};

/// A trace with one of everything.
const SAMPLE: &[u8] = include_bytes!("data/attached_data.log");

#[derive(Parser)]
#[command(
    about = "Shows and converts Genesys attached data",
    after_help = "\
Exit status:
  0  all is well
  1  some input cannot be read or written or, with --check, is forbidden by the manual
  2  the command line is wrong"
)]
struct Args {
    /// Files to read, `-` for standard input; a bundled sample when there is none
    files: Vec<PathBuf>,
    /// The form of the input
    #[arg(long, value_enum, default_value_t = From::Auto)]
    from: From,
    /// The form of the output
    #[arg(long, value_enum, default_value_t = To::Text)]
    to: To,
    /// Count what the manual forbids as bad input; with --to other than text, report it on standard
    /// error
    #[arg(long)]
    check: bool,
}

#[derive(Clone, Copy, ValueEnum)]
enum From {
    /// What it looks like
    Auto,
    /// The text form of server traces, other lines around it ignored
    Trace,
    /// Packed lists one after another, as bytes or in hex
    Packed,
    /// JSON objects one after another
    Json,
}

#[derive(Clone, Copy, PartialEq, Eq, ValueEnum)]
enum To {
    /// For people
    Text,
    /// JSON objects
    Json,
    /// The text form of server traces
    Trace,
    /// Packed lists in hex, one to a line
    Packed,
}

/// A list with where it was found.
struct Found {
    place: String,
    attribute: String,
    notes: Vec<String>,
    data: AttachedDataBuf,
}

fn main() -> ExitCode {
    let args = Args::parse();
    let mut report = Report {
        to: args.to,
        check: args.check,
        bad: false,
        out: io::stdout().lock(),
    };
    let result = if args.files.is_empty() {
        report.file("sample", SAMPLE, args.from)
    } else {
        args.files.iter().try_for_each(|file| match read(file) {
            Ok(bytes) => report.file(&file.display().to_string(), &bytes, args.from),
            Err(error) => {
                report.complain(&format!("{}: {error}", file.display()));
                Ok(())
            }
        })
    };
    match result.and_then(|()| report.out.flush()) {
        Ok(()) if report.bad => ExitCode::from(1),
        Ok(()) => ExitCode::SUCCESS,
        // Whoever reads has seen enough.
        Err(error) if error.kind() == io::ErrorKind::BrokenPipe => ExitCode::SUCCESS,
        Err(error) => {
            report.complain(&format!("standard output: {error}"));
            ExitCode::from(1)
        }
    }
}

fn read(file: &Path) -> io::Result<Vec<u8>> {
    if file.as_os_str() == "-" {
        let mut bytes = Vec::new();
        io::stdin().lock().read_to_end(&mut bytes).map(|_| bytes)
    } else {
        std::fs::read(file)
    }
}

struct Report<W> {
    to: To,
    check: bool,
    bad: bool,
    out: W,
}

impl<W: Write> Report<W> {
    fn complain(&mut self, what: &str) {
        self.bad = true;
        // Nobody is left to be told when this fails.
        let _ = writeln!(io::stderr(), "{what}");
    }

    fn file(&mut self, name: &str, bytes: &[u8], from: From) -> io::Result<()> {
        // What editors put before UTF-8.
        let bytes = bytes.strip_prefix(b"\xef\xbb\xbf").unwrap_or(bytes);
        let found: Vec<Result<Found, String>> = match from {
            From::Auto => match guess(bytes) {
                From::Json => from_json(name, bytes),
                From::Packed => from_packed(name, bytes),
                _ => from_trace(name, bytes),
            },
            From::Trace => from_trace(name, bytes),
            From::Packed => from_packed(name, bytes),
            From::Json => from_json(name, bytes),
        };
        if found.is_empty() {
            self.complain(&format!("{name}: no attached data found"));
        }
        for found in found {
            match found {
                Ok(found) => self.list(&found)?,
                Err(error) => self.complain(&error),
            }
        }
        Ok(())
    }

    fn list(&mut self, found: &Found) -> io::Result<()> {
        let data = found.data.view();
        let kind = MessageType::of(data);
        let findings = kind
            .as_ref()
            .map(|kind| kind.check_received(data))
            .unwrap_or_default();
        if self.check {
            self.bad |= findings
                .iter()
                .any(|finding| finding.severity == Severity::Error);
            self.bad |= matches!(
                kind,
                Err(MessageError::UnknownMessage { .. } | MessageError::WrongType { .. })
            );
        }
        let mut remarks = String::new();
        for note in &found.notes {
            let _ = writeln!(remarks, "  note: {note}");
        }
        if let Err(error) = &kind
            && !matches!(error, MessageError::NotAMessage)
        {
            let _ = writeln!(remarks, "  error: {error}");
        }
        for finding in findings {
            let severity = match finding.severity {
                Severity::Error => "error",
                Severity::Warning => "warning",
            };
            let _ = writeln!(remarks, "  {severity}[{}] {finding}", finding.kind.name());
        }
        let title = match &kind {
            Ok(kind) => format!("{}: {kind}, {}", found.place, sender(*kind)),
            Err(_) => format!("{}: attached data", found.place),
        };
        match self.to {
            To::Text => {
                let mut pairs = String::new();
                show(data, 2, &mut pairs);
                return write!(self.out, "{title}\n{pairs}{remarks}\n");
            }
            To::Json => writeln!(self.out, "{}", json::write(data))?,
            To::Trace => match trace::write(&found.attribute, data) {
                Ok(text) => self.out.write_all(&text)?,
                Err(error) => self.complain(&format!("{}: {error}", found.place)),
            },
            To::Packed => match data.pack() {
                Ok(packed) => {
                    let hex: String = packed.iter().map(|byte| format!("{byte:02x}")).collect();
                    writeln!(self.out, "{hex}")?;
                }
                Err(error) => self.complain(&format!("{}: {error}", found.place)),
            },
        }
        if self.check && !remarks.is_empty() {
            let _ = write!(io::stderr(), "{title}\n{remarks}");
        }
        Ok(())
    }
}

fn sender(kind: MessageType) -> &'static str {
    match kind {
        MessageType::StatEvent => "from the server to a Stat Server",
        _ if kind.is_request() => "a request of the desktop",
        _ => "from the server to the desktop",
    }
}

fn guess(bytes: &[u8]) -> From {
    match bytes.trim_ascii_start().first() {
        Some(b'{') => From::Json,
        _ if bytes.first() == Some(&0) || hex(bytes).is_some() => From::Packed,
        _ => From::Trace,
    }
}

fn from_trace(name: &str, bytes: &[u8]) -> Vec<Result<Found, String>> {
    let found = |list: trace::TraceList| {
        let mut notes = Vec::new();
        if list.hidden > 0 {
            notes.push(format!("the trace hides {} values", list.hidden));
        }
        if let Some(printed) = list.printed_length
            && printed != list.packed_length
            && list.hidden == 0
        {
            notes.push(format!(
                "the trace says {printed} bytes, these pairs pack to {}",
                list.packed_length
            ));
        }
        for loss in &list.lost {
            notes.push(format!("{loss}"));
        }
        Found {
            place: format!("{name}:{}", list.line),
            attribute: list.attribute.to_string(),
            notes,
            data: list.data,
        }
    };
    let lists = trace::lists(bytes);
    lists
        .map(|list| list.map(found).map_err(|error| format!("{name}: {error}")))
        .collect()
}

fn from_packed(name: &str, bytes: &[u8]) -> Vec<Result<Found, String>> {
    let bytes = hex(bytes).unwrap_or_else(|| bytes.to_vec());
    let mut rest = bytes.as_slice();
    let mut lists = Vec::new();
    while !rest.is_empty() {
        let start = bytes.len().saturating_sub(rest.len());
        match AttachedData::unpack_prefix(rest, Limits::default()) {
            Ok((data, after)) => {
                lists.push(Ok(numbered(name, lists.len(), data.to_buf())));
                rest = after;
            }
            Err(mut error) => {
                error.offset = error.offset.saturating_add(start);
                lists.push(Err(format!("{name}: {error}")));
                break;
            }
        }
    }
    lists
}

fn from_json(name: &str, bytes: &[u8]) -> Vec<Result<Found, String>> {
    let lists = serde_json::Deserializer::from_slice(bytes).into_iter::<AttachedDataBuf>();
    let found = |(index, list): (usize, Result<AttachedDataBuf, serde_json::Error>)| {
        list.map(|data| numbered(name, index, data))
            .map_err(|error| format!("{name}: {error}"))
    };
    lists.enumerate().map(found).collect()
}

fn numbered(name: &str, index: usize, data: AttachedDataBuf) -> Found {
    Found {
        place: format!("{name}#{}", index.saturating_add(1)),
        attribute: "UserData".into(),
        notes: Vec::new(),
        data,
    }
}

/// The bytes that hexadecimal text spells, if it is nothing else.
fn hex(text: &[u8]) -> Option<Vec<u8>> {
    let digits: Option<Vec<u8>> = text
        .iter()
        .filter(|byte| !byte.is_ascii_whitespace())
        .map(|byte| {
            char::from(*byte)
                .to_digit(16)
                .and_then(|digit| u8::try_from(digit).ok())
        })
        .collect();
    let (pairs, odd) = digits.as_ref()?.as_chunks::<2>();
    (odd.is_empty() && !pairs.is_empty())
        .then(|| pairs.iter().map(|[high, low]| high << 4 | low).collect())
}

/// Pairs one to a line, keys in a column of their own.
fn show(data: AttachedData<'_>, indent: usize, out: &mut String) {
    let width = data
        .iter()
        .map(|pair| plain(pair.key).chars().count())
        .max()
        .unwrap_or_default();
    for pair in data {
        let key = plain(pair.key);
        let _ = write!(out, "{:indent$}{key:width$}  ", "");
        match pair.value {
            Value::Str(text) | Value::Unicode(text) if text.is_empty() => out.push_str("(empty)"),
            Value::Str(text) | Value::Unicode(text) => out.push_str(&plain(text)),
            Value::Int(number) => _ = write!(out, "{number}"),
            Value::Binary(bytes) => {
                out.push_str("bytes");
                bytes.iter().for_each(|byte| _ = write!(out, " {byte:02x}"));
            }
            Value::List(_) => out.push_str("list"),
            Value::Hidden => out.push_str("(hidden)"),
        }
        if let Some(meaning) = meaning(&pair) {
            let _ = write!(out, "  ({meaning})");
        }
        out.push('\n');
        if let Value::List(list) = pair.value {
            show(list, indent.saturating_add(2), out);
        }
    }
}

/// Text that does nothing to a terminal.
fn plain(text: Text<'_>) -> String {
    let text = text.to_string();
    text.chars().fold(String::new(), |mut plain, letter| {
        if letter.is_control() {
            plain.extend(letter.escape_default());
        } else {
            plain.push(letter);
        }
        plain
    })
}

/// What a number stands for.
fn meaning(pair: &Pair<'_>) -> Option<String> {
    let info = keys::info(pair.key)?;
    let number = pair.value.as_int();
    let name = info
        .value_name(pair.value)
        .filter(|name| pair.value.as_text().is_none_or(|text| text != *name));
    let time = || {
        if info.encode == keys::WireType::Int64 {
            let time = keys::RELEASED.read(pair.value).ok()?;
            return time.to_timestamp().map(|time| time.to_string());
        }
        match info.name {
            "GSW_CALL_TIME" => keys::CALL_TIME
                .read(pair.value)
                .ok()?
                .to_timestamp()
                .map(|time| time.to_string()),
            "GSW_FROM" | "GSW_UNTIL" => keys::FROM
                .read(pair.value)
                .ok()?
                .to_time()
                .map(|time| time.to_string()),
            "GSW_TZ_OFFSET" => keys::TZ_OFFSET
                .read(pair.value)
                .ok()?
                .to_offset()
                .map(|offset| format!("UTC{offset}")),
            "GSW_LOGOUT_TIME" | "GSW_READY_TIME" | "GSW_DURATION" => {
                number.map(|_| "seconds".into())
            }
            _ => None,
        }
    };
    name.map(String::from).or_else(time)
}

#[cfg(test)]
mod tests {
    use super::*;

    /// What is printed, and whether some input was bad.
    fn run(bytes: &[u8], from: From, to: To, check: bool) -> (String, bool) {
        let mut report = Report {
            to,
            check,
            bad: false,
            out: Vec::new(),
        };
        report.file("test", bytes, from).unwrap();
        (String::from_utf8(report.out).unwrap(), report.bad)
    }

    #[test]
    fn the_sample_is_explained() {
        let (text, bad) = run(SAMPLE, From::Auto, To::Text, false);
        assert!(!bad);
        for line in [
            "test:3: CampaignStarted, from the server to the desktop",
            "test:13: PreviewRecordRequest, a request of the desktop",
            "  GSW_CALL_RESULT                 7  (NO_ANSWER)",
            "  GSW_TZ_OFFSET                   7200  (UTC+02)",
            "  warning[missing] GSW_CPN_DIGITS: missing",
            "  error[missing-with] GSW_CAMPAIGN_NAME: missing, though there is GSW_RECORD_HANDLE",
            "test:75: attached data",
            "    Target  Team North?:skill > 3",
        ] {
            assert!(
                text.lines().any(|printed| printed == line),
                "{line}\n{text}"
            );
        }
        assert!(
            !text.contains("note:"),
            "the sample's lengths are right: {text}"
        );
        assert!(
            run(SAMPLE, From::Auto, To::Text, true).1,
            "a request in it is forbidden"
        );
    }

    #[test]
    fn forms_convert_into_each_other() {
        let (trace, _) = run(SAMPLE, From::Auto, To::Trace, false);
        let (json, _) = run(SAMPLE, From::Auto, To::Json, false);
        let (packed, _) = run(SAMPLE, From::Auto, To::Packed, false);
        for (from, text) in [
            (From::Json, &json),
            (From::Packed, &packed),
            (From::Trace, &trace),
        ] {
            for from in [from, From::Auto] {
                assert_eq!(
                    run(text.as_bytes(), from, To::Json, false),
                    (json.clone(), false)
                );
                assert_eq!(
                    run(text.as_bytes(), from, To::Packed, false),
                    (packed.clone(), false)
                );
            }
        }
        let bytes = hex(packed.as_bytes()).unwrap();
        assert_eq!(
            run(&bytes, From::Auto, To::Json, false),
            (json, false),
            "bytes do as well as hex"
        );
    }

    #[test]
    fn bad_input_does_not_keep_the_rest_back() {
        let log = [&b"\tAttributeUserData\t[9] 00\n\t\t'k'\tx\n"[..], SAMPLE].concat();
        let (text, bad) = run(&log, From::Auto, To::Text, false);
        assert!(bad && text.contains("test:5: CampaignStarted"), "{text}");
        assert!(run(b"{\"k\": 1}{\"k\": 1.5}", From::Auto, To::Json, false).1);
        assert!(run(b"\0\x01\0", From::Auto, To::Json, false).1);
        assert!(run(b"nothing of the kind", From::Auto, To::Text, false).1);
        assert!(run(b"", From::Auto, To::Text, false).1);
        let (text, bad) = run(b"\xef\xbb\xbf{\"k\": \"\"}", From::Auto, To::Text, false);
        assert!(!bad && text.contains("  k  (empty)\n"), "{text}");
        let (text, _) = run(b"{\"k\": \"\\u001b[31m\"}", From::Auto, To::Text, false);
        assert!(
            text.contains("k  \\u{1b}[31m"),
            "terminals are safe: {text}"
        );
    }
}
