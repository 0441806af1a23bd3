//! Answers to commands.

use alloc::string::String;
use alloc::vec::Vec;
use core::fmt;
use core::time::Duration;

use http::header::LOCATION;
use http::{HeaderMap, StatusCode};

use super::body_text;
use super::enums::ErrorCode;
use super::error::ReadError;
use super::object::{MemberList, Object, object_text};
use super::table::{JsonType, Table};
use super::value::{Reading, Text};

/// An answer to a command.
pub trait Response<'a>: Object<'a> {
    /// Returns `errorCode`. In an answer that [`read`](Self::read) has returned it is always
    /// success.
    fn error_code(&self) -> Option<&ErrorCode>;

    /// Returns `errorDetails`: text for people. The only sign of a failed `StopQuery`.
    fn error_details(&self) -> Option<&str>;

    /// Reads an HTTP response, and borrows its texts.
    ///
    /// The error is read first, since the answer to a refused command has no other attributes. An
    /// answer without `errorCode` is a success if it has another attribute of its table.
    ///
    /// # Errors
    ///
    /// Fails if the server refused the command or redirected it, or if the response is no answer to
    /// it.
    fn read<B: AsRef<[u8]>>(response: &'a http::Response<B>) -> Result<Self, ResponseError> {
        let status = response.status();
        let body = response.body().as_ref();
        let text = done(status, response.headers(), body, Self::TABLE)?;
        Self::from_json(text).map_err(|error| unreadable(status, body, error))
    }
}

fn unreadable(status: StatusCode, body: &[u8], error: ReadError) -> ResponseError {
    ResponseError::Unreadable {
        status,
        error,
        body: String::from_utf8_lossy(body).into_owned(),
    }
}

/// Returns the text of an answer that says that the command was done.
fn done<'a>(
    status: StatusCode,
    headers: &HeaderMap,
    body: &'a [u8],
    table: &Table,
) -> Result<&'a str, ResponseError> {
    if status.is_redirection() {
        let location = headers.get(LOCATION);
        return Err(ResponseError::Redirect {
            status,
            location: location.map(|to| String::from_utf8_lossy(to.as_bytes()).into_owned()),
        });
    }
    let unreadable = |error| unreadable(status, body, error);
    if body.trim_ascii().is_empty() {
        return Err(ResponseError::Empty { status });
    }
    let text = body_text(body).map_err(unreadable)?;
    let head = Head::read(text).map_err(unreadable)?;
    let success = head.code.as_ref().is_none_or(ErrorCode::is_success);
    if !success || (head.code.is_some() && !status.is_success()) {
        return Err(ResponseError::Refused(Refused {
            code: head.code.unwrap_or(ErrorCode::GeneralError),
            details: head.details.map(Text::into_owned),
            status,
        }));
    }
    let payload = |name: &str| table.row(name).is_some();
    if !status.is_success()
        || (head.code.is_none() && !head.others.iter().any(|name| payload(name)))
    {
        return Err(unreadable(ReadError::Missing("errorCode")));
    }
    Ok(text)
}

/// The attributes of any answer that give its outcome.
struct Head<'a> {
    code: Option<ErrorCode>,
    details: Option<Text<'a>>,
    others: Vec<Text<'a>>,
}

impl<'a> Head<'a> {
    fn read(text: &'a str) -> Result<Self, ReadError> {
        let raw = object_text(text)?;
        let reading = Reading::new(text);
        let Some(mut members) = MemberList::new(raw, &reading) else {
            return Err(reading.error().unwrap_or(ReadError::TooMany));
        };
        let code: Option<ErrorCode> = members.take(&["errorCode"], &[JsonType::Integer]);
        if code.is_none()
            && members
                .get("errorCode")
                .is_some_and(|raw| raw.get() != "null")
        {
            return Err(ReadError::WrongType("errorCode"));
        }
        Ok(Self {
            code,
            details: members.take(&["errorDetails", "errorText"], &[]),
            others: members.names().cloned().collect(),
        })
    }
}

impl ErrorCode {
    /// Returns whether the code stands for success: `NO_ERROR`, or `PRESENCE_ACTION_SUCCEED`.
    pub fn is_success(&self) -> bool {
        matches!(self, Self::NoError | Self::PresenceActionSucceed)
    }
}

/// The reason why there is no answer of the type that was asked for.
#[derive(Debug, thiserror::Error)]
#[non_exhaustive]
pub enum ResponseError {
    /// The server refused the command.
    #[error(transparent)]
    Refused(Refused),
    /// The answer is elsewhere. Nothing follows it by itself, for the token would go along.
    #[error("{status} to {}", .location.as_deref().unwrap_or("nowhere").escape_debug())]
    Redirect {
        /// The HTTP status.
        status: StatusCode,
        /// The header `Location`.
        location: Option<String>,
    },
    /// The response is empty, so that the outcome of the command is unknown.
    #[error("an empty answer with HTTP status {status}")]
    Empty {
        /// The HTTP status.
        status: StatusCode,
    },
    /// The response is no answer, but for instance a proxy's page.
    #[error("HTTP status {status}: {error}")]
    Unreadable {
        /// The HTTP status.
        status: StatusCode,
        /// The fault in the body.
        error: ReadError,
        /// The body, with replacement characters for bytes that are no text.
        body: String,
    },
}

/// A refusal, told by `errorCode` or by the HTTP status.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Refused {
    /// `errorCode`. May say success, as `NO_ERROR` does with an HTTP status that does not.
    pub code: ErrorCode,
    /// `errorDetails`: text for people.
    pub details: Option<String>,
    /// The HTTP status.
    pub status: StatusCode,
}

/// The remedy for a refusal. The manual has no list of them: it is derived from the names of the
/// codes and from the manual's section on failures (6.3).
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
#[non_exhaustive]
pub enum Remedy {
    /// Register the application again, log on and subscribe.
    Register,
    /// Register again later: a server that failed is still taken for the one in charge, for up to
    /// this time.
    Wait(Duration),
}

impl Refused {
    /// Returns the remedy, if known.
    pub fn remedy(&self) -> Option<Remedy> {
        match self.code {
            ErrorCode::ApplicationNotRegistered | ErrorCode::AuthStatementNotValid => {
                Some(Remedy::Register)
            }
            ErrorCode::AlreadyRegisteredOn => Some(Remedy::Wait(Duration::from_secs(180))),
            _ if self.code.is_success() && self.status == StatusCode::UNAUTHORIZED => {
                Some(Remedy::Register)
            }
            _ => None,
        }
    }
}

impl core::error::Error for Refused {}

/// Shows code, number, details and status, with control characters escaped.
impl fmt::Display for Refused {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{}", self.code)?;
        if let (Some(number), Some(_)) = (self.code.number(), self.code.name()) {
            write!(f, " ({number})")?;
        }
        if let Some(details) = self
            .details
            .as_deref()
            .filter(|details| !details.is_empty() && Some(*details) != self.code.name())
        {
            write!(f, ": {}", details.escape_debug())?;
        }
        if !self.status.is_success() {
            write!(f, " (HTTP status {})", self.status.as_u16())?;
        }
        Ok(())
    }
}
