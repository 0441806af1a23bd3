//! Registration and the session (4.1).

use super::prelude::*;

commands! {
    in Main, "main";

    /// Registers the client, returns the session token (4.1.1.1).
    POST "/restsdk/webapi/main/registerApplication" body struct RegisterApplication<'a> -> RegisterApplicationResponse (without token) {
        /// Target of event posts.
        "webhookURL" webhook_url: Text<'a>;
        /// Event format version; "V1" is the only value shown.
        optional "webhookAPIVersion" webhook_api_version: Text<'a>;
        /// Client credentials.
        "application" application: Application<'a>;
    }

    /// Ends the session, with its subscriptions and media logons (4.1.1.2).
    POST "/restsdk/webapi/v2/main/unregisterApplication" empty struct UnregisterApplication<'a> -> CommandResponse {}

    /// Logs a user on, whose rights the client has from then on (4.1.1.3).
    POST "/restsdk/webapi/main/logon" body struct Logon<'a> -> CommandResponse {
        /// User key.
        "agentKey" agent_key: i64;
        /// Clear text.
        "password" password: Secret<'a>;
    }

    /// Keeps an idle session alive (4.1.1.4).
    POST "/restsdk/webapi/main/keepalive" body struct KeepAlive<'a> -> KeepAliveResponse {}

    /// Asks whether the service of a realm is available (4.1.1.5).
    POST "/restsdk/webapi/main/getserverstate" body struct GetServerState<'a> -> GetServerStateResponse {
        "realm" realm: Realm;
    }
}

object! {
    /// The answer of [`RegisterApplication`] (4.1.1.1).
    answer struct RegisterApplicationResponse<'a> {
        /// Success: `NO_ERROR` or `PRESENCE_ACTION_SUCCEED`.
        "errorCode" error_code: ErrorCode | Integer;
        /// Free text, diagnostics only.
        "errorDetails" | "errorText" error_details: Text<'a>;
        /// Bearer token.
        "sessionToken" session_token: Secret<'a>;
    }

    /// The answer of [`KeepAlive`] (4.1.1.4).
    answer struct KeepAliveResponse<'a> {
        /// "`keepAlive`".
        "type" kind: Text<'a>;
        /// Success: `NO_ERROR` or `PRESENCE_ACTION_SUCCEED`.
        "errorCode" error_code: ErrorCode | Integer;
        /// Free text, diagnostics only.
        "errorDetails" error_details: Text<'a>;
    }

    /// The answer of [`GetServerState`] (4.1.1.5).
    answer struct GetServerStateResponse<'a> {
        "serverState" server_state: ServerState;
        /// Success: `NO_ERROR` or `PRESENCE_ACTION_SUCCEED`.
        "errorCode" error_code: ErrorCode | Integer;
        /// Free text, diagnostics only.
        "errorDetails" error_details: Text<'a>;
    }
}

/// Older forms, kept for compatibility.
pub mod v1 {
    use super::super::prelude::*;

    commands! {
        in Main, "main.v1";

        /// Unregisters the client, in the older form (4.1.2.1).
        POST "/restsdk/webapi/main/unregisterApplication" body struct UnregisterApplication<'a> -> UnregisterApplicationResponse {
            /// Target of event posts.
            "webhookURL" webhook_url: Text<'a>;
            /// Client credentials.
            "application" application: Application<'a>;
        }
    }

    object! {
        /// The answer of [`UnregisterApplication`] (4.1.2.1).
        answer struct UnregisterApplicationResponse<'a> {
            /// Success: `NO_ERROR` or `PRESENCE_ACTION_SUCCEED`.
            "errorCode" error_code: ErrorCode | Integer;
            /// Free text, diagnostics only.
            "errorDetails" error_details: Text<'a>;
            /// Empty string.
            "sessionToken" session_token: Secret<'a>;
        }
    }
}
