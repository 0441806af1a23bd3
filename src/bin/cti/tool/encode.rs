//! `encode`: packs messages given as JSON into frames, the way back from `decode --to json`.

use std::io::{self, BufWriter, IsTerminal, Write};
use std::path::{Path, PathBuf};
use std::process::ExitCode;

use bytes::{Bytes, BytesMut};
use clap::{Parser, ValueEnum};
use cti_codec::capture::{Side, Writer};
use cti_codec::ccx::dump::{HexDump, TraceRows, read_hex};
use cti_codec::ccx::json::{self, JsonError, Object, Packed};
use cti_codec::ccx::{Frame, Message, MessageType, RawMessage, Version};
use serde_json::{Map, Value};

use super::input::{Input, other};
use super::objects::{Objects, Piece, Unique};
use super::packets::{Place, refuse_terminal, side};
use super::run::{Run, long, name, open, version};
use super::secrets;
use super::session::asked_number;

/// Packs messages of the Cisco Unified CCX CTI protocol, given as JSON, into frames.
///
/// Reads objects as `decode --to json` prints them, one to a line or over several
/// as jq does, or as you write them yourself:
///
///   {"message":"HEARTBEAT_REQ","fields":{"InvokeID":7}}
///
/// An object of your own must hold to the guide; counts and reserved fields are
/// filled in. An object with a "length" was received, and becomes the frame that
/// it was; what the guide forbids in it is a warning only. If it was changed, so
/// that the length does not fit, it counts as yours. A "body" counts only as long
/// as the rest has not been changed. "hex" in place of "fields" belongs to objects
/// that were received and could not be decoded: it needs their "length" or "error".
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

The version of a session is that of its OPEN_REQ; each file is a session of its
own. If an OPEN_REQ cannot be read, the rest of its file is not packed.

The exit status is 0; 1 if an object was bad or a file could not be read, the
others being packed all the same; 2 for wrong usage."
)]
pub(crate) struct Args {
    /// What to read; - is standard input [without any: standard input]
    #[arg(value_name = "FILE")]
    files: Vec<PathBuf>,

    /// What to write [default: bin, but hex to a terminal]
    #[arg(long, value_enum)]
    to: Option<To>,

    /// The protocol version, 10 to 18, until an OPEN_REQ sets that of its session
    #[arg(long, value_name = "N", default_value = "14", value_parser = version)]
    version: Version,

    /// Refuse what the guide forbids even in objects that were received
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
    /// A capture that Wireshark opens: TCP connections, with the sessions and times
    /// that the objects give
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
    /// The capture, where one is written.
    writer: Writer,
}

