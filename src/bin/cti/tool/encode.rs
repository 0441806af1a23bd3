//! `encode`: packs messages given as JSON into frames, the way back from `decode --to json`.

use std::io::{self, BufWriter, IsTerminal, Write};
use std::path::{Path, PathBuf};
use std::process::ExitCode;

use bytes::BytesMut;
use clap::{Parser, ValueEnum};
use cti_codec::capture::{Side, Writer};
use cti_codec::ccx::dump::{HexDump, TraceRows, read_hex};
use cti_codec::ccx::json::{Document, JsonError, Object, Packed};
use cti_codec::ccx::{Frame, Message, MessageType, RawMessage, Version};
use serde_json::Value;

use super::input::{Input, other};
use super::objects::{Objects, Piece};
use super::packets::{Place, refuse_terminal, side};
use super::run::{Run, long, name, open, version};
use super::secrets;
use super::session::asked_number;

/// Packs messages of the Cisco Unified CCX CTI protocol, given as JSON, into frames.
///
/// Reads objects as `decode --to json` prints them, on one line each or over several
/// as jq prints them, or as you write them yourself:
///
///   {"message":"HEARTBEAT_REQ","fields":{"InvokeID":7}}
///
/// Your own objects must follow the guide; encode fills in counts and reserved
/// fields. An object with a "length" was received, and becomes the same frame again;
/// if it breaks the guide, you get a warning only. If you change it, so that the
/// length no longer fits, it counts as yours. Its "body" counts only while the rest
/// is unchanged. Objects that could not be decoded have "hex" instead of "fields",
/// and need their "length" or "error".
#[derive(Parser, Debug)]
#[command(
    verbatim_doc_comment,
    name = "encode",
    after_help = "\
Examples:
  decode --to json --show-secrets capture.bin | encode > copy.bin
  echo '{\"message\":\"HEARTBEAT_REQ\",\"fields\":{\"InvokeID\":7}}' | encode - --to hex
  encode requests.json | nc server 42027
  encode --to pcap requests.json > requests.pcap
                                   for Wireshark

Each file is a session, and OPEN_REQ sets its version. If an OPEN_REQ cannot be
read, encode does not pack the rest of the file.

The exit status is 0; 1 if an object was bad or a file could not be read (the
others are packed all the same); 2 for wrong usage."
)]
pub(crate) struct Args {
    /// Files to read, - for standard input [default: standard input]
    #[arg(value_name = "FILE")]
    files: Vec<PathBuf>,

    /// Form of the output [default: bin; at a terminal, hex]
    #[arg(long, value_enum)]
    to: Option<To>,

    /// Protocol version, 10 to 18, until an OPEN_REQ sets that of its session
    #[arg(long, value_name = "N", default_value = "14", value_parser = version)]
    version: Version,

    /// Hold received objects to the guide, too
    #[arg(long)]
    strict: bool,
}

#[derive(Clone, Copy, ValueEnum, Debug)]
enum To {
    /// The bytes themselves
    Bin,
    /// A dump of each frame with offsets and text
    Hex,
    /// The MHDR and MDATA rows of a low-level trace
    Trace,
    /// A capture for Wireshark: TCP connections with the sessions and times of the
    /// objects
    #[value(verbatim_doc_comment)]
    Pcap,
}

/// Runs the program under a name.
pub(crate) fn main(program: &'static str, args: Args) -> ExitCode {
    let to = args.to.unwrap_or(if io::stdout().is_terminal() {
        To::Hex
    } else {
        To::Bin
    });
    let mut encode = Encode {
        writer: Writer::new(),
        run: Run::new(program),
        out: BufWriter::with_capacity(64 * 1024, io::stdout().lock()),
        version: args.version,
        frame: BytesMut::new(),
        args,
        to,
    };
    if matches!(encode.to, To::Pcap)
        && let Some(wrong) = refuse_terminal()
    {
        return encode.run.misused(wrong);
    }
    let done = encode.all();
    encode.run.end(done)
}

struct Encode<W: Write> {
    args: Args,
    run: Run,
    out: W,
    to: To,
    /// The version of the session.
    version: Version,
    /// The frame that is being packed.
    frame: BytesMut,
    /// The capture, where one is written.
    writer: Writer,
}

/// What stands in an object beside the message, which it is no part of.
#[derive(Default)]
struct Beside {
    /// The message could not be decoded.
    failed: bool,
    /// Its body.
    body: bool,
    /// It is no message, but a hole in a capture.
    hole: bool,
}

