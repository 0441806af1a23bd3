//! Shows the frames of a Unified CCX CTI stream. `cargo run --example decode` shows a sample.
#![allow(
    clippy::doc_markdown,
    reason = "doc comments of the arguments are their help, shown as they stand"
)]

mod common;
mod text;

use std::io::{self, BufRead, BufReader, BufWriter, Cursor, IsTerminal, Read, Write};
use std::path::{Path, PathBuf};
use std::process::ExitCode;

use bytes::BytesMut;
use clap::{Parser, ValueEnum};
use cti_codec::ccx::dump::{Form, HexErrorKind, HexLine, HexReader, TraceReader, detect};
use cti_codec::ccx::json::{self, Object};
use cti_codec::ccx::{
    DecodeError, Frame, FrameDecoder, FrameError, LAYOUTS, Message, MessageType, OpenReq,
    RawMessage, Version,
};
use serde_json::json;

use common::{Run, asked_for, name, open, version};
use text::Painter;

/// The queued and answered call of the guide's chapter 11.
const SAMPLE: &[u8] = include_bytes!("data/queued_call.trace");

/// Shows the messages of the Cisco Unified CCX CTI protocol.
///
/// Reads frames as they went over the wire, or as a hex dump or a server's
/// low-level trace shows them, and prints each message with the guide's names
/// for fields and values.
#[derive(Parser)]
#[command(
    verbatim_doc_comment,
    name = "decode",
    after_help = "\
Examples:
  decode capture.bin               the frames of a captured stream
  decode --type AGENT_STATE_EVENT MIVR.log
                                   one kind of message out of a server's log
  xxd capture.bin | decode -       any hex dump
  decode --to json capture.bin | encode > copy.bin
                                   there and back

The exit status is 0; 1 if a frame was bad or a file could not be read, the rest
being shown all the same; 2 for wrong usage. Findings of --check are not bad
frames.",
    after_long_help = "\
Examples:
  decode capture.bin               the frames of a captured stream
  decode --type AGENT_STATE_EVENT MIVR.log
                                   one kind of message out of a server's log
  xxd capture.bin | decode -       any hex dump
  tail -F MIVR.log | decode -      a log as it grows
  decode --to json capture.bin | encode > copy.bin
                                   there and back

Nothing is lost on the way back, though floating fields come in the order of
their table: a frame that cannot be decoded is shown as bytes, in JSON as \"hex\"
with an \"error\"; and one whose bytes do not follow from its fields, as a text
does not end in NUL, has its \"body\" beside them.

The exit status is 0; 1 if a frame was bad or a file could not be read, the rest
being shown all the same; 2 for wrong usage. Findings of --check are not bad
frames."
)]
struct Args {
    /// What to read; - is standard input [without any: a bundled sample]
    #[arg(value_name = "FILE")]
    files: Vec<PathBuf>,

    /// The form in which the frames are kept
    #[arg(long, value_enum, default_value = "auto")]
    from: From,

    /// What to print
    #[arg(long, value_enum, default_value = "text")]
    to: To,

    /// The protocol version, 10 to 18, until an OPEN_REQ sets that of its session
    #[arg(long, value_name = "N", default_value = "14", value_parser = version)]
    version: Version,

    /// Also print all that is not as the guide says: fields too long, required
    /// fields missing, codes that no table lists, and more
    #[arg(long, verbatim_doc_comment)]
    check: bool,

    /// Only messages of this type, by name or number; may be given more than once
    #[arg(long = "type", value_name = "NAME", value_parser = message_type)]
    types: Vec<MessageType>,

    /// Whether to colour the text
    #[arg(long, value_enum, default_value = "auto")]
    color: Color,
}

#[derive(Clone, Copy, ValueEnum)]
enum From {
    /// Find out by looking
    Auto,
    /// The bytes themselves
    Bin,
    /// Hex digits: plain, or as xxd, hexdump, od, tcpdump or Wireshark print them
    Hex,
    /// The MHDR and MDATA rows of a low-level trace, among any other lines
    Trace,
}

