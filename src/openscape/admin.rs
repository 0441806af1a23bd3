//! Administration: users, queues, groups, departments, aggregates and reasons (4.2).

use super::prelude::*;

commands! {
    in Admin, "admin";

    /// Lists users (4.2.1.1).
    GET "/restsdk/webapi/admin/users" empty struct GetUsers<'a> -> GetUsersResponse (needs no logon) {}

    /// Lists queues (4.2.1.2).
    GET "/restsdk/webapi/admin/queues" empty struct GetQueues<'a> -> GetQueuesResponse (needs logon) {}

    /// Lists queues with steps (4.2.1.3).
    GET "/restsdk/webapi/v2/admin/queues" empty struct GetQueuesV2<'a> -> GetQueuesV2Response (needs logon) {}

    /// Asks for the hot-standby state of the node (4.2.1.4).
    GET "/restsdk/webapi/telephony/hotstandbystate" empty struct GetHotStandbyState<'a> -> GetHotStandbyStateResponse (needs logon) {}

    /// Makes the node the standby one, and the other one active (4.2.1.5).
    POST "/restsdk/webapi/telephony/hotstandbystate" body struct SetHotStandbyState<'a> -> CommandResponse (needs logon) {
        /// Only STANDBY allowed; forces switchover.
        "state" state: HotStandbyState;
    }

    /// Lists groups (4.2.1.6).
    GET "/restsdk/webapi/admin/groups" empty struct GetGroups<'a> -> GetGroupsResponse (needs logon) {}

    /// Lists departments (4.2.1.7).
    GET "/restsdk/webapi/admin/departments" empty struct GetDepartments<'a> -> GetDepartmentsResponse (needs logon) {}

    /// Lists aggregates (4.2.1.8).
    GET "/restsdk/webapi/admin/aggregates" empty struct GetAggregates<'a> -> GetAggregatesResponse (needs logon) {}

    /// Lists unavailable reasons (4.2.1.9).
    GET "/restsdk/webapi/admin/unavailablereasons" empty struct GetUnavailableReasons<'a> -> ReasonsResponse (needs logon) {}

    /// Lists wrap-up reasons (4.2.1.10).
    GET "/restsdk/webapi/admin/wrapupreasons" empty struct GetWrapUpReasons<'a> -> ReasonsResponse (needs logon) {}

    /// Lists work reasons (4.2.1.11).
    GET "/restsdk/webapi/admin/workreasons" empty struct GetWorkReasons<'a> -> ReasonsResponse (needs logon) {}

    /// Lists post-processing reasons (4.2.1.12).
    GET "/restsdk/webapi/admin/postprocessingreasons" empty struct GetPostProcessingReasons<'a> -> ReasonsResponse (needs logon) {}

    /// Lists the callback retry reasons (4.2.1.13).
    GET "/restsdk/webapi/admin/callbackretryreasons" empty struct GetCallbackRetryReasons<'a> -> ReasonsResponse (needs logon) {}

    /// Lists the callback delete reasons (4.2.1.14).
    GET "/restsdk/webapi/admin/callbackdeletereasons" empty struct GetCallbackDeleteReasons<'a> -> ReasonsResponse (needs logon) {}

    /// Lists open media connectors (4.2.1.15).
    GET "/restsdk/webapi/admin/openmediaconnectors" empty struct GetOpenMediaConnectors<'a> -> GetOpenMediaConnectorsResponse (needs logon) {}

    /// Lists open media discard reasons (4.2.1.16).
    GET "/restsdk/webapi/admin/openmediadiscardreasons" empty struct GetOpenMediaDiscardReasons<'a> -> ReasonsResponse (needs logon) {}

    /// Subscribes to admin events (4.2.1.17).
    POST "/restsdk/webapi/admin/startlistenforevents" empty struct StartListenForEvents<'a> -> CommandResponse (needs logon) {}

    /// Unsubscribes from admin events (4.2.1.18).
    POST "/restsdk/webapi/admin/stoplistenforevents" empty struct StopListenForEvents<'a> -> CommandResponse (needs logon) {}
}

