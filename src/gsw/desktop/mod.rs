//! The desktop's side of the conversation with an Outbound Contact Server: no socket, no clock, no
//! thread.
//!
//! ```text
//! user event on the DN ->  handle_input        messages to send <- poll_transmit
//! data of a call       ->  handle_call         next deadline    <- poll_timeout
//! time is up           ->  handle_timeout      what happened    <- poll_event
//! connection, agent    ->  handle_transport,
//!                          handle_agent
//! the user             ->  preview, finish, log_out, forget, request, force
//! ```
//!
//! One [`Desktop`] is one agent on one DN. Attached data goes in and comes out, in the form of your
//! connection to T-Server. Call its methods in any order; late calls take effect late. Time is a
//! [`Duration`] since a moment of your choice, and never goes back.
//!
//! # Guarantees
//!
//! Every record that comes is *owed* a final request until that is answered or the server has
//! withdrawn it: otherwise the customer is not called again, and the agent cannot log out.
//! [`finish`](Desktop::finish) takes the agent's result for a record as one value, and sends the
//! necessary requests, each after the answer to the one before. So a callback is never left without
//! the `RecordProcessed` that makes it effective. [`log_out`](Desktop::log_out) does the same for all
//! open records of an agent.
//!
//! A record is identified by its server and its handle ([`RecordId`]), since each server makes handles
//! of its own. When another server takes over a campaign, open records stay with the old one, and no
//! handle goes to the new one.
//!
//! Answers are matched by reference id, type, server, handle and campaign. Late ones, and those caused
//! by another client on the DN, are events, and their information about a record counts.
//!
//! # Example
//!
//! ```
//! use core::time::Duration;
//! use cti_codec::gsw::desktop::{Changes, Desktop, Event, Finish, Preview, Settings};
//! use cti_codec::gsw::messages::{CampaignStarted, DesktopMessage, PreviewRecord};
//! use cti_codec::gsw::{CallResult, CampaignMode, ChainAttr};
//!
//! # fn answer(desktop: &mut Desktop, now: Duration) -> Result<(), Box<dyn core::error::Error>> {
//! #     while let Some(sent) = desktop.poll_transmit() {
//! #         let request = DesktopMessage::from_attached_data(&sent.data)?;
//! #         let answer = match &request {
//! #             DesktopMessage::PreviewRecordRequest(asked) => PreviewRecord {
//! #                 application_id: asked.application_id,
//! #                 reference_id: asked.reference_id,
//! #                 record_handle: Some(283),
//! #                 calling_list: Some("Customers".into()),
//! #                 campaign_name: asked.campaign_name,
//! #                 phone: Some("+33555005".into()),
//! #                 ..Default::default()
//! #             }.into(),
//! #             other => match other.acknowledgement() { Some(answer) => answer, None => continue },
//! #         };
//! #         desktop.handle_input(now, &answer.to_attached_data_as_received());
//! #     }
//! #     Ok(())
//! # }
//! let now = Duration::ZERO;
//! let mut desktop = Desktop::new(Settings { first_reference_id: 4711, ..Settings::default() });
//!
//! // A campaign starts, and the agent wants a record of it.
//! let started = CampaignStarted {
//!     application_id: Some(139),
//!     campaign_name: Some("Spring".into()),
//!     campaign_group_name: Some("Spring@Team 1".into()),
//!     campaign_description: Some("".into()),
//!     campaign_mode: Some(CampaignMode::PREVIEW),
//!     ..Default::default()
//! };
//! desktop.handle_input(now, &started.to_attached_data()?);
//! let campaign = desktop.campaigns().next().ok_or("no campaign")?.id;
//! desktop.preview(now, campaign, Preview::Next)?;
//! answer(&mut desktop, now)?; // starts the preview session
//! answer(&mut desktop, now)?; // asks for a record
//! let record = desktop.records().next().ok_or("no record")?.id;
//!
//! // The agent has called, and says what came of it.
//! let finish = Finish {
//!     changes: Changes { call_result: Some(CallResult::ANSWER), ..Changes::default() },
//!     ..Finish::default()
//! };
//! desktop.finish(now, record, &finish)?;
//! answer(&mut desktop, now)?;
//! assert_eq!(desktop.records().count(), 0);
//! let ended = core::iter::from_fn(|| desktop.poll_event())
//!     .any(|event| matches!(event, Event::Ended { record: ended, .. } if ended == record));
//! assert!(ended);
//! # Ok::<(), Box<dyn core::error::Error>>(())
//! ```
mod answers;
mod campaign;
mod errors;
mod event;
mod events;
mod facts;
mod finish;
mod leave;
mod preview;
mod records;
mod refused;
mod requests;
mod sending;
mod settings;
mod submit;
mod time;
mod view;

