//! Objects that several commands and events share.

use super::prelude::*;

object! {
    /// The answer of a command without further attributes (4.3.1).
    answer struct CommandResponse<'a> {
        /// Success: `NO_ERROR` or `PRESENCE_ACTION_SUCCEED`.
        "errorCode" error_code: ErrorCode | Integer;
        /// Free text, diagnostics only.
        "errorDetails" error_details: Text<'a>;
    }

    /// The credentials of a client (4.1.1.1).
    sent struct Application<'a> {
        /// Client name, max 32 characters.
        "name" name: Text<'a>;
        /// Client token, 64 characters.
        "token" token: Secret<'a>;
        /// Tenant; needed in multitenant systems.
        "busUnitName" bus_unit_name: Text<'a>;
    }

    /// A user (4.2.1.1).
    received struct User<'a> {
        /// User key.
        "agentKey" agent_key: i64;
        /// Login name.
        "userName" | "username" user_name: Text<'a>;
        "firstName" first_name: Text<'a>;
        "lastName" last_name: Text<'a>;
        "middleInitial" middle_initial: Text<'a>;
        /// 0 seen.
        "departmentKey" department_key: i64;
        /// ACD or virtual group number.
        "acdGroupNumber" acd_group_number: Text<'a>;
        /// Media of the user.
        "mediaTypes" media_types: Vec<MediaType>;
        "type" kind: UserType;
        /// User id, digits as text.
        "agentId" agent_id: Text<'a>;
        "multipleContactHandlingCapable" | "multipleContactHandleCapable" | "multipleContacthandlingCapable" multiple_contact_handling_capable: bool;
    }

    /// A queue (4.2.1.2).
    received struct Queue<'a> {
        "key" key: i64;
        "name" name: Text<'a>;
        "description" description: Text<'a>;
        /// Media of the event or entity.
        "mediaType" media_type: MediaType;
    }

    /// A queue with its steps (4.2.1.3).
    received struct QueueV2<'a> {
        "key" key: i64;
        "name" name: Text<'a>;
        "description" description: Text<'a>;
        /// Media of the event or entity.
        "mediaType" media_type: MediaType;
        /// Array.
        "queueSteps" queue_steps: Vec<QueueStep<'a>> | Object;
    }

    /// A step of a queue (4.2.1.3).
    received struct QueueStep<'a> {
        /// Order of step.
        "stepNumber" step_number: i64;
        /// Group key.
        "groupKey" group_key: i64;
    }

    /// A group of users (4.2.1.6).
    received struct Group<'a> {
        "key" key: i64;
        "name" name: Text<'a>;
        "description" description: Text<'a>;
    }

    /// A department (4.2.1.7).
    received struct Department<'a> {
        "key" key: i64;
        "name" name: Text<'a>;
        "description" description: Text<'a>;
    }

    /// Queues taken together (4.2.1.8).
    received struct Aggregate<'a> {
        "description" description: Text<'a>;
        "key" key: i64;
        /// Media of the event or entity.
        "mediaType" media_type: MediaType;
        "name" name: Text<'a>;
    }

    /// A reason, for any of its uses (4.2.1.9).
    received struct Reason<'a> {
        /// Reason key.
        "reasonKey" reason_key: i64;
        "name" name: Text<'a>;
        "description" description: Text<'a>;
    }

    /// An open-media connector (4.2.1.15).
    received struct Connector<'a> {
        /// Open media connector key.
        "connectorKey" connector_key: i64;
        /// Connector name.
        "connectorName" connector_name: Text<'a>;
    }

    /// A contact in routing (4.4.1.1).
    received struct RoutingCall<'a> {
        /// Contact id.
        "uniqueCallId" unique_call_id: Text<'a>;
        "description" description: Text<'a>;
        /// Key/value pairs.
        "contactData" contact_data: Vec<ContactData<'a>> | Object;
        /// Media of the event or entity.
        "mediaType" media_type: MediaType;
        /// Queue key.
        "queueKey" queue_key: i64;
        /// 0 = none.
        "assignAgentKey" assign_agent_key: i64;
        "priority" priority: i64;
        /// 0 = no reservation.
        "reserveAgentKey" reserve_agent_key: i64;
        /// Seconds.
        "reserveAgentMaximumTime" reserve_agent_maximum_time: i64;
        "state" state: SBRCallState;
    }

    /// A party of a call (4.5.3).
    received struct Party<'a> {
        /// 0 = no agent; -1 for unknown.
        "agentKey" agent_key: i64;
        /// Extension of the party.
        "device" device: Text<'a>;
        /// Device type.
        "type" kind: PartyTypes;
    }

    /// A time at which a callback may be made (4.6.3.1).
    sent struct Schedule<'a> {
        /// ISO 8601.
        "startTime" start_time: Text<'a>;
        /// ISO 8601.
        "endTime" end_time: Text<'a>;
        "phoneNumber" phone_number: Text<'a>;
    }

    /// A time at which a callback may be made, and its state (4.6.3.2).
    received struct ScheduleEntry<'a> {
        /// ISO 8601.
        "startTime" start_time: Text<'a>;
        /// ISO 8601.
        "endTime" end_time: Text<'a>;
        "phoneNumber" phone_number: Text<'a>;
        "status" status: CallbackScheduleStatus;
    }

    /// A pair of contact data (4.6.3.3).
    received struct ContactData<'a> {
        "key" key: Text<'a>;
        "value" value: Text<'a>;
    }

    /// A text of a chat (4.7.3.1).
    received struct ChatContent<'a> {
        "chatCommiter" chat_commiter: WebCollaborationChatCommiter;
        /// Text.
        "content" content: Text<'a>;
    }

    /// A deferred contact (4.8.3.1).
    received struct DeferredContact<'a> {
        /// Contact id.
        "uniqueCallId" unique_call_id: Text<'a>;
        /// Queue key.
        "queueKey" queue_key: i64;
        /// Open media connector key.
        "connectorKey" connector_key: i64;
        /// Connector name.
        "connectorName" connector_name: Text<'a>;
        /// ISO 8601 UTC.
        "arrivalTime" arrival_time: Text<'a>;
        /// ISO 8601 UTC.
        "deferTime" defer_time: Text<'a>;
        /// Acting extension.
        "from" from: Text<'a>;
        /// Target extension.
        "to" to: Text<'a>;
    }

    /// An open-media message (4.8.3.2).
    received struct OpenMediaContent<'a> {
        "id" id: Text<'a>;
        "sourceName" source_name: Text<'a>;
        /// ISO 8601 UTC.
        "time" time: Text<'a>;
        /// Text.
        "content" content: Text<'a>;
        /// Author.
        "commiter" commiter: OpenMediaCommiter;
        "title" title: Text<'a>;
        "destinationName" destination_name: Text<'a>;
        /// Array.
        "attachments" attachments: Vec<Attachment<'a>> | Object;
    }

    /// An attachment (4.8.3.3).
    received struct Attachment<'a> {
        "type" kind: Text<'a>;
        /// Free text.
        "content" content: Text<'a>;
        /// Attachment address.
        "url" url: Text<'a>;
    }

    /// A message of a conversation (4.8.3.4).
    received struct StreamMessage<'a> {
        "id" id: Text<'a>;
        "sourceName" source_name: Text<'a>;
        /// ISO 8601 UTC.
        "time" time: Text<'a>;
        /// Text.
        "content" content: Text<'a>;
        /// Author.
        "commiter" commiter: OpenMediaCommiter;
    }

    /// A contact that an agent handles (4.3.2.3).
    received struct HandlingState<'a> {
        /// Contact id.
        "uniqueCallId" unique_call_id: Text<'a>;
        "handlingState" handling_state: HandlingStates | Integer;
        /// Reason key.
        "handlingStateReasonKey" handling_state_reason_key: i64;
        /// Primary contact.
        "primary" primary: bool;
        /// Media of the event or entity.
        "mediaType" media_type: MediaType;
    }

    /// The server that an event is about, from `SERVER_CONNECTED_EVENT` and `SERVER_DISCONNECTED_EVENT`.
    received struct Server<'a> {
        /// Host or port:host.
        "serverName" server_name: Text<'a>;
    }
}
