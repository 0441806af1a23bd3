//! Captures: the sessions in them, and their gaps.

use std::io::{self, Write};
use std::net::SocketAddr;
use std::sync::Arc;

use cti_codec::capture::{
    self, Conversations, Entry, FileError, Item, Options, Ports, Protocol, Session, Side, Stamp,
    Time, Unreadable, VersionSource, Why,
};
use serde::ser::Serializer;

use super::super::captures::Step;
use super::super::escaped;
use super::super::run::{ROTATED, count, grouped, long, plain};
use super::super::select::Where;
use super::super::summary::ended;
use super::{Decode, To, json};

/// The names of addresses that are kept.
const MOST_NAMES: usize = 65_536;

/// The ports on the command line.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub(super) enum Port {
    Auto,
    Number(u16),
}

pub(super) fn port(text: &str) -> Result<Port, String> {
    if text == "auto" {
        return Ok(Port::Auto);
    }
    text.parse()
        .map(Port::Number)
        .map_err(|_| "a port is a number up to 65535, or auto".into())
}

/// Returns the options for reading captures, from the command line.
pub(super) fn options(ports: &[Port], version: Option<cti_codec::ccx::Version>) -> Options {
    let numbers: Vec<u16> = ports
        .iter()
        .filter_map(|port| match port {
            Port::Auto => None,
            Port::Number(number) => Some(*number),
        })
        .collect();
    let mut options = Options {
        version,
        ..Options::default()
    };
    if ports.contains(&Port::Auto) {
        options.ports = Ports::Auto;
    } else if !numbers.is_empty() {
        options.ports = Ports::Listed(numbers);
    }
    options
}

impl<W: Write> Decode<W> {
    /// Reads the captures among the files, as one time line.
    pub(super) fn read_captures(&mut self) -> io::Result<()> {
        let mut captures = std::mem::take(&mut self.captures);
        if captures.is_empty() {
            return Ok(());
        }
        let options = options(&self.args.ports, self.args.version);
        let mut conversations = Conversations::new(options);
        captures.read(&mut |step| match step {
            Step::Entry(name, entry) => self.entry(name, &entry, &mut conversations),
            Step::Pause(bytes) => {
                self.run.read(bytes);
                self.out.flush()
            }
            Step::Rotated(name) => self.run.note(&mut self.out, format!("{name}: {ROTATED}")),
            Step::Damaged(name, error) => self.damaged(name, &error),
            Step::Failed(name, error) => {
                self.run.complain(&mut self.out, format!("{name}: {error}"))
            }
        })?;
        conversations.finish();
        self.conversed("capture", &mut conversations)?;
        if let (connections @ 1.., bytes) = self.left_out {
            let text = format!(
                "left out of the capture that is written: {} of other protocols, {}",
                count(connections, "connection"),
                count(bytes, "byte")
            );
            self.run.note(&mut self.out, text)?;
        }
        if self.number == 0 {
            let text = "no message of the protocol in the capture; --port auto looks at all ports";
            self.run.complain(&mut self.out, text)?;
        }
        Ok(())
    }

    fn entry(
        &mut self,
        name: &str,
        entry: &Entry<'_>,
        conversations: &mut Conversations,
    ) -> io::Result<()> {
        match entry {
            Entry::Packet(packet) => {
                self.selection.packet(packet.time);
                if let Some(summary) = &mut self.summary
                    && !self.learning
                {
                    summary.packet(packet);
                }
                conversations.packet(packet);
                self.conversed(name, conversations)
            }
            Entry::Dropped { packets, .. } if *packets > 0 => {
                if let Some(summary) = &mut self.summary
                    && !self.learning
                {
                    summary.dropped(*packets);
                }
                let dropped = count(*packets, "packet");
                let text = format!("{name}: the capture tool lost {dropped}");
                self.run.note(&mut self.out, text)
            }
            Entry::Comment(comment) => {
                let comment = self.disguised_text(comment);
                let text = format!("{name}: {comment}");
                self.run.note(&mut self.out, text)
            }
            Entry::Names(names) => {
                for (address, names) in names {
                    if let Some(name) = names.first()
                        && self.names.len() < MOST_NAMES
                    {
                        self.learn_text(name);
                        let name = self.disguised_name(name);
                        self.names.insert(*address, name);
                    }
                }
                Ok(())
            }
            _ => Ok(()),
        }
    }

    fn damaged(&mut self, name: &str, error: &FileError) -> io::Result<()> {
        let text = format!("{name}: {error}");
        match error {
            // Ordinary where the tool was stopped.
            FileError::CutShort { .. } => self.run.note(&mut self.out, text),
            _ => self.run.complain(&mut self.out, text),
        }
    }

