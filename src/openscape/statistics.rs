//! Statistics in real time and per quarter of an hour (4.9).

use super::prelude::*;

commands! {
    in Statistics, "statistics";

    /// Starts a query. Five of each of 13 types may run at once (4.9.1.1).
    POST "/restsdk/webapi/realtime/startquery" body struct StartQuery<'a> -> StartQueryResponse (needs logon) {
        /// Statistics query type.
        "queryType" query_type: RealTimeQueryType;
        /// Required; no wildcard; duplicates collapse.
        "keyList" key_list: Vec<i64>;
        /// ISO 8601, UTC or offset; only cumulative queries.
        optional "fromTime" from_time: Text<'a>;
    }

    /// Stops a query of this client (4.9.1.2).
    POST "/restsdk/webapi/realtime/stopquery" body struct StopQuery<'a> -> CommandResponse (needs logon) {
        /// Greater than zero when started.
        "queryId" query_id: i64;
    }
}

events! {
    /// The events of realm `REALTIME`.
    in RealTime<'a>;

    /// Resource: `userKey` (4.9.2.1).
    UserRealTime(UserRealTimeEvent<'a>) = "USER_REALTIME_EVENT",
    /// Resource: `queueKey` (4.9.2.2).
    QueueRealTime(QueueRealTimeEvent<'a>) = "QUEUE_REALTIME_EVENT",
    /// Resource: `groupKey` (4.9.2.3).
    GroupRealTime(GroupRealTimeEvent<'a>) = "GROUP_REALTIME_EVENT",
    /// Resource: `aggregateKey` (4.9.2.4).
    AggregateRealTime(AggregateRealTimeEvent<'a>) = "AGGREGATE_REALTIME_EVENT",
    /// Resource: `queueKey` (4.9.2.5).
    ContactRealTime(ContactRealTimeEvent<'a>) = "CONTACT_REALTIME_EVENT",
    /// Resource: `queueKey` (4.9.2.6).
    CallbackRealTime(CallbackRealTimeEvent<'a>) = "CALLBACK_REALTIME_EVENT",
    /// Resource: `userKey` (4.9.2.7).
    UserCumulative(UserCumulativeEvent<'a>) = "USER_CUMULATIVE_EVENT",
    /// Resource: `queueKey` (4.9.2.8).
    QueueCumulative(QueueCumulativeEvent<'a>) = "QUEUE_CUMULATIVE_EVENT",
    /// Resource: `groupKey` (4.9.2.9).
    GroupCumulative(GroupCumulativeEvent<'a>) = "GROUP_CUMULATIVE_EVENT",
    /// Resource: `aggregateKey` (4.9.2.10).
    AggregateCumulative(AggregateCumulativeEvent<'a>) = "AGGREGATE_CUMULATIVE_EVENT",
    /// Resource: `userKey` (4.9.2.11).
    UserWrapUpReasonCumulative(UserWrapUpReasonCumulativeEvent<'a>) = "USER_WRAPUPREASON_CUMULATIVE_EVENT",
    /// Resource: `queueKey` (4.9.2.12).
    QueueWrapUpReasonCumulative(QueueWrapUpReasonCumulativeEvent<'a>) = "QUEUE_WRAPUPREASON_CUMULATIVE_EVENT",
    /// Resource: `aggregateKey` (4.9.2.13).
    AggregateWrapUpReasonCumulative(AggregateWrapUpReasonCumulativeEvent<'a>) = "AGGREGATE_WRAPUPREASON_CUMULATIVE_EVENT",
    /// Only with a running query (4.9.2.14).
    ServerConnected(Server<'a>) = "SERVER_CONNECTED_EVENT",
    /// Only with a running query (4.9.2.15).
    ServerDisconnected(Server<'a>) = "SERVER_DISCONNECTED_EVENT",
}

object! {
    /// The answer of [`StartQuery`] (4.9.1.1).
    answer struct StartQueryResponse<'a> {
        /// Success: `NO_ERROR` or `PRESENCE_ACTION_SUCCEED`.
        "errorCode" error_code: ErrorCode | Integer;
        /// Free text, diagnostics only.
        "errorDetails" error_details: Text<'a>;
        /// Greater than zero when started.
        "queryId" query_id: i64;
    }

    /// The figures of a user, at the moment (4.9.2.1).
    received struct UserRealTimeElement<'a> {
        /// User key.
        "userKey" user_key: i64;
        /// Phone extension.
        "extension" extension: Text<'a>;
        "presenceState" presence_state: PresenceStates;
        /// Seconds.
        "timeInPresenceState" time_in_presence_state: i64;
        "routingState" routing_state: RoutingStates;
        /// Seconds.
        "timeInRoutingState" time_in_routing_state: i64;
        /// Reason of routing state; 0 = none.
        "routingStateReasonKey" routing_state_reason_key: i64;
        "minUnusedCapacity" min_unused_capacity: i64;
        "maxUnusedCapacity" max_unused_capacity: i64;
        /// Contacts of the user.
        "contacts" contacts: Vec<RealTimeContact<'a>>;
    }

    /// A contact of a user (4.9.2.1).
    received struct RealTimeContact<'a> {
        /// Contact id.
        "uniqueCallId" unique_call_id: Text<'a>;
        "description" description: Text<'a>;
        "associatedQueueKey" associated_queue_key: i64;
        /// Times requeued.
        "requeueCount" requeue_count: i64;
        "contactType" contact_type: ContactType;
        "handlingState" handling_state: HandlingStates;
        /// Reason key.
        "handlingStateReason" handling_state_reason: i64;
        /// Primary contact.
        "primaryContact" primary_contact: bool;
        /// Seconds.
        "userHandlingTime" user_handling_time: i64;
        /// Seconds.
        "activeContactTime" active_contact_time: i64;
        /// Seconds.
        "timeInHandlingState" time_in_handling_state: i64;
    }

    /// The figures of a queue, at the moment (4.9.2.2).
    received struct QueueRealTimeElement<'a> {
        /// Percent.
        "abandonedRate" abandoned_rate: f64;
        /// Seconds, last 10.
        "avgAbandonedWaitTime" avg_abandoned_wait_time: f64;
        /// Seconds, last 10.
        "avgAnsweredWaitTime" avg_answered_wait_time: f64;
        "queuedContacts" queued_contacts: i64;
        "overflowedContacts" overflowed_contacts: i64;
        /// Seconds.
        "oldestContactWaitTime" oldest_contact_wait_time: i64;
        /// Seconds.
        "estimatedAnsweredWaitTime" estimated_answered_wait_time: i64;
        /// Percent.
        "estimatedServiceLevel" estimated_service_level: f64;
        /// Percent.
        "serviceLevel" service_level: f64;
        /// Queue key.
        "queueKey" queue_key: i64;
    }

    /// The figures of a group, at the moment (4.9.2.3).
    received struct GroupRealTimeElement<'a> {
        "idleUsers" idle_users: i64;
        /// Group key.
        "groupKey" group_key: i64;
        "loggedOnUsers" logged_on_users: i64;
        "totalCallsWaiting" total_calls_waiting: i64;
        "awayUsers" away_users: i64;
        "usersHandlingRoutedCalls" | "userHandlingRoutedCalls" users_handling_routed_calls: i64;
        "usersHandlingDirectCalls" | "userHandlingDirectCalls" users_handling_direct_calls: i64;
        "busyUsers" busy_users: i64;
    }

    /// The figures of an aggregate, at the moment (4.9.2.4).
    received struct AggregateRealTimeElement<'a> {
        /// Percent.
        "abandonedRate" abandoned_rate: f64;
        /// Seconds, last 10.
        "avgAbandonedWaitTime" avg_abandoned_wait_time: f64;
        /// Seconds, last 10.
        "avgAnsweredWaitTime" avg_answered_wait_time: f64;
        "queuedContacts" queued_contacts: i64;
        "overflowedContacts" overflowed_contacts: i64;
        /// Seconds.
        "oldestContactWaitTime" | "oldestContactWaiTime" oldest_contact_wait_time: i64;
        /// Seconds.
        "estimatedAnsweredWaitTime" estimated_answered_wait_time: i64;
        /// Percent.
        "estimatedServiceLevel" estimated_service_level: f64;
        /// Percent.
        "serviceLevel" service_level: f64;
        "aggregateKey" aggregate_key: i64;
    }

    /// The figures of a contact, at the moment (4.9.2.5).
    received struct ContactRealTimeElement<'a> {
        /// Dialled target.
        "destination" destination: Text<'a>;
        /// Contact id.
        "uniqueCallId" unique_call_id: Text<'a>;
        /// Originator.
        "source" source: Text<'a>;
        "contactState" contact_state: ContactState;
        "description" description: Text<'a>;
        /// Eligible agents.
        "qualifyingAgentsCount" qualifying_agents_count: i64;
        /// Queue key.
        "queueKey" queue_key: i64;
        /// Seconds.
        "timeInState" time_in_state: i64;
        /// Seconds.
        "totalWaitTime" total_wait_time: i64;
        /// Media of the event or entity.
        "mediaType" media_type: MediaType;
        "currentPriority" current_priority: i64;
    }

    /// The figures of a callback, at the moment (4.9.2.6).
    received struct CallbackRealTimeElement<'a> {
        /// Queue key.
        "queueKey" queue_key: i64;
        /// Contact id.
        "uniqueCallId" unique_call_id: Text<'a>;
        /// Person to call.
        "customerName" customer_name: Text<'a>;
        "description" description: Text<'a>;
        "origin" origin: CallbackOrigin;
        "state" state: ContactState | Integer;
        /// Seconds.
        "timeInState" time_in_state: i64;
        /// Callback attempts.
        "attemptCount" attempt_count: i64;
    }

    /// The figures of a user, for a quarter of an hour (4.9.2.7).
    received struct UserCumulativeElement<'a> {
        /// UTC start of a 15-minute interval.
        "timeInterval" time_interval: Text<'a>;
        /// User key.
        "userKey" user_key: i64;
        /// Percent.
        "utilization" utilization: f64;
        "offered" offered: i64;
        /// Routed contacts requeued.
        "requeued" | "requeue" requeued: i64;
        "abandonedWhileRinging" abandoned_while_ringing: i64;
        "handled" handled: i64;
        "unhandledRouted" unhandled_routed: i64;
        "undeliveredRouted" undelivered_routed: i64;
        "disconnectedRoutedCalls" disconnected_routed_calls: i64;
        "routedTransferred" routed_transferred: i64;
        "routedHeld" routed_held: i64;
        "routedConsulted" routed_consulted: i64;
        /// Seconds.
        "totalIdleTime" total_idle_time: i64;
        /// Seconds.
        "totalAwayTime" total_away_time: i64;
        /// Seconds.
        "totalBusyTime" total_busy_time: i64;
        /// Seconds.
        "totalLogonTime" total_logon_time: i64;
        /// Seconds.
        "totalRoutedTalkTime" total_routed_talk_time: i64;
        /// Seconds.
        "totalOtherTime" total_other_time: i64;
        /// Seconds.
        "totalRoutedHoldTime" total_routed_hold_time: i64;
        /// Seconds.
        "totalPendingTime" total_pending_time: i64;
        /// Seconds.
        "totalPostProcessingTime" total_post_processing_time: i64;
        /// Seconds.
        "ringingTime" ringing_time: i64;
        /// Seconds.
        "handlingTime" handling_time: i64;
        /// Seconds.
        "maximumRoutedHandlingTime" maximum_routed_handling_time: i64;
    }

    /// The figures of a queue, for a quarter of an hour (4.9.2.8).
    received struct QueueCumulativeElement<'a> {
        /// UTC start of a 15-minute interval.
        "timeInterval" time_interval: Text<'a>;
        "receivedContacts" received_contacts: i64;
        /// Count.
        "answeredContacts" answered_contacts: i64 | Float;
        "abandonedContacts" abandoned_contacts: i64;
        "redirectedOutOfScope" redirected_out_of_scope: i64;
        /// Percent.
        "serviceLevel" service_level: f64 | Integer;
        /// Percent.
        "abandonedRate" abandoned_rate: f64 | Integer;
        /// Seconds.
        "averageWaitTime" average_wait_time: f64 | Integer;
        /// Seconds.
        "maximumWaitTime" maximum_wait_time: i64;
        /// Queue key.
        "queueKey" queue_key: i64;
    }

    /// The figures of a group, for a quarter of an hour (4.9.2.9).
    received struct GroupCumulativeElement<'a> {
        /// UTC start of a 15-minute interval.
        "timeInterval" time_interval: Text<'a>;
        /// Group key.
        "groupKey" group_key: i64;
        "callsReceived" calls_received: i64;
        "callsOffered" calls_offered: i64;
        "consultOut" consult_out: i64;
        "transferOut" transfer_out: i64;
        "receivedHereOfferedElsewhere" received_here_offered_elsewhere: i64;
    }

    /// The figures of an aggregate, for a quarter of an hour (4.9.2.10).
    received struct AggregateCumulativeElement<'a> {
        /// UTC start of a 15-minute interval.
        "timeInterval" time_interval: Text<'a>;
        "receivedContacts" received_contacts: i64;
        /// Count.
        "answeredContacts" answered_contacts: i64 | Float;
        "abandonedContacts" abandoned_contacts: i64;
        "redirectedOutOfScope" redirected_out_of_scope: i64;
        /// Percent.
        "serviceLevel" service_level: f64 | Integer;
        /// Percent.
        "abandonedRate" abandoned_rate: f64 | Integer;
        /// Seconds.
        "averageWaitTime" average_wait_time: f64 | Integer;
        /// Seconds.
        "maximumWaitTime" maximum_wait_time: i64;
        /// Aggregate key.
        "aggregateKey" aggregate_key: i64;
    }

    /// The figures of a user and a wrap-up reason, for a quarter of an hour (4.9.2.11).
    received struct UserWrapUpReasonCumulativeElement<'a> {
        /// UTC start of a 15-minute interval.
        "timeInterval" time_interval: Text<'a>;
        /// Wrap-up reason.
        "wrapUpReasonKey" wrap_up_reason_key: i64;
        /// Times saved.
        "count" count: i64;
        /// User key.
        "userKey" user_key: i64;
    }

    /// The figures of a queue and a wrap-up reason, for a quarter of an hour (4.9.2.12).
    received struct QueueWrapUpReasonCumulativeElement<'a> {
        /// UTC start of a 15-minute interval.
        "timeInterval" time_interval: Text<'a>;
        /// Wrap-up reason.
        "wrapUpReasonKey" wrap_up_reason_key: i64;
        /// Times saved.
        "count" count: i64;
        /// Queue key.
        "queueKey" queue_key: i64;
    }

    /// The figures of an aggregate and a wrap-up reason, for a quarter of an hour (4.9.2.13).
    received struct AggregateWrapUpReasonCumulativeElement<'a> {
        /// UTC start of a 15-minute interval.
        "timeInterval" time_interval: Text<'a>;
        /// Wrap-up reason.
        "wrapUpReasonKey" wrap_up_reason_key: i64;
        /// Times saved.
        "count" count: i64;
        /// Aggregate key.
        "aggregateKey" aggregate_key: i64;
    }

    /// Resource: `userKey`: `UserRealTimeEvent` (4.9.2.1).
    received struct UserRealTimeEvent<'a> {
        /// Greater than zero when started.
        "queryId" query_id: i64;
        /// One per permitted resource.
        "elements" elements: Vec<UserRealTimeElement<'a>>;
    }

    /// Resource: `queueKey`: `QueueRealTimeEvent` (4.9.2.2).
    received struct QueueRealTimeEvent<'a> {
        /// Greater than zero when started.
        "queryId" query_id: i64;
        /// One per permitted resource.
        "elements" elements: Vec<QueueRealTimeElement<'a>>;
    }

    /// Resource: `groupKey`: `GroupRealTimeEvent` (4.9.2.3).
    received struct GroupRealTimeEvent<'a> {
        /// Greater than zero when started.
        "queryId" query_id: i64;
        /// One per permitted resource.
        "elements" elements: Vec<GroupRealTimeElement<'a>>;
    }

    /// Resource: `aggregateKey`: `AggregateRealTimeEvent` (4.9.2.4).
    received struct AggregateRealTimeEvent<'a> {
        /// Greater than zero when started.
        "queryId" query_id: i64;
        /// One per permitted resource.
        "elements" elements: Vec<AggregateRealTimeElement<'a>>;
    }

    /// Resource: `queueKey`: `ContactRealTimeEvent` (4.9.2.5).
    received struct ContactRealTimeEvent<'a> {
        /// Greater than zero when started.
        "queryId" query_id: i64;
        /// One per permitted resource.
        "elements" elements: Vec<ContactRealTimeElement<'a>>;
    }

    /// Resource: `queueKey`: `CallbackRealTimeEvent` (4.9.2.6).
    received struct CallbackRealTimeEvent<'a> {
        /// Greater than zero when started.
        "queryId" query_id: i64;
        /// One per permitted resource.
        "elements" elements: Vec<CallbackRealTimeElement<'a>>;
    }

    /// Resource: `userKey`: `UserCumulativeEvent` (4.9.2.7).
    received struct UserCumulativeEvent<'a> {
        /// Greater than zero when started.
        "queryId" query_id: i64;
        /// One per permitted resource.
        "elements" elements: Vec<UserCumulativeElement<'a>>;
    }

    /// Resource: `queueKey`: `QueueCumulativeEvent` (4.9.2.8).
    received struct QueueCumulativeEvent<'a> {
        /// Greater than zero when started.
        "queryId" query_id: i64;
        /// One per permitted resource.
        "elements" elements: Vec<QueueCumulativeElement<'a>>;
    }

    /// Resource: `groupKey`: `GroupCumulativeEvent` (4.9.2.9).
    received struct GroupCumulativeEvent<'a> {
        /// Greater than zero when started.
        "queryId" query_id: i64;
        /// One per permitted resource.
        "elements" elements: Vec<GroupCumulativeElement<'a>>;
    }

    /// Resource: `aggregateKey`: `AggregateCumulativeEvent` (4.9.2.10).
    received struct AggregateCumulativeEvent<'a> {
        /// Greater than zero when started.
        "queryId" query_id: i64;
        /// One per permitted resource.
        "elements" elements: Vec<AggregateCumulativeElement<'a>>;
    }

    /// Resource: `userKey`: `UserWrapUpReasonCumulativeEvent` (4.9.2.11).
    received struct UserWrapUpReasonCumulativeEvent<'a> {
        /// Greater than zero when started.
        "queryId" query_id: i64;
        /// One per permitted resource.
        "elements" elements: Vec<UserWrapUpReasonCumulativeElement<'a>>;
    }

    /// Resource: `queueKey`: `QueueWrapUpReasonCumulativeEvent` (4.9.2.12).
    received struct QueueWrapUpReasonCumulativeEvent<'a> {
        /// Greater than zero when started.
        "queryId" query_id: i64;
        /// One per permitted resource.
        "elements" elements: Vec<QueueWrapUpReasonCumulativeElement<'a>>;
    }

    /// Resource: `aggregateKey`: `AggregateWrapUpReasonCumulativeEvent` (4.9.2.13).
    received struct AggregateWrapUpReasonCumulativeEvent<'a> {
        /// Greater than zero when started.
        "queryId" query_id: i64;
        /// One per permitted resource.
        "elements" elements: Vec<AggregateWrapUpReasonCumulativeElement<'a>>;
    }
}
