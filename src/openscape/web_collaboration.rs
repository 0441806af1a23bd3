//! Web collaboration: chats (4.7).

use super::prelude::*;

commands! {
    in WebCollaboration, "web_collaboration";

    /// Logs an agent on for web collaboration (4.7.1.1).
    POST "/restsdk/webapi/webcollaboration/logon" body struct Logon<'a> -> CommandResponse (needs logon) {
        /// User key.
        "agentKey" agent_key: i64;
    }

    /// Logs an agent off from web collaboration (4.7.1.2).
    POST "/restsdk/webapi/webcollaboration/logoff" body struct Logoff<'a> -> CommandResponse (needs logon) {
        /// User key.
        "agentKey" agent_key: i64;
    }

    /// Accepts a session or an invitation (4.7.1.3).
    POST "/restsdk/webapi/webcollaboration/accept" body struct Accept<'a> -> CommandResponse (needs logon) {
        /// User key.
        "agentKey" agent_key: i64;
        /// Contact id.
        "uniqueCallId" unique_call_id: Text<'a>;
    }

    /// Leaves the session (4.7.1.4).
    POST "/restsdk/webapi/webcollaboration/disconnect" body struct Disconnect<'a> -> CommandResponse (needs logon) {
        /// User key.
        "agentKey" agent_key: i64;
        /// Contact id.
        "uniqueCallId" unique_call_id: Text<'a>;
    }

    /// Invites the agent (4.7.1.5).
    POST "/restsdk/webapi/webcollaboration/inviteagent" body struct InviteAgent<'a> -> CommandResponse (needs logon) {
        /// Invited agent.
        "invitedAgentKey" invited_agent_key: i64;
        /// User key.
        "agentKey" agent_key: i64;
        /// Contact id.
        "uniqueCallId" unique_call_id: Text<'a>;
    }

    /// Declines the invitation (4.7.1.6).
    POST "/restsdk/webapi/webcollaboration/declineinvite" body struct DeclineInvite<'a> -> CommandResponse (needs logon) {
        /// Invited agent.
        "invitedAgentKey" invited_agent_key: i64;
        /// User key.
        "agentKey" agent_key: i64;
        /// Contact id.
        "uniqueCallId" unique_call_id: Text<'a>;
    }

    /// Asks the customer for a phone number (4.7.1.7).
    POST "/restsdk/webapi/webcollaboration/callme" body struct CallMe<'a> -> CommandResponse (needs logon) {
        /// User key.
        "agentKey" agent_key: i64;
        /// Contact id.
        "uniqueCallId" unique_call_id: Text<'a>;
    }

    /// Requeues to queue (4.7.1.8).
    POST "/restsdk/webapi/webcollaboration/requeuetoqueue" body struct RequeueToQueue<'a> -> CommandResponse (needs logon) {
        /// Queue key.
        "queueKey" queue_key: i64;
        /// User key.
        "agentKey" agent_key: i64;
        /// Contact id.
        "uniqueCallId" unique_call_id: Text<'a>;
    }

    /// Requeues to agent (4.7.1.9).
    POST "/restsdk/webapi/webcollaboration/requeuetoagent" body struct RequeueToAgent<'a> -> CommandResponse (needs logon) {
        /// Target agent.
        "toAgentKey" to_agent_key: i64;
        "priority" priority: i64;
        /// User key.
        "agentKey" agent_key: i64;
        /// Contact id.
        "uniqueCallId" unique_call_id: Text<'a>;
    }

    /// Sends chat text (4.7.1.10).
    POST "/restsdk/webapi/webcollaboration/addcontent" body struct AddContent<'a> -> CommandResponse (needs logon) {
        /// Text.
        "content" content: Text<'a>;
        /// User key.
        "agentKey" agent_key: i64;
        /// Contact id.
        "uniqueCallId" unique_call_id: Text<'a>;
    }

    /// Updates the contact data (4.7.1.11).
    POST "/restsdk/webapi/webcollaboration/updatecontactdata" body struct UpdateContactData<'a> -> CommandResponse (needs logon) {
        /// Key/value pairs.
        "contactData" contact_data: Vec<ContactData<'a>>;
        /// User key.
        "agentKey" agent_key: i64;
        /// Contact id.
        "uniqueCallId" unique_call_id: Text<'a>;
    }

    /// Subscribes to the events of an agent or of all (4.7.1.12).
    POST "/restsdk/webapi/webcollaboration/startlistenforevents" body struct StartListenForEvents<'a> -> CommandResponse (needs logon) {
        /// User key as text or "*".
        "resource" resource: Resource<'a> | Integer;
    }

    /// Ends that subscription (4.7.1.13).
    POST "/restsdk/webapi/webcollaboration/stoplistenforevents" body struct StopListenForEvents<'a> -> CommandResponse (needs logon) {
        /// User key as text or "*".
        "resource" resource: Resource<'a> | Integer;
    }
}

