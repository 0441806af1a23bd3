//! Events that wait to be polled.
use alloc::collections::VecDeque;

use super::event::Event;
use super::facts::size;
use super::settings::Limits;
use crate::gsw::attached_data::{AttachedData, AttachedDataBuf};

/// The queue of events, of bounded length.
#[derive(Clone, Debug, Default)]
pub(super) struct Events {
    queue: VecDeque<Event>,
    /// Bytes in it that came from the other side.
    bytes: usize,
    missed: u64,
}

/// Bytes in an event that came from the other side.
fn weight(event: &Event) -> usize {
    match event {
        Event::Unknown(data) => size(data.view()),
        Event::Refused { text, .. } | Event::Unclear { text, .. } => text.as_bytes().len(),
        Event::Incomplete { message, .. } => message.as_bytes().len(),
        _ => 0,
    }
}

impl Events {
    pub(super) fn push(&mut self, event: Event, limits: &Limits) {
        // One event suffices, since the state has the rest.
        let merges = matches!(event, Event::Again { .. } | Event::Campaign { .. });
        if merges && self.queue.contains(&event) {
            return;
        }
        self.bytes = self.bytes.saturating_add(weight(&event));
        self.queue.push_back(event);
        while self.queue.len() > limits.events.max(1) || self.bytes > limits.event_bytes {
            if self.pop().is_none() {
                break;
            }
            self.missed = self.missed.saturating_add(1);
        }
    }

    pub(super) fn unknown(&mut self, data: AttachedData<'_>, limits: &Limits) {
        let kept = if size(data) <= limits.record_bytes {
            data.to_buf()
        } else {
            AttachedDataBuf::new()
        };
        self.push(Event::Unknown(kept), limits);
    }

    fn pop(&mut self) -> Option<Event> {
        let event = self.queue.pop_front()?;
        self.bytes = self.bytes.saturating_sub(weight(&event));
        Some(event)
    }

    pub(super) fn poll(&mut self) -> Option<Event> {
        if self.missed > 0 {
            return Some(Event::Missed(core::mem::take(&mut self.missed)));
        }
        self.pop()
    }
}
