//! `decode`: shows the messages of a stream.

mod capture;
mod json;
#[cfg(feature = "tokio")]
mod live;
mod packets;
mod printed;
mod redact;
mod show;

use std::collections::{BTreeSet, HashMap};
use std::fmt::Display;
use std::io::{self, BufWriter, Cursor, IsTerminal, Read, Write};
use std::net::IpAddr;
use std::path::{Path, PathBuf};
use std::process::ExitCode;
use std::sync::Arc;

use clap::{Parser, ValueEnum};
use cti_codec::capture::{Writer, is_capture};
use cti_codec::ccx::dump::Log;
use cti_codec::ccx::{DecodeError, Frame, Message, Version};

use super::captures::Captures;
use super::escaped;
use super::frames::{Form, Found, Frames, Item, Only};
use super::input::Input;
use super::packets as packets_to;
use super::pager::Pager;
use super::passages::Place;
use super::run::{
    ROTATED, Run, Sources, count, follow, follow_again, name, open, sources, version,
};
use super::secrets;
use super::select::{SelectArgs, Selection, Where};
use super::session::Session;
use super::summary::Summary;
use redact::Redact;
use show::Painter;

/// The queued and answered call of the guide's chapter 11.
const SAMPLE: &[u8] = include_bytes!("../../../../../examples/data/queued_call.trace");

/// Shows the messages of the Cisco Unified CCX CTI protocol.
///
/// Reads captures (pcap, pcapng), streams of bytes, hex dumps, and server logs with
/// low-level or high-level traces, and shows each message with the guide's names for
/// fields and values. It recognizes the form of each passage: dumps and traces may
/// stand among any other lines of a log.
#[derive(Parser, Debug)]
#[command(
    verbatim_doc_comment,
    name = "decode",
    after_help = "\
Examples:
  decode capture.bin               the frames of a captured stream
  decode --type AGENT_STATE_EVENT MIVR.log
                                   one type of message in a server's log
  xxd capture.bin | decode         any hex dump
  decode node1.pcapng node2.pcapng the sessions of captures, as one time line
  decode --to json --show-secrets capture.bin | encode > copy.bin
                                   there and back

The exit status is 0; 1 if a frame was bad or a file could not be read, the rest
being shown all the same; 2 for wrong usage. Findings of --check are not bad
frames.",
    after_long_help = "\
Examples:
  decode capture.bin               the frames of a captured stream
  decode --type AGENT_STATE_EVENT MIVR.log
                                   one kind of message out of a server's log
  xxd capture.bin | decode         any hex dump
  decode node1.pcapng node2.pcapng the sessions of captures, as one time line
  tail -F MIVR.log | decode        a log as it grows
  decode --to json --show-secrets capture.bin | encode > copy.bin
                                   there and back

JSON keeps everything but the order of floating fields, so that encode restores the
frames. A frame that cannot be decoded appears as bytes, in JSON as \"hex\" with an
\"error\". Where its bytes do not follow from its fields, because a text lacks its
NUL for example, a frame has its \"body\" as well. Without --show-secrets
\"(hidden)\" replaces passwords, and encode refuses it. Standard error reports bytes
that are no whole frame, with their place and number.

OPEN_REQ sets the version of its session. If it is missing, as in a capture that
begins later, the first frames whose fields tell decide.

The exit status is 0; 1 if a frame was bad or a file could not be read (the rest
is shown all the same); 2 for wrong usage. Findings of --check do not change it."
)]
pub(crate) struct Args {
    /// Files to read, - for standard input [default: standard input; at a terminal, a sample]
    #[arg(value_name = "FILE")]
    files: Vec<PathBuf>,

    /// Show the bundled sample: a call that is queued and answered
    #[arg(long, conflicts_with = "files")]
    sample: bool,

    /// Form of the frames
    #[arg(long, value_enum, default_value = "auto")]
    from: From,

    /// Form of the output
    #[arg(long, value_enum, default_value = "text")]
    to: To,

    /// Protocol version, 10 to 18, until an OPEN_REQ sets that of its session
    /// [default: as the frames show, else 14]
    #[arg(long, value_name = "N", value_parser = version, verbatim_doc_comment)]
    version: Option<Version>,

    /// Print a summary only: types, sessions, answers, findings, holes
    #[arg(long)]
    summary: bool,

    /// Also list every difference from the guide: fields too long, required fields
    /// missing, codes that no table lists, and more
    #[arg(long, verbatim_doc_comment)]
    check: bool,

