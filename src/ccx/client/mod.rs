//! A client over tokio: [`session`] with sockets, a clock and a task of its own.
//!
//! [`connect`] opens a session at the first of several nodes that grants one, and returns a handle
//! for requests and a stream of events. The task behind them keeps the session: heartbeats, time
//! limits, failover to the next node, configuration. Dropping both ends it.
//!
//! ```no_run
//! use cti_codec::ccx::client::{connect, Options};
//! use cti_codec::ccx::{OpenReq, QueryAgentStateReq};
//! use cti_codec::ccx::session::Event;
//!
//! # async fn example() -> Result<(), Box<dyn std::error::Error>> {
//! let options = Options::to(["cti-a.example:42027", "cti-b.example:42027"]);
//! let (client, mut events) = connect(options, &OpenReq::bridge_mode()).await?;
//!
//! let query = QueryAgentStateReq { agent_id: Some("jdoe".into()), ..Default::default() };
//! let answer = client.request(&query).await?;
//! println!("{}", answer.get().agent_state);
//!
//! while let Some(event) = events.next().await {
//!     if let Event::Message(received) = event {
//!         println!("{}", received.message_type());
//!     }
//! }
//! # Ok(())
//! # }
//! ```
//!
//! - **Requests** end with a confirmation or an error that names the failure. A request whose future
//!   is dropped frees its place; its answer comes as [`Event::Late`]. Nothing is queued while there is
//!   no session, and nothing is sent twice.
//! - **Slow readers** miss messages, and see how many: [`SlowReader`].
//! - **Streams** of any kind: [`start_with`] takes a connector, such as one with TLS.
//! - **Logs** go to `tracing`. Texts of messages, which contain personal data, are in them at the level
//!   `trace` alone.

mod codec;
mod driver;
mod queue;
mod requested;

use std::collections::HashMap;
use std::fmt;
use std::future::{Future, poll_fn};
use std::hash::BuildHasher;
use std::io;
use std::pin::Pin;
use std::sync::{Arc, Mutex, MutexGuard, PoisonError};
use std::task::{Context, Poll};
use std::time::Duration;

use thiserror::Error;
use tokio::io::{AsyncRead, AsyncWrite};
use tokio::net::TcpStream;
use tokio::sync::{Notify, oneshot, watch};
use tokio::time::Instant;
use tracing::Instrument as _;

pub use codec::{CodecError, FrameCodec};
pub use queue::SlowReader;
pub use requested::{Answer, RequestFailure, Requested};

use crate::ccx::session::{self, Configuration, Event, RequestId, Settings, StopCause, Unanswered};
use crate::ccx::{EncodeError, Message, OpenReq, Request, Version};
use driver::Driver;
use queue::Queue;
use requested::Pending;

/// The settings of a client.
#[derive(Clone, Debug)]
pub struct Options {
    /// The nodes, as `host:port`, in the order in which they are tried. For [`start_with`] their
    /// number is enough, as [`Settings::addresses`].
    pub addresses: Vec<String>,
    /// The settings of the session.
    pub settings: Settings,
    /// A configuration that was saved, to be downloaded only if it has changed.
    pub configuration: Option<Configuration>,
    /// The maximum number of events that wait to be fetched: 1024.
    pub events: usize,
    /// The treatment of events beyond that.
    pub slow_reader: SlowReader,
}

impl Default for Options {
    fn default() -> Self {
        Self {
            addresses: Vec::new(),
            settings: Settings::default(),
            configuration: None,
            events: 1024,
            slow_reader: SlowReader::default(),
        }
    }
}

impl Options {
    /// Creates options with defaults for some nodes, as `host:port`.
    #[must_use]
    pub fn to<A: Into<String>>(addresses: impl IntoIterator<Item = A>) -> Self {
        let addresses: Vec<_> = addresses.into_iter().map(Into::into).collect();
        Self {
            settings: Settings::for_addresses(addresses.len()),
            addresses,
            ..Self::default()
        }
    }
}

