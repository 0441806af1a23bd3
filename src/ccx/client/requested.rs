//! A request under way: a future of its confirmation, or why there is none.

use std::fmt;
use std::future::Future;
use std::marker::PhantomData;
use std::pin::Pin;
use std::sync::Arc;
use std::task::{Context, Poll};

use tokio::sync::oneshot;

use super::Shared;
use crate::ccx::session::{RequestError, RequestId, Unanswered};
use crate::ccx::{Body, Message, Owned, Received, Version};

/// Why a request has no confirmation.
#[derive(Clone, PartialEq, Debug)]
pub enum RequestFailure {
    /// It was not sent.
    NotSent(RequestError),
    /// The server refused it: with `FAILURE_CONF`, `CONTROL_FAILURE_CONF` or a confirmation whose
    /// `Status` says so.
    Refused(Box<Received>),
    /// The request was sent, and its effect is unknown.
    Unanswered(Unanswered),
}

impl std::error::Error for RequestFailure {}

/// Tells status and error codes, and no text of the server's.
impl fmt::Display for RequestFailure {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::NotSent(error) => error.fmt(f),
            Self::Refused(answer) => write!(f, "refused: {}", status_of(answer)),
            Self::Unanswered(why) => why.fmt(f),
        }
    }
}

/// Returns the codes of a refusal as text.
pub(super) fn status_of(answer: &Received) -> String {
    match answer.message() {
        Ok(Message::FailureConf(failure)) => failure.status.to_string(),
        Ok(Message::ControlFailureConf(failure)) => {
            format!(
                "{}, {}",
                failure.failure_code, failure.unified_ccx_error_code
            )
        }
        Ok(Message::TeamConfigConf(answer)) => answer.status.to_string(),
        Ok(Message::ConfigKeyEvent(answer)) => answer.status.to_string(),
        Ok(Message::ConfigEndEvent(answer)) => answer.status.to_string(),
        _ => answer.message_type().to_string(),
    }
}

/// An answer, or the reason why there is none.
pub type Answer = Result<Received, RequestFailure>;

/// Gives a request up when its future is dropped.
pub(super) struct Pending {
    pub(super) shared: Arc<Shared>,
    pub(super) id: RequestId,
}

impl Drop for Pending {
    fn drop(&mut self) {
        let mut inner = self.shared.lock();
        if inner.waiting.remove(&self.id).is_some() {
            inner.session.cancel(self.id);
        }
    }
}

/// A request that was made: a future of its confirmation. Dropping it gives the request up.
#[must_use = "a request that nobody waits for is given up"]
pub struct Requested<C> {
    sent: Result<(Pending, oneshot::Receiver<Answer>), Option<RequestFailure>>,
    confirmation: PhantomData<fn() -> C>,
}

impl<C> Requested<C> {
    pub(super) fn new(sent: Result<(Pending, oneshot::Receiver<Answer>), RequestFailure>) -> Self {
        Self {
            sent: sent.map_err(Some),
            confirmation: PhantomData,
        }
    }
}

impl<C> fmt::Debug for Requested<C> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("Requested").finish_non_exhaustive()
    }
}

impl<C: Body<'static, Version = Version>> Future for Requested<C> {
    type Output = Result<Owned<C>, RequestFailure>;

    fn poll(self: Pin<&mut Self>, context: &mut Context<'_>) -> Poll<Self::Output> {
        let lost = || RequestFailure::Unanswered(Unanswered::SessionLost);
        let sent = &mut self.get_mut().sent;
        let answer = match sent {
            Ok((_, receiver)) => match Pin::new(receiver).poll(context) {
                Poll::Ready(answer) => answer.unwrap_or_else(|_| Err(lost())),
                Poll::Pending => return Poll::Pending,
            },
            Err(failure) => Err(failure.take().unwrap_or_else(lost)),
        };
        // Its place is free, and there is nothing to give up.
        *sent = Err(None);
        // The session has seen that type and version fit.
        Poll::Ready(answer.and_then(|answer| {
            Owned::new(answer.frame, answer.version)
                .map_err(|_| RequestFailure::Unanswered(Unanswered::Undecodable))
        }))
    }
}
