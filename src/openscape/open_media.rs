//! Open media: messages through connectors (4.8).

use super::prelude::*;

commands! {
    in OpenMedia, "open_media";

    /// Logs an agent on at a connector (4.8.1.1).
    POST "/restsdk/webapi/openmedia/logon" body struct Logon<'a> -> CommandResponse (needs logon) {
        /// Open media connector key.
        "connectorKey" connector_key: i64;
        /// User key.
        "agentKey" agent_key: i64;
    }

    /// Logs an agent off from a connector (4.8.1.2).
    POST "/restsdk/webapi/openmedia/logoff" body struct Logoff<'a> -> CommandResponse (needs logon) {
        /// Open media connector key.
        "connectorKey" connector_key: i64;
        /// User key.
        "agentKey" agent_key: i64;
    }

    /// Accepts the contact (4.8.1.3).
    POST "/restsdk/webapi/openmedia/accept" body struct Accept<'a> -> CommandResponse (needs logon) {
        /// Contact id.
        "uniqueCallId" unique_call_id: Text<'a>;
    }

    /// Disconnects the contact (4.8.1.4).
    POST "/restsdk/webapi/openmedia/disconnect" body struct Disconnect<'a> -> CommandResponse (needs logon) {
        /// Contact id.
        "uniqueCallId" unique_call_id: Text<'a>;
    }

    /// Lists the agents that are logged on to a connector (4.8.1.5).
    POST "/restsdk/webapi/openmedia/queryeligigleusers" body struct QueryEligibleUsers<'a> -> QueryEligibleUsersResponse (needs logon) {
        /// Open media connector key.
        "connectorKey" connector_key: i64;
    }

    /// Replies to the customer (4.8.1.6).
    POST "/restsdk/webapi/openmedia/reply" body struct Reply<'a> -> CommandResponse (needs logon) {
        /// Connector name.
        "connectorName" connector_name: Text<'a>;
        /// Id answered; default last published id.
        optional "replyTo" reply_to: Text<'a>;
        /// Text.
        "content" content: Text<'a>;
        /// Contact id.
        "uniqueCallId" unique_call_id: Text<'a>;
    }

    /// Defers an established contact (4.8.1.7).
    POST "/restsdk/webapi/openmedia/defer" body struct Defer<'a> -> CommandResponse (needs logon) {
        /// User key.
        "agentKey" agent_key: i64 | String;
        /// Open media connector key.
        "connectorKey" connector_key: i64 | String;
        /// Agent draft.
        optional "draftMessage" draft_message: Text<'a>;
        /// Contact id.
        "uniqueCallId" unique_call_id: Text<'a>;
    }

    /// Resumes the deferred contact (4.8.1.8).
    POST "/restsdk/webapi/openmedia/resume" body struct Resume<'a> -> CommandResponse (needs logon) {
        /// Contact id.
        "uniqueCallId" unique_call_id: Text<'a>;
    }

    /// Requeues to queue (4.8.1.9).
    POST "/restsdk/webapi/openmedia/requeuetoqueue" body struct RequeueToQueue<'a> -> CommandResponse (needs logon) {
        /// Queue key.
        "queueKey" queue_key: i64;
        /// Queue priority.
        "priority" priority: i64;
        /// Agent draft.
        optional "draftMessage" draft_message: Text<'a>;
        /// Contact id.
        "uniqueCallId" unique_call_id: Text<'a>;
    }

    /// Requeues to agent (4.8.1.10).
    POST "/restsdk/webapi/openmedia/requeuetoagent" body struct RequeueToAgent<'a> -> CommandResponse (needs logon) {
        /// Target agent.
        "toAgentKey" to_agent_key: i64;
        "priority" priority: i64;
        /// Agent draft.
        optional "draftMessage" draft_message: Text<'a>;
        /// Contact id.
        "uniqueCallId" unique_call_id: Text<'a>;
    }

    /// Discards the contact (4.8.1.11).
    POST "/restsdk/webapi/openmedia/discard" body struct Discard<'a> -> CommandResponse (needs logon) {
        /// Reason key.
        "reasonKey" reason_key: i64;
        /// Contact id.
        "uniqueCallId" unique_call_id: Text<'a>;
    }

    /// Lists the deferred contacts (4.8.1.12).
    POST "/restsdk/webapi/openmedia/querydeferredmessages" body struct QueryDeferredMessages<'a> -> QueryDeferredMessagesResponse (needs logon) {
        /// Agent whose deferred contacts are listed.
        optional "agentKey" agent_key: i64;
        /// Example only; decode, do not encode.
        optional "connectorKey" connector_key: i64;
    }

    /// Asks for the messages of a conversation; they come as `STREAM_RESPONSE_OPENMEDIA_EVENT` (4.8.1.13).
    POST "/restsdk/webapi/openmedia/getstream" body struct GetStream<'a> -> CommandResponse (needs logon) {
        /// Contact id.
        "uniqueCallId" unique_call_id: Text<'a>;
    }

    /// Subscribes to the events of an agent or of all (4.8.1.14).
    POST "/restsdk/webapi/openmedia/startlistenforevents" body struct StartListenForEvents<'a> -> CommandResponse (needs logon) {
        /// User key as text or "*".
        "resource" resource: Resource<'a> | Integer;
    }

    /// Ends that subscription (4.8.1.15).
    POST "/restsdk/webapi/openmedia/stoplistenforevents" body struct StopListenForEvents<'a> -> CommandResponse (needs logon) {
        /// User key as text or "*".
        "resource" resource: Resource<'a> | Integer;
    }
}