    fn conversed(&mut self, name: &str, conversations: &mut Conversations) -> io::Result<()> {
        while let Some(item) = conversations.next_item() {
            self.captured(name, item)?;
        }
        Ok(())
    }

    /// Sums up an item that is no message, or gives it back to be told.
    fn summed_up(&mut self, item: Item) -> Option<Item> {
        let disguised = match &item {
            Item::Opened { session, .. } => Some(self.disguised_session(session)),
            _ => None,
        };
        let Some(summary) = self.summary.as_mut().filter(|_| !self.learning) else {
            return Some(item);
        };
        let Some((stamp, session)) = stands(&item) else {
            return Some(item);
        };
        if !self.selection.wants_session(Some(session)) {
            return None;
        }
        let timely = self.selection.wants_time(stamp.time);
        match &item {
            Item::Closed {
                session, closed, ..
            } => summary.closed(session, *closed),
            Item::Opened { session, .. } if timely => {
                let session = disguised.as_ref().unwrap_or(session);
                summary.opened(session);
            }
            Item::Missing(missing) if timely => summary.missing(missing),
            Item::Unreadable { what, .. } if timely => summary.unreadable(what),
            Item::Unread {
                protocol,
                bytes,
                closed,
                ..
            } if timely => summary.unread(*protocol, *bytes, *closed),
            _ => {}
        }
        None
    }

    fn captured(&mut self, name: &str, item: Item) -> io::Result<()> {
        if self.learning {
            self.learn_item(&item);
        }
        let Some(item) = self.summed_up(item) else {
            return Ok(());
        };
        if self.args.to == To::Pcap && !matches!(item, Item::Message(_)) && self.wants_item(&item) {
            self.packet_item(&item)?;
        }
        match item {
            Item::Message(message) => self.message(name, &message),
            Item::Missing(missing) => {
                let bytes = count(missing.bytes, "byte");
                let why = match missing.why {
                    Why::Lost => "were not captured",
                    Why::Cut => "were cut off by the capture's limit",
                };
                let text = format!("{bytes} from the {} {why}", missing.from.name());
                let object = Gap {
                    missing: Some(missing.bytes),
                    ..Gap::default()
                };
                self.between(
                    &missing.stamp,
                    &missing.session,
                    missing.from,
                    &text,
                    &object,
                )
            }
            Item::Unreadable {
                stamp,
                session,
                from,
                what,
            } => {
                let (bytes, text) = match what {
                    Unreadable::Partial { bytes } => {
                        let size = count(long(bytes.len()), "byte");
                        (
                            bytes.len() as u64,
                            format!("{size} of a message whose rest is missing"),
                        )
                    }
                    Unreadable::Unaligned { bytes } => {
                        let size = count(bytes, "byte");
                        (
                            bytes,
                            format!("{size} before the first message that is whole"),
                        )
                    }
                    Unreadable::TooLong { body_length, bytes } => {
                        self.run.fail();
                        let size = count(bytes, "byte");
                        let text =
                            format!("{size} behind a BodyLength of {body_length}, over the limit");
                        (bytes, text)
                    }
                    Unreadable::Contradiction { bytes } => {
                        let size = count(bytes, "byte");
                        (bytes, format!("{size} were captured twice and differ"))
                    }
                    _ => (0, "bytes that are no message".into()),
                };
                let object = Gap {
                    unreadable: Some(bytes),
                    why: Some(&text),
                    ..Gap::default()
                };
                self.between(&stamp, &session, from, &text, &object)
            }
            Item::Unread {
                session,
                protocol,
                bytes,
                closed,
                stamp,
            } => {
                if !self.selection.wants_session(Some(&session))
                    || !self.selection.wants_time(stamp.time)
                {
                    return Ok(());
                }
                if self.args.to == To::Pcap && !self.learning {
                    let (connections, all) = &mut self.left_out;
                    *connections = connections.saturating_add(1);
                    *all = all.saturating_add(bytes);
                }
                let number = session.number;
                let (client, server) = (self.named(session.client), self.named(session.server));
                let help = match protocol {
                    Protocol::Tls(_) => {
                        "cannot be read: capture on the server, or decrypt in Wireshark; "
                    }
                    _ => "",
                };
                let text = format!(
                    "{name}: session {number}, {client} to {server}: {protocol}, {} bytes, {help}{}",
                    grouped(bytes),
                    ended(closed)
                );
                self.run.note(&mut self.out, text)
            }
            Item::Opened { stamp, session } if self.frames_sessions(&stamp, &session) => {
                let number = session.number;
                let (client, server) = (self.named(session.client), self.named(session.server));
                let start = if session.from_start {
                    ""
                } else {
                    ", from its middle on"
                };
                let text = format!("session {number}: client {client}, server {server}{start}");
                let text = self.painter.faint(&text);
                writeln!(self.out, "      {text}\n")
            }
            Item::Closed {
                stamp,
                session,
                closed,
            } if self.frames_sessions(&stamp, &session) => {
                let number = session.number;
                let text = self
                    .painter
                    .faint(&format!("session {number}: {}", ended(closed)));
                writeln!(self.out, "      {text}\n")
            }
            Item::UnknownLink(link) => {
                let text = format!("{name}: packets of link type {link}, which is not read");
                self.run.note(&mut self.out, text)
            }
            Item::CutPackets => {
                let text = "the capture holds packets in part only, so messages are missing: \
                            capture anew with the full size, tcpdump -s 0";
                self.run.note(&mut self.out, format!("{name}: {text}"))
            }
            _ => Ok(()),
        }
    }

