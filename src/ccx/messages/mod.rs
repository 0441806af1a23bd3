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

use bytes::BytesMut;

use super::declare::{Body, Out, Visitor, encode, header};
use super::error::{DecodeError, EncodeError};
use super::layout::{Layout, fixed_sizes};
use super::message_type::MessageType;
use super::version::Version;
use super::wire::Writer;

/// What the declarations in the files beside need.
mod prelude {
    pub(super) use super::Message;
    pub(super) use super::rules::{Rule, refuse_broken};
    pub(super) use crate::ccx::declare::{
        Accept, Body, Count, Fixed, Measure, Place, Refusal, Slot, Visitor, bit, exists, fact,
        finish, first, fixed, floating, group, invoke_id, message, newer_fixed, refused, row,
        short_fixed,
    };
    pub(super) use crate::ccx::error::DecodeError;
    pub(super) use crate::ccx::layout::{Class, FixedRow, FloatingRow, Layout, SentBy};
    pub(super) use crate::ccx::message_type::MessageType;
    pub(super) use crate::ccx::named::{NamedArray, NamedVariable};
    pub(super) use crate::ccx::repeated::{Element, Repeated, Unlisted};
    pub(super) use crate::ccx::values::*;
    pub(super) use crate::ccx::version::Version;
    pub(super) use crate::ccx::wire::{FloatingField, Step, Walk, Writer};
    pub(super) use crate::text::Text;
}

/// The one list of all messages: the enum over them, and what it does for each.
macro_rules! messages {
    ($($Name:ident)*) => {
        /// A message of any type.
        #[derive(Clone, Copy, PartialEq, Debug)]
        pub enum Message<'a> {
            $(#[doc = concat!("[`", stringify!($Name), "`].")] $Name($Name<'a>),)*
            /// A message of a type that has no struct, kept as it came.
            Raw(RawMessage<'a>),
        }

        /// The tables of all messages, in the order of their types.
        pub static LAYOUTS: &[&Layout] = &[$(<$Name<'_> as Body<'_>>::LAYOUT),*];

        /// The sizes of the fixed parts by type and version, oldest first: all that the raw view
        /// needs of a layout, one load away.
        static FIXED_SIZES: [[Option<u8>; 9]; 256] = fixed_sizes(&[
            $(<$Name<'_> as Body<'_>>::LAYOUT),*
        ]);

        pub(crate) fn layout(message_type: MessageType) -> Option<&'static Layout> {
            match message_type {
                $(<$Name<'_> as Body<'_>>::TYPE => Some(<$Name<'_> as Body<'_>>::LAYOUT),)*
                _ => None,
            }
        }

        /// The size of the fixed part of a type in a version; `None` for types that are kept raw.
        #[inline]
        pub(crate) fn fixed_size(message_type: MessageType, version: Version) -> Option<usize> {
            FIXED_SIZES
                .get(usize::try_from(message_type.0).ok()?)?
                .get(version.index())?
                .map(usize::from)
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
                let mut message = Self::Raw(RawMessage { message_type, body });
                message.decode_into(message_type, body, version)?;
                Ok(message)
            }

            /// The same, to where the caller keeps a message: for loops that decode one after the
            /// other, as the struct is wide and moving it costs. On error it holds anything.
            ///
            /// # Errors
            /// Those of [`decode_body`](Self::decode_body).
            #[inline]
            pub fn decode_into(
                &mut self,
                message_type: MessageType,
                body: &'a [u8],
                version: Version,
            ) -> Result<(), DecodeError> {
                match message_type {
                    $(<$Name<'_> as Body<'_>>::TYPE => {
                        <$Name<'a>>::decode_into(self, body, version)
                    })*
                    _ => {
                        *self = Self::Raw(RawMessage { message_type, body });
                        Ok(())
                    }
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

            fn encode_with(
                &self,
                version: Version,
                strict: bool,
                out: Out<'_>,
            ) -> Result<usize, EncodeError> {
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

            /// The `InvokeID`, which ties a request and its answer together; `None` where the type
            /// has none.
            #[must_use]
            pub fn invoke_id(&self) -> Option<u32> {
                // A copy costs nothing that matters here, and spares a second table of types.
                let mut copy = *self;
                copy.invoke_id_mut().copied()
            }

            /// The same, to be written: a client numbers its requests as it sends them.
            pub fn invoke_id_mut(&mut self) -> Option<&mut u32> {
                match self {
                    $(Self::$Name(message) => message.invoke_id_mut(),)*
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
    fn encode(&self, out: Out<'_>) -> Result<usize, EncodeError> {
        let (body_length, frame) = out.frame(self.message_type, self.body.len())?;
        let mut writer = Writer::new(frame, Version::default());
        writer.put(&header(body_length, self.message_type));
        writer.put(self.body);
        Ok(self.body.len().saturating_add(8))
    }
}

impl Message<'_> {
    /// Appends header and body to a buffer. On error nothing is written.
    ///
    /// # Errors
    /// The guide forbids the message as it is, or the wire cannot carry it.
    pub fn encode(&self, version: Version, out: &mut BytesMut) -> Result<(), EncodeError> {
        self.encode_with(version, true, Out::Grow(out)).map(|_| ())
    }

    /// Appends header and body to a buffer, whatever the guide forbids: for what is sent on as it
    /// was received. Counts that came with a list stay as they came. On error nothing is written.
    ///
    /// # Errors
    /// The wire cannot carry the message.
    pub fn encode_as_received(
        &self,
        version: Version,
        out: &mut BytesMut,
    ) -> Result<(), EncodeError> {
        self.encode_with(version, false, Out::Grow(out)).map(|_| ())
    }

    /// Writes header and body to the beginning of a slice, and says how many bytes they are. On
    /// error nothing is written.
    ///
    /// # Errors
    /// Those of [`encode`](Self::encode), and `NoRoom`, which says how long the slice must be.
    pub fn encode_to_slice(&self, version: Version, out: &mut [u8]) -> Result<usize, EncodeError> {
        self.encode_with(version, true, Out::Slice(out))
    }
}