#[derive(Clone, Copy, PartialEq, Eq, ValueEnum)]
enum To {
    /// For people
    Text,
    /// One object per line
    Json,
}

#[derive(Clone, Copy, ValueEnum)]
enum Color {
    /// If standard output is a terminal, and NO_COLOR is not set
    Auto,
    Always,
    Never,
}

/// A message type on the command line.
fn message_type(text: &str) -> Result<MessageType, String> {
    let upper = text.to_uppercase();
    if let Some(known) = MessageType::from_name(&upper) {
        return Ok(known);
    }
    if let Ok(number) = text.parse() {
        return Ok(MessageType(number));
    }
    let alike: Vec<&str> = LAYOUTS
        .iter()
        .map(|layout| layout.name)
        .filter(|name| name.contains(&upper))
        .collect();
    Err(if alike.is_empty() || upper.is_empty() {
        "no message type has this name".into()
    } else {
        format!(
            "no message type has this name; there are {}",
            alike.join(", ")
        )
    })
}

fn main() -> ExitCode {
    let args = Args::parse();
    let color = match args.color {
        Color::Auto => {
            let wanted = std::env::var_os("NO_COLOR").is_none_or(|value| value.is_empty());
            let able = std::env::var_os("TERM").is_none_or(|term| term != "dumb");
            wanted && able && io::stdout().is_terminal()
        }
        Color::Always => true,
        Color::Never => false,
    };
    let mut decode = Decode {
        run: Run::new("decode"),
        out: BufWriter::new(io::stdout().lock()),
        painter: Painter { color },
        version: args.version,
        number: 0,
        shown: 0,
        findings: 0,
        args,
    };
    let done = decode.all();
    decode.run.end(done)
}

struct Decode<W: Write> {
    args: Args,
    run: Run,
    out: W,
    painter: Painter,
    /// The version of the session.
    version: Version,
    /// The frames of this input so far.
    number: u64,
    /// The frames shown of all inputs.
    shown: u64,
    findings: u64,
}

/// Where a frame begins in its input.
#[derive(Clone, Copy)]
enum Place {
    Byte(u64),
    Line(usize),
}

impl std::fmt::Display for Place {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        match self {
            Self::Byte(byte) => write!(f, "byte {byte}"),
            Self::Line(line) => write!(f, "line {line}"),
        }
    }
}

impl<W: Write> Decode<W> {
    fn all(&mut self) -> io::Result<()> {
        let files = self.args.files.clone();
        if files.is_empty() {
            let note = "no FILE is given, so this is the bundled sample; --help tells more";
            self.run.note(&mut self.out, note)?;
            self.input("sample", &mut Cursor::new(SAMPLE))?;
        }
        for file in &files {
            self.file(file)?;
        }
        self.out.flush()?;
        if self.args.check && self.args.to == To::Text {
            let s = |count| if count == 1 { "" } else { "s" };
            let (shown, findings) = (self.shown, self.findings);
            let note = format!(
                "{shown} frame{} checked, {findings} finding{}",
                s(shown),
                s(findings)
            );
            self.run.note(&mut self.out, note)?;
        }
        Ok(())
    }

    fn file(&mut self, file: &Path) -> io::Result<()> {
        let name = name(file);
        match open(file) {
            Ok(mut input) => {
                if self.args.files.len() > 1 && self.args.to == To::Text {
                    let heading = self.painter.strong(&format!("==> {name} <=="));
                    writeln!(self.out, "{heading}\n")?;
                }
                self.input(&name, &mut input)
            }
            Err(error) => self.run.complain(&mut self.out, format!("{name}: {error}")),
        }
    }

