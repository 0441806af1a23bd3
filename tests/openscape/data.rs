//! The manual's tables and examples as data.

use std::sync::LazyLock;

use serde::Deserialize;
use serde_json::Value;

#[derive(Deserialize)]
pub struct Manual {
    pub commands: Vec<Command>,
    pub events: Vec<Event>,
    pub objects: Vec<Object>,
    pub enums: Vec<Enum>,
    pub undescribed: Vec<Undescribed>,
    pub contradictions: Vec<Contradiction>,
}

#[derive(Deserialize)]
pub struct Command {
    pub section: String,
    pub media: String,
    pub name: String,
    pub old: bool,
    pub version: u8,
    pub method: String,
    pub url: String,
    pub token: bool,
    pub logon: Option<bool>,
    pub body: bool,
    pub request: Vec<Attribute>,
    pub response: Vec<Attribute>,
    pub examples: Vec<Example>,
}

impl Command {
    /// The name of the library.
    pub fn id(&self) -> String {
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
pub struct Event {
    pub section: String,
    pub name: String,
    pub v1: bool,
    pub realm: String,
    pub types: Vec<String>,
    pub data_kind: String,
    pub data: Vec<Attribute>,
    pub examples: Vec<Example>,
}

#[derive(Deserialize)]
pub struct Object {
    pub name: String,
    pub section: String,
    pub attributes: Vec<Attribute>,
}

#[derive(Deserialize)]
pub struct Attribute {
    pub name: String,
    #[serde(rename = "type")]
    pub kind: String,
    pub item_type: Option<String>,
    pub enum_ref: Option<String>,
    pub object_ref: Option<String>,
    pub optional: Option<Value>,
    #[serde(default)]
    pub aliases: Vec<String>,
    #[serde(default)]
    pub decode_also: Vec<String>,
    pub wildcard: Option<String>,
    pub table_type: Option<String>,
    pub line: u32,
}

#[derive(Deserialize)]
pub struct Example {
    pub role: String,
    pub line: u32,
    pub json: Option<Value>,
    pub raw: Option<String>,
    pub repaired_json: Option<Value>,
}

impl Example {
    /// The example as JSON, repaired where it has to be.
    pub fn value(&self) -> Value {
        let value = self.json.as_ref().or(self.repaired_json.as_ref()).unwrap();
        match value {
            Value::String(text) => serde_json::from_str(text).unwrap(),
            value => value.clone(),
        }
    }
}

#[derive(Deserialize)]
pub struct Enum {
    pub name: String,
    pub values: Vec<(String, Option<i64>)>,
}

#[derive(Deserialize)]
pub struct Undescribed {
    pub realm: String,
    #[serde(rename = "type")]
    pub kind: String,
}

#[derive(Deserialize)]
pub struct Contradiction {
    pub id: String,
    pub kind: String,
    pub section: String,
    pub subject: String,
    pub table: Value,
    pub example: Value,
    pub decode: Value,
    pub encode: Value,
}

pub static MANUAL: LazyLock<Manual> =
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
