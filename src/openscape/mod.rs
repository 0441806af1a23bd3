//! The REST interface of OpenScape Contact Center V12: commands, answers and events as types.
//!
//! An application sends commands as JSON over HTTP, and a server posts events as JSON to the
//! application's webhook. Here a command is a struct that becomes an [`http::Request`], its answer
//! is a type that reads an [`http::Response`], and an event is an enum read from a webhook's body.
//! Nothing here opens a socket or reads a clock: use any HTTP client and server.
//!
//! ```
//! use cti_codec::openscape::{Command, Other, Response, Session, CommandResponse, telephony};
//!
//! let mut session = Session::new("https://oscc.example:8080")?;
//! session.token = Some("895d36c1".into()); // of RegisterApplication's answer
//!
//! let hold = telephony::Hold {
//!     from: "554181021120".into(),
//!     unique_call_id: "2491535069604582".into(),
//!     other: Other::new(),
//! };
//! let request = hold.request(&session)?;
//! assert_eq!(request.uri(), "https://oscc.example:8080/restsdk/webapi/telephony/hold");
//! assert_eq!(request.body(), br#"{"from":"554181021120","uniqueCallId":"2491535069604582"}"#);
//!
//! // What an HTTP client brings back:
//! let response = http::Response::new(r#"{"errorCode":"TELEPHONY_STATEERROR","errorDetails":""}"#);
//! let error = CommandResponse::read(&response).unwrap_err();
//! assert_eq!(error.to_string(), "TELEPHONY_STATEERROR (32)");
//! # Ok::<(), Box<dyn std::error::Error>>(())
//! ```
//!
//! # An event of each medium
//!
//! ```
//! use cti_codec::openscape::*;
//!
//! fn show(body: &[u8]) -> Result<String, ReadError> {
//!     Ok(match EventMessage::read(body)?.event {
//!         Event::Telephony(telephony::Event::Delivered(call)) => {
//!             format!("{:?} rings at {:?}", call.unique_call_id, call.resource)
//!         }
//!         Event::Callback(callback::Event::Delivered(callback)) => {
//!             format!("call {:?} back", callback.name)
//!         }
//!         Event::WebCollaboration(web_collaboration::Event::Content(chat)) => {
//!             let texts = chat.chat_content.iter().flatten();
//!             texts.filter_map(|text| text.content.as_deref()).collect()
//!         }
//!         Event::OpenMedia(open_media::Event::Delivered(contact)) => {
//!             format!("a message through {:?}", contact.connector_name)
//!         }
//!         Event::Routing(routing::Event::EnqueueCall(contact)) => {
//!             format!("queue {:?}", contact.queue_key)
//!         }
//!         Event::Presence(presence::Event::RoutingState(agent)) => {
//!             format!("{:?} is {:?}", agent.agent_key, agent.routing_state)
//!         }
//!         Event::Statistics(statistics::Event::QueueRealTime(queues)) => {
//!             let queues = queues.elements.iter().flatten();
//!             queues.filter_map(|queue| queue.queued_contacts).sum::<i64>().to_string()
//!         }
//!         Event::Admin(admin::Event::UserUpdated(Updated::Current(user))) => {
//!             format!("{:?}", user.entity.and_then(|user| user.user_name))
//!         }
//!         // Other events of the same media, events that no table describes, and known ones that
//!         // are not as their table says.
//!         other => format!("{:?} {:?}", other.realm(), other.event_type()),
//!     })
//! }
//!
//! let body = br#"{"type":"EVENT","data":{"realm":"PRESENCE","type":"USER_ROUTING_STATE","data":
//!     {"agentKey":3,"routingState":"AVAILABLE"}}}"#;
//! assert_eq!(show(body)?, "Some(3) is Some(Available)");
//! # Ok::<(), Box<dyn std::error::Error>>(())
//! ```
//!
//! # A command of each medium
//!
//! ```
//! use cti_codec::openscape::*;
//!
//! # let mut session = Session::new("http://oscc.example:8080")?;
//! # session.token = Some("895d36c1".into());
//! let other = Other::new;
//! let requests = [
//!     // Administration: `GetUsersResponse` has the users.
//!     admin::GetUsers::default().request(&session)?,
//!     // Presence
//!     presence::SetRoutingState {
//!         state: RoutingStates::Unavailable,
//!         agent_id: "100001".into(),
//!         agent_key: 3,
//!         reason: Some(2),
//!         other: other(),
//!     }
//!     .request(&session)?,
//!     // Routing: a GET with a body, or with a query where a proxy drops it (`GetBodies`).
//!     routing::GetQueueData { queue_key: 7, other: other() }.request(&session)?,
//!     // Telephony
//!     telephony::StartListenForEvents { resource: Resource::All, other: other() }.request(&session)?,
//!     // Callback
//!     callback::Accept { agent_key: 3, other: other() }.request(&session)?,
//!     // Web collaboration
//!     web_collaboration::AddContent {
//!         content: "Good morning".into(),
//!         agent_key: 3,
//!         unique_call_id: "W851".into(),
//!         other: other(),
//!     }
//!     .request(&session)?,
//!     // Open media: the answer comes as an event.
//!     open_media::GetStream { unique_call_id: "O869".into(), other: other() }.request(&session)?,
//!     // Statistics: the figures come as events.
//!     statistics::StartQuery {
//!         query_type: RealTimeQueryType::QueueRealTime,
//!         key_list: vec![7],
//!         from_time: None,
//!         other: other(),
//!     }
//!     .request(&session)?,
//! ];
//! assert_eq!(requests[2].body(), br#"{"queueKey":7}"#);
//! # Ok::<(), Box<dyn std::error::Error>>(())
//! ```
//!
//! # Reading and writing
//!
//! - The manual's tables contradict its examples. Each spelling and each JSON type in it is read, and
//!   one is written. If both spellings of a member are there, both are kept.
//! - Content that no table lists is kept: members in [`Other`], names in `Unlisted`, events as
//!   [`RawEvent`]. So is a value that does not fit its field without loss, such as an integer of thirty
//!   digits. All of it is written back.
//! - In events and answers every field is an `Option`: the manual does not specify which of them a
//!   server may omit, and 0 and -1 are values. In requests only those are that the manual calls
//!   optional.
//! - A member that occurs twice in an object with one value is read once. With two values it is an
//!   error, since neither has precedence.
//! - [`check_event`] and [`check_json`] list the tables' objections to a body, each finding with a JSON
//!   pointer.
//! - Requests are strict: anything that the manual forbids becomes a [`RequestError`].
//! - Passwords and tokens are a [`Secret`], which does not display its content.
//!
//! # Sessions
//!
//! [`Client`] keeps an application registered, logged on and subscribed, and reacts when a voice
//! node, the contact centre or the application server fails.

mod check;
mod client;
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
mod source;
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
pub use client::{Client, ClientEvent, Listen, Loss, RequestId, Settings, StopCause, Verdict};
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

/// Returns the text of a body, without a byte order mark.
fn body_text(body: &[u8]) -> Result<&str, ReadError> {
    let body = body.strip_prefix(b"\xEF\xBB\xBF").unwrap_or(body);
    core::str::from_utf8(body).map_err(|error| ReadError::NotUtf8(error.valid_up_to()))
}

/// Returns whether two names are the same but for case, `_` and `-`.
fn names_equal(one: &str, other: &str) -> bool {
    let letters = |name: &str| {
        name.chars()
            .filter(|letter| !matches!(letter, '_' | '-'))
            .map(|letter| letter.to_ascii_lowercase())
            .collect::<Vec<_>>()
    };
    letters(one) == letters(other)
}
