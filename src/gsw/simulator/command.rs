//! Commands for the server's side, independent of any desktop.

use core::fmt;
use core::time::Duration;

use crate::gsw::{AttachedDataBuf, CampaignMode, ChainAttr, ErrorCode, MessageType, TextBuf};

/// Something that happens on the server's side.
#[derive(Clone, PartialEq, Eq, Debug)]
#[non_exhaustive]
pub enum Command {
    /// Logs an agent in at T-Server, who is told the running campaigns.
    LogIn {
        /// The DN.
        dn: TextBuf,
    },
    /// An agent is logged out at T-Server: the records on the desktop go back as `Updated`.
    LogOut {
        /// The DN.
        dn: TextBuf,
    },
    /// A dialing session is loaded.
    Load {
        /// The campaign group.
        group: TextBuf,
    },
    /// A dialing session is started, or resumed.
    Start {
        /// The campaign group.
        group: TextBuf,
        /// The dialing mode.
        mode: CampaignMode<'static>,
    },
    /// A dialing session is stopped, or paused.
    Stop {
        /// The campaign group.
        group: TextBuf,
    },
    /// A dialing session is unloaded.
    Unload {
        /// The campaign group.
        group: TextBuf,
    },
    /// A running session dials in another mode from now on.
    ChangeMode {
        /// The campaign group.
        group: TextBuf,
        /// The dialing mode.
        mode: CampaignMode<'static>,
    },
    /// An agent is assigned to a campaign group.
    Assign {
        /// The DN.
        dn: TextBuf,
        /// The campaign group.
        group: TextBuf,
    },
    /// Makes another application primary. Preview sessions end, and each agent is informed again.
    SwitchOver {
        /// The application.
        application_id: i64,
        /// Whether the former primary still answers for the records that it gave away.
        former_alive: bool,
    },
    /// Cancels records from outside, like an application of the Communication DN API.
    Cancel {
        /// The records.
        whose: Whose,
        /// The scope: the records alone or their chains.
        chain_attr: ChainAttr<'static>,
    },
    /// Adds a do-not-call entry from outside.
    DoNotCall {
        /// The number or customer.
        whose: Whose,
    },
    /// A preview record is sent without a request.
    Push {
        /// The DN.
        dn: TextBuf,
        /// The campaign group.
        group: TextBuf,
    },
    /// A call reaches an agent; its attached data have a record.
    Call {
        /// The DN.
        dn: TextBuf,
        /// The campaign group.
        group: TextBuf,
    },
    /// A call is being dialed in expectation of an agent, and will be for some time.
    Dial {
        /// The DN.
        dn: TextBuf,
        /// The duration.
        time: Duration,
    },
    /// Ends the calls dialed for an agent. An agent who wishes to log out may do so.
    Dialed {
        /// The DN.
        dn: TextBuf,
    },
    /// An application counts handles from another number on, as one does that was started anew.
    Renumber {
        /// The application.
        application_id: i64,
        /// The handle that the next record gets.
        next_handle: i64,
    },
    /// Sends a list unchanged and unchecked.
    Send {
        /// The DN.
        dn: TextBuf,
        /// The pairs.
        data: AttachedDataBuf,
    },
    /// Sets the server's reaction to the next request.
    Next {
        /// The type of the request; `None` for any.
        request: Option<MessageType>,
        /// The reaction.
        reaction: Reaction,
    },
}

/// The number or customer of requests without a handle.
#[derive(Clone, PartialEq, Eq, Debug)]
pub enum Whose {
    /// The records with a number.
    Phone(TextBuf),
    /// The records of a customer.
    Customer(TextBuf),
}

/// An unusual reaction of the server to a request.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
#[non_exhaustive]
pub enum Reaction {
    /// It never gets it.
    Ignore,
    /// Refuses it, with the manual's name for the code, and does nothing.
    Refuse(ErrorCode),
    /// It refuses it with 101 and a text.
    RefuseWith(&'static str),
    /// Carries it out, but the answer is lost.
    LoseAnswer,
    /// Carries it out, but the answer comes later.
    AnswerLate(Duration),
    /// It answers twice.
    AnswerTwice,
    /// It answers without the reference id.
    AnswerWithoutReference,
}

/// A [`Command`] that names something there is not.
#[derive(Clone, PartialEq, Eq, Debug, thiserror::Error)]
#[non_exhaustive]
pub enum Impossible {
    /// No agent has the DN.
    #[error("no agent has the DN {0}")]
    UnknownDn(TextBuf),
    /// There is no such campaign group.
    #[error("there is no campaign group {0}")]
    UnknownGroup(TextBuf),
    /// There is no such application.
    #[error("there is no application {0}")]
    UnknownApplication(i64),
    /// No record of the group is ready.
    #[error("no record of {0} is ready")]
    NoRecord(TextBuf),
    /// The session of the group does not run.
    #[error("{0} does not run")]
    NotStarted(TextBuf),
}

impl fmt::Display for Whose {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Whose::Phone(phone) => write!(f, "phone {phone}"),
            Whose::Customer(customer) => write!(f, "customer {customer}"),
        }
    }
}
