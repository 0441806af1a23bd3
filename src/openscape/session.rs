//! The session: where a server is, and the token that it gave.

use alloc::string::{String, ToString};
use alloc::vec::Vec;

use http::header::{ACCEPT, AUTHORIZATION, CONTENT_TYPE, HeaderValue};
use http::{Method, Uri};
use jiff::Timestamp;
use serde_json::value::RawValue;

use super::command::CommandInfo;
use super::error::{ReadError, WriteError};
use super::object::MemberList;
use super::table::{JsonType, Kind};
use super::value::{Reading, Secret, Text, Value};

/// A server and the token for it, from which a command becomes a request.
#[derive(Clone, Debug)]
pub struct Session {
    base: String,
    /// The token of the registration. Every command but `RegisterApplication` carries it.
    pub token: Option<Secret<'static>>,
    /// The place of attributes in the two `GET` commands that have some.
    pub get_bodies: GetBodies,
}

/// The place of the attribute of `presence.GetRoutingState` and `routing.GetQueueData`.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum GetBodies {
    /// As JSON in the body of the `GET`, as the manual shows it.
    #[default]
    AsPrinted,
    /// In the query of the URL, for proxies and clients that drop the body of a `GET`.
    AsQuery,
}

/// The reason why a command does not become a request.
#[derive(Debug, thiserror::Error)]
#[non_exhaustive]
pub enum RequestError {
    /// The server's URL is not `http` or `https` with a host, or it has more than a path.
    #[error("no http or https URL of a server: {0}")]
    Server(String),
    /// The session has no token yet.
    #[error("no session token: register the application first")]
    NoToken,
    /// The token contains characters that an HTTP header cannot carry.
    #[error("the session token has characters that no HTTP header can have")]
    BadToken,
    /// The manual forbids a value.
    #[error("{name}: {why}")]
    Forbidden {
        /// The attribute.
        name: &'static str,
        /// The fault.
        why: &'static str,
    },
    /// A command that is sent without a body has members.
    #[error("the command has no body that could carry members")]
    NoBody,
    /// The body could not be written.
    #[error(transparent)]
    Write(#[from] WriteError),
    /// The body from which the command was to be made could not be read.
    #[error(transparent)]
    Read(#[from] ReadError),
}

impl Session {
    /// Creates a session with the server at this URL, such as `https://oscc.example:8080`, without
    /// a token.
    ///
    /// The URL may have a path, under which a reverse proxy serves the server.
    ///
    /// # Errors
    ///
    /// Fails if the URL is not `http` or `https`, has no host, or has a query or a user.
    pub fn new(server: &str) -> Result<Self, RequestError> {
        let bad = || RequestError::Server(server.escape_debug().to_string());
        let uri: Uri = server.parse().map_err(|_| bad())?;
        let host = uri.authority().ok_or_else(bad)?;
        let scheme = matches!(uri.scheme_str(), Some("http" | "https"));
        if !scheme || host.host().is_empty() || host.as_str().contains('@') || uri.query().is_some()
        {
            return Err(bad());
        }
        Ok(Self {
            base: server.trim_end_matches('/').into(),
            token: None,
            get_bodies: GetBodies::default(),
        })
    }

    /// Returns the server's URL without a slash at its end.
    pub fn server(&self) -> &str {
        &self.base
    }

    /// Makes the request of a command that is written as JSON.
    pub(super) fn build(
        &self,
        info: &CommandInfo,
        json: Result<String, WriteError>,
    ) -> Result<http::Request<Vec<u8>>, RequestError> {
        let json = json?;
        let body: &RawValue = serde_json::from_str(&json)
            .map_err(|error| RequestError::Write(WriteError::Json(error)))?;
        if !info.body && json != "{}" {
            return Err(RequestError::NoBody);
        }
        rules(info, body)?;
        let mut uri = self.base.clone();
        uri.push_str(info.path);
        let query = info.method == Method::GET && self.get_bodies == GetBodies::AsQuery;
        if query {
            add_query(&mut uri, body);
        }
        let mut request = http::Request::builder()
            .method(info.method.clone())
            .uri(uri)
            .header(ACCEPT, "application/json");
        if info.token {
            let token = self.token.as_ref().ok_or(RequestError::NoToken)?;
            let mut value = HeaderValue::try_from(alloc::format!("Bearer {}", token.expose()))
                .map_err(|_| RequestError::BadToken)?;
            value.set_sensitive(true);
            request = request.header(AUTHORIZATION, value);
        }
        let sent = if info.body && !query {
            request = request.header(CONTENT_TYPE, "application/json; charset=utf-8");
            json.clone().into_bytes()
        } else {
            Vec::new()
        };
        request
            .body(sent)
            .map_err(|_| RequestError::Server(self.base.escape_debug().to_string()))
    }
}

/// Puts the members of an object into the query of a URL.
fn add_query(uri: &mut String, body: &RawValue) {
    let reading = Reading::new(body.get());
    let Some(members) = MemberList::new(body, &reading) else {
        return;
    };
    for (place, name) in members.names().enumerate() {
        uri.push(if place == 0 { '?' } else { '&' });
        percent(uri, name);
        uri.push('=');
        let Some(raw) = members.get(name) else {
            continue;
        };
        match <Text<'_>>::parse(raw, &[], &reading) {
            Some(text) => percent(uri, &text),
            None => percent(uri, raw.get()),
        }
    }
}

/// Writes text in the encoding of a query.
fn percent(uri: &mut String, text: &str) {
    for byte in text.bytes() {
        if byte.is_ascii_alphanumeric() || b"-._~*".contains(&byte) {
            uri.push(char::from(byte));
        } else {
            uri.push_str(&alloc::format!("%{byte:02X}"));
        }
    }
}

/// Texts that name something and therefore cannot be empty.
const NAMING: [&str; 9] = [
    "uniqueCallId",
    "extension",
    "from",
    "to",
    "agentId",
    "resource",
    "deviceId",
    "webhookURL",
    "connectorName",
];

/// Keys that must refer to an object. Other keys may be 0 for none.
const KEYS: [&str; 3] = ["agentKey", "queryId", "invitedAgentKey"];

/// Refuses values that the manual forbids.
fn rules(info: &CommandInfo, body: &RawValue) -> Result<(), RequestError> {
    let reading = Reading::new(body.get());
    let Some(members) = MemberList::new(body, &reading) else {
        return Ok(());
    };
    let text = |name: &str| {
        let raw = members.get(name)?;
        <Text<'_>>::parse(raw, &[], &reading)
    };
    for row in info.request.rows {
        let forbidden = |why| RequestError::Forbidden {
            name: row.name,
            why,
        };
        let Some(raw) = members.get(row.name) else {
            continue;
        };
        match row.kind {
            Kind::Text | Kind::ResourceOrAll
                if NAMING.contains(&row.name)
                    && text(row.name).is_some_and(|text| text.trim().is_empty()) =>
            {
                return Err(forbidden(
                    "empty, though it names something (EMPTY_PARAMETER)",
                ));
            }
            Kind::Integer | Kind::AgentOrAll => {
                let number = i64::parse(raw, &[JsonType::String], &reading);
                if number.is_some_and(|number| number < 0) {
                    return Err(forbidden("negative (NEGATIVE_PARAMETER)"));
                }
                if number == Some(0)
                    && (KEYS.contains(&row.name) || matches!(row.kind, Kind::AgentOrAll))
                {
                    return Err(forbidden("a key is 1 or more"));
                }
            }
            _ => {}
        }
    }
    let forbid = |name, why| Err(RequestError::Forbidden { name, why });
    match info.name {
        "main.RegisterApplication" | "main.v1.UnregisterApplication" => {
            let url = text("webhookURL").unwrap_or_default();
            if Session::new_webhook(&url).is_none() {
                return forbid("webhookURL", "no absolute http or https URL");
            }
            if let Some(application) = members.get("application")
                && let Some(application) = MemberList::new(application, &reading)
            {
                let text = |name: &str| <Text<'_>>::parse(application.get(name)?, &[], &reading);
                let name = text("name").unwrap_or_default();
                if name.is_empty() || name.chars().count() > 32 {
                    return forbid("name", "the client's name has 1 to 32 characters");
                }
                if text("token").unwrap_or_default().is_empty() {
                    return forbid("token", "the client's token is empty");
                }
            }
        }
        "admin.SetHotStandbyState" if text("state").as_deref() != Some("STANDBY") => {
            return forbid("state", "only STANDBY can be asked for");
        }
        "statistics.StartQuery" => {
            if members
                .get("keyList")
                .is_some_and(|list| list.get() == "[]")
            {
                return forbid("keyList", "empty; there is no wildcard either");
            }
            let cumulative = text("queryType").is_some_and(|kind| kind.ends_with("_CUMULATIVE"));
            let from = text("fromTime");
            if cumulative && from.is_none() {
                return forbid("fromTime", "missing, which cumulative queries need");
            }
            if from.is_some_and(|from| from.parse::<Timestamp>().is_err()) {
                return forbid(
                    "fromTime",
                    "no time like 2024-10-31T08:00:00Z or with an offset (WRONG_DATE_FORMAT)",
                );
            }
        }
        _ => {}
    }
    Ok(())
}

impl Session {
    /// Returns whether a webhook could be reached under this URL.
    fn new_webhook(url: &str) -> Option<()> {
        let uri: Uri = url.parse().ok()?;
        let scheme = matches!(uri.scheme_str(), Some("http" | "https"));
        (scheme && uri.authority().is_some_and(|host| !host.host().is_empty())).then_some(())
    }
}
