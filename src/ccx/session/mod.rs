//! Sessions: the conversation above the messages, without a socket, a clock or a thread.
//!
//! ```text
//!                 Client                                Server
//! connection ->   handle_connected                      accept
//! bytes read ->   handle_input                          handle_input
//! time is up ->   handle_timeout                        handle_timeout
//! it is gone ->   handle_disconnected                   handle_disconnected
//! the user   ->   start, request, cancel, close         grant, refuse, send, fail
//!
//! connect, drop <- poll_action                          (is_ended)
//! bytes to send <- poll_transmit                        poll_transmit
//! next deadline <- poll_timeout                         poll_timeout
//! what happened <- poll_event                           poll_event
//! ```
//!
//! Call their methods in any order; late calls take effect late. Time is a
//! [`Duration`](core::time::Duration) since a moment of your choice, and never goes back. The same
//! code thus runs under tokio, on a plain `TcpStream`, and in a simulation.
//!
//! [`Client`] is one client over all its sessions: it tries the addresses in turn, with pauses,
//! asks for older versions if it must, sends heartbeats, matches answers to requests and keeps the
//! [`Configuration`]. [`Server`] is the other side of one connection, for simulators and test
//! doubles: it enforces the guide on clients, and leaves the effects of requests to its caller.
//!
//! Memory is bounded on both sides: while [`Client::wants_input`] returns `false`, the driver
//! leaves bytes in the socket.
//!
//! ```
//! use core::time::Duration;
//! use cti_codec::ccx::session::{Action, Client, Event, Server, ServerEvent, ServerSettings, Settings};
//! use cti_codec::ccx::{CtiService, OpenConf, OpenReq, QueryAgentStateReq};
//!
//! let now = Duration::ZERO;
//! let mut client = Client::new(Settings::default(), &OpenReq::bridge_mode())?;
//! client.start(now);
//! assert_eq!(client.poll_action(), Some(Action::Connect { address: 0 }));
//! client.handle_connected(now);
//! let mut server = Server::accept(ServerSettings::default(), now);
//!
//! // What a driver does with sockets.
//! server.handle_input(now, &client.poll_transmit().unwrap());
//! assert!(matches!(server.poll_event(), Some(ServerEvent::OpenRequested(_))));
//! server.grant(&OpenConf {
//!     services_granted: CtiService::ALL_EVENTS,
//!     unified_ccx_online: true.into(),
//!     ..Default::default()
//! })?;
//! client.handle_input(now, &server.poll_transmit().unwrap());
//! assert!(client.is_open());
//!
//! let query = QueryAgentStateReq { agent_id: Some("jdoe".into()), ..Default::default() };
//! let id = client.request(now, &query.into())?;
//! // Nobody answers.
//! client.handle_timeout(Duration::from_secs(20));
//! let ended = core::iter::from_fn(|| client.poll_event())
//!     .any(|event| matches!(event, Event::Unanswered { id: ended, .. } if ended == id));
//! assert!(ended);
//! # Ok::<(), Box<dyn core::error::Error>>(())
//! ```

mod client;
mod configuration;
mod download;
mod event;
mod failover;
mod link;
mod records;
mod requests;
mod server;
mod settings;
mod tables;
mod teams;
mod whole;

pub use client::Client;
pub use configuration::{Change, Changed, ConfigKey, ConfigKeys, Configuration, Item, Team};
pub use event::{
    Action, ConfigurationEvent, ConfigurationFailure, Event, LossCause, Next, OpenFailure,
    RequestError, RequestId, StopCause, Unanswered,
};
pub use server::{Ended, SendError, Server, ServerEvent, ServerSettings};
pub use settings::{Settings, Timings};