/// Why [`connect`] gave no session.
#[derive(Clone, Copy, PartialEq, Eq, Debug, Error)]
pub enum ConnectError {
    /// The guide forbids the `OPEN_REQ` as it is.
    #[error(transparent)]
    Encode(#[from] EncodeError),
    /// The client has stopped.
    #[error(transparent)]
    Stopped(#[from] StopCause),
    /// It was closed before.
    #[error("closed")]
    Closed,
}

#[derive(Clone, Copy, PartialEq, Eq, Debug)]
enum Status {
    Opening,
    Open(u64),
    Ended(Option<StopCause>),
}

/// The state that the task and the handles share.
struct Inner {
    session: session::Client,
    waiting: HashMap<RequestId, oneshot::Sender<Answer>>,
    queue: Queue,
    capacity: usize,
    slow_reader: SlowReader,
}

impl Inner {
    fn answer(&mut self, id: RequestId, answer: Answer) {
        if let Some(waiting) = self.waiting.remove(&id) {
            // The requester may be gone by now.
            let _ = waiting.send(answer);
        }
    }
}

struct Shared {
    inner: Mutex<Inner>,
    /// Wakes the task.
    changed: Notify,
    status: watch::Sender<Status>,
    origin: Instant,
}

impl Shared {
    fn lock(&self) -> MutexGuard<'_, Inner> {
        self.inner.lock().unwrap_or_else(PoisonError::into_inner)
    }

    fn now(&self) -> Duration {
        self.origin.elapsed()
    }

    fn close(&self) {
        let now = self.now();
        self.lock().session.close(now);
        self.changed.notify_one();
    }

    /// Ends the task.
    fn end(&self) {
        let mut inner = self.lock();
        inner.deliver(self);
        inner.waiting.clear();
        inner.queue.ended = true;
        inner.queue.wake();
        drop(inner);
        self.status.send_if_modified(|status| {
            let ends = !matches!(status, Status::Ended(_));
            if ends {
                *status = Status::Ended(None);
            }
            ends
        });
    }
}

/// Closes the session when the last of handles and events is gone.
struct Guard(Arc<Shared>);

impl Drop for Guard {
    fn drop(&mut self) {
        self.0.close();
    }
}

/// Makes requests of a session. Cheap to clone.
#[derive(Clone)]
pub struct Client {
    shared: Arc<Shared>,
    _guard: Arc<Guard>,
}

impl fmt::Debug for Client {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("Client").finish_non_exhaustive()
    }
}

/// The events of a session, in order: every event of [`session::Event`] except the ends of
/// requests, which their futures return.
///
/// Also a `Stream`. Ends once the client is closed or has stopped by itself.
pub struct Events {
    shared: Arc<Shared>,
    _guard: Arc<Guard>,
}

impl fmt::Debug for Events {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("Events").finish_non_exhaustive()
    }
}

/// Opens a session at the first node that grants one.
///
/// Tries the nodes in turn, for ever unless [`Settings::rounds`] sets a limit. Dropping the future
/// stops that.
///
/// # Errors
/// The `OPEN_REQ` is not as the guide has it, or no server will grant it; see [`StopCause`].
pub async fn connect(
    options: Options,
    open: &OpenReq<'_>,
) -> Result<(Client, Events), ConnectError> {
    let (client, events) = start(options, open)?;
    client.opened().await?;
    Ok((client, events))
}

/// Like [`connect`], without waiting for a session: everything until then is among the events.
///
/// Call this within a tokio runtime.
///
/// # Errors
/// Fails if the `OPEN_REQ` violates the guide.
pub fn start(options: Options, open: &OpenReq<'_>) -> Result<(Client, Events), EncodeError> {
    let addresses = options.addresses.clone();
    let connector = move |address: usize| {
        let address = addresses.get(address).cloned().unwrap_or_default();
        async move {
            let stream = TcpStream::connect(address).await?;
            // Requests are small and wait for their answers.
            stream.set_nodelay(true)?;
            Ok(stream)
        }
    };
    start_with(connector, options, open)
}

