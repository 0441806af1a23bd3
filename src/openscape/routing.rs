//! Routing: contacts in queues (4.4).

use super::prelude::*;

commands! {
    in Routing, "routing";

    /// Asks for enqueued contact (4.4.1.1).
    POST "/restsdk/webapi/routing/querycall" body struct QueryCall<'a> -> QueryCallResponse {
        /// Contact id.
        "uniqueCallId" unique_call_id: Text<'a>;
    }

    /// Changes description, contact data, queue or priority (4.4.1.2).
    POST "/restsdk/webapi/routing/updatecall" body struct UpdateCall<'a> -> CommandResponse {
        /// Contact id.
        "uniqueCallId" unique_call_id: Text<'a>;
        optional "description" description: Text<'a>;
        /// Key/value pairs.
        optional "contactData" contact_data: Vec<ContactData<'a>>;
        /// Omitted = stays in its queue.
        optional "queueKey" queue_key: i64;
        optional "priority" priority: i64;
    }

    /// Lists the contacts that wait in a queue (4.4.1.3).
    GET "/restsdk/webapi/routing/getQueueData" body struct GetQueueData<'a> -> GetQueueDataResponse (needs logon) {
        /// Queue key.
        "queueKey" queue_key: i64;
    }

    /// Enqueues the contact (4.4.1.4).
    POST "/restsdk/webapi/routing/enqueuecall" body struct EnqueueCall<'a> -> CommandResponse {
        /// Contact id.
        "uniqueCallId" unique_call_id: Text<'a>;
        "description" description: Text<'a>;
        /// Key/value pairs.
        "contactData" contact_data: Vec<ContactData<'a>>;
        /// Media of the event or entity.
        "mediaType" media_type: MediaType;
        /// Queue key.
        "queueKey" queue_key: i64;
        "priority" priority: i64;
        /// 0 = no reservation.
        "reserveAgentKey" reserve_agent_key: i64;
        /// Seconds.
        "reserveAgentMaximumTime" reserve_agent_maximum_time: i64;
        /// Statistics only.
        "automatedTransfer" automated_transfer: bool;
        /// Originator.
        "source" source: Text<'a>;
        /// Dialled target.
        "destination" destination: Text<'a>;
        /// Run queue processing of new queue.
        optional "queueProcessingDesired" queue_processing_desired: bool;
    }

    /// Dequeues the contact (4.4.1.5).
    POST "/restsdk/webapi/routing/dequeuecall" body struct DequeueCall<'a> -> CommandResponse {
        /// Contact id.
        "uniqueCallId" unique_call_id: Text<'a>;
        /// Report as abandoned.
        "abandonedCall" abandoned_call: bool;
    }

    /// Adds one contact-data pair (4.4.1.6).
    POST "/restsdk/webapi/routing/addcontactdata" body struct AddContactData<'a> -> CommandResponse {
        "key" key: Text<'a>;
        "value" value: Text<'a>;
        /// Contact id.
        "uniqueCallId" unique_call_id: Text<'a>;
    }

    /// Removes one contact-data pair by key (4.4.1.7).
    POST "/restsdk/webapi/routing/removecontactdata" body struct RemoveContactData<'a> -> CommandResponse {
        "key" key: Text<'a>;
        /// Contact id.
        "uniqueCallId" unique_call_id: Text<'a>;
    }

    /// Removes all contact data (4.4.1.8).
    POST "/restsdk/webapi/routing/clearcontactdata" body struct ClearContactData<'a> -> CommandResponse {
        /// Contact id.
        "uniqueCallId" unique_call_id: Text<'a>;
    }

    /// Subscribes to routing events (4.4.1.9).
    POST "/restsdk/webapi/routing/startlistenforevents" empty struct StartListenForEvents<'a> -> CommandResponse (needs logon) {}

    /// Unsubscribes from routing events (4.4.1.10).
    POST "/restsdk/webapi/routing/stoplistenforevents" empty struct StopListenForEvents<'a> -> CommandResponse (needs logon) {}
}

