//! A struct for each message type, in a file for each message class of the guide's Table 10.

mod agent_state;
mod call_control;
mod call_event;
mod configuration;
mod failure;
mod miscellaneous;
mod rules;
mod session;

pub use agent_state::*;
pub use call_control::*;
pub use call_event::*;
pub use configuration::*;
pub use failure::*;
pub use miscellaneous::*;
pub use rules::Rule;
pub use session::*;

use bytes::BufMut;

use super::declare::{Body, Visitor, encode, header, no_room};
use super::error::{DecodeError, EncodeError};
use super::layout::Layout;
use super::message_type::MessageType;
use super::version::Version;

/// What the declarations in the files beside need.
mod prelude {
    pub(super) use bytes::BufMut;

    pub(super) use super::rules::{Rule, refuse_broken};
    pub(super) use crate::ccx::declare::{
        Body, Count, Fixed, Measure, Place, Refusal, Slot, Visitor, bad_field, fact, finish, fixed,
        floating, group, invoke_id, message, newer_fixed, row, short_fixed,
    };
    pub(super) use crate::ccx::error::{DecodeError, DecodeErrorKind};
    pub(super) use crate::ccx::layout::{Class, FixedRow, FloatingRow, Layout, SentBy};
    pub(super) use crate::ccx::message_type::MessageType;
    pub(super) use crate::ccx::named::{NamedArray, NamedVariable};
    pub(super) use crate::ccx::repeated::{Element, Repeated, Unlisted};
    pub(super) use crate::ccx::text::Text;
    pub(super) use crate::ccx::values::*;
    pub(super) use crate::ccx::version::Version;
    pub(super) use crate::ccx::wire::{FloatingField, Step, Walk};
}

/// The one list of all messages: the enum over them, and what it does for each.
macro_rules! messages {
    ($($Name:ident)*) => {
        /// A message of any type.
        #[derive(Clone, Copy, PartialEq, Debug)]
        #[expect(clippy::large_enum_variant, reason = "decoding does not allocate")]
        pub enum Message<'a> {
            $(#[doc = concat!("[`", stringify!($Name), "`].")] $Name($Name<'a>),)*
            /// A message of a type that has no struct, kept as it came.
            Raw(RawMessage<'a>),
        }

        /// The tables of all messages, in the order of their types.
        pub static LAYOUTS: &[&Layout] = &[$(<$Name<'_> as Body<'_>>::LAYOUT),*];

        pub(crate) fn layout(message_type: MessageType) -> Option<&'static Layout> {
            match message_type {
                $(<$Name<'_> as Body<'_>>::TYPE => Some(<$Name<'_> as Body<'_>>::LAYOUT),)*
                _ => None,
            }
        }

        impl<'a> Message<'a> {
            /// Decodes the bytes that follow a header.
            ///
            /// # Errors
            /// A field is cut short, or a number has the wrong size. Types without a struct never
            /// fail.
            #[inline]
            pub fn decode_body(
                message_type: MessageType,
                body: &'a [u8],
                version: Version,
            ) -> Result<Self, DecodeError> {
                match message_type {
                    $(<$Name<'_> as Body<'_>>::TYPE => {
                        <$Name<'a>>::decode(body, version).map(Self::$Name)
                    })*
                    _ => Ok(Self::Raw(RawMessage { message_type, body })),
                }
            }

            /// The type of the message.
            #[must_use]
            pub fn message_type(&self) -> MessageType {
                match self {
                    $(Self::$Name(_) => <$Name<'_> as Body<'_>>::TYPE,)*
                    Self::Raw(raw) => raw.message_type,
                }
            }

            /// Writes header and body. On error nothing is written.
            ///
            /// # Errors
            /// The guide forbids the message as it is, the wire cannot carry it, or a buffer of
            /// fixed size has no room for it.
            pub fn encode<B: BufMut>(
                &self,
                version: Version,
                out: &mut B,
            ) -> Result<(), EncodeError> {
                self.encode_with(version, true, out)
            }

            /// Writes header and body, whatever the guide forbids: for what is sent on as it was
            /// received. Counts that came with a list stay as they came. On error nothing is
            /// written.
            ///
            /// # Errors
            /// The wire cannot carry the message, or a buffer of fixed size has no room for it.
            pub fn encode_as_received<B: BufMut>(
                &self,
                version: Version,
                out: &mut B,
            ) -> Result<(), EncodeError> {
                self.encode_with(version, false, out)
            }

            fn encode_with<B: BufMut>(
                &self,
                version: Version,
                strict: bool,
                out: &mut B,
            ) -> Result<(), EncodeError> {
                match self {
                    $(Self::$Name(message) => encode(message, version, strict, out),)*
                    Self::Raw(raw) => raw.encode(out),
                }
            }

            /// Shows every field that is set to a visitor, in table order. A raw message has none.
            pub fn visit(&self, visitor: &mut dyn Visitor<'a>) {
                match self {
                    $(Self::$Name(message) => message.visit(visitor),)*
                    Self::Raw(_) => {}
                }
            }

            pub(crate) fn broken_rules(&self, report: &mut dyn FnMut(&'static Rule)) {
                match self {
                    $(Self::$Name(message) => Body::broken_rules(message, report),)*
                    Self::Raw(_) => {}
                }
            }

            /// The InvokeID, which ties a request and its answer together, to be read or written;
            /// `None` where the type has none.
            pub fn invoke_id(&mut self) -> Option<&mut u32> {
                match self {
                    $(Self::$Name(message) => message.invoke_id(),)*
                    Self::Raw(_) => None,
                }
            }
        }

        $(impl<'a> From<$Name<'a>> for Message<'a> {
            fn from(message: $Name<'a>) -> Self {
                Self::$Name(message)
            }
        })*
    };
}

messages! {
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
}

/// A message of a type that has no struct, kept as it came.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub struct RawMessage<'a> {
    /// The type that the header names.
    pub message_type: MessageType,
    /// All that follows the header.
    pub body: &'a [u8],
}

impl RawMessage<'_> {
    fn encode<B: BufMut>(&self, out: &mut B) -> Result<(), EncodeError> {
        let needed = self.body.len().saturating_add(8);
        let room = out.remaining_mut();
        match u32::try_from(self.body.len()) {
            Ok(body_length) if needed <= room => {
                out.put_slice(&header(body_length, self.message_type));
                out.put_slice(self.body);
                Ok(())
            }
            _ => Err(no_room(self.message_type, needed, room)),
        }
    }
}