use alloc::collections::{BTreeMap, VecDeque};
use alloc::vec::Vec;
use core::time::Duration;

use super::attached_data::{AttachedData, AttachedDataBuf};
use super::messages::{DesktopMessage, MessageType};
use crate::text::Text;
use campaign::{Application, Session};
use events::Events;
use facts::Facts;
use leave::Leaving;
use records::{Entry, Members};
use requests::{Purpose, Requests};

pub use event::{EndCause, Event, Step, Warning};
pub use finish::{Callback, Changes, End, Finish};
pub use preview::Preview;
pub use refused::Refused;
pub use settings::{Limits, Settings, Timings};
pub use time::{Agent, Transport};
pub use view::{
    Campaign, CampaignId, CampaignState, Chain, ChainId, ChainState, Link, LogOutState,
    Outstanding, Record, RecordId, RecordState, RequestId, Source,
};

/// A message to send to the server: as a user event on the agent's DN, or as the content of an
/// interaction's event in Push Preview.
#[derive(Clone, PartialEq, Eq, Debug)]
#[non_exhaustive]
pub struct Transmit {
    /// The request.
    pub request: RequestId,
    /// Its type.
    pub message_type: MessageType,
    /// Whether it was sent before.
    pub again: bool,
    /// The attached data to send.
    pub data: AttachedDataBuf,
}

/// One agent on one DN. See the [module](self).
#[derive(Clone, Debug)]
pub struct Desktop {
    settings: Settings,
    now: Duration,
    is_up: bool,
    is_logged_in: bool,
    /// Counts all events, to establish their order.
    moment: u64,
    /// Requests from before were an agent's who has gone.
    agent_left: u64,
    reference: i64,
    last_request: u64,
    last_campaign: u32,
    applications: Vec<Application>,
    sessions: Vec<Session>,
    records: BTreeMap<RecordId, Entry>,
    chains: BTreeMap<ChainId, Members>,
    requests: Requests,
    /// Whether another client of the DN was seen to use a reference id of ours: an error names
    /// neither handle nor campaign, so that its id alone proves nothing any more.
    ids_collide: bool,
    transmits: VecDeque<Transmit>,
    events: Events,
    /// The time to ask for the state of campaigns.
    status_at: Option<Duration>,
    status_sent: Option<Duration>,
    leaving: Option<Leaving>,
}

impl Desktop {
    /// Creates a desktop without state, with a connection and an agent who is logged in. It asks
    /// for campaigns at its first deadline, unless [`Settings::automatic`] is off.
    #[must_use]
    pub fn new(settings: Settings) -> Self {
        let status_at = settings.automatic.then_some(Duration::ZERO);
        let reference = match settings.first_reference_id {
            given @ 1..=0x7fff_ffff => given,
            _ => 1,
        };
        Desktop {
            settings,
            now: Duration::ZERO,
            is_up: true,
            is_logged_in: true,
            moment: 0,
            agent_left: 0,
            reference,
            last_request: 0,
            last_campaign: 0,
            applications: Vec::new(),
            sessions: Vec::new(),
            records: BTreeMap::new(),
            chains: BTreeMap::new(),
            requests: Requests::default(),
            ids_collide: false,
            transmits: VecDeque::new(),
            events: Events::default(),
            status_at,
            status_sent: None,
            leaving: None,
        }
    }

