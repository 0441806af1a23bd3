//! The messages that concern an agent.

use std::collections::{HashMap, HashSet};

use cti_codec::capture::Side;
use cti_codec::ccx::layout::{FieldRow, FixedRow, GroupRow};
use cti_codec::ccx::{DeviceId, List, Message, Text, Unlisted, Value, Visitor};

use super::Where;

/// The phones whose agents are remembered, and the requests whose answers are.
const MOST: usize = 100_000;

/// Follows who is logged in where.
#[derive(Debug)]
pub(super) struct Agents {
    /// As given, in lower case.
    wanted: HashSet<Vec<u8>>,
    /// Who is logged in at an extension or an instrument.
    phones: HashMap<Vec<u8>, Vec<u8>>,
    /// Whether the first login of each counts, as all is seen for the first time.
    learning: bool,
    /// Requests that concern the agent, by session and `InvokeID`.
    asked: HashSet<(u32, u32)>,
}

impl Agents {
    pub(super) fn new(wanted: &[String]) -> Self {
        Self {
            wanted: wanted.iter().map(|text| lower(text.as_bytes())).collect(),
            phones: HashMap::new(),
            learning: false,
            asked: HashSet::new(),
        }
    }

    /// Before the messages are judged: who is the first to be at each phone counts from the beginning
    /// on, as agents stay logged in for longer than captures last.
    pub(super) fn learn(&mut self, message: &Message<'_>) {
        self.learning = true;
        let mut mentions = Mentions::default();
        message.visit(&mut mentions);
        self.log_in(&mentions);
    }

    pub(super) fn learned(&mut self) {
        self.learning = false;
    }

    fn log_in(&mut self, mentions: &Mentions<'_>) {
        for part in &mentions.parts {
            let Some(agent) = part.agents.first() else {
                continue;
            };
            for phone in &part.phones {
                let phone = lower(phone.as_bytes());
                if self.phones.len() >= MOST || self.learning && self.phones.contains_key(&phone) {
                    continue;
                }
                self.phones.insert(phone, lower(agent.as_bytes()));
            }
        }
    }

    /// Returns whether a message concerns the agent.
    pub(super) fn concern(&mut self, found: &Where<'_>, message: &Message<'_>) -> bool {
        let mut mentions = Mentions::default();
        message.visit(&mut mentions);
        self.log_in(&mentions);
        let mut concerned = mentions.parts.iter().any(|part| {
            part.agents.iter().any(|agent| self.is_wanted(*agent))
                || part.phones.iter().any(|phone| self.is_at(*phone))
                || part.devices.iter().any(|device| {
                    let device = DeviceId(*device);
                    let line = device.actual();
                    self.is_at(device.primary()) || line.is_some_and(|line| self.is_at(line))
                })
        });
        if let Some(invoke_id) = message.invoke_id() {
            let key = (found.session_number(), invoke_id);
            if found.from == Some(Side::Server) || is_answer(message) {
                concerned |= self.asked.remove(&key);
            } else if concerned && self.asked.len() < MOST {
                self.asked.insert(key);
            }
        }
        concerned
    }

    fn is_wanted(&self, agent: Text<'_>) -> bool {
        let agent = lower(agent.as_bytes());
        self.wanted.contains(&agent)
            // Asked for by extension.
            || self
                .wanted
                .iter()
                .any(|phone| self.phones.get(phone) == Some(&agent))
    }

    fn is_at(&self, phone: Text<'_>) -> bool {
        if phone.is_empty() {
            return false;
        }
        let phone = lower(phone.as_bytes());
        self.wanted.contains(&phone)
            || self
                .phones
                .get(&phone)
                .is_some_and(|agent| self.is_wanted(Text::new(agent)))
    }
}

/// Returns whether a message answers a request.
pub(super) fn is_answer(message: &Message<'_>) -> bool {
    message
        .message_type()
        .name()
        .is_some_and(|name| name.ends_with("_CONF"))
}

/// Logins are the same in upper and lower case.
fn lower(text: &[u8]) -> Vec<u8> {
    text.to_ascii_lowercase()
}

/// The agents and phones that a message, or an element of a list, names together.
#[derive(Default)]
struct Part<'a> {
    agents: Vec<Text<'a>>,
    phones: Vec<Text<'a>>,
    devices: Vec<Text<'a>>,
}

#[derive(Default)]
struct Mentions<'a> {
    parts: Vec<Part<'a>>,
    /// The parts that have begun, innermost last.
    open: Vec<usize>,
    /// The message itself.
    top: Option<usize>,
}

impl<'a> Mentions<'a> {
    fn part(&mut self) -> Option<&mut Part<'a>> {
        let at = match self.open.last() {
            Some(at) => *at,
            None => *self.top.get_or_insert_with(|| {
                self.parts.push(Part::default());
                self.parts.len().saturating_sub(1)
            }),
        };
        self.parts.get_mut(at)
    }
}

impl<'a> Visitor<'a> for Mentions<'a> {
    fn fixed(&mut self, _: &'static FixedRow, _: Value<'_>) {}

    fn field(&mut self, row: &'static FieldRow, value: Value<'a>) {
        let Value::Text(text) = value else {
            return;
        };
        if text.is_empty() {
            return;
        }
        let Some(part) = self.part() else {
            return;
        };
        match row.name {
            "AgentID" | "LoginID" => part.agents.push(text),
            "AgentExtension" | "AgentInstrument" | "Extension" | "Instrument"
            | "ActiveTerminal" | "TerminalDeviceName" => part.phones.push(text),
            // The phone of an agent, in a record of a device.
            "DeviceField2" | "DeviceField4" | "SupervisorInstrument" | "DialedNumber" => {
                part.devices.push(text);
            }
            name if name.ends_with("DeviceID") => part.devices.push(text),
            _ => {}
        }
    }

    fn list(&mut self, _: &'static GroupRow, list: List<'_, 'a>) {
        list.each(|element| {
            self.open.push(self.parts.len());
            self.parts.push(Part::default());
            element.visit(self);
            self.open.pop();
        });
    }

    fn unlisted(&mut self, _: Unlisted<'a>) {}
}