impl Beside {
    /// Takes a key in; whether it is one of the message.
    fn key(&mut self, key: &str) -> bool {
        match key {
            "error" => self.failed = true,
            "body" => self.body = true,
            "findings" | "log" | "time" | "session" | "client" | "client_name" | "server"
            | "server_name" | "from" | "comment" => {}
            "missing" | "unreadable" => {
                self.hole = true;
                return true;
            }
            _ => return true,
        }
        false
    }
}

/// Reads an object. The text is looked at as a whole, which is quicker than string by string.
fn read(text: &[u8]) -> Result<Document, String> {
    match std::str::from_utf8(text) {
        Ok(text) => serde_json::from_str(text),
        // Its error says where.
        Err(_) => serde_json::from_slice(text),
    }
    .map_err(|error| json_error(&error))
}

impl<W: Write> Encode<W> {
    fn all(&mut self) -> io::Result<()> {
        let mut files = self.args.files.clone();
        if files.is_empty() {
            files.push("-".into());
        }
        for file in &files {
            self.file(file)?;
        }
        if let To::Pcap = self.to {
            let rest = std::mem::take(&mut self.writer).finish();
            self.out.write_all(&rest)?;
        }
        self.out.flush()
    }

    fn file(&mut self, file: &Path) -> io::Result<()> {
        let name = name(file);
        let mut opened = match open(file) {
            Ok(opened) => opened,
            Err(error) => return self.run.complain(&mut self.out, format!("{name}: {error}")),
        };
        self.version = self.args.version;
        let mut input = Input::new(&mut opened);
        let mut objects = Objects::default();
        let mut pieces = Vec::new();
        let mut first = true;
        loop {
            let mut bytes = match input.next() {
                Ok(bytes) => bytes,
                Err(error) => return self.run.complain(&mut self.out, format!("{name}: {error}")),
            };
            if std::mem::take(&mut first)
                && let Some(other) = other(bytes)
            {
                let text = format!("{name}: {}", other.0);
                return self.run.complain(&mut self.out, text);
            }
            let ended = bytes.is_empty();
            if ended {
                objects.finish(&mut pieces);
            }
            loop {
                // Mostly there is an object to a line, which need not be looked at twice.
                while let Some((line, text, document)) =
                    objects.line(&mut bytes, |line| read(line).ok())
                {
                    self.document(&name, line, text, document)?;
                }
                objects.feed_line(&mut bytes, &mut pieces);
                for piece in pieces.drain(..) {
                    if !self.piece(&name, piece)? {
                        return Ok(());
                    }
                }
                if bytes.is_empty() {
                    break;
                }
            }
            // Someone may wait for the answer to it.
            self.out.flush()?;
            if ended {
                return Ok(());
            }
        }
    }

    /// Packs an object; whether those behind it can be packed.
    fn piece(&mut self, name: &str, piece: Piece) -> io::Result<bool> {
        let (line, text, why) = match piece {
            Piece::Object(line, text) => match read(&text) {
                Ok(document) => {
                    self.document(name, line, &text, document)?;
                    return Ok(true);
                }
                Err(why) => (line, text, why),
            },
            Piece::Other(line, text, why) => (line, text, why.to_owned()),
        };
        self.run
            .complain(&mut self.out, format!("{name}: line {line}: {why}"))?;
        let opens = memchr::memmem::find(&text, b"OPEN_REQ").is_some();
        if opens {
            let why = "an OPEN_REQ that cannot be read, so that the version is not known: \
                       the rest is not packed";
            self.run
                .complain(&mut self.out, format!("{name}: line {line}: {why}"))?;
        }
        Ok(!opens)
    }

    /// Packs an object that could be read, and writes the frame.
    fn document(
        &mut self,
        name: &str,
        line: u64,
        text: &[u8],
        mut document: Document,
    ) -> io::Result<()> {
        let place = match self.to {
            To::Pcap => match Place::of(&document) {
                Ok(place) => Some(place),
                Err(error) => {
                    let text = format!("{name}: line {line}: {error}");
                    return self.run.complain(&mut self.out, text);
                }
            },
            _ => None,
        };
        let mut beside = Beside::default();
        document.retain(|key| beside.key(key));
        if beside.hole {
            let bytes = document.number(&["missing"]);
            let bytes = bytes.or_else(|| document.number(&["unreadable"]));
            if let (Some(place), Some(bytes)) = (&place, bytes) {
                self.writer.session(&place.session);
                let from = place.from.unwrap_or(Side::Server);
                self.writer.missing(place.time, from, bytes);
                return Ok(());
            }
            let note = format!("{name}: line {line}: a hole in the capture");
            return self.run.note(&mut self.out, note);
        }
        match self.object(text, &document, &beside) {
            Ok(remark) => {
                if let Some(remark) = remark {
                    let note = format!("{name}: line {line}: {remark}");
                    self.run.note(&mut self.out, note)?;
                }
                self.write(place)
            }
            Err(error) => {
                let text = format!("{name}: line {line}: {error}");
                self.run.complain(&mut self.out, text)
            }
        }
    }

