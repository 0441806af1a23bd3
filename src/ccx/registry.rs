//! The one list of all messages.

use super::common::Common;
use super::message_type::{MessageType, UNTYPED};
use super::messages::*;
use super::version::Version;
use crate::mhdr::prelude::*;

registry! {
    Narrow, from V18 WideId; UNTYPED;
    FailureConf
    FailureEvent
    OpenReq
    OpenConf
    HeartbeatReq
    HeartbeatConf
    CloseReq
    CloseConf
    CallDeliveredEvent
    CallEstablishedEvent
    CallHeldEvent
    CallRetrievedEvent
    CallClearedEvent
    CallConnectionClearedEvent
    CallOriginatedEvent
    CallFailedEvent
    CallConferencedEvent
    CallTransferredEvent
    CallDivertedEvent
    CallServiceInitiatedEvent
    CallQueuedEvent
    BeginCallEvent
    EndCallEvent
    CallDataUpdateEvent
    SetCallDataReq
    SetCallDataConf
    AgentStateEvent
    SystemEvent
    ControlFailureConf
    QueryAgentStateReq
    QueryAgentStateConf
    SetAgentStateReq
    SetAgentStateConf
    AlternateCallReq
    AlternateCallConf
    AnswerCallReq
    AnswerCallConf
    ClearCallReq
    ClearCallConf
    ClearConnectionReq
    ClearConnectionConf
    ConferenceCallReq
    ConferenceCallConf
    ConsultCallReq
    ConsultCallConf
    HoldCallReq
    HoldCallConf
    MakeCallReq
    MakeCallConf
    ReconnectCallReq
    ReconnectCallConf
    RetrieveCallReq
    RetrieveCallConf
    TransferCallReq
    TransferCallConf
    QueryDeviceInfoReq
    QueryDeviceInfoConf
    SnapshotCallReq
    SnapshotCallConf
    SnapshotDeviceReq
    SnapshotDeviceConf
    CallDequeuedEvent
    SendDtmfSignalReq
    SendDtmfSignalConf
    RtpStartedEvent
    RtpStoppedEvent
    SupervisorAssistReq
    SupervisorAssistConf
    SupervisorAssistEvent
    EmergencyCallEvent
    SuperviseCallReq
    SuperviseCallConf
    BadCallReq
    BadCallConf
    QueryQueueStatisticsReq
    QueryQueueStatisticsConf
    QuerySummaryStatisticsReq
    QuerySummaryStatisticsConf
    ConfigRequestKeyEvent
    ConfigKeyEvent
    ConfigRequestEvent
    ConfigBeginEvent
    ConfigEndEvent
    ConfigApplicationEvent
    ConfigCsqEvent
    ConfigAgentEvent
    ConfigDeviceEvent
    QueryAgentQueueStatisticsReq
    QueryAgentQueueStatisticsConf
    TeamConfigReq
    TeamConfigEvent
    TeamConfigConf
    ConfigTerminalEvent
}
