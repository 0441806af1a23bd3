//! The task that ties a session to its connections.

use std::future::Future;
use std::io;
use std::pin::Pin;
use std::sync::Arc;

use bytes::{Buf, Bytes, BytesMut};
use tokio::io::{AsyncRead, AsyncReadExt, AsyncWrite, AsyncWriteExt, ReadHalf, WriteHalf};
use tokio::time::Instant;

use super::{Shared, Status};
use crate::ccx::session::{Action, Event};

/// The size of a read in bytes.
const READ: usize = 16 << 10;

type Connecting<S> = Pin<Box<dyn Future<Output = io::Result<S>> + Send>>;

pub(super) struct Driver<C, S> {
    pub(super) shared: Arc<Shared>,
    connector: C,
    connecting: Option<Connecting<S>>,
    reading: Option<ReadHalf<S>>,
    writing: Option<WriteHalf<S>>,
    input: BytesMut,
    output: Bytes,
}

/// The cause of the driver's wake-up.
enum Woken<S> {
    Connected(io::Result<S>),
    Read(io::Result<usize>),
    Written(io::Result<usize>),
    Other,
}

impl<C, F, S> Driver<C, S>
where
    C: FnMut(usize) -> F + Send,
    F: Future<Output = io::Result<S>> + Send + 'static,
    S: AsyncRead + AsyncWrite + Send + 'static,
{
    pub(super) fn new(shared: Arc<Shared>, connector: C) -> Self {
        Self {
            shared,
            connector,
            connecting: None,
            reading: None,
            writing: None,
            input: BytesMut::with_capacity(READ),
            output: Bytes::new(),
        }
    }

    /// Runs until the session is closed or has stopped by itself.
    pub(super) async fn run(mut self) {
        while let Some((deadline, reads)) = self.advance() {
            let woken = self.wait(deadline, reads).await;
            self.woken(woken);
        }
        // The connection is gone by now.
        self.shared.end();
    }

    /// Carries out the actions that are due; returns when more will be, and whether input is
    /// wanted. `None` if there is nothing to wait for.
    fn advance(&mut self) -> Option<(Option<Instant>, bool)> {
        let shared = Arc::clone(&self.shared);
        let mut inner = shared.lock();
        let now = shared.now();
        inner.session.handle_timeout(now);
        loop {
            inner.deliver(&shared);
            let Some(action) = inner.session.poll_action() else {
                break;
            };
            match action {
                Action::Connect { address } => {
                    self.connecting = Some(Box::pin((self.connector)(address)));
                }
                Action::Disconnect => self.disconnect(),
            }
        }
        if inner.session.is_idle() {
            return None;
        }
        if self.output.is_empty() {
            self.output = inner.session.poll_transmit().unwrap_or_default();
            inner.deliver(&shared);
        }
        let deadline = inner
            .session
            .poll_timeout()
            .and_then(|at| shared.origin.checked_add(at));
        Some((deadline, inner.session.wants_input()))
    }

    fn disconnect(&mut self) {
        self.connecting = None;
        self.reading = None;
        self.writing = None;
        self.input.clear();
        self.output = Bytes::new();
    }

    /// Waits for the first of the causes. Dropping the later ones loses nothing.
    async fn wait(&mut self, deadline: Option<Instant>, reads: bool) -> Woken<S> {
        let time = async {
            match deadline {
                Some(deadline) => tokio::time::sleep_until(deadline).await,
                None => std::future::pending().await,
            }
        };
        let connected = async {
            match &mut self.connecting {
                Some(connecting) => connecting.await,
                None => std::future::pending().await,
            }
        };
        let read = async {
            match &mut self.reading {
                Some(reading) if reads => {
                    self.input.reserve(READ);
                    reading.read_buf(&mut self.input).await
                }
                _ => std::future::pending().await,
            }
        };
        let written = async {
            match &mut self.writing {
                Some(writing) if !self.output.is_empty() => writing.write(&self.output).await,
                _ => std::future::pending().await,
            }
        };
        tokio::select! {
            () = time => Woken::Other,
            () = self.shared.changed.notified() => Woken::Other,
            stream = connected => Woken::Connected(stream),
            result = read => Woken::Read(result),
            result = written => Woken::Written(result),
        }
    }

    fn woken(&mut self, woken: Woken<S>) {
        let shared = Arc::clone(&self.shared);
        let mut inner = shared.lock();
        let now = shared.now();
        match woken {
            Woken::Other => {}
            Woken::Connected(Ok(stream)) => {
                self.connecting = None;
                let (reading, writing) = tokio::io::split(stream);
                self.reading = Some(reading);
                self.writing = Some(writing);
                inner.session.handle_connected(now);
            }
            Woken::Connected(Err(error)) => {
                tracing::debug!(kind = ?error.kind(), "no connection");
                self.disconnect();
                inner.session.handle_disconnected(now);
            }
            Woken::Read(Ok(length)) if length > 0 => {
                inner.session.handle_input(now, &self.input);
                self.input.clear();
            }
            Woken::Written(Ok(length)) if length > 0 => {
                self.output.advance(length.min(self.output.len()));
            }
            Woken::Read(_) | Woken::Written(_) => {
                self.disconnect();
                inner.session.handle_disconnected(now);
            }
        }
    }
}

