//! Passwords, which are shown on request only: this output is pasted into tickets.

use cti_codec::ccx::{Message, MessageType, Text};

/// The text in place of a password.
pub(crate) const HIDDEN: &str = "(hidden)";

/// Hides the password of a message; an empty one, which is none, stays. Returns whether there was
/// one.
pub(crate) fn hide<'a>(message: &Message<'a>) -> (Message<'a>, bool) {
    let mut message = *message;
    let hidden = match &mut message {
        Message::OpenReq(open) => match &mut open.client_password {
            Some(password) if !password.is_empty() && *password != b"\0" => {
                *password = HIDDEN.as_bytes();
                true
            }
            _ => false,
        },
        Message::SetAgentStateReq(state) => match &mut state.agent_password {
            Some(password) if !password.is_empty() => {
                *password = Text::from(HIDDEN);
                true
            }
            _ => false,
        },
        _ => false,
    };
    (message, hidden)
}

/// Returns whether messages of a type may hold a password.
pub(crate) fn may_hold(message_type: MessageType) -> bool {
    matches!(
        message_type,
        MessageType::OPEN_REQ | MessageType::SET_AGENT_STATE_REQ
    )
}

/// Returns whether the password is only the text in its place.
pub(crate) fn is_hidden(message: &Message<'_>) -> bool {
    match message {
        Message::OpenReq(open) => open.client_password == Some(HIDDEN.as_bytes()),
        Message::SetAgentStateReq(state) => state
            .agent_password
            .is_some_and(|password| password == HIDDEN),
        _ => false,
    }
}
