//! Telephony: calls and lines (4.5).

use super::prelude::*;

commands! {
    in Telephony, "telephony";

    /// Logs an agent on at an extension (4.5.1.1).
    POST "/restsdk/webapi/v2/telephony/logon" body struct Logon<'a> -> CommandResponse {
        /// User key.
        "agentKey" agent_key: i64;
        /// Phone extension.
        "extension" extension: Text<'a>;
    }

    /// Logs an agent off (4.5.1.2).
    POST "/restsdk/webapi/v2/telephony/logoff" body struct Logoff<'a> -> CommandResponse {
        /// User key.
        "agentKey" agent_key: i64 | String;
    }

    /// Makes the call (4.5.1.3).
    POST "/restsdk/webapi/telephony/dial" body struct Dial<'a> -> CommandResponse {
        /// Acting extension.
        "from" from: Text<'a>;
        /// Target extension.
        "to" to: Text<'a>;
        "numberToDisplay" number_to_display: Text<'a>;
        "nameToDisplay" name_to_display: Text<'a>;
    }

    /// Answers the call (4.5.1.4).
    POST "/restsdk/webapi/telephony/answer" body struct Answer<'a> -> CommandResponse {
        /// Acting extension.
        "from" from: Text<'a>;
    }

    /// Hangs up (4.5.1.5).
    POST "/restsdk/webapi/telephony/disconnect" body struct Disconnect<'a> -> CommandResponse {
        /// Acting extension.
        "from" from: Text<'a>;
        /// Statistics only.
        "workflowDisconnected" workflow_disconnected: bool;
    }

    /// Calls a third party and holds the call (4.5.1.6).
    POST "/restsdk/webapi/telephony/consult" body struct Consult<'a> -> CommandResponse {
        /// Acting extension.
        "from" from: Text<'a>;
        /// Target extension.
        "to" to: Text<'a>;
        /// Contact id.
        "uniqueCallId" unique_call_id: Text<'a>;
    }

    /// Holds a call (4.5.1.7).
    POST "/restsdk/webapi/telephony/hold" body struct Hold<'a> -> CommandResponse {
        /// Acting extension.
        "from" from: Text<'a>;
        /// Contact id.
        "uniqueCallId" unique_call_id: Text<'a>;
    }

    /// Retrieves the held call (4.5.1.8).
    POST "/restsdk/webapi/telephony/retrieve" body struct Retrieve<'a> -> CommandResponse {
        /// Acting extension.
        "from" from: Text<'a>;
        /// Contact id.
        "uniqueCallId" unique_call_id: Text<'a>;
    }

    /// Returns to held call, ending consultation (4.5.1.9).
    POST "/restsdk/webapi/telephony/reconnect" body struct Reconnect<'a> -> CommandResponse {
        /// Acting extension.
        "from" from: Text<'a>;
        /// Contact id.
        "uniqueCallId" unique_call_id: Text<'a>;
    }

    /// Joins the calls to a conference (4.5.1.10).
    POST "/restsdk/webapi/telephony/conference" body struct Conference<'a> -> CommandResponse {
        /// Acting extension.
        "from" from: Text<'a>;
        /// Contact id.
        "uniqueCallId" unique_call_id: Text<'a>;
    }

    /// Transfers the call after a consultation (4.5.1.11).
    POST "/restsdk/webapi/telephony/transfer" body struct Transfer<'a> -> CommandResponse {
        /// Acting extension.
        "from" from: Text<'a>;
        /// Contact id.
        "uniqueCallId" unique_call_id: Text<'a>;
    }

    /// Transfers the call without a consultation (4.5.1.12).
    POST "/restsdk/webapi/telephony/singlesteptransfer" body struct SingleStepTransfer<'a> -> CommandResponse {
        /// Acting extension.
        "from" from: Text<'a>;
        /// Target extension.
        "to" to: Text<'a>;
        /// Contact id.
        "uniqueCallId" unique_call_id: Text<'a>;
        /// Statistics only.
        "workflowTransfer" workflow_transfer: bool;
        /// Desktop to preferred device.
        "networkTransfer" network_transfer: bool;
    }

    /// Transfers the call to voice mail (4.5.1.13).
    POST "/restsdk/webapi/telephony/transfertovoicemail" body struct TransferToVoiceMail<'a> -> CommandResponse {
        /// Acting extension.
        "from" from: Text<'a>;
        /// Target extension.
        "to" to: Text<'a>;
        /// Contact id.
        "uniqueCallId" unique_call_id: Text<'a>;
    }

    /// Diverts the ringing call (4.5.1.14).
    POST "/restsdk/webapi/telephony/divert" body struct Divert<'a> -> CommandResponse {
        /// Acting extension.
        "from" from: Text<'a>;
        /// Target extension.
        "to" to: Text<'a>;
        /// Contact id.
        "uniqueCallId" unique_call_id: Text<'a>;
    }

    /// Sets the preferred device (4.5.1.15).
    POST "/restsdk/webapi/telephony/setuserpreferreddevice" body struct SetUserPreferredDevice<'a> -> CommandResponse {
        /// User key.
        "agentKey" agent_key: i64;
        /// Extension of the agent.
        "deviceId" | "deviceid" device_id: Text<'a>;
        /// Preferred device number.
        "forwardDestination" forward_destination: Text<'a>;
    }

    /// Removes the preferred device (4.5.1.16).
    POST "/restsdk/webapi/telephony/removeuserpreferreddevice" body struct RemoveUserPreferredDevice<'a> -> CommandResponse {
        /// User key.
        "agentKey" agent_key: i64;
        /// Extension of the agent.
        "deviceId" | "deviceid" device_id: Text<'a>;
    }

    /// Updates the contact data (4.5.1.17).
    POST "/restsdk/webapi/telephony/updatecontactdata" body struct UpdateContactData<'a> -> CommandResponse {
        /// Contact id.
        "uniqueCallId" unique_call_id: Text<'a>;
        /// Key/value pairs.
        "contactData" contact_data: Vec<ContactData<'a>>;
    }

    /// Asks for the state of a line (4.5.1.18).
    POST "/restsdk/webapi/v2/telephony/queryline" body struct QueryLine<'a> -> QueryLineResponse {
        /// Phone extension.
        "extension" extension: Text<'a>;
    }

    /// Asks for the state of a call (4.5.1.19).
    POST "/restsdk/webapi/telephony/querycall" body struct QueryCall<'a> -> QueryCallResponse {
        /// Contact id.
        "uniqueCallId" unique_call_id: Text<'a>;
    }

    /// Subscribes to the events of an extension or of all (4.5.1.20).
    POST "/restsdk/webapi/telephony/startlistenforevents" body struct StartListenForEvents<'a> -> CommandResponse {
        /// Extension or "*".
        "resource" resource: Resource<'a> | Integer;
    }

    /// Ends that subscription (4.5.1.21).
    POST "/restsdk/webapi/telephony/stoplistenforevents" body struct StopListenForEvents<'a> -> CommandResponse {
        /// Extension or "*".
        "resource" resource: Resource<'a> | Integer;
    }
}

