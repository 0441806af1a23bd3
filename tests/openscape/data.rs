//! The manual's tables and examples as data.

use std::sync::LazyLock;

use serde::Deserialize;
use serde_json::Value;

#[derive(Deserialize)]
pub(crate) struct Manual {
    pub(crate) commands: Vec<Command>,
    pub(crate) events: Vec<Event>,
    pub(crate) objects: Vec<Object>,
    pub(crate) enums: Vec<Enum>,
    pub(crate) undescribed: Vec<Undescribed>,
    pub(crate) contradictions: Vec<Contradiction>,
}

#[derive(Deserialize)]
pub(crate) struct Command {
    pub(crate) media: String,
    pub(crate) name: String,
    pub(crate) old: bool,
    pub(crate) version: u8,
    pub(crate) method: String,
    pub(crate) url: String,
    pub(crate) token: bool,
    pub(crate) logon: Option<bool>,
    pub(crate) body: bool,
    pub(crate) request: Vec<Attribute>,
    pub(crate) response: Vec<Attribute>,
    pub(crate) examples: Vec<Example>,
}

impl Command {
    /// The name of the library.
    pub(crate) fn id(&self) -> String {
        let media = match self.media.as_str() {
            "webcollaboration" => "web_collaboration",
            "openmedia" => "open_media",
            "realtime" => "statistics",
            media => media,
        };
        let old = if self.old { ".v1" } else { "" };
        let v2 = if self.name == "GetQueues" && self.version == 2 {
            "V2"
        } else {
            ""
        };
        format!("{media}{old}.{}{v2}", self.name)
    }
}

#[derive(Deserialize)]
pub(crate) struct Event {
    pub(crate) name: String,
    pub(crate) v1: bool,
    pub(crate) realm: String,
    pub(crate) types: Vec<String>,
    pub(crate) data_kind: String,
    pub(crate) data: Vec<Attribute>,
    pub(crate) examples: Vec<Example>,
}

#[derive(Deserialize)]
pub(crate) struct Object {
    pub(crate) name: String,
    pub(crate) section: String,
    pub(crate) attributes: Vec<Attribute>,
}

#[derive(Deserialize)]
pub(crate) struct Attribute {
    pub(crate) name: String,
    #[serde(rename = "type")]
    pub(crate) kind: String,
    pub(crate) item_type: Option<String>,
    pub(crate) enum_ref: Option<String>,
    pub(crate) object_ref: Option<String>,
    pub(crate) optional: Option<Value>,
    #[serde(default)]
    pub(crate) aliases: Vec<String>,
    #[serde(default)]
    pub(crate) decode_also: Vec<String>,
    pub(crate) wildcard: Option<String>,
    pub(crate) table_type: Option<String>,
    pub(crate) line: u32,
}

#[derive(Deserialize)]
pub(crate) struct Example {
    pub(crate) role: String,
    pub(crate) line: u32,
    pub(crate) json: Option<Value>,
    pub(crate) raw: Option<String>,
    pub(crate) repaired_json: Option<Value>,
}

impl Example {
    /// The example as JSON, repaired where it has to be.
    pub(crate) fn value(&self) -> Value {
        let value = self.json.as_ref().or(self.repaired_json.as_ref()).unwrap();
        match value {
            Value::String(text) => serde_json::from_str(text).unwrap(),
            value => value.clone(),
        }
    }
}

#[derive(Deserialize)]
pub(crate) struct Enum {
    pub(crate) name: String,
    pub(crate) values: Vec<(String, Option<i64>)>,
}

#[derive(Deserialize)]
pub(crate) struct Undescribed {
    pub(crate) realm: String,
    #[serde(rename = "type")]
    pub(crate) kind: String,
}

#[derive(Deserialize)]
pub(crate) struct Contradiction {
    pub(crate) id: String,
    pub(crate) kind: String,
    pub(crate) subject: String,
}

pub(crate) static MANUAL: LazyLock<Manual> =
    LazyLock::new(|| serde_json::from_str(include_str!("../data/openscape.json")).unwrap());