    /// Packs an object into the frame; what there is to remark about it.
    fn object(
        &mut self,
        text: &[u8],
        object: &Document,
        beside: &Beside,
    ) -> Result<Option<String>, String> {
        if let Some((body, message_type)) = raw(object, beside.failed)? {
            return self.raw(&body, message_type);
        }
        let before = self.version;
        let is_open = object.text(&["message"]) == Some("OPEN_REQ")
            || object.number(&["id"]) == Some(MessageType::OPEN_REQ.0.into());
        let number = match is_open {
            true => object.number(&["fields", "VersionNumber"]),
            false => None,
        };
        let asked = number.and_then(|number| Version::new(number.try_into().ok()?));
        let version = asked.unwrap_or(before);
        // Even if it cannot be packed: the rest was written with it in mind.
        self.version = version;
        // decode may have read an OPEN_REQ in the version before, or a frame in another session than
        // the one that was seen last; the length tells, or the body.
        let versions = [version, before, self.args.version];
        if beside.body && !self.args.strict {
            let whole = read(text)?;
            let body = from_hex(whole.text(&["body", "hex"]));
            let body = body.map_err(|error| format!("body.{error}"))?;
            if let Some(frame) = unchanged(text, &body, &versions) {
                self.frame = frame;
                return Ok(None);
            }
        }
        let length = object.number(&["length"]);
        let mut packed = self.pack(object, version);
        if object.has(&["length"]) && !matches!(packed, Ok(Packed::AsReceived(_))) {
            for other in versions.into_iter().skip(1).chain([Version::V18]) {
                if other != version
                    && let Ok(received @ Packed::AsReceived(_)) = self.pack(object, other)
                {
                    packed = Ok(received);
                    break;
                }
            }
            // None of them: it is as it was in its own version.
            if !matches!(packed, Ok(Packed::AsReceived(_))) {
                packed = self.pack(object, version);
            }
        }
        let packed = packed?;
        if let Some(number) = number.filter(|_| asked.is_none()) {
            // Packed as received, as no version has that number.
            let text = format!("OPEN_REQ.VersionNumber: {number} is not from 10 to 18");
            return Ok(Some(text));
        }
        Ok(match (packed, length) {
            (Packed::AsReceived(Some(refusal)), _) => {
                Some(format!("packed as received, but {refusal}"))
            }
            (Packed::Strict, Some(length)) if !self.args.strict => {
                let now = self.frame.len().saturating_sub(8);
                Some(format!(
                    "packed as yours: the length was {length}, and is {now}"
                ))
            }
            _ => None,
        })
    }

    fn pack(&mut self, object: &Document, version: Version) -> Result<Packed, String> {
        self.frame.clear();
        let packed = if self.args.strict {
            let packed = object.pack_strict(version, &mut self.frame);
            packed.map(|()| Packed::Strict)
        } else {
            object.pack(version, &mut self.frame)
        };
        let packed = packed.map_err(|error| told(&error))?;
        let hidden = Frame::new(&self.frame[..]).is_ok_and(|frame| {
            secrets::may_hold(frame.message_type())
                && frame
                    .decode(version)
                    .is_ok_and(|message| secrets::is_hidden(&message))
        });
        if hidden {
            return Err("the password is hidden: decode with --show-secrets, or put one in".into());
        }
        Ok(packed)
    }

    /// Packs the bytes of a message that could not be decoded.
    fn raw(&mut self, body: &[u8], message_type: MessageType) -> Result<Option<String>, String> {
        if self.args.strict {
            let error = Message::decode_body(message_type, body, self.version).err();
            let error = error.map_or_else(String::new, |error| format!(": {error}"));
            return Err(format!(
                "bytes in place of the fields of {message_type}{error}"
            ));
        }
        if let Some(version) = asked_number(message_type, body).and_then(Version::new) {
            self.version = version;
        }
        self.frame.clear();
        Message::Raw(RawMessage { message_type, body })
            .encode(self.version, &mut self.frame)
            .map_err(|error| error.to_string())?;
        Ok(None)
    }