    /// Shows an input, which is a session of its own.
    fn input(&mut self, name: &str, input: &mut dyn Read) -> io::Result<()> {
        self.version = self.args.version;
        self.number = 0;
        let mut head = Vec::new();
        let form = match self.args.from {
            From::Bin => Some(Form::Binary),
            From::Hex => Some(Form::Hex),
            From::Trace => Some(Form::Trace),
            From::Auto => {
                if let Err(error) = read_head(input, &mut head) {
                    return self.run.complain(&mut self.out, format!("{name}: {error}"));
                }
                detect(&head)
            }
        };
        let empty = head.is_empty();
        let mut input = BufReader::new(Cursor::new(head).chain(input));
        let read = match form {
            Some(Form::Binary) => self.binary(name, &mut input),
            Some(Form::Hex) => self.hex(name, &mut input),
            // A log may go on for long before its first row.
            Some(Form::Trace) | None => {
                let read = self.trace(name, &mut input);
                let auto = matches!(self.args.from, From::Auto);
                if self.number == 0 && read.is_ok() && !(auto && empty) {
                    let text = if auto && form.is_none() {
                        "neither frames nor hex, and no MHDR rows of a trace"
                    } else {
                        "no frame in MHDR rows"
                    };
                    self.run
                        .complain(&mut self.out, format!("{name}: {text}"))?;
                }
                read
            }
        };
        match read {
            Ok(()) => Ok(()),
            Err(Failure::Output(error)) => Err(error),
            Err(Failure::Input(error)) => {
                self.run.complain(&mut self.out, format!("{name}: {error}"))
            }
        }
    }

    fn binary(&mut self, name: &str, input: &mut impl BufRead) -> Result<(), Failure> {
        let mut decoder = FrameDecoder::new();
        let mut at = 0_u64;
        loop {
            let chunk = input.fill_buf().map_err(Failure::Input)?;
            if chunk.is_empty() {
                break;
            }
            decoder.feed(chunk);
            let length = chunk.len();
            input.consume(length);
            loop {
                match decoder.next_frame() {
                    Ok(Some(frame)) => {
                        self.frame(name, Place::Byte(at), &frame)?;
                        at = at.saturating_add(size(&frame));
                    }
                    Ok(None) => break,
                    Err(error) => {
                        self.bad_frame(name, Place::Byte(at), error)?;
                        at = at.saturating_add(passed_over(error));
                    }
                }
            }
            self.pause()?;
        }
        self.finish(name, Place::Byte(at), &decoder)
    }

    fn hex(&mut self, name: &str, input: &mut impl BufRead) -> Result<(), Failure> {
        let mut reader = HexReader::new();
        let mut decoder = FrameDecoder::new();
        let mut bytes = BytesMut::new();
        // The line on which the frame that waits for more began.
        let mut began = 0;
        // After an error: whether lines are passed over until bytes can begin a frame again.
        let mut lost = false;
        // The bad lines in a row, of which only the first is worth a complaint.
        let mut bad = 0_usize;
        let mut number = 0_usize;
        let mut line = Vec::new();
        while next_line(input, &mut line)? {
            number = number.saturating_add(1);
            bytes.clear();
            match reader.line(&line, &mut bytes) {
                Ok(kind) => {
                    lost &= kind != HexLine::First;
                    self.more_bad_lines(name, std::mem::take(&mut bad))?;
                }
                Err(error) => {
                    let whole = decoder.finish().is_ok();
                    if bad == 0 {
                        let within = if whole {
                            String::new()
                        } else {
                            format!(" (within the frame that begins on line {began})")
                        };
                        self.complain(format!("{name}: {error}{within}"))?;
                    }
                    bad = bad.saturating_add(1);
                    decoder = FrameDecoder::new();
                    // With a frame on each line, the next line is another one.
                    lost |= !whole;
                    if error.kind == HexErrorKind::Words {
                        return Ok(());
                    }
                    continue;
                }
            }
            if lost || bytes.is_empty() {
                continue;
            }
            if decoder.finish().is_ok() {
                began = number;
            }
            decoder.feed(&bytes);
            loop {
                match decoder.next_frame() {
                    Ok(Some(frame)) => self.frame(name, Place::Line(began), &frame)?,
                    Ok(None) => break,
                    Err(error) => self.bad_frame(name, Place::Line(began), error)?,
                }
                began = number;
            }
            self.pause()?;
        }
        self.more_bad_lines(name, bad)?;
        self.finish(name, Place::Line(began), &decoder)
    }

