//! Deliberate faults of a simulated server, and of the T-Server between.

use alloc::vec::Vec;
use core::fmt;
use core::str::FromStr;
use core::time::Duration;

use fastrand::Rng;
use thiserror::Error;

use super::Transmit;
use crate::gsw::{AttachedDataBuf, MessageType, Value, ValueBuf, keys};

/// A fault. Where it says 'some', chance decides, from the seed.
#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Debug)]
#[non_exhaustive]
pub enum Fault {
    /// Answers do not repeat the reference id.
    NoReferenceIds,
    /// Acknowledgements have only their name and the reference id.
    Bare,
    /// Some messages come 12 seconds late.
    Late,
    /// Some messages never come.
    Lost,
    /// Some requests never arrive.
    RequestsLost,
    /// Some messages come twice.
    Twice,
    /// Some messages overtake others, by up to 2 seconds.
    OtherOrder,
    /// Some requests are refused with a code that any request may meet.
    Errors,
    /// Some answers are followed by one with another's reference id.
    Foreign,
    /// Desktops see their own requests again.
    Echo,
    /// Another client of the DN has requests of its own, for the records that are there.
    SecondClient,
    /// Messages have keys that no table lists, and there are unknown messages.
    Unknown,
    /// Phone, customer and custom fields are hidden, as a filter of T-Server may do.
    Hidden,
    /// Numbers come as text.
    NumbersAsText,
    /// The end of a chain never comes.
    EndlessChain,
}

const NAMES: &[(Fault, &str)] = &[
    (Fault::NoReferenceIds, "no-reference-ids"),
    (Fault::Bare, "bare"),
    (Fault::Late, "late"),
    (Fault::Lost, "lost"),
    (Fault::RequestsLost, "requests-lost"),
    (Fault::Twice, "twice"),
    (Fault::OtherOrder, "other-order"),
    (Fault::Errors, "errors"),
    (Fault::Foreign, "foreign"),
    (Fault::Echo, "echo"),
    (Fault::SecondClient, "second-client"),
    (Fault::Unknown, "unknown"),
    (Fault::Hidden, "hidden"),
    (Fault::NumbersAsText, "numbers-as-text"),
    (Fault::EndlessChain, "endless-chain"),
];

impl Fault {
    /// Returns all faults.
    pub fn all() -> impl Iterator<Item = Self> {
        NAMES.iter().map(|(fault, _)| *fault)
    }

    /// Returns the name, such as `second-client`.
    #[must_use]
    pub fn name(self) -> &'static str {
        let mut names = NAMES.iter();
        let name = names.find(|(fault, _)| *fault == self);
        name.map_or("", |(_, name)| *name)
    }
}

impl fmt::Display for Fault {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.pad(self.name())
    }
}

/// There is no fault of that name.
#[derive(Clone, Copy, PartialEq, Eq, Debug, Error)]
#[error("no such fault; there are: {}", Names)]
pub struct UnknownFault;

struct Names;

impl fmt::Display for Names {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        for (place, (_, name)) in NAMES.iter().enumerate() {
            let comma = if place == 0 { "" } else { ", " };
            write!(f, "{comma}{name}")?;
        }
        Ok(())
    }
}

/// By its name, such as `second-client`.
impl FromStr for Fault {
    type Err = UnknownFault;

    fn from_str(text: &str) -> Result<Self, UnknownFault> {
        let mut names = NAMES.iter();
        let fault = names.find(|(_, name)| *name == text);
        fault.map(|(fault, _)| *fault).ok_or(UnknownFault)
    }
}

/// One case in so many, where a fault strikes some.
const ONE_IN: u32 = 6;

pub(super) fn strikes(faults: &[Fault], fault: Fault, rng: &mut Rng) -> bool {
    faults.contains(&fault) && rng.u32(..ONE_IN) == 0
}

/// Applies the faults to a message: returns each copy with its delay.
pub(super) fn spoil(
    mut transmit: Transmit,
    faults: &[Fault],
    rng: &mut Rng,
) -> Vec<(Duration, Transmit)> {
    if faults.is_empty() {
        return Vec::from([(Duration::ZERO, transmit)]);
    }
    let has = |fault| faults.contains(&fault);
    let message_type = MessageType::of(&transmit.data).ok();
    if has(Fault::EndlessChain) && message_type == Some(MessageType::ChainedRecordsDataEnd)
        || strikes(faults, Fault::Lost, rng)
    {
        return Vec::new();
    }
    let data = &mut transmit.data;
    if has(Fault::Bare) && message_type.is_some_and(is_acknowledgement) {
        let kept = [keys::USER_EVENT.name(), keys::REFERENCE_ID.name()];
        data.retain(|pair| kept.iter().any(|key| pair.key == **key));
    }
    if has(Fault::NoReferenceIds) {
        data.remove(keys::REFERENCE_ID.name());
    }
    if has(Fault::Unknown) {
        data.push("GSW_NEW_KEY", 1);
        data.push("\u{1b}[2J\u{202e}", "\u{7}\r\n");
    }
    if has(Fault::Hidden) {
        change(data, |key, _| hides(key).then_some(ValueBuf::Hidden));
    }
    if has(Fault::NumbersAsText) {
        change(data, |_, value| {
            let number = value.as_int()?;
            Some(ValueBuf::from(alloc::format!("{number}").as_str()))
        });
    }
    let mut delay = Duration::ZERO;
    if strikes(faults, Fault::Late, rng) {
        delay = Duration::from_secs(12);
    }
    if strikes(faults, Fault::OtherOrder, rng) {
        delay = delay.saturating_add(Duration::from_millis(rng.u64(1..2000)));
    }
    let mut copies = Vec::new();
    if strikes(faults, Fault::Twice, rng) {
        let later = Duration::from_millis(rng.u64(..3000));
        copies.push((delay.saturating_add(later), transmit.clone()));
    }
    if message_type.is_some_and(is_acknowledgement) && strikes(faults, Fault::Foreign, rng) {
        let mut foreign = transmit.clone();
        foreign.data.set(keys::REFERENCE_ID, rng.i64(1..1 << 31));
        copies.push((delay, foreign));
    }
    if strikes(faults, Fault::Unknown, rng) {
        let mut unknown = transmit.clone();
        unknown.data = AttachedDataBuf::new();
        unknown.data.push(keys::USER_EVENT.name(), "NewEvent\u{1b}");
        unknown.is_call = false;
        copies.push((delay, unknown));
    }
    copies.insert(0, (delay, transmit));
    copies
}

fn is_acknowledgement(message_type: MessageType) -> bool {
    message_type.layout().name.ends_with("Acknowledge")
}

/// Returns whether a filter may hide the key: those about the customer.
fn hides(key: &[u8]) -> bool {
    let own = [keys::PHONE.name(), keys::CUSTOMER_ID.name()];
    own.iter().any(|name| name.as_bytes() == key) || !keys::is_reserved(key.into())
}

fn change(data: &mut AttachedDataBuf, mut other: impl FnMut(&[u8], Value<'_>) -> Option<ValueBuf>) {
    let mut changed = AttachedDataBuf::new();
    for pair in data.view() {
        let value = other(pair.key.as_bytes(), pair.value);
        changed.push(pair.key, value.unwrap_or_else(|| pair.value.to_buf()));
    }
    *data = changed;
}
