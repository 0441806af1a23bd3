//! The REST interface of OpenScape Contact Center V12: commands, answers and events as types.

mod check;
mod command;
mod enums;
mod error;
mod event;
mod names;
mod number;
mod object;
mod objects;
mod prelude;
mod response;
mod session;
mod table;
mod value;

pub mod admin;
pub mod callback;
pub mod main;
pub mod open_media;
pub mod presence;
pub mod routing;
pub mod statistics;
pub mod telephony;
pub mod web_collaboration;

pub use check::{Finding, FindingKind, check_event, check_json};
pub use command::{Command, CommandInfo, Media, all_commands};
pub use enums::*;
pub use error::{ReadError, WriteError};
pub use event::{
    Deleted, EVENT_BODY, EVENT_MESSAGE, Event, EventInfo, EventMessage, RawEvent, Updated,
    all_events,
};
pub use names::Unlisted;
pub use object::Object;
pub use objects::*;
pub use response::{Refused, Remedy, Response, ResponseError};
pub use session::{GetBodies, RequestError, Session};
pub use table::{JsonType, Kind, Names, Row, Table};
pub use value::{Agent, MAX_DEPTH, Other, Raw, Resource, Secret, Text};

/// The text of a body, without a byte order mark.
fn body_text(body: &[u8]) -> Result<&str, ReadError> {
    let body = body.strip_prefix(b"\xEF\xBB\xBF").unwrap_or(body);
    core::str::from_utf8(body).map_err(|error| ReadError::NotUtf8(error.valid_up_to()))
}

/// Whether two names are the same but for case, `_` and `-`.
fn names_equal(one: &str, other: &str) -> bool {
    let letters = |name: &str| {
        name.chars()
            .filter(|letter| !matches!(letter, '_' | '-'))
            .map(|letter| letter.to_ascii_lowercase())
            .collect::<Vec<_>>()
    };
    letters(one) == letters(other)
}