/// A frame, and what there is to remark about it.
type Done = (Vec<u8>, Option<String>);

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
            let ended = match input.next() {
                Ok(bytes) => {
                    if std::mem::take(&mut first)
                        && let Some(other) = other(bytes)
                    {
                        let text = format!("{name}: {}", other.0);
                        return self.run.complain(&mut self.out, text);
                    }
                    if bytes.is_empty() {
                        objects.finish(&mut pieces);
                    } else {
                        objects.feed(bytes, &mut pieces);
                    }
                    bytes.is_empty()
                }
                Err(error) => return self.run.complain(&mut self.out, format!("{name}: {error}")),
            };
            for piece in pieces.drain(..) {
                if !self.piece(&name, piece)? {
                    return Ok(());
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
            Piece::Object(line, text) => {
                let value = serde_json::from_slice::<Unique>(&text);
                match value.map_err(|error| json_error(&error)) {
                    // What a capture lacks is no message.
                    Ok(Unique(Value::Object(hole)))
                        if hole.contains_key("missing") || hole.contains_key("unreadable") =>
                    {
                        if let To::Pcap = self.to {
                            return self.hole(name, line, &hole).map(|()| true);
                        }
                        let note = format!("{name}: line {line}: a hole in the capture");
                        self.run.note(&mut self.out, note)?;
                        return Ok(true);
                    }
                    Ok(Unique(value)) => {
                        let place = match (&self.to, value.as_object()) {
                            (To::Pcap, Some(object)) => Place::of(object).map(Some),
                            _ => Ok(None),
                        };
                        match place.and_then(|place| Ok((self.object(value)?, place))) {
                            Ok(((frame, remark), place)) => {
                                if let Some(remark) = remark {
                                    let note = format!("{name}: line {line}: {remark}");
                                    self.run.note(&mut self.out, note)?;
                                }
                                self.write(frame, place)?;
                            }
                            Err(error) => {
                                let text = format!("{name}: line {line}: {error}");
                                self.run.complain(&mut self.out, text)?;
                            }
                        }
                        return Ok(true);
                    }
                    Err(why) => (line, text, why),
                }
            }
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

    /// Leaves out of a capture what another one lacked.
    fn hole(&mut self, name: &str, line: u64, hole: &Map<String, Value>) -> io::Result<()> {
        let bytes = hole.get("missing").or_else(|| hole.get("unreadable"));
        match (Place::of(hole), bytes.and_then(Value::as_u64)) {
            (Ok(place), Some(bytes)) => {
                self.writer.session(&place.session);
                let from = place.from.unwrap_or(Side::Server);
                self.writer.missing(place.time, from, bytes);
                Ok(())
            }
            (place, _) => {
                let why = place
                    .err()
                    .unwrap_or_else(|| "a hole without a size".into());
                let text = format!("{name}: line {line}: {why}");
                self.run.complain(&mut self.out, text)
            }
        }
    }

    fn object(&mut self, mut value: Value) -> Result<Done, String> {
        let mut body = None;
        if let Some(object) = value.as_object_mut() {
            // What decode has to say of an object is no part of the message.
            let error = object.remove("error");
            object.remove("findings");
            for key in [
                "log",
                "time",
                "session",
                "client",
                "client_name",
                "server",
                "server_name",
                "from",
                "comment",
            ] {
                object.remove(key);
            }
            body = object.remove("body");
            if let Some(raw) = raw(object, error.is_some())? {
                return self.raw(&raw.0, raw.1);
            }
        }
        let before = self.version;
        let is_open = value.get("message").and_then(Value::as_str) == Some("OPEN_REQ")
            || value.get("id").and_then(Value::as_u64) == Some(MessageType::OPEN_REQ.0.into());
        let number = value
            .pointer("/fields/VersionNumber")
            .and_then(Value::as_u64)
            .filter(|_| is_open);
        let asked = number.and_then(|number| Version::new(number.try_into().ok()?));
        let version = asked.unwrap_or(before);
        // Even if it cannot be packed: what follows was written with it in mind.
        self.version = version;
        // decode may have read an OPEN_REQ in the version before, or a frame in another session than
        // the one that was seen last; the length tells, or the body.
        let versions = [version, before, self.args.version];
        if let Some(body) = body.filter(|_| !self.args.strict) {
            let body = from_hex(body.get("hex")).map_err(|error| format!("body.{error}"))?;
            if let Some(frame) = versions
                .iter()
                .find_map(|version| unchanged(&value, &body, *version))
            {
                return Ok((frame, None));
            }
        }
        let mut done = self.pack(&value, version);
        let length = value.get("length");
        if length.is_some() && !matches!(done, Ok((Packed::AsReceived(_), _))) {
            for other in versions.into_iter().skip(1).chain([Version::V18]) {
                if other != version
                    && let Ok(received @ (Packed::AsReceived(_), _)) = self.pack(&value, other)
                {
                    done = Ok(received);
                    break;
                }
            }
        }
        let (packed, frame) = done?;
        if let Some(number) = number.filter(|_| asked.is_none()) {
            let text = format!("OPEN_REQ.VersionNumber: {number} is not from 10 to 18");
            match packed {
                Packed::Strict => return Err(text),
                Packed::AsReceived(_) => return Ok((frame.into(), Some(text))),
            }
        }
        let remark = match (packed, length) {
            (Packed::AsReceived(Some(refusal)), _) => {
                Some(format!("packed as received, but {refusal}"))
            }
            (Packed::Strict, Some(length)) if !self.args.strict => {
                let now = frame.len().saturating_sub(8);
                Some(format!(
                    "packed as yours: the length was {length}, and is {now}"
                ))
            }
            _ => None,
        };
        Ok((frame.into(), remark))
    }

    fn pack(&self, value: &Value, version: Version) -> Result<(Packed, BytesMut), String> {
        let mut frame = BytesMut::new();
        let packed = if self.args.strict {
            json::read_strict(value, version, &mut frame).map(|()| Packed::Strict)
        } else {
            json::read(value, version, &mut frame)
        };
        let packed = packed.map_err(|error| told(&error))?;
        let hidden = Frame::new(&frame[..]).ok().and_then(|frame| {
            frame
                .decode(version)
                .ok()
                .map(|read| secrets::is_hidden(&read))
        });
        if hidden == Some(true) {
            return Err("the password is hidden: decode with --show-secrets, or put one in".into());
        }
        Ok((packed, frame))
    }

    /// Packs the bytes of a message that could not be decoded.
    fn raw(&mut self, body: &[u8], message_type: MessageType) -> Result<Done, String> {
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
        let mut frame = BytesMut::new();
        Message::Raw(RawMessage { message_type, body })
            .encode(self.version, &mut frame)
            .map_err(|error| error.to_string())?;
        Ok((frame.into(), None))
    }

    fn write(&mut self, bytes: Vec<u8>, place: Option<Place>) -> io::Result<()> {
        if let To::Bin = self.to {
            return self.out.write_all(&bytes);
        }
        let frame = Frame::new(Bytes::from(bytes)).map_err(io::Error::other)?;
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
fn raw(
    object: &Map<String, Value>,
    failed: bool,
) -> Result<Option<(Vec<u8>, MessageType)>, String> {
    let Some(hex) = object.get("hex") else {
        return Ok(None);
    };
    let name = object.get("message").and_then(Value::as_str);
    let named = name.and_then(MessageType::from_name);
    let id = object.get("id").and_then(Value::as_u64);
    let numbered = id.and_then(|id| Some(MessageType(id.try_into().ok()?)));
    // All else is for the library to judge.
    let message_type = match (named, numbered) {
        (Some(named), Some(numbered)) if named != numbered => return Ok(None),
        (Some(message_type), _) | (None, Some(message_type)) => message_type,
        (None, None) => return Ok(None),
    };
    if hex.as_str() == Some(secrets::HIDDEN) {
        return Err("the bytes are hidden: decode with --show-secrets".into());
    }
    let length = object.get("length");
    if let Some(length) = length
        && let Ok(body) = from_hex(Some(hex))
        && length.as_u64() != Some(long(body.len()))
    {
        let bytes = body.len();
        return Err(format!("length: is {length}, but hex has {bytes} bytes"));
    }
    if message_type.layout().is_none() || object.contains_key("fields") {
        return Ok(None);
    }
    if length.is_none() && !failed {
        return Err(format!(
            "bytes in place of the fields of {message_type}, which only an object that was \
             received has, with a length or an error"
        ));
    }
    Ok(Some((from_hex(Some(hex))?, message_type)))
}

fn from_hex(hex: Option<&Value>) -> Result<Vec<u8>, String> {
    let hex = hex.and_then(Value::as_str).ok_or("hex: must be a string")?;
    read_hex(hex.as_bytes()).map_err(|error| format!("hex: {}", error.kind))
}

/// The frame with this body, if an object still says what the body does.
fn unchanged(object: &Value, body: &[u8], version: Version) -> Option<Vec<u8>> {
    let id = object.get("id")?.as_u64()?.try_into().ok()?;
    let message = Message::decode_body(MessageType(id), body, version).ok()?;
    let length = body.len();
    let received = serde_json::to_value(Object { length, message }).ok()?;
    if received != *object {
        return None;
    }
    let mut frame = u32::try_from(length).ok()?.to_be_bytes().to_vec();
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
            format!("{message}{path}: cannot be packed; what was given is not shown")
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
