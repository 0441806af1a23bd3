//! Presence: the state of agents and their contacts (4.3).

use super::prelude::*;

commands! {
    in Presence, "presence";

    /// Sets the routing state of agent (4.3.1.1).
    POST "/restsdk/webapi/presence/setroutingstate" body struct SetRoutingState<'a> -> CommandResponse {
        "state" state: RoutingStates;
        /// User id, digits as text.
        "agentId" agent_id: Text<'a>;
        /// User key.
        "agentKey" agent_key: i64;
        /// Reason key; UNAVAILABLE and WORK only, ignored for AVAILABLE.
        optional "reason" reason: i64 | String;
    }

    /// Asks for the routing state of an agent (4.3.1.2).
    GET "/restsdk/webapi/presence/getroutingstate" body struct GetRoutingState<'a> -> GetRoutingStateResponse {
        /// User key.
        "agentKey" agent_key: i64;
    }

    /// Sets post-processing reason (4.3.1.3).
    POST "/restsdk/webapi/presence/requestpostprocessing" body struct RequestPostProcessing<'a> -> CommandResponse {
        /// Reason key.
        "postProcessingReason" post_processing_reason: i64;
        /// User id, digits as text.
        "agentId" agent_id: Text<'a>;
        /// User key.
        "agentKey" agent_key: i64;
        /// Contact id.
        "uniqueCallId" unique_call_id: Text<'a>;
        /// Times requeued.
        "requeueCount" requeue_count: i64;
    }

    /// Leaves post-processing (4.3.1.4).
    POST "/restsdk/webapi/presence/exitpostprocessing" body struct ExitPostProcessing<'a> -> CommandResponse {
        /// User id, digits as text.
        "agentId" agent_id: Text<'a>;
        /// User key.
        "agentKey" agent_key: i64;
        /// Contact id.
        "uniqueCallId" unique_call_id: Text<'a>;
        /// Times requeued.
        "requeueCount" requeue_count: i64;
    }

    /// Makes the contact primary (4.3.1.5).
    POST "/restsdk/webapi/presence/setprimary" body struct SetPrimary<'a> -> CommandResponse {
        /// User id, digits as text.
        "agentId" agent_id: Text<'a>;
        /// User key.
        "agentKey" agent_key: i64;
        /// Contact id.
        "uniqueCallId" unique_call_id: Text<'a>;
        /// Times requeued.
        "requeueCount" requeue_count: i64;
    }

    /// Lets an agent leave post-processing without a wrap-up reason (4.3.1.6).
    POST "/restsdk/webapi/presence/cancelmandatorywrappingup" body struct CancelMandatoryWrappingUp<'a> -> CommandResponse {
        /// User id, digits as text.
        "agentId" agent_id: Text<'a>;
        /// User key.
        "agentKey" agent_key: i64;
        /// Contact id.
        "uniqueCallId" unique_call_id: Text<'a>;
        /// Times requeued.
        "requeueCount" requeue_count: i64;
    }

    /// Saves wrap-up reasons (4.3.1.7).
    POST "/restsdk/webapi/presence/setwrapupreason" body struct SetWrapUpReason<'a> -> CommandResponse {
        /// Reason keys.
        "wrapUpReasons" wrap_up_reasons: Vec<i64>;
        /// Queue key.
        "queueKey" queue_key: i64;
        /// User id, digits as text.
        "agentId" agent_id: Text<'a>;
        /// User key.
        "agentKey" agent_key: i64;
        /// Contact id.
        "uniqueCallId" unique_call_id: Text<'a>;
        /// Times requeued.
        "requeueCount" requeue_count: i64;
    }

    /// Subscribes to the events of an agent or of all (4.3.1.8).
    POST "/restsdk/webapi/presence/startlistenforevents" body struct StartListenForEvents<'a> -> CommandResponse {
        /// Agent key or "*".
        "resource" resource: Agent | String;
    }

    /// Ends that subscription (4.3.1.9).
    POST "/restsdk/webapi/presence/stoplistenforevents" body struct StopListenForEvents<'a> -> CommandResponse {
        /// Agent key or "*".
        "resource" resource: Agent | String;
    }
}

