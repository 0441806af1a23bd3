//! Callbacks (4.6).

use super::prelude::*;

commands! {
    in Callback, "callback";

    /// Logs an agent on for callbacks (4.6.1.1).
    POST "/restsdk/webapi/callback/logon" body struct Logon<'a> -> CommandResponse (needs logon) {
        /// User key.
        "agentKey" agent_key: i64;
        /// Phone extension.
        "extension" extension: Text<'a>;
    }

    /// Logs an agent off from callbacks (4.6.1.2).
    POST "/restsdk/webapi/callback/logoff" body struct Logoff<'a> -> CommandResponse (needs logon) {
        /// User key.
        "agentKey" agent_key: i64;
    }

    /// Accepts the delivered callback (4.6.1.3).
    POST "/restsdk/webapi/callback/accept" body struct Accept<'a> -> CommandResponse (needs logon) {
        /// User key.
        "agentKey" agent_key: i64;
    }

    /// Finishes a callback (4.6.1.4).
    POST "/restsdk/webapi/callback/complete" body struct Complete<'a> -> CommandResponse (needs logon) {
        /// User key.
        "agentKey" agent_key: i64;
        /// Callback outcome.
        "successful" successful: bool;
        /// Minutes; 0 = now.
        "retryDelay" retry_delay: i64;
        /// Reason of retry.
        "retryReasonKey" retry_reason_key: i64;
        /// Number for retry.
        "phoneNumber" phone_number: Text<'a>;
        /// Retry limit reached.
        "maxReached" max_reached: bool;
    }

    /// Creates the callback (4.6.1.5).
    POST "/restsdk/webapi/callback/create" body struct Create<'a> -> CommandResponse (needs logon) {
        /// User key.
        "agentKey" agent_key: i64;
        "name" name: Text<'a>;
        /// Queue key.
        "queueKey" queue_key: i64;
        "description" description: Text<'a>;
        "priority" priority: i64;
        /// 0 = no reservation.
        "reserveAgentKey" reserve_agent_key: i64;
        /// Array.
        "schedule" schedule: Vec<Schedule<'a>> | Object;
        /// Key/value pairs.
        "contactData" contact_data: Vec<ContactData<'a>> | Object;
    }

    /// Deletes the delivered callback (4.6.1.6).
    POST "/restsdk/webapi/callback/delete" body struct Delete<'a> -> CommandResponse (needs logon) {
        /// User key.
        "agentKey" agent_key: i64;
        /// Delete reason.
        "reasonKey" reason_key: i64;
    }

    /// Asks for new callbacks; they come as `NEW_CALLBACKS_LIST_EVENT` (4.6.1.7).
    POST "/restsdk/webapi/callback/querynewcallbacks" body struct QueryNewCallbacks<'a> -> CommandResponse (needs logon) {
        "origin" origin: CallbackOrigin;
        /// ISO 8601.
        "fromTime" from_time: Text<'a>;
        /// ISO 8601.
        "toTime" to_time: Text<'a>;
        /// Queue keys.
        "queueKeys" queue_keys: Vec<i64>;
    }

    /// Changes a callback. The start of the first active schedule of an active callback stays (4.6.1.8).
    POST "/restsdk/webapi/callback/update" body struct Update<'a> -> CommandResponse (needs logon) {
        /// User key.
        "agentKey" agent_key: i64;
        /// Contact id.
        "uniqueCallId" unique_call_id: Text<'a>;
        /// Callback name.
        "name" name: Text<'a>;
        /// Queue key.
        "queueKey" queue_key: i64;
        "description" description: Text<'a>;
        "priority" priority: i64;
        /// 0 = no reservation.
        "reserveAgentKey" reserve_agent_key: i64;
        /// Seconds.
        "reserveAgentTime" reserve_agent_time: i64;
        /// Array.
        "schedule" schedule: Vec<Schedule<'a>> | Object;
        /// Key/value pairs.
        "contactData" contact_data: Vec<ContactData<'a>> | Object;
        /// ISO 8601 with offset.
        "retryTime" retry_time: Text<'a>;
        /// Retry reason.
        "reasonKey" reason_key: i64;
        "status" status: CallbackStatus;
    }

    /// Subscribes to the events of an agent or of all (4.6.1.9).
    POST "/restsdk/webapi/callback/startlistenforevents" body struct StartListenForEvents<'a> -> CommandResponse (needs logon) {
        /// User key as text or "*".
        "resource" resource: Resource<'a> | Integer;
    }

    /// Ends that subscription (4.6.1.10).
    POST "/restsdk/webapi/callback/stoplistenforevents" body struct StopListenForEvents<'a> -> CommandResponse (needs logon) {
        /// User key as text or "*".
        "resource" resource: Resource<'a> | Integer;
    }
}

events! {
    /// The events of realm `CALLBACK`.
    in Callback<'a>;

    /// Callback delivered (4.6.2.1).
    Delivered(DeliveredEvent<'a>) = "DELIVERED_CALLBACK_EVENT",
    /// Callback deleted by agent (4.6.2.2).
    Diverted(DivertedEvent<'a>) = "DIVERTED_CALLBACK_EVENT",
    /// Callback call not possible (4.6.2.3).
    MakeCallFailed(MakeCallFailedEvent<'a>) = "MAKECALLFAILED_CALLBACK_EVENT",
    /// Callback server reachable (4.6.2.4).
    ServerConnected(Server<'a>) = "SERVER_CONNECTED_EVENT",
    /// Callback server lost (4.6.2.5).
    ServerDisconnected(Server<'a>) = "SERVER_DISCONNECTED_EVENT",
}

object! {
    /// Callback delivered: `OnDeliveredCallbackEvent` (4.6.2.1).
    received struct DeliveredEvent<'a> {
        /// Media of the event or entity.
        "mediaType" media_type: MediaType;
        /// Agent key as text.
        "resource" resource: Text<'a>;
        /// Contact id.
        "uniqueCallId" unique_call_id: Text<'a>;
        /// Times requeued.
        "requeueCount" requeue_count: i64;
        "name" name: Text<'a>;
        "description" description: Text<'a>;
        /// Array.
        "schedules" schedules: Vec<ScheduleEntry<'a>> | Object;
        /// Key/value pairs.
        "contactData" contact_data: Vec<ContactData<'a>> | Object;
    }

    /// Callback deleted by agent: `OnDivertedCallbackEvent` (4.6.2.2).
    received struct DivertedEvent<'a> {
        /// Media of the event or entity.
        "mediaType" media_type: MediaType;
        /// Agent key as text.
        "resource" resource: Text<'a>;
        /// Contact id.
        "uniqueCallId" unique_call_id: Text<'a>;
        /// Times requeued.
        "requeueCount" requeue_count: i64;
        /// Delete reason used.
        "reasonKey" reason_key: i64;
    }

    /// Callback call not possible: `OnMakeCallFailedCallbackEvent` (4.6.2.3).
    received struct MakeCallFailedEvent<'a> {
        /// Media of the event or entity.
        "mediaType" media_type: MediaType;
        /// Agent key as text.
        "resource" resource: Text<'a>;
        /// Contact id.
        "uniqueCallId" unique_call_id: Text<'a>;
        /// Times requeued.
        "requeueCount" requeue_count: i64;
    }
}