events! {
    /// The events of realm `ROUTING`.
    in Routing<'a>;

    /// Contact assigned to agent (4.4.2.1).
    AssignCall(AssignCallEvent<'a>) = "ASSIGN_CALL_EVENT",
    /// Assignment withdrawn (4.4.2.2).
    UnassignCall(UnassignCallEvent<'a>) = "UNASSIGN_CALL_EVENT",
    /// Contact enqueued (4.4.2.3).
    EnqueueCall(EnqueueCallEvent<'a>) = "ENQUEUE_CALL_EVENT",
    /// Contact dequeued (4.4.2.4).
    DequeueCall(DequeueCallEvent<'a>) = "DEQUEUE_CALL_EVENT",
    /// Contact data after enqueue (4.4.2.5).
    RoutingUpdateInformation(RoutingUpdateInformationEvent<'a>) = "ROUTING_INFORMATION_UPDATED_EVENT",
    /// No agent in time (4.4.2.6).
    TimeoutCall(TimeoutCallEvent<'a>) = "TIMEOUT_CALL_EVENT",
    /// Routing server reachable (4.4.2.7).
    ServerConnected(Server<'a>) = "SERVER_CONNECTED_EVENT",
    /// Routing server lost (4.4.2.8).
    ServerDisconnected(Server<'a>) = "SERVER_DISCONNECTED_EVENT",
}

object! {
    /// The answer of [`QueryCall`] (4.4.1.1).
    answer struct QueryCallResponse<'a> {
        /// Success: `NO_ERROR` or `PRESENCE_ACTION_SUCCEED`.
        "errorCode" error_code: ErrorCode | Integer;
        /// Free text, diagnostics only.
        "errorDetails" error_details: Text<'a>;
        "routingCall" routing_call: RoutingCall<'a>;
    }

    /// The answer of [`GetQueueData`] (4.4.1.3).
    answer struct GetQueueDataResponse<'a> {
        /// May exceed listed ids.
        "numberOfQueuedCalls" number_of_queued_calls: i64;
        /// Contact ids.
        "queuedCalls" queued_calls: Vec<Text<'a>>;
        /// Success: `NO_ERROR` or `PRESENCE_ACTION_SUCCEED`.
        optional "errorCode" error_code: ErrorCode | Integer;
        /// Free text, diagnostics only.
        optional "errorDetails" error_details: Text<'a>;
    }

    /// Contact assigned to agent: `OnAssignCallEvent` (4.4.2.1).
    received struct AssignCallEvent<'a> {
        /// Extension of assigned agent.
        "agentExtension" agent_extension: Text<'a>;
        /// User key.
        "agentKey" agent_key: i64;
        /// Contact id.
        "uniqueCallId" unique_call_id: Text<'a>;
        /// Media of the event or entity.
        "mediaType" media_type: MediaType;
    }

    /// Assignment withdrawn: `OnUnassignCallEvent` (4.4.2.2).
    received struct UnassignCallEvent<'a> {
        /// User key.
        "agentKey" agent_key: i64;
        /// Contact id.
        "uniqueCallId" unique_call_id: Text<'a>;
        /// Media of the event or entity.
        "mediaType" media_type: MediaType;
    }

    /// Contact enqueued: `OnEnqueueCallEvent` (4.4.2.3).
    received struct EnqueueCallEvent<'a> {
        /// Contact id.
        "uniqueCallId" unique_call_id: Text<'a>;
        "description" description: Text<'a>;
        "priority" priority: i64;
        /// Queue key.
        "queueKey" queue_key: i64;
        /// Media of the event or entity.
        "mediaType" media_type: MediaType;
    }

    /// Contact dequeued: `OnDequeueCallEvent` (4.4.2.4).
    received struct DequeueCallEvent<'a> {
        /// Contact id.
        "uniqueCallId" unique_call_id: Text<'a>;
        "description" description: Text<'a>;
        "priority" priority: i64;
        /// Queue key.
        "queueKey" queue_key: i64;
        "dequeueReason" dequeue_reason: DequeueReasons;
        /// Media of the event or entity.
        "mediaType" media_type: MediaType;
    }

    /// Contact data after enqueue: `OnRoutingUpdateInformationEvent` (4.4.2.5).
    received struct RoutingUpdateInformationEvent<'a> {
        /// Contact id.
        "uniqueCallId" unique_call_id: Text<'a>;
        /// Key/value pairs.
        "contactData" contact_data: Vec<ContactData<'a>>;
        "description" description: Text<'a>;
        "priority" priority: i64;
        /// Queue key.
        "queueKey" queue_key: i64;
        /// Media of the event or entity.
        "mediaType" media_type: MediaType;
    }

    /// No agent in time: `OnTimeoutCallEvent` (4.4.2.6).
    received struct TimeoutCallEvent<'a> {
        /// Contact id.
        "uniqueCallId" unique_call_id: Text<'a>;
        /// Time-out extension.
        "telephoneNumber" telephone_number: Text<'a>;
        /// Media of the event or entity.
        "mediaType" media_type: MediaType;
    }
}