    /// Read the files as one stream, in this order, such as the parts of a rotated log
    #[arg(long)]
    join: bool,

    /// Show passwords
    #[arg(long)]
    show_secrets: bool,

    /// Replace personal data by stand-ins of the same length and kind: logins, names,
    /// extensions, devices, numbers, digits, call data, addresses. The same text gets
    /// the same stand-in everywhere
    #[arg(long, verbatim_doc_comment)]
    redact: bool,

    /// Derive the stand-ins from this secret, so that other files get the same ones
    #[arg(long, value_name = "KEY", requires = "redact")]
    redact_key: Option<String>,

    /// Report on standard error why each passage was taken or left
    #[arg(long)]
    explain: bool,

    /// Port of the servers in captures; repeat it for more; auto reads all connections
    /// [default: 12028 and 42027]
    #[arg(long = "port", value_name = "PORT", value_parser = capture::port, verbatim_doc_comment)]
    ports: Vec<capture::Port>,

    /// Show the times of captures in UTC instead of local time
    #[arg(long)]
    utc: bool,

    /// Read on as the file grows, through rotation, until you interrupt it
    #[arg(long)]
    follow: bool,

    /// Colour the text
    #[arg(long, value_enum, default_value = "auto")]
    color: Color,

    /// Print the text to a terminal without a pager. Otherwise it goes through
    /// $CTI_PAGER, $PAGER or less
    #[arg(long, verbatim_doc_comment)]
    no_pager: bool,

    #[command(flatten)]
    select: SelectArgs,
}

#[derive(Clone, Copy, PartialEq, Eq, ValueEnum, Debug)]
enum From {
    /// Recognize the form of each passage
    Auto,
    /// The bytes themselves
    Bin,
    /// Hex digits: plain, or as xxd, hexdump, od, tcpdump or Wireshark print them
    Hex,
    /// The MHDR and MDATA rows of a low-level trace and the messages in text of a high-level one,
    /// among any other lines
    Trace,
}

impl From {
    fn form(self) -> Form {
        match self {
            Self::Auto => Form::Auto,
            Self::Bin => Form::Binary,
            Self::Hex => Form::Text(Only::Hex),
            Self::Trace => Form::Text(Only::Log),
        }
    }
}

#[derive(Clone, Copy, PartialEq, Eq, ValueEnum, Debug)]
enum To {
    /// For people
    Text,
    /// One object per line
    Json,
    /// A capture, as Wireshark opens it; passwords are asterisks in it
    Pcap,
}

#[derive(Clone, Copy, ValueEnum, Debug)]
enum Color {
    /// If standard output is a terminal, and NO_COLOR is not set
    Auto,
    Always,
    Never,
}

impl Args {
    /// What does not go together.
    fn wrong(&self) -> Option<&'static str> {
        if self.follow && self.files.len() != 1 {
            Some("--follow needs one file")
        } else if self.follow && self.redact {
            Some("--redact has to see the whole of a file first, so it goes without --follow")
        } else if self.to == To::Pcap && self.summary {
            Some("--summary is shown as text or as JSON")
        } else if self.to == To::Pcap {
            packets_to::refuse_terminal()
        } else {
            None
        }
    }

    /// Creates the arguments without inputs, for messages from elsewhere.
    #[cfg(feature = "tokio")]
    fn none() -> Self {
        Self::parse_from(["decode"])
    }
}

/// Runs the program under a name.
pub(crate) fn main(program: &'static str, args: Args) -> ExitCode {
    let color = match args.color {
        Color::Auto => {
            let wanted = std::env::var_os("NO_COLOR").is_none_or(|value| value.is_empty());
            let able = std::env::var_os("TERM").is_none_or(|term| term != "dumb");
            wanted && able && io::stdout().is_terminal()
        }
        Color::Always => true,
        Color::Never => false,
    };
    if let Some(wrong) = args.wrong() {
        return Run::new(program).misused(wrong);
    }
    let pages = args.to == To::Text && !args.follow && !args.no_pager;
    let mut pager = pages.then(Pager::start).flatten();
    let out: Box<dyn Write> = match pager.as_mut().and_then(Pager::take) {
        Some(pages) => Box::new(pages),
        None => Box::new(io::stdout().lock()),
    };
    let mut decode = Decode::new(program, out, args, color);
    if io::stderr().is_terminal() && !decode.args.follow {
        let waits = decode.args.summary || !io::stdout().is_terminal();
        if waits && pager.is_none() {
            decode.show_progress();
        }
    }
    let done = decode.all();
    let Decode { run, out, .. } = decode;
    // The pager goes on until its reader has seen enough.
    drop(out);
    if let Some(pager) = pager {
        pager.wait();
    }
    run.end(done)
}