events! {
    /// The events of realm `TELEPHONY`.
    in Telephony<'a>;

    /// Call alerting (4.5.2.1).
    Delivered(DeliveredEvent<'a>) = "DELIVERED_EVENT",
    /// Party disconnected (4.5.2.2).
    Disconnected(DisconnectedEvent<'a>) = "DISCONNECTED_EVENT",
    /// Call queued (4.5.2.3).
    Queued(QueuedEvent<'a>) = "QUEUED_EVENT",
    /// Call answered (4.5.2.4).
    Established(EstablishedEvent<'a>) = "ESTABLISHED_EVENT",
    /// Call diverted (4.5.2.5).
    Diverted(DivertedEvent<'a>) = "DIVERTED_EVENT",
    /// Call held (4.5.2.6).
    Held(HeldEvent<'a>) = "HELD_EVENT",
    /// Call retrieved (4.5.2.7).
    Retrieved(RetrievedEvent<'a>) = "RETRIEVED_EVENT",
    /// Conference built (4.5.2.8).
    Conferenced(ConferencedEvent<'a>) = "CONFERENCED_EVENT",
    /// Call failed (4.5.2.9).
    Failed(FailedEvent<'a>) = "FAILED_EVENT",
    /// Call originated (4.5.2.10).
    Originated(OriginatedEvent<'a>) = "ORIGINATED_EVENT",
    /// Off hook (4.5.2.11).
    ServiceInitiated(ServiceInitiatedEvent<'a>) = "SERVICE_INITIATED_EVENT",
    /// Call transferred (4.5.2.12).
    Transferred(TransferredEvent<'a>) = "TRANSFERRED_EVENT",
    /// Trunk seized (4.5.2.13).
    NetworkReached(NetworkReachedEvent<'a>) = "NETWORKREACHED_EVENT",
    /// Services possible in this state (4.5.2.14).
    ServicesEnabled(ServicesEnabledEvent<'a>) = "SERVICES_ENABLED_EVENT" | "SERVICE_ENABLED_EVENT",
    /// Telephony server reachable (4.5.2.15).
    ServerConnected(Server<'a>) = "SERVER_CONNECTED_EVENT",
    /// Telephony server lost (4.5.2.16).
    ServerDisconnected(Server<'a>) = "SERVER_DISCONNECTED_EVENT",
    /// Node became active or standby (4.5.2.17).
    HotStandby(HotStandbyEvent<'a>) = "HOTSTANDBY_EVENT",
}

object! {
    /// The answer of [`QueryLine`] (4.5.1.18).
    answer struct QueryLineResponse<'a> {
        /// Success: `NO_ERROR` or `PRESENCE_ACTION_SUCCEED`.
        "errorCode" error_code: ErrorCode | Integer;
        /// Free text, diagnostics only.
        "errorDetails" error_details: Text<'a>;
        /// User id, digits as text.
        "agentId" agent_id: Text<'a>;
        /// Contact id.
        "uniqueCallId" unique_call_id: Text<'a>;
        /// User key.
        "agentKey" agent_key: i64;
        /// Team of the extension.
        "teamKey" team_key: i64;
        /// Platform call id.
        "firstCallId" first_call_id: Text<'a>;
        /// Platform call id.
        "secondCallId" second_call_id: Text<'a>;
        /// Telephony view.
        "resourceType" resource_type: LineResourceType;
        "status" status: LineState;
        /// Previous line state.
        "prevStatus" prev_status: LineState;
        /// Line type.
        "type" kind: LineType;
        /// ISO 8601 UTC.
        "stateEnteredAt" state_entered_at: Text<'a>;
        /// Tenant key.
        "busUnitKey" bus_unit_key: i64 | String;
        /// Callback agent id.
        optional "associatedCallbackUserId" associated_callback_user_id: Text<'a>;
        /// Callback agent key.
        optional "associatedCallbackUserKey" associated_callback_user_key: i64;
    }

    /// The answer of [`QueryCall`] (4.5.1.19).
    answer struct QueryCallResponse<'a> {
        /// Success: `NO_ERROR` or `PRESENCE_ACTION_SUCCEED`.
        "errorCode" error_code: ErrorCode | Integer;
        /// Free text, diagnostics only.
        "errorDetails" error_details: Text<'a>;
        "contactType" contact_type: ContactType;
        "type" kind: CallType;
        "state" state: CallState;
        /// First destination.
        "origDNIS" orig_dnis: Text<'a>;
        /// First queue number.
        "origQueueDNIS" orig_queue_dnis: Text<'a>;
        /// First caller.
        "origANI" orig_ani: Text<'a>;
        /// Caller used for routing.
        "routingANI" routing_ani: Text<'a>;
        /// Destination used for routing.
        "routingDNIS" routing_dnis: Text<'a>;
        /// ACD or virtual group number.
        "acdGroupNumber" acd_group_number: Text<'a>;
        /// First queue.
        "origACDQ" orig_acdq: Text<'a>;
        /// First platform call id.
        "origCallId" orig_call_id: Text<'a>;
        "origCallingParty" orig_calling_party: Party<'a>;
        "origAnsweringParty" orig_answering_party: Party<'a>;
        "origAnsweringAgent" orig_answering_agent: Party<'a>;
        "initiator" initiator: Party<'a>;
        "targetParty" target_party: Party<'a>;
        /// IVR passes.
        "numIvrVisits" num_ivr_visits: i64;
        /// Screen-pop number.
        "strFrom" str_from: Text<'a>;
        /// Divert target.
        "divertDestination" divert_destination: Text<'a>;
        /// Tenant key.
        "busUnitKey" bus_unit_key: i64 | String;
        /// Queue key.
        "queueKey" queue_key: i64;
    }

    /// Call alerting: `OnDeliveredEvent` (4.5.2.1).
    received struct DeliveredEvent<'a> {
        "mediaType" media_type: MediaType;
        /// Extension of the device.
        "resource" resource: Text<'a>;
        /// Contact id.
        "uniqueCallId" unique_call_id: Text<'a>;
        /// Times requeued; -1 for non-queued calls.
        "sequenceNumber" | "requeueCount" sequence_number: i64;
        /// Local connection state.
        "lcsType" lcs_type: LCSType;
        "contactType" contact_type: ContactType;
        /// Cause of the state change.
        "normalCause" normal_cause: EventCause;
        /// First caller.
        "originalFrom" original_from: Text<'a>;
        /// First destination.
        "originalTo" original_to: Text<'a>;
        /// Alerted party.
        "deliveredToParty" delivered_to_party: Party<'a>;
        /// Current source.
        "fromParty" from_party: Party<'a>;
        /// Current destination.
        "toParty" to_party: Party<'a>;
        /// Party on hold.
        "heldParty" held_party: Party<'a>;
        /// Last forwarder.
        "redirectParty" redirect_party: Party<'a>;
        /// OpenScape Voice only, needs a platform setting.
        optional "sipCallId" sip_call_id: Text<'a>;
        /// Example only.
        optional "contactData" contact_data: Vec<ContactData<'a>>;
    }

    /// Party disconnected: `OnDisconnectedEvent` (4.5.2.2).
    received struct DisconnectedEvent<'a> {
        /// Media of the event or entity.
        "mediaType" media_type: MediaType;
        /// Extension of the device.
        "resource" resource: Text<'a>;
        /// Contact id.
        "uniqueCallId" unique_call_id: Text<'a>;
        /// Times requeued; -1 for non-queued calls.
        "sequenceNumber" | "requeueCount" sequence_number: i64;
        /// Local connection state.
        "lcsType" lcs_type: LCSType;
        "contactType" contact_type: ContactType;
        /// Cause of the state change.
        "normalCause" normal_cause: EventCause;
        /// First caller.
        "originalFrom" original_from: Text<'a>;
        /// First destination.
        "originalTo" original_to: Text<'a>;
        "disconnectedParty" disconnected_party: Party<'a>;
        "reason" reason: DisconnectReasons;
    }

    /// Call queued: `OnQueuedEvent` (4.5.2.3).
    received struct QueuedEvent<'a> {
        /// Media of the event or entity.
        "mediaType" media_type: MediaType;
        /// Extension of the device.
        "resource" resource: Text<'a>;
        /// Contact id.
        "uniqueCallId" unique_call_id: Text<'a>;
        /// Times requeued; -1 for non-queued calls.
        "sequenceNumber" | "requeueCount" sequence_number: i64;
        /// Local connection state.
        "lcsType" lcs_type: LCSType;
        "contactType" contact_type: ContactType;
        /// Cause of the state change.
        "normalCause" normal_cause: EventCause;
        /// First caller.
        "originalFrom" original_from: Text<'a>;
        /// First destination.
        "originalTo" original_to: Text<'a>;
        /// Current source.
        "fromParty" from_party: Party<'a>;
        /// Current destination.
        "toParty" to_party: Party<'a>;
        "queuedParty" queued_party: Party<'a>;
    }

    /// Call answered: `OnEstablishedEvent` (4.5.2.4).
    received struct EstablishedEvent<'a> {
        /// Media of the event or entity.
        "mediaType" media_type: MediaType;
        /// Extension of the device.
        "resource" resource: Text<'a>;
        /// Contact id.
        "uniqueCallId" unique_call_id: Text<'a>;
        /// Times requeued; -1 for non-queued calls.
        "sequenceNumber" | "requeueCount" sequence_number: i64;
        /// Local connection state.
        "lcsType" lcs_type: LCSType;
        "contactType" contact_type: ContactType;
        /// Cause of the state change.
        "normalCause" normal_cause: EventCause;
        /// First caller.
        "originalFrom" original_from: Text<'a>;
        /// First destination.
        "originalTo" original_to: Text<'a>;
        /// Current source.
        "fromParty" from_party: Party<'a>;
        /// Current destination.
        "toParty" to_party: Party<'a>;
        /// Last forwarder.
        "redirectParty" redirect_party: Party<'a>;
    }

    /// Call diverted: `OnDivertedEvent` (4.5.2.5).
    received struct DivertedEvent<'a> {
        /// Media of the event or entity.
        "mediaType" media_type: MediaType;
        /// Extension of the device.
        "resource" resource: Text<'a>;
        /// Contact id.
        "uniqueCallId" unique_call_id: Text<'a>;
        /// Times requeued; -1 for non-queued calls.
        "sequenceNumber" | "requeueCount" sequence_number: i64;
        /// Local connection state.
        "lcsType" lcs_type: LCSType;
        "contactType" contact_type: ContactType;
        /// Cause of the state change.
        "normalCause" normal_cause: EventCause;
        /// First caller.
        "originalFrom" original_from: Text<'a>;
        /// First destination.
        "originalTo" original_to: Text<'a>;
        "divertedParty" diverted_party: Party<'a>;
        "divertingParty" diverting_party: Party<'a>;
        "destinationParty" destination_party: Party<'a>;
    }

    /// Call held: `OnHeldEvent` (4.5.2.6).
    received struct HeldEvent<'a> {
        /// Media of the event or entity.
        "mediaType" media_type: MediaType;
        /// Extension of the device.
        "resource" resource: Text<'a>;
        /// Contact id.
        "uniqueCallId" unique_call_id: Text<'a>;
        /// Times requeued; -1 for non-queued calls.
        "sequenceNumber" | "requeueCount" sequence_number: i64;
        /// Local connection state.
        "lcsType" lcs_type: LCSType;
        "contactType" contact_type: ContactType;
        /// Cause of the state change.
        "normalCause" normal_cause: EventCause;
        /// First caller.
        "originalFrom" original_from: Text<'a>;
        /// First destination.
        "originalTo" original_to: Text<'a>;
        /// Party on hold.
        "heldParty" held_party: Party<'a>;
        "holdingParty" holding_party: Party<'a>;
    }

    /// Call retrieved: `OnRetrievedEvent` (4.5.2.7).
    received struct RetrievedEvent<'a> {
        /// Media of the event or entity.
        "mediaType" media_type: MediaType;
        /// Extension of the device.
        "resource" resource: Text<'a>;
        /// Contact id.
        "uniqueCallId" unique_call_id: Text<'a>;
        /// Times requeued; -1 for non-queued calls.
        "sequenceNumber" | "requeueCount" sequence_number: i64;
        /// Local connection state.
        "lcsType" lcs_type: LCSType;
        "contactType" contact_type: ContactType;
        /// Cause of the state change.
        "normalCause" normal_cause: EventCause;
        /// First caller.
        "originalFrom" original_from: Text<'a>;
        /// First destination.
        "originalTo" original_to: Text<'a>;
        /// Party on hold.
        "heldParty" held_party: Party<'a>;
        "retrievingParty" retrieving_party: Party<'a>;
    }

    /// Conference built: `OnConferencedEvent` (4.5.2.8).
    received struct ConferencedEvent<'a> {
        /// Media of the event or entity.
        "mediaType" media_type: MediaType;
        /// Extension of the device.
        "resource" resource: Text<'a>;
        /// Contact id.
        "uniqueCallId" unique_call_id: Text<'a>;
        /// Times requeued; -1 for non-queued calls.
        "sequenceNumber" | "requeueCount" sequence_number: i64;
        /// Local connection state.
        "lcsType" lcs_type: LCSType;
        "contactType" contact_type: ContactType;
        /// Cause of the state change.
        "normalCause" normal_cause: EventCause;
        /// First caller.
        "originalFrom" original_from: Text<'a>;
        /// First destination.
        "originalTo" original_to: Text<'a>;
        "invitedParty" invited_party: Party<'a>;
        "invitingParty" inviting_party: Party<'a>;
        /// All conference members.
        "conferenceParties" conference_parties: Vec<Party<'a>>;
    }

    /// Call failed: `OnFailedEvent` (4.5.2.9).
    received struct FailedEvent<'a> {
        /// Media of the event or entity.
        "mediaType" media_type: MediaType;
        /// Extension of the device.
        "resource" resource: Text<'a>;
        /// Contact id.
        "uniqueCallId" unique_call_id: Text<'a>;
        /// Times requeued; -1 for non-queued calls.
        "sequenceNumber" | "requeueCount" sequence_number: i64;
        /// Local connection state.
        "lcsType" lcs_type: LCSType;
        "contactType" contact_type: ContactType;
        /// Cause of the state change.
        "normalCause" normal_cause: EventCause;
        /// First caller.
        "originalFrom" original_from: Text<'a>;
        /// First destination.
        "originalTo" original_to: Text<'a>;
        /// Current source.
        "fromParty" from_party: Party<'a>;
        /// Current destination.
        "toParty" to_party: Party<'a>;
        "failedParty" failed_party: Party<'a>;
    }

    /// Call originated: `OnOriginatedEvent` (4.5.2.10).
    received struct OriginatedEvent<'a> {
        /// Media of the event or entity.
        "mediaType" media_type: MediaType;
        /// Extension of the device.
        "resource" resource: Text<'a>;
        /// Contact id.
        "uniqueCallId" unique_call_id: Text<'a>;
        /// Times requeued; -1 for non-queued calls.
        "sequenceNumber" | "requeueCount" sequence_number: i64;
        /// Local connection state.
        "lcsType" lcs_type: LCSType;
        "contactType" contact_type: ContactType;
        /// Cause of the state change.
        "normalCause" normal_cause: EventCause;
        /// First caller.
        "originalFrom" original_from: Text<'a>;
        /// First destination.
        "originalTo" original_to: Text<'a>;
        /// Reserved for callbacks.
        "referenceCallId" reference_call_id: Text<'a>;
        /// Current source.
        "fromParty" from_party: Party<'a>;
        /// Current destination.
        "toParty" to_party: Party<'a>;
    }

    /// Off hook: `OnServiceInitiatedEvent` (4.5.2.11).
    received struct ServiceInitiatedEvent<'a> {
        /// Media of the event or entity.
        "mediaType" media_type: MediaType;
        /// Extension of the device.
        "resource" resource: Text<'a>;
        /// Contact id.
        "uniqueCallId" unique_call_id: Text<'a>;
        /// Times requeued; -1 for non-queued calls.
        "sequenceNumber" | "requeueCount" sequence_number: i64;
        /// Local connection state.
        "lcsType" lcs_type: LCSType;
        "contactType" contact_type: ContactType;
        /// Cause of the state change.
        "normalCause" normal_cause: EventCause;
        /// First caller.
        "originalFrom" original_from: Text<'a>;
        /// First destination.
        "originalTo" original_to: Text<'a>;
        /// Consultation call flag.
        "consult" | "Consult" consult: bool;
        "initiatedParty" initiated_party: Party<'a>;
    }

    /// Call transferred: `OnTransferredEvent` (4.5.2.12).
    received struct TransferredEvent<'a> {
        /// Media of the event or entity.
        "mediaType" media_type: MediaType;
        /// Extension of the device.
        "resource" resource: Text<'a>;
        /// Contact id.
        "uniqueCallId" unique_call_id: Text<'a>;
        /// Times requeued; -1 for non-queued calls.
        "sequenceNumber" | "requeueCount" sequence_number: i64;
        /// Local connection state.
        "lcsType" lcs_type: LCSType;
        "contactType" contact_type: ContactType;
        /// Cause of the state change.
        "normalCause" normal_cause: EventCause;
        /// First caller.
        "originalFrom" original_from: Text<'a>;
        /// First destination.
        "originalTo" original_to: Text<'a>;
        /// Current source.
        "fromParty" from_party: Party<'a>;
        /// Current destination.
        "toParty" to_party: Party<'a>;
        "transferredParty" transferred_party: Party<'a>;
        /// Last forwarder.
        "redirectParty" redirect_party: Party<'a>;
    }

    /// Trunk seized: `OnNetworkReachedEvent` (4.5.2.13).
    received struct NetworkReachedEvent<'a> {
        /// Media of the event or entity.
        "mediaType" media_type: MediaType;
        /// Extension of the device.
        "resource" resource: Text<'a>;
        /// Contact id.
        "uniqueCallId" unique_call_id: Text<'a>;
        /// Times requeued; -1 for non-queued calls.
        "sequenceNumber" | "requeueCount" sequence_number: i64;
        /// Local connection state.
        "lcsType" lcs_type: LCSType;
        "contactType" contact_type: ContactType;
        /// Cause of the state change.
        "normalCause" normal_cause: EventCause;
        /// First caller.
        "originalFrom" original_from: Text<'a>;
        /// First destination.
        "originalTo" original_to: Text<'a>;
        /// Current source.
        "fromParty" from_party: Party<'a>;
        /// Current destination.
        "toParty" to_party: Party<'a>;
    }

    /// Services possible in this state: `OnServicesEnabled` (4.5.2.14).
    received struct ServicesEnabledEvent<'a> {
        /// Media of the event or entity.
        "mediaType" media_type: MediaType;
        /// Extension of the device.
        "resource" resource: Text<'a>;
        /// Contact id.
        "uniqueCallId" unique_call_id: Text<'a>;
        /// Times requeued; -1 for non-queued calls.
        "sequenceNumber" | "requeueCount" sequence_number: i64;
        /// Answer possible.
        "answer" answer: bool;
        /// Available possible.
        "available" available: bool;
        /// Conference possible.
        "conference" conference: bool;
        /// Consult possible.
        "consult" consult: bool;
        /// Dial possible.
        "dial" dial: bool;
        /// Disconnect possible.
        "disconnect" disconnect: bool;
        /// Divert possible.
        "divert" divert: bool;
        /// Hold possible.
        "hold" hold: bool;
        /// Logoff possible.
        "logoff" logoff: bool;
        /// Logon possible.
        "logon" logon: bool;
        /// Reconnect possible.
        "reconnect" reconnect: bool;
        /// Retrieve possible.
        "retrieve" retrieve: bool;
        /// Transfer possible.
        "transfer" transfer: bool;
        /// Unavailable possible.
        "unavailable" unavailable: bool;
        /// Work possible.
        "work" work: bool;
    }

    /// Node became active or standby: `HotStandby_Event` (4.5.2.17).
    received struct HotStandbyEvent<'a> {
        /// Media of the event or entity.
        "mediaType" media_type: MediaType | Integer;
        "state" state: HotStandbyState | Integer;
    }
}

