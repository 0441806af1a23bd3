//! The messages that concern a call, and those that it became.

use std::collections::{HashMap, HashSet};

use cti_codec::capture::Side;
use cti_codec::ccx::layout::{FieldRow, FixedRow, GroupRow};
use cti_codec::ccx::special::NULL_CALL_ID;
use cti_codec::ccx::{List, Message, MessageType, Unlisted, Value, Visitor};

use super::Where;
use super::agents::is_answer;

/// The ties between calls that are remembered, and the requests whose answers are.
const MOST: usize = 1_000_000;

/// Follows calls.
#[derive(Debug)]
pub(super) struct Calls {
    wanted: HashSet<u32>,
    /// Calls that are known to be parts of one another.
    ties: HashMap<u32, Vec<u32>>,
    /// Requests and the call that each is about, by session and `InvokeID`.
    asked: HashMap<(u32, u32), u32>,
}

impl Calls {
    pub(super) fn new(wanted: &[u32]) -> Self {
        Self {
            wanted: wanted.iter().copied().collect(),
            ties: HashMap::new(),
            asked: HashMap::new(),
        }
    }

    /// Before the messages are judged: calls that join later belong together from their beginning
    /// on.
    pub(super) fn learn(&mut self, found: &Where<'_>, message: &Message<'_>) {
        let calls = self.calls(found, message);
        if !ties(message.message_type()) {
            return;
        }
        let mut calls = calls.into_iter();
        let Some(one) = calls.next() else {
            return;
        };
        for other in calls.filter(|other| *other != one) {
            for (from, to) in [(one, other), (other, one)] {
                let known = self.ties.len();
                if known < MOST || self.ties.contains_key(&from) {
                    let ties = self.ties.entry(from).or_default();
                    if !ties.contains(&to) {
                        ties.push(to);
                    }
                }
            }
        }
    }

    pub(super) fn learned(&mut self) {
        let mut open: Vec<u32> = self.wanted.iter().copied().collect();
        while let Some(call) = open.pop() {
            for tied in self.ties.remove(&call).into_iter().flatten() {
                if self.wanted.insert(tied) {
                    open.push(tied);
                }
            }
        }
        self.ties = HashMap::new();
        self.asked = HashMap::new();
    }

    /// Returns whether a message concerns the call.
    pub(super) fn concern(&mut self, found: &Where<'_>, message: &Message<'_>) -> bool {
        let calls = self.calls(found, message);
        let concerned = calls.iter().any(|call| self.wanted.contains(call));
        if concerned && ties(message.message_type()) && self.wanted.len() < MOST {
            self.wanted.extend(calls);
        }
        concerned
    }

    /// The calls of a message, and for an answer those of its request.
    fn calls(&mut self, found: &Where<'_>, message: &Message<'_>) -> Vec<u32> {
        let mut ids = Ids::default();
        message.visit(&mut ids);
        let mut calls = ids.0;
        if let Some(invoke_id) = message.invoke_id() {
            let key = (found.session_number(), invoke_id);
            if found.from == Some(Side::Server) || is_answer(message) {
                calls.extend(self.asked.remove(&key));
            } else if let Some(call) = calls.first()
                && self.asked.len() < MOST
            {
                self.asked.insert(key, *call);
            }
        }
        calls
    }
}

/// Returns whether the calls of such a message belong together: a device may have several that have
/// nothing to do with each other, and change from one to the other.
fn ties(message_type: MessageType) -> bool {
    !matches!(
        message_type,
        MessageType::SNAPSHOT_DEVICE_CONF
            | MessageType::ALTERNATE_CALL_REQ
            | MessageType::RECONNECT_CALL_REQ
    )
}

/// The `CallID`s of a message, whatever they are called.
#[derive(Default)]
struct Ids(Vec<u32>);

impl Ids {
    fn add(&mut self, name: &str, value: Value<'_>) {
        if let Value::Unsigned(call) = value
            && name.ends_with("CallID")
            && !matches!(call, 0 | NULL_CALL_ID)
            && !self.0.contains(&call)
        {
            self.0.push(call);
        }
    }
}

impl<'a> Visitor<'a> for Ids {
    fn fixed(&mut self, row: &'static FixedRow, value: Value<'_>) {
        self.add(row.name, value);
    }

    fn field(&mut self, row: &'static FieldRow, value: Value<'a>) {
        self.add(row.name, value);
    }

    fn list(&mut self, _: &'static GroupRow, list: List<'_, 'a>) {
        list.each(|element| element.visit(self));
    }

    fn unlisted(&mut self, _: Unlisted<'a>) {}
}