events! {
    /// The events of realm `PRESENCE`.
    in Presence<'a>;

    /// Agent media logon state (4.3.2.1).
    UserMedia(UserMediaEvent<'a>) = "USER_MEDIA_STATE",
    /// Routing or presence state change (4.3.2.2).
    RoutingState(RoutingStateEvent<'a>) = "USER_ROUTING_STATE",
    /// Contacts handled by agent (4.3.2.3).
    UserHandlingState(UserHandlingStateEvent<'a>) = "USER_HANDLING_STATE",
    /// Media usable (4.3.2.4).
    UserMediaReady(UserMediaReadyEvent<'a>) = "USER_MEDIA_READY",
    /// Media unusable (4.3.2.5).
    UserMediaNotReady(UserMediaNotReadyEvent<'a>) = "USER_MEDIA_NOTREADY",
    /// Presence server reachable (4.3.2.6).
    ServerConnected(Server<'a>) = "SERVER_CONNECTED_EVENT",
    /// Presence server lost (4.3.2.7).
    ServerDisconnected(Server<'a>) = "SERVER_DISCONNECTED_EVENT",
}

object! {
    /// The answer of [`GetRoutingState`] (4.3.1.2).
    answer struct GetRoutingStateResponse<'a> {
        /// User id, digits as text.
        "agentId" agent_id: Text<'a>;
        /// User key.
        "agentKey" agent_key: i64;
        /// Phone extension.
        "extension" extension: Text<'a>;
        /// Media the agent is logged on to.
        "loggedOnMediaTypes" logged_on_media_types: Vec<MediaType>;
        "presenceState" presence_state: PresenceStates;
        "routingState" routing_state: RoutingStates;
        /// Reason of routing state; 0 = none.
        "routingStateReasonKey" routing_state_reason_key: i64;
        /// Success: `NO_ERROR` or `PRESENCE_ACTION_SUCCEED`.
        "errorCode" error_code: ErrorCode | Integer;
        /// Free text, diagnostics only.
        "errorDetails" error_details: Text<'a>;
    }

    /// Agent media logon state: `OnUserMediaEvent` (4.3.2.1).
    received struct UserMediaEvent<'a> {
        /// User id, digits as text.
        "agentId" agent_id: Text<'a>;
        /// User key.
        "agentKey" agent_key: i64;
        /// Phone extension.
        "extension" extension: Text<'a>;
        /// Media of the event or entity.
        "mediaType" media_type: MediaType | List;
        "mediaState" media_state: MediaState;
        /// Connector of open media logon or logoff; 0 otherwise.
        "connectorKey" connector_key: i64;
    }

    /// Routing or presence state change: `OnRoutingStateEvent` (4.3.2.2).
    received struct RoutingStateEvent<'a> {
        /// User id, digits as text.
        "agentId" agent_id: Text<'a>;
        /// User key.
        "agentKey" agent_key: i64;
        /// Phone extension.
        "extension" extension: Text<'a>;
        /// One per contact.
        "handlingStates" handling_states: Vec<HandlingState<'a>>;
        /// Media the agent is logged on to.
        "loggedOnMediaTypes" logged_on_media_types: Vec<MediaType>;
        "presenceState" presence_state: PresenceStates;
        "routingState" routing_state: RoutingStates;
        /// Reason of routing state; 0 = none.
        "routingStateReasonKey" routing_state_reason_key: i64;
    }

    /// Contacts handled by agent: `OnUserHandlingStateEvent` (4.3.2.3).
    received struct UserHandlingStateEvent<'a> {
        /// User id, digits as text.
        "agentId" agent_id: Text<'a>;
        /// User key.
        "agentKey" agent_key: i64;
        /// One per contact.
        "handlingStates" handling_states: Vec<HandlingState<'a>>;
    }

    /// Media usable: `OnUserMediaReadyEvent` (4.3.2.4).
    received struct UserMediaReadyEvent<'a> {
        /// Media of the event or entity.
        "mediaType" media_type: MediaType;
    }

    /// Media unusable: `OnUserMediaNotReadyEvent` (4.3.2.5).
    received struct UserMediaNotReadyEvent<'a> {
        /// Media of the event or entity.
        "mediaType" media_type: MediaType;
    }
}