pub(crate) struct Decode<W: Write> {
    args: Args,
    run: Run,
    out: BufWriter<W>,
    painter: Painter,
    session: Session,
    /// The frames of this input so far.
    number: u64,
    /// The frames shown of all inputs.
    shown: u64,
    findings: u64,
    selection: Selection,
    /// Whether the input is seen for the first of two times, and nothing shown.
    learning: bool,
    /// What is summed up in place of being shown.
    summary: Option<Box<Summary>>,
    /// The captures among the files.
    captures: Captures,
    /// The names that captures give to addresses.
    names: HashMap<IpAddr, String>,
    /// The sessions of captures whose version was found out, and told.
    guessed: BTreeSet<u32>,
    /// Inputs that cannot be read twice, and have to be.
    held: HashMap<PathBuf, Arc<[u8]>>,
    redact: Option<Redact>,
    writer: Writer,
    /// The connections that are left out of a capture that is written, and their bytes.
    left_out: (u64, u64),
    /// The versions of sessions, for the packets of messages that are not whole.
    versions: HashMap<u32, Version>,
}

/// The reason why an input cannot be read further.
enum Failure {
    /// It cannot be read.
    Input(io::Error),
    /// The output failed.
    Output(io::Error),
}

impl<W: Write> Decode<W> {
    fn new(program: &'static str, out: W, args: Args, color: bool) -> Self {
        Self {
            run: Run::new(program),
            out: BufWriter::with_capacity(64 * 1024, out),
            painter: Painter::new(color),
            session: Session::new(args.version),
            number: 0,
            shown: 0,
            findings: 0,
            selection: Selection::new(&args.select, args.utc),
            learning: false,
            summary: args.summary.then(Default::default),
            captures: Captures::default(),
            names: HashMap::new(),
            guessed: BTreeSet::new(),
            held: HashMap::new(),
            redact: args.redact.then(Default::default),
            writer: Writer::new(),
            left_out: (0, 0),
            versions: HashMap::new(),
            args,
        }
    }

    fn show_progress(&mut self) {
        let size = |file: &PathBuf| file.metadata().map_or(0, |data| data.len());
        let total: u64 = self.args.files.iter().map(size).sum();
        let twice = self.args.redact || self.args.select.needs_all();
        self.run.show_progress(if twice {
            total.saturating_mul(2)
        } else {
            total
        });
    }

    fn all(&mut self) -> io::Result<()> {
        match sources(&self.args.files, self.args.sample) {
            Sources::Sample => {
                let note = "this is the bundled sample; --help tells more";
                self.run.note(&mut self.out, note)?;
                if self.args.redact {
                    self.learning = true;
                    self.sample()?;
                    self.learning = false;
                    self.learned()?;
                    self.session = Session::new(self.args.version);
                    self.number = 0;
                }
                self.sample()?;
            }
            Sources::Files(files) => {
                let again = |file: &PathBuf| file.metadata().is_ok_and(|data| data.is_file());
                if self.args.redact {
                    for file in files.iter().filter(|file| !again(file)) {
                        self.hold(file)?;
                    }
                }
                let all = self.args.select.needs_all() && files.iter().all(again);
                if self.args.redact || all && !self.args.follow {
                    self.learning = true;
                    self.run.quiet(true);
                    self.files(&files)?;
                    self.run.quiet(false);
                    self.learning = false;
                    self.learned()?;
                }
                self.files(&files)?;
            }
        }
        if let Some(summary) = self.summary.take() {
            return self.sum_up(&summary);
        }
        self.out.flush()?;
        if self.args.check && self.args.to == To::Text {
            let note = format!(
                "{} checked, {}",
                count(self.shown, "frame"),
                count(self.findings, "finding")
            );
            self.run.note(&mut self.out, note)?;
        }
        Ok(())
    }

    /// All has been seen once, and comes again.
    fn learned(&mut self) -> io::Result<()> {
        self.selection.learned();
        let collisions = self.choose_stand_ins();
        if collisions > 0 {
            let text = format!(
                "{} the text or the address of somebody else, as all of the kind are taken or the \
                 key has it so",
                match collisions {
                    1 => "1 stand-in happens to be".into(),
                    many => format!("{many} stand-ins happen to be"),
                }
            );
            self.run.note(&mut self.out, text)?;
        }
        Ok(())
    }