impl super::Inner {
    /// Hands events to those who wait for them.
    pub(super) fn deliver(&mut self, shared: &Shared) {
        loop {
            let waits = self.slow_reader == super::SlowReader::Waits
                && !self.queue.abandoned
                && self.queue.is_full(self.capacity);
            if waits {
                return;
            }
            let Some(event) = self.session.poll_event() else {
                return;
            };
            log(&event);
            match event {
                Event::Confirmed { id, answer } => {
                    self.answer(id, Ok(answer));
                }
                Event::Refused { id, answer } => {
                    self.answer(
                        id,
                        Err(super::requested::RequestFailure::Refused(Box::new(answer))),
                    );
                }
                Event::Unanswered { id, why, .. } => {
                    self.answer(id, Err(super::requested::RequestFailure::Unanswered(why)));
                }
                event => {
                    match &event {
                        Event::Opened { generation, .. } => {
                            shared.status.send_replace(Status::Open(*generation));
                        }
                        Event::Lost { .. } => {
                            shared.status.send_replace(Status::Opening);
                        }
                        Event::Stopped(cause) => {
                            shared.status.send_replace(Status::Ended(Some(*cause)));
                        }
                        _ => {}
                    }
                    self.queue.push(event, self.capacity, self.slow_reader);
                }
            }
        }
    }
}

/// Logs an event without names or words of people, except at the level of single messages.
fn log(event: &Event) {
    match event {
        Event::Connecting { address } => tracing::debug!(address, "connecting"),
        Event::NotOpened { address, cause, .. } => {
            tracing::warn!(address, %cause, "no session");
        }
        Event::Opened {
            generation,
            address,
            version,
            granted,
            missing,
            online,
            ..
        } => {
            tracing::info!(generation, address, %version, %granted, online, "session open");
            if !missing.is_empty() {
                tracing::warn!(%missing, "services not granted");
            }
        }
        Event::Online => tracing::info!("server in service"),
        Event::Confirmed { id, answer } => {
            tracing::debug!(request = id.0, answer = %answer.message_type(), "confirmed");
        }
        Event::Refused { id, answer } => {
            let status = super::requested::status_of(answer);
            tracing::debug!(request = id.0, answer = %answer.message_type(), %status, "refused");
        }
        Event::Unanswered {
            id,
            message_type,
            why,
        } => tracing::warn!(request = id.0, %message_type, %why, "no answer"),
        Event::Late { id, answer } => {
            tracing::warn!(request = id.0, answer = %answer.message_type(), "late answer");
        }
        Event::Stray(received) => {
            tracing::warn!(message_type = %received.message_type(), "answers nothing");
        }
        Event::Undecodable { frame, error } => {
            tracing::warn!(message_type = %frame.message_type(), %error, "does not decode");
            tracing::trace!(bytes = ?frame.bytes(), "does not decode");
        }
        Event::Message(received) => {
            tracing::trace!(message_type = %received.message_type(), message = ?received.message(), "message");
        }
        Event::HeartbeatMissed { outstanding } => {
            tracing::warn!(outstanding, "heartbeats not answered");
        }
        Event::Configuration(_) => tracing::debug!("configuration"),
        Event::Lost {
            generation,
            address,
            cause,
            ..
        } => tracing::warn!(generation, address, %cause, "session lost"),
        Event::Stopped(cause) => tracing::error!(%cause, "stopped"),
        Event::Closed => tracing::info!("closed"),
        Event::Tap { .. } | Event::Missed { .. } => {}
    }
}