/// Like [`start`], over streams of any kind: calls `connector` with the index of a node to make a
/// connection to it.
///
/// Call this within a tokio runtime.
///
/// # Errors
/// Fails if the `OPEN_REQ` violates the guide.
pub fn start_with<C, F, S>(
    connector: C,
    options: Options,
    open: &OpenReq<'_>,
) -> Result<(Client, Events), EncodeError>
where
    C: FnMut(usize) -> F + Send + 'static,
    F: Future<Output = io::Result<S>> + Send + 'static,
    S: AsyncRead + AsyncWrite + Send + 'static,
{
    let mut settings = options.settings;
    if !options.addresses.is_empty() {
        settings.addresses = options.addresses.len();
    }
    if settings.seed == 0 {
        // Different for each client, without another dependency.
        settings.seed = std::hash::RandomState::new().hash_one(0);
    }
    // The queue of events is here; in the session they are only passed through.
    let mut session = session::Client::new(settings, open)?;
    if let Some(configuration) = options.configuration {
        session.restore_configuration(configuration);
    }
    session.start(Duration::ZERO);
    let shared = Arc::new(Shared {
        inner: Mutex::new(Inner {
            session,
            waiting: HashMap::new(),
            queue: Queue::default(),
            capacity: options.events.max(1),
            slow_reader: options.slow_reader,
        }),
        changed: Notify::new(),
        status: watch::Sender::new(Status::Opening),
        origin: Instant::now(),
    });
    let driver = Driver::new(Arc::clone(&shared), connector);
    tokio::spawn(driver.run().instrument(tracing::info_span!("ccx_session")));
    let guard = Arc::new(Guard(Arc::clone(&shared)));
    let client = Client {
        shared: Arc::clone(&shared),
        _guard: Arc::clone(&guard),
    };
    let events = Events {
        shared,
        _guard: guard,
    };
    Ok((client, events))
}

impl Client {
    /// Sends a request at once; the returned future waits for its confirmation. Dropping the future
    /// gives the request up.
    ///
    /// It borrows nothing, so that a task of its own can wait:
    ///
    /// ```
    /// # use cti_codec::ccx::QueryAgentStateReq;
    /// # use cti_codec::ccx::client::Client;
    /// # async fn example(client: Client) -> Result<(), Box<dyn std::error::Error>> {
    /// let waiting = tokio::spawn(async move {
    ///     let query = QueryAgentStateReq { agent_id: Some("jdoe".into()), ..Default::default() };
    ///     client.request(&query).await
    /// });
    /// println!("{}", waiting.await??.get().agent_state);
    /// # Ok(())
    /// # }
    /// ```
    ///
    /// # Errors
    /// Fails if the request was not sent, was refused, or has no answer: see [`RequestFailure`].
    pub fn request<'a, R>(&self, request: &R) -> Requested<R::Confirmation<'static>>
    where
        R: Request<'a, Version = Version> + Into<Message<'a>>,
    {
        Requested::new(self.send_now(&(*request).into(), None))
    }

