//! A simulated server of OpenScape Contact Center: what a client may expect of one, without a
//! network. Include it with `#[path = "../common/openscape_server.rs"] mod openscape_server;`.

use std::collections::BTreeMap;

use cti_codec::openscape::*;
use http::{Request, Response as HttpResponse, StatusCode};
use serde_json::{Map, Value, json};

/// Answers requests as a server does whose application, users and queues are these.
pub(crate) struct Server {
    /// The token that a client has to know.
    pub(crate) client_token: String,
    /// The session token, once a client is registered.
    pub(crate) session: Option<String>,
    /// Whether a user is logged on.
    pub(crate) logged_on: bool,
    /// What the client listens for, by the name of the command.
    pub(crate) listening: Vec<&'static str>,
    /// The running queries.
    pub(crate) queries: BTreeMap<i64, String>,
    /// The commands that were done, by name.
    pub(crate) done: Vec<&'static str>,
    /// How often registering is refused because another server counts as the one in charge.
    pub(crate) still_registered_elsewhere: usize,
    /// The answer to the next request, whatever it is.
    pub(crate) next: Option<HttpResponse<Vec<u8>>>,
    /// How many sessions there were.
    pub(crate) sessions: usize,
}

impl Default for Server {
    fn default() -> Self {
        Self {
            client_token: "client-token".into(),
            session: None,
            logged_on: false,
            listening: Vec::new(),
            queries: BTreeMap::new(),
            done: Vec::new(),
            still_registered_elsewhere: 0,
            next: None,
            sessions: 0,
        }
    }
}

/// An answer that says nothing but its outcome.
pub(crate) fn outcome(code: ErrorCode, details: &str) -> HttpResponse<Vec<u8>> {
    let answer = CommandResponse {
        error_code: Some(code),
        error_details: Some(details.to_string().into()),
        ..Default::default()
    };
    HttpResponse::new(answer.to_json().unwrap().into_bytes())
}

impl Server {
    /// Answers a request.
    pub(crate) fn answer(&mut self, request: &Request<Vec<u8>>) -> HttpResponse<Vec<u8>> {
        if let Some(next) = self.next.take() {
            return next;
        }
        let Some(info) = CommandInfo::of(request.method(), request.uri().path()) else {
            let mut response = HttpResponse::new(b"<html>not found</html>".to_vec());
            *response.status_mut() = StatusCode::NOT_FOUND;
            return response;
        };
        let body = match (request.body().is_empty(), request.uri().query()) {
            (true, Some(query)) => query_as_json(info, query).to_string(),
            (true, None) => "{}".into(),
            (false, _) => String::from_utf8(request.body().clone()).unwrap(),
        };
        if let Some(finding) = check_json(info.request, &body).unwrap().first() {
            return outcome(ErrorCode::WrongApiRequest, &finding.to_string());
        }
        if info.token {
            let bearer = request
                .headers()
                .get("authorization")
                .map(|value| value.to_str().unwrap());
            let expected = self.session.as_ref().map(|token| format!("Bearer {token}"));
            if self.session.is_none() {
                return outcome(ErrorCode::ApplicationNotRegistered, "register first");
            }
            if bearer != expected.as_deref() {
                return outcome(ErrorCode::AuthStatementNotValid, "another token");
            }
        }
        if info.logon == Some(true) && !self.logged_on {
            return outcome(ErrorCode::NotReady, "nobody is logged on");
        }
        self.act(info, &body)
    }

    fn act(&mut self, info: &'static CommandInfo, body: &str) -> HttpResponse<Vec<u8>> {
        let ok = outcome(ErrorCode::NoError, "NO_ERROR");
        let response = match info.name {
            "main.RegisterApplication" => {
                let register = main::RegisterApplication::from_json(body).unwrap();
                if register.application.token.expose() != self.client_token {
                    return outcome(ErrorCode::ClientTokenNotFound, "no such token");
                }
                if self.still_registered_elsewhere > 0 {
                    self.still_registered_elsewhere -= 1;
                    return outcome(ErrorCode::AlreadyRegisteredOn, "node 1");
                }
                self.sessions += 1;
                self.forget();
                let token = format!("session-{}", self.sessions);
                self.session = Some(token.clone());
                let answer = main::RegisterApplicationResponse {
                    error_code: Some(ErrorCode::NoError),
                    error_details: Some("NO_ERROR".into()),
                    session_token: Some(token.into()),
                    ..Default::default()
                };
                HttpResponse::new(answer.to_json().unwrap().into_bytes())
            }
            "main.UnregisterApplication" => {
                self.forget();
                ok
            }
            "main.Logon" => {
                self.logged_on = true;
                ok
            }
            "statistics.StartQuery" => {
                let query = statistics::StartQuery::from_json(body).unwrap();
                let id = i64::try_from(self.queries.len()).unwrap() + 1;
                self.queries.insert(id, query.query_type.to_string());
                let answer = statistics::StartQueryResponse {
                    error_code: Some(ErrorCode::NoError),
                    query_id: Some(id),
                    ..Default::default()
                };
                HttpResponse::new(answer.to_json().unwrap().into_bytes())
            }
            name if name.ends_with("StartListenForEvents") => {
                self.listening.push(info.name);
                ok
            }
            _ => HttpResponse::new(sample(info).to_string().into_bytes()),
        };
        self.done.push(info.name);
        response
    }

    /// Loses what it knows of the client, as a server does that starts anew.
    pub(crate) fn forget(&mut self) {
        self.session = None;
        self.logged_on = false;
        self.listening.clear();
        self.queries.clear();
    }

    /// An event as the server posts it.
    pub(crate) fn event(event: impl Into<Event<'static>>) -> Vec<u8> {
        EventMessage::new(event.into())
            .to_json()
            .unwrap()
            .into_bytes()
    }
}

/// Any answer that has all that its table lists.
fn sample(info: &CommandInfo) -> Value {
    fn value(kind: &Kind) -> Value {
        match kind {
            Kind::Integer => 1.into(),
            Kind::Float => 1.5.into(),
            Kind::Boolean => false.into(),
            Kind::Name(names) => names.values[0].0.into(),
            Kind::Object(table) => object(table),
            Kind::List(item) => json!([value(item)]),
            _ => "text".into(),
        }
    }
    fn object(table: &Table) -> Value {
        table
            .rows
            .iter()
            .map(|row| (row.name.to_string(), value(&row.kind)))
            .collect::<Map<_, _>>()
            .into()
    }
    object(info.response)
}

/// The attributes of a `GET` out of its URL.
fn query_as_json(info: &CommandInfo, query: &str) -> Value {
    query
        .split('&')
        .filter_map(|pair| pair.split_once('='))
        .map(|(name, text)| {
            let number =
                matches!(info.request.row(name), Some(row) if matches!(row.kind, Kind::Integer));
            let value = if number {
                text.parse::<i64>().unwrap().into()
            } else {
                text.into()
            };
            (name.to_string(), value)
        })
        .collect::<Map<String, Value>>()
        .into()
}