events! {
    /// The events of realm `WEB_INTERACTION`.
    in WebInteraction<'a>;

    /// Session delivered (4.7.2.1).
    Delivered(DeliveredEvent<'a>) = "DELIVERED_WEB_CHAT_EVENT",
    /// Invitation declined (4.7.2.2).
    Diverted(DivertedEvent<'a>) = "DIVERTED_WEB_CHAT_EVENT",
    /// Content added (4.7.2.3).
    Content(ContentEvent<'a>) = "CONTENT_WEB_CHAT_EVENT",
    /// Participant left (4.7.2.4).
    Disconnected(DisconnectedEvent<'a>) = "DISCONNECTED_WEB_CHAT_EVENT",
    /// Session established (4.7.2.5).
    Established(EstablishedEvent<'a>) = "ESTABLISHED_WEB_CHAT_EVENT",
    /// More than two participants (4.7.2.6).
    Conferenced(ConferencedEvent<'a>) = "CONFERENCED_WEB_CHAT_EVENT",
    /// Customer gave a number (4.7.2.7).
    CallMeAnswer(CallMeAnswerEvent<'a>) = "CALL_ME_ANSWER_WEB_CHAT_EVENT",
    /// Web interaction server reachable (4.7.2.8).
    ServerConnected(Server<'a>) = "SERVER_CONNECTED_EVENT",
    /// Web interaction server lost (4.7.2.9).
    ServerDisconnected(Server<'a>) = "SERVER_DISCONNECTED_EVENT",
}

object! {
    /// Session delivered: `OnDeliveredWebChatEvent` (4.7.2.1).
    received struct DeliveredEvent<'a> {
        /// Media of the event or entity.
        "mediaType" media_type: MediaType;
        /// Agent key as text.
        "resource" resource: Text<'a>;
        /// Contact id.
        "uniqueCallId" unique_call_id: Text<'a>;
        /// Times requeued.
        "requeueCount" requeue_count: i64;
        /// Source field of the web request.
        "source" source: Text<'a>;
        /// Destination field of the web request.
        "destination" destination: Text<'a>;
        /// 0 when no invitation.
        optional "invitingAgentKey" inviting_agent_key: i64;
        "deliveredReason" delivered_reason: WebCollaborationDeliveredReason;
        /// Array.
        "contactData" contact_data: Vec<ContactData<'a>> | Object;
        /// Array; HTML content.
        "chatContent" chat_content: Vec<ChatContent<'a>> | Object;
    }

    /// Invitation declined: `OnDivertedWebChatEvent` (4.7.2.2).
    received struct DivertedEvent<'a> {
        /// Media of the event or entity.
        "mediaType" media_type: MediaType;
        /// Inviting agent key as text.
        "resource" resource: Text<'a>;
        /// Contact id.
        "uniqueCallId" unique_call_id: Text<'a>;
        /// Times requeued.
        "requeueCount" requeue_count: i64;
        /// Agent who declined.
        "refusingAgentKey" refusing_agent_key: i64;
        "divertReason" divert_reason: WebCollaborationDivertReason;
    }

    /// Content added: `OnContentWebChatEvent` (4.7.2.3).
    received struct ContentEvent<'a> {
        /// Media of the event or entity.
        "mediaType" media_type: MediaType;
        /// Agent key as text.
        "resource" resource: Text<'a>;
        /// Contact id.
        "uniqueCallId" unique_call_id: Text<'a>;
        /// Times requeued.
        "requeueCount" requeue_count: i64;
        /// Array; HTML content.
        "chatContent" chat_content: Vec<ChatContent<'a>> | Object;
    }

    /// Participant left: `OnDisconnectedWebChatEvent` (4.7.2.4).
    received struct DisconnectedEvent<'a> {
        /// Media of the event or entity.
        "mediaType" media_type: MediaType;
        /// Agent key as text.
        "resource" resource: Text<'a>;
        /// Contact id.
        "uniqueCallId" unique_call_id: Text<'a>;
        /// Times requeued.
        "requeueCount" requeue_count: i64;
        /// 0.
        "disconnectedAgentKey" disconnected_agent_key: i64;
        "disconnectReason" disconnect_reason: WebCollaborationDisconnectReason;
    }

    /// Session established: `OnEstablishedWebChatEvent` (4.7.2.5).
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

    /// More than two participants: `OnConferencedWebChatEvent` (4.7.2.6).
    received struct ConferencedEvent<'a> {
        /// Media of the event or entity.
        "mediaType" media_type: MediaType;
        /// Agent key as text.
        "resource" resource: Text<'a>;
        /// Contact id.
        "uniqueCallId" unique_call_id: Text<'a>;
        /// Times requeued.
        "requeueCount" requeue_count: i64;
        /// Agent who joined.
        "joinedAgentKey" joined_agent_key: i64;
        /// Agents in session.
        "numberOfAgents" number_of_agents: i64;
    }

    /// Customer gave a number: `OnCallMeAnswerWebChatEvent` (4.7.2.7).
    received struct CallMeAnswerEvent<'a> {
        /// Media of the event or entity.
        "mediaType" media_type: MediaType;
        /// Agent key as text.
        "resource" resource: Text<'a>;
        /// Contact id.
        "uniqueCallId" unique_call_id: Text<'a>;
        /// Times requeued.
        "requeueCount" requeue_count: i64;
        /// Number given by customer.
        "phoneNumber" phone_number: Text<'a>;
    }
}