events! {
    /// The events of realm `OPENMEDIA`.
    in OpenMedia<'a>;

    /// Contact delivered (4.8.2.1).
    Delivered(DeliveredEvent<'a>) = "DELIVERED_OPENMEDIA_EVENT",
    /// Contact ended (4.8.2.2).
    Disconnected(DisconnectedEvent<'a>) = "DISCONNECTED_OPENMEDIA_EVENT",
    /// Delivered contact went back to queue (4.8.2.3).
    Diverted(DivertedEvent<'a>) = "DIVERTED_OPENMEDIA_EVENT",
    /// Contact established (4.8.2.4).
    Established(EstablishedEvent<'a>) = "ESTABLISHED_OPENMEDIA_EVENT",
    /// Contact deferred (4.8.2.5).
    Deferred(DeferredEvent<'a>) = "DEFERRED_OPENMEDIA_EVENT",
    /// Contact resumed (4.8.2.6).
    Resumed(ResumedEvent<'a>) = "RESUMED_OPENMEDIA_EVENT",
    /// Contact requeued (4.8.2.7).
    Transferred(TransferredEvent<'a>) = "TRANSFERRED_OPENMEDIA_EVENT",
    /// Customer content; also history after requeue (4.8.2.8).
    ContentAdded(ContentAddedEvent<'a>) = "CONTENT_ADDED_OPENMEDIA_EVENT",
    /// Answer to `GetStream` (4.8.2.9).
    StreamResponse(StreamResponseEvent<'a>) = "STREAM_RESPONSE_OPENMEDIA_EVENT",
    /// Open media server reachable (4.8.2.10).
    ServerConnected(Server<'a>) = "SERVER_CONNECTED_EVENT",
    /// Open media server lost (4.8.2.11).
    ServerDisconnected(Server<'a>) = "SERVER_DISCONNECTED_EVENT",
}

object! {
    /// The answer of [`QueryEligibleUsers`] (4.8.1.5).
    answer struct QueryEligibleUsersResponse<'a> {
        /// Success: `NO_ERROR` or `PRESENCE_ACTION_SUCCEED`.
        "errorCode" error_code: ErrorCode | Integer;
        /// Free text, diagnostics only.
        "errorDetails" error_details: Text<'a>;
        /// Eligible agents.
        "agentKeys" agent_keys: Vec<i64>;
    }

    /// The answer of [`QueryDeferredMessages`] (4.8.1.12).
    answer struct QueryDeferredMessagesResponse<'a> {
        /// Success: `NO_ERROR` or `PRESENCE_ACTION_SUCCEED`.
        "errorCode" error_code: ErrorCode | Integer;
        /// Free text, diagnostics only.
        "errorDetails" error_details: Text<'a>;
        /// Deferred contacts.
        "deferredList" | "agentKeys" deferred_list: Vec<DeferredContact<'a>> | Object;
    }

    /// Contact delivered: `OnDeliveredOpenMediaEvent` (4.8.2.1).
    received struct DeliveredEvent<'a> {
        /// Media of the event or entity.
        "mediaType" media_type: MediaType;
        /// Agent key as text.
        "resource" resource: Text<'a>;
        /// Contact id.
        "uniqueCallId" unique_call_id: Text<'a>;
        /// Times requeued.
        "requeueCount" requeue_count: i64;
        /// Open media conversation.
        "conversationId" conversation_id: Text<'a>;
        /// Open media message.
        "interactionId" interaction_id: Text<'a>;
        /// Open media connector key.
        "connectorKey" connector_key: i64;
        /// Connector name.
        "connectorName" connector_name: Text<'a>;
        /// Real-time contact or not.
        "realTime" real_time: bool;
        /// Agent draft.
        "draftMessage" draft_message: Text<'a>;
        /// Proposed reply.
        "autoSuggestMessage" auto_suggest_message: Text<'a>;
        /// Key/value pairs.
        "contactData" contact_data: Vec<ContactData<'a>> | Object;
        /// One message.
        "openMediaContent" open_media_content: OpenMediaContent<'a>;
    }

    /// Contact ended: `OnDisconnectedOpenMediaEvent` (4.8.2.2).
    received struct DisconnectedEvent<'a> {
        /// Media of the event or entity.
        "mediaType" media_type: MediaType;
        /// Agent key as text.
        "resource" resource: Text<'a>;
        /// Contact id.
        "uniqueCallId" unique_call_id: Text<'a>;
        /// Times requeued.
        "requeueCount" requeue_count: i64;
        /// Discard reason.
        "discardReasonKey" discard_reason_key: i64;
        "disconnectReason" disconnect_reason: OpenMediaDisconnectReason;
    }

    /// Delivered contact went back to queue: `OnDivertedOpenMediaEvent` (4.8.2.3).
    received struct DivertedEvent<'a> {
        /// Media of the event or entity.
        "mediaType" media_type: MediaType;
        /// Agent key as text.
        "resource" resource: Text<'a>;
        /// Contact id.
        "uniqueCallId" unique_call_id: Text<'a>;
        /// Times requeued.
        "requeueCount" requeue_count: i64;
        "divertReason" divert_reason: OpenMediaDivertReason;
    }

    /// Contact established: `OnEstablishedOpenMediaEvent` (4.8.2.4).
    received struct EstablishedEvent<'a> {
        /// Media of the event or entity.
        "mediaType" media_type: MediaType;
        /// Agent key as text.
        "resource" resource: Text<'a>;
        /// Contact id.
        "uniqueCallId" unique_call_id: Text<'a>;
        /// Times requeued.
        "requeueCount" requeue_count: i64;
    }

    /// Contact deferred: `OnDeferredOpenMediaEvent` (4.8.2.5).
    received struct DeferredEvent<'a> {
        /// Media of the event or entity.
        "mediaType" media_type: MediaType;
        /// Agent key as text.
        "resource" resource: Text<'a>;
        /// Contact id.
        "uniqueCallId" unique_call_id: Text<'a>;
        /// Times requeued.
        "requeueCount" requeue_count: i64;
        "deferReason" defer_reason: OpenMediaDeferReason;
    }

    /// Contact resumed: `OnResumedOpenMediaEvent` (4.8.2.6).
    received struct ResumedEvent<'a> {
        /// Media of the event or entity.
        "mediaType" media_type: MediaType;
        /// Agent key as text.
        "resource" resource: Text<'a>;
        /// Contact id.
        "uniqueCallId" unique_call_id: Text<'a>;
        /// Times requeued.
        "requeueCount" requeue_count: i64;
        "deferReason" defer_reason: OpenMediaResumeReason;
        /// Agent draft.
        "draftMessage" draft_message: Text<'a>;
    }

    /// Contact requeued: `OnTransferredOpenMediaEvent` (4.8.2.7).
    received struct TransferredEvent<'a> {
        /// Media of the event or entity.
        "mediaType" media_type: MediaType;
        /// Agent key as text.
        "resource" resource: Text<'a>;
        /// Contact id.
        "uniqueCallId" unique_call_id: Text<'a>;
        /// Times requeued.
        "requeueCount" requeue_count: i64;
        /// Only when reserved for an agent.
        optional "toAgentKey" to_agent_key: i64;
        "transferReason" transfer_reason: OpenMediaTransferReason;
        "transferTarget" transfer_target: OpenMediaTransferTarget;
    }

    /// Customer content; also history after requeue: `OnContentAddedOpenMediaEvent` (4.8.2.8).
    received struct ContentAddedEvent<'a> {
        /// Media of the event or entity.
        "mediaType" media_type: MediaType;
        /// Agent key as text.
        "resource" resource: Text<'a>;
        /// Contact id.
        "uniqueCallId" unique_call_id: Text<'a>;
        /// Times requeued.
        "requeueCount" requeue_count: i64;
        /// One message.
        "openMediaContent" open_media_content: OpenMediaContent<'a>;
    }

    /// Answer to `GetStream`: `StreamResponseOpenMediaEvent` (4.8.2.9).
    received struct StreamResponseEvent<'a> {
        /// Connector.
        "connectorKey" connector_key: i64;
        /// Messages.
        "stream" stream: Vec<StreamMessage<'a>> | Object;
    }
}