events! {
    /// The events of realm `ADMINISTRATION`.
    in Administration<'a>;

    /// User added or changed (4.2.2.1).
    UserUpdated(Updated<UserUpdate<'a>, User<'a>>) = "USER_UPDATED_EVENT",
    /// Queue added or changed (4.2.2.2).
    QueueUpdated(Updated<QueueUpdate<'a>, Queue<'a>>) = "QUEUE_UPDATED_EVENT",
    /// Group added or changed (4.2.2.3).
    GroupUpdated(Updated<GroupUpdate<'a>, Group<'a>>) = "GROUP_UPDATED_EVENT",
    /// Department added or changed (4.2.2.4).
    DepartmentUpdated(Updated<DepartmentUpdate<'a>, Department<'a>>) = "DEPARTMENT_UPDATED_EVENT",
    /// Aggregate added or changed (4.2.2.5).
    AggregateUpdated(Updated<AggregateUpdate<'a>, Aggregate<'a>>) = "AGGREGATE_UPDATED_EVENT",
    /// Post-processing reason added or changed (4.2.2.6).
    PostProcessingReasonUpdated(Updated<ReasonUpdate<'a>, Reason<'a>>) = "POSTPROCESSINGREASON_UPDATED_EVENT",
    /// Unavailable reason added or changed (4.2.2.7).
    UnavailableReasonUpdated(Updated<ReasonUpdate<'a>, Reason<'a>>) = "UNAVAILABLEREASON_UPDATED_EVENT",
    /// Wrap-up reason added or changed (4.2.2.8).
    WrapUpReasonUpdated(Updated<ReasonUpdate<'a>, Reason<'a>>) = "WRAPUPREASON_UPDATED_EVENT",
    /// Callback retry reason added or changed (4.2.2.9).
    CallbackRetryReasonUpdated(Updated<ReasonUpdate<'a>, Reason<'a>>) = "CALLBACK_RETRYREASON_UPDATED_EVENT",
    /// Callback delete reason added or changed (4.2.2.9).
    CallbackDeleteReasonUpdated(Updated<ReasonUpdate<'a>, Reason<'a>>) = "CALLBACK_DELETEREASON_UPDATED_EVENT",
    /// Open media discard reason added or changed (4.2.2.10).
    OpenMediaDiscardReasonUpdated(Updated<ReasonUpdate<'a>, Reason<'a>>) = "OPENMEDIA_DISCARDREASON_UPDATED_EVENT",
    /// Aggregates deleted (4.2.2.11).
    AggregateDeleted(Deleted<'a>) = "AGGREGATE_DELETED_EVENT",
    /// Departments deleted (4.2.2.11).
    DepartmentDeleted(Deleted<'a>) = "DEPARTMENT_DELETED_EVENT",
    /// Groups deleted (4.2.2.11).
    GroupDeleted(Deleted<'a>) = "GROUP_DELETED_EVENT",
    /// Post-processing reasons deleted (4.2.2.11).
    PostProcessingReasonDeleted(Deleted<'a>) = "POSTPROCESSINGREASON_DELETED_EVENT",
    /// Queues deleted (4.2.2.11).
    QueueDeleted(Deleted<'a>) = "QUEUE_DELETED_EVENT",
    /// Unavailable reasons deleted (4.2.2.11).
    UnavailableReasonDeleted(Deleted<'a>) = "UNAVAILABLEREASON_DELETED_EVENT",
    /// Work reasons deleted (4.2.2.11).
    WorkReasonDeleted(Deleted<'a>) = "WORKREASON_DELETED_EVENT",
    /// Wrap-up reasons deleted (4.2.2.11).
    WrapUpReasonDeleted(Deleted<'a>) = "WRAPUPREASON_DELETED_EVENT",
    /// Users deleted (4.2.2.11).
    UserDeleted(Deleted<'a>) = "USER_DELETED_EVENT",
    /// Callback retry reasons deleted (4.2.2.11).
    CallbackRetryReasonDeleted(Deleted<'a>) = "CALLBACK_RETRYREASON_DELETED_EVENT",
    /// Callback delete reasons deleted (4.2.2.11).
    CallbackDeleteReasonDeleted(Deleted<'a>) = "CALLBACK_DELETEREASON_DELETED_EVENT",
    /// Open media discard reasons deleted (4.2.2.11).
    OpenMediaDiscardReasonDeleted(Deleted<'a>) = "OPENMEDIA_DISCARDREASON_DELETED_EVENT",
    /// Admin server reachable (4.2.2.12).
    ServerConnected(Server<'a>) = "SERVER_CONNECTED_EVENT",
    /// Admin server lost (4.2.2.13).
    ServerDisconnected(Server<'a>) = "SERVER_DISCONNECTED_EVENT",
}

object! {
    /// The answer of [`GetUsers`] (4.2.1.1).
    answer struct GetUsersResponse<'a> {
        "users" users: Vec<User<'a>> | Object;
        /// Success: `NO_ERROR` or `PRESENCE_ACTION_SUCCEED`.
        "errorCode" error_code: ErrorCode | Integer;
        /// Free text, diagnostics only.
        "errorDetails" error_details: Text<'a>;
    }

    /// The answer of [`GetQueues`] (4.2.1.2).
    answer struct GetQueuesResponse<'a> {
        "queues" queues: Vec<Queue<'a>> | Object;
        /// Success: `NO_ERROR` or `PRESENCE_ACTION_SUCCEED`.
        "errorCode" error_code: ErrorCode | Integer;
        /// Free text, diagnostics only.
        "errorDetails" error_details: Text<'a>;
    }

    /// The answer of [`GetQueuesV2`] (4.2.1.3).
    answer struct GetQueuesV2Response<'a> {
        "queues" queues: Vec<QueueV2<'a>> | Object;
        /// Success: `NO_ERROR` or `PRESENCE_ACTION_SUCCEED`.
        "errorCode" error_code: ErrorCode | Integer;
        /// Free text, diagnostics only.
        "errorDetails" error_details: Text<'a>;
    }

    /// The answer of [`GetHotStandbyState`] (4.2.1.4).
    answer struct GetHotStandbyStateResponse<'a> {
        /// Success: `NO_ERROR` or `PRESENCE_ACTION_SUCCEED`.
        "errorCode" error_code: ErrorCode | Integer;
        /// Free text, diagnostics only.
        "errorDetails" error_details: Text<'a>;
        "state" state: HotStandbyState;
    }

    /// The answer of [`GetGroups`] (4.2.1.6).
    answer struct GetGroupsResponse<'a> {
        "groups" groups: Vec<Group<'a>> | Object;
        /// Success: `NO_ERROR` or `PRESENCE_ACTION_SUCCEED`.
        "errorCode" error_code: ErrorCode | Integer;
        /// Free text, diagnostics only.
        "errorDetails" error_details: Text<'a>;
    }

    /// The answer of [`GetDepartments`] (4.2.1.7).
    answer struct GetDepartmentsResponse<'a> {
        "departments" departments: Vec<Department<'a>> | Object;
        /// Success: `NO_ERROR` or `PRESENCE_ACTION_SUCCEED`.
        "errorCode" error_code: ErrorCode | Integer;
        /// Free text, diagnostics only.
        "errorDetails" error_details: Text<'a>;
    }

    /// The answer of [`GetAggregates`] (4.2.1.8).
    answer struct GetAggregatesResponse<'a> {
        "aggregates" aggregates: Vec<Aggregate<'a>> | Object;
        /// Success: `NO_ERROR` or `PRESENCE_ACTION_SUCCEED`.
        "errorCode" error_code: ErrorCode | Integer;
        /// Free text, diagnostics only.
        "errorDetails" error_details: Text<'a>;
    }

    /// The answer of the commands that list reasons (4.2.1.9 to 4.2.1.16).
    answer struct ReasonsResponse<'a> {
        "reasons" reasons: Vec<Reason<'a>> | Object;
        /// Success: `NO_ERROR` or `PRESENCE_ACTION_SUCCEED`.
        "errorCode" error_code: ErrorCode | Integer;
        /// Free text, diagnostics only.
        "errorDetails" error_details: Text<'a>;
    }

    /// The answer of [`GetOpenMediaConnectors`] (4.2.1.15).
    answer struct GetOpenMediaConnectorsResponse<'a> {
        "connectors" connectors: Vec<Connector<'a>> | Object;
        /// Success: `NO_ERROR` or `PRESENCE_ACTION_SUCCEED`.
        "errorCode" error_code: ErrorCode | Integer;
        /// Free text, diagnostics only.
        "errorDetails" error_details: Text<'a>;
    }

    /// The data of an event about a user, in the current form (4.2.2.1).
    received struct UserUpdate<'a> {
        /// ADD or UPDATE.
        "eventAction" event_action: EventAction;
        "entity" entity: User<'a>;
    }

    /// The data of an event about a queue, in the current form (4.2.2.2).
    received struct QueueUpdate<'a> {
        /// ADD or UPDATE.
        "eventAction" event_action: EventAction;
        "entity" entity: Queue<'a>;
    }

    /// The data of an event about a group of users, in the current form (4.2.2.3).
    received struct GroupUpdate<'a> {
        /// ADD or UPDATE.
        "eventAction" event_action: EventAction;
        "entity" entity: Group<'a>;
    }

    /// The data of an event about a department, in the current form (4.2.2.4).
    received struct DepartmentUpdate<'a> {
        /// ADD or UPDATE.
        "eventAction" event_action: EventAction;
        "entity" entity: Department<'a>;
    }

    /// The data of an event about queues taken together, in the current form (4.2.2.5).
    received struct AggregateUpdate<'a> {
        /// ADD or UPDATE.
        "eventAction" event_action: EventAction;
        "entity" entity: Aggregate<'a>;
    }

    /// The data of an event about a reason, for any of its uses, in the current form (4.2.2.6).
    received struct ReasonUpdate<'a> {
        /// ADD or UPDATE.
        "eventAction" event_action: EventAction;
        "entity" entity: Reason<'a>;
    }

    /// The data of an event about deleted entities, in the current form (4.2.2.11).
    received struct KeyList<'a> {
        /// Entity keys.
        "keyList" key_list: Vec<i64> | String;
    }
}