    /// Reads an input that can be read once only.
    fn hold(&mut self, file: &Path) -> io::Result<()> {
        let mut bytes = Vec::new();
        match open(file).and_then(|mut read| read.read_to_end(&mut bytes)) {
            Ok(_) => {
                self.held.insert(file.to_owned(), bytes.into());
            }
            // It will be told when the file is read.
            Err(_) if file.as_os_str() != "-" => {}
            Err(error) => {
                let name = name(file);
                self.run
                    .complain(&mut self.out, format!("{name}: {error}"))?;
                self.held.insert(file.to_owned(), bytes.into());
            }
        }
        Ok(())
    }

    fn sum_up(&mut self, summary: &Summary) -> io::Result<()> {
        match self.args.to {
            To::Json => {
                escaped::line(&mut self.out, &summary.json())?;
            }
            To::Text | To::Pcap => {
                let utc = self.args.utc;
                let painter = &self.painter;
                summary.write(&mut self.out, &|time| capture::clock(time, utc), &|text| {
                    painter.strong(text)
                })?;
            }
        }
        self.out.flush()
    }

    fn files(&mut self, files: &[PathBuf]) -> io::Result<()> {
        let several = files.len() > 1 && self.args.to == To::Text && !self.args.summary;
        self.guessed.clear();
        for (index, file) in files.iter().enumerate() {
            if index == 0 || !self.args.join {
                self.session = Session::new(self.args.version);
                self.number = 0;
            }
            self.file(file, several)?;
        }
        self.read_captures()
    }

    fn file(&mut self, file: &Path, heading: bool) -> io::Result<()> {
        let name = name(file);
        let follows = self.args.follow && file.as_os_str() != "-";
        let mut opened: io::Result<Box<dyn Read>> = if let Some(bytes) = self.held.get(file) {
            Ok(Box::new(Cursor::new(Arc::clone(bytes))))
        } else if follows {
            follow(file)
        } else {
            open(file)
        };
        loop {
            let error = match opened {
                Ok(mut read) => match self.read(&name, &mut Input::new(&mut read), heading) {
                    Ok(Some(head)) => {
                        self.captures.add(name, file, follows, &head, read);
                        return Ok(());
                    }
                    Ok(None) if follows => {
                        let text = format!("{name}: {ROTATED}");
                        self.run.note(&mut self.out, text)?;
                        opened = follow_again(file);
                        continue;
                    }
                    Ok(None) => return Ok(()),
                    Err(Failure::Output(error)) => return Err(error),
                    Err(Failure::Input(error)) => error,
                },
                Err(error) => error,
            };
            return self.run.complain(&mut self.out, format!("{name}: {error}"));
        }
    }

    fn sample(&mut self) -> io::Result<()> {
        match self.read("sample", &mut Input::new(&mut &*SAMPLE), false) {
            Ok(_) => Ok(()),
            Err(Failure::Output(error) | Failure::Input(error)) => Err(error),
        }
    }

    /// Shows what an input holds; of a capture, gives back its beginning.
    fn read(
        &mut self,
        name: &str,
        input: &mut Input<'_>,
        heading: bool,
    ) -> Result<Option<Vec<u8>>, Failure> {
        let mut frames = Frames::new(self.args.from.form(), self.args.explain);
        let mut first = true;
        loop {
            let bytes = input.next().map_err(Failure::Input)?;
            if std::mem::take(&mut first) {
                if self.args.from == From::Auto && is_capture(bytes) {
                    return Ok(Some(bytes.to_vec()));
                }
                self.begin(name, heading).map_err(Failure::Output)?;
            }
            let ended = bytes.is_empty();
            self.run.read(bytes.len());
            if ended {
                frames.finish();
            } else {
                frames.feed(bytes);
            }
            while let Some(item) = frames.next() {
                self.item(name, item).map_err(Failure::Output)?;
            }
            // More may take its time.
            self.out.flush().map_err(Failure::Output)?;
            if ended {
                return Ok(None);
            }
        }
    }

    /// An input begins that is no capture.
    fn begin(&mut self, name: &str, heading: bool) -> io::Result<()> {
        if self.learning {
            return Ok(());
        }
        if heading {
            let heading = self.painter.strong(&format!("==> {name} <=="));
            writeln!(self.out, "{heading}\n")?;
        }
        if self.args.select.needs_capture() {
            let text = format!(
                "{name}: sessions and times are known of captures only, so nothing is shown"
            );
            self.run.complain(&mut self.out, text)?;
        }
        Ok(())
    }