    /// Looks at an item for the first time.
    fn learn_item(&mut self, item: &Item) {
        if let Some((_, session)) = stands(item) {
            self.learn_session(session);
        }
        if let Item::Unreadable {
            session,
            what: Unreadable::Partial { bytes },
            ..
        } = item
        {
            let version = self.versions.get(&session.number).copied();
            self.learn_frame(bytes, version.unwrap_or_default());
        }
    }

    /// Returns whether an item that is no message is of a session and a time that are asked for.
    fn wants_item(&mut self, item: &Item) -> bool {
        stands(item).is_some_and(|(stamp, session)| {
            !self.learning
                && self.selection.wants_session(Some(session))
                && (self.selection.wants_time(stamp.time) || matches!(item, Item::Closed { .. }))
        })
    }

    fn message(&mut self, name: &str, message: &capture::Message) -> io::Result<()> {
        self.number = self.number.saturating_add(1);
        let number = self.number;
        let session = &message.session;
        let frame = &message.frame;
        let decoded = frame.decode(message.version);
        let found = Where {
            session: Some(session),
            from: Some(message.from),
            time: message.stamp.time,
        };
        if self.redact.is_some() || self.args.to == To::Pcap {
            self.versions.insert(session.number, message.version);
        }
        if self.learning {
            if let Ok(decoded) = &decoded {
                self.selection.learn(&found, decoded);
            }
            self.learn_frame(frame.bytes(), message.version);
            return Ok(());
        }
        let disguised = self.disguised_session(session);
        let message_type = Some(frame.message_type());
        let wanted = self
            .selection
            .wants(&found, message_type, decoded.as_ref().ok());
        if let Some(summary) = &mut self.summary {
            if wanted && decoded.is_err() {
                self.run.fail();
            }
            if self.selection.wants_session(found.session) && self.selection.wants_time(found.time)
            {
                let session = match &self.redact {
                    Some(_) => disguised.clone(),
                    None => Arc::clone(session),
                };
                summary.captured(message, &session, decoded.as_ref().ok(), wanted);
            }
            return Ok(());
        }
        if !wanted {
            return Ok(());
        }
        // The usual version is worth no word.
        if message.version_source == VersionSource::Guessed
            && message.version.has_wide_ids()
            && self.guessed.insert(session.number)
        {
            let version = message.version;
            let text = format!(
                "{name}: session {} is read as version {version}, as its fields show; no OPEN_REQ told",
                session.number
            );
            self.run.note(&mut self.out, text)?;
        }
        self.shown = self.shown.saturating_add(1);
        let original = &message.session;
        let redacted;
        let (message, decoded) = match &self.redact {
            None => (message, decoded),
            Some(_) => {
                redacted = capture::Message {
                    frame: self.disguised(frame, message.version),
                    session: disguised,
                    ..message.clone()
                };
                (&redacted, redacted.frame.decode(message.version))
            }
        };
        let session = &message.session;
        let frame = &message.frame;
        match self.args.to {
            To::Pcap => self.packet(message)?,
            To::Text => {
                let mut rest = format!("{} bytes, session {}", frame.body().len(), session.number);
                rest += ", ";
                rest += message.from.name();
                if let Some(time) = message.stamp.time {
                    rest += ", ";
                    rest += &clock(time, self.args.utc);
                }
                if let Some(comment) = &message.stamp.comment {
                    rest += ", ";
                    rest += &plain(&self.disguised_text(comment));
                }
                self.text(&rest, frame, message.version, &decoded)?;
            }
            To::Json => {
                let findings = self.args.check.then(|| frame.check(message.version));
                let found = findings.as_ref().map_or(0, Vec::len);
                self.findings = self.findings.saturating_add(long(found));
                let place = Stands {
                    comment: (message.stamp.comment.as_deref())
                        .map(|comment| self.disguised_text(comment)),
                    ..self.place(&message.stamp, original, message.from)
                };
                json::write(
                    &mut self.out,
                    frame,
                    message.version,
                    &decoded,
                    findings.as_deref(),
                    &place,
                    self.args.show_secrets,
                )?;
            }
        }
        if let Err(error) = decoded {
            let text = format!(
                "{name}: frame {number} in packet {}: {error}",
                message.stamp.packet
            );
            self.run.complain(&mut self.out, text)?;
        }
        Ok(())
    }