    /// Processes a user event on the DN, for any recipient: T-Server sends each client of a DN all
    /// of them, including the desktop's own requests.
    pub fn handle_input<'a>(&mut self, now: Duration, event: impl Into<AttachedData<'a>>) {
        self.at(now);
        self.input(event.into());
        self.pump();
    }

    /// Takes in the attached data of a call or of an interaction. Returns the record that it brings,
    /// if it has one.
    pub fn handle_call<'a>(
        &mut self,
        now: Duration,
        data: impl Into<AttachedData<'a>>,
    ) -> Option<RecordId> {
        self.at(now);
        let bytes = self.settings.limits.name_bytes;
        let facts = Facts::read(MessageType::PreviewRecord, data.into(), bytes);
        facts.handle?;
        let id = self.record_event(&facts, Source::Call, None);
        self.pump();
        id.filter(|id| self.records.contains_key(id))
    }

    /// Runs the actions that are due. Harmless if there are none.
    pub fn handle_timeout(&mut self, now: Duration) {
        self.at(now);
        self.expire();
        self.pump();
    }

    /// Reports that the connection to T-Server was lost, or is back. Without one it accepts no
    /// requests; pending ones are lost, and final requests are repeated with the next connection.
    pub fn handle_transport(&mut self, now: Duration, state: Transport) {
        self.at(now);
        match state {
            Transport::Down if self.is_up => self.transport_down(),
            Transport::Up if !self.is_up => self.transport_up(),
            _ => {}
        }
        self.pump();
    }

    /// Reports that the agent has logged in or out at T-Server. With a log-out the server takes all
    /// records back.
    pub fn handle_agent(&mut self, now: Duration, state: Agent) {
        self.at(now);
        match state {
            Agent::LoggedOut => self.agent_out(),
            Agent::LoggedIn => self.agent_in(),
        }
        self.pump();
    }

    /// Returns the next data to send.
    pub fn poll_transmit(&mut self) -> Option<Transmit> {
        self.transmits.pop_front()
    }

    /// Returns when [`handle_timeout`](Self::handle_timeout) is to be called at the latest.
    #[must_use]
    pub fn poll_timeout(&self) -> Option<Duration> {
        self.next_deadline()
    }

    /// Returns the next event.
    pub fn poll_event(&mut self) -> Option<Event> {
        self.events.poll()
    }

    /// Sends one request. Fills in server, reference id, campaign, group and calling list if the
    /// message omits them and its record or campaign gives them.
    ///
    /// # Errors
    /// Fails if the manual or the state forbids it; then nothing is sent.
    pub fn request(
        &mut self,
        now: Duration,
        message: &DesktopMessage<'_>,
    ) -> Result<RequestId, Refused> {
        self.at(now);
        let request = self.submit(message, false, Purpose::User);
        self.pump();
        request
    }

    /// Sends one request even where the manual or the state forbids it.
    ///
    /// # Errors
    /// It cannot be sent: see [`Refused::is_forcible`].
    pub fn force(
        &mut self,
        now: Duration,
        message: &DesktopMessage<'_>,
    ) -> Result<RequestId, Refused> {
        self.at(now);
        let request = self.submit(message, true, Purpose::User);
        self.pump();
        request
    }

    /// Sets the agent's wish for a campaign. Starts and ends the preview session accordingly, and
    /// requests records, with pauses if there are none.
    ///
    /// # Errors
    /// Fails if there is no such campaign.
    pub fn preview(
        &mut self,
        now: Duration,
        campaign: CampaignId,
        wish: Preview,
    ) -> Result<(), Refused> {
        self.at(now);
        let wished = self.wish(campaign, wish);
        self.pump();
        wished
    }

    /// Ends a record. Sends the necessary requests: changes by themselves if a treatment or an end
    /// other than `RecordProcessed` requires it, the callback, and the final request; each after
    /// the answer to the one before. Stops with [`Event::Stopped`] at the first that is refused or
    /// not answered, with the record still owed. Returns the first request.
    ///
    /// # Errors
    /// Fails if the manual or the state forbids a step; then nothing is sent.
    pub fn finish(
        &mut self,
        now: Duration,
        record: RecordId,
        how: &Finish<'_>,
    ) -> Result<RequestId, Refused> {
        self.at(now);
        let request = self.plan_end(record, how);
        self.pump();
        request
    }

    /// Clears up for a log-out: ends all records, one request a chain, by `RecordProcessed` if one
    /// was dialed or has a callback and by `RecordReject` otherwise; ends preview sessions; and
    /// asks campaigns that dial by themselves. [`Event::MayLogOut`] reports when the agent may log
    /// out at T-Server, within [`Timings::log_out`] in any case. Records that come with calls
    /// meanwhile are the agent's to finish. Only a new login reverses it.
    pub fn log_out(&mut self, now: Duration) {
        self.at(now);
        self.leave();
        self.pump();
    }

    /// Drops a record without telling the server, which lets go of it some time or at the log-out.
    ///
    /// # Errors
    /// It is not here, or is being finished.
    pub fn forget(&mut self, now: Duration, record: RecordId) -> Result<(), Refused> {
        self.at(now);
        let entry = self.records.get(&record).ok_or(Refused::NoRecord)?;
        if entry.state == RecordState::Finishing {
            return Err(Refused::Finishing);
        }
        self.end_record(record, EndCause::Dropped, None);
        self.pump();
        Ok(())
    }

    /// Returns the campaigns that are loaded or started.
    pub fn campaigns(&self) -> impl Iterator<Item = Campaign<'_>> {
        let here = self.sessions.iter().filter(|session| session.is_here());
        here.map(Session::view)
    }

    /// Returns a campaign.
    #[must_use]
    pub fn campaign(&self, id: CampaignId) -> Option<Campaign<'_>> {
        self.campaigns().find(|campaign| campaign.id == id)
    }

    /// Returns the campaign with this name of a group, or of a campaign without one.
    #[must_use]
    pub fn campaign_named<'a>(&self, name: impl Into<Text<'a>>) -> Option<Campaign<'_>> {
        let name = name.into();
        self.campaigns().find(|campaign| campaign.name() == name)
    }

    /// Returns the records that are here. Each is owed a final request.
    pub fn records(&self) -> impl Iterator<Item = Record<'_>> {
        let records = self.records.iter();
        records.map(|(id, entry)| self.record_view(*id, entry))
    }

    /// Returns a record.
    #[must_use]
    pub fn record(&self, id: RecordId) -> Option<Record<'_>> {
        let entry = self.records.get(&id)?;
        Some(self.record_view(id, entry))
    }

    /// Returns the chains of which a record is here.
    pub fn chains(&self) -> impl Iterator<Item = Chain<'_>> {
        let chains = self.chains.iter();
        chains.map(|(id, members)| self.chain_view(*id, members))
    }

    /// Returns a chain.
    #[must_use]
    pub fn chain(&self, id: ChainId) -> Option<Chain<'_>> {
        let members = self.chains.get(&id)?;
        Some(self.chain_view(id, members))
    }

    /// Returns the requests without an answer, in the order in which they were made.
    pub fn outstanding(&self) -> impl Iterator<Item = Outstanding> {
        self.requests.waiting.iter().map(requests::Request::view)
    }

    /// Returns the ids of servers that others have taken over from and whose records are still here.
    pub fn retired(&self) -> impl Iterator<Item = i64> {
        let left = self.applications.iter().filter(|app| app.left);
        left.map(|app| app.id)
            .filter(|id| !self.is_current(*id) && self.records_of(*id).next().is_some())
    }

    fn at(&mut self, now: Duration) {
        self.now = self.now.max(now);
        self.requests.forget_old(self.now);
    }

    fn event(&mut self, event: Event) {
        self.events.push(event, &self.settings.limits);
    }

    fn next_moment(&mut self) -> u64 {
        self.moment = self.moment.saturating_add(1);
        self.moment
    }
}