    fn more_bad_lines(&mut self, name: &str, bad: usize) -> Result<(), Failure> {
        match bad {
            0 | 1 => Ok(()),
            2 => self.complain(format!("{name}: the next line is no better")),
            _ => {
                let more = bad.saturating_sub(1);
                self.complain(format!("{name}: the next {more} lines are no better"))
            }
        }
    }

    fn trace(&mut self, name: &str, input: &mut impl BufRead) -> Result<(), Failure> {
        let mut reader = TraceReader::new();
        let mut line = Vec::new();
        loop {
            let more = next_line(input, &mut line)?;
            if more {
                reader.line(&line);
            } else {
                reader.finish();
            }
            while let Some(traced) = reader.next_frame() {
                match traced {
                    Ok(traced) => self.frame(name, Place::Line(traced.line), &traced.frame)?,
                    Err(error) => {
                        self.number = self.number.saturating_add(1);
                        let text = format!("{name}: {error}");
                        self.complain(text)?;
                    }
                }
                self.pause()?;
            }
            if !more {
                return Ok(());
            }
        }
    }

    /// Shows what there is, as more may take its time.
    fn pause(&mut self) -> Result<(), Failure> {
        self.out.flush().map_err(Failure::Output)
    }

    fn complain(&mut self, text: String) -> Result<(), Failure> {
        self.run
            .complain(&mut self.out, text)
            .map_err(Failure::Output)
    }

    fn bad_frame(&mut self, name: &str, place: Place, error: FrameError) -> Result<(), Failure> {
        self.number = self.number.saturating_add(1);
        let number = self.number;
        self.complain(format!("{name}: frame {number} at {place}: {error}"))
    }

    fn finish(&mut self, name: &str, place: Place, decoder: &FrameDecoder) -> Result<(), Failure> {
        match decoder.finish() {
            Ok(()) => Ok(()),
            // The rest of a body over the limit, which has been complained of already.
            Err(FrameError::Incomplete { left: 0, .. }) => Ok(()),
            Err(error) => self.bad_frame(name, place, error),
        }
    }

    /// Shows a frame, if it is of a type that was asked for.
    fn frame(&mut self, name: &str, place: Place, frame: &Frame) -> Result<(), Failure> {
        self.number = self.number.saturating_add(1);
        let (version, decoded) = self.decode(frame);
        if let Some(version) = asked_for(frame.message_type(), frame.body()) {
            self.version = version;
        }
        let types = &self.args.types;
        if !types.is_empty() && !types.contains(&frame.message_type()) {
            return Ok(());
        }
        self.shown = self.shown.saturating_add(1);
        match self.args.to {
            To::Text => self.text(place, frame, version, &decoded),
            To::Json => self.json(frame, version, &decoded),
        }
        .map_err(Failure::Output)?;
        match decoded {
            Ok(_) => Ok(()),
            Err(error) => {
                let number = self.number;
                self.complain(format!("{name}: frame {number} at {place}: {error}"))
            }
        }
    }

