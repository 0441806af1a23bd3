//! Conversations played from a script: the guide's example flows, or those of a capture.

use alloc::collections::VecDeque;
use alloc::vec::Vec;
use core::time::Duration;

use super::sessions::{Audience, ConnectionId};
use super::{Simulator, TextBuf};
use crate::ccx::{Message, MessageType, Received};

/// A step of a conversation to be [played](Simulator::play).
#[derive(Clone, PartialEq, Debug)]
#[non_exhaustive]
pub enum Step {
    /// Waits for a request of this type, which the script answers and not the centre.
    Await(MessageType),
    /// Sends a message.
    Send {
        /// The message, in the version of its sessions. An answer gets the `InvokeID` of the request
        /// that was awaited last.
        message: Received,
        /// The phones whose clients receive it, besides those in bridge mode. `None` for the client
        /// whose request was awaited last, or all if none was.
        phones: Option<Vec<TextBuf>>,
    },
}

/// The rest of a script.
#[derive(Debug, Default)]
pub(super) struct Script {
    steps: VecDeque<Step>,
    /// Whose request was awaited last, and its `InvokeID`.
    asked: Option<(ConnectionId, u32)>,
}

impl Script {
    fn next_to_send(&mut self) -> Option<Step> {
        match self.steps.front()? {
            Step::Send { .. } => self.steps.pop_front(),
            Step::Await(_) => None,
        }
    }
}

impl Simulator {
    /// Plays a conversation: sends its messages one after the other, up to a request that it
    /// awaits, and continues after that. Other requests are answered as usual. The centre does not
    /// know the played messages.
    ///
    /// ```
    /// use std::time::Duration;
    /// use cti_codec::ccx::simulator::{Plan, Simulator, Step};
    /// use cti_codec::ccx::{AgentStateEvent, Frame, Message, MessageType, Received, Version};
    ///
    /// let event = Message::from(AgentStateEvent { agent_id: Some("jdoe".into()), ..Default::default() });
    /// let frame = Frame::new(event.to_bytes(Version::V14)?)?;
    /// let message = Received { frame, version: Version::V14 };
    /// let mut simulator = Simulator::new(Plan::quiet());
    /// simulator.play(Duration::ZERO, [
    ///     Step::Await(MessageType::SET_AGENT_STATE_REQ),
    ///     Step::Send { message, phones: Some(vec!["2006".into()]) },
    /// ]);
    /// assert!(!simulator.is_played());
    /// # Ok::<(), Box<dyn std::error::Error>>(())
    /// ```
    pub fn play(&mut self, now: Duration, steps: impl IntoIterator<Item = Step>) {
        self.advance(now);
        self.script.steps.extend(steps);
        self.play_on();
    }

    /// Returns whether all that was to be played has been.
    #[must_use]
    pub fn is_played(&self) -> bool {
        self.script.steps.is_empty()
    }

    /// Takes a request in, if the script awaits it.
    pub(super) fn is_awaited(&mut self, id: ConnectionId, message: &Message<'_>) -> bool {
        if self.script.steps.front() != Some(&Step::Await(message.message_type())) {
            return false;
        }
        self.script.steps.pop_front();
        self.script.asked = Some((id, message.invoke_id().unwrap_or_default()));
        self.play_on();
        true
    }

    fn play_on(&mut self) {
        while let Some(Step::Send { message, phones }) = self.script.next_to_send() {
            let Ok(mut message) = message.message() else {
                continue;
            };
            let answers = super::faults::is_answer(message.message_type());
            match (self.script.asked, phones) {
                (Some((id, asked)), None) => {
                    if let Some(invoke_id) = message.invoke_id_mut()
                        && answers
                    {
                        *invoke_id = asked;
                    }
                    self.sessions.send(id, &message);
                }
                (None, None) => self.sessions.tell(Audience::All, &message),
                (_, Some(phones)) => self.sessions.tell(Audience::Phones(&phones), &message),
            }
        }
    }
}