/// Older forms, kept for compatibility.
pub mod v1 {
    use super::super::prelude::*;

    commands! {
        in Telephony, "telephony.v1";

        /// Logs an agent on by `agentId`, in the older form (4.5.4.1).
        POST "/restsdk/webapi/telephony/logon" body struct Logon<'a> -> CommandResponse {
            /// User id, digits as text.
            "agentId" | "agentID" agent_id: Text<'a>;
            /// Phone extension.
            "extension" extension: Text<'a>;
        }

        /// Logs an agent off by `agentId`, in the older form (4.5.4.2).
        POST "/restsdk/webapi/telephony/logoff" body struct Logoff<'a> -> CommandResponse {
            /// User id, digits as text.
            "agentId" | "agentID" agent_id: Text<'a>;
        }

        /// Asks for the state of a line, in the older form (4.5.4.3).
        POST "/restsdk/webapi/telephony/queryline" body struct QueryLine<'a> -> QueryLineResponse {
            /// Phone extension.
            "extension" extension: Text<'a>;
        }
    }

    object! {
        /// The answer of [`QueryLine`] (4.5.4.3).
        answer struct QueryLineResponse<'a> {
            /// Success: `NO_ERROR` or `PRESENCE_ACTION_SUCCEED`.
            "errorCode" error_code: ErrorCode | Integer;
            /// Free text, diagnostics only.
            "errorDetails" error_details: Text<'a>;
            /// User id, digits as text.
            "agentId" agent_id: Text<'a>;
            /// Contact id.
            "uniqueCallId" unique_call_id: Text<'a>;
            /// User key.
            "agentKey" agent_key: i64;
            /// Team of the extension.
            "teamKey" team_key: i64;
            /// Platform call id.
            "firstCallId" first_call_id: Text<'a>;
            /// Platform call id.
            "secondCallId" second_call_id: Text<'a>;
            /// Telephony view.
            "resourceType" resource_type: LineResourceType;
            /// Admin view; v1 only.
            "adminResourceType" admin_resource_type: LineResourceTypes;
            "status" status: LineState;
            /// Previous line state.
            "prevStatus" prev_status: LineState;
            /// Line type.
            "type" kind: LineType;
            /// ISO 8601 UTC.
            "stateEnteredAt" state_entered_at: Text<'a>;
            /// Tenant key.
            "busUnitKey" bus_unit_key: i64 | String;
        }
    }
}