    /// Decodes a message, and says in which version. An OPEN_REQ is written in the version that it
    /// asks for; if that makes no sense, in the one before.
    fn decode<'a>(&self, frame: &'a Frame) -> (Version, Result<Message<'a>, DecodeError>) {
        let before = self.version;
        let asked = asked_for(frame.message_type(), frame.body()).unwrap_or(before);
        let decoded = frame.decode(asked);
        if asked.has_wide_ids() == before.has_wide_ids() || makes_sense(&decoded) {
            return (asked, decoded);
        }
        let other = frame.decode(before);
        if makes_sense(&other) {
            (before, other)
        } else {
            (asked, decoded)
        }
    }

    fn text(
        &mut self,
        place: Place,
        frame: &Frame,
        version: Version,
        decoded: &Result<Message<'_>, DecodeError>,
    ) -> io::Result<()> {
        let number = self.number;
        let message_type = frame.message_type();
        let title = match message_type.name() {
            Some(name) => format!("{name} ({})", message_type.0),
            None => format!("message type {}", message_type.0),
        };
        let length = frame.body().len();
        let number = self.painter.faint(&format!("{number:>4}"));
        let title = self.painter.strong(&title);
        let rest = self.painter.faint(&format!("{length} bytes at {place}"));
        writeln!(self.out, "{number}  {title}  {rest}")?;
        match decoded {
            Ok(message) => self
                .painter
                .message(&mut self.out, message, frame, version)?,
            Err(error) => self.painter.undecodable(&mut self.out, error, frame)?,
        }
        if self.args.check {
            for finding in frame.check(version) {
                self.findings = self.findings.saturating_add(1);
                self.painter.finding(&mut self.out, &finding)?;
            }
        }
        writeln!(self.out)
    }

    fn json(
        &mut self,
        frame: &Frame,
        version: Version,
        decoded: &Result<Message<'_>, DecodeError>,
    ) -> io::Result<()> {
        let length = frame.body().len();
        let message = match decoded {
            Ok(message) => *message,
            // As a message that is not known better, so that its bytes are not lost.
            Err(_) => Message::Raw(RawMessage {
                message_type: frame.message_type(),
                body: frame.body(),
            }),
        };
        let mut object = serde_json::to_value(Object { length, message })?;
        let mut packed = BytesMut::new();
        let comes_back = decoded.is_err()
            || json::read(&object, version, &mut packed).is_ok()
                && packed.len() == frame.bytes().len();
        if let Some(object) = object.as_object_mut() {
            if !comes_back {
                // Texts without NUL, or elements that only a stranger between them keeps apart.
                // Another order of the floating fields means nothing, so it is not told.
                object.insert("body".into(), json!({ "hex": hex(frame.body()) }));
            }
            if let Err(error) = decoded {
                object.insert("error".into(), error.to_string().into());
            }
            if self.args.check {
                let findings = frame.check(version);
                let count = u64::try_from(findings.len()).unwrap_or(u64::MAX);
                self.findings = self.findings.saturating_add(count);
                let findings = findings.iter().map(|finding| {
                    json!({
                        "name": finding.kind.name(),
                        "field": finding.field.to_string(),
                        "offset": finding.offset,
                        "text": finding.kind.to_string(),
                    })
                });
                object.insert("findings".into(), findings.collect());
            }
        }
        serde_json::to_writer(&mut self.out, &object)?;
        writeln!(self.out)
    }
}

/// What keeps an input from being read on.
enum Failure {
    /// It cannot be read.
    Input(io::Error),
    /// What was read cannot be shown.
    Output(io::Error),
}

/// Whether a decoded OPEN_REQ has no fields that come of a wrong width of FieldDataID.
fn makes_sense(decoded: &Result<Message<'_>, DecodeError>) -> bool {
    matches!(decoded, Ok(Message::OpenReq(OpenReq { unlisted, .. })) if unlisted.is_empty())
}

/// Reads enough to tell what an input is, and no more than comes at once if that will do.
fn read_head(input: &mut dyn Read, head: &mut Vec<u8>) -> io::Result<()> {
    let mut chunk = vec![0; 64 * 1024];
    while head.len() < 8 && !head.contains(&b'\n') {
        match input.read(&mut chunk) {
            Ok(0) => break,
            Ok(count) => head.extend(chunk.iter().take(count)),
            Err(error) if error.kind() == io::ErrorKind::Interrupted => {}
            Err(error) => return Err(error),
        }
    }
    Ok(())
}

fn next_line(input: &mut impl BufRead, line: &mut Vec<u8>) -> Result<bool, Failure> {
    line.clear();
    let count = input.read_until(b'\n', line).map_err(Failure::Input)?;
    Ok(count > 0)
}

fn size(frame: &Frame) -> u64 {
    u64::try_from(frame.bytes().len()).unwrap_or(u64::MAX)
}

/// The bytes of a frame that was not taken.
fn passed_over(error: FrameError) -> u64 {
    match error {
        FrameError::BodyTooLong { body_length, .. } => u64::from(body_length).saturating_add(8),
        FrameError::Incomplete { .. } => 0,
    }
}

/// Bytes as they stand in JSON.
fn hex(bytes: &[u8]) -> String {
    bytes.iter().map(|byte| format!("{byte:02x}")).collect()
}
