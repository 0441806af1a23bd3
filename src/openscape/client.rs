//! The life of an application at a server, without a socket and without a clock.

use alloc::collections::VecDeque;
use alloc::string::String;
use alloc::vec::Vec;
use core::time::Duration;

use super::command::{Command, CommandInfo};
use super::enums::{MediaType, Realm};
use super::error::WriteError;
use super::event::Event;
use super::response::{Refused, Remedy, Response, ResponseError};
use super::session::{RequestError, Session};
use super::statistics::{StartQuery, StartQueryResponse};
use super::value::{Agent, Other, Resource};
use super::{
    CommandResponse, admin, callback, main, open_media, presence, routing, telephony,
    web_collaboration,
};

/// The subscriptions of a client.
#[derive(Clone, Debug, PartialEq)]
#[allow(missing_docs, reason = "the names say it")]
pub enum Listen {
    Admin,
    Presence(Agent),
    Routing,
    Telephony(Resource<'static>),
    Callback(Resource<'static>),
    WebCollaboration(Resource<'static>),
    OpenMedia(Resource<'static>),
}

impl Listen {
    /// Everything that the logged-on user may see.
    pub const ALL: [Self; 7] = [
        Self::Admin,
        Self::Presence(Agent::All),
        Self::Routing,
        Self::Telephony(Resource::All),
        Self::Callback(Resource::All),
        Self::WebCollaboration(Resource::All),
        Self::OpenMedia(Resource::All),
    ];

    /// Returns the command with its body.
    fn command(&self) -> Result<Prepared, WriteError> {
        let other = Other::new();
        match self.clone() {
            Self::Admin => prepared(&admin::StartListenForEvents { other }),
            Self::Presence(resource) => {
                prepared(&presence::StartListenForEvents { resource, other })
            }
            Self::Routing => prepared(&routing::StartListenForEvents { other }),
            Self::Telephony(resource) => {
                prepared(&telephony::StartListenForEvents { resource, other })
            }
            Self::Callback(resource) => {
                prepared(&callback::StartListenForEvents { resource, other })
            }
            Self::WebCollaboration(resource) => {
                prepared(&web_collaboration::StartListenForEvents { resource, other })
            }
            Self::OpenMedia(resource) => {
                prepared(&open_media::StartListenForEvents { resource, other })
            }
        }
    }
}

/// A command whose answer's type is not needed any more.
type Prepared = (&'static CommandInfo, String);

fn prepared<'a, C: Command<'a>>(command: &C) -> Result<Prepared, WriteError> {
    Ok((C::INFO, command.to_json()?))
}

/// The settings of a client.
#[derive(Clone, Debug)]
pub struct Settings {
    /// The application servers, the preferred one first.
    pub servers: Vec<Session>,
    /// The registration.
    pub register: main::RegisterApplication<'static>,
    /// The user to log on, if any.
    pub logon: Option<main::Logon<'static>>,
    /// The subscriptions.
    pub listen: Vec<Listen>,
    /// The statistics queries.
    pub queries: Vec<StartQuery<'static>>,
    /// The time between two `KeepAlive`. The manual specifies none.
    pub keep_alive: Duration,
    /// The time within which an answer comes. After it, the server is taken for failed.
    pub answer_within: Duration,
    /// The time between a failed attempt to register and the next.
    pub retry: Duration,
}

impl Settings {
    /// Creates settings with 60 s between two `KeepAlive`, 10 s for an answer and 5 s before
    /// another attempt to register, without logons and subscriptions.
    pub fn new(servers: Vec<Session>, register: main::RegisterApplication<'static>) -> Self {
        Self {
            servers,
            register,
            logon: None,
            listen: Vec::new(),
            queries: Vec::new(),
            keep_alive: Duration::from_secs(60),
            answer_within: Duration::from_secs(10),
            retry: Duration::from_secs(5),
        }
    }
}

/// Names a request of a [`Client`]. Never given twice.
#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Debug)]
pub struct RequestId(pub u64);

/// The meaning of an answer for its requester.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub enum Verdict {
    /// The client's own answer, or one that is no longer awaited.
    Own,
    /// Read it with [`Response::read`].
    Yours,
    /// The server has lost the registration. The command is sent again after a new one.
    Again,
}

/// An event of the client.
#[derive(Debug)]
#[non_exhaustive]
pub enum ClientEvent {
    /// The application is registered.
    Registered {
        /// Index into the servers.
        server: usize,
    },
    /// Registered, logged on, subscribed and queried, as far as the server allowed.
    Online,
    /// The server refused a step; the next one follows all the same.
    NotDone {
        /// The name of the command.
        command: &'static str,
        /// Why.
        error: ResponseError,
    },
    /// A query runs.
    QueryStarted {
        /// Index into the queries.
        query: usize,
        /// The `queryId` of its events.
        query_id: i64,
    },
    /// The registration is gone, and another one follows: log agents on again only where a
    /// [`LogAgentsOn`](Self::LogAgentsOn) says so.
    Lost(Loss),
    /// Another server still counts as the one in charge; the next attempt comes by itself.
    Waiting {
        /// The time of the next attempt.
        until: Duration,
    },
    /// A command of the user has no answer. Its effect is unknown.
    Unanswered {
        /// The command.
        request: RequestId,
        /// Whether it is sent again by itself, since doing it twice does no harm.
        again: bool,
    },
    /// The contact centre has lost a service: it switches over to its other node.
    ServiceLost(Realm),
    /// The service is back. Subscriptions are kept.
    ServiceBack(Realm),
    /// The contact centre has switched over: the agents are logged off, log them on again.
    LogAgentsOn,
    /// A voice node was lost: agents are logged off and queued calls may be gone. Ask
    /// `GetRoutingState` and `GetQueueData`.
    AskStates,
    /// The registration was refused, or could not be asked for. The client has stopped.
    Stopped(StopCause),
    /// The client was closed.
    Closed,
}

/// The reason why a registration is gone.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Loss {
    /// The server does not know it any more.
    Refused(Refused),
    /// The server does not answer.
    Unanswered,
}

/// The reason why a client stopped.
#[derive(Debug, thiserror::Error)]
pub enum StopCause {
    /// The server refused the registration.
    #[error(transparent)]
    Response(ResponseError),
    /// A request could not be made.
    #[error(transparent)]
    Request(RequestError),
}

#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Step {
    Register,
    Logon,
    Listen(usize),
    Query(usize),
    KeepAlive,
    Unregister,
}

/// Keeps an application registered, logged on and subscribed.
///
/// Time is a parameter: any clock that does not run backwards, as the time since some moment. Send the
/// requests of [`poll_request`](Self::poll_request) with any HTTP client that follows no redirects,
/// hand in the answer or the failure, call [`handle_timeout`](Self::handle_timeout) at
/// [`poll_timeout`](Self::poll_timeout), hand in the events of the webhook, and read
/// [`poll_event`](Self::poll_event) after each of these.
///
/// # High availability
///
/// | sign | failed part | the client | you |
/// |---|---|---|---|
/// | `USER_MEDIA_NOTREADY` for voice | a voice node | returns [`AskStates`](ClientEvent::AskStates) | ask for states, log agents on |
/// | `SERVER_DISCONNECTED_EVENT` of services | the contact centre, which switches over | starts the queries again when presence is back | log agents on at [`LogAgentsOn`](ClientEvent::LogAgentsOn) |
/// | a request without an answer | the application server | registers with the next one, for up to 180 s and longer, subscribes and queries | do nothing: agents stay |
#[derive(Debug)]
pub struct Client {
    settings: Settings,
    server: usize,
    started: bool,
    steps: VecDeque<Step>,
    own: Option<(RequestId, Step, Duration)>,
    asked: VecDeque<(RequestId, Prepared)>,
    waiting: Vec<(RequestId, Prepared, Duration)>,
    events: VecDeque<ClientEvent>,
    not_before: Duration,
    alive_at: Option<Duration>,
    services_lost: bool,
    next: u64,
}

impl Client {
    /// Creates an idle client.
    pub fn new(settings: Settings) -> Self {
        Self {
            settings,
            server: 0,
            started: false,
            steps: VecDeque::new(),
            own: None,
            asked: VecDeque::new(),
            waiting: Vec::new(),
            events: VecDeque::new(),
            not_before: Duration::ZERO,
            alive_at: None,
            services_lost: false,
            next: 0,
        }
    }

    /// Returns the session with the server: its URL and the token.
    pub fn session(&self) -> Option<&Session> {
        self.settings.servers.get(self.server)
    }

    /// Returns whether the application is registered and all steps are done.
    pub fn is_online(&self) -> bool {
        self.registered() && self.steps.is_empty() && self.own.is_none()
    }

    /// Returns whether no request is due or pending.
    pub fn is_idle(&self) -> bool {
        !self.started && self.steps.is_empty() && self.own.is_none()
    }

    /// Registers, logs on, subscribes and starts the queries.
    pub fn start(&mut self, now: Duration) {
        if !self.started {
            self.started = true;
            self.begin(now);
        }
    }

    /// Unregisters, which ends subscriptions, queries and media logons.
    pub fn close(&mut self, now: Duration) {
        self.started = false;
        self.steps.clear();
        self.own = None;
        self.asked.clear();
        self.waiting.clear();
        self.alive_at = None;
        self.not_before = now;
        if self.registered() {
            self.steps.push_back(Step::Unregister);
        } else {
            self.events.push_back(ClientEvent::Closed);
        }
    }

    /// Asks the server to do something, once it is registered.
    ///
    /// # Errors
    ///
    /// The command cannot be written.
    pub fn request<'a, C: Command<'a>>(&mut self, command: &C) -> Result<RequestId, WriteError> {
        let prepared = prepared(command)?;
        let id = self.id();
        self.asked.push_back((id, prepared));
        Ok(id)
    }

    /// Returns the next request to send.
    pub fn poll_request(&mut self, now: Duration) -> Option<(RequestId, http::Request<Vec<u8>>)> {
        if self.own.is_none()
            && now >= self.not_before
            && let Some(step) = self.steps.pop_front()
        {
            match self.prepare(step).and_then(|prepared| self.make(&prepared)) {
                Ok(request) => {
                    let id = self.id();
                    self.own = Some((id, step, self.deadline(now)));
                    return Some((id, request));
                }
                Err(error) => {
                    self.stop(StopCause::Request(error));
                    return None;
                }
            }
        }
        if !self.registered() {
            return None;
        }
        let (id, prepared) = self.asked.pop_front()?;
        match self.make(&prepared) {
            Ok(request) => {
                let deadline = self.deadline(now);
                self.waiting.push((id, prepared, deadline));
                Some((id, request))
            }
            Err(error) => {
                self.stop(StopCause::Request(error));
                None
            }
        }
    }

    /// Returns the time at which [`handle_timeout`](Self::handle_timeout) or
    /// [`poll_request`](Self::poll_request) has work to do.
    pub fn poll_timeout(&self) -> Option<Duration> {
        let own = self.own.map(|(_, _, deadline)| deadline);
        let next = (own.is_none() && !self.steps.is_empty()).then_some(self.not_before);
        let waiting = self.waiting.iter().map(|(_, _, deadline)| *deadline);
        let alive = self.alive_at.filter(|_| own.is_none());
        own.into_iter()
            .chain(next)
            .chain(waiting)
            .chain(alive)
            .min()
    }

    /// Takes note of the time.
    pub fn handle_timeout(&mut self, now: Duration) {
        if self.own.is_some_and(|(_, _, deadline)| deadline <= now) {
            self.unanswered(now);
        }
        if self.waiting.iter().any(|(_, _, deadline)| *deadline <= now) {
            self.unanswered(now);
        }
        if self.alive_at.is_some_and(|at| at <= now) && self.is_online() {
            self.alive_at = None;
            self.steps.push_back(Step::KeepAlive);
        }
    }

    /// Hands in that a request has no answer: no connection, or one that broke.
    pub fn handle_failure(&mut self, now: Duration, id: RequestId) {
        let known = self.own.is_some_and(|(own, _, _)| own == id)
            || self.waiting.iter().any(|(waiting, _, _)| *waiting == id);
        if known {
            self.unanswered(now);
        }
    }

    /// Hands in an answer.
    pub fn handle_response<B: AsRef<[u8]>>(
        &mut self,
        now: Duration,
        id: RequestId,
        response: &http::Response<B>,
    ) -> Verdict {
        if let Some((own, step, _)) = self.own
            && own == id
        {
            self.own = None;
            self.answered(now, step, response);
            return Verdict::Own;
        }
        let Some(place) = self
            .waiting
            .iter()
            .position(|(waiting, _, _)| *waiting == id)
        else {
            return Verdict::Own;
        };
        let (_, prepared, _) = self.waiting.remove(place);
        self.alive_at = Some(now.saturating_add(self.settings.keep_alive));
        if let Err(ResponseError::Refused(refused)) = CommandResponse::read(response)
            && refused.remedy() == Some(Remedy::Register)
        {
            let again = prepared.0.is_repeatable();
            if again {
                self.asked.push_front((id, prepared));
            }
            self.lost(now, Loss::Refused(refused));
            return if again {
                Verdict::Again
            } else {
                Verdict::Yours
            };
        }
        Verdict::Yours
    }

    /// Hands in an event of the webhook.
    pub fn handle_event(&mut self, event: &Event<'_>) {
        let connected = |realm: &str, lost: &mut Self| {
            let realm = Realm::from(realm);
            if realm == Realm::Presence && core::mem::take(&mut lost.services_lost) {
                lost.events.push_back(ClientEvent::LogAgentsOn);
                let queries = 0..lost.settings.queries.len();
                lost.steps.extend(queries.map(Step::Query));
            }
            lost.events.push_back(ClientEvent::ServiceBack(realm));
        };
        match (event.event_type(), event.realm(), event) {
            (Some("SERVER_DISCONNECTED_EVENT"), Some(realm), _) => {
                self.services_lost = true;
                self.events
                    .push_back(ClientEvent::ServiceLost(Realm::from(realm)));
            }
            (Some("SERVER_CONNECTED_EVENT"), Some(realm), _) => connected(realm, self),
            (_, _, Event::Presence(presence::Event::UserMediaNotReady(media)))
                if media.media_type == Some(MediaType::Voice) && !self.services_lost =>
            {
                self.events.push_back(ClientEvent::AskStates);
            }
            _ => {}
        }
    }

    /// Returns the next event.
    pub fn poll_event(&mut self) -> Option<ClientEvent> {
        self.events.pop_front()
    }

    fn id(&mut self) -> RequestId {
        self.next = self.next.saturating_add(1);
        RequestId(self.next)
    }

    fn deadline(&self, now: Duration) -> Duration {
        now.saturating_add(self.settings.answer_within)
    }

    fn registered(&self) -> bool {
        self.session()
            .is_some_and(|session| session.token.is_some())
    }

    fn make(&self, (info, body): &Prepared) -> Result<http::Request<Vec<u8>>, RequestError> {
        let session = self
            .session()
            .ok_or_else(|| RequestError::Server(String::new()))?;
        (info.request_json)(session, body)
    }

    fn prepare(&self, step: Step) -> Result<Prepared, RequestError> {
        let other = Other::new();
        let settings = &self.settings;
        let made = match step {
            Step::Register => prepared(&settings.register),
            Step::Logon => settings
                .logon
                .as_ref()
                .map_or_else(|| prepared(&main::KeepAlive::default()), prepared),
            Step::Listen(place) => settings
                .listen
                .get(place)
                .map_or_else(|| prepared(&main::KeepAlive::default()), Listen::command),
            Step::Query(place) => settings
                .queries
                .get(place)
                .map_or_else(|| prepared(&main::KeepAlive::default()), prepared),
            Step::KeepAlive => prepared(&main::KeepAlive { other }),
            Step::Unregister => prepared(&main::UnregisterApplication { other }),
        };
        Ok(made?)
    }

    /// Registers anew, with all that comes after it.
    fn begin(&mut self, now: Duration) {
        if let Some(session) = self.settings.servers.get_mut(self.server) {
            session.token = None;
        }
        self.not_before = self.not_before.max(now);
        self.own = None;
        self.alive_at = None;
        self.services_lost = false;
        self.steps.clear();
        self.steps.push_back(Step::Register);
        self.steps
            .extend(self.settings.logon.iter().map(|_| Step::Logon));
        self.steps
            .extend((0..self.settings.listen.len()).map(Step::Listen));
        self.steps
            .extend((0..self.settings.queries.len()).map(Step::Query));
    }

    fn lost(&mut self, now: Duration, loss: Loss) {
        self.events.push_back(ClientEvent::Lost(loss));
        self.begin(now);
    }

    fn stop(&mut self, cause: StopCause) {
        self.started = false;
        self.steps.clear();
        self.own = None;
        self.alive_at = None;
        self.events.push_back(ClientEvent::Stopped(cause));
    }

    /// Handles the failure of the application server: continues with the next one, if there is one.
    fn unanswered(&mut self, now: Duration) {
        for (request, prepared, _) in core::mem::take(&mut self.waiting) {
            let again = prepared.0.is_repeatable();
            self.events
                .push_back(ClientEvent::Unanswered { request, again });
            if again {
                self.asked.push_back((request, prepared));
            }
        }
        if !self.started {
            // Unregistering does not wait for a server that is gone.
            self.own = None;
            self.steps.clear();
            self.events.push_back(ClientEvent::Closed);
            return;
        }
        let next = self.server.saturating_add(1);
        self.server = if next < self.settings.servers.len() {
            next
        } else {
            0
        };
        self.not_before = now.saturating_add(self.settings.retry);
        self.lost(now, Loss::Unanswered);
    }

    fn answered<B: AsRef<[u8]>>(
        &mut self,
        now: Duration,
        step: Step,
        response: &http::Response<B>,
    ) {
        self.alive_at = Some(now.saturating_add(self.settings.keep_alive));
        let outcome = match step {
            Step::Register => return self.register_answered(now, response),
            Step::Unregister => {
                if let Some(session) = self.settings.servers.get_mut(self.server) {
                    session.token = None;
                }
                self.alive_at = None;
                self.events.push_back(ClientEvent::Closed);
                return;
            }
            Step::Query(query) => StartQueryResponse::read(response).map(|answer| {
                if let Some(query_id) = answer.query_id {
                    self.events
                        .push_back(ClientEvent::QueryStarted { query, query_id });
                }
            }),
            _ => CommandResponse::read(response).map(drop),
        };
        if let Err(error) = outcome {
            if let ResponseError::Refused(refused) = &error
                && refused.remedy() == Some(Remedy::Register)
            {
                // A server that refuses each registration's token at once is not asked all the time.
                self.not_before = now.saturating_add(self.settings.retry);
                return self.lost(now, Loss::Refused(refused.clone()));
            }
            let command = self.prepare(step).map_or("", |(info, _)| info.name);
            self.events
                .push_back(ClientEvent::NotDone { command, error });
        }
        if self.steps.is_empty() && step != Step::KeepAlive {
            self.events.push_back(ClientEvent::Online);
        }
    }

    fn register_answered<B: AsRef<[u8]>>(&mut self, now: Duration, response: &http::Response<B>) {
        self.alive_at = None;
        match main::RegisterApplicationResponse::read(response) {
            Ok(answer) => match answer.session_token {
                Some(token) => {
                    if let Some(session) = self.settings.servers.get_mut(self.server) {
                        session.token = Some(super::value::Value::into_owned(token));
                    }
                    self.alive_at = Some(now.saturating_add(self.settings.keep_alive));
                    let server = self.server;
                    self.events.push_back(ClientEvent::Registered { server });
                    if self.steps.is_empty() {
                        self.events.push_back(ClientEvent::Online);
                    }
                }
                None => self.stop(StopCause::Request(RequestError::NoToken)),
            },
            Err(ResponseError::Refused(refused))
                if matches!(refused.remedy(), Some(Remedy::Wait(_))) =>
            {
                let until = now.saturating_add(self.settings.retry);
                self.not_before = until;
                self.steps.push_front(Step::Register);
                self.events.push_back(ClientEvent::Waiting { until });
            }
            Err(error @ ResponseError::Refused(_)) => self.stop(StopCause::Response(error)),
            Err(error) => {
                // A proxy before a server that is down answers in its place.
                self.events.push_back(ClientEvent::NotDone {
                    command: "main.RegisterApplication",
                    error,
                });
                self.unanswered(now);
            }
        }
    }
}