    /// Shows the items between the messages of a session.
    fn between(
        &mut self,
        stamp: &Stamp,
        session: &Session,
        from: Side,
        text: &str,
        gap: &Gap<'_>,
    ) -> io::Result<()> {
        if self.learning
            || self.args.to == To::Pcap
            || !self.selection.wants_session(Some(session))
            || !self.selection.wants_time(stamp.time)
        {
            return Ok(());
        }
        if self.args.to == To::Json {
            let place = self.place(stamp, session, from);
            return escaped::line(&mut self.out, &Between { place: &place, gap });
        }
        let text = self
            .painter
            .warning(&format!("session {}: {text}", session.number));
        writeln!(self.out, "      {text}\n")
    }

    /// Returns whether to say where a session begins and ends: where single messages are picked,
    /// they say themselves which session they are of.
    fn frames_sessions(&mut self, stamp: &Stamp, session: &Session) -> bool {
        self.args.to == To::Text
            && !self.learning
            && !self.args.select.picks()
            && self.selection.wants_session(Some(session))
            && self.selection.wants_time(stamp.time)
    }

    /// An end of a connection, with the name that the capture has for it.
    fn named(&self, end: SocketAddr) -> String {
        let shown = self.disguised_end(end);
        match self.names.get(&end.ip()) {
            Some(name) => format!("{shown} ({})", plain(name)),
            None => shown.to_string(),
        }
    }

    /// Where in a capture something stands.
    fn place(&self, stamp: &Stamp, session: &Session, from: Side) -> Stands {
        let name = |end: SocketAddr| self.names.get(&end.ip()).cloned();
        Stands {
            time: stamp.time,
            session: session.number,
            client: self.disguised_end(session.client),
            client_name: name(session.client),
            server: self.disguised_end(session.server),
            server_name: name(session.server),
            from: from.name(),
            comment: None,
        }
    }
}

/// Where in a capture something stands, in JSON.
#[derive(serde::Serialize)]
struct Stands {
    #[serde(serialize_with = "shown", skip_serializing_if = "Option::is_none")]
    time: Option<Time>,
    session: u32,
    client: SocketAddr,
    #[serde(skip_serializing_if = "Option::is_none")]
    client_name: Option<String>,
    server: SocketAddr,
    #[serde(skip_serializing_if = "Option::is_none")]
    server_name: Option<String>,
    from: &'static str,
    #[serde(skip_serializing_if = "Option::is_none")]
    comment: Option<String>,
}

fn shown<S: Serializer>(time: &Option<Time>, serializer: S) -> Result<S::Ok, S::Error> {
    match time {
        Some(time) => serializer.collect_str(time),
        None => serializer.serialize_none(),
    }
}

/// An item between messages, in JSON.
#[derive(Default, serde::Serialize)]
struct Gap<'a> {
    #[serde(skip_serializing_if = "Option::is_none")]
    missing: Option<u64>,
    #[serde(skip_serializing_if = "Option::is_none")]
    unreadable: Option<u64>,
    #[serde(skip_serializing_if = "Option::is_none")]
    why: Option<&'a str>,
}

#[derive(serde::Serialize)]
struct Between<'a> {
    #[serde(flatten)]
    place: &'a Stands,
    #[serde(flatten)]
    gap: &'a Gap<'a>,
}

/// Where an item that is no message stands.
fn stands(item: &Item) -> Option<(&Stamp, &Arc<Session>)> {
    match item {
        Item::Missing(missing) => Some((&missing.stamp, &missing.session)),
        Item::Unreadable { stamp, session, .. }
        | Item::Unread { stamp, session, .. }
        | Item::Opened { stamp, session }
        | Item::Closed { stamp, session, .. } => Some((stamp, session)),
        _ => None,
    }
}

/// A time of day where the user is, or in UTC.
pub(super) fn clock(time: Time, utc: bool) -> String {
    if utc {
        return time.to_string();
    }
    let zone = jiff::tz::TimeZone::system();
    let zoned = time.timestamp().to_zoned(zone);
    let digits = usize::from(time.digits.min(9));
    let seconds = zoned.strftime("%Y-%m-%d %H:%M:%S").to_string();
    let fraction = format!("{:09}", zoned.subsec_nanosecond());
    let fraction = fraction.get(..digits).unwrap_or_default();
    let point = if digits > 0 { "." } else { "" };
    format!("{seconds}{point}{fraction}{}", zoned.strftime("%:z"))
}