/// Calls a macro with all commands.
macro_rules! with_commands {
    ($run:ident) => {
        $run! {
            [main] RegisterApplication,
            [main] UnregisterApplication,
            [main] Logon,
            [main] KeepAlive,
            [main] GetServerState,
            [main::v1] UnregisterApplication,
            [admin] GetUsers,
            [admin] GetQueues,
            [admin] GetQueuesV2,
            [admin] GetHotStandbyState,
            [admin] SetHotStandbyState,
            [admin] GetGroups,
            [admin] GetDepartments,
            [admin] GetAggregates,
            [admin] GetUnavailableReasons,
            [admin] GetWrapUpReasons,
            [admin] GetWorkReasons,
            [admin] GetPostProcessingReasons,
            [admin] GetCallbackRetryReasons,
            [admin] GetCallbackDeleteReasons,
            [admin] GetOpenMediaConnectors,
            [admin] GetOpenMediaDiscardReasons,
            [admin] StartListenForEvents,
            [admin] StopListenForEvents,
            [presence] SetRoutingState,
            [presence] GetRoutingState,
            [presence] RequestPostProcessing,
            [presence] ExitPostProcessing,
            [presence] SetPrimary,
            [presence] CancelMandatoryWrappingUp,
            [presence] SetWrapUpReason,
            [presence] StartListenForEvents,
            [presence] StopListenForEvents,
            [routing] QueryCall,
            [routing] UpdateCall,
            [routing] GetQueueData,
            [routing] EnqueueCall,
            [routing] DequeueCall,
            [routing] AddContactData,
            [routing] RemoveContactData,
            [routing] ClearContactData,
            [routing] StartListenForEvents,
            [routing] StopListenForEvents,
            [telephony] Logon,
            [telephony] Logoff,
            [telephony] Dial,
            [telephony] Answer,
            [telephony] Disconnect,
            [telephony] Consult,
            [telephony] Hold,
            [telephony] Retrieve,
            [telephony] Reconnect,
            [telephony] Conference,
            [telephony] Transfer,
            [telephony] SingleStepTransfer,
            [telephony] TransferToVoiceMail,
            [telephony] Divert,
            [telephony] SetUserPreferredDevice,
            [telephony] RemoveUserPreferredDevice,
            [telephony] UpdateContactData,
            [telephony] QueryLine,
            [telephony] QueryCall,
            [telephony] StartListenForEvents,
            [telephony] StopListenForEvents,
            [telephony::v1] Logon,
            [telephony::v1] Logoff,
            [telephony::v1] QueryLine,
            [callback] Logon,
            [callback] Logoff,
            [callback] Accept,
            [callback] Complete,
            [callback] Create,
            [callback] Delete,
            [callback] QueryNewCallbacks,
            [callback] Update,
            [callback] StartListenForEvents,
            [callback] StopListenForEvents,
            [web_collaboration] Logon,
            [web_collaboration] Logoff,
            [web_collaboration] Accept,
            [web_collaboration] Disconnect,
            [web_collaboration] InviteAgent,
            [web_collaboration] DeclineInvite,
            [web_collaboration] CallMe,
            [web_collaboration] RequeueToQueue,
            [web_collaboration] RequeueToAgent,
            [web_collaboration] AddContent,
            [web_collaboration] UpdateContactData,
            [web_collaboration] StartListenForEvents,
            [web_collaboration] StopListenForEvents,
            [open_media] Logon,
            [open_media] Logoff,
            [open_media] Accept,
            [open_media] Disconnect,
            [open_media] QueryEligibleUsers,
            [open_media] Reply,
            [open_media] Defer,
            [open_media] Resume,
            [open_media] RequeueToQueue,
            [open_media] RequeueToAgent,
            [open_media] Discard,
            [open_media] QueryDeferredMessages,
            [open_media] GetStream,
            [open_media] StartListenForEvents,
            [open_media] StopListenForEvents,
            [statistics] StartQuery,
            [statistics] StopQuery,
        }
    };
}
pub(crate) use with_commands;