    fn write(&mut self, place: Option<Place>) -> io::Result<()> {
        if let To::Bin = self.to {
            return self.out.write_all(&self.frame);
        }
        let bytes = std::mem::take(&mut self.frame).freeze();
        let frame = Frame::new(bytes).map_err(io::Error::other)?;
        if let Some(place) = place {
            let from = place.from.unwrap_or_else(|| side(frame.message_type()));
            self.writer.session(&place.session);
            self.writer.message(place.time, from, frame.bytes());
            let bytes = self.writer.take();
            return self.out.write_all(&bytes);
        }
        match self.to {
            To::Hex => {
                let message_type = frame.message_type();
                writeln!(
                    self.out,
                    "# {message_type}, {} bytes\n{}",
                    frame.body().len(),
                    HexDump(frame.bytes())
                )
            }
            To::Trace | To::Bin | To::Pcap => writeln!(self.out, "{}", TraceRows(&frame)),
        }
    }
}

/// The body and type of an object that has bytes where its type has fields.
fn raw(object: &Document, failed: bool) -> Result<Option<(Vec<u8>, MessageType)>, String> {
    if !object.has(&["hex"]) {
        return Ok(None);
    }
    let hex = object.text(&["hex"]);
    let named = object.text(&["message"]).and_then(MessageType::from_name);
    let id = object.number(&["id"]);
    let numbered = id.and_then(|id| Some(MessageType(id.try_into().ok()?)));
    // All else is for the library to judge.
    let message_type = match (named, numbered) {
        (Some(named), Some(numbered)) if named != numbered => return Ok(None),
        (Some(message_type), _) | (None, Some(message_type)) => message_type,
        (None, None) => return Ok(None),
    };
    if hex == Some(secrets::HIDDEN) {
        return Err("the bytes are hidden: decode with --show-secrets".into());
    }
    let has_length = object.has(&["length"]);
    if has_length
        && let Ok(body) = from_hex(hex)
        && object.number(&["length"]) != Some(long(body.len()))
    {
        let bytes = body.len();
        let length = object.number(&["length"]);
        let length = length.map_or_else(|| "no number".into(), |length| length.to_string());
        return Err(format!("length: is {length}, but hex has {bytes} bytes"));
    }
    if message_type.layout().is_none() || object.has(&["fields"]) {
        return Ok(None);
    }
    if !has_length && !failed {
        return Err(format!(
            "bytes in place of the fields of {message_type}, which only an object that was \
             received has, with a length or an error"
        ));
    }
    Ok(Some((from_hex(hex)?, message_type)))
}

fn from_hex(hex: Option<&str>) -> Result<Vec<u8>, String> {
    let hex = hex.ok_or("hex: must be a string")?;
    read_hex(hex.as_bytes()).map_err(|error| format!("hex: {}", error.kind))
}

/// Returns the frame with this body, if the object still says the same in one of the versions.
fn unchanged(text: &[u8], body: &[u8], versions: &[Version]) -> Option<BytesMut> {
    let mut object: Value = serde_json::from_slice(text).ok()?;
    let members = object.as_object_mut()?;
    members.retain(|key, _| Beside::default().key(key));
    let id = object.get("id")?.as_u64()?.try_into().ok()?;
    let length = body.len();
    let says = |version: &Version| {
        let message = Message::decode_body(MessageType(id), body, *version).ok()?;
        let received = serde_json::to_value(Object { length, message }).ok()?;
        (received == object).then_some(())
    };
    versions.iter().find_map(says)?;
    let mut frame = BytesMut::new();
    frame.extend_from_slice(&u32::try_from(length).ok()?.to_be_bytes());
    frame.extend_from_slice(&u32::to_be_bytes(id));
    frame.extend_from_slice(body);
    Some(frame)
}

/// What is wrong with an object, without a password that was given.
fn told(error: &JsonError) -> String {
    match error {
        JsonError::Malformed(malformed) if malformed.path.contains("Password") => {
            let message = malformed
                .message
                .map_or_else(String::new, |message| format!("{message}."));
            let path = &malformed.path;
            format!("{message}{path}: cannot be packed; its value is hidden")
        }
        error => error.to_string(),
    }
}

/// What is wrong with a text. It counts lines from the beginning of the object.
fn json_error(error: &serde_json::Error) -> String {
    let text = error.to_string();
    match text.rsplit_once(" at line ") {
        Some((text, _)) if error.line() <= 1 => format!("column {}: {text}", error.column()),
        Some((text, _)) => {
            let (line, column) = (error.line(), error.column());
            format!("line {line} of the object, column {column}: {text}")
        }
        None => text,
    }
}
