//! Messages that a log shows as text.

use std::io::{self, Write};

use cti_codec::ccx::dump::{Direction, Left, LeftWhy, Log, TextMessage};
use serde_json::{Map, Value, json};

use super::super::escaped;
use super::super::passages::Place;
use super::super::run::plain;
use super::super::secrets::HIDDEN;
use super::super::select::Where;
use super::{Decode, To, json};

impl<W: Write> Decode<W> {
    /// Shows a message that a log prints with names and values.
    pub(super) fn printed(
        &mut self,
        name: &str,
        place: Place,
        message: &TextMessage,
    ) -> io::Result<()> {
        self.number = self.number.saturating_add(1);
        let read = self.session.read_text(message);
        let decoded = read
            .as_ref()
            .and_then(|(version, fields)| fields.frame.decode(*version).ok());
        if self.learning {
            if let Some(decoded) = &decoded {
                self.selection.learn(&Where::NOWHERE, decoded);
            }
            if let Some((version, fields)) = &read {
                self.learn_frame(fields.frame.bytes(), *version);
            }
            return Ok(());
        }
        if !self
            .selection
            .wants(&Where::NOWHERE, message.message_type, decoded.as_ref())
        {
            return Ok(());
        }
        self.shown = self.shown.saturating_add(1);
        let Some((version, fields)) = &read else {
            if self.summary.is_some() || self.args.to == To::Pcap {
                return Ok(());
            }
            return self.other(place, message);
        };
        let version = *version;
        let frame = &fields.frame;
        if let Some(summary) = &mut self.summary {
            summary.count(frame, version, decoded.is_some());
            return Ok(());
        }
        let frame = &self.disguised(frame, version);
        let decoded = frame.decode(version);
        match self.args.to {
            To::Pcap => self.packet_of(frame, version)?,
            To::Text => {
                let left: Vec<&Left> = fields.left.iter().collect();
                self.title(place, message)?;
                match &decoded {
                    Ok(decoded) => {
                        let decoded = if self.args.show_secrets {
                            *decoded
                        } else {
                            super::secrets::hide(decoded).0
                        };
                        self.painter.message(
                            &mut self.out,
                            &decoded,
                            frame,
                            version,
                            &fields.absent,
                        )?;
                    }
                    Err(error) => {
                        let secret = !self.args.show_secrets;
                        self.painter
                            .undecodable(&mut self.out, error, frame, secret)?;
                    }
                }
                if !left.is_empty() {
                    writeln!(self.out, "      as printed")?;
                }
                for left in left {
                    let name = plain(&left.name);
                    let value = plain(&self.value(left));
                    let why = self.painter.faint(&left.why.to_string());
                    writeln!(self.out, "        {name}  {value}  {why}")?;
                }
                if self.args.check {
                    for finding in frame.check(version) {
                        self.findings = self.findings.saturating_add(1);
                        self.painter.finding(&mut self.out, &finding)?;
                    }
                }
                writeln!(self.out)?;
            }
            To::Json => {
                let mut log = log(place, &self.disguised_log(&message.log));
                if let Some(length) = message.body_length {
                    log.insert("length".into(), length.into());
                }
                let left: Map<String, Value> = fields
                    .left
                    .iter()
                    .map(|left| {
                        let why = left.why.to_string();
                        (
                            left.name.clone(),
                            json!({ "value": self.value(left), "why": why }),
                        )
                    })
                    .collect();
                if !fields.absent.is_empty() {
                    log.insert("absent".into(), fields.absent.clone().into());
                }
                if !left.is_empty() {
                    log.insert("left".into(), left.into());
                }
                let args = &self.args;
                let findings = args.check.then(|| frame.check(version));
                let count = findings.as_ref().map_or(0, Vec::len);
                self.findings = self.findings.saturating_add(super::super::run::long(count));
                json::write(
                    &mut self.out,
                    frame,
                    version,
                    &decoded,
                    findings.as_deref(),
                    &json::LogOf { log: Some(log) },
                    args.show_secrets,
                )?;
            }
        }
        if let Err(error) = decoded {
            let number = self.number;
            let text = format!("{name}: message {number} at {place}: {error}");
            self.run.complain(&mut self.out, text)?;
        }
        Ok(())
    }

    /// Shows a message of another protocol, by its name and pairs.
    fn other(&mut self, place: Place, message: &TextMessage) -> io::Result<()> {
        let pairs = message.pairs().map(|(name, value)| {
            let left = Left {
                name: name.to_string(),
                value: value.to_string(),
                why: LeftWhy::Unknown,
            };
            (left.name.clone(), self.value(&left))
        });
        let pairs: Vec<(String, String)> = pairs.collect();
        if self.args.to == To::Json {
            let mut object = Map::new();
            object.insert("text".into(), message.name.clone().into());
            let pairs: Map<String, Value> = pairs
                .into_iter()
                .map(|(name, value)| (name, value.into()))
                .collect();
            object.insert("pairs".into(), pairs.into());
            object.insert(
                "log".into(),
                log(place, &self.disguised_log(&message.log)).into(),
            );
            return escaped::line(&mut self.out, &object);
        }
        self.title(place, message)?;
        let width = pairs.iter().map(|(name, _)| name.chars().count()).max();
        let width = width.unwrap_or_default();
        for (name, value) in pairs {
            writeln!(self.out, "      {:width$}  {}", plain(&name), plain(&value))?;
        }
        writeln!(self.out)
    }

    fn title(&mut self, place: Place, message: &TextMessage) -> io::Result<()> {
        let title = match message
            .message_type
            .and_then(|known| Some((known, known.name()?)))
        {
            Some((known, name)) => format!("{name} ({})", known.0),
            None => format!("{}, not of this protocol", plain(&message.name)),
        };
        let mut rest = format!("read from text at {place}");
        rest += &entry(&self.disguised_log(&message.log));
        self.painter
            .title(&mut self.out, self.number, &title, &rest)
    }

    /// A value as it may be shown.
    fn value(&self, left: &Left) -> String {
        let secret = left.name.to_ascii_lowercase().contains("pass");
        if secret && !self.args.show_secrets && !left.value.is_empty() {
            HIDDEN.into()
        } else {
            self.disguised_name(&left.value)
        }
    }
}

fn way(direction: Direction) -> &'static str {
    match direction {
        Direction::In => "received",
        Direction::Out => "sent",
    }
}

/// Returns the words of a log about a message, behind commas.
pub(super) fn entry(log: &Log) -> String {
    let time = log.time.as_deref().map(plain);
    let way = log.direction.map(|direction| way(direction).to_owned());
    let address = log.address.as_deref().map(plain);
    let parts = [time, way, address].into_iter().flatten();
    parts.map(|part| format!(", {part}")).collect()
}

/// Returns the words of a log about a message.
pub(super) fn log(place: Place, log: &Log) -> Map<String, Value> {
    let mut object = Map::new();
    if let Place::Line(line) = place {
        object.insert("line".into(), line.into());
    }
    if let Some(time) = &log.time {
        object.insert("time".into(), time.clone().into());
    }
    if let Some(direction) = log.direction {
        object.insert("direction".into(), way(direction).into());
    }
    if let Some(address) = &log.address {
        object.insert("address".into(), address.clone().into());
    }
    object
}