    fn item(&mut self, name: &str, item: Item<Found>) -> io::Result<()> {
        match item {
            Item::Found(place, Found::Frame(frame, log)) => {
                self.frame(name, place, &frame, log.as_deref())
            }
            Item::Found(place, Found::Text(message)) => self.printed(name, place, &message),
            Item::Bad(place, error) => {
                self.number = self.number.saturating_add(1);
                let number = self.number;
                let text = format!("{name}: frame {number} at {place}: {error}");
                self.run.complain(&mut self.out, text)
            }
            Item::Wrong(text) => self.run.complain(&mut self.out, format!("{name}: {text}")),
            Item::Note(text) => self.run.note(&mut self.out, format!("{name}: {text}")),
            Item::Because(place, text) => self
                .run
                .note(&mut self.out, format!("{name}: {place}: {text}")),
        }
    }

    /// Shows a frame, if it is of a type that was asked for.
    fn frame(
        &mut self,
        name: &str,
        place: Place,
        frame: &Frame,
        log: Option<&Log>,
    ) -> io::Result<()> {
        self.number = self.number.saturating_add(1);
        let number = self.number;
        let read = self.session.read(frame);
        if let Some(remark) = read.remark {
            let note = format!("{name}: frame {number} at {place}: {remark}");
            self.run.note(&mut self.out, note)?;
        }
        let (version, message) = (read.version, read.message);
        if self.learning {
            if let Ok(message) = &message {
                self.selection.learn(&Where::NOWHERE, message);
            }
            self.learn_frame(frame.bytes(), version);
            return Ok(());
        }
        let message_type = Some(frame.message_type());
        if !self
            .selection
            .wants(&Where::NOWHERE, message_type, message.as_ref().ok())
        {
            return Ok(());
        }
        self.shown = self.shown.saturating_add(1);
        if let Some(summary) = &mut self.summary {
            summary.count(frame, version, message.is_ok());
            if message.is_err() {
                self.run.fail();
            }
            return Ok(());
        }
        let redacted;
        let (frame, message) = match &self.redact {
            None => (frame, message),
            Some(_) => {
                redacted = self.disguised(frame, version);
                (&redacted, redacted.decode(version))
            }
        };
        match self.args.to {
            To::Pcap => self.packet_of(frame, version)?,
            To::Text => {
                let log = log.map(|log| printed::entry(&self.disguised_log(log)));
                let log = log.unwrap_or_default();
                let rest = format_args!("{} bytes at {place}{log}", frame.body().len());
                self.text(&rest, frame, version, &message)?;
            }
            To::Json => {
                let log = log.map(|log| printed::log(place, &self.disguised_log(log)));
                let (args, out) = (&self.args, &mut self.out);
                let findings = args.check.then(|| frame.check(version));
                self.findings = self
                    .findings
                    .saturating_add(findings.as_ref().map_or(0, |list| list.len() as u64));
                json::write(
                    out,
                    frame,
                    version,
                    &message,
                    findings.as_deref(),
                    &json::LogOf { log },
                    args.show_secrets,
                )?;
            }
        }
        if let Err(error) = message {
            let text = format!("{name}: frame {number} at {place}: {error}");
            self.run.complain(&mut self.out, text)?;
        }
        Ok(())
    }

    fn text(
        &mut self,
        rest: &dyn Display,
        frame: &Frame,
        version: Version,
        decoded: &Result<Message<'_>, DecodeError>,
    ) -> io::Result<()> {
        let message_type = frame.message_type();
        let (painter, out, number) = (&mut self.painter, &mut self.out, self.number);
        match message_type.name() {
            Some(name) => {
                let title = format_args!("{name} ({})", message_type.0);
                painter.title(out, number, &title, rest)?;
            }
            None => {
                let title = format_args!("message type {}", message_type.0);
                painter.title(out, number, &title, rest)?;
            }
        }
        let secret = !self.args.show_secrets && secrets::may_hold(message_type);
        match decoded {
            Ok(message) if secret => {
                let message = secrets::hide(message).0;
                self.painter
                    .message(&mut self.out, &message, frame, version, &[])?;
            }
            Ok(message) => {
                self.painter
                    .message(&mut self.out, message, frame, version, &[])?;
            }
            Err(error) => {
                self.painter
                    .undecodable(&mut self.out, error, frame, secret)?;
            }
        }
        if self.args.check {
            for finding in frame.check(version) {
                self.findings = self.findings.saturating_add(1);
                self.painter.finding(&mut self.out, &finding)?;
            }
        }
        self.out.write_all(b"\n")
    }
}
