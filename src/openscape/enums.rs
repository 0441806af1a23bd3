//! The enumerations of the manual's chapter 5: 48 with 606 values.

use core::fmt;

use super::names::{Kept, Unlisted, names};
use super::number;
use super::source::Source;
use super::table::{JsonType, Kind, Names};
use super::value::{self, Reading, Value};

names! {
    /// The origin of a callback (5, `CallbackOrigin`).
    pub enum CallbackOrigin {
        OriginNone = "ORIGIN_NONE",
        OriginIvr = "ORIGIN_IVR",
        OriginDesktop = "ORIGIN_DESKTOP",
        OriginWebCollaboration = "ORIGIN_WEBCOLLABORATION",
        OriginAbandoned = "ORIGIN_ABANDONED",
        OriginOutbound = "ORIGIN_OUTBOUND",
        OriginSdk = "ORIGIN_SDK",
        OriginFlow = "ORIGIN_FLOW",
        OriginAll = "ORIGIN_ALL",
        OriginVirtualAgent = "ORIGIN_VIRTUALAGENT",
    }

    /// The outcome of a callback (5, `CallbackResultType`).
    pub enum CallbackResultType {
        Success = "SUCCESS",
        Retry = "RETRY",
        Deleted = "DELETED",
        Maxresulttype = "MAXRESULTTYPE",
    }

    /// The state of one of the times at which a callback may be made (5, `CallbackScheduleStatus`).
    pub enum CallbackScheduleStatus {
        Undefined = "UNDEFINED",
        Expired = "EXPIRED",
        Active = "ACTIVE",
        Future = "FUTURE",
    }

    /// The state of a callback (5, `CallbackStatus`).
    pub enum CallbackStatus {
        CallbackstatusNew = "CALLBACKSTATUS_NEW",
        CallbackstatusRetry = "CALLBACKSTATUS_RETRY",
        CallbackstatusSuspended = "CALLBACKSTATUS_SUSPENDED",
        CallbackstatusScheduled = "CALLBACKSTATUS_SCHEDULED",
        CallbackstatusEnqueued = "CALLBACKSTATUS_ENQUEUED",
        CallbackstatusOffered = "CALLBACKSTATUS_OFFERED",
        CallbackstatusAccepted = "CALLBACKSTATUS_ACCEPTED",
        CallbackstatusFailed = "CALLBACKSTATUS_FAILED",
        CallbackstatusCalling = "CALLBACKSTATUS_CALLING",
        CallbackstatusConnected = "CALLBACKSTATUS_CONNECTED",
        CallbackstatusDisconnected = "CALLBACKSTATUS_DISCONNECTED",
        CallbackstatusCompleted = "CALLBACKSTATUS_COMPLETED",
        CallbackstatusExpired = "CALLBACKSTATUS_EXPIRED",
        CallbackstatusMaxretry = "CALLBACKSTATUS_MAXRETRY",
        CallbackstatusTimeout = "CALLBACKSTATUS_TIMEOUT",
        CallbackstatusDeleted = "CALLBACKSTATUS_DELETED",
        CallbackstatusRecovering = "CALLBACKSTATUS_RECOVERING",
        CallbackstatusUnknown = "CALLBACKSTATUS_UNKNOWN",
        CallbackstatusInvalid = "CALLBACKSTATUS_INVALID",
    }

    /// The state of a call (5, `CallState`).
    pub enum CallState {
        Start = "START",
        Calling = "CALLING",
        Queued = "QUEUED",
        Connected = "CONNECTED",
        Consulting = "CONSULTING",
        Conferencing = "CONFERENCING",
        Holding = "HOLDING",
        Finished = "FINISHED",
        Nocallstate = "NOCALLSTATE",
    }

    /// The origin and the destination of a call (5, `CallType`).
    pub enum CallType {
        Ext2acd = "EXT2ACD",
        Int2acd = "INT2ACD",
        Ext2int = "EXT2INT",
        Int2int = "INT2INT",
        Int2ext = "INT2EXT",
        Conference = "CONFERENCE",
        Novalue = "NOVALUE",
        Unknown = "UNKNOWN",
    }

    /// The state of a contact (5, `ContactState`).
    pub enum ContactState {
        Invalidstate = "INVALIDSTATE",
        Processing = "PROCESSING",
        Queued = "QUEUED",
        Pending = "PENDING",
        Reserved = "RESERVED",
        Handled = "HANDLED",
        Deferred = "DEFERRED",
        Externalemailconsult = "EXTERNALEMAILCONSULT",
        Mediasuspended = "MEDIASUSPENDED",
        Unanswered = "UNANSWERED",
        Scheduled = "SCHEDULED",
        Ivrsuspended = "IVRSUSPENDED",
        Networksuspended = "NETWORKSUSPENDED",
        PostProcessing = "POSTPROCESSING",
    }

    /// The medium and direction of a contact (5, `ContactType`).
    pub enum ContactType {
        None = "NONE",
        RoutedVoice = "ROUTED_VOICE",
        DirectIncomingVoice = "DIRECT_INCOMING_VOICE",
        DirectOutgoingVoice = "DIRECT_OUTGOING_VOICE",
        DirectInternalVoice = "DIRECT_INTERNAL_VOICE",
        RoutedCallback = "ROUTED_CALLBACK",
        RoutedEmail = "ROUTED_EMAIL",
        DirectOutgoingEmail = "DIRECT_OUTGOING_EMAIL",
        RoutedWebchat = "ROUTED_WEBCHAT",
        UnknownVoice = "UNKNOWN_VOICE",
        RoutedOpenMedia = "ROUTED_OPENMEDIA",
        DirectOutgoingOpenMedia = "DIRECT_OUTGOING_OPENMEDIA",
        ContactTypeMax = "CONTACT_TYPE_MAX",
    }

    /// The reason why a contact was delivered (5, `DeliveredReasons`).
    pub enum DeliveredReasons {
        Undefined = "UNDEFINED",
        InitialArrival = "INITIAL_ARRIVAL",
        Normal = "NORMAL",
        Requeued = "REQUEUED",
        Conferenced = "CONFERENCED",
    }

    /// The reason why a contact left its queue (5, `DequeueReasons`).
    pub enum DequeueReasons {
        None = "NONE",
        Requestfromwebserver = "REQUESTFROMWEBSERVER",
        Requestfromemailserver = "REQUESTFROMEMAILSERVER",
        WebCollaborationconnectfailed = "WEBCOLLABORATIONCONNECTFAILED",
        Systemerror = "SYSTEMERROR",
        Callanswered = "CALLANSWERED",
        Callabandoned = "CALLABANDONED",
        Calltimedout = "CALLTIMEDOUT",
        Workflowtransfer = "WORKFLOWTRANSFER",
    }

    /// The reason why a contact ended (5, `DisconnectReasons`).
    pub enum DisconnectReasons {
        Undefined = "UNDEFINED" | 0,
        AgentReplied = "AGENT_REPLIED" | 1,
        AutoResponded = "AUTO_RESPONDED" | 2,
        Discarded = "DISCARDED" | 3,
        TimedOut = "TIMED_OUT" | 4,
        CriticalServerDown = "CRITICAL_SERVER_DOWN" | 5,
        TransferredOut = "TRANSFERRED_OUT" | 6,
        Normal = "NORMAL" | 101,
        FailedToStartWorkflow = "FAILED_TO_START_WORKFLOW" | 102,
        AbandonedInWorkflow = "ABANDONED_IN_WORKFLOW" | 103,
        AbandonedInQueue = "ABANDONED_IN_QUEUE" | 104,
        TimedOutInQueue = "TIMED_OUT_IN_QUEUE" | 105,
        AbandonedWhilePending = "ABANDONED_WHILE_PENDING" | 106,
        BrowserTimedOut = "BROWSER_TIMED_OUT" | 108,
        AgentDeleted = "AGENT_DELETED" | 110,
        WorkflowDisconnect = "WORKFLOW_DISCONNECT" | 111,
        ShuttingDown = "SHUTTING_DOWN" | 112,
        SessionExpired = "SESSION_EXPIRED" | 114,
    }

    /// The reason why a contact was diverted (5, `DivertReasons`).
    pub enum DivertReasons {
        Undefined = "UNDEFINED" | 0,
        DeferTakeBack = "DEFER_TAKE_BACK" | 1,
        NoAnswer = "NO_ANSWER" | 2,
        RoutingTimedOut = "ROUTING_TIMED_OUT" | 3,
        ExternalConsultReply = "EXTERNAL_CONSULT_REPLY" | 4,
        ExternalConsultTakeBack = "EXTERNAL_CONSULT_TAKE_BACK" | 5,
        SystemRouted = "SYSTEM_ROUTED" | 101,
        InvitationRejected = "INVITATION_REJECTED" | 102,
        InvitationTimedOut = "INVITATION_TIMED_OUT" | 103,
        AbandonedWhilePending = "ABANDONED_WHILE_PENDING" | 105,
        DisconnectedWhilePending = "DISCONNECTED_WHILE_PENDING" | 106,
    }

    /// The outcome of a command (5, `ErrorCode`).
    pub enum ErrorCode {
        NoError = "NO_ERROR" | 0,
        GeneralError = "GENERAL_ERROR" | 1,
        AlreadyRegisteredOn = "ALREADY_REGISTERED_ON" | 2,
        ClientNameNotFound = "CLIENT_NAME_NOT_FOUND" | 3,
        AuthStatementNotValid = "AUTH_STATEMENT_NOT_VALID" | 4,
        NotReady = "NOT_READY" | 5,
        NotEnabled = "NOT_ENABLED" | 6,
        ClientTokenNotFound = "CLIENT_TOKEN_NOT_FOUND" | 7,
        ApplicationNotRegistered = "APPLICATION_NOT_REGISTERED" | 8,
        WrongApiRequest = "WRONG_API_REQUEST" | 9,
        ParameterLengthTooLong = "PARAMETER_LENGTH_TOO_LONG" | 10,
        WrongDateFormat = "WRONG_DATE_FORMAT" | 11,
        InvalidBusinessUnitName = "INVALID_BUSINESS_UNIT_NAME" | 12,
        EmptyParameter = "EMPTY_PARAMETER" | 13,
        InvalidCharacters = "INVALID_CHARACTERS" | 14,
        NegativeParameter = "NEGATIVE_PARAMETER" | 15,
        PresenceActionSucceed = "PRESENCE_ACTION_SUCCEED" | 16,
        PresenceActionFailed = "PRESENCE_ACTION_FAILED" | 17,
        TelephonyInvalidExtension = "TELEPHONY_INVALID_EXTENSION" | 18,
        TelephonyResourceBusy = "TELEPHONY_RESOURCEBUSY" | 19,
        TelephonyResourceError = "TELEPHONY_RESOURCEERROR" | 20,
        TelephonyOutOfService = "TELEPHONY_OUTOFSERVICE" | 21,
        TelephonyLineBusy = "TELEPHONY_LINEBUSY" | 22,
        TelephonyUnmonitoredextension = "TELEPHONY_UNMONITOREDEXTENSION" | 23,
        TelephonyRequesttimeout = "TELEPHONY_REQUESTTIMEOUT" | 24,
        TelephonyCstaCapNotSupported = "TELEPHONY_CSTA_CAP_NOT_SUPPORTED" | 25,
        TelephonyCapDisconnectNotSupported = "TELEPHONY_CAP_DISCONNECT_NOT_SUPPORTED" | 26,
        TelephonyCapDeflectNotSupported = "TELEPHONY_CAP_DEFLECT_NOT_SUPPORTED" | 27,
        TelephonyIncompatibleObject = "TELEPHONY_INCOMPATIBLE_OBJECT" | 28,
        TelephonyValidationcallbackfailed = "TELEPHONY_VALIDATIONCALLBACKFAILED" | 29,
        TelephonyGenericFrameworkError = "TELEPHONY_GENERIC_FRAMEWORK_ERROR" | 30,
        TelephonyFwErrorInvalidServerName = "TELEPHONY_FW_ERROR_INVALID_SERVER_NAME" | 31,
        TelephonyStateerror = "TELEPHONY_STATEERROR" | 32,
        TelephonyExceedlimit = "TELEPHONY_EXCEEDLIMIT" | 33,
        TelephonyToomanyagents = "TELEPHONY_TOOMANYAGENTS" | 34,
        TelephonyValidationfailed = "TELEPHONY_VALIDATIONFAILED" | 35,
        TelephonyNetworkbusy = "TELEPHONY_NETWORKBUSY" | 36,
        TelephonyServernotready = "TELEPHONY_SERVERNOTREADY" | 37,
        AdminQueryuserFailed = "ADMIN_QUERYUSER_FAILED" | 50,
        AdminInvalidBussinesunitToLogon = "ADMIN_INVALID_BUSSINESUNIT_TO_LOGON" | 51,
        AdminInvalidCredentialsToLogon = "ADMIN_INVALID_CREDENTIALS_TO_LOGON" | 52,
        NoLicenseAvailable = "NO_LICENSE_AVAILABLE" | 60,
        CallbackError = "CALLBACK_ERROR" | 80,
        CallbackInvalidext = "CALLBACK_INVALIDEXT" | 81,
        CallbackAcceptFailed = "CALLBACK_ACCEPT_FAILED" | 82,
        CallbackCompleteFailed = "CALLBACK_COMPLETE_FAILED" | 83,
        CallbackDeleteFailed = "CALLBACK_DELETE_FAILED" | 84,
        WebInteractionError = "WEB_INTERACTION_ERROR" | 100,
        OpenMediaError = "OPENMEDIA_ERROR" | 120,
        RealTimeError = "REALTIME_ERROR" | 140,
    }

    /// Whether an entity is new (5, `EventAction`).
    pub enum EventAction {
        Unknown = "UNKNOWN",
        Add = "ADD",
        Update = "UPDATE",
    }

    /// The cause of a call event (5, `EventCause`).
    pub enum EventCause {
        Null = "NULL" | 0,
        ActiveMonitor = "ACTIVE_MONITOR" | 1,
        Alternate = "ALTERNATE" | 2,
        Busy = "BUSY" | 3,
        Callback = "CALLBACK" | 4,
        CallCancelled = "CALL_CANCELLED" | 5,
        CallForwardAlways = "CALL_FORWARD_ALWAYS" | 6,
        CallForwardBusy = "CALL_FORWARD_BUSY" | 7,
        CallForwardNoAnswer = "CALL_FORWARD_NO_ANSWER" | 8,
        CallForward = "CALL_FORWARD" | 9,
        CallNotAnswered = "CALL_NOT_ANSWERED" | 10,
        CallPickup = "CALL_PICKUP" | 11,
        CampOn = "CAMP_ON" | 12,
        DestNotObtainable = "DEST_NOT_OBTAINABLE" | 13,
        DoNotDisturb = "DO_NOT_DISTURB" | 14,
        IncompatibleDestination = "INCOMPATIBLE_DESTINATION" | 15,
        InvalidAccountCode = "INVALID_ACCOUNT_CODE" | 16,
        KeyConference = "KEY_CONFERENCE" | 17,
        Lockout = "LOCKOUT" | 18,
        Maintenance = "MAINTENANCE" | 19,
        NetworkCongestion = "NETWORK_CONGESTION" | 20,
        NetworkNotObtainable = "NETWORK_NOT_OBTAINABLE" | 21,
        NewCall = "NEW_CALL" | 22,
        NoAvailableAgents = "NO_AVAILABLE_AGENTS" | 23,
        Override = "OVERRIDE" | 24,
        Park = "PARK" | 25,
        Overflow = "OVERFLOW" | 26,
        Recall = "RECALL" | 27,
        Redirected = "REDIRECTED" | 28,
        ReorderTone = "REORDER_TONE" | 29,
        ResourceNotAvailable = "RESOURCE_NOT_AVAILABLE" | 30,
        SilentMonitor = "SILENT_MONITOR" | 31,
        Transfer = "TRANSFER" | 32,
        TrunkBusy = "TRUNK_BUSY" | 33,
        VoiceUnitInitiator = "VOICE_UNIT_INITIATOR" | 34,
        Blocked = "BLOCKED" | 35,
        CharacterCountReached = "CHARACTER_COUNT_REACHED" | 36,
        Consultation = "CONSULTATION" | 37,
        Distributed = "DISTRIBUTED" | 38,
        DtmfDigitDetected = "DTMF_DIGIT_DETECTED" | 39,
        DurationExceeded = "DURATION_EXCEEDED" | 40,
        EndOfMessageDetected = "END_OF_MESSAGE_DETECTED" | 41,
        EnteringDistribution = "ENTERING_DISTRIBUTION" | 42,
        ForcedPause = "FORCED_PAUSE" | 43,
        MakeCall = "MAKE_CALL" | 44,
        MessageSizeExceeded = "MESSAGE_SIZE_EXCEEDED" | 45,
        NetworkSignal = "NETWORK_SIGNAL" | 46,
        NextMessage = "NEXT_MESSAGE" | 47,
        NormalClearing = "NORMAL_CLEARING" | 48,
        NoSpeechDetected = "NO_SPEECH_DETECTED" | 49,
        NumberChanged = "NUMBER_CHANGED" | 50,
        CstaSingleStepConference = "CSTA_SINGLE_STEP_CONFERENCE" | 51,
        CstaSingleStepTransfer = "CSTA_SINGLE_STEP_TRANSFER" | 52,
        SpeechDetected = "SPEECH_DETECTED" | 53,
        SwitchingFunctionTerminated = "SWITCHING_FUNCTION_TERMINATED" | 54,
        TerminationCharacterReceived = "TERMINATION_CHARACTER_RECEIVED" | 55,
        Timeout = "TIMEOUT" | 56,
        AcdBusy = "ACD_BUSY" | 57,
        AcdForward = "ACD_FORWARD" | 58,
        AcdSaturated = "ACD_SATURATED" | 59,
        AlertTimeExpired = "ALERT_TIME_EXPIRED" | 60,
        AutoWork = "AUTO_WORK" | 61,
        CampOnTrunks = "CAMP_ON_TRUNKS" | 62,
        Conference = "CONFERENCE" | 63,
        DestDetected = "DEST_DETECTED" | 64,
        DestOutOfOrder = "DEST_OUT_OF_ORDER" | 65,
        DistributionDelay = "DISTRIBUTION_DELAY" | 66,
        ForcedTransition = "FORCED_TRANSITION" | 67,
        Intrude = "INTRUDE" | 68,
        InvalidNumberFormat = "INVALID_NUMBER_FORMAT" | 69,
        JoinCall = "JOIN_CALL" | 70,
        KeyOperationInUse = "KEY_OPERATION_IN_USE" | 71,
        MakePredictiveCall = "MAKE_PREDICTIVE_CALL" | 72,
        MessageDurationExceeded = "MESSAGE_DURATION_EXCEEDED" | 73,
        MultipleAlerting = "MULTIPLE_ALERTING" | 74,
        MultipleQueuing = "MULTIPLE_QUEUING" | 75,
        NetworkDialling = "NETWORK_DIALLING" | 76,
        NetworkOutOfOrder = "NETWORK_OUT_OF_ORDER" | 77,
        Normal = "NORMAL" | 78,
        NotAvailableBearerService = "NOT_AVAILABLE_BEARER_SERVICE" | 79,
        NotSupportedBearerService = "NOT_SUPPORTED_BEARER_SERVICE" | 80,
        NumberUnallocated = "NUMBER_UNALLOCATED" | 81,
        QueueCleared = "QUEUE_CLEARED" | 82,
        RemainsInQueue = "REMAINS_IN_QUEUE" | 83,
        Reserved = "RESERVED" | 84,
        SelectedTrunkBusy = "SELECTED_TRUNK_BUSY" | 85,
        Suspend = "SUSPEND" | 86,
        UnauthorizedBearerService = "UNAUTHORIZED_BEARER_SERVICE" | 87,
        CstaSoftHold = "CSTA_SOFT_HOLD" | 95,
        CstaHardHold = "CSTA_HARD_HOLD" | 96,
        CstaLineHold = "CSTA_LINE_HOLD" | 97,
        BackgroundHold = "BACKGROUND_HOLD" | 98,
        ExclusiveHold = "EXCLUSIVE_HOLD" | 99,
        RecallForwarded = "RECALL_FORWARDED" | 100,
        RecallBusy = "RECALL_BUSY" | 101,
        RecallNoAnswer = "RECALL_NO_ANSWER" | 102,
        RecallResourcesNotAvailable = "RECALL_RESOURCES_NOT_AVAILABLE" | 103,
        BusyOverflow = "BUSY_OVERFLOW" | 104,
        CalendarOverflow = "CALENDAR_OVERFLOW" | 105,
        CapacityOverflow = "CAPACITY_OVERFLOW" | 106,
        PathReplacement = "PATH_REPLACEMENT" | 107,
        QueueTimeOverflow = "QUEUE_TIME_OVERFLOW" | 108,
        UnknownOverflow = "UNKNOWN_OVERFLOW" | 109,
    }

    /// The type of an event (5, `EventType`).
    pub enum EventType {
        UserHandlingState = "USER_HANDLING_STATE",
        UserRoutingState = "USER_ROUTING_STATE",
        UserMediaNotReady = "USER_MEDIA_NOTREADY",
        UserMediaReady = "USER_MEDIA_READY",
        UserMediaState = "USER_MEDIA_STATE",
        DeliveredEvent = "DELIVERED_EVENT",
        DisconnectedEvent = "DISCONNECTED_EVENT",
        HoldEvent = "HOLD_EVENT",
        ConsultEvent = "CONSULT_EVENT",
        QueuedEvent = "QUEUED_EVENT",
        EstablishedEvent = "ESTABLISHED_EVENT",
        DivertedEvent = "DIVERTED_EVENT",
        HeldEvent = "HELD_EVENT",
        RetrievedEvent = "RETRIEVED_EVENT",
        ConferencedEvent = "CONFERENCED_EVENT",
        FailedEvent = "FAILED_EVENT",
        ServerConnectedEvent = "SERVER_CONNECTED_EVENT",
        ServerDisconnectedEvent = "SERVER_DISCONNECTED_EVENT",
        OriginatedEvent = "ORIGINATED_EVENT",
        ServiceInitiatedEvent = "SERVICE_INITIATED_EVENT",
        TransferredEvent = "TRANSFERRED_EVENT",
        ProcessTransferringEvent = "PROCESS_TRANSFERRING_EVENT",
        ProcessTransferredEvent = "PROCESS_TRANSFERRED_EVENT",
        NetworkReachedEvent = "NETWORKREACHED_EVENT",
        ServicesEnabledEvent = "SERVICES_ENABLED_EVENT",
        AggregateUpdatedEvent = "AGGREGATE_UPDATED_EVENT",
        DepartmentUpdatedEvent = "DEPARTMENT_UPDATED_EVENT",
        GroupUpdatedEvent = "GROUP_UPDATED_EVENT",
        PostProcessingReasonUpdatedEvent = "POSTPROCESSINGREASON_UPDATED_EVENT",
        QueueUpdatedEvent = "QUEUE_UPDATED_EVENT",
        UnavailableReasonUpdatedEvent = "UNAVAILABLEREASON_UPDATED_EVENT",
        WorkReasonUpdatedEvent = "WORKREASON_UPDATED_EVENT",
        WrapUpReasonUpdatedEvent = "WRAPUPREASON_UPDATED_EVENT",
        UserUpdatedEvent = "USER_UPDATED_EVENT",
        AggregateDeletedEvent = "AGGREGATE_DELETED_EVENT",
        DepartmentDeletedEvent = "DEPARTMENT_DELETED_EVENT",
        GroupDeletedEvent = "GROUP_DELETED_EVENT",
        PostProcessingReasonDeletedEvent = "POSTPROCESSINGREASON_DELETED_EVENT",
        QueueDeletedEvent = "QUEUE_DELETED_EVENT",
        UnavailableReasonDeletedEvent = "UNAVAILABLEREASON_DELETED_EVENT",
        WorkReasonDeletedEvent = "WORKREASON_DELETED_EVENT",
        WrapUpReasonDeletedEvent = "WRAPUPREASON_DELETED_EVENT",
        UserDeletedEvent = "USER_DELETED_EVENT",
        AssignCallEvent = "ASSIGN_CALL_EVENT",
        UnassignCallEvent = "UNASSIGN_CALL_EVENT",
        EnqueueCallEvent = "ENQUEUE_CALL_EVENT",
        DequeueCallEvent = "DEQUEUE_CALL_EVENT",
        RoutingInformationUpdatedEvent = "ROUTING_INFORMATION_UPDATED_EVENT",
        TimeoutCallEvent = "TIMEOUT_CALL_EVENT",
        DeliveredCallbackEvent = "DELIVERED_CALLBACK_EVENT",
        MakeCallfailedCallbackEvent = "MAKECALLFAILED_CALLBACK_EVENT",
        DivertedCallbackEvent = "DIVERTED_CALLBACK_EVENT",
        NewCallbacksListEvent = "NEW_CALLBACKS_LIST_EVENT",
        CallbackRetryReasonUpdatedEvent = "CALLBACK_RETRYREASON_UPDATED_EVENT",
        CallbackRetryReasonDeletedEvent = "CALLBACK_RETRYREASON_DELETED_EVENT",
        CallbackDeleteReasonUpdatedEvent = "CALLBACK_DELETEREASON_UPDATED_EVENT",
        CallbackDeleteReasonDeletedEvent = "CALLBACK_DELETEREASON_DELETED_EVENT",
        DivertedWebChatEvent = "DIVERTED_WEB_CHAT_EVENT",
        DeliveredWebChatEvent = "DELIVERED_WEB_CHAT_EVENT",
        EstablishedWebChatEvent = "ESTABLISHED_WEB_CHAT_EVENT",
        ConferencedWebChatEvent = "CONFERENCED_WEB_CHAT_EVENT",
        DisconnectedWebChatEvent = "DISCONNECTED_WEB_CHAT_EVENT",
        ContentWebChatEvent = "CONTENT_WEB_CHAT_EVENT",
        CallMeAnswerWebChatEvent = "CALL_ME_ANSWER_WEB_CHAT_EVENT",
        OpenMediaDiscardReasonUpdatedEvent = "OPENMEDIA_DISCARDREASON_UPDATED_EVENT",
        OpenMediaDiscardReasonDeletedEvent = "OPENMEDIA_DISCARDREASON_DELETED_EVENT",
        DeliveredOpenMediaEvent = "DELIVERED_OPENMEDIA_EVENT",
        DisconnectedOpenMediaEvent = "DISCONNECTED_OPENMEDIA_EVENT",
        DivertedOpenMediaEvent = "DIVERTED_OPENMEDIA_EVENT",
        EstablishedOpenMediaEvent = "ESTABLISHED_OPENMEDIA_EVENT",
        DeferredOpenMediaEvent = "DEFERRED_OPENMEDIA_EVENT",
        ResumedOpenMediaEvent = "RESUMED_OPENMEDIA_EVENT",
        TransferredOpenMediaEvent = "TRANSFERRED_OPENMEDIA_EVENT",
        ContentAddedOpenMediaEvent = "CONTENT_ADDED_OPENMEDIA_EVENT",
        StreamResponseOpenMediaEvent = "STREAM_RESPONSE_OPENMEDIA_EVENT",
    }

    /// The state of an agent's contact (5, `HandlingStates`).
    pub enum HandlingStates {
        None = "NONE",
        Pending = "PENDING",
        Dialing = "DIALING",
        Busy = "BUSY",
        Ringing = "RINGING",
        Connected = "CONNECTED",
        Queued = "QUEUED",
        OnHold = "ONHOLD",
        Consulting = "CONSULTING",
        Processing = "PROCESSING",
        PostProcessing = "POSTPROCESSING",
        Unknown = "UNKNOWN",
    }
    shows "IDLE"; // C072

    /// The reason why a contact is held (5, `HoldReasons`).
    pub enum HoldReasons {
        Undefined = "UNDEFINED",
        AgentDefer = "AGENT_DEFER",
        AutoDefer = "AUTO_DEFER",
        ExternalConsult = "EXTERNAL_CONSULT",
    }

    /// The state of a connection as its device sees it (5, `LCSType`).
    pub enum LCSType {
        Null = "NULL",
        Initiate = "INITIATE",
        Alerting = "ALERTING",
        Connected = "CONNECTED",
        Hold = "HOLD",
        Queued = "QUEUED",
        Fail = "FAIL",
    }

    /// The kind of a line, as telephony sees it (5, `LineResourceType`).
    pub enum LineResourceType {
        Agentextension = "AGENTEXTENSION",
        Ivrextension = "IVREXTENSION",
        Agentacd = "AGENTACD",
        Agentrcg = "AGENTRCG",
        Requeue = "REQUEUE",
        Basicacd = "BASICACD",
        Basicrcg = "BASICRCG",
        Transferacd = "TRANSFERACD",
        Bounceacd = "BOUNCEACD",
        Bouncercg = "BOUNCERCG",
        Networktransitnumber = "NETWORKTRANSITNUMBER",
        Ivracd = "IVRACD",
        Ivrrcg = "IVRRCG",
        Ivrtrunkid = "IVRTRUNKID",
        Unknown = "UNKNOWN",
        Unmonextension = "UNMONEXTENSION",
        Unmontrunk = "UNMONTRUNK",
        Unmonacd = "UNMONACD",
        Unmonrcg = "UNMONRCG",
        Trunkgroup = "TRUNKGROUP",
        Monitoredtrunk = "MONITOREDTRUNK",
        Ivrtransitnumber = "IVRTRANSITNUMBER",
        Noresourcetype = "NORESOURCETYPE",
        Routingerrornumber = "ROUTINGERRORNUMBER",
        Routingtransfernumber = "ROUTINGTRANSFERNUMBER",
        Servicenumber = "SERVICENUMBER",
        Transitionhuntgroup = "TRANSITIONHUNTGROUP",
    }

    /// The kind of a line, as administration sees it (5, `LineResourceTypes`).
    pub enum LineResourceTypes {
        Agentextension = "AGENTEXTENSION",
        Ivrextension = "IVREXTENSION",
        Acdgroup = "ACDGROUP",
        Basicrcg = "BASICRCG",
        Requeue = "REQUEUE",
        Basicacdgroup = "BASICACDGROUP",
        Transferacdgroup = "TRANSFERACDGROUP",
        Lbacdgroup = "LBACDGROUP",
        Lbrcggroup = "LBRCGGROUP",
        Networktransitnumber = "NETWORKTRANSITNUMBER",
        Ivracdgroup = "IVRACDGROUP",
        Ivrrcg = "IVRRCG",
        Ivrtrunkid = "IVRTRUNKID",
        Agentrcg = "AGENTRCG",
        Trunkgroup = "TRUNKGROUP",
        Telephonysource = "TELEPHONYSOURCE",
        Emailsource = "EMAILSOURCE",
        Chatsource = "CHATSOURCE",
        Teldestination = "TELDESTINATION",
        Telexternaldestination = "TELEXTERNALDESTINATION",
        Emaildestination = "EMAILDESTINATION",
        Chatdestination = "CHATDESTINATION",
        Calldirectorinteractiveextension = "CALLDIRECTORINTERACTIVEEXTENSION",
        Calldirectorannouncementextension = "CALLDIRECTORANNOUNCEMENTEXTENSION",
        Ivrwfextension = "IVRWFEXTENSION",
        Ivrtransitnumber = "IVRTRANSITNUMBER",
        Queue = "QUEUE",
        OpenMediasource = "OPENMEDIASOURCE",
        Maxresourcetypes = "MAXRESOURCETYPES",
        Unknown = "UNKNOWN",
        Routingerrornumber = "ROUTINGERRORNUMBER",
        Routingtransfernumber = "ROUTINGTRANSFERNUMBER",
        Servicenumber = "SERVICENUMBER",
        Transitionhuntgroup = "TRANSITIONHUNTGROUP",
    }

    /// The state of a line (5, `LineState`).
    pub enum LineState {
        Idle = "IDLE",
        Dialing = "DIALING",
        Busy = "BUSY",
        Ringing = "RINGING",
        Connected = "CONNECTED",
        Queued = "QUEUED",
        OnHold = "ONHOLD",
        Consulting = "CONSULTING",
        OutOfService = "OUTOFSERVICE",
        Unknown = "UNKNOWN",
    }

    /// The technology of a line (5, `LineType`).
    pub enum LineType {
        Analog = "ANALOG",
        Digital = "DIGITAL",
        Other = "OTHER",
        Unknowntype = "UNKNOWNTYPE",
    }

    /// Whether an agent is logged on to a medium (5, `MediaState`).
    pub enum MediaState {
        Logoff = "LOGOFF",
        Logon = "LOGON",
        Available = "AVAILABLE",
        DoNotDisturb = "DO_NOT_DISTURB",
        Unknown = "UNKNOWN",
    }

    /// A medium (5, `MediaType`).
    pub enum MediaType {
        None = "NONE",
        Voice = "VOICE",
        Callback = "CALLBACK",
        Email = "EMAIL",
        WebCollaboration = "WEB_COLLABORATION",
        OpenMedia = "OPENMEDIA",
        Maxmedium = "MAXMEDIUM",
    }

    /// The kind of a message that is posted (5, `MessageType`).
    pub enum MessageType {
        Event = "EVENT",
        Request = "REQUEST",
    }

    /// The author of an open-media message (5, `OpenMediaCommiter`).
    pub enum OpenMediaCommiter {
        Unknown = "UNKNOWN",
        Customer = "CUSTOMER",
        Agent = "AGENT",
    }

    /// The reason why an open-media contact was deferred (5, `OpenMediaDeferReason`).
    pub enum OpenMediaDeferReason {
        Undefined = "UNDEFINED",
        Agentdefer = "AGENTDEFER",
        Autodefer = "AUTODEFER",
        Externalconsult = "EXTERNALCONSULT",
    }

    /// The reason why an open-media contact ended (5, `OpenMediaDisconnectReason`).
    pub enum OpenMediaDisconnectReason {
        Undefined = "UNDEFINED",
        Agentreplied = "AGENTREPLIED",
        Autoresponded = "AUTORESPONDED",
        Discarded = "DISCARDED",
        Timedout = "TIMEDOUT",
        Criticalserverdown = "CRITICALSERVERDOWN",
        Transferredout = "TRANSFERREDOUT",
        Sent = "SENT",
    }

    /// The reason why an open-media contact was diverted (5, `OpenMediaDivertReason`).
    pub enum OpenMediaDivertReason {
        Undefined = "UNDEFINED",
        Defertakeback = "DEFERTAKEBACK",
        Rna = "RNA",
        Routingservertimeout = "ROUTINGSERVERTIMEOUT",
        Externalconsultreply = "EXTERNALCONSULTREPLY",
        Externalconsulttakeback = "EXTERNALCONSULTTAKEBACK",
    }

    /// The reason why an open-media contact was resumed (5, `OpenMediaResumeReason`).
    pub enum OpenMediaResumeReason {
        Undefined = "UNDEFINED",
        Deferresumed = "DEFERRESUMED",
        Externalconsultresumed = "EXTERNALCONSULTRESUMED",
        Recovery = "RECOVERY",
    }

    /// The reason why an open-media contact was transferred (5, `OpenMediaTransferReason`).
    pub enum OpenMediaTransferReason {
        Undefined = "UNDEFINED",
        Normal = "NORMAL",
        Monitor = "MONITOR",
    }

    /// The destination of an open-media contact (5, `OpenMediaTransferTarget`).
    pub enum OpenMediaTransferTarget {
        Undefined = "UNDEFINED",
        Reserveforagent = "RESERVEFORAGENT",
        Queue = "QUEUE",
    }

    /// The kind of a party (5, `PartyTypes`).
    pub enum PartyTypes {
        Unknown = "UNKNOWN",
        External = "EXTERNAL",
        Internal = "INTERNAL",
        Agent = "AGENT",
        Trunk = "TRUNK",
        Rcg = "RCG",
        Queue = "QUEUE",
        Ivr = "IVR",
    }

    /// Whether an agent is there (5, `PresenceStates`).
    pub enum PresenceStates {
        Idle = "IDLE",
        Away = "AWAY",
        Busy = "BUSY",
        Active = "ACTIVE",
        LoggedOff = "LOGGEDOFF",
        Unknown = "UNKNOWN",
    }

    /// The service that an event comes from (5, `Realm`).
    pub enum Realm {
        Administration = "ADMINISTRATION",
        Presence = "PRESENCE",
        Telephony = "TELEPHONY",
        RealTime = "REALTIME",
        Statistic = "STATISTIC",
        Callback = "CALLBACK",
        Routing = "ROUTING",
        WebInteraction = "WEB_INTERACTION",
        OpenMedia = "OPENMEDIA",
    }

    /// The kind of a statistics query (5, `RealTimeQueryType`).
    pub enum RealTimeQueryType {
        UserRealTime = "USER_REALTIME",
        QueueRealTime = "QUEUE_REALTIME",
        GroupRealTime = "GROUP_REALTIME",
        AggregateRealTime = "AGGREGATE_REALTIME",
        ContactRealTime = "CONTACT_REALTIME",
        CallbackRealTime = "CALLBACK_REALTIME",
        UserCumulative = "USER_CUMULATIVE",
        QueueCumulative = "QUEUE_CUMULATIVE",
        GroupCumulative = "GROUP_CUMULATIVE",
        AggregateCumulative = "AGGREGATE_CUMULATIVE",
        UserWrapUpReasonCumulative = "USER_WRAPUP_REASON_CUMULATIVE",
        QueueWrapUpReasonCumulative = "QUEUE_WRAPUP_REASON_CUMULATIVE",
        AggregateWrapUpReasonCumulative = "AGGREGATE_WRAPUP_REASON_CUMULATIVE",
    }

    /// Whether an agent takes routed contacts (5, `RoutingStates`).
    pub enum RoutingStates {
        Available = "AVAILABLE",
        Unavailable = "UNAVAILABLE",
        Work = "WORK",
        LoggedOff = "LOGGEDOFF",
        Unknown = "UNKNOWN",
    }

    /// The state of a contact in routing (5, `SBRCallState`).
    pub enum SBRCallState {
        Abandoned = "ABANDONED",
        Answered = "ANSWERED",
        Dequeued = "DEQUEUED",
        Holding = "HOLDING",
        Icaqueued = "ICAQUEUED",
        None = "NONE",
        Orphaned = "ORPHANED",
        Pending = "PENDING",
        Queued = "QUEUED",
        Suspended = "SUSPENDED",
        Timedout = "TIMEDOUT",
        Queuedetermination = "QUEUEDETERMINATION",
        Queuedpauseassignment = "QUEUEDPAUSEASSIGNMENT",
        Networksuspended = "NETWORKSUSPENDED",
    }

    /// Whether a server is connected (5, `ServerConnectionState`).
    pub enum ServerConnectionState {
        Unknown = "UNKNOWN",
        Disconnected = "DISCONNECTED",
        Connected = "CONNECTED",
    }

    /// Whether a service is available (5, `ServerState`).
    pub enum ServerState {
        Unknown = "UNKNOWN",
        Unavailable = "UNAVAILABLE",
        PartiallyAvailable = "PARTIALLY_AVAILABLE",
        Available = "AVAILABLE",
    }

    /// The use of a reason (5, `UnavailableReasonType`).
    pub enum UnavailableReasonType {
        UnavailableType = "UNAVAILABLE_TYPE",
        WorkType = "WORK_TYPE",
        Unknown = "UNKNOWN",
    }

    /// The kind of a user (5, `UserType`).
    pub enum UserType {
        AssociateA = "ASSOCIATE_A",
        Supervisor = "SUPERVISOR",
        Administrator = "ADMINISTRATOR",
        Master = "MASTER",
        Service = "SERVICE",
        AssociateE = "ASSOCIATE_E",
        Basic = "BASIC",
        Crm = "CRM",
        Maxusertype = "MAXUSERTYPE",
    }

    /// The author of a chat text (5, `WebCollaborationChatCommiter`).
    pub enum WebCollaborationChatCommiter {
        Customer = "CUSTOMER",
        Agent = "AGENT",
        System = "SYSTEM",
    }

    /// The reason why a web collaboration was delivered (5, `WebCollaborationDeliveredReason`).
    pub enum WebCollaborationDeliveredReason {
        None = "NONE",
        InitialArrival = "INITIAL_ARRIVAL",
        NormalAssignment = "NORMAL_ASSIGNMENT",
        RequeueAssignment = "REQUEUE_ASSIGNMENT",
        Conference = "CONFERENCE",
    }

    /// The reason why a web collaboration ended (5, `WebCollaborationDisconnectReason`).
    pub enum WebCollaborationDisconnectReason {
        Undefined = "UNDEFINED",
        NormalDisconnect = "NORMAL_DISCONNECT",
        FailedToStartWorkflow = "FAILED_TO_START_WORKFLOW",
        AbandonedInWorkflow = "ABANDONED_IN_WORKFLOW",
        AbandonedInQueue = "ABANDONED_IN_QUEUE",
        TimedoutInQueue = "TIMEDOUT_IN_QUEUE",
        AbandonedWhilePending = "ABANDONED_WHILE_PENDING",
        TransferredOutOfHppc = "TRANSFERRED_OUT_OF_HPPC",
        BrowserTimeout = "BROWSER_TIMEOUT",
        ManagerDeleteAgent = "MANAGER_DELETE_AGENT",
        WorkflowDisconnect = "WORKFLOW_DISCONNECT",
        ShuttingDown = "SHUTTING_DOWN",
        SessionExpired = "SESSION_EXPIRED",
        AdminDown = "ADMIN_DOWN",
        WatchdogDown = "WATCHDOG_DOWN",
        FeatureDisabled = "FEATURE_DISABLED",
    }

    /// The reason why a web collaboration was diverted (5, `WebCollaborationDivertReason`).
    pub enum WebCollaborationDivertReason {
        Undefined = "UNDEFINED",
        Hppcr = "HPPCR",
        InvitationRejected = "INVITATION_REJECTED",
        InvitationTimeout = "INVITATION_TIMEOUT",
        Unanswered = "UNANSWERED",
        AbandonedWhilePending = "ABANDONED_WHILE_PENDING",
        DisconnectWhilePending = "DISCONNECT_WHILE_PENDING",
    }

    /// The state of a node (5, `HotStandbyState`).
    pub enum HotStandbyState {
        Unknown = "UNKNOWN",
        Active = "ACTIVE",
        Standby = "STANDBY",
    }

}
