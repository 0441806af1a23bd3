//! Commands: requests that know their path and their answer.

use core::fmt;

use http::Method;

use super::object::Object;
use super::response::{Response, ResponseError};
use super::session::{RequestError, Session};
use super::table::Table;
use super::{admin, callback, main, open_media, presence, routing, statistics, telephony};
use super::{names_equal, web_collaboration};

/// A part of the interface: a medium, or one of the services around the media.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
#[allow(missing_docs, reason = "the names say it")]
pub enum Media {
    Main,
    Admin,
    Presence,
    Routing,
    Telephony,
    Callback,
    WebCollaboration,
    OpenMedia,
    Statistics,
}

/// A command of the interface.
pub trait Command<'a>: Object<'a> {
    /// The facts about the command.
    const INFO: &'static CommandInfo;

    /// The answer.
    type Response<'r>: Response<'r>;

    /// Creates the HTTP request that carries the command.
    ///
    /// # Errors
    ///
    /// Fails if the session has no token, which all commands but `RegisterApplication` need, or if
    /// the manual forbids the value of an attribute.
    fn request(&self, session: &Session) -> Result<http::Request<Vec<u8>>, RequestError> {
        session.build(Self::INFO, self.to_json())
    }
}

/// Makes a request from the JSON of its body.
type RequestJson = fn(&Session, &str) -> Result<http::Request<Vec<u8>>, RequestError>;

/// A command as data.
pub struct CommandInfo {
    /// Its name, like `telephony.Hold` or `telephony.v1.Logon`.
    pub name: &'static str,
    /// The part of the interface that it belongs to.
    pub media: Media,
    /// `GET` or `POST`.
    pub method: Method,
    /// The path from the server's root.
    pub path: &'static str,
    /// Whether JSON goes with the request.
    pub body: bool,
    /// Whether the request carries the session's token: all but `RegisterApplication` do.
    pub token: bool,
    /// Whether a user must be logged on before. `None` where the manual does not say.
    pub logon: Option<bool>,
    /// The attributes of the request.
    pub request: &'static Table,
    /// The attributes of the answer.
    pub response: &'static Table,
    /// Makes the request of [`Command::request`] from the JSON of the body.
    pub request_json: RequestJson,
    /// Whether an answer says that the command was done: [`Response::read`] without its result.
    pub check_response: fn(&http::Response<Vec<u8>>) -> Result<(), ResponseError>,
}

impl fmt::Debug for CommandInfo {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{} ({} {})", self.name, self.method, self.path)
    }
}

impl CommandInfo {
    /// Finds a command by its name. Case, `_` and `-` do not matter, and the parts may be named as
    /// in the paths: `webcollaboration`, `openmedia`, `realtime`.
    pub fn named(name: &str) -> Option<&'static Self> {
        let realtime = name
            .get(.."realtime.".len())
            .filter(|media| media.eq_ignore_ascii_case("realtime."))
            .and_then(|media| name.get(media.len()..));
        all_commands().find(|command| match realtime {
            Some(name) => command
                .name
                .strip_prefix("statistics.")
                .is_some_and(|known| names_equal(known, name)),
            None => names_equal(command.name, name),
        })
    }

    /// Returns whether a program may repeat the command by itself if its outcome is unknown,
    /// because a second execution changes nothing. True for questions, logons and subscriptions;
    /// false for `Dial`, `Transfer`, `EnqueueCall` and the like.
    pub fn is_repeatable(&self) -> bool {
        let name = self.name.rsplit('.').next().unwrap_or_default();
        let harmless = [
            "Get",
            "Query",
            "StartListen",
            "StopListen",
            "KeepAlive",
            "Logon",
            "Register",
        ];
        harmless.iter().any(|start| name.starts_with(start))
    }

    /// Finds the command that a request carries, for servers, proxies and readers of logs. Case does
    /// not matter in the path.
    pub fn of(method: &Method, path: &str) -> Option<&'static Self> {
        all_commands().find(|command| {
            command.method == *method
                && (command.path.eq_ignore_ascii_case(path)
                    || (command.path.ends_with("/queryeligigleusers")
                        && path
                            .eq_ignore_ascii_case("/restsdk/webapi/openmedia/queryeligibleusers")))
        })
    }
}

/// Returns all commands, in the order of the manual's chapters, with the four older forms.
pub fn all_commands() -> impl Iterator<Item = &'static CommandInfo> {
    [
        main::COMMANDS,
        main::v1::COMMANDS,
        admin::COMMANDS,
        presence::COMMANDS,
        routing::COMMANDS,
        telephony::COMMANDS,
        telephony::v1::COMMANDS,
        callback::COMMANDS,
        web_collaboration::COMMANDS,
        open_media::COMMANDS,
        statistics::COMMANDS,
    ]
    .into_iter()
    .flatten()
    .copied()
}

/// Declares commands:
///
/// `POST "/path" body struct Name<'a> -> Answer (needs logon) { rows }`
///
/// `empty` instead of `body` where no JSON goes with the request. The rows are those of `object!`.
macro_rules! commands {
    (
        in $Media:ident, $module:literal;
        $(
            $(#[$meta:meta])*
            $METHOD:ident $path:literal $body:ident struct $Name:ident<$a:lifetime> -> $Response:ident
                $(($($needs:ident)*))? { $($rows:tt)* }
        )*
    ) => {
        $(
            object! {
                $(#[$meta])*
                #[doc = concat!(
                    "\n\n`", stringify!($METHOD), " ", $path, "`, answered with [`", stringify!($Response), "`]."
                )]
                sent struct $Name<$a> { $($rows)* }
            }

            impl<$a> Command<$a> for $Name<$a> {
                const INFO: &'static CommandInfo = &CommandInfo {
                    name: concat!($module, ".", stringify!($Name)),
                    media: Media::$Media,
                    method: http::Method::$METHOD,
                    path: $path,
                    body: commands!(@body $body),
                    token: commands!(@token $($($needs)*)?),
                    logon: commands!(@logon $($($needs)*)?),
                    request: <Self as Object<$a>>::TABLE,
                    response: <$Response<'static> as Object<'static>>::TABLE,
                    request_json: |session: &Session, body: &str| -> Result<http::Request<Vec<u8>>, RequestError> {
                        $Name::from_json(body)?.request(session)
                    },
                    check_response: |response| <$Response<'_> as Response<'_>>::read(response).map(drop),
                };

                type Response<'r> = $Response<'r>;
            }
        )*

        pub(in crate::openscape) const COMMANDS: &[&CommandInfo] =
            &[$(<$Name<'static> as Command<'static>>::INFO),*];
    };

    (@body body) => { true };
    (@body empty) => { false };
    (@token without token) => { false };
    (@token $($needs:ident)*) => { true };
    (@logon needs logon) => { Some(true) };
    (@logon needs no logon) => { Some(false) };
    (@logon without token) => { Some(false) };
    (@logon) => { None };
}
pub(super) use commands;
