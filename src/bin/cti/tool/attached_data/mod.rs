//! `attached_data`: shows lists of attached data from server traces, packed bytes and JSON.

pub(crate) mod lists;
mod log;
mod packed;

use std::fmt::Write as _;
use std::io::{self, BufWriter, Write};
use std::path::{Path, PathBuf};
use std::process::ExitCode;

use clap::{Parser, ValueEnum};
use cti_codec::gsw::{
    AttachedData, MessageError, MessageType, Pair, Severity, Value, json, keys, trace,
};

use super::escaped;
use super::input::Input;
use super::passages::Place;
use super::run::{Run, Sources, hex, name, open, plain, sources};
use lists::{Form, Found, Item, Lists};

/// A trace with one of everything.
const SAMPLE: &[u8] = include_bytes!("../../../../../examples/data/attached_data.log");

/// Shows and converts Genesys attached data.
///
/// Reads the lists of server traces, among any other lines; packed lists, as bytes,
/// dumps, arrays or digits; and JSON. It recognizes the form of each passage, names
/// the message of each list, and reports missing and wrong pairs.
#[derive(Parser, Debug)]
#[command(
    verbatim_doc_comment,
    name = "attached_data",
    version,
    after_help = "\
Examples:
  attached_data server.log         the lists of a log
  attached_data --check server.log status 1 if a list breaks the manual
  tail -F server.log | attached_data
                                   a log as it grows
  attached_data --to json server.log

The exit status is 0; 1 if some input cannot be read or converted or, with --check,
breaks the manual; 2 for wrong usage."
)]
pub(crate) struct Args {
    /// Files to read, - for standard input [default: standard input; at a terminal, a sample]
    #[arg(value_name = "FILE")]
    files: Vec<PathBuf>,
    /// Show the bundled sample
    #[arg(long, conflicts_with = "files")]
    sample: bool,
    /// Form of the input
    #[arg(long, value_enum, default_value_t = From::Auto)]
    from: From,
    /// Form of the output
    #[arg(long, value_enum, default_value_t = To::Text)]
    to: To,
    /// Count breaches of the manual as bad input; if the output is not text, report them on standard
    /// error
    #[arg(long)]
    check: bool,
    /// Report on standard error why each passage was taken or left
    #[arg(long)]
    explain: bool,
}

#[derive(Clone, Copy, ValueEnum, Debug)]
enum From {
    /// Recognize the form of each passage
    Auto,
    /// The text form of server traces, among any other lines
    Trace,
    /// Packed lists one after another, as bytes or in hex
    Packed,
    /// JSON objects one after another
    Json,
}

#[derive(Clone, Copy, PartialEq, Eq, ValueEnum, Debug)]
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

/// Runs the program under a name.
pub(crate) fn main(program: &'static str, args: Args) -> ExitCode {
    let mut report = Report {
        run: Run::new(program),
        out: BufWriter::with_capacity(64 * 1024, io::stdout().lock()),
        args,
    };
    let done = report.all();
    report.run.end(done)
}

struct Report<W: Write> {
    args: Args,
    run: Run,
    out: W,
}

/// The reason why an input cannot be read further.
enum Failure {
    /// It cannot be read.
    Input(io::Error),
    /// The output failed.
    Output(io::Error),
}

impl<W: Write> Report<W> {
    fn all(&mut self) -> io::Result<()> {
        match sources(&self.args.files, self.args.sample) {
            Sources::Sample => {
                let note = "this is the bundled sample; --help tells more";
                self.run.note(&mut self.out, note)?;
                self.input("sample", &mut Input::new(&mut &*SAMPLE))?;
            }
            Sources::Files(files) => {
                for file in &files {
                    self.file(file)?;
                }
            }
        }
        self.out.flush()
    }

    fn file(&mut self, file: &Path) -> io::Result<()> {
        let name = name(file);
        match open(file) {
            Ok(mut input) => self.input(&name, &mut Input::new(&mut input)),
            Err(error) => self.run.complain(&mut self.out, format!("{name}: {error}")),
        }
    }

    fn input(&mut self, name: &str, input: &mut Input<'_>) -> io::Result<()> {
        match self.read(name, input) {
            Ok(()) => Ok(()),
            Err(Failure::Output(error)) => Err(error),
            Err(Failure::Input(error)) => {
                self.run.complain(&mut self.out, format!("{name}: {error}"))
            }
        }
    }