    /// Like [`request`](Self::request), with a time limit of its own.
    ///
    /// # Errors
    /// Fails if the request was not sent, was refused, or has no answer: see [`RequestFailure`].
    pub fn request_within<'a, R>(
        &self,
        request: &R,
        limit: Duration,
    ) -> Requested<R::Confirmation<'static>>
    where
        R: Request<'a, Version = Version> + Into<Message<'a>>,
    {
        Requested::new(self.send_now(&(*request).into(), Some(limit)))
    }

    /// Sends a request of a type known at run time only, at once; the returned future waits for its
    /// answer. [`request`](Self::request) returns a typed one.
    ///
    /// # Errors
    /// Fails if the request was not sent, was refused, or has no answer: see [`RequestFailure`].
    pub fn request_any(
        &self,
        request: &Message<'_>,
    ) -> impl Future<Output = Answer> + Send + use<> {
        let sent = self.send_now(request, None);
        async move {
            let (pending, receiver) = sent?;
            let answer = receiver.await;
            drop(pending);
            answer.unwrap_or(Err(RequestFailure::Unanswered(Unanswered::SessionLost)))
        }
    }

    fn send_now(
        &self,
        message: &Message<'_>,
        limit: Option<Duration>,
    ) -> Result<(Pending, oneshot::Receiver<Answer>), RequestFailure> {
        let (sender, receiver) = oneshot::channel();
        let mut inner = self.shared.lock();
        let now = self.shared.now();
        let sent = match limit {
            Some(limit) => inner.session.request_within(now, message, limit),
            None => inner.session.request(now, message),
        };
        let id = sent.map_err(RequestFailure::NotSent)?;
        tracing::debug!(request = id.0, message_type = %message.message_type(), "sent");
        inner.waiting.insert(id, sender);
        drop(inner);
        self.shared.changed.notify_one();
        let pending = Pending {
            shared: Arc::clone(&self.shared),
            id,
        };
        Ok((pending, receiver))
    }

    /// Waits until a session is open, which may be at once.
    ///
    /// # Errors
    /// Fails if there will be none: the client has stopped or was closed.
    pub async fn opened(&self) -> Result<(), ConnectError> {
        let mut status = self.shared.status.subscribe();
        let opened = status.wait_for(|status| *status != Status::Opening).await;
        match opened.map(|status| *status) {
            Ok(Status::Ended(Some(cause))) => Err(cause.into()),
            Ok(Status::Open(_)) => Ok(()),
            _ => Err(ConnectError::Closed),
        }
    }

    /// Closes the session in an orderly way, and waits until it is. At most 5 s.
    pub async fn close(&self) {
        self.shared.close();
        let mut status = self.shared.status.subscribe();
        let _ = status
            .wait_for(|status| matches!(status, Status::Ended(_)))
            .await;
    }

    /// Downloads the configuration regardless of its keys.
    pub fn download(&self) {
        let now = self.shared.now();
        self.shared.lock().session.download(now);
        self.shared.changed.notify_one();
    }

    /// Looks at the session: its version, its services, how many requests are outstanding.
    pub fn session<T>(&self, look: impl FnOnce(&session::Client) -> T) -> T {
        look(&self.shared.lock().session)
    }

    /// Passes the configuration, as far as it is known, to a function. The session waits meanwhile:
    /// copy the parts that you keep.
    pub fn configuration<T>(&self, look: impl FnOnce(&Configuration) -> T) -> T {
        self.session(|session| look(session.configuration()))
    }

    /// Returns the version of the session.
    #[must_use]
    pub fn version(&self) -> Version {
        self.session(session::Client::version)
    }
}

impl Events {
    /// Returns the next event; `None` once the client is closed or has stopped by itself.
    ///
    /// Dropping the future loses no event.
    pub async fn next(&mut self) -> Option<Event> {
        poll_fn(|context| self.poll(context)).await
    }

    fn poll(&mut self, context: &mut Context<'_>) -> Poll<Option<Event>> {
        let mut inner = self.shared.lock();
        if let Some(event) = inner.queue.pop() {
            if inner.slow_reader == SlowReader::Waits {
                self.shared.changed.notify_one();
            }
            return Poll::Ready(Some(event));
        }
        if inner.queue.ended {
            // Deliver the events held back for want of room.
            inner.deliver(&self.shared);
            return Poll::Ready(inner.queue.pop());
        }
        inner.queue.wait(context.waker());
        Poll::Pending
    }
}

impl futures_core::Stream for Events {
    type Item = Event;

    fn poll_next(self: Pin<&mut Self>, context: &mut Context<'_>) -> Poll<Option<Event>> {
        self.get_mut().poll(context)
    }
}

impl Drop for Events {
    fn drop(&mut self) {
        self.shared.lock().queue.abandoned = true;
        self.shared.changed.notify_one();
    }
}
