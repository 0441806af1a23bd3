//! Deliberate faults of a simulated server, and of the T-Server between.

use alloc::vec::Vec;
use core::time::Duration;

use fastrand::Rng;

use super::Transmit;
use crate::faults::faults;
use crate::gsw::{AttachedDataBuf, MessageType, Value, ValueBuf, keys};

faults! {
    /// A fault. Where it says 'some', chance decides, from the seed.
    example "second-client";

    /// Answers do not repeat the reference id.
    NoReferenceIds "no-reference-ids";
    /// Acknowledgements have only their name and the reference id.
    Bare "bare";
    /// Some messages come 12 seconds late.
    Late "late";
    /// Some messages never come.
    Lost "lost";
    /// Some requests never arrive.
    RequestsLost "requests-lost";
    /// Some messages come twice.
    Twice "twice";
    /// Some messages overtake others, by up to 2 seconds.
    OtherOrder "other-order";
    /// Some requests are refused with a code that any request may meet.
    Errors "errors";
    /// Some answers are followed by one with another's reference id.
    Foreign "foreign";
    /// Desktops see their own requests again.
    Echo "echo";
    /// Another client of the DN has requests of its own, for the records that are there.
    SecondClient "second-client";
    /// Messages have keys that no table lists, and there are unknown messages.
    Unknown "unknown";
    /// Phone, customer and custom fields are hidden, as a filter of T-Server may do.
    Hidden "hidden";
    /// Numbers come as text.
    NumbersAsText "numbers-as-text";
    /// The end of a chain never comes.
    EndlessChain "endless-chain";
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