    fn read(&mut self, name: &str, input: &mut Input<'_>) -> Result<(), Failure> {
        let form = match self.args.from {
            From::Auto => Form::Auto,
            From::Trace => Form::Trace,
            From::Packed => Form::Packed,
            From::Json => Form::Json,
        };
        let mut lists = Lists::new(form, self.args.explain);
        let mut number = 0_u64;
        loop {
            let bytes = input.next().map_err(Failure::Input)?;
            let ended = bytes.is_empty();
            if ended {
                lists.finish();
            } else {
                lists.feed(bytes);
            }
            while let Some(item) = lists.next() {
                match item {
                    Item::Found(place, found) => {
                        number = number.saturating_add(1);
                        let place = match place {
                            Place::Line(line) => format!("{name}:{line}"),
                            Place::Byte(_) => format!("{name}#{number}"),
                        };
                        self.list(&place, &found)
                    }
                    Item::Bad(place, text) => self
                        .run
                        .complain(&mut self.out, format!("{name}: list at {place}: {text}")),
                    Item::Wrong(text) => {
                        self.run.complain(&mut self.out, format!("{name}: {text}"))
                    }
                    Item::Note(text) => self.run.note(&mut self.out, format!("{name}: {text}")),
                    Item::Because(place, text) => self
                        .run
                        .note(&mut self.out, format!("{name}: {place}: {text}")),
                }
                .map_err(Failure::Output)?;
            }
            // More may take its time.
            self.out.flush().map_err(Failure::Output)?;
            if ended {
                return Ok(());
            }
        }
    }

    fn list(&mut self, place: &str, found: &Found) -> io::Result<()> {
        let data = found.data.view();
        let kind = MessageType::of(data);
        let findings = kind
            .as_ref()
            .map(|kind| kind.check_received(data))
            .unwrap_or_default();
        if self.args.check {
            let forbidden = findings
                .iter()
                .any(|finding| finding.severity == Severity::Error);
            let unknown = matches!(
                kind,
                Err(MessageError::UnknownMessage { .. } | MessageError::WrongType { .. })
            );
            if forbidden || unknown {
                self.run.fail();
            }
        }
        if found.incomplete {
            self.run.fail();
        }
        let mut remarks = Vec::new();
        for note in &found.notes {
            remarks.push(format!("note: {note}"));
        }
        if let Err(error) = &kind
            && !matches!(error, MessageError::NotAMessage)
        {
            remarks.push(format!("error: {error}"));
        }
        for finding in findings {
            let severity = match finding.severity {
                Severity::Error => "error",
                Severity::Warning => "warning",
            };
            remarks.push(format!("{severity}[{}] {finding}", finding.kind.name()));
        }
        let title = match &kind {
            Ok(kind) => format!("{place}: {kind}, {}", sender(*kind)),
            Err(_) => format!("{place}: attached data"),
        };
        match self.args.to {
            To::Text => {
                let mut pairs = String::new();
                show(data, 2, &mut pairs);
                write!(self.out, "{}\n{pairs}", plain(&title))?;
                for remark in &remarks {
                    writeln!(self.out, "  {}", plain(remark))?;
                }
                return writeln!(self.out);
            }
            To::Json => escaped::again(&mut self.out, &json::write(data))?,
            To::Trace => match trace::write(&found.attribute, data) {
                Ok(text) => self.out.write_all(&text)?,
                Err(error) => self
                    .run
                    .complain(&mut self.out, format!("{place}: {error}"))?,
            },
            To::Packed => match data.pack() {
                Ok(packed) => writeln!(self.out, "{}", hex(&packed))?,
                Err(error) => self
                    .run
                    .complain(&mut self.out, format!("{place}: {error}"))?,
            },
        }
        if self.args.check || found.incomplete {
            for remark in &remarks {
                self.run.note(&mut self.out, format!("{title}: {remark}"))?;
            }
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

/// Pairs one to a line, keys in a column of their own.
fn show(data: AttachedData<'_>, indent: usize, out: &mut String) {
    let width = data
        .iter()
        .map(|pair| plain(&pair.key.to_string()).chars().count())
        .max()
        .unwrap_or_default();
    for pair in data {
        let key = plain(&pair.key.to_string());
        let _ = write!(out, "{:indent$}{key:width$}  ", "");
        match pair.value {
            Value::Str(text) | Value::Unicode(text) if text.is_empty() => out.push_str("(empty)"),
            Value::Str(text) | Value::Unicode(text) => out.push_str(&plain(&text.to_string())),
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

/// Returns the meaning of a number.
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
